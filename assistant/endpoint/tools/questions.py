"""Tools that ask and search: ``poser_question``, ``chercher``, ``portefeuille``."""

from datetime import date

from assistant import export
from assistant.datatypes import Kind
from assistant.endpoint import chat, scopes
from assistant.endpoint.answers import TURNS_IN_MIND, Question, Sight, answer_json, rows_within
from assistant.endpoint.callers import Caller
from assistant.endpoint.tools import shapes
from assistant.endpoint.tools.tool import Arguments, Json, Outcome, Room, Tool
from assistant.errors import UsageError
from assistant.kept_answer import KeptQuote, KeptRows
from assistant.lines import beginning
from assistant.site.journal import Action, Cited
from assistant.site.rights import Right

_MOST_HITS = 50
_SEARCHED = (Kind.RULE, Kind.SHEET, Kind.FRAMEWORK, Kind.TENDER)
_LONGEST_EXTRACT = 600
_AS_OF = shapes.day(
    "Jour dont le droit s'applique (AAAA-MM-JJ) ; sinon celui dont parle la question, sinon aujourd'hui."
)
_WHERE = shapes.text(
    "Collection où chercher ; sinon tout ce que la clé peut lire. « droit seul » : le droit sans vos documents.",
    200,
)


def day_of(arguments: Arguments, name: str = "date") -> date | None:
    """A date among arguments. Raises UsageError."""
    given = arguments.get(name)
    if given is None:
        return None
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise UsageError(
            f"« {given} » n'est pas une date.", "Une date s'écrit AAAA-MM-JJ, par exemple 2026-04-01."
        ) from None


def scope_of(room: Room, caller: Caller, arguments: Arguments) -> scopes.Scope:
    """Where the arguments ask to look. Raises UnknownModelError for what the caller may not read."""
    name = arguments.get("collection")
    if name is None:
        return scopes.everything(caller)
    model = scopes.LAW if name == "droit seul" else scopes.PREFIX + name
    return scopes.scope(room.desk.workspace, caller, model)


def _ask(room: Room, caller: Caller, arguments: Arguments) -> Outcome:
    asked = Question(
        arguments["question"], tuple(arguments.get("questions_precedentes", ())), day_of(arguments)
    )
    answer = room.desk.ask(caller, asked, scope_of(room, caller, arguments))
    value = answer_json(answer, Sight(room.desk.workspace, caller))
    return Outcome(chat.markdown(answer), value | {"citations": value.pop("sources")})


def _search(room: Room, caller: Caller, arguments: Arguments) -> Outcome:
    caller.require(Right.SEARCH)
    desk, words = room.desk, arguments["texte"]
    name = arguments.get("collection")
    collections = (
        caller.searchable()
        if name is None or name == "droit seul"
        else (name,)
        if scope_of(room, caller, arguments)
        else ()
    )
    kinds = (
        (Kind.RULE, Kind.SHEET)
        if name == "droit seul"
        else (Kind(arguments["nature"]),)
        if "nature" in arguments
        else _SEARCHED
    )
    with desk.taken(caller):
        hits = desk.workspace.search(
            words,
            limit=arguments.get("limite", 10),
            as_of=day_of(arguments),
            kinds=kinds,
            collections=collections,
        )
    cited = tuple(Cited(hit.source.id, hit.passage.work, hit.passage.article) for hit in hits)
    desk.journal.record(caller.who, Action.SEARCH, question=words, sources=cited, detail=caller.by)
    found = Sight(desk.workspace, caller).named([_hit(export.hit_json(hit)) for hit in hits])
    lines = [
        f"{hit.rank}. **{chat.shown(export.place(hit.source, hit.passage))}**\n   {chat.shown(beginning(hit.passage.text, _LONGEST_EXTRACT))}"
        for hit in hits
    ]
    return Outcome("\n".join(lines) or "Aucun passage trouvé.", {"citations": found})


