"""Who asks: what a key stands for at the moment of a request, its role and the collections that it reads."""

import threading
import time
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass

import anyio

from assistant.errors import BusyError, ForbiddenError, SignInError
from assistant.reach import Reader
from assistant.site import access, rights
from assistant.site.journal import Action, Journal
from assistant.site.keys import Key, Keys
from assistant.site.rights import Right, Role
from assistant.site.users import ALONE, User, Users
from assistant.workspace import Workspace

# Requests of one key at work at once, as of one person on the page.
MOST_AT_ONCE = 24
# Open WebUI asks for the vectors of a file one passage a request, all at once, and gives the file up where one is refused: they wait. Few of a key stand in the
# page's queue, so that its questions do not wait behind a file; those that wait leave half of the 1,024 connections of a process.
MOST_IN_QUEUE, MOST_IN_LINE, LINE_SECONDS = 4, 500, 120.0
# A refused key that is tried again and again is noted once in this time, in seconds.
_TOLD_EVERY = 600.0
_SCHEME = "bearer "
_FEWER = "Mettez plusieurs textes dans une demande, faites-en moins à la fois, puis recommencez."
_CREATE = "L'administrateur en crée une : assistant keys create NOM --collection COLLECTION."


@dataclass(frozen=True, slots=True)
class Caller:
    """Who asks, as his key and the accounts say now.

    ``who`` is his name in the journal and ``by`` what he came by; ``collections`` are those that are indexed and that he may read, perhaps none.
    """

    who: str
    role: Role
    collections: tuple[str, ...]
    by: str = ""

    @property
    def reader(self) -> Reader:
        """Him, as a database that keeps rights knows him."""
        return Reader(self.who, self.role.value, lambda: self.collections)

    def require(self, right: Right) -> None:
        """Raises ForbiddenError unless his role holds the right."""
        rights.require(self.role, right)

    def searchable(self) -> tuple[str, ...]:
        """The collections where he may search.

        Raises:
            ForbiddenError: there is none.
        """
        if not self.collections:
            raise ForbiddenError(
                "Aucune collection n'est ouverte à cette clé : il n'y a rien où chercher.",
                "Demandez à l'administrateur de l'assistant.",
            )
        return self.collections


class Callers:
    """Tells callers by their keys."""

    def __init__(
        self,
        workspace: Workspace,
        keys: Keys,
        users: Users,
        journal: Journal,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._workspace, self._keys, self._users, self._journal, self._clock = (
            workspace,
            keys,
            users,
            journal,
            clock,
        )
        self._lock = threading.Lock()
        self._told: dict[str, float] = {}
        self._at_work: dict[str, int] = {}
        self._lines: dict[str, anyio.Semaphore] = {}

    def of_header(self, authorization: str) -> Caller:
        """Who shows a key in the header ``Authorization: Bearer …``.

        Raises:
            ForbiddenError: there is no key on this machine: nobody is answered.
            SignInError: no key, an unknown or a revoked one, or one whose account is closed.
            UsageError: the file of the keys or of the accounts does not read.
        """
        shown = authorization[len(_SCHEME) :].strip() if authorization.lower().startswith(_SCHEME) else ""
        return self.of_key(shown)

    def of_key(self, secret: str) -> Caller:
        """Who shows a key; raises as ``of_header``."""
        key = self._keys.found(secret) if secret else None
        if key is None and not self._keys.open():
            raise ForbiddenError("Cette adresse est fermée : l'assistant n'a aucune clé.", _CREATE)
        if not secret:
            raise SignInError("Il manque une clé : en-tête « Authorization: Bearer … ».", _CREATE)
        if key is None:
            raise SignInError(
                "Cette clé n'est pas connue.",
                "Vérifiez-la, ou demandez-en une à l'administrateur de l'assistant.",
            )
        if key.revoked_on:
            self._note(key, "révoquée")
            raise SignInError(
                f"La clé « {key.name} » a été révoquée.",
                "Demandez-en une autre à l'administrateur de l'assistant.",
            )
        caller = self._caller(key)
        self._keys.used(key)
        return caller

    def of_this_machine(self) -> Caller:
        """Whoever runs a command here, and so reads the files themselves: everything but what belongs to one person."""
        user = User(ALONE, Role.ADMINISTRATOR)
        return Caller(user.name, user.role, self._readable(user), "programme de cet ordinateur")

    def _caller(self, key: Key) -> Caller:
        if not key.user:
            user = User(
                f"clé:{key.name}", key.role
            )  # the name of no account: a collection of one's own is nobody's here
            return Caller(
                user.name,
                key.role,
                tuple(name for name in self._readable(user) if name in key.collections),
                f"clé « {key.name} »",
            )
        account = self._users.get(key.user)
        if account is None or not account.enabled:
            self._note(key, "compte fermé")
            raise SignInError(
                f"Le compte de la clé « {key.name} » est fermé.",
                "Demandez à l'administrateur de l'assistant.",
            )
        return Caller(account.name, account.role, self._readable(account), f"clé « {key.name} »")

    def _readable(self, user: User) -> tuple[str, ...]:
        return access.readable(user, self._workspace.collections(), self._users.collections())

    def _note(self, key: Key, why: str) -> None:
        """A key that is refused stands in the journal, once in a while."""
        with self._lock:
            now = self._clock()
            if now < self._told.get(key.name, -_TOLD_EVERY) + _TOLD_EVERY:
                return
            self._told[key.name] = now
        self._journal.record(f"clé:{key.name}", Action.KEY_REFUSED, detail=why)

    @contextmanager
    def at_work(self, caller: Caller) -> Iterator[None]:
        """Counts a request while it is answered.

        Raises:
            BusyError: too many of the same caller are at work.
        """
        with self._lock:
            if self._at_work.get(caller.who, 0) >= MOST_AT_ONCE:
                raise BusyError(
                    f"{MOST_AT_ONCE} demandes de cette clé sont déjà en cours.",
                    "Attendez la fin de l'une d'elles, puis recommencez.",
                )
            self._at_work[caller.who] = self._at_work.get(caller.who, 0) + 1
        try:
            yield
        finally:
            with self._lock:
                self._at_work[caller.who] -= 1
                if not self._at_work[caller.who]:
                    del self._at_work[caller.who]

    @asynccontextmanager
    async def in_line(self, caller: Caller) -> AsyncIterator[None]:
        """Holds one of the ``MOST_IN_QUEUE`` places of a caller, waited for without a thread; who came first goes first.

        Raises:
            BusyError: too many requests of the same caller wait, or this one waited too long.
        """
        line = self._lines.setdefault(caller.who, anyio.Semaphore(MOST_IN_QUEUE))
        if line.statistics().tasks_waiting >= MOST_IN_LINE:
            raise BusyError(f"{MOST_IN_LINE} demandes de vecteurs de cette clé attendent déjà.", _FEWER)
        try:
            with anyio.fail_after(LINE_SECONDS):
                await line.acquire()
        except TimeoutError:
            waited = (
                f"Cette demande de vecteurs a attendu {LINE_SECONDS:.0f} secondes sans que vienne son tour."
            )
            raise BusyError(waited, _FEWER) from None
        try:
            yield
        finally:
            line.release()
