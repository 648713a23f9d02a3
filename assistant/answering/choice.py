"""Which case answers a question, or none.

A sheet is weighed by what the trained reader says of it (``assistant.reader``), by its nearest written questions, by the near-misses that lead away from it, by
the rules found that it rests on, and by whether it gives the kind of answer that is asked for: one fitted combination. How sure that is comes from a fitted
curve: below it no sheet speaks.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.answering.asked import Asked
from assistant.answering.hard_rules import CAUTION
from assistant.datatypes import Hit, Position, Problem, Target
from assistant.index.question import fold
from assistant.reader.cases import Probabilities
from assistant.sheets import Actor, Case, Form, LegalSheet

# Written questions looked at; sheets and cases that are weighed in full.
NEAREST, CANDIDATES = 600, 20
# Sheets that the trained reader finds likeliest, weighed whatever their questions; a share below this one is as good as nothing.
LIKELIEST, LEAST_SHARE = 10, 1e-4
# Questions that count as "around".
AROUND = 4
# Cosines are centred and scaled before they are weighed; what is farther than this is only far.
COSINE_CENTRE, COSINE_SCALE, FARTHEST = 0.75, 0.1, -5.0

# Weight of each of ``Signs.features``; everything in this block is what `python -m training.reader` prints: fit it again with another embedding.
WEIGHTS = (1.37, 0.93, 0.65, 0.15, 0.78, 0.83)
# Logistic score of "the first sheet answers": bias, then one weight for each of ``sure_features``.
SURE_BIAS, SURE_WEIGHTS = -0.82, (-0.65, 0.51, 0.38, 1.79, 1.75, -2.32)
# Below this probability no sheet speaks, read from the curve of a hand that nothing had learned from (`python -m training.reader` prints it).
LEAST_PROBABILITY = 0.6
# Weight of each of ``case_features``, and the gap under which two cases are as near as measures can tell. The fit takes from a case whose actor is that of the
# question (-0.64, a handful of questions): that sign is left out instead.
CASE_WEIGHTS, AS_NEAR = (0.35, -0.07, 0.2, -0.56, 0.0, 0.63), 0.5

# A prohibition must be this much farther before what is possible without condition is said alone: of two nearer cases, the first is right one time in two.
NEAR_A_PROHIBITION = 1.5

# A gap between two scores beyond which one is only far behind.
_FAR_BEHIND = 5.0

# A denial this many words before a sign takes it away.
_DENIALS = frozenset(["sans", "aucun", "aucune", "pas", "ni", "hors", "jamais", "non"])
_DENIAL_REACH = 3


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a sheet.

    Attributes:
        nearest: cosine with its nearest written question.
        around: mean cosine with its nearest questions.
        rules: share of the rules found that it rests on, the first found counting most, 0 to 1.
        kind: 1 when it gives the kind of answer asked for, -1 when it gives the other, 0 when the question does not tell.
        away: how much nearer a question that leads away from it is than its own nearest, 0 where none is.
        trained: logarithm of the probability that the trained reader gives it.
    """

    nearest: float
    around: float
    rules: float
    kind: int
    away: float
    trained: float = 0.0

    @property
    def features(self) -> tuple[float, ...]:
        """What the score weighs, one number each around -1 to 2."""
        return (_scaled(self.nearest), _scaled(self.around), self.rules, float(self.kind), -self.away / COSINE_SCALE, self.trained)


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case and its score; compares within one sheet."""

    case: Case
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sheet, what speaks for it, and those of its cases that hold on the day, best first. ``score`` compares over one question."""

    sheet: LegalSheet
    score: float
    signs: Signs
    cases: tuple[Weighed, ...]

    @property
    def refuses(self) -> bool:
        """Whether its first case says why nothing is answered."""
        return self.cases[0].case.position is Position.OUT_OF_SCOPE


@dataclass(frozen=True, slots=True)
class Reading:
    """The sheets that may answer, best first, and the probability (0 to 1) that the first one does.

    ``none`` and ``refusing`` are the trained reader's shares for no case, and for cases that say why nothing is answered; None without it. ``problem`` says why
    nothing could be read.
    """

    candidates: tuple[Candidate, ...] = ()
    probability: float = 0.0
    none: float | None = None
    refusing: float | None = None
    problem: Problem | None = None

    @property
    def speaks(self) -> Candidate | None:
        """The sheet that answers, None where none is sure enough."""
        return self.candidates[0] if self.candidates and self.probability >= LEAST_PROBABILITY else None


