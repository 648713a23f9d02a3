"""Clauses that are read, not computed: insurance, sub-contracting, rights, data, security, social and environmental ones, termination. Quoted only."""

import re

from assistant.tender.fact import Fact
from assistant.tender.selection import Sought, clause
from assistant.tender.view import Sentence, View

# Notices and price schedules state no clause; rules of consultation speak to bidders.
_SCHEDULES = frozenset(("BPU", "DQE"))
_TO_BIDDERS = frozenset(("avis", "RC"))
_BIDDER = (
    r"candidat|soumissionnaire|a l'appui de (?:sa|leur|la) (?:candidature|offre)|declaration sur l'honneur|formulaire dc|"
    r"interdictions? de soumissionner|dume\b|reponses? electronique"
)

_CLAUSES: dict[str, Sought] = {
    "assurance": Sought(
        title=re.compile(r"\bassurances?\b(?! (?:qualite|qualité))(?!.*(?:maladie|chomage))"),
        words=re.compile(
            r"(?:titulaire|prestataire|entrepreneur|entreprise|attributaire)[^.;\n]{0,120}(?:souscri\w+|justifi\w+|contract\w+|produi\w+|detenir|"
            r"titulaire d|couvert\w*)[^.;\n]{0,90}(?:assurances?|polices?)\b|(?:titulaire|prestataire)[^.;\n]{0,30} assure (?:les|l'ensemble des|"
            r"ces) [^.;\n]{3,40} contre |\bassuree?s? (?:pour|contre) (?:les |tous |toute |sa |ses |votre |vos )*(?:dommages|risques|responsabilite|"
            r"consequences|sinistres)|"
            r"\battestations?\b[^.;\n]{0,30}\bassureurs?\b|"
            r"assurance (?:de )?responsabilite (?:civile|decennale|professionnelle)"
        ),
        needles=("assur", "police"),
        signs=(
            re.compile(r"responsabilite civile|professionnelle|decennale"),
            re.compile(r"souscri|contract[ée]|justifi|maintenir|titulaire d'une"),
            re.compile(r"attestations?"),
            re.compile(r"dommages|corporels|incendie"),
            re.compile(r"quinze|\d+ ?jours|avant (?:tout )?(?:commencement|notification|debut)"),
        ),
        never=re.compile(
            rf"{_BIDDER}|assurance qualite|plan d'assurance|sous-traitants? :|frais de voirie|assurance maladie|securite sociale|capacite economique"
        ),
        not_in=frozenset(("BPU", "DQE", "avis")),
        loose_not_in=_TO_BIDDERS,
    ),
    "sous_traitance": Sought(
        title=re.compile(r"sous[- ]?trait(?:ance|ants?)"),
        words=re.compile(
            r"sous[- ]traitance[^.;\n]{0,60}(?:est|sera|n'est|autoris|admis|interdit|possible|limit|totale)|titulaire[^.;\n]{0,40}(?:peut|pourra|"
            r"ne peut|est autorise a) sous[- ]traiter|(?:recours|recourir|faire appel) a [^.;\n]{0,30}sous[- ]trait(?!\w+ ulterieur)\w+|"
            r"sous[- ]traiter l'execution|(?:agreer|agrement|accepter|acceptation) (?:d'un |de |des |"
            r"du )?sous[- ]traitants?"
        ),
        needles=("sous-trait", "sous trait"),
        signs=(
            re.compile(r"autoris|admis|interdit|possible|ne peut|peut,? |partielle|totalite"),
            re.compile(r"agrement|accept"),
            re.compile(r"\bdc ?4\b|acte special|declaration de sous-traitance"),
            re.compile(r"paiement direct|600 ?€|600 euros|paye(?:e|s)? directement"),
            re.compile(r"2193|75-1334|3\.6|article \d"),
            re.compile(r"rang|chaine"),
        ),
        never=re.compile(
            r"donnees (?:a caractere )?personnel|rgpd|2016/679|responsable d[eu] traitement|lutte contre|en cas de sous-traitance, le paiement|"
            r"capacites? (?:professionnelles?|techniques?|d'autres)"
        ),
        not_in=_SCHEDULES,
        loose_not_in=frozenset(("avis", "CCTP")),
    ),
    "propriete_intellectuelle": Sought(
        title=re.compile(
            r"propriete (?:intellectuelle|industrielle|litteraire|artistique|des (?:resultats|documents|donnees|etudes|livrables))|"
            r"droits? d'(?:auteur|utilisation|exploitation)|cession (?:des|de) droits?|utilisation des resultats|droits de propriete|"
            r"regime des (?:resultats|connaissances)"
        ),
        words=re.compile(
            r"propriete intellectuelle|(?:cede|concede|cession|concession)[^.;\n]{0,80}\bdroits?\b|droits? (?:d'auteur|patrimoniaux|d'exploitation)|"
            r"option [ab]\b[^.;\n]{0,60}(?:ccag|resultats)|(?:restent?|demeurent?|restera|devien\w+|"
            r"sera)[^.;\n]{0,30} la propriete (?:exclusive )?(?:de|du|d')|n'acqui\w+ aucun droit|aucun droit (?:d'usage |de propriete )?sur (?:les|ces|l)|"
            r"(?:documents?|documentation|donnees|resultats|livrables|etudes?|plans?|fichiers|images|rapports?)\b[^.;\n]{0,60}\b"
            r"appartien\w+ (?:exclusivement )?(?:au|a la|a l'|aux)\b|(?<!il )\b(?:nous|lui|vous) appartien\w+(?! d[e'])|"
            r"licences? (?:libres?|open source|eupl|cecill|gpl|mit)\b|logiciels? libres?|codes? sources? [^.;\n]{0,40}\b(?:publie|livre|remis|depose|"
            r"ouvert|communique)|"
            r"(?:devien\w+|est|sera|reste\w*|demeure\w*) (?:seul |pleinement )?proprietaires? (?:exclusif )?(?:d[eu]s?|de l'ensemble des|de tous les) "
            r"(?:l'|la )?(?:etudes?|resultats|documents?|livrables|donnees|plans?|rapports?|fichiers|contenus|developpements|creations?|o?euvres?)|"
            r"\bautoris\w+ [^.;\n]{0,40} a (?:reproduire|representer|diffuser)\b"
        ),
        needles=(
            "propriet",
            "droit",
            "option ",
            "appart",
            "licence",
            "libre",
            "source",
            "reproduire",
            "diffuser",
            "representer",
        ),
        signs=(
            re.compile(r"\bcede|\bconcede|cession|aucun droit"),
            re.compile(r"exclusi|non exclusi|irrevocable"),
            re.compile(r"droits? (?:patrimoniaux|d'exploitation|d'utilisation|de reproduction)"),
            re.compile(r"option [ab]\b|article \d+"),
            re.compile(r"resultats|livrables|codes? sources?|connaissances anterieures|licence"),
            re.compile(r"propriete (?:exclusive )?(?:de|du|d')"),
        ),
        never=re.compile(
            rf"{_BIDDER}|prix (?:sont|incluent)|ils incluent|reserve de propriete|\bemballages?\b"
        ),
        not_in=frozenset(("BPU", "DQE", "avis")),
        loose_not_in=_TO_BIDDERS,
    ),
    "donnees_personnelles": Sought(
        title=re.compile(
            r"donnees? (?:a caractere )?personnel|\brgpd\b|protection des donnees|informatique et libertes|vie privee"
        ),
        words=re.compile(
            r"donnees (?:a caractere )?personnel|\brgpd\b|2016/679|reglement general sur la protection|delegue a la protection des donnees|\bdpo\b|"
            r"registre des (?:activites de )?traitements?|loi[^.;\n]{0,25} du 6 janvier 1978|informatique et libertes"
        ),
        needles=(
            "personnel",
            "rgpd",
            "2016/679",
            "reglement general",
            "protection des donnees",
            "dpo",
            "registre",
            "1978",
            "libertes",
        ),
        signs=(
            re.compile(r"sous-traitant au sens|responsable d[eu] traitement"),
            re.compile(r"rgpd|2016/679|reglement general"),
            re.compile(r"annexe|article 28"),
            re.compile(r"violation|notifi"),
            re.compile(r"mesures (?:techniques|appropriees|necessaires)"),
            re.compile(r"traite(?:r|ment)"),
        ),
        never=re.compile(
            r"donnees (?:personnelles )?des candidats|des soumissionnaires|dans le cadre de la (?:procedure|consultation)"
        ),
        not_in=frozenset(("BPU", "DQE", "avis")),
    ),
    "reversibilite": Sought(
        title=re.compile(
            r"reversibilite|transferabilite|fin d[eu] (?:marche|contrat)\b(?!.* anticipee)|plan de sortie|^sortie\b|transfert (?:des connaissances|"
            r"de competences|en fin)"
        ),
        words=re.compile(
            r"reversibilite|(?:restitution|extraction|export\w*|recuperation) (?:complete |integrale )?(?:des|de ses|de l'ensemble des|"
            r"de toutes les) donnees|transferabilite|portabilite (?:des|de ses|de l'ensemble des) donnees|"
            r"\bdonnees\b[^.;\n]{0,40}\b(?:restitu|rendu|recuper|export)\w*[^.;\n]{0,60}\b(?:formats?|terme|fin|echeance|issue)\b|"
            r"\b(?:terme|fin|echeance|issue) du (?:marche|contrat)\b[^.;\n]{0,60}\bdonnees\b[^.;\n]{0,30}\b(?:restitu|rendu|export)\w*|"
            r"plans? de sortie|(?:restitu|remet|remis|transm|recuper|export)\w*[^.;\n]{0,60}\bdonnees[^.;\n]{0,60}\bformats?\b|"
            r"\b(?:titulaire|prestataire) sortant\b[^.;\n]{0,80}(?:transm|transfer|assist|remet|passation)|"
            r"(?:transm|transfer|assist|remet|passation)\w*[^.;\n]{0,60}\b(?:nouveau|futur|prochain) (?:titulaire|prestataire)\b"
        ),
        needles=(
            "reversib",
            "restitu",
            "transfer",
            "sortie",
            "export",
            "extraction",
            "recuper",
            "format",
            "sortant",
            "portabilite",
            "nouveau titulaire",
            "futur titulaire",
            "prochain titulaire",
            "nouveau prestataire",
            "futur prestataire",
            "prochain prestataire",
        ),
        signs=(
            re.compile(r"reversibilite"),
            re.compile(r"mois|jours|semaines"),
            re.compile(
                r"restitu|transfer|transm|reprise|assist|plan de sortie|extraction|export|portabilite"
            ),
            re.compile(r"plan de reversibilite|format|ouvert"),
            re.compile(r"forfait|sans (?:surcout|frais)|a ses frais|article \d+ du"),
        ),
        never=re.compile(
            r"contrats? de travail|salaries|convention collective|reprise du personnel|sous[- ]traitants?\b[^.;\n]{0,30}paiement"
        ),
        not_in=_SCHEDULES,
        loose_not_in=frozenset(("avis",)),
    ),
    "clause_sociale": Sought(
        title=re.compile(
            r"clauses? (?:d'insertion|sociales?)|insertion (?:sociale|professionnelle|par)|engagements? soci(?:al|aux|etaux)|actions? d'insertion|"
            r"responsabilite sociale|\brse\b|considerations? sociales?|reprise du personnel|volet social|clause\w* (?:sociale\w*)? ?(?:et|,|"
            r"/) ?environnementales?|achats? socialement|egalite (?:professionnelle|femme)"
        ),
        words=re.compile(
            r"heures? (?:de travail )?d'insertion|heures? [^.;\n]{0,30}personnes? en insertion|actions? d'insertion|clauses? (?:sociales?|"
            r"d'insertion)|insertion (?:professionnelle|"
            r"par l'activite economique|sociale)|"
            r"conventions? (?:fondamentales? )?de l'(?:oit\b|organisation internationale du travail)|parcours d'insertion|personnes? en insertion|"
            r"reprise (?:du|des) (?:personnel|salaries|contrats de travail)|repren(?:d|dre|"
            r"dra)\b[^.;\n]{0,25}(?:personnel|salaries|contrats de travail)|"
            r"insertion[^.;\n]{0,60}\d[\d ]* ?(?:heures|%)|demandeurs? d'emploi de longue duree|"
            r"(?:heures|temps de travail|\d ?%|pour cent|embauch\w+|recrut\w+|confie\w*|reserve\w*)[^.;\n]{0,80}(?:demandeurs? d'emploi|"
            r"beneficiaires? du (?:rsa|revenu de solidarite))|"
            r"(?:accueil|embauch|recrut|form|recour|emplo)\w*[^.;\n]{0,40}\b(?:apprenti|alternan)\w*|"
            r"(?:structures?|entreprises?|chantiers?|ateliers?) d'insertion|\bsiae\b|egalite (?:entre les (?:femmes|hommes|sexes)|professionnelle|"
            r"femmes?)|(?:publics?|"
            r"personnes?) (?:tres |les plus )?(?:eloigne|prioritaire)|\besat\b|entreprises? adaptees?|marche reserve : oui"
        ),
        needles=(
            "insertion",
            "social",
            "oit",
            "personnel",
            "salaries",
            "eloigne",
            "prioritaire",
            "esat",
            "adaptee",
            "marche reserve",
            "contrats de travail",
            "emploi",
            "rsa",
            "revenu de sol",
            "apprenti",
            "siae",
            "egalite",
            "alternan",
        ),
        signs=(
            re.compile(r"heures?\b[^.;\n]{0,30}insertion|\d[\d ]* ?heures"),
            re.compile(r"insertion|eloigne|chomage|demandeurs? d'emploi"),
            re.compile(r"\boit\b|conventions? fondamentales|travail (?:force|des enfants)|discrimination"),
            re.compile(r"facilitateur|\bplie\b|maison de l'emploi|\besat\b|adaptee"),
            re.compile(
                r"reprise du personnel|repren\w+[^.;\n]{0,40}(?:salaries|contrats de travail)|apprenti|alternan|egalite|conditions? d'execution"
            ),
        ),
        never=re.compile(
            rf"{_BIDDER}|travailleurs handicapes, |l\.? ?5212|droit a l'insertion|l'afpa propose|accompagne|missions? de l'"
        ),
        not_in=_SCHEDULES,
    ),
    "clause_environnementale": Sought(
        title=re.compile(
            r"environnementa(?:l|le|les|ux)\b|developpement durable|gestion des dechets|dechets|protection de l'environnement|ecolog|"
            r"transition ecologique|clause\w* verte|economie circulaire|sobriete"
        ),
        words=re.compile(
            r"protection de l'environnement|clauses? environnementales?|considerations? environnementales?|developpement durable|gaz a effet de serre|"
            r"empreinte (?:carbone|environnementale)|bilan carbone|(?:tri|gestion|elimination|valorisation|traitement|evacuation)[^.;\n]{0,30}dechets|"
            r"\brecycl\w+|ecolabel|eco-?label|nf environnement|performances? environnementales?|\breemploi\b|"
            r"(?:emballages?|materi\w+|mobiliers?|equipements?|palettes?|contenants?)\b[^.;\n]{0,40}\breutilis\w+|\breutilis\w+ (?:des|"
            r"de) (?:materi\w+|equipements?|emballages?|mobilier)|"
            r"(?:livrai|livre|deplace|intervention|tournee|transport|flotte|effectue|assure)\w*\b[^.;\n]{0,80}\bvehicules? electriques?|vehicules? (?:propres?|"
            r"(?:a )?(?:tres )?faibles? emissions?)|a velo\b|velos? cargo|plastiques? a usage unique|emballages?\b[^.;\n]{0,60}(?:repris|reutilis|"
            r"recycl|consign|"
            r"reduit|limit)|"
            r"efficacite energetique|\bpue\b|sobriete (?:energetique|numerique)|(?:alimenta|denree|produit|"
            r"approvisionn)\w*[^.;\n]{0,60}\bcircuits? courts?|\bcircuits? courts?[^.;\n]{0,60}(?:alimenta|denree|produit|approvisionn)|"
            r"agriculture biologique|\begalim\b|indices? de reparabilite|"
            r"\bdechets\b[^.;\n]{0,40}\b(?:tries|valoris|recycl|evacue|collecte)\w*|chantier (?:vert|propre|a faibles? nuisances?)|faibles nuisances|"
            r"\b(?:economis|limit|redui|maitris)\w+[^.;\n]{0,40}\bconsommations? (?:d'eau|d'energie|de papier|energetique)|"
            r"biodegradable|biosource|bas[- ]carbone|emissions? (?:evitees?|de co2|carbone)|\b(?:fsc|pefc)\b|encres? vegetales?"
        ),
        needles=(
            "environnement",
            "durable",
            "serre",
            "empreinte",
            "carbone",
            "dechet",
            "recycl",
            "label",
            "reemploi",
            "propre",
            "emission",
            "reutilis",
            "electrique",
            "velo",
            "usage unique",
            "emballage",
            "energetique",
            "pue",
            "sobriete",
            "circuit",
            "biologique",
            "egalim",
            "reparabilite",
            "biodegrad",
            "biosourc",
            "chantier",
            "nuisances",
            "consommation",
            "fsc",
            "pefc",
            "vegetale",
        ),
        signs=(
            re.compile(r"environnement(?:al|ale|ales|aux)?\b"),
            re.compile(r"dechets?"),
            re.compile(r"recycl|reemploi|valoris|tri\b"),
            re.compile(r"carbone|gaz a effet|energ"),
            re.compile(r"electrique|velo|usage unique|emballage|reparabilite|biolog|biodegrad|biosourc"),
            re.compile(r"label|fsc|pefc|norme iso 14001|14001|certifi"),
            re.compile(r"titulaire (?:s'engage|doit|devra|veille)|condition d'execution|a sa charge"),
        ),
        never=re.compile(
            rf"{_BIDDER}|recyclage (?:a jour|sst|ssiap|annuel|des agents)|attestations? de recyclage|contraintes liees a son environnement|"
            rf"environnement (?:de travail|technique|informatique|logiciel)|sous-?criteres?|critere|"
            rf"ponder|\bafpa a (?:pris|formalise)"
        ),
        not_in=_SCHEDULES,
        loose_not_in=_TO_BIDDERS,
        anywhere=re.compile(
            r"\b(?:comport|prevoi|soumis|inclu|integr)\w*[^.;\n]{0,40}\bclauses? (?:sociales? et )?environnementales?\b"
        ),
    ),
    "resiliation": Sought(
        title=re.compile(r"resiliation|^fin anticipee|^rupture\b"),
        words=re.compile(
            r"(?:marche|accord[- ]cadre|contrat|acheteur|pouvoir adjudicateur)[^.;\n]{0,110}(?:resilie|resilier|resiliation)|"
            r"(?:autres )?cas de resiliation|resiliation (?:du marche|"
            r"pour faute|aux torts|de l'accord|du contrat|aux frais|pour motif)|"
            r"\b(?:marche|contrat|accord[- ]cadre)\b[^.;\n]{0,60}\b(?:rompu|rompre)\b|mettre fin (?:de facon anticipee )?(?:au|"
            r"a l'execution du) (?:present )?(?:marche|contrat)"
        ),
        needles=("resili", "romp", "mettre fin"),
        signs=(
            re.compile(r"aux torts|pour faute|frais et risques"),
            re.compile(r"articles? \d+"),
            re.compile(r"mise en demeure|sans indemnite|indemnite"),
            re.compile(r"motif d'interet general|\d ?%"),
            re.compile(
                r"peut (?:etre )?(?:resili|prononc)|pourra (?:etre )?(?:resili|prononc)|sera resilie|en droit de"
            ),
            re.compile(r"interdictions? de soumissionner|2195|inexactitude"),
        ),
        never=re.compile(
            r"resiliation de l'assurance|ne saurait etre consideree comme une resiliation|police d'assurance|non-reconduction|"
            r"pour la resiliation de prestations"
        ),
        not_in=frozenset(("BPU", "DQE", "avis")),
        loose_not_in=frozenset(("avis", "RC")),
    ),
}

