"""Clauses: model clauses and precedents found, read with their levels and their risk, compared word by word, taken into the draft."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import gradio as gr

from assistant import comparison
from assistant.comparison import Change, Piece
from assistant.datatypes import Hit, Kind, ModelClause, Place
from assistant.drafting import rendering
from assistant.drafting.clause_files import ARTICLE_PREFIX, CONTRACTS, PLACEHOLDER, SUBJECTS
from assistant.drafting.library import ClauseLibrary
from assistant.errors import AssistantError
from assistant.export import french_date, place
from assistant.page import viewer
from assistant.page.answers import risk_badge
from assistant.page.context import Site, number, panel, sent, word
from assistant.page.formatted import formatted
from assistant.page.markup import EMPTY, Content, Markup, button, count, element, empty, error, items, tag, text
from assistant.site.journal import Action
from assistant.site.rights import Right

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
# Precedents shown: beyond, their likeness to the words is chance.
_PRECEDENTS = 8
_CLAUSE_HITS = 30
_OPEN = "() => assistantPage.focusOn('clause-ouverte')"


def named(id_: str) -> str:
    """A subject or a kind of contract in a reader's words."""
    return _WORDS.get(id_, id_.replace("-", " "))


def screen(site: Site, chosen: gr.State) -> Any:
    """Builds the screen in the current tab; returns the event of a clause taken into ``chosen``, which is what the draft holds."""
    made = _Screen(site)
    hits = gr.State(())
    with gr.Row(elem_classes="deux-colonnes"):
        with gr.Column(scale=5, min_width=360):
            form = panel(made.form(), ("trouver",), elem_id="clauses-recherche")
            results = panel(EMPTY, ("lire", "comparer"), elem_id="clauses-trouvees")
        with gr.Column(scale=7, min_width=420):
            read = panel(
                viewer.nothing("Choisissez une clause : ses trois niveaux, leur risque et ce qu'elle n'obtient pas s'affichent ici."),
                ("prendre", "confronter", "lire", "fermer", "tourner"),
                elem_id="clause",
            )
    free: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private", "concurrency_limit": None}
    form.trouver(made.find, None, [results, hits], **free)
    results.lire(made.read, [hits], [read], **free).then(None, js=_OPEN)
    read.lire(made.read, [hits], [read], **free).then(None, js=_OPEN)
    read.confronter(made.compare, [hits], [read], **free)
    read.fermer(None, js="() => assistantPage.giveBack()")
    gr.context.Context.root_block.load(made.all, None, [results, hits], **free)
    return read.prendre(made.take, [chosen], [chosen], **free)


