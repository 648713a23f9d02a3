"""OpenAI's chat interface, as llama.cpp and the servers speak it: the request, and the chunks of a streamed answer."""

from typing import Any

from assistant.errors import GenerationError
from assistant.generation.backends.backend import Demand, turns
from assistant.generation.backends.output import Piece


def chat_request(demand: Demand) -> dict[str, Any]:
    """The body of a streamed ``/chat/completions`` request."""
    request: dict[str, Any] = {
        "messages": turns(demand.messages),
        "max_tokens": demand.max_tokens,
        "temperature": demand.temperature,
        "seed": demand.seed,
        "stream": True,
    }
    if demand.schema is not None:
        request["response_format"] = {
            "type": "json_schema",
            "json_schema": {"name": "reponse", "schema": demand.schema, "strict": True},
        }
    return request


def read_chunk(name: str, chunk: dict[str, Any]) -> Piece:
    """The text and the finish reason of one chunk (a chunk of figures alone has neither).

    Raises:
        GenerationError: the chunk is an error.
    """
    if "error" in chunk:
        raise refused(name, chunk["error"])
    choices = chunk.get("choices") or [{}]
    return Piece(choices[0].get("delta", {}).get("content") or "", choices[0].get("finish_reason"))


def refused(name: str, error: Any) -> GenerationError:
    """The error that a server sent, in its own words."""
    words = error.get("message", error) if isinstance(error, dict) else error
    return GenerationError(
        f"Le modèle « {name} » a refusé la demande : {words}",
        "Donnez moins de passages, ou vérifiez le nom du modèle et context_tokens dans settings.toml.",
    )
