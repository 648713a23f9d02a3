"""What a sentence says that can be checked to the letter: articles, dates, amounts, percentages, durations, counts, proper names."""

import re
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant import references
from assistant.french import numbers
from assistant.french.folding import fold_line
from assistant.french.months import MONTH, MONTH_NUMBERS, MONTHS
from assistant.generation.grounding import wording


class FactType(StrEnum):
    """The kind of a fact; the value is its French name, as a message says it."""

    ARTICLE = "la référence"
    DATE = "la date"
    AMOUNT = "le montant"
    PERCENTAGE = "le pourcentage"
    DURATION = "la durée"
    RATE = "la périodicité"
    COUNT = "le nombre"
    NAME = "le nom propre"


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact.

    Attributes:
        type: what it is.
        key: its normalised value, compared with the supports'.
        shown: how the text writes it.
        start: where it stands in the text once numbers are digits; -1 where that does not matter.
        bound: ``min`` or ``max`` when the text makes it a limit ("au moins", "ne peut dépasser"), else None.
    """

    type: FactType
    key: tuple[object, ...]
    shown: str
    start: int = -1
    bound: str | None = None


_DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:er|e)? (?P<month>{MONTH})\b(?: (?P<year>\d{{4}})\b)?"),
    re.compile(r"(?<![\d/.-])(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4}|\d{2})(?![\d/-])"),
    re.compile(r"(?<![\d/.-])(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?![\d-])"),
    re.compile(rf"\b(?P<month>{MONTH}) (?P<year>\d{{4}})\b"),
    re.compile(
        r"(?<![\d/.,-])(?<!\d )(?P<year>(?:19|20)\d{2})(?![\d/,-])(?! ?(?:\d{3}|euros?|€|%|jours?|heures?|k€|m€)\b)(?! ?[€%])"
    ),
)
_PERCENTAGE = re.compile(rf"({numbers.FIGURES}) ?%")
_SCALES = {"k": 1_000, "m": 1_000_000, "md": 1_000_000_000, "mds": 1_000_000_000} | numbers.SCALES
_SCALE = r"(?:k|mds?|m|mille|millions?|milliards?)"
_TAX = r"(?P<tax>ht\b|h\.t\.|hors[ -](?:taxes?|tva)|ttc\b|t\.t\.c\.|toutes taxes comprises)"
_AMOUNT = re.compile(
    rf"({numbers.FIGURES}) ?(?P<scale>{_SCALE})? ?(?:d'|de )?(?P<currency>€|euros?\b|eur\b|dollars?\b|\$|usd\b|livres?\b|£)(?: ?\(?{_TAX})?"
)
_BARE_AMOUNT = re.compile(
    rf"({numbers.FIGURES}) ?(?P<scale>k|mille|millions?|milliards?)\b(?: ?{_TAX})?|({numbers.FIGURES}) {_TAX.replace('?P<tax>', '?P<tax2>')}"
)
_CURRENCIES = {
    "€": "EUR",
    "eur": "EUR",
    "euro": "EUR",
    "euros": "EUR",
    "$": "USD",
    "usd": "USD",
    "dollar": "USD",
    "dollars": "USD",
    "£": "GBP",
    "livre": "GBP",
    "livres": "GBP",
}
_TIME = r"secondes?|minutes?|heures?|h|jours?|j|semaines?|mois|trimestres?|semestres?|ans?|annees?"
_DAY_TYPE = r"(?: (?P<quality>ouvrees?|ouvres?|ouvrables?|calendaires?|francs?))?"
_DURATION = re.compile(rf"({numbers.FIGURES}) ?(?P<unit>{_TIME})\b{_DAY_TYPE}")
_RATE = re.compile(
    rf"\bpar (?P<unit>{_TIME})\b{_DAY_TYPE}|\b(?P<word>annuel|mensuel|quotidien|hebdomadaire|trimestriel|semestriel)(?:le)?(?:ment)?s?\b"
)
# Months and days do not convert into one another, nor do hours and days: a time limit in hours runs on Sundays.
_UNIT = {
    "seconde": (1, "s"), "minute": (60, "s"), "heure": (1, "h"), "h": (1, "h"), "jour": (1, "j"), "j": (1, "j"), "semaine": (7, "j"),
    "mois": (1, "mois"), "trimestre": (3, "mois"), "semestre": (6, "mois"), "an": (12, "mois"), "annee": (12, "mois"),
}  # fmt: skip
_RATE_WORDS = {
    "annuel": "an",
    "mensuel": "mois",
    "quotidien": "jour",
    "hebdomadaire": "semaine",
    "trimestriel": "trimestre",
    "semestriel": "semestre",
}
_NUMBERED = re.compile(r"\d+(?:[/-]\d+)+")
_ITEM = re.compile(r"\b(\d+)(?:°|er\b|e\b|eme\b)")
_COUNT = re.compile(rf"({numbers.FIGURES})(?: (?P<noun>[a-z]+))?")
_FRACTION = re.compile(
    r"\b(moitie|(?:un|\d+) (?:tiers|quarts?)|au (?:tiers|quart) d|(?:cinqu|six|sept|huit|neuv|dix|vingt|cent|mill)iemes?|double|triple|quadruple|decuple"
    r"|(?:huit|diz|douz|quinz|vingt|trent|quarant|cinquant|soixant|cent)aines?|milliers?)\b"
)

_CAPITALISED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*\d*")
_SENTENCE_START = re.compile(r"(?:^|[.!?:;]\s|[«\"(]\s?)$")
_UNIT_WORDS_WORDS = "ht ttc eur tva"
_UNIT_WORDS = frozenset(_UNIT_WORDS_WORDS.split())
# A sentence that opens with none of these, nor with a word of its supports, nor with an infinitive or an adverb, opens with a name ("Microsoft doit …").
_OPENERS_WORDS = """a afin ainsi alors apres au aucun aucune aussi autres aux avant avec ce cela celui cependant certains certaines ces cet cette ceux
chaque comme dans de depuis des dès deux du
    elle elles en enfin est et il ils l la le les leur leurs lors lorsque lorsqu mais meme ne ni non nul nulle on ou oui outre par parmi pendant plusieurs
    pour puis quand quant que quel
    quelle quels qu qui quiconque sa sans sauf se selon seul seule seuls seules si sinon soit son sont sous sur tant tel tous tout toute toutefois toutes
    trois un une y c d n s j n'est
    conformement plus moins peut peuvent doit doivent"""
_OPENERS = frozenset(_OPENERS_WORDS.split())
_ORDINARY_ENDINGS = re.compile(r"(?:er|ir|re|oir|ant|ment)$")
# Nationalities are proper names that French writes in lower case as adjectives; in this trade they decide a case.
_NATIONAL = re.compile(
    r"\b(americain|etats-?unien|chinois|russe|francais|allemand|britannique|anglais|europeen|extra-?europeen|non-europeen|israelien|indien|japonais|suisse"
    r"|canadien|italien|espagnol|"
    r"belge|neerlandais|irlandais|luxembourgeois|breton|etranger|extracommunautaire|national|local|regional)(?:ne|e|es|nes|s|aux)?\b"
)


def facts(text: str) -> tuple[Fact, ...]:
    """Every fact of ``text``, proper names last."""
    flat = wording.plain(text)
    flat = re.sub(r"\b([Aa]rticle) (?:premier|1er)\b", r"\1 1", flat)
    found, flat = _references(flat)
    whole = rest = numbers.digits(fold_line(flat))
    for extract in (_dates, _percentages, _amounts, _durations, _rates, _counts):
        extracted, rest = extract(rest)
        found += [replace(fact, bound=_bound(whole, fact)) for fact in extracted]
    return (*found, *_names(flat))


# What makes a number a limit, in the words just before it or just after ("au minimum"). "ne peut être inférieur à" is a minimum: the negation turns it.
_LOWER = r"(?:superieure?s?|plus (?:de|d')|depass\w+|exced\w+|au-dela|au moins|a minima|a partir|minim\w+|plancher)"
_UPPER = r"(?:inferieure?s?|moins (?:de|d')|au plus|au maximum|maxim\w+|jusqu'a|plafon\w+|dans la limite)"
_LIMIT = re.compile(
    rf"(?P<turned>\bne? ?'?(?:peu\w+|doi\w+|pourr\w+|saur\w+|devr\w+|sont|est)\b(?: pas)?(?: etre)? ?)?\b(?:(?P<lower>{_LOWER})|(?P<upper>{_UPPER}))\b"
)
# "au moins" is never a "moins de"; the limit must stand within this many characters of the number, in the same clause.
_LIMIT_REACH = 60
_AFTER = re.compile(
    r"^ ?(?:au |a )?(?:(?P<lower>minimum|moins|minima)|(?P<upper>maximum|plus|maxima))\b(?! de| d')"
)


def _bound(whole: str, fact: Fact) -> str | None:
    if fact.type not in _LIMITABLE:
        return None
    before = re.split(r"[;:.]\s", whole[max(0, fact.start - _LIMIT_REACH) : fact.start])[-1]
    limits = list(_LIMIT.finditer(before))
    if limits:
        lower = bool(limits[-1].group("lower")) != bool(limits[-1].group("turned"))
        return "min" if lower else "max"
    after = _AFTER.match(whole[fact.start + len(fact.shown) :])
    return None if after is None else "min" if after.group("lower") else "max"


def says_limit(folded: str, bounds: set[str | None]) -> bool:
    """Whether a text speaks of a minimum or a maximum among ``bounds`` anywhere, be it far from the number."""
    return any(
        (match.group("lower") and "min" in bounds) or (match.group("upper") and "max" in bounds)
        for match in _LIMIT.finditer(folded)
    )


_LIMITABLE = (FactType.AMOUNT, FactType.PERCENTAGE, FactType.DURATION, FactType.COUNT)


def supported(fact: Fact, by: tuple[Fact, ...]) -> bool:
    """Whether one of ``by`` says ``fact``, or says it more precisely (a day of the month that the claim names; an amount whose tax the claim leaves out)."""
    return any(_agrees(fact, other) for other in by)


def _agrees(fact: Fact, other: Fact) -> bool:
    if fact.type is not other.type:
        return False
    if fact.type in (FactType.DATE, FactType.AMOUNT):
        return all(mine is None or mine == theirs for mine, theirs in zip(fact.key, other.key, strict=True))
    return fact.key == other.key


def _references(flat: str) -> tuple[list[Fact], str]:
    found: list[Fact] = []
    masked = flat
    for reference in references.find(flat):
        if reference.article is None and reference.work is None:
            continue
        key = reference.article or reference.work
        shown = reference.span.of(flat)
        if reference.type is references.ReferenceType.DECISION:
            found.append(Fact(FactType.ARTICLE, ("decision", str(reference.article)), shown))
        else:
            found.append(Fact(FactType.ARTICLE, (str(key),), shown))
        masked = masked[: reference.span.start] + _blank(shown) + masked[reference.span.end :]
    return found, masked


def _blank(matched: str) -> str:
    """As many characters, of which nothing can be read: a day in a law's title ("loi du 21 mai 2024") stays a date."""
    date_inside = re.search(
        rf"\d{{1,2}}(?:er)? (?:{MONTH}|{'|'.join(MONTHS)}) \d{{4}}", matched, re.IGNORECASE
    )
    return (
        "·" * len(matched)
        if date_inside is None
        else "·" * date_inside.start() + date_inside.group() + "·" * (len(matched) - date_inside.end())
    )


