"""Notices as XML give the fields that their printed forms give."""

import pytest

from assistant import reading
from assistant.datatypes import Kind
from assistant.errors import UnknownFormatError
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import Summary, shown

NAMES = (
    'xmlns:cac="urn:oasis:names:specification:ubl:schema:xsd:CommonAggregateComponents-2" xmlns:cbc="urn:oasis:names:specification:ubl:schema:xsd:CommonBasicComponents-2" '
    'xmlns:ext="urn:oasis:names:specification:ubl:schema:xsd:CommonExtensionComponents-2" xmlns:efext="http://data.europa.eu/p27/eforms-ubl-extensions/1" '
    'xmlns:efac="http://data.europa.eu/p27/eforms-ubl-extension-aggregate-components/1" xmlns:efbc="http://data.europa.eu/p27/eforms-ubl-extension-basic-components/1"'
)


def extension(inner: str) -> str:
    return f"<ext:UBLExtensions><ext:UBLExtension><ext:ExtensionContent><efext:EformsExtension>{inner}</efext:EformsExtension></ext:ExtensionContent></ext:UBLExtension></ext:UBLExtensions>"


def criterion(name: str, weight: int, kind: str) -> str:
    number = extension(
        f'<efac:AwardCriterionParameter><efbc:ParameterCode listName="number-weight">per-exa</efbc:ParameterCode><efbc:ParameterNumeric>{weight}</efbc:ParameterNumeric></efac:AwardCriterionParameter>'
    )
    return f"<cac:SubordinateAwardingCriterion>{number}<cbc:AwardingCriterionTypeCode>{kind}</cbc:AwardingCriterionTypeCode><cbc:Name>{name}</cbc:Name></cac:SubordinateAwardingCriterion>"


def lot(number: int, title: str, months: int) -> str:
    return f"""<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-{number:04}</cbc:ID>
<cac:TenderingTerms><cbc:VariantConstraintCode>not-allowed</cbc:VariantConstraintCode>
<cac:AwardingTerms><cac:AwardingCriterion>{criterion("Prix des prestations", 40, "price")}{criterion("Valeur technique", 60, "quality")}</cac:AwardingCriterion></cac:AwardingTerms></cac:TenderingTerms>
<cac:TenderingProcess><cac:TenderSubmissionDeadlinePeriod><cbc:EndDate>2025-06-12+02:00</cbc:EndDate><cbc:EndTime>12:00:00+02:00</cbc:EndTime></cac:TenderSubmissionDeadlinePeriod>
<cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="framework-agreement">fa-wo-rc</cbc:ContractingSystemTypeCode></cac:ContractingSystem></cac:TenderingProcess>
<cac:ProcurementProject><cbc:ID>25-{number}</cbc:ID><cbc:Name>{title}</cbc:Name><cbc:Description>{title}</cbc:Description>
<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">{months}</cbc:DurationMeasure></cac:PlannedPeriod>
<cac:ContractExtension><cbc:MaximumNumberNumeric>3</cbc:MaximumNumberNumeric></cac:ContractExtension></cac:ProcurementProject></cac:ProcurementProjectLot>"""


EFORMS = f"""<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2" {NAMES}>
{extension("<efac:Organizations><efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>Département de la Haute-Sarre</cbc:Name></cac:PartyName></efac:Company></efac:Organization><efac:Organization><efac:Company><cac:PartyIdentification><cbc:ID>ORG-0002</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name>Tribunal administratif de Nancy</cbc:Name></cac:PartyName></efac:Company></efac:Organization></efac:Organizations>")}
<cac:ContractingParty><cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:TenderingProcess><cbc:ProcedureCode>open</cbc:ProcedureCode></cac:TenderingProcess>
<cac:ProcurementProject><cbc:ID>25S014</cbc:ID><cbc:Name>Entretien des collèges</cbc:Name><cbc:Description>Entretien courant des locaux des collèges.</cbc:Description><cbc:ProcurementTypeCode>services</cbc:ProcurementTypeCode>
<cac:RequestedTenderTotal>{extension('<efbc:FrameworkMaximumAmount currencyID="EUR">380000</efbc:FrameworkMaximumAmount>')}</cac:RequestedTenderTotal>
<cac:RealizedLocation><cac:Address><cbc:StreetName>2 rue du Canal</cbc:StreetName><cbc:CityName>Sarrebruck-le-Haut</cbc:CityName><cbc:PostalZone>57999</cbc:PostalZone></cac:Address></cac:RealizedLocation></cac:ProcurementProject>
{lot(1, "Collèges du nord", 24)}{lot(2, "Collèges du sud", 24)}
</ContractNotice>"""

