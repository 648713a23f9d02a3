"""What a language model writes, checked against what was asked: room, length, schema. The three backends share these rules."""

import json
from collections.abc import Generator, Iterator
from dataclasses import dataclass
from typing import Any

from assistant.errors import GenerationError
from assistant.protocols import JsonSchema

TYPES: dict[str, tuple[type, ...]] = {
    "object": (dict,),
    "array": (list,),
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
}
CUT = "length"  # the finish reason of OpenAI's interface for an output that reached max_tokens


@dataclass(frozen=True, slots=True)
class Piece:
    """Some text as it comes; ``finish`` is set on the last piece: ``stop``, or ``length`` when ``max_tokens`` was reached."""

    text: str
    finish: str | None = None


def require_room(name: str, prompt_tokens: int, max_tokens: int, context_tokens: int) -> None:
    """Refuses a prompt that leaves no room for the answer.

    Raises:
        GenerationError: prompt and output together exceed the context.
    """
    if prompt_tokens + max_tokens > context_tokens:
        raise GenerationError(
            f"La demande est trop longue pour le modèle « {name} » : {prompt_tokens} jetons, plus {max_tokens} de réponse, pour {context_tokens} au plus.",
            "Donnez moins de passages, ou augmentez context_tokens dans settings.toml si la mémoire le permet.",
        )


def checked(
    name: str, pieces: Generator[Piece, None, None], *, schema: JsonSchema | None, max_tokens: int
) -> Iterator[str]:
    """The texts of ``pieces``; at the end, an answer under a schema must be whole and obey it. Closing this closes ``pieces``.

    Raises:
        GenerationError: the answer was cut or breaks the schema; without a schema a cut answer simply ends.
    """
    written: list[str] = []
    finish = None
    try:
        for piece in pieces:
            finish = piece.finish or finish
            if piece.text:
                written.append(piece.text)
                yield piece.text
    finally:
        pieces.close()
    if schema is None:
        return
    if finish == CUT:
        raise GenerationError(
            f"La réponse du modèle « {name} » a été coupée à {max_tokens} jetons : elle est incomplète et n'est pas utilisée.",
            "Recommencez avec moins de passages, ou un autre modèle.",
        )
    require_schema(name, "".join(written), schema)


def require_schema(name: str, text: str, schema: JsonSchema) -> None:
    """Refuses a text that is not JSON or breaks the schema (a server may ignore the schema that it was given).

    Raises:
        GenerationError: with the place of the first fault.
    """
    try:
        fault = first_fault(json.loads(text), schema)
    except ValueError as error:
        fault = f"ce n'est pas du JSON ({error})"
    if fault:
        raise GenerationError(
            f"La réponse du modèle « {name} » ne suit pas le schéma demandé : {fault}.",
            "Vérifiez que le serveur ou le modèle accepte response_format json_schema.",
        )


def first_fault(value: Any, schema: JsonSchema, place: str = "$") -> str:
    """The first place of ``value`` that breaks ``schema``, in French; empty when none does.

    Knows the words that the assistant's schemas use: type, enum, const, anyOf, properties, required, additionalProperties, items, minItems, maxItems.
    """
    if "anyOf" in schema and all(first_fault(value, option, place) for option in schema["anyOf"]):
        return f"{place} ne correspond à aucune des formes permises"
    if ("enum" in schema and value not in schema["enum"]) or ("const" in schema and value != schema["const"]):
        return f"{place} n'est pas une des valeurs permises"
    if "type" in schema and not is_of_type(value, schema["type"]):
        return f"{place} n'est pas de type {schema['type']}"
    if isinstance(value, dict):
        return object_fault(value, schema, place)
    return list_fault(value, schema, place) if isinstance(value, list) else ""


def is_of_type(value: Any, wanted: str | list[str]) -> bool:
    """Whether a JSON value is of the type, or of one of the types, that a schema names (true is not an integer)."""
    names = [wanted] if isinstance(wanted, str) else wanted
    return any(
        isinstance(value, TYPES[name]) and not (isinstance(value, bool) and name in {"integer", "number"})
        for name in names
    )


def object_fault(value: dict[str, Any], schema: JsonSchema, place: str) -> str:
    """The first fault of an object."""
    properties = schema.get("properties", {})
    for name in schema.get("required", ()):
        if name not in value:
            return f"{place}.{name} manque"
    for name, content in value.items():
        if name not in properties and schema.get("additionalProperties", True) is False:
            return f"{place}.{name} n'était pas demandé"
        if name in properties and (fault := first_fault(content, properties[name], f"{place}.{name}")):
            return fault
    return ""


def list_fault(value: list[Any], schema: JsonSchema, place: str) -> str:
    """The first fault of an array."""
    if not schema.get("minItems", 0) <= len(value) <= schema.get("maxItems", len(value)):
        return f"{place} a {len(value)} élément(s)"
    return next(
        (
            fault
            for index, item in enumerate(value)
            if (fault := first_fault(item, schema.get("items", {}), f"{place}[{index}]"))
        ),
        "",
    )
