"""The report of a batch as one HTML file that needs nothing else: what the whole folder asks for, then each consultation with its extracts highlighted."""

from collections.abc import Iterable, Iterator, Sequence
from html import escape
from pathlib import Path

from assistant.datatypes import Failure, FindingSeverity
from assistant.summaries.fields.levers import LEVERS, profile
from assistant.summaries.fields.summary import (
    FIELDS,
    Consultation,
    Contradiction,
    Extract,
    Fault,
    Statement,
    shown,
)
from assistant.summaries.outputs import addresses, phrases
from assistant.summaries.outputs.picture import GRAVE, Picture, Share

_STYLE = Path(__file__).with_name("report.css")
_SCRIPT = """
const find=document.getElementById('find');
find.addEventListener('input',()=>{const words=find.value.toLowerCase();
for(const one of document.querySelectorAll('details.consultation'))one.hidden=words!==''&&!one.textContent.toLowerCase().includes(words)});
"""


def pages(
    consultations: Iterable[tuple[Consultation, dict[str, str]]],
    picture: Picture,
    failures: Sequence[Failure],
    title: str,
) -> Iterator[str]:
    """The report in pieces, one consultation at a time; what is said of the whole folder comes last in the file and first on the page.

    Args:
        consultations: each with the paths of its documents, by the names they are shown under.
        picture: the whole folder, counted by whoever gives the consultations, as they are given.
        failures: what could not be read.
        title: of the report.
    """
    yield (
        f'<!doctype html><html lang="fr"><head><meta charset="utf-8"><meta name="viewport" '
        f'content="width=device-width,initial-scale=1"><title>{escape(title)}</title>'
    )
    yield f"<style>{_STYLE.read_text(encoding='utf-8')}</style></head><body><header><h1>{escape(title)}</h1>"
    yield (
        "<p class=\"soft\">Chaque valeur renvoie à la page d'où elle vient, avec ses mots surlignés. Ce qu'une pièce ne dit pas reste vide : "
        "rien n'est deviné.</p>"
    )
    yield '<input id="find" type="search" placeholder="Chercher une consultation, un acheteur, un mot…" aria-label="Chercher"></header><main>'
    for consultation, origins in consultations:
        yield _consultation(consultation, origins)
    yield _folder(picture)
    if failures:
        rows = "".join(
            f"<tr><th>{escape(one.origin)}</th><td>{escape(one.message)} {escape(one.hint)}</td></tr>"
            for one in failures
        )
        yield f"<section><h2>Fichiers qui n'ont pas pu être lus ({len(failures)})</h2><table>{rows}</table></section>"
    yield (
        f"</main><footer class='soft'>Relevé fait par l'Assistant de la commande publique, sur cet ordinateur.</footer><script>{_SCRIPT}</script></body></html>"
    )


def _folder(picture: Picture) -> str:
    total = picture.consultations
    if not total:
        return '<section id="folder"><h2>Aucune consultation</h2></section>'
    mend = (picture.disagreeing, *((picture.blocked, picture.risky) if picture.reviewed else ()))
    faults = "".join(
        f'<tr><td><span class="{severity.value}">{severity.value}</span></td><td>{escape(share.label)}</td><td>{share.count}</td></tr>'
        for severity, share in picture.faults
    )
    return (
        f'<section id="folder"><h2>Ce que {"demandent" if total > 1 else "demande"} {phrases.number_of(total, "consultation")}</h2>'
        f'<p class="soft">{phrases.number_of(picture.documents, "pièce")}, {phrases.number_of(picture.pages, "page")}. Part des consultations qui emploient '
        f"chaque levier de souveraineté.</p>{_bars(picture.levers)}<h3>Ce qui est à reprendre</h3>{_bars(mend)}"
        + (f'<p class="soft">{escape(phrases.CAUTION)}</p>' if picture.reviewed else "")
        + (
            f"<h3>Les constats qui reviennent</h3><table class='faults'><tr><th>Gravité</th><th>Constat</th><th>Consultations</th></tr>{faults}</table>"
            if faults
            else ""
        )
        + "</section>"
    )


def _bars(shares: Sequence[Share]) -> str:
    return "".join(
        f'<div class="bar"><span>{escape(one.label)}</span><div class="track"><div class="fill" style="width:{100 * one.part:.1f}%"></div></div>'
        f"<span>{100 * one.part:.0f} % ({one.count})</span></div>"
        for one in shares
    )


