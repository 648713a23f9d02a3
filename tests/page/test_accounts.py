"""Accounts on the page: what an administrator does to them and what the journal keeps of it; nobody else sees or changes them, whatever he sends."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient

from assistant.page import accounts, server
from assistant.page.context import Site
from assistant.page.sessions import COOKIE
from assistant.site.rights import Role, explained
from assistant.workspace import Workspace
from tests.page.test_server import PASSWORD, asked, client, signed_in

OTHER = "cheval agrafe pile correct"
EVENTS = (
    "creer",
    "role",
    "secret",
    "desactiver",
    "reactiver",
    "fermer",
    "retirer",
    "collection",
    "deconnecter",
)


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    workspace = Workspace(tmp_path)
    yield server.site_of(workspace)
    workspace.close()


class Visitor:
    """Somebody whose browser sends what he likes."""

    def __init__(self, page: TestClient, name: str = "") -> None:
        self.page, self.name = page, name
        self.cookie = {"Cookie": f"{COOKIE}={signed_in(page, name)}"} if name else {}

    def sends(self, event: str, **data: str) -> str:
        """What the accounts then show, as text."""
        answer = asked(self.page, "comptes", event, data, name=self.name or "page", **self.cookie)
        shown = [
            json.loads(line.removeprefix("data: "))
            for line in answer.text.splitlines()
            if line.startswith('data: {"parties"')
        ]
        words = unescape(re.sub("<[^>]+>", " ", shown[-1]["parties"]["comptes"] if shown else answer.text))
        return " ".join(words.replace("\u202f", " ").split())

    @property
    def is_in(self) -> bool:
        return self.page.get("/config", headers=self.cookie).status_code == 200


def people(site: Site, **roles: Role) -> tuple[Visitor, ...]:
    for name, role in roles.items():
        site.users.add(name, role, PASSWORD)
    page = client(site)
    return tuple(Visitor(page, name) for name in roles)


def noted(site: Site) -> list[tuple[str, str | None, str | None]]:
    return [(one.who, one.detail, one.about) for one in site.journal.entries() if one.action == "comptes"]


def test_an_administrator_makes_changes_closes_and_opens_accounts_and_each_is_noted(site: Site) -> None:
    (claire,) = people(site, claire=Role.ADMINISTRATOR)
    assert "Compte créé : paul, lecteur." in claire.sends(
        "creer", nom="Paul", role="lecteur", secret=OTHER, encore=OTHER
    )
    assert site.gate.accepts("paul", OTHER)
    assert "paul : rédacteur" in claire.sends("role", compte="paul", role="rédacteur")
    assert "Mot de passe de paul changé" in claire.sends(
        "secret", compte="paul", secret=PASSWORD, encore=PASSWORD
    )
    paul = Visitor(claire.page, "paul")
    assert paul.is_in
    assert "paul ne peut plus entrer" in claire.sends("desactiver", compte="paul")
    assert not paul.is_in
    assert "paul : rédacteur, désactivé" in claire.sends("reactiver", compte="personne")
    assert "paul peut entrer de nouveau" in claire.sends("reactiver", compte="paul")
    for event, said in (("fermer", "Sessions de paul fermées"), ("retirer", "Compte retiré : paul")):
        paul = Visitor(claire.page, "paul")
        assert paul.is_in
        assert said in claire.sends(event, compte="paul")
        assert not paul.is_in
    assert [(who, about) for who, _, about in noted(site)] == [("claire", "paul")] * 7
    assert [detail for _, detail, _ in noted(site)] == [
        "compte créé, lecteur",
        "rôle : rédacteur",
        "mot de passe changé",
        "compte désactivé",
        "compte réactivé",
        "sessions fermées",
        "compte retiré",
    ]
    shown = asked(claire.page, "journal", "filtrer", {"qui": "claire"}, name="claire", **claire.cookie).text
    assert "paul : rôle : rédacteur" in shown  # whose account it was
    assert all(
        secret not in path.read_text(encoding="utf-8")
        for path in (site.workspace.settings.home / "journal").iterdir()
        for secret in (OTHER, PASSWORD)
    )


@pytest.mark.parametrize("role", [Role.READER, Role.DRAFTER])
def test_who_is_no_administrator_sees_nothing_of_the_accounts_and_changes_none(
    site: Site, role: Role
) -> None:
    claire, paul = people(site, claire=Role.ADMINISTRATOR, paul=role)
    before, rules = site.users.all(), dict(site.users.collections())
    for event in EVENTS:
        data = {
            "compte": "claire",
            "nom": "intrus",
            "role": "administrateur",
            "secret": OTHER,
            "encore": OTHER,
            "collection": "notes",
            "lit:lecteur": "1",
        }
        said = paul.sends(event, **data)
        assert f"Avec le rôle « {role.value} », vous ne pouvez pas gérer les comptes." in said
        assert "claire" not in said
    opened = asked(paul.page, "", "ouverture", name="paul", **paul.cookie).text
    assert "claire" not in opened
    assert (site.users.all(), dict(site.users.collections()), noted(site)) == (before, rules, [])
    assert claire.is_in


def test_what_is_wrong_is_said_and_changes_nothing(site: Site) -> None:
    claire, paul = people(site, claire=Role.ADMINISTRATOR, paul=Role.READER)
    before = site.users.all()
    wrong: list[tuple[str, dict[str, Any], str]] = [
        (
            "creer",
            {"nom": "é !", "role": "lecteur", "secret": OTHER, "encore": OTHER},
            "n'est pas un nom de compte",
        ),
        (
            "creer",
            {"nom": "paul", "role": "lecteur", "secret": OTHER, "encore": OTHER},
            "« paul » existe déjà",
        ),
        (
            "creer",
            {"nom": "lea", "role": "roi", "secret": OTHER, "encore": OTHER},
            "Il n'y a pas de rôle « roi »",
        ),
        (
            "creer",
            {"nom": "lea", "role": "lecteur", "secret": OTHER, "encore": "autre"},
            "ne sont pas les mêmes",
        ),
        (
            "creer",
            {"nom": "lea", "role": "lecteur", "secret": "court", "encore": "court"},
            "Ce mot de passe a 5 caractères",
        ),
        (
            "creer",
            {"nom": "lea", "role": "lecteur", "mandataire": "1", "secret": "", "encore": ""},
            "Ce mot de passe a 0 caractères",
        ),  # no proxy is believed here
        ("role", {"compte": "claire", "role": "lecteur"}, "Ce compte est le vôtre"),
        ("desactiver", {"compte": "Claire"}, "Ce compte est le vôtre"),
        ("retirer", {"compte": "claire"}, "Ce compte est le vôtre"),
        ("retirer", {"compte": "../paul"}, "n'est pas un nom de compte"),
        ("collection", {"collection": "inconnue", "lit:lecteur": "1"}, "n'est plus dans la bibliothèque"),
    ]
    for event, data, said in wrong:
        assert said in claire.sends(event, **data), (event, data)
    assert site.users.all() == before
    assert paul.is_in


def test_a_collection_is_kept_to_the_roles_that_are_ticked(site: Site) -> None:
    (claire,) = people(site, claire=Role.ADMINISTRATOR)
    site.users.set_collection("notes", [Role.DRAFTER])
    assert "Aucun rôle n'est coché" in claire.sends("collection", collection="notes")
    assert "Collection « notes » : rédacteur, administrateur." in claire.sends(
        "collection", **{"collection": "notes", "lit:rédacteur": "1", "lit:administrateur": "1"}
    )
    assert site.users.collections() == {"notes": (Role.DRAFTER, Role.ADMINISTRATOR)}
    assert "Collection « notes » : tous." in claire.sends(
        "collection", **{"collection": "notes"} | {f"lit:{role.value}": "1" for role in Role}
    )
    assert site.users.collections() == {}


def test_the_first_account_is_an_administrators_and_the_page_then_asks_who_comes_in(site: Site) -> None:
    alone = Visitor(client(site))
    assert "Le premier compte est celui d'un administrateur" in alone.sends(
        "creer", nom="paul", role="lecteur", secret=OTHER, encore=OTHER
    )
    assert site.users.all() == ()
    assert "Compte créé : claire, administrateur." in alone.sends(
        "creer", nom="claire", role="administrateur", secret=OTHER, encore=OTHER
    )
    assert not alone.is_in
    assert noted(site) == [("local", "compte créé, administrateur", "claire")]


def test_what_each_role_may_do_is_said_as_the_table_has_it(site: Site) -> None:
    assert explained(Role.READER).startswith("poser une question, chercher dans les textes et les clauses")
    assert explained(Role.ADMINISTRATOR).startswith(
        "ce que peut un rédacteur, et modifier la bibliothèque commune"
    )
    shown = unescape(accounts.People(site).shown(site.known_or_alone("local")))
    assert all(explained(role) in shown for role in Role)
