"""When nothing answers, fitted again: ``python -m training.outside --home HOME`` prints the ``OUTSIDE`` numbers of ``assistant/answering/refusal.py``.

Must be refused: ``refus.jsonl``, which the index does not hold, and what hands that asked as people do asked beside the point (``temoins/n6.jsonl`` …). Must
not: the questions of ``reponses.jsonl`` that something answers, and those of hands that nothing learned from that a sheet answers: the first alone are so easy
that doubt was taken for absence.
Each question is read by a score fitted on nine tenths of the others.
"""

import argparse
import json
from datetime import date
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import cross_val_predict

from assistant.answering import answerer, refusal
from assistant.answering.asked import understood
from assistant.datatypes import Kind
from assistant.workspace import Workspace

SETS = Path(__file__).parents[1] / "corpus" / "questions"
# Hands with no sheet before them: what no case answers there is of another field.
WITHOUT_A_SHEET = ("n6", "n7", "n8")
THRESHOLDS = (0.3, 0.4, 0.5, 0.6, 0.7)


def main() -> None:
    """Reads the arguments, fits, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    workspace = Workspace(parser.parse_args().home)
    answers, searcher, today = workspace.answerer(frozenset()), workspace.searcher, date.today()

    def features(question: str) -> tuple[float, ...]:
        asked = understood(question, today)
        rules = searcher.search(asked.text, limit=answerer.RULE_HITS, kinds=(Kind.RULE,))
        near = refusal.nearness(
            asked.text,
            (*rules, *searcher.search(asked.text, limit=answerer.RULE_HITS, kinds=(Kind.SHEET,))),
            searcher,
        )
        return refusal.outside_features(near, answers.reader.read(asked, today, rules))

    outside = [row["question"] for row in _rows("refus.jsonl")]
    inside = [
        row["question"]
        for row in _rows("reponses.jsonl")
        if "hors_corpus" not in row["position"] and not row["as_of"]
    ]
    for name in ("y", *WITHOUT_A_SHEET):
        rows = _rows(f"temoins/{name}.jsonl")
        inside += [
            row["question"]
            for row in rows
            if row["kind"] == "hit" and not str(row["sheet"]).startswith("hors-")
        ]
        outside += [
            row["question"]
            for row in rows
            if name in WITHOUT_A_SHEET and (row["kind"] == "near" or str(row["sheet"]).startswith("hors-"))
        ]
    values = np.array([features(question) for question in (*outside, *inside)])
    refused = np.array([1] * len(outside) + [0] * len(inside))
    model = LogisticRegression(C=3.0, max_iter=1000, class_weight="balanced")
    probability = cross_val_predict(model, values, refused, cv=10, method="predict_proba")[:, 1]
    for least in THRESHOLDS:
        rightly, wrongly = (
            (probability[refused == 1] >= least).mean(),
            (probability[refused == 0] >= least).mean(),
        )
        print(
            f"  ≥ {least} : refusées à raison {rightly:.3f} ({len(outside)}), à tort {wrongly:.3f} ({len(inside)})"
        )
    model.fit(values, refused)
    print(
        "OUTSIDE_BIAS, OUTSIDE_WEIGHTS =",
        round(float(model.intercept_[0]), 2),
        ",",
        tuple(round(float(weight), 2) for weight in model.coef_[0]),
    )


def _rows(name: str) -> list[dict[str, str]]:
    return [json.loads(line) for line in (SETS / name).read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    main()
