"""Contradictions inside a document and between the pieces of one tender: duration, penalties, general clauses, order of the pieces, payment delay, weights.

Each rule reads facts (a value, its place) and compares those about the same thing; the later of two that differ is caught.
"""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.datatypes import Span
from assistant.french.amounts import amounts
from assistant.french.dates import french_date
from assistant.review.limits import total_in
from assistant.review.pattern import Caught, Detect, Words, compiled
from assistant.review.text import FoldedSentence, Text
from assistant.tender.facts import ccag, order, payment
from assistant.tender.facts.criteria import weights_in
from assistant.tender.facts.duration import end_of, statements
from assistant.tender.facts.renewals import is_refused, renewals_in, renewing


@dataclass(frozen=True, slots=True)
class StatedValue:
    """What a text says of ``subject``: its ``value`` (shown to the reader), at ``span``. ``causes``: stems of the words that say what it is for."""

    subject: str
    value: str
    span: Span
    causes: frozenset[str] = frozenset()


ReadValues = Callable[[Text], Iterator[StatedValue]]

_WORDS = Words(__package__, "contradictions.toml")


def durations(text: Text) -> Iterator[StatedValue]:
    """Each duration of the contract, or the day on which it ends where no renewal is said."""
    for stated in statements(text.view):
        words, span = stated.sentence.text, stated.sentence.span
        if (
            not stated.is_full
            or _WORDS.said("duration.other").search(words)
            or _WORDS.said("duration.total").search(words)
        ):
            continue
        renewed = renewals_in(words)
        for said in stated.months:
            yield StatedValue(_INITIAL, f"{said} mois", span)
            if renewed:
                total = said + renewed.times * (renewed.months or said)
                yield StatedValue(_TOTAL, f"{total} mois", span)
        if not stated.months and "reconduct" not in words and "renouvel" not in words:
            for day in end_of(words):
                yield StatedValue(_END, french_date(date.fromisoformat(day)), span)


def totals(text: Text) -> Iterator[StatedValue]:
    """Each duration of the contract with its renewals."""
    for sentence in text.view.sentences_with("duree", "reconduction", "periodes"):
        words = sentence.text
        is_total = (
            _WORDS.said("duration.total").search(words)
            and _WORDS.said("duration.contract").search(words)
            and not _WORDS.said("duration.other").search(words)
        )
        if is_total and (total := total_in(words)):
            yield StatedValue(_TOTAL, f"{total} mois", sentence.span)


def renewals(text: Text) -> Iterator[StatedValue]:
    """How many times the contract is renewed; "0 fois" where it is said not to be."""
    for sentence in renewing(text.view):
        words, span = sentence.text, sentence.span
        if _WORDS.said("duration.other").search(words):
            continue
        if is_refused(words):
            yield StatedValue(_RENEWALS, "0 fois", span)
        elif renewed := renewals_in(words):
            yield StatedValue(_RENEWALS, f"{renewed.times} fois", span)


_RENEWALS, _END = "reconductions", "date de fin"


def all_durations(text: Text) -> Iterator[StatedValue]:
    """Durations, totals, renewals and days of end, in text order."""
    yield from sorted((*durations(text), *totals(text), *renewals(text)), key=lambda fact: fact.span.start)


_SHARE = re.compile(r"\b1 ?/ ?\d[\d .]*\d|\b\d+(?:[.,]\d+)? ?(?:%|‰|pour mille)")
_ALIKE = 0.6
_ENOUGH = 2


def penalties(text: Text) -> Iterator[StatedValue]:
    """The rate of each penalty, by the words that say what it is for; and the ceiling of all penalties."""
    for sentence in text.sentences:
        if not _WORDS.said("penalty.named").search(sentence.words):
            continue
        if none := _WORDS.said("penalty.no_ceiling").search(sentence.words):
            yield StatedValue(_CEILING, "sans plafond", sentence.at(*none.span()))
            continue
        yield from _penalty(sentence)


_CEILING = "plafond des pénalités"


def _penalty(sentence: FoldedSentence) -> Iterator[StatedValue]:
    words = sentence.words
    # The length first: on a hostile megabyte without a full stop the search alone took minutes.
    if len(words) >= _MAX_PENALTY_SENTENCE or _WORDS.said("penalty.branches").search(words):
        return
    rates = [*_rates(words)]
    if len(rates) != 1:
        return
    ((rate, at, end),) = rates
    if cap := _WORDS.said("penalty.ceiling").search(words):
        if cap.start() < at and "penalit" in words:
            yield StatedValue(_CEILING, rate, sentence.at(at, end))
        return
    yield StatedValue("pénalité", rate, sentence.at(at, end), _causes(words))


