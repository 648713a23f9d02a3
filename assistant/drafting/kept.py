"""Drafts as they are made, each one's own, in ``<home>/projets.sqlite``: a stranger's is as if it were not there.

What is typed is kept at once, in one transaction a change. Two tabs may write in one draft: the later one is kept, and what it wrote over becomes a version.
A precedent is kept by its id only, never by its words, unless somebody edited them by hand: who opens the draft is shown it, as it was or edited, only while
its collection is open to him.
"""

import json
import re
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import StrEnum
from pathlib import Path
from typing import Any, NoReturn, Self

from assistant import sqlite_files
from assistant.errors import LibraryError, UsageError
from assistant.french.dates import french_date
from assistant.site.late_file import LateFile, Shared
from assistant.site.rights import Right, Role, may
from assistant.site.users import ALONE, User
from assistant.sqlite_files import Tables

FILE = "projets.sqlite"
LONGEST_NAME = 120
# What one person may keep: years of work, and no way to fill the disk of the others.
MOST_DRAFTS, MOST_CHARACTERS = 300, 50_000_000
# One draft: the 126 fields of the largest kit, each as long as the page lets it be, are 252,000 characters.
LONGEST_CONTENT = 400_000
MOST_VERSIONS = 50
# What was written over is said for so long by whoever wrote over it: somebody who types on looks up after a while.
_SAID_FOR = timedelta(minutes=2)
# What is written within this time of the last version is one piece of work.
_A_PIECE_OF_WORK = timedelta(minutes=15)
_TABLES = Tables(
    """
CREATE TABLE IF NOT EXISTS draft (
    serial INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, owner TEXT NOT NULL, name TEXT NOT NULL, created TEXT NOT NULL, updated TEXT NOT NULL,
    by TEXT NOT NULL, revision INTEGER NOT NULL, tab TEXT NOT NULL, rank INTEGER NOT NULL, content TEXT NOT NULL, size INTEGER NOT NULL,
    shared TEXT, writing INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX IF NOT EXISTS draft_owner ON draft(owner, updated);
CREATE INDEX IF NOT EXISTS draft_shared ON draft(shared, updated);
CREATE TABLE IF NOT EXISTS version (
    draft INTEGER NOT NULL REFERENCES draft(serial) ON DELETE CASCADE, number INTEGER NOT NULL, written TEXT NOT NULL, kept TEXT NOT NULL, by TEXT NOT NULL,
    why TEXT NOT NULL, name TEXT NOT NULL, content TEXT NOT NULL, size INTEGER NOT NULL, PRIMARY KEY (draft, number)
) STRICT, WITHOUT ROWID;
""",
    own={
        "draft": "owner = :person OR shared = :role",
        "version": "EXISTS (SELECT 1 FROM draft WHERE serial = version.draft)",
    },
)


class Why(StrEnum):
    """Why a version was kept, as it is shown."""

    WORK = "au fil du travail"
    OVERTAKEN = "écrite ailleurs au même moment"
    BEFORE = "avant un grand changement"
    ASKED = "gardée à la demande"


@dataclass(frozen=True, slots=True)
class Content:
    """What a draft is made of.

    Attributes:
        ids: kits, clauses and precedents, in the order in which they were taken.
        values: what was typed, by field name, right or wrong.
        levels: 1 to 3, by clause id.
        order: articles in the order wanted, by the id of their clause or precedent; empty: as they were taken.
        texts: articles edited by hand, by the same id.
    """

    ids: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)
    levels: Mapping[str, int] = field(default_factory=dict)
    order: tuple[str, ...] = ()
    texts: Mapping[str, str] = field(default_factory=dict)

    def typed(self, said: "Content") -> "Content":
        """The same with what a form says; what it does not speak of stays: a field comes back with the level that uses it.

        What it was drawn from, ids and order, is no word of whoever types.
        """
        return replace(
            self,
            values={**self.values, **said.values},
            levels={**self.levels, **said.levels},
            texts={**self.texts, **said.texts},
        )

    def to_json(self) -> str:
        """One line of JSON."""
        return _storable(
            json.dumps(
                {
                    "ids": self.ids,
                    "values": dict(self.values),
                    "levels": dict(self.levels),
                    "order": self.order,
                    "texts": dict(self.texts),
                },
                ensure_ascii=False,
            )
        )

    @classmethod
    def from_json(cls, text: str) -> Self:
        """What ``to_json`` wrote, or wrote before there were an order and texts. Raises ValueError where it is not that."""
        try:
            said = json.loads(text)
            values = {str(name): str(value) for name, value in said["values"].items()}
            levels = {str(id_): int(level) for id_, level in said["levels"].items()}
            texts = {str(id_): str(text) for id_, text in said.get("texts", {}).items()}
            ids, order = (tuple(str(id_) for id_ in some) for some in (said["ids"], said.get("order", ())))
            return cls(ids, values, levels, order, texts)
        except (AttributeError, KeyError, TypeError) as error:
            raise ValueError("no draft") from error