_SECURITY = Sought(
    title=re.compile(
        r"\bsecurite\b(?!.* sociale)|confidentialite|\bssi\b|surete|protection de la sante|hygiene|coordination sps|secret professionnel|\bpas\b(?! d[e'])|"
        r"cybersecurite|securite,? prevention"
    ),
    words=re.compile(
        r"confidentialite|confidentiel|plan d'assurance (?:de la )?securite|secnumcloud|iso ?(?:/iec )?27 ?001|\bpssi\b|\bpgcs?ps\b|\bppsps\b|"
        r"coordonnateur sps|plan de prevention|homologation de securite|secret professionnel|"
        r"cartes? professionnelles?|habilitation (?:secret|confidentiel)|(?:proteg\w+|protection) contre (?:l'intrusion|le vol|les intrusions)|"
        r"controles? d'acces|securite (?:des (?:systemes|donnees)|du systeme) d'information|"
        r"hebergeurs? de donnees de sante|\bhds\b|obligation (?:generale )?de (?:discretion|secret|reserve)|discretion professionnelle|devoir de discretion|"
        r"\bacces\b[^.;\n]{0,90}\bbadges?\b|\bbadges?\b[^.;\n]{0,60}(?:\bacces|locaux|\bsites?\b|perte|restitu|nominatif|\bcles\b)|"
        r"enquetes? administratives?|(?:zone )?a regime restrictif|\bzrr\b|authentification (?:forte|multi|a (?:deux|plusieurs|double))|"
        r"\bchiffrement\b|\b(?:flux|echanges|sauvegardes|disques|liaisons|communications)\b[^.;\n]{0,30}\bchiffree?s?\b|"
        r"\bdonnees\b[^.;\n]{0,30}\bchiffrees (?:au repos|en transit|de bout|par|avec|avant|lors)\b|incidents? de securite|cybersecurite|cyberattaque"
    ),
    needles=(
        "confidential",
        "confidentiel",
        "securite",
        "secnumcloud",
        "27",
        "pssi",
        "pgc",
        "ppsps",
        "sps",
        "prevention",
        "secret",
        "intrusion",
        "controle",
        "contre le vol",
        "carte",
        "habilitation",
        "sante",
        "hds",
        "discretion",
        "reserve",
        "badge",
        "enquete",
        "restrictif",
        "zrr",
        "authentification",
        "chiffre",
        "cyber",
        "incident",
    ),
    signs=(
        re.compile(r"confidentialite|confidentiel|secret|discretion"),
        re.compile(r"secnumcloud|27 ?001|\bpas\b|plan d'assurance|pssi|\brgs\b|anssi|passi|\bhds\b"),
        re.compile(r"\bsps\b|pgc|ppsps|coordonnateur|plan de prevention|hygiene"),
        re.compile(r"cartes? professionnelles?|habilit|agrement"),
        re.compile(r"integrite|disponibilite|incident|chiffre|journalis|sauvegard"),
        re.compile(
            r"\bintrusions?\b|contre le vol|controles? d'acces|badge|enquetes? administratives?|restrictif|\bzrr\b|authentification"
        ),
        re.compile(r"violation|penalite|divulgu|s'engage"),
    ),
    never=re.compile(
        rf"{_BIDDER}|securite sociale|certificat de signature|signature electronique|virus|secret (?:des affaires|industriel et commercial)|"
        rf"copie de sauvegarde|exemplaire|information confidentielle des plis"
    ),
    not_in=frozenset(("BPU", "DQE", "avis", "RC")),
)

