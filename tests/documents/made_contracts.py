"""Seven made markets with their seventeen amendments and three that are joined to none, in varied manners (``avenants/``); ``gold.jsonl`` says what holds when."""

from functools import cache
from pathlib import Path

from assistant import reading
from assistant.datatypes import Document, Kind
from assistant.documents.contracts import Contract, Contracts
from assistant.documents.targets import Uncertain
from assistant.documents.values import Known
from assistant.summaries.batch.work import summarised

FOLDER = Path(__file__).parent / "avenants"
GOLD = FOLDER / "gold.jsonl"


@cache
def documents() -> dict[str, Document]:
    """Every document by its name, « 01/CCAP_nettoyage.html »."""
    paths = sorted(FOLDER.rglob("*.html"))
    return {
        path.relative_to(FOLDER).as_posix(): reading.read(
            path, kind=Kind.TENDER, collection="avenants", origin=str(path)
        )
        for path in paths
    }


def document_of(id_: str) -> Document:
    """The document of a source's id."""
    return next(one for one in documents().values() if one.source.id == id_)


@cache
def known() -> tuple[Known, ...]:
    """They with their summaries, each in its folder."""
    return tuple(
        Known(one.source, summarised(one, Path(name).name, None), name.partition("/")[0])
        for name, one in documents().items()
    )


@cache
def made() -> tuple[tuple[Contract, ...], tuple[Uncertain, ...]]:
    """The contracts, and the amendments that are joined to none; read without the trained reader."""
    return Contracts(document_of, None).of(known())


def contract(name: str) -> Contract:
    """The contract that a document is a piece of."""
    return next(
        one for one in made()[0] if any(piece.source.origin.endswith(name) for piece in one.market.pieces)
    )
