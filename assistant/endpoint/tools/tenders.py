"""The tool of tenders: ``synthese_dce``, over what is indexed and over the folders that whoever started the server named."""

import json
import tempfile
from collections.abc import Sequence
from pathlib import Path

from assistant.datatypes import Kind, Source
from assistant.endpoint.answers import Sight
from assistant.endpoint.callers import Caller
from assistant.endpoint.chat import shown
from assistant.endpoint.tools import shapes
from assistant.endpoint.tools.tool import Arguments, Json, Outcome, Room, Tool
from assistant.errors import NotIndexedError, ReadingError, UsageError
from assistant.lines import beginning, one_line
from assistant.site.access import shown_origin, without_paths
from assistant.site.journal import Action, Cited
from assistant.site.rights import Right
from assistant.summaries.fields import plain
from assistant.summaries.fields.summary import FIELDS

_MOST_SOURCES = 50
_OF_TENDERS = (Kind.TENDER, Kind.FRAMEWORK)
_LONGEST_VALUE = 300


def _summarise(room: Room, caller: Caller, arguments: Arguments) -> Outcome:
    caller.require(Right.SUMMARISE)
    if ("sources" in arguments) == ("chemin" in arguments):
        raise UsageError(
            "Il faut dire ce qui est à résumer : « sources » ou « chemin ».", "L'un des deux, pas les deux."
        )
    if "sources" in arguments:
        return _of_sources(room, caller, tuple(dict.fromkeys(arguments["sources"])))
    return _of_files(room, caller, arguments["chemin"])


# ---- what is indexed ----------------------------------------------------------------------------------------------------------------


def _of_sources(room: Room, caller: Caller, ids: Sequence[str]) -> Outcome:
    desk, sight = room.desk, Sight(room.desk.workspace, caller)
    known = {source.id: source for source in sight.sources if source.kind in _OF_TENDERS}
    for id_ in ids:
        if id_ not in known:
            raise NotIndexedError(
                f"Aucune pièce d'identifiant « {id_} » n'est parmi celles que cette clé peut lire.",
                "chercher donne les identifiants.",
            )
    sources = [known[id_] for id_ in ids]
    with desk.taken(caller):
        found = desk.workspace.shelf.known(sources)
    desk.journal.record(
        caller.who, Action.SUMMARISE, sources=tuple(Cited(id_) for id_ in ids), detail=caller.by
    )
    documents = [plain.summary_json(one.summary) for one in found]
    citations = [
        citation
        for document, source in zip(documents, sources, strict=True)
        for citation in _citations(document["fields"], source)
    ]
    value: Json = {
        "documents": documents,
        "consultations": [],
        "echecs": [],
        "citations": sight.named(citations),
    }
    return Outcome("\n\n".join(_read(document["file"], document["fields"]) for document in documents), value)


def _citations(fields: Json, source: Source) -> list[Json]:
    named = {
        "source": {
            "id": source.id,
            "title": source.title,
            "kind": source.kind.value,
            "collection": source.collection,
        }
    }
    return [
        _citation(name, field, named)
        for name, field in fields.items()
        if field.get("quote") and "start" in field
    ]


def _citation(name: str, field: Json, named: Json) -> Json:
    pages = [field["pages"][0], field["pages"][-1]] if field["pages"] else None
    unknown = dict.fromkeys(("work", "article", "valid_from", "valid_to"))
    return {
        "champ": name,
        **named,
        **unknown,
        "pages": pages,
        "quote": field["quote"],
        "start": field["start"],
        "end": field["end"],
    }


# ---- files --------------------------------------------------------------------------------------------------------------------------


