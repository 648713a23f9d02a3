"""An answer as it was shown: what goes to the browser, to a kept conversation and to the command line's JSON. Typed on both ways.

It holds the words that were shown and where they stand, never the passages around them: a kept conversation shows what was shown, whatever is indexed since.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from assistant.datatypes import (
    Answer,
    Ask,
    Basis,
    Claim,
    Kind,
    Option,
    Passage,
    Position,
    Quote,
    Risk,
    Row,
    Rows,
    SheetName,
    Source,
    Status,
    Timings,
    Verdict,
)
from assistant.lines import one_line

# The source and the offsets of the words of a quote.
Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class KeptSource:
    """The source of a quote."""

    id: str
    title: str
    kind: str
    collection: str

    @staticmethod
    def of(source: Source) -> "KeptSource":
        """A source as it is kept."""
        return KeptSource(source.id, source.title, source.kind.value, source.collection)

    def to_json(self) -> dict[str, Any]:
        """Its JSON."""
        return {"id": self.id, "title": self.title, "kind": self.kind, "collection": self.collection}


@dataclass(frozen=True, slots=True)
class KeptQuote:
    """Exact words and where they stand: ``start`` and ``end`` are offsets of the source's text, ``valid_to`` is exclusive."""

    marker: str
    source: KeptSource
    work: str | None
    article: str | None
    pages: tuple[int, int] | None
    valid_from: date | None
    valid_to: date | None
    quote: str
    start: int
    end: int

    @staticmethod
    def of(quote: Quote) -> "KeptQuote":
        """A quote as it is kept."""
        passage = quote.passage
        return KeptQuote(
            quote.marker,
            KeptSource.of(quote.source),
            passage.work,
            passage.article,
            passage.pages,
            passage.valid_from,
            passage.valid_to,
            quote.text,
            quote.span.start,
            quote.span.end,
        )

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> "KeptQuote":
        """A quote from its JSON."""
        return KeptQuote(
            value["marker"],
            KeptSource(**value["source"]),
            value["work"],
            value["article"],
            (value["pages"][0], value["pages"][1]) if value["pages"] else None,
            _day(value["valid_from"]),
            _day(value["valid_to"]),
            value["quote"],
            value["start"],
            value["end"],
        )

    def to_json(self) -> dict[str, Any]:
        """Its JSON."""
        return {
            "marker": self.marker,
            "source": self.source.to_json(),
            **passage_json(self),
            "quote": self.quote,
            "start": self.start,
            "end": self.end,
        }

    @property
    def place(self) -> Place:
        """The source and the offsets of its words."""
        return self.source.id, self.start, self.end

    @property
    def is_of_a_sheet(self) -> bool:
        """Whether a sheet is quoted."""
        return self.source.kind == Kind.SHEET.value


@dataclass(frozen=True, slots=True)
class KeptClaim:
    """Something that an answer said, with its quotes."""

    text: str
    verdict: Verdict
    evidence: tuple[KeptQuote, ...]

    @staticmethod
    def of(claim: Claim) -> "KeptClaim":
        """A claim as it is kept."""
        return KeptClaim(claim.text, claim.verdict, tuple(KeptQuote.of(quote) for quote in claim.quotes))

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> "KeptClaim":
        """A claim from its JSON."""
        return KeptClaim(
            value["text"],
            Verdict(value["verdict"]),
            tuple(KeptQuote.from_json(quote) for quote in value["evidence"]),
        )

    def to_json(self) -> dict[str, Any]:
        """Its JSON."""
        return {
            "text": self.text,
            "verdict": self.verdict.value,
            "evidence": [quote.to_json() for quote in self.evidence],
        }

    @property
    def is_extract(self) -> bool:
        """Whether it is only the words of what it quotes, under the name of their place."""
        said = one_line(self.text)
        return bool(self.evidence) and all(
            one_line(quote.quote) in said and not quote.is_of_a_sheet for quote in self.evidence
        )

    @property
    def label(self) -> str:
        """The place that an extract names before its words."""
        return self.text.partition(" : «")[0]


def numbered(claims: Iterable[KeptClaim]) -> dict[Place, int]:
    """The number of each quote, from one, as a reader meets them: one that proves several claims has one number."""
    places = dict.fromkeys(quote.place for claim in claims for quote in claim.evidence)
    return {place: number for number, place in enumerate(places, 1)}


@dataclass(frozen=True, slots=True)
class KeptProblem:
    """A doubt or a defect."""

    code: str
    message: str


