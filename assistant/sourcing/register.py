"""A member's register of dependencies: one application a line, each with the place where it was read."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from assistant.datatypes import Problem


class Sensitivity(StrEnum):
    """How much harm a disclosure or a loss of the data would do, from the least to the most.

    ``publique``: published, or free to publish. ``interne``: work of the services, without personal data. ``personnelle``: personal data of agents or
    inhabitants (GDPR art. 4). ``sensible``: health, social aid, minors, offences, biometrics, secrets protected by law (GDPR art. 9 and 10; SREN art. 31).
    ``critique``: without them a service to the public stops, or lives are at stake; restricted data too.
    """

    PUBLIC = "publique"
    INTERNAL = "interne"
    PERSONAL = "personnelle"
    SENSITIVE = "sensible"
    CRITICAL = "critique"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a line was read: the file, its sheet (empty for a CSV) and the row, 1-based as a spreadsheet shows it; row 0 for a line given by hand."""

    file: str
    sheet: str
    row: int


@dataclass(frozen=True, slots=True)
class Application:
    """One line of a member's register; None where the register does not say.

    Attributes:
        member: who depends on it.
        name: the application.
        function: what it does, in the member's words.
        publisher: who publishes it.
        host: who hosts it.
        data_place: where the data are.
        support_place: where the support is.
        contract: the reference of the contract.
        contract_end: its end.
        users: how many people use it.
        sensitivity: of its data.
        yearly_cost: euros a year, excluding VAT.
        formats: formats and interfaces.
        data_volume_gb: gigabytes (10⁹ bytes).
        group: who owns the publisher, as the register says it.
        place: where the line was read.
        publisher_place: the State of the publisher's seat.
        group_source: where and when it was read who owns the publisher.
        notes: every other column that is not empty, and every value that could not be read: (header, text).
    """

    member: str
    name: str
    function: str
    publisher: str | None
    host: str | None
    data_place: str | None
    support_place: str | None
    contract: str | None
    contract_end: date | None
    users: int | None
    sensitivity: Sensitivity | None
    yearly_cost: Decimal | None
    formats: str | None
    data_volume_gb: float | None
    group: str | None
    place: Place
    publisher_place: str | None = None
    group_source: str | None = None
    notes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column as it was understood.

    Attributes:
        sheet: the sheet it stands on (empty for a CSV).
        header: as printed.
        field: the field of ``Application`` that it was read as; None: kept as a note.
        score: how surely, 0 to 1; 1 where a person said it.
        reason: why, for the reader (French).
    """

    sheet: str
    header: str
    field: str | None
    score: float
    reason: str


@dataclass(frozen=True, slots=True)
class Register:
    """What was read of one or several files. ``problems``: what could not be read, each message with its row; ``missing``: fields that no column gives."""

    member: str
    applications: tuple[Application, ...]
    columns: tuple[Column, ...] = ()
    problems: tuple[Problem, ...] = ()
    missing: tuple[str, ...] = ()
