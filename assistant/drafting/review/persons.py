"""Rules about persons: who may bid, who may work, what may be asked of a firm rather than of its offer.

Ground: equality and free access (CCP L3), grounds of exclusion only by the code (L4, L2141-1 ff.), conditions of participation limited to aptitude and
capacity (L2142-1).
"""

import re
from collections.abc import Iterator

from assistant.drafting.review.notions import (
    ALIEN,
    ALLOWED,
    BEING,
    CONDITION,
    INFORMED,
    LEADER,
    ONLY,
    OURS,
    PREFERRED,
    REFUSED,
    SCORE,
    THIRD_STATE,
    notions,
)
from assistant.drafting.review.pattern import (
    BUYER,
    DEFENCE,
    DENIED,
    EUROPEAN,
    MUST,
    NUMBER,
    PERSON,
    STAFF,
    Caught,
    Detect,
    any_of,
    compiled,
    number,
)
from assistant.drafting.review.text import Text
from assistant.figures import ceiling

_SITE = (
    r"(?:donnees|moyens|centres? (?:de donnees|informatique|d'hebergement|de traitement)|datacenters?|data centers?|serveurs?|infrastructures?|stockage|"
    r"sauvegarde|support|hebergement|sites? d'hebergement|personnels?|equipes?)"
)

_PAST = (
    r"(?:contrat[^.;]{0,40}resili|marche[^.;]{0,40}resili|resiliation|penalit|penalis|mis(?:e|es)? en demeure|defaillan|mauvaise? (?:reputation|execution|"
    r"experience|volonte)|mal (?:execute|not)|insatisf|mecontent|reserves? (?:non levees|sur)|litige|contentieux|recours(?! (?:a|au|aux|de|pour)\b)|proces\b|"
    r"reclamation|plainte|impaye|(?:pas|jamais) (?:repondu|participe|assiste|donne suite|soumissionne)|decline|desiste|retire leur offre|en retard|"
    r"retards? (?:de|d'|constate|repet)|avis (?:negatif|defavorable)|liste noire|connue?s? (?:pour|defavorable)|en conflit|en mauvais termes|abandonne)"
)

_BIDDER = (
    r"(?:entreprises?|societes?|candidats?|candidatures?|soumissionnaires?|prestataires?|operateurs?|fournisseurs?|editeurs?|concurrents?|ceux|celles|"
    r"quiconque)"
)


# The figure of law that answers hold to too (CCP R2142-7).
_TURNOVER = "chiffre-affaires-minimal"

_AMOUNT = compiled(
    rf"(?P<amount>\d[\d .,]*|\b{NUMBER}(?= milli)) ?(?P<unit>m€|meur|k€|keur|milliards? d'euros|millions? (?:d'euros|€)|milliers? d'euros|mille euros|€|euros?)"
)
_UNITS = {"millia": 1_000_000_000, "millie": 1_000, "mille": 1_000, "m": 1_000_000, "k": 1_000}


def _euros(match: re.Match[str]) -> float:
    """The value of an amount: « 2 M€ » is 2,000,000."""
    unit = match["unit"]
    if factor := next((value for start, value in _UNITS.items() if unit.startswith(start)), None):
        return (number(match["amount"].strip().replace(" ", "")) or 0.0) * factor
    return float(re.sub(r"\D", "", match["amount"].split(",")[0]) or 0)


_NATION = (
    r"(?:nationalites?|ressortissante?s?|citoyen(?:ne)?s?\b|citoyennetes?|nationaux (?:francais|d'un|de l'|des|et les ressort)|passeports?|natifs?\b|"
    r"sujets (?:francais|de l'union))"
)
_ASKED = rf"(?:{CONDITION}|{BEING}|{PREFERRED}|[a-z]+ ?: )"
_SCORED = r"(?:sous-critere|critere d'attribution|\bnot(?:e|es|ee|ees|ation)\b|points?\b|ponder|bareme|\d ?%)"
_NATION_LAWFUL = (
    rf"(?:accueilli|guichet|quel(?:le)?s? que soi|accueil (?:de|des|d')|objet du marche est|suivi des|accompagn|leurs? (?:nom|prenom)|badge|a seule fin|"
    rf"represente (?:la|le|l')|en regle|droit au sejour|{ALLOWED}|titre de (?:sejour|travail)|langue|parl(?:e|ant)|francophone|liste nominative|d8254|"
    rf"l\.? ?8\d{{3}}|code du travail|travailleurs? etranger|autorisation de travail|carte professionnelle|detach|diplome|sans (?:distinction|consideration)|"
    rf"{INFORMED}[^.;]{{0,50}}nationalite|nationalite[^.;]{{0,40}}(?:indiqu|a titre))"
)
_nation_of_bidder = notions(
    _NATION,
    rf"(?:{LEADER}|\b{PERSON}\b|candidat|soumission|consultation|procedure|concour|particip|admission|recevab|repondre|associes|mandataire)",
    _ASKED,
    unless=rf"(?:{_NATION_LAWFUL}|{_SCORED}|{STAFF}[^.;|]{{0,60}}{_NATION}|{_NATION}[^.;|]{{0,40}}{STAFF})",
    words=("nationa", "ressortissant", "citoyen", "passeport", "natif"),
)
_french_leaders = notions(
    rf"{LEADER}[^.;]{{0,70}}(?:soi(?:t|ent)|sont|est|etre|sera|seront|:) (?:[a-z]+ ){{0,2}}(?:francais(?:es|e)?|europeen(?:nes|ne|s)?)\b(?! [a-z]+)",
    unless=rf"(?:{_NATION_LAWFUL}|{_SCORED}|droit|langue|titulaire du|tribunal)",
    words=("francais", "europeen"),
)
_ALIEN_BIDDERS = (
    r"(?:entreprises?|societes?|candidats?|firmes?|operateurs?(?: economiques?)?|fournisseurs?|editeurs?|hebergeurs?|prestataires?|groupes?|"
    r"soumissionnaires?|concurrents?|offres?|candidatures?|dossiers?|plis?|reponses?|boites?|acteurs?|multinationales?|fabricants?|constructeurs?|geants?|"
    r"intervenants? economiques?)"
)
_aliens_refused = notions(
    rf"(?:{_ALIEN_BIDDERS}(?: (?!francais|europeen)[a-z-]+(?<!nne)){{0,2}} {ALIEN}\b|{_ALIEN_BIDDERS}(?: [a-z-]+){{0,3}} (?:originaires?|issue?s?|provenant|"
    rf"en provenance|venant|venue?s?|ressortissante?s?|emanant) (?:de |d'|des |du |en )?(?:l'un |un |une |la |les |l')?{THIRD_STATE}|(?:ressortissante?s?|"
    rf"citoyens?|nationaux)[^.;]{{0,30}}{THIRD_STATE})",
    rf"(?:{REFUSED}|\bpas (?:de |d')|\baucune? (?:[a-z]+ )?(?:societe|entreprise|firme|operateur|offre|candidature|fournisseur|suite)|exclusion|"
    rf"sans (?:societe|entreprise)|evit|apres les autres|class[a-z]+ (?:apres|dernier)|penalis)",
    unless=rf"(?:ne vise(?:nt)? pas|recours|informee?s? du rejet|{ALLOWED}|certificat|attestation|traduction|equivalents?|condamn|cloud act|fisa|"
    rf"extra-?territorial|{STAFF}[^.;]{{0,30}}{ALIEN}|fichier|indiqu|marques?\b|comme (?:les|toutes)|francais(?:es)? (?:ou|et|comme)|sites?\b|droit [a-z]+|"
    rf"capital|actionn|siege|etabli|immatricul|filiale|lois?\b|autorite|donnees|acces aux)",
    unless_near=DEFENCE,
)

_WORKERS = (
    rf"(?:referents?|correspondants?|coordinateurs?|chefs? d[e'] ?[a-z]+|postes?\b|hotesses?|hotes\b|equipages?|personnes?\b(?! (?:morale|publique|"
    rf"physique))|receptionnistes?|cuisiniers?|infirmi[a-z]+|secretaires?|surveillants?|moniteurs?|correcteurs?|{STAFF}|profils?|main[- ]d'(?:œuvre|oeuvre)|"
    rf"effectifs?|equipiers?|testeurs?|operateurs? (?:de|du)|stagiaires?)"
)
_nation_of_staff = notions(
    _NATION,
    rf"\b{_WORKERS}",
    rf"(?:{OURS}|\b{ALIEN}\b|{THIRD_STATE})",
    unless=rf"(?:\bcapital|actionn|droits de vote|{_NATION_LAWFUL}|{LEADER}|{_ALIEN_BIDDERS}[^.;|]{{0,20}}nationalite|secret|diffusion restreinte|usagers?|"
    rf"delegation|candidats? (?:personne|individuel))",
    unless_near=r"(?:habilitation|secret de la defense|zone a regime restrictif|travail dissimule|l\.? ?8\d{3}-)",
    words=("nationa", "ressortissant", "citoyen", "passeport"),
)
_foreign_staff_refused = notions(
    rf"(?:{STAFF}|salaries?|main[- ]d'(?:œuvre|oeuvre)|personnes?|travailleurs?|individus?)(?: [a-z]+){{0,1}} {ALIEN}\b",
    rf"(?:{REFUSED}|\bpas (?:de |d'|affect|employ|recour|interven)|\baucune? |exclu|ne (?:peu|doi|voul|sont|fait|feront|recour|emploi)|prohib|sans )",
    unless=rf"(?:{_NATION_LAWFUL}|secret|donnees|autorite|{LEADER}|condamn|formation)",
    unless_near=r"(?:travail dissimule|habilitation|l\.? ?8\d{3}-)",
    words=("etrang", "europeen", "ressortissant", "americain", "chinois", "russe", "britannique", "indien", "francais"),
)
_nothing_but_french_staff = notions(
    rf"(?:(?:employ|affect|recrut|faire intervenir|recour|mobilis|mettre en place|compos)[a-z]*[^.;]{{0,40}}(?:que des?|exclusivement|uniquement|"
    rf"seulement) (?:de |des |du |a |par )*(?:{STAFF} )?(?:francais|europeen|nationaux)[a-z]*|{STAFF}[^.;]{{0,110}}(?:soi(?:t|ent)|sont|est|etre|sera|"
    rf"seront) (?:[a-z]+ ){{0,2}}(?:francais(?:es|e)?|europeen(?:nes|ne|s)?)\b(?! [a-z]+))",
    unless=rf"(?:{_NATION_LAWFUL}|langue|secret|droit|siege|moyens|entreprise|societe|editeur|produit)",
    words=("francais", "europeen", "nationaux"),
)