@dataclass(frozen=True, slots=True)
class KeptRow:
    """A document in a list, as it was shown."""

    source: KeptSource
    file: str
    market: str
    value: str
    quote: KeptQuote | None

    @staticmethod
    def of(row: Row) -> "KeptRow":
        """A row as it is kept."""
        return KeptRow(
            KeptSource.of(row.source),
            row.file,
            row.market,
            row.value,
            KeptQuote.of(row.quote) if row.quote else None,
        )

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> "KeptRow":
        """A row from its JSON."""
        quote = value["quote"]
        return KeptRow(
            KeptSource(**value["source"]),
            value["file"],
            value["market"],
            value["value"],
            quote and KeptQuote.from_json(quote),
        )

    def to_json(self) -> dict[str, Any]:
        """Its JSON."""
        quote = self.quote and self.quote.to_json()
        return {
            "source": self.source.to_json(),
            "file": self.file,
            "market": self.market,
            "value": self.value,
            "quote": quote,
        }


@dataclass(frozen=True, slots=True)
class KeptRows:
    """A list, as it was shown. The fields are those of ``Rows``."""

    asked: str
    yes: tuple[KeptRow, ...]
    no: tuple[KeptRow, ...]
    untold: tuple[KeptRow, ...]
    silent: tuple[KeptRow, ...]
    markets: tuple[int, int, int]
    by_document: bool = False

    @staticmethod
    def of(rows: Rows) -> "KeptRows":
        """A list as it is kept."""
        yes, no, untold, silent = (
            tuple(map(KeptRow.of, part)) for part in (rows.yes, rows.no, rows.untold, rows.silent)
        )
        return KeptRows(rows.asked, yes, no, untold, silent, rows.markets, rows.by_document)

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> "KeptRows":
        """A list from its JSON (``details`` of ``rows``)."""
        yes, no, untold, silent = (
            tuple(map(KeptRow.from_json, value[name])) for name in ("yes", "no", "untold", "silent")
        )
        first, second, third = value["markets"]
        by_document = bool(value.get("by_document"))
        return KeptRows(value["asked"], yes, no, untold, silent, (first, second, third), by_document)

    def to_json(self) -> dict[str, Any]:
        """Its JSON: the files of each kind as programs compare them, and the whole under ``details``."""
        parts = {"yes": self.yes, "no": self.no, "untold": self.untold, "silent": self.silent}
        details = {name: [row.to_json() for row in rows] for name, rows in parts.items()}
        files = {name: [row.file for row in rows] for name, rows in parts.items()}
        counts = {"asked": self.asked, "markets": list(self.markets)} | (
            {"by_document": True} if self.by_document else {}
        )
        return {
            "yes": files["yes"],
            "no": files["no"],
            "unreadable": files["untold"],
            "silent": files["silent"],
            "details": details | counts,
        }


