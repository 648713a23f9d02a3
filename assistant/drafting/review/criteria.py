"""Rules about the choice: criteria with a weight, a measure and a link with the object, and no unlimited discretion.

Ground: CCP L2152-7, L2152-8, R2152-6 to R2152-12; no negotiation in an invitation to tender, L2124-2.
"""

from collections.abc import Iterator
from datetime import date

from assistant.datatypes import Span
from assistant.drafting.review.pattern import DENIED, EUROPEAN, EXCLUDE, FOREIGN, MUST, PERSON, Caught, Detect, any_of, compiled, is_said, together, wording
from assistant.drafting.review.text import Text

# CCP R2152-7 as of 21 August 2026 (LOI 2021-1104, article 35): the price alone is no criterion any more, and one criterion is environmental.
ENVIRONMENT_SINCE = date(2026, 8, 21)
# What ends in a rejection is a condition, not a criterion.
_REJECTS = r"(?:emport|entrain|vaut|vaudra|motif|cause)[a-z]* (?:de |le |la |son |l')?(?:rejet|irrecevab)"
# A scale of prices, of a maker or a profession: nothing that offers are scored by.
_PRICE_SCALE = (
    r"baremes? (?:[a-z]+ )?(?:du|des|de l'|de la|d'un)(?: [a-z]+)? ?(?:constructeur|fabricant|editeur|fournisseur|distributeur|concessionnaire|profession|"
    r"ordre|"
    r"titulaire|etat)|(?:prix|tarifs?|redevances?)[^.;]{0,60}(?:par reference|conform|indexe|selon)[^.;]{0,25}bareme"
)
_WEIGHT = r"(?:\d+(?:[.,]\d+)? ?(?:%|pour cent|points?|pts?)|/ ?\d{2,3}\b|coefficient|ponder|\b\d+/\d+|\{\{)"

_announced = (
    r"(?:(?:offres?|propositions?)[^.;]{0,60}(?:juge|\bnote|apprecie|classe|evalue|analyse|choisi|selectionne|departage|"
    r"attribue)e?s?[^.;]{0,80}(?:criteres?|selon|au regard|en fonction|sur (?:la base|le prix|le|la|leur)|d'apres)|criteres? (?:d'attribution|"
    r"de (?:jugement|selection|"
    r"choix) des offres|de notation|de jugement|suivants)|marche est attribue[^.;]{0,60}(?:criteres?|selon|au regard))"
)


_CRITERION_NAMES = (
    r"(?:\bprix\b|\bcouts?\b|qualite|valeur technique|\bdelais?\b|technique|environnement|ecologi|securite|souverain|service apres-vente|methodologie|"
    r"planning|references?)"
)
_CHOSEN_BY = compiled(
    r"(?:criteres?[^.;]{0,40}(?:sont|:)|(?:choix|attribution|jugement|classement|analyse|selection)[^.;]{0,40}(?:tiendra|tient|prend|"
    r"prendra|s'effectue|se fera|se fait|est fonde|repose|porte)[^.;]{0,40}|(?:tenu|tiendra|tient) compte)"
)


def unweighted_criteria(text: Text) -> Iterator[Caught]:
    """Criteria are announced in a sentence, and neither it nor its article gives a weight."""
    announced, weight = compiled(_announced), compiled(_WEIGHT)
    unless = compiled(
        rf"(?:{DENIED}|ponder|marches? subsequents?|ordre decroissant|hierarchis|par ordre|reglement de la consultation|enonces? (?:a|dans|ci|au)|"
        rf"fix(?:e|es) (?:a|dans|au) |mentionn|definis? (?:a|dans|au)|prevus? (?:a|dans|au)|ci-(?:apres|dessous|dessus)|article|annexe|"
        rf"voir|candidatures?|prix unique|critere unique|coût unique|cout unique|"
        r"equivalen|ex aequo|egalite|anormalement|irregul|negoci|classement|notation)"
    )
    named = compiled(_CRITERION_NAMES)
    none_weighted = compiled(
        r"(?:sans (?:ponderation|poids|ordre|hierarchie)|criteres?[^.;]{0,60}(?:non (?:ponder|hierarchis)|ne sont (?:pas|ni) (?:ponder|hierarchis)|"
        r"ne font (?:pas )?l'objet d'aucune ponderation|pas de ponderation|n'ont (?:pas|aucun) (?:de )?poids)|aucune? (?:coefficient|ponderation|"
        r"poids)[^.;]{0,30}(?:appliqu|prevu|affect|fix|"
        r"criteres?)"
        r")"
    )
    for sentence in text.sentences:
        words = sentence.words
        if match := none_weighted.search(words):
            if compiled(r"critere|coefficient").search(words) and not compiled(r"(?:raisons? objectives?|impossible|ordre decroissant)").search(words):
                yield Caught(sentence.at(*match.span()))
            continue
        match = announced.search(words) or (_CHOSEN_BY.search(words) if compiled(r"\bprix\b|\bcout").search(words) else None)
        if (
            match
            and len(set(named.findall(words))) >= 2
            and not unless.search(words)
            and not weight.search(text.section(sentence.span) if text.document.headings else text.around(sentence.span))
        ):
            yield Caught(sentence.at(*match.span()))


_VAGUE = (
    r"(?:reputation|notoriete|image de marque|image (?:du|de l'|generale)|impression (?:generale|d'ensemble)|feeling|ressenti|esprit (?:d'equipe|"
    r"de service|general)?|serieux|dynamisme|motivation (?!ecrite|de la)|sympathie|confiance|etat d'esprit|renommee|prestige|"
    r"capacite a convaincre|elegance|"
    r"qualites? humaines?|proximite relationnelle|adhesion|enthousiasme|bonne volonte|personnalite|satisfaction generale|appreciation (?:generale|"
    r"globale)|valeurs? (?:de l'entreprise|partagees)|gouts?\b|charisme|ouverture d'esprit|patriotisme|degre de souverainete|caractere souverain|"
    r"souverainete(?: (?:generale|globale|de l'offre|de la solution|numerique))?)"
)
unmeasurable_criterion = wording(
    rf"(?:criteres?|sous-criteres?|\bnot(?:e|es|ee|ees|ation)\b|points?\b|ponder|\d ?%|offres?[^.;]{{0,40}}(?:juge|apprecie|departag|"
    rf"evalue)[a-z]*)[^.;]{{0,90}}\b{_VAGUE}",
    rf"\b{_VAGUE}[^.;]{{0,70}}(?:criteres?\b|\bnot(?:e|ee|es)\b (?:sur|de)|points?\b|\d+ ?%|\bcoefficient)",
    unless=r"(?:sous-criteres?[^.;]{0,60}:|mesur|au regard (?:de|du|des) (?:preuves?|sous)|bareme|grille|preuve|niveau de confiance (?:au sens|eidas)|"
    r"points? de (?:contact|vue|livraison|controle)|delai d|autonomie d'exploitation|detention des cles|tiers de confiance|image (?:systeme|iso|"
    r"disque)|images? (?:video|de sauvegarde|des)|sur l'honneur|note d'information|chaine de confiance|confiance numerique)",
)

_UNRELATED = (
    r"(?:politique (?:generale )?(?:rse|de responsabilite|sociale|salariale|d'entreprise|de mecenat|de developpement durable|"
    r"environnementale generale|d'egalite)|demarche rse|responsabilite (?:sociale|societale) de(?:s| l') ?entreprises?|\brse\b|mecenat|parrainage|"
    r"sponsoring|effectifs? (?:total|global|de l'entreprise|de la societe)|nombre (?:total )?de salaries|"
    r"impots? (?:payes?|acquittes?|verses?)|lieu de paiement de l'impot|fiscalite|imposition|emplois? (?:loca(?:l|ux)|crees?|maintenus?|preserves?|generes?)|"
    r"creation d'emplois|nombre d'emplois|parite (?:dans|au|du)|dividendes|remuneration des dirigeants|contribution (?:a l'economie|au tissu)|"
    r"(?:ecarts? de )?remuneration dans l'entreprise|"
    r"soutien (?:a|aux|au) (?:associations?|clubs?|vie)|engagement (?:societal|citoyen|associatif)|anciennete (?:de l'entreprise|de la societe|"
    r"du candidat)|taille (?:de l'entreprise|de la societe)|don(?:s)? (?:a|aux)|l'index egalite|resultat net|retombees)"
)
unrelated_criterion = wording(
    rf"(?:criteres?|sous-criteres?|\bnot(?:e|es|ee|ees|ation)\b|points?\b|ponder|\d+ ?%|bonus|bonifi)[^.;]{{0,130}}{_UNRELATED}",
    rf"{_UNRELATED}[^.;]{{0,110}}(?:criteres?\b|\bnot(?:e|ee|ees|es)\b|points?\b|\d+ ?%|bonus|ponder|coefficient)",
    unless=r"(?:pour l'execution|execution du marche|dans le cadre (?:du|de l'execution)|insertion|demandeurs d'emploi|lie(?:e|es|s)? a l'objet|"
    r"moyens affectes|equipe (?:affectee|dediee|proposee)|affect|penalit|retenue|\btva\b|impots compris)",
)