def _taken(pattern: re.Pattern[str], rest: str) -> tuple[list[re.Match[str]], str]:
    matches = list(pattern.finditer(rest))
    return matches, pattern.sub(lambda match: "·" * len(match.group()), rest)


def _dates(rest: str) -> tuple[list[Fact], str]:
    found: list[Fact] = []
    for pattern in _DATES:
        matches, masked = _taken(pattern, rest)
        dated = [(_date(match.groupdict()), match) for match in matches]
        if all(key is not None for key, _ in dated):
            rest = masked
        found += [
            Fact(FactType.DATE, key, match.group(), match.start()) for key, match in dated if key is not None
        ]
    return found, rest


def _date(parts: dict[str, str | None]) -> tuple[int | None, int | None, int | None] | None:
    month_text, day, year = (
        parts.get("month"),
        int(parts.get("day") or 0) or None,
        int(parts.get("year") or 0) or None,
    )
    month = MONTH_NUMBERS.get(month_text, 0) or int(month_text) if month_text else None
    year = year + 2000 if year is not None and year < 100 else year
    try:
        date(year or 2000, month or 1, day or 1)
    except ValueError:
        return None
    return year, month, day


def _percentages(rest: str) -> tuple[list[Fact], str]:
    matches, rest = _taken(_PERCENTAGE, rest)
    return [
        Fact(FactType.PERCENTAGE, (numbers.value(match.group(1)),), match.group(), match.start())
        for match in matches
    ], rest


