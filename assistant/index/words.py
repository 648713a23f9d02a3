"""The word index (tantivy): French stems, no accents, no elisions; a code article is one token however it is written.

Derived from the store: it holds the passages of a set of documents and is brought up to date by the difference of two sets of serial numbers.
"""

import json
import math
import shutil
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import tantivy

from assistant.errors import LibraryError
from assistant.reach import EVERYWHERE, Reach
from assistant.references import join_articles

# An article number is one token ("l2112-4", "19.6.b"); otherwise letters and digits. Apostrophes part words, so "l'acheteur" gives "l" and "acheteur".
_WORD = r"[a-zA-Z]?\d+(?:[.\-]\d+)*(?:\.[a-z]\b)?|[\w&&[^_]]+"
# Words of no weight that tantivy's own French list lacks: elided articles and what buyers add to any question.
_STOPWORDS = [
    "l",
    "d",
    "c",
    "j",
    "m",
    "n",
    "s",
    "t",
    "qu",
    "jusqu",
    "lorsqu",
    "puisqu",
    "quel",
    "quelle",
    "quels",
    "quelles",
    "est",
    "ce",
    "que",
    "qui",
    "faut",
    "il",
    "on",
    "peut",
    "doit",
]
_ANALYSER = "french"
_BEGINNING, _END = -(10**6), 10**7  # day numbers before and after every date
# BM25 weight of each field. The heading trail is searched too: recall@10 of words alone 0.39 → 0.69 on official headings (docs/decisions.md).
_WEIGHTS = {"body": 1.0, "trail": 1.0}
_WRITER_BYTES = 64_000_000


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one passage or question."""

    id: int
    body: str
    trail: str
    kind: str
    collections: tuple[str, ...]
    valid_from: date | None
    valid_to: date | None


def analyser() -> tantivy.TextAnalyzer:
    """Lower case, French stop words, accents folded, French stems: folded first, so that "defense" and "défense" have one stem."""
    return (
        tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(_WORD))
        .filter(tantivy.Filter.remove_long(60))
        .filter(tantivy.Filter.lowercase())
        .filter(tantivy.Filter.stopword("french"))
        .filter(tantivy.Filter.custom_stopword(_STOPWORDS))
        .filter(tantivy.Filter.ascii_fold())
        .filter(tantivy.Filter.stemmer("french"))
        .build()
    )


def is_of_the_disk(error: ValueError) -> bool:
    """Whether tantivy says, in the only way it has, that the disk is full or refused something."""
    return any(sign in str(error) for sign in ("os error", "IoError", "io_error"))


def _schema() -> tantivy.Schema:
    builder = tantivy.SchemaBuilder()
    # tantivy-py 0.27: a Python integer given to an unsigned fast field kills the writer; an integer field works.
    builder.add_integer_field("id", stored=True, indexed=True, fast=True)
    builder.add_integer_field("document", stored=False, indexed=True, fast=True)
    builder.add_integer_field("valid_from", stored=False, indexed=True, fast=True)
    builder.add_integer_field("valid_to", stored=False, indexed=True, fast=True)
    builder.add_text_field("kind", stored=False, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("collection", stored=False, tokenizer_name="raw", index_option="basic")
    for name in _WEIGHTS:
        builder.add_text_field(name, stored=False, tokenizer_name=_ANALYSER, index_option="position")
    return builder.build()


class WordIndex:
    """A folder holding a tantivy index and ``held.json``: the serial numbers of the documents that it holds."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._state = folder / "held.json"
        self._index = self._open()
        self._analyser = analyser()

    def _open(self) -> tantivy.Index:
        self._folder.mkdir(parents=True, exist_ok=True)
        try:
            index = tantivy.Index(_schema(), path=str(self._folder), reuse=True)
        except ValueError as error:  # another schema or a damaged folder: derived data, made anew
            if is_of_the_disk(error):
                raise
            shutil.rmtree(self._folder)
            self._folder.mkdir(parents=True)
            index = tantivy.Index(_schema(), path=str(self._folder), reuse=True)
        index.register_tokenizer(_ANALYSER, analyser())
        return index

    @property
    def held(self) -> frozenset[int]:
        """Serial numbers of the documents in the index."""
        try:
            return frozenset(json.loads(self._state.read_text(encoding="utf-8")))
        except (FileNotFoundError, json.JSONDecodeError):
            return frozenset()

    def synchronise(
        self,
        serials: frozenset[int],
        entries_of: Callable[[int], Iterable[Entry]],
        refiled: frozenset[int] = frozenset(),
    ) -> None:
        """Makes the index hold exactly ``serials``; ``entries_of(serial)`` gives what to index, ``refiled`` are to be indexed again.

        A run killed between the commit and the note of it starts over with the same difference: a document is deleted before it is added.
        Where the note itself is lost, everything is written anew: a document that is gone since would stay for ever.
        """
        held = self.held
        if not held and self._index.searcher().num_docs:
            self.rebuild(serials, entries_of)
            return
        gone, new = (held - serials), (serials - held) | (refiled & serials)
        if gone or new:
            self._write(serials, gone | new, new, entries_of)

    def rebuild(self, serials: frozenset[int], entries_of: Callable[[int], Iterable[Entry]]) -> None:
        """Writes the index anew: no word of a document that was removed stays in its files."""
        self._write(serials, None, serials, entries_of)

    def _write(
        self,
        serials: frozenset[int],
        out: frozenset[int] | None,
        new: frozenset[int],
        entries_of: Callable[[int], Iterable[Entry]],
    ) -> None:
        """Takes ``out`` out (None: everything), then adds ``new``."""
        try:
            writer = self._index.writer(_WRITER_BYTES, 1)
            if out is None:
                writer.delete_all_documents()
            for serial in sorted(out or ()):
                writer.delete_documents_by_term("document", serial)
            for serial in sorted(new):
                for entry in entries_of(serial):
                    writer.add_document(_document(serial, entry))
            writer.commit()
            if out is None:
                writer.garbage_collect_files()
            writer.wait_merging_threads()
        except ValueError as error:
            if is_of_the_disk(error):
                raise
            raise LibraryError(
                f"L'index des mots ({self._folder}) n'a pas pu être écrit ({error}).",
                "Relancez la commande ; si cela se répète, lancez « assistant doctor ».",
            ) from error
        self._index.reload()
        self._state.write_text(json.dumps(sorted(serials)), encoding="utf-8")

    def search(
        self,
        text: str,
        limit: int,
        *,
        day: date | None = None,
        kinds: Sequence[str] = (),
        collections: Reach = EVERYWHERE,
    ) -> list[tuple[int, float]]:
        """(id, BM25 score) of the best ``limit`` entries that share a word with ``text``, best first; those not in force on ``day`` are left out."""
        words = self.words(text)
        if not words or (collections is not None and not collections):
            return []
        schema = self._index.schema
        should = [
            (
                tantivy.Occur.Should,
                tantivy.Query.boost_query(tantivy.Query.term_query(schema, name, word, "freq"), weight),
            )
            for name, weight in _WEIGHTS.items()
            for word in words
        ]
        query = tantivy.Query.boolean_query(should)
        filters = [
            *self._dates(schema, day),
            *_any_of(schema, "kind", kinds),
            *_any_of(schema, "collection", collections or ()),
        ]
        if filters:
            query = tantivy.Query.boolean_query(
                [
                    (tantivy.Occur.Must, query),
                    *((tantivy.Occur.Must, tantivy.Query.const_score_query(f, 0.0)) for f in filters),
                ]
            )
        searcher = self._index.searcher()
        found = searcher.search(query, limit, count=False).hits
        ids = searcher.fast_field_values("id", [address for _, address in found]) if found else []
        return [(int(id_), float(score)) for id_, (score, _) in zip(ids, found, strict=True)]

    def words(self, text: str) -> list[str]:
        """The tokens of ``text`` as the index knows them, each once, in order."""
        return list(dict.fromkeys(self._analyser.analyze(join_articles(text))))

    def rarity(self, word: str) -> float:
        """Inverse document frequency of an analysed word in the bodies, 0 (everywhere) to 1 (nowhere)."""
        share = min(1.0, self.holding(word) / max(self._index.searcher().num_docs, 1))
        return 1.0 - math.sqrt(math.sqrt(share))

    def holding(self, word: str) -> int:
        """How many entries have an analysed word in their body."""
        return int(self._index.searcher().doc_freq("body", word))

    def _dates(self, schema: tantivy.Schema, day: date | None) -> list[tantivy.Query]:
        if day is None:
            return []
        number = day.toordinal()
        return [
            tantivy.Query.range_query(
                schema, "valid_from", tantivy.FieldType.Integer, _BEGINNING, number, True, True
            ),
            tantivy.Query.range_query(
                schema, "valid_to", tantivy.FieldType.Integer, number, _END, False, True
            ),
        ]


def _any_of(schema: tantivy.Schema, field: str, values: Collection[str]) -> list[tantivy.Query]:
    return [tantivy.Query.term_set_query(schema, field, list(values))] if values else []


def _document(serial: int, entry: Entry) -> tantivy.Document:
    document = tantivy.Document()
    document.add_integer("id", entry.id)
    document.add_integer("document", serial)
    document.add_integer("valid_from", entry.valid_from.toordinal() if entry.valid_from else _BEGINNING)
    document.add_integer("valid_to", entry.valid_to.toordinal() if entry.valid_to else _END)
    document.add_text("kind", entry.kind)
    for collection in entry.collections:
        document.add_text("collection", collection)
    document.add_text("body", join_articles(entry.body))
    document.add_text("trail", join_articles(entry.trail))
    return document
