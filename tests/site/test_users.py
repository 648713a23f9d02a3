import os
import stat
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.errors import ForbiddenError, SignInError, UsageError
from assistant.settings import Settings
from assistant.site import gate
from assistant.site.access import may_read, readable, searchable, shown_origin
from assistant.site.binding import binding_refused
from assistant.site.gate import FREE_FAILURES, FREE_FAILURES_OF_AN_ADDRESS, Gate, header_user, trust
from assistant.site.rights import PERMITTED, Right, Role, may, require, role_of
from assistant.site.users import FILE, HASHER, User, Users, user_name

PASSWORD = "cheval agrafe pile correct"


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


# Where the hashes themselves are looked at.
HASHES = (
    "test_the_file_holds_an_argon2id_hash_that_only_the_owner_reads",
    "test_nothing_tells_an_unknown_name_from_a_wrong_password",
    "test_a_hash_with_older_parameters_is_made_anew_at_the_next_sign_in",
    "test_an_unknown_name_is_checked_at_the_costs_of_an_account",
)


@pytest.fixture(autouse=True)
def hashing(request: pytest.FixtureRequest) -> None:
    if request.function.__name__ not in HASHES:
        request.getfixturevalue("quick_hashes")


@pytest.fixture
def users(tmp_path: Path) -> Users:
    made = Users(tmp_path)
    made.add("claire.martin", Role.DRAFTER, PASSWORD)
    return made


# ---- the file ---------------------------------------------------------------------------------------------------------------------------


def test_the_file_holds_an_argon2id_hash_that_only_the_owner_reads(users: Users, tmp_path: Path) -> None:
    text = (tmp_path / FILE).read_text(encoding="utf-8")
    assert PASSWORD not in text
    assert '"$argon2id$v=19$m=65536,t=3,p=4$' in text
    assert stat.S_IMODE((tmp_path / FILE).stat().st_mode) == 0o600


def test_what_was_written_is_read_back_by_another(users: Users, tmp_path: Path) -> None:
    users.add("agent@ville.fr", Role.READER, None)
    users.set_collection('notes "internes" \\ é', [Role.ADMINISTRATOR, Role.DRAFTER])
    other = Users(tmp_path)
    assert [(user.name, user.role, user.enabled, bool(user.hash)) for user in other.all()] == [
        ("agent@ville.fr", Role.READER, True, False),
        ("claire.martin", Role.DRAFTER, True, True),
    ]
    assert other.collections() == {'notes "internes" \\ é': (Role.DRAFTER, Role.ADMINISTRATOR)}


def test_a_change_is_seen_by_a_page_that_is_open(users: Users, tmp_path: Path) -> None:
    door = Gate(Users(tmp_path))
    assert door.current("claire.martin") is not None
    users.set_enabled("claire.martin", False)
    assert door.current("claire.martin") is None
    assert not users.exist()
    users.set_enabled("claire.martin", True)
    users.set_role("claire.martin", Role.ADMINISTRATOR)
    found = door.current("claire.martin")
    assert found is not None
    assert found.role is Role.ADMINISTRATOR
    users.remove("claire.martin")
    assert door.current("claire.martin") is None


@pytest.mark.skipif(os.name != "posix", reason="modes are those of POSIX")
def test_a_file_that_others_may_read_lets_nobody_in(users: Users, tmp_path: Path) -> None:
    (tmp_path / FILE).chmod(0o644)
    with pytest.raises(UsageError, match="chmod 600"):
        Users(tmp_path).all()


@pytest.mark.parametrize(
    "text",
    [
        "pas du toml [",
        '[users."a"]\nrole = "roi"\nenabled = true\nhash = ""\n',
        '[users."a"]\nrole = "lecteur"\n',
        '[users."../a"]\nrole="lecteur"\nenabled=true\nhash=""\n',
    ],
)
def test_a_broken_file_lets_nobody_in(tmp_path: Path, text: str) -> None:
    (tmp_path / FILE).write_text(text, encoding="utf-8")
    (tmp_path / FILE).chmod(0o600)
    with pytest.raises(UsageError, match="personne n'entre"):
        Users(tmp_path).all()


