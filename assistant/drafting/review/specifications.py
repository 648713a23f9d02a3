"""Rules about what is asked of the offer: brands, patents, origin, standards, labels, places, link with the object.

Ground: CCP R2111-4 to R2111-17, L2112-2 to L2112-4.
"""

import re
from collections.abc import Iterator

from assistant.drafting.review.notions import ALIEN, ALLOWED, BEING, CONDITION, INFORMED, ONLY, PREFERRED, REFUSED, THIRD_STATE, notions
from assistant.drafting.review.pattern import DEFENCE, DENIED, EQUIVALENT, MUST, PERSON, STAFF, Caught, Detect, any_of, compiled, wording
from assistant.drafting.review.text import Text

# Trade names met in tenders of software, cloud, telecoms and hardware. A name outside the list is caught by "de marque …".
_BRANDS = (
    r"(?:microsoft(?: (?:365|azure|office|sql server|dynamics|defender|exchange|sharepoint))?|office 365|azure|sharepoint|windows(?: server)?(?: \d+)?|aws|"
    r"amazon web services|google (?:workspace|cloud|meet|drive)|gmail|oracle(?: database)?|vmware|vsphere|nutanix|citrix|sap(?: hana| s/4hana)?|salesforce|"
    r"servicenow|cisco(?: webex)?|webex|fortinet|fortigate|palo alto(?: networks)?|crowdstrike|sentinelone|zscaler|okta|zoom|slack|dropbox|docusign|"
    r"adobe(?: acrobat| creative cloud| sign)?|autocad|autodesk|arcgis|esri|dell|hewlett[- ]packard|hpe|lenovo|thinkpad|apple|iphone|ipad|macbook|samsung|"
    r"huawei|hikvision|dahua|axis communications|milestone xprotect|genetec|netapp|veeam|veritas|commvault|splunk|datadog|elastic cloud|mongodb atlas|"
    r"snowflake|databricks|power bi|tableau software|qlik(?:view|sense)?|ovhcloud|ovh|outscale|scaleway|s3ns|numspot|wallix|stormshield|harfanglab|tehtris|"
    r"sekoia|thales|atos|ibm|red hat openshift|openshift|jira|confluence|atlassian|github(?: enterprise| copilot)?|copilot|chatgpt|openai|mistral ai|"
    r"intel(?: xeon| core i\d)?|amd epyc|nvidia|xerox|canon|ricoh|konica minolta|epson|jabra|poly(?:com)?|logitech|aruba|juniper|alcatel-lucent|mitel|avaya|"
    r"ericsson|nokia|teamviewer|kaspersky|trend micro|sophos|bitdefender|ciel|cegid|berger-levrault|sage(?: 100)?|velux|schneider electric|legrand|siemens)"
)
_EXISTING = (
    r"(?:existant|actuel(?:le|lement|les|s)?\b|(?<!mise )en place|deja (?:en service|deploy|install|utilis|en production|possed|acquis)|parc\b|interoper|"
    r"compatib|s'interfac|interfac|connect(?:e|er|eur|eurs)|integr(?:e|er|ation) (?:avec|a|au|aux)|import|export|reprise|reprend|migration depuis|"
    r"depuis (?:l'|la |le )|dispose (?:de|d')|possede|utilise (?:aujourd'hui|a ce jour|actuellement)|marques? citees?|ne constitue|lecture des fichiers|"
    r"formats?\b|accessible depuis|navigateur|systemes? d'exploitation|marque deposee|marques? verbale|propriete de|signes distinctifs)"
)
_OPEN_NEAR = (
    r"(?:tout(?:es|e|s)? (?:les )?(?:marque|reference|norme|nom|produit|mention)[^.;]{0,80}(?:equivalen|exemple|indicati)|(?:marques?|references?|"
    r"normes?)[^.;]{0,90}(?:s'entend(?:ent)?|sont (?:donnees|citees|reputees|assorties|suivies)|est (?:donnee|reputee|suivie))[^.;]{0,60}(?:equivalen|"
    r"exemple|indicati)|ou (?:techniquement )?equivalent)"
)

_PRODUCT = (
    r"(?:produits?|logiciels?|solutions?|materiels?|equipements?|fournitures?|composants?|terminaux|serveurs?|services? (?:cloud|en ligne|d'hebergement|"
    r"numeriques?|logiciels?)|cloud|technologies?|outils?|applications?|materiaux|vehicules?|denrees?|vetements?|mobiliers?|ordinateurs?|cameras?|"
    r"suites? (?:bureautiques?|collaboratives?)|offres? (?:cloud|logicielles?)|plateformes?|modeles? (?:d'ia|d'intelligence artificielle|de langage)|"
    r"messageries?)"
)
_ENTITLED = (
    r"(?:union|\bue\b|\beee\b|espace economique|etat membre|pssie|ii ?901|diffusion restreinte|classifi|defense|homologation|hfds|secret|rgs|habilit|int-rex|"
    r"instruction (?:interministerielle|generale)|oiv|archives publiques|code du patrimoine|tresor national|tresors nationaux|restreinte)"
)
# ---- the same faults said in another order ----------------------------------------------------------------------------------------------

# A common noun of a product followed at once by a proper name: "photocopieurs Ricoh IM C3010", "le logiciel de paie est Sage".
_PRODUCT_NOUN = (
    r"(?:logiciels?|progiciels?|photocopieurs?|copieurs?|imprimantes?|tablettes?|ordinateurs?|postes?|serveurs?|commutateurs?|routeurs?|bornes?|cameras?|"
    r"pompes?|chaudieres?|vehicules?|tondeuses?|tracteurs?|aspirateurs?|autolaveuses?|peintures?|serrures?|badges?|telephones?|ecrans?|videoprojecteurs?|"
    r"antivirus|messagerie|suite bureautique|systeme d'exploitation|base de donnees|hyperviseur|pare-feu|firewall|billetterie|outil|solution|plateforme|"
    r"application|licences?|abonnements?|robinetterie|luminaires?|climatiseurs?|defibrillateurs?|drones?|mobilier|chaises?|fournitures?|consommables?|"
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
        "Diesel",
        "Android",
        "Informatique",
        "Métier",
        "Essence",
        "Hybride",
        "IaaS",
    }
)


def _product_by_name(text: Text) -> Iterator[Caught]:
    noun, asked = (
        compiled(rf"\b{_PRODUCT_NOUN}\b"),
        compiled(
            rf"(?:{MUST}|fourni|livr|achat|acquisition|equip|utilis|install|\best\b|\bsont\b|refus|et rien d'autre|aucun equivalent|sans equivalent|exclusi|"
            rf"\|)"
        ),
    )
    excused = compiled(rf"(?:{EQUIVALENT}|{_EXISTING}|logiciels? libres?|licence libre|exemple|tels? que|secnumcloud|nombre de)")
    for sentence in text.sentences:
        if not asked.search(sentence.words) or excused.search(sentence.words) or compiled(DENIED).search(sentence.words):
            continue
        raw = sentence.span.of(text.document.text)
        if raw.isupper() or (
            "|" not in raw
            and not compiled(
                r"(?:aucun equivalent|rien d'autre|exclusi|sans equivalent|a l'exclusion|obligatoire|imperati|doi(?:t|vent)|uniquement|seul|marque|modele|"
                r"reference|(?:fourniture|acquisition|achat)s? d)"
            ).search(sentence.words)
        ):
            continue
        for match in noun.finditer(sentence.words):
            named = _PROPER_NAME.match(raw, match.end())
            if not named or compiled(_FRENCH_PLACE).match(sentence.words, named.start("name")):
                continue
            if named["name"].split()[0] not in _NO_PRODUCT and not compiled(_OPEN_NEAR).search(text.around(sentence.span)):
                yield Caught(sentence.at(named.start("name"), named.end("name")))
                break


