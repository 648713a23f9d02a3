"""Clause and kit files into values: every field of the front matter and every ``{{field}}`` of the wordings is checked.

``corpus/README.md`` describes both formats for those who write them. A message names the file and the field.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import yaml

from assistant.datatypes import (
    ClauseField,
    ClauseLevel,
    Document,
    FieldType,
    Heading,
    Kit,
    KitClause,
    KitPiece,
    ModelClause,
    Place,
    Risk,
)
from assistant.drafting import fields as field_values
from assistant.errors import CorpusError, UsageError
from assistant.sheets import target

# The reader in C, where PyYAML was built with it, is some eight times faster: a library of ninety files is read for each draft.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

SUBJECTS = (
    "localisation", "immunite", "qualification", "chiffrement", "acces-autorites", "controle", "sous-traitance", "personnels", "telemetrie",
    "reversibilite", "formats-ouverts", "logiciel-libre", "sequestre", "audit", "securite", "incidents", "continuite", "penalites",
    "donnees-et-resultats", "intelligence-artificielle", "allotissement", "criteres", "sourcage", "questionnaires", "accord-cadre", "prix",
    "execution", "resiliation", "preambule", "clauses-sociales-et-environnementales",
)  # fmt: skip
CONTRACTS = (
    "cloud", "saas", "logiciel", "collaboratif", "messagerie", "visioconference", "cybersecurite", "telecom", "iot", "videoprotection", "ia", "tma",
    "materiel", "tous",
)  # fmt: skip
LEVELS = (3, 2, 1)
_RISKS = ("faible", "moyen", "élevé")
_REQUIRED = (
    "id", "title", "subject", "piece", "contracts", "verified_on", "legal_basis", "levels", "does_not_achieve", "sources",
)  # fmt: skip
_OPTIONAL = ("needs", "fields", "companions", "incompatible", "ccag", "sheets")
_KIT_REQUIRED = ("id", "title", "need", "contracts", "verified_on", "pieces", "justification")
_FIELD_KEYS = ("name", "label", "type", "unit", "default", "help", "choices")
_LEVEL_KEYS = ("level", "risk", "reasons", "conditions")

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]*")
_LEVEL_HEADING = re.compile(r"Niveau ([123])\b.*")
PURPOSE_HEADING = "Pourquoi cette clause"
# What the program replaces in a wording: a field, or a reference to another clause.
PLACEHOLDER = re.compile(r"\{\{\s*(?P<name>[^{}]*?)\s*\}\}")
ARTICLE_PREFIX = "article:"
# The reference brings its own « l'article »: "de {{article:x}}", never "de l'article {{article:x}}" nor "du {{article:x}}".
_DOUBLED = re.compile(
    r"(?:\b(?:articles?|clause|annexe|du|au|la|le)\s+|l['’]\s*)\{\{\s*article:[^{}]*\}\}", re.IGNORECASE
)
# A document carries this in its front matter when it is a clause: a sheet has levels of risk, never a list of levels.
_IS_CLAUSE = re.compile(r"^levels:", re.MULTILINE)


def is_clause(document: Document) -> bool:
    """Whether the document is a model clause."""
    return bool(_IS_CLAUSE.search(dict(document.metadata).get("front_matter", "")))


def parse_clause(document: Document, name: str) -> ModelClause:
    """The clause that ``document`` holds; ``name`` is its file's name without ending.

    Raises:
        CorpusError: the front matter or a wording breaks the rules of clauses.
    """
    front = _Front(dict(document.metadata).get("front_matter", ""), document.source.origin, "clause")
    front.require(_REQUIRED, _OPTIONAL)
    purpose, wordings = _sections(document)
    levels = _levels(front, wordings)
    clause = ModelClause(
        source_id=document.source.id,
        origin=document.source.origin,
        id=front.id(name),
        title=front.text("title"),
        subject=front.one_of("subject", SUBJECTS),
        place=Place(front.one_of("piece", tuple(place.value for place in Place))),
        contracts=front.several_of("contracts", CONTRACTS),
        verified_on=front.day("verified_on"),
        legal_basis=tuple(target(reference) for reference in front.strings("legal_basis")),
        fields=_fields(front),
        purpose=purpose,
        levels=levels,
        does_not_achieve=front.strings("does_not_achieve"),
        companions=front.strings("companions"),
        incompatible=front.strings("incompatible"),
        derogations=(front.text("ccag"),)
        if isinstance(front.values.get("ccag"), str)
        else front.strings("ccag"),
        sheets=front.strings("sheets"),
        sources=front.strings("sources"),
        needs=front.strings("needs"),
    )
    _check_placeholders(front, clause)
    return clause


def parse_kit(text: str, origin: str, name: str) -> Kit:
    """The kit that a YAML text holds; ``name`` is its file's name without ending.

    Raises:
        CorpusError: it breaks the rules of kits.
    """
    front = _Front(text, origin, "kit")
    front.require(_KIT_REQUIRED, ("fields",))
    kit = Kit(
        origin=origin,
        id=front.id(name),
        title=front.text("title"),
        need=front.text("need"),
        contracts=front.several_of("contracts", CONTRACTS),
        verified_on=front.day("verified_on"),
        fields=_fields(front),
        pieces=tuple(_kit_piece(front, piece) for piece in front.groups("pieces", "pieces")),
        justification=front.markdown("justification"),
    )
    ids = [one.id for piece in kit.pieces for one in piece.clauses]
    twice = sorted({one for one in ids if ids.count(one) > 1})
    if twice:
        raise front.error(
            "pieces", f"contient deux fois « {', '.join(twice)} »", "Une clause n'a qu'une place dans un kit."
        )
    return kit


def placeholders(text: str) -> tuple[str, ...]:
    """The names between double braces, in order."""
    return tuple(match["name"] for match in PLACEHOLDER.finditer(text))


def article_references(text: str) -> tuple[str, ...]:
    """Ids of the clauses that a wording refers to, in order."""
    return tuple(
        name.removeprefix(ARTICLE_PREFIX).strip()
        for name in placeholders(text)
        if name.startswith(ARTICLE_PREFIX)
    )


class _Front:
    """The fields of a front matter (or of a kit), each read once with its check."""

    def __init__(self, text: str, origin: str, what: str) -> None:
        self._origin, self._what = origin, what
        try:
            values = yaml.load(text, Loader=_LOADER)  # noqa: S506  # it is a safe loader
        except (yaml.YAMLError, ValueError, RecursionError) as error:
            raise CorpusError(
                f"{self._named} n'est pas du YAML valide ({' '.join(str(error).split())}).",
                "Mettez entre guillemets les phrases qui contiennent « : » ou qui commencent par un signe.",
            ) from error
        if not isinstance(values, dict) or not all(isinstance(key, str) for key in values):
            raise CorpusError(
                f"{self._named} n'est pas une liste de champs.", "Chaque ligne s'écrit « champ: valeur »."
            )
        self.values: Mapping[str, Any] = values

    @property
    def _named(self) -> str:
        return (
            f"L'en-tête de la clause « {self._origin} »"
            if self._what == "clause"
            else f"Le kit « {self._origin} »"
        )

    def error(self, field: str, what: str, hint: str = "") -> CorpusError:
        """An error that names the file and the field."""
        return CorpusError(
            f"Dans {'la clause' if self._what == 'clause' else 'le kit'} « {self._origin} », « {field} » {what}.",
            hint,
        )

    def require(self, required: tuple[str, ...], optional: tuple[str, ...]) -> None:
        """Raises CorpusError for a field that is missing or that nobody knows."""
        known = (*required, *optional)
        for field in required:
            if self.values.get(field) in (None, "", [], {}):
                raise self.error(
                    field, "manque ou est vide", "corpus/README.md décrit les champs obligatoires."
                )
        for field in self.values:
            if field not in known:
                raise self.error(field, "n'est pas un champ connu", f"Champs possibles : {', '.join(known)}.")

    def id(self, name: str) -> str:
        """The id, which is the file's name."""
        value = self.text("id")
        if not _ID.fullmatch(value):
            raise self.error(
                "id",
                f"vaut « {value} »",
                "Un identifiant s'écrit en minuscules sans accents, les mots séparés par un tiret.",
            )
        if value != name:
            raise self.error(
                "id",
                f"vaut « {value} » alors que le fichier s'appelle « {name} »",
                "Donnez le même nom aux deux.",
            )
        return value

    def text(self, field: str) -> str:
        """One line of text."""
        value = self.values.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.error(field, "n'est pas un texte", "Mettez-le entre guillemets s'il contient « : ».")
        return " ".join(value.split())

    def markdown(self, field: str) -> str:
        """Text whose line ends matter."""
        value = self.values.get(field)
        if not isinstance(value, str) or not value.strip():
            raise self.error(
                field,
                "n'est pas un texte",
                "Un texte de plusieurs lignes s'écrit après « | », décalé de deux espaces.",
            )
        return value.strip("\n")

    def strings(self, field: str) -> tuple[str, ...]:
        """A list of sentences, possibly empty."""
        values = self.values.get(field) or []
        if not isinstance(values, list) or not all(
            isinstance(value, str) and value.strip() for value in values
        ):
            raise self.error(
                field,
                "n'est pas une liste de phrases",
                "Mettez entre guillemets les phrases qui contiennent « : ».",
            )
        return tuple(" ".join(value.split()) for value in values)

    def one_of(self, field: str, allowed: tuple[str, ...]) -> str:
        """One of the values allowed."""
        value = str(self.values.get(field))
        if value not in allowed:
            raise self.error(field, f"vaut « {value} »", f"Valeurs possibles : {', '.join(allowed)}.")
        return value

    def several_of(self, field: str, allowed: tuple[str, ...]) -> tuple[str, ...]:
        """Some of the values allowed."""
        values = self.strings(field)
        unknown = [value for value in values if value not in allowed]
        if unknown:
            raise self.error(
                field, f"contient « {', '.join(unknown)} »", f"Valeurs possibles : {', '.join(allowed)}."
            )
        return values

    def day(self, field: str) -> date:
        """A date."""
        value = self.values.get(field)
        if not isinstance(value, date):
            raise self.error(
                field, f"vaut « {value} », qui n'est pas une date", "Une date s'écrit 2026-11-25."
            )
        return value

    def groups(self, field: str, what: str) -> list[Mapping[str, Any]]:
        """A list of groups of fields, possibly empty."""
        values = self.values.get(field) or []
        if not isinstance(values, list) or not all(isinstance(value, dict) for value in values):
            raise self.error(
                field,
                f"n'est pas une liste de {what}",
                "Chaque élément commence par un tiret et porte ses propres champs.",
            )
        return values


