"""Rules about persons: who may bid, who may work, what may be asked of a firm rather than of its offer.

Ground: equality and free access (CCP L3), grounds of exclusion only by the code (L4, L2141-1 ff.), conditions of participation limited to aptitude and
capacity (L2142-1).
"""

import re
from collections.abc import Iterator

from assistant.drafting.review.pattern import (
    CRITERION,
    DEFENCE,
    DENIED,
    EUROPEAN,
    EXCLUDE,
    FOREIGN,
    MUST,
    NUMBER,
    PERSON,
    PREFER,
    STAFF,
    UNION,
    Caught,
    Detect,
    any_of,
    compiled,
    number,
    together,
    wording,
)
from assistant.drafting.review.text import Text

_NATIONALITY = rf"nationalite (?:[a-z]+ (?:ou|et) )?(?:{EUROPEAN}|{FOREIGN}|d'un (?:des )?etats?|d'un pays|de l'un|communautaire|de l'union)"
_COUNTRIES = r"(?:chine|russie|etats-unis|inde|israel|royaume-uni|pays tiers|etats? tiers|hors (?:de )?l'union|hors ue|hors europe|hors union)"
# Information asked for, with no effect on admission.
_DECLARED = r"(?:declar|inform|renseign|notifi|communiqu|indiqu|precis|mentionn|listes?\b|tableau|transparence)"
_REFUSED = r"(?:elimin|exclu|ecart|rejet|irrecevab|sous peine|seul)"

nationality_of_candidate = any_of(
    wording(
        rf"{PERSON}[^.;]*\b{_NATIONALITY}",
        rf"\b{_NATIONALITY}[^.;]*{PERSON}",
        rf"(?:dirigeants?|gerants?|representants? legaux|mandataires? sociaux|associes?|administrateurs de la societe)[^.;]*(?:\b{_NATIONALITY}|"
        rf"ressortissants?)",
        rf"{PERSON}[^.;]{{0,60}}\b(?:ressortissants?|citoyens?) (?:d'un|de l'un|de l'union|francais|europeens?)",
        requires=rf"(?:{MUST}|{PREFER}|\b(?:est|sont|soit|soient|etre)\b)",
        unless=rf"(?:{DEFENCE}|{CRITERION}|{STAFF}[^.;]{{0,50}}{_NATIONALITY}|{_DECLARED}[^.;]{{0,60}}nationalite|nationalite[^.;]{{0,40}}(?:indiqu|declar|"
        rf"precis))",
    ),
    wording(
        rf"\b{PERSON} (?:[a-z-]+ ){{0,2}}{FOREIGN}[^.;]*{EXCLUDE}",
        rf"{EXCLUDE}[^.;]{{0,60}}\b(?:{PERSON}|offres?|candidatures?) (?:[a-z-]+ ){{0,2}}{FOREIGN}",
        rf"(?:offres?|candidatures?) (?:[a-z-]+ ){{0,3}}{PERSON} (?:[a-z-]+ ){{0,2}}{FOREIGN}[^.;]*{EXCLUDE}",
        rf"\b(?:{PERSON}|offres?|candidatures?)(?: [a-z-]+){{0,3}} (?:originaires?|issu(?:e|s|es)?|provenant|venant|ressortissants?|etabli(?:e|s|"
        rf"es)?) (?:de|des|du|d'|en|hors)[^.;]{{0,25}}{_COUNTRIES}[^.;]*{EXCLUDE}",
        rf"\baucune? (?:{PERSON}|offre|candidature) {FOREIGN}",
        unless=rf"(?:{DEFENCE}|cloud act|fisa|extraterritorial|attestation|certificat|traduction|documents? equivalents?)",
        unless_near=DEFENCE,
    ),
)

nationality_of_staff = wording(
    rf"{STAFF}[^.;]*\b(?:{_NATIONALITY}|ressortissants?|citoyens?)\b",
    rf"\b{_NATIONALITY}[^.;]*\b{STAFF}",
    rf"\b(?:ressortissants?|citoyens?) (?:d'un|de l'un|de l'union|francais|europeens?)[^.;]*\b{STAFF}",
    rf"\b{STAFF} (?:[a-z-]+ ){{0,2}}(?:francais|europeens?|etrangers|non europeens?|extra-europeens?)\b",
    requires=rf"(?:{MUST}|{PREFER}|\b(?:est|sont|soit|soient|etre|ont|possed|justifi)\b|confie|assure|effectue)",
    unless=r"(?:habilit|defense|classifi|secret|diffusion restreinte|titre de sejour|carte professionnelle|travail(?:leurs)? etranger|"
    r"autorisation de travail|langue|parl(?:e|ant)|francophone|"
    r"dirigeants?|gerants?|salaries etrangers|main-d'œuvre|main d'œuvre|detach|liste nominative|d8254|formation|declar|partis? europeen|l\.? ?8\d{3})",
    unless_near=r"(?:habilitation|secret de la defense|zone a regime restrictif|travail dissimule|code du travail|l\.? ?8\d{3}-)",
)

_HERE = (
    r"(?:en france|dans l'union|dans l'ue|au sein de l'union|sur le (?:territoire|sol) (?:national|francais|europeen|de l'union|d'un etat membre|"
    r"metropolitain|de la republique)|"
    rf"dans {UNION}|en europe|au sein d'un etat membre|en territoire francais|dans l'eee|dans l'espace economique|en metropole|dans un pays de l'union)"
)
_SITE = (
    r"(?:donnees|moyens|centres? (?:de donnees|informatique|d'hebergement|de traitement)|datacenters?|data centers?|serveurs?|infrastructures?|"
    r"stockage|sauvegarde|support|hebergement|sites? d'hebergement|personnels?|equipes?)"
)

establishment_required = wording(
    rf"\b{PERSON}[^.;]{{0,80}}\b(?:doi(?:t|vent)|devr(?:a|ont)|est tenu|sont tenus|est obligatoirement|sont obligatoirement|"
    rf"s'engage)[^.;]{{0,60}}(?:siege|etabli(?:e|s|es|ssement)?\b|domicili|immatricul|implant|enregistr|bas(?:e|ee|es)\b)[^.;]{{0,60}}{_HERE}",
    rf"\bsiege (?:social )?[^.;]{{0,50}}(?:doit|devra|est obligatoirement|est imperativement|est exige|est requis)[^.;]{{0,40}}{_HERE}",
    rf"(?:\bseul|reserv|uniquement|exclusivement|limite|ouverte? aux)[^.;]{{0,90}}(?:siege|etabli(?:e|s|es|ssement)?\b|domicili|immatricul|"
    rf"implante|enregistr|basee?s?\b)[^.;]{{0,60}}{_HERE}",
    rf"(?:siege|etablissement|domicile|immatriculation|implantation)[^.;]{{0,50}}{_HERE}[^.;]{{0,60}}(?:est (?:exige|requis|impose|obligatoire|"
    rf"une condition|eliminatoire)|sont (?:exig|requis)|conditionne|sous peine|a peine)",
    rf"(?:exig|impos|condition|necessit)[^.;]{{0,70}}(?:siege|etablissement stable|etablissement principal|immatriculation|implantation)[^.;]{{0,60}}{_HERE}",
    rf"\b(?:{PERSON}|offres?|candidatures?)[^.;]{{0,50}}(?:siege|etabli(?:e|s|es)?\b|domicili|immatricul|implante|"
    rf"basee?s?\b)[^.;]{{0,40}}(?:hors d|en dehors|a l'exterieur|a l'etranger|ailleurs)[^.;]*{EXCLUDE}",
    rf"{EXCLUDE}[^.;]{{0,60}}\b(?:{PERSON}|offres?|candidatures?)[^.;]{{0,50}}(?:siege|etabli(?:e|s|es)?\b|domicili|"
    rf"immatricul)[^.;]{{0,40}}(?:hors d|en dehors|a l'exterieur|a l'etranger|n'est pas)",
    unless=rf"(?:{DEFENCE}|secnumcloud|19\.6|representant (?:au sens|dans l'union|du responsable)|article 27|{_SITE}[^.;]{{0,60}}(?:etabli|implant|situe|"
    rf"localis|heberg|bas(?:e|ee|es)\b)|attestation|"
    rf"tribunal|tva|certificat (?:de|des)|documents? equivalents?|{CRITERION}[^.;]{{0,40}}(?:siege|implant)|adresse du siege|autorite de controle)",
)

french_or_european_firm = wording(
    rf"\b{PERSON}(?: [a-z'-]+){{0,2}} {EUROPEAN}\b",
    rf"\b{PERSON} de droit (?:francais|europeen)",
    rf"\b(?:acteurs?|champions?|solutions? d'editeurs?|industriels?|fleurons?) {EUROPEAN}\b",
    requires=rf"(?:{MUST}|{PREFER}|confi(?:e|es|ee)\b|\bdoi|choisi|recour|fait appel|faire appel|s'adress|retenu|retien|selectionn|s'appui|travailler avec|"
    rf"subsidiaire|d'abord|en premier|\best (?:une?|imperativement)|souhait)",
    unless=rf"(?:qu'(?:il|elle|ils|elles) soi|francais(?:es|e)? (?:ou|et) |ou non\b|memes conditions|comme (?:les|toutes|tous)|a l'issue|ci-apres|denomme|"
    rf"sortant|"
    rf"titulaire actuel|notifie|{DEFENCE}|\b{CRITERION}|(?:francais|europeen|nationa)[a-z]* (?:et|ou|comme) (?:non |etrang|internationa)|"
    rf"reglement|"
    rf"commission europeenne|parlement|union europeenne d|norme|directive|agence|institut|lois? (?:nationales|francaises)|en matiere|legislation|"
    rf"autorites?|organismes? national|groupe (?:de travail|national)|acteurs? nationaux de sante|structures? d'insertion|titulaire francais|"
    rf"capital|actionnai|cloud act|fisa|extraterritorial|nationalite|"
    rf"habilitation|sous-traitant europeen de donnees|representation nationale|droit (?:national|francais|europeen) (?:applicable|regit)|(?:par|"
    rf"dans|sur|de|en) (?:le |la )?(?:droit|territoire|marche) (?:national|francais|europeen))",
)