def _hit(hit: Json) -> Json:
    """A hit as a citation: its words are those of its passage."""
    return hit | {"quote": hit.pop("text")}


def _portfolio(room: Room, caller: Caller, arguments: Arguments) -> Outcome:
    caller.require(Right.ASK)
    desk, question = room.desk, arguments["question"]
    name = arguments.get("collection")
    collections = (
        caller.searchable()
        if name is None
        else (name,)
        if scopes.scope(desk.workspace, caller, scopes.PREFIX + name)
        else ()
    )
    with desk.taken(caller):
        rows = desk.workspace.portfolio(question, collections=collections, as_of=day_of(arguments))
        doubts = desk.workspace.uncertain_amendments(collections)
    kept, sight = KeptRows.of(rows), Sight(desk.workspace, caller)
    rows_within(kept, sight)
    quotes = [row.quote for row in kept.yes if row.quote]
    desk.journal.record(
        caller.who,
        Action.ASK,
        question=question,
        sources=tuple(map(_cited, quotes)),
        detail=f"portefeuille, {caller.by}",
    )
    value: Json = sight.named(
        {
            "demande": kept.asked,
            "liste": kept.to_json(),
            "doutes": list(doubts),
            "citations": [quote.to_json() for quote in quotes],
        }
    )
    lines = [
        chat.shown(export.counted(kept)),
        *(f"- {chat.shown(f'{row.market} — {row.file} : {row.value}')}" for row in kept.yes),
        *map(chat.shown, doubts),
    ]
    return Outcome("\n".join(lines), value)


def _cited(quote: KeptQuote) -> Cited:
    return Cited(quote.source.id, quote.work, quote.article)


TOOLS = (
    Tool(
        "poser_question",
        "Poser une question de commande publique",
        "Répond par les mots exacts des textes indexés (droit, documents de l'acheteur), avec position, risque et citations, ou refuse : rien n'est inventé. "
        "Rendez la réponse et ses citations telles quelles.",
        shapes.taking(
            ["question"],
            question=shapes.text("La question, en français."),
            questions_precedentes=shapes.texts(
                f"Les questions déjà posées, la plus ancienne d'abord ; les {TURNS_IN_MIND} dernières comptent.",
                50,
            ),
            date=_AS_OF,
            collection=_WHERE,
        ),
        shapes.ANSWER,
        _ask,
    ),
    Tool(
        "chercher",
        "Chercher des passages",
        "Trouve les passages les plus proches, par les mots, le sens et les références. Un passage n'est pas une réponse : voyez poser_question.",
        shapes.taking(
            ["texte"],
            texte=shapes.text("Ce qu'il faut chercher."),
            limite=shapes.count("Nombre de passages.", 10, _MOST_HITS),
            date=_AS_OF,
            collection=_WHERE,
            nature={
                "type": "string",
                "enum": [kind.value for kind in _SEARCHED],
                "description": "Nature des sources.",
            },
        ),
        shapes.giving(citations=shapes.CITATIONS),
        _search,
    ),
    Tool(
        "portefeuille",
        "Calculer une liste sur les marchés de l'acheteur",
        "Dit lesquels des documents indexés répondent à une condition, lesquels non, lesquels n'ont pas pu être lus ; les nombres s'additionnent.",
        shapes.taking(
            ["question"],
            question=shapes.text(
                "Par exemple : « Lesquels de nos marchés n'ont pas de clause de réversibilité ? »."
            ),
            date=shapes.day("Jour auquel les marchés sont en vigueur (AAAA-MM-JJ) ; sinon aujourd'hui."),
            collection=shapes.text(
                "Collection des documents ; sinon toutes celles que la clé peut lire.", 200
            ),
        ),
        shapes.giving(
            demande=shapes.ANY_TEXT,
            liste=shapes.ANYTHING,
            doutes=shapes.several(shapes.ANY_TEXT),
            citations=shapes.CITATIONS,
        ),
        _portfolio,
    ),
)
