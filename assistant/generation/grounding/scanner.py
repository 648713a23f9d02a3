"""Objects of a JSON array, given back one by one while the text is still being written."""

from dataclasses import dataclass, field

# The object sought lies in the array of the outermost object: {"affirmations": [{…}, {…}]}.
_ARRAY_DEPTH = 2


@dataclass(slots=True)
class ObjectScanner:
    """Feeds on pieces of JSON text cut anywhere, even within an escape; gives the text of each object of a top-level array as soon as its brace closes.

    It does not judge the JSON: what it gives is for ``json.loads``, and what is broken there is broken.
    """

    head: str = ""
    _object: list[str] = field(default_factory=list)
    _depth: int = 0
    _in_string: bool = False
    _escaped: bool = False

    def feed(self, piece: str) -> list[str]:
        """The objects that ``piece`` completes. What comes before the first one is kept in ``head``."""
        complete = []
        for character in piece:
            inside = self._depth > _ARRAY_DEPTH
            self._step(character)
            if inside or self._depth > _ARRAY_DEPTH:
                self._object.append(character)
                if self._depth == _ARRAY_DEPTH:
                    complete.append("".join(self._object))
                    self._object.clear()
            elif not complete:
                self.head += character
        return complete

    @property
    def unfinished(self) -> bool:
        """Whether the outermost object is still open (or never opened)."""
        return self._depth > 0 or "{" not in self.head

    def _step(self, character: str) -> None:
        if self._in_string:
            if self._escaped:
                self._escaped = False
            elif character == "\\":
                self._escaped = True
            elif character == '"':
                self._in_string = False
        elif character == '"':
            self._in_string = True
        elif character in "{[":
            self._depth += 1
        elif character in "}]":
            self._depth -= 1
