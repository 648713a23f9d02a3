"""The journal on the page: what was answered stands beside what was asked."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from assistant.datatypes import Position
from assistant.page import server
from assistant.page.context import Site
from assistant.site.journal import Action
from assistant.workspace import Workspace
from tests.page.test_server import asked, client
from tests.site.samples import answer


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    workspace = Workspace(tmp_path)
    yield server.site_of(workspace)
    workspace.close()


def journal(site: Site) -> list[dict[str, str]]:
    """The lines shown, by the title of their column."""
    told = asked(client(site), "journal", "filtrer", {}).text
    shown = next(json.loads(line[6:]) for line in told.splitlines() if line.startswith('data: {"parties"'))
    table = html.fromstring(shown["parties"]["journal"]).find(".//table")
    titles = [head.text_content() for head in table.findall("./thead//th")]
    return [
        dict(zip(titles, (cell.text_content() for cell in row), strict=True))
        for row in table.findall("./tbody/tr")
    ]


def test_each_line_says_the_position_that_was_answered(site: Site) -> None:
    for position in (Position.FORBIDDEN, Position.OUT_OF_SCOPE):
        site.journal.record("", Action.ASK, question="Peut-on ?", answer=answer(position=position))
    site.journal.record("", Action.INDEX, detail="CCAP.pdf")
    assert [(line["Question ou détail"], line["Position"]) for line in journal(site)] == [
        ("CCAP.pdf", ""),
        ("Peut-on ?", "Hors du corpus : pas de réponse"),
        ("Peut-on ?", "Interdit"),
    ]
