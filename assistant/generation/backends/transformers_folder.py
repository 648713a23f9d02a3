"""A language model in a local folder, through transformers: for a site with a GPU."""

from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path
from threading import Event, Lock
from typing import Any

from assistant.datatypes import Message
from assistant.errors import GenerationError, MissingModelError, ModelFileError
from assistant.generation.backends.backend import Backend, Demand, arriving, turns
from assistant.generation.backends.engines import engine
from assistant.generation.backends.output import CUT, Piece
from assistant.models.manifest import SETUP_COMMAND
from assistant.protocols import JsonSchema


class TransformersLanguageModel(Backend):
    """A causal model of a local folder. bfloat16 on the GPU when there is one, float32 on the CPU. Loaded at the first use; one answer at a time.

    Args:
        folder: weights, tokenizer and chat template, as ``save_pretrained`` writes them.
        name: what to call it.
        context_tokens: prompt and output together.
    """

    def __init__(self, folder: Path, name: str, context_tokens: int) -> None:
        super().__init__(name, context_tokens)
        self._folder = folder
        self._loading = Lock()
        self._generating = Lock()
        self._parts: tuple[Any, Any] | None = None
        self._grammars: Any = None

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of ``messages`` under the model's own chat template.

        Raises:
            MissingModelError: the folder is not there.
            ModelFileError: it cannot be loaded, or has no chat template.
        """
        return int(self._prompt(messages).shape[1])

    def close(self) -> None:
        """Frees the model; it is loaded again when used again."""
        with self._loading:
            self._parts = self._grammars = None

    def _loaded(self) -> tuple[Any, Any]:
        with self._loading:
            if self._parts is None:
                self._parts = load(self._folder, self.name)
            return self._parts

    def _prompt(self, messages: Sequence[Message]) -> Any:
        """Token numbers, ``(1, tokens)``."""
        tokenizer, _ = self._loaded()
        try:
            return tokenizer.apply_chat_template(
                turns(messages), add_generation_prompt=True, return_tensors="pt", return_dict=True
            )["input_ids"]
        except (
            Exception
        ) as error:  # no template, or one that refuses these roles: jinja2 and transformers raise many kinds
            raise ModelFileError(
                f"Le modèle « {self.name} » ne sait pas mettre ces messages en forme ({error}).",
                "Choisissez un modèle d'instruction.",
            ) from error

    def _grammar(self, schema: JsonSchema) -> Any:
        """What keeps the output within ``schema``: xgrammar's processor of scores, good for one answer."""
        xgrammar, processors = engine("xgrammar"), engine("xgrammar.contrib.hf")
        tokenizer, model = self._loaded()
        if self._grammars is None:
            information = xgrammar.TokenizerInfo.from_huggingface(
                tokenizer,
                vocab_size=model.config.get_text_config().vocab_size,
                stop_token_ids=stop_tokens(model),
            )
            self._grammars = xgrammar.GrammarCompiler(information)
        try:
            # any_whitespace=False: a model left free to indent may indent for ever
            return processors.LogitsProcessor(
                self._grammars.compile_json_schema(schema, any_whitespace=False)
            )
        except (RuntimeError, ValueError) as error:
            raise GenerationError(
                f"Le schéma demandé n'est pas compris de xgrammar ({error}).",
                "Signalez-le : c'est un défaut de l'assistant.",
            ) from error

    def pieces(self, demand: Demand) -> Generator[Piece, None, None]:
        """One answer at a time; ``generate`` gives token by token, and stops at the next when told so."""
        tokenizer, model = self._loaded()
        with self._generating:
            prompt, options = self._prompt(demand.messages), self._options(demand)
            generating = arriving(
                "transformers", partial(generate, model, prompt, options, demand.seed), self._failed
            )
            with closing(generating) as tokens:
                yield from read_tokens(tokenizer, tokens, set(stop_tokens(model)), demand.max_tokens)

    def _options(self, demand: Demand) -> dict[str, Any]:
        _, model = self._loaded()
        options: dict[str, Any] = {
            "max_new_tokens": demand.max_tokens,
            "do_sample": demand.temperature > 0,
            "pad_token_id": stop_tokens(model)[0],
        }
        if demand.temperature > 0:
            options["temperature"] = demand.temperature
        if demand.schema is not None:
            options["logits_processor"] = [self._grammar(demand.schema)]
        return options

    def _failed(self, error: Exception) -> GenerationError:
        return GenerationError(
            f"Le modèle « {self.name} » a échoué : {error}",
            "Relancez l'assistant ; si la mémoire manque, réduisez context_tokens dans settings.toml.",
        )


def generate(
    model: Any, prompt: Any, options: dict[str, Any], seed: int, give: Callable[[Any], None], stopped: Event
) -> None:
    """Gives the numbers of the prompt, then of each token, until the end or until ``stopped`` is set."""
    import torch

    class Tokens:
        """What transformers calls a streamer."""

        def put(self, tokens: Any) -> None:
            give(tokens.reshape(-1).tolist())

        def end(self) -> None:
            pass

    def stop(input_ids: Any, scores: Any, **_: Any) -> Any:
        return torch.full((input_ids.shape[0],), stopped.is_set(), dtype=torch.bool, device=input_ids.device)

    torch.manual_seed(seed)
    with torch.inference_mode():
        ids = prompt.to(model.device)
        model.generate(
            ids, attention_mask=torch.ones_like(ids), streamer=Tokens(), stopping_criteria=[stop], **options
        )


def read_tokens(
    tokenizer: Any, arrived: Iterator[list[int]], ends: set[int], max_tokens: int
) -> Generator[Piece, None, None]:
    """Tokens → text, as it becomes certain: a character of several tokens waits for the last of them. The prompt comes first and is not read."""
    written: list[int] = []
    shown = ""
    ended = False
    next(arrived, None)
    for tokens in arrived:
        ended = ended or bool(ends.intersection(tokens))
        written += [token for token in tokens if token not in ends]
        text = tokenizer.decode(written, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        if not text.endswith("\N{REPLACEMENT CHARACTER}") and len(text) > len(shown):
            yield Piece(text[len(shown) :])
            shown = text
    yield Piece("", CUT if not ended and len(written) >= max_tokens else "stop")


def stop_tokens(model: Any) -> list[int]:
    """The numbers that end an answer."""
    ends = model.generation_config.eos_token_id
    return list(ends) if isinstance(ends, (list, tuple)) else [ends]


def load(folder: Path, name: str) -> tuple[Any, Any]:
    """Tokenizer and model of a folder, nothing fetched and no code of the folder run.

    Raises:
        MissingModelError: the folder is not there.
        ModelFileError: transformers cannot load it.
    """
    if not folder.is_dir():
        raise MissingModelError(
            f"Le modèle « {name} » n'est pas installé : {folder} n'existe pas.",
            f"Lancez `{SETUP_COMMAND} --model {name}`, ou corrigez language_path dans settings.toml.",
        )
    import torch
    from transformers import AutoModelForCausalLM, AutoTokenizer

    on_gpu = torch.cuda.is_available()
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True, trust_remote_code=False)
        model = AutoModelForCausalLM.from_pretrained(
            folder,
            local_files_only=True,
            trust_remote_code=False,
            dtype=torch.bfloat16 if on_gpu else torch.float32,
        )
        return tokenizer, model.to("cuda" if on_gpu else "cpu").eval()
    except Exception as error:  # transformers raises many kinds
        raise ModelFileError(
            f"Le dossier {folder} ne se charge pas dans transformers ({error}).",
            "Vérifiez qu'il est complet, ou que la mémoire de la carte suffit.",
        ) from error
