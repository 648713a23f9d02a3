"""The form of a draft: its fields by kit, piece and clause with each clause's level, and what a browser sends of it."""

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from assistant.datatypes import ClauseField, FieldType
from assistant.drafting.drafter import PIECE_TITLES, FieldGroup
from assistant.drafting.kept import Content, Writer
from assistant.page.clauses import LEVELS
from assistant.page.context import number, word
from assistant.page.days import CHECKED, FORM
from assistant.page.markup import EMPTY, Markup, count, element, tag, typeset

FIELD, LEVEL, TEXT = "champ-", "niveau-", "texte-"
# The id of the form: the text of an article is one of its fields, where the article is shown.
FORM_ID = "formulaire-du-projet"
# The text of an article edited by hand: the longest of the library has 6,700 characters.
LONGEST_TEXT = 20_000
# A value typed by hand: a paragraph, not a document.
_LONGEST_VALUE = 2_000
# Fields that one looks over at a glance; beyond, the pieces are folded but for those where something is wrong.
_A_GLANCE = 30
# What a draft is made of, as a browser may send it back.
_MOST_IDS, _LONGEST_ID = 300, 200
_HOW_WRITTEN = {
    FieldType.LIST: "Plusieurs : séparez-les par un point-virgule.",
    FieldType.DATE: f"Date écrite {FORM}.",
}


@dataclass(frozen=True, slots=True)
class Typed:
    """What a form says, as a browser sent it: whose the draft is, the store knows.

    Attributes:
        id: of the draft; empty where none is open.
        account: for whom the form was drawn.
        content: what it was drawn from and what was typed.
        writer: the tab, what it had seen, and the rank of what is sent.
        is_new: whether the draft could not be kept yet when the form was drawn.
        editing: the id of the article whose text is being edited; empty: none.
        seen: of what else is shown of the draft meanwhile (``draft_articles.Editing``).
    """

    id: str
    account: str
    content: Content
    writer: Writer
    is_new: bool
    editing: str = ""
    seen: str = ""


def typed(data: Mapping[str, Any]) -> Typed:
    """The form that a browser sends, alone or along with a button of another panel."""
    values = {
        name.removeprefix(FIELD): word(data, name, _LONGEST_VALUE) for name in data if name.startswith(FIELD)
    }
    levels = {
        name.removeprefix(LEVEL): number(data, name)
        for name in data
        if name.startswith(LEVEL) and number(data, name) in LEVELS
    }
    texts = {
        name.removeprefix(TEXT): "\n".join(word(data, name, LONGEST_TEXT).splitlines())
        for name in data
        if name.startswith(TEXT) and len(name) <= len(TEXT) + _LONGEST_ID
    }
    writer = Writer(word(data, "onglet", 64), number(data, "rang"), number(data, "vu"))
    return Typed(
        word(data, "projet", 64),
        word(data, "compte", 100),
        Content(_ids(data, "choix"), values, levels, _ids(data, "ordre"), texts),
        writer,
        word(data, "neuf", 1) == "1",
        word(data, "ouvert", _LONGEST_ID),
        word(data, "montre", 64),
    )


