"""Rules about what is asked of the offer: brands, patents, origin, standards, labels, places, link with the object.

Ground: CCP R2111-4 to R2111-17, L2112-2 to L2112-4.
"""

import re
from collections.abc import Iterator

from assistant.drafting.review.pattern import DEFENCE, DENIED, EQUIVALENT, EUROPEAN, MUST, PERSON, STAFF, Caught, Detect, any_of, compiled, together, wording
from assistant.drafting.review.text import Text

# Trade names met in tenders of software, cloud, telecoms and hardware. A name outside the list is caught by "de marque …".
_BRANDS = (
    r"(?:microsoft(?: (?:365|azure|office|sql server|dynamics|defender|exchange|sharepoint))?|office 365|azure|sharepoint|"
    r"windows(?: server)?(?: \d+)?|aws|amazon web services|google (?:workspace|cloud|meet|drive)|gmail|"
    r"oracle(?: database)?|vmware|vsphere|nutanix|citrix|sap(?: hana| s/4hana)?|salesforce|servicenow|cisco(?: webex)?|webex|fortinet|fortigate|"
    r"palo alto(?: networks)?|crowdstrike|sentinelone|zscaler|okta|"
    r"zoom|slack|dropbox|docusign|adobe(?: acrobat| creative cloud| sign)?|autocad|autodesk|arcgis|esri|dell|hewlett[- ]packard|hpe|lenovo|"
    r"thinkpad|apple|iphone|ipad|macbook|samsung|huawei|hikvision|dahua|axis communications|"
    r"milestone xprotect|genetec|netapp|veeam|veritas|commvault|splunk|datadog|elastic cloud|mongodb atlas|snowflake|databricks|power bi|"
    r"tableau software|qlik(?:view|sense)?|ovhcloud|ovh|outscale|scaleway|s3ns|numspot|"
    r"wallix|stormshield|harfanglab|tehtris|sekoia|thales|atos|ibm|red hat openshift|openshift|jira|confluence|atlassian|github(?: enterprise|"
    r" copilot)?|copilot|chatgpt|openai|mistral ai|intel(?: xeon| core i\d)?|amd epyc|nvidia|"
    r"xerox|canon|ricoh|konica minolta|epson|jabra|poly(?:com)?|logitech|aruba|juniper|alcatel-lucent|mitel|avaya|ericsson|nokia|teamviewer|"
    r"kaspersky|trend micro|sophos|bitdefender|ciel|cegid|berger-levrault|sage(?: 100)?|velux|schneider electric|legrand|siemens)"
)
_ASKED = (
    r"(?:doi(?:t|vent)|devr(?:a|ont)|exig|impos|obligatoire|imperati|sera |seront |est (?:fourni|realis|bas|fond|heberg|developp|compose|equip|"
    r"construit|deploy|install)|sont (?:fourni|realis|bas|fond|heberg|equip|deploy)|repose|utilise|s'appuie|fourni|livre|"
    r"mise en place|comprend|porte sur|acquisition|achat|fourniture de|hebergement sur|deploiement|de marque|de type|requis|uniquement|exclusivement|propose|"
    r"proposera|installe|migr|met en œuvre|licences?\b|abonnements?\b|equip)"
)
_EXISTING = (
    r"(?:existant|actuel(?:le|lement|les|s)?\b|(?<!mise )en place|deja (?:en service|deploy|install|utilis|en production|possed|acquis)|parc\b|interoper|"
    r"compatib|s'interfac|interfac|connect(?:e|er|eur|eurs)|integr(?:e|er|ation) (?:avec|a|au|aux)|import|export|reprise|reprend|migration depuis|"
    r""
    r"depuis (?:l'|la |le )|dispose (?:de|d')|possede|utilise (?:aujourd'hui|a ce jour|actuellement)|marques? citees?|ne constitue|"
    r"lecture des fichiers|formats?\b|accessible depuis|navigateur|systemes? d'exploitation|marque deposee|marques? verbale|propriete de|"
    r"signes distinctifs)"
)
_OPEN_NEAR = (
    r"(?:tout(?:es|e|s)? (?:les )?(?:marque|reference|norme|nom|produit|mention)[^.;]{0,80}(?:equivalen|exemple|indicati)|(?:marques?|references?|"
    r"normes?)[^.;]{0,90}(?:s'entend(?:ent)?|sont (?:donnees|citees|reputees|assorties|suivies)|est (?:donnee|reputee|"
    r"suivie))[^.;]{0,60}(?:equivalen|exemple|indicati)|"
    r"ou (?:techniquement )?equivalent)"
)

brand_without_equivalent = any_of(
    wording(
        rf"\b{_BRANDS}\b",
        requires=_ASKED,
        unless=rf"(?:{EQUIVALENT}|{_EXISTING}|logiciels? libres?|licence libre|exclu|interdi|sans recours|{_ASKED}[^.;]{{0,10}}(?:sans|hors)|tribunal|"
        rf"decision|arret|conseil d'etat|cloud act|concurren|tel(?:le)?s? que|par exemple|p\. ?ex|comme [a-z]+ ou|{PERSON} d'origine)",
        unless_near=rf"(?:marques? (?:et references? )?(?:citees?|indiquees?|mentionnees?)[^.;]{{0,120}}(?:exemple|equivalen|indicati)|toute (?:marque|"
        rf"mention)[^.;]{{0,80}}equivalen|{_OPEN_NEAR})",
    ),
    wording(
        r"\bde (?:la )?marque (?!nf\b|ce\b|de (?:fabrique|qualite|conformite)|du |deposee|commerciale|et |ou |qui |que |dont |distincti|blanche|"
        r"equivalen|differente|similaire)[a-z0-9][a-z0-9-]+",
        r"\bmarque (?:et (?:reference|type|modele) )?(?:imposee|exigee|obligatoire|exclusive)\b",
        unless=rf"(?:{EQUIVALENT}|{_EXISTING}|n'est|aucune|au choix|de son choix|sans marque|changement de marque)",
        unless_near=_OPEN_NEAR,
    ),
)

patent_or_process = wording(
    r"\b(?:brevets?|technologie brevetee|procede brevete|dispositif brevete|produit brevete|brevete(?:e|es|s)?)\b",
    r"\b(?:procede|technologie|technique|methode|algorithme) (?:[a-z-]+ ){0,2}(?:particuli(?:er|ere)|proprietaire|exclusi(?:f|ve)|unique|"
    r"depose(?:e)?|protege(?:e)?)\b",
    r"\b(?:procede|technologie|systeme|moteur|type|modele)\b[^.;]{0,30}(?:de|d'|développé par|developpe par|mis au point par|"
    r"depose par) (?:la societe|l'editeur|la marque|l'entreprise|la firme)",
    requires=_ASKED,
    unless=rf"(?:{EQUIVALENT}|propriete intellectuelle|droits? d|cession|contrefacon|titulaire (?:garantit|concede)|concession|depot|licences? (?:d'|"
    rf"de )|invention|antecedent|antériorit|connaissances anterieures|revendication|resultats|redevances? (?:pour|de) brevet|reclam|redevance|"
    rf"rédevance)",
    unless_near=_OPEN_NEAR,
)

