"""Families of forms, in a file beside the code that looks for them (``words.toml``): one form a line, so that a jurist can add one.

A form is folded (lower case, no accents, plain apostrophes) and a regular expression; ``@name`` in it stands for the family of that name in
the same file, or for what the code gives under that name (a number, a month).
"""

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cached_property
from importlib.resources import files
from typing import Any

_FAMILY = re.compile(r"@([a-z_]+(?:\.[a-z_]+)*)")


class Forms:
    """The families of one file.

    Args:
        package: where the file lies.
        file: its name, TOML: lists of forms under names, in groups or not.
        given: alternations that forms may name and the file does not hold.
    """

    def __init__(
        self, package: str, file: str = "words.toml", given: Mapping[str, str] | None = None
    ) -> None:
        self._package, self._file, self._given = package, file, given or {}

    @cached_property
    def whole(self) -> dict[str, Any]:
        """The file as it is."""
        return tomllib.loads(files(self._package).joinpath(self._file).read_text(encoding="utf-8"))

    def stored(self, name: str) -> Any:
        """What lies under ``group.family``, as it is.

        Raises:
            KeyError: nothing does.
        """
        found: Any = self.whole
        for key in name.split("."):
            found = found[key]
        return found

    def family(self, name: str) -> str:
        """The forms of ``group.family`` as one alternation, to be put in a pattern."""
        return self._given[name] if name in self._given else self.any_of(self.stored(name))

    def any_of(self, forms: Iterable[str]) -> str:
        """Forms as one alternation, the families that they name in their places."""
        return f"(?:{'|'.join(_FAMILY.sub(lambda named: self.family(named[1]), form) for form in forms)})"

    def pattern(self, name: str) -> re.Pattern[str]:
        """A pattern that finds a form of ``group.family`` as whole words."""
        return re.compile(rf"(?<!\w){self.family(name)}(?!\w)")

    def words(self, forms: Iterable[str]) -> re.Pattern[str]:
        """A pattern that finds one of these forms as whole words."""
        return re.compile(rf"(?<!\w){self.any_of(forms)}(?!\w)", re.MULTILINE)

    def patterns(self, group: str) -> tuple[re.Pattern[str], ...]:
        """The pattern of each family of a group, in the order of the file."""
        return tuple(self.pattern(f"{group}.{key}") for key in self.stored(group))
