"""What is read for somebody out of the shared database is his by the database's own rules: a statement that forgets to ask gives nothing of another's."""

import time
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from assistant.datatypes import AskedQuestion, Document, Heading, Kind, Passage, Source, Span, Target
from assistant.drafting.kept import Content, KeptDrafts, Sharing, Writer
from assistant.errors import LibraryError, NotIndexedError
from assistant.index.library import Library
from assistant.index.opened import database
from assistant.index.postgres import PostgresDatabase
from assistant.index.store import Entry
from assistant.page.context import Site
from assistant.page.events import Step
from assistant.page.jobs import Job
from assistant.page.relay import Holders
from assistant.page.sessions import SharedSessions
from assistant.page.stream import Demand
from assistant.reach import Reader, read_by, read_within
from assistant.reading.tables import read_tables
from assistant.review import Review
from assistant.review.kept import KeptReviews
from assistant.site.conversations import Conversation, Conversations, Turn
from assistant.site.journal import Action, Journal
from assistant.site.rights import Role
from assistant.site.users import User, Users
from assistant.sourcing.catalogues import Catalogue
from assistant.sourcing.importing import read_register
from assistant.sourcing.kept import EVERYBODY, KeptDependencies
from assistant.sourcing.kept_needs import KeptNeeds
from assistant.sourcing.needs import Line, Origin
from assistant.sqlite_files import Tables
from tests.postgres import SECRET, Server, psycopg, server
from tests.site.samples import answer

__all__ = ["server"]  # a fixture

# Tables that no reader's role is given, and why what they hold is looked at by the program alone.
UNRULED = {
    "assistant.meta": "numbers, names of models, and what people confirmed; the program looks whose document each is of",
    "assistant.vector": "numbers under the hash of a text; of a reader's passages they are in passage_vector, which has a rule",
    "assistant.batch": "hashes of what is still to be embedded",
    "assistant.reader": "who may read what: it is the rule",
    "assistant_textes.text": "accounts and keys: read to know who asks, before anybody is known",
    "assistant_sessions.session": "digests of tokens: read to know who asks",
    "assistant_journal.line": "written for everybody, read by administrators alone, who read all of it",
    "assistant_journal.head": "the last line, which the next one is chained to",
    "assistant_replicas.holder": "which machine holds what a person has under way: asked before the person is let in",
    "assistant_machines.machine": "names of machines",
    "assistant_besoins.source": "needs are of the whole house: whoever has that screen reads all of them",
    "assistant_besoins.line": "the same",
    "assistant_besoins.correction": "the same",
}
SAID = {"claire": "phare", "paul": "digue"}
CLAIRE, PAUL = (User(name, Role.DRAFTER) for name in SAID)


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    return server.base()


