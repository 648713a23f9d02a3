"""The words of ``words.toml`` as patterns over folded text."""

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def expected() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """What a question asks with, and what it then expects to read."""
    return tuple((_whole(row["asked"]), _whole(row["said"])) for row in _stored()["expected"])


@cache
def none() -> re.Pattern[str]:
    """A value that says that there is none: « aucune avance », « néant »."""
    stored = _stored()["none"]
    return re.compile(rf"^\W*(?:{'|'.join(stored['opening'])})\b|{_whole(stored['anywhere']).pattern}")


@cache
def common() -> frozenset[str]:
    """Beginnings of words that say nothing of what a list asks."""
    return frozenset(_stored()["listing"]["common"])


@cache
def many() -> re.Pattern[str]:
    """What says that a question is about each of many documents."""
    return _whole(_stored()["listing"]["many"])


def allows(test: str, folded: str) -> bool:
    """Whether a folded question says what a test needs."""
    needed = _stored()["tests"].get(test)
    return needed is None or _whole(needed).search(folded) is not None


def _whole(forms: Sequence[str]) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{'|'.join(forms)})(?!\w)")


@cache
def _stored() -> dict[str, Any]:
    return tomllib.loads(files("assistant.documents").joinpath("words.toml").read_text(encoding="utf-8"))
