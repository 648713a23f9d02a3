"""What stands together: rows without the names of their columns, the points of a list, a short section."""

import pytest

from assistant.datatypes import Document, Kind, Source, Span
from assistant.documents import words
from assistant.documents.enumeration import around

SOURCE = Source("0" * 16, "0" * 64, "CCAP", Kind.TENDER, "CCAP.pdf", "miens", "application/pdf")
TEXT = """Pénalités
Motif | Montant
Retard de livraison | 100 € par site
Repas non livrés | 200 € par site
Le titulaire est informé par courrier.
Le candidat remet :
DC1 et DC2 ou DUME ;
trois références ;
une attestation.
Les offres sont rédigées en français."""
ROWS = ["Retard de livraison | 100 € par site", "Repas non livrés | 200 € par site"]
POINTS = ["DC1 et DC2 ou DUME ;", "trois références ;", "une attestation."]


@pytest.mark.parametrize(
    ("said", "together"),
    [
        (ROWS[1], ROWS),
        (POINTS[0], POINTS),
        (POINTS[2], POINTS),
        ("Les offres sont rédigées en français.", ["Les offres sont rédigées en français."]),
    ],
)
def test_rows_and_points_stand_together(said: str, together: list[str]) -> None:
    start = TEXT.index(said)
    document = Document(SOURCE, TEXT)
    assert [span.of(TEXT) for span in around(document, Span(start, start + len(said)))] == together


def test_some_questions_ask_for_several_things() -> None:
    assert words.pattern("several.asked").search("donne-moi toutes les lignes du bareme")
    assert not words.pattern("several.asked").search("quel est le delai de paiement ?")
