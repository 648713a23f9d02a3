"""Tender pieces written and labelled beside the extractors, before any of them saw a line of it: what they score here first is what they score on the unknown. Fictional buyers; nothing of a real tender is copied.

``PIECES`` maps a file name to its text and to {field: patterns that value and quote must hold together}. A field that is not named is one that the piece does not state; ``TOLERATED`` names those of which it says so little (a mere reference to another piece, a box left to the tenderer, a thing that only follows) that neither silence nor an answer is a fault.
"""

from tests.summaries.made_pieces import Stated

_RC_HEALTH_HOSTING = """CENTRE HOSPITALIER DE BOURG-L'ÉTANG
Établissement support du GHT « Val de Lorne »
Direction des achats – Cellule des marchés
14 avenue des Tanneurs – BP 118 – 39999 BOURG-L'ÉTANG CEDEX

RÈGLEMENT DE LA CONSULTATION
commun à tous les lots

Hébergement infogéré du dossier patient informatisé et des applications support du GHT Val de Lorne

Procédure n° GHT-2027-INF-03

Appel d'offres ouvert
(articles L. 2124-2 et R. 2161-2 à R. 2161-5 du code de la commande publique)

DATE LIMITE DE REMISE DES PLIS : LUNDI 8 FÉVRIER 2027 À 12 H 00
Date limite pour poser des questions : vendredi 22 janvier 2027 à 17 h 00


Article 1er – L'acheteur

Le pouvoir adjudicateur est le Centre hospitalier de Bourg-l'Étang, agissant en qualité d'établissement support pour le compte des cinq établissements parties au groupement hospitalier de territoire. Il est représenté par sa directrice.
Profil d'acheteur : https://achats.example

Article 2 – Ce que nous achetons

La consultation porte sur l'hébergement infogéré du dossier patient informatisé et des applications support des établissements du GHT : mise à disposition des infrastructures, exploitation, supervision, sauvegarde et astreinte.
Il s'agit d'un marché public de services (CPV : 72514100-2).
Lieu principal d'exécution : locaux du titulaire, avec interventions dans les cinq établissements du GHT (département du Jura).

Article 3 – Découpage et forme

3.1 La consultation comprend trois lots, désignés par une lettre :

Lot | Désignation | Minimum sur la durée totale (€ HT) | Maximum sur la durée totale (€ HT)
A | Hébergement certifié du dossier patient | 400 000 | 2 600 000
B | Hébergement des applications de gestion | sans minimum | 750 000
C | Sauvegarde externalisée | sans minimum | 310 000

Il n'est pas prévu de tranches.

3.2 Chaque lot donne lieu à un accord-cadre conclu avec un seul titulaire et exécuté au fur et à mesure de l'émission de bons de commande.

3.3 Un candidat peut déposer une offre pour un, deux ou trois lots et se les voir tous attribuer.

Article 4 – Combien de temps

4.1 Chaque accord-cadre est conclu pour une période ferme de trente-six mois à compter de sa notification. Il est ensuite reconduit tacitement deux fois, chaque fois pour six mois. La durée totale ne peut excéder quarante-huit mois. Le titulaire ne peut s'opposer à la reconduction.

4.2 Pour le lot A, la migration du dossier patient doit être achevée dans les cinq mois qui suivent la notification ; pour les lots B et C, dans les huit semaines.

Article 5 – Exigences qui conditionnent la régularité de l'offre

5.1 Le titulaire du lot A est certifié hébergeur de données de santé (HDS) pour les six activités du référentiel à la date de remise des offres et le reste jusqu'au terme. Un plan d'assurance sécurité est remis avec l'offre pour chacun des lots.

5.2 Les données sont hébergées, sauvegardées et administrées exclusivement depuis le territoire d'un État partie à l'accord sur l'Espace économique européen. Le candidat joint la liste des sites et l'adresse de chacun.

Page 2 sur 4

Article 6 – Variantes et prestations supplémentaires

Les variantes ne sont pas autorisées. Le lot A comporte une prestation supplémentaire éventuelle, que le candidat est tenu de chiffrer : hébergement d'un environnement de formation (PSE n° 1).

Article 7 – Le dossier

Il comprend : le présent règlement et son annexe (cadre de réponse technique), un acte d'engagement par lot, le CCAP, un CCTP par lot, le bordereau des prix unitaires de chaque lot.
Le Centre hospitalier peut modifier le dossier sur des points de détail au plus tard dix jours avant la date limite de remise des plis.
Pour dimensionner son offre, le candidat dispose des dépenses constatées en 2025 : 548 200 € TTC pour le périmètre du lot A, 131 900 € TTC pour celui du lot B et 57 400 € TTC pour celui du lot C. Ces chiffres n'engagent pas l'acheteur.

Article 8 – Délai de validité

Les soumissionnaires restent engagés par leur offre six mois à compter de la date limite de remise des plis.

Article 9 – Comment répondre

9.1 Candidature : DUME, ou lettre de candidature et déclaration sur l'honneur ; chiffre d'affaires des trois derniers exercices ; attestation d'assurance pour risques professionnels ; trois références d'hébergement de moins de trois ans.

9.2 Offre : acte d'engagement, bordereau des prix, détail quantitatif estimatif, cadre de réponse technique. En cas de sous-traitance présentée dès l'offre, joindre un DC4 pour chaque sous-traitant.

9.3 Les plis sont déposés sur le profil d'acheteur. Une copie de sauvegarde peut être remise au service des marchés, du lundi au vendredi de 9 h à 16 h 30. La signature n'est exigée que de l'attributaire.
Un pli parvenu après l'heure dite est écarté sans être ouvert, quelle que soit la cause du retard, sauf défaillance du profil d'acheteur constatée par son éditeur.
Lorsque plusieurs plis sont déposés par le même candidat pour un même lot, seul le dernier est retenu.

9.4 Une soutenance d'une heure, sans effet sur le contenu des offres, est organisée pour le lot A entre le 22 et le 26 février 2027. Les convocations partent cinq jours avant.

9.5 Après le classement, le candidat retenu produit dans un délai de dix jours francs les certificats fiscaux et sociaux. À défaut, son offre est rejetée et le suivant est sollicité.

Article 10 – Comment les offres sont jugées

Critère | Lots A et B | Lot C
Prix, apprécié sur le détail quantitatif estimatif | 40 % | 60 %
Valeur technique | 50 % | 40 %
  dont exploitation et astreinte | 25 % | 20 %
  dont plan de migration | 15 % | 10 %
  dont équipe dédiée | 10 % | 10 %
Sobriété des centres de données (PUE déclaré) | 10 % | –

L'appel d'offres ne donne lieu à aucune négociation. L'acheteur peut demander des précisions.

Le prix est noté par la formule : note = 40 × (offre la plus basse / offre examinée), 40 étant remplacé par 60 pour le lot C. Les autres critères sont notés de 0 à 4 par sous-critère : 0, absence de réponse ; 1, réponse insuffisante ; 2, réponse moyenne ; 3, réponse satisfaisante ; 4, réponse très satisfaisante. En cas d'égalité, l'offre la mieux notée sur l'exploitation l'emporte.
Une offre anormalement basse fait l'objet d'une demande de justification, à laquelle il est répondu sous sept jours.

Article 11 – Règlement financier

Les sommes dues sont payées par mandat administratif dans un délai global de 50 jours, délai propre aux établissements publics de santé. Financement sur ressources propres.

Article 12 – Groupements

En cas de groupement conjoint, le mandataire est solidaire de chacun des membres. Un même opérateur ne peut être mandataire de plus d'un groupement pour un même lot.

Article 13 – Litiges

Tribunal administratif de Besançon, 30 rue Charles-Nodier, 25000 Besançon.
"""

_CCAP_TELECOM = """ARDELLE NUMÉRIQUE
Syndicat mixte ouvert
Coordonnateur du groupement de commandes « Télécoms 07-26 »

MARCHÉ PUBLIC DE SERVICES
C.C.A.P.
SERVICES DE COMMUNICATIONS ÉLECTRONIQUES : VOIX FIXE, VOIX MOBILE, ACCÈS À INTERNET ET INTERCONNEXION DE SITES
Accord-cadre 2027/TEL/AC-02

1. GÉNÉRALITÉS

1.1. Objet

Le présent CCAP fixe les clauses administratives de l'accord-cadre ayant pour objet la fourniture de services de communications électroniques (voix fixe, voix mobile, accès à Internet, interconnexion de sites) aux membres du groupement de commandes dont Ardelle Numérique est le coordonnateur. Chaque membre s'assure, pour ce qui le concerne, de la bonne exécution de l'accord-cadre.

1.2. Mode de passation et forme

L'accord-cadre est passé sur appel d'offres ouvert. Il est mono-attributaire pour chaque lot et s'exécute par l'émission de bons de commande.

1.3. Lots et montants

Lot | Intitulé | Min. annuel (€ HT) | Max. annuel (€ HT)
1 | Téléphonie fixe | 30 000 | 210 000
2 | Téléphonie mobile | 45 000 | 380 000
3 | Accès à Internet à débit garanti et interconnexion | 0 | 640 000
4 | Accès à Internet à débit non garanti | 0 | 95 000

Ces montants s'entendent pour l'ensemble des membres.

1.4. Durée

L'accord-cadre prend effet le 1er mai 2027 pour une durée de deux ans. Il est renouvelable deux fois, pour un an à chaque fois, par tacite reconduction ; le coordonnateur fait connaître son intention de ne pas reconduire quatre mois avant l'échéance. Le titulaire ne peut s'y opposer.

Les bons de commande émis avant le terme s'exécutent dans la limite de six mois après celui-ci.

1.5. Pièces constitutives, par ordre de priorité

a) l'acte d'engagement et ses annexes financières ;
b) le présent CCAP ;
c) le CCTP et ses annexes (dont la liste des sites) ;
d) le CCAG applicable aux marchés publics de techniques de l'information et de la communication (CCAG-TIC), dans sa version issue de l'arrêté du 30 mars 2021 ;
e) le mémoire technique du titulaire.

2. EXÉCUTION

2.1. Lieux

Les services sont livrés sur les sites des membres énumérés à l'annexe 1 du CCTP, dans les départements de l'Ardelle et de la Basse-Drôme.

2.2. Délais de mise en service

Lot 1 : 6 semaines. Lot 2 : 3 jours ouvrés par carte SIM, 5 jours pour un terminal. Lot 3 : 12 semaines par site, ramenées à 8 semaines lorsque le site est déjà fibré. Lot 4 : 4 semaines. Ces délais courent de la réception du bon de commande.

2.3. Garantie de temps de rétablissement

Quatre heures, 24 h/24 et 7 j/7, pour le lot 3 ; huit heures ouvrées pour les lots 1 et 4.

2.4. Sous-traitants

Le titulaire peut sous-traiter le raccordement et la pose. Chaque sous-traitant est présenté par un DC4, accepté et ses conditions de paiement agréées avant toute intervention. Il est payé directement au-delà de 600 € TTC.

2.5. Confidentialité et protection du réseau

Le titulaire garde secrets les plans d'adressage et les configurations. Il signale tout incident de sécurité touchant un membre dans les 24 heures de sa découverte et tient à disposition les journaux de connexion des équipements d'administration pendant un an.

2.6. Données à caractère personnel

Les données d'abonnement et de trafic sont traitées conformément au règlement (UE) 2016/679. Pour l'annuaire et la facturation détaillée, le titulaire est sous-traitant des membres et n'agit que sur leurs instructions ; il les supprime trois mois après le terme.

2.7. Lieu de traitement

L'extranet de facturation, l'outil de supervision et leurs sauvegardes sont hébergés dans l'Union européenne. Tout déplacement est soumis à l'accord écrit du coordonnateur.

2.8. Fin de l'accord-cadre et changement d'opérateur

Pendant les trois derniers mois, le titulaire prête son concours à l'opérateur entrant : remise de l'inventaire des lignes et des configurations sous dix jours, portabilité des numéros sans interruption supérieure à quatre heures, maintien des accès en double pendant la bascule. Ce concours est compris dans les prix.

2.9. Équipements en fin de vie

Les terminaux et routeurs repris sont réemployés ou confiés à un éco-organisme agréé ; le titulaire remet chaque année le bilan des tonnages. Un terminal reconditionné est proposé pour chaque gamme du lot 2.

3. PRIX

3.1. Contenu

Les abonnements et communications sont réglés par application des prix unitaires du bordereau aux quantités réelles ; les frais d'accès du lot 3 sont forfaitaires par site.

3.2. Évolution

Les prix sont fermes la première année, puis révisés à chaque date anniversaire par application de la formule P = P0 × (0,20 + 0,80 × Sn/S0), où S est l'indice Syntec. Une hausse supérieure à 4 % ouvre au coordonnateur le droit de résilier sans indemnité la part non exécutée. Toute baisse du tarif public profite aux membres dans le mois.

3.3. Règlement

Facturation mensuelle à terme échu sur le portail public, un compte par membre. Paiement à 30 jours.

3.4. Avance

Une avance de 5 % du montant minimum annuel est versée au titulaire des lots 1 et 2, sauf renoncement. Elle passe à 20 % pour une petite ou moyenne entreprise.

3.5. Garantie financière

Il n'est pas pratiqué de retenue de garantie.

4. SANCTIONS

4.1. Pénalités

Mise en service tardive : 60 € par jour ouvré et par accès. Dépassement de la garantie de temps de rétablissement : 50 € par heure entamée (lots 1 et 4), 150 € (lot 3). Inventaire de fin remis en retard : 200 € par jour.
Les pénalités s'appliquent sans mise en demeure. Leur montant maximum est de 30 000 € HT par an et par lot, et ne peut dépasser 15 % du montant facturé l'année précédente.

4.2. Assurance

Le titulaire justifie, avant tout commencement d'exécution puis chaque 1er janvier, d'une assurance de responsabilité civile professionnelle d'au moins 3 000 000 € par sinistre.

4.3. Résiliation

Outre les cas du chapitre 8 du CCAG-TIC, le coordonnateur résilie le lot aux torts du titulaire après trois dépassements de la garantie de temps de rétablissement sur un même site en six mois, ou lorsque les pénalités d'une année atteignent leur plafond. Chaque membre peut résilier un accès à tout moment avec un préavis d'un mois.

5. DÉROGATIONS AU CCAG-TIC

L'article 1.5 déroge à l'article 4.1 ; l'article 4.1 déroge à l'article 14.1 ; l'article 2.8 déroge à l'article 38.
"""

