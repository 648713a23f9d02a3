"""Clauses: model clauses and precedents found, read with their levels and their risk, compared word by word, taken into the draft."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import gradio as gr

from assistant.datatypes import FoundClause, Kind, ModelClause, Place, Precedent
from assistant.drafting import rendering
from assistant.drafting.clause_files import CONTRACTS, SUBJECTS
from assistant.drafting.clause_search import Filters
from assistant.drafting.library import ClauseLibrary
from assistant.errors import AssistantError
from assistant.french.dates import french_date
from assistant.lines import beginning
from assistant.page import copies, sources, viewer
from assistant.page.answers import risk_badge
from assistant.page.articles import rule_mark
from assistant.page.comparing import face_to_face
from assistant.page.context import Site, collection_label, number, word
from assistant.page.days import day, day_field
from assistant.page.events import UNCHANGED, Event, Events, Part, Visit
from assistant.page.formatted import formatted
from assistant.page.markup import (
    EMPTY,
    Markup,
    button,
    count,
    element,
    empty,
    error,
    items,
    tag,
    text,
)
from assistant.reach import EVERYWHERE
from assistant.site.journal import Action
from assistant.site.rights import Right
from assistant.site.users import User

LEVELS = {3: "3, fort", 2: "2, équilibré", 1: "1, minimal"}
# Words of ids as they are written for people.
_WORDS = {
    "acces-autorites": "accès des autorités", "clauses-sociales-et-environnementales": "clauses sociales et environnementales", "continuite": "continuité",
    "controle": "contrôle", "criteres": "critères", "cybersecurite": "cybersécurité", "donnees-et-resultats": "données et résultats", "execution": "exécution",
    "ia": "intelligence artificielle", "immunite": "immunité", "iot": "objets connectés", "materiel": "matériel", "penalites": "pénalités",
    "preambule": "préambule", "resiliation": "résiliation", "reversibilite": "réversibilité", "saas": "SaaS", "securite": "sécurité", "sequestre": "séquestre",
    "sourcage": "sourçage", "telecom": "télécoms", "telemetrie": "télémétrie", "tma": "tierce maintenance", "tous": "tous les marchés",
    "videoprotection": "vidéoprotection", "visioconference": "visioconférence",
}  # fmt: skip
CAUTION = "Article d'un contrat antérieur, pas une clause modèle : son risque n'a pas été évalué. Son droit, ses délais et ses montants sont à revoir."
# Where clauses come from; a piece of a tender and a framework agreement are both precedents.
SOURCES = {
    Kind.CLAUSE: "Clauses modèles",
    Kind.FRAMEWORK: "Accords-cadres et contrats",
    Kind.TENDER: "Consultations",
}
# What is shown of a search, of model clauses and of precedents: beyond, a likeness is chance.
_MOST_FOUND = 10
# What begins a heading in a document written in Markdown: no word of it.
_HEADING_MARK = re.compile(r"^\s*#{1,6} ", re.MULTILINE)
# Characters of a precedent that a list shows.
_LONGEST_BEGINNING = 160
# What is shown when nothing is asked for but some kind of document: the latest ones.
_MOST_LISTED = 60
_SEARCHING = text((tag("h2", "Clauses trouvées"), tag("p", "Recherche…", role="status", class_="travail")))
_OPEN = ("focusOn", "clause")


def named(id_: str) -> str:
    """A subject or a kind of contract in a reader's words."""
    return _WORDS.get(id_, id_.replace("-", " "))


