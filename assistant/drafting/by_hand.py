"""The text of an article that a buyer edits by hand: what is put before him, and what his words become as the wording of a clause.

What the program fills stands in square brackets: « [Délai de paiement] » is the field of that label, « [article « Pénalités »] » the article of that clause,
« [numéro] » the article's own number. Any other words in square brackets are left to be completed, so that nothing unfinished is published unseen.

The rest is read as he typed it: a line is a paragraph, a number stays the number that was typed. He may use « - » for a list, ``**`` for bold, ``#`` for a
heading and bars for a table; every other sign of Markdown shows as it is.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from assistant.datatypes import ClauseField
from assistant.drafting.clause_files import ARTICLE_PREFIX, PLACEHOLDER

# A placeholder of words that no field and no clause answers to: they are left to be completed.
LEFT_OPEN = "?"
NUMBER = "numéro"
NOTHING_WRITTEN = "texte de l'article"
_BEFORE_TITLE, _AFTER_TITLE = "article « ", " »"
_BRACKETED = re.compile(r"\[([^\[\]]+)\]")
_ESCAPE = re.compile(r"\\(.)")
# Signs that Markdown or pandoc would take for a mark, and that a buyer means as they are.
_SIGNS = str.maketrans({sign: f"\\{sign}" for sign in "\\`*_[]{}<>~^$@&"})
_BOLD = "**"
_BULLETS = ("- ", "* ", "• ")
# Markdown takes longer numbers for words.
_MOST_DIGITS = 9
Filled = Callable[[str], str]


@dataclass(frozen=True, slots=True)
class Names:
    """What stands in square brackets in the text of one article.

    Attributes:
        labels: of the fields of the draft, by name, as the form says them.
        names: of those fields, by label; where two have one label, the article's own.
        titles: of the clauses that an article may refer to, by id.
    """

    labels: Mapping[str, str]
    names: Mapping[str, str]
    titles: Mapping[str, str]


def names_of(form: Mapping[str, ClauseField], own: Sequence[ClauseField], titles: Mapping[str, str]) -> Names:
    """The names of an article; ``form`` has the fields of the draft by name, ``own`` are those that its clause declares."""
    labels = {name: field.label for name, field in form.items()}
    names: dict[str, str] = {}
    for label, name in (
        *((labels.get(field.name, field.label), field.name) for field in own),
        *((field.label, field.name) for field in own),
        *((label, name) for name, label in labels.items()),
    ):
        names.setdefault(label, name)
    return Names({**{field.name: field.label for field in own}, **labels}, names, titles)


def editable(wording: str, names: Names) -> str:
    """A wording as a buyer edits it. ``read`` gives it back."""

    def said(found: re.Match[str]) -> str:
        name = found["name"]
        if name.startswith(ARTICLE_PREFIX):
            id_ = name.removeprefix(ARTICLE_PREFIX).strip()
            return f"[{_BEFORE_TITLE}{names.titles.get(id_, id_)}{_AFTER_TITLE}]"
        return f"[{names.labels.get(name, name)}]"

    return _ESCAPE.sub(r"\1", PLACEHOLDER.sub(said, wording))


def read(text: str, names: Names, number: int) -> str:
    """What a buyer wrote as a wording: Markdown with placeholders. ``number`` is that of the article."""
    blocks: list[str] = []
    before = ""
    for line in _lines(text, lambda words: _filled(words, names, number)):
        kind = _kind(line)
        if before and kind and (kind != before or kind == "text"):
            blocks.append("")
        blocks.append(line)
        before = kind
    return "\n".join(blocks).strip("\n") or f"{{{{{LEFT_OPEN}{NOTHING_WRITTEN}}}}}"


def is_same(one: str, other: str) -> bool:
    """Whether two texts read the same: spaces and line ends that nobody sees do not count."""
    return [line.rstrip() for line in one.strip().splitlines()] == [
        line.rstrip() for line in other.strip().splitlines()
    ]


def _filled(marked: str, names: Names, number: int) -> str:
    """What becomes of words in square brackets."""
    words = " ".join(marked.split())
    if words == NUMBER:
        return str(number)
    if not words or "{" in words or "}" in words:
        return f"[{marked}]".translate(_SIGNS)
    title = words.removeprefix(_BEFORE_TITLE).removesuffix(_AFTER_TITLE)
    id_ = next((id_ for id_, one in names.titles.items() if one == title), None) if title != words else None
    return f"{{{{{ARTICLE_PREFIX + id_ if id_ else names.names.get(words, LEFT_OPEN + words)}}}}}"


# ---- lines --------------------------------------------------------------------------------------------------------------------------


def _lines(text: str, filled: Filled) -> Iterator[str]:
    """The lines of a text as Markdown; a number that no list would show as it is typed is made words."""
    last: dict[int, int] = {}
    for line in (one.rstrip().expandtabs(4) for one in text.splitlines()):
        bare = line.lstrip()
        indent = len(line) - len(bare)
        mark = _number(bare)
        if mark is None:
            if bare and not indent and not bare.startswith(_BULLETS):
                last.clear()
            yield " " * indent + _worded(bare, filled)
            continue
        value, length = mark
        is_listed = length < len(bare) and last.get(indent, value - 1) == value - 1
        last = {depth: one for depth, one in last.items() if depth < indent} | {indent: value}
        head = bare[:length] if is_listed else f"{bare[: length - 1]}\\{bare[length - 1]}"
        yield " " * indent + head + _signs(bare[length:], filled)


def _number(bare: str) -> tuple[int, int] | None:
    """The number or the letter that begins a line, « 3. » or « c) », and how long its mark is."""
    mark = bare.partition(" ")[0]
    said = mark[:-1]
    if mark[-1:] not in (".", ")"):
        return None
    if said.isdecimal() and len(said) <= _MOST_DIGITS:
        return int(said), len(mark)
    return (ord(said) - ord("a") + 1, len(mark)) if len(said) == 1 and "a" <= said <= "z" else None


def _worded(bare: str, filled: Filled) -> str:
    """A line that begins with no number: a bullet, a heading, a row of a table or words."""
    for bullet in _BULLETS:
        if bare.startswith(bullet):
            return f"- {_signs(bare.removeprefix(bullet), filled)}"
    is_rule = bool(bare) and set(bare) <= set("-=# ")
    return f"\\{bare}" if is_rule else ("\\" if bare.startswith(("+", ":")) else "") + _signs(bare, filled)


def _signs(words: str, filled: Filled) -> str:
    """Words with their signs escaped, but for pairs of ``**``; those in square brackets are filled."""
    return "".join(
        filled(part) if place % 2 else _BOLD.join(one.translate(_SIGNS) for one in part.split(_BOLD))
        for place, part in enumerate(_BRACKETED.split(words))
    )


def _kind(line: str) -> str:
    """What a line is to its neighbours: two of a kind stand together, but for paragraphs; empty for an empty line."""
    bare = line.lstrip()
    if bare.startswith("|"):
        return "table"
    is_listed = bare and (bare != line or bare.startswith("- ") or _number(bare))
    return "list" if is_listed else "text" if bare else ""
