"""Notices as XML, to the lines that a reader of the printed notice knows: eForms (règlement d'exécution (UE) 2019/1780) and the BOAMP's own form.

The text is made of the labels of the printed notice and the very values of the file: « Date limite de réception des offres : 22/05/2025 12:00 ». An eForms
notice names its elements with the business terms of the regulation (BT-21 title, BT-131 deadline …); a BOAMP notice has ``DONNEES`` with ``IDENTITE``,
``OBJET``, ``PROCEDURE`` and ``CONDITION_DELAI``, or holds an eForms notice under ``EFORMS``.
"""

import re
from collections.abc import Iterator
from typing import Any

from assistant.reading.content import Content
from assistant.reading.package import local

_EFORMS = frozenset(("ContractNotice", "PriorInformationNotice", "ContractAwardNotice"))
_BOAMP = "DONNEES"
_KINDS = {"works": "Travaux", "services": "Services", "supplies": "Fournitures"}
# Code list "procurement-procedure-type" of the Publications Office.
_PROCEDURES = {
    "open": "Ouverte",
    "restricted": "Procédure restreinte",
    "neg-w-call": "Procédure avec négociation",
    "neg-wo-call": "Marché passé sans publicité ni mise en concurrence",
    "comp-dial": "Dialogue compétitif",
    "innovation": "Partenariat d'innovation",
    "oth-single": "Procédure adaptée",
    "oth-mult": "Procédure adaptée",
}
_VARIANTS = {"not-allowed": "Non autorisées", "allowed": "Autorisées", "required": "Exigées"}
_FRAMEWORKS = {
    "fa-wo-rc": "Accord-cadre, sans remise en concurrence",
    "fa-w-rc": "Accord-cadre, avec remise en concurrence (marchés subséquents)",
    "fa-mix": "Accord-cadre mixte",
}
_UNITS = {"MONTH": "mois", "DAY": "jours", "YEAR": "ans", "WEEK": "semaines"}
_BOAMP_PROCEDURES = {
    "OUVERT": "appel d'offres ouvert",
    "RESTREINT": "appel d'offres restreint",
    "PROCEDURE_ADAPTE": "procédure adaptée",
    "PROC_ADAPT": "procédure adaptée",
    "MAPA": "procédure adaptée",
    "NEGOCIE": "procédure avec négociation",
    "DIALOGUE_COMPETITIF": "dialogue compétitif",
}
_DATE = re.compile(r"(\d{4})-(\d\d)-(\d\d)")
_TIME = re.compile(r"(?:T|^)(\d\d):(\d\d)")

Line = tuple[str, str]


def notice_in(root: Any) -> Any | None:
    """The element that holds a notice, or None for XML of another kind."""
    if local(root) in _EFORMS:
        return root
    inner = next((element for element in root.iter() if local(element) in _EFORMS), None)
    if inner is not None:
        return inner
    return next((element for element in root.iter() if local(element) == _BOAMP and _find(element, "OBJET") is not None), None)


def read_notice(notice: Any) -> Content:
    """The text of a notice that ``notice_in`` found."""
    lines = list(_boamp(notice) if local(notice) == _BOAMP else _eforms(notice))
    written = [f"{label} : {value}" if label else value for label, value in lines if value]
    title = next((value for label, value in lines if label in ("Titre", "Objet du marché") and value), None)
    return Content("\n".join(("Avis de marché", *written)) + "\n", title=title)


# ---- eForms -------------------------------------------------------------------------------------------------------------------------------