def screen(site: Site, events: Events) -> Part:
    """Builds the screen in the current tab; returns the part that gives a clause to the draft (``prendre``)."""
    made = _Screen(site)
    found = events.state("clauses-trouvees", ())
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=5, min_width=360):
            form = events.part(EMPTY, "clauses-recherche")
            results = events.part(EMPTY, "clauses-trouvees")
        with gr.Column(scale=7, min_width=420):
            nothing = "Choisissez une clause : ses trois niveaux, leur risque et ce qu'elle n'obtient pas s'affichent ici."
            read = events.part(viewer.nothing(nothing), "clause")
            law = events.part(EMPTY, "droit-de-clause")
            copied = events.part(EMPTY, "copie-de-clause")
    form.on("trouver", made.find, shows=[results, found], latest=True)
    results.on("lire", made.read, [found], [read], then=_OPEN)
    read.on("lire", made.read, [found], [read], then=_OPEN)
    read.on("tourner", made.read, [found], [read], then=_OPEN)
    read.on("confronter", made.read, [found], [read], latest=True)
    for part in (read, law):
        part.on("ouvrir", made.law, shows=[law], then=("focusOn", law.id))
    law.on("clause", made.alone, shows=[read], then=_OPEN)
    law.on("fermer", lambda: EMPTY, shows=[law], then=("giveBack",))
    read.on("fermer", then=("giveBack",))
    read.on("copier", made.copied, shows=[copied], then=("copy", copied.id))
    events.at_opening(made.opened, [form, results, found])
    return read