nationality_criterion = wording(
    rf"(?:criteres?|sous-criteres?|\bnot(?:e|es|ee|ees|ation)\b|points?\b|\d+ ?%|bonus|bonifi|bareme)[^.;]{{0,130}}(?:nationalite|(?:capital|"
    rf"actionnariat|siege|detention|part|contenu|valeur ajoutee|origine|provenance|preference|marge de preference|fabrication|"
    rf"controle)(?: [a-z'-]+){{0,3}} (?:{EUROPEAN}|{FOREIGN}|de l'union|en france|en europe|dans l'union|communautaire)|"
    rf"detention (?:[a-z]+ )?du capital|structure (?:du|de) capital|origine (?:[a-z]+ )?du capital|made in|{PERSON} (?:[a-z]+ )?{EUROPEAN}|"
    rf"(?:solutions?|logiciels?|produits?|editeurs?|offres?) (?:{EUROPEAN}|d'origine)|entreprise europeenne)",
    rf"(?:nationalite|(?:capital|actionnariat|siege(?: social)?|part|origine|preference|controle)(?: [a-z'-]+){{0,3}} (?:{EUROPEAN}|{FOREIGN}|"
    rf"de l'union|en france|en europe|dans l'union)|\b{PERSON} (?:[a-z]+ )?(?:{EUROPEAN}|{FOREIGN})|(?:solutions?|logiciels?|produits?|"
    rf"offres?) (?:{EUROPEAN}|d'origine (?:{EUROPEAN})))[^.;]{{0,110}}(?:criteres?\b|\bnot(?:e|ee|ees|es|ation)\b|points?\b|\d+ ?%|bonus|bonifi|"
    rf"majoration|bareme)",
    unless=rf"(?:exclu|elimin|{_REJECTS}|plus de \d+ ?%|reglement|norme|"
    r"commission europeenne|chaine (?:de (?:l')?approvisionnement|de tiers)|"
    r"lieu(?:x)? (?:de traitement|d'hebergement|"
    r"de stockage)|points? de (?:contact|vue|terminaison|presence)|l2153-2|r2153-4|24 ?%|39 ?%|secnumcloud|note d'information|schema (?:europeen|"
    r"francais)|tva|\bau capital de\b|avance|sren|sans accord|l2153-1|prix (?:francais|europeen)|jurisprudence)",
)

_CAPACITY = (
    r"(?:references(?: (?:professionnelles|clients?|de l'entreprise|du candidat|presentees|similaires|anterieures|fournies))?|"
    r"experience (?:generale |passee |anterieure |professionnelle )?(?:de (?:l'entreprise|la societe)|du (?:candidat|soumissionnaire|titulaire))|"
    r"chiffres? d'affaires|capacite(?:s)? financiere?s?|solidite financiere|bilans? (?!d)|sante financiere|moyens (?:generaux )?de l'entreprise|"
    r"anciennete dans le secteur)"
)
capacity_as_criterion = wording(
    rf"(?:criteres? (?:d'attribution|de jugement|de choix|de notation|n[°o]? ?\d)|sous-criteres?|criteres?|\bnot(?:e|es|ee|ees|ation)\b|points?\b|"
    rf"ponder|\d+ ?%|offres?[^.;]{{0,40}}(?:juge|apprecie|note|classe|evalue)e?s?)[^.;]{{0,110}}\b{_CAPACITY}",
    rf"\b{_CAPACITY}[^.;]{{0,110}}(?:\d+ ?%|\d+ points|criteres? d'attribution|sous-criteres?|\bnot(?:e|ee|ees|es)\b sur|coefficient)",
    unless=rf"(?:de reference|selection des candidat|criteres? de selection|candidatures?|niveaux? minim|capacites?[^.;]{{0,40}}(?:minim|exig)|equipe|"
    rf"{PERSON}? ?personnel affecte|intervenants?|prix de reference|references? (?:au|du|des|aux|a l'|produit|catalogue|prix|reglementaire)|"
    rf"sous-traitance|lots? de reference|\bhors\b|situation de reference|{EXCLUDE}|article|avance|assurance|garantie|penalit|bilan (?:carbone|des|"
    rf"de |d')|redevance|tva|retenue|texte|fois le|au moins egal|derniers exercices)",
)

_DISCRETION = (
    r"(?:(?:a|de|sous|selon) (?:la|sa|leur|son) (?:seule |libre |entiere |pleine |propre |souveraine |unique )+(?:et (?:entiere|libre|"
    r"seule) )?(?:appreciation|discretion|convenance|choix|decision|initiative|volonte|bon vouloir)|(?:a|de) (?:sa|la) (?:discretion|"
    r"convenance)\b|a son (?:entiere|seule|libre) |discretionnaire(?:ment)?|souverainement|librement|comme (?:il|elle) l'entend|"
    r"de maniere arbitraire|pour (?:tout|quelque|n'importe quel) motif (?:que ce soit|de son choix|a sa convenance)?|a sa guise|"
)
_DISCRETION += (
    r"sans (?:avoir )?(?:a |devoir )?(?:se |en |s'en |le |la |les |sa )*(?:justifi(?:er|cation)|motiv(?:er|ation|e)|expliqu|rendre compte|"
    r"indiquer les motifs|donner de motif)|sans (?:aucune )?(?:justification|motivation|motif|limite)|toutes? autres? (?:consideration|element|"
    r"critere|facteur)[^.;]{0,40}(?:juge|utile|opportun|pertinent|convenable|approprie|lui))"
)
_CHOICE = (
    r"(?:offres?|candidat|soumissionnaire|attribu|choi[sx]i|choix|retenir|retenu|ecart|rejet|not(?:e|er|ation)\b|classe|criteres?|equivalen|"
    r"sous-traitan|agre(?:e|ment)|refus|attributaire|titulaire d'un marche subsequent|lots?\b|selection|appreci|designe)"
)
unlimited_discretion = wording(
    _DISCRETION,
    requires=rf"(?:{_CHOICE})[^.;]*{_DISCRETION}|{_DISCRETION}[^.;]*(?:{_CHOICE})",
    unless=r"(?:exclusion de tout autre|entre les formes|modalites de publicite|organise librement|titulaire (?:peut|organise|choisit|determine|"
    r"reste libre)|candidats? (?:peut|peuvent|sont|est|organise|choisit|choisissent|determine|"
    r"fixe|est libre)[^.;]{0,50}(?:libre|choix|convenance)|librement (?:accessible|telecharge|consult|reutilis|disponible|accede|fixe|negoci|"
    r"choisi(?:e|s)? par le (?:candidat|titulaire)|redistribu|expos|consenti|organis)|prix librement|"
    r"declar[a-z]+ (?:la procedure )?sans suite|sans suite|infructueu|consentement|par le (?:candidat|titulaire|soumissionnaire|prestataire)|"
    r"prestataire|le client|resili|suspens|d'audit|reconduction|ne pas reconduire|usager|utilisateur|soumissionnaires? (?:peut|peuvent|propose|"
    r"choisi)|tranches?|options?|affermi|circul|juge|tribunal|donnees|logiciel|licence|visite|forme du groupement)",
    denied=DENIED + r"|ne (?:dispose|conf|beneficie|laisse|donne|s'exerce|s'apprecie)[^.;]{0,30}(?:pas|aucun)|aucune liberte|pas discretionnaire|"
    r"non discretionnaire",
)

scale_not_published = wording(
    r"(?:sous-criteres?|bareme|ponderation|grille|methode de notation|criteres?|poids|coefficients?|"
    r"elements d'appreciation)[^.;]{0,110}(?:(?:sera|seront|est|sont) (?:fixe|arrete|defini|determin|precise|etabli|communiqu|choisi|adapte|"
    r"ajuste|decide)(?:e|es|s)? (?:par (?:la commission|le jury|l'acheteur|la cao|les evaluateurs|le comite)|ulterieurement|apres|lors|au moment|"
    r"au cours|en cours|plus tard|a (?:l'ouverture|l'issue|reception)|posterieurement)|(?:pourra|pourront|peut|peuvent) (?:etre )?(?:modifi|ajust|"
    r"adapt|complet|precis|revu|fix|ajout|evolu|recevoir)|n(?:e s|')(?:est|ont|era|eront) pas (?:publie|communiqu|port|rendu|divulgu|annonc)|"
    r"ne (?:sera|seront) pas (?:publie|communiqu|port|rendu|divulgu|annonc)|reste(?:nt)? (?:confidentiel|interne|secret))",
    r"(?:commission|jury|acheteur|pouvoir adjudicateur|comite|cao)[^.;]{0,60}(?:fixe|arrete|definit|determine|precise|etablit|choisit|adapte|"
    r"ajoute|se reserve|pourra|peut)[a-z]*[^.;]{0,60}(?:sous-criteres?|bareme|ponderation|grille de notation|methode de notation|"
    r"de nouveaux criteres|d'autres criteres|criteres? supplementaires?|poids)[^.;]{0,80}(?:lors|apres|au moment|ulterieur|au vu|en fonction|"
    r"a l'ouverture|en cours|avant l'examen|une fois|si|\.|$)?",
    unless=rf"(?:{_PRICE_SCALE}|ne peu(?:t|vent) (?:pas )?etre modifi|annexes?\b|ci-dessous|ci-apres|au present|du present|marches? subsequents?|"
    rf"avant (?:la date limite|"
    r"la remise|le depot) d|rectificatif|"
    r"penalit|comite de (?:suivi|pilotage)|qualite de service|prix (?:peut|revis)|revision|bareme (?:des|"
    r"de) (?:honoraires|prix|salaires|penalites)|indemnit|publie(?:e|s|es)? (?:dans|au|avec)|annexe au (?:present )?reglement|dans (?:l'avis|"
    r"le reglement|les documents)|grille (?:tarifaire|d'analyse des besoins)|lors de la redaction|candidatures|reexamen)",
)