_CCTP_LIBRARY = """# Communauté d'agglomération du Pays d'Orvanne

## Cahier des clauses techniques particulières

**Système intégré de gestion des médiathèques et portail documentaire, en mode hébergé**

*Direction de la culture — Direction des systèmes d'information — version 1.3*

---

## 1. Contexte

Le réseau de lecture publique compte quatorze médiathèques, 61 agents, 3 500 000 prêts par an et un budget d'acquisition de 450 000 € HT. Le logiciel actuel, installé en 2011, n'est plus maintenu depuis le 31 décembre 2025.

## 2. Objet

Le marché porte sur la fourniture en mode hébergé d'un système intégré de gestion des médiathèques et d'un portail documentaire, leur paramétrage, la reprise des données, la formation des agents et la maintenance.

Le marché comporte une tranche ferme (système de gestion et portail tous publics) et deux tranches optionnelles : TO1, portail jeunesse ; TO2, boîtes de retour automatisées. Il n'est pas décomposé en lots.

## 3. Sites

Les quatorze médiathèques du Pays d'Orvanne (liste et adresses en annexe A). Les formations se tiennent à la médiathèque Marguerite-Audoux, 3 rue du Vieux-Lavoir à Sainte-Orvanne.

## 4. Calendrier de mise en œuvre

| Étape | Échéance |
|---|---|
| Réunion de lancement | T0 + 15 jours |
| Reprise à blanc | T0 + 3 mois |
| Ouverture du portail | T0 + 6 mois |
| Fin de la vérification de service régulier | ouverture + 30 jours |

T0 est la date de notification. Le retard sur ces jalons est sanctionné dans les conditions du CCAP.

## 5. Exigences fonctionnelles

| Réf. | Exigence | Niveau |
|---|---|---|
| F-01 | Catalogage en UNIMARC, import et export Z39.50 et SRU | obligatoire |
| F-02 | Prêt et retour par RFID (norme ISO 28560) ou équivalent | obligatoire |
| F-03 | Réservations inter-sites, relances par courriel et SMS | obligatoire |
| F-04 | Statistiques conformes à l'enquête annuelle du ministère | obligatoire |
| F-05 | Prêt de liseuses, jeux et instruments | souhaité |
| F-06 | Portail : recherche tolérante aux fautes, facettes, avis des lecteurs modérés | obligatoire |
| F-07 | Portail : agenda des animations et inscription en ligne | obligatoire |
| F-08 | Acquisitions : suivi de commande, import des devis des libraires | obligatoire |
| F-09 | Périodiques : bulletinage prédictif | souhaité |
| F-10 | Navette entre sites : bordereaux et tournées | obligatoire |

Le titulaire indique, exigence par exigence, si elle est couverte en standard, par paramétrage ou par un développement. Une exigence obligatoire non couverte à la remise du pli rend celui-ci irrégulier.

## 6. Exigences techniques

### 6.1 Hébergement

Les serveurs de production, de secours et de sauvegarde sont situés en France. Le support de niveaux 2 et 3 peut être rendu depuis un autre État membre de l'Union européenne, jamais depuis un pays tiers.

### 6.2 Disponibilité

99,7 % par mois, de 8 h à 22 h, hors maintenance annoncée sept jours avant.

### 6.3 Sécurité

Chiffrement TLS 1.3 des échanges et chiffrement au repos ; authentification par le fournisseur d'identité de l'agglomération (SAML 2.0) ; double authentification des administrateurs ; correctifs critiques appliqués en 72 heures ; test d'intrusion annuel dont le rapport est remis. Journaux conservés douze mois.

### 6.4 Vie privée des lecteurs

L'agglomération est responsable du traitement, le titulaire sous-traitant au sens du RGPD. L'historique des prêts est anonymisé quatre mois après le retour du document. Aucun traceur tiers n'est déposé par le portail. Les violations de données sont notifiées en 24 heures.

### 6.5 Accessibilité et sobriété

Le portail atteint un taux de conformité RGAA de 90 % à l'ouverture. Il est conçu selon le référentiel général d'écoconception de services numériques ; le poids d'une page de résultats ne dépasse pas 800 ko.

### 6.6 Ouverture

Interfaces de programmation documentées, sans redevance, pour tous les objets métiers.

## 7. Reprise des données

1 240 000 exemplaires, 86 000 lecteurs, prêts en cours. Deux reprises à blanc sont exigées ; l'écart admis est de 0,1 %.

Le contrat de maintenance de l'outil actuel coûte 18 400 € TTC par an et s'achève le 31 août 2027 ; l'extraction est faite par son éditeur, à la demande de l'agglomération, dans un délai de six semaines.

## 7 bis. Conduite du projet et formation

Un comité de pilotage se réunit tous les mois, un comité technique tous les quinze jours jusqu'à l'ouverture. Le chef de projet du titulaire ne peut être remplacé sans un préavis de trois semaines et un tuilage de cinq jours.

| Public | Sessions | Durée | Effectif maximal |
|---|---|---|---|
| Administrateurs | 2 | 3 jours | 6 |
| Catalogueurs | 4 | 2 jours | 10 |
| Agents d'accueil | 6 | 1 jour | 10 |

Un environnement de formation, rafraîchi chaque mois avec des données fictives, est maintenu pendant tout le marché.

## 8. Maintenance et assistance

Bloquant : prise en compte 1 heure, correction 8 heures ouvrées. Majeur : 4 heures, 3 jours. Mineur : 1 jour, version suivante. La garantie dure douze mois après la vérification de service régulier.

## 9. Droits

Les notices, les données des lecteurs, les statistiques et les contenus éditoriaux sont la propriété de l'agglomération. Les développements spécifiques payés par elle lui sont cédés, code source compris, pour toute la durée des droits et pour tout usage, y compris la mise à disposition d'autres collectivités sous licence libre.

## 10. Sortie

Au plus tard six mois avant le terme, le titulaire remet un plan de réversibilité. Il livre sur demande, trois fois au plus, l'intégralité des données en UNIMARC et CSV, avec leur description, sous quinze jours. La destruction des copies est attestée par écrit dans les deux mois de la fin.
"""

_AE_GYM = """Commune de SAINT-FERRÉOL-LE-HAUT
Place de la Fontaine – 63999 SAINT-FERRÉOL-LE-HAUT

                              ACTE D'ENGAGEMENT
                                   (A.E.)

Consultation n° 2027-T-011

A. Objet de la consultation et de l'acte d'engagement

A.1 Objet : Rénovation énergétique du gymnase des Sorbiers

A.2 Nature :    ☒ Travaux     ☐ Fournitures     ☐ Services

A.3 Cet acte d'engagement correspond :
    ☐ à l'ensemble du marché
    ☒ au lot n° 3 de la consultation : Chauffage – Ventilation – Plomberie

A.4 Procédure :
    ☐ Appel d'offres ouvert
    ☒ Procédure adaptée ouverte (articles L. 2123-1 et R. 2123-1 1°)
    ☐ Marché sans publicité ni mise en concurrence

A.5 Forme :
    ☐ Marché ordinaire
    ☒ Marché à tranches (une tranche ferme, une tranche optionnelle)
    ☐ Accord-cadre à bons de commande

A.6 Lieu des travaux : gymnase des Sorbiers, 18 rue des Sorbiers, 63999 Saint-Ferréol-le-Haut

B. Engagement du candidat

B.1 Identification

Nom commercial et dénomination sociale : ..............................
Adresse : ..............................
SIRET : ..............................
☐ agit pour son propre compte   ☐ mandataire d'un groupement   ☐ solidaire   ☐ conjoint

B.2 Après avoir pris connaissance des pièces du marché, à savoir le CCAP n° 2027-T-011 et les documents qui y sont mentionnés, et conformément à leurs clauses, le signataire s'engage à exécuter les travaux demandés aux prix indiqués ci-dessous.

B.3 Prix

☒ Prix global et forfaitaire      ☐ Prix unitaires
☐ Ferme    ☐ Ferme actualisable    ☒ Révisable, suivant l'index BT38 et l'article 4.3 du CCAP

Mois d'établissement des prix (mois zéro) : mois de la remise de l'offre.

                                   Montant HT        TVA (20 %)       Montant TTC
Tranche ferme                      ............      ............     ............
Tranche optionnelle (vestiaires)   ............      ............     ............
PSE 1 (régulation à distance)      ............      ............     ............

Montant de l'offre en toutes lettres (tranche ferme, TTC) : ............................................

B.4 Cotraitants : répartition des prestations

Membre | Nature de la prestation | Montant HT
............ | ............ | ............

B.5 Sous-traitance

Le signataire envisage de sous-traiter une partie des travaux :   ☐ Non   ☐ Oui, voir DC4 joint(s)

B.6 Compte à créditer

IBAN : ............................    BIC : ............

B.7 Avance (article R. 2191-3)

Une avance de 10 % du montant de la tranche ferme est prévue si celui-ci dépasse 50 000 € HT.
Le titulaire renonce à l'avance :   ☐ Non   ☐ Oui

B.8 Garantie

☒ Retenue de garantie de 5 %, qui peut être remplacée par une garantie à première demande
☐ Pas de retenue de garantie

B.9 Délais

Le délai d'exécution de la tranche ferme est de 7 mois, période de préparation de 30 jours comprise, à compter de l'ordre de service de démarrage. Celui de la tranche optionnelle est de 10 semaines à compter de son affermissement, lequel intervient au plus tard 12 mois après la notification.

B.10 Durée de validité de l'offre

120 jours à compter de la date limite de réception des offres.

B.11 Insertion

Le titulaire du lot 3 s'engage à réserver 210 heures de travail à des personnes éloignées de l'emploi, dans les conditions de l'annexe « clause sociale » du CCAP.

B.12 Référence

☐ CCAG-FCS    ☒ CCAG-Travaux (arrêté du 30 mars 2021)    ☐ CCAG-PI    ☐ CCAG-TIC

B.13 Règlement

Les sommes dues sont réglées dans les trente jours de la réception de la demande de paiement par le maître d'œuvre.

B.14 Nantissement ou cession de créances

Le montant maximal de la créance que le titulaire pourra présenter en nantissement est de : .................. € TTC

☐ Copie délivrée en exemplaire unique     ☐ Certificat de cessibilité
Comptable chargé des paiements : service de gestion comptable de Haute-Combe

B.15 Pièces jointes au présent acte

☐ Annexe 1 : décomposition du prix global et forfaitaire
☐ Annexe 2 : calendrier remis par le candidat
☐ Annexe 3 : pouvoirs des cotraitants
☐ Annexe 4 : relevé d'identité bancaire

C. Signature du candidat

À ......................, le ......................

D. Décision de l'acheteur

La présente offre est acceptée.
☐ pour la tranche ferme   ☐ pour la PSE 1
À Saint-Ferréol-le-Haut, le ......................    Le Maire,

E. Notification

Reçu notification du marché le ......................

                                  ANNEXE 2
        CALENDRIER REMIS PAR LE CANDIDAT (à remplir, sans excéder les délais du B.9)

Tâche                                        | Début (semaine) | Durée (jours ouvrés)
Études d'exécution et agréments              | ............    | ............
Dépose de la chaufferie                      | ............    | ............
Réseaux et émetteurs du plateau              | ............    | ............
Centrale de traitement d'air                 | ............    | ............
Essais, réglages, mise en main               | ............    | ............

Jours d'intempéries réputés prévisibles : 12
La salle est rendue aux associations pour la rentrée du 1er septembre 2027 ; la période du 14 juillet au 15 août est neutralisée.
"""