def opened_from(site: Site, read: Part, sources_of_others: Sequence[Part]) -> None:
    """The clauses that the sources of other screens name are opened here, in ``read``."""
    made = _Screen(site)
    for source in sources_of_others:
        source.on("clause", made.alone, shows=[read], then=("press", "[data-tab-id=clauses]"))


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @property
    def _library(self) -> ClauseLibrary:
        return self._site.workspace.clause_library()

    def form(self, collections: Sequence[str]) -> Markup:
        """The search and its filters; ``collections`` are those where one may search."""
        held = self._library.clauses
        subjects = [one for one in SUBJECTS if any(clause.subject == one for clause in held)]
        contracts = [one for one in CONTRACTS if any(one in clause.contracts for clause in held)]
        where = [(one, collection_label(one)) for one in collections]
        filters = (
            _choice("clauses-sujet", "sujet", "Sujet", [(one, named(one)) for one in subjects], is_kept=True),
            _choice(
                "clauses-marche", "marche", "Marché", [(one, named(one)) for one in contracts], is_kept=True
            ),
            _choice(
                "clauses-piece",
                "piece",
                "Pièce",
                [(one.value, one.value) for one in Place],
                all_="Toutes",
                is_kept=True,
            ),
            _choice(
                "clauses-source",
                "source",
                "Origine",
                [(kind.value, said) for kind, said in SOURCES.items()],
                all_="Toutes",
                is_kept=True,
            ),
            _choice("clauses-collection", "collection", "Collection", where, all_="Toutes", is_kept=True)
            if where
            else None,
            day_field("clauses-depuis", "depuis", "Datés depuis le", is_kept=True),
        )
        fields = (
            tag("label", "Ce que vous voulez obtenir, en vos mots", for_="clauses-mots"),
            tag("input", id="clauses-mots", name="mots", type="search", maxlength=300, data_kept=True),
            tag("div", filters, class_="rangee"),
            tag("p", tag("button", "Chercher", type="submit", class_="principal")),
        )
        form = element(
            "form",
            {
                "data-event": "trouver",
                "data-changes": "trouver",
                "role": "search",
                "aria-label": "Chercher une clause",
            },
            fields,
        )
        return tag("section", tag("h2", "Chercher une clause"), form, class_="carte")

    def opened(self, visit: Visit) -> tuple[Any, Markup, tuple[FoundClause, ...]]:
        """The form with the visitor's collections, and every model clause, when the page opens: drawn once, so that no choice is lost."""
        try:
            user = self._site.person(visit, Right.SEARCH)
            return (
                self.form(self._site.reach(user)),
                self._results([FoundClause(0, 0.0, one) for one in self._library.clauses], ""),
                (),
            )
        except AssistantError as failure:
            return UNCHANGED, error(failure.message, failure.hint), ()

    def find(self, event: Event, visit: Visit) -> Iterator[tuple[Markup, Any]]:
        """The model clauses and precedents that answer some words best, within the filters."""
        yield _SEARCHING, UNCHANGED
        yield self._search(event.data, visit)

    def _search(self, data: Mapping[str, Any], visit: Visit) -> tuple[Markup, tuple[FoundClause, ...]]:
        words = " ".join(word(data, "mots", 300).split())
        try:
            user = self._site.person(visit, Right.SEARCH)
            found = self._found(user, words, self._filters(user, data), word(data, "marche", 60))
            if words:
                self._site.journal.record(user.name, Action.SEARCH, question=words, detail="clauses")
        except AssistantError as failure:
            return error(failure.message, failure.hint), ()
        return self._results(found, words), found

    def _found(self, user: User, words: str, wanted: Filters, contract: str) -> tuple[FoundClause, ...]:
        """Model clauses, then precedents; without words, what the filters leave: precedents then only where one asks for documents."""
        if not words and not wanted.since and not wanted.kinds:
            return tuple(
                FoundClause(0, 0.0, one)
                for one in self._library.clauses
                if _passes(one, wanted) and _serves(one, contract)
            )
        finder, most = self._site.workspace.clause_finder, _MOST_FOUND if words else _MOST_LISTED
        with self._site.turns.taken(user.name) as turn:
            while turn.wait():
                pass
            modelled = not wanted.since and (not wanted.kinds or Kind.CLAUSE in wanted.kinds)
            models = finder.models(words, replace(wanted, collections=EVERYWHERE), most) if modelled else ()
            precedents = finder.precedents(words, wanted, most) if wanted.kinds != (Kind.CLAUSE,) else ()
        return (*(one for one in models if one.clause and _serves(one.clause, contract)), *precedents)

    def _filters(self, user: User, data: Mapping[str, Any]) -> Filters:
        """What a form asks for, within what ``user`` may search."""
        searchable = self._site.reach(user)
        collection, subject = word(data, "collection", 120), word(data, "sujet", 60)
        piece, source = word(data, "piece", 20), word(data, "source", 20)
        return Filters(
            subjects=(subject,) if subject else (),
            pieces=(piece,) if piece else (),
            # Model clauses lie in no collection: who chooses one wants documents.
            kinds=tuple(kind for kind in SOURCES if kind.value == source)
            or ((Kind.FRAMEWORK, Kind.TENDER) if collection else ()),
            collections=(collection,) if collection in searchable else searchable,
            since=day(word(data, "depuis", 20)),
        )

    def read(self, found: Sequence[FoundClause], event: Event, visit: Visit) -> Markup:
        """A clause with its levels, or a precedent where it stands; two wordings side by side, what differs marked."""
        return self._opened(found, event.data, visit)

    def alone(self, event: Event, visit: Visit) -> Markup:
        """A clause that no search found."""
        return self._opened((), event.data, visit)

    def law(self, event: Event, visit: Visit) -> Markup:
        """An article that a clause rests on, and what is opened from it."""
        return sources.opened(self._site, event, visit, Right.SEARCH)

    def _opened(self, found: Sequence[FoundClause], data: Mapping[str, Any], visit: Visit) -> Markup:
        left, right = word(data, "gauche", 200), word(data, "droite", 200)
        try:
            user = self._site.person(visit, Right.SEARCH)
            if word(data, "clause", 100):
                return self._clause(self._library.clause(word(data, "clause", 100)), found, left, right)
            precedent = self._site.workspace.precedent(word(data, "precedent", 200), self._site.reach(user))
            return self._precedent(precedent, found, left, right, number(data, "page") or None)
        except AssistantError as failure:
            return error(failure.message, failure.hint)

    # ---- showing ----------------------------------------------------------------------------------------------------------------

    def _results(self, found: Sequence[FoundClause], words: str) -> Markup:
        if not found:
            return text(
                (
                    tag("h2", "Clauses trouvées"),
                    empty(
                        "Aucune clause ne répond à cette recherche.",
                        "Enlevez un filtre, ou dites-le avec d'autres mots.",
                    ),
                )
            )
        models = sum(one.clause is not None for one in found)
        said = (
            f"{count(models, 'clause modèle', 'clauses modèles')}, {count(len(found) - models, 'précédent')}."
        )
        failures = self._library.failures
        return text(
            (
                tag("h2", "Clauses trouvées"),
                tag("p", said, role="status"),
                tag("ul", [tag("li", _entry(one)) for one in found if one.clause], class_="liste"),
                (
                    tag("h3", "Précédents"),
                    tag("ul", [tag("li", _entry(one)) for one in found if one.precedent], class_="liste"),
                )
                if models < len(found)
                else None,
                tag(
                    "p",
                    "Aucun contrat indexé ne ressemble à cette recherche : ajoutez vos accords-cadres dans la Bibliothèque.",
                    class_="discret",
                )
                if words and models == len(found)
                else None,
                tag(
                    "p",
                    f"{count(len(failures), 'fichier de clause')} à corriger : voyez « assistant draft --list ».",
                    class_="avertissement",
                )
                if failures
                else None,
            )
        )

    def _clause(self, clause: ModelClause, found: Sequence[FoundClause], left: str, right: str) -> Markup:
        levels = [
            tag(
                "details",
                tag("summary", f"Niveau {LEVELS[level.level]}", " – ", f"risque {level.risk.level}"),
                risk_badge(level.risk.level or "non évalué"),
                items(level.risk.reasons),
                formatted(rendering.readable(level.wording, clause, self._library)),
                tag(
                    "p",
                    button(
                        "Copier ce texte",
                        "copier",
                        {"clause": clause.id, "niveau": level.level},
                        class_="secondaire",
                    ),
                ),
                (tag("h4", "À réunir avant de s'en servir"), items(level.conditions))
                if level.conditions
                else None,
                open=level.level == 2,
                class_="niveau",
            )
            for level in clause.levels
        ]
        compared = self._compared(
            {"clause": clause.id},
            self._levels(clause, "Niveau {}") | _precedents(found),
            left or "n:3",
            right or "n:1",
        )
        return tag(
            "section",
            tag("h2", clause.title),
            tag(
                "p",
                f"{_about(clause)} · {', '.join(named(one) for one in clause.contracts)}",
                class_="discret",
            ),
            formatted(clause.purpose),
            tag(
                "p",
                button(
                    "Utiliser dans la rédaction",
                    "prendre",
                    {"clause": clause.id, "form": "formulaire"},
                    class_="principal etape",
                ),
            ),
            tag("h3", "Trois niveaux"),
            levels,
            (tag("h3", "Ce que cette clause n'obtient pas"), items(clause.does_not_achieve))
            if clause.does_not_achieve
            else None,
            tag("h3", "Fondement"),
            tag("p", rendering.legal_basis(clause)),
            self._basis(clause),
            tag(
                "p",
                f"Dérogation à inscrire au dernier article du CCAP : {', '.join(clause.derogations)}.",
                class_="avertissement",
            )
            if clause.derogations
            else None,
            _neighbours("Va avec", clause.companions, self._library),
            _neighbours("Ne va pas avec", clause.incompatible, self._library),
            compared,
            tag("p", f"Droit vérifié le {french_date(clause.verified_on)}.", class_="discret"),
            class_="carte",
            id="clause-ouverte",
            tabindex="-1",
            aria_label=clause.title,
        )

    def _basis(self, clause: ModelClause) -> Markup | None:
        """The rules that a clause rests on as buttons, those that are indexed."""
        indexed = self._site.workspace.indexed(clause.legal_basis)
        marks = [rule_mark(rule, indexed, {"opens": "1"}) for rule in clause.legal_basis if rule in indexed]
        return tag("p", "Lire : ", marks, class_="marques") if marks else None

    def _precedent(
        self, precedent: Precedent, found: Sequence[FoundClause], left: str, right: str, page: int | None
    ) -> Markup:
        """An article of an earlier contract, on its page, beside what it may be compared with."""
        dated = f", {french_date(precedent.dated)}" if precedent.dated else ", sans date"
        about = f" · {named(precedent.subject)}" if precedent.subject else ""
        shown = viewer.find(self._site.workspace, precedent.source.id, precedent.span, page)
        texts = _precedents(found) | {
            f"p:{precedent.id}": (f"Précédent : {_title(precedent)}", rendering.plain_article(precedent))
        }
        nearest = next((one.clause for one in found if one.clause is not None), None)
        texts |= self._levels(nearest, f"Niveau {{}} de « {nearest.title} »") if nearest else {}
        other = (
            "n:2"
            if nearest
            else next((key for key in texts if key != f"p:{precedent.id}"), f"p:{precedent.id}")
        )
        parts = [
            tag(
                "li",
                button(
                    f"{one.number or ''} {one.title}".strip(),
                    "lire",
                    {"precedent": one.id, "opens": "1"},
                    class_="secondaire",
                ),
            )
            for one in precedent.parts
        ]
        return tag(
            "section",
            tag("h2", precedent.label),
            tag("p", f"{precedent.source.title}{dated} · {precedent.piece}{about}", class_="discret"),
            tag("p", CAUTION, class_="avertissement"),
            tag(
                "p",
                button(
                    "Utiliser dans la rédaction",
                    "prendre",
                    {"clause": precedent.id, "form": "formulaire"},
                    class_="principal etape",
                ),
            ),
            tag(
                "p", button("Copier cet article", "copier", {"precedent": precedent.id}, class_="secondaire")
            ),
            viewer.view(shown, "tourner", {"precedent": precedent.id}),
            (tag("h3", "Ses parties"), tag("ul", parts, class_="liste")) if parts else None,
            self._compared({"precedent": precedent.id}, texts, left or f"p:{precedent.id}", right or other),
            class_="carte",
            id="clause-ouverte",
            tabindex="-1",
            aria_label=precedent.label,
        )

    def copied(self, event: Event, visit: Visit) -> Markup:
        """A wording of a model clause, or an article of an earlier contract, as text with where it comes from."""
        data = event.data
        try:
            user = self._site.person(visit, Right.SEARCH)
            if wanted := word(data, "precedent", 200):
                precedent = self._site.workspace.precedent(wanted, self._site.reach(user))
                return copies.given(
                    f"{rendering.plain_article(precedent)}\n\n{precedent.label}, {precedent.source.title}",
                    "L'article et sa source sont copiés.",
                )
            clause = self._library.clause(word(data, "clause", 100))
            level = clause.at(min(3, max(1, number(data, "niveau", 2))))
        except AssistantError as failure:
            return error(failure.message, failure.hint)
        basis = rendering.legal_basis(clause)
        written = rendering.plain_wording(level.wording, clause, self._library)
        return copies.given(
            f"{written}\n\n{clause.title}, niveau {LEVELS[level.level]}. {basis}",
            "La clause et ses fondements sont copiés.",
        )

    def _levels(self, clause: ModelClause, label: str) -> dict[str, tuple[str, str]]:
        """The wordings of a model clause, by the key that stands for them in a choice; ``label`` says them, ``{}`` being the level."""
        return {
            f"n:{level.level}": (
                label.replace("{}", LEVELS[level.level]),
                rendering.plain_wording(level.wording, clause, self._library),
            )
            for level in clause.levels
        }

    def _compared(
        self, carried: Mapping[str, str], texts: Mapping[str, tuple[str, str]], left: str, right: str
    ) -> Markup:
        left, right = (key if key in texts else next(iter(texts)) for key in (left, right))
        choices = [(key, label) for key, (label, _) in texts.items()]
        form = element(
            "form",
            {"data-changes": "confronter", **{f"data-{name}": value for name, value in carried.items()}},
            tag(
                "div",
                _choice("gauche", "gauche", "Texte de gauche", choices, left, all_=""),
                _choice("droite", "droite", "Texte de droite", choices, right, all_=""),
                class_="rangee",
            ),
        )
        table = face_to_face((texts[left][0], texts[right][0]), texts[left][1], texts[right][1])
        return text((tag("h3", "Comparer"), form, table))


