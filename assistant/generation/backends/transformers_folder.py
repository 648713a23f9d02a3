"""A language model in a local folder, through transformers: for a site with a GPU."""

from collections.abc import Generator, Iterator, Sequence
from pathlib import Path
from queue import SimpleQueue
from threading import Event, Lock, Thread
from typing import Any

from assistant.datatypes import Message
from assistant.errors import GenerationError, MissingModelError, ModelFileError
from assistant.generation.backends.engines import engine
from assistant.generation.backends.output import CUT, Piece, checked, require_room
from assistant.models.manifest import SETUP_COMMAND
from assistant.protocols import JsonSchema


class TransformersLanguageModel:
    """A causal model of a local folder. bfloat16 on the GPU when there is one, float32 on the CPU. Loaded at the first use; one answer at a time.

    Args:
        folder: weights, tokenizer and chat template, as ``save_pretrained`` writes them.
        name: what to call it.
        context_tokens: prompt and output together.
    """

    def __init__(self, folder: Path, name: str, context_tokens: int) -> None:
        self._folder = folder
        self._name = name
        self._context_tokens = context_tokens
        self._loading = Lock()
        self._generating = Lock()
        self._parts: tuple[Any, Any] | None = None
        self._grammars: Any = None

    @property
    def name(self) -> str:
        """The catalogue name, or the folder's."""
        return self._name

    @property
    def context_tokens(self) -> int:
        """Prompt and output together must fit in this many tokens."""
        return self._context_tokens

    def count_tokens(self, messages: Sequence[Message]) -> int:
        """Tokens of ``messages`` under the model's own chat template.

        Raises:
            MissingModelError: the folder is not there.
            ModelFileError: it cannot be loaded, or has no chat template.
        """
        return int(self._prompt(messages).shape[1])

    def stream(
        self, messages: Sequence[Message], *, schema: JsonSchema | None = None, max_tokens: int = 512, temperature: float = 0.0, seed: int = 0
    ) -> Iterator[str]:
        """Yields the answer in pieces; joined, they obey ``schema`` when one is given. Closing the iterator stops the generation.

        Raises:
            MissingModelError: the folder is not there.
            GenerationError: the prompt does not fit, the output was cut under a schema, or the model failed.
        """
        prompt = self._prompt(messages)
        require_room(self._name, int(prompt.shape[1]), max_tokens, self._context_tokens)
        options: dict[str, Any] = {"max_new_tokens": max_tokens, "do_sample": temperature > 0}
        if temperature > 0:
            options["temperature"] = temperature
        with self._generating:
            yield from checked(self._name, self._pieces(prompt, options, schema, seed), schema=schema, max_tokens=max_tokens)

    def close(self) -> None:
        """Frees the model; it is loaded again when used again."""
        with self._loading:
            self._parts = self._grammars = None

    def _loaded(self) -> tuple[Any, Any]:
        with self._loading:
            if self._parts is None:
                self._parts = load(self._folder, self._name)
            return self._parts

    def _prompt(self, messages: Sequence[Message]) -> Any:
        """Token numbers, ``(1, tokens)``."""
        tokenizer, _ = self._loaded()
        turns = [{"role": message.role, "content": message.content} for message in messages]
        try:
            return tokenizer.apply_chat_template(turns, add_generation_prompt=True, return_tensors="pt", return_dict=True)["input_ids"]
        except Exception as error:  # no template, or one that refuses these roles: jinja2 and transformers raise many kinds
            raise ModelFileError(
                f"Le modèle « {self._name} » ne sait pas mettre ces messages en forme ({error}).", "Choisissez un modèle d'instruction."
            ) from error

    def _grammar(self, schema: JsonSchema) -> Any:
        """What keeps the output within ``schema``: xgrammar's processor of scores, good for one answer."""
        xgrammar, processors = engine("xgrammar"), engine("xgrammar.contrib.hf")
        tokenizer, model = self._loaded()
        if self._grammars is None:
            information = xgrammar.TokenizerInfo.from_huggingface(
                tokenizer, vocab_size=model.config.get_text_config().vocab_size, stop_token_ids=stop_tokens(model)
            )
            self._grammars = xgrammar.GrammarCompiler(information)
        try:
            # any_whitespace=False: a model left free to indent may indent for ever
            return processors.LogitsProcessor(self._grammars.compile_json_schema(schema, any_whitespace=False))
        except (RuntimeError, ValueError) as error:
            raise GenerationError(f"Le schéma demandé n'est pas compris de xgrammar ({error}).", "Signalez-le : c'est un défaut de l'assistant.") from error

    def _pieces(self, prompt: Any, options: dict[str, Any], schema: JsonSchema | None, seed: int) -> Generator[Piece, None, None]:
        """``generate`` runs in a thread of ours and puts tokens in a queue; it stops at the next token once this is closed."""
        import torch

        tokenizer, model = self._loaded()
        if schema is not None:
            options = options | {"logits_processor": [self._grammar(schema)]}
        arrived: SimpleQueue[Any] = SimpleQueue()
        stopped = Event()

        class Tokens:
            """What ``generate`` calls a streamer: the prompt first, then each token."""

            def put(self, tokens: Any) -> None:
                arrived.put(tokens.reshape(-1).tolist())

            def end(self) -> None:
                arrived.put(None)

        def stop(input_ids: Any, scores: Any, **_: Any) -> Any:
            return torch.full((input_ids.shape[0],), stopped.is_set(), dtype=torch.bool, device=input_ids.device)

        def generate() -> None:
            try:
                torch.manual_seed(seed)
                with torch.inference_mode():
                    ids = prompt.to(model.device)
                    model.generate(
                        ids, attention_mask=torch.ones_like(ids), streamer=Tokens(), stopping_criteria=[stop], pad_token_id=stop_tokens(model)[0], **options
                    )
            except Exception as error:
                arrived.put(error)

        thread = Thread(target=generate, name="transformers", daemon=True)
        thread.start()
        try:
            yield from read_tokens(self._name, tokenizer, arrived, set(stop_tokens(model)), options["max_new_tokens"])
        finally:
            stopped.set()
            thread.join()


