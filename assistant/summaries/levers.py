"""Which levers of digital sovereignty a tender uses, each with the words that use it: what a buyer may ask for, and this one did or did not."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.summaries.values import Consultation, Extract, Lever, Summary, extract, shown
from assistant.summaries.view import View

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
# Levers that are words in a sentence. Patterns meet folded text.
_BY_WORDS = {
    "qualification": re.compile(
        r"secnumcloud|qualifi\w+ par l'anssi|visa de securite|iso ?(?:/iec )?27 ?001|\bhds\b|hebergeurs? de donnees de sante|\beucs\b|"
        r"certification de securite|\bpassi\b"
    ),
    "droit_etranger": re.compile(
        r"extra-?territorial|cloud act|\bfisa\b|autorites? (?:publiques? )?d'(?:un )?etats? tiers|droit (?:d'un )?(?:etat|pays) (?:tiers|"
        r"non europeen|hors de l'union)|legislations? etrangeres?|"
        r"(?:demandes?|injonctions?|requisitions?|requetes?)[^.;\n]{0,40}\bautorites? (?:publiques? |judiciaires? )?etrangeres?|lois? etrangeres?|"
        r"(?:aucune?|sans|ni)\b[^.;\n]{0,60}\bhors de l'union\b[^.;\n]{0,40}\bacced\w*|\bacces\b[^.;\n]{0,60}\b(?:depuis un|d'un) (?:pays|etat) tiers|"
        r"\bautorites? d'un (?:pays|etat) (?:tiers|hors)"
    ),
    "formats_ouverts": re.compile(
        r"formats? ouverts?|standards? ouverts?|interoperab\w+|\brgi\b|formats? (?:libres?|non proprietaires?|documente)|"
        r"\b(?:au|en|un|les) formats? (?:csv|json|xml|odt|ods|odf|geojson|ifc|texte)\b"
    ),
    "logiciel_libre": re.compile(r"logiciels? libres?|open source|licences? (?:libres?|ouvertes?)|codes? sources?|\beupl\b|\bgpl\b"),
    "audit": re.compile(
        r"droits? d'audit|(?:acheteur|pouvoir adjudicateur|administration|personne publique)[^.;\n]{0,60}audit(?:er|s)?\b|audits? de securite|"
        r"se reserve[^.;\n]{0,60}audit|(?:peut|pourra|fait|faire) (?:faire )?auditer"
    ),
}
_CRITERION = re.compile(r"souverain|securite|cyber|localisation|hebergement|environnement|durable|social|insertion|reversib|europe", re.IGNORECASE)
_ABOUT_BIDDERS = re.compile(r"signature|copie de sauvegarde|candidatures? electronique")


def levers_of(view: View) -> tuple[Lever, ...]:
    """The levers that are words of the document; those that are fields are added by ``profile``."""
    found = []
    for name, pattern in _BY_WORDS.items():
        sentences = (one for match in pattern.finditer(view.folded) if (one := view.sentence_at(match.start())) is not None)
        sentence = next((one for one in sentences if not _ABOUT_BIDDERS.search(one.text)), None)
        if sentence is not None:
            found.append(Lever(name, extract(view.document, sentence.span)))
    return tuple(found)


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
        return field.extracts[0] if isinstance(field.value, tuple) and _CRITERION.search(shown(field.value)) else None
    return next((one.extract for one in summary.levers if one.name == name), None)
