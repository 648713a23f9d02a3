"""An answer as HTML: position and risk by word and shape, the sentence that answers with its marks, what to write; the rest folded under its titles.

It is made from the answer as it is kept, so that a kept conversation shows exactly what was shown when it was asked.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from assistant.answering.follow_up import Aspect, aspect_of
from assistant.datatypes import Ask, Basis, Position, SheetName, Verdict
from assistant.export import UNSAID, position_label
from assistant.french.dates import french_date
from assistant.kept_answer import KeptAnswer, KeptClaim, KeptQuote, Place, numbered
from assistant.page import lists
from assistant.page.markup import Content, Markup, button, items, tag, text, typeset

# A claim that is itself a long quote is folded beyond this many characters.
_LONG_QUOTE = 420
# A mark names its source in this many characters.
_SHORT_TITLE = 34
# What answers each part of a question asked as several begins with the number of the part.
_PART = re.compile(r"\d+\) ")
# What is said of a case beside the answer to what was asked; all other remarks are about that answer, and stay open.
_BESIDE = frozenset(("incertitude", "clauses-liees"))
# What each position is drawn as, beside its word: a circle, a triangle, an octagon … are told apart without colours.
_SHAPES: dict[Position, str] = {
    Position.POSSIBLE: '<circle cx="12" cy="12" r="10"/><path d="M7 12.5l3.5 3.5L17 9"/>',
    Position.CONDITIONAL: '<path d="M12 2.5L22.5 21h-21z"/><path d="M12 9v6M12 17.5v.5"/>',
    Position.FORBIDDEN: '<path d="M8 2h8l6 6v8l-6 6H8l-6-6V8z"/><path d="M8 8l8 8M16 8l-8 8"/>',
    Position.INFORMATION: '<rect x="2.5" y="2.5" width="19" height="19" rx="2"/><path d="M12 11v6M12 7v.5"/>',
    Position.NOT_IN_FORCE: '<circle cx="12" cy="12" r="10"/><path d="M12 6v6l4 3"/>',
    Position.OUT_OF_SCOPE: '<path d="M12 2l10 10-10 10L2 12z"/><path d="M9.5 9.5a2.5 2.5 0 1 1 3 2.5c-.5.2-.5.5-.5 1.5M12 16v.5"/>',
}
_RISK_STEPS = {"faible": 1, "moyen": 2, "élevé": 3}


def position_badge(position: Position, label: str = "") -> Markup:
    """A position as its shape and its word, or ``label`` instead of the word."""
    drawn = Markup(
        f'<svg aria-hidden="true" viewBox="0 0 24 24" width="22" height="22">{_SHAPES[position]}</svg>'
    )
    return tag(
        "p", drawn, tag("strong", label or position_label(position)), class_=f"position {position.value}"
    )


def risk_badge(level: str, label: str = "Risque contentieux") -> Markup:
    """A level of risk as its word and as one, two or three bars out of three."""
    steps = _RISK_STEPS.get(level, 0)
    bars = [tag("span", class_="barre pleine" if step <= steps else "barre") for step in (1, 2, 3)]
    return tag(
        "p",
        tag("span", bars, class_="barres", aria_hidden="true"),
        tag("span", f"{label} : "),
        tag("strong", level),
        class_=f"risque niveau-{steps}",
    )


def answer(value: KeptAnswer, turn: int) -> Markup:
    """An answer: short first, then what it rests on. ``turn`` is its place in the conversation, which makes its headings unique."""
    risk = value.risk
    refused, asked = value.basis is Basis.NONE, aspect_of(value.question)
    said = [one.message for one in value.problems_beside_refusal if one.code not in _BESIDE]
    beside = [one.message for one in value.problems if one.code in _BESIDE]
    return text(
        (
            tag(
                "div",
                position_badge(value.position, UNSAID if value.is_unsaid else ""),
                risk_badge(risk.level) if risk.level else None,
                tag("p", f"Droit en vigueur le {french_date(value.as_of)}", class_="date-du-droit")
                if value.position is not Position.OUT_OF_SCOPE
                else None,
                class_="en-bref",
            ),
            tag(
                "p",
                tag("strong", f"{position_label(value.position)} : "),
                typeset(value.about),
                class_="sur-quoi",
            )
            if value.about
            else None,
            _lead(value),
            [tag("p", typeset(one)) for one in value.fallbacks] if refused else None,
            lists.rows(value.rows, turn) if value.rows else None,
            _said(value, are_asked=asked is Aspect.ARTICLES),
            _ask(value.ask, turn, value.as_of) if value.ask else None,
            _section("Ce que vous pouvez écrire", value.fallbacks) if not refused else None,
            _section("À savoir", said),
            _folded("À faire", value.todo),
            _folded("Pourquoi ce risque", (*risk.reasons, *risk.appeals), is_asked=asked is Aspect.RISK),
            _folded("À savoir encore", beside),
            _pleat("Voir aussi", len(value.see_also), items(map(_sheet, value.see_also), class_="liste"))
            if value.see_also
            else None,
            tag("p", f"Modèle de langage : {value.model}.", class_="discret") if value.model else None,
        )
    )


def _lead(value: KeptAnswer) -> Markup | None:
    """What is said before the claims; all that is said, where the buyer's documents do not say. The count of a list stands with its rows."""
    if not value.lead or value.rows:
        return None
    return tag("p", typeset(value.lead), class_=None if value.is_unsaid else "annonce")


def claims(values: Sequence[KeptClaim]) -> Markup:
    """Claims in their order, as they arrive: what is said in lists, extracts as texts under their place."""
    return _claims(values, numbered(values))


