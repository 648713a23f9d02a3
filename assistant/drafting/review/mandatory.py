"""Rules of public order about price and payment, and what a piece must say.

Ground: CCP R2112-3, R2112-8 to R2112-13, L2191-5, R2191-3, R2191-33, R2192-10, R2192-11, L2192-14, R2151-10, L2112-2, L2112-5; RGPD article 28.
"""

from collections.abc import Iterator
from datetime import date

from assistant.drafting.review.pattern import DENIED, NUMBER, Caught, Detect, any_of, compiled, is_said, number, together, wording
from assistant.drafting.review.text import CONTRACT_PIECES, Text, fold
from assistant.figures import ceiling

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
    r"article \d+ ?[-.:]*) derogations? (?:aux?|apport)|articles? \d[\d.]* (?:du (?:ccap|ccp|"
    r"present [a-z]+) )?deroge(?:nt)? (?:a|aux?)\b|\d[.\d]* deroge [^.;]*;[^.;]*\d[.\d]* deroge |(?<!par )(?<!en )derogations? aux documents generaux)"
)
# A title that announces the list, not the one article that derogates.
_TITLE_OF_DEROGATIONS = compiled(r"\bderogations?\b(?! (?:a|de) l'article)(?! aux? articles?)|articles? derog|\bderogatoires?\b")
_AN_OBJECT_BEFORE = compiled(
    r"(?:par|en|penalites?|delais?|prix|paiement|garantie|resiliation|propriete|avance|reception|verifications?)\b[^:]{0,20}(?:derogation)"
)


def unlisted_derogations(text: Text) -> Iterator[Caught]:
    """A whole CCAP derogates from the general clauses and has no list of derogations."""
    if text.piece not in CONTRACT_PIECES or not text.is_whole:
        return
    titles = [fold(heading.title) for heading in text.document.headings]
    if any(_TITLE_OF_DEROGATIONS.search(title) and not _AN_OBJECT_BEFORE.search(title) for title in titles) or is_said(text, _DEROGATIONS_LISTED):
        return
    for sentence in text.sentences:
        if (match := compiled(_DEROGATION).search(sentence.words)) and "code de la commande" not in sentence.words:
            yield Caught(sentence.at(*match.span()))
            return


_PAYMENT_DELAY = compiled(rf"(?P<days>{NUMBER})(?: \(\d+\))? ?jours?(?P<end> fin de mois| calendaires fin de mois)?")
_PAYMENT = compiled(
    r"(?:delais? (?:global |maxim(?:um|al) |contractuel )?(?:de |du )?(?:paiement|mandatement|reglement)|(?:paye|regle|mandate|verse|"
    r"acquitte)(?:e|es|s)?\b[^.;]{0,80}(?:delai|sous|dans|a) |(?:paiement|mandatement|reglement|virement)[^.;]{0,60}(?:delai|sous|dans les|intervien|"
    r"effectue|au plus tard|a \d)|"
    r"factures?[^.;]{0,40}(?:payable|reglee|payee)s?)"
)


def long_payment_delay(text: Text) -> Iterator[Caught]:
    """A payment delay above thirty days (CCP R2192-10), but for health establishments (50) and public undertakings (60) (R2192-11)."""
    unless = compiled(
        rf"(?:{DENIED}|interet|indemnit|retard|penalit|sous-traitants? (?:de|a)|remboursement|restitu|avance|resili|contest|reclamation|"
        rf"mise en demeure|garantie|suspen|validite|valable|projet de decompte|reception (?:des travaux|definitive)|conserv|ne (?:peut|saurait|"
        rf"doit)[^.;]{{0,20}}(?:exced|depass)|sante|hospital|entreprises? publiques?|militaire|"
        r"le client (?:paie|regle)|sup(?:erieur|rieure) a|au-dela|solde de tout compte|liberation|consignation)"
    )
    for sentence in text.sentences:
        paid = _PAYMENT.search(sentence.words)
        if paid is None or unless.search(sentence.words):
            continue
        for match in _PAYMENT_DELAY.finditer(sentence.words):
            days = number(match["days"]) or 0
            if (ceiling("delai-de-paiement", text.day) < days <= 180 or match["end"]) and abs(match.start() - paid.start()) < 160:
                yield Caught(sentence.at(*match.span()), f"Le texte dit {match[0].strip()}.")
                break


waived_interest = wording(
    r"(?:renonc|s'interdit de (?:reclamer|demander)|ne (?:reclame|demande|pourra (?:reclamer|pretendre|demander)|peut (?:reclamer|pretendre|"
    r"demander)|donne(?:nt)? (?:pas )?(?:lieu|droit)|donnera|ouvre|sera|seront|sont))[^.;]{0,80}(?:interets? (?:moratoires?|de retard)|"
    r"indemnite forfaitaire)",
    r"(?:interets? moratoires?|interets? de retard|indemnite forfaitaire(?: pour frais)?)[^.;]{0,60}(?:ne (?:sont|seront|sera|peuvent|"
    r"est) (?:pas |en aucun cas )?(?:dus?|due|verse|exigible|appliqu|reclame|paye)|n'(?:est|ont) pas|exclu|renonc|sont supprim|aucun)",
    r"(?:aucun|sans|pas d')[^.;]{0,12}interets? (?:moratoires?|de retard)",
    r"(?:retards? de paiement|paiement tardif)[^.;]{0,60}(?:ne (?:donne|ouvre|donnera|ouvrira)[^.;]{0,15}(?:lieu|droit) a (?:aucun|des)|"
    r"sans (?:interet|indemnit)|n'ouvre)",
    unless=r"(?:commencer a courir|reputee? non ecrite|l2192-14|l\. ?2192-14|imputable au titulaire|du fait du titulaire|suspen|avance|somme? (?:contestee|"
    r"retenue)|"
    r"paiement (?:est |a ete )?(?:intervenu|effectue)|dans le delai|"
    r"retenue de garantie|capitalis|sur les penalites)",
    denied=r"(?:ne (?:peut|peuvent|saurait) (?:pas )?(?:valablement )?(?:renoncer|etre (?:exclu|ecarte|supprime))|interdi(?:t|te)|nulle?\b|non ecrite|"
    r"sans (?:pouvoir )?renonc|reput)",
)

deferred_payment = wording(
    r"\bpaiements? (?:[a-z]+ )?(?:differe|echelonne|etale|fractionne|reporte)[a-z]*",
    r"(?:\bpaye|\bregle|\bsolde|\bacquitte|\bpaiement|\bverse|\bmontant|\bprix)[a-z]*[^.;]{0,80}(?:en (?:plusieurs|trois|quatre|cinq|douze|"
    r"\d+) (?:fois|annuites|echeances|mensualites|ans|annees|versements?)|par (?:annuites|mensualites)|etale(?:e|s)?\b|echelonne(?:e|s)?\b|"
    r"annuites)[^.;]{0,80}(?:apres|suivant|posterieur|a compter de (?:la )?(?:reception|livraison|fin|l'admission)|livraison|reception|admission|"
    r"execution)?",
    r"(?:\bpaiement|\breglement)[^.;]{0,60}(?:douze|six|dix-huit|vingt-quatre|\d+) mois apres (?:la )?(?:livraison|reception|l'admission|l'execution|fin)",
    unless=r"(?:acompte|avance|au fur et a mesure|interdit|prohib|abonnement|maintenance (?:annuelle|mensuelle)|services? rendus?|"
    r"prestations? (?:annuelles|mensuelles|realisees|executees)|forfait (?:mensuel|annuel)|partenariat|l2191-5|l\. ?2191-5|paiement (?:direct|"
    r"comptable)|location|loyer|redevance|terme a echoir|echeances? (?:mensuelle|trimestrielle)|credit-bail|retenue de garantie|client|loi n°)",
    denied=DENIED + r"|sans paiement|aucun paiement|interdi|exclu|ne (?:comporte|prevoit|sera|peut|fait)[^.;]{0,20}(?:pas|aucun|etre)",
)