def _eforms(notice: Any) -> Iterator[Line]:
    project = _find(notice, "ProcurementProject")
    yield "Nom officiel", _buyer(notice)
    yield "Titre", _text(project, "Name")
    yield "Description", _text(project, "Description")
    yield "Identifiant interne", _text(project, "ID")
    yield "Nature du marché", _KINDS.get(_text(project, "ProcurementTypeCode"), "")
    yield "Type de procédure", _PROCEDURES.get(_text(_find(notice, "TenderingProcess"), "ProcedureCode"), "")
    yield "Lieu principal d'exécution", _place(project)
    yield "Valeur maximale de l'accord-cadre", _money(project, "FrameworkMaximumAmount")
    lots = [lot for lot in _all(notice, "ProcurementProjectLot") if not _text(lot, "ID").startswith("GLO")]
    if len(lots) == 1:
        yield "", "Le marché n'est pas alloti."
    for lot in lots:
        yield from _lot(lot, len(lots) > 1)


def _lot(lot: Any, several: bool) -> Iterator[Line]:
    project, terms, process = _find(lot, "ProcurementProject"), _find(lot, "TenderingTerms"), _find(lot, "TenderingProcess")
    if several:
        yield "Lot", _text(lot, "ID")
        yield "Titre", _text(project, "Name")
    period = _find(project, "PlannedPeriod")
    measure = _find(period, "DurationMeasure")
    if measure is not None and measure.text:
        yield "Durée", f"{measure.text.strip()} {_UNITS.get(measure.get('unitCode', ''), '')}".strip()
    if _text(period, "StartDate") and _text(period, "EndDate"):
        yield "Durée d'exécution", f"du {_day(_text(period, 'StartDate'))} au {_day(_text(period, 'EndDate'))}"
    yield "Nombre maximal de reconductions", _text(_find(project, "ContractExtension"), "MaximumNumberNumeric")
    yield "Valeur maximale de l'accord-cadre", _money(project, "FrameworkMaximumAmount")
    yield "Variantes", _VARIANTS.get(_text(terms, "VariantConstraintCode"), "")
    for criterion in _every(terms, "SubordinateAwardingCriterion"):
        yield "Nom", _text(criterion, "Name") or _text(criterion, "Description") or _text(criterion, "AwardingCriterionTypeCode").replace("price", "Prix")
        number = _text(next(iter(_every(criterion, "AwardCriterionParameter")), None), "ParameterNumeric")
        yield "Pondération (pourcentage, valeur exacte)", number.removesuffix(".0").removesuffix(".00")
    deadline = _find(process, "TenderSubmissionDeadlinePeriod")
    yield "Date limite de réception des offres", f"{_day(_text(deadline, 'EndDate'))} {_hour(_text(deadline, 'EndTime'))}".strip()
    codes = [code.text for code in _every(process, "ContractingSystemTypeCode") if code.text]
    yield "Accord-cadre", next((_FRAMEWORKS[code] for code in codes if code in _FRAMEWORKS), "")
    if _text(_find(process, "FrameworkAgreement"), "MaximumOperatorQuantity") == "1":
        yield "", "Accord-cadre avec un seul opérateur."


def _buyer(notice: Any) -> str:
    party = _find(_find(notice, "ContractingParty"), "Party")
    identifier = _text(_find(party, "PartyIdentification"), "ID")
    for company in _every(notice, "Company"):
        if _text(_find(company, "PartyIdentification"), "ID") == identifier:
            return _text(_find(company, "PartyName"), "Name")
    return _text(_find(party, "PartyName"), "Name")


def _place(project: Any) -> str:
    address = _find(_find(project, "RealizedLocation"), "Address")
    return ", ".join(part for part in (_text(address, "StreetName"), f"{_text(address, 'PostalZone')} {_text(address, 'CityName')}".strip()) if part)


def _money(project: Any, name: str) -> str:
    amount = next((element.text for element in _every(_find(project, "RequestedTenderTotal"), name) if element.text), "")
    return f"{amount.removesuffix('.00').removesuffix('.0')} euros" if amount else ""


# ---- BOAMP --------------------------------------------------------------------------------------------------------------------------------


