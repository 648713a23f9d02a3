"""Keys: made, listed and revoked by commands; kept as hashes; read as an account or as collections."""

import json
import stat
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from assistant.__main__ import cli
from assistant.endpoint.callers import MOST_AT_ONCE, Callers
from assistant.errors import BusyError, ForbiddenError, SignInError, UsageError
from assistant.index import ingest
from assistant.site.journal import Journal
from assistant.site.keys import FILE, Keys
from assistant.site.rights import Right, Role
from assistant.site.users import Users
from assistant.workspace import Workspace
from tests.fakes import FakeEmbedding

PASSWORD = "quatre mots tirés au sort"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "maison"


def run(home: Path, *arguments: str) -> Any:
    done = CliRunner().invoke(cli, ["--home", str(home), "keys", *arguments])
    if done.exception is not None and not isinstance(done.exception, SystemExit):
        raise done.exception
    return done


@pytest.fixture
def callers(home: Path) -> Iterator[Callers]:
    """Four collections: two shared, one for drafters, one of Claire's own."""
    workspace = Workspace(home)
    for collection in ("a", "b", "reservee", "prive:claire"):
        path = home / f"{collection.replace(':', '-')}.txt"
        home.mkdir(exist_ok=True)
        path.write_text(f"Le lot {collection} est livré sous trois jours.\n", encoding="utf-8")
        ingest.index_paths(workspace.library.store, FakeEmbedding(), [path], collection=collection)
    users = Users(home)
    users.add("claire", Role.DRAFTER, PASSWORD)
    users.set_collection("reservee", (Role.DRAFTER, Role.ADMINISTRATOR))
    yield Callers(workspace, Keys(home), users, Journal(home))
    workspace.close()


def test_a_key_is_shown_once_and_only_its_hash_is_kept_for_its_owner_alone(home: Path) -> None:
    done = run(home, "create", "Open-WebUI", "--collection", "a", "--collection", "b")
    secret = done.stdout.strip()
    assert secret.startswith("acp-")
    assert len(secret) > 40
    assert secret not in done.stderr
    kept = (home / FILE).read_text(encoding="utf-8")
    assert secret not in kept
    assert secret.removeprefix("acp-") not in "".join(
        path.read_text(errors="replace") for path in (home / "journal").iterdir()
    )
    assert stat.S_IMODE((home / FILE).stat().st_mode) == 0o600
    found = Keys(home).found(secret)
    assert found is not None
    assert (found.name, found.collections, found.role, found.made_on, found.used_on) == (
        "open-webui",
        ("a", "b"),
        Role.READER,
        date.today(),
        None,
    )
    assert Keys(home).found(secret[:-1]) is None
    assert Keys(home).found("") is None


def test_what_an_administrator_does_with_keys_stands_in_the_journal_and_in_the_list(home: Path) -> None:
    Users(home).add("claire", Role.DRAFTER, PASSWORD)
    run(home, "create", "poste", "--user", "Claire")
    run(home, "create", "batch", "--collection", "a", "--role", "rédacteur")
    run(home, "revoke", "batch")
    shown = json.loads(run(home, "list", "--json").stdout)
    today = date.today().isoformat()
    assert shown == [
        {
            "name": "batch",
            "user": None,
            "collections": ["a"],
            "role": "rédacteur",
            "made_on": today,
            "used_on": None,
            "revoked_on": today,
        },
        {
            "name": "poste",
            "user": "claire",
            "collections": [],
            "role": None,
            "made_on": today,
            "used_on": None,
            "revoked_on": None,
        },
    ]
    noted = [(entry.action, entry.detail, entry.about) for entry in Journal(home).entries()]
    assert noted == [
        ("clés", "clé « poste » créée pour le compte claire", "claire"),
        ("clés", "clé « batch » créée pour « a » (rédacteur)", None),
        ("clés", "clé « batch » révoquée", None),
    ]
    assert "révoquée le" in run(home, "list").stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["create", "x"], "Il faut dire ce que cette clé peut lire"),
        (["create", "x", "--user", "claire", "--collection", "a"], "Il faut dire ce que cette clé peut lire"),
        (["create", "x", "--user", "paul"], "Il n'y a pas de compte « paul »"),
        (
            ["create", "x", "--user", "claire", "--role", "lecteur"],
            "Une clé de compte a le rôle de ce compte",
        ),
        (["create", "x", "--collection", "prive:claire"], "n'est pas une collection commune"),
        (["create", "x", "--collection", "reservee"], "une clé de lecteur ne la lirait pas"),
        (["create", "x y", "--collection", "a"], "n'est pas un nom de clé"),
        (["create", "prise", "--collection", "a"], "existe déjà"),
        (["revoke", "autre"], "Il n'y a pas de clé « autre »"),
        (["revoke", "prise"], "est déjà révoquée"),
    ],
)
def test_what_is_wrong_is_said_and_changes_nothing(home: Path, arguments: list[str], said: str) -> None:
    users = Users(home)
    users.add("claire", Role.DRAFTER, PASSWORD)
    users.set_collection("reservee", (Role.DRAFTER,))
    Keys(home).create("prise", collections=("a",))
    Keys(home).revoke("prise")
    before = (home / FILE).read_bytes()
    with pytest.raises(UsageError, match=said):
        run(home, *arguments)
    assert (home / FILE).read_bytes() == before


