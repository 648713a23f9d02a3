"""What chooses a sentence, learned again: ``python -m training.choice --home HOME [--keep]``.

From the questions of ``corpus/synthese/demandes`` over the documents of ``corpus/synthese``, but for the hands ``NEVER``: the interaction of questions and
sentences, then the combination of signs, in which each hand's interaction is learned from hands of other documents. What is read together with the question
is weighed beside them on the hands ``NEVER``, from which it was not learned either. It writes ``assistant/documents/interaction.safetensors`` and
``choice.json``, and prints what is chosen in each hand left out, and by one sign alone.
"""

import argparse
import difflib
import json
import shutil
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from assistant.datatypes import Kind
from assistant.documents import choice, own
from assistant.documents.choice import LATE, TOGETHER, Combination, Signs, of_late, remembered, with_title
from assistant.documents.interaction import FILE, MOST_TOKENS, LateInteraction
from assistant.documents.own import OwnDocuments
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
    "t": ("documents18",),
    "u": ("documents18",),
    "v": ("documents18",),
    "w": ("documents",),
    "aa": ("documents3", "documents4"),
    "ab": ("documents5", "documents7", "documents8"),
    "ac": ("documents9", "documents10", "documents11", "documents13"),
    "ad": ("documents14", "documents15", "documents16", "documents17"),
    "ae": ("documents2", "documents6"),
    "af": ("documents", "documents3"),
    "ag": ("documents18",),
    "ah": ("documents9", "documents10", "documents11", "documents13"),
    "ai": ("documents14", "documents15", "documents16", "documents17"),
    "aj": ("documents4", "documents5", "documents7", "documents8"),
    "ak": ("documents18",),
    "al": ("documents9", "documents10", "documents11", "documents13"),
    "am": ("documents14", "documents15", "documents16", "documents17"),
    "an": ("documents3", "documents4", "documents5", "documents7", "documents8"),
    "ta": ("documents19",),
    "tb": ("documents20",),
    "tc": ("documents21",),
    "td": ("documents22",),
    "te": ("documents23",),
    "tf": ("documents24",),
    "tg": ("documents25",),
    "th": ("documents26",),
    "ti": ("documents27",),
    "tj": ("documents28",),
    "tk": ("documents29",),
    "tl": ("documents30",),
    "tm": ("documents31",),
    "tn": ("documents32",),
    "to": ("documents33",),
    "tp": ("documents34",),
    "tq": ("documents35",),
    "tr": ("documents36",),
    "ts": ("documents37",),
    "tt": ("documents38",),
    "x": ("documents12",),
    "y": ("documents6",),
    "z": ("documents2",),
}
WITNESS = "x"
# Hands who asked a stranger's twenty documents.
STRANGERS = tuple(f"t{letter}" for letter in "abcdefghijklmnopqrst")
# Hands that what reads a question and a sentence together never learns from: the last who asked a stranger's documents.
NEVER = (WITNESS, *STRANGERS[-7:])
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
    parser.add_argument(
        "--keep", action="store_true", help="keep the other signs: fit again what is read together alone"
    )
    given = parser.parse_args()
    hands = NEVER if given.keep else tuple(FOLDERS)
    every = [one for folder in folders_of(hands) for one in weigh(given.home, folder)]
    joined_on = [one for one in every if one.hand in NEVER]
    if not given.keep:
        learned = learn_all([one for one in every if one.hand not in NEVER or one.hand == WITNESS])
        joined_on = _signed(joined_on, learned)
    join(joined_on)


def folders_of(hands: Iterable[str]) -> list[str]:
    """The folders of documents that some hands were given."""
    return sorted({name for hand in hands for name in FOLDERS[hand]})


def join(weighed: Sequence[Weighed]) -> None:
    """Fits what is read together beside the other signs, as they stand, on hands that neither was learned from; writes it, prints a hand left out in turn."""
    written = json.loads(Path(choice.__file__).with_name("choice.json").read_text(encoding="utf-8"))
    alone = choice.combination("with")
    for hand in sorted({one.hand for one in weighed}):
        rest, own = ([one for one in weighed if (one.hand == hand) is left_out] for left_out in (False, True))
        print(
            f"main {hand} : sans {measured(alone, own)} ; avec {measured(joined(rest, alone.weights), own)}"
        )
    found = joined(weighed, alone.weights)
    written["together"] = {**_stored(found), "answering": found.answering}
    _write(written)


def joined(weighed: Sequence[Weighed], before: NDArray[np.float64]) -> Combination:
    """The signs of ``before`` with a weight for them all, and those of what is read together; then what tells whether any candidate answers."""
    told = [
        replace(one, signs=np.column_stack([one.signs @ before, one.signs[:, TOGETHER]]))
        for one in weighed
        if one.right.any()
    ]
    weights = _softmax_weights([one.signs for one in told], [one.right for one in told])
    found = before * weights[0]
    found[TOGETHER] = weights[1:]
    slope, shift = _line_of(found, weighed)
    some = [one for one in weighed if len(one.signs)]
    surest = np.array([[one.signs[:, TOGETHER[0]].max()] for one in some])
    model = LogisticRegression(max_iter=1000).fit(surest, [one.answerable for one in some])
    answering = (round(float(model.intercept_[0]), 4), round(float(model.coef_[0, 0]), 4))
    return Combination(found, slope, shift, answering)


