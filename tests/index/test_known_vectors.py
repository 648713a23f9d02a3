"""Vectors that come with the corpus are taken, and are those that the model makes; another model, or a damaged file, costs time and nothing else."""

from pathlib import Path

import numpy as np
import pytest

from assistant import passages
from assistant.datatypes import Kind
from assistant.index import entries, ingest, known_vectors
from assistant.index.store import Store
from assistant.reading import read
from assistant.workspace import Workspace
from tests.conftest import ROOT
from tests.fakes import FakeEmbedding

SHEETS = sorted((ROOT / "corpus" / "droit").glob("*.yaml"))


def texts_of(path: Path) -> dict[bytes, tuple[str, str]]:
    document = entries.with_kind(read(path, kind=Kind.SHEET, collection="corpus"))
    return entries.texts_of(
        entries.entry_of(document, passages.split(document), entries.questions_of(document))
    )


def test_what_is_known_is_not_embedded_again_and_the_rest_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text("Le texte connu du marché.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("Un texte que personne ne connaît.", encoding="utf-8")
    first = FakeEmbedding()
    store = Store(tmp_path / "first.sqlite")
    ingest.index_paths(store, first, [tmp_path / "a.txt"], collection="essai")
    held = store.vectors_of([one.source.id for one in store.held()])
    file = tmp_path / "known.npz"
    known_vectors.write(
        first.identity,
        list(held),
        np.stack([np.frombuffer(data, dtype=np.float16) for data in held.values()]).astype(np.float32),
        file,
    )
    loaded = known_vectors.load.__wrapped__
    monkeypatch.setattr(ingest.known_vectors, "load", lambda identity: loaded(identity, file))
    second, other = FakeEmbedding(), FakeEmbedding("fake@2")
    for embedding, name, asked in ((second, "second", 1), (other, "other", 2)):
        store = Store(tmp_path / f"{name}.sqlite")
        ingest.index_paths(store, embedding, [tmp_path / "a.txt", tmp_path / "b.txt"], collection="essai")
        assert len(embedding.asked) == asked
        again = store.vectors_of([one.source.id for one in store.held()])
        for key, data in held.items():
            one, two = (np.frombuffer(raw, dtype=np.float16).astype(np.float32) for raw in (data, again[key]))
            assert float(one @ two) > 0.999
    file.write_bytes(b"rien")
    assert loaded(first.identity, file) is None
    assert loaded(first.identity, tmp_path / "absent.npz") is None


@pytest.mark.models
def test_those_of_the_corpus_are_there_and_are_those_that_the_model_makes() -> None:
    """`python -m training.vectors` makes the file again, once the corpus has changed."""
    e5 = Workspace().embedding
    known = known_vectors.load(e5.identity)
    assert known is not None, "the file is of another model"
    texts = {key: said for path in SHEETS for key, said in texts_of(path).items()}
    found, vectors = known.of(texts)
    assert len(found) / len(texts) > 0.98
    sample = list(range(0, len(found), len(found) // 40))
    made = np.concatenate(
        [
            (e5.embed_passages if role == "passage" else e5.embed_queries)([text])
            for role, text in (texts[found[at]] for at in sample)
        ]
    )
    assert float((made * vectors[sample]).sum(axis=1).min()) > 0.998


@pytest.mark.models
def test_the_first_search_of_clauses_embeds_its_need_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace = Workspace(tmp_path)
    asked: list[str] = []
    for name in ("embed_passages", "embed_queries"):
        embed = getattr(workspace.embedding, name)
        monkeypatch.setattr(
            workspace.embedding, name, lambda texts, embed=embed: (asked.extend(texts), embed(texts))[1]
        )
    assert workspace.clause_finder.models("récupérer nos données à la fin du marché")
    workspace.close()
    assert set(asked) == {"récupérer nos données à la fin du marché"}