BOAMP = """<?xml version="1.0" encoding="UTF-8"?>
<ANNONCE><GESTION><INDEXATION><DATE_PUBLICATION>2025-03-01</DATE_PUBLICATION></INDEXATION></GESTION>
<DONNEES><IDENTITE><DENOMINATION>Ville de Castelmaure</DENOMINATION><VILLE>Castelmaure</VILLE></IDENTITE>
<OBJET><TITRE_MARCHE>Location de photocopieurs</TITRE_MARCHE><OBJET_COMPLET>Location et maintenance de photocopieurs pour les services municipaux.</OBJET_COMPLET>
<CARACTERISTIQUES><VALEUR_MAX DEVISE="EUR">20000</VALEUR_MAX><RECONDUCTIONS><NON/></RECONDUCTIONS></CARACTERISTIQUES>
<DUREE_DELAI><DUREE_MOIS>12</DUREE_MOIS></DUREE_DELAI><DIV_EN_LOTS><NON/></DIV_EN_LOTS></OBJET>
<PROCEDURE><TYPE_PROCEDURE><PROCEDURE_ADAPTE/></TYPE_PROCEDURE><VARIANTES_NON/>
<CRITERES_ATTRIBUTION><CRITERES_PONDERES><CRITERE POIDS="60">Valeur technique</CRITERE><CRITERE POIDS="40">Prix</CRITERE></CRITERES_PONDERES></CRITERES_ATTRIBUTION></PROCEDURE>
<CONDITION_ADMINISTRATIVE><REFERENCE_MARCHE>2025-COP-07</REFERENCE_MARCHE></CONDITION_ADMINISTRATIVE>
<CONDITION_DELAI><RECEPT_OFFRES>2025-04-08T18:00:00+02:00</RECEPT_OFFRES></CONDITION_DELAI></DONNEES></ANNONCE>"""


def summary(text: str) -> Summary:
    document = reading.read_bytes(text.encode(), "avis.xml", kind=Kind.TENDER, collection="essai")
    made = summarise(document, "avis.xml")
    assert all(
        document.text[one.start : one.end] == one.text for field in made.fields for one in field.extracts
    )
    return made


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("objet", "Entretien des collèges"),
        ("acheteur", "Département de la Haute-Sarre"),
        ("numero_consultation", "25S014"),
        ("type_marche", "services"),
        ("procedure", "Ouverte"),
        ("lots", "Lot 1 : Collèges du nord ; Lot 2 : Collèges du sud"),
        ("duree_initiale", "24 mois"),
        ("reconductions", "3 reconductions"),
        ("montant_maximum_ht", "380 000 €"),
        ("date_limite_remise", "12 juin 2025 à 12 h"),
        ("criteres_attribution", "Prix des prestations (40 %) ; Valeur technique (60 %)"),
        ("lieu_execution", "2 rue du Canal, 57999 Sarrebruck-le-Haut"),
    ],
)
def test_an_eforms_notice_gives_the_same_fields(field: str, value: str) -> None:
    assert shown(summary(EFORMS).field(field).value).startswith(value)


