"""What a sentence must hold to be the value of a field, where it is only known to speak of that field.

A reader that has learned says which field a sentence speaks of; a sum, a length or an hour must stand in it all the same.
"""

import re
from collections.abc import Callable, Mapping

from assistant.french.amounts import amounts
from assistant.french.dates import days_said, moments
from assistant.french.durations import durations
from assistant.tender.facts.duration import is_of_another
from assistant.tender.facts.ordered_amounts import BOUNDS

Needed = Callable[[str], bool]


def _anything(folded: str) -> bool:
    return bool(folded)


def _has_words(folded: str) -> bool:
    """Whether this says something beside its label: « Indice | C – 18/08/2025 » is the letter of a version."""
    return sum(len(word) > 2 and word.strip(".,:").isalpha() for word in folded.split()) > 1


def _says_how_prices_move(folded: str) -> bool:
    """Whether this says more than the month in which prices were made: « mois zéro : mai 2026 »."""
    dated = any(words in folded for words in _MADE_IN)
    return _has_words(folded) and (not dated or any(words in folded for words in _MOVES))


def _prices(folded: str) -> bool:
    """Whether this is no piece of a file called after prices: « la décomposition du prix global et forfaitaire », « le dossier comprend : … »."""
    return _PIECE_OF_PRICES.match(folded) is None


def _says_what_follows(folded: str) -> bool:
    """Whether words speak of time or of going on."""
    return any(word in folded for word in _GOES_ON)


def _is_no_label(folded: str) -> bool:
    return not folded.rstrip().endswith(":")


def _is_no_quantity(folded: str) -> bool:
    """Whether this is no label, nor the row of a table of quantities: « Réseau unitaire | 14,6 km | bourg de Vaux »."""
    return _is_no_label(folded) and not _QUANTITY.search(folded)


def _lodges_nobody(folded: str) -> bool:
    """Whether what is kept there may be data: « Hébergement | auberge ou hôtel » is of people."""
    return not any(word in folded for word in ("hotel", "auberge", "chambre", "pension", "nuitee"))


def _is_social(folded: str) -> bool:
    return "raison sociale" not in folded


def _has_length(folded: str) -> bool:
    return bool(durations(folded)) or len(days_said(folded, _ANY_YEAR)) > 1


def _says_how_long(folded: str) -> bool:
    """Whether this says how long the contract lasts: not the row of one lot, nor an order that it leads to."""
    return _has_length(folded) and not is_of_another(folded) and not _ROW_OF_A_LOT.match(folded)


def _says_a_bound(folded: str) -> bool:
    """Whether this says a sum as a bound, by its name or by what may not be beyond it, and not what something is thought to cost."""
    named = _MINIMUM.search(folded) or _MAXIMUM.search(folded) or any(word in folded for word in _BEYOND)
    return bool(named) and "estim" not in folded and bool(amounts(folded))


def _says_a_minimum(folded: str) -> bool:
    """Whether this says a least sum, or that there is none."""
    named = _MINIMUM.search(folded)
    if named and any(word in folded for word in _NONE):
        return True
    return _says_a_bound(folded) and bool(named or not _MAXIMUM.search(folded))


def _names_general_clauses(folded: str) -> bool:
    return "ccag" in folded or "clauses administratives generales" in folded or "cahier general" in folded


def _names_a_form(folded: str) -> bool:
    return any(name in folded for name in _FORMS)


def _says_an_hour(folded: str) -> bool:
    """Whether this says a day with its hour: offers are handed in by one."""
    return any(one.hour is not None for one in moments(folded))


_PIECE_OF_PRICES = re.compile(
    r"[\W\d]*(?:la |le |les |l'|un |une |des )?(?:decompositions?|bordereaux?|cadres?|devis|details?|annexes?|dossier) "
    r"(?!.*\b(?:est|sont|regle[ensr]?|remuner\w*|pay\w*)\b)"
)
_GOES_ON = (
    *("reconduc", "reconduit", "renouvel", "prolong", "tacit", "annee", " an", "mois", "period", "saison"),
    *("silence", "fois", "suite", "terme", "echeance", "poursui"),
)
_MADE_IN = ("mois zero", "conditions economiques", "etablissement des prix", "mois m0")
_MOVES = (
    "revis",
    "revalor",
    "actualis",
    "ferme",
    "indic",
    "index",
    "indexe",
    "varia",
    "coefficient",
    "evolu",
    "ajust",
)
_ROW_OF_A_LOT = re.compile(r"(?:lot )?\d{1,2} [^\d|]+\|")
_QUANTITY = re.compile(r"\| ?\d[\d ,.]*(?:km|ml|m|m[23²³]|u|ha|eh)[ ]*(?:\||$)")
_ANY_YEAR = 2000
_MINIMUM, _MAXIMUM = (re.compile(BOUNDS[name]) for name in ("montant_minimum_ht", "montant_maximum_ht"))
_BEYOND = ("au-dela", "au dela", "jusqu", "limite", "exced", "depass", "au plus", "au moins", "concurrence")
_FORMS = (
    *(
        "accord-cadre",
        "accords-cadres",
        "accord cadre",
        "de commande",
        "par bon",
        "marche",
        "forfait",
        "subsequent",
    ),
    *("tranches", "tranche ferme", "pas de tranche", "ni tranche", "sans tranche", "aucune tranche"),
)
_NONE = ("aucun", "sans ", "pas ")
# The sentence is the value: of a clause as it stands, of any other field where it holds what that needs. Names, numbers and lists are read by rules and by the
# cover, or not at all (but for criteria): a wrong one costs more than none. Letters say in a sentence what they buy, and until when they are answered.
SAYABLE: Mapping[str, Needed] = {
    **dict.fromkeys(
        (
            *("variantes", "penalites_retard", "delai_paiement", "avance"),
            *("retenue_garantie", "assurance", "sous_traitance", "propriete_intellectuelle"),
            *("donnees_personnelles", "reversibilite", "securite"),
            *("clause_environnementale", "resiliation", "derogations_ccag"),
            *("procedure",),
        ),
        _anything,
    ),
    "forme_prix": _prices,
    "reconductions": _says_what_follows,
    "lieu_execution": _is_no_quantity,
    "revision_prix": _says_how_prices_move,
    "localisation_hebergement": _lodges_nobody,
    "clause_sociale": _is_social,
    "forme": _names_a_form,
    "duree_initiale": _says_how_long,
    "montant_minimum_ht": _says_a_minimum,
    "montant_maximum_ht": _says_a_bound,
    "ccag_applicable": _names_general_clauses,
    "date_limite_remise": _says_an_hour,
}