_CCP_MEALS = """# SIVOM DES TROIS-CLOCHERS

Mairie annexe, 1 chemin du Pressoir, 49999 VAULX-SUR-ORMES

# CAHIER DES CLAUSES PARTICULIÈRES

## Fourniture et livraison de repas en liaison froide pour les restaurants scolaires

Marché de fournitures et services n° SIVOM-RS-2027

---

### Art. 1. De quoi s'agit-il ?

Le présent marché a pour objet la fourniture et la livraison de repas en liaison froide pour les trois restaurants scolaires du SIVOM et l'accueil de loisirs du mercredi.

Il prend la forme d'un accord-cadre à bons de commande passé avec un seul opérateur, après procédure adaptée (article R. 2123-1, 3° du code de la commande publique).

### Art. 2. Combien ?

| | Par an |
|---|---|
| Quantité minimale | 60 000 repas |
| Quantité maximale | 95 000 repas |

En valeur, les commandes ne peuvent excéder un million cent mille euros hors taxes (1 100 000 € HT) sur la durée totale, reconductions comprises.

### Art. 3. Pour combien de temps ?

Du 1er septembre 2027 au 31 août 2028. Le marché peut être reconduit trois fois par année scolaire, par décision écrite notifiée avant le 31 mai.

### Art. 4. Où ?

Restaurant de l'école des Vignes (Vaulx-sur-Ormes), restaurant de l'école Jean-Moulin (La Chapelle-d'Ormes), restaurant de l'école du Gué (Soulaire-le-Gué). L'accueil de loisirs est servi à l'école des Vignes.

### Art. 5. Documents du contrat

1. L'acte d'engagement et son bordereau ; 2. le présent CCP ; 3. le CCAG des marchés de fournitures courantes et de services (arrêté du 30 mars 2021) ; 4. la réponse du titulaire.

### Art. 6. Commandes et livraisons

Les effectifs sont confirmés la veille avant 10 h. Les livraisons ont lieu entre 6 h 30 et 9 h. Le titulaire s'engage sur un plan de secours en moins de 2 heures si un repas n'est pas conforme.
En cas de grève annoncée, le SIVOM peut réduire la commande jusqu'à 48 heures avant le service sans rien devoir. Un pique-nique est fourni pour les sorties, sur commande passée sept jours avant. Une réserve de 30 repas appertisés est tenue dans chaque restaurant et renouvelée tous les six mois.

Le titulaire conserve un plat témoin de chaque préparation pendant cinq jours. Les résultats des analyses, une par mois et par site, sont adressés au SIVOM dans les dix jours.

Les menus sont établis pour huit semaines, présentés à la commission restauration (trois réunions par an) et affichés une semaine à l'avance. Un repas supplémentaire, à thème, est proposé chaque trimestre au prix du repas courant.

### Art. 7. Composition des repas

Cinq composantes, un repas végétarien au moins par semaine. Les produits durables et de qualité représentent au moins 55 % de la valeur des achats, dont 25 % issus de l'agriculture biologique. Les contenants de cuisson, de réchauffe et de service en plastique sont exclus ; les bacs sont en inox et repris. Les biodéchets du titulaire sont triés et valorisés.

### Art. 8. Enfants accueillis avec un régime particulier

La liste nominative des enfants suivis pour une allergie ne peut servir qu'à la préparation des repas. Elle est transmise chiffrée, n'est accessible qu'à la diététicienne et est effacée au dernier jour de l'année scolaire (règlement général sur la protection des données, article 28).

### Art. 9. Emploi

Le titulaire confie 3 % des heures travaillées pour ce marché à des personnes en parcours d'insertion, avec l'appui du facilitateur du PLIE.

### Art. 10. Prix

Prix unitaires par catégorie de convive (maternelle, élémentaire, adulte), livraison comprise. Ils sont révisés chaque 1er septembre : P = P0 × [0,15 + 0,50 (IPPA/IPPA0) + 0,35 (ICHT/ICHT0)], IPPA étant l'indice des prix des produits alimentaires et ICHT celui du coût du travail dans l'hébergement-restauration. La hausse est plafonnée à 5 % par an.

### Art. 11. Paiement

Facture mensuelle par restaurant. Le délai global de paiement est de trente (30) jours. Aucune avance n'est versée. Il n'y a ni retenue de garantie ni cautionnement.

### Art. 12. Pénalités

| Manquement | Pénalité |
|---|---|
| Livraison après 9 h | 100 € par quart d'heure et par site |
| Repas manquant non remplacé | 15 € par repas |
| Rupture de la chaîne du froid | 1 000 € par constat |
| Part de produits biologiques non atteinte sur l'année | 2 500 € par point manquant |

Ces pénalités se cumulent et ne sont pas plafonnées.

### Art. 13. Assurance

Le titulaire est assuré pour les intoxications alimentaires à hauteur de 5 000 000 € par sinistre au moins. Il remet l'attestation avant la première livraison.

### Art. 14. Recours à des tiers

Seul le transport peut être sous-traité, après acceptation du sous-traitant par le SIVOM. La fabrication des repas ne peut l'être.

### Art. 15. Fin anticipée

Le marché est résilié aux torts du titulaire, sans indemnité, après mise en demeure restée sans effet huit jours, en cas de retrait de l'agrément sanitaire de la cuisine, ou après trois ruptures de la chaîne du froid dans une même année scolaire. Le SIVOM peut alors faire exécuter aux frais et risques du titulaire.

### Art. 16. Dérogations

| Article du CCP | Article du CCAG-FCS auquel il déroge |
|---|---|
| 5 | 4.1 |
| 12 | 14.1 |
| 15 | 41.2 |
"""

_NOTICE_AUDIT = """Avis d'appel public à la concurrence

Département(s) de publication : 79
Services

Nom et adresse officiels de l'organisme acheteur : Département de la Haute-Sèvane.
Correspondant : Mme la cheffe du service de la commande publique, hôtel du Département, 2 mail
Lucie-Aubrac 79999 Sèvane cedex, courriel : marches@haute-sevane.example, adresse internet du profil
d'acheteur : https://achats.example .
Principale(s) activité(s) du pouvoir adjudicateur : services généraux des administrations publiques.

Objet du marché : audits de sécurité et tests d'intrusion du système d'information départemental.
Catégorie de services : 7. Services informatiques et services connexes.
CPV - objet principal : 72810000.
Lieu d'exécution : hôtel du Département et sites distants, 79999 Sèvane.
Code NUTS : -FRI34.

L'avis implique l'établissement d'un accord-cadre.
Accord-cadre avec plusieurs opérateurs.
Nombre maximum de participants à l'accord-cadre envisagé : 3.
Durée de l'accord-cadre : 12 mois, renouvelable 3 fois par reconduction tacite de 12 mois.
Estimation de la valeur des prestations pour toute la durée de l'accord-cadre (H.T.) : entre 80 000 et
150 000 euros.

Caractéristiques principales :
l'accord-cadre donne lieu à des marchés subséquents, attribués après remise en concurrence des
titulaires. Il est conclu sans montant minimum et avec un montant maximum annuel de 45 000 euros H.T.
Refus des variantes.
La procédure d'achat du présent avis est couverte par l'accord sur les marchés publics de l'OMC : non.
Prestations divisées en lots : non.

Modalités essentielles de financement et de paiement : budget départemental, section de fonctionnement ;
paiement par virement administratif à 30 jours ; prix révisables annuellement ; avance de 5 % dans les
conditions de l'article R. 2191-7 du code de la commande publique.
Cautionnement et garanties exigés : aucune retenue de garantie.
Forme juridique que devra revêtir le groupement d'opérateurs économiques attributaire du marché :
conjoint avec mandataire solidaire.
Langues pouvant être utilisées dans l'offre ou la candidature : français.
Unité monétaire utilisée : l'euro.

Conditions de participation :
Capacité économique et financière : chiffre d'affaires annuel minimal de 90 000 euros sur le domaine
d'activité ; preuve d'une assurance des risques professionnels.
Référence professionnelle et capacité technique : qualification PASSI délivrée par l'ANSSI pour les
portées « test d'intrusion » et « audit organisationnel », ou équivalent ; trois audits menés dans les
trois dernières années, dont un d'au moins 20 000 euros H.T.
Marché réservé : non.
Nombre de candidats : le nombre de candidats n'est pas limité.

Critères d'attribution :
Offre économiquement la plus avantageuse appréciée en fonction des critères énoncés ci-dessous avec leur
pondération :
- méthode et pertinence des livrables : 45 % ;
- prix : 40 % ;
- profils et disponibilité de l'équipe : 15 %.

Type de procédure : procédure adaptée. L'acheteur se réserve la possibilité de négocier avec les trois
premiers ou d'attribuer sur la base des offres initiales.

Date limite de réception des offres : 29 janvier 2027, à 12 heures.
Délai minimum de validité des offres : 4 mois à compter de la date limite de réception des offres.

Autres renseignements :
Numéro de référence attribué au marché par le pouvoir adjudicateur : DSI-26-118.

Renseignements complémentaires : les questions sont posées sur le profil d'acheteur au plus tard le 19
janvier 2027. Une réponse est apportée à tous au plus tard le 22 janvier 2027.
Conditions de remise des offres ou des candidatures : par voie électronique uniquement. Les plis
parvenus par courriel sont rejetés.

Date d'envoi du présent avis à la publication : 14 décembre 2026.

Instance chargée des procédures de recours : tribunal administratif de Poitiers, 15 rue de Blossac,
86000 Poitiers.
"""

_LETTER_PRINTING = """Mairie de Plouven-an-Dour
Service communication
Affaire suivie par : A. Le Goff

À Plouven-an-Dour, le 15 février 2027

Nos réf. : COM/2027/06
Objet : lettre de consultation valant règlement de la consultation – impression du magazine municipal

Madame, Monsieur,

La commune de Plouven-an-Dour vous consulte pour l'impression, le façonnage et la livraison de son magazine municipal « Le Dour ». Cette lettre tient lieu de règlement de la consultation ; le cahier des charges technique et le bordereau des prix vous sont joints.

1/ La procédure
La consultation est menée en procédure adaptée en application de l'article L. 2123-1 du code de la commande publique. Elle n'est pas allotie : une seule machine et un seul façonnage sont en jeu.

2/ Le contrat
Le contrat est un accord-cadre à bons de commande conclu avec un seul imprimeur. Les commandes ne pourront dépasser 38 000 euros HT au total ; la commune ne s'engage sur aucun minimum.
Il commence le 1er mai 2027 et prend fin le 30 avril 2029, sans reconduction possible. Six numéros paraissent chaque année, en 4 800 exemplaires. Chaque numéro est livré dans les huit jours ouvrés du bon à tirer.
Le cahier des clauses administratives générales des fournitures courantes et services (2021) s'applique ; nous n'y dérogeons que pour les pénalités (article 14).

3/ Livraison
Les exemplaires sont livrés pour 4 500 au centre de tri postal de Kerlann et pour 300 à l'accueil de la mairie, 1 place de l'Enclos.

4/ Le papier et l'encre
Le papier est recyclé à 100 % ou issu de forêts gérées durablement (label FSC, PEFC ou équivalent), les encres sont végétales, et aucun film plastique n'est utilisé pour le routage.
Vous pouvez proposer une variante, une seule, portant sur le grammage du papier intérieur (entre 80 et 100 g).

5/ Les prix
Ils sont unitaires, par numéro et selon la pagination (24, 28 ou 32 pages), et restent fermes jusqu'à la fin du contrat. Vos factures sont payées à 30 jours. Il n'est prévu ni avance ni retenue de garantie.

6/ En cas de retard
Chaque jour ouvré de retard de livraison vous coûte 80 euros, dans la limite du prix du numéro concerné. Un numéro inutilisable est réimprimé à vos frais.

7/ Les fichiers
Les maquettes, photographies et fichiers de composition restent la propriété de la commune et sont rendus ou détruits à la fin du contrat.

8/ Votre réponse
Elle est attendue pour le vendredi 12 mars 2027 à 16 heures au plus tard, sur la plateforme https://achats.example. Vos questions nous parviennent avant le mercredi 3 mars 2027. Votre offre vous engage 90 jours.
Joignez : le bordereau rempli, une note de trois pages, deux échantillons (ceux-ci par courrier, avant la même date), un extrait K-bis et vos attestations fiscales et sociales.

9/ Notre choix
Nous classerons les offres sur 100 points : le prix (60 points), la qualité de l'impression jugée sur échantillons (25 points), l'organisation des délais (15 points). Nous négocierons ensuite, si nous l'estimons utile, avec les deux imprimeurs les mieux placés.

Nous vous remercions de l'intérêt que vous porterez à cette demande et vous prions d'agréer, Madame, Monsieur, nos salutations distinguées.

Le Maire,
"""