@dataclass(frozen=True, slots=True)
class Sharing:
    """Who else sees a draft: those of a role, who may write in it or not."""

    role: Role
    writing: bool = False


@dataclass(frozen=True, slots=True)
class Writer:
    """A form that writes.

    Attributes:
        tab: the name of the open page that it is on.
        rank: of what this page sent; less than what was kept of it already: it comes late.
        seen: the revision that the form was drawn from.
    """

    tab: str
    rank: int = 0
    seen: int = 0


@dataclass(frozen=True, slots=True)
class Version:
    """An earlier state of a draft. ``written`` is when its last word was, ``by`` whose that was; ``name`` is empty unless it was given one."""

    number: int
    written: datetime
    by: str
    why: Why
    name: str
    content: Content

    @property
    def when(self) -> str:
        """Its day and hour, in the reader's words and time."""
        return moment(self.written)


@dataclass(frozen=True, slots=True)
class Listed:
    """A draft in a list, without what it says."""

    id: str
    name: str
    owner: str
    updated: datetime
    sharing: Sharing | None

    @property
    def when(self) -> str:
        """When it was last written in, in the reader's words and time."""
        return moment(self.updated)


@dataclass(frozen=True, slots=True)
class KeptDraft:
    """A draft as it is kept. ``by`` wrote in it last; ``revision`` grows with each change."""

    id: str
    name: str
    owner: str
    created: datetime
    updated: datetime
    by: str
    revision: int
    sharing: Sharing | None
    content: Content

    @property
    def when(self) -> str:
        """When it was last written in, in the reader's words and time."""
        return moment(self.updated)

    def is_writable_by(self, user: User) -> bool:
        """Whether ``user``, who sees it, may write in it."""
        return self.owner == user.name or (self.sharing is not None and self.sharing.writing)


@dataclass(frozen=True, slots=True)
class Saved:
    """A draft once something was written in it; ``overtaken`` is what that wrote over, or its tab did just before, where somebody else's words were there."""

    draft: KeptDraft
    overtaken: Version | None = None


def new_id() -> str:
    """The id of a draft that is to be: nobody guesses it, and it says nothing."""
    return secrets.token_urlsafe(12)


_ID = re.compile(r"[A-Za-z0-9_-]{16}")


def moment(when: datetime) -> str:
    """``28 novembre 2026 à 9 h 05``, in the time of this machine."""
    here = when.astimezone()
    return f"{french_date(here.date())} à {here.hour} h {here.minute:02}"


