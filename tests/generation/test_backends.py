"""One contract for every language model."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest

from assistant.datatypes import Message
from assistant.errors import GenerationError, MissingModelError, ModelFileError
from assistant.generation.backends.llama_cpp import LlamaCppLanguageModel
from assistant.generation.backends.output import first_fault
from assistant.generation.backends.server import ServerLanguageModel, estimate_tokens
from assistant.generation.backends.transformers_folder import TransformersLanguageModel
from assistant.protocols import JsonSchema, LanguageModel
from tests.generation.scripted import ScriptedLanguageModel

REAL = pytest.mark.models
QUESTION = (
    Message("system", "Tu réponds en français, en JSON."),
    Message("user", "Quelle est la capitale de la France, et combien font deux et deux ?"),
)
SCHEMA: JsonSchema = {
    "type": "object",
    "properties": {
        "capitale": {"type": "string", "enum": ["Lyon", "Paris"]},
        "somme": {"type": "integer", "enum": [3, 4, 5]},
    },
    "required": ["capitale", "somme"],
    "additionalProperties": False,
}
RIGHT: dict[str, Any] = {"capitale": "Paris", "somme": 4}


@pytest.fixture(
    params=["scripted", "tiny", pytest.param("llama_cpp", marks=REAL), pytest.param("server", marks=REAL)]
)
def model(request: pytest.FixtureRequest) -> LanguageModel:
    found: LanguageModel = (
        ScriptedLanguageModel(*[RIGHT] * 8, context_tokens=2048)
        if request.param == "scripted"
        else request.getfixturevalue(request.param)
    )
    return found


def running(name: str) -> bool:
    return any(thread.name == name for thread in threading.enumerate())


def test_the_pieces_joined_obey_the_schema(model: LanguageModel) -> None:
    pieces = list(model.stream(QUESTION, schema=SCHEMA, max_tokens=80))
    assert len(pieces) > 1
    assert all(pieces)
    assert first_fault(json.loads("".join(pieces)), SCHEMA) == ""


def test_the_same_seed_gives_the_same_answer(model: LanguageModel) -> None:
    first, second = (
        "".join(model.stream(QUESTION, schema=SCHEMA, max_tokens=80, temperature=0.0, seed=3))
        for _ in range(2)
    )
    assert first == second


def test_an_answer_cut_under_a_schema_is_an_error(model: LanguageModel) -> None:
    with pytest.raises(GenerationError, match=r"coupée à 3 jetons"):
        list(model.stream(QUESTION, schema=SCHEMA | {"minProperties": 2}, max_tokens=3))


def test_an_answer_cut_without_a_schema_just_ends(model: LanguageModel) -> None:
    assert len("".join(model.stream(QUESTION, max_tokens=3))) < 60


def test_a_prompt_that_does_not_fit_is_an_error(model: LanguageModel) -> None:
    with pytest.raises(GenerationError, match="trop longue") as caught:
        next(iter(model.stream([Message("user", "mot " * 3000)], max_tokens=50)))
    assert "context_tokens" in caught.value.hint


def test_tokens_of_the_template_are_counted_and_grow_with_the_text(model: LanguageModel) -> None:
    short, long = model.count_tokens(QUESTION[:1]), model.count_tokens(QUESTION)
    assert 5 < short < long < model.context_tokens
    assert model.count_tokens([Message("user", "a b c d")]) > model.count_tokens([Message("user", "a b")])


def test_closing_the_stream_stops_the_generation(model: LanguageModel) -> None:
    if isinstance(model, ScriptedLanguageModel):
        model = ScriptedLanguageModel("mot " * 1000, RIGHT)
    stream: Any = model.stream(
        [Message("user", "Raconte une très longue histoire, sans jamais t'arrêter.")], max_tokens=1500
    )
    next(stream)
    start = time.perf_counter()
    stream.close()
    assert time.perf_counter() - start < 20.0  # 1,500 tokens would take a minute
    assert not running("llama.cpp")
    assert not running("transformers")
    assert "".join(model.stream(QUESTION, schema=SCHEMA, max_tokens=80))
    assert not isinstance(model, ScriptedLanguageModel) or model.given_pieces < 20


@REAL
def test_the_server_stops_too_when_the_stream_is_closed(server: ServerLanguageModel) -> None:
    start = time.perf_counter()
    stream: Any = server.stream(
        [Message("user", "Raconte une très longue histoire, sans jamais t'arrêter.")], max_tokens=1500
    )
    next(stream)
    stream.close()
    "".join(
        server.stream([Message("user", "Dis oui.")], max_tokens=2)
    )  # one slot: it would wait for the 1,500 tokens
    assert time.perf_counter() - start < 20.0


@REAL
@pytest.mark.parametrize("backend", ["llama_cpp", "server"])
def test_the_real_model_knows_this_much(backend: str, request: pytest.FixtureRequest) -> None:
    model: LanguageModel = request.getfixturevalue(backend)
    assert json.loads("".join(model.stream(QUESTION, schema=SCHEMA, max_tokens=80))) == RIGHT


@REAL
def test_counting_is_the_template_and_nothing_is_printed(
    llama_cpp: LlamaCppLanguageModel,
    server: ServerLanguageModel,
    gguf: Path,
    capfd: pytest.CaptureFixture[str],
) -> None:
    fresh = LlamaCppLanguageModel(gguf, "qwen", 1024)
    messages = [Message("system", "a"), Message("user", "a")]
    # <|im_start|>system\na<|im_end|>\n<|im_start|>user\na<|im_end|>\n<|im_start|>assistant\n
    assert fresh.count_tokens(messages) == 15
    assert "".join(fresh.stream(messages, max_tokens=3))
    fresh.close()
    assert llama_cpp.count_tokens(messages) == server.count_tokens(messages) == 15
    assert capfd.readouterr() == ("", "")


@REAL
def test_another_program_of_the_machine_cannot_use_the_model(llama_cpp: LlamaCppLanguageModel) -> None:
    stranger = ServerLanguageModel(f"{llama_cpp._loaded().address}/v1", "qwen", 2048)
    with pytest.raises(GenerationError, match="a refusé"):
        list(stranger.stream(QUESTION, max_tokens=3))


def engine_of(source: str) -> Any:
    """A command that starts what answers as the process of llama.cpp does, or does not."""
    return lambda: subprocess.Popen(
        (sys.executable, "-c", source),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        encoding="utf-8",
        start_new_session=True,
    )


def test_a_process_that_ends_for_nothing_but_force_is_ended_at_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    deaf = "import signal, socket, sys; [signal.signal(one, signal.SIG_IGN) for one in (signal.SIGTERM, signal.SIGINT)]\n"
    deaf += "listening = socket.create_server(('127.0.0.1', 0)); print('{\"address\": \"http://127.0.0.1:%d\"}' % listening.getsockname()[1], flush=True)\n"
    deaf += "while True: listening.accept()"
    monkeypatch.setattr("assistant.generation.backends.llama_cpp._started", engine_of(deaf))
    (tmp_path / "a.gguf").write_bytes(b"GGUF")
    model = LlamaCppLanguageModel(tmp_path / "a.gguf", "sourd", 1024)
    engine = model._loaded()
    assert engine.is_running
    start = time.perf_counter()
    model.close()
    assert time.perf_counter() - start < 5.0
    assert not engine.is_running


def test_a_model_whose_process_is_gone_says_so_and_is_loaded_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    gone = 'import sys; sys.stdin.readline(); print(\'{"address": "http://127.0.0.1:9"}\', flush=True)'
    monkeypatch.setattr("assistant.generation.backends.llama_cpp._started", engine_of(gone))
    (tmp_path / "a.gguf").write_bytes(b"GGUF")
    model = LlamaCppLanguageModel(tmp_path / "a.gguf", "perdu", 1024)
    first = model._loaded()
    with pytest.raises(GenerationError, match="« perdu » s'est arrêté"):
        model.count_tokens(QUESTION)
    assert model._loaded() is not first
    model.close()


@REAL
def test_the_process_of_a_model_ends_with_the_one_that_loaded_it(gguf: Path) -> None:
    source = (
        "import sys; from pathlib import Path; from assistant.generation.backends.llama_cpp import Engine\n"
    )
    source += "engine = Engine(Path(sys.argv[1]), 'qwen', 1024); print(engine._process.pid, flush=True); sys.stdin.read()"
    with subprocess.Popen(
        (sys.executable, "-c", source, str(gguf)), stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as holder:
        assert holder.stdout
        process = Path("/proc") / holder.stdout.readline().decode().strip()
        assert process.exists()
        holder.kill()
    end = time.monotonic() + 20
    while process.exists() and time.monotonic() < end:
        time.sleep(0.1)
    assert not process.exists()


@REAL
def test_a_second_question_on_the_same_evidence_is_quicker(llama_cpp: LlamaCppLanguageModel) -> None:
    evidence = Message(
        "system", "Le titulaire constitue une assurance de responsabilité civile professionnelle. " * 12
    )
    seconds = []
    for question in ("Que dit le texte ?", "Qui s'assure ?"):
        start = time.perf_counter()
        next(iter(llama_cpp.stream([evidence, Message("user", question)], max_tokens=2)))
        seconds.append(time.perf_counter() - start)
    assert seconds[1] < seconds[0]  # some 25 tokens are read instead of 250


@pytest.mark.parametrize("build", [LlamaCppLanguageModel, TransformersLanguageModel])
def test_a_missing_model_says_how_to_get_it(build: Any, tmp_path: Path) -> None:
    model: LanguageModel = build(tmp_path / "absent", "qwen", 2048)
    for use in (lambda: model.count_tokens(QUESTION), lambda: list(model.stream(QUESTION))):
        with pytest.raises(MissingModelError, match="n'est pas installé") as caught:
            use()
        assert "assistant setup" in caught.value.hint


@pytest.mark.parametrize("build", [LlamaCppLanguageModel, TransformersLanguageModel])
def test_a_broken_file_is_named(build: Any, tmp_path: Path) -> None:
    path = tmp_path / "modèle"
    if build is LlamaCppLanguageModel:
        path.write_bytes(b"GGUF but not really")
    else:
        path.mkdir()
        (path / "config.json").write_text("{}")
    with pytest.raises(ModelFileError, match="ne se charge pas"):
        build(path, "cassé", 2048).count_tokens(QUESTION)


def test_a_server_that_is_not_there_is_named() -> None:
    with pytest.raises(GenerationError, match=r"127\.0\.0\.1:9/v1 n'est pas joignable") as caught:
        list(ServerLanguageModel("http://127.0.0.1:9/v1", "m", 2048).stream(QUESTION))
    assert "server_url" in caught.value.hint


def test_a_server_without_an_address_says_what_to_write() -> None:
    with pytest.raises(GenerationError, match="n'est pas réglée") as caught:
        ServerLanguageModel("", "m", 2048).count_tokens(QUESTION)
    assert "server_url" in caught.value.hint


def test_the_estimate_errs_on_the_long_side(tiny: TransformersLanguageModel) -> None:
    assert estimate_tokens([Message("user", "x" * 250)]) == 116


def test_sampling_gives_other_answers_with_other_seeds(tiny: TransformersLanguageModel) -> None:
    answers = {
        "".join(tiny.stream(QUESTION, max_tokens=30, temperature=1.0, seed=seed)) for seed in (1, 2, 1)
    }
    assert len(answers) == 2


def test_a_broken_answer_is_an_error_and_not_a_result() -> None:
    for answer in (
        "Paris, bien sûr",
        {"capitale": "Paris"},
        {"capitale": "Rome", "somme": 4},
        {"capitale": "Paris", "somme": 4, "autre": 1},
    ):
        with pytest.raises(GenerationError, match="ne suit pas le schéma"):
            list(ScriptedLanguageModel(answer).stream(QUESTION, schema=SCHEMA))


@pytest.mark.parametrize(
    ("value", "schema", "fault"),
    [
        (True, {"type": "integer"}, "$ n'est pas de type integer"),
        (None, {"type": ["string", "null"]}, ""),
        ([1, "a"], {"type": "array", "items": {"type": "integer"}}, "$[1] n'est pas de type integer"),
        ([], {"type": "array", "minItems": 1}, "$ a 0 élément(s)"),
        (
            {"a": {"b": 2}},
            {"properties": {"a": {"properties": {"b": {"const": 1}}}}},
            "$.a.b n'est pas une des valeurs permises",
        ),
        (
            3,
            {"anyOf": [{"type": "string"}, {"type": "null"}]},
            "$ ne correspond à aucune des formes permises",
        ),
    ],
)
def test_faults_are_placed(value: Any, schema: JsonSchema, fault: str) -> None:
    assert first_fault(value, schema) == fault