_RETENTION = compiled(
    rf"retenue de garantie[^.;]{{0,90}}?(?P<rate>{NUMBER}) ?(?:%|pour cent|p\. ?100)|(?P<rate2>{NUMBER}) ?(?:%|"
    rf"pour cent)[^.;]{{0,60}}retenue de garantie"
)


def excessive_retention(text: Text) -> Iterator[Caught]:
    """A retention above 5 % (CCP R2191-33)."""
    unless = compiled(r"(?:ne peut|au plus|maxim|dans la limite|sans (?:pouvoir )?exced|inferieur|penalit|avance)")
    for sentence in text.sentences:
        match = _RETENTION.search(sentence.words)
        if match and (rate := number(match["rate"] or match["rate2"]) or 0) > ceiling("retenue-de-garantie", text.day) and not unless.search(sentence.words):
            yield Caught(
                sentence.at(*match.span()), f"Le taux écrit est de {rate:g} %.".replace(".", ",", 1) if rate % 1 else f"Le taux écrit est de {rate:g} %."
            )


refused_advance = wording(
    r"(?:aucune avance|pas d'avance|sans avance|avances? : (?:neant|sans objet|aucune|non))[^.;]{0,60}",
    r"(?:il (?:n'est|ne sera) (?:pas |point )?(?:verse|accorde|prevu|consenti)|ne (?:sera|verse|prevoit|comporte|donne|fait)[^.;]{0,30}(?:pas|"
    r"aucune?)[^.;]{0,20})[^.;]{0,15}\bavances?\b",
    r"(?:l'avance|les avances)[^.;]{0,30}(?:n'(?:est|ont|sont) pas|ne (?:sera|seront|sont|est) pas|est exclue|est supprimee|"
    r"est refusee)[^.;]{0,20}(?:du|verse|accorde|prevu|appliqu)?",
    unless=r"(?:titulaire (?:[a-z]+ ){0,3}(?:peut )?refus|sauf|ne l'ont pas|☐|accordee aux|renonc|inferieur|seuil|lorsque|\bsi\b|50 ?000|facultative|"
    r"au-dela|remplissent pas|conditions|"
    r"delai d'execution|deux mois|"
    r"duree (?:inferieure|n'exced)|r2191|obligatoire|en l'absence de|bon de commande d|avant (?:le|la|que|toute)|constitution de|remboursement|"
    r"retenue|tant que|sous-traitant|par avance|a l'avance|(?:pay|regl|factur|fix)[a-z]+ d'avance|en avance|delai d'avance)",
    denied=r"(?:ne peut (?:pas )?(?:refus|ecart|priv)|illega)",
)

unilateral_price = wording(
    r"(?:prix|tarifs?|redevances?)[^.;]{0,90}(?:(?:revis|index|evolu|ajust|modifi|suiv|actualis|augment|calcul|"
    r"fix)[a-z]*)[^.;]{0,90}(?:(?:tarifs?|catalogue|bareme|liste de prix|grille tarifaire|tarification|prix publics?)[^.;]{0,40}(?:du|de l'|"
    r"publi[a-z]* par l[e'] ?|par le|au) ?(?:titulaire|editeur|fournisseur|prestataire|constructeur|l'editeur)|(?:librement|unilateralement|"
    r"a l'initiative|par decision|par simple (?:notification|information|courrier))[^.;]{0,40}(?:titulaire|prestataire|editeur|fournisseur)?)",
    r"(?:titulaire|prestataire|editeur|fournisseur)[^.;]{0,50}(?:peut|pourra|se reserve|est libre|fixe\b|revise\b|modifie\b|ajuste\b|"
    r"augmente\b)[^.;]{0,50}(?:ses|les|le|des|de ses) (?:prix|tarifs?|redevances?|conditions tarifaires)",
    r"(?:prix|tarifs?)[^.;]{0,30}(?:ceux|celui|en vigueur)[^.;]{0,40}(?:catalogue|tarif|grille|liste de prix|site)[^.;]{0,30}(?:titulaire|editeur|"
    r"fournisseur|prestataire)[^.;]{0,60}(?:jour de (?:la )?commande|en vigueur|au moment|a la date)?",
    unless=r"(?:joint au marche|annexe au|sans effet|factur[a-z]+ au titulaire|est remplace|butoir|plafonn|dans la limite|maximum|sans (?:pouvoir )?exced|"
    r"clause de sauvegarde|"
    r"remise|rabais|gel(?:e|es)|inferieur|baisse|formule|indice|syntec|insee|demande (?:de|la) revision|propose|offre de prix|candidat|bordereau|"
    r"meilleur(?:e)? (?:offre|prix|tarif)|promotion|sous-traitant|fixe (?:dans|par|a|au) (?:l'|le |la )?(?:acte|bpu|bordereau|offre|devis|annexe|"
    r"article)|dans son offre|etablit|dpgf)",
    denied=DENIED + r"|ne (?:peut|peuvent|saurait|pourra)[^.;]{0,30}(?:modifi|revis|augment|etre|fix|ajust)|sans (?:pouvoir )?(?:modifier|suivre)|"
    r"aucune (?:augmentation|modification|hausse)",
)

variants_without_requirements = wording(
    r"(?:les )?variantes?[^.;]{0,40}(?:sont|est|seront) (?:autorise|admise|accepte|permise|possible|libre)[a-z]*",
    r"(?:candidats?|soumissionnaires?)[^.;]{0,40}(?:peuvent|peut|pourront|sont autorises a|ont la possibilite de) (?:presenter|proposer|deposer|"
    r"remettre|formuler)[^.;]{0,40}variantes?",
    r"(?:acheteur|pouvoir adjudicateur)[^.;]{0,30}(?:autorise|admet|accepte)[^.;]{0,20}variantes?",
    unless=r"(?:caracteristiques?|figure|decrit|exigences|exigences? minim|minimal|sous reserve|dans les conditions|respect|condition|portant (?:sur|"
    r"exclusivement)|limit|article|annexe|cctp|"
    r"exclusi|ne (?:sont|seront)|pas|uniquement sur|non |lorsqu|sauf|interdit|definies?|exigee|obligatoire|plafonn)",
    unless_near=r"(?:exigences? (?:minimal|minim|a respecter|des variantes)|conditions? minimal|variantes? (?:doivent|devront|respect|ne peuvent|porte|"
    r"est limite|exigee)|minima)",
    denied=r"(?:ne (?:sont|seront|sera|est) (?:pas|plus|ni)|n'est pas|aucune variante|interdit|si (?:les|des) variantes)",
)


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
    if is_said(text, said, near=_ABOUT_PRICE, unless=unless, deniable=False) or (text.piece == "AE" and is_said(text, fixed_elsewhere)):
        return
    yield from _first(text, r"\bprix\b")


