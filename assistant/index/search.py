"""Search: words, vectors, written questions and exact references, fused; as of a date; within kinds and collections."""

import json
import re
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from assistant import references
from assistant.datatypes import AskedQuestion, Channel, Document, Hit, Kind, Passage, Source, Target
from assistant.french.folding import fold_words
from assistant.index import question as understanding
from assistant.index.database import PassageVectors
from assistant.index.library import Library
from assistant.index.vectors import VectorIndex
from assistant.protocols import EmbeddingModel, Vectors
from assistant.reach import EVERYWHERE, Reach, reaches, read_by

# Candidates taken from each channel: beyond the 300th, a passage of one channel alone never reached the first hundred of the fused list.
CANDIDATES = 300
# Questions whose vectors are kept: one is searched several times within several kinds, a set of them again after each addition.
_QUESTIONS_KEPT = 512
# Written questions looked at: a rule has a dozen, of which the nearest counts.
QUESTION_CANDIDATES = 150
# A heading must say this share of what the question says, by the rarity of its words.
HEADING_SHARE = 0.4
# A word that no more passages hold is a name or a number that is sought: a market, a firm, « 26S0041 ».
FEW = 20
_NUMBERING = re.compile(
    r"^(?:(?:sous-)?section|chapitre|titre|livre|paragraphe|partie|annexe|article)\s+[\w-]+\s*:?",
    re.IGNORECASE,
)
# The first hits are in the order of their own scores; those behind them are lifted by their neighbours, so many steps away at most.
FIRST, _NEIGHBOURS = 10, 5
# Scopes (a day, kinds, collections) whose passages are remembered: at a million passages one takes some 9 MB, and 60 ms to make.
_SCOPES_KEPT = 16
_ALWAYS_FROM, _ALWAYS_TO = -(10**6), 10**7


@dataclass(frozen=True, slots=True)
class Weights:
    """How the channels are fused. Chosen on half of our own questions and read on the other half (docs/decisions.md)."""

    words: float = 1.0
    vectors: float = 1.5
    # Words that the vocabulary adds weigh less than those that were typed.
    added_words: float = 0.4
    # Below the first ten, what matters is to miss nothing: an article stands near others that answer the same question (one section of a code),
    # so its neighbours in the document lift it. Each step away counts for this much of the one before, five steps either way.
    neighbours: float = 0.7
    # A written question counts by how well it matches: nothing below this cosine, all of it at 1.
    question_floor: float = 0.75
    questions: float = 5.0
    # A question that names a heading in full ("Prix fermes") asks for what stands under it, by as much as the heading says of the question.
    headings: float = 1.5
    # So does one that says a word of which hardly any passage is, by as much as this word says of it.
    rare_words: float = 1.5
    # A passage of a special regime that the question is not about keeps this share of its score.
    silent_regime: float = 0.6
    # Its written questions keep this share of theirs: one that is near says by itself what it is about.
    silent_question: float = 0.8
    # An article named in the question comes before everything.
    reference: float = 10.0


Key = tuple[date, tuple[Kind, ...], frozenset[str] | None, frozenset[str]]
"""What a search is asked to keep to."""


@dataclass(frozen=True, slots=True, eq=False)
class _Scope:
    """The passages that a search may find: by row of the catalogue, ``(n,)``, and by id; None: all of them."""

    allowed: NDArray[np.bool_]
    ids: NDArray[np.int64] | None


