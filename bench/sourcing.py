"""What sourcing makes of files that others wrote: ``python -m bench.sourcing FOLDER [--sill FILE]``.

FOLDER holds registers with what each column is and what cells say (``registers/columns.jsonl``, ``registers/values.jsonl``), lines with the reasons that
must be said, and those that may be (``exposure.jsonl``), needs with the right candidates of catalogues (``needs.jsonl``, ``catalogues``), and the lines of
many members with the need of each (``members.csv``, ``groups.jsonl``).
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
from assistant.sourcing.register import Register
from assistant.workspace import Workspace

TODAY = date(2026, 11, 28)
# The rules that say what a label asks for.
SAYS = {
    "foreign_law_publisher": ("loi-editeur", "loi-groupe"),
    "foreign_law_host": ("loi-hebergeur", "loi-donnees"),
    "foreign_law_support": ("loi-support",),
    "unknown_owner": ("verifier-propriete", "verifier-editeur"),
    "unknown_host": ("verifier-hebergeur",),
    "unilateral_cut": ("coupure-ecrite",),
    "hard_to_leave_format": ("sortie-format-ferme",),
    "no_reversibility": ("sortie-sans-clause",),
    "end_near": ("coupure-contrat-proche",),
    "no_end_known": ("verifier-fin",),
    "tacit_renewal": ("coupure-tacite",),
    "sren_31": ("droit-sren-etat",),
    "health_data_hds": ("droit-hds", "droit-hds-hors-eee"),
    "nis2_possible": ("droit-nis2", "droit-nis2-membre", "droit-nis2-secteur"),
    "personal_data": ("droit-rgpd", "droit-personnelles"),
}
# What a label calls a field; a column that is another thing is a note.
FIELDS = {
    "application": "name",
    "function": "function",
    "publisher": "publisher",
    "host": "host",
    "data_location": "data_place",
    "support_location": "support_place",
    "contract": "contract",
    "end": "contract_end",
    "users": "users",
    "sensitivity": "sensitivity",
    "cost": "yearly_cost",
    "formats": "formats",
    "group": "group",
}
HEADERS = {
    "application": "Application",
    "function": "Fonction",
    "publisher": "Éditeur",
    "host": "Hébergeur",
    "data_location": "Lieu des données",
    "support_location": "Lieu du support",
    "group": "Groupe propriétaire",
    "end": "Fin du contrat",
    "notice": "Préavis et reconduction",
    "users": "Utilisateurs",
    "sensitivity": "Sensibilité des données",
    "cost": "Coût annuel HT",
    "formats": "Formats et interfaces",
    "reversibility": "Clause de réversibilité",
}


def lines(path: Path) -> Iterator[dict[str, Any]]:
    """The values of a file of JSON lines."""
    return map(json.loads, path.read_text(encoding="utf-8").splitlines())


def read(workspace: Workspace, source: Path | bytes, name: str) -> Register:
    """A register."""
    return workspace.dependencies.read(source, name)


def registers(workspace: Workspace, folder: Path, show: bool) -> dict[str, object]:
    """Columns read as they should be, lines found, ends and costs that cells say."""
    right, count, ends, costs = 0, 0, Counter[bool](), Counter[bool]()
    counted: dict[str, tuple[int, int]] = {}
    labels, values = list(lines(folder / "columns.jsonl")), list(lines(folder / "values.jsonl"))
    for file in dict.fromkeys(label["file"] for label in labels):
        register = read(workspace, folder / file, file)
        # A header under a merged one bears both: « Contrat – Fin ».
        understood = {
            name: column.field
            for column in register.columns
            for name in (_one_line(column.header), _one_line(column.header.rpartition(" – ")[2]))
        }
        for label in (one for one in labels if one["file"] == file):
            name = _one_line(label["column"])
            field, wanted = understood.get(name, "non trouvée"), FIELDS.get(label["is"])
            count += 1
            right += field == wanted
            if show and field != wanted:
                print(f"  {file} : « {name} » lue {field}, et non {wanted} ({label['is']})")
        by_row = {one.place.row: one for one in register.applications}
        of_file = [one for one in values if one["file"] == file]
        counted[file] = (len(register.applications), len(of_file))
        for check in of_file:
            one = by_row.get(check["row"])
            end = one.contract_end.isoformat() if one and one.contract_end else None
            # A year without a day is not taken, and a quarter is asked about.
            good = end == check["end"] or (end is None and check["end_precision"] in ("year", "quarter"))
            ends[good] += 1
            cost = float(one.yearly_cost) if one and one.yearly_cost is not None else None
            # A price with tax is not taken: which rate it bears is not written.
            fine = cost == check["cost_eur_year"] or (
                cost is None and (check["tax_written"] == "TTC" or check["tax_written"] is None)
            )
            costs[fine] += 1
            if show and not good:
                print(
                    f"  {file} ligne {check['row']}, fin : {end}, et non {check['end']} (« {check['end_written']} »)"
                )
            if show and not fine:
                print(
                    f"  {file} ligne {check['row']}, coût : {cost}, et non {check['cost_eur_year']} (« {check['cost_written']} »)"
                )
    return {
        "colonnes": f"{right}/{count}",
        "lignes": counted,
        "fins": f"{ends[True]}/{ends.total()}",
        "coûts": f"{costs[True]}/{costs.total()}",
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def reasons(workspace: Workspace, path: Path, show: bool) -> dict[str, object]:
    """Of the reasons that must be said, those said; of those that neither must nor may be, those said."""
    rows = list(lines(path))
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";")
    writer.writerow(HEADERS.values())
    for row in rows:
        writer.writerow([row["line"].get(name) or "" for name in HEADERS])
    register = read(workspace, buffer.getvalue().encode(), "lignes.csv")
    by_row = {one.place.row: one for one in register.applications}
    must, wrongly = Counter[bool](), Counter[bool]()
    by_code: dict[str, Counter[str]] = {}
    for number, row in enumerate(rows, 2):
        application = by_row.get(number)
        made = exposure.exposures([application], TODAY)[0].reasons if application else ()
        rules = {reason.rule for reason in made}
        said = {code for code, names in SAYS.items() if rules & set(names)}
        bad = []
        for code in SAYS:
            counts = by_code.setdefault(code, Counter())
            if code in row["reasons"]:
                must[code in said] += 1
                counts["dite" if code in said else "manquée"] += 1
                bad += [f"manque {code}"] if code not in said else []
            elif code not in row["borderline"]:
                wrongly[code in said] += 1
                counts["à tort"] += code in said
                bad += [f"à tort {code}"] if code in said else []
        if show and bad:
            print(f"  {', '.join(bad)} | { {name: text for name, text in row['line'].items() if text} }")
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
            made = desk.import_catalogue(
                "essai", path, path.name, title=path.stem, published_by="essai", dated=TODAY, licence="essai"
            )
        except AssistantError as refused:
            print(f"  {path.name} : {refused.message}")
            continue
        entries += made.entries
        print(f"  {path.name} : {len(made.entries)} entrées")
    together, words = (
        catalogues.Searcher(tuple(entries), workspace.embedding),
        catalogues.Searcher(tuple(entries), None),
    )
    found, by_words, apart = Counter[bool](), Counter[bool](), Counter[bool]()
    for row in lines(folder / "needs.jsonl"):
        wanted = {
            one["name"] for one in row["right"] if sill is not None or not one["catalogue"].startswith("sill")
        }
        if not wanted:
            continue
        names = [one.entry.name for one in together.search(row["need"], TODAY, limit=5)]
        good = bool(wanted & set(names))
        found[good] += 1
        apart[good] += not row["shares_words"]
        by_words[any(one.entry.name in wanted for one in words.search(row["need"], TODAY, limit=5))] += 1
        if show and not good:
            print(f"  {row['need']} : {names}, et non {sorted(wanted)}")
    return {
        "premiers cinq": f"{found[True]}/{found.total()}",
        "sans mot commun": f"{apart[True]}/{apart.total()}",
        "par les mots seuls": by_words[True],
    }


def needs(workspace: Workspace, folder: Path, show: bool) -> dict[str, object]:
    """Pairs of lines rightly joined, and totals of needs; seconds."""
    truth = {(row["member"], row["line"]): row["group"] for row in lines(folder / "groups.jsonl")}
    begun, spent = time.monotonic(), time.process_time()
    with (folder / "members.csv").open(encoding="utf-8", newline="") as file:
        read_lines = [((row["member"], int(row["line"])), row["need"]) for row in csv.DictReader(file)]
    wordings = joining.wordings((need, "") for _, need in read_lines)
    placed = joining.join(wordings, functions(), Anchors(functions(), workspace.embedding))
    seconds = (round(time.monotonic() - begun, 1), round(time.process_time() - spent, 1))
    cells, joined, wanted = Counter[tuple[str, str]](), Counter[str](), Counter[str]()
    said: dict[str, Counter[str]] = {}
    for key, written in read_lines:
        place = placed[joining.Wording.of(written, "")]
        said.setdefault(place.need, Counter())[f"{written} [{truth[key]}]"] += 1
        need = place.need if place.need != "non-dit" else str(key)
        cells[need, truth[key]] += 1
        joined[need] += 1
        wanted[truth[key]] += 1
    pairs = sum(comb(count, 2) for count in cells.values())
    if show:
        for name, count in sorted(wanted.items(), key=lambda pair: -pair[1]):
            parts = Counter({need: held for (need, of), held in cells.items() if of == name})
            if count > 1 and (len(parts) > 1 or joined[parts.most_common(1)[0][0]] > count * 1.1):
                print(
                    f"  {name} ({count}) : {[(need, held, joined[need]) for need, held in parts.most_common(4)]}"
                )
        for name, texts in said.items():
            if len({text.rpartition(" [")[2] for text in texts}) > 1:
                print(f"  {name} = {texts.most_common(40)}")
    return {
        "lignes": f"{len(read_lines)}/{len(truth)}",
        "paires, précision": round(pairs / sum(comb(count, 2) for count in joined.values()), 3),
        "rappel": round(pairs / sum(comb(count, 2) for count in wanted.values()), 3),
        "secondes, dont de processeur": seconds,
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
    print(
        "registres :",
        json.dumps(registers(workspace, given.folder / "registers", given.show), ensure_ascii=False),
        flush=True,
    )
    print(
        "exposition :",
        json.dumps(reasons(workspace, given.folder / "exposure.jsonl", given.show), ensure_ascii=False),
        flush=True,
    )
    print(
        "catalogues :",
        json.dumps(candidates(workspace, given.folder, given.sill, given.show), ensure_ascii=False),
        flush=True,
    )
    print("besoins :", json.dumps(needs(workspace, given.folder, given.show), ensure_ascii=False), flush=True)
    sys.stdout.flush()


if __name__ == "__main__":
    main()