revision_words = (
    r"(?:(?:prix|tarifs?|redevances?|montants?)[^.;]{0,60}(?:sont|est|seront|sera|pourront etre|peuvent etre) (?:[a-z]+ )?(?:revisables?|revise(?:e?s)?|"
    r"indexe(?:e?s)?|reevalue(?:e?s)?|augmente(?:e?s)?|majore(?:e?s)?|actualise(?:e?s)?|reajuste(?:e?s)?)\b|"
    r"(?:augmentation|hausse|majoration|reevaluation|revision|actualisation) (?:des? |du )?(?:prix|tarifs?)[^.;]{0,60}(?:pourra|peut|est possible|"
    r"interviendra|"
    r"intervient|sera appliquee|sera accordee))"
)
_FORMULA = (
    r"(?:formule|indice|syntec|insee|index\b|icht|bt ?\d|tp ?\d|parametre|coefficient|\bp ?= ?|p\(n\)|cn ?=|application (?:de l'|du )|serie|"
    r"clause butoir|ccag|butoir|catalogue|bareme|tarifs? (?:public|officiel|reglement|de (?:l'|la |vente)|general)|ajust|reference|annexe|article|selon|"
    r"conformement)"
)


def revision_without_formula(text: Text) -> Iterator[Caught]:
    """Prices are said to be revised and neither the sentence nor its article gives a formula or an index."""
    revised, formula, denied = (
        compiled(revision_words),
        compiled(_FORMULA),
        compiled(DENIED + r"|ne (?:sont|sera|seront|est) (?:pas|ni)|ni (?:revis|actualis)|non revis"),
    )
    for sentence in text.sentences:
        match = revised.search(sentence.words)
        if (
            match
            and not denied.search(sentence.words)
            and not formula.search(sentence.words)
            and not formula.search(text.section(sentence.span) if text.document.headings else text.around(sentence.span))
        ):
            yield Caught(sentence.at(*match.span()))


_MONTH_NAME = r"(?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|novembre|decembre)"
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
        rf"(?:(?:jusqu'(?:au|en|a la fin)|notification au) (?:\d|{_MONTH_NAME}|20\d\d|de )|du \d+[^.]{{0,25}} au \d|annees? scolaires?|se termine|"
        rf"(?:prend(?:ra)? fin|s'acheve|"
        rf"acheve|expire|"
        rf"s'arrete|termes?|echeance|fin)(?: du marche)? ?(?:le|au|:|est|definitif le|fixee? au)[^.;]{{0,20}}(?:20\d\d|\d)|"
        rf"\d{{1,2}}(?:er)? {_MONTH_NAME} 20\d\d[^.;\d]{{1,20}}\d{{1,2}}(?:er)? {_MONTH_NAME} 20\d\d|"
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
    yield from _first(text, r"(?:conditions? d'execution|execution des prestations|objet du (?:marche|contrat|present)|le present marche)")


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
    if text.piece not in CONTRACT_PIECES or not text.is_whole or not is_said(text, _PERSONAL_DATA, unless=_NOT_PROCESSED):
        return
    if not is_said(text, _ARTICLE_28, unless=r"(?:article 28 du (?:ccag|ccap|cctp)|liste des donnees techniques)"):
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
        or is_said(text, said, unless=r"(?:pour enfants|redressement|liquidation|kbis|casier|commerce|jugement|condamn|salles?\b)")
    ):
        return
    yield from _first(text, r"(?:reglement (?:de la )?consultation|consultation)")


def _first(text: Text, pattern: str) -> Iterator[Caught]:
    yield Caught(text.first(compiled(pattern)))


# ---- the same faults said in another order ----------------------------------------------------------------------------------------------

_LATE_PAYMENT = compiled(
    r"(?:(?P<count>deux|trois|quatre|six|[2-9])(?: \(\d+\))? (?P<unit>mois|semaines)\b|\b(?:le|au) \d+ du (?P<nth>deuxieme|troisieme) mois|"
    r"fin (?:du|de) (?P<nth2>deuxieme|troisieme) mois|fin de mois|(?P<days>45|50|60|75|90|120|quarante-cinq|cinquante|soixante|"
    r"quatre-vingt-dix)(?: \(\d+\))? ?(?:jours|j\b))"
)


def _paid_late(text: Text) -> Iterator[Caught]:
    """Payment after two months, at the end of a month, or in more than thirty days, said without « délai de paiement »."""
    paid = compiled(r"(?:\bpaie(?:ment|ra|nt)?\b|\bpaye|mandat(?:e|ement)|virement|\bregle(?:ment|e|es|s)?\b|factures?\b|somme(?:s)? dues?)")
    unless = compiled(
        rf"(?:{DENIED}|interet|indemnit|retard|penalit|remboursement|restitu|avance\b|resili|contest|reclamation|mise en demeure|garantie|suspen|"
        rf"variation|valable|validite|decompte|reception des travaux|conserv|ne (?:peut|saurait|doit|depasse|pourra)|sante|hospital|"
        rf"entreprises? publiques?|armees|"
        rf"le client|superieu|au-dela|consignation|acompte|trimestr|mensuel|tous les|chaque|periodi|"
        r"factur[a-z]+ (?:tous|par|chaque)|execution|delai d'|livraison de|abonnement|reglement (?:de la|interieur|europeen|general|\(ue|ue)|duree|"
        r"conclu|revis|prix (?:est|sont)|forclusion|prescri|verifi|titulaire (?:remet|transmet|adresse|envoie|dispose|presente)|attestation|datant|"
        r"cotisation|moins de|transmise?s?|adressee?s? (?:dans|au plus)|rejet|a la reception de la facture sous trente|sous-traitant)"
    )
    for sentence in text.sentences:
        if (match := _LATE_PAYMENT.search(sentence.words)) and paid.search(sentence.words) and not unless.search(sentence.words):
            weeks = match["unit"] == "semaines" and (number(match["count"]) or 0) * 7 <= ceiling("delai-de-paiement", text.day)
            if not weeks:
                yield Caught(sentence.at(*match.span()), f"Le texte dit {match[0].strip()}.")