_CCP_CLEANING = """UNIVERSITÉ DE TECHNOLOGIE DU VAL D'YERRE (UTVY)
Direction du patrimoine et de la logistique

MARCHÉ PUBLIC DE SERVICES
DOSSIER DE CONSULTATION EN UNE SEULE PIÈCE

CAHIER DES CLAUSES PARTICULIÈRES (C.C.P.)
valant règlement de la consultation et acte d'engagement

Nettoyage des locaux et de la vitrerie des campus de l'UTVY

Référence : UTVY-27-DPL-09
Remise des offres : jeudi 18 mars 2027 – 11 h 30
Visites obligatoires : 23 février et 2 mars 2027

~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
TITRE I – RÈGLES DE LA CONSULTATION
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

I-1. Acheteur : Université de technologie du Val d'Yerre, 60 allée des Sciences, 91998 Yerre-la-Vallée.

I-2. Procédure : appel d'offres ouvert.

I-3. Lots. Deux lots :
- lot n° 1 « Campus Nord (bâtiments A à H) » ;
- lot n° 2 « Campus des Rives et résidence internationale ».
Un soumissionnaire ne peut être attributaire que d'un seul lot.

I-4. Variantes : ☐ exigées   ☐ autorisées   ☒ interdites.

I-5. Date et heure limites : les offres sont déposées sur PLACE avant le jeudi 18 mars 2027 à 11 h 30. Les questions sont closes le 8 mars 2027. Validité : 150 jours.

I-6. Contenu des offres : le présent document complété et signé au titre IV, la décomposition du prix, le mémoire, l'attestation de visite.

I-7. Attribution. Critères et pondération :

                              Lot 1     Lot 2
Prix                           45        50
Organisation et effectifs      35        30
   (heures productives)       (20)      (20)
   (encadrement)              (15)      (10)
Démarche sociale               10        10
Démarche environnementale      10        10

I-8. Pas de négociation.

~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
TITRE II – CLAUSES ADMINISTRATIVES
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

II-1. Objet. Nettoyage courant et périodique des locaux, nettoyage de la vitrerie et fourniture des consommables sanitaires des campus de l'UTVY.

II-2. Forme. Marché mixte : une part forfaitaire (nettoyage courant) et une part exécutée par bons de commande (remises en état, événements), sans minimum et avec un maximum, sur la durée totale, de 180 000 € HT pour le lot 1 et de 90 000 € HT pour le lot 2. Le forfait n'entre pas dans ces maxima.

II-3. Durée. Lot 1 : vingt-quatre mois à compter du 1er septembre 2027. Lot 2 : douze mois à compter de la même date. Le lot 1 est reconductible une fois pour vingt-quatre mois, le lot 2 trois fois pour douze mois ; la reconduction est expresse, notifiée trois mois avant l'échéance.

II-4. Textes. Le CCAG-FCS (arrêté du 30 mars 2021) s'applique, sous réserve de l'article II-15.

II-5. Prix. Forfait mensuel par bâtiment pour le nettoyage courant ; prix unitaires du bordereau pour le reste.

II-6. Révision. Une fois par an, à la date anniversaire : P = P0 (0,125 + 0,875 × ICHT-N / ICHT-N0). Pas de révision la première année.

II-7. Avance. 5 % du montant annuel du forfait ; 20 % si le titulaire est une PME.

II-8. Retenue de garantie : sans objet.

II-9. Paiement : 30 jours à compter du dépôt de la facture sur le portail de facturation.

II-10. Pénalités. Bâtiment non nettoyé : 150 € par jour. Contrôle contradictoire inférieur à 80/100 : 3 % du forfait mensuel du bâtiment ; inférieur à 70/100 : 8 %. Retard à la remise du planning : 50 € par jour. Total plafonné à 10 % du montant annuel du lot.

II-11. Personnel. Le titulaire reprend les salariés affectés au marché sortant (liste en annexe 3) dans les conditions de la convention collective. Il consacre en outre à l'insertion 900 heures par an pour le lot 1 et 400 heures par an pour le lot 2. Le travail est organisé en journée, entre 7 h et 19 h.

II-12. Assurance. Responsabilité civile couvrant les dommages corporels et matériels, 2 000 000 € par an au moins ; attestation dans les quinze jours de la notification.

II-13. Sous-traitance. Limitée à la vitrerie en hauteur ; agrément préalable de l'université.

II-14. Résiliation. Faute : après mise en demeure de dix jours (deux contrôles inférieurs à 70/100 dans le même semestre valent faute). Intérêt général : indemnité de 3 % du forfait restant dû.

II-15. Dérogations. II-10 déroge à l'article 14.1 du CCAG-FCS, II-14 aux articles 41 et 42.

~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
TITRE III – CLAUSES TECHNIQUES
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

III-1. Lieux. Campus Nord : 60 allée des Sciences, Yerre-la-Vallée. Campus des Rives : 4 quai des Rives, Yerre-la-Vallée. Résidence internationale : 9 quai des Rives.

III-2. Surfaces. 41 300 m² (lot 1) et 17 850 m² (lot 2), vitrerie 6 200 m².

III-3. Produits. Les détergents portent l'écolabel européen ou présentent des garanties équivalentes ; l'eau de Javel est proscrite ; les consommables en papier contiennent au moins 80 % de fibres recyclées ; les sacs sont triés par flux.

III-4. Fréquences. Salles de cours : quotidien. Bureaux : deux fois par semaine. Sanitaires : deux passages par jour. Vitrerie : deux fois par an, en février et en août.

III-5. Accès. Les agents portent un badge nominatif. Les badges et les clés ne quittent pas le campus ; toute perte est déclarée dans l'heure. Les locaux classés en zone à régime restrictif ne sont nettoyés que par des agents agréés par le fonctionnaire de sécurité et de défense.

~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~
TITRE IV – ENGAGEMENT (à remplir par le candidat)
~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~~

Je soussigné ........................, agissant pour ........................
m'engage pour le   ☐ lot 1   ☐ lot 2
Forfait annuel : .................. € HT, soit .................. € TTC
Je renonce à l'avance : ☐ oui ☐ non
Fait à .................., le ..................
"""

_CCAP_HIGH_SCHOOL = """RÉGION ARMANCE-LITTORAL                                   Direction de l'immobilier éducatif

Restructuration de l'internat et de la demi-pension du lycée Olympe-de-Gouges à Port-Salins

MARCHÉ PUBLIC DE TRAVAUX
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
Opération 2019-LY-077 – Marché n° 27T0415 – tous lots

Maître d'ouvrage : Région Armance-Littoral
Maître d'œuvre : groupement Atelier Ourse (mandataire) / BE Calorys
Contrôleur technique : Vigibat – Coordonnateur SPS : Prévensud – OPC : Tempora

CHAPITRE PREMIER – OBJET, LOTS, INTERVENANTS

1-1 Le présent CCAP concerne les travaux de restructuration de l'internat et de la demi-pension du
lycée Olympe-de-Gouges, 25 boulevard des Salines à Port-Salins.

1-2 Les travaux sont répartis en lots, traités par marchés séparés :

  N°    Corps d'état                                      Délai propre (à titre indicatif)
  01    Désamiantage – Démolition                                10 semaines
  02    Gros œuvre                                               22 semaines
  03    Menuiseries extérieures bois                             12 semaines
  04    Électricité – Courants faibles                           30 semaines
  05    Équipements de cuisine                                    8 semaines

1-3 Chaque marché comporte une tranche ferme (internat) et une tranche optionnelle (demi-pension).
La tranche optionnelle est affermie au plus tard quinze mois après la notification ; à défaut, le
titulaire ne reçoit aucune indemnité de dédit.

1-4 Le marché est passé en procédure adaptée, en application de l'article R. 2123-1 1° du code de
la commande publique.

CHAPITRE II – PIÈCES

2-1 Prévalent dans l'ordre : l'acte d'engagement ; le présent CCAP ; le calendrier général
d'exécution ; le CCTP du lot ; les plans ; le plan général de coordination ; le CCAG-Travaux
(arrêté du 30 mars 2021 modifié) ; la décomposition du prix, qui n'a valeur contractuelle que pour
le règlement des acomptes.

CHAPITRE III – PRIX ET RÈGLEMENT

3-1 Les ouvrages sont réglés par un prix global forfaitaire. Les prix sont réputés comprendre les
sujétions de travail en site occupé.

3-2 Les prix sont révisables mensuellement par la formule Pn = P0 × (0,15 + 0,85 × In / I0), I
étant l'index BT du corps d'état : BT01 pour le lot 01, BT06 pour le lot 02, BT19b pour le lot 03,
BT47 pour le lot 04, BT38 pour le lot 05. Le mois zéro est celui de la remise des offres.

3-3 Le délai global de paiement est de 30 jours. Les intérêts moratoires courent de plein droit,
avec l'indemnité de 40 € pour frais de recouvrement.

3-4 Une avance de 10 % est accordée sur la tranche ferme, portée à 20 % lorsque le titulaire est
une PME. Elle est garantie par une garantie à première demande lorsqu'elle dépasse 60 000 €.

3-5 Il est pratiqué une retenue de garantie de 5 %, ramenée à 3 % lorsque le titulaire est une
PME. Elle peut être remplacée par une garantie à première demande ; la caution personnelle et
solidaire n'est pas admise.

3-6 Le sous-traitant est accepté et ses conditions de paiement agréées par le maître d'ouvrage,
vingt et un jours au moins avant son intervention. La sous-traitance du retrait de l'amiante est
interdite, en application de l'article L. 2193-3 (tâches essentielles).

CHAPITRE IV – DÉLAIS ET PÉNALITÉS

4-1 Le délai d'exécution de l'ensemble des lots est de quatorze mois pour la tranche ferme et de
neuf mois pour la tranche optionnelle, à compter de l'ordre de service propre à chacune. Une
période de préparation de deux mois, non comprise dans ces délais, les précède.

4-2 Le titulaire en retard sur le délai d'exécution encourt, par jour calendaire, une pénalité de
1/2000 du montant hors taxes de son marché, sans pouvoir être inférieure à 250 €. Absence à une
réunion de chantier : 120 €. Retard dans la remise du dossier des ouvrages exécutés : 200 € par
jour. Le plafond de 10 % du CCAG-Travaux ne s'applique pas.

4-3 Il n'est pas prévu de prime d'avance.

CHAPITRE V – CHANTIER

5-0 Organisation. Le maître d'œuvre notifie les ordres de service ; le titulaire qui conteste l'un
d'eux le fait par écrit dans les quinze jours. Les réunions se tiennent le mardi à 9 h. Les
échantillons et fiches techniques sont soumis au visa quatre semaines avant commande ; le visa est
rendu en dix jours. Le lot 02 installe et entretient la base vie ; les dépenses communes sont
réparties au compte prorata, tenu par le même lot, sans que la part d'un titulaire excède 1,5 % du
montant de son marché.
Le panneau de chantier, conforme à la charte de la Région, est posé dans les dix jours de l'ordre
de service. Les essais acoustiques sont faits par un laboratoire au choix du maître d'ouvrage :
trois points de mesure, dont deux de nuit.

5-1 Sécurité. L'opération relève de la deuxième catégorie ; le coordonnateur SPS tient le
registre-journal. Chaque entreprise remet son PPSPS trente jours avant d'intervenir. Le site reste
occupé par les élèves : les livraisons sont interdites de 7 h 30 à 8 h 30 et de 16 h 30 à 17 h 30.

5-2 Déchets. Chaque titulaire trie en six flux, trace ses bordereaux et valorise au moins 70 % de
la masse de ses déchets non dangereux. Les menuiseries déposées sont proposées au réemploi avant
toute mise en décharge. Les bois proviennent de forêts gérées durablement.

5-3 Insertion.

  Lot    Heures à réaliser (tranche ferme)
  02     1 400
  04       650

La levée de ces heures est suivie par le facilitateur de la maison de l'emploi ; l'heure non
réalisée par la faute du titulaire lui coûte 60 €.

5-4 Assurances. Le titulaire justifie, avant tout commencement, d'une assurance de responsabilité
civile et d'une assurance de responsabilité décennale (articles 1792 et suivants du code civil).
Le maître d'ouvrage souscrit une assurance dommages-ouvrage.

CHAPITRE VI – RÉCEPTION, GARANTIES, FIN

6-1 La réception est prononcée lot par lot à l'achèvement de chaque tranche. Le délai de garantie
de parfait achèvement est d'un an.
Les réserves sont levées dans les trente jours ; au-delà, le maître d'ouvrage peut y faire
pourvoir. Les équipements de cuisine (lot 05) bénéficient d'une garantie de bon fonctionnement de
deux ans et d'une garantie contractuelle de pièces de cinq ans. Le dossier des ouvrages exécutés
est remis sous forme de maquette numérique (IFC) et de documents PDF, dix jours avant les
opérations préalables.

6-2 Résiliation. Les articles 49 à 53 du CCAG-Travaux s'appliquent. En cas de résiliation pour
motif d'intérêt général, l'indemnité est fixée à 4 % du montant non exécuté de la tranche
affermie. En cas d'inexactitude des attestations sociales, le marché est résilié aux torts du
titulaire.

CHAPITRE VII – DÉROGATIONS

  CCAP      déroge au CCAG-Travaux
  2-1       article 4.1
  4-1       article 28.1
  4-2       articles 19.2.1 et 19.2.2
  6-2       article 50.4
"""

