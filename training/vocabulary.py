"""The words that the embedding keeps of its 250,000: ``python -m training.vocabulary --tokenizer FILE TEXTS…`` writes ``assistant/models/vocabulary.txt``.

Those that some texts use (files and folders are named: texts of the trade, and lists of the words of French and of English, such as those of Debian's
packages wfrench and wamerican), and every letter and sign. A word that is not kept is spelled with shorter ones that are.
"""

import argparse
import json
from collections.abc import Iterator
from pathlib import Path

from tokenizers import Tokenizer

from assistant.models.conversion import SPECIAL, VOCABULARY

TEXTS = (".jsonl", ".md", ".txt", ".yaml", ".toml", ".tsv", "")
START = "▁"


def main() -> None:
    """Reads the arguments, counts, writes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tokenizer", type=Path, required=True, help="tokenizer.json of the whole model")
    parser.add_argument("texts", nargs="+", type=Path)
    given = parser.parse_args()
    pieces = json.loads(given.tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    tokenizer = Tokenizer.from_file(str(given.tokenizer))
    tokenizer.no_truncation()
    used = {
        id_
        for lines in _groups(given.texts)
        for encoding in tokenizer.encode_batch_fast(lines)
        for id_ in encoding.ids
    }
    letters = {
        id_ for id_, (piece, _) in enumerate(pieces) if len(piece.lstrip(START)) <= 1 and _is_sign(piece)
    }
    kept = used | letters | set(range(SPECIAL)) | {len(pieces) - 1}  # the last is the mask
    VOCABULARY.write_text("".join(f"{pieces[id_][0]}\n" for id_ in sorted(kept)), encoding="utf-8")
    print(
        f"{len(kept)} morceaux gardés sur {len(pieces)} : {len(used)} employés, {len(letters)} lettres et signes"
    )


def _groups(paths: list[Path]) -> Iterator[list[str]]:
    for path in paths:
        for file in sorted(path.rglob("*")) if path.is_dir() else [path]:
            if file.is_file() and file.suffix in TEXTS:
                lines = file.read_text(encoding="utf-8", errors="replace").splitlines()
                yield [*lines, *(line.capitalize() for line in lines if " " not in line)] or [""]


def _is_sign(piece: str) -> bool:
    """Whether it is a sign, or a letter of an alphabet that a French text may quote: Latin, Greek, Cyrillic."""
    return all(ord(letter) < 0x530 or 0x2000 <= ord(letter) < 0x2C00 for letter in piece.lstrip(START))


if __name__ == "__main__":
    main()
