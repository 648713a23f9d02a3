"""Clauses for a need in a buyer's words: model clauses first, then what earlier contracts and tenders said.

Each clause is cut into segments (a precedent's sub-articles, a model clause's purpose and wording), and answers a need as well as its best segment. Model
clauses are ranked by the needs that they say they answer (by their own words, where they say none), the words shared and the subject. The best of them then
speak for the need beside the buyer's own words: their title, wording and subject are a contract's. Everything is relative to the other candidates of the same
search: no threshold depends on a model's cosines.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from assistant.datatypes import (
    Document,
    FoundClause,
    Kind,
    ModelClause,
    Place,
    Precedent,
    PrecedentPart,
    Span,
)
from assistant.drafting import precedents, subjects
from assistant.drafting.everyday import EverydayWords
from assistant.drafting.library import ClauseLibrary
from assistant.errors import NotIndexedError, UsageError
from assistant.french.folding import fold_line
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.protocols import EmbeddingModel, Vectors
from assistant.reach import EVERYWHERE, Reach, reaches, read_by

# Passages of contracts and tenders taken from the search of the library: some hundred articles, of which a need wants five.
CANDIDATES = 300
# Documents whose articles are kept at hand between two searches.
_KEPT_DOCUMENTS = 200
# The piece « CCP » is a CCAP and a CCTP in one.
_MERGED = frozenset(("CCAP", "CCTP"))
# Model clauses that speak for a need, where it is turned into a contract's words.
_BRIDGES = 3
# Two articles are one text when they share this part of their words, 0 to 1: the same contract as DOCX and Markdown shares 0.9 and more.
SAME_TEXT = 0.8
# What a filter may ask for: where model clauses go, and the pieces that documents are known as.
PIECES = tuple(dict.fromkeys((*(place.value for place in Place), "CCP", "guide", "autre")))


@dataclass(frozen=True, slots=True)
class Weights:
    """What each reason to believe counts. Chosen on needs that served to choose, read on others (docs/decisions.md)."""

    titles: float = 1.0
    body: float = 0.6
    vectors: float = 1.0
    subject: float = 0.5
    # The words that contracts have for what the buyer says in everyday ones.
    everyday_titles: float = 0.8
    everyday_body: float = 0.5
    # Of the model clauses that answer the need best: nearness to their wording, words of their titles, their subjects.
    bridge_vectors: float = 0.5
    bridge_titles: float = 0.5
    bridge_subject: float = 0.4

    @property
    def total(self) -> float:
        """The best score that a clause can have."""
        return float(sum(getattr(self, one.name) for one in fields(self)))


PRECEDENTS = Weights()
# A model clause says in buyers' words the needs that it answers: the nearest of them say more than its wording.
MODELS = Weights(
    titles=0.4,
    body=0.4,
    vectors=1.0,
    subject=0.2,
    everyday_titles=0.3,
    everyday_body=0.2,
    bridge_vectors=0,
    bridge_titles=0,
    bridge_subject=0,
)
# How many of those needs speak for a clause: one alone may be near by a word.
_SPEAKING_NEEDS = 3


@dataclass(frozen=True, slots=True)
class Filters:
    """What is wanted; an empty one lets everything through. ``since``: a document that says no date is left out."""

    subjects: tuple[str, ...] = ()
    pieces: tuple[str, ...] = ()
    kinds: tuple[Kind, ...] = ()
    collections: Reach = EVERYWHERE
    since: date | None = None


@dataclass(frozen=True, slots=True)
class _Segment:
    """A part of a clause that may answer alone; ``titles`` and ``body`` are its words as the index knows them."""

    titles: frozenset[str]
    body: frozenset[str]
    vectors: Vectors  # (n, dimension), unit rows; n may be 0
    subject: str | None
    part: PrecedentPart | None = None


@dataclass(frozen=True, slots=True)
class _Candidate:
    """``need_vectors``: for a model clause, those of the ways in which its need is said."""

    clause: ModelClause | None
    precedent: Precedent | None
    segments: tuple[_Segment, ...]
    need_vectors: "Vectors | None" = None


@dataclass(frozen=True, slots=True)
class _Asked:
    """A need as it is looked for: its words, those that contracts have for them, its vector, its subjects, the model clauses that speak for it."""

    words: frozenset[str]
    contract_words: frozenset[str]
    vector: NDArray[np.float32]
    subjects: tuple[str, ...]
    bridges: tuple[_Candidate, ...] = ()


def precedent(library: Library, id_: str, collections: Reach = EVERYWHERE) -> Precedent:
    """The precedent of that id, a whole article or a sub-article of one.

    Raises:
        NotIndexedError: its source is not indexed, or lies in none of ``collections``, or has no such article.
    """
    source_id, store = precedents.source_of(id_), library.store
    filed = store.collections_by_serial()
    known = any(
        source.id == source_id and reaches(collections, filed[serial])
        for serial, source in store.sources_by_serial().items()
    )
    found = precedents.named(store.document(source_id), id_) if known else None
    if found is None:
        reason = (
            f"La source « {source_id} » n'a pas d'article de cet identifiant."
            if known
            else f"Aucune source indexée ne porte l'identifiant « {source_id} »."
        )
        raise NotIndexedError(
            f"Pas de précédent « {id_} ». {reason}", "« assistant clauses TEXTE » donne les identifiants."
        )
    return found


class ClauseFinder:
    """Finds clauses in a library and among model clauses; cheap to keep, it follows both."""

    def __init__(
        self, library: Library, searcher: Searcher | None, embedding: EmbeddingModel, clauses: ClauseLibrary
    ) -> None:
        """``searcher``: None where nothing is indexed; model clauses only are found then."""
        self._library, self._searcher, self._embedding, self._clauses = library, searcher, embedding, clauses
        self._everyday = EverydayWords(library.words.words)
        self._articles: dict[str, tuple[_Candidate, ...]] = {}
        self._reading = Lock()  # several searches at a time keep the same documents
        self._generation = -1
        self._models: tuple[_Candidate, ...] | None = None

    def models(self, need: str, filters: Filters | None = None, limit: int = 10) -> tuple[FoundClause, ...]:
        """The model clauses that answer ``need``, best first; for an empty need, all that the filters leave.

        Raises:
            UsageError: ``limit`` is below 1.
        """
        _require(limit)
        self._follow()
        ranked = (
            self._ranked(self._asked(need), self._model_candidates(), MODELS)
            if need.strip()
            else [(one, 0.0, None) for one in self._model_candidates()]
        )
        return _numbered(
            one
            for one in (_found(*each) for each in ranked)
            if one.clause and _wants(one.clause, filters or Filters())
        )[:limit]

    def precedents(
        self, need: str, filters: Filters | None = None, limit: int = 10
    ) -> tuple[FoundClause, ...]:
        """The articles of earlier contracts and tenders that answer ``need``, best first, each text once; for an empty need, all, the latest first.

        Raises:
            UsageError: ``limit`` is below 1.
        """
        _require(limit)
        self._follow()
        wanted = filters or Filters()
        if not need.strip():
            return _numbered(
                _once(
                    [
                        _found(one, 0.0, None)
                        for one in _latest(self._precedent_candidates(self._places("", wanted), wanted))
                    ],
                    limit,
                )
            )
        asked = self._asked(need)
        bridges = tuple(one for one, _, _ in self._ranked(asked, self._model_candidates(), MODELS)[:_BRIDGES])
        candidates = self._precedent_candidates(self._places(need, wanted, bridges), wanted)
        return _numbered(
            _once(
                [
                    _found(*each)
                    for each in self._ranked(replace(asked, bridges=bridges), candidates, PRECEDENTS)
                ],
                limit,
            )
        )

    # ---- candidates --------------------------------------------------------------------------------------------------------------

    def _follow(self) -> None:
        generation = self._library.store.generation
        if generation != self._generation:
            with self._reading:
                self._articles.clear()
            self._models = None
            self._generation = generation

    def _model_candidates(self) -> tuple[_Candidate, ...]:
        """Every model clause, in the order of ids: those that a filter leaves out still turn the need into a contract's words."""
        models = self._models
        if models is None:  # several threads may come to it at once: each makes the same
            models = self._models = tuple(self._as_candidates(self._clauses.clauses))
        return models

    def _as_candidates(self, clauses: Sequence[ModelClause]) -> Iterable[_Candidate]:
        texts = [(clause.purpose, clause.at(2).wording) for clause in clauses]
        titled = [
            f"{clause.title}\n{text}" for clause, pair in zip(clauses, texts, strict=True) for text in pair
        ]
        needs = [need for clause in clauses for need in clause.needs]
        need_vectors, vectors = self._library.kept_vectors("clauses", self._embedding).of(needs, titled)
        first = 0
        for index, clause in enumerate(clauses):
            title, rows = self._words(clause.title), vectors[2 * index : 2 * index + 2]
            segments = tuple(
                _Segment(title, self._words(text), row[None], clause.subject)
                for text, row in zip(texts[index], rows, strict=True)
            )
            said = need_vectors[first : first + len(clause.needs)]
            first += len(clause.needs)
            yield _Candidate(clause, None, segments, said if len(said) else None)

    def _precedent_candidates(
        self, places: Iterable[tuple[str, Span | None]], wanted: Filters
    ) -> list[_Candidate]:
        found: dict[str, _Candidate] = {}
        for source_id, span in places:
            for one in self._articles_of(source_id):
                if (
                    one.precedent
                    and (span is None or one.precedent.span.overlaps(span))
                    and _kept(one.precedent, wanted)
                ):
                    found.setdefault(one.precedent.id, one)
        return list(found.values())

    def _places(
        self, need: str, wanted: Filters, bridges: Sequence[_Candidate] = ()
    ) -> Iterable[tuple[str, Span | None]]:
        """Where to look: the passages that the library's search finds for the need and for the best model clause; without a need, every document whole."""
        kinds = [kind for kind in precedents.KINDS if not wanted.kinds or kind in wanted.kinds]
        if self._searcher is None or not kinds:
            return
        for text in (
            need,
            *(f"{one.clause.title}. {one.clause.purpose}" for one in bridges[:1] if one.clause),
        ):
            if text.strip():
                for hit in self._searcher.search(
                    text, limit=CANDIDATES, kinds=kinds, collections=wanted.collections
                ):
                    yield hit.source.id, hit.passage.span
        if need.strip():
            return
        filed = self._library.store.collections_by_serial()
        for serial, source in self._library.store.sources_by_serial().items():
            if source.kind in kinds and reaches(wanted.collections, filed[serial]):
                yield source.id, None

    @read_by(None)
    def _articles_of(self, source_id: str) -> tuple[_Candidate, ...]:
        with self._reading:
            if source_id not in self._articles:
                if len(self._articles) >= _KEPT_DOCUMENTS:
                    del self._articles[next(iter(self._articles))]
                self._articles[source_id] = tuple(self._read(self._library.store.document(source_id)))
            return self._articles[source_id]

    def _read(self, document: Document) -> Iterable[_Candidate]:
        found = precedents.extract(document)
        if not found:
            return
        store = self._library.store
        serial = next(
            serial for serial, source in store.sources_by_serial().items() if source.id == document.source.id
        )
        spans = [passage.span for _, passage in store.passages_of(serial)]
        _, vectors = store.passage_vectors(serial, self._embedding.dimension)
        for precedent in found:
            yield _Candidate(None, precedent, tuple(self._segments(precedent, spans, vectors)))

    def _segments(self, precedent: Precedent, spans: Sequence[Span], vectors: Vectors) -> Iterable[_Segment]:
        """The sub-articles of a precedent, and what stands before the first; without any, the whole, a passage at a time where it is long."""
        parts = precedent.parts
        leaves = [
            part
            for part in parts
            if not any(other is not part and _holds(part.span, other.span) for other in parts)
        ]
        above = precedent.headings[-1] if precedent.headings else ""
        own = Span(
            precedent.span.start,
            max(precedent.span.start, leaves[0].span.start) if leaves else precedent.span.end,
        )
        cuts: list[tuple[str, Span, str | None, PrecedentPart | None]] = []
        if not leaves and len(own) > precedents.MOST_CHARACTERS:
            cuts = [(precedent.title, span, precedent.subject, None) for span in spans if _holds(own, span)]
        elif not leaves or len(own) > len(precedent.label) + precedents.FEWEST_CHARACTERS:
            cuts = [(f"{precedent.title} {above}", own, precedent.subject, None)]
        cuts += [(f"{part.title} {precedent.title}", part.span, part.subject, part) for part in leaves]
        for titles, span, subject, part in cuts:
            text = precedent.text[span.start - precedent.span.start : span.end - precedent.span.start]
            rows = [
                row
                for row, other in enumerate(spans)
                if 2 * _common(span, other) >= min(len(span), len(other))
            ]
            yield _Segment(self._words(titles), self._words(text), vectors[rows], subject, part)

    def _words(self, text: str) -> frozenset[str]:
        return frozenset(self._library.words.words(text))

    # ---- ranking -----------------------------------------------------------------------------------------------------------------

    def _asked(self, need: str) -> _Asked:
        words = self._words(need)
        return _Asked(
            words,
            self._everyday.contract_words(words),
            self._embedding.embed_queries([need])[0],
            subjects.of_need(need),
        )

    def _ranked(
        self, asked: _Asked, candidates: Sequence[_Candidate], weights: Weights
    ) -> list[tuple[_Candidate, float, PrecedentPart | None]]:
        segments = [segment for one in candidates for segment in one.segments]
        if not segments:
            return []
        titled, bodies = [segment.titles for segment in segments], [segment.body for segment in segments]
        rarity = _rarity([segment.titles | segment.body for segment in segments])
        scores = weights.vectors * _nearness(asked, candidates)
        scores += weights.titles * _shares(asked.words, titled, rarity) + weights.body * _shares(
            asked.words, bodies, rarity
        )
        scores += weights.everyday_titles * _shares(asked.contract_words, titled, rarity)
        scores += weights.everyday_body * _shares(asked.contract_words, bodies, rarity)
        scores += weights.subject * _among([segment.subject for segment in segments], asked.subjects)
        if asked.bridges:
            towards = np.concatenate([segment.vectors for one in asked.bridges for segment in one.segments])
            titles = frozenset(word for one in asked.bridges for word in one.segments[0].titles)
            scores += weights.bridge_vectors * _relative(
                [_nearest(segment.vectors, towards) for segment in segments]
            )
            scores += weights.bridge_titles * _shares(titles, titled, rarity)
            scores += weights.bridge_subject * _among(
                [segment.subject for segment in segments], [one.segments[0].subject for one in asked.bridges]
            )
        ranked = []
        last = 0
        for one in candidates:
            first, last = last, last + len(one.segments)
            best = first + int(np.argmax(scores[first:last]))
            ranked.append((one, float(scores[best]) / weights.total, segments[best].part))
        return sorted(ranked, key=lambda triple: -triple[1])


