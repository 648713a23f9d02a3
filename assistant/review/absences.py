"""What a whole piece must say and does not: judged on the piece, never on an extract.

Ground: CCP R2112-3, R2112-8 to R2112-13, L2112-2, L2112-5, R2152-7, R2162-4; RGPD article 28; CJA L551-1.
"""

from collections.abc import Iterator
from datetime import date

from assistant.datatypes import Span
from assistant.french.dates import MONTH
from assistant.review.limits import IS_FRAMEWORK
from assistant.review.pattern import BUYER, NUMBER, Caught, Detect, any_of, compiled, is_said
from assistant.review.text import CONTRACT_PIECES, WHOLE_CHARACTERS, Text, fold

# CCP L2112-2 as of 22 August 2026 (LOI 2021-1104, article 35): environmental considerations are taken into account.
ENVIRONMENT_CLAUSE_SINCE = date(2026, 8, 22)

_DEROGATION = (
    r"(?:(?:par|en) (?:derogation|exception) (?:a |aux? |de )(?:l'|la |les )?(?:article|stipulation|disposition|point|ccag|cahier)[^.;]*|"
    r"\bderoge[a-z]* (?:a |aux? )(?:l'|la |les |certaines )?(?:articles?|stipulations?|dispositions?|ccag|cahier)|"
    r"(?:contrairement a|nonobstant|sans appliquer) (?:l'|les )?(?:articles?|stipulations?|dispositions?)[^.;]{0,40}\bccag|"
    r"\barticles? \d[\d.]*[^.;]{0,30}\bccag[^.;]{0,40}(?:ne (?:s'applique|sont|trouve|s'appliquent)|n'est pas applicable|est ecarte|sont ecarte|"
    r"est remplace))"
)

_DEROGATIONS_LISTED = (
    r"(?:aucune autre derogation|derogations? ?: ?(?:neant|aucune)|(?:recapitul|liste|tableau|enumer|recens)[a-z]*[^.;]{0,60}derog|"
    r"derogations?[^.;]{0,40}(?:recapitul|"
    r"liste|enumer|recens|suivantes|ci-(?:apres|dessous)|(?:repris|figur|indiqu|mentionn|precis)[a-z]* (?:en|a|au|dans)|annexe|dernier article)|"
    r"derogations apportees|articles? (?:du ccag )?auxquels?[^.;]{0,40}derog|"
    r"derog[a-z]*[^.;]{0,40}\bccag[^.;]{0,20}: (?:les )?articles? |articles? (?:du ccap |du ccp |du present [a-z]+ )?[^.;]{0,20}(?:qui )?derogent|"
    r"articles? derogatoires|(?:#|article) ?\d*[.)]? (?:stipulations? |articles? |clauses? )?derog(?:ations|atoires)\b(?! (?:a|de) l'article)|(?:#|\d[.)]?|"
    r"article \d+ ?[-.:]*) derogations? (?:aux?|apport)|articles? \d[\d.]{0,12} (?:du (?:ccap|ccp|"
    r"present [a-z]+) )?deroge(?:nt)? (?:a|aux?)\b|\d[.\d]{0,12} deroge [^.;]{0,300};[^.;]{0,300}\d[.\d]{0,12} deroge |"
    r"(?<!par )(?<!en )derogations? aux documents generaux)"
)

# A title that announces the list, not the one article that derogates.
_TITLE_OF_DEROGATIONS = compiled(
    r"\bderogations?\b(?! (?:a|de) l'article)(?! aux? articles?)|articles? derog|\bderogatoires?\b"
)

_AN_OBJECT_BEFORE = compiled(
    r"(?:par|en|penalites?|delais?|prix|paiement|garantie|resiliation|propriete|avance|reception|verifications?)\b[^:]{0,20}(?:derogation)"
)


def unlisted_derogations(text: Text) -> Iterator[Caught]:
    """A whole CCAP derogates from the general clauses and has no list of derogations."""
    if text.piece not in CONTRACT_PIECES or not text.is_whole:
        return
    titles = [fold(heading.title) for heading in text.document.headings]
    if any(
        _TITLE_OF_DEROGATIONS.search(title) and not _AN_OBJECT_BEFORE.search(title) for title in titles
    ) or is_said(text, _DEROGATIONS_LISTED):
        return
    for sentence in text.sentences:
        if (
            match := compiled(_DEROGATION).search(sentence.words)
        ) and "code de la commande" not in sentence.words:
            yield Caught(sentence.at(*match.span()))
            return


_ABOUT_PRICE = r"(?:prix|forfait|tarif|bordereau|remuneration|redevance|loyer|montants?|honoraires|marge)"


