"""PostgreSQL with pgvector: the index that several machines share. The tables and the rights are in ``postgres.sql``.

Each thread borrows a connection for one statement, or for all of a transaction. A statement that only reads is asked again for some seconds where the
server restarts; a transaction is not: it is undone, and said. No message of the server is passed on: it may hold an address, a password, a text.
"""

import json
import re
import secrets
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any, TypeVar

import psycopg
from psycopg.adapt import Buffer, Dumper, Loader
from psycopg.conninfo import conninfo_to_dict
from psycopg.pq import Format, TransactionStatus
from psycopg.types import TypeInfo

from assistant.errors import LibraryBusyError, LibraryError, UsageError
from assistant.index.database import BUSY, LEAST_SERVER, SCHEMA_VERSION, Machine, Row, ServerState
from assistant.index.half_vectors import Half, from_wire, to_wire
from assistant.index.server_vectors import SESSION, ServerVectors, build_wide, wide_state
from assistant.reach import EVERYWHERE, read_by, reader
from assistant.sqlite_files import Tables

Asked = TypeVar("Asked")
Settings = Mapping[str, str]


class Connection(psycopg.Connection[Row]):
    """A connection, and for whom it was last told to read; None: for the program."""

    collections: tuple[str, ...] | None = None


# Connections that one process holds at most: a server allows a hundred, for every machine together.
CONNECTIONS = 8
CONNECT_SECONDS = 5
# A server that restarts is back within a few seconds: whoever reads meanwhile waits.
RETURN_SECONDS = 15.0
_PAUSE_SECONDS = 0.2
# The lock of the one writer, and that of whoever makes the tables: two numbers of our own.
_WRITER, _MAKER = 7_305_412, 7_305_413
# Iterative scans, without which an index gives too few rows within a scope, came with it.
LEAST_PGVECTOR = (0, 8)
_STANDS = "Ce qui était enregistré l'est encore."
# What the comment of a schema says before the version of its tables.
_VERSION = "assistant, tables en version "
_PATH = "assistant, public"
# Where a thread's statements look, and for whom: the search path, a role, a person and the role of that person.
_KEPT_BY = (
    "SELECT set_config('search_path', %s, true), set_config('role', %s, true),"
    " set_config('app.person', %s, true), set_config('app.role', %s, true)"
)
_OF_THE_INDEX = (_PATH, "none", "", "")
_NUMBERED = {"document": "document_serial_seq", "passage": "passage_id_seq", "question": "question_id_seq"}
_ROLE = "assistant_lecteur"
_MACHINES = Tables("""
CREATE TABLE IF NOT EXISTS machine (name TEXT PRIMARY KEY, generation INTEGER NOT NULL, seen TIMESTAMPTZ NOT NULL);
ALTER TABLE machine ADD COLUMN IF NOT EXISTS program TEXT NOT NULL DEFAULT '', ADD COLUMN IF NOT EXISTS files TEXT NOT NULL DEFAULT '';
""")
# What a policy reads of the person for whom the program reads; nobody where another login asks.
_PERSON = """
CREATE OR REPLACE FUNCTION asking(what TEXT) RETURNS TEXT LANGUAGE sql STABLE SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
    SELECT current_setting('app.' || what, true) WHERE session_user = current_user
$$;
"""


