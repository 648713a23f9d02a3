"""Registers, exposure, candidates and plans as files: a workbook of everything, a document of the plan, JSON."""

import io
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

from assistant.datatypes import Problem
from assistant.french.dates import french_date
from assistant.sourcing.catalogues import Candidate, Catalogue
from assistant.sourcing.exposure import Exposure, Reason, Theme
from assistant.sourcing.importing import label
from assistant.sourcing.plan import Plan, Step, themes
from assistant.sourcing.register import Application, Column, Register

_HEADER = PatternFill("solid", fgColor="1F3864")
# Excel refuses a longer text in a cell.
_MOST = 32_000
_FIELDS = (
    "member",
    "name",
    "function",
    "publisher",
    "publisher_place",
    "group",
    "group_source",
    "host",
    "data_place",
    "support_place",
    "contract",
    "contract_end",
    "users",
    "sensitivity",
    "yearly_cost",
    "formats",
    "data_volume_gb",
)
_UNITS = {"yearly_cost": " (€)", "data_volume_gb": " (Go)"}

_Cell = str | int | float | date | None


def workbook(plan: Plan, columns: Sequence[Column] = (), problems: Sequence[Problem] = ()) -> bytes:
    """The bytes of an XLSX file: the register, the reasons, what is to be verified, the plan, the sentences of law, and what was understood of the columns."""
    book = Workbook(write_only=True)
    exposures = [step.exposure for step in plan.steps]
    _sheet(
        book,
        "Registre",
        [*(label(name) + _UNITS.get(name, "") for name in _FIELDS), "Où", "Notes"],
        [_line(one.application) for one in exposures],
        22,
    )
    _sheet(
        book,
        "Exposition",
        ["Membre", "Application", "Thème", "Raison", "Points", "Fiches"],
        [row for one in exposures for row in _reasons(one)],
        34,
    )
    _sheet(
        book,
        "Scores",
        ["Membre", "Application", *(theme.label for theme in Theme), "Total"],
        [_score(one) for one in exposures],
        20,
    )
    _sheet(
        book,
        "Plan",
        [
            "Ordre",
            "Membre",
            "Application",
            "Genre",
            "Durée",
            "Pourquoi",
            "Avant",
            "Fin du contrat",
            "Commencer au plus tard",
            "Rang",
            "Clauses",
        ],
        [_step(number, step) for number, step in enumerate(plan.steps, 1)],
        24,
    )
    cited = dict.fromkeys(sentence for one in exposures for reason in one.reasons for sentence in reason.law)
    law: list[list[_Cell]] = [
        [one.sheet, one.title, one.text, ", ".join(one.articles), one.verified_on, one.certainty]
        for one in cited
    ]
    _sheet(book, "Droit cité", ["Fiche", "Titre", "Phrase", "Articles", "Vérifiée le", "Sûreté"], law, 70)
    _sheet(
        book,
        "Contrats",
        ["Membre", "Application", "Contrat", "Jointure", "Ce qu'il dit", "Extrait", "Où"],
        [row for one in exposures for row in _contracts(one)],
        34,
    )
    _sheet(
        book,
        "Colonnes lues",
        ["Feuille", "En-tête", "Champ", "Sûreté", "Pourquoi"],
        [_column(one) for one in columns],
        30,
    )
    _sheet(
        book, "Doutes", ["Gravité", "Message"], [[one.severity.value, one.message] for one in problems], 60
    )
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _sheet(
    book: Workbook, title: str, head: Sequence[str], rows: Sequence[Sequence[_Cell]], width: int
) -> None:
    """A sheet, written row by row: thousands of reasons take seconds."""
    if not rows:
        return
    sheet = book.create_sheet(title)
    for column, name in enumerate(head, 1):
        longest = max((len(str(row[column - 1])) for row in rows if row[column - 1] is not None), default=0)
        sheet.column_dimensions[get_column_letter(column)].width = min(
            max(len(name) + 2, min(longest + 2, width)), 90
        )
    sheet.freeze_panes = "A2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(head))}{len(rows) + 1}"
    sheet.append([_cell(sheet, name, head=True) for name in head])
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])


# Texts beyond it are shown on several lines.
_LONG = 40
# How a text begins that a spreadsheet would run.
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_TOP, _BOLD = Alignment(vertical="top", wrap_text=True), Font(bold=True, color="FFFFFF")


def _cell(sheet: Any, value: _Cell, *, head: bool = False) -> WriteOnlyCell:
    cell = WriteOnlyCell(
        sheet, ILLEGAL_CHARACTERS_RE.sub("", value)[:_MOST] if isinstance(value, str) else value
    )
    if head or (
        isinstance(value, str) and len(value) > _LONG
    ):  # a style for each cell would take most of the time
        cell.alignment = _TOP
    if isinstance(value, str):
        # No text of a file is a formula, here or once typed over.
        cell.data_type, cell.quotePrefix = "s", value.startswith(_FORMULA)
    elif isinstance(value, date):
        cell.number_format = "dd/mm/yyyy"
    if head:
        cell.font, cell.fill = _BOLD, _HEADER
    return cell