_RC_CENTRAL = """CAPSUD TERRITOIRES — centrale d'achat
Groupement d'intérêt public

R È G L E M E N T   D E   L A   C O N S U L T A T I O N
Phase « candidatures »

Consultation 26-CAP-0311
Postes de travail reconditionnés et services associés

────────────────────────────────────────
Remise des candidatures : vendredi 5 mars 2027, 12 h 00 (heure de Paris)
────────────────────────────────────────

Sommaire
1. La centrale et ses bénéficiaires ....... 2
2. Le besoin .............................. 2
3. L'accord-cadre ......................... 3
4. La procédure ........................... 4
5. Les candidatures ....................... 4
6. Le jugement ............................ 5

1. La centrale et ses bénéficiaires

CAPSUD Territoires est une centrale d'achat au sens de l'article L. 2113-2 du code de la commande publique. Elle passe l'accord-cadre ; les bénéficiaires (communes, EPCI, établissements d'enseignement, environ 420 adhérents, liste en annexe 2) passent et exécutent les marchés subséquents. Un adhérent peut rejoindre la liste en cours d'exécution dans la limite du maximum.

2. Le besoin

2.1. La consultation a pour objet la fourniture de postes de travail informatiques reconditionnés (fixes, portables, écrans) et de services associés : préparation, livraison, garantie, reprise.

2.2. Trois lots :

| Lot | Intitulé | Maximum pour 4 ans, en euros HT |
|---|---|---|
| 1 | Postes fixes et écrans | 6 000 000 |
| 2 | Ordinateurs portables | 9 500 000 |
| 3 | Reprise et effacement des parcs sortants | 1 200 000 |

Aucun lot ne comporte de minimum. L'atteinte du maximum met fin à l'accord-cadre.

2.3. Les livraisons ont lieu dans les sites des bénéficiaires, en régions Occitanie et Provence-Alpes-Côte d'Azur.

2.4. Marché public de fournitures (CPV 30213000-5), à titre accessoire de services.

3. L'accord-cadre

3.1. Pour les lots 1 et 2, l'accord-cadre est attribué à quatre opérateurs, sous réserve d'un nombre suffisant d'offres ; pour le lot 3, à un seul. Il s'exécute par marchés subséquents (lots 1 et 2) et par bons de commande (lot 3).

3.2. L'accord-cadre dure quatre ans à compter de sa notification, sans reconduction. Les marchés subséquents peuvent être conclus jusqu'au dernier jour ; leur durée propre n'excède pas trois ans et ne peut se poursuivre plus de douze mois après le terme de l'accord-cadre.

3.3. Remise en concurrence : les quatre titulaires sont consultés par écrit ; ils disposent de dix jours pour répondre. Le marché subséquent va à l'offre la mieux classée selon trois critères : prix (70 %), délai de livraison (20 %), durée de garantie (10 %).

3.4. Variantes : elles ne sont pas autorisées, ni au stade de l'accord-cadre ni à celui des marchés subséquents.

3.5. Chaque matériel livré est issu du réemploi ou de la réutilisation ; il porte un indice de réparabilité et son emballage est repris. Le titulaire déclare chaque année les émissions évitées.

3.6. Pour le lot 3, les supports sont effacés selon un procédé certifié et un certificat est remis pour chaque numéro de série ; les supports qui ne peuvent l'être sont détruits en présence du bénéficiaire.

3.7. Une part de 8 % au moins des heures de préparation et de démontage est confiée à des entreprises adaptées ou à des structures d'insertion.

4. La procédure

4.1. Procédure avec négociation (articles L. 2124-3 et R. 2124-3 3°). La centrale retient six candidats au plus par lot, puis les invite à remettre une offre initiale. La date limite de remise des offres initiales figurera dans l'invitation ; elle ne sera pas inférieure à trente jours après l'envoi de celle-ci.

4.2. La négociation porte sur les engagements de service, les gammes et les prix. La centrale peut attribuer sans négocier, comme l'avis de marché l'annonce.

4.3. Questions : jusqu'au vendredi 19 février 2027 inclus. Réponses : six jours au moins avant la date limite de remise des candidatures.

4.4. Calendrier prévisionnel, donné sans engagement :

| Étape | Période |
|---|---|
| Envoi des invitations | semaine du 5 avril 2027 |
| Offres initiales | mi-mai 2027 |
| Séances de négociation (une ou deux par candidat) | du 7 au 25 juin 2027 |
| Offres finales | début juillet 2027 |
| Notification | octobre 2027 |

4.5. Les dépenses des adhérents pour des matériels comparables se sont élevées à 3,1 millions d'euros TTC en 2024 et à 3,6 millions en 2025.

5. Les candidatures

5.1. Elles sont déposées sur https://achats.example, en français. Le DUME est accepté.

5.2. Pièces : déclaration de chiffre d'affaires (minimum exigé : 1,5 million d'euros pour le lot 1, 2 millions pour le lot 2, 250 000 pour le lot 3) ; références de volumes ; description de l'atelier de reconditionnement ; attestation d'assurance des risques professionnels.

5.3. Sélection : références (50 points), capacité de l'atelier (30 points), effectifs (20 points). Les six premiers sont admis.

5.4. Groupement : aucune forme n'est imposée ; un opérateur ne peut appartenir à deux groupements pour le même lot.

5.5. Une copie de sauvegarde peut être adressée au 12 rue des Mégisseries, 30998 Nemosa, sous pli portant la mention « copie de sauvegarde – 26-CAP-0311 ».

5.6. Un candidat placé en redressement judiciaire joint la copie du jugement. Celui qui s'appuie sur les moyens d'une autre entreprise en apporte l'engagement écrit.

6. Le jugement des offres

L'accord-cadre est attribué aux offres économiquement les plus avantageuses :

| Critère | Lots 1 et 2 | Lot 3 |
|---|---|---|
| Prix des scénarios de commande | 35 | 50 |
| Qualité du reconditionnement et garantie | 40 | – |
| Traçabilité de l'effacement | – | 35 |
| Performance environnementale et sociale | 25 | 15 |

Tribunal compétent : tribunal administratif de Montpellier.
"""

_CCAP_CLOUD = """AGENCE DES ARCHIVES DU LITTORAL
Établissement public administratif

                 CCAP

      SERVICES D'INFORMATIQUE EN NUAGE
      POUR LA CONSERVATION DES ARCHIVES NUMÉRIQUES

      Accord-cadre de services — n° AAL-2027-014

ARTICLE 1 – PRÉAMBULE ET OBJET
L'Agence conserve 2,4 pétaoctets d'archives, dont une part est communicable après cinquante ans. L'accord-cadre a pour objet la fourniture de services d'informatique en nuage (calcul, stockage objet, bases de données managées) destinés à la conservation et à la diffusion des archives numériques de l'Agence, ainsi que l'assistance à leur emploi.

ARTICLE 2 – FORME ET MONTANT
L'accord-cadre est conclu avec un titulaire unique ; il est exécuté par bons de commande. Il n'est assorti d'aucun minimum. Son maximum, toutes périodes confondues, est fixé à quatre millions huit cent mille euros hors taxes. Il n'est pas alloti, les services étant indissociables au sens de l'article L. 2113-11.

ARTICLE 3 – DURÉE
L'accord-cadre court à compter de sa notification pour deux (2) ans. L'Agence peut le reconduire deux (2) fois pour un (1) an ; à défaut de décision contraire notifiée deux mois avant l'échéance, la reconduction est acquise. La phase d'initialisation est de quatre mois. Une archive déposée est conservée au moins jusqu'à la fin de la période en cours.

ARTICLE 4 – DOCUMENTS APPLICABLES
4.1 Dans l'ordre décroissant d'importance : acte d'engagement ; CCAP et son annexe « traitement de données » ; CCTP ; CCAG-TIC en vigueur (arrêté du 30 mars 2021) ; offre du titulaire.
4.2 Les conditions générales, conditions d'utilisation et politiques en ligne du titulaire ou de ses fournisseurs sont réputées non écrites, quel que soit le moment où l'Agence les accepte par un clic.

ARTICLE 5 – IMPLANTATION ET DROIT APPLICABLE
5.1 Les données, leurs copies, les métadonnées et les journaux sont stockés et traités exclusivement sur le territoire de l'Union européenne. L'administration, la supervision et le support sont assurés depuis ce même territoire.
5.2 Le service est qualifié SecNumCloud par l'ANSSI, version 3.2, ou présente un niveau de protection équivalent que le titulaire démontre exigence par exigence, notamment quant à la protection contre l'accès des autorités d'États tiers.
5.3 Le titulaire informe l'Agence sans délai de toute demande d'accès émanant d'une autorité étrangère et s'y oppose par les voies de droit.

ARTICLE 6 – SÉCURITÉ
Les données sont chiffrées au repos avec des clés dont l'Agence garde seule la maîtrise. Le titulaire produit chaque année son certificat ISO/IEC 27001 et le rapport de l'audit de surveillance ; il notifie l'incident dans les douze heures. L'Agence peut auditer ou faire auditer, avec un préavis de quinze jours.

ARTICLE 7 – DONNÉES PERSONNELLES
Les parties respectent le règlement général sur la protection des données. Le titulaire agit comme sous-traitant ; l'annexe décrit les traitements, les catégories de personnes et les durées. Aucun sous-traitant ultérieur n'est recruté sans autorisation écrite préalable.

ARTICLE 8 – PRIX
8.1 Les services sont payés à l'usage, par application des prix unitaires du catalogue remis avec l'offre, après remise de taux ferme. Le trafic sortant n'est pas facturé. L'assistance est commandée en unités d'œuvre à prix forfaitaire.
8.2 Le catalogue peut être mis à jour une fois par an. La hausse d'un prix ne peut excéder l'évolution de l'indice Syntec sur douze mois ni 3 %. Les baisses sont répercutées aussitôt.

ARTICLE 9 – PAIEMENT
Relevé de consommation au plus tard le 5 du mois suivant ; paiement dans les trente jours de la réception de la facture. L'avance est de 20 % du montant de chaque bon de commande supérieur à 50 000 € HT. Il n'est pas constitué de retenue de garantie.

ARTICLE 10 – NIVEAUX DE SERVICE ET PÉNALITÉS
| Engagement | Seuil | Pénalité (en % de la facture mensuelle du service) |
| Disponibilité du stockage | < 99,95 % | 5 % |
| | < 99,5 % | 15 % |
| Restitution d'une archive froide | > 12 h | 1 % par heure |
| Remise du plan de réversibilité | par semaine de retard | 2 % |
Le cumul est plafonné à 20 % de la facture mensuelle. La perte définitive d'une archive donne lieu à une pénalité de 2 000 € par fichier, non plafonnée.

ARTICLE 11 – SOUS-TRAITANCE
Toute sous-traitance est déclarée. Le titulaire ne peut sous-traiter l'exploitation du stockage des fonds non communicables. Le sous-traitant est soumis à l'article 5.

ARTICLE 12 – PROPRIÉTÉ
Les archives, métadonnées, gabarits de déploiement et scripts écrits pour l'Agence lui appartiennent. Pour les résultats protégeables, les droits patrimoniaux lui sont cédés à titre non exclusif, dans les conditions de l'article 46 du CCAG-TIC.

ARTICLE 13 – SORTIE
Le plan de réversibilité est remis six mois après la notification et révisé chaque année. Au terme, quelle qu'en soit la cause, le titulaire restitue données et métadonnées par les interfaces standard (S3 ou équivalent, SIP/SEDA) dans un délai de quatre mois pendant lequel le service est maintenu aux prix en cours ; les transferts sont gratuits. L'effacement est certifié sous trente jours.

ARTICLE 14 – ENVIRONNEMENT
Le titulaire publie chaque trimestre l'empreinte carbone des services consommés, méthode à l'appui. L'indicateur d'efficacité énergétique (PUE) des centres utilisés est inférieur à 1,35.

ARTICLE 15 – RESPONSABILITÉ ET ASSURANCE
Le titulaire est couvert par une police de responsabilité civile professionnelle, volet cyber compris, de 5 millions d'euros par an. Attestation à la notification puis chaque année.

ARTICLE 16 – RÉSILIATION
L'Agence résilie sans indemnité, en tout ou partie, lorsque la qualification de l'article 5.2 est perdue et n'est pas rétablie en quatre mois, lorsque le contrôle du titulaire change dans des conditions qui l'exposent au droit d'un État tiers, ou en cas de fausse déclaration. Les articles 47 à 54 du CCAG-TIC s'appliquent pour le reste.

ARTICLE 17 – DÉROGATIONS
4.1 déroge à l'article 4.1 du CCAG-TIC ; 10 aux articles 14.1 et 14.2 ; 12 à l'article 46 (option) ; 16 à l'article 51.
"""

