"""What the reader of clauses finds in whole pieces, by threshold: ``python -m training.pieces --home HOME``.

In a real piece nearly every sentence is innocent: the thresholds of ``assistant.review.extracts`` come from the thirty pieces of ``corpus/revue/entieres``,
whose faults are known, and not from extracts, of which half are faulty.
"""

import argparse
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from assistant import reading
from assistant.datatypes import Kind, Span
from assistant.reader.clauses import Judgement
from assistant.review.extracts import extracts, words_for_reader
from assistant.review.text import Text
from assistant.shipped import CORPUS
from assistant.workspace import Workspace

PIECES = CORPUS / "revue" / "entieres"
THRESHOLDS = (0.5, 0.6, 0.7, 0.8, 0.85, 0.9, 0.95, 0.97, 0.98, 0.99)


@dataclass(frozen=True, slots=True)
class Read:
    """An extract of a piece, what was read in it, and the faults that it holds."""

    piece: str
    judgement: Judgement
    faults: frozenset[Span]


def main() -> None:
    """Reads the arguments and the pieces, prints a line for each threshold."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    workspace = Workspace(parser.parse_args().home)
    read = [
        one
        for line in (PIECES / "fautes.jsonl").read_text(encoding="utf-8").splitlines()
        for one in _read(json.loads(line), workspace)
    ]
    known = {(one.piece, fault) for one in read for fault in one.faults}
    print(f"{len({one.piece for one in read})} pièces, {len(read)} extraits, {len(known)} fautes")
    for least in THRESHOLDS:
        told = [one for one in read if one.judgement.fault >= least]
        found = {(one.piece, fault) for one in told for fault in one.faults}
        wrong = [one for one in told if not one.faults]
        grave = sum(one.judgement.unlawful >= one.judgement.toothless for one in wrong)
        print(
            f"  ≥ {least} : {len(found)} fautes trouvées, {len(wrong)} extraits à tort (dont {grave} plus graves qu'un conseil)"
        )


def _read(row: dict[str, object], workspace: Workspace) -> Iterator[Read]:
    judge = workspace.judge
    assert judge is not None, "assistant setup"
    document = reading.read(PIECES / str(row["file"]), kind=Kind.TENDER, collection="revue")
    text = Text(document, date.today())
    faults = row["faults"]
    assert isinstance(faults, list)
    places = [
        Span(at, at + len(fault["quote"]))
        for fault in faults
        if (at := document.text.find(fault["quote"])) >= 0
    ]
    parts = list(extracts(text))
    for extract, judgement in zip(
        parts, judge([words_for_reader(text, one.lead, one.span) for one in parts]), strict=True
    ):
        yield Read(
            str(row["file"]), judgement, frozenset(place for place in places if place.overlaps(extract.span))
        )


if __name__ == "__main__":
    main()
