"""What a folded question counts, to be held to a limit: sums, shares, days between two dates, years of a contract, and the places where things are done.

A number that is named as a limit (« sous 60 000 € », « le seuil de 60 000 € ») is not what is held to it; a sum a year is counted over the years that the
question gives; of numbers one of which is the sum of the others, the sum counts.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.french.dates import days_between_weekdays, days_said, months_said
from assistant.french.numbers import FIGURES, IN_WORDS
from assistant.sheets import bounds
from assistant.states import State, Zone, named

# What stands before the turnover that a firm makes: « on fait à peine 760 000 ».
_MADE_BY_A_FIRM = re.compile(
    r"\b(?:on|nous|je|pme|tpe|boite|societe|entreprise) (?:(?:ne|n) )?(?:fai\w+|realis\w+|tourn\w+)"
    r"(?: (?:a peine|environ|que|tout juste|autour de|a|pas plus de))* $"
)
_TIMES_OVER = re.compile(rf"\b({FIGURES}|{IN_WORDS}) ?(?:fois|x\b)")
# « égal au double du marché »; « ma double casquette » is no number.
_MULTIPLES = {"double": 2.0, "triple": 3.0}
_MULTIPLE = re.compile(rf"\b(?:le|au|du) ({'|'.join(_MULTIPLES)})\b")
# What is said before a number that is a limit itself and not what is held to it: « sous 60 000 € », « le seuil de 60 000 € ».
_NAMES_IT = re.compile(
    r"\b(?:(?:moins|plus) d|(?:regle|seuil|limite|plafond|maximum|minimum|barre|sous|dessous|dessus|dela|depass\w*|exced\w*|jusqu|atteint\w*|"
    r"superieure?s?|inferieure?s?|pass(?:e|er|ant)|entre)\b)\W*(?:\w{1,4}\W+){0,3}$"
)
# What is counted may be one of several, whose sum lies further: « 15 % chacun », « un an renouvelable trois fois », « un deuxième avenant de six ».
_GATHERING = (
    *(
        "chacun",
        "chaque",
        r"par an\b",
        "par mois",
        "annuel",
        r"fois\b",
        "reconduc",
        "deuxieme",
        "second",
        r"autres?\b",
        "encore",
        r"puis\b",
        "deja",
        "cumul",
    ),
    *("ensuite", "dernier", r"l'un\b", "tranche", "deux(?:ieme)? (?:avenant|bon|commande|lot|devis)"),
    "renouvel(?!lement d(?:es? |'))",  # of what a contract is, and not of pipes
)
_GATHERS = re.compile(rf"\b(?:{'|'.join(_GATHERING)})")
# So many amendments of the same share: « deux avenants de 5 % chacun ».
_EACH_OF = re.compile(rf"\b(?P<many>{FIGURES}|{IN_WORDS}) avenants?\b[^.;?]{{0,60}}\bchacune?s?\b")
# … unless it is said to be the whole: « 209 000 euros reconductions et options incluses », « durée totale comprise ».
_IS_WHOLE = re.compile(
    r"\b(?:reconductions?|options?|duree|annees?|ans|tout)\b[^.;?]{0,25}\b(?:compris|inclus|compte)|\b(?:duree totale|en tout|au total|somme totale)\b"
)
_A_YEAR = re.compile(r"\b(?:par an\b|l'annee\b|chaque annee|annuel|a l'annee|tous les ans)|/ ?an\b")
# Years that may follow the first: « un an renouvelable trois fois », « un an ferme + trois reconductions ».
_AGAIN = re.compile(
    rf"\b(?:reconduc\w*|renouvel\w*)(?: \w+){{0,2}}? (?P<fois>{FIGURES}|{IN_WORDS}) fois|\b(?P<many>{FIGURES}|{IN_WORDS}) (?:reconductions?|renouvellements?)\b"
)
_SO_MANY = re.compile(rf"\bsoit (?:\w+ )?(?:{FIGURES}|{IN_WORDS}) (?:ans?|annees?|mois)\b")
_YEARLY = re.compile(r"\b(?:reconduc\w*|renouvel\w*) (?:\w+ )?(?:annuel\w*|d'un an)")
_TODAY = re.compile(r"\b(?:aujourd'hui|ce jour|nous sommes|on est le|ce matin)\b")
# A place where something is done, and not whence a firm is: « stocké à Zurich », « depuis Casablanca »; « un fonds de New York », « siège à Seattle ».
_THERE = re.compile(
    r"\b(?:a|en|au|aux|depuis|vers|dans|chez|pres d[e']|via|centrale(?: d'achats?)? d[eu]) ?(?:l[ae] |les |l')?$"
)
_OF_A_FIRM = re.compile(
    r"\b(?:siege|maison[ -]mere|capital|fonds|actionnai\w+|groupe|filiale|editeur|societe|entreprise|candidat|immatricul\w+)\b[^.,;?]{0,30}$"
)
# « us », « fr » are words of a question, and names of a State in a register alone.
_LEAST_OF_A_NAME = 3
# So far before a number, what says that it is a limit or what is done; before a place, that it is one, or a firm's.
_BEFORE_A_NUMBER, _BEFORE_A_PLACE = 40, 60
# Shares that are told in words, in hundredths; « un tiers » alone is somebody.
_FRACTIONS = {
    "la moitie": 50.0,
    "un tiers": 100 / 3,
    "deux tiers": 200 / 3,
    "un quart": 25.0,
    "trois quarts": 75.0,
    "la totalite": 100.0,
    "l'integralite": 100.0,
}
_FRACTION = re.compile(rf"\b(?P<share>{'|'.join(_FRACTIONS)})\b(?! d'heure| d'ecran)(?<!un tiers(?! d[eu']))")
# What stands before a share of what is done already, and of nothing that is added: « chantier à 60 % ».
_DONE = ("chantier", "avancement", r"execut\w+", r"realis\w+", r"acheve\w*", r"termine\w*")
_PROGRESS = re.compile(rf"\b(?:{'|'.join(_DONE)}) (?:\w+ )?a $|\bavancement (?:de |: ?)$")
# Beyond it, in hundredths, a sum is no addition to another, unless it is said to be one and the other is no sum of both.
_HALF, _ALL = 50.0, 100.0
_ADDED = re.compile(
    r"\b(?:surcout|avenant|ajout\w*|rajout\w*|supplement\w*|en plus|de plus|plus-value|augment\w*|rallong\w*)\b"
)
_OF_BOTH = re.compile(r"\b(?:port\w+ a|pass\w+ (?:a|de)|devien\w+|au lieu de|total\w*|en tout|monte\w* a)\b")
# A share told in hundredths and the same in euros are within so much of each other.
_THE_SAME = 0.02
# What is added to what was said before: « et encore 6 % », « un deuxième de 40 000 ».
_ON_TOP = re.compile(
    r"\b(?:encore|de plus|en plus|deuxieme|second|troisieme|nouvel|autre|rajout\w*|ajout\w*)\b"
)
# Unit of what a question counts for each unit of a limit, and how many of it make one.
UNITS = {"€": ("€", 1), "%": ("%", 1), "jours": ("jours", 1), "mois": ("mois", 1), "ans": ("mois", 12)}
_MONTHS, _DAYS_OF_A_MONTH, _DAYS_OF_A_YEAR = 12, 30.44, 365.25


@dataclass(frozen=True, slots=True)
class Counted:
    """What a question counts in one unit.

    Attributes:
        many: the numbers, those that it names as limits left out.
        is_whole: whether nothing can come on top of them: they are days, or said to be all.
        of: the sum, in euros, of which ``many`` are shares given in euros.
        years: by how many a sum a year was multiplied.
        days: what was said, where days are counted in months.
        taxed: the sum with its tax, where that was taken off.
    """

    many: tuple[float, ...]
    is_whole: bool = False
    of: float | None = None
    years: float | None = None
    days: float | None = None
    taxed: float | None = None

    def __bool__(self) -> bool:
        return bool(self.many)


NOTHING = Counted(())


def counted(
    folded: str, unit: str, today: date, *, days_too: bool = False, sides_too: bool = False
) -> Counted:
    """What a folded question counts in ``unit`` (€, %, jours, mois, ans, fois).

    ``days_too``: days and weeks too, where months are counted and none is said. ``sides_too``: « sous 90 000 € » counts where nothing else does.
    """
    if unit == "fois":
        return Counted(_times(folded))
    placed = _placed(folded, unit)
    if (
        not placed
        and unit in ("jours", "mois")
        and (days := _days(folded, today, said=days_too and unit == "mois"))
    ):
        return (
            Counted((days,), True)
            if unit == "jours"
            else Counted((days / _DAYS_OF_A_MONTH,), True, days=days)
        )
    many = [one for one, start in placed if not is_a_limit(folded, start)]
    if sides_too and not many:
        many = [one for one, start in placed if bounds.beside(folded, start, UNITS[unit][0]) != 1]
    many = _whole_of(many) if len(many) > 2 else many
    return _in_all(many, folded, unit) or Counted(tuple(many), unit == "jours" or _is_whole(folded))


def _placed(folded: str, unit: str) -> list[tuple[float, int]]:
    """The numbers of a folded question in a unit, and where each begins."""
    kind, size = UNITS[unit]
    found = [
        (one / size, start)
        for known, one, start in bounds.placed(folded)
        if known == kind and not (unit == "%" and _before(_PROGRESS, folded, start, _BEFORE_A_NUMBER))
    ]
    if not found and unit == "%":
        return [(_FRACTIONS[match["share"]], match.start()) for match in _FRACTION.finditer(folded)]
    return found


def _days(folded: str, today: date, *, said: bool) -> float | None:
    """The days that a folded question says, where they are ``said``, else those between its dates; None for others."""
    told = [
        one for kind, one, start in bounds.placed(folded) if kind == "jours" and not is_a_limit(folded, start)
    ]
    return told[0] if said and len(told) == 1 else elapsed(folded, today)


def _in_all(many: Sequence[float], folded: str, unit: str) -> Counted:
    """A sum a year over the years of a contract, its length with its renewals; nothing, where a folded question says none of these."""
    if unit == "€" and len(many) == 1 and _A_YEAR.search(folded) and not _IS_WHOLE.search(folded):
        years = _years(folded)
        return Counted((many[0] * years,), True, years=years) if years else NOTHING
    if unit in ("mois", "ans") and many and (times := _again(folded)):
        # « deux ans, reconductible deux fois dix-huit mois », « deux ans puis trois reconductions annuelles »
        if _SO_MANY.search(folded) or any(abs(one - (1 + times) * many[0]) < 1e-6 for one in many[1:]):
            return Counted((max(many),), True)  # « quatre fois, soit cinq ans »
        a_year = _MONTHS / UNITS[unit][1]
        each = many[1] if len(many) == 2 else a_year if _YEARLY.search(folded) else many[0]
        return Counted((many[0] + times * each,), True)
    return NOTHING


def shares(folded: str) -> Counted:
    """What a folded question adds, in hundredths of the largest sum that it gives: « 9 000 €, puis 22 000 €, sur 260 000 € ».

    Nothing, where the others make more than half of it and are not said to be added: one of them is then the sum as it was, or the two together.
    """
    largest, others = _added(folded)
    many = [100 * one / largest for one in others]
    most = _ALL if says_added(folded) and not _OF_BOTH.search(folded) else _HALF
    return Counted(tuple(many), _is_whole(folded), of=largest) if many and sum(many) <= most else NOTHING


def more_shares(folded: str, told: Sequence[float]) -> tuple[float, ...]:
    """The shares that a folded question tells in euros alone, beside those ``told`` in hundredths: « déjà 9 %, puis 80 000 sur 1,2 M€ »."""
    largest, others = _added(folded)
    shares = (100 * one / largest for one in others)
    return tuple(
        one for one in shares if one <= _HALF and all(abs(one - said) > _THE_SAME * said for said in told)
    )


def _added(folded: str) -> tuple[float, list[float]]:
    """The largest sum of a folded question, and the others; their total is left out."""
    sums = [one for kind, one, at in bounds.placed(folded) if kind == "€" and not is_a_limit(folded, at)]
    largest = max(sums, default=0.0)
    others = [one for one in sums if one != largest]
    total = max(others, default=0.0)
    if len(others) > 2 and abs(sum(others) - 2 * total) < 1e-6 * total:
        others.remove(total)
    return largest, others


def of_each(folded: str, many: Sequence[float]) -> tuple[float, ...]:
    """A share as many times as a folded question says that there are amendments of it; others as they are."""
    each = _EACH_OF.search(folded)
    return tuple(many) * int(bounds.amount(each["many"])) if each and len(many) == 1 else tuple(many)


def says_added(folded: str) -> bool:
    """Whether a folded question says that something is added to a contract."""
    return _ADDED.search(folded) is not None


def adds(folded: str) -> bool:
    """Whether what a folded follow-up counts comes on top of what was said before."""
    return _ON_TOP.search(folded) is not None


def without_tax(folded: str, what: Counted) -> Counted:
    """A sum without the tax whose rate a folded question gives; nothing where it gives none, or several sums."""
    share = bounds.tax(folded)
    if share is None or len(what.many) != 1:
        return NOTHING
    return replace(what, many=(round(what.many[0] / (1 + share), 2),), taxed=what.many[0])


def years_elapsed(folded: str, today: date) -> Counted:
    """Years from the first month of a year that a folded question names to the last, or to ``today``; nothing where that is no time gone by."""
    said = months_said(folded)
    if not said:
        return NOTHING
    years = ((said[-1] if len(said) > 1 else today) - said[0]).days / _DAYS_OF_A_YEAR
    return Counted((years,), True) if years > 0 else NOTHING


def is_a_limit(folded: str, start: int) -> bool:
    """Whether the number that begins there is named as a limit, and is not what is held to one."""
    return _before(_NAMES_IT, folded, start, _BEFORE_A_NUMBER) is not None


def elapsed(folded: str, today: date) -> int | None:
    """Days between the two dates or weekdays that a folded question gives, or from its one date to the day that it calls today; None for others."""
    found = days_said(folded, today.year)
    if len(found) == 1 and _TODAY.search(folded):
        found = (*found, today)
    if len(found) != 2:
        return None if found else days_between_weekdays(folded)
    days = (found[1] - found[0]).days
    return days if days > 0 else None


def places(folded: str) -> tuple[State, ...]:
    """The States where a folded question says that something is done, each once; one that it only says a firm to be of is left out.

    France alone decides nothing: what is asked then is whether France may be required.
    """
    found = tuple(
        dict.fromkeys(
            state
            for state, start in named(folded, least=_LEAST_OF_A_NAME)
            if _is_a_place(state) and _is_there(folded, start)
        )
    )
    return found if any(state.code != "FR" for state in found) else ()


def names_third_state(folded: str) -> bool:
    """Whether a folded question names a State outside the European Economic Area, or what is of one: « un fonds de New York », « un associé japonais »."""
    return any(state.is_third for state, _ in named(folded, least=_LEAST_OF_A_NAME, plurals=True))


def _is_a_place(state: State) -> bool:
    """Whether a name is one of a State: the Union and the Area by name are what a rule says, « hors Union » is no State."""
    return state.zone is not Zone.UNKNOWN and state.code not in ("EU", "EEA")


def _is_there(folded: str, start: int) -> bool:
    """Whether something is done at the place that is named there, and not a firm that is of it."""
    there = _before(_THERE, folded, start, _BEFORE_A_PLACE)
    return there is not None and not _before(_OF_A_FIRM, folded, there.start(), _BEFORE_A_PLACE)


def _before(pattern: re.Pattern[str], folded: str, start: int, reach: int) -> re.Match[str] | None:
    """What a pattern finds in the last ``reach`` characters before ``start``."""
    return pattern.search(folded, max(0, start - reach), start)


def _is_whole(folded: str) -> bool:
    """Whether nothing says that what a folded question counts is one of several."""
    return _IS_WHOLE.search(folded) is not None or _GATHERS.search(folded) is None


def _times(folded: str) -> tuple[float, ...]:
    found = [bounds.amount(match[1]) for match in _TIMES_OVER.finditer(folded)]
    found += [_MULTIPLES[match[1]] for match in _MULTIPLE.finditer(folded)]
    # What the firm makes is compared with nothing: « ils demandent 900 k€ pour un marché de 500 k€, on fait 760 k€ ».
    sums = [
        one
        for kind, one, start in bounds.placed(folded)
        if kind == "€" and not _before(_MADE_BY_A_FIRM, folded, start, _BEFORE_A_NUMBER)
    ]
    # « 3 M€ de chiffre d'affaires pour un marché de 500 k€ »; which of three compare cannot be told: « j'ai 900 k€ de CA, lot à 300 000 estimé, 1 M€ exigé »
    if len(sums) == 2 and min(sums):
        found.append(round(max(sums) / min(sums), 1))
    return tuple(found)


def _whole_of(many: Sequence[float]) -> list[float]:
    """The largest alone, where it is the sum of the others."""
    largest = max(many)
    return [largest] if abs(sum(many) - 2 * largest) < 1e-6 * largest else list(many)


def _years(folded: str) -> float | None:
    """How many years a contract may last in all, as a folded question says it; None where it does not."""
    lengths = [one / _MONTHS for kind, one, _ in bounds.placed(folded) if kind == "mois" and one >= _MONTHS]
    if times := _again(folded):
        return (lengths[0] if lengths else 1) * (1 + times)
    return max(lengths, default=None)


def _again(folded: str) -> float:
    """How many times a contract may be renewed, as a folded question says it; 0 where it does not."""
    again = _AGAIN.search(folded)
    return bounds.amount(again["fois"] or again["many"]) if again else 0.0