def no_price_form(text: Text) -> Iterator[Caught]:
    """A whole CCAP or AE says neither that prices are firm nor that they are revised."""
    if text.piece not in {*CONTRACT_PIECES, "AE"} or not text.is_whole:
        return
    said = (
        r"(?:(?<!duree )(?<!ans )(?<!an )(?<!mois )(?<!annees )(?<!tranche )(?<!tranches )(?<!offre )(?<!commande )\bfermes?\b|(?:non )?revis(?:ee?s?|ables?|"
        r"ion)\b|"
        r"(?:non )?(?:actualis|index)(?:ee?s?|ables?|ation)\b|invariab|intangib|\bvari(?:ent|e|ation|ations|ables?)\b|evolu(?:ent|e|tion|tifs?|eront)\b|"
        r"ajust|inchang|constants?\b|\bfixes?\b,? (?:pendant|pour|jusqu|sur|durant|et)|ne (?:sont|seront|sera|est)[^.;]{0,12} (?:pas |en aucun cas )?modifi|"
        r"\bp0\b|ne (?:changent|changeront|bougent|bougeront|peuvent (?:pas )?(?:changer|augmenter|evoluer))|(?:bloque|gele)e?s? (?:un|deux|trois|quatre|"
        r"\d)|(?:bloque|gele|garanti|"
        r"maintenu|stabilise)e?s? (?:pendant|pour|sur|durant|"
        r"jusqu)|definitifs?\b(?! d'execution)|cotation|mercurial|formule|indice)"
    )
    fixed_elsewhere = (
        r"prix[^.;]{0,120}(?:fixe|prevu|determin|defini|selon|conform|modalites|conditions|precis)[^.;]{0,60}(?:ccap\b|\bccp\b|cahier|"
        r"article \d)"
    )
    unless = (
        r"(?:decompte|plis?\b|portail|(?:locaux|batiments?|sites?|bureaux?|guichets?|commandes?|propositions?) (?:est |sont )?fermee?s?|vehicule|"
        r"heures d'ouverture|projet d|plan (?:de|d'))"
    )
    if is_said(text, said, near=_ABOUT_PRICE, unless=unless, deniable=False) or (
        text.piece == "AE" and is_said(text, fixed_elsewhere)
    ):
        return
    yield from _first(text, r"\bprix\b")


_A_TIME = rf"{NUMBER}(?: \([\da-z]+\))? (?:mois|ans?|annees?|semaines|saisons?|exercices?)\b"

_OF_THE_CONTRACT = (
    r"(?:\bduree\b|\bmarche\b|\bcontrat\b|accord-cadre|\bconclu|reconduct|renouvel|de (?:la|sa) notification|ordre de service|prend (?:effet|fin)|"
    r"delais? d'execution|"
    r"engagement pour|mission)"
)

_ANOTHER_TIME = (
    r"(?:tous les|garanti|sans effet|experience|moins de|conserv|preavis|derniers|revis|indice|chaque|attestation|datant|depuis|ferme[^.;]{0,20}puis|avance|"
    r"paiement|"
    r"paye|"
    r"retard|mise en demeure|agees? de|reclam|contest|factur|penalit|delai (?:de|d'|pour) (?!execution)|sous |dans (?:les|un delai)|apres (?:la|le|"
    r"notification)|validite|"
    r"interet|resili|suivant|suivent|mois zero|au moins|avant|par an\b|protection)"
)


def no_duration(text: Text) -> Iterator[Caught]:
    """A whole contract piece gives no duration, nor a date of end, nor sends to the piece that does."""
    if text.piece not in {*CONTRACT_PIECES, "AE"} or not text.is_whole:
        return
    elsewhere = (
        r"(?<!toute la )(?<!pendant la )(?<!pour la )(?:\bduree\b|delais? (?:global )?d'execution|\bdelais?\b ?:)[^.]{0,120}(?:acte d'engagement|\bae\b|"
        r"ccap\b|cctp|"
        r"bons? de commande|annexe|calendrier|planning|\{\{|\[|…)"
    )
    ended = (
        rf"(?:(?:jusqu'(?:au|en|a la fin)|notification au) (?:\d|{MONTH}|20\d\d|de )|du \d+[^.]{{0,25}} au \d|annees? scolaires?|se termine|"
        rf"(?:prend(?:ra)? fin|s'acheve|"
        rf"acheve|expire|"
        rf"s'arrete|termes?|echeance|fin)(?: du marche)? ?(?:le|au|:|est|definitif le|fixee? au)[^.;]{{0,20}}(?:20\d\d|\d)|"
        rf"\d{{1,2}}(?:er)? {MONTH} 20\d\d[^.;\d]{{1,20}}\d{{1,2}}(?:er)? {MONTH} 20\d\d|"
        rf"(?:saison|annee|exercice|campagne|periode|hiver)s? (?:20\d\d|de 20)|(?:marche|contrat|accord-cadre) (?:annuel|biennal|triennal|quadriennal|"
        rf"pluriannuel))"
    )
    if is_said(text, elsewhere, unless=r"(?:conservation|validite|protection)") or is_said(
        text, ended, unless=r"(?:offres?\b|plis?\b|candidat|questions?|remise|depot)"
    ):
        return
    if is_said(text, _A_TIME, near=_OF_THE_CONTRACT, unless=_ANOTHER_TIME):
        return
    yield from _first(text, r"(?:le present marche|le marche|l'accord-cadre|objet)")