def _of_files(room: Room, caller: Caller, given: str) -> Outcome:
    """Files are read by processes of their own, whatever they hold; what came of them is kept nowhere."""
    path = _within(given, room.folders)
    desk = room.desk
    with tempfile.TemporaryDirectory(prefix="synthese-") as folder, desk.taken(caller):
        out = Path(folder)
        report, _ = desk.workspace.summarise([path], out, formats="json")
        consultations = [
            json.loads(one.read_text(encoding="utf-8")) for one in sorted(out.rglob("*.consultation.json"))
        ]
    desk.journal.record(caller.who, Action.SUMMARISE, detail=f"{path.name}, {caller.by}")
    failures = [
        {"fichier": shown_origin(one.origin), "message": without_paths(one.message), "conseil": one.hint}
        for one in report.failures
    ]
    if not consultations:
        said = failures[0]["message"] if failures else "Rien de lisible n'est à cet endroit."
        raise ReadingError(
            f"Aucune pièce de « {path.name} » n'a pu être lue. {said}",
            "Donnez des pièces en PDF, DOCX ou ODT, sans mot de passe.",
        )
    citations = [citation for one in consultations for citation in _citations_of(one)]
    shown_ = [one | {"origin": path.name} for one in consultations]
    value: Json = {"documents": [], "consultations": shown_, "echecs": failures, "citations": citations}
    return Outcome("\n\n".join(_read(one["consultation"], one["fields"]) for one in consultations), value)


def _citations_of(consultation: Json) -> list[Json]:
    ids = {one["file"]: one["sha256"][:16] for one in consultation["documents"]}
    found = []
    for name, field in consultation["fields"].items():
        if field.get("quote") and "start" in field:
            source = {
                "id": ids.get(field["file"], ""),
                "title": field["file"],
                "kind": Kind.TENDER.value,
                "collection": None,
            }
            found.append(_citation(name, field, {"source": source}))
    return found


def _within(given: str, folders: Sequence[Path]) -> Path:
    """The file or folder that is meant, within the folders that may be read; a link out of them leads nowhere.

    Raises:
        UsageError: no folder was named when the server was started.
        NotIndexedError: it is not there, or lies elsewhere: which of both is not said.
    """
    if not folders:
        raise UsageError(
            "Aucun dossier n'est ouvert à cet outil.",
            "Donnez « sources », ou lancez assistant mcp avec --folder DOSSIER.",
        )
    for folder in folders:
        try:
            found = (folder / given).resolve()
            if found.is_relative_to(folder) and (found.is_file() or found.is_dir()):
                return found
        except (OSError, ValueError, RuntimeError):  # a name that no file can have, links in a circle
            continue
    raise NotIndexedError(
        f"« {beginning(given, 120)} » n'est dans aucun des dossiers ouverts à cet outil.",
        "Donnez un chemin relatif à l'un d'eux.",
    )


# ---- showing ------------------------------------------------------------------------------------------------------------------------


def _read(title: str, fields: Json) -> str:
    lines = [f"**{shown(title)}**"]
    for name, label in FIELDS.items():
        field = fields.get(name) or {}
        if field.get("value") in (None, [], ""):
            continue
        value = (
            field["value"]
            if isinstance(field["value"], str)
            else json.dumps(field["value"], ensure_ascii=False)
        )
        page = f" (p. {field['pages'][0]})" if field.get("pages") else ""
        lines.append(f"- {label} : {shown(beginning(one_line(value), _LONGEST_VALUE))}{page}")
    return "\n".join(lines)


TOOLS = (
    Tool(
        "synthese_dce",
        "Résumer les pièces d'une consultation",
        "Donne chaque champ d'un DCE (objet, lots, dates, durée, prix, critères, clauses …) avec ses mots et sa page ; ce qui n'est pas dit reste vide. "
        "Ne lit que des pièces indexées, ou des fichiers des dossiers ouverts au lancement du serveur.",
        shapes.taking(
            sources={**shapes.texts("Identifiants de pièces indexées.", _MOST_SOURCES), "minItems": 1},
            chemin=shapes.text(
                "Fichier, dossier ou archive, relatif à un dossier ouvert à cet outil.", 1_000
            ),
        ),
        shapes.giving(
            documents=shapes.several(shapes.ANYTHING),
            consultations=shapes.several(shapes.ANYTHING),
            echecs=shapes.several(shapes.ANYTHING),
            citations=shapes.CITATIONS,
        ),
        _summarise,
    ),
)
