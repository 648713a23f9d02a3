"""The layers of a network compiled by OpenVINO, as the embedding's are: three times as quick as numpy where many tokens go through many layers."""

from collections.abc import Sequence
from functools import cached_property, lru_cache
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.models.conversion import FAR
from assistant.models.openvino_embedding import options
from assistant.reader.network import EPSILON, HEADS, Network

Array = NDArray[np.float32]


class CompiledLayers:
    """The layers of a network (see ``Network.hidden``). Safe to share between threads; compiled at the first text."""

    def __init__(self, network: Network) -> None:
        self._network, self._lock = network, Lock()

    @cached_property
    def _request(self) -> Any:
        import openvino

        core = openvino.Core()
        return core.compile_model(_model(self._network), "CPU", options(core)).create_infer_request()

    def hidden(self, texts: Sequence[Array]) -> list[Array]:
        """What the layers make of the token vectors of each text, ``(tokens, d)``."""
        longest = max(map(len, texts))
        padded = np.zeros((len(texts), longest, texts[0].shape[1]), np.float32)
        mask = np.zeros((len(texts), longest), np.float32)
        for row, tokens in enumerate(texts):
            padded[row, : len(tokens)], mask[row, : len(tokens)] = tokens, 1.0
        with self._lock:
            found = self._request.infer([padded, mask])[0]
            return [np.array(found[row, : len(tokens)], np.float32) for row, tokens in enumerate(texts)]


class CompiledNetwork(Network):
    """A network whose layers are compiled: it reads the same, where many texts are read."""

    def hidden(self, texts: Sequence[Array]) -> list[Array]:
        """What the layers make of the token vectors of each text, ``(tokens, d)``."""
        return layers_of(self).hidden(texts)


@lru_cache(2)
def layers_of(network: Network) -> CompiledLayers:
    """The layers of a network, compiled once in a process: the project has two networks that are, what reads together and the reader of clauses."""
    return CompiledLayers(network)


@lru_cache(1)
def compiled(network: Network) -> CompiledNetwork:
    """A network with its layers compiled, once in a process."""
    return CompiledNetwork(network.weights)


def _model(network: Network) -> Any:
    import openvino
    from openvino import opset13 as ops

    weights, size = network.weights, network.weights["layers.0.output.dense.bias"].shape[0]
    tokens = ops.parameter([-1, -1, size], np.float32)
    mask = ops.parameter([-1, -1], np.float32)
    far = ops.unsqueeze(ops.multiply(ops.subtract(np.float32(1), mask), np.float32(FAR)), [1, 2])

    # An array given as it is becomes a list of Python numbers first: 0.7 s of processor for four layers.
    def constant(name: str) -> Any:
        return ops.constant(weights[name])

    def linear(name: str, values: Any) -> Any:
        product = ops.matmul(values, constant(f"{name}.weight"), transpose_a=False, transpose_b=True)
        return ops.add(product, constant(f"{name}.bias"))

    def norm(name: str, values: Any) -> Any:
        centred = ops.mvn(values, [-1], normalize_variance=True, eps=EPSILON, eps_mode="inside_sqrt")
        return ops.add(ops.multiply(centred, constant(f"{name}.weight")), constant(f"{name}.bias"))

    def by_head(values: Any) -> Any:
        return ops.transpose(
            ops.reshape(values, [0, 0, HEADS, size // HEADS], special_zero=True), [0, 2, 1, 3]
        )

    hidden: Any = tokens
    for number in range(network.layers):
        at = f"layers.{number}."
        parts = [by_head(linear(f"{at}attention.self.{name}", hidden)) for name in ("query", "key", "value")]
        mixed = ops.transpose(ops.scaled_dot_product_attention(*parts, far), [0, 2, 1, 3])
        said = linear(f"{at}attention.output.dense", ops.reshape(mixed, [0, 0, size], special_zero=True))
        hidden = norm(f"{at}attention.output.LayerNorm", ops.add(hidden, said))
        wide = ops.gelu(linear(f"{at}intermediate.dense", hidden), "tanh")
        hidden = norm(f"{at}output.LayerNorm", ops.add(hidden, linear(f"{at}output.dense", wide)))
    if "norm.weight" in weights:
        hidden = norm("norm", hidden)
    return openvino.Model([hidden], [tokens, mask], "layers")
