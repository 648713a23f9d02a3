"""The reader, learned again: ``python -m training.reader --home HOME [--hand FILE …]``.

From the questions of ``corpus/``: the network (``training.network``), first of questions asked alone, then of follow-ups too; then how it is combined with
the other signs, fitted on a hand that it does not learn from (``--hand``). It prints the numbers of ``assistant/answering/choice.py`` and writes
``assistant/reader/cases.safetensors`` with its card. The index of HOME, made with the embedding that will be used, gives the other signs.
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
from numpy.typing import NDArray
from scipy.optimize import minimize
from sklearn.linear_model import LogisticRegression

from assistant.answering import answerer, choice
from assistant.answering.asked import understood
from assistant.answering.choice import Candidate, ReadBy
from assistant.answering.library import SheetLibrary
from assistant.datatypes import Kind
from assistant.evaluation import question_sets
from assistant.reader.cases import CARD, Label, Probabilities, TrainedReader, label_of, load, write
from assistant.reader.heads import Heads
from assistant.reader.network import Network
from assistant.shipped import CORPUS
from assistant.workspace import Workspace
from training.heads import KINDS, beside, corrected, told
from training.nearby import grown, nearby
from training.network import Lower, mean, trained
from training.written import Written, all_conversations, all_written, of_hand, read_sheets

WITNESSES = CORPUS / "questions" / "temoins"
# Questions that must be refused, which nothing learns from: no sheet speaks there.
REFUSED = CORPUS / "questions" / "refus.jsonl"
# Questions asked alone that are learned again beside the follow-ups, and rounds over both. Of some hands all are: those of the project's own subject (x),
# those that asked as people do, with no sheet before them (n), those of the newest cases (c), and those that say what people want to do (s).
LEARNED_AGAIN, FOLLOW_UP_EPOCHS = 12_000, 2
# Lawyers' messages, each put under its case by a reader (j, k), and those of trades (m) are learned whole too.
LEARNED_WHOLE, NATURAL = "xncsjkm", ("n", "s")
# Going on from the reader that is there, so many questions of those that it has learned before are learned again, and so many follow-ups made of others.
ONWARD_AGAIN, ONWARD_MADE = 8_000, 1_000
# Pulls each weight of the combination towards nothing, per question.
RIDGE = 0.002
# What speaks for each candidate of a question, one row each, and how many of them, the first, are right.
Table = tuple[NDArray[np.float64], int]
THRESHOLDS = (0.3, 0.4, 0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.8, 0.85, 0.9)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question of a hand that was held out, and what was read in it."""

    written: Written
    candidates: tuple[Candidate, ...]
    read: Probabilities

    @property
    def first_half(self) -> bool:
        """Whether it is of the half that is fitted on."""
        return hashlib.sha256(self.written.text.encode()).digest()[0] % 2 == 0


