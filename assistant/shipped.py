"""Where the corpus that comes with the program lies: beside the package in a checkout, within it once installed from a wheel."""

from pathlib import Path

_WITHIN = Path(__file__).parent / "corpus"

INSTALLED = _WITHIN.is_dir()
"""Whether the program was installed from a wheel: there is no checkout to take a file back from."""

CORPUS = _WITHIN if INSTALLED else Path(__file__).resolve().parents[1] / "corpus"
