"""The pieces of a contract: how a text names them, and the order in which they usually prevail. ``reading.piece`` tells which one a document is."""

import re

# Articles 4.1 of the CCAG of 2021: acte d'engagement, CCAP, CCTP, then the general clauses. The price schedule is an annex of the acte d'engagement.
USUAL = ("AE", "BPU", "CCP", "CCAP", "CCTP", "DQE", "RC", "avis", "autre", "guide")
# Questions of the award are the rules of consultation's to settle; the contract's pieces speak of execution.
AWARD_ORDER = ("RC", "avis", "AE", "CCP", "CCAP", "CCTP", "BPU", "DQE", "autre", "guide")

GENERAL, OFFER = "CCAG", "offre"
"""What a contract ranks among its pieces without the buyer having written it: the general clauses, what the holder offered."""

# Patterns meet folded text.
NAMES = {
    "AE": re.compile(r"acte d'engagement|le present acte|\bae\b|attri ?1"),
    "BPU": re.compile(r"bordere?aux? (?:des |de )?prix|\bbpu\b|annexes? financiere"),
    "CCP": re.compile(r"cahiers? des clauses particulieres|\bccp\b(?!-)|c\.c\.p\b|ccatp"),
    "CCAP": re.compile(r"cahiers? des clauses administratives particulieres|\bccap\b|c\.c\.a\.p"),
    "CCTP": re.compile(
        r"cahiers? des clauses techniques(?: particulieres)?|\bcctp\b|c\.c\.t\.p|cahier des charges"
    ),
    "DQE": re.compile(r"detail (?:quantitatif|estimatif)|\bdqe\b"),
    "RC": re.compile(r"reglement de (?:la )?consultation|\brc\b"),
    GENERAL: re.compile(r"\bccag\b|c\.c\.a\.g|cahiers? des clauses administratives generales"),
    OFFER: re.compile(r"memoire (?:technique|justificatif)|\boffre\b"),
}


def named(folded: str) -> tuple[str, ...]:
    """The pieces that folded words name, in the order in which they first do."""
    found = sorted(
        (match.start(), name) for name, pattern in NAMES.items() if (match := pattern.search(folded))
    )
    return tuple(name for _, name in found)
