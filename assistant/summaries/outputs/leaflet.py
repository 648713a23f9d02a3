"""Sheets in Markdown, which pandoc turns into ODT or DOCX: one consultation (each field, its piece and page, its words), and the whole folder on one page."""

import re

from assistant.datatypes import FindingSeverity
from assistant.summaries.fields.levers import LEVERS, profile
from assistant.summaries.fields.summary import FIELDS, Consultation, Contradiction, Fault, Statement, shown
from assistant.summaries.outputs import addresses, phrases
from assistant.summaries.outputs.picture import GRAVE, Picture, Share

# The words of a table's cell; the pages tell where the rest is.
_MOST_QUOTE = 260
_MOST_VALUE = 420
_BULLET = re.compile(r"^[•▪●○➢*·–-] ?")
# A bar of a page of paper: this many signs are the whole.
_BAR = 12
# What is a mark anywhere in a line (a tag, an entity, an address, an image, emphasis, the wall of a cell), and what is one at its beginning.
_MARK = re.compile(r"([\\`*_{}\[\]<>|~$^]|&(?=[#\w])|:(?=//)|@(?=\w)|(?<=www)\.)")
_LINE_MARK = re.compile(r"^(\(?(?:\d{1,9}|[a-zA-Z]|[ivxlcdmIVXLCDM]{1,6})(?=[.)](?:\s|$))|)([-+#:=.)%!])")


def markdown(consultation: Consultation) -> str:
    """One consultation."""
    title = consultation.statement("objet")
    lines = [f"# {_text(consultation.name, 120)}", ""]
    if title is not None:
        lines += [_text(shown(title.field.value), 600), ""]
    lines += [
        "## Pièces",
        "",
        *(
            f"- {_text(addresses.bare(one.file))} : {one.doc_type}{_pages(one.pages)}"
            for one in consultation.summaries
        ),
        "",
    ]
    overview = next((one.overview for one in consultation.summaries if one.overview), None)
    if overview:
        lines += ["## Aperçu", "", _text(overview, 1200), ""]
    if consultation.contradictions:
        lines += [
            "## Contradictions entre les pièces",
            "",
            *(line for one in consultation.contradictions for line in _contradiction(one)),
        ]
    alone = len(consultation.summaries) == 1
    # One piece without pages needs no column to say where.
    where = [] if alone and not consultation.summaries[0].pages else ["Page" if alone else "Pièce, page"]
    titles = ["Champ", "Valeur", *where, "Extrait"]
    lines += ["## Ce que disent les pièces", "", _cells(*titles), f"|{'---|' * len(titles)}"]
    lines += [
        _row(statement, alone, bool(where))
        for name in FIELDS
        if (statement := consultation.statement(name)) is not None
    ]
    lines += ["", phrases.unsaid(consultation)]
    lines += ["", "## Leviers de souveraineté", "", "| Levier | Employé | Où |", "|---|---|---|"]
    lines += [
        f"| {LEVERS[one.name]} | {'oui' if one.extract else 'non'} | {_text(addresses.place(one.file, one.extract)) if one.file else ''} |"
        for one in profile(consultation)
    ]
    lines += ["", *_review(consultation), _order(consultation), ""]
    return "\n".join(lines)


def folder(picture: Picture, title: str) -> str:
    """The whole folder on one page: one table, so that its columns keep one width."""
    lines = [
        f"# {title}",
        "",
        f"{_folder_size(picture)}.{' ' + phrases.CAUTION if picture.reviewed else ''}",
        "",
    ]
    lines += [
        "| Levier de souveraineté | Part des consultations |",
        "|---|---|",
        *map(_share, picture.levers),
    ]
    mend = (picture.disagreeing, *((picture.blocked, picture.risky) if picture.reviewed else ()))
    lines += ["| **À reprendre** | |", *map(_share, mend)]
    if picture.faults:
        named = (
            Share(f"{severity.value.capitalize()} : {one.label}", one.count, one.total)
            for severity, one in picture.faults
        )
        lines += ["| **Constats qui reviennent** | |", *map(_share, named)]
    return "\n".join([*lines, ""])