_french_staff = notions(
    rf"\b{STAFF} (?:[a-z]+ )?(?:francais(?:es|e)?|europeen(?:nes|ne|s)?)\b",
    unless=rf"(?:{_NATION_LAWFUL}|secret|et etrang|ou etrang|droit|siege|societe|entreprise|autorite|delegation|{LEADER})",
    words=("francais", "europeen"),
)

_REGISTERED = (
    r"(?:(?:depourvu|sans|absence|n'a(?:yant)? pas|faute) d'(?:un )?etablissement|etablissements? (?:[a-z]+ )?(?:en france|dans (?:un|l')|sur le territoire)|"
    r"siege(?: social| effectif| statutaire| reel)?\b|k-?bis|registre (?:national )?du commerce|\brcs\b|immatricul[a-z]+|domicili[a-z]+|"
    r"etablissement (?:stable|principal|permanent)|filiale|succursale|societes? de droit|personne morale de droit|\bde droit (?:francais|europeen)|"
    r"administration centrale|non etabli(?:e|s|es)?\b|inscri(?:te?s?|ption) a(?:u| un) registre)"
)
_SEAT_LAWFUL = (
    rf"(?:controle (?:ultime|par)|tete de groupe|pas tenu|pas oblige|{ALLOWED}|secnumcloud|19\.6|representant (?:au sens|dans l'union|du responsable)|"
    rf"article 27\b|tribunal|\btva\b|equivalents?|certificat|attestation|adresse (?:du|de son)|autorite de controle|[a-z]+, (?:dont le siege|immatricul)|"
    rf"ci-apres|au capital de|siege (?:du |de l'|de la |des )(?:{BUYER}|acheteur|pouvoir|syndicat|association|service|comite|departement|communaute|"
    rf"metropole|region|commune|ministere|etablissement|hopital)|capital\b|actionn|maison[- ]mere|societe mere|adresse|si le titulaire|s'il est|lorsqu|"
    rf"exporta|factur|attestation fiscale|obligations fiscales|numero fiscal|peuvent etre|dans tout etat|{_SITE}[^.;]{{0,60}}(?:etabli|implant|situe|localis|"
    rf"heberg)|vehicules?|donnees|domiciliation bancaire|compte bancaire|groupes? (?:etrang|americ|non)|indiqu)"
)
_registered_here = notions(
    rf"\b{_REGISTERED}",
    rf"(?:{OURS}|{THIRD_STATE}|\ben france\b)",
    rf"(?:{CONDITION}|participation|candidatures? devr|ne peu(?:t|vent)|maintien|maintenir|conserve|creera|ouvrira|constituera)",
    unless=rf"(?:{_SEAT_LAWFUL}|{_SCORED})",
    words=(
        "siege",
        "bis",
        "registre",
        "rcs",
        "immatricul",
        "domicili",
        "etabli",
        "filiale",
        "succursale",
        "droit francais",
        "droit europeen",
        "administration",
    ),
)
_decided_here = notions(
    r"(?:(?:centres?|lieux?|siege|poles?|organes?|instances?) (?:[a-z]+ )?(?:de |d'|du )(?:decision|direction|commandement|gouvernance)|"
    r"quartiers? genera(?:l|ux)|"
    r"direction (?:generale|effective)\b(?! (?:des|de la|de l'|du)\b))",
    rf"(?:{OURS}|{THIRD_STATE})",
    CONDITION,
    rf"(?:\b{PERSON}\b|recevab|irrecev|admis)",
    unless=rf"(?:{_SEAT_LAWFUL}|{_SCORED}|projet|n'est (?:pas|ni)|ne (?:constitue|peut|doit))",
    words=("decision", "direction", "quartier", "commandement", "gouvernance"),
)
_bidders_from_here = notions(
    rf"(?:\b(?:titulaire|attributaire|candidat|soumissionnaire)s? (?:est|sont|sera|seront|demeure|reste) (?:[a-z]+ )?(?:etabli|domicili|immatricul|"
    rf"implant)[a-z]*[^.;]{{0,50}}{OURS}|\b{_ALIEN_BIDDERS},? (?:doi(?:t|vent)|devr(?:a|ont))[^.;]{{0,60}}etre (?:[a-z]+ )?(?:etabli|domicili|immatricul|"
    rf"implant)[a-z]*[^.;]{{0,50}}{OURS}|\b(?:{_ALIEN_BIDDERS}|entites?|candidats?|attributaire|titulaire)(?: [a-z'-]+){{0,4}} (?:etabli|implant|basee?s?\b|"
    rf"installe|situe|domicili|immatricul|enregistr|ayant son siege|dont le siege)[a-z]*[^.;]{{0,50}}(?:{OURS}|{THIRD_STATE}))",
    rf"(?:{REFUSED}|{ONLY}|reserv|ouvert|eligib|condition|exig|obligatoire|imperati|sous peine|a peine|doi(?:t|vent)|devr(?:a|ont)|pendant|toute la duree|"
    rf"pas (?:de |d')(?:entreprise|societe|offre))",
    unless=rf"(?:ressortissant|nationalit|{_SEAT_LAWFUL}|{_SCORED}|etabli(?:e|s|es)? (?:par|sur la base|au nom|selon|conformement|a partir|en (?:deux|trois|"
    rf"double|un|euros|langue|francais|application))|produi|peuvent (?:candidat|repondre)|prix\b|devis|dans un autre etat)",
)

_firm_of_ours = notions(
    rf"\b(?:{_ALIEN_BIDDERS}|industriels?|esn|attributaires?|titulaires?|sous-traitants?|integrateurs?|exploitants?|cocontractants?|cabinets?|partenaires?|"
    rf"pme|eti|structures?|champions?|champion|traiteurs?|imprimeurs?|infogerants?|bureaux? d'etudes)(?: (?:cloud|numeriques?|economiques?|prive[es]*|"
    rf"specialise[es]*|de confiance|100 ?%|purement|exclusivement|integralement|informatiques?|[a-z]+(?:ique|el|al)s?)){{0,2}} (?:(?:non|pas|qui ne (?:serai|"
    rf"soi|serait|est|seraient|sont)(?:t|ent)? pas) )?{EUROPEAN}\b|(?:caractere|statut|qualite|identite) (?:francais|europeen|national|"
    rf"souverain)[a-z]* (?:de l'entreprise|de la societe|du (?:candidat|prestataire|titulaire|fournisseur)|de l'(?:editeur|hebergeur|operateur))|"
    rf"{_ALIEN_BIDDERS} : (?:[a-z]+ )?{EUROPEAN}",
    rf"(?:{CONDITION}|{PREFERRED}|confi(?:e|es|ee|ees|era|er|ent)\b|\bchoi(?:x|si)|recour|(?:edit|fourni|exploit|assur|develop|realis|heberg|oper|concu|"
    rf"execut|fabriqu|maint|produit|propos|effectu|port)[a-z]* (?:[a-z]+ )?(?:par|aupres)|attendu|[a-z]+ ?: |fait? appel|faire appel|fera appel|s'adress|"
    rf"reten|retien|selectionn|contract|travailler avec|(?:est|sont|demeure|reste|etre|soi(?:t|ent)) (?:tou(?:s|tes) )?(?:une? |des )(?:{_ALIEN_BIDDERS}|"
    rf"industriels?))",
    unless=rf"(?:ne vise(?:nt)? pas|registre|a (?:realise|conduit|mene|execute|fourni|remis)|ou (?:un |d'un )?autre|langues?|{ALLOWED}|qu'(?:il|elle|ils|"
    rf"elles) soi|francais(?:es|e)? (?:ou|et|comme) |ou non\b|comme (?:les|toutes|tous|aux)|ci-apres|denomme|sortant|actuel|(?:francais|europeen|"
    rf"nationa)[a-z]* (?:et|ou|comme) (?:non |aux |etrang|internationa)|\breglement|commission|parlement|norme|directive|agence|institut|legislation|"
    rf"autorite|organisme|capital|actionn|cloud act|extra-?territorial|nationalite|marche (?:europeen|francais|national)|niveau (?:europeen|national)|"
    rf"groupes? (?:de travail|national)|structures? d'insertion|operateurs? nationa(?:l|ux) (?:du|de)|reseau|prix|sans (?:se )?reserv|(?:association|"
    rf"federation|syndicat|chambre|club|comite) (?:des?|d'|nationa)|{_SCORED}|memes (?:documents|conditions|pieces)|droit (?:national|francais|europeen)|"
    rf"(?:union|registre|schema|systeme|territoire|echelon|plan) (?:nationa|europeen)|[a-z]+, titulaire|aucune preference|publi)",
)

