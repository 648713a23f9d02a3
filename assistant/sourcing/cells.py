"""What a cell of a register says: a day, a count, a sum, a volume, a degree of sensitivity; or why it is not taken.

Nothing is guessed: a range, another currency, a degree of an unknown scale stay as they are printed, and are said.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache

from assistant.french.dates import french_date, moments
from assistant.french.folding import fold_line
from assistant.french.months import MONTH_NUMBERS
from assistant.sourcing import data
from assistant.sourcing.register import Sensitivity

# Days that a spreadsheet shows as numbers when the format of the cell was lost: 2009 to 2064, counted from 30 December 1899 (ECMA-376 part 1, 18.17.4.1).
_SERIALS, _SERIAL_START = range(40_000, 60_001), date(1899, 12, 30)
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_SHORT_MONTHS = {
    name[:length]: number
    for name, number in MONTH_NUMBERS.items()
    for length in (3, 4, 5)
    if name[:length] not in ("jui", "mar")
}
_SHORT_MONTHS |= {
    "jan": 1,
    "fev": 2,
    "mars": 3,
    "avr": 4,
    "juin": 6,
    "juil": 7,
    "aou": 8,
    "sept": 9,
    "dec": 12,
}
_MONTH_WORD = re.compile(
    r"(?<!\w)(?:(?P<day>\d{1,2})(?:er)?[ .-]*)?(?P<month>[a-z]{3,9})\.?[ .-]*(?P<year>(?:19|20)?\d\d)(?!\d)"
)
_MONTH_ONLY = re.compile(
    r"(?<![\d/.-])(?P<month>0?[1-9]|1[0-2])[/.-](?P<year>(?:19|20)\d\d)(?![\d/.-])|(?<![\d/.-])(?P<year2>(?:19|20)\d\d)-(?P<month2>0[1-9]|1[0-2])(?![\d-])"
)
_FIGURES = re.compile(
    r"(?<![\w.,])[-+]?\d{1,3}(?:[  ’'.,]\d{3})+(?:[.,]\d{1,2})?(?!\d)|(?<![\w.,])[-+]?\d+(?:[.,]\d+)?(?!\d)"
)
_RANGE = re.compile(r"\d\s*(?:-|–|à|a|et|/)\s*\d")
_CURRENCY = re.compile(
    r"\$|\busd\b|\bdollars?\b|£|\bgbp\b|\blivres?\b|\bchf\b|\bfrancs?\b|\bcad\b|\bxpf\b|\bfcfp\b|¥|\bjpy\b"
)
_EUROS = re.compile(r"€|\beuros?\b|\beur\b")
_THOUSANDS = re.compile(
    r"(?:(?<=\d)\s?|(?<!\w))k\s?(?:€|e(?!\w)|eur\w*|ht\b|ttc\b|/|\)|$)|\bkeur|\bmilliers? d'euros"
)
_MILLIONS = re.compile(r"(?:(?<=\d)\s?|(?<!\w))m\s?(?:€|e(?!\w)|eur\w*)|\bmillions?\b")
_TAXED = re.compile(r"\bttc\b|\bt\.t\.c|toutes taxes")
_MONTHLY = re.compile(r"/\s?mois|par mois|mensuel|\bpm\b|/\s?m\b")
_OTHER_PERIOD = re.compile(
    r"(?:/\s?|par )(?:trimestre|semestre|jour|utilisateur|user|agent|poste|licence)|trimestriel|semestriel|\b\d+ ans\b"
)
_VOLUME_UNITS = (
    ("to", 1000.0),
    ("tb", 1000.0),
    ("tio", 1099.511627776),
    ("po", 1_000_000.0),
    ("go", 1.0),
    ("gb", 1.0),
    ("gio", 1.073741824),
    ("mo", 0.001),
    ("mb", 0.001),
    ("ko", 0.000001),
)
_VOLUME = re.compile(r"(?<![a-z])(tio|gio|to|tb|po|go|gb|mo|mb|ko)(?![a-z])")


@dataclass(frozen=True, slots=True)
class Said:
    """What a cell says: ``value`` (None where it is not taken), and what a reader is told of it (empty: nothing)."""

    value: object = None
    told: str = ""


def is_nothing(text: str) -> bool:
    """Whether a cell says that nothing is known: empty, « NC », « - », « sans objet »."""
    folded = fold_line(text)
    has_words = any(character.isalnum() for character in folded)
    return (
        not folded or folded in data.words("nothing") or (not has_words and folded not in data.words("same"))
    )


def is_same(text: str) -> bool:
    """Whether a cell repeats the one above: « idem »."""
    return fold_line(text) in data.words("same") and bool(text.strip())


def day(text: str) -> Said:
    """The day that a cell says; the last of its month where only a month is written, which is told."""
    folded = fold_line(text)
    plain = re.sub(r"[t ]\d{1,2}[:h]\d{2}(?::\d{2})?(?:\.\d+)?z?$", "", folded)
    if (iso := _ISO.search(plain)) and (found := _made(int(iso[1]), int(iso[2]), int(iso[3]))):
        return Said(found)
    days = dict.fromkeys(one.day for one in moments(plain))
    if len(days) == 1:
        return Said(next(iter(days)))
    if len(days) > 1:
        return Said(None, "plusieurs dates")
    for match in _MONTH_WORD.finditer(plain):
        number = MONTH_NUMBERS.get(match["month"]) or _SHORT_MONTHS.get(match["month"])
        year = int(match["year"]) + (2000 if len(match["year"]) == 2 else 0)
        if number and match["day"] and (found := _made(year, number, int(match["day"]))):
            return Said(found)
        if number and not match["day"]:
            return _end_of_month(year, number)
    if month := _MONTH_ONLY.search(plain):
        return _end_of_month(int(month["year"] or month["year2"]), int(month["month"] or month["month2"]))
    if plain.isdigit() and int(plain) in _SERIALS:
        found = _SERIAL_START + timedelta(days=int(plain))
        return Said(found, f"nombre de jours d'un tableur, lu comme le {french_date(found)}")
    if alone := re.fullmatch(r"(fin )?((?:19|20)\d\d)", plain):
        found = date(int(alone[2]), 12, 31)
        told = f"fin d'année, lu comme le {french_date(found)}"
        return Said(found, told) if alone[1] else Said(None, "une année sans jour")
    if any(word in folded for word in data.words("rolling")):
        return Said(None, "pas de terme écrit")
    return Said(None, "pas une date lisible")


def _made(year: int, month: int, number: int) -> date | None:
    try:
        return date(year, month, number)
    except ValueError:
        return None


def _end_of_month(year: int, month: int) -> Said:
    found = date(year, month, monthrange(year, month)[1])
    return Said(found, f"mois sans jour, lu comme le {french_date(found)}")


def figures(text: str) -> list[Decimal]:
    """The numbers of a text, French or English: ``1 234,50``, ``1.234,50``, ``1,234.50``."""
    return [_decimal(match) for match in _FIGURES.findall(text)]


def _decimal(written: str) -> Decimal:
    plain = re.sub(r"[  ’'+]", "", written)
    if "," in plain and "." in plain:
        last = max(plain.rfind(","), plain.rfind("."))
        plain = re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :]
    elif re.fullmatch(r"-?\d{1,3}(?:\.\d{3})+", plain) or re.fullmatch(r"-?\d{1,3}(?:,\d{3}){2,}", plain):
        plain = re.sub(r"[.,]", "", plain)
    return Decimal(plain.replace(",", "."))


def count(text: str) -> Said:
    """A number of people, whole; a range or several numbers are not taken."""
    folded = fold_line(text)
    found = figures(folded)
    if len(found) == 1 and found[0] == found[0].to_integral_value() and found[0] >= 0:
        rounded = any(folded.startswith(word) or f" {word}" in folded for word in data.words("approximate"))
        return Said(int(found[0]), "nombre approché" if rounded else "")
    if found and _RANGE.search(folded):
        return Said(None, "une fourchette")
    return Said(None, "plusieurs nombres" if len(found) > 1 else "pas un nombre")


def money(text: str, header: str) -> Said:
    """A sum a year in euros without tax; another currency, a price with tax, another period or a range are not taken."""
    folded, head = fold_line(text), fold_line(header)
    if folded in data.words("free"):
        return Said(Decimal(0))
    if _CURRENCY.search(folded) or (_CURRENCY.search(head) and not _EUROS.search(folded)):
        return Said(None, "une autre monnaie que l'euro")
    found = figures(folded)
    if len(found) != 1:
        return Said(
            None,
            "une fourchette"
            if len(found) > 1 and _RANGE.search(folded)
            else "plusieurs montants"
            if found
            else "pas un montant",
        )
    if _TAXED.search(folded) or (_TAXED.search(head) and not re.search(r"\bht\b", folded)):
        return Said(None, "un montant TTC, dont le taux de TVA n'est pas dit")
    if _OTHER_PERIOD.search(folded) or (
        _OTHER_PERIOD.search(head) and not re.search(r"/ ?an\b|par an", folded)
    ):
        return Said(None, "un montant qui n'est pas par an")
    if _MONTHLY.search(folded) or (_MONTHLY.search(head) and not re.search(r"/ ?an\b|par an|annuel", folded)):
        return Said(None, "un montant par mois")
    scale = 1_000_000 if _MILLIONS.search(folded) else 1_000 if _THOUSANDS.search(folded) else 0
    if not scale and not _EUROS.search(folded):
        scale = 1_000_000 if _MILLIONS.search(head) else 1_000 if _THOUSANDS.search(head) else 1
    return Said(found[0] * (scale or 1)) if found[0] >= 0 else Said(None, "un montant négatif")


def volume(text: str, header: str) -> Said:
    """Gigabytes; a number whose unit neither the cell nor the header gives is not taken."""
    folded = fold_line(text)
    found = figures(re.sub(r"(?<=\d)(?=[a-z])", " ", folded))
    units = _VOLUME.findall(re.sub(r"(?<=\d)(?=[a-z])", " ", folded)) or _VOLUME.findall(fold_line(header))
    if len(found) != 1:
        return Said(
            None,
            "une fourchette"
            if len(found) > 1 and _RANGE.search(folded)
            else "plusieurs nombres"
            if found
            else "pas un volume",
        )
    if len(set(units)) != 1:
        return Said(None, "un volume sans unité" if not units else "plusieurs unités")
    return Said(float(found[0]) * dict(_VOLUME_UNITS)[units[0]])


def sensitivity(text: str, header: str) -> Said:
    """The degree of sensitivity, in one of our five; a degree of another scale is asked about."""
    folded = fold_line(text)
    if folded in data.words("no"):
        return Said(None, "un « non » qui ne dit pas ce que sont les données")
    if folded in data.words("yes"):
        return _of_yes(fold_line(header))
    for place in ("whole", "within"):
        for level, words in _levels():
            if (
                folded in words[place]
                if place == "whole"
                else any(_stands(word, folded) for word in words[place])
            ):
                return Said(level)
    return Said(None, "un degré d'une autre échelle")


def _of_yes(header: str) -> Said:
    for level, words in data.table("sensitivity.toml")["yes"].items():
        if any(word in header for word in words):
            return Said(Sensitivity(level))
    return Said(None, "un « oui » dont l'en-tête ne dit pas de quoi")


@cache
def _levels() -> tuple[tuple[Sensitivity, dict[str, list[str]]], ...]:
    found = data.table("sensitivity.toml")
    return tuple(
        (Sensitivity(name), found[name])
        for name in ("critique", "sensible", "personnelle", "interne", "publique")
    )


def _stands(word: str, folded: str) -> bool:
    """Whether a word stands in a value and is not denied there: « non sensible », « pas de données personnelles »."""
    found = re.search(rf"(?<!\w){re.escape(word)}", folded)
    return found is not None and not any(
        before in data.words("not_there")
        for before in re.split(r"[.;:,(]", folded[: found.start()])[-1].split()[-4:]
    )
