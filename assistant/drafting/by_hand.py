"""The text of an article that a buyer edits by hand: what is put before him, and what his words become as the wording of a clause.

What the program fills stands in square brackets: « [Délai de paiement] » is the field of that label, « [article « Pénalités »] » the article of that clause,
« [numéro] » the article's own number. Any other words in square brackets are left to be completed, so that nothing unfinished is published unseen.

The rest is read as he typed it: a line is a paragraph, a number stays the number that was typed. He may use « - » for a list, ``**`` for bold, ``#`` for a
heading and bars for a table; every other sign of Markdown shows as it is.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
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
    lines = [_filled(line, names, number) for line in _structured(text)]
    blocks: list[str] = []
    before = ""
    for line in lines:
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


def _filled(line: str, names: Names, number: int) -> str:
    """A line, its words in square brackets as placeholders."""
    return _BRACKETED.sub(lambda found: _placeholder(found[1], names, number), line)


def _placeholder(marked: str, names: Names, number: int) -> str:
    words = " ".join(_ESCAPE.sub(r"\1", marked).split())
    if words == NUMBER:
        return str(number)
    title = words.removeprefix(_BEFORE_TITLE).removesuffix(_AFTER_TITLE)
    id_ = next((id_ for id_, one in names.titles.items() if one == title), None) if title != words else None
    if not words or "{" in words or "}" in words:
        return f"\\[{marked}\\]"
    return f"{{{{{ARTICLE_PREFIX + id_ if id_ else names.names.get(words, LEFT_OPEN + words)}}}}}"


# ---- lines --------------------------------------------------------------------------------------------------------------------------


def _structured(text: str) -> Iterator[str]:
    """The lines of a text, their signs escaped but for square brackets; a number that no list would show as it is typed is made words."""
    last: dict[int, int] = {}
    for line in (one.rstrip().expandtabs(4) for one in text.splitlines()):
        bare = line.lstrip()
        indent = len(line) - len(bare)
        mark = _number(bare)
        if mark is None:
            if bare and not indent and not bare.startswith(_BULLETS):
                last.clear()
            yield " " * indent + _safe(bare)
            continue
        value, length = mark
        shown = last.get(indent, value - 1) == value - 1
        last = {depth: one for depth, one in last.items() if depth < indent} | {indent: value}
        head = bare[:length] if shown else f"{bare[: length - 1]}\\{bare[length - 1]}"
        yield " " * indent + head + _signs(bare[length:])


def _number(bare: str) -> tuple[int, int] | None:
    """The number or the letter that begins a line, « 3. » or « c) », and how long its mark is."""
    mark = bare.partition(" ")[0]
    said = mark[:-1]
    if mark[-1:] not in (".", ")") or len(mark) == len(bare):
        return None
    if said.isdecimal() and len(said) <= 3:
        return int(said), len(mark)
    return (ord(said) - ord("a") + 1, len(mark)) if len(said) == 1 and "a" <= said <= "z" else None


def _safe(bare: str) -> str:
    """A line that begins with no number: a bullet, a heading, a row of a table or words."""
    for bullet in _BULLETS:
        if bare.startswith(bullet):
            return f"- {_signs(bare.removeprefix(bullet))}"
    is_rule = bool(bare) and set(bare) <= set("-= ")
    return f"\\{bare}" if is_rule or bare.startswith(("+", ":")) else _signs(bare)


def _signs(words: str) -> str:
    """Words with their signs escaped; pairs of ``**`` and square brackets, which have a meaning here, are left."""
    parts = _BRACKETED.split(words)
    told = [
        f"[{part.translate(_SIGNS)}]"
        if place % 2
        else _BOLD.join(one.translate(_SIGNS) for one in part.split(_BOLD))
        for place, part in enumerate(parts)
    ]
    return "".join(told)


def _kind(line: str) -> str:
    """What a line is to its neighbours: two of a kind stand together, but for paragraphs; empty for an empty line."""
    bare = line.lstrip()
    if bare.startswith("|"):
        return "table"
    is_listed = bare and (bare != line or bare.startswith("- ") or _number(bare))
    return "list" if is_listed else "text" if bare else ""
