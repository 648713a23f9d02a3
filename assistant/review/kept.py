"""Finished reviews, each one's own, in ``<home>/controles.sqlite``: what was read and found, as it was shown. A server that is started anew shows them again.

The text of a piece is kept, and not its file: after a restart the words of a finding are shown in their text, and whoever wants the picture of a page, or the
document with its remarks, drops the piece again.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from assistant import sqlite_files, typed_json
from assistant.errors import UsageError
from assistant.review import Review
from assistant.site.late_file import LateFile, Shared
from assistant.sqlite_files import Tables

FILE = "controles.sqlite"
# A day's work of one person; beyond, the oldest goes.
MOST_REVIEWS = 10
# A tender of 2,000 pages has some 6 million characters.
MOST_CHARACTERS = 20_000_000
_TABLES = Tables(
    """
CREATE TABLE IF NOT EXISTS review (
    serial INTEGER PRIMARY KEY AUTOINCREMENT, owner TEXT NOT NULL, page TEXT NOT NULL, finished TEXT NOT NULL, law_day TEXT NOT NULL, content TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS review_owner ON review(owner, serial);
""",
    own={"review": "owner = :person"},
)


@dataclass(frozen=True, slots=True)
class KeptReview:
    """A review as it was shown: of which open page, when, and of the law of which day."""

    page: str
    finished: datetime
    law_day: date
    reviews: tuple[Review, ...]


@sqlite_files.in_words(sqlite_files.of_kept(FILE, "contrôles", sqlite_files.OLD_STAYS))
class KeptReviews(LateFile):
    """The file of finished reviews. Every public method raises LibraryError where it cannot be read or written."""

    def __init__(
        self,
        home: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        shared: Shared | None = None,
    ) -> None:
        """``shared``: where they lie instead of in the file."""
        super().__init__(home / FILE, _TABLES, shared)
        self._clock = clock

    def keep(self, owner: str, page: str, reviews: Sequence[Review], law_day: date) -> None:
        """Keeps a review that an open page shows, in the place of its former one.

        Raises:
            UsageError: the pieces are too long to be kept.
        """
        content = json.dumps(typed_json.plain(tuple(reviews)))
        if len(content) > MOST_CHARACTERS:
            raise UsageError(
                "Ce contrôle est trop long pour être gardé : il disparaîtra si l'assistant est redémarré.",
                "Préparez son rapport.",
            )
        with self._writing() as file:
            file.execute("DELETE FROM review WHERE owner = ? AND page = ?", (owner, page))
            file.execute(
                "INSERT INTO review (owner, page, finished, law_day, content) VALUES (?, ?, ?, ?, ?)",
                (owner, page, self._clock().isoformat(), law_day.isoformat(), content),
            )
            file.execute(
                "DELETE FROM review WHERE owner = ? AND serial NOT IN (SELECT serial FROM review WHERE owner = ? ORDER BY serial DESC LIMIT ?)",
                (owner, owner, MOST_REVIEWS),
            )

    def of_page(self, owner: str, page: str) -> KeptReview | None:
        """The review that an open page of ``owner`` shows; None where it shows none, or one that cannot be read."""
        return self._found("owner = ? AND page = ?", (owner, page))

    def last(self, owner: str) -> KeptReview | None:
        """His last one, on whichever page it was made; None where there is none, or one that cannot be read."""
        return self._found("owner = ?", (owner,))

    def forget(self, owner: str) -> None:
        """Erases all of his."""
        self.purge(owner=owner)

    def purge(self, *, before: date | None = None, owner: str | None = None) -> int:
        """Erases the reviews finished before a day (UTC), and those of ``owner``; returns how many."""
        return self._erased("review", "finished", before, owner)

    def _found(self, where: str, given: tuple[str, ...]) -> KeptReview | None:
        if not self._is_there():
            return None
        with self._reading() as file:
            row = file.execute(
                f"SELECT page, finished, law_day, content FROM review WHERE {where} ORDER BY serial DESC LIMIT 1",  # noqa: S608 - our words
                given,
            ).fetchone()
        if row is None:
            return None
        page, finished, law_day, content = row
        try:
            reviews = tuple(typed_json.typed(Review, one) for one in json.loads(content))
        except (KeyError, TypeError, ValueError):
            return None
        return KeptReview(page, datetime.fromisoformat(finished), date.fromisoformat(law_day), reviews)