def _ids(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """Ids as a form holds them, whatever a browser sends instead."""
    try:
        ids = json.loads(word(data, name, _MOST_IDS * _LONGEST_ID))
    except ValueError:
        return ()
    known = ids[:_MOST_IDS] if isinstance(ids, list) else ()
    return tuple(id_ for id_ in known if isinstance(id_, str) and len(id_) <= _LONGEST_ID)


def form(
    head: Typed,
    groups: Sequence[FieldGroup],
    faults: Mapping[str, str],
    by_hand: Mapping[str, str],
    *,
    is_open: bool,
) -> Markup:
    """The form; ``faults`` are said beside their fields, ``by_hand`` are the texts edited by hand, ``is_open`` is whether one may write in it."""
    hidden: dict[str, str | int] = {
        "projet": head.id,
        "compte": head.account,
        "onglet": head.writer.tab,
        "vu": head.writer.seen,
        "neuf": int(head.is_new),
        "choix": json.dumps(head.content.ids),
        "ordre": json.dumps(head.content.order),
        **{f"{TEXT}{id_}": text for id_, text in by_hand.items() if id_ != head.editing},
    }
    values = head.content.values
    kits = [_group(group, values, faults, by_hand) for group in groups if group.chosen is None]
    is_short = sum(len(group.fields) for group in groups) <= _A_GLANCE
    clauses = [group for group in groups if group.chosen is not None]
    pieces = [
        tag(
            "details",
            tag("summary", PIECE_TITLES[place], tag("span", f" – {_size(held)}", class_="discret")),
            [_group(group, values, faults, by_hand) for group in held],
            open=is_short or any(field.name in faults for group in held for field in group.fields),
            class_="piece-a-remplir",
        )
        for place, held in (
            (place, list(some))
            for place, some in itertools.groupby(
                clauses, lambda group: group.chosen.place if group.chosen else None
            )
        )
        if place
    ]
    note = "Le niveau de chaque clause : 3, l'exigence la plus forte et le risque le plus élevé ; 1, l'exigence minimale."
    return element(
        "form",
        {
            "id": FORM_ID,
            "data-changes": "remplir",
            "aria-label": "Formulaire du projet",
            "class": "carte",
        },
        [tag("input", type="hidden", name=name, value=value) for name, value in hidden.items()],
        tag(
            "fieldset",
            tag("h2", "À remplir"),
            kits,
            tag("p", note, class_="discret"),
            pieces,
            disabled=not is_open,
            class_="tout",
        )
        if groups
        else EMPTY,
    )


def _size(groups: Sequence[FieldGroup]) -> str:
    return f"{count(len(groups), 'clause')}, {count(sum(len(group.fields) for group in groups), 'champ')}"


def _group(
    group: FieldGroup, values: Mapping[str, str], faults: Mapping[str, str], by_hand: Mapping[str, str]
) -> Markup:
    inputs = [_input(field, values.get(field.name), faults.get(field.name, "")) for field in group.fields]
    legend = tag("legend", group.title if group.chosen else f"Kit : {group.title}")
    return tag("fieldset", legend, _level(group, by_hand), inputs, class_="groupe")


def _level(group: FieldGroup, by_hand: Mapping[str, str]) -> Markup | None:
    if group.chosen is None:
        return None
    if group.chosen.id in by_hand:
        said = "Texte modifié à la main : revenez au texte d'origine pour choisir un niveau."
        return tag("p", typeset(said), class_="discret a-la-main")
    clause, level = group.chosen.clause, group.chosen.level
    name = f"{LEVEL}{clause.id}"
    choices = [
        tag(
            "label",
            tag(
                "input",
                type="radio",
                id=f"{name}-{one.level}",
                name=name,
                value=one.level,
                checked=one.level == level,
            ),
            f"Niveau {LEVELS[one.level]}",
            tag("span", typeset(f"Risque : {one.risk.level}"), class_="discret bloc"),
        )
        for one in sorted(clause.levels, key=lambda one: one.level)
    ]
    return tag(
        "div", choices, role="radiogroup", aria_label=f"Niveau de « {clause.title} »", class_="niveaux"
    )


def _input(field: ClauseField, value: str | None, fault: str) -> Markup:
    id_ = f"{FIELD}{field.name}"
    given = value if value is not None else field.default or ""
    said: dict[str, Any] = {
        "id": id_,
        "name": id_,
        "aria_describedby": f"{id_}-faute {id_}-aide",
        "aria_invalid": "true" if fault else None,
    }
    unit = f" ({field.unit})" if field.unit else ""
    if field.type is FieldType.CHOICE:
        others = (
            [given] if given and given not in field.choices else []
        )  # one that the clause no longer has: it is said, not changed
        options = [
            tag("option", "À compléter", value=""),
            *(tag("option", one, value=one, selected=one == given) for one in (*field.choices, *others)),
        ]
        control = tag("select", options, **said)
    elif field.type in (FieldType.LIST, FieldType.TEXT) and len(given) > 60:
        control = tag("textarea", given, rows=2, maxlength=_LONGEST_VALUE, **said)
    else:
        control = tag(
            "input",
            type="text",
            value=given,
            maxlength=_LONGEST_VALUE,
            **(CHECKED if field.type is FieldType.DATE else {}),
            **said,
        )
    hint = " ".join(part for part in (field.help, _HOW_WRITTEN.get(field.type)) if part)
    return tag(
        "div",
        tag("label", f"{field.label}{unit}", for_=id_),
        control,
        tag("p", fault, id=f"{id_}-faute", class_="faute", data_faute=id_),
        tag("p", hint, id=f"{id_}-aide", class_="discret"),
        class_="champ-de-clause",
    )
