"""Rules about what is bought, for how long and how it may change: framework agreements, lots, duration, modification.

Ground: CCP L2113-10, L2113-11, L2112-5, L2125-1, L2194-1, R2112-4, R2162-4, R2162-7, R2162-14, R2194-1.
"""

import re
from collections.abc import Iterator

from assistant.datatypes import Span
from assistant.drafting.review.pattern import DENIED, NUMBER, Caught, Detect, any_of, compiled, is_said, number, together, wording
from assistant.drafting.review.text import CONTRACT_PIECES, Text
from assistant.figures import ceiling

_FRAMEWORK = r"(?:accords?[ -]cadres?|marches? a bons de commande|bons? de commande)"
_NO_MAXIMUM = (
    r"(?:sans (?:montant |quantite |valeur )?(?:minimum ni |minimum et sans |minimale? ni |mini ni |montant minimum ni )?(?:montant |quantite |"
    r"valeur )?maxi(?:mum|male?)?\b|ni (?:montant )?maximum|aucun (?:montant )?maximum|sans (?:limitation|limite|plafond) (?:de montant|"
    r"de quantite|de valeur)|"
    r"(?:pas|ne comporte pas|ne prevoit pas|n'a pas)(?: [a-z']+){0,3} (?:de )?(?:montant )?maximum|maximum : (?:sans|neant|aucun|sans objet)|"
    r"(?:montant|valeur) maxim[a-z]+[^.;]{0,30}(?:illimite|neant|sans objet|non defini|n'est pas (?:fixe|defini)|: sans\b|: aucun))"
)
_no_maximum_said = wording(
    _NO_MAXIMUM,
    requires=rf"(?:{_FRAMEWORK}|marche|commandes?|montant|lot)",
    unless=r"(?:maximum (?:annuel |global |total )?(?:de|:|est de|fixe a) ?\d|dans la limite|en nombre|nombre de (?:bons|commandes)|plafond (?:de|:|"
    r"est) ?\d|penalit|indemnit|responsabilite|avance|modifi|chang|avenant|r2162-4|obligatoire|reconduction|candidat|lots? par|prix maxim|delai|garantie|"
    r"redevance|"
    r"duree maxim|nombre maxim)",
    denied=r"(?:ne peut (?:pas )?(?:etre|plus)|n'est plus (?:possible|permis|admis)|illega|irregul|interdi|depuis|impossible)",
)
_minimum_only = wording(
    rf"{_FRAMEWORK}[^.;]*(?:conclu|passe|avec|comport|fixe|prevoi)[^.;]{{0,60}}(?:uniquement|seulement|seul|avec) [^.;]{{0,15}}(?:montant |un )?minimum",
    requires=r"minimum",
    unless=r"(?:maxim|plafond|sans minimum)",
    unless_near=r"maxim",
    requires_near=r"(?:uniquement|seulement|seul\b|minimum (?:de|annuel|:|est))",
)


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
_IS_FRAMEWORK = compiled(
    r"(?<!dans le cadre de l')(?<!n'est pas un )(?<!en application de l')(?<!issu de l')(?:accords?[ -]cadres?|"
    r"marches? (?:[a-z]+ ){0,3}a bons de commande)(?! n[°o])"
)
# Orders are those of a framework agreement, even where nothing calls it so.
_WITH_ORDERS = compiled(
    rf"(?:{_IS_FRAMEWORK.pattern})|(?<!non )(?:par|a|sur|forme) ?:? (?:emission (?:de |successive de )?|l'emission (?:de |"
    rf"successive de )?)?bons? de commande|"
    rf", bons? de commande"
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
    if match := _IS_FRAMEWORK.search(text.folded.replace("\n", " ")):
        yield Caught(Span(*match.span()))


framework_without_maximum = any_of(_no_maximum_said, _minimum_only, _no_maximum_anywhere)

_DURATION = rf"(?P<count>{NUMBER})(?: \(\d+\))? (?P<unit>mois|ans?|annees?)\b"
_RENEWED = r"(?:reconduct|renouvel|reconduit|reconduir|prolong|proroge)[a-z]*"
_RENEWALS = compiled(
    rf"(?:{_RENEWED}[^.;]{{0,60}}?(?P<times>{NUMBER})(?: \(\d+\))? fois|(?P<more>{NUMBER})(?: \(\d+\))? (?:tacites? |expresses? |eventuelles? |"
    rf"possibles? )?(?:reconductions?|renouvellements?|"
    rf"periodes? de reconduction)|{_RENEWED} (?:pour |de |d')?(?P<once>une?|un) (?=ans?\b|"
    rf"annee))(?:[^.;]{{0,60}}?(?P<count>{NUMBER})(?: \(\d+\))? (?P<unit>mois|ans?|annees?))?"
)
# « renouvelable pour la même durée », « reconductible tacitement »: the first duration again.
_RENEWED_SAME = compiled(rf"{_RENEWED}[^.;]{{0,40}}(?:meme duree|meme periode|duree (?:identique|equivalente)|periode identique)")
# « renouvelable », and no more: once at the least.
_RENEWABLE = compiled(r"(?:(?<!energie )(?<!electricite )renouvelable\b|reconductible|tacite reconduction)(?! [^.;]{0,60}(?:limite|exced|au plus|maximum))")
# « renouvelable trois ans », « prolongé d'une nouvelle période de 24 mois », « 3 ans + 2 ans »: the duration that is added.
_RENEWED_FOR = compiled(rf"(?:{_RENEWED}[^.;]{{0,60}}?|\+ ?){_DURATION}")
_NOT_RENEWED = compiled(rf"(?:n'est (?:donc )?pas|non|sans|ni|ne (?:peut|sera|fait)[^.;]{{0,30}}|aucune) {_RENEWED}")
_SAID_TOTAL = compiled(
    rf"(?:duree (?:totale|maximale|globale)|au plus|exced[a-z]*|depass[a-z]*|dans la limite|limitee? a|\bsoit\b|au total|comprises?|"
    rf"maximum)[^.;]{{0,50}}?{_DURATION}|"
    rf"{_DURATION.replace('count', 'before').replace('unit', 'of')}[^.;]{{0,30}}(?:au total|au maximum|au plus|maximum|reconductions? (?:comprise|incluse)s?)"
)
_JUSTIFIED = r"(?:justifi|exceptionnel|en raison d|eu egard|motif|amorti|investissement|entites? adjudicatrices?|l2125-1|l\. ?2125-1)"


def months(count: str, unit: str) -> float:
    """A duration in months."""
    return (number(count) or 0.0) * (1 if unit == "mois" else 12)


_MONTHS = ("janvier", "fevrier", "mars", "avril", "mai", "juin", "juillet", "aout", "septembre", "octobre", "novembre", "decembre")
_DATE = r"(?:1er|\d{{1,2}}) (?P<{0}_month>" + "|".join(_MONTHS) + r")(?: (?P<{0}>20\d\d))?"
BY_DATES = compiled(
    rf"{_DATE.format('first')}[^.;]{{0,60}}?(?:\bau\b|jusqu'au|s'acheve|prend(?:ra)? fin|expire|se termine|fin\b|"
    rf"echeance)[^.;]{{0,20}}?{_DATE.format('last')}"
)


def months_between(dated: re.Match[str]) -> float | None:
    """Months from the first date to the last, as a contract counts them: from 1 January to 31 December are twelve. None where a year is missing."""
    if not dated["last"]:
        return None
    days = [int(day) for day in re.findall(r"\b(\d{1,2})(?:er)? (?=[a-z])", dated[0])]
    first, last = (_MONTHS.index(dated[name]) for name in ("first_month", "last_month"))
    whole = 12.0 * (int(dated["last"]) - int(dated["first"] or dated["last"])) + last - first
    return whole + 1 if days and days[0] == 1 and days[-1] >= 28 else whole


_LASTS = compiled(
    r"(?:\bmarche|contrat|accord|convention)s?[^.;]{0,80}(?:conclu|passe|duree|\bdure\b|court|periode|vigueur|prend effet|jusqu'au|\bdu 1)|(?:^|"
    r"[:.#|] ?)(?:la )?duree\b|\best (?:conclu|passe|valable)e? pour|"
    r"\bduree (?:initiale |ferme |totale |maximale )?(?:est|de|:|du marche|du contrat)"
)
_FRAMEWORK_LASTS = compiled(
    r"(?:duree|conclu|passe|pour|sur|valable|periode|reconduct|renouvel|cadre (?:de|a)|cadre ?:|effet|s'acheve|fin\b|expire|du 1|court|dure|vaut|vit|engage|"
    r"pendant|durant)"
)
_ANOTHER_DURATION = compiled(
    r"(?<![a-z])(?:garanti|conserv|archiv|marches? subsequents?\b[^.;]{0,40} (?:est|a une|d'une|ont|peut)|reference|experience|prescription|derniers|depuis|"
    r"interdi|"
    r"n'est pas un accord|preavis|"
    r"reversib|delai|attestation|agrement|historique|bilan|precedent|ancien|confidentialit|stage|agee?s? de|disponib|pieces? detachee|d'existence)"
)


def _lasts(words: str) -> tuple[re.Match[str], float] | None:
    """Where ``words`` say a duration, and the months it reaches with its renewals; the total, where they say one."""
    dated, said = BY_DATES.search(words), compiled(_DURATION).search(words)
    first = dated or said
    if first is None:
        return None
    if total := _SAID_TOTAL.search(words):
        return first, months(total["count"] or total["before"], total["unit"] or total["of"])
    initial = (months_between(dated) if dated else months(first["count"], first["unit"])) or 0.0
    if _NOT_RENEWED.search(words):
        return first, initial
    if renewed := _RENEWALS.search(words):
        each = 12.0 if renewed["once"] else months(renewed["count"], renewed["unit"]) if renewed["count"] else initial
        base = initial if first.start() < renewed.start() else 0.0
        return first, base + (number(renewed["times"] or renewed["more"] or "un") or 0.0) * each
    if (added := _RENEWED_FOR.search(words, first.end())) and not _RENEWED_SAME.search(words):
        return first, initial + months(added["count"], added["unit"])
    return first, initial * (2 if _RENEWED_SAME.search(words) or _RENEWABLE.search(words, first.end()) else 1)


def framework_too_long(text: Text) -> Iterator[Caught]:
    """A framework agreement of more than four years, renewals included, without a reason (CCP L2125-1)."""
    is_framework = _WITH_ORDERS.search(text.folded.replace("\n", " ")) is not None
    for at, sentence in enumerate(text.sentences):
        words = sentence.words
        named = _WITH_ORDERS.search(words)
        if not (_FRAMEWORK_LASTS.search(words) if named else is_framework and _LASTS.search(words)) or _ANOTHER_DURATION.search(words):
            continue
        following = text.sentences[at + 1] if at + 1 < len(text.sentences) else None
        goes_on = following is not None and compiled(_RENEWED).search(following.words) and text.article_of(following.span) == text.article_of(sentence.span)
        found = _lasts(f"{words} {following.words.replace('.', ' ')}".replace(". ", " ") if goes_on and following else words)
        if (
            found
            and found[1] > 12 * ceiling("duree-accord-cadre", text.day)
            and found[0].end() <= len(words)
            and not compiled(_JUSTIFIED).search(text.around(sentence.span))
        ):
            yield Caught(sentence.at(*found[0].span()), f"La durée atteint {found[1]:g} mois.")


endless_duration = wording(
    r"(?:marche|accord-cadre|contrat|convention|abonnement)[^.;]{0,100}(?:duree (?:indeterminee|illimitee|non determinee|indefinie)|"
    r"sans (?:limitation|limite|terme|date de fin|limite de duree)(?: de duree)?\b(?! (?:de|du) (?:montant|quantite|valeur|volume)))",
    r"(?:duree (?:indeterminee|illimitee|indefinie))[^.;]{0,60}(?:marche|accord-cadre|contrat|convention)",
    r"(?:reconduct|renouvel|reconduit)[a-z]*[^.;]{0,60}(?:indefiniment|sans (?:limitation|limite)(?: de (?:duree|nombre))?|d'annee en annee|"
    r"autant de fois|par periodes? successives?|illimite|(?<!en )tant que)",
    r"(?:marche|accord-cadre|contrat)[^.;]{0,50}(?:se poursuit|continue|demeure en vigueur|reste en vigueur|se renouvelle|"
    r"est reconduit)[^.;]{0,50}(?:jusqu'a (?:denonciation|resiliation)|tant qu|indefiniment|sans limit)",
    unless=r"(?:agents?\b|employes|contrats? (?:de travail|a duree indeterminee)|\bcdi\b|salari|personnel|licence|droits? (?:d'|d')?(?:usage|utilis|"
    r"propriet|auteur)|"
    r"cession|droit d'utilisation|conserv|dans la limite|sans (?:pouvoir )?exced|fois au (?:plus|maximum)|confidentialit|duree maximale|"
    r"dans un maximum|demandeur|insertion|maximum de|garantie)",
    denied=DENIED + r"|n'est pas conclu|ne peut|interdit|prohib",
)

_REASON = (
    r"(?:en raison|car\b|parce que|dans la mesure ou|compte tenu|du fait|puisque|au motif|motif|\bmotiv|justifi|l'objet (?:du marche )?ne permet pas|"
    r"ne permet(?:tent)? pas (?:l'identification|d'identifier)|indissociable|risque|rend(?:rait)?|coordination|coordonner|"
    r"techniquement (?:difficile|impossible)|coût|cout|financierement|eu egard|"
    r"prestations? (?:distinctes?|homogenes?|indivisible)|unique prestation|homogene|l2113-11|l\. ?2113-11|restrein|interdepend|"
    r"seul(?:e)? prestation|pour les raisons|afin)"
)
lots_without_reason = wording(
    r"(?:marche|consultation|prestations?|accord-cadre|contrat|procedure|besoin)[^.;]{0,60}(?:n'(?:est|fait|ont|comporte|sont)[^.;]{0,20}(?:pas|"
    r"aucun)[^.;]{0,30}(?:allotie?s?|allotissement|divis|decompos|reparti|lots?\b)|ne (?:fait|sera|comporte|comprend|donne)[^.;]{0,25}(?:pas|"
    r"aucun)[^.;]{0,25}(?:alloti|allotissement|lots?\b))",
    r"\b(?:non alloti|sans allotissement|pas d'allotissement|absence d'allotissement|non-allotissement|pas alloti|lot unique|marche unique|"
    r"aucun allotissement)\b",
    requires=r"(?:marche|consultation|prestation|accord-cadre|contrat|procedure|allotissement|lot unique)",
    unless=rf"(?:{_REASON}|nombre de lots|candidat|un meme|attribu|lot(?:s)? (?:n[°o]|sans|infructueu)|conception-realisation|performance)",
    unless_near=_REASON,
    denied=None,
)

subsequent_new_requirement = wording(
    r"(?:marches? subsequents?|bons? de commande|lettres? de consultation)[^.;]{0,110}(?:(?:ajout|introdui|prev|impos|fix|compren|comport|exig|"
    r"cre|defini)[a-z]*[^.;]{0,50}(?:tout(?:e|es)?|de nouve(?:aux|lles|lle|au)|d'autres|nouvelles?|supplementaires?|"
    r"non prevue?s?)[^.;]{0,30}(?:criteres?|exigences?|conditions?|clauses?|obligations?|prestations?|niveaux?)|(?:criteres?|exigences?|"
    r"conditions?|obligations?|prestations?)[^.;]{0,30}(?:nouve(?:aux|lles|lle)|supplementaires?|differente?s?|non prevue?s?|autres que))",
    r"(?:criteres?|exigences?|ponderations?)[^.;]{0,60}(?:pourront|peuvent|seront|sont|pourra)[^.;]{0,20}(?:modifi|ajout|adapt|fix|defini|chang|"
    r"substitu)[a-z]*[^.;]{0,60}(?:marches? subsequents?|bons? de commande|lors de chaque|remise en concurrence)",
    r"(?:marches? subsequents?)[^.;]{0,60}(?:deroge|modifi|s'ecart)[a-z]*[^.;]{0,60}(?:accord-cadre|clauses?|substantiel)",
    unless=r"(?:sans modification substantielle|dans (?:la liste|les limites|la limite|le cadre)|parmi|annonce|(?<!non )prevu(?:e|es|s)? (?:a|au|par|"
    r"dans)|defini(?:e|es|s)? (?:a|au|dans|par) l(?:'|e )|fourchette|precis(?:e|ent) ou complet|enumer|liste|ne (?:concern|port)|sans)",
    denied=r"(?:ne (?:peut|peuvent|pourra|pourront|saurai(?:t|ent)|modifi|cree|comporte|contien)[a-z]* ?(?:pas|aucun|en aucun|ni|introduire|ajouter|"
    r"modifier|substantiel|toutefois)?|interdi|sans|n'ajout|n'introdui|aucun(?:e)? (?:critere|exigence|condition))",
)

negotiated_orders = wording(
    r"bons? de commande[^.;]{0,90}(?:negoci|remise? en concurrence|mise? en concurrence|mis en competition|devis concurrents?|apres (?:mise|"
    r"remise) en concurrence)",
    r"(?:negoci|remise en concurrence|remet en concurrence|met en concurrence|mise en concurrence|devis concurrents)[^.;]{0,80}bons? de commande",
    r"(?:chaque|toute|prix de chaque) commande[^.;]{0,50}(?:negoci|mis en concurrence|discut)",
    unless=r"(?:passee?,? apres|marches? subsequents?|sans (?:negociation|remise|mise|nouvelle)|r2162-14|r2162-2\b|nouvelle procedure|a l'issue de l'accord|"
    r"devis (?:prealable|estimatif))",
    denied=DENIED + r"|sans (?:nouvelle )?(?:negociation|negocier|remise|mise)|ne (?:sont|font|donne|fait|peuvent|peut|sera|seront)[^.;]{0,30}(?:pas|ni|"
    r"aucune|"
    r"l'objet)|ni (?:negociation|remise)|aucune (?:negociation|remise|mise)",
)

vague_review_clause = wording(
    r"\bparties\b[^.;]{0,60}(?:se rapproche(?:nt|ront)|se concerte(?:nt|ront)|se reuni(?:ssent|ront)|se rencontre(?:nt|ront)|convien(?:nent|"
    r"dront)|s'entend(?:ent|ront)|discute(?:nt|ront)|negocie(?:nt|ront)|examin(?:ent|eront))[^.;]{0,140}",
    r"(?:d'un commun accord|d'accord parties|a l'amiable)[^.;]{0,80}(?:modifi|adapt|amen|revis|revu|renegoci|ajust|evolu|reexamin)",
    r"(?:modifi|adapt|amen|revis|revu|renegoci|ajust|reexamin|evolu)[a-z]*[^.;]{0,80}(?:d'un commun accord|d'accord parties|"
    r"par accord (?:des|entre les) parties)",
    r"clause de (?:reexamen|rencontre|revoyure)[^.;]{0,120}(?:se rapproch|se rencontr|se revoi|conven|discut|les parties)",
    requires=r"(?:modifi|adapt|amen|revis|revu|renegoci|ajust|evolu|reexamin|consequences?|suites?|nouvelles? conditions?|solution|equilibre|prix|marche|"
    r"contrat|clause|situation)",
    unless=rf"(?:desaccord|saisine|differend|litige|reglement amiable|mediation|conciliation|planning|calendrier des reunions|comite de (?:pilotage|suivi)|"
    rf"reunion|"
    rf"selon (?:la|les) (?:formule|modalit|procedure|conditions)|dans (?:un delai|les) (?:de |d')?{NUMBER}|sous {NUMBER}|prix (?:sont|"
    rf"est) (?:fixe|arrete) d'un commun accord|a defaut d'accord|a defaut|dans la limite|plafonn|{NUMBER} ?%|"
    r"r2194|l2194|ordre de service|resili|date (?:de|d'|est|convenue)|lieu|protocole|constat|inventaire|etat des lieux|interlocuteur|"
    r"donnees (?:a caractere )?personnel|au sens du|responsables? conjoints?)",
    unless_near=r"(?:a defaut d'accord|sous-paragraphe|formule suivante|limite de \d|mediat|differend|litige)",
)

# A change that has its bounds, or that is none of the contract: hours, names, the file of the consultation, settings of a software.
_BOUNDED = (
    r"liste des sites|substantiel|date de livraison|clauses? de reexamen|maintien de l'equilibre|bouleverser|options envisageables|"
    r"conditions prevues (?:par|a|au)|horaires?|planning|utilisateurs?|habilit|adresse|coordonnees|interlocuteur|l2194|r2194|"
    r"dossier de consultation|mot de passe|configuration|code source|logiciel|licence|parametr|candidat|donnees"
)
unlimited_modification = wording(
    r"(?:acheteur|pouvoir adjudicateur|collectivite|commune|maitre d'ouvrage|administration|titulaire|prestataire|parties|personne publique|"
    r"departement|region|ville)[^.;]{0,60}(?:peut|peuvent|pourra|pourront|se reserve)[^.;]{0,60}modifi[a-z]*[^.;]{0,80}(?:a tout moment|"
    r"sans limite|sans limitation|librement|toute(?:s)? (?:stipulation|clause|disposition|condition)|tout(?:es)? les (?:stipulations|clauses|"
    r"conditions)|unilateralement|sans (?:preavis|avenant|accord|indemnite|mise en concurrence)|quel(?:s|les)? que soi)",
    r"(?:marche|contrat|accord-cadre|stipulations?|clauses?|conditions?|prix|objet)[^.;]{0,50}(?:peut|peuvent|pourra|"
    r"pourront) (?:etre )?(?:librement |toujours )?(?:modifi|chang|revu|adapt)[a-z]*[^.;]{0,60}(?:a tout moment|sans limit|librement|"
    r"par (?:simple )?(?:avenant|decision|echange|courriel)[^.;]{0,30}(?:sans limit|quel|a tout moment)|quelle? (?:qu'en|que)|sans (?:limite|"
    r"limitation|mise en concurrence))",
    r"(?:avenants?|modifications?)[^.;]{0,60}(?:sans (?:limitation|limite|plafond)|quel(?:le)?s? qu(?:'en soi|e soi)[^.;]{0,15}(?:le |"
    r"leur )?(?:montant|ampleur|objet|nature)|toute nature)",
    unless=rf"(?:{_BOUNDED}|plages? horaires|dans la limite|clause de reexamen|offre(?:s)? (?:jusqu'a|avant)|avant la date limite|"
    rf"consultation (?:avant|au plus)|compte|non substantiel|mentions|droit de modifier le logiciel|ordre de service)",
    denied=DENIED + r"|ne (?:peut|peuvent|pourra|saurait)[^.;]{0,20}(?:modifi|etre)|aucune modification|sauf avenant",
)

# ---- the same faults said in another order ----------------------------------------------------------------------------------------------

_uncapped = together(
    r"(?:(?:ne (?:sont|sera|seront|est)|n'est) (?:pas |ni )?(?:plafonne|limite|bornee?s?)[a-z]*|sans (?:plafond|maximum|limite|limitation|borne)|"
    r"illimite(?:e|s|es)?|aucun (?:plafond|maximum)|pas de (?:plafond|maximum)|ni (?:plafond|maximum)|maximum(?: annuel| global| total)? ?(?:ht |"
    r"h\.t\. )?(?::|=|est|-)? ?(?:neant|"
    r"sans(?: objet)?\b|aucun|non (?:fixe|defini)|indetermine|illimite)|autant que (?:de )?besoin|sans minimum ni)",
    r"(?:accords?[ -]cadres?|bons? de commande|commandes?\b|quantites?)",
    r"(?:montant|quantite|valeur|commande|maximum|plafond|besoin|minimum)",
    unless=r"(?:maximum (?:annuel |global |total )?(?:de|:|est de|fixe a) ?\d|dans la limite|en nombre|nombre de (?:bons|commandes)|plafond (?:de|:|"
    r"est) ?\d|penalit|indemnit|responsabilite|avance|r2162-4|candidat|lots? par|garantie|redevance|nombre maxim|delai|nombre de (?:demandes|"
    r"utilisateurs|tickets|appels)|obligatoire|utilisateurs|revision)",
    denied=r"(?:ne peut (?:pas )?(?:etre|plus)|n'est plus (?:possible|permis|admis)|illega|irregul|interdi|impossib|exclu)",
)
_endless = together(
    r"(?:indetermine(?:e)?\b|illimite(?:e)?\b|indefini(?:e|ment)?\b|sans (?:terme|limite de (?:duree|temps|nombre)|limitation de (?:duree|temps|"
    r"nombre)|date de fin|echeance|fin)|autant de fois|d'annee en annee|(?<!en )tant qu|jusqu'a (?:denonciation|resiliation|revocation|nouvel ordre|"
    r"ce que l'un)|perpetu|reconductions? (?:successives|illimitee)|nombre de (?:reconductions|renouvellements) (?:n'est|non|illimite))",
    r"(?:\bduree|reconduct|renouvel|reconduit|\bmarche\b|accord-cadre|\bcontrat\b|convention|abonnement)",
    r"(?:duree|reconduct|renouvel|reconduit|conclu|prend fin|court|se poursuit|continue|vigueur|denonciation|resiliation)",
    unless=r"(?:candidatures?|soumissionn|agents?\b|employes|utilisateurs|contrats? de travail|\bcdi\b|salari|personnel|licences?|droits?\b|cession|"
    r"conserv|dans la limite|"
    r"confidentialit|secret|fois au (?:plus|"
    r"maximum)|maximum|garantie|demandeur|insertion|reconductions? (?:limitee|comprises)|sans pouvoir|responsabilite|accord-cadre ne|montant|"
    r"quantite|plafond)",
    denied=DENIED + r"|ne (?:peut|saurait)|interdit|prohib|n'est pas conclu",
)
_no_lots = together(
    r"(?:allot[a-z]*|lot unique|un seul lot|(?:divis|decompos|repart|separ)[a-z]*[^.;]{0,20}lots?\b|en (?:plusieurs )?lots\b|lots? separes?)",
    r"(?:(?:n'est|ne sera|ne fait|n'a)[^.;]{0,20}pas|pas (?:prevu|lieu|d'allot|de lots)|\bnon\b|sans allot|aucun|lot unique|un seul lot|renonce)",
    r"(?:marche|consultation|prestation|accord-cadre|contrat|procedure|allotissement|besoin|il n'est pas|prevu)",
    unless=rf"(?:{_REASON}|candidat|soumissionnaire|attribu|offre|infructueu|conception-realisation|concern|lots? n[°o]|limit|nombre de lots|"
    rf"meme operateur|sans suite|par lot|reponse|cumul)",
    unless_near=_REASON,
    denied=None,
)
_later_additions = together(
    r"(?:marches? subsequents?|bons? de commande|lettres? de consultation|chaque commande|remise en concurrence|stade de la commande)",
    r"(?:criteres?|exigences?|conditions? d'execution|obligations?|niveaux? de (?:securite|service)|ponderation|garanties?|localisation)",
    r"(?:nouve(?:aux|lles?)|supplementaires?|non (?:prevu|annonce)|librement (?:defin|fix|choisi|determin)|laisse[a-z]* a|jugera|qu'il (?:estime|juge|"
    r"souhaite)|propres\b|d'autres|librement|ajout|"
    r"complement|substitu|modifi|redefini|au choix)",
    unless=r"(?:sans modification substantielle|dans (?:la liste|les limites|la limite|le cadre|les fourchettes)|parmi|(?<!non )(?:annonce|prevue?s?|"
    r"definie?s?|enumeree?s?) (?:a|au|aux|par|dans)|fourchette|liste (?:fermee|annexee|limitative)|sous reserve|en fonction de la sensibilite)",
    denied=r"(?:ne (?:peut|peuvent|pourra|pourront|saurai(?:t|ent)|modifi|cree|comporte|contien|ajoute|prevoi)[a-z]* ?(?:pas|aucun|en aucun|ni|"
    r"introduire|ajouter|modifier|substantiel|creer|comporter)?|interdi|sans (?:ajout|nouve|modif)|n'ajout|n'introdui|n'en|aucun(?:e)? (?:critere|"
    r"exigence|condition|nouve))",
)
_haggled_orders = together(
    r"(?:bons? de commande|chaque commande|toute commande)",
    r"(?:negoci|remise? en concurrence|mise? en concurrence|en competition|discut|rabais supplementaire|mieux[- ]disant|encher|trois devis|"
    r"plusieurs devis|devis concurrent|sollicit[a-z]+ (?:les|des|tous les) titulaires)",
    unless=r"(?:passee?,? apres|marches? subsequents?|r2162-14|r2162-2\b|nouvelle procedure|a l'issue de|devis (?:prealable|estimatif)|tour de role|cascade)",
    denied=DENIED + r"|sans (?:nouvelle )?(?:negociation|negocier|remise|mise)|ne (?:sont|font|donne|fait|peuvent|peut|sera|seront)[^.;]{0,30}(?:pas|ni|"
    r"aucune|"
    r"l'objet)|ni (?:negociation|remise|mise)|aucune (?:negociation|remise|mise)",
)
_agree_later = together(
    r"(?:si les parties en sont d'accord|en temps voulu|discussion entre les parties|concertation entre|examinees? (?:ensemble|par les parties)|"
    r"d'un commun accord|se rapproche|se concerte|conviendront|convien(?:nent|dra)|de gre a gre|a l'amiable|"
    r"clause de (?:rencontre|revoyure)|se reunissent|se reuniront|reexamin|d'accord parties|en bonne intelligence|se revoir|renegoci)",
    r"(?:evenement|changement|modif|adapt|amenag|revis|revu|renegoci|ajust|evolu|condition(?:s)? (?:financiere|tarifaire|economique)|prix|"
    r"consequences|suites|"
    r"equilibre|nouvelles? (?:conditions|dispositions)|mesures a prendre|solutions?)",
    unless=rf"(?:differend|litige|desaccord|reglement amiable|mediation|conciliation|planning|calendrier|reunion de|comite|formule|dans (?:un delai|"
    rf"les) (?:de |d')?{NUMBER}|sous {NUMBER}|a defaut|dans la limite|plafon|{NUMBER} ?%|r2194|l2194|ordre de service|resili|date (?:de|d'|est|"
    rf"convenue)|lieu|constat|inventaire|etat des lieux|donnees (?:a caractere )?personnel|responsables? conjoints?|bordereau|planification|"
    rf"horaires?|decompte|rendez-vous)",
    unless_near=r"(?:a defaut d'accord|formule suivante|mediat|differend|litige)",
)
_change_at_will = together(
    r"(?:modifi(?:er|e|ent|cations?)|changer|transformer|substituer|remplacer l'objet|etendre l'objet|redefinir|revoir toute)",
    r"(?:a tout moment|sans (?:limite|limitation|plafond|avenant|accord|indemnite|mise en concurrence|formalite)|librement|"
    r"toute(?:s)? (?:stipulation|clause|disposition|condition)|tout(?:es)? les (?:stipulations|clauses|conditions)|unilateral|la nature (?:des|du|"
    r"de)|l'objet (?:du|meme)|par (?:simple )?(?:courriel|lettre|decision)|a sa (?:convenance|guise)|quelle que soit|quel qu'en soit|"
    r"dans toutes ses)",
    r"(?:marche|contrat|accord-cadre|stipulations?|clauses?|prestations?|prix|objet)",
    r"(?:peut|pourra|se reserve|peuvent|pourront|est libre|a le droit|autorise|possible)",
    unless=rf"(?:{_BOUNDED}|plages? horaires|dans la limite|reexamen|offre(?:s)? (?:jusqu'a|avant)|avant la date limite|"
    rf"documents de la consultation|compte|non substantiel|ordre de service|sans modifier|ne modifi|tarif|catalogue)",
    denied=DENIED + r"|ne (?:peut|peuvent|pourra|saurait)[^.;]{0,20}(?:modifi|etre|chang)|aucune modification|sauf avenant|sans (?:pouvoir )?(?:modifi|"
    r"chang)",
)


def outside_notices(detect: Detect) -> Detect:
    """The rule, but for notices: their form asks yes or no, and the reasons stand in the other papers of the tender."""
    return lambda text: iter(()) if text.piece == "avis" else detect(text)


_no_ceiling = together(
    r"(?:accords?[ -]cadres?|bons? de commande|commandes? de l'accord|commandes?)",
    r"(?:n'(?:est|a) pas (?:de )?plafon|pas plafonne|aucune? (?:limite|plafond|maximum)|sans (?:limite|plafond|maximum)|illimite|non plafonne|"
    r"pas de (?:limite|plafond|maximum)|ne (?:connai|comport|fix|prevoi)[a-z]* (?:pas de |aucune? )(?:maximum|plafond|limite))",
    unless=r"(?:maximum (?:annuel |global |total )?(?:de|:|est de|fixe a) ?\d|dans la limite|en nombre|nombre de (?:bons|commandes)|plafond (?:de|:|"
    r"est) ?\d|penalit|indemnit|responsabilite|avance|r2162-4|lots? par|garantie|nombre (?:maxim|de (?:demandes|utilisateurs|tickets))|delai|"
    r"utilisateurs|revision|maximum de \d|plafond de \d|\d[\d ]*(?:€|euros)[^.;]{0,20}(?:maximum|au plus))",
    denied=r"(?:ne peut (?:pas )?(?:etre|plus)|n'est plus (?:possible|permis|admis)|illega|irregul|interdi|impossib)",
)


_until_denounced = together(
    r"(?:\bmarche\b|accord-cadre|\bcontrat\b|convention|abonnement|duree|reconduct|renouvel)",
    r"(?:(?:prend(?:ra)? fin|s'arrete(?:ra)?|cesse(?:ra)?)[^.;]{0,60}(?:denonc|resili|le souhaite|decide)|chaque annee sans|(?<!en )tant que|"
    r"duree ?: (?:indeterminee|"
    r"illimitee)|sans limitation|sans terme|indefiniment|automatiquement d'annee en annee|sauf denonciation, (?:chaque|tous)|perpetuel|"
    r"jusqu'a ce que l'une)",
    unless=r"(?:licences?|droits?\b|cession|conserv|dans la limite|confidentialit|secret|fois au (?:plus|maximum)|maximum|garantie|\bcdi\b|salari|"
    r"personnel|montant|quantite|donnees|responsabilite|faute|quatre ans|48 mois)",
    denied=DENIED + r"|ne (?:peut|saurait)|interdit|prohib",
)
_successive = wording(
    r"(?:tacite reconduction|reconduct|renouvel|reconduit|prorog|prolong)[a-z]*[^.;]{0,80}(?:periodes? successives?|d'annee en annee|chaque annee|"
    r"par periodes? "
    r"(?:d'un an|annuelles?|de douze mois|identiques?))[^.;]{0,60}(?:sauf (?:denonciation|resiliation|opposition|volonte)|jusqu'a|(?<!en )tant que|"
    r"sans limit|$|[.,])",
    requires=r"(?:sauf denonciation|sauf resiliation|sauf opposition|successives?|d'annee en annee|jusqu'a (?:denonciation|resiliation)|(?<!en )tant que|"
    r"indefini|"
    r"sans limit)",
    unless=rf"(?:{NUMBER} fois|fois (?:au|maximum)|maxim|au plus|dans la limite|{NUMBER} (?:reconductions|periodes)|sans (?:pouvoir )?exced|duree totale|"
    rf"quatre ans|"
    rf"ne (?:peut|pourra))",
    denied=DENIED + r"|ne (?:peut|saurait)|interdit",
)
_one_piece = wording(
    r"(?:il n'(?:y a|est) (?:pas|aucun) (?:prevu )?(?:de |d')?(?:lots?|allot)|il n'y a (?:pas|aucun) (?:de |d')?(?:lots?|allot)|pas de lots?\b|"
    r"aucun lot\b|non alloti|en (?:un seul lot|lot unique)|"
    r"ne sont pas (?:reparti|divis|decompos|separ)[a-z]* en lots|n'est pas (?:reparti|divis|decompos|separ)[a-z]* en lots|sans (?:allotissement|"
    r"lots)\b|marche unique\b|d'un seul tenant)",
    unless=rf"(?:{_REASON}|candidat|soumissionnaire|attribu|infructueu|nombre de lots|cumul)",
    unless_near=_REASON,
    denied=None,
)
_left_open = together(
    r"(?:subsequents?\b|bons? de commande|remise en concurrence)",
    r"(?:criteres?|ponderation|exigences?|conditions)",
    r"(?:(?:librement|au cas par cas|a l'initiative|par chaque|selon (?:ses|leurs?) (?:besoins?|souhaits?|priorites))[^.;]{0,40}|a la discretion|laisse(?:e|"
    r"s|es)? a)",
    unless=r"(?:dans (?:la liste|les limites|la limite|le cadre|les fourchettes)|parmi|annonce|prevus? (?:a|au|par|dans)|fourchette|quantites?|date|lieu)",
)
_new_at_each_order = together(
    r"(?:subsequents?\b|marches? subsequents?|bons? de commande|lettre de consultation|chaque commande)",
    r"(?:criteres?|exigences?|conditions?|poids|ponderation|obligations?|clauses?)",
    r"(?:a sa guise|definira|complete\b|choisira|determinera|alors\b|nouve(?:aux|lles?)|differente?s?|supplementaires?|librement|revu|redefini|"
    r"autres?\b|introduit|ajout)",
    unless=r"(?:sans modification substantielle|dans (?:la liste|les limites|la limite|le cadre|les fourchettes)|parmi|(?<!non )(?:annonce|prevue?s?|"
    r"definie?s?|enumeree?s?) (?:a|au|aux|par|dans)|fourchette|liste (?:fermee|annexee|limitative)|sous reserve|entre autres|autres (?:titulaires|"
    r"membres|beneficiaires|acheteurs)|notamment|reception)",
    denied=r"(?:ne (?:peut|peuvent|pourra|pourront|saurai(?:t|ent)|modifi|cree|comporte|contien|ajoute|prevoi)[a-z]* ?(?:pas|aucun|en aucun|ni|"
    r"introduire|ajouter|modifier|substantiel|creer|comporter)?|interdi|sans (?:ajout|nouve|modif)|n'ajout|n'introdui|n'en|aucun(?:e)? (?:critere|"
    r"exigence|condition|nouve))",
)
_competition_for_each = wording(
    r"(?:attributaires|titulaires)[^.;]{0,40}en (?:competition|concurrence)[^.;]{0,60}(?:\bbons?\b|commande)",
    r"(?:mini-?appel|mini-?consultation|mini-?competition|mise en (?:concurrence|competition)|consultation)[^.;]{0,60}(?:chaque|toute|les|"
    r"precede)[^.;]{0,30}(?:bons? de commande|"
    r"commandes?)",
    r"(?:chaque|toute|une) commande[^.;]{0,90}(?:prix (?:plus bas|inferieur|moindre|reduit)|rabais|discut|marchand|negoci)",
    unless=r"(?:marches? subsequents?|r2162|tour de role|cascade|sans (?:remise|mise|nouvelle|negoci)|ni (?:negociation|remise|mise)|ne (?:donne|fait|"
    r"sont)[^.;]{0,20}(?:pas|lieu)|"
    r"quantites?|prevue? au bordereau|consultation initiale)",
    denied=DENIED,
)
_better_price_asked = wording(
    r"(?:bons?(?: de commande)?\b|commandes?\b)[^.;]{0,90}(?:ameliorer|revoir|baisser|ajuster|consentir|proposer un effort|nouveau prix|meilleur prix|"
    r"remise)[^.;]{0,40}"
    r"(?:prix|tarifs?|remise|rabais|offre)?",
    requires=r"(?:invite|demande|sollicit|negoci|doit|chaque|avant|accepte)[^.;]*(?:prix|tarif|remise|rabais)",
    unless=r"(?:marches? subsequents?|remise en concurrence|remise (?:des|prevue|indiquee|consentie dans|du bordereau)|indice|formule|revis|"
    r"baisse des prix du marche|sous-traitant|engagement initial)",
)
_price_of_an_order = together(
    r"(?:chaque bon\b|emettre un bon|bons? de commande|(?:chaque|toute|avant) (?:chaque )?commande)",
    r"(?:effort commercial|en competition|remise (?:commerciale|supplementaire)|negoci|discut|mis(?:e|es)? en (?:concurrence|competition)|"
    r"remise? en concurrence|devis (?:de|des) (?:chacun|chaque|trois|plusieurs)|"
    r"au moins[- ]disant|encher)",
    unless=r"(?:passee?,? apres|marches? subsequents?|r2162|nouvelle procedure|devis (?:prealable|estimatif)|tour de role|cascade|accord-cadre (?:a ete|"
    r"est) (?:conclu|"
    r"attribue) apres)",
    denied=DENIED + r"|sans (?:nouvelle )?(?:negociation|negocier|remise|mise)|ne (?:sont|font|donne|fait|peuvent|peut|sera|seront)[^.;]{0,30}(?:pas|ni|"
    r"aucune|"
    r"l'objet)|ni (?:negociation|remise|mise)|aucune (?:negociation|remise|mise)|n'est pas",
)
_see_later = together(
    r"(?:se revoi(?:ent|r)|discut(?:ent|eront)|convien(?:nent|dront)|conviendra|par accord (?:entre|des)|se mettent d'accord|s'accordent|"
    r"s'entendent|trouveront (?:ensemble|une solution)|de concert|revoyure|rediscut|reparl|se rapproch|etudi(?:ent|eront) ensemble|"
    r"commun accord)",
    r"(?:suites|mesures|consequences|adapt|ajust|evolu|modif|conditions|prix|contrat|marche|clauses?|solution|changement|perdue?)",
    r"(?:parties|acheteur et|titulaire et|collectivite et|entre elles|cocontractants|revoyure|marche|contrat)",
    unless=rf"(?:suivi\b|trimestre|bilan|differend|litige|desaccord|amiable|mediation|conciliation|planning|calendrier|reunion|comite|formule|"
    rf"dans (?:un delai|les) (?:de |"
    rf"d')?{NUMBER}|sous {NUMBER}|a defaut|dans la limite|plafon|{NUMBER} ?%|r2194|l2194|ordre de service|resili|\bdates?\b|lieu|constat|"
    rf"inventaire|etat des lieux|personnel|bordereau|horaires?|decompte|rendez-vous|jour)",
    unless_near=r"(?:a defaut d'accord|formule suivante|mediat|differend|litige)",
)
# What may change is the contract, when is not said, and how is left open.
_some_day = wording(
    r"(?:discussion|echange|concertation|rencontre|dialogue|negociation|revoyure)[^.;]{0,60}(?:bonne foi|entre les parties|amiable)?[^.;]{0,60}(?:en vue d|"
    r"afin d|pour)"
    r"[^.;]{0,20}(?:ajust|adapt|amenag|modifi|revoi|revis|faire evoluer)[^.;]{0,40}(?:contrat|marche|accord-cadre|termes|clauses|conditions|prix)",
    r"\bparties\b[^.;]{0,40}(?:pourront|peuvent|pourraient|conviendront|conviennent)[^.;]{0,40}(?:apporter|introduire|proposer|decider|"
    r"convenir)[^.;]{0,40}(?:amenagements?|"
    r"adaptations?|modifications?|ajustements?|evolutions?)",
    r"(?:conditions (?:financieres?|du marche|tarifaires|economiques|d'execution)|\bprix\b|\bmarche\b|contrat|accord-cadre|clauses?|stipulations?)[^.;]{0,60}"
    r"(?:(?:pourr(?:a|ont)|peu(?:t|vent)|ser(?:a|ont)|est|sont) (?:etre )?(?:revu|renegoci|reexamin|adapt|amenag|reconsider|ajust|modifi)[a-z]*)[^.;]{0,30}"
    r"(?:en cas d|si |lorsqu|en fonction|selon|au vu|pour tenir compte|au regard)[^.;]{0,60}(?:circonstances?|contexte|evolution|changement|besoins?|"
    r"conjoncture|"
    r"situation|reglementation|technolog|necessaire|marche)",
    r"(?:si|en cas d'?|lorsque|au cas ou)[^.;]{0,40}(?:besoins?|circonstances?|contexte|reglementation|technolog|situation|perimetre)[^.;]{0,40}(?:evolu|"
    r"chang|modifi)?"
    r"[^.;]{0,40}(?:un avenant|par avenant|des avenants|le marche (?:est|sera)|le contrat (?:est|sera))[^.;]{0,30}(?:adapt|conclu|sign|etabli|modifi|"
    r"tiendra|regl|prevoi|ajust)",
    unless=rf"(?:formule|indice|{NUMBER} ?%|dans la limite|plafon|r2194|l2194|dans (?:un delai|les) (?:de |d')?{NUMBER}|a defaut|butoir|bordereau|"
    rf"ordre de service|"
    rf"clause (?:de reexamen )?(?:de l'|a l')article|selon l'article|article \d|porte(?:e|es|s)? a|selon les modalites|calendrier|planning|horaires?|"
    rf"ne (?:peut|peuvent|pourra|sera|seront))",
    unless_near=rf"(?:r2194|r\. ?2194|{NUMBER} ?% (?:du|au)|formule suivante|a defaut d'accord)",
)
_anything_more = wording(
    r"(?:ajouter|confier|commander|imposer|demander|exiger)[^.;]{0,50}(?:toute (?:autre )?(?:prestation|tache|mission|fourniture)|"
    r"toutes? (?:les )?prestations?)"
    r"[^.;]{0,30}(?:qu'(?:il|elle)|utile|souhait|necessaire|juger|estim|opportun|supplementaire)",
    r"(?:toute )?(?:modification|changement|evolution|extension)s?[^.;]{0,50}(?:quel(?:le)?s? qu(?:e|'en) (?:soi|soit)[^.;]{0,30})[^.;]{0,60}"
    r"(?:decid|impos|ordonn|ordre de service|applicable|titulaire)",
    unless=r"(?:dans la limite|\d ?%|r2194|l2194|bordereau|bons? de commande|prevues? (?:a|au|par|dans)|objet du marche|indemnis)",
    denied=r"(?:ne (?:peut|peuvent|pourra|saurait)|aucune modification|sans pouvoir)",
)
_any_change = together(
    r"(?:modifiable|modifi(?:er|e|ent|ees?|cations?)|chang(?:er|e|ee|ees|ements?)|avenants?|amender|transform)",
    r"(?:quand (?:il|elle) (?:le |la )?(?:souhaite|veut)|sans (?:limite|limitation|plafond)|par (?:simple )?(?:courriel|lettre|mail)|"
    r"toutes les (?:clauses|stipulations|conditions)|quelle? qu'en soit|par avance toute|a (?:sa|leur) (?:convenance|guise)|librement|"
    r"a tout moment|la nature (?:des|du))",
    r"(?:(?:acheteur|commune|collectivite|ville|region|departement)|marche|contrat|accord-cadre|stipulations?|clauses?|prestations|avenants?|"
    r"objet|titulaire accepte)",
    unless=rf"(?:{_BOUNDED}|dans la limite|reexamen|avant la date limite|documents de la consultation|compte|non substantiel|ordre de service|"
    rf"tarif|catalogue|sous-traitant|sans indemnite)",
    denied=DENIED + r"|ne (?:peut|peuvent|pourra|saurait)[^.;]{0,20}(?:modifi|etre|chang)|aucune modification|sauf avenant|sans (?:pouvoir )?(?:modifi|"
    r"chang)",
)


# ---- said from the other side: who suffers it, what happens ------------------------------------------------------------------------------

_cheapest_gets_the_order = together(
    r"(?:bons? (?:de commande)?\b|commandes?\b)",
    r"(?:meilleure (?:remise|offre|proposition)|meilleur prix|moins cher|moins[- ]disant|apres (?:discussion|negociation|consultation)|"
    r"consult(?:e|es|ent|er)\b|rabais|mieux place|devis des titulaires|chacun des titulaires|remise supplementaire)",
    r"(?:titulaires?|attributaires?|chaque|prix)",
    unless=r"(?:marches? subsequents?|r2162|tour de role|cascade|rang\b|devis (?:prealable|estimatif)|consultation initiale|criteres? d'attribution|"
    r"reglement|remise d'offre|consultable)",
    denied=DENIED + r"|sans (?:nouvelle )?(?:negociation|consult|remise|mise|discussion)|ni (?:negociation|remise|mise)|aucune (?:negociation|remise|mise)",
)
_adapted_if_needed = together(
    r"(?:amenage|adapte|revu|reexamine|ajuste|actualise|revise|renegocie|reconsidere|modifie)(?:e|es|s)?\b",
    r"(?:si (?:necessaire|besoin)|en tant que de besoin|si les circonstances|selon les circonstances|en fonction (?:des circonstances|du contexte|"
    r"de l'evolution)|le moment venu|si (?:la situation|le contexte|le besoin)|d'accord entre|conjointement|ensemble)",
    r"\b(?:marche|contrat|accord-cadre|clauses?|conditions (?:financieres|du marche|tarifaires)|prix)\b",
    unless=rf"(?:planning|calendrier|horaires?|formule|indice|dans (?:un delai|les) (?:de |d')?{NUMBER}|a defaut|dans la limite|plafon|{NUMBER} ?%|r2194|"
    rf"l2194|ordre de service|plan (?:de|d')|documentation|liste|menus?|equipe|effectif|moyens|consignes)",
)
_tougher_later = together(
    r"(?:marches? subsequents?|subsequents?\b|bons? de commande|chaque commande|au stade de la commande)",
    r"(?:exiger|imposer|durcir|relever|renforcer|completer|fixer|choisir|determiner|prevoir|ajouter|substituer|exigera|imposera|ajoute|impose|"
    r"fixe|prevoit|exige)\b",
    r"(?:criteres?|exigences?|niveaux?|qualification|certification|immunite|localisation|garanties?|conditions? d'execution|ponderation|poids)",
    unless=r"(?:sans modification substantielle|dans (?:la liste|les limites|la limite|le cadre|les fourchettes)|parmi|(?<!non )(?:annonce|prevue?s?|"
    r"definie?s?|enumeree?s?|fixee?s?|mentionnee?s?) (?:a|au|aux|par|dans|ci)|fourchette|liste|sous reserve|reception|l'accord-cadre (?:fixe|"
    r"prevoit|annonce|impose|definit)|delai|lieu)",
    denied=r"(?:ne (?:peut|peuvent|pourra|pourront|saurai(?:t|ent)|modifi|cree|comporte|contien|ajoute|prevoi)[a-z]*|interdi|sans (?:ajout|nouve|modif|"
    r"pouvoir)|n'ajout|n'introdui|n'en|aucun)",
)


# ---- the notions of each fault, near one another in any order -------------------------------------------------------------------------------

_ORDERS = r"(?:accords?[ -]cadres?|bons? de commande|\bcommand(?:es?|ees?)\b(?! publique)|marches? subsequents?|bons? (?:est|sont|indique|fixe))"
_NOT_SET = (
    r"(?:neant|sans\b(?! (?:minimum|mini\b))|aucune?\b|non (?:encore )?(?:fixe|defini|determine|precise|chiffre|plafonne|limite|encadre)|indetermine|"
    r"illimite|"
    r"(?:n'(?:est|etant|a|ont)|ne (?:sont|sera|seront|fixe|prevoit|comporte|connait|fait)|sans etre|pas)(?: [a-z']+){0,4} (?:fixe|arrete|prevu|defini|"
    r"determine|"
    r"souhaite|encadre|limite|plafonne|borne|enferme|stipule)e?s?)"
)
_MOST = r"(?:\bmaxim(?:um|al|ale|aux|a)s?\b|\bmaxi\b|plafond\w*|limite (?:de (?:montant|valeur|quantite|volume)|haute|superieure)|borne superieure)"
_ANOTHER_MOST = (
    r"(?:maxim[a-z]+ (?:annuel |global |total )?(?:ht )?(?:de|:|est de|est fixe a|fixe a) ?\d|dans la limite|nombre (?:de|d'|maxim)|plafond (?:de|:|"
    r"est) ?\d|penalit|indemnit|"
    r"responsabilit|avances?\b|lots? par|candidat|garantie|redevance|delais?\b|utilisateurs|revision|reconduction|duree maxim|assur|dommage|r2162-4|"
    r"r\. ?2162-4|"
    r"arret |cour de justice|atteint|depass|epuis|au[- ]dela|irregulier|illegal|maxim[a-z]+ (?:figure|est atteint|indique|prevu a|fixe (?:a|dans|"
    r"par) (?:l'|la|le))|\d ?€[^.;|]{0,20}maxim|prix maxim)"
)
_nothing_at_most = together(
    rf"(?:(?:sans|aucune?|ni|pas (?:de|d'un)|depourvue? d|exempt d|absence d|hors|dispense d)[a-z']*(?: [a-z']+){{0,3}} ?{_MOST}|{_MOST}[^.;|"
    rf"]{{0,45}}{_NOT_SET}|"
    rf"{_NOT_SET}[^.;|]{{0,40}}{_MOST}|(?:ne [a-z]+ (?:qu'|que )|\bseule?(?:ment)? )(?:un |une |le )?(?:montant |quantite |valeur )?minim(?:um|ale?)\b|"
    r"quel (?:qu'en soit|que soit)[^.;]{0,15}montant|ouverte?s? en (?:quantite|montant|valeur)|\bni [a-z]+ ni (?:plafonne|limite)|"
    r"\bsans (?:(?!avec\b)[a-z']+ ){0,9}?maxim|(?:montants?|"
    r"volumes?|quantites?|valeurs?|"
    r"commandes)[^.;]{0,40}(?:indetermine|illimite|sans (?:limite|limitation|borne)|"
    r"n(?:e |')(?:est|sont|sera|seront)(?: [a-z]+){0,2} (?:encadre|limite|plafonne|borne|enferme)e?s?)|enfermee?s? dans aucune limite)",
    _ORDERS,
    unless=_ANOTHER_MOST,
    denied=r"(?:ne peut (?:pas )?(?:etre|plus)|n'est plus (?:possible|permis|admis)|illega|irregul|interdi|impossib|ne saurait|serait)",
    linked=True,
)


# « Accord-cadre mono-attributaire. Minimum : 10 000 €. Maximum : sans. »
_most_said_none = wording(
    r"maxim(?:um|al|ale)(?: (?:annuel|global|total|ht|de commande|des commandes))* ?(?::|=|-) ?(?:sans\b|neant|aucun|illimite|indetermine|pas de|"
    r"non (?:fixe|defini|determine|plafonne|limite))",
    requires_near=rf"(?:{_ORDERS})",
    unless=_ANOTHER_MOST,
    denied=None,
)
_SET_ASIDE = compiled(
    r"[ *]*(?:sans(?: objet| maximum| plafond)?|neant|aucune?|illimitee?|non (?:fixe|defini|determine|plafonne)e?|indetermine)[ *]*(?:€|euros|ht)?[ *]*"
)


def _no_maximum_in_its_column(text: Text) -> Iterator[Caught]:
    """A row of a table where the cell under « maximum » says none."""
    columns: list[int] = []
    framework = _WITH_ORDERS.search(text.folded.replace("\n", " ")) is not None
    for line in re.finditer(r"^.*$", text.folded, re.MULTILINE):
        if not line[0].lstrip().startswith("|"):
            columns = []
            continue
        cells = [match for match in re.finditer(r"(?<=\|)[^|]*", line[0]) if match[0]]
        if found := [at for at, cell in enumerate(cells) if compiled(_MOST).search(cell[0]) and not compiled(r"penalit|delai|prix|duree").search(cell[0])]:
            columns = found
            continue
        for at in columns:
            if framework and at < len(cells) and _SET_ASIDE.fullmatch(cells[at][0]):
                yield Caught(Span(line.start() + cells[at].start(), line.start() + cells[at].end()))
                break


_LIVES_ON = (
    r"(?:indeterminee?\b|sans (?:duree (?:determinee|precise|fixee)|terme|limite (?:de (?:duree|temps|nombre)|dans le temps)|limitation (?:de (?:duree|"
    r"temps|nombre)|"
    r"dans le temps)|date (?:de fin|d'echeance|butoir)|echeance|fin\b)|(?:aucune?|pas de|ni|n'a pas de|n'ayant (?:pas|ni)) (?:[a-z]+ )?(?:terme|echeance|"
    r"date (?:de fin|d'echeance)|limite de duree)|pas (?:ete )?(?:fixe|prevu|assigne)[^.;]{0,20}(?:terme|echeance|date de fin)|(?:pas|"
    r"non) limitee?s? dans le temps|jusqu'a (?:l')?epuisement (?:des|du) besoins?|permanente?\b|perpetu|d'annee en annee|ainsi de suite|"
    r"(?<!en )(?<!au)tant qu|aussi longtemps|"
    r"(?:automatique(?:ment)?|tacite(?:ment)?|de plein droit)[^.;]{0,30}(?:chaque annee|d'annee en|annuellement)|jusqu'(?:a|au) (?:ce qu|(?:sa |la |"
    r"leur )?(?:denonciation|resiliation|revocation)|nouvel ordre|jour ou)|"
    r"ne (?:prend fin|cesse|s'arrete|se termine|s'eteint) que|autant de fois|indefini|"
    r"sans que (?:le nombre|leur nombre|la duree)|nombre (?:de (?:reconductions|renouvellements) )?(?:n'est pas|illimite|non limite)|"
    r"sans limite\b(?! (?:de|d'|du)))"
)
_endless_contract = together(
    _LIVES_ON,
    r"(?:\bmarche\b|accord-cadre|\bcontrat\b|convention|abonnement|adhesion|engagement|mission)",
    r"(?:\bduree\b|conclu|\bcourt\b|reconduc|reconduit|renouvel|prolong|poursui|vigueur|prend (?:effet|fin)|repart|continu|se termine|\bterme\b|echeance|"
    r"denonc|\bfin\b|\bdure\b|execut|limitee? dans|"
    r"permanent|\bdue\b)",
    unless=rf"(?:candidatures?|soumissionn|contrats? de travail|\bcdi\b|salari|personnel|agents?\b|employes|licences?|(?<!plein )\bdroits?\b|cession|"
    rf"conserv|dans la limite|"
    rf"confidentialit|secret|"
    rf"{NUMBER}(?: \(\d+\))? fois|fois (?:au|maximum)|maximum|au plus|garantie|demandeur|insertion|sans (?:pouvoir )?exced|responsabilite|montant|quantite|"
    rf"plafond|"
    rf"donnees|obligation|nouveau titulaire|jusqu'a (?:l'execution|la fin|l'extinction)|quatre ans|48 mois|jusqu'a ce que (?:le|la|les) (?:stock|nouveau|"
    rf"titulaire)|"
    rf"utilisateurs|penalit|suspen|factur|tant que (?:la|le|les|l') ?(?:piece|document|attestation|reserve|titulaire|prestation|livrable)|ne peut|paiement|"
    rf"mise en demeure)",
    denied=DENIED + r"|ne (?:peut|saurait)|interdit|prohib|n'est pas (?:conclu|a duree)",
    linked=True,
)

_one_lot = wording(r"nombre de lots ?(?::|\||=)+ ?(?:1|un|01)\b(?![ \d])", unless=_REASON, unless_near=_REASON, denied=None)
_undivided = wording(
    r"(?:ne (?:pas|point) (?:recourir a|proceder a|prevoir|retenir|envisager)[^.;]{0,15}(?:allot|division|lots)|ne pas (?:allotir|diviser|scinder|"
    r"fractionner)|"
    r"(?:division en lots|decoupage en lots|allotissement|\blots?|allotie?) ?(?::|\||=|-)+ ?(?:non\b|aucune?\b|neant|sans\b|pas d|0\b|unique)|"
    r"(?:sans|aucune?|ni|pas de|absence de)(?: [a-z]+)? (?:decoupage|division|decomposition|repartition|separation|allotissement|"
    r"fractionnement)(?: en lots)?\b|"
    r"(?:un seul|seul et (?:meme|unique)|unique) lot\b|(?:n'a|n'ont|n'est|ne sera|ne seront|ne sont|n'y a)[^.;]{0,30}(?:allot|lots?\b)|"
    r"(?:n'est|ne sont|ne sera)[^.;]{0,20}(?:fractionn|scind|subdivis|decoup|divis|separ)[a-z]* en lots)",
    requires=r"(?:allot|\blots?\b)",
    unless=rf"(?:{_REASON}|candidat|soumissionnaire|attribu|infructueu|sans suite|nombre de lots|cumul|un seul lot (?:a|par)|par lot\b|offre|"
    rf"titulaire d'un|n'est pas necessaire|groupement|"
    rf"chaque lot|lot n)",
    unless_near=_REASON,
    denied=None,
)

_STAGE = (
    r"(?:marches? subsequents?|subsequents?\b|bons? de commande|chaque (?:bon|commande)|lettres? de consultation|remises? en concurrence|"
    r"moment de la commande|stade de(?:s|"
    r" la) commandes?)"
)
_more_asked_later = together(
    r"(?:nouve(?:aux|lles?|au)\b|complementaires?|supplementaires?|additionnel(?:le)?s?|(?:autres?|differente?s?) (?:que|de)|non prevue?s?|"
    r"(?:ne figur|n'a|n'ont|n'aura|ne sont|ne contien|n'est)[a-z]*[^.;]{0,20}(?:pas|ni)[^.;]{0,40}|librement|au choix|laissee?s? a|appreciation|derog|"
    r"s'ecart|alourdi|differ(?:er|ent|eront) d|non exigee?s?|durci|rehauss|relev[ee]|renforc|sans limite|s'affranchi|au cas par cas)",
    _STAGE,
    r"(?:criteres?|exigences?|conditions? d'execution|obligations?|prescriptions?|certifications?|qualifications?|niveaux? de|clauses?|ponderation|"
    r"localisation|"
    r"garanties?|contraintes?)",
    r"(?:peu(?:t|vent)|pourr(?:a|ont)|fix|determin|impos|exig|demand|introdui|ajout|prevoi|retenir|retien|retenu|comport|arret|susceptible|laiss|defini)",
    unless=r"(?:sans modification substantielle|dans (?:la liste|les limites|la limite|le cadre|les fourchettes|les conditions)|parmi|"
    r"(?<!non )(?<!pas )(?:annonce|prevue?s?|"
    r"definie?s?|enumeree?s?|fixee?s?|mentionnee?s?) (?:a|au(?! cas)|aux|par|dans|ci)\b|fourchette|liste (?:fermee|annexee|limitative)|sous reserve|"
    r"reception|"
    r"entre autres|autres (?:titulaires|membres|beneficiaires|acheteurs)|quantites? supplementaires|prix supplementaires|nouveau(?:x)? (?:titulaire|"
    r"beneficiaire|prix|site)|"
    r"delais? supplementaires?|conditions d'acces|catalogue|garantie (?:legale|a premiere)|sous-trait)",
    denied=r"(?:ne (?:peut|peuvent|pourra|pourront|saurai(?:t|ent)|modifi|cree|comporte|contien|ajoute|prevoi)[a-z]* (?:pas|aucun|en aucun|ni|introduire|"
    r"ajouter|"
    r"modifier|substantiel|creer|comporter)|interdi|sans (?:ajout|nouve|modif)|n'ajout|n'introdui|n'en|(?:aucune?|ni) (?:critere|exigence|condition|nouve|"
    r"obligation))",
    linked=True,
)

_bargained_orders = together(
    r"(?:bons? de commande|\bcommandes?\b(?! publique)|chaque bon\b|emission d(?:u|es|'un) bons?|etablissement du bon|\bbons? (?:est|sont|n'est)|"
    r"avant (?:le|tout) bon)",
    r"(?:(?:re)?negoci(?!able)|marchand|discut|discussion|echange (?:tarifaire|sur (?:le|les) prix)|(?:remises?|rabais|effort|geste) (?:commercial|"
    r"exceptionnel|supplementaire|"
    r"consenti)|rabais|ristourne|revoi[a-z]* (?:[a-z]+ ){0,3}(?:a la baisse|prix)|de gre a gre|conven[a-z]+ (?:entre|de gre|avec le titulaire)|"
    r"(?:mis|mise|met|remis|remise|remet|mettre)e?s? en (?:concurrence|competition)|mini-? ?(?:appel|consultation|competition)|"
    r"(?:moins|mieux)[- ](?:cher|disant|eleve|place)e?s?|meilleur(?:e)? (?:prix|offre|proposition|remise)|(?:devis|propositions?) (?:concurrent|de chacun|"
    r"des (?:titulaires|attributaires)|de plusieurs)|"
    r"(?:titulaires|attributaires)[^.;]{0,30}(?:consultes?|un devis|leur(?:s)? (?:devis|offre|prix))|enchere)",
    unless=r"(?:marches? subsequents?|r2162|tour de role|cascade|rang\b|classe premier|devis (?:prealable|estimatif)|sur la base du bordereau|"
    r"prevue? au bordereau|conformement au bordereau|"
    r"remise (?:de|des) \d|remise de l'offre|remises? (?:prevue|indiquee|quantitative)|accord-cadre,? (?:a ete |est )?(?:passe|conclu|attribue)e?,? apres|"
    r"nouvelle procedure|"
    r"sous-traitan|delais? (?:de livraison )?[^.;]{0,30}conven|date[^.;]{0,30}conven|conclu apres|reglement de la consultation|criteres? d'attribution|"
    r"remise en main)",
    denied=DENIED
    + r"|sans (?:nouvelle )?(?:negoci|consult|remise|mise|discuss)|ne (?:sont|font|donne|fait|peuvent|peut|sera|seront)[^.;]{0,30}(?:pas|ni|aucune|"
    r"l'objet)|ni (?:negociation|remise|mise)|aucune (?:negociation|remise|mise|discussion)|n'est pas",
    linked=True,
)

_CHANGES = (
    r"(?:revu(?:e|s|es)?\b|revoir|revoyure|adapt|modifi|evolu|renegoci|rediscut|ajust|amenag|reamenag|integr|revis[eé]|reexamin|reconsider|complet[ee]|"
    r"actualis|"
    r"tire(?:ront|nt|r) les consequences|avenants?|rechercheront|recherchent|reexamen)"
)
_CHANGED = (
    r"(?:\bmarche\b|\bcontrat\b|accord-cadre|convention\b|clauses?|stipulations?|conditions (?:economiques?|financieres?|tarifaires?|d'execution|du)|"
    r"perimetre|"
    r"prestations nouvelles|nouvelles prestations|equilibre|reexamen ?:|clause de reexamen|avenant|obligations)"
)
_LEFT_VAGUE = (
    r"(?:en tant que de besoin|si (?:cela )?(?:s'avere )?(?:necessaire|besoin|utile)|(?:selon|en fonction de|suivant|au gre de)s? (?:les |"
    r"l'evolution (?:des|du) )?(?:besoins?|"
    r"circonstances|contexte|necessites|situation)|d'un commun accord|(?:les )?(?:parties|cocontractants)[^.;]{0,40}(?:convien|conviendr|rapproch|concert|"
    r"entend|rencontr|discut|"
    r"recherch|peuvent modif|etudi|tire)|le moment venu|en temps (?:utile|voulu)|en cas (?:de|d')(?: [a-z']+){0,2} ?(?:changement|evolution|circonstances?|"
    r"difficulte|besoin|"
    r"modification|imprevu|bouleversement|evenement)|toute (?:difficulte|evolution|circonstance)|au cas ou|si le (?:besoin|contexte|perimetre|cadre)|"
    r"a la demande (?:de l'une|des parties|d'une partie|de l'un)|a l'initiative de l'une|"
    r"modalites (?:a definir|a convenir|qui seront|a preciser|restant)|susceptibles? d'evolu|appelee?s? a (?:evolu|changer|etre)|ensemble une solution|"
    r"toute (?:adaptation|modification|evolution) (?:utile|necessaire|souhait|opportune)|\bparties (?:peuvent|pourront)[^.;]{0,30}(?:ajust|adapt|amenag|"
    r"modif)|(?<!l')\bensemble (?!d)|rendues? necessaires?|"
    r"solution (?:commune|equitable|concertee)|par voie d'avenant|de bonne foi)"
)
_open_to_change = together(
    _LEFT_VAGUE,
    _CHANGES,
    _CHANGED,
    unless=rf"(?:suivi (?:du|de)|bilan|differend|litige|desaccord|contentieux|mediat|concilia|planning|calendrier|reunion|comite|formule|indices?\b|"
    rf"{NUMBER} ?%|dans la limite|"
    rf"plafon|butoir|r2194|"
    rf"l2194|r\. ?2194|imprevu|imprevi|diligent|substantiel|ordre de service|resili|horaires?|(?<!donne )(?<!donnent )\blieux?\b|constat|inventaire|"
    rf"bordereau des prix|documentation|"
    rf"plans? (?:de|d')|moyens|effectif|menus?|consignes|"
    rf"dans (?:un delai|les) (?:de |d')?{NUMBER}|sous {NUMBER}|a defaut|selon (?:les|la) (?:modalites|formule|procedure) (?:suivante|de l'article|ci)|"
    rf"donnees (?:a caractere )?personnel|"
    rf"logiciel|(?<!une )solution\b(?! (?:commune|equitable|concertee))|version|ne (?:peut|peuvent|pourra|seront)|candidat|offres?\b|sans supplement|"
    rf"dans les conditions (?:de l'article|suivantes|fixees))",
    unless_near=rf"(?:r2194|r\. ?2194|{NUMBER} ?% (?:du|au|des)|formule suivante|a defaut d'accord|mediat|differend|litige)",
    linked=True,
)

_no_limit_to_change = together(
    r"(?:sans (?:limit|plafond|avenant|nouvelle mise en concurrence|formalite|contrepartie|indemnite|que le titulaire)|a tout moment|quand (?:il|elle|bon)|"
    r"librement|a volonte|"
    r"a (?:sa|leur) (?:convenance|guise|discretion)|a (?:son|leur) gre|de (?:son|leur) choix|comme (?:il|elle|bon)|est libre|toutes? (?:modification|"
    r"clause|stipulation|"
    r"disposition|condition|prestation|autre prestation)s?|"
    r"tous? (?:changement|avenant)s?|quel(?:le)?s? qu(?:e|'en|'elle|'il)|n'est (?:pas|soumis[a-z]* a aucun)[^.;]{0,15}(?:limit|plafon)|"
    r"aucun(?:e)? (?:plafond|limite)|par simple|unilateral|par avance|"
    r"sans etre (?:limit|plafon)|un autre objet|(?:etrang[a-z]+|sans (?:lien|rapport)) (?:a|avec) l'objet)",
    r"(?:modifi|chang|evoluer|substitu|revoi|revu|ajout|retranch|etend|reduire|elargi|redefini|transform|prestations (?:supplementaires|complementaires|"
    r"nouvelles)|"
    r"avenants?|ampleur|confier)",
    r"(?:\bmarche\b|\bcontrat\b|accord-cadre|\bobjet\b|clauses?|stipulations?|prestations?|perimetre|etendue|\bprix\b|\bduree\b|modifications?|avenants?|"
    r"conditions)",
    r"(?:acheteur|pouvoir adjudicateur|collectivite|commune|\bville\b|departement|region|maitre d'ouvrage|administration|etablissement|personne publique|"
    r"parties|titulaire (?:accepte|execute|est tenu|ne peut)|peu(?:t|vent) etre|pourr(?:a|ont) etre|modifiable|conclus?\b|n'est)",
    unless=rf"(?:{_BOUNDED}|lieu de livraison|calendrier|(?<!sans )dans la limite|reexamen|date limite|documents? de la consultation|comptes?\b|"
    rf"non substantiel|tarif|catalogue|sous-trait|equipe|personnel|lieux? |menus?|nature globale|resili|contrats? de travail|tranche|"
    rf"variante|offres?\b|quantites? (?:commandees|du bordereau)|nom de|actionna|capital|\binform|notifi|signal|avertit|avant toute|"
    rf"silence)",
    denied=DENIED + r"|ne (?:peut|peuvent|pourra|pourront|saurait)(?! s'opposer)[^.;]{0,20}(?:modifi|etre|chang|avoir)|"
    r"(?<!s'opposer a )aucune modification|sauf avenant|"
    r"sans (?:pouvoir )?(?:modifi|"
    r"chang)er|n'ont pas pour effet",
    linked=True,
)


DETECTORS: dict[str, Detect] = {
    "accord-cadre-sans-maximum": any_of(framework_without_maximum, _uncapped, _no_ceiling, _nothing_at_most, _most_said_none, _no_maximum_in_its_column),
    "accord-cadre-trop-long": framework_too_long,
    "duree-sans-terme": any_of(_successive, endless_duration, _endless, _until_denounced, _endless_contract),
    "lots-non-motives": outside_notices(any_of(lots_without_reason, _no_lots, _one_piece, _undivided, _one_lot)),
    "subsequent-nouvelle-exigence": any_of(_left_open, subsequent_new_requirement, _later_additions, _new_at_each_order, _tougher_later, _more_asked_later),
    "bons-negocies": any_of(
        _competition_for_each, _better_price_asked, negotiated_orders, _haggled_orders, _price_of_an_order, _cheapest_gets_the_order, _bargained_orders
    ),
    "reexamen-imprecis": any_of(_some_day, vague_review_clause, _agree_later, _see_later, _adapted_if_needed, _open_to_change),
    "modification-sans-limite": any_of(_anything_more, unlimited_modification, _change_at_will, _any_change, _no_limit_to_change),
}
