"""Tools of clauses: ``controler_clause``, ``clauses_pour_besoin``."""

from dataclasses import replace
from datetime import date

from assistant import reading
from assistant.datatypes import Finding, FoundClause, Kind, ModelClause
from assistant.drafting import rendering
from assistant.drafting.clause_search import Filters
from assistant.endpoint.answers import Sight
from assistant.endpoint.callers import Caller
from assistant.endpoint.chat import shown
from assistant.endpoint.tools import law, shapes
from assistant.endpoint.tools.questions import day_of
from assistant.endpoint.tools.tool import Arguments, Json, Outcome, Room, Tool
from assistant.kept_answer import KeptSource
from assistant.lines import beginning, one_line
from assistant.site.journal import Action, Cited
from assistant.site.rights import Right

# Some twenty pages; a whole tender is reviewed on the page, or by ``assistant check``.
LONGEST_CLAUSE = 60_000
_LIMITS = "La revue lit cet extrait seul. Chaque constat est à relire, et ce qu'elle ne relève pas n'est pas pour autant licite."
_MOST_CLAUSES = 10
_LONGEST_PRECEDENT = 4_000


def _review(room: Room, caller: Caller, arguments: Arguments) -> Outcome:
    caller.require(Right.REVIEW)
    desk, day = room.desk, day_of(arguments) or date.today()
    document = reading.read_bytes(
        arguments["clause"].encode(), "clause.txt", kind=Kind.TENDER, collection="controle"
    )
    with desk.taken(caller):
        (review,) = desk.workspace.review_documents([document], as_of=day, draft=True)
    desk.journal.record(caller.who, Action.REVIEW, detail=f"clause, {caller.by}")
    basis = [target for one in review.findings for target in one.legal_basis]
    limits = [limit for limit in (_LIMITS, desk.workspace.review_limits) if limit]
    value: Json = {
        "date": day.isoformat(),
        "constats": [_finding(one) for one in review.findings],
        "limites": limits,
        "citations": law.basis_in_force(room, caller, basis, day),
    }
    lines = [
        f"- **{one.severity.value}** : « {shown(one_line(one.quote))} » — {shown(one_line(one.message))}"
        for one in review.findings
    ]
    return Outcome("\n".join((*(lines or ["Rien à relever dans cet extrait."]), "", *limits)), value)


def _finding(one: Finding) -> Json:
    basis = [{"work": target.work, "article": target.article} for target in one.legal_basis]
    said = {
        "regle": one.rule,
        "gravite": one.severity.value,
        "message": one.message,
        "fondement": basis,
        "proposition": one.suggestion,
    }
    return said | {"quote": one.quote, "start": one.span.start, "end": one.span.end}


def _clauses(room: Room, caller: Caller, arguments: Arguments) -> Outcome:
    caller.require(Right.SEARCH)
    desk, need, limit = room.desk, arguments["besoin"], arguments.get("limite", 3)
    with desk.taken(caller):
        finder = desk.workspace.clause_finder
        models = finder.models(need, None, limit)
        # Without a collection a search looks into all of them.
        precedents = (
            finder.precedents(need, Filters(collections=caller.collections), limit)
            if caller.collections
            else ()
        )
    sight = Sight(desk.workspace, caller)
    seen = [
        _within(one, sight) for one in precedents if one.precedent and sight.sees(one.precedent.source.id)
    ]
    desk.journal.record(
        caller.who,
        Action.SEARCH,
        question=need,
        sources=tuple(Cited(one.precedent.source.id) for one in seen if one.precedent),
        detail=f"clauses, {caller.by}",
    )
    found = [_model(room, one.clause) for one in models if one.clause]
    value: Json = {"modeles": found, "citations": sight.named([_precedent(one) for one in seen])}
    lines = [f"- **{shown(one['titre'])}** : {shown(beginning(one['objet'], 300))}" for one in found]
    lines += [
        f"- Précédent : **{shown(one.precedent.label)}** ({shown(one.precedent.source.title)})"
        for one in seen
        if one.precedent
    ]
    return Outcome("\n".join(lines) or "Aucune clause ne répond à ce besoin.", value)


