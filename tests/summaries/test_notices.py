"""Notices as XML give the fields that their printed forms give."""

import pytest

from assistant import reading
from assistant.datatypes import Kind
from assistant.errors import UnknownFormatError
from assistant.summaries.document import summarise
from assistant.summaries.values import Summary, shown

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
    assert all(document.text[one.start : one.end] == one.text for field in made.fields for one in field.extracts)
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
        reading.read_bytes(b"<?xml version='1.0'?><facture><montant>12</montant></facture>", "x.xml", kind=Kind.TENDER, collection="essai")