_OWNED = (
    r"(?:\bcapital\b|capitaux|capitalis|capitalistique|actionn[a-z]+|droits de vote|parts? sociales?|\bparts\b|tour de table|investisseurs?|maison[- ]mere|"
    r"societe mere|societe de tete|tete de groupe|dependance|lien capitalistique|filiales?|detention|controle (?:ultime|capitalistique|par|de|d'une?|direct)|"
    r"sous (?:le )?controle|detenue?s?\b|controlee?s?\b|participations? (?:etrang|non|au capital|extra)|beneficiaires? effectifs?|appart(?:enance|ien[a-z]*|"
    r"enir|enant) a (?:un |des |l')?groupes?|groupes?\b|proprietaires? (?:ultime|de la societe|de l'entreprise)|fonds (?:d'|de |non|etrang|souverain))"
)
_owned_here = notions(
    rf"\b{_OWNED}",
    rf"(?:{EUROPEAN}\b|\b{ALIEN}\b|{THIRD_STATE}|\bunion\b|\bue\b|etats? membres?|\beee\b|france\b)",
    rf"(?:\b(?:{PERSON}|{LEADER})\b|candidat|offre|recevab|{_OWNED} ?:|actionn|capital|droits de vote|investisseurs?|tete de groupe)",
    rf"(?:{REFUSED}|{ONLY}|\bexig|obligatoire|imperati|condition|sous peine|a peine|sans quoi|faute de|doi(?:t|vent)|devr(?:a|ont)|garantit|majorit|\d+ ?%|"
    rf"moitie|demeur|recevab|elimin|\baucune? (?:investiss|action|associe|particip|capit|fonds|societe)|sans (?:actionn|participation|investiss|lien)|"
    rf"independan|minim|au moins|n'(?:a|ont|aura|auront) pas|n'(?:est|sont|etait|etant) (?:pas|ni) (?:detenu|controle)|ne peu(?:t|"
    rf"vent) (?:pas )?(?:etre )?(?:detenu|controle|appart)|ne (?:compte|comporte|comprend|depend|releve))",
    unless=rf"(?:relev[a-z]* (?:que )?(?:du droit|d'un droit|d'une (?:loi|legislation))|legislation|groupes? d(?:'utilisateurs|e (?:pilotage|projet))|club|"
    rf"impots?|taxe|{ALLOWED}|19\.6|secnumcloud|qualifi|2024-449|sren|points?\b|\bnot(?:e|ee|es|ation)\b|critere|bonus|changement de controle|(?:inform|"
    rf"notifi|declar(?!ation)|communiqu|signal|indiqu|precis|mentionn|produi|renseign)[a-z]*[^.;|]{{0,90}}(?:capital|actionna|controle|detenu|groupe|mere)|"
    rf"resili|prend fin|agre(?:e|ment|er)\b|approuv|approbation|feu vert|autoris|cles?\b|au capital de|groupes? (?:de travail|electrogene|scolaire|d'eleve|"
    rf"de personnes)|groupements?|(?<!ne )peu(?:t|vent) (?:candidater|concourir|soumissionner)|techniquement|donnees|solidaire|gouvernement|force majeure|"
    rf"comite|reunion|pouvoir de nommer|droit de veto|par elles ensemble|marche (?:europeen|national)|agents?\b|acces (?:a|au|aux) [a-z]+|fonds europeen|"
    rf"feder|financ|public|brevet|controle[ers]* (?:par|de) (?:l'acheteur|la|un organisme|le)|controle (?:technique|qualite|interne|de conformite))",
    words=(
        "capita",
        "action",
        "droits de vote",
        "parts",
        "tour de table",
        "investisseur",
        "maison",
        "societe",
        "filiale",
        "deten",
        "contrl",
        "controle",
        "participation",
        "effectif",
        "groupe",
        "proprietaire",
        "fonds",
        "tete de",
        "dependance",
        "lien",
    ),
)

_ALIEN_LAW = (
    r"(?:cloud act|\bfisa\b|patriot act|section 702|executive order|(?:lois?|(?<!de )droits?|legislations?|reglementations?|juridictions?|normes|textes|"
    r"ordres? juridiques?)(?: [a-z'-]+){0,4} (?:extra-?territorial[a-z]*|extra-?europeen[a-z]*|etrang[a-z]+|non[- ]europeen[a-z]*|americain[a-z]*|"
    r"chinois[a-z]*|russes?|d'(?:un )?(?:etats?|pays) (?:tiers|etrangers?)|de pays tiers|hors (?:union|ue)|des etats-unis|de chine)|droits? tiers|"
    r"extra-?territorialite)"
)
_UNDER = (
    r"(?:tenue?s? (?:par|de|a)\b|liee?s? par|contraint|oblige|soumis|assujett|relev|l'empire|sous le coup|expos|tomb(?:e|a)|regi[est]|atteint|vise[es]* par|"
    r"justiciable|passible|ressorti|applicable|s'appliqu|subordonn|concern|dependan|depend\b)"
)
_LAW_LAWFUL = (
    rf"(?:(?:du|au|le|que le) service|ses donnees|responsab|interdiction resultant|force majeure|{ALLOWED}|techniquement|materiellement|"
    rf"possibilite technique|chiffr|\bcles?\b|en clair|acces technique|(?<!autorisant l')(?<!permettant l')acces (?:aux donnees|a ces donnees)|dechiffr|"
    rf"indiqu[a-z]*[^.;]{{0,25}}\bs'il|precis[a-z]*[^.;]{{0,25}}\bs'il|declar[a-z]*[^.;]{{0,25}}\bs'il|defaut de declaration|fausse declaration|omission|"
    rf"decri|muette|demandes? (?:recue|emanant|d'acces|fondee)|requetes?|injonction fondee|transfer|peu(?:t|vent) candidater|conteste|mesures (?:qui|qu'il|"
    rf"prises|mises)|(?:le|du|present) (?:marche|contrat) (?:est|sera|releve)|litige|differend|et non|non sur|entites? |communiqu[a-z]+ (?:les|des|ces|"
    rf"aucune|de) donnees|sans etre eliminatoire|n'est (?:pas|ni) (?:notee ni )?eliminatoire|divulg)"
)
_LAW_DENIED = (
    DENIED
    + r"|ne (?:suffit|peut|peuvent|saurait|constitue|justifie|permet)(?:nt)?(?: (?:pas|en aucun cas|a elle seule|a lui seul|donc|jamais|seule))+|ne (?:peut|"
    r"peuvent) (?:pas )?(?:etre )?(?:ecart|elimin|exclu|rejet|a elle|a lui|justifi|motiv|fond)|n'(?:entraine|emporte)[^.;]{0,25}(?:pas|ni |aucun)|"
    r"n'est (?:pas|ni|jamais) (?:un |une |elimin|exclu|ecart|en soi|a elle|a lui|de nature)"
)
_law_refused = notions(
    rf"\b{_ALIEN_LAW}",
    rf"(?:\b{_ALIEN_BIDDERS}\b|candidat|titulaire|maison[- ]mere|actionnaires?|recevab)",
    rf"(?:{REFUSED}|eliminatoire|condition|irrecev|exclusion|vaut elimination|recevabilite|absence d'(?:assujett|exposition|soumission)|ne sera titulaire|"
    rf"non[- ](?:soumission|assujetti))",
    unless=_LAW_LAWFUL,
    denied=_LAW_DENIED,
)
_free_of_law = notions(
    rf"\b{_ALIEN_LAW}",
    rf"(?:\b{_ALIEN_BIDDERS}\b|candidat|titulaire|attributaire|maison[- ]mere|entreprise|declaration|attestation|eliminatoire)",
    rf"(?:\b(?:n'|ne |non[- ]|pas |aucune? |ni |sans )(?:[a-z',-]+ ){{0,9}}?(?:etre )?{_UNDER}|echapp|immun|exempt|a l'abri|hors (?:d'atteinte|de portee|"
    rf"du champ)|independan|non[- ](?:soumission|assujettissement)|{_UNDER}[a-z]*[^.;]{{0,20}} a? ?aucune?)",
    unless=rf"(?:{_LAW_LAWFUL}|aucune (?:personne|entite)|que le service|les donnees)",
    denied=r"(?:sans (?:pouvoir )?(?:exiger|imposer|que)|n'(?:exige|impose)|n'est pas exige|quel(?:le)?s? que soi|independamment|illega|discriminatoire|"
    r"aucune (?:condition|exigence)|ne peut (?:pas )?(?:exiger|imposer|etre exige)|ne (?:peut|peuvent) (?:pas )?(?:etre )?(?:ecart|elimin|exclu|rejet))",
)
_only_our_law = notions(
    r"(?:(?:du|au|le|par le) droit|legislations?|lois?|reglementations?) (?:francais(?:es|e)?|europeen(?:nes|ne|s)?|de l'union|d'un etat membre)",
    rf"\b(?:{_ALIEN_BIDDERS}|titulaire|attributaire)\b",
    r"(?:\bqu[e'] ?|exclusivement|uniquement|seulement|seul)",
    r"(?:soumis|relev|assujett|regi)",
    unless=rf"(?:{_LAW_LAWFUL}|marche\b|contrat\b|tribun|juge|offres? redig|traitement|traitements)",
)

