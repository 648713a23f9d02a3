"""Conversations, each one's own, in ``<home>/conversations.sqlite``: a stranger's is as if it were not there.

An answer is kept as it was shown (``KeptAnswer``), so that it is shown later as it was shown then, with the date of the law that it was given for.
"""

import json
import re
import secrets
import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from assistant import sqlite_files
from assistant.errors import UsageError
from assistant.french.dates import french_date
from assistant.french.folding import fold
from assistant.kept_answer import KeptAnswer
from assistant.lines import beginning
from assistant.site.late_file import LateFile, Shared
from assistant.sqlite_files import Tables

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
"""
_WORDS = """
CREATE VIRTUAL TABLE IF NOT EXISTS words USING fts5(text, tokenize='unicode61 remove_diacritics 2');
INSERT INTO words(words, rank) VALUES ('secure-delete', 1);
"""
# Where the tables lie on a server: what is said in folded words, each behind a space.
_SHARED_WORDS = "CREATE TABLE IF NOT EXISTS words (rowid INTEGER PRIMARY KEY, text TEXT NOT NULL) STRICT;"
_SHARED_TABLES = Tables(
    _SCHEMA + _SHARED_WORDS,
    own={
        "conversation": "owner = :person",
        "turn": "EXISTS (SELECT 1 FROM conversation WHERE serial = turn.conversation)",
        "words": "EXISTS (SELECT 1 FROM conversation WHERE serial = words.rowid)",
    },
)


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


@sqlite_files.in_words(sqlite_files.of_kept(FILE, "conversations", sqlite_files.OLD_STAYS))
class Conversations(LateFile):
    """The file of conversations."""

    def __init__(
        self,
        home: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        shared: Shared | None = None,
    ) -> None:
        """Opens the file, made where it is missing; ``shared``: where conversations lie instead.

        Raises:
            LibraryError: it is damaged.
        """
        super().__init__(home / FILE, _SHARED_TABLES if shared else Tables(_SCHEMA + _WORDS), shared)
        self._clock = clock
        if shared is None:
            self._opened()

    def _prepare(self, file: sqlite3.Connection) -> None:
        if file.execute("SELECT 1 FROM sqlite_master WHERE name = 'words'").fetchone() is None:
            super()._prepare(file)

    # ---- one's own ---------------------------------------------------------------------------------------------------------------

    def open(self, owner: str, id_: str) -> Conversation | None:
        """A conversation of ``owner``, or None."""
        with self._reading() as file:
            row = file.execute(
                "SELECT serial, id, title, created, updated FROM conversation WHERE id = ? AND owner = ?",
                (id_, owner),
            ).fetchone()
            if row is None:
                return None
            turns = file.execute(
                "SELECT question, answer FROM turn WHERE conversation = ? ORDER BY number", (row[0],)
            ).fetchall()
        return Conversation(
            row[1],
            row[2],
            _moment(row[3]),
            _moment(row[4]),
            tuple(Turn(question, KeptAnswer.from_json(json.loads(answer))) for question, answer in turns),
        )

    def add(self, owner: str, conversation: Conversation, turn: Turn) -> Conversation:
        """The conversation with one more turn, as it is kept now.

        It is made at its first turn, under its question as a title; anew, if it was deleted while the answer was written.
        """
        question, answer = (
            _storable(turn.question),
            _storable(json.dumps(turn.answer.to_json(), ensure_ascii=False)),
        )
        with self._writing() as file:
            now = self._clock().astimezone(UTC).isoformat(timespec="milliseconds")
            row = file.execute(
                "SELECT serial, id FROM conversation WHERE id = ? AND owner = ?", (conversation.id, owner)
            ).fetchone()
            if row is None:
                row = file.execute(
                    "INSERT INTO conversation (id, owner, title, created, updated) VALUES (?, ?, ?, ?, ?) RETURNING serial, id",
                    (secrets.token_urlsafe(12), owner, _title(question), now, now),
                ).fetchone()
            serial, id_ = row
            file.execute("UPDATE conversation SET updated = ? WHERE serial = ?", (now, serial))
            file.execute(
                "INSERT INTO turn SELECT ?, COALESCE(MAX(number), 0) + 1, ?, ? FROM turn WHERE conversation = ?",
                (serial, question, answer, serial),
            )
            self._index(file, serial)
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
            matching, sought = self._matching(asked)
            query += f" AND serial IN (SELECT rowid FROM words WHERE {matching})"  # noqa: S608 - our words
            values += sought
        with self._reading() as file:
            rows = file.execute(f"{query} ORDER BY updated DESC, serial DESC", values).fetchall()
        return tuple(Listed(id_, title, _moment(updated), turns) for id_, title, updated, turns in rows)

    def rename(self, owner: str, id_: str, title: str) -> None:
        """Gives a conversation another title; a stranger's, or one that is gone, stays as it is.

        Raises:
            UsageError: the title is empty.
        """
        plain = " ".join(_storable(title).split())[:LONGEST_TITLE]
        if not plain:
            raise UsageError("Ce nom est vide.", "Donnez quelques mots à la conversation.")
        with self._writing() as file:
            row = file.execute(
                "UPDATE conversation SET title = ? WHERE id = ? AND owner = ? RETURNING serial",
                (plain, id_, owner),
            ).fetchone()
            if row:
                self._index(file, row[0])

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
        self._forget()  # what an earlier purge that a full disk stopped had erased too
        return count

    def _delete(self, where: str, values: tuple[str, ...]) -> int:
        with self._writing() as file:
            serials = [
                row[0]
                for row in file.execute(f"SELECT serial FROM conversation WHERE {where}", values)  # noqa: S608
            ]
            for serial in serials:
                file.execute("DELETE FROM words WHERE rowid = ?", (serial,))
                file.execute("DELETE FROM conversation WHERE serial = ?", (serial,))
        return len(serials)

    # ---- writing -----------------------------------------------------------------------------------------------------------------

    def _index(self, file: Any, serial: int) -> None:
        title = file.execute("SELECT title FROM conversation WHERE serial = ?", (serial,)).fetchone()[0]
        parts = [title]
        for question, answer in file.execute(
            "SELECT question, answer FROM turn WHERE conversation = ? ORDER BY number", (serial,)
        ):
            parts += [question, *KeptAnswer.from_json(json.loads(answer)).said]
        file.execute("DELETE FROM words WHERE rowid = ?", (serial,))
        file.execute(
            "INSERT INTO words (rowid, text) VALUES (?, ?)",
            (serial, _folded("\n".join(parts)) if self._shared else "\n".join(parts)),
        )

    def _carried(self, tables: Any) -> None:
        for (serial,) in tables.execute("SELECT serial FROM conversation").fetchall():
            self._index(tables, serial)

    def _matching(self, asked: Sequence[str]) -> tuple[str, list[str]]:
        """What finds the conversations that hold every one of some words, or of their beginnings."""
        if self._shared:
            return " AND ".join(["text LIKE ?"] * len(asked)), [f"%{_folded(word)}%" for word in asked]
        return "words MATCH ?", [" AND ".join(f'"{word}"*' for word in asked)]


def _title(question: str) -> str:
    return beginning(question, _TITLE_OF_A_QUESTION) or "Sans titre"


def _folded(text: str) -> str:
    """The words of a text without accents or capitals, each behind a space."""
    return "".join(f" {fold(word)}" for word in _WORD.findall(text))


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _storable(text: str) -> str:
    """``text`` without what UTF-8 cannot hold (half of a pair, from a broken browser)."""
    return text.encode("utf-8", errors="replace").decode()
