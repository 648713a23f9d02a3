"""A question over many documents, computed: the markets that meet it, those that do not, those of which it cannot be told. Their numbers add up."""

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant import sentences
from assistant.documents import facets, words
from assistant.documents.conditions import (
    DENIED,
    SAID,
    Condition,
    asked_measure,
    asked_unit,
    beginnings,
    is_year,
    measure_of,
    measures_of,
    said_in,
    says_none,
)
from assistant.documents.consultations import Consultation
from assistant.documents.ending import Ending
from assistant.documents.facets import CAPITAL, FIELD_SHARE, Facet
from assistant.documents.values import Known
from assistant.french.folding import fold, fold_words
from assistant.reader.fields import Subject
from assistant.summaries.fields.summary import FIELDS, Extract, Field, shown

_NAME_WITHIN = re.compile(rf"(?<=[\w,;)] ){CAPITAL.pattern}")
_SMALL = re.compile(r"\b[a-zà-ÿ][\w-]{2,}")
# A word of one or two letters is asked for nowhere.
_SHORTEST = 3
# The tests that compare a day, and another number.
_BY_DAY, _BY_NUMBER = ("avant", "apres"), ("plus", "moins")
# The weight of a test that words say, above any of the reader.
_SURELY = 2.0
# Every contract has these: one that does not say them cannot be told.
_ALWAYS_SOME = frozenset(("objet", "acheteur", "type_marche", "forme", "procedure", "lots"))
# Pieces of the contract itself: what they all leave unsaid, the contract does not say.
_OF_THE_CONTRACT = ("AE", "CCP", "CCAP", "autre")


@dataclass(frozen=True, slots=True)
class Row:
    """A document in a list: what it says, in words of its own, and where; empty and None where it does not say."""

    known: Known
    value: str = ""
    extract: Extract | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """What was computed.

    Attributes:
        field: the field of the summaries that it was computed over, or None: over sentences.
        facet: the side of it, or the subject that is no field; None where the whole field, or a sentence near the question, was looked at.
        ending: what it was computed from instead, where that is the ends or lengths of contracts.
        condition: what each document was asked.
        yes: the documents that say what is asked, market by market.
        no: the documents of the markets that do not.
        untold: those of the markets of which it cannot be told: unreadable, or said in a way that does not compare.
        silent: the other documents of the markets that do.
        markets: how many markets meet it, do not, cannot be told.
        by_document: each document was asked by itself: « quels papiers ne disent rien de … ».
    """

    field: str | None
    facet: Facet | None
    condition: Condition
    yes: tuple[Row, ...]
    no: tuple[Row, ...]
    untold: tuple[Row, ...]
    silent: tuple[Row, ...]
    markets: tuple[int, int, int]
    ending: Ending | None = None
    by_document: bool = False

    @property
    def asked(self) -> str:
        """What each document was asked, in a reader's words."""
        what = (
            self.ending.label if self.ending
            else f"{FIELDS[self.field]} ({self.facet.label})" if self.field and self.facet
            else FIELDS[self.field] if self.field
            else self.facet.label if self.facet
            else "ce dont parle la question"
        )  # fmt: skip
        measure = self.condition.measure
        if self.ending and self.ending.in_year and self.condition.test == "egal" and measure:
            return f"{what}, en {date.fromordinal(int(measure.number)).year}"
        return f"{what}, {self.condition.label}"


Finder = Callable[[Sequence[Known], Facet | None], Mapping[str, Field]]
"""The sentence of each document that says a facet, or that is nearest what is asked, as a field of its own, by the id of its source; nothing where none is."""