# Data, and a place for it, in one sentence: "hébergement" alone may be lodging.
_DATA = re.compile(
    r"\bdonnees?\b|\bfichiers\b|\bserveurs?\b|datacenters?|data ?centers?|centres? de donnees|\bcloud\b|sauvegardes?|systemes? d'information|"
    r"infrastructures? d'hebergement|informations (?:saisies|traitees|hebergees)|\bhebergeurs?\b|\boctets?\b|secnumcloud|centres? d'hebergement|"
    r"\b(?:administration|exploitation) (?:de la plateforme|de la solution|du systeme|du service|a distance)|teleadministration|acces (?:distants?|a distance)"
)
_PLACE = re.compile(
    r"union europeenne|\bu\.?e\.?\b|\beee\b|espace economique europeen|territoire (?:national|francais|de l'union|europeen|metropolitain)|"
    r"\ben france\b|en europe|sol (?:francais|europeen|national)|hors (?:de )?(?:l')?(?:ue|union|france)|pays tiers|etats? tiers|"
    r"etats? membres?"
)
_REGULATION = re.compile(
    r"(?:droits?|legislations?|reglementations?|normes?|directives?) (?:applicables? )?(?:de l'union(?: europeenne)?|europeen\w*|de l'ue)\b|"
    r"(?:reglement|directive|rgpd)[\w ']{0,30} ?\(?(?:ue|ce)\)? ?(?:n ?° ?)?\d{2,4}/\d+|\((?:ue|ce)\) ?(?:n ?° ?)?\d{2,4}/\d+"
)
# One of these stands in each way of saying data.
_DATA_WORDS = (
    "donnee",
    "fichiers",
    "serveur",
    "datacenter",
    "data center",
    "cloud",
    "sauvegarde",
    "'information",
    "d'hebergement",
    "informations",
    "hebergeur",
    "octet",
    "secnumcloud",
    "administration",
    "exploitation",
    "a distance",
    "distant",
)
_KEPT = re.compile(
    r"heberg|stock|localis|conserv|situe|implant|transfer|traite|install|quitt|resid|\bsort\b|sortir|sortent|oper(?:e|ee|es|"
    r"ees) depuis|exploit|\btrouv|\bdepuis (?:un|des|l|la)\b"
)
_NOT_HOSTING = re.compile(
    r"\bdesigne(?:nt)?\b|protection des personnes physiques|internat|restauration|hotel|stagiaires?|nuitees?|chambres|pension|candidat|"
    r"equipes du titulaire|locaux du titulaire|factur|marche precedent|frais de deplacement|acces direct"
)
# Data kept in a place, in so many words: whatever else the sentence speaks of.
_KEPT_THERE = re.compile(
    rf"(?:donnees|fichiers|sauvegardes|serveurs|informations)\b[^.;\n]{{0,60}}\b(?:heberg|stock|conserv|localis|archiv)\w*[^.;\n]{{0,60}}(?:{_PLACE.pattern})"
)
_LOCATION_TITLE = re.compile(
    r"localisation (?:des donnees|de l'hebergement|et|des traitements|des serveurs)|hebergement (?:des donnees|et localisation|de la solution|"
    r"en france)|^hebergement$|^localisation$|souverainete|lieu (?:d'hebergement|de stockage)"
)


