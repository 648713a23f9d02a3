"""Rules about clauses that oblige to nothing: wishes, no delay, no access control, no price, no test, the supplier's own terms.

Ground: a requirement is precise enough to be verified (CCP R2111-10, R2111-4); data law (Data Act 25, 28, 29, 32; RGPD 28, 33).
"""

from collections.abc import Iterator

from assistant.drafting.review.pattern import BUYER, DENIED, EXCLUDE, NUMBER, Caught, Detect, any_of, compiled, is_said, number, together, wording
from assistant.drafting.review.text import CONTRACT_PIECES, WHOLE_CHARACTERS, Text

_OBLIGED = (
    r"(?:titulaires?|prestataires?|hebergeurs?|fournisseurs?|editeurs?|donnees|solutions?|services?|moyens|centres?|heberg|support|"
    r"sous-traitants?|candidats?|soumissionnaires?|personnels?|exploitant|sauvegarde|serveurs?|cles|infogerant|reversibilite|acces|plateforme|"
    r"offre|formats?|personnes? chargees?|logiciels?)"
)
_BUYER_ACTS = rf"^[^a-z]*(?:\d[\d.]* )?(?:dans la mesure du possible,? |si possible,? |autant que possible,? )?{BUYER}\b"

wish = wording(
    r"\b(?:de preference|preferentiellement|dans la mesure du possible|dans toute la mesure du possible|autant que possible|si possible|"
    r"dans la mesure de ses (?:moyens|possibilites)|idealement|a titre indicatif, le titulaire|autant que faire se peut|"
    r"le cas echeant et si possible|chaque fois que (?:cela est |c'est )?possible|lorsque (?:cela est|c'est) possible|sauf impossibilite)\b",
    rf"{_OBLIGED}[^.;]{{0,80}}\b(?:privilegi(?:e|er|era|ent|eront)|favoris(?:e|er|era|ent)|est invite a (?!remettre|presenter|deposer|soumission|"
    rf"venir|participer|ameliorer|revoir|negoci|consulter)|est souhait|sont souhait|serai(?:t|ent) (?:un plus|apprecie|souhaitable)|veille(?:ra|nt)? (?:si|"
    rf"autant)|"
    rf"est encourage)",
    r"\b(?:il est souhait(?:e|able)|l'acheteur souhaite(?:rait)?|il serait (?:bon|souhaitable|apprecie)|est souhait(?:e|ee|es|ees|able)s?|"
    r"apprecierait|seraient? (?:apprecie|souhait)|vivement recommand|est recommande)",
    requires=_OBLIGED,
    unless=rf"(?:ordre de preference|droit de preference|\bplis?\b|langue de preference|{_BUYER_ACTS}|interlocuteur privilegie|"
    rf"lui est (?:vivement )?recommande|compress|points?\b|critere|"
    rf"sous-critere|"
    rf"\d ?%|bareme|\bnot(?:e|"
    rf"ee|ation)\b|demandeurs? d'emploi|insertion|visite|courriel de preference|de preference par (?:courriel|mail|"
    rf"voie|messagerie|telephone|le portail|l'outil|l'espace)|format pdf|reglement de la consultation|copie de sauvegarde|questions?|client|commanditaire|"
    rf"utilisateur)",
    denied=r"(?:a (?:eviter|bannir|proscrire)|ne pas ecrire|n'est pas une|sans valeur|mots? )",
)

best_efforts = wording(
    r"\b(?:s'efforc(?:e|er|era|ent|eront|ant)|meilleurs efforts|efforts? (?:raisonnables?|commercialement)|tache(?:ra|ront|nt) de\b|"
    r"s'emploie(?:ra)? a|f(?:ai(?:t|re)|era|eront|ont) (?:tout |au |de )?(?:son|le|ses|leur|tout leur) (?:possible|mieux|necessaire)|tout mettre en œuvre|"
    r"met(?:tra|"
    r"tre)? tout en œuvre|obligation de moyens|tente(?:ra|r)? de|essai(?:e|era) de|cherche(?:ra)? a|dans la limite de ses moyens|"
    r"toutes? (?:les )?diligences? (?:utiles|raisonnables|possibles)|moyens raisonnables|fera diligence|mesures raisonnables)",
    requires=r"(?:titulaire|prestataire|hebergeur|fournisseur|editeur|exploitant|sous-traitant|infogerant|attributaire|obligation de moyens|operateur)",
    unless=r"(?:ne pas (?:prendre ou )?tent|ingenierie inverse|decompos|fraud|parties s'efforc|obligation de resultat|insertion|se reclasser|"
    r"reglement amiable|differend|client s'|l'acheteur s'efforc|tentative|intrusion)",
    denied=r"(?:n'est pas une (?:simple )?obligation|ne (?:suffit|vaut|se limite|constitue|saurait|peut se)|et non (?:une|de)|a (?:eviter|bannir))",
)

_FIXED_DELAY = (
    rf"(?:(?:{NUMBER})(?: \(\d+\))? ?(?:heures?|h\b|jours?|minutes?|min\b|mois|semaines?)|\{{\{{|\[|au plus tard|j\+\d|heures ouvrees|"
    rf"jours ouvres|jour meme)"
)
no_deadline = wording(
    r"\b(?:dans les meilleurs delais|dans les plus brefs delais|dans un (?:bref delai|delai (?:bref|raisonnable|court|approprie|convenable))|"
    r"des que possible|aussitot que possible|au plus vite|le plus rapidement possible|aussi vite que possible|promptement|"
    r"dans des delais raisonnables|a bref delai|rapidement|avec diligence|en temps utile|sous un delai raisonnable|"
    r"dans les delais les plus courts|le plus tot possible)\b",
    unless=rf"(?:par {BUYER}|par la mairie|{_FIXED_DELAY}|peuvent agir|inform[a-z]* le titulaire|parties s'engag|\bmairie (?:repond|inform)|"
    rf"accede rapidement|rapidement accessib|"
    rf"agents? (?:de la|du service) [^.;]{{0,20}}inform|{_BUYER_ACTS}|candidats?\b|soumissionnaire|{BUYER} (?:repond|inform|transmet|met|notifi|"
    rf"communiqu|fourni|s'engage|verse|procede|restitue|adresse|avertit|previent|signale|designe|convoque)|le client|commanditaire|"
    rf"aux services de police|gendarmerie|pompiers)",
    unless_near=None,
    denied=r"(?:a (?:eviter|bannir)|et non|ne suffit|ne pas ecrire)",
)

_STORED = (
    r"(?:(?:donnees?|sauvegardes?|contenus?|informations?|serveurs?|applications?|solution|plateforme)[^.;]{0,110}(?:heberg|stock|conserv|localis|"
    r"situe|install|sauvegard|se trouv|demeur|reste)|lieu d'hebergement ?:|(?:hebergement|stockage|localisation)[^.;]{0,60}(?:donnees|service|"
    r"solution|sauvegarde))"
)
_IN_UNION = (
    r"(?:union(?: europeenne)?|\bue\b|\beee\b|espace economique europeen|en france|en europe|territoire (?:national|francais|europeen|de l'union)|"
    r"etats? membres?|sol (?:francais|europeen|national))"
)
_ACCESS = (
    r"(?:administr(?:ation|e|es|ee|ees|ateur|ateurs|er)\b|supervis|support|\bacces|acced|exploit|maintenance|mainten|infogeran|assistance|"
    r"traite(?:ment|e|es)|telemaintenance|technicien|bastion|cles|chiffr|personnel|equipes?\b|techniquement|operations?)"
)


def _access_is_placed(text: Text) -> bool:
    """Whether the document says, anywhere, from where the service is administered, supported or reached."""
    placed = r"(?:administr|supervis|support|acces|acced|maintenance|exploit)[^.;]{0,120}(?:depuis|localis|union|\bue\b|\beee\b|espace economique)"
    return bool(compiled(placed).search(text.folded.replace("\n", " ")))


def _where_access_is_not(detect: Detect) -> Detect:
    return lambda text: iter(()) if _access_is_placed(text) else detect(text)


def location_without_access(text: Text) -> Iterator[Caught]:
    """Storage is kept in a territory, and neither the article nor the document says from where it is administered, supported or reached."""
    stored, union, access = (
        compiled(_STORED),
        compiled(_IN_UNION + r"|francfort|dublin|paris|amsterdam|allemagne|irlande|pays-bas|belgique|luxembourg|italie|espagne"),
        compiled(_ACCESS),
    )
    unless = compiled(
        rf"(?:{DENIED}|diffusion restreinte|ii ?901|pssie|homolog|critere|points?\b|sante|declar|indiqu|precise|\bs'il|si le|informe|\{{\{{liste|"
        rf"moyens d'execution|heberge(?:ment|e) (?:des |les )?(?:agents?|eleves|stagiaires|personnes|touristes|usagers)|suffi|garantit l'immunite|"
        rf"hebergement (?:hotelier|temporaire|touristique)|sites? (?:est|sont) (?:visite|list)|transfert|cloud act|extraterritorial|en dehors|hors d)"
    )
    obliged = compiled(
        r"(?:lieu d'hebergement ?:|se trouv|demeur|reste|\best\b|\bsont\b|sera|seront|doi(?:t|vent)|devr|garantit|heberge\b|stocke\b|conserve\b|"
        r"s'engage|assure|localise\b|impos|exig)"
    )
    for sentence in text.sentences:
        words = sentence.words
        match = stored.search(words)
        if match is None or not union.search(words) or unless.search(words) or not obliged.search(words):
            continue
        context = text.section(sentence.span) if text.document.headings else text.around(sentence.span)
        if access.search(context):
            continue
        if not _access_is_placed(text):
            yield Caught(sentence.at(*match.span()))


illusory_immunity = wording(
    r"(?:localis|heberg|stock|implant|situe|serveurs?|datacenters?|centres? de donnees|en france|dans l'union)[^.;]{0,160}(?:garanti|suffi|assur|"
    r"protege|met(?:tent)? a l'abri|ecart|echapp|exclu|exempt|immunis|prevent|permet d'eviter|soustrai|rend(?:ent)?|neutralis|empech|interdi|"
    r"impossib)[a-z]*[^.;]{0,110}(?:cloud act|fisa|extra-?territorial|(?:lois?|droits?|legislations?|autorites?|justice|"
    r"juridictions?) (?:[a-z]+ )?(?:etrang|americain|extra-?europeen|non europeen|chinois|tier)|etats?-unis|immunite|souverain)",
    r"(?:byok|chiffrement|cles? (?:apportee|fournie|geree)|bring your own key)[^.;]{0,120}(?:garanti|suffi|assur|protege|ecart|echapp|exclu|"
    r"empech|rend|neutralis|impossib|immunis|interdi|met(?:tent)? a l'abri)[a-z]*[^.;]{0,110}(?:cloud act|fisa|extra-?territorial|(?:lois?|"
    r"droits?|autorites?|ordres?|juge|demandes?|requisitions?) (?:[a-z]+ )?(?:etrang|americain|extra-?europeen|tier)|immunite)",
    r"(?:cloud act|fisa|(?:lois?|droits?) (?:[a-z]+ )?(?:etrang|americain|extra-?territorial|"
    r"extra-?europeen)[a-z]*)[^.;]{0,60}(?:ne (?:s'applique|peut s'appliquer|sont|seront|peut|peuvent|saurai(?:t|ent))[a-z]*(?: (?:pas|plus|donc|"
    r"s'appliquer|etre|en aucun cas))*|est (?:sans effet|inapplicable|ecarte)|sont (?:sans effet|inapplicables|ecartees))[^.;]{0,80}(?:heberg|"
    r"localis|france|union|stock|serveurs?|situe|byok|chiffr|des lors que|puisque|car\b)",
    unless=r"(?:cles?[^.;]{0,80}(?:hors (?:du|de la portee|d'atteinte)|detenu[a-z]* (?:par|sous)|exclusiv|seul controle|sous (?:le |"
    r"la )?(?:seul )?controle|jamais)|technique[a-z]* (?:aucun|impossib)|n'a(?:it|ient)? pas acces|sans (?:que|acces))",
    denied=r"(?:ne (?:suffi|garanti|protege|met|permet|constitue|dispense|fait|vaut|empeche|rend|ecarte|signifie|neutralise|prejuge|exclut|"
    r"saurait)[a-z]*[^.;]{0,25}(?:pas|plus|ni|en aucun|a elle seule)|ne (?:la |le |les )?(?:suffit|garantit|protege|empeche|rend)|n'(?:empeche|"
    r"ecarte|assure|offre|exclut|interdit|immunise|est|emporte)[a-z]*[^.;]{0,25}(?:pas|ni|en aucun)|insuffisan|a (?:elle|"
    r"lui) seule?[^.;]{0,20}(?:ne|n')|illusoire|ne croi|faux)",
)

hollow_promise = wording(
    r"(?:garanti|assure|s'engage|certifie|promet|atteste)[a-z]*[^.;]{0,80}(?:aucune?|nulle?|jamais|pas)[^.;]{0,30}(?:autorite|etat|gouvernement|"
    r"puissance|juridiction|service de renseignement|administration|loi|organisme|tiers)s?[^.;]{0,30}(?:etrang|extra-?europeen|tier|americain|"
    r"hors|non europeen|pays tiers|extra-?territorial)[^.;]*(?:acced|acces|obten|communi|saisi|consult|divulg|lire|connaissance|demand|s'appliqu)",
    r"(?:aucune?) (?:autorite|etat|gouvernement|puissance|juridiction|administration)s?[^.;]{0,25}(?:etrang|extra-?europeen|tier|americain|hors|"
    r"non europeen)[^.;]{0,40}(?:n'acced|ne (?:peut|pourra|saurait)|n'aura|n'a)[^.;]*(?:acces|acced|donnees|obten|consult)",
    r"(?:donnees)[^.;]{0,60}(?:sont|seront|restent|demeurent|est)[^.;]{0,30}(?:totalement |entierement |parfaitement |completement )?(?:a l'abri|"
    r"hors de portee|immunisees?|inaccessibles?|protegees?)[^.;]{0,80}(?:autorite|loi|droit|etat|legislation|ingerence)[^.;]{0,40}(?:etrang|"
    r"extra-?europeen|extra-?territorial|tier|americain)",
    unless=r"(?:2024-449|sren|cles?\b|chiffr|technique|par (?:la mise|des mesures|un dispositif|l'absence)|moyens|preuve|audit|detention|cloisonn|"
    r"architecture|"
    r"controle exclusif|declare|sauf|notifi|conteste|refuse|exclu|elimin|illusoire|accord international)",
    unless_near=r"(?:cles? (?:de chiffrement|hors|sont|est)|chiffrement|dispositif technique|preuve (?:est|attendue)|techniquement)",
    denied=r"(?:ne (?:suffit|pas ecrire)|creuse|n'est pas)",
)

notice_if_lawful = wording(
    r"(?:inform|notifi|aver|prevent|previent|signal|avis)[a-z]*[^.;]{0,130}(?:\bsi (?:la loi|la reglementation|le droit|cela|il|c'est|"
    r"cette)[^.;]{0,40}(?:permet|autoris|legalement|possible|permis|en droit|interdi)|dans la mesure (?:permise|ou (?:la loi|cela|le droit)|"
    r"autorisee)[^.;]{0,40}|lorsque (?:la loi|cela|le droit|c'est)[^.;]{0,40}(?:permet|autoris|legal|permis)|sous reserve (?:que|"
    r"de)[^.;]{0,30}(?:la loi|legal|autoris|permet|interdi)|sauf (?:interdiction|si (?:la loi|le droit|cela|une))[^.;]{0,60}|"
    r"a moins que[^.;]{0,60}(?:interdi|proscri|n'y fasse))",
    r"(?:\bsi (?:la loi|le droit)[^.;]{0,30}(?:permet|autoris)|dans la mesure permise par|sauf interdiction)[^.;]{0,90}(?:inform|notifi|aver|"
    r"prevent|previent|signal)",
    requires=r"(?:autorite|demande|requisition|injonction|acces|divulg|communication|judiciaire|gouvernement|etrang)",
    unless=rf"(?:informations confidentielles|statistiq|avis de principe|canari|rapport (?:annuel|semestriel|de transparence)|registre|a defaut|"
    rf"dans ce cas|\balors\b|conteste|{_BUYER_ACTS})",
    unless_near=r"(?:statistiq|avis de principe|rapport (?:annuel|semestriel|de transparence)|registre des demandes|registre|dans ce cas|"
    r"en cas d'interdiction|interdiction (?:legale )?(?:de|d')[^.;]{0,30}(?:notif|inform)|conteste|lorsque (?:la|cette) (?:notification|"
    r"information|loi)[^.;]{0,30}interdit)",
)

# The supplier's terms are said to bind nobody, or are others than those meant.
_NO_FORCE = r"depourvue?s? d|denuee?s? d|ecart|inopposab|n'ont|sans (?:valeur|effet)|exclu|renonc|nonobstant|ccag|assurance"
_SUPPLIER_TERMS = (
    r"(?:conditions (?:(?:generales|particulieres|standards?|commerciales) (?:de vente|d'utilisation|de service|de licence|de prestation|"
    r"du (?:titulaire|prestataire|fournisseur)|de l'(?:editeur|hebergeur)|d'abonnement|applicables du)|generales(?= (?:et|ou) (?:licence|"
    r"contrat))|d'utilisation|de vente)(?: (?:de vente|d'utilisation|de service|de licence|de prestation|et [a-z']+))*|cgv\b|cgu\b|cgvu\b|"
    r"contrat de licence|termes du service|\bdpa\b|accord de traitement des donnees|\beula\b|conditions de l'editeur|conditions du titulaire|"
    r"conditions standard)"
)
supplier_terms = any_of(
    wording(
        rf"\b{_SUPPLIER_TERMS}[^.;]*(?:titulaire|editeur|prestataire|fournisseur|hebergeur|constructeur|candidat)?[^.;]{{0,80}}(?:prevalen|prevaudr|"
        rf"priment?\b|l'emporte|s'appliqu|applicable|font partie|regissent|regi|completent|annexe|opposables?|prevaut|sont acceptees|est acceptee?|"
        rf"fait foi|valent|est reputee? accept)",
        rf"(?:annexe|accept|appliqu|regi|soumis|conform|renvoi|selon|aux?) [^.;]{{0,50}}{_SUPPLIER_TERMS}[^.;]{{0,40}}(?:du titulaire|de l'editeur|"
        rf"du prestataire|du fournisseur|de l'hebergeur|en vigueur)",
        r"(?:selon|suivant|conformement a|aux|dans) (?:les )?(?:conditions|modalites|tarifs et conditions|termes|"
        r"politiques?)[^.;]{0,25}(?:du titulaire|de l'editeur|du prestataire|de l'hebergeur|du fournisseur|propres? au (?:titulaire|prestataire)|"
        r"definies? par (?:le titulaire|l'editeur|le prestataire|l'hebergeur)|publiees? par (?:le titulaire|l'editeur|le prestataire)|qu'il definit)",
        unless=rf"(?:{_NO_FORCE}|non applicable|inapplicable|ne (?:s'applique|sont|font|peuvent|prevalent|seront|derogent)|reputees? non ecrites?|"
        rf"a l'exclusion|quelles? que soi|cahier des clauses|en cas de contradiction[^.;]{{0,60}}(?:marche|present|acte|ccap|"
        rf"ccp)[^.;]{{0,20}}(?:prevau|prevalent|prim|l'emport)|prevalent sur les (?:conditions|cgv|cgu)|prevaut sur|priment sur (?:les|"
        rf"toute)|le marche (?:prevaut|prime)|jamais|uniquement (?:en ce qui|pour) [^.;]{{0,40}}ne (?:sont|contre)|en tant qu'elles ne|"
        rf"pour autant qu'elles ne|dans la mesure ou elles ne|conditions generales d'(?:achat|execution)|conditions d'(?:execution|acces|"
        rf"intervention)|offre du titulaire|memoire technique|les presentes cgv|acheteur public|logiciels? libres?|"
        rf"conditions du titulaire du compte|nulle?|pour information|subsidiair)",
        unless_near=r"(?:presentes (?:cgv|cgu|conditions)|conditions generales[^.;]{0,80}(?:ecartees|inopposables|sans valeur|ne s'appliquent))",
    ),
)

