"""Which of the documents at hand a question names: by the words of its file, title, buyer, object and number, as an agent half says them."""

import math
from collections import Counter
from collections.abc import Sequence

from assistant.documents.values import Known, file_name
from assistant.french.folding import words_of
from assistant.summaries.values import shown

# The fields whose words name a market.
_NAMING = ("acheteur", "objet", "numero_consultation", "lots")
# What a piece is called beside its short name.
_PIECES = {
    "AE": "acte engagement attri",
    "BPU": "bordereau prix unitaires",
    "CCAP": "cahier clauses administratives particulieres administratif",
    "CCP": "cahier clauses particulieres",
    "CCTP": "cahier clauses techniques particulieres technique",
    "DQE": "detail quantitatif estimatif",
    "RC": "reglement consultation",
    "avis": "annonce avis publication boamp",
}
# Words are compared by their beginning: « logements », « logement ».
_STEM, _SHORTEST = 6, 3
# A document is named where what is said of it weighs this much …
_LEAST = 1.2
# … and the others that are named with it have this share of the weight of the best.
_NEAR = 0.75


class Names:
    """The naming words of some documents, and how rare each is among them."""

    def __init__(self, documents: Sequence[Known]) -> None:
        self._words = {one.source.id: _naming_words(one) for one in documents}
        self._held = Counter(word for words in self._words.values() for word in words)

    def weight(self, word: str) -> float:
        """0 for a word that every document has or none, more for one that tells a document from the others."""
        count = self._held.get(word, 0)
        return math.log((1 + len(self._words)) / count) if count else 0.0

    def scores(self, question: str) -> dict[str, float]:
        """The weight of what a question says of each document, by id."""
        asked = _stems(question)
        return {id_: sum(self.weight(word) for word in asked & words) for id_, words in self._words.items()}

    def named(self, question: str) -> dict[str, float]:
        """The documents that a question names, by id, with the share of each: 1 for the best named; none where it names none."""
        scores = self.scores(question)
        best = max(scores.values(), default=0.0)
        if best < _LEAST:
            return {}
        return {id_: score / best for id_, score in scores.items() if score >= _NEAR * best}

    def of(self, id_: str) -> frozenset[str]:
        """The naming words of a document, as stems."""
        return self._words.get(id_, frozenset())


def _naming_words(known: Known) -> frozenset[str]:
    values = (shown(known.summary.field(name).value) for name in _NAMING)
    piece = known.summary.doc_type
    said = (file_name(known.source), known.source.title, known.bundle.replace("\\", "/").rpartition("/")[2], piece, _PIECES.get(piece, ""), *values)
    return frozenset().union(*(_stems(text) for text in said))


def _stems(text: str) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in words_of(text) if len(word) >= _SHORTEST)