class _Screen:
    """What the screen does when it is asked."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @property
    def _library(self) -> ClauseLibrary:
        return self._site.workspace.clause_library()

    def form(self) -> Markup:
        """The search and its filters."""
        held = self._library.clauses
        subjects = [one for one in SUBJECTS if any(clause.subject == one for clause in held)]
        contracts = [one for one in CONTRACTS if any(one in clause.contracts for clause in held)]
        fields = (
            tag("label", "Ce que vous voulez obtenir, en vos mots", for_="clauses-mots"),
            tag("input", id="clauses-mots", name="mots", type="search", maxlength=300),
            tag(
                "div",
                _choice("clauses-sujet", "sujet", "Sujet", [(one, named(one)) for one in subjects]),
                _choice("clauses-marche", "marche", "Marché", [(one, named(one)) for one in contracts]),
                _choice("clauses-piece", "piece", "Pièce", [(one.value, one.value) for one in Place]),
                class_="rangee",
            ),
            tag("p", tag("button", "Chercher", type="submit", class_="principal")),
        )
        form = element("form", {"data-event": "trouver", "data-changes": "trouver", "role": "search", "aria-label": "Chercher une clause"}, fields)
        return tag("section", tag("h2", "Chercher une clause"), form, class_="carte")

    def all(self, request: gr.Request) -> tuple[Markup, tuple[Hit, ...]]:
        """Every clause, when the page opens."""
        try:
            self._site.person(request, Right.SEARCH)
        except AssistantError as failure:
            return error(failure.message, failure.hint), ()
        return self._results(self._library.clauses, (), ""), ()

    def find(self, event: gr.EventData, request: gr.Request) -> tuple[Markup, tuple[Hit, ...]]:
        """The clauses and precedents nearest to some words, within the filters."""
        data = sent(event)
        words = " ".join(word(data, "mots", 300).split())
        filtered = [one for one in self._library.clauses if _fits(one, data)]
        try:
            user = self._site.person(request, Right.SEARCH)
            if not words:
                return self._results(filtered, (), words), ()
            collections = self._site.searchable(user)
            with self._site.turns.taken() as turn:
                while turn.wait():
                    pass
                workspace = self._site.workspace
                near = workspace.search(words, limit=_CLAUSE_HITS, kinds=(Kind.CLAUSE,), collections=collections)
                precedents = workspace.search(words, limit=_PRECEDENTS, kinds=(Kind.FRAMEWORK,), collections=collections)
            self._site.journal.record(user.name, Action.SEARCH, question=words, detail="clauses")
        except AssistantError as failure:
            return error(failure.message, failure.hint), ()
        return self._results(_ranked(filtered, words, near), precedents, words), precedents

    def read(self, hits: Sequence[Hit], event: gr.EventData, request: gr.Request) -> Markup:
        """A clause with its levels, or a precedent where it stands."""
        data = sent(event)
        try:
            user = self._site.person(request, Right.SEARCH)
            if word(data, "clause", 100):
                return self._clause(self._library.clause(word(data, "clause", 100)), hits)
            hit = hits[number(data, "rang", -1)] if 0 <= number(data, "rang", -1) < len(hits) else None
            if hit is None:
                raise AssistantError("Ce précédent n'est plus dans la liste.", "Relancez la recherche.")
            self._site.require_source(user, hit.source.id)
            shown = viewer.find(self._site.workspace, hit.source.id, hit.passage.span)
            return tag("div", tag("h2", "Précédent"), viewer.view(shown), id="clause-ouverte", tabindex="-1")
        except AssistantError as failure:
            return error(failure.message, failure.hint)

    def compare(self, hits: Sequence[Hit], event: gr.EventData, request: gr.Request) -> Markup:
        """Two wordings side by side, what differs marked."""
        data = sent(event)
        try:
            self._site.person(request, Right.SEARCH)
            clause = self._library.clause(word(data, "clause", 100))
            left, right = word(data, "gauche", 120), word(data, "droite", 120)
            return self._clause(clause, hits, left, right)
        except AssistantError as failure:
            return error(failure.message, failure.hint)

    def take(self, chosen: tuple[str, ...], event: gr.EventData, request: gr.Request) -> tuple[str, ...]:
        """The draft with one more clause."""
        self._site.person(request, Right.DRAFT)
        id_ = word(sent(event), "clause", 100)
        return chosen if id_ in chosen or self._library.find_clause(id_) is None else (*chosen, id_)

    # ---- showing ----------------------------------------------------------------------------------------------------------------

    def _results(self, clauses: Sequence[ModelClause], precedents: Sequence[Hit], words: str) -> Markup:
        if not clauses and not precedents:
            return text(
                (tag("h2", "Clauses trouvées"), empty("Aucune clause ne répond à cette recherche.", "Enlevez un filtre, ou dites-le avec d'autres mots."))
            )
        found = [
            tag(
                "li",
                button(
                    (tag("strong", clause.title), tag("span", f"{clause.place.value} · {named(clause.subject)}", class_="discret bloc")),
                    "lire",
                    {"clause": clause.id, "opens": "1"},
                    class_="large",
                ),
            )
            for clause in clauses
        ]
        seen = [
            tag(
                "li",
                button(
                    (tag("strong", place(hit.source, hit.passage)), tag("span", _beginning(hit.passage.text), class_="discret bloc")),
                    "lire",
                    {"rang": rank, "opens": "1"},
                    class_="large",
                ),
            )
            for rank, hit in enumerate(precedents)
        ]
        failures = self._library.failures
        return text(
            (
                tag("h2", "Clauses trouvées"),
                tag("p", count(len(clauses), "clause modèle", "clauses modèles"), role="status"),
                tag("ul", found, class_="liste"),
                (tag("h2", "Précédents"), tag("ul", seen, class_="liste")) if seen else None,
                tag("p", "Aucun contrat indexé ne ressemble à cette recherche : ajoutez vos accords-cadres dans la Bibliothèque.", class_="discret")
                if words and not seen
                else None,
                tag("p", f"{count(len(failures), 'fichier de clause')} à corriger : voyez « assistant draft --list ».", class_="avertissement")
                if failures
                else None,
            )
        )

    def _clause(self, clause: ModelClause, hits: Sequence[Hit], left: str = "", right: str = "") -> Markup:
        levels = [
            tag(
                "details",
                tag("summary", f"Niveau {LEVELS[level.level]}", " – ", f"risque {level.risk.level}"),
                risk_badge(level.risk.level or "non évalué"),
                items(level.risk.reasons),
                formatted(_readable(level.wording, clause, self._library)),
                (tag("h4", "À réunir avant de s'en servir"), items(level.conditions)) if level.conditions else None,
                open=level.level == 2,
                class_="niveau",
            )
            for level in clause.levels
        ]
        compared = self._compared(clause, hits, left, right)
        return tag(
            "section",
            tag("h2", clause.title, id="clause-titre"),
            tag("p", f"{clause.place.value} · {named(clause.subject)} · {', '.join(named(one) for one in clause.contracts)}", class_="discret"),
            formatted(clause.purpose),
            tag("p", button("Utiliser dans la rédaction", "prendre", {"clause": clause.id}, class_="principal")),
            tag("h3", "Trois niveaux"),
            levels,
            (tag("h3", "Ce que cette clause n'obtient pas"), items(clause.does_not_achieve)) if clause.does_not_achieve else None,
            tag("h3", "Fondement"),
            tag("p", rendering.legal_basis(clause)),
            tag("p", f"Dérogation à inscrire au dernier article du CCAP : {', '.join(clause.derogations)}.", class_="avertissement")
            if clause.derogations
            else None,
            _neighbours("Va avec", clause.companions, self._library),
            _neighbours("Ne va pas avec", clause.incompatible, self._library),
            compared,
            tag("p", f"Droit vérifié le {french_date(clause.verified_on)}.", class_="discret"),
            class_="carte",
            id="clause-ouverte",
            tabindex="-1",
            aria_labelledby="clause-titre",
        )

    def _compared(self, clause: ModelClause, hits: Sequence[Hit], left: str, right: str) -> Markup:
        texts = {f"n:{level.level}": (f"Niveau {LEVELS[level.level]}", _readable(level.wording, clause, self._library)) for level in clause.levels}
        texts |= {f"p:{rank}": (f"Précédent : {place(hit.source, hit.passage)}", hit.passage.text) for rank, hit in enumerate(hits)}
        left, right = left if left in texts else "n:3", right if right in texts else "n:1"
        choices = [(key, label) for key, (label, _) in texts.items()]
        form = element(
            "form",
            {"data-changes": "confronter", "data-clause": clause.id},
            tag(
                "div",
                _choice("gauche", "gauche", "Texte de gauche", choices, left, all_=False),
                _choice("droite", "droite", "Texte de droite", choices, right, all_=False),
                class_="rangee",
            ),
        )
        rows = comparison.rows(texts[left][1], texts[right][1])
        cells = [tag("tr", tag("td", _pieces(row.before)), tag("td", _pieces(row.after))) for row in rows if row.before or row.after]
        table = tag(
            "table",
            tag("caption", "Comparaison mot à mot : les mots retirés sont barrés, les mots ajoutés soulignés.", class_="discret"),
            tag("thead", tag("tr", tag("th", texts[left][0], scope="col"), tag("th", texts[right][0], scope="col"))),
            tag("tbody", cells),
            class_="donnees face-a-face",
        )
        return text((tag("h3", "Comparer"), form, table))


def _choice(id_: str, name: str, label: str, choices: Sequence[tuple[str, str]], value: str = "", *, all_: bool = True) -> Markup:
    options = [tag("option", "Tous", value="") if all_ else None, *(tag("option", said, value=key, selected=key == value) for key, said in choices)]
    return tag("div", tag("label", label, for_=id_), tag("select", options, id=id_, name=name), class_="champ")


def _fits(clause: ModelClause, data: Mapping[str, Any]) -> bool:
    subject, contract, piece = word(data, "sujet", 60), word(data, "marche", 60), word(data, "piece", 20)
    return (
        (not subject or clause.subject == subject)
        and (not contract or contract in clause.contracts or "tous" in clause.contracts)
        and (not piece or clause.place.value == piece)
    )


def _ranked(clauses: Sequence[ModelClause], words: str, near: Sequence[Hit]) -> tuple[ModelClause, ...]:
    """The clauses that the search found, in its order; where none is indexed, those that hold most of the words."""
    ranks: dict[str, int] = {}
    for hit in near:
        ranks.setdefault(hit.source.id, hit.rank)
    wanted = [part for part in words.casefold().split() if len(part) > 3]
    shares = {one.id: sum(part in f"{one.title} {one.purpose}".casefold() for part in wanted) for one in clauses if one.source_id not in ranks}
    by_words = sorted((one for one in clauses if shares.get(one.id)), key=lambda one: -shares[one.id])
    return (*sorted((one for one in clauses if one.source_id in ranks), key=lambda one: ranks[one.source_id]), *(by_words if not ranks else ()))


def _readable(wording: str, clause: ModelClause, library: ClauseLibrary) -> str:
    """A wording with the labels of its fields and the titles of the clauses that it names, in place of their ids."""
    labels = {field.name: field.label for field in clause.fields}

    def said(found: re.Match[str]) -> str:
        name = found["name"]
        if name.startswith(ARTICLE_PREFIX):
            other = library.find_clause(name.removeprefix(ARTICLE_PREFIX).strip())
            return f"l'article « {other.title if other else name} »"
        return f"[{labels.get(name, name)}]"

    return PLACEHOLDER.sub(said, wording)


def _neighbours(title: str, ids: Sequence[str], library: ClauseLibrary) -> Markup:
    known = [clause for clause in (library.find_clause(id_) for id_ in ids) if clause]
    if not known:
        return EMPTY
    return text(
        (
            tag("h3", title),
            tag("ul", [tag("li", button(one.title, "lire", {"clause": one.id, "opens": "1"}, class_="secondaire")) for one in known], class_="liste"),
        )
    )


def _pieces(pieces: Sequence[Piece]) -> Content:
    names = {Change.SAME: None, Change.REMOVED: "del", Change.ADDED: "ins"}
    return [tag(name, piece.text) if (name := names[piece.change]) else piece.text for piece in pieces]


def _beginning(words: str, most: int = 160) -> str:
    flat = " ".join(words.split())
    return flat if len(flat) <= most else flat[:most].rsplit(" ", 1)[0] + " …"
