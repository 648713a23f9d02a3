"""The vectors of the words of the table of functions, made again: ``python -m training.function_vectors``, after the table or the embedding has changed."""

import argparse
from pathlib import Path

from assistant.index import known_vectors
from assistant.sourcing.anchors import FILE, key_of, said
from assistant.sourcing.functions import functions
from assistant.workspace import Workspace


def main() -> None:
    """Reads the arguments, writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, default=None)
    workspace = Workspace(parser.parse_args().home)
    words = [words for _, words in said(functions())]
    known_vectors.write(
        workspace.embedding.identity,
        [key_of(word) for word in words],
        workspace.embedding.embed_queries(words),
        FILE,
    )
    print(f"{len(words)} vecteurs : {FILE} ({FILE.stat().st_size / 1e6:.1f} Mo)")
    workspace.close()


if __name__ == "__main__":
    main()
