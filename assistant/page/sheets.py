"""A legal sheet whole: its cases with their positions, the cited sentence marked, the articles that it rests on as buttons."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby, zip_longest

from assistant.datatypes import ModelClause, Source, Span, Target
from assistant.export import french_period
from assistant.french.dates import french_date
from assistant.page.answers import position_badge
from assistant.page.articles import clause_buttons, rule_mark
from assistant.page.markup import Content, Markup, button, items, marked, tag
from assistant.page.viewer import frame
from assistant.sheets import Case, LegalSheet

_STATUSES = {"projet": "Texte en projet", "incertain": "Droit incertain", "abrogé": "Droit abrogé"}
_CASE = "## Cas : "


@dataclass(frozen=True, slots=True)
class Opened:
    """A sheet, and what goes with it.

    Attributes:
        sheet: the sheet.
        quote: the cited words, in its text; nothing: it is read from its beginning.
        indexed: those of its rules that can be opened.
        see_also: other sheets.
        clauses: model clauses that name it.
        today: tells the cases that hold.
    """

    sheet: LegalSheet
    quote: Span
    indexed: frozenset[Target]
    see_also: tuple[Source, ...]
    clauses: tuple[ModelClause, ...]
    today: date


def first_on(sheet: LegalSheet, rule: Target) -> Span:
    """Where its first sentence stands that rests on a rule; nothing where none does."""
    return next((one.span for one in sheet.statements if rule in one.rests_on), Span(0, 0))


def page(opened: Opened) -> Markup:
    """The sheet as it is read beside what cites it."""
    sheet = opened.sheet
    also = [
        button(one.title, "ouvrir", {"source": one.id}, class_="secondaire large") for one in opened.see_also
    ]
    clauses = clause_buttons(opened.clauses)
    return frame(
        f"Fiche : {sheet.title}",
        tag("p", f"Droit vérifié le {french_date(sheet.verified_on)}.", class_="discret"),
        tag("p", f"{_STATUSES[sheet.status]}.", class_="avertissement")
        if sheet.status in _STATUSES
        else None,
        tag("div", _body(opened), class_="lecture"),
        tag("section", tag("h4", "Voir aussi"), items(also, class_="liste")) if also else None,
        tag("section", tag("h4", "Clauses modèles"), items(clauses, class_="liste")) if clauses else None,
    )


def _body(opened: Opened) -> Iterator[Content]:
    """Its text line by line, as ``sheets.rendering`` writes it: titles, and under each the sentences."""
    sheet, lines, at = opened.sheet, list[tuple[int, str]](), 0
    for line in sheet.text.splitlines(keepends=True):
        lines.append((at, line.rstrip("\n")))
        at += len(line)
    cases = iter(sheet.cases)
    alone = not any(line.startswith(_CASE) for _, line in lines)
    for is_sentence, run in groupby(
        (one for one in lines if one[1]), key=lambda one: one[1].startswith("- ")
    ):
        if is_sentence:
            yield tag("ul", _sentences(opened, list(run)))
            continue
        for _, line in run:
            marks, _, title = line.partition(" ")
            if marks != "#":
                yield tag("h4" if marks == "##" else "h5", title)
            if line.startswith(_CASE) or (alone and marks == "#"):
                yield _position(next(cases), opened.today)


def _position(case: Case, today: date) -> Content:
    period = french_period(case.valid_from, case.valid_to)
    return (
        position_badge(case.position),
        None
        if case.in_force(today)
        else tag("p", f"Ce cas n'est pas à lire aujourd'hui : {period}.", class_="avertissement"),
    )


def _sentences(opened: Opened, lines: Sequence[tuple[int, str]]) -> Iterator[Markup]:
    """Lines that hold a sentence each. The rules of several that follow each other and rest on the same stand under the last."""
    sheet = opened.sheet
    said = {sheet.text.rfind("\n", 0, one.span.start) + 1: one for one in sheet.statements}
    for (at, line), following in zip_longest(lines, lines[1:]):
        statement = said.get(at)
        if statement is None:
            yield tag("li", marked(line[2:], at + 2, opened.quote))
            continue
        span, rules = statement.span, statement.rests_on
        label = line[2 : span.start - at].strip(" *")
        next_one = said.get(following[0]) if following else None
        yield tag(
            "li",
            (tag("em", label), " ") if label else None,
            marked(statement.text, span.start, opened.quote),
            _rules(rules, opened.indexed)
            if rules and (next_one is None or next_one.rests_on != rules)
            else None,
        )


def _rules(rules: Sequence[Target], indexed: frozenset[Target]) -> Markup:
    return tag("p", [(rule_mark(rule, indexed), " ") for rule in rules], class_="marques")