@pytest.fixture(scope="module")
def filled(address: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """A document of Claire's collection and one of Paul's, and all that each of them may leave, in which only that one's word is said."""
    folder = tmp_path_factory.mktemp("droits")
    library = Library(folder / "index", database(address))
    shared: Any = library.store.database
    with library.writing():
        for number, (name, word) in enumerate(SAID.items()):
            id_, key, asked = f"{number:016x}", bytes([number]) * 32, bytes([number + 8]) * 32
            source = Source(id_, id_, f"Titre {word}", Kind.TENDER, f"/{word}", name, "text/plain")
            span = Span(0, len(word))
            document = Document(source, word, headings=(Heading(1, None, word, span),))
            library.store.add_vectors([key, asked], np.eye(8, dtype=np.float32)[number : number + 2])
            question = AskedQuestion(f"Où est la {word} ?", (Target("CCP", "L1", None, None),))
            library.store.add(
                Entry(document, (Passage(id_, span, word, (word,)),), (key,), (question,), (asked,))
            )
            library.store.keep_summary(id_, "1", f"résumé {word}")
    Users(folder, shared).add("claire", Role.DRAFTER, None)
    journal, sessions = Journal(folder, lambda: datetime.now(UTC), shared), SharedSessions(shared)
    Holders(shared, "http://127.0.0.1:1").of("claire")
    shared.follows("/srv", 1)
    conversations, drafts = Conversations(folder, shared=shared), KeptDrafts(folder, shared=shared)
    dependencies, needs = KeptDependencies(folder, shared), KeptNeeds(folder, shared=shared)
    reviews = KeptReviews(folder, shared=shared)
    for user in (CLAIRE, PAUL):
        word = SAID[user.name]
        journal.record(user.name, Action.SIGN_IN)
        sessions.open(user.name, word)
        conversations.add(user.name, Conversation.empty(), Turn(f"Où est la {word} ?", answer()))
        draft = drafts.create(user, word, Content(("kit",), {"objet": word}), Writer("a", 1))
        drafts.keep_version(user, draft.id, word)
        piece = Document(Source(word, word, word, Kind.TENDER, word, "contrôle", "text/plain"), word)
        reviews.keep(user.name, word, [Review(piece, ())], date(2026, 4, 1))
        table = read_tables(f"Logiciel;Éditeur\n{word};{word}\n".encode(), "a.csv")
        dependencies.keep(user.name, [read_register(table, "a.csv", member=word)])
        dependencies.keep_catalogue(user.name, Catalogue(word, "", None, "", ()))
        needs.add(
            f"{word}.csv",
            Origin.REGISTER,
            [Line(word, "paie", word, Origin.REGISTER, 1, None, None, None, None)],
            owner=user.name,
        )
    dependencies.keep_catalogue(EVERYBODY, Catalogue("pour tous", "", None, "", ()))
    yield library
    library.close()


@pytest.fixture
def shared(filled: Library) -> PostgresDatabase:
    made = filled.store.database
    assert isinstance(made, PostgresDatabase)
    return made


def reads(user: User) -> Reader:
    return Reader(user.name, user.role.value, lambda: (user.name,))


def tables(server: Server, address: str) -> dict[str, bool]:
    """Every table of the assistant's, and whether it is read under a rule."""
    with server.admin(address.rsplit("/", 1)[1]) as admin:
        rows = admin.execute(
            "SELECT nspname || '.' || relname, relrowsecurity AND EXISTS (SELECT 1 FROM pg_policy WHERE polrelid = c.oid),"
            " has_schema_privilege('assistant_lecteur', nspname, 'USAGE') AND has_any_column_privilege('assistant_lecteur', c.oid, 'SELECT')"
            " FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE nspname ~ '^assistant(_|$)' AND relkind = 'r'"
        ).fetchall()
    assert all(ruled == given for _, ruled, given in rows), rows  # what a reader's role is given has a rule
    return {str(name): bool(ruled) for name, ruled, _ in rows}


def everything(shared: PostgresDatabase, table: str) -> list[str]:
    """A statement that forgets whose rows it wants, as the program would send it."""
    schema, name = table.split(".")
    if schema == "assistant":
        return [repr(row) for row in shared.rows(f"SELECT * FROM {name}")]
    own = {
        "version": "x"
    }  # tables are made already: what is said of them here is only that they are somebody's
    with shared.kept(schema.removeprefix("assistant_"), Tables("", own=own), writing=False) as kept:
        return [repr(tuple(row)) for row in kept.execute(f"SELECT * FROM {name}").fetchall()]


def test_every_table_is_read_under_a_rule_or_it_is_written_why_not(
    server: Server, address: str, filled: Library
) -> None:
    found = tables(server, address)
    assert {name for name, ruled in found.items() if not ruled} == set(UNRULED)
    assert len(found) - len(UNRULED) == 15


def test_a_statement_that_forgets_whose_rows_it_wants_gives_a_reader_his_own(
    server: Server, address: str, shared: PostgresDatabase
) -> None:
    ruled = [name for name, is_ruled in tables(server, address).items() if is_ruled]
    for table in ruled:
        whole = everything(shared, table)
        seen = {}
        for user in (CLAIRE, PAUL):
            with read_by(reads(user)):
                seen[user.name] = everything(shared, table)
        assert set(seen["claire"]) <= set(whole), table
        assert seen["claire"], table
        both = set(seen["claire"]) & set(seen["paul"])
        assert [row for row in both if "pour tous" not in row] == [], table
        assert sorted({*seen["claire"], *seen["paul"]}) == sorted(whole), table
        for user, other in ((CLAIRE, PAUL), (PAUL, CLAIRE)):
            assert [row for row in seen[user.name] if SAID[other.name] in row] == [], table
        with read_by(Reader("curieux", "lecteur", tuple)):
            assert [row for row in everything(shared, table) if "pour tous" not in row] == [], table
        assert everything(shared, table) == whole, table  # the program's own reading is as it was


def test_a_table_without_a_rule_is_refused_to_a_reader(
    shared: PostgresDatabase, server: Server, address: str
) -> None:
    for table in ("assistant.vector", "assistant.meta", "assistant.reader", "assistant.batch"):
        assert everything(shared, table) or table.endswith(("reader", "batch"))
        with read_by(reads(CLAIRE)), pytest.raises(LibraryError, match="n'a pas les droits"):
            everything(shared, table)


def test_another_login_is_given_nothing_of_what_people_keep_whoever_it_says_it_asks_for(
    server: Server, address: str, filled: Library
) -> None:
    name = address.rsplit("/", 1)[1]
    with server.admin(name) as admin:
        admin.execute(f"CREATE ROLE voisin LOGIN PASSWORD '{SECRET}' IN ROLE assistant_lecteur")
    with psycopg.connect(server.address(name, "voisin"), autocommit=True) as other:
        other.execute(
            "SELECT set_config('app.person', 'claire', false), set_config('app.role', 'redacteur', false)"
        )
        for table, ruled in tables(server, address).items():
            if ruled and not table.startswith("assistant."):
                assert other.execute(f"SELECT COUNT(*) FROM {table}").fetchone() == (0,), table
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            other.execute("SELECT * FROM assistant_textes.text")


def test_a_shared_draft_is_read_by_the_role_that_it_is_shared_with(
    shared: PostgresDatabase, tmp_path: Path
) -> None:
    drafts = KeptDrafts(tmp_path, shared=shared)
    made = drafts.create(CLAIRE, "phare à deux", Content(), Writer("a", 1))
    with read_by(reads(PAUL)):
        assert drafts.open(PAUL, made.id) is None
    drafts.share(CLAIRE, made.id, Sharing(Role.DRAFTER, writing=True))
    with read_by(reads(PAUL)):
        assert drafts.open(PAUL, made.id) is not None
        assert made.id in [one.id for one in drafts.listed(PAUL)]
    with read_by(Reader("paul", Role.READER.value, tuple)):
        assert drafts.open(PAUL, made.id) is None  # the program is mistaken in his role
    drafts.delete(CLAIRE, made.id)


def test_what_is_opened_listed_or_searched_for_somebody_is_within_his_collections(filled: Library) -> None:
    store, (hers, his) = filled.store, (f"{number:016x}" for number in range(2))
    ids = [id_ for id_, *_ in store.scan_passages()]
    with read_by(reads(CLAIRE)):
        assert [held.source.id for held in store.held()] == [hers]
        assert store.document(hers).text == "phare"
        for read in (store.document, store.problems, store.metadata, lambda id_: store.passage_at(id_, 0)):
            with pytest.raises(NotIndexedError):
                read(his)
        assert [passage.text for _, passage in store.passages(ids).values()] == ["phare"]
        with read_within(("claire", "paul")):  # a search that is asked for more than its reader may see
            assert [passage.text for _, passage in store.passages(ids).values()] == ["phare"]
        assert store.passages(ids, ("paul",)) == {}
        assert set(store.summaries()) == {hers}
        vectors = store.database.passage_vectors(8)
        assert vectors is not None
        assert [id_ for id_, _ in vectors.search(np.eye(8, dtype=np.float32)[1], 5)] == ids[:1]
        assert store.counts()["passage"] == 2  # numbers are the program's
    assert len(store.held()) == 2


def test_what_is_derived_for_everybody_is_whole_whoever_asks_first(
    filled: Library, tmp_path: Path, address: str
) -> None:
    with closing(Library(tmp_path / "autre", database(address))) as other, read_by(reads(CLAIRE)):
        other.synchronise_words()
        vectors, _ = other.vectors(8)
        assert len(vectors.ids) == 2  # type: ignore[attr-defined]
        assert len(other.words.held) == 2
        assert len(other.store.serials()) == 1


def test_a_transaction_a_snapshot_and_an_addition_keep_their_reader_apart(
    filled: Library, shared: PostgresDatabase
) -> None:
    texts = "SELECT text FROM document ORDER BY serial"
    with read_by(reads(PAUL)), filled.store.snapshot():
        assert shared.rows(texts) == [("digue",)]
        with read_by(None):
            assert shared.rows(texts) == [("phare",), ("digue",)]
        assert shared.rows(texts) == [("digue",)]
    with shared.transaction(), read_by(reads(PAUL)):
        assert shared.rows(texts) == [("digue",)]
        with shared.kept("conversations", Tables("", own={"turn": ""}), writing=False) as kept:
            assert len(kept.execute("SELECT * FROM turn").fetchall()) == 1
            assert shared.rows("SELECT text FROM assistant.document") == [("digue",)]
            assert len(kept.execute("SELECT * FROM turn").fetchall()) == 1
        assert shared.rows(texts) == [("digue",)]
    looked: list[int] = []
    reader = Reader("paul", "", lambda: looked.append(1) or ("paul",))  # type: ignore[func-returns-value]
    with read_by(reader):
        assert shared.rows(texts) == [("digue",)]
        with filled.writing():
            assert filled.store.holds(f"{0:016x}")  # a writer must know what is there already
        assert shared.rows(texts) == [("digue",)]
    assert len(looked) == 2  # an addition may have made a collection


def test_a_demand_of_a_page_and_a_task_that_it_begins_read_for_whoever_asks(shared: PostgresDatabase) -> None:
    seen: list[object] = []

    def steps() -> Iterator[Step]:
        seen.append(shared.rows("SELECT text FROM document"))
        seen.append(Job(lambda _listen: shared.rows("SELECT text FROM document")).result())
        yield Step({}, {})

    demand = Demand("paul", "page", "fil/ouvrir", steps(), (), lambda: reads(PAUL))
    while not demand.over:
        time.sleep(0.01)
    assert seen == [[("digue",)], [("digue",)]]


def test_a_name_that_is_no_account_any_more_reads_nothing_and_an_account_what_its_role_may(
    shared: PostgresDatabase, tmp_path: Path
) -> None:
    users = Users(tmp_path)
    users.add("paul", Role.READER, None)
    users.set_collection("claire", [Role.DRAFTER])
    site: Any = SimpleNamespace(
        users=users,
        trust=None,
        asks_who=True,
        workspace=SimpleNamespace(collections=lambda: ("claire", "paul")),
    )
    for method in ("reader", "reach", "known_or_alone", "known", "_collections"):
        setattr(site, method, partial(getattr(Site, method), site))
    for name, texts in (("paul", [("digue",)]), ("parti", [])):
        with read_by(site.reader(name)):
            assert shared.rows("SELECT text FROM document") == texts
