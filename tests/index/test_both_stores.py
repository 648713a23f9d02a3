"""One contract over SQLite and PostgreSQL: the same results to the last rank, the same rights, nothing lost where the server goes away."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from assistant.commands.terminal import on_one_line
from assistant.datatypes import Hit, Kind, Progress
from assistant.errors import AssistantError, LibraryBusyError, LibraryError, NotIndexedError, UsageError
from assistant.index import ingest, moving, server_vectors
from assistant.index.library import Library
from assistant.index.opened import database
from assistant.index.search import Searcher
from assistant.index.store import Store
from assistant.settings import load
from tests.conftest import write_rules
from tests.fakes import FakeEmbedding
from tests.index.test_ingest import contents
from tests.postgres import SECRET, SERVICE, Server, programs, psycopg, running, server, without_vector

__all__ = ["server"]  # a fixture

Make = Callable[[str], Library]
STORES = ("sqlite", "postgresql")
QUESTIONS = (
    "localisation des données",
    "clause de sécurité du titulaire",
    "L2112-4",
    "marché de défense",
    "délai de paiement des lots",
    "rien de tout cela zzz",
)
WORDS = (
    *"acheteur marché lot prix délai clause donnée serveur titulaire sécurité audit contrat paiement défense localisation".split(),  # noqa: SIM905
)


@pytest.fixture
def make(server: Server, tmp_path: Path) -> Iterator[Make]:
    """Makes an empty library over either store."""
    opened: list[Library] = []

    def one(kind: str) -> Library:
        folder = tmp_path / f"library-{len(opened)}"
        opened.append(Library(folder, database(server.base()) if kind == "postgresql" else None))
        return opened[-1]

    yield one
    for library in opened:
        library.close()


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("fichiers")
    write_rules(folder / "regles.jsonl")
    for number in range(6):
        lines = [
            f"ARTICLE {row} - {WORDS[(row + number) % len(WORDS)].upper()}\n\n{' '.join(WORDS[(row * number + at) % len(WORDS)] for at in range(9))}."
            for row in range(1, 9)
        ]
        (folder / f"t{number}.txt").write_text("\n\n".join(lines), encoding="utf-8")
    return folder


def index(library: Library, paths: list[Path], collection: str) -> ingest.Report:
    with library.writing():
        return ingest.index_paths(library.store, FakeEmbedding(), paths, collection=collection)


def filled(library: Library, files: Path) -> Library:
    index(library, [files / "regles.jsonl"], "droit")
    for name, numbers in (("a", (1, 3, 5)), ("b", (0, 2, 4))):
        index(library, [files / f"t{number}.txt" for number in numbers], name)
    return library


def found(library: Library) -> list[tuple[Hit, ...]]:
    """What every question finds, whole: ranks, scores, channels and passages."""
    searcher = Searcher(library, FakeEmbedding())
    some = frozenset(held.source.id for held in library.store.held()[:2])
    return [
        searcher.search(
            question, limit=limit, as_of=day, kinds=kinds, collections=collections, sources=sources
        )
        for question in QUESTIONS
        for limit, day, kinds, collections, sources in (
            (10, date(2026, 3, 1), (), (), frozenset[str]()),
            (30, date(2020, 1, 1), (), ("a",), frozenset[str]()),
            (30, None, (Kind.RULE,), ("a", "droit"), frozenset[str]()),
            (30, None, (), (), some),
        )
    ]


def test_both_stores_find_the_same_to_the_last_rank_through_additions_and_removals(
    make: Make, files: Path, tmp_path: Path
) -> None:
    libraries = [filled(make(kind), files) for kind in STORES]

    def same() -> None:
        embedded, shared = libraries
        assert found(embedded) == found(shared)
        assert contents(embedded) == contents(shared)
        assert embedded.store.generation == shared.store.generation
        assert embedded.store.counts() == shared.store.counts()
        assert embedded.store.held() == shared.store.held()
        assert embedded.store.wordings("L2112-4") == shared.store.wordings("L2112-4")

    same()
    assert sum(map(len, found(libraries[0]))) > 100
    changed = tmp_path / "ajout.txt"
    changed.write_text(
        "ARTICLE 1 - AUDIT\n\nLe titulaire accepte un audit de sécurité « annuel ».", encoding="utf-8"
    )
    for library in libraries:
        index(library, [changed], "a")
        index(library, [files / "t0.txt"], "c")  # the same bytes in one more collection
        library.store.remove_origin(str((files / "t1.txt").resolve()), "a")
        library.store.keep_summary(library.store.held()[0].source.id, "v1", "résumé")
        library.store.keep_summary(library.store.held()[0].source.id, "v2", "résumé « neuf »")
        library.store.drop_unused_vectors()
    same()
    assert libraries[0].store.summaries() == libraries[1].store.summaries() != {}
    for library in libraries:
        library.store.remove(library.store.held()[0].source.id)
        ingest.rebuild(library.store, FakeEmbedding("fake@2"))
    same()
    assert [library.store.check() for library in libraries] == [True, True]
    with closing(database(libraries[1].store.database._address)) as again:  # type: ignore[attr-defined]
        assert Store(again).altered() == ()


@pytest.mark.parametrize("kind", STORES)
def test_one_writer_at_a_time_and_what_is_unknown_is_said(
    make: Make, kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.index.library.LOCK_SECONDS", 0.3)
    library = make(kind)
    place = library.store.database
    other = Library(
        library._folder if kind == "sqlite" else library._folder.parent,
        database(place._address) if kind == "postgresql" else None,
    )  # type: ignore[attr-defined]
    with library.writing():
        with pytest.raises(LibraryBusyError, match="en cours d'écriture"), other.writing():
            pass
        library.store.set_meta("essai", "1")
    with other.writing():
        assert other.store.metas("ess") == {"ai": "1"}
        other.forget_removed()
    with pytest.raises(NotIndexedError):
        other.store.document("inconnu")

    def broken_off() -> None:
        with library.store.database.transaction():
            library.store.database.run("INSERT INTO meta VALUES ('perdu', '1')")
            raise ValueError("au milieu")

    with pytest.raises(ValueError, match="au milieu"):
        broken_off()
    assert library.store.meta("perdu") is None
    other.close()


SLOW_INDEX = """
import sys, time
from pathlib import Path
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.opened import database
from tests.fakes import FakeEmbedding
ingest.BATCH = 2
class Slow(FakeEmbedding):
    def embed_passages(self, texts):
        time.sleep(0.05)
        return super().embed_passages(texts)