_PRODUCT = (
    r"(?:produits?|logiciels?|solutions?|materiels?|equipements?|fournitures?|composants?|terminaux|serveurs?|services? (?:cloud|en ligne|"
    r"d'hebergement|numeriques?|logiciels?)|cloud|technologies?|outils?|applications?|materiaux|vehicules?|"
    r"denrees?|vetements?|mobiliers?|ordinateurs?|cameras?|suites? (?:bureautiques?|collaboratives?)|offres? (?:cloud|logicielles?)|plateformes?|"
    r"modeles? (?:d'ia|d'intelligence artificielle|de langage)|messageries?)"
)
product_origin = wording(
    r"\b(?:fabriqu|produi|assembl|developp|concu|confectionn|manufactur|code)[a-z]* (?:et [a-z]+ )?(?:integralement |entierement |exclusivement |"
    r"uniquement |obligatoirement )?(?:en france|en europe|dans l'union|dans l'ue|au sein de l'union|sur le (?:territoire|sol) (?:national|"
    r"francais|europeen|de l'union))",
    r"\bmade in (?:france|europe|eu)\b",
    r"\borigine france garantie\b",
    rf"\b(?:d'origine|de provenance|d'origine et de conception|de conception|de fabrication|de facture) (?:exclusivement |"
    rf"strictement )?(?:{EUROPEAN}|communautaire|de l'union|americaine|chinoise|locale|nationale)",
    rf"\b{_PRODUCT} (?:[a-z-]+ ){{0,1}}(?:francais(?:es|e)?|europeen(?:nes|ne|s)?|souverain(?:es|e|s)?|100 ?% (?:francais|europeen)[a-z]*|"
    rf"nationa(?:l|le|ux|les))\b",
    r"\b(?:provenir|proviennent|provient|provenance|originaires?)\b[^.;]{0,40}(?:de france|de l'union|d'un etat membre|de l'ue|d'europe|"
    r"d'un pays europeen|francaise|europeenne|de chine|des etats-unis|d'un pays tiers)",
    rf"\b{_PRODUCT} (?:d'origine |de fabrication |de conception )?(?:chinois(?:es|e)?|americain(?:es|e|s)?|russes?|extra-?europeen(?:nes|ne|s)?|"
    rf"non[- ]europeen(?:nes|ne|s)?)\b",
    requires=rf"(?:{MUST}|privilegi|prefer|priorit|\bsont\b|\best\b|sera|seront|propose|fourni|utilise|repose|s'appui|achat|acquisition|interdi|proscri|"
    rf"banni)",
    unless=rf"(?:{EQUIVALENT}|{DEFENCE}|l2153-2|r2153|50 ?%|normes? europeen|directive|reglement|schema|catalogue|marche (?:europeen|francais|interieur)|"
    rf"certifi|homologu|\beucs\b|(?:ecolabel|label)|label ecologique|(?:indiqu|declar|precis|mentionn|renseign|communiqu)[^.;]{{0,40}}(?:origine|"
    rf"provenance|lieu)|"
    rf"tracabilit|donnees (?:de provenance|provenant)|referentiel|version (?:francaise)|langue|autorite|compatible|appellation|droit (?:francais|"
    rf"europeen|national)|(?:plateforme|application|service|outil) nationa|fichier national|identifiant national|critere|points?\b|eucs|cada|"
    rf"interface (?:en )?francaise)",
)

_STANDARD = (
    r"(?:\bnormes? (?:francaises? |europeennes? |internationales? |harmonisees? )?(?:nf|en|iso|iec|cei|ieee|din|une|afnor|ansi)\b|\b(?:nf|en(?! ?(?:19|"
    r"20)\d\d\b)|iso|"
    r"iec|ieee|din|ansi)(?:[ /-](?:en|iso|iec|ce|cei|c|p|x))*[ -]?\d{2,6}(?:[-:.]\d+)*|\bdtu \d+)"
)
# Rules of art and security texts that a law makes binding need no equivalent; CE marking neither.
standard_without_equivalent = wording(
    _STANDARD,
    requires=rf"(?:{MUST}|conforme|respect|selon|satisf|repond|certifi|applique)",
    unless=rf"(?:{EQUIVALENT}|certifi|certificat|label|qualifi|rgaa|arrete|reglementation|en vigueur|iso 4217|utf|iso[ -]8859|iso 8601|iso 3166|"
    rf"codes? pays|format|de chantier|voir|plan|nuts|art\b|mesure|unite|ponderation|dtu|regles? de l'art)",
    unless_near=rf"(?:{_OPEN_NEAR}|normes?[^.;]{{0,80}}equivalen|certifi)",
)

_LABEL = (
    r"(?:\bsecnumcloud\b|\biso[ /-]*(?:iec)?[ -]*(?:27001|27701|27017|27018|9001|14001|20000|22301|50001|45001|26000)\b|\bcspn\b|\becolabel[a-z]*|"
    r"\bnf[ -]environnement|\bepeat\b|\bblue angel\b|\bder blaue engel\b|\benergy star\b|\btco certified\b|\bfsc\b|\bpefc\b|\bpassi\b|"
    r"\bcyber ?essentials\b|\bexpertcyber\b|\bnumerique responsable\b|\bqualiopi\b|\bsoc 2\b|\bcsa star\b|\btier (?:iii|iv|3|4)\b|\blabels? [a-z«\"]+|"
    r"\bqualibat\b|\bqualifelec\b|\brge\b|\bhqe\b|\bmase\b|\bbcorp\b|\bb corp\b|\bmax havelaar\b|\bfair ?trade\b|\bcritères communs eal\b|"
    r"\beal ?\d|\bvisa de securite|\bfrance cybersecurity\b|\bhds\b(?=[^.;]*secnumcloud))"
)
label_without_equivalent = wording(
    _LABEL,
    requires=rf"(?:{MUST}|dispos|detien|detenteur|titulaire d'un|titulaire de (?:la|l')|benefici|certifi|qualifi|labellis|possed|justifi|porteu|porte le|"
    rf"conforme|fourni|presente|issus? |est (?:une condition|demande)|remet|attest)",
    unless=rf"(?:{EQUIVALENT}|ou (?:d')?autres?\b|responsabilite partagee|tout (?:autre )?moyen (?:de preuve )?(?:approprie)?|tout autre (?:label|"
    rf"certificat|moyen)|successeur equiv|(?:perte|retrait|suspension|renouvellement|maintien|perd|retire) (?:de |d'|du |la |l')*(?:cette |la |"
    rf"sa |son )?(?:qualification|certifi|label)|referentiel secnumcloud (?:defini|precise|exige|prevoit)|"
    rf"au sens (?:du|de)|chapitre|exigences? \d|paragraphe|article \d|point \d|19\.\d|§|{PERSON} (?:indique|precise|declare)|le cas echeant|"
    rf"s'il en dispose|s'il est|lorsqu'|etiquette|label de qualite|le label (?:est|designe)|hors de portee|non exige|facultati|prefere ?|bonus|"
    rf"peuvent (?:etre )?(?:produire|presenter|prouver)|suffit|vaut preuve|inspir|notamment par|visa en cours)",
    unless_near=r"(?:equivalen)",
)

equivalence_refused = wording(
    r"(?:aucun(?:e)?|pas d'|nul(?:le)?)[^.;]{0,25}(?:equivalen(?:t|te|ce|ts|tes)|produit (?:equivalent|de substitution)|autre (?:marque|produit|"
    r"solution|label|norme|certificat|certification|qualification|logiciel|preuve))[^.;]{0,40}(?:accept|admis|retenu|pris|autoris|toler|recevable|"
    r"permis|examin)",
    r"(?:equivalen(?:t|te|ce|ts|tes)|autre (?:marque|produit|label|certificat|certification|logiciel))[^.;]{0,50}(?:(?:est|sont|sera|"
    r"seront) (?:systematiquement )?(?:refus|rejet|exclu|ecart|irrecevab|elimin)|n(?:e s|')(?:est|ont|era) (?:pas|en aucun cas) (?:accept|admis|"
    r"recevable|pris)|ne (?:sera|seront|peut|peuvent|sont)[^.;]{0,10}(?:pas|en aucun cas)? ?(?:etre )?(?:accept|admis|propos|recevable|pris))",
    r"a l'exclusion de (?:tout|toute) autres?(?: (?:marque|produit|solution|label|norme|logiciel|certification|qualification|modele|materiel|type|"
    r"editeur)\b)",
    r"(?:marque|produit|solution|label|norme|logiciel|certification|procede|modele|materiel|reference)[^.;]{0,80}a l'exclusion de tou(?:t|te) autre[ ,.]*$",
    r"(?:sans (?:possibilite d'|aucune )?equivalen|n'accept[a-z]+ (?:pas|aucun)[^.;]{0,15}(?:d')?equivalen|et (?:non|pas) (?:un )?equivalent)",
    unless=r"(?:non equivalen|apres examen|prestation intellectuelle|usage|finalite|fins?\b|juridiction|competen|somme|indemnit|garantie|pretention|"
    r"remuneration|delai|motif|"
    r"aucune condition|droits?\b|dommages|causes?\b|donnees|preuve d'equivalence)",
    denied=r"(?:ne peut (?:etre )?(?:refus|rejet|ecart)|n'est pas (?:refus|rejet)|sans pouvoir|illega|ne peut pas (?:refus|rejet|ecart))",
)

