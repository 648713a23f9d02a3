"""Conversations, each one's own, in ``<home>/conversations.sqlite``: a stranger's is as if it were not there.

An answer is kept as it was shown (``KeptAnswer``), so that it is shown later as it was shown then, with the date of the law that it was given for.
"""

import json
import re
import secrets
import sqlite3
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from assistant import sqlite_files
from assistant.errors import LibraryError, UsageError
from assistant.french.dates import french_date
from assistant.kept_answer import KeptAnswer
from assistant.lines import beginning
from assistant.site import private_files

FILE = "conversations.sqlite"
LONGEST_TITLE = 120
_TITLE_OF_A_QUESTION = 80
_WORD = re.compile(r"[^\W_]+")
# Words of a search that are looked at; more is a text that was pasted.
_MOST_WORDS = 20
_SCHEMA = """
CREATE TABLE IF NOT EXISTS conversation (
    serial INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, title TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS conversation_owner ON conversation(owner, updated);
CREATE TABLE IF NOT EXISTS turn (
    conversation INTEGER NOT NULL REFERENCES conversation(serial) ON DELETE CASCADE, number INTEGER NOT NULL, question TEXT NOT NULL, answer TEXT NOT NULL,
    PRIMARY KEY (conversation, number)
) STRICT, WITHOUT ROWID;
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, tokenize='unicode61 remove_diacritics 2');
INSERT INTO words(words, rank) VALUES ('secure-delete', 1);
"""


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and its answer, as it was shown."""

    question: str
    answer: KeptAnswer


@dataclass(frozen=True, slots=True)
class Listed:
    """A conversation in a list, without what was said."""

    id: str
    title: str
    updated: datetime
    turns: int

    @property
    def when(self) -> str:
        """The day of its last answer, in the reader's words and time."""
        return french_date(self.updated.astimezone().date())


@dataclass(frozen=True, slots=True)
class Conversation:
    """What was asked and answered, in order. ``id`` is empty until its first answer is kept."""

    id: str
    title: str
    created: datetime
    updated: datetime
    turns: tuple[Turn, ...]

    @staticmethod
    def empty() -> "Conversation":
        """One in which nothing was said yet."""
        now = datetime.now(UTC)
        return Conversation("", "Nouvelle conversation", now, now, ())


def _error(error: sqlite3.Error) -> LibraryError:
    cure = f"Renommez « {FILE} » : un fichier neuf sera créé, et l'ancien reste pour qui voudra le réparer."
    return LibraryError(*sqlite_files.said(error, "Le fichier des conversations", "Ce qui était gardé est intact.", cure))