class PostgresDatabase:
    """See ``Database``. The program's own login owns the tables; what is read for someone is read under the role ``assistant_lecteur``."""

    def __init__(self, address: str) -> None:
        """``address``: ``postgresql://name@host/base``; the password there, or better in ``~/.pgpass``.

        Raises:
            UsageError: not an address.
            LibraryError: not reachable, refused, too old, of another version of the assistant, or without pgvector.
        """
        self._address, self._place = address, _place(address)
        self._local = threading.local()
        self._free: list[Connection] = []
        self._door, self._room = threading.Lock(), threading.BoundedSemaphore(CONNECTIONS)
        self._half_type: tuple[int, int] | None = None
        self._known: set[str] = set()  # schemas of what people keep that were made, or seen
        self._replica = self._prepared()

    @property
    def place(self) -> str:
        """See ``Database``: machine, port and name, without the login."""
        return self._place

    @property
    def replica(self) -> str:
        """See ``Database``: another database never meets the words of this one, were its numbers the same."""
        return self._replica

    # ---- statements ---------------------------------------------------------------------------------------------------------------

    def rows(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """See ``Database``."""
        return self._asked(
            lambda connection: connection.execute(_percent(sql), values, binary=True).fetchall()
        )

    def row(self, sql: str, values: Sequence[Any] = ()) -> Row | None:
        """See ``Database``."""
        return self._asked(
            lambda connection: connection.execute(_percent(sql), values, binary=True).fetchone()
        )

    def run(self, sql: str, values: Sequence[Any] = ()) -> None:
        """See ``Database``."""
        with self._held() as connection, self._in_words():
            connection.execute(_percent(sql), values)

    def run_each(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """See ``Database``."""
        with self._held() as connection, self._in_words():
            connection.cursor().executemany(_percent(sql), rows)

    def half(self, vector: bytes) -> Half:
        """See ``Database``."""
        return Half(vector)

    def _asked(self, ask: "Callable[[Connection], Asked]") -> Asked:
        """What a reading gives; asked again while the server is away, unless it is part of a transaction."""
        collections = _seen()
        if getattr(self._local, "connection", None) is not None:
            with self._held() as connection, self._in_words(), self._reading(connection, collections):
                return ask(connection)
        until = time.monotonic() + RETURN_SECONDS
        while True:
            with self._in_words(), self._borrowed(until) as connection:
                try:
                    _read_for(connection, collections)
                    return ask(connection)
                except psycopg.OperationalError:
                    if not connection.closed or time.monotonic() > until:
                        raise
            time.sleep(_PAUSE_SECONDS)

    # ---- transactions -------------------------------------------------------------------------------------------------------------

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """See ``Database``."""
        with self._held() as connection, self._in_words(), connection.transaction():
            yield

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """See ``Database``."""
        with self._held() as connection, self._in_words():
            if connection.info.transaction_status is not TransactionStatus.IDLE:
                yield
                return
            with connection.transaction():
                connection.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                yield

    @contextmanager
    def _reading(self, connection: Connection, collections: tuple[str, ...] | None) -> Iterator[None]:
        """Within a transaction, or a connection that is held: row-level security gives nothing of another collection, whatever is asked."""
        if collections is None:
            yield
            return
        with connection.transaction():
            before = connection.execute(
                "SELECT current_setting('role'), current_setting('app.collections', true)"
            ).fetchone()
            _turn(connection, _ROLE, _listed(collections), is_local=True)
            yield
            _turn(connection, *(before or ("none", "")), is_local=True)

    @contextmanager
    def writing(self, seconds: float) -> Iterator[None]:
        """See ``Database``: an advisory lock of the server, which goes with the connection of a writer that dies. A writer looks at everything."""
        with self._held() as connection, read_by(None):
            with self._in_words():
                self._lock(connection, seconds)
            try:
                yield
            finally:
                if not connection.closed:
                    with self._in_words():
                        connection.execute("SELECT pg_advisory_unlock(%s)", (_WRITER,))
        if (one := reader()) is not None:
            one.look_again()

    def _lock(self, connection: Connection, seconds: float) -> None:
        until = time.monotonic() + seconds
        while connection.execute("SELECT pg_try_advisory_lock(%s)", (_WRITER,)).fetchone() != (True,):
            if time.monotonic() > until:
                raise LibraryBusyError(*BUSY)
            time.sleep(_PAUSE_SECONDS)

    # ---- what people keep ----------------------------------------------------------------------------------------------------------

    @contextmanager
    def kept(self, name: str, tables: Tables, *, writing: bool) -> Iterator["Kept"]:
        """See ``site.late_file.Shared``: a schema of its own. A reader's role is given only tables that say what is whose, and that by their rules.

        What writes is the program: it takes its turn, and looks at whose each row is before it touches it.
        """
        path, one = f"assistant_{name}", None if writing else reader()
        role = (_ROLE, one.name, one.role) if one and tables.own else ("none", "", "")
        with self._held() as connection, self._in_words(), connection.transaction():
            outer: tuple[str, ...] = getattr(self._local, "kept", _OF_THE_INDEX)
            if path not in self._known:
                self._make_kept(connection, path, tables)
            if writing:
                connection.execute("SELECT pg_advisory_xact_lock(hashtext(%s))", (path,))
            self._local.kept = (path, *role)
            connection.execute(_KEPT_BY, self._local.kept)
            try:
                yield Kept(connection)
            finally:
                self._local.kept = outer
            connection.execute(_KEPT_BY, outer)  # of the transaction that this one may stand in
        self._known.add(path)

    def _make_kept(self, connection: Connection, path: str, tables: Tables) -> None:
        """Makes the tables and their rules where they are not there. Raises LibraryError: they are those of another version."""
        connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKER,))
        row = connection.execute(
            "SELECT obj_description(to_regnamespace(%s), 'pg_namespace')", (path,)
        ).fetchone()
        noted = str(row[0]) if row and row[0] else ""
        version = noted.removeprefix(_VERSION)
        if noted and version != str(tables.version):
            newer = version.isdecimal() and int(version) > tables.version
            raise LibraryError(
                f"Les tables « {path} » de {self._place} sont d'une version plus {'récente' if newer else 'ancienne'} de l'assistant "
                f"(version {version}, {tables.version} attendue) : rien n'y a été lu ni changé.",
                "Mettez le même programme sur toutes les machines, ou donnez une base neuve au réglage « store ».",
            )
        if noted:
            return
        connection.execute(f"CREATE SCHEMA IF NOT EXISTS {path}")
        connection.execute(f"SET LOCAL search_path TO {path}")
        connection.execute(_translated(tables.sql))
        if tables.own:
            connection.execute(_PERSON)
            connection.execute(f"GRANT USAGE ON SCHEMA {path} TO {_ROLE}")
        for table, rule in tables.own.items():
            connection.execute(_ruled(table, rule))
        connection.execute(f"COMMENT ON SCHEMA {path} IS '{_VERSION}{tables.version}'")

    # ---- vectors ------------------------------------------------------------------------------------------------------------------

    def passage_vectors(self, dimension: int) -> ServerVectors:
        """See ``Database``."""
        return ServerVectors(self, dimension)

    def settle(self, dimension: int) -> None:
        """See ``Database``: makes the index of wide searches once there is enough to search."""
        build_wide(self, dimension)

    # ---- machines ------------------------------------------------------------------------------------------------------------------

    def follows(self, folder: str, generation: int) -> None:
        """See ``Database``."""
        with (
            suppress(LibraryError),
            self.kept("machines", _MACHINES, writing=True) as tables,
        ):  # only ``doctor`` reads it
            sql = "INSERT INTO machine VALUES (?, ?, now()) ON CONFLICT (name) DO UPDATE SET generation = excluded.generation, seen = now()"
            tables.execute(sql, (machine_name(folder), generation))

    def serves(self, folder: str, program: str, files: str) -> None:
        """Notes that a replica over ``folder`` serves people, which ``program`` it is, and which folder of ``files`` it has, by its name."""
        with (
            suppress(LibraryError),
            self.kept("machines", _MACHINES, writing=True) as tables,
        ):  # only ``doctor`` reads it
            sql = (
                "INSERT INTO machine VALUES (?, 0, now(), ?, ?)"
                " ON CONFLICT (name) DO UPDATE SET program = excluded.program, files = excluded.files, seen = now()"
            )
            tables.execute(sql, (machine_name(folder), program, files))

    def state(self) -> ServerState:
        """What the server and the machines that follow it are like now."""
        with self.kept("machines", _MACHINES, writing=False) as tables:
            sql = "SELECT name, generation, seen, program, files FROM machine ORDER BY name"
            machines = tuple(Machine(*row) for row in tables.execute(sql).fetchall())
        row = self.row(
            "SELECT current_setting('server_version'), (SELECT extversion FROM pg_extension WHERE extname = 'vector'), pg_database_size(current_database()),"
            " (SELECT COUNT(*) FROM pg_stat_activity WHERE backend_type = 'client backend'),"
            " (SELECT COUNT(*) FROM pg_stat_activity WHERE application_name = 'assistant'),"
            " current_setting('max_connections')::integer, (SELECT value FROM meta WHERE key = 'generation')"
        )
        assert row is not None
        version, pgvector, size, connections, ours, most, generation = row
        vectors = wide_state(self)
        return ServerState(
            version, pgvector, size, connections, ours, most, int(generation), *vectors, machines
        )

    # ---- keeping -------------------------------------------------------------------------------------------------------------------

    def truncate_log(self) -> None:
        """See ``Database``: what was removed leaves its pages; the log is the server's, and goes by its own settings."""
        for table in ("document", "origin", "passage", "question", "summary", "vector", "passage_vector"):
            self.run(f"VACUUM {table}")

    def is_sound(self) -> bool:
        """Whether every passage has its vector where it is searched."""
        lacking = (
            "SELECT 1 FROM passage LEFT JOIN passage_vector ON passage = id WHERE passage IS NULL LIMIT 1"
        )
        return self.row(lacking) is None

    def numbered_from(self, table: str) -> int:
        """See ``Database``."""
        row = self.row(f"SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {_NUMBERED[table]}")  # noqa: S608 - our names
        return int(row[0]) if row else 0

    def number_from(self, table: str, last: int) -> None:
        """See ``Database``."""
        self.row("SELECT setval(?::regclass, GREATEST(?, 1), ?)", (_NUMBERED[table], last, last > 0))

    def close(self) -> None:
        """Closes the connections that nobody holds."""
        with self._door:
            free, self._free = self._free, []
        for connection in free:
            connection.close()

    # ---- connections --------------------------------------------------------------------------------------------------------------

    @contextmanager
    def _held(self) -> Iterator[Connection]:
        """This thread's connection, the same for all that runs within."""
        known: Connection | None = getattr(self._local, "connection", None)
        if known is not None:
            yield known
            return
        with self._in_words(), self._borrowed(time.monotonic() + RETURN_SECONDS, is_alive=True) as connection:
            _read_for(connection, None)
            self._local.connection = connection
            try:
                yield connection
            finally:
                self._local.connection = None

    @contextmanager
    def _borrowed(self, until: float, *, is_alive: bool = False) -> Iterator[Connection]:
        """A connection; for whom it reads is to be told it (``_read_for``)."""
        with self._room:
            connection = self._taken(until, is_alive=is_alive)
            try:
                yield connection
            finally:
                if not connection.closed and connection.info.transaction_status is not TransactionStatus.IDLE:
                    connection.close()
                if not connection.closed:
                    with self._door:
                        self._free.append(connection)

    def _taken(self, until: float, *, is_alive: bool) -> Connection:
        """A free connection, which answers where ``is_alive`` is asked, or a new one."""
        while True:
            with self._door:
                connection = self._free.pop() if self._free else None
            if connection is None:
                return self._opened(until)
            if not is_alive or _answers(connection):
                return connection
            connection.close()

    def _opened(self, until: float) -> Connection:
        while True:
            try:
                connection = Connection.connect(
                    self._address,
                    connect_timeout=CONNECT_SECONDS,
                    autocommit=True,
                    application_name="assistant",
                )
            except psycopg.OperationalError as error:
                if not _is_away(error) or time.monotonic() > until or self._half_type is None:
                    raise
                time.sleep(_PAUSE_SECONDS)
                continue
            for name, value in (
                ("search_path", _PATH),
                ("jit", "off"),
                ("client_encoding", "UTF8"),
                *SESSION,
            ):
                connection.execute("SELECT set_config(%s, %s, false)", (name, value))
            self._know_halves(connection)
            return connection

    def _know_halves(self, connection: Connection) -> None:
        """Tells a connection how vectors travel; their type has a number of its own in each database."""
        if self._half_type is None:
            found = TypeInfo.fetch(connection, "halfvec")
            self._half_type = (found.oid, found.array_oid) if found else None
        if self._half_type is not None:
            dumper: type[Dumper] = type("HalfDumper", (_HalfDumper,), {"oid": self._half_type[0]})
            connection.adapters.register_dumper(Half, dumper)
            connection.adapters.register_loader(self._half_type[0], _HalfLoader)

    # ---- tables --------------------------------------------------------------------------------------------------------------------

    def _prepared(self) -> str:
        """Makes the tables where there are none; returns the name of what is derived from them."""
        with self._held() as connection, self._in_words(), connection.transaction():
            _require_recent(connection, self._place)
            connection.execute("SELECT pg_advisory_xact_lock(%s)", (_MAKER,))
            if connection.execute("SELECT to_regclass('assistant.meta')::text").fetchone() == (None,):
                self._make(connection)
            found: dict[str, str] = dict(
                connection.execute(
                    "SELECT key, value FROM assistant.meta WHERE key IN ('schema', 'replica')"
                ).fetchall()
            )
            if found.get("schema") != SCHEMA_VERSION:
                raise LibraryError(
                    f"L'index de {self._place} vient d'une autre version de l'assistant (tables en version {found.get('schema')}, {SCHEMA_VERSION} attendue).",
                    "Mettez le même programme sur toutes les machines, ou donnez une base neuve au réglage « store » ; rien n'a été changé.",
                )
            self._know_halves(connection)
            return f"replica-{found['replica']}"

    def _make(self, connection: Connection) -> None:
        _require_vector(connection, self._place)
        try:
            with connection.transaction():
                if (
                    connection.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", (_ROLE,)).fetchone()
                    is None
                ):
                    connection.execute(f"CREATE ROLE {_ROLE} NOLOGIN")
                if connection.execute(
                    "SELECT pg_has_role(current_user, %s, 'MEMBER')", (_ROLE,)
                ).fetchone() != (True,):
                    connection.execute(f"GRANT {_ROLE} TO CURRENT_USER")
        except psycopg.errors.InsufficientPrivilege:
            raise LibraryError(
                f"Le compte PostgreSQL de l'assistant ne peut pas créer le rôle « {_ROLE} » dans {self._place}, sous lequel il lit pour chacun.",
                f"Faites exécuter par un administrateur : CREATE ROLE {_ROLE} NOLOGIN; GRANT {_ROLE} TO le_compte; puis recommencez.",
            ) from None
        connection.execute("CREATE SCHEMA IF NOT EXISTS assistant")
        connection.execute(Path(__file__).with_name("postgres.sql").read_bytes())
        rows = (("schema", SCHEMA_VERSION), ("generation", "0"), ("replica", secrets.token_hex(4)))
        connection.cursor().executemany("INSERT INTO assistant.meta VALUES (%s, %s)", rows)

    @contextmanager
    def _in_words(self) -> Iterator[None]:
        try:
            yield
        except psycopg.Error as error:
            raise LibraryError(
                *_said(error, self._place)
            ) from None  # its own words may hold what nobody else may read


