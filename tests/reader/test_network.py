"""The arithmetic of the reader's network: the same as that of the network that was trained."""

from typing import TYPE_CHECKING

import numpy as np

from assistant.reader.network import HEADS, Network, packed, unpacked

# What trains networks is loaded by the tests that use it: each process of tests reads this file, and it takes 8 s.
if TYPE_CHECKING:
    from torch import nn

    from training.network import Upper

DIMENSION, CLASSES = 48, 7


def layers() -> "nn.ModuleList":
    """Two layers of an encoder that nothing taught, always the same."""
    import torch
    from torch import nn
    from transformers import BertConfig
    from transformers.models.bert.modeling_bert import BertLayer

    torch.manual_seed(3)
    config = BertConfig(
        hidden_size=DIMENSION,
        num_attention_heads=HEADS,
        intermediate_size=96,
        hidden_act="gelu_pytorch_tanh",
        layer_norm_eps=1e-12,
        attn_implementation="eager",
    )
    return nn.ModuleList([BertLayer(config), BertLayer(config)])


def upper() -> "Upper":
    from torch import nn

    from training.network import Upper

    made = Upper(layers(), CLASSES, DIMENSION)
    nn.init.normal_(made.last.weight)
    return made.eval()


def tokens(number: int = 9) -> np.ndarray:
    return np.random.default_rng(5).normal(size=(number, DIMENSION)).astype(np.float32)


def test_numpy_reads_as_the_trained_network_does() -> None:
    trained, given = upper(), tokens()
    import torch

    padded = torch.zeros(1, 14, DIMENSION)
    padded[0, :9] = torch.from_numpy(given)
    mask = torch.tensor([[1.0] * 9 + [0.0] * 5])
    with torch.inference_mode():
        expected = trained(padded, mask).softmax(-1)[0].numpy()
    read = trained.network().probabilities(given)
    assert np.abs(read - expected).max() < 1e-4
    assert abs(float(read.sum()) - 1) < 1e-5
    assert trained.network().layers == 2


def test_rounded_to_bytes_it_reads_nearly_the_same_in_a_third_of_the_room() -> None:
    network, given = upper().network(), tokens()
    stored = packed(network.weights)
    assert (
        sum(values.nbytes for values in stored.values())
        < sum(values.nbytes for values in network.weights.values()) / 3
    )
    assert np.abs(Network(unpacked(stored)).probabilities(given) - network.probabilities(given)).max() < 0.05


def test_places_are_written_in_as_few_bytes_as_the_greatest_needs() -> None:
    places = np.array([0, 3, 61_999])
    stored = packed({"rows": places, "few": np.array([200])})
    assert (stored["rows"].dtype, stored["few"].dtype) == (np.uint16, np.uint8)
    assert unpacked(stored)["rows"].astype(int).tolist() == places.tolist()
