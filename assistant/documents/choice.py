"""Which sentence answers: a few signs of each candidate, and one fitted combination of them (``python -m training.choice``)."""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from assistant.documents import words
from assistant.documents.candidates import read_in_columns
from assistant.documents.interaction import Words, learned
from assistant.documents.values import Candidate, Known
from assistant.french.folding import fold
from assistant.lines import one_line
from assistant.reader.fields import Subject, passage
from assistant.reader.together import Together
from assistant.summaries.fields.summary import shown
from assistant.tender import pieces

# The candidates that are looked at with the encoder, and those of them with the trained reader: each costs some milliseconds.
EMBEDDED, READ = 64, 12
# Those that are read together with the question.
READ_TOGETHER = 24
# What the rank of its passage counts in that first choice, and how fast it fades: 0.94 of the right sentences are kept, 0.86 without it.
RANK_SHARE, RANKS = 0.8, 10.0
# What the cosine counts in the second.
COSINE_SHARE = 8.0
# Sentences whose vectors a process remembers, 1.5 kB each, and passages of which it remembers what the trained reader saw: it is asked about the same ones by
# most questions on a document, and costs the most. Of the tokens of a sentence it remembers 12 kB at most.
REMEMBERED, TOKENS_REMEMBERED = 20_000, 5_000

# Of what tells whose a sentence is: characters of its file's name, which a short one leaves to what is bought, and names that it says again and again.
_LONGEST_STEM, _LEAST_STEM, _MOST_NAMES = 40, 12, 2
_PLAIN = re.compile(r"[_\W]+")