_no_interest = together(
    r"(?:interets?\b|indemnite forfaitaire|frais de recouvrement)",
    r"(?:moratoire|de retard|retard de paiement|paiement tardif|paye(?:e|es|s)? en retard|recouvrement|reclamer d'interets)",
    r"(?:renonc|ne (?:pas )?(?:reclam|demand|exig|pretend|factur)|ne (?:sera|seront|sont|donne|ouvre|produi|peut|court)[a-z]*[^.;]{0,20}(?:pas|"
    r"aucun|lieu|du|ni)|sans (?:interet|indemnit)|aucun|\bnul\b|pas d'|exclu|supprim|abandonn|fait grace|y compris en cas|derog)",
    unless=r"(?:commencer a courir|non ecrite|l2192-14|l\. ?2192-14|imputable|du fait du titulaire|suspen|avance|contest|retenue|capitalis|penalites|"
    r"paiement (?:est |a ete )?(?:intervenu|effectue)|dans le delai)",
    denied=r"(?:ne (?:peut|peuvent|saurait) (?:pas )?(?:valablement )?(?:renoncer|etre (?:exclu|ecarte|supprime))|interdi(?:t|te)|nulle?\b|non ecrite|"
    r"sans (?:pouvoir )?renonc|aucune renonciation|reput)",
)
_spread_payment = together(
    r"(?:\bpaie|\bpaye|paiement|factur|reglement|\bregle\b|reglee?s?\b|verse|solde|rembours|acquitt)",
    r"(?:(?:20\d\d)(?:,| et)[^.;]{0,25}20\d\d|par (?:tiers|quarts?|moitie|annuites|fractions?)|(?:trois|quatre|cinq|deux|plusieurs|"
    r"\d+) (?:annuites|exercices|fois|annees|ans|echeances|ecritures)|etal|echelonn|differ(?!en)|l'annee suivante|exercice suivant|(?:six|neuf|douze|"
    r"dix-huit|\d+) mois apres|apres (?:deux|trois) ans|sur (?:la duree|plusieurs exercices))",
    r"(?:livr|recep|fourni|serveur|materiel|equipement|vehicule|achat|achet|travaux|ouvrage|prestation|licence|mobilier|admission|execut|chantier|"
    r"prix|montant)",
    unless=r"(?:acompte|avance|prorata|prolong|au fur et a mesure|interdit|prohib|abonnement|maintenance|service fait|a mesure|mensuel|trimestr|"
    r"partenariat|l2191-5|l\. ?2191-5|paiement direct|location|loyer|redevance|credit-bail|retenue de garantie|reconduct|revis|interets|"
    r"delai (?:global )?de paiement|trente jours|30 jours|annee d'execution|a l'avancement|sous-traitant|differend|difference)",
    denied=DENIED + r"|sans paiement|aucun paiement|interdi|exclu|ne (?:comporte|prevoit|sera|peut|fait)[^.;]{0,20}(?:pas|aucun|etre)",
)
_WITHHELD = compiled(
    r"(?:retenue|retien[a-z]*|preleve[a-z]*|garde|conserve)\b[^.;]*(?:garantie|malfacon|reserves|parfait achevement)|garantie[^.;]*(?:retenue|"
    r"retien|preleve)"
)
_SHARE = compiled(rf"(?P<rate>{NUMBER}) ?(?:%|pour cent|p\. ?100)|(?P<part>un dixieme|le dixieme|un cinquieme|un quart|dix pour cent)")


def _withheld_share(text: Text) -> Iterator[Caught]:
    """More than five hundredths kept until the end of the guarantee, under any name."""
    unless = compiled(
        r"(?:ne peut|au plus|maxim|dans la limite|sans (?:pouvoir )?exced|inferieur|penalit|avance|garantie a premiere demande|caution bancaire|revis|"
        r"conserve ses|donnees)"
    )
    for sentence in text.sentences:
        if not _WITHHELD.search(sentence.words) or unless.search(sentence.words):
            continue
        for match in _SHARE.finditer(sentence.words):
            if match["part"] or (number(match["rate"]) or 0) > ceiling("retenue-de-garantie", text.day):
                yield Caught(sentence.at(*match.span()))
                break


# The advance is refused beyond the amount from which it is due (CCP R2191-3).
_no_advance_even_above = wording(
    r"(?:pas|aucune|sans)[^.;]{0,25}\bavance\b[^.;]{0,60}(?:y compris|meme (?:au-dela|pour)|quel que soit (?:le |leur )?montant|superieur)",
    r"quel que soit (?:le |leur )?montant[^.;]{0,60}(?:pas|aucune|sans)[^.;]{0,25}\bavance\b",
    unless=r"(?:sauf|a moins|n'est (?:pas )?(?:due|obligatoire) que)",
)
_nothing_in_advance = together(
    r"\bavances?\b",
    r"(?:aucune|pas d'avance|sans avance|neant|(?:n'est|ne sera|ne seront|n'y (?:a|aura)|il ne|ne verse|n'accorde|ne consent|ne prevoit|"
    r"ne comporte)[^.;]{0,40}(?:pas|aucune|point|d'avance)?|refus|supprim|ecart|derog[a-z]*[^.;]{0,60}(?:accord|vers)|exclu)",
    unless=r"(?:titulaire (?:[a-z]+ ){0,3}(?:peut )?refus|sauf|ne l'ont pas|accordee aux|☐|renonc|inferieur|seuil|lorsqu|\bsi\b|50 ?000|facultative|"
    r"au-dela|condition|duree (?:inferieure|n'exced)|"
    r"r2191|"
    r"obligatoire|en l'absence de|bon de commande d|avant (?:le|la|que|toute)|constitution|rembours|tant que|sous-trait|par avance|a l'avance|"
    r"(?:pay|regl|factur|fix|prevenu)[a-z]* d'avance|en avance|a l'avance|taux|montant de l'avance|inferieure a deux mois|deux mois|modifi|"
    r"conteste)",
    denied=r"(?:ne peut (?:pas )?(?:etre )?(?:refus|ecart|priv)|illega)",
)
_price_at_will = together(
    r"(?:\bprix\b|tarif|redevance|abonnement|honoraires)",
    r"(?:a sa (?:main|discretion|guise|convenance)|au gre|unilateral|librement|catalogue|tarif(?:s)? (?:public|editeur|constructeur|en vigueur|"
    r"du (?:titulaire|fournisseur|prestataire|moment|jour))|seule decision|sa decision|sans plafond|par simple|politique tarifaire|"
    r"nouveaux tarifs|liste de prix|bareme du (?:titulaire|fournisseur|prestataire))",
    r"(?:titulaire|prestataire|editeur|fournisseur|constructeur|hebergeur|sa main|catalogue|operateur|evolu|revis|augment|modif|applicable)",
    unless=r"(?:figes?\b|(?:acheteur|departement|collectivite|commune|region|ville|adjudicateur) (?:peut|pourra|se reserve)|sans effet|"
    r"factur[a-z]+ au titulaire|est remplace|butoir|plafonn|dans la limite|maximum|exced|sauvegarde|remise|rabais|\bgel|inferieur|"
    r"baisse|formule|indice|syntec|insee|propose|candidat|bordereau|meilleur|promotion|sous-traitant|acte d'engagement|bpu|dpgf|devis|offre\b|"
    r"catalogue (?:joint|annexe|de l'acheteur)|libre(?:ment)? (?:accessible|consultable)|unitaires)",
    denied=DENIED + r"|ne (?:peut|peuvent|saurait|pourra|sont|s')[^.;]{0,30}(?:modifi|revis|augment|etre|fix|ajust|appliqu|suiv|pas)|"
    r"sans (?:pouvoir )?(?:modifier|suivre|que)|aucun(?:e)? (?:augmentation|modification|hausse)",
)
_free_variants = together(
    r"variantes?\b",
    r"(?:autoris|admis|accept|permis|possible|libre|exigee?s?|obligatoire|souhait|encourag|bienvenue|a l'initiative|peu(?:t|"
    r"vent) (?:etre )?(?:propos|present|remi|depos))",
    unless=r"(?:caracteristiques?|figure|decrit|exigences|exigences? minim|minimal|sous reserve|dans les conditions|respect|conditions? (?:suivante|"
    r"fixee|prevue)|limit|articles? \d|annexe|"
    r"dans le cctp|au cctp|chapitre|ne (?:sont|seront)|n'est|non (?:autoris|admis)|lorsqu|sauf|interdit|definies?|plafonn|criteres|\bsi\b|jugee|"
    r"notee|exigences suivantes|doivent|devront|prescri|seuil|minima|prix de la variante)",
    unless_near=r"(?:exigences? (?:minimal|minim|a respecter|des variantes)|conditions? minimal|variantes? (?:doivent|devront|respect|ne peuvent))",
    denied=r"(?:ne (?:sont|seront|sera|est) (?:pas|plus|ni)|n'est pas|aucune variante|interdit|pas de variante|non autoris)",
)
_revised_somehow = compiled(
    r"(?:\brevision\b[^.;]{0,40}: ?(?:oui|annuelle|possible|prevue|applicable|chaque)|(?:prix|tarifs?)[^.;]{0,60}(?:revis|revus?\b|revue?s\b|actualis|"
    r"index|reevalu|ajust|augmente)[a-z]*|revision (?:annuelle |periodique )?des prix[^.;]{0,40}(?:est|sera|intervient|aura lieu|prevue|possible|applicable|"
    r"sur demande))"
)