# Regions as adjectives: "forêts vosgiennes", "granit breton".
_REGIONAL = (
    r"(?:vosgien(?:ne)?|breton(?:ne)?|normand(?:e)?|alsacien(?:ne)?|savoyard(?:e)?|auvergnat(?:e)?|provencal(?:e)?|provencaux|bourguignon(?:ne)?|"
    r"jurassien(?:ne)?|landais(?:e)?|lorrain(?:e)?|corse|basque|picard(?:e)?|limousin(?:e)?|occitan(?:e)?|alpin(?:e)?|pyreneen(?:ne)?|cevenol(?:e)?|"
    r"beauceron(?:ne)?|vendeen(?:ne)?|francilien(?:ne)?|ligerien(?:ne)?|catalan(?:e)?|gascon(?:ne)?|flamand(?:e)?|champenois(?:e)?|berrichon(?:ne)?|"
    r"perigourdin(?:e)?|regional(?:e)?|regionaux|departemental(?:e)?|locale?)s?\b"
)
_stone_from_there = wording(
    rf"\b(?:granits?|pierres?|bois|ardoises?|marbres?|chenes?|sapins?|viandes?|poissons?|fromages?|lait|vins?|miel|beurre|œufs?|volailles?|legumes|fruits|"
    rf"pommes|tuiles?|briques?|paves?|gres|calcaire|textiles?|tissus?|dentelles?|porcelaine|plants?) {_REGIONAL}",
    requires=rf"(?:{MUST}|\best\b|\bsont\b|sera|seront|fourni|livr)",
    unless=rf"(?:{EQUIVALENT}|indiqu|declar|precis|mentionn|points?\b|critere|label|si possible|type|aspect|teinte|existant)",
)
_any_other_is_irregular = wording(
    r"(?:un|tout) autre (?:produit|modele|materiel|article|logiciel|appareil|marque)[^.;]{0,40}que (?:celui|celle|ceux)[^.;]{0,80}(?:irregulier|rejet|elimin|"
    r"ecart|refus|exclu|irrecevab)",
    r"(?:aucune? derogation|ne sera (?:pas )?deroge|sans derogation)[^.;]{0,60}(?:references?|marques?|modeles?|produits?)[^.;]{0,80}",
    unless=r"(?:equivalen(?:t|ce|te)[a-z]* (?:est|sont|sera|prouv|demontr)|prouve|sans preuve|sans justif|ccag)",
    denied=None,
)  # ---- faults as notions ---------------------------------------------------------------------------------------------------------------------

# Words of trade that are common words as well ("dell" is none, "canon" and "sage" are) count only with a capital letter.
_TRADE_NAMES = (
    rf"(?:{_BRANDS}|hp|canon|brother|philips|sony|panasonic|toshiba|kyocera|eaton|apc|danfoss|daikin|viessmann|grundfos|wilo|salmson|atlantic|de dietrich|"
    rf"saunier duval|grohe|"
    r"geberit|jacob delafon|renault|peugeot|citroen|iveco|toyota|dacia|volkswagen|michelin|karcher|stihl|husqvarna|bosch|makita|hilti|festool|dewalt|somfy|"
    r"hager|abb|tollens|gerflor|"
    r"forbo|tarkett|velux|steelcase|promethean|smart board|lego|moodle|pronote|klaxoon|teams|outlook|powerpoint|photoshop|acrobat|indesign|vmware|fortigate|"
    r"elitebook|latitude|proliant|poweredge|kangoo|clio|kubernetes enterprise|trimble|leica|garmin|motorola|zebra|honeywell|tork|kimberly|ecolab|diversey|"
    r"johnson|rational|hobart|electrolux|miele)"
)
_BOUGHT = (
    rf"(?:[a-z]+ ?: |s'appui|repose|{MUST}|\best\b|\bsont\b|\bsera|\bseront|fourni|livr|achat|acquisition|equip|licences?|de marque|gamme|de type|reference|"
    rf"designation|quantite|\bqte|unite\b|modele|recoi|recev|tourn|"
    r"fonctionn|voul|demande|commande|install|dot|pos(?:e|ee|es|ees)\b|\||\bun(?:e|ite)?s? ?[|:]|prix|abonnement|utilis|compos)"
)
_NOT_BOUGHT = (
    rf"(?:desinstall|retir[ea]|support (?:de|des|du)\b|[a-z]+ ou autre|{EQUIVALENT}|{_EXISTING}|logiciels? libres?|licence libre|exemple|tel(?:le)?s? qu|"
    rf"comme [a-z]+ ou|ne (?:sont|est) pas|n'est|aucune? (?:marque|reference)|sans marque|mise? en concurrence|cloud act|tribunal|decision|kbis|\bsiege|"
    rf"arret\b|conseil d'etat|acquise?s?\b|maint(?:ien|enance)|migr|sans recours|interdi|exclu[es]* |societe [a-z]+|editeur de|"
    rf"{INFORMED}[^.;]{{0,40}}(?:marque|modele|reference|gamme)|demandes? de (?:communication|l'autorite|tiers|donnees)|autorite|transfer|sous-traitant|"
    rf"navigateur|certifi[a-z]+ par|organisme)"
)


def _trade_name(text: Text) -> Iterator[Caught]:
    """A trade name as what is bought, without « ou équivalent » in the sentence or beside it."""
    name, opened = compiled(rf"\b(?:{_TRADE_NAMES})\b"), compiled(_OPEN_NEAR)
    bought, lawful = compiled(_BOUGHT), compiled(rf"(?<![a-z])(?:{_NOT_BOUGHT})")
    for sentence in text.readings:
        for match in name.finditer(sentence.words, sentence.lead):
            written = text.document.text[sentence.at(*match.span()).start :][:1]
            lower = written.islower() and match[0] not in ("iphone", "ipad")
            window = sentence.words[max(0, match.start() - 150) : match.end() + 150]
            if lower or not bought.search(window) or lawful.search(window) or opened.search(text.around(sentence.span)):
                continue
            yield Caught(sentence.at(*match.span()), within=sentence)
            break


_METHOD_LAWFUL = (
    rf"(?:conced|{EQUIVALENT}|propriete intellectuelle|droits? d|cession|contrefa|titulaire (?:garantit|concede)|garantit l'acheteur|concession|redevance|"
    rf"rédevance|invention|antecedent|anteriorit|"
    r"connaissances anterieures|revendication|resultats|reclam|action fondee|methode (?:de notation|de calcul|agile|d'evaluation|de travail)|note technique|"
    r"valeur technique|reponse technique|memoire|procede a\b|"
    r"technologies de l'information|annexe technique|cadre technique|signature|eidas|deposee? (?:sur|par voie|avant|au|aupres)|dossier|au choix|de son choix|"
    r"ou non\b|decri|laisse|candidat (?:propose|indique)|licences?\b|depot|fiche technique|visite technique|service technique|direction technique|"
    r"bureau technique|offre technique|proposition technique|notation|document technique|specifications? techniques?|systeme (?:d'information|d'assurance|"
    r"de management|de qualite|de vote)|reunion|comite|contrat|documentation)"
)
# A name with a capital letter after what announces one: « du fabricant Danfoss », « la méthode exclusive Aéroclean ».
_ANNOUNCED = re.compile(
    r"(?P<noun>[Mm]arques?|[Ff]abricants?|[Cc]onstructeurs?|[Gg]amme|[Cc]hez|[Ss]érie|"
    r"[Pp]roduits? de l'éditeur)(?: [a-zà-ÿ'’]+){0,3}? ?:? ?[«\"]? ?(?P<name>[A-ZÉ][a-zà-ÿ]{2,}[\w-]*|[A-Z]{2,}[A-Z0-9-]*\d[\w-]*)"
)
_OWN_METHOD = re.compile(
    r"(?P<noun>[Pp]roc[ée]d[ée]s?|[Mm]éthodes?|[Ll]a technique|[Uu]ne technique|"
    r"[Tt]echnologies?)(?: [a-zà-ÿ'’-]+){0,4}? [«\"]? ?(?P<name>[A-ZÉ][a-zà-ÿ]{3,}[\w-]*(?:®|™)?|[A-Z][\w-]*(?:®|™))"
)
_COMMON_NAMES = _NO_PRODUCT | frozenset(
    [
        "Agile",
        "Scrum",
        "Kanban",
        "Delphi",
        "Merise",
        "Ebios",
        "Gantt",
        "Pert",
        "Monte",
        "Paris",
        "Afnor",
        "Code",
        "Règlement",
        "Directive",
        "Loi",
        "Décret",
        "Arrêté",
        "République",
        "Ministère",
        "Conseil",
        "Commission",
        "Direction",
        "Service",
        "Université",
        "Hôpital",
        "Candidat",
        "Annexes",
        "Chapitre",
        "Section",
        "Tableau",
        "Cahier",
        "Mairie",
        "Offre",
        "Document",
        "Montage",
        "Pouvoir",
        "Maitre",
        "Bordereau",
        "Détail",
        "Acte",
        "Secteur",
        "Zone",
        "Bâtiment",
        "Site",
        "Ensemble",
        "Matériel",
        "Travaux",
        "Fourniture",
        "Pose",
    ]
)


