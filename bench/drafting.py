"""Drafting without a model: the library read, each kit drafted and written, a whole command."""

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from assistant import office
from assistant.drafting import library, rendering
from assistant.drafting.drafter import Request, draft
from assistant.workspace import CLAUSES
from bench.embedding import Row


def run() -> tuple[Row, ...]:
    start = time.perf_counter()
    shelf = library.load([CLAUSES])
    loaded = time.perf_counter() - start
    drafted, written = zip(*(kit(shelf, one.id) for one in shelf.kits), strict=True)
    return (
        Row(
            f"clause library read and checked, {len(shelf.clauses)} clauses, {len(shelf.kits)} kits",
            loaded,
            "s",
            None,
        ),
        Row("a kit drafted, longest", max(drafted), "s", None),
        Row("a kit drafted and written as ODT, longest", max(written), "s", None),
        Row(
            "assistant draft KIT --out kit.odt, whole process, longest",
            max(command(one.id) for one in shelf.kits),
            "s",
            None,
        ),
    )


def kit(shelf: library.ClauseLibrary, id_: str) -> tuple[float, float]:
    start = time.perf_counter()
    value = draft(shelf, Request((id_,), {}))
    drafted = time.perf_counter() - start
    office.convert(rendering.office_markdown(value), "odt")
    return drafted, time.perf_counter() - start


def command(id_: str) -> float:
    with tempfile.TemporaryDirectory() as folder:
        start = time.perf_counter()
        arguments = [sys.executable, "-m", "assistant", "draft", id_, "--out", str(Path(folder) / "kit.odt")]
        subprocess.run(
            arguments, env=os.environ | {"ASSISTANT_HOME": folder}, check=True, capture_output=True
        )
        return time.perf_counter() - start


if __name__ == "__main__":
    for row in run():
        print(f"{row.name:<70} {row.value:>8.3f} {row.unit}")