qualified_firm = wording(
    rf"\b{PERSON} (?:[a-z-]+ ){{0,3}}(?:qualifi[a-z]*|labellis[a-z]*|certifi[a-z]*) (?:par l'anssi )?(?:au titre (?:de|du) |"
    rf"selon (?:le referentiel )?|« ?)?secnumcloud",
    rf"\b{PERSON} (?:[a-z-]+ ){{0,4}}(?:qualification|labellisation|certification|label|visa) (?:[a-z-]+ ){{0,2}}secnumcloud",
    rf"\b{PERSON}\b[^.;]{{0,40}}\b(?:est|soit|sont|etre) (?:qualifi|labellis|certifi)[a-z]*[^.;]{{0,20}}secnumcloud",
    requires=rf"(?:{MUST}|est (?:qualifi|labellis|certifi)|dispose|detient|confi|recour|soit|titulaire|possede)",
    unless=r"(?:(?:la|l'|cette|sa|son|les) (?:prestation|offre|service|solution|perimetre)[^.;]{0,80}(?:qualifi)|prestation qualifiee|offre qualifiee|"
    r"pour (?:l'offre|la prestation|le service)|perimetre|qualification de (?:l'offre|la prestation|son offre|sa prestation)|"
    r"et non (?:l'entreprise|le prestataire)|plutot que)",
)

_DATA_OBJECT = (
    r"(?:donnees|heberg|stock|sauvegarde|serveurs?|datacenters?|data ?centers?|centres? (?:de donnees|informatique|de supervision|de traitement|"
    r"de services?|d'appels|d'hebergement)|support|supervision|administr|maintenance|exploitation|moyens|infrastructures?|plateforme|traitement|"
    r"logs|journaux|cles|replic|assistance|hotline|prestations|"
    r"equipes?|sites?|operations)"
)
_FRANCE = (
    r"(?:en france(?: metropolitaine| continentale)?|sur le (?:territoire|sol) (?:national|francais|metropolitain|de la republique)|"
    r"en territoire (?:national|francais)|en metropole|sur le sol de france)"
)
_ENTITLED = (
    r"(?:union|\bue\b|\beee\b|espace economique|etat membre|pssie|ii ?901|diffusion restreinte|classifi|defense|homologation|hfds|secret|rgs|"
    r"habilit|int-rex|instruction (?:interministerielle|generale)|oiv|archives publiques|code du patrimoine|tresor national|tresors nationaux|"
    r"restreinte)"
)
france_only = wording(
    rf"\b{_DATA_OBJECT}[^.;]{{0,140}}{_FRANCE}",
    rf"{_FRANCE}[^.;]{{0,80}}\b{_DATA_OBJECT}",
    requires=rf"(?:{MUST}|\best\b|\bsont\b|\bsera\b|\bseront\b|localis|situe|heberg|stock|assure|realis|conserv|garantit|install)",
    unless=rf"(?:{_ENTITLED}|{PERSON} (?:est |sont )?etabli|attestation|siege|domicili|tva|loi francaise|code du travail|detach|travailleurs?|"
    rf"jours feries|horaires?|heures? (?:de )?france|deplacement|livraison|livr[a-z]* |sont livr|lieu d'execution : |intervient sur tout|"
    rf"ensemble du territoire|tout le territoire|partout en|territoire national (?:metropolitain)? ?(?:et|ou) (?:outre|dom)|"
    rf"(?:indiqu|precis|declar|s'il)[^.;]{{0,50}}{_FRANCE}|representant|couverture|reseau|disponible|impots|taxe|assurance|langue|distribu|"
    rf"commercialis|mis(?:e)? sur le marche|activites? privees|cnaps|securite privee)",
    unless_near=r"(?:pssie|ii ?901|homologation|union europeenne ou|diffusion restreinte)",
)

vague_europe = wording(
    r"\b(?:donnees|heberg|stock|serveurs?|datacenters?|data ?centers?|centres? de donnees|moyens|support|infrastructures?|traitement|sauvegarde|"
    r"administr|supervision)[^.;]*(?:\ben europe\b|sur le (?:sol|territoire|continent) europeen|dans (?:un )?pays europeens?|au sein de l'europe|"
    r"en zone europe|sol europeen|region europe\b|continent europeen)",
    r"(?:\ben europe\b|sur le (?:sol|territoire|continent) europeen)[^.;]{0,60}\b(?:donnees|heberg|stock|serveurs?|centres? de donnees|moyens|"
    r"support|traitement)",
    unless=r"(?:union|\bue\b|\beee\b|espace economique|etats? membres?|pays d'europe cites|repandu|leader|clients en europe|premier|presence)",
    unless_near=r"(?:europe[^.;]{0,40}(?:s'entend|designe)|territoire europeen[^.;]{0,30}(?:s'entend|designe))",
)

requirement_without_link = wording(
    rf"(?:l'ensemble|la totalite|toutes?|tous|l'integralite) (?:de |du )?(?:ses |leurs |son |sa )(?:activites?|clients?|salaries|personnels?|"
    rf"contrats|sites|filiales|chaine|production|effectifs?|gamme|implantations?|prestations pour d'autres)[^.;]{{0,80}}(?:{PERSON}|\bson\b|"
    rf"entreprise|soci)",
    rf"\b{PERSON}[^.;]{{0,60}}(?:pour|dans|sur|a|de|avec)? ?(?:l'ensemble|la totalite|toutes?|tous|l'integralite) (?:de |des |du )?(?:ses|leurs|"
    rf"son|sa|les) (?:[a-z]+ )?(?:activites?|clients?|salaries|contrats|production|effectifs?|sites|locaux|implantations?|produits)\b",
    r"\b(?:politique|demarche|strategie|charte|engagement|programme)s? (?:[a-z-]+ ){0,2}(?:rse|de responsabilite (?:sociale|societale)|"
    r"de mecenat|d'egalite (?:professionnelle|salariale)|de diversite|de developpement durable|handicap|climat|ethique|d'inclusion|"
    r"de remuneration|salariale)[^.;]{0,60}(?:generale|globale|d'ensemble|de l'entreprise|de la societe|du groupe|d'entreprise)",
    rf"\b{PERSON}[^.;]{{0,60}}(?:politique|demarche|strategie|programme|charte|actions?) (?:[a-z-]+ ){{0,2}}(?:rse|de responsabilite (?:sociale|"
    rf"societale)|mecenat|de mecenat|sponsor|philanthrop|generale)",
    r"\b(?:mecenat|sponsoring|parrainage|don aux associations|dons? a des associations|club sportif|association locale)\b[^.;]*",
    rf"\b{PERSON}[^.;]{{0,40}}(?:emploi[a-z]*|compt[a-z]*|comprend[a-z]*)[^.;]{{0,40}}(?:\d+ ?%|moitie|tiers|parite|autant de femmes|"
    rf"quota)[^.;]{{0,60}}(?:effectif|femmes|handicap|apprenti|alternant|conseil d'administration|comite de direction)",
    requires=MUST,
    unless=rf"(?:regles de securite|consignes|critere|points?\b|\bnot(?:e|ee|es|ation)\b|pour l'execution|dans le cadre (?:du|de l')|affect[a-z]+ (?:a|"
    rf"au|aux) (?:l'execution|marche|"
    rf"prestation)|prestations? du marche|objet du marche|lie(?:e|es|s)? a l'objet|execution du (?:present )?marche|du present|{STAFF} affect|"
    rf"intervenant sur|obligations? (?:legales?|d'emploi)|code du travail|"
    rf"contrats? (?:de travail|en cours|d'assurance)|loi\b|l\.? ?\d{{4}}|tous les (?:produits|sites) (?:objets?|du marche|concernes|"
    rf"de l'acheteur)|preuve|assurance|attestation|beges|vigilance|redressement|coordonn|ses (?:sous-traitants)|personnels? (?:affecte|"
    rf"intervenant|travaillant|present|charge)|travaillant|avant d|confidentiel|secret|informe|information|sensibilis|form(?:e|er|ation)|"
    rf"fournitur|site internet|tous ses salaries (?:intervenant|affect)|responsab|frais|charge de|salaries? (?:intervenant|en poste|repris|qui))",
)

