"""Letters made comparable: lower case, no accents, one kind of apostrophe, hyphen and space.

Two forms of one table. ``fold`` gives one character for each, so that a place in the folded text is a place in the document. ``fold_words`` is for words
that are compared and not shown: « œ » is spelled « oe » there, and « ﬁ » « fi ».

One character cannot be two: ``fold`` writes « œ » as its last letter, « e ». A pattern therefore writes ``o?e`` where a word has this letter:
``o?euvre`` meets « œuvre » and « oeuvre », folded in either form. Nothing else of French folds to « euvre », as « ouvre » would.
"""

import unicodedata

_APOSTROPHES = "’‘`´ʼ"
_HYPHENS = "‐‑‒–—―−"
# NFD would leave these as they are; the degree sign is written with the ordinal one in « nº ».
_LETTERS = {"œ": "e", "Œ": "e", "æ": "e", "Æ": "e", "º": "°"}
# What NFKD would part otherwise than French does: "´" into a space and an accent, "º" into "o".
_SPELLED = str.maketrans({"œ": "oe", "Œ": "oe", "æ": "ae", "Æ": "ae", "´": "'", "º": "°"})


def fold(text: str) -> str:
    """``text`` in lower case without accents, plain apostrophes, hyphens and spaces; exactly as long, line ends kept."""
    return text.translate(_TABLE)


def fold_words(text: str) -> str:
    """``text`` folded and its joined letters spelled: « Œuvre » and « oeuvre » are equal. It may be longer or shorter than ``text``; line ends are kept."""
    return unicodedata.normalize("NFKD", text.translate(_SPELLED)).translate(_PARTED_TABLE)


def words_of(text: str) -> list[str]:
    """The runs of letters and digits of ``text``, folded, in their order."""
    return "".join(character if character.isalnum() else " " for character in fold(text)).split()


def fold_line(text: str) -> str:
    """``fold_words`` on one line: any white space is one space, none at the ends."""
    return " ".join(fold_words(text).split())


class _Table(dict[int, str]):
    """The character that stands for each, found when it is first met."""

    def __missing__(self, code: int) -> str:
        self[code] = _folded(chr(code))
        return self[code]


class _PartedTable(dict[int, str]):
    """The same for letters that are parted from their accents: these stand for nothing."""

    def __missing__(self, code: int) -> str:
        self[code] = "" if unicodedata.combining(chr(code)) else _folded(chr(code))
        return self[code]


def _folded(character: str) -> str:
    if character in _LETTERS:
        return _LETTERS[character]
    if character in _APOSTROPHES:
        return "'"
    if character in _HYPHENS:
        return "-"
    if character.isspace():
        return "\n" if character == "\n" else " "
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


_TABLE, _PARTED_TABLE = _Table(), _PartedTable()