def main() -> None:
    """Reads the arguments, learns, prints, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument(
        "--hand",
        nargs="+",
        type=Path,
        default=[
            WITNESSES / f"{hand}.jsonl" for hand in ("y", "w6", "w7", "w8", "n6", "n7", "n8", "s4", "s5")
        ],
        help="the hands that the combination is fitted on",
    )
    parser.add_argument(
        "--keep", action="store_true", help="keep the network that is there, fit its combination again"
    )
    parser.add_argument(
        "--onward",
        action="store_true",
        help="go on from the network that is there to what has been written since: some ten minutes, and not what `make train` makes",
    )
    parser.add_argument(
        "--anew",
        nargs="*",
        default=[],
        metavar="FICHE/CAS",
        help="onward: cases that are not new, and whose questions changed",
    )
    given = parser.parse_args()
    workspace, known = Workspace(given.home), read_sheets()
    labels = tuple((sheet.id, case.id) for sheet in known.values() for case in sheet.learned)
    written = all_written(known)
    conversations = all_conversations(known, written)
    hands = Counter(one.hand for one in (*written, *conversations))
    print(f"{len(written)} questions, {len(conversations)} suites, mains : {dict(hands)}", flush=True)
    model, lower = (
        workspace.settings.embedding,
        Lower(workspace.settings.models / workspace.settings.embedding),
    )
    if given.keep:
        reader = load(model, labels)
    else:
        before = load(model, ()) if given.onward else None
        alone = (
            trained(lower, written, labels, beside=beside(written, known)).network()
            if before is None
            else widened(before, labels)
        )
        apart = {one.hand for one in written if one.hand[0] in LEARNED_WHOLE and one.hand[1:].isdigit()}
        again = random.Random(0).sample([one for one in written if one.hand not in apart], LEARNED_AGAIN)
        again += [one for one in written if one.hand in apart]
        follow_ups = conversations
        if before is not None:
            new = {*map(label_of, given.anew), *set(labels) - set(before.labels)}
            again = random.Random(0).sample(again, min(ONWARD_AGAIN, len(again)))
            again += [one for one in written if one.cases & new or one.hand in apart]
            made = [one for one in conversations if not one.hand.startswith("suites")]
            follow_ups = [one for one in conversations if one.hand.startswith("suites")]
            follow_ups += random.Random(0).sample(made, ONWARD_MADE)
        both = list({one.text: one for one in (*again, *follow_ups)}.values())
        learned = trained(lower, both, labels, FOLLOW_UP_EPOCHS, alone, beside(both, known)).network()
        # The mean of both keeps the best of each (docs/decisions.md); of what was not there before, nothing but what was learned.
        whole = learned
        learned = mean(alone, learned)
        embedding = workspace.embedding.embed_queries, workspace.embedding.embed_passages
        if before is None:
            near = nearby(written, labels, known, *embedding)
        else:
            near = grown(before.nearby, before.labels, new, written, labels, known, *embedding)
            had = last_rows(before.labels, before.heads)
            learned = with_rows(
                learned, whole, [row for one, row in last_rows(labels, KINDS).items() if one not in had]
            )
        reader = TrainedReader(labels, model, learned, near, KINDS)
        reader = corrected(reader, workspace.embedding.token_vectors)
    held = [one for path in given.hand for one in of_hand(known, path)]
    held += [
        Written(row["question"], frozenset(), REFUSED.stem, near_miss=True)
        for row in question_sets.read(REFUSED)
    ]
    card = {
        "questions": len(written),
        "conversations": len(conversations),
        "hands": dict(hands),
        "held_out": [path.stem for path in given.hand],
        "onward": given.onward,
    }
    if not given.keep:
        write(reader, card)
    for line in told(reader, workspace.embedding.token_vectors):
        print(line)
    if given.onward:  # the combination that is there is kept
        return
    asked = _read(workspace, lower, held, reader)
    figures = _combined(asked)
    _cases(workspace, asked)
    write(reader, {**card, "figures": figures})
    print(f"écrit : {CARD}")


def last_rows(labels: Sequence[Label], heads: Heads) -> dict[tuple[str, ...], int]:
    """What each row of the last layer reads, and its place: the cases, none, the kinds of each head."""
    kinds = ((name, kind) for name, kinds in heads.items() for kind in kinds)
    return {one: row for row, one in enumerate((*labels, (), *kinds))}


def widened(before: TrainedReader, labels: Sequence[Label]) -> Network:
    """The network of a reader with a row for each of ``labels`` and of ``KINDS``: a new case begins as the mean of its sheet's, or of all; so does a kind."""
    weights, at = dict(before.network.weights), last_rows(before.labels, before.heads)
    cases = list(range(len(before.labels)))
    begins = [
        [at[one]] if one in at else [at[known] for known in before.labels if known[:1] == one[:1]] or cases
        for one in last_rows(labels, KINDS)
    ]
    for name in ("last.weight", "last.bias"):
        rows = weights[name]
        weights[name] = np.stack([rows[kin].mean(axis=0) for kin in begins]).astype(np.float32)
    return Network(weights)


def with_rows(network: Network, whole: Network, rows: Sequence[int]) -> Network:
    """A network with some rows of its last layer as another has them."""
    weights = dict(network.weights)
    for name in ("last.weight", "last.bias"):
        weights[name] = weights[name].copy()
        weights[name][list(rows)] = whole.weights[name][list(rows)]
    return Network(weights)


