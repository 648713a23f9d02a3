"""The trained reader: its file, what is said of a file that does not fit, what it reads."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant import reading, settings
from assistant.datatypes import Kind, Purchase
from assistant.errors import ModelFileError
from assistant.models import manifest
from assistant.models.openvino_embedding import OpenVinoEmbedding
from assistant.reader import cases
from assistant.reader.cases import CARD, FILE, TrainedReader
from assistant.reader.heads import BOUGHT, NOTHING, WISH
from assistant.reader.nearby import NOWHERE, Nearby
from assistant.reader.network import Network
from assistant.reading.sheet import sheet_of
from assistant.sheets import Form
from tests.conftest import ROOT
from training import written

LABELS = (("localisation", "commune"), ("localisation", "union"))
MODEL = "essai"
LEAST_RIGHT, LEAST_SILENT = 0.65, 0.45


def made(path: Path, more: tuple[tuple[str, str], ...] = ()) -> Path:
    """A reader of no layer, whose class is the largest of the first three numbers of the mean token, and what is wished that of the next two.

    It knows ``more`` cases, to which nothing leads.
    """
    last = np.zeros((5 + len(more), 24), np.float32)
    last[[0, 1, *range(2 + len(more), 5 + len(more))], range(5)] = 8
    norm = {"norm.weight": np.ones(12, np.float32), "norm.bias": np.zeros(12, np.float32)}
    network = Network(
        {
            **norm,
            "queries": np.zeros((1, 12), np.float32),
            "last.weight": last,
            "last.bias": np.zeros(len(last), np.float32),
        }
    )
    starts, unit = np.array([0, 1, 3, *[3] * len(more)], np.intp), np.eye(2, dtype=np.float32)
    nearby = Nearby(
        np.zeros(12, np.float32),
        np.eye(12, 2, dtype=np.float32),
        unit[[0, 1, 1]],
        np.arange(3, dtype=np.intp),
        starts,
        np.concatenate([unit, np.zeros((len(more), 2), np.float32)]),
    )
    heads = {WISH: (NOTHING, "nationalite")}
    cases.write(TrainedReader((*LABELS, *more), MODEL, network, nearby, heads), {"questions": 3}, path)
    return path


def tokens(largest: int) -> tuple[np.ndarray, np.ndarray]:
    """Two tokens, and a vector."""
    return np.eye(12, dtype=np.float32)[[largest, largest]], np.eye(12, dtype=np.float32)[largest]


def test_a_reader_gives_the_case_that_the_tokens_point_to_and_none(tmp_path: Path) -> None:
    known = cases.load(MODEL, LABELS, made(tmp_path / "cases.safetensors"))
    read = known.read(*tokens(1))
    assert max(read.cases, key=lambda label: read.cases[label]) == ("localisation", "union")
    assert read.sheets == {"localisation": pytest.approx(1 - read.none)}
    assert known.read(*tokens(2)).none > 0.99


def test_what_is_read_beside_the_case_has_its_own_shares(tmp_path: Path) -> None:
    known = cases.load(MODEL, LABELS, made(tmp_path / "cases.safetensors"))
    assert known.read(*tokens(4)).wishes["nationalite"] > 0.99
    assert known.read(*tokens(3)).wishes[NOTHING] > 0.99
    assert known.read(*tokens(1)).wishes == pytest.approx({NOTHING: 0.5, "nationalite": 0.5})
    assert known.read(*tokens(4)).form is Form.OTHER


def test_it_tells_how_near_the_written_questions_of_a_case_and_its_own_words_are(tmp_path: Path) -> None:
    read = cases.load(MODEL, LABELS, made(tmp_path / "cases.safetensors")).read(*tokens(1))
    assert read.near(("localisation", "union")) == pytest.approx((1, 1, 1))
    assert read.near(("localisation", "commune")) == pytest.approx((0, 0, 0))
    assert read.near(("penalites", "plafond")) == NOWHERE
    assert read.nearest == (("localisation", "union"), ("localisation", "commune"))


def test_a_missing_reader_is_said_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="manque") as caught:
        cases.load(MODEL, LABELS, tmp_path / "cases.safetensors")
    assert "make train" in caught.value.hint


def test_a_cut_reader_is_said(tmp_path: Path) -> None:
    path = made(tmp_path / "cases.safetensors")
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(ModelFileError, match="coupé ou changé"):
        cases.load(MODEL, LABELS, path)


def test_a_reader_of_another_embedding_or_corpus_is_said(tmp_path: Path) -> None:
    path = made(tmp_path / "cases.safetensors")
    with pytest.raises(ModelFileError, match="appris sur essai, et non sur autre"):
        cases.load("autre", LABELS, path)
    with pytest.raises(ModelFileError, match=r"ne connaît pas 1 cas des fiches indexées \(penalites/plafond"):
        cases.load(MODEL, (*LABELS, ("penalites", "plafond")), path)
    assert not cases.check(MODEL, (("penalites", "plafond"),), path).ok
    assert cases.check(MODEL, LABELS, path).detail.startswith("2 cas")


def test_one_new_case_among_many_leaves_the_others_read_and_is_said(tmp_path: Path) -> None:
    many = tuple((f"fiche-{number}", "cas") for number in range(98))
    path = made(tmp_path / "cases.safetensors", many)
    indexed = (*LABELS, *many, ("penalites", "plafond"))
    read = cases.load(MODEL, indexed, path).read(*tokens(1))
    assert max(read.cases, key=lambda label: read.cases[label]) == ("localisation", "union")
    assert read.near(("penalites", "plafond")) == NOWHERE
    told = cases.check(MODEL, indexed, path)
    assert not told.ok
    assert "ne connaît pas 1 cas des fiches indexées (penalites/plafond" in told.detail


def test_the_reader_of_the_project_is_that_of_its_card_and_knows_every_case_of_the_corpus() -> None:
    card = json.loads(CARD.read_text(encoding="utf-8"))
    labels = []
    for path in sorted((ROOT / "corpus" / "droit").glob("*.yaml")):
        document = reading.read(path, kind=Kind.SHEET, collection="corpus")
        labels += [(path.stem, case.id) for case in sheet_of(document).learned]
    known = cases.load(card["model"], labels)
    assert len(known.labels) == card["cases"] == len(labels)
    assert FILE.stat().st_size == card["bytes"] < 17_000_000


@pytest.mark.models
def test_on_a_hand_that_was_never_learned_from_it_is_right_and_silent_often_enough() -> None:
    """A floor, well under what ``assistant eval reader`` measures on the whole of it: a reader that was spoiled is noticed."""
    site = settings.load()
    embedding = OpenVinoEmbedding(manifest.require(site, site.embedding))
    known = written.read_sheets()
    reader = cases.load(site.embedding, ())
    asked = list(written.of_hand(known, ROOT / "corpus" / "questions" / "temoins" / "z.jsonl"))[::4]
    right, silent = [], []
    for one in asked:
        read = reader.read(embedding.token_vectors([one.text])[0], embedding.embed_queries([one.text])[0])
        sheets = read.sheets
        likeliest = max(sheets, key=lambda id_: sheets[id_])
        if not one.cases:
            silent.append(read.none > sheets[likeliest])
        elif not one.near_miss:
            right.append(bool(known[likeliest].names & one.sheets))
    assert len(right) >= 100
    assert len(silent) >= 20
    assert sum(right) / len(right) >= LEAST_RIGHT
    assert sum(silent) / len(silent) >= LEAST_SILENT


def test_a_reader_that_goes_on_keeps_what_it_knows_and_a_new_case_begins_as_the_mean_of_its_sheet(
    tmp_path: Path,
) -> None:
    before = cases.load(MODEL, LABELS, made(tmp_path / "cases.safetensors"))
    labels = (("essai", "seul"), LABELS[0], ("localisation", "neuf"), LABELS[1])
    from training.heads import KINDS
    from training.reader import last_rows, widened

    weights = widened(before, labels).weights["last.weight"]
    old = before.network.weights["last.weight"]
    at, had = last_rows(labels, KINDS), last_rows(LABELS, before.heads)
    assert weights.shape == (len(at), old.shape[1])
    assert np.array_equal(weights[[1, 3]], old[:2])
    assert np.allclose(weights[2], old[:2].mean(axis=0))
    assert np.allclose(weights[0], old[:2].mean(axis=0))
    # None, and what the heads knew, come after the cases as before; what they did not know begins as the mean of the cases.
    for one in at.keys() & had.keys():
        assert np.array_equal(weights[at[one]], old[had[one]])
    assert np.allclose(weights[at[BOUGHT, Purchase.WORKS]], old[:2].mean(axis=0))
