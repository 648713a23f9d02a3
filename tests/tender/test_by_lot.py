"""What a tender says lot by lot, or part by part: forms, variants, renewals, durations, lots, prices."""

import pytest

from assistant.summaries.fields.summarise import EXTRACTORS, summarise
from assistant.tender.by_lot import with_other_lots
from assistant.tender.fact import Fact
from tests.tender.made import view

_CLAUSES = "# 1 Objet\n\nDes repas.\n\n# 2 {title}\n\n{text}\n\n# 3 Litiges\n\nTribunal de Vaux.\n"


def _value(field: str, title: str, text: str, piece: str = "CCP") -> object:
    found = EXTRACTORS[field](view(_CLAUSES.format(title=title, text=text), piece))
    return found.value if found else None


@pytest.mark.parametrize(
    ("field", "title", "text", "value"),
    [
        (
            "forme",
            "Forme",
            "Lot 1 : accord-cadre à bons de commande. Lot 2 : marché ordinaire.",
            "Lot 1 : accord-cadre à bons de commande ; Lot 2 : marché ordinaire",
        ),
        (
            "forme",
            "Périmètre",
            "Les postes P1 à P3 sont traités à prix forfaitaires ; P4 fait l'objet de bons de commande.",
            "Les postes P1 à P3 sont traités à prix forfaitaires ; P4 fait l'objet de bons de commande",
        ),
        (
            "variantes",
            "Variantes",
            "Les solutions autres que celle du CCTP sont refusées pour le lot 1. Pour le lot 2 seulement, l'entreprise peut présenter une solution différente.",
            "Selon le lot : Les solutions autres que celle du CCTP sont refusées pour le lot 1. ; "
            "Pour le lot 2 seulement, l'entreprise peut présenter une solution différente.",
        ),
        (
            "variantes",
            "Conditions",
            "Variantes : admises pour le lot 3 ; non admises pour les lots 1 et 2.",
            "Selon le lot : Variantes : admises pour le lot 3 ; non admises pour les lots 1 et 2.",
        ),
        (
            "reconductions",
            "Le temps",
            "Ils peuvent être reconduits deux fois un an. Le lot 3 dure trois ans. Il n'est pas reconductible.",
            "Ils peuvent être reconduits deux fois un an. ; Le lot 3 dure trois ans. Il n'est pas reconductible.",
        ),
        (
            "reconductions",
            "Durée",
            "Lot 1 : renouvelable deux fois un an. Lot 2 : non renouvelable.",
            "Lot 1 : renouvelable deux fois un an. ; Lot 2 : non renouvelable.",
        ),
        (
            "reconductions",
            "Durée",
            "Le lot 1 se prolonge d'année en année, dans la limite de quatre ans. Le lot 2 ne se renouvelle pas.",
            "Le lot 1 se prolonge d'année en année, dans la limite de quatre ans. ; Le lot 2 ne se renouvelle pas.",
        ),
        ("reconductions", "Durée", "Aucune prolongation n'est possible.", "Non reconductible"),
        (
            "duree_initiale",
            "Durée",
            "Un an pour tous les lots, dix-huit mois pour le lot 3.",
            "1 an ; lot 3 : 18 mois",
        ),
        ("forme", "Forme", "Le forfait de déplacement du lot 2 figure au bon de commande.", None),
        (
            "variantes",
            "Variantes",
            "Les variantes sont interdites, sauf au lot 3 où une variante est possible.",
            "Refusées : Les variantes sont interdites, sauf au lot 3 où une variante est possible.",
        ),
        (
            "variantes",
            "Variantes",
            "Pour le lot 1, les variantes sont admises. Elles sont interdites pour le lot 2.",
            "Selon le lot : Pour le lot 1, les variantes sont admises. ; Elles sont interdites pour le lot 2.",
        ),
        ("reconductions", "Temps", "Cette durée n'est pas prolongeable.", "Non reconductible"),
        (
            "reconductions",
            "Quand ?",
            "Nous pourrons vous proposer de repartir pour une seule année supplémentaire.",
            "Nous pourrons vous proposer de repartir pour une seule année supplémentaire.",
        ),
        ("reconductions", "Garantie", "Le contrat porte une garantie de deux ans supplémentaires.", None),
        (
            "duree_initiale",
            "Quand",
            "Du 1er septembre 2026 au 31 août 2027. Le lot E fait exception : il est conclu jusqu'au 7 juillet 2027.",
            "Du 1er septembre 2026 au 31 août 2027 ; Le lot E fait exception : il est conclu jusqu'au 7 juillet 2027.",
        ),
        (
            "duree_initiale",
            "Quand",
            "Vingt mois à partir de la notification.",
            "20 mois à partir de la notification",
        ),
        (
            "duree_initiale",
            "Découpage",
            "Lot | Désignation | Délai d'exécution\n1 Maçonnerie | 5 mois\n2 Charpente | 4 mois\n\n"
            "Le délai global, toutes entreprises confondues, est de huit mois.",
            "Le délai global, toutes entreprises confondues, est de huit mois. ; Lot 1 : 5 mois ; lot 2 : 4 mois",
        ),
        (
            "duree_initiale",
            "Découpage",
            "Lot | Date de début | Durée\n1 et 2 | 1er avril 2026 | 24 mois\n3 | 1er juillet 2026 | 45 mois\n",
            "Lots 1 et 2 : 24 mois ; lot 3 : 45 mois",
        ),
        (
            "retenue_garantie",
            "Règlement",
            "Il n'est pas demandé de garantie.",
            "Aucun cautionnement ni garantie",
        ),
        (
            "penalites_retard",
            "Délais",
            "Document | Délai | Pénalité / j\nDiagnostic | 6 sem. | 150 €\nAPS | 8 sem. 200 €\n",
            "Diagnostic : 6 sem., 150 € ; APS : 8 sem. 200 €",
        ),
    ],
)
def test_what_is_said_by_lot(field: str, title: str, text: str, value: str | None) -> None:
    assert _value(field, title, text) == value


