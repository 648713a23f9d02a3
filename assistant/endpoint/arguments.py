"""Whether the arguments of a tool have its shape, and what is wrong with them in French."""

from collections.abc import Callable, Mapping
from typing import Any

from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError, best_match

from assistant.endpoint.tools import Tool
from assistant.errors import UsageError

_TYPES = {
    "string": "un texte",
    "integer": "un nombre entier",
    "array": "une liste",
    "object": "un objet",
    "boolean": "vrai ou faux",
}
# What each keyword of a schema asks for, as a reader is told it; ``asked`` is the keyword's value.
_ASKED: Mapping[str, Callable[[Any], str]] = {
    "type": lambda asked: f"doit être {_TYPES.get(asked, asked)}",
    "enum": lambda asked: f"doit être l'un de : {', '.join(map(str, asked))}",
    "minLength": lambda _: "est vide",
    "maxLength": lambda asked: f"dépasse {asked} caractères",
    "minimum": lambda asked: f"doit être {asked} au moins",
    "maximum": lambda asked: f"doit être {asked} au plus",
    "minItems": lambda _: "est vide",
    "maxItems": lambda asked: f"a plus de {asked} éléments",
    "pattern": lambda _: "doit être une date AAAA-MM-JJ",
}


def require_shape(tool: Tool, arguments: Mapping[str, Any]) -> None:
    """Raises UsageError where the arguments have not the shape of the tool's."""
    wrong = best_match(Draft202012Validator(tool.takes).iter_errors(dict(arguments)))
    if wrong is not None:
        known = ", ".join(tool.takes["properties"]) or "aucun"
        raise UsageError(f"« {tool.name} » : {_said(wrong, tool, arguments)}.", f"Arguments : {known}.")


def _said(wrong: ValidationError, tool: Tool, arguments: Mapping[str, Any]) -> str:
    if wrong.validator == "required":
        return f"il manque « {next(name for name in tool.takes['required'] if name not in arguments)} »"
    if wrong.validator == "additionalProperties":
        return f"« {next(name for name in arguments if name not in tool.takes['properties'])[:80]} » n'est pas un de ses arguments"
    return (
        f"« {'.'.join(map(str, wrong.absolute_path))} » {_ASKED[str(wrong.validator)](wrong.validator_value)}"
    )