_ENVIRONMENT = (
    r"(?:environnement(?:al|ale|ales|aux|ement)?\b|ecologi|carbone|\bco2\b|gaz a effet de serre|\bges\b|dechet|energeti|kilowatt|\bkwh\b|"
    r"consommations? (?:d'energie|d'eau|"
    r"electrique|de carburant)|"
    r"sobriete|developpement durable|recycl|biodivers|eco-?conception|eco-?label|economie circulaire|reemplo|reemploi|reutilis(?:able|ation)|reparab|"
    r"recondition|seconde main|"
    r"biosource|agriculture biologique|\bbio\b|vehicules? (?:electrique|propre|hybride|a faible)|(?:peu|moins|faible|faibles) (?:emissi|emett|pollu)[a-z]*|"
    r"emissions?\b|"
    r"(?:sources?|energies?|electricite|ressources?|matieres?) (?:[a-z]+ )?renouvelables?|chaleur (?:fatale|[^.;]{0,30}recuper)|forets?\b|\bfsc\b|pefc|"
    r"durablement|"
    r"covoiturage|transports? en commun|\bvelos?\b|\bpue\b|ressourceri|(?:electricite|energie|informatique|demarche|mobilite) verte|(?:en|par le) train\b|"
    r"emballages?[^.;]{0,40}(?:redui|repri|consign)|"
    r"pollu(?:tion|ant)|phytosanitair|pesticid|vrac|consignes? |nuisances? sonores|compost|gaspillage|achats? durable|transports? (?:doux|decarbone))"
)

_NOT_ENVIRONMENT = (
    r"(?:environnements? (?:de (?:travail|test|production|recette|pre-?production|developpement|formation)|techniques?|informatiques?|numeriques?|logiciels?|"
    r"bureautique|"
    r"windows|professionnel|scolaire|familial|sonore|immediat|economique|concurrentiel|existant|applicatif|virtuel|cloud|client)|"
    r"(?:direction|direct(?:eur|rice)|responsable|service|ministere|code|pole|police|commission|vice-president[a-z]*|adjoint[a-z]*|charge[e]?) (?:de l'|"
    r"a l'|de la transition [a-z]+ et de l'|"
    r"general[a-z]* de l'|"
    r"technique et )?environnement|"
    r"atteintes? a l'environnement|recyclage (?:des (?:agents|salaries|competences|connaissances|personnels)|de (?:formation|la formation))|"
    r"formation[^.;]{0,30}recycl|"
    r"(?:aucune?|sans|pas de|ni) (?:[a-z']+ ){0,2}(?:clause|condition|consideration|exigence|obligation|prescription)s? (?:[a-z]+ )?(?:environnement|"
    r"ecolog)[a-z]*|"
    r"environnement(?:al|ale|ales|aux)?e?s? ?: ?(?:sans objet|neant|aucune?|non\b)|emissions? (?:de|des) (?:bons?|commandes?|titres?|factures?|television|"
    r"radio|ordres?)|"
    r"emission d|consignes? (?:de securite|particuli|generales|d'|des|donne|ecrite))"
)


def no_environmental_clause(text: Text) -> Iterator[Caught]:
    """A whole contract piece has no condition of performance about the environment (CCP L2112-2 since 22 August 2026)."""
    if text.piece not in CONTRACT_PIECES or not text.is_whole or text.day < ENVIRONMENT_CLAUSE_SINCE:
        return
    if is_said(text, _ENVIRONMENT, unless=_NOT_ENVIRONMENT):
        return
    yield from _first(
        text,
        r"(?:conditions? d'execution|execution des prestations|objet du (?:marche|contrat|present)|le present marche)",
    )


_PEOPLE = (
    r"(?:locataires|usagers|agents|patients|eleves|abonnes|habitants|familles|beneficiaires|enfants|parents|adherents|residents|etudiants|administres|"
    r"contribuables|"
    r"demandeurs|lecteurs|spectateurs|salaries de l'acheteur|participants|electeurs|convives|stagiaires|malades|assures)"
)

