"""Families of words that tell what a question asks for (``words.toml``), as patterns over folded text."""

import re
import tomllib
from functools import cache
from importlib import resources


def family(name: str) -> str:
    """The forms of ``group.family`` as one alternation, to be put in a pattern."""
    group, _, key = name.partition(".")
    return f"(?:{'|'.join(_families()[group][key])})"


def pattern(name: str) -> re.Pattern[str]:
    """A pattern that finds a form of ``group.family`` as whole words."""
    return re.compile(rf"(?<!\w){family(name)}(?!\w)")


def patterns(group: str) -> tuple[re.Pattern[str], ...]:
    """The pattern of each family of a group, in the order of the file."""
    return tuple(pattern(f"{group}.{key}") for key in _families()[group])


@cache
def _families() -> dict[str, dict[str, list[str]]]:
    text = resources.files("assistant.answering").joinpath("words.toml").read_text(encoding="utf-8")
    return tomllib.loads(text)
