"""How French contracts number their headings: ``ARTICLE 5 –``, ``5.2.1``, ``Art. 12``, ``Chapitre II``, ``I. / A. / 1° / a)``, annexes."""

import re
from dataclasses import dataclass
from enum import IntEnum
from functools import lru_cache


class Rank(IntEnum):
    """What encloses what: a smaller rank encloses a greater one."""

    ANNEX = 0
    PART = 1
    BOOK = 2
    TITLE = 3
    CHAPTER = 4
    SECTION = 5
    SUBSECTION = 6
    ROMAN = 7
    ARTICLE = 8
    SECOND = 9
    THIRD = 10
    FOURTH = 11
    DEEPER = 12
    CAPITAL = 13
    DEGREE = 14
    LETTER = 15


@dataclass(frozen=True, slots=True)
class Number:
    """A heading's number as printed (``ARTICLE 5``, ``5.2.1``, ``a)``), its rank, and its counters (``(5, 2, 1)``; roman and letters as integers).

    ``firm`` says that the writing alone makes a heading likely: a word (``ARTICLE``) or several counters. A lone ``1.`` may be a list, ``4-1`` a paragraph.
    """

    printed: str
    rank: Rank
    counters: tuple[int, ...]
    firm: bool


_WORDS = {
    "annexe": Rank.ANNEX,
    "appendice": Rank.ANNEX,
    "partie": Rank.PART,
    "livre": Rank.BOOK,
    "titre": Rank.TITLE,
    "chapitre": Rank.CHAPTER,
    "fiche": Rank.CHAPTER,
    "section": Rank.SECTION,
    "sous-section": Rank.SUBSECTION,
    "article": Rank.ARTICLE,
    "art.": Rank.ARTICLE,
    "art": Rank.ARTICLE,
}
# What parts a title from the text on its line.
PARTS = " \xa0.:–—-"
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50}
_ORDINALS = ("premier", "première", "1er", "1ère", "ier", "ière", "unique")

# Most lines begin with none of these: one look tells them.
_BEGINS = re.compile(
    r"[\d§]|[A-H]\d|[a-z]{1,6}[ \xa0]*[-.)–—/:]|(?:ann|app|art|cha|fic|liv|par|sec|sou|tit)", re.IGNORECASE
)
_WORD = re.compile(
    r"(?P<word>annexe|appendice|partie|livre|titre|chapitre|fiche|sous-section|section|article|art\.?)(?![^\W\d_])[ \xa0]*(?:n[°o][ \xa0]*)?"
    r"(?P<number>\d{1,4}(?:er)?(?:[.-]\d{1,3}){0,5}(?:[ \xa0](?:bis|ter|quater))?|premi[eè]re?|unique|Ier|(?:[IVXL]{1,7}|[A-Z])(?:[.-]\d{1,2}){0,3})(?![\w'’])"
    r"(?P<separator>[ \xa0]*[.:–—\-)][ \xa0]*|[ \xa0]+|$)",
    re.IGNORECASE,
)
_DECIMAL = re.compile(
    r"(?P<number>(?:\d{1,3}[ \xa0]?\.[ \xa0]?\d{1,3}|(?:\d{1,2}|[IVX]{1,5}|[A-H])(?:-|(?<!\d)\.)\d{1,2})"
    r"(?:[ \xa0]?\.[ \xa0]?\d{1,3}|-\d{1,2}){0,4}(?:\.[a-z])?)(?P<separator>[ \xa0]*[.:–—\-)]+[ \xa0]*|[ \xa0]+|$)(?:(?<=[ \xa0])(?=\S)|(?=[^\s\d])|$)"
)
# « B2 - Nature du groupement »: the forms of the ministry. A « A4 » without a sign after it is paper.
_LETTERED = re.compile(
    r"(?P<letter>[A-H])(?P<number>\d{1,2})(?P<separator>[ \xa0]*[–—-][ \xa0]+)(?=[A-ZÀ-Ý])"
)
_PARAGRAPH = re.compile(r"§[ \xa0]*(?P<number>\d{1,3})(?P<separator>[ \xa0]*[.:–—\-)]*[ \xa0]+)")
_PARENTHESIS = re.compile(r"(?P<number>\d{1,2})[ \xa0]?\)(?P<separator>[ \xa0]*[–—-]?[ \xa0]+)")
_INTEGER = re.compile(
    r"(?P<number>\d{1,2})(?P<separator>[ \xa0]*[.:–—\-)/]+[ \xa0]+|[ \xa0]+|[ \xa0]*[.:–—\-)]+$)"
)
_ROMAN = re.compile(
    r"(?P<number>[IVXL]{1,6})(?P<separator>[ \xa0]*[.)][ \xa0]*[–—-]?[ \xa0]+|[ \xa0]+[–—-][ \xa0]+|[ \xa0]*[/:][ \xa0]+)"
)
_CAPITAL = re.compile(
    r"(?P<number>[A-H])(?P<separator>[ \xa0]*[.)][ \xa0]*[–—-]?[ \xa0]+|[ \xa0]+[–—-][ \xa0]+|[ \xa0]*/[ \xa0]+)"
)
_DEGREE = re.compile(r"(?P<number>\d{1,2}[ \xa0]?°)(?P<separator>[ \xa0]*[.:–—\-)]?[ \xa0]+)")
_LETTER = re.compile(r"(?P<number>[a-z][ \xa0]?[.)])(?P<separator>[ \xa0]+)")