def _named_after(announced: re.Pattern[str], asked: str, excused: str) -> Detect:
    """A rule that catches a proper name where ``announced`` introduces one in the text as written (its group ``name``)."""
    needed, lawful, opened = compiled(asked), compiled(rf"(?<![a-z])(?:{excused})"), compiled(_OPEN_NEAR)

    def detect(text: Text) -> Iterator[Caught]:
        for sentence in text.readings:
            written = sentence.span.of(text.document.text).replace("\n", " ")
            match = None if written.isupper() else announced.search(written)
            if match is None or match["name"].strip("®™") in _COMMON_NAMES or not needed.search(sentence.words) or lawful.search(sentence.words):
                continue
            if not opened.search(text.around(sentence.span)):
                yield Caught(sentence.at(sentence.lead + match.start("name"), sentence.lead + match.end("name")), within=sentence)

    return detect


# A maker's name and a model's number after a common noun of goods: « Les autolaveuses sont des Nilfisk SC401 ».
_MODEL = re.compile(
    r"(?:\b(?:sont|est|seront|sera|de type|type|:) (?:des? |une? |d['’])?|\|"
    r" ?)(?:[A-Za-zà-ÿ-]+ ){0,3}?(?P<name>[A-Z][a-zà-ÿ]{2,}(?: [A-Z][a-zà-ÿ]+)? [A-Z]{1,4}[- ]?\d[\w-]*)"
)
_numbered_model = _named_after(
    _MODEL,
    rf"(?:\b{_PRODUCT_NOUN}|{_PRODUCT}|autolaveuses?|appareils?|chariots?|machines?|bornes?|armoires?|fours?|lave-[a-z]+)\b",
    rf"{_NOT_BOUGHT}|article|annexe|niveau|classe|categorie|batiment|norme|\bdtu\b|arrete|decret|marche n|lot [a-z0-9]|tva|siret|format",
)
_announced_brand = _named_after(
    _ANNOUNCED,
    _BOUGHT,
    rf"{_NOT_BOUGHT}|marque (?:deposee|d'usage|nf|ce\b|blanche|employeur)|image de marque|reference (?:au|a la|aux|du marche|de l'article|cadastr|interne|"
    rf"client|dtu|projet|dossier)|reference d|garantie? (?:du|des) (?:constructeur|fabricant)|notice|preconisation|recommandation|prescription|instruction|"
    rf"agree|conditions|proposee?s?|gamme (?:de|complete)|fiche|documentation|avis technique|chez (?:l|les|le|la|un|des|soi)\b|responsab|date|coordonnees|"
    rf"adresse|marche public|accord-cadre|norme|gamme de prix|serie de prix",
)
_own_method = _named_after(
    _OWN_METHOD,
    rf"(?:{CONDITION}|\best\b|\bsont\b|sera|seront|mis(?:e)? en (?:œuvre|oeuvre)|recour|utilis|pos(?:e|ee|es)\b|realis|effectu|fait\b|impos|exclusi|\||: |"
    rf"brevet|depos|proteg|par l[ae]|selon)",
    rf"(?:{_METHOD_LAWFUL})",
)
_protected_method = notions(
    r"(?:procedes?\b|methodes?\b|(?:la|une|cette|seule) technique\b|technologies?\b(?! de l)|systemes? d|algorithmes?|mode operatoire|brevet(?:s|e|es|ee|"
    r"ees)?\b|dispositifs?|panneaux|produits?)",
    r"(?:a l'exclusion de tou|\bbrevet(?:s|e|es|ee|ees)?\b|deposee?s?\b|exclusi(?:f|ve|fs|ves|vite|vement)\b|protegee?s? par|proprietaire\b|"
    r"mise?s? au point par|developpee?s? par|concue?s? par|(?:de|par) la (?:societe|firme|marque)|detient l'exclusivite|\bseule? (?:le |la )?(?:procede|"
    r"methode|technique|technologie)|uniquement|®)",
    r"(?:procedes?\b|methode|\b(?:la|une|cette|seule) technique|technologie|algorithme|mode operatoire|systeme d|brevet)",
    rf"(?:{CONDITION}|\best\b|\bsont\b|sera|seront|mis(?:e)? en (?:œuvre|oeuvre)|\bmet en|recour|utilis|pos(?:e|ee|es)\b|realis|effectu|: |\||"
    rf"fait exclusivement|se fait)",
    unless=rf"(?:{_METHOD_LAWFUL})",
    unless_near=_OPEN_NEAR,
    words=("proced", "methode", "techni", "technolog", "algorithme", "brevet", "mode operatoire", "systeme"),
)

