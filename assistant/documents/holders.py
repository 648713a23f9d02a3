"""The contractor of a contract: as its pieces name it, and as an amendment names the new one."""

import re
from functools import cache

from assistant.datatypes import Document, Span
from assistant.documents import words
from assistant.documents.amendments import Change
from assistant.french.folding import fold
from assistant.lines import one_line
from assistant.summaries.fields.summary import extract

# A name is no longer than this.
_LONGEST = 90
# A contract names its parties in its first characters.
_OPENING = 6000
_SIGNS = re.compile(r"[,;.(|»\n:]")
_QUOTED = re.compile(r"\s*[«\"“]\s*([^»\"”\n]{2,80}?)\s*[»\"”]")


def named_new(folded: str) -> bool:
    """Whether words announce a new contractor."""
    return (
        words.amendment("holder", "before").search(folded) is not None
        or re.search(r"\bnouveau titulaire\b|\bnouvelle denomination\b", folded) is not None
    )


def new_holder(text: str, label: str = "") -> str:
    """The new contractor that a sentence names; empty where it names none."""
    if label:
        return _name_after(text, 0)
    folded = fold(text)
    match = words.amendment("holder", "before").search(folded)
    if match and (name := _name_before(text, match.start())):
        return name
    best = ""
    for match in words.amendment("holder", "after").finditer(folded):
        best = _name_after(text, match.end()) or best
        if best and match.group() != "par":
            return best
    return best


def first_holder(document: Document) -> Change | None:
    """The contractor that a piece of the contract names, after the surest words."""
    folded = fold(document.text[:_OPENING])
    for form in words.amendment_list("holder", "first"):
        for match in form.finditer(folded):
            if name := _name_after(document.text, match.end()):
                end = document.text.find(name.split()[-1], match.end()) + len(name.split()[-1])
                return Change(
                    "titulaire",
                    "nouveau",
                    name,
                    extract(document, Span(match.start(), max(end, match.end()))),
                )
    return None


def _name_after(text: str, start: int) -> str:
    if quoted := _QUOTED.match(text, start):
        return _name(quoted[1])
    rest = text[start : start + _LONGEST]
    folded = fold(rest)
    lead = len(folded) - len(folded.lstrip(" :|«\n"))
    while (form := _forms().match(folded, lead)) and form.end() > lead:
        lead = form.end()
    stop = min(
        (
            match.start()
            for match in (
                _SIGNS.search(folded, lead + 2),
                words.amendment("holder", "stops").search(folded, lead + 1),
            )
            if match
        ),
        default=len(rest),
    )
    return _name(rest[lead:stop])


def _name_before(text: str, end: int) -> str:
    rest = text[max(0, end - _LONGEST) : end]
    last = [*_SIGNS.finditer(rest), *re.finditer(r" [–-] ", rest)]
    start = max((match.end() for match in last), default=0)
    folded = fold(rest)
    start += len(folded[start:]) - len(folded[start:].lstrip())
    while (form := _forms().match(folded, start)) and form.end() > start:
        start = form.end()
    return _name(rest[start:])


def _name(words_: str) -> str:
    """A name begins with a capital letter; empty where it does not."""
    plain = one_line(words_).strip(' «»"“”:–-|')
    return (
        plain
        if plain and plain[0].isupper() and len(plain) > 1 and not plain.startswith(("Le ", "La ", "Il "))
        else ""
    )


@cache
def _forms() -> re.Pattern[str]:
    return re.compile(rf"(?:{words.amendment('holder', 'forms').pattern})\s*")
