"""What a whole piece must say and does not (``absences.toml``): judged on the piece, never on an extract.

Ground: CCP R2112-3, R2112-8 to R2112-13, L2112-2, L2112-5, R2152-7, R2162-4; RGPD article 28; CJA L551-1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from assistant.datatypes import Span
from assistant.french.months import MONTH
from assistant.review.limits import WORDS
from assistant.review.pattern import NUMBER, Caught, Detect, Wording, Words, compiled
from assistant.review.text import WHOLE_CHARACTERS, Text
from assistant.typed_json import typed

_FORMS = Words(
    __package__,
    "absences.toml",
    {"number": NUMBER, "month": MONTH, "framework": WORDS.family("framework.named")},
)
_HOSTED_OFTEN, _HOSTED_IN_A_SHORT_PIECE = 6, 2
# A list of criteria and their parts holds in this.
_CRITERIA_LIST = 900
# CCP R2152-7 as of 21 August 2026 (LOI 2021-1104, article 35): the price alone is no criterion any more, and one criterion is environmental.
ENVIRONMENT_SINCE = date(2026, 8, 21)

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


@dataclass(frozen=True, slots=True)
class _Said:
    """What says a thing anywhere, titles included: forms (see the file), in ``pieces`` of some kinds alone where any are named."""

    forms: tuple[str, ...]
    near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    deniable: bool = True
    pieces: tuple[str, ...] = ()

    def is_in(self, text: Text, within: Span | None = None) -> bool:
        """Whether a document says it, or a part of it."""
        if self.pieces and text.piece not in self.pieces:
            return False
        words, folded = text.without_contents, text.folded
        near, other = _FORMS.begun(self.near), _FORMS.begun(self.unless) if self.unless else None
        for match in _FORMS.begun(self.forms).finditer(
            words, *((within.start, within.end) if within else ())
        ):
            start, end = max(0, match.start() - _CLAUSE_REACH), min(len(words), match.end() + _CLAUSE_REACH)
            before = [found.end() for found in _CLAUSE_END.finditer(folded, start, match.start())]
            clause_start = max(before, default=start)
            ending = _CLAUSE_END.search(folded, match.end(), end)
            clause_end = ending.start() if ending else end
            if not (
                _NOTHING_UNDER.match(folded, clause_end)
                or (other and other.search(words[clause_start:clause_end]))
                or (self.deniable and _DENIED_BEFORE.search(words[clause_start : match.start()]))
                or not near.search(words[start:end])
            ):
                return True
        return False


@dataclass(frozen=True, slots=True)
class _Absence:
    """What pieces of some kinds must say: one of ``said``, from a day on, where a service is hosted or something ``due`` is said (see the file)."""

    rule: str
    pieces: tuple[str, ...]
    at: tuple[str, ...]
    said: tuple[_Said, ...]
    clause: tuple[Wording, ...] = ()
    titles: tuple[str, ...] = ()
    since: date = date.min
    hosted: bool = False
    due: _Said | None = None

    def caught(self, text: Text) -> Iterator[Caught]:
        """The place where what a document must say and does not is shown."""
        is_due = (
            text.piece in self.pieces
            and text.is_whole
            and text.day >= self.since
            and (not self.hosted or _is_hosted(text))
            and (self.due is None or self.due.is_in(text))
        )
        if (
            is_due
            and not any(said.is_in(text) for said in self.said)
            and not any(place for clause in self.clause for place in clause.found(text, _FORMS))
            and not any(_FORMS.begun([form]).search(title) for form in self.titles for title in text.titles)
        ):
            yield Caught(text.first(compiled(_FORMS.any_of(self.at))))


def _is_hosted(text: Text) -> bool:
    """Whether the document buys a hosted service: its own words say so often."""
    return len(_FORMS.said("hosted.said").findall(text.folded)) >= (
        _HOSTED_OFTEN if len(text.folded) > WHOLE_CHARACTERS else _HOSTED_IN_A_SHORT_PIECE
    )


def no_environmental_criterion(text: Text) -> Iterator[Caught]:
    """A whole RC announces its criteria, and what follows each announcement says nothing of the environment."""
    if text.piece != "RC" or not text.is_whole or text.day < ENVIRONMENT_SINCE:
        return
    green = _Said(("@criteria.green",), unless=("@criteria.not_green",))
    announces = _FORMS.said("criteria.announced")
    announced = [
        (sentence, match) for sentence in text.sentences if (match := announces.search(sentence.words))
    ]
    lists = (Span(sentence.span.start, sentence.span.end + _CRITERIA_LIST) for sentence, _ in announced)
    if announced and not any(green.is_in(text, within) for within in lists):
        sentence, match = announced[0]
        yield Caught(sentence.at(*match.span()))


DETECTORS: dict[str, Detect] = {
    **{row["rule"]: typed(_Absence, row).caught for row in _FORMS.stored("absence")},
    "critere-environnement-absent": no_environmental_criterion,
}
