"""A contract in force on a day: what its pieces lay down, then what each of its amendments changes, step by step, each with its words and its date."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.documents.consultations import Consultation
from assistant.documents.values import Known
from assistant.french.dates import french_date, months_later
from assistant.summaries.fields.summary import FIELDS, Extract, Field, shown

LABELS = FIELDS | {
    "duree_initiale": "Durée",
    "debut": "Début du contrat",
    "notification": "Notification du contrat",
    "fin": "Fin du contrat",
    "montant_ht": "Montant du marché",
    "titulaire": "Titulaire",
}
"""What a reader calls a field that an amendment may change; any other is a clause of no field: « clause 1 »."""
MEASURED = (
    "duree_initiale",
    "debut",
    "notification",
    "fin",
    "montant_maximum_ht",
    "montant_minimum_ht",
    "montant_ht",
    "delai_paiement",
)
"""The fields that are lengths of time, sums or days; the others are words."""


def label_of(field: str) -> str:
    """What a reader calls a field, a clause of none too."""
    return LABELS.get(field, "Clause modifiée")


@dataclass(frozen=True, slots=True)
class Measure:
    """A number of ``mois``, ``jour``, ``euros``, ``%`` or ``date`` (an ordinal), and how a reader writes it."""

    number: float
    unit: str
    written: str


@dataclass(frozen=True, slots=True)
class Effect:
    """The day from which something holds, and what says so: ``date d'effet``, ``notification``, ``signature``; with its words."""

    day: date
    why: str
    extract: Extract


@dataclass(frozen=True, slots=True)
class Change:
    """What a document gives a field.

    Attributes:
        field: a name of ``LABELS``.
        how: ``nouveau``, ``ajout`` (a negative measure takes away), ``complete`` (words join those that held) or ``supprime``.
        value: the new value in the document's words, or in the usual form of its measure.
        measure: what ``value`` measures, where it is measured.
        extract: the words.
        effect: a date of its own, None: that of the whole document.
        until: the last day, where it is for a time only.
        article: the number of the contract's article that it changes, where it says it.
        replaces: the words of the clause that ``value`` takes the place of, where it does not give the whole clause anew.
        within: the number of the amendment's own article.
    """

    field: str
    how: str
    value: str
    extract: Extract
    measure: Measure | None = None
    effect: Effect | None = None
    until: date | None = None
    article: str = ""
    replaces: str = ""
    within: str = ""


@dataclass(frozen=True, slots=True)
class Amendment:
    """A document that changes a contract, or (``number`` 0) a piece of the contract with what no field of its summary holds.

    ``cancels``: what it takes back of earlier amendments: their numbers, each with one of their articles or whole (empty).
    """

    known: Known
    number: int | None
    effect: Effect | None
    changes: tuple[Change, ...]
    cancels: tuple[tuple[int, str], ...] = ()

    @property
    def name(self) -> str:
        """What a reader calls it."""
        return f"avenant n° {self.number}" if self.number else "avenant sans numéro"

    @property
    def before(self) -> str:
        """« Avant l'avenant n° 2 »."""
        return f"Avant l'{self.name}"


@dataclass(frozen=True, slots=True)
class Step:
    """A field from one document on.

    Attributes:
        value: what holds after it, computed where it adds to what held before.
        known: the document.
        extracts: its words, the ones to quote first.
        by: the amendment; None for a piece of the contract.
        since: the day and what says it; None where no day is written: it is then placed by its number.
        normal: comparable forms of ``value``.
    """

    field: str
    value: str
    known: Known
    extracts: tuple[Extract, ...]
    by: Amendment | None = None
    since: Effect | None = None
    normal: tuple[str, ...] = ()

    @property
    def dated(self) -> str:
        """From when, in a reader's words; empty for a piece of the contract."""
        if self.by is None:
            return ""
        if self.since is None:
            return f"{self.by.name}, date d'effet non écrite"
        return f"{self.by.name}, depuis le {french_date(self.since.day)} ({self.since.why})"

    def as_field(self, name: str) -> Field:
        """It as a field of a summary."""
        return Field(name, self.value, self.extracts, "rule", self.normal)


def in_force(
    market: Consultation, amendments: Sequence[Amendment], field: str, day: date, last: int | None = None
) -> tuple[Step, ...]:
    """The steps of a field up to a day, the first piece of the contract first; the last is what holds.

    Args:
        market: the pieces of the contract.
        amendments: those joined to it, in any order, with the ``number`` 0 ones that say what no summary holds.
        field: a name of ``LABELS``.
        day: the day that is asked for.
        last: only what amendments up to this number change, whatever the day.
    """
    steps: list[Step] = list(_first(market, amendments, field))[:1]
    held = [one for one in ordered(amendments) if one.number != 0 and _holds(one, day, last)]
    cancelled = {cancel for one in held for cancel in one.cancels}
    for amendment in held:
        changes = [
            one for one in _of_field(amendment, field) if last is not None or _in_time(one, amendment, day)
        ]
        changes = [
            one for one in changes if not {(amendment.number, ""), (amendment.number, one.within)} & cancelled
        ]
        if changes:
            steps.append(_applied(changes, amendment, field, steps[-1] if steps else None))
    return tuple(steps)


def ordered(amendments: Sequence[Amendment]) -> list[Amendment]:
    """By the day of effect; one without a day, by its number among the others."""
    by_number = sorted(amendments, key=lambda one: (one.number is None, one.number or 0))
    reached, found = date.min, []
    for place, one in enumerate(by_number):
        reached = max(reached, one.effect.day) if one.effect and one.number is not None else reached
        found.append((one.effect.day if one.effect else reached, place, one))
    return [one for _, _, one in sorted(found, key=lambda row: row[:2])]


