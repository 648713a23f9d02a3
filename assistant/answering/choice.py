"""Which case answers a question, or none.

A sheet is weighed by what the trained reader says of it (``assistant.reader``), by the rules found that it rests on, and by whether it gives the kind of
answer that is asked for: one fitted combination. How sure that is comes from a fitted curve: below it no sheet speaks.
"""

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Protocol

from assistant import states
from assistant.answering.asked import Asked, form_of, is_of_a_concession, names_concessions
from assistant.answering.hard_rules import CAUTION, RULES
from assistant.datatypes import Hit, Position, Problem, Purchase, Target
from assistant.french.denial import is_denied
from assistant.french.folding import fold_words
from assistant.reader.cases import Label, Probabilities, label_of
from assistant.reader.heads import NOTHING
from assistant.reader.nearby import NOWHERE, Near
from assistant.reader.together import Together, beside, of_case
from assistant.sheets import Actor, Case, Form, LegalSheet
from assistant.sheets.bounds import within
from assistant.states import Status

# Sheets that the trained reader finds likeliest are weighed in full; a share below this one is as good as nothing.
LIKELIEST, LEAST_SHARE = 12, 1e-4
# Cosines lie close together: they are weighed this many times over.
STEEP = 10
# So many cases of the likeliest sheets, best first, are read together with the question: each takes some ten milliseconds.
READ_TOGETHER = (4, 2, 2, 1, 1, 1)

# Weight of each of ``Signs.features``; everything in this block is what `python -m training.reader` prints: fit it again with another embedding.
WEIGHTS = (0.35, -0.07, 0.63, 0.59, 0.42, -0.04, 0.18, 0.22, 0.64)
# Logistic score of "the first sheet answers": bias, then one weight for each of ``sure_features``.
SURE_BIAS, SURE_WEIGHTS = -2.66, (2.91, 0.27, 1.29, 2.21, -0.09, 0.39)
# Below this probability no sheet speaks, read from the curve of hands that nothing had learned from (`python -m training.reader` prints it).
LEAST_PROBABILITY = 0.6
# Weight of each of ``case_features``, and the gap under which two cases are as near as measures can tell: from hands that had no
# sheet before them (right case 0.84 of 1,193 that regulate nothing; weights of a hand that had sheets say that the words of a case tell nothing).
CASE_WEIGHTS, AS_NEAR = (1.22, -1.02, 0.27, 0.26, 0.48, 2.15, 0.27, 0.21, 0.28), 0.25

# A prohibition must be this much farther before what is possible is said alone, else the answer says what it depends on: over a hand that tells forbidden facts
# without naming them (temoins/j77), 22 of 56 that were permitted wrongly, and 10 of 137 that were rightly; from 1.5 on 25 and 15.
NEAR_A_PROHIBITION = 1.0

# A wish is read wrongly more often than rightly where the case that speaks is so far before those that forbid (hands s4, s5 and n8).
CLEARLY = 2.5

# A gap between two scores beyond which one is only far behind.
_FAR_BEHIND = 5.0

# The prohibitions that each sheet is about, by their ids; what the case of one who wishes to break one says.
_SUBJECTS = {
    sheet: tuple(rule.id for rule in RULES if sheet in rule.subject)
    for sheet in sorted({sheet for rule in RULES for sheet in rule.subject})
}
# Sheets that forbid what is wished with this share of it are as good as one another.
LEAST_SHARE_OF_A_WISH = 0.2
SAYS_WHETHER = (Form.LEAVE, Form.REJECT, Form.FORBIDDEN)
_FORBIDS = (Position.FORBIDDEN, Position.NOT_IN_FORCE)
PERMITS = (Position.POSSIBLE, Position.CONDITIONAL)


@dataclass(frozen=True, slots=True)
class Signs:
    """What speaks for a sheet.

    Attributes:
        rules: share of the rules found that it rests on, the first found counting most, 0 to 1.
        kind: 1 when it gives the kind of answer asked for, -1 when it gives the other, 0 when the question does not tell.
        trained: logarithm of the probability that the trained reader gives it.
        near: to the nearest of its cases, each likeness by itself.
        told: whether words or a count of the question tell one of its cases.
        wished: logarithm of the probability that one wishes nothing forbidden, or what it is about.
        together: how surely the best of its cases answers, read together with the question; of a sheet that is not read, as the last of those that are.
    """

    rules: float
    kind: int
    trained: float
    near: Near = NOWHERE
    told: bool = False
    wished: float = 0.0
    together: float = 0.0

    @property
    def features(self) -> tuple[float, ...]:
        """What the score weighs, one number each."""
        return (
            self.rules,
            float(self.kind),
            self.trained,
            *(STEEP * cosine for cosine in self.near),
            float(self.told),
            self.wished,
            self.together,
        )


