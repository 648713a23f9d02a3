"""The users file, ``<home>/users.toml``: who may sign in, under which role, and which roles read which collection.

It holds argon2id hashes, never a password, and only the server's account reads it (mode 0600). One writer at a time; it is replaced whole, and read again
when it has changed, so a command takes effect on a page that is open.
"""

import hashlib
import re
import threading
import tomllib
import unicodedata
from collections.abc import Hashable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from argon2 import PasswordHasher

from assistant.errors import ExportError, UsageError, reason_of
from assistant.site import private_files
from assistant.site.kept_text import KeptText
from assistant.site.late_file import Shared
from assistant.site.rights import Role, role_of

FILE = "users.toml"
# Stands beside the file once there was an account: without the file, nobody comes in until somebody says that there are none any more.
WITNESS = ".comptes"
# The one person of a page without sign-in; nobody may be added under this name, lest he find that person's conversations.
ALONE = "local"
# argon2id as RFC 9106 (section 4) recommends where memory counts: 3 passes over 64 MiB, 4 lanes; some 50 ms of one core.
HASHER = PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, hash_len=32, salt_len=16)
# Short enough to be typed, long enough that an online guess, slowed down by ``gate``, does not succeed. Beyond the second, hashing is only work for nothing.
SHORTEST_PASSWORD, LONGEST_PASSWORD = 12, 1024
_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._@-]{0,62}[a-z0-9])?")
_COLLECTION = re.compile(r"[^\x00-\x1f\x7f]{1,100}")
_LOCK_SECONDS = 10
_HEADING = "# Comptes de l'assistant, écrits par « assistant users ». Ne contient aucun mot de passe, seulement leurs empreintes argon2id.\n"


@dataclass(frozen=True, slots=True)
class User:
    """An account. ``hash`` is empty for a person who comes through the reverse proxy only. ``signed_out`` counts how often its sessions were closed."""

    name: str
    role: Role
    enabled: bool = True
    added_on: date | None = None
    hash: str = ""
    signed_out: int = 0

    @property
    def stamp(self) -> str:
        """Another text once the password, the role or the state of the account has changed, or its sessions were closed."""
        said = f"{self.name}\0{self.role.value}\0{self.enabled}\0{self.hash}\0{self.signed_out}"
        return hashlib.sha256(said.encode()).hexdigest()


def user_name(text: str) -> str:
    """A name as it is kept: lower case, of letters, digits and ``. _ @ -``, so that it is also the name of a folder.

    Raises:
        UsageError: it is not such a name, or it is reserved.
    """
    name = unicodedata.normalize("NFKC", text).strip().lower()
    if not _NAME.fullmatch(name) or ".." in name:
        raise UsageError(
            f"« {text[:80]} » n'est pas un nom de compte.",
            "1 à 64 lettres sans accents, chiffres, points, tirets ou @ ; par exemple : claire.martin.",
        )
    if name == ALONE:
        raise UsageError(
            f"Le nom « {ALONE} » est réservé à la page sans comptes.", "Choisissez un autre nom."
        )
    return name


def normalised(password: str) -> str:
    """A password as it is hashed: the same however a keyboard composes its accents."""
    return unicodedata.normalize("NFKC", password)


def hashed(password: str, name: str) -> str:
    """The argon2id hash of a new password.

    Raises:
        UsageError: too short, too long, or the name itself.
    """
    plain = normalised(password)
    if not SHORTEST_PASSWORD <= len(plain) <= LONGEST_PASSWORD:
        raise UsageError(
            f"Ce mot de passe a {len(plain)} caractères : il en faut {SHORTEST_PASSWORD} à {LONGEST_PASSWORD}.",
            "Quatre ou cinq mots au hasard font l'affaire.",
        )
    if len(set(plain)) < 4 or name in plain.lower().replace(" ", ""):
        raise UsageError(
            "Ce mot de passe se devine : il répète quelques caractères ou contient le nom du compte.",
            "Quatre ou cinq mots au hasard font l'affaire.",
        )
    return HASHER.hash(plain)


