"""What grows on the disk over many homes and many starts: ``python -m bench.growth HOME [HOMES] [STARTS]`` (20, 200).

Each home has a copy of the index of HOME. Starts go round the homes; each opens the page, asks it one question, so that both models are loaded, and stops it.
Sizes are of what is on the disk, a file of several links once.
"""

import os
import shutil
import sys
import tempfile
import time
from pathlib import Path

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
                sizes.append(
                    (
                        size(models),
                        len(files(models)),
                        sum(map(size, made)),
                        sum(len(files(home)) for home in made),
                        left,
                    )
                )
                print(
                    f"{number + 1} démarrages, {time.monotonic() - began:.0f} s : modèles {sizes[-1][0] / 1e6:.1f} Mo en {sizes[-1][1]} fichiers, "
                    f"{homes} dossiers {sizes[-1][2] / 1e6:.1f} Mo en {sizes[-1][3]} fichiers, {left} entrées temporaires, {silent} sans réponse",
                    flush=True,
                )
    return int(silent > 0 or sizes[-1][:2] != sizes[0][:2])


def answers(home: Path) -> bool:
    """Whether a page that is started on a home answers a question."""
    with served(home) as server:
        person = Person(server.url, "")
        person.open()
        thread, _ = answered(person, QUESTION)
    return 'class="position' in thread


def files(folder: Path) -> list[os.stat_result]:
    """What each file below a folder is on the disk, each once."""
    found = (path.stat() for path in folder.rglob("*") if path.is_file())
    return list({(one.st_dev, one.st_ino): one for one in found}.values())


def size(folder: Path) -> int:
    """The bytes of all files below a folder."""
    return sum(one.st_size for one in files(folder))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), *map(int, sys.argv[2:4])))
