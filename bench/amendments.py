"""How well contracts in force are read: ``python -m bench.amendments FOLDER [GOLD] [--missed]``, GOLD being ``FOLDER/gold.jsonl`` by default."""

import sys
from pathlib import Path

from assistant.evaluation.amendments import measure
from assistant.workspace import Workspace


def main(arguments: list[str]) -> None:
    """Prints the figures, and with ``--missed`` what was read instead."""
    paths = [Path(one) for one in arguments if not one.startswith("--")]
    workspace = Workspace()
    found = measure(
        paths[0], paths[1] if len(paths) > 1 else paths[0] / "gold.jsonl", workspace.fields, workspace.covers
    )
    print("\n".join((*found.lines, *(found.missed if "--missed" in arguments else ()))))


if __name__ == "__main__":
    main(sys.argv[1:])
