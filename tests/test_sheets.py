import pytest

from assistant import sheets
from assistant.datatypes import Document, Kind, Position, Source, Target
from assistant.errors import CorpusError
from tests.answering.test_answerer import SHEET


def document(text: str) -> Document:
    _, front, body = text.split("---\n", 2)
    source = Source("0" * 16, "0" * 64, "Fiche", Kind.SHEET, "fiche.md", "essai", "text/markdown")
    return Document(source, body, metadata=(("front_matter", front),))


def test_a_sheet_gives_its_statements_with_the_rules_they_rest_on() -> None:
    sheet = sheets.parse(document(SHEET))
    assert sheet.position is Position.CONDITIONAL
    assert [statement.text for statement in sheet.statements] == [
        "L'acheteur peut exiger que les moyens d'exécution soient dans l'Union.",
        "Les lieux imposés le sont pour tout ou partie du contrat.",
    ]
    assert sheet.statements[0].rests_on == (Target(work="CCP", article="L2112-4"),)
    assert all(statement.span.of(document(SHEET).text) == statement.text for statement in sheet.statements)


def test_its_questions_lead_to_it_and_to_its_rules() -> None:
    (title, asked) = sheets.questions(sheets.parse(document(SHEET)))
    assert title.text == "Imposer la localisation des moyens"
    assert asked.targets == (Target(source_id="0" * 16), Target(work="CCP", article="L2112-4"))


@pytest.mark.parametrize(
    ("reference", "work", "article"),
    [("CCP L2112-4", "CCP", "L2112-4"), ("LOI 2024-449 31", "LOI 2024-449", "31"), ("SecNumCloud 3.2 19.6.b", "SecNumCloud 3.2", "19.6.b")],
)
def test_a_reference_is_a_work_and_an_article(reference: str, work: str, article: str) -> None:
    assert sheets.target(reference) == Target(work=work, article=article)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("position: possible_sous_conditions", "position: peut-etre", "peut-etre"),
        ("status: en_vigueur", "status: vieux", "vieux"),
        ("id: localisation\n", "", "id"),
        ("level: moyen", "level: nul", "nul"),
        ("verified_on: 2026-11-24", "verified_on: hier", "hier"),
        ("subject: localisation", "subject: [", "YAML"),
        ('questions: ["Peut-on garder nos serveurs en Europe ?"]', "questions: oui", "questions"),
    ],
)
def test_a_sheet_that_breaks_its_form_is_said_with_its_field(old: str, new: str, message: str) -> None:
    assert old in SHEET
    with pytest.raises(CorpusError, match=message):
        sheets.parse(document(SHEET.replace(old, new)))
