"""``assistant licences``: what the program stands on, and under which licence each part may be used."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import click

from assistant.commands.terminal import print_json
from assistant.models import catalogue

if TYPE_CHECKING:
    from importlib.metadata import Distribution

PROGRAM = "assistant-commande-publique"
# The classifiers of PyPI that name a licence, in SPDX's words.
_CLASSIFIED = {
    "Apache Software License": "Apache-2.0",
    "BSD License": "BSD",
    "ISC License (ISCL)": "ISC",
    "MIT License": "MIT",
    "Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
}
# What a package carries beside its own code, run as a separate program.
_CARRIED = {"pypandoc_binary": "MIT ; pandoc, programme à part : GPL-2.0-or-later"}


@dataclass(frozen=True, slots=True)
class Licensed:
    """A package that is installed, or a model of the catalogue (without version)."""

    kind: str
    name: str
    version: str
    licence: str


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Une valeur JSON.")
def licences(as_json: bool) -> None:
    """Liste ce que le programme emploie (paquets installés, modèles) et la licence de chacun."""
    found = [
        *packages(),
        *(Licensed("modèle", model.name, "", model.licence) for model in catalogue.models()),
    ]
    if as_json:
        print_json([asdict(one) for one in found])
        return
    width = max(len(f"{one.name} {one.version}") for one in found)
    for one in found:
        click.echo(f"{f'{one.name} {one.version}':{width}}  {one.licence}")


def packages() -> list[Licensed]:
    """The program and every package it asks for that is installed, its own first, the others by name."""
    found = {one.name: one for one in _closure(PROGRAM, frozenset({"", "modele", "dask", "serveur"}), set())}
    own = found.pop(PROGRAM)
    return [_licensed(one) for one in (own, *(found[name] for name in sorted(found, key=str.lower)))]


def _closure(
    name: str, extras: frozenset[str], seen: set[tuple[str, frozenset[str]]]
) -> "Iterator[Distribution]":
    from importlib.metadata import PackageNotFoundError, distribution

    from packaging.requirements import Requirement

    if (name.lower(), extras) in seen:
        return
    seen.add((name.lower(), extras))
    try:
        here = distribution(name)
    except PackageNotFoundError:  # of another system, or of an extra that was not asked for
        return
    yield here
    for line in here.requires or ():
        asked = Requirement(line)
        if asked.marker is None or any(asked.marker.evaluate({"extra": extra}) for extra in extras):
            yield from _closure(asked.name, frozenset({"", *asked.extras}), seen)


def _licensed(package: "Distribution") -> Licensed:
    told = package.metadata.json
    classified = [
        known for line in told.get("classifier", ()) if (known := _CLASSIFIED.get(line.rpartition(" :: ")[2]))
    ]
    written = str(told.get("license", "")).split("\n")[0].strip()
    licence = (
        _CARRIED.get(package.name)
        or str(told.get("license_expression", ""))
        or " ou ".join(classified)
        or written
    )
    return Licensed("paquet", package.name, package.version, licence)