@pytest.mark.parametrize(
    ("field", "text", "value"),
    [
        (
            "duree_initiale",
            "Tranche | Contenu | Délai\nFerme | Chenal sud | 16 semaines\nConditionnelle 1 | Souilles | 6 semaines\n",
            "Ferme : 16 semaines ; Conditionnelle 1 : 6 semaines",
        ),
        (
            "duree_initiale",
            "# Délais\n\nPhase | Délai\nPréparation | 6 semaines\nArrêt technique | 38 jours\n\n# Litiges\n\nTribunal de Vaux.\n",
            "Préparation : 6 semaines ; Arrêt technique : 38 jours",
        ),
        (
            "duree_initiale",
            "# Lots 0001 à 0003 – dispositions communes\n\nDurée | 24 mois\n\n# Lot 0004 – dispositions propres\n\nDurée | 36 mois\n",
            "Lots 1 à 3 : 24 mois ; lot 4 : 36 mois",
        ),
        (
            "duree_initiale",
            "Lot n° 1 – Tri. Durée : 1 an.\nLot n° 2 – Tour. Durée : comme le lot 1.\n"
            "Lot n° 3 – Gaz. Marché d'une durée de 9 mois.\nLot n° 4 – Eau. Durée : 2 ans.\n",
            "Lot 1 : 1 an ; lot 2 : comme le lot 1 ; lot 3 : 9 mois ; lot 4 : 2 ans",
        ),
        (
            "duree_initiale",
            "Durée : 12 mois, renouvelables trois fois (lots 1 et 3) ; 9 mois (lot 2).\n",
            "12 mois ; lot 2 : 9 mois",
        ),
        (
            "duree_initiale",
            "Le marché est conclu à compter de sa notification et prend fin au retour du dernier voyage.\n",
            "conclu à compter de sa notification et prend fin au retour du dernier voyage",
        ),
        (
            "duree_initiale",
            "Annexe\nFinalité | Rendez-vous\nDurée | Rendez-vous : six mois ; traces : un an\n",
            None,
        ),
        ("duree_initiale", "Durée | du groupement | Jusqu'au terme du dernier marché conclu\n", None),
        (
            "duree_initiale",
            "# Durée\n\nLa convention prend effet à sa signature et s'achève à l'expiration du dernier marché subséquent. "
            "Chaque accord-cadre est conclu pour 36 mois.\n",
            "36 mois",
        ),
        (
            "reconductions",
            "# Lots 0001 à 0003\n\nRenouvellement | Une reconduction tacite de 24 mois\n\n# Lot 0004\n\nDurée | 36 mois, sans reconduction\n",
            "Lots 1 à 3 : Renouvellement Une reconduction tacite de 24 mois ; lot 4 : Durée 36 mois, sans reconduction",
        ),
        (
            "variantes",
            "# Lots 0001 à 0003\n\nVariantes | Non autorisées\n\n# Lot 0004\n\nVariantes | Autorisées (extraction)\n",
            "Selon le lot : lots 1 à 3, Variantes : Non autorisées ; lot 4, Variantes : Autorisées (extraction)",
        ),
        (
            "variantes",
            "# Variantes\n\nLes variantes sont admises pour le lot 3 uniquement, sous réserve des exigences minimales. "
            "Elles sont interdites pour les autres lots.\n\n# Litiges\n\nTribunal de Vaux.\n",
            "Selon le lot : Les variantes sont admises pour le lot 3 uniquement, sous réserve des exigences minimales. ; "
            "Elles sont interdites pour les autres lots.",
        ),
    ],
)
def test_what_is_said_by_parts_is_told_whole(field: str, text: str, value: str | None) -> None:
    found = EXTRACTORS[field](view(text, "avis"))
    assert (found.value if found else None) == value


