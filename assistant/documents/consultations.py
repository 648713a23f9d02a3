"""The documents of one market together: what came in one folder, archive or message and speaks of one thing. Each group says why it was made."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from assistant.documents.values import Known
from assistant.summaries.batch.tenders import markets_of
from assistant.summaries.fields.merge import rank
from assistant.summaries.fields.summary import Field, FieldValue, shown
from assistant.tender.pieces import USUAL

# How much of an object names a market.
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True)
class Consultation:
    """A market and its pieces, the one that usually prevails first. ``why``: what put them together, in French."""

    pieces: tuple[Known, ...]
    why: str

    @property
    def name(self) -> str:
        """What a reader calls it: its object and its buyer, else its number, else its first file."""
        said = [shown(self._stated(field)) for field in ("objet", "acheteur")]
        named = " — ".join(value[:_LONGEST_NAME].strip() for value in said if value)
        return named or shown(self._stated("numero_consultation")) or self.pieces[0].source.title

    def _stated(self, name: str) -> FieldValue:
        return next((field.value for _, field in self.stated(name)), None)

    def stated(self, name: str) -> list[tuple[Known, Field]]:
        """Each piece that states a field, and the field, the one that prevails first."""
        order = next((one.summary.precedence for one in self.pieces if one.summary.precedence), ())
        found = [(one, one.summary.field(name)) for one in self.pieces]
        return sorted(
            ((one, field) for one, field in found if field.value is not None),
            key=lambda pair: rank(pair[0].summary.doc_type, name, order),
        )


def consultations(documents: Sequence[Known]) -> tuple[Consultation, ...]:
    """The markets that some documents make, in the order of their first document."""
    places = {one.source.id: place for place, one in enumerate(documents)}
    found: list[Consultation] = []
    chosen = sorted((one for one in documents if one.chosen), key=lambda one: one.chosen)
    for _, together in groupby(chosen, key=lambda one: one.chosen):
        found.append(
            Consultation(
                tuple(sorted(together, key=lambda one: (_rank(one), places[one.source.id]))),
                "choisi à la main",
            )
        )
    others = sorted((one for one in documents if not one.chosen), key=lambda one: one.bundle)
    for _, bundle in groupby(others, key=lambda one: one.bundle):
        by_id = {id(one.summary): one for one in bundle}
        for group in markets_of([one.summary for one in by_id.values()]):
            pieces = sorted(
                (by_id[id(summary)] for summary in group), key=lambda one: (_rank(one), places[one.source.id])
            )
            found.append(Consultation(tuple(pieces), _why(pieces)))
    return tuple(sorted(found, key=lambda one: min(places[piece.source.id] for piece in one.pieces)))


def _rank(known: Known) -> int:
    piece = known.summary.doc_type
    return USUAL.index(piece) if piece in USUAL else len(USUAL)


def _why(pieces: Sequence[Known]) -> str:
    if len(pieces) == 1:
        return "seul de son dossier à parler de ce marché"
    shared = [
        label
        for name, label in (("numero_consultation", "numéro"), ("objet", "objet"), ("acheteur", "acheteur"))
        if _agree(pieces, name)
    ]
    return (
        f"même dossier, même {', même '.join(shared)}"
        if shared
        else "même dossier, aucune pièce ne dit le contraire"
    )


def _agree(pieces: Sequence[Known], name: str) -> bool:
    stated = [one.summary.field(name) for one in pieces if one.summary.field(name).value is not None]
    return len(stated) > 1 and len({one.normal or shown(one.value) for one in stated}) == 1
