"""An article whole: its words, the cited ones marked, its dates, another of its wordings face to face, and what rests on it as buttons."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from assistant.article_dates import UNREAD
from assistant.datatypes import ModelClause, Source, Span, Target
from assistant.french.dates import french_date
from assistant.index.links import Link
from assistant.index.wordings import Article, Wording, overtaken, period
from assistant.page.comparing import face_to_face
from assistant.page.markup import Attribute, Content, Markup, button, count, items, marked, tag, typeset
from assistant.page.viewer import frame

# Longer lists of what rests on an article are folded.
_MOST_OPEN = 6


@dataclass(frozen=True, slots=True)
class Opened:
    """A wording of an article, and what stands around it.

    Attributes:
        wording: the one that is read.
        quote: the cited words, in the text of its document.
        article: every wording of that article that the reader may see.
        links: the references of its text.
        sheets, clauses: what rests on it.
        today: tells what is law from what is not.
        other: the wording to set it against; None: it is read alone.
        missing: why ``sheets`` could not be looked for.
    """

    wording: Wording
    quote: Span
    article: Article
    links: tuple[Link, ...]
    sheets: tuple[Source, ...]
    clauses: tuple[ModelClause, ...]
    today: date
    other: Wording | None = None
    missing: str = ""


def key(wording: Wording) -> str:
    """What stands for a wording in a button."""
    return f"{wording.source.id}@{wording.passage.span.start}"


def rule_mark(
    rule: Target, indexed: frozenset[Target], data: Mapping[str, Attribute] | None = None
) -> Markup:
    """A rule as the button that opens it, which sends ``data`` besides; as its name alone where it is not ``indexed``."""
    if rule not in indexed:
        return tag("span", rule.reference)
    where = {"work": rule.work, "article": rule.article, **(data or {})}
    return button(rule.reference, "ouvrir", where, class_="marque")


def clause_buttons(clauses: Sequence[ModelClause]) -> list[Markup]:
    """Model clauses as buttons that open them on their own screen."""
    return [button(one.title, "clause", {"clause": one.id}, class_="secondaire large") for one in clauses]


def page(opened: Opened) -> Markup:
    """The article as it is read beside what cites it."""
    wording = opened.wording
    return frame(
        f"{wording.work}, art. {wording.article}",
        tag("p", " › ".join(wording.passage.headings), class_="trail") if wording.passage.headings else None,
        _force(opened),
        _compared(opened, opened.other) if opened.other else _text(opened),
        _wordings(opened),
        _resting(opened),
    )


def _force(opened: Opened) -> Content:
    """The days of these words; that they are not the law of today, and the button of those that are."""
    wording, today = opened.wording, opened.today
    if _is_replaced(opened, wording):
        return tag("p", f"Rédaction {period(wording)}, remplacée depuis."), _unknown(opened)
    days = tag("p", f"En vigueur {period(wording)}.", class_="discret")
    if wording.in_force(today):
        return days
    said = (
        f"Cette rédaction n'est plus en vigueur depuis le {french_date(wording.valid_to)}."
        if wording.valid_to and wording.valid_to <= today
        else "Cette rédaction n'est pas encore en vigueur."
    )
    return days, tag("div", tag("p", said), _current(opened), class_="avertissement")


def _current(opened: Opened) -> Markup | None:
    """The button of the wording that is in force, as far as the index knows."""
    current = next((one for one in opened.article.wordings if one.in_force(opened.today)), None)
    if current is None:
        return None
    label = (
        "Lire la dernière rédaction indexée"
        if _is_replaced(opened, current)
        else "Lire la rédaction en vigueur"
    )
    return tag("p", button(label, "ouvrir", _where(current), class_="secondaire"))


def _is_replaced(opened: Opened, wording: Wording) -> bool:
    """Whether a wording that the index takes for the law of today was replaced by one that it lacks."""
    return wording.in_force(opened.today) and overtaken(wording, opened.article.unknown, opened.today)


def _unknown(opened: Opened) -> list[Markup]:
    """The wordings that are known and not indexed."""
    return [
        tag(
            "p",
            typeset(
                f"Une rédaction{f' du {french_date(row.valid_from)}' if row.valid_from else ''} n'est pas dans les textes indexés. "
                f"Ce qui en est connu : {row.note.removeprefix(UNREAD).lstrip(' :')}."
            ),
            class_="avertissement",
        )
        for row in opened.article.unknown
    ]


def _text(opened: Opened) -> Markup:
    """Its words; the articles that they name are buttons."""
    wording, parts = opened.wording, list[Content]()
    start, at = wording.passage.span.start, 0
    for link in opened.links:
        span, passage = link.reference.span, link.passage
        own = passage is not None and (passage.work, passage.article) == (wording.work, wording.article)
        if passage is None or own or span.start < at:
            continue
        parts.append(marked(wording.text[at : span.start], start + at, opened.quote))
        named = marked(span.of(wording.text), start + span.start, opened.quote)
        data = {"work": passage.work, "article": passage.article}
        parts.append(button(named, "ouvrir", data, class_="renvoi"))
        at = span.end
    parts.append(marked(wording.text[at:], start + at, opened.quote))
    return tag("div", parts, class_="lecture mot-a-mot")


def _compared(opened: Opened, other: Wording) -> Markup:
    """It and another of its wordings, the older one on the left."""
    order = [key(one) for one in opened.article.wordings]
    before, after = sorted(
        (opened.wording, other),
        key=lambda one: (one.valid_from or date.min, order.index(key(one)) if key(one) in order else -1),
    )
    between = [
        one
        for one in opened.article.wordings
        if one.valid_from
        and (before.valid_from or date.min) < one.valid_from < (after.valid_from or date.min)
    ]
    said = f"Entre les deux, {count(len(between), 'autre rédaction a été', 'autres rédactions ont été')} en vigueur."
    alone = button("Lire cette rédaction seule", "ouvrir", _quoted(opened), class_="secondaire")
    return tag(
        "div",
        tag("p", alone),
        tag("p", said, class_="avertissement") if between else None,
        tag("p", "Les mots sont les mêmes.") if before.text == after.text else None,
        tag(
            "div",
            face_to_face((period(before).capitalize(), period(after).capitalize()), before.text, after.text),
            class_="defile",
        ),
    )


def _wordings(opened: Opened) -> Markup:
    """Its other wordings, each to be read or set against it; those that are known and not indexed."""
    wording = opened.wording
    own = (wording.valid_from, wording.valid_to, wording.text)
    others = [one for one in opened.article.wordings if (one.valid_from, one.valid_to, one.text) != own]
    entries = [
        (
            tag("span", f"En vigueur {period(one)} ", class_="bloc"),
            tag(
                "span",
                button("Lire", "ouvrir", _where(one), aria_label=f"Lire la rédaction {period(one)}"),
                button(
                    "Comparer mot à mot",
                    "ouvrir",
                    {**_quoted(opened), "autre": key(one)},
                    aria_label=f"Comparer mot à mot avec la rédaction {period(one)}",
                    aria_pressed="true" if opened.other and key(one) == key(opened.other) else None,
                ),
                class_="actions-en-ligne",
            ),
        )
        for one in others
    ]
    return tag(
        "section",
        tag("h4", "Ses autres rédactions"),
        items(entries, class_="redactions") if entries else tag("p", "Aucune autre n'est indexée."),
        None if _is_replaced(opened, wording) else _unknown(opened),
    )


def _resting(opened: Opened) -> Markup:
    """The sheets and model clauses that rest on it, each opened by its button."""
    target = {"work": opened.wording.work, "article": opened.wording.article}
    sheets = [
        button(source.title, "ouvrir", {"source": source.id, **target}, class_="secondaire large")
        for source in opened.sheets
    ]
    clauses = clause_buttons(opened.clauses)
    lists = [
        tag(
            "details",
            tag("summary", count(len(buttons), *said)),
            items(buttons, class_="liste"),
            open=len(buttons) <= _MOST_OPEN,
        )
        for buttons, said in (
            (sheets, ("fiche", "fiches")),
            (clauses, ("clause modèle", "clauses modèles")),
        )
        if buttons
    ]
    return tag(
        "section",
        tag("h4", "Ce qui s'appuie sur cet article"),
        lists or (None if opened.missing else tag("p", "Ni fiche, ni clause modèle.")),
        tag("p", opened.missing, class_="discret") if opened.missing else None,
    )


def _quoted(opened: Opened) -> dict[str, Attribute]:
    return {"source": opened.wording.source.id, "start": opened.quote.start, "end": opened.quote.end}


def _where(wording: Wording) -> dict[str, Attribute]:
    return {"source": wording.source.id, "start": wording.passage.span.start}