incumbent_solution = wording(
    r"(?:identique|strictement (?:conforme|compatible|identique)|meme (?:editeur|fournisseur|produit|solution|marque|logiciel|constructeur)|"
    r"memes (?:produits|logiciels|solutions)|a l'identique|equivalente? en tout point|pareille?)[^.;]{0,60}(?:solution|logiciel|produit|materiel|"
    r"outil|systeme|editeur|fournisseur|plateforme|equipement|service)[^.;]{0,40}(?:actuel|en place|existant|sortant|deja|aujourd'hui|precedent|"
    r"utilise)",
    r"(?:solution|logiciel|produit|outil|plateforme|technologie|architecture)s?[^.;]{0,50}(?:du|de l'|par le) (?:titulaire|prestataire|"
    r"fournisseur|editeur) (?:sortant|actuel|en place|precedent)[^.;]*",
    r"(?:\bseule?s?|uniquement|exclusivement)[^.;]{0,40}(?:extension|version|evolution|mise a jour|module)s? (?:du|de la|de l') ?(?:logiciel|solution|outil|"
    r"progiciel|produit)[^.;]{0,60}(?:utilise|en place|actuel|existant|deja)",
    r"(?:conserv|maintien|maintenir|reprendre|reconduire|poursuivre)[a-z]*[^.;]{0,40}(?:la solution|le logiciel|l'outil|le produit|l'editeur|"
    r"la plateforme) (?:actuel|en place|existant)",
    r"(?:calqu|taill[a-z]+ sur mesure|cahier des charges (?:redige|ecrit|etabli|fourni) par (?:le|l'|un) (?:editeur|fournisseur|titulaire|prestataire))",
    requires=rf"(?:{MUST}|identique|propose|fourni|\best\b|\bsont\b|repose|reprend|conserv|meme|sera)",
    unless=rf"(?:{EQUIVALENT}|reprise|migr|revers|transfert|transition|import|export|remplac|interoper|interfac|compatib[a-z]+ (?:avec|ascendante)|"
    rf"droits?|format|personnel|salaries|description de l'existant|decri|donnees|cohabit|parallele|"
    rf"objet du (?:present )?marche est (?:la maintenance|de maintenir)|maintenance (?:de|du)|prix|tarif|qualite de service|niveaux? de service|"
    rf"titulaire sortant (?:fourni|transmet|remet|assiste|apporte|coopere|assure|reste|continue|doit|est))",
)

proprietary_excluded = wording(
    r"(?:logiciels?|solutions?|editeurs?|licences?|briques?|composants?|technologies?|"
    r"produits?)(?: [a-z]+){0,1} proprietaires?[^.;]{0,60}(?:(?:est|sont|sera|seront)[^.;]{0,15}(?:exclu|interdit|proscrit|banni|refus|elimin|"
    r"rejet|ecart|irrecevab)|n(?:e s|')(?:ont|est|era|eront)[^.;]{0,10}pas (?:admis|accept|autoris|recevable|examin)|ne (?:sera|seront|peuvent|"
    r"sont) (?:pas |etre )?(?:pas )?(?:admis|accept|autoris|propos|retenu|examin))",
    r"(?:exclu|interdi|proscri|elimin|refus|rejet|ecart)[a-z]*[^.;]{0,50}(?:logiciels?|solutions?|editeurs?|licences?|"
    r"offres?)(?: [a-z]+){0,3} proprietaires?",
    r"(?:\bseuls?|\bseules|uniquement|exclusivement)[^.;]{0,30}(?:(?:logiciels?|solutions?) (?:libres|open ?source|sous licence (?:libre|gpl|agpl|"
    r"mit|eupl|apache))|(?:les )?licences? (?:gpl|agpl|mit|eupl|apache|bsd|libres?))[^.;]*",
    r"aucun(?:e)? (?:logiciel|solution|composant|brique) proprietaire",
    unless=rf"(?:{EQUIVALENT}|format proprietaire|formats? proprietaires?|ou (?:tout|une?) (?:licence|autre)|maitrise|justifi|motif|"
    rf"prestations? de services? (?:sur|autour)|developpements? specifiques?|livrables?|code (?:source )?(?:developpe|livre)|"
    rf"dependance[^.;]{{0,30}}proprietaire|resultats)",
)

# ---- the same faults said in another order ----------------------------------------------------------------------------------------------

# A common noun of a product followed at once by a proper name: "photocopieurs Ricoh IM C3010", "le logiciel de paie est Sage".
_PRODUCT_NOUN = (
    r"(?:logiciels?|progiciels?|photocopieurs?|copieurs?|imprimantes?|tablettes?|ordinateurs?|postes?|serveurs?|commutateurs?|routeurs?|bornes?|"
    r"cameras?|pompes?|chaudieres?|vehicules?|tondeuses?|tracteurs?|aspirateurs?|autolaveuses?|peintures?|serrures?|badges?|telephones?|ecrans?|"
    r"videoprojecteurs?|antivirus|messagerie|"
    r"suite bureautique|systeme d'exploitation|base de donnees|hyperviseur|pare-feu|firewall|billetterie|outil|solution|plateforme|application|"
    r"licences?|abonnements?|robinetterie|luminaires?|climatiseurs?|defibrillateurs?|drones?|mobilier|chaises?|fournitures?|consommables?|"
    r"cartouches?|toners?)"
)
_PROPER_NAME = re.compile(
    r"[ «\"]*(?:(?:de |par |d'|du |la |le |les )*[a-zà-ÿ]+ ){0,3}?(?:(?:est|sont|seront|sera|de (?:la )?marque|de type|modèle|:|suivants? :|"
    r"type) )?[«\" ]*(?P<name>[A-Z][a-zà-ÿ]+(?:[A-Z][a-z]+)?(?: [A-Z0-9][\w-]*)*|[A-Z][\w]*[0-9][\w-]*|[A-Z]{2,}[a-z]+\w*)"
)
_NO_PRODUCT = frozenset(
    {
        "Internet",
        "Web",
        "Union",
        "Europe",
        "France",
        "Etat",
        "État",
        "Ville",
        "Commune",
        "Région",
        "Département",
        "Métropole",
        "Lot",
        "Article",
        "Annexe",
        "Titulaire",
        "Acheteur",
        "Prix",
        "Norme",
        "Niveau",
        "Type",
        "Classe",
        "Tier",
        "Le",
        "La",
        "Les",
        "Un",
        "Une",
        "Des",
        "Afpa",
        "Maître",
        "Client",
        "Marché",
        "Wifi",
        "Bluetooth",
        "Ethernet",
        "SaaS",
        "PaaS",
        "IaaS",
    }
)