price_only = wording(
    r"(?:le |au |du )?prix[^.;]{0,60}(?:(?:seul|unique)(?: et (?:seul|unique))? criteres?|(?:est|sera|constitue) (?:le |l')?(?:seul|unique)|"
    r"critere (?:unique|exclusif))",
    r"(?:seul|unique) criteres?[^.;]{0,60}(?:\ble prix|du prix|\bprix\b|prix le plus bas)",
    r"critere (?:unique|exclusif)[^.;]{0,50}\bprix\b",
    r"(?:offre|candidat|soumissionnaire|moins[- ]disant)[^.;]{0,50}(?:la moins chere|le moins cher|au (?:plus bas )?prix le plus bas|"
    r"la moins[- ]disante|le moins[- ]disant)[^.;]{0,40}(?:est|sera) (?:retenu|attributaire|choisi|declare)",
    r"(?:attribue|choisi|retenu|juge|classe|selectionne)e?s?[^.;]{0,60}(?:sur (?:le |la base du |la seule base du )seul (?:critere (?:du|"
    r"de) )?prix|(?:uniquement|exclusivement|seulement) (?:sur|selon|en fonction) (?:le |du |la base du )?prix|au moins[- ]disant|"
    r"au prix le plus bas|prix \(?100 ?%)",
    r"\bprix ?(?::|-|\(|=)? ?100 ?(?:%|pour cent|points)",
    unless=r"(?:exemplaire|cessibilite|nantissement|enchere|forfaitaire|cout (?:global|du cycle)|cycle de vie|environnement|bon(?:s)? de commande|"
    r"multi-attributaire|a titre de departage|egalite|"
    r"avant (?:le|"
    r"cette)|jusqu'au (?:20|21) aout|engagees? avant|sous-critere|sous-traitan|n'est (?:pas|plus))",
    denied=DENIED + r"|n'est (?:pas|plus|jamais)|ne (?:peut|suffit|saurait|sont|sera) (?:pas|plus|etre)",
)

negotiated_open_procedure = wording(
    r"appels? d'offres? (?:ouvert|restreint)?[^.;]*(?:negoci(?:er|ation|ations|e|era|ees?)\b)",
    r"negoci(?:er|ation|ations|era)\b[^.;]*appels? d'offres? (?:ouvert|restreint)",
    unless=r"(?:infructueu|sans suite|procedure (?:avec negociation|adaptee)|\bou\b[^.;]{0,40}procedure|sans (?:publicite|negociation)|a la difference|"
    r"contrairement|marche negocie|pas de negociation|(?:peut|peut etre|passer) (?:ensuite|alors)|r2124-3|r\. ?2124-3)",
    denied=DENIED
    + r"|(?:sans|ni|aucune|pas de|pas lieu a|ne (?:sera|peut|donne|comporte|fait|permet)[^.;]{0,30}(?:pas|aucun|l'objet)?)[^.;]{0,20}negoci|interdi|"
    r"exclu|proscri|n'(?:est|aura|autorise|admet)[^.;]{0,20}(?:pas|aucune)",
)


_GREEN = (
    r"(?:environnement|ecologi|carbone|\bco2\b|cycle de vie|fin de vie|energi|energeti|durable|durabilite|biodivers|dechets|emissions|recycl|reemploi|reutilis|"
    r"recondition|reparab|empreinte|kilowatt|\bkwh\b|sobriete|pesticid|phytosanitair|motorise|pollu|(?:vehicules?|materiels?|outils?|engins?|camions?|flotte)"
    r"[^.;|]{0,20} electrique|thermique|(?:economies?|consommations?) (?:d'|de )(?:eau|energie|ressource|papier|carburant|electricite)|\bbio\b|biologique|"
    r"gaspillage|"
    r"eco-?responsab|(?:performance|demarche|mobilite|energie|electricite) verte|gaz a effet de serre|l'eau\b|produits? chimiques?|circuits? courts?|"
    r"de saison|eco-?concep|eco-?label|eco-?gest)"
)
_NOT_GREEN = (
    r"(?:environnements? (?:de (?:travail|test|production|recette|developpement|formation)|technique|informatique|numerique|logiciel|bureautique|professionnel|"
    r"scolaire|familial|economique|concurrentiel|existant|applicatif)|n'a pas (?:retenu|prevu|souhaite)|(?:aucun|sans|pas de|n'est pas (?:retenu|"
    r"prevu)[a-z]* de) "
    r"(?:critere|condition|sous-critere)[a-z]* (?:[a-z]+ )?(?:environnement|ecolog)|(?:direction|service|pole) (?:de l'|de la transition [a-z]+ et de l')"
    r"environnement|emission d|emissions? de (?:bons?|commandes?|factures?)|candidature)"
)
# A list of criteria and their parts holds in this.
_CRITERIA_LIST = 900


def _with_list(text: Text, announced: Span) -> Span:
    """What announces criteria, and the list or table after it."""
    return Span(announced.start, min(len(text.folded), announced.end + _CRITERIA_LIST))


def no_environmental_criterion(text: Text) -> Iterator[Caught]:
    """A whole RC announces its criteria, and what follows each announcement says nothing of the environment."""
    if text.piece != "RC" or not text.is_whole or text.day < ENVIRONMENT_SINCE:
        return
    announced = compiled(
        r"criteres?\b[^.;]{0,60}(?:attribution|jugement|choix|selection des offres|suivants|ponder|:)|\| ?criteres?\b[^|]{0,40}\||"
        r"offres?[^.;]{0,30} (?:sont|seront|sera|est) [^.;]{0,40}"
        r"(?:jugee|apprecie|classe|notee|choisi|departag)|attribu[a-z]+[^.;]{0,60}(?:criteres?|selon|d'apres)|(?:prix|cout)[^.;]{0,20}\d+ ?(?:%|points)"
    )
    first: Span | None = None
    for sentence in text.sentences:
        if match := announced.search(sentence.words):
            first = first or sentence.at(*match.span())
            if is_said(text, _GREEN, unless=_NOT_GREEN, within=_with_list(text, sentence.span)):
                return
    if first:
        yield Caught(first)


# ---- the same faults said in another order ----------------------------------------------------------------------------------------------

