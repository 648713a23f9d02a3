"""A conversation as a file: Markdown, or ODT and DOCX with each quote in a note. Everything kept is written: dates of the law, exact quotes, doubts."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assistant import office
from assistant.datatypes import Position, Verdict
from assistant.export import french_date, position_line, unmarked
from assistant.site.conversations import Conversation, Turn
from assistant.site.journal import program_version

NOTICE = "Ces réponses citent des textes ; elles ne sont pas une consultation juridique. Contrôlez chaque citation à sa date."
# Between two calls of notes: a thin space that does not break.
_BESIDE = "\u202f"
# A note shorter than this is said again rather than sent for.
_SHORT = 120


def markdown(conversation: Conversation) -> str:
    """The conversation as Markdown, each quote under the statement that rests on it."""
    lines = list(_opening(conversation))
    for number, turn in enumerate(conversation.turns, 1):
        lines += _turn(number, turn, None)
    return "\n".join(lines).rstrip() + "\n"


def office_file(conversation: Conversation, office_format: str) -> bytes:
    """The conversation as an ``odt`` or ``docx`` document, its quotes in footnotes.

    Raises:
        ExportError: pandoc is absent or failed.
    """
    notes: list[str] = []
    lines = list(_opening(conversation))
    for number, turn in enumerate(conversation.turns, 1):
        lines += _turn(number, turn, notes)
    return office.convert("\n".join((*lines, "", "\n\n".join(notes))).rstrip() + "\n", office_format)


def is_extract(claim: Mapping[str, Any]) -> bool:
    """Whether a claim is only the words of its own evidence, as they were found: nobody said that they answer the question."""
    quotes = [" ".join(quote["quote"].split()) for quote in claim["evidence"]]
    return bool(quotes) and all(quote in claim["text"] for quote in quotes) and not any(quote["marker"].startswith("F") for quote in claim["evidence"])


def _opening(conversation: Conversation) -> Iterator[str]:
    yield f"# {_flat(conversation.title)}"
    yield ""
    day = french_date(conversation.updated.astimezone().date())
    yield f"Conversation du {day}, assistant de la commande publique, version {unmarked(program_version())}. {NOTICE}"
    yield ""


def _turn(number: int, turn: Turn, notes: list[str] | None) -> Iterator[str]:
    """The lines of a turn; its quotes go to ``notes``, or under each claim where that is None."""
    answer = turn.answer
    yield from (f"## {number}. {_flat(turn.question)}", "")
    about = answer.get("about")
    yield from (position_line(Position(answer["position"]), about and unmarked(about), turn.as_of), "")
    extracts = [claim for claim in answer["claims"] if is_extract(claim)]
    said = [claim for claim in answer["claims"] if not is_extract(claim)]
    for place, claim in enumerate(said, 1):
        yield from _claim(place, claim, notes)
    if extracts:
        yield from ("**Textes les plus proches**", "")
    for place, claim in enumerate(extracts, len(said) + 1):
        yield from _claim(place, claim, notes)
    risk = answer["risk"]
    if risk["level"]:
        yield from (f"**Risque contentieux : {unmarked(risk['level'])}**", "")
        yield from _items((*risk["reasons"], *risk["appeals"]))
    if answer["fallbacks"]:
        yield from (f"**{'Ce que vous pouvez écrire' if answer['claims'] else 'Que faire'}**", "")
        yield from _items(answer["fallbacks"])
    if answer["problems"]:
        yield from ("**À savoir**", "")
        yield from _items([problem["message"] for problem in answer["problems"]])
    if answer["model"]:
        yield from (f"Modèle de langage : {_flat(answer['model'])}.", "")


def _claim(place: int, claim: Mapping[str, Any], notes: list[str] | None) -> Iterator[str]:
    doubt = "" if claim["verdict"] == Verdict.VERIFIED.value else " *(non vérifié)*"
    if notes is None:
        yield f"{place}. {_flat(claim['text'])}{doubt}"
        yield from (f"    > {_quote(quote, claim['text'])}" for quote in claim["evidence"])
        yield ""
        return
    marks = []
    for quote in claim["evidence"]:
        notes.append(_note(_quote(quote, claim["text"]), notes))
        marks.append(f"[^{len(notes)}]")
    yield f"{place}. {_flat(claim['text'])}{doubt}{_BESIDE.join(marks)}"
    yield ""


def _note(text: str, notes: Sequence[str]) -> str:
    """A note; one that says the same as a former one sends the reader there."""
    same = next((number for number, note in enumerate(notes, 1) if note.partition(": ")[2] == text), None)
    return f"[^{len(notes) + 1}]: " + (f"Même citation qu'à la note {same}." if same and len(text) > _SHORT else text)


def _quote(quote: Mapping[str, Any], claim: str) -> str:
    """A quote and where it stands; where the claim gives its words already, only where it stands."""
    words = " ".join(quote["quote"].split())
    where = _where(quote)
    return where if words in claim else f"« {unmarked(words)} » — {where}"


def _where(quote: Mapping[str, Any]) -> str:
    sheet = "Fiche : " if quote["source"]["kind"] == "fiche" else ""
    parts = [f"{quote['work']}, art. {quote['article']}" if quote["article"] else sheet + quote["source"]["title"]]
    if quote["pages"]:
        first, last = quote["pages"]
        parts.append(f"p. {first}" if first == last else f"p. {first}-{last}")
    parts += [_period(quote["valid_from"], quote["valid_to"])] if quote["valid_from"] or quote["valid_to"] else []
    return _flat(", ".join(parts))


def _period(start: str | None, end: str | None) -> str:
    if start and end:
        return f"en vigueur du {french_date(date.fromisoformat(start))} au {french_date(date.fromisoformat(end))} (exclu)"
    return (
        f"en vigueur depuis le {french_date(date.fromisoformat(start))}"
        if start
        else f"en vigueur jusqu'au {french_date(date.fromisoformat(end or ''))} (exclu)"
    )


def _items(texts: Sequence[str]) -> Iterator[str]:
    yield from (f"- {_flat(text)}" for text in texts)
    yield ""


def _flat(text: str) -> str:
    """``text`` on one line, its very characters shown."""
    return unmarked(re.sub(r"\s+", " ", text).strip())