class Users:
    """The accounts of a site, and the collections that are not for everybody."""

    def __init__(self, home: Path, shared: Shared | None = None) -> None:
        """``shared``: where the accounts lie instead of in the file."""
        self._path = home / FILE
        self._text = KeptText(self._path, shared)
        self._witness = None if shared else home / WITNESS
        self._reading = threading.Lock()
        self._stamp: Hashable = None
        self._users: dict[str, User] = {}
        self._collections: dict[str, tuple[Role, ...]] = {}

    # ---- reading ----------------------------------------------------------------------------------------------------------------

    def all(self) -> tuple[User, ...]:
        """Every account, by name.

        Raises:
            UsageError: the file is not one of accounts, or others may read it.
        """
        users, _ = self._read()
        return tuple(users[name] for name in sorted(users))

    def get(self, name: str) -> User | None:
        """The account of that very name, or None."""
        return self._read()[0].get(name)

    def exist(self) -> bool:
        """Whether somebody can sign in with a password."""
        return any(user.enabled and user.hash for user in self._read()[0].values())

    def collections(self) -> Mapping[str, tuple[Role, ...]]:
        """The roles that may read each collection that is not for everybody."""
        return dict(self._read()[1])

    def _read(self) -> tuple[dict[str, User], dict[str, tuple[Role, ...]]]:
        try:
            stamp = self._text.stamp()
        except OSError as error:
            raise _unreadable(self._path, error) from error
        with self._reading:
            if stamp is None:
                self._stamp, self._users, self._collections = None, {}, {}
                if self._witness is None and self._path.exists():
                    raise UsageError(
                        f"Les comptes de {self._path} n'ont pas été portés dans la base que nomme le réglage « store » : personne n'entre.",
                        "Ôtez ce réglage, lancez « assistant move --to » vers la base, puis remettez-le ; ou effacez ce fichier.",
                    )
                if self._witness and self._witness.exists():
                    raise UsageError(
                        f"Le fichier des comptes {self._path} a disparu : personne n'entre.",
                        f"Reprenez une sauvegarde ; s'il ne doit plus y avoir de comptes, supprimez {self._witness}.",
                    )
                return self._users, self._collections
            if stamp != self._stamp:
                self._users, self._collections = _parsed(self._path, self._text)
                self._stamp = stamp
                if self._users:  # the accounts of an earlier version have no witness yet
                    self._witnessed()
            return self._users, self._collections

    # ---- writing ----------------------------------------------------------------------------------------------------------------

    def add(self, name: str, role: Role, password: str | None) -> User:
        """A new account; without password, for a person who comes through the reverse proxy.

        Raises:
            UsageError: the name is taken or is not one, the password is too weak.
        """
        plain = user_name(name)
        user = User(plain, role, True, date.today(), "" if password is None else hashed(password, plain))
        with self._text.held(_LOCK_SECONDS):
            users, collections = self._read()
            if plain in users:
                raise UsageError(
                    f"Le compte « {plain} » existe déjà.", "Choisissez un autre nom, ou changez ce compte."
                )
            self._write({**users, plain: user}, collections)
        return user

    def set_role(self, name: str, role: Role) -> User:
        """The account under another role. Raises UsageError where there is no such account."""
        return self._change(name, lambda user: replace(user, role=role))

    def set_enabled(self, name: str, enabled: bool) -> User:
        """The account let in, or kept out. Raises UsageError where there is no such account."""
        return self._change(name, lambda user: replace(user, enabled=enabled))

    def set_password(self, name: str, password: str) -> User:
        """The account with another password. Raises UsageError where there is no such account, or the password is too weak."""
        digest = hashed(password, user_name(name))
        return self._change(name, lambda user: replace(user, hash=digest))

    def keep_hash(self, name: str, old: str, new: str) -> None:
        """Replaces a hash made with older parameters, unless it was changed meanwhile."""
        self._change(name, lambda user: replace(user, hash=new) if user.hash == old else user)

    def sign_out(self, name: str) -> User:
        """Closes every session of an account. Raises UsageError where there is no such account."""
        return self._change(name, lambda user: replace(user, signed_out=user.signed_out + 1))

    def remove(self, name: str) -> User:
        """Takes an account out; what it kept stays until it is purged. Raises UsageError where there is no such account."""
        with self._text.held(_LOCK_SECONDS):
            users, collections = self._read()
            user = _known(users, name)
            self._write({key: one for key, one in users.items() if key != user.name}, collections)
        return user

    def set_collection(self, collection: str, roles: Iterable[Role]) -> None:
        """Lets only these roles read a collection; with none, everybody reads it.

        Raises:
            UsageError: a collection cannot have this name.
        """
        if not _COLLECTION.fullmatch(collection):
            raise UsageError(
                "Ce n'est pas un nom de collection.", "1 à 100 caractères, sans retour à la ligne."
            )
        ordered = tuple(role for role in Role if role in set(roles))
        with self._text.held(_LOCK_SECONDS):
            users, collections = self._read()
            others = {name: kept for name, kept in collections.items() if name != collection}
            self._write(users, others | ({collection: ordered} if ordered else {}))

    def _change(self, name: str, change: Any) -> User:
        with self._text.held(_LOCK_SECONDS):
            users, collections = self._read()
            user: User = change(_known(users, name))
            self._write({**users, user.name: user}, collections)
        return user

    def _write(self, users: Mapping[str, User], collections: Mapping[str, tuple[Role, ...]]) -> None:
        self._text.replace(_text(users, collections))
        if self._witness is None:
            return
        if users:
            self._witnessed()
        else:
            self._witness.unlink(missing_ok=True)

    def _witnessed(self) -> None:
        """Notes that there are accounts; where that fails, the next reading does it: a witness without its file would keep everybody out."""
        with suppress(ExportError):
            if self._witness:
                private_files.create(self._witness)