_SCORED = (
    r"(?:criteres?|sous-criteres?|\bnot(?:e|es|ee|ees|ation)\b|points?\b|\d+ ?%|/ ?\d\d|bonus|bonifi|valoris|ponder|coefficient|bareme|l'emporte|"
    r"departag|classe(?:ment|e|es)?\b|malus)"
)
_NOT_SCORED = (
    r"(?:pas d'incidence|n'(?:a|ont|est|entre|interv|infl|incid)[a-z]* (?:pas|ni|aucun)|ne (?:sont|sera|seront|comptent|donne|jou|font|"
    r"fait)[a-z]* (?:pas|ni|aucun|l'objet)|sans (?:incidence|effet)|ni\b[^.;]*\bni\b)"
)
_vague_again = together(
    rf"\b(?:{_VAGUE}|qualite (?:percue|globale)|valeurs? (?:humaines|morales)|bon sens|implication|originalite|credibilite|ambition|enthousiasme|"
    rf"proximite avec|affinite|bienveillance|ethique|modernite|esthetique generale|prestance|convivialite|agilite|excellence|serenite|"
    rf"presentation (?:generale|du dossier|de l'offre)|soin (?:apporte|du)|clarte du dossier|(?:comprendre|comprehension de) (?:l'esprit|nos valeurs|"
    rf"notre identite)|"
    rf"qualite (?:relationnelle|de la relation|du contact|redactionnelle)|disponibilite du (?:gerant|dirigeant)|degre d'engagement|interet porte)",
    _SCORED,
    unless=r"(?:grille|preuve|mesur|bareme (?:publie|annexe|detaille)|indicateurs?|points? de (?:contact|vue|livraison|controle)|niveau de confiance|"
    r"delai|taux|tiers de confiance|image (?:systeme|iso|disque)|sur l'honneur|chaine de confiance|sous-criteres? suivants|maquette|test|"
    r"demonstration|annexe)",
    denied=DENIED + r"|" + _NOT_SCORED,
)
_unrelated_again = together(
    rf"(?:{_UNRELATED}|emplois? (?:[a-z]+ )?(?:en france|dans|sur)|creent? (?:le plus )?d'emplois|d'emplois en france|engagements? (?:politiques?|"
    rf"associatifs?|religieux)|index (?:de l')?egalite|mixite des instances|nombre d'apprentis|taille (?:du groupe|de la structure)|"
    rf"patrimoine de l'entreprise|adhesion a (?:un|une|la) (?:label|charte|association)|part des femmes)",
    rf"(?:{_SCORED}|recompens|davantage apprecie)",
    unless=r"(?:pour l'execution|execution du marche|insertion|demandeurs d'emploi|lie(?:e|es|s)? a l'objet|affecte|dedie|equipe|penalit|retenue|"
    r"loca(?:l|le|ux)s?\b|\btva\b|impots compris|heures? d'insertion|chantier)",
    denied=DENIED + r"|" + _NOT_SCORED,
)
_nationality_again = together(
    rf"(?:nationalite|\bsiege (?:social )?(?:en|dans|francais|europeen)|(?:detention|structure|composition|origine|part) (?:[a-z']+ )?(?:du |de |"
    rf"de son )?capital|capital (?:majoritairement |a \d+ ?% )?(?:{EUROPEAN}|{FOREIGN})|actionnariat (?:{EUROPEAN}|{FOREIGN})|(?:offre|solution|"
    rf"produit|logiciel|entreprise|candidat|prestataire|editeur|fournisseur|equipe|societe)s? (?:la |les )?(?:plus )?(?:{EUROPEAN})\b|"
    rf"caractere (?:{EUROPEAN})|pavillon|made in france|origine france|part (?:{EUROPEAN})|drapeau|preference (?:{EUROPEAN}))",
    rf"(?:{_SCORED})",
    unless=rf"(?:detenu|exclu|elimin|{_REJECTS}|plus de \d+ ?%|\breglement|"
    r"norme|commission|lieu(?:x)? (?:de traitement|d'hebergement|de stockage)|"
    r"points? de (?:contact|vue|presence)|l2153-2|r2153-4|"
    r"24 ?%|39 ?%|secnumcloud|note d'information|schema|\btva\b|\bau capital de\b|avance|sren|sans accord|l2153-1|jurisprudence|directive|"
    r"label (?:francais|europeen)|ecolabel|souverainete|degre de)",
    denied=DENIED + r"|" + _NOT_SCORED,
)
_capacity_again = together(
    rf"(?:{_CAPACITY}|experience (?:de l'entreprise|du candidat|de la societe|passee)|effectif(?:s)? (?:du candidat|de l'entreprise)|"
    rf"nombre de references|references\b|anciennete du candidat)",
    r"(?:criteres? (?:d'attribution|de jugement|de choix|n|\d)|sous-criteres?|\d+ ?%|\d+ points|points? (?:par|sur|pour)|(?:est|sont|sera|"
    r"seront) not(?:e|ee|ees|es)\b|de la note|notee?s? sur|coefficient|/ ?\d\d)",
    unless=rf"(?:de reference|selection des candidat|criteres? de selection|candidatures?\b|niveaux? minim|minimum|au moins|equipe|intervenants?|personnels?|"
    rf"prix de reference|references? (?:au|aux|a l'|catalogue|prix|reglement)|{EXCLUDE}|avance|assurance|garantie|penalit|redevance|tva|retenue|"
    rf"fois le|du montant|estim|termes de reference|{MUST}|chef de projet|indice)",
    denied=DENIED + r"|" + _NOT_SCORED,
)
_free_choice = together(
    r"(?:de son choix|comme bon (?:lui|leur) semble|sans (?:etre tenu|obligation de|rendre compte|avoir a)|au gre d|bon vouloir|intime conviction|"
    r"en toute liberte|a son gre|qu'(?:il|elle) (?:juge|estime|preferera|prefere)|discretion|sa convenance|selon (?:son|sa|ses) (?:preference|"
    r"humeur|sentiment|opinion|choix)|libre(?:ment)? de|fut-elle moins|meme moins bien class|quel que soit (?:le|leur) classement|"
    r"sans suivre le classement|d'autres? (?:elements?|considerations?) qu|tout element qu|\bseule? juge\b|(?:n'a|n'aura|n'ont|sans avoir)[^.;]{0,15}(?:a |"
    r"pas a )"
    r"(?:justifi|motiv|expliqu)|sans recours possible)",
    r"(?:offres?|attribu|candidat|soumissionnaire|retenir|retien|classement|criteres?|\bnot(?:e|er|ation)\b|choisi|ecart|equivalen)",
    r"(?:maire|acheteur|commission|pouvoir adjudicateur|collectivite|jury|commune|conseil|administration|directeur|direction|region|departement|"
    r"ville|etablissement|metropole|se reserve|service)",
    unless=r"(?:exclusion de tout autre|entre les formes|modalites de publicite|organise librement|aucun pouvoir|sans suite|infructueu|tribunal|titulaire|"
    r"candidats? (?:peut|peuvent|sont libres|choisi|propose|remet|present)|"
    r"soumissionnaires? (?:peut|"
    r"peuvent|propose|choisi)|a (?:chaque|tout) candidat|langue|support|format|visite|hebergeur|ne pas donner suite|tranche|option|"
    r"moyen de preuve|sous-traitant|banque|prestataire de)",
)
_scale_later = together(
    r"(?:sous-criteres?|bareme|ponderation|grille (?:de notation|d'analyse)|methode de notation|coefficients?|poids (?:des|de chaque|relatif))",
    r"(?:apres (?:l'?ouverture|analyse|reception|remise|depot|examen|coup)|ulterieur|posterieur|plus tard|une fois les|non (?:communi|publi|"
    r"divulg)|n'est pas (?:communi|publi|port|divulg|rendu)|ne (?:sont|sera|seront) pas (?:communi|publi|port|divulg|rendu)|confidentiel|interne|"
    r"secret|au vu des offres|en fonction des offres|propre au service|lors de (?:l'analyse|l'ouverture|l'examen|la commission)|en seance|"
    r"a l'appreciation|modifi|ajust|adapte)",
    unless=rf"(?:{_PRICE_SCALE}|annexes?\b|ci-dessous|ci-apres|au present|du present|l'observation|ne modifie|marches? subsequents?|avant (?:la date limite|"
    rf"la remise|"
    r"le depot) d|rectificatif|penalit|revision|honoraires|"
    r"indemnit|publie(?:e|s|es)? (?:dans|au|avec)|annexe au|ne (?:peut|peuvent|seront|sera|sont) (?:pas |plus )?(?:etre )?(?:modifi|ajust|adapt)|"
    r"sans (?:modif|pouvoir)|apprecie|critere est|ni modifi)",
    denied=DENIED + r"|ne (?:peut|peuvent)[^.;]{0,20}modifi|aucun(?:e)? (?:modification|sous-critere)",
)
_known_after = wording(
    r"(?:elements?|aspects?|points?|modalites?|details?|methode|criteres?|formule)[^.;]{0,60}(?:\bnot(?:er|es?|ation)\b|jug(?:er|ement)|apprecier|"
    r"pris en compte|"
    r"d'appreciation|d'evaluation|de notation)[^.;]{0,60}(?:(?:seront|sera|est|sont) (?:precis|indiqu|communiqu|detaill|defini|fix|arret|expos|"
    r"connu)[a-z]*[^.;]{0,40}"
    r"(?:rapport d'analyse|apres|lors d|a l'issue|ulterieur|par la commission|au moment|notification|ouverture))",
    unless=r"(?:subsequent|marches? precedent|annexe|ci-(?:apres|dessous)|candidat(?:e)? evince)",
)
_only_price = together(
    r"(?:\bprix\b[^.;]{0,50}(?:\bseul|unique|exclusi|100 ?%|rien d'autre|l'emporte|sans autre)|(?:\bseule?(?:ment)?|uniquement|"
    r"exclusivement)[^.;]{0,40}\bprix\b|moins[- ](?:disant|cher)|tarif le plus bas|meilleur prix|rabais le plus|prix le plus bas)",
    r"(?:seul(?:e|ement)?\b|unique(?:ment)?|exclusivement|100 ?(?:%|pour cent)|rien d'autre|sans autre critere|l'emporte|automatiquement|"
    r"moins[- ]disant|moindre|prix le plus bas)",
    r"(?:critere|attribu|offre|choisi|retenu|classe|juge|selection|departag)",
    unless=r"(?:obtien|points?\b|exemplaire|cessibilite|nantissement|enchere|cout (?:global|du cycle)|cycle de vie|environnement|bon(?:s)? de commande|"
    r"egalite|ex aequo|"
    r"avant (?:le|cette)|jusqu'au|sous-critere|"
    r"compte pour|note maximale|"
    r"sous-traitan|variante|valeur technique|qualite|unitaire|\bnote\b[^.;]{0,30}(?:=|calcul|formule)|prix (?:unique|global)|prestation (?:unique|seule)|"
    r"lot unique|\bcout\b|negoci|delai|"
    r"plus (?:seul|unique)|prix (?:est|sont) (?:ferme|forfait|unique)|revis|paye|reglement|a l'unite|anormalement)",
    denied=DENIED + r"|n'est (?:pas|plus|jamais)|ne (?:peut|suffit|saurait|sont|sera|constitue) (?:pas|plus|etre)",
)
_talks_in_tender = together(
    r"appels? d'offres?",
    r"(?:negoci|discut|echanges?[^.;]{0,60}(?:offre|prix|revis)|offres? (?:revisee?s?|amelioree?s?|finales?|optimisee?s?)|ameliorer (?:leur|son|"
    r"les|l')|revoir (?:leur|son) (?:offre|prix)|marchand|tour de table|audition[^.;]{0,50}(?:prix|offre))",
    unless=r"(?:infructueu|sans suite|procedure (?:avec negociation|adaptee)|\bou\b[^.;]{0,40}procedure|sans (?:publicite|negociation)|a la difference|"
    r"contrairement|marche negocie|r2124-3|precis(?:er|ion) (?:la teneur|leur offre)|regularis|avant (?:le lancement|la consultation)|sourcing|"
    r"exclu)",
    denied=DENIED + r"|(?:sans|ni|aucune|pas de|pas lieu a)[^.;]{0,20}(?:negoci|discut)|ne (?:sera|peut|donne|comporte|fait|permet|negocie)[^.;]{0,30}(?:pas|"
    r"aucun|ni)|interdi|exclu|proscri|n'(?:est|aura|autorise|admet)[^.;]{0,20}(?:pas|aucune)",
)

