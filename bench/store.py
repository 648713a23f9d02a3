"""``python -m bench.store NUMBER [postgresql://…] [--vectors]``: search over many passages in each store, wide and within one collection of a hundred.

Passages are variations of the articles beside the project (made-up ones where it is absent); their vectors walk at random from those of the corpus.
``--vectors`` leaves words and whole searches out. The base must be empty. Recall is read against the exact search of SQLite's side.
"""

import json
import random
import resource
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from assistant.datatypes import Document, Kind, Passage, Source, Span
from assistant.index import known_vectors, moving
from assistant.index.database import Ids, PassageVectors
from assistant.index.library import Library
from assistant.index.opened import database
from assistant.index.search import CANDIDATES, Searcher
from assistant.index.store import Entry, Store
from assistant.protocols import Vectors
from assistant.reach import EVERYWHERE, Reach
from bench.life import material

PASSAGES, COLLECTIONS = 200, 100  # of a document; of the store
QUESTIONS = 200
STEP = 0.35  # length of a step of the walk, beside unit vectors
SEED = 5


@dataclass
class Known:
    """An embedding whose questions have the vectors that they are given."""

    vectors: dict[str, Vectors]
    identity: str = "bench@1"
    dimension: int = 384
    max_tokens: int = 512

    def embed_passages(self, texts: list[str]) -> Vectors:
        raise NotImplementedError("the passages come with their vectors")

    def embed_queries(self, texts: list[str]) -> Vectors:
        near = [
            next(vector for text, vector in self.vectors.items() if asked.startswith(text)) for asked in texts
        ]
        return np.stack(near)


def walked(count: int) -> Iterator[Vectors]:
    """``(PASSAGES, dimension)`` unit rows for each document: a walk that begins at a vector of the corpus."""
    with np.load(known_vectors.FILE, allow_pickle=False) as held:
        starts = held["values"].astype(np.float32) * held["scales"][:, None]
    chance = np.random.default_rng(SEED)
    for _ in range(count):
        steps = chance.normal(size=(PASSAGES, starts.shape[1])).astype(np.float32)
        steps *= STEP / np.linalg.norm(steps, axis=1, keepdims=True)
        rows = np.empty_like(steps)
        here = starts[chance.integers(len(starts))]
        for number, step in enumerate(steps):
            here = here + step
            here /= np.linalg.norm(here)
            # Ten passages stand about one thing; then the text goes on to another.
            here = starts[chance.integers(len(starts))] if number % 10 == 9 else here
            rows[number] = here
        yield rows / np.linalg.norm(rows, axis=1, keepdims=True)


def texts(folder: Path) -> list[str]:
    return [
        text
        for path in material(folder)
        for line in path.read_text(encoding="utf-8").splitlines()
        if len(text := json.loads(line)["text"]) > 200
    ]


