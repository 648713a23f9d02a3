"""Tables as a PDF leaves them: bars between some cells and not others, words of a cell on the line below, heads among the rows."""

import pytest

from assistant import reading
from assistant.datatypes import Kind
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import shown

BY_LOT = """RÈGLEMENT DE LA CONSULTATION

1.4 - Décomposition de la consultation
Les prestations sont réparties en 3 lot(s) :
Lot(s) | Désignation | Minimum HT | Maximum HT
01 Visserie, boulonnerie et petites fournitures pour les
ateliers de mécanique du centre technique | 5 000,00 € 20 000,00 €
02 Outillage à main | Sans
minimum 15 000,00 €
03 Équipements de protection | 1 000,00 € 8 000,00 €
2.3 - Variantes
Aucune variante n'est autorisée.
7.2 - Attribution
L'accord-cadre est attribué à un seul opérateur.
"""
IN_CELLS = """ACTE D'ENGAGEMENT ET CCP
Pouvoir adjudicateur | Commune de Saint-Orens-le-Vieux
1 place de la Mairie 31999 SAINT-ORENS-LE-VIEUX
Objet du marché | Entretien des installations de chauffage des bâtiments
communaux
Procédure | Procédure adaptée (article R. 2123-1 du code de la
commande publique)
Date limite de remise des
offres | Lundi 8 juin 2026 à 17 h 00
Article 1 - Durée
Lot | Intitulé | Durée ferme | Reconductions
1 Chaufferies gaz | 24 mois | 2 x 12 mois
2 Pompes à chaleur | 12 mois | 3 x 12 mois
Article 3 - Pénalités
Cause | Pénalité | Plafond
Retard d'intervention | 80 € par heure | 800 €
Retard de remise du rapport annuel | 30 € par jour | 600 €
Article 4 - Dérogations au CCAG-FCS
Article du présent document | Article du CCAG auquel il déroge
Article 3 Article 14.1
Article 5 Article 32
Article 5 - Résiliation
Le marché peut être résilié sans indemnité après deux mises en demeure.
Article 6 - Montants
Période | Montant minimum HT | Montant maximum HT
Période initiale | 10 000 € | 60 000 €
Chaque reconduction 5 000 € | 30 000 €
"""


@pytest.mark.parametrize(
    ("text", "field", "value"),
    [
        (
            BY_LOT,
            "lots",
            "Lot 1 : Visserie, boulonnerie et petites fournitures pour les ateliers de mécanique du centre technique ; Lot 2 : Outillage à main ; "
            "Lot 3 : Équipements de protection",
        ),
        (BY_LOT, "montant_minimum_ht", "Lot 1 : 5 000 € HT ; lot 2 : Sans minimum ; lot 3 : 1 000 € HT"),
        (BY_LOT, "montant_maximum_ht", "Lot 1 : 20 000 € HT ; lot 2 : 15 000 € HT ; lot 3 : 8 000 € HT"),
        (IN_CELLS, "objet", "Entretien des installations de chauffage des bâtiments communaux"),
        (IN_CELLS, "procedure", "Procédure adaptée"),
        (IN_CELLS, "date_limite_remise", "8 juin 2026 à 17 h"),
        (IN_CELLS, "duree_initiale", "Lot 1 : 24 mois ; lot 2 : 12 mois"),
        (IN_CELLS, "reconductions", "Lot 1 : 2 x 12 mois ; lot 2 : 3 x 12 mois"),
        (
            IN_CELLS,
            "penalites_retard",
            "Retard d'intervention : 80 € par heure, 800 € ; Retard de remise du rapport annuel : 30 € par jour, 600 €",
        ),
        (IN_CELLS, "derogations_ccag", "Articles 14.1, 32 du CCAG-FCS"),
        (IN_CELLS, "montant_minimum_ht", "10 000 € HT ; 5 000 € HT"),
        (IN_CELLS, "montant_maximum_ht", "60 000 € HT ; 30 000 € HT"),
    ],
)
def test_a_table_gives_its_values_whatever_its_bars(text: str, field: str, value: str) -> None:
    read = reading.read_bytes(text.encode(), "piece.txt", kind=Kind.TENDER, collection="essai")
    found = summarise(read, "piece.txt").field(field)
    assert shown(found.value) == value
    assert all(read.text[one.start : one.end] == one.text for one in found.extracts)


