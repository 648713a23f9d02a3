"""What no sheet and no score may overrule: a few prohibitions read off the question by code.

A rule fires on what a buyer asks to do, not on what is spoken of. It never chooses the subject: where the sheet that answers is of the rule's ``subject``, the
position is at least as cautious as the rule's, and the answer says so. A hurried phrase, a polite insistence or a hidden instruction cannot turn "interdit"
into "possible".
"""

import re
from dataclasses import dataclass

from assistant import states
from assistant.datatypes import Position
from assistant.french.folding import fold_words
from assistant.states import Status

__all__ = ["CAUTION", "CODE", "HardRule", "fired", "more_cautious"]

# What begins the code of the problem that a rule leaves in an answer.
CODE = "regle-"
# From the least to the most cautious; what gives no position on what may be done is left out.
CAUTION = (Position.POSSIBLE, Position.CONDITIONAL, Position.FORBIDDEN)

_PERSON = (
    r"(?:candidat\w*|candidature\w*|entreprises?|societes?|boites?|boutiques?|soumissionnaires?|operateurs?|fournisseurs?|editeurs?|prestataires?|"
    r"titulaires?|concurrents?|offres?|plis?|acteurs?|constructeurs?|filiales?|firmes?|equipementiers?|hebergeurs?|pme|groupes?|sous-traitants?|integrateurs?)"
)
_REJECT = (
    r"(?:\b(?:exclu\w*|ecart\w*|elimin\w*|rejet\w*|refus\w*|vire[rz]?|virons|evinc\w*|irrecevab\w*|irreguli\w*|disqualif\w*|bannir|banni\w*|blacklist\w*|"
    r"boycott\w*|interdi\w*|barrer|recaler?|degage[rz]?|penalis\w*|sanctionn\w*)\b|ne (?:pas|plus) (?:retenir|admettre|accepter|prendre)|\b0 ?/ ?\d+|"
    r"\bmoins de points|\bmettre (?:un )?(?:zero|0)\b|mauvaise note)"
)
_RESERVE = (
    r"(?:\breserv\w*|\bseul(?:e?s)?\b|n'(?:admettre|accepter|ouvrir|retenir|admet\w*|accept\w*) qu|\buniquement\b|\bexclusivement\b|\bque (?:des|les|aux)\b|"
    r"\bobligatoire\w*|\bexig\w*|\bimpos\w*|\bfavoris\w*|\bprefer\w*|\bbonus\b|\bbonif\w*|\bnoter?\b|\bpoints?\b|\bpriorit\w*|\bavantag\w*)"
)
# States of the Union, of the Economic Area, or parties to the agreement on public procurement. What the rule forbids is deciding by nationality alone; a State
# without agreement is another question (CCP L2153-1, second paragraph), left to the sheets.
_COVERED = rf"(?:{states.pattern(Status.UNION, Status.AREA, Status.PARTY)}|europeen\w*|etrang\w*|gafam\w*|hyperscalers?|nationalite\w*|locales?\b|locaux)"
_UNCOVERED = (
    rf"(?:{states.pattern(Status.NO_PARTY)}|sans accord|aucun accord|kolin|qingdao|pays tiers|etats? tiers)"
)
_SEAT = r"(?:siege (?:social )?(?:en|dans|est|soit)|de droit (?:francais|europeen)|capita(?:l|ux)\b|actionn\w*|immatricul\w*|etabli\w* en (?:france|europe))"
_FOREIGN_LAW = (
    r"(?:cloud act|\bfisa\b|patriot act|\b(?:lois?|droits?|legislations?|juridictions?|juges?|reglementations?|normes?) (?:\w+ )?(?:extra-?\w+|etrang\w*|"
    r"americain\w*|us\b|non[- ]europeen\w*|hors[- ]ue|des etats-unis|d'un (?:etat|pays) tiers)|extra-?territorial\w*|lois des etats-unis)"
)
_SOLUTION = (
    r"(?:\b(?:solution|service|donnees|hebergement|plateforme|architecture|outil)s? (?:soi(?:t|ent)|doi(?:t|vent)|hors|immunis\w*|protege\w*)|"
    r"clause\b.*\bimmunite|"
    r"exigence (?:fonctionnelle|technique)|\bsans exclure|sans (?:viser|ecarter|eliminer)|plutot que d'exclure|au lieu d'exclure)"
)
_BRANDS = (
    r"(?:microsoft|windows|office ?365|microsoft ?365|\bm365\b|\bteams\b|\bazure\b|\baws\b|amazon|google|gmail|\bcisco\b|oracle|\bsap\b|\bzoom\b|"
    r"ipads?|iphones?|"
    r"apple|macbook\w*|vmware|\bdell\b|\bhp\b|lenovo|fortinet|palo alto|crowdstrike|citrix|adobe|photoshop|autocad|autodesk|\besri\b|arcgis|"
    r"\bsage\b|salesforce|"
    r"servicenow|webex|dropbox|slack|samsung|huawei|hikvision|chatgpt|openai|copilot|\bintel\b|nvidia|ibm)"
)
_BRAND = rf"(?:\bmarques?\b|\bbrevet\w*|reference (?:exacte |precise )?(?:du )?(?:constructeur|fabricant|produit)|modele (?:exact|precis)|{_BRANDS})"
_IMPOSE = (
    r"(?:\bimpos\w*|\bexig\w*|\bdemand\w*|\becri\w*|\bmettre\b|\bmets\b|\bnommement\b|\bciter?\b|\bspecifi\w*|\bprecis\w*|\bon veut\b|\bveut\b|"
    r"\bobligatoire\w*|rien d'autre|uniquement|exclusivement|\bcopie\w*|sans alternative)"
)
_NO_EQUIVALENT = (
    r"(?:sans (?:mettre |ajouter |ecrire |prevoir |la mention )?(?:« ?|\"|')?(?:ou |d')?equivalen\w*|(?:aucun|pas d'?|pas la peine d.{0,12}|"
    r"refus\w* (?:tout |les )?)\W*(?:« ?)?equivalen\w*)"
)
_BRAND_EXCUSED = r"(?:deja (?:installe|en place|equipe|acquis|achete)\w*|maintenance|compatib\w*|droits? exclusi\w*|licences? (?:existantes?|en cours)|parc existant)"  # noqa: E501
_BRAND_SPOKEN_OF = r"(?:exclu\w*|ecart\w*|refus\w* (?:un|une|le|la|l')|elimin\w*|filiale|maison mere|donnees|cloud act|transfert)"
_PENDING = (
    (
        r"(?:\bppl\b|l2112-4-1|loi sur (?:la securisation des |les )marches publics numeriques|proposition de loi (?:senatoriale|n° ?8|du senat))",
        "ppl-8",
    ),
    (r"(?:\bcada\b|cloud and ai development|futur reglement\w*)", "cada"),
    (r"(?:preference europeenne|buy european|european (?:first|preference))", "preference-europeenne"),
    (r"(?:\beucs\b|\bcsa ?2\b|cybersecurity act 2)", "eucs-et-csa2"),
    (
        r"(?:transposition (?:francaise )?(?:de )?(?:la directive )?nis ?2|loi (?:francaise )?(?:de transposition )?(?:de )?nis ?2|nis ?2 s'impose)",
        "nis2",
    ),
    (
        r"(?:(?:projet|proposition) d(?:e|u) (?:reglement|directive|decret|loi)|nouvelle directive marches|future? (?:loi|directive|reglement))",
        "textes-en-projet",
    ),
)
_AS_LAW = (
    r"(?:\boblig\w*|\bimpos\w*|\bexig\w*|\bs'appliqu\w*|\bapplicable\b|\bconforme\w*|\bau titre d\w*|\bvise\w*|\bcite\w*|\bpermet\w*|\bautoris\w*|"
    r"\bdepuis\b|\ben vertu\b|"
    r"\bpuisqu\w*|\bvu qu\w*|\b(?:dois|doit|doivent|devons)\b|\bdemand\w*|\bj'elimine|\bj'ecarte|\bj'ecris|quel article|quel numero)"
)
_ASKS_STATUS = (
    r"(?:ou en est|est[- ](?:il|elle|ce).{0,30}(?:en vigueur|adopte|vote|deja|applicable)|quand\b|a quelle date|encore (?:un|une) (?:projet|"
    r"proposition)|en vigueur ou|s'informer|anticiper)"
)
_THRESHOLD = r"(?:\bseuils?\b|\bplafonds?\b|jusqu'a combien|a partir de (?:combien|quel montant)|quel montant|combien (?:d'euros|max\w*)|c combien|limite pour acheter)"  # noqa: E501
_SPLIT = (
    r"(?:\bscind\w*|\bsaucissonn\w*|\bfractionn\w*|\bdecoup\w*|\btronconn\w*|\bsplitt?\w*|\bmorcel\w*|\ben (?:deux|trois|quatre|[2-9]|plusieurs) fois\b|"
    r"\b(?:plusieurs|deux|trois|quatre|cinq|six|[2-9]|1[0-9]|des|les) (?:petite?s )?(?:bc|bons?|commandes?|achats?|marches|devis|factures?|contrats?|"
    r"mapa|conventions?)\b)"
)
# Whoever asks what judges have decided does not ask whether he may.
_ASKS_CASE_LAW = (
    r"(?:\bjurisprudence\w*|"
    r"(?:tribuna(?:l|ux)|juges?|juridictions?|conseil d'etat|\bcours?\b|\bcjue\b|\bta\b|\bcaa\b)\b.{0,30}?"
    r"(?:\ba-t-(?:il|elle)|\bont-(?:ils|elles)|s'est[- ](?:il|elle)|se sont[- ](?:ils|elles)|\ba deja|\bont deja)|"
    r"(?:existe-t-il|y a-t-il|a-t-on|connait-on|avez-vous|citez|quels?|quelles?)\b.{0,30}?"
    r"(?:arrets?|decisions? (?:de justice|d'un|du|d'une)|contentieux|precedents? (?:juridictionnels?|contentieux))|"
    r"(?:marches?|procedures?|criteres?|clauses?|acheteurs?)\b.{0,25}?\b(?:a|ont)(?:-t-(?:il|elle|on|ils|elles))? deja ete "
    r"(?:annul|condamn|censur|jug|valid|sanctionn)\w*)"
)
# Nor does whoever asks what a text forbids.
_ASKS_A_TEXT = (
    r"\b(?:lois?|rgpd|codes?|reglements?|droit|textes?|directives?|cnil|anssi|etat|union|europe)\b.{0,25}?"
    r"\b(?:interdi(?:t|sent)|proscri(?:t|vent)|prohibe(?:nt)?|empeche(?:nt)?)[- ](?:t-)?(?:ils?|elles?)\b"
)
_I_MAY = r"\b(?:puis[- ]je|peut[- ]on|on peut|je peux|pouvons[- ]nous|nous pouvons|dois[- ]je|je veux|nous voulons|on veut|ai[- ]je le droit)\b"
_TO_ESCAPE = (
    r"(?:(?:rester|passer|etre|demeurer|tenir|reste|passe|restent|passent) (?:bien |toujours |juste )?(?:sous|en dessous|au-dessous|en deca)|"
    r"(?:eviter|echapper|contourner|esquiver|se passer|se dispenser|sans avoir a|ne pas (?:avoir a )?(?:faire|lancer|passer|publier|depasser)|pour pas \w+)"
    r".{0,40}(?:appels? d'offres?|\ba\.?o\b|concurren\w*|publicite|publier|seuils?|procedure|consultation|limite|plafond)|"
    r"(?:chacune?|chaque \w+) (?:\w+ ){0,3}(?:sous|en dessous|inferieur\w*))"
)
# What a phrase says is not done is not asked for; a threshold of penalties or availability is not one of the law.
_NOT_DONE = r"\bsans (?:\w+ ni )?(?:elimin|exclu|ecart|rejet|not(?:er|ation))\w*"
_OTHER_THRESHOLD = r"seuils? (?:\w+ ){0,3}?(?:penalit\w*|disponib\w*|alerte|note|qualite)"

