"""Questions and their answers as JSON Lines (``{"q", "a", "section"}``): a text whose headings are the sections and the questions."""

from typing import Any

from assistant.datatypes import Heading, Span
from assistant.errors import DamagedFileError
from assistant.lines import one_line
from assistant.reading.characters import storable
from assistant.reading.content import Content
from assistant.reading.rules import broken_lines, lines

_QUESTION_KEYS = ("q", "question")
_ANSWER_KEYS = ("a", "answer", "reponse", "réponse")


def is_question_and_answer(value: dict[str, Any]) -> bool:
    """Whether an object of a JSON Lines file holds a question and its answer."""
    return bool(_first(value, _QUESTION_KEYS) and _first(value, _ANSWER_KEYS))


def read_faq(data: bytes, name: str) -> Content:
    """Reads questions and answers; a broken line is a problem that names it, and the others are kept.

    Raises:
        DamagedFileError: not one line holds a question and its answer.
    """
    text, section = "", ""
    headings: list[Heading] = []
    broken: list[tuple[int, str]] = []
    for line in lines(data, name):
        if not is_question_and_answer(line.value):
            broken.append((line.number, line.reason or "il manque la question ou la réponse"))
            continue
        named = one_line(_first(line.value, ("section",)))
        if named and named != section:
            section = named
            headings.append(Heading(1, None, section, Span(len(text), len(text) + len(section))))
            text += section + "\n"
        question = one_line(_first(line.value, _QUESTION_KEYS))
        headings.append(
            Heading(2 if section else 1, None, question, Span(len(text), len(text) + len(question)))
        )
        text += f"{question}\n{_first(line.value, _ANSWER_KEYS).strip()}\n"
    if not headings:
        raise DamagedFileError(
            f"« {name} » ne contient aucune question avec sa réponse.",
            "Attendu : un objet par ligne, avec q et a.",
        )
    return Content(
        text,
        title=name.rpartition(".")[0] or name,
        headings=tuple(headings),
        problems=broken_lines(broken, name),
    )


def _first(value: dict[str, Any], keys: tuple[str, ...]) -> str:
    return next(
        (
            storable(value[key])
            for key in keys
            if isinstance(value.get(key), str) and storable(value[key]).strip()
        ),
        "",
    )