_AE_FIRE_BRIGADE = """SERVICE DÉPARTEMENTAL D'INCENDIE ET DE SECOURS DE L'AUBRELLE
1 rue du Centre-de-Secours, 12999 AUBRELLE

ACTE D'ENGAGEMENT

Accord-cadre n° SDIS-2027-LOG-005
LOGICIEL DE GESTION FINANCIÈRE ET PRESTATIONS ASSOCIÉES

Article 1 : Parties
Entre le SDIS de l'Aubrelle, représenté par la présidente de son conseil d'administration, d'une part,
et le titulaire désigné ci-après, d'autre part :
Raison sociale : ______________________  Forme juridique : ______________________
Siège : ______________________  N° SIRET : ______________________  Effectif : ______

Article 2 : Objet de l'engagement
Le titulaire s'engage à fournir une licence d'usage d'un logiciel de gestion financière, à l'installer sur les serveurs du SDIS, à reprendre les données, à former les utilisateurs et à assurer la maintenance.
L'engagement porte sur la totalité des prestations : la consultation ne comporte qu'un lot.

Article 3 : Nature du contrat
Marché public de services. Accord-cadre mono-attributaire à bons de commande, passé selon la procédure adaptée prévue au 1° de l'article R. 2123-1 du code de la commande publique.

Article 4 : Montants
Le montant des commandes, pour la durée de l'article 5 (période initiale), est compris entre :
 – un minimum de quarante mille euros (40 000,00 €) hors taxes ;
 – un maximum de cent quarante mille euros (140 000,00 €) hors taxes, soit 168 000,00 € toutes taxes comprises.
Ces montants sont identiques pour la période de reconduction.

Montant du détail quantitatif estimatif (non contractuel), à remplir par le candidat :
HT : ______________ €    TVA : ______________ €    TTC : ______________ €

Article 5 : Durée
Deux ans à compter de la date fixée par l'ordre de service n° 1, lequel ne peut être postérieur au 30 juin 2027. Une reconduction, de deux ans également, peut intervenir ; elle est tacite.

Article 6 : Délais
La mise en ordre de marche est prononcée au plus tard 90 jours après l'ordre de service n° 1. Proposition du candidat, si elle est plus courte : ______ jours.

Article 7 : Prix
Les prix sont ceux du bordereau des prix unitaires joint, complété par le candidat. La maintenance est réglée par un forfait annuel. Ils sont réputés fermes pendant douze mois puis révisés selon l'article 8 du CCAP.

Article 8 : Références contractuelles
☐ CCAG-FCS        ☒ CCAG-TIC, arrêté du 30 mars 2021        ☐ autre : ______

Article 9 : Règlement
Délai : 30 jours. Comptable assignataire : le payeur départemental.
Domiciliation : IBAN ______________________

Article 10 : Avance
☐ Le titulaire refuse l'avance.
☐ Le titulaire accepte l'avance, au taux de 20 % prévu au CCAP.

Article 11 : Groupement
☐ solidaire   ☐ conjoint, mandataire : ______________________

Article 12 : Lieu
Les prestations sont exécutées à l'état-major du SDIS, 1 rue du Centre-de-Secours à Aubrelle, et à distance pour la maintenance.

Article 13 : Origine des moyens de télémaintenance
Le titulaire déclare le pays depuis lequel la télémaintenance est assurée : ______________________

Article 14 : Validité
L'offre est maintenue cinq mois à compter de la date limite de réception des plis.

Article 15 : Décision
Est acceptée la présente offre pour valoir acte d'engagement :
☐ solution de base seule     ☐ avec l'option « dématérialisation des bons de commande »

Article 16 : Notification
La notification consiste en la remise d'une copie du présent acte, par le profil d'acheteur. Elle a été faite le ______________

Fait en un seul original, à ______________ le ______________
Le candidat :                                  Pour le SDIS, la Présidente :

ANNEXE À L'ACTE D'ENGAGEMENT
Bordereau des prix (colonnes 3 et 4 à remplir)

N° | Désignation | Unité | Prix en € HT
1 | Licence d'usage, 45 utilisateurs nommés | forfait | ______
2 | Utilisateur nommé supplémentaire | unité | ______
3 | Installation sur deux serveurs et paramétrage | forfait | ______
4 | Reprise des exercices 2022 à 2026 | exercice | ______
5 | Formation, groupe de 8 agents | journée | ______
6 | Interface avec le logiciel de paie | forfait | ______
7 | Maintenance corrective et évolutive | an | ______
8 | Journée d'expertise, sur site | journée | ______
9 | Journée d'expertise, à distance | journée | ______

Quantités du détail estimatif pour deux ans : n° 1 : 1 ; n° 2 : 10 ; n° 3 : 1 ; n° 4 : 5 ; n° 5 : 9 ; n° 6 : 1 ; n° 7 : 2 ; n° 8 : 12 ; n° 9 : 20.
"""

_CCTP_ROAD = """                                  MAÎTRE D'OUVRAGE
                          COMMUNE DE VERNOUX-LES-BAINS
                               Hôtel de ville, 42998

              REQUALIFICATION DE LA PLACE DE L'ANCIENNE GARE

                     Lot n° 2 – Espaces verts et arrosage

          C.C.T.P. (cahier des clauses techniques particulières)

Maître d'œuvre : Studio Paysan & Associés, 8 rue Basse, 69999 LYRE – affaire n° 21-0458 – indice C – 03/11/2026

00  GÉNÉRALITÉS

00.01  Nature de l'opération
L'opération consiste en la requalification de la place de l'Ancienne-Gare : démolition de l'enrobé, plantation de 74 arbres, création d'un jardin de pluie et de son réseau d'arrosage. Les travaux du présent lot commencent après la livraison des fosses par le lot n° 1.

00.02  Situation
Place de l'Ancienne-Gare, à l'angle de l'avenue Thermale, à Vernoux-les-Bains.

00.03  Corps d'état
Lot n° 1 – Terrassement, voirie et réseaux divers
Lot n° 2 – Espaces verts et arrosage
Lot n° 3 – Mobilier urbain et éclairage

00.04  Connaissance des lieux
L'entrepreneur est réputé s'être rendu sur place. Le prix du lot est global et forfaitaire : aucune erreur de quantité dans la DPGF ne donne lieu à supplément.

00.05  Hygiène et sécurité
Le chantier est soumis à coordination SPS de niveau 3. L'entrepreneur établit un plan particulier simplifié et balise les accès piétons. Les DICT sont à sa charge.

00.06  Déchets et ressources
Les souches et rémanents sont broyés et réemployés en paillage sur place. Les terres végétales sont issues du site ou d'un rayon de 30 km. Aucun produit phytopharmaceutique n'est employé. La tourbe est proscrite dans les substrats.

00.07  Période d'exécution
Plantations entre le 15 novembre et le 15 mars, hors gel. L'abattage est interdit du 1er avril au 31 juillet (nidification).

01  FOSSES ET SUBSTRATS

01.01  Mélange terre-pierre
60 % de pierres 40/80, 40 % de terre végétale amendée. Compactage par couches de 30 cm, contrôle à la plaque : EV2 supérieur à 40 MPa.

01.02  Terre végétale
Analyse fournie avant approvisionnement : pH 6,5 à 7,5, matière organique 3 à 5 %.

02  VÉGÉTAUX

02.01  Provenance
Les sujets sont élevés en pépinière depuis deux saisons au moins, accompagnés de leur passeport phytosanitaire. Marquage en pépinière en présence du maître d'œuvre.

02.02  Liste

Réf. | Espèce | Force | Quantité
A1 | Acer campestre | 20/25 | 22
A2 | Celtis australis | 20/25 | 18
A3 | Quercus cerris | 25/30 | 12
A4 | Zelkova serrata | 18/20 | 22

02.03  Garantie de reprise
Les végétaux sont garantis deux ans à compter du constat d'exécution. Les sujets morts sont remplacés à la saison suivante ; la garantie repart alors pour un an.

02.04  Confortement
Les travaux de parachèvement durent jusqu'au constat de reprise ; ceux de confortement couvrent les vingt-quatre mois suivants et comprennent douze arrosages par saison.

03  ARROSAGE

03.01  Réseau
Tube PEHD 32 mm, goutteurs enterrés 2,3 l/h, filtre 130 microns, disconnecteur.

03.02  Programmateur
Commande autonome à pile, consultable par radio. Le logiciel de consultation fonctionne sans abonnement.

03.03  Essais
Épreuve à 6 bars pendant deux heures en présence du maître d'œuvre. Le dossier des ouvrages exécutés est remis en trois exemplaires dans le mois de la réception.

04  JARDIN DE PLUIE

04.01  Décaissement
Profondeur moyenne 60 cm, pentes à 3 pour 1. Les matériaux extraits par le lot n° 1 sont laissés en cordon ; leur reprise appartient au présent lot.

04.02  Substrat filtrant
Sable 0/4 : 50 % ; compost criblé à 10 mm : 20 % ; terre végétale : 30 %. Perméabilité mesurée en place comprise entre 1.10-5 et 1.10-4 m/s ; trois essais, dont un après le premier hiver.

04.03  Plantes
Godets de 9 cm, 6 au mètre carré : Carex, Iris, Lythrum, Deschampsia. Surface : 412 m².

04.04  Trop-plein
Regard béton 60 × 60, grille C250, raccordé par le lot n° 1.

05  GAZONS ET PRAIRIES

05.01  Semis
Prairie rustique, 12 g/m², 1 860 m². Semis de septembre à octobre ; une tonte haute à la levée, puis deux fauches par an.

05.02  Constat
Le taux de couverture constaté au bout de huit mois est d'au moins 85 %. En deçà, le regarnissage est fait sans supplément.

06  BORDEREAU DES ESSAIS À CHARGE DE L'ENTREPRENEUR

Essai | Nombre | Stade
Plaque sur mélange terre-pierre | 8 | avant plantation
Perméabilité du substrat filtrant | 3 | avant plantation, puis premier hiver
Analyse de terre végétale | 2 | avant approvisionnement
Épreuve du réseau d'arrosage | 1 | avant remblai

Studio Paysan & Associés – 21-0458 – indice C – page 5/5
"""

_NOTICE_TED = """Avis de marché – directive générale, régime ordinaire

1. Acheteur
1.1 Acheteur
Nom officiel : Syndicat interurbain des mobilités de Valserine (SIMV)
Forme juridique de l'acheteur : Organisme de droit public
Activité du pouvoir adjudicateur : Services publics généraux

2. Procédure
2.1 Procédure
Titre : Exploitation et maintenance du système billettique et du parc de distributeurs
Description : Maintenance corrective et évolutive du système billettique, exploitation des distributeurs automatiques de titres et tierce maintenance de l'application mobile.
Identifiant de la procédure : 5b7e1c90-0000-4c1e-9d7a-aaaaaaaa0027
Identifiant interne : SIMV-2026-BIL-21
Type de procédure : Ouverte
La procédure est accélérée : non
2.1.1 Objet
Nature principale du marché : Services
Nomenclature principale (cpv) : 50324100 Services de maintenance de systèmes
2.1.2 Lieu d'exécution
Adresse postale : Dépôt des Granges, 17 route de Genis
Ville : Bellevaux-Valserine
Code postal : 01998
Pays : France
2.1.3 Valeur
Valeur maximale de l'accord-cadre : 3 200 000,00 Euro
2.1.4 Informations générales
Base juridique : Directive 2014/24/UE

5. Lot
5.1 Lot : LOT-0001
Titre : Système billettique et application mobile
Description : Tierce maintenance applicative, supervision, hébergement des environnements.
Identifiant interne : BIL-1
5.1.1 Objet
Nature principale du marché : Services
Options : description des options : prestations similaires (article R. 2122-7)
5.1.3 Durée estimée
Durée : 36 Mois
5.1.4 Renouvellement
Nombre maximum de renouvellements : 1
L'acheteur se réserve le droit d'effectuer des achats supplémentaires : renouvellement de 12 mois
5.1.5 Valeur
Valeur maximale de l'accord-cadre : 2 350 000,00 Euro
5.1.6 Informations générales
Participation réservée : La participation n'est pas réservée.
Marché également adapté aux petites et moyennes entreprises : non
5.1.10 Critères d'attribution
Critère : Type : Prix – Nom : Prix – Pondération (pourcentage, valeur exacte) : 40
Critère : Type : Qualité – Nom : Valeur technique – Pondération (pourcentage, valeur exacte) : 60
5.1.11 Documents de marché
Date limite de demande d'informations complémentaires : 04/01/2027 18:00:00 (UTC+1)
Adresse des documents de marché : https://achats.example/simv-2026-bil-21
5.1.12 Conditions du marché public
Conditions de présentation :
Présentation par voie électronique : Requise
Variantes : Non autorisée
Les soumissionnaires peuvent présenter plusieurs offres : Non autorisée
Date limite de réception des offres : 14/01/2027 12:00:00 (UTC+1)
Durée de validité de l'offre : 6 Mois
Informations relatives à l'ouverture publique : Date d'ouverture : 15/01/2027 09:00:00 (UTC+1)
Conditions du contrat :
Le marché doit être exécuté dans le cadre de programmes d'emplois protégés : Non
Facturation en ligne : Requise
Arrangement financier : Paiement à 30 jours. Prix révisables.
5.1.15 Techniques
Accord-cadre : Accord-cadre, sans remise en concurrence
Nombre maximal de participants : 1
Système d'acquisition dynamique : Pas de système d'acquisition dynamique

5.1 Lot : LOT-0002
Titre : Distributeurs automatiques de titres
Description : Maintenance préventive et corrective de 46 distributeurs, collecte exclue.
Identifiant interne : BIL-2
5.1.3 Durée estimée
Durée : 48 Mois
5.1.5 Valeur
Valeur maximale de l'accord-cadre : 850 000,00 Euro
5.1.10 Critères d'attribution
Critère : Type : Prix – Nom : Prix – Pondération (pourcentage, valeur exacte) : 55
Critère : Type : Qualité – Nom : Délais d'intervention – Pondération (pourcentage, valeur exacte) : 45
5.1.12 Conditions du marché public
Variantes : Non autorisée
Date limite de réception des offres : 14/01/2027 12:00:00 (UTC+1)
5.1.15 Techniques
Accord-cadre : Accord-cadre, sans remise en concurrence
Nombre maximal de participants : 1

8. Organisations
8.1 ORG-0001
Nom officiel : Syndicat interurbain des mobilités de Valserine (SIMV)
Numéro d'enregistrement : 000 000 000 00000
Adresse postale : 2 place de la Halle
Ville : Valserine
Rôles de cette organisation : Acheteur
8.1 ORG-0002
Nom officiel : Tribunal administratif de Lyon
Rôles de cette organisation : Organisation chargée des procédures de recours

11. Informations relatives à l'avis
Identifiant/version de l'avis : 7d2f0a11-0000-4d3b-8e55-bbbbbbbb0027 - 01
Type de formulaire : Mise en concurrence
Date d'envoi de l'avis : 09/12/2026
Numéro de publication de l'avis : 000000-2026
"""