def _known(users: Mapping[str, User], name: str) -> User:
    plain = user_name(name)
    if plain not in users:
        raise UsageError(f"Il n'y a pas de compte « {plain} ».", "Reprenez-le dans la liste des comptes.")
    return users[plain]


def _text(users: Mapping[str, User], collections: Mapping[str, tuple[Role, ...]]) -> str:
    lines = [_HEADING]
    for name in sorted(users):
        user = users[name]
        lines += [
            f"[users.{_string(name)}]",
            f"role = {_string(user.role.value)}",
            f"enabled = {str(user.enabled).lower()}",
        ]
        lines += [f"added_on = {user.added_on.isoformat()}"] if user.added_on else []
        lines += [f"signed_out = {user.signed_out}"] if user.signed_out else []
        lines += [f"hash = {_string(user.hash)}", ""]
    if collections:
        lines.append("[collections]")
        lines += [
            f"{_string(name)} = [{', '.join(_string(role.value) for role in collections[name])}]"
            for name in sorted(collections)
        ]
    return "\n".join(lines).rstrip() + "\n"


def _string(text: str) -> str:
    """A TOML basic string. The names, roles and hashes that come here hold no control character (``_NAME``, ``_COLLECTION``)."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _parsed(path: Path, text: KeptText) -> tuple[dict[str, User], dict[str, tuple[Role, ...]]]:
    try:
        said = text.read()
    except (OSError, ValueError) as error:
        raise _unreadable(path, error) from error
    try:
        values = tomllib.loads(said)
        users = {
            user_name(name): _user(user_name(name), entry) for name, entry in values.get("users", {}).items()
        }
        collections = {
            name: tuple(role_of(str(word)) for word in words)
            for name, words in values.get("collections", {}).items()
        }
    except (UsageError, AttributeError, KeyError, TypeError, ValueError) as error:
        raise _unreadable(path, error) from error
    return users, collections


def _unreadable(path: Path, error: Exception) -> UsageError:
    return UsageError(
        f"Le fichier des comptes {path} ne se lit pas ({reason_of(error)}) : personne n'entre.",
        "Corrigez-le, ou reprenez une sauvegarde.",
    )


def _user(name: str, entry: Mapping[str, Any]) -> User:
    added_on, signed_out = entry.get("added_on"), entry.get("signed_out", 0)
    sound = (
        isinstance(entry["enabled"], bool) and isinstance(entry["hash"], str) and isinstance(signed_out, int)
    )
    if not sound or not (added_on is None or isinstance(added_on, date)):
        raise TypeError(f"compte {name}")
    return User(name, role_of(str(entry["role"])), entry["enabled"], added_on, entry["hash"], signed_out)