def _boamp(notice: Any) -> Iterator[Line]:
    identity, subject, procedure = (_find(notice, name) for name in ("IDENTITE", "OBJET", "PROCEDURE"))
    yield "Nom et adresse officiels de l'organisme acheteur", _text(identity, "DENOMINATION")
    yield "Objet du marché", _text(subject, "TITRE_MARCHE") or _text(subject, "OBJET_COMPLET")
    yield "Description", _text(subject, "OBJET_COMPLET")
    yield "Numéro de référence", _text(_find(notice, "CONDITION_ADMINISTRATIVE"), "REFERENCE_MARCHE") or _text(subject, "REF_MARCHE")
    kind = next((local(element).capitalize() for element in _every(notice, "NATURE_MARCHE", "TYPE_MARCHE") for element in element if local(element)), "")
    yield "Type de marché", kind if kind in _KINDS.values() else ""
    yield "Lieu d'exécution", _text(subject, "LIEU_EXEC_LIVR") or _text(subject, "LIEU_EXEC")
    if _every(subject, "ACCORD_CADRE", "AC_UN_OPERATEUR"):
        yield "", "L'avis implique l'établissement d'un accord-cadre."
    duration = next(iter(_every(subject, "DUREE_MOIS")), None)
    yield "Durée du marché", f"{duration.text.strip()} mois" if duration is not None and duration.text else ""
    renewals = next(iter(_every(subject, "RECONDUCTIONS")), None)
    if renewals is not None and _find(renewals, "NON") is not None:
        yield "", "Le marché n'est pas reconductible."
    for name, label in (("VALEUR_MIN", "Montant minimum"), ("VALEUR_MAX", "Montant maximum")):
        amount = next((element.text for element in _every(subject, name) if element.text), "")
        yield label, f"{amount} euros" if amount else ""
    yield from _boamp_lots(subject)
    yield "Type de procédure", next((words for tag, words in _BOAMP_PROCEDURES.items() for element in _every(procedure, tag)), "")
    if next(iter(_every(procedure, "VARIANTES_NON", "VARIANTE_NON")), None) is not None:
        yield "", "Refus des variantes."
    criteria = _every(procedure, "CRITERE")
    if criteria:
        yield "", "Critères d'attribution : offre appréciée en fonction des critères énoncés ci-dessous avec leur pondération."
    for criterion in criteria:
        yield "", f"- {(criterion.text or '').strip()} : {criterion.get('POIDS')} %" if criterion.get("POIDS") else f"- {(criterion.text or '').strip()}"
    received = _text(_find(notice, "CONDITION_DELAI"), "RECEPT_OFFRES")
    yield "Date limite de réception des offres", f"{_day(received)} {_hour(received)}".strip()


def _boamp_lots(subject: Any) -> Iterator[Line]:
    divided = _find(subject, "DIV_EN_LOTS")
    if divided is not None and _find(divided, "NON") is not None:
        yield "Prestations divisées en lots", "non"
    for number, lot in enumerate(_every(subject, "LOT"), 1):
        yield f"Lot {_text(lot, 'NUM') or number}", _text(lot, "INTITULE") or _text(lot, "DESCRIPTION")


# ---- elements -----------------------------------------------------------------------------------------------------------------------------


def _find(element: Any, name: str) -> Any | None:
    """The first child of that local name."""
    return None if element is None else next((child for child in element if local(child) == name), None)


def _all(element: Any, name: str) -> list[Any]:
    return [child for child in element if local(child) == name]


def _every(element: Any, *names: str) -> list[Any]:
    """Every descendant of those local names, in order."""
    return [] if element is None else [child for child in element.iter() if local(child) in names]


def _text(element: Any, name: str) -> str:
    """The words of the first child of that name, on one line."""
    child = _find(element, name)
    return "" if child is None else " ".join("".join(child.itertext()).split())


def _day(written: str) -> str:
    match = _DATE.search(written)
    return f"{match[3]}/{match[2]}/{match[1]}" if match else ""


def _hour(written: str) -> str:
    match = _TIME.search(written)
    return f"{match[1]}:{match[2]}" if match else ""
