"""The levers of digital sovereignty that are words of a document; those that are a fact of their own are read with it."""

import re
from collections.abc import Iterator

from assistant.datatypes import Span
from assistant.tender.view import View

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
    "logiciel_libre": re.compile(
        r"logiciels? libres?|open source|licences? (?:libres?|ouvertes?)|codes? sources?|\beupl\b|\bgpl\b"
    ),
    "audit": re.compile(
        r"droits? d'audit|(?:acheteur|pouvoir adjudicateur|administration|personne publique)[^.;\n]{0,60}audit(?:er|s)?\b|audits? de securite|"
        r"se reserve[^.;\n]{0,60}audit|(?:peut|pourra|fait|faire) (?:faire )?auditer"
    ),
}
_ABOUT_BIDDERS = re.compile(r"signature|copie de sauvegarde|candidatures? electronique")


def levers_of(view: View) -> Iterator[tuple[str, Span]]:
    """The name of each lever that the document uses, and the first sentence that does."""
    for name, pattern in _BY_WORDS.items():
        sentences = (
            one
            for match in pattern.finditer(view.folded)
            if (one := view.sentence_at(match.start())) is not None
        )
        sentence = next((found for found in sentences if not _ABOUT_BIDDERS.search(found.text)), None)
        if sentence is not None:
            yield name, sentence.span