@dataclass(frozen=True, slots=True)
class KeptAnswer:
    """An answer as it was shown. The fields are those of ``Answer``."""

    question: str
    as_of: date
    basis: Basis
    position: Position
    status: Status
    claims: tuple[KeptClaim, ...]
    risk: Risk
    fallbacks: tuple[str, ...]
    problems: tuple[KeptProblem, ...]
    model: str | None
    timings: Timings
    about: str | None = None
    lead: str = ""
    sheet: str | None = None
    case: str | None = None
    also_known_as: tuple[str, ...] = ()
    todo: tuple[str, ...] = ()
    ask: Ask | None = None
    see_also: tuple[SheetName, ...] = ()
    rows: KeptRows | None = None

    @staticmethod
    def of(answer: Answer) -> "KeptAnswer":
        """An answer as it is kept."""
        return KeptAnswer(
            answer.question,
            answer.as_of,
            answer.basis,
            answer.position,
            answer.status,
            tuple(KeptClaim.of(claim) for claim in answer.claims),
            answer.risk,
            answer.fallbacks,
            tuple(KeptProblem(problem.code, problem.message) for problem in answer.problems),
            answer.model,
            answer.timings,
            answer.about,
            answer.lead,
            answer.sheet,
            answer.case,
            answer.also_known_as,
            answer.todo,
            answer.ask,
            answer.see_also,
            KeptRows.of(answer.rows) if answer.rows else None,
        )

    @staticmethod
    def from_json(value: Mapping[str, Any]) -> "KeptAnswer":
        """An answer from its JSON; what an earlier version did not write is empty, its basis told by what it quotes."""
        claims = tuple(KeptClaim.from_json(claim) for claim in value["claims"])
        risk, seconds, ask = value["risk"], value["seconds"], value.get("ask")
        ids = value.get("see_also", ())
        named = zip(ids, value.get("see_also_titles", ids), strict=True)
        rows = value.get("rows")
        return KeptAnswer(
            value["question"],
            date.fromisoformat(value["as_of"]),
            Basis(value["basis"]) if "basis" in value else _basis(claims),
            Position(value["position"]),
            Status(value["status"]),
            claims,
            Risk(risk["level"], tuple(risk["reasons"]), tuple(risk["appeals"])),
            tuple(value["fallbacks"]),
            tuple(KeptProblem(problem["code"], problem["message"]) for problem in value["problems"]),
            value["model"],
            Timings(seconds["search"], seconds["first_extract"], seconds["first_claim"], seconds["total"]),
            value.get("about"),
            value.get("lead", ""),
            value.get("sheet"),
            value.get("case"),
            tuple(value.get("also_known_as", ())),
            tuple(value.get("todo", ())),
            ask
            and Ask(
                ask["question"],
                tuple(Option(option["label"], option["question"]) for option in ask["options"]),
            ),
            tuple(SheetName(id_, title) for id_, title in named),
            rows and KeptRows.from_json(rows["details"]),
        )

    def to_json(self) -> dict[str, Any]:
        """Its JSON: that of ``assistant ask --json``."""
        seconds = self.timings
        return {
            "question": self.question,
            "as_of": self.as_of.isoformat(),
            "basis": self.basis.value,
            "sheet": self.sheet,
            "case": self.case,
            "also_known_as": list(self.also_known_as),
            "see_also": [name.id for name in self.see_also],
            "see_also_titles": [name.title for name in self.see_also],
            "position": self.position.value,
            "about": self.about,
            "status": self.status.value,
            "lead": self.lead,
            "claims": [claim.to_json() for claim in self.claims],
            "rows": self.rows.to_json() if self.rows else None,
            "todo": list(self.todo),
            "risk": {
                "level": self.risk.level,
                "reasons": list(self.risk.reasons),
                "appeals": list(self.risk.appeals),
            },
            "fallbacks": list(self.fallbacks),
            "ask": self.ask
            and {
                "question": self.ask.question,
                "options": [{"label": one.label, "question": one.question} for one in self.ask.options],
            },
            "problems": [{"code": problem.code, "message": problem.message} for problem in self.problems],
            "model": self.model,
            "seconds": {
                "search": round(seconds.search, 4),
                "first_extract": None if seconds.first_extract is None else round(seconds.first_extract, 4),
                "first_claim": None if seconds.first_claim is None else round(seconds.first_claim, 4),
                "total": round(seconds.total, 4),
            },
        }

    @property
    def is_unsaid(self) -> bool:
        """Whether it is that the buyer's own documents do not say."""
        return self.basis is Basis.DOCUMENT and not self.claims and self.rows is None

    @property
    def problems_beside_refusal(self) -> tuple[KeptProblem, ...]:
        """The problems that say something else than the sentences of a refusal: all of them where something is answered."""
        said = self.fallbacks if self.basis is Basis.NONE else ()
        return tuple(problem for problem in self.problems if problem.message not in said)

    @property
    def claims_beside_rows(self) -> tuple[KeptClaim, ...]:
        """The claims that say something else than the rows of a list: all of them where there is no list."""
        if self.rows is None:
            return self.claims
        places = {row.quote.place for row in self.rows.yes if row.quote}
        return tuple(
            claim for claim in self.claims if not {quote.place for quote in claim.evidence} <= places
        )

    @property
    def said(self) -> Sequence[str]:
        """Everything that it says in words of its own, for a search among conversations."""
        return (*(claim.text for claim in self.claims), *self.todo, *self.fallbacks)


def passage_json(passage: "Passage | KeptQuote") -> dict[str, Any]:
    """What is kept of a passage, or of the passage of a quote, beside its words."""
    return {
        "work": passage.work,
        "article": passage.article,
        "pages": list(passage.pages) if passage.pages else None,
        "valid_from": passage.valid_from.isoformat() if passage.valid_from else None,
        "valid_to": passage.valid_to.isoformat() if passage.valid_to else None,
    }


def _basis(claims: Sequence[KeptClaim]) -> Basis:
    if not claims:
        return Basis.NONE
    return (
        Basis.SHEET
        if any(quote.is_of_a_sheet for claim in claims for quote in claim.evidence)
        else Basis.TEXTS
    )


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value else None
