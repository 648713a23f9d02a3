"""A program that forgets to ask what its caller may read: over files it would tell, over the shared database the rules of its tables do not."""

import json
from typing import Any

import pytest

from assistant.endpoint.answers import Sight
from assistant.index.search import Searcher
from tests.endpoint.conftest import Served
from tests.endpoint.test_mcp import called

pytestmark = pytest.mark.models

SENTENCE = "Le gardien dépose chaque matin la clé de la porte étanche dans le coffre numéro douze de la capitainerie du port."


def closed_source(served: Served) -> str:
    return next(
        one.source.id for one in served.site.workspace.all_sources() if one.collections == ("fermee",)
    )


def test_a_search_that_forgets_its_callers_collections_finds_nothing_of_another(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = Searcher.search

    def everywhere(self: Searcher, question: str, **named: Any) -> Any:
        return whole(self, question, **(named | {"collections": None}))

    monkeypatch.setattr(Searcher, "search", everywhere)
    monkeypatch.setattr(Sight, "sees", lambda _sight, _id: True)
    (result,) = called(served, ("chercher", {"texte": SENTENCE, "limite": 20}))
    told = json.dumps(result.structured_content, ensure_ascii=False)
    assert ("porte étanche" in told) is (not served.site.workspace.settings.store)


def test_a_citation_of_a_source_that_nobody_looked_at_is_verified_against_nothing(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Sight, "sees", lambda _sight, _id: True)
    (result,) = called(served, ("verifier_citation", {"citation": SENTENCE, "source": closed_source(served)}))
    assert ((result.structured_content or {}).get("verifiee") is True) is (
        not served.site.workspace.settings.store
    )
    told = json.dumps(result.structured_content, ensure_ascii=False)
    assert served.site.workspace.settings.store == "" or "FERMEVILLE" not in told.upper()
