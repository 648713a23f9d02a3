"""``/v1/embeddings``: the vectors of texts by the embedding model of the index."""

import base64
from collections.abc import Mapping, Sequence
from typing import Any

from assistant.endpoint.wire import RefusedError
from assistant.protocols import TokenEmbeddingModel, Vectors

# A text takes 10 ms; others wait meanwhile.
MOST_TEXTS = 256
# What a program says that a text is, by its own member; OpenAI's clients do not, and their texts are passages.
_QUERY, _PASSAGE = "query", "passage"


def texts_of(body: Mapping[str, Any]) -> list[str]:
    """The texts of a request. Raises RefusedError."""
    given = body.get("input")
    texts = [given] if isinstance(given, str) else given
    if not isinstance(texts, list) or not texts or not all(isinstance(text, str) for text in texts):
        message = "« input » n'est pas un texte ni une liste de textes."
        raise RefusedError(
            message, "Les listes de jetons ne sont pas lues : donnez les textes.", param="input"
        )
    if len(texts) > MOST_TEXTS:
        raise RefusedError(
            f"« input » a {len(texts)} textes : il en faut {MOST_TEXTS} au plus.",
            "Faites plusieurs demandes.",
            param="input",
        )
    if any(not text.strip() for text in texts):
        raise RefusedError("Un texte de « input » est vide.", "Enlevez-le.", param="input")
    return texts


def embedded(
    body: Mapping[str, Any], texts: Sequence[str], name: str, embedding: TokenEmbeddingModel
) -> dict[str, Any]:
    """The vectors in OpenAI's shape.

    Args:
        body: the request.
        texts: its texts.
        name: of the model.
        embedding: the model.

    Raises:
        RefusedError: a text is longer than the model reads, or another form of vectors is asked for.
    """
    encoding, kind, dimensions = (
        body.get("encoding_format", "float"),
        body.get("input_type", _PASSAGE),
        body.get("dimensions"),
    )
    if encoding not in ("float", "base64"):
        raise RefusedError("« encoding_format » est « float » ou « base64 ».", "", param="encoding_format")
    if kind not in (_QUERY, _PASSAGE):
        raise RefusedError("« input_type » est « query » ou « passage ».", "", param="input_type")
    if dimensions not in (None, embedding.dimension):
        raise RefusedError(
            f"Ces vecteurs ont {embedding.dimension} dimensions, pas d'autres.",
            "Enlevez « dimensions ».",
            param="dimensions",
        )
    tokens = [len(places) for places in embedding.token_offsets(texts)]
    for place, count in enumerate(tokens):
        if count >= embedding.max_tokens:  # the tokenizer cuts there, and says nothing
            message = f"Le texte n° {place + 1} a {embedding.max_tokens} jetons ou plus : le modèle ne lirait pas le reste."
            raise RefusedError(message, "Coupez-le.", param="input", code="context_length_exceeded")
    vectors = embedding.embed_queries(texts) if kind == _QUERY else embedding.embed_passages(texts)
    data = [
        {"object": "embedding", "index": place, "embedding": shape}
        for place, shape in enumerate(_shaped(vectors, encoding))
    ]
    return {
        "object": "list",
        "data": data,
        "model": name,
        "usage": {"prompt_tokens": sum(tokens), "total_tokens": sum(tokens)},
    }


def _shaped(vectors: Vectors, encoding: str) -> list[Any]:
    """Numbers, or the bytes of little-endian float32 as base64."""
    if encoding == "float":
        return [[float(number) for number in row] for row in vectors]
    return [base64.b64encode(row.astype("<f4").tobytes()).decode() for row in vectors]
