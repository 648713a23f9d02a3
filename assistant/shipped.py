"""Where the corpus that comes with the program lies: beside the package in a checkout, within it once installed from a wheel."""

import hashlib
from functools import cache
from pathlib import Path

_WITHIN = Path(__file__).parent / "corpus"

INSTALLED = _WITHIN.is_dir()
"""Whether the program was installed from a wheel: there is no checkout to take a file back from."""

CORPUS = _WITHIN if INSTALLED else Path(__file__).resolve().parents[1] / "corpus"
_EXAMPLES = CORPUS / "accords-cadres"


def is_example(sha256: str, origin: Path) -> bool:
    """Whether a document indexed from ``origin`` came with the program, from whatever checkout; a copy that somebody deposits is his own."""
    return origin.parent.name == _EXAMPLES.name and sha256 in _hashes()


@cache
def _hashes() -> frozenset[str]:
    return frozenset(
        hashlib.sha256(path.read_bytes()).hexdigest() for path in _EXAMPLES.iterdir() if path.is_file()
    )