def listing(
    question: str,
    subject: Subject,
    markets: Sequence[Consultation],
    finder: Finder,
    told: Mapping[str, float],
    today: date,
    ended: tuple[Ending, Mapping[str, Field]] | None = None,
    named: Facet | None = None,
) -> Listing:
    """Computes a list.

    Args:
        question: as typed.
        subject: what the trained reader sees in it.
        markets: those that are looked at.
        finder: for what is no field of a summary.
        told: the beginnings of the question's words with their rarity.
        today: « avant juin » is the next one.
        ended: where ends or lengths of contracts are asked for, which, and what each contract says of it, by the id of one of its pieces.
        named: where documents are asked for that name somebody or something, what names them.
    """
    markets = _concerned(question, markets)
    by_document = (
        ended is None and words.pattern("listing.by_document").search(fold_words(question)) is not None
    )
    if by_document:
        markets = [replace(one, pieces=(piece,)) for one in markets for piece in one.pieces]
    facet: Facet | None = None
    field: str | None = None
    if ended:
        field, stated = "duree_initiale", dict(ended[1])
    elif facet := facets.asked_of(question, subject) or named:
        field, stated = facet.field or None, _of_facet(facet, markets, finder)
    else:
        field = (
            subject.field if subject.fields[subject.field] >= FIELD_SHARE else facets.named_field(question)
        )
        stated = _fields(field, markets, finder)
    names = _names(question) | (told.keys() & _names_in(stated))
    condition = _condition(question, subject, field, facet, _told_by_some(told, stated), names, today)
    if condition.wanted and condition.wanted.keys() <= names and not ended:
        stated = _with_names(stated, markets, condition, finder)
    silence = None if ended or (facet is None and field in _ALWAYS_SOME) else condition.met_by_silence
    base = _base(facet, markets, finder) if silence else None
    verdicts = [
        _verdict(market, stated, condition, silence and (base is None or not _lacks(base, market)))
        for market in markets
    ]
    if condition.ranks:
        verdicts = _ranked(markets, stated, condition)
    stated |= _also_said(field, facet, condition, markets, verdicts, stated, finder)
    rows: dict[bool | None, list[Row]] = {True: [], False: [], None: []}
    silent: list[Row] = []
    for market, verdict in zip(markets, verdicts, strict=True):
        said, others = _rows(market, stated, condition, verdict)
        rows[verdict] += said
        silent += others
    counts = (verdicts.count(True), verdicts.count(False), verdicts.count(None))
    return Listing(
        field,
        facet,
        condition,
        tuple(rows[True]),
        tuple(rows[False]),
        tuple(rows[None]),
        tuple(silent),
        counts,
        ended[0] if ended else None,
        by_document,
    )


def _base(facet: Facet | None, markets: Sequence[Consultation], finder: Finder) -> dict[str, Field] | None:
    """What each document says of the field that a side is asked of, by the id of its source; None where that does not matter."""
    if facet is None or not facet.field or facet.of_value:
        return None
    return _fields(facet.field, markets, finder)


def _lacks(base: Mapping[str, Field], market: Consultation) -> bool:
    """Whether a market has nothing of which a side is asked: no penalties of which to say that they have no ceiling."""
    fields = [base[piece.source.id] for piece in market.pieces if piece.source.id in base]
    return not fields or all(map(says_none, fields))


def _also_said(
    field: str | None,
    facet: Facet | None,
    condition: Condition,
    markets: Sequence[Consultation],
    verdicts: Sequence[bool | None],
    stated: Mapping[str, Field],
    finder: Finder,
) -> dict[str, Field]:
    """What the other pieces of a market that has something say of it too: a summary reads each value in one piece."""
    spoken = facets.spoken().get(field or "")
    if spoken is None or facet or condition.test not in ("", "a"):
        return {}
    others = [
        piece
        for market, verdict in zip(markets, verdicts, strict=True)
        for piece in market.pieces
        if verdict and piece.source.id not in stated
    ]
    return {key: said for key, said in finder(others, spoken).items() if condition.met(said)}


def _concerned(question: str, markets: Sequence[Consultation]) -> Sequence[Consultation]:
    """The markets of the form or kind, or with the pieces alone, that a question is about (« quels accords-cadres », « quels CCAP »), or all."""
    folded = fold_words(question)
    kind = next((types for said, types in words.pieces() if said.search(folded)), ())
    if kind:
        parts = [
            replace(one, pieces=tuple(piece for piece in one.pieces if piece.summary.doc_type in kind))
            for one in markets
        ]
        markets = [one for one in parts if one.pieces] or markets
    only = next((one for one in words.only() if one.said.search(folded)), None)
    kept = [
        market
        for market in markets
        if only and any(only.holds.search(fold(shown(field.value))) for _, field in market.stated(only.field))
    ]
    return kept or markets


