"""The delay of payment, read once: what a summary says of it is what the review compares and bounds."""

import pytest

from assistant.tender.facts.payment import payment_delays
from tests.tender.made import view


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("Le mandatement intervient quarante-cinq jours fin de mois.", 45),
        ("Les sommes dues sont versées sous 90 jours.", 90),
        ("Le comptable public dispose de soixante jours pour payer les factures.", 60),
        ("L'acheteur a quinze jours pour régler.", 15),
        ("| Règlement | 45 jours, par virement |", 45),
        ("Les factures sont réglées dans un délai de quarante-cinq (45) jours.", 45),
    ],
)
def test_the_days_are_read_whole(text: str, days: int) -> None:
    assert [delay.days for delay in payment_delays(view(text))] == [days]


@pytest.mark.parametrize(
    "text",
    [
        "Si une facture demeure impayée quinze jours, l'accès est coupé.",
        "Le calcul de la paie se fait dans une fenêtre de douze jours.",
        "Les parties recherchent un règlement amiable dans les trente jours.",
        "Un tiers qu'il mandate audite le titulaire avec un préavis de dix jours.",
        "Les retards de paiement inférieurs à quinze jours n'ouvrent droit à aucun intérêt.",
    ],
)
def test_days_of_something_else_are_no_delay_of_payment(text: str) -> None:
    assert list(payment_delays(view(text))) == []
