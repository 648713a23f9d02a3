"""The keys by which other programs ask: ``<home>/keys.toml``, of which only the server's account reads anything (mode 0600).

A key is 256 random bits, shown once. Its SHA-256 alone is kept: nobody guesses such a key, so that a slow hash would only make each request slow. A key reads
what an account reads, or some shared collections under a role. One writer at a time; the file is replaced whole, and read again when it has changed, so that
a revoked key is refused at its next request. Revoked keys stay listed: their names are in the journal, and serve no other.
"""

import hashlib
import hmac
import re
import secrets
import threading
import tomllib
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from assistant.errors import UsageError, reason_of
from assistant.private import is_private
from assistant.site.kept_text import KeptText
from assistant.site.late_file import Shared
from assistant.site.rights import Role, role_of

FILE = "keys.toml"
# So that whoever finds one knows what it opens, and a tool that looks for secrets left in files finds it.
PREFIX = "acp-"
_BYTES = 32
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,62}[a-z0-9])?")
_COLLECTION = re.compile(r"[^\x00-\x1f\x7f]{1,100}")
_HASH = re.compile(r"[0-9a-f]{64}")
_LOCK_SECONDS = 10
_HEADING = "# Clés des programmes, écrites par « assistant keys ». Ne contient aucune clé, seulement leurs empreintes SHA-256.\n"


@dataclass(frozen=True, slots=True)
class Key:
    """A key. It reads what the account ``user`` reads, under that account's role; with no account, ``collections`` under ``role``.

    ``used_on`` is the last day on which it was used, ``revoked_on`` the day from which it opens nothing.
    """

    name: str
    hash: str
    role: Role
    made_on: date
    user: str = ""
    collections: tuple[str, ...] = ()
    used_on: date | None = None
    revoked_on: date | None = None


def key_name(text: str) -> str:
    """A name as it is kept: lower case, of letters, digits and ``. _ -``.

    Raises:
        UsageError: it is not such a name.
    """
    name = text.strip().lower()
    if not _NAME.fullmatch(name):
        raise UsageError(
            f"« {text[:80]} » n'est pas un nom de clé.",
            "1 à 64 lettres sans accents, chiffres, points ou tirets ; par exemple : open-webui.",
        )
    return name


class Keys:
    """The keys of a home."""

    def __init__(self, home: Path, shared: Shared | None = None) -> None:
        """``shared``: where the keys lie instead of in the file."""
        self._path = home / FILE
        self._text = KeptText(self._path, shared)
        self._reading = threading.Lock()
        self._stamp: Hashable = None
        self._keys: dict[str, Key] = {}

    # ---- reading ----------------------------------------------------------------------------------------------------------------

    def all(self) -> tuple[Key, ...]:
        """Every key, revoked ones too, by name.

        Raises:
            UsageError: the file is not one of keys, or others may read it.
        """
        return tuple(key for _, key in sorted(self._read().items()))

    def open(self) -> bool:
        """Whether some key opens something."""
        return any(key.revoked_on is None for key in self._read().values())

    def found(self, secret: str) -> Key | None:
        """The key that a program showed, a revoked one too; None where there is no such key."""
        digest = _digest(secret)
        return next((key for key in self._read().values() if hmac.compare_digest(key.hash, digest)), None)

    def _read(self) -> dict[str, Key]:
        try:
            stamp = self._text.stamp()
        except OSError as error:
            raise _unreadable(self._path, error) from error
        with self._reading:
            if stamp is None:
                self._stamp, self._keys = None, {}
            elif stamp != self._stamp:
                self._keys, self._stamp = _parsed(self._path, self._text), stamp
            return self._keys

    # ---- writing ----------------------------------------------------------------------------------------------------------------

    def create(
        self, name: str, *, user: str = "", collections: Sequence[str] = (), role: Role = Role.READER
    ) -> tuple[Key, str]:
        """A new key and what it is to be shown as, which is kept nowhere.

        Args:
            name: what it is for; never used before.
            user: the account whose rights it has.
            collections: else the shared collections that it reads.
            role: and under which role.

        Raises:
            UsageError: the name is taken or is not one, or the key would be for nobody, or for two.
        """
        plain, asked = key_name(name), tuple(dict.fromkeys(collections))
        if bool(user) == bool(asked):
            raise UsageError(
                "Il faut dire ce que cette clé peut lire : --user NOM, ou --collection NOM.",
                "L'un des deux, pas les deux.",
            )
        for collection in asked:
            if is_private(collection) or not _COLLECTION.fullmatch(collection):
                raise UsageError(
                    f"« {collection[:80]} » n'est pas une collection commune.",
                    "Les documents d'une personne se lisent par son compte : --user NOM.",
                )
        secret = PREFIX + secrets.token_urlsafe(_BYTES)
        key = Key(plain, _digest(secret), role, date.today(), user, asked)
        with self._text.held(_LOCK_SECONDS):
            keys = self._read()
            if plain in keys:
                raise UsageError(
                    f"La clé « {plain} » existe déjà.",
                    "Donnez un autre nom : celui d'une clé ne sert qu'une fois, le journal le cite.",
                )
            self._write({**keys, plain: key})
        return key, secret

    def revoke(self, name: str) -> Key:
        """The key that opens nothing from now on. Raises UsageError where there is none, or where it is revoked already."""
        plain = key_name(name)
        with self._text.held(_LOCK_SECONDS):
            keys = self._read()
            if plain not in keys:
                raise UsageError(f"Il n'y a pas de clé « {plain} ».", "La liste : assistant keys list.")
            if keys[plain].revoked_on:
                raise UsageError(f"La clé « {plain} » est déjà révoquée.", "La liste : assistant keys list.")
            key = replace(keys[plain], revoked_on=date.today())
            self._write({**keys, plain: key})
        return key

    def used(self, key: Key) -> None:
        """Notes that a key was used today; the file is written once a day and key. Raises ExportError."""
        today = date.today()
        if key.used_on == today:
            return
        with self._text.held(_LOCK_SECONDS):
            keys = self._read()
            if key.name in keys and keys[key.name].used_on != today:
                self._write({**keys, key.name: replace(keys[key.name], used_on=today)})

    def _write(self, keys: Mapping[str, Key]) -> None:
        self._text.replace(_text(keys))


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()


