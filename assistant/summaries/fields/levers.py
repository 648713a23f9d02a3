"""Which levers of digital sovereignty a tender uses, each with the words that use it: what a buyer may ask for, and this one did or did not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.summaries.fields.summary import Consultation, Extract, Summary, shown

# Name in the JSON → what a reader calls it.
LEVERS: dict[str, str] = {
    "localisation": "Localisation des données",
    "qualification": "Qualification ou certification de sécurité",
    "droit_etranger": "Protection contre les droits étrangers",
    "reversibilite": "Réversibilité",
    "formats_ouverts": "Formats ouverts, interopérabilité",
    "logiciel_libre": "Logiciel libre, accès au code source",
    "propriete_intellectuelle": "Droits sur les résultats",
    "sous_traitance": "Maîtrise de la sous-traitance",
    "donnees_personnelles": "Protection des données personnelles",
    "allotissement": "Allotissement",
    "criteres": "Critère de sécurité, de souveraineté ou d'environnement",
    "audit": "Droit d'audit",
}

# Levers that are a field of the summary already.
_BY_FIELD = {
    "localisation": "localisation_hebergement",
    "reversibilite": "reversibilite",
    "propriete_intellectuelle": "propriete_intellectuelle",
    "sous_traitance": "sous_traitance",
    "donnees_personnelles": "donnees_personnelles",
}
_CRITERION = re.compile(
    r"souverain|securite|cyber|localisation|hebergement|environnement|durable|social|insertion|reversib|europe",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Used:
    """A lever of a tender: where it is used, or nowhere (``extract`` None)."""

    name: str
    file: str | None = None
    extract: Extract | None = None


def profile(consultation: Consultation) -> tuple[Used, ...]:
    """Every lever in the order of ``LEVERS``, used or not."""
    return tuple(_used(name, consultation.summaries) for name in LEVERS)


def _used(name: str, summaries: Sequence[Summary]) -> Used:
    for summary in summaries:
        found = _in_document(name, summary)
        if found is not None:
            return Used(name, summary.file, found)
    return Used(name)


def _in_document(name: str, summary: Summary) -> Extract | None:
    if name in _BY_FIELD:
        field = summary.field(_BY_FIELD[name])
        return field.extracts[0] if field.extracts else None
    if name == "allotissement":
        field = summary.field("lots")
        return field.extracts[0] if isinstance(field.value, tuple) and len(field.value) > 1 else None
    if name == "criteres":
        field = summary.field("criteres_attribution")
        return (
            field.extracts[0]
            if isinstance(field.value, tuple) and _CRITERION.search(shown(field.value))
            else None
        )
    return next((one.extract for one in summary.levers if one.name == name), None)