@sqlite_files.in_words(sqlite_files.of_kept(FILE, "projets", sqlite_files.OLD_STAYS))
class KeptDrafts(LateFile):
    """The file of drafts. Every public method raises LibraryError where it cannot be read or written."""

    def __init__(
        self,
        home: Path,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        shared: Shared | None = None,
    ) -> None:
        """``shared``: where drafts lie instead of in the file."""
        super().__init__(home / FILE, _TABLES, shared)
        self._clock = clock

    # ---- reading -----------------------------------------------------------------------------------------------------------------

    def open(self, user: User, id_: str) -> KeptDraft | None:
        """A draft of ``user``, or one that is shared with his role; None where there is none.

        Raises:
            LibraryError: what is kept of it cannot be read.
        """
        with self._reading() as file:
            row = _row(file, user, id_)
        return None if row is None else _draft(row)

    def listed(self, user: User) -> tuple[Listed, ...]:
        """His drafts and those that are shared with his role, the last written in first."""
        with self._reading() as file:
            rows = file.execute(
                "SELECT id, name, owner, updated, shared, writing FROM draft WHERE owner = ? OR shared = ? ORDER BY updated DESC, serial DESC",
                (user.name, _shown_to(user)),
            ).fetchall()
        return tuple(
            Listed(id_, name, owner, _when(updated), _sharing(shared, writing))
            for id_, name, owner, updated, shared, writing in rows
        )

    def versions(self, user: User, id_: str) -> tuple[Version, ...]:
        """The versions of a draft that ``user`` sees, the last one first; one that cannot be read is left out."""
        with self._reading() as file:
            row = _row(file, user, id_)
            found = (
                []
                if row is None
                else file.execute(
                    f"{_VERSIONS} WHERE draft = ? ORDER BY number DESC", (row["serial"],)
                ).fetchall()
            )
        return tuple(version for version in map(_version, found) if version is not None)

    # ---- writing -----------------------------------------------------------------------------------------------------------------

    def create(self, user: User, name: str, content: Content, writer: Writer, id_: str = "") -> KeptDraft:
        """A new draft of ``user``, under an id of ``new_id`` where a form has one already: what could not be kept at first is then kept once, not twice.

        Raises:
            UsageError: the name is empty, he keeps as much as one may, or the id is no such id or taken.
        """
        plain, text = _name(name), _written(content)
        if id_ and not _ID.fullmatch(id_):
            raise _gone()
        with self._writing() as file:
            return self._created(file, user, plain, text, writer, id_)

    def save(
        self,
        user: User,
        id_: str,
        writer: Writer,
        said: Content,
        then: Callable[[Content], Content] = lambda content: content,
        before: Why | None = None,
    ) -> Saved:
        """The draft with what a form says, then with what ``then`` changes.

        A version of what was there is kept where somebody else wrote it since the form was drawn, where ``before`` says why, or where the last one is old.
        What comes late from a page, after something that it sent later, says nothing of the fields any more.

        Raises:
            UsageError: it is gone, it is not his to write in, or it would be too long.
        """
        with self._writing() as file:
            row = self._own(file, user, id_, writing=True)
            held = _content(row)
            is_late = row["tab"] == writer.tab and 0 < writer.rank <= row["rank"]
            content = then(held if is_late else held.typed(said))
            just_before = self._just_overtaken(file, row) if row["tab"] == writer.tab else None
            if content == held:
                return Saved(_draft(row), just_before)
            is_overtaken = row["tab"] != writer.tab and row["revision"] != writer.seen
            why = Why.OVERTAKEN if is_overtaken else before or (Why.WORK if self._is_old(file, row) else None)
            version = self._keep(file, row, why, "") if why and held.ids else None
            text = _written(content)
            file.execute(
                "UPDATE draft SET updated = ?, by = ?, revision = revision + 1, tab = ?, rank = ?, content = ?, size = ? WHERE serial = ?",
                (
                    self._now(),
                    user.name,
                    writer.tab,
                    max(writer.rank, row["rank"] if row["tab"] == writer.tab else 0),
                    text,
                    len(text),
                    row["serial"],
                ),
            )
            return Saved(_draft(_only(file, row["serial"])), version if is_overtaken else just_before)

    def keep_version(self, user: User, id_: str, name: str) -> Version:
        """Keeps the draft as it is now as a version, under ``name``, which may be empty. Raises as ``save``."""
        with self._writing() as file:
            row = self._own(file, user, id_, writing=True)
            return self._keep(file, row, Why.ASKED, _plain(name))

    def restore(self, user: User, id_: str, number: int, writer: Writer) -> Saved:
        """The draft as a version has it; what it was just before becomes a version too. Raises as ``save``, and where there is no such version."""
        version = next((one for one in self.versions(user, id_) if one.number == number), None)
        if version is None:
            raise UsageError("Cette version n'est plus là.", "Choisissez-en une autre.")
        return self.save(user, id_, replace(writer, rank=0), Content(), lambda _: version.content, Why.BEFORE)

    def duplicate(self, user: User, id_: str, writer: Writer, number: int | None = None) -> KeptDraft:
        """A copy of one's own: of the draft as it is now, or of one of its versions. Raises as ``create``, and where there is none."""
        with self._writing() as file:
            row = self._own(file, user, id_)
            content, name = row["content"], f"Copie de {row['name']}"
            if number is not None:
                found = file.execute(
                    "SELECT content FROM version WHERE draft = ? AND number = ?", (row["serial"], number)
                ).fetchone()
                if found is None:
                    raise UsageError("Cette version n'est plus là.", "Choisissez-en une autre.")
                content = found["content"]
            return self._created(file, user, _name(name), content, writer)

    def rename(self, user: User, id_: str, name: str) -> None:
        """Gives another name to a draft of ``user``. Raises UsageError where the name is empty, or the draft is not his."""
        plain = _name(name)
        with self._writing() as file:
            row = self._own(file, user, id_, owner=True)
            file.execute("UPDATE draft SET name = ? WHERE serial = ?", (plain, row["serial"]))

    def share(self, user: User, id_: str, sharing: Sharing | None) -> None:
        """Opens a draft of ``user`` to a role, or to nobody else. Raises UsageError where it is not his, or that role does not draft."""
        if sharing is not None and not may(sharing.role, Right.DRAFT):
            raise UsageError(
                f"Le rôle « {sharing.role.value} » ne rédige pas.",
                "Partagez avec les rédacteurs ou les administrateurs.",
            )
        with self._writing() as file:
            row = self._own(file, user, id_, owner=True)
            shared, writing = (sharing.role.value, int(sharing.writing)) if sharing else (None, 0)
            file.execute(
                "UPDATE draft SET shared = ?, writing = ? WHERE serial = ?", (shared, writing, row["serial"])
            )

    def delete(self, user: User, id_: str) -> None:
        """Erases a draft of ``user`` and its versions. Raises UsageError where it is not his."""
        with self._writing() as file:
            file.execute(
                "DELETE FROM draft WHERE serial = ?", (self._own(file, user, id_, owner=True)["serial"],)
            )

    def purge(self, *, before: date | None = None, owner: str | None = None) -> int:
        """Erases the drafts last written in before a day (UTC), and those of ``owner``; returns how many."""
        return self._erased("draft", "updated", before, owner)

    # ---- within a transaction ----------------------------------------------------------------------------------------------------

    def _own(self, file: Any, user: User, id_: str, *, writing: bool = False, owner: bool = False) -> Any:
        row = _row(file, user, id_)
        if row is None:
            raise _gone()
        if row["owner"] != user.name and (owner or (writing and not row["writing"])):
            what = "changer son nom, son partage, ni le supprimer" if owner else "y écrire"
            raise UsageError(
                f"Ce projet est à {row['owner']} : vous ne pouvez pas {what}.",
                "Dupliquez-le : la copie est à vous.",
            )
        return row

    def _created(
        self, file: Any, user: User, name: str, content: str, writer: Writer, id_: str = ""
    ) -> KeptDraft:
        count = file.execute("SELECT COUNT(*) FROM draft WHERE owner = ?", (user.name,)).fetchone()[0]
        if count >= MOST_DRAFTS:
            raise UsageError(
                f"Vous gardez {count} projets, et l'on n'en garde pas plus.",
                "Supprimez ceux qui ne servent plus, puis recommencez.",
            )
        _require_room(file, user.name, len(content))
        if id_ and file.execute("SELECT 1 FROM draft WHERE id = ?", (id_,)).fetchone():
            raise _gone()
        now = self._now()
        serial = file.execute(
            "INSERT INTO draft (id, owner, name, created, updated, by, revision, tab, rank, content, size) VALUES (?, ?, ?, ?, ?, ?, 1, ?, ?, ?, ?)"
            " RETURNING serial",
            (
                id_ or new_id(),
                user.name,
                name,
                now,
                now,
                user.name,
                writer.tab,
                writer.rank,
                content,
                len(content),
            ),
        ).fetchone()[0]
        return _draft(_only(file, serial))

    def _keep(self, file: Any, row: Any, why: Why, name: str) -> Version:
        """A version of what a draft says; the last one, where it says the same. Where there are too many, the oldest that nobody asked for goes first."""
        last = file.execute(
            f"{_VERSIONS} WHERE draft = ? ORDER BY number DESC LIMIT 1", (row["serial"],)
        ).fetchone()
        if last is not None and last["content"] == row["content"] and why is not Why.ASKED:
            return _version(last) or _unreadable(row["name"])
        held = file.execute("SELECT COUNT(*) FROM version WHERE draft = ?", (row["serial"],)).fetchone()[0]
        if held >= MOST_VERSIONS:
            going = file.execute(
                "SELECT number FROM version WHERE draft = ? AND why != ? ORDER BY why = ? DESC, number LIMIT 1",
                (row["serial"], Why.ASKED, Why.WORK),
            ).fetchone()
            if going is None:
                message = f"Ce projet a {held} versions gardées à votre demande, et l'on n'en garde pas plus."
                raise UsageError(message, "Dupliquez-le : la copie commence sans version.")
            file.execute(
                "DELETE FROM version WHERE draft = ? AND number = ?", (row["serial"], going["number"])
            )
        _require_room(file, row["owner"], row["size"])
        number = last["number"] + 1 if last is not None else 1
        file.execute(
            "INSERT INTO version (draft, number, written, kept, by, why, name, content, size) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                row["serial"],
                number,
                row["updated"],
                self._now(),
                row["by"],
                why,
                name,
                row["content"],
                row["size"],
            ),
        )
        return Version(number, _when(row["updated"]), row["by"], why, name, _content(row))

    def _is_old(self, file: Any, row: Any) -> bool:
        """Whether the draft's last version, or its beginning, is another piece of work than what is written now."""
        last = file.execute("SELECT MAX(kept) FROM version WHERE draft = ?", (row["serial"],)).fetchone()[0]
        return self._clock() - _when(last or row["created"]) >= _A_PIECE_OF_WORK

    def _just_overtaken(self, file: Any, row: Any) -> Version | None:
        """What the last writer of a draft has just written over."""
        last = file.execute(
            f"{_VERSIONS} WHERE draft = ? AND why = ? ORDER BY number DESC LIMIT 1",
            (row["serial"], Why.OVERTAKEN),
        ).fetchone()
        return (
            _version(last) if last is not None and self._clock() - _when(last["kept"]) < _SAID_FOR else None
        )

    def _now(self) -> str:
        return self._clock().astimezone(UTC).isoformat(timespec="milliseconds")

    # ---- the file ----------------------------------------------------------------------------------------------------------------

    def _prepare(self, file: sqlite3.Connection) -> None:
        file.execute(
            "PRAGMA synchronous=FULL"
        )  # a machine that stops loses nothing either: one write to the disk each time that one stops typing
        file.row_factory = sqlite3.Row
        if file.execute("SELECT 1 FROM sqlite_master WHERE name = 'version'").fetchone() is None:
            super()._prepare(file)