def _text(keys: Mapping[str, Key]) -> str:
    lines = [_HEADING]
    for name in sorted(keys):
        key = keys[name]
        lines += [
            f"[keys.{_string(name)}]",
            f"hash = {_string(key.hash)}",
            f"role = {_string(key.role.value)}",
            f"made_on = {key.made_on.isoformat()}",
        ]
        lines += [f"user = {_string(key.user)}"] if key.user else []
        lines += [f"collections = [{', '.join(map(_string, key.collections))}]"] if key.collections else []
        lines += [f"used_on = {key.used_on.isoformat()}"] if key.used_on else []
        lines += [f"revoked_on = {key.revoked_on.isoformat()}"] if key.revoked_on else []
        lines.append("")
    return "\n".join(lines)


def _string(text: str) -> str:
    """A TOML basic string. No control character comes here (``_NAME``, ``_COLLECTION``)."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _parsed(path: Path, text: KeptText) -> dict[str, Key]:
    try:
        said = text.read()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    try:
        return {
            key_name(name): _key(key_name(name), entry)
            for name, entry in tomllib.loads(said).get("keys", {}).items()
        }
    except (UsageError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unreadable(path, error) from error


def _key(name: str, entry: Mapping[str, Any]) -> Key:
    digest, made_on, user, collections = (
        entry["hash"],
        entry["made_on"],
        entry.get("user", ""),
        entry.get("collections", ()),
    )
    days = (made_on, entry.get("used_on"), entry.get("revoked_on"))
    sound = (
        isinstance(digest, str)
        and bool(_HASH.fullmatch(digest))
        and isinstance(user, str)
        and _are_texts(collections)
    )
    if (
        not sound
        or not isinstance(made_on, date)
        or not all(day is None or isinstance(day, date) for day in days)
    ):
        raise TypeError(f"clé {name}")
    return Key(
        name,
        digest,
        role_of(str(entry["role"])),
        made_on,
        user,
        tuple(collections),
        entry.get("used_on"),
        entry.get("revoked_on"),
    )


def _are_texts(values: Iterable[Any]) -> bool:
    return isinstance(values, list | tuple) and all(isinstance(value, str) for value in values)


def _unreadable(path: Path, error: Exception) -> UsageError:
    return UsageError(
        f"Le fichier des clés {path} ne se lit pas ({reason_of(error)}) : aucune clé n'ouvre rien.",
        "Corrigez-le, ou reprenez une sauvegarde.",
    )