_MADE = (
    r"(?:cous(?:us?|ues?)\b|ateliers?|usines?|montee?s? (?:en|dans)|fabriqu|fabrication|\bproduit(?:e|s|es)? (?:en|dans|au|hors|sur|localement|exclusivement|"
    r"uniquement|de)\b|production|assembl|concu|conception|developpe(?:e|s|es)?\b|cultiv|recolt|eleve(?:e|s|es)?\b|\b(?:nee|nees|nes)\b|\bne,? (?:et )?eleve|"
    r"\bne en\b|abatt|pech|extraite?s? (?:de|des|du|en)\b|extraction|issue?s? (?:de|d'|du)|provien|provenir|proviendr|provenan|origine|originaire|vien(?:t|"
    r"nent)|\bvenir\b|viendr|import|made in|tisse|confectionn|manufactur|imprime[es]* en|fait(?:e|s|es)? (?:en|avec)|carrieres?|forets?|appellation|"
    r"de chez nous|coupee?s?|taillee?s?|transform)"
)
_FROM = (
    rf"(?:en france|de france|\bfrance\b|francais(?:es|e)?\b|en europe|d'europe|europeen(?:nes|ne|s)?\b|(?:dans|de|hors de) l'(?:union|ue)\b|"
    rf"union europeenne|\bue\b|etat membre|{THIRD_STATE}|\b{ALIEN}\b|de (?:chine|inde|turquie)|hors (?:d'|de l')?(?:europe|union|ue)|(?:de|en|du|des|"
    rf"d') ?(?:bretagne|bourgogne|normandie|provence|savoie|corse|lorraine|alsace|jura|vosges|massif|alpes|auvergne|limousin|cevennes|ardennes|picardie|"
    rf"gascogne|bearn|landes|correze|creuse|occitanie|aquitaine|vendee)\b|(?:du|de la|de notre|dans le|dans la|dans notre|sur le) (?:departement|region|"
    rf"territoire|terroir|canton|commune|vallee|pays\b|bassin)|{_REGIONAL})"
)
_GOODS = (
    rf"(?:{_PRODUCT}|viandes?|legumes?|fruits?|granulats?|\bbois\b|\bpain\b|lait\b|fromages?|textiles?|tissus?|pierres?|granits?|papier|uniformes?|tenues?|"
    rf"jouets?|plants?|vegetaux|arbres?|sable|beton|acier|"
    r"drapeaux?|repas|vin\b|miel|volailles?|bœufs?|boeufs?|poissons?|sapins?|batteries?|farine|bles?\b|œufs?|cidre|bieres?|meubles?|pieces?|commutateurs?|"
    r"panneaux|articles|chaises|tables|"
    r"robots?|drones?|gants|masques|chaussures|stylos|cartouches|pays (?:de fabrication|d'origine|de production)|origine des produits|composants?|vetements|"
    r"ardoises?|tuiles?|briques?|paves?)"
)
_ORIGIN_LAWFUL = (
    rf"(?:(?:francais|europeen)[a-z]* (?:et|ou|comme) (?:{ALIEN}|non|d'ailleurs|les autres)|memes conditions|{EQUIVALENT}|{ALLOWED}|{DEFENCE}|l2153-2|r2153|"
    rf"50 ?%|{INFORMED}[^.;|]{{0,60}}(?:origine|provenance|lieu|pays|composant)|(?:origine|provenance|pays)[^.;|]{{0,30}}(?:indiqu|mentionn|precis|declar)|"
    rf"tracabilit|\btrace\b|mentions? |donnees|langue|\bnormes?|reglement|directive|label|ecolabel|certifi|points?\b|critere|dechets?|excav|deblais|"
    rf"circuits? courts?|saison|droit (?:francais|europeen)|l\. ?\d|notices?|redige|traduit|version|(?:entreprise|societe|prestataire|editeur|fournisseur|"
    rf"industriel)s? (?:francais|europeen)|marche (?:europeen|francais)|livr[a-z]+ (?:en|sur|dans)|interface|si possible|dans la mesure|type|aspect|teinte|"
    rf"existant|collectivite|agents?\b|usagers|conseil|archives|budget|schema|services? (?:de|du)|intervention|resultats|documents?|sinistre|loi etrang|"
    rf"decision|preuve|attestation|autorite|eleves?\b(?! en)|heberg)"
)
_made_there = notions(
    rf"\b{_MADE}",
    _FROM,
    rf"\b{_GOODS}",
    unless=_ORIGIN_LAWFUL,
)
_goods_of_there = notions(
    rf"\b{_GOODS}(?: [a-z]+){{0,1}} (?:francais(?:es|e)?|europeen(?:nes|ne|s)?|souverain(?:es|e|s)?|tricolores?|{ALIEN}|{_REGIONAL})\b",
    rf"(?:{CONDITION}|{PREFERRED}|achet|fourni|livr|propos|commande|n'achet|(?:est|sera|sont|seront|etre) (?:une?|des) )",
    unless=rf"(?:{_ORIGIN_LAWFUL}|portail|donnees|plateforme (?:nationale|regionale|departementale)|nationa|(?:produits?|offres?|plateformes?|services?|"
    rf"outils?) (?:[a-z]+ )?(?:locale?s?|regiona|departementa)[a-z]*[^.;]{{0,30}}(?:de|du|des) |tarif)",
)
_country_of_make = notions(
    r"\b(?:provenance|origine)(?: [a-z]+){0,3} ?[|:]|(?:pays|lieu) (?:de|d') ?(?:fabrication|origine|production|provenance|assemblage|conception)|"
    r"fabrication francaise|fabrication europeenne|origine france|made in (?:france|europe|eu)\b",
    rf"(?:{_FROM}|france|europe)",
    unless=rf"(?:{_ORIGIN_LAWFUL}|indiqu|a preciser|a renseigner|a completer)",
)

_imports_refused = notions(
    rf"\b{_GOODS}(?: [a-z]+)? (?:importee?s?|d'importation)\b",
    REFUSED,
    unless=_ORIGIN_LAWFUL,
    words=("import",),
)

_STANDARD_CITED = (
    r"(?:\bnormes? (?:francaises? |europeennes? |internationales? |harmonisees? )?(?:nf|en|iso|iec|cei|ieee|din|une|afnor|ansi|bs|astm)\b(?=[^.;]{0,8}\d)|"
    r"\ben (?!(?:19|20)\d\d\b)\d{3,5}(?:[-:.]\d+)*\b(?! ?(?:jours|mois|ans|heures|minutes|secondes|euros|€|%|k?m\b|lots|pages|exemplaires))|\b(?:nf|iso|iec|"
    r"ieee|din|ansi|astm|bs)(?:[ /-](?:en|iso|iec|ce|cei|ieee|afnor))*(?:[ /-]?[a-z]{1,2}(?=[ -]?\d))?[ -]?\d{2,6}(?:[-:.]\d+)*|\bdtu \d+)"
)
_standard_asked = notions(
    _STANDARD_CITED,
    unless=rf"(?:301 549|{EQUIVALENT}|certifi|certificat|label|qualifi|rgaa|arrete|reglementation|iso[ -]?(?:216|4217|8859|8601|3166|10646|639|32000)|utf|"
    rf"codes? (?:pays|langue)|format|\bvoir\b|\bplan\b|nuts|\bart\b|mesure|unite|ponderation|dtu|regles? de l'art|{INFORMED}[^.;]{{0,30}}norme|"
    rf"feuilles? (?:a4|au)|\d ?(?:€|euros|%|kg|cm|mm|m²|ml)\b[^|]{{0,12}}$|date|article)",
    unless_near=rf"(?:{_OPEN_NEAR}|normes?[^.;]{{0,80}}equivalen|certifi)",
    itself=True,
)

_LABEL_NAMED = (
    r"(?:\bsecnumcloud\b|\biso[ /-]*(?:iec)?[ -]*(?:27001|27701|27017|27018|9001|14001|20000|22301|50001|45001|26000|22000)\b|\bcspn\b|"
    r"\beco-?label(?! [a-z]+ (?:est|designe))[a-z]*|\bnf[ -]environnement|\bepeat\b|\bblue angel\b|\bder blaue engel\b|\bange bleu\b|\benergy star\b|"
    r"\btco\b(?: certified| development)?|\bfsc\b|\bpefc\b|\bpassi\b|\bcyber ?essentials\b|\bexpertcyber\b|label numerique responsable|\bqualiopi\b|"
    r"\bsoc 2\b|\bcsa star\b|\btier (?:iii|iv|3|4)\b|\blabels? (?!du |de la |des |de l'|est |designe|autres? |cites? |vises? |equival)[a-z«\"]+|\bqualibat\b|"
    r"\bqualifelec\b|\brge\b|\bhqe\b|\bmase\b|\bbcorp\b|\bb corp\b|\bmax havelaar\b|\bfair ?trade\b|\beal ?\d|\bvisa de securite|\bfrance cybersecurity\b|"
    r"\bagriculture biologique\b|\blabel rouge\b|\bcradle to cradle\b|\boeko-?tex\b|\bgreenguard\b|\bgots\b|\bmsc\b|\b(?:ecocert|imprim'vert)\b)"
)
_label_asked = notions(
    _LABEL_NAMED,
    rf"(?:{CONDITION}|dispos|detien|titulaire d|benefici|certifi|qualifi|labellis|possed|possession|justifi|port(?:e|ent|eu|er|eurs)|conforme|fourni|"
    rf"presente|issue?s?\b|demand|remet|attest|\best\b|\bsont\b|\bont\b|\ba\b|sera|seront|\bsous\b|: |\||joindre|etiquette)",
    unless=rf"(?:vaut (?:audit|rapport)|rapport soc|sans etre (?:demande|exige)|ouvre droit|{EQUIVALENT}|ou (?:d')?autres?\b|responsabilite partagee|"
    rf"tout (?:autre )?moyen|tout autre|successeur|(?:perte|retrait|suspension|renouvellement|maintien|perd|retire)[^.;]{{0,30}}(?:qualification|certifi|"
    rf"label)|(?:du|le|au) referentiel|fondement|referentiel secnumcloud,|au sens (?:du|de)|chapitre|exigences? (?:\d|du)|paragraphe|article \w|point \d|"
    rf"19\.\d|§|{INFORMED}|le cas echeant|s'il|lorsqu|\bsi\b|etiquette energ|label de qualite|hors de portee|non exige|facultati|peu(?:t|vent) (?:etre|"
    rf"prouver|produire|presenter|fournir)|suffit|vaut preuve|inspir|notamment par|visa en cours|critere|points?\b|\bnot(?:e|ee|es|ation)\b|par exemple|"
    rf"tel(?:le)?s? que|(?:souhait|appreci)|n'est pas (?:exig|requis|demand|obligatoire)|ne (?:sont|peut) pas (?:exig|requis|demand|obligatoire|etre exig)|"
    rf"signif|defini|design|achat|guide|reconnu|demarche|niveau d'exigence|organisme|delivre la|[a-z]+-(?:t-)?(?:ils?|elles?|vous)\b|viser |proposition de)",
    unless_near=r"(?:equivalen)",
    itself=True,
)

