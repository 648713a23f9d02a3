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
    "oth-single": "Autre procédure à une étape",
    "oth-mult": "Autre procédure à plusieurs étapes",
}
_VARIANTS = {"not-allowed": "Non autorisées", "allowed": "Autorisées", "required": "Exigées"}
_FRAMEWORKS = {
    "fa-wo-rc": "Accord-cadre, sans remise en concurrence",
    "fa-w-rc": "Accord-cadre, avec remise en concurrence (marchés subséquents)",
    "fa-mix": "Accord-cadre mixte",
}
# Code lists "award-criterion-type", "number-weight" and "strategic-procurement". A weight is a percentage only where its code says so.
_CRITERIA = {"price": "Prix", "cost": "Coût", "quality": "Qualité"}
_WEIGHTS = {"per": "pourcentage", "poi": "points", "dec": "décimale", "ord": "ordre d'importance"}
_EXACTNESS = {"exa": "valeur exacte", "mid": "milieu de fourchette"}
_STRATEGIES = {
    "env-imp": "Réduction des incidences sur l'environnement",
    "soc-obj": "Réalisation d'objectifs sociaux",
    "inn-pur": "Acquisition de solutions innovantes",
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
_WHOLE = 100

Line = tuple[str, str]


def notice_in(root: Any) -> Any | None:
    """The element that holds a notice, or None for XML of another kind."""
    if local(root) in _EFORMS:
        return root
    inner = next((element for element in root.iter() if local(element) in _EFORMS), None)
    if inner is not None:
        return inner
    return next(
        (
            element
            for element in root.iter()
            if local(element) == _BOAMP and _find(element, "OBJET") is not None
        ),
        None,
    )


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
    lots = [lot for lot in _all(notice, "ProcurementProjectLot") if _text(lot, "ID").startswith("LOT")]
    places = (_place(one) for one in (project, *(_find(lot, "ProcurementProject") for lot in lots)))
    yield "Lieu principal d'exécution", next((place for place in places if place), "")
    yield "Valeur maximale de l'accord-cadre", _money(project, "FrameworkMaximumAmount")
    if len(lots) == 1:
        yield "", "Le marché n'est pas alloti."
    for lot in lots:
        yield from _lot(lot, len(lots) > 1)


def _lot(lot: Any, several: bool) -> Iterator[Line]:
    project, terms, process = (
        _find(lot, "ProcurementProject"),
        _find(lot, "TenderingTerms"),
        _find(lot, "TenderingProcess"),
    )
    if several:
        yield "Lot", _text(lot, "ID")
        yield "Titre", _text(project, "Name")
    period = _find(project, "PlannedPeriod")
    measure = _find(period, "DurationMeasure")
    if measure is not None and measure.text:
        yield "Durée", f"{measure.text.strip()} {_UNITS.get(measure.get('unitCode', ''), '')}".strip()
    if _text(period, "StartDate") and _text(period, "EndDate"):
        yield (
            "Durée d'exécution",
            f"du {_day(_text(period, 'StartDate'))} au {_day(_text(period, 'EndDate'))}",
        )
    extension = _find(project, "ContractExtension")
    yield "Nombre maximal de reconductions", _text(extension, "MaximumNumberNumeric")
    yield "Description des reconductions", _text(_find(_find(extension, "Renewal"), "Period"), "Description")
    yield "Description des options", _text(extension, "OptionsDescription")
    yield "Valeur maximale de l'accord-cadre", _money(project, "FrameworkMaximumAmount")
    yield "Variantes", _VARIANTS.get(_text(terms, "VariantConstraintCode"), "")
    for criterion in _every(terms, "SubordinateAwardingCriterion"):
        yield (
            "Nom",
            _text(criterion, "Name")
            or _text(criterion, "Description")
            or _CRITERIA.get(_text(criterion, "AwardingCriterionTypeCode"), ""),
        )
        yield from _weight(criterion)
    for period, label in (
        ("TenderSubmissionDeadlinePeriod", "offres"),
        ("ParticipationRequestReceptionPeriod", "demandes de participation"),
    ):
        deadline = _find(process, period)
        yield (
            f"Date limite de réception des {label}",
            f"{_day(_text(deadline, 'EndDate'))} {_hour(_text(deadline, 'EndTime'))}".strip(),
        )
    yield from _terms(project, terms)
    codes = [code.text for code in _every(process, "ContractingSystemTypeCode") if code.text]
    yield "Accord-cadre", next((_FRAMEWORKS[code] for code in codes if code in _FRAMEWORKS), "")
    if _text(_find(process, "FrameworkAgreement"), "MaximumOperatorQuantity") == "1":
        yield "", "Accord-cadre avec un seul opérateur."


def _weight(criterion: Any) -> Iterator[Line]:
    for parameter in _every(criterion, "AwardCriterionParameter"):
        code = _find(parameter, "ParameterCode")
        unit, _, exactness = ("" if code is None else (code.text or "").strip()).partition("-")
        if unit in _WEIGHTS and exactness in (
            *_EXACTNESS,
            "imp",
        ):  # a threshold or a fixed value is no weight
            said = ", ".join(part for part in (_WEIGHTS[unit], _EXACTNESS.get(exactness)) if part)
            yield f"Pondération ({said})", _figure(_text(parameter, "ParameterNumeric"))


def _terms(project: Any, terms: Any) -> Iterator[Line]:
    """What the notice says of how the contract is performed, in its own words."""
    yield "Modalités essentielles de financement et de paiement", _text(_find(terms, "PaymentTerms"), "Note")
    guarantee = _find(terms, "RequiredFinancialGuarantee")
    yield "Cautionnement et garanties exigés", _text(guarantee, "Description")
    for requirement in _all(terms, "ContractExecutionRequirement") if terms is not None else ():
        yield "Conditions relatives à l'exécution du marché", _text(requirement, "Description")
    for kind in _all(project, "ProcurementAdditionalType") if project is not None else ():
        strategy = _STRATEGIES.get(_text(kind, "ProcurementTypeCode"), "")
        words = _text(kind, "ProcurementType")
        yield (
            "Passation de marché stratégique",
            " : ".join(part for part in (strategy, words) if part) if strategy else "",
        )


def _buyer(notice: Any) -> str:
    party = _find(_find(notice, "ContractingParty"), "Party")
    identifier = _text(_find(party, "PartyIdentification"), "ID")
    for company in _every(notice, "Company"):
        if _text(_find(company, "PartyIdentification"), "ID") == identifier:
            return _text(_find(company, "PartyName"), "Name")
    return _text(_find(party, "PartyName"), "Name")


def _place(project: Any) -> str:
    address = _find(_find(project, "RealizedLocation"), "Address")
    street = ", ".join(
        part for part in (_text(address, "StreetName"), _text(address, "AdditionalStreetName")) if part
    )
    said = ", ".join(
        part
        for part in (street, f"{_text(address, 'PostalZone')} {_text(address, 'CityName')}".strip())
        if part
    )
    return said or _text(_find(project, "RealizedLocation"), "Description")


def _money(project: Any, name: str) -> str:
    amount = next(
        (element.text for element in _every(_find(project, "RequestedTenderTotal"), name) if element.text), ""
    )
    return f"{_figure(amount)} euros" if amount else ""


# ---- BOAMP --------------------------------------------------------------------------------------------------------------------------------


def _boamp(notice: Any) -> Iterator[Line]:
    identity, subject, procedure = (_find(notice, name) for name in ("IDENTITE", "OBJET", "PROCEDURE"))
    lots = _every(_find(subject, "LOTS"), "LOT") or _every(subject, "LOT")
    yield "Nom et adresse officiels de l'organisme acheteur", _text(identity, "DENOMINATION")
    yield "Objet du marché", _text(subject, "TITRE_MARCHE") or _text(subject, "OBJET_COMPLET")
    yield "Description", _text(subject, "OBJET_COMPLET")
    yield (
        "Numéro de référence",
        _text(_find(notice, "CONDITION_ADMINISTRATIVE"), "REFERENCE_MARCHE") or _text(subject, "REF_MARCHE"),
    )
    kind = next(
        (
            local(element).capitalize()
            for element in _every(notice, "NATURE_MARCHE", "TYPE_MARCHE")
            for element in element
            if local(element)
        ),
        "",
    )
    yield "Type de marché", kind if kind in _KINDS.values() else ""
    yield "Lieu d'exécution", _boamp_place(subject)
    framework = _find(subject, "ACCORD_CADRE")
    if framework is not None or _every(procedure, "ACCORD_CADRE"):
        yield "", "L'avis implique l'établissement d'un accord-cadre."
    if _find(framework, "UN_SEUL_OPERATEUR") is not None:
        yield "", "Accord-cadre avec un seul opérateur."
    elif _find(framework, "PLUSIEURS_OPERATEURS") is not None:
        yield "", "Accord-cadre avec plusieurs opérateurs."
    features = _find(subject, "CARACTERISTIQUES")
    yield from _boamp_duration(_find(subject, "DUREE_DELAI"), framework)
    yield from _boamp_renewals(_find(features, "RECONDUCTIONS"))
    for name, label in (("VALEUR_MIN", "Montant minimum"), ("VALEUR_MAX", "Montant maximum")):
        yield label, _text_or(name, features, framework, suffix=" euros")
    divided = _find(subject, "DIV_EN_LOTS")
    if divided is not None and _find(divided, "NON") is not None:
        yield "Prestations divisées en lots", "non"
        yield from (line for lot in lots for line in _boamp_lot(lot))
    for number, lot in enumerate(lots, 1) if divided is None or _find(divided, "NON") is None else ():
        yield f"Lot {_text(lot, 'NUM') or number}", _text(lot, "INTITULE") or _text(lot, "DESCRIPTION")
        yield from _boamp_lot(lot)
    kinds = [local(element) for element in _every(_find(procedure, "TYPE_PROCEDURE"), *_BOAMP_PROCEDURES)]
    yield "Type de procédure", next((_BOAMP_PROCEDURES[kind] for kind in kinds), "")
    if any(
        _find(where, name) is not None
        for where in (subject, procedure)
        for name in ("VARIANTES_NON", "VARIANTE_NON")
    ):
        yield "", "Refus des variantes."
    elif any(
        _find(where, name) is not None
        for where in (subject, procedure)
        for name in ("VARIANTES_OUI", "VARIANTE_OUI")
    ):
        yield "", "Les variantes sont autorisées."
    yield from _boamp_criteria(_find(procedure, "CRITERES_ATTRIBUTION"))
    conditions = _find(notice, "CONDITION_DELAI")
    for name, label in (("RECEPT_OFFRES", "offres"), ("RECEPT_CANDIDAT", "candidatures")):
        received = _text(conditions, name)
        yield f"Date limite de réception des {label}", f"{_day(received)} {_hour(received)}".strip()


def _boamp_place(subject: Any) -> str:
    place = _find(subject, "LIEU_EXEC_LIVR")
    parts = (_text(place, "ADRESSE"), f"{_text(place, 'CP')} {_text(place, 'VILLE')}".strip())
    said = ", ".join(part for part in parts if part)
    plain = "" if place is None or len(place) else " ".join((place.text or "").split())
    return said or plain or _text(subject, "LIEU_EXEC")


def _boamp_duration(*places: Any) -> Iterator[Line]:
    """The duration of the contract, from the first of these elements that says it. One of the renewals has an element of the same name."""
    for place in places:
        for name, unit in (("DUREE_MOIS", "mois"), ("DUREE_JOURS", "jours"), ("DUREE_AN", "ans")):
            if length := _text(place, name):
                yield "Durée du marché", f"{_figure(length)} {unit}"
                return
        start, end = _day(_text(place, "DATE_DEBUT")), _day(_text(place, "DATE_FIN"))
        if start and end:
            yield "Durée d'exécution", f"du {start} au {end}"
            return


def _boamp_renewals(renewals: Any) -> Iterator[Line]:
    if renewals is None:
        return
    if _find(renewals, "NON") is not None:
        yield "", "Le marché n'est pas reconductible."
        return
    count = _figure(_text(renewals, "NB_RECONDUCTIONS") or _text(renewals, "NB_RECONDUCTIONS_MAX"))
    yield "Nombre de reconductions", count
    yield "", "" if count else "Le marché est reconductible."
    months = _text(renewals, "DUREE_MOIS")
    yield "Durée de chaque reconduction", f"{_figure(months)} mois" if months else ""


def _boamp_lot(lot: Any) -> Iterator[Line]:
    yield from _boamp_duration(lot)
    for name, label in (("VALEUR_MIN", "Montant minimum"), ("VALEUR_MAX", "Montant maximum")):
        yield label, _text_or(name, lot, suffix=" euros")
    yield from _boamp_criteria(_find(lot, "CRITERES_ATTRIBUTION"))


def _boamp_criteria(place: Any) -> Iterator[Line]:
    if place is None:
        return
    if _find(place, "CRITERES_CCTP") is not None:
        yield "", "Critères d'attribution : critères énoncés dans le cahier des charges."
        return
    criteria = [
        (" ".join((one.text or "").split()), (one.get("POIDS") or "").strip())
        for one in _every(place, "CRITERE")
    ]
    price = _find(place, "CRITERES_PRIX")
    if price is not None:
        criteria.append(("Prix", _text(price, "POIDS") or (price.text or "").strip()))
    if not criteria:
        return
    yield (
        "",
        "Critères d'attribution : offre appréciée en fonction des critères énoncés ci-dessous avec leur pondération.",
    )
    numbers = [_number(weight) for _, weight in criteria]
    # The schema takes any word as a weight: a percentage is one that is written so, or one of several that make a hundred.
    unit = (
        " %"
        if all(number is not None for number in numbers) and sum(number or 0 for number in numbers) == _WHOLE
        else ""
    )
    for words, weight in criteria:
        yield "", f"- {words} : {weight}{unit}" if weight else f"- {words}"


# ---- elements -----------------------------------------------------------------------------------------------------------------------------


def _find(element: Any, name: str) -> Any | None:
    """The first child of that local name; the French one where a notice says the same in several languages."""
    found = [] if element is None else _all(element, name)
    return next((child for child in found if child.get("languageID") == "FRA"), found[0] if found else None)


def _all(element: Any, name: str) -> list[Any]:
    return [child for child in element if local(child) == name]


def _every(element: Any, *names: str) -> list[Any]:
    """Every descendant of those local names, in order."""
    return [] if element is None else [child for child in element.iter() if local(child) in names]


def _text(element: Any, name: str) -> str:
    """The words of the first child of that name, on one line."""
    child = _find(element, name)
    return "" if child is None else " ".join("".join(child.itertext()).split())


def _text_or(name: str, *places: Any, suffix: str) -> str:
    """The figure of that name in the first of these elements that holds one, with its unit."""
    figure = next((found for place in places if (found := _text(place, name))), "")
    return f"{_figure(figure)}{suffix}" if figure else ""


def _figure(written: str) -> str:
    """A decimal as a reader writes it: no zero after the point, a comma for what is left."""
    return re.sub(r"[.,]0+$", "", written.strip()).replace(".", ",")


def _number(written: str) -> float | None:
    return float(written.replace(",", ".")) if re.fullmatch(r"\d+(?:[.,]\d+)?", written) else None


def _day(written: str) -> str:
    match = _DATE.search(written)
    return f"{match[3]}/{match[2]}/{match[1]}" if match else ""


def _hour(written: str) -> str:
    match = _TIME.search(written)
    return f"{match[1]}:{match[2]}" if match else ""