arbitration_or_foreign_court = wording(
    r"(?:differend|litige|contestation|desaccord|contentieux)s?[^.;]{0,130}(?:arbitra(?:ge|le|l|ux)|cour (?:internationale|d'arbitrage)|\bcci\b|"
    r"\blcia\b|juridiction (?:etrangere|de new york|de londres)|tribun(?:al|aux) (?:de commerce|de londres|de dublin|de luxembourg|americain|"
    r"irlandais|de l'etat|de new york|judiciaire|competents? (?:de|du) (?:siege|lieu|ressort) du (?:titulaire|prestataire|fournisseur))|"
    r"courts? (?:of|de) |juge etranger|chambre de commerce internationale|tribunaux (?:irlandais|anglais|americains|allemands|luxembourgeois|"
    r"etrangers|du siege))",
    r"\barbitrage\b[^.;]{0,80}(?:cci|chambre|tranch|differend|litige|resolu|soumis|reglement)",
    r"(?:marche|contrat|accord-cadre|convention|present|relations?)[^.;]{0,70}(?:regi|soumis|gouverne)[a-z]*[^.;]{0,30}(?:droit|lois?|"
    r"legislation)s? (?:de l'etat de |de |du |d'|des )?(?:irland|anglais|americain|luxembourg|delaware|new york|californi|allemand|suisse|"
    r"etranger|britannique|neerland|pays-bas|l'irlande|singapour|etats-unis|washington|belge|du siege)",
    r"(?:tribunal de commerce|tribunaux de commerce|tribunal judiciaire|tribunaux (?:irlandais|anglais|americains|de dublin|"
    r"du siege))[^.;]{0,60}(?:competen|seul|exclusi|connait|saisi|tranch)",
    r"(?:competen|soumis|porte|saisi)[a-z]*[^.;]{0,50}(?:tribun(?:al|aux) de commerce|tribunal judiciaire|tribunaux (?:irlandais|anglais|"
    r"americains|de dublin))",
    r"droit (?:irlandais|anglais|americain|luxembourgeois|du delaware|californien|suisse|allemand) (?:est |s')?(?:applicable|appliqu)",
    unless=r"(?:tournoi|sportif|match|arbitr[a-z]+ (?:entre|des|les|budget|interne|technique)|greffe|rcs|registre|immatricul|redressement|liquidation|"
    r"procedure collective|l2197-6|sous-traitant|propriete intellectuelle|"
    r"prix[^.;]{0,20}arbitrage|arbitrages? (?:technique|budgetaire|interne|de l'acheteur|sur|entre|des priorites)|comite d'arbitrage|"
    r"donnees personnelles|injonction|decision|mediat|les presentes|client|kbis|extrait)",
    denied=DENIED
    + r"|(?:aucun|sans|ni|pas d'|exclu|interdi|proscri|ne (?:peut|peuvent|recour|sont|comporte|saurai))[^.;]{0,40}(?:arbitra|recours|droit etranger|"
    r"soumis)|a l'exclusion|ecart|n'est pas|interdite?s?|sont reputees? non ecrites?",
)

list_on_web_page = wording(
    r"(?:liste|niveaux? de service|sla\b|conditions|sous-traitants|documentation contractuelle|engagements?|localisations?|tarifs?|politique|"
    r"annexe|mesures de securite|exigences|pays)[^.;]{0,120}(?:publie|disponible|consultable|accessible|mis(?:e|es)? (?:a jour|en ligne)|figur|"
    r"indiqu|decrit|precis|celle|ceux|accept|tenue? a jour|en ligne|maintenu|renvoi|telechargeable)[a-z]*[^.;]{0,60}(?:site (?:internet|web|"
    r"du (?:titulaire|prestataire|fournisseur)|de l'(?:editeur|hebergeur)|public|institutionnel)|page (?:web|internet|publique)|\burl\b|"
    r"adresse (?:web|internet|suivante|https?)|https?:|en ligne|portail (?:de l'editeur|du (?:titulaire|prestataire))|espace client)",
    requires=r"(?:titulaire|prestataire|editeur|fournisseur|hebergeur|sous-traitant|sla\b|niveaux? de service|https?|en ligne)",
    unless=r"(?:aucune valeur|n'ont aucune|sans effet|copie de|fige|annexe? (?:au|a l'|a la )(?:marche|acte|present|offre)|version (?:datee|figee|"
    r"applicable a la date|en vigueur a la date)|profil (?:d'|de l')acheteur|acheteur|dematerialis|plateforme des achats|sans valeur|inopposab|"
    r"ne (?:vaut|suffit|peut|remplace|dispense)|preavis|notifi|objection|oppos|legifrance|insee|ministere|cnil|anssi|open ?data|www\.economie|"
    r"gouv\.fr|documentation technique|guide|aide en ligne|candidat|registre (?:en ligne )?des formats|sous-traitant au sens)",
)

foreign_force_majeure = wording(
    r"(?:force majeure|cas fortuit|cause exoneratoire|exonere|evenements? exterieurs?)[^.;]*(?:autorites? (?:[a-z]+ )?(?:etrang|de (?:son|"
    r"tout) (?:pays|etat)|extra|publique etrang|d'un etat tiers)|actes? (?:de l'|d'une |du )?(?:autorite|gouvernement|prince)|sanctions?|embargo|"
    r"decision(?:s)? (?:d'un|du|de) (?:gouvernement|etat)|loi (?:etrangere|extra)|mesures? (?:restrictives?|d'exportation|gouvernementale)|"
    r"controle(?:s)? (?:des exportations|a l'exportation)|ordre (?:d'une|etranger)|injonction)",
    r"(?:autorites? (?:[a-z]+ )?(?:etrang|d'un etat tiers|de son pays)|sanctions? (?:internationales|economiques|etrangeres|americaines)|embargo|"
    r"mesures? restrictives?|controle (?:des exportations|a l'exportation)|loi etrangere|injonction etrangere)[^.;]{0,130}(?:force majeure|exoner|"
    r"liber|degag|decharg|sans (?:que sa )?responsabilite|ne (?:saurait|peut) (?:etre tenu|engager)|suspen)",
    unless=r"(?:ne (?:constitue|sont|peut|peuvent|saurai(?:t|ent) (?:etre )?(?:regard|assimil|constitu|consider)|vaut|caracteris|"
    r"releve)[a-z]*[^.;]{0,25}(?:pas|en aucun|ni|constitu|consider|invoqu|regard|assimil|etre|force)|n'(?:est|ont|exoner|entre)[a-z]* (?:pas|"
    r"en aucun)|a l'exclusion|a l'exception|exclu(?:e|s|es)? (?:de|du)|hors|sauf|n'exoner|client|propres? au|sans constituer)",
)

unilateral_suspension = wording(
    r"(?:titulaire|prestataire|editeur|hebergeur|fournisseur)[^.;]{0,60}(?:peut|pourra|se reserve|est (?:en droit|autorise|libre)|a le droit|"
    r"est fonde)[^.;]{0,60}(?:suspen|interromp|coup|desactiv|bloqu|resili|retir|revoqu|cess|arret|limit|ferm)[a-z]*[^.;]{0,110}(?:sans (?:preavis|"
    r"delai|indemnite|avertissement|notification|formalite|accord|information|mise en demeure)|a tout moment|a sa (?:seule |libre )?(?:discretion|"
    r"convenance|appreciation)|immediatement|unilateral|de plein droit|a distance|pour (?:tout|quelque) motif|a sa seule|s'il (?:estime|juge)|"
    r"en cas de (?:retard|defaut|non)[- ](?:de )?paiement)",
    r"(?:sans preavis|a tout moment|immediatement|unilateralement)[^.;]{0,60}(?:le |l')(?:titulaire|prestataire|editeur|hebergeur|"
    r"fournisseur)[^.;]{0,40}(?:peut|pourra|se reserve)[^.;]{0,40}(?:suspen|interromp|coup|desactiv|bloqu|resili|retir|revoqu|arret)",
    r"(?:service|licences?|acces|compte)s?[^.;]{0,50}(?:peu(?:t|vent)|pourr(?:a|ont)) (?:etre )?(?:suspendu|interrompu|coupe|desactive|bloque|"
    r"revoque|retire)[a-z]*[^.;]{0,60}(?:par le (?:titulaire|prestataire|fournisseur)|par l'(?:editeur|hebergeur))[^.;]{0,60}(?:sans preavis|"
    r"a tout moment|discretion|unilateral|sans|immediat)",
    unless=r"(?:droits? de l'homme|acheteur (?:peut|resili)|compte (?:compromis|malveillant)|attaque en cours|accord (?:ecrit|prealable) (?:de|"
    r"du) (?:l'acheteur|beneficiaire)|{{)",
    denied=r"(?:meme en cas|ne (?:peut|pourra|dispose|saurait|suspend)[^.;]{0,40}(?:pas|en aucun|aucun|ni|jamais|sans)|aucun(?:e)? (?:suspension|coupure|"
    r"interruption)|s'interdit|interdi|n'est (?:pas|en aucun)|sans pouvoir)",
)

_HOURS = compiled(rf"(?P<count>{NUMBER})(?: \(\d+\))? ?(?P<unit>heures?|h\b|jours?|semaines?)")


def breach_notice_72_hours(text: Text) -> Iterator[Caught]:
    """The processor has 72 hours or more to tell a breach, which uses up the controller's own 72 hours (RGPD 33)."""
    told = compiled(r"(?:notifi|inform|signal|alert|aver|declar|communiqu|previen|prevenir|prevenu)")
    breach = compiled(
        r"(?:violations?|fuites?|incidents?|compromission|atteintes?|piratage|intrusion|vol)[^.;]{0,60}(?:donnees|securite|personnel|confidentialite|"
        r"systeme|fichier)|donnees[^.;]{0,50}(?:violation|fuite|compromis|atteinte)"
    )
    unless = compiled(
        r"(?:cnil|autorite de controle|rapport (?:detaille|complet|intermediaire|final|d'analyse|d'incident)|complement|analyse (?:des causes|"
        r"approfondie|detaillee)|responsable (?:de|du) traitement (?:notifie|dispose|doit)|24 ?(?:heures|h\b)|vingt-quatre heures|48 ?h|conserv|"
        r"client notifie|l'acheteur (?:notifie|dispose|respecte)|ne (?:peut|suffit)|puis|(?<![-\d])\b(?:12|douze|6|six|8|huit|4|quatre) ?heures)"
    )
    for sentence in text.sentences:
        words = sentence.words
        if not (told.search(words) and breach.search(words)) or unless.search(words):
            continue
        for match in _HOURS.finditer(words):
            hours = (number(match["count"]) or 0) * (24 if match["unit"].startswith("j") else 168 if match["unit"].startswith("s") else 1)
            if 72 <= hours <= 24 * 30:
                yield Caught(sentence.at(*match.span()), f"Le délai écrit est de {match[0].strip()}.")
                break


service_improvement = wording(
    r"(?:amelior|perfectionn|optimis|enrichi|develop)[a-z]*[^.;]{0,40}(?:du service|de (?:ses|son|leurs?|la|l') ?(?:services?|produits?|offres?|"
    r"solutions?|algorithmes?|modeles?|plateforme|outils?|qualite)|des (?:services|produits|modeles|algorithmes)|ses (?:services|produits|modeles|"
    r"algorithmes|solutions|offres)|le service)",
    r"(?:entrain|apprentissage|affin|fine-?tun)[a-z]*[^.;]{0,50}(?:modeles?|algorithmes?|intelligence artificielle|\bia\b)",
    r"(?:fins? (?:statistiques|commerciales|d'analyse|marketing|de recherche|de developpement)|benchmark|a ses propres fins|"
    r"pour son propre compte|statistiques d'usage)",
    requires=r"(?:donnees|contenus?|fichiers?|requetes?|prompts?|traces|journaux|metadonnees|informations|telemetrie)",
    unless=r"(?:commercialisables|interdi|s'interdit|sans (?:accord|autorisation)|ne (?:peut|peuvent|sont|seront|utilise|reutilis|serve|servent|"
    r"pourra)[a-z]*[^.;]{0,25}(?:pas|ni|jamais|en aucun|aucun|etre)|n'(?:utilise|est|exploit|en|entraine|autorise)[^.;]{0,25}(?:pas|ni|aucun|"
    r"en aucun|jamais)|aucune? (?:donnee|utilisation|reutilisation|usage|exploitation|entrainement)|accord (?:ecrit|prealable|expres)|"
    r"autorisation (?:ecrite|prealable|expresse)|exclu|jamais|non-reutilisation|refus|acheteur utilise|propres donnees|donnees (?:publiques|"
    r"ouvertes|synthetiques)|open data|modele propre a l'acheteur|exclusivement pour l'acheteur|a l'usage exclusif|du beneficiaire exclusivement|"
    r"plan d'amelioration|amelioration continue|declar|\bni le [^.;]*\bni [^.;]*\bn'(?:utilis|exploit|entrain))",
    requires_near=r"(?:titulaire|prestataire|editeur|hebergeur|fournisseur|peut|sont utilis|utilise|autorise)",
    denied=r"(?:a (?:eviter|bannir)|ne pas ecrire)",
)

late_exit_plan = wording(
    r"plans? de (?:reversibilite|sortie|transfert|transition sortante)[^.;]{0,110}(?:a la (?:fin|date de fin|cloture|demande|reception|sortie)|"
    r"en fin d|a l'(?:issue|expiration|echeance|achevement)|au terme|lors de la (?:resiliation|fin|cloture)|sur (?:simple )?demande|"
    r"dans les (?:derniers|trois derniers|six derniers|deux derniers)|avant la fin|avant l'(?:echeance|expiration)|avant le terme|apres la (?:fin|"
    r"resiliation|notification de la resiliation))",
    r"(?:a la fin|en fin de|au terme|a l'(?:issue|expiration|echeance)|lors de la resiliation|avant la fin|avant l'(?:echeance|"
    r"expiration))[^.;]{0,90}plans? de (?:reversibilite|sortie|transfert|transition)",
    requires=r"(?:remet|remis|fourni|etabli|produi|livr|transmet|transmis|elabor|redig|communiqu|present|propos|prepar)",
    unless=rf"(?:plan (?:initial|type)|mis(?:e)? a jour|actualis|test|applique|met en œuvre|mise en œuvre|execut|deroul|active|declench|"
    rf"apres la notification du marche|{NUMBER}(?: \(\d+\))? mois (?:apres|a compter de|suivant) la notification|des (?:la notification|le debut|"
    rf"l'offre|le demarrage)|a l'appui de (?:l'|son )offre|avec (?:l'|son )offre|dans (?:l'|son )offre|au plus tard {NUMBER} mois apres|"
    rf"trois mois (?:apres|suivant|qui suivent) (?:la notification|le))",
)

vague_reversibility = wording(
    r"reversibilit[^.;]{0,160}(?:prix (?:a|reste(?:nt)?|sera|seront|est)[^.;]{0,20}(?:determin|defini|conven|fix|negoci|preciser|etabli)|"
    r"sur devis|(?:fait|fera|font|feront|fera) l'objet d'un devis|selon devis|tarifs? (?:en vigueur|a (?:convenir|determiner|definir))|"
    r"factur[a-z]* (?:au temps|en sus|en supplement|sur la base d'un devis|au tarif|selon)|format (?:a (?:convenir|definir|determiner|preciser)|"
    r"choisi par le (?:titulaire|prestataire)|propre|proprietaire|du (?:titulaire|prestataire)|qu'il)|formats? (?:a|seront?|est|sont) (?:convenir|"
    r"defini|determin|precis|fixe)[a-z]*|modalites? (?:a|seront?|sont|restent)[^.;]{0,25}(?:convenir|definir|determin|definie?s|precise|arrete)|"
    r"conditions (?:a|seront?|sont)[^.;]{0,20}(?:convenir|definir|definie|determin|arrete))",
    r"(?:restitu|export|transfert|transfer|remi[st]|recuper|migration)[a-z]*[^.;]{0,60}donnees[^.;]{0,110}(?:format (?:a (?:convenir|definir|"
    r"determiner|preciser)|choisi par le (?:titulaire|prestataire)|proprietaire|propre au (?:titulaire|prestataire)|qu'il (?:choisit|determine|"
    r"definit))|sur devis|l'objet d'un devis|prix (?:a|sera|seront|reste)[^.;]{0,20}(?:determin|conven|defini|negoci|fix))",
    r"(?:sur devis|devis (?:specifique|ulterieur|du titulaire)|prix (?:a convenir|a determiner|a definir)|"
    r"conditions? (?:tarifaires )?(?:a definir|a convenir))[^.;]{0,110}(?:reversibilit|restitution des donnees|sortie)",
    r"le titulaire (?:assure|garantit|organise|met en œuvre|s'engage a|prend en charge|prevoit) (?:assurer )?(?:la|"
    r"une) reversibilite(?: (?:du service|des donnees|de la solution|des prestations|de ses prestations|en fin de (?:marche|contrat)|"
    r"a la fin du (?:marche|contrat)|a l'issue du marche|complete|totale|du marche))*\.?$",
    unless=r"(?:ne (?:fait|font|sont|donne|peut|peuvent|sera)[a-z]*[^.;]{0,20}(?:pas|ni|aucun|l'objet d'aucun)|sans (?:devis|frais|supplement|cout)|"
    r"aucun devis|bordereau|gratuit|bpu|forfait|plafonn|compris|inclus|format (?:ouvert|structure|documente|csv|json|xml)|interdi|ni sur devis|"
    r"\{\{)",
    unless_near=r"(?:bordereau des prix|\bcsv\b|\bjson\b|\bxml\b|formats? (?:ouverts?|documentes?|structures?)|sans frais|gratuit)",
    denied=r"(?:a (?:eviter|bannir)|ne pas ecrire)",
)