_OWNERSHIP = (
    r"(?:capital(?:istique)?|actionnariat|actionnaires?|droits de vote|parts sociales|societe mere|maison[- ]mere|societe de tete|filiales?|"
    r"detenue?s?|controlee?s?\b|beneficiaires? effectifs?|investisseurs?|groupe)"
)
european_capital = wording(
    rf"{_OWNERSHIP}[^.;]{{0,110}}(?:{EUROPEAN}\b|{UNION}|ressortissants?)",
    rf"{_OWNERSHIP}[^.;]{{0,90}}(?:\b{FOREIGN}\b|hors (?:de )?l'union|hors (?:ue|union|europe)|exterieure?s? a l'union|(?:etats?|pays) tiers)",
    rf"\bcapitaux (?:[a-z]+ )?(?:{EUROPEAN}|{FOREIGN})\b",
    requires=rf"\b(?:{MUST}|{PREFER}|majorit|integralement|est detenu|sont detenu|est controle|n'est (?:pas )?(?:detenu|controle)|ne (?:peut|doit|sont)|"
    rf"garantit|\d+ ?%)",
    unless=rf"(?:{DEFENCE}|19\.6|secnumcloud|qualifi|2024-449|sren|24 ?%|39 ?%|{CRITERION}[^.;%]{{0,60}}(?:capital|actionna)|points|\bnot(?:e|ee|es|"
    rf"ation)\b|critere|"
    r"changement de controle|(?:inform|notifi|declar|communiqu|signal)[^.;]*(?:capital|actionna|controle|detenu)|analyse des donnees|"
    r"donnees[^.;]{0,40}(?:detenu|controle)|"
    r"cle(?:s)?[^.;]{0,60}(?:detenu|controle)|controlee?s? (?:depuis|par l'acheteur|par le beneficiaire)|agre(?:e|ment|er)|moyens[^.;]{0,40}detenu|resili)",
)

_LAW = (
    r"(?:cloud act|\bfisa\b|patriot act|lois? de (?:renseignement|securite nationale)|"
    r"(?:lois?|droits?|legislations?|reglementations?|juridictions?|normes|textes)(?: [a-z'-]+){0,3} (?:extra-?territorial(?:e|es|aux)?|"
    r"a portee extra-?territoriale|a effet extra-?territorial|"
    r"extra-?europeen(?:ne|nes|s)?|etrang(?:er|ere|eres|ers)|non[- ]europeen(?:ne|nes|s)?|americain(?:e|es|s)?|chinois(?:e|es)?|"
    r"d'(?:un )?(?:etats?|pays) tiers|de pays tiers|hors union europeenne)|"
    r"droits? tiers|extra-?territorialite|portee extra-?territoriale|d'un droit autre que (?:celui|le droit)|droit non europeen)"
)
_FUNCTIONAL = (
    r"(?:techniquement|possibilite technique|(?:acced|acces|obten|communi|divulg|transmi|transfer)[^.;]{0,40}(?:donnees|cle|contenu)|"
    r"donnees[^.;]{0,60}(?:acced|acces|obten|communi|divulg)|entites?\b|personnels?|demandes?|requ(?:e|i)(?:te|si)|injonction|ordres?\b|chiffr|"
    r"clef|cles\b)"
)
_SUBJECT = r"(?:soumis|soumise|assujetti|relev|sous (?:l'empire|le coup|juridiction)|expos|subordonn|vise par|visee par|tombe|tombant|regi)"
extraterritorial_exclusion = any_of(
    wording(
        rf"\b(?:{PERSON}|offres?|candidatures?|maison[- ]mere|societe mere|actionnaires?)\b[^.;]*{_LAW}[^.;]*{EXCLUDE}",
        rf"{EXCLUDE}[^.;]*\b(?:{PERSON}|offres?|candidatures?)\b[^.;]*{_LAW}",
        rf"{EXCLUDE}[^.;]*\b(?:la soumission|l'assujettissement|l'exposition)[^.;]*{_LAW}",
        rf"(?:la soumission|l'assujettissement|l'exposition|etre soumis|une declaration d'exposition)[^.;]*{_LAW}[^.;]*(?:{EXCLUDE}|elimin|motif|entraine)",
        rf"(?:la soumission|l'assujettissement|l'exposition|la declaration)[^.;]*{_LAW}[^.;]*(?:entraine|emporte|vaut|conduit a)[^.;]*(?:elimin|exclu|"
        rf"rejet|ecart|irrecevab|irregular)",
        unless=rf"(?:{DEFENCE}|defaut de declaration|fausse declaration)",
        denied=DENIED
        + r"|ne (?:suffit|peut|peuvent|saurait|constitue|justifie|permet)(?:nt)?(?: (?:pas|en aucun cas|a elle seule|a lui seul|donc|jamais|seule))*|"
        r"n'(?:est|entraine|emporte|a)[^.;]{0,25}(?:pas|ni)|pas de plein droit",
    ),
    wording(
        rf"\b(?:{PERSON}|maison[- ]mere|societe mere)\b[^.;]*(?:\bne (?:peu(?:t|vent)|doi(?:t|vent)|devr(?:a|ont)|sont|sera|seront)(?: pas|"
        rf" en aucun cas| ni)*(?: pas)?(?: etre)?|\bn'(?:est|etre|etant|etaient)(?: pas| ni| en aucun cas)*|\bnon|\bpas|\baucun(?:e)?|"
        rf"\bne(?: pas)?) {_SUBJECT}[^.;]{{0,60}}{_LAW}",
        rf"\b{PERSON}\b[^.;]*(?:echapp|immun|exempt|a l'abri|hors de portee|independant)[^.;]{{0,60}}{_LAW}",
        rf"(?:\bseuls?|\bseules|reserv|uniquement|exclusivement)[^.;]{{0,50}}\b{PERSON}[^.;]*(?:{_LAW}|soumis(?:es|e)? (?:exclusivement |uniquement |"
        rf"seulement )?au droit (?:francais|europeen|de l'union|d'un etat membre))",
        rf"\b{PERSON}[^.;]*(?:doi(?:t|vent)|est|sont) (?:etre )?(?:exclusivement|uniquement|seulement) soumis(?:es|e)? (?:au droit|aux lois|"
        rf"a la loi) (?:francais|europeen|de l'union|d'un etat)",
        rf"\baucune? {PERSON}[^.;]*{_SUBJECT}[^.;]*{_LAW}",
        unless=rf"(?:{DEFENCE}|techniquement|possibilite technique|(?:declar|indiqu|precis|inform|mentionn)[^.;]{{0,25}}\bs(?:i|'il)[^.;]*{_LAW})",
        unless_near=r"defense ou de securite",
        denied=r"(?:sans (?:pouvoir )?(?:exiger|imposer|que)|n'(?:exige|impose)|n'est pas exige|quel(?:le)?s? que soi|independamment|illega|discriminatoire|"
        r"aucune (?:condition|exigence)|ne peut (?:pas )?(?:exiger|imposer|etre exige))",
    ),
)

unlisted_exclusion = wording(
    rf"(?:{PERSON}|offres?|candidatures?)\b[^.;]*(?:contentieux|litige|recours)[^.;]{{0,60}}(?:contre|avec|oppos|en cours)[^.;]*{EXCLUDE}",
    rf"{EXCLUDE}[^.;]{{0,90}}(?:{PERSON}|candidatures?)[^.;]{{0,60}}(?:en (?:contentieux|litige)|ayant (?:forme|introduit|engage|connu|eu|deja|"
    rf"subi)|qui (?:ont|a) (?:forme|introduit|engage|deja|eu|connu)|"
    r"n'ayant (?:pas|jamais)[^.;]{0,20}(?:particip|assist|travaill|deja|repondu|execute))",
    rf"(?:{PERSON}|candidats?)\b[^.;]{{0,30}}(?:ayant (?:fait l'objet|deja (?:ete|fait|subi|connu)|subi|connu|encouru|eu)|qui (?:a|"
    rf"ont) (?:fait l'objet|deja|subi|connu|encouru|eu))[^.;]{{0,90}}(?:penalit|retard|resili|mise en demeure|contentieux|litige|reclamation|"
    rf"insatisf|differend)[^.;]*(?:{EXCLUDE}|automatiquement)",
    rf"(?:absence|non-participation|defaut de participation|absents?)[^.;]{{0,40}}(?:reunion|sourcing|consultation prealable)[^.;]*{EXCLUDE}",
    rf"(?:{PERSON})\b[^.;]{{0,60}}(?:parti politique|syndicat|adherent|membre d'|affili)[^.;]*{EXCLUDE}",
    rf"{EXCLUDE}[^.;]{{0,60}}{PERSON}[^.;]{{0,40}}(?:en redressement judiciaire)\b",
    unless=rf"(?:l\.? ?2141|condamn|manquement grave|observations|contradictoire|article 5|interdiction de soumissionner|travail dissimule|liquidation|"
    rf"visite (?:des lieux|du site|obligatoire|prealable)|{_LAW})",
    denied=DENIED + r"|ne (?:peut|peuvent|sera|seront|saurait)[^.;]{0,20}(?:exclu|ecart|elimin)|n'est pas (?:exclu|ecart|elimin)",
)

_LOCAL = (
    rf"(?:\b{PERSON}|tissu economique|producteurs?|savoir-faire|offres?) (?:[a-z-]+ ){{0,1}}(?:loca(?:l|le|les|ux)|regiona(?:l|le|les|ux)|"
    rf"departementa(?:l|le|les|ux)|du (?:territoire|departement|canton|bassin|cru|coin|secteur)|"
    r"de (?:la commune|la region|la ville|l'agglomeration|la metropole|la communaute|proximite|l'intercommunalite)|(?:implante|situe|install|"
    r"etabli|domicili|dont le siege)[^.;]{0,30}(?:commune|departement|region|agglomeration|metropole|intercommunalite|km|kilometres|canton|"
    r"territoire (?:communal|departemental|de la)))"
)
local_preference = any_of(
    wording(
        rf"(?:{PREFER}|{CRITERION}|reserv|\bseul|a egalite|a prix egal|a qualite egale|departag)[^.;]*{_LOCAL}",
        rf"{_LOCAL}[^.;]*(?:{PREFER}|points?\b|{CRITERION}|reserv|sont retenu|est retenu|sera retenu)",
        unless=r"(?:collectivites? (?:locale|territoriale)|autorites? locales?|administrations? locale|clause sociale|insertion|circuits? courts?|"
        r"structure d'insertion|acheteurs? loca|droit local|taxe|mission locale|agents? loca|impots? loca|urbanisme)",
    ),
    wording(
        rf"(?:criteres?|points?\b|\bnot(?:e|es|ee|ation)\b|\d ?%|sous-criteres?)[^.;]{{0,80}}(?:distance|proximite|eloignement|kilometres? (?:entre|"
        rf"separant))[^.;]*(?:siege|etablissement|{PERSON}|agence|locaux|mairie|implantation|domicile)",
        r"(?:distance|proximite|eloignement|implantation)[^.;]{0,60}(?:siege|agence|locaux|etablissement|geographique|"
        r"locale)[^.;]{0,80}(?:criteres?\b|points?\b|\bnot(?:e|es|ee|ation)\b|\d ?%|ponder|bareme)",
        r"(?:criteres?|points?\b|\d ?%)[^.;]{0,60}(?:emplois? loca|retombees (?:economiques )?locales|impots? locaux|implantation locale|"
        r"ancrage (?:local|territorial)|economie locale)",
        rf"(?:emplois? loca(?:l|ux)|retombees (?:economiques )?locales|implantation locale|ancrage (?:local|territorial))[^.;]{{0,60}}(?:criteres?|"
        rf"points?\b|\d ?%|\bnot(?:e|ee|es|ation)\b|{PREFER})",
        unless=r"(?:clause sociale|insertion|demandeurs d'emploi|delai d'intervention)",
    ),
)