def entries(number: int, articles: list[str]) -> Iterator[tuple[Entry, Vectors]]:
    chance = random.Random(SEED)
    for index, vectors in enumerate(walked(number // PASSAGES)):
        pieces = []
        for _ in range(PASSAGES):
            words = chance.choice(articles)[:1500].split()
            pieces.append(" ".join(word for word in words if chance.random() > 0.1) + "\n")
        text, start, passages = "".join(pieces), 0, []
        id_ = f"{index:016x}"
        for piece in pieces:
            passages.append(Passage(id_, Span(start, start + len(piece)), piece, (f"Partie {index % 40}",)))
            start += len(piece)
        source = Source(
            id_,
            id_,
            f"Document {index}",
            Kind.TENDER,
            f"/bench/{index}",
            f"c{index % COLLECTIONS}",
            "text/plain",
        )
        keys = tuple(f"{index:016d}{row:016d}".encode() for row in range(PASSAGES))
        yield Entry(Document(source, text), tuple(passages), keys), vectors


def filled(library: Library, number: int, articles: list[str]) -> float:
    start = time.perf_counter()
    with library.writing():
        for entry, vectors in entries(number, articles):
            library.store.add_vectors(entry.passage_keys, vectors)
            library.store.add(entry)
    return time.perf_counter() - start


def timed(run: Callable[[], object]) -> float:
    start = time.perf_counter()
    run()
    return time.perf_counter() - start


def p95(seconds: list[float]) -> str:
    ordered = [1000 * one for one in sorted(seconds)]
    tenth, half, most = (ordered[int(share * len(ordered))] for share in (0.1, 0.5, 0.95))
    return f"quickest tenth {tenth:6.1f} ms   median {half:6.1f} ms   p95 {most:6.1f} ms"


Found = dict[str, list[list[int]]]


def measured(name: str, library: Library, asked: Vectors, words: Sequence[str], exact: Found | None) -> Found:
    """``words``: the questions that have these vectors; none: vectors alone are searched."""
    library.store.set_meta("embedding", "bench@1")
    print(
        f"{name}: index of wide searches made in {timed(lambda: library.store.settle(384)):.0f} s", flush=True
    )
    if words:
        print(f"{name}: words brought up to date in {timed(library.synchronise_words):.0f} s", flush=True)
    searched: list[PassageVectors] = []
    print(
        f"{name}: vectors brought up to date in {timed(lambda: searched.append(library.vectors(384)[0])):.1f} s",
        flush=True,
    )
    rows = np.array([(id_, serial) for id_, serial, *_ in library.store.scan_passages()], dtype=np.int64)
    serials = {serial for serial, names in library.store.collections_by_serial().items() if "c7" in names}
    scopes = {"wide": None, "one collection of a hundred": rows[np.isin(rows[:, 1], list(serials)), 0]}
    found: Found = {}
    for scope, allowed in scopes.items():
        seconds, lists = [], []
        for vector in asked:
            start = time.perf_counter()
            near = searched[0].search(vector, CANDIDATES, allowed)
            seconds.append(time.perf_counter() - start)
            lists.append([int(np.searchsorted(rows[:, 0], id_)) for id_, _ in near])
        found[scope] = lists
        if allowed is not None and exact is not None:
            filtered_index(library, asked, allowed)
        recall = ""
        if exact is not None:
            shares = [
                [
                    len(set(mine[:at]) & set(true[:at])) / len(true[:at])
                    for mine, true in zip(lists, exact[scope], strict=True)
                ]
                for at in (10, CANDIDATES)
            ]
            recall = f"   recall@10 {statistics.mean(shares[0]):.4f}   recall@{CANDIDATES} {statistics.mean(shares[1]):.4f}   least {min(shares[1]):.2f}"
        print(f"{name}: {CANDIDATES} nearest vectors, {scope:<28} {p95(seconds)}{recall}", flush=True)
    if words:
        whole_searches(name, library, Known(dict(zip(words, asked, strict=True))))
    print(
        f"{name}: memory of this process at its highest {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20:.2f} GiB",
        flush=True,
    )
    return found


def filtered_index(library: Library, asked: Vectors, allowed: Ids) -> None:
    """What the index itself gives under a filter, as pgvector comes, which is why none is put into it."""
    place, documents = (
        library.store.database,
        [serial for serial, names in library.store.collections_by_serial().items() if "c7" in names],
    )
    sql = "SELECT passage FROM passage_vector WHERE document = ANY(?) ORDER BY data::halfvec(384) <=> ?::halfvec(384) LIMIT 10"
    shares = []
    for vector in asked:
        with place.transaction():
            for name, value in (
                ("hnsw.iterative_scan", "off"),
                ("hnsw.ef_search", "40"),
                ("enable_sort", "off"),
                ("enable_bitmapscan", "off"),
            ):
                place.row("SELECT set_config(?, ?, true)", (name, value))
            shares.append(
                len(place.rows(sql, (documents, place.half(vector.astype("<f2").tobytes()))))
                / min(10, len(allowed))
            )
    print(
        f"PostgreSQL: an HNSW index filtered to one collection gives {10 * statistics.mean(shares):.2f} rows of ten",
        flush=True,
    )


def whole_searches(name: str, library: Library, embedding: Known) -> None:
    start = time.perf_counter()
    searcher = Searcher(library, embedding)  # type: ignore[arg-type]
    print(f"{name}: catalogue read in {time.perf_counter() - start:.1f} s", flush=True)

    def search(text: str, collections: Reach) -> float:
        return timed(lambda: searcher.search(text, collections=collections))

    for scope, collections in (("wide", EVERYWHERE), ("one collection of a hundred", ("c7",))):
        seconds = [search(text, collections) for text in embedding.vectors]
        print(f"{name}: whole search, words and all,  {scope:<28} {p95(seconds)}", flush=True)


def main() -> None:
    arguments = [argument for argument in sys.argv[1:] if argument != "--vectors"]
    number, address = int(arguments[0]), arguments[1] if len(arguments) > 1 else ""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        articles = texts(folder)
        asked_of = list(walked(number // PASSAGES))
        chance = np.random.default_rng(SEED + 1)
        picked = np.stack(
            [asked_of[chance.integers(len(asked_of))][chance.integers(PASSAGES)] for _ in range(QUESTIONS)]
        )
        noise = chance.normal(size=picked.shape).astype(np.float32)
        asked = picked + 0.5 * noise / np.linalg.norm(noise, axis=1, keepdims=True)
        asked = (asked / np.linalg.norm(asked, axis=1, keepdims=True)).astype(np.float32)
        del asked_of
        words = [
            f"{row:03d} " + " ".join(random.Random(row).choice(articles).split()[5:15])
            for row in range(QUESTIONS)
        ]
        words = [] if "--vectors" in sys.argv else words
        embedded = Library(folder / "sqlite")
        print(f"{number} passages; SQLite: filled in {filled(embedded, number, articles):.0f} s", flush=True)
        exact = measured("SQLite", embedded, asked, words, None)
        if not address:
            return
        target = database(address)
        seconds = timed(lambda: moving.move(embedded.store, Store(target)))
        print(f"PostgreSQL: filled by `move` and compared in {seconds:.0f} s", flush=True)
        embedded.close()
        shared = Library(folder / "replica", target)
        measured("PostgreSQL", shared, asked, words, exact)
        indexes_of = "(SELECT SUM(pg_relation_size(indexrelid)) FROM pg_index WHERE indrelid = pg_class.oid)"
        tables = "pg_class WHERE relkind = 'r' AND relnamespace = 'assistant'::regnamespace ORDER BY 2 DESC LIMIT 4"
        for table, size, indexes in shared.store.database.rows(
            f"SELECT relname::text, pg_total_relation_size(oid), COALESCE({indexes_of}, 0)::bigint FROM {tables}"
        ):
            print(
                f"PostgreSQL: {table} {size / number:.0f} bytes a passage, of which {indexes / number:.0f} of indexes",
                flush=True,
            )
        shared.close()


if __name__ == "__main__":
    main()
