"""The values that a buyer gives to the fields of a clause: checked by type, then written as French writes them.

The wording carries the unit (« {{preavis}} mois »), so a value is given bare; a unit typed with it (« 3 mois », « 30 % ») is taken off.
"""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal, InvalidOperation

from assistant.datatypes import ClauseField, FieldType
from assistant.errors import UsageError
from assistant.french.dates import french_date

# Between thousands, a space that no line end can cut.
_NO_BREAK = "\u00a0"
_TIME = re.compile(
    r"(?P<number>\d+(?:[.,]\d+)?)\s*(?P<unit>minutes?|heures?|jours?(?: ouvr(?:é|able)s?| calendaires?| francs?)?|semaines?|mois|ans?|années?)",
    re.IGNORECASE,
)
_FRENCH_DAY = re.compile(r"(?P<day>\d{1,2})[/.](?P<month>\d{1,2})[/.](?P<year>\d{4})")
# What Markdown would take for a mark within a line. A value is text and shows its own characters.
_MARKS = re.compile(r"([\\`*\[\]<>|~^$@#{}]|(?<!\w)_|_(?!\w))")

LIST_SEPARATOR = ";"


def shown(field: ClauseField, value: str) -> tuple[str, ...]:
    """What the wording shows for ``value``: one text, or the items of a list. The texts are Markdown that shows the value's very characters.

    Raises:
        UsageError: the value is not of the field's type.
    """
    try:
        return tuple(escaped(item) for item in _read(field, value))
    except _RefusedValueError as refused:
        raise UsageError(
            f"Le champ « {field.name} » ({field.label}) {refused.wanted} ; « {refused.value} » ne convient pas.",
            field.help,
        ) from None


def fault(field: ClauseField, value: str) -> str | None:
    """What is wrong with ``value``, as it is said beside its field; None where it is of the field's type."""
    try:
        _read(field, value)
    except _RefusedValueError as refused:
        return f"« {refused.value} » ne convient pas : ce champ {refused.wanted}."
    return None


class _RefusedValueError(ValueError):
    """``wanted`` says what the field takes, as a verb and its object; ``value`` is what it was given."""

    def __init__(self, value: str, wanted: str) -> None:
        super().__init__(wanted)
        self.value, self.wanted = value, wanted


def _read(field: ClauseField, value: str) -> tuple[str, ...]:
    return _READERS[field.type](field, " ".join(value.split()))


def escaped(text: str) -> str:
    """``text`` as Markdown that shows its very characters."""
    return _MARKS.sub(r"\\\1", text)


def _text(_: ClauseField, value: str) -> tuple[str, ...]:
    return (value,)


def _list(field: ClauseField, value: str) -> tuple[str, ...]:
    items = tuple(item.strip() for item in value.split(LIST_SEPARATOR) if item.strip())
    if not items:
        raise _RefusedValueError(value, f"attend une liste, ses éléments séparés par « {LIST_SEPARATOR} »")
    return items


def _integer(field: ClauseField, value: str) -> tuple[str, ...]:
    number = _number(field, value)
    if number is None or number != number.to_integral_value():
        raise _RefusedValueError(value, "attend un nombre entier")
    # A whole number of four digits may be a year.
    return (_french(number) if number >= 10_000 else str(number),)


def _decimal(field: ClauseField, value: str) -> tuple[str, ...]:
    number = _number(field, value)
    if number is None:
        raise _RefusedValueError(value, "attend un nombre")
    return (_french(number),)


def _amount(field: ClauseField, value: str) -> tuple[str, ...]:
    number = _number(
        field, re.sub(r"\s*(?:€|euros?|EUR)?\s*(?:HT|TTC|hors taxes?)?$", "", value, flags=re.IGNORECASE)
    )
    if number is None:
        raise _RefusedValueError(value, "attend un montant en euros, par exemple 15 000 ou 1250,50")
    return (_french(number),)


def _percentage(field: ClauseField, value: str) -> tuple[str, ...]:
    number = _number(field, re.sub(r"\s*(?:%|pour cent)$", "", value))
    if number is None or number > 100:
        raise _RefusedValueError(value, "attend un pourcentage de 0 à 100")
    return (_french(number),)


def _duration(field: ClauseField, value: str) -> tuple[str, ...]:
    if field.unit:
        number = _number(field, value)
        if number is None:
            raise _RefusedValueError(value, f"attend une durée en {field.unit}, en chiffres")
        return (_french(number),)
    if not _TIME.fullmatch(value):
        raise _RefusedValueError(
            value, "attend une durée avec son unité, par exemple « 48 heures » ou « 4 ans »"
        )
    return (value,)


def _date(field: ClauseField, value: str) -> tuple[str, ...]:
    french = _FRENCH_DAY.fullmatch(value)
    try:
        day = (
            date(int(french["year"]), int(french["month"]), int(french["day"]))
            if french
            else date.fromisoformat(value)
        )
    except ValueError:
        raise _RefusedValueError(value, "attend une date, écrite 31/01/2027 ou 2027-01-31") from None
    return (french_date(day),)


def _choice(field: ClauseField, value: str) -> tuple[str, ...]:
    for choice in field.choices:
        if choice.casefold() == value.casefold():
            return (choice,)
    raise _RefusedValueError(value, f"attend l'un de ces choix : {' · '.join(field.choices)}")


_READERS: dict[FieldType, Callable[[ClauseField, str], tuple[str, ...]]] = {
    FieldType.TEXT: _text,
    FieldType.LIST: _list,
    FieldType.INTEGER: _integer,
    FieldType.DECIMAL: _decimal,
    FieldType.AMOUNT: _amount,
    FieldType.PERCENTAGE: _percentage,
    FieldType.DURATION: _duration,
    FieldType.DATE: _date,
    FieldType.CHOICE: _choice,
}


def _number(field: ClauseField, value: str) -> Decimal | None:
    """The number that French or a computer writes (``15 000``, ``2,5``, ``2.5``), without the field's own unit; None for anything else."""
    bare = value.removesuffix(field.unit).strip() if field.unit else value
    written = re.sub(r"(?<=\d)\s(?=\d{3}(?!\d))", "", bare)
    if not re.fullmatch(r"\d+(?:[.,]\d+)?", written):
        return None
    try:
        return Decimal(written.replace(",", "."))
    except InvalidOperation:
        return None


def _french(number: Decimal) -> str:
    """``15000`` → ``15 000``, ``2.50`` → ``2,50``."""
    return f"{number:,}".replace(",", _NO_BREAK).replace(".", ",")