MORE = """CCAP
ARTICLE 1 - FORME
Les montants de commandes, sur la durée totale de l'accord-cadre, sont les suivants :
Lot | Montant minimum HT | Montant maximum HT
1 80 000 € | 400 000 €
2 50 000 € | 250 000 €
3 Sans | 90 000 €
ARTICLE 2 - LOTS
Trois lots :
N° Intitulé | Estimation
1 Pansements | 90 000
2 Sutures | 60 000
3 Trocarts | 40 000
ARTICLE 3 - GARANTIES FINANCIÈRES
Aucune clause de garantie financière ne sera appliquée.
ARTICLE 4 - PÉNALITÉS
Le titulaire encourt, par jour de retard, des pénalités calculées conformément aux stipulations de l'article
14.1 du CCAG-FCS.
"""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("montant_minimum_ht", "Lot 1 : 80 000 € HT ; lot 2 : 50 000 € HT ; lot 3 : Sans minimum"),
        ("montant_maximum_ht", "Lot 1 : 400 000 € HT ; lot 2 : 250 000 € HT ; lot 3 : 90 000 € HT"),
        ("lots", "Lot 1 : Pansements ; Lot 2 : Sutures ; Lot 3 : Trocarts"),
        ("retenue_garantie", "Aucune clause de garantie financière ne sera appliquée."),
        (
            "penalites_retard",
            "Le titulaire encourt, par jour de retard, des pénalités calculées conformément aux stipulations de l'article 14.1 du CCAG-FCS.",
        ),
    ],
)
def test_what_a_pdf_leaves_without_bars_or_on_two_lines_is_read_whole(field: str, value: str) -> None:
    read = reading.read_bytes(MORE.encode(), "CCAP.txt", kind=Kind.TENDER, collection="essai")
    assert shown(summarise(read, "CCAP.txt").field(field).value) == value


BARE = """RÈGLEMENT DE LA CONSULTATION
2.2 Allotissement
Cette consultation est composée des lots suivants :
N° Intitulé | Min. annuel € HT Max. annuel € HT
1 Secteur nord | 200 000 | 1 000 000
2 Secteur sud | 150 000 | 800 000
3 Marquage au sol | néant | 250 000
Les candidats peuvent répondre à plusieurs lots.
6. Jugement des offres
Critère | Lots 1 et 2 | Lot 3
Prix des prestations | 35 50
Qualité des enrobés | 40 –
Traçabilité des matériaux – | 35
Délai d'intervention | 25 15
7. Pas de négociation
Le marché est attribué sans négociation. Les prix sont révisés par application de la
formule P = P0 (0,15 + 0,85 TP09/TP09o).
"""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("lots", "Lot 1 : Secteur nord ; Lot 2 : Secteur sud ; Lot 3 : Marquage au sol"),
        (
            "montant_minimum_ht",
            "Lot 1 : 200 000 € HT (par an) ; lot 2 : 150 000 € HT (par an) ; lot 3 : Sans minimum",
        ),
        (
            "montant_maximum_ht",
            "Lot 1 : 1 000 000 € HT (par an) ; lot 2 : 800 000 € HT (par an) ; lot 3 : 250 000 € HT (par an)",
        ),
        (
            "criteres_attribution",
            "Prix des prestations (lots 1 et 2 : 35 ; lot 3 : 50) ; Qualité des enrobés (lots 1 et 2 : 40) ; Traçabilité des matériaux (lot 3 : 35) ; "
            "Délai d'intervention (lots 1 et 2 : 25 ; lot 3 : 15)",
        ),
        ("securite", ""),
        (
            "revision_prix",
            "Prix révisables : Les prix sont révisés par application de la formule P = P0 (0,15 + 0,85 TP09/TP09o).",
        ),
    ],
)
def test_numbers_alone_are_sums_where_the_head_says_so(field: str, value: str) -> None:
    read = reading.read_bytes(BARE.encode(), "RC.txt", kind=Kind.TENDER, collection="essai")
    found = summarise(read, "RC.txt").field(field).value
    assert (shown(found) if found is not None else "") == value


def test_sums_that_cannot_be_told_apart_are_not_said() -> None:
    text = BARE.replace("150 000 | 800 000", "150 000 800 000")
    summary = summarise(
        reading.read_bytes(text.encode(), "RC.txt", kind=Kind.TENDER, collection="essai"), "RC.txt"
    )
    assert [summary.field(name).value for name in ("montant_minimum_ht", "montant_maximum_ht")] == [
        None,
        None,
    ]


def value_of(text: str, file: str, field: str) -> str | None:
    read = reading.read_bytes(text.encode(), file, kind=Kind.TENDER, collection="essai")
    found = summarise(read, file).field(field).value
    return shown(found) if found is not None else None


