"""Who reads what: each one's own documents, and the shared collections that his role may read. Pure functions; the administrator has no way round."""

import re
from collections.abc import Iterable, Mapping
from pathlib import PurePath

from assistant.errors import ForbiddenError
from assistant.private import collection_of, is_private
from assistant.site.rights import Role
from assistant.site.users import User

__all__ = [
    "collection_of",
    "is_private",
    "may_read",
    "readable",
    "searchable",
    "shown_origin",
    "without_paths",
]

_PATH = re.compile(r"(?<![\w.])(?:/[\w.@ +-]+){2,}/?|[A-Za-z]:\\[^\s»]+")


def readable(
    user: User, collections: Iterable[str], rules: Mapping[str, tuple[Role, ...]]
) -> tuple[str, ...]:
    """Those of ``collections`` that ``user`` may read. A shared one without a rule is everybody's."""
    return tuple(name for name in collections if _reads(user, name, rules))


def _reads(user: User, collection: str, rules: Mapping[str, tuple[Role, ...]]) -> bool:
    if is_private(collection):
        return collection == collection_of(user.name)
    return collection not in rules or user.role in rules[collection]


def searchable(
    user: User, collections: Iterable[str], rules: Mapping[str, tuple[Role, ...]]
) -> tuple[str, ...]:
    """``readable``, for what makes no sense where there is nothing to look into.

    Raises:
        ForbiddenError: there is none.
    """
    found = readable(user, collections, rules)
    if not found:
        raise ForbiddenError(
            "Aucune collection ne vous est ouverte : il n'y a rien où chercher.",
            "Demandez à l'administrateur de l'assistant.",
        )
    return found


def may_read(user: User, collections: Iterable[str], rules: Mapping[str, tuple[Role, ...]]) -> bool:
    """Whether ``user`` may see a source that lies in ``collections``: one that he may read is enough."""
    return bool(readable(user, collections, rules))


def shown_origin(origin: str) -> str:
    """Where a document comes from, without the folders of the server: the file's name, and what lies within an archive."""
    file, separator, within = origin.partition(" › ")
    return PurePath(file).name + separator + within


def without_paths(message: str) -> str:
    """A message without the folders of the server: the names of files stay."""
    return _PATH.sub(lambda found: found.group().replace("\\", "/").rstrip("/").rpartition("/")[2], message)
