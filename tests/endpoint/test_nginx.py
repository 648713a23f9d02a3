"""What programs ask, through the nginx files that are given with the program."""

import re
import shutil
import time
from pathlib import Path

import httpx
import pytest

from bench import cluster
from bench.attack import leaks
from tests.conftest import ROOT
from tests.coroutines import completed
from tests.endpoint.conftest import Served

pytestmark = [
    pytest.mark.models,
    pytest.mark.skipif(shutil.which("nginx") is None, reason="nginx is not installed"),
]


@pytest.mark.parametrize("name", ["assistant.conf", "assistant-plusieurs.conf"])
def test_the_page_its_address_and_the_tools_are_behind_one_name(
    served: Served, name: str, tmp_path: Path
) -> None:
    said = (ROOT / "packaging" / "nginx" / name).read_text(encoding="utf-8")
    for port, url in (("7860", served.page), ("7861", served.tools)):
        said = re.sub(rf"(?:10\.0\.0\.\d+|127\.0\.0\.1):{port}", url.removeprefix("http://"), said)

    async def asked(url: str) -> str:
        async with leaks.tools(url, served.key) as client:
            result = await client.call_tool("article_a_date", {"texte": "CCP", "article": "L2113-10"})
            return str(result.structured_content["citations"][0]["quote"])

    with cluster.nginx(tmp_path, said) as url:
        for _ in range(100):
            try:
                models = httpx.get(f"{url}/v1/models", headers={"Authorization": f"Bearer {served.key}"})
                break
            except httpx.ConnectError:
                time.sleep(0.05)
        assert [one["id"] for one in models.json()["data"]] == [
            "droit",
            "collection:droit",
            "collection:ouverte",
        ]
        assert completed(asked(url)).startswith("Les marchés sont passés en lots séparés.")
        assert httpx.post(f"{url}/mcp", content=b"x" * 2_000_000).status_code == 413
        assert httpx.post(f"{url}/mcp", json={}).status_code == 401