class CaseReader(Protocol):
    """Reads a question: which case answers it, or none, and how surely."""

    def read(self, asked: Asked, day: date, rules: Sequence[Hit]) -> Reading:
        """The cases in force on ``day``, weighed; ``rules`` are the articles that a search found, best first."""
        ...


class NothingRead:
    """A ``CaseReader`` that reads nothing, and says why: no sheet speaks until what it lacks is there."""

    def __init__(self, problem: Problem) -> None:
        self._problem = problem

    def read(self, asked: Asked, day: date, rules: Sequence[Hit]) -> Reading:
        """See ``CaseReader``."""
        return Reading(problem=self._problem)


class NearestQuestions:
    """A ``CaseReader`` by written questions, and by the trained reader where there is one.

    Args:
        near: the written questions nearest to a text that lead to a sheet or away from one, best first, as many as asked for.
        sheet_of: a sheet by its id, None where it is not indexed.
        trained: what the trained reader reads in a text; None: the written questions alone speak.
    """

    def __init__(
        self,
        near: Callable[[str, int], Sequence[tuple[float, tuple[Target, ...]]]],
        sheet_of: Callable[[str], LegalSheet | None],
        trained: Callable[[str], Probabilities] | None = None,
    ) -> None:
        self._near, self._sheet_of, self._trained = near, sheet_of, trained

    def read(self, asked: Asked, day: date, rules: Sequence[Hit]) -> Reading:
        """See ``CaseReader``."""
        own: dict[str, list[tuple[float, str | None]]] = {}
        away: dict[str, float] = {}
        for cosine, targets in self._near(asked.text, NEAREST):
            led = {target.sheet: target.case for target in targets if target.sheet is not None and not target.away}
            for id_, case in led.items():
                own.setdefault(id_, []).append((cosine, case))
            for target in targets:
                if target.sheet is not None and target.sheet not in led:  # a near-miss of one case may be another's question
                    away.setdefault(target.sheet, cosine)
        read = self._trained(asked.text) if self._trained else None
        likely = read.sheets if read else {}
        near = sorted(own, key=lambda id_: -own[id_][0][0])[:CANDIDATES]
        near += [id_ for id_ in sorted(likely, key=lambda id_: -likely[id_])[:LIKELIEST] if id_ not in near]
        weighed = [
            _candidate(asked, sheet, day, own.get(id_) or [(0.0, None)], away.get(id_, 0.0), rules, read)
            for id_ in near
            for sheet in (self._sheet_of(id_),)
            if sheet and _holds(sheet, day)
        ]
        candidates = tuple(sorted(weighed, key=lambda one: -one.score))
        refusing = sum(likely.get(one.sheet.id, 0.0) for one in candidates if one.refuses) if read else None
        return Reading(candidates, probability(candidates, read), read.none if read else None, refusing)


def as_near(first: Case, rival: Case) -> float:
    """The gap of scores under which two cases of one sheet are as near as measures can tell."""
    risky = first.position is Position.POSSIBLE and rival.position is Position.FORBIDDEN
    return NEAR_A_PROHIBITION if risky else AS_NEAR


def probability(candidates: Sequence[Candidate], read: Probabilities | None) -> float:
    """That the first of ``candidates`` answers, 0 to 1."""
    if not candidates:
        return 0.0
    score = SURE_BIAS + sum(weight * value for weight, value in zip(SURE_WEIGHTS, sure_features(candidates, read), strict=True))
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


def sure_features(candidates: Sequence[Candidate], read: Probabilities | None) -> tuple[float, ...]:
    """What tells whether the first candidate is right, counted with its kin: the other parts of what was one sheet, and sheets that would answer as well.

    Their score among the scores, how far the next is behind, the first one's nearest question, whether a near-miss is nearer, the trained reader's share for
    them and for none.
    """
    first = candidates[0]
    as_well = frozenset(case.partition("/")[0] for case in first.cases[0].case.same_as)
    kin = [one for one in candidates if one.sheet.names & first.sheet.names or one.sheet.id in as_well]
    others = [one for one in candidates if one not in kin]
    own, rest = (sum(math.exp(max(-50.0, one.score - first.score)) for one in group) for group in (kin, others))
    behind = first.score - others[0].score if others else _FAR_BEHIND
    trained = (sum(math.exp(one.signs.trained) for one in kin), read.none) if read else (0.0, 0.0)
    return (own / (own + rest), min(behind, _FAR_BEHIND), first.signs.features[0], first.signs.features[4], *trained)


