"""An answer as `assistant ask --json` gives it."""

from typing import Any


def answer(text: str = "L'acheteur peut imposer que les moyens utilisés soient localisés sur le territoire de l'Union.", **changes: Any) -> dict[str, Any]:
    quote = {
        "marker": "S1.1",
        "source": {"id": "0123456789abcdef", "title": "Code de la commande publique", "kind": "droit", "collection": "regles"},
        "work": "CCP",
        "article": "L2112-4",
        "pages": None,
        "valid_from": "2019-04-01",
        "valid_to": None,
        "quote": "L'acheteur peut imposer que les moyens utilisés\n soient localisés sur le territoire de l'Union.",
        "start": 0,
        "end": 90,
    }
    return {
        "question": "Peut-on imposer des serveurs dans l'Union ?",
        "as_of": "2026-04-01",
        "position": "possible_sous_conditions",
        "status": "grounded",
        "claims": [{"text": text, "verdict": "verified", "evidence": [quote, quote]}],
        "risk": {"level": "moyen", "reasons": ["La restriction doit être liée à l'objet."], "appeals": []},
        "fallbacks": ["Écrivez le besoin de sécurité."],
        "problems": [{"code": "date", "message": "Ces mots changent bientôt."}],
        "model": None,
        "seconds": {"search": 0.1, "first_extract": 0.1, "first_claim": 0.1, "total": 0.2},
    } | changes