def _revised_without_saying_how(text: Text) -> Iterator[Caught]:
    """A revision is announced and nothing in the article says by what formula, index or reference."""
    how = compiled(_FORMULA.removesuffix(")") + r"|syntec|variation|\bi/i0\b|\bp0\b|{{|parametr|taux|%|plafon|clause)")
    unless = compiled(
        DENIED + r"|ne (?:sont|sera|seront|est|peuvent|peut)[^.;]{0,15}(?:pas|ni|etre)|ni (?:revis|actualis)|non (?:revis|actualis)|fermes?\b|sans revision|"
        r"aucune revision|proposition|offre|demande de revision (?:est|doit)|lorsqu|\bsi\b|candidat|anormal"
    )
    for sentence in text.sentences:
        match = _revised_somehow.search(sentence.words)
        if (
            match
            and len(sentence.words) < 260
            and not unless.search(sentence.words)
            and not how.search(sentence.words)
            and not how.search(text.section(sentence.span) if text.document.headings else text.around(sentence.span))
        ):
            yield Caught(sentence.at(*match.span()))


_no_late_interest = wording(
    r"(?:il )?(?:n'(?:est|y (?:a|aura))|ne sera|ne seront) (?:pas |point )?(?:du|verse|prevu|calcul|paye|appliqu|exigible|lieu)[a-z]*[^.;]{0,30}interets?",
    r"(?:aucun|pas d'|sans)[^.;]{0,10}interets?\b[^.;]{0,60}(?:mandat|paie|pay|regl|retard|delai)",
    r"interets? moratoires? ?(?::|=|-) ?(?:neant|aucun|non|sans objet|0)",
    r"(?:renonc|abandonn|fait l'abandon|ne (?:demande|reclame|exige|percoi)[a-z]*|s'engage a ne pas|accepte de ne pas|"
    r"s'abstient)[^.;]{0,60}(?:interets?\b|indemnite forfaitaire)",
    unless=r"(?:commencer a courir|non ecrite|l2192-14|imputable|suspen|avance|contest|penalites|emprunt|conflit|paiement (?:est |a ete )?(?:intervenu|"
    r"effectue)|"
    r"dans le delai de)",
    denied=r"(?:ne (?:peut|peuvent|saurait) (?:pas )?(?:valablement )?renoncer|interdi|nulle?\b|non ecrite|aucune renonciation|reput)",
)
_kept_back = together(
    r"(?:retenu(?:e|s)?|retient|preleve|conserve|garde|bloque)\b",
    r"(?:garantie|garantir|malfacon|bonne fin|parfait achevement|reserves)",
    r"(?:\b(?:[6-9]|1\d|20|six|sept|huit|neuf|dix|quinze|vingt) ?(?:%|pour cent)|dixieme|cinquieme)",
    unless=r"(?:ne peut|au plus|dans la limite|exced|penalit|avance|donnees|minore)",
)
_no_advance_said = wording(
    r"(?:renonc[a-z]*|abandonn[a-z]*) (?:d'office|automatiquement|par avance|expressement|de plein droit|d'ores et deja)[^.;]{0,20}\bavance\b",
    r"avances? ?(?::|=|-) ?(?:neant|aucune|non|sans objet|0)",
    r"(?:n'accorde|ne verse|ne consent|ne prevoit|n'est pas verse|ne donne (?:pas )?lieu a|n'est pas accorde|"
    r"n'ouvre (?:pas )?droit a)[^.;]{0,20}(?:d'|aucune |une |l')?avance\b",
    r"(?:sans|aucune|pas d') ?avance\b",
    unless=r"(?:sauf|(?<!titulaire )renonc|inferieur|seuil|lorsque|\bsi\b|50 ?000|au-dela|condition|r2191|bon de commande|avant|constitution|rembours|"
    r"tant que|"
    r"sous-trait|garantie|deux mois|preavis|prevenu)",
    denied=r"(?:ne peut (?:pas )?(?:etre )?(?:refus|ecart|priv)|illega)",
)
_their_price_list = together(
    r"(?:\bprix\b|tarifs?\b|redevance|abonnement)",
    r"(?:grille|catalogue|tarif public|liste|barème|sur simple|a tout moment|chaque annee|par decision|unilateral|a sa (?:discretion|guise)|"
    r"librement|revaloris|simple notification|publiee?s? par)",
    r"(?:titulaire|prestataire|editeur|fournisseur|constructeur|hebergeur|operateur)",
    r"(?:evolu|revaloris|ajust|augment|revis|modifi|en vigueur|fix|change)",
    unless=r"(?:sans effet|butoir|plafon|dans la limite|maximum|exced|sauvegarde|remise|rabais|\bgel|inferieur|baisse|formule|indice|syntec|insee|"
    r"propose|candidat|bordereau|meilleur|promotion|sous-traitant|acte d'engagement|bpu|dpgf|devis|offre\b|factur[a-z]+ au titulaire|remplace|"
    r"quantite)",
    denied=DENIED + r"|ne (?:peut|peuvent|saurait|pourra|sont|s')[^.;]{0,30}(?:modifi|revis|augment|etre|fix|ajust|appliqu|suiv|pas)|"
    r"sans (?:pouvoir )?(?:modifier|suivre|que)|aucun(?:e)? (?:augmentation|modification|hausse)",
)
_variants_open = wording(
    r"variantes? ?(?::|=|-) ?(?:oui|autorisees?|admises?|libres?|acceptees?)",
    r"(?:toute|les|des|une) variantes?[^.;]{0,30}(?:recevable|admise|autorisee|bienvenue|acceptee|possible)",
    unless=r"(?:caracteristiques?|figure|decrit|exigences|exigences? minim|minimal|sous reserve|conditions|respect|limit|articles? \d|annexe|cctp|"
    r"ne (?:sont|seront|sera)|n'est|lorsqu|sauf|"
    r"interdit|doivent|devront|\bsi\b|exigences)",
    unless_near=r"(?:exigences? (?:minimal|minim|a respecter|des variantes)|conditions? minimal|variantes? (?:doivent|devront|respect|ne peuvent))",
    denied=r"(?:ne (?:sont|seront|sera|est) (?:pas|plus|ni)|n'est pas|aucune variante|interdit|pas de variante|non autoris)",
)
_yearly_revision = wording(
    r"(?:\bprix|tarifs?)[^.;]{0,80}(?:puis|ensuite|a partir de|au-dela|par la suite|a compter de|lors de chaque|a chaque)[^.;]{0,40}(?:revisables?|revises?|"
    r"indexe|"
    r"actualis)",
    r"(?:\bprix|tarifs?|redevances?|montants?)[^.;]{0,40}(?:\bindex|reevalu|revalori|reajust|augment|revis)[a-z]*[^.;]{0,20}(?:chaque annee|tous les ans|"
    r"annuellement|"
    r"une fois par an|a la date anniversaire)",
    r"(?:\brevision (?:annuelle|semestrielle|trimestrielle|periodique)|prix revisables?|revis(?:es|e|ees|ion) (?:tous les ans|chaque annee|"
    r"annuellement|une fois par an))",
    requires=r"(?:\bprix\b|tarif|bordereau|redevance)",
    unless=rf"(?:{_FORMULA}|syntec|variation|\{{\{{|parametr|taux|%|plafon|clause|ne (?:sont|sera|seront|est|peuvent)|ni |non |"
    rf"fermes?\b(?![^.;]{{0,40}}(?:puis|ensuite))|sans revision|"
    rf"aucune|lorsqu|\bsi\b|ou ferme|liste|plan|document)",
    unless_near=_FORMULA,
)