@pytest.mark.parametrize(
    "name",
    [
        "",
        " ",
        "../etc",
        "a/b",
        "a\\b",
        "a b",
        ".caché",
        "élodie",
        "x" * 65,
        "a..b",
        "nul\0",
        "local",
        "LOCAL",
        "a\n[users]",
        "-a",
        'a"b',
        "a\u202eb",
    ],
)
def test_hostile_names_are_refused(users: Users, name: str) -> None:
    with pytest.raises(UsageError):
        users.add(name, Role.READER, PASSWORD)
    assert [user.name for user in users.all()] == ["claire.martin"]


def test_a_name_is_the_same_however_it_is_typed(users: Users) -> None:
    assert user_name("  Claire.MARTIN ") == "claire.martin"
    with pytest.raises(UsageError, match="existe déjà"):
        users.add("CLAIRE.MARTIN", Role.READER, PASSWORD)


@pytest.mark.parametrize("password", ["court", "a" * 20, "x" * 1025, "paul.durand 1234"])
def test_weak_passwords_are_refused(users: Users, password: str) -> None:
    with pytest.raises(UsageError, match="mot de passe"):
        users.add("paul.durand", Role.READER, password)


# ---- signing in -------------------------------------------------------------------------------------------------------------------------


def test_the_right_password_lets_in_however_its_accents_are_composed(users: Users) -> None:
    users.set_password("claire.martin", "été à la plage")
    door = Gate(users)
    assert door.sign_in("Claire.Martin", "e\u0301te\u0301 a\u0300 la plage").role is Role.DRAFTER
    assert not door.accepts("claire.martin", "ete a la plage")