def _seen() -> tuple[str, ...] | None:
    """The collections of whoever is read for; None: all."""
    one = reader()
    reach = EVERYWHERE if one is None else one.reach()
    return None if reach is None else tuple(sorted(reach))


def _listed(collections: tuple[str, ...]) -> str:
    return json.dumps(collections)


def _read_for(connection: Connection, collections: tuple[str, ...] | None) -> None:
    """The connection reads for the program from now on, or as ``assistant_lecteur`` within ``collections``."""
    if connection.collections != collections:
        role, listed = ("none", "") if collections is None else (_ROLE, _listed(collections))
        _turn(connection, role, listed, is_local=False)
        connection.collections = collections


def _turn(connection: Connection, role: str, collections: str, *, is_local: bool) -> None:
    """For whom a connection reads from now on, or in its transaction."""
    connection.execute(
        "SELECT set_config('app.collections', %s, %s), set_config('role', %s, %s)",
        (collections, is_local, role, is_local),
    )


def _ruled(table: str, rule: str) -> bytes:
    """The statements by which a reader's role is given of a table what the rule says, and nothing else."""
    asked = rule.replace(":person", "(SELECT asking('person'))").replace(":role", "(SELECT asking('role'))")
    return (
        f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY; DROP POLICY IF EXISTS own ON {table};"
        f" CREATE POLICY own ON {table} FOR SELECT USING ((SELECT asking('person')) IS NOT NULL AND ({asked})); GRANT SELECT ON {table} TO {_ROLE}"
    ).encode()


