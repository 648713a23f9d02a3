"""The pieces of a tender: their names, and the order in which they usually prevail. ``reading.piece`` tells which one a document is."""

import re

# Articles 4.1 of the CCAG of 2021: acte d'engagement, CCAP, CCTP, then the general clauses. The price schedule is an annex of the acte d'engagement.
USUAL = ("AE", "BPU", "CCP", "CCAP", "CCTP", "DQE", "RC", "avis", "autre", "guide")
# Questions of the award are the rules of consultation's to settle; the contract's pieces speak of execution.
AWARD_ORDER = ("RC", "avis", "AE", "CCP", "CCAP", "CCTP", "BPU", "DQE", "autre", "guide")

NAMES = (
    ("CCP", re.compile(r"cahiers? des clauses particulieres|\bccp\b|c\.c\.p\b|ccatp")),
    ("CCAP", re.compile(r"cahiers? des clauses administratives particulieres|\bccap\b|c\.c\.a\.p")),
    ("CCTP", re.compile(r"cahiers? des clauses techniques particulieres|\bcctp\b|c\.c\.t\.p|cahier des charges")),
    ("BPU", re.compile(r"bordere?aux? (?:des |de )?prix|\bbpu\b|annexe financiere")),
    ("DQE", re.compile(r"detail (?:quantitatif|estimatif)|\bdqe\b")),
    ("RC", re.compile(r"reglement de (?:la )?consultation")),
    ("AE", re.compile(r"acte d'engagement|\bae\b|attri ?1")),
)