def test_an_eforms_notice_is_a_notice_of_a_framework_agreement_without_variants() -> None:
    made = summary(EFORMS)
    assert made.doc_type == "avis"
    assert shown(made.field("variantes").value).startswith("Refusées")
    assert shown(made.field("forme").value).startswith("Accord-cadre")
    assert made.field("penalites_retard").value is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("objet", "Location de photocopieurs"),
        ("acheteur", "Ville de Castelmaure"),
        ("numero_consultation", "2025-COP-07"),
        ("lots", "non alloti"),
        ("duree_initiale", "12 mois"),
        ("reconductions", "Non reconductible"),
        ("montant_maximum_ht", "20 000 €"),
        ("procedure", "Procédure adaptée"),
        ("variantes", "Refusées"),
        ("date_limite_remise", "8 avril 2025 à 18 h"),
        ("criteres_attribution", "Valeur technique (60 %) ; Prix (40 %)"),
    ],
)
def test_a_notice_of_the_boamp_gives_the_same_fields(field: str, value: str) -> None:
    assert shown(summary(BOAMP).field(field).value).startswith(value)


def test_an_eforms_notice_within_a_boamp_file_is_found() -> None:
    inside = EFORMS.split("?>", 1)[1]
    made = summary(f"<ANNONCE><DONNEES><EFORMS>{inside}</EFORMS></DONNEES></ANNONCE>")
    assert shown(made.field("acheteur").value) == "Département de la Haute-Sarre"


def test_xml_of_another_kind_is_still_refused() -> None:
    with pytest.raises(UnknownFormatError):
        reading.read_bytes(
            b"<?xml version='1.0'?><facture><montant>12</montant></facture>",
            "x.xml",
            kind=Kind.TENDER,
            collection="essai",
        )


def weight(code: str, n: str, kind: str = "number-weight") -> str:
    return f'<efac:AwardCriterionParameter><efbc:ParameterCode listName="{kind}">{code}</efbc:ParameterCode><efbc:ParameterNumeric>{n}</efbc:ParameterNumeric></efac:AwardCriterionParameter>'


def parametered(name: str, params: str, kind: str = "quality") -> str:
    return (
        f'<cac:SubordinateAwardingCriterion>{extension(params)}<cbc:AwardingCriterionTypeCode listName="award-criterion-type">{kind}</cbc:AwardingCriterionTypeCode>'
        + (
            f'<cbc:Name languageID="ENG">{name} EN</cbc:Name><cbc:Name languageID="FRA">{name}</cbc:Name>'
            if name
            else ""
        )
        + "</cac:SubordinateAwardingCriterion>"
    )


