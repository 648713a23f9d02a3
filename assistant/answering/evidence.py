"""Hits into evidence: short markers, numbered sentences, and a score for each sentence that says how well it answers."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np

from assistant import sentences
from assistant.datatypes import Evidence, Hit, Quote, Sentence, Span
from assistant.protocols import EmbeddingModel
from assistant.reading.structure import is_contents

# Sentences of one passage that are scored: the longest lists of the Code have some forty items, of which the first say what the article is about.
SENTENCES_A_PASSAGE = 10

# Share of the words in a sentence's score, the rest being its cosine (both brought to 0..1 over the sentences at hand). See docs/decisions.md.
WORDS_SHARE = 0.5
# A sentence of the first passage starts ahead of one of the last by this much.
RANK_SHARE = 0.35
# A sentence that only introduces ("Le présent article s'applique :") or only refers says less than its words promise.
SHORT_CHARACTERS = 40
SHORT_PENALTY = 0.2


@dataclass(frozen=True, slots=True)
class Scored:
    """A sentence of some evidence, with its score (0 to about 1.4, higher answers better, compares within one question only)."""

    evidence: Evidence
    sentence: Sentence
    score: float

    def quote(self) -> Quote:
        """The sentence as exact words of its source."""
        hit = self.evidence.hit
        return Quote(self.sentence.id, hit.source, hit.passage, self.sentence.span, self.sentence.text)


def gather(hits: Sequence[Hit], first: int = 1) -> tuple[Evidence, ...]:
    """``hits`` under the markers ``S<first>`` …, each cut into its numbered sentences."""
    return tuple(
        Evidence(f"S{number}", hit, _numbered(f"S{number}", hit)) for number, hit in enumerate(hits, first)
    )


def _numbered(marker: str, hit: Hit) -> tuple[Sentence, ...]:
    start = hit.passage.span.start
    spans = sentences.split(hit.passage.text)
    return tuple(
        Sentence(f"{marker}.{number}", Span(span.start + start, span.end + start), span.of(hit.passage.text))
        for number, span in enumerate(spans, 1)
    )


def score(
    question: str,
    evidence: Sequence[Evidence],
    embedding: EmbeddingModel,
    words: Callable[[str], Sequence[str]],
    rarity: Callable[[str], float],
) -> tuple[Scored, ...]:
    """Every sentence of ``evidence``, best first.

    Args:
        question: the question, with the rules' words added where there are some.
        evidence: what was found.
        embedding: gives the cosine of question and sentence.
        words: a text's words as the index knows them.
        rarity: 0 (everywhere) to 1 (nowhere) for one of those words.
    """
    pairs = [
        (piece, sentence)
        for piece in evidence
        for sentence in piece.sentences[:SENTENCES_A_PASSAGE]
        if not is_contents(sentence.text)
    ]
    if not pairs:
        return ()
    vectors = embedding.embed_passages([sentence.text for _, sentence in pairs])
    cosines = _spread(vectors @ embedding.embed_queries([question])[0])
    asked = {word: rarity(word) for word in words(question)}
    overlap = _spread(
        np.array(
            [sum(asked[word] for word in set(words(sentence.text)) & asked.keys()) for _, sentence in pairs]
        )
    )
    ranks = np.array([1 - evidence.index(piece) / len(evidence) for piece, _ in pairs])
    short = np.array(
        [len(sentence.text) < SHORT_CHARACTERS or sentence.text.endswith(":") for _, sentence in pairs]
    )
    total = WORDS_SHARE * overlap + (1 - WORDS_SHARE) * cosines + RANK_SHARE * ranks - SHORT_PENALTY * short
    order = np.argsort(-total, kind="stable")
    return tuple(Scored(pairs[index][0], pairs[index][1], float(total[index])) for index in order)


def _spread(values: np.ndarray) -> np.ndarray:
    low, high = float(values.min()), float(values.max())
    return (values - low) / (high - low) if high > low else np.zeros(len(values))