def _sections(document: Document) -> tuple[str, dict[int, str]]:
    """The purpose and the wordings by level: what stands between two headings of level 2."""
    second = [heading for heading in document.headings if heading.level == 2]
    purpose, wordings = "", dict[int, str]()
    for index, heading in enumerate(second):
        end = _line_start(document.text, second[index + 1]) if index + 1 < len(second) else len(document.text)
        start = document.text.find("\n", heading.span.end, end)
        body = document.text[start:end].strip("\n") if start >= 0 else ""
        level = _LEVEL_HEADING.fullmatch(heading.label)
        if level:
            wordings[int(level[1])] = body.rstrip()
        elif heading.label.startswith(PURPOSE_HEADING):
            purpose = body.strip()
        else:
            raise CorpusError(
                f"Dans la clause « {document.source.origin} », le titre « {heading.label} » n'a pas sa place.",
                f"Les titres sont « ## {PURPOSE_HEADING} », puis « ## Niveau 3 : fort », « ## Niveau 2 : équilibré » et « ## Niveau 1 : minimal ».",
            )
    if not purpose:
        raise CorpusError(
            f"La clause « {document.source.origin} » n'a pas de partie « ## {PURPOSE_HEADING} ».",
            "Deux à cinq phrases suffisent.",
        )
    return purpose, wordings