def test_nothing_tells_an_unknown_name_from_a_wrong_password(
    users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    users.add("renvoye", Role.READER, PASSWORD)
    users.set_enabled("renvoye", False)
    users.add("par-mandataire", Role.READER, None)
    digests: list[str] = []
    verify = HASHER.verify
    monkeypatch.setattr(
        type(HASHER),
        "verify",
        lambda self, digest, password: digests.append(digest) or verify(digest, password),
    )
    said = set()
    for name, password in (
        ("claire.martin", "faux mot de passe"),
        ("inconnu", PASSWORD),
        ("renvoye", PASSWORD),
        ("par-mandataire", ""),
        ("../x", PASSWORD),
        ("claire.martin", "x" * 5000),
    ):
        with pytest.raises(SignInError) as refused:
            Gate(users).sign_in(name, password)
        said.add(str(refused.value))
    assert len(said) == 1
    assert len(digests) == 6  # one hash is computed each time …
    assert {digest.split("$")[3] for digest in digests} == {"m=65536,t=3,p=4"}  # … with the same work


def test_repeated_failures_wait_longer_and_longer_even_for_the_right_password(
    users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        gate, "_matches", lambda digest, password: password == PASSWORD and digest != gate._NOBODY
    )
    clock = Clock()
    door = Gate(users, clock)
    for _ in range(5):
        assert not door.accepts("claire.martin", "faux")
    with pytest.raises(SignInError, match="attendez 1 seconde"):
        door.sign_in("claire.martin", PASSWORD)
    assert door.accepts("quelqu-un-d-autre", PASSWORD) is False
    clock.now += 1.1
    assert not door.accepts("claire.martin", "faux")
    with pytest.raises(SignInError, match="attendez 2 secondes"):
        door.sign_in("claire.martin", PASSWORD)
    clock.now += 2.1
    assert door.accepts("claire.martin", PASSWORD)
    assert not door.accepts("claire.martin", "faux")  # the count starts anew
    assert door.accepts("claire.martin", PASSWORD)


def test_other_spellings_of_a_name_are_counted_with_it_and_one_success_does_not_clear_an_address(
    users: Users,
) -> None:
    """« ＣＬＡＩＲＥ.martin » is the same account: its variants passed the slowdown; and one's own account cleared the tries at others'."""
    users.add("paul", Role.READER, PASSWORD)
    door = Gate(users, Clock())
    for name in ("claire.martin", "CLAIRE.MARTIN", "ｃlaire.martin", "claire．martin", " claire.martin "):
        assert not door.accepts(name, "un autre mot de passe")
    with pytest.raises(SignInError, match="Trop d'essais"):
        door.sign_in("ｃｌａｉｒｅ.martin", PASSWORD)
    door = Gate(users, Clock())
    for number in range(FREE_FAILURES_OF_AN_ADDRESS - 1):
        with pytest.raises(SignInError, match="incorrect"):
            door.sign_in(f"inconnu{number}", PASSWORD, "192.0.2.1")
    door.sign_in("paul", PASSWORD, "192.0.2.1")
    with pytest.raises(SignInError, match="incorrect"):
        door.sign_in("inconnu", PASSWORD, "192.0.2.1")
    with pytest.raises(SignInError, match="Trop d'essais"):
        door.sign_in("paul", PASSWORD, "192.0.2.1")


def test_an_office_that_comes_in_together_has_failed_at_nothing(
    users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    matches = gate._matches
    monkeypatch.setattr(gate, "_matches", lambda *given: (time.sleep(0.05), matches(*given))[1])
    door = Gate(users)
    with ThreadPoolExecutor(2 * FREE_FAILURES_OF_AN_ADDRESS) as people:
        come = [
            people.submit(door.sign_in, "claire.martin", PASSWORD, "192.0.2.1")
            for _ in range(2 * FREE_FAILURES_OF_AN_ADDRESS)
        ]
        assert {one.result().name for one in come} == {"claire.martin"}
        # Guesses at once gain nothing.
        guesses = [people.submit(door.sign_in, "claire.martin", "faux", "192.0.2.2") for _ in range(20)]
        said = [str(one.exception()) for one in guesses]
    assert sum("incorrect" in text for text in said) == FREE_FAILURES
    assert sum("Trop d'essais" in text for text in said) == 20 - FREE_FAILURES


def test_the_wait_is_bounded_and_forgotten(users: Users, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "_matches", lambda digest, password: False)
    clock = Clock()
    door = Gate(users, clock)
    for _ in range(60):
        door.accepts("claire.martin", "faux")
        clock.now += 300
    door.accepts("claire.martin", "faux")
    with pytest.raises(SignInError, match="attendez 300 secondes"):
        door.sign_in("claire.martin", "faux")
    clock.now += gate.FORGOTTEN_AFTER + 1
    with pytest.raises(SignInError, match="incorrect"):
        door.sign_in("claire.martin", "faux")


def test_one_address_that_tries_many_names_is_slowed_and_memory_is_bounded(
    users: Users, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "_matches", lambda digest, password: False)
    monkeypatch.setattr(gate, "REMEMBERED", 30)
    door = Gate(users, Clock())
    for number in range(20):
        with pytest.raises(SignInError, match="incorrect"):
            door.sign_in(f"nom{number}", "faux", "192.0.2.7")
    with pytest.raises(SignInError, match="Trop d'essais"):
        door.sign_in("encore-un", "faux", "192.0.2.7")
    for number in range(100):
        door.accepts(f"autre{number}", "faux")
    assert len(door._failures) == 30


def test_a_hash_with_older_parameters_is_made_anew_at_the_next_sign_in(users: Users, tmp_path: Path) -> None:
    old = type(HASHER)(time_cost=1, memory_cost=8192, parallelism=1).hash(PASSWORD)
    users.keep_hash("claire.martin", users.all()[0].hash, old)
    Gate(users).sign_in("claire.martin", PASSWORD)
    assert "m=65536,t=3,p=4" in Users(tmp_path).all()[0].hash
    assert Gate(users).accepts("claire.martin", PASSWORD)


# ---- the reverse proxy ------------------------------------------------------------------------------------------------------------------


def trusting(home: Path, proxies: str = "127.0.0.1, 10.1.0.0/24", role: str = "lecteur") -> gate.Trust:
    found = trust(Settings(home, trusted_header="X-Remote-User", trusted_proxies=proxies, trusted_role=role))
    assert found is not None
    return found


def test_the_header_counts_only_from_a_trusted_machine_and_once(users: Users, tmp_path: Path) -> None:
    trusted = trusting(tmp_path)
    assert header_user(trusted, users, "10.1.0.9", ["Claire.Martin"]) == users.get("claire.martin")
    assert header_user(trusted, users, "::ffff:127.0.0.1", ["claire.martin"]) == users.get("claire.martin")
    assert header_user(trusted, users, "127.0.0.1", ["nouvelle@ville.fr"]) == User(
        "nouvelle@ville.fr", Role.READER
    )
    for peer, values in (
        ("10.2.0.9", ["claire.martin"]),
        ("", ["claire.martin"]),
        ("testclient", ["claire.martin"]),
        ("127.0.0.1", []),
        ("127.0.0.1", ["a", "claire.martin"]),
        ("127.0.0.1", ["../x"]),
        ("127.0.0.1", ["local"]),
        ("::1", ["claire.martin"]),
    ):
        assert header_user(trusted, users, peer, values) is None
    users.set_enabled("claire.martin", False)
    assert header_user(trusted, users, "127.0.0.1", ["claire.martin"]) is None
    assert header_user(trusting(tmp_path, role=""), users, "127.0.0.1", ["nouvelle@ville.fr"]) is None


@pytest.mark.parametrize(
    ("proxies", "said"),
    [
        ("", "n'importe qui"),
        ("mandataire.local", "adresses"),
        ("0.0.0.0/0", "toutes les machines"),
        ("::/0", "toutes les machines"),
    ],
)
def test_a_header_that_anybody_could_write_is_refused(tmp_path: Path, proxies: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        trusting(tmp_path, proxies)


def test_without_the_setting_there_is_no_proxy(tmp_path: Path) -> None:
    assert trust(Settings(tmp_path)) is None


# ---- what each may do -------------------------------------------------------------------------------------------------------------------


def test_each_role_has_the_rights_of_the_one_below() -> None:
    assert (
        PERMITTED[Role.READER] < PERMITTED[Role.DRAFTER] < PERMITTED[Role.ADMINISTRATOR] == frozenset(Right)
    )
    assert {right for right in Right if may(Role.DRAFTER, right) and not may(Role.READER, right)} == {
        Right.UPLOAD,
        Right.DRAFT,
        Right.REVIEW,
        Right.SUMMARISE,
    }
    with pytest.raises(ForbiddenError, match=r"« lecteur », vous ne pouvez pas déposer des fichiers"):
        require(Role.READER, Right.UPLOAD)
    require(Role.ADMINISTRATOR, Right.PURGE)


def test_roles_are_understood_as_people_write_them() -> None:
    assert [role_of(word) for word in ("Rédacteur", "redacteur", "drafter", " administratrice ")] == [
        Role.DRAFTER,
        Role.DRAFTER,
        Role.DRAFTER,
        Role.ADMINISTRATOR,
    ]
    with pytest.raises(UsageError, match="lecteur, rédacteur, administrateur"):
        role_of("chef")


def test_nobody_reads_another_s_documents_the_administrator_included() -> None:
    claire, chef = User("claire", Role.READER), User("chef", Role.ADMINISTRATOR)
    collections = ("corpus", "notes", "prive:claire", "prive:chef", "prive:")
    rules = {"notes": (Role.ADMINISTRATOR,)}
    assert readable(claire, collections, rules) == ("corpus", "prive:claire")
    assert readable(chef, collections, rules) == ("corpus", "notes", "prive:chef")
    assert may_read(claire, ("notes", "corpus"), rules)
    assert not may_read(claire, ("prive:chef", "notes"), rules)
    with pytest.raises(ForbiddenError, match="Aucune collection"):
        searchable(claire, ("notes", "prive:chef"), rules)


def test_where_a_document_comes_from_is_shown_without_the_server_s_folders() -> None:
    assert shown_origin("/srv/secret/dce.zip › annexes/CCAP.pdf") == "dce.zip › annexes/CCAP.pdf"
    assert shown_origin("/srv/secret/CCAP.pdf") == "CCAP.pdf"


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1", "[::1]", "127.8.9.1", " LOCALHOST "])
def test_loopback_needs_no_account(host: str) -> None:
    assert binding_refused(host, False, "") is None


@pytest.mark.parametrize(
    "host",
    [
        "0.0.0.0",
        "::",
        "",
        "192.168.1.4",
        "assistant.ville.fr",
        "localhost.ville.fr",
        "127.0.0.1.ville.fr",
        "2130706433",
    ],
)
def test_the_network_needs_somebody_who_can_sign_in(host: str) -> None:
    refused = binding_refused(host, False, " ")
    assert refused is not None
    assert "assistant users add" in refused
    assert binding_refused(host, True, "") is None
    assert binding_refused(host, False, "X-Remote-User") is None


def test_an_unknown_name_is_checked_at_the_costs_of_an_account() -> None:
    assert not HASHER.check_needs_rehash(gate._NOBODY)