@dataclass(frozen=True, slots=True)
class Weighed:
    """A case and its score; compares within one sheet. ``contradicted``: by a fact that the question gives, it comes after the others."""

    case: Case
    score: float
    contradicted: bool = False

    @property
    def order(self) -> tuple[bool, float]:
        """What puts the best case first."""
        return (self.contradicted, -self.score)


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

    ``none`` and ``refusing`` are the trained reader's shares for no case (None: nothing was read, ``problem`` says why), and for cases that say why nothing is
    answered. ``wishes``: the probability of each prohibition that one may ask to break, and of none. ``form``, ``fact``, ``is_open``: what kind of answer is
    asked for. ``bought``: works, services or supplies; None where that is not plain.
    """

    candidates: tuple[Candidate, ...] = ()
    probability: float = 0.0
    none: float | None = None
    refusing: float = 0.0
    problem: Problem | None = None
    wishes: Mapping[str, float] = field(default_factory=dict)
    form: Form = Form.OTHER
    fact: bool = False
    is_open: bool = False
    bought: Purchase | None = None

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

    def __init__(self, problem: Problem | None = None) -> None:
        self._problem = problem

    def read(self, asked: Asked, day: date, rules: Sequence[Hit]) -> Reading:
        """See ``CaseReader``."""
        return Reading(problem=self._problem)


class ReadBy:
    """The ``CaseReader`` by the trained reader.

    Args:
        trained: what it reads in a text.
        sheet_of: a sheet by its id, None where it is not indexed.
        together: what reads a question and a case together; None: nothing does.
    """

    def __init__(
        self,
        trained: Callable[[str], Probabilities],
        sheet_of: Callable[[str], LegalSheet | None],
        together: Together | None = None,
    ) -> None:
        self._trained, self._sheet_of, self._together = trained, sheet_of, together

    def read(self, asked: Asked, day: date, rules: Sequence[Hit]) -> Reading:
        """See ``CaseReader``."""
        read = of_day(self._trained(asked.text), day, self._sheet_of)
        asked = replace(asked, form=form_of(read.form, asked.folded), fact=read.fact, bought=read.bought)
        likely = read.sheets
        sheets = [
            sheet for id_ in _named(read, likely) if (sheet := self._sheet_of(id_)) and _holds(sheet, day)
        ]
        candidates = _best_first(_candidate(asked, sheet, day, rules, read) for sheet in sheets)
        if self._together is not None and candidates:
            candidates = _best_first(_read_together(asked, candidates, self._together))
        if is_of_a_concession(asked.folded):
            candidates = tuple(sorted(candidates, key=is_of_contracts_alone))
        refusing = sum(likely[one.sheet.id] for one in candidates if one.refuses)
        sure = probability(candidates, read)
        return Reading(
            candidates,
            sure,
            read.none,
            refusing,
            None,
            read.wishes,
            asked.form,
            asked.fact,
            read.is_open,
            asked.bought,
        )


def is_of_contracts_alone(one: Candidate) -> bool:
    """Whether neither the title of a sheet nor its first case speaks of concessions: it does not answer what is asked of one.

    Of 999 questions on concessions 35 are answered by such a case; a lengthened concession was answered by the limits of amendments to contracts.
    """
    case = one.cases[0].case
    said = " ".join((one.sheet.title, case.when, *(statement.text for statement in case.said)))
    return not one.refuses and not names_concessions(fold_words(said))


def _best_first(candidates: Iterable[Candidate]) -> tuple[Candidate, ...]:
    return tuple(sorted(candidates, key=lambda one: -one.score))


def _read_together(asked: Asked, candidates: Sequence[Candidate], together: Together) -> Iterator[Candidate]:
    """The candidates, those that are best so far read together with the question."""
    read = [
        (one.sheet.id, weighed.case)
        for one, number in zip(candidates, READ_TOGETHER, strict=False)
        for weighed in one.cases[:number]
    ]
    scores = together(asked.text, [beside(asked.text, said_together(case)) for _, case in read])
    told: dict[str, dict[str, float]] = {}
    for (sheet, case), score in zip(read, scores, strict=True):
        told.setdefault(sheet, {})[case.id] = float(score)
    last = min(max(own.values()) for own in told.values())
    for one in candidates:
        own = told.get(one.sheet.id, {})
        best, least = max(own.values(), default=last), min(own.values(), default=last)
        cases = (
            replace(each, score=each.score + CASE_WEIGHTS[-1] * (own.get(each.case.id, least) - best))
            for each in one.cases
        )
        ordered = tuple(sorted(cases, key=lambda each: each.order))
        signs = replace(one.signs, together=best, kind=_kind(asked, ordered[0].case.position))
        yield Candidate(one.sheet, _score(signs), signs, ordered)


def _score(signs: Signs) -> float:
    return sum(weight * feature for weight, feature in zip(WEIGHTS, signs.features, strict=True))


def said_together(case: Case) -> str:
    """A case as it is read together with a question."""
    return of_case(case.when, case.first[Form.OTHER].text)


def of_day(read: Probabilities, day: date, sheet_of: Callable[[str], LegalSheet | None]) -> Probabilities:
    """What is read, with what is read for a case that does not hold on ``day`` given to the cases that answered before it and do, in equal parts."""
    led: dict[Label, list[Label]] = {}  # an earlier case, and those of today that lead to it
    cases = dict(read.cases)
    for sheet in filter(None, map(sheet_of, _named(read, read.sheets))):
        for case in (case for case in sheet.cases if case.before and not case.in_force(day)):
            earlier = [label for label in map(label_of, case.before) if _is_in_force(label, day, sheet_of)]
            for label in earlier:
                led.setdefault(label, []).append((sheet.id, case.id))
            if earlier:
                share = cases.pop((sheet.id, case.id), 0.0) / len(earlier)
                cases.update({label: cases.get(label, 0.0) + share for label in earlier})
    if not led:
        return read

    def near(label: Label) -> Near:
        return Near(*map(max, *(read.near(one) for one in (label, label, *led.get(label, ())))))

    came_after = {today: label for label, many in led.items() for today in many}
    nearest = tuple(dict.fromkeys(came_after.get(label, label) for label in read.nearest))
    return replace(read, cases=cases, near=near, nearest=nearest)


def _named(read: Probabilities, likely: Mapping[str, float]) -> tuple[str, ...]:
    """The sheets that may answer, each once: the likeliest, and those of the nearest written questions."""
    likeliest = sorted(likely, key=lambda id_: -likely[id_])[:LIKELIEST]
    return tuple(dict.fromkeys((*likeliest, *(sheet for sheet, _ in read.nearest))))


def _is_in_force(label: Label, day: date, sheet_of: Callable[[str], LegalSheet | None]) -> bool:
    sheet = sheet_of(label[0])
    case = sheet.case(label[1]) if sheet else None
    return case is not None and case.in_force(day)


def undecided(speaks: Candidate, candidates: Sequence[Candidate]) -> Candidate:
    """The sheet that speaks; or, where a sheet as near says the same in one case and leads to another, that one with both: what tells them apart is asked.

    « Exiger SecNumCloud pour une messagerie » is as near to a requirement out of proportion as to a label that may be required for what justifies it.
    """
    case = speaks.cases[0].case
    for rival in candidates:
        twin = next((one for one in rival.cases if f"{rival.sheet.id}/{one.case.id}" in case.same_as), None)
        first = rival.cases[0]
        if (
            rival is speaks
            or twin is None
            or abs(speaks.score - rival.score) >= AS_NEAR
            or first.case.position is case.position
        ):
            continue
        others = (one for one in rival.cases if one is not twin and one is not first)
        return replace(rival, cases=(first, replace(twin, score=first.score), *others))
    return speaks


def nearest_rules(candidates: Sequence[Candidate]) -> list[Target]:
    """What the likely sheets rest on, the likeliest rule first: a rule counts for each sheet's share, less where the sheet's first case names it late."""
    weights: dict[Target, float] = {}
    for one in candidates:
        share = math.exp(max(-50.0, one.score - candidates[0].score))
        for place, rule in enumerate(one.cases[0].case.rests_on):
            weights[rule] = weights.get(rule, 0.0) + share / (1 + place / 2)
    return sorted(weights, key=lambda rule: -weights[rule])


def as_near(speaks: Candidate) -> Case | None:
    """The case of the sheet that speaks which is as near as measures can tell and of another position; of one that forbids what it permits, farther."""
    first, *others = speaks.cases
    for one in others:
        forbids = one.case.position is Position.FORBIDDEN and first.case.position in PERMITS
        gap = NEAR_A_PROHIBITION if forbids else AS_NEAR
        if (
            not one.contradicted
            and one.case.position is not first.case.position
            and first.score - one.score < gap
        ):
            return one.case
    return None


def clearly_lawful(speaks: Candidate, forbids: Position | None) -> bool:
    """Whether the case that speaks lies so far before those of its sheet that are of the position ``forbids`` that no reading of a wish overrules it."""
    scores = [one.score for one in speaks.cases if one.case.position is forbids]
    return bool(scores) and speaks.cases[0].score - max(scores) >= CLEARLY


def probability(candidates: Sequence[Candidate], read: Probabilities) -> float:
    """That the first of ``candidates`` answers, 0 to 1."""
    if not candidates:
        return 0.0
    score = SURE_BIAS + sum(
        weight * value for weight, value in zip(SURE_WEIGHTS, sure_features(candidates, read), strict=True)
    )
    return 1 / (1 + math.exp(-max(-50.0, min(50.0, score))))


def sure_features(candidates: Sequence[Candidate], read: Probabilities) -> tuple[float, ...]:
    """What tells whether the first candidate is right, counted with its kin: the other parts of what was one sheet, and sheets that would answer as well.

    Their score among the scores, how far the next is behind, the trained reader's share for them, and for none or a refusal, how near the
    nearest written question is, how surely its case answers, read together with the question.
    """
    first = candidates[0]
    as_well = frozenset(case.partition("/")[0] for case in first.cases[0].case.same_as)
    forbids = _forbids_what_is_wished(first, read.wishes)
    kin = [
        one
        for one in candidates
        if one.sheet.names & first.sheet.names
        or one.sheet.id in as_well
        or (forbids and _forbids_what_is_wished(one, read.wishes))
    ]
    others = [one for one in candidates if one not in kin]
    own, rest = (
        sum(math.exp(max(-50.0, one.score - first.score)) for one in group) for group in (kin, others)
    )
    behind = first.score - others[0].score if others else _FAR_BEHIND
    # What sheets that refuse are given speaks against one that answers, as what no case is given does.
    refusing = 0.0 if first.refuses else sum(math.exp(one.signs.trained) for one in others if one.refuses)
    return (
        own / (own + rest),
        min(behind, _FAR_BEHIND),
        sum(math.exp(one.signs.trained) for one in kin),
        read.none + refusing,
        STEEP * first.signs.near.nearest,
        first.signs.together,
    )


def _forbids_what_is_wished(one: Candidate, wishes: Mapping[str, float]) -> bool:
    """Whether what one may wish is what a sheet is about, and its first case forbids it: such sheets answer alike."""
    return (
        _share_of_a_wish(one.sheet.id, wishes) >= LEAST_SHARE_OF_A_WISH
        and one.cases[0].case.position in _FORBIDS
    )


def _holds(sheet: LegalSheet, day: date) -> bool:
    return any(case.in_force(day) for case in sheet.cases)


def _candidate(
    asked: Asked, sheet: LegalSheet, day: date, rules: Sequence[Hit], read: Probabilities
) -> Candidate:
    shares = {case.id: read.cases.get((sheet.id, case.id), 0.0) for case in sheet.cases}
    near = {case.id: read.near((sheet.id, case.id)) for case in sheet.cases if case.in_force(day)}
    wishes = wishes_about(sheet.id, read.wishes)
    alone = {case.id for case in sheet.cases if any_stands(asked.folded, case.signs.alone)} & near.keys()
    weighed = (
        _weighed(asked, case, shares, near[case.id], wishes, bool(alone) and case.id not in alone)
        for case in sheet.cases
        if case.id in near
    )
    cases = tuple(sorted(weighed, key=lambda one: one.order))
    nearest = Near(*(max(each) for each in zip(*near.values(), strict=True)))
    told = any(_told(asked, one.case) for one in cases)
    signs = Signs(
        _shared(sheet, rules),
        _kind(asked, cases[0].case.position),
        math.log(max(LEAST_SHARE, sum(shares.values()))),
        nearest,
        told,
        _wished(sheet.id, read.wishes),
    )
    return Candidate(
        sheet,
        _score(signs),
        signs,
        cases,
    )


def _weighed(
    asked: Asked,
    case: Case,
    shares: Mapping[str, float],
    near: Near,
    wishes: Mapping[str, float],
    is_of_another: bool,
) -> Weighed:
    features = case_features(asked, case, shares, near, wishes)
    score = sum(weight * feature for weight, feature in zip(CASE_WEIGHTS, features, strict=True))
    return Weighed(case, score, is_of_another or contradicted(asked, case))


def contradicted(asked: Asked, case: Case) -> bool:
    """Whether a fact of the question speaks against the case.

    What is bought is of another kind, the only States that it names are of another status, nothing it counts is within bounds.
    """
    favour, against = (
        tuple(sign for sign in signs if sign.startswith("@"))
        for signs in (case.signs.favour, case.signs.against)
    )
    if any_stands(asked.folded, against, asked.bought) and not any_stands(asked.folded, favour, asked.bought):
        return True
    return within(case.signs.within, asked.quantities) is False


def case_features(
    asked: Asked,
    case: Case,
    shares: Mapping[str, float],
    near: Near,
    wishes: Mapping[str, float],
    together: float = 0.0,
) -> tuple[float, ...]:
    """What speaks for a case among those of its sheet.

    The words or counts that tell it, those that speak against it, its actor, the trained reader's share for it among those of its sheet, how near what was
    written for it is, whether what is wished is what it forbids (``wishes``: empty where the sheet is about no prohibition), and how far behind the best of
    its sheet it is, read ``together`` with the question.
    """
    actor = 1.0 if case.actor is asked.actor else -1.0 if Actor.BUYER in (case.actor, asked.actor) else 0.0
    total = sum(shares.values())
    trained = math.log(max(LEAST_SHARE, shares.get(case.id, 0.0) / total)) if total else 0.0
    against = float(any_stands(asked.folded, case.signs.against, asked.bought))
    nothing = wishes.get(NOTHING, 1.0)
    fits = (1 - nothing if case.position in _FORBIDS else nothing) if wishes else 1.0
    return (
        float(_told(asked, case)),
        against,
        actor,
        trained,
        *(STEEP * cosine for cosine in near),
        math.log(max(LEAST_SHARE, fits)),
        together,
    )


def wishes_about(sheet: str, wishes: Mapping[str, float]) -> Mapping[str, float]:
    """What one wishes, empty where the sheet is about no prohibition."""
    return wishes if sheet in _SUBJECTS else {}


def _wished(sheet: str, wishes: Mapping[str, float]) -> float:
    if not wishes:
        return 0.0
    return math.log(max(LEAST_SHARE, wishes[NOTHING] + _share_of_a_wish(sheet, wishes)))


def _share_of_a_wish(sheet: str, wishes: Mapping[str, float]) -> float:
    return sum(wishes.get(rule, 0.0) for rule in _SUBJECTS.get(sheet, ()))


def _told(asked: Asked, case: Case) -> bool:
    return (
        any_stands(asked.folded, case.signs.favour, asked.bought)
        or within(case.signs.within, asked.quantities) is True
    )


def any_stands(folded: str, signs: Sequence[str], bought: Purchase | None = None) -> bool:
    """Whether one of ``signs`` stands in a folded question and is not denied there; « @amp » is any State of that status, « @travaux » what is ``bought``."""
    return f"@{bought}" in signs or any(stands(folded, word) for sign in signs for word in _words_of(sign))


def _words_of(sign: str) -> Iterable[str]:
    if not sign.startswith("@"):
        return (fold_words(sign),)
    return () if sign[1:] in tuple(Purchase) else states.words(Status(sign[1:]))


def stands(folded: str, sign: str) -> bool:
    """Whether a folded sign stands in a folded question, not denied there."""
    start = folded.find(sign)
    while start >= 0:
        end = start + len(sign)
        whole = not (start and folded[start - 1].isalnum() and sign[0].isalnum()) and not (
            end < len(folded) and folded[end].isalnum() and len(sign) < 5
        )
        if whole and not is_denied(folded, start):
            return True
        start = folded.find(sign, end)
    return False


def _shared(sheet: LegalSheet, rules: Sequence[Hit]) -> float:
    rests_on = {(target.work, target.article) for target in sheet.rests_on}
    weights = [1 / rank for rank in range(1, len(rules) + 1)]
    found = sum(
        weight
        for weight, hit in zip(weights, rules, strict=True)
        if (hit.passage.work, hit.passage.article) in rests_on
    )
    return found / sum(weights) if weights else 0.0


def _kind(asked: Asked, position: Position) -> int:
    if position in (Position.NOT_IN_FORCE, Position.OUT_OF_SCOPE):
        return 0
    says_whether = position in CAUTION
    if asked.fact:
        return -1 if says_whether else 1
    return (1 if says_whether else -1) if asked.form in SAYS_WHETHER else 0