exit_fees = any_of(
    wording(
        r"(?:frais|couts?|coût|penalites?|indemnites?|redevances?|prix|tarif|forfait)[^.;]{0,50}(?:de sortie|de transfert|de changement|de migration|"
        r"d'extraction|d'egress|de portabilite|d'export|de restitution|de reversibilite|de desengagement)[^.;]*(?:factur|du(?:s|es|e)?\b|a la charge|"
        r"s'eleve|applique|exigible|payable|verse|acquitt|supporte|\d+ ?(?:€|euros|%)|selon|calcul)",
        r"(?:transfert|sortie|export|extraction|restitution|recuperation|portabilite|migration|changement de (?:fournisseur|"
        r"prestataire))[^.;]{0,80}(?:est|sont|sera|seront|donne lieu a|fait l'objet d'une)[^.;]{0,20}(?:factur|paye|payant|"
        r"a la charge (?:de l'acheteur|du beneficiaire|du client|de la collectivite)|tarif)",
        requires=r"(?:donnees|service|fournisseur|prestataire|sortie|reversibilit|titulaire|cloud|heberg|extraction|export)",
        unless=r"(?:initiale|entrante|gratuit|sans frais|aucun|ne (?:sont|donne|peut|peuvent|fait|font|sera|factur|comport)[a-z]*[^.;]{0,25}(?:pas|aucun|"
        r"lieu|etre|l'objet|ni|"
        r"exced|depass)|n'(?:est|ont|exced|facture)|tableau|a la charge du titulaire|supporte(?:s|es|e)? par le titulaire|limit|au cout|"
        r"couts? (?:reels?|directement)|zero|nul|bordereau des prix|\b0 ?€|compris|inclus|interdi|transfert de (?:propriete|risques|charge|personnel)|"
        r"personnel|indiqu|declar|precis|candidat|jusqu'au 12 janvier|article 29|vehicule|dechet|materiel|livraison|sans)",
    ),
    wording(
        r"preavis[^.;]{0,60}(?:trois|quatre|cinq|six|neuf|douze|[3-9]|1[0-9]|2[0-4]|90|120|180|quatre-vingt-dix|"
        r"cent quatre-vingts)(?: \(\d+\))? (?:mois|jours)[^.;]*(?:sortie|changement de (?:fournisseur|prestataire|service)|changer de|reversibilit|"
        r"migration|portabilit|rapatri)",
        r"(?:sortie|changement de (?:fournisseur|prestataire)|changer de|reversibilit|migration|portabilit|rapatri)[^.;]{0,110}preavis (?:minimal |"
        r"minimum |d'au moins )?(?:de |d'|est de |fixe a )?(?:trois|quatre|cinq|six|neuf|douze|[3-9]\b|1[0-9]|2[0-4]|90|120|180|quatre-vingt-dix|"
        r"cent quatre-vingts)(?: \(\d+\))? (?:mois|jours)",
        unless=r"(?:changement de (?:controle|site|localisation|sous-traitant)|titulaire (?:respecte|observe|informe|notifie|prend|ne peut)|suspension|"
        r"(?:[3-9]|10|15|20|30) jours|modification|trente jours|arret|retrait|fin de vie|au (?:plus|maximum)|ne (?:peut|depasse|exced))",
    ),
)

limited_audit = wording(
    r"(?:audits?|controles?|verifications?)[^.;]{0,110}(?:(?:se limite|limite(?:e|s|es)?|restrein|se resume|s'effectue|satisfait|reput|remplac|"
    r"est realise|exclusivement|uniquement|seulement|consiste)[a-z]*[^.;]{0,60}(?:rapports?|certificats?|attestations?|certifications?|documents?|"
    r"documentation|questionnaire|pieces|resume|synthese)|(?:accord (?:prealable|ecrit|expres)|autorisation|acceptation|consentement|"
    r"validation) (?:ecrite? |prealable )?(?:ecrite? )?d[ue] (?:titulaire|prestataire)|avec l'accord du (?:titulaire|prestataire)|"
    r"sous reserve de l'(?:accord|acceptation) d|si le (?:titulaire|prestataire) (?:l'accepte|y consent|en est d'accord))",
    r"(?:rapports?|certificats?|certifications?|attestations?)[^.;]{0,80}(?:tien(?:nent|t|dra|dront) lieu|valent|remplac|dispens|suffi|"
    r"se substitu)[a-z]*[^.;]{0,50}(?:audit|controle)",
    r"(?:titulaire|prestataire|hebergeur|editeur)[^.;]{0,40}(?:met a disposition|communique|fournit|transmet)[^.;]{0,40}(?:rapports?|"
    r"certificats?)[^.;]{0,60}(?:a l'exclusion|en lieu et place|au lieu|seul|et exclut)[^.;]{0,40}(?:audit|controle)",
    unless=r"(?:controle technique|ne limit|ne (?:se limite|peut|saurait|suffi|tien|dispens|rempla|vaut|s'y|sont|remplace)[a-z]*[^.;]{0,25}(?:pas|ni|"
    r"en aucun|aucun)|"
    r"sans (?:que|"
    r"prejudice|avoir|limit)|n'est pas|ne (?:remplacent|dispensent|valent|suffisent)|controle (?:de la conformite|des factures|d'acces|"
    r"de gestion)|publie(?:s|es)? ou|partage|candidatures?|offres|en complement|outre|travaux|qualite d'execution|visa|d'abord|puis)",
)


# ---- what a whole piece lacks ---------------------------------------------------------------------------------------------------------


_HOSTED_OFTEN, _HOSTED_IN_A_SHORT_PIECE = 6, 2
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


def _hosted(text: Text) -> bool:
    """Whether the document buys a hosted service: its own words say so often."""
    return len(_HOSTED.findall(text.folded)) >= (_HOSTED_OFTEN if len(text.folded) > WHOLE_CHARACTERS else _HOSTED_IN_A_SHORT_PIECE)


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
    return all(one.search(words) for one in (_A_SUM, _BREACH, _CONSEQUENCE)) and not _NO_SANCTION.search(words)


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
        or any(_is_sanction(sentence.words) for sentence in text.readings)
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


_LOOKS = compiled(r"(?:constat|entrent|penetr|verifi|control|inspect|visit|examin|s'assur|acces\b|acced|ouvre|consult|expertis)")
_LOOKER = compiled(rf"(?:{BUYER}|communaute|representants|prestataire de son choix|controleurs?|auditeurs?|experts?|\btiers\b|organisme|mandat)")
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
    return all(one.search(words) for one in (_LOOKS, _LOOKER, _LOOKED_AT)) and not _OTHER_LOOK.search(words)


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
    if not is_said(text, said, unless=unless) and not any(_is_inspection(sentence.words) for sentence in text.readings):
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


# ---- the same faults said in another order ----------------------------------------------------------------------------------------------

_no_foreign_reach = together(
    r"(?:hebergement (?:europeen|francais)|localis|heberg|stock|implant|serveurs?|datacenters?|centres? de donnees|(?:dans|sur) (?:l'union|"
    r"l'espace economique|le territoire)|"
    r"en france|byok|chiffr|cles? (?:apport|fourni|import))",
    r"(?:cloud act|\bfisa\b|extra-?territorial|(?:lois?|droits?|autorites?|juges?|justice|legislations?|etats?|pays|puissances?|"
    r"services?)(?: [a-z'-]+){0,3} (?:etrang|americain|extra-?europeen|tiers|chinois|non europeen)|d'un (?:pays|etat) tiers|immunite|ingerence)",
    r"(?:sans effet|inapplicable|inoperant|ne s'applique|garanti|suffi|des lors|du fait|ainsi|donc\b|de ce fait|par consequent|assure|protege|"
    r"a l'abri|met fin|elimine|ecarte|exclu|neutralis|"
    r"immunis|hors d'atteinte|hors de portee|aucune loi|ne (?:peu(?:t|vent)|saurai(?:t|ent)) (?:pas |plus |donc )?(?:atteindre|s'appliquer|"
    r"acceder|obtenir|exiger|etre))",
    unless=rf"(?:maison mere|cles?[^.;]{{0,80}}(?:hors (?:du|de la portee|d'atteinte)|detenu[a-z]* (?:par|sous)|exclusiv|seul controle|sous (?:le |"
    rf"la )?(?:seul )?controle|jamais|aucune copie)|techniquement|possibilite technique|n'a(?:it|ient)? pas acces|{EXCLUDE}|candidat|"
    rf"soumissionnaire|demande d'acces|notifi|conteste|declar|indiqu|precis|transfert|critere)",
    denied=r"(?:ne (?:suffi|garanti|protege|met|permet|constitue|dispense|fait|vaut|empeche|rend|ecarte|signifie|neutralise|prejuge|exclut|"
    r"soustrai)[a-z]*[^.;]{0,25}(?:pas|plus|ni|en aucun|a elle seule|rien)?|n'(?:empeche|ecarte|assure|offre|exclut|interdit|immunise|est|emporte|"
    r"exonere|elimine|y)[a-z]*[^.;]{0,25}(?:pas|ni|en aucun|rien)|insuffisan|illusoire|ne croi|faux|sans suffire|a (?:elle|lui) seule?)",
)
_promised_unreachable = together(
    r"(?:garanti|assure|s'engage|certifie|promet|atteste|se porte fort|fait son affaire|veille)[a-z]*",
    r"(?:autorites?|etats?|gouvernements?|puissances?|juridictions?|services? (?:de renseignement|secrets)|administrations?|lois?|tribuna[a-z]+|"
    r"polices?|agences?)(?: [a-z'-]+){0,3} (?:etrang|extra-?europeen|tier|americain|non europeen|hors|chinois)[a-z]*",
    r"(?:aucune?|nulle?|jamais|pas|ne (?:puisse|pourra|peut|sera)|a l'abri|hors de portee|inaccessib|impossib)",
    r"(?:acced|acces|obten|communi|saisi|consult|divulg|\blire|connaissance|demand|s'appliqu|atteint|donnees|enregistrements|contenus?|fichiers?)",
    unless=r"(?:2024-449|sren|cles?\b|chiffr|technique|par (?:la mise|des mesures|un dispositif|l'absence)|moyens|preuve|audit|detention|cloisonn|"
    r"architecture|declare|"
    r"sauf|notifi|conteste|refus|exclu|elimin|illusoire|accord international|sans (?:accord|autorisation|base)|registre|localisation|heberg|byok)",
    unless_near=r"(?:cles? (?:de chiffrement|hors|sont|est)|chiffrement|dispositif technique|preuve (?:est|attendue)|techniquement)",
    denied=r"(?:ne (?:suffit|pas ecrire)|creuse)",
)
_told_if_lawful = together(
    r"(?:inform|notifi|aver(?:t|ti)|prevenu|prevent|previen|signal|avis)",
    r"(?:dans (?:les|la) (?:limites?|mesure)[^.;]{0,40}(?:autoris|permis|permet|loi|droit|legal)|\bsi (?:la loi|le droit|la reglementation|cela|"
    r"elle|rien|aucune)[^.;]{0,40}(?:permet|autoris|permis|interdi|oppos|interdit)|sous reserve[^.;]{0,40}(?:loi|droit|legal|legislation)|"
    r"sauf[^.;]{0,40}(?:interdi|loi|droit|legal)|lorsque[^.;]{0,30}(?:loi|droit|legal|autoris|permis)|autant que la loi|"
    r"a moins que[^.;]{0,40}(?:loi|droit|autorite)|quand (?:la loi|le droit))",
    r"(?:autorites?|demandes?|requisition|injonction|ordre|acces\b|divulg|judiciaire|gouvernement|etrang|saisie)",
    unless=rf"(?:acheteur ne (?:peut|communique)|statistiq|avis de principe|rapport|registre|a defaut|dans ce cas|\balors\b|conteste|candidat|"
    rf"sous-traitant ulterieur|"
    rf"{_BUYER_ACTS} (?:inform|notifi|previent|avertit))",
    unless_near=r"(?:statistiq|avis de principe|rapport (?:annuel|semestriel|de transparence)|registre|dans ce cas|interdiction[^.;]{0,40}(?:notif|inform)|"
    r"conteste|interdit)",
)
_their_terms = together(
    rf"(?:\b{_SUPPLIER_TERMS}|conditions (?:d'abonnement|d'usage|tarifaires generales)|contrat[- ]type (?:du|de l'|d')|"
    rf"accord de traitement[^.;]{{0,20}}(?:fournisseur|titulaire|prestataire|editeur)|\beula\b|terms of service)",
    r"(?:annexe|joint|applicable|s'appliqu|accept|prevau|prevalen|prime|font partie|fait partie|pieces?\b|regiss|regi\b|signe|complet|soumis|"
    r"renvoi|reput|opposable|conform|selon|valent|integr|contractuel)",
    unless=rf"(?:{_NO_FORCE}|usagers|inapplicable|non applicable|ne (?:s'applique|sont|font|peuvent|prevalent|seront|derogent|saurai|constitue|"
    rf"regi|fait|vaut|lie)|n'est|non ecrites?|quelles? que soi|jamais|d'(?:achat|execution|acces)|logiciels? libres?|nulle?|"
    rf"pour information|subsidiair|le marche (?:prevaut|prime)|prevaut sur|prevalent sur|prime(?:nt)? sur|ne sauraient|aucune|"
    rf"conditions generales d'emploi|contrat de travail|presentes|client)",
    unless_near=r"(?:presentes (?:cgv|cgu|conditions)|conditions generales[^.;]{0,80}(?:ecartees|inopposables|sans valeur|ne s'appliquent))",
)
_elsewhere_online = together(
    r"(?:https?:|site (?:internet|web|du|de l'|public)|page (?:web|internet|publique|dediee)|\ben ligne\b|\burl\b|portail|adresse (?:web|internet))",
    r"(?:sous-traitants?|niveaux? de service|\bsla\b|conditions\b|engagements?|localisations?|mesures de securite|tarifs?|politique|penalites|"
    r"liste|perimetre|specifications)",
    r"(?:liste(?:e|es|s)?\b|enumer|celles?\b|ceux|indique|publie|mis(?:e|es)? a jour|mettre a jour|consult|disponible|accessible|figur|decrit|"
    r"fait foi|font foi|renvoi|"
    r"reference|tenu|evolu)",
    unless=r"(?:marches publies|acheteur est en ligne|aucune valeur|n'ont aucune|sans effet|copie|fige|annexee?s? (?:au|a l'|a la|aux)|version (?:datee|"
    r"figee|applicable|en vigueur|annexee)|"
    r"profil (?:d'|de l')acheteur|l'acheteur publie|dematerialis|plateforme des achats|sans valeur|inopposab|n'a (?:pas|aucune)|ne (?:vaut|suffit|"
    r"peut|remplace|dispense|font|fait|sont)|preavis|objection|oppos|legifrance|insee|ministere|cnil|anssi|open ?data|gouv\.fr|"
    r"documentation technique|guide|aide|candidat|registre|dossier de consultation|depot|pli|formulaire|piece|telecharg|avis|"
    r"catalogue en ligne de l'acheteur|journaux|incident)",
)
_cut_at_will = together(
    r"(?:titulaire|prestataire|editeur|hebergeur|fournisseur|operateur)",
    r"(?:suspen|interromp|coup(?:e|er|ure)\b|desactiv|bloqu|revoqu|retir(?:er|e)\b|arret(?:er|e)\b|ferm(?:er|e|eture)|resili|eteindre|mettre fin)",
    r"(?:sans (?:preavis|delai|avertissement|notification|accord|information|mise en demeure|avoir)|a tout moment|discretion|immediatement|"
    r"unilateral|a distance|pour (?:tout|quelque) motif|s'il (?:estime|juge)|lorsqu'il (?:estime|juge)|impaye|retard de paiement|"
    r"defaut de paiement|non-paiement|facture (?:impayee|non)|des qu'il|de plein droit|quand il|convenance)",
    r"(?:peut|pourra|se reserve|est (?:en droit|libre|fonde|autorise)|a le droit|dispose du droit|droit de|suspend\b|interrompt|coupe\b)",
    unless=r"(?:acheteur (?:peut|resili|suspend|se reserve)|par le (?:client|commanditaire|beneficiaire)|par l'acheteur|pouvoir adjudicateur|"
    r"le marche (?:est|peut|pourra)|personne publique|(?:ville|commune|departement|region) (?:peut|resili|se reserve)|compte (?:compromis|"
    r"malveillant)|attaque|accord (?:ecrit|prealable) (?:de|du) (?:l'acheteur|beneficiaire)|sous-traitant|exclus|aux frais et risques|travaux|"
    r"maitre d'ouvrage)",
    denied=r"(?:ne (?:peut|pourra|dispose|saurait|suspend|doit)[^.;]{0,40}(?:pas|en aucun|aucun|ni|jamais|sans|etre|suspen|interr|coup)|"
    r"aucun(?:e)? (?:suspension|coupure|interruption)|s'interdit|interdi|n'(?:est|interromp|autorise|ouvre)[^.;]{0,20}(?:pas|en aucun)|"
    r"sans pouvoir|meme en cas)",
)
_EXIT_PAPER = (
    r"(?:plans? (?:de|d'une) (?:reversibilite|sortie|transfert|transition|migration)|procedure de (?:restitution|reversibilite|sortie|reprise)|"
    r"document[^.;]{0,30}(?:reprise|sortie|restitution|reversibilite|transfert)|dossier de (?:reversibilite|reprise|sortie)|"
    r"modalites de (?:restitution|reversibilite|sortie)|plan d'exit)"
)
_paper_at_the_end = together(
    _EXIT_PAPER,
    r"(?:a l'(?:issue|expiration|echeance|achevement)|au (?:terme|moment de la (?:resiliation|fin|sortie))|en fin d|a la (?:fin|demande|"
    r"resiliation|cloture|sortie)|lors de la (?:resiliation|fin|sortie)|avant (?:la fin|l'echeance|l'expiration|le terme)|derniers? (?:mois|"
    r"semestre|trimestre|annee)|derniere annee|sur (?:simple )?demande|s'il y a lieu|apres la (?:fin|notification de la resiliation|resiliation)|"
    r"si (?:l'acheteur|la collectivite) (?:le|la) demande|preavis de resiliation)",
    r"(?:remet|remis|fourni|etabli|produi|livr|transmet|transmis|elabor|redig|communiqu|present|propos|prepar|adress)",
    unless=r"(?:actifs|plan initial|mis(?:e)? a jour|actualis|\btest|applique|met en œuvre|mise en œuvre|deroul|active|declench|(?:apres|de|suivant|"
    r"suivent) la notification(?: du marche)?(?! de)|des (?:la notification|le debut|l'offre|le demarrage)|avec (?:l'|son )offre|dans (?:l'|"
    r"son )offre|premiere annee)",
)
_exit_to_be_agreed = together(
    r"(?:reversibilit|restitu|export|transfert des donnees|recuper|remise des donnees|sortie\b|migration|portabilit)",
    r"(?:\bdevis\b|(?:prix|tarif|cout|conditions?|modalites?|formats?)[^.;]{0,30}(?:a (?:convenir|definir|determiner|preciser|negocier|etudier)|"
    r"(?:sera|seront|reste[a-z]*|sont)[^.;]{0,20}(?:determin|defini|conven|fix|negoci|precis|arret|etudi))|format (?:du|de l'|propre|choisi|"
    r"proprietaire|interne|natif|maison)|au temps passe|en regie|ulterieurement|au moment venu|le moment venu|selon (?:ses|les) (?:conditions|"
    r"tarifs))",
    r"(?:donnees|reversibilit|service|solution|fin (?:de|du)|marche|prestation|base|fichiers)",
    unless=r"(?:ne (?:fait|font|sont|donne|peut|peuvent|sera|donnera)[a-z]*[^.;]{0,25}(?:pas|ni|aucun|l'objet d'aucun)|sans (?:devis|frais|supplement|"
    r"cout)|aucun (?:devis|frais|supplement)|bordereau|gratuit|bpu|forfait|plafonn|compris|inclus|formats? (?:ouvert|structure|documente|standard|"
    r"csv|json|xml)|interdi|ni sur devis|\{\{|transfert de (?:propriete|risques)|restitution (?:du materiel|des (?:cles|locaux|badges)|"
    r"de la retenue|de l'avance)|candidat|mise a jour|plan de|personnel|l'acheteur peut|determines? (?:a|au|dans|par) (?:l'|le |la )?(?:annexe|"
    r"article|bordereau|acte))",
    unless_near=r"(?:bordereau des prix|\bcsv\b|\bjson\b|\bxml\b|sans frais|gratuit)",
    denied=r"(?:a (?:eviter|bannir)|ne pas ecrire)",
)
_paying_to_leave = together(
    r"(?:transfert|\bsortie|export|extraction|restitution|recuperation|portabilit|migration|chang[a-z]+ (?:de|d') ?(?:fournisseur|prestataire|"
    r"hebergeur|operateur|editeur)|depart\b|egress|reversibilit|quitt(?:er|e) le service)",
    r"(?:frais|factur|payant|indemnit|forfait de|a la charge (?:de l'acheteur|du beneficiaire|du client|de la (?:commune|collectivite|ville|"
    r"region))|\d[\d ]*(?:€|euros)|penalite de sortie|cout de sortie|prix de la sortie|tarif)",
    r"(?:donnees|service|fournisseur|prestataire|hebergeur|editeur|cloud|saas|abonnement|volume|go\b|giga|to\b|tera|client)",
    unless=r"(?:initiale|entrante|gratuit|a ses frais|frais du titulaire|\bloi\b|articles? \d|tableau|sans (?:frais|cout|supplement|indemnit|facturation)|"
    r"aucun|ne (?:sont|"
    r"donne|peut|peuvent|"
    r"fait|font|sera|seront|factur|comport|supporte|paie|percoit)[a-z]*|n'(?:est|ont|exced|facture|entraine|applique)|a la charge du titulaire|"
    r"par le titulaire|titulaire (?:supporte|prend)|limit|au cout|zero|\bnul|bordereau|\b0 ?€|compris|inclus|interdi|propriete|personnel|indiqu|"
    r"declar|precis|candidat|janvier 2027|article 29|vehicule|dechet|materiel|livraison|penalite|retard|euros par (?:jour|heure) de|transmission|"
    r"facture electronique|bagage)",
)
_long_notice = together(
    r"preavis",
    r"(?:trois|quatre|cinq|six|neuf|douze|[3-9]|1[0-9]|2[0-4])(?: \(\d+\))? mois|(?:90|120|180|quatre-vingt-dix|cent vingt|cent quatre-vingts) jours",
    r"(?:chang[a-z]+ (?:de|d') ?(?:fournisseur|prestataire|hebergeur|operateur|editeur|service)|\bsortie|migr|portabilit|rapatri|quitter)",
    unless=r"(?:changement de (?:controle|site|localisation|sous-traitant)|titulaire (?:respecte|observe|informe|notifie|prend|ne peut)|suspension|"
    r"modification|arret|retrait|fin de vie|au (?:plus|maximum)|ne (?:peut|depasse|exced|saurait)|prestataire (?:qui|informe)|deux mois)",
)
_paper_audit = together(
    r"(?:\baudits?\b|droit de controle|controles?\b|inspection|verifications? sur (?:place|site))",
    r"(?:rapports?|certificats?|attestations?|certifications?|questionnaire|auto-?evaluation|documentation|accord (?:prealable |ecrit |"
    r"expres )*(?:de|du)|autorisation (?:de|du)|acceptation (?:de|du)|consentement|visioconference|sur pieces)",
    r"(?:titulaire|prestataire|editeur|hebergeur|fournisseur|exploitant)",
    r"(?:se limite|limit(?:e|es|ee)\b|remplac|tien(?:t|nent|dra|dront) lieu|suffi|seul(?:s|es|ement)?\b|exclusiv|uniquement|subordonn|"
    r"sous reserve|si le|a condition|avec l'accord|sans (?:acces|visite)|dispens|valent|vaut|soumis|n'a (?:pas )?lieu (?:que|qu))",
    unless=r"(?:controle technique|ne limit|ne (?:se limite|peut|saurait|suffi|tien|dispens|rempla|vaut|sont)[a-z]*[^.;]{0,25}(?:pas|ni|en aucun|aucun)|"
    r"sans (?:que|"
    r"prejudice|limit|"
    r"accord)|n'est pas|ne (?:remplacent|dispensent|valent|suffisent)|controle (?:de la conformite|des factures|d'acces|de gestion|qualite|"
    r"technique)|candidatures?|offres|en complement|outre|d'abord|puis|frais d'audit|acceptation du marche)",
)
_own_use = together(
    r"(?:amelior|perfectionn|entrain|apprentissage|optimis|statistiq|recherche et developpement|a ses (?:propres )?fins|pour son propre|"
    r"ses propres (?:besoins|usages|produits)|reutilis|exploit(?:er|e|ation) commercial|benchmark|marketing|enrichi|nourrir|alimenter ses|"
    r"calibrer|evolution de ses)",
    r"(?:donnees|contenus?|fichiers?|requetes?|prompts?|traces|journaux|metadonnees|informations|telemetrie|images|enregistrements|documents|"
    r"courriels|conversations)",
    r"(?:titulaire|prestataire|editeur|hebergeur|fournisseur|\bses\b|modeles?|algorithmes?|produits?|services?)",
    r"(?:peut|peuvent|pourra|autoris|sont utilis|est utilis|servent|sert\b|conserve|se reserve|accepte|libre d|droit d|utilise\b|exploite\b|"
    r"reutilise\b|\bsont\b)",
    unless=r"(?:lui seul|son instruction|commercialisables|acheteur (?:publi|communiqu|reutilis)|soumissionnaire|interdi|s'interdit|sans (?:accord|"
    r"autorisation|l'accord)|"
    r"ne (?:peut|peuvent|sont|"
    r"seront|utilise|reutilis|serve|servent|sert|pourra|doi|conserve|exploite)[a-z]*|n'(?:utilise|est|exploit|en|entraine|autorise|a |ont)|"
    r"aucune?\b|accord (?:ecrit|prealable|expres)|autorisation (?:ecrite|prealable|expresse)|exclu|jamais|non-reutilisation|refus|"
    r"acheteur (?:utilise|peut)|propres donnees|(?:publiques|ouvertes|synthetiques|fictives)\b|open ?data|exclusivement (?:pour|a) l'acheteur|"
    r"usage exclusif|plan d'amelioration|amelioration continue|declar|indicateurs|rapport|candidat|formation des (?:agents|utilisateurs)|"
    r"taux de satisfaction|apprentis|insertion|la commune|le departement|l'administration)",
)

