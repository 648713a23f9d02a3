"""Which subject of the clause library an article, a clause or a need is about, by words that a lawyer can read.

A title says its subject; a body only hints at it, and a buyer has words of his own. So each subject has three lists: what titles say (also looked for in
needs), what bodies say, and what only a buyer says. All meet folded text: no accents, lower case, straight apostrophes.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.french.folding import fold_line

# A title that names the subject outweighs any number of words in the body.
_TITLE_WEIGHT = 3.0
# A title says first what it is about: « Pénalités de réversibilité » are penalties. The last word of a title weighs this much less than the first.
_LATER_IN_TITLE = 2.0
_BODY_WEIGHT, _MOST_BODY_HITS = 0.5, 4
# Two different mentions in the body, or one in the title.
_ENOUGH = 1.0
# The title of an enclosing article says it too, less surely: « 8.1 Avance » stands under « Avance, acomptes et paiement ».
_ABOVE_WEIGHT = 1.5


@dataclass(frozen=True, slots=True)
class _Words:
    titles: str
    body: str = ""
    needs: str = ""


# In the order of preference where two subjects are as likely: the particular before the general.
_TABLE: Mapping[str, _Words] = {
    "intelligence-artificielle": _Words(
        r"intelligence artificielle|\bia\b",
        r"intelligence artificielle|entrain\w+|modele d'apprentissage",
        r"chatgpt|robots?|entrain\w+",
    ),
    "sequestre": _Words(
        r"sequestre|escrow|depot du code",
        r"sequestre|code source",
        r"code source .{0,40}(?:faillite|disparai|ferme)",
    ),
    "acces-autorites": _Words(
        r"demandes? d.{0,25}autorites?|demandes? d'acces|autorites? .{0,20}(?:etrang|tiers)|requisitions?|droit extra-europeen",
        r"demande d'(?:acces|une autorite)|autorites? (?:judiciaires?|etrangeres?|d'(?:un )?etats? tiers)",
        r"(?:juge|police|justice|gouvernement|autorite)s? (?:americ|etrang|d'un pays)|etats-unis|americain|cloud act",
    ),
    "immunite": _Words(
        r"immunite|absence d'acces technique|declaration d'exposition|tableau d'exposition|extra-?europeen|extra-?territorial|maitrise du logiciel",
        r"extra-?territorial|droit d'un etat tiers|acces technique|hors de portee",
        r"a l'abri|lois? (?:americaine|etrangere|extra)|cloud act",
    ),
    "qualification": _Words(
        r"qualification|qualifie|secnumcloud|certifi|\bhds\b|equivalence",
        r"secnumcloud|qualifi\w+|certificat|hds\b",
        r"visa de securite|anssi|donnees de sante|label",
    ),
    "chiffrement": _Words(
        r"chiffrement|\bcles?\b|cryptograph",
        r"chiffr\w+|\bcles\b|cryptograph\w+",
        r"crypte|chiffre|mots? de passe des donnees",
    ),
    "telemetrie": _Words(
        r"telemetrie|metadonnees|flux sortants",
        r"telemetrie|metadonnees|donnees techniques|statistiques d'usage",
        r"mouchard|remontees?|statistiques|espionn",
    ),
    "localisation": _Words(
        r"locali[sz]ation|\blieux?\b|territoire|hebergement(?! de donnees)|implantation",
        r"locali[sz]\w+|espace (?:economique )?europeen|territoire|centres? de donnees|datacenters?",
        r"\bou (?:sont|se trouvent|dorment)|rest\w+ en (?:france|europe)|pays|datacenter|serveurs? (?:en|situe)|en (?:france|europe)\b|hors d'europe",
    ),
    "personnels": _Words(
        r"personnels?\b(?<!donnees personnels)(?<!caractere personnel)|intervenants?\b(?! tiers)|\bsupport\b|"
        r"acces distants?|habilitation|droit du travail|assistance",
        r"support|habilit\w+|assistance|intervenants?|salaries",
        r"depannage|technicien|hotline|prise en main|se connect\w+ (?:a distance|de)|assistance|equipe",
    ),
    "sous-traitance": _Words(
        r"sous[- ]traitan\w+|(?:intervenants?|tiers) (?:tiers|participants?)|taches? (?:essentielles?|reservees?)|produits tiers|en cascade",
        r"sous[- ]trait\w+|tiers participants?|intervenants? tiers",
        r"prestataires? de (?:notre|leur|son)|fournisseurs? du titulaire|en cascade|"
        r"(?:d'autres|une autre) (?:entreprises?|societes?)|fai(?:re|t) faire|delegu\w+",
    ),
    "controle": _Words(
        r"changement de controle|cession|stabilite du titulaire|evenements affectant",
        r"changement de controle|rachat|cession|actionna\w+|fusion",
        r"rachet\w+|rachat|vend\w+ a|changer? (?:de mains|de proprietaire)|actionnaire",
    ),
    "reversibilite": _Words(
        r"reversibilite|\bsortie\b|transition|restitution|changement de (?:fournisseur|service)|transfert vers",
        r"reversibilite|plan de sortie|repreneur|restitu\w+|portabilite|migration",
        r"recuper\w+|partir|quitter|reprendre (?:nos|les) donnees|changer de (?:prestataire|fournisseur)|successeur|demenag",
    ),
    "formats-ouverts": _Words(
        r"formats? (?:ouverts?|des donnees)|interoperabilite|interfaces?|compatibilite|donnees et actifs exportables",
        r"format ouvert|interoperab\w+|\bapi\b|interfaces? (?:documentee|de programmation)|norme ouverte",
        r"format standard|branch\w+|dialogu\w+|connecteur|marche\w* (?:ensemble|avec)|fonctionn\w+ ensemble",
    ),
    "logiciel-libre": _Words(
        r"logiciels? libres?|open source|contribution en retour",
        r"logiciel libre|licence libre|open source",
        r"open source|libre",
    ),
    "incidents": _Words(
        r"incidents?|violations?|crise",
        r"incident|violation|notifi\w+ .{0,40}(?:heures|72)|\bcrise\b",
        r"pirat\w+|fuites?|cyberattaque|attaque|vol de donnees",
    ),
    "continuite": _Words(
        r"continuite|coupure|suspen[ds]\w+|reprise d'activite|sauvegardes?\b|autonomie|licences? survivante|usage survivants?|"
        r"force majeure|restauration|secours",
        r"continuite|interrom\w+|suspend\w+|sauvegarde|reprise d'activite|force majeure|\bpra\b|\bpca\b",
        r"coup\w+|debranch\w+|panne|ferm\w+ l'acces|bloqu\w+|arret du service|catastrophe|incendie",
    ),
    "penalites": _Words(
        r"penalites?|bareme|plafonds?",
        r"penalite|liberatoire",
        r"sanction\w*|amendes?|puni\w*|pa[iy]\w+ s'il|(?:fournisseur|titulaire|prestataire|editeur) (?:doit |va )?pa[iy]\w+|"
        r"pa[iy]\w+ le (?:fournisseur|titulaire|prestataire)",
    ),
    "audit": _Words(
        r"audits?|controle (?:de l'execution|sur place)|test d'intrusion|inspection",
        r"audit\w*|controle sur place",
        r"verifier sur place|inspect",
    ),
    "clauses-sociales-et-environnementales": _Words(
        r"social\w*|environnement(?:al|ale|aux|ales)\b|^environnement$|insertion|sobriete|dechets?|\bdeee\b|ecoconception|emballages?|recycl\w+|progres|"
        r"accessibilite|energ\w+|ethique|substances|reemploi|batterie|climatisation|jeunes|formation",
        r"insertion|environnemental\w*|energ\w+|recycl\w+|handicap\w*|dechets|eco-?(?:conc\w+|label\w*|respons\w+|organis\w+)|reemploi|reconditionn\w+|accessibilite",
        r"chom\w+|eloignes de l'emploi|empreinte|carbone|verte?|durable|handicap\w*|reparable|poubelle|fin de vie",
    ),
    "criteres": _Words(
        r"criteres?|notation|variantes?|demonstration|jugement|operateurs d'etats tiers",
        r"critere|ponderation|sous-criteres?|notation",
        r"not(?:er|ation)|points?|choisir l'offre|departager",
    ),
    "questionnaires": _Words(
        r"questionnaire|cadre de reponse",
        r"questionnaire|repond(?:re)? par oui",
        r"questionnaire|poser aux candidats",
    ),
    "sourcage": _Words(
        r"sourcage|echanges? prealables?|sensibilite|preoccupations",
        r"sourcage|operateurs economiques|analyse de sensibilite",
        r"avant de lancer|interroger le marche",
    ),
    "allotissement": _Words(
        r"\blots?\b(?! \d)|allotissement|decoupage",
        r"allotissement|lot unique|lots separes",
        r"decouper|un seul lot|plusieurs lots",
    ),
    "accord-cadre": _Words(
        r"bons? de commande|marches? subsequents?|maximums?|commandes?\b|ajustement|groupement|beneficiaires|forme de l'accord|"
        r"montants\b|accord-cadre$|suivi\b",
        r"bon de commande|marche subsequent|accord-cadre|maximum",
        r"remise en concurrence|plafond d'achat|command\w+",
    ),
    "prix": _Words(
        r"\bprix\b|paiement|avance|acomptes?|facturation|revision|tarif\w*|butoir|financi\w+|gratuite|\bcouts?\b|retenue de garantie|^retard$",
        r"prix|paiement|factur\w+|\bavance\b|acompte|euros|interets moratoires|indice",
        r"augment\w+|pay(?:er|e|ee|es|ons)\b|facture|hausse|cher\b|cout\w*|tarifs?|rembours\w+",
    ),
    "resiliation": _Words(
        r"resiliation|fin anticipee|\bfaute\b|perte de qualification|interet general",
        r"resili\w+",
        r"rompre|mettre fin|casser le contrat|virer|se separer",
    ),
    "donnees-et-resultats": _Words(
        r"donnees (?:personnelles|a caractere)|(?:protection|maitrise) des donnees|propriete intellectuelle|resultats|rgpd|"
        r"usages? interdits?|effacement|suppression|"
        r"transferts? (?:de donnees|hors)|^transferts?$|droits des personnes|traitements?\b|registre|developpements?|sous-traitance de donnees|^donnees$",
        r"donnees personnelles|rgpd|responsable de traitement|propriete intellectuelle|efface\w*|supprim\w+",
        r"rgpd|vie privee|appartien\w+|propriet\w+|detrui\w+|efface\w*|donnees des agents|cnil",
    ),
    "securite": _Words(
        r"securite|confidentialite|vulnerabilites?|journa\w+|cloisonnement|nomenclature|authentification|secret",
        r"securite|vulnerabilit\w+|correctif|confidentiel\w*|journa\w+|authentification",
        r"failles?|mises? a jour|secret|confidentiel\w*|traces?|qui s'est connecte|mot de passe",
    ),
    "preambule": _Words(
        r"^objet\b|definitions?|glossaire|preambule|vocabulaire|acronymes|cadre$|perimetre|disposition generale|preliminaire",
        r"on entend par|designe\b|a pour objet",
        r"definition|vocabulaire|que veut dire",
    ),
    "execution": _Words(
        r"duree|pieces? (?:contractuelles|du marche)|documents contractuels|hierarchie|ordre de p\w+|derogations?|juge|differends?|(?:droit|loi) applicable|"
        r"verification|admission|reexamen|pilotage|suivi\b|assurances?|responsabilite|niveaux? de service|disponibilite|mise en (?:service|place|oeuvre)|"
        r"maintenance|"
        r"garanties?|reunions?|langue|juridiction|engagements?|conditions generales|conditions de l'editeur|modification",
        r"duree|tribunal|admission|reception|disponibilite|assur\w+|derog\w+|prevaut|responsabilite",
        r"combien de temps|reconduc\w+|tribunal|proces|litige|comite|recett\w+|taux de disponibilite|prime sur|contredi\w+|conditions generales",
    ),
}
SUBJECT_ORDER = tuple(_TABLE)


def _compiled(parts: str) -> re.Pattern[str] | None:
    """Words are met at their beginning: « éco » is not in « recourir »."""
    return re.compile(rf"\b(?:{parts})") if parts else None


_TITLES = {subject: re.compile(rf"\b(?:{words.titles})") for subject, words in _TABLE.items()}
_BODIES = {subject: _compiled(words.body) for subject, words in _TABLE.items()}
_NEEDS = {
    subject: _compiled("|".join(part for part in (words.titles, words.body, words.needs) if part))
    for subject, words in _TABLE.items()
}


def of_article(title: str, body: str, above: str = "") -> str | None:
    """The subject of an article, from its title, its body and the title of the article that holds it; None where nothing says it."""
    scores = _scores(fold_line(title), fold_line(body), fold_line(above))
    best = max(scores, key=lambda subject: scores[subject])
    return best if scores[best] >= _ENOUGH else None


def _scores(title: str, body: str, above: str) -> dict[str, float]:
    scores: dict[str, float] = {}
    for subject in _TABLE:
        match = _TITLES[subject].search(title)
        named = _TITLE_WEIGHT - _LATER_IN_TITLE * match.start() / len(title) if match else 0.0
        around = _ABOVE_WEIGHT if above and _TITLES[subject].search(above) else 0.0
        pattern = _BODIES[subject]
        hints = {match[0] for match in pattern.finditer(body)} if pattern else set()
        scores[subject] = named + around + _BODY_WEIGHT * min(len(hints), _MOST_BODY_HITS)
    return scores


def of_need(need: str) -> tuple[str, ...]:
    """The subjects that a buyer's words point to, in the order of the table; possibly several, possibly none."""
    words = fold_line(need)
    return tuple(subject for subject, pattern in _NEEDS.items() if pattern and pattern.search(words))