def _product_by_name(text: Text) -> Iterator[Caught]:
    noun, asked = (
        compiled(rf"\b{_PRODUCT_NOUN}\b"),
        compiled(
            rf"(?:{MUST}|fourni|livr|achat|acquisition|equip|utilis|install|\best\b|\bsont\b|refus|et rien d'autre|aucun equivalent|sans equivalent|"
            rf"exclusi)"
        ),
    )
    excused = compiled(rf"(?:{EQUIVALENT}|{_EXISTING}|logiciels? libres?|licence libre|exemple|tels? que|secnumcloud|nombre de)")
    for sentence in text.sentences:
        if not asked.search(sentence.words) or excused.search(sentence.words) or compiled(DENIED).search(sentence.words):
            continue
        raw = sentence.span.of(text.document.text)
        if raw.isupper() or not compiled(
            r"(?:aucun equivalent|rien d'autre|exclusi|sans equivalent|a l'exclusion|obligatoire|imperati|doi(?:t|vent)|uniquement|seul|marque|modele|"
            r"reference)"
        ).search(sentence.words):
            continue
        for match in noun.finditer(sentence.words):
            named = _PROPER_NAME.match(raw, match.end())
            if named and named["name"].split()[0] not in _NO_PRODUCT and not compiled(_OPEN_NEAR).search(text.around(sentence.span)):
                yield Caught(sentence.at(named.start("name"), named.end("name")))
                break


_only_this_method = together(
    r"(?:seule? (?:le|la) (?:procede|technique|technologie|methode|systeme)|(?:la|par la|cette|une|selon la|selon le|le|par le|du|seule la|"
    r"seul le) (?:methode|procede|technique|technologie|mode operatoire|process|"
    r"formule)\b(?! (?:est|adapte|propose|classique|de controle))|brevet[a-z]*)",
    r"(?:seule? (?:le |la )?(?:procede|technique|methode)|est (?:seule? )?(?:autoris|admis|accept)|a l'exclusion de tout|uniquement|exclusivement|"
    r"imperativement|obligatoirement|brevete|deposee?\b|est exig|est impos|et aucune? autre|, seule? )",
    unless=rf"(?:{EQUIVALENT}|propriete intellectuelle|contrefa|cession|revendication|invention|concession|redevance|methode (?:de notation|de calcul|"
    rf"agile|d'evaluation)|note|technique (?:est|de l'offre)|valeur technique|reponse technique|memoire|procede a|technologies de l'information|"
    rf"garantit l'acheteur|annexe technique|cadre technique|gestion (?:de|des)|signature|droits|antecedent|connaissances anterieures|resultats|"
    rf"deposee? (?:sur|par voie|avant|au|aupres)|dossier)",
    unless_near=_OPEN_NEAR,
)
_grown_here = together(
    r"(?:\bnee?s?,? (?:et|en|dans) |(?<!niveau )\beleve(?:e|es|s)?\b|cultiv|recolt|abatt|pech|extrait|transform|provenan|provien|provenir|issu(?:e|es|"
    r"s)? (?:de|du|d')|"
    r"originaire|fabriqu|confectionn|assembl|produit(?:e|es|s)?\b|concu|tissé|tisse|imprime(?:e|es|s)? en|developpe(?:e|es|s)? (?:en|par)|made in|"
    r"carrieres?)",
    r"(?:en france|de france|francais(?:es|e)?\b|en europe|europeen(?:nes|ne|s)?\b|dans l'union|de l'union|\bde (?:bourgogne|bretagne|normandie|"
    r"provence|savoie|corse|lorraine|alsace)\b|du (?:jura|massif|departement|territoire|terroir|pays)|de la region|dans la region|"
    r"dans le departement|locales\b|hors de chine|d'asie)",
    rf"(?:\b{_PRODUCT}|viande|legumes?|fruits?|granulats?|bois\b|pain|lait|fromage|textile|tissu|pierre|papier|uniforme|tenue|jouets?|plants?|"
    rf"vegetaux|arbres?|sable|beton|acier|drapeau|repas|denree|vin|miel|volaille|bœuf|poisson|carburant|sapin|pierres?)",
    unless=rf"(?:{EQUIVALENT}|{DEFENCE}|l2153-2|indiqu|declar|precis|mentionn|renseign|tracabilit|mentions? |donnees|langue|norme|reglement|label|"
    rf"certifi|si\b|lorsqu|points?\b|critere|dechets?|excav|deblais|circuit court|saison)",
)
_carries_label = together(
    rf"{_LABEL}",
    r"(?:\best\b|\bsont\b|port(?:e|ent|er)\b|beneficie|labellis|certifi|qualifi|exig|obligatoire|demande|impos|sous label|au label|detien)",
    unless=rf"(?:{EQUIVALENT}|tout (?:autre )?moyen|successeur|(?:perte|retrait|suspension|renouvellement|maintien) (?:de |d'|du |la |l')*|au sens (?:du|"
    rf"de)|chapitre|exigences? \d|paragraphe|article \d|point \d|19\.\d|§|le cas echeant|s'il|lorsqu|si\b|etiquette|facultati|bonus|peuvent|"
    rf"suffit|vaut preuve|visa en cours|(?:le|du|au) referentiel secnumcloud|inspir|(?:souhait|appreci)|n'est|ne sont|indiqu|points?\b|critere)",
    unless_near=r"(?:equivalen)",
)
_refused_again = together(
    r"(?:et rien d'autre|aucune? (?:autre (?!justificatif|preuve|piece|document)|equivalen|substitut|alternative|produit de substitution)|"
    r"sans equivalen|equivalen[a-z]* (?:s'abst|refus|exclu|interdi|non|ne )|(?:pas|point) d'equivalen|n'(?:est|ont|admet|"
    r"accepte)[^.;]{0,20}equivalen|exclusivement (?:ce|cette|celui|ceux)|ni equivalent|ni (?:variante )?equivalen|a l'exclusion de tou(?:t|"
    r"te) (?:produit|equivalen|autre (?:marque|produit|solution|label|norme|logiciel|certification|modele|materiel|editeur)))",
    r"(?:produit|marque|modele|label|norme|certifi|qualifi|logiciel|systeme|solution|materiel|equivalen|fourniture|appareil|reference|offre|gamme|materiau)",
    unless=r"(?:non equivalen|apres examen|juridiction|competen|somme|indemnit|pretention|remuneration|delai|motif|aucune (?:autre )?condition|dommages|"
    r"cahier des clauses|ccag|"
    r"finalite|fins\b|usage|preuve d'equivalence|aucune autre (?:personne|entreprise|piece|information|formalite|voie|fin)|critere)",
    denied=r"(?:ne peut (?:pas )?(?:etre )?(?:refus|rejet|ecart)|n'est pas (?:refus|rejet)|sans pouvoir|illega)",
)
_firm_is_qualified = together(
    rf"\b(?:{PERSON})\b(?: [a-z'-]+){{0,6}} (?:est|soit|sont|doit etre|:) ?(?:[a-z]+ )?secnumcloud",
    r"secnumcloud",
    unless=r"(?:prestation|offre|perimetre)",
)
_never_leaves_france = together(
    r"(?:(?:ne )?(?:quitt|sort|franchi|transf|replique)[a-z]*|hors d|en dehors d|exterieur d|demeur|reste|localis|situe|trouv|install|implant|"
    r"bas(?:e|es|ee|ees)\b|heberg|stock|conserv|sauvegard|intervien|opere)",
    r"(?:(?:la )?france\b|(?:sol|territoire) (?:national|francais|metropolitain)|du territoire national|metropole francaise|frontieres nationales|"
    r"francais(?:es)? (?:uniquement|exclusivement)|datacenters? francais|centres? de donnees francais|serveurs? francais|frontiere francaise)",
    r"(?:donnees|sauvegard|serveur|datacenter|centres? de donnees|heberg|support|administr|supervis|maintenance|replic|plateforme|journaux|logs|"
    r"copies?\b|archives numeriques|infrastructure|moyens|hotline|assistance|traitement|stock(?:age|ees?))",
    unless=rf"(?:{_ENTITLED}|siege|domicili|tva|detach|jours feries|livraison|couverture|langue|(?:indiqu|precis|declar|s'il)[^.;]{{0,60}}france|impots|"
    rf"assurance|securite privee|ensemble du territoire|tout le territoire|usagers|garantit que le|cloud act|etabli en france|"
    rf"hors (?:de )?france metropolitaine|suffi|cnaps|candidat[^.;]{{0,20}}etabli|vehicule|dechet|carte|attestation|certificat)",
    unless_near=r"(?:pssie|ii ?901|homologation|union europeenne ou|diffusion restreinte)",
)
_out_of_europe = together(
    r"(?:hors (?:d'|de l')europe|(?:reste|demeur|situe|heberg|stock|localis|trouv)[a-z]*[^.;]{0,60}(?:en europe|sol europeen|continent europeen|"
    r"europe (?:geographique|occidentale))|pays europeens?\b|frontieres europeennes|(?:datacenters?|serveurs?|cloud) (?:bases? |"
    r"situes? )?en europe|zone europe\b)",
    r"(?:donnees|heberg|serveur|datacenter|centres? de donnees|support|administr|moyens|sauvegard|traitement|infrastructure|maintenance|transf)",
    unless=r"(?:union europeenne|\bue\b|\beee\b|espace economique|etats? membres?|conseil de l'europe)",
)
_whole_firm = together(
    r"(?:tou(?:s|te|tes) (?:les |ses |leurs |son )?(?:salaries|activites|sites|filiales|vehicules|contrats|fournisseurs|personnels?|flotte|locaux|"
    r"bureaux|collaborateurs|etablissements)|l'ensemble de (?:ses|son|leurs) (?:activites?|salaries|sites|clients|personnels?|gamme|produits|"
    r"effectifs?|flotte|locaux|fournisseurs)|politique (?:generale|globale|d'entreprise)|(?:salaries|filiales|entites|sites) du groupe\b|"
    r"clients? (?:du secteur|autres|de l'industrie)|mecenat|parrain|sponsor|association(?:s)? (?:locale|caritative|sportive)|"
    r"conseil d'administration|comite de direction|dirigeants|dividendes|ecarts? de salaire|politique salariale|charte (?:ethique|rse)|"
    r"bilan carbone de (?:l'entreprise|la societe)|label rse|ethique (?:generale )?de l'entreprise)",
    rf"(?:\b{PERSON}\b|salaries du groupe)",
    rf"(?:{MUST}|s'engage|renonce|verse|finance|affectes ou non|est en mesure|dispose|justifi|\bsont\b|\best\b|se deplac|compte|respecte)",
    unless=r"(?:regles de securite|consignes|critere|points?\b|\bnot(?:e|ee|es|ation)\b|pour l'execution|affect[a-z]+ (?:a|au|aux) (?:l'execution|"
    r"la prestation)|objet du marche|"
    r"lie(?:e|es|s)? a l'objet|execution du (?:present )?marche|intervenant sur|obligations? (?:legales?|d'emploi|fiscales|sociales)|"
    r"code du travail|assurance|attestation|\bloi\b|l\.? ?\d{4}|confidenti|secret|inform|sensibilis|responsab|frais|coordonn|candidature|"
    r"condamn|exclu|remplac|agre(?:e|ment)|nationalite|siege social en|capital|sous-trait|preuve|acheteur|de la commune|travaillant|sur le site|"
    r"donnees|acces|mesures|prestations|documents?|materiel|dechets|factur|penalit|travaux|audit|consignes|reglement|securite|equipe de|habilit|"
    r"ouvrages?|recours|litige|contrats? en cours)",
)
_same_as_now = together(
    r"(?:on garde|identique|le meme (?:systeme|logiciel|editeur|produit|materiel|outil|constructeur|fournisseur)|la meme (?:solution|marque|gamme|"
    r"plateforme)|les memes (?:logiciels|produits|equipements|materiels)|a l'identique|celui (?:de|du) (?:titulaire|prestataire|fournisseur)|"
    r"continuite (?:avec|de) (?:l'editeur|la solution|du produit)|reconduit la solution|rester (?:sur|chez)|demeure (?:la solution|le logiciel)|"
    r"pas de changement (?:de|d')|seul l'editeur actuel|copie conforme)",
    r"(?:actuel|en place|sortant|deja|existant|precedent|installe|aujourd'hui|depuis (?:19|20)\d\d|historique|en service)",
    r"(?:solutions?|logiciels?|progiciels?|systemes?|editeurs?|produits?|outils?|plateformes?|materiels?|equipements?|marques?|fournisseurs?|"
    r"prestataires?|constructeurs?|technologies?|titulaire)\b",
    unless=rf"(?:{EQUIVALENT}|reprise|migr|transfert|transition|droits?\b|personnel|salaries|prix|tarif|horaires|adresse|interlocuteur|"
    rf"niveaux? de service|donnees|numero|prestations? (?:actuel|identique)|cadence|conditions|qualite)",
)
_closed_code_refused = together(
    r"(?:proprietaires?\b|code (?:source )?(?:n'est pas (?:libre|ouvert|public)|ferme)|non libres?|produits? fermes?|closed source|"
    r"(?:integralement|exclusivement|uniquement|100 ?%|totalement|entierement|tous) (?:open ?source|libres?|sous licence libre)|licence (?:gpl|"
    r"agpl|eupl|mit|apache|bsd|cecill))",
    r"(?:exclu|interdi|proscri|refus|rejet|ecart|elimin|irreguli|irrecevab|s'abst|\bseul|uniquement|exclusivement|integralement|obligatoire|"
    r"doi(?:t|vent)|n'est pas|ne sont pas|aucun)",
    r"(?:logiciel|composant|editeur|plateforme|solution|outil|brique|module|offre|produit|code|application|licence)",
    unless=rf"(?:{EQUIVALENT}|formats? proprietaire|developpements? specifiques?|livrables?|dependance|resultats|code (?:source )?(?:developpe|livre|"
    rf"produit|remis)|ou (?:une|tout|toute) (?:autre )?licence|sous licence[^.;]{{0,30}}ou |conformite des licences|droits? (?:d'utiliser|"
    rf"d'etudier|de modifier)|proprietaires? (?:du|des|de la|de l'|d'un)|au choix|copropri|justifi|motif|dans la mesure)",
)