_PERSONAL_DATA = (
    rf"(?:donnees (?:a caractere personnel|personnelles|nominatives|de sante|medicales|de paie|des? {_PEOPLE})|(?:enregistrements?|fichiers?|listes?|"
    rf"coordonnees|noms|"
    rf"dossiers?|comptes?|adresses|identites?|photographies|registres?|bulletins de paie)(?: et (?:adresses|prenoms|coordonnees|"
    rf"telephones?))?(?: nominati[a-z]+| de [a-z]+| medica[a-z]+)?"
    rf" (?:des|de ses|de leurs|d'|de l'ensemble des|aux) ?{_PEOPLE}|\brgpd\b|protection des donnees)"
)


# What RGPD article 28 asks for, or the paper that holds it. « Sous-traitant » alone is mostly the one of the code de la commande publique.
_ARTICLE_28 = (
    r"(?:instructions? (?:documentees?|ecrites?|de l'acheteur|du responsable)|responsables? (?:de|du) traitement|article 28|(?:annexe|appendice|avenant|"
    r"protocole|"
    r"accord|contrat|convention|clauses?|"
    r"cctp|cahier)[^.;]{0,60}"
    r"(?:donnees (?:a caractere )?personnel|rgpd|protection des donnees|traitements? de donnees|sous-traitance (?:de|des) donnees)|"
    r"(?:donnees (?:a caractere )?personnel[a-z]*|rgpd|"
    r"protection des donnees)[^.;]{0,80}(?:annexe|annexee?s?|article \d|ci-joint|cctp|cahier)|"
    r"clauses contractuelles types|2021/915|violations? de (?:donnees|la (?:securite|confidentialite))|sous-traitants? (?:ulterieurs?|au sens|de donnees|"
    r"de la|de l'|du responsable)|"
    r"(?:sort|restitution|effacement|suppression) des donnees[^.;]{0,40}personnel|article 5(?:\.\d)* du ccag)"
)


def no_data_processing_terms(text: Text) -> Iterator[Caught]:
    """A whole contract piece has personal data processed and carries none of what RGPD article 28 asks for."""
    if (
        text.piece not in CONTRACT_PIECES
        or not text.is_whole
        or not is_said(text, _PERSONAL_DATA, unless=_NOT_PROCESSED)
    ):
        return
    if not is_said(
        text, _ARTICLE_28, unless=r"(?:article 28 du (?:ccag|ccap|cctp)|liste des donnees techniques)"
    ):
        yield from _first(text, _PERSONAL_DATA)


_NOT_PROCESSED = (
    r"(?:(?:aucune?|ni|sans|pas de|ne (?:traite|comporte|porte|contient|collecte)[a-z]*)[^.;]{0,40}(?:donnees? (?:a caractere )?personnel|traitement)|anonym|"
    r"agents? du titulaire|"
    r"a contacter|interlocuteur|soumissionnaire)"
)


def no_remedies(text: Text) -> Iterator[Caught]:
    """A whole RC names no court and no way of appeal."""
    said = (
        r"(?:recours (?:contentieux|gracieux|amiable|pour exces|en contestation|en annulation|precontractuel|contractuel|ouverts|des tiers|de plein)|"
        r"(?:voies?|delais?|introduction)[^.;]{0,25}(?:de |des )recours|\brecours\b ?:|(?<!se )(?<!y )\breferes?\b(?! (?:a|au|aux)\b)|\btribuna(?:l|ux)\b|"
        r"\bgreffe\b|juridictions?|juge (?:administratif|du contrat|des referes)|telerecours|l\. ?551-1|contester[^.;]{0,60}(?:validite|procedure|decision|"
        r"mois))"
    )
    if (
        text.piece != "RC"
        or not text.is_whole
        or is_said(
            text,
            said,
            unless=r"(?:pour enfants|redressement|liquidation|kbis|casier|commerce|jugement|condamn|salles?\b)",
        )
    ):
        return
    yield from _first(text, r"(?:reglement (?:de la )?consultation|consultation)")


def _first(text: Text, pattern: str) -> Iterator[Caught]:
    yield Caught(text.first(compiled(pattern)))


# How much can be ordered, in money or in number.
_HOW_MUCH = (
    r"(?:€|\beuros?|\bht\b|\bttc\b|montants?|valeurs?|quantite|volumes?|commandes?\b|tonnes|repas|unites|enveloppe|budget|lot \d|\d ?000|"
    r"accord-cadre|par lot|estimat)"
)

