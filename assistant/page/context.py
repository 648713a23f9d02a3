"""What every screen is given: the workspace, who is asking, the queue, the files received."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from assistant.drafting.kept import KeptDrafts
from assistant.errors import NotIndexedError, SignInError
from assistant.page.deposits import Deposits
from assistant.page.events import Visit
from assistant.page.sessions import Sessions
from assistant.private import is_private
from assistant.reach import Reader
from assistant.review.kept import KeptReviews
from assistant.site import access, rights
from assistant.site.batches import Batches
from assistant.site.conversations import Conversations
from assistant.site.feedback import Judgements
from assistant.site.gate import Gate, Network, Trust
from assistant.site.journal import Journal
from assistant.site.rights import Right, Role
from assistant.site.turns import Turns
from assistant.site.uploads import Uploads
from assistant.site.users import ALONE, User, Users
from assistant.workspace import Workspace

# The collection of what is indexed without naming one.
UNNAMED = "defaut"


@dataclass(frozen=True, slots=True)
class Site:
    """The page's parts. ``turns`` is the queue of what uses the models; ``trust`` says which reverse proxy is believed, None: none.

    ``on_network`` is whether other machines reach the page: then nobody comes in without signing in, even once the last account is gone. ``proxies`` are the
    machines that speak for others: the address and the protocol that they name are believed. ``names`` are those under which the page is asked for besides this
    machine's own.
    """

    workspace: Workspace
    users: Users
    gate: Gate
    trust: Trust | None
    deposits: Deposits
    turns: Turns
    conversations: Conversations
    judgements: Judgements
    journal: Journal
    uploads: Uploads
    batches: Batches
    drafts: KeptDrafts
    reviews: KeptReviews
    on_network: bool = False
    sessions: Sessions = field(default_factory=Sessions)
    proxies: tuple[Network, ...] = ()
    names: frozenset[str] = frozenset()

    @property
    def asks_who(self) -> bool:
        """Whether one has to sign in: where there is an account, be it closed, and wherever the page is seen from the network."""
        return self.on_network or self.trust is not None or bool(self.users.all())

    def person(self, visit: Visit, right: Right) -> User:
        """Who is asking, as the accounts say now.

        Raises:
            SignInError: nobody who may be here any more.
            ForbiddenError: the role does not hold ``right``.
        """
        user = self.known_or_alone(visit.name)
        rights.require(user.role, right)
        return user

    def known_or_alone(self, name: str | None) -> User:
        """The account of a name, or the one person of a page without sign-in. Raises SignInError."""
        user = (
            User(ALONE, Role.ADMINISTRATOR) if not self.asks_who and name == ALONE else self.known(name or "")
        )
        if user is None:
            raise SignInError("Votre session est fermée.", "Rechargez la page et connectez-vous.")
        return user

    def known(self, name: str) -> User | None:
        """The account of a name that came through the door, None once it is kept out."""
        user = self.users.get(name)
        if user is not None:
            return user if user.enabled else None
        return User(name, self.trust.role) if self.trust and self.trust.role else None

    def searchable(self, user: User) -> tuple[str, ...]:
        """The collections where ``user`` may search.

        Raises:
            NotIndexedError: nothing is indexed.
            ForbiddenError: none is open to him.
        """
        collections = self._collections()
        if not collections:
            self.workspace.require_documents()
        return access.searchable(user, collections, self.users.collections())

    def reach(self, user: User) -> tuple[str, ...]:
        """The collections where ``user`` may look for precedents; none where nothing is indexed or open to him: the model clauses are there all the same."""
        return access.readable(user, self._collections(), self.users.collections())

    def require_source(self, user: User, source_id: str) -> None:
        """Raises NotIndexedError unless ``user`` may read that source: one that he may not read is as if it were not there."""
        collections = next(
            (held.collections for held in self.workspace.sources() if held.source.id == source_id), ()
        )
        if not access.may_read(user, collections, self.users.collections()):
            raise NotIndexedError(
                "Cette source n'est plus dans la bibliothèque.",
                "Posez de nouveau la question : d'autres sources peuvent répondre.",
            )

    @property
    def shared_collections(self) -> tuple[str, ...]:
        """The collections that are nobody's own: those of what is indexed, and those that a rule names."""
        return tuple(
            sorted(name for name in {*self._collections(), *self.users.collections()} if not is_private(name))
        )

    def reader(self, name: str) -> Reader:
        """Whoever came through the door under that name, as a database that keeps rights knows him; nobody's reader reads nothing."""
        try:
            user = self.known_or_alone(name)
        except SignInError:
            return Reader(name, "", tuple)
        return Reader(user.name, user.role.value, lambda: self.reach(user))

    def _collections(self) -> tuple[str, ...]:
        return self.workspace.collections()


def word(data: Mapping[str, Any], name: str, most: int = 4_000) -> str:
    """A text of what was sent, ``most`` characters of it."""
    value = data.get(name, "")
    return (
        value[:most]
        if isinstance(value, str)
        else str(value)[:most]
        if isinstance(value, int | float)
        else ""
    )


def number(data: Mapping[str, Any], name: str, default: int = 0) -> int:
    """A whole number of what was sent, or ``default``."""
    try:
        return int(word(data, name, 20))
    except ValueError:
        return default


def collection_label(name: str) -> str:
    """A collection in a reader's words: his own (nobody is shown another's), the one of documents that were given none, or its name."""
    return "Mes documents" if is_private(name) else "Sans collection" if name == UNNAMED else name