_as_far_as = wording(
    r"\b(?:autant que possible|si possible|dans la mesure du possible|de preference|idealement|a titre preferentiel|tant que faire se peut|"
    r"dans la mesure ou cela est possible)\b",
    rf"(?:{_OBLIGED}|livraisons?|repas|produits?|interventions?|travaux|agents? du titulaire)[^.;]{{0,80}}(?:est (?:encourage|souhaite)|"
    rf"sont (?:encourage|souhaite)|(?:peut|peuvent) utilement|privilegi(?:e|era|ent|eront)\b|favoris(?:e|era)\b)",
    unless=rf"(?:ordre de preference|droit de preference|langue de preference|{_BUYER_ACTS}|interlocuteur privilegie|points?\b|critere|\d ?%|bareme|"
    rf"insertion|visite|candidats?\b|"
    rf"soumissionnaires?\b|plis?\b|de preference par (?:courriel|mail|voie|messagerie|telephone|le portail|l'outil|l'espace)|"
    rf"questions?|format pdf|client|commanditaire|utilisateur|usagers? (?:sont|est) invit|qui (?:lui|leur) convien|compress)",
    denied=r"(?:a (?:eviter|bannir|proscrire)|ne pas ecrire|n'est pas une|sans valeur|mots? )",
)
_as_best = wording(
    r"\b(?:fait de son mieux|de son mieux|au mieux de ses|avec le soin d|en bon pere|s'emploie|tacher(?:a|ont)\b|(?:titulaire|prestataire|editeur|"
    r"hebergeur) tache de|moyens raisonnables|"
    r"efforts?\b[^.;]{0,20}(?:necessaires?|raisonnables?|possibles?)|s'attache a|s'applique a (?:limiter|respecter|assurer|maintenir)|"
    r"veille autant)\b",
    requires=r"(?:titulaire|prestataire|hebergeur|fournisseur|editeur|exploitant|sous-traitant|infogerant|operateur|equipe)",
    unless=r"(?:parties|resultat|insertion|l'acheteur s'|client)",
    denied=r"(?:n'est pas une|ne (?:suffit|se limite)|et non)",
)
_soon = wording(
    r"\b(?:sans tarder|sans delai excessif|au plus tot|aussitot que possible|dans les temps|dans un temps raisonnable|dans un delai (?:convenable|"
    r"acceptable|correct|normal|adapte)|avec celerite|prestement|sous peu|a la premiere occasion|dans les meilleures conditions de delai|"
    r"des qu'il le peut|vite)\b",
    unless=rf"(?:{_FIXED_DELAY}|{_BUYER_ACTS}|au plus tot (?:le|a|au|en|deux|trois|\d)|inform[a-z]* le titulaire|candidat|soumissionnaire|"
    rf"commence au plus tot|debut[a-z]* au plus tot|le client)",
    denied=r"(?:a (?:eviter|bannir)|et non|ne suffit|ne pas ecrire)",
)
_only_stored = together(
    r"(?:donnees?\b|sauvegardes?|fichiers?|base de donnees|documents?|copies?\b|serveurs?|contenus?|stockage|hebergement|application|plateforme)",
    r"(?:reside|heberg|stock|conserv|localis|se trouv|installe|demeur|situe|stockage|hebergement)",
    r"(?:union europeenne|\bue\b|\beee\b|espace economique europeen|etats? membres?)",
    unless=rf"(?:{_ACCESS}|{DENIED}|diffusion restreinte|ii ?901|pssie|critere|points?\b|sante|declar|indiqu|\bs'il|si le|inform|\{{\{{|suffi|"
    rf"garantit l'immunite|moyens d'execution|transfert|cloud act|extraterritorial|hors d|autorite|immunis|loi\b|droit|en dehors|candidat|qualifi|"
    rf"secnumcloud|note|"
    rf"reglement)",
    unless_near=r"(?:administration|supervision|support|acces\b|maintenance|exploitation|telemaintenance|bastion)",
)
_so_no_law = together(
    r"(?:serveurs?|heberg|localis|stock|datacenters?|centres? de donnees|byok|chiffr|implant|donnees (?:sont|etant) (?:en|dans|a))",
    r"(?:(?:justice|autorites?|lois?|juges?|tribuna[a-z]+|puissances?|etats?|requisitions?|injonctions?|droits?) (?:[a-z-]+ )?(?:etrang|americain|"
    r"extra-?europeen|tier|chinois|non europeen)[a-z]*|cloud act|fisa|extra-?territorial)",
    r"(?:sans effet|inapplicable|inoperant|aucune? |a l'abri|met fin|rend(?:ent)? (?:impossible|inapplicable|inoperant)|ne (?:peut|peuvent|"
    r"saurait)[^.;]{0,25}(?:saisir|atteindre|"
    r"acceder|obtenir|s'appliquer|exiger)|hors d'atteinte|protege|garanti|ecarte|neutralis|immunis|suffi)",
    unless=rf"(?:maison mere|cles?[^.;]{{0,80}}(?:hors (?:du|de la portee)|detenu|exclusiv|seul)|techniquement|possibilite technique|{EXCLUDE}|candidat|"
    rf"soumissionnaire|hebergeurs? echapp|notifi|conteste|declar|indiqu|transfert|critere|personne|entite)",
    denied=r"(?:ne (?:suffi|garanti|protege|met|permet|constitue|dispense|vaut|empeche|rend|ecarte|signifie|neutralise|soustrai)[a-z]*[^.;]{0,25}(?:pas|"
    r"plus|ni|en aucun|a elle seule|rien)|n'(?:empeche|ecarte|assure|exclut|interdit|immunise|est|emporte)[a-z]*[^.;]{0,25}(?:pas|ni|rien)|"
    r"insuffisan|illusoire|faux|sans suffire)",
)
_no_state_will_see = together(
    r"(?:(?:etats?|autorites?|gouvernements?|services? de renseignement|puissances?|administrations?|juridictions?) (?:[a-z-]+ ){0,2}(?:etrang|"
    r"tier|extra-?europeen|americain|non europeen|d'un pays)[a-z]*)",
    r"(?:absence (?:totale )?d'acces|aucun|nul|jamais|inaccessib|hors de portee|a l'abri|impossib)",
    r"(?:donnees|acces|connaissance|contenus?|fichiers?|informations)",
    r"(?:garanti|s'y engage|s'engage|assure|certifie|promet|inaccessib|hors de portee|n'aura|n'accede)",
    unless=r"(?:maison mere|2024-449|sren|cles?\b|chiffr|technique|par (?:la mise|des mesures|un dispositif)|moyens|preuve|audit|cloisonn|architecture|"
    r"declare|sauf|"
    r"notifi|"
    r"conteste|refus|exclu|elimin|illusoire|accord international|registre|heberg|localis|byok|sren|2024-449)",
    unless_near=r"(?:cles? (?:de chiffrement|hors|sont|est)|chiffrement|dispositif technique|preuve (?:est|attendue)|techniquement)",
)
_told_when_allowed = together(
    r"(?:signal|averti|inform|notifi|previen|prevent)[a-z]*",
    r"(?:lorsqu'il (?:y )?(?:est|a) autorise|pour autant que|s'il (?:y )?est autorise|si (?:la loi|le droit|elle|rien)[^.;]{0,30}|"
    r"sauf (?:interdiction|si)|quand (?:la loi|le droit|il)|dans (?:la mesure|les limites?)|autant que)",
    r"(?:demandes? d'acces|requisition|injonction|autorites?\b|demande[^.;]{0,20}(?:judiciaire|etrangere)|saisie|ordre)",
    unless=rf"(?:statistiq|avis de principe|rapport|registre|a defaut|dans ce cas|\balors\b|conteste|candidat|{_BUYER_ACTS} (?:inform|notifi|previent|"
    rf"avertit))",
    unless_near=r"(?:statistiq|avis de principe|rapport (?:annuel|semestriel|de transparence)|registre|dans ce cas|interdiction[^.;]{0,40}(?:notif|inform)|"
    r"conteste|interdit)",
)
_FOREIGN_LAW = (
    r"(?:irlandais|anglais|americain|luxembourgeois|californien|suisse|allemand|belge|neerlandais|britannique|singapourien|israelien|canadien|italien|"
    r"espagnol|"
    r"de l'etat de [a-z]+|du delaware|de new york|du luxembourg|de l'irlande|d'irlande|d'angleterre|des pays-bas)"
)
_judge_elsewhere = wording(
    rf"(?:\bdroit|\blois?|legislation) {_FOREIGN_LAW}[^.;]{{0,60}}(?:regi|s'appliqu|applicable|gouvern|seule?s? )",
    rf"(?:marche|contrat|accord|convention|licence|present|relations|litiges?|differends?|conditions)[^.;]{{0,60}}(?:regi|soumis|gouvern|interpret)[a-z]*"
    rf"[^.;]{{0,40}}(?:droit|lois?|legislation) {_FOREIGN_LAW}",
    rf"(?:tribun(?:al|aux)|juges?|juridictions?|cours?) {_FOREIGN_LAW}[^.;]{{0,60}}(?:competen|connai|saisi|tranch|seul)",
    r"(?:litiges?|differends?|contestations?)[^.;]{0,60}(?:arbitre|arbitral)",
    r"(?:loi|droit|legislation) (?:applicable|du contrat|du marche)[^.;]{0,30}(?:luxembourg|irland|anglais|angleterre|etats-unis|americain|"
    r"allemand|suisse|neerland|pays-bas|belge|belgique|etrang|delaware|californi|singapour)",
    r"(?:competence|competents?)[^.;]{0,50}(?:dublin|londres|luxembourg|amsterdam|new york|geneve|zurich|bruxelles|irland|tribunal de commerce|"
    r"tribunaux? (?:civil|judiciaire))",
    unless=r"(?:tournoi|sportif|match|arbitr[a-z]+ (?:entre|des|les|budget|interne|technique)|greffe|\brcs\b|registre|sous-traitant|"
    r"propriete intellectuelle|comite d'arbitrage|n'est|ecarte|exclu|aucun|sans|les presentes|client|"
    r"administratif)",
    denied=DENIED
    + r"|(?:aucun|sans|ni|pas d'|exclu|interdi|proscri|ne (?:peut|peuvent|recour|sont|comporte|saurai))[^.;]{0,40}(?:arbitra|recours|droit etranger|"
    r"soumis)",
)
_not_answerable = together(
    r"(?:(?:restrictions?|controles?|interdictions?|mesures?) (?:a l'|d'|des |aux )exportations?|decisions? (?:d'un|de tout|du) (?:gouvernement|etat)|"
    r"(?:loi|reglementation|administration|decision|injonction|ordre|mesure)s? (?:etrangere?s?|d'un (?:etat|pays) (?:tiers|etranger))|"
    r"autorites? (?:publique )?etrang|etat (?:tiers|etranger)|embargo|sanctions? (?:internationales?|etrangeres?|economiques)|"
    r"gouvernement etranger|loi etrangere|mesures? d'exportation)",
    r"(?:n'est pas responsable|ne (?:peut|saurait) (?:etre )?(?:tenu|engager|rechercher)|liber(?:e|ent|era|eront|er)\b|exoner|degage|decharg|force majeure|"
    r"assimil|"
    r"suspend ses obligations|sans indemnite|cas fortuit)",
    r"(?:titulaire|prestataire|editeur|fournisseur|hebergeur|force majeure|obligations)",
    unless=r"(?:code source|sequestre|defaillance du titulaire|n'est pas\b(?! responsable)|code source|sequestre|depot|acheteur|ne (?:constitue|sont pas|"
    r"sauraient|vaut|caracteris|releve)|n'exoner|"
    r"n'est pas un cas|n'ont pas|a l'exclusion|a l'exception|exclu(?:e|s|"
    r"es)? (?:de|du)|sauf|ne (?:libere|dispense|degage|suspend)|n'entre|pas (?:assimil|un cas de))",
)
_fed_to_the_model = together(
    r"(?:conversations?|requetes?|donnees|contenus?|documents|prompts?|fichiers|journaux|enregistrements|images|traces|metadonnees)",
    r"(?:perfectionn|apprentissage|entrain|amelior|nourri|aliment|reutilis[a-z]* (?:pour|afin|a des fins)|fins (?:statistiq|commercial))",
    r"(?:assistant|modele|service|produit|editeur|hebergeur|titulaire|prestataire|algorithme|commercial|propre)",
    unless=r"(?:centres? de donnees|electri|commercialisables|interdi|sans (?:accord|autorisation|l'accord)|ne (?:peut|peuvent|sont|seront|serv|utilis|"
    r"reutilis|sera|pourr|entrain|"
    r"aliment)[a-z]*|"
    r"n'(?:utilise|est|exploit|en|entraine|aliment|autorise|a |ont)|aucune?\b|accord (?:ecrit|prealable|expres)|autorisation|exclu|jamais|refus|"
    r"acheteur|(?:publiques|ouvertes|synthetiques|fictives)\b|open ?data|usage exclusif|plan d'amelioration|amelioration continue|declar|"
    r"indicateurs|rapport|candidat|formation des|satisfaction|apprentis|insertion|commune|administration|beneficiaire)",
)
_given_when_it_ends = together(
    r"(?:(?:plan|documentation|dossier|procedure|schema|modalites) (?:de |d')?(?:sortie|reversibilite|transfert|restitution|reprise|migration)|"
    r"reversibilite est document)",
    r"(?:avec la (?:notification de la )?resiliation|notification de la resiliation|avant le terme|un mois avant|trois mois avant|avant la fin|"
    r"en fin d|a la fin|a l'(?:issue|echeance|expiration)|sur demande|lors de la (?:fin|resiliation)|apres la resiliation|derniere? (?:annee|mois|"
    r"trimestre)|au moment de)",
    r"(?:livr|remi[st]|communiqu|fourni|redig|etabli|produi|transm|prepar|present|elabor|adress)",
    unless=r"(?:actifs|plan initial|mis(?:e)? a jour|actualis|\btest|met en œuvre|mise en œuvre|deroul|active|declench|suivant la notification|mois (?:de|"
    r"apres) la notification(?! de)|des (?:la notification|le debut|l'offre)|avec (?:l'|son )offre|dans (?:l'|son )offre|premiere annee)",
)
_in_their_format = together(
    r"(?:donnees|reversibilit|fichiers|base\b|export|restitution)",
    r"(?:format (?:choisi|retenu|defini|propre|proprietaire|qu'il|du titulaire|du prestataire|de l'editeur|a convenir|a definir)|sur devis|"
    r"(?:cout|prix|tarif)[^.;]{0,40}(?:fixe (?:le moment|ulterieurement|plus tard|a ce moment)|le moment venu|a determiner|non defini|"
    r"sera (?:fixe|etabli|communique|arrete))|formats? (?:non |pas )(?:precis|defini)|prestation sur devis)",
    unless=r"(?:ne (?:fait|font|sont|donne|peut|peuvent|sera)[a-z]*|sans (?:devis|frais|cout)|aucun (?:devis|frais)|bordereau|gratuit|bpu|forfait|"
    r"compris|inclus|\bcsv\b|\bjson\b|\bxml\b|interdi|ni sur devis|\{\{|propriete|format (?:ouvert|structure|documente)|l'acheteur (?:choisit|"
    r"demande)|choisi par l'acheteur)",
    unless_near=r"(?:bordereau des prix|\bcsv\b|\bjson\b|\bxml\b|sans frais|gratuit)",
)
_format_unknown = wording(
    r"(?:donnees|fichiers?|base|contenus?|export|restitution|reversibilit)[^.;]{0,110}(?:(?:format|support|forme|modalites?|conditions?|prix|cout|"
    r"tarif)s?[^.;]{0,30}"
    r"(?:a (?:determiner|definir|convenir|preciser|fixer|discuter|negocier|arreter)|restant a|qui (?:sera|seront)|non (?:precise|defini|fixe)|"
    r"au choix du (?:titulaire|"
    r"prestataire)|choisi par (?:le (?:titulaire|prestataire)|l'editeur)))",
    r"(?:reversibilit|restitution des donnees|export des donnees|transfert sortant)[^.;]{0,110}(?:chiffree? |devisee? |tarifee? |valorisee? |"
    r"negociee? )(?:le moment venu|"
    r"ulterieurement|a la demande|au cas par cas|en fonction|apres|plus tard)",
    unless=r"(?:bordereau|\bbpu\b|gratuit|forfait|\bcsv\b|\bjson\b|\bxml\b|ne (?:peut|peuvent|sera|sont)|au choix de l'acheteur|sans frais|carte|badge|"
    r"import|reprise)",
    unless_near=r"(?:bordereau des prix|\bcsv\b|\bjson\b|\bxml\b|sans frais|gratuit)",
)
_long_goodbye = together(
    r"(?:chang[a-z]+ (?:de |d')?(?:fournisseur|prestataire|hebergeur|operateur|editeur|service)|quitter|\bsortie\b|migr|partir chez|rapatri)",
    r"(?:preavis|a l'avance|previen|avant|delai)",
    r"(?:trois|quatre|cinq|six|neuf|douze|[3-9]|1[0-2]) mois|(?:90|120|180) jours",
    r"(?:commune|acheteur|client|collectivite|region|departement|ville|administration|preavis|beneficiaire|metropole)",
    unless=r"(?:changement de (?:controle|site|localisation|sous-traitant)|titulaire (?:respecte|observe|informe|notifie|previent)|au (?:plus|maximum)|"
    r"ne (?:peut|depasse|exced|saurait)|deux mois|plan|mois avant (?:la fin|le terme|l'echeance)|reconduction)",
)
_certificate_will_do = together(
    r"(?:\baudits?\b|controle sur (?:site|place)|droit de controle)",
    r"(?:certificat|certification|synthese|rapport|attestation|questionnaire|documentation|accepte|accord|consent)",
    r"(?:se content|en guise|tien[a-z]* lieu|aucun audit|pas d'audit|sans audit|n'a lieu que si|si le (?:titulaire|prestataire)|remplac|limit|"
    r"suffi|seul|uniquement|exclusivement|dispens)",
    unless=r"(?:ne limit|ne (?:se limite|peut|saurait|suffi|tien|dispens|rempla|vaut|sont)[a-z]*[^.;]{0,25}(?:pas|ni|en aucun|aucun)|sans (?:que|"
    r"prejudice|limit|"
    r"accord|l'accord)|n'est pas|candidat|soumissionnaire|en complement|outre|d'abord|frais)",
)