def _consultation(consultation: Consultation, origins: dict[str, str]) -> str:
    buyer = consultation.statement("acheteur")
    subject = consultation.statement("objet")
    pieces = " ".join(
        f"<span>{escape(addresses.bare(one.file))} — {one.doc_type}</span>" for one in consultation.summaries
    )
    warnings = "".join(_contradiction(one, origins) for one in consultation.contradictions)
    rows = "".join(
        _field_row(FIELDS[name], statement, origins)
        for name in FIELDS
        if (statement := consultation.statement(name)) is not None
    )
    unsaid = phrases.unsaid(consultation)
    silence = f'<p class="soft">{escape(unsaid)}</p>' if unsaid else ""
    levers = "".join(
        f'<span class="{"yes" if used.extract else "no"}">{"✓" if used.extract else "—"} {escape(LEVERS[used.name])}</span>'
        for used in profile(consultation)
    )
    head = f"<h2>{escape(consultation.name)}</h2>"
    lead = " — ".join(
        escape(phrases.kept_together(phrases.cut(shown(one.field.value), 300)))
        for one in (buyer, subject)
        if one is not None
    )
    return (
        f'<details class="consultation"><summary>{head}<p>{lead}</p></summary><div class="tags">{pieces}</div>'
        f"{f'<h3>Contradictions</h3>{warnings}' if warnings else ''}<h3>Ce que disent les pièces</h3><table>{rows}</table>{silence}"
        f"<h3>Leviers de souveraineté</h3><div class='tags'>{levers}</div>{_review(consultation, origins)}</details>"
    )


def _field_row(label: str, statement: Statement, origins: dict[str, str]) -> str:
    extract = statement.field.extracts[0]
    return (
        f"<tr><th>{escape(label)}</th><td>{escape(shown(statement.field.value))}<details><summary "
        f"class='soft'>extrait</summary>{_highlighted(extract)}</details></td>"
        f'<td class="where">{_link(statement.file, extract, origins)}</td></tr>'
    )


def _highlighted(extract: Extract) -> str:
    before, after = extract.before.lstrip(), extract.after.rstrip()
    return f"<blockquote>{'…' if before else ''}{escape(before)}<mark>{escape(extract.text)}</mark>{escape(after)}{'…' if after else ''}</blockquote>"


def _link(file: str, extract: Extract, origins: dict[str, str]) -> str:
    address = addresses.address(origins.get(file, ""), extract)
    words = escape(addresses.place(file, extract))
    return f'<a href="{escape(address, quote=True)}">{words}</a>' if address else words


def _contradiction(contradiction: Contradiction, origins: dict[str, str]) -> str:
    lines = []
    for number, statement in enumerate(contradiction.statements):
        extract = statement.field.extracts[0]
        prevails = " <em>(prévaut)</em>" if not number else ""
        lines.append(
            f"<p>{_link(statement.file, extract, origins)}{prevails} : {escape(phrases.cut(shown(statement.field.value), 300))}</p>{_highlighted(extract)}"
        )
    return f'<div class="warn"><strong>{escape(FIELDS[contradiction.field])}</strong>{"".join(lines)}</div>'


def _review(consultation: Consultation, origins: dict[str, str]) -> str:
    if consultation.reviewed_on is None:
        return ""
    found = phrases.tally(consultation.faults(*FindingSeverity))
    lead = f"{found[:1].upper()}{found[1:]}. {phrases.CAUTION}"
    faults = "".join(_fault(file, fault, origins) for file, fault in consultation.faults(*GRAVE))
    return f'<h3>{escape(phrases.review_title(consultation.reviewed_on))}</h3><p class="soft">{escape(lead)}</p>{faults}'


def _fault(file: str, fault: Fault, origins: dict[str, str]) -> str:
    return (
        f'<div class="warn"><p><span class="{fault.severity.value}">{fault.severity.value}</span> <strong>{escape(fault.title)}</strong> — '
        f"{_link(file, fault.extract, origins)}</p>{_highlighted(fault.extract)}<details><summary class='soft'>pourquoi, et quoi écrire</summary>"
        f"<p>{escape(fault.message)}</p><p>Fondement : {escape(phrases.basis(fault))}.</p><p>{escape(fault.suggestion)}</p></details></div>"
    )