@sqlite_files.in_words(_error)
class Conversations:
    """The file of conversations. Threads take turns; other processes wait for one another (SQLite)."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Opens the file, made where it is missing.

        Raises:
            LibraryError: it is damaged.
        """
        path = home / FILE
        self._clock, self._lock = clock, threading.RLock()
        private_files.create(path)
        private_files.require_private(path)
        self._connection = sqlite_files.opened(path)
        if self._connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone() is None:
            self._connection.executescript(_SCHEMA)

    def close(self) -> None:
        """Closes the file."""
        with self._lock:
            self._connection.close()

    def check(self) -> bool:
        """Whether SQLite finds its file sound."""
        with self._lock:
            return sqlite_files.is_sound(self._connection)

    # ---- one's own ---------------------------------------------------------------------------------------------------------------

    def open(self, owner: str, id_: str) -> Conversation | None:
        """A conversation of ``owner``, or None."""
        with self._lock:
            row = self._connection.execute("SELECT serial, id, title, created, updated FROM conversation WHERE id = ? AND owner = ?", (id_, owner)).fetchone()
            if row is None:
                return None
            turns = self._connection.execute("SELECT question, answer FROM turn WHERE conversation = ? ORDER BY number", (row[0],)).fetchall()
        return Conversation(
            row[1], row[2], _moment(row[3]), _moment(row[4]), tuple(Turn(question, KeptAnswer.from_json(json.loads(answer))) for question, answer in turns)
        )

    def add(self, owner: str, conversation: Conversation, turn: Turn) -> Conversation:
        """The conversation with one more turn, as it is kept now.

        It is made at its first turn, under its question as a title; anew, if it was deleted while the answer was written.
        """
        question, answer = _storable(turn.question), _storable(json.dumps(turn.answer.to_json(), ensure_ascii=False))
        with self._writing():
            now = self._clock().astimezone(UTC).isoformat(timespec="milliseconds")
            row = self._connection.execute("SELECT serial, id FROM conversation WHERE id = ? AND owner = ?", (conversation.id, owner)).fetchone()
            if row is None:
                row = self._connection.execute(
                    "INSERT INTO conversation (id, owner, title, created, updated) VALUES (?, ?, ?, ?, ?) RETURNING serial, id",
                    (secrets.token_urlsafe(12), owner, _title(question), now, now),
                ).fetchone()
            serial, id_ = row
            self._connection.execute("UPDATE conversation SET updated = ? WHERE serial = ?", (now, serial))
            self._connection.execute(
                "INSERT INTO turn SELECT ?, COALESCE(MAX(number), 0) + 1, ?, ? FROM turn WHERE conversation = ?", (serial, question, answer, serial)
            )
            self._index(serial)
        kept = self.open(owner, id_)
        return kept if kept is not None else Conversation.empty()  # None: erased this very moment

    def listed(self, owner: str, words: str = "") -> tuple[Listed, ...]:
        """The conversations of ``owner``, latest first; those that hold every one of ``words`` (or of their beginnings), accents or not."""
        asked = _WORD.findall(words)[:_MOST_WORDS]
        if words.strip() and not asked:
            return ()
        query = "SELECT id, title, updated, (SELECT COUNT(*) FROM turn WHERE conversation = serial) FROM conversation WHERE owner = ?"
        values: list[str] = [owner]
        if asked:
            query += " AND serial IN (SELECT rowid FROM words WHERE words MATCH ?)"
            values.append(" AND ".join(f'"{word}"*' for word in asked))
        with self._lock:
            rows = self._connection.execute(f"{query} ORDER BY updated DESC, serial DESC", values).fetchall()
        return tuple(Listed(id_, title, _moment(updated), turns) for id_, title, updated, turns in rows)

    def rename(self, owner: str, id_: str, title: str) -> None:
        """Gives a conversation another title; a stranger's, or one that is gone, stays as it is.

        Raises:
            UsageError: the title is empty.
        """
        plain = " ".join(_storable(title).split())[:LONGEST_TITLE]
        if not plain:
            raise UsageError("Ce nom est vide.", "Donnez quelques mots à la conversation.")
        with self._writing():
            row = self._connection.execute("UPDATE conversation SET title = ? WHERE id = ? AND owner = ? RETURNING serial", (plain, id_, owner)).fetchone()
            if row:
                self._index(row[0])

    def delete(self, owner: str, id_: str) -> bool:
        """Erases a conversation; returns whether there was one."""
        return self._delete("id = ? AND owner = ?", (id_, owner)) == 1

    # ---- retention ---------------------------------------------------------------------------------------------------------------

    def purge(self, *, before: date | None = None, owner: str | None = None) -> int:
        """Erases the conversations whose last answer is older than ``before`` (UTC), and those of ``owner``; returns how many."""
        count = 0
        if before is not None:
            count += self._delete("updated < ?", (before.isoformat(),))
        if owner is not None:
            count += self._delete("owner = ?", (owner,))
        with self._lock:  # what was erased leaves the file, and the log beside it: what an earlier purge that a full disk stopped had erased too
            self._connection.execute("VACUUM")
            self._connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return count

    def _delete(self, where: str, values: tuple[str, ...]) -> int:
        with self._writing():
            serials = [row[0] for row in self._connection.execute(f"SELECT serial FROM conversation WHERE {where}", values)]  # noqa: S608
            for serial in serials:
                self._connection.execute("DELETE FROM words WHERE rowid = ?", (serial,))
                self._connection.execute("DELETE FROM conversation WHERE serial = ?", (serial,))
        return len(serials)

    # ---- writing -----------------------------------------------------------------------------------------------------------------

    def _index(self, serial: int) -> None:
        title = self._connection.execute("SELECT title FROM conversation WHERE serial = ?", (serial,)).fetchone()[0]
        parts = [title]
        for question, answer in self._connection.execute("SELECT question, answer FROM turn WHERE conversation = ? ORDER BY number", (serial,)):
            parts += [question, *KeptAnswer.from_json(json.loads(answer)).said]
        self._connection.execute("DELETE FROM words WHERE rowid = ?", (serial,))
        self._connection.execute("INSERT INTO words (rowid, text) VALUES (?, ?)", (serial, "\n".join(parts)))

    @contextmanager
    def _writing(self) -> Iterator[None]:
        with self._lock, sqlite_files.transaction(self._connection):
            yield


def _title(question: str) -> str:
    return beginning(question, _TITLE_OF_A_QUESTION) or "Sans titre"


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _storable(text: str) -> str:
    """``text`` without what UTF-8 cannot hold (half of a pair, from a broken browser)."""
    return text.encode("utf-8", errors="replace").decode()