def _nearness(asked: _Asked, candidates: Sequence[_Candidate]) -> NDArray[np.float64]:
    """For each segment, how near the need is by vectors: to the needs that its clause says, where it says some, else to its own words."""
    own = [
        _nearest(segment.vectors, asked.vector[None]) if one.need_vectors is None else -1.0
        for one in candidates
        for segment in one.segments
    ]
    said = [one.need_vectors @ asked.vector for one in candidates if one.need_vectors is not None]
    by_words = _relative(own)
    if not said:
        return by_words
    by_needs = iter(
        np.split(_relative(list(np.concatenate(said))), np.cumsum([len(one) for one in said])[:-1])
    )
    row = 0
    for one in candidates:
        if one.need_vectors is not None:
            by_words[row : row + len(one.segments)] = np.sort(next(by_needs))[-_SPEAKING_NEEDS:].mean()
        row += len(one.segments)
    return by_words


def _require(limit: int) -> None:
    if limit < 1:
        raise UsageError("Il faut demander au moins une clause.", "Par exemple : --limit 10.")


def _rarity(texts: Sequence[frozenset[str]]) -> dict[str, float]:
    """Inverse document frequency of the words of ``texts``: what every contract says counts for little."""
    counts = Counter(word for text in texts for word in text)
    return {word: math.log(1 + (len(texts) - count + 0.5) / (count + 0.5)) for word, count in counts.items()}


