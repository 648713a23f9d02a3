"""``/v1/chat/completions``: the last question of a conversation, answered in Markdown; what it rests on in a member of its own, ``assistant``.

The assistant follows no instruction: what a program asks for beside the question, and does not get, is said in the answer. What would change the shape of an
answer is refused instead. Tools that are offered and need not be called are left where they are: Open WebUI offers some with every question.
"""

import re
import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from assistant import answer_markdown
from assistant.answering.answerer import LONGEST_QUESTION
from assistant.endpoint import open_webui
from assistant.endpoint.answers import TURNS_IN_MIND, Question
from assistant.endpoint.wire import RefusedError
from assistant.kept_answer import KeptAnswer, KeptProblem

_ROLES = ("system", "developer", "user", "assistant", "tool", "function")
_INSTRUCTIONS = KeptProblem(
    "consigne-ignoree",
    "La conversation contient une consigne (message système) : l'assistant n'en suit aucune.",
)
_PICTURES = KeptProblem(
    "pieces-ignorees", "Une image, un son ou un fichier d'un message antérieur n'est pas lu."
)
_FILE = KeptProblem(
    "fichier-non-lu",
    "Un fichier ou une page est joint à la conversation : l'assistant n'en lit pas les mots par cette adresse, car il ne cite que des textes indexés. "
    "Pour l'interroger, indexez-le dans une collection que lit cette clé, ou déposez-le sur la page de l'assistant.",
)
_LONG = KeptProblem(
    "tour-trop-long",
    f"Une question antérieure dépasse {LONGEST_QUESTION} caractères : la réponse n'en tient pas compte.",
)
# What Markdown would make of the words of a document: emphasis, a link, an image that a browser fetches, a tag, a table, a formula …
# A bracket is escaped where it closes: without that it opens nothing, and « \[ » opens a formula in Open WebUI.
_MARKS = re.compile(r"([\\`*_\]<>|~&$])|(?<=:)(//)")
# … and, where they begin a line, a list or a heading.
_BEGINS = re.compile(r"^(\s*)(?:([#+-])|(\d+)([.)]))")
# No language model writes these answers by default, and nothing is billed: there are no tokens to count.
_USAGE = {"prompt_tokens": 0, "completion_tokens": 0, "total_tokens": 0}


def model_of(body: Mapping[str, Any]) -> str:
    """The model that a request names. Raises RefusedError."""
    model = body.get("model")
    if not isinstance(model, str) or not model:
        raise RefusedError(
            "Il manque le modèle.", "La liste : GET /v1/models.", param="model", code="missing_model"
        )
    return model


def question_of(body: Mapping[str, Any]) -> Question:
    """What a request asks: its last message, with the questions before it. Raises RefusedError."""
    _require_plain(body)
    messages = body.get("messages")
    if (
        not isinstance(messages, list)
        or not messages
        or not all(isinstance(one, dict) and one.get("role") in _ROLES for one in messages)
    ):
        what = "vide" if messages == [] else "absente ou mal formée"
        raise RefusedError(
            f"La liste « messages » est {what}.",
            "Chaque message a un « role » (user, assistant, system) et un « content ».",
            param="messages",
        )
    last = messages[-1]
    if last["role"] != "user":
        raise RefusedError(
            "Le dernier message n'est pas d'un utilisateur : il n'y a pas de question.",
            "Finissez par un message « user ».",
            param="messages",
        )
    where = f"messages[{len(messages) - 1}].content"
    text, pictures = _text(last.get("content"), where)
    if pictures:
        raise RefusedError(
            "L'assistant ne lit ni image, ni son, ni fichier dans une question.",
            "Écrivez-la ; un document s'indexe.",
            param=where,
        )
    open_webui.require_question(text, where)
    text, filed = open_webui.unwrapped(text)
    if not text.strip():
        raise RefusedError("La question est vide.", "Écrivez-la dans le dernier message.", param=where)
    if len(" ".join(text.split())) > LONGEST_QUESTION:
        message = f"La question dépasse {LONGEST_QUESTION} caractères."
        raise RefusedError(
            message,
            "Posez une question plus courte ; pour relire un document, indexez-le.",
            param=where,
            code="context_length_exceeded",
        )
    previous, told = _earlier(messages[:-1])
    if filed and _FILE not in told:
        told = (*told, _FILE)
    return Question(text, previous, _day(body.get("as_of")), told)


def _earlier(messages: Sequence[Mapping[str, Any]]) -> tuple[tuple[str, ...], tuple[KeptProblem, ...]]:
    """The questions before the last one that a follow-up may lean on, and what is to be told of the rest."""
    asked, told = list[str](), dict[KeptProblem, None]()
    for number, message in enumerate(messages):
        content = message.get("content")
        if message["role"] in ("system", "developer"):
            own, filed = open_webui.unwrapped(content) if isinstance(content, str) else (content, False)
            if filed:
                told[_FILE] = None
            if own:
                told[_INSTRUCTIONS] = None
        if message["role"] != "user":
            continue
        text, pictures = _text(content, f"messages[{number}].content")
        own, filed = open_webui.unwrapped(text)
        asked.append(own)
        if filed:
            told[_FILE] = None
        if pictures:
            told[_PICTURES] = None
    mind = [" ".join(text.split()) for text in asked[-TURNS_IN_MIND:]]
    if any(len(text) > LONGEST_QUESTION for text in mind):
        told[_LONG] = None
    return tuple(text for text in mind if 0 < len(text) <= LONGEST_QUESTION), tuple(told)


