"""French numbers: words become digits, so that ``quatre ans`` and ``4 ans`` meet, and so do ``2 000``, ``2.000`` and ``2000``.

Works on folded text (lower case, no accents).
"""

import re
from decimal import Decimal

_UNITS = {
    "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5, "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10, "onze": 11, "douze": 12,
    "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16, "vingt": 20, "vingts": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60,
    "septante": 70, "huitante": 80, "octante": 80, "nonante": 90,
}  # fmt: skip
_HUNDREDS = {"cent", "cents"}
SCALES = {"mille": 1_000, "million": 1_000_000, "millions": 1_000_000, "milliard": 1_000_000_000, "milliards": 1_000_000_000}
_WORD = "|".join(sorted([*_UNITS, *_HUNDREDS, *SCALES], key=len, reverse=True))
_SEQUENCE = re.compile(rf"(?<![\w-])(?:{_WORD})(?:(?: et |-et-|[ -])(?:{_WORD}))*(?![\w])(?!-\w)")
# Alone, these are also an article ("un marché") or an adjective ("un matériel neuf"): a number only before a unit.
_AMBIGUOUS = {"un", "une", "neuf"}
_BEFORE_UNIT = re.compile(r"\s*(?:%|euros?\b|€|ans?\b|annees?\b|mois\b|jours?\b|semaines?\b|heures?\b|minutes?\b|secondes?\b|trimestres?\b|semestres?\b)")
_ORDINALS = {
    "premier": 1,
    "premiere": 1,
    "deuxieme": 2,
    "second": 2,
    "seconde": 2,
    "troisieme": 3,
    "quatrieme": 4,
    "cinquieme": 5,
    "sixieme": 6,
    "septieme": 7,
    "huitieme": 8,
}
# "second" and "premier" are numbers before the parts of an article, and before a month; elsewhere they are ordinary words.
_PART = r"(?:alineas?|paragraphes?|phrases?|janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)\b"
_ORDINAL = re.compile(rf"\b({'|'.join(_ORDINALS)})(?= {_PART})")
NUMBER = r"(?:\d{1,3}(?:[ .]\d{3})+(?!\d)(?:,\d+)?|\d+(?:[.,]\d+)?)"


def digits(folded: str) -> str:
    """``folded`` with its number words as digits (``trente-cinq jours`` → ``35 jours``) and ``pour cent`` as ``%``."""
    text = re.sub(r"\bpour[ -]cents?\b", "%", folded)
    text = _ORDINAL.sub(lambda match: f"{_ORDINALS[match.group(1)]}e", text)
    return _SEQUENCE.sub(lambda match: _as_digits(match, text), text)


def value(number: str) -> Decimal:
    """The value of a matched ``NUMBER``: a space, or a point before three digits, separates thousands; a comma or a point decimals."""
    return Decimal(re.sub(r"[ .](?=\d{3}(?!\d))", "", number).replace(",", "."))


def _as_digits(match: re.Match[str], text: str) -> str:
    words = [word for word in re.split(r"[ -]", match.group()) if word != "et"]
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
