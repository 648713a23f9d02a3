"""What grows on the disk over many homes and many starts: ``python -m bench.growth HOME [HOMES] [STARTS]`` (20, 200).

Each home has a copy of the index of HOME. Starts go round the homes; each opens the page, asks it one question, so that both models are loaded, and stops it.
Sizes are of blocks on the disk, a file of several links once.
"""

import shutil
import sys
import tempfile
import time
from pathlib import Path

from assistant.models.readiness import occupied_bytes
from assistant.settings import load
from bench.attack.person import Person
from bench.page import answered, served

HOMES, STARTS = 20, 200
QUESTION = "Peut-on exclure un fournisseur soumis au Cloud Act ?"


def main(index: Path, homes: int = HOMES, starts: int = STARTS) -> int:
    """Makes the homes, starts, prints the sizes. Returns 1 where something grew after the first start of each, or a start gave no answer."""
    models, temporary = load().models, Path(tempfile.gettempdir())
    with tempfile.TemporaryDirectory(prefix="croissance-") as folder:
        made = [Path(folder) / f"home-{number}" for number in range(homes)]
        for home in made:
            shutil.copytree(index / "library", home / "library")
        sizes, silent = [], 0
        began = time.monotonic()
        for number in range(starts):
            silent += not answers(made[number % homes])
            if number + 1 in (homes, starts):
                left = len(list(temporary.iterdir()))
                sizes.append((occupied_bytes(models), files(models)))
                print(
                    f"{number + 1} démarrages, {time.monotonic() - began:.0f} s : modèles {sizes[-1][0] / 1e6:.1f} Mo en {sizes[-1][1]} fichiers, "
                    f"{homes} dossiers {sum(map(occupied_bytes, made)) / 1e6:.1f} Mo en {files(*made)} fichiers, {left} entrées temporaires, "
                    f"{silent} sans réponse",
                    flush=True,
                )
    return int(silent > 0 or sizes[-1] != sizes[0])


def answers(home: Path) -> bool:
    """Whether a page that is started on a home answers a question."""
    with served(home) as server:
        person = Person(server.url, "")
        person.open()
        thread, _ = answered(person, QUESTION)
    return 'class="position' in thread


def files(*folders: Path) -> int:
    """How many files lie below some folders."""
    return sum(path.is_file() for folder in folders for path in folder.rglob("*"))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:4])))