Vectors = NDArray[np.float32]
_Made = TypeVar("_Made")


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as the signs see it.

    Attributes:
        text: as typed.
        words: those that name no document, with their rarity.
        vectors: of the question as typed, and without what names a document, ``(2, dimension)``.
        expected: what it expects to read (see ``words.expected``).
        pieces: the kinds of piece that it names (« le CCAP »).
        subject: what the trained reader sees in it, or None without it.
    """

    text: str
    words: Mapping[str, float]
    expected: Sequence[re.Pattern[str]]
    pieces: Sequence[str]
    vectors: Vectors
    subject: Subject | None


class Signs:
    """Computes the signs of candidates.

    Args:
        words_of: a text's words as the index knows them.
        rarity: 0 (everywhere) to 1 (nowhere) for one of those words.
        embed: the vectors of passages, ``(n, dimension)``.
        tokens: the token vectors of texts, ``(tokens, dimension)`` each.
        read: what the trained reader sees in texts, or None without it.
        together: how surely texts answer a question, read together with it, or None without it.
    """

    NAMES = (
        "words",
        "titles",
        "cosine",
        "nearest",
        "field",
        "summary",
        "expected",
        "named",
        "short",
        "long",
        "opening",
        "passage",
        "piece",
        "rest",
        "rest_nearest",
        "late",
        "late_nearest",
        "together",
        "together_nearest",
    )

    def __init__(
        self,
        words_of: Callable[[str], Sequence[str]],
        rarity: Callable[[str], float],
        embed: Callable[[Sequence[str]], Vectors],
        tokens: Callable[[Sequence[str]], Sequence[Vectors]],
        read: Callable[[Sequence[str]], Sequence[Subject]] | None,
        together: Together | None = None,
    ) -> None:
        self._known: dict[str, Vectors] = {}
        self._said: dict[str, Words] = {}
        self._seen: dict[str, Subject] = {}
        self._words, self._rarity, self._embed, self._tokens, self._read, self._together = (
            words_of,
            rarity,
            embed,
            tokens,
            read,
            together,
        )

    def asked(self, text: str, rest: str, vectors: Vectors, subject: Subject | None) -> Asked:
        """A question, ready to be compared with candidates; ``rest`` is what it says besides the names of documents, ``vectors`` those of both."""
        folded = fold(text)
        expected = tuple(value for kind, value in words.expected() if kind.search(folded))
        return Asked(
            text,
            {word: self._rarity(word) for word in self._words(rest)},
            expected,
            pieces.named(folded),
            vectors,
            subject,
        )

    def of(
        self,
        asked: Asked,
        candidates: Sequence[Candidate],
        named: Mapping[str, float],
        embedded: int = EMBEDDED,
        read: int = READ,
    ) -> tuple[list[Candidate], NDArray[np.float64]]:
        """The candidates worth looking at, ``embedded`` of them, and their signs, ``(n, len(NAMES))``, in the order of ``NAMES``.

        ``read`` of them are read by the reader; where that is none, their tokens are not compared either, and nothing is read together with the question.
        """
        cheap = np.array([self._cheap(asked, one, named) for one in candidates])
        ranks = np.array([one.hit.rank for one in candidates])
        order = np.argsort(-(_before(cheap) + RANK_SHARE * np.exp(-ranks / RANKS)), kind="stable")[:embedded]
        kept, signs = [candidates[row] for row in order], cheap[order]
        cosines = self._vectors(kept) @ asked.vectors.T
        signs[:, _COSINES] = cosines
        signs[:, _columns("nearest", "rest_nearest")] = cosines - cosines.max(axis=0)
        if not read:
            return kept, signs
        signs[:, LATE] = of_late(self._late(asked.text, kept))
        if self._read is None:
            return kept, signs
        likeliest = np.argsort(
            -(_before(signs) + COSINE_SHARE * signs[:, _COSINES].mean(axis=1)), kind="stable"
        )
        if self._together is not None:
            signs[:, TOGETHER] = self._answering(asked.text, kept, likeliest[:READ_TOGETHER], self._together)
        if asked.subject is not None:
            first = likeliest[:read]
            seen = self.subjects([kept[row] for row in first], self._read)
            signs[first, _columns("field")] = [asked.subject.likeness(subject) for subject in seen]
        return kept, signs

    def _vectors(self, candidates: Sequence[Candidate]) -> Vectors:
        """``(n, dimension)``, each after its title: a text is embedded once, as long as the process remembers it."""
        return np.array(remembered(self._known, [with_title(one) for one in candidates], self._embed))

    def _late(self, question: str, candidates: Sequence[Candidate]) -> Vectors:
        """How near each sentence is to the question word by word, ``(n,)``; its tokens are read once, as long as the process remembers them."""
        asked = self._tokens([question])[0]
        late = learned(asked.shape[1])
        said = remembered(
            self._said,
            [with_title(one) for one in candidates],
            lambda texts: map(late.said, self._tokens(texts)),
            TOKENS_REMEMBERED,
        )
        return late.of(late.asked(asked), said)

    def _answering(
        self, question: str, kept: Sequence[Candidate], rows: NDArray[np.intp], together: Together
    ) -> NDArray[np.float64]:
        """How surely each answers and how far that is behind the surest, ``(n, 2)``: of those that are not read, as the last of those that are."""
        scores = together(question, [of_market(kept[row]) for row in rows])
        found = np.full(len(kept), float(scores.min()))
        found[rows] = scores
        return np.stack([found, found - found.max()], axis=1)

    def subjects(
        self, candidates: Sequence[Candidate], read: Callable[[Sequence[str]], Sequence[Subject]]
    ) -> list[Subject]:
        """What the trained reader sees in each, after its title: read once, as long as the process remembers it."""
        texts = [passage(one.known.summary.doc_type, one.title, one.text) for one in candidates]
        return remembered(self._seen, texts, read)

    def _cheap(self, asked: Asked, one: Candidate, named: Mapping[str, float]) -> list[float]:
        """The signs of a candidate that cost little; the others are 0 yet."""
        total = sum(asked.words.values()) or 1.0
        said = set(self._words(one.text))
        headings = (*one.passage.headings, one.columns)
        above = {word for heading in headings for word in self._words(heading)} - said
        found = {
            "words": sum(weight for word, weight in asked.words.items() if word in said) / total,
            "titles": sum(weight for word, weight in asked.words.items() if word in above) / total,
            "summary": _in_summary(asked, one),
            "expected": any(value.search(fold(one.text)) for value in asked.expected),
            "named": named.get(one.known.source.id, 0.0),
            "short": len(one.text) < 40,
            "long": len(one.text) > 500,
            "opening": one.span.start < 1500,
            "passage": one.hit.similarity or 0.0,
            "piece": one.known.summary.doc_type in asked.pieces,
        }
        return [float(found.get(name, 0.0)) for name in self.NAMES]


def remembered(
    kept: dict[str, _Made],
    texts: Sequence[str],
    make: Callable[[Sequence[str]], Iterable[_Made]],
    most: int = REMEMBERED,
) -> list[_Made]:
    """What is made of each text: kept from before, or made now and kept; all of it is forgotten where it would be too much."""
    found = {text: made for text in texts if (made := kept.get(text)) is not None}
    missing = [text for text in dict.fromkeys(texts) if text not in found]
    if missing:
        made_now = dict(zip(missing, make(missing), strict=True))
        if len(kept) + len(missing) > most:
            kept.clear()
        kept.update(made_now)
        found |= made_now
    return [found[text] for text in texts]


def _columns(*names: str) -> list[int]:
    return [Signs.NAMES.index(name) for name in names]


_COSINES = _columns("cosine", "rest")
LATE, TOGETHER = _columns("late", "late_nearest"), _columns("together", "together_nearest")
_BEFORE = _columns("words", "titles", "summary", "named")


def _before(signs: NDArray[np.float64]) -> NDArray[np.float64]:
    """What orders candidates before the encoder has seen them, ``(n,)``: words, titles, summary, name."""
    order: NDArray[np.float64] = signs[:, _BEFORE] @ np.array([1.0, 0.6, 0.6, 0.3])
    return order


def of_late(late: Vectors) -> Vectors:
    """The two signs of how near each sentence is word by word, ``(n, 2)``, in the order of ``LATE``: that, and how far behind the nearest."""
    return np.stack([late, late - late.max()], axis=1)


def with_title(one: Candidate) -> str:
    """A sentence as it is compared: after its title, a row of a table with the names of its columns."""
    said = one_line(read_in_columns(one.text, one.columns) if one.columns else one.text)
    return f"{one.title} : {said}" if one.title else said


def of_market(one: Candidate) -> str:
    """A sentence as it is read together with a question: after what tells whose it is. One market's delay is no answer of another's."""
    return said_by(whose(one.known), with_title(one))


def said_by(whose_: str, said: str) -> str:
    """Words after what tells whose they are."""
    return f"{whose_} : {said}"


def whose(known: Known) -> str:
    """What tells whose the words of a document are: its file's name, what is bought where that name says little, and the names that it repeats."""
    stem = _PLAIN.sub(" ", known.file.rpartition(".")[0])
    # « CCAP.pdf » tells nothing of what is bought.
    bought = one_line(shown(known.summary.field("objet").value)) if len(stem) < _LEAST_STEM else ""
    names = [name for name in known.names[:_MOST_NAMES] if name.casefold() not in stem.casefold()]
    return " ; ".join(
        part for part in (stem[:_LONGEST_STEM], bought[:_LONGEST_STEM], " ".join(names)) if part
    )