def _condition(
    question: str,
    subject: Subject,
    field: str | None,
    facet: Facet | None,
    told: Mapping[str, float],
    names: frozenset[str],
    today: date,
) -> Condition:
    """What is asked of each: the likeliest test of which the question gives what it needs, beside the words that ask the facet."""
    folded = fold_words(question)
    explicit = facet is None and words.pattern("listing.explicit").search(folded) is not None
    rest = facet.asked.sub(" ", folded) if facet else folded
    named = facet or facets.spoken().get(field or "")
    usual = beginnings(FIELDS.get(field or "", "")) | words.common()
    if facet:
        usual |= {
            word[: words.BEGINNING]
            for match in facet.asked.finditer(folded)
            for word in match.group().split()
        }
    # Beside a facet, only a name is asked for (« de Dijon »).
    told = {word: weight for word, weight in told.items() if facet is None or word in names}
    wanted = {word: weight for word, weight in told.items() if word not in usual and len(word) >= _SHORTEST}
    measure, unit = asked_measure(question, today), asked_unit(question)
    mentioned = words.pattern("listing.mentions").search(folded) is not None
    weights = dict(subject.tests)
    likeliest = max(weights, key=lambda test: weights[test])
    is_day = measure is not None and measure.unit == "date"
    if facet and facet.denies:
        weights["sans"] = -1.0
    elif named and any(
        words.denied().search(folded, 0, match.start()) for match in named.asked.finditer(folded)
    ):
        weights["sans"] = _SURELY  # « pas signées », « sans plafond », « ne touche pas d'avance »
    elif words.allows("surely_sans", rest) or (explicit and words.allows("sans", rest)):
        weights["sans"] = _SURELY
    elif facet and likeliest == "contient" and not (wanted or measure or mentioned):
        weights["a"] = (
            _SURELY  # the side itself is what it must say: « sans faute, lesquels doivent un pourcentage »
        )
    elif (likeliest in ("", "a") and (measure or (facet and wanted))) or (likeliest == "contient" and is_day):
        # « on paie à 30 jours », « au tribunal de Dijon », « qui tombent au cours de 2026 »; but « au-dessus de 200 000 euros ».
        compared = [
            test for test in (_BY_DAY if is_day else _BY_NUMBER) if measure and words.allows(test, rest)
        ]
        weights[compared[0] if len(compared) == 1 else "egal"] = _SURELY
    other = words.pattern("listing.other").search(folded) is not None
    tests = sorted((test for test in weights if words.allows(test, rest)), key=lambda test: -weights[test])
    in_year = is_year(question, measure)
    inclusive = words.pattern("listing.inclusive").search(folded) is not None
    asked = (
        Condition(test or "a", measure, wanted, unit, explicit, inclusive, mentioned, other, in_year)
        for test in tests
    )
    return next(one for one in asked if one.complete)


def _names(question: str) -> frozenset[str]:
    """The beginnings of the words with a capital, but the first."""
    return frozenset(
        fold(match.group())[: words.BEGINNING] for match in CAPITAL.finditer(question) if match.start() > 0
    )


def _names_in(stated: Mapping[str, Field]) -> frozenset[str]:
    """The beginnings of the words that documents write with a capital within a sentence, and never without: « révisé sur le Syntec »."""
    texts = [extract.text for field in stated.values() for extract in field.extracts]
    capital = {
        fold(match.group())[: words.BEGINNING] for text in texts for match in _NAME_WITHIN.finditer(text)
    }
    small = {fold(match.group())[: words.BEGINNING] for text in texts for match in _SMALL.finditer(text)}
    return frozenset(capital - small)


def _told_by_some(told: Mapping[str, float], stated: Mapping[str, Field]) -> dict[str, float]:
    """The words of the question that the value of a document holds, and not each of them: no value can hold the others, and the rest tells nothing apart."""
    said = [said_in(field) for field in stated.values()]
    held = Counter(word for one in said for word in one)
    return {
        word: weight
        for word, weight in told.items()
        if held[word] and (held[word] < len(said) or len(said) == 1)
    }


def _fields(name: str | None, markets: Sequence[Consultation], finder: Finder) -> dict[str, Field]:
    """What each document says of what is asked, by the id of its source."""
    if name is None:
        return dict(finder([piece for market in markets for piece in market.pieces], None))
    stated = {
        piece.source.id: piece.summary.field(name)
        for market in markets
        for piece in market.pieces
        if piece.summary.field(name).value is not None
    }
    if spoken := facets.spoken().get(name):
        silent = [
            market for market in markets if not any(piece.source.id in stated for piece in market.pieces)
        ]
        stated |= finder([piece for market in silent for piece in market.pieces], spoken)
    return stated


def _of_facet(facet: Facet, markets: Sequence[Consultation], finder: Finder) -> dict[str, Field]:
    """What each document says of a facet: in the words of the field, else in a sentence that is searched."""
    pieces = [piece for market in markets for piece in market.pieces]
    stated = {
        piece.source.id: said
        for piece in pieces
        if facet.field and (said := _in_field(facet, piece.summary.field(facet.field)))
    }
    if facet.of_value:
        return stated
    return {**stated, **finder([piece for piece in pieces if piece.source.id not in stated], facet)}