_A_MAXIMUM = (
    r"(?:\bmaxim(?:um|al|ale|aux|a)s?\b|\bmaxi\b|\bplafond?(?:s|ne|nee|nes|nees)?\b|(?:dans|sous) la limite|limite(?:e|es|s)? a|(?:n'|ne (?:peut |peuvent |"
    r"pourra |pourront |"
    r"sauraient? )?(?:pas )?)(?:exced|depass)|sans (?:pouvoir )?(?:exced|depass)|jusqu'a (?:concurrence|hauteur|\d)|a (?:concurrence|hauteur) de|"
    r"au plus\b(?! (?:tard|tot|vite))|bornes?\b|"
    r"enveloppe|montant (?:global|total)[^.;]{0,40}(?:fixe|arrete|est de|:)|montants?[^.;]{0,80}(?:acte d'engagement|annexe|avis|reglement|ccap))"
)

_ANOTHER_MAXIMUM = (
    r"(?:delais?\b|duree maxim|\bduree\b[^.;]{0,20}(?:exced|depass)|penalit|avance|retenue|indemnit|responsabilit|heures?\b(?! par an)|temperature|indice|"
    r"\bhausse|"
    r"revis|\bjours?\b|minutes|tonnage des|"
    r"vitesse|charge|faux[- ]plafond|plafonds? (?:suspendu|des locaux)|effectif|assur|acompte|fois\b|age\b|caution|sanction|remise|taille|dimension|poids)"
)


def _no_maximum_anywhere(text: Text) -> Iterator[Caught]:
    """A whole piece sets a framework agreement out and never says how much can be ordered at most."""
    if (
        text.piece not in {*CONTRACT_PIECES, "RC", "AE"}
        or not text.is_whole
        or is_said(text, r"marches? subsequents? (?:n[°o]|a l'accord)|n'est pas un accord")
    ):
        return
    if is_said(text, _A_MAXIMUM, near=_HOW_MUCH, unless=_ANOTHER_MAXIMUM):
        return
    if match := IS_FRAMEWORK.search(text.folded.replace("\n", " ")):
        yield Caught(Span(*match.span()))


# CCP R2152-7 as of 21 August 2026 (LOI 2021-1104, article 35): the price alone is no criterion any more, and one criterion is environmental.
ENVIRONMENT_SINCE = date(2026, 8, 21)

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


_LISTED_WEIGHT = compiled(r"(?P<weight>\d{1,3}(?:[.,]\d+)?) ?(?:%|pour cent|points?\b|pts\b|/ ?100)")

_EVERY_POINT = 100


def complete_criteria_without_environment(text: Text) -> Iterator[Caught]:
    """A sentence gives every criterion, their weights making 100, and none is about the environment (CCP R2152-7 since 21 August 2026)."""
    if text.piece != "RC" or text.day < ENVIRONMENT_SINCE:
        return
    criteria = compiled(r"criteres?\b|offres?[^.;]{0,40}(?:juge|note|classe|apprecie)")
    for sentence in text.sentences:
        match = criteria.search(sentence.words)
        weights = [
            float(found["weight"].replace(",", ".")) for found in _LISTED_WEIGHT.finditer(sentence.words)
        ]
        if (
            match
            and len(weights) > 1
            and sum(weights) == _EVERY_POINT
            and compiled(r"\bprix\b|\bcout").search(sentence.words)
            and not is_said(
                text,
                rf"{_GREEN}|\bcout global\b|\brse\b",
                unless=_NOT_GREEN,
                within=_with_list(text, sentence.span),
            )
            and not compiled(r"sous-criteres?|candidatures?|subsequent|avant le 2[12] aout").search(
                sentence.words
            )
        ):
            yield Caught(sentence.at(*match.span()))


_HOSTED = compiled(
    r"(?:visio-?conference|web-?conference|messagerie (?:electronique|collaborative|hebergee)|\bmessagerie\b|services? en (?:ligne|nuage)|stockage (?:des|"
    r"de) (?:donnees|enregistrements|"
    r"fichiers)|heberge(?:ment|ur|e|es|s)?\b(?! (?:touristique|hotelier|temporaire|d'urgence|des (?:personnes|familles|eleves|stagiaires|touristes)))|"
    r"\bcloud\b|\bsaas\b|"
    r"informatique en nuage|infogeran|externalis|logiciel en tant que service|plateformes? (?:en ligne|numerique|web|collaborative|de (?:dematerialisation|"
    r"partage|visio))|"
    r"centres? de donnees|datacenter|sauvegardes? (?:externalisee|distante|en ligne)|(?:application|logiciel|solution|portail|espace)s? (?:web|en ligne|"
    r"hebergee?s?|en nuage))"
)