def _in_summary(asked: Asked, one: Candidate) -> float:
    """The probability of the fields asked for that the summary reads in these words."""
    if asked.subject is None:
        return 0.0
    fields = (
        field
        for field in one.known.summary.fields
        if any(extract.start < one.span.end and one.span.start < extract.end for extract in field.extracts)
    )
    return sum(asked.subject.fields.get(field.name, 0.0) for field in fields)


@dataclass(frozen=True, slots=True)
class Combination:
    """The fitted weights of the signs, and what turns the score of the best candidate into the probability that it answers.

    ``answering``: what tells whether any of them answers: a shift, and what counts how surely the surest answers, read together with the question; None where
    nothing is read so. Their best score says nothing more: asked in vain, people use the words of the document more, not less.
    """

    weights: NDArray[np.float64]
    slope: float
    shift: float
    answering: tuple[float, float] | None = None

    def scores(self, signs: NDArray[np.float64]) -> NDArray[np.float64]:
        """``(n,)``: a higher score answers better; scores compare across questions."""
        result: NDArray[np.float64] = signs @ self.weights
        return result

    def probability(self, score: float) -> float:
        """0 to 1: that a candidate of that score answers."""
        return _logistic(self.slope * score + self.shift)

    def answers(self, signs: NDArray[np.float64]) -> float:
        """0 to 1: that one of the candidates answers, ``(n, signs)``."""
        if self.answering is None:
            return self.probability(float(self.scores(signs).max()))
        shift, of_together = self.answering
        return _logistic(shift + of_together * float(signs[:, TOGETHER[0]].max()))


def _logistic(score: float) -> float:
    return float(1 / (1 + np.exp(-score)))


def known(with_reader: bool, with_together: bool) -> Combination:
    """The fitted combination of the signs that there are."""
    return combination("together" if with_reader and with_together else "with" if with_reader else "without")


@cache
def combination(name: str) -> Combination:
    """A fitted combination: ``without`` what the trained reader and the tokens tell, ``with`` them, or with what is read ``together`` too."""
    stored = json.loads(files("assistant.documents").joinpath("choice.json").read_text(encoding="utf-8"))[
        name
    ]
    return Combination(
        np.array([stored["weights"][name] for name in Signs.NAMES]),
        stored["slope"],
        stored["shift"],
        tuple(stored["answering"]) if "answering" in stored else None,
    )