@pytest.mark.parametrize(
    ("table", "value"),
    [
        ("Lot Secteur | Entrées\n1 Nord | 12\n2 Sud | 14\n", "Lot 1 : Nord ; Lot 2 : Sud"),
        (
            "N° Lot | Délai\n1 | Peinture des salles | 3 semaines\n2 | Sols souples | 5 semaines\n",
            "Lot 1 : Peinture des salles ; Lot 2 : Sols souples",
        ),
        (
            "Lot 2 Plomberie\n1 Installation de chantier | 5 000,00 €\n2 Réseaux enterrés | 12 000,00 €\n",
            None,
        ),
    ],
)
def test_lots_stand_under_any_head_that_has_columns_and_not_under_the_name_of_a_lot(
    table: str, value: str | None
) -> None:
    text = f"RÈGLEMENT DE LA CONSULTATION\nArticle 2 - Prestations\n{table}"
    assert value_of(text, "RC.txt", "lots") == value


def test_both_bounds_in_one_cell_are_told_apart() -> None:
    row = "Montants par an | minimum 20 000 € HT – maximum 120 000 € HT"
    text = f"CCAP\nArticle 4 - Montants de l'accord-cadre\n{row}\nDurée | un an\n"
    assert value_of(text, "CCAP.txt", "montant_minimum_ht") == "20 000 € HT (par an)"
    assert value_of(text, "CCAP.txt", "montant_maximum_ht") == "120 000 € HT (par an)"


@pytest.mark.parametrize(
    ("clause", "field", "begins"),
    [
        (
            "Article 5 - Garanties financières\n5.1 - Retenue de garantie\nNéant.\n5.2 - Avance\n"
            "Une avance de 20 % est versée contre une garantie à première demande.",
            "retenue_garantie",
            "Néant",
        ),
        (
            "Article 5 - Avance\n5.1 - Conditions\nIl est versé une avance de 20 % du montant du marché.\n"
            "5.2 - Remboursement\nSans objet.",
            "avance",
            "Il est versé",
        ),
    ],
)
def test_nothing_is_said_of_a_clause_under_its_own_title_alone(clause: str, field: str, begins: str) -> None:
    text = f"CCAP\n{clause}\nArticle 6 - Durée\nUn an.\nArticle 7 - Litiges\nLe tribunal est saisi.\n"
    assert str(value_of(text, "CCAP.txt", field)).startswith(begins)


def test_the_object_is_what_follows_its_label_and_not_the_label() -> None:
    text = "# ACTE D'ENGAGEMENT\n\n## A - Objet de l'acte d'engagement\n\n■ Objet du marché public\n\nAcquisition de véhicules de secours et de cellules.\n"
    assert value_of(text, "AE.md", "objet") == "Acquisition de véhicules de secours et de cellules."


def test_a_table_whose_lots_have_letters_and_whose_titles_are_cut() -> None:
    text = (
        "AVIS D'APPEL À LA CONCURRENCE\nDivision en lots : oui.\nLot Intitulé | Durée | Minimum\nHT | Maximum HT\n"
        "A Circuits du collège | 4 années scolaires | 600 000\neuros | 1 900 000\neuros\n"
        "B Navettes de la piscine | 2 années scolaires | sans | 150 000\neuros\nMontants pour la durée de chaque lot.\n"
    )
    assert (
        value_of(text, "avis.txt", "lots") == "Lot A : Circuits du collège ; Lot B : Navettes de la piscine"
    )
    assert value_of(text, "avis.txt", "montant_minimum_ht") == "Lot A : 600 000 € HT ; lot B : Sans minimum"
    assert value_of(text, "avis.txt", "montant_maximum_ht") == "Lot A : 1 900 000 € HT ; lot B : 150 000 € HT"
    assert value_of(text, "avis.txt", "duree_initiale") == "Lot A : 4 ans ; lot B : 2 ans"


def test_the_first_table_of_lots_is_the_one_that_names_them() -> None:
    text = (
        "CCP\nLe marché se compose de deux lots :\nLot n° | Garantie | Franchise\n1 | Dommages aux biens | 2 000 €\n2 | Flotte automobile | 350 €\n"
        "Article 6 - Prime\nLot | Assiette | Nature du prix\n1 | surface déclarée | prix par m²\n2 | parc déclaré | prime par véhicule\n"
    )
    assert value_of(text, "CCP.txt", "lots") == "Lot 1 : Dommages aux biens ; Lot 2 : Flotte automobile"


def test_weights_by_lot_before_a_column_of_words() -> None:
    text = (
        "RÈGLEMENT DE LA CONSULTATION\nComment jugerons-nous les offres ?\nCritère | Lots 1 et 2 | Lot 3 | Ce que nous regardons\n"
        "Prix | 55 % 60 % | note = maximum × (offre la plus basse / offre)\nValeur technique | 45 % 40 % | moyens (20 points), accès (le reste)\n"
    )
    assert value_of(text, "RC.txt", "criteres_attribution") == (
        "Prix (lots 1 et 2 : 55 ; lot 3 : 60) ; Valeur technique (lots 1 et 2 : 45 ; lot 3 : 40)"
    )
