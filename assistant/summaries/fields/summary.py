"""The values of a summary: fields with the words they come from, documents, consultations, contradictions."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from assistant.datatypes import Document, FindingSeverity, Problem, Span, Target
from assistant.tender.fact import Item

# Name of a field in the JSON of the command line → what a reader calls it. The order is that of every table.
FIELDS: dict[str, str] = {
    "objet": "Objet",
    "acheteur": "Acheteur",
    "numero_consultation": "Numéro de consultation",
    "type_marche": "Type de marché",
    "forme": "Forme",
    "procedure": "Procédure",
    "lots": "Lots",
    "duree_initiale": "Durée initiale",
    "reconductions": "Reconductions",
    "montant_minimum_ht": "Montant minimum",
    "montant_maximum_ht": "Montant maximum",
    "date_limite_remise": "Date limite de remise",
    "criteres_attribution": "Critères d'attribution",
    "variantes": "Variantes",
    "ccag_applicable": "CCAG applicable",
    "derogations_ccag": "Dérogations au CCAG",
    "penalites_retard": "Pénalités de retard",
    "delai_paiement": "Délai de paiement",
    "forme_prix": "Forme des prix",
    "revision_prix": "Révision des prix",
    "avance": "Avance",
    "retenue_garantie": "Retenue de garantie",
    "assurance": "Assurance",
    "lieu_execution": "Lieu d'exécution",
    "sous_traitance": "Sous-traitance",
    "propriete_intellectuelle": "Propriété intellectuelle",
    "donnees_personnelles": "Données personnelles",
    "localisation_hebergement": "Localisation des données",
    "reversibilite": "Réversibilité",
    "securite": "Sécurité et confidentialité",
    "clause_sociale": "Clause sociale",
    "clause_environnementale": "Clause environnementale",
    "resiliation": "Résiliation",
}

FieldValue = str | tuple[Item, ...] | None
"""Words, or a list of lots or criteria; None where the document does not say."""

# The rule of the review that misses something in a piece → the field where another piece of the same contract says it. The stipulations of article 28 of the
# RGPD and a criterion are not among them: that a piece speaks of the matter is not enough.
LACKING = {
    "duree-absente": "duree_initiale",
    "forme-prix-absente": "revision_prix",
    "clause-environnementale-absente": "clause_environnementale",
    "penalites-absentes": "penalites_retard",
    "plan-de-sortie-absent": "reversibilite",
}
_OF_THE_CONTRACT = ("AE", "CCAP", "CCP", "CCTP")


@dataclass(frozen=True, slots=True)
class Extract:
    """Words of a document: ``text == document.text[start:end]``. ``pages`` is empty for a text without pages; ``before`` and ``after`` surround it."""

    text: str
    start: int
    end: int
    pages: tuple[int, ...]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a summary. Without value there are no extracts and no ``found_by``; with one, the first extract is its quote."""

    name: str
    value: FieldValue = None
    extracts: tuple[Extract, ...] = ()
    found_by: str | None = None
    normal: tuple[str, ...] = ()

    @property
    def quote(self) -> str | None:
        """The words that carry the value."""
        return self.extracts[0].text if self.extracts else None

    @property
    def pages(self) -> tuple[int, ...]:
        """The pages of all extracts, in order."""
        return tuple(sorted({page for extract in self.extracts for page in extract.pages}))


@dataclass(frozen=True, slots=True)
class Lever:
    """A lever of sovereignty that a document uses (a name of ``levers.LEVERS``), with the words that use it."""

    name: str
    extract: Extract


@dataclass(frozen=True, slots=True)
class Fault:
    """What the legality review found in a document, with its words. ``title`` names the ``rule`` for a reader; ``article`` is the heading above."""

    rule: str
    title: str
    severity: FindingSeverity
    article: str | None
    extract: Extract
    message: str
    legal_basis: tuple[Target, ...]
    suggestion: str


@dataclass(frozen=True, slots=True)
class Review:
    """The legality review of a document by itself, for the law of ``day``; the gravest faults first."""

    day: date
    faults: tuple[Fault, ...]


