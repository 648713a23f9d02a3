"""The statements by which ``bench.attack leaks`` tries a database: they tell what they are for to whoever reads it, and nothing to a login that does not."""

import json
from pathlib import Path

from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.opened import database
from bench.attack.leaks import Asked
from bench.attack.onlookers import OnDatabase, login
from tests.fakes import FakeEmbedding
from tests.postgres import SECRET, Server, server

__all__ = ["server"]  # a fixture
SENTENCE = "Le gardien dépose chaque matin la clé de la porte étanche."
EVERY = json.dumps(["ouverte", "fermee"])
_ROUND = 40


def told(onlooker: OnDatabase, source: str) -> dict[str, str]:
    asked = Asked(SENTENCE, SENTENCE, source, "phare")
    return dict(found for number in range(_ROUND) for found in onlooker.told(asked, number))


def test_what_an_onlooker_tries_tells_the_text_to_whoever_reads_it_and_nothing_to_another(
    server: Server, tmp_path: Path
) -> None:
    base = server.base()
    name = base.rsplit("/", 1)[1]
    library = Library(tmp_path / "index", database(base))
    for collection, text in (("fermee", SENTENCE), ("ouverte", "La note de service de la mairie.")):
        path = tmp_path / f"{collection}.txt"
        path.write_text(f"Article 1 - Objet\n\n{text}\n", encoding="utf-8")
        with library.writing():
            ingest.index_paths(library.store, FakeEmbedding(), [path], collection=collection)
    source = next(held.source.id for held in library.store.held() if held.collections == ("fermee",))
    with server.admin(name) as admin:
        admin.execute(f"CREATE ROLE guet_{name} LOGIN PASSWORD '{SECRET}' IN ROLE assistant_lecteur")
        admin.execute("INSERT INTO assistant.reader VALUES (%s, 'ouverte')", (f"guet_{name}",))
    with login(server.address(name, f"guet_{name}"), reads=False, every=EVERY) as other:
        found = told(other, source)
    assert [sql for sql, said in found.items() if SENTENCE in said or source in said] == []
    assert "note de service" in found["TABLE passage"]
    # The owner last: what it tries to switch off, it does.
    with login(base, reads=False, every=EVERY) as own:
        seen = {sql for sql, said in told(own, source).items() if SENTENCE in said}
    assert len(seen) >= 8
    for part in ("tell(text)", "tell(title)", "text::integer", "TABLE document", "TABLE passage"):
        assert [sql for sql in seen if part in sql], part
    library.close()