# The sheets that each rule is about: it makes their answers more cautious, and those of no other.
_PENDING_SHEETS = frozenset(
    ("ppl-8", "cada", "preference-europeenne", "eucs-et-csa2", "nis2", "textes-en-projet")
)
_PERSONS = frozenset(
    (
        "exclusion-cloud-act",
        "nationalite-capital",
        "nationalite-du-personnel",
        "preference-locale",
        "preference-europeenne",
        "admettre-operateur-etranger",
        "exclusions-legales",
        "critere-souverainete",
        "mot-souverain",
        "localisation-france-seulement",
        "secnumcloud-ou-equivalent",
        "sren-collectivites",
        "pays-tiers-sous-les-seuils",
    )
)
_BRAND_SHEETS = frozenset(
    (
        "marque-ou-equivalent",
        "logiciel-libre",
        "specifications-fonctionnelles",
        "label-equivalent-refuse",
        "renouvellement-sans-concurrence",
        "formats-ouverts",
    )
)
_SPLIT_SHEETS = frozenset(
    (
        "fractionnement",
        "dispense-60000",
        "dispense-40000-avant-avril-2026",
        "seuils-procedures",
        "procedure-adaptee",
        "achats-innovants",
    )
)


@dataclass(frozen=True, slots=True)
class HardRule:
    """A prohibition that code reads off a question.

    ``sheet`` is the id of the sheet that says why, ``least`` the least cautious position that the answer may take (None: a reservation is enough),
    ``subject`` the sheets whose answer it holds for.
    """

    id: str
    sheet: str | None
    least: Position | None
    message: str
    subject: frozenset[str] = frozenset()


