"""What contradicts and what only seems to, in one text and between the pieces of one tender."""

import pytest

from assistant.review import review
from tests.review.made import TODAY, caught, document


def contradictions(text: str) -> set[str]:
    return {rule for rule in caught(text) if rule.startswith("contradiction-")}


@pytest.mark.parametrize(
    "text",
    [
        "Le marché court du 1er janvier 2027 au 31 décembre 2029. […] La durée du marché est de deux ans.",
        "La convention est signée pour douze mois, non renouvelable. […] La durée de la convention peut être reconduite deux fois.",
        "| Durée | 36 mois |\n\nArticle 5. L'accord-cadre est passé pour quatre ans.",
        "Le titulaire est engagé pour 24 mois. […] Les moyens sont maintenus pendant la durée du contrat, soit 36 mois.",
        "L'accord-cadre expire le 31 décembre 2028. […] L'accord-cadre prend fin le 30 juin 2028.",
        "Marché de 3 ans fermes. […] Le contrat a une durée de 2 ans.",
        "Les moyens sont maintenus pendant les 48 mois du marché. […] Le marché est conclu pour 36 mois.",
        "Les prix valent pour toute la durée du marché (4 ans). […] Le marché est attribué pour trois ans à compter de sa notification.",
        "Le marché est reconductible deux fois. […] Il est conclu pour un an et peut être renouvelé trois fois.",
        "L'accord-cadre est conclu pour un an, avec trois reconductions. […] La durée totale du marché, reconductions comprises, est de trois ans.",
        "DURÉE DU MARCHÉ : 24 MOIS. […] Le marché s'exécute sur une durée de 36 mois.",
    ],
)
def test_two_durations_of_one_contract(text: str) -> None:
    assert contradictions(text) == {"contradiction-duree"}


@pytest.mark.parametrize(
    "text",
    [
        "Le marché est conclu pour un an, reconductible trois fois. […] La durée totale du marché ne peut excéder quatre ans.",
        "Le marché est conclu pour un an. […] Il est reconductible trois fois par périodes d'un an. […] La durée maximale du marché est de quatre ans.",
        "Le marché court du 1er janvier 2027 au 31 décembre 2027. […] La durée du marché est d'un an.",
        "La durée du marché est de 24 mois. […] En cas de non reconduction, le titulaire est prévenu trois mois avant. […] Le marché est reconductible une fois.",
        "Le marché est conclu pour deux ans. […] Le délai d'exécution des travaux est de six mois. […] La durée d'exécution d'un bon est de trois mois.",
        "La durée du marché est de trois ans. […] Le marché actuel, d'une durée de quatre ans, prend fin le 31 mars 2027.",
        "Le marché est conclu pour quatre ans. […] Les prix du marché sont fermes pour une durée de douze mois, puis révisables.",
        "Le marché est conclu pour trois ans. […] Le titulaire met un technicien à disposition pour une durée de deux mois.",
        "La durée du marché est de quatre ans. […] Une avance est versée si le marché a une durée d'exécution supérieure à deux mois.",
        "Le marché est conclu pour 24 mois. […] Le CCAG-TIC, approuvé par l'arrêté du 30 mars 2021 publié au Journal officiel du 1er avril 2021, régit le marché.",
        "Le marché n'est pas reconductible tacitement. […] Le marché est reconductible une fois par décision expresse.",
        "Le marché est conclu pour trois ans. […] La garantie est renouvelable une fois. […] Chaque marché subséquent est conclu pour un an.",
        "Le marché prend fin le 31 décembre 2028. […] La consultation du marché est ouverte jusqu'au 15 mars 2027.",
    ],
)
def test_durations_that_agree_or_are_of_something_else(text: str) -> None:
    assert contradictions(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "En cas de retard dans la remise du rapport annuel, une pénalité de 100 euros par jour est appliquée. […] "
        "Le retard de remise du rapport annuel est sanctionné de 150 € par jour.",
        "Les pénalités sont plafonnées à 10 % du montant du marché. […] Le montant total des pénalités ne peut excéder 15 % du montant du marché.",
        "Les pénalités ne sont pas plafonnées. […] Le total des pénalités est limité à 10 % du marché.",
        "Pénalité pour absence en comité de pilotage : 1 000 €. […] Toute absence au comité de pilotage expose à une pénalité de 500 €.",
    ],
)
def test_two_rates_of_one_penalty(text: str) -> None:
    assert contradictions(text) == {"contradiction-penalites"}


@pytest.mark.parametrize(
    "text",
    [
        "Pénalité pour absence en comité de pilotage : 1 000 €. […] Toute absence au comité de pilotage expose à une pénalité de 1000 euros.",
        "La pénalité de retard est de 100 € par jour pour les livrables. […] La pénalité de retard est de 50 € par heure pour le rétablissement.",
        "Pénalités : taux du mois 90 % ; taux à appliquer 9,9 %. […] Exemple de pénalité : taux du mois 80 % ; taux à appliquer 19,9 %.",
        "Les pénalités sont plafonnées à 10 % du montant du marché. […] L'avance est plafonnée à 30 % du montant du marché.",
        "La pénalité de retard est de 100 € par jour, doublée au-delà de dix jours. […] La pénalité de retard est de 200 € par jour à partir du onzième jour.",
    ],
)
def test_penalties_that_agree_or_are_for_something_else(text: str) -> None:
    assert contradictions(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Le marché est soumis au CCAG-TIC. […] En dérogation à l'article 14 du CCAG-FCS, les pénalités sont plafonnées.",
        "Pièces du marché : l'acte d'engagement, le CCAP, le CCAG Prestations intellectuelles. […] Le contrat est régi par le CCAG-FCS.",
        "Le cahier des clauses administratives générales des marchés de technologies de l'information s'applique. […] "
        "La résiliation est prononcée selon l'article 36 du CCAG-FCS.",
    ],
)
def test_two_sets_of_general_clauses(text: str) -> None:
    assert contradictions(text) == {"contradiction-ccag"}