def _line(one: Application) -> list[_Cell]:
    values = (getattr(one, name) for name in _FIELDS)
    shown = [
        value.value
        if name == "sensitivity" and value
        else float(value)
        if name == "yearly_cost" and value is not None
        else value
        for name, value in zip(_FIELDS, values, strict=True)
    ]
    return [*shown, where(one), " | ".join(f"{header} : {text}" for header, text in one.notes)]


def where(one: Application) -> str:
    """Where a line was read, for a reader."""
    return ", ".join(
        part
        for part in (
            one.place.file,
            one.place.sheet,
            f"ligne {one.place.row}" if one.place.row else "saisi à la main",
        )
        if part
    )


def _reasons(one: Exposure) -> Iterator[list[_Cell]]:
    for reason in one.reasons:
        yield [
            one.application.member,
            one.application.name,
            reason.theme.label,
            reason.text,
            reason.points,
            "\n".join(sentence.said for sentence in reason.law),
        ]


def _score(one: Exposure) -> list[_Cell]:
    return [one.application.member, one.application.name, *(points for _, points in themes(one)), one.score]


def _step(number: int, step: Step) -> list[_Cell]:
    one = step.exposure.application
    latest = step.latest_start or "fin du contrat inconnue"
    clauses = ", ".join(id_ for id_, _ in step.clauses)
    return [
        number,
        one.member,
        one.name,
        step.kind,
        step.months.said,
        step.months.reason,
        f"{step.before.said} ({step.before.reason})",
        step.exposure.contract_end,
        latest,
        step.rank,
        clauses,
    ]


def _contracts(one: Exposure) -> Iterator[list[_Cell]]:
    for join in one.joins:
        said = (
            ("Fin", join.contract.end_said),
            ("Reconductions", join.contract.renewal),
            ("Hébergement", join.contract.host),
            ("Réversibilité", join.contract.reversibility),
        )
        for name, stated in said:
            value = f"{name} : {stated.value}" if stated else f"{name} : non dit dans les pièces indexées"
            yield [
                one.application.member,
                one.application.name,
                join.contract.name,
                join.why,
                value,
                stated.quote if stated else "",
                stated.where if stated else "",
            ]


def _column(one: Column) -> list[_Cell]:
    return [one.sheet, one.header, label(one.field) if one.field else "note", round(one.score, 2), one.reason]


# ---- a document -----------------------------------------------------------------------------------------------------------------


def report(plan: Plan, title: str) -> str:
    """The plan and its reasons as Markdown: what to read first, then each application, the sentences of law once at the end."""
    return "\n".join(_report(plan, title)) + "\n"


def _report(plan: Plan, title: str) -> Iterator[str]:
    yield f"# {plain(title)}\n"
    yield f"{french_date(plan.today)}. {len(plan.steps)} applications."
    yield "Chaque score est la somme des points montrés ; les durées sont des fourchettes, à corriger.\n"
    yield "## Ordre proposé\n"
    yield "| N° | Application | Exposition | Durée | Fin du contrat | Commencer au plus tard |"
    yield "|---|---|---|---|---|---|"
    for number, step in enumerate(plan.steps, 1):
        end = french_date(step.exposure.contract_end) if step.exposure.contract_end else "non dite"
        latest = french_date(step.latest_start) if step.latest_start else "–"
        yield f"| {number} | {plain(step.exposure.application.name)} | {step.exposure.score} | {step.months.said} | {end} | {latest} |"
    yield ""
    for number, step in enumerate(plan.steps, 1):
        yield from _part(number, step)
    yield "## Ce que dit le droit d'un contrat que l'on change\n"
    for sentence in plan.changing:
        yield f"- {plain(sentence.said)}"
    yield "\n## Phrases de droit citées\n"
    for said in dict.fromkeys(
        plain(sentence.said)
        for step in plan.steps
        for reason in step.exposure.reasons
        for sentence in reason.law
    ):
        yield f"- {said}"


def _part(number: int, step: Step) -> Iterator[str]:
    one = step.exposure.application
    yield f"## {number}. {plain(one.name)} ({plain(one.member)})\n"
    yield f"{plain(one.function) or 'Fonction non dite'}. {step.rank[:1].upper()}{step.rank[1:]}.\n"
    yield f"**Durée : {step.months.said}** ({step.kind.lower()} : {step.months.reason}), après {step.before.said} pour {step.before.reason}.\n"
    for theme in Theme:
        reasons = [reason for reason in step.exposure.reasons if reason.theme is theme]
        if reasons:
            yield f"*{theme.label}*\n"
            yield from (f"- {_pointed(reason)}" for reason in reasons)
            yield ""
    if step.clauses:
        yield f"*À écrire au contrat (clauses de la bibliothèque)* : {', '.join(id_ for id_, _ in step.clauses)}.\n"


