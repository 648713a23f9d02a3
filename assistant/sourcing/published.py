"""Essential data of public contracts (DECP, format of 2019 or 2022, JSON) as lines of needs: what was bought, by whom, until when, for how much a year.

The list of the data is set by an order annexed to the Code (CCP R2196-1). Contracts that buy nothing digital are left out
and counted: a need of software is told by the CPV code (Common Procurement Vocabulary, regulation (EC) 213/2008).
"""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from assistant.datatypes import Problem, Severity
from assistant.errors import UnknownFormatError
from assistant.french.dates import months_later
from assistant.reading.characters import decode
from assistant.sourcing import data
from assistant.sourcing.needs import Line, Origin

# Above, no contract of software is: a slip of the keyboard (10¹⁷ was seen in a published file).
_MOST_EUROS = Decimal(1_000_000_000)
_MONTHS = range(1, 241)
# Problems of one kind told one by one; the others are counted.
_TOLD = 5


@dataclass(frozen=True, slots=True)
class Published:
    """The lines of a file, how many of its contracts were left out by the first two digits of their CPV, and what could not be read."""

    lines: tuple[Line, ...]
    left_out: tuple[tuple[str, int], ...]
    problems: tuple[Problem, ...]


def looks_published(text: str) -> bool:
    """Whether a text is meant as essential data."""
    return text.lstrip()[:1] in "{[" and '"marche' in text[:100_000]


def read(content: bytes, name: str) -> Published:
    """The lines of a file.

    Raises:
        UnknownFormatError: it is no JSON, or holds no contract.
    """
    text, _ = decode(content, name)
    try:
        contracts = _contracts(json.loads(text, parse_float=Decimal))
    except (ValueError, RecursionError) as error:
        raise UnknownFormatError(
            f"« {name} » n'est pas du JSON lisible ({error}).",
            "Téléchargez de nouveau le fichier des données essentielles.",
        ) from error
    if not contracts:
        raise UnknownFormatError(
            f"« {name} » ne contient aucun marché au format des données essentielles (DECP).",
            "Vérifiez que le fichier a une liste « marches ».",
        )
    reading = _Reading()
    lines = tuple(
        line
        for number, contract in enumerate(contracts, 1)
        if (line := reading.line(contract, number)) is not None
    )
    return Published(lines, tuple(sorted(reading.left_out.items())), reading.problems)


def _contracts(read: Any) -> list[Mapping[str, Any]]:
    found = read.get("marches", read.get("marche", read)) if isinstance(read, dict) else read
    while isinstance(found, dict):
        found = found.get("marche", [])
    return [contract for contract in found if isinstance(contract, dict)] if isinstance(found, list) else []


class _Reading:
    """What is gathered of a file."""

    def __init__(self) -> None:
        self.left_out: Counter[str] = Counter()
        self._told: dict[str, list[str]] = {}

    @property
    def problems(self) -> tuple[Problem, ...]:
        return tuple(self._problems())

    def _problems(self) -> Iterator[Problem]:
        for code, told in self._told.items():
            for message in told[:_TOLD]:
                yield Problem(code, message, severity=Severity.INFO)
            if len(told) > _TOLD:
                yield Problem(
                    code, f"… et {len(told) - _TOLD} autres marchés de même.", severity=Severity.INFO
                )

    def line(self, contract: Mapping[str, Any], number: int) -> Line | None:
        """The line of a contract; None where it is left out."""
        cpv = str(contract.get("codeCPV") or "")[:2]
        if cpv not in _digital():
            self.left_out[cpv or "sans CPV"] += 1
            return None
        reference = str(contract.get("id") or number)
        buyer = contract.get("acheteur")
        member = str(
            (buyer.get("nom") or buyer.get("id") or "") if isinstance(buyer, dict) else buyer or ""
        ).strip()
        if not member:
            self._tell("buyer", f"Le marché {reference} ne dit pas son acheteur : il n'est pas compté.")
            return None
        months = self._months(contract.get("dureeMois"), reference)
        start = self._day(contract.get("dateNotification"), reference)
        amount = self._amount(contract.get("montant"), reference)
        return Line(
            member=member,
            function=str(contract.get("objet") or "").strip(),
            name="",
            origin=Origin.PUBLISHED,
            cost=(amount * 12 / max(months, 12)).quantize(Decimal("0.01"))
            if amount is not None and months
            else None,
            end=months_later(start, months) if start and months else None,
        )

    def _months(self, said: Any, reference: str) -> int | None:
        if str(said).strip().isdigit() and int(said) in _MONTHS:
            return int(said)
        self._tell(
            "duration",
            f"Le marché {reference} a pour durée « {said} » : ni sa fin ni son montant annuel ne sont comptés.",
        )
        return None

    def _day(self, said: Any, reference: str) -> date | None:
        try:
            return date.fromisoformat(str(said)[:10])
        except ValueError:
            self._tell(
                "notification",
                f"Le marché {reference} a pour date de notification « {said} » : sa fin n'est pas comptée.",
            )
            return None

    def _amount(self, said: Any, reference: str) -> Decimal | None:
        try:
            amount = Decimal(str(said))
        except InvalidOperation:
            amount = Decimal(-1)
        if 0 < amount < _MOST_EUROS:
            return amount
        self._tell("amount", f"Le marché {reference} a pour montant « {said} » : il n'est pas compté.")
        return None

    def _tell(self, code: str, message: str) -> None:
        self._told.setdefault(code, []).append(message)


def _digital() -> frozenset[str]:
    """The divisions of the CPV that hold what is digital."""
    return frozenset(data.table("lots.toml")["published"]["cpv_divisions"])