_EQUAL = (
    r"(?:(?:produits?|articles?|materiels?|modeles?|marques?) de (?:remplacement|substitution)|different[es]* de (?:celui|celle|ceux)|(?:produit|materiel|"
    r"modele)s? different|autre que (?:celui|celle|ceux)|rien d'autre|equivalen[a-z]*|similaires?|substitu[a-z]*|alternatives?|approchante?s?|(?:un|"
    r"tou[ts]e?s?|aucune?|nul(?:le)?|une?|d') ?(?:les )?autres? (?:marque|produit|modele|reference|label|materiel|logiciel|solution|norme|certificat|"
    r"certification|attestation|qualification|editeur|appareil|article|systeme|gamme)s?|autres que|remplacee?s? par)"
)
_SHUT = (
    r"(?:refus|rejet(?!ee? (?:qu'|sans))|\bexclu|elimin|(?<!s')(?<!s'en )\becarte|irrecevab|irreguli|interdi|non (?:admis|accept|autoris|conforme|recevable|"
    r"prise?s?)|ne (?:sera|seront|sont|est|peut|peuvent|pourra|pourront|saurait|tiendra|s'appliqu|convien|doi)[a-z]*|n'(?:est|ont|a|admet|accepte|etudi|"
    r"examin|aura)[a-z]*|ne pas accepter|\bpas d'equiv|pas de produit|aucune? |sans (?:equivalen|possib|substitu|alternative)|nul(?:le)? |a l'exclusion de|"
    r"ne prendra|s'absten|et rien d'autre|ni equivalen|et (?:non|pas) (?:un )?equivalen|impossible|: ?non)"
)
_equal_refused = notions(
    _EQUAL,
    _SHUT,
    r"(?:produits?|marques?|modeles?|labels?|normes?|certifi|certificats?|qualifi|logiciels?|systemes?|solutions?|materiels?|equivalen|fournitures?|"
    r"appareils?|references?|\boffres?\b|gammes?|materiaux?|articles?|propositions?|\blot\b|attestations?|caracteristiques)",
    r"(?:accept|admis|retenu|pris|prend|autoris|toler|recevable|permis|examin|etudi|refus|rejet|exclu|elimin|ecart|irrecevab|irregul|interdi|conforme|propos|"
    r"s'appliqu|remplac|reconnu|convien|possib|compte|\bpas d'equiv|sans (?:equiv|substit|altern)|exclusion|ni equiv|(?:et (?:non|pas)) (?:un )?equiv|"
    r"rien d'autre|aucune? (?:equiv|autre|substit|altern)|: ?non|analys|regard)",
    unless=rf"(?:non equivalen|pas equivalen|equivalence n'est pas (?:demontr|prouv|etabl)|apres examen|sans examen|sans motif|juridiction|competen|somme|"
    rf"indemnit|pretention|remuneration|delai|motif|motive|accepte ou refuse|discretion|dommages|finalite|fins\b|usage|preuve d[e']|prouv|demontr|"
    rf"justifi[a-z]+ de l'equivalence|prestations? similaires|marches? similaires|references? similaires|missions? similaires|autre (?:personne|entreprise|"
    rf"piece|information|formalite|voie|fin|document|justificatif)|critere|points?\b|\bnot(?:e|ation)\b|cahier des clauses|ccag|{ALLOWED}|"
    rf"certificats? equivalents|documents? equivalents|(?<!aucun )(?:certificats?|attestations?|preuves?|pieces?) ou (?:[a-z]+ )?(?:preuves?|moyens?|"
    rf"documents?|pieces?|justificatifs?) equivalent|pays d'origine|accord equivalent|niveau (?:au moins )?equivalent|protection equivalente|"
    rf"garanties equivalentes|mesures? (?:equivalentes?|alternatives?)|energie|solution alternative d'hebergement|si (?:le|la|l')|faute (?:de|d')|a defaut|"
    rf"litige|reglement amiable|prix|personnel|remplacant|variantes? (?:est|sont|propos)|preuve n'est|substitution d'un nouveau|etre substitue|"
    rf"modification substantielle|mise? en concurrence|decision qui|equivalence est (?:examinee|appreciee|etudiee)|\bsi celui|vide\b)",
    denied=r"(?:ne (?:peut|peuvent|pourra|saurait|doit|sera)[^.;]{0,20}(?:refus|rejet|(?<!s'en )ecart|exclu|elimin)|n'est (?:pas )?(?:refus|rejet|ecart)|"
    r"sans pouvoir|illega|aucun equivalent n'est refus|ne (?:sont|est) pas (?:refus|rejet))",
    itself=True,
)
_mention_without_effect = notions(
    r"(?:mentions?|formules?|clauses?|termes?)[^.;a-z]{0,4}(?:[a-z]+ )?ou (?:techniquement )?equivalent[^.;]{0,60}(?:ne s'applique|n'est pas applicable|"
    r"est (?:supprim|exclu|ecarte)|sans effet|ne vaut)",
    denied=None,
    words=("equivalent",),
)
_only_that_proof = notions(
    r"(?:\bseule?s?\b|uniquement|exclusivement|nul autre|et lui seul|celui-ci et aucun)",
    r"(?:certificats?|labels?|attestations?|marques?|modeles?|references?)\b[^.;]{0,40}(?:l'est|reconnu|admis|accept|pris en compte|convien|recevable)|"
    r"(?:reconnu|admis|accept|recevable)[^.;]{0,30}(?:certificat|label|attestation|marque|modele)",
    r"(?:ne (?:sont|est|sera|seront)[^.;]{0,15}(?:reconnu|admis|accept|pris)|autres|aucun|etrangers|exclusion)",
    unless=rf"(?:{EQUIVALENT}|attestations? (?:d'assurance|fiscale|sociale|de regularite)|critere)",
)

_QUALIFIED_FIRM = (
    r"(?:entreprises?|societes?|candidats?|soumissionnaires?|prestataires?|titulaires?|operateurs?|fournisseurs?|editeurs?|hebergeurs?|attributaires?|"
    r"sous-traitants?|concurrents?|infogerants?|acteurs?|cocontractants?|groupements?)"
)
_secnumcloud_firm = notions(
    rf"\b{_QUALIFIED_FIRM}\b",
    r"secnumcloud",
    r"(?:qualifi|labellis|certifi|\bvisa\b|obtenu|detien|secnumcloud (?:obligatoire|exige|imperati|uniquement)|(?:hebergeurs?|prestataires?|titulaires?|"
    r"operateurs?) secnumcloud|agree|(?:est|soit|etre) (?:[a-z]+ )?secnumcloud)",
    unless=rf"(?:qualification secnumcloud (?:de|du) (?:l'offre|la prestation|la solution|service|son (?:service|offre))|\b(?:prestations?|offres?|services?|"
    rf"solutions?|perimetres?|"
    rf"(?<!prestataire d')(?<!fournisseur d')(?<!societe d')(?<!operateur d')(?<!charge de l')(?<!chargee de l')(?<!responsable de l')hebergement|"
    rf"plateformes?|infrastructures?|cloud)\b (?:[a-z'-]+ ){{0,6}}?(?:est |soit |sont |doit etre |)?(?:[a-z]+ )?(?:qualifi|labellis|certifi|secnumcloud)|"
    rf"qualification (?:de|du) (?:la|l'|son|sa|service)[a-z' ]{{0,20}}(?:offre|prestation|service|solution)|\bpassi\b|{INFORMED}|(?:perte|retrait|suspension|"
    rf"maintien|renouvellement)|referentiel|et non (?:sur )?(?:l'entreprise|le prestataire|la societe)|porte sur (?:le service|l'offre|la prestation)|"
    rf"plutot que|n'est pas|\bguide\b|le cas echeant|points?\b|critere)",
    words=("secnumcloud",),
    reach=110,
)

