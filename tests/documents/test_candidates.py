"""What the passages of a document say: sentences, short lists, and rows of tables with the names of their columns."""

from functools import partial

from assistant import reading
from assistant.datatypes import Hit, Kind, Passage, Span
from assistant.documents.candidates import candidates, read_in_columns
from assistant.documents.choice import with_title
from assistant.documents.facets import facets
from assistant.documents.values import Candidate, Known
from assistant.summaries.fields.summarise import summarise


def said(text: str) -> list[Candidate]:
    """What a passage of that text says, under a title."""
    document = reading.read_bytes(text.encode(), "CCAP.txt", kind=Kind.TENDER, collection="essai")
    source = document.source
    passage = Passage(source.id, Span(0, len(document.text)), document.text, ("5 Engagements",))
    known = Known(source, summarise(document, "CCAP.txt"), "")
    return list(candidates({source.id: known}, [Hit(1, 1.0, (), source, passage)]))


def _holds(words: str, one: Candidate) -> bool:
    return words in one.text


TABLE = (
    "Le centre de services répond à toute heure.\n"
    "Priorité | Définition | Prise en charge | Rétablissement\n"
    "P1 | service arrêté | 15 minutes | 2 heures\n"
    "P2 | fonction dégradée | 1 heure | 8 heures\n"
    "Les délais courent dès l'appel."
)


def test_what_the_words_above_alone_connect_with_a_field_is_read_too() -> None:
    capped = next(one for one in facets() if one.label == "plafonnées")
    sentences = said(
        "Les pénalités se cumulent. La sous-traitance est limitée à la vitrerie. Elles sont plafonnées."
    )
    for of_field, found in (
        ("sous-trait", "La sous-traitance est limitée à la vitrerie."),
        ("Elles", "Elles sont plafonnées."),
    ):
        best = capped.among(sentences, partial(_holds, of_field))
        assert best is not None
        assert best.text == found


def test_a_row_is_read_with_the_names_of_its_columns() -> None:
    row = next(one for one in said(TABLE) if one.text.startswith("P1"))
    assert row.columns == "Priorité | Définition | Prise en charge | Rétablissement"
    assert with_title(row) == (
        "5 Engagements : Priorité : P1 ; Définition : service arrêté ; Prise en charge : 15 minutes ; Rétablissement : 2 heures"
    )


def test_the_names_themselves_and_what_is_no_row_have_no_columns() -> None:
    assert {one.text: one.columns for one in said(TABLE) if not one.columns} == {
        "Le centre de services répond à toute heure.": "",
        "Priorité | Définition | Prise en charge | Rétablissement": "",
        "Les délais courent dès l'appel.": "",
    }


def test_a_first_row_of_values_names_no_columns() -> None:
    assert not any(
        one.columns for one in said("Montant | 245 150 €\nDébut | 1er mai 2026\nFin | 30 avril 2030")
    )


def test_a_row_of_other_cells_follows_the_names_whole() -> None:
    assert (
        read_in_columns("1 Siège | 6 940 €", "Lot | Site | Forfait")
        == "Lot | Site | Forfait : 1 Siège | 6 940 €"
    )