def _line_start(text: str, heading: Heading) -> int:
    return text.rfind("\n", 0, heading.span.start) + 1


def _levels(front: _Front, wordings: Mapping[int, str]) -> tuple[ClauseLevel, ...]:
    found: dict[int, ClauseLevel] = {}
    for group in front.groups("levels", "niveaux"):
        level = group.get("level")
        if level not in LEVELS or level in found:
            raise front.error(
                "levels", f"a un niveau « {level} »", "Les niveaux sont 3, 2 et 1, une fois chacun."
            )
        place = f"levels, niveau {level}"
        unknown = [key for key in group if key not in _LEVEL_KEYS]
        if unknown:
            raise front.error(
                place, f"a un champ inconnu « {unknown[0]} »", f"Champs possibles : {', '.join(_LEVEL_KEYS)}."
            )
        if group.get("risk") not in _RISKS:
            raise front.error(
                place, f"a un risque « {group.get('risk')} »", f"Valeurs possibles : {', '.join(_RISKS)}."
            )
        if not wordings.get(level, "").strip():
            raise front.error(place, "n'a pas de rédaction", f"Ajoutez la partie « ## Niveau {level} : … ».")
        reasons, conditions = (_level_strings(front, group, key, place) for key in ("reasons", "conditions"))
        if not reasons:
            raise front.error(
                place, "ne dit pas d'où vient le risque", "« reasons » demande une phrase au moins."
            )
        found[level] = ClauseLevel(level, wordings[level], Risk(group["risk"], reasons), conditions)
    missing = [str(level) for level in LEVELS if level not in found]
    if missing:
        raise front.error(
            "levels",
            f"n'a pas le niveau {', '.join(missing)}",
            "Une clause a trois niveaux : 3 fort, 2 équilibré, 1 minimal.",
        )
    return tuple(found[level] for level in LEVELS)


def _level_strings(front: _Front, group: Mapping[str, Any], key: str, place: str) -> tuple[str, ...]:
    values = group.get(key) or []
    if not isinstance(values, list) or not all(isinstance(value, str) and value.strip() for value in values):
        raise front.error(
            f"{place}, {key}",
            "n'est pas une liste de phrases",
            "Mettez entre guillemets les phrases qui contiennent « : ».",
        )
    return tuple(" ".join(value.split()) for value in values)