_by_several = together(
    r"(?:(?:marche|offre)s?[^.;]{0,40}(?:attribue|choisi|retenu|juge|apprecie|classe|evalue|selectionne)e?s?[^.;]{0,40}(?:en fonction|selon|"
    r"au regard|d'apres|sur la base|au vu)|mieux-disant|economiquement la plus avantageuse[^.;]{0,60}(?:selon|au regard|en fonction))",
    r"\bprix\b",
    r"(?:qualite|valeur technique|delai|technique|environnement|securite|reference)",
    unless=rf"(?:{_WEIGHT}|sans negoci|ponder|ordre|hierarchis|enonces?|fix(?:e|es) |mentionn|defini|prevus?|ci-(?:apres|dessous|dessus)|suivants?\b|"
    rf"article|annexe|voir|reglement|candidatures?|unique|seul|egalite|anormal|irregul|subsequent|sous-criteres?|bareme|grille)",
    unless_near=_WEIGHT,
)
_taste = together(
    r"(?:\bcriteres?\b|sous-criteres?|\bnote[es]* sur|\bnote\b[^.;]{0,40}sur \d|points?\b|\d+ ?%|compte(?:nt)? pour|coefficient)",
    r"\b(?:ambiance|beaute|serieux|confiance|image de marque|reputation|notoriete|renommee|impression|ressenti|dynamisme|motivation du|"
    r"enthousiasme|charisme|esprit|prestige|qualite percue|souverainete|sympathie|elegance|originalite|excellence|modernite|gout|"
    r"appreciation globale|appreciation generale|sentiment|attractivite|credibilite|bienveillance|valeurs)\b",
    unless=r"(?:grille|preuve|mesur|bareme (?:publie|annexe|detaille)|indicateurs?|points? de (?:contact|vue|livraison|controle)|niveau de confiance|"
    r"tiers de confiance|image (?:systeme|iso|disque)|sur l'honneur|chaine de confiance|sous-criteres? (?:suivants|:)|test|annexe|"
    r"gouts? des (?:enfants|convives)|degustation|valeurs? (?:technique|limite|moyenne|seuil|mesuree)|tri|deux|trois|4 sous)",
    denied=DENIED + r"|" + _NOT_SCORED,
)
_about_the_firm = together(
    rf"(?:{_SCORED}|recompens|vaut|valent|majore)",
    r"(?:parrain|mecenat|sponsor|nombre de salaries|index (?:d'|de l')?egalite|egalite (?:professionnelle|salariale)|dividende|impots?\b|"
    r"politique (?:rse|sociale|generale|salariale)|chartes? (?:de la diversite|ethique|rse|d'engagement)|(?:nombre|total) (?:[a-z]+ )?(?:d'emplois|"
    r"de salaries|d'apprentis)|"
    r"emplois? (?:crees?|maintenus?|en france|preserves?)|taille de (?:l'entreprise|la societe)|"
    r"effectifs?\b|engagement (?:associatif|citoyen|societal)|label rse|certification rse|club|ecarts? de (?:salaire|remuneration)|part de femmes|"
    r"apprentis de l'entreprise|dons?\b|benevolat)",
    unless=r"(?:pour l'execution|execution du marche|heures? d'insertion|demandeurs d'emploi|lie(?:e|es|s)? a l'objet|affecte|dedie|equipe|penalit|"
    r"retenue|loca(?:l|le|ux)s?\b|\btva\b|impots compris|chantier|donnees|minimum|candidatures|club (?:de|du) (?:matin|gym)|points? de)",
    denied=DENIED + r"|" + _NOT_SCORED,
)
_loses_points = together(
    rf"(?:{FOREIGN}\b|{EUROPEAN}\b|nationalite|origine francaise|origine europeenne|hors union|extra-europeen)",
    r"(?:perd|malus|bonus|bonifi|majore|minore|points?\b|\d+ ?%|criteres?|sous-criteres?|\bnote\b|coefficient|departag|l'emporte)",
    r"(?:candidat|editeur|societe|entreprise|actionnariat|capital|offre|solution|prestataire|fournisseur|siege|groupe)",
    unless=rf"(?:detenu|exclu|elimin|{_REJECTS}|plus de \d+ ?%|"
    r"etrangere?s? a(?:u|ux)?\b|piece|\breglement|norme|commission|lieu(?:x)? (?:de traitement|"
    r"d'hebergement|de stockage)|"
    r"points? de (?:contact|vue|presence)|l2153|r2153|"
    r"24 ?%|39 ?%|secnumcloud|schema|\btva\b|au capital de|avance|sren|sans accord|jurisprudence|directive|label (?:francais|europeen)|ecolabel|"
    r"chiffre d'affaires|penalit|retard|autorite|acces|notice|langue)",
    denied=DENIED + r"|" + _NOT_SCORED,
)
_firm_scored = together(
    r"(?:references?\b|experience (?:de l'entreprise|du candidat|du soumissionnaire|de la societe|generale)|chiffre d'affaires|"
    r"solidite financiere|sante financiere|capacites? (?:financiere|du candidat(?! (?:a|d')))|anciennete (?:du candidat|de l'entreprise)|bilans? comptable|"
    r"moyens (?:humains|materiels|techniques|generaux)?(?: et (?:humains|materiels|techniques))? ?(?:de l'entreprise|du candidat|de la societe)|"
    r"garanties? (?:financieres?|professionnelles?|et capacites?)[^.;]{0,40}(?:candidat|entreprise|soumissionnaire)|nombre (?:de|total de) (?:clients|"
    r"references|marches)|"
    r"portefeuille de clients|capacites (?:professionnelles|techniques))",
    r"(?:critere (?:d'attribution |de jugement )?(?:n ?[°o] ?)?\d|sous-critere|\d+ ?%|points?\b|(?:est|sont|sera|seront) notee?s?\b|"
    r"compte(?:nt)? pour|note finale|\bnotee?s? sur\b|sur (?:10|20|100)\b|coefficient)",
    unless=r"(?:de reference|selection des candidat|criteres? de selection|candidatures?\b|minimum|au moins|equipe|intervenants?|personnels?|"
    r"prix de reference|references? (?:au|aux|a l'|catalogue|prix|reglement)|avance|assurance|garantie de|penalit|redevance|\btva\b|retenue|fois le|"
    r"du montant|"
    r"estim|termes de reference|chef de projet|indice|montant|exige|minimal)",
    denied=DENIED + r"|" + _NOT_SCORED,
)
_judged_on_the_firm = wording(
    r"\bnotes?\b[^.;]{0,40}(?:prend|tient|tiendra|prendra|integre|depend|resulte|repose)[^.;]{0,60}(?:\breferences?\b|chiffre d'affaires|"
    r"effectifs? de l'entreprise|"
    r"moyens de l'entreprise|anciennete)",
    r"criteres?[^.;]{0,80}(?:appreci|juge|note|evalu|analys|mesur)[a-z]*[^.;]{0,60}(?:\breferences?\b|chiffre d'affaires|moyens (?:humains|de l'entreprise|"
    r"du candidat)|"
    r"bilans?|effectifs?|capacites?|dossier de candidature|pieces de la candidature)",
    unless=r"(?:equipe|intervenants?|personnels? affect|\bcv\b|affectes? (?:a|au)|prix de reference|criteres? de (?:selection|candidature)|capacites? (?:d'|"
    r"de )(?:stock|"
    r"production|traitement|charge|la solution)|candidatures? (?:sont|est)|reference (?:du|des) produit|selection des candidat)",
    denied=DENIED + r"|" + _NOT_SCORED,
)
_above_the_ranking = wording(
    r"(?:choix|attribution|designation|decision|selection)[^.;]{0,60}(?:pouvoir (?:discretionnaire|souverain|d'appreciation (?:souverain|discretionnaire))|"
    r"appreciation (?:souveraine|discretionnaire|exclusive)|discretion|bon vouloir|seule? (?:decision|volonte))",
    r"(?:sans (?:etre )?(?:lie|tenu|engage)[a-z]* (?:par|au|a) (?:le |la |les )?(?:classement|notes?|criteres?|notation|resultat)|"
    r"(?:independamment|nonobstant|quel que soit|au-dela|sans tenir compte) (?:du |le |de la |de l'|des )?(?:classement|notes?|resultats?|criteres)|"
    r"(?:offre|candidat|proposition)[^.;]{0,30}qui lui (?:parai|sembl|convien)[a-z]*|(?:que|qu')[^.;]{0,20}(?:jugera|estimera|considerera|"
    r"preferera)[^.;]{0,20}"
    r"(?:meilleure?|avantageu|convenable|interessant))",
    requires=r"(?:offres?|attribu|candidat|reten|choi|marche)",
    unless=r"(?:sans suite|prestataire choisit|titulaire (?:choisit|peut)|candidat peut|l'offre economiquement la plus avantageuse au regard)",
)
_if_it_likes = together(
    r"(?:s'il (?:le |l')?(?:juge|estime|souhaite)|qu'il (?:juge|estime)[a-z]* (?:utile|opportun|preferable)|(?:que |qui lui )(?:la commission|"
    r"l'acheteur|le jury)?[^.;]{0,20}(?:parait|estimera|jugera|semble)[^.;]{0,20}(?:utile|preferable|opportun|meilleure?)|tout autre (?:element|"
    r"critere|motif)|autres? considerations?|souverain(?:e|ement)|a sa guise|comme il l'entend|selon son (?:appreciation|sentiment)|"
    r"en opportunite|moins bien (?:notee|classee))",
    r"(?:offres?|attribu|candidat|soumissionnaire|reten|classement|criteres?|choisi|ecart|pris en compte|evaluation)",
    unless=r"(?:exclusion de tout autre|entre les formes|modalites de publicite|organise librement|etabliss|capacite|prouv|preuve|sans suite|infructueu|"
    r"tribunal|titulaire|candidats? (?:peut|peuvent|sont|propose|choisi)|"
    r"soumissionnaires? (?:peut|peuvent|propose|"
    r"choisi)|demander des precisions|visite|tranche|option|moyen de preuve|sous-traitant|souverainete|documents?|cloud|donnees|equipe|verif)",
    denied=DENIED + r"|ne (?:peut|sera|saurait|dispose|prend)[^.;]{0,30}(?:pas|aucun|ni|etre)|aucun autre|jamais",
)
_left_to_the_jury = together(
    r"(?:sous-criteres?|bareme|ponderation|grille|methode de notation|coefficients?|poids (?:de|des|relatif))",
    r"(?:laisse(?:e|s|es)? (?:a|au)|arrete(?:e|s|es)? (?:par|a|lors)|fixe(?:e|s|es)? (?:par|apres|lors|a l'ouverture)|non (?:divulg|communi|"
    r"publi)|(?:pas|ni) (?:divulg|communi|publi|connu|port)|decide(?:e|s|es)? (?:par|lors|en)|peu(?:t|vent) (?:varier|evoluer|changer)|ajoute(?:e|"
    r"s|es)?|connu(?:e|s|es)? (?:apres|seulement)|garde(?:e|s|es)? (?:secret|confidentiel)|se reserve)",
    unless=rf"(?:{_PRICE_SCALE}|annexes?\b|ci-dessous|ci-apres|au present|du present|subsequent|rectificatif|penalit|revision|honoraires|indemnit|"
    rf"annexe(?:e|es)? au|"
    r"comite de (?:suivi|pilotage)|annuelle|qualite de service|"
    r"ne (?:peut|peuvent|seront|sera) (?:pas |"
    r"plus )?(?:etre )?(?:modifi|ajust|adapt|ajout)|tarif|prix|salaire|fixe(?:e|s|es)? (?:a|au|dans|par) (?:l'article|le present|l'annexe|"
    r"le reglement|present))",
    denied=DENIED + r"|ne (?:peut|peuvent)[^.;]{0,20}(?:modifi|ajout)|aucun(?:e)? (?:modification|sous-critere)|sans (?:en )?ajout",
)
_only_amount = wording(
    r"(?:ser(?:a|ont)|est|sont) (?:retenu|choisi|attributaire|declare|designe|selectionne)[a-z]*[^.;]{0,60}(?:(?:le|la|les) moins (?:cher|chere|disant|"
    r"disante|couteux)|"
    r"au prix le plus bas|le prix le plus bas|le plus fort rabais)",
    r"(?:seule?|unique) (?:et (?:seul|unique) )?criteres?[^.;]{0,60}(?:\bprix|montant|\bcout(?! global)|tarif|rabais|moins[- ]disant)",
    r"(?:montant|\bprix\b|tarif|rabais)[^.;]{0,60}(?:seul|unique) critere",
    unless=r"(?:cout global|cycle de vie|environnement|egalite|sous-critere|n'est|avant le|anormal|ni le|ne (?:peut|saurait|suffit|sera))",
)
_all_price = wording(
    r"100 ?% (?:au |pour le |sur le )?prix|prix ?[:(=]? ?100",
    r"(?:l'offre |l'entreprise |le candidat |celle |celui )?(?:la|le) (?:moins[- ]disante?|moins (?:chere?|couteuse)|"
    r"plus basse?)[^.;]{0,40}(?:l'emporte|est (?:retenu|attributaire|choisi|declare)|remporte|emporte|gagne)",
    r"(?:propose|offre|presente)[a-z]* le prix le plus bas",
    unless=r"(?:cout global|cycle de vie|environnement|egalite|sous-critere|bon de commande|valeur technique|anormal|n'est|avant le)",
)
_lower_your_price = together(
    r"appels? d'offres?",
    r"(?:negoci|baisser (?:leurs?|son|ses|les) prix|(?:nouvelle|seconde|derniere|meilleure) offre (?:de prix|finale|financiere)?|rabais|"
    r"remise commerciale|ameliorer|marchand|revoir (?:a la baisse|leur)|discut[a-z]+ (?:du|des|de) prix|offre (?:revisee|amelioree|finale))",
    unless=r"(?:infructueu|sans suite|procedure (?:avec negociation|adaptee)|sans publicite|a la difference|contrairement|r2124-3|regularis|sourcing|"
    r"accord-cadre|bons? de commande)",
    denied=DENIED + r"|(?:sans|ni|aucune|pas de|pas lieu a)[^.;]{0,20}(?:negoci|discut)|ne (?:sera|peut|donne|comporte|fait|permet|negocie|"
    r"peuvent)[^.;]{0,30}(?:pas|aucun|ni)|interdi|exclu|proscri|n'(?:est|aura|autorise|admet)[^.;]{0,20}(?:pas|aucune)",
)


