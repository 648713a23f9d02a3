"""What people leave, kept in files and in the database of several machines: the same through both; what one machine keeps is there for the others."""

import hashlib
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from assistant.datatypes import Check
from assistant.drafting.kept import Content, KeptDrafts, Sharing, Writer
from assistant.errors import LibraryError, UsageError
from assistant.index import ingest, readiness, server_vectors
from assistant.index.database import ServerState
from assistant.index.library import Library
from assistant.index.opened import database
from assistant.index.postgres import machine_name
from assistant.page.relay import Holders
from assistant.page.sessions import SharedSessions
from assistant.reading.tables import read_tables
from assistant.site import carrying
from assistant.site.conversations import Conversation, Conversations, Turn
from assistant.site.journal import Action, Journal
from assistant.site.keys import Keys
from assistant.site.late_file import Shared
from assistant.site.rights import Role
from assistant.site.users import User, Users
from assistant.sourcing.importing import read_register
from assistant.sourcing.kept import KeptDependencies
from assistant.sourcing.kept_needs import KeptNeeds
from assistant.sourcing.needs import Line, Origin
from assistant.sqlite_files import Tables
from tests.conftest import ROOT
from tests.fakes import FakeEmbedding
from tests.postgres import SECRET, Server, psycopg, server
from tests.site.samples import answer

__all__ = ["server"]  # a fixture
CLAIRE, PAUL = User("claire", Role.DRAFTER), User("paul", Role.DRAFTER)


