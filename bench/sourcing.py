"""What sourcing makes of files that others wrote: ``python -m bench.sourcing FOLDER [--sill FILE]``.

FOLDER holds registers with what each column is (``registers/labels.json``), lines with the reasons that must and must not be said (``exposure.jsonl``), needs
with the right candidates of catalogues (``catalogue_needs.jsonl``), and the registers of many members with the need of each line (``members``).
"""

import argparse
import csv
import io
import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from datetime import date
from math import comb
from pathlib import Path
from typing import Any

from assistant.errors import AssistantError
from assistant.sourcing import catalogues, exposure, joining
from assistant.sourcing.anchors import Anchors
from assistant.sourcing.functions import functions
from assistant.sourcing.register import Application, Register
from assistant.workspace import Workspace

TODAY = date(2026, 11, 28)
# The rules that say what a label asks for.
SAYS = {
    "tiers-etat-editeur": ("loi-editeur", "loi-groupe"),
    "tiers-etat-hebergeur": ("loi-hebergeur", "loi-donnees"),
    "tiers-etat-support": ("loi-support",),
    "propriete-a-verifier": ("verifier-propriete", "verifier-source", "verifier-editeur"),
    "coupure-unilaterale": ("coupure-hebergement", "coupure-sanction", "coupure-abonnement"),
    "sortie-difficile": ("sortie-format-ferme", "sortie-volume", "sortie-tres-grand-volume", "sortie-sans-clause"),
    "sren-31": ("droit-sren", "droit-sren-etat"),
    "hds": ("droit-hds", "droit-hds-hors-eee"),
    "nis2": ("droit-nis2", "droit-nis2-membre"),
    "donnees-personnelles-transfert": ("droit-transfert",),
}
HEADERS = {
    "member": "Membre",
    "name": "Application",
    "function": "Fonction",
    "publisher": "Éditeur",
    "host": "Hébergeur",
    "data_place": "Lieu des données",
    "support_place": "Lieu du support",
    "contract": "Contrat",
    "contract_end": "Fin du contrat",
    "users": "Utilisateurs",
    "sensitivity": "Sensibilité des données",
    "yearly_cost": "Coût annuel HT",
    "formats": "Formats et interfaces",
    "data_volume_gb": "Volume de données (Go)",
    "group": "Groupe propriétaire",
}


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The values of a file of JSON lines."""
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def read(workspace: Workspace, source: Path | bytes, name: str) -> Register:
    """A register."""
    return workspace.dependencies.read(source, name)


def registers(workspace: Workspace, folder: Path, show: bool) -> dict[str, object]:
    """Columns read as they should be, lines found, values checked."""
    right = columns = found = values = checked = 0
    counted = {}
    for label in json.loads((folder / "labels.json").read_text(encoding="utf-8")):
        register = read(workspace, folder / label["file"], label["file"])
        of_sheet = [column for column in register.columns if not label.get("sheet") or column.sheet in ("", label["sheet"])]
        # A header under a merged one bears both: « Contrat – Fin ».
        understood = {name: column.field for column in of_sheet for name in (column.header.strip(), column.header.rpartition(" – ")[2].strip())}
        for column in label["columns"]:
            columns += 1
            good = understood.get(" ".join(column["header"].split())) == column["field"]
            right += good
            if show and not good:
                print(f"  {label['file']} : « {column['header']} » lue {understood.get(' '.join(column['header'].split()))}, et non {column['field']}")
        counted[label["file"]] = (len(register.applications), label["lines"])
        by_row = {one.place.row: one for one in register.applications}
        for check in label["values"]:
            checked += 1
            one = by_row.get(check["row"])
            said = None if one is None else plain(getattr(one, check["field"]))
            wanted = [plain(value) for value in (check["value"], *check.get("alt", []))]
            good = one is not None and said in wanted
            if one is not None and not good and check["field"] == "sensitivity":
                # A degree of a scale of the member's own is kept as it is written, and asked about.
                good = any(plain(text) in wanted for _, text in one.notes)
            values += good
            found += one is not None
            if show and not good:
                print(f"  {label['file']} ligne {check['row']}, {check['field']} : {said!r}, et non {check['value']!r}")
    return {"colonnes": f"{right}/{columns}", "lignes": counted, "valeurs": f"{values}/{checked}"}


def plain(value: object) -> object:
    """A value as the labels write it."""
    if value is None or value == "":
        return None
    if isinstance(value, date):
        return value.isoformat()
    try:
        return round(float(str(value)), 2)
    except ValueError:
        return str(value).strip().casefold()


def reasons(workspace: Workspace, path: Path, show: bool) -> dict[str, object]:
    """Of the reasons that must be said, those said; of those that must not be, those said."""
    rows = list(lines(path))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(HEADERS.values())
    for row in rows:
        writer.writerow([row["application"].get(name) if row["application"].get(name) is not None else "" for name in HEADERS])
    register = read(workspace, buffer.getvalue().encode(), "lignes.csv")
    by_row = {one.place.row: one for one in register.applications}
    must, wrongly = Counter[bool](), Counter[bool]()
    by_code: dict[str, Counter[str]] = {}
    for number, row in enumerate(rows, 2):
        application: Application | None = by_row.get(number)
        made = exposure.exposures([application], TODAY)[0].reasons if application else ()
        rules = {reason.rule for reason in made}
        said = {code for code, names in SAYS.items() if rules & set(names)}
        if not said:
            said.add("rien")
        for code in row["reasons"]:
            must[code in said] += 1
            by_code.setdefault(code, Counter())["dite" if code in said else "manquée"] += 1
        for code in row["not"]:
            wrongly[code in said] += 1
            if code in said:
                by_code.setdefault(code, Counter())["à tort"] += 1
        bad = [f"manque {code}" for code in row["reasons"] if code not in said] + [f"à tort {code}" for code in row["not"] if code in said]
        if show and bad:
            print(f"  {', '.join(bad)} | {row['application']} | {row['note']}")
    return {
        "dites": f"{must[True]}/{must.total()}",
        "à tort": f"{wrongly[True]}/{wrongly.total()}",
        "justes": round((must[True] + wrongly[False]) / (must.total() + wrongly.total()), 3),
        "par raison": {code: dict(counts) for code, counts in by_code.items()},
    }


def candidates(workspace: Workspace, folder: Path, sill: Path | None, show: bool) -> dict[str, object]:
    """Needs with a right candidate among the first five, over all the catalogues together, then over that which was first meant."""
    desk = workspace.dependencies
    files = [*sorted((folder / "catalogues").glob("*.csv")), *([sill] if sill else [])]
    entries: list[catalogues.Entry] = []
    for path in files:
        try:
            made = desk.import_catalogue("essai", path, path.name, title=path.stem, published_by="essai", dated=TODAY, licence="essai")
        except AssistantError as refused:
            print(f"  {path.name} : {refused.message}")
            continue
        entries += made.entries
        print(f"  {path.name} : {len(made.entries)} entrées")
    together, words = catalogues.Searcher(tuple(entries), workspace.embedding), catalogues.Searcher(tuple(entries), None)
    found, by_words, apart = Counter[bool](), Counter[bool](), Counter[bool]()
    for row in lines(folder / "catalogue_needs.jsonl"):
        if sill is None and row["catalogue"].startswith("sill"):
            continue
        names = [one.entry.name for one in together.search(row["need"], TODAY, limit=5)]
        good = any(right in name or name in right for right in row["right"] for name in names)
        found[good] += 1
        apart[good] += row["no_shared_word"]
        by_words[any(one.entry.name in row["right"] for one in words.search(row["need"], TODAY, limit=5))] += 1
        if show and not good:
            print(f"  {row['need']} : {names}, et non {row['right']}")
    return {"premiers cinq": f"{found[True]}/{found.total()}", "sans mot commun": f"{apart[True]}/{apart.total()}", "par les mots seuls": by_words[True]}


def needs(workspace: Workspace, folder: Path, show: bool) -> dict[str, object]:
    """Pairs of lines rightly joined, and totals of needs; seconds."""
    truth = {(row["member"], row["row"]): row["need"] for row in lines(folder / "members_truth.jsonl")}
    begun = time.monotonic()
    read_lines: list[tuple[tuple[str, int], Application]] = []
    for path in sorted((folder / "members").glob("*.csv")):
        read_lines += [((path.stem, one.place.row), one) for one in read(workspace, path, path.name).applications]
    reading = time.monotonic() - begun
    wordings = joining.wordings((one.function, one.name) for _, one in read_lines)
    placed = joining.join(wordings, functions(), Anchors(functions(), workspace.embedding))
    seconds = time.monotonic() - begun
    cells, joined, wanted = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    for key, one in read_lines:
        place = placed[joining.Wording.of(one.function, one.name)]
        need = place.need if place.need != "non-dit" else str(key)
        cells[need, truth[key]] += 1
        joined[need] += 1
        wanted[truth[key]] += 1
    pairs = sum(comb(count, 2) for count in cells.values())
    if show:
        for name, count in sorted(wanted.items(), key=lambda pair: -pair[1]):
            parts = Counter({need: held for (need, of), held in cells.items() if of == name})
            if count > 1 and (len(parts) > 1 or joined[parts.most_common(1)[0][0]] > count * 1.1):
                print(f"  {name} ({count}) : {[(need, held, joined[need]) for need, held in parts.most_common(4)]}")
    return {
        "lignes": f"{len(read_lines)}/{len(truth)}",
        "paires, précision": round(pairs / sum(comb(count, 2) for count in joined.values()), 3),
        "rappel": round(pairs / sum(comb(count, 2) for count in wanted.values()), 3),
        "secondes": (round(reading, 1), round(seconds, 1)),
    }


def main() -> None:
    """Reads the arguments, prints each figure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--home", type=Path, required=True)
    parser.add_argument("--sill", type=Path)
    parser.add_argument("--show", action="store_true", help="also each fault")
    given = parser.parse_args()
    workspace = Workspace(given.home)
    print("registres :", json.dumps(registers(workspace, given.folder / "registers", given.show), ensure_ascii=False), flush=True)
    print("exposition :", json.dumps(reasons(workspace, given.folder / "exposure.jsonl", given.show), ensure_ascii=False), flush=True)
    print("catalogues :", json.dumps(candidates(workspace, given.folder, given.sill, given.show), ensure_ascii=False), flush=True)
    print("besoins :", json.dumps(needs(workspace, given.folder, given.show), ensure_ascii=False), flush=True)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