_no_substitute = together(
    r"(?:un autre (?:modele|label|produit|logiciel|materiel)|par un autre|equivalen(?:t|te|ts|tes|ce)s?\b|substitut|alternative)",
    r"(?:ne peu(?:t|vent) etre remplace|rejet|elimin|refus|irrecevab|non admis|pas admis|pas accept|sans (?:equivalen|possib)|exclu|interdi|"
    r"impossible|(?:pas|point) d')",
    r"(?:produit|reference|marque|offre|proposition|materiel|logiciel|label|norme|article|equivalent admis|modele|solution)",
    unless=r"(?:ne (?:peut|peuvent|sera|saurait|doit)[^.;]{0,20}(?:rejet|refus|ecart|elimin)|n'est pas (?:rejet|refus)|sans examen|non equivalent|"
    r"n'est pas equivalent|preuve|demontr|defaut d'equivalence|a defaut|illega)",
)
_firm_with_label = together(
    rf"\b(?:{PERSON})\b[^.;]{{0,70}}(?:labellis|qualifi|certifi|titulaire (?:de la|d'une) (?:qualification|certification))",
    r"secnumcloud",
    unless=r"(?:prestation|offre|perimetre|service (?:est |soit )?qualifi|\bpassi\b|audit)",
)
_here_only = together(
    r"(?:depuis (?:la|le territoire de la) france\b|(?:centres? de donnees|datacenters?|serveurs?|hebergement|support|cloud) francais|en france\b|"
    r"de france\b|(?:sol|territoire) (?:francais|"
    r"national|metropolitain)|du territoire (?:francais|national)|"
    r"france (?:exclusivement|uniquement|seulement|metropolitaine)|frontieres nationales)",
    r"(?:donnees?\b|sauvegard|serveur|heberg|support|administr|supervis|maintenance|replic|plateforme|journaux|copies?\b|infrastructure|"
    r"centre d'appels|assistance|traitement|stock(?:age|ees?)|exploitation|hotline|astreinte informatique|cles)",
    unless=rf"(?:{_ENTITLED}|siege|domicili|\btva\b|detach|jours feries|horaires?|livraison|couverture|langue|(?:indiqu|precis|declar|s'il)|impots|assurance|"
    rf"securite privee|ensemble du territoire|tout le territoire|cloud act|suffi|etabli|attestation|vehicule|dechet|entreprises? |societes? |"
    rf"candidat|ne garantit|critere|points?\b)",
    unless_near=r"(?:pssie|ii ?901|homologation|union europeenne ou|diffusion restreinte)",
)
_somewhere_in_europe = together(
    r"(?:(?:en|depuis|de|hors d'|quitt[a-z]* (?:pas |jamais )?|dans toute |sortent? (?:pas |jamais )?d[e'] ?)l?'?europe\b|(?:centres? de donnees|"
    r"datacenters?|serveurs?|sol|continent|territoire|"
    r"pays|hebergement)(?: [a-z]+){0,3} europeen(?:s|nes|ne)?\b|europe (?:seulement|uniquement|exclusivement))",
    r"(?:donnees?\b|heberg|serveur|datacenter|support|administr|moyens|sauvegard|traitement|infrastructure|maintenance|stock(?:age|e)|assistance|supervis)",
    unless=r"(?:union|\bue\b|\beee\b|espace economique|etats? membres?|conseil de l'europe|reglement|directive|norme|commission|entreprise|societe|"
    r"prestataire|editeur|schema|droit)",
)
_beyond_the_contract = together(
    r"(?:(?:dans|au sein de) (?:son|leur|l') ?(?:entreprise|groupe|societe|structure)[^.;]{0,40}(?:hors|independamment|en dehors)|mecene|tout son groupe|"
    r"tout le groupe|hors (?:du )?marche|toutes ses (?:emissions|activites|filiales|implantations)|tous ses (?:clients|"
    r"salaries|sites|vehicules|contrats)|ne plus (?:livrer|fournir|travailler)|association(?:s)? (?:sportive|culturelle|locale|caritative)|"
    r"conseil d'administration|comite de direction|charte ethique|politique rse|mecenat|parrain|vie de la cite|club (?:de la|sportif)|"
    r"ensemble de ses (?:activites|sites|salaries|clients))",
    rf"(?:\b{PERSON}\b|titulaire)",
    unless=r"(?:regles de securite|consignes|critere|points?\b|\bnot(?:e|ee|es|ation)\b|bonus|affect|objet du marche|execution du (?:present )?marche|"
    r"code du travail|attestation|"
    r"\bloi\b|confidenti|inform|condamn|nationalite|exclu|francais(?:e|es)?\b|n'est pas exig|sans que|au capital de|societe anonyme)",
)
_as_before = together(
    r"(?:(?:du|de la|des|par le|par la|chez le|aupres du) memes? (?:editeur|fournisseur|marque|constructeur|gamme|societe|fabricant)|memes? (?:editeur|"
    r"solution|logiciel|produit|outil|materiel|fournisseur|marque|systeme)s?|le meme que|la meme que|(?:doit etre|est|"
    r"sera) celle? (?:que|du|de)|celui (?:que|du)|identique|continuite (?:de|du) (?:l'outil|logiciel|"
    r"la solution|l'editeur|produit)|a l'identique|ne change(?:ra)? pas d'editeur|conserver (?:l'outil|le logiciel|la solution|l'editeur))",
    r"(?:que (?:notre|nos|le logiciel|la solution|celui|celle|ceux)|ancien|historique|actuel|deja (?:install|en service|deploy|utilis)|exploite aujourd'hui|"
    r"en place|precedent|sortant)",
    r"(?:solutions?|logiciels?|systemes?|editeurs?|produits?|outils?|plateformes?|materiels?|equipements?|marques?)\b",
    unless=rf"(?:{EQUIVALENT}|reprise|migr|transfert|droits?\b|personnel|prix|tarif|horaires|niveaux? de service|donnees|conditions|qualite|pas exige|"
    rf"n'est pas)",
)
_free_software_only = together(
    r"(?:proprietaires?\b|non libres?|sous licence (?:agpl|gpl|eupl|mit|apache|libre)|logiciels? libres?|open ?source|code ferme)",
    r"(?:ne (?:comporte|comprend|contient|peuvent|peut|sera|seront)[^.;]{0,30}(?:que|pas|etudi|repond|admis)|interdi(?:t|te|ts|tes)\b|exclu|refus|"
    r"rejet|elimin|\bseul|uniquement|exclusivement|aucun|pas admis)",
    r"(?:logiciel|composant|editeur|plateforme|solution|outil|brique|module|offre|produit|application)",
    unless=rf"(?:{EQUIVALENT}|formats? proprietaire|developpements? specifiques?|livrables?|dependance|resultats|code (?:source )?(?:developpe|livre|"
    rf"produit|remis)|ou (?:une|tout|toute) (?:autre )?licence|droits? (?:d'utiliser|d'etudier|de modifier)|proprietaires? (?:du|des|de la|de l'|"
    rf"d'un)|au choix|copropri|n'(?:est|exclut)|ni |sans)",
)
_from_that_country = together(
    r"(?:\best (?:francais|europeen)|\bsont (?:francais|europeen)|fabriqu|produi(?:t|ts|te|tes)\b|assembl|usines?|concu|conception|cultiv|eleve|"
    r"origine|provenan|vien(?:t|nent)|issu(?:e|es|s)? d|made in|"
    r"composants?)",
    r"(?:(?:dans|en|du|de) (?:le |la |les |l')?(?:asie|chine|inde|turquie|europe|jura|vosges|alpes|bretagne|normandie|bourgogne|provence|alsace|lorraine|"
    r"savoie|auvergne|"
    r"limousin|cevennes|ardennes|picardie|gascogne|bearn|landes|correze|creuse|nord|sud-ouest)\b|francais(?:es|e)?\b|en france|en europe|"
    r"europeen(?:nes|ne|s)?\b|en asie|en chine|d'asie|asiatique|chinois|americain|etats-unis|"
    r"dans le departement|dans la region|hors (?:de )?(?:l'union|france|l'europe))",
    r"(?:miel|vin|pain|fromage|lait|viandes?|poissons?|œufs?|farine|fleurs|plants|sapins?|cidre|biere|produits?|jouets?|composants?|materiels?|"
    r"equipements?|logiciels?|solutions?|ordinateurs?|legumes|fruits|viande|vetements|tenues|meubles|"
    r"mobilier|denrees|cameras?|pieces|tissus?|papier|bois|vehicules?|serveurs|articles|fournitures)",
    r"(?:\best\b|\bsont\b|doi(?:t|vent)|devr(?:a|ont)|sera|seront|exig|obligatoire|viennent|vient|n'est accept|interdi|exclu|provien|uniquement|seul)",
    unless=rf"(?:{EQUIVALENT}|{DEFENCE}|indiqu|declar|precis|mentionn|renseign|tracabilit|langue|en francais|norme|reglement|label|ecolabel|certifi|"
    rf"points?\b|critere|donnees|schema|droit francais|ne (?:sont|est) (?:pas|ni)|entreprise|societe|editeur francais|prestataire|fournisseurs? )",
)
# Regions as adjectives: "forêts vosgiennes", "granit breton".
_REGIONAL = (
    r"(?:vosgien(?:ne)?|breton(?:ne)?|normand(?:e)?|alsacien(?:ne)?|savoyard(?:e)?|auvergnat(?:e)?|provencal(?:e)?|provencaux|bourguignon(?:ne)?|"
    r"jurassien(?:ne)?|"
    r"landais(?:e)?|lorrain(?:e)?|corse|basque|picard(?:e)?|limousin(?:e)?|occitan(?:e)?|alpin(?:e)?|pyreneen(?:ne)?|cevenol(?:e)?|beauceron(?:ne)?|"
    r"vendeen(?:ne)?|"
    r"francilien(?:ne)?|ligerien(?:ne)?|catalan(?:e)?|gascon(?:ne)?|flamand(?:e)?|champenois(?:e)?|berrichon(?:ne)?|perigourdin(?:e)?|"
    r"regional(?:e)?|regionaux|departemental(?:e)?|locale?)s?\b"
)
_from_this_region = wording(
    rf"(?:provien|provenan|issu|origine|extrait|coup|recolt|cultiv|eleve|abatt|pech|fabriqu|produi|confectionn|taill)[a-z]*[^.;]{{0,50}}"
    rf"(?:de |des |d'|du |en |dans )(?:[a-z']+ ){{0,3}}{_REGIONAL}",
    requires=rf"(?:{MUST}|\best\b|\bsont\b|sera|seront|provien|provenan)",
    unless=rf"(?:{EQUIVALENT}|indiqu|declar|precis|mentionn|tracabilit|points?\b|critere|label|saison|circuit|dechet|deblai|si possible|dans la mesure|"
    rf"administration|"
    rf"collectivite|autorite|conseil|agent|budget|archives|donnees|plan (?:regional|departemental)|schema|reseau|service)",
)
_stone_from_there = wording(
    rf"\b(?:granits?|pierres?|bois|ardoises?|marbres?|chenes?|sapins?|viandes?|poissons?|fromages?|lait|vins?|miel|beurre|œufs?|volailles?|legumes|fruits|"
    rf"pommes|"
    rf"tuiles?|briques?|paves?|gres|calcaire|textiles?|tissus?|dentelles?|porcelaine|plants?) {_REGIONAL}",
    requires=rf"(?:{MUST}|\best\b|\bsont\b|sera|seront|fourni|livr)",
    unless=rf"(?:{EQUIVALENT}|indiqu|declar|precis|mentionn|points?\b|critere|label|si possible|type|aspect|teinte|existant)",
)
_NAMED = re.compile(
    r"\b(?:ipad|iphone|macbook|autocad|hikvision|dahua|viessmann|grundfos|photoshop|acrobat|outlook|powerpoint|webex|vmware|sap|"
    r"oracle|cisco|fortinet|dell|lenovo|hp|ricoh|canon|xerox|samsung|renault|peugeot|citroen|karcher|stihl|husqvarna|"
    r"bosch|makita|hilti|tollens|gerflor|forbo|schneider|legrand|hager|philips|sony|panasonic|epson|brother|konica|kyocera|toshiba|moodle|pronote|"
    r"windows)\b"
)