def machine_name(folder: str) -> str:
    """A machine as others tell it from themselves: its name, and the folder that it serves from."""
    return f"{socket.gethostname()}:{folder}"


class NamedRow(tuple[Any, ...]):
    """A row whose values are found by number or by name, as SQLite gives them."""

    names: tuple[str, ...] = ()

    def __getitem__(self, which: Any) -> Any:
        return super().__getitem__(self.names.index(which) if isinstance(which, str) else which)


def _by_name(cursor: "psycopg.Cursor[Any]") -> Callable[[Sequence[Any]], NamedRow]:
    kind: type[NamedRow] = type(
        "NamedRow", (NamedRow,), {"names": tuple(column.name for column in cursor.description or ())}
    )
    return lambda values: kind(values)


class Kept:
    """What a store of SQLite asks of its connection, asked of the server."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def execute(self, sql: str, values: Sequence[Any] = ()) -> "psycopg.Cursor[NamedRow]":
        """Runs a statement; what it returns is read as from a cursor of SQLite."""
        return self._connection.cursor(row_factory=_by_name).execute(
            _percent(sql), [_storable(value) for value in values]
        )

    def executemany(self, sql: str, rows: Iterable[Sequence[Any]]) -> None:
        """Runs a statement for each of ``rows``."""
        self._connection.cursor().executemany(
            _percent(sql), ([_storable(value) for value in row] for row in rows)
        )


def _storable(value: Any) -> Any:
    """The server's texts hold no NUL."""
    return value.replace("\0", "\ufffd") if isinstance(value, str) else value


