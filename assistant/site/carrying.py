"""What people left in the files of a home, carried into the database that several machines share, or from it into the files of another home.

Nothing is written over: where something else is already, it is said. Stopped, it begins again: each store comes whole or not at all.
"""

from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path

from assistant.errors import LibraryError
from assistant.site import keys, users
from assistant.site.conversations import Conversations
from assistant.site.journal import Journal
from assistant.site.kept_text import KeptText
from assistant.site.late_file import LateFile, Shared

Place = tuple[Path, Shared | None]
"""A home, and the database in place of its files."""
Store = Callable[[Path, Shared | None], LateFile]


def carry(source: Place, target: Place, others: Sequence[Store] = ()) -> dict[str, int]:
    """Carries accounts, keys, the journal, conversations and ``others`` from one place to another; returns how many rows or lines of each.

    Raises:
        LibraryError: where one goes, there is something else already; what was carried before it stays.
    """
    counts = {}
    for file in (users.FILE, keys.FILE):
        counts[file] = _text(
            file, KeptText(source[0] / file, source[1]), KeptText(target[0] / file, target[1])
        )
    for make in (lambda home, shared: Conversations(home, shared=shared), *others):
        with closing(make(*source)) as left, closing(make(*target)) as came:
            counts[left.file] = came.take(left.everything())
    counts["journal"] = Journal(target[0], shared=target[1]).take(Journal(source[0], shared=source[1]))
    return counts


def _text(name: str, source: KeptText, target: KeptText) -> int:
    if source.stamp() is None:
        return 0
    said = source.read()
    with target.held(10):
        if target.stamp() is None:
            target.replace(said)
        elif said != target.read():
            raise LibraryError(
                f"« {name} » dit autre chose à l'arrivée qu'à l'origine : rien n'y a été changé.",
                "Choisissez lequel garder, et effacez l'autre, puis recommencez.",
            )
    return said.count("\n[")