def _read(workspace: Workspace, lower: Lower, held: list[Written], reader: TrainedReader) -> list[Asked]:
    searcher = workspace.searcher
    sheets, day = SheetLibrary(searcher), date.today()

    def one(written: Written) -> Asked:
        asked = understood(written.text, day)
        rules = searcher.search(
            asked.text, limit=answerer.RULE_HITS, as_of=asked.day or day, kinds=(Kind.RULE,)
        )
        read = reader.read(
            lower.token_vectors([asked.text])[0].astype(np.float32),
            workspace.embedding.embed_queries([asked.text])[0],
        )
        return Asked(
            written,
            ReadBy(lambda _: read, sheets.sheet, workspace.together)
            .read(asked, asked.day or day, rules)
            .candidates,
            read,
        )

    return [asked for question in held if (asked := one(question)).candidates]


# ---- the combination ---------------------------------------------------------------------------------------------------------------------------------------


def _combined(asked: list[Asked]) -> dict[str, object]:
    halves = [one for one in asked if one.first_half], [one for one in asked if not one.first_half]
    weights = _conditional(
        [table for one in halves[0] if (table := _features(one))[1]], np.array(choice.WEIGHTS)
    )
    print("WEIGHTS =", _rounded(weights), f"# {len(halves[0])} réglées, {len(halves[1])} lues")
    rows = {"lecteur": np.eye(len(weights))[2], "réglés": weights}
    for name, row in rows.items():
        print(
            f"  {name} : bonne fiche d'abord {_top(halves[0], row):.3f} (réglées) {_top(halves[1], row):.3f} (lues)"
        )
    fitted, read = _table(halves[0], weights), _table(halves[1], weights)
    model = LogisticRegression(C=10.0, max_iter=1000).fit(fitted[0], fitted[1])
    print("SURE_BIAS, SURE_WEIGHTS =", round(float(model.intercept_[0]), 2), ",", _rounded(model.coef_[0]))
    probability = model.predict_proba(read[0])[:, 1]
    curve = {}
    for least in THRESHOLDS:
        spoken, answered = (probability >= least) & read[3], read[2]
        hit = spoken & read[1]
        curve[str(least)] = {
            "subject": round(float(hit[answered].mean()), 3),
            "wrong": round(float((spoken & ~read[1])[answered].mean()), 3),
            "quiet": round(float((~spoken)[~answered].mean()), 3),
            "precise": round(float(hit.sum() / max(1, spoken.sum())), 3),
        }
        print(f"  ≥ {least} : {curve[str(least)]}")
    for hand in sorted({one.written.hand for one in asked if one.written.sheets}):
        own = [one for one in halves[1] if one.written.hand == hand]
        values, right, answered, speaks = _table(own, weights)
        spoken = (model.predict_proba(values)[:, 1] >= choice.LEAST_PROBABILITY) & speaks
        print(
            f"  main {hand} : d'abord {_top(own, weights):.3f} ; au seuil, juste {(spoken & right)[answered].mean():.3f}, "
            f"à tort {(spoken & ~right)[answered].mean():.3f}, se tait {(~spoken)[~answered].mean():.3f}, précise {(spoken & right).sum() / spoken.sum():.3f}"
        )
    return {"first": round(_top(halves[1], weights), 3), "curve": curve}


def _features(one: Asked) -> Table:
    right = [place for place, candidate in enumerate(one.candidates) if _is_right(one, candidate)]
    order = [*right, *(place for place in range(len(one.candidates)) if place not in right)]
    return np.array([one.candidates[place].signs.features for place in order]), len(right)


def _is_right(one: Asked, candidate: Candidate) -> bool:
    return bool(candidate.sheet.names & one.written.sheets)


def _conditional(asked: list[Table], start: NDArray[np.float64]) -> NDArray[np.float64]:
    """The weights that make the right rows of each table, its first ones, the likeliest together (conditional logit)."""

    def loss(weights: NDArray[np.float64]) -> tuple[float, NDArray[np.float64]]:
        total, slope = 0.0, np.zeros_like(weights)
        for values, right in asked:
            scores = values @ weights
            shares = np.exp(scores - np.max(scores))
            shares /= shares.sum()
            among = shares[:right] / shares[:right].sum()
            total -= float(np.log(shares[:right].sum() + 1e-12))
            slope += shares @ values - among @ values[:right]
        return total + RIDGE * len(asked) * float(weights @ weights), slope + 2 * RIDGE * len(asked) * weights

    found: NDArray[np.float64] = minimize(loss, start, jac=True, method="L-BFGS-B").x
    return found