prior_presence = wording(
    r"(?:dispos|justifi|posse|avoir|detien|exploit|bénéfici|attest)[a-z]*[^.;]{0,80}(?:agences?|antennes?|depots?|bureaux?|etablissements?|locaux|"
    r"ateliers?|implantations?|magasins?|centres? de (?:maintenance|service))[^.;]{0,90}"
    r"(?:a moins d|dans (?:le departement|la region|la commune|l'agglomeration|un rayon|la metropole|le ressort)|sur (?:le territoire|la commune|"
    r"le departement)|rayon d|en region|a proximite|\d+ ?(?:km|kilometres)|situe)",
    r"(?:agences?|antennes?|depots?|bureaux?|implantations?|locaux)[^.;]{0,50}(?:existant|deja|au jour d|a la date d|"
    r"au moment d)[^.;]{0,60}(?:offre|candidature|depot|remise|consultation)[^.;]*(?:exig|requis|obligatoire|impos|condition)?",
    requires=rf"(?:{MUST}|candidat|soumissionnaire|depot des offres|remise des offres|date limite|a la date|au jour)",
    unless=r"(?:s'engage a (?:ouvrir|disposer|mettre)|apres (?:l'attribution|la notification|notification)|a compter de la notification|"
    r"en cours d'execution|au (?:demarrage|debut) (?:de l'execution|des prestations)|en cas d'attribution|"
    r"s'il est (?:retenu|attributaire)|dans l'union|l'union europeenne|dans un delai|donnees|acheteur met|maitre d'ouvrage met)",
)

firm_age = wording(
    rf"\b(?:{PERSON})\b[^.;]{{0,60}}(?:cree|creation|constitu|immatricul|anciennete|existence|existe|exist|fonde|"
    rf"en activite)[^.;]{{0,60}}{NUMBER} (?:\(\d+\) )?(?:ans|annees|exercices)",
    rf"(?:anciennete|annees d'existence|ans d'existence|existence)[^.;]{{0,50}}(?:{PERSON}|au moins|minimum|minimale|"
    rf"superieure)[^.;]{{0,50}}{NUMBER} (?:\(\d+\) )?(?:ans|annees)",
    rf"{NUMBER} (?:\(\d+\) )?(?:ans|annees) (?:au moins )?(?:d'existence|d'anciennete|d'immatriculation|d'activite)",
    requires=rf"(?:{MUST}|au moins|minimum|minimale|depuis plus|depuis moins|superieure|doit)",
    unless=rf"(?:cree(?:e|es|s)? (?:recemment|depuis moins)[^.;]*(?:peuvent|peut|prouve|autre moyen)|exercices? disponibles?|trois derniers exercices|"
    rf"anciennete (?:du|des|de l') (?:personnel|agent|salarie|conduct|intervenant|materiel|equipement|vehicule)|{STAFF}|retenu|conserv|garantie|"
    rf"archiv|experience|comptes dont|dont elles disposent)",
)

grouping_form = wording(
    r"(?:candidatures?|candidats?|offres?|soumission|depot|presentation)[^.;]*groupement (?:conjoint|solidaire)[^.;]*(?:\bseul|obligatoire|impos|"
    r"exig|doi(?:t|vent)|sous peine|irrecevab|des (?:la candidature|le depot|la remise))",
    r"groupement[^.;]{0,40}(?:doi(?:t|vent)|devr(?:a|ont)) (?:etre |prendre |revetir |obligatoirement |adopter )*[^.;]{0,30}(?:conjoint|"
    r"solidaire)[^.;]*(?:candidature|au stade|depot|remise|des )",
    r"(?:candidatures? en groupement|groupements?(?: d'entreprises| d'operateurs| momentane[^.;]{0,20})?|cotraitance|"
    r"repondre en groupement)[^.;]{0,60}(?:(?:est|sont) (?:interdit|exclu|refus|proscrit|irrecevab)|n(?:e s|')(?:est|ont|ont) pas (?:autoris|"
    r"admis|accept|permis)|ne (?:sont|seront|sera|peuvent) pas (?:autoris|admis|accept|permis|se presenter|candidater))",
    r"(?:n'accepte|n'admet|refuse|interdit)[^.;]{0,30}(?:groupement|cotraitance)",
    r"(?:les candidats|les entreprises|les soumissionnaires) (?:doivent|devront) (?:obligatoirement )?(?:se presenter|repondre|"
    r"candidater) (?:seul|individuellement|en groupement)",
    unless=r"(?:plusieurs (?:groupements|candidatures)|a la fois|(?:apres|a) (?:l'|son )?attribution|en qualite de mandataire|membre de plusieurs|"
    r"transform|de plusieurs)",
    denied=r"(?:aucune forme|ne peut (?:pas )?(?:imposer|exiger|interdire)|sans (?:imposer|exiger)|n'est pas exige|n'impose|librement|"
    r"forme (?:juridique )?(?:de groupement )?n'est)",
)

subcontracting_forbidden = wording(
    r"(?:sous-traitance|recours a (?:la sous-traitance|des sous-traitants|un sous-traitant)|sous-traiter)[^.;]{0,60}(?:(?:est|sont|sera|demeure|"
    r"reste)[^.;]{0,20}(?:interdit|exclue?\b|proscrit|prohib)|n'est (?:pas |en aucun cas )+(?:autoris|admis|accept|permis)|ne (?:sera|"
    r"saurait etre|peut etre) (?:pas |en aucun cas )?(?:autoris|admis|accept|permis))",
    r"(?:titulaire|attributaire|prestataire|candidat|soumissionnaire)s? (?:ne (?:peut|peuvent|pourra|pourront|doit|doivent)(?: pas| en aucun cas|"
    r" jamais)? (?:sous-traiter|recourir a (?:la|des?|un|aucun|aucune) sous-trait|faire appel a (?:des?|un|la|aucun) sous-trait)|s'interdi(?:t|"
    r"ra)[^.;]{0,30}(?:sous-trait)|execut[a-z]+ (?:lui-meme |seul |personnellement )+(?:la totalite|l'integralite|l'ensemble|toutes))",
    r"(?:interdiction|interdit|aucun recours|aucune)[^.;]{0,25}(?:de sous-traiter|sous-traitance|de la sous-traitance|a la sous-traitance)",
    unless=r"(?:sous-traitance (?:totale|integrale)|qu'a (?:la )?condition|a condition|qu'apres|que sous|sans (?:l'|avoir|accord|autorisation|agrement|"
    r"l'accord|acceptation|declar)|prealable|non declare|non agree|occulte|irregul|sauvage|taches? essentielles?|totalite (?:du marche|"
    r"des prestations)|integralite (?:du marche|des prestations) (?:ne|en)|"
    r"en (?:totalite|integralite)|des taches|de ces taches|les taches|prestations suivantes|(?:les|ces|des) (?:operations|prestations|"
    r"missions) (?:de|d'|essentielles|suivantes|critiques)|au-dela|de (?:second|deuxieme|premier) rang|de rang|cascade|ulterieur|fournitures|"
    r"ne sont pas|hors de|hors du|dans un pays|a un operateur|donnees)",
    denied=r"(?:ne peut (?:pas )?(?:etre )?interdi|sans interdire|nulle|n'est pas interdit|n'interdit|reputee non ecrite|illega)",
)

_REFERENCE = r"(?:references?|experiences?|prestations? similaires|marches? (?:similaires|identiques|equivalents)|realisations?)"
disproportionate_references = any_of(
    wording(
        r"\b(?:dix|douze|quinze|vingt|trente|[1-9]\d|[6-9]|six|sept|huit|neuf)\b(?: \(\d+\))?(?: [a-z]+){0,2} references",
        r"references?[^.;]{0,60}(?:strictement |rigoureusement |exactement )?identiques?\b",
        rf"{_REFERENCE}[^.;]{{0,90}}(?:exclusivement|uniquement|obligatoirement|imperativement|seules?)[^.;]{{0,60}}(?:collectivites?|"
        rf"acheteurs? publics?|secteur public|communes?|departements?|regions?|meme (?:taille|region|departement|acheteur)|etablissements? publics?|"
        rf"hopita|universit|la ville|le departement|administration)",
        r"(?:\bseules?|uniquement|exclusivement) (?:les |des )?(?:references?|experiences?)[^.;]{0,70}(?:collectivites?|acheteurs? publics?|"
        r"secteur public|communes?|departement|region|etablissements?|administration|francais|realisees)",
        rf"(?:absence|defaut|sans|n'ayant (?:pas|aucune)|ne (?:presentant|disposant|justifiant) (?:pas|d'aucune)|ne justifi[a-z]+ (?:pas|"
        rf"d'aucune))[^.;]{{0,20}}(?:de |d')?(?:references?|experience)[^.;]*(?:{EXCLUDE}|elimin)",
        rf"{EXCLUDE}[^.;]*(?:absence|defaut|sans|n'ayant (?:pas|aucune)|ne (?:presentant|disposant|justifiant) (?:pas|d'aucune))[^.;]{{0,20}}(?:de |"
        rf"d')?references?",
        rf"{_REFERENCE}[^.;]{{0,60}}(?:pour le compte|aupres|avec|chez) (?:de )?(?:l'acheteur|la commune|la ville|le departement|la region|notre|"
        rf"le meme acheteur|l'etablissement)[^.;]*(?:{MUST})",
        rf"(?:{MUST})[^.;]*(?:deja (?:travaille|execute|realise|ete titulaire)|ete titulaire)[^.;]{{0,50}}(?:l'acheteur|pour la (?:ville|commune|"
        rf"region)|le departement|notre|la collectivite|le pouvoir adjudicateur)",
        rf"references?[^.;]{{0,80}}(?:meme (?:taille|importance|departement|region)|dans le departement|dans la region|"
        rf"de plus de \d+ ?000 habitants)[^.;]*(?:{MUST}|a peine)",
        unless=r"(?:ou equivalent|ne (?:justifie|peut|suffit|saurait|constitue)[^.;]{0,20}(?:pas|a elle)|par tout (?:autre )?moyen|"
        r"cinq references (?:au plus|maximum)|(?:au plus|maximum) (?:de )?|recemment cree|moyens? de preuve equivalents?|prix de reference|"
        r"normes? de references?|documents? de reference|a titre indicatif|references? (?:des?|du) (?:produit|materiau|article|catalogue)|site)",
    ),
)

