"""Those who look for what a closed collection says, beside the programs with a key: somebody on the page whose role does not read it, and a login of the
database that was given the other collections.

Each asks what a question of ``leaks`` asks, and tries the doors that the page never drew and the statements that a table of rights does not foresee.
"""

import json
import re
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from typing import TYPE_CHECKING, Protocol

from bench.attack.person import Person
from bench.attack.talk import rank

if TYPE_CHECKING:
    import psycopg

# Words of a sentence that are looked for as they stand in a text.
_FEW = 5
_TABLES = ("document", "origin", "passage", "passage_vector", "question", "summary")
_PEOPLES = (
    "conversations.turn",
    "conversations.words",
    "projets.draft",
    "projets.version",
    "dependances.register",
)
_KEPT = "SELECT nspname FROM pg_namespace WHERE nspname LIKE 'assistant_%'"


class Asked(Protocol):
    """See ``leaks.Asked``."""

    @property
    def text(self) -> str: ...
    @property
    def sentence(self) -> str: ...
    @property
    def source(self) -> str: ...


class Onlooker(Protocol):
    """Who looks for it. ``reads`` is whether he may: he then proves that the trial can see."""

    name: str
    reads: bool

    def told(self, asked: Asked, number: int) -> Iterator[tuple[str, str]]:
        """What each thing that he does is called, and all that he is told of it."""
        ...


class OnPage:
    """Somebody with the page open. ``closed``: the collection that is looked for."""

    def __init__(self, person: Person, closed: str, *, reads: bool) -> None:
        self.name, self.reads = "page", reads
        self._person, self._closed = person, closed
        self._opened = self._words(person.open().words)

    def told(self, asked: Asked, number: int) -> Iterator[tuple[str, str]]:
        """A question in the composer, and one more thing in turn."""
        yield "demander", self._do("composer", "demander", question=asked.text, jour="")
        if self.reads:
            return
        if number == 0:
            yield "opened", self._opened
        words = asked.sentence.split()
        turns: tuple[tuple[str, str, dict[str, object]], ...] = (
            ("sources", "montrer", {"source": asked.source}),
            ("sources", "filtrer", {"mots": "", "collection": self._closed, "nature": "", "rang": rank()}),
            ("sources", "filtrer", {"mots": words[0], "collection": "", "nature": "", "rang": rank()}),
            ("sources", "retirer", {"source": asked.source}),
            ("fil", "ouvrir", {"source": asked.source, "start": "0", "end": "400"}),
            ("document", "tourner", {"source": asked.source, "page": "2"}),
            ("clauses-recherche", "trouver", {"mots": asked.sentence[:300], "rang": rank()}),
            ("marches", "montrer", {"source": asked.source}),
            ("marches", "filtrer", {"collection": self._closed}),
            ("echeances", "ouvrir", {"source": asked.source, "start": "0", "end": "400"}),
            ("echeances", "filtrer", {"collection": self._closed}),
            ("conversations", "chercher", {"mots": " ".join(words[:3]), "rang": rank()}),
        )
        panel, event, data = turns[number % len(turns)]
        yield f"{panel}.{event}", self._do(panel, event, **data)

    def _do(self, panel: str, event: str, **data: object) -> str:
        return self._words(self._person.do(panel, event, **data).words)

    @staticmethod
    def _words(said: str) -> str:
        """What the page was told, as it is read: without tags, so that words in a row are in a row."""
        lines = (json.loads(line.removeprefix("data: ")) for line in said.splitlines())
        return unescape(re.sub(r"<[^>]*>", " ", " ".join(text for line in lines for text in _texts(line))))


