"""A workspace that is closed gives back what it held at once: the page opens one for each addition, with a model of its own."""

import gc
import weakref
from pathlib import Path

import pytest

from assistant.workspace import Workspace
from tests.conftest import write_rules


@pytest.mark.models
def test_the_model_and_the_index_of_a_closed_workspace_are_gone_without_looking_for_circles(tmp_path: Path) -> None:
    """Additions one after the other took the server from 0.9 to 2.4 GB, until Python happened to look."""
    contract = tmp_path / "contrat.txt"
    contract.write_text("Article 1 - Objet\n\nLe marché a pour objet la maintenance.\n\nArticle 2 - Durée\n\nLe marché dure douze mois.\n", encoding="utf-8")
    workspace = Workspace(tmp_path / "home")
    workspace.settings.home.mkdir()
    gc.collect()
    gc.disable()
    try:
        workspace.index([write_rules(tmp_path / "regles.jsonl"), contract])
        workspace.answerer(frozenset()).answer("Les marchés sont-ils passés en lots séparés ?")
        held = [weakref.ref(part) for part in (workspace.embedding, workspace.library, workspace.searcher)]
        workspace.close()
        assert [one() for one in held] == [None, None, None]
    finally:
        gc.enable()