_GROUND = (
    rf"(?:(?:defaut|absence|refus) de participation|non[- ]participation|renonc|presse|referenc(?:e|es|ement)\b(?! (?:du produit|catalogue))|non inscrits?|"
    rf"absenteisme|deja titulaire|licenciements?|accidents? du travail|notation interne|note interne|classement interne|difficultes|procedure de sauvegarde|"
    rf"en sauvegarde|chambre syndicale|cotisant|federation professionnelle|evaluations?|precedent (?:chantier|marche|contrat)|{_PAST}|differend|reputation|"
    rf"\bgreve|syndiqu|licenci|adhere|adhesion|adherent|affili|(?:n'(?:ont|a)|n'ayant|non) [^.;]{{0,20}}(?:retire|signe|telecharge|assiste|participe|adhere|"
    rf"repondu|visite le salon)|absen(?:ce|te?s?|ts)\b[^.;]{{0,25}}(?:reunion|presentation|salon|sourcing|journee)|sourcing|conteste|attaque (?:la|une|nos|"
    rf"le)|elus?\b|(?:pas|jamais) (?:donne|apporte) satisfaction|en mauvais|redressement judiciaire|plan social|deja (?:ete )?(?:sanctionn|averti|exclu)|"
    rf"parti politique|opinion|delocalis|benefices|paradis|dividendes|cote[es]* en bourse|delais? non (?:tenus|respectes)|malfacon|inacheve|abandonne|"
    rf"refere\b|cotation|note de la banque|banque de france|liste (?:interne|des fournisseurs a)|a eviter|indesirable|reclamations?|plaintes?|"
    rf"participation a la reunion|presence a la (?:reunion|visite de presentation)|n'(?:ont|a) pas (?:ete )?(?:satisf|tenu)|laisse (?:un|des)|mal travaill)"
)
_out_for_what_they_did = notions(
    _GROUND,
    rf"(?:\b(?:{_BIDDER}|attributaires?|firmes?|boites?)\b|elimination|motifs? de rejet|soumissionner|concourir|candidater|exclusion|participer a la)",
    rf"(?:{REFUSED}|interdi|exclusion|ne saurait|n'auront pas|pas (?:admis|invit)|conditionne (?:la recevabilite|l'acces|la candidature)|plus (?:consult|"
    rf"invit|sollicit|retenu|admis)|condition (?:de|pour) )",
    unless=rf"(?:{ALIEN}|pays\b|recours (?:sont|est)|dechets?|{ALLOWED}|l\.? ?2141|condamn|en situation d'interdiction|manquements? (?:grave|persistant)|"
    rf"observations|contradictoire|conflits? d'interets?|travail dissimule|liquidation|visite (?:obligatoire|des sites|prealable)|impots?|cotisation|fiscal|"
    rf"hors delai|references?\b|chiffre d'affaires|bilans?|{_ALIEN_LAW}|tribunal|voies? de|delais? de|juge\b|sous-traitant|habilit|poursui|couvre|"
    rf"recevable (?:au-dela|que)|penalites? (?:est|sont|s'appliqu|prevue|pour retard)|handicap|non[- ]discrimin|dont les offres|communiqu|juridiction|evince|"
    rf"contestee?s? et)",
    denied=DENIED
    + r"|ne (?:peut|peuvent|saurait|sont)[^.;]{0,20}(?:exclu|ecart|elimin)|n'(?:emporte|entraine) (?:pas|aucune)|n'est pas (?:un|une|exclu|elimin|ecart|"
    r"a elle|en soi)",
)

# A ground that no list foresees: the firms that are so or did so are out, and what is said of them is no lawful ground.
_out_for_something_else = notions(
    rf"\b{_BIDDER} (?:[a-z]+ )?(?:ayant|dont|qui|n'ayant|avec (?:lesquel|qui|laquelle)|deja |figurant|faisant)",
    r"(?:\bexclue?s?\b|exclura|\belimine|eliminera|\becartee?s?\b|ecartera|\brejetee?s?\b|irrecevab|ne (?:peu(?:t|vent)|pour(?:ra|ront)|ser(?:a|ont)|"
    r"sont) (?:pas |plus )?(?:candidater|soumissionner|concourir|repondre|deposer|admise?s?|retenue?s?|consultee?s?|invitee?s?)|n'est (?:pas|plus) (?:admis|"
    r"retenu|invit|consult))",
    unless=rf"(?:bureaux?\b|locaux\b|magasins?|{ALIEN}|pays\b|{ALLOWED}|{_ALIEN_LAW}|\boffres?\b|l\.? ?2141|article|ne (?:sont|seront|peuvent|sera|"
    rf"est) (?:pas |"
    rf"en aucun cas )[^.;]{{0,12}}(?:exclu|elimin|ecart|rejet)|condamn|interdiction|manquement|observations|influenc|conflits? d'interets?|travail dissimule|"
    rf"liquidation|redressement|visite|impots?|cotisation|fiscal|social|delai|heure|references?|experience|chiffre d'affaires|bilans?|effectif|capacit|"
    rf"niveaux?|minim|exig|requis|conditions?|pieces?|documents?|dossier|formulaire|\bdume\b|certificat|attestation|assuran|qualifi|certifi|label|agrement|"
    rf"habilit|autoris|signature|signe|complet|manquant|nationalit|siege|etabli|domicili|immatricul|registre|capital|actionn|groupe|filiale|maison|francais|"
    rf"europeen|etrang|sous-trait|anciennete|existence|cree|ans\b|annees? d|local|agence|antenne|atelier|implant|commune\b(?! (?:a|ont))|\bprix\b|note|"
    rf"points?|seuil|lots?|echantillon|demonstration|negociation|audition|critere|egalite|langue|moyens|materiel|personnel|justifi|demontr|produi|fourni|"
    rf"remis|depos[ei]|presente|competence|donnees|acces|tribunal|recours|juge|loi\b|mesure|securite|titulaire du|membre|soumission|candidature|donne suite|"
    rf"regularis|preuve|exclusion|mise? en concurrence|besoin|reponse|question|retir[ae])",
    reach=110,
)
_AROUND_HERE = (
    r"(?:locale?s?\b|locaux\b|(?:du|de la|de notre|de son|de sa|dans le|dans la|dans notre|du meme|de chez|sur (?:le|la|notre)|en|au|son) ?(?:bourg|cru|"
    r"canton|village|pays\b|coin|departement|territoire|bassin|littoral|massif|quartier|commune|ville|vallee|region|agglomeration|metropole|intercommunalite|"
    r"communaute|ile|secteur geographique|nous\b)|de l'(?:agglomeration|intercommunalite|ile|arrondissement)|dans l'(?:agglomeration|intercommunalite|ile|"
    r"arrondissement)|sur place|\bd'ici\b|de chez nous|communa(?:l|le|les|ux)\b|departementa(?:l|le|les|ux)\b|regiona(?:l|le|les|ux)\b|de proximite|"
    r"proches?\b|voisine?s?\b|a proximite|moins de \d+ ?(?:km|kilometres)|territorial)"
)
_LOCAL_FIRM = (
    rf"(?:(?:entreprises?|societes?|artisans?|commercants?|fournisseurs?|producteurs?|prestataires?|candidats?|soumissionnaires?|imprimeurs?|garages?|"
    rf"traiteurs?|restaurateurs?|maraichers?|agriculteurs?|pme|tpe|acteurs?|exploitants?|associations?|siege(?: social)?|ateliers?|agences?|quelqu'un|"
    rf"operateurs?)\b[^.;,|]{{0,50}}{_AROUND_HERE}|tissu economique|ancrage|emplois? (?:loca|sur|dans|de la)|embauch[a-z]+[^.;]{{0,30}}(?:habitants|loca|"
    rf"commune)|retombees|(?:impots?|taxes? [a-z]+|cfe|cotisations?)[^.;]{{0,30}}(?:commun|locaux|sur place|ville)|economie locale|implantation[^.;|"
    rf"]{{0,60}}(?:departement|region|commune|territoire|locale|ville|canton|agglomeration)|(?:entreprise|candidat|societe|prestataire)s? (?:la|"
    rf"le) plus proche|distance[^.;]{{0,30}}(?:siege|locaux|agence|etablissement|candidat|entreprise)|eloignement|proximite (?:geographique|du siege|"
    rf"de l'entreprise|du candidat|des locaux|de la societe|du prestataire)|(?:extérieure|exterieure|hors)[a-z]*[^.;]{{0,12}}(?:departement|commune|region|"
    rf"canton|territoire))"
)
_local_first = notions(
    _LOCAL_FIRM,
    rf"(?:{PREFERRED}|{SCORE}|reserv|second rang|retien|retiendra|on prendra|se portera|choix|choisi|iront? a|revien|servis|passer(?:a|ont) (?:en premier|"
    rf"devant|avant)|consultees? qu)",
    unless=r"(?:collectivites? (?:locales?|territoriales?|membres?)|autorites? |administrations? |clause sociale|insertion|circuits? courts?|droit local|"
    r"taxe (?:locale|de sejour)|mission locale|agents? loca|impots? locaux (?:est|sont)|urbanisme|visite|reserve (?:aux|a l')(?:usager|habitant)|"
    r"stationnement|delai d'intervention|sous-traitant|n'(?:est|entre|a) |ne (?:sera|sont|peut|constitue|saurait|beneficie)|aucun|traitee?s? (?:a egalite|"
    r"de la meme|egalement)|et d'ailleurs|livraison|livr[a-z]+ |points? de (?:livraison|collecte|contact)|donnees|serveurs?|heberg|l2112-4|reserves? (?:sont|"
    r"est|seront)|secteur prive|solidaire|economie sociale|reunions? |par le titulaire|execution des travaux|stock|sinistre|sites? (?:est|sont|de)|"
    r"public local|chantier|prix[^.;]{0,30}(?:locaux|local\b))",
)