# ---- said from the other side: who suffers it, what happens ------------------------------------------------------------------------------

_next_year = wording(
    r"(?:credit|differe|facilites? de paiement|echelonnement|financement)[^.;]{0,60}(?:sur|de|pendant) (?:deux|trois|quatre|cinq|six|[2-9]|1\d) (?:ans|"
    r"annees|exercices)",
    r"(?:paiement|reglement|\bpaye|\bregle|mandat|solde|factures?|prix)[^.;]{0,80}(?:l'annee (?:suivant|d'apres|n ?\+ ?1)|l'exercice (?:suivant|"
    r"budgetaire suivant)|"
    r"au budget (?:suivant|de l'annee)|(?:six|neuf|douze|dix-huit|vingt-quatre|6|9|12|18|24) mois (?:apres|suivant))[^.;]{0,60}",
    unless=r"(?:acompte|avance|abonnement|maintenance|mensuel|trimestr|location|loyer|redevance|retenue de garantie|revis|reconduct|interets|penalit|"
    r"garantie|delai de|"
    r"liberation|prescri|forclusion|report|service fait)",
    denied=DENIED + r"|aucun paiement|ne (?:peut|sera|saurait)[^.;]{0,20}(?:pas|etre)|interdi",
)
_the_rest_later = together(
    r"(?:moitie|tiers|quart|solde|reste|reliquat|fraction|partie du prix|prix|facture|montant|paiement|achat|materiel|equipement)",
    r"(?:par an (?:apres|pendant)|raison d'un (?:tiers|quart|cinquieme)|mois apres la (?:reception|livraison)|\d+ ?mois plus tard|mois plus tard|"
    r"ans? plus tard|un an apres|(?:six|neuf|douze|dix-huit|vingt-quatre) mois apres|l'annee suivante|"
    r"annees? suivantes?|budgets? (?:20\d\d|suivants?|de l'annee)|(?:deux|trois|quatre|cinq) (?:exercices|budgets)|sur l'exercice suivant|"
    r"(?:janvier|fevrier|mars) de l'annee suivante|en deux temps sur)",
    r"(?:livr|recep|admission|execut|fourni|pay|regl|verse|acquitt|mandat|sold)",
    unless=r"(?:acompte|avance|interdit|prohib|abonnement|maintenance|mensuel|trimestr|location|loyer|redevance|retenue|revis|garantie|reconduct|"
    r"notification|duree|conservation|interets|service fait|trente jours|30 jours)",
    denied=DENIED + r"|sans paiement|aucun paiement|ne (?:comporte|prevoit|sera|peut|fait)[^.;]{0,20}(?:pas|aucun|etre)",
)
_passed_on = wording(
    r"(?:repercut|augment|major|relev|hauss|revaloris|actualis|modifi)[a-z]*[^.;]{0,60}(?:hausses?|tarifs?|prix|redevance|cout)[^.;]{0,60}",
    requires=r"(?:titulaire|prestataire|editeur|fournisseur|constructeur|hebergeur)[^.;]{0,40}(?:peut|pourra|se reserve|est libre|est autorise|libre de|"
    r"fixe)",
    unless=r"(?:butoir|plafon|dans la limite|maximum|exced|sauvegarde|formule|indice|syntec|insee|\d ?%|baisse|sous-traitant|demander|solliciter|proposer|"
    r"propose|"
    r"accord de|accord du|acceptation|soumet|candidat)",
    denied=DENIED + r"|ne (?:peut|peuvent|saurait|pourra)[^.;]{0,30}",
)
_imposed_price = wording(
    r"(?:prix|tarifs?|redevances?|abonnements?|couts?)[^.;]{0,110}(?:s'impose(?:nt)? a|est celui|sont ceux)[^.;]{0,40}(?:acheteur|commune|collectivite|"
    r"client|elle|lui|affich|"
    r"publi|console|site|portail|editeur|fournisseur)",
    r"(?:prix|tarifs?)[^.;]{0,60}(?:a titre indicatif|non contractuels?|susceptibles? d'evoluer)[^.;]{0,100}(?:actualis|revis|modifi|evolu|prestataire|"
    r"titulaire|editeur|$|\.)",
    r"(?:prix|tarifs?|redevances?)[^.;]{0,60}(?:actualis|revis|modifi|augment|fix|ajust|arret|determin)[a-z]*[^.;]{0,20}par (?:le (?:titulaire|prestataire|"
    r"fournisseur|"
    r"constructeur)|l'(?:editeur|hebergeur|operateur))",
    unless=r"(?:butoir|plafon|dans la limite|formule|indice|syntec|insee|\d ?%|bordereau du titulaire|acte d'engagement|dans son offre|candidat|"
    r"sous-traitant|estimat|"
    r"demande de|accord de l'acheteur|acceptation)",
    denied=DENIED + r"|ne (?:peut|peuvent|saurait|pourra)[^.;]{0,30}",
)
_the_posted_price = together(
    r"(?:\bprix\b|tarifs?\b|abonnement|redevance|cout (?:de l'abonnement|des licences))",
    r"(?:affich|publi|decid|arrete|notifi|communiqu|fix|determin|pratiqu|annonc|applique)[a-z]* (?:[a-z]+ ){0,3}(?:par )?(?:l'editeur|"
    r"le (?:fournisseur|titulaire|prestataire|constructeur)|l'hebergeur|l'operateur)|(?:tarifs?|prix) (?:de l'editeur|du (?:fournisseur|titulaire|"
    r"prestataire|constructeur)) (?:au|a la|en)|a l'initiative (?:du|de l')|augment[a-z]+ (?:librement|a tout moment|de plein droit|automatique)",
    unless=r"(?:sans effet|butoir|plafon|dans la limite|maximum|exced|sauvegarde|rabais|\bgel|baisse|formule|indice|syntec|insee|candidat|bordereau|"
    r"acte d'engagement|bpu|dpgf|devis|dans son offre|offre\b|penalit|sous-traitant)",
    denied=DENIED
    + r"|ne (?:peut|peuvent|saurait|pourra|sont|s')[^.;]{0,30}|sans (?:pouvoir )?(?:modifier|suivre|que)|aucun(?:e)? (?:augmentation|modification|"
    r"hausse)",
)