def _holds(sheet: LegalSheet, day: date) -> bool:
    return any(case.in_force(day) for case in sheet.cases)


def _candidate(
    asked: Asked, sheet: LegalSheet, day: date, own: Sequence[tuple[float, str | None]], away: float, rules: Sequence[Hit], read: Probabilities | None
) -> Candidate:
    shares = {case.id: read.cases.get((sheet.id, case.id), 0.0) for case in sheet.cases} if read else {}
    cases = tuple(sorted((_weighed(asked, case, own, shares) for case in sheet.cases if case.in_force(day)), key=lambda one: -one.score))
    cosines = [cosine for cosine, _ in own[:AROUND]]
    signs = Signs(
        nearest=cosines[0],
        around=sum(cosines) / len(cosines),
        rules=_shared(sheet, rules),
        kind=_kind(asked, cases[0].case.position),
        away=max(0.0, away - cosines[0]),
        trained=math.log(max(LEAST_SHARE, sum(shares.values()))) if read else 0.0,
    )
    return Candidate(sheet, sum(weight * feature for weight, feature in zip(WEIGHTS, signs.features, strict=True)), signs, cases)


def _weighed(asked: Asked, case: Case, own: Sequence[tuple[float, str | None]], shares: Mapping[str, float]) -> Weighed:
    return Weighed(case, sum(weight * feature for weight, feature in zip(CASE_WEIGHTS, case_features(asked, case, own, shares), strict=True)))


def case_features(asked: Asked, case: Case, own: Sequence[tuple[float, str | None]], shares: Mapping[str, float]) -> tuple[float, ...]:
    """What speaks for a case among those of its sheet.

    Its nearest question, those around, the words that tell it, those that speak against it, its actor, and the trained reader's share for it among those of
    its sheet.
    """
    cosines = [cosine for cosine, of in own if of == case.id][:2]
    nearest, around = (cosines[0], sum(cosines) / len(cosines)) if cosines else (0.0, 0.0)
    actor = 1.0 if case.actor is asked.actor else -1.0 if Actor.BUYER in (case.actor, asked.actor) else 0.0
    total = sum(shares.values())
    trained = math.log(max(LEAST_SHARE, shares.get(case.id, 0.0) / total)) if total else 0.0
    return (
        _scaled(nearest),
        _scaled(around),
        float(any_stands(asked.folded, case.signs.favour)),
        float(any_stands(asked.folded, case.signs.against)),
        actor,
        trained,
    )


def _scaled(cosine: float) -> float:
    return max(FARTHEST, (cosine - COSINE_CENTRE) / COSINE_SCALE)


def any_stands(folded: str, signs: Sequence[str]) -> bool:
    """Whether one of ``signs`` stands in a folded question and is not denied there."""
    return any(stands(folded, fold(sign)) for sign in signs)


def stands(folded: str, sign: str) -> bool:
    """Whether a folded sign stands in a folded question, not denied there."""
    start = folded.find(sign)
    while start >= 0:
        end = start + len(sign)
        whole = not (start and folded[start - 1].isalnum() and sign[0].isalnum()) and not (end < len(folded) and folded[end].isalnum() and len(sign) < 5)
        before = folded[:start].replace("'", " ").split()[-_DENIAL_REACH:]
        if whole and not _DENIALS & set(before):
            return True
        start = folded.find(sign, end)
    return False


def _shared(sheet: LegalSheet, rules: Sequence[Hit]) -> float:
    rests_on = {(target.work, target.article) for target in sheet.rests_on}
    weights = [1 / rank for rank in range(1, len(rules) + 1)]
    found = sum(weight for weight, hit in zip(weights, rules, strict=True) if (hit.passage.work, hit.passage.article) in rests_on)
    return found / sum(weights) if weights else 0.0


def _kind(asked: Asked, position: Position) -> int:
    if position in (Position.NOT_IN_FORCE, Position.OUT_OF_SCOPE):
        return 0
    says_whether = position in CAUTION
    if asked.fact:
        return -1 if says_whether else 1
    return (1 if says_whether else -1) if asked.form in (Form.LEAVE, Form.FORBIDDEN) else 0
