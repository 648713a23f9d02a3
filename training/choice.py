"""What chooses a sentence, learned again: ``python -m training.choice --home HOME``.

From the questions of ``corpus/synthese/demandes`` over the documents of ``corpus/synthese``, but for the hand that only measures: the interaction of questions
and sentences, then the combination of signs, in which each hand's interaction is learned from hands of other documents. It writes
``assistant/documents/interaction.safetensors`` and ``choice.json``, and prints what is chosen in each hand left out, in that one, and by one sign alone.
"""

import argparse
import difflib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from assistant.datatypes import Kind
from assistant.documents import choice, own
from assistant.documents.choice import LATE, Combination, Signs, of_late, remembered, with_title
from assistant.documents.interaction import FILE, MOST_TOKENS, LateInteraction
from assistant.documents.values import Candidate, file_name
from assistant.french.folding import words_of
from assistant.reach import EVERYWHERE
from assistant.shipped import CORPUS
from assistant.workspace import Workspace
from training import interaction
from training.interaction import Example, Tokens

SYNTHESIS = CORPUS / "synthese"
QUESTIONS = SYNTHESIS / "demandes"
# The documents that each hand was given.
FOLDERS = {
    "a": ("documents",),
    "b": ("vrac",),
    "c": ("documents", "vrac"),
    "d": ("vrac",),
    "e": ("vrac",),
    "f": ("documents",),
    "g": ("documents3",),
    "h": ("documents4",),
    "i": ("documents5",),
    "j": ("documents7",),
    "k": ("documents8",),
    "l": ("documents9",),
    "m": ("documents10",),
    "n": ("documents11",),
    "o": ("documents13",),
    "p": ("documents14",),
    "q": ("documents15",),
    "r": ("documents16",),
    "s": ("documents17",),
    "x": ("documents12",),
    "y": ("documents6",),
    "z": ("documents2",),
}
WITNESS = "x"
# Of the words of a quote, the share that a sentence must hold, in order.
SHARE = 0.6
PENALTY = 0.001
STEPS = 200
# Learned without the trained reader of fields and without tokens, for lists: their signs are nothing.
NOT_IN_A_LIST = ("field", "summary", "late", "late_nearest")
# Parts of the hands of which each one's signs are made by what was learned from the others.
FOLDS = 4


@dataclass(frozen=True, slots=True)
class Weighed:
    """A question, the signs of its candidates, ``(n, signs)``, which of them hold a sentence that answers, and the token vectors of both."""

    hand: str
    question: Mapping[str, Any]
    signs: NDArray[np.float64]
    right: NDArray[np.bool_]
    asked: Tokens
    sentences: Sequence[Tokens]

    @property
    def answerable(self) -> bool:
        """Whether a document answers it."""
        return bool(self.question["answerable"])