@dataclass(frozen=True, slots=True)
class Summary:
    """What one document states. ``pages`` counts them (0: a text without pages); ``fields`` has every name of ``FIELDS``, in that order.

    ``precedence`` are the pieces in the order that the document says they prevail in (``("AE", "CCAP", …)``), empty where it does not say.
    ``review`` is None where the legality review was not asked for.
    """

    file: str
    sha256: str
    doc_type: str
    pages: int
    unreadable_pages: tuple[int, ...]
    fields: tuple[Field, ...]
    overview: str | None = None
    overview_by: str | None = None
    precedence: tuple[str, ...] = ()
    levers: tuple[Lever, ...] = ()
    review: Review | None = None
    problems: tuple[Problem, ...] = ()

    def field(self, name: str) -> Field:
        """The field of that name."""
        return next(field for field in self.fields if field.name == name)


@dataclass(frozen=True, slots=True)
class Statement:
    """A field as one piece of a consultation states it."""

    file: str
    piece: str
    field: Field


@dataclass(frozen=True, slots=True)
class Contradiction:
    """Pieces of one consultation that state a field differently: the one that prevails first."""

    field: str
    statements: tuple[Statement, ...]


@dataclass(frozen=True, slots=True)
class Consultation:
    """The documents of one tender, merged: each field as the piece that prevails states it, with the pieces that state it otherwise."""

    name: str
    origin: str
    summaries: tuple[Summary, ...]
    fields: tuple[Statement, ...]
    contradictions: tuple[Contradiction, ...] = ()
    precedence: tuple[str, ...] = ()

    def statement(self, name: str) -> Statement | None:
        """What the consultation states of a field, or None."""
        return next((one for one in self.fields if one.field.name == name), None)

    @property
    def reviewed_on(self) -> date | None:
        """The day whose law the review read; None where it was not asked for."""
        return next((one.review.day for one in self.summaries if one.review is not None), None)

    def faults(self, *severities: FindingSeverity) -> tuple[tuple[str, Fault], ...]:
        """The faults of those severities in every piece, as (file, fault), the gravest first; but what one lacks and another says is none."""
        found = [
            (one.file, fault)
            for one in self.summaries
            if one.review
            for fault in one.review.faults
            if fault.severity in severities and not self._said_elsewhere(fault, one)
        ]
        return tuple(sorted(found, key=lambda one: severities.index(one[1].severity)))

    def _said_elsewhere(self, fault: Fault, by: Summary) -> bool:
        field = LACKING.get(fault.rule)
        return field is not None and any(
            one.doc_type in _OF_THE_CONTRACT and one.field(field).value is not None
            for one in self.summaries
            if one is not by
        )


def counted(faults: Sequence[tuple[str, Fault]]) -> dict[FindingSeverity, int]:
    """How many faults of each severity, the gravest first."""
    return {severity: sum(fault.severity is severity for _, fault in faults) for severity in FindingSeverity}


def shown(value: FieldValue) -> str:
    """A value on one line, as a reader would write it; empty for None."""
    if value is None or isinstance(value, str):
        return value or ""
    return " ; ".join(_shown_item(dict(item)) for item in value)


def _shown_item(item: dict[str, str | None]) -> str:
    if "numero" in item:
        return f"Lot {item['numero']} : {item['titre']}" if item.get("titre") else f"Lot {item['numero']}"
    weight = item.get("ponderation")
    return f"{item.get('critere')} ({weight})" if weight else str(item.get("critere"))


def extract(document: Document, span: Span, around: int = 160) -> Extract:
    """The words of a span, their pages and up to ``around`` characters on each side."""
    pages = document.pages_of(span)
    return Extract(
        span.of(document.text),
        span.start,
        span.end,
        tuple(range(pages[0], pages[1] + 1)) if pages else (),
        document.text[max(0, span.start - around) : span.start],
        document.text[span.end : span.end + around],
    )