def _fields(front: _Front) -> tuple[ClauseField, ...]:
    found: dict[str, ClauseField] = {}
    for group in front.groups("fields", "champs"):
        name = str(group.get("name"))
        place = f"fields, {name}"
        if not _FIELD_NAME.fullmatch(name) or name in found:
            raise front.error(
                place,
                "n'a pas un nom qui convient",
                "Un nom s'écrit en minuscules sans accents, avec « _ » ; chacun une fois.",
            )
        unknown = [key for key in group if key not in _FIELD_KEYS]
        if unknown:
            raise front.error(
                place, f"a un champ inconnu « {unknown[0]} »", f"Champs possibles : {', '.join(_FIELD_KEYS)}."
            )
        for key in ("label", "help"):
            if not isinstance(group.get(key), str) or not group[key].strip():
                raise front.error(f"{place}, {key}", "manque", "Le formulaire le montre à l'acheteur.")
        types = [type_.value for type_ in FieldType]
        if group.get("type") not in types:
            raise front.error(
                f"{place}, type", f"vaut « {group.get('type')} »", f"Valeurs possibles : {', '.join(types)}."
            )
        found[name] = _field(front, group, name, place)
    return tuple(found.values())


def _field(front: _Front, group: Mapping[str, Any], name: str, place: str) -> ClauseField:
    type_, choices, default, unit = (
        FieldType(group["type"]),
        group.get("choices"),
        group.get("default"),
        group.get("unit"),
    )
    if (type_ is FieldType.CHOICE) != bool(choices) or not isinstance(choices or [], list):
        raise front.error(
            f"{place}, choices",
            "ne va pas avec le type",
            "« choices » est une liste, pour le type « choix » seulement.",
        )
    field = ClauseField(
        name=name,
        label=" ".join(group["label"].split()),
        type=type_,
        unit=None if unit in (None, "") else str(unit),
        default=None if default is None else _default(default),
        help=" ".join(group["help"].split()),
        choices=tuple(str(choice) for choice in choices or ()),
    )
    if field.default is not None:
        try:
            field_values.shown(field, field.default)
        except UsageError as error:
            raise front.error(
                f"{place}, default", f"ne convient pas : {error.message.rstrip('.')}"
            ) from error
    return field


def _default(value: Any) -> str:
    """A default as a buyer would type it: YAML reads ``3``, ``2.5``, ``2027-01-01``, ``oui`` and lists as values of its own."""
    if isinstance(value, list):
        return f" {field_values.LIST_SEPARATOR} ".join(str(item) for item in value)
    if isinstance(value, bool):
        return "oui" if value else "non"
    return str(value)


def _check_placeholders(front: _Front, clause: ModelClause) -> None:
    declared, used = {field.name for field in clause.fields}, set[str]()
    for level in clause.levels:
        doubled = _DOUBLED.search(level.wording)
        if doubled:
            raise front.error(
                f"levels, niveau {level.level}",
                f"écrit « {doubled[0]} »",
                "Le renvoi se développe en « l'article 7 » : mettez-le sans article.",
            )
        for name in placeholders(level.wording):
            if name.startswith(ARTICLE_PREFIX):
                continue
            if name not in declared:
                raise front.error(
                    "fields",
                    f"ne déclare pas {{{{{name}}}}}, que le niveau {level.level} emploie",
                    "Déclarez-le, ou corrigez son nom.",
                )
            used.add(name)
    if clause.id in {one for level in clause.levels for one in article_references(level.wording)}:
        raise front.error("levels", "renvoie à la clause elle-même", "Écrivez « le présent article ».")
    unused = sorted(declared - used)
    if unused:
        raise front.error(
            "fields",
            f"déclare « {', '.join(unused)} », qu'aucun niveau n'emploie",
            "Retirez ce champ, ou employez-le.",
        )


def _kit_piece(front: _Front, group: Mapping[str, Any]) -> KitPiece:
    places = tuple(place.value for place in Place)
    if group.get("piece") not in places:
        raise front.error(
            "pieces", f"a une pièce « {group.get('piece')} »", f"Valeurs possibles : {', '.join(places)}."
        )
    clauses = group.get("clauses")
    where = f"pieces, {group['piece']}"
    if not isinstance(clauses, list) or not clauses:
        raise front.error(where, "n'a pas de clauses", "Chaque clause s'écrit « {id: …, level: 2} ».")
    for one in clauses:
        if not isinstance(one, dict) or set(one) != {"id", "level"} or one["level"] not in LEVELS:
            raise front.error(
                where,
                f"a une clause mal écrite ({one})",
                "Chaque clause s'écrit « {id: …, level: 2} », niveau 3, 2 ou 1.",
            )
    return KitPiece(Place(group["piece"]), tuple(KitClause(str(one["id"]), one["level"]) for one in clauses))
