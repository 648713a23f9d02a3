"""The words of ``words.toml`` as patterns over folded text."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any

from assistant.datatypes import Span
from assistant.french.folding import fold
from assistant.french.forms import Forms
from assistant.tender.view import blanked

_FORMS = Forms("assistant.documents")
_whole = _FORMS.words
# Words of a question and of documents are compared by so many letters.
BEGINNING = 6


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The forms of ``group.family``, as whole words: what each is, ``words.toml`` says."""
    return _whole(_FORMS.stored(name))


@cache
def expected() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What a question asks with, and what it then expects to read."""
    return tuple((_whole(row["asked"]), _whole(row["said"])) for row in _FORMS.whole["expected"])


@cache
def none() -> re.Pattern[str]:
    """A value that says that there is none: « aucune avance », « néant »."""
    stored = _FORMS.whole["none"]
    return re.compile(rf"^\W*(?:{'|'.join(stored['opening'])})\b|{_whole(stored['anywhere']).pattern}")


@cache
def common() -> frozenset[str]:
    """Beginnings of words that say nothing of what a list asks."""
    return frozenset(_FORMS.whole["listing"]["common"])


def without_asides(question: str) -> str:
    """A question without what it says only to leave out."""
    return blanked(
        question, [Span(*match.span()) for match in pattern("listing.aside").finditer(fold(question))]
    )


@cache
def point() -> re.Pattern[str]:
    """What opens a point of a list."""
    return re.compile(_FORMS.any_of(_FORMS.whole["several"]["point"]))


@cache
def denied() -> re.Pattern[str]:
    """What denies the word that follows at once."""
    return re.compile(rf"{_FORMS.pattern('listing.denied').pattern}\W*$")


@dataclass(frozen=True, slots=True)
class Only:
    """What keeps the markets of one form or kind: the words of the question, the field, what its value then holds."""

    said: re.Pattern[str]
    field: str
    holds: re.Pattern[str]


@cache
def only() -> tuple[Only, ...]:
    """What keeps of the markets those whose form or kind a question says."""
    return tuple(
        Only(_whole(row["said"]), row["field"], _whole(row["holds"]))
        for row in _FORMS.whole["listing"]["only"]
    )


@cache
def pieces() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """What keeps the pieces of one kind: the words of the question, and the kinds."""
    return tuple((_whole(row["said"]), tuple(row["types"])) for row in _FORMS.whole["listing"]["pieces"])


@cache
def units() -> dict[str, re.Pattern[str]]:
    """What a ranking is counted in, by what the question says."""
    return {unit: _whole(forms) for unit, forms in _FORMS.whole["listing"]["units"].items()}


@cache
def days() -> tuple[re.Pattern[str], dict[str, tuple[int, int]]]:
    """What says a day otherwise than by its month (« avant l'été 2027 »: groups ``day`` and ``year``), and the month and day of each."""
    known = {name: (int(day[:2]), int(day[3:])) for name, day in _FORMS.whole["listing"]["days"].items()}
    said = re.compile(
        rf"(?:\b(?:l'|le |la |cet |cette |avant |d'ici |apres |au )(?:prochaine? )?(?=(?!debut|fin)|\w+ 20)|\b(?=(?:debut|fin) 20))"
        rf"(?P<day>{'|'.join(known)})\b(?: (?:de )?(?P<year>20\d\d))?"
    )
    return said, known


def allows(test: str, folded: str) -> bool:
    """Whether a folded question says what a test needs."""
    needed = _tests().get(test)
    return needed is None or needed.search(folded) is not None


@cache
def _tests() -> dict[str, re.Pattern[str]]:
    return {test: _whole(forms) for test, forms in _FORMS.whole["tests"].items()}


@cache
def amendment(*keys: str) -> re.Pattern[str]:
    """The forms of an amendment that lie under those keys: ``amendment("before", "new")``."""
    return _whole(_FORMS.stored(".".join(("amendment", *keys))))


@cache
def due(name: str) -> re.Pattern[str]:
    """The forms of what falls due under that name."""
    return _whole(_FORMS.whole["due"][name])


@cache
def amendment_list(*keys: str) -> tuple[re.Pattern[str], ...]:
    """The same, each form by itself, in their order."""
    return tuple(_whole([form]) for form in _FORMS.stored(".".join(("amendment", *keys))))


@cache
def amendment_numbers() -> tuple[re.Pattern[str], ...]:
    """How an amendment gives its number: groups ``number`` or ``word``."""
    return tuple(re.compile(form) for form in _FORMS.whole["amendment"]["number"])


@dataclass(frozen=True, slots=True)
class FieldWords:
    """What names a field: ``said``, but beside none of ``but``."""

    name: str
    said: re.Pattern[str]
    but: re.Pattern[str] | None

    def named_in(self, folded: str) -> bool:
        """Whether the words name it."""
        return self.said.search(folded) is not None and (self.but is None or self.but.search(folded) is None)


@cache
def amended_fields() -> tuple[FieldWords, ...]:
    """What names a field in a sentence that changes it."""
    return tuple(_field_words(row) for row in _FORMS.whole["amendment"]["field"])


@cache
def asked_fields() -> tuple[FieldWords, ...]:
    """What names a field in a question about what is in force."""
    return tuple(_field_words(row) for row in _FORMS.whole["amendment"]["asked"])


@cache
def after_amendment() -> re.Pattern[str]:
    """« après l'avenant n° 2 »: groups ``which`` (avant, après …) and ``number``."""
    return re.compile(_FORMS.whole["amendment"]["questions"]["after"])


def _field_words(row: dict[str, Any]) -> FieldWords:
    return FieldWords(row["name"], _whole(row["said"]), _whole(row["but"]) if row.get("but") else None)
