"""What falls due of each contract, computed from quoted days: its end, the last day to refuse a renewal, price reviews, ends of guarantees.

Nothing counts until a person confirms it. What was confirmed is kept with the day that was then computed: where an amendment changes that day, it is to be
confirmed again.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from assistant import sentences
from assistant.datatypes import Document, Span
from assistant.documents import words
from assistant.documents.amendments import Measure, Step, length, measured
from assistant.documents.conditions import DAYS
from assistant.documents.contracts import Contract
from assistant.documents.measures import values
from assistant.documents.values import Known
from assistant.french.dates import french_date, months_later
from assistant.french.durations import durations
from assistant.french.folding import fold
from assistant.french.months import MONTH_NUMBERS
from assistant.french.numbers import number
from assistant.lines import one_line
from assistant.summaries.fields.summary import Extract, extract, shown
from assistant.tender.facts.renewals import Renewals, renewals_in

KINDS = {
    "fin": "Fin du contrat",
    "reconduction": "Fin d'une période reconduite",
    "refus": "Dernier jour pour refuser la reconduction",
    "revision": "Révision des prix",
    "garantie": "Fin de garantie",
}
"""What a reader calls what falls due."""
# The notice stands at most so far from the word that calls it so.
_NEAR = 60
# A written end may lie so many days beyond the length: « jusqu'au 31 août » after a year from 2 September, or a length in round months.
_ROUNDED = 45
_LENGTHS = ("mois", "semaine", "jour")
_YEARLY_DAY = re.compile(
    rf"(?:chaque|au|le) (?P<day>\d{{1,2}})(?:er)? (?P<month>{'|'.join(MONTH_NUMBERS)})(?! \d)"
)

DocumentOf = Callable[[str], Document]


@dataclass(frozen=True, slots=True)
class Words:
    """Words that a day is computed from, and the document that they are of."""

    known: Known
    extract: Extract


@dataclass(frozen=True, slots=True)
class Lasting:
    """How many months a contract lasts, without renewals and with each of them (``renewed``), and the words that say it."""

    months: int
    renewed: int
    words: tuple[Words, ...]


@dataclass(frozen=True, slots=True)
class Due:
    """Something that falls due.

    Attributes:
        id: the same as long as the contract's pieces are, whatever amendments change.
        market: what a reader calls the contract.
        kind: a name of ``KINDS``.
        day: the day computed, None where its start is not written.
        computed: how, in a reader's words.
        words: what it is computed from.
        lasts: the length that runs from the start, where this is not written: giving the start gives the day.
        confirmed: the day that a person confirmed; None where nobody did, or another day is computed since.
        before: the day that was confirmed before the computation changed.
    """

    id: str
    market: str
    kind: str
    day: date | None
    computed: str
    words: tuple[Words, ...]
    lasts: Measure | None = None
    confirmed: date | None = None
    before: date | None = None

    @property
    def label(self) -> str:
        """What it is, in a reader's words."""
        return KINDS[self.kind]

    @property
    def status(self) -> str:
        """Confirmed or not, in a reader's words."""
        if self.confirmed:
            return "confirmé"
        if self.day is None:
            return "départ inconnu : donnez-le"
        return (
            f"à confirmer de nouveau (confirmé au {french_date(self.before)})"
            if self.before
            else "à confirmer"
        )

    @property
    def sources(self) -> frozenset[str]:
        """The ids of the documents that it is computed from."""
        return frozenset(word.known.source.id for word in self.words)

    @property
    def falls(self) -> date | None:
        """The day confirmed, else computed."""
        return self.confirmed or self.day

    @property
    def kept(self) -> str:
        """The computation as it is kept with what is confirmed: it changes when this does."""
        return self.day.isoformat() if self.day else (self.lasts.written if self.lasts else "")


def due(contract: Contract, document_of: DocumentOf, today: date) -> Iterator[Due]:
    """What falls due of a contract, in order of kind; price reviews are the next after ``today``."""
    every = _Reading(contract, document_of)
    yield from every.ends()
    yield from every.reviews(today)
    yield from every.guarantees()


def ends_of(contract: Contract, document_of: DocumentOf) -> tuple[Due, ...]:
    """The end of a contract and that of each renewal, in order; nothing where no duration is told."""
    return tuple(one for one in _Reading(contract, document_of).ends() if one.kind != "refus")


def start_of(contract: Contract, document_of: DocumentOf) -> tuple[date, Words] | None:
    """The day that a contract begins, and the words; None where neither a beginning nor a notification is told."""
    start = _Reading(contract, document_of).start()
    return (start[0], start[2]) if start else None


