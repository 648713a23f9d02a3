"""A sheet of two cases, as its file has it, and what the tests of answers share."""

import pytest

from assistant.answering import choice, refusal
from assistant.datatypes import Answer
from assistant.index.search import Searcher

SHEET = """\
id: localisation
title: Imposer la localisation des moyens
subject: localisation
status: en_vigueur
valid_from: 2019-04-01
valid_to: null
verified_on: 2026-11-24
certainty: texte_lu
sources: [CCP art. L2112-4 (texte lu)]
decides:
  fact: le lieu
  ask: Quel lieu voulez-vous imposer ?
  choices:
  - {label: l'Union, say: et si c'est l'Union européenne ?, case: union}
  - {label: la commune, say: et si c'est dans la commune ?, case: commune}
statements:
  tout: {text: Les lieux imposés le sont pour tout ou partie du contrat., rules: [CCP L2112-4]}
cases:
- id: union
  when: les moyens sont dans l'Union européenne
  position: possible_sous_conditions
  first:
    leave: "Oui, si l'exigence est liée au marché : l'acheteur peut exiger que les moyens d'exécution soient dans l'Union."
    forbidden: "Non : imposer l'Union est permis."
    other: "L'acheteur peut exiger que les moyens d'exécution soient dans l'Union."
  rules: [CCP L2112-4]
  statements: [tout]
  do: [Justifier le lieu par écrit.]
  instead: ["« Les moyens sont situés dans l'Union européenne. »"]
  risk: {level: moyen, reasons: [Une exigence sans motif s'attaque.], routes: [référé précontractuel]}
  uncertain: [Aucune décision connue.]
  signs: {for: [union, europe], against: [commune]}
  questions: ["Peut-on garder nos serveurs en Europe ?", q2, q3, q4, q5, q6, q7, q8]
  not_here: [{text: "Peut-on exiger une entreprise européenne ?", go: null}]
- id: commune
  when: les moyens sont dans la commune
  position: interdit
  first:
    leave: "Non : l'acheteur ne peut pas exiger que les moyens soient dans sa commune."
    other: "Une exigence communale favorise les entreprises du lieu."
  rules: [CCP L2112-4]
  statements: []
  signs: {for: [commune], against: [europe]}
  questions: ["Peut-on exiger des serveurs dans la commune ?", r2, r3, r4, r5, r6, r7, r8]
  not_here: [{text: "Peut-on préférer un artisan du village ?", go: localisation/union}]
"""


def sheet_text(id_: str, position: str, question: str, sentence: str) -> str:
    """A sheet of one case that says ``sentence`` to ``question``."""
    opening = {"possible": "Oui : ", "possible_sous_conditions": "Oui, si ", "interdit": "Non : "}.get(
        position, ""
    )
    return f"""\
id: {id_}
title: Fiche {id_}
subject: essai
status: en_vigueur
verified_on: 2026-11-24
certainty: texte_lu
sources: [CCP]
when: toujours
position: {position}
first: {{leave: "{opening}{sentence}", other: "{sentence}"}}
rules: [CCP L2112-4]
questions: ["{question}"]
"""


def speak_at_the_least(monkeypatch: pytest.MonkeyPatch) -> None:
    """The fake embedding's cosines are not those that the refusal was fitted on, nor the fake reader's shares those that sureness was."""
    monkeypatch.setattr(refusal, "LEAST_PROBABILITY", 0.0)
    monkeypatch.setattr(refusal, "LEAST_OUTSIDE", 1.1)
    monkeypatch.setattr(choice, "SURE_BIAS", 0.0)
    monkeypatch.setattr(choice, "SURE_WEIGHTS", (0.0, 0.0, 5.0, -5.0, 0.0, 0.0))


def assert_quotes_are_exact(answer: Answer, searcher: Searcher) -> None:
    assert answer.claims
    for claim in answer.claims:
        assert claim.quotes
        for quote in claim.quotes:
            assert quote.text == quote.span.of(searcher.document(quote.source.id).text)