# ---- said from the other side: who suffers it, what happens ------------------------------------------------------------------------------

_as_it_sees_fit = together(
    r"(?:titulaire|prestataire|editeur|hebergeur|fournisseur|operateur)",
    r"(?:suspen|interromp|restrein|limit(?:er|e)\b|bloqu|desactiv|coup(?:er|e)\b|ferm(?:er|e)\b|modifi(?:er|e)\b[^.;]{0,20}service|retir(?:er|e)\b|"
    r"arret(?:er|e)\b)",
    r"(?:service|acces|compte|fonction|licence|plateforme|abonnement)",
    r"(?:(?:lorsqu'il|s'il|quand il|qu'il) (?:l'|le )?(?:estime|juge|souhaite|considere|decide)|a son (?:gre|initiative)|pour (?:des )?(?:raisons?|motifs?) "
    r"(?:qui lui|commercia|technique|de son)|sans (?:motif|avoir a)|impaye|des le premier|selon (?:ses|son))",
    unless=r"(?:acheteur (?:peut|resili|suspend|se reserve)|par l'acheteur|attaque|compromis|travaux|sous-traitant|accord (?:ecrit|prealable) (?:de|"
    r"du) l'acheteur)",
    denied=r"(?:ne (?:peut|pourra|peuvent|saurait|doit)[^.;]{0,40}|aucune? (?:suspension|coupure|interruption)|s'interdit|interdi|sans pouvoir|meme en cas)",
)
_is_cut = together(
    r"(?:\bacces\b|\bservices?\b|comptes?\b|licences?\b|abonnements?|plateforme|serveurs?)",
    r"(?:suspendu|interrompu|coupe|ferme|desactive|bloque|debranche|eteint|resilie|revoque)[a-z]*",
    r"(?:absence de (?:reglement|paiement)|faute de (?:reglement|paiement)|non paye|non-reglement|impaye|retard de (?:paiement|reglement)|"
    r"defaut de paiement|sans (?:avertissement|preavis|mise en demeure)|a l'initiative (?:de l'editeur|"
    r"du)|discretion|d'office|automatiquement|a la premiere|des le premier|seule decision|si (?:l'editeur|le (?:prestataire|fournisseur|"
    r"titulaire)))",
    unless=r"(?:acheteur (?:peut|resili|suspend)|a la demande de l'acheteur|compte (?:compromis|malveillant)|attaque|inactif|agents? (?:parti|qui)|"
    r"depart|sous-traitant|travaux|maitre d'ouvrage|session|mot de passe|tentatives|par l'acheteur)",
    denied=r"(?:ne (?:peut|pourra|peuvent|saurait|sera|seront|doit)[^.;]{0,40}|aucun(?:e)? (?:suspension|coupure|interruption)|s'interdit|interdi|"
    r"n'(?:est|interromp|autorise|ouvre)[^.;]{0,20}(?:pas|en aucun)|sans pouvoir|meme en cas|pas (?:suspend|coup|interromp))",
)
_learns_from_us = wording(
    r"(?:enrichi|nourri|aliment|perfectionn|amelior|calibr|affin)[a-z]*[^.;]{0,60}(?:moteur|modele|algorithme|gamme|catalogue|base (?:commune|mutualisee|"
    r"de connaissances)|"
    r"produits?|ensemble (?:de ses|des) clients|tous (?:les|ses) clients|autres clients)",
    r"(?:traces?|donnees|journaux|usages?|statistiques|corrections|contenus?)[^.;]{0,90}(?:tire|degage|exploite|valorise|"
    r"deduit)[a-z]*[^.;]{0,60}(?:enseignements?|profit|"
    r"evolution|gamme|produits?|connaissances?|modeles?)",
    r"(?:benefici|dispos|recoi|obtien|conced|confer|accord)[a-z]*[^.;]{0,50}(?:droit d'(?:usage|exploitation|utilisation)|licence)[^.;]{0,60}(?:sur |"
    r"des? )(?:les |l'ensemble des )?(?:donnees|contenus|traces|fichiers)[^.;]{0,60}",
    requires=r"(?:editeur|titulaire|prestataire|hebergeur|fournisseur|service|clients)[^.;]*",
    unless=r"(?:interdi|ne (?:peu|serv|sont|sera|dispose|confere|dispos)[a-z]*|n'(?:est|en|a |ont|acquiert|utilis|exploit)|aucune?\b|jamais|"
    r"acheteur (?:dispose|beneficie|"
    r"concede|exploite)|"
    r"accord (?:ecrit|prealable|expres)|a l'acheteur|pour l'acheteur|beneficiaires?|(?:publiques|ouvertes|synthetiques)|open ?data|restent la propriete)",
)
# « servir à l'apprentissage », « utilisés pour entraîner »: said of the data, whoever does it.
_serves_training = wording(
    r"(?:donnees|documents?|contenus?|fichiers?|requetes?|conversations?|prompts?|echanges|textes?|images?|enregistrements?|saisies|questions)[^.;]{0,90}"
    r"(?:serv(?:ir|ent|iront|ira)|sont (?:utilis|exploit|reutilis|conserv|analys)|(?:peu(?:t|vent)|pourr(?:a|ont)) (?:etre )?(?:servir|utilis|exploit|"
    r"reutilis|conserv|analys))"
    r"[a-z]*[^.;]{0,60}(?:apprentissage|entrain|amelior|perfectionn|statistiq|produits?|futur|commercia|partenaires|recherche)",
    unless=r"(?:n'(?:est|en|a )|ne (?:peu|pourr|serv|sont|sera|seront)[a-z]*[^.;]{0,20}(?:pas|ni|aucun|en aucun|jamais|que)|aucune?\b|sans (?:que|jamais)|"
    r"interdi|"
    r"accord (?:ecrit|prealable|expres)|autorisation|acheteur|formation des|(?:publiques|ouvertes|synthetiques|fictives)\b|produits? pour|beneficiaire|"
    r"groupement|membres|statistiques (?:de|du) (?:suivi|l'acheteur|la "
    r"collectivite|frequentation)|rapports?\b|usage exclusif|amelioration continue du marche)",
)
_told_late = together(
    r"(?:violations?|fuites?|piratage|intrusion|compromission|vol de donnees|incidents? de securite|perte de donnees|attaque informatique|"
    r"failles? exploitee)",
    r"(?:72 ?h|72 heures|soixante-douze heures|(?:trois|quatre|cinq|sept|huit|dix|quinze|[3-9]|1[05]) jours|troisieme jour|une semaine|la semaine|"
    r"dans le mois|rapport (?:mensuel|trimestriel|annuel)|prochain comite|fin du mois)",
    r"(?:connaissance|inform|notifi|signal|avis|averti|declar|rapport|communiqu|previent|alert|porte|comite|mention)",
    unless=r"(?:(?<!-)douze heures|12 ?h\b|cnil|autorite de controle|(?:premier )?rapport (?:\| |detaille|complet|final|d'analyse|d'incident|"
    r"intermediaire)|puis\b|"
    r"24 ?(?:heures|h\b)|vingt-quatre|"
    r"48 ?h|sans (?:retard|delai)|immediat|analyse|conserv|l'acheteur (?:notifie|dispose)|responsable du traitement (?:notifie|dispose|doit)|"
    r"corrig|exercice|test)",
)
_helps_itself = together(
    r"(?:donnees|contenus?|fichiers?|requetes?|traces|journaux|metadonnees|documents|conversations|demandes|images|enregistrements|statistiques d'usage)",
    r"(?:pour (?:ses|son|leurs?) (?:propres? |travaux|besoins|recherche|produits|activite)|tirer (?:parti|profit)|valoris|revend|commercialis|"
    r"partag[a-z]* avec (?:ses|des) partenaires|recherche et developpement|ses travaux|propriete du (?:prestataire|titulaire|fournisseur)|"
    r"appartiennent (?:au|a l'editeur)|conserve une copie|fins (?:internes|propres)|licence (?:mondiale|d'utilisation) (?:sur|des)|(?:ses|"
    r"des) futures? (?:versions?|produits?|modeles?))",
    r"(?:titulaire|prestataire|editeur|hebergeur|fournisseur|operateur|\bses\b)",
    unless=r"(?:commercialisables|interdi|sans (?:accord|autorisation|l'accord)|ne (?:peut|peuvent|sont|seront|serv|utilis|reutilis|sera|pourr|conserv|"
    r"appart|revend|"
    r"tire)[a-z]*|n'(?:utilise|est|exploit|en|a |ont|appart)|aucune?\b|accord (?:ecrit|prealable|expres)|autorisation|exclu|jamais|renonc|"
    r"acheteur (?:utilise|peut)|logiciel standard|antecedent|connaissances anterieures|dechets?|invendus)",
)
_no_real_audit = together(
    r"(?:\baudits?\b|controles?\b|verifications?|inspections?|visites?)",
    r"(?:font foi|fait foi|reput[a-z]+ (?:satisf|rempli|exerc)|renonc|(?:uniquement|exclusivement|seulement) (?:sur|par|a distance|au vu)|"
    r"est (?:satisfait|rempli|exerce) par|une fois (?:tous les|pendant)|sous reserve (?:de l'accord|qu'il)|que si le|ne (?:visite|peut visiter|"
    r"se deplace)|pas de visite|a ses conditions|choisi par le (?:titulaire|prestataire))",
    r"(?:certificat|certification|rapport|attestation|titulaire|prestataire|editeur|hebergeur|fournisseur|questionnaire|auditeur)",
    unless=r"(?:controle technique|ne (?:se limite|suffi|tien|dispens|rempla|vaut|sont|limit|font|fait)[a-z]*|sans (?:que|prejudice|limit|accord)|"
    r"n'est pas|candidat|"
    r"en complement|outre|d'abord|frais|factur|travaux|facultatif|controle (?:technique|d'acces|qualite)|constructeur)",
)
_read_it_there = wording(
    r"(?:niveaux? de service|\bsla\b|sous-traitants?|engagements?|conditions|localisations?|\bpays\b|mesures de securite|garanties|penalites|disponibilite|"
    r"tarifs?|"
    r"lieux?)[^.;]{0,110}(?:\bpage\b|\bsite\b (?:internet |web )?(?:du|de l')|documentation (?:en ligne|publique)|centre de confiance|trust center|"
    r"portail (?:du|de l'|client)|"
    r"(?:sont|est) (?:ceux|celles?|celui) (?:publi|affich|indiqu)|en ligne)",
    requires=r"(?:titulaire|prestataire|editeur|fournisseur|hebergeur|sous-traitant|en ligne|documentation)",
    unless=r"(?:copie|fige|annexee?s?\b|annexe|version (?:datee|figee|annexee)|profil|dematerialis|inopposab|aucune valeur|n'a (?:pas|aucune)|ne (?:vaut|"
    r"suffit|peut|"
    r"remplace|dispense|font|fait|sont)|preavis|objection|legifrance|insee|ministere|cnil|anssi|gouv|candidat|depot|pli|formulaire|telecharg|incident|"
    r"sur site|"
    r"formation|documentation technique|aide en ligne|visite|chantier|services? en ligne|paiement en ligne|demarches? en ligne|sites? d'hebergement|"
    r"intervention)",
)
_by_a_link = together(
    r"(?:\bsite\b|\blien\b|hyperlien|www|https?:|page\b|portail|espace en ligne|en ligne)",
    r"(?:niveaux? de service|\bsla\b|sous-traitants?|engagements?|conditions|localisations?|pays\b|mesures de securite|garanties|penalites|"
    r"disponibilite garantie|tarifs?)",
    r"(?:en vigueur|celles?\b|ceux\b|celui|mis(?:e|es)? a jour|evolu|modifi|renvoi|consult|publie|affich|figur|se trouv|decrit|precis|tenue?s?\b|"
    r"accessible|actualis|dernier|jour de|date)",
    r"(?:titulaire|prestataire|editeur|fournisseur|hebergeur|service|sla\b|sous-traitant)",
    unless=r"(?:copie|fige|annexee?s?\b|annexe|version (?:datee|figee|annexee)|profil (?:d'|de l')acheteur|acheteur|dematerialis|plateforme des achats|"
    r"sans valeur|inopposab|aucune valeur|n'a (?:pas|aucune)|ne (?:vaut|suffit|peut|remplace|dispense|font|fait|sont)|preavis|objection|oppos|"
    r"legifrance|insee|ministere|cnil|anssi|gouv|documentation technique|guide|candidat|registre|depot|pli|formulaire|telecharg|avis|journaux|"
    r"incident|sur site|visite|chantier|sites? (?:de|du|d'hebergement|principal|distant)|centre|intervention)",
)


_declared_immune = together(
    r"(?:immunis|a l'abri|hors (?:de )?(?:portee|d'atteinte)|etanche|impermeable|insensible|inattaquable|echapp|protege(?:e|s|es)? (?:de|contre|des)|"
    r"souverainete (?:totale|pleine|entiere|absolue|complete|garantie|numerique)|(?:totalement|pleinement|entierement|100 ?%) souverain|"
    r"aucune? (?:loi|legislation|droit) (?:etrang|extra|tier))",
    r"(?:lois?|droits?|legislations?|extra-?territorial|cloud act|\bfisa\b|ingerence|souverain|autorites?|puissances?|etats? (?:tiers|etrangers?))",
    r"(?:services?|solutions?|donnees|heberg|plateforme|infrastructure|cloud|offre|titulaire|fichiers?|dossiers?)",
    r"(?:\best\b|\bsont\b|sera|seront|garanti|assur|reste|demeure|offre\b|s'engage|confere|apporte|declare)",
    unless=rf"(?:2024-449|sren|cles?\b|chiffr|techniqu|par (?:la mise|des mesures|un dispositif|l'absence)|moyens|preuve|audit|cloisonn|architecture|sauf|"
    rf"notifi|conteste|refus|{EXCLUDE}|illusoire|accord international|registre|heberge[a-z]* (?:en|dans|sur)|localis|situe|byok|critere|points?\b|"
    rf"candidat|inspir|recommand|strategie|indiqu|declare les|objectif|enjeu|contexte|besoin|\bpour\b[^.;]{{0,20}}souverain)",
    unless_near=r"(?:cles? (?:de chiffrement|hors|sont|est)|chiffrement|dispositif technique|preuve (?:est|attendue)|techniquement)",
)
_audit_refused = wording(
    r"(?:audits?|inspections?|visites? d'audit|controles? sur (?:site|place))[^.;]{0,50}(?:n'(?:est|sont|a) (?:pas|ni)|ne (?:sont|sera|seront|peut|peuvent) "
    r"(?:pas|etre)|exclu|interdit|refuse|proscrit|non (?:autoris|prevu|permis|possible))",
    r"(?:aucun|pas d'|sans|exclut tout|refuse tout|ni) ?(?:droit d')?audit",
    requires=r"(?:titulaire|prestataire|hebergeur|editeur|fournisseur|certificat|acheteur|client|collectivite|commune|site|donnees)",
    unless=r"(?:ne (?:peut|peuvent|sera) (?:pas |etre )?(?:limit|refus|factur|restrein|oppos|subordonn|excede)|n'est pas (?:limit|factur|subordonn|un motif|"
    r"ouvert aux)|n'exonere|sans frais|sans que|sans preavis|au-dela|plus d|frais|a la charge|penalit|cout|sans prejudice|facture)",
    denied=None,
)