def lasting(contract: Contract, document_of: DocumentOf) -> Lasting | None:
    """How long a contract lasts; None where no duration is told."""
    return _Reading(contract, document_of).lasting()


def with_confirmed(found: Due, kept: str) -> Due:
    """Something due with what was kept of it: the day confirmed, a bar, the computation then (see ``Due.kept``)."""
    confirmed, _, computed = kept.partition("|")
    if not confirmed:
        return found
    day = date.fromisoformat(confirmed)
    return replace(found, confirmed=day) if computed == found.kept else replace(found, before=day)


def confirmation(found: Due, given: date | None) -> date | None:
    """The day that a person confirms: the one computed, or the one given; from a given start where that was not written; None where it is missing."""
    if found.day is not None or given is None:
        return given or found.day
    return _end(given, found.lasts) if found.lasts else given


class _Reading:
    """One contract, read for what falls due."""

    def __init__(self, contract: Contract, document_of: DocumentOf) -> None:
        self._contract, self._document_of = contract, document_of
        self._pieces = [(piece, document_of(piece.source.id)) for piece in contract.market.pieces]
        self._key = min(piece.source.id for piece in contract.market.pieces)

    # ---- ends and renewals --------------------------------------------------------------------------------------------------------------

    def ends(self) -> Iterator[Due]:
        """The end, that of each renewal, and the last day to refuse each."""
        end = self._end()
        if end is None:
            return
        yield end
        times, length, said = self._renewals()
        notice = self._notice()
        last = end
        for place in range(1, times + 1):
            if last.day is not None and notice is not None:
                before, its_words = notice
                day = _back(last.day, before)
                yield self._due(
                    "refus",
                    place,
                    day,
                    f"{french_date(last.day)} moins {before.written}",
                    (its_words, *last.words[:1]),
                )
            if length is None or last.day is None:
                return
            day = _end(last.day + timedelta(days=1), length)
            last = self._due(
                "reconduction",
                place,
                day,
                f"{french_date(last.day)} plus {length.written} (reconduction n° {place})",
                (said, *last.words[:1]),
            )
            yield last

    def lasting(self) -> Lasting | None:
        """The length as it is written, else from the start to the end."""
        lasts = self._contract.steps("duree_initiale", date.max)
        written = measured(lasts[-1]) if lasts else None
        lengths = _lengths(lasts[-1]) if lasts else []
        told = _words(lasts[-1]) if lasts else ()
        if written is not None and written.unit != "date":
            months = _months(written)
        elif lengths:
            months = max(map(_months, lengths))  # « lot 1 : 5 ans ; lot 2 : 3 ans »
        else:
            end, start = self._end(), self.start()
            if end is None or end.day is None or start is None:
                return None
            months, told = round((end.day - start[0]).days / DAYS["mois"]), end.words
        times, each, said = self._renewals()
        renewed = months + times * (_months(each) if each else months)
        return Lasting(months, renewed, (*told, *((said,) if said and times else ())))

    def _end(self) -> Due | None:
        """The end as it is written, else the start and the length."""
        written = self._contract.steps("fin", date.max)
        lasts = self._contract.steps("duree_initiale", date.max)
        if written and lasts and self._is_last(written[-1]):
            written = ()
        if written and (measure := measured(written[-1])) and measure.unit == "date":
            step = written[-1]
            how = f"écrite{f', {step.dated}' if step.dated else ''}"
            return self._due("fin", 0, date.fromordinal(int(measure.number)), how, _words(step))
        if not lasts or (length := measured(lasts[-1]) or _only_length(lasts[-1])) is None:
            return None
        if length.unit == "date":
            return self._due("fin", 0, date.fromordinal(int(length.number)), "écrite", _words(lasts[-1]))
        told = [word for step in lasts for word in _words(step)]
        start = self.start()
        if start is None:
            return self._due("fin", 0, None, f"départ inconnu, plus {length.written}", told, length)
        day, why, its_words = start
        return self._due(
            "fin",
            0,
            _end(day, length),
            f"{french_date(day)} ({why}) plus {length.written}",
            (its_words, *told),
        )

    def _is_last(self, end: Step) -> bool:
        """Whether the end that is written is the one after every renewal: « au plus tard le 31 mai 2029 », or a day that only the renewals reach."""
        if end.by is not None or not self._renewals()[0]:
            return False
        said = fold(" ".join(one.text for one in end.extracts))
        lasts = self._contract.steps("duree_initiale", date.max)
        start, length, day = self.start(), measured(lasts[-1]) if lasts else None, measured(end)
        beyond = (
            start is not None
            and length is not None
            and day is not None
            and length.unit == "mois"
            and day.unit == "date"
            and date.fromordinal(int(day.number)) > _end(start[0], length) + timedelta(days=_ROUNDED)
        )
        return beyond or words.due("at_most").search(said) is not None

    def start(self) -> tuple[date, str, Words] | None:
        """The day that the contract begins: as its duration says, else its notification."""
        for field, why in (("debut", "début écrit"), ("notification", "notification")):
            steps = self._contract.steps(field, date.max)
            if steps and (measure := measured(steps[0])):
                return date.fromordinal(int(measure.number)), why, _words(steps[0])[0]
        return None

    def _renewals(self) -> tuple[int, Measure | None, Words | None]:
        """How often it may be renewed, for how long each time, and the words."""
        for piece, field in self._contract.market.stated("reconductions"):
            text = fold(" . ".join((shown(field.value), *(one.text for one in field.extracts))))
            counted = renewals_in(text)
            normal = (one.partition(" ") for one in field.normal)
            times = next(
                (int(count) for count, _, unit in normal if unit == "fois"), counted.times if counted else 0
            )
            if times and field.extracts:
                return times, self._each(text, counted), Words(piece, field.extracts[0])
        return 0, None, None

    def _each(self, text: str, counted: Renewals | None) -> Measure | None:
        """How long each renewal lasts, in the folded words that say it."""
        if (
            counted
            and counted.months
            and not words.due("notice_before").match(text[counted.end :].lstrip(" ,("))
        ):
            return length(counted.months, "mois")
        if words.due("each_year").search(text):
            return length(12, "mois")
        lengths = [
            one.measure
            for one in values(text)
            if one.measure.unit in ("mois", "jour") and not _is_notice(text, one.start, one.end)
        ]
        if lengths and words.due("renewal").search(text) and not words.due("as_long").search(text):
            return lengths[-1]
        lasts = self._contract.steps("duree_initiale", date.max)
        # A renewal of which no length is told lasts as long as what it renews.
        return measured(lasts[-1]) if lasts and (words.due("as_long").search(text) or not lengths) else None

    def _notice(self) -> tuple[Measure, Words] | None:
        """How long before the end a renewal is refused."""
        for piece, document, span, text in self._sentences(words.due("refusal")):
            for one in durations(text):
                if one.unit != "heure" and _is_notice(text, one.start, one.end):
                    measure = next(value.measure for value in values(text) if value.start == one.start)
                    return measure, Words(piece, extract(document, span))
        return None

    # ---- the others ---------------------------------------------------------------------------------------------------------------------

    def reviews(self, today: date) -> Iterator[Due]:
        """The next day that prices are reviewed: on a day of each year, or on the contract's own."""
        steps = self._contract.steps("revision_prix", date.max)
        if not steps or not steps[-1].extracts:
            return
        text = fold(" ".join((steps[-1].value, *(one.text for one in steps[-1].extracts))))
        if not words.due("yearly").search(text):
            return
        its_words = _words(steps[-1])
        if match := _YEARLY_DAY.search(text):
            each = _next(date(today.year, MONTH_NUMBERS[match["month"]], number(match["day"]) or 1), today)
            yield self._due("revision", 0, each, f"chaque {french_date(each).rpartition(' ')[0]}", its_words)
        elif "anniversaire" in text:
            start = self.start()
            day = (
                _next(start[0].replace(year=today.year, day=min(start[0].day, 28)), today) if start else None
            )
            how = (
                f"anniversaire du {french_date(start[0])} ({start[1]})"
                if start
                else "anniversaire d'un départ inconnu"
            )
            yield self._due("revision", 0, day, how, (*its_words, *((start[2],) if start else ())))

    def guarantees(self) -> Iterator[Due]:
        """The ends of the guarantees, as amended: from the day that their words give, which is seldom written."""
        amended = [word for word in self._amended() if _guaranteed(fold(word.extract.text))]
        written = [
            Words(piece, extract(document, span))
            for piece, document, span, text in self._sentences(words.due("guarantee"))
            if _guaranteed(text)
        ]
        first = written[: max(0, len(written) - len(amended))]
        lengths = {
            length.written: word
            for word in (*first, *amended)
            if (length := _guaranteed(fold(word.extract.text)))
        }
        for place, word in enumerate(lengths.values()):
            yield self._guarantee(place, word, written if word in amended else ())

    def _guarantee(self, place: int, word: Words, before: Sequence[Words]) -> Due:
        text = fold(word.extract.text)
        length = _guaranteed(text)
        assert length is not None
        days = [one for one in values(text) if one.measure.unit == "date"]
        start = date.fromordinal(int(days[0].measure.number)) if days else None
        how = f"{french_date(start) if start else 'départ inconnu'} plus {length.written}"
        return self._due(
            "garantie",
            place,
            _end(start, length) if start else None,
            how,
            (word, *before),
            None if start else length,
        )

    def _amended(self) -> Iterator[Words]:
        """The words of the amendments about what is no field."""
        for field in dict.fromkeys(
            change.field
            for one in self._contract.amendments
            for change in one.changes
            if change.field.startswith("clause")
        ):
            steps = self._contract.steps(field, date.max)
            yield from (word for step in steps[-1:] if step.by is not None for word in _words(step))

    def _sentences(self, named: re.Pattern[str]) -> Iterator[tuple[Known, Document, Span, str]]:
        for piece, document in self._pieces:
            folded = fold(document.text)
            if named.search(folded):
                yield from (
                    (piece, document, span, span.of(folded))
                    for span in sentences.split(document.text)
                    if named.search(span.of(folded))
                )

    def _due(
        self,
        kind: str,
        place: int,
        day: date | None,
        how: str,
        its_words: Sequence[Words | None],
        lasts: Measure | None = None,
    ) -> Due:
        digest = hashlib.sha256(f"{self._key} {kind} {place}".encode()).hexdigest()[:12]
        return Due(
            digest,
            self._contract.market.name,
            kind,
            day,
            how,
            tuple(dict.fromkeys(one for one in its_words if one)),
            lasts,
        )