def _said(value: KeptAnswer, *, are_asked: bool) -> Markup:
    """The claims of an answer: of a case, the sentence that answers each part of the question, and the other rules, folded unless they are asked."""
    values = value.claims_beside_rows
    numbers = numbered(values)
    if value.basis is not Basis.SHEET or any(one.verdict is not Verdict.VERIFIED for one in values):
        return _claims(values, numbers)
    return text(
        _claims(run, numbers)
        if is_open
        else _pleat("Ce que disent les règles", len(run), _claims(run, numbers), is_open=are_asked)
        for is_open, run in _runs(values)
    )


def _runs(values: Sequence[KeptClaim]) -> Iterator[tuple[bool, Sequence[KeptClaim]]]:
    """Claims that stay open, and those that are folded, each with whether they are open."""
    first = values[:1]
    for is_open, run in groupby(
        values, key=lambda claim: claim in first or bool(_PART.match(claim.text)) or _is_text(claim)
    ):
        yield is_open, list(run)


def _is_text(claim: KeptClaim) -> bool:
    return claim.is_extract and claim.label != claim.text


def _claims(values: Sequence[KeptClaim], numbers: Mapping[Place, int]) -> Markup:
    """Claims as lists; ``numbers`` are those of their marks, and the only ones: a list has none of its own."""
    return text(
        tag("ul", [_extract(claim, numbers) for claim in run], class_="textes")
        if is_text
        else tag("ul", [_claim(claim, numbers) for claim in run], class_="reponse")
        for is_text, run in groupby(values, key=_is_text)
    )


def _ask(ask: Ask, turn: int, day: date) -> Markup:
    """The fact that decides, with its values as buttons: each asks the next question, of the same day."""
    name, asked_of = f"choix-{turn}", "" if day == date.today() else day.isoformat()
    choices = [
        tag(
            "li",
            button(
                one.label,
                "exemple",
                {"question": one.question, "jour": asked_of, "form": "composer"},
                class_="exemple",
            ),
        )
        for one in ask.options
    ]
    return tag(
        "div",
        tag("p", tag("strong", typeset(ask.question)), id=name),
        tag("ul", choices, class_="exemples", aria_labelledby=name),
        class_="precisions",
    )


def _section(title: str, said: Sequence[str]) -> Markup | None:
    return text((tag("h4", title), items(map(typeset, said)))) if said else None


def _folded(title: str, said: Sequence[str], *, is_asked: bool = False) -> Markup | None:
    return _pleat(title, len(said), items(map(typeset, said)), is_open=is_asked) if said else None


def _pleat(title: str, count: int, content: Content, *, is_open: bool = False) -> Markup:
    """What stands folded under its title, which says how much there is; open where it is what was asked."""
    said = tag("summary", tag("h4", title, tag("span", f" ({count})", class_="discret")))
    return tag("details", said, content, class_="pli", open=is_open)


def _claim(claim: KeptClaim, numbers: Mapping[Place, int]) -> Markup:
    """A statement, with the words that prove it folded under it."""
    doubt = tag("span", " Non vérifié ", class_="doute") if claim.verdict is not Verdict.VERIFIED else None
    proofs = [quote for quote in claim.evidence if not quote.is_of_a_sheet]
    folded = tag(
        "details",
        tag("summary", "Le texte"),
        [
            tag("blockquote", f"« {' '.join(quote.quote.split())} »", tag("footer", place(quote)))
            for quote in proofs
        ],
        class_="preuves",
    )
    return tag("li", tag("p", typeset(claim.text), doubt), _marks(claim, numbers), folded if proofs else None)


def _sheet(name: SheetName) -> Markup:
    return button(typeset(name.title), "ouvrir", {"fiche": name.id, "opens": "1"}, class_="secondaire large")


def _marks(claim: KeptClaim, numbers: Mapping[Place, int]) -> Markup:
    marks = [_mark(quote, numbers[quote.place]) for quote in claim.evidence]
    return tag("p", "Source : " if len(marks) == 1 else "Sources : ", marks, class_="marques")


def _extract(claim: KeptClaim, numbers: Mapping[Place, int]) -> Markup:
    words = " ".join(" ".join(quote.quote.split()) for quote in claim.evidence)
    shown: Content = tag("blockquote", f"« {words} »")
    if len(words) > _LONG_QUOTE:
        start = words[:_LONG_QUOTE].rsplit(" ", 1)[0]
        shown = tag(
            "details",
            tag("summary", f"« {start} … ", tag("span", "lire la suite", class_="suite")),
            tag("blockquote", f"« {words} »"),
        )
    return tag("li", tag("p", tag("strong", claim.label)), shown, _marks(claim, numbers))


def _mark(quote: KeptQuote, number: int) -> Markup:
    """The mark of a quote: a button with its number, which says where it stands, and opens it."""
    data: dict[str, str | int | float | bool | None] = {
        "source": quote.source.id,
        "start": quote.start,
        "end": quote.end,
        "opens": "1",
    }
    words = " ".join(quote.quote.split())
    hint = words if len(words) <= _LONG_QUOTE else words[:_LONG_QUOTE].rsplit(" ", 1)[0] + " …"
    return button(
        (tag("span", str(number), class_="repere"), " ", place(quote)),
        "ouvrir",
        data,
        class_="marque",
        title=f"« {hint} »",
    )


def place(quote: KeptQuote) -> str:
    """Where a quote stands, in few words."""
    if quote.article:
        return f"{quote.work}, art. {quote.article}"
    title = quote.source.title
    short = title if len(title) <= _SHORT_TITLE else title[: _SHORT_TITLE - 1].rsplit(" ", 1)[0] + "…"
    return (
        f"{short}, p. {quote.pages[0]}"
        if quote.pages
        else ("Fiche : " if quote.is_of_a_sheet else "") + short
    )