_TURNOVER_RATIO = compiled(
    rf"(?:chiffres? d'affaires?|\bca\b)[^.;]*?(?:(?P<ratio>{NUMBER})(?: \(\d+\))? fois|(?P<double>le double|au double|du double)|"
    rf"(?P<triple>le triple|au triple|du triple)|(?P<percent>\d{{3}}) ?(?:%|pour cent))"
)
_MAX_RATIO = 1.5


def disproportionate_turnover(text: Text) -> Iterator[Caught]:
    """A minimum yearly turnover above 1.5 times the estimated value (CCP R2142-7, décret n° 2025-1383)."""
    denied = compiled(
        DENIED + r"|ne (?:peut|doit|depasse|saurait)[^.;]{0,30}(?:exceder|depasser|superieur|pas)|au plus|sans (?:exceder|depasser)|dans la limite|plafonn|"
        r"redevance|penalit"
    )
    for sentence in text.sentences:
        match = _TURNOVER_RATIO.search(sentence.words)
        if match is None or denied.search(sentence.words) or not compiled(rf"(?:{MUST}|minim|au moins|egal|superieur)").search(sentence.words):
            continue
        ratio = 2.0 if match["double"] else 3.0 if match["triple"] else float(match["percent"]) / 100 if match["percent"] else (number(match["ratio"]) or 0.0)
        if ratio > _MAX_RATIO:
            yield Caught(sentence.at(*match.span()), f"Le texte demande {ratio:g} fois le montant.")


shareholder_approval = wording(
    r"(?:agre(?:e|er|ment|ea)|approuv|autoris|accord (?:prealable|ecrit|expres)|valid)[^.;]{0,60}(?:actionnaires?|actionnariat|(?:changement|"
    r"modification|evolution|mouvement|cession|entree)[^.;]{0,25}(?:capital|parts|actions|actionna)|investisseurs?|prise de participation)",
    r"(?:tout|toute|chaque)[^.;]{0,40}(?:actionnaires?|actionnariat|capital|investisseurs?|associes?|"
    r"prise de participation)[^.;]{0,60}(?:est soumis|sont soumis|doit|requier|necessite|subordonn)[^.;]{0,50}(?:agrement|accord|approbation|"
    r"autorisation)",
    r"(?:investisseur|actionnaire|prise de participation|entree au capital|prise de controle|rachat|acquisition)[^.;]{0,70}(?:non europeen|"
    r"extra-?europeen|etrang|pays tiers|etat tiers|hors (?:de )?l'union|americain|chinois)[^.;]*(?:resili|de plein droit|automatique)",
    r"(?:resili|de plein droit|automatique)[^.;]*(?:investisseur|actionnaire|prise de participation|entree au capital|prise de controle|rachat|"
    r"acquisition)[^.;]{0,70}(?:non europeen|extra-?europeen|etrang|pays tiers|etat tiers|hors (?:de )?l'union|americain|chinois)",
    unless=r"(?:sans que|n'est pas|aucun agrement|sans agrement|ni agrement|mesures? correctrices?|plan de remediation|si (?:cette|l'|la|elle|"
    r"ce)[^.;]{0,60}(?:impossible|perte|plus|acces|qualification|atteinte)|"
    r"a defaut de (?:mesure|correction)|lorsqu'(?:il|elle) (?:prive|rend|fait perdre)|transfert du marche|cession du marche|"
    r"operation de cession du contrat)",
)

# ---- the same faults said in another order ----------------------------------------------------------------------------------------------

