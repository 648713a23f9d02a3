"""The texts that are quoted, taken from the index: the wording around a quote, and the wording of a rule on a day."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from assistant.article_dates import DatedArticle
from assistant.datatypes import Document, Kind, Passage, Span, Target
from assistant.errors import NotIndexedError
from assistant.index import wordings
from assistant.index.store import Store
from assistant.index.wordings import Wording as Article
from assistant.kept_answer import KeptQuote
from assistant.proof.dossier import Citation, Wording
from assistant.reach import EVERYWHERE, Reach, reaches

_LEGIFRANCE = "https://www.legifrance.gouv.fr"
# What the identifier of an official text begins with, and the address of such texts.
_ADDRESSES = {"LEGITEXT": f"{_LEGIFRANCE}/codes/texte_lc/", "JORFTEXT": f"{_LEGIFRANCE}/loda/id/", "http": ""}


class Texts:
    """The indexed texts that may be read.

    Args:
        store: where they lie.
        table: what is known of the dates of articles beside the index.
        collections: those that may be read.
    """

    def __init__(self, store: Store, table: Sequence[DatedArticle], collections: Reach = EVERYWHERE) -> None:
        self._store, self._table = store, table
        filed = store.collections_by_serial()
        self._readable = {
            source.id
            for serial, source in store.sources_by_serial().items()
            if reaches(collections, filed[serial])
        }

    def cited(self, quote: KeptQuote, reason: str) -> Citation:
        """A quote within the wording that holds it.

        Raises:
            NotIndexedError: its source is gone, or does not say these words there any more.
        """
        if quote.source.id not in self._readable:
            raise NotIndexedError(
                f"« {quote.source.title} » n'est plus dans la bibliothèque : le dossier ne peut pas joindre ce texte.",
                _AGAIN,
            )
        document, span = self._store.document(quote.source.id), Span(quote.start, quote.end)
        if not quote.quote or span.of(document.text) != quote.quote:
            raise NotIndexedError(
                f"« {quote.source.title} » n'a plus à cette place les mots qui étaient cités.", _AGAIN
            )
        around = self._around(document, span)
        wording = Wording(
            _title(quote.work, quote.article, quote.source.title),
            quote.source.kind,
            around.of(document.text),
            document.source.sha256,
            around.start,
            quote.work,
            quote.article,
            quote.valid_from,
            quote.valid_to,
            _address(document.metadata, quote.work),
        )
        return Citation(
            wording, Span(span.start - around.start, span.end - around.start), quote.marker, reason
        )

    def _around(self, document: Document, span: Span) -> Span:
        """The whole article or sheet that holds a quote; of a contract, its clause."""
        if document.source.kind is Kind.SHEET:
            return Span(0, len(document.text))
        ends = (
            self._store.passage_at(document.source.id, position) for position in (span.start, span.end - 1)
        )
        spans = [span, *(self._whole(document.source.id, passage) for passage in ends if passage)]
        return Span(min(one.start for one in spans), max(one.end for one in spans))

    def _whole(self, source_id: str, passage: Passage) -> Span:
        """The wording of an article that a passage is a part of; of a contract, the passage."""
        several = (
            wordings.wordings(self._store.wordings(passage.article, passage.work)) if passage.article else ()
        )
        spans = (
            one.passage.span
            for one in several
            if one.source.id == source_id and one.passage.span.overlaps(passage.span)
        )
        return next(spans, passage.span)

    def resting(
        self, targets: Iterable[Target], day: date, marker: str
    ) -> "tuple[tuple[Citation, ...], tuple[DatedArticle, ...]]":
        """The rules of ``targets`` in their wordings of ``day``, each once, and those whose text is not indexed."""
        found = [self._rule(target, day, marker) for target in dict.fromkeys(targets) if target.work]
        return tuple(one for one in found if isinstance(one, Citation)), tuple(
            one for one in found if isinstance(one, DatedArticle)
        )

    def _rule(self, target: Target, day: date, marker: str) -> Citation | DatedArticle:
        work, number = str(target.work), target.article or ""
        several = [
            one
            for one in wordings.wordings(self._store.wordings(number, work))
            if one.source.id in self._readable
        ]
        article = wordings.on(day, wordings.best_known(several))
        if article is None or wordings.overtaken(article, self._table, day):
            known = next(
                (
                    row
                    for row in self._table
                    if (row.work, row.article) == (work, number) and row.in_force(day)
                ),
                None,
            )
            return known or DatedArticle(work, number, None, None)
        return Citation(
            self._wording(article),
            Span(0, len(article.text)),
            marker,
            f"Fondement : {_title(work, number, work)}",
        )

    def _wording(self, article: Article) -> Wording:
        address = _address(self._store.metadata(article.source.id), article.work)
        found = Wording(
            _title(article.work, article.article, ""),
            article.source.kind.value,
            article.text,
            article.source.sha256,
            article.passage.span.start,
        )
        return replace(
            found,
            work=article.work,
            article=article.article,
            valid_from=article.valid_from,
            valid_to=article.valid_to,
            address=address,
        )


_AGAIN = "Indexez-le de nouveau, ou posez de nouveau la question : le dossier se fait de ce que la bibliothèque contient."


def _title(work: str | None, article: str | None, otherwise: str) -> str:
    return f"{work}, article {article}" if work and article else otherwise


def _address(metadata: Iterable[tuple[str, str]], work: str | None) -> str | None:
    """Where a work is published, where its file names one place for it: pairs ``work`` are each followed by their ``source``."""
    current, found = None, []
    for key, value in metadata:
        current = value if key == "work" else current
        if key == "source" and current == work:
            found.append(value)
    known = [
        f"{address}{found[0]}"
        for mark, address in _ADDRESSES.items()
        if len(found) == 1 and found[0].startswith(mark)
    ]
    return known[0] if known else None