_home_made_points = together(
    r"(?:realisee?s? en (?:france|europe)|(?:valeur ajoutee|emplois?|production|activite|equipes?|effectifs?) (?:[a-z]+ )?(?:en france|en europe|"
    r"francais|europeen|nationa)|tricolore|patriot|pavillon|drapeau|hexagon|francite|produit(?:e|es|s)? en (?:france|europe)|"
    r"fabriqu[a-z]+ en (?:france|europe)|bleu[- ]blanc[- ]rouge)",
    r"(?:criteres?|sous-criteres?|points?\b|\d+ ?%|\bnot(?:e|ee|es|ation)\b|bonus|bonifi|majore|coefficient|departag|l'emporte|avantag)",
    unless=r"(?:lieu(?:x)? (?:de traitement|d'hebergement|de stockage)|points? de (?:contact|vue|presence|livraison)|l2153|r2153|secnumcloud|\btva\b|"
    r"avance|penalit|retard|insertion|chantier|chiffre d'affaires|emplois?\b)",
    denied=DENIED + r"|" + _NOT_SCORED,
)


_TENDER_DECLARED = compiled(
    r"(?:(?:marche|consultation|procedure|contrat|accord-cadre)[^.;]{0,60}appel d'offres (?:ouvert|restreint)|procedure (?:de passation )?: ?appel d'offres|"
    r"(?:lancee?|passee?|organisee?|selon la procedure|sous la forme|consultation est un) (?:[a-z']+ ){0,3}appel d'offres|^\W*appel d'offres (?:ouvert|"
    r"restreint) ?[:.]|^\W*article \d+\W*appel d'offres (?:ouvert|restreint)\b)"
)
_TALKS_ANNOUNCED = compiled(
    r"(?:negociations?\b[^.;]{0,60}(?:sera|pourra|peut|est|aura|avec)|(?:acheteur|pouvoir adjudicateur|commission|collectivite|se reserve)[^.;]{0,60}negoci|"
    r"\bnegociera|invite[a-z]* a negocier|(?:soumissionnaires?|candidats?)[^.;]{0,60}(?:d'ameliorer|ameliorer|baisser|revoir) (?:leurs?|son|ses|"
    r"les) (?:prix|offres?|tarifs?)|"
    r"(?:discussions?|entretiens?)[^.;]{0,60}(?:prix|tarifs?))"
)
_NO_TALKS = compiled(
    r"(?:\b(?:sans|ni|aucune|pas de|ne|n')[^.;]{0,40}negoci|negoci[a-z]*[^.;]{0,30}(?:exclu|interdi|proscri|n'est)|infructueu|sans suite|procedure adaptee|"
    r"procedure avec negociation|marches? (?:negocie|subsequent))"
)


# In these the parties speak of the contract's life, where some things are rightly negotiated.
_WRITTEN_AFTER = frozenset({"CCAP", "CCP", "CCTP", "AE"})


def negotiation_after_a_tender(text: Text) -> Iterator[Caught]:
    """One sentence says that the procedure is an invitation to tender, another that offers will be negotiated (CCP L2124-2)."""
    declared = [sentence for sentence in text.sentences if _TENDER_DECLARED.search(sentence.words) and not _NO_TALKS.search(sentence.words)]
    if not declared or text.piece in _WRITTEN_AFTER or compiled(r"procedure adaptee|procedure avec negociation|\bmapa\b").search(text.folded):
        return
    for sentence in text.sentences:
        match = _TALKS_ANNOUNCED.search(sentence.words)
        if match and "titulaire" not in sentence.words and not _NO_TALKS.search(sentence.words) and "appel d'offres" not in sentence.words:
            yield Caught(sentence.at(*match.span()))


_LISTED_WEIGHT = compiled(r"(?P<weight>\d{1,3}(?:[.,]\d+)?) ?(?:%|pour cent|points?\b|pts\b|/ ?100)")
_EVERY_POINT = 100


def complete_criteria_without_environment(text: Text) -> Iterator[Caught]:
    """A sentence gives every criterion, their weights making 100, and none is about the environment (CCP R2152-7 since 21 August 2026)."""
    if text.piece != "RC" or text.day < ENVIRONMENT_SINCE:
        return
    criteria = compiled(r"criteres?\b|offres?[^.;]{0,40}(?:juge|note|classe|apprecie)")
    for sentence in text.sentences:
        match = criteria.search(sentence.words)
        weights = [float(found["weight"].replace(",", ".")) for found in _LISTED_WEIGHT.finditer(sentence.words)]
        if (
            match
            and len(weights) > 1
            and sum(weights) == _EVERY_POINT
            and compiled(r"\bprix\b|\bcout").search(sentence.words)
            and not is_said(text, rf"{_GREEN}|\bcout global\b|\brse\b", unless=_NOT_GREEN, within=_with_list(text, sentence.span))
            and not compiled(r"sous-criteres?|candidatures?|subsequent|avant le 2[12] aout").search(sentence.words)
        ):
            yield Caught(sentence.at(*match.span()))


# ---- the notions of each fault, near one another in any order -------------------------------------------------------------------------------

