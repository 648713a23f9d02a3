"""Answers as they are kept and shown."""

from dataclasses import replace
from datetime import date
from typing import Any

from assistant.datatypes import Basis, Position, Risk, Status, Timings, Verdict
from assistant.kept_answer import KeptAnswer, KeptClaim, KeptProblem, KeptQuote, KeptSource

WORDS = "L'acheteur peut imposer que les moyens utilisés soient localisés sur le territoire de l'Union."
RULES = KeptSource("0123456789abcdef", "Code de la commande publique", "droit", "regles")
SHEET = KeptSource("fedcba9876543210", "Imposer la localisation des moyens", "fiche", "droit")


# What a version before sheets of cases wrote.
EARLIER: dict[str, Any] = {
    "question": "Peut-on imposer des serveurs dans l'Union ?",
    "as_of": "2026-04-01",
    "position": "possible_sous_conditions",
    "status": "grounded",
    "claims": [
        {
            "text": WORDS,
            "verdict": "verified",
            "evidence": [
                {
                    "marker": "S1.1",
                    "source": {
                        "id": "0123456789abcdef",
                        "title": "Code de la commande publique",
                        "kind": "droit",
                        "collection": "regles",
                    },
                    "work": "CCP",
                    "article": "L2112-4",
                    "pages": None,
                    "valid_from": "2019-04-01",
                    "valid_to": None,
                    "quote": "L'acheteur peut imposer que les moyens utilisés\n soient localisés sur le territoire de l'Union.",
                    "start": 0,
                    "end": 95,
                }
            ],
        }
    ],
    "risk": {"level": "moyen", "reasons": ["La restriction doit être liée à l'objet."], "appeals": []},
    "fallbacks": ["Écrivez le besoin de sécurité."],
    "problems": [{"code": "date", "message": "Ces mots changent bientôt."}],
    "model": None,
    "seconds": {"search": 0.1, "first_extract": 0.1, "first_claim": 0.1, "total": 0.2},
}


def quote(**changes: Any) -> KeptQuote:
    """Words of an article, broken where a line of their source ends."""
    words = "L'acheteur peut imposer que les moyens utilisés\n soient localisés sur le territoire de l'Union."
    return replace(
        KeptQuote("S1.1", RULES, "CCP", "L2112-4", None, date(2019, 4, 1), None, words, 0, len(words)),
        **changes,
    )


def sheet_quote(text: str, marker: str = "F1.1") -> KeptQuote:
    """A sentence of the sheet."""
    return KeptQuote(marker, SHEET, None, None, None, None, None, text, 40, 40 + len(text))


def claim(text: str, *quotes: KeptQuote, verdict: Verdict = Verdict.VERIFIED) -> KeptClaim:
    """Something that is said, with what it quotes."""
    return KeptClaim(text, verdict, quotes)


def answer(text: str = WORDS, **changes: Any) -> KeptAnswer:
    """A case of a sheet that speaks by one claim, with the words of its article twice."""
    made = KeptAnswer(
        question="Peut-on imposer des serveurs dans l'Union ?",
        as_of=date(2026, 4, 1),
        basis=Basis.SHEET,
        position=Position.CONDITIONAL,
        status=Status.GROUNDED,
        claims=(claim(text, quote(), quote()),),
        risk=Risk("moyen", ("La restriction doit être liée à l'objet.",), ()),
        fallbacks=("Écrivez le besoin de sécurité.",),
        problems=(KeptProblem("date", "Ces mots changent bientôt."),),
        model=None,
        timings=Timings(0.1, 0.1, 0.1, 0.2),
        sheet="localisation",
        case="union",
    )
    return replace(made, **changes)
