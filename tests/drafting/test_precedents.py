"""Articles of earlier contracts as clauses that may serve again, on the two fictional framework agreements and on made documents."""

import itertools
from datetime import date
from pathlib import Path

import pytest

from assistant import reading
from assistant.datatypes import Document, Kind
from assistant.drafting import precedents, subjects
from tests.conftest import ROOT

AGREEMENTS = ROOT / "corpus" / "accords-cadres"


@pytest.fixture(
    scope="module",
    params=["accord-cadre-fictif-hebergement-cloud.docx", "accord-cadre-fictif-visioconference.pdf"],
)
def agreement(request: pytest.FixtureRequest) -> Document:
    return reading.read(AGREEMENTS / request.param, kind=Kind.FRAMEWORK, collection="essai")


def test_a_precedent_is_the_very_text_of_its_document_and_its_parts_lie_in_it(agreement: Document) -> None:
    found = precedents.extract(agreement)
    assert {"1", "13", "24"} <= {precedents.short_number(one.number) for one in found}
    for one in found:
        assert one.text == one.span.of(agreement.text)
        assert one.dated == date(2026, 10, 1)
        for part in one.parts:
            assert one.span.start <= part.span.start <= part.span.end <= one.span.end
    assert len({one.id for one in found}) == len(found)


def test_precedents_never_overlap_and_leave_out_contents_and_forms(agreement: Document) -> None:
    found = precedents.extract(agreement)
    for one, following in itertools.pairwise(found):
        assert one.span.end <= following.span.start
    titles = " ".join(one.title for one in found)
    assert "SOMMAIRE" not in titles
    assert "REMPLIR" not in titles


def test_an_article_and_a_sub_article_are_found_by_their_ids() -> None:
    document = reading.read(
        AGREEMENTS / "accord-cadre-fictif-hebergement-cloud.docx", kind=Kind.FRAMEWORK, collection="essai"
    )
    whole = precedents.named(document, f"{document.source.id}#24")
    part = precedents.named(document, f"{document.source.id}#24.6")
    assert whole is not None
    assert part is not None
    assert (whole.piece, whole.subject) == ("CCTP", "reversibilite")
    assert part.text.startswith("24.6 Test annuel")
    assert part.text in whole.text
    assert part.headings[-1] == whole.label
    assert precedents.named(document, f"{document.source.id}#99") is None


def test_what_is_no_contract_has_no_precedent(tmp_path: Path) -> None:
    path = tmp_path / "loi.md"
    path.write_text(
        "# Loi\n\n## Article 1\n\nLe titulaire remet ses comptes chaque année à l'acheteur public.\n",
        encoding="utf-8",
    )
    assert precedents.extract(reading.read(path, kind=Kind.RULE, collection="essai")) == ()


def test_a_date_is_the_documents_own_not_that_of_a_law(tmp_path: Path) -> None:
    path = tmp_path / "contrat.md"
    path.write_text(
        "# Contrat\n\nVu la loi du 3 mars 2020.\n\nVersion du 12 mai 2024\n\n## Article 1 Objet\n\nLe contrat a pour objet des essais.\n",
        encoding="utf-8",
    )
    assert precedents.dated_of(reading.read(path, kind=Kind.FRAMEWORK, collection="essai")) == date(
        2024, 5, 12
    )


@pytest.mark.parametrize(
    ("number", "short"),
    [
        ("ARTICLE 24", "24"),
        ("ANNEXE 2", "annexe-2"),
        ("5.2.", "5.2"),
        (None, ""),
        ("X.1.2", "X.1.2"),
        ("Article 3", "3"),
    ],
)
def test_numbers_are_written_one_way(number: str | None, short: str) -> None:
    assert precedents.short_number(number) == short


@pytest.mark.parametrize(
    ("title", "body", "subject"),
    [
        ("PÉNALITÉS DE RÉVERSIBILITÉ", "", "penalites"),
        ("SORTIE", "Le plan de sortie.", "reversibilite"),
        ("Objet", "", "preambule"),
        ("Divers", "Rien.", None),
    ],
)
def test_a_title_says_its_subject_by_its_first_words(title: str, body: str, subject: str | None) -> None:
    assert subjects.of_article(title, body) == subject


@pytest.mark.parametrize(
    ("need", "wanted", "unwanted"),
    [
        ("recourir à d'autres entreprises", "sous-traitance", "clauses-sociales-et-environnementales"),
        ("l'éditeur se fait racheter", "controle", "prix"),
        ("que le prestataire paie s'il est en retard", "penalites", "sous-traitance"),
    ],
)
def test_a_buyers_words_point_to_subjects(need: str, wanted: str, unwanted: str) -> None:
    assert wanted in subjects.of_need(need)
    assert unwanted not in subjects.of_need(need)