def _shares(
    words: frozenset[str], texts: Sequence[frozenset[str]], rarity: Mapping[str, float]
) -> NDArray[np.float64]:
    """For each text, the share (0 to 1) of ``words`` that it has, by their rarity. A word that no text has is the buyer's own, and counts for none."""
    known = {word: rarity[word] for word in words if word in rarity}
    total = sum(known.values()) or 1.0
    return np.array([sum(known[word] for word in known if word in text) / total for text in texts])


def _among(subjects_: Sequence[str | None], wanted: Sequence[str | None]) -> NDArray[np.float64]:
    return np.array([subject is not None and subject in wanted for subject in subjects_], dtype=np.float64)


def _holds(one: Span, other: Span) -> bool:
    return one.start <= other.start and other.end <= one.end


def _common(one: Span, other: Span) -> int:
    return max(0, min(one.end, other.end) - max(one.start, other.start))


def _nearest(vectors: Vectors, towards: Vectors) -> float:
    """The best cosine between the rows of both; -1 where there is none."""
    return float(np.max(vectors @ towards.T)) if len(vectors) and len(towards) else -1.0


def _relative(cosines: Sequence[float]) -> NDArray[np.float64]:
    """Cosines as places between the middle one of this search (0) and the best (1); below the middle, nothing."""
    values = np.array(cosines, dtype=np.float64)
    middle, best = float(np.median(values)), float(np.max(values))
    return np.clip((values - middle) / max(best - middle, 1e-6), 0.0, 1.0)