def _named_product(text: Text) -> Iterator[Caught]:
    """A well-known product as what is bought, in a short sentence that gives nothing but it."""
    bought = compiled(
        r"(?:\best\b|\bsont\b|sera|seront|fourniture|achat|acquisition|equip|licences?|de marque|de la gamme|de type|livr|fourni|fond(?:e|ee) sur|"
        r"basee? sur|doi(?:t|vent)|obligatoire|impos)"
    )
    excused = compiled(
        rf"(?<![a-z])(?:{EQUIVALENT}|{_EXISTING}|logiciels? libres?|licence libre|exemple|tels? que|ne (?:sont|est) pas|n'est|aucun|sans marque|"
        rf"mise? en concurrence|cloud act)"
    )
    for sentence in text.sentences:
        match = _NAMED.search(sentence.words)
        if match is None or not bought.search(sentence.words) or excused.search(sentence.words) or compiled(_OPEN_NEAR).search(text.around(sentence.span)):
            continue
        if sentence.span.of(text.document.text)[match.start()].isupper() or match[0] in ("iphone", "ipad"):
            yield Caught(sentence.at(*match.span()))


_range_of_a_maker = wording(
    r"\b(?:de la gamme|de la serie|du fabricant|du constructeur|de l'editeur|de chez|reference catalogue|modele) (?:[a-z]+ ){0,1}[a-z][a-z0-9-]{2,}",
    requires=r"(?:peinture|mobilier|materiel|luminaire|robinet|serrure|tablette|logiciel|vehicule|produit|revetement|chaudiere|appareil|equipement|"
    r"fourniture|pompe|camera)[^.;]*(?:\best\b|\bsont\b|doi(?:t|vent)|sera|seront)",
    unless=rf"(?:{EQUIVALENT}|{_EXISTING}|de la gamme (?:proposee|du titulaire|existante|complete)|au choix|modele (?:de|d'|economique|propose|joint|"
    rf"annexe)|conditions|candidat|garantie|notice|preconisation|recommandation|avis technique|documentation|prescription|instruction|agree|fiche|"
    rf"responsab)",
    unless_near=_OPEN_NEAR,
)


