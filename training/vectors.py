"""The vectors that come with the corpus, made again: ``python -m training.vectors --home HOME``, where HOME holds an index of ``corpus/``.

To be run after ``corpus/`` or the embedding has changed; what it does not hold is embedded on each machine, which is slower and nothing else.
"""

import argparse
from pathlib import Path

import numpy as np

from assistant.index import known_vectors
from assistant.shipped import CORPUS
from assistant.workspace import Workspace


def main() -> None:
    """Reads the arguments, writes the file."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--home", type=Path, required=True)
    workspace = Workspace(parser.parse_args().home)
    store, dimension = workspace.library.store, workspace.embedding.dimension
    own = [
        held.source.id
        for held in store.held()
        if any(Path(origin).is_relative_to(CORPUS.resolve()) for origin in held.origins)
    ]
    found = store.vectors_of(own)
    keys = sorted(found)
    vectors = np.stack([np.frombuffer(found[key], dtype=np.float16) for key in keys]).astype(np.float32)
    assert vectors.shape == (len(keys), dimension)
    workspace.clause_finder.models("réversibilité")  # embeds what a search of clauses compares with
    clauses = workspace.library.kept_vectors("clauses", workspace.embedding).held()
    keys += [bytes.fromhex(key) for key in clauses]
    vectors = np.concatenate([vectors, np.stack(list(clauses.values()))])
    known_vectors.write(workspace.embedding.identity, keys, vectors)
    print(
        f"{len(keys)} vecteurs de {len(own)} documents et des clauses : {known_vectors.FILE} ({known_vectors.FILE.stat().st_size / 1e6:.1f} Mo)"
    )
    workspace.close()


if __name__ == "__main__":
    main()
