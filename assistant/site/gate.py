"""Signing in: by a password, or by a header that a trusted reverse proxy sets.

A wrong name costs the same work as a wrong password and gets the same words. After a few failures, whoever goes on guessing waits longer and longer.
"""

import ipaddress
import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from argon2.exceptions import Argon2Error, InvalidHashError

from assistant.errors import ExportError, SignInError, TooManyTriesError, UsageError
from assistant.settings import Settings
from assistant.site.rights import Role, role_of
from assistant.site.users import HASHER, LONGEST_PASSWORD, User, Users, normalised, user_name

# Mistakes that cost nothing: a person mistypes; a whole office may share one address.
FREE_FAILURES, FREE_FAILURES_OF_AN_ADDRESS = 5, 20
# Each further failure doubles the wait, from one second; five minutes leave an attacker 300 guesses a day, and a mistaken person a coffee.
LONGEST_WAIT = 300.0
# Failures are forgotten after this time without a new one, in seconds.
FORGOTTEN_AFTER = 15 * 60.0
# Names and addresses remembered: an attacker who invents names must not fill the memory.
REMEMBERED = 10_000
# Verifications at a time: each takes 64 MiB.
_AT_A_TIME = 2
# What a password is compared with where there is no account, or one that is kept out: of a word that was drawn and thrown away, at the costs of ``HASHER``.
# Written here, as making it takes 0.2 s of processor at each start.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$IH1PnynLoJT+4qI3fM3xcQ$sVDZJumzfexVARg9mBCEjBugpp366fs68UxmloB00yE"
_REFUSED = "Nom ou mot de passe incorrect."


Network = ipaddress.IPv4Network | ipaddress.IPv6Network


class Gate:
    """Lets people in. One for a server: it remembers the failures."""

    def __init__(self, users: Users, clock: Callable[[], float] = time.monotonic) -> None:
        self._users, self._clock = users, clock
        self._lock = threading.Lock()
        self._verifying = threading.BoundedSemaphore(_AT_A_TIME)
        self._failures: OrderedDict[str, tuple[int, float]] = OrderedDict()

    def sign_in(self, name: str, password: str, address: str = "") -> User:
        """The person whom a name and a password let in.

        Raises:
            SignInError: they do not (the message does not say which is wrong), or too many were tried.
        """
        of_name = f"n {plain_name(name) or name[:100]}"  # as the account is found: its other spellings are no other names
        watched = {of_name: FREE_FAILURES} | (
            {f"a {address}": FREE_FAILURES_OF_AN_ADDRESS} if address else {}
        )
        # Counted once it is its turn: fifty people of one office who come in together have failed at nothing yet.
        with self._verifying:
            self._count(watched)
            user = self._users.get(plain_name(name))
            known = user is not None and user.enabled and bool(user.hash)
            digest = user.hash if user and known else _NOBODY
            matches = _matches(digest, password)
        if not (matches and known and user):
            raise SignInError(_REFUSED, "Recommencez, ou demandez à l'administrateur de l'assistant.")
        self._forgive(of_name, *(key for key in watched if key != of_name))
        if HASHER.check_needs_rehash(digest):
            with suppress(ExportError):  # the old hash serves as well
                self._users.keep_hash(user.name, digest, HASHER.hash(normalised(password)))
        return self._users.get(user.name) or user

    def accepts(self, name: str, password: str) -> bool:
        """``sign_in`` as a yes or no."""
        try:
            self.sign_in(name, password)
        except SignInError:
            return False
        return True

    def current(self, name: str) -> User | None:
        """The account of someone who is in, as it is now: None once it is removed or kept out."""
        user = self._users.get(name)
        return user if user and user.enabled else None

    def _count(self, watched: dict[str, int]) -> None:
        """Counts an attempt as a failure until it has succeeded: as many at once as are verified gain nothing.

        Raises:
            SignInError: one must wait.
        """
        now = self._clock()
        with self._lock:
            waits = [self._wait(key, free, now) for key, free in watched.items()]
            if max(waits) > 0:
                seconds = math.ceil(max(waits))
                raise TooManyTriesError(
                    f"Trop d'essais : attendez {seconds} seconde{'s' if seconds > 1 else ''}.",
                    "Puis recommencez, sans vous presser.",
                )
            for key in watched:
                count, when = self._failures.pop(key, (0, now))
                self._failures[key] = (1 if now - when > FORGOTTEN_AFTER else count + 1, now)
            while len(self._failures) > REMEMBERED:
                self._failures.popitem(last=False)

    def _forgive(self, name: str, *addresses: str) -> None:
        """Forgets the failures of a name, and of an address this attempt alone: an account of one's own does not pay for tries at others'."""
        with self._lock:
            self._failures.pop(name, None)
            for address in addresses:
                count, when = self._failures.get(address, (0, 0.0))
                if count > 1:
                    self._failures[address] = (count - 1, when)
                else:
                    self._failures.pop(address, None)

    def _wait(self, key: str, free: int, now: float) -> float:
        count, when = self._failures.get(key, (0, now))
        if count < free or now - when > FORGOTTEN_AFTER:
            return 0.0
        return when + min(2.0 ** min(count - free, 20), LONGEST_WAIT) - now


