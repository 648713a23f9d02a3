"""What each part of the search is worth: ``python -m training.ablation`` prints the table of docs/questions.md.

Every set is asked of the same indexes, with and without the written questions, with the base embedding and the adapted one. Where held-out questions are asked,
only the questions that may be learned from are searched.
"""

import argparse
import random
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from assistant import questions as written
from assistant.datatypes import AskedQuestion, Hit
from assistant.evaluation import question_sets
from assistant.evaluation.held_out import rule_is_held_out, split
from assistant.evaluation.question_sets import RetrievalMeasure, Row
from assistant.index.search import Searcher, Weights
from assistant.workspace import Workspace

SAMPLE, SEED = 500, 20261125
# The embedding alone: no words, no written questions, no headings, no regimes.
VECTORS_ALONE = Weights(
    words=0, added_words=0, vectors=1, questions=0, headings=0, silent_regime=1, neighbours=0
)


@dataclass(frozen=True, slots=True)
class Set:
    """Labelled questions, and whether only the questions that may be learned from are searched for them."""

    name: str
    rows: tuple[Row, ...]
    held_out: bool = False


def main() -> None:
    """Reads the arguments and prints the table in Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument(
        "--home",
        type=Path,
        action="append",
        required=True,
        help="NAME=HOME, an index of the rules and the corpus; repeatable",
    )
    parser.add_argument(
        "--citizens",
        type=Path,
        action="append",
        default=[],
        help="NAME=HOME, an index of the citizens' codes",
    )
    parser.add_argument(
        "--data", type=Path, default=None, help="the folder of labelled sets that nobody here wrote"
    )
    parser.add_argument("--only", default="", help="sets whose name holds this")
    given = parser.parse_args()
    print(
        "| jeu | recherche | questions | hit@5 | recall@10 | hit@10 | recall@100 |\n|---|---|---|---|---|---|---|"
    )
    for one in sets(Path("corpus/questions"), given.data):
        for home in (
            (given.citizens if one.name == "citoyens" else given.home) if given.only in one.name else ()
        ):
            name, _, path = str(home).partition("=")
            workspace = Workspace(Path(path))
            for label, searcher in searchers(workspace, one):
                measure = question_sets.measure_retrieval(one.rows, timed(searcher))
                print(row(one, f"{name}, {label}", measure), flush=True)
            workspace.close()


def sets(folder: Path, data: Path | None) -> tuple[Set, ...]:
    """Our own sets, the held-out questions, and those of ``data``."""
    asked = [
        question
        for path in sorted((folder / "rules").glob("*.jsonl"))
        for question in written.parse(path.read_text(encoding="utf-8"), path.name)
    ]
    parts = split(asked)
    found = [
        Set("tournures tenues à part", _rows(parts.phrasings), held_out=True),
        Set("règles tenues à part", _rows(parts.rules), held_out=True),
        Set("recherche.jsonl (le nôtre)", question_sets.read(folder / "recherche.jsonl")),
    ]
    if data is not None:
        found.append(Set("service-public", question_sets.read(data / "recherche" / "service-public.jsonl")))
        found.append(Set("dev", tuple(_dev(question_sets.read(data / "questions" / "legal_qa_dev.jsonl")))))
        found.append(Set("citoyens", question_sets.read(data / "recherche" / "citoyens.jsonl")))
    return tuple(found)


def _rows(asked: Sequence[AskedQuestion]) -> tuple[Row, ...]:
    drawn = random.Random(SEED).sample(list(asked), min(SAMPLE, len(asked)))
    return tuple(
        {
            "id": str(number),
            "question": one.text,
            "relevant": [{"work": target.work, "num": target.article} for target in one.targets],
        }
        for number, one in enumerate(drawn)
    )


def _dev(rows: Sequence[Row]) -> list[dict[str, Any]]:
    """The questions with an article of the Code among their gold ones."""
    kept = []
    for row in rows:
        gold = [{"work": one["text"], "num": one["article"]} for one in row["gold"] if one["text"] == "CCP"]
        if gold:
            kept.append(
                {"id": row["id"], "question": row["question"], "as_of": row.get("as_of"), "relevant": gold}
            )
    return kept


def searchers(workspace: Workspace, one: Set) -> list[tuple[str, Searcher]]:
    """The ways of searching that are compared."""
    library, embedding = workspace.library, workspace.embedding
    known = may_be_searched if one.held_out else None
    return [
        ("vecteurs seuls", Searcher(library, embedding, VECTORS_ALONE)),
        ("sans questions", Searcher(library, embedding, Weights(questions=0))),
        ("avec questions", Searcher(library, embedding, asked=known)),
    ]


def may_be_searched(question: AskedQuestion) -> bool:
    """Whether a question of the index may be searched while held-out ones are asked."""
    return not any(rule_is_held_out(target) for target in question.targets) and (
        not question.targets or bool(split([question]).learned)
    )


def timed(searcher: Searcher) -> Callable[[str, date | None, int], tuple[Sequence[Hit], float]]:
    """The search of a measure."""

    def search(question: str, day: date | None, limit: int) -> tuple[Sequence[Hit], float]:
        start = time.perf_counter()
        return searcher.search(question, limit=limit, as_of=day), time.perf_counter() - start

    return search


def row(one: Set, how: str, measure: RetrievalMeasure) -> str:
    """A line of the table."""
    return f"| {one.name} | {how} | {measure.questions} | {measure.hit_5:.3f} | {measure.recall_10:.3f} | {measure.hit_10:.3f} | {measure.recall_100:.3f} |"


if __name__ == "__main__":
    main()