@pytest.mark.parametrize(
    "text",
    [
        "Le marché est soumis au CCAG-TIC. […] Les travaux de câblage sont soumis au CCAG-Travaux.",
        "Le CCAG-TIC s'applique. […] Les stipulations du CCAG-PI ne s'appliquent pas ; le CCAG-PI est exclu.",
        "Le marché se réfère au CCAG-FCS. […] Le titulaire remet les documents prévus à l'article 30 du CCAG des marchés de fournitures courantes et services.",
        "Lot 1 : CCAG-TIC. […] Lot 2 : CCAG-FCS.",
    ],
)
def test_general_clauses_shared_out(text: str) -> None:
    assert contradictions(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Les pièces prévalent dans l'ordre suivant : acte d'engagement, CCAP, CCTP. […] En cas de contradiction entre le CCAP et le CCTP, le CCTP prévaut.",
        "L'acte d'engagement, le CCAP et le CCTP prévalent dans cet ordre. […] Ordre de priorité des pièces : CCTP, CCAP, acte d'engagement.",
        "Hiérarchie des documents du marché : CCTP, CCAP. […] Le CCAP prime sur le CCTP.",
    ],
)
def test_two_orders_of_the_pieces(text: str) -> None:
    assert contradictions(text) == {"contradiction-ordre-pieces"}


@pytest.mark.parametrize(
    "text",
    [
        "Les pièces prévalent dans l'ordre suivant : acte d'engagement, CCAP, CCTP. […] Le pli contient, dans l'ordre suivant : CCTP, CCAP, acte d'engagement.",
        "Les critères sont, par ordre décroissant : prix, technique. […] Le CCTP, puis le CCAP, sont signés. […] L'acte d'engagement prime sur le CCTP.",
        "Les pièces prévalent dans l'ordre suivant : acte d'engagement, CCAP, CCTP. […] En cas de contradiction entre le CCAP et le CCTP, le CCAP prévaut.",
    ],
)
def test_orders_that_agree_or_are_of_something_else(text: str) -> None:
    assert contradictions(text) == set()


@pytest.mark.parametrize(
    "text",
    [
        "Le délai global de paiement est de 30 jours. […] L'acheteur a quinze jours pour payer les factures.",
        "Mode de règlement : virement à 30 jours. […] Les factures sont réglées sous 20 jours.",
    ],
)
def test_two_delays_of_payment(text: str) -> None:
    assert contradictions(text) == {"contradiction-delai-paiement"}


@pytest.mark.parametrize(
    "text",
    [
        "Le délai global de paiement est de 30 jours. […] Le titulaire règle tout incident sous 8 jours.",
        "Le délai global de paiement est de 30 jours. […] Les parties règlent leur différend dans un délai de 60 jours.",
        "Le délai global de paiement est de 30 jours. […] L'avance est payée sous 15 jours. […] Le titulaire paie ses fournisseurs sous 45 jours.",
    ],
)
def test_delays_that_are_of_something_else(text: str) -> None:
    assert contradictions(text) == set()


def test_a_difference_that_comes_back_is_told_once() -> None:
    engagement = document("Le marché est soumis au CCAG-TIC.", "AE", "Acte d'engagement")
    clauses = document(
        "Le marché déroge à l'article 14 du CCAG-FCS. […] Il déroge aussi à l'article 36 du CCAG-FCS.",
        "CCAP",
        "CCAP",
    )
    _, second = review([engagement, clauses], day=TODAY)
    (finding,) = second.findings
    assert finding.rule == "contradiction-ccag"
    assert "Ici CCAG-FCS, mais CCAG-TIC dans « Acte d'engagement »" in finding.message


@pytest.mark.parametrize(
    ("text", "is_caught"),
    [
        ("Critères : prix 45 % ; organisation 35 % (phasage 20 %, bruit 15 %) ; environnement 20 %.", False),
        ("Critères : prix 45 % ; organisation 25 % (phasage 20 %, bruit 5 %) ; environnement 20 %.", True),
        ("Critères d'attribution : prix, de 40 à 45 % ; qualité, de 35 à 40 % ; environnement, 20 %.", False),
    ],
)
def test_parts_in_brackets_and_ranges_of_weights_are_no_fault(text: str, is_caught: bool) -> None:
    assert ("ponderation-incoherente" in caught(text)) is is_caught


@pytest.mark.parametrize(
    ("text", "is_caught"),
    [
        ("Accord-cadre. […] Un an, reconductible cinq fois un an.", True),
        ("Accord-cadre. […] Il court du 1er mars 2027 au 28 février 2033, pour grouper les achats.", True),
        (
            "Le marché est un accord-cadre. […] Critère : durée de maintien des postes de plus de cinq ans.",
            False,
        ),
        ("Le marché dure cinq ans. […] Sa part à bons de commande s'éteint quatre ans après.", False),
    ],
)
def test_a_framework_agreement_lasts_what_the_contract_lasts(text: str, is_caught: bool) -> None:
    assert ("accord-cadre-trop-long" in caught(text)) is is_caught


def test_naming_a_lot_is_not_speaking_of_lots() -> None:
    text = (
        "Le lot 2 est réservé aux structures d'insertion, article L. 2113-13 du code de la commande publique."
    )
    assert "article-hors-sujet" not in caught(text)