_VERSIONS = "SELECT number, written, kept, by, why, name, content FROM version"


def _row(file: Any, user: User, id_: str) -> Any:
    """A draft that ``user`` may see."""
    row: Any | None = file.execute(
        "SELECT * FROM draft WHERE id = ? AND (owner = ? OR shared = ?)",
        (_storable(id_), user.name, _shown_to(user)),
    ).fetchone()
    return row


def _shown_to(user: User) -> str:
    """The role under which one is shown what others share: none where there are no accounts, whatever was shared while there were."""
    return "" if user.name == ALONE else user.role.value


def _only(file: Any, serial: int | None) -> Any:
    row: Any = file.execute("SELECT * FROM draft WHERE serial = ?", (serial,)).fetchone()
    return row


def _draft(row: Any) -> KeptDraft:
    return KeptDraft(
        row["id"], row["name"], row["owner"], _when(row["created"]), _when(row["updated"]), row["by"], row["revision"],
        _sharing(row["shared"], row["writing"]), _content(row),
    )  # fmt: skip


def _content(row: Any) -> Content:
    try:
        return Content.from_json(row["content"])
    except ValueError:
        _unreadable(row["name"])


def _gone() -> UsageError:
    message = "Ce projet n'est plus là : il a été supprimé, ou n'est plus partagé avec vous."
    return UsageError(message, "« Garder une copie » en fait un projet neuf, avec ce que dit ce formulaire.")