def _entry(found: FoundClause) -> Markup:
    """One of the clauses found, as a button that opens it."""
    clause, precedent = found.clause, found.precedent
    if clause:
        said = tag("span", f"Clause modèle · {_about(clause)}", class_="discret bloc")
        return button(
            (tag("strong", clause.title), said), "lire", {"clause": clause.id, "opens": "1"}, class_="large"
        )
    assert precedent is not None
    opened = found.part or precedent
    within = f" › {found.part.title}" if found.part else ""
    dated = f", {french_date(precedent.dated)}" if precedent.dated else ""
    copies = (
        f" · le même texte dans {count(len(found.copies), 'autre document', 'autres documents')}"
        if found.copies
        else ""
    )
    lines = (
        tag("strong", f"{precedent.label}{within}"),
        tag(
            "span",
            f"Précédent · {precedent.piece} · {precedent.source.title}{dated}{copies}",
            class_="discret bloc",
        ),
        tag(
            "span",
            beginning(
                _HEADING_MARK.sub("", precedent.text.partition("\n")[2] or precedent.text), _LONGEST_BEGINNING
            ),
            class_="discret bloc",
        ),
    )
    return button(lines, "lire", {"precedent": opened.id, "opens": "1"}, class_="large")


def _about(clause: ModelClause) -> str:
    """The piece where a clause goes and its subject, once where they have one name."""
    return " · ".join(dict.fromkeys((clause.place.value, named(clause.subject))))