_LEADERS = (
    r"(?:dirigeants?|gerants?|president(?:e|s)?|conseil d'administration|administrateurs de la societe|associes?|mandataires? sociaux|"
    r"representants? leg|directeur general|fondateurs?|membres? du (?:bureau|directoire))"
)
_nationality_of_leaders = together(
    r"(?:nationalite|citoyens?|ressortissants?|passeport|\bnee?s? (?:en|hors))",
    rf"(?:{_LEADERS}|\b(?:candidats?|soumissionnaires?|signataires?|concurrents?|operateurs economiques|cocontractants?|attributaires?))",
    r"(?:francais|europeen|union|etats? membres?|americain|chinois|russe|etrang|communautaire|france)",
    rf"(?:{MUST}|\best\b|\bsont\b|possede|certifie|atteste|justifi|\bont\b|a peine|admet|accept)",
    unless=rf"(?:{DEFENCE}|{CRITERION}|{STAFF}[^.;]{{0,60}}nationalite|(?:indiqu|declar|precis|renseign)[^.;]{{0,50}}nationalite|"
    rf"etranger[^.;]{{0,30}}(?:travail|salari)|francais(?:es)? (?:ou|et|comme) (?:etrang|d'un autre)|salaries? etrangers)",
)
_foreigners_turned_away = together(
    rf"\b(?:{PERSON}|offres?|operateurs?)\b(?: [a-z-]+){{0,3}} (?:{FOREIGN}|non europeens?|venus? (?:de|d')|originaires?|issus? d)",
    EXCLUDE,
    unless=rf"(?:{DEFENCE}|cloud act|fisa|extra-?territorial|\b(?:droit|loi|lois|legislation) |attestation|certificat|documents? equivalents?|si(?:ege)|"
    rf"filiale|controle|capital|etabli|francais(?:es)? (?:ou|et) etrang)",
    unless_near=DEFENCE,
)
_staff_nationality = together(
    r"(?:nationalite (?!des? (?:entreprise|candidat))|citoyen(?:ne)?s? (?:francais|europeen|de l'union|d'un)|ressortissant|passeport (?:francais|"
    r"europeen)|\bnee?s? en france|(?:personnel|technicien|agent|intervenant|consultant|ingenieur|administrateur|formateur|salarie|equipe|"
    r"developpeur)s? (?:[a-z]+ ){0,2}(?:exclusivement |uniquement )?(?:francais|europeen)(?:ne|nes|s|e|es)?\b)",
    STAFF,
    rf"(?:{MUST}|{PREFER}|\best\b|\bsont\b|sera|seront|\bont\b|possed|justifi|assure|confie|compose)",
    unless=rf"(?:{_LEADERS}|habilit|defense|classifi|secret|diffusion restreinte|titre de sejour|carte professionnelle|travailleurs? etranger|"
    rf"autorisation de travail|langue|parl(?:e|ant)|francophone|salaries etrangers|detach|liste nominative|formation|d8254|l\.? ?8\d{{3}}|"
    rf"droit francais|sans distinction|toutes nationalites)",
    unless_near=r"(?:habilitation|secret de la defense|zone a regime restrictif|travail dissimule|l\.? ?8\d{3}-)",
)
_seat = together(
    r"(?:siege(?: social| effectif| statutaire)?\b|filiale de droit (?:francais|europeen)|immatricul|\brcs\b|registre du commerce|domicili(?:e|"
    r"ation)|etablissement (?:stable|principal|secondaire|permanent)|\betabli(?:e|s|es)?\b|implant(?:e|es|s|ee|ees)\b|succursale|"
    r"de droit francais)",
    rf"(?:{_HERE}|\bfrancais|\bfrance\b|\bunion\b|etat membre|\beee\b|territoire national)",
    rf"\b{PERSON}\b",
    rf"(?:{MUST}|a defaut|sous peine|a peine|s'engage|n'est ouvert|ne sont ouvert|ne peuvent)",
    unless=rf"(?:{DEFENCE}|secnumcloud|19\.6|representant (?:au sens|dans l'union|du responsable)|article 27|{_SITE}|attestation|tribunal|\btva\b|"
    rf"certificat|documents? equivalents?|critere|points?\b|adresse (?:du|de son) siege|autorite de controle|etabli(?:e|s|es)? (?:par|sur la base|"
    rf"au nom|selon|conformement|a partir|en (?:deux|trois|double|un|euros|francais|langue|application|fonction)|dans (?:l'offre|le bpu|"
    rf"un delai))|"
    rf"dans un autre etat|autre etat membre|agree?|societe mere|capital|actionna|indiqu|precis|dont le siege|facture|prix etabli|a la date|devis|factur)",
)
_foreign_group = together(
    r"(?:societe mere|maison[- ]mere|\bgroupe\b|actionnaires?|actionnariat|\bcapital\b|fonds (?:d'investissement|de pension)|capitaux|"
    r"droits de vote|parts sociales|controle capitalistique)",
    rf"(?:{FOREIGN}\b|{EUROPEAN}\b|hors (?:de )?l'union|hors (?:ue|union|europe)|(?:etats?|pays) tiers|etats? membres?|l'union|\bue\b)",
    rf"\b{PERSON}\b",
    r"(?:independant|n'a (?:pas|aucun)|n'(?:est|aura|ont|appartien)|ne (?:compte|comporte|releve|depend|peut|doit|detien)|sans (?:societe mere|"
    r"actionnaire|lien)|aucun|libre de|majoritair|exclusivement|entierement|integralement|doi(?:t|vent)|exig|condition|seul|reserv|\d+ ?%|moitie)",
    unless=rf"(?:{DEFENCE}|19\.6|secnumcloud|qualifi|2024-449|sren|points|\bnot(?:e|ee|es|ation)\b|critere|bonus|changement de controle|(?:inform|notifi|"
    rf"declar|communiqu|signal|indiqu|precis|mentionn|produi)[a-z]*[^.;]{{0,90}}(?:capital|actionna|controle|detenu|groupe|mere)|resili|agre(?:e|"
    rf"ment|er)|approuv|cles?\b[^.;]{{0,60}}(?:detenu|controle)|au capital de|groupe de travail|groupe electrogene|groupes? (?:scolaire|d'eleve)|"
    rf"filiale europeenne d'un groupe|nature capital|peut (?:candidater|concourir|soumissionner)|techniquement)",
)
_law_turned_away = together(
    rf"(?:soumis(?:es|e)? qu'(?:au|a la) (?:droit|loi) (?:europeen|francais|de l'union)[a-z]*|{_LAW}|section 702|executive order|"
    rf"injonction (?:etrangere|americaine|au titre)|ordre juridique (?:etranger|tiers)|"
    rf"loi (?:de son )?pays tiers|extra-?territorial)",
    rf"\b(?:{PERSON}|offres?|candidatures?)\b",
    rf"(?:n'(?:est|sont) soumis(?:es|e)? qu|{EXCLUDE}|(?:\bseuls?|\bseules|reserv)[^.;]{{0,60}}(?:{PERSON}|offres?)|inutile|hors jeu|a l'abri|"
    rf"non soumis|pas soumis)",
    unless=rf"(?:{DEFENCE}|techniquement|possibilite technique|defaut de declaration|fausse declaration|omission|n'ayant pas declare|"
    rf"absence de (?:declaration|reponse)|(?:personnel|entite|tiers)s? [^.;]{{0,50}}(?:acced|acces))",
    denied=DENIED + r"|ne (?:suffit|peut|peuvent|saurait|constitue|justifie|permet)(?:nt)?(?: (?:pas|en aucun cas|a elle seule|a lui seul|donc|jamais|seule))+|"
    r"ne (?:peut|peuvent) (?:pas )?(?:etre )?(?:ecart|elimin|exclu|rejet|a elle|a lui|justifi|motiv|fond)|n'(?:est|entraine|emporte|"
    r"a)[^.;]{0,25}(?:pas (?:un motif|elimin|ecart|exclu|en soi|a elle)|ni )|sans (?:que|qu')",
)
_made_up_exclusion = together(
    EXCLUDE,
    rf"\b(?:{PERSON}|candidatures?|offres?)\b",
    r"(?:contentieux|proces\b|en litige|plainte|avis (?:negatif|defavorable)|mauvaise? (?:experience|execution)|insatisfai|"
    r"deja (?:ete )?(?:penalis|resili|mis en demeure)|penalites (?:de retard )?(?:en|au cours|dans|lors|par)|retards? (?:sur|dans|lors|au cours|"
    r"constat)|absen(?:ce|t)s? (?:a|de|lors)[^.;]{0,25}(?:reunion|presentation|echange|salon|sourcing)|refuse (?:de|un) (?:repondre|participer|"
    r"devis)|n'a(?:yant)? (?:pas|jamais) (?:repondu|particip|travaill|assist)|a (?:forme|intente|introduit|exerce) un recours|elu(?:s)? (?:local|"
    r"municipal)|opinion|syndica|parti politique|greve|liste noire)",
    unless=rf"(?:l\.? ?2141|\brace\b|religi|discriminat|condamn|manquement grave|observations|contradictoire|interdiction de soumissionner|"
    rf"travail dissimule|liquidation|visite|remise (?:des offres )?hors delai|penalites? (?:est|sont|s'appliqu)|{_LAW})",
    denied=DENIED + r"|ne (?:peut|peuvent|sera|seront|saurait)[^.;]{0,20}(?:exclu|ecart|elimin)|n'(?:est|emporte|entraine|a|ont)[^.;]{0,20}(?:pas|aucune)",
)
_local = together(
    r"(?:\b(?:entreprises?|artisans?|commercants?|fournisseurs?|producteurs?|prestataires?|societes?|candidats?|imprimeurs?|garages?|traiteurs?|"
    r"restaurateurs?|maraichers?|agriculteurs?|pme|acteurs?|exploitants?|associations?)\b(?: [a-z'-]+){0,3} (?:locale?s?|locaux|communaux|"
    r"communale?s?|voisine?s?|du (?:village|pays|coin|cru|canton|departement|territoire|bassin|littoral|massif|quartier)|de la (?:commune|"
    r"ville|vallee|region|communaute|metropole|circonscription)|de l'(?:agglomeration|intercommunalite|ile|arrondissement)|de chez nous|implante|"
    r"install|situe|domicili))",
    r"(?:privilegi|prefer|prioritai|priorite|favoris|avantag|\bbonus|a (?:prix|qualite|offre|note|points?) (?:egale?s?|equivalente?s?|comparable)|"
    r"a egalite|d'abord|en premier|reserv|seul|sollicit|consult|retiendra|retenu|l'emporte|points?\b|\bnot(?:e|ee|ation)\b|critere)",
    unless=r"(?:collectivites? |autorites? |administrations? |clause sociale|insertion|circuits? courts?|structures? d'insertion|acheteurs? |droit local|"
    r"taxe|mission locale|agents? loca|impots? loca|urbanisme|visite|sans prefer|reserve (?:aux|a l')(?:usager|habitant)|stationnement|"
    r"delai d'intervention|sous-traitant)",
)
_already_there = together(
    r"(?:agences?|antennes?|depots?|bureaux?|etablissements?|locaux|ateliers?|implantations?|magasins?|points? de vente|showrooms?|"
    r"centres? (?:de maintenance|technique|de service)|entrepots?|garages?|permanences?|equipes? (?:sedentaire|locale))",
    r"(?:existant|deja|d'ores et deja|au jour|a la date|au moment|lors d|preexist|ouverte?s? depuis|au depot|des (?:le depot|la remise|l'offre|"
    r"la candidature)|justifi|dispos|posse|detien)",
    r"(?:departement|region\b|commune|agglomeration|rayon|metropole|territoire|\d+ ?(?:km|kilometres)|intercommunal|ville|canton|proximite|"
    r"sur place|minutes|l'ile|arrondissement)",
    rf"(?:{MUST}|candidat|soumissionnaire|titulaire|justifier|disposer|a peine|depot des offres|remise des offres)",
    unless=r"(?:s'engage a (?:ouvrir|disposer|mettre|creer)|apres (?:l'attribution|la notification|notification)|a compter de la notification|"
    r"en cours d'execution|au (?:demarrage|debut)|en cas d'attribution|s'il est (?:retenu|attributaire)|union europeenne|donnees|acheteur met|"
    r"maitre d'ouvrage met|met(?:tra)? a disposition|mis(?:e|es)? a disposition|dossier|plans?\b|visite|livraison|livr[a-z]+ (?:dans|a|au)|nettoy|"
    r"entretien (?:des|du)|"
    r"moyens? (?:equivalent|d'y)|delai d'intervention)",
)
_young_firm = together(
    r"(?:ans d'existence|annees d'existence|anciennete|jeunes entreprises|entreprises? (?:recente|nouvelle|cree)|start-?ups?|existe(?:r)? depuis|"
    r"exercer depuis|en activite depuis|cree(?:e|es)? (?:depuis|avant|il y a|apres)|trois bilans|(?:deux|trois|quatre|cinq|dix|\d+) (?:ans|annees|"
    r"exercices)(?: au moins| minimum)? (?:d'(?:existence|activite|anciennete|exercice)))",
    rf"(?:\b{PERSON}\b|candidat)",
    rf"(?:pas accept|ne sont pas|refus|{MUST}|au moins|minimum|minimale|depuis plus|s'abst|pas admis|non admis|justifi|a peine|{NUMBER} ans)",
    unless=rf"(?:peuvent|peut |prouve|autre moyen|tout moyen|dont elles disposent|comptes|exercices? disponibles?|{STAFF}[^.;]{{0,40}}(?:anciennete|"
    rf"experience)|anciennete (?:du|des|"
    rf"de l') (?:personnel|agent|salarie|conduct|intervenant|materiel|equipement|vehicule)|retenu|conserv|garantie|archiv|batiment|"
    rf"equipements? cree|sans condition)",
)
_grouping = together(
    r"(?:groupements?\b|cotraitan)",
    r"(?:candidatures?|offres?|remise|depot|presentation|des (?:l'origine|le depot)|soumission|se presente|repondre|concourir|participer|consultation)",
    r"(?:\bseule?s?\b|obligatoire|impos|exclusivement|uniquement|n'est pas (?:admis|accept|autoris|permis)|ne sont pas (?:admis|accept|autoris|"
    r"permis)|interdi(?:t|te|ts|tes)\b|refus|s'abst|sans cotraitan|individuelle|irrecevab|rejet|a peine|exige)",
    unless=r"(?:plusieurs (?:groupements|candidatures)|a la fois|(?:apres|a) (?:l'|son )?attribution|en qualite de mandataire|membre de plusieurs|"
    r"transform|groupements? (?:de commandes|hospitalier|d'achat|d'interet|scolaire)|coordonnateur|habilitation du mandataire|meme candidat|"
    r"seul ou en groupement|seuls ou en groupement|ou en groupement|deux groupements)",
    denied=r"(?:aucune forme|ne (?:peut|peuvent) (?:pas )?(?:etre )?(?:impos|exig|interdi)|sans (?:imposer|exiger|qu)|n'est pas (?:exig|impos)|n'impose|"
    r"librement|quelle que soit|libre)",
)
_no_subcontractor = together(
    r"(?:sous-trait[a-z]*)",
    r"(?:entraine (?:la resiliation|le rejet|l'elimination|l'exclusion)|renonce|s'interdit de|ne recour|ne fai[a-z]* (?:pas )?appel|"
    r"sans (?:recourir|recours|aucun|sous-trait)|exclu(?:e|t)?\b|interdi(?:t|"
    r"te)\b(?! de (?!sous))|prohib|n'est pas (?:admis|accept|autoris|permis|possible)|ne (?:peut|sera|seront) (?:pas|en aucun cas|"
    r"etre)[^.;]{0,20}(?:admis|accept|autoris|sous-trait)|propres moyens|par ses propres salaries|son seul personnel|neant obligatoire)",
    unless=r"(?:sans (?:l'|avoir|accord|autorisation|agrement|l'accord|acceptation|declar)|prealable|non declare|non agree|occulte|irregul|sauvage|"
    r"essentielles?|sous-traitance (?:totale|integrale)|sous-traiter la totalite|sous-traitance de la totalite|sous-traiter (?:l'integralite|"
    r"integralement)|en totalite|des taches|de ces taches|les taches|ces taches|prestations suivantes|(?:les|ces|des|de) (?:operations|"
    r"prestations|missions) (?:de|d'|essentielles|suivantes|critiques|qui|du poste)|au-dela|rang|cascade|ulterieur|fournitures|hors de|hors du|"
    r"pays|operateur|donnees|paiement|interet|reglement|tache)",
    denied=r"(?:ne peut (?:pas )?(?:etre )?(?:totalement |entierement )?interdi|sans interdire|nulle|n'est pas interdit|n'interdit|reputee non ecrite|"
    r"illega|est libre|autorisee? sous)",
)
_AMOUNT = compiled(r"(?P<amount>\d[\d .,]*) ?(?P<unit>m€|k€|millions? d'euros|€|euros?)")
_UNITS = {"m": 1_000_000, "k": 1_000}