def _text(content: Any, where: str) -> tuple[str, bool]:
    """The words of a message, and whether it has something that is no text. Raises RefusedError."""
    if isinstance(content, str):
        return content, False
    if not isinstance(content, list) or not all(
        isinstance(part, dict) and isinstance(part.get("type"), str) for part in content
    ):
        raise RefusedError(
            "Le contenu d'un message n'est pas un texte.",
            "Un texte, ou une liste de parties {« type » : « text », « text » : …}.",
            param=where,
        )
    texts = [part.get("text") for part in content if part["type"] == "text"]
    if not all(isinstance(text, str) for text in texts):
        raise RefusedError(
            "Une partie de message n'a pas de texte.", "{« type » : « text », « text » : …}.", param=where
        )
    return "\n".join(str(text) for text in texts), len(texts) < len(content)


def _require_plain(body: Mapping[str, Any]) -> None:
    """Raises RefusedError for what would give the answer another shape."""
    format_ = body.get("response_format")
    asked = {
        "n": body.get("n") not in (None, 1),
        "response_format": format_ is not None
        and not (isinstance(format_, dict) and format_.get("type") == "text"),
        "logprobs": bool(body.get("logprobs")),
        "modalities": body.get("modalities") not in (None, ["text"]),
        "tool_choice": body.get("tool_choice") not in (None, "none", "auto"),
        "function_call": body.get("function_call") not in (None, "none", "auto"),
    }
    for name, wrong in asked.items():
        if wrong:
            raise RefusedError(
                f"« {name} » n'est pas servi : l'assistant donne une réponse, en texte, sans outil.",
                "Enlevez ce paramètre.",
                param=name,
            )
    if not isinstance(body.get("stream"), bool | None):
        raise RefusedError("« stream » est vrai ou faux.", "", param="stream")


def _day(value: Any) -> date | None:
    if value in (None, ""):
        return None
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise RefusedError(
            "« as_of » n'est pas une date.", "Une date s'écrit AAAA-MM-JJ.", param="as_of"
        ) from None


# ---- the answer ---------------------------------------------------------------------------------------------------------------------


def markdown(answer: KeptAnswer) -> str:
    """An answer as Markdown that a program may render: nothing in a document's words is a link, an image or a tag."""
    return answer_markdown.markdown(answer, shown)


def shown(text: str) -> str:
    """``text`` as Markdown that shows its very characters, as few of them escaped as may be: it is read without rendering too."""
    escaped = _MARKS.sub(lambda found: "\\" + (found[1] or "//"), text)
    return _BEGINS.sub(
        lambda found: f"{found[1]}\\{found[2]}" if found[2] else f"{found[1]}{found[3]}\\{found[4]}", escaped
    )


def completion(model: str, answer: KeptAnswer, told: Mapping[str, Any]) -> dict[str, Any]:
    """An answer in OpenAI's shape; ``told`` is what it rests on."""
    message = {"role": "assistant", "content": markdown(answer), "refusal": None}
    choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
    return _head("chat.completion", _new_id(), model) | {
        "choices": [choice],
        "usage": _USAGE,
        "assistant": told,
    }


class Chunks:
    """The pieces of a streamed answer in OpenAI's shape, of one id."""

    def __init__(self, model: str, *, usage: bool) -> None:
        self._head, self._usage = _head("chat.completion.chunk", _new_id(), model), usage

    def first(self) -> dict[str, Any]:
        """Who speaks: sent at once."""
        return self._piece({"role": "assistant", "content": ""})

    def of(self, answer: KeptAnswer, told: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
        """The answer line by line, then its end with what it rests on, then the usage where it was asked for."""
        for line in markdown(answer).splitlines(keepends=True):
            yield self._piece({"content": line})
        yield self._piece({}, "stop") | {"assistant": told}
        if self._usage:
            yield self._head | {"choices": [], "usage": _USAGE}

    def _piece(self, delta: Mapping[str, Any], finish: str | None = None) -> dict[str, Any]:
        piece = self._head | {
            "choices": [{"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}]
        }
        return piece | {"usage": None} if self._usage else piece


def wants_usage(body: Mapping[str, Any]) -> bool:
    """Whether a streamed answer is to end with its usage."""
    options = body.get("stream_options")
    return isinstance(options, dict) and options.get("include_usage") is True


def _new_id() -> str:
    return f"chatcmpl-{secrets.token_hex(12)}"


def _head(kind: str, id_: str, model: str) -> dict[str, Any]:
    return {
        "id": id_,
        "object": kind,
        "created": int(time.time()),
        "model": model,
        "system_fingerprint": None,
    }