def _folder_size(picture: Picture) -> str:
    sizes = [
        phrases.number_of(picture.consultations, "consultation"),
        phrases.number_of(picture.documents, "pièce"),
    ]
    return ", ".join([*sizes, *([phrases.number_of(picture.pages, "page")] if picture.pages else [])])


def _share(one: Share) -> str:
    full = round(_BAR * one.part)
    return f"| {_text(one.label)} | {'█' * full + '░' * (_BAR - full)} {100 * one.part:.0f} % ({one.count} sur {one.total}) |"


def _review(consultation: Consultation) -> list[str]:
    day = consultation.reviewed_on
    if day is None:
        return []
    found = consultation.faults(*FindingSeverity)
    lines = [
        f"## {phrases.review_title(day)}",
        "",
        f"{phrases.tally(found)[:1].upper()}{phrases.tally(found)[1:]}. {phrases.CAUTION}",
        "",
    ]
    grave = consultation.faults(*GRAVE)
    if grave:
        alone = len(consultation.summaries) == 1
        lines += [
            f"| Gravité | Constat | {'Page' if alone else 'Pièce, page'} | Extrait |",
            "|---|---|---|---|",
        ]
        lines += [*(_fault_row(file, fault, alone) for file, fault in grave), ""]
    return lines


def _fault_row(file: str, fault: Fault, alone: bool) -> str:
    where = addresses.pages(fault.extract) if alone else addresses.place(file, fault.extract)
    return f"| {fault.severity.value} | {_text(fault.title)} | {_text(where)} | « {_text(fault.extract.text, _MOST_QUOTE)} » |"


def _row(statement: Statement, alone: bool, placed: bool) -> str:
    extract = statement.field.extracts[0]
    value, quote = shown(statement.field.value), " ".join(extract.text.split())
    where = addresses.pages(extract) if alone else addresses.place(statement.file, extract)
    words = "" if _says_the_same(value, quote) else f"« {_text(_BULLET.sub('', quote), _MOST_QUOTE)} »"
    return _cells(
        FIELDS[statement.field.name], _text(value, _MOST_VALUE), *([_text(where)] if placed else []), words
    )


def _says_the_same(value: str, quote: str) -> bool:
    """Whether a value is the words that are quoted, but for the heading above them: a clause is not said twice."""
    words = _bare(quote)
    return words[len(words) // 3 :] in _bare(value)


def _bare(text: str) -> str:
    return re.sub(r"[\W_]+", " ", text).strip()


def _cells(*cells: str) -> str:
    return f"| {' | '.join(cells)} |"


def _order(consultation: Consultation) -> str:
    if consultation.precedence:
        return f"Ordre de préséance, tel que le contrat l'énonce : {', '.join(consultation.precedence)}."
    return "Le contrat n'énonce pas d'ordre de préséance : l'ordre d'usage a servi (acte d'engagement, cahiers des clauses, pièces techniques)."


def _contradiction(contradiction: Contradiction) -> list[str]:
    lines = [f"**{FIELDS[contradiction.field]}**", ""]
    for number, statement in enumerate(contradiction.statements):
        extract = statement.field.extracts[0]
        prevails = " (prévaut)" if not number else ""
        where, value = (
            _text(addresses.place(statement.file, extract)),
            _text(shown(statement.field.value), 200),
        )
        lines.append(f"- {where}{prevails} : {value} — « {_text(extract.text, _MOST_QUOTE)} »")
    return [*lines, ""]


def _pages(count: int) -> str:
    return f", {count} page{'s' if count > 1 else ''}" if count else ""


def _text(text: str, most: int = 200) -> str:
    flat = " ".join(text.split())
    return _plain(phrases.kept_together(phrases.cut(flat, most)))


def _plain(text: str) -> str:
    """Words of a document as Markdown that shows them as they are, and that a person can read too: only what would be a mark is escaped."""
    return _LINE_MARK.sub(r"\1\\\2", _MARK.sub(r"\\\1", text))
