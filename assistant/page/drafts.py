"""One's drafts on the page: the list of them, the open one's name, sharing and versions, and the line that says that it is kept."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from assistant import comparison
from assistant.drafting.kept import Content, KeptDraft, Listed, Sharing, Version
from assistant.errors import AssistantError
from assistant.page.comparing import differing
from assistant.page.markup import EMPTY, Attribute, Markup, button, count, element, items, tag, text, typeset
from assistant.page.markup import Content as Shown
from assistant.site.access import without_paths
from assistant.site.rights import Role
from assistant.site.users import User

NO_DRAFT = "Vos projets seront gardés ici à mesure que vous les rédigez : rien à enregistrer, vous les retrouverez de tout poste."
_FORM = {"form": "formulaire"}
_ROLES = {Role.DRAFTER: "les rédacteurs", Role.ADMINISTRATOR: "les administrateurs"}
# Fields of which a version shows both values; the rest is counted.
_MOST_DIFFERENCES = 8
_LONGEST_VALUE = 80


@dataclass(frozen=True, slots=True)
class Names:
    """How what a draft holds is called.

    Attributes:
        labels: of fields, by name.
        titles: of clauses and kits, by id.
        texts: of the articles of the draft, by id, as their clause or precedent has them. What is not among them is not open to whoever looks.
    """

    labels: Mapping[str, str]
    titles: Mapping[str, str]
    texts: Mapping[str, str]


def listing(kept: Sequence[Listed], user: User, current: str) -> Markup:
    """The drafts of a person and those that are shared with him, the open one marked; folded where one is open."""
    entries = [
        tag(
            "li",
            button(
                one.name,
                "ouvrir",
                {"id": one.id, **_FORM},
                class_="conversation",
                aria_current="true" if one.id == current else None,
            ),
            tag("span", one.when + _whose(one.owner, one.sharing, user), class_="discret"),
        )
        for one in kept
    ]
    new = button("Nouveau projet", "nouveau", _FORM, class_="secondaire") if current else None
    return tag(
        "details",
        tag("summary", f"Mes projets ({len(kept)})"),
        tag("ul", entries, class_="liste projets") if entries else tag("p", NO_DRAFT, class_="vide"),
        tag("p", new) if new else None,
        open=not current,
        class_="carte",
    )


def _whose(owner: str, sharing: Sharing | None, user: User) -> str:
    if owner != user.name:
        return f" · de {owner}"
    return f" · partagé avec {_ROLES.get(sharing.role, sharing.role.value)}" if sharing else ""


def head(draft: KeptDraft, user: User) -> Markup | None:
    """Whose the open draft is, where that is not plain."""
    if draft.owner == user.name and draft.sharing is None:
        return None
    how = ", qui peuvent y écrire" if draft.sharing and draft.sharing.writing else ", en lecture"
    said = f"Partagé avec {_ROLES[draft.sharing.role]}{how}." if draft.sharing else ""
    if draft.owner != user.name:
        said = f"Ce projet est à {draft.owner}. " + (
            "Vous pouvez y écrire." if draft.is_writable_by(user) else "Vous pouvez le lire et le dupliquer."
        )
    return tag("p", typeset(said), class_="discret")


def more(
    draft: KeptDraft,
    user: User,
    versions: Sequence[Version],
    names: Names,
    *,
    alone: bool,
    is_open: bool,
) -> Markup:
    """What is done with a draft as a whole: its name, who sees it, its versions, a copy, its end. ``alone``: nobody else has an account."""
    is_own, writes = draft.owner == user.name, draft.is_writable_by(user)
    name = element(
        "form",
        {"data-event": "renommer", "data-form": "formulaire", "class": "rangee"},
        tag(
            "div",
            tag("label", "Nom du projet", for_="nom-projet"),
            tag("input", id="nom-projet", name="nom", value=draft.name, maxlength=120),
            class_="champ",
        ),
        tag("button", "Renommer", type="submit", class_="secondaire"),
    )
    erased = f"Supprimer « {draft.name} » et {count(len(versions), 'version gardée', 'versions gardées')} ? On ne pourra pas revenir en arrière."
    deeds = (
        button("Garder une version", "version", _FORM, class_="secondaire") if writes else None,
        button("Dupliquer", "dupliquer", _FORM, class_="secondaire"),
        button("Supprimer", "supprimer", {"confirm": erased, **_FORM}, class_="secondaire")
        if is_own
        else None,
    )
    return tag(
        "details",
        tag("summary", "Nom, partage, versions"),
        name if is_own else None,
        _share(draft.sharing) if is_own and not alone else None,
        tag("div", deeds, class_="rangee"),
        tag("h3", f"Versions ({len(versions)})"),
        items([_version(one, draft, user, names) for one in versions], class_="liste versions")
        or tag(
            "p",
            "Une version est gardée à chaque reprise du travail, et quand on écrit à deux au même moment.",
            class_="discret",
        ),
        open=is_open,
        class_="ce-projet",
    )


def _share(sharing: Sharing | None) -> Markup:
    now = "" if sharing is None else shared_word(sharing)
    options = [tag("option", "moi seul", value="", selected=not now)]
    for role, named in _ROLES.items():
        for writing, how in ((False, "en lecture"), (True, "qui peuvent y écrire")):
            value = shared_word(Sharing(role, writing))
            options.append(tag("option", f"moi et {named}, {how}", value=value, selected=value == now))
    select = tag("select", options, id="partage-projet", name="partage")
    return element(
        "form",
        {"data-changes": "partager", "data-form": "formulaire"},
        tag("label", "Qui voit ce projet", for_="partage-projet"),
        select,
    )


def shared_word(sharing: Sharing) -> str:
    """A sharing as a choice sends it."""
    return f"{sharing.role.value}{'+' if sharing.writing else ''}"


def sharing_of(sent: str) -> Sharing | None:
    """What a choice sent; None: nobody else."""
    return next(
        (one for role in _ROLES for one in (Sharing(role), Sharing(role, True)) if shared_word(one) == sent),
        None,
    )


def _version(version: Version, draft: KeptDraft, user: User, names: Names) -> Markup:
    by = "vous" if version.by == user.name else version.by
    why = f"« {version.name} »" if version.name else version.why.value
    differences = _differences(version.content, draft.content, names)
    shown = [tag("li", one) for one in differences[:_MOST_DIFFERENCES]]
    rest = len(differences) - len(shown)
    number: dict[str, Attribute] = {"numero": version.number, **_FORM}
    return text(
        (
            tag(
                "p",
                tag("strong", f"Version {version.number}"),
                tag("span", f" – {version.when}, par {by} · {why}", class_="discret"),
            ),
            tag(
                "details",
                tag("summary", f"{count(len(differences), 'différence')} avec le projet d'aujourd'hui"),
                tag("ul", shown, tag("li", f"et {count(rest, 'autre')}") if rest else None),
            )
            if differences
            else tag("p", "Elle dit ce que dit le projet d'aujourd'hui.", class_="discret"),
            tag(
                "div",
                button(
                    "Y revenir",
                    "revenir",
                    number,
                    class_="secondaire",
                    aria_label=f"Revenir à la version {version.number}",
                )
                if differences and draft.is_writable_by(user)
                else None,
                button(
                    "En faire un projet",
                    "dupliquer",
                    number,
                    class_="secondaire",
                    aria_label=f"Faire un projet de la version {version.number}",
                ),
                class_="rangee",
            ),
        )
    )


def _differences(then: Content, now: Content, names: Names) -> list[Shown]:
    """What a version says and the draft does not, in words."""
    labels, titles = names.labels, names.titles
    added, gone = (
        [id_ for id_ in now.ids if id_ not in then.ids],
        [id_ for id_ in then.ids if id_ not in now.ids],
    )
    fields = [
        name
        for name in dict.fromkeys((*then.values, *now.values))
        if then.values.get(name, "") != now.values.get(name, "")
    ]
    levels = [
        id_
        for id_ in dict.fromkeys((*then.levels, *now.levels))
        if then.levels.get(id_) != now.levels.get(id_) and id_ in then.levels
    ]
    said = [
        *(f"Avec : {titles.get(id_, 'un article repris')}" for id_ in gone),
        *(f"Sans : {titles.get(id_, 'un article repris')}" for id_ in added),
        *(
            f"{labels.get(name, 'un champ')} : {_quoted(then.values.get(name, ''))}, aujourd'hui {_quoted(now.values.get(name, ''))}"
            for name in fields
        ),
        *(
            f"{titles.get(id_, id_)} : niveau {then.levels[id_]}"
            + (f", aujourd'hui {now.levels[id_]}" if id_ in now.levels else "")
            for id_ in levels
        ),
        *(("L'ordre des articles est un autre",) if _is_in_another_order(then, now) else ()),
    ]
    return [*(typeset(one) for one in said), *_edited(then, now, names)]


def _is_in_another_order(then: Content, now: Content) -> bool:
    """Whether the articles that both have an order for stand in another one."""
    before, after = (
        [id_ for id_ in one.order if id_ in other.order] for one, other in ((then, now), (now, then))
    )
    return before != after or bool(then.order) != bool(now.order)


def _edited(then: Content, now: Content, names: Names) -> Iterator[Shown]:
    """The articles whose text by hand is another, with their words that differ."""
    for id_ in dict.fromkeys((*then.texts, *now.texts)):
        if then.texts.get(id_) == now.texts.get(id_):
            continue
        title = names.titles.get(id_, "un article repris")
        how = "texte modifié à la main" if id_ in then.texts else "texte d'origine"
        today = (
            ""
            if id_ in then.texts and id_ in now.texts
            else ", aujourd'hui " + ("texte modifié à la main" if id_ in now.texts else "texte d'origine")
        )
        own = names.texts.get(id_)
        rows = comparison.rows(then.texts.get(id_, own), now.texts.get(id_, own)) if own is not None else ()
        changed = [row for row in rows if row.before != row.after]
        yield (
            typeset(f"{title} : {how}{today}"),
            [tag("p", differing(row.before), " → ", differing(row.after)) for row in changed],
        )


def _quoted(value: str) -> str:
    short = value if len(value) <= _LONGEST_VALUE else f"{value[:_LONGEST_VALUE]}…"
    return f"« {short} »" if value.strip() else "vide"


def state(
    draft: KeptDraft | None,
    user: User,
    *,
    faults: Mapping[str, str] | None = None,
    labels: Mapping[str, str] | None = None,
    overtaken: Version | None = None,
    failure: AssistantError | None = None,
    is_gone: bool = False,
    rank: int = 0,
    said: Shown = None,
) -> Markup:
    """Whether the draft is kept, what is to correct, what another tab wrote meanwhile. Its mark tells page.js what is kept, and what is wrong where."""
    wrong, named = faults or {}, labels or {}
    mark = tag(
        "span",
        hidden=True,
        data_garde=draft.id if draft else "",
        data_rang=rank,
        data_fautes=json.dumps({f"champ-{name}": one for name, one in wrong.items()}),
    )
    links = [tag("a", named.get(name, "un champ"), href=f"#champ-{name}") for name in wrong]
    correct = (
        tag(
            "p",
            typeset(f"{count(len(links), 'champ')} à corriger : "),
            _enumerated(links),
            class_="a-corriger",
        )
        if links
        else None
    )
    kept = (
        tag("p", typeset(f"Gardé {_since(draft.updated)}."), class_="garde")
        if draft and draft.is_writable_by(user)
        else None
    )
    return text(
        (
            _not_kept(failure, is_gone) if failure else kept,
            correct,
            _overtaken(overtaken, user) if overtaken else None,
            said,
            mark,
        )
    )


def _since(when: datetime) -> str:
    here = when.astimezone()
    return (
        f"à {here.hour} h {here.minute:02}"
        if here.date() == datetime.now().astimezone().date()
        else "avec ce que vous aviez tapé"
    )


def _enumerated(links: Sequence[Markup]) -> Shown:
    return [(", " if place else "", link) for place, link in enumerate(links)]


def _not_kept(failure: AssistantError, is_gone: bool) -> Markup:
    give_up = button("Abandonner", "nouveau", {"abandon": "1", **_FORM}, class_="secondaire")
    return tag(
        "div",
        tag(
            "p", tag("strong", "Ce que vous tapez n'est pas gardé. "), typeset(without_paths(failure.message))
        ),
        tag("p", typeset(failure.hint)) if failure.hint else None,
        tag(
            "div",
            button("Garder une copie", "recreer", _FORM, class_="secondaire"),
            " ",
            give_up,
            class_="rangee",
        )
        if is_gone
        else None,
        class_="erreur",
        role="alert",
    )


def _overtaken(version: Version, user: User) -> Markup:
    where = "dans un autre onglet" if version.by == user.name else f"par {version.by}"
    said = f"Ce projet a été modifié {where} pendant que vous y écriviez. Ce que vous tapez est gardé ; ce qui s'y trouvait est la version {version.number}."
    return tag(
        "div",
        tag("p", typeset(said)),
        tag("p", button("Voir les versions", "ouvrir", {"versions": "1", **_FORM}, class_="secondaire")),
        class_="avertissement",
        role="status",
    )


def succeeded(words: str) -> Markup:
    """What was just done, in words."""
    return tag("p", typeset(words), class_="succes", role="status") if words else EMPTY
