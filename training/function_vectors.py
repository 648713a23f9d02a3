"""The vectors of the words of the table of functions, made again: ``python -m training.function_vectors``, after the table or the embedding has changed."""

import argparse
from pathlib import Path

import numpy as np

from assistant.index import known_vectors
from assistant.sourcing.anchors import FILE, key_of, said
from assistant.sourcing.functions import functions
from assistant.workspace import Workspace


def main() -> None:
    """Reads the arguments, writes the file; what the file holds already is not made again."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=None)
    workspace = Workspace(parser.parse_args().home)
    words = {key_of(one): one for _, one in said(functions())}
    held = known_vectors.load(workspace.embedding.identity, FILE)
    known, vectors = (
        held.of(words) if held else ((), np.empty((0, workspace.embedding.dimension), np.float32))
    )
    held_already = frozenset(known)
    new = [key for key in words if key not in held_already]
    if new:
        vectors = np.concatenate([vectors, workspace.embedding.embed_queries([words[key] for key in new])])
    known_vectors.write(workspace.embedding.identity, [*known, *new], vectors, FILE)
    print(f"{len(words)} vecteurs, {len(new)} de plus : {FILE} ({FILE.stat().st_size / 1e6:.1f} Mo)")
    workspace.close()


if __name__ == "__main__":
    main()