_HOSTED_OFTEN, _HOSTED_IN_A_SHORT_PIECE = 6, 2


def _hosted(text: Text) -> bool:
    """Whether the document buys a hosted service: its own words say so often."""
    return len(_HOSTED.findall(text.folded)) >= (
        _HOSTED_OFTEN if len(text.folded) > WHOLE_CHARACTERS else _HOSTED_IN_A_SHORT_PIECE
    )


def _opening(text: Text, pattern: str) -> Iterator[Caught]:
    yield Caught(text.first(compiled(pattern)))


# « Aucune pénalité », « le marché ne se réfère pas au CCAG »: named to be set aside.
_NONE = (
    r"(?:aucune?|aucuns|sans|pas de|pas d'|ni|neant|sans objet|ne (?:comporte|prevoit|s'applique|se refere|sont|est|fait|renvoie|"
    r"vise)[a-z]*[^.;]{0,30}(?:pas|aucun|ni)?|n'est|exclu)"
)

_PENALTIES_LATER = compiled(
    r"(?:penalites?|sanctions? (?:financieres?|pecuniaires?))(?: de retard| applicables?)?[^.;\d]{0,40}(?:seront|sera|restent?|sont|"
    r"demeurent)[^.;\d]{0,30}(?:fix|defini|"
    r"determin|precis|arret|convenu|negoci|decid)[a-z]*[^.;\d]{0,40}(?:ulterieur|plus tard|apres (?:la|l')|au cas par cas|en cours d'execution|"
    r"en cours de marche|le "
    r"moment venu|une fois|d'un commun accord|lors de (?:la reunion|la mise au point))"
)

_CONSEQUENCE = compiled(
    r"(?:redui|reduction|diminu|minor|abatt|dedui|deduction|vers(?:e|era)\b|retien|retenue?\b|factur|due?s?\b|encour|sanction|somme|indemnit|s'expose|"
    r"\bavoir (?:de|d'))"
)

_A_SUM = compiled(r"\d ?(?:€|euros|%|pour cent)")

_BREACH = compiled(
    r"(?:retard|manqu|interrup|s'arrete|non[- ]respect|defaill|defaut|\becart|en deca|hors delai|indisponib|inexecution|au-dela de l'echeance|"
    r"(?:par|chaque|tout) (?:jour|heure|semaine|constat|oubli))"
)

_NO_SANCTION = compiled(
    r"(?<![a-z])(?:interets|(?:delai|retard|defaut) de paiement|avances?\b|retenue de garantie|acompte|revis|indice|prix (?:est|sont)|tarif|resili|assur|"
    r"l'acheteur (?:doit|verse))"
)


def _is_sanction(words: str) -> bool:
    """Whether a breach costs a sum, whatever that is called."""
    return all(sign.search(words) for sign in (_A_SUM, _BREACH, _CONSEQUENCE)) and not _NO_SANCTION.search(
        words
    )


def no_penalties(text: Text) -> Iterator[Caught]:
    """A whole contract piece with neither penalties nor the general clauses that carry some; or any text that leaves them for later."""
    later = next((sentence for sentence in text.sentences if _PENALTIES_LATER.search(sentence.words)), None)
    if not later and (text.piece not in CONTRACT_PIECES or not text.is_whole):
        return
    sanctioned = (
        r"(?:penalit|refaction|sanctions? (?:pecuniaire|financiere)|abattements?\b|astreinte de \d|\bmalus\b|(?:retenue|somme|indemnite|deduction|"
        r"reduction de prix|amende|avoir)s?"
        r"[^.;]{0,40}(?:par (?:jour|heure|semaine)|retard|manquement|defaut|defaillance)|retards?[^.;]{0,60}\d ?(?:€|euros|%)|(?:€|euros) par (?:jour|heure|"
        r"semaine|manquement)\b|"
        r"credits? de service)"
    )
    general = r"(?:\bccag\b|clauses administratives generales)"
    if (
        is_said(
            text,
            sanctioned,
            unless=rf"(?:{_NONE} [^.;]{{0,20}}penalit|penalites? ?(?:de retard )?: ?(?:neant|sans objet|aucune|non)|penalites? (?:fiscale|sociale)|"
            rf"sans penalite|"
            rf"interets|(?:delai|retard) de paiement|{_PENALTIES_LATER.pattern})",
        )
        or any(_is_sanction(words) for words in text.introduced)
        or is_said(
            text,
            general,
            unless=rf"(?:{_NONE} (?:[a-z'-]+ ){{0,6}}(?:ccag|clauses administratives generales)|ccag[a-z -]{{0,14}} (?:n'est (?:pas|donc pas)|ne s'appliqu|"
            rf"est (?:ecarte|exclu)))",
        )
    ):
        return
    if later:
        yield Caught(later.span)
    else:
        yield from _opening(text, r"(?:delais?|execution des prestations|le titulaire)")


