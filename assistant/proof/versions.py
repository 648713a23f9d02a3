"""The versions that a file of evidence tells: the program and the corpus by their very bytes."""

import hashlib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from assistant.proof.dossier import Versions
from assistant.shipped import CORPUS
from assistant.site.journal import program_version

_PROGRAM = Path(__file__).resolve().parents[1]
# What answers and drafts are made of; the rest of the corpus measures or teaches.
_PARTS = ("droit", "clauses")
# Signs of a digest that are told where people compare two.
_TOLD = 12


def versions(model: str | None = None) -> Versions:
    """The program and the corpus at hand, and the language model that took part."""
    return Versions(program_version(), _program(), _corpus(), model)


def build() -> str:
    """The program and the corpus at hand, so that two builds of one version are told apart: ``0.9.0 (1f3a09c2b7d4)``."""
    parts = hashlib.sha256(f"{_program()} {_corpus()}".encode()).hexdigest()
    return f"{program_version()} ({parts[:_TOLD]})"


@cache
def _program() -> str:
    return _digest(
        _PROGRAM,
        (
            path
            for path in _PROGRAM.rglob("*")
            if "__pycache__" not in path.parts and not path.is_relative_to(CORPUS)
        ),
    )


@cache
def _corpus() -> str:
    return _digest(CORPUS, (path for part in _PARTS for path in (CORPUS / part).rglob("*")))


def _digest(folder: Path, paths: Iterable[Path]) -> str:
    """One SHA-256 over the names and the bytes of the files."""
    digest = hashlib.sha256()
    for name, path in sorted((path.relative_to(folder).as_posix(), path) for path in paths if path.is_file()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()