library = Library(Path(sys.argv[1]), database(sys.argv[2]))
with library.writing():
    ingest.index_paths(library.store, Slow(), [Path(sys.argv[3])], collection="essai")
"""


def test_a_killed_writer_leaves_the_lock_and_the_next_run_ends_as_an_undisturbed_one(
    make: Make, server: Server, files: Path, tmp_path: Path
) -> None:
    calm, address = make("sqlite"), server.base()
    index(calm, [files], "essai")
    shaken = Library(tmp_path / "agite", database(address))
    command = [sys.executable, "-c", SLOW_INDEX, str(tmp_path / "autre"), address, str(files)]
    process = subprocess.Popen(command, cwd=Path(__file__).resolve().parents[2])
    while shaken.store.counts()["vector"] < 12:
        assert process.poll() is None
    process.kill()
    process.wait()
    assert 0 < shaken.store.counts()["vector"] < calm.store.counts()["vector"]
    index(shaken, [files], "essai")
    assert contents(calm) == contents(shaken)
    shaken.close()


def test_a_wide_index_gives_as_many_rows_as_an_exact_search_in_any_scope(
    make: Make, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shared = filled(make("postgresql"), files)
    exact = found(shared)
    monkeypatch.setattr(server_vectors, "EXACT_ROWS", 0)
    shared.store.settle(FakeEmbedding().dimension)
    vectors = shared.vectors(FakeEmbedding().dimension)[0]
    assert vectors._is_indexed  # type: ignore[union-attr]
    assert found(shared) == exact
    narrow = vectors.ids[3:5]  # type: ignore[union-attr]
    assert {
        id_ for id_, _ in vectors.search(FakeEmbedding().embed_queries(["défense"])[0], 10, narrow)
    } == set(narrow.tolist())


def test_a_reader_of_one_collection_sees_nothing_of_another_whatever_is_asked(
    make: Make, server: Server, files: Path
) -> None:
    library = filled(make("postgresql"), files)
    store, address = library.store, library.store.database._address  # type: ignore[attr-defined]
    filed = store.collections_by_serial()
    ids = {
        name: [id_ for id_, serial, *_ in store.scan_passages() if name in filed[serial]]
        for name in ("a", "b")
    }
    assert ids["a"]
    assert ids["b"]
    assert set(store.passages([*ids["a"], *ids["b"]], ["a"])) == set(
        ids["a"]
    )  # a program that asks for too much
    assert len(store.passages(ids["b"])) == len(ids["b"])
    with server.admin(address.rsplit("/", 1)[1]) as admin:
        admin.execute(
            f"DO $$ BEGIN CREATE ROLE tableau LOGIN PASSWORD '{SECRET}'; EXCEPTION WHEN duplicate_object THEN NULL; END $$"
        )
        admin.execute("GRANT assistant_lecteur TO tableau")
        admin.execute("INSERT INTO assistant.reader VALUES ('tableau', 'a')")
    with psycopg.connect(server.address(address.rsplit("/", 1)[1], "tableau"), autocommit=True) as mine:
        mine.execute("SET search_path TO assistant, public")
        tables = ("document", "origin", "passage", "passage_vector", "question", "summary")
        assert [mine.execute(f"SELECT COUNT(*) FROM {table}").fetchone() for table in tables] == [
            (0,)
        ] * 6  # nothing asked for, nothing seen
        mine.execute("""SET app.collections = '["a", "b", "droit"]'""")  # more than it was given
        assert {row[0] for row in mine.execute("SELECT id FROM passage")} == set(ids["a"])
        assert {row[0] for row in mine.execute("SELECT passage FROM passage_vector")} == set(ids["a"])
        assert mine.execute("SELECT DISTINCT collection FROM origin").fetchall() == [("a",)]
        assert mine.execute("SELECT COUNT(*) FROM passage WHERE id = ANY(%s)", (ids["b"],)).fetchone() == (0,)
        for forbidden in (
            "SELECT * FROM vector",
            "SELECT * FROM meta",
            "SELECT * FROM reader",
            "INSERT INTO reader VALUES ('tableau', 'b')",
            "DELETE FROM passage",
        ):
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                mine.execute(forbidden)
        mine.execute("SET app.collections = 'pas du JSON'")
        with pytest.raises(psycopg.errors.DataError):
            mine.execute("SELECT * FROM passage")


def test_a_store_moves_there_and_back_stopped_five_times_and_is_equal(
    make: Make, server: Server, files: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        moving,
        "_TABLES",
        tuple(moving._Table(table.name, table.key, table.columns, 9) for table in moving._TABLES),
    )
    origin = filled(make("sqlite"), files)
    origin.store.remove(origin.store.held()[-1].source.id)  # a number that must never come again
    origin.store.keep_summary(origin.store.held()[0].source.id, "v1", "résumé")
    there, back = Store(database(server.base())), Store(tmp_path / "retour" / "library.sqlite")
    for source, target in ((origin.store, there), (there, back)):
        for stop in (1, 2, 3, 2, 4):
            left = stop

            def killed(_: Progress) -> None:
                nonlocal left
                left -= 1
                if left == 0:
                    raise KeyboardInterrupt

            with pytest.raises(KeyboardInterrupt):
                moving.move(source, target, killed)
            with pytest.raises(LibraryError, match="n'est pas entier"):
                moving.require_whole(target)
        moved = moving.move(source, target)
        moving.require_whole(target)
        assert (
            dict(moved.rows)["document"] == origin.store.counts()["document"] == target.counts()["document"]
        )
        assert target.generation == origin.store.generation
        assert target.database.numbered_from("document") == origin.store.database.numbered_from("document")
    assert {table.name: moving._digest(table, origin.store.database) for table in moving._TABLES} == {
        table.name: moving._digest(table, back.database) for table in moving._TABLES
    }
    assert moving.move(origin.store, there).rows == moved.rows  # stopped after the copy, the command goes on
    origin.store.keep_summary(origin.store.held()[0].source.id, "v2", "un autre")
    with pytest.raises(LibraryError, match="contient déjà un index"):
        moving.move(origin.store, there)
    origin.store.keep_summary(origin.store.held()[0].source.id, "v1", "résumé")
    again = Library(tmp_path / "relu", there.database)
    assert found(again) == found(origin)
    index(again, [files / "t0.txt"], "neuve")
    back.close()
    again.close()


REPLICA = """
import sys
from pathlib import Path
from assistant.index.library import Library
from assistant.index.opened import database
from assistant.index.search import Searcher
from tests.fakes import FakeEmbedding
taken = 0
class Watched(Library):
    def _passages(self, *given):
        global taken
        taken += 1
        return super()._passages(*given)