_TRANSLATIONS = (
    (r"\bINTEGER PRIMARY KEY( AUTOINCREMENT)?", "BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY"),
    (r"\bINTEGER\b", "BIGINT"),
    (r"\bBLOB\b", "BYTEA"),
    (r"\bTEXT\b", 'TEXT COLLATE "C"'),
    (r"\)\s*STRICT(, WITHOUT ROWID)?;", ");"),
)


def _translated(schema: str) -> bytes:
    """Tables of SQLite as the server makes them."""
    for pattern, ours in _TRANSLATIONS:
        schema = re.sub(pattern, ours, schema)
    return schema.encode()


class _HalfDumper(Dumper):
    format = Format.BINARY

    def dump(self, obj: Half) -> Buffer:
        return to_wire(obj.data)


class _HalfLoader(Loader):
    format = Format.BINARY

    def load(self, data: Buffer) -> bytes:
        return from_wire(bytes(data))


def _percent(sql: str) -> bytes:
    return sql.replace("?", "%s").encode()


def _answers(connection: Connection) -> bool:
    try:
        connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def _place(address: str) -> str:
    """Machine, port and name of the base.

    Raises:
        UsageError: not an address; one whose password was not escaped would show a part of it as a machine or a name.
    """
    try:
        parts = {key: str(value) for key, value in conninfo_to_dict(address).items()}
    except psycopg.Error:
        parts = {}
    host, name = parts.get("host") or parts.get("hostaddr") or "local", parts.get("dbname", "")
    if not parts or any(sign in host + name for sign in "@:?#") or "/" in name:
        raise UsageError(
            "Le réglage « store » n'est pas une adresse PostgreSQL : elle ne se lit pas.",
            "Écrivez-la « postgresql://compte@machine:5432/base » ; dans un mot de passe, « @ », « / » et « % » s'écrivent %40, %2F et %25.",
        ) from None
    return f"PostgreSQL {host}:{parts.get('port') or 5432}/{name}"