# ---- the notions of each fault, near one another in any order -------------------------------------------------------------------------------

_NOTHING = (
    r"(?:\baucune?\b|\bne (?:donne|ouvre|produi|percoi|reclam|sera|seront|sont|peu|pourr|court|fait)[a-z]*[^.;]{0,40}(?:\bpas\b|\bni\b|aucun|plus|"
    r"interets?)|n'(?:est|ouvre|ont|a|y)[^.;]{0,20}(?:pas|aucun|ni)|"
    r"\bsans (?:interet|indemnit)|renonc|abandon|s'interdit|\bexclu|sans objet|neant|pas d'(?:interet|indemnit)|ne (?:pas )?(?:percevoir|reclamer|demander|"
    r"exiger)|supprim|ecart)"
)
_late_unpaid = together(
    r"(?:interets?\b(?! (?:general|public|communautaire|collectif|local|pour))|indemni(?:te|sation)s?\b|dedommagement|consequence financiere|"
    r"penalites? (?:ne )?(?:pourra|peut|n|"
    r"ne)|penalite [^.;]{0,40}(?:acheteur|collectivite))",
    _NOTHING,
    r"(?:moratoire|(?:retards?|depassement|hors delai|tardi[fv]e?)[^.;]{0,20}(?:paiement|mandatement|reglement|paye)|interets? de retard|(?:paiement|"
    r"mandatement|reglement)s?[^.;]{0,40}(?:tardif|hors delai|en retard|"
    r"apres (?:trente|l'echeance|le delai)|au-dela d)|indemnite (?:forfaitaire|de recouvrement)|recouvrement|delai (?:global )?de paiement[^;]{0,150}depass)",
    unless=r"(?:commencer a courir|non ecrite|l2192-14|l\. ?2192-14|imputable au titulaire|du fait du titulaire|suspen|(?<!par )\bavances?\b|contest|"
    r"capitalis|(?:sur|"
    r"penalites?) (?:les )?(?:penalites )?de retard ne|resiliation|ajournement|paiement (?:est |a ete )?intervenu|"
    r"dans le delai|conflit d'interets?|retenue de garantie)",
    denied=r"(?:ne (?:peut|peuvent|saurait) (?:pas )?(?:valablement )?(?:renoncer|etre (?:exclu|ecarte|supprime))|interdi(?:t|te)\b(?! de)|nulle?\b|"
    r"aucune renonciation|reput|toute renonciation)",
    linked=True,
)
_on_credit = wording(
    r"(?:credit (?:fournisseur|fournisseurs|de paiement|sur)|a temperament|differe de (?:paiement|reglement)|(?:se rembourse|est rembourse|"
    r"rembourse)[^.;]{0,20}sur (?:deux|trois|quatre|cinq|six|sept|huit|dix|[2-9]|1\d) (?:ans|annees|exercices)|"
    r"(?:finance|prefinance|porte) (?:l'|les |le |la )?(?:investissement|equipements?|materiels?|achat|acquisition)|(?:par|en) (?:tiers|quarts|cinquiemes|"
    r"sixiemes|dixiemes)[^.;]{0,30}(?:chaque annee|par an|annuel)|"
    r"(?:deux|trois|quatre|cinq|\d+) (?:annuites|mensualites|echeances|versements)[^.;]{0,60}(?:apres|a compter de|suivant|dont)[^.;]{0,40}(?:livraison|"
    r"reception|admission|mise en service)|"
    r"(?:deux|trois|quatre|cinq|\d+) echeances[^.;]{0,80}mois apres)",
    requires=r"(?:acheteur|titulaire|fournisseur|prestataire|facture|prix|paiement|montant|materiel|equipement|livr|reglement|achat)",
    unless=r"(?:interdi|prohib|location|loyer|abonnement|maintenance|credit-bail|retenue de garantie|avance\b|acompte|l2191-5|l\. ?2191-5|partenariat|"
    r"bancaire|candidat|sous-traitan|subvention|co-?financ)",
    denied=DENIED + r"|aucun paiement|ne (?:comporte|prevoit|sera|peut|fait)[^.;]{0,20}(?:pas|aucun|etre)|exclu",
    linked=True,
)
_advance_set_aside = together(
    r"\bavances?\b",
    r"(?:ne pratique|n'entend pas|ne souhaite pas|n'ouvre pas droit|(?:dispositions|stipulations|articles?|regles)[^.;]{0,40}(?:ne (?:sont|s'appliqu)|"
    r"n'est|inapplicab|ecart)|n'est pas (?:accorde|verse|"
    r"consenti|prevu|du)|pas d'avance|aucune avance|\bsans avance|exclu|ecart|supprim|"
    r"avances? ?(?::|\|) ?(?:non|neant|aucune|sans)|ne (?:beneficie|percoit|recoit|verse|accorde|comporte|prevoit)[a-z]* (?:pas|aucune|d')|par choix)",
    unless=r"(?:titulaire (?:[a-z]+ ){0,3}(?:peut )?refus|\bsauf\b|ne l'ont pas|☐|(?<!titulaire )renonc|refus|inferieur|seuil|lorsqu|\bsi\b|50 ?000|"
    r"facultative|au-dela|condition|n'exced|r2191|"
    r"obligatoire|en l'absence de|bon de commande d|avant (?:le|la|que|toute)|constitution|"
    r"rembours|tant que|par avance|(?<!relatives )(?<!relative )(?<!droit )a l'avance|(?:pay|regl|factur|fix|prevenu)[a-z]* d'avance|en avance|taux|"
    r"montant de l'avance|deux mois|modifi|conteste|remboursement|que si)",
    denied=r"(?:ne peut (?:pas )?(?:etre )?(?:refus|ecart|priv)|illega)",
    linked=True,
)
_their_policy = together(
    r"(?:\bprix\b|tarif|redevance|abonnement|augmentations?|hausses?|revalorisations?)",
    r"(?:suiv(?:ent|ra|ront)|revoir|modifier|changer|notifie|decid|impos|fix[ea]|revaloris|ajuste|augment|repercut|evolu|modifi|applique|relev|revu|"
    r"met a jour|actualis|revis|"
    r"chang|major)",
    r"(?:evolutions? tarifaires?[^.;]{0,12}(?:du|de l') |sur simple (?:information|notification|avis)|politique (?:commerciale|tarifaire)[^.;]{0,12}(?:du|"
    r"de l')|(?:notifiee?s?|decidee?s?|imposee?s?|fixee?s?|annoncee?s?|arretee?s?|"
    r"revalorisee?s?)[^.;]{0,30}par (?:le (?:titulaire|prestataire|fournisseur|constructeur)|l'(?:editeur|hebergeur|operateur))|(?:titulaire|prestataire|"
    r"editeur|fournisseur|hebergeur) (?:met a jour|actualise|revise|modifie|fixe|change|releve|augmente) (?:ses|les|son) (?:tarifs?|prix)|(?:relev|revu|"
    r"modifi|chang|reajust|augment|major|hauss|actualis|revis)[a-z]* par (?:le (?:titulaire|prestataire|fournisseur)|l'(?:editeur|hebergeur|operateur))|"
    r"de (?:sa|son) propre (?:autorite|chef|initiative)|(?:titulaire|prestataire|editeur|fournisseur|hebergeur) (?:peut|pourra|est libre|"
    r"se reserve)[^.;]{0,30}(?:augment|hauss|revalor|ajust|repercut|revoir|modifier|changer)|a sa (?:seule )?(?:discretion|convenance|main))",
    unless=r"(?:sans effet|butoir|plafon|dans la limite|maximum|exced|sauvegarde|rabais|\bgel|figes?\b|baisse|formule|indices?\b|syntec|insee|candidat|"
    r"bordereau|acte d'engagement|bpu|dpgf|devis|offre\b|penalit|sous-trait|sous reserve|accord de|"
    r"acceptation|propose|demande (?:de|la)|abonnements? (?:est|sont) (?:suspend|arret)|utilisateurs)",
    denied=DENIED
    + r"|ne (?:peut|peuvent|saurait|pourra|sont|s')[^.;]{0,30}|sans (?:pouvoir )?(?:modifier|suivre|que)|aucune? (?:augmentation|modification|hausse)",
    linked=True,
)
_variants_at_large = together(
    r"variantes?\b",
    r"(?:autoris|admis|accept|permis|possib|\blibre|bienvenu|exigee?\b|obligatoire|souhait|encourag|(?:peu(?:t|vent)|pourr(?:a|ont))[^.;]{0,30}(?:propos|"
    r"present|remi|depos|formul|joindre|ajout|fourni|soumet)|examin|ouvert|admet|pas interdit|recevab|etudie|: ?oui|\| ?oui|sans limitation|en plus de)",
    unless=r"(?:caracteristiques?|figure|decrit|exigences|exigences? minim|minimal|minima|sous reserve|dans les conditions|respect|conditions? (?:suivante|"
    r"fixee|prevue|minim)|(?<!sans )limit|articles? \d|annexe|dans le cctp|au cctp|chapitre|"
    r"ne (?:sont|seront|sera) pas (?:autoris|admis|accept|exam|recev|permis)|n'est (?:pas )?(?:autoris|admis|accept|permis|recev)|n'est|non (?:autoris|"
    r"admis)|lorsqu|\bsauf\b|definies?|plafonn|criteres|\bsi\b|jugee|notee|doivent|devront|prescri|seuil|"
    r"prix de la variante|portant|porte(?:nt)? (?:sur|exclusi)|uniquement|atteign|\bseule?s?\b|interdites?\b(?<!pas interdites)(?<!pas interdite))",
    unless_near=r"(?:exigences? (?:minimal|minim|a respecter|des variantes)|conditions? minimal|variantes? (?:doivent|devront|respect|ne peuvent))",
    denied=r"(?:aucune variante|pas de variante|non autoris|variantes? (?::|\|) ?non)",
    linked=True,
)
_PRICES_MOVE = compiled(
    r"(?<![a-z])(?:(?:prix|tarifs?|montants?|redevances?|forfait)[^.;]{0,60}?(?:\brevis(?:e|es|ee|ees|ables?|ion)\b|ajustes?\b|ajustee?s?\b|indexe|"
    r"actualis|reevalu|evolu(?:e|ent|eront|era)\b|vari(?:e|ent|eront|era)\b|augmente)|"
    r"\b(?:revision|actualisation|indexation|variation|ajustement)s? (?:[a-z]+ )?(?:des? |du )?(?:prix|tarifs?)[^.;]{0,60}(?:annuel|intervien|\boui\b|"
    r"prevu|possible|applicable|aura|chaque|tous les|sera|est|au bout)|"
    r"\brevisables? (?:annuellement|chaque|tous|a la date))"
)
_HOW_PRICES_MOVE = compiled(
    r"(?<![a-z])(?:formules?|indices?\b|syntec|insee|\bindex\b|icht|bt ?\d|tp ?\d|parametres?|coefficient|\bp ?= ?|p\(n\)|cn ?=|i/i0|p0\b|serie|butoir|"
    r"ccag|catalogue|baremes?|tarifs? (?:public|officiel|reglement)|par reference|annexe|"
    r"(?:l'|les |aux? |des )articles? \d|l'article|selon|conformement|application (?:de|du)|\{\{|taux|%|plafon|clause|cotation|mercurial|cours\b|"
    r"ci-(?:apres|dessous)|suivant(?:e|s)? :|editeur|titulaire (?:peut|se reserve)|fonction d|quantite|volume|depend)"
)
_NOT_MOVING = compiled(
    DENIED + r"|\bne (?:sont|sera|seront|est|peuvent|peut|vari|evolu)[^.;]{0,15}(?:pas|ni|etre|en aucun)|ni (?:revis|actualis)|non (?:revis|actualis|indexe)|"
    r"(?<!, )fermes?\b(?![^.;]{0,40}(?:puis|ensuite))|sans revision|aucune? (?:revision|variation)|"
    r"proposition|offres?\b|demande de revision|\bsi\b|candidat|anormal|invariab|(?:prix|montants?) revises? (?:est|sont|s'|arrond)|provisoire|decompte|"
    r"estimat|tva\b|erreur|avenant|\?|marche(?:s)? subsequents?|date limite"
)