library = Watched(Path(sys.argv[1]), database(sys.argv[2]))
searcher = Searcher(library, FakeEmbedding())
for line in sys.stdin:
    hits = searcher.search(line.strip(), limit=30)
    print(taken, *(hit.source.title for hit in hits), sep="|", flush=True)
    taken = 0
"""


def test_what_one_process_adds_moves_or_removes_is_found_so_by_another_at_its_next_question_and_no_more_is_read(
    make: Make, server: Server, files: Path, tmp_path: Path
) -> None:
    one = filled(make("postgresql"), files)
    address = one.store.database._address  # type: ignore[attr-defined]
    command = [sys.executable, "-c", REPLICA, str(tmp_path / "autre-machine"), address]
    with subprocess.Popen(
        command,
        cwd=Path(__file__).resolve().parents[2],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdin
        assert other.stdout

        def asked(question: str) -> tuple[int, list[str]]:
            other.stdin.write(f"{question}\n")  # type: ignore[union-attr]
            other.stdin.flush()  # type: ignore[union-attr]
            taken, *titles = other.stdout.readline().strip().split("|")  # type: ignore[union-attr]
            return int(taken), titles

        taken, before = asked("girouette")
        assert taken == len(one.store.held())
        added = tmp_path / "girouette.txt"
        added.write_text("La girouette du titulaire indique la localisation.", encoding="utf-8")
        index(one, [added], "a")
        taken, titles = asked("girouette")
        assert (taken, titles[0]) == (1, "girouette")
        index(one, [added], "d")
        assert asked("girouette")[0] == 1  # it lies in one more collection
        assert asked("girouette")[0] == 0
        source = next(held.source.id for held in one.store.held() if held.source.title == "girouette")
        one.store.remove(source)
        assert asked("girouette") == (0, before)
        other.stdin.close()
    assert other.returncode == 0


def test_the_server_goes_away_in_the_middle_and_nothing_is_lost(
    make: Make, server: Server, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = filled(make("postgresql"), files)
    searcher = Searcher(library, FakeEmbedding())
    before, counts = searcher.search("défense"), library.store.counts()

    def cut_off() -> None:
        with library.writing():
            server.stop()
            ingest.index_paths(
                library.store, FakeEmbedding(), [files / "regles.jsonl"], collection="ailleurs"
            )

    with pytest.raises(LibraryError, match="ne répond pas"):
        cut_off()
    monkeypatch.setattr("assistant.index.postgres.RETURN_SECONDS", 0.3)
    with pytest.raises(LibraryError, match="ne répond pas") as away:
        library.store.counts()
    assert SECRET not in f"{away.value} {away.value.hint} {away.value.__cause__}"
    server.start()
    monkeypatch.undo()
    assert searcher.search("défense") == before  # without being opened again
    assert library.store.counts() == counts
    assert index(library, [files / "regles.jsonl"], "ailleurs").unchanged


def test_a_base_in_which_nothing_may_be_written_is_read_and_says_so(
    make: Make, server: Server, files: Path, tmp_path: Path
) -> None:
    library = filled(make("postgresql"), files)
    before, counts = found(library), library.store.counts()
    address = library.store.database._address  # type: ignore[attr-defined]
    name = address.rsplit("/", 1)[1]
    with server.admin("postgres") as admin:
        admin.execute(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
    with closing(Library(tmp_path / "lecture", database(address))) as read:
        assert found(read) == before
        assert "est en lecture seule. Ce qui était enregistré l'est encore." in refused_writing(read, files)
        assert read.store.counts() == counts
    with server.admin("postgres") as admin:
        admin.execute(f"ALTER DATABASE {name} RESET default_transaction_read_only")
        admin.execute(f"CREATE DATABASE {name}_vide OWNER {SERVICE}")
        admin.execute(f"ALTER DATABASE {name}_vide SET default_transaction_read_only = on")
    assert "est en lecture seule" in refusal(server.address(f"{name}_vide"))


def refused_writing(library: Library, files: Path) -> str:
    with pytest.raises(LibraryError) as refused:
        index(library, [files / "t0.txt"], "neuve")
    assert "serveur principal" in refused.value.hint
    return refused.value.message


def refusal(address: str) -> str:
    with pytest.raises(AssistantError) as refused:
        database(address)
    assert refused.value.hint
    said = on_one_line(f"{refused.value} {refused.value.__cause__}")
    assert SECRET not in said
    assert "faux" not in said
    return said


def test_a_base_that_cannot_serve_is_refused_in_words_without_the_password(
    server: Server, tmp_path: Path
) -> None:
    good = server.base()
    name = good.rsplit("/", 1)[1]
    assert "n'est pas une adresse" in refusal(f"sqlite:///{SECRET}")
    assert "n'est pas une adresse" in refusal(f"postgresql://service:{SECRET}%zz@127.0.0.1/base")
    for unescaped in (f"a@b/{SECRET}", f"a/{SECRET}", f"{SECRET}@x"):
        assert "n'est pas une adresse" in refusal(f"postgresql://service:{unescaped}@127.0.0.1/base")
    assert "refuse le compte ou le mot de passe" in refusal(server.address(name, secret="faux"))
    assert "n'existe pas" in refusal(server.address("absente"))
    assert "ne répond pas" in refusal(good.replace(str(server.port), "1"))
    assert "n'a pas l'extension « vector »" in refusal(server.base(with_vector=False))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("assistant.index.postgres.LEAST_SERVER", 99)
        for address in (
            good,
            server.base(with_vector=False),
        ):  # first of all: pgvector is not to be put on it
            assert re.search(r"est un PostgreSQL \d\d ; il faut 99 au moins", refusal(address))
    with closing(database(good)) as opened:
        opened.run("UPDATE meta SET value = '2' WHERE key = 'schema'")
    assert "autre version" in refusal(good)
    with server.admin(name) as admin:
        admin.execute("UPDATE assistant.meta SET value = '99' WHERE key = 'schema'")
    assert "tables en version 99" in refusal(good)
    (tmp_path / "settings.toml").write_text(f'store = "{good}"', encoding="utf-8")
    assert SECRET not in repr(load(tmp_path))
    with pytest.raises(UsageError):
        database("mysql://x/y")


def test_a_server_to_which_pgvector_was_never_added_says_what_to_add() -> None:
    found = programs()
    assert found
    place = Path(tempfile.mkdtemp(prefix="sans-pgvector-", dir="/tmp"))
    try:
        with running(without_vector(found, place)) as bare:
            said = refusal(bare.base(with_vector=False))
    finally:
        shutil.rmtree(place)
    assert "n'a pas pgvector, qui y range les vecteurs" in said


def test_an_account_that_may_not_make_the_role_is_told_what_an_administrator_has_to_run(
    server: Server,
) -> None:
    """The role is missing; it is there, and the account is no member; the base is somebody else's."""
    with server.admin("postgres") as admin:
        admin.execute(f"CREATE ROLE etranger LOGIN PASSWORD '{SECRET}'")
        admin.execute("ALTER ROLE assistant_lecteur RENAME TO ailleurs")
    try:
        said = refusal(server.base())
    finally:
        with server.admin("postgres") as admin:
            admin.execute("ALTER ROLE ailleurs RENAME TO assistant_lecteur")
    assert "ne peut pas créer le rôle « assistant_lecteur »" in said
    name = server.base().rsplit("/", 1)[1]
    with server.admin("postgres") as admin:
        admin.execute(f"ALTER DATABASE {name} OWNER TO etranger")
    with pytest.raises(LibraryError) as refused:
        database(server.address(name, "etranger"))
    assert "CREATE ROLE assistant_lecteur NOLOGIN; GRANT assistant_lecteur TO" in refused.value.hint
    with server.admin("postgres") as admin:
        admin.execute("GRANT assistant_lecteur TO etranger")
        admin.execute(f"ALTER DATABASE {name} OWNER TO {SERVICE}")
    assert "n'a pas les droits qu'il faut" in refusal(server.address(name, "etranger"))
    with server.admin(name) as admin:
        assert admin.execute("SELECT to_regnamespace('assistant')::text").fetchone() == (
            None,
        )  # nothing half made