def _months(measure: Measure) -> int:
    return round(measure.number * DAYS.get(measure.unit, 1.0) / DAYS["mois"])


def _lengths(step: Step) -> list[Measure]:
    """The lengths of time that the words of a duration give."""
    return [one.measure for one in values(fold(step.value)) if one.measure.unit in _LENGTHS]


def _only_length(step: Step) -> Measure | None:
    """The first length of the words of a duration, renewals following; None where they speak of lots that last differently."""
    lengths = _lengths(step)
    return lengths[0] if lengths and not words.due("of_lots").search(fold(step.value)) else None


def _words(step: Step) -> tuple[Words, ...]:
    return tuple(Words(step.known, one) for one in step.extracts[:1])


def _guaranteed(text: str) -> Measure | None:
    """How long a guarantee lasts that a sentence is about; None where it is about none, or about money kept back."""
    if not words.due("guarantee").search(text) or words.due("no_guarantee").search(text):
        return None
    return next((one.measure for one in reversed(values(text)) if one.measure.unit in ("mois", "jour")), None)


def _is_notice(text: str, start: int, end: int) -> bool:
    """Whether a length of time is a notice: « trois mois au moins avant », « un préavis de trois mois »."""
    after = words.due("notice_before").match(text[end:].lstrip(" ,("))
    before = text[max(0, start - _NEAR) : start]
    named = [
        match for match in words.due("notice_after").finditer(before) if not before[match.end() :].strip(" (")
    ]
    return after is not None or any("preavis" in match.group() for match in named)


def _end(start: date, length: Measure | None) -> date:
    """The last day of a length of time that begins on a day: twelve months from 1 January end on 31 December."""
    if length is None:
        return start
    if length.unit == "mois":
        return _same_day(start, int(length.number)) - timedelta(days=1)
    return start + timedelta(days=int(length.number * (7 if length.unit == "semaine" else 1)) - 1)


def _same_day(day: date, months: int) -> date:
    later = months_later(day.replace(day=1), months)
    return date(
        later.year,
        later.month,
        min(day.day, months_later(later.replace(day=1), 1).toordinal() - later.replace(day=1).toordinal()),
    )


def _back(day: date, length: Measure) -> date:
    """So long before a day."""
    if length.unit == "mois":
        return months_later(day, -int(length.number))
    return day - timedelta(days=int(length.number * (7 if length.unit == "semaine" else 1)))


def _next(day: date, today: date) -> date:
    """That day of the year, next year where it is past."""
    return day if day >= today else day.replace(year=day.year + 1)


def told(found: Due) -> str:
    """The quotes that it rests on, on one line."""
    return " ; ".join(f"« {one_line(word.extract.text)} » ({word.known.file})" for word in found.words)