def _rates(words: str) -> Iterator[tuple[str, int, int]]:
    """Each sum and share with its place: « 1 000 € », « 1/1000 », « 5 % »."""
    for amount in amounts(words):
        yield replace(amount, tax="").written, amount.start, amount.end
    for share in _SHARE.finditer(words):
        yield share[0].replace(" ", ""), *share.span()


# A longer sentence says conditions that these few words do not hold.
_MAX_PENALTY_SENTENCE = 220


def _causes(words: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in re.findall(r"[a-z]{4,}", words)) - frozenset(
        _WORDS.stored("penalty.no_cause")
    )


_STEM = 6


def _general_clauses(text: Text) -> Iterator[StatedValue]:
    return (StatedValue("CCAG applicable", family, span) for family, span in ccag.applied(text.view))


def _orders(text: Text) -> Iterator[StatedValue]:
    return (StatedValue(_RANKS, " > ".join(pieces), span) for pieces, span in order.orders(text.view))


_RANKS = "ordre des pièces"
_BESIDE = 70


def _payment_delays(text: Text) -> Iterator[StatedValue]:
    for delay in payment.payment_delays(text.view):
        if not _WORDS.said("payment.part").search(
            text.folded, max(delay.sentence.span.start, delay.span.start - _BESIDE), delay.span.end
        ):
            yield StatedValue("délai de paiement", f"{delay.days} jours", delay.span)


_INITIAL, _TOTAL = "durée initiale", "durée totale"
_INITIAL_AND_TOTAL = {_INITIAL, _TOTAL}
# Two dates count to within a month.
_ROUNDED = 1


def _contradicts(first: StatedValue, second: StatedValue) -> bool:
    if {first.subject, second.subject} == _INITIAL_AND_TOTAL:
        initial, total = (first, second) if first.subject == _INITIAL else (second, first)
        return float(total.value.split()[0]) < float(initial.value.split()[0])
    if first.subject in _INITIAL_AND_TOTAL and first.subject == second.subject:
        return abs(float(first.value.split()[0]) - float(second.value.split()[0])) > _ROUNDED
    if (
        first.subject != second.subject
        or first.value == second.value
        or not _same_causes(first.causes, second.causes)
    ):
        return False
    if " > " in first.value:
        return _orders_differ(first.value.split(" > "), second.value.split(" > "))
    if first.subject == "pénalité":
        return first.value[-1:] == second.value[-1:] or "/" in first.value + second.value
    return True


def _same_causes(first: frozenset[str], second: frozenset[str]) -> bool:
    """Whether two penalties are for one thing: nearly the same words, or the fewer words of one all but within the other's."""
    shared, fewer = len(first & second), min(len(first), len(second))
    return (
        first == second
        or shared / max(1, len(first | second)) >= _ALIKE
        or (fewer >= _ENOUGH and shared == fewer)
    )


def _orders_differ(first: Sequence[str], second: Sequence[str]) -> bool:
    """Whether two pieces stand in one order here and in the other there; a piece above all the others is above each."""
    if order.EVERY_OTHER in first or order.EVERY_OTHER in second:
        return first[0] != second[0] and (
            (order.EVERY_OTHER in first and (order.EVERY_OTHER in second or first[0] in second))
            or (order.EVERY_OTHER in second and second[0] in first)
        )
    common = [name for name in first if name in second]
    return len(common) > 1 and common != [name for name in second if name in common]


ACROSS: dict[str, ReadValues] = {
    "contradiction-duree": all_durations,
    "contradiction-penalites": penalties,
    "contradiction-ccag": _general_clauses,
    "contradiction-ordre-pieces": _orders,
    "contradiction-delai-paiement": _payment_delays,
}
"""The facts that each rule on the pieces of a tender compares."""


class Comparison:
    """The facts of the pieces of a tender, compared as they come; what several pieces say alike is kept once, with the first of them."""

    def __init__(self) -> None:
        self._known: dict[str, dict[tuple[object, ...], tuple[StatedValue, str]]] = {
            name: {} for name in ACROSS
        }

    def differing(self, text: Text) -> Iterator[tuple[str, Caught]]:
        """Each fact of a text that contradicts an earlier one of the same text or of the pieces before it, with the id of its rule."""
        for name, read in ACROSS.items():
            facts, known = list(read(text)), self._known[name]
            yield from ((name, caught) for caught in _differing(facts, known.values()))
            for fact in facts:
                known.setdefault((fact.subject, fact.value, fact.causes), (fact, text.document.source.title))


