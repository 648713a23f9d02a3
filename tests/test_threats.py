"""Every test that docs/securite.md names is there: a threat whose test is gone is one that nothing holds."""

import re
from pathlib import Path

from tests.conftest import ROOT


def rows() -> list[str]:
    """The third cell of each threat."""
    lines = (ROOT / "docs" / "securite.md").read_text(encoding="utf-8").splitlines()
    return [line.split(" | ")[-1] for line in lines if line.startswith("| ") and "test" in line]


def missing(cell: str) -> list[str]:
    """What a cell names that is not there: a file, or no test of it has such a name."""
    gone, files = list[str](), list[Path]()
    for file, name in re.findall(r"`(?:tests/)?([\w/]*\.py)?(?:::)?([^`]*)`", cell):
        if file:
            files = [
                path for path in (ROOT / "tests").rglob(Path(file).name) if path.as_posix().endswith(file)
            ]
            if not files:
                gone.append(file)
        words = name.split("[")[0].strip("…")
        if words and files and words.isidentifier():
            tests = re.findall(r"def (\w+)\(", "".join(path.read_text(encoding="utf-8") for path in files))
            if not any(words in test for test in tests):
                gone.append(f"{file}::{name}")
    return gone


def test_every_test_that_a_threat_names_is_there() -> None:
    named = rows()
    assert len(named) > 50
    assert [one for cell in named for one in missing(cell)] == []


def test_a_test_that_is_not_there_is_noticed() -> None:
    assert missing("`tests/page/test_page_verifier.py` (la page)") == ["page/test_page_verifier.py"]
    assert missing("`tests/test_threats.py::test_a_test_that_is_gone…`") == [
        "test_threats.py::test_a_test_that_is_gone…"
    ]
    assert missing("`tests/test_threats.py::test_a_test_that_is_not…`, `…every_test…`") == []
