"""The tool that says what this is: ``a_propos``."""

from collections import Counter
from datetime import date

from assistant.endpoint import scopes
from assistant.endpoint.answers import Sight
from assistant.endpoint.callers import Caller
from assistant.endpoint.tools import shapes
from assistant.endpoint.tools.tool import Arguments, Json, Outcome, Room, Tool
from assistant.site.journal import program_version
from assistant.site.rights import Right

_LIMITS = (
    "L'assistant n'est pas un avocat : ses fiches disent ce qui a été lu, et ne sont pas une consultation juridique.",
    "Une réponse sur dix égare, le plus souvent parce qu'un cas voisin parle : lisez la condition à côté de la position.",
    "Là où aucune fiche n'est sûre de répondre, les articles sont donnés sans position ; ce qui ne peut pas être su est refusé.",
)


def _about(room: Room, caller: Caller, _: Arguments) -> Outcome:
    caller.require(Right.LIBRARY)
    workspace = room.desk.workspace
    kinds = Counter(source.kind.value for source in Sight(workspace, caller).sources)
    read = [{"modele": id_, "nom": label} for id_, label in scopes.models(workspace, caller)]
    version = program_version()
    value: Json = {
        "version": version,
        "date": date.today().isoformat(),
        "licence": "EUPL-1.2",
        "sources": dict(kinds),
        "collections": list(caller.collections),
        "portees": read,
        "modele_de_vecteurs": workspace.settings.embedding,
        "modele_de_langage": workspace.settings.language if workspace.permitted() else None,
        "limites": list(_LIMITS),
        "citations": [],  # it quotes nothing; a program reads every result the same way
    }
    counted = ", ".join(f"{number} {kind}" for kind, number in sorted(kinds.items())) or "rien"
    lines = (
        f"Assistant de la commande publique, version {version}. Indexé et ouvert à cette clé : {counted}.",
        *(f"- {limit}" for limit in _LIMITS),
    )
    return Outcome("\n".join(lines), value)


TOOLS = (
    Tool(
        "a_propos",
        "Ce qu'est l'assistant, ce qu'il a lu et ses limites",
        "Donne la version, ce qui est indexé et ouvert à cette clé, et ce que l'assistant ne sait pas faire.",
        shapes.taking(),
        shapes.giving(
            version=shapes.ANY_TEXT,
            date=shapes.ANY_TEXT,
            sources=shapes.ANYTHING,
            collections=shapes.several(shapes.ANY_TEXT),
            limites=shapes.several(shapes.ANY_TEXT),
            citations=shapes.CITATIONS,
        ),
        _about,
    ),
)
