"""The reader, learned again: ``python -m training.reader --home HOME [--hand d …]``.

From an index of the corpus, made with the embedding that will be used: a head over the vectors of the written questions (one label a case, one for none),
then the combination of that head with the other signs, fitted on hands that neither had learned from (``--hand``, each left out in turn: files of
``corpus/questions/fiches``). It prints the numbers of ``assistant/answering/choice.py`` and writes ``assistant/reader/cases.safetensors`` with its card,
learned at last from every hand.
"""

import argparse
import hashlib
import random
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from assistant.answering import answerer, choice
from assistant.answering.asked import understood
from assistant.answering.choice import Candidate, NearestQuestions
from assistant.answering.library import SheetLibrary
from assistant.datatypes import AskedQuestion, Kind, Target
from assistant.index.search import Searcher
from assistant.index.store import Store
from assistant.reader.head import CARD, Head, HeadReading, write
from assistant.workspace import Workspace
from training.ablation import SEED

# Inverse of the pull of the weights towards nothing, chosen on a hand that was not learned from (10: 0.74 of the sheets right first, 30: 0.78, 100: 0.77;
# with the other signs 0.79, 0.81, 0.82).
STRENGTH = 60.0
EPOCHS, BATCH, RATE = 30, 1024, 0.07
# Pulls each weight of the combination towards nothing, per question.
RIDGE = 0.002
THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


@dataclass(frozen=True, slots=True)
class Written:
    """A written question: its vector, the case or the sheet that it leads to (None: none), the hand that wrote it."""

    text: str
    vector: NDArray[np.float32]
    sheet: str | None
    case: str | None
    hand: str

    @property
    def halves(self) -> bool:
        """Whether it is of the half that is fitted on."""
        return hashlib.sha256(self.text.encode()).digest()[0] % 2 == 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of the hand that was held out: the sheets that answer it, and what was read in it."""

    written: Written
    right: frozenset[str]
    candidates: tuple[Candidate, ...]
    read: HeadReading


def main() -> None:
    """Reads the arguments, learns, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--hand", nargs="+", default=["a", "b", "d"], help="the hands that the combination is fitted on")
    parser.add_argument("--sample", type=int, default=500, help="questions of each")
    parser.add_argument("--cases", action="store_true", help="fit the choice between the cases of a sheet again too")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    library, model = workspace.library, workspace.settings.embedding
    written, rights = _written(library.store, workspace.embedding.dimension)
    print(f"{len(written)} questions, mains : {dict(Counter(one.hand for one in written))}")
    # The questions of the hands are learned from and not searched: neither does the index of a user hold them.
    by_hands = {one.text for one in written if one.hand != "fiches"}
    searched = Searcher(library, workspace.embedding, asked=lambda question: question.text not in by_hands)
    sheets = SheetLibrary(searched)
    # The hands that the combination is fitted on name a sheet and not a case, or were kept apart: the first head learns from none of them.
    apart = set(given.hand)
    base = learned([one for one in written if one.hand not in apart and (one.sheet is None or one.case)], model)
    asked: list[Asked] = []
    for hand in given.hand:
        held = [one for one in written if one.hand == hand]
        drawn = random.Random(SEED).sample(held, min(given.sample, len(held)))
        asked += [_asked(searched, sheets, base, one, rights[one.text]) for one in drawn]
    figures = _combined(asked)
    if given.cases:
        _cases(written, sheets, model)
    workspace.close()
    final = learned([one if one.case or one.sheet is None else _guessed(one, base) for one in written], model, base)
    hands = Counter(one.hand for one in written)
    write(final, {"questions": len(written), "hands": dict(hands), "held_out": given.hand, "figures": figures})
    print(f"écrit : {CARD}")


def _written(store: Store, dimension: int) -> tuple[list[Written], dict[str, frozenset[str]]]:
    """Every written question that leads to a sheet or away from one, with the sheets that answer it."""
    found: dict[str, Written] = {}
    rights: dict[str, frozenset[str]] = {}
    for serial, source in store.sources_by_serial().items():
        questions: Sequence[tuple[int, AskedQuestion]] = store.questions_of(serial)
        if not any(target.sheet for _, question in questions for target in question.targets):
            continue
        ids, vectors = store.question_vectors(serial, dimension)
        place = {int(id_): row for row, id_ in enumerate(ids)}
        hand = "fiches" if source.kind is Kind.SHEET else Path(source.origin).stem
        for id_, question in questions:
            led = [target for target in question.targets if target.sheet and not target.away]
            first: Target | None = led[0] if led else None
            if question.text == source.title:
                continue
            found.setdefault(question.text, Written(question.text, vectors[place[id_]], first.sheet if first else None, first.case if first else None, hand))
            rights[question.text] = frozenset(str(target.sheet) for target in led)
    return list(found.values()), rights


def _guessed(one: Written, head: Head) -> Written:
    """A question that names a sheet, with the case that a head finds likeliest in that sheet; with none where the sheet has no case that it knows."""
    shares = {label: share for label, share in head.read(one.vector).cases.items() if label[0] == one.sheet}
    return replace(one, case=max(shares, key=lambda label: shares[label])[1]) if shares else one


