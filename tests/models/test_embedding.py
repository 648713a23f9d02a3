"""One contract for every embedding model, and what the real ones owe besides."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from assistant.models.conversion import LOWER_MODEL, UPPER_MODEL
from assistant.models.manifest import Installed
from assistant.models.openvino_embedding import BATCH_TOKENS, CACHE, OpenVinoEmbedding, batches, compile_model
from assistant.models.sentence_transformers_embedding import SentenceTransformersEmbedding
from assistant.protocols import EmbeddingModel
from tests.fakes import FakeEmbedding

REAL = pytest.mark.models
TEXTS = (
    "Le pouvoir adjudicateur peut passer un marché sans publicité ni mise en concurrence préalables.",
    "La retenue de garantie ne peut excéder 5 % du montant initial du marché.",
    "Délai de paiement",
    "Le titulaire constitue une assurance de responsabilité civile. " * 60,
    "",
    "Les marchés de travaux, de fournitures et de services sont des contrats conclus à titre onéreux. " * 5,
)


@pytest.fixture(scope="module")
def openvino(e5: Installed) -> OpenVinoEmbedding:
    return OpenVinoEmbedding(e5)


@pytest.fixture(scope="module")
def torch_model(e5: Installed) -> SentenceTransformersEmbedding:
    return SentenceTransformersEmbedding(e5)


@pytest.fixture(
    params=["fake", pytest.param("openvino", marks=REAL), pytest.param("torch_model", marks=REAL)]
)
def model(request: pytest.FixtureRequest) -> EmbeddingModel:
    found: EmbeddingModel = (
        FakeEmbedding() if request.param == "fake" else request.getfixturevalue(request.param)
    )
    return found


@pytest.fixture(params=[pytest.param("openvino", marks=REAL), pytest.param("torch_model", marks=REAL)])
def real(request: pytest.FixtureRequest) -> EmbeddingModel:
    found: EmbeddingModel = request.getfixturevalue(request.param)
    return found


def cosine(model: EmbeddingModel, one: str, other: str) -> float:
    return float(model.embed_passages([one])[0] @ model.embed_passages([other])[0])


def test_rows_are_unit_float32_of_the_stated_dimension(model: EmbeddingModel) -> None:
    for vectors in (model.embed_passages(TEXTS), model.embed_queries(TEXTS)):
        assert vectors.dtype == np.float32
        assert vectors.shape == (len(TEXTS), model.dimension)
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(np.ones(len(TEXTS)), abs=1e-5)


@REAL
def test_the_token_vectors_are_the_same_with_both_backends(
    openvino: OpenVinoEmbedding, torch_model: SentenceTransformersEmbedding
) -> None:
    assert openvino.token_offsets(TEXTS) == torch_model.token_offsets(TEXTS)
    for quick, slow in (
        (openvino.token_vectors(TEXTS)[0], torch_model.token_vectors(TEXTS)[0]),
        (openvino.early_vectors(TEXTS)[0], torch_model.early_vectors(TEXTS)[0]),
    ):
        assert quick.shape == slow.shape == (len(quick), openvino.dimension)
        assert len(quick) > 10
        cosines = (quick * slow).sum(axis=1) / np.linalg.norm(quick, axis=1) / np.linalg.norm(slow, axis=1)
        assert cosines.min() > 0.999


def test_no_text_gives_no_row(model: EmbeddingModel) -> None:
    assert model.embed_passages([]).shape == (0, model.dimension)


def test_each_row_is_the_one_of_its_own_text(model: EmbeddingModel) -> None:
    together = model.embed_passages(TEXTS)
    alone = np.vstack([model.embed_passages([text]) for text in TEXTS])
    assert (together * alone).sum(axis=1).min() >= 0.999
    backwards = model.embed_passages(TEXTS[::-1])[::-1]
    assert (together * backwards).sum(axis=1).min() >= 0.999


def test_identity_names_the_model_and_its_fingerprint(model: EmbeddingModel) -> None:
    name, _, fingerprint = model.identity.partition("@")
    assert name
    assert fingerprint


def test_threads_may_share_it(model: EmbeddingModel) -> None:
    expected = model.embed_queries(TEXTS[:3])
    with ThreadPoolExecutor(4) as pool:
        for vectors in pool.map(lambda _: model.embed_queries(TEXTS[:3]), range(4)):
            assert (vectors * expected).sum(axis=1).min() >= 0.999


def test_a_query_and_a_passage_are_embedded_differently(real: EmbeddingModel) -> None:
    query, passage = real.embed_queries([TEXTS[0]])[0], real.embed_passages([TEXTS[0]])[0]
    assert 0.8 < query @ passage < 0.999


def test_a_text_is_cut_at_512_tokens(real: EmbeddingModel) -> None:
    assert real.max_tokens == 512
    assert cosine(real, "mot " * 600, "mot " * 600 + "Paris Lyon Marseille") == pytest.approx(1.0, abs=1e-3)


@pytest.mark.parametrize(
    ("question", "same", "other"),
    [
        (
            "Puis-je acheter sans mise en concurrence ?",
            "Marché passé sans publicité ni mise en concurrence préalables",
            "Assurance de responsabilité civile du titulaire",
        ),
        (
            "Quand le fournisseur est-il payé ?",
            "Le délai de paiement est de trente jours à compter de la demande de paiement",
            "Les variantes sont autorisées",
        ),
        (
            "Où les données sont-elles hébergées ?",
            "Les données sont stockées dans l'Union européenne",
            "Pénalités de retard de livraison du mobilier",
        ),
    ],
)
def test_french_near_paraphrases_are_closer_than_unrelated_texts(
    real: EmbeddingModel, question: str, same: str, other: str
) -> None:
    near, far = real.embed_passages([same, other])
    query = real.embed_queries([question])[0]
    assert query @ near > query @ far + 0.02


@REAL
def test_the_backends_agree(openvino: OpenVinoEmbedding, torch_model: SentenceTransformersEmbedding) -> None:
    assert openvino.identity == torch_model.identity
    for method in ("embed_passages", "embed_queries"):
        ours, theirs = getattr(openvino, method)(TEXTS), getattr(torch_model, method)(TEXTS)
        assert (ours * theirs).sum(axis=1).min() >= 0.999


@REAL
def test_tokens_are_those_of_transformers(openvino: OpenVinoEmbedding, e5: Installed) -> None:
    from transformers import AutoTokenizer

    tokenizer: Any = AutoTokenizer.from_pretrained(e5.folder)
    for text in (
        *TEXTS,
        "L'article L. 2122-1 du code, « œuvre » n° 5 : 12 000 € HT…\nÀ   suivre",
        "éàü ﬁn ½ ²",
    ):
        ours = openvino._loaded.tokenizer.encode("query: " + text).ids
        assert ours == tokenizer("query: " + text, truncation=True, max_length=512)["input_ids"]


@pytest.mark.parametrize("lengths", [[], [3], [512] * 9, [5, 400, 7, 200, 2000, 6, 6], list(range(1, 200))])
def test_batches_hold_every_row_once_within_the_budget(lengths: list[int]) -> None:
    cut = list(batches(lengths))
    assert sorted(row for batch in cut for row in batch) == list(range(len(lengths)))
    for batch in cut:
        assert len(batch) == 1 or len(batch) * max(lengths[row] for row in batch) <= BATCH_TOKENS


@REAL
def test_the_compiled_form_is_one_file_whatever_compiled_it_before(e5: Installed, tmp_path: Path) -> None:
    """Fifteen copies of it were found after an hour."""
    xml = e5.file(LOWER_MODEL)
    for path in (xml, xml.with_suffix(".bin")):
        shutil.copy(path, tmp_path / path.name)
    cache = tmp_path / CACHE / xml.stem
    cache.mkdir(parents=True)
    (cache / "d'une autre version.blob").write_bytes(b"ancien")
    for _ in range(3):
        compile_model(tmp_path / xml.name)
        kept = [path.name for path in cache.iterdir()]
        assert len(kept) == 1
        assert kept != ["d'une autre version.blob"]


@REAL
def test_the_compiled_form_is_that_of_the_file_whatever_link_leads_to_it(
    e5: Installed, tmp_path: Path
) -> None:
    """Each home that reached the models by a link compiled them anew, and took away the form of all others."""
    xml = e5.file(UPPER_MODEL)
    models = tmp_path / "models"
    models.mkdir()
    for path in (xml, xml.with_suffix(".bin")):
        shutil.copy(path, models / path.name)
    compile_model(models / xml.name)
    made = [(path.name, path.stat().st_mtime_ns) for path in (models / CACHE / xml.stem).iterdir()]
    (tmp_path / "ailleurs").symlink_to(models)
    compile_model(tmp_path / "ailleurs" / xml.name)
    assert [(path.name, path.stat().st_mtime_ns) for path in (models / CACHE / xml.stem).iterdir()] == made
