"""What is done to accounts, by the page and by ``assistant users`` alike: each change is in the journal, under the name of who made it."""

from collections.abc import Iterable

from assistant.site.journal import Action, Journal
from assistant.site.rights import Role
from assistant.site.users import User, Users


class Accounts:
    """The accounts of a site, changed by somebody.

    Args:
        users: the accounts.
        journal: where each change is noted.
        who: the name that the journal gives to whoever changes them.
    """

    def __init__(self, users: Users, journal: Journal, who: str) -> None:
        self._users, self._journal, self._who = users, journal, who

    def add(self, name: str, role: Role, password: str | None) -> User:
        """See ``Users.add``."""
        return self._noted(self._users.add(name, role, password), f"compte créé, {role.value}")

    def set_role(self, name: str, role: Role) -> User:
        """See ``Users.set_role``. The sessions of the account end."""
        return self._noted(self._users.set_role(name, role), f"rôle : {role.value}")

    def set_enabled(self, name: str, enabled: bool) -> User:
        """See ``Users.set_enabled``. The sessions of an account that is kept out end."""
        return self._noted(
            self._users.set_enabled(name, enabled), "compte réactivé" if enabled else "compte désactivé"
        )

    def set_password(self, name: str, password: str) -> User:
        """See ``Users.set_password``. The sessions of the account end."""
        return self._noted(self._users.set_password(name, password), "mot de passe changé")

    def sign_out(self, name: str) -> User:
        """See ``Users.sign_out``."""
        return self._noted(self._users.sign_out(name), "sessions fermées")

    def remove(self, name: str) -> User:
        """See ``Users.remove``."""
        return self._noted(self._users.remove(name), "compte retiré")

    def set_collection(self, collection: str, roles: Iterable[Role]) -> str:
        """See ``Users.set_collection``. Returns who reads it, in a reader's words."""
        chosen = tuple(roles)
        self._users.set_collection(collection, chosen)
        who = ", ".join(role.value for role in chosen) or "tous"
        self._journal.record(self._who, Action.USERS, detail=f"collection « {collection} » : {who}")
        return who

    def _noted(self, user: User, detail: str) -> User:
        self._journal.record(self._who, Action.USERS, detail=detail, about=user.name)
        return user