def clause_of(view: View, name: str) -> Fact | None:
    """One of the clauses above."""
    return clause(view, _CLAUSES[name])


def security_of(view: View) -> Fact | None:
    """Security of persons, sites or systems, and confidentiality: what the contract asks for."""
    found = clause(view, _SECURITY)
    if found is None:
        return None
    text = " ".join(span.of(view.folded) for span in found.spans)
    return found if any(sign.search(text) for sign in _SECURITY.signs) or "securite" in text else None


def _names_place(sentence: Sentence) -> bool:
    """Whether a sentence names a place; the name of a regulation of the Union is none."""
    return _PLACE.search(_REGULATION.sub(" ", sentence.text)) is not None


def location_of(view: View) -> Fact | None:
    """Where data are kept or processed: a sentence that names both the data and the place, or the clause of that title."""
    if view.piece in _SCHEDULES:
        return None
    said = [
        sentence
        for sentence in view.sentences_with(*_DATA_WORDS)
        if _DATA.search(sentence.text)
        and _names_place(sentence)
        and _KEPT.search(sentence.text)
        and (not _NOT_HOSTING.search(sentence.text) or _KEPT_THERE.search(sentence.text))
    ]
    titled = [
        sentence
        for section in view.titled(_LOCATION_TITLE)
        for sentence in view.within(section)
        if _names_place(sentence) and not _NOT_HOSTING.search(sentence.text)
    ]
    ordered = list(dict.fromkeys((*titled, *said)))[:2]
    if not ordered:
        return None
    spans = tuple(sentence.span for sentence in ordered)
    return Fact(" ; ".join(view.words(span) for span in spans), spans)