def _require_recent(connection: Connection, place: str) -> None:
    version = connection.info.server_version // 10_000
    if version < LEAST_SERVER:
        raise LibraryError(
            f"Le serveur de {place} est un PostgreSQL {version} ; il faut {LEAST_SERVER} au moins.",
            f"Mettez-le à jour (Debian : apt install postgresql-{LEAST_SERVER}-pgvector, puis pg_upgradecluster), ou donnez-en un autre au réglage « store ».",
        )


def _require_vector(connection: Connection, place: str) -> None:
    try:
        with connection.transaction():
            connection.execute("CREATE EXTENSION IF NOT EXISTS vector")
    except (psycopg.errors.UndefinedFile, psycopg.errors.FeatureNotSupported):
        raise LibraryError(
            f"Le serveur de {place} n'a pas pgvector, qui y range les vecteurs.",
            f"Installez-le sur le serveur (Debian : apt install postgresql-{LEAST_SERVER}-pgvector), puis recommencez.",
        ) from None
    except psycopg.errors.InsufficientPrivilege:
        raise LibraryError(
            f"La base {place} n'a pas l'extension « vector » (pgvector), et le compte de l'assistant n'a pas le droit de l'y mettre.",
            "Faites exécuter dans cette base, par un administrateur : CREATE EXTENSION vector; puis recommencez.",
        ) from None
    row = connection.execute("SELECT extversion FROM pg_extension WHERE extname = 'vector'").fetchone()
    version = tuple(int(part) for part in str(row[0] if row else "0").split(".")[:2])
    if version < LEAST_PGVECTOR:
        raise LibraryError(
            f"La base {place} a pgvector {'.'.join(map(str, version))} ; il faut {'.'.join(map(str, LEAST_PGVECTOR))} au moins.",
            "Mettez l'extension à jour sur le serveur, puis : ALTER EXTENSION vector UPDATE;",
        )


