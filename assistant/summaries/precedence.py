"""The order in which the pieces of a contract prevail: as the contract itself lists them, else the usual one."""

import re

from assistant.summaries.view import View

# Articles 4.1 of the CCAG of 2021: acte d'engagement, CCAP, CCTP, then the general clauses. The price schedule is an annex of the acte d'engagement.
USUAL = ("AE", "BPU", "CCP", "CCAP", "CCTP", "DQE", "RC", "avis", "autre", "guide")
# Questions of the award are the rules of consultation's to settle; the contract's pieces speak of execution.
AWARD_FIELDS = frozenset(("numero_consultation", "procedure", "date_limite_remise", "criteres_attribution", "variantes", "lots"))
AWARD_ORDER = ("RC", "avis", "AE", "CCP", "CCAP", "CCTP", "BPU", "DQE", "autre", "guide")

_TITLE = re.compile(
    r"^(?:pieces|documents)$|(?:pieces|documents) (?:contractuel|constitutiv|particulier|du marche|du contrat|applicable)|(?:pieces|"
    r"documents)[\w ]{0,30}(?:contractuel|constitutiv)"
)
_RANKED = re.compile(r"ordre (?:de )?(?:priorite|decroissant|preseance|prevalence)|prevalent|par ordre|ordre d'importance|prevaudr|priorite decroissante")
_NAMES = (
    ("CCP", re.compile(r"cahiers? des clauses particulieres|\bccp\b|c\.c\.p\b|ccatp")),
    ("CCAP", re.compile(r"cahiers? des clauses administratives particulieres|\bccap\b|c\.c\.a\.p")),
    ("CCTP", re.compile(r"cahiers? des clauses techniques particulieres|\bcctp\b|c\.c\.t\.p|cahier des charges")),
    ("BPU", re.compile(r"bordere?aux? (?:des |de )?prix|\bbpu\b|annexe financiere")),
    ("DQE", re.compile(r"detail (?:quantitatif|estimatif)|\bdqe\b")),
    ("RC", re.compile(r"reglement de (?:la )?consultation")),
    ("AE", re.compile(r"acte d'engagement|\bae\b|attri ?1")),
)
_MOST_LINES = 25


def order_of(view: View) -> tuple[str, ...]:
    """The pieces in the order that the contract's list gives them; empty where it lists none, or does not say that the order counts."""
    for section in view.titled(_TITLE):
        text = section.body.of(view.folded)
        if not _RANKED.search(text):
            continue
        found: list[str] = []
        for sentence in view.within(section)[:_MOST_LINES]:
            ranked = _RANKED.search(sentence.text) if not re.match(r"\s*[-•\d]", sentence.text) else None
            named = sorted((match.start(), name) for name, pattern in _NAMES for match in pattern.finditer(sentence.text, ranked.end() if ranked else 0))
            # The sentence that says that the order counts may hold the whole list, and a line may be a list of its own; an item holds one piece.
            for _, name in named if ranked or sentence.text.count(";") > 1 else named[:1]:
                if name == "AE" and "AE" in found and re.search(r"annexes? financiere|bordere?au", sentence.text):
                    name = "BPU"
                if name not in found:
                    found.append(name)
        if len(found) >= 2:
            return tuple(found)
    return ()


def rank(piece: str, field: str, stated: tuple[str, ...]) -> tuple[int, int]:
    """Sort key of a piece for a field: the smaller prevails."""
    usual = AWARD_ORDER if field in AWARD_FIELDS else USUAL
    fallback = usual.index(piece) if piece in usual else len(usual)
    if field in AWARD_FIELDS or not stated:
        return fallback, fallback
    return (stated.index(piece) if piece in stated else len(stated) + fallback), fallback
