"""The refusal score, fitted again: ``python -m training.refusal --home HOME`` prints the numbers of ``assistant/answering/refusal.py`` and the error curve.

Questions that must be refused: those of ``refus.jsonl``, which the index does not hold, and the held-out ones of ``hors-corpus.jsonl``. Questions that can be
answered: held-out phrasings, questions of held-out rules, our own sets. Of the written questions, only those that may be learned from are searched. The halves
follow from a hash of the words: the score is fitted on one and read on the other.
"""

import argparse
import hashlib
import json
import random
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant import questions as written
from assistant.answering import answerer, refusal
from assistant.datatypes import Kind
from assistant.evaluation import question_sets
from assistant.evaluation.held_out import refused_is_held_out, split
from assistant.index.search import Searcher
from assistant.workspace import Workspace
from training.ablation import SEED, may_be_searched

SAMPLE = 300  # of held-out phrasings, and of questions of held-out rules
THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85)


@dataclass(frozen=True, slots=True)
class Labelled:
    """A question, the set it comes from, and whether the corpus answers it."""

    text: str
    set: str
    answerable: bool

    @property
    def fits(self) -> bool:
        """Whether it is of the half that the score is fitted on."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 0


def main() -> None:
    """Reads the arguments, fits, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--home",
        type=Path,
        required=True,
        help="an index of the rules and the corpus, made with the model that will be used",
    )
    parser.add_argument("--questions", type=Path, default=Path("corpus/questions"))
    parser.add_argument("--save", type=Path, default=None, help="keep the features there (.json)")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    asked = labelled(given.questions)
    searcher = Searcher(workspace.library, workspace.embedding, asked=may_be_searched)
    near = [measured(searcher, one.text) for one in asked]
    workspace.close()
    if given.save:
        rows = [
            {"text": one.text, "set": one.set, "answerable": one.answerable, **asdict(nearness)}
            for one, nearness in zip(asked, near, strict=True)
        ]
        given.save.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    features = np.array([one.features for one in near])
    answerable = np.array([one.answerable for one in asked])
    fits = np.array([one.fits for one in asked])
    model = LogisticRegression(C=10.0, class_weight="balanced").fit(features[fits], answerable[fits])
    print(
        "BIAS",
        round(float(model.intercept_[0]), 2),
        "WEIGHTS",
        [round(float(weight), 2) for weight in model.coef_[0]],
    )
    probabilities = model.predict_proba(features)[:, 1]
    print(f"fitted on {fits.sum()}, read on {(~fits).sum()} ({(answerable & ~fits).sum()} answerable)\n")
    print("| seuil | refusées à raison | refusées à tort |\n|---|---|---|")
    for threshold in THRESHOLDS:
        right, wrong = _rates(probabilities[~fits] < threshold, answerable[~fits])
        print(f"| {threshold:.2f} | {right:.3f} | {wrong:.3f} |")
    print("\n| jeu (moitié lue) | questions | refusées à 0,5 | 0,6 | 0,7 |\n|---|---|---|---|---|")
    for name in dict.fromkeys(one.set for one in asked):
        here = np.array([one.set == name and not one.fits for one in asked])
        shares = " | ".join(
            f"{(probabilities[here] < threshold).mean():.3f}" for threshold in (0.5, 0.6, 0.7)
        )
        print(f"| {name} | {here.sum()} | {shares} |")


def labelled(folder: Path) -> list[Labelled]:
    """The labelled questions, in an order that a seed fixes."""
    drawn = random.Random(SEED)
    asked = [
        question
        for path in sorted((folder / "rules").glob("*.jsonl"))
        for question in written.parse(path.read_text(encoding="utf-8"), path.name)
    ]
    parts = split(asked)
    found = [
        Labelled(str(row["question"]), "refus.jsonl", False)
        for row in question_sets.read(folder / "refus.jsonl")
    ]
    found += [
        Labelled(one.text, "hors-corpus.jsonl tenues à part", False)
        for one in asked
        if refused_is_held_out(one)
    ]
    found += [
        Labelled(one.text, "tournures tenues à part", True)
        for one in drawn.sample(parts.phrasings, min(SAMPLE, len(parts.phrasings)))
    ]
    found += [
        Labelled(one.text, "règles tenues à part", True)
        for one in drawn.sample(parts.rules, min(SAMPLE, len(parts.rules)))
    ]
    for row in question_sets.read(folder / "reponses.jsonl"):
        outside = row["kind"] == "hors_corpus"
        found.append(
            Labelled(
                str(row["question"]),
                "reponses.jsonl, hors corpus" if outside else "reponses.jsonl",
                not outside,
            )
        )
    found += [
        Labelled(str(row["question"]), "recherche.jsonl", True)
        for row in question_sets.read(folder / "recherche.jsonl")
    ]
    return found


def measured(searcher: Searcher, question: str) -> refusal.Nearness:
    """What the answer itself would measure."""
    rules = searcher.search(question, limit=answerer.RULE_HITS, kinds=(Kind.RULE,))
    return refusal.nearness(
        question,
        (*rules, *searcher.search(question, limit=answerer.RULE_HITS, kinds=(Kind.SHEET,))),
        searcher,
    )


def _rates(refused: NDArray[np.bool_], answerable: NDArray[np.bool_]) -> tuple[float, float]:
    return float(refused[~answerable].mean()), float(refused[answerable].mean())


if __name__ == "__main__":
    main()