_JUDGED = compiled(
    r"(?<![a-z])(?:criteres?\b|(?:offres?|propositions?|marche|attribution|classement|choix|jugement|candidat)\b[^.;]{0,90}(?:jug|appreci|class|evalu|"
    r"compar|choisi|choix|attribu|analys|"
    r"tenu compte|compte tenu|pris(?:e|es)? en compte|avantageuse|rapport qualite|sur la base|retenu|meilleur equilibre|se fera|s'effectue|depart|regard)|"
    r"(?:jug|appreci|"
    r"class|evalu|compar|choisi|attribu|tenu compte|pris(?:e|"
    r"es)? en compte|seront (?:examine|regarde)|depart)[^.;]{0,90}"
    r"(?:offres?|propositions?|\bprix\b|classement)|\bprix\b[^.;]{0,90}pris en compte)"
)
_NAMED_CRITERION = compiled(
    r"(?:\bprix\b|\bcouts?\b|qualite(?!-prix)|valeur technique|\bdelais?\b|technique|environnement|ecologi|carbone|securite|souverain|service apres-vente|"
    r"methodologie|planning)"
)
_WEIGHED_ELSEWHERE = compiled(
    rf"(?<![a-z])(?:{DENIED}|subsequent|ordre decroissant|hierarchise|reglement de la consultation|enonces? (?:a|dans|ci|au)|fixe(?:e|s|es)? (?:a|dans|au)|"
    rf"mentionn|definis? (?:a|dans|au)|prevus? (?:a|dans|au)|"
    rf"ci-(?:apres|dessous|dessus)|l'article|annexe|\bvoir\b|candidatures?|critere unique|cout unique|equivalen|ex aequo|egalite|anormal|irregul|negoci|"
    rf"sous-criteres?|bons? de commande|titulaire|variantes?|"
    rf"penalit|comprend|comprennent|inclu)"
)
_BLOCK = 420


def _chosen_without_weight(text: Text) -> Iterator[Caught]:
    """Price and another criterion are announced, in a sentence, a list or a row, and the document gives no weight."""
    if text.piece in {"CCTP", "CCAP", "CCP"} or is_said(
        text, _WEIGHT, near=r"(?:criteres?|\bprix\b|valeur technique|\bnotes?\b)", unless=r"(?:tva|avance|penalit|retenue|aucune?|sans|pas de)"
    ):
        return
    without_rank = compiled(
        r"sans (?:ponderation|ordre|hierarchie|poids)|ni (?:ponderation|ordre|hierarchie)|pas (?:de )?(?:poids|ponder|hierarchis)|sans (?:etre )?(?:ponder|"
        r"hierarchis)"
    )
    for sentence in text.sentences:
        block = sentence.words
        if block.rstrip().endswith(":"):
            block = text.folded[sentence.span.start : sentence.span.end + _BLOCK].replace("\n", " ")
        names = set(_NAMED_CRITERION.findall(block))
        match = _JUDGED.search(sentence.words)
        if match and "prix" in names and len(names) > 1 and (without_rank.search(block) or not _WEIGHED_ELSEWHERE.search(sentence.words)):
            yield Caught(sentence.at(*match.span()))


_CELL = r"\| ?\d{1,2}(?: ?%| ?points?| ?pts?)? ?(?:\||$)"
_POINTS_FOR = (
    rf"(?:{_SCORED}|{_CELL}|compte(?:nt)? pour|obtien|credit(?:e|ee|ees|es)\b|major(?:e|ee|ees|es)\b|recompens|entre(?:nt)? pour|"
    rf"donne(?:nt)? droit|\bvaut\b|valent|tient compte)"
)
_NOT_POINTS = (
    r"(?:points? de (?:contact|vue|livraison|controle|vente|presence)|\btva\b|avances?\b|penalit|retenue|selection des candidat|"
    r"criteres? de (?:selection|candidature)|candidatures?\b|indices?\b|au moins|minimum|minimal)"
)
_the_firm_scored = together(
    r"(?:apprentis|egalite (?:professionnelle|femmes|salariale|homme)|entreprises? a mission|chiffre d'affaires consacre|(?:recherche et developpement|"
    r"recherche) (?:de l'entreprise|est)|(?:empreinte|bilan) carbone|dialogue social|politique de [a-z]+ (?:de l'|de la|du)|mecene|"
    r"contribution de la societe|associati(?:f|ve)|"
    r"nombre (?:total )?(?:de |d')?(?:salaries|emplois)|salaries en cdi|mecenat|association|parite|handicap|impots?\b|fiscal|dividende|demarche rse|"
    r"\brse\b|politique (?:sociale|salariale|generale|d'entreprise|rse)|"
    r"remuneration|engagement (?:global|societal|citoyen))",
    r"(?:(?:de|dans|par) l'(?:ensemble de l'|ensemble des )?entreprise|de la societe|du (?:candidat|groupe|soumissionnaire)|dans (?:le groupe|"
    r"l'entreprise)|tous sites|toutes activites|societes? labellis|"
    r"(?:candidat|soumissionnaire|entreprise|societe)s? qui|candidats? (?:qui|ayant)|dirigeants|mecene|du chiffre d'affaires|nombre de salaries|\|"
    r" ?(?:egalite|"
    r"rse|mecenat)|de l'operateur)",
    _POINTS_FOR,
    unless=rf"(?:{_NOT_POINTS}|pour l'execution|execution du marche|lie(?:e|es|s)? a l'objet|affecte|dedie|equipe|heures? d'insertion|demandeurs d'emploi|"
    rf"de la prestation|des prestations|des livraisons|chantier|du marche\b|"
    r"n'est pas note|ne sont pas note|ne (?:fait|font) (?:pas )?l'objet)",
    denied=DENIED + r"|" + _NOT_SCORED,
    linked=True,
)
_made_here_scored = together(
    r"(?:(?:concu|develop|edit|fabriqu|produit|realis|assembl|heberge)[a-z]* en (?:france|europe)|\b(?:francais|europeen|national|tricolore)(?:e|es|s|ne|"
    r"nes|aux)?\b)",
    r"(?:solutions?|produits?|logiciels?|offres?|editeurs?|entreprises?|societes?|candidats?|prestataires?|fournisseurs?|capital|capitaux|siege|"
    r"valeur ajoutee|actionnaires?|origine|equipements?)",
    r"(?:\bcredit(?:e|ee|ees|es)\b|malus|bonus|\d+ points?|points? (?:de plus|supplementaires?)|majore|coefficient|marge de preference|recoivent \d|"
    r"l'emporte|sous-criteres?|/ ?\d\d\b)",
    unless=rf"(?:{_NOT_POINTS}|\breglement|norme|commission|lieu(?:x)? (?:de traitement|d'hebergement|de stockage)|langue|droit (?:francais|europeen)|"
    rf"label (?:francais|europeen)|ecolabel|secnumcloud|schema|l2153|r2153|24 ?%|39 ?%|"
    r"jurisprudence|directive|etiquette|classe energ|chiffre d'affaires|exclu|elimin|avance|moyens (?:heberg|localis)|prix (?:francais|europeen))",
    denied=DENIED + r"|" + _NOT_SCORED,
    linked=True,
)
_capacity_scored = together(
    r"(?:\breferences?\b|chiffres? d'affaires|\bbilans?(?= (?:financ|compt|et compt|des (?:trois|deux|dernier|exerc)))|effectifs?\b|anciennete|"
    r"certifications? (?:detenue|de l'entreprise|du candidat)|moyens (?:humains |materiels |generaux |techniques )?(?:de l'entreprise|de la societe|"
    r"du candidat)|"
    r"(?:solidite|capacites?|sante|surface) (?:financiere|de l'entreprise|du candidat|economique)|solidite de|capacites? professionnelles?|"
    r"experience (?:generale |"
    r"passee )?(?:du candidat|de l'entreprise|de la societe|du soumissionnaire))",
    rf"(?:{_CELL}|\d+ ?(?:%|points?|pts)|sous-criteres?|(?:est|sont|sera|seront) notee?s?|\bnote(?:e|es|s)? (?:technique|finale|sur)|notee?s? sur|"
    rf"criteres? (?:de jugement|d'attribution|n)|coefficient|compte(?:nt)? pour|/ ?\d\d\b)",
    unless=rf"(?:capacite[^.;]{{0,20}} a [a-z]+er|comprendre|{_NOT_POINTS}|de reference\b|equipe|intervenants?|personnels? affect|affectee?s? (?:a|au)|"
    rf"prix de reference|references? (?:au|aux|a l'|du|des (?:produits|articles)|catalogue|prix|reglement|article|produit|technique|cadastr)|"
    rf"reference ?(?:\||:)|{EXCLUDE}|assurance|garantie de|redevance|fois le|du montant|estim|termes de reference|chef de projet|trois references|exige|"
    rf"stockage|traitement|production|capacites? (?:d'|de )|part de|"
    r"\d{3,}|experience des|\bhors\b)",
    denied=DENIED + r"|" + _NOT_SCORED,
    linked=True,
)
_image_scored = together(
    r"(?:\bimage (?:de la|de l'|du|de marque)|caractere (?:convaincant|seduisant|enthousiasmant|sympathique)|bonne impression|serieux\b|sympathie|esprit d)",
    _POINTS_FOR,
    unless=rf"(?:{_NOT_POINTS}|grille|mesur|image (?:systeme|iso|disque|du (?:poste|disque|serveur))|preuve|bareme (?:publie|annexe))",
    denied=DENIED + r"|" + _NOT_SCORED,
    linked=True,
)

