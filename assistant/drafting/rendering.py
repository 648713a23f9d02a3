"""A draft as one Markdown, which is all that any file is made from, and as the JSON of the command line.

First the pieces, with a footnote for the legal basis of each article; then the note that justifies a kit; last the risk note, which is for the buyer alone.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby
from typing import Any

from assistant import office, references
from assistant.datatypes import (
    Draft,
    DraftArticle,
    DraftPiece,
    FieldOrigin,
    FilledField,
    FilledText,
    ModelClause,
    Place,
    Precedent,
    Problem,
    Severity,
    Target,
)
from assistant.drafting.clause_files import ARTICLE_PREFIX, PLACEHOLDER
from assistant.drafting.drafter import PIECE_TITLES
from assistant.drafting.fields import escaped
from assistant.drafting.library import ClauseLibrary
from assistant.french.dates import french_date
from assistant.office.plain import plain
from assistant.reading.formats import Format

LEVEL_NAMES = {3: "fort", 2: "équilibré", 1: "minimal"}
RISK_NOTE_TITLE = "Note de risque (document interne, à ne pas joindre au dossier de consultation)"
JUSTIFICATION_TITLE = "Note de justification (document interne, à garder au dossier)"
_ARTICLE_LEVEL = 3
# The title of a draft and where it comes from stand above all that is wanted of it.
_HEAD = 2
_HEADING = re.compile(r"^(#{1,6})(?= )", re.MULTILINE)
LIST_MARK = re.compile(r"\s*(?:[-*+]|\d{1,3}[.)]|[a-z][.)])\s+")
_WORK_TITLES = {name: title for name, title, _ in references.WORKS}
# Frameworks count requirements (« 19.2.b », « ex26 »), not articles.
_ARTICLE_NUMBER = re.compile(r"(?:[LRDA]\. )?\d")
_CODE_LETTER = re.compile(r"^([LRDA])(?=\d)")

Styled = Callable[[FilledField, str], str]


@dataclass(frozen=True, slots=True)
class Parts:
    """What of a draft is wanted."""

    justification: bool = True
    risk_note: bool = True
    articles: bool = True


EVERYTHING = Parts()
ARTICLES_ONLY = Parts(justification=False, risk_note=False)
NOTES_ONLY = Parts(articles=False)
BY_HAND = "modifié à la main"


def markdown(
    draft: Draft, styled: Styled | None = None, parts: Parts = EVERYTHING, page_break: str = ""
) -> str:
    """The draft as Markdown.

    Args:
        draft: what was drafted.
        styled: how a filled field is marked (its text is Markdown already); None: as it is.
        parts: what is wanted.
        page_break: what stands before each piece and note but the first.
    """
    mark = styled or (lambda _, shown: shown)
    blocks = [f"# {draft.title}", _standing(draft)]
    for index, piece in enumerate(draft.pieces if parts.articles else ()):
        blocks += [
            page_break if index else "",
            f"## {PIECE_TITLES[piece.place]}",
            *(block for article in piece.articles for block in _article(piece.place, article, mark)),
        ]
    if draft.justification and parts.justification:
        blocks += [
            page_break if parts.articles else "",
            f"## {JUSTIFICATION_TITLE}",
            _shifted(marked(draft.justification, mark), _ARTICLE_LEVEL),
        ]
    if parts.risk_note:
        blocks += [page_break if len(blocks) > _HEAD else "", *_risk_note(draft, mark)]
    return "\n\n".join(block for block in blocks if block) + "\n"


def alone(draft: Draft, piece: DraftPiece) -> Draft:
    """The draft of one of its pieces, its articles numbered and referred to as in the whole."""
    return replace(draft, pieces=(piece,), justification=None)


def office_markdown(draft: Draft, parts: Parts = EVERYTHING) -> str:
    """The draft as the Markdown that ``office`` turns into ODT or DOCX: fields in their styles, each piece on its own page."""
    return markdown(draft, _office_styled, parts, office.page_break())


def _office_styled(field: FilledField, shown: str) -> str:
    missing = field.origin is FieldOrigin.MISSING
    text = f"\\[{shown[1:-1]}\\]" if missing else shown
    return f'[{text}]{{custom-style="{office.MISSING_STYLE if missing else office.FIELD_STYLE}"}}'


def article_title(place: Place, article: DraftArticle) -> str:
    """The heading of an article: ``Article 7 : …``, or ``Annexe 1 : …``."""
    if place is Place.ANNEX:
        return f"Annexe {article.number} : {article.title.removeprefix('Annexe ')}"
    return f"Article {article.number} : {article.title}"


def marked(body: FilledText, styled: Styled) -> str:
    """``body`` with its fields marked; a field of several lines stays as it is."""
    pieces: list[str] = []
    last = 0
    for field in body.fields:
        shown = field.span.of(body.text)
        pieces += [body.text[last : field.span.start], shown if "\n" in shown else styled(field, shown)]
        last = field.span.end
    return "".join((*pieces, body.text[last:]))


def _standing(draft: Draft) -> str:
    missing = {field.name for field in draft.fields if field.origin is FieldOrigin.MISSING}
    count = f" Champs à compléter : {len(missing)}." if missing else ""
    edited = sum(article.by_hand for article in draft.articles)
    count += f" Articles modifiés à la main : {edited}." if edited else ""
    verified = min((article.clause.verified_on for article in draft.articles if article.clause), default=None)
    law = f", droit vérifié le {french_date(verified)}" if verified else ""
    source = "clauses modèles" if verified else "contrats antérieurs"
    return f"*Projet tiré de {source}{law}. À relire avant publication.{count}*"


def _article(place: Place, article: DraftArticle, styled: Styled) -> Iterator[str]:
    yield f"### {article_title(place, article)}"
    body = _shifted(marked(article.body, styled), _ARTICLE_LEVEL + 1)
    if article.precedent:
        mark = f"[^{place.name.lower()}-{article.number}-repris]"
        yield _noted(body, mark)
        yield f"{mark}: {_marked_by_hand(article)}Droit, renvois, délais et montants à revoir. Repris de {taken_from(article.precedent)}."
        return
    if article.clause is None:
        yield body
        return
    mark = f"[^{place.name.lower()}-{article.clause.id}]"
    yield _noted(_parted(body), mark)
    yield f"{mark}: {_marked_by_hand(article)}{legal_basis(article.clause)}"


def _marked_by_hand(article: DraftArticle) -> str:
    """What the footnote of an article says first, where the buyer edited it."""
    if not article.by_hand:
        return ""
    origin = f"la clause modèle « {article.clause.title} »" if article.clause else "l'article repris"
    return f"Texte {BY_HAND} d'après {origin}. "


def _shifted(text: str, outermost: int) -> str:
    """``text``, its headings pushed down so that the outermost is of level ``outermost``."""
    levels = [len(match[1]) for match in _HEADING.finditer(text)]
    if not levels:
        return text
    shift = outermost - min(levels)
    return _HEADING.sub(lambda match: "#" * min(len(match[1]) + shift, 6), text)


def _parted(text: str) -> str:
    """``text``, its numbered paragraphs parted by an empty line: one look for all articles, however their files space them."""
    return re.sub(r"(?<=[^\n|])\n(?=\d{1,3}\. )", "\n\n", text)


def _noted(body: str, mark: str) -> str:
    """``body`` with a footnote mark at the end of its first sentence paragraph or list item; of tables only, in a paragraph of its own."""
    lines = body.split("\n")
    first = next(
        (
            index
            for index, line in enumerate(lines)
            if line.strip() and not line.lstrip().startswith(("#", "|", ">", "```"))
        ),
        None,
    )
    if first is None:
        return f"{body}\n\nFondement.{mark}"
    last = first
    while (
        last + 1 < len(lines)
        and lines[last + 1].strip()
        and not lines[last + 1].lstrip().startswith(("|", "#"))
        and not LIST_MARK.match(lines[last + 1])
    ):
        last += 1
    lines[last] = lines[last].rstrip() + mark
    return "\n".join(lines)


def taken_from(precedent: Precedent) -> str:
    """Where a precedent stands: document, article, pages, date."""
    pages = precedent.pages
    page = (
        "" if pages is None else f", p. {pages[0]}" if pages[0] == pages[1] else f", p. {pages[0]}-{pages[1]}"
    )
    dated = f", {french_date(precedent.dated)}" if precedent.dated else ""
    number = f", {_numbered_as(precedent)}" if precedent.number else ""
    return f"« {escaped(precedent.source.title)} »{number}{page}{dated}"


def _numbered_as(precedent: Precedent) -> str:
    number = (precedent.number or "").rstrip(".")
    return (
        escaped(number.lower() if number.isupper() else number)
        if number[:1].isalpha()
        else f"article {escaped(number)}"
    )


def legal_basis(clause: ModelClause) -> str:
    """The rules that a clause rests on, in words, one work after the other."""
    works = [f"{name}{_articles(list(group))}" for name, group in groupby(clause.legal_basis, key=_work_name)]
    return f"Fondement : {' ; '.join(works)}. Vérifié le {french_date(clause.verified_on)}."


def _work_name(target: Target) -> str:
    return _WORK_TITLES.get(target.work or "", target.work or "")


def _articles(targets: Sequence[Target]) -> str:
    numbers = [_CODE_LETTER.sub(r"\1. ", target.article or "") for target in targets]
    work = targets[0].work or ""
    if work in ("CE", "CAA", "TA", "CJUE", "CJCE", "TUE"):
        return f", {', '.join(number if '/' in number else f'n° {number}' for number in numbers)}"
    if work.startswith("SecNumCloud") or not all(_ARTICLE_NUMBER.match(number) for number in numbers):
        return f", {', '.join(numbers)}"
    return (
        f", art. {numbers[0]}" if len(numbers) == 1 else f", art. {', '.join(numbers[:-1])} et {numbers[-1]}"
    )


def readable(wording: str, clause: ModelClause, library: ClauseLibrary) -> str:
    """A wording to be read or compared: the labels of its fields and the titles of the clauses it names, in place of their ids."""
    labels = {field.name: field.label for field in clause.fields}

    def said(found: re.Match[str]) -> str:
        name = found["name"]
        if name.startswith(ARTICLE_PREFIX):
            other = library.find_clause(name.removeprefix(ARTICLE_PREFIX).strip())
            return f"l'article « {other.title if other else name} »"
        return f"[{labels.get(name, name)}]"

    return PLACEHOLDER.sub(said, wording)


def plain_wording(wording: str, clause: ModelClause, library: ClauseLibrary) -> str:
    """``readable`` without the marks of Markdown: what is compared, and copied elsewhere."""
    return plain(readable(wording, clause, library))


def plain_article(precedent: Precedent) -> str:
    """The text of a precedent as it is compared, and copied elsewhere: a document written in Markdown without its marks, any other as it is."""
    return plain(precedent.text) if precedent.source.media_type == Format.MARKDOWN.value else precedent.text


# ---- the risk note ----------------------------------------------------------------------------------------------------------------------


def _risk_note(draft: Draft, styled: Styled) -> Iterator[str]:
    yield f"## {RISK_NOTE_TITLE}"
    doubts = [problem for problem in draft.problems if problem.severity is not Severity.INFO]
    if doubts:
        yield "\n".join(f"- **{problem.message}**" for problem in doubts)
    values = list(_values(draft, styled))
    if values:
        yield "### Valeurs des champs"
        yield "\n".join(("| Champ | Valeur | D'où elle vient |", "|---|---|---|", *values))
    held = {article.clause.id for article in draft.articles if article.clause}
    for piece in draft.pieces:
        for article in piece.articles:
            if article.precedent:
                yield f"### {_place_title(piece, article)}"
                origin = f"{_marked_by_hand(article)}Repris de {taken_from(article.precedent)}."
                yield f"{origin} Ce n'est pas une clause modèle : son risque n'a pas été évalué ici."
            if article.clause and article.level:
                yield f"### {_place_title(piece, article)}"
                yield from _risk(article, article.clause, article.level, held)


def _values(draft: Draft, styled: Styled) -> Iterator[str]:
    seen: set[str] = set()
    bodies = [
        *(article.body for article in draft.articles),
        *((draft.justification,) if draft.justification else ()),
    ]
    for body in bodies:
        for field in body.fields:
            if field.name not in seen:
                seen.add(field.name)
                shown = re.sub(r"\s*\n\s*(?:[-*]\s+)?", " ; ", field.span.of(body.text)).removeprefix("- ")
                unit = f" {field.unit}" if field.unit and field.origin is not FieldOrigin.MISSING else ""
                yield f"| {escaped(field.label)} | {styled(field, shown)}{unit} | {_ORIGINS[field.origin]} |"


_ORIGINS = {
    FieldOrigin.GIVEN: "donnée par l'acheteur",
    FieldOrigin.DEFAULT: "proposée par la clause modèle, à confirmer",
    FieldOrigin.MISSING: "à décider",
}


def _place_title(piece: DraftPiece, article: DraftArticle) -> str:
    where = "" if piece.place is Place.ANNEX else f"{piece.place.value}, "
    return where + article_title(piece.place, article)


def _risk(article: DraftArticle, clause: ModelClause, level: int, held: set[str]) -> Iterator[str]:
    chosen = clause.at(level)
    stands = f"Niveau {level} ({LEVEL_NAMES[level]})."
    if article.by_hand:
        lost = (
            f"Le risque de cette clause ({chosen.risk.level}) n'est plus le sien : il n'a pas été évalué ici."
        )
        yield f"**Texte {BY_HAND}** d'après la clause modèle. {stands} {lost}"
    else:
        yield f"{stands} **Risque contentieux : {chosen.risk.level}.**"
    if article.adapted_by:
        yield f"Rédaction adaptée au marché par le modèle de langage {article.adapted_by}, et contrôlée contre la clause modèle."
    lists = (
        ("**Pourquoi ce risque**", () if article.by_hand else chosen.risk.reasons),
        ("**À réunir avant de s'en servir**", chosen.conditions),
        ("**Ce que cette clause n'obtient pas**", clause.does_not_achieve),
        ("**Dérogation à inscrire au dernier article du CCAP**", clause.derogations),
    )
    for title, items in lists:
        if items:
            yield title
            yield "\n".join(f"- {item}" for item in items)
    absent = [name for name in clause.companions if name not in held]
    if absent:
        yield f"**Clauses qui l'accompagnent et ne sont pas dans ce projet** : {', '.join(absent)}."


# ---- JSON -------------------------------------------------------------------------------------------------------------------------------


def draft_json(draft: Draft) -> dict[str, Any]:
    """A draft for a program: each article with its text, fields, basis and risk, and the whole Markdown."""
    return {
        "title": draft.title,
        "pieces": [
            {"piece": piece.place.value, "articles": [_article_json(article) for article in piece.articles]}
            for piece in draft.pieces
        ],
        "justification": draft.justification.text if draft.justification else None,
        "missing": list(
            dict.fromkeys(field.name for field in draft.fields if field.origin is FieldOrigin.MISSING)
        ),
        "derogations": [{"clause": title, "ccag": article} for title, article in draft.derogations],
        "problems": [_problem_json(problem) for problem in draft.problems],
        "markdown": markdown(draft),
    }


def _article_json(article: DraftArticle) -> dict[str, Any]:
    clause = article.clause
    chosen = clause.at(article.level) if clause and article.level else None
    return {
        "number": article.number,
        "title": article.title,
        "clause": clause.id if clause else None,
        "level": article.level,
        "adapted_by": article.adapted_by,
        "edited_by_hand": article.by_hand,
        "precedent": article.precedent.id if article.precedent else None,
        "text": article.body.text,
        "fields": [
            {
                "name": field.name,
                "label": field.label,
                "origin": field.origin.value,
                "start": field.span.start,
                "end": field.span.end,
            }
            for field in article.body.fields
        ],
        "legal_basis": [{"work": target.work, "article": target.article} for target in clause.legal_basis]
        if clause
        else [],
        "risk": {"level": chosen.risk.level, "reasons": list(chosen.risk.reasons)}
        if chosen and not article.by_hand
        else None,
        "conditions": list(chosen.conditions) if chosen else [],
        "does_not_achieve": list(clause.does_not_achieve) if clause else [],
    }


def _problem_json(problem: Problem) -> dict[str, str]:
    return {"code": problem.code, "message": problem.message, "severity": problem.severity.value}