class Clock:
    """An hour passes at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 31, 20, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(hours=1)
        return self.now


@pytest.fixture
def address(server: Server) -> str:
    return server.base()


@pytest.fixture
def shared(address: str) -> Iterator[Shared]:
    with closing(database(address)) as opened:
        yield opened


def conversations(home: Path, shared: Shared | None) -> object:
    kept = Conversations(home, Clock(), shared)
    made = kept.add(
        "claire", Conversation.empty(), Turn("Peut-on imposer l'hébergement\0 à l'ÉTRANGER ?", answer())
    )
    kept.add("claire", made, Turn("Et 100 % des œuvres_ ?", answer()))
    other = kept.add("paul", Conversation.empty(), Turn("Combien de lots ?", answer()))
    kept.rename("claire", made.id, "Où sont les serveurs")
    searched = [
        [one.title for one in kept.listed("claire", words)]
        for words in ("etranger heberg", "ou serveur", "rangers", "lots", "100", "%", "œuv")
    ]
    opened = kept.open("claire", made.id)
    assert opened is not None
    assert (kept.open("paul", made.id), kept.delete("paul", made.id)) == (None, False)
    said = (
        [turn.answer for turn in opened.turns],
        opened.title,
        opened.created,
        opened.updated,
        kept.listed("claire")[0].turns,
    )
    gone = (
        kept.purge(before=date(2026, 2, 1)),
        kept.delete("paul", other.id),
        kept.listed("claire", "serveurs"),
        kept.purge(owner="claire"),
    )
    kept.close()
    return searched, said, gone


def drafts(home: Path, shared: Shared | None) -> object:
    kept = KeptDrafts(home, Clock(), shared)
    made = kept.create(
        CLAIRE, "Visio d'État", Content(("kit",), {"objet": "100 % ?"}, {"a": 2}), Writer("a", 1)
    )
    saved = kept.save(CLAIRE, made.id, Writer("a", 2, made.revision), Content((), {"objet": "neuf"}))
    over = kept.save(CLAIRE, made.id, Writer("b", 1, made.revision), Content((), {"objet": "autre"}))
    named = kept.keep_version(CLAIRE, made.id, "avant la réunion")
    kept.share(CLAIRE, made.id, Sharing(Role.DRAFTER, writing=True))
    copy = kept.duplicate(PAUL, made.id, Writer("c"), named.number)
    kept.restore(PAUL, made.id, 1, Writer("d", 1, over.draft.revision))
    with pytest.raises(UsageError, match="est à claire"):
        kept.delete(PAUL, made.id)
    kept.rename(PAUL, copy.id, "La mienne")
    versions = kept.versions(CLAIRE, made.id)
    listed = [(one.name, one.owner, one.updated, one.sharing) for one in kept.listed(PAUL)]
    found = (
        saved.draft.content,
        over.overtaken,
        named,
        versions,
        listed,
        kept.purge(owner="claire"),
        [one.name for one in kept.listed(PAUL)],
    )
    kept.close()
    return found


def accounts(home: Path, shared: Shared | None) -> object:
    users, again = Users(home, shared), Users(home, shared)
    assert users.all() == ()
    users.add("claire", Role.READER, None)
    assert again.get("claire") == users.get("claire")
    again.set_role("claire", Role.ADMINISTRATOR)
    users.set_collection("rh", [Role.ADMINISTRATOR])
    with pytest.raises(UsageError, match="existe déjà"):
        again.add("claire", Role.READER, None)
    keys, others = Keys(home, shared), Keys(home, shared)
    key, secret = keys.create("essai", collections=("droit",))
    found = others.found(secret)
    assert found == key
    keys.used(key)
    others.revoke("essai")
    revoked = keys.found(secret)
    assert revoked is not None
    return (
        users.all(),
        again.collections(),
        revoked.revoked_on == date.today(),
        revoked.used_on == date.today(),
        keys.open(),
    )


def journal(home: Path, shared: Shared | None) -> object:
    kept, other = Journal(home, Clock(), shared), Journal(home, Clock(), shared)
    empty = kept.verify()
    for number in range(3):
        kept.record("claire", Action.ASK, question=f"Question {number} — « été » ?", answer=answer())
    first = kept.verify().head
    for _ in range(6):
        other.record("paul", Action.SIGN_IN)
    lines = [
        (one.number, one.who, one.question, one.hash)
        for one in other.entries(since=date(2026, 1, 31), until=date(2026, 2, 1), who="claire")
    ]
    before = kept.verify(first)
    purged = kept.purge("admin", who="claire")
    return empty, lines, before, purged, other.verify(), [one.action for one in kept.entries()]


def dependencies(home: Path, shared: Shared | None) -> object:
    kept = KeptDependencies(home, shared)
    register = read_register(
        read_tables("Logiciel;Éditeur\nVisio « A »;Soc. A\n".encode(), "a.csv"), "a.csv", member="Mairie d'É"
    )
    kept.keep("claire", [register])
    with pytest.raises(UsageError, match="est déjà gardé"):
        kept.keep("claire", [register])
    kept.keep("claire", [register], replace=True)
    found = (
        [one.member for one in kept.listed("claire")],
        kept.register("claire", "mairie d'e"),
        kept.listed("paul"),
        kept.purge(owner="claire"),
    )
    kept.close()
    return found


def needs(home: Path, shared: Shared | None) -> object:
    kept = KeptNeeds(home, Clock(), shared)
    lines = [
        Line(
            f"Ville {number % 2}",
            "paie",
            f"Logiciel {number}",
            Origin.REGISTER,
            number,
            None,
            None,
            None,
            None,
        )
        for number in range(4)
    ]
    added = kept.add("a.csv", Origin.REGISTER, lines, owner="claire")
    with pytest.raises(UsageError):
        kept.add("b.csv", Origin.REGISTER, lines[:1], owner="paul")
    other = kept.add("b.csv", Origin.REGISTER, lines[:1], owner="paul", same_members=True)
    for _ in range(2):
        kept.put_together("z", "a")
        kept.put_apart("seul")
    said = (
        kept.sources(),
        list(kept.lines()),
        list(kept.lines("paul")),
        kept.corrections(),
        kept.let_go("a"),
        kept.let_go("a"),
    )
    with pytest.raises(UsageError):
        kept.remove(other.serial, "claire")
    found = (
        added,
        said,
        kept.remove(other.serial, "paul"),
        kept.purge(owner="paul"),
        kept.purge(before=date(2026, 1, 1)),
        kept.purge(owner="claire"),
        kept.sources(),
        list(kept.lines()),
    )
    kept.close()
    return found


@pytest.mark.parametrize("what", [conversations, drafts, accounts, journal, dependencies, needs])
def test_files_and_the_database_keep_the_same(
    what: Callable[[Path, Shared | None], object], shared: Shared, tmp_path: Path
) -> None:
    (tmp_path / "fichiers").mkdir()
    assert what(tmp_path / "base", shared) == what(tmp_path / "fichiers", None)
    assert not (tmp_path / "base").exists()


WRITER = """
import sys
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from assistant.index import readiness
from assistant.index.opened import database
from assistant.site.journal import Action, Journal
from assistant.site.conversations import Conversation, Conversations, Turn
from tests.site.samples import answer
with closing(database(sys.argv[1])) as shared:
    journal, kept = Journal(Path("/nulle-part"), shared=shared), Conversations(Path("/nulle-part"), shared=shared)
    conversation = kept.open("claire", sys.argv[2])
    for number in range(15):
        journal.record("claire", Action.ASK, question=f"{sys.argv[3]} {number}")
        kept.add("claire", conversation, Turn(f"{sys.argv[3]} {number}", answer()))