def learned(written: Sequence[Written], model: str, start: Head | None = None) -> Head:
    """The head of some questions, each with its case or without a sheet; from ``start`` on, where one was learned from some of them."""
    sure = [one for one in written if one.sheet is None or one.case]
    labels = tuple(sorted({(str(one.sheet), str(one.case)) for one in sure if one.sheet}))
    place = {label: row for row, label in enumerate(labels)}
    vectors = np.array([one.vector for one in sure])
    wanted = np.array([place[str(one.sheet), str(one.case)] if one.sheet else len(labels) for one in sure])
    again = start if start is not None and start.labels == labels else None
    centre = again.centre if again else vectors.mean(axis=0)
    weights, bias = _softmax(vectors - centre, wanted, len(labels) + 1, again)
    return Head(labels, model, weights, bias, centre)


def _softmax(vectors: NDArray[np.float32], wanted: NDArray[np.int64], classes: int, start: Head | None) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Weights ``(classes, dimension)`` and bias of a regularised softmax, by Adam in batches: a quasi-Newton solver took ten times as long."""
    torch.manual_seed(SEED)
    x, y = torch.tensor(vectors), torch.tensor(wanted)
    first = (torch.tensor(start.weights), torch.tensor(start.bias)) if start else (torch.zeros(classes, x.shape[1]), torch.zeros(classes))
    weights, bias = (one.requires_grad_() for one in first)
    epochs, rate = (EPOCHS // 2, RATE / 2) if start else (EPOCHS, RATE)
    steps = epochs * -(-len(x) // BATCH)
    optimiser = torch.optim.Adam([weights, bias], lr=rate)
    schedule = torch.optim.lr_scheduler.LinearLR(optimiser, 1.0, 0.01, steps)
    pull = 1 / (2 * STRENGTH * len(x))
    for _ in range(epochs):
        for rows in torch.randperm(len(x)).split(BATCH):
            optimiser.zero_grad()
            loss = torch.nn.functional.cross_entropy(x[rows] @ weights.T + bias, y[rows]) + pull * weights.square().sum()
            loss.backward()
            optimiser.step()
            schedule.step()
    return weights.detach().numpy(), bias.detach().numpy()


def _asked(searcher: Searcher, sheets: SheetLibrary, head: Head, one: Written, right: frozenset[str]) -> Asked:
    day = date.today()
    asked = understood(one.text, day)
    day = asked.day or day
    rules = searcher.search(asked.text, limit=answerer.RULE_HITS, as_of=day, kinds=(Kind.RULE,))
    read = head.read(searcher.question_vector(asked.text))
    reader = NearestQuestions(searcher.sheet_questions, sheets.sheet, lambda _: read)
    return Asked(one, right, reader.read(asked, day, rules).candidates, read)


# ---- the combination ---------------------------------------------------------------------------------------------------------------------------------------


def _combined(asked: list[Asked]) -> dict[str, object]:
    halves = [one for one in asked if one.written.halves], [one for one in asked if not one.written.halves]
    weights = _conditional([_features(one) for one in halves[0] if _first_right(one) is not None], np.array(choice.WEIGHTS))
    print("WEIGHTS =", _rounded(weights), f"# {len(halves[0])} réglées, {len(halves[1])} lues")
    rows = {"questions proches": np.array([2.5, 5.0, 1.5, 0.3, 0, 0]), "tête": np.array([0, 0, 0, 0, 0, 1.0]), "réglés": weights}
    for name, row in rows.items():
        print(f"  {name} : bonne fiche d'abord {_top(halves[0], row):.3f} (réglées) {_top(halves[1], row):.3f} (lues)")
    fitted, read = _table(halves[0], weights), _table(halves[1], weights)
    model = LogisticRegression(C=10.0, max_iter=1000).fit(fitted[0], fitted[1])
    print("SURE_BIAS, SURE_WEIGHTS =", round(float(model.intercept_[0]), 2), ",", _rounded(model.coef_[0]))
    probability = model.predict_proba(read[0])[:, 1]
    curve = {}
    for least in THRESHOLDS:
        spoken, answered = probability >= least, read[2]
        hit = spoken & read[1]
        curve[str(least)] = {
            "subject": round(float(hit[answered].mean()), 3),
            "wrong": round(float((spoken & ~read[1])[answered].mean()), 3),
            "quiet": round(float((~spoken)[~answered].mean()), 3),
            "precise": round(float(hit.sum() / max(1, spoken.sum())), 3),
        }
        print(f"  ≥ {least} : {curve[str(least)]}")
    for hand in sorted({one.written.hand for one in asked}):
        own = [one for one in halves[1] if one.written.hand == hand]
        values, right, answered = _table(own, weights)
        spoken = model.predict_proba(values)[:, 1] >= choice.LEAST_PROBABILITY
        print(
            f"  main {hand} : d'abord {_top(own, weights):.3f} ; au seuil, juste {(spoken & right)[answered].mean():.3f}, "
            f"à tort {(spoken & ~right)[answered].mean():.3f}, se tait {(~spoken)[~answered].mean():.3f}, précise {(spoken & right).sum() / spoken.sum():.3f}"
        )
    return {"first": round(_top(halves[1], weights), 3), "curve": curve}


def _features(one: Asked) -> NDArray[np.float64]:
    first = _first_right(one)
    assert first is not None
    order = [first, *(place for place in range(len(one.candidates)) if place != first)]
    return np.array([one.candidates[place].signs.features for place in order])


def _conditional(asked: list[NDArray[np.float64]], start: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights that make the first row of each table the likeliest (conditional logit)."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for values in asked:
            scores = values @ weights
            shares = np.exp(scores - scores.max())
            shares /= shares.sum()
            total -= float(np.log(shares[0] + 1e-12))
            slope += shares @ values - values[0]
        return total + RIDGE * len(asked) * float(weights @ weights), slope + 2 * RIDGE * len(asked) * weights

    found: NDArray[np.float64] = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


def _ordered(one: Asked, weights: NDArray[np.float64]) -> tuple[Candidate, ...]:
    scored = [replace(candidate, score=float(np.dot(weights, candidate.signs.features))) for candidate in one.candidates]
    return tuple(sorted(scored, key=lambda candidate: -candidate.score))


def _table(half: list[Asked], weights: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_]]:
    ordered = [_ordered(one, weights) for one in half]
    values = np.array([choice.sure_features(candidates, one.read) for one, candidates in zip(half, ordered, strict=True)])
    right = np.array([candidates[0].sheet.id in one.right for one, candidates in zip(half, ordered, strict=True)])
    return values, right, np.array([bool(one.right) for one in half])


def _first_right(one: Asked) -> int | None:
    return next((place for place, candidate in enumerate(one.candidates) if candidate.sheet.id in one.right), None)


def _top(half: list[Asked], weights: NDArray[np.float64]) -> float:
    answered = [one for one in half if one.right]
    return sum(_ordered(one, weights)[0].sheet.id in one.right for one in answered) / len(answered)


# ---- the cases of a sheet ----------------------------------------------------------------------------------------------------------------------------------


def _cases(written: Sequence[Written], sheets: SheetLibrary, model: str) -> None:
    """The weights of the choice between the cases of one sheet: a tenth of the questions that name a case, each asked as if it had not been written."""
    known = [one for one in written if one.sheet and one.case]
    by_sheet: dict[str, list[Written]] = {}
    for one in known:
        by_sheet.setdefault(str(one.sheet), []).append(one)
    drawn = random.Random(SEED).sample(known, min(1500, len(known)))
    left = {one.text for one in drawn}
    # What is drawn is taken from what is learned: its own label would be known by heart.
    blind = learned([one for one in written if one.text not in left], model)
    tables: tuple[list[NDArray[np.float64]], list[NDArray[np.float64]]] = ([], [])
    for one in drawn:
        sheet = sheets.sheet(str(one.sheet))
        if sheet is None or len(sheet.cases) < 2:
            continue
        asked = understood(one.text, date.today())
        others = [other for other in by_sheet[str(one.sheet)] if other.text != one.text and other.hand == "fiches"]
        own = sorted(((float(one.vector @ other.vector), other.case) for other in others), key=lambda pair: -pair[0])
        cases = blind.read(one.vector).cases
        shares = {case.id: cases.get((sheet.id, case.id), 0.0) for case in sheet.cases}
        order = sorted(sheet.cases, key=lambda case: case.id != one.case)
        tables[0 if one.halves else 1].append(np.array([choice.case_features(asked, case, own, shares) for case in order]))
    weights = _conditional(tables[0], np.array(choice.CASE_WEIGHTS))
    print("CASE_WEIGHTS =", _rounded(weights))
    for name, row in (("question proche", np.eye(6)[0]), ("tête", np.eye(6)[5]), ("réglés", weights)):
        print(f"  {name} : bon cas {_case_right(tables[0], row):.3f} (réglées) {_case_right(tables[1], row):.3f} (lues)")
    for gap in (0.25, 0.5, 0.75, 1.0, 1.5):
        near = [(np.sort(values @ weights)[::-1], values @ weights) for values in tables[1]]
        close = np.array([ordered[0] - ordered[1] < gap for ordered, _ in near])
        right = np.array([int(np.argmax(scores)) == 0 for _, scores in near])
        print(f"  écart < {gap} : {close.mean():.3f} des questions ; au-delà, bon cas {right[~close].mean():.3f}, en deçà {right[close].mean():.3f}")


def _case_right(tables: list[NDArray[np.float64]], weights: NDArray[np.float64]) -> float:
    return float(np.mean([int(np.argmax(values @ weights)) == 0 for values in tables]))


def _rounded(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(value), 2) for value in values)


if __name__ == "__main__":
    main()