PIECES: dict[str, tuple[str, Stated]] = {
    "RC hebergement sante.txt": (
        _RC_HEALTH_HOSTING,
        {
            "objet": (r"(?i)h[ée]bergement infog[ée]r[ée]", r"(?i)dossier patient"),
            "acheteur": r"(?i)bourg-l.[ée]tang",
            "numero_consultation": "GHT-2027-INF-03",
            "type_marche": "(?i)service",
            "forme": ("(?i)accords?.cadre", "(?i)bons? de commande|seul titulaire|mono"),
            "procedure": "(?i)appel d.offres ouvert",
            "lots": ("(?i)dossier patient", "(?i)applications de gestion", "(?i)sauvegarde externalis"),
            "duree_initiale": r"(?i)(trente.six|36)\W{0,4}mois",
            "reconductions": ("(?i)deux|2", r"(?i)(six|6)\W{0,4}mois"),
            "montant_minimum_ht": r"400\s?000",
            "montant_maximum_ht": (r"2\s?600\s?000", r"750\s?000", r"310\s?000"),
            "date_limite_remise": (r"(?i)8 février 2027|0?8/02/2027|2027-02-08", r"(?i)12\s?[h:]"),
            "criteres_attribution": (r"40\s?%", r"50\s?%", r"60\s?%", "(?i)prix", "(?i)technique"),
            "variantes": r"(?i)\bpas\b|non|interdit|aucune|refus",
            "delai_paiement": r"(?i)(50|cinquante)\W{0,4}jours",
            "lieu_execution": "(?i)locaux du titulaire|cinq [ée]tablissements|Jura",
            "localisation_hebergement": "(?i)espace [ée]conomique europ[ée]en|EEE",
            "securite": "(?i)HDS|assurance s[ée]curit[ée]",
        },
    ),
    "CCAP telecom.txt": (
        _CCAP_TELECOM,
        {
            "objet": "(?i)communications [ée]lectroniques",
            "acheteur": "(?i)ardelle num[ée]rique",
            "numero_consultation": "2027/TEL/AC-02",
            "type_marche": "(?i)service",
            "forme": ("(?i)accord.cadre", "(?i)bons? de commande|mono"),
            "procedure": "(?i)appel d.offres ouvert",
            "lots": (
                "(?i)t[ée]l[ée]phonie fixe",
                "(?i)t[ée]l[ée]phonie mobile",
                "(?i)d[ée]bit garanti",
                "(?i)non garanti",
            ),
            "duree_initiale": r"(?i)(deux|2)\W{0,4}ans|24\W{0,4}mois",
            "reconductions": ("(?i)deux fois|2", r"(?i)\b(un|1) an\b|12 mois"),
            "montant_minimum_ht": (r"30\s?000", r"45\s?000"),
            "montant_maximum_ht": (r"210\s?000", r"380\s?000", r"640\s?000", r"95\s?000"),
            "ccag_applicable": r"(?i)\bTIC\b|techniques de l.information",
            "derogations_ccag": (r"4\.1", r"14\.1", "38"),
            "penalites_retard": r"60\s?€|60 euros",
            "delai_paiement": r"(?i)(30|trente)\W{0,4}jours",
            "forme_prix": "(?i)unitaire",
            "revision_prix": r"(?i)syntec|0,80",
            "avance": r"5\s?%",
            "retenue_garantie": r"(?i)\bpas\b|aucune|sans|n[ée]ant|non",
            "assurance": ("(?i)responsabilit[ée] civile", r"3\s?000\s?000"),
            "lieu_execution": "(?i)annexe 1|Ardelle|sites des membres",
            "sous_traitance": "(?i)raccordement|DC4|accept[ée]|agr[ée]",
            "donnees_personnelles": r"(?i)2016/679|RGPD|sous-traitant des membres|caract[èe]re personnel",
            "localisation_hebergement": "(?i)union europ[ée]enne",
            "reversibilite": "(?i)portabilit|inventaire|op[ée]rateur entrant|trois derniers mois",
            "securite": "(?i)24 heures|plans d.adressage|incident de s[ée]curit",
            "clause_environnementale": "(?i)r[ée]employ|[ée]co-organisme|reconditionn",
            "resiliation": r"(?i)chapitre 8|trois d[ée]passements|plafond|pr[ée]avis d.un mois",
        },
    ),
    "CCTP logiciel mediatheques.md": (
        _CCTP_LIBRARY,
        {
            "objet": ("(?i)m[ée]diath[èe]ques", "(?i)portail documentaire"),
            "acheteur": "(?i)pays d.orvanne",
            "forme": "(?i)tranche",
            "lots": r"(?i)\bpas\b|non|unique|aucun",
            "lieu_execution": "(?i)quatorze m[ée]diath[èe]ques|Audoux",
            "propriete_intellectuelle": "(?i)propri[ée]t[ée]|c[ée]d[ée]s|cession",
            "donnees_personnelles": "(?i)RGPD|anonymis|sous-traitant",
            "localisation_hebergement": "(?i)france",
            "reversibilite": "(?i)plan de r[ée]versibilit[ée]|UNIMARC|quinze jours|destruction des copies",
            "securite": "(?i)TLS|chiffrement|double authentification|test d.intrusion",
            "clause_environnementale": "(?i)[ée]coconception|sobri[ée]t[ée]|poids d.une page",
        },
    ),
    "AE gymnase.txt": (
        _AE_GYM,
        {
            "objet": ("(?i)r[ée]novation [ée]nerg[ée]tique", "(?i)gymnase"),
            "acheteur": "(?i)saint-ferr[ée]ol-le-haut",
            "numero_consultation": "2027-T-011",
            "type_marche": "(?i)travaux",
            "forme": "(?i)tranche",
            "procedure": "(?i)adapt[ée]e",
            "lots": ("3", "(?i)chauffage"),
            "duree_initiale": r"(?i)(7|sept)\W{0,4}mois",
            "ccag_applicable": "(?i)travaux",
            "delai_paiement": r"(?i)(30|trente)\W{0,4}jours",
            "forme_prix": "(?i)forfait",
            "revision_prix": "(?i)BT38|r[ée]visable",
            "avance": r"10\s?%",
            "retenue_garantie": r"5\s?%",
            "lieu_execution": "(?i)sorbiers",
            "clause_sociale": r"210\W{0,4}heures",
        },
    ),
    "CCP restauration scolaire.md": (
        _CCP_MEALS,
        {
            "objet": ("(?i)repas", "(?i)liaison froide"),
            "acheteur": "(?i)trois-clochers",
            "numero_consultation": "SIVOM-RS-2027",
            "type_marche": "(?i)fourniture|service",
            "forme": ("(?i)accord.cadre", "(?i)bons? de commande|seul op[ée]rateur|mono"),
            "procedure": "(?i)adapt[ée]e",
            "duree_initiale": r"(?i)31 ao[ûu]t 2028|31/08/2028|12 mois|\b(un|1) an\b",
            "reconductions": r"(?i)trois|\b3\b",
            "montant_maximum_ht": r"(?i)1\s?100\s?000|un million cent mille",
            "ccag_applicable": r"(?i)FCS|fournitures courantes",
            "derogations_ccag": (r"4\.1", r"14\.1", r"41\.2"),
            "penalites_retard": r"100\s?€",
            "delai_paiement": r"(?i)(30|trente)\W",
            "forme_prix": "(?i)unitaire",
            "revision_prix": r"(?i)IPPA|ICHT|1er septembre|5\s?%",
            "avance": "(?i)aucune|pas|sans|non",
            "retenue_garantie": r"(?i)\bni\b|aucune|pas|sans|n[ée]ant|non",
            "assurance": r"(?i)5\s?000\s?000",
            "lieu_execution": "(?i)vignes|jean-moulin|[ée]cole du gu[ée]",
            "sous_traitance": "(?i)transport",
            "donnees_personnelles": "(?i)protection des donn[ée]es|liste nominative|RGPD",
            "clause_sociale": r"3\s?%",
            "clause_environnementale": r"(?i)55\s?%|biologique|plastique|biod[ée]chets",
            "resiliation": "(?i)mise en demeure|agr[ée]ment sanitaire|cha[îi]ne du froid",
        },
    ),
    "avis audits.txt": (
        _NOTICE_AUDIT,
        {
            "objet": (r"(?i)audits?\s+de\s+s[ée]curit[ée]", "(?i)intrusion"),
            "acheteur": "(?i)haute-s[èe]vane",
            "numero_consultation": "DSI-26-118",
            "type_marche": "(?i)service",
            "forme": ("(?i)accord.cadre", "(?i)plusieurs|multi|subs[ée]quent"),
            "procedure": "(?i)adapt[ée]e",
            "lots": r"(?i)\bnon\b|unique|aucun|\bpas\b",
            "duree_initiale": r"(?i)(12|douze)\W{0,4}mois",
            "reconductions": r"(?i)\b3\b|trois",
            "montant_minimum_ht": "(?i)sans|aucun",
            "montant_maximum_ht": r"45\s?000",
            "date_limite_remise": (r"(?i)29\s+janvier\s+2027|29/01/2027|2027-01-29", r"(?i)12\s?[h:]"),
            "criteres_attribution": ("45", "40", "15", "(?i)m[ée]thode", "(?i)prix"),
            "variantes": r"(?i)refus|non|interdit|aucune|\bpas\b",
            "delai_paiement": r"(?i)(30|trente)\W{0,4}jours",
            "revision_prix": "(?i)r[ée]visable|r[ée]vision",
            "avance": r"5\s?%",
            "retenue_garantie": r"(?i)aucune|\bpas\b|sans|non",
            "lieu_execution": r"(?i)h[ôo]tel\s+du\s+d[ée]partement|s[èe]vane",
        },
    ),
    "RC lettre impression.txt": (
        _LETTER_PRINTING,
        {
            "objet": ("(?i)impression", "(?i)magazine"),
            "acheteur": "(?i)plouven-an-dour",
            "numero_consultation": "COM/2027/06",
            "forme": ("(?i)accord.cadre", "(?i)bons? de commande|seul imprimeur|mono"),
            "procedure": "(?i)adapt[ée]e",
            "lots": r"(?i)\bpas\b|non|unique|aucun",
            "duree_initiale": r"(?i)30 avril 2029|30/04/2029|deux ans|2 ans|24 mois",
            "reconductions": r"(?i)sans|aucune|\bpas\b|non",
            "montant_minimum_ht": "(?i)aucun|sans",
            "montant_maximum_ht": r"38\s?000",
            "date_limite_remise": (r"(?i)12 mars 2027|12/03/2027|2027-03-12", r"(?i)16\s?[h:]"),
            "criteres_attribution": ("60", "25", "15", "(?i)prix", "(?i)qualit[ée]"),
            "variantes": "(?i)grammage|autoris|une seule|admis",
            "ccag_applicable": "(?i)FCS|fournitures courantes",
            "derogations_ccag": r"\b14\b",
            "penalites_retard": r"80\s?(€|euros)",
            "delai_paiement": r"(?i)(30|trente)\W{0,4}jours",
            "forme_prix": "(?i)unitaire",
            "revision_prix": "(?i)ferme",
            "avance": r"(?i)\bni\b|aucune|pas|sans|non",
            "retenue_garantie": r"(?i)\bni\b|aucune|pas|sans|non",
            "lieu_execution": "(?i)kerlann|mairie|enclos",
            "propriete_intellectuelle": "(?i)propri[ée]t[ée]",
            "clause_environnementale": "(?i)recycl[ée]|FSC|v[ée]g[ée]tale|film plastique",
        },
    ),
    "CCP nettoyage campus.txt": (
        _CCP_CLEANING,
        {
            "objet": ("(?i)nettoyage", "(?i)vitrerie|locaux"),
            "acheteur": "(?i)universit[ée] de technologie du val d.yerre|UTVY",
            "numero_consultation": "UTVY-27-DPL-09",
            "type_marche": "(?i)service",
            "forme": "(?i)mixte|bons? de commande",
            "procedure": "(?i)appel d.offres ouvert",
            "lots": ("(?i)campus nord", "(?i)campus des rives"),
            "duree_initiale": ("(?i)vingt-quatre|24", "(?i)douze|12"),
            "reconductions": (r"(?i)une fois|\b1\b", r"(?i)trois fois|\b3\b"),
            "montant_minimum_ht": "(?i)sans|aucun",
            "montant_maximum_ht": (r"180\s?000", r"90\s?000"),
            "date_limite_remise": (r"(?i)18 mars 2027|18/03/2027|2027-03-18", r"(?i)11\s?[h:]\s?30"),
            "criteres_attribution": ("45", "35", "50", "30", "(?i)prix", "(?i)organisation"),
            "variantes": r"(?i)interdit|non|refus|\bpas\b|aucune",
            "ccag_applicable": "(?i)FCS|fournitures courantes",
            "derogations_ccag": (r"14\.1", r"\b41\b", r"\b42\b"),
            "penalites_retard": r"150\s?€",
            "delai_paiement": r"(?i)(30|trente)\W{0,4}jours",
            "forme_prix": ("(?i)forfait", "(?i)unitaire"),
            "revision_prix": "(?i)ICHT",
            "avance": r"5\s?%",
            "retenue_garantie": r"(?i)sans objet|aucune|\bpas\b|non|n[ée]ant",
            "assurance": ("(?i)responsabilit[ée] civile", r"2\s?000\s?000"),
            "lieu_execution": "(?i)yerre-la-vall[ée]e|all[ée]e des sciences|campus nord",
            "sous_traitance": "(?i)vitrerie en hauteur|agr[ée]ment",
            "securite": "(?i)badge|r[ée]gime restrictif",
            "clause_sociale": r"900\W{0,4}heures|reprend les salari[ée]s",
            "clause_environnementale": r"(?i)[ée]colabel|javel|recycl[ée]",
            "resiliation": r"(?i)mise en demeure|70/100|3\s?%",
        },
    ),
    "CCAP lycee.txt": (
        _CCAP_HIGH_SCHOOL,
        {
            "objet": ("(?i)restructuration", "(?i)internat"),
            "acheteur": "(?i)armance-littoral",
            "numero_consultation": "27T0415",
            "type_marche": "(?i)travaux",
            "forme": "(?i)tranche",
            "procedure": "(?i)adapt[ée]e",
            "lots": (
                "(?i)d[ée]samiantage",
                r"(?i)gros\s+[œo]e?uvre",
                r"(?i)menuiseries\s+ext[ée]rieures",
                "(?i)[ée]lectricit[ée]",
                r"(?i)[ée]quipements\s+de\s+cuisine",
            ),
            "duree_initiale": r"(?i)(14|quatorze)\W{0,4}mois",
            "ccag_applicable": "(?i)travaux",
            "derogations_ccag": (r"4\.1", r"28\.1", r"19\.2\.1", r"50\.4"),
            "penalites_retard": r"1\s?/\s?2\s?000",
            "delai_paiement": r"(?i)(30|trente)\W{0,4}jours",
            "forme_prix": "(?i)forfait",
            "revision_prix": r"(?i)mensuel|0,85|index\s+BT",
            "avance": r"10\s?%",
            "retenue_garantie": r"5\s?%",
            "assurance": r"(?i)d[ée]cennale|responsabilit[ée]\s+civile",
            "lieu_execution": "(?i)port-salins|olympe-de-gouges",
            "sous_traitance": r"(?i)agr[ée]{1,2}|amiante|vingt\s+et\s+un",
            "securite": "(?i)SPS|s[ée]curit[ée]",
            "clause_sociale": r"1\s?400|insertion",
            "clause_environnementale": r"(?i)six\s+flux|70\s?%|r[ée]emploi|d[ée]chets",
            "resiliation": r"(?i)49\s+[àa]\s+53|4\s?%|attestations\s+sociales",
        },
    ),
    "RC centrale reconditionnes.txt": (
        _RC_CENTRAL,
        {
            "objet": ("(?i)postes de travail", "(?i)reconditionn"),
            "acheteur": "(?i)capsud",
            "numero_consultation": "26-CAP-0311",
            "type_marche": "(?i)fourniture",
            "forme": ("(?i)accord.cadre", "(?i)subs[ée]quent|quatre op[ée]rateurs|multi"),
            "procedure": "(?i)n[ée]gociation",
            "lots": ("(?i)postes fixes", "(?i)ordinateurs portables", "(?i)reprise et effacement"),
            "duree_initiale": r"(?i)(quatre|4)\W{0,4}ans|48\W{0,4}mois",
            "reconductions": r"(?i)sans|aucune|\bpas\b|non",
            "montant_minimum_ht": "(?i)aucun|sans",
            "montant_maximum_ht": (r"6\s?000\s?000", r"9\s?500\s?000", r"1\s?200\s?000"),
            "date_limite_remise": r"(?i)5 mars 2027|0?5/03/2027|2027-03-05",
            "criteres_attribution": (
                "35",
                "40",
                "25",
                "50",
                "(?i)prix",
                r"(?s)\A(?!.*[Dd]élai de livraison)",
            ),
            "variantes": r"(?i)\bpas\b|non|interdit|aucune|refus",
            "lieu_execution": "(?i)occitanie|sites des b[ée]n[ée]ficiaires",
            "clause_sociale": r"8\s?%|entreprises adapt[ée]es",
            "clause_environnementale": "(?i)r[ée]emploi|r[ée]parabilit[ée]|[ée]missions [ée]vit[ée]es",
        },
    ),
    "CCAP nuage archives.txt": (
        _CCAP_CLOUD,
        {
            "objet": ("(?i)nuage", "(?i)archives"),
            "acheteur": "(?i)archives du littoral",
            "numero_consultation": "AAL-2027-014",
            "type_marche": "(?i)service",
            "forme": ("(?i)accord.cadre", "(?i)bons? de commande|titulaire unique|mono"),
            "lots": r"(?i)\bpas\b|non|unique|aucun",
            "duree_initiale": r"(?i)(deux|2)\W{1,6}ans|24\W{0,4}mois",
            "reconductions": (r"(?i)deux|\b2\b", r"(?i)\bun\b|\b1\b|12 mois"),
            "montant_minimum_ht": "(?i)aucun|sans",
            "montant_maximum_ht": r"(?i)quatre millions huit cent mille|4\s?800\s?000",
            "ccag_applicable": "(?i)TIC|techniques de l.information",
            "derogations_ccag": (r"4\.1", r"14\.1", r"\b46\b", r"\b51\b"),
            "penalites_retard": r"99,95|5\s?%|2\s?%",
            "delai_paiement": r"(?i)(30|trente)\W{0,4}jours",
            "forme_prix": "(?i)unitaire",
            "revision_prix": r"(?i)syntec|3\s?%",
            "avance": r"20\s?%",
            "retenue_garantie": r"(?i)\bpas\b|aucune|sans|non",
            "assurance": ("(?i)responsabilit[ée] civile", r"(?i)5 millions|5\s?000\s?000"),
            "sous_traitance": "(?i)d[ée]clar[ée]e|non communicables",
            "propriete_intellectuelle": "(?i)appartiennent|c[ée]d[ée]s|non exclusif",
            "donnees_personnelles": "(?i)protection des donn[ée]es|RGPD|sous-traitant",
            "localisation_hebergement": "(?i)union europ[ée]enne",
            "reversibilite": "(?i)plan de r[ée]versibilit[ée]|quatre mois|restitue",
            "securite": "(?i)chiffr[ée]|27001|SecNumCloud|incident",
            "clause_environnementale": "(?i)carbone|PUE|[ée]nerg[ée]tique",
            "resiliation": r"(?i)qualification|contr[ôo]le du titulaire|sans indemnit[ée]|47 [àa] 54",
        },
    ),
    "AE logiciel SDIS.txt": (
        _AE_FIRE_BRIGADE,
        {
            "objet": "(?i)logiciel de gestion financi[èe]re",
            "acheteur": "(?i)SDIS|incendie et de secours",
            "numero_consultation": "SDIS-2027-LOG-005",
            "type_marche": "(?i)service",
            "forme": ("(?i)accord.cadre", "(?i)bons? de commande|mono"),
            "procedure": "(?i)adapt[ée]e",
            "lots": r"(?i)qu.un lot|unique|non|\bpas\b|un seul",
            "duree_initiale": r"(?i)(deux|2)\W{0,4}ans|24\W{0,4}mois",
            "reconductions": (r"(?i)\bune\b|\b1\b", r"(?i)deux|2 ans|24 mois"),
            "montant_minimum_ht": r"40\s?000",
            "montant_maximum_ht": r"140\s?000",
            "ccag_applicable": "(?i)TIC|techniques de l.information",
            "delai_paiement": r"(?i)(30|trente)\W{0,4}jours",
            "forme_prix": "(?i)unitaire|forfait",
            "revision_prix": "(?i)douze mois|12 mois|article 8|r[ée]vis",
            "lieu_execution": "(?i)[ée]tat-major|centre-de-secours",
        },
    ),
    "CCTP espaces verts.txt": (
        _CCTP_ROAD,
        {
            "objet": ("(?i)requalification", "(?i)ancienne.gare"),
            "acheteur": "(?i)vernoux-les-bains",
            "lots": ("(?i)terrassement", "(?i)espaces verts", "(?i)mobilier urbain"),
            "forme_prix": "(?i)forfait",
            "lieu_execution": "(?i)ancienne.gare",
            "securite": "(?i)SPS|acc[èe]s pi[ée]tons",
            "clause_environnementale": "(?i)r[ée]employ|paillage|phytopharmaceutique|tourbe|d[ée]chets",
        },
    ),
    "avis billettique.txt": (
        _NOTICE_TED,
        {
            "objet": "(?i)billettique",
            "acheteur": "(?i)mobilit[ée]s de valserine|SIMV",
            "numero_consultation": "SIMV-2026-BIL-21",
            "type_marche": "(?i)service",
            "forme": "(?i)accord.cadre",
            "procedure": "(?i)ouverte?",
            "lots": ("(?i)billettique et application mobile", "(?i)distributeurs automatiques"),
            "duree_initiale": ("36", "48"),
            "reconductions": "(?i)renouvellements? : 1|12 mois|une fois|1 fois",
            "montant_maximum_ht": r"3\s?200\s?000|2\s?350\s?000",
            "date_limite_remise": (r"(?i)14 janvier 2027|14/01/2027|2027-01-14", r"(?i)12\s?[h:]"),
            "criteres_attribution": ("40", "60", "55", "45", "(?i)prix"),
            "variantes": r"(?i)non|refus|interdit|\bpas\b|aucune",
            "delai_paiement": r"(?i)(30|trente)\W{0,4}jours",
            "revision_prix": "(?i)r[ée]visable|r[ée]vision",
            "lieu_execution": "(?i)granges|bellevaux",
        },
    ),
}

