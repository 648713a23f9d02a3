"""The trained head: its file, what is said of a file that does not fit, what it reads."""

import json
from pathlib import Path

import numpy as np
import pytest

from assistant import reading
from assistant.datatypes import Kind
from assistant.errors import ModelFileError
from assistant.reader import head
from assistant.reader.head import CARD, FILE, Head
from assistant.reading.sheet import sheet_of
from tests.conftest import ROOT

LABELS = (("localisation", "commune"), ("localisation", "union"))
MODEL = "essai"


def made(path: Path) -> Path:
    weights = np.asfortranarray(np.array([[8, 0, 0], [0, 8, 0], [0, 0, 8]], dtype=np.float32))
    head.write(Head(LABELS, MODEL, weights, np.zeros(3, np.float32), np.zeros(3, np.float32)), {"questions": 3}, path)
    return path


def test_a_head_reads_the_case_that_a_vector_points_to_and_none(tmp_path: Path) -> None:
    known = head.load(MODEL, LABELS, made(tmp_path / "cases.safetensors"))
    read = known.read(np.array([0, 1, 0], np.float32))
    assert max(read.cases, key=lambda label: read.cases[label]) == ("localisation", "union")
    assert read.sheets == {"localisation": pytest.approx(1 - read.none)}
    assert known.read(np.array([0, 0, 1], np.float32)).none > 0.99


def test_weights_in_the_order_of_columns_are_read_back_as_they_were(tmp_path: Path) -> None:
    weights = np.asfortranarray(np.arange(6, dtype=np.float32).reshape(2, 3))
    path = tmp_path / "cases.safetensors"
    head.write(Head(LABELS[:1], MODEL, weights, np.zeros(2, np.float32), np.zeros(3, np.float32)), {}, path)
    assert head.load(MODEL, LABELS[:1], path).weights.tolist() == weights.tolist()


def test_a_missing_head_is_said_with_its_cure(tmp_path: Path) -> None:
    with pytest.raises(ModelFileError, match="manque") as caught:
        head.load(MODEL, LABELS, tmp_path / "cases.safetensors")
    assert "make reader" in caught.value.hint


def test_a_cut_head_is_said(tmp_path: Path) -> None:
    path = made(tmp_path / "cases.safetensors")
    path.write_bytes(path.read_bytes()[:-10])
    with pytest.raises(ModelFileError, match="coupé ou changé"):
        head.load(MODEL, LABELS, path)


def test_a_head_of_another_embedding_or_corpus_is_said(tmp_path: Path) -> None:
    path = made(tmp_path / "cases.safetensors")
    with pytest.raises(ModelFileError, match="appris sur essai, et non sur autre"):
        head.load("autre", LABELS, path)
    with pytest.raises(ModelFileError, match=r"ne connaît pas 1 cas des fiches indexées \(penalites/plafond"):
        head.load(MODEL, (*LABELS, ("penalites", "plafond")), path)
    assert not head.check(MODEL, (("penalites", "plafond"),), path).ok
    assert head.check(MODEL, LABELS, path).detail.startswith("2 cas")


def test_the_head_of_the_project_is_that_of_its_card_and_knows_every_case_of_the_corpus() -> None:
    card = json.loads(CARD.read_text(encoding="utf-8"))
    labels = []
    for path in sorted((ROOT / "corpus" / "droit").glob("*.yaml")):
        document = reading.read(path, kind=Kind.SHEET, collection="corpus")
        labels += [(path.stem, case.id) for case in sheet_of(document).cases]
    known = head.load(card["model"], labels)
    assert len(known.labels) == card["cases"] == len(labels)
    assert FILE.stat().st_size == card["bytes"] < 16_000_000
