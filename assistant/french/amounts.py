"""Sums of money in euros: « 45 000 € HT », « deux cent mille euros (200 000 €) », « 1,5 M€ »."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from assistant.french.numbers import FIGURES, IN_DIGITS, IN_WORDS, number, value

_SCALES = {"millier": 1_000, "million": 1_000_000, "milliard": 1_000_000_000}
_SYMBOLS = {"k": 1_000, "m": 1_000_000}
_CURRENCY = r"(?:k ?€|k?euros?\b(?:\(s\))?|m€|€|eur\b)"
_TAX = (
    r"(?P<tax>\(? ?(?:h\. ?t\.?|ht\b|hors (?:taxes?|tva)|t\. ?t\. ?c\.?|ttc\b|toutes taxes comprises) ?\)?)"
)
_AMOUNT = re.compile(
    rf"(?<![\w,./-])(?:(?P<digits>{IN_DIGITS})(?P<cents>[,.]\d{{1,2}})?(?: ?\( ?{IN_WORDS} ?\))?|"
    rf"(?P<words>{IN_WORDS})(?: ?\( ?(?P<inside>{IN_DIGITS})(?: ?€)? ?\))?)"
    rf" ?(?P<scale>(?:milliard|million|millier)s? d')?\s?(?P<currency>{_CURRENCY})(?: ?{_TAX})?"
)
_TAX_FIRST = re.compile(
    rf"(?<![\w,./-])(?P<digits>{IN_DIGITS})(?P<cents>[,.]\d{{1,2}})? ?{_TAX} ?(?P<currency>{_CURRENCY})?"
)
# As people say them, without « euros »: « 40k », « un million », « 200 000 balles », « un marché de 400 000 »; a number of persons or of things is none.
_MAY_FOLLOW = (
    "d|de|des|ht|ttc|hors|euros|par|pour|sur|et|ou|a|au|en|sans|chez|si|on|je|il|elle|nous|max\\w*|mini\\w*|annuels?|tout|sec|tous|le|la|les|un|une|"
    "seul|seulement|environ|dans|estim\\w*"
)
# « 6,2 M de travaux », « 3 M HT »: beside other words, metres.
_MILLIONS = r"m(?= ?(?:ht\b|ttc\b|hors taxes|d'euros|de (?:travaux|budget|ca\b|chiffre)))"
_SAID = re.compile(
    rf"(?<![\w,./-])(?:(?P<digits>{FIGURES}) ?(?P<scale>k|milles?|millions?|balles|{_MILLIONS})|(?P<words>{IN_WORDS})(?P<plain> balles)?|"
    r"(?P<part>demi|quart de|trois[ -]quarts de)[ -]millions?|"
    r"(?P<grouped>\d{1,3}(?:[ .]\d{3}){1,3}))\b"
    r"(?! ?(?:€|euros?\b|octets?\b))(?! d(?:'|es? )(?!budget|ca\b|chiffre|plus\b|moins\b|marche|travaux))"
    rf"(?! (?!(?:{_MAY_FOLLOW})\b)[a-z])"
)
_LEAST_SAID = 10_000
_PARTS_OF_A_MILLION = {"demi": 500_000, "quart de": 250_000, "trois quarts de": 750_000}
# « Une ville de 41 000 » counts people; so small a number is a sum only beside another one.
_OF_PEOPLE = re.compile(
    r"\b(?:ville|commune|agglo\w*|village|metropole|bourg|population|etablissement|groupe|boite)s? (?:\w+ ){0,2}$"
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money in euros, at ``start``–``end`` of the folded text; ``tax`` is ``HT``, ``TTC`` or empty where it is not said."""

    euros: float
    tax: str
    start: int
    end: int

    @property
    def normal(self) -> str:
        """Comparable."""
        return f"{self.euros:.2f}".rstrip("0").rstrip(".")

    @property
    def written(self) -> str:
        """``1 234 567,50 € HT``."""
        whole, _, cents = f"{self.euros:.2f}".partition(".")
        grouped = f"{int(whole):,}".replace(",", " ")
        return f"{grouped}{',' + cents if cents != '00' else ''} €{' ' + self.tax if self.tax else ''}"


def amounts(folded: str) -> tuple[Amount, ...]:
    """Every sum of money of a folded text, in order."""
    found: list[Amount] = []
    for pattern in (_AMOUNT, _TAX_FIRST):
        for match in pattern.finditer(folded):
            if _is_read(match, found):
                continue
            euros = _euros(match.groupdict())
            if euros is not None:
                found.append(Amount(euros, _tax(match["tax"] or ""), match.start(), match.end()))
    return tuple(sorted(found, key=lambda amount: amount.start))


def spoken(folded: str) -> tuple[Amount, ...]:
    """Every sum of money of a folded question, those that nobody calls euros too, in order."""
    found = list(amounts(folded))
    for match in _SAID.finditer(folded):
        figures = match["digits"] or match["grouped"]
        base = (
            float(value(figures)) if figures
            else _PARTS_OF_A_MILLION[match["part"].replace("-", " ")] if match["part"]
            else float(number(match["words"]) or 0)
        )  # fmt: skip
        scale = (match["scale"] or "").rstrip("s")
        euros = base * {"k": 1_000, "mille": 1_000, "million": 1_000_000, "m": 1_000_000}.get(scale, 1)
        if match["grouped"] and _OF_PEOPLE.search(folded, 0, match.start()):
            continue
        said = (
            scale in ("k", "m", "balle")
            or match["plain"]
            or euros >= _LEAST_SAID
            or (match["grouped"] and found)
        )
        if said and not _is_read(match, found):
            found.append(Amount(euros, "", match.start(), match.end()))
    return tuple(sorted(found, key=lambda amount: amount.start))


def _is_read(match: re.Match[str], found: Iterable[Amount]) -> bool:
    """Whether a sum was read already in those words."""
    return any(amount.start < match.end() and match.start() < amount.end for amount in found)


def _euros(parts: dict[str, str | None]) -> float | None:
    figures = parts["digits"] or parts.get("inside")
    base = value(figures) if figures else number(parts.get("words") or "")
    if base is None:
        return None
    if parts["digits"] and parts["cents"]:
        base += value(f"0{parts['cents']}")
    return float(base * _scale(parts.get("scale") or "", parts["currency"] or "€"))


def _scale(said: str, currency: str) -> int:
    return _SCALES.get(said.removesuffix(" d'").rstrip("s"), 1) * _SYMBOLS.get(currency[0], 1)


def _tax(written: str) -> str:
    plain = re.sub(r"[^a-z]", "", written)
    return "" if not plain else "TTC" if plain.startswith(("ttc", "toutes")) else "HT"