def _differing(facts: Sequence[StatedValue], known: Collection[tuple[StatedValue, str]]) -> Iterator[Caught]:
    told: set[tuple[str, str, str]] = set()
    for at, fact in enumerate(facts):
        here = next((earlier for earlier in facts[:at] if _contradicts(earlier, fact)), None)
        there = next(((earlier, title) for earlier, title in known if _contradicts(earlier, fact)), None)
        other = here or (there and there[0])
        if other is None or (said := (fact.subject, fact.value, other.value)) in told:
            continue
        told.add(said)
        where = (
            f"plus haut {other.value}" if here or there is None else f"mais {other.value} dans « {there[1]} »"
        )
        yield Caught(fact.span, f"Ici {fact.value}, {where} ({fact.subject}).")


_WHOLE_WEIGHT = 100.0


def inconsistent_weights(text: Text) -> Iterator[Caught]:
    """The weights of the criteria, in one sentence or in the list that follows it, do not add up to 100 %."""
    items = text.sentences
    for at, sentence in enumerate(items):
        if (
            not _WORDS.said("weights.criteria").search(sentence.words)
            or _WORDS.said("weights.parts").search(sentence.words)
            or not _WORDS.said("weights.judged").search(" ".join(item.words for item in items[at : at + 2]))
        ):
            continue
        weights, last = _weights(sentence.words), sentence
        if len(weights) < 2 and (points := _points(sentence.words)):
            weights = points
        if len(weights) < 2:
            for following in items[at + 1 : at + 12]:
                if _RULED.match(following.words):
                    continue
                if _WORDS.said("weights.parts").search(following.words):
                    weights = []
                    break
                found = _shares(following.words)
                if len(found) != 1 or len(following.words) > 220:
                    break
                weights += found
                last = following
        total = sum(weights)
        if (
            len(weights) >= 2
            and total != _WHOLE_WEIGHT
            and 60 <= total <= 140
            and not _completed(text, sentence, last, total)
            and not _WORDS.said("weights.other").search(text.folded[sentence.span.start : last.span.end])
        ):
            yield Caught(
                Span(sentence.span.start, last.span.end) if last is not sentence else sentence.span,
                f"La somme est de {total:g} %.",
            )


# The line of dashes under the head of a table.
_RULED = re.compile(r"[|\s:-]+$")


def _completed(text: Text, first: FoldedSentence, last: FoldedSentence, total: float) -> bool:
    """Whether the sentence before or after gives what is wanting: « Les 10 % restants notent … »."""
    beside = (
        sentence
        for sentence in text.sentences
        if sentence.span.end <= first.span.start or sentence.span.start >= last.span.end
    )
    near = (
        sentence
        for sentence in beside
        if min(abs(first.span.start - sentence.span.end), abs(sentence.span.start - last.span.end)) < _NEXT
    )
    return any(total + weight == _WHOLE_WEIGHT for sentence in near for weight in _shares(sentence.words))


_NEXT = 200


_POINTS = compiled(r"(?:sur|total de|totalise(?:nt)?) 100 points? ?:(?P<list>.*)")


def _points(words: str) -> list[float]:
    """The parts of « notation sur 100 points : technique 55, prix 30 »."""
    said = _POINTS.search(words)
    return (
        [
            float(number)
            for number in re.findall(
                r"[a-z] ?:? ?(\d{1,3})\b(?: ?(?:points?|pts))?(?=,| et|\.|$| ?;| puis)", said["list"]
            )
        ]
        if said
        else []
    )


def _weights(words: str) -> list[float]:
    """The shares that a sentence gives, or else its points.

    Where those that no bracket holds are the whole, they alone: « organisation 35 % (phasage 20 %, bruit 15 %) » has its parts in brackets.
    """
    found = [weight for weight in weights_in(words) if not weight.unit.startswith("/")]
    found = [weight for weight in found if weight.is_share] or found
    outside = [
        one.number for one in found if words.count("(", 0, one.start) <= words.count(")", 0, one.start)
    ]
    return outside if sum(outside) == _WHOLE_WEIGHT else [one.number for one in found]


def _shares(words: str) -> list[float]:
    return [weight.number for weight in weights_in(words) if weight.is_share]


DETECTORS: dict[str, Detect] = {"ponderation-incoherente": inconsistent_weights}