@lru_cache(maxsize=4096)
def parse(line: str) -> tuple[Number, str] | None:
    """The number that ``line`` begins with and the title after it (possibly empty), or None."""
    if not _BEGINS.match(line):
        return None
    for pattern, build in (
        (_WORD, _worded),
        (_DECIMAL, _decimal),
        (_LETTERED, _lettered),
        (_PARAGRAPH, _paragraph),
        (_PARENTHESIS, _degree),
        (_DEGREE, _degree),
        (_ROMAN, _roman),
        (_CAPITAL, _capital),
        (_INTEGER, _integer),
        (_LETTER, _letter),
    ):
        match = pattern.match(line)
        if match:
            number = build(match, line)
            if number:
                return number, line[match.end() :].strip()
    return None


def split_number(title: str) -> tuple[str | None, str]:
    """Number as printed and title of a line known to be a heading (``"5.2 Durée"`` → ``("5.2", "Durée")``)."""
    found = parse(title)
    if not found:
        return None, title
    number, rest = found
    if (
        number.rank is Rank.ARTICLE
        and not number.firm
        and not _begins_a_title(rest, title[len(number.printed) :])
    ):
        return None, title
    return number.printed, rest


def of_counters(counters: tuple[int, ...]) -> Rank:
    """The rank of a decimal number: ``5`` is an article's, ``5.2`` is one below."""
    return (
        (Rank.ARTICLE, Rank.SECOND, Rank.THIRD, Rank.FOURTH)[len(counters) - 1]
        if len(counters) <= 4
        else Rank.DEEPER
    )


def _begins_a_title(rest: str, after: str) -> bool:
    """A bare ``4`` numbers what follows only with a separator (``4. lots``) or a capital (``4 Finitions``, not ``4 lots``)."""
    return after.lstrip()[:1] in tuple(".:–—-)/") or rest[:1].isupper()


def _worded(match: re.Match[str], line: str) -> Number | None:
    word, number = match["word"], match["number"]
    if word.islower() or (word.lower() == "art" and not word.isupper()):
        return None  # "article 5 du CCAG": a reference in a sentence
    rest = line[match.end() :]
    if rest[:1].islower() and not match["separator"].strip():
        return None  # "Article 5 du CCAG s'applique"
    rank = _WORDS[word.lower()]
    counters = _counters(number)
    if counters is None or (
        len(number) == 1
        and number.isalpha()
        and rank not in (Rank.ANNEX, Rank.PART)
        and number not in _ROMAN_VALUES
    ):
        return None
    if rank is Rank.ARTICLE and len(counters) > 1:
        rank = of_counters(counters)
    return Number(f"{word} {number}", rank, counters, firm=True)


def _counters(number: str) -> tuple[int, ...] | None:
    if number.lower() in _ORDINALS:
        return (1,)
    first, *others = (part.strip() for part in re.split("[.-]", number))
    outermost = _value(first)
    return None if outermost is None else (outermost, *(_value(other) or 0 for other in others))


def _value(part: str) -> int | None:
    """What counts in ``12``, ``12 bis``, ``XII``, ``B`` or ``b``; None for other words."""
    digits = re.match(r"\d+", part)
    if digits:
        return int(digits[0])
    if re.fullmatch("[IVXL]+", part):
        return roman(part)
    return ord(part.lower()) - ord("a") + 1 if len(part) == 1 else None


def _decimal(match: re.Match[str], line: str) -> Number | None:
    counters = _counters(match["number"])
    if counters is None or counters[0] == 0 or match["number"].rpartition(".")[2].strip().startswith("00"):
        return None  # "0.60 x 0.60", "1.000"
    return Number(
        re.sub(r"[ \xa0]", "", match["number"]),
        of_counters(counters),
        counters,
        firm=not re.match(r"\d+-", match["number"]),
    )


def _lettered(match: re.Match[str], line: str) -> Number | None:
    return Number(
        match["letter"] + match["number"],
        Rank.SECOND,
        (ord(match["letter"]) - ord("A") + 1, int(match["number"])),
        firm=True,
    )


def _paragraph(match: re.Match[str], line: str) -> Number | None:
    return Number(match["number"], Rank.SECOND, (int(match["number"]),), firm=True)


def _integer(match: re.Match[str], line: str) -> Number | None:
    return (
        Number(match["number"], Rank.ARTICLE, (int(match["number"]),), firm=False)
        if int(match["number"])
        else None
    )


def _roman(match: re.Match[str], line: str) -> Number | None:
    value = roman(match["number"])
    return Number(match["number"], Rank.ROMAN, (value,), firm=False) if value else None


def _capital(match: re.Match[str], line: str) -> Number | None:
    return Number(match["number"], Rank.CAPITAL, (ord(match["number"]) - ord("A") + 1,), firm=False)


def _degree(match: re.Match[str], line: str) -> Number | None:
    return Number(
        re.sub(r"[ \xa0]", "", match["number"]),
        Rank.DEGREE,
        (int(re.findall(r"\d+", match["number"])[0]),),
        firm=False,
    )


def _letter(match: re.Match[str], line: str) -> Number | None:
    return Number(
        match["number"].replace(" ", ""), Rank.LETTER, (ord(match["number"][0]) - ord("a") + 1,), firm=False
    )


def roman(digits: str) -> int:
    """Value of a roman number up to ``L``; 0 when it is not written as Romans would (``IIX``)."""
    values = [_ROMAN_VALUES[digit] for digit in digits.upper()]
    total = sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
    return total if digits.upper() == as_roman(total) else 0


def as_roman(value: int) -> str:
    """``value`` in roman digits."""
    digits = ""
    for worth, letters in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        times, value = divmod(max(value, 0), worth)
        digits += letters * times
    return digits