def test_a_key_reads_its_account_or_its_collections_and_nothing_of_another(
    home: Path, callers: Callers
) -> None:
    keys = Keys(home)
    _, of_claire = keys.create("poste", user="claire")
    _, of_two = keys.create("deux", collections=("a", "reservee", "absente"))
    account, reader = callers.of_key(of_claire), callers.of_key(of_two)
    assert (account.who, account.role, account.collections) == (
        "claire",
        Role.DRAFTER,
        ("a", "b", "prive:claire", "reservee"),
    )
    assert (reader.who, reader.role, reader.collections) == ("clé:deux", Role.READER, ("a",))
    with pytest.raises(ForbiddenError, match="contrôler un dossier"):
        reader.require(Right.REVIEW)
    assert callers.of_this_machine().collections == ("a", "b", "reservee")
    Users(home).set_role("claire", Role.READER)
    assert callers.of_key(of_claire).collections == ("a", "b", "prive:claire")
    assert [key.used_on for key in keys.all()] == [date.today(), date.today()]


def test_no_key_an_unknown_a_revoked_one_or_one_of_a_closed_account_opens_nothing(
    home: Path, callers: Callers
) -> None:
    for shown in ("", "Bearer acp-inconnue"):
        with pytest.raises(ForbiddenError, match="fermée : l'assistant n'a aucune clé"):
            callers.of_header(shown)
    keys = Keys(home)
    _, secret = keys.create("poste", user="claire")
    _, other = keys.create("autre", collections=("a",))
    assert callers.of_header(f"bearer {secret}").who == "claire"
    for shown, said in (
        ("", "Il manque une clé"),
        (f"Basic {secret}", "Il manque une clé"),
        (f"Bearer {secret}x", "n'est pas connue"),
    ):
        with pytest.raises(SignInError, match=said):
            callers.of_header(shown)
    Users(home).set_enabled("claire", False)
    keys.revoke("autre")
    for one, said in (
        (secret, "Le compte de la clé « poste » est fermé"),
        (other, "La clé « autre » a été révoquée"),
    ):
        for _ in range(3):
            with pytest.raises(SignInError, match=said):
                callers.of_key(one)
    noted = [(entry.who, entry.detail) for entry in Journal(home).entries() if entry.action == "clé refusée"]
    assert noted == [
        ("clé:poste", "compte fermé"),
        ("clé:autre", "révoquée"),
    ]  # once each, however often it is tried


def test_a_file_of_keys_that_others_may_read_or_that_is_broken_opens_nothing(
    home: Path, callers: Callers
) -> None:
    _, secret = Keys(home).create("poste", collections=("a",))
    (home / FILE).chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        Keys(home).found(secret)
    (home / FILE).chmod(0o600)
    (home / FILE).write_text('[keys.poste]\nhash = "x"\n', encoding="utf-8")
    with pytest.raises(UsageError, match="aucune clé n'ouvre rien"):
        callers.of_key(secret)


def test_one_key_has_a_bounded_number_of_requests_at_work(home: Path, callers: Callers) -> None:
    _, secret = Keys(home).create("poste", collections=("a",))
    caller = callers.of_key(secret)
    held = [callers.at_work(caller) for _ in range(MOST_AT_ONCE)]
    for one in held:
        one.__enter__()
    with pytest.raises(BusyError, match="déjà en cours"), callers.at_work(caller):
        pass
    for one in held:
        one.__exit__(None, None, None)
    with callers.at_work(caller):
        pass
