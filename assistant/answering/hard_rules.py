"""What no sheet and no score may overrule: a few prohibitions, where what is asked is to break one.

Whether it is asked is read by the trained reader (``assistant.reader.heads``), learned from hundreds of wishes as people say them. Where the sheet that
answers is of the rule's ``subject``, the position is at least as cautious as the rule's, and the answer says so. A rule chooses the subject only among the
sheets that the question is near to, where the first of them forbids too, or is not sure (``answerer.speaking``). A hurried phrase, a polite insistence or a
hidden instruction cannot turn "interdit" into "possible".
"""

from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answering import words
from assistant.datatypes import Position
from assistant.french.denial import is_denied
from assistant.french.folding import fold_words

__all__ = ["CAUTION", "CODE", "RULES", "THRESHOLD", "HardRule", "asked_to_break", "more_cautious"]

# What begins the code of the problem that a rule leaves in an answer.
CODE = "regle-"
# From the least to the most cautious; what gives no position on what may be done is left out.
CAUTION = (Position.POSSIBLE, Position.CONDITIONAL, Position.FORBIDDEN)
# A rule is broken where it is read this surely, read from hands that nothing had learned from (`python -m training.reader` prints them).
LEAST_WISH = 0.7


@dataclass(frozen=True, slots=True)
class HardRule:
    """A prohibition, or a reservation.

    ``sheet`` is the id of the sheet that says why, ``least`` the least cautious position that the answer may take (None: a reservation is enough),
    ``subject`` the sheets whose answer it holds for. Where a question says ``unless`` (folded), and neither denies nor removes it, the rule is not broken.
    """

    id: str
    sheet: str | None
    least: Position | None
    message: str
    subject: frozenset[str]
    unless: str = ""

    def is_kept(self, question: str) -> bool:
        """Whether a question says what keeps the rule: « Cisco ou équivalent », and not « on enlève le « ou équivalent » »."""
        folded = fold_words(question)
        at = folded.find(self.unless) if self.unless else -1
        return at >= 0 and not is_denied(folded, at) and _REMOVED.search(folded) is None


_REMOVED = words.pattern("follow_up.removed")
_PERSONS = frozenset(
    (
        "exclusion-cloud-act",
        "nationalite-capital",
        "nationalite-du-personnel",
        "preference-locale",
        "preference-europeenne",
        "admettre-operateur-etranger",
        "exclusions-legales",
        "critere-souverainete",
        "mot-souverain",
        "localisation-france-seulement",
        "secnumcloud-ou-equivalent",
        "sren-collectivites",
        "pays-tiers-sous-les-seuils",
        "operateurs-pays-tiers",
        "filiale-europeenne",
        "lois-etrangeres-autres",
        "presence-utile",
        "reserver-aux-pme-ou-francais",
    )
)
# The rule of a text that is not in force.
PENDING = "texte-en-projet"
# Sources: CCP L3, L4, L2141-1 to L2142-1 and L2153-1 (persons), R2111-7 (brands), R2121-4 (splitting); the status of texts is that of the sheets.
RULES = (
    HardRule(
        PENDING,
        None,
        Position.NOT_IN_FORCE,
        "La question tient pour du droit en vigueur un texte qui ne l'est pas.",
        frozenset(("ppl-8", "cada", "preference-europeenne", "eucs-et-csa2", "nis2", "textes-en-projet")),
    ),
    HardRule(
        "loi-etrangere",
        "exclusion-cloud-act",
        Position.FORBIDDEN,
        "Être soumis à une loi étrangère n'est pas un motif d'exclusion d'une personne : la question est traitée comme telle.",
        _PERSONS,
    ),
    HardRule(
        "nationalite",
        "nationalite-capital",
        Position.FORBIDDEN,
        "La nationalité, le siège ou le capital d'un candidat ne peuvent pas décider de son sort : la question est traitée comme telle.",
        _PERSONS,
    ),
    HardRule(
        "marque",
        "marque-ou-equivalent",
        Position.FORBIDDEN,
        "Une marque, un brevet ou une origine ne s'imposent pas sans « ou équivalent » ni justification.",
        frozenset(
            (
                "marque-ou-equivalent",
                "logiciel-libre",
                "specifications-fonctionnelles",
                "label-equivalent-refuse",
                "renouvellement-sans-concurrence",
                "formats-ouverts",
            )
        ),
        unless="ou equivalent",
    ),
    HardRule(
        "fractionnement",
        "fractionnement",
        Position.FORBIDDEN,
        "Un besoin ne se divise pas pour échapper à la publicité ou à la mise en concurrence : la question est traitée comme telle.",
        frozenset(
            (
                "fractionnement",
                "dispense-60000",
                "dispense-40000-avant-avril-2026",
                "seuils-procedures",
                "procedure-adaptee",
                "achats-innovants",
            )
        ),
    ),
)
# Said of any answer that gives a threshold without its date.
THRESHOLD = HardRule(
    "seuil",
    None,
    None,
    "Un seuil vaut pour une période : vérifiez celui du jour où la consultation sera lancée.",
    frozenset(("seuils-procedures", "dispense-60000", "chiffre-affaires-minimal")),
)
_BY_ID = {rule.id: rule for rule in RULES}


def asked_to_break(wishes: Mapping[str, float], question: str) -> HardRule | None:
    """The rule that a question asks to break, None where none is sure enough; ``wishes``: the probability of each, by its id, and of none."""
    kind = max(wishes, key=lambda one: wishes[one], default="")
    rule = _BY_ID.get(kind) if wishes.get(kind, 0.0) >= LEAST_WISH else None
    return None if rule is None or rule.is_kept(question) else rule


def more_cautious(one: Position, other: Position) -> Position:
    """The more cautious of two positions; one that says nothing of what may be done yields to one that does."""
    if one not in CAUTION or other not in CAUTION:
        return other if other in CAUTION or other is Position.NOT_IN_FORCE else one
    return max(one, other, key=CAUTION.index)
