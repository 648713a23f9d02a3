"""The JSON schemas of what tools take and give, put together from few pieces."""

from collections.abc import Sequence
from typing import Any

from assistant.answering.answerer import LONGEST_QUESTION
from assistant.datatypes import Basis, Position

Json = dict[str, Any]
ANY_TEXT: Json = {"type": "string"}
WHOLE: Json = {"type": "integer"}
YES_OR_NO: Json = {"type": "boolean"}
ANYTHING: Json = {"type": "object"}
_PLACE: Json = {"type": ["array", "null"], "items": WHOLE}


def text(description: str, most: int = LONGEST_QUESTION) -> Json:
    """A text that says something."""
    return {"type": "string", "minLength": 1, "maxLength": most, "description": description}


def day(description: str) -> Json:
    """A date."""
    return {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$", "description": description}


def count(description: str, default: int, most: int) -> Json:
    """A number of things, from one on."""
    return {"type": "integer", "minimum": 1, "maximum": most, "default": default, "description": description}


def texts(description: str, most: int) -> Json:
    """A list of texts."""
    return {
        "type": "array",
        "items": {"type": "string", "minLength": 1, "maxLength": LONGEST_QUESTION},
        "maxItems": most,
        "description": description,
    }


def taking(required: Sequence[str] = (), **members: Json) -> Json:
    """Arguments, and no others."""
    return {
        "type": "object",
        "properties": members,
        "required": list(required),
        "additionalProperties": False,
    }


def giving(**members: Json) -> Json:
    """A result that has all these members, perhaps more."""
    return {"type": "object", "properties": members, "required": list(members)}


def several(items: Json) -> Json:
    """A list."""
    return {"type": "array", "items": items}


def maybe(kind: str) -> Json:
    """A value of a kind, or null."""
    return {"type": [kind, "null"]}


SOURCE = giving(id=ANY_TEXT, title=ANY_TEXT, kind=ANY_TEXT, collection=maybe("string"))
CITATION = giving(
    source=SOURCE,
    work=maybe("string"),
    article=maybe("string"),
    pages=_PLACE,
    valid_from=maybe("string"),
    valid_to=maybe("string"),
    quote=ANY_TEXT,
    start=WHOLE,
    end=WHOLE,
)
CITATIONS = several(CITATION)
ANSWER = giving(
    question=ANY_TEXT,
    as_of=ANY_TEXT,
    basis={"enum": [basis.value for basis in Basis]},
    position={"enum": [position.value for position in Position]},
    claims=several(giving(text=ANY_TEXT, verdict=ANY_TEXT, evidence=CITATIONS)),
    problems=several(giving(code=ANY_TEXT, message=ANY_TEXT)),
    citations=CITATIONS,
)
