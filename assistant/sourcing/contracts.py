"""What indexed contracts say of a dependency, each with its page and its words; and which contract is whose, by reference or by names."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.french.folding import fold_line
from assistant.sourcing.register import Application

# Words too common in names of applications to tell a contract by.
_LEAST_LETTERS = 4
# What a reference is called, before it.
_CALLED = re.compile(
    r"^(?:(?:marche|contrat|accord-cadre|convention|reference|ref|numero|no|n°|n)\b[\s.:°]*|n°\s*)+"
)


@dataclass(frozen=True, slots=True)
class Stated:
    """Words of a contract: what they say, the words themselves, the file and the pages (empty for a text without pages)."""

    value: str
    quote: str
    file: str
    pages: tuple[int, ...] = ()

    @property
    def where(self) -> str:
        """The file and the page, for a reader."""
        if not self.pages:
            return self.file
        first, last = self.pages[0], self.pages[-1]
        return f"{self.file}, p. {first}" + (f"-{last}" if last != first else "")


@dataclass(frozen=True, slots=True)
class IndexedContract:
    """A contract of the index.

    Attributes:
        id: of its first piece.
        name: what a reader calls it.
        references: the numbers that it gives itself, folded.
        text: its object and its lots, folded, where names are looked for.
        end: its end, computed from its words; None where they do not give it.
        end_said: the words that the end rests on.
        renewal, host, reversibility: what it says of them; None where it does not.
        is_framework: whether it is a framework agreement, that others may order from.
        buyer: who concluded it; empty where it does not say.
        lots: each of its lots.
        object_said: its object.
    """

    id: str
    name: str
    references: tuple[str, ...]
    text: str
    end: date | None = None
    end_said: Stated | None = None
    renewal: Stated | None = None
    host: Stated | None = None
    reversibility: Stated | None = None
    is_framework: bool = False
    buyer: str = ""
    lots: tuple[Stated, ...] = ()
    object_said: Stated | None = None


@dataclass(frozen=True, slots=True)
class Join:
    """A contract joined to an application, and why, for a reader."""

    contract: IndexedContract
    why: str


def joined(application: Application, contracts: Sequence[IndexedContract]) -> tuple[Join, ...]:
    """The contracts of an application: by its reference, else by its name in the object of one contract only, said as such."""
    if application.contract:
        wanted = _reference(application.contract)
        found = [
            one
            for one in contracts
            if wanted and wanted in {_reference(reference) for reference in one.references}
        ]
        if found:
            return tuple(Join(one, f"même référence « {application.contract} »") for one in found)
    named = [one for one in contracts if _names(application.name, one.text)]
    if len(named) == 1:
        return (Join(named[0], f"« {application.name} » est nommée dans son objet : à confirmer"),)
    return ()


def _reference(text: str) -> str:
    return re.sub(r"[^a-z0-9]", "", _CALLED.sub("", fold_line(text)))


def _names(name: str, text: str) -> bool:
    folded = fold_line(name)
    return len(folded) >= _LEAST_LETTERS and re.search(rf"(?<!\w){re.escape(folded)}(?!\w)", text) is not None


def unjoined(applications: Iterable[Application], contracts: Sequence[IndexedContract]) -> tuple[str, ...]:
    """The references of contracts that the register gives and the index does not have."""
    known = {_reference(reference) for one in contracts for reference in one.references}
    return tuple(
        dict.fromkeys(
            one.contract for one in applications if one.contract and _reference(one.contract) not in known
        )
    )
