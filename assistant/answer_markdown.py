"""An answer as Markdown, for the command line and for a conversation's file: short first, each quote under the statement that it proves, or in a note."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from assistant.datatypes import Basis, Position, Verdict
from assistant.export import UNSAID, counted, french_pages, french_period, position_label, position_line
from assistant.kept_answer import KeptAnswer, KeptClaim, KeptQuote, KeptRow, KeptRows, Place, numbered
from assistant.lines import one_line

# Between two calls of notes: a thin space that does not break.
_BESIDE = "\u202f"
# A note shorter than this is said again rather than sent for.
_SHORT = 120
# A bar that would close a cell, and one that is shown.
_BAR, _SHOWN_BAR = re.compile(r"(?<!\\)\|"), r"\\|"


def lines(
    answer: KeptAnswer, shown: Callable[[str], str] = str, notes: list[str] | None = None
) -> Iterator[str]:
    """The lines of an answer.

    Args:
        answer: the answer.
        shown: how text of documents and models is put into Markdown (``export.unmarked`` where a reader's program renders it).
        notes: where quotes go, one a note; None: under each statement.
    """
    label = UNSAID if answer.is_unsaid else position_label(answer.position)
    day = None if answer.position is Position.OUT_OF_SCOPE else answer.as_of
    yield from (position_line(label, answer.about and shown(answer.about), day), "")
    if answer.rows:
        yield from _rows(answer.rows, shown, notes)
    elif answer.lead:
        yield from (shown(answer.lead), "")
    if answer.basis is Basis.NONE:
        yield from (line for fallback in answer.fallbacks for line in (shown(fallback), ""))
    numbers = numbered(answer.claims_beside_rows)
    for place, claim in enumerate(answer.claims_beside_rows, 1):
        yield from _claim(place, claim, numbers, shown, notes)
    if answer.ask:
        yield from _listed(
            shown(one_line(answer.ask.question)),
            (f"{option.label} : « {option.question} »" for option in answer.ask.options),
            shown,
        )
    yield from _listed("À faire", answer.todo, shown)
    if answer.basis is not Basis.NONE:
        yield from _listed("Ce que vous pouvez écrire", answer.fallbacks, shown)
    if answer.risk.level:
        yield from _listed(
            f"Risque contentieux : {shown(answer.risk.level)}",
            (*answer.risk.reasons, *answer.risk.appeals),
            shown,
        )
    yield from _listed("À savoir", (problem.message for problem in answer.problems_beside_refusal), shown)
    yield from _listed("Voir aussi", (name.title for name in answer.see_also), shown)
    if answer.model:
        yield from (f"Modèle de langage : {shown(answer.model)}.", "")


def markdown(answer: KeptAnswer, shown: Callable[[str], str] = str) -> str:
    """An answer as one Markdown text."""
    return "\n".join(lines(answer, shown)).rstrip() + "\n"


def _listed(title: str, texts: Iterator[str] | Sequence[str], shown: Callable[[str], str]) -> Iterator[str]:
    items = [f"- {shown(one_line(text))}" for text in texts]
    if items:
        yield from (f"**{title}**", "", *items, "")


def _rows(rows: KeptRows, shown: Callable[[str], str], notes: list[str] | None) -> Iterator[str]:
    """A list: its count, the table of what says yes, then what says no, cannot be told or is said by another piece."""
    yield from (shown(counted(rows)), "")
    if rows.yes:
        heads = ("Marché", "Document", "Valeur", "Page", *(() if notes is not None else ("Extrait",)))
        yield from (
            _line(heads),
            _line(["---"] * len(heads)),
            *(_line(_cells(row, shown, notes)) for row in rows.yes),
            "",
        )
    for title, part in (
        ("Non", rows.no),
        ("Illisible ou indécis", rows.untold),
        ("Dit par une autre pièce", rows.silent),
    ):
        yield from _listed(
            title,
            [" — ".join(text for text in (row.market, row.file, row.value) if text) for row in part],
            shown,
        )


def _cells(row: KeptRow, shown: Callable[[str], str], notes: list[str] | None) -> Iterator[str]:
    """Market, document, value, page; the words of the value, where it does not give them, beside it or in a note."""
    value, words = one_line(row.value), one_line(row.quote.quote) if row.quote else ""
    mark = ""
    if row.quote and notes is not None:
        notes.append(_note(_quote(row.quote, value, shown), notes))
        mark = f"[^{len(notes)}]"
    yield from (
        shown(row.market),
        shown(row.file),
        shown(value) + mark,
        french_pages(row.quote.pages) if row.quote else "",
    )
    if notes is None:
        yield f"« {shown(words)} »" if words and words not in value else ""


def _line(cells: Iterable[str]) -> str:
    """A line of a table; no text closes its cell."""
    return f"| {' | '.join(_BAR.sub(_SHOWN_BAR, cell) for cell in cells)} |"


def _claim(
    place: int,
    claim: KeptClaim,
    numbers: Mapping[Place, int],
    shown: Callable[[str], str],
    notes: list[str] | None,
) -> Iterator[str]:
    doubt = "" if claim.verdict is Verdict.VERIFIED else " *(non vérifié)*"
    text = shown(one_line(claim.text))
    if notes is None:
        yield f"{place}. {text}{doubt}"
        yield from (
            f"   > {_quote(quote, claim.text, shown, numbers[quote.place])}" for quote in claim.evidence
        )
        yield ""
        return
    marks = []
    for quote in claim.evidence:
        notes.append(_note(_quote(quote, claim.text, shown), notes))
        marks.append(f"[^{len(notes)}]")
    yield from (f"{place}. {text}{doubt}{_BESIDE.join(marks)}", "")


def _note(text: str, notes: Sequence[str]) -> str:
    """A note; one that says the same as a former one sends the reader there."""
    same = next(
        (number for number, note in enumerate(notes, 1) if note.partition(": ")[2] == text),
        None,
    )
    return f"[^{len(notes) + 1}]: " + (
        f"Même citation qu'à la note {same}." if same and len(text) > _SHORT else text
    )


def _quote(quote: KeptQuote, claim: str, shown: Callable[[str], str], number: int | None = None) -> str:
    """A quote and where it stands, with the number of its mark; where the claim gives its words already, only where it stands."""
    words = one_line(quote.quote)
    where = shown(_where(quote)) + ("" if number is None else f" [{number}]")
    return where if words in one_line(claim) or quote.is_of_a_sheet else f"« {shown(words)} » — {where}"


def _where(quote: KeptQuote) -> str:
    named = (
        f"{quote.work}, art. {quote.article}"
        if quote.article
        else ("Fiche : " if quote.is_of_a_sheet else "") + quote.source.title
    )
    parts = (named, french_pages(quote.pages), french_period(quote.valid_from, quote.valid_to))
    return one_line(", ".join(part for part in parts if part))