def fired(question: str) -> HardRule | None:
    """The first rule that ``question`` asks to break, or None.

    Sources: CCP L3, L4, L2141-1 to L2142-1 and L2153-1 (persons), R2111-7 (brands), R2121-4 (splitting); the status of texts is that of the sheets.
    """
    text = re.sub(_NOT_DONE, "", fold_words(question))
    if re.search(rf"{_ASKS_CASE_LAW}|{_ASKS_A_TEXT}", text) and not re.search(_I_MAY, text):
        return None
    for pattern, sheet in _PENDING:
        if re.search(pattern, text) and re.search(_AS_LAW, text) and not re.search(_ASKS_STATUS, text):
            message = "La question tient pour du droit en vigueur un texte qui ne l'est pas."
            return HardRule("texte-en-projet", sheet, Position.NOT_IN_FORCE, message, _PENDING_SHEETS)
    if re.search(_REJECT, text) and re.search(_FOREIGN_LAW, text) and not re.search(_SOLUTION, text):
        return HardRule(
            "loi-etrangere",
            "exclusion-cloud-act",
            Position.FORBIDDEN,
            "Être soumis à une loi étrangère n'est pas un motif d'exclusion d'une personne : la question est traitée comme telle.",
            _PERSONS,
        )
    if _by_nationality(text):
        return HardRule(
            "nationalite",
            "nationalite-capital",
            Position.FORBIDDEN,
            "La nationalité, le siège ou le capital d'un candidat ne peuvent pas décider de son sort : la question est traitée comme telle.",
            _PERSONS,
        )
    if _by_brand(text):
        return HardRule(
            "marque",
            "marque-ou-equivalent",
            Position.FORBIDDEN,
            "Une marque, un brevet ou une origine ne s'imposent pas sans « ou équivalent » ni justification.",
            _BRAND_SHEETS,
        )
    if re.search(_SPLIT, text) and re.search(_TO_ESCAPE, text):
        return HardRule(
            "fractionnement",
            "fractionnement",
            Position.FORBIDDEN,
            "Un besoin ne se divise pas pour échapper à la publicité ou à la mise en concurrence : la question est traitée comme telle.",
            _SPLIT_SHEETS,
        )
    if re.search(_THRESHOLD, text) and not re.search(rf"\b(?:19|20)\d\d\b|{_OTHER_THRESHOLD}", text):
        return HardRule(
            "seuil",
            None,
            None,
            "Un seuil vaut pour une période : vérifiez celui du jour où la consultation sera lancée.",
        )
    return None