_PREMISES = (
    r"(?:un local\b|service apres-vente|sav\b|stock de proximite|agences?|antennes?|bureaux?|depots?(?! (?:de|des|du|d')[^.;]{0,6}(?:pli|offre|candidature|"
    r"dossier|plainte|garantie|dossier))|etablissements?|locaux|ateliers?|implantations?|implantee?s?|magasins?|points? (?:de vente|de retrait|d'accueil|"
    r"relais)|deja (?:installe|etabli|present)e?s?|showrooms?|boutiques?|centres? (?:de maintenance|technique|de service)|entrepots?|garages?|permanences?|"
    r"presence (?:physique|locale|sur)|presentes? sur|pignon sur rue|bail (?:commercial|professionnel)|bases? (?:logistique|operationnelle|technique)|"
    r"succursales?|point d'appui)"
)
_ALREADY = (
    r"(?:\bbail\b|existant|\bdeja\b|d'ores et deja|des a present|actuellement|au jour|a la (?:date|remise)|au moment|lors d|preexist|prealable|"
    r"ouverte?s? depuis|au depot|des (?:le depot|la remise|l'offre|la candidature)|avec (?:la|sa|leur) candidature|a joindre|(?:la|de) candidature|"
    r"pour (?:candidater|etre admis|repondre|soumissionner)|candidat|recevab|peuvent repondre|depot (?:de l'offre|du pli|des offres)|(?:candidat|"
    r"soumissionnaire|concurrent)s? (?:doi[a-z]+ |devr[a-z]+ )?(?:justifi|demontr|dispos|possed|attest|produi|fourni|prouv)|elimin|admis|concurrents|irrecev)"
)
_WHERE_PREMISES = (
    rf"(?:departement|region\b|commune|agglomeration|\brayon\b|metropole|territoire|(?:\d+|{NUMBER}) ?(?:km|kilometres)|intercommunal|\bville\b|canton|"
    rf"proximite|sur place|moins d'une heure|\b(?:minutes|heure|heures) (?:de route|de trajet|du site|de l)|moins de (?:\d+|{NUMBER}) (?:minutes|heures|km|"
    rf"kilometres)|\bressort\b|communaute d|\bl'ile\b|arrondissement|\blocale?s?\b(?! commerci)|guadeloupe|martinique|reunion\b(?! d)|mayotte|guyane|corse\b|"
    rf"en region|quartier|centre-ville|a (?:moins de )?\d+ minutes|(?:ouverte?s?|situee?s?|implantee?s?|exploitee?s?|installee?s?) (?:a|au|aux|en|dans)\b)"
)
_premises_before = notions(
    rf"\b{_PREMISES}",
    _WHERE_PREMISES,
    _ALREADY,
    unless=r"(?:interv[a-z]+ dans|s'engage|apres (?:l'|la |son )?(?:attribution|notification)|compter de la notification|suivent la notification|"
    r"en cours d'execution|au (?:demarrage|debut)|en cas d'attribution|s'il est (?:retenu|attributaire)|dans l'union|union europeenne|donnees|acheteur met|"
    r"maitre d'ouvrage met|met(?:tra)? a disposition|mis(?:e|es)? a disposition|plans?\b|visite|livraison|livr[a-z]+ |nettoy|entretien|moyens? (?:equivalent|"
    r"d'y)|delai d'intervention|sans qu|seront? (?:renove|occup)|siege social|dechet|bureau de (?:vote|controle)|bureaux? d'etudes|parois|hospital|scolaire|"
    r"\d points?|points? (?!de|d'|relais)|\bnot(?:e|ation)\b|etablissements? (?:public|de sante|recevant|scolaire|hospitalier|membre))",
)

_AGE = (
    rf"(?:immatriculation[^.;]{{0,40}}(?:anterieure|posterieure|avant|apres)|experience d[eu] (?:l'entreprise|la societe|l'editeur|"
    rf"candidat)[^.;]{{0,40}}{NUMBER} ?(?:\(\d+\) )?(?:ans|annees)|creee?s? (?:en cours d'annee|cette annee|dans l'annee)|fonde[es]* depuis|"
    rf"annees d'exercice|(?:deux|trois|quatre|cinq) exercices|presence[^.;]{{0,30}}{NUMBER} ?(?:\(\d+\) )?(?:ans|annees)|{NUMBER} ?(?:\(\d+\) )?(?:ans|"
    rf"annees|mois|exercices|bilans)(?: [a-z]+){{0,2}} (?:d'(?:age|existence|anciennete|activite|anteriorite|immatriculation|exercice)|clos|revolue?s|"
    rf"ininterrompue?s?)|immatriculation[^.;]{{0,40}}{NUMBER} ?(?:ans|annees|mois)|{NUMBER} bilans|d(?:'|uree d'|e )(?:existence|anciennete|anteriorite|"
    rf"activite) (?:juridique )?(?:minim[a-z]+ )?(?:de|d'au moins|superieure|minimale ?:|:)|(?:existence|"
    rf"anciennete)[^.;]{{0,80}}{NUMBER} ?(?:\(\d+\) )?(?:ans|annees|exercices)|(?:cree|fonde|constitue|immatricule|inscrite?|enregistre|"
    rf"lance)e?s? (?:[a-z]+ )?(?:(?:avant|apres|depuis|il y a|en|posterieurement|anterieurement)[^.;]{{0,20}}(?:\d|{NUMBER})|recemment)|(?:date de |"
    rf"annee de )?creation[^.;]{{0,30}}(?:recente|anterieure|avant|posterieure|depuis|moins de|plus de|: (?:avant|apres))|(?:jeunes?|nouvelles?|"
    rf"recentes?) (?:entreprises?|pousses?|societes?|structures?)|(?:entreprises?|societes?|structures?) (?:trop |plus )?(?:recentes?|nouvelles?|jeunes?|"
    rf"naissantes?)|start-?ups?|(?:exerc|activite|existe|exist)[a-z]*[^.;]{{0,30}}depuis (?:au moins |plus de |au minimum )?{NUMBER} ?(?:\(\d+\) )?(?:ans|"
    rf"annees|mois)|anteriorite|(?:trois|cinq|deux|{NUMBER}) (?:derniers )?(?:exercices|bilans)|moins de {NUMBER} (?:ans|annees)|trop recentes?)"
)
_too_young = notions(
    _AGE,
    rf"(?:\b{PERSON}\b|candidat|capacite|condition|participation|start-?ups?|pousses|consultation|existence|anciennete|immatriculation|creation|activite|"
    rf"duree)",
    rf"(?:{REFUSED}|{ONLY}|au moins|minim|requis|\bexig|doi(?:t|vent)|devr(?:a|ont)|sous peine|a peine|condition|superieur|obligatoire|imperati|"
    rf"depuis (?:plus de )?{NUMBER}|\baucune? start|ce qui exclut|preuve|prouv|remonter|prendra pas|justifi|anterieure? a|revolu|depuis plus|faut)",
    unless=rf"(?:(?<!ne )peu(?:t|vent) (?:candidat|prouv|justif|present|fourni)|prouve|autres? moyens?|tout moyen|par tous moyens|dont (?:elles|ils|il|"
    rf"elle) disposent?|disponibles?|sans condition|{STAFF}[^.;,]{{0,40}}(?:anciennete|experience|depuis|ans)|anciennete (?:du|des|de l') ?(?:personnel|"
    rf"agent|salarie|conduct|intervenant|materiel|equipement|vehicule)|experience(?! de l'(?:entreprise|editeur)| de la societe| du candidat)|conserv|"
    rf"garanti|archiv|batiment|references?|marche (?:conclu|execut)|convention|decret|\bloi\b|arrete\b|nationalite|comptes|vehicules?|materiel|equipement|"
    rf"aucune anciennete|quelle que soit|decennal|reprise? du personnel|bonifi|points?\b|\bnot(?:e|ee)\b|au prorata|en fonction de (?:la|leur) date|"
    rf"la periode|declar[a-z]+ (?:de |du |le |son |leur )*(?:chiffre|effectif)|chiffre d'affaires|bilans? (?:ou|et) |extraits? de bilan|"
    rf"prestations (?:executees|realisees)|demandeurs d'emploi|personnes? |jeunes (?:de|en|sans)\b)",
)