def _pointed(reason: Reason) -> str:
    where_ = sorted({sentence.sheet for sentence in reason.law})
    points = f" **+{reason.points}**" if reason.points else ""
    return f"{plain(reason.text)}{points}" + (f" (fiches : {', '.join(where_)})" if where_ else "")


_MARKS = str.maketrans("|*`[]<>#\\_", "/  ()() / ")


def plain(text: str) -> str:
    """Words of a file as Markdown may hold them."""
    return " ".join(text.translate(_MARKS).split())


# ---- JSON -----------------------------------------------------------------------------------------------------------------------


def register_json(register: Register) -> dict[str, Any]:
    """A register for a program."""
    return {
        "member": register.member,
        "applications": [application_json(one) for one in register.applications],
        "columns": [
            {
                "sheet": one.sheet,
                "header": one.header,
                "field": one.field,
                "score": round(one.score, 3),
                "reason": one.reason,
            }
            for one in register.columns
        ],
        "problems": [
            {"code": one.code, "severity": one.severity.value, "message": one.message}
            for one in register.problems
        ],
        "missing": list(register.missing),
    }


def application_json(one: Application) -> dict[str, Any]:
    """A line of a register for a program."""
    said = {name: getattr(one, name) for name in _FIELDS}
    said |= {
        "contract_end": one.contract_end.isoformat() if one.contract_end else None,
        "sensitivity": one.sensitivity.value if one.sensitivity else None,
        "yearly_cost": str(one.yearly_cost) if one.yearly_cost is not None else None,
        "place": {"file": one.place.file, "sheet": one.place.sheet, "row": one.place.row},
        "notes": [list(note) for note in one.notes],
    }
    return said


def exposure_json(one: Exposure) -> dict[str, Any]:
    """An exposure for a program."""
    return {
        "member": one.application.member,
        "application": one.application.name,
        "place": where(one.application),
        "score": one.score,
        "reasons": [_reason_json(reason) for reason in one.reasons],
        "contracts": [
            {
                "name": join.contract.name,
                "why": join.why,
                **{
                    name: _stated_json(getattr(join.contract, name))
                    for name in ("end_said", "renewal", "host", "reversibility")
                },
            }
            for join in one.joins
        ],
    }


def _reason_json(reason: Reason) -> dict[str, Any]:
    law = [
        {
            "sheet": one.sheet,
            "quote": one.text,
            "articles": list(one.articles),
            "verified_on": one.verified_on.isoformat(),
            "certainty": one.certainty,
        }
        for one in reason.law
    ]
    return {
        "rule": reason.rule,
        "theme": reason.theme.value,
        "text": reason.text,
        "points": reason.points,
        "law": law,
    }


def _stated_json(stated: Any) -> dict[str, Any] | None:
    return (
        None
        if stated is None
        else {"value": stated.value, "quote": stated.quote, "file": stated.file, "pages": list(stated.pages)}
    )


def catalogue_json(one: Catalogue) -> dict[str, Any]:
    """A catalogue for a program, without its entries."""
    return {
        "title": one.title,
        "source": one.source,
        "date": one.dated.isoformat() if one.dated else None,
        "licence": one.licence or None,
        "entries": len(one.entries),
        "columns": [list(pair) for pair in one.columns],
        "problems": [problem.message for problem in one.problems],
    }


def candidate_json(one: Candidate, today: date) -> dict[str, Any]:
    """A candidate for a program."""
    entry = one.entry
    said = {
        name: getattr(entry, name) or None
        for name in (
            "name",
            "function",
            "publisher",
            "licence",
            "qualification",
            "hosting",
            "standards",
            "status",
            "framework",
            "central",
            "page",
            "quote",
            "url",
        )
    }
    return {
        **said,
        "catalogue": entry.catalogue,
        "free": entry.is_free,
        "date": entry.dated.isoformat() if entry.dated else None,
        "until": entry.until.isoformat() if entry.until else None,
        "age": entry.age(today),
        "score": one.score,
        "why": one.why,
        "near": one.near,
    }


def plan_json(plan: Plan) -> list[dict[str, Any]]:
    """A plan for a program, in order."""
    return [
        {
            "member": step.exposure.application.member,
            "application": step.exposure.application.name,
            "kind": step.kind,
            "months": [step.months.least, step.months.most],
            "why": [{"months": [part.least, part.most], "reason": part.reason} for part in step.parts],
            "before": [step.before.least, step.before.most],
            "contract_end": step.exposure.contract_end.isoformat() if step.exposure.contract_end else None,
            "latest_start": step.latest_start.isoformat() if step.latest_start else None,
            "rank": step.rank,
            "score": step.exposure.score,
            "clauses": [{"id": id_, "rules": list(rules)} for id_, rules in step.clauses],
        }
        for step in plan.steps
    ]
