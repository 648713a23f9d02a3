"""What a result depends on besides its document: the rules. Their own sources are their version, so that nobody has to think of changing a number."""

import hashlib
from functools import cache
from pathlib import Path

_PROGRAM = Path(__file__).resolve().parents[2]
# What turns bytes into a summary: every module that ``summaries.batch.work`` loads lies in one of these (a test holds it to that).
RULES = (
    "datatypes.py",
    "errors.py",
    "french",
    "lines.py",
    "reader/__init__.py",
    "reader/network.py",
    "reader/titles.json",
    "reader/titles.py",
    "reader/weights.py",
    "reading",
    "references.py",
    "rounding.py",
    "sentences.py",
    "sheets",
    "shipped.py",
    "states.py",
    "summaries",
    "tender",
)
# What the legality review of a document adds to them.
REVIEW = ("counting.py", "figures.py", "protocols.py", "reach.py", "reader", "review", "typed_json.py")
# What an overview by a language model adds to them.
OVERVIEW = ("generation", "orders.py", "protocols.py", "reach.py")
_DIGITS = 16


@cache
def fingerprint(*parts: str) -> str:
    """The version of these files and folders of the program: another one after any change of their code or tables. A few milliseconds, once a process."""
    digest = hashlib.sha256()
    for path in sorted(file for part in parts for file in _files(_PROGRAM / part)):
        digest.update(
            path.relative_to(_PROGRAM).as_posix().encode()
            + b"\0"
            + hashlib.sha256(path.read_bytes()).digest()
        )
    return digest.hexdigest()[:_DIGITS]


def _files(part: Path) -> list[Path]:
    if part.is_file():
        return [part]
    return [path for path in part.rglob("*") if path.is_file() and path.suffix in (".py", ".toml", ".tsv")]