def _texts(value: object) -> Iterator[str]:
    """Every text of a JSON value."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _texts(one)


class OnDatabase:
    """A login of the database: that of a dashboard, given some collections, or the program's own."""

    def __init__(
        self, connection: "psycopg.Connection[tuple[object, ...]]", *, reads: bool, every: str
    ) -> None:
        """``every``: the collections that it asks for, as a JSON list."""
        self.name, self.reads = "base", reads
        self._connection, self._notices = connection, list[str]()
        connection.add_notice_handler(lambda said: self._notices.append(said.message_primary or ""))
        connection.execute("SET search_path TO assistant, public")
        connection.execute("SELECT set_config('app.collections', %s, false)", (every,))

    def told(self, asked: Asked, number: int) -> Iterator[tuple[str, str]]:
        """The passages and documents that hold the words, and one more statement in turn."""
        words = " ".join(asked.sentence.split()[:_FEW])
        pattern = "%" + re.sub(r"([\\%_])", r"\\\1", words).replace(" ", "%") + "%"
        yield "passage", self._ran("SELECT text FROM passage WHERE text ILIKE %s", pattern)
        if self.reads:
            return
        tell = (
            "CREATE OR REPLACE FUNCTION pg_temp.tell(said TEXT) RETURNS BOOLEAN LANGUAGE plpgsql COST 0.0000001"
            " AS $$ BEGIN RAISE NOTICE '%', said; RETURN true; END $$"
        )
        turns: tuple[tuple[str, ...], ...] = (
            ("SELECT title, text FROM document WHERE id = %s", asked.source),
            ("SELECT title, text, headings FROM document WHERE text ILIKE %s", pattern),
            ("SELECT path, collection FROM origin",),
            ("SELECT text FROM question UNION ALL SELECT summary FROM summary",),
            (
                "SELECT text FROM passage JOIN passage_vector ON id = passage ORDER BY passage_vector.data <#> (SELECT data FROM passage_vector LIMIT 1)",
            ),
            # What runs before the rights are looked at would tell each row: a function of one's own, an error that quotes its value, the server's statistics.
            (tell,),
            ("SELECT COUNT(*) FROM passage WHERE pg_temp.tell(text)",),
            ("SELECT COUNT(*) FROM document WHERE pg_temp.tell(text) AND pg_temp.tell(title)",),
            ("SELECT COUNT(*) FROM passage WHERE text ILIKE %s AND text::integer > 0", pattern),
            (
                "SELECT tablename, most_common_vals::text, histogram_bounds::text FROM pg_stats WHERE schemaname LIKE 'assistant%%'",
            ),
            ("SELECT query FROM pg_stat_activity",),
            *((f"TABLE {name}",) for name in (*_TABLES, "vector", "meta", "reader", "batch")),
            ("INSERT INTO reader VALUES (current_user, 'fermee')",),
            ("ALTER TABLE passage DISABLE ROW LEVEL SECURITY",),
            ("SET row_security = off; SELECT text FROM passage",),
            ("SET ROLE service",),
            ("SELECT visible_collections()",),
            (_KEPT,),
            # What another keeps is his, whoever one says that one asks for.
            (
                "SELECT set_config('app.person', 'redactrice', false), set_config('app.role', 'redacteur', false)",
            ),
            *((f"TABLE assistant_{name}",) for name in _PEOPLES),
            ("TABLE assistant_journal.line",),
        )
        sql, *values = turns[number % len(turns)]
        yield sql[:80], self._ran(sql, *values)

    def _ran(self, sql: str, *values: str) -> str:
        """Rows, notices and the words of an error: all that comes back."""
        import psycopg

        self._notices.clear()
        try:
            cursor = self._connection.execute(sql.encode(), values or None)
            rows = cursor.fetchall() if cursor.description else []
        except psycopg.Error as error:
            rows = [(str(error),)]
        return " ".join((*self._notices, *(str(value) for row in rows for value in row)))


@contextmanager
def login(address: str, *, reads: bool, every: str) -> Iterator[OnDatabase]:
    """A login of the database, connected."""
    import psycopg

    with psycopg.connect(address, autocommit=True) as connection:
        yield OnDatabase(connection, reads=reads, every=every)
