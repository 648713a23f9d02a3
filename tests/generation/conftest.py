"""The language models under test: the fake, a tiny random one made here, and the real ones as `assistant setup` left them."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from assistant import settings
from assistant.generation.backends.llama_cpp import Engine, LlamaCppLanguageModel
from assistant.generation.backends.server import ServerLanguageModel
from assistant.generation.backends.transformers_folder import TransformersLanguageModel
from tests.models.conftest import installed

CONTEXT_TOKENS = 2048


@pytest.fixture(scope="session")
def gguf() -> Path:
    site = settings.load()
    return installed(site, site.language).file(".gguf")


@pytest.fixture(scope="session")
def llama_cpp(gguf: Path) -> Iterator[LlamaCppLanguageModel]:
    model = LlamaCppLanguageModel(gguf, "qwen", CONTEXT_TOKENS)
    yield model
    model.close()


@pytest.fixture(scope="session")
def server(gguf: Path) -> Iterator[ServerLanguageModel]:
    engine = Engine(gguf, "qwen", CONTEXT_TOKENS)
    assert engine.address.startswith("http://127.0.0.1:")
    yield engine.model
    engine.close()


@pytest.fixture(scope="session")
def tiny_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("tiny")
    make_tiny_model(folder)
    return folder


@pytest.fixture(scope="session")
def tiny(tiny_folder: Path) -> Iterator[TransformersLanguageModel]:
    model = TransformersLanguageModel(tiny_folder, "tiny", CONTEXT_TOKENS)
    yield model
    model.close()


def make_tiny_model(folder: Path) -> None:
    """A Llama of two layers with random weights and a byte-level vocabulary: it writes nonsense, under every rule of a real one."""
    import torch
    from tokenizers import Tokenizer, decoders, models, pre_tokenizers
    from transformers import LlamaConfig, LlamaForCausalLM, PreTrainedTokenizerFast

    specials = ["<s>", "</s>", "<pad>"]
    alphabet = sorted(pre_tokenizers.ByteLevel.alphabet())
    words = Tokenizer(
        models.BPE(vocab={word: number for number, word in enumerate(specials + alphabet)}, merges=[])
    )
    words.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    words.decoder = decoders.ByteLevel()
    words.add_special_tokens(specials)
    template = "{% for m in messages %}<s>{{ m['role'] }}: {{ m['content'] }}</s>{% endfor %}{% if add_generation_prompt %}<s>assistant: {% endif %}"
    tokenizer: Any = PreTrainedTokenizerFast(
        tokenizer_object=words, bos_token="<s>", eos_token="</s>", pad_token="<pad>", chat_template=template
    )
    tokenizer.save_pretrained(folder)
    torch.manual_seed(1)
    sizes = {
        "hidden_size": 32,
        "intermediate_size": 64,
        "num_hidden_layers": 2,
        "num_attention_heads": 2,
        "num_key_value_heads": 2,
    }
    config = LlamaConfig(
        vocab_size=len(specials) + len(alphabet),
        max_position_embeddings=4096,
        bos_token_id=0,
        eos_token_id=1,
        pad_token_id=2,
        **sizes,
    )
    LlamaForCausalLM(config).save_pretrained(folder)