def _prices_move_somehow(text: Text) -> Iterator[Caught]:
    """Prices are said to move with time, and their article gives neither formula nor reference."""
    for sentence in text.linked:
        match = next((found for found in _PRICES_MOVE.finditer(sentence.words) if found.end() > sentence.lead), None)
        if (
            match
            and len(sentence.words) - sentence.lead < _SHORT
            and not _NOT_MOVING.search(sentence.words)
            and not _HOW_PRICES_MOVE.search(sentence.words)
            and not _HOW_PRICES_MOVE.search(text.section(sentence.span) if text.document.headings else text.around(sentence.span))
        ):
            yield Caught(sentence.at(*match.span()))


# A longer sentence says more than that prices move.
_SHORT = 260


DETECTORS: dict[str, Detect] = {
    "derogations-non-listees": unlisted_derogations,
    "delai-paiement-excessif": any_of(long_payment_delay, _paid_late),
    "interets-moratoires-renonces": any_of(waived_interest, _no_interest, _no_late_interest, _late_unpaid),
    "paiement-differe": any_of(_next_year, deferred_payment, _spread_payment, _the_rest_later, _on_credit),
    "retenue-garantie-excessive": any_of(excessive_retention, _withheld_share, _kept_back),
    "avance-refusee": any_of(_no_advance_even_above, refused_advance, _nothing_in_advance, _no_advance_said, _advance_set_aside),
    "revision-unilaterale": any_of(_imposed_price, _passed_on, unilateral_price, _price_at_will, _their_price_list, _the_posted_price, _their_policy),
    "variantes-sans-exigences": any_of(variants_without_requirements, _free_variants, _variants_open, _variants_at_large),
    "forme-prix-absente": no_price_form,
    "revision-sans-formule": any_of(revision_without_formula, _revised_without_saying_how, _yearly_revision, _prices_move_somehow),
    "duree-absente": no_duration,
    "clause-environnementale-absente": no_environmental_clause,
    "annexe-rgpd-absente": no_data_processing_terms,
    "recours-absents": no_remedies,
}
