"""What is counted of summaries: right values, inventions, pages, quotes."""

import json
from pathlib import Path

import pytest

from assistant.errors import UsageError
from assistant.evaluation import summary_sets

TEXT = (
    "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n\nAcheteur : Ville de Castelmaure\n\nArticle 1 - Durée\nLe marché est conclu pour une durée de 24 mois.\n\n"
    "Article 2 - Paiement\nLe délai de paiement est de 30 jours.\n"
)


def labelled(tmp_path: Path, **fields: object) -> list[dict[str, object]]:
    (tmp_path / "CCAP.txt").write_text(TEXT, encoding="utf-8")
    path = tmp_path / "gold.jsonl"
    path.write_text(
        json.dumps({"file": "CCAP.txt", "doc_type": "CCAP", "fields": fields}) + "\n", encoding="utf-8"
    )
    return list(summary_sets.read(path))  # type: ignore[arg-type]


def test_a_right_value_counts_and_a_wrong_one_does_not(tmp_path: Path) -> None:
    rows = labelled(
        tmp_path,
        duree_initiale={"value": "24 mois", "status": "stated", "cles": ["24|vingt"]},
        delai_paiement={"value": "45 jours", "status": "stated"},
        acheteur={"value": "Ville de Castelmaure", "status": "stated"},
    )
    measured = summary_sets.measure(rows, tmp_path)
    assert measured.found == 0.6667
    assert (measured.doc_type, measured.quotes, measured.invented) == (1.0, 1.0, None)
    assert [line.split(" : ")[0] for line in measured.wrong] == ["CCAP.txt delai_paiement"]


def test_a_value_for_an_absent_field_is_an_invention_unless_tolerated(tmp_path: Path) -> None:
    rows = labelled(
        tmp_path,
        duree_initiale={"value": None, "status": "absent"},
        delai_paiement={"value": None, "status": "absent", "tolere": ["30 jours"]},
        avance={"value": None, "status": "absent"},
    )
    assert summary_sets.measure(rows, tmp_path).invented == 0.3333


def test_silence_on_a_reference_to_another_piece_is_right(tmp_path: Path) -> None:
    rows = labelled(
        tmp_path, penalites_retard={"value": "voir le CCTP", "status": "renvoi", "cles": ["CCTP"]}
    )
    measured = summary_sets.measure(rows, tmp_path)
    assert (measured.found, measured.invented) == (None, None)


def test_a_document_that_is_not_there_is_counted(tmp_path: Path) -> None:
    rows = [{"file": "absent.pdf", "doc_type": "RC", "fields": {}}]
    assert summary_sets.measure(rows, tmp_path).unread == 1


def test_a_file_of_another_kind_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "x.jsonl"
    path.write_text('{"question": "?"}\n', encoding="utf-8")
    with pytest.raises(UsageError):
        summary_sets.read(path)


def test_the_labelled_documents_beside_the_project_reach_what_is_asked(shared: Path) -> None:
    folder = shared / "data" / "dce"
    measured = summary_sets.measure(summary_sets.read(folder / "tender_gold_dev.jsonl"), folder)
    assert measured.unread == 0
    assert measured.found is not None
    assert measured.found >= 0.80
    assert measured.invented is not None
    assert measured.invented <= 0.05
    assert measured.pages is not None
    assert measured.pages >= 0.97
    assert measured.quotes == 1.0
    assert measured.doc_type is not None
    assert measured.doc_type >= 0.9