_HOSTED = (
    r"(?:equipes? (?:bas|situ|install|implant|localis)[a-z]*|\bcentres?\b(?! (?:de decision|de sante|hospital|socia|culturel|de loisirs|de formation|ville|"
    r"de secours|"
    r"-))|donnees?\b|heberg(?:e|es|ee|ees|ement|ements|er)\b|stock(?:age|e|es|ee|ees|er)\b|sauvegard[a-z]*|serveurs?|datacenters?|data ?centers?|"
    r"centres? (?:de donnees|informatiques?|de supervision|de traitement|de services?|d'appels|d'hebergement)|\bsupport\b|supervision|administr(?:ation|e|"
    r"ent|er|es|ees)\b|maintenance|exploitation|moyens|infrastructures?|plateformes?|traitements?|\blogs\b|journaux|replic[a-z]*|assistance|hotline|"
    r"astreinte informatique|equipes? (?:de support|d'administration|d'exploitation|techniques?)|copies?\b|\bcloud\b|archives numeriques|localisation)"
)
_IN_FRANCE = (
    r"(?:(?:en|hors|hors de|de|depuis la|quitt[a-z]+ (?:pas )?la|dans la|qu'en|d'en) france\b|l'hexagone|(?:territoire|sol) (?:national|francais|"
    r"metropolitain)|ile-de-france|france metropolitaine|metropole francaise|en metropole|frontieres (?:nationales|francaises)|[:|] ?(?:la )?france\b|"
    r"(?:serveurs?|datacenters?|data ?centers?|centres? de donnees|hebergement|stockage|support|cloud|moyens|"
    r"infrastructures?) (?:(?!en )[a-z]+ )?francais(?:e|es)?\b|\bfrance (?:uniquement|exclusivement|seulement|obligatoire|imperativement))"
)
_FRANCE_LAWFUL = (
    rf"(?:autorite|demandes? d'acces|propriete|gratuit|(?:serveurs?|centres?|infrastructures?) de l'acheteur|{_ENTITLED}|{PERSON},? (?:est |sont )?etabli|"
    rf"attestation|\bsiege|domicili|\btva\b|loi francaise|code du travail|detach|travailleurs?|jours feries|horaires?|\bheures? (?:de |en )?france|"
    rf"deplacement|livraison|livr(?:e|er|ent|es|ee)\b|ensemble du territoire|tout le territoire|partout en|(?:indiqu|precis|declar|\bsi\b|"
    rf"s'il)[^.;]{{0,60}}(?:{_IN_FRANCE})|representant|couverture|reseau|impots|taxe|assurance|sinistre|langue|distribu|commercialis|legislation|en vigueur|"
    rf"droit |lois?\b|reglement|securite privee|cnaps|usagers|population|publie|vehicules?|dechets?|carte\b|certificat|(?:operateur|hebergeur|prestataire|"
    rf"fournisseur|editeur|acteur|entreprise|societe|candidat)s? (?:[a-z]+ )?francais|garantit que le cloud|cloud act|suffi|critere|points?\b|ne garantit|"
    rf"tribunal|monnaie|hors (?:de )?france metropolitaine|outre-mer|normes?|numero|joignable|appel (?:gratuit|non surtaxe)|comptab|archives publiques|"
    rf"patrimoine|statisti|ministere|\bdinum\b|agences? |banque de france|electricite de)"
)
_only_in_france = notions(
    _IN_FRANCE,
    rf"\b{_HOSTED}",
    unless=_FRANCE_LAWFUL,
    unless_near=r"(?:pssie|ii ?901|homologation|union europeenne ou|diffusion restreinte|habilit)",
    words=("france", "hexagone", "territoire", " sol ", "metropole", "frontieres", "francais"),
)

# Data and servers alone: works, upkeep and deliveries have a place of their own.
_STORED = (
    r"(?:donnees?\b|serveurs?|datacenters?|data ?centers?|centres? (?:de donnees|informatiques?|d'hebergement)|heberg(?:e|es|ee|ees|ement)\b|stockage|"
    r"stockee?s?\b|"
    r"sauvegardes?|\bcloud\b)"
)
_FRENCH_PLACE = (
    r"(?:region parisienne|(?:petite|grande) couronne|region (?:[a-z-]+ )?(?:lyonnaise|lilloise|bordelaise|toulousaine|nantaise|marseillaise)|ile-de-france|"
    r"auvergne|"
    r"rhone-alpes|bretagne|normandie|occitanie|nouvelle-aquitaine|aquitaine|grand est|alsace|lorraine|hauts-de-france|pays de la loire|centre-val de loire|"
    r"bourgogne|"
    r"franche-comte|provence|paca\b|corse\b|paris\b|lyon\b|marseille|toulouse|bordeaux|lille\b|nantes|strasbourg|rennes\b|montpellier|grenoble|nice\b|dijon|"
    r"rouen|reims|tours\b|orleans|angers|(?:le |notre |du )departement(?: (?:du|de la|de l'|des) ?[a-z-]+)?|rayon de \d+ ?(?:km|kilometres)|"
    r"moins de \d+ ?(?:km|"
    r"kilometres))"
)
_only_in_this_place = notions(
    rf"(?:(?:en|a|au|aux|dans|de|du|d'|autour|hors|pres|sur|uniquement|[:|]) ?(?:la |le |l'|les |un |une |d'|des )?{_FRENCH_PLACE})",
    rf"\b{_STORED}",
    r"(?:heberg|situ|localis|implant|trouv|install|stock|conserv|serveurs? ?[:|]|obligatoire|exclusi|uniquement|doi(?:t|vent)|devr(?:a|ont)|imperati|exig)",
    unless=rf"(?:{_FRANCE_LAWFUL}|interventions?\b|sur place|maintenance|actuel|existant|en place|sortant|(?:ses|nos|vos|propres) (?:locaux|serveurs|"
    rf"sites?)|(?:serveurs?|donnees|locaux|"
    rf"site) de (?:l'acheteur|la "
    r"(?:ville|collectivite|commune|region)|nos)|mairie|papier|stagiaires?|famil|personnes|hotel|nuit|touris|eleves|etudiants|scolaire|reunion|formation|"
    r"conference|"
    r"union europeenne|espace economique|donnees (?:de|du|sur|relatives|statist|cartogra|ouvertes)|lieu d'execution|sur site|siege|tribunal|universite de|"
    r"chu de|"
    r"metropole de|ville de|rectorat|academie|(?:a|de) la region|second site distant|distan)",
    words=("serveur", "heberg", "datacenter", "data center", "centre de donnees", "stock", "sauvegard", "cloud", "donnees"),
    reach=100,
)

_IN_EUROPE = (
    r"(?:(?:en|depuis l'|hors d'|hors de l'|dans toute l'|de l'|d'|quitt[a-z]+ (?:pas |jamais )?l'|au sein de l'|qu'en) ?europe\b|(?:sol|territoire|"
    r"continent|zone|perimetre|pays|etats?|frontieres?|region|centres?|serveurs?|datacenters?|data ?centers?|hebergements?|localisation|stockage|cloud|"
    r"infrastructures?|support|moyens|sites?)(?: [a-z]+){0,2} europe(?:en|enne|ens|ennes)?\b|[:|] ?(?:l')?europe\b|zone europe\b|region europe\b|"
    r"europe (?:uniquement|exclusivement|seulement|geographique|occidentale))"
)
_vaguely_europe = notions(
    _IN_EUROPE,
    rf"(?:\b{_HOSTED}|operes?|sites? )",
    unless=r"(?:\bunion\b|\bue\b|\beee\b|espace economique|etats? membres?|conseil de l'europe|reglement|directive|normes?|commission|(?:entreprise|societe|"
    r"prestataire|editeur|hebergeur|operateur|fournisseur|acteur|groupe)s? (?:cloud )?europeen|schema|droit (?:europeen|de)|legislation|repandu|leader|"
    r"present(?:e|s)? dans|premier|presence|portail|langue|fonds|marche europeen|projet|programme|agence|parlement|certification europeenne|"
    r"europe (?:s'entend|designe)|clients|echelle|critere|points?\b|autorite|comite|cour|jours|numero|prix|societes?|europe centrale|federation|initiative|"
    r"strategie|souverainete)",
    unless_near=r"(?:europe[^.;]{0,40}(?:s'entend|designe)|territoire europeen[^.;]{0,30}(?:s'entend|designe))",
    words=("europe",),
)

