"""Tenders with planted contradictions and tenders without: what is planted is found, with both quotes, and nothing else.

Forty are made from templates (``made_tenders``), five pieces each; forty were worded freely before the rules met them (``made_disagreements``).
"""

import pytest

from assistant import reading
from assistant.datatypes import Kind
from assistant.summaries.batch.tenders import grouped
from assistant.summaries.fields.merge import merged
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import Consultation, Summary, shown
from tests.summaries.made_disagreements import CLEAN, PLANTED
from tests.summaries.made_disagreements import FIELDS as DISAGREEING
from tests.summaries.made_tenders import PIECES, PLANTS, tender

FIELDS = list(PLANTS)


def read(seed: int, plants: tuple[str, ...]) -> list[tuple[str, Summary]]:
    return [
        (name, summarise(reading.read_bytes(data, name, kind=Kind.TENDER, collection="essai"), name))
        for name, data in tender(seed, plants).items()
    ]


def consultation(seed: int, plants: tuple[str, ...] = ()) -> Consultation:
    return merged("essai", "", [summary for _, summary in read(seed, plants)])


def planted(seed: int) -> tuple[str, ...]:
    """One field or two, each in turn."""
    first = FIELDS[seed % len(FIELDS)]
    return (first,) if seed % 2 else (first, FIELDS[(seed + 3) % len(FIELDS)])


def test_every_planted_contradiction_is_found_and_no_other() -> None:
    wanted = {seed: set(planted(seed)) for seed in range(20)} | {seed: set() for seed in range(20, 40)}
    found = {
        seed: {one.field for one in consultation(seed, tuple(fields)).contradictions}
        for seed, fields in wanted.items()
    }
    assert found == wanted


def worded(pieces: dict[str, str]) -> Consultation:
    documents = [
        (name, reading.read_bytes(text.encode(), name, kind=Kind.TENDER, collection="essai"))
        for name, text in pieces.items()
    ]
    return merged("essai", "", [summarise(document, name) for name, document in documents])


@pytest.mark.parametrize("name", PLANTED)
def test_two_pieces_that_disagree_in_free_wording_are_shown_with_the_words_of_both(name: str) -> None:
    found = worded(PLANTED[name]).contradictions
    assert [one.field for one in found] == [DISAGREEING[name]]
    quotes = {one.file: " ".join((one.field.quote or "").split()) for one in found[0].statements}
    assert set(quotes) == set(PLANTED[name])
    assert all(quote and quote in " ".join(PLANTED[name][file].split()) for file, quote in quotes.items())


@pytest.mark.parametrize("name", CLEAN)
def test_pieces_that_say_the_same_otherwise_contradict_nothing(name: str) -> None:
    assert [one.field for one in worded(CLEAN[name]).contradictions] == []


def test_a_contradiction_shows_the_words_of_both_pieces_the_one_that_prevails_first() -> None:
    said = consultation(3, ("duree_initiale",)).contradictions
    assert [one.field for one in said] == ["duree_initiale"]
    statements = said[0].statements
    assert statements[0].piece == "AE"
    values = {shown(one.field.value) for one in statements}
    assert len(values) > 1
    assert all(
        (one.field.quote and "mois" in one.field.quote) or "an" in one.field.quote for one in statements
    )


def test_the_contract_s_own_order_of_pieces_is_read() -> None:
    assert consultation(5).precedence == ("AE", "CCAP", "CCTP")


def test_the_rules_of_consultation_speak_first_of_the_award_and_the_contract_of_the_execution() -> None:
    one = consultation(6)
    assert {
        name: one.statement(name).piece
        for name in ("date_limite_remise", "variantes", "duree_initiale", "penalites_retard")
    } == {  # type: ignore[union-attr]
        "date_limite_remise": "RC",
        "variantes": "RC",
        "duree_initiale": "AE",
        "penalites_retard": "CCAP",
    }


def test_every_piece_of_a_tender_is_told() -> None:
    assert [summary.doc_type for _, summary in read(8, ())] == list(PIECES)


def test_a_folder_of_notices_is_not_one_tender() -> None:
    notices = [
        summary for seed in (1, 2, 3) for name, summary in read(seed, ()) if summary.doc_type == "avis"
    ]
    assert [len(together) for _, together in grouped("avis", notices)] == [1, 1, 1]
    whole = [summary for _, summary in read(1, ())]
    assert [(name, len(together)) for name, together in grouped("dce", whole)] == [("dce", 5)]
