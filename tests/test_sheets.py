import pytest

from assistant import reading, sheets
from assistant.datatypes import AskedQuestion, Kind, Position, Target
from assistant.errors import CorpusError, UnknownFormatError
from assistant.sheets import Form, LegalSheet, form
from tests.answering.samples import SHEET, sheet_text

RULE = Target(work="CCP", article="L2112-4")


def parsed(text: str) -> LegalSheet:
    return sheets.parse(text, "localisation.yaml")


def test_a_sheet_gives_its_cases_with_their_positions_and_first_sentences() -> None:
    sheet = parsed(SHEET)
    assert [(case.id, case.position) for case in sheet.cases] == [
        ("union", Position.CONDITIONAL),
        ("commune", Position.FORBIDDEN),
    ]
    union = sheet.cases[0]
    assert union.opening(Form.FORBIDDEN).text == "Non : imposer l'Union est permis."
    assert (
        union.opening(Form.COMPULSORY).text
        == "L'acheteur peut exiger que les moyens d'exécution soient dans l'Union."
    )
    assert union.statements[0].rests_on == (RULE,)
    assert (union.todo, union.risk.level, union.doubts) == (
        ("Justifier le lieu par écrit.",),
        "moyen",
        ("Aucune décision connue.",),
    )
    assert sheet.rests_on == (RULE,)


def test_each_sentence_stands_in_the_text_that_a_reader_is_shown() -> None:
    sheet = parsed(SHEET)
    assert len(sheet.statements) == 6
    for statement in sheet.statements:
        assert statement.span.of(sheet.text) == statement.text
    assert "## Cas : les moyens sont dans la commune" in sheet.text
    assert "q2" not in sheet.text


def test_a_sheet_without_cases_is_one_case() -> None:
    (case,) = parsed(
        sheet_text("seuils", "possible", "Quel seuil ?", "Le seuil vaut pour une période.")
    ).cases
    assert (case.position, case.opening(Form.LEAVE).text) == (
        Position.POSSIBLE,
        "Oui : Le seuil vaut pour une période.",
    )


def test_its_title_and_the_condition_of_each_case_lead_to_it() -> None:
    asked = sheets.questions(parsed(SHEET))
    title = "Imposer la localisation des moyens"
    assert asked == (
        AskedQuestion(title, (Target(sheet="localisation"), RULE)),
        AskedQuestion(
            f"{title} : les moyens sont dans l'Union européenne",
            (Target(sheet="localisation", case="union"), RULE),
        ),
        AskedQuestion(
            f"{title} : les moyens sont dans la commune", (Target(sheet="localisation", case="commune"), RULE)
        ),
    )


def test_a_sheet_that_refuses_leads_to_no_rule_and_says_so() -> None:
    asked = sheets.questions(
        parsed(
            sheet_text(
                "hors", "hors_corpus", "Combien de congés ?", "Cette question relève d'un autre droit."
            ).replace("rules: [CCP L2112-4]\n", "")
        )
    )
    assert asked[1].targets == (Target(sheet="hors", case="seul", refused=True),)