def _with_names(
    stated: Mapping[str, Field], markets: Sequence[Consultation], condition: Condition, finder: Finder
) -> dict[str, Field]:
    """What documents say, a name that is asked for and that the value does not hold looked for in the sentence that is nearest the question."""
    pieces = [piece for market in markets for piece in market.pieces]
    without = [
        one for one in pieces if one.source.id not in stated or not condition.met(stated[one.source.id])
    ]
    nearest = {key: field for key, field in finder(without, None).items() if condition.met(field)}
    return {**stated, **nearest}


def _in_field(facet: Facet, field: Field) -> Field | None:
    """A field whose value says a facet, or the sentence of its words that does; one with a figure first."""
    if facet.of_value:
        return field if facet.held(field) else None
    said = [
        as_field(text, extract.start + span.start, extract.pages, facet)
        for extract in field.extracts
        for span in sentences.split(extract.text)
        if facet.says(fold(text := span.of(extract.text)), fold(FIELDS[facet.field]))
    ]
    return next((one for one in said if measure_of(one)), next(iter(said), None))


def _verdict(
    market: Consultation, stated: Mapping[str, Field], condition: Condition, silence: bool | None
) -> bool | None:
    """Whether a market meets the condition: by the first of its pieces that tells; ``silence`` where none speaks of it."""
    fields = [stated[piece.source.id] for piece in market.pieces if piece.source.id in stated]
    if not fields:
        return None if all(unreadable(piece) for piece in market.pieces) else silence
    told = [verdict for verdict in map(condition.met, fields) if verdict is not None]
    if condition.test == "sans":
        return all(told) if told else None
    return any(told) if told else None


def _ranked(
    markets: Sequence[Consultation], stated: Mapping[str, Field], condition: Condition
) -> list[bool | None]:
    """The markets whose measure is the greatest, or the least, of those that have one; the unit is that of most of them."""
    found = [_measures(market, stated) for market in markets]
    units = [unit for measures in found for unit in measures]
    common = max(units, key=units.count) if units else ""
    unit = condition.unit if condition.unit in units else common
    numbers = [measures.get(unit) for measures in found]
    told = [number for number in numbers if number is not None]
    best = (max(told) if condition.test == "max" else min(told)) if told else None
    return [None if number is None and any(piece.source.id in stated for piece in market.pieces) else number is not None and number == best
            for market, number in zip(markets, numbers, strict=True)]  # fmt: skip


def _measures(market: Consultation, stated: Mapping[str, Field]) -> dict[str, float]:
    """The measure of each unit that the first piece of a market states."""
    found: dict[str, float] = {}
    for piece in market.pieces:
        if field := stated.get(piece.source.id):
            for measure in measures_of(field):
                found.setdefault(measure.unit, measure.number)
    return found


def _rows(
    market: Consultation, stated: Mapping[str, Field], condition: Condition, verdict: bool | None
) -> tuple[list[Row], list[Row]]:
    """The documents of a market that carry its verdict, and the others."""
    saying = [
        piece
        for piece in market.pieces
        if piece.source.id in stated
        and (condition.ranks or condition.met(stated[piece.source.id]) is verdict)
    ]
    if not saying or verdict is not True:
        saying = list(market.pieces)
        if verdict is True:  # what no piece says, the contract does not say
            saying = [piece for piece in saying if piece.summary.doc_type in _OF_THE_CONTRACT] or saying
    rows = [_row(piece, stated.get(piece.source.id)) for piece in market.pieces]
    kept = {piece.source.id for piece in saying}
    return [row for row in rows if row.known.source.id in kept], [
        row for row in rows if row.known.source.id not in kept
    ]


def _row(known: Known, field: Field | None) -> Row:
    return (
        Row(known)
        if field is None
        else Row(known, shown(field.value), field.extracts[0] if field.extracts else None)
    )


def unreadable(known: Known) -> bool:
    """Whether nothing of a document could be read."""
    summary = known.summary
    return bool(summary.pages) and len(summary.unreadable_pages) == summary.pages


def as_field(text: str, start: int, pages: tuple[int, ...], facet: Facet | None = None) -> Field:
    """A sentence as a field of its own: what it says is its value. A facet that knows what denies it has looked for that."""
    found_by = (
        SAID
        if facet is not None and (facet.but or facet.denied or facet.everywhere or facet.holder)
        else None
    )
    if facet is not None and facet.says_none(text):
        found_by = DENIED
    return Field("", text, (Extract(text, start, start + len(text), pages),), found_by)
