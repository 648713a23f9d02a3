"""What a case says after its first sentence: nothing twice, and what holds for another kind of buyer last."""

import re
from dataclasses import replace
from datetime import date

import pytest

from assistant import sheets
from assistant.answering import asked, said
from assistant.answering.quoting import Quoting
from assistant.datatypes import Kind, Position, Source
from assistant.french.folding import fold_words, words_of
from assistant.sheets import Case, Form
from tests.fakes import FakeEmbedding

from .samples import sheet_text

TODAY = date(2026, 11, 29)
FIRST = "Sous 60 000 euros, le marché se passe sans publicité."
ALMOST = "Sans publicité sous ce montant, le marché passe par écrit et se signe."
HOSPITAL = "Un hôpital regarde ses familles homogènes."
NUMBER = "Sous 60 000 euros, le marché se passe sans publicité depuis 2026."
OTHER = "L'acheteur choisit une offre pertinente."
SHEET = sheets.parse(
    sheet_text("seuil", "possible", "q1", FIRST).replace("rules: [CCP L2112-4]", "rules: []")
    + f"""\
statements:
  redit: {{text: "Le marché se passe sans publicité sous 60 000 euros."}}
  presque: {{text: "{ALMOST}"}}
  hopital: {{text: "{HOSPITAL}"}}
  chiffre: {{text: "{NUMBER}"}}
  autre: {{text: "{OTHER}"}}
""",
    "seuil.yaml",
)
SOURCE = Source("1" * 16, "1" * 64, "Le seuil", Kind.SHEET, "seuil.yaml", "essai", "text/yaml")
QUOTING = Quoting(lambda *_: (), words_of, lambda _: 0.5)


def told(question: str, already: str = "", day: date = TODAY) -> list[str]:
    found = said.claims(
        asked.understood(question, TODAY),
        day,
        SOURCE,
        SHEET,
        SHEET.cases[0],
        QUOTING,
        FakeEmbedding(),
        "F1",
        4,
        already,
    )
    return [claim.text for claim in found]


def test_what_was_said_is_not_said_again_and_what_hardly_adds_comes_last() -> None:
    assert told("Peut-on ?") == [FIRST, HOSPITAL, NUMBER, OTHER, ALMOST]


def test_what_came_after_the_day_that_is_asked_about_is_not_said_of_it() -> None:
    assert NUMBER not in told("Peut-on ?", day=date(2025, 12, 1))
    assert NUMBER in told("Peut-on ?", day=date(2026, 1, 2))


def test_what_holds_for_another_kind_of_buyer_comes_after_the_rest() -> None:
    assert told("Notre commune le peut-elle ?")[1:3] == [NUMBER, OTHER]
    assert HOSPITAL in told("Notre commune le peut-elle ?")
    assert told("Notre CHU le peut-il ?")[1] == HOSPITAL


def test_a_first_sentence_that_the_limit_has_told_is_not_said_again() -> None:
    said_already = "Vous parlez de 48 000 € : sous 60 000 euros, le marché se passe sans publicité."
    assert FIRST not in told("Peut-on ?", said_already)
    assert told("Peut-on ?", "Vous parlez de 48 000 € : c'est sous la limite.")[0] == FIRST


def test_where_a_fact_is_asked_for_the_first_sentence_comes_first_and_the_nearest_statement_next() -> None:
    question = replace(asked.understood("À quelle offre pertinente l'acheteur regarde ?", TODAY), fact=True)
    found = said.claims(question, TODAY, SOURCE, SHEET, SHEET.cases[0], QUOTING, FakeEmbedding(), "F1", 4)
    assert [claim.text for claim in found][:2] == [FIRST, OTHER]


def test_who_asks_leave_of_a_case_that_informs_is_told_what_its_sentence_says() -> None:
    def case(leave: str) -> Case:
        text = sheet_text("seuil", "information", "q1", FIRST)
        return sheets.parse(re.sub(r'leave: "[^"]*"', f'leave: "{leave}"', text), "seuil.yaml").cases[0]

    assert said.answered(Form.LEAVE, case("Oui : c'est permis."), "")[1] is Position.POSSIBLE
    assert said.answered(Form.LEAVE, case("Oui, si c'est écrit."), "")[1] is Position.CONDITIONAL
    assert (
        said.answered(Form.LEAVE, case("En principe non : il faut un motif."), "")[1] is Position.CONDITIONAL
    )
    assert said.answered(Form.LEAVE, case("Le seuil est de 60 000 euros."), "")[1] is Position.INFORMATION
    assert said.answered(Form.OTHER, case("Oui : c'est permis."), "")[1] is Position.INFORMATION


def test_who_asks_to_reject_is_told_the_leave_of_a_case_that_is_of_refusing() -> None:
    case = SHEET.cases[0]
    spoken = {
        Form.LEAVE: replace(case.opening(Form.LEAVE), text="Oui, si l'entreprise a été entendue."),
        Form.FORBIDDEN: replace(
            case.opening(Form.LEAVE),
            text="Non : exclure pour un manquement est permis, après l'avoir entendue.",
        ),
    }
    refusing = replace(
        case, position=Position.CONDITIONAL, when="une sanction de moins de trois ans", first=spoken
    )
    assert said.answered(Form.REJECT, refusing, "") == (Form.LEAVE, Position.CONDITIONAL)
    other = replace(spoken[Form.FORBIDDEN], text="Non : admettre l'équivalent est permis, si elle le prouve.")
    admitting = replace(refusing, first={**spoken, Form.FORBIDDEN: other})
    assert said.answered(Form.REJECT, admitting, "") == (Form.OTHER, Position.INFORMATION)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("c'est interdit de retenir un candidat étranger ?", Form.OTHER),
        ("ai-je le droit de choisir une boîte étrangère ? ma lettre de rejet est prête", Form.OTHER),
        ("c'est interdit d'écarter un candidat étranger ?", Form.FORBIDDEN),
    ],
)
def test_of_keeping_somebody_a_case_that_forbids_to_exclude_says_neither_yes_nor_no(
    question: str, told: Form
) -> None:
    case = replace(SHEET.cases[0], position=Position.FORBIDDEN, when="on veut exclure pour la nationalité")
    form = Form.FORBIDDEN if "interdit" in question else Form.LEAVE
    assert said.answered(form, case, fold_words(question))[0] is told