def _euros(match: re.Match[str]) -> float:
    """The value of an amount: « 2 M€ » is 2,000,000."""
    unit = match["unit"]
    if unit[0] in _UNITS:
        return (number(match["amount"].strip().replace(" ", "")) or 0.0) * _UNITS[unit[0]]
    return float(re.sub(r"\D", "", match["amount"].split(",")[0]) or 0)


def _turnover_amounts(text: Text) -> Iterator[Caught]:
    """A minimum turnover in euros, more than 1.5 times an estimate written beside it."""
    turnover = compiled(r"(?:chiffre d'affaires|\bca\b)[^.;]{0,80}")
    for sentence in text.sentences:
        if not (said := turnover.search(sentence.words)) or not compiled(rf"(?:{MUST}|au moins|minim|justifi|a peine)").search(sentence.words):
            continue
        asked = next((match for match in _AMOUNT.finditer(sentence.words, said.start())), None)
        about = compiled(r"(?:estim[a-z]+|montant (?:du|annuel|previsionnel))[^.;]{0,60}?(?=\d)").search(sentence.words)
        estimate = _AMOUNT.match(sentence.words, about.end()) if about else None
        if asked and estimate and asked.start() != estimate.start():
            ratio = _euros(asked) / max(1.0, _euros(estimate))
            if _MAX_RATIO < ratio < 100:
                yield Caught(sentence.at(*asked.span()), f"Le texte demande {ratio:.1f} fois le montant estimé.".replace(".", ",", 1))


_approval = together(
    r"(?:agre(?:e|er|ment)|approuve|approbation|droit de veto|autorise|accord (?:prealable|ecrit|expres)|donne son accord|valide)",
    r"(?:actionnaires?|actionnariat|associes?\b|capital\b|investisseurs?|prise de participation|porteurs? de parts|cession de (?:parts|actions|titres))",
    r"(?:titulaire|prestataire|fournisseur|hebergeur|editeur|entreprise)",
    r"(?:acheteur|collectivite|pouvoir adjudicateur|commune|ville|region|departement|etablissement|administration|maire|metropole|soumis|prealable)",
    unless=r"(?:sans que|n'est pas|aucun agrement|sans agrement|ni agrement|mesures? correctrices?|plan de remediation|a defaut de (?:mesure|correction)|"
    r"transfert du marche|cession du (?:marche|contrat)|"
    r"cession de la creance|nantissement|sans (?:droit d')?agrement|n'est pas soumis|n'a pas a (?:agreer|approuver)|sous-traitan)",
)