@pytest.mark.parametrize(
    ("reference", "work", "article"),
    [
        ("CCP L2112-4", "CCP", "L2112-4"),
        ("LOI 2024-449 31", "LOI 2024-449", "31"),
        ("SecNumCloud 3.2 19.6.b", "SecNumCloud 3.2", "19.6.b"),
    ],
)
def test_a_reference_is_a_work_and_an_article(reference: str, work: str, article: str) -> None:
    assert sheets.target(reference) == Target(work=work, article=article)


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (
            "position: interdit",
            "position: peut-etre",
            r"localisation\.yaml.*cases\[commune\]\.position.*peut-etre",
        ),
        ("status: en_vigueur", "status: vieux", "status.*vieux"),
        ("id: localisation\n", "", "« id »"),
        ("against: [europe]}", "against: [europe], within: [beaucoup]}", r"signs\.within.*beaucoup"),
        ("level: moyen", "level: nul", r"cases\[union\]\.risk\.level.*nul"),
        ("verified_on: 2026-11-24", "verified_on: hier", "verified_on.*hier"),
        ("subject: localisation", "subject: [", "YAML"),
        ("statements: [tout]", "statements: [rien]", r"cases\[union\]\.statements.*rien"),
        (
            "  rules: [CCP L2112-4]\n  statements: []",
            "  rules: oui\n  statements: []",
            r"cases\[commune\]\.rules",
        ),
        (
            '    leave: "Non : l\'acheteur ne peut pas exiger que les moyens soient dans sa commune."\n',
            "",
            r"cases\[commune\]\.first\.leave.*manque",
        ),
        ("  do: [", "  faire: [", r"cases\[union\]\.faire.*n'existe pas"),
        ("case: commune}", "case: village}", "decides.choices.case.*village"),
        ("- id: commune", "- id: union", "même id"),
        ("title: Imposer la localisation des moyens\n", "title: A\ntitle: B\n", "title.*deux fois"),
    ],
)
def test_a_sheet_that_breaks_its_form_is_refused_with_its_file_and_field(
    old: str, new: str, message: str
) -> None:
    assert old in SHEET
    with pytest.raises(CorpusError, match=message):
        parsed(SHEET.replace(old, new))


def faults(text: str) -> list[str]:
    return [fault.message for fault in form.of_all([("localisation", parsed(text))])]


def test_a_sheet_that_holds_to_its_form_has_no_fault() -> None:
    assert faults(SHEET) == []


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (", r8]", "]", "cases[commune].questions : 7 questions."),
        (
            "leave: \"Non : l'acheteur ne peut",
            "leave: \"Oui : l'acheteur peut",
            "cases[commune].first.leave : « Oui : l'acheteur peut pas exiger que les… » contredit la position « interdit ».",
        ),
        (
            "L'acheteur peut exiger que les moyens d'exécution soient dans l'Union.\"\n  rules",
            'Oui, on peut."\n  rules',
            "cases[union].first.other : commence par oui ou non, sans que la question le demande.",
        ),
        (
            "text: Les lieux imposés",
            "text: Ceux-ci imposés",
            "cases[union].statements[1] : « Ceux-ci imposés le sont pour tout ou par… » commence par un pronom dont le nom est ailleurs.",
        ),
        (
            "go: localisation/union",
            "go: localisation/rien",
            "cases[commune].not_here : « localisation/rien » n'est ni une fiche ni un cas.",
        ),
        (
            "Une exigence communale favorise les entreprises du lieu.",
            "un mot " * 14,
            "cases[commune].first.other : plus de 25 mots.",
        ),
        ("r2, r3", "r2, r2", "cases[commune] : « r2 » est écrit deux fois dans la fiche."),
        ("id: localisation\n", "id: autre\n", "id : « autre » n'est pas le nom du fichier."),
    ],
)
def test_what_the_form_asks_for_is_said_by_file_and_field(old: str, new: str, message: str) -> None:
    assert old in SHEET
    assert message in faults(SHEET.replace(old, new))


def test_two_sheets_of_one_id_are_said() -> None:
    found = form.of_all([("localisation", parsed(SHEET)), ("copie", parsed(SHEET))])
    assert "id : « localisation » est déjà celui de localisation.yaml." in [
        fault.message for fault in found if fault.origin == "copie.yaml"
    ]


def test_yaml_that_is_no_sheet_is_refused() -> None:
    with pytest.raises(UnknownFormatError, match="pas une fiche"):
        reading.read_bytes(
            b"services:\n  db: {image: postgres}\n", "compose.yaml", kind=Kind.RULE, collection="essai"
        )


def test_an_unknown_position_is_refused_when_the_file_is_read() -> None:
    with pytest.raises(CorpusError, match=r"fiche\.yaml.*position.*peut-etre"):
        reading.read_bytes(
            SHEET.replace("position: interdit", "position: peut-etre").encode(),
            "fiche.yaml",
            kind=Kind.RULE,
            collection="essai",
        )
