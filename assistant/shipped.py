"""Where the corpus that comes with the program lies: beside the package in a checkout, within it once installed from a wheel."""

from pathlib import Path

_WITHIN = Path(__file__).parent / "corpus"

CORPUS = _WITHIN if _WITHIN.is_dir() else Path(__file__).resolve().parents[1] / "corpus"