# "Ne … que": nothing but, nobody but.
_ONLY = r"(?:\bn(?:e |')[a-z-]+(?: [a-z'-]+){0,5} qu(?:e |'|'a)|\bnul\b|\bne sont admis|\bseule?s?\b|exclusivement|uniquement)"
_citizens_only = together(
    r"(?:citoyen|ressortissant|nationalite|passeport|(?:est|sont|soit|soient) (?:obligatoirement |"
    r"imperativement )?(?:de nationalite )?(?:francais|europeen)(?:e|es|s|ne|nes)?\b)",
    r"(?:soumissionn|candidat|president|dirig|gerant|associes|signataire|concourir|repondre|representant|directeur general|fondateur)",
    rf"(?:{_ONLY}|{MUST}|atteste|certifie|declare|s'il n'est|\best\b|\bsont\b)",
    unless=rf"(?:{DEFENCE}|{CRITERION}|{STAFF} |quel(?:le)?s? que soi|langue|traduct|etranger ou|(?:indiqu|precis|renseign)[^.;]{{0,40}}nationalite|"
    rf"certificat|attestation de|droit francais|tribunal|\bsolution|logiciel|produit|donnees|en francais|capital|actionn|siege)",
)
_led_by_foreigners = together(
    rf"(?:(?:firmes?|societes?|entreprises?|candidats?|soumissionnaires?|operateurs?|offres?|candidatures?|plis?)[^.;]{{0,50}}(?:{FOREIGN}|"
    rf"hors (?:de )?l'union|d'asie|non ressortissant))",
    rf"(?:{EXCLUDE}|perd|malus|renvoye|sans suite|pas prise?s? en compte)",
    unless=rf"(?:{DEFENCE}|cloud act|fisa|extra-?territorial|\b(?:droit|loi|lois|legislation|capital|capitaux|capitalis|actionn|siege|etabli|immatricul|"
    rf"maison mere)|attestation|certificat|documents? equivalents?|points?\b|\bnot(?:e|ee|es)\b|produit|materiel)",
    unless_near=DEFENCE,
)
_staff_from_here = together(
    r"(?:(?:agents|personnels?|techniciens|intervenants) etrangers|nationalite|ressortissant|citoyen|(?:est|sont|soient|soit|seront|"
    r"sera) (?:tous |toutes |exclusivement |uniquement |"
    r"obligatoirement )?(?:francais|europeen)(?:e|es|ne|nes|s)?\b|(?:salaries|personnels?|agents|equipes?|intervenants?|"
    r"techniciens) (?:exclusivement |uniquement )?(?:francais|europeen)(?:es|e|nes|ne|s)?\b)",
    rf"(?:{STAFF}|maitres?-[a-z]+|personnes (?:ayant|de|mises|dont)|astreinte|mis(?:e|es)? a disposition|affect)",
    unless=rf"(?:{_LEADERS}|habilit|defense|classifi|secret|titre de sejour|autorisation de travail|langue|parl(?:e|ant)|francophone|salaries etrangers|"
    rf"detach|liste nominative|droit francais|sans distinction|toutes nationalites|candidat|code du travail|l\.? ?8\d{{3}}|formation)",
)
_seat_here = together(
    r"(?:siege(?: social)?\b|registre du commerce|\brcs\b|immatricul|etablissement stable|domicili|inscri(?:t|te|ts|tes) (?:au|a un) registre)",
    rf"(?:{_HERE}|francais|en france|l'union|etats? membres?|\beee\b|espace economique)",
    rf"(?:{_ONLY}|exige|requis|obligatoire|doi(?:t|vent)|il faut|condition|irrecevab|eliminatoire|admis a concourir)",
    unless=rf"(?:{DEFENCE}|secnumcloud|19\.6|representant|{_SITE}|attestation|tribunal|\btva\b|documents? equivalents?|critere|points?\b|"
    rf"adresse du siege|dans un autre etat|capital|actionna|indiqu|precis|agree|(?:est|sont) (?:exclu|ecart)[^.;]*l\.? ?2141)",
)
_european_only = together(
    rf"\b(?:{PERSON})(?: [a-z'-]+){{0,3}} (?:{EUROPEAN})\b",
    rf"(?:\bveut\b|\bveulent\b|cherche|{_ONLY}|entend|retenir|recherch|souhait|recours|a defaut|d'abord|confi|choix d|se tourn|reserv|priorit|"
    rf"prefer|privileg|donne(?:r|"
    rf"ra)? la|impos|exig)",
    unless=rf"(?:qu'(?:il|elle|ils|elles) soi|francais(?:es|e)? (?:ou|et) |ou non\b|comme (?:les|toutes|tous)|a l'issue|ci-apres|denomme|sortant|"
    rf"titulaire actuel|notifie|{DEFENCE}|{CRITERION}|(?:francais|europeen|nationa)[a-z]* (?:et|ou|comme) (?:non |etrang|internationa)|"
    rf"\breglement|commission|parlement|"
    rf"norme|directive|agence|institut|legislation|autorites?|organismes? national|groupe (?:de travail|national)|structures? d'insertion|capital|"
    rf"actionnai|cloud act|extra-?territorial|nationalite|habilitation|droit (?:national|francais|europeen)|sans (?:se )?reserv|(?:agence|"
    rf"registre|marche|schema|niveau|systeme|union) (?:nationa|europeen))",
)
_shares = together(
    r"(?:actions|parts sociales|capitaux|capital|droits de vote|actionnariat|associes|fonds d'investissement|investisseurs?)\b",
    rf"(?:europeen|francais|{FOREIGN}|residents? de l'union|hors (?:de )?l'union|l'union europeenne|pays tiers|etats? tiers)",
    rf"(?:plus de la moitie|majorit|detenu|aux mains|aucun|{EXCLUDE}|eligib|doi(?:t|vent)|{_ONLY}|appartien)",
    rf"\b(?:{PERSON}|groupe)\b",
    unless=rf"(?:{DEFENCE}|19\.6|secnumcloud|qualifi|2024-449|sren|points|\bnot(?:e|ee|es|ation)\b|critere|bonus|changement de controle|(?:inform|notifi|"
    rf"declar|communiqu|signal|indiqu|precis|mentionn|produi)|resili|fin au contrat|agre(?:e|ment)|approuv|accord|cles?\b|au capital de|"
    rf"techniquement)",
)
_invented_grounds = together(
    rf"(?:{EXCLUDE})",
    rf"\b(?:{PERSON})\b",
    r"(?:mal not(?:e|es)|mauvaises? notes?|plaint(?:e|es) des|avis des usagers|critiqu|assist(?:e|er)[^.;]{0,20}reunion|reunion d'information|"
    r"refuse (?:un|une|de)|refus d'un|deja (?:ete )?(?:penalis|sanctionn|"
    r"averti)|l'an dernier|annees? (?:passee|precedente|derniere)|mecontent|reclamation|attaque|deja fait|impaye|recours contre|a conteste|"
    r"conflit|proces\b)",
    unless=r"(?:l\.? ?2141|condamn|manquement grave|observations|contradictoire|conflits? d'interets?|travail dissimule|liquidation|visite|exercices?|"
    r"hors delai|interdiction de soumissionner|sous-traitant|references?|chiffre d'affaires|bilans?)",
    denied=DENIED + r"|ne (?:peut|peuvent|saurait)[^.;]{0,20}(?:exclu|ecart|elimin)|n'(?:est|emporte|entraine) (?:pas|aucune)",
)
_from_around_here = together(
    r"(?:\b(?:entreprises?|societes?|soumissionnaires?|candidats?|artisans?|fournisseurs?|prestataires?|"
    r"commercants?)\b[^.;]{0,40}(?:du (?:departement|canton|village|territoire|bassin|pays)|de la (?:commune|region|ville|vallee)|"
    r"leur siege dans le (?:canton|departement)|siege (?:social )?(?:dans la (?:commune|region)|a proximite)|locale?s?\b|locaux\b|proche))",
    r"(?:points?\b|l'emporte|ira a|iront a|revien(?:t|dra)|attribue|retenu|prefer|priorit|d'abord|egale?s? par ailleurs|a egalite|"
    r"faire travailler|fait travailler|bonus|\bnote|majore|avantag)",
    unless=r"(?:collectivites? |clause sociale|insertion|mission locale|acheteurs? |taxe|points? de (?:contact|livraison|collecte)|delai d'intervention|"
    r"sans)",
)
_presence_on_the_day = together(
    r"(?:agences?|antennes?|bureaux?|garages?|depots?|locaux|magasins?|implant(?:e|ee|es|ees|ation)s?|etablissements?|boutiques?|ateliers?|"
    r"entrepots?|succursales?)\b",
    r"(?:existante?s?\b|au jour (?:du depot|de la remise|de l'offre)|a la date (?:limite|de (?:remise|depot))|deja (?:exploit|ouvert|dispos|install|possed|"
    r"implant)|condition de recevabilite|existence d'une|existant|preexistant|deja en place|d'ores et deja|lors du depot|au moment du depot)",
    r"(?:exig|impos|requis|candidat|soumissionnaire|entreprise|titulaire|dispos|justifi|implante|condition|recevab|exploit|existence d)",
    unless=r"(?:parois|s'engage a|apres (?:l'attribution|la notification)|notification|en cours d'execution|attributaire|donnees|"
    r"acheteur met|mis(?:e|es)? a disposition|plans?\b|visite|"
    r"moyens equivalents|dans l'union|siege social)",
)
_years_of_business = together(
    rf"(?:(?:depuis|avant|fondee?s?|creee?s?|constituee?s?|exercent?)[^.;]{{0,50}}(?:{NUMBER} (?:ans|annees)|(?:19|20)\d\d)|{NUMBER} (?:ans|"
    rf"annees) (?:d'anciennete|d'existence|d'activite)|moins de {NUMBER} (?:ans|annees) d)",
    rf"(?:{PERSON}|societe|entreprise|candidat|activite|anciennete)",
    rf"(?:{_ONLY}|{EXCLUDE}|au moins|minimum|requis|exige|doi(?:t|vent)|justifi|admis)",
    unless=rf"(?:peuvent (?:candidat|prouver|justif)|prouve|tout moyen|sans condition|{STAFF}[^.;]{{0,40}}(?:anciennete|experience|depuis)|conserv|"
    rf"garantie|archiv|batiment|references?|derniers exercices|marche conclu|convention|decret|loi\b|arrete|nationalite)",
)
_alone_or_bound = together(
    r"(?:candidatures? groupees?|tout groupement|les groupements|groupees?|groupement|cotraitan|candidatures? individuelles?|entreprises? seules?|"
    r"individuellement)",
    rf"(?:ne (?:sera|seront|sont) pas (?:admis|accept|recu)|devr(?:a|ont)|{_ONLY}|n'est pas (?:accept|admis)|ne sont pas (?:accept|admis)|doi(?:t|"
    rf"vent)|obligatoire|interdi(?:t|te|ts|tes)\b|refus)",
    r"(?:solidaire|conjoint|candidature|recevab|remise|offre|marche|consultation|depot)",
    unless=r"(?:code du travail|attributaire|mandataire (?:sera|est)|en cas de groupement|apres (?:l'|son )?attribution|a l'attribution|plusieurs|"
    r"a la fois|membre de|habilit|mandataire (?:est|du groupement)|coordonnateur|"
    r"groupements? de commandes|librement|seul ou en groupement|seuls ou en groupement|indiqu|precis)",
)
_nothing_subcontracted = wording(
    r"^[^a-z]*(?:pas de|aucune|sans|zero) sous-traitance[^a-z]*$",
    r"aucune (?:prestation|tache|partie|operation)[^.;]{0,40}sous-trait",
    r"personnellement (?:l'integralite|la totalite|l'ensemble)|sans faire appel a (?:des|un|aucun) (?:tiers|autre)",
    r"interdiction[^.;]{0,40}de sous-traiter",
    requires=r"(?:sous-trait|execut)",
    unless=r"(?:sans (?:l'accord|autorisation|accord|agrement|acceptation|declaration)|prealable|essentielle|agre(?:e|ment)|non declaree|hors de|donnees)",
)
_too_many_references = together(
    r"(?:chantiers? identiques|travaille pour|references?\b|deja realise|experiences?\b|realisations?)",
    r"(?:identiques?\b|deja travaille|notre commune|notre ville|sans reference|\b(?:cinq|six|sept|huit|neuf|dix|douze|quinze|vingt|[5-9]|"
    r"[1-9]\d)\b(?= (?:[a-z]+ ){0,2}(?:references?|realisations?|marches|"
    r"operations|piscines|chantiers|projets))|identiques?|meme (?:strate|taille|nature|departement|region|type)|(?:sans|n'ayant (?:pas|"
    r"aucune) d?e?) ?references?|dans (?:le|notre|son) (?:departement|region|commune)|notre (?:etablissement|commune|ville)|"
    r"\bseules? les references|realis[a-z]+ (?:quinze|dix|vingt))",
    rf"(?:\baura\b|auront|ecarte|{MUST}|fourni|compt|n'est pas examine|elimin|minimum|au moins|presente)",
    unless=r"(?:catalogue|\bpieces? detachees|produits? identique|au plus|maximum|ou equivalent|tout (?:autre )?moyen|trois references|recemment cree|"
    r"prix de reference|normes?|documents? de reference|"
    r"critere|\bnot(?:e|ee|es)\b|points?\b|ne (?:justifie|peut|suffit|saurait|constitue|vaut)|cv\b|intervenant|chef de projet)",
)
_say_over_shares = together(
    r"(?:agre(?:e|ment)|aval\b|accord|approuv|approbation|autoris|s'oppose|opposition|veto|validation|met fin|resili)",
    r"(?:associes?\b|actionnari|actionnaires?|parts sociales|capital\b|prise de participation|investisseur|fonds d'investissement|fonds non|fonds etranger)",
    r"(?:collectivite|commune|departement|region|ville|acheteur|metropole|etablissement|syndicat|contrat|marche|plein droit)",
    r"(?:titulaire|prestataire|hebergeur|editeur|entreprise|fonds|fournisseur|actionnari)",
    unless=r"(?:sans que|n'est pas|aucun agrement|sans agrement|ni agrement|mesures? correctrices?|remediation|a defaut de|si (?:cette|l'|la|"
    r"elle) [^.;]{0,60}(?:exigence|qualification|acces)|cession du (?:marche|"
    r"contrat)|nantissement|sans (?:droit d')?agrement|n'a pas a|sous-traitan|apres (?:analyse|mise en demeure)|au capital de)",
)
_turnover_double = together(
    r"(?:chiffre d'affaires|\bca\b)",
    r"(?:\bdouble\b|\btriple\b|\bquadruple\b|\b(?:deux|trois|quatre|cinq|dix|[2-9]|10) fois|\b(?:2|3|4|5)\d\d ?%)",
    rf"(?:{MUST}|au moins|minim|atteindre|egal|requis|exige)",
    unless=r"(?:justifi[a-z]* par|en raison|risques particuliers|declar|trimestr|au plus|ne (?:peut|doit|depasse|saurait)|dans la limite|plafonn|"
    r"sans (?:exceder|depasser)|redevance|penalit|critere|points?\b|interdi|"
    r"(?:un|1)[,.]5)",
)


_made_by_our_own = wording(
    rf"(?:edit|fourni|exploit|assur|develop|realis|heberg|oper|con[cç]u|confi|execut|fabriqu|livr|maint|produit|propos|effectu|port)[a-z]* "
    rf"(?:exclusivement |uniquement |obligatoirement |imperativement )?(?:par|a|aupres d') ?(?:un |une |des |l'un des |"
    rf"d')(?:[a-z]+ ){{0,2}}?{PERSON}(?: [a-z-]+){{0,2}} "
    rf"{EUROPEAN}\b",
    rf"(?:devis|offres?|commandes?|achats?|prestations?)[^.;]{{0,40}}(?:aupres (?:d'|de )|chez )(?:un |une |des )?{PERSON} {EUROPEAN}\b",
    unless=rf"(?:(?:francais|europeen|nationa)[a-z]* (?:et|ou|comme) |ou non\b|{DEFENCE}|critere|points?\b|agence nationale|organisme national|reglement|norme|"
    rf"capital|actionnai|cloud act|extra-?territorial|nationalite|qu'(?:il|elle) soi|indiqu|precis|accredit|certificateur|notifie par)",
)