_fills_the_gaps = wording(
    rf"(?:pour (?:tout )?ce qui n'est pas (?:prevu|traite|regle)|a defaut de (?:stipulation|disposition)|dans le silence|en complement|subsidiairement|"
    rf"pour le surplus)"
    rf"[^.;]{{0,120}}(?:{_SUPPLIER_TERMS}|conditions generales (?:de|du) (?:l'editeur|titulaire|prestataire|fournisseur))",
    rf"(?:application|adhesion|acceptation|soumission|reference|renvoi|conformement)[a-z]*[^.;]{{0,40}}{_SUPPLIER_TERMS}[^.;]{{0,40}}(?:editeur|titulaire|"
    rf"prestataire|"
    rf"fournisseur|hebergeur|constructeur)",
    unless=rf"(?:{_NO_FORCE}|ne (?:s'appliqu|sont|font|peu|saur|val)[a-z]*|non ecrit|conditions generales d'(?:achat|execution)|presentes|"
    rf"le client|acheteur public)",
)
_its_site_lists_them = wording(
    r"(?:tien(?:t|dra)|publi|met(?:tra)?|affich|actualis|maintien|list|communiqu)[a-z]*[^.;]{0,50}(?:sur (?:son|le) (?:site|portail|espace)|"
    r"en ligne)[^.;]{0,60}(?:sous-traitants?|"
    r"lieux?|localisations?|niveaux? de service|engagements?|tarifs?|mesures de securite|conditions)",
    requires=r"(?:titulaire|prestataire|editeur|fournisseur|hebergeur)",
    unless=r"(?:notifi|preavis|prealable|annexe|objection|oppos|copie|fige|profil|acheteur (?:publi|met)|sans (?:valeur|que)|ne (?:vaut|suffit|remplace|"
    r"dispense))",
)
_DATA_BACK = compiled(
    r"(?:donnees|fichiers|contenus|enregistrements)\b[^.;:]{0,60}(?:restitu|rendue?s?\b|remise?s?\b)|(?:restitu[a-z]*|rend(?:ra)?|remet(?:tra)?|"
    r"restitution) (?:[a-z']+ ){0,4}?"
    r"(?:donnees|fichiers|contenus|enregistrements)\b"
)
_AT_THE_END = compiled(
    r"(?:en fin|a la fin|au terme|a l'issue|a l'expiration|a l'echeance|a la cessation|a la sortie)\b(?! (?:de chaque|du mois|des essais|de (?:la|l')"
    r" ?(?:recette|periode|reunion|journee|formation|session|essai|annee|intervention|exercice)))"
)
_HOW_GIVEN_BACK = compiled(
    r"(?:format|\bcsv\b|\bjson\b|\bxml\b|pdf|sql|mp4|prix|gratuit|frais|cout|€|euros|bordereau|\bbpu\b|dpgf|forfait|annexe|articles? \d|l'article|cctp|"
    r"plan\b|ccag|"
    r"modalites|conditions|procedure|documentation|ci-(?:apres|dessous|dessus)|personnel|rgpd|sous-traitant|detrui|destruct|\{\{|support|structure|ouvert|"
    r"standard|lisible|exploitable|"
    r"sans (?:delai|frais)|protocole|contradictoire|etat|inventaire)"
)
# A longer sentence says more than that the data come back.
_BARE = 150


def _given_back_somehow(text: Text) -> Iterator[Caught]:
    """The data come back at the end, and neither the sentence nor its article says how, in what form or at what price."""
    for sentence in text.readings:
        match = _DATA_BACK.search(sentence.words, sentence.lead)
        if (
            match
            and len(sentence.words) - sentence.lead < _BARE
            and _AT_THE_END.search(sentence.words)
            and not compiled(DENIED + r"|candidat|echantillon|papier|dossiers? papier").search(sentence.words)
            and not _HOW_GIVEN_BACK.search(text.section(sentence.span) if text.document.headings else text.around(sentence.span))
        ):
            yield Caught(sentence.at(*match.span()), within=sentence)


_agreed_at_the_end = wording(
    r"(?:modalites?|conditions?|prix|couts?|formats?|calendrier|contenu)[^.;]{0,60}(?:de (?:la |l')?|des )(?:reversibilit|restitution|sortie|transfert|"
    r"migration sortante)"
    r"[^.;]{0,60}(?:seront|sera|sont|est|reste|restent)[^.;]{0,20}(?:conven|defini|determin|arret|fix|negoci|etudi|precis|discut|decid)",
    r"reversibilit[^.;]{0,80}(?:seront|sera|sont|est)[^.;]{0,20}(?:conven|negoci|discut|etudi)[a-z]*[^.;]{0,60}(?:fin|terme|moment|issue|parties)",
    unless=r"(?:bordereau|\bbpu\b|forfait|gratuit|\bcsv\b|\bjson\b|\bxml\b|a l'article|au present|annexe|ci-(?:apres|dessous)|dans (?:l'offre|le plan)|"
    r"par l'acheteur|"
    r"ne (?:peut|peuvent))",
    unless_near=r"(?:bordereau des prix|\bcsv\b|\bjson\b|\bxml\b|sans frais|gratuit)",
)
_gives_up_audit = wording(
    r"(?:renonc|s'interdit|s'abstien|n'a pas (?:le droit|vocation)|ne (?:peut|pourra|saurait|dispose))[a-z]*[^.;]{0,40}(?:\baudit(?:er|s)?\b|"
    r"controler (?:les|sur)|inspecter|visiter "
    r"les (?:installations|sites|locaux))",
    requires=r"(?:acheteur|client|collectivite|commune|pouvoir adjudicateur|region|departement|titulaire|prestataire|hebergeur)",
    unless=r"(?:titulaire (?:ne (?:peut|pourra|saurait)|s'interdit) (?:refus|oppos|s'oppos|factur|limit)|refuser|s'opposer|factur|limiter)",
    denied=None,
)


# ---- the notions of each fault, near one another in any order -------------------------------------------------------------------------------

_SUPPLIER = r"(?:titulaires?|prestataires?|editeurs?|hebergeurs?|fournisseurs?|constructeurs?|operateurs?|infogerants?|exploitants?|sous-traitants?)"
_TOLD = (
    r"(?:inform|notifi|\bavis(?:e|er|era|ee?s?)\b|aver(?:t|ti)|prev(?:ien|en)|signal|alert|transm(?:et|is)|communiqu|port(?:e|er|era|ee?s?) a (?:la|"
    r"sa) connaissance|"
    r"fai(?:t|re) part|en refere|rend compte|faire savoir|repercut)"
)
_ASKED_BY_A_STATE = (
    r"(?:(?:demandes?|requetes?|injonctions?|requisitions?|saisies?|ordres?|divulgations?|sollicitations?)[^.;]{0,70}(?:autorit|judiciair|gouvernement|"
    r"etats? tiers|"
    r"pays tiers|etrang|administrati|divulg|acces\b|donnees|police|service de renseignement)|(?:autorit|judiciair|gouvernement)[^.;]{0,50}(?:demand|requ|"
    r"injonction|"
    r"acces\b)|\b(?:requisition|injonction)s?\b|(?:communiquer|livrer|remettre|divulguer|ceder)[^.;]{0,40}autorite)"
)
_IF_THE_LAW_ALLOWS = (
    r"(?:(?<!meme )\bsi\b|\bsauf\b|lorsqu|quand\b|dans la mesure|dans les (?:limites|cas)|pour autant|sous reserve|a moins|autant que|\bhors\b|des lors qu|"
    r"\bs'il\b|"
    r"a condition|pourvu|"
    r"sans prejudice)[^.;]{0,70}?(?:\blois?\b|\bdroit\b|legal|legislation|interdi|autoris|permet|permis|reglementation|secret|prohibition|defense|obstacle|"
    r"confidentialite|"
    r"silence|oppose|licite|proscri)"
)
_told_unless_forbidden = together(
    _IF_THE_LAW_ALLOWS,
    _TOLD,
    _ASKED_BY_A_STATE,
    unless=rf"(?:acheteur ne (?:peut|communique)|n'y repond|ne repond|informations? confidentielles?|statistiq|avis de principe|canari|rapport (?:annuel|"
    rf"semestriel|de transparence)|"
    rf"registre|a defaut|dans ce cas|contest|"
    rf"{_BUYER_ACTS}|evinces?|candidat|soumissionnaire|fiscal|sans effet|sans autorisation)",
    unless_near=r"(?:statistiq|avis de principe|rapport (?:annuel|semestriel|de transparence)|registre|dans ce cas|en cas d'interdiction|conteste|"
    r"(?:notification|information) (?:lui )?est interdite)",
    denied=r"(?:ne (?:suffi|vaut)|a (?:eviter|bannir)|refuse)",
    linked=True,
)

_PLACE_OR_KEYS = (
    r"(?:heberge(?!ur)|localis|stock|serveurs?\b|datacenters?|data centers?|centres? de donnees|\bsol (?:francais|europeen|national)|territoire|region «|"
    r"byok|\bcles?\b|"
    r"chiffrement|chiffr(?:e|ees?|es)\b|presence des donnees|donnees ne quitt)"
)
_FOREIGN_LAW = (
    r"(?:cloud act|\bfisa\b|extra-?territoria|(?:lois?|droits?|legislations?|autorites?|justice|juridictions?|juges?|requisitions?|injonctions?|"
    r"puissances?|demandes?|etats?)"
    r"(?: [a-z'-]+){0,3} (?:etrang|americain|extra-?europeen|tiers|tierces|non europeen|hors union)|pays tiers|etats? tiers|\bimmunit|souverain|ingerence)"
)
_SO_SAFE = (
    r"(?:garanti|suffi|assure|proteg|protection|hors (?:de (?:la )?)?(?:portee|d'atteinte)|hors (?:du )?champ|a l'abri|echapp|ecart|exclu|neutralis|"
    r"ne (?:s'applique|sont|est|"
    r"peu)|"
    r"n'est (?:plus|pas)|\bplus (?:concerne|soumis)|pas (?:de|concern|soumis)|aucune?\b|\bvaut\b|=|sans (?:pouvoir|effet|objet)|inapplicab|immunis|dispens|"
    r"puisqu|"
    r"constitue|inoperan|de ce fait|des lors|grace a)"
)
_safe_by_its_place = together(
    _FOREIGN_LAW,
    _PLACE_OR_KEYS,
    _SO_SAFE,
    unless=r"(?:tiers participants|attestation de|cles[^.;]{0,60}(?:seul|detenues|detention)|detention des cles|administration|support|"
    r"cles?[^.;]{0,80}(?:hors (?:du|de la portee|"
    r"d'atteinte)|detenu[a-z]* (?:par|sous)|exclusiv|seul controle|sous (?:le |la )?(?:seul )?controle|jamais|"
    r"aucune copie|jamais remise)|techniquement|possibilite technique|n'a(?:it|ient)? pas acces|elimin|\brejet|irrecevab|candidat|soumissionnaire|"
    r"demande d'acces|notifi|contest|"
    r"declar|indiqu|transfert|critere|\bdecri|mesures? (?:prises|techniques)|lorsqu|\bsi\b|capital|siege|maison mere|controle\b|"
    r"qualifi|secnumcloud|ne (?:quitte|franchi)[a-z]* pas[^.;]{0,20}(?:sans|sauf)|(?:evalu|analys)[a-z]*[^.;]{0,40}risque|risque[^.;]{0,60}(?:evalu|"
    r"analys))",
    denied=r"(?:ne (?:la |le |les )?(?:suffi|garanti|protege|met|permet|constitue|dispense|fait|vaut|empeche|rend|ecarte|signifie|neutralise|prejuge|"
    r"exclut|soustrai|"
    r"saurait|peut)[a-z]*[^.;]{0,25}(?:pas|plus|ni|en aucun|a elle seule|rien|suffire)|n'(?:empeche|ecarte|assure|offre|exclut|interdit|immunise|"
    r"est(?= pas (?:une|un|a|en|de nature|suffis))|emporte|exonere|"
    r"elimine|y|apporte)[a-z]* (?:pas|ni|en aucun|rien|aucune)|insuffisan|illusoire|ne croi|faux|sans suffire|a (?:elle|lui) seule?)",
    linked=True,
)

_FOREIGN_STATE = (
    r"(?:(?:autorites?|etats?|gouvernements?|puissances?|juridictions?|services? (?:de renseignement|secrets)|administrations?|lois?|legislations?|droits?|"
    r"tribuna[a-z]+|juges?|requisitions?|injonctions?|"
    r"polices?|agences?)(?: [a-z'-]+){0,3} (?:etrang|extra-?europeen|tiers|tierces|americain|non europeen|hors|chinois)[a-z]*|extra-?territoria|ingerence|"
    r"cloud act|\bfisa\b)"
)
_never_seen = together(
    _FOREIGN_STATE,
    r"(?:\baucune?\b|\bnulle?s?\b|jamais|en aucun cas|absence d|totale?(?:ment)?|complete?(?:ment)?|absolue?(?:ment)?|100 ?%|a l'abri|hors (?:de )?(?:portee|"
    r"d'atteinte)|inaccessib|impossib|"
    r"etanche|immun|ne pourr|ne puiss|ne seront)",
    r"(?:garanti|assur|s'engage|certifi|promet|attest|se porte|fait son affaire|veille|resteront|demeureront|pourra\b|pourront|seront|offre|benefici|"
    r"protection|"
    r"confere|immunite|"
    r"etancheite)",
    r"(?:donnees|contenus?|services?|fichiers?|enregistrements|solution|plateforme|documents|\bacces|consult|saisi|s'applique|vis-a-vis|messages?\b|"
    r"correspondances|impermeab)",
    unless=rf"(?:2024-449|sren|cles?\b|chiffr|techni|par (?:la mise|des mesures|un dispositif|l'absence)|moyens|preuve|demontr|audit|detention|cloisonn|"
    rf"architecture|declare|\bsauf\b|"
    rf"notifi|contest|refus|{EXCLUDE.replace('exclu|', '')}|illusoire|accord international|sans (?:accord|autorisation|base)|registre|heberge(?!ur)|"
    rf"localis|byok|"
    rf"\bdecri|candidat|soumissionnaire|"
    rf"critere|siege|capital|maison mere|empeche|sous-traitants? ne)",
    unless_near=r"(?:cles? (?:de chiffrement|hors|sont|est)|chiffrement|dispositif technique|preuve (?:est|attendue)|techniquement)",
    denied=r"(?:ne (?:suffit|pas ecrire)|creuse|n'est pas garanti)",
    linked=True,
)

_THEIR_CONDITIONS = (
    rf"(?:\b(?:conditions|termes|modalites)(?: (?:generales?|particulieres?|commerciales?|contractuelles?|habituelles?|usuelles?|standards?|tarifaires?|"
    rf"propres|types?|de vente|"
    rf"de licence|d'utilisation|d'usage|de services?|d'abonnement|de support|prevues|en vigueur|et|au contrat|a)){{0,6}} (?:du|de l'|de son|de ses|de|des|"
    rf"a l'|chez l[ae']) ?{_SUPPLIER}|"
    rf"\b(?:ses|leurs) (?:propres )?conditions (?:generales|de vente|de service|commerciales|habituelles)|conditions de (?:cette|la|sa) licence|"
    rf"contrats?(?:[- ](?:type|standard|de|d'abonnement|cadre|licence|maintenance|support|service))* "
    rf"(?:standard |type )?(?:du|de l') ?{_SUPPLIER}|\beula\b|\bcg[vu]u?\b)"
)
_their_conditions_apply = together(
    _THEIR_CONDITIONS,
    r"(?:accept|applic|appliqu|\bregi|\bselon\b|\baux? (?:conditions|termes|cg)|dans les (?:conditions|termes)|s'impos|oppose[rs]?\b|complet|annex|"
    r"jointe?s?\b|pieces?\b|\brang\b|"
    r"\bvaut\b|valent|\bceux\b|\blient\b|oblige(?:nt)?\b|\bcelles\b|prevau|prim|l'emport|contractuel|lors de la (?:premiere )?connexion|reput)",
    unless=rf"(?:{_NO_FORCE}|inapplicable|non applicable|ne (?:s'appliqu|sont|font|peuvent|prevalent|seront|derogent|saurai|constitue|regi|fait|"
    rf"vaut|lie|pourront)|n'est|non ecrites?|quelles? que soi|jamais|d'(?:achat|acces|intervention)|logiciels? libres?|nulle?\b|"
    rf"pour information|prevau[a-z]* sur (?:les|toute)|prime(?:nt)? sur|aucune?\b|contrats? (?:de travail|du titulaire avec)|presentes|"
    rf"\bclients?\b|sous-traitants? (?:et|avec)|paiement (?:du|des)|remuneration|n'ayant|fait son affaire|agrement|sortant|actuel)",
    unless_near=r"(?:presentes (?:cgv|cgu|conditions)|conditions generales[^.;]{0,80}(?:ecartees|inopposables|sans valeur|ne s'appliquent))",
    linked=True,
)