def _precedents(found: Sequence[FoundClause]) -> dict[str, tuple[str, str]]:
    """The precedents of a search as texts to compare."""
    return {
        f"p:{one.precedent.id}": (
            f"Précédent : {_title(one.precedent)}",
            rendering.plain_article(one.precedent),
        )
        for one in found
        if one.precedent
    }


def _title(precedent: Precedent) -> str:
    return f"{precedent.label} ({precedent.source.title})"


def _choice(
    id_: str,
    name: str,
    label: str,
    choices: Sequence[tuple[str, str]],
    value: str = "",
    *,
    all_: str = "Tous",
    is_kept: bool = False,
) -> Markup:
    """A choice among labels; ``all_`` is the word of no choice, empty: one must choose; ``is_kept``: the browser keeps it until its tab is closed."""
    options = [
        tag("option", all_, value="") if all_ else None,
        *(tag("option", said, value=key, selected=key == value) for key, said in choices),
    ]
    return tag(
        "div",
        tag("label", label, for_=id_),
        tag("select", options, id=id_, name=name, data_kept=is_kept),
        class_="champ",
    )


def _passes(clause: ModelClause, wanted: Filters) -> bool:
    return (not wanted.subjects or clause.subject in wanted.subjects) and (
        not wanted.pieces or clause.place.value in wanted.pieces
    )


def _serves(clause: ModelClause, contract: str) -> bool:
    return not contract or contract in clause.contracts or "tous" in clause.contracts


def _neighbours(title: str, ids: Sequence[str], library: ClauseLibrary) -> Markup:
    known = [clause for clause in (library.find_clause(id_) for id_ in ids) if clause]
    if not known:
        return EMPTY
    return text(
        (
            tag("h3", title),
            tag(
                "ul",
                [
                    tag(
                        "li", button(one.title, "lire", {"clause": one.id, "opens": "1"}, class_="secondaire")
                    )
                    for one in known
                ],
                class_="liste",
            ),
        )
    )
