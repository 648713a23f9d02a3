"""What a question may look into, as a program names it: the law alone, or the law and the documents of one collection."""

from dataclasses import dataclass

from assistant.datatypes import Kind
from assistant.endpoint.callers import Caller
from assistant.errors import UnknownModelError
from assistant.private import is_private
from assistant.workspace import Workspace

LAW = "droit"
# Before the name of a collection, which may well be « droit ».
PREFIX = "collection:"
_OF_THE_LAW = (Kind.RULE, Kind.SHEET)


@dataclass(frozen=True, slots=True)
class Scope:
    """A model's: ``collections`` for the law, ``files`` for the documents (origins; none: every document in them) or the law alone."""

    model: str
    label: str
    collections: tuple[str, ...]
    files: tuple[str, ...] = ()
    law_alone: bool = False


def models(workspace: Workspace, caller: Caller) -> tuple[tuple[str, str], ...]:
    """The models that a caller may ask, by id and label: the law alone where he reads some, then a collection each."""
    readable = set(caller.collections)
    law = any(
        held.source.kind in _OF_THE_LAW and readable & set(held.collections) for held in workspace.sources()
    )
    return (
        *(((LAW, "Droit seul"),) if law else ()),
        *((PREFIX + name, _label(name)) for name in caller.collections),
    )


def scope(workspace: Workspace, caller: Caller, model: str) -> Scope:
    """What a model looks into.

    Raises:
        UnknownModelError: the caller has no such model; one that he may not read is as if it were not there.
    """
    known = dict(models(workspace, caller))
    if model not in known:
        raise UnknownModelError(
            f"Le modèle « {model[:120]} » n'existe pas pour cette clé.",
            f"Modèles : {', '.join(known) or 'aucun'}.",
        )
    if model == LAW:
        return Scope(model, known[model], caller.searchable(), law_alone=True)
    files = tuple(
        source.origin for source in workspace.shelf.sources((model.removeprefix(PREFIX),), examples=True)
    )
    return Scope(model, known[model], caller.searchable(), files, law_alone=not files)


def everything(caller: Caller) -> Scope:
    """All that a caller may read. Raises ForbiddenError where it is nothing."""
    return Scope("", "tout ce que cette clé peut lire", caller.searchable())


def _label(collection: str) -> str:
    return "Mes documents" if is_private(collection) else f"Collection « {collection} » et droit"
