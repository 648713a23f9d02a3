"""Small clauses and kits, written on the spot: a front matter that is right, to be spoilt field by field."""

from pathlib import Path
from typing import Any

import yaml

LEVEL_NAMES = {3: "fort", 2: "équilibré", 1: "minimal"}


def field(name: str, type_: str = "entier", **changes: Any) -> dict[str, Any]:
    return {
        "name": name,
        "label": f"Libellé de {name}",
        "type": type_,
        "unit": None,
        "default": None,
        "help": f"Aide de {name}.",
        "choices": None,
    } | changes


def front(id_: str, **changes: Any) -> dict[str, Any]:
    levels = [
        {
            "level": level,
            "risk": "faible",
            "reasons": ["Peu contestable."],
            "conditions": ["Un besoin écrit."],
        }
        for level in (3, 2, 1)
    ]
    return {
        "id": id_,
        "title": f"Titre de {id_}",
        "subject": "reversibilite",
        "piece": "CCTP",
        "contracts": ["tous"],
        "verified_on": "@2026-11-25",
        "legal_basis": ["CCP L2112-2", "CCP L2112-3"],
        "fields": [field("delai_jours", unit="jours", default=10)],
        "levels": levels,
        "does_not_achieve": ["Elle n'empêche pas une panne."],
        "companions": [],
        "incompatible": [],
        "ccag": None,
        "sheets": [],
        "sources": ["Code de la commande publique, art. L2112-2 (texte lu)"],
    } | changes


WORDING = "1. Le titulaire remet la liste dans les {{delai_jours}} jours.\n2. Il notifie tout écart."


def clause_text(id_: str, *wordings: str, body: str | None = None, **changes: Any) -> str:
    """A clause file. ``wordings`` are those of the levels 3, 2, 1; one alone serves all."""
    texts = (
        dict(zip((3, 2, 1), wordings * 3 if len(wordings) < 3 else wordings, strict=False))
        if wordings
        else dict.fromkeys((3, 2, 1), WORDING)
    )
    parts = "".join(f"## Niveau {level} : {LEVEL_NAMES[level]}\n{text}\n\n" for level, text in texts.items())
    whole = (
        f"# Titre\n\n## Pourquoi cette clause\nElle protège l'acheteur.\n\n{parts}" if body is None else body
    )
    return f"---\n{dumped({name: value for name, value in front(id_, **changes).items() if value != '-'})}---\n{whole}"


def kit_text(id_: str, pieces: list[dict[str, Any]], **changes: Any) -> str:
    values = {
        "id": id_,
        "title": f"Titre de {id_}",
        "need": "Un besoin.",
        "contracts": ["cloud"],
        "verified_on": "@2026-11-25",
        "fields": [],
        "pieces": pieces,
        "justification": "## Besoin\nLe service garde des données de l'acheteur.\n",
    }
    return dumped(values | changes)


def dumped(values: dict[str, Any]) -> str:
    return yaml.safe_dump(values, allow_unicode=True, sort_keys=False, width=1000).replace(
        "'@2026-11-25'", "2026-11-25"
    )


def write_clause(folder: Path, id_: str, *wordings: str, **changes: Any) -> Path:
    path = folder / f"{id_}.md"
    path.write_text(clause_text(id_, *wordings, **changes), encoding="utf-8")
    return path


def write_kit(folder: Path, id_: str, pieces: list[dict[str, Any]], **changes: Any) -> Path:
    (folder / "kits").mkdir(exist_ok=True)
    path = folder / "kits" / f"{id_}.yaml"
    path.write_text(kit_text(id_, pieces, **changes), encoding="utf-8")
    return path


def piece(name: str, *clauses: tuple[str, int]) -> dict[str, Any]:
    return {"piece": name, "clauses": [{"id": id_, "level": level} for id_, level in clauses]}
