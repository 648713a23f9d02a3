"""Whether a draft holds a fault, fitted again: ``python -m training.whether --home HOME``, some minutes.

What words say of a fault is learned from what the reader of clauses is learned from, and written beside it. What the network, these words and the rules say
together is fitted on hands and on ordinary documents that neither learned from (``training.clauses.FITTING``), and written to
``assistant/review/whether.json``. It prints what is found in each of these when the others alone were fitted on.
"""

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from assistant import reading
from assistant.datatypes import Kind
from assistant.reader.clauses import CARD, LAWFUL, LEAST_NAMED, TOOTHLESS, UNLAWFUL, load, write
from assistant.reader.network import softmax
from assistant.review import Judge, whether
from assistant.review.extracts import LEAST_OF_DRAFT, LEAST_OF_PIECE, closest, extracts, words_for_reader
from assistant.review.text import Text
from assistant.shipped import CORPUS
from assistant.workspace import Workspace
from training.clauses import (
    FITTING,
    ORDINARY,
    REVIEW,
    Labelled,
    all_labelled,
    of_hand,
    ordinary_extracts,
    words_of_faults,
)

FITTED = Path(whether.__file__).with_name(whether.FILE)
# How freely the weights move: the usual measure, signs being of mean 0 and deviation 1.
FREEDOM = 1.0


@dataclass(frozen=True, slots=True)
class Lesson:
    """The signs of extracts of which more than the network is heard, ``(n, 9)``, and the class of each, ``(n,)``; ``others``: the classes of the rest."""

    signs: NDArray[np.float64]
    classes: NDArray[np.int64]
    others: NDArray[np.int64]


def main() -> None:
    """Reads the arguments, learns what words say, fits what all say together, writes both."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--keep-words", action="store_true", help="fit the combination alone")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    if not given.keep_words:
        card = json.loads(CARD.read_text(encoding="utf-8"))
        reader = replace(load(workspace.settings.embedding), faults=words_of_faults(all_labelled()))
        write(reader, {name: card[name] for name in ("extracts", "hands")})
    judge = workspace.judge
    assert judge is not None
    lessons = {hand: lesson(rows, judge) for hand, rows in _unread().items()}
    for hand in lessons:
        others = fitted([other for name, other in lessons.items() if name != hand])
        print(hand, *measured(lessons[hand], *others))
    weights, bias = fitted(list(lessons.values()))
    told = {"hands": list(lessons), "weights": weights.round(4).tolist(), "bias": bias.round(4).tolist()}
    FITTED.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    print(f"écrit : {FITTED}")


def _unread() -> dict[str, list[Labelled]]:
    """The hands and the ordinary documents that neither the network nor words learned from, and that do not only measure."""
    hands = (*(REVIEW / "temoins").glob("*.jsonl"), *(REVIEW / "mains").glob("*.jsonl"))
    return {
        **{
            path.stem: list(of_hand(path))
            for path in sorted(hands)
            if path.parent.name == "temoins" or path.stem in FITTING
        },
        **{
            folder.name: [one for path in sorted(folder.glob("*.html")) for one in ordinary_extracts(path)]
            for folder in sorted((CORPUS / "synthese").iterdir())
            if folder.name in FITTING
        },
    }


def lesson(labelled: Sequence[Labelled], judge: Judge) -> Lesson:
    """Those of the texts that are one extract, as a draft of them is read: of others it is not known which extract holds the fault.

    What the network is sure of in an ordinary document is left out: about half of it is a fault that nobody labelled.
    """
    texts = [_text(one) for one in labelled]
    pairs = [
        (one, text, parts[0])
        for one, text in zip(labelled, texts, strict=True)
        if len(parts := list(extracts(text))) == 1
    ]
    wholes = judge([words_for_reader(text, extract.lead, extract.body) for _, text, extract in pairs])
    heard = [
        (one, text, extract, whole)
        for (one, text, extract), whole in zip(pairs, wholes, strict=True)
        if whole.fault >= LEAST_NAMED and not (one.hand == ORDINARY and whole.fault >= LEAST_OF_PIECE)
    ]
    alone = iter(
        judge(
            [
                words_for_reader(text, extract.lead, part)
                for _, text, extract, _ in heard
                for part in extract.parts
            ]
        )
    )
    signs = [
        whether.signs(whole, closest(extract, [next(alone) for _ in extract.parts])[1])
        for _, _, extract, whole in heard
    ]
    others = [
        one.whether for (one, _, _), whole in zip(pairs, wholes, strict=True) if whole.fault < LEAST_NAMED
    ]
    return Lesson(np.array(signs), np.array([one.whether for one, *_ in heard]), np.array(others))


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
    """Precision and recall of grave faults, and the toothless ones found, in French as the table of measures has them; of ordinary documents the alarms."""
    scores = lesson.signs @ weights.T + bias
    shares = softmax(scores.astype(np.float32))
    told = 1 - shares[:, LAWFUL] >= LEAST_OF_DRAFT
    grave = told & (shares[:, UNLAWFUL] >= shares[:, TOOTHLESS])
    every = np.concatenate([lesson.classes, lesson.others])
    right, wrong = (int((grave & (lesson.classes == one)).sum()) for one in (UNLAWFUL, LAWFUL))
    if not (every != LAWFUL).any():
        yield f"alertes {wrong} sur {len(every)}"
        return
    yield f"précision {right / max(1, right + wrong):.3f}"
    yield f"rappel {right / max(1, (every == UNLAWFUL).sum()):.3f}"
    yield f"sans effet {(told & (lesson.classes == TOOTHLESS)).sum() / (every == TOOTHLESS).sum():.3f}"


if __name__ == "__main__":
    main()