def _wants(clause: ModelClause, wanted: Filters) -> bool:
    """Model clauses have no date and lie in no collection: a filter on either asks for precedents."""
    kind = not wanted.kinds or Kind.CLAUSE in wanted.kinds
    about = not wanted.subjects or clause.subject in wanted.subjects
    return (
        kind
        and about
        and (not wanted.pieces or clause.place.value in wanted.pieces)
        and not wanted.since
        and wanted.collections is EVERYWHERE
    )


def _kept(precedent: Precedent, wanted: Filters) -> bool:
    about = {precedent.subject, *(part.subject for part in precedent.parts)}
    piece = bool(
        not wanted.pieces
        or precedent.piece in wanted.pieces
        or (precedent.piece == "CCP" and _MERGED & set(wanted.pieces))
    )
    recent = wanted.since is None or (precedent.dated is not None and precedent.dated >= wanted.since)
    return piece and recent and (not wanted.subjects or bool(about & set(wanted.subjects)))


def _latest(candidates: Sequence[_Candidate]) -> list[_Candidate]:
    return sorted(
        candidates, key=lambda one: (one.precedent and one.precedent.dated) or date.min, reverse=True
    )


def _once(found: Sequence[FoundClause], limit: int) -> list[FoundClause]:
    """The first ``limit`` texts, each once: a contract kept in two formats, or an article that every chapter repeats, would fill the list."""
    kept: list[tuple[FoundClause, frozenset[str]]] = []
    for one in found:
        if len(kept) == limit:
            break
        words = frozenset(fold_line(one.precedent.text).split()) if one.precedent else frozenset()
        same = next(
            (
                at
                for at, (_, theirs) in enumerate(kept)
                if len(words & theirs) >= SAME_TEXT * len(words | theirs)
            ),
            None,
        )
        if same is None:
            kept.append((one, words))
        elif one.precedent:
            first, theirs = kept[same]
            kept[same] = replace(first, copies=(*first.copies, one.precedent)), theirs
    return [one for one, _ in kept]


def _numbered(found: Iterable[FoundClause]) -> tuple[FoundClause, ...]:
    return tuple(replace(one, rank=rank) for rank, one in enumerate(found, 1))


def _found(one: _Candidate, score: float, part: PrecedentPart | None) -> FoundClause:
    return FoundClause(0, round(score, 4), one.clause, one.precedent, part)