_WHOLE = (
    r"(?:toute activite (?:dans|en|avec|liee)|toutes (?:ses|les|leurs) agences|(?:l'ensemble|la totalite) de (?:ses|leurs) (?:batiments|agences|magasins)|"
    r"index (?:de |d')?(?:l'|egapro|egalite)|egalite professionnelle|(?:souti[a-z]+|aid[a-z]+|subventionn[a-z]+)[^.;]{0,30}associations?|associations? (?:de|"
    r"du) (?:la |le |l')?(?:commune|ville|quartier|territoire|departement)|caritati|œuvres|oeuvres sociales|benefices|financ[a-z]+ (?:une?|des|la|"
    r"les) (?:manifestation|fete|evenement|equipe|club|festival|action)|(?:electricite|energie) (?:consommee|utilisee) par l'(?:entreprise|ensemble)|"
    r"consommations? [a-z]+ de l'entreprise|tou(?:s|te|tes) (?:ses clients|(?:l'|sa |la )(?:entreprise|societe)|son groupe)|tou(?:s|te|tes) (?:les |ses |"
    r"leurs |son |sa |l')?(?:salaries|employes|personnels?|collaborateurs|effectifs?|activites|emissions|sites|filiales|vehicules|flotte|parc|contrats|"
    r"fournisseurs|locaux|bureaux|etablissements|implantations|gamme|production|relation commerciale)|(?:l'ensemble|la totalite|l'integralite) (?:de |du |"
    r"des )(?:ses |son |sa |leurs |l'|la |le )?(?:parc|flotte|vehicules|activites?|salaries|employes|sites|clients|personnels?|gamme|production|effectifs?|"
    r"locaux|fournisseurs|emissions|implantations|bureaux|groupe|entreprise|societe)|flotte (?:entiere|complete|automobile)|parc (?:automobile|de vehicules)|"
    r"(?:politique|demarche|strategie|charte|engagement|programme|label|rapport)s? (?:[a-z'-]+ ){0,3}(?:rse|responsabilite (?:sociale|societale)|mecenat|"
    r"egalite|diversite|developpement durable|handicap|climat|ethique|inclusion|remuneration|salariale|parite|bien-etre)|mecen[a-z]+|sponsor[a-z]*|"
    r"parrain[a-z]*|philanthrop[a-z]*|\bdons?\b (?:a|aux)|revers[a-z]+[^.;]{0,40}(?:association|oeuvre|œuvre|fondation|caritati)|"
    r"association[a-z]* (?:sportive|culturelle|locale|caritative|humanitaire)|club (?:de|sportif|local)|conseil d'administration|comite de direction|"
    r"instances? dirigeante?s?|dividendes|ecarts? de (?:salaire|remuneration)|salaires?\b[^.;]{0,30}(?:superieur|minimum|legal)|"
    r"hors (?:du )?(?:present )?marche|(?:non|pas) affecte?e?s? au (?:present )?marche|n'interviennent pas|dans tout le groupe|tout le groupe|"
    r"tout son groupe|bilan carbone (?:de|annuel)|empreinte carbone de (?:l'entreprise|la societe)|compens[a-z]+[^.;]{0,30}emissions|quota|parite|"
    r"autant de femmes|\d+ ?% (?:de |d')(?:femmes|personnes handicapees|travailleurs handicapes|apprentis|alternants)|relations? commerciales? avec|"
    r"travailler avec des clients|clients? du secteur|ne plus (?:livrer|fournir|travailler)|vie (?:de la cite|associative)|chiffre d'affaires a une?)"
)
_LINKED = (
    rf"(?:conseil d'administration de l|approbation|regles de securite|consignes|critere|points?\b|\bnot(?:e|ee|es|ation)\b|bonus|pour l'execution|"
    rf"(?<!non )(?<!pas )affect[a-z]+ (?:a|au|aux) (?:l'execution|marche|prestation|contrat|chantier|site)|affecte[es]* (?:au|aux) (?!marche)|"
    rf"objet du (?:present )?marche|l'execution du (?:present )?marche|lie(?:e|es|s)? a l'objet|{STAFF} affect|(?<!n')interven[a-z]+ (?:sur|dans|pour)|"
    rf"obligations? (?:legales?|d'emploi|fiscales|sociales)|code du travail|contrats? (?:de travail|en cours|d'assurance)|\bloi\b|l\. ?\d{{4}}|assurance|"
    rf"vigilance|redressement|coordonn|travaillant|confidentiel|secret|inform|responsables? (?:de|des|du)\b|frais|[a-z]+-(?:t-)?(?:ils?|elles?|vous)\b|"
    rf"s'il en dispose|est invite|sensible|ont ete|n'est pas (?:exig|requis|demand)|a titre d'information|peut presenter|peuvent presenter|sous-trait|"
    rf"(?:produits?|sites?) (?:objets?|du marche|concernes?|de l'acheteur)|sites? de la commune|acheteur (?:peut|se|met)|agre(?:e|ment)|nationalite|"
    rf"siege social|capital|penalit|factur|litige|donnees|habilit|au capital|societe anonyme|repris|reprise|prestations? du|condamn|exclu\b|sans que|"
    rf"delegation|insertion|clause sociale|convention collective|travaux|\bbail|conges|chiffre d'affaires (?:annuel|moyen|minim|global)|delibera|vote|prix|"
    rf"lots?\b)"
)
_beyond_this_contract = notions(
    _WHOLE,
    rf"(?:\b{PERSON}\b|titulaire|employeur)",
    rf"(?:{CONDITION}|{BEING}|: |\||met(?:tra|tent)? en|publi|souti|realis|fourni|calcul|consacr|s'engage|renonce|verse|finance|mene|adopte|applique|"
    rf"respecte|sponsor|compense|roule|aliment|signature|signe|alimente)",
    unless=_LINKED,
    denied=r"(?:n'est pas (?:exig|requis|demand|impos)|n'(?:exige|impose)|ne (?:sera|seront|peut|peuvent) (?:pas )?(?:etre )?(?:exig|impos|requis)|"
    r"sans (?:pouvoir )?(?:exig|impos)|aucune? (?:condition|exigence|obligation)|ne (?:porte|vise) pas)",
)

