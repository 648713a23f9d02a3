"""Which documents of a folder are of the same tender."""

from assistant.summaries.batch.tenders import grouped, tenders_of
from assistant.summaries.fields.summary import FIELDS, Field, Summary

HALLE, PAIE = "Réfection de la halle aux grains", "Fourniture d'un logiciel de paie"


def piece(
    file: str, doc_type: str, bought: str = "", number: str = "", buyer: str = "Ville de Castelmaure"
) -> Summary:
    values = {"objet": bought, "numero_consultation": number, "acheteur": buyer}
    fields = tuple(
        Field(
            name,
            values.get(name) or None,
            normal=(number,) if name == "numero_consultation" and number else (),
        )
        for name in FIELDS
    )
    return Summary(file, file, doc_type, 1, (), fields)


def files(summaries: list[Summary]) -> list[list[str]]:
    return [[one.file for one in tender] for tender in tenders_of(summaries)]


def test_pieces_of_two_tenders_of_one_buyer_are_told_apart_by_number_and_object() -> None:
    mixed = [
        piece("RC.pdf", "RC", HALLE, "202614"),
        piece("RC (1).pdf", "RC", PAIE, "202622"),
        piece("CCAP.pdf", "CCAP", HALLE.upper(), ""),
        piece("CCAP_VF.pdf", "CCAP", "logiciel de paie", "202622"),
        piece("AE.pdf", "AE", "", "202614"),
    ]
    assert files(mixed) == [["RC.pdf", "CCAP.pdf", "AE.pdf"], ["RC (1).pdf", "CCAP_VF.pdf"]]
    assert [name for name, _ in grouped("vrac", mixed)] == ["vrac - 202614", "vrac - 202622"]


def test_without_numbers_two_pieces_that_a_tender_has_once_tell_two_tenders() -> None:
    mixed = [
        piece("a", "RC", HALLE),
        piece("b", "CCAP", HALLE),
        piece("c", "RC", PAIE),
        piece("d", "CCAP", PAIE),
    ]
    assert files(mixed) == [["a", "b"], ["c", "d"]]


def test_the_pieces_of_the_lots_of_one_tender_stay_together() -> None:
    lots = [
        piece("RC", "RC", HALLE, "202614"),
        piece("CCAP", "CCAP", HALLE, "202614"),
        piece("CCTP lot 1", "CCTP", "Charpente et couverture"),
        piece("DPGF lot 1", "BPU", "Charpente et couverture"),
        piece("plan", "autre", buyer=""),
    ]
    assert files(lots) == [["RC", "CCAP", "CCTP lot 1", "DPGF lot 1", "plan"]]
    assert [name for name, _ in grouped("halle", lots)] == ["halle"]


def test_a_piece_that_says_nothing_goes_where_such_a_piece_lacks_and_one_of_another_buyer_stays_alone() -> (
    None
):
    mixed = [
        piece("a", "RC", HALLE, "1A"),
        piece("b", "CCAP", HALLE, "1A"),
        piece("c", "AE", HALLE, "1A"),
        piece("d", "RC", PAIE, "2B"),
        piece("e", "CCAP", PAIE, "2B"),
        piece("f", "AE", buyer=""),
        piece("g", "CCTP", "Transport scolaire", "3C", "Syndicat des mobilités"),
    ]
    assert files(mixed) == [["a", "b", "c"], ["d", "e", "f"], ["g"]]


def test_nothing_and_one_document() -> None:
    assert tenders_of([]) == [[]]
    assert list(grouped("vide", [])) == []
    assert files([piece("a", "RC")]) == [["a"]]