def _ordered(one: Asked, weights: NDArray[np.float64]) -> tuple[Candidate, ...]:
    scored = [
        replace(candidate, score=float(np.dot(weights, candidate.signs.features)))
        for candidate in one.candidates
    ]
    return tuple(sorted(scored, key=lambda candidate: -candidate.score))


def _table(
    half: list[Asked], weights: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.bool_], NDArray[np.bool_], NDArray[np.bool_]]:
    """Of each question: what makes its first sheet sure, whether that is right, whether any is, and whether it speaks: one that refuses says nothing."""
    ordered = [_ordered(one, weights) for one in half]
    values = np.array(
        [choice.sure_features(candidates, one.read) for one, candidates in zip(half, ordered, strict=True)]
    )
    right = np.array([_is_right(one, candidates[0]) for one, candidates in zip(half, ordered, strict=True)])
    # Of what nothing answers, one that refuses is right.
    right |= np.array(
        [not one.written.sheets and first[0].refuses for one, first in zip(half, ordered, strict=True)]
    )
    answered = np.array([bool(one.written.sheets) for one in half])
    return values, right, answered, np.array([not candidates[0].refuses for candidates in ordered])


def _top(half: list[Asked], weights: NDArray[np.float64]) -> float:
    answered = [one for one in half if one.written.sheets]
    return sum(_is_right(one, _ordered(one, weights)[0]) for one in answered) / len(answered)


# ---- the cases of a sheet ----------------------------------------------------------------------------------------------------------------------------------


def _cases(workspace: Workspace, asked: list[Asked]) -> None:
    """The weights of the choice between the cases of one sheet, from the hands that had no sheet before them."""
    sheets, day = SheetLibrary(workspace.searcher), date.today()
    tables: tuple[list[Table], list[Table]] = ([], [])
    for one in (one for one in asked if one.written.hand.startswith(NATURAL)):
        said = understood(one.written.text, day)
        for id_ in sorted(one.written.sheets):
            sheet, right = sheets.sheet(id_), {case for of, case in one.written.cases if of == id_}
            if sheet is None or len(right) == len(sheet.cases):
                continue
            shares = {case.id: one.read.cases.get((id_, case.id), 0.0) for case in sheet.cases}
            order = sorted(sheet.cases, key=lambda case: case.id not in right)
            wishes = choice.wishes_about(id_, one.read.wishes)
            together = workspace.together(said.text, [choice.said_together(case) for case in order])
            rows = [
                choice.case_features(
                    said, case, shares, one.read.near((id_, case.id)), wishes, float(score - together.max())
                )
                for case, score in zip(order, together, strict=True)
            ]
            tables[0 if one.first_half else 1].append((np.array(rows), len(right)))
    weights = _conditional(tables[0], np.array(choice.CASE_WEIGHTS))
    print("CASE_WEIGHTS =", _rounded(weights), f"# {len(tables[0])} réglées, {len(tables[1])} lues")
    for name, row in (("lecteur", np.eye(len(weights))[3]), ("réglés", weights)):
        fitted, read = (np.mean([_first_right(table, row) for table in half]) for half in tables)
        print(f"  {name} : bon cas {fitted:.3f} (réglées) {read:.3f} (lues)")
    gaps = np.array([float(np.diff(np.sort(values @ weights)[-2:])[0]) for values, _ in tables[1]])
    best = np.array([_first_right(table, weights) for table in tables[1]])
    for gap in (0.25, 0.5, 0.75, 1.0, 1.5):
        close = gaps < gap
        print(
            f"  écart < {gap} : {close.mean():.3f} des questions ; au-delà, bon cas {best[~close].mean():.3f}, en deçà {best[close].mean():.3f}"
        )


def _first_right(table: Table, weights: NDArray[np.float64]) -> bool:
    values, right = table
    return int(np.argmax(values @ weights)) < right


def _rounded(values: NDArray[np.float64]) -> tuple[float, ...]:
    return tuple(round(float(value), 2) for value in values)


if __name__ == "__main__":
    main()
