"""The choice of sheets, fitted again: ``python -m training.sheet_choice --home HOME`` prints the numbers of ``assistant/answering/sheet_choice.py``.

A sample of the sheets' questions is asked as if it had not been written: each must lead back to its sheet, among all of them. Only sheets that rest on a
held-out rule are asked, since the embedding may have been trained on the questions of the others. The questions are halved by a hash of their words.
"""

import argparse
import hashlib
import random
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

from assistant import sheets
from assistant.answering import answerer, sheet_choice
from assistant.answering.sheet_choice import Signs
from assistant.datatypes import Kind, LegalSheet
from assistant.evaluation.held_out import rule_is_held_out
from assistant.index.search import Searcher
from assistant.workspace import Workspace
from training.ablation import SEED

# Pulls each weight towards nothing, per question: a weight that the questions do not ask for stays small.
RIDGE = 0.002


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a sheet, and what speaks for each sheet; the right one first."""

    text: str
    signs: tuple[Signs, ...]

    @property
    def fits(self) -> bool:
        """Whether it is of the half that is fitted on."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 0


def main() -> None:
    """Reads the arguments, fits, prints."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True, help="an index of the rules and the corpus, made with the model that will be used")
    parser.add_argument("--sample", type=int, default=600, help="questions asked")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    searcher = Searcher(workspace.library, workspace.embedding)
    known = {source.id: sheets.parse(searcher.document(source.id)) for source in searcher.sources(Kind.SHEET)}
    written = [(sheet, text) for sheet in known.values() if _untrained(sheet) for text in sheet.questions]
    drawn = random.Random(SEED).sample(written, min(given.sample, len(written)))
    # What is asked is nowhere in what is searched: a written question leads to its rules as well as to its sheet.
    left_out = frozenset(text for _, text in drawn)
    searcher = Searcher(workspace.library, workspace.embedding, asked=lambda question: question.text not in left_out)
    asked = [asked_of(searcher, known, sheet, text) for sheet, text in drawn]
    workspace.close()
    halves = [one for one in asked if one.fits], [one for one in asked if not one.fits]
    weights = fit([_features(one) for one in halves[0]])
    print("WEIGHTS", tuple(round(float(weight), 2) for weight in weights), f"fitted on {len(halves[0])}, read on {len(halves[1])}\n")
    print("| poids | bonne fiche (moitié réglée) | bonne fiche (moitié lue) |\n|---|---|---|")
    for name, row in (("la question la plus proche seule", np.array([1.0, 0, 0, 0])), ("en place", np.array(sheet_choice.WEIGHTS)), ("réglés", weights)):
        print(f"| {name} | {_right(halves[0], row):.3f} | {_right(halves[1], row):.3f} |")
    best = np.array([max(float(np.dot(weights, signs.features)) for signs in one.signs) for one in asked])
    right = np.array([_is_right(one, weights) for one in asked])
    print("\nscore de la première : ", {f"{share:.0%}": round(float(np.quantile(best[right], share)), 2) for share in (0.01, 0.02, 0.05, 0.1)})


def asked_of(searcher: Searcher, known: dict[str, LegalSheet], sheet: LegalSheet, text: str) -> Asked:
    """What would speak for each sheet if ``text`` had not been written."""
    day = sheet.valid_from if sheet.valid_to else date.today()
    rules = searcher.search(text, limit=answerer.RULE_HITS, as_of=day, kinds=(Kind.RULE,))
    cosines = searcher.questions_by_source(text)
    others = [one for one in known if one != sheet.source_id and sheet_choice.valid(known[one], day or date.today())]
    own = sheet_choice.signs(text, sheet, cosines.get(sheet.source_id, ()), rules)
    return Asked(text, (own, *(sheet_choice.signs(text, known[one], cosines.get(one, ()), rules) for one in others)))


def fit(asked: list[NDArray[np.float64]]) -> NDArray[np.float64]:
    """The weights that make the right sheet the likeliest (conditional logit)."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for features in asked:
            scores = features @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            total -= float(np.log(shares[0] + 1e-12))
            slope += shares @ features - features[0]
        return total + RIDGE * len(asked) * float(weights @ weights), slope + 2 * RIDGE * len(asked) * weights

    found: NDArray[np.float64] = minimize(loss, np.array(sheet_choice.WEIGHTS), jac=True, method="L-BFGS-B").x
    return found


def _features(one: Asked) -> NDArray[np.float64]:
    return np.array([signs.features for signs in one.signs])


def _is_right(one: Asked, weights: NDArray[np.float64]) -> bool:
    return int(np.argmax(_features(one) @ weights)) == 0


def _right(asked: list[Asked], weights: NDArray[np.float64]) -> float:
    return sum(_is_right(one, weights) for one in asked) / len(asked)


def _untrained(sheet: LegalSheet) -> bool:
    return any(rule_is_held_out(target) for target in sheet.rests_on)


if __name__ == "__main__":
    main()