_TOGETHER = (
    r"(?:groupements?(?! (?:de commandes|d'achat|hospitalier|d'interet|scolaire|d'employeur))|cotraitan[a-z]+|candidatures? (?:groupees?|communes?|"
    r"conjointes?|individuelles?)|offres? (?:groupees?|communes?|conjointes?)|(?:plusieurs|deux|trois) (?:entreprises|societes|operateurs|entites)|"
    r"s'associer|se grouper|s'allier|se regrouper|co-traitan[a-z]+|individuellement|a titre individuel|(?:candidat|entreprise)s? (?:isolee?s?|uniques?|"
    r"seule?s?)|(?:repond|candidat|soumissionn|present)[a-z]* (?:[a-z]+ ){0,2}seule?s?|sans (?:associe|cotraitant)|forme (?:de la candidature|du groupement))"
)
_GROUPING_LAWFUL = (
    r"(?:ressortissant|nationalit|plusieurs (?:groupements|candidatures|offres)|a la fois|qui en comprend|(?:apres|a) (?:l'|son )?attribution|attributaire|"
    r"en qualite de mandataire|membre d|transform|coordonnateur|habilit|ou en groupement|deux groupements|en cas de groupement|seule?s? (?:et|ou) (?:group|"
    r"avec|en)|mandataire de plus|plus d'un groupement|factur|pai(?:e|ement)|mandataire (?:du groupement conjoint )?(?:est|sera) solidaire|librement|indiqu|"
    r"groupements? de commandes|chaque membre|code du travail|un meme (?:candidat|operateur)|meme candidat|une seule (?:offre|candidature)|signee?s? par|"
    r"modif|composition|(?:entre|de) plusieurs (?:attributaires|titulaires)|lots?\b|seront? (?:verse|paye)|compte unique|sous-traitants? (?:ne|est))"
)
_bidding_together = notions(
    rf"\b{_TOGETHER}",
    rf"(?:{REFUSED}|{ONLY}|: ?(?:non|neant|interdit)|\bpas de|\baucun|obligatoire|impos|\bexig|sera eliminee|\bdoi(?:t|vent)|imperativ|individuellement|"
    rf"repondent seules|ne peu(?:t|vent) |(?:candidature|offre|depot|remise)[^.;]{{0,40}}(?:revet|prend|adopte)|(?:revet|prend|"
    rf"adopte)[^.;]{{0,40}}(?:candidature|offre|depot|remise))",
    r"(?:cotrait|acheteur|candidat|offres?\b|remise|depot|soumission|repon|concour|particip|consultation|recevab|\bplis?\b|marche|forme|"
    r"groupements? (?:exclu|refus|interdit|non)|associe)",
    unless=_GROUPING_LAWFUL,
    denied=r"(?:aucune forme|ne (?:peut|peuvent) (?:pas )?(?:etre )?(?:impos|exig|interdi)|sans (?:imposer|exiger|qu)|n'est pas (?:exig|impos)|n'(?:impose|"
    r"exige)|quelle que soit|est libre|forme libre|ne (?:sont|seront) (?:pas |tenu)[^.;]{0,20}(?:tenu|impos|contrain))",
)

_form_imposed = notions(
    r"(?:solidaires?|conjointe?s?)\b",
    r"groupement",
    r"(?:obligatoire|impos|\bexig|\bdoi(?:t|vent)|devr(?:a|ont)|sous peine|a peine|\bseul|uniquement|exclusivement|revet|prend\b|adopte|imperati|requis|"
    r"sinon|necessairement)",
    r"(?:candidature|candidat|depot|remise|\boffres?\b|\bplis?\b|rejet|irrecevab|se presente|soumission|consultation)",
    unless=r"(?:(?:apres|a) (?:l'|son )?attribution|attributaire|mandataire (?:du groupement conjoint )?(?:est|sera|doit etre) solidaire|transform|attribue|"
    r"librement|solidaire de chacun|solidairement|membre d|titulaire|solidaire des autres|notification|execution du marche)",
    denied=r"(?:aucune forme|ne (?:peut|peuvent) (?:pas )?(?:etre )?(?:impos|exig|interdi)|sans (?:imposer|exiger|qu)|n'est pas (?:exig|impos)|n'(?:impose|"
    r"exige)|quelle que soit|est libre|forme libre)",
    words=("solidaire", "conjoint"),
)

_NO_TIERS = (
    r"(?:sous-trait[a-z]*|(?:un|des|aucun) tiers|tierces? (?:personne|partie)|(?:d'|une |toute |des )?autres? (?:entreprises?|societes?|prestataires?|"
    r"operateurs?)|entreprises? tierces?|prestataires? exterieurs?|entreprises? exterieures?)"
)
_NOT_SUBCONTRACTING = (
    r"(?:\bliste|qu'a (?:des|un)|francais|europeen|reclamation|refus[a-z]* (?:un|le|tout) sous-traitant (?:qui|s'il|dont)|avant (?:son|l'|leur|d'avoir|que)|"
    r"sans (?:l'|avoir|accord|autorisation|agrement|acceptation|declar|information|informer)|prealable|non declare|occulte|irregul|sauvage|essentielle|"
    r"sous-traitance (?:totale|integrale)|sous-traiter (?:la totalite|l'integralite|integralement)|sous-traitance de la totalite|degag|exoner|decharg|"
    r"sous-trait[a-z]*[^.;]{0,30}en totalite|en totalite[^.;]{0,20}sous-trait|(?:des|de ces|les|ces|certaines) taches|au-dela|\brang\b|cascade|ulterieur|"
    r"fournitures|hors d|pays|donnees|paiement|payer?\b|avance\b|interet|reglement de|decision motivee|motivee|lorsqu'|accord ou|qu'a (?:la )?condition|"
    r"qu'avec|qu'apres|que sous|(?:concerner|porter sur|couvrir|representer|exceder)[^.;]{0,10}totalite du|confidenti|diffus|cede|cession|commercial|acces\b|"
    r"renseignement|l2193|rgpd|informations?|secret|droits? de tiers|tiers (?:au contrat|victime|lese)|propriete|responsab|voies? de recours|contrefa|"
    r"assuran|interdiction de soumissionner|(?:les|ces|des) (?:operations|prestations|missions) (?:de|d'|essentielles|suivantes|critiques)|maintien|substitu|"
    r"remplac|publi)"
)
_no_subcontracting = notions(
    r"(?:(?:recours|appel) (?:aux?|a (?:des|un|la|une)) sous-trait[a-z]*|(?<!\baux )(?<!\bau )(?<!\bses )(?<!\bdes )(?<!\bleurs )sous-trait[a-z]*|"
    r"\bdes sous-traitants)",
    rf"(?:{REFUSED}|\bpas de sous|\baucune? |zero|\bneant|renonce|resiliation|bann|: ?(?:non|interdit)|n'est pas|penalite|ne (?:peut|pourra|saurait|"
    rf"doit)[^.;]{{0,25}}sous-trait|par ses propres|personnel(?:le|lement)|sans (?:recourir|recours|sous)|integralement par)",
    unless=_NOT_SUBCONTRACTING,
    denied=r"(?:ne peut (?:pas )?(?:etre )?(?:totalement |entierement )?(?:interdi|refus)|sans interdire|nulle|n'est pas interdit|n'interdit|"
    r"reputee non ecrite|illega|est (?:libre|admise|autorisee|possible|permise)|autorisee? (?:sous|dans))",
    reach=90,
    words=("sous-trait",),
)
_does_it_all_himself = notions(
    r"(?:(?:realis|execut|assur|effectu|fai[st]|accompli)[a-z]*[^.;]{0,70}(?:lui-meme|elle-meme|personnellement|(?:propres? (?:personnels?|moyens|salaries|"
    r"equipes|agents)|moyens propres|seuls moyens|ses seul[a-z]+ [a-z]+|par (?:le|son) (?:seul |propre )?personnel)|par (?:les|ses) (?:seuls )?(?:salaries|"
    r"employes|equipes|agents)|execution personnelle)|(?:lui-meme|elle-meme|personnellement)[^.;]{0,40}(?:realis|execut|assur|effectu))",
    r"(?:integral|\btotalite|\btout(?! (?:moment|autre|document|dommage))\b|l'ensemble (?:des|du)|toutes les|sans exception|entierement|sans pouvoir|"
    r"exclusivement|a l'exclusion)",
    unless=rf"(?:{_NOT_SUBCONTRACTING}|formalite|frais|a ses frais|acheteur (?:realise|execute|assure)|mandataire|a defaut|controle)",
    denied=r"(?:n'est pas (?:tenu|exig)|n'(?:exige|impose))",
)
_nobody_else = notions(
    _NO_TIERS,
    rf"(?:{REFUSED}|aucune?\b|ne peu(?:t|vent)|sans pouvoir|n'est pas|exclu|interdi|\bjamais)",
    r"(?:\bconfi|interven|recour|faire appel|appel a|execution|compte du titulaire|(?:execut|realis)[a-z]* par)",
    unless=rf"(?:{_NOT_SUBCONTRACTING}|sous-trait|candidat|groupement|\btiers (?:de|a) confiance|acheteur (?:les |la |le )?(?:peut|se reserve|fait|confi|"
    rf"pourra)|exclusiv|audit|concurren|autre prestataire (?:designe|choisi)|aux frais)",
    denied=r"(?:n'est pas interdit|n'interdit)",
)