_any_other_is_irregular = wording(
    r"(?:un|tout) autre (?:produit|modele|materiel|article|logiciel|appareil|marque)[^.;]{0,40}que (?:celui|celle|ceux)[^.;]{0,80}(?:irregulier|rejet|"
    r"elimin|ecart|refus|exclu|"
    r"irrecevab)",
    r"(?:aucune? derogation|ne sera (?:pas )?deroge|sans derogation)[^.;]{0,60}(?:references?|marques?|modeles?|produits?)[^.;]{0,80}",
    unless=r"(?:equivalen(?:t|ce|te)[a-z]* (?:est|sont|sera|prouv|demontr)|prouve|sans preuve|sans justif|ccag)",
    denied=None,
)
_no_heed_of_equivalents = wording(
    r"(?:ne (?:sera|seront|peut|peuvent|sont|tiendra)|n'(?:est|etudi|examin)[a-z]*)[^.;]{0,30}(?:tenu compte|etudi|examin|pris|analys|retenu|"
    r"accept)?[^.;]{0,50}"
    r"(?:produits?|propositions?|offres?|solutions?|marques?|references?|articles?) equivalen",
    unless=r"(?:sans (?:preuve|justific)|non equivalen|que si|qu'apres|s'il|si (?:le|elle)|demontr|rejete|refus|ecart)",
    denied=None,
)
_every_other_refused = wording(
    r"tou(?:t|te|s|tes) (?:les )?autres? (?:modele|marque|produit|label|logiciel|materiel|reference|certificat|certification|solution|norme|"
    r"editeur|appareil|systeme)s?[^.;]{0,50}(?:refus|rejet|exclu|elimin|ecart|irrecevab|ne (?:sera|seront|sont|convien)|n'est|non )",
    r"(?:rien que|nul autre|uniquement (?:ce|cette|ces)|ce (?:modele|produit|label) et lui seul|celui-ci et aucun autre|"
    r"aucune? (?:autre )?(?:marque|modele|label|certification|reference|solution) (?:n'est|ne sera))",
    unless=r"(?:equivalent (?:est|sera) (?:admis|accept)|sans motif|ne (?:peut|peuvent) (?:pas )?(?:etre )?(?:refus|rejet)|imposee?|exigee?|"
    r"n'est (?:pas )?(?:impose|exige|requis|privilegi|citee?|nommee?|demande))",
    denied=r"(?:ne peut (?:pas )?(?:etre )?(?:refus|rejet|ecart)|illega|sans pouvoir)",
)


DETECTORS: dict[str, Detect] = {
    "marque-sans-equivalent": any_of(brand_without_equivalent, _product_by_name, _named_product, _range_of_a_maker),
    "brevet-procede-sans-equivalent": any_of(patent_or_process, _only_this_method),
    "origine-produits": any_of(_from_this_region, _stone_from_there, product_origin, _grown_here, _from_that_country),
    "norme-sans-equivalent": standard_without_equivalent,
    "label-sans-equivalent": any_of(label_without_equivalent, _carries_label),
    "equivalence-refusee": any_of(_any_other_is_irregular, _no_heed_of_equivalents, equivalence_refused, _refused_again, _no_substitute, _every_other_refused),
    "prestataire-qualifie": any_of(qualified_firm, _firm_is_qualified, _firm_with_label),
    "france-au-lieu-ue": any_of(france_only, _never_leaves_france, _here_only),
    "europe-imprecise": any_of(vague_europe, _out_of_europe, _somewhere_in_europe),
    "exigence-sans-lien-objet": any_of(requirement_without_link, _whole_firm, _beyond_the_contract),
    "solution-en-place-imposee": any_of(incumbent_solution, _same_as_now, _as_before),
    "proprietaire-exclu": any_of(proprietary_excluded, _closed_code_refused, _free_software_only),
}
