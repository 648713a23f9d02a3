"""How a rule is said: patterns over the folded words of one sentence, with what makes the same words lawful.

A pattern is a regular expression over lower-case words without accents (``text.fold``); a space stands for any run of spaces.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from assistant.datatypes import Span
from assistant.french.forms import Forms
from assistant.french.numbers import FIGURES, IN_WORDS, value
from assistant.french.numbers import number as french_number
from assistant.review.text import FoldedSentence, Text


@dataclass(frozen=True, slots=True)
class Caught:
    """A fault at ``span``; ``detail`` (French) completes the rule's message with what was found."""

    span: Span
    detail: str = ""


Detect = Callable[[Text], Iterator[Caught]]
"""A rule's code: the faults of one document."""

BUYER = (
    r"(?:l'acheteur|le pouvoir adjudicateur|la personne publique|la collectivite|le maitre d'ouvrage|l'administration|la commune|la ville|"
    r"le departement|la region|le beneficiaire|l'etablissement|le client)"
)

# "vingt-quatre", "soixante-quinze", "1,5".
NUMBER = rf"(?:\d{{1,30}}(?:[.,]\d{{1,30}})?|{IN_WORDS})\b"


def number(text: str) -> float | None:
    """The value of what ``NUMBER`` matches, or None."""
    plain = text.strip()
    return float(value(plain)) if re.fullmatch(FIGURES, plain) else french_number(plain)


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """``pattern`` with each space standing for any run of spaces, and `` ?`` for none or any; brackets and look-behinds (of a fixed width) stay as they are."""
    parts = re.split(r"(\[\^?\]?[^\]]*\]|\(\?<[!=][^)]*\))", pattern)
    return re.compile(
        "".join(
            part
            if part.startswith(("[", "(?<!", "(?<="))
            else re.sub(r" (?![*+{])(\?)?", lambda space: " *" if space[1] else " +", part)
            for part in parts
        )
    )


class Words(Forms):
    """The families of a file of this room, as patterns over folded words."""

    def __init__(self, file: str, given: Mapping[str, str] | None = None) -> None:
        super().__init__(__package__, file, given)

    def said(self, name: str) -> re.Pattern[str]:
        """A form of ``group.family``, anywhere."""
        return _family(self, name, "")

    def begun(self, name: str) -> re.Pattern[str]:
        """The same, met at the beginning of a word."""
        return _family(self, name, WORD_START)


@cache
def _family(words: Words, name: str, start: str) -> re.Pattern[str]:
    return compiled(start + words.family(name))


_QUOTED_AS_WORDS = compiled(
    r"(?:mentions?|clauses?|formules?|mots?|expressions?|termes?|phrases?|banni|proscri|interdi|ne vaut|n'est pas|pas accept|ecrire|dire)"
)


def is_mentioned(sentence: FoldedSentence, match: re.Match[str]) -> bool:
    """Whether the match stands within « … » in a sentence that speaks about words: the fault is named, not committed."""
    opened = sentence.words.rfind("«", 0, match.start() + 1)
    closed = sentence.words.find("»", match.start())
    inside = opened >= 0 and closed >= 0 and sentence.words.rfind("»", opened, match.start()) < 0
    return inside and bool(_QUOTED_AS_WORDS.search(sentence.words[:opened] + " " + sentence.words[closed:]))


# What excuses begins a word: "oiv" is no part of "doivent", nor "ne" of "commune".
WORD_START = r"(?<![a-z])"

# Where the clause that a word stands in ends: a stop, a blank line, the next item or title.
_CLAUSE_END = re.compile(r"[.;](?=\s)|\n\s*\n|\n(?=[#|\-•])")

_CLAUSE_REACH = 140

# A title with nothing under it: « 9. Pénalités : sans objet », « Réversibilité (réservé) ».
_NOTHING_UNDER = re.compile(
    r"[\s:.*(|-]*(?:(?:article|chapitre|paragraphe|cet article est) )?(?:sans objet|neant|non (?:applicable|prevue?|concerne)|reserve\b|supprime|pour memoire|"
    r"aucune?s?\.)"
)

# Words just before that deny: « il n'est pas prévu de pénalités », « le marché n'ouvre pas de droit d'audit », « n'a pas à signaler les changements … ».
_DENIED_BEFORE = compiled(
    r"(?<![a-z])(?:(?:n(?:e |')(?:prevoit|prevoient|comporte|contient|fixe|ouvre|confere|institue|retient|comprend|inclut|y a)(?: donc| toutefois)? (?:pas|"
    r"point|ni|"
    r"aucune?|nul(?:le)?)|n'(?:est|a|ont|sont)(?: donc| toutefois)? (?:pas|point|ni) (?:prevue?s?|fait|appliquee?s?|demandee?s?|exigee?s?|institue|retenu|"
    r"souhaite|"
    r"fixe|a [a-z]+)|(?:dispensee?|exemptee?) d(?:e|'|u))(?: (?!(?:et|ou|mais|si|que|qui|donne|peut|est|sont|entraine)\b)[a-z']+){0,6}|(?:aucune?|sans|"
    r"pas de|pas d'|"
    r"ni|absence d[e'])(?: (?:droit|clause|plan|phase|possibilite|critere|condition) (?:de|d'|a)| d[eu]| d'| des| l[ae]| l'| une?)?) ?$"
)


def is_said(
    text: Text,
    said: str,
    *,
    unless: str | None = None,
    near: str | None = None,
    within: Span | None = None,
    deniable: bool = True,
) -> bool:
    """Whether the document says this anywhere, titles included: what a piece must say is looked for so before it is called missing.

    Args:
        text: the document.
        said: the words looked for.
        unless: this in the same clause makes the words speak of something else, or say that the thing is not there.
        near: this must stand within ``_CLAUSE_REACH`` characters of the words.
        within: look there alone.
        deniable: « il n'est pas prévu de … » before the words says the contrary of what is looked for.
    """
    words = text.without_contents
    other, beside = (compiled(rf"{WORD_START}(?:{words})") if words else None for words in (unless, near))
    for match in compiled(rf"{WORD_START}(?:{said})").finditer(
        words, *((within.start, within.end) if within else ())
    ):
        start, end = max(0, match.start() - _CLAUSE_REACH), min(len(words), match.end() + _CLAUSE_REACH)
        clause_start = max(
            (found.end() for found in _CLAUSE_END.finditer(text.folded, start, match.start())), default=start
        )
        ending = _CLAUSE_END.search(text.folded, match.end(), end)
        clause_end = ending.start() if ending else end
        if _NOTHING_UNDER.match(text.folded, clause_end) or (
            other and other.search(words[clause_start:clause_end])
        ):
            continue
        if deniable and _DENIED_BEFORE.search(words[clause_start : match.start()]):
            continue
        if beside is None or beside.search(words[start:end]):
            return True
    return False


def any_of(*detectors: Detect) -> Detect:
    """A rule that several wordings break."""

    def detect(text: Text) -> Iterator[Caught]:
        for detector in detectors:
            yield from detector(text)

    return detect