_TRACK = (
    r"(?:references?|realisations?|chantiers?|operations?|experiences?|marches? (?:similaires?|identiques?|equivalents?|analogues?|de meme)|"
    r"prestations? (?:similaires?|identiques?|equivalentes?|comparables?)|projets?|missions? (?:similaires?|identiques?)|(?:attestations?|"
    r"certificats?) (?:de bonne|de capacite|de travaux|clients?|d'execution))"
)
_MANY = (
    r"(?:\b(?:[6-9]|[1-9]\d)\b(?! ?(?:%|mois|ans|jours|k|€|euros|m²|h\b|heures|habit|points))|\b(?:six|sept|huit|neuf|dix|onze|douze|quinze|vingt|trente|"
    r"cinquante)\b|une? (?:dizaine|douzaine|quinzaine|vingtaine))"
)
_TRACK_LAWFUL = (
    rf"(?:{ALLOWED}|agences?\b|bureaux?\b|locaux\b|ateliers?\b|garages?\b|entrepots?\b|magasins?\b|(?:deja )?present[es]* (?:sur|dans)|autre reference|"
    rf"bordereau|ou equivalent|ne (?:justifie|peut|suffit|saurait|constitue|vaut)[^.;]{{0,20}}(?:pas|a elle)|n'est pas (?:exig|requis|demand|limit|elimin|"
    rf"un motif|a elle|en soi|pris)|tout (?:autre )?moyen|autres? moyens?|\bau (?:plus|maximum)\b|maxim|recemment cree|nouvellement cree|prix de references?|"
    rf"normes? de references?|documents? de references?|a titre indicatif|catalogue|pieces? detachees|references? (?:des?|du) (?:produit|materiau|article|"
    rf"prix|papier)|references? (?:de|d') ?(?:papier|fournitures?|articles?|pieces?|couleurs?|modeles?|peinture|livres?)|articles? (?:de|du)|chef de projet|"
    rf"intervenant|\bcv\b|points?\b|\bnot(?:e|ee|es|ation)\b|critere d'attribution|valeur technique|termes de reference|point de reference|\bindice|"
    rf"taux de reference|en reference a|par reference|faisant reference|sites? \(|titulaire (?:execute|realise) |penalit|delai)"
)
_many_references = notions(
    rf"(?:{_MANY}(?: \(\d+\))?(?: [a-z'-]+){{0,4}} (?:{_TRACK}|marches (?:publics )?(?:de|d'))|{_TRACK}(?: (?:exigee?s?|demandee?s?|requise?s?|similaires?|"
    rf"minimales?|obligatoires?))*[ :|,]*(?:(?:au )?minimum|au moins)?[ :|,]*{_MANY}(?! ?(?:ans|annees|derni|mois)))",
    r"(?:\bexig|minim|au moins|sinon|obligatoire|impos|produi|sous peine|a peine|elimin|irrecevab|rejet|requis|faut|doi(?:t|vent)|devr(?:a|ont)|justifi|"
    r"fourni|capacite|a defaut|condition)",
    r"(?:attestations?|certificats?|candidat|references?|soumissionnaire|entreprise|capacite|justifi|fourni|chantiers|similaires|equivalent|condition|realis|"
    r"trois (?:dernieres|ans)|minim)",
    unless=_TRACK_LAWFUL,
)
_WORKED = r"(?:travaill|intervenu|execut|realis|livr[es]|equip|fourni|titulaire|experience|reference|operat|install|exerce)"
_never_did = notions(
    rf"(?:(?:jamais|pas|aucune?|sans|absence|defaut|depourvu|faute)[^.;]{{0,35}}(?:{_WORKED}|references?))",
    rf"(?:{REFUSED}|pas vocation|n'est pas (?:retenu|admis|examin))",
    r"(?:references?|jamais|\bdeja\b|experience|mairie|commune|collectivite|etablissement|public|similaire|hopita|lycee|meme)",
    unless=rf"(?:{_TRACK_LAWFUL}|visite|sourcing|reunion|retire|charte|documents?\b|pieces?\b|attestation|signature|delai|donnees|prealable|manquement|"
    rf"offre anormal|norme|\bdtu\b)",
    denied=r"(?:n'est pas,? (?:a elle|un |une |en soi|motif)|ne (?:peut|saurait|suffit|justifie|constitue)[^.;]{0,40}(?:seul|motif|elimin|exclu|ecart|rejet)|"
    r"n'(?:entraine|emporte|interdit|elimine|exclut|ecarte)|aucune exigence|quel)",
)
_already_for_us = notions(
    r"(?:(?:\bdeja\b|anterieurement|par le passe|prealable|precedemment|ete titulaire|avoir (?:execut|realis|travaill|fourni|livr)|intervenue?s?|"
    r"ayant (?:deja )?(?:execut|realis|travaill|equip|livr))[^.;]{0,100}(?:\b(?:pour|de|avec|dans|aupres d[eu]|chez) (?:au moins )?(?:l'|la |le |notre |nos |"
    r"un |une |au moins un )?(?:acheteur|region|departement|commune|ville|mairie|etablissement|hopital|universite|ministere|lycee|collectivite|syndicat|"
    r"service|metropole)|\bnous\b|identique|notre|nos )|\bnous avoir deja)",
    rf"(?:{ONLY}|prealable a|\bexig|obligatoire|imperati|condition|doi(?:t|vent)|devez|devr(?:a|ont)|irrecevab|recevab|elimin|requis|faut|admis)",
    unless=rf"(?:{_TRACK_LAWFUL}|visite|audit|donnees|en place|remis|acceptation prealable|accord|informe|sous-trait|lot\b|solution|logiciel|"
    rf"prestations deja|paiement|factur|droits? )",
)
_no_private_reference = notions(
    r"references?[^.;]{0,40}(?:privee?s?\b|secteur prive|entreprises privees|particuliers|hors secteur public)",
    rf"(?:{REFUSED}|ne (?:compte|comptent|valent|vaut|seront|sont)|exclu)",
    unless=rf"(?:{_TRACK_LAWFUL}|publiques? (?:ou|et) privee?s?|ne (?:seront|sont) pas (?:exclu|ecart|rejet|elimin))",
    denied=None,
    words=("reference",),
)
_only_such_references = notions(
    r"(?:references?|realisations?|experiences?|candidatures?[^.;]{0,40}(?:projets?|chantiers?|operations?)|marches? similaires?|prestations? similaires?)",
    r"(?:\bne (?:sont|seront|sera|est) [a-z]+ que|exclusivement|uniquement|toutes?\b|\bseules?\b|obligatoirement|imperativement|identiques?\b|"
    r"de (?:la )?meme (?:strate|taille|nature et)|du departement|dans le departement|dans la region)",
    r"(?:collectivites?|acheteurs? publics?|secteur public|maitre d'ouvrage public|communes?\b|departements?\b|regions?\b|ministeres?|etablissements?|hopita|"
    r"universit|bailleurs?|la ville|lycees?|administration|mairies?|identique|strate|organismes?|publi)",
    unless=rf"(?:{_TRACK_LAWFUL}|publiques ou privees|nature ou|marches? publics? (?:de|passes)|toutes (?:les )?(?:pieces|mesures|prestations)|"
    rf"operations? (?:de|d')(?!renovation|construction)|chantiers? (?:du|est|sont|doit)|projet de|titulaire|experiences? de|l'operation|du chantier|"
    rf"le chantier|le projet|du projet|ce projet|autoris|travaux|lots?\b|norme|\bdtu\b)",
)

_TURNOVER_WORD = compiled(r"(?:chiffres? d'affaires?|(?<![a-z])ca(?![a-z])|volume d'affaires?)")
_TIMES = compiled(
    rf"(?:(?P<ratio>{NUMBER})(?: \(\d+\))? ?(?:fois|x)\b(?P<half> et demie)?|(?P<word>double|triple|quadruple|quintuple|sextuple|decuple)\b|"
    rf"(?P<percent>\d{{3,4}}) ?(?:%|pour cent)|\bx ?(?P<after>\d+(?:[.,]\d+)?)\b)"
)
_MULTIPLES = {"double": 2.0, "triple": 3.0, "quadruple": 4.0, "quintuple": 5.0, "sextuple": 6.0, "decuple": 10.0}
_SHARE = compiled(r"(?:pas|plus|excede|depass)[^.;]{0,40}?(?P<share>\d{1,2}) ?(?:%|pour cent)[^.;]{0,20}(?:chiffres? d'affaires?|\bca\b)")
_TURNOVER_ASKED = compiled(
    rf"(?:{MUST}|minim|au moins|egal|superieur|inferieur|en deca|n'atteint|atteign|atteindre|represent|vaut|capacite|seuil|demande(?:e|s|es)?\b|realis|>|≥|"
    rf"requis|necessair|elimin|"
    rf"retenu|: )"
)
_TURNOVER_LAWFUL = compiled(
    r"(?<![a-z])(?:redevance|penalit|amende|au plus|sans (?:exceder|depasser)|dans la limite|plafonn|ne (?:peut|doit|depasse|saurait|"
    r"pourra)[^.;]{0,30}(?:exceder|depasser|superieur|pas etre superieur)|n'exced|ne depass|aucun chiffre|n'est exige|par an au moins|(?:un|1)[,.]5|"
    r"une fois et demie|critere|points?\b|declare? (?:deux|trois)|justifi[a-z]* par|raison (?:de|des) risques?|risques particuliers|interdi|maximal)"
)


