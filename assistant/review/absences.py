"""What a whole piece must say and does not (``absences.toml``): judged on the piece, never on an extract.

Ground: CCP R2112-3, R2112-8 to R2112-13, L2112-2, L2112-5, R2152-7, R2162-4; RGPD article 28; CJA L551-1.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from assistant.datatypes import Span
from assistant.french.months import MONTH
from assistant.review.limits import WORDS
from assistant.review.pattern import BUYER, NUMBER, Caught, Detect, Words, compiled, is_said
from assistant.review.text import CONTRACT_PIECES, WHOLE_CHARACTERS, Text, fold

_FORMS = Words(
    "absences.toml",
    {"buyer": BUYER, "number": NUMBER, "month": MONTH, "framework": WORDS.family("framework.named")},
)
_HOSTED_OFTEN, _HOSTED_IN_A_SHORT_PIECE = 6, 2
# A list of criteria and their parts holds in this.
_CRITERIA_LIST = 900
# CCP R2152-7 as of 21 August 2026 (LOI 2021-1104, article 35): the price alone is no criterion any more, and one criterion is environmental.
ENVIRONMENT_SINCE = date(2026, 8, 21)
_EVERY_POINT = 100


@dataclass(frozen=True, slots=True)
class _Said:
    """What says a thing: alternations, ``near`` and ``unless`` as in ``is_said``; only in some ``pieces``, where any are named."""

    forms: str
    near: str | None
    unless: str | None
    deniable: bool
    pieces: frozenset[str]

    def is_in(self, text: Text) -> bool:
        """Whether a document says it."""
        return (not self.pieces or text.piece in self.pieces) and is_said(
            text, self.forms, near=self.near, unless=self.unless, deniable=self.deniable
        )


@dataclass(frozen=True, slots=True)
class _Clause:
    """What a sentence says in whatever words: it has one of each family of ``signs``, and none of ``but`` at the beginning of a word."""

    signs: tuple[str, ...]
    but: str

    def is_in(self, text: Text) -> bool:
        """Whether a sentence of a document says it."""
        signs, but = [_FORMS.said(sign) for sign in self.signs], _FORMS.begun(self.but)
        return any(
            all(sign.search(sentence.words) for sign in signs) and not but.search(sentence.words)
            for sentence in text.sentences
        )


@dataclass(frozen=True, slots=True)
class _Absence:
    """What pieces of some kinds must say: one of ``said``, from a day on, where a service is hosted or something ``due`` is said (see the file)."""

    rule: str
    pieces: frozenset[str]
    since: date
    hosted: bool
    due: _Said | None
    said: tuple[_Said | _Clause, ...]
    at: str

    def is_due(self, text: Text) -> bool:
        """Whether a document must say it."""
        return (
            text.piece in self.pieces
            and text.is_whole
            and text.day >= self.since
            and (not self.hosted or _is_hosted(text))
            and (self.due is None or self.due.is_in(text))
        )


def _lacking(absence: _Absence, text: Text) -> Iterator[Caught]:
    """The place where what a document must say and does not is shown."""
    if absence.is_due(text) and not any(said.is_in(text) for said in absence.said):
        yield Caught(text.first(compiled(absence.at)))


def _absence(row: Mapping[str, Any]) -> _Absence:
    return _Absence(
        row["rule"],
        frozenset(row["pieces"]),
        row.get("since", date.min),
        row.get("hosted", False),
        _said(row["due"]) if "due" in row else None,
        (
            *map(_said, row["said"]),
            *(_Clause(tuple(one["signs"]), one["but"]) for one in row.get("clause", ())),
        ),
        _FORMS.any_of(row["at"]),
    )


def _said(row: Mapping[str, Any]) -> _Said:
    near, unless = (_FORMS.any_of(row[name]) if name in row else None for name in ("near", "unless"))
    return _Said(
        _FORMS.any_of(row["forms"]), near, unless, row.get("deniable", True), frozenset(row.get("pieces", ()))
    )


def _is_hosted(text: Text) -> bool:
    """Whether the document buys a hosted service: its own words say so often."""
    return len(_FORMS.said("hosted.said").findall(text.folded)) >= (
        _HOSTED_OFTEN if len(text.folded) > WHOLE_CHARACTERS else _HOSTED_IN_A_SHORT_PIECE
    )


def unlisted_derogations(text: Text) -> Iterator[Caught]:
    """A whole CCAP derogates from the general clauses and has no list of derogations."""
    if text.piece not in CONTRACT_PIECES or not text.is_whole:
        return
    title, of_one_thing = _FORMS.said("derogations.title"), _FORMS.said("derogations.of_one_thing")
    titles = [fold(heading.title) for heading in text.document.headings]
    if any(title.search(one) and not of_one_thing.search(one) for one in titles) or is_said(
        text, _FORMS.family("derogations.listed")
    ):
        return
    for sentence in text.sentences:
        if (
            match := _FORMS.said("derogations.made").search(sentence.words)
        ) and "code de la commande" not in sentence.words:
            yield Caught(sentence.at(*match.span()))
            return


def _with_list(text: Text, announced: Span) -> Span:
    """What announces criteria, and the list or table after it."""
    return Span(announced.start, min(len(text.folded), announced.end + _CRITERIA_LIST))


def _says_environment(text: Text, announced: Span, forms: str) -> bool:
    return is_said(
        text,
        _FORMS.family(forms),
        unless=_FORMS.family("criteria.not_green"),
        within=_with_list(text, announced),
    )


def no_environmental_criterion(text: Text) -> Iterator[Caught]:
    """A whole RC announces its criteria, and what follows each announcement says nothing of the environment."""
    if text.piece != "RC" or not text.is_whole or text.day < ENVIRONMENT_SINCE:
        return
    first: Span | None = None
    for sentence in text.sentences:
        if match := _FORMS.said("criteria.announced").search(sentence.words):
            first = first or sentence.at(*match.span())
            if _says_environment(text, sentence.span, "criteria.green"):
                return
    if first:
        yield Caught(first)


DETECTORS: dict[str, Detect] = {
    "derogations-non-listees": unlisted_derogations,
    **{absence.rule: partial(_lacking, absence) for absence in map(_absence, _FORMS.stored("absence"))},
    "critere-environnement-absent": no_environmental_criterion,
}
