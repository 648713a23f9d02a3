"""The words, places and ranges that this room works with: files beside it that a person can read and change."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_HERE = files("assistant.sourcing")


@cache
def table(name: str) -> dict[str, Any]:
    """A TOML file of this room."""
    return tomllib.loads(text(name))


def text(name: str) -> str:
    """A file of this room as it is written."""
    return (_HERE / name).read_text(encoding="utf-8")


@cache
def words(name: str) -> frozenset[str]:
    """A list of ``words.toml``."""
    return frozenset(table("words.toml")[name])
