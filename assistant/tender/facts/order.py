"""The order in which the pieces of a contract prevail: as the contract itself lists them."""

import re

from assistant.tender.pieces import NAMES
from assistant.tender.view import View

_TITLE = re.compile(
    r"^(?:pieces|documents)$|(?:pieces|documents) (?:contractuel|constitutiv|particulier|du marche|du contrat|applicable)|(?:pieces|"
    r"documents)[\w ]{0,30}(?:contractuel|constitutiv)"
)
_RANKED = re.compile(r"ordre (?:de )?(?:priorite|decroissant|preseance|prevalence)|prevalent|par ordre|ordre d'importance|prevaudr|priorite decroissante")
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
            named = sorted((match.start(), name) for name, pattern in NAMES for match in pattern.finditer(sentence.text, ranked.end() if ranked else 0))
            # The sentence that says that the order counts may hold the whole list, and a line may be a list of its own; an item holds one piece.
            for _, name in named if ranked or sentence.text.count(";") > 1 else named[:1]:
                if name == "AE" and "AE" in found and re.search(r"annexes? financiere|bordere?au", sentence.text):
                    name = "BPU"
                if name not in found:
                    found.append(name)
        if len(found) >= 2:
            return tuple(found)
    return ()