_LOOKS = compiled(
    r"(?:constat|entrent|penetr|verifi|control|inspect|visit|examin|s'assur|acces\b|acced|ouvre|consult|expertis)"
)

_LOOKER = compiled(
    rf"(?:{BUYER}|communaute|representants|prestataire de son choix|controleurs?|auditeurs?|experts?|\btiers\b|organisme|mandat)"
)

_LOOKED_AT = compiled(
    r"(?:locaux|\bsites?\b|installations?|registres?|journaux|\btraces|procedures|mesures|dispositifs?|centres? de donnees|moyens|respect (?:du|des|de)|"
    r"obligations|"
    r"securite)"
)

# Looking that is no audit: acceptance of what is delivered, the users' own access, invoices.
_OTHER_LOOK = compiled(
    r"(?<![a-z])(?:controles? (?:d'|des |de l')acces|acces (?:des|aux? (?:service|application|donnees|site internet|portail))|reception|admission|recette|"
    r"operations? de "
    r"verification|factur|rgaa|accessibilite|mot de passe|site (?:internet|web)|audit|candidat|utilisateurs?|titulaire (?:verifie|controle|s'assure|visite|"
    r"examine)|"
    r"visite (?:prealable|du site de l'acheteur)|conseil)"
)


def _is_inspection(words: str) -> bool:
    """Whether someone for the buyer looks at how the service is run, whatever that is called."""
    return all(sign.search(words) for sign in (_LOOKS, _LOOKER, _LOOKED_AT)) and not _OTHER_LOOK.search(words)


def no_audit(text: Text) -> Iterator[Caught]:
    """A whole contract piece of a hosted service gives no right to audit."""
    if text.piece not in {*CONTRACT_PIECES, "CCTP"} or not text.is_whole or not _hosted(text):
        return
    said = (
        r"(?:\baudit(?:s|e|es|ee|er|era|ent|eurs?)?\b|\bauditab|droits? de (?:controle|visite|regard)|(?:verifi|control|inspect|"
        r"visit)[a-z]*[^.;]{0,60}(?:sur (?:place|site|pieces)|"
        r"dans (?:les|ses) locaux|chez (?:le|les|son|ses)|(?:les|des) (?:locaux|installations|mesures|dispositifs|sites)|du titulaire)|tests? d'intrusion|"
        r"pentest|(?:se (?:rendre|deplacer)|se (?:rend|deplace)) (?:chez|sur|dans)|"
        rf"{BUYER} (?:peut|pourra|se reserve)[^.;]{{0,60}}(?:verifi|control|inspect|visit)[a-z]*|controles? (?:[a-z]+ )?(?:de|par) l'acheteur|"
        rf"se soumet[a-z]* (?:a tout|aux?) controles?)"
    )
    unless = (
        r"(?:aucun (?:droit d')?audit|pas d'audit|sans audit|audits? (?:de recette|energetique|d'accessibilite|rgaa|social|organisationnel|"
        r"initial de l'existant|prealable)|"
        r"par un audit a la recette|rgaa|accessibilite|controle d'acces|salles?\b|bulletins?)"
    )
    if not is_said(text, said, unless=unless) and not any(_is_inspection(words) for words in text.introduced):
        yield from _opening(text, r"(?:heberge(?:ment|ur)|cloud|securite)")


