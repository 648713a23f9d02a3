"""Accounts: an administrator creates, changes, closes and opens them, and says which roles read which collection. ``assistant users`` does the same."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from assistant.errors import AssistantError, UsageError
from assistant.page.context import Site, collection_label, word
from assistant.page.events import Event, Events, Part, Visit
from assistant.page.markup import (
    EMPTY,
    Content,
    Markup,
    button,
    count,
    element,
    empty,
    error,
    items,
    tag,
    text,
    typeset,
)
from assistant.site.access import without_paths
from assistant.site.accounts import Accounts
from assistant.site.journal import Action
from assistant.site.rights import Right, Role, explained, role_of
from assistant.site.users import ALONE, LONGEST_PASSWORD, SHORTEST_PASSWORD, User, user_name

_READS = "lit:"
_FIRST = "Le premier compte est celui d'un administrateur, avec un mot de passe : sans lui, personne ne pourrait plus gérer les comptes ici."
_OWN = (
    "Ce compte est le vôtre : un autre administrateur peut en changer le rôle, le désactiver ou le retirer."
)

# Does something to the accounts for the administrator who asks, as a form says; returns what was done, in his words.
_Change = Callable[[Accounts, User, Mapping[str, Any]], str]


def part(site: Site, events: Events) -> Part:
    """Builds the accounts where the screen stands; they are shown at opening by ``people``."""
    made = People(site)
    people = events.part(EMPTY, "comptes")
    for event, change in made.changes.items():
        people.on(event, made.changed(change), shows=[people])
    people.on("deconnecter", made.sign_everybody_out, shows=[people])
    return people


class People:
    """What is done to the accounts, and how they are shown."""

    def __init__(self, site: Site) -> None:
        self._site = site
        self.changes: Mapping[str, _Change] = {
            "creer": self._create,
            "role": self._set_role,
            "secret": self._set_password,
            "desactiver": self._disable,
            "reactiver": self._enable,
            "fermer": self._sign_out,
            "retirer": self._remove,
            "collection": self._set_collection,
        }

    def changed(self, change: _Change) -> Callable[[Event, Visit], Markup]:
        """What answers an event: the accounts after the change, with what was done or why it was not; nothing of them for who may not see them."""

        def answer(event: Event, visit: Visit) -> Markup:
            try:
                user = self._site.person(visit, Right.USERS)
            except AssistantError as failure:
                return error(failure.message, failure.hint)
            try:
                done = change(Accounts(self._site.users, self._site.journal, user.name), user, event.data)
            except AssistantError as failure:
                return self.shown(
                    user,
                    error(without_paths(failure.message), without_paths(failure.hint)),
                    word(event.data, "compte", 64),
                )
            return self.shown(
                user, tag("p", typeset(done), class_="succes", role="status"), word(event.data, "compte", 64)
            )

        return answer

    def sign_everybody_out(self, visit: Visit) -> Markup:
        """Closes every session, that of who asks too."""
        try:
            user = self._site.person(visit, Right.USERS)
            closed = self._site.sessions.close_all()
            self._site.journal.record(user.name, Action.USERS, detail="toutes les sessions fermées")
        except AssistantError as failure:
            return error(failure.message, failure.hint)
        said = f"{count(closed, 'session fermée', 'sessions fermées')} : chacun se connecte de nouveau, vous aussi."
        return self.shown(user, tag("p", typeset(said), class_="succes", role="status"))

    # ---- changes ----------------------------------------------------------------------------------------------------------------

    def _create(self, accounts: Accounts, user: User, data: Mapping[str, Any]) -> str:
        name, role = user_name(word(data, "nom", 80)), role_of(word(data, "role", 20))
        by_proxy = self._site.trust is not None and word(data, "mandataire", 1) == "1"
        password = None if by_proxy else _password(data)
        if user.name == ALONE and (role is not Role.ADMINISTRATOR or password is None):
            raise UsageError(
                _FIRST, "Choisissez le rôle « administrateur » ; les autres comptes viennent après."
            )
        made = accounts.add(name, role, password)
        said = f"Compte créé : {made.name}, {made.role.value}."
        return (
            f"{said} Désormais la page demande qui vous êtes : rechargez-la, et connectez-vous."
            if user.name == ALONE
            else said
        )

    def _set_role(self, accounts: Accounts, user: User, data: Mapping[str, Any]) -> str:
        changed = accounts.set_role(_of_another(user, data), role_of(word(data, "role", 20)))
        return (
            f"{changed.name} : {changed.role.value}. Ses sessions sont fermées : il se connecte de nouveau."
        )

    def _set_password(self, accounts: Accounts, user: User, data: Mapping[str, Any]) -> str:
        changed = accounts.set_password(word(data, "compte", 64), _password(data))
        whose = (
            "Vos sessions sont fermées : rechargez la page, et connectez-vous"
            if changed.name == user.name
            else "Ses sessions sont fermées"
        )
        return f"Mot de passe de {changed.name} changé. {whose}."

    def _disable(self, accounts: Accounts, user: User, data: Mapping[str, Any]) -> str:
        return f"{accounts.set_enabled(_of_another(user, data), False).name} ne peut plus entrer. Rien de ce qu'il a gardé n'est effacé."

    def _enable(self, accounts: Accounts, user: User, data: Mapping[str, Any]) -> str:
        return f"{accounts.set_enabled(_of_another(user, data), True).name} peut entrer de nouveau."

    def _sign_out(self, accounts: Accounts, user: User, data: Mapping[str, Any]) -> str:
        return f"Sessions de {accounts.sign_out(word(data, 'compte', 64)).name} fermées."

    def _remove(self, accounts: Accounts, user: User, data: Mapping[str, Any]) -> str:
        gone = accounts.remove(_of_another(user, data)).name
        return f"Compte retiré : {gone}. Ce qu'il a gardé reste sur le serveur : « assistant purge --user {gone} » l'efface."

    def _set_collection(self, accounts: Accounts, user: User, data: Mapping[str, Any]) -> str:
        name = word(data, "collection", 120)
        if name not in self._site.shared_collections:
            raise UsageError("Cette collection n'est plus dans la bibliothèque.", "Rouvrez la page.")
        chosen = [role for role in Role if word(data, f"{_READS}{role.value}", 1) == "1"]
        if not chosen:
            raise UsageError(
                "Aucun rôle n'est coché : personne ne lirait cette collection.",
                "Cochez-en un au moins ; cochés tous, la collection est lue par tous.",
            )
        who = accounts.set_collection(name, () if len(chosen) == len(Role) else chosen)
        return f"Collection « {collection_label(name)} » : {who}."

    # ---- showing ----------------------------------------------------------------------------------------------------------------

    def shown(self, user: User, said: Markup = EMPTY, open_: str = "") -> Markup:
        """The accounts, the collections, the open sessions, for an administrator; the account ``open_`` unfolded."""
        every = self._site.users.all()
        listed = (
            tag("ul", [_account(one, user, one.name == open_) for one in every], class_="liste comptes")
            if every
            else None
        )
        alone = empty(
            "La page est ouverte à une seule personne, sur cet ordinateur.",
            f"Pour plusieurs, créez des comptes. {_FIRST}",
        )
        return text(
            (
                tag("section", tag("h2", "Comptes"), said, listed or alone, class_="carte"),
                self._new(bool(every)),
                self._collections() if every else None,
                self._sessions() if every else None,
            )
        )

    def _new(self, several: bool) -> Markup:
        proxy = tag(
            "label",
            tag("input", type="checkbox", value=1, name="mandataire"),
            " Sans mot de passe : cette personne entre par le mandataire",
            class_="enligne",
        )
        fields = (
            tag("label", "Nom du compte", for_="compte-nom"),
            tag(
                "input",
                id="compte-nom",
                name="nom",
                type="text",
                maxlength=64,
                autocomplete="off",
                aria_describedby="compte-nom-aide",
                required=True,
            ),
            tag(
                "p",
                "Lettres sans accents, chiffres, points, tirets : claire.martin",
                id="compte-nom-aide",
                class_="discret",
            ),
            tag("label", "Rôle", for_="compte-role"),
            _roles("compte-role", Role.DRAFTER if several else Role.ADMINISTRATOR),
            _secrets("compte"),
            tag("p", proxy) if self._site.trust is not None else None,
            tag("p", tag("button", "Créer le compte", type="submit", class_="principal")),
        )
        roles = [tag("li", tag("strong", role.value), typeset(" : "), explained(role)) for role in Role]
        told = "Personne, administrateur compris, n'ouvre les conversations, les documents ni les projets d'un autre, sauf ceux qui sont partagés."
        return tag(
            "section",
            tag("h2", "Créer un compte"),
            element("form", {"data-event": "creer", "aria-label": "Créer un compte"}, fields),
            tag(
                "details",
                tag("summary", "Ce que peut chaque rôle"),
                tag("ul", roles),
                tag("p", told, class_="discret"),
            ),
            class_="carte",
        )

    def _collections(self) -> Markup | None:
        rules = self._site.users.collections()
        forms = [
            _collection(name, place, rules.get(name) or tuple(Role))
            for place, name in enumerate(self._site.shared_collections)
        ]
        if not forms:
            return None
        told = "Décochez un rôle pour lui fermer une collection. Les documents que chacun a déposés pour lui-même ne sont lus que de lui."
        return tag(
            "section",
            tag("h2", "Qui lit quelle collection"),
            tag("p", told, class_="discret"),
            forms,
            class_="carte",
        )

    def _sessions(self) -> Markup:
        alive = [
            one
            for one in self._site.sessions.all()
            if (user := self._site.known(one.name)) and user.stamp == one.stamp
        ]
        opened = [f"{one.name}, depuis {one.since.astimezone():%d/%m/%Y %H:%M}" for one in alive]
        close = button(
            "Fermer toutes les sessions",
            "deconnecter",
            {"confirm": "Fermer toutes les sessions, la vôtre aussi ?"},
            class_="secondaire",
        )
        none = tag("p", "Aucune session ouverte par mot de passe.", class_="vide")
        return tag(
            "section",
            tag("h2", "Sessions ouvertes"),
            items(opened) if opened else none,
            tag("p", close) if opened else None,
            class_="carte",
        )


def _password(data: Mapping[str, Any]) -> str:
    """The password that a form gives twice."""
    first, again = (word(data, name, LONGEST_PASSWORD + 1) for name in ("secret", "encore"))
    if first != again:
        raise UsageError("Les deux mots de passe ne sont pas les mêmes.", "Tapez-les de nouveau.")
    return first


def _of_another(user: User, data: Mapping[str, Any]) -> str:
    """The account that a form is about, which is not that of who asks: an administrator does not shut himself out."""
    name = user_name(word(data, "compte", 64))
    if name == user.name:
        raise UsageError(_OWN)
    return name


def _roles(id_: str, chosen: Role) -> Markup:
    return tag(
        "select",
        [tag("option", role.value, value=role.value, selected=role is chosen) for role in Role],
        id=id_,
        name="role",
    )


def _secrets(id_: str) -> Sequence[Markup]:
    """The two fields of a new password."""
    longest = LONGEST_PASSWORD
    return (
        tag("label", "Mot de passe", for_=f"{id_}-secret"),
        tag(
            "input",
            id=f"{id_}-secret",
            name="secret",
            type="password",
            autocomplete="new-password",
            maxlength=longest,
            aria_describedby=f"{id_}-secret-aide",
        ),
        tag(
            "p",
            f"{SHORTEST_PASSWORD} caractères au moins : quatre ou cinq mots au hasard font l'affaire.",
            id=f"{id_}-secret-aide",
            class_="discret",
        ),
        tag("label", "Encore une fois", for_=f"{id_}-encore"),
        tag(
            "input",
            id=f"{id_}-encore",
            name="encore",
            type="password",
            autocomplete="new-password",
            maxlength=longest,
        ),
    )


def _account(one: User, user: User, is_open: bool) -> Markup:
    """An account: its name, its role and its state, and what may be done to it, folded."""
    state = "ouvert" if one.enabled else "désactivé"
    by_proxy = None if one.hash else ", sans mot de passe (mandataire)"
    added = f"Créé le {one.added_on:%d/%m/%Y}." if one.added_on else None
    summary = tag(
        "summary",
        tag("strong", one.name),
        f" : {one.role.value}, {state}",
        by_proxy,
        " (vous)" if one.name == user.name else None,
    )
    return tag(
        "li",
        tag(
            "details",
            summary,
            tag("p", added, class_="discret") if added else None,
            _changes_of(one, user),
            open=is_open,
        ),
        class_="compte",
    )


def _changes_of(one: User, user: User) -> Content:
    data = {"compte": one.name}
    id_ = f"compte-{one.name}"

    def press(label: str, event: str, confirm: str = "") -> Markup:
        asked = {**data, "confirm": confirm} if confirm else data
        return button(label, event, asked, class_="secondaire", aria_label=f"{label} : {one.name}")

    def form(event: str, label: str, *fields: Content) -> Markup:
        return element(
            "form",
            {"data-event": event, "data-compte": one.name, "aria-label": f"{label} : {one.name}"},
            *fields,
        )

    role = form(
        "role",
        "Changer le rôle",
        tag("label", "Rôle", for_=f"{id_}-role"),
        tag(
            "div",
            _roles(f"{id_}-role", one.role),
            tag("button", "Changer le rôle", type="submit", class_="secondaire"),
            class_="portee",
        ),
    )
    password = form(
        "secret",
        "Changer le mot de passe",
        _secrets(id_),
        tag("p", tag("button", "Changer le mot de passe", type="submit", class_="secondaire")),
    )
    others = (
        press(
            "Désactiver",
            "desactiver",
            f"Désactiver {one.name} ? Il ne pourra plus entrer ; rien n'est effacé.",
        )
        if one.enabled
        else press("Réactiver", "reactiver"),
        press(
            "Retirer", "retirer", f"Retirer le compte {one.name} ? Ses conversations restent sur le serveur."
        ),
    )
    own = one.name == user.name
    return (
        tag("p", _OWN, class_="discret") if own else role,
        password,
        tag("p", press("Fermer ses sessions", "fermer"), None if own else others, class_="actions-en-ligne"),
    )


def _collection(name: str, place: int, readers: Sequence[Role]) -> Markup:
    """A collection and the roles that read it."""
    label = collection_label(name)
    ticks = [
        tag(
            "label",
            tag("input", type="checkbox", value=1, name=f"{_READS}{role.value}", checked=role in readers),
            f" {role.value}",
            class_="enligne",
        )
        for role in Role
    ]
    return element(
        "form",
        {
            "data-event": "collection",
            "data-collection": name,
            "aria-labelledby": f"collection-{place}",
            "class": "lecteurs",
        },
        tag("strong", label, id=f"collection-{place}"),
        tag("span", ticks, class_="choix-de-roles"),
        tag("button", "Garder", type="submit", class_="secondaire", aria_label=f"Garder qui lit {label}"),
    )