def _turnover_times(text: Text) -> Iterator[Caught]:
    """A minimum turnover as a multiple of what the contract is worth, in whatever order (CCP R2142-7: 1.5 times at most)."""
    for sentence in text.readings:
        if "affaire" not in sentence.words and " ca " not in f" {sentence.words} ":
            continue
        if not _TURNOVER_WORD.search(sentence.words) or not _TURNOVER_ASKED.search(sentence.words) or _TURNOVER_LAWFUL.search(sentence.words):
            continue
        for match in _TIMES.finditer(sentence.words):
            if _multiple(match) > ceiling(_TURNOVER, text.day) and match.start() >= sentence.lead:
                yield Caught(sentence.at(*match.span()), f"Le texte demande {_multiple(match):g} fois le montant.".replace(".", ",", 1), within=sentence)
                break
        share = _SHARE.search(sentence.words)
        if share and float(share["share"]) < 100 / ceiling(_TURNOVER, text.day):
            yield Caught(sentence.at(*share.span()), within=sentence)


def _multiple(match: re.Match[str]) -> float:
    if match["word"]:
        return _MULTIPLES[match["word"]]
    if match["percent"]:
        return float(match["percent"]) / 100
    return (number(match["ratio"] or match["after"]) or 0.0) + (0.5 if match["half"] else 0.0)


def _turnover_beside_estimate(text: Text) -> Iterator[Caught]:
    """A minimum turnover in euros, more than 1.5 times an estimate written beside it, before or after."""
    estimated = compiled(r"(?:estim[a-z]+|evalu[a-z]+|valeur|montant (?:du|annuel|previsionnel|total|de l)|budget)[^.;€\d]{0,60}")
    for sentence in text.readings:
        if "affaire" not in sentence.words and " ca " not in f" {sentence.words} ":
            continue
        turnover = _TURNOVER_WORD.search(sentence.words)
        if not turnover or not _TURNOVER_ASKED.search(sentence.words) or _TURNOVER_LAWFUL.search(sentence.words):
            continue
        asked, worth = _amount_after(turnover.end(), sentence.words, estimated), _estimate(text.around(sentence.span), estimated)
        if asked and worth and ceiling(_TURNOVER, text.day) < _euros(asked) / worth < 100:
            times = f"{_euros(asked) / worth:.1f}".replace(".", ",")
            yield Caught(sentence.at(*asked.span()), f"Le texte demande {times} fois le montant estimé.", within=sentence)


def _amount_after(start: int, words: str, estimated: re.Pattern[str]) -> re.Match[str] | None:
    """The first amount after ``start`` that is no estimate; failing that, the one just before (« cinq millions d'euros de chiffre d'affaires »)."""
    estimates = {about.end() for about in estimated.finditer(words)}
    asked = [one for one in _AMOUNT.finditer(words) if one.start() not in estimates]
    just_before = (one for one in asked if 0 <= start - one.end() < _SAME_PHRASE)
    return next((one for one in asked if one.start() >= start), None) or next(just_before, None)


# « 5 millions d'euros hors taxes de chiffre d'affaires ».
_SAME_PHRASE = 45


def _estimate(words: str, estimated: re.Pattern[str]) -> float | None:
    """What the contract is said to be worth, in euros, or None."""
    found = (_AMOUNT.match(words, about.end()) for about in estimated.finditer(words))
    return next((_euros(one) for one in found if one), None)


_SHAREHOLDING = (
    r"(?:reprise (?:du|de l)|(?:vente|cession|achat|transfert) (?:de|des) (?:parts|actions|titres)|\bparts du\b|pren[a-z]+ le controle|actionn[a-z]+|"
    r"associes?\b|parts? sociales?|\bactions\b|\btitres\b|\bcapital\b|capitalistique|prises? de (?:participation|controle)|investisseurs?|"
    r"mouvements? de capital|rachat (?:du|de l|de la|par)|rachet[a-z]+|acquisition (?:du|de l|de la|par)|acquereur|fonds (?:etranger|d'investissement|non|"
    r"de pension)|cessions? (?:de|d') ?(?:parts|actions|titres|la societe))"
)
_CONSENT = (
    r"(?:\bagre(?:e|er|es|ee|ment|era|ments)\b|\baval\b|\baccord\b|approuv|approbation|autoris|oppos|veto|valid|feu vert|consent|assentiment|dispense|"
    r"derogation accordee|accepte par|sans l'avis conforme|soumis(?:es|e)? a (?:la decision|l'accord|l'avis))"
)
_THEIR_SAY = (
    r"(?:acheteur|collectivite|pouvoir adjudicateur|commune|ville|region|departement|etablissement|administration|maire|municipal|conseil (?:departemental|"
    r"regional|communautaire)|metropole|syndicat|universite|hopital|ministere|notre|prealable|etat\b|personne publique|beneficiaire)"
)
_SHARES_LAWFUL = (
    r"(?:sans que|n'est pas|ne sont pas|aucun agrement|sans agrement|ni agrement|mesures? correctrices?|remediation|plan de (?:reversib|remed)|a defaut de|"
    r"exigences? (?:de|d')|qualification|acces aux|cession (?:du|de|des) (?:marche|contrat|creance|droits)|cession de la creance|nantissement|sous-traitan|"
    r"au capital de (?:\d|\{)|pouvoir de nommer|n'a pas a|transfert du marche|plan de reversibilite|livrables?|actions? (?:correctives?|de (?:formation|"
    r"communication|maintenance|sensib[a-z]+|progres|prevention))|titres? (?:de (?:sejour|creance|recette|perception|transport)|restaurant)|"
    r"action corrective|l'action\b|comptable|prefecture|mandat|donnees|analyse des risques|brevet|accord-cadre (?:est|a)|associes? a (?:la|l')|"
    r"capital humain|ne s'oppose pas)"
)
_SHAREHOLDING_WORDS = (
    "actionn",
    "associe",
    "actions",
    "titres",
    "capital",
    "prise",
    "investisseur",
    "rachat",
    "rachet",
    "acquisition",
    "acquereur",
    "fonds",
    "cession",
)
_say_on_shares = notions(
    _SHAREHOLDING,
    rf"(?:{_CONSENT}|s'interdit|(?:ne (?:cede|vend|peut (?:ceder|vendre|ouvrir|modifier|faire evoluer))[^.;]{{0,50}}sans)|figee?s?\b|refus|n'(?:a|"
    rf"aura) pas (?:ete )?accept)",
    _THEIR_SAY,
    unless=_SHARES_LAWFUL,
    words=(*_SHAREHOLDING_WORDS, "part"),
)
_ends_if_bought = notions(
    _SHAREHOLDING,
    rf"(?:\b{ALIEN}\b|{THIRD_STATE})",
    r"(?:resili|prend fin|mettre fin|met fin|tombe|de plein droit|automatique|caduc|rompu|cesse)",
    unless=rf"(?:{_SHARES_LAWFUL}|peut (?:etre )?resili|si (?:cette|l'|la|elle|ce)[^.;]{{0,60}}(?:impossible|perte|plus|acces|qualification|atteinte)|"
    rf"lorsqu'(?:il|elle) (?:prive|rend|fait perdre))",
    words=(*_SHAREHOLDING_WORDS, "parts", "controle"),
)


DETECTORS: dict[str, Detect] = {
    "nationalite-candidat": any_of(_nation_of_bidder, _french_leaders, _aliens_refused),
    "nationalite-personnels": any_of(_nation_of_staff, _french_staff, _foreign_staff_refused, _nothing_but_french_staff),
    "etablissement-exige": any_of(_registered_here, _decided_here, _bidders_from_here),
    "entreprise-francaise-europeenne": _firm_of_ours,
    "capital-europeen": _owned_here,
    "exclusion-loi-extraterritoriale": any_of(_law_refused, _free_of_law, _only_our_law),
    "exclusion-non-prevue": any_of(_out_for_what_they_did, _out_for_something_else),
    "preference-locale": _local_first,
    "implantation-prealable": _premises_before,
    "anciennete-entreprise": _too_young,
    "groupement-forme-imposee": any_of(_bidding_together, _form_imposed),
    "sous-traitance-interdite": any_of(_no_subcontracting, _does_it_all_himself, _nobody_else),
    "references-disproportionnees": any_of(_many_references, _never_did, _already_for_us, _only_such_references, _no_private_reference),
    "chiffre-affaires-disproportionne": any_of(_turnover_times, _turnover_beside_estimate),
    "agrement-actionnaires": any_of(_say_on_shares, _ends_if_bought),
}
