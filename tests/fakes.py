"""Models of our own for the tests: they obey the same contract as the real ones (tests/models runs it over both)."""

import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from zlib import crc32

import numpy as np

from assistant import sheets
from assistant.protocols import Vectors
from assistant.reader import heads
from assistant.reader.cases import Label, Probabilities
from assistant.reader.heads import A_FACT, NOTHING
from assistant.sheets import Form

DIMENSION = 64


class FakeEmbedding:
    """Hashed bag of words: texts that share words are close. No accent, no case, no plural; deterministic across processes."""

    def __init__(self, identity: str = "fake@1") -> None:
        self.identity = identity
        self.dimension = DIMENSION
        self.max_tokens = 512
        self.asked: list[str] = []

    def embed_passages(self, texts: Sequence[str]) -> Vectors:
        """Returns ``(len(texts), 64)`` float32, unit rows, in the order of ``texts``."""
        return self._embed(texts)

    def embed_queries(self, texts: Sequence[str]) -> Vectors:
        """Returns ``(len(texts), 64)`` float32, unit rows, in the order of ``texts``."""
        return self._embed(texts)

    def token_vectors(self, texts: Sequence[str]) -> list[Vectors]:
        """Returns ``(words, 64)`` float32 for each text: each of its words by itself; one for a text without any."""
        return [self._embed(words_of(text) or [""]) for text in texts]

    early_vectors = token_vectors

    def _embed(self, texts: Sequence[str]) -> Vectors:
        self.asked += texts
        vectors = np.zeros((len(texts), DIMENSION), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words_of(text)[: self.max_tokens]:
                digest = crc32(word.encode())
                vectors[row, digest % DIMENSION] += 1.0 if digest & 0x10000 else -1.0
            if not vectors[row].any():
                vectors[row, 0] = 1.0
        unit: Vectors = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        return unit


class FakeReader:
    """Opens a trained reader for sheets that the project's own never learned: what a question shares with the written ones, by the fake embedding."""

    def __init__(self, *texts: str) -> None:
        self._sheets = [sheets.parse(text, "essai.yaml") for text in texts]

    def __call__(self, labels: Iterable[Label]) -> Callable[[str], Probabilities]:
        """See ``Workspace._trained_reader``."""
        assert {(sheet.id, case.id) for sheet in self._sheets for case in sheet.cases} >= set(labels)
        return self._read

    def _read(self, question: str) -> Probabilities:
        model = FakeEmbedding()
        asked = model.embed_queries([question])[0]
        written = {
            (sheet.id, case.id): [*case.questions, case.when]
            for sheet in self._sheets
            for case in sheet.cases
        }
        near = {
            label: math.exp(10 * float((model.embed_queries(texts) @ asked).max()))
            for label, texts in written.items()
        }
        none = math.exp(10 * 0.3)
        total = none + sum(near.values())
        return Probabilities(
            {label: share / total for label, share in near.items()},
            none / total,
            beside=read_beside(words_of(question)),
        )


def read_beside(words: Sequence[str]) -> dict[str, dict[str, float]]:
    """What stands for the heads of the trained reader: a few words."""
    asked = set(words)
    form = (
        Form.FORBIDDEN
        if asked & {"interdit", "illegal"}
        else Form.COMPULSORY
        if asked & {"faut", "obligatoire", "oblige", "doit"}
        else Form.LEAVE
        if asked & {"peut", "peux", "puis", "possible", "ok", "droit"}
        else Form.OTHER
    )
    rejects = asked & {"ecarte", "exclure", "exclut", "vire"}
    wish = "loi-etrangere" if rejects and asked & {"cloud", "loi"} else NOTHING
    fact = asked & {"combien", "quel", "quelle"}
    return {
        heads.FORM: {(Form.OTHER if fact else form).value: 1.0},
        heads.FACT: {A_FACT: float(bool(fact))},
        heads.WISH: {NOTHING: 0.0, "loi-etrangere": 0.0} | {wish: 1.0},
    }


def words_of(text: str) -> list[str]:
    """Lower-case words without accents nor a final s."""
    plain = unicodedata.normalize("NFKD", text.lower()).encode("ascii", "ignore").decode()
    return [word.rstrip("s") or word for word in re.findall(r"[a-z0-9]+", plain)]
