"""How well contracts in force are read, on labelled markets with their amendments: one JSON object a line.

``{"marche": "NN/file", "avenants": [files], "incertains": [files], "valeurs": [{"champ", "le", "valeur", "venant_de", "quote"}]}``: on the day ``le``, the
field has that value, and its words stand in that file.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from assistant import reading
from assistant.datatypes import Document, Kind
from assistant.documents.amendments import Step
from assistant.documents.changes import Read
from assistant.documents.contracts import Contract, Contracts
from assistant.documents.values import Known
from assistant.french.folding import fold, words_of
from assistant.french.numbers import digits
from assistant.summaries.batch.work import CoverReading, summarised

FIELDS = {"duree": "duree_initiale"}
"""What the set calls a field, where the house calls it otherwise."""
# Words of a labelled value that say nothing by themselves.
_SHORTEST = 3
# A value in words is labelled as a reader would say it: this share of its words is read.
_MOST_WORDS = 0.6


@dataclass
class Measured:
    """Counts: of values in force, right in value and quote; of amendments joined to their market; of those that are uncertain and said so.

    ``missed``: each value that was not read, with what was read instead.
    """

    values: dict[str, list[bool]] = field(default_factory=dict)
    joined: list[bool] = field(default_factory=list)
    uncertain: list[bool] = field(default_factory=list)
    wrongly_joined: int = 0
    missed: list[str] = field(default_factory=list)

    @property
    def lines(self) -> Iterator[str]:
        """The figures in a reader's words."""
        every = [right for rights in self.values.values() for right in rights]
        yield f"valeurs en vigueur : {sum(every)} sur {len(every)}"
        yield from (
            f"  {name} : {sum(rights)} sur {len(rights)}" for name, rights in sorted(self.values.items())
        )
        yield f"avenants rattachés à leur marché : {sum(self.joined)} sur {len(self.joined)} ; rattachés à un autre : {self.wrongly_joined}"
        yield f"avenants incertains, dits tels : {sum(self.uncertain)} sur {len(self.uncertain)}"


def measure(folder: Path, gold: Path, read: Read | None, covers: CoverReading | None) -> Measured:
    """Reads every document of the folder, all of them together, and compares."""
    documents = {
        path.relative_to(folder).as_posix(): _read(path, folder)
        for path in sorted(folder.rglob("*"))
        if path.suffix in (".html", ".md", ".txt", ".pdf")
    }
    known = [
        Known(document.source, summarised(document, Path(name).name, covers), Path(name).parent.as_posix())
        for name, document in documents.items()
    ]
    by_id = {document.source.id: document for document in documents.values()}
    name_of = {document.source.id: name for name, document in documents.items()}
    found, uncertain = Contracts(by_id.__getitem__, read).of(known)
    measured = Measured()
    doubted = {name_of[one.known.source.id] for one in uncertain}
    for row in map(json.loads, filter(str.strip, gold.read_text(encoding="utf-8").splitlines())):
        _compare(row, found, name_of, doubted, measured)
    return measured


def _read(path: Path, folder: Path) -> Document:
    return reading.read(
        path, kind=Kind.TENDER, collection="avenants", origin=path.relative_to(folder).as_posix()
    )


def _compare(
    row: Mapping[str, Any],
    found: Sequence[Contract],
    names: Mapping[str, str],
    doubted: set[str],
    measured: Measured,
) -> None:
    contract = next(
        (one for one in found if row["marche"] in {names[piece.source.id] for piece in one.market.pieces}),
        None,
    )
    joined = {names[one.known.source.id] for one in contract.amendments} if contract else set()
    for name in row["avenants"]:
        measured.joined.append(name in joined)
        if name not in joined:
            measured.missed.append(f"{name} : {'dit incertain' if name in doubted else 'non rattaché'}")
    measured.uncertain += [name in doubted for name in row["incertains"]]
    measured.wrongly_joined += len(joined - set(row["avenants"]))
    for value in row["valeurs"]:
        steps = _steps(value["champ"], contract, date.fromisoformat(value["le"])) if contract else []
        right = any(_right(step, value, names) for step in steps)
        measured.values.setdefault(value["champ"], []).append(right)
        if not right:
            given = " | ".join(f"{step.value} ({names[step.known.source.id]})" for step in steps)
            measured.missed.append(
                f"{row['marche']} {value['champ']} le {value['le']} : {value['valeur']} ({value['venant_de']}) ; lu : {given or 'rien'}"
            )


def _steps(name: str, contract: Contract, day: date) -> list[Step]:
    """What holds of a field; for another clause, of every one that is amended."""
    if name != "autre":
        return list(contract.steps(FIELDS.get(name, name), day)[-1:])
    every = {change.field for one in contract.amendments for change in one.changes}
    return [step for other in sorted(every) for step in contract.steps(other, day)[-1:]]


def _right(step: Step, value: Mapping[str, Any], names: Mapping[str, str]) -> bool:
    """Whether the numbers, or else the words, of the labelled value are in what is read, and its words are quoted from its file."""
    wanted, said = _numbers(value["valeur"]), _numbers(step.value)
    words = _words(value["valeur"])
    read = _words(f"{step.value} {step.extracts[0].text if step.extracts else ''}")
    same = wanted <= said if wanted else len(words & read) >= _MOST_WORDS * len(words)
    quoted = any(_shares(value["quote"], one.text) for one in step.extracts)
    return same and quoted and names[step.known.source.id] == value["venant_de"]


def _numbers(text: str) -> set[str]:
    plain = re.sub(r"(?<=\d)[\s.](?=\d{3}(?!\d))", "", digits(fold(text)))
    plain = re.sub(r"(\d+) ans?\b", lambda match: f"{12 * int(match[1])} mois", plain)
    return {
        match.group().replace(",", ".").removesuffix(".00").lstrip("0")
        for match in re.finditer(r"(?<![a-z\d])\d+(?:[.,]\d+)?", plain)
    } - {""}


def _words(text: str) -> set[str]:
    return {word for word in words_of(text) if len(word) >= _SHORTEST}


def _shares(one: str, other: str) -> bool:
    """Whether one quote holds the other, or most of its words."""
    first, second = [" ".join(words_of(text)) for text in (one, other)]
    return bool(first and second) and (
        first in second
        or second in first
        or len(set(first.split()) & set(second.split())) >= 0.7 * len(set(first.split()))
    )
