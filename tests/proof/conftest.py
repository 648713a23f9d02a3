"""The fifty files of evidence, made once."""

from collections.abc import Iterator

import pytest

from assistant.answering.answerer import Answerer
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.proof.dossier import Dossier
from assistant.proof.packing import Packed, packed
from assistant.proof.texts import Texts
from tests.answering.samples import speak_at_the_least
from tests.conftest import write_rules
from tests.fakes import FakeEmbedding, FakeReader
from tests.proof import made


@pytest.fixture(scope="session")
def library_of_rules(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Library]:
    """The rules that tests share and some sheets of the corpus."""
    folder = tmp_path_factory.mktemp("preuve")
    library = Library(folder / "library")
    ingest.index_paths(
        library.store,
        FakeEmbedding(),
        [write_rules(folder / "regles.jsonl"), *made.SHEETS],
        collection="essai",
    )
    yield library
    library.close()


@pytest.fixture(scope="session")
def texts(library_of_rules: Library) -> Texts:
    return made.texts_of(library_of_rules)


@pytest.fixture(scope="session")
def answerer(library_of_rules: Library) -> Answerer:
    """An answerer over them, whose reader is ours."""
    embedding = FakeEmbedding()
    reader = FakeReader(*(path.read_text(encoding="utf-8") for path in made.SHEETS))
    return Answerer(Searcher(library_of_rules, embedding), embedding, trained=reader)


@pytest.fixture(autouse=True)
def speaks(monkeypatch: pytest.MonkeyPatch) -> None:
    speak_at_the_least(monkeypatch)


@pytest.fixture(scope="session")
def dossiers(answerer: Answerer, texts: Texts) -> tuple[Dossier, ...]:
    with pytest.MonkeyPatch.context() as patch:  # no longer: other rooms' tests follow in this process
        speak_at_the_least(patch)
        return (*made.answers(answerer, texts), *made.reviews(texts), *made.drafts(texts))


@pytest.fixture(scope="session")
def fifty(dossiers: tuple[Dossier, ...]) -> tuple[Packed, ...]:
    return tuple(map(packed, dossiers))