def learn_all(every: Sequence[Weighed]) -> LateInteraction:
    """Learns the interaction and fits the combination, writes both, prints what they choose."""
    every, whole = crossed(every)
    interaction.write(whole, Path(choice.__file__).with_name(FILE))
    learned_from = [one for one in every if one.hand != WITNESS]
    written = {}
    for name, without in (("with", ()), ("without", NOT_IN_A_LIST)):
        fitted = fit(learned_from, without)
        written[name] = _stored(fitted)
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
    _write(written)
    return whole


def _stored(combination: Combination) -> dict[str, Any]:
    return {
        "weights": dict(zip(Signs.NAMES, combination.weights.round(4).tolist(), strict=True)),
        "slope": combination.slope,
        "shift": combination.shift,
    }


def _write(combinations: Mapping[str, Any]) -> None:
    path = Path(choice.__file__).with_name("choice.json")
    path.write_text(json.dumps(combinations, indent=2) + "\n", encoding="utf-8")
    choice.combination.cache_clear()  # what was there before may have been asked for
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
        [
            Example(one.asked, one.sentences, np.delete(one.signs, [*LATE, *TOGETHER], axis=1), one.right)
            for one in weighed
        ]
    )


def weigh(home: Path, folder: str) -> Iterator[Weighed]:
    """The questions about the documents of a folder, indexed in a home of its own."""
    workspace = indexed(home, folder)
    embedding = workspace.embedding
    # What was learned from a hand's questions says nothing of how it reads others.
    together = workspace.together if folder in folders_of(NEVER) else None
    own = OwnDocuments(workspace.shelf, workspace.searcher, embedding, workspace.fields_if_any, together)
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


def indexed(home: Path, folder: str) -> Workspace:
    """The documents of a folder, in a home of its own. What comes with the program is an example, and no document of the buyer's: it is copied out of it."""
    workspace = Workspace(home / f"choix-{folder}")
    copied = shutil.copytree(
        SYNTHESIS / folder,
        home / folder,
        ignore=shutil.ignore_patterns("*.json", "*.jsonl"),
        dirs_exist_ok=True,
    )
    workspace.index([copied], collection="essai", kind=Kind.TENDER)
    return workspace


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
    used = np.array([float(name not in (*without, "together", "together_nearest")) for name in Signs.NAMES])
    told = [one for one in weighed if one.right.any()]
    found = used * _softmax_weights([one.signs * used for one in told], [one.right for one in told])
    slope, shift = _line_of(found, weighed)
    return Combination(found, slope, shift)


def _softmax_weights(
    tables: Sequence[NDArray[np.float64]], right: Sequence[NDArray[np.bool_]]
) -> NDArray[np.float64]:
    """The weights of the columns of tables, ``(columns,)``, under which the right rows of each have the greatest share."""
    signs, outside, wrong = interaction.padded(tables, right)
    weights = torch.zeros(signs.shape[-1], requires_grad=True)
    spread = signs[~outside].std(0)
    optimiser = torch.optim.LBFGS([weights], max_iter=STEPS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        total = PENALTY * (weights**2 * spread**2).sum() + interaction.loss_of(
            signs @ weights, outside, wrong
        )
        total.backward()
        return total

    optimiser.step(loss)
    found: NDArray[np.float64] = weights.detach().numpy().astype(np.float64)
    return found


def _line_of(weights: NDArray[np.float64], weighed: Sequence[Weighed]) -> tuple[float, float]:
    """Slope and shift of the logistic curve from the score of the best candidate to whether it is right."""
    best = [(one.signs @ weights, one.right) for one in weighed if len(one.signs)]
    scores = torch.tensor([float(scores.max()) for scores, _ in best])
    right = torch.tensor([float(right[int(scores.argmax())]) for scores, right in best])
    return _calibrated(scores, right)


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
        probability = combination.answers(one.signs) if len(scores) else 0.0
        if one.answerable:
            firsts.append(bool(one.right[order[:1]].any()))
            threes.append(bool(one.right[order[:3]].any()))
            sure.append(probability)
        else:
            unsure.append(probability)
    least = own.least_to_say(combination)
    return {
        "first": round(float(np.mean(firsts)), 3),
        "three": round(float(np.mean(threes)), 3),
        "quiet wrongly": round(float(np.mean(np.array(sure) < least)), 3),
        "quiet rightly": round(float(np.mean(np.array(unsure) < least)), 3) if unsure else 0.0,
    }


if __name__ == "__main__":
    main()