def _amounts(rest: str) -> tuple[list[Fact], str]:
    matches, rest = _taken(_AMOUNT, rest)
    found = [
        _amount(match, match.group(1), _CURRENCIES[match.group("currency")], match.group("tax"))
        for match in matches
    ]
    matches, rest = _taken(_BARE_AMOUNT, rest)
    return found + [
        _amount(match, match.group(1) or match.group(4), None, match.group("tax") or match.group("tax2"))
        for match in matches
    ], rest


def _amount(match: re.Match[str], number: str, currency: str | None, tax: str | None) -> Fact:
    scale = match.group("scale")
    amount = numbers.value(number) * (_SCALES[scale] if scale else 1)
    before_tax = None if tax is None else ("HT" if tax.startswith("h") else "TTC")
    return Fact(
        FactType.AMOUNT, (amount.normalize(), currency, before_tax), match.group().strip(), match.start()
    )


def _durations(rest: str) -> tuple[list[Fact], str]:
    matches, rest = _taken(_DURATION, rest)
    return [_duration(match) for match in matches], rest


def _duration(match: re.Match[str]) -> Fact:
    factor, unit = _unit(match.group("unit"))
    return Fact(
        FactType.DURATION,
        ((numbers.value(match.group(1)) * factor).normalize(), unit, _quality(match)),
        match.group(),
        match.start(),
    )


