"""Clauses that are read, not computed (``stipulations.toml``): insurance, sub-contracting, rights, data, security, social and environmental ones, termination.

Quoted only.
"""

import re
from collections.abc import Mapping
from functools import cache
from typing import Any

from assistant.french.forms import Forms
from assistant.tender.fact import Fact
from assistant.tender.selection import NEVER, Sought, clause
from assistant.tender.view import Sentence, View

_FORMS = Forms("assistant.tender.facts", "stipulations.toml")
_SECURITY = "securite"
# Price schedules state no clause.
_SCHEDULES = frozenset(("BPU", "DQE"))


def _sought(row: Mapping[str, Any]) -> Sought:
    title, words, never, anywhere = (
        re.compile(_FORMS.any_of(row[name])) if name in row else NEVER
        for name in ("title", "words", "never", "anywhere")
    )
    return Sought(
        title,
        words,
        tuple(map(re.compile, row["signs"])),
        tuple(row["needles"]),
        never=never,
        not_in=frozenset(row.get("not_in", ())),
        loose_not_in=frozenset(row.get("loose_not_in", ())),
        anywhere=anywhere,
    )


@cache
def _clauses() -> dict[str, Sought]:
    return {name: _sought(row) for name, row in _FORMS.stored("clause").items()}


@cache
def _location(name: str) -> re.Pattern[str]:
    return re.compile(_FORMS.family(f"location.{name}"))


def clause_of(view: View, name: str) -> Fact | None:
    """One of the clauses above."""
    return clause(view, _clauses()[name])


def security_of(view: View) -> Fact | None:
    """Security of persons, sites or systems, and confidentiality: what the contract asks for."""
    sought = _clauses()[_SECURITY]
    found = clause(view, sought)
    if found is None:
        return None
    text = " ".join(span.of(view.folded) for span in found.spans)
    return found if any(sign.search(text) for sign in sought.signs) or "securite" in text else None


def _names_place(sentence: Sentence) -> bool:
    """Whether a sentence names a place; the name of a regulation of the Union is none."""
    return _location("place").search(_location("regulation").sub(" ", sentence.text)) is not None


def location_of(view: View) -> Fact | None:
    """Where data are kept or processed: a sentence that names both the data and the place, or the clause of that title."""
    if view.piece in _SCHEDULES:
        return None
    said = [
        sentence
        for sentence in view.sentences_with(*_FORMS.stored("location.data_needles"))
        if _location("data").search(sentence.text)
        and _names_place(sentence)
        and _location("kept").search(sentence.text)
        and (
            not _location("not_hosting").search(sentence.text)
            or _location("kept_there").search(sentence.text)
        )
    ]
    titled = [
        sentence
        for section in view.titled(_location("title"))
        for sentence in view.within(section)
        if _names_place(sentence) and not _location("not_hosting").search(sentence.text)
    ]
    ordered = list(dict.fromkeys((*titled, *said)))[:2]
    if not ordered:
        return None
    spans = tuple(sentence.span for sentence in ordered)
    return Fact(" ; ".join(view.words(span) for span in spans), spans)