POINTS = f"""<?xml version="1.0" encoding="UTF-8"?>
<ContractNotice xmlns="urn:oasis:names:specification:ubl:schema:xsd:ContractNotice-2" {NAMES}>
{extension('<efac:NoticeSubType><cbc:SubTypeCode listName="notice-subtype">16</cbc:SubTypeCode></efac:NoticeSubType><efac:Organizations><efac:Organization><efac:Company><cbc:WebsiteURI>https://metropole.example</cbc:WebsiteURI><cac:PartyIdentification><cbc:ID schemeName="organization">ORG-0001</cbc:ID></cac:PartyIdentification><cac:PartyName><cbc:Name languageID="FRA">Métropole du Val-Doré</cbc:Name></cac:PartyName><cac:PostalAddress><cbc:StreetName>1 place Haute</cbc:StreetName><cbc:CityName>Valdor</cbc:CityName><cbc:PostalZone>99100</cbc:PostalZone></cac:PostalAddress><cac:PartyLegalEntity><cbc:CompanyID>20009999900011</cbc:CompanyID></cac:PartyLegalEntity></efac:Company></efac:Organization></efac:Organizations>')}
<cbc:CustomizationID>eforms-sdk-1.10</cbc:CustomizationID><cbc:ID schemeName="notice-id">3d5e</cbc:ID><cbc:IssueDate>2025-04-02+02:00</cbc:IssueDate><cbc:NoticeTypeCode listName="competition">cn-standard</cbc:NoticeTypeCode><cbc:NoticeLanguageCode listName="eu-official-language">FRA</cbc:NoticeLanguageCode>
<cac:ContractingParty><cbc:BuyerProfileURI>https://profil.example</cbc:BuyerProfileURI><cac:Party><cac:PartyIdentification><cbc:ID>ORG-0001</cbc:ID></cac:PartyIdentification></cac:Party></cac:ContractingParty>
<cac:TenderingTerms><cac:LotDistribution><cbc:MaximumLotsAwardedNumeric>2</cbc:MaximumLotsAwardedNumeric></cac:LotDistribution></cac:TenderingTerms>
<cac:TenderingProcess><cbc:ProcedureCode listName="procurement-procedure-type">restricted</cbc:ProcedureCode></cac:TenderingProcess>
<cac:ProcurementProject><cbc:ID schemeName="InternalID">25M031</cbc:ID><cbc:Name languageID="ENG">Sovereign hosting</cbc:Name><cbc:Name languageID="FRA">Hébergement de la plateforme de données urbaines</cbc:Name><cbc:Description languageID="FRA">Hébergement et infogérance.</cbc:Description><cbc:ProcurementTypeCode listName="contract-nature">services</cbc:ProcurementTypeCode>
<cac:RequestedTenderTotal><cbc:EstimatedOverallContractAmount currencyID="EUR">900000.00</cbc:EstimatedOverallContractAmount></cac:RequestedTenderTotal>
<cac:MainCommodityClassification><cbc:ItemClassificationCode listName="cpv">72400000</cbc:ItemClassificationCode></cac:MainCommodityClassification></cac:ProcurementProject>
<cac:ProcurementProjectLot><cbc:ID schemeName="Lot">LOT-0001</cbc:ID>
<cac:TenderingTerms><cbc:VariantConstraintCode listName="permission">allowed</cbc:VariantConstraintCode>
<cac:RequiredFinancialGuarantee><cbc:GuaranteeTypeCode listName="tender-guarantee-required">true</cbc:GuaranteeTypeCode><cbc:Description languageID="FRA">Retenue de garantie de 5 %.</cbc:Description></cac:RequiredFinancialGuarantee>
<cac:PaymentTerms><cbc:Note languageID="FRA">Paiement par virement dans un délai global de 30 jours. Une avance de 20 % est versée.</cbc:Note></cac:PaymentTerms>
<cac:ContractExecutionRequirement><cbc:ExecutionRequirementCode listName="conditions">performance</cbc:ExecutionRequirementCode><cbc:Description languageID="FRA">Le titulaire réserve 200 heures à l'insertion de personnes éloignées de l'emploi.</cbc:Description></cac:ContractExecutionRequirement>
<cac:AwardingTerms><cac:AwardingCriterion>{parametered("Valeur technique", weight("thr", "10", "number-threshold") + weight("poi-exa", "60.0"))}{parametered("", weight("poi-exa", "40"), "price")}</cac:AwardingCriterion></cac:AwardingTerms></cac:TenderingTerms>
<cac:TenderingProcess><cac:ParticipationRequestReceptionPeriod><cbc:EndDate>2025-05-14+02:00</cbc:EndDate><cbc:EndTime>16:30:00+02:00</cbc:EndTime></cac:ParticipationRequestReceptionPeriod>
<cac:FrameworkAgreement><cbc:MaximumOperatorQuantity>3</cbc:MaximumOperatorQuantity></cac:FrameworkAgreement><cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="dps-usage">none</cbc:ContractingSystemTypeCode></cac:ContractingSystem><cac:ContractingSystem><cbc:ContractingSystemTypeCode listName="framework-agreement">fa-w-rc</cbc:ContractingSystemTypeCode></cac:ContractingSystem></cac:TenderingProcess>
<cac:ProcurementProject><cbc:ID schemeName="InternalID">25M031-1</cbc:ID><cbc:Name languageID="FRA">Hébergement de la plateforme</cbc:Name><cbc:ProcurementTypeCode listName="contract-nature">services</cbc:ProcurementTypeCode>
<cac:ProcurementAdditionalType><cbc:ProcurementTypeCode listName="strategic-procurement">env-imp</cbc:ProcurementTypeCode><cbc:ProcurementType languageID="FRA">Efficacité énergétique des centres de données.</cbc:ProcurementType></cac:ProcurementAdditionalType>
<cac:RequestedTenderTotal>{extension('<efbc:FrameworkMaximumAmount currencyID="EUR">1200000.00</efbc:FrameworkMaximumAmount>')}</cac:RequestedTenderTotal>
<cac:RealizedLocation><cac:Address><cbc:CityName>Valdor</cbc:CityName><cbc:PostalZone>99100</cbc:PostalZone><cbc:CountrySubentityCode listName="nuts-lvl3">FRK26</cbc:CountrySubentityCode><cac:Country><cbc:IdentificationCode listName="country">FRA</cbc:IdentificationCode></cac:Country></cac:Address></cac:RealizedLocation>
<cac:PlannedPeriod><cbc:DurationMeasure unitCode="MONTH">24</cbc:DurationMeasure></cac:PlannedPeriod>
<cac:ContractExtension><cbc:OptionsDescription languageID="FRA">Prestations similaires.</cbc:OptionsDescription><cbc:MaximumNumberNumeric>2</cbc:MaximumNumberNumeric><cac:Renewal><cac:Period><cbc:Description languageID="FRA">Deux reconductions tacites de 12 mois.</cbc:Description></cac:Period></cac:Renewal></cac:ContractExtension></cac:ProcurementProject></cac:ProcurementProjectLot>
</ContractNotice>"""
LOTS = """<?xml version="1.0" encoding="UTF-8"?>
<ANNONCE><GESTION><REFERENCE><IDWEB>24-90001</IDWEB></REFERENCE><INDEXATION><DATE_PUBLICATION>2024-09-01</DATE_PUBLICATION></INDEXATION></GESTION>
<DONNEES><IDENTITE><DENOMINATION>Communauté de communes des Trois Étangs</DENOMINATION><CORRESPONDANT>Mme Rive</CORRESPONDANT><ADRESSE>4 rue du Port</ADRESSE><CP>99200</CP><VILLE>Étangville</VILLE></IDENTITE>
<OBJET><TITRE_MARCHE>Collecte des déchets ménagers</TITRE_MARCHE><REF_MARCHE>24TE08</REF_MARCHE><TYPE_MARCHE><SERVICES><CATEGORIE>16</CATEGORIE></SERVICES></TYPE_MARCHE><OBJET_COMPLET>Collecte des ordures ménagères et des emballages.</OBJET_COMPLET>
<CPV><PRINCIPAL>90511000</PRINCIPAL></CPV><LIEU_EXEC_LIVR><ADRESSE>Territoire communautaire</ADRESSE><CP>99200</CP><VILLE>Étangville</VILLE><CODE_NUTS>FRB01</CODE_NUTS></LIEU_EXEC_LIVR>
<ACCORD_CADRE><UN_SEUL_OPERATEUR/></ACCORD_CADRE><VARIANTES_OUI/>
<CARACTERISTIQUES><QUANTITE>Environ 9 000 tonnes</QUANTITE><RECONDUCTIONS><OUI/><NB_RECONDUCTIONS>2</NB_RECONDUCTIONS><DUREE_MOIS>12</DUREE_MOIS></RECONDUCTIONS></CARACTERISTIQUES>
<DUREE_DELAI><DUREE_MOIS>36</DUREE_MOIS></DUREE_DELAI><DIV_EN_LOTS><OUI><UN_OU_PLUSIEURS/></OUI></DIV_EN_LOTS>
<LOTS><LOT><NUM>1</NUM><INTITULE>Ordures ménagères</INTITULE><VALEUR_MAX DEVISE="EUR">800000.00</VALEUR_MAX><CRITERES_ATTRIBUTION><CRITERES_QUALITE><CRITERE POIDS="60">Valeur technique</CRITERE></CRITERES_QUALITE><CRITERES_PRIX><POIDS>40</POIDS></CRITERES_PRIX></CRITERES_ATTRIBUTION></LOT>
<LOT><NUM>2</NUM><INTITULE>Emballages</INTITULE><VALEUR_MAX DEVISE="EUR">300000.00</VALEUR_MAX><CRITERES_ATTRIBUTION><CRITERES_QUALITE><CRITERE POIDS="60">Valeur technique</CRITERE></CRITERES_QUALITE><CRITERES_PRIX><POIDS>40</POIDS></CRITERES_PRIX></CRITERES_ATTRIBUTION></LOT></LOTS></OBJET>
<PROCEDURE><TYPE_PROCEDURE><OUVERT/></TYPE_PROCEDURE></PROCEDURE>
<CONDITION_DELAI><RECEPT_OFFRES>2024-10-15T12:00:00+02:00</RECEPT_OFFRES></CONDITION_DELAI></DONNEES></ANNONCE>"""


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("objet", "Hébergement de la plateforme de données urbaines"),
        ("acheteur", "Métropole du Val-Doré"),
        ("numero_consultation", "25M031"),
        ("procedure", "Procédure restreinte"),
        ("forme", "Accord-cadre donnant lieu à des marchés subséquents"),
        ("duree_initiale", "24 mois"),
        ("reconductions", "2 reconductions"),
        ("montant_maximum_ht", "1 200 000 €"),
        ("date_limite_remise", "14 mai 2025 à 16 h 30"),
        ("criteres_attribution", "Valeur technique (60 points) ; Prix (40 points)"),
        ("variantes", "Autorisées"),
        ("delai_paiement", "30 jours"),
        ("retenue_garantie", "Retenue de garantie de 5 %"),
        ("avance", "Une avance de 20 %"),
        ("lieu_execution", "99100 Valdor"),
    ],
)
def test_an_eforms_notice_in_two_languages_with_points_and_a_place_in_its_lot(field: str, value: str) -> None:
    assert shown(summary(POINTS).field(field).value).startswith(value)