def read_tokens(name: str, tokenizer: Any, arrived: SimpleQueue[Any], ends: set[int], max_tokens: int) -> Generator[Piece, None, None]:
    """Tokens → text, as it becomes certain: a character of several tokens waits for the last of them.

    Raises:
        GenerationError: the queue held an exception.
    """
    written: list[int] = []
    shown = ""
    ended = False
    first = arrived.get()  # the prompt itself
    if isinstance(first, Exception):
        raise failed(name, first)
    while (tokens := arrived.get()) is not None:
        if isinstance(tokens, Exception):
            raise failed(name, tokens)
        ended = ended or bool(ends.intersection(tokens))
        written += [token for token in tokens if token not in ends]
        text = tokenizer.decode(written, skip_special_tokens=True, clean_up_tokenization_spaces=False)
        if not text.endswith("\N{REPLACEMENT CHARACTER}") and len(text) > len(shown):
            yield Piece(text[len(shown) :])
            shown = text
    yield Piece("", CUT if not ended and len(written) >= max_tokens else "stop")


def failed(name: str, error: Exception) -> GenerationError:
    """The error of a generation that broke off."""
    return GenerationError(
        f"Le modèle « {name} » a échoué : {error}", "Relancez l'assistant ; si la mémoire manque, réduisez context_tokens dans settings.toml."
    )


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
        model = AutoModelForCausalLM.from_pretrained(folder, local_files_only=True, trust_remote_code=False, dtype=torch.bfloat16 if on_gpu else torch.float32)
        return tokenizer, model.to("cuda" if on_gpu else "cpu").eval()
    except Exception as error:  # transformers raises many kinds
        raise ModelFileError(
            f"Le dossier {folder} ne se charge pas dans transformers ({error}).", "Vérifiez qu'il est complet, ou que la mémoire de la carte suffit."
        ) from error