@dataclass(slots=True)
class _Catalogue:
    """What is known of every passage without reading it: arrays in the order of ids, ``(n,)`` each."""

    ids: NDArray[np.int64]
    serials: NDArray[np.int64]
    units: NDArray[np.int64]  # passages of one article share a unit, in whatever documents it stands
    valid_from: NDArray[np.int64]
    valid_to: NDArray[np.int64]
    regimes: dict[str, NDArray[np.bool_]]
    articles: dict[str, list[int]]  # article number → rows
    sources: dict[int, Source]
    collections: dict[int, frozenset[str]]
    by_sheet: dict[str, int]  # id of a sheet → serial of its source
    first_rows: dict[int, int]  # serial of a source → its first row
    headings: dict[str, NDArray[np.int64]]  # nearest heading of a trail → rows
    targets: dict[int, tuple[Target, ...]]  # question id → what it leads to; nothing: it must be refused
    question_ids: tuple[
        NDArray[np.int64], NDArray[np.int64]
    ]  # those that lead somewhere, those that must be refused
    cases: frozenset[tuple[str, str]]  # sheet and case of every case that a sheet has
    resting: dict[
        tuple[str | None, str | None], tuple[str, ...]
    ]  # work and article → the sheets that rest on it


class Searcher:
    """Implements ``Retriever`` over a library. Cheap to keep; ``refresh`` follows the library when it has changed.

    Several threads may search at once: each searches one state of the library to its end, while another is made beside it.
    """

    def __init__(
        self,
        library: Library,
        embedding: EmbeddingModel,
        weights: Weights | None = None,
        asked: Callable[[AskedQuestion], bool] | None = None,
    ) -> None:
        """``asked``: which of the written questions are searched (None: all); a measure leaves out those held out."""
        self._asked = asked
        self._library = library
        self._embedding = embedding
        self._weights = weights or Weights()
        self._embedded = lru_cache(_QUESTIONS_KEPT)(self._both_vectors)
        self._words_of_heading: dict[str, frozenset[str]] = {}
        self._refreshing = Lock()
        self._state: _State | None = None
        self.refresh()

    def refresh(self) -> None:
        """Brings the derived indexes and the catalogue in step with the store; quick when nothing has changed."""
        self._current()

    def _current(self) -> "_State":
        state = self._state
        if state is not None and state.generation == self._library.store.generation:
            return state
        with self._refreshing:
            if (
                self._state is None or self._state.generation != self._library.store.generation
            ):  # another thread has not just made it
                self._state = self._made()
            return self._state

    @read_by(None)
    def _made(self) -> "_State":
        generation = self._library.store.generation
        self._library.synchronise_words()
        vectors, question_vectors = self._library.vectors(self._embedding.dimension)
        with self._library.store.snapshot():
            catalogue = _catalogue(self._library, self._asked)
        return _State(
            generation,
            catalogue,
            vectors,
            question_vectors,
            self._library,
            self._weights,
            self._embedded,
            self._asked is not None,
            _headings_by_word(catalogue, self._library, self._words_of_heading),
        )

    def search(
        self,
        question: str,
        *,
        limit: int = 10,
        as_of: date | None = None,
        kinds: Sequence[Kind] = (),
        collections: Reach = EVERYWHERE,
        sources: frozenset[str] = frozenset(),
    ) -> tuple[Hit, ...]:
        """The best passages in force on ``as_of`` (None: today), one for each article, best first; ``sources`` are ids of the only ones looked at."""
        reach = collections if collections is None else frozenset(collections)
        key = (as_of or date.today(), tuple(kinds), reach, sources)
        return self._current().search(question, limit, key)

    def articles(self, number: str, work: str | None = None) -> tuple[tuple[Source, Passage], ...]:
        """Every dated wording of an article, whatever the day. See ``Store.wordings``."""
        return self._library.store.wordings(number, work)

    def works(self) -> frozenset[str]:
        """Short names of the works of which articles are indexed."""
        return frozenset(work for work, *_ in self._library.store.works())

    def sources(self, kind: Kind) -> tuple[Source, ...]:
        """The sources of a kind."""
        return tuple(source for source in self._current().catalogue.sources.values() if source.kind is kind)

    @property
    def generation(self) -> int:
        """Another number after each change of the library."""
        return self._current().generation

    def cases(self) -> frozenset[tuple[str, str]]:
        """Sheet and case of every case that is indexed and that questions lead to."""
        return self._current().catalogue.cases

    def sheets(self) -> tuple[str, ...]:
        """The ids of the sheets that are indexed, in order."""
        return tuple(sorted(self._current().catalogue.by_sheet))

    def sheets_resting_on(self, work: str, article: str) -> tuple[str, ...]:
        """The ids of the sheets that rest on an article, in order."""
        return self._current().catalogue.resting.get((work, article), ())

    def sheet_source(self, id_: str) -> Source | None:
        """Where the sheet of that id lies, None where it is not indexed."""
        catalogue = self._current().catalogue
        serial = catalogue.by_sheet.get(id_)
        return None if serial is None else catalogue.sources.get(serial)

    def words(self, text: str) -> list[str]:
        """The words of ``text`` as the index knows them."""
        return self._library.words.words(text)

    def rarity(self, word: str) -> float:
        """0 (everywhere) to 1 (nowhere) for one of those words."""
        return self._library.words.rarity(word)

    def document(self, source_id: str) -> Document:
        """A document of the library."""
        return self._library.store.document(source_id)

    @property
    def library(self) -> Library:
        """What is searched."""
        return self._library

    def passage_at(self, source_id: str, position: int) -> Passage | None:
        """The passage of a document that holds the character at ``position``, or None past its end."""
        return self._library.store.passage_at(source_id, position)

    def vector(self, question: str) -> NDArray[np.float32]:
        """That of a question as typed, ``(dimension,)``: made once for the search and whoever else reads the question."""
        vector: NDArray[np.float32] = self._embedded(question, understanding.rule_words(question))[0]
        return vector

    def nearest_questions(self, question: str, number: int) -> tuple[tuple[float, ...], tuple[float, ...]]:
        """Cosines of ``question`` and the ``number`` nearest written questions that lead somewhere, and the nearest that must be refused; best first."""
        state, vector = self._current(), self.vector(question)
        inside, outside = (
            state.question_vectors.search(vector, number, ids) for ids in state.catalogue.question_ids
        )
        return tuple(cosine for _, cosine in inside), tuple(cosine for _, cosine in outside)

    def _both_vectors(self, question: str, added: str) -> Vectors:
        """``(2, dimension)``: the question as typed, and with the rules' words; embedded once where it has none, which is half of all questions."""
        vectors = self._embedding.embed_queries(
            list(dict.fromkeys((question, f"{question} {added}".strip())))
        )
        return vectors[[0, -1]]