def _matches(digest: str, password: str) -> bool:
    plain = normalised(password) if len(password) <= LONGEST_PASSWORD else ""
    try:
        return HASHER.verify(digest, plain)
    except (Argon2Error, InvalidHashError):
        return False


def plain_name(name: str) -> str:
    """The name of the account that somebody means, an empty text where it is the name of nobody."""
    try:
        return user_name(name)
    except UsageError:
        return ""  # the name of nobody


# ---- the reverse proxy ------------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Trust:
    """The header that names who is asking, the machines that may set it, and the role of someone who is not in the users file (None: kept out)."""

    header: str
    proxies: tuple[Network, ...]
    role: Role | None


def trust(settings: Settings) -> Trust | None:
    """What the settings say of the reverse proxy; None: there is none.

    Raises:
        UsageError: a header without the machines that set it, something that is no address, or no role.
    """
    if not settings.trusted_header.strip():
        return None
    found = proxies(settings)
    if not found:
        raise UsageError(
            "Le réglage trusted_header est rempli, mais trusted_proxies est vide : n'importe qui pourrait écrire cet en-tête.",
            'Donnez l\'adresse du mandataire : trusted_proxies = "127.0.0.1" ou "10.1.0.0/24".',
        )
    return Trust(
        settings.trusted_header.strip(),
        found,
        role_of(settings.trusted_role) if settings.trusted_role.strip() else None,
    )


def proxies(settings: Settings) -> tuple[Network, ...]:
    """The machines that the settings name as reverse proxies.

    Raises:
        UsageError: something that is no address, or every machine.
    """
    try:
        found = tuple(
            ipaddress.ip_network(word) for word in settings.trusted_proxies.replace(",", " ").split()
        )
    except ValueError as error:
        raise UsageError(
            f"Le réglage trusted_proxies n'est pas une liste d'adresses ({error}).",
            'Par exemple : trusted_proxies = "127.0.0.1, 10.1.0.0/24".',
        ) from error
    if any(network.prefixlen == 0 for network in found):
        raise UsageError(
            "Le réglage trusted_proxies fait confiance à toutes les machines.",
            "Donnez l'adresse du mandataire seulement.",
        )
    return found


def is_of(peer: str, networks: Sequence[Network]) -> bool:
    """Whether the machine at the other end of a connection is one of these."""
    try:
        address = ipaddress.ip_address(peer.partition("%")[0])
    except ValueError:
        return False
    mapped = address.ipv4_mapped if isinstance(address, ipaddress.IPv6Address) else None
    return any((mapped or address) in network for network in networks)


def header_user(trusted: Trust, users: Users, peer: str, values: Sequence[str]) -> User | None:
    """The person whom a request's header names, or None: not signed in.

    Args:
        trusted: the settings' say.
        users: the accounts; a person kept out there stays out.
        peer: address of the machine at the other end of the connection: the proxy's, not the browser's.
        values: every value of the header in the request; two are one too many, for one of them may be the browser's.
    """
    if not is_of(peer, trusted.proxies) or len(values) != 1:
        return None
    name = plain_name(values[0])
    if not name:
        return None
    user = users.get(name)
    if user is not None:
        return user if user.enabled else None
    return User(name, trusted.role) if trusted.role else None