def _holds(one: Amendment, day: date, last: int | None) -> bool:
    if last is not None:
        return one.number is not None and one.number <= last
    days = [effect.day for effect in (one.effect, *(change.effect for change in one.changes)) if effect]
    return not days or min(days) <= day


def _in_time(change: Change, amendment: Amendment, day: date) -> bool:
    effect = change.effect or amendment.effect
    return (effect is None or effect.day <= day) and (change.until is None or day <= change.until)


def _first(market: Consultation, amendments: Sequence[Amendment], field: str) -> Iterator[Step]:
    """What the pieces of the contract say of a field, the one that prevails first."""
    if field in FIELDS:
        for known, stated in market.stated(field):
            yield Step(field, shown(stated.value), known, stated.extracts, normal=stated.normal)
    for piece in (one for one in amendments if one.number == 0):
        for change in piece.changes:
            if change.field == field:
                yield Step(
                    field, change.value, piece.known, (change.extract,), normal=_normal(change.measure)
                )


def _of_field(amendment: Amendment, field: str) -> list[Change]:
    """Its changes of a field. A new end is a new duration too, and a longer duration a new end."""
    found = [one for one in amendment.changes if one.field == field]
    found = found[-1:] if field == "titulaire" else found
    if found or field not in ("duree_initiale", "fin"):
        return found
    other = "fin" if field == "duree_initiale" else "duree_initiale"
    return [
        one
        for one in amendment.changes
        if one.field == other and (field == "duree_initiale" or one.how == "ajout")
    ]


def _applied(changes: Sequence[Change], amendment: Amendment, field: str, before: Step | None) -> Step:
    """The step that an amendment makes: a new value wins over what is added, which is added to what held before."""
    new = [one for one in changes if one.how != "ajout"]
    change = new[-1] if new else changes[0]
    extracts = tuple(dict.fromkeys(one.extract for one in (change, *changes)))
    measure = None
    if field in MEASURED:
        value, measure = _measure_after(change, field, before)
    else:
        value = (
            _words_after(changes, before.value if before else "") if field != "titulaire" else change.value
        )
    return Step(
        field,
        value,
        amendment.known,
        extracts,
        amendment,
        change.effect or amendment.effect,
        _normal(measure),
    )


def _words_after(changes: Sequence[Change], held: str) -> str:
    """The words of a clause after an amendment: parts of them replaced, others joined to them, or the whole given anew."""
    anew = False
    for one in changes:
        put = one.measure.written if one.measure else one.value
        if one.replaces and one.replaces in held:
            held = held.replace(one.replaces, put)
        elif one.how == "complete" or anew:
            held = f"{held} ; {one.value}" if held else one.value
        else:
            held, anew = one.value, True
    return held


def _measure_after(change: Change, field: str, before: Step | None) -> tuple[str, Measure | None]:
    if change.how == "supprime":
        return "supprimé", None
    if field == "duree_initiale" and change.field == "fin":
        return f"jusqu'au {change.value}", change.measure
    if change.how != "ajout" or change.measure is None:
        return change.value, change.measure
    held = measured(before)
    total = _sum(held, change.measure) if held else None
    if total is not None:
        return total.written, total
    sign = "+" if change.measure.number >= 0 else "-"
    return f"{before.value} {sign} {change.value}" if before else f"{sign} {change.value}", None


def measured(step: Step | None) -> Measure | None:
    """What the value of a step measures; None where it is not measured."""
    if step is None or len(step.normal) > 1:
        return None  # lot by lot
    for normal in step.normal:
        number, _, unit = normal.partition(" ")
        if unit in ("mois", "jour", "semaine"):
            return length(float(number), unit)
        if unit.split(" ")[0] in ("", "HT") and number.replace(".", "").isdigit():
            return money(float(number))
        if not unit and len(number) == len("2026-01-01") and number[4] == "-":
            return day_of(date.fromisoformat(number))
    return None


def _sum(held: Measure, added: Measure) -> Measure | None:
    if added.unit == "%":
        return money(held.number * (1 + added.number / 100)) if held.unit == "euros" else None
    if held.unit == "date" and added.unit == "mois":
        return day_of(months_later(date.fromordinal(int(held.number)), int(added.number)))
    if held.unit == "date" and added.unit == "jour":
        return day_of(date.fromordinal(int(held.number + added.number)))
    if held.unit != added.unit:
        return None
    made = money if held.unit == "euros" else lambda number: length(number, held.unit)
    return made(held.number + added.number)


def length(number: float, unit: str) -> Measure:
    """So many months, weeks or days."""
    return Measure(number, unit, f"{number:g} {unit}{'s' if unit != 'mois' and number > 1 else ''}")


def money(euros: float) -> Measure:
    """A sum before tax."""
    whole, _, cents = f"{euros:.2f}".partition(".")
    return Measure(
        euros, "euros", f"{int(whole):,}".replace(",", " ") + (f",{cents}" if cents != "00" else "") + " € HT"
    )


def day_of(day: date) -> Measure:
    """A day."""
    return Measure(day.toordinal(), "date", french_date(day))


def _normal(measure: Measure | None) -> tuple[str, ...]:
    if measure is None:
        return ()
    if measure.unit == "date":
        return (date.fromordinal(int(measure.number)).isoformat(),)
    return (
        (f"{measure.number:.2f}".rstrip("0").rstrip("."),)
        if measure.unit == "euros"
        else (f"{measure.number:g} {measure.unit}",)
    )