_ELSEWHERE = (
    r"(?:irland|anglais|anglete|americain|luxembourg|delaware|new[ -]york|californi|allem|suisse|etranger|britanniqu|neerland|pays-bas|singapour|"
    r"etats-unis|washington|belge|belgiq|"
    r"dublin|londres|amsterdam|geneve|zurich|espagn|itali|ireland|england|netherlands|germany)"
)
_another_law_or_judge = wording(
    rf"(?:\bdroits?\b|\blois?\b|\blegislations?\b|\blaws?\b)(?: (?:applicables?|materiel|positif))?[^.;]{{0,6}}(?:[ :|]|l'etat de|de l'|de la|de|du|des|d'|"
    rf"la|loi|lois|droit|l'etat|l'){{1,9}} ?{_ELSEWHERE}",
    rf"(?:juridictions?|tribuna(?:l|ux)|cours?|courts?|juges?)(?: (?:competente?s?|exclusi[a-z]+|seule?s?))?(?: (?:de|du|des|d'|of|the|la|les|"
    rf"l'))* ?(?:{_ELSEWHERE}|commerce\b|judiciaire|"
    rf"(?:siege|lieu d'etablissement|lieu du siege|ressort|domicile)[^.;]{{0,30}}{_SUPPLIER})",
    rf"(?:lieu d'etablissement|siege)[^.;]{{0,20}}{_SUPPLIER}[^.;]{{0,30}}(?:sont|est) (?:seul|compet)",
    r"(?:clauses? compromissoires?|tribuna(?:l|ux) arbitra|sentence arbitrale|\barbitres?\b[^.;]{0,60}(?:sentence|litige|differend|parties|tranch|design)|"
    r"(?:parties|litige|differend|contestation)s?[^.;]{0,60}\barbitres?\b)",
    requires=r"(?:\bmarche\b|\bcontrat\b|accord-cadre|convention|relation|\bpresent|litige|differend|contestation|attribution|(?:loi|droit) applicable|"
    r"competen|"
    r"compromissoire|sentence|arbitr|"
    r"\bparties\b|law\b|jurisdiction)",
    unless=r"(?:tournoi|sportif|match|arbitr[a-z]+ (?:entre|des|les|budget[a-z]*|internes?|techniques?|agrees?|necessaires?)\b|greffe|\brcs\b|immatricul|"
    r"redressement|liquidation|procedure collective|"
    r"procedure ouverte|l2197-6|sous-traitant au sens|candidat|presentes|\bclients?\b|kbis|extrait|casier|traduction|langue|donnees personnelles|"
    r"injonction|requisition|demandes? (?:d'acces|"
    r"d'une autorite)|autorite|cloud act|extra-?territorial|soumise? (?:au|a un) droit[^.;]{0,40}(?:donnees|acces)|entreprise soumise|operateur soumis|"
    r"declar|certificat)",
    denied=DENIED + r"|(?:aucun|sans|ni|pas d'|exclu|interdi|proscri|ne (?:peut|peuvent|recour|sont|comporte|saurai))[^.;]{0,40}(?:arbitr|compromis|recours|"
    r"droit etranger|soumis)|"
    r"l'exclusion de (?:toute|tout|l'arbitrage)|(?:est|sont) (?:exclu|interdit|proscrit)|renonc[a-z]* a (?:saisir|tout)|\becart|n'est pas|"
    r"sont reputees? non ecrites?",
    linked=True,
)

_to_be_read_there = together(
    r"(?:https?:|\bwww\b|\bsites? (?:internet|web|du|de l'|public|de son)|\bportail\b|sur internet|\bpages?\b|en ligne|trust center|centre de confiance|"
    r"espace client|"
    r"\bliens?\b|hyperlien|\burl\b)",
    r"(?:sous-traitants?|niveaux? de service|\bsla\b|mesures (?:de securite|techniques)|politiques? (?:de |d')|lieux? |\bpays\b|temps de|delais? (?:de|d')|"
    r"localisations?|tarifs?|"
    r"conditions? (?:de|d'|du)|engagements?|"
    r"perimetre|garanties|penalites|disponibilite|specifications|caracteristiques|exigences)",
    r"(?:publi|consult|figur|decri|indiqu|accessib|tien(?:t|nent)|tenue?s?|a jour|affich|\bvoir\b|report|refer|renvoi|\bcelui\b|\bceux\b|\bcelles?\b|"
    r"disponib|"
    r"list|detail)",
    rf"(?:{_SUPPLIER.replace('|sous-traitants?', '').replace('|operateurs?', '')}|https?:|\bwww\b)",
    unless=r"(?:aucune valeur|n'ont aucune|sans (?:effet|valeur)|copie|fige|annexee?s?\b|annexe|version (?:datee|figee|annexee)|profil (?:d'|"
    r"de l')acheteur|acheteur (?:publi|met|diffuse)|"
    r"dematerialis|plateforme des achats|inopposab|n'a (?:pas|aucune)|ne (?:vaut|suffit|peut|remplace|dispense|font|fait|sont|saurait)|preavis|objection|"
    r"oppos|notifi|legifrance|insee|"
    r"ministere|cnil|anssi|open ?data|gouv\b|documentation technique|guide|aide en ligne|candidat|registre|dossier de consultation|depot\b|plis?\b|"
    r"formulaire|telecharg|\bavis\b|journaux|incident|"
    r"sur site|sur le site (?:de l'acheteur|d'intervention|concern)|sites? (?:de|du|d'|des) (?:l'acheteur|production|intervention|hebergement|travaux)|"
    r"visite|chantier|formation|intervention|"
    r"paiement en ligne|demarches|piscine|usagers|catalogue en ligne de l'acheteur|services? en ligne|offres? en ligne|travaux|locaux)",
    linked=True,
)

_ACT_OF_A_STATE = (
    r"(?:(?:injonctions?|ordres?|ordonn[a-z]+|decisions?|mesures?|actes?|lois?|sanctions?|interdictions?|retraits?|restrictions?|"
    r"impos[a-z]+)[^.;]{0,70}(?:autorite|gouvernement|administration|"
    r"regulateur|\betats?\b|\bpays\b|juridiction|puissance)s?(?: [a-z'-]+){0,3} (?:etrang|tiers|tierce|americain|non europeen|extra-?europeen|son pays|"
    r"sa maison|chinois)|"
    r"(?:gouvernement|autorite|administration|loi|legislation|regulateur|juridiction)s? (?:[a-z]+ )?(?:etrang|americain|non europeen|extra-?europeen|"
    r"chinois)|(?:autorite|gouvernement|"
    r"administration)s? de (?:son pays|l'etat de sa|sa maison)|embargo|sanctions? (?:economiques?|internationales?|etrangeres?|americaines?)|"
    r"restrictions? (?:d'|a l')export|controles? (?:des|a l')"
    r" ?export|(?:ordre|decision|injonction)s? de (?:son|leur) (?:gouvernement|pays)|fait du prince|(?:etats?|pays) tiers)"
)
_excused_by_a_state = together(
    _ACT_OF_A_STATE,
    r"(?:force majeure|pas en faute|ne repond (?:pas|point) d|\bdelie|exonerat|exoner|\bdegag|\bliber[a-z]* (?:de (?:ses|son|toute)|des|d'une|du)\b|"
    r"\bdecharg|(?:non|n'est pas|"
    r"pas tenu|pas etre tenu|"
    r"etre tenu)[^.;]{0,15}responsable|responsabilite[^.;]{0,40}(?:ne (?:peut|saurait|pourra)|n'est|"
    r"exclu|ecart)|n'engage|ne saurait (?:etre|engager)|aucune penalite|pas de penalite|suspen[a-z]*[^.;]{0,20}obligations|cas fortuit|exonerat)",
    unless=r"(?:ne (?:constitue|sont pas|peut (?:etre )?(?:invoqu|se prevaloir|opposer)|peuvent (?:etre )?(?:invoqu|constitu|regard)|vaut|caracteris|"
    r"releve)[a-z]*|n'(?:est|ont) pas (?:un|le caractere|constitu)|"
    r"n'exoner|n'est pas, |a l'exclusion|a l'exception|exclue?s? (?:de|du)|propres? au|sans constituer|\bclients?\b|candidat|833/2014|union europeenne|"
    r"meme en cas|ni\b[^.;]{0,60}ne (?:constitu|sont)|"
    r"ne (?:degag|liber|suspen|decharg)[a-z]*)",
    denied=r"(?:illusoire|a (?:eviter|bannir)|ne saurai(?:t|ent) (?:constituer|exonerer|etre (?:regarde|assimile|considere))|ne peu(?:t|"
    r"vent) (?:pas )?(?:exonerer|constituer))",
    linked=True,
)

_STOPS = (
    r"(?:suspen|refus(?:er|e) d'(?:interven|execut|assur)|interrom|interrup|\bcoup(?:e|er|ee?s?|era|ure)\b|desactiv|\bbloqu|\barret(?:er|e|ee?s?|era)\b|"
    r"resili|met(?:tre|tra)? fin|\bretir(?:er|"
    r"e|era)\b|\bferm(?:er|e|eture)\b|cess(?:er|e|ation)|eteind|revoqu)"
)
_UNPAID = (
    r"(?:impay|non[- ]paiement|(?:retard|defaut|absence|incident)s? de (?:paiement|reglement)|ne (?:paie|regle|verse|paye) pas|factures?[^.;]{0,40}(?:non|"
    r"pas|n'ont pas ete|n'est pas) (?:regl|pay|acquitt|sold)|"
    r"jusqu'au (?:complet )?(?:reglement|paiement)|(?:a defaut|faute) de (?:paiement|reglement)|desaccord sur (?:une|la|les) facture|facture contestee|"
    r"(?:factures?|paiement|payables?)[^;]{0,90}passe ce delai|passe ce delai[^;]{0,60}factures?|sommes (?:dues|restant)|paiement[^.;]{0,20}(?:en retard|"
    r"tardif))"
)
_AT_WILL = (
    r"(?:discretion|convenance|a (?:sa|leur) guise|sans (?:preavis|avertissement|mise en demeure|formalite|indemnite|motif|delai)|(?:quand|lorsqu|"
    r"s)'? ?(?:il|elle) (?:le )?(?:juge|estime|souhaite|decide)|opportun|"
    r"a tout moment|(?:simple|seul) (?:courriel|courrier|message|avis)|unilateral|a distance|immediat|manquement de l'acheteur)"
)
_NOT_THEIR_STOP = (
    rf"(?:delai (?:global )?de paiement (?:est |peut etre )?suspen|facture erronee|interets|{BUYER} (?:peut|pourra|resili|suspend|se reserve|est en droit|"
    rf"met fin|dispose)|par l'acheteur|a la demande de|"
    r"compte(?:s)? (?:compromis|malveillant|inactif)|attaque|inactiv|session|mot de passe|tentatives|sous-traitants?\b|maitre d'ouvrage|ordre de service|"
    r"pouvoir adjudicateur (?:peut|se reserve)|travaux|"
    r"maintenance programmee|exclus|aux frais et risques|suspension du delai|accord (?:ecrit|prealable)|beneficiaire (?:peut|demande)|"
    r"personne publique peut|electrique|(?:demarrage|redemarrage) |alarme|moteur|vanne|"
    r"le marche (?:est|peut etre|pourra etre|sera) resili|resiliation (?:pour|du marche par)|redevances? de l'acheteur|incendie|badge|portes?\b|chantier)"
)
_unpaid_so_stopped = together(
    _STOPS,
    _UNPAID,
    r"(?:titulaires?|prestataires?|editeurs?|hebergeurs?|fournisseurs?|service|acces\b|prestations?|licences?|comptes?|marche|maintenance|support|"
    r"livraisons?|plateforme|execution)",
    unless=_NOT_THEIR_STOP,
    denied=r"(?:ne (?:peut|pourra|peuvent|pourront|dispose|saurait|suspend|doit|sera|seront|donne|constitue|justifie|interrompt|entraine|"
    r"permet)[^.;]{0,60}|aucun(?:e)? (?:suspension|coupure|interruption)|"
    r"n'invoque|s'interdit|interdi|n'(?:est|interromp|autorise|ouvre|entraine)[^.;]{0,20}(?:pas|en aucun|aucun)|sans pouvoir|meme en cas|renonc)",
    linked=True,
)
_stopped_at_will = together(
    _STOPS,
    _AT_WILL,
    r"(?:\b(?:le |l'|du |a l'initiative (?:du |de l'))?(?:titulaire|prestataire|editeur|hebergeur|fournisseur)\b[^.;]{0,60}(?:peut|pourra|se reserve|"
    r"est (?:libre|en droit|autorise|fonde)|dispose|a le droit|a la faculte|"
    r"met fin|suspend|interrompt|coupe|bloque|desactive|arrete)|par (?:le (?:titulaire|prestataire|fournisseur)|l'(?:editeur|hebergeur))|"
    r"a l'initiative (?:du|de l')|facultes? de suspen)",
    unless=_NOT_THEIR_STOP,
    denied=r"(?:ne (?:peut|pourra|peuvent|pourront|dispose|saurait|suspend|doit|sera|seront|interrompt)[^.;]{0,60}|aucun(?:e)? (?:suspension|coupure|"
    r"interruption)|s'interdit|interdi|"
    r"n'(?:est|interromp|autorise|ouvre)[^.;]{0,20}(?:pas|en aucun)|sans pouvoir|meme en cas|renonc)",
    linked=True,
)

_fed_back = together(
    r"(?:amelior|perfectionn|entrain|apprentissage|(?:faire|fait) evoluer|optimis|(?:etudes?|fins?|besoins) statisti|statistiques? commercial|"
    r"recherche et developpement|marketing|prospection|besoins? propres?|(?:ses|leurs) (?:propres )?(?:besoins|produits|fins|modeles)|"
    r"ses developpements|autres clients|enseignements|dispose librement|valoris|enrichi|nourri|aliment|commercial|revend|benchmark)",
    r"(?:donnees|contenus?|requetes?|prompts?|conversations?|traces|metadonnees|journaux|documents (?:traites|deposes)|fichiers|echanges|enregistrements|"
    r"telemetrie|saisies)",
    r"(?:exploit|se serv|serv(?:ir|ent|i)\b|reutilis|utilis|analys|conserv|valoris|contribu|aliment|licence|revien|dispos|\btir(?:e|er|era)\b|finalites?|"
    r"droit d'usage|concede|"
    r"enrichi|"
    r"collect)",
    rf"(?:{_SUPPLIER}|\bses\b|\bproduits?\b|\bmodeles?\b|intelligence artificielle|\bia\b)",
    unless=r"(?:interdi|s'interdit|sans (?:accord|autorisation|l'accord|que)|ne (?:peut|peuvent|sont|seront|utilis|reutilis|serv|sera|pourra|doi|conserv|"
    r"exploit|poursui|porte|vise)[a-z]*|"
    r"n'(?:utilise|est|exploit|en|entraine|autorise|a |ont|aura)|aucune?\b|accord (?:ecrit|prealable|expres)|autorisation (?:ecrite|prealable|expresse)|"
    r"exclu|jamais|non-reutilisation|refus|"
    r"acheteur (?:utilise|exploite|peut|publi|reutilis)|propres donnees|(?:publiques|ouvertes|synthetiques|fictives)\b|open ?data|pour (?:lui|"
    r"l'acheteur) seul|usage exclusif|plan d'amelioration|"
    r"instructions? (?:documentee|de l'acheteur)|sur son instruction|rapports?\b|indicateurs|candidat|soumissionnaire|formation|apprentis\b|insertion|"
    r"centres? de donnees|electri|energie|declar|par les agents|"
    r"statistiques? (?:d'usage |de [a-z]+ )?(?:a|remis|mensuel)|tableau de bord|commune (?:utilise|exploite)|offre commerciale|commercialisables|"
    r"collectivite (?:utilise|exploite)|direction commerciale)",
    denied=r"(?:a (?:eviter|bannir)|ne pas ecrire)",
    linked=True,
)


_WISHED = (
    r"(?:autant qu'|conviendrait|autant que (?:faire se peut|possible|cela|de besoin et)|\bsi possible\b|dans (?:toute )?la mesure (?:du possible|de ses|"
    r"ou cela)|"
    r"ideale(?:ment)?\b|de preference|preferentiel|"
    r"(?:lorsque|quand|chaque fois que|si) (?:cela|c'est|ses moyens|la chose)[^.;]{0,20}(?:possible|permettent|faisable|realisable)|\bsouhait(?:ee?s|"
    r"ables?|erait|eraient)\b|\bsouhaite qu|(?:est|sont|etre|serait) souhaitee?s?\b|"
    r"seraient? (?:un plus|apprecie|bienvenu|souhaitable|bon)|(?:est|sont) (?:invite|encourage|incite)e?s? a|(?:est|sont) encouragee?s?\b|(?:est|"
    r"sont) (?:vivement |"
    r"fortement )?recommandee?s?\b|(?:titulaire|prestataire|exploitant|fournisseur)s? (?:tend(?:ra)?|vise(?:ra)?) a\b|"
    r"(?:titulaire|prestataire|exploitant|fournisseur)s? (?:[a-z]+ )?(?:privilegi|favoris)(?:e|era|ent|eront)\b|on evitera)"
)
_only_wished = together(
    _WISHED,
    r"(?:titulaires?|prestataires?|hebergeurs?|fournisseurs?|editeurs?|exploitants?|solutions?|services?|donnees|sauvegardes?|chiffre|formats?|livraisons?|"
    r"interventions?|equipements?|materiels?|"
    r"materiaux|produits?|vehicules?|emballages?|equipes?|repas|travaux|documents?|support|outils?|usage d|logiciels?|personnels?|prestations?|"
    r"fournitures?|denrees|"
    r"nettoyage|tri\b|dechets?)",
    unless=rf"(?:ordre de preference|droit de preference|langue de preference|{_BUYER_ACTS}|candidats?\b|soumissionnaires?\b|\bplis?\b|points?\b|criteres?|"
    rf"\d ?%|bareme|\bnote|"
    rf"demandeurs? d'emploi|insertion|\bvisite|questions?|\bclients?\b|"
    rf"commanditaire|utilisateurs?|usagers|compress|par (?:courriel|mail|messagerie|telephone)|presenter ses observations|a (?:ameliorer|revoir|remettre|"
    rf"participer|negoci|presenter|assister|se rendre|signer|consulter|completer)|"
    rf"acheteur (?:peut|souhaite (?:acquerir|disposer|mettre|confier|renouveler|faire))|objet du marche|contexte|interlocuteur privilegie|recommande avec|"
    rf"lettre recommandee|pli recommande|"
    rf"recommandee?s? (?:par|de l'anssi|de la cnil)|agents? [^.;]{{0,20}}(?:sont|est) invit|dose|date souhaitee|date de livraison souhait|offres?\b|"
    rf"niveau souhaite)",
    denied=r"(?:a (?:eviter|bannir|proscrire)|ne pas ecrire|sans valeur|\bmots?\b)",
    linked=True,
)
_no_result = wording(
    r"(?:s'attache(?:ra|ront|nt)? a\b|tout le soin|(?:pas|aucune|sans)(?: [a-z]+){0,2} obligation de resultat|diligences? (?:raisonnable|normale|d'usage)|"
    r"\bessai(?:e|era|eront)\b(?! (?:de charge|technique))|"
    r"obligations? [^.;]{0,30}: ?(?:de )?moyens\b|autant qu'il le peut|simple obligation|s'evertue|a c(?:œ|oe)ur de|de (?:tout )?son mieux|(?:moyens|"
    r"demarches|efforts|mesures) (?:utiles et )?raisonnables|n'est que de moyens)",
    requires=r"(?:titulaire|prestataire|hebergeur|fournisseur|editeur|exploitant|infogerant|operateur|obligation)",
    unless=r"(?:moyens raisonnables qu'il affecte|n'est pas (?:tenu|une)[^.;]{0,20}simple|\bclients?\b|parties|justifie des moyens|acheteur s'|"
    r"obligation de resultat[^.;]{0,20}(?:ne|n')|essais?\b)",
    denied=r"(?:n'est pas une|ne (?:suffit|se limite|saurait)|et non)",
    linked=True,
)
_vague_time = wording(
    r"(?:delais? (?:a (?:convenir|definir|determiner|preciser)|acceptables?|satisfaisants?|corrects?|normaux|usuels?|habituels?|compatibles?|adaptes?|"
    r"raisonnables?|"
    r"brefs?|courts?|rapides?)|delai[^.;]{0,30}(?::|\|) ?(?:rapide|court|bref|"
    r"au mieux|a convenir|au plus vite|immediat possible)|laps de temps|sans delai (?:impose|fixe|precis|contraint)|temps opportun|premiere (?:date|"
    r"occasion) (?:utile|possible)|sans retard\b|"
    r"selon (?:leur|son) urgence|avec celerite|sans (?:perdre|tarder)|"
    r"en (?:toute )?diligence|dans les temps\b|au plus (?:vite|tot)\b(?! (?:le|a|au|en|\d)))",
    requires=r"(?:titulaire|prestataire|hebergeur|fournisseur|editeur|exploitant|interven|anomal|incident|panne|repar|remplac|correct|corrig|livr|remis|"
    r"restitu|rapport|retabli|repon|traite|donnees|materiel)",
    unless=rf"(?:{_FIXED_DELAY}|{_BUYER_ACTS}|par {BUYER}|par la mairie|candidats?\b|soumissionnaire|violation|rgpd|au plus tot (?:le|a|au)|\bclients?\b|"
    rf"delais? (?:fixe|indique|prevu|mentionne)|paiement|"
    rf"sans retard d|delais? raisonnables? (?:d|pour)|annexe)",
    denied=r"(?:a (?:eviter|bannir)|et non|ne suffit|ne pas ecrire)",
    linked=True,
)
_kept_in_the_union = together(
    r"(?:union europeenne|l'union\b|\bue\b|\beee\b|espace economique europeen|etats? membres?)",
    r"(?:donnees?\b|sauvegardes?|fichiers?|serveurs?\b|copies\b|contenus?|centres? de donnees|datacenters?)",
    r"(?:resid|heberg|stock|conserv|localis|install|demeur|situe|implant|uniquement|exclusivement|seulement)",
    unless=rf"(?:{_ACCESS}|diffusion restreinte|ii ?901|pssie|criteres?|points?\b|sante|declar|indiqu|\bs'il|\bsi\b|inform|\{{\{{|suffi|"
    rf"garantit l'immunite|moyens d'execution|transfert|cloud act|"
    rf"extraterritorial|autorite|immunis|\bloi\b|\bdroit|candidat|soumissionnaire|qualifi|secnumcloud|\bnote|reglement|directive|{DENIED}|sauf|"
    rf"accord (?:prealable|de l')|sous-traitant)",
    unless_near=r"(?:administration|supervision|support|acces\b|maintenance|exploitation|telemaintenance|bastion)",
    denied=None,
    linked=True,
)

