"""The upper layers of the reader and its last one, over the token vectors that the embedding's lower layers make: arithmetic, no case and no file.

A transformer encoder (Devlin et al., 2019, arXiv:1810.04805) of a few layers, then a pooling by attention: the mean of the tokens beside a few weighted means
whose weights are learned, and a softmax. One question is a few dozen tokens: numpy takes some milliseconds, and no second copy of the encoder is loaded.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from assistant.rounding import rounded

HEADS = 12
# Texts whose tokens go through the layers together.
TOGETHER = 32
EPSILON = 1e-12

Array = NDArray[np.float32]


@dataclass(frozen=True, slots=True, eq=False)
class Network:
    """Weights by name, float32.

    ``layers.N.*`` as in a BertLayer, ``norm.*`` where another norm follows the last of them, ``queries`` ``(k, d)``, ``last.weight``
    ``(classes, (k + 1) * d)``, ``last.bias``. Equal to itself alone, so that what is made of it can be kept.
    """

    weights: Mapping[str, Array]

    @property
    def layers(self) -> int:
        """How many layers it has."""
        return 1 + max(
            (int(name.split(".")[1]) for name in self.weights if name.startswith("layers.")), default=-1
        )

    def probabilities(self, tokens: Array) -> Array:
        """``(classes,)``, of sum 1, for the token vectors of one text, ``(tokens, d)``."""
        return softmax(self.scores([tokens])[0])

    def scores(self, texts: Sequence[Array]) -> Array:
        """``(texts, classes)``, for the token vectors of each text, ``(tokens, d)``."""
        pooled: Array = np.array([self._pooled(tokens) for tokens in self.hidden(texts)])
        return self.linear("last", pooled)

    def read(self, texts: Sequence[str], tokens: Callable[[Sequence[str]], Sequence[Array]]) -> list[Array]:
        """The scores of each text, ``(classes,)``. ``tokens`` gives the token vectors of texts."""
        return list(self.linear("last", self.pooled(texts, tokens))) if texts else []

    def pooled(self, texts: Sequence[str], tokens: Callable[[Sequence[str]], Sequence[Array]]) -> Array:
        """What the last layer is given of each text, ``(texts, (k + 1) * d)``; texts of like length go through the layers together."""
        found: dict[int, Array] = {}
        order = sorted(range(len(texts)), key=lambda row: len(texts[row]))
        for start in range(0, len(order), TOGETHER):
            rows = order[start : start + TOGETHER]
            hidden = self.hidden(list(tokens([texts[row] for row in rows])))
            found |= {row: self._pooled(vectors) for row, vectors in zip(rows, hidden, strict=True)}
        return np.array([found[row] for row in range(len(texts))])

    def hidden(self, texts: Sequence[Array]) -> list[Array]:
        """What the layers make of the token vectors of each text, ``(tokens, d)``: they take all tokens at once; attention stays within each text."""
        ends = np.cumsum([len(tokens) for tokens in texts])[:-1]
        hidden: Array = np.concatenate(texts)
        for number in range(self.layers):
            hidden = self._layer(f"layers.{number}.", hidden, ends)
        if "norm.weight" in self.weights:
            hidden = self._norm("norm", hidden)
        return np.split(hidden, ends)

    def _pooled(self, tokens: Array) -> Array:
        attention = softmax(self.weights["queries"] @ tokens.T)
        return np.concatenate([tokens.mean(axis=0, keepdims=True), attention @ tokens]).reshape(-1)

    def _layer(self, prefix: str, hidden: Array, ends: NDArray[np.int64]) -> Array:
        query, key, value = (
            self.linear(f"{prefix}attention.self.{name}", hidden) for name in ("query", "key", "value")
        )
        mixed = np.concatenate(
            [
                _attended(*parts)
                for parts in zip(*(np.split(all_, ends) for all_ in (query, key, value)), strict=True)
            ]
        )
        said = self.linear(f"{prefix}attention.output.dense", mixed)
        hidden = self._norm(f"{prefix}attention.output.LayerNorm", hidden + said)
        wide = gelu(self.linear(f"{prefix}intermediate.dense", hidden))
        return self._norm(f"{prefix}output.LayerNorm", hidden + self.linear(f"{prefix}output.dense", wide))

    def linear(self, name: str, values: Array) -> Array:
        """A layer of weights ``NAME.weight`` and ``NAME.bias``, applied along the last axis."""
        result: Array = values @ self.weights[f"{name}.weight"].T + self.weights[f"{name}.bias"]
        return result

    def _norm(self, name: str, values: Array) -> Array:
        centred = values - values.mean(axis=-1, keepdims=True)
        spread = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + EPSILON)
        result: Array = np.asarray(
            centred / spread * self.weights[f"{name}.weight"] + self.weights[f"{name}.bias"], np.float32
        )
        return result


def _attended(query: Array, key: Array, value: Array) -> Array:
    query, key, value = _by_head(query), _by_head(key), _by_head(value)
    mixed = softmax(query @ key.transpose(0, 2, 1) / np.float32(np.sqrt(query.shape[-1]))) @ value
    return mixed.transpose(1, 0, 2).reshape(mixed.shape[1], -1)


def _by_head(values: Array) -> Array:
    """``(tokens, d)`` → ``(heads, tokens, d / heads)``."""
    split: Array = values.reshape(len(values), HEADS, -1).transpose(1, 0, 2)
    return split


def softmax(scores: Array) -> Array:
    """Shares of sum 1 along the last axis."""
    shares: Array = np.exp(scores - np.max(scores, axis=-1, keepdims=True))
    shares /= shares.sum(axis=-1, keepdims=True)
    return shares


def gelu(values: Array) -> Array:
    """The activation of the layers, by its tangent form, with which the layers were trained: numpy has no error function."""
    bent = values * values  # in one array: a power and new arrays took half of the network's time
    bent *= np.float32(0.044715 * 0.7978845608)
    bent += np.float32(0.7978845608)
    bent *= values
    np.tanh(bent, out=bent)
    bent += 1
    bent *= values
    bent *= np.float32(0.5)
    return bent


# ---- as bytes ----------------------------------------------------------------------------------------------------------------------------------------------


# Rows of unit length, whose scales (0.002 to 0.008) a half gives to a two-thousandth: 220 kB less.
_MANY_ROWS = 50_000


def packed(weights: Mapping[str, NDArray[np.generic]]) -> dict[str, NDArray[np.generic]]:
    """Each matrix as whole numbers of -127 to 127 with a scale for each row (``NAME:scale``), every other weight as it is: a quarter of the bytes.

    Places (whole numbers) are written in as few bytes as the greatest needs; the scales of very many rows, those of written questions, as halves.
    """
    found: dict[str, NDArray[np.generic]] = {}
    for name, values in weights.items():
        if np.issubdtype(values.dtype, np.integer):
            found[name] = values.astype(np.min_scalar_type(values.max(initial=0)))
            continue
        exact = np.ascontiguousarray(values, np.float32)
        if exact.ndim == 2 and name != "queries":
            found[name], scale = rounded(exact)
            found[f"{name}:scale"] = scale.astype(np.float16) if len(scale) > _MANY_ROWS else scale
        else:
            found[name] = exact
    return found


def unpacked(stored: Mapping[str, NDArray[np.generic]]) -> dict[str, Array]:
    """The reverse of ``packed``, float32; what rounding took away is lost."""
    one = np.float32(1)
    return {
        name: np.multiply(values, stored.get(f"{name}:scale", one), dtype=np.float32)
        for name, values in stored.items()
        if not name.endswith(":scale")
    }