@dataclass(frozen=True, slots=True)
class _State:
    """The library as it was at one generation, and how it is searched. The words may be younger: those of what the catalogue does not know are left."""

    generation: int
    catalogue: _Catalogue
    vectors: PassageVectors
    question_vectors: VectorIndex
    library: Library
    weights: Weights
    embedded: Callable[[str, str], Vectors]
    some_questions: bool  # a measure leaves some of the written ones out
    headings_by_word: dict[str, list[tuple[str, frozenset[str]]]]
    scopes: OrderedDict[Key, _Scope] = field(default_factory=OrderedDict)
    lock: Lock = field(default_factory=Lock)

    def search(self, question: str, limit: int, key: Key) -> tuple[Hit, ...]:
        """See ``Searcher.search``."""
        catalogue = self.catalogue
        if not len(catalogue.ids) or not question.strip():
            return ()
        scope, collections = self._scope(key), key[2]
        if scope.ids is not None and not len(scope.ids):
            return ()
        found = _Found(len(catalogue.ids))
        added = understanding.rule_words(question)
        asked, spoken = self.embedded(question, added)
        self._by_words(question, added, key, found)
        self._by_vectors(spoken, scope, found)
        rarities = self._rarities(question)
        self._by_headings(question, rarities, found)
        self._by_rare_words(rarities, key, found)
        silent = [
            catalogue.regimes[regime.headings.pattern] for regime in understanding.silent_regimes(question)
        ]
        rows = found.rows()
        found.scores[rows[_any(silent, rows)]] *= self.weights.silent_regime
        self._by_questions(asked, scope.allowed, silent, found)
        self._by_references(question, scope.allowed, found)
        return self._hits(found, scope.allowed, limit, collections)

    # ---- channels ---------------------------------------------------------------------------------------------------------------

    def _scope(self, key: Key) -> _Scope:
        with self.lock:
            if key in self.scopes:
                self.scopes.move_to_end(key)
                return self.scopes[key]
        allowed = self._allowed(*key)
        made = _Scope(allowed, None if allowed.all() else self.catalogue.ids[allowed])
        with self.lock:
            made = self.scopes.setdefault(key, made)
            if len(self.scopes) > _SCOPES_KEPT:
                self.scopes.popitem(last=False)
            return made

    def _allowed(
        self, day: date, kinds: Sequence[Kind], collections: Reach, sources: frozenset[str]
    ) -> NDArray[np.bool_]:
        catalogue, number = self.catalogue, day.toordinal()
        allowed = (catalogue.valid_from <= number) & (number < catalogue.valid_to)
        if kinds or collections is not EVERYWHERE or sources:
            wanted = [
                serial
                for serial, source in catalogue.sources.items()
                if (not kinds or source.kind in kinds)
                and reaches(collections, catalogue.collections[serial])
                and (not sources or source.id in sources)
            ]
            allowed &= np.isin(catalogue.serials, wanted)
        return allowed & self._best_dated(allowed)

    def _best_dated(self, allowed: NDArray[np.bool_]) -> NDArray[np.bool_]:
        """Of the copies of one article that lie in several documents, the one that knows the oldest date of its wording."""
        units, dates = self.catalogue.units, self.catalogue.valid_from
        oldest = np.full(int(np.max(units)) + 1, _ALWAYS_TO)
        np.minimum.at(oldest, units[allowed], dates[allowed])
        best: NDArray[np.bool_] = dates == oldest[units]
        return best

    def _by_words(self, question: str, added: str, key: Key, found: "_Found") -> None:
        scores: dict[int, float] = {}
        for text, weight in ((question, 1.0), (added, self.weights.added_words)):
            for id_, score in self._with_words(text, CANDIDATES, key):
                scores[id_] = scores.get(id_, 0.0) + weight * score
        best = max(scores.values(), default=0.0)
        rows, known = self._known_rows(scores)
        found.add(
            Channel.WORDS,
            rows,
            np.array([self.weights.words * scores[id_] / best for id_ in scores], dtype=np.float64)[known],
        )

    def _with_words(self, text: str, limit: int, key: Key) -> list[tuple[int, float]]:
        day, kinds, collections, _ = key
        return self.library.words.search(
            text, limit, day=day, kinds=[kind.value for kind in kinds], collections=collections
        )

    def _by_rare_words(self, rarities: Mapping[str, float], key: Key, found: "_Found") -> None:
        total = sum(rarities.values())
        for word, rarity in rarities.items():
            if rarity and 0 < self.library.words.holding(word) <= FEW:
                rows, _ = self._known_rows(id_ for id_, _ in self._with_words(word, FEW, key))
                found.lift(rows, np.full(len(rows), self.weights.rare_words * rarity / total))

    def _rarities(self, text: str) -> dict[str, float]:
        """The words of a text, each with its rarity."""
        words = self.library.words
        return {word: words.rarity(word) for word in words.words(text)}

    def _by_vectors(self, vector: NDArray[np.float32], scope: _Scope, found: "_Found") -> None:
        near = self.vectors.search(vector, CANDIDATES, scope.ids)
        if not near:
            return
        rows, known = self._known_rows([id_ for id_, _ in near])
        cosines = np.array([cosine for _, cosine in near])[known]
        if not len(rows):
            return
        found.similarity.update(zip(rows.tolist(), cosines.tolist(), strict=True))
        spread = max(float(cosines[0] - cosines[-1]), 1e-6)
        found.add(Channel.VECTORS, rows, self.weights.vectors * (cosines - cosines[-1]) / spread)

    def _by_questions(
        self,
        vector: NDArray[np.float32],
        allowed: NDArray[np.bool_],
        silent: list[NDArray[np.bool_]],
        found: "_Found",
    ) -> None:
        floor = self.weights.question_floor
        best: dict[int, float] = {}
        only = _ids(self.catalogue.targets) if self.some_questions else None
        for id_, cosine in self.question_vectors.search(vector, QUESTION_CANDIDATES, only):
            for row in self._target_rows(
                self.catalogue.targets.get(id_, ())
            ):  # nothing: written by another process since the last refresh
                if allowed[row]:
                    best.setdefault(row, cosine)
        if best:
            rows = np.array(list(best), dtype=np.int64)
            cosines = np.array(list(best.values()))
            found.question_similarity.update(best)
            near = cosines > floor
            share = np.where(_any(silent, rows), self.weights.silent_question, 1.0)
            found.add(
                Channel.QUESTION,
                rows[near],
                self.weights.questions * (share * (cosines - floor) / (1 - floor))[near],
            )

    def _target_rows(self, targets: Iterable[Target]) -> Iterable[int]:
        catalogue = self.catalogue
        for target in targets:
            if target.sheet is not None:
                serial = catalogue.by_sheet.get(target.sheet)
                if serial in catalogue.first_rows:
                    yield catalogue.first_rows[serial]
            elif target.article is not None:
                yield from catalogue.articles.get(f"{target.work} {target.article}", [])

    def _by_headings(self, question: str, rarities: Mapping[str, float], found: "_Found") -> None:
        asked = [rarities, *map(self._rarities, question.split(" : ")[1:])]
        every = {word for part in asked for word in part}
        for heading, words in (one for word in every for one in self.headings_by_word.get(word, ())):
            share = max(
                (
                    sum(part[word] for word in words) / sum(part.values())
                    for part in asked
                    if words <= part.keys() and any(part.values())
                ),
                default=0.0,
            )
            if share > HEADING_SHARE:
                rows = self.catalogue.headings[heading]
                found.lift(rows, np.full(len(rows), self.weights.headings * share))

    def _by_references(self, question: str, allowed: NDArray[np.bool_], found: "_Found") -> None:
        for position, reference in enumerate(references.articles(question)):
            key = f"{reference.work} {reference.article}" if reference.work else str(reference.article)
            rows = np.array(
                [row for row in self.catalogue.articles.get(key, []) if allowed[row]], dtype=np.int64
            )
            if len(rows):
                found.add(
                    Channel.REFERENCE, rows, np.full(len(rows), self.weights.reference - 0.01 * position)
                )

    # ---- results ----------------------------------------------------------------------------------------------------------------

    def _known_rows(self, ids: Iterable[int]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
        """The rows of those ids that the catalogue knows, and which these are: another process or machine may have added or removed some since."""
        asked = _ids(ids)
        rows = np.minimum(np.searchsorted(self.catalogue.ids, asked), len(self.catalogue.ids) - 1)
        known: NDArray[np.bool_] = self.catalogue.ids[rows] == asked
        return rows[known], known

    def _hits(
        self, found: "_Found", allowed: NDArray[np.bool_], limit: int, collections: Reach
    ) -> tuple[Hit, ...]:
        catalogue = self.catalogue
        rows = found.rows()
        scores = found.scores
        scores[rows[~allowed[rows]]] = 0.0
        kept = self._one_for_each_article(rows, scores[rows])[:FIRST]
        if limit > FIRST:
            around = self._around(rows)
            lifted = np.where(allowed[around], self._lifted(around, scores), 0.0)
            lifted[np.searchsorted(around, kept)] = lifted.max() + scores[kept]
            kept = self._one_for_each_article(around, lifted)
        kept = kept[:limit]
        stored = self.library.store.passages([int(catalogue.ids[row]) for row in kept], collections)
        hits: list[Hit] = []
        for row in kept:
            pair = stored.get(int(catalogue.ids[row]))
            if pair is None:  # taken out by another process since the last refresh
                continue
            hits.append(
                Hit(
                    rank=len(hits) + 1,
                    score=float(scores[row]),
                    found_by=tuple(channel for channel in Channel if row in found.channels.get(channel, ())),
                    source=catalogue.sources[pair[0]],
                    passage=pair[1],
                    similarity=found.similarity.get(int(row)),
                    question_similarity=found.question_similarity.get(int(row)),
                )
            )
        return tuple(hits)

    def _one_for_each_article(
        self, rows: NDArray[np.int64], scores: NDArray[np.float64]
    ) -> NDArray[np.int64]:
        """Those of ``rows``, ascending, that have a score (``scores``, as many), best first, the best passage of each article only."""
        order = np.argsort(-scores, kind="stable")
        order = rows[order[scores[order] > 0]]
        _, first = np.unique(self.catalogue.units[order], return_index=True)
        return order[np.sort(first)]

    def _around(self, rows: NDArray[np.int64]) -> NDArray[np.int64]:
        """``rows`` and their neighbours, ascending."""
        steps = np.arange(-_NEIGHBOURS, _NEIGHBOURS + 1)
        around = np.unique(rows[:, None] + steps)
        return around[(around >= 0) & (around < len(self.catalogue.ids))]

    def _lifted(self, rows: NDArray[np.int64], scores: NDArray[np.float64]) -> NDArray[np.float64]:
        """Of ``rows``, each score (``scores`` are of all rows) with those of its neighbours in the same document, less and less with the distance."""
        serials, total, last = self.catalogue.serials, scores[rows], len(self.catalogue.ids) - 1
        for distance in range(1, _NEIGHBOURS + 1):
            share = self.weights.neighbours**distance
            for other in (rows - distance, rows + distance):
                there = np.clip(other, 0, last)
                same = (there == other) & (serials[there] == serials[rows])
                total += share * scores[there] * same
        return total


class _Found:
    """Scores of one search, by row of the catalogue."""

    def __init__(self, rows: int) -> None:
        self.scores = np.zeros(rows)
        self.similarity, self.question_similarity = dict[int, float](), dict[int, float]()
        self.channels: dict[Channel, frozenset[int]] = {}
        self._touched: list[NDArray[np.int64]] = []

    def rows(self) -> NDArray[np.int64]:
        """Rows that have a score, ascending: some hundreds of all there are."""
        return np.unique(np.concatenate([*self._touched, np.empty(0, dtype=np.int64)]))

    def lift(self, rows: NDArray[np.int64], scores: NDArray[np.float64]) -> None:
        self.scores[rows] += scores
        self._touched.append(rows)

    def add(self, channel: Channel, rows: NDArray[np.int64], scores: NDArray[np.float64]) -> None:
        self.lift(rows, scores)
        self.channels[channel] = self.channels.get(channel, frozenset()) | frozenset(rows.tolist())


def _ids(ids: Iterable[int]) -> NDArray[np.int64]:
    return np.fromiter(ids, dtype=np.int64)


def _any(regimes: Sequence[NDArray[np.bool_]], rows: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Which of ``rows`` are of one of the regimes, each ``(n,)``."""
    found = np.zeros(len(rows), dtype=np.bool_)
    for regime in regimes:
        found |= regime[rows]
    return found


def _targets(written: str) -> tuple[Target, ...]:
    return tuple(Target(*target) for target in json.loads(written))


def _headings_by_word(
    catalogue: _Catalogue, library: Library, known: dict[str, frozenset[str]]
) -> dict[str, list[tuple[str, frozenset[str]]]]:
    """Every heading with its words, under the longest of them: a question that has not this one does not say the heading. ``known`` has the words of some."""
    found: dict[str, list[tuple[str, frozenset[str]]]] = {}
    for heading in catalogue.headings:
        if heading not in known:
            known[heading] = frozenset(library.words.words(_NUMBERING.sub("", heading)))
        if words := known[heading]:
            found.setdefault(max(words, key=lambda word: (len(word), word)), []).append((heading, words))
    return found


def _catalogue(library: Library, asked: Callable[[AskedQuestion], bool] | None) -> _Catalogue:
    scanned = library.store.scan_passages()
    regimes = understanding.all_regimes()
    units: dict[tuple[str | None, str], int] = {}
    articles: dict[str, list[int]] = {}
    trails: dict[str, tuple[bool, ...]] = {}
    fold_heading = cache(fold_words)
    nearest_of: dict[str, str] = {}
    nearest: dict[str, list[int]] = {}
    n = len(scanned)
    unit_of, flags = np.empty(n, dtype=np.int64), np.zeros((len(regimes), n), dtype=np.bool_)
    for row, (id_, _serial, work, article, headings, _valid_from, _) in enumerate(scanned):
        key = (work, article) if article else (None, str(id_))
        unit_of[row] = units.setdefault(key, len(units))
        if article:
            articles.setdefault(article, []).append(row)
            articles.setdefault(f"{work} {article}", []).append(row)
        if headings not in trails:
            trail = json.loads(headings)
            nearest_of[headings] = trail[-1] if trail else ""
            folded = " > ".join(fold_heading(heading) for heading in trail)
            trails[headings] = tuple(bool(regime.headings.search(folded)) for regime in regimes)
        flags[:, row] = trails[headings]
        nearest.setdefault(nearest_of[headings], []).append(row)
    sources = library.store.sources_by_serial()
    targets_of = cache(_targets)  # most questions of a case lead to the same
    asked_of = {id_: (serial, targets_of(written)) for id_, serial, written in library.store.scan_questions()}
    targets = {id_: led for id_, (_, led) in asked_of.items()}
    own = [
        led for serial, led in asked_of.values() if serial in sources and sources[serial].kind is Kind.SHEET
    ]
    resting: dict[tuple[str | None, str | None], set[str]] = {}
    for led in own:
        for target in led:
            if target.article is not None and led[0].sheet is not None:
                resting.setdefault((target.work, target.article), set()).add(led[0].sheet)
    if asked is not None:
        kept = (
            id_
            for serial in sources
            for id_, question in library.store.questions_of(serial)
            if asked(question)
        )
        targets = {id_: targets[id_] for id_ in sorted(kept)}
    return _Catalogue(
        ids=np.array([row[0] for row in scanned], dtype=np.int64),
        serials=np.array([row[1] for row in scanned], dtype=np.int64),
        units=unit_of,
        valid_from=np.array(
            [date.fromisoformat(row[5]).toordinal() if row[5] else _ALWAYS_FROM for row in scanned],
            dtype=np.int64,
        ),
        valid_to=np.array(
            [date.fromisoformat(row[6]).toordinal() if row[6] else _ALWAYS_TO for row in scanned],
            dtype=np.int64,
        ),
        regimes={regime.headings.pattern: flags[index] for index, regime in enumerate(regimes)},
        articles=articles,
        headings={heading: np.array(rows, dtype=np.int64) for heading, rows in nearest.items() if heading},
        sources=sources,
        collections=library.store.collections_by_serial(),
        first_rows=dict(
            zip(
                *(part.tolist() for part in np.unique([row[1] for row in scanned], return_index=True)),
                strict=True,
            )
        ),
        by_sheet={
            Path(source.origin).stem: serial
            for serial, source in sources.items()
            if source.kind is Kind.SHEET
        },
        targets=targets,
        question_ids=(
            _ids(id_ for id_, led in targets.items() if any(not target.refused for target in led)),
            _ids(id_ for id_, led in targets.items() if not led or any(target.refused for target in led)),
        ),
        cases=frozenset(
            (target.sheet, target.case) for led in own for target in led[:1] if target.sheet and target.case
        ),
        resting={key: tuple(sorted(ids)) for key, ids in resting.items()},
    )