TOLERATED: dict[str, tuple[str, ...]] = {
    # The bordereau among the pieces of the file; the form to join for a sub-contractor; a criterion on the power that the sites use.
    "RC hebergement sante.txt": ("forme_prix", "sous_traitance", "clause_environnementale"),
    # Nothing says the type; delays are "sanctioned as the CCAP says"; a portal that the disabled can use.
    "CCTP logiciel mediatheques.md": ("type_marche", "penalites_retard", "clause_sociale"),
    # A box for the tenderer.
    "AE gymnase.txt": ("sous_traitance",),
    # A list that travels enciphered.
    "CCP restauration scolaire.md": ("securite",),
    # Prices of which only the revision is said; a qualification asked of the candidates.
    "avis audits.txt": ("forme_prix", "securite"),
    # The type follows from the CCAG; files given back at the end.
    "RC lettre impression.txt": ("type_marche", "reversibilite"),
    # Supports wiped and certified.
    "RC centrale reconditionnes.txt": ("securite",),
    # Where the services run is said as the place of the data.
    "CCAP nuage archives.txt": ("lieu_execution",),
    # Boxes and blanks for the tenderer.
    "AE logiciel SDIS.txt": ("avance", "localisation_hebergement"),
    # An operation of works that does not call itself so.
    "CCTP espaces verts.txt": ("type_marche",),
    # Prices of which only the revision is said; "sheltered employment: no".
    "avis billettique.txt": ("forme_prix", "clause_sociale"),
}

# The pieces whose misses were read and mended. Of the others only the score is looked at: they say what the extractors are worth on the unknown.
READ = frozenset(
    (
        "CCTP logiciel mediatheques.md",
        "RC lettre impression.txt",
        "CCP nettoyage campus.txt",
        "RC centrale reconditionnes.txt",
        "CCAP nuage archives.txt",
        "AE logiciel SDIS.txt",
        "CCTP espaces verts.txt",
    )
)
# Stated, and not found yet: what is missed must stay empty, never become something else.
MISSED: dict[str, frozenset[str]] = {
    "RC hebergement sante.txt": frozenset(("securite",)),
    "CCAP telecom.txt": frozenset(
        (
            "acheteur",
            "numero_consultation",
            "reversibilite",
        )
    ),
    "AE gymnase.txt": frozenset(("revision_prix",)),
    "CCP restauration scolaire.md": frozenset(
        (
            "numero_consultation",
            "type_marche",
            "penalites_retard",
        )
    ),
    "avis audits.txt": frozenset(
        (
            "type_marche",
            "avance",
        )
    ),
    "CCAP lycee.txt": frozenset(
        (
            "lots",
            "clause_sociale",
        )
    ),
    "RC centrale reconditionnes.txt": frozenset(
        (
            "lieu_execution",
            "clause_environnementale",
        )
    ),
    "avis billettique.txt": frozenset(("reconductions",)),
}
# Given a value that is not all of what its label asks.
PARTLY: dict[str, frozenset[str]] = {
    "AE gymnase.txt": frozenset(("objet",)),
    "avis billettique.txt": frozenset(("duree_initiale",)),
}