# Who owns the firm, as a ground of admission.
_no_such_owner = wording(
    rf"(?:filiales?|succursales?|membres?) (?:de|d'un) (?:groupes?|societes?|entreprises?|multinationales?) {FOREIGN}[^.;]*{EXCLUDE}",
    rf"{EXCLUDE}[^.;]{{0,60}}(?:filiales?|succursales?) (?:de|d'un) (?:groupes?|societes?|entreprises?|multinationales?) {FOREIGN}",
    rf"(?:filiale|controle|detenu|dependan|appartenan|appartien|lien)[a-z]*[^.;]{{0,30}}(?:groupes?|societes?|entreprises?|entites?|actionnaires?|capitaux|"
    rf"interets)"
    rf" (?:de droit |d'origine )?{FOREIGN}[^.;]*(?:{EXCLUDE}|sous peine|a peine|condition|obligatoire)",
    rf"(?:doi(?:t|vent)|devr(?:a|ont)|peut|peuvent|ne)[^.;]{{0,40}}(?:compter|comporter|comprendre|avoir|detenir|detenu)?[^.;]{{0,30}}(?:aucun|pas d'|"
    rf"nul)[^.;]{{0,10}}"
    rf"(?:actionnaires?|associes?|investisseurs?|capitaux) (?:[a-z-]+ )?{FOREIGN}",
    unless=rf"(?:{DEFENCE}|19\.6|secnumcloud|2024-449|critere|points?\b|changement de controle|inform)",
)
_reserved_to_ours = wording(
    rf"(?:s'adress|reserve|ouvert|destine|limite|accessible|restrein)[a-z]*[^.;]{{0,30}}(?:exclusivement |uniquement |seulement )?(?:aux?|pour les|a des) "
    rf"(?:seul[a-z]* )?{PERSON}(?: [a-z-]+){{0,2}} {EUROPEAN}\b",
    rf"(?:seul[a-z]*|exclusivement|uniquement)[^.;]{{0,30}}{PERSON} {EUROPEAN}\b",
    unless=rf"(?:(?:francais|europeen|nationa)[a-z]* (?:et|ou|comme) |ou non\b|{DEFENCE}|critere|points?\b|reglement|norme|capital|nationalite|"
    rf"memes conditions|qu'(?:il|elle) soi|marche reserve|sous-traitant)",
)
_PAST = (
    r"(?:contrat[^.;]{0,40}resili|marche[^.;]{0,40}resili|resiliation|penalit|penalis|mis(?:e|es)? en demeure|defaillan|mauvaise? (?:reputation|execution|"
    r"experience|volonte)|mal (?:execute|not)|insatisf|mecontent|reserves? (?:non levees|sur)|litige|contentieux|recours|proces|reclamation|plainte|impaye|"
    r"(?:pas|jamais) (?:repondu|participe|assiste|donne suite|soumissionne)|decline|desiste|retire leur offre|en retard|retards? (?:de|d'|constate|repet)|"
    r"avis (?:negatif|defavorable)|liste noire|connue?s? (?:pour|defavorable)|en conflit|en mauvais termes|abandon)"
)
_BIDDER = (
    r"(?:entreprises?|societes?|candidats?|candidatures?|soumissionnaires?|prestataires?|operateurs?|fournisseurs?|editeurs?|concurrents?|ceux|celles|"
    r"quiconque)"
)
_for_their_past = wording(
    rf"\b{_BIDDER}\b[^.;]{{0,90}}{_PAST}[^.;]{{0,110}}{EXCLUDE}",
    rf"{EXCLUDE}[^.;]{{0,60}}\b{_BIDDER}\b[^.;]{{0,90}}{_PAST}",
    unless=rf"(?:l\.? ?2141|condamn|interdiction de soumissionner|manquements? (?:grave|persistant)|observations|contradictoire|conflits? d'interets?|"
    rf"travail dissimule|liquidation|visite|"
    rf"impots?|cotisation|fiscal|social|exercices?|hors delai|references?|chiffre d'affaires|bilans?|{_LAW}|tribunal|voies? de|delais? de|juge|sous-traitant|"
    rf"penalites? (?:est|sont|s'appliqu|prevue|pour retard))",
    denied=DENIED + r"|ne (?:peut|peuvent|saurait)[^.;]{0,20}(?:exclu|ecart|elimin)|n'(?:est|emporte|entraine) (?:pas|aucune)",
)
_only_french = wording(
    rf"(?:{_ONLY}|(?:peuvent|peut|pourront) seule?s?)[^.;]{{0,80}}(?:personnes? (?:physiques? )?(?:francaises?|de nationalite)|(?:dirigeants?|gerants?|"
    rf"associes?|"
    rf"representants?)[^.;]{{0,20}}(?:sont|est|soient|soit) (?:de nationalite )?(?:francais|europeen|ressortissant))",
    unless=rf"(?:{DEFENCE}|{CRITERION}|langue)",
)
_no_grouping = wording(
    r"(?:candidatures?|offres?|reponses?|plis?|dossiers?) (?:[a-z]+ )?(?:en |d'un |de |des |par |sous forme de )?(?:groupements?|cotraitance|"
    r"groupees?)[^.;]{0,40}"
    r"(?:ne (?:sera|seront|sont|est) (?:pas |ni )|irrecevab|elimin|rejet|exclu|interdit|non admis|refus)",
    unless=r"(?:plusieurs|a la fois|si (?:le|un)|lorsque|mandataire|mal|incomplet|sans (?:que|habilit|signature|la))",
)
_nearness_scored = wording(
    r"(?:proximite|eloignement|distance|implantation|situation geographique|localisation|ancrage|adresse)[^.;]{0,30}(?:de l'|du |des |de la |de leur |"
    r"locale?|territorial"
    r"|geographique)[^.;]{0,60}(?:entreprise|candidat|siege|societe|soumissionnaire|prestataire|agence|locaux)?[^.;]{0,80}(?:atout|avantage|"
    r"pris(?:e)? en compte|"
    r"valoris|appreci|note|points?\b|critere|favorable|plus\b|privilegi|prefer|departag|\d ?%)",
    unless=r"(?:donnees|serveurs?|heberg|centres? de donnees|livraison|delai d'intervention|n'(?:est|a|entre)|ne (?:sera|sont|peut|constitue|saurait)|"
    r"l2112-4|moyens|"
    r"points? de (?:livraison|collecte|contact)|site (?:est|sont)|chantier|travaux|production|approvisionnement)",
)
_certificates_of_the_like = wording(
    r"(?:\b(?:[6-9]|[1-9]\d|six|sept|huit|neuf|dix|douze|quinze|vingt|trente)\b)(?: \(\d+\))? (?:attestations?|certificats?|operations?|marches?|"
    r"chantiers?|projets?|"
    r"prestations?|deploiements?|realisations?|clients?)[^.;]{0,60}(?:similaires?|bonne execution|identiques?|comparables?|meme|equivalents?|publics?|"
    r"communes?|"
    r"collectivites|reference|realis|men[e]|execut)",
    requires=r"(?:doi(?:t|vent)|exig|minimum|au moins|obligatoire|justifi|a defaut|sous peine|elimin|irrecevab|requis)",
    unless=r"(?:au plus|maximum|(?:candidats? |entreprises? )?(?:peu(?:t|vent))|equipe|chef de projet|intervenant|titulaire (?:du|execut)|lots?\b|sites?\b|"
    r"bons? de|"
    r"accord-cadre|dans les)",
)
_not_subcontracted = wording(
    r"sous-traitance ?(?::|=|-) ?(?:non|interdite|neant|exclue|refusee|pas|aucune|prohibee)",
    r"sous-traitance (?:est |reste |demeure )?(?:non autorisee|non admise|formellement interdite|strictement interdite|proscrite|prohibee|exclue)",
    unless=r"(?:totale|integrale|sans (?:l'|accord|autorisation|agrement)|prealable|essentielle|non declaree|declaree|occulte|tache|en cascade|rang|"
    r"neant \(|le cas echeant|donnees|hors|pays)",
)
_never_for_a_public_buyer = wording(
    rf"(?:n'ayant|n'a|n'ont|ne (?:justifi|dispos|dispose|possed|present)[a-z]*)[^.;]{{0,20}}(?:jamais|pas|aucune?)[^.;]{{0,60}}(?:travaill|execut|realis|"
    rf"experience|"
    rf"reference|intervenu|fourni)[^.;]{{0,80}}{EXCLUDE}",
    rf"{EXCLUDE}[^.;]{{0,60}}(?:n'ayant|n'a|n'ont)[^.;]{{0,20}}(?:jamais|pas|aucune?)[^.;]{{0,60}}(?:travaill|execut|realis|experience|reference|intervenu)",
    unless=r"(?:tout (?:autre )?moyen|visite|ne (?:peut|suffit|saurait)|equipe|intervenant)",
)
_give_up_shares = wording(
    r"(?:titulaire|prestataire|editeur|hebergeur|fournisseur|entreprise)[^.;]{0,60}(?:ne (?:peut|pourra)|s'interdit|doit)[^.;]{0,60}(?:ceder|vendre|"
    r"apporter|ouvrir|modifier)"
    r"[^.;]{0,40}(?:actions?|parts|capital|titres)[^.;]{0,60}(?:sans|qu'avec|apres|accord|autorisation|agrement)",
    unless=r"(?:code source|resultats|marche\b[^.;]{0,20}(?:sans|qu'avec)|creance|inform)",
)


DETECTORS: dict[str, Detect] = {
    "nationalite-candidat": any_of(
        _only_french, nationality_of_candidate, _nationality_of_leaders, _foreigners_turned_away, _citizens_only, _led_by_foreigners
    ),
    "nationalite-personnels": any_of(nationality_of_staff, _staff_nationality, _staff_from_here),
    "etablissement-exige": any_of(establishment_required, _seat, _seat_here),
    "entreprise-francaise-europeenne": any_of(_made_by_our_own, _reserved_to_ours, french_or_european_firm, _european_only),
    "capital-europeen": any_of(_no_such_owner, european_capital, _foreign_group, _shares),
    "exclusion-loi-extraterritoriale": any_of(extraterritorial_exclusion, _law_turned_away),
    "exclusion-non-prevue": any_of(_for_their_past, unlisted_exclusion, _made_up_exclusion, _invented_grounds),
    "preference-locale": any_of(_nearness_scored, local_preference, _local, _from_around_here),
    "implantation-prealable": any_of(prior_presence, _already_there, _presence_on_the_day),
    "anciennete-entreprise": any_of(firm_age, _young_firm, _years_of_business),
    "groupement-forme-imposee": any_of(_no_grouping, grouping_form, _grouping, _alone_or_bound),
    "sous-traitance-interdite": any_of(_not_subcontracted, subcontracting_forbidden, _no_subcontractor, _nothing_subcontracted),
    "references-disproportionnees": any_of(_certificates_of_the_like, _never_for_a_public_buyer, disproportionate_references, _too_many_references),
    "chiffre-affaires-disproportionne": any_of(disproportionate_turnover, _turnover_amounts, _turnover_double),
    "agrement-actionnaires": any_of(_give_up_shares, shareholder_approval, _approval, _say_over_shares),
}