def _by_nationality(text: str) -> bool:
    if re.search(_UNCOVERED, text) or re.search(_SOLUTION, text):
        return False
    persons = rf"(?:{_PERSON}\W+(?:\w+\W+){{0,4}}?{_COVERED}|{_COVERED}\W+(?:\w+\W+){{0,2}}?{_PERSON}|{_PERSON}.{{0,40}}{_SEAT}|{_SEAT}.{{0,40}}{_PERSON})"
    named = re.search(persons, text) or re.search(
        rf"{_SEAT}.{{0,30}}{_COVERED}|{_COVERED}.{{0,20}}\bcapita", text
    )
    return bool(named and (re.search(_REJECT, text) or re.search(_RESERVE, text)))


def _by_brand(text: str) -> bool:
    if not re.search(_BRAND, text):
        return False
    if re.search(_NO_EQUIVALENT, text):
        return not re.search(_BRAND_EXCUSED, text)
    if "equivalen" in text or re.search(_BRAND_EXCUSED, text) or re.search(_BRAND_SPOKEN_OF, text):
        return False
    return bool(re.search(_IMPOSE, text))


def more_cautious(one: Position, other: Position) -> Position:
    """The more cautious of two positions; one that says nothing of what may be done yields to one that does."""
    if one not in CAUTION or other not in CAUTION:
        return other if other in CAUTION or other is Position.NOT_IN_FORCE else one
    return max(one, other, key=CAUTION.index)