def test_what_an_eforms_notice_asks_of_the_performance_is_found() -> None:
    made = summary(POINTS)
    assert "insertion" in shown(made.field("clause_sociale").value)
    assert shown(made.field("lots").value) == "non alloti"


def test_an_estimated_value_is_no_maximum_and_another_procedure_is_not_called_adapted() -> None:
    without = POINTS.replace("FrameworkMaximumAmount", "FrameworkOtherAmount").replace(
        ">restricted<", ">oth-single<"
    )
    made = summary(without)
    assert made.field("montant_maximum_ht").value is None
    assert "daptée" not in shown(made.field("procedure").value)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("objet", "Collecte des déchets ménagers"),
        ("numero_consultation", "24TE08"),
        ("type_marche", "services"),
        ("forme", "Accord-cadre mono-attributaire"),
        ("procedure", "Appel d'offres ouvert"),
        ("lots", "Lot 1 : Ordures ménagères ; Lot 2 : Emballages"),
        ("duree_initiale", "36 mois"),
        ("reconductions", "2 reconductions"),
        ("montant_maximum_ht", "Lot 1 : 800 000 € ; lot 2 : 300 000 €"),
        ("date_limite_remise", "15 octobre 2024 à 12 h"),
        ("criteres_attribution", "Valeur technique (60 %) ; Prix (40 %)"),
        ("variantes", "Autorisées"),
        ("lieu_execution", "Territoire communautaire, 99200 Étangville"),
    ],
)
def test_a_notice_of_the_boamp_in_lots_gives_each_its_own_values(field: str, value: str) -> None:
    assert shown(summary(LOTS).field(field).value).startswith(value)


def test_weights_of_the_boamp_that_make_no_hundred_are_no_percentages() -> None:
    made = summary(LOTS.replace('POIDS="60"', 'POIDS="12"').replace("<POIDS>40</POIDS>", "<POIDS>8</POIDS>"))
    assert "%" not in shown(made.field("criteres_attribution").value)