def no_exit_plan(text: Text) -> Iterator[Caught]:
    """A whole contract piece of a hosted service has no reversibility."""
    if text.piece not in {*CONTRACT_PIECES, "CCTP"} or not text.is_whole or not _hosted(text):
        return
    what = (
        r"(?:donnees|contenus?|fichiers|enregistrements|\bbases? (?:de|du|des)|la base\b|sauvegardes|messages|boites|archives|copie (?:integrale|complete)|"
        r"courriers|dossiers|informations (?:confiees|de l'acheteur)|ce qui (?:lui|leur) a ete confie)"
    )
    back = r"(?:restitu|rendu|rend(?:ent|ra)?\b|remis|remet|export|recuper|transfer|migr|livr|repri|extrai|extract|transmet|transmis|bascul|rapatri)"
    said = (
        rf"(?:reversibilit|transferabilit|plans? (?:de |d')(?:sortie|transfert|migration|desengagement)|export (?:complet|integral)|(?:transfert|"
        rf"transfer[a-z]*|bascul[a-z]*|passation)[^.;]{{0,40}}"
        rf"(?:service|\btiers\b|acheteur)|{back}[a-z]* (?:[a-z']+ ){{0,7}}{what}|"
        rf"{what}[^.;]{{0,60}}{back}|"
        rf"(?:changement|changer) de (?:fournisseur|prestataire|hebergeur)|(?:transition|migration|phase) sortante|desengagement|(?:nouveau|futur|"
        rf"prochain) (?:titulaire|prestataire|hebergeur)|"
        rf"titulaire (?:suivant|entrant|sortant)|succed[a-z]+ (?:au titulaire|dans)|(?:qui|lui|leur) succed|successeur|remplacant du titulaire|"
        rf"son remplacant|repreneur|\bsortie\b[^.;]{{0,60}}annexe|portabilite des donnees|"
        rf"fin (?:de|du) (?:marche|contrat)[^.;]{{0,80}}{what})"
    )
    unless = (
        r"(?:aucune reversibilit|sans reversibilit|n'est (?:pas |donc pas )?prevue?\b|reversibilite n'est pas|(?:reversibilit|"
        r"sortie)[a-z]* ?: ?(?:sans objet|neant|non)|migration initiale|"
        r"reprise (?:initiale|des donnees existantes|"
        r"de l'existant|de l'historique)|mise en service|sur la base|facture|attestation|a la reception|livraison|livrable|maquette|"
        r"droit a la portabilite|portabilite d(?:u|es) numero|fournisseur d'(?:energie|electricite)|sauvegarde quotidienne)"
    )
    if not is_said(text, said, unless=unless):
        yield from _opening(text, r"(?:heberge(?:ment|ur)|cloud)")


def no_notice_of_control_change(text: Text) -> Iterator[Caught]:
    """A whole contract piece of a hosted service does not ask to be told of a change of control."""
    if text.piece not in CONTRACT_PIECES or not text.is_whole or not _hosted(text):
        return
    capital = (
        r"(?:capital|actionna|(?:de|du|le|son|ce) controle(?! (?:d'|de (?:l'acces|qualite|conformite)|technique|interne))|structure (?:juridique|du capital)|"
        r"(?:de|la|sa|des) deten(?:tion|teurs)|detien[a-z]+|"
        r"parts? (?:sociale|du capital)s?|droits de vote|(?:de|la) (?:l')?(?:entreprise|societe)\b|associes?\b|proprietaires?|(?:societe|maison) mere|"
        r"groupe d'appartenance|gouvernance)"
    )
    said = (
        rf"(?:(?:change(?:ment|r|nt)?s?|modifi[a-z]+|evolutions?|ventes?|reprises?|transferts?|prises?|passages?|mouvements?|pertes?|cessions?|nouve(?:au|l|"
        rf"lle)|"
        rf"entree)\b[^.;]{{0,60}}{capital}|"
        rf"(?:acquier|acqui(?:s|ert)|devien|prend)[a-z]*[^.;]{{0,50}}(?:\bparts\b|actions|titres|capital|majorit)|{capital}[^.;]{{0,40}}(?:change|modifi|"
        rf"evolu|cede|"
        rf"passe)|l\. ?233-3|"
        rf"scissions?\b|apports? partiels?|transmission universelle|\bfusions?\b|\babsorption|\brachat|\brachet|prise de participation|"
        rf"cession (?:de l'entreprise|de la societe|du fonds|d'activite|de branche|"
        rf"du titulaire)|"
        rf"acqui(?:s|sition|erir)[a-z]* (?:du|de l'|par) ?(?:titulaire|hebergeur|prestataire|entreprise|societe)|(?:forme|situation|personnalite) juridique|"
        rf"passe sous)"
    )
    unless = (
        r"(?:controle (?:d'acces|qualite|technique|de conformite)|changements? (?:est |sont )?(?:soumis|controle)|gestion des changements|fusion (?:de|"
        r"des) (?:fichiers|donnees|comptes)|plan de controle)"
    )
    if not is_said(text, said, unless=unless):
        yield from _opening(text, r"(?:le titulaire)")


DETECTORS: dict[str, Detect] = {
    "derogations-non-listees": unlisted_derogations,
    "forme-prix-absente": no_price_form,
    "duree-absente": no_duration,
    "clause-environnementale-absente": no_environmental_clause,
    "annexe-rgpd-absente": no_data_processing_terms,
    "recours-absents": no_remedies,
    "accord-cadre-sans-maximum": _no_maximum_anywhere,
    "critere-environnement-absent": any_of(no_environmental_criterion, complete_criteria_without_environment),
    "penalites-absentes": no_penalties,
    "audit-absent": no_audit,
    "plan-de-sortie-absent": no_exit_plan,
    "changement-controle-absent": no_notice_of_control_change,
}