def _unreadable(name: str) -> NoReturn:
    raise LibraryError(
        f"Le projet « {name} » ne se lit plus.",
        "Dupliquez l'une de ses versions ; les autres projets sont intacts.",
    )


def _version(row: Any) -> Version | None:
    try:
        return Version(
            row["number"],
            _when(row["written"]),
            row["by"],
            Why(row["why"]),
            row["name"],
            Content.from_json(row["content"]),
        )
    except ValueError:
        return None


def _sharing(role: str | None, writing: int) -> Sharing | None:
    return Sharing(Role(role), bool(writing)) if role in tuple(Role) else None


def _require_room(file: Any, owner: str, size: int) -> None:
    """Raises UsageError where ``owner`` keeps as much as one may."""
    drafts = file.execute("SELECT COALESCE(SUM(size), 0) FROM draft WHERE owner = ?", (owner,)).fetchone()[0]
    query = "SELECT COALESCE(SUM(version.size), 0) FROM version JOIN draft ON version.draft = draft.serial WHERE draft.owner = ?"
    if drafts + file.execute(query, (owner,)).fetchone()[0] + size > MOST_CHARACTERS:
        raise UsageError(
            "Vos projets et leurs versions prennent toute la place qui vous est réservée.",
            "Supprimez ceux qui ne servent plus, puis recommencez.",
        )


def _written(content: Content) -> str:
    text = content.to_json()
    if len(text) > LONGEST_CONTENT:
        raise UsageError(
            "Ce projet est trop long pour être gardé.", "Faites-en deux : une partie des clauses dans chacun."
        )
    return text


def _plain(name: str) -> str:
    """A name on one line, without what a screen does not show. It is never a path."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in _storable(name)).split())[
        :LONGEST_NAME
    ].strip()


def _name(name: str) -> str:
    plain = _plain(name)
    if not plain:
        raise UsageError("Ce nom est vide.", "Donnez quelques mots au projet.")
    return plain


def _when(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _storable(text: str) -> str:
    """``text`` without what UTF-8 cannot hold (half of a pair, from a broken browser)."""
    return text.encode("utf-8", errors="replace").decode()