def _within(one: FoundClause, sight: Sight) -> FoundClause:
    return replace(one, copies=tuple(copy for copy in one.copies if sight.sees(copy.source.id)))


def _model(room: Room, clause: ModelClause) -> Json:
    library = room.desk.workspace.clause_library()
    levels = [
        {
            "niveau": level.level,
            "texte": rendering.readable(level.wording, clause, library),
            "risque": level.risk.level,
            "motifs": list(level.risk.reasons),
            "conditions": list(level.conditions),
        }
        for level in clause.levels
    ]
    basis = [{"work": target.work, "article": target.article} for target in clause.legal_basis]
    told = {
        "id": clause.id,
        "titre": clause.title,
        "sujet": clause.subject,
        "piece": clause.place.value,
        "objet": clause.purpose,
        "niveaux": levels,
    }
    return told | {
        "fondement": basis,
        "ce_quelle_nobtient_pas": list(clause.does_not_achieve),
        "verifiee_le": clause.verified_on.isoformat(),
    }


def _precedent(one: FoundClause) -> Json:
    assert one.precedent
    found = one.precedent
    end = min(found.span.end, found.span.start + _LONGEST_PRECEDENT)
    where = {
        "source": KeptSource.of(found.source).to_json(),
        "work": None,
        "article": found.number,
        "valid_from": None,
        "valid_to": None,
    }
    told = {
        "id": found.id,
        "titre": found.label,
        "date": found.dated.isoformat() if found.dated else None,
        "copies": [copy.id for copy in one.copies],
    }
    place = {
        "pages": list(found.pages) if found.pages else None,
        "quote": found.text[: end - found.span.start],
        "start": found.span.start,
        "end": end,
    }
    return told | where | place | {"entier": end == found.span.end}


TOOLS = (
    Tool(
        "controler_clause",
        "Contrôler une clause",
        "Relève ce qui est illégal, fragile ou sans effet dans une clause ou un extrait, avec les mots en cause, les articles et ce qu'il faut écrire.",
        shapes.taking(
            ["clause"],
            clause=shapes.text("Le texte à contrôler.", LONGEST_CLAUSE),
            date=shapes.day("Jour dont le droit s'applique (AAAA-MM-JJ) ; sinon aujourd'hui."),
        ),
        shapes.giving(
            date=shapes.ANY_TEXT,
            constats=shapes.several(
                shapes.giving(
                    regle=shapes.ANY_TEXT,
                    gravite=shapes.ANY_TEXT,
                    message=shapes.ANY_TEXT,
                    fondement=shapes.several(shapes.ANYTHING),
                    proposition=shapes.ANY_TEXT,
                    quote=shapes.ANY_TEXT,
                    start=shapes.WHOLE,
                    end=shapes.WHOLE,
                )
            ),
            limites=shapes.several(shapes.ANY_TEXT),
            citations=shapes.CITATIONS,
        ),
        _review,
    ),
    Tool(
        "clauses_pour_besoin",
        "Trouver des clauses pour un besoin",
        "Donne les clauses modèles qui répondent à un besoin dit en mots d'acheteur, à trois niveaux et leur risque, puis celles des contrats indexés.",
        shapes.taking(
            ["besoin"],
            besoin=shapes.text("Par exemple : « récupérer nos données à la fin sans payer ».", 1_000),
            limite=shapes.count("Clauses modèles et précédents, de chaque.", 3, _MOST_CLAUSES),
        ),
        shapes.giving(
            modeles=shapes.several(
                shapes.giving(
                    id=shapes.ANY_TEXT, titre=shapes.ANY_TEXT, niveaux=shapes.several(shapes.ANYTHING)
                )
            ),
            citations=shapes.CITATIONS,
        ),
        _clauses,
    ),
)
