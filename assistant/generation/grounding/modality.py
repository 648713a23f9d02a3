"""What a clause permits, requires, forbids or excuses, and whether it denies.

Only the wording is looked at, as folded text: the point is to notice that a claim does not say what its support says, not to understand the law.
"""

import re
from dataclasses import dataclass
from enum import StrEnum

from assistant.generation.grounding import wording


class Modality(StrEnum):
    """What a clause does to its action; the value is the French name that a message gives."""

    PERMIT = "une faculté"
    OBLIGE = "une obligation"
    FORBID = "une interdiction"
    EXEMPT = "une dispense"


_CLITIC = r"(?:(?:le|la|les|lui|leur|se|en|y) |l'|s')?"
_CAN = r"(?:peu(?:t|vent|x)|pourr(?:a|ont|ait|aient)|sau(?:rait|raient))"
_MUST = r"(?:doi(?:t|vent|s)|devr(?:a|ont|ait|aient))"
_BE = r"(?:est|sont|sera|seront|etait|etaient|soit|soient)"
_NOT = r"(?:pas|plus|jamais|point|aucunement|nullement)"
_LICIT = r"(?:autoris\w+|permis\w*|possibles?|admis\w*|licites?|legale?s?|regulie\w+)"
_FORBIDDEN = r"(?:interdi\w+|prohib\w+|proscri\w+|illega\w+|illicites?|irregulie\w+|irregularite|impossible\w*|incompatibles?)"
_BOUND = rf"\bne {_CLITIC}(?:{_CAN}|{_MUST}) (?:{_NOT} )?(?:etre )?(?:superieur|inferieur|depasser|exceder|aller au-dela)\w*"

# Read in this order; what a pattern has read, later ones do not see. None: the words are limits or restrictions, judged elsewhere.
_MARKERS: tuple[tuple[Modality | None, re.Pattern[str]], ...] = tuple(
    (modality, re.compile(pattern))
    for modality, pattern in (
        (None, _BOUND),
        (
            Modality.PERMIT,
            rf"\bne? ?'?{_BE} {_NOT} {_FORBIDDEN}|\bn'a rien d'(?:illegal|irregulier)|\brien n'interdit|\bn'interdi\w+ pas",
        ),
        (
            Modality.EXEMPT,
            rf"\bn'?e? ?{_BE} {_NOT} (?:tenu\w*|oblig\w+|necessaires?|requis\w*|exige\w*|impose\w*|astreint\w*)|\bn'?e? ?(?:a|ont) {_NOT} (?:a |besoin"
            rf"|l'obligation)",
        ),
        (
            Modality.EXEMPT,
            r"\bfacultati\w+|\bdispens\w+|\bexempt\w+|\bsans (?:obligation|etre tenu)|\bsans qu'il soit (?:necessaire|besoin)",
        ),
        (Modality.FORBID, rf"\bn'?e? ?{_BE} {_NOT} {_LICIT}|\bn'autoris\w+ pas|\bne permet\w* pas"),
        (None, rf"\bne {_CLITIC}(?:{_CAN}|{_MUST})(?: [a-z]+)? (?:que\b|qu')"),
        (
            Modality.FORBID,
            rf"\bne {_CLITIC}(?:{_CAN}|{_MUST})\b|\b{_CAN} ne (?:{_NOT}|point)\b|\baucun\w* [a-z]+ ne {_CLITIC}(?:{_CAN}|{_MUST})\b",
        ),
        (
            Modality.FORBID,
            rf"\b{_FORBIDDEN}\b|\bnuls? et de nul effet|\bn'a pas le droit|\bn'ont pas le droit",
        ),
        (
            Modality.OBLIGE,
            rf"\b{_MUST}\b|\b{_BE} (?:[a-z]+ )?(?:tenu\w*|oblig\w+|astreint\w*|contraint\w*)|\bobligatoire(?:ment)?s?|\bobligation\b|\bimperati\w+"
            rf"|\bs'engage\w*",
        ),
        (
            Modality.OBLIGE,
            r"\b(?:il )?(?:(?:lui|leur) )?(?:appartient|incombe)\b|\b(?:exige|exigent|impose|imposent|requiert|requierent)\b|\b(?:est|sont) (?:requis"
            r"|exige|impose)\w*",
        ),
        (
            Modality.PERMIT,
            rf"\b{_CAN}\b|\bpermet(?:tent|tant)?\b|\b{_BE} {_LICIT}|\b{_LICIT}\b|\bfaculte\b|\b(?:a|ont) (?:bien )?(?:le droit|la possibilite)|\blibres? d",
        ),
    )
)
_NEGATION = re.compile(
    rf"\bn(?:e |'){_CLITIC}(?:[a-z'-]+ ){{0,3}}?(?:{_NOT}|aucune?|rien|nul(?:le)?|ni|personne)\b|\bne (?:pas|plus|jamais)\b|\b(?:aucune?|nulle?|ni|jamais"
    rf"|nullement)\b(?: [a-z']+){{0,4}} ne?\b"
    r"|\bnon\b|\bne (?!.{0,40}\b(?:que|qu'))|\b(?:absence|defaut) d"
)
_WITHOUT = re.compile(
    r"\b(?:sans|ni)\b (?!doute|delai|prejudice|qu)(?:l'|d'|la |le |les |un |une |aucune? |avoir )?((?:[a-z-]+ ?){1,7})"
)
_WITHOUT_ENDS = re.compile(
    r"\b(?:et|pour|portant|afin|que|qui|a|dans|de|des|du|lorsque|par|si|il|l|la|le|les|un|une|ou|sont|est|ni)\b|'"
)


@dataclass(frozen=True, slots=True)
class Marker:
    """A modality and the stems of the words that follow it (its action), or precede it when nothing follows."""

    modality: Modality
    action: tuple[str, ...]


# An action is read in this many words after its modal verb.
_ACTION_WORDS = 7


def markers(folded_clause: str) -> tuple[Marker, ...]:
    """The modalities of a folded clause, in order."""
    rest, found = folded_clause, []
    for modality, pattern in _MARKERS:
        for match in pattern.finditer(rest):
            if modality is not None:
                action = (
                    wording.stems(folded_clause[match.end() :])[:_ACTION_WORDS]
                    or wording.stems(folded_clause[: match.start()])[-_ACTION_WORDS:]
                )
                found.append((match.start(), Marker(modality, action)))
        rest = pattern.sub(lambda match: "·" * len(match.group()), rest)
    return tuple(marker for _, marker in sorted(found, key=lambda pair: pair[0]))


def denies(folded_clause: str) -> bool:
    """Whether a folded clause says that something is not. Limits ("ne peut dépasser") and restrictions ("ne … que") do not count."""
    rest = re.sub(_BOUND, " ", folded_clause)
    negative = bool(_NEGATION.search(rest))
    return negative or any(marker.modality is Modality.FORBID for marker in markers(folded_clause))


def without(folded_text: str) -> frozenset[str]:
    """Stems of the things said to be absent: ``sans publicité ni mise en concurrence`` → publicité, mise, concurrence."""
    absent: set[str] = set()
    for match in _WITHOUT.finditer(folded_text):
        absent.update(wording.stems(_WITHOUT_ENDS.split(match.group(1))[0]))
    return frozenset(absent)