_END_OF_CONTRACT = (
    r"(?:(?:\bla |en |de )?\bfin (?:du|de|des|de la)\b|a l'approche d|prend fin|\bexpir|au moment de la sortie|s'acheve|\bau terme\b|\ble terme\b|"
    r"a l'issue|echeance|expiration|"
    r"achevement|cloture|"
    r"resiliation|non[- ]reconduction|(?:derniere annee|derniers? (?:mois|semestre|trimestre))|"
    r"a la (?:premiere )?demande|sur (?:simple )?demande|s'il y a lieu|en fin d)"
)
_late_paper = together(
    r"(?:reversibilite[^.;]{0,40}\bplan\b|plans? (?:de|d'une) (?:reversibilite|sortie|transfert|transition|migration|reprise|restitution|desengagement)|"
    r"(?:procedure|dossier|document|"
    r"modalites)s?[^.;]{0,30}(?:reversibilite|sortie|restitution des donnees|"
    r"reprise des donnees))",
    _END_OF_CONTRACT,
    r"(?:remet|remis|fourni|etabli|produi|livr|transm|elabor|redig|communiqu|present|propos|prepar|adress|formalis|demand|\||:)",
    unless=r"(?:actifs|plan (?:initial|type)|mis(?:e)? a jour|actualis|\btest|appliqu|met en (?:œ|oe)uvre|mise en (?:œ|oe)uvre|mis en (?:œ|oe)uvre|deroul|"
    r"\bactive|declench|execut|(?:apres|de|suivant|suivent|qui suivent|compter de) la notification(?: du marche)?(?! de)|"
    r"des (?:la notification(?! de)|le debut|l'offre|le demarrage)|au demarrage|avec (?:l'|son )offre|dans (?:l'|son )offre|joint a (?:l'|son )offre|"
    r"premiere annee|premiers mois|personnels?\b|prevention|phase|initialisation|"
    r"\{\{|trois mois apres|chaque annee|annuel)",
    denied=DENIED + r"|n'est (?:pas|plus) admis|attendre",
    linked=True,
)

_GIVEN_BACK = (
    r"(?:reversibilit|donnees[^.;]{0,30}\bremise?s?\b|restitu|\brend(?:us?|ues?|ent|ra)\b|export|(?:migration|phase|transition) sortante|\bsortie\b|"
    r"remise des donnees|"
    r"remet les donnees|transfer[a-z]*[^.;]{0,20}donnees|recuper|portabilit)"
)
_in_some_format = together(
    r"(?:(?:format|forme|modalites techniques|support|structure)s?[^.;]{0,40}(?:(?:que|qu'il|qu'ils)[^.;]{0,40}(?:arret|choisi|juge|defini|determin|"
    r"conviend|estim|retien|souhait)|a (?:convenir|definir|determiner|preciser|arreter)|"
    r"restant|(?:au|laissee?s? au|du|de son|a son) (?:choix|gre|convenance)|a la convenance|natif|proprietaire|propre|interne|"
    r"choisi[a-z]* par le (?:titulaire|"
    r"prestataire)|libre|"
    r"(?:sera|seront|est|sont)[^.;]{0,20}(?:conven|defini|determin|precis|arrete|fixe))|(?:exploitable|lisible), a (?:determiner|definir|convenir))",
    _GIVEN_BACK,
    r"(?:donnees|fichiers|base\b|contenus|documents|reversibilit)",
    unless=r"(?:exclu|non documente|formats? (?:ouverts?|structures?|documentes?|standards?|csv|json|xml)|\bcsv\b|\bjson\b|\bxml\b|annexe|"
    r"au choix de l'acheteur|que l'acheteur|choisi par l'acheteur|interdi|\{\{|ne (?:peut|peuvent|sont)|badges|materiel|candidat|"
    r"a l'article|au cctp)",
    denied=r"(?:a (?:eviter|bannir)|ne pas ecrire|n'est pas)",
    linked=True,
)
_at_some_price = together(
    r"(?:(?:offre|proposition) (?:de prix|financiere|tarifaire|commerciale)|\bdevis\b|avenant|hors (?:marche|forfait|perimetre)|devisee?s?\b|"
    r"non comprises?|au temps passe|"
    r"en regie|(?:prix|tarif|cout|conditions?|remuneration|modalites)s?[^.;]{0,60}(?:le moment venu|commun accord|ulterieur|negoci|discut|conven|chiffr|"
    r"a (?:convenir|definir|determiner|negocier|etudier|preciser)|au moment|communiquer|a la fin|alors\b)|(?:tarif|"
    r"prix) que le|tarifs? (?:du (?:titulaire|prestataire)|de l'(?:editeur|hebergeur)|en vigueur)|chiffree? le moment venu)",
    _GIVEN_BACK,
    r"(?:reversibilit|donnees|migration|sortie|prix|tarif|cout|devis)",
    unless=r"(?:ne (?:fait|font|sont|donne|donnera|peut|peuvent|sera|comporte)[a-z]* (?:pas|ni|aucun|lieu a aucun|l'objet d'aucun)|sans (?:devis|frais|"
    r"supplement|cout|avenant)|aucun (?:devis|frais|supplement)|bordereau|gratuit|\bbpu\b|"
    r"(?<!compris dans le )(?<!comprises dans le )(?<!hors )forfait(?:aire)? (?:de|fixe|prevu|indique)|plafonn|(?<!non )compris|inclus|interdi|"
    r"ni sur devis|\{\{|propriete|badges|materiel|locaux|retenue|avance\b|candidat|initiale|entrante|existant|"
    r"trop[- ]percu|personnel|permis|dechets|caution|offres? (?:est|sont|ne))",
    unless_near=r"(?:bordereau des prix|sans frais|gratuit)",
    denied=r"(?:a (?:eviter|bannir)|ne pas ecrire)",
    linked=True,
)

_LEAVES = (
    r"(?:(?:transfert|extraction|restitution|recuperation|portabilite|export)s? (?:[a-z]+ )?(?:des?|de ses|de ces) donnees|\begress\b|(?:changements?|"
    r"changer|change|changeant) (?:de|d') ?(?:fournisseur|prestataire|hebergeur|operateur|editeur|solution)|(?:remettre|rendre|restituer|recuperer) (?:les|"
    r"ses) donnees|\bsortie\b|migration|depart\b|desengagement|quitter (?:le service|la solution|la plateforme)|(?:bascule|passage|"
    r"transfert) vers (?:un autre|"
    r"le nouveau|une autre)|nouveau (?:prestataire|titulaire|hebergeur))"
)
_pays_to_leave = together(
    r"(?:\bfrais\b|\bpaie\b|\bpercoit \d|tarification|factur|payant|indemnite|\bforfait|\bcouts?\b|s'acquitte|supporte\b|moyennant (?!un preavis)|"
    r"paiement d|penalites?|"
    r"\d[\d ,.]*(?:€|euros|"
    r"% des sommes))",
    _LEAVES,
    r"(?:donnees|service|fournisseur|prestataire|hebergeur|editeur|cloud|saas|abonnement|\bgo\b|solution|plateforme|depart)",
    r"(?:acheteur|beneficiaire|\bclient|collectivite|commune|payante?s?|facture|\bdue?s?\b|\bfrais\b|€|euros|donne(?:nt)? lieu|a la charge)",
    unless=r"(?:\bni [^.;]{0,40}\bni |gratuit|a ses frais|frais (?:du titulaire|sont a la charge du titulaire)|titulaire (?:supporte|prend|assume)|\bloi\b|"
    r"articles? \d|sans (?:frais|cout|supplement|indemnit|facturation)|aucun|ne (?:sont|donne|peut|peuvent|fait|font|sera|seront|"
    r"factur|comport|supporte|paie|percoit)[a-z]*|n'(?:est|ont|exced|facture|entraine|applique)|limit|au cout|zero|\bnuls?\b|bordereau|\b0 ?€|"
    r"(?<!non )compris|inclus|interdi|propriete|personnel|indiqu|declar|precis|candidat|janvier 2027|article 29|"
    r"vehicule|dechet|livraison|expedition|(?:€|euros) par (?:jour|heure)|retard|facture electronique|initiale|entrante|existant|\{\{|defaillan|"
    r"frais et risques|resiliation pour faute|reprise des donnees|penalites? (?:de retard|en cas)|manquement)",
    denied=DENIED,
    linked=True,
)
_leaves_late = together(
    r"(?:(?:trois|quatre|cinq|six|neuf|douze|[3-9]|1[0-9]|2[0-4])(?: \(\d+\))? mois|(?:90|120|180|quatre-vingt-dix|cent vingt|cent quatre-vingts) jours)",
    r"(?:preavis|a l'avance|au moins[^.;]{0,20}avant|prealable|notifi|previen|prevenu|prevenir)",
    r"(?:(?:changements?|changer|change) (?:de|d') ?(?:fournisseur|prestataire|hebergeur|operateur|editeur|service)|\bsortie du service|migrer|migration|"
    r"portabilit|"
    r"rapatri|quitter (?:le service|la solution|la plateforme)|bascule[a-z]* vers|"
    r"vers un autre (?:fournisseur|prestataire|hebergeur))",
    unless=r"(?:changement de (?:controle|site|localisation|sous-traitant)|titulaire (?:respecte|observe|informe|notifie|prend|ne peut|previent|annonce)|"
    r"suspension|modification|arret|retrait|fin de vie|au (?:plus|maximum)|"
    r"ne (?:peut|depasse|exced|saurait)|prestataire (?:qui|informe)|deux mois|apres|delai de (?:migration|transition)|periode de transition|dure)",
    denied=DENIED,
    linked=True,
)

_audit_emptied = together(
    r"(?:\baudit(?:s|er|e|ee|eurs?)?\b|droits? de controle|controles? (?:de l'acheteur|du titulaire|sur place)|(?:audit|controle)[^.;]{0,10}s'opere|"
    r"visites? (?:des|du|de) (?:centres?|sites?|"
    r"locaux|datacenters?|installations)|controler le)",
    r"(?:questionnaire|uniquement|exclusivement|seulement|sur pieces|sur rapports?|revue documentaire|(?:qu'|sous reserve de |avec |"
    r"subordonne[a-z]* a )l'?(?:accord|acceptation|autorisation)|qu'avec|(?:ne dispose|n'a|aucune?|pas de)[^.;]{0,40}|"
    r"n'(?:est|sont) (?:pas |jamais )?(?:autoris|admis|possib)|documentaire|(?:les|des|aux?) seule?s (?:tableaux|rapports|documents|certificats|"
    r"attestations)|autorise ou non|(?:requiert|suppose|necessite|exige)[^.;]{0,20}accord|"
    r"soumise? a[^.;]{0,20}accord|refuser|s'opposer|renonc|dispens|epuise|\bvaut\b|tient lieu|limitee?s? aux? (?:la |une? |l'|"
    r"ses |seule?s? )?(?:fois|revue|examen|rapport|document|piece|certific|attest|communication|consultation)|s'en (?:remet|tient)|"
    r"choisi[a-z]* (?:l'auditeur|par le (?:titulaire|prestataire))|fixe le perimetre|incompatible|"
    r"se satisfait|a distance)",
    r"(?:titulaire|prestataire|hebergeur|editeur|fournisseur|acheteur|client|certificat|certification|rapport|attestation|centres? de donnees|soc ?2|iso|"
    r"documentaire|permis)",
    unless=r"(?:ne (?:se limite|peut|peuvent|saurait|suffi|tien|dispens|rempla|vaut|s'y|sont|limit|fait|font)[a-z]*[^.;]{0,25}(?:pas|ni|en aucun|aucun|"
    r"refus|s'oppos|limit|subordonn|factur|exoner|etre)|sans (?:que|prejudice|limit|l'accord|accord|frais|preavis)|"
    r"controle (?:technique|d'acces|qualite|de la conformite|des factures|de gestion|interne)|dans la limite de|candidatures?|candidats?\b|offres|"
    r"en complement|outre\b|d'abord|puis\b|travaux|energetique|accessibilite|rgaa|frais d'audit|aux frais|audit (?:initial|de code|prealable|social)|"
    r"facultatif|choisi[a-z]* par l'acheteur|sur (?:pieces et|place et)|et sur (?:place|site)|n'exonere|n'est pas (?:limit|factur|subordonn|un motif)|"
    r"aucune? (?:frais|supplement|facturation|limite|restriction)|plus d|salles?\b|recommandations|"
    r"ne (?:donne|donnent) (?:pas )?lieu a (?:facturation|remuneration)|vaut (?:reception|admission)|auditeurs? (?:sont|est) tenu|confidentialite)",
    denied=r"(?:illusoire|a (?:eviter|bannir))",
    linked=True,
)


# What is owed to the buyer, not how the supplier goes about it.
_OWED = (
    r"(?:avert|inform|previe|preven|signal|notifi|communi|transm|remet|remis|fourni|alert|livr|restitu|corrig|correctif|appliqu|effac|supprim|install|"
    r"sauvegard|declar|"
    r"mise?s? a jour|met a jour|mettra a (?:jour|disposition)|verifi|teste|repond|interv|assist|publi|realis|prevoi|assur)"
)
_FREELY = (
    r"(?:s'(?:il|elle) (?:le |l'|en )?(?:juge|estime|souhaite|desire|croit|veut|trouve|considere|ressent)[a-z]*|(?:quand|lorsqu'|si) ?(?:il|elle) (?:le |"
    r"l')(?:juge|"
    r"estime|souhaite)|si (?:bon lui semble|le titulaire le (?:souhaite|juge|estime)[a-z]*)|a (?:sa (?:seule |libre )?(?:convenance|discretion|guise|"
    r"initiative)|son "
    r"(?:gre|appreciation|bon vouloir))|(?:selon|suivant|a|sur) (?:son|sa|sa propre|sa libre) (?:libre |seule )?(?:appreciation|convenance|jugement|gre)\b)"
)
_if_he_likes = wording(
    rf"\b{_SUPPLIER}\b(?: (?:sortant|retenu))?(?!,? (?:peut|pourra|choisit|organise|determine|est libre|propose))[^.;]{{0,100}}{_OWED}[^.;]{{0,110}}{_FREELY}",
    rf"\b{_SUPPLIER}\b,? {_FREELY}[^.;]{{0,60}}{_OWED}",
    rf"{_OWED}[^.;]{{0,80}}(?:a|selon|suivant) (?:la (?:seule |libre )?|l'|le )(?:convenance|discretion|appreciation|gre|bon vouloir) (?:du|"
    rf"de l') ?{_SUPPLIER}",
    unless=rf"(?:{BUYER}|maire|direction|comptable|juge)(?: [a-z'-]+)?,? (?:peut|pourra|se reserve|decid|choisi|demand)|(?:que|et) {BUYER}|{BUYER},? qui|"
    rf"candidat|moyens|methodes?\b|"
    rf"(?:et|ou),? {_FREELY}|"
    r"organis|sous-traitance|recours|reclamation|observations?|reserves",
)


DETECTORS: dict[str, Detect] = {
    "de-preference": any_of(wish, _as_far_as, _only_wished, _if_he_likes),
    "s-efforce": any_of(best_efforts, _as_best, _no_result),
    "delai-indetermine": any_of(no_deadline, _soon, _vague_time),
    "localisation-sans-acces": any_of(location_without_access, _where_access_is_not(any_of(_only_stored, _kept_in_the_union))),
    "localisation-immunite-illusoire": any_of(illusory_immunity, _no_foreign_reach, _so_no_law, _safe_by_its_place),
    "promesse-sans-moyen": any_of(_declared_immune, hollow_promise, _promised_unreachable, _no_state_will_see, _never_seen),
    "notification-si-permise": any_of(notice_if_lawful, _told_if_lawful, _told_when_allowed, _told_unless_forbidden),
    "conditions-du-titulaire": any_of(_fills_the_gaps, supplier_terms, _their_terms, _their_conditions_apply),
    "arbitrage-ou-juge-etranger": any_of(arbitration_or_foreign_court, _judge_elsewhere, _another_law_or_judge),
    "liste-sur-page-web": any_of(_its_site_lists_them, _read_it_there, list_on_web_page, _elsewhere_online, _by_a_link, _to_be_read_there),
    "force-majeure-etrangere": any_of(foreign_force_majeure, _not_answerable, _excused_by_a_state),
    "suspension-unilaterale": any_of(_as_it_sees_fit, unilateral_suspension, _cut_at_will, _is_cut, _unpaid_so_stopped, _stopped_at_will),
    "incident-72-heures": any_of(breach_notice_72_hours, _told_late),
    "amelioration-du-service": any_of(_learns_from_us, _serves_training, service_improvement, _own_use, _fed_to_the_model, _helps_itself, _fed_back),
    "plan-de-sortie-tardif": any_of(late_exit_plan, _paper_at_the_end, _given_when_it_ends, _late_paper),
    "reversibilite-sans-prix-ni-format": any_of(
        _given_back_somehow, _agreed_at_the_end, _format_unknown, vague_reversibility, _exit_to_be_agreed, _in_their_format, _in_some_format, _at_some_price
    ),
    "frais-de-sortie": any_of(exit_fees, _paying_to_leave, _long_notice, _long_goodbye, _pays_to_leave, _leaves_late),
    "audit-limite": any_of(_gives_up_audit, _audit_refused, limited_audit, _paper_audit, _certificate_will_do, _no_real_audit, _audit_emptied),
    "penalites-absentes": no_penalties,
    "audit-absent": no_audit,
    "plan-de-sortie-absent": no_exit_plan,
    "changement-controle-absent": no_notice_of_control_change,
}
