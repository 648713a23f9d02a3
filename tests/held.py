"""Runs the command line with its answers and its summaries held for as long as a file is there: ``HELD_BY=FILE python -m tests.held ARGUMENTS…``.

What a test does while an answer is made, it then does in the middle of it on any machine, however fast.
"""

import os
import sys
import time
from pathlib import Path
from typing import Any

from assistant.answering.answerer import Answerer
from assistant.protocols import OnProgress
from assistant.workspace import Workspace


def hold(held_by: Path) -> None:
    """Makes every answer wait before its first extract, and every summary after each step, while ``held_by`` is there."""
    stream, summarise = Answerer.stream, Workspace.summarise

    def wait() -> None:
        while held_by.exists():
            time.sleep(0.05)

    def held_stream(self: Answerer, *given: Any, **named: Any) -> Any:
        wait()
        return stream(self, *given, **named)

    def held_summarise(self: Workspace, *given: Any, on_progress: OnProgress, **named: Any) -> Any:
        return summarise(
            self, *given, on_progress=lambda progress: (on_progress(progress), wait())[0], **named
        )

    Answerer.stream = held_stream  # type: ignore[method-assign]
    Workspace.summarise = held_summarise  # type: ignore[method-assign]


if __name__ == "__main__":
    hold(Path(os.environ["HELD_BY"]))
    sys.argv[0] = "assistant"
    from assistant.__main__ import main

    main()
