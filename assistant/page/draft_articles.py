"""The articles of a draft as they are read: moved up and down, edited by hand, with their risk and what the review finds in the margin."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from assistant.datatypes import Draft, DraftArticle, DraftPiece, FieldOrigin, Problem, Severity
from assistant.drafting import rendering
from assistant.drafting.drafter import DEROGATIONS_CLAUSE, PIECE_TITLES
from assistant.page.answers import risk_badge
from assistant.page.clauses import CAUTION
from assistant.page.draft_form import FORM_ID, LONGEST_TEXT, TEXT
from assistant.page.draft_review import Placed, target
from assistant.page.findings import finding_card
from assistant.page.formatted import filled, formatted, legend, marked, words
from assistant.page.markup import Attribute, Content, Markup, button, count, items, tag, text, typeset

# Ids within a message: words with hyphens, or the items of a list.
_IDS = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+|(?<=[:,] )[a-z0-9]+(?=[,.])")
_HOW_TO_WRITE = (
    "Ce qui est entre crochets est rempli par le formulaire ; d'autres mots entre crochets restent à compléter. "
    "Une ligne fait un paragraphe, « - » un élément de liste, deux ** autour de mots les mettent en gras."
)
UP, DOWN = "monter", "descendre"


@dataclass(frozen=True, slots=True)
class Editing:
    """What one may do with the articles that are shown.

    Attributes:
        is_open: whether one may write in the draft.
        article: the id of the one whose text is being edited; empty: none.
        text: that text.
        seen: what the rest of the draft says, in a word: as long as that is the same, typing in the text changes nothing else that is shown.
        follow: the id of the element that the keyboard is to be led to; empty: where it is.
    """

    is_open: bool = False
    article: str = ""
    text: str = ""
    seen: str = ""
    follow: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """What is shown of a draft beside its articles."""

    titles: Mapping[str, str]
    findings: Sequence[Placed] = ()
    editing: Editing = field(default_factory=Editing)


def key(kind: str, id_: str) -> str:
    """The id of an element of an article: that of its clause or precedent may hold what no id does."""
    return f"{kind}-{sha256(id_.encode()).hexdigest()[:12]}"


def draft(drafted: Draft, shown: Shown) -> Markup:
    """The draft, article by article."""
    missing = list(dict.fromkeys(one.label for one in drafted.fields if one.origin is FieldOrigin.MISSING))
    at = 0
    pieces = []
    for piece in drafted.pieces:
        articles = []
        for article in piece.articles:
            articles.append(_article(piece, article, at, shown))
            at += 1
        pieces.append(tag("section", tag("h3", PIECE_TITLES[piece.place]), articles))
    note = drafted.justification
    follow = shown.editing.follow
    return tag(
        "section",
        legend(),
        [_problem(problem, shown.titles) for problem in drafted.problems],
        tag("details", tag("summary", f"{count(len(missing), 'champ')} à compléter"), items(missing))
        if missing
        else None,
        pieces,
        tag(
            "details",
            tag("summary", rendering.JUSTIFICATION_TITLE),
            formatted(rendering.marked(note, marked)),
        )
        if note
        else None,
        tag("a", hidden=True, class_="suivre", href=f"#{follow}") if follow else None,
        class_="carte projet",
    )


def _article(piece: DraftPiece, article: DraftArticle, at: int, shown: Shown) -> Markup:
    title = rendering.article_title(piece.place, article)
    is_edited = article.id is not None and article.id == shown.editing.article
    in_title = [mark for one in shown.findings for mark in one.marks(at)[0]]
    in_body = [mark for one in shown.findings for mark in one.marks(at)[1]]
    heading = words(title, in_title)
    body = _editor(article.id or "", title, shown.editing) if is_edited else filled(article.body, in_body)
    level = article.clause.at(article.level) if article.clause and article.level else None
    margin = (
        tag("p", typeset("Modifié à la main : son risque n'a pas été évalué."), class_="a-la-main")
        if article.by_hand
        else risk_badge(level.risk.level, f"Niveau {article.level}, risque")
        if level and level.risk.level
        else None,
        [_card(one, text((heading, body))) for one in shown.findings if one.article == at],
    )
    standing = (
        tag("p", rendering.legal_basis(article.clause), class_="discret") if article.clause else None,
        tag("p", f"Repris de « {article.precedent.source.title} » : {CAUTION}", class_="avertissement")
        if article.precedent
        else None,
    )
    tools = _tools(piece, article, title, is_edited=is_edited) if shown.editing.is_open else None
    return tag(
        "article",
        tag("div", tag("h4", heading), tools, body, standing, class_="corps"),
        tag("div", margin, class_="marge"),
        class_="article",
    )


def _card(one: Placed, article: Markup) -> Markup:
    """The card of a finding, which leads to its words where they stand in its article."""
    leads = target(one, article) == one.words
    link = tag("a", "Voir les mots dans l'article", href=f"#{one.words}") if leads else None
    return tag("div", finding_card(one.finding, link), id=one.card, tabindex="-1")


def _tools(piece: DraftPiece, article: DraftArticle, title: str, *, is_edited: bool) -> Content:
    """What one does with an article: none of what the program writes is moved or edited, and the list of derogations stays last."""
    id_ = article.id
    if id_ is None:
        return None
    movable = [one.id for one in piece.articles if one.id and one.id != DEROGATIONS_CLAUSE]
    last = {UP: movable[:1], DOWN: movable[-1:]}
    data: dict[str, Attribute] = {"id": id_, "form": "formulaire"}
    moves = [
        button(
            label,
            event,
            data,
            id=key(event, id_),
            class_="secondaire",
            aria_label=f"{label} « {title} »",
            aria_disabled="true" if [id_] == last[event] else None,
        )
        for event, label in ((UP, "Monter"), (DOWN, "Descendre"))
        if len(movable) > 1 and id_ in movable
    ]
    edit = button(
        "Modifier le texte",
        "modifier",
        data,
        id=key("modifier", id_),
        class_="secondaire",
        aria_label=f"Modifier le texte de « {title} »",
    )
    back = button(
        "Revenir au texte d'origine",
        "origine",
        {**data, "confirm": f"Revenir au texte d'origine de « {title} » ? Le vôtre reste dans les versions."},
        class_="secondaire",
        aria_label=f"Revenir au texte d'origine de « {title} »",
    )
    return tag(
        "div", moves, None if is_edited else edit, back if article.by_hand else None, class_="retouches"
    )


def _editor(id_: str, title: str, editing: Editing) -> Markup:
    """The text of an article as it is edited: it is a field of the form of the draft, kept with it as it is typed."""
    name, help_ = key("texte", id_), key("aide", id_)
    return tag(
        "div",
        tag("input", type="hidden", name="ouvert", value=id_, form=FORM_ID),
        tag("input", type="hidden", name="montre", value=editing.seen, form=FORM_ID),
        tag("label", f"Texte de « {title} »", for_=name, class_="invisible"),
        tag(
            "textarea",
            f"\n{editing.text}",  # the first line end of a text area is not part of its words
            id=name,
            name=f"{TEXT}{id_}",
            form=FORM_ID,
            maxlength=LONGEST_TEXT,
            rows=8,
            aria_describedby=help_,
        ),
        tag("p", typeset(_HOW_TO_WRITE), id=help_, class_="discret"),
        tag(
            "p",
            button(
                "Terminer et relire",
                "terminer",
                {"id": id_, "form": "formulaire"},
                id=key("modifier", id_),
                class_="principal",
            ),
        ),
        class_="texte-a-la-main",
    )


def _problem(problem: Problem, titles: Mapping[str, str]) -> Markup:
    looks = {Severity.INFO: "discret", Severity.WARNING: "avertissement", Severity.ERROR: "erreur"}
    said = _IDS.sub(
        lambda found: f"« {titles[found.group()]} »" if found.group() in titles else found.group(),
        problem.message,
    )
    return tag("p", typeset(said), class_=looks[problem.severity])