"""


def test_two_machines_write_at_once_and_nothing_is_lost_or_doubled(
    shared: Shared, address: str, tmp_path: Path
) -> None:
    kept = Conversations(tmp_path, shared=shared)
    made = kept.add("claire", Conversation.empty(), Turn("Première ?", answer()))
    command = [sys.executable, "-c", WRITER, address, made.id]
    machines = [subprocess.Popen([*command, name], cwd=ROOT) for name in ("une", "deux")]
    assert [machine.wait(120) for machine in machines] == [0, 0]
    found = Journal(tmp_path, shared=shared).verify()
    assert (found.entries, found.fault) == (30, None)
    conversation = kept.open("claire", made.id)
    assert conversation is not None
    assert sorted(turn.question for turn in conversation.turns) == sorted(
        ["Première ?", *(f"{name} {n}" for name in ("une", "deux") for n in range(15))]
    )


def test_a_session_opened_on_one_machine_is_known_to_the_other_and_its_token_is_nowhere(
    shared: Shared, address: str
) -> None:
    with closing(database(address)) as second:
        one, other = SharedSessions(shared), SharedSessions(second)
        token = one.open("claire", "empreinte")
        found = other.get(token)
        assert found is not None
        assert (found.name, found.stamp, other.all()) == ("claire", "empreinte", (found,))
        assert (
            other.get("faux"),
            other.get(None),
            SharedSessions(second, clock=lambda: found.end).get(token),
        ) == (None, None, None)
        with shared.kept("sessions", Tables(""), writing=False) as tables:
            assert token not in repr(tables.execute("SELECT * FROM session").fetchall())
        other.close(token)
        assert one.get(token) is None
        one.open("paul", "x")
        assert (other.close_all(), one.all()) == (1, ())


def test_a_reader_of_the_index_is_given_nothing_of_what_people_leave(
    shared: Shared, server: Server, address: str, tmp_path: Path
) -> None:
    Conversations(tmp_path, shared=shared).add("claire", Conversation.empty(), Turn("Secret ?", answer()))
    name = address.rsplit("/", 1)[1]
    with server.admin(name) as admin:
        admin.execute(f"CREATE ROLE curieux LOGIN PASSWORD '{SECRET}' IN ROLE assistant_lecteur")
    with psycopg.connect(server.address(name, "curieux"), autocommit=True) as reader:
        assert reader.execute("SELECT COUNT(*) FROM assistant.passage").fetchone() == (0,)
        reader.execute("SELECT set_config('app.person', 'claire', false)")
        assert reader.execute("SELECT COUNT(*) FROM assistant_conversations.turn").fetchone() == (0,)


def test_what_people_left_is_carried_there_and_back_and_nothing_is_written_over(
    shared: Shared, tmp_path: Path
) -> None:
    home, back = tmp_path / "maison", tmp_path / "retour"
    home.mkdir()
    Users(home).add("claire", Role.READER, None)
    with pytest.raises(UsageError, match="n'ont pas été portés"):
        Users(home, shared).all()  # lest a page that had accounts be open to everybody
    _, secret = Keys(home).create("essai", collections=("droit",))
    Journal(home, Clock()).record("claire", Action.ASK, question="Question ?", answer=answer())
    with closing(Conversations(home)) as kept, closing(KeptDrafts(home)) as drafts:
        made = kept.add("claire", Conversation.empty(), Turn("Question « d'été » ?", answer()))
        draft = drafts.create(CLAIRE, "Visio", Content(("kit",)), Writer("a", 1))
        drafts.keep_version(CLAIRE, draft.id, "avant")
    stores: list[carrying.Store] = [lambda place, there: KeptDrafts(place, shared=there)]
    counts = carrying.carry((home, None), (home, shared), stores)
    assert counts == {
        "users.toml": 1,
        "keys.toml": 1,
        "conversations.sqlite": 2,
        "projets.sqlite": 2,
        "journal": 1,
    }
    assert carrying.carry((home, None), (home, shared), stores) == counts  # once more: it is all there
    there: Any = Conversations(home, shared=shared)
    assert [one.id for one in there.listed("claire", "ete")] == [made.id]
    assert there.add(
        "claire", Conversation.empty(), Turn("Une autre ?", answer())
    ).id  # under a number of its own
    assert Keys(home, shared).found(secret) is not None
    with pytest.raises(LibraryError, match="est autre à l'arrivée"):
        carrying.carry((home, None), (home, shared), stores)
    assert carrying.carry((home, shared), (back, None), stores) == counts | {"conversations.sqlite": 4}
    with closing(Conversations(back)) as kept:
        assert [one.title for one in kept.listed("claire", "ete")] == ["Question « d'été » ?"]
    assert Users(back).all() == Users(home, shared).all()
    assert Journal(back).verify() == Journal(home, shared=shared).verify()


def test_doctor_says_the_server_its_room_and_how_far_each_machine_follows(
    server: Server, tmp_path: Path
) -> None:
    with closing(database(server.base())) as base:
        base.follows("/srv/une", 7)
        base.follows("/srv/deux", 5)
        base.run("UPDATE meta SET value = '7' WHERE key = 'generation'")
        checks = {f"{one.name} {one.detail}": one for one in doctor(base.state())}
        said = "\n".join(checks)
        assert all(one.ok for one in checks.values())
        assert re.search(r"Base PostgreSQL \d+(\.\d+)?[^,]*, pgvector 0\.\d+\.\d+, \d+ Mo\.", said)
        assert re.search(r"Connexions \d+ ouvertes sur 40 possibles, dont [1-9]\d* de l'assistant\.", said)
        assert "Vecteurs 0 passages, cherchés un à un" in said
        assert re.search(
            r":/srv/deux : 2 changements de retard, vue le .* : elle les prend à sa prochaine question\.",
            said,
        )
        assert re.search(r":/srv/une : à jour \(génération 7\), vue le \d", said)
        (crowded,) = faults(replace(base.state(), connections=39))
        assert "max_connections" in crowded.cure


def doctor(state: ServerState) -> tuple[Check, ...]:
    return readiness.check(state, machine_name("/srv/une"), "2.0", "partage")


def faults(state: ServerState) -> list[Check]:
    return [one for one in doctor(state) if not one.ok]


def test_doctor_says_which_replica_is_another_program_or_has_another_folder_of_files(server: Server) -> None:
    with closing(database(server.base())) as base:
        base.follows("/srv/commande", 0)  # a command, which serves nobody
        base.serves("/srv/une", "1.0", "autre")  # itself, before it was started again: no fault of the others
        base.serves("/srv/deux", "2.0", "partage")
        assert faults(base.state()) == []
        base.serves("/srv/trois", "1.0", "partage")
        base.serves("/srv/quatre", "2.0", "sien")
        base.follows("/srv/quatre", 3)  # what it said of itself stays
        four, three = faults(base.state())
        assert ":/srv/trois :" in three.detail
        assert three.detail.endswith("Programme 1.0. Ici, 2.0.")
        assert "même programme" in three.cure
        assert ":/srv/quatre :" in four.detail
        assert "Son dossier « files » n'est pas celui d'ici" in four.detail
        assert "réglage files" in four.cure
        gone = base.state()
        old = tuple(replace(one, seen=one.seen - timedelta(days=2)) for one in gone.machines)
        assert faults(replace(gone, machines=old)) == []


def test_a_base_that_an_earlier_version_made_learns_what_replicas_say_of_themselves(server: Server) -> None:
    address = server.base()
    with closing(database(address)) as base:
        earlier = "CREATE TABLE machine (name TEXT PRIMARY KEY, generation INTEGER NOT NULL, seen TIMESTAMPTZ NOT NULL);"
        with base.kept("machines", Tables(earlier), writing=True) as tables:
            tables.execute("INSERT INTO machine VALUES (?, 4, now())", (machine_name("/srv/une"),))
            tables.execute("COMMENT ON SCHEMA assistant_machines IS NULL")  # it noted no version
    with closing(database(address)) as base:
        base.serves("/srv/une", "2.0", "partage")
        (one,) = base.state().machines
        assert (one.generation, one.program, one.files) == (4, "2.0", "partage")


def test_doctor_says_where_many_vectors_are_searched_without_their_index(
    server: Server, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    text = tmp_path / "contrat.txt"
    text.write_text("Article 1 - Objet\n\nLe titulaire livre des girouettes.\n", encoding="utf-8")
    with closing(Library(tmp_path / "index", database(server.base()))) as library:
        with library.writing():
            ingest.index_paths(library.store, FakeEmbedding(), [text], collection="a")
        base: Any = library.store.database
        assert base.state().vectors > 0
        for module in (readiness, server_vectors):
            monkeypatch.setattr(module, "EXACT_ROWS", 0)
        (lacking,) = faults(base.state())
        assert "sans l'index HNSW" in lacking.detail
        library.store.settle(FakeEmbedding().dimension)
        assert faults(base.state()) == []
        name = base._address.rsplit("/", 1)[1]
        with server.admin(name) as admin:  # as a REINDEX CONCURRENTLY that was cut short leaves it
            admin.execute(
                "UPDATE pg_index SET indisvalid = false WHERE indexrelid::regclass::text LIKE '%wide%'"
            )
        assert faults(base.state()) == [lacking]
        library.store.settle(FakeEmbedding().dimension)
        assert faults(base.state()) == []


def of_sessions(_home: Path, shared: Shared) -> object:
    return SharedSessions(shared).all()


def of_replicas(_home: Path, shared: Shared) -> object:
    return Holders(shared, "http://127.0.0.1:1").of("claire")


def of_machines(_home: Path, shared: Any) -> object:
    return shared.state().machines


KEPT: dict[str, Callable[[Path, Any], object]] = {
    "conversations": lambda home, shared: Conversations(home, shared=shared).listed("claire"),
    "projets": lambda home, shared: KeptDrafts(home, shared=shared).listed(CLAIRE),
    "dependances": lambda home, shared: KeptDependencies(home, shared).listed("claire"),
    "besoins": lambda home, shared: KeptNeeds(home, shared=shared).sources(),
    "journal": lambda home, shared: Journal(home, shared=shared).verify(),
    "textes": lambda home, shared: Users(home, shared).all(),
    "sessions": of_sessions,
    "replicas": of_replicas,
    "machines": of_machines,
}


def test_tables_of_another_version_are_refused_in_words_and_left_as_they_are(
    server: Server, tmp_path: Path
) -> None:
    address = server.base()
    name = address.rsplit("/", 1)[1]
    with closing(database(address)) as shared:
        for look in KEPT.values():
            look(tmp_path, shared)
    with server.admin(name) as admin:
        found = admin.execute(
            "SELECT nspname FROM pg_namespace WHERE starts_with(nspname, 'assistant_')"
        ).fetchall()
        assert {row[0] for row in found} == {f"assistant_{kept}" for kept in KEPT}
        for kept, look in KEPT.items():
            for version, said in (("2", "plus récente"), ("0", "plus ancienne")):
                note = f"COMMENT ON SCHEMA assistant_{kept} IS 'assistant, tables en version {version}'"
                admin.execute(note)
                before = tables_of(admin, kept)
                with closing(database(address)) as again, pytest.raises(LibraryError, match=said) as refused:
                    look(tmp_path, again)
                assert f"« assistant_{kept} »" in refused.value.message
                assert f"version {version}, 1 attendue" in refused.value.message
                assert tables_of(admin, kept) == before
            admin.execute(
                f"COMMENT ON SCHEMA assistant_{kept} IS NULL"
            )  # as a program that noted no version left it
            with closing(database(address)) as again:
                look(tmp_path, again)


def tables_of(admin: Any, kept: str) -> list[object]:
    rows = admin.execute(
        "SELECT relname, relkind, relrowsecurity, relnatts, reltuples FROM pg_class WHERE relnamespace = %s::regnamespace ORDER BY 1",
        (f"assistant_{kept}",),
    )
    return list(rows.fetchall())


def test_a_change_of_the_tables_that_people_leave_is_a_new_version(tmp_path: Path, shared: Shared) -> None:
    """Whoever changes the tables below raises ``Tables.version`` beside them, and writes the new digest here."""
    for look in KEPT.values():
        look(tmp_path, shared)
    with shared.kept("journal", Tables(""), writing=False) as tables:
        rows = tables.execute(
            "SELECT table_schema, table_name, column_name, data_type, is_nullable, COALESCE(column_default, '') FROM information_schema.columns"
            " WHERE starts_with(table_schema, 'assistant_') ORDER BY 1, 2, ordinal_position"
        ).fetchall()
    of_each: dict[str, list[str]] = {}
    for schema, *column in rows:
        of_each.setdefault(schema.removeprefix("assistant_"), []).append(" ".join(column))
    digests = {
        kept: hashlib.sha256("\n".join(columns).encode()).hexdigest()[:8] for kept, columns in of_each.items()
    }
    assert digests == {
        "besoins": "ffc6aa12",
        "conversations": "9941a119",
        "dependances": "4f09cf04",
        "journal": "9611fbfd",
        "machines": "9c061c84",
        "projets": "6131b0f7",
        "replicas": "69068498",
        "sessions": "731d7d61",
        "textes": "6a1fc71f",
    }