def _is_away(error: psycopg.Error) -> bool:
    """Whether nobody answers, or a server that starts or stops: one that refuses a login will refuse it again."""
    return isinstance(error, psycopg.OperationalError) and not _is_refused(error) and not _is_no_base(error)


def _is_refused(error: psycopg.Error) -> bool:
    # A refusal while connecting comes without a code, in the server's language.
    text = str(error).lower()
    return error.sqlstate in ("28P01", "28000") or any(
        word in text for word in ("password", "mot de passe", "pg_hba", "role", "rôle")
    )


def _is_no_base(error: psycopg.Error) -> bool:
    text = str(error).lower()
    return error.sqlstate == "3D000" or "does not exist" in text or "n'existe pas" in text


def _said(error: psycopg.Error, place: str) -> tuple[str, str]:
    """A message and what to do, without a word of the server's own."""
    if isinstance(error, psycopg.errors.DiskFull):
        return (
            f"Le disque du serveur de {place} est plein. {_STANDS}",
            "Libérez de la place sur le serveur, puis recommencez : le travail reprend où il en était.",
        )
    if isinstance(error, psycopg.errors.ReadOnlySqlTransaction):
        return (
            f"La base {place} est en lecture seule. {_STANDS}",
            "Donnez au réglage « store » le serveur principal, et non une copie.",
        )
    if isinstance(error, psycopg.errors.InsufficientPrivilege):
        return (
            f"Le compte PostgreSQL de l'assistant n'a pas les droits qu'il faut dans {place}. {_STANDS}",
            "Donnez-lui la base : ALTER DATABASE … OWNER TO le_compte;",
        )
    if isinstance(error, psycopg.OperationalError):
        if _is_refused(error):
            return (
                f"{place} refuse le compte ou le mot de passe de l'assistant.",
                "Vérifiez le réglage « store », ~/.pgpass et pg_hba.conf sur le serveur.",
            )
        if _is_no_base(error):
            return (
                f"La base {place} n'existe pas sur ce serveur.",
                "Créez-la (createdb -O le_compte la_base), ou corrigez le réglage « store ».",
            )
        return (
            f"{place} ne répond pas. {_STANDS}",
            "Vérifiez que le serveur tourne et que cette machine le joint, puis recommencez : le travail reprend où il en était.",
        )
    code = error.sqlstate or type(error).__name__
    return (
        f"{place} n'a pas pu lire ou écrire (erreur {code}). {_STANDS}",
        "Recommencez ; si cela se répète, lancez « assistant doctor ».",
    )
