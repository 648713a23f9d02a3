"""The figures of law that answers and the review both hold to."""

from datetime import date

import pytest

from assistant import figures
from assistant.datatypes import Position
from assistant.errors import CorpusError
from assistant.sheets.bounds import quantities
from tests.conftest import ROOT
from tests.review.made import caught

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("question", "sheet", "least"),
    [
        ("peut-on exiger un ca de 5 fois la valeur du marche ?", "capacites-references", Position.FORBIDDEN),
        ("on demande un chiffre d'affaires double du montant, ok ?", "capacites-references", None),
        (
            "chiffre d'affaires minimal de 2 fois le montant estime",
            "capacites-references",
            Position.FORBIDDEN,
        ),
        ("chiffre d'affaires minimal de 1,5 fois le montant estime", "capacites-references", None),
        ("une retenue de garantie de 10 %", "retenue-de-garantie", Position.FORBIDDEN),
        ("payer a 45 jours", "avance-et-paiement", Position.FORBIDDEN),
        ("notre chu peut-il payer a 45 jours ?", "avance-et-paiement", None),
        ("un accord-cadre de six ans", "accords-cadres", Position.CONDITIONAL),
        ("un ca de 5 fois la valeur", "penalites", None),
        (
            "marche a 500 k€ : je demande 3 m€ de ca annuel minimum",
            "capacites-references",
            Position.FORBIDDEN,
        ),
        ("marche de 500 000 € : un chiffre d'affaires de 600 000 €", "capacites-references", None),
    ],
)
def test_a_figure_beyond_the_ceiling_is_seen_within_its_subject(
    question: str, sheet: str, least: Position | None
) -> None:
    found = figures.exceeded(question, quantities(question), sheet, TODAY)
    assert (found.figure.least if found else None) is least


def test_a_ceiling_is_that_of_the_day() -> None:
    assert figures.ceiling("chiffre-affaires-minimal", date(2025, 12, 31)) == 2.0
    assert figures.ceiling("chiffre-affaires-minimal", date(2026, 1, 1)) == 1.5
    with pytest.raises(CorpusError, match="rien"):
        figures.ceiling("rien", TODAY)


def test_each_figure_names_an_article_and_a_sheet_that_exist() -> None:
    for figure in figures.figures():
        assert figure.sheets, figure.id
        assert all((ROOT / "corpus" / "droit" / f"{id_}.yaml").is_file() for id_ in figure.sheets), figure.id


@pytest.mark.parametrize(
    ("times", "day", "beyond"),
    [("5", TODAY, True), ("2", TODAY, True), ("2", date(2025, 6, 1), False), ("1,5", TODAY, False)],
)
def test_the_review_and_the_answers_say_the_same_of_a_turnover(times: str, day: date, beyond: bool) -> None:
    found = caught(
        f"Le candidat justifie d'un chiffre d'affaires annuel minimal de {times} fois le montant estimé du marché.",
        "RC",
        day,
    )
    assert ("chiffre-affaires" in " ".join(found)) is beyond
    asked = figures.exceeded(
        f"exiger un chiffre d'affaires de {times} fois le montant", (), "chiffre-affaires-minimal", day
    )
    assert (asked is not None) is beyond
