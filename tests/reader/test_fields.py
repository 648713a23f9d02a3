"""The trained reader of fields on hands it never learned from, and the file that it is."""

import json

import pytest

from assistant import reading
from assistant.datatypes import Kind
from assistant.reader import fields
from assistant.reader.fields import passage, question
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import FIELDS
from assistant.workspace import Workspace
from tests.conftest import ROOT

SYNTHESIS = ROOT / "corpus" / "synthese"
# Floors, under what was measured (docs/mesures.md): a reader that was spoiled is noticed.
FLOORS = {"passages": 0.7, "questions": 0.8, "tests": 0.7}


def rows(folder: str) -> list[dict[str, str | None]]:
    return [
        json.loads(line) for line in (SYNTHESIS / folder / "z.jsonl").read_text(encoding="utf-8").splitlines()
    ][::3]


def test_the_file_is_the_one_of_its_card_and_knows_every_field() -> None:
    card = json.loads(fields.CARD.read_text(encoding="utf-8"))
    assert fields.load(card["model"]).names == tuple(FIELDS)
    assert fields.FILE.stat().st_size == card["bytes"] < 12_000_000


def test_a_passage_is_read_behind_what_is_known_of_its_place() -> None:
    assert passage("CCAP", "Avance", "Aucune.") == "CCAP : Avance\nAucune."
    assert passage("", "Avance", "Aucune.") == "Avance\nAucune."
    assert passage("", "", "Aucune.") == "Aucune."


@pytest.mark.models
def test_fields_are_read_in_passages_and_questions_by_unknown_hands() -> None:
    workspace = Workspace()
    told = [row for row in rows("champs") if row["champ"]]
    read = workspace.fields(
        [passage(row["piece"] or "", row["titre"] or "", row["texte"] or "") for row in told]
    )
    assert sum(one.field == row["champ"] for one, row in zip(read, told, strict=True)) >= FLOORS[
        "passages"
    ] * len(told)
    asked = rows("questions")
    read = workspace.fields([question(row["question"] or "") for row in asked])
    with_field = [(one.field, row["champ"]) for one, row in zip(read, asked, strict=True) if row["champ"]]
    assert sum(found == wanted for found, wanted in with_field) >= FLOORS["questions"] * len(with_field)


@pytest.mark.models
def test_what_a_list_asks_of_each_document_is_read_where_a_negation_belongs_to_what_it_says() -> None:
    asked = [
        json.loads(line)
        for line in (SYNTHESIS / "listes" / "f.jsonl").read_text(encoding="utf-8").splitlines()
    ]
    read = Workspace().fields([question(row["question"]) for row in asked])
    right = sum(
        max(one.tests, key=one.tests.__getitem__) == row["test"] for one, row in zip(read, asked, strict=True)
    )
    assert right >= FLOORS["tests"] * len(asked)


@pytest.mark.models
def test_a_clause_in_a_stranger_s_words_is_found_for_a_summary() -> None:
    text = "# CCAP\n\n## Article 12\n\nUne somme égale à cinq pour cent est gardée sur chaque acompte et rendue un an après la fin des travaux.\n"
    document = reading.read_bytes(text.encode(), "CCAP.md", kind=Kind.TENDER, collection="essai")
    assert summarise(document, "CCAP.md").field("retenue_garantie").value is None
    assert summarise(document, "CCAP.md", read=Workspace().fields).field("retenue_garantie").value
