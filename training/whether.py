"""Whether a draft holds a fault, fitted again: ``python -m training.whether --home HOME``, some minutes.

What words say of a fault is learned from the hands that the reader of clauses was learned from, and written beside it. What the network, these words and the
named rule say together is fitted on the hands that neither was learned from, and written to ``assistant/review/whether.json``. It prints what is found in each
of these hands when the others alone were fitted on.
"""

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant import reading
from assistant.datatypes import Kind
from assistant.reader.clauses import CARD, LAWFUL, TOOTHLESS, UNLAWFUL, Judgement, load, write
from assistant.reader.network import softmax
from assistant.review import Judge, whether
from assistant.review.extracts import LEAST_OF_DRAFT, closest, extracts, words_for_reader
from assistant.review.text import Text
from assistant.workspace import Workspace
from training import fault_words
from training.clauses import REVIEW, Labelled, all_labelled, of_hand, whole_extracts

FITTED = Path(whether.__file__).with_name(whether.FILE)
# How freely the weights move: the usual measure, signs being of mean 0 and deviation 1.
FREEDOM = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """The signs of extracts, ``(n, 9)``, and the class of each, ``(n,)``."""

    signs: NDArray[np.float64]
    classes: NDArray[np.int64]


def main() -> None:
    """Reads the arguments, learns what words say, fits what all say together, writes both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--keep-words", action="store_true", help="fit the combination alone")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    card = json.loads(CARD.read_text(encoding="utf-8"))
    if not given.keep_words:
        reader = load(workspace.settings.embedding)
        known = [one for one in whole_extracts(all_labelled()) if one.hand in card["hands"]]
        faults = fault_words.learn([one.text for one in known], [one.whether for one in known])
        write(replace(reader, faults=faults), {name: card[name] for name in ("extracts", "hands")})
    judge = workspace.judge
    assert judge is not None
    lessons = {hand: lesson(rows, judge) for hand, rows in _unread(card["hands"]).items()}
    for hand in lessons:
        others = fitted([other for name, other in lessons.items() if name != hand])
        print(hand, *measured(lessons[hand], *others))
    weights, bias = fitted(list(lessons.values()))
    told = {"hands": list(lessons), "weights": weights.round(4).tolist(), "bias": bias.round(4).tolist()}
    FITTED.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(f"écrit : {FITTED}")


def _unread(known: Mapping[str, int]) -> dict[str, list[Labelled]]:
    """The hands that the reader does not know."""
    paths = sorted((*(REVIEW / "temoins").glob("*.jsonl"), *(REVIEW / "mains").glob("*.jsonl")))
    return {path.stem: list(of_hand(path)) for path in paths if path.stem not in known}


def lesson(labelled: Sequence[Labelled], judge: Judge) -> Lesson:
    """Those of the texts that are one extract, as a draft of them is read: of others it is not known which extract holds the fault."""
    texts = [_text(one) for one in labelled]
    pairs = [
        (one, text, parts[0])
        for one, text in zip(labelled, texts, strict=True)
        if len(parts := list(extracts(text))) == 1
    ]
    wholes = judge([words_for_reader(text, extract.lead, extract.body) for _, text, extract in pairs])
    alone = iter(
        judge(
            [
                words_for_reader(text, extract.lead, part)
                for _, text, extract in pairs
                for part in extract.parts
            ]
        )
    )
    read: list[tuple[Judgement, Judgement]] = [
        (whole, closest(extract, whole, [next(alone) for _ in extract.parts])[1])
        for (_, _, extract), whole in zip(pairs, wholes, strict=True)
    ]
    return Lesson(
        np.array([whether.signs(*both) for both in read]), np.array([one.whether for one, _, _ in pairs])
    )


def _text(labelled: Labelled) -> Text:
    read = reading.read_bytes(labelled.text.encode(), "extrait.md", kind=Kind.TENDER, collection="revue")
    return Text(read, date.today())


def fitted(lessons: Sequence[Lesson]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The weights, ``(3, 9)``, and the bias, ``(3,)``, of a softmax regression over signs as they are."""
    signs = np.concatenate([one.signs for one in lessons])
    scale = StandardScaler().fit(signs)
    found = LogisticRegression(C=FREEDOM, max_iter=3_000).fit(
        scale.transform(signs), np.concatenate([one.classes for one in lessons])
    )
    weights = found.coef_ / scale.scale_
    return weights, found.intercept_ - weights @ scale.mean_


def measured(lesson: Lesson, weights: NDArray[np.float64], bias: NDArray[np.float64]) -> Iterator[str]:
    """Precision and recall of grave faults, and the toothless ones found, in French as the table of measures has them."""
    scores = lesson.signs @ weights.T + bias
    shares = softmax(scores.astype(np.float32))
    told = 1 - shares[:, LAWFUL] >= LEAST_OF_DRAFT
    grave = told & (shares[:, UNLAWFUL] >= shares[:, TOOTHLESS])
    right, wrong = (int((grave & (lesson.classes == one)).sum()) for one in (UNLAWFUL, LAWFUL))
    yield f"précision {right / max(1, right + wrong):.3f}"
    yield f"rappel {right / max(1, (lesson.classes == UNLAWFUL).sum()):.3f}"
    yield f"sans effet {told[lesson.classes == TOOTHLESS].mean():.3f}"


if __name__ == "__main__":
    main()
