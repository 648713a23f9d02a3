"""Who cites which article in the corpus, held against the table of their dates (``corpus/droit/articles.tsv``), and that table made from dated rules.

The table is made again whenever a sheet, a clause or a copy of the law changes: what the copies say is taken from them, what they do not hold (other
texts, wordings newer than the copy) is written by hand, stays, and closes the copy's last wording.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import chain
from pathlib import Path

from assistant import reading, references
from assistant.article_dates import DatedArticle, order
from assistant.datatypes import Document, Failure, Kind, Provision, Target
from assistant.drafting import library as clauses
from assistant.reading.sheet import sheet_of
from assistant.sheets import Case, LegalSheet

# What a clause or a kit calls "article L2112-4" in its own text is of the Code: four digits after the letter.
_CODE = "CCP"
_SHORTEST_CODE_ARTICLE = len("L2111")

Key = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Citation:
    """A file of the corpus that cites an article, and the day on which the article must be in force for it."""

    origin: str
    key: Key
    day: date


def read_sheets(folder: Path) -> Iterator[tuple[Document, LegalSheet]]:
    """The legal sheets of a folder, in the order of their names.

    Raises:
        CorpusError: a sheet breaks the rules of sheets.
    """
    for path in sorted(folder.glob("*.yaml")):
        document = reading.read(path, kind=Kind.SHEET, collection="corpus", origin=path.name)
        yield document, sheet_of(document)


def of_sheets(folder: Path) -> Iterator[Citation]:
    """What the legal sheets rest on. Raises as ``read_sheets``."""
    for document, sheet in read_sheets(folder):
        for case in sheet.cases:
            rules = (rule for statement in case.said for rule in statement.rests_on)
            yield from (
                Citation(f"{document.source.origin}, cases[{case.id}]", key, held_to(sheet, case))
                for key in _keys(rules)
            )


def held_to(sheet: LegalSheet, case: Case) -> date:
    """The day of the law that a case states: that of its sheet's verification; a case on the law of before is held to its own last day."""
    return min(sheet.verified_on, case.valid_to - timedelta(days=1)) if case.valid_to else sheet.verified_on


def of_clauses(folder: Path) -> Iterator[Citation]:
    """What the model clauses and kits rest on: their legal basis, the articles they derogate from, and those of the Code that their text names."""
    library = clauses.load((folder,))
    for clause in library.clauses:
        derogations = (
            Target(one.work, one.article) for text in clause.derogations for one in references.articles(text)
        )
        keys = _keys((*clause.legal_basis, *derogations, *_of_the_code(clause.origin)))
        yield from (Citation(Path(clause.origin).name, key, clause.verified_on) for key in keys)
    for kit in library.kits:
        yield from (
            Citation(Path(kit.origin).name, key, kit.verified_on) for key in _keys(_of_the_code(kit.origin))
        )


def _of_the_code(origin: str) -> Iterator[Target]:
    for one in references.articles(Path(origin).read_text(encoding="utf-8")):
        if (
            one.article
            and one.article[0] in "LRD"
            and len(one.article) >= _SHORTEST_CODE_ARTICLE
            and one.work in (_CODE, None)
        ):
            yield Target(_CODE, one.article)


def _keys(targets: Iterable[Target]) -> list[Key]:
    return sorted({(target.work, target.article) for target in targets if target.work and target.article})


def provisions(paths: Sequence[Path]) -> dict[Key, tuple[Provision, ...]]:
    """The dated wordings that files of rules hold, by work and article.

    Raises:
        ReadingError: a file could not be read.
    """
    found: dict[Key, list[Provision]] = {}
    for path in paths:
        for provision in reading.read(path, kind=Kind.RULE, collection="droit").provisions:
            found.setdefault((provision.work, provision.number), []).append(provision)
    return {key: tuple(several) for key, several in found.items()}


def updated(
    table: Sequence[DatedArticle], cited: Iterable[Key], known: Mapping[Key, Sequence[Provision]]
) -> tuple[DatedArticle, ...]:
    """The table of the cited articles: the wordings that ``known`` holds, with the notes they had, and what was written by hand where it holds nothing.

    A line whose note says that it was not read is a wording newer than the copy: it stays, and the copy's last wording ends where it begins. What has a
    note was written by a person, and stays though nothing cites it for now.
    """
    rows: dict[Key, list[DatedArticle]] = {}
    for row in table:
        rows.setdefault((row.work, row.article), []).append(row)
    kept = {(row.work, row.article) for row in table if row.note}
    made = (_rows(key, rows.get(key, []), known.get(key, ())) for key in kept.union(cited))
    return tuple(sorted(chain.from_iterable(made), key=order))


def _rows(key: Key, written: Sequence[DatedArticle], wordings: Sequence[Provision]) -> Iterator[DatedArticle]:
    if not wordings:
        yield from written
        return
    unread = [row for row in written if row.unread]
    yield from unread
    notes = {row.valid_from: row.note for row in written if not row.unread}
    newer = min((row.valid_from for row in unread if row.valid_from), default=None)
    for wording in wordings:
        row = DatedArticle(*key, wording.valid_from, wording.valid_to, notes.get(wording.valid_from, ""))
        open_ended = newer is not None and (row.valid_to is None or row.valid_to > newer)
        yield replace(row, valid_to=newer) if open_ended else row


def faults(table: Sequence[DatedArticle], citations: Iterable[Citation]) -> tuple[Failure, ...]:
    """What does not hold: an article that the table lacks, or that was not in force the day its sheet or clause was verified.

    A proposed text is no law, and may be cited as what it is: a sheet about it gives the position « non en vigueur » (tests/test_corpus.py).
    """
    rows: dict[Key, list[DatedArticle]] = {}
    for row in table:
        rows.setdefault((row.work, row.article), []).append(row)
    found = []
    for one in citations:
        name, lines = " ".join(one.key), rows.get(one.key, [])
        if not lines:
            found.append(
                Failure(
                    one.origin,
                    f"« {name} » n'est pas dans articles.tsv.",
                    "Vérifiez la référence, puis ajoutez sa ligne.",
                )
            )
        elif not any(row.pending or row.in_force(one.day) for row in lines):
            found.append(
                Failure(
                    one.origin,
                    f"« {name} » n'est pas en vigueur le {one.day}.",
                    "Citez la règle en vigueur, ou corrigez les dates de la table.",
                )
            )
    return tuple(found)