def main() -> None:
    """Reads the arguments, fits, writes, measures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    home = parser.parse_args().home
    learn_all(
        [
            weighed
            for folder in sorted({name for names in FOLDERS.values() for name in names})
            for weighed in weigh(home, folder)
        ]
    )


def learn_all(every: Sequence[Weighed]) -> None:
    """Learns the interaction and fits the combination, writes both, prints what they choose."""
    every, whole = crossed(every)
    interaction.write(whole, Path(choice.__file__).with_name(FILE))
    learned_from = [one for one in every if one.hand != WITNESS]
    written = {}
    for name, without in (("with", ()), ("without", NOT_IN_A_LIST)):
        fitted = fit(learned_from, without)
        written[name] = {
            "weights": dict(zip(Signs.NAMES, fitted.weights.round(4).tolist(), strict=True)),
            "slope": fitted.slope,
            "shift": fitted.shift,
        }
        for hand in sorted({one.hand for one in learned_from}):
            held = fit([one for one in learned_from if one.hand != hand], without)
            print(
                f"{name}, main {hand} laissée de côté : {measured(held, [one for one in every if one.hand == hand])}"
            )
        print(f"{name}, main {WITNESS} : {measured(fitted, [one for one in every if one.hand == WITNESS])}")
    for name in ("words", "cosine", "late"):
        alone = Combination(np.array([float(sign == name) for sign in Signs.NAMES]), 1.0, 0.0)
        print(
            f"{name} seul, main {WITNESS} : {measured(alone, [one for one in every if one.hand == WITNESS])}"
        )
    path = Path(choice.__file__).with_name("choice.json")
    path.write_text(json.dumps(written, indent=2) + "\n", encoding="utf-8")
    print(f"écrit : {path}")


def crossed(every: Sequence[Weighed]) -> tuple[list[Weighed], LateInteraction]:
    """The questions with the signs of an interaction that was learned from hands of other documents; and that of all hands but the one that measures."""
    learned_from = [one for one in every if one.hand != WITNESS]
    found = []
    for fold in _folds():
        found += _signed(
            [one for one in learned_from if one.hand in fold],
            _learned([one for one in learned_from if one.hand not in fold]),
        )
    whole = _learned(learned_from)
    return found + _signed([one for one in every if one.hand == WITNESS], whole), whole


def _folds() -> list[set[str]]:
    """The hands but the one that measures, in parts that share no document."""
    groups: list[set[str]] = []
    for hand in (hand for hand in FOLDERS if hand != WITNESS):
        near = [group for group in groups if any(set(FOLDERS[hand]) & set(FOLDERS[one]) for one in group)]
        groups = [group for group in groups if group not in near] + [{hand}.union(*near)]
    folds: list[set[str]] = [set() for _ in range(FOLDS)]
    for group in sorted(groups, key=lambda group: (-len(group), min(group))):
        min(folds, key=len).update(group)
    return folds


def _signed(weighed: Sequence[Weighed], learned: LateInteraction) -> list[Weighed]:
    found = []
    for one in weighed:
        signs = one.signs.copy()
        if len(signs):
            late = learned.of(learned.asked(one.asked), [learned.said(tokens) for tokens in one.sentences])
            signs[:, LATE] = of_late(late)
        found.append(replace(one, signs=signs))
    return found


def _learned(weighed: Sequence[Weighed]) -> LateInteraction:
    return interaction.learn(
        [Example(one.asked, one.sentences, np.delete(one.signs, LATE, axis=1), one.right) for one in weighed]
    )


def weigh(home: Path, folder: str) -> Iterator[Weighed]:
    """The questions about the documents of a folder, indexed in a home of its own."""
    workspace = Workspace(home / f"choix-{folder}")
    # What comes with the program is an example, and no document of the buyer's: it is copied out of it.
    copied = shutil.copytree(
        SYNTHESIS / folder,
        home / folder,
        ignore=shutil.ignore_patterns("*.json", "*.jsonl"),
        dirs_exist_ok=True,
    )
    workspace.index([copied], collection="essai", kind=Kind.TENDER)
    own, embedding = workspace.documents, workspace.embedding
    read: dict[str, Tokens] = {}

    def tokens(texts: Sequence[str]) -> list[Tokens]:
        return remembered(
            read,
            texts,
            lambda new: (
                vectors[:MOST_TOKENS].astype(np.float16) for vectors in embedding.token_vectors(new)
            ),
        )

    for hand in (hand for hand, folders in FOLDERS.items() if folder in folders):
        for row in map(json.loads, (QUESTIONS / f"{hand}.jsonl").read_text(encoding="utf-8").splitlines()):
            sources = workspace.shelf.sources(EVERYWHERE, row["scope"])
            held = {file_name(source) for source in sources}
            if (
                row["kind"] == "portefeuille"
                or not sources
                or (row["documents"] and not held & set(row["documents"]))
            ):
                continue
            kept, signs = own.weighed(
                row["question"], sources, own.subject(row["question"]), date.today(), EVERYWHERE
            )
            right = np.array(
                [any(holds(one, quote) for quote in row["evidence"]) for one in kept], dtype=bool
            )
            yield Weighed(
                hand,
                row,
                signs,
                right,
                tokens([row["question"]])[0],
                tokens([with_title(one) for one in kept]),
            )
    workspace.close()


def holds(candidate: Candidate, quote: Mapping[str, Any]) -> bool:
    """Whether a candidate holds most of the words of a quote of its document, in order."""
    if candidate.known.file != quote["file"]:
        return False
    wanted, said = words_of(quote["quote"]), words_of(candidate.text)
    least = 2 if len(wanted) > 3 else 1
    blocks = difflib.SequenceMatcher(None, wanted, said, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks if block.size >= least) >= SHARE * len(wanted)


def fit(weighed: Sequence[Weighed], without: Sequence[str] = ()) -> Combination:
    """The weights under which the right candidates have the greatest share of a softmax, then what makes a probability of the best one's score."""
    used = torch.tensor([float(name not in without) for name in Signs.NAMES])
    told = [one for one in weighed if one.right.any()]
    signs, outside, wrong = interaction.padded([one.signs for one in told], [one.right for one in told])
    weights = torch.zeros(len(Signs.NAMES), requires_grad=True)
    spread = signs[~outside].std(0)
    optimiser = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = PENALTY * (weights**2 * spread**2).sum() + interaction.loss_of(
            signs @ (weights * used), outside, wrong
        )
        total.backward()
        return total

    optimiser.step(loss)
    found = (weights * used).detach().numpy().astype(np.float64)
    best = [(one.signs @ found, one.right) for one in weighed if len(one.signs)]
    scores = torch.tensor([float(scores.max()) for scores, _ in best])
    right = torch.tensor([float(right[int(scores.argmax())]) for scores, right in best])
    slope, shift = _calibrated(scores, right)
    return Combination(found, slope, shift)


def _calibrated(scores: torch.Tensor, right: torch.Tensor) -> tuple[float, float]:
    """Slope and shift of the logistic curve from scores to whether the best candidate is right."""
    mean, spread = scores.mean(), scores.std()
    line = torch.tensor([1.0, 0.0], requires_grad=True)
    optimiser = torch.optim.LBFGS([line], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = torch.nn.functional.binary_cross_entropy_with_logits(
            line[0] * (scores - mean) / spread + line[1], right
        )
        total.backward()
        return total

    optimiser.step(loss)
    slope = line[0].item() / spread.item()
    return round(slope, 4), round(line[1].item() - slope * mean.item(), 4)


def measured(combination: Combination, weighed: Sequence[Weighed]) -> dict[str, float]:
    """Of the answerable questions, those whose right sentence is first or among three, and whether the quiet ones are told from them."""
    firsts, threes, sure, unsure = [], [], [], []
    for one in weighed:
        scores = combination.scores(one.signs)
        order = np.argsort(-scores)
        probability = combination.probability(float(scores.max())) if len(scores) else 0.0
        if one.answerable:
            firsts.append(bool(one.right[order[:1]].any()))
            threes.append(bool(one.right[order[:3]].any()))
            sure.append(probability)
        else:
            unsure.append(probability)
    least = own.SAYS
    return {
        "first": round(float(np.mean(firsts)), 3),
        "three": round(float(np.mean(threes)), 3),
        "quiet wrongly": round(float(np.mean(np.array(sure) < least)), 3),
        "quiet rightly": round(float(np.mean(np.array(unsure) < least)), 3) if unsure else 0.0,
    }


if __name__ == "__main__":
    main()
