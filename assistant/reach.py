"""Where one may look: in every collection, in some, or in none, which are three things. An empty reach is never everything."""

from collections.abc import Collection, Iterable
from typing import Final

Reach = Collection[str] | None
"""The collections that may be looked into: ``EVERYWHERE``, or those named; with none of them, nothing."""
EVERYWHERE: Final[Reach] = None


def reaches(reach: Reach, collections: Iterable[str]) -> bool:
    """Whether something that lies in ``collections`` may be looked into."""
    return reach is None or not set(reach).isdisjoint(collections)


def chosen_or_everywhere(named: Collection[str]) -> Reach:
    """What somebody who may see everything names: some collections, or by naming none, all."""
    return named or EVERYWHERE