_SAME = (
    r"(?:recondui[a-z]+|versions? (?:suivante|nouvelle|superieure|ulterieure|plus recente) d|celui en|celle en|ceux en|identiques? a (?:ceux|celui|celle)|"
    r"identiques?|(?:le|la|les|du|de la|aux?) memes?\b|memes? (?:logiciels?|editeurs?|solutions?|produits?|outils?|materiels?|marques?|systemes?|progiciels?|"
    r"fournisseurs?|plateformes?)|celui (?:que|du|de)|celle? (?:que|du|de)|ceux (?:que|du|de)|reconduct?[a-z]*|reconduit|conserv[a-z]+|mainten(?:u|ue|us|ues|"
    r"ir)|maintien|maintiennent|\bgard(?:e|er|ons|era)\b|copie|calqu|point par point|correspond a la description|sont celles? (?:de|du)|mise a jour d|"
    r"evolution d|extension d|sans difference|reprend(?:re)? (?:le|la|a l'ecran|les) ?(?:logiciel|solution|outil|menus)?|continuite|rester? (?:sur|chez)|"
    r"reprend(?:re)? (?:a l'identique|point)|a l'identique|celle-ci sera|celui-ci sera|pareil|similaire en tout)"
)
_CURRENT = (
    r"(?:deploye|en (?:19|20)\d\d|actuel[a-z]*|(?<!mise )(?<!mis )en place|sortante?|existant[a-z]*|deja\b|aujourd'hui|precedent[a-z]*|\bnotre\b|\bnos\b|"
    r"en service|nous (?:avons|equipe|utilisons)|utilise(?:e|s|es)? (?:par|actuellement|depuis)|historique|installe|exploite|habitu|depuis (?:19|20)\d\d|"
    r"en production)"
)
_TOOL = (
    rf"(?:onduleurs?|commutateurs?|batteries|climatiseurs?|copieurs?|badges?|{_PRODUCT_NOUN}|modeles?|gamme|ecrans?|postes?|serveurs?|appareils?|mobilier|"
    rf"solutions?|logiciels?|progiciels?|systemes?|editeurs?|produits?|outils?|plateformes?|materiels?|equipements?|marques?|applications?|technologies?|"
    rf"architectures?|caracteristiques techniques|cahier des charges|constructeurs?|l'existant|(?:il|elle|ils|elles) (?:est|sont|sera|seront))\b"
)
_OTHER_THAN_THE_TOOL = (
    rf"(?:bascule|jusqu'a|en fonctionnement|precis(?:e|er|ent)\b|la porte|paumelles|pose de|{EQUIVALENT}|\breprise|repris|migr|revers|transfert|transition|"
    rf"import|export|interoper|interfac|compatib|droits?\b|formats?\b|personnel|salaries|description de l'existant|\bdecri|donnees|cohabit|parallele|"
    rf"objet (?:du|de la|le) (?:present )?(?:marche )?(?:est )?(?:la |de )?(?:maintenance|maintenir)|maintenance|prix|tarif|qualite|niveaux? de service|"
    rf"depos|recycl|sauvegard|remplac|adresse|horaires|interlocuteur|numero|cadence|conditions|titulaire sortant (?:fourni|transmet|remet|assiste|apporte|"
    rf"coopere|assure|reste|continue|doit|est)|changement de (?:version|controle|titulaire|denomination)|marche(?:s)? (?:est |sera )?(?:reconduit|"
    rf"reconductible)|reconduct[a-z]+ (?:du (?:marche|contrat)|de l'accord|tacite|expresse)|references?\b|habitants|parois|facade|raccords?|teinte|enduit|"
    rf"carrelage|menuiserie|ouvrages?\b|duree|\d points?|etages?\b|bloc-portes?|accord-cadre|garanti|n'est pas (?:exig|impos|obligatoire|tenu|requis)|annexe|"
    rf"bon etat|etat de|ancien|securite|documentation|continuite (?:de|du) (?:service|l'exploitation))"
)
_same_tool = notions(
    rf"\b{_SAME}",
    _CURRENT,
    rf"\b{_TOOL}",
    rf"(?:{CONDITION}|\best\b|\bsont\b|sera|seront|: |\||propos|fourni|livr|conserv|assure|reprend|reconduct|reconduit|attendu|il s'agit|correspond|meme |"
    rf"n'est pas envisage)",
    unless=_OTHER_THAN_THE_TOOL,
)

_tool_of_today = notions(
    r"(?:le|la|les|l'|du|au) ?(?:logiciels?|progiciels?|solutions?|outils?|plateformes?|systemes?|produits?|materiels?|"
    r"applications?)(?: [a-z'-]+){0,4} (?:actuels?|actuelles?|en place|utilise|exploite|en service|installe|deploye|employe)e?s?\b",
    r"(?:obligatoirement|imperativement|exclusivement|\bseule?s?\b|uniquement|impos|\bexig|sans alternative)",
    unless=_OTHER_THAN_THE_TOOL,
)
_no_change_of_tool = notions(
    r"chang(?:e|er|ement|ements)s? d(?:e |'|u )(?:l'|la )?(?:editeur|logiciel|solution|outil|progiciel|fournisseur|plateforme|systeme|marque|application|"
    r"produit)",
    r"(?:\bpas\b|aucun|exclu|interdi|refus|n'est (?:pas|point)|ne sera|non admis|sans)",
    unless=r"(?:version|prealable|accord|inform|sans surcout|sans frais|cout|donnees|risque|reversib|garanti|facilit|permet)",
)

_CLOSED = (
    r"(?:(?:logiciels?|solutions?|editeurs?|licences?|briques?|composants?|technologies?|produits?|modules?|outils?|"
    r"offres?)(?: [a-z]+){0,4} (?:proprietaires?|non libres?|fermee?s?)\b|code(?: source)? (?:ferme|proprietaire)|"
    r"code(?: source)?[^.;]{0,15}n'est pas (?:libre|ouvert|public|publie)|closed source|proprietaires?\b(?! (?:du|des|de|d')))"
)
_FREE = (
    r"(?:open ?source|logiciels? libres?|licences? (?:libres?|ouvertes?|gpl|agpl|eupl|mit|apache|bsd|cecill)|sous (?:licence )?(?:gpl|agpl|eupl|mit|apache|"
    r"libre)|code(?: source)?[^.;]{0,45}(?:ouvert|libre|public)\b|(?:solution|composant|brique|outil|produit)s? libres?|libres? (?:exclusivement|uniquement|"
    r"obligatoire|imperativement))"
)
_LICENCE_LAWFUL = (
    rf"(?:{EQUIVALENT}|formats?\b|developpements? specifiques?|developpe(?:e|s)? pour|livrables?|dependance|resultats|code (?:source )?(?:developpe|livre|"
    rf"produit|remis)|(?:ou (?:une|tout)|toute) (?:autre )?licence|ceux qui|sous licence[^.;]{{0,30}}ou |conformite des licences|licences des composants|"
    rf"droits? (?:d'utiliser|d'etudier|de modifier)|au choix|copropri|justifi|motif|dans la mesure|libre de droits?|liste|inventaire|(?:libres? et|"
    rf"proprietaires? et|libres? ou|proprietaires? ou)|sans exclure|encourag|n'exclut|anterieur|\bacheteur est|prestations? de services? (?:sur|autour)|"
    rf"respect(?:e|ent|ees|er)\b|contribu|propriete intellectuelle|titulaire (?:reste|demeure|est))"
)
_closed_refused = notions(
    rf"\b{_CLOSED}",
    rf"(?:{REFUSED}|\baucune? |\bpas (?:de|d')|ne voul|voulons pas|\bne (?:comporte|comprend|contient)|sans (?:logiciel|brique|composant)|: ?exclu|banni)",
    r"(?:logiciel|composant|editeur|plateforme|solution|outil|brique|module|offre|produit|application|licence|code)",
    unless=_LICENCE_LAWFUL,
    words=("proprietaire", "libre", "ferme", "code", "closed"),
)
_free_only = notions(
    rf"\b{_FREE}",
    rf"(?:{ONLY}|\bexig|obligatoire|imperati|doi(?:t|vent)|devr(?:a|ont)|integralement|entierement|l'ensemble d|tous les|toute la|la totalite|\btous\b|"
    rf"\btoutes\b|totalement|100 ?%|requis|eliminatoire|impos|: |\||condition)",
    unless=_LICENCE_LAWFUL,
    words=("open", "libre", "gpl", "apache", "mit", "bsd", "cecill", "eupl", "ouvert"),
)


DETECTORS: dict[str, Detect] = {
    "marque-sans-equivalent": any_of(_trade_name, _numbered_model, _announced_brand, _product_by_name),
    "brevet-procede-sans-equivalent": any_of(_protected_method, _own_method),
    "origine-produits": any_of(_made_there, _imports_refused, _goods_of_there, _country_of_make, _stone_from_there),
    "norme-sans-equivalent": _standard_asked,
    "label-sans-equivalent": _label_asked,
    "equivalence-refusee": any_of(_equal_refused, _mention_without_effect, _only_that_proof, _any_other_is_irregular),
    "prestataire-qualifie": _secnumcloud_firm,
    "france-au-lieu-ue": any_of(_only_in_france, _only_in_this_place),
    "europe-imprecise": _vaguely_europe,
    "exigence-sans-lien-objet": _beyond_this_contract,
    "solution-en-place-imposee": any_of(_same_tool, _tool_of_today, _no_change_of_tool),
    "proprietaire-exclu": any_of(_closed_refused, _free_only),
}
