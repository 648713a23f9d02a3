"""Which sheets speak: those that the evidence points to, not only the one that has the nearest question.

A sheet is weighed by its nearest written question, by how many of its questions are near, by the rules found that it rests on, and by whether it gives the
kind of answer that is asked for. The weights are fitted on the sheets' own questions, each left out in turn (``python -m training.sheet_choice``).
"""

import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.answering import hard_rules
from assistant.datatypes import Hit, LegalSheet, Position
from assistant.index.question import asks_what, fold
from assistant.index.search import Searcher

# In the order of ``Signs.features``. Everything in this block is what the command prints: fit it again with another embedding.
WEIGHTS = (0.5, 4.0, 1.0, 0.6)
# Below this score a sheet is too far to speak.
LEAST_SCORE = 0.0
# Cosines are centred and scaled before they are weighed; what is farther than this is only far.
COSINE_CENTRE, COSINE_SCALE, FARTHEST = 0.75, 0.1, -5.0

# Questions of a sheet that count as "around"; sheets that are weighed in full.
AROUND, CANDIDATES = 4, 20

# A question that asks whether one may, must, or is right to; a hurried one ends with "ok ?".
_ASKS_WHETHER = re.compile(
    r"\b(?:peut[- ]on|puis[- ]je|on peut|je peux|nous pouvons|pouvons[- ]nous|peut[- ]il|peut[- ]elle|peuvent[- ]ils|"
    r"possibles?|leg(?:al|ale|aux|ales)|illegal\w*|le droit d|a le droit|autoris\w*|permis\w*|interdit\w*|regulier\w*|irregulier\w*|licites?|"
    r"illicites?|valables?|jouable|faisable|risque\w*|admis\w*|acceptables?|admissibles?|proportionne\w*|excessi\w*|abusi\w*|envisageables?|"
    r"suffi\w*|exigible\w*|fond\w*)\b|"
    r"\b(?:ok|d'accord|correct|carre|ca passe|ca se tient|ca marche|non|vrai|exact|n'est-ce pas|c'est bon|un souci|un probleme)\s*\?"
)


_ASKS_LEAVE = re.compile(
    r"\b(?:peut[- ](?:on|il|elle)|puis[- ]je|on peut|je peux|j'ai le droit|nous pouvons|pouvons[- ]nous|peuvent[- ](?:ils|elles)|le droit d|a le droit|"
    r"possibles?|leg(?:al|ale|aux|ales)|licites?|autoris\w*|permis\w*|reguli(?:er|ere)s?|valables?|admissibles?|acceptables?|jouable|faisable)\b"
)
# What turns the question round, or asks for something else.
_ASKS_OTHERWISE = re.compile(
    r"\b(?:interdi\w*|illeg\w*|illicit\w*|irreguli\w*|oblig\w*|faut[- ]il|doit[- ](?:on|il|elle)|dois[- ]je|devons[- ]nous|attaqu\w*|contest\w*|annul\w*|"
    r"refus\w* d|empech\w*|risqu\w*|comment|pourquoi|quels?|quelles?|combien|quand)\b"
)
# A reservation that says for whom, or under which text, stays.
_ANSWER = re.compile(r"^(?:Oui|Non)(?:,? (?:sous conditions(?: et avec prudence)?|en règle générale|sauf exception|en principe))? : ")


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a sheet.

    Attributes:
        nearest: cosine with its nearest written question.
        around: mean cosine with its nearest questions.
        rules: share of the rules found that it rests on, the first found counting most, 0 to 1.
        kind: 1 when it gives the kind of answer asked for, -1 when it gives the other, 0 when the question does not tell.
    """

    nearest: float
    around: float
    rules: float
    kind: int

    @property
    def features(self) -> tuple[float, ...]:
        """What the score weighs, one number each around -1 to 2."""
        nearest, around = (max(FARTHEST, (cosine - COSINE_CENTRE) / COSINE_SCALE) for cosine in (self.nearest, self.around))
        return (nearest, around, self.rules, float(self.kind))

    @property
    def score(self) -> float:
        """Higher points to the sheet more; compares over one question, and with ``LEAST_SCORE``."""
        return sum(weight * feature for weight, feature in zip(WEIGHTS, self.features, strict=True))


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sheet and what speaks for it."""

    sheet: LegalSheet
    signs: Signs


def weigh(question: str, day: date, searcher: Searcher, sheet_of: Callable[[str], LegalSheet], rules: Sequence[Hit]) -> tuple[Candidate, ...]:
    """The sheets valid on ``day`` that come nearest, best first.

    Args:
        question: what is searched.
        day: date of the law.
        searcher: gives the cosines with the written questions.
        sheet_of: a sheet by the id of its source.
        rules: rules found, best first.
    """
    cosines = searcher.questions_by_source(question)
    near = sorted(cosines, key=lambda source_id: -cosines[source_id][0])[:CANDIDATES]
    weighed = [
        Candidate(sheet, signs(question, sheet, cosines[source_id], rules)) for source_id in near for sheet in (sheet_of(source_id),) if valid(sheet, day)
    ]
    return tuple(sorted(weighed, key=lambda one: -one.signs.score))


def signs(question: str, sheet: LegalSheet, cosines: Sequence[float], rules: Sequence[Hit]) -> Signs:
    """What speaks for ``sheet``; ``cosines`` with its written questions are best first."""
    near = cosines[:AROUND]
    return Signs(
        nearest=near[0] if near else 0.0,
        around=sum(near) / len(near) if near else 0.0,
        rules=_shared(sheet, rules),
        kind=_kind(question, sheet),
    )


def valid(sheet: LegalSheet, day: date) -> bool:
    """Whether the sheet holds on ``day``."""
    return (sheet.valid_from is None or sheet.valid_from <= day) and (sheet.valid_to is None or day < sheet.valid_to)


def confidence(candidates: Sequence[Candidate]) -> float:
    """Probability of the first of ``candidates`` among them, 0 to 1."""
    if not candidates:
        return 0.0
    best = candidates[0].signs.score
    return 1 / sum(math.exp(one.signs.score - best) for one in candidates)


def asks_whether(question: str) -> bool:
    """Whether ``question`` asks what may be done, and not for a fact."""
    return bool(_ASKS_WHETHER.search(fold(question))) and not asks_what(question)


def without_answer(question: str, text: str) -> str:
    """A sheet's first sentence without its « Oui : » or « Non : », but where ``question`` asks leave to do something.

    It answers whether one may; read under « faut-il … ? », « est-il interdit de … ? » or « comment … ? », the same word says the contrary, or nothing.
    """
    asked = fold(question)
    if _ASKS_LEAVE.search(asked) and not _ASKS_OTHERWISE.search(asked):
        return text
    rest = _ANSWER.sub("", text, count=1)
    return rest[:1].upper() + rest[1:]


def _shared(sheet: LegalSheet, rules: Sequence[Hit]) -> float:
    rests_on = {(target.work, target.article) for target in sheet.rests_on}
    weights = [1 / rank for rank in range(1, len(rules) + 1)]
    found = sum(weight for weight, hit in zip(weights, rules, strict=True) if (hit.passage.work, hit.passage.article) in rests_on)
    return found / sum(weights) if weights else 0.0


def _kind(question: str, sheet: LegalSheet) -> int:
    says_whether = sheet.position in hard_rules.CAUTION
    if sheet.position is Position.NOT_IN_FORCE:
        return 0
    if asks_what(question):
        return -1 if says_whether else 1
    return (1 if says_whether else -1) if asks_whether(question) else 0
