"""Questions by markets: what each market says of each of them, with its words; nothing where it does not say."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.datatypes import Progress, Quote
from assistant.documents.consultations import Consultation
from assistant.documents.listing import unreadable
from assistant.documents.own import OwnDocuments, field_at
from assistant.errors import UsageError
from assistant.lines import one_line
from assistant.protocols import OnProgress, silent
from assistant.reach import EVERYWHERE, Reach
from assistant.reader.fields import Subject
from assistant.summaries.fields.summary import FIELDS, shown

# A question takes some tenths of a second a market; the value of a field is known already.
MOST_QUESTIONS = 10


@dataclass(frozen=True, slots=True)
class Column:
    """What each market is asked: a question as typed, or the value of a ``field`` of the summaries, of which ``text`` is then the name."""

    text: str
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Cell:
    """What a market says: its ``value`` and the words that carry it; empty and None where it does not say.

    ``readable``: False where none of its pieces could be read.
    """

    value: str = ""
    quote: Quote | None = None
    readable: bool = True

    @property
    def unsaid(self) -> str:
        """Why there is no value, in a reader's words."""
        return "ne le dit pas" if self.readable else "illisible"


@dataclass(frozen=True, slots=True)
class Line:
    """A market, the file names of its pieces and its cells, in the order of the columns."""

    market: str
    files: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """What was computed."""

    columns: tuple[Column, ...]
    lines: tuple[Line, ...]


def columns(questions: Sequence[str], fields: Sequence[str]) -> tuple[Column, ...]:
    """The columns of a grid: the fields in the order of ``FIELDS``, then the questions, each once.

    Raises:
        UsageError: there is none, too many questions, or no such field.
    """
    asked = tuple(dict.fromkeys(text for question in questions if (text := " ".join(question.split()))))
    if stranger := next((name for name in fields if name not in FIELDS), None):
        raise UsageError(f"Il n'y a pas de champ « {stranger} ».", f"Champs : {', '.join(FIELDS)}.")
    if not asked and not fields:
        raise UsageError("Il n'y a rien à demander.", "Écrivez une question par ligne, ou cochez un champ.")
    if len(asked) > MOST_QUESTIONS:
        raise UsageError(
            f"{len(asked)} questions : c'est plus que {MOST_QUESTIONS}.",
            "Posez-les en plusieurs grilles, ou cochez des champs, qui sont déjà lus.",
        )
    return (
        *(Column(label, name) for name, label in FIELDS.items() if name in fields),
        *(Column(text) for text in asked),
    )


def pieces_of(markets: Sequence[Consultation]) -> tuple[Consultation, ...]:
    """Each piece of some markets, as a line of its own."""
    return tuple(Consultation((piece,), market.why) for market in markets for piece in market.pieces)


def lines(
    own: OwnDocuments,
    markets: Sequence[Consultation],
    asked: Sequence[Column],
    day: date,
    collections: Reach = EVERYWHERE,
    on_progress: OnProgress = silent,
) -> Iterator[Line]:
    """The lines of a grid, each as soon as it is computed.

    Args:
        own: the documents of the markets.
        markets: the lines.
        asked: the columns.
        day: the day on which it is asked.
        collections: where the documents may be looked for.
        on_progress: told before each market.
    """
    subjects = [None if column.field else own.subject(column.text) for column in asked]
    for done, market in enumerate(markets):
        on_progress(Progress("grille", done, len(markets), market.name))
        cells = [
            _of_field(own, market, column.field)
            if column.field
            else _of_question(own, market, column.text, subject, day, collections)
            for column, subject in zip(asked, subjects, strict=True)
        ]
        yield Line(market.name, tuple(piece.file for piece in market.pieces), tuple(cells))


def _of_field(own: OwnDocuments, market: Consultation, field: str) -> Cell:
    """The value that the piece that prevails states."""
    stated = market.stated(field)
    if not stated:
        return _nothing(market)
    known, found = stated[0]
    return Cell(shown(found.value), own.quote(known.source, found.extracts[0]) if found.extracts else None)


def _of_question(
    own: OwnDocuments,
    market: Consultation,
    question: str,
    subject: Subject | None,
    day: date,
    collections: Reach,
) -> Cell:
    """The words that answer best; the value of a field where they are those that it was read in."""
    found = own.found(question, [piece.source for piece in market.pieces], subject, day, collections)
    if not found.claims:
        return _nothing(market)
    quote = found.claims[0].quotes[0]
    known = next(piece for piece in market.pieces if piece.source.id == quote.source.id)
    field = field_at(known, quote.span, subject)
    return Cell(shown(field.value) if field else one_line(quote.text), quote)


def _nothing(market: Consultation) -> Cell:
    return Cell(readable=not all(unreadable(piece) for piece in market.pieces))