def _unit(written: str) -> tuple[int, str]:
    return _UNIT[written if written in _UNIT else written.rstrip("s")]


def _quality(match: re.Match[str]) -> str:
    return (match.group("quality") or "")[:6].rstrip("es")


def _rates(rest: str) -> tuple[list[Fact], str]:
    matches, rest = _taken(_RATE, rest)
    return [
        Fact(
            FactType.RATE,
            (
                *_unit(_RATE_WORDS[match.group("word")] if match.group("word") else match.group("unit")),
                _quality(match),
            ),
            match.group(),
            match.start(),
        )
        for match in matches
    ], rest


def _counts(rest: str) -> tuple[list[Fact], str]:
    found = [
        Fact(FactType.COUNT, ("fraction", match.group()), match.group(), match.start())
        for match in _FRACTION.finditer(rest)
    ]
    matches, rest = _taken(_NUMBERED, rest)
    found += [
        Fact(FactType.COUNT, ("numéro", match.group()), match.group(), match.start()) for match in matches
    ]
    matches, rest = _taken(_ITEM, rest)
    found += [
        Fact(FactType.COUNT, ("rang", int(match.group(1))), match.group(), match.start()) for match in matches
    ]
    matches, rest = _taken(_COUNT, rest)
    return found + [
        Fact(
            FactType.COUNT,
            (Decimal(numbers.value(match.group(1))).normalize(),),
            match.group(),
            match.start(),
        )
        for match in matches
    ], rest


def _names(flat: str) -> list[Fact]:
    found = []
    for match in _CAPITALISED.finditer(flat):
        word = match.group()
        opens = bool(_SENTENCE_START.search(flat[: match.start()]))
        if _is_name(word, opens=opens) and flat[match.end() : match.end() + 1] != "'":
            found.append(Fact(FactType.NAME, (fold_line(word), opens and not _is_acronym(word)), word))
    folded = fold_line(flat)
    return found + [
        Fact(FactType.NAME, (match.group(1), False), match.group()) for match in _NATIONAL.finditer(folded)
    ]


def _is_acronym(word: str) -> bool:
    return sum(letter.isupper() for letter in word) > 1


def _is_name(word: str, *, opens: bool) -> bool:
    folded = fold_line(word)
    if folded in _UNIT_WORDS or len(word) < 2 or not word[0].isupper():
        return _is_acronym(word) and folded not in _UNIT_WORDS
    return _is_acronym(word) or not opens or not (folded in _OPENERS or _ORDINARY_ENDINGS.search(folded))


def named(fact: Fact, folded_words: frozenset[str]) -> bool:
    """Whether a proper name stands among ``folded_words``, in the singular or the plural."""
    word, opens = str(fact.key[0]), fact.key[1]
    if word in folded_words or word.rstrip("s") in folded_words or word + "s" in folded_words:
        return True
    if opens or _NATIONAL.fullmatch(word):
        return any(other.startswith(word[:6]) for other in folded_words)
    return all(part in folded_words for part in word.split("-")) if "-" in word else False
