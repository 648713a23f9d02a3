"""Numbers in words and in figures: « soixante-quinze », « quatre-vingt-dix-sept mille deux cents », « 1 240 000,50 ».

The patterns and the readers meet folded text; ``value`` meets figures as they are printed too. Words of Belgium and Switzerland (« nonante ») are read.
"""

import re
from decimal import Decimal

from assistant.french.months import MONTH

_UNITS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12,
    "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_HUNDREDS = {"cent", "cents"}
SCALES = {
    "mille": 1_000,
    "million": 1_000_000,
    "millions": 1_000_000,
    "milliard": 1_000_000_000,
    "milliards": 1_000_000_000,
}
# Zero joins no other word: « un zéro » is no number.
_JOINED = sorted({*_UNITS, *_HUNDREDS, *SCALES} - {"zero"}, key=len, reverse=True)
_WORD = f"(?:{'|'.join(_JOINED)})"
# « vingt et un », « soixante et onze » are one number; « deux et trois » are two.
_AND = r"et[ -](?=(?:une?|onze)\b)"

# To be put in patterns. They hold no group and set no limit of their own: who uses them says what may stand around.
# Their bounds lie beyond any number of a contract (milliards in words: 28): without them a page of « mille mille mille … » or of figures, looked at from each
# of its words to its end, takes minutes.
IN_WORDS = rf"(?:zero|{_WORD}(?:[ -](?:{_AND})?{_WORD}){{0,30}})"
IN_DIGITS = r"(?:\d{1,3}(?:[ .]\d{3}){1,9}(?!\d)|\d{1,30})"
# Figures with their decimals: "1 240 000,50", "2.000", "1.5".
FIGURES = r"(?:\d{1,3}(?:[ .]\d{3}){1,9}(?!\d)(?:,\d{1,30})?|\d{1,30}(?:[.,]\d{1,30})?)"
# "vingt-quatre (24)", "24 (vingt-quatre)", "24", "deux".
NUMBER = rf"(?:{IN_DIGITS}(?:,\d{{1,30}})?(?: ?\( ?{IN_WORDS} ?\))?|{IN_WORDS}(?: ?\( ?{IN_DIGITS} ?\))?|\( ?{IN_DIGITS} ?\))"

_FIRST_DIGITS = re.compile(IN_DIGITS)
_WHOLE_WORD = re.compile(rf"\b(?:zero|{_WORD})\b")
_SEQUENCE = re.compile(rf"(?<![\w-]){IN_WORDS}(?!\w)(?!-\w)")
_THOUSANDS = re.compile(r"[\s.](?=\d{3}(?!\d))")
# Alone, these are also an article ("un marché") or an adjective ("un matériel neuf"): a number only before a unit.
_AMBIGUOUS = {"zero", "un", "une", "neuf"}
_BEFORE_UNIT = re.compile(
    r"\s*(?:%|euros?\b|€|ans?\b|annees?\b|mois\b|jours?\b|semaines?\b|heures?\b|minutes?\b|secondes?\b|trimestres?\b|semestres?\b)"
)
_ORDINALS = {
    "premier": 1, "premiere": 1, "deuxieme": 2, "second": 2, "seconde": 2, "troisieme": 3, "quatrieme": 4, "cinquieme": 5, "sixieme": 6, "septieme": 7,
    "huitieme": 8,
}  # fmt: skip
# "second" and "premier" are numbers before the parts of an article, and before a month; elsewhere they are ordinary words.
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})(?= (?:alineas?|paragraphes?|phrases?|{MONTH})\b)")
_PER_CENT = re.compile(r"\bpour[ -]cents?\b")


def number(written: str) -> int | None:
    """The whole number that folded words or figures write, None where there is none.

    Figures win over words: « vingt-quatre (24) » is 24. Decimals are left out.
    """
    figures = _FIRST_DIGITS.search(written)
    if figures:
        return int(value(figures.group()))
    words = _WHOLE_WORD.findall(written)
    return _sum(words) if words else None


def value(figures: str) -> Decimal:
    """The value of figures that ``FIGURES`` matches, printed with any kind of space.

    A space, or a point before three digits, separates thousands; a comma or another point separates decimals.

    Raises:
        decimal.InvalidOperation: these are no figures.
    """
    return Decimal(_THOUSANDS.sub("", figures).replace(",", "."))


def digits(folded: str) -> str:
    """``folded`` with its number words as figures (``trente-cinq jours`` → ``35 jours``) and ``pour cent`` as ``%``."""
    text = _PER_CENT.sub("%", folded)
    text = _ORDINAL.sub(lambda match: f"{_ORDINALS[match.group(1)]}e", text)
    return _SEQUENCE.sub(lambda match: _as_digits(match, text), text)


def _as_digits(match: re.Match[str], text: str) -> str:
    words = _WHOLE_WORD.findall(match.group())
    if len(words) == 1 and words[0] in _AMBIGUOUS and not _BEFORE_UNIT.match(text, match.end()):
        return match.group()
    if all(word in SCALES for word in words) and words[0] != "mille":
        return match.group()
    return str(_sum(words))


def _sum(words: list[str]) -> int:
    total, thousands, group = 0, 0, 0
    for word in words:
        if word == "mille":
            thousands, group = max(group, 1) * 1_000, 0
        elif word in SCALES:
            total, thousands, group = total + max(thousands + group, 1) * SCALES[word], 0, 0
        elif word in _HUNDREDS:
            group = max(group, 1) * 100
        elif _UNITS[word] == 20 and group % 100 == 4:
            group += 76  # quatre-vingts
        else:
            group += _UNITS[word]
    return total + thousands + group
