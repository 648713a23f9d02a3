"""Lists that are computed: every market is in one of three, and their numbers add up."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import pytest

from assistant.documents import words
from assistant.documents.consultations import Consultation, consultations
from assistant.documents.facets import Facet
from assistant.documents.listing import Listing, as_field, listing
from assistant.documents.values import Known
from assistant.documents.workbook import workbook
from assistant.index.library import Library
from assistant.summaries.fields.summary import Field
from tests.documents.made import CLEANING, ROADS, indexed, shelf_of, subject, written

TODAY = date(2026, 11, 28)


@pytest.fixture
def markets(library: Library, tmp_path: Path) -> tuple[Consultation, ...]:
    indexed(library, written(tmp_path / "docs", CLEANING | ROADS))
    shelf = shelf_of(library)
    return consultations(shelf.known(shelf.sources()))


def nothing(documents: Sequence[Known], facet: Facet | None) -> dict[str, Field]:
    return {}


def computed(question: str, markets: tuple[Consultation, ...], field: str, test: str) -> Listing:
    found = listing(question, subject(field, test), markets, nothing, {}, TODAY)
    assert sum(found.markets) == len(markets)
    assert len(found.yes) + len(found.no) + len(found.untold) + len(found.silent) == sum(
        len(market.pieces) for market in markets
    )
    return found


def files(rows: Sequence[object]) -> list[str]:
    return [row.known.file for row in rows]  # type: ignore[attr-defined]


def test_more_than_and_the_most(markets: tuple[Consultation, ...]) -> None:
    more = computed("lesquels durent plus de trois ans ?", markets, "duree_initiale", "plus")
    assert files(more.yes) == ["CCAP voirie.md"]
    assert more.yes[0].value.startswith("48 mois")
    assert more.yes[0].extract is not None
    assert files(more.no) == ["CCAP nettoyage.md", "CCTP nettoyage.md"]
    assert files(computed("la plus longue durée ?", markets, "duree_initiale", "max").yes) == [
        "CCAP voirie.md"
    ]
    assert files(computed("la plus courte ?", markets, "duree_initiale", "min").yes) == ["CCAP nettoyage.md"]


def test_without_is_what_no_piece_says_or_one_says_there_is_not(markets: tuple[Consultation, ...]) -> None:
    found = computed("lesquels n'ont pas d'avance ?", markets, "avance", "sans")
    assert files(found.yes) == [
        "CCAP nettoyage.md",
        "CCAP voirie.md",
    ]  # one is silent, the other says « aucune »
    assert files(found.silent) == ["CCTP nettoyage.md"]
    assert found.markets == (2, 0, 0)


def test_a_test_that_lacks_its_measure_gives_way(markets: tuple[Consultation, ...]) -> None:
    assert computed("lesquels ont une durée ?", markets, "duree_initiale", "plus").condition.test != "plus"


def test_a_side_that_documents_must_say_is_not_denied_by_another_word(
    markets: tuple[Consultation, ...],
) -> None:
    owed = "si l'on résilie sans faute, lesquels doivent une indemnité ?"
    assert computed(owed, markets, "resiliation", "contient").condition.test == "a"
    silent = "lesquels exigent une assurance sans en donner le montant ?"
    assert computed(silent, markets, "assurance", "a").condition.test == "sans"


def test_a_test_is_not_taken_where_no_word_says_it(markets: tuple[Consultation, ...]) -> None:
    assert computed("lesquels prévoient une avance ?", markets, "avance", "sans").condition.test != "sans"
    assert (
        computed("lesquels ne prévoient pas d'avance ?", markets, "avance", "sans").condition.test == "sans"
    )


def test_a_field_that_its_own_name_denies_is_asked_for_as_missing(markets: tuple[Consultation, ...]) -> None:
    found = computed("ceux où l'entreprise ne touche pas d'avance", markets, "avance", "a")
    assert files(found.yes) == ["CCAP nettoyage.md", "CCAP voirie.md"]


def test_each_document_is_asked_by_itself_where_papers_are_asked_for(
    markets: tuple[Consultation, ...],
) -> None:
    found = listing(
        "quels papiers ne disent pas un mot de l'avance ?",
        subject("avance", "sans"),
        markets,
        nothing,
        {},
        TODAY,
    )
    assert found.by_document
    # « Aucune avance n'est versée » speaks of it.
    assert files(found.yes) == ["CCAP nettoyage.md", "CCTP nettoyage.md"]
    assert found.markets == (2, 1, 0)


def test_forty_eight_months_are_not_more_than_four_years(markets: tuple[Consultation, ...]) -> None:
    assert files(computed("plus de quatre ans ?", markets, "duree_initiale", "plus").yes) == []
    assert files(computed("quatre ans au moins ?", markets, "duree_initiale", "plus").yes) == [
        "CCAP voirie.md"
    ]


def test_what_is_asked_in_writing_is_not_met_by_silence(markets: tuple[Consultation, ...]) -> None:
    found = computed("où est-il écrit noir sur blanc qu'il n'y a pas d'avance ?", markets, "avance", "a")
    assert (files(found.yes), found.condition.explicit) == (["CCAP voirie.md"], True)


def test_a_measure_that_is_given_is_what_is_looked_for(markets: tuple[Consultation, ...]) -> None:
    assert files(computed("lesquels durent 48 mois ?", markets, "duree_initiale", "a").yes) == [
        "CCAP voirie.md"
    ]


def test_a_facet_is_searched_where_the_field_does_not_say_it(markets: tuple[Consultation, ...]) -> None:
    cctp = markets[0].pieces[1].source.id
    asked: list[str | None] = []

    def finder(documents: Sequence[Known], facet: Facet | None) -> dict[str, Field]:
        asked.append(facet.label if facet else None)
        return {cctp: as_field("Leur total ne peut excéder 10 %.", 10, (2,))}

    found = listing(
        "lesquels plafonnent les pénalités ?",
        subject("penalites_retard", "a"),
        markets,
        finder,
        {},
        TODAY,
    )
    assert (files(found.yes), asked) == (["CCTP nettoyage.md"], ["plafonnées"])
    assert found.asked == "Pénalités de retard (plafonnées), prévu"


def test_what_is_no_field_is_looked_for_in_sentences(markets: tuple[Consultation, ...]) -> None:
    cctp = markets[0].pieces[1].source.id
    asked = subject("", "a")
    found = listing(
        "qui passe chaque soir ?",
        asked,
        markets,
        lambda documents, facet: {cctp: as_field("chaque soir", 10, (2,))},
        {},
        TODAY,
    )
    assert (files(found.yes), found.field) == (["CCTP nettoyage.md"], None)


def test_the_workbook_holds_text_and_no_formula(markets: tuple[Consultation, ...]) -> None:
    import io

    from openpyxl import load_workbook

    from assistant.datatypes import Row, Rows

    source = markets[0].pieces[0].source
    rows = Rows("=1+1", (Row(source, "=a.pdf", "-m", "+33"),), (), (), (), (1, 0, 0))
    sheet = load_workbook(io.BytesIO(workbook("=cmd()", rows))).active
    assert sheet is not None
    assert sheet["A1"].value == "=cmd()"
    assert sheet["A1"].data_type == "s"
    assert [cell.value for cell in sheet[4]] == ["-m", "=a.pdf", "oui", "+33", None, None]
    assert not [cell.coordinate for row in sheet.iter_rows() for cell in row if cell.data_type == "f"]


def test_a_name_that_documents_write_with_a_capital_is_asked_for_without_one(
    markets: tuple[Consultation, ...],
) -> None:
    def courts(documents: Sequence[Known], asked: Facet | None) -> dict[str, Field]:
        towns = {"CCAP voirie.md": "Nîmes", "CCAP nettoyage.md": "Dijon"}
        return {
            one.source.id: as_field(f"Le tribunal compétent est celui de {towns[one.file]}.", 0, (1,))
            for one in documents
            if one.file in towns
        }

    told = {"tribun": 0.5, "nimes": 0.9, "quels": 0.1}
    found = listing(
        "quels marchés vont au tribunal de nîmes ?", subject("", "a"), markets, courts, told, TODAY
    )
    assert files(found.yes) == ["CCAP voirie.md"]


@pytest.mark.parametrize(
    ("question", "left"),
    [
        ("la durée la plus longue (sans compter les reconductions)", "la durée la plus longue ( )"),
        ("les données en France (pas juste en Europe) ?", "les données en France ( ) ?"),
        ("lesquels finissent avant 2029 si on reconduit pas ?", "lesquels finissent avant 2029 ?"),
        ("lesquels sont hébergés hors de France ?", "lesquels sont hébergés hors de France ?"),
    ],
)
def test_what_is_said_to_be_left_out_is(question: str, left: str) -> None:
    assert " ".join(words.without_asides(question).split()) == left