_NO_REASON_GIVEN = (
    r"(?:sans (?:avoir (?:a )?)?(?:en |a |devoir |s'en )*(?:donner|indiquer|fournir)? ?(?:les |de |d'|aucune? |sa |leur )*(?:raisons?|justifi|motif|motiv|"
    r"expliqu|explication)|(?:n'a|n'ont|n'aura) pas a (?:etre |se |en |s')*(?:motiv|justifi|expliqu)|"
    r"n'est pas (?:motivee|tenue? de (?:suivre|retenir|motiver|justifier))|sans suivre|en (?:son |leur )?ame et conscience|sans grille|inspirera|"
    r"bon vouloir|discretion|souverain(?:e|ement)\b|comme (?:bon|il|elle)|meme moins bien|"
    r"au gre d|intime conviction|selon (?:son|sa|leur) (?:gre|humeur|preference|sentiment|convenance)|arbitrairement|pour (?:tout|quelque) motif)"
)
_no_reason = together(
    _NO_REASON_GIVEN,
    r"(?:offres?|candidats?\b|soumissionnaires?|attribu|classement|criteres?|choix|choisi|ecart|rejet|equivalen|sous-traitants?|agree|note\b|retenu|"
    r"retenir|tranche\b|tranchee?\b)",
    r"(?:\bmaire\b|president|acheteur|commission|pouvoir adjudicateur|collectivite|\bjury\b|commune|conseil|administration|direct(?:eur|rice|ion)|"
    r"maitre d'ouvrage|"
    r"region|departement|\bville\b|etablissement|decision|attribution|se reserve|offre)",
    unless=r"(?:sans suite|infructueu|tribunal|titulaire (?:peut|organise|choisit)|candidats? (?:peut|peuvent|sont libres|choisi|propose|remet|present)|"
    r"soumissionnaires? (?:peut|peuvent|propose|choisi)|langue|\bvisit|tranches? (?:option|ferme|condition)|option\b|moyens? de preuve|"
    r"souverainete|anormal|sous un delai|delai|plus d'informations|resili|(?:est|sera) motivee|renonc[a-z]* a|cles?\b|donnees|secret des affaires|incendie|"
    r"penalit|prix)",
    denied=DENIED + r"|ne (?:peut|peuvent|sera|saurait|dispose|prend)[^.;]{0,40}(?:pas|aucun|ni|etre|sans)|aucun (?:autre|pouvoir)|jamais",
    linked=True,
)

_scale_to_come = together(
    r"(?:sous-criteres?|\bbareme|\bponderations?|grilles? (?:de notation|d'analyse|d'evaluation)|(?:methode|detail|modalites) de (?:la )?notation|"
    r"coefficients?|poids (?:de|des|relatif)|repartition des points|(?:facon|maniere) de noter)",
    r"(?:(?<!d')apres|ulterieur|posterieur|plus tard|a l'issue|(?:au moment|au cours|lors|en cours) (?:de|d')|en seance|a l'ouverture|definira|arretera|"
    r"fixera|determinera|indicati[fv]|varier|(?:pas|non|ni) (?:communi|publi|divulg|port)|confidentiel|secret|"
    r"internes? au|appreciation de la commission|laissee?s? a|d'autres|introduit|selon la qualite des offres|au vu des offres|une fois les offres|"
    r"pas rendue?s? publi|decidee?s? en)",
    r"(?:seront|sera|pourr(?:a|ont)|peu(?:t|vent)|est|sont|definira|arretera|fixera|commission|acheteur|jury|service|document)",
    unless=r"(?:anormal|annexes?\b|ci-dessous|ci-apres|au present|du present|suivante|subsequent|avant (?:la date limite|la remise|le depot) d|"
    r"rectificatif|penalit|revision|honoraires|indemnit|publie(?:e|s|es)? (?:dans|au|avec)|tarif|salaire|comite de|annuelle|"
    r"conductivit|thermique|occupation|\bw/m|rapport d'analyse des offres est|apprecie(?:e|s)? (?:au|a partir)|ne (?:peut|peuvent|seront|sera|"
    r"sont) (?:pas |plus )?(?:etre )?(?:modifi|ajust|adapt|ajout|chang)|methode du candidat|travaux|constructeur|prix (?:du|des))",
    denied=DENIED + r"|ne (?:peut|peuvent)[^.;]{0,20}(?:modifi|ajout|etre)|aucune? (?:modification|sous-critere)|sans (?:en )?ajout|ni modifi",
    linked=True,
)

_CHEAPEST = (
    r"(?:moins[- ](?:chere?|disante?|couteu(?:x|se)|elevee?)s?\b|(?:prix|tarif|montant|devis|cout) (?:[a-z]+ )?(?:le )?plus (?:bas|faible|"
    r"avantageux|interessant|attractif)|(?:meilleur|moindre) (?:prix|tarif)|offres? la plus basse|ordre croissant d[eu]s? prix|plus fort rabais)"
)
_cheapest_wins = together(
    _CHEAPEST,
    r"(?:attribu|est retenu|sera retenu|l'emporte|declaree?|choisi|designe|classement|remporte|adjug|attributaire|gagn|choix se porte)",
    unless=r"(?:\bcommandes?\b(?! publique)|cout (?:global|du cycle)|cycle de vie|environnement|bons? de commande|egalite|ex aequo|sous-criteres?|"
    r"note maximale|obtien|\bnote\b|"
    r"points?\b|valeur technique|qualite|technique|delai|anormal|n'est|sous-trait|pour l'article|article demande|"
    r"negoci|ne (?:peut|suffit|saurait|sera)|compte pour|%|avant le|jusqu'au|classement (?:du|de la) critere|criteres? (?:ci|pondere|suivant)|"
    r"pas (?:necessairement|forcement))",
    denied=DENIED + r"|n'est (?:pas|plus|jamais)|ne (?:peut|suffit|saurait|sont|sera|constitue) (?:pas|plus|etre)",
    linked=True,
)
_nothing_but_price = together(
    r"(?:\bprix\b|\bmontants?\b|\btarifs?\b|\bdevis\b)",
    r"(?:\bseule?s?\b|\bunique\b|uniquement|exclusi|seulement|sans autre|pas d'autre|aucun autre|rien d'autre|100 ?(?:%|pour cent|points|/ ?100)|[|"
    r":] ?100 ?(?:%|points)? ?(?:\||$))",
    r"(?:criteres?|attribu|\bjug|class|retenu|choisi|pris en compte|prend en compte|depart|selection|100)",
    unless=r"(?:exemplaire|cessibilite|nantissement|enchere|cout (?:global|du cycle)|cycle de vie|environnement|bons? de commande|egalite|ex aequo|"
    r"sous-criteres?|valeur technique|qualite|technique|"
    r"delai|unitaires?|prix (?:unique|global|est (?:unique|forfait)|ferme)|forfaitaire|unique et|lot unique|"
    r"titulaire unique|marche unique|\d\d? ?%(?<!100 ?%)[^.;|]{0,40}\d\d? ?%|anormal|revis|paye|bordereau|penalit|negoci|n'est|ne (?:peut|suffit|saurait|"
    r"sera|sont)|avant le|jusqu'au|plus (?:seul|unique)|retenue|avance|candidatures?|a hauteur|note maximale|maximum|estim)".replace("(?<!100 ?%)", ""),
    denied=DENIED + r"|n'est (?:pas|plus|jamais)|ne (?:peut|suffit|saurait|sont|sera|constitue) (?:pas|plus|etre)",
    linked=True,
)

_TALKS = (
    r"(?:\bnegoci|discussions?\b|marchand|(?:ameliorer|optimiser|revoir|baisser|ajuster|diminuer|reduire) (?:[a-z]+ ){0,3}(?:offres?|prix|tarifs?|"
    r"proposition)|"
    r"(?:seconde|nouvelle|deuxieme|derniere|meilleure|autre) offre|offres? (?:amelioree?s?|revisee?s?|finales?)|"
    r"(?:remise|rabais|effort|geste) (?:commercia|supplementaire|financier)|tour de (?:table|negociation))"
)
_talks_in_a_tender = together(
    _TALKS,
    r"appels? d'offres?",
    unless=r"(?:infructueu|sans suite|procedure (?:avec negociation|adaptee)|sans publicite|a la difference|contrairement|r2124-3|regularis|sourcing|"
    r"bons? de commande|marches? subsequents?|marches? negocie|titulaire|differend|avant (?:le lancement|la consultation)|"
    r"nouvelle offre (?:ne|annule|dans le delai)|avant la date limite|remplace|avenant)",
    denied=DENIED + r"|(?:sans|ni|aucune?|pas de|pas lieu a)[^.;]{0,20}(?:negoci|discu)|ne (?:sera|peut|peuvent|donne|comporte|fait|permet|negocie|"
    r"modifi)[^.;]{0,30}(?:pas|aucun|ni|modifier|etre)|interdi|exclu|proscri|"
    r"n'(?:est|aura|autorise|admet)[^.;]{0,20}(?:pas|aucune)",
    linked=True,
)


DETECTORS: dict[str, Detect] = {
    "critere-sans-ponderation": any_of(unweighted_criteria, _by_several, _chosen_without_weight),
    "critere-non-mesurable": any_of(unmeasurable_criterion, _vague_again, _taste, _image_scored),
    "critere-sans-lien": any_of(unrelated_criterion, _unrelated_again, _about_the_firm, _the_firm_scored),
    "critere-nationalite": any_of(nationality_criterion, _nationality_again, _loses_points, _home_made_points, _made_here_scored),
    "critere-de-candidature": any_of(_judged_on_the_firm, capacity_as_criterion, _capacity_again, _firm_scored, _capacity_scored),
    "liberte-illimitee": any_of(_above_the_ranking, unlimited_discretion, _free_choice, _if_it_likes, _no_reason),
    "bareme-non-publie": any_of(_known_after, scale_not_published, _scale_later, _left_to_the_jury, _scale_to_come),
    "prix-seul": any_of(_only_amount, price_only, _only_price, _all_price, _cheapest_wins, _nothing_but_price),
    "critere-environnement-absent": any_of(no_environmental_criterion, complete_criteria_without_environment),
    "negociation-appel-offres": any_of(negotiation_after_a_tender, negotiated_open_procedure, _talks_in_tender, _lower_your_price, _talks_in_a_tender),
}
