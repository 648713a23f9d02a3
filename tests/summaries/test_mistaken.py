"""What real files once made the rules say wrongly: read again with their pages, mended, and kept here in our own words."""

from assistant import reading
from assistant.datatypes import Kind
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import Summary, shown


def summary(text: str, name: str) -> Summary:
    return summarise(reading.read_bytes(text.encode(), name, kind=Kind.TENDER, collection="essai"), name)


def test_a_list_of_abbreviations_names_no_buyer() -> None:
    text = "CONVENTION DE SERVICE\n\nGlossaire\nMCO | Maintien en condition opérationnelle\nMOA | Maîtrise d'ouvrage\nMOE | Maîtrise d'œuvre\nSI | Système d'information\n"
    assert summary(text, "convention.txt").field("acheteur").value is None


def test_a_regulation_of_the_union_is_no_place_where_data_are_kept() -> None:
    text = (
        "CCAP\n\nArticle 9 - Données personnelles\nLe titulaire respecte, pour les données qu'il traite, le règlement (UE) 2016/679 du Parlement européen et du "
        "Conseil du 27 avril 2016.\n"
    )
    assert summary(text, "CCAP.txt").field("localisation_hebergement").value is None
    said = (
        text
        + "\nArticle 10 - Hébergement\nLes données traitées au titre du règlement (UE) 2016/679 sont hébergées sur le territoire de l'Union européenne.\n"
    )
    assert "hébergées sur le territoire" in shown(
        summary(said, "CCAP.txt").field("localisation_hebergement").value
    )


NOTICE = (
    "Avis de marché\nAnnonce No 24-101\nServices\nNom et adresse officiels de l'organisme acheteur : Ville de Castelmaure.\nObjet du marché : transports scolaires.\n"
    "Caractéristiques principales :\nQuantités (fournitures et services), nature et étendue (travaux) : lot no 1 - transport des élèves par\n"
    "autocar vers la piscine municipale\nmontant maximum : 45 000 euro(s) (H.T.)\nLot no 2 - transport des élèves vers les stades\nmontant maximum : 20 000 euro(s) (H.T.)\n"
)


def test_the_label_of_a_form_and_a_list_of_lots_are_no_part_of_the_object() -> None:
    assert shown(summary(NOTICE, "avis.txt").field("objet").value) == "transports scolaires"


def test_the_title_of_a_lot_goes_on_where_its_line_ends_on_a_preposition() -> None:
    lots = shown(summary(NOTICE, "avis.txt").field("lots").value)
    assert (
        lots
        == "Lot 1 : transport des élèves par autocar vers la piscine municipale ; Lot 2 : transport des élèves vers les stades"
    )


def test_how_long_secrets_are_kept_is_not_how_long_the_contract_runs() -> None:
    text = "CONDITIONS GÉNÉRALES\n\nArticle 12 - Confidentialité\nCes engagements de confidentialité valent pendant la durée du contrat et cinq (5) ans après sa fin.\n"
    assert summary(text, "conditions.txt").field("duree_initiale").value is None


def test_the_price_of_the_whole_speaks_before_the_prices_of_one_of_its_works() -> None:
    text = (
        "CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n\n1.1 Offre\nL'entreprise doit remettre un prix global et forfaitaire pour l'ensemble des travaux décrits au "
        "CCTP.\n\n2.4 Prix unitaires\nLes prix unitaires doivent tenir compte du mode de mesure des quantités fournies.\n"
    )
    assert shown(summary(text, "CCTP.txt").field("forme_prix").value).startswith("Prix global et forfaitaire")


def test_what_lasts_after_the_contract_is_not_its_duration() -> None:
    text = "CONDITIONS\n\nArticle 9 - Personnel\nChaque partie renonce à embaucher le personnel de l'autre pendant la durée du contrat et un (1) an à compter de sa fin.\n"
    assert summary(text, "conditions.txt").field("duree_initiale").value is None


def test_the_margin_of_a_revised_document_is_no_part_of_a_clause() -> None:
    text = "CCAP\n\nArticle 9 - Assurance\nLe titulaire souscrit une assurance couvrant sa responsabilité civile. Mis en forme : Non Surlignage\n"
    found = summary(text, "CCAP.txt").field("assurance")
    assert shown(found.value) == "Le titulaire souscrit une assurance couvrant sa responsabilité civile."


def test_an_abbreviated_street_ends_no_place() -> None:
    text = "CCTP\n\nArticle 2 - Lieux\nLes agents interviennent à la piscine du Lac située 12 Av. Jean Moulin à Castelmaure.\n"
    assert shown(summary(text, "CCTP.txt").field("lieu_execution").value).endswith(
        "12 Av. Jean Moulin à Castelmaure."
    )


def test_a_description_that_only_speaks_of_lots_adds_nothing_to_the_object() -> None:
    text = "AVIS DE MARCHÉ\n\nObjet du marché : mission de contrôle des délégations de service public.\nCaractéristiques principales : Le présent marché est un lot unique.\n"
    assert (
        shown(summary(text, "avis.txt").field("objet").value)
        == "mission de contrôle des délégations de service public"
    )


def test_an_observation_that_something_is_not_elsewhere_names_no_place() -> None:
    text = "CONVENTION\n\nArticle 3 - Service\nAucun des composants du service n'est situé hors de l'Union européenne, ni 12 rue du Port.\n"
    assert summary(text, "convention.txt").field("lieu_execution").value is None


def test_how_the_price_is_marked_is_no_single_criterion() -> None:
    text = "RÈGLEMENT DE LA CONSULTATION\n\nArticle 7 - Examen\n{}\n"
    marked = summary(
        text.format("La note de prix est proportionnelle : l'offre la moins chère obtient 35 points."),
        "RC.txt",
    )
    assert marked.field("criteres_attribution").value is None
    single = summary(text.format("Le critère unique d'attribution est le prix."), "RC.txt")
    assert shown(single.field("criteres_attribution").value) == "prix"


def test_what_is_denied_of_one_lot_does_not_deny_the_lots() -> None:
    text = "RÈGLEMENT DE LA CONSULTATION\n\nArticle 4 - Capacités\nIl n'est fixé aucun plancher pour le lot {}.\n"
    assert summary(text.format("5"), "RC.txt").field("lots").value is None
    assert summary(text.format("C"), "RC.txt").field("lots").value is None


def test_the_lots_that_head_the_columns_of_a_table_are_no_titles() -> None:
    text = "RÈGLEMENT DE LA CONSULTATION\n\nPièce Lot 1 Lot 2 Lot 3 Lot 4\nActe d'engagement ● ● ● ●\n"
    assert summary(text, "RC.txt").field("lots").value is None


def test_a_return_to_service_is_no_deadline_and_a_plan_of_security_no_insurance() -> None:
    text = (
        "CCTP\n\nArticle 1 - Durée\nLe marché prend fin le jour de la remise en service de la ligne et au plus tard le 28 août 2026.\n\n"
        "Annexe C - Plan d'assurance sécurité : sommaire attendu\nOrganisation ; gestion des accès ; sauvegardes ; sous-traitants.\n"
    )
    found = summary(text, "CCTP.txt")
    assert found.field("date_limite_remise").value is None
    assert found.field("assurance").value is None


def test_the_box_after_nature_says_the_kind() -> None:
    text = "ACTE D'ENGAGEMENT\n\nObjet : reprise de mobilier\nNature | ☐ travaux ☐ fournitures ☒ services\nProcédure | ☐ appel d'offres ☒ procédure adaptée\n"
    assert summary(text, "AE.txt").field("type_marche").value == "services"