def test_a_price_sheet_tells_the_periods_in_passing() -> None:
    read = view(
        "Le total est multiplié par quatre (une année ferme et trois reconductions d'un an).\n", "BPU"
    )
    found = [EXTRACTORS[field](read) for field in ("duree_initiale", "reconductions")]
    assert [one.value for one in found if one] == ["une année ferme", "trois reconductions d'un an"]


def test_the_seller_s_own_conditions_speak_where_the_buyer_does_not() -> None:
    text = (
        "# Pièces\n\nLes conditions du vendeur s'appliquent en dernier.\n\n# Durée\n\n"
        "Le marché court du 1er novembre 2025 au 31 octobre 2028.\n\n"
        "Conditions générales de vente de Filéo\n\nLe Client accepte. Le Client paie. Le Client attend.\n\n"
        "# Durée\n\nLe contrat est conclu pour une durée de soixante mois.\n\n"
        "# Renouvellement\n\nLe contrat est reconductible tacitement deux fois.\n"
    )
    told = {one.name: one.value for one in summarise(view(text).document, "marche.md").fields}
    assert told["duree_initiale"] == "du 1er novembre 2025 au 31 octobre 2028"
    assert told["reconductions"] == "Le contrat est reconductible tacitement deux fois."


def _lots(text: str, piece: str) -> tuple[list[str | None], str]:
    read = view(text, piece)
    found = EXTRACTORS["lots"](read)
    assert found is not None
    return [dict(lot)["titre"] for lot in found.value if not isinstance(lot, str)], found.spans[0].of(
        read.document.text
    )


def test_lots_are_quoted_with_the_words_that_count_them() -> None:
    text = "Nous avons retenu deux lots :\nLot | Nature | Dépense 2025 (pour information)\nA Fruits frais | 31 400 €\nB Pain | 8 100 €\n"
    assert _lots(text, "autre") == (["Fruits frais", "Pain"], "Nous avons retenu deux lots :")


def test_lots_that_a_form_offers_are_the_lots() -> None:
    text = "Le présent acte est rempli pour\n☐ le lot 1 – Secteur nord (84 appareils)\n☐ le lot 2 – Secteur sud\n"
    assert _lots(text, "AE")[0] == ["Secteur nord (84 appareils)", "Secteur sud"]


def test_lots_that_a_sentence_names_in_turn_are_the_lots() -> None:
    assert _lots("Le marché comporte deux lots : A (pain) et B (viande).\n", "RC")[0] == ["pain", "viande"]


def test_the_other_lots_of_a_clause_follow_the_one_that_was_read() -> None:
    read = view(
        _CLAUSES.format(title="Évolution", text="Lot 1 : prix ajustés chaque année. Lot 2 : prix fermes.")
    )
    (second,) = (one for one in read.sentences if one.text.startswith("lot 2"))
    found = with_other_lots(read, Fact("Prix fermes", (second.span,)))
    assert found.value == "Lot 1 : prix ajustés chaque année ; Lot 2 : prix fermes"
