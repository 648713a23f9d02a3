"""Tender pieces in layouts unlike the others', labelled before any extractor saw them, then mended for. Fictional buyers; nothing of a real tender is copied.

``PIECES`` maps a file name to its text and to {field: patterns that value and quote must hold together}. A field that is not named is one that the piece does not state.
"""

from tests.summaries.made_pieces import Stated

_RC_ROADS = """Règlement de la Consultation (R.C.)

Numéro de la consultation : 25S0042

Date et heure limites de remise des offres
22/09/2025 à 11h00

COMMUNAUTE URBAINE DE PORT-LEVANT
Direction des mobilités - Service voirie

Travaux d'entretien courant de la voirie communautaire
Accord-cadre à bons de commande

SOMMAIRE
1 Acheteur 2
2 Objet de la consultation 2
3 Organisation de la consultation 3
4 Contenu du dossier 4
5 Offres 5

1 Acheteur
Communauté urbaine de Port-Levant
7 quai des Docks
76999 PORT-LEVANT
Profil d'acheteur : https://marches.example

2 Objet de la consultation

2.1 Description
Les prestations concernent l'entretien courant des chaussées, trottoirs et pistes cyclables du territoire communautaire.

2.2 Allotissement
Cette consultation est composée des lots suivants :

N° | Intitulé | Min. annuel € HT | Max. annuel € HT
1 | Secteur nord | 200 000 | 1 000 000
2 | Secteur sud | 150 000 | 800 000
3 | Marquage au sol | néant | 250 000

Les candidats peuvent répondre à un, plusieurs ou tous les lots mais ne pourront s'en voir attribuer que deux.

2.3 Durée
Chaque accord-cadre prend effet à sa notification et s'achève le 31 décembre de la même année. Il pourra être reconduit trois (3) fois, par année civile, sans que sa date d'achèvement puisse dépasser le 31/12/2028. La reconduction est tacite ; l'acheteur qui n'entend pas reconduire le fait savoir deux mois avant.

2.4 Variantes, PSE
Variantes : L'acheteur autorise les variantes portant sur la composition des enrobés (lots 1 et 2). Il n'en autorise pas pour le lot 3.
Prestations supplémentaires éventuelles : néant.

3 Organisation de la consultation

3.1 Procédure
Procédure formalisée : appel d'offres ouvert.

3.2 Modifications de détail au DCE
L'acheteur se réserve d'apporter des modifications de détail au plus tard 8 jours avant la date limite de remise des offres.

3.3 Groupement
Groupement solidaire en cas d'attribution.

3.4 Insertion
Dans le cadre de sa politique d'achat responsable, l'acheteur impose au titulaire des lots 1 et 2 de réaliser une action d'insertion : 5 % des heures travaillées.

4 Contenu du dossier
RC, AE et annexes, CCAP, CCTP, BPU, DQE.

5 Offres

5.1 Jugement
Pour les lots 1 et 2 :
1°) Prix : 60 points
2°) Valeur technique : 40 points, décomposée en :
   - moyens : 20 points
   - méthode : 20 points
Pour le lot 3 :
1°) Prix : 70 points
2°) Délai : 30 points

5.2 Offres anormalement basses
Toute offre paraissant anormalement basse fera l'objet d'une demande de précisions.
"""

_CCAP_SAAS = """# C.C.A.P.

**Accord-cadre de techniques de l'information et de la communication**

Mise à disposition en mode SaaS d'un logiciel de gestion des ressources humaines, paramétrage et maintenance

Métropole de Sainte-Aurore – Direction des systèmes d'information – Procédure n° DSI/2025/009

## Chapitre I – Dispositions générales

### Article I.1 – Objet

L'accord-cadre a pour objet la mise à disposition, en mode SaaS, d'un logiciel de gestion des ressources humaines, son paramétrage, la reprise des données, la formation et la maintenance.

### Article I.2 – Forme

Accord-cadre composite : une part forfaitaire (abonnement, mise en œuvre) et une part à bons de commande (prestations complémentaires), attribué à un opérateur unique.

Montant maximum de la part à bons de commande : 600 000 € HT sur la durée totale, reconductions comprises. Il n'y a pas de montant minimum.

### Article I.3 – Durée

La durée ferme est de trente-six (36) mois à compter de la date de notification. L'accord-cadre est ensuite reconductible par décision expresse, une fois, pour douze (12) mois. Les bons de commande peuvent être émis jusqu'au dernier jour de validité ; leur exécution ne peut se prolonger au-delà de trois mois.

### Article I.4 – Documents contractuels

Par dérogation à l'article 4.1 du CCAG-TIC, les pièces prévalent en cas de contradiction dans l'ordre suivant : 1. l'acte d'engagement et son annexe financière ; 2. le présent CCAP et son annexe RGPD ; 3. le CCTP ; 4. le CCAG-TIC (arrêté du 30 mars 2021, NOR : ECOM2106871A) ; 5. l'offre technique du titulaire.

## Chapitre II – Exécution

### Article II.1 – Délais d'exécution

La mise en service intervient dans les sept mois de la notification. La garantie contractuelle est de six mois.

### Article II.2 – Hébergement

Les données sont hébergées et sauvegardées dans des centres situés sur le territoire de l'Union européenne, chez un prestataire certifié ISO/IEC 27001. Le titulaire informe la Métropole de toute demande d'une autorité étrangère portant sur ses données.

### Article II.3 – Sécurité

Le titulaire fournit un plan d'assurance sécurité dans les trente jours, le tient à jour et notifie les incidents sous 24 heures. La Métropole peut faire auditer le service une fois par an.

### Article II.4 – Protection des données

Le titulaire, sous-traitant au sens de l'article 28 du RGPD, n'agit que sur instruction documentée de la Métropole. L'annexe RGPD fixe la liste des traitements.

### Article II.5 – Sous-traitants

La sous-traitance de l'hébergement et de l'intégration est possible après agrément. La sous-traitance totale est interdite.

### Article II.6 – Réversibilité

À l'échéance, le titulaire assure sans supplément l'export complet des données dans un format ouvert et documenté, sous 30 jours, puis l'effacement certifié. Une assistance de 15 jours est commandée par bon.

## Chapitre III – Finances

### Article III.1 – Prix

L'abonnement et la mise en œuvre sont rémunérés par des prix forfaitaires, les prestations complémentaires par des prix unitaires du bordereau.

### Article III.2 – Évolution des prix

Les prix sont fermes la première année puis révisés à chaque date anniversaire selon P = P0 × (0,15 + 0,85 × S/S0), S étant l'indice Syntec. La hausse est plafonnée à 3 % par an.

### Article III.3 – Avance

Une avance de 20 % du montant de la part forfaitaire de la première année est versée au titulaire, sauf renonciation. Aucune garantie n'est demandée en contrepartie à une PME.

### Article III.4 – Facturation et paiement

Les factures sont déposées sur Chorus Pro. L'abonnement est payé par terme annuel échu. Le délai de paiement est fixé à 30 jours à réception.

### Article III.5 – Garanties financières

Le marché ne donne lieu à aucune retenue de garantie.

## Chapitre IV – Sanctions et fin

### Article IV.1 – Pénalités

Retard de mise en service : 500 € par jour ouvré. Indisponibilité : 2 % de l'abonnement mensuel par tranche de 0,1 point sous 99,5 %. Le total des pénalités est plafonné à 10 % du montant annuel. Ces dispositions dérogent à l'article 14 du CCAG-TIC.

### Article IV.2 – Assurance

Le titulaire justifie, dans les quinze jours de la notification, de contrats couvrant sa responsabilité civile et les atteintes aux données.

### Article IV.3 – Résiliation

Outre les cas du CCAG-TIC, le marché est résilié sans indemnité si la certification de l'hébergeur est retirée. L'indemnité de l'article 51 du CCAG-TIC est ramenée à 2 %.

### Article IV.4 – Propriété intellectuelle

L'option A du CCAG-TIC ne s'applique pas : le titulaire concède à la Métropole un droit d'utilisation du logiciel pour la durée du marché ; les paramétrages et les données lui appartiennent.

### Article IV.5 – Récapitulatif des dérogations

| Article du CCAP | Article du CCAG-TIC |
|---|---|
| I.4 | 4.1 |
| IV.1 | 14 |
| IV.3 | 51 |
| IV.4 | 46 |
"""

_AE_DESIGN = """ATTRI1 – ACTE D'ENGAGEMENT

MARCHÉ DE MAÎTRISE D'ŒUVRE

Rénovation énergétique du groupe scolaire Paul-Langevin

Pouvoir adjudicateur exerçant la maîtrise d'ouvrage
Commune de Courcelles-le-Val, Hôtel de Ville, 1 place de la Liberté, 91999 COURCELLES-LE-VAL

Objet : mission de base de maîtrise d'œuvre (loi MOP) pour la rénovation énergétique du groupe scolaire Paul-Langevin

Type de procédure : Procédure adaptée (article R. 2123-1 1° du CCP)

Mois m0 : mars 2025

ARTICLE 1 : CONTRACTANT
(à compléter)

ARTICLE 2 : PRIX
Part de l'enveloppe financière affectée aux travaux : 2 150 000,00 € HT
Taux de rémunération : ......... %
Forfait provisoire de rémunération : ......... € HT
Le forfait définitif est arrêté à l'issue de l'avant-projet définitif.

ARTICLE 3 : DELAIS D'EXECUTION
APS : 6 semaines ; APD : 8 semaines ; PRO-DCE : 6 semaines
La durée prévisionnelle du marché est de 30 mois, y compris l'année de parfait achèvement.

ARTICLE 4 : PAIEMENT
Le maître de l'ouvrage se libère des sommes dues dans le délai de trente jours. Compte à créditer : ..................

ARTICLE 5 : AVANCE
Le titulaire renonce au bénéfice de l'avance : ( ) OUI ( ) NON

ARTICLE 6 : ENGAGEMENT
Le présent engagement ne me lie que si l'acceptation de l'offre m'est notifiée dans les 120 jours de la date limite de remise des offres.
"""

_CCTP_ARCHIVES = """CAHIER DES CLAUSES TECHNIQUES PARTICULIERES
(C.C.T.P.)

Numérisation des registres paroissiaux et d'état civil

Archives départementales de la Haute-Oyse

Table des matières
I. Objet de la prestation
II. Description des fonds
III. Enlèvement et transport
IV. Numérisation
V. Contrôle
VI. Livraison

I. Objet de la prestation
Le présent cahier décrit les conditions de numérisation de 4 200 registres (environ 610 000 vues), de leur indexation sommaire et de la livraison des fichiers.

II. Description des fonds
Les registres datent de 1602 à 1912. 12 % ont une reliure fragile. Le montant assuré des documents est de 900 000 €.

III. Enlèvement et transport
Les documents sont enlevés en huit lots par le titulaire dans les locaux des Archives, 5 rue des Feuillants, 60999 Senlys, et rapportés dans les six semaines. Chaque lot est accompagné d'un bordereau. Le véhicule est fermé et surveillé.
Le titulaire assure les documents contre le vol, l'incendie et les dégradations, de l'enlèvement à la restitution, pour leur valeur déclarée.

IV. Numérisation
Les ateliers sont protégés contre l'intrusion et l'incendie ; leur accès est réservé aux agents désignés. Température de 16 à 20 °C. Aucun document ne reste sans surveillance.
Résolution de 400 ppp, TIFF non compressé et JPEG.
La numérisation peut être faite dans les locaux du titulaire, situés en France métropolitaine ; les fichiers ne sont pas stockés hors de l'Union européenne.

V. Contrôle
L'administration contrôle 5 % des vues dans les 30 jours. Un taux d'erreur supérieur à 1 % entraîne le refus du lot.

VI. Livraison
Les fichiers sont livrés sur deux disques durs. Le titulaire efface ses copies trois mois après la réception et ne peut en faire aucun usage ; il n'acquiert aucun droit sur les images.
"""

_NOTICE_EFORMS = """389214-2025 - Mise en concurrence
France – Services de restauration scolaire – Fourniture de repas en liaison froide
OJ S 112/2025 13/06/2025
Avis de marché ou avis de concession – régime ordinaire
Services

1. Acheteur
1.1. Acheteur
Nom officiel : Syndicat intercommunal de restauration du Pays d'Aulne
Adresse électronique : marches@sirpa.example
Forme juridique de l'acheteur : Autorité locale
Activité du pouvoir adjudicateur : Services d'administration générale

2. Procédure
2.1. Procédure
Titre : Fourniture et livraison de repas en liaison froide pour les écoles et le portage à domicile
Description : Confection, livraison et mise à disposition de repas en liaison froide dans dix-huit restaurants scolaires et pour le portage à domicile.
Identifiant de la procédure : 5f0e7b1c-2d33-4f1e-9a1e-8a1f0c1f2b77
Identifiant interne : SIRPA-2025-REPAS
Type de procédure : Ouverte
La procédure est accélérée : non
2.1.1. Objet
Nature du marché : Services
Nomenclature principale (cpv) : 55524000 Services traiteur pour écoles
2.1.2. Lieu d'exécution
Ville : Châteauneuf-sur-Aulne
Code postal : 29999
Subdivision pays (NUTS) : Finistère (FRH02)
Pays : France
2.1.3. Valeur
Valeur estimée hors TVA : 3 200 000 EUR
Valeur maximale de l'accord-cadre : 4 000 000 EUR
2.1.4. Informations générales
Base juridique : Directive 2014/24/UE
2.1.5. Conditions de la procédure
Nombre maximal de lots pour lesquels un soumissionnaire peut présenter une offre : 2

5. Lot
5.1. Lot : LOT-0001
Titre : Restaurants scolaires
Description : Repas des écoles maternelles et élémentaires.
Identifiant interne : 1
5.1.1. Objet
Nature du marché : Services
5.1.3. Durée estimée
Date de début : 01/09/2025
Durée : 24 Mois
5.1.4. Renouvellement
Nombre maximal de renouvellements : 1
L'acheteur se réserve le droit d'effectuer des achats supplémentaires auprès du contractant, comme décrit ici : une reconduction de 24 mois.
5.1.6. Informations générales
Participation réservée : La participation n'est pas réservée.
5.1.7. Marché public stratégique
Objectif du marché public stratégique : Réduction des incidences sur l'environnement
Description : part de produits biologiques d'au moins 30 %
5.1.10. Critères d'attribution
Critère :
Type : Prix
Description : Prix des repas
Pondération (pourcentage, valeur exacte) : 40
Critère :
Type : Qualité
Description : Qualité des denrées et des menus
Pondération (pourcentage, valeur exacte) : 45
Critère :
Type : Qualité
Description : Lutte contre le gaspillage
Pondération (pourcentage, valeur exacte) : 15
5.1.11. Documents de marché
Date limite de demande d'informations complémentaires : 10/07/2025 12:00 (UTC+02:00)
5.1.12. Conditions du marché public
Conditions de présentation :
Présentation par voie électronique : Requise
Variantes : Non autorisée
Date limite de réception des offres : 18/07/2025 12:00 (UTC+02:00) Heure d'Europe centrale, heure d'été d'Europe orientale
Durée pendant laquelle l'offre doit demeurer valable : 6 Mois
Informations relatives à l'ouverture au public :
Date d'ouverture : 18/07/2025 14:00 (UTC+02:00)
Conditions du marché :
Le marché doit être exécuté dans le cadre de programmes d'emplois protégés : Non
Facturation en ligne : Requise
5.1.15. Techniques
Accord-cadre :
Accord-cadre, sans remise en concurrence
Nombre maximal de participants : 1

5.1. Lot : LOT-0002
Titre : Portage de repas à domicile
Description : Repas des personnes âgées.
Identifiant interne : 2
5.1.3. Durée estimée
Date de début : 01/09/2025
Durée : 24 Mois
5.1.12. Conditions du marché public
Variantes : Non autorisée
Date limite de réception des offres : 18/07/2025 12:00 (UTC+02:00) Heure d'Europe centrale, heure d'été d'Europe orientale

8. Organisations
8.1. ORG-0001
Nom officiel : Syndicat intercommunal de restauration du Pays d'Aulne
Numéro d'enregistrement : 20000000000011
Ville : Châteauneuf-sur-Aulne
8.1. ORG-0002
Nom officiel : Tribunal administratif de Rennes
11. Informations relatives à l'avis
Identifiant/version de l'avis : 0d9b7d3e-0000-4d1c-8a2e-111111111111 - 01
"""

_NOTICE_MAPA = """Avis n°20-58213
publié le 09/05/2020
Dépt. : 63
Commune de Saint-Priest-des-Monts
Travaux de mise en accessibilité des bâtiments communaux
Avis de marché
Procédure adaptée

MAPA - de 90 000 euros

I. POUVOIR ADJUDICATEUR
Commune de Saint-Priest-des-Monts (63)
M. le maire, 1 place de la Mairie, 63999 Saint-Priest-des-Monts

OBJET DU MARCHÉ
Mise en accessibilité de la mairie, de la salle polyvalente et de l'école.
Ref. acheteur : 2020-ACC

LIEU D'EXECUTION
Bâtiments communaux, 63999 Saint-Priest-des-Monts

CARACTERISTIQUES PRINCIPALES
Lot 1 : Maçonnerie, rampe d'accès ; Lot 2 : Menuiseries et serrurerie ; Lot 3 : Sanitaires.
Durée : quatre mois à compter de l'ordre de service.
Les variantes ne sont pas autorisées.

CONDITIONS DE PARTICIPATION
Lettre de candidature, attestations d'assurance.

CRITERES D'ATTRIBUTION
60% prix des prestations
40% valeur technique de l'offre

CONDITIONS DE REMISE DES OFFRES
Date limite : Vendredi 5 juin 2020 - 12:00
Validité des offres : 90 jours.

RENSEIGNEMENTS
Date d'envoi à la publication : 07/05/2020
"""

_CCP_MEALS = """Ville de Bourg-Chevreuil
C.C.A.S.

CAHIER DES CLAUSES PARTICULIÈRES
valant acte d'engagement

Portage de repas au domicile des personnes âgées

Entre
le Centre communal d'action sociale de Bourg-Chevreuil, représenté par sa vice-présidente, ci-après « le CCAS »,
et
la société ...................., ci-après « le prestataire »,
il est convenu ce qui suit.

Art. 1 – Ce que le CCAS achète
La confection et le portage, six jours sur sept, d'environ 21 000 repas par an au domicile des bénéficiaires de la commune.

Art. 2 – Nature
Marché public de services à bons de commande, un seul titulaire. Montant minimum annuel : 90 000 € TTC. Montant maximum annuel : 190 000 € TTC.

Art. 3 – Durée
Du 1er janvier 2026 au 31 décembre 2026. Reconduction expresse deux fois pour un an ; le silence du CCAS vaut refus.

Art. 4 – Commandes et livraison
Commande la veille avant 10 h. Livraison entre 8 h et 12 h. Le retard de plus d'une heure coûte 50 € par tournée ; le repas non livré est facturé au prestataire trois fois son prix.

Art. 5 – Hygiène
Agrément sanitaire, chaîne du froid, plats témoins conservés cinq jours.

Art. 6 – Qualité et environnement
Au moins 20 % de produits issus de l'agriculture biologique ; barquettes recyclables reprises par le prestataire ; véhicules électriques ou au gaz dès la deuxième année.

Art. 7 – Prix
Prix unitaire du repas : ........ € TTC. Il est ferme six mois puis révisable chaque semestre selon l'indice INSEE des prix de la restauration collective.

Art. 8 – Paiement
Facture mensuelle. Délai : 30 jours. Avance : sans objet. Retenue de garantie : sans objet.

Art. 9 – Assurance
Responsabilité civile, intoxications alimentaires comprises.

Art. 10 – Données
Les noms et régimes des bénéficiaires sont des données personnelles ; le prestataire ne s'en sert que pour les livraisons et les efface en fin de marché.

Art. 11 – Résiliation
Après deux mises en demeure dans le trimestre, le CCAS peut résilier sans indemnité.

Art. 12 – CCAG
Le CCAG fournitures courantes et services s'applique pour le reste. Il n'y est dérogé que par l'article 4 (pénalités ; article 14 du CCAG).
"""

_DQE_PLANTS = """DETAIL QUANTITATIF ESTIMATIF (non contractuel)
Fourniture de végétaux et de paillage - Ville de Mont-Rocher
Marché 2024EV06 - Lot n° 2 : Arbustes et vivaces

Réf.   Désignation   Unité   Quantité annuelle   Prix unitaire HT   Total HT
201    Arbuste caduc 40/60, conteneur 3 L   u   450
202    Arbuste persistant 60/80   u   300
203    Vivace godet 9 cm   u   5 200
                           Montant HT
                           TVA 10 %
                           Montant TTC
"""

_GUIDE = """GUIDE PRATIQUE
L'acheteur et les conditions d'exécution du marché

Avant-propos
Ce guide s'adresse aux acheteurs des collectivités. Il rappelle les règles et donne des exemples de clauses.

1. Choisir une durée
La durée d'un accord-cadre ne peut dépasser quatre ans, sauf cas exceptionnels. Exemple : « Le marché est conclu pour une durée de deux ans, reconductible une fois. »

2. Prévoir des pénalités
Exemple de clause : « Tout retard donne lieu à une pénalité de 100 € par jour. »

3. Verser une avance
Le taux de l'avance est d'au moins 5 %. Il est conseillé d'aller jusqu'à 30 % pour les petites entreprises.
"""

_CCAP_STREET = """DÉPARTEMENT DES HAUTS-PLATEAUX
Direction générale adjointe Infrastructures

Accord-cadre mono-attributaire n° 2025_TRX_117

CCAP

I - OBJET DE L'ACCORD-CADRE - DISPOSITIONS GÉNÉRALES

I.A Objet
Les stipulations du présent cahier s'appliquent aux travaux de signalisation horizontale sur les routes départementales.

I.B Lots
La consultation est divisée en 2 lots géographiques : le lot n°1 (Est) et le lot n°2 (Ouest).

I.C Montants
Pour chaque période annuelle, les commandes seront comprises entre les montants suivants :
- Lot n°1 Est : minimum 100 000 € HT et maximum 400 000 € HT
- Lot n°2 Ouest : minimum 80 000 € HT et maximum 350 000 € HT

II - DURÉE
L'accord-cadre court à compter de sa notification pour une période initiale d'un an. Il est reconductible tacitement 3 fois pour une durée d'un an, soit 4 ans au total.
Les délais d'exécution de chaque bon sont fixés par celui-ci. La période de préparation est de 15 jours.

III - PIÈCES
L'acte d'engagement, le présent CCAP, le CCTP, le bordereau des prix unitaires, le mémoire technique, le CCAG Travaux en vigueur.

IV - PRIX
Les travaux sont réglés par application des prix unitaires du bordereau aux quantités réellement exécutées.
Les prix sont révisables mensuellement par la formule Cn = 0,125 + 0,875 (TP09n/TP09o).

V - PAIEMENT
Le département règle par virement dans un délai maximum de 30 jours suivant la réception de la demande.
Les dispositions de la retenue de garantie ne sont pas appliquées.
Avance : conformément aux articles R. 2191-3 et suivants, une avance de 5 % est versée pour chaque bon supérieur à 50 000 € HT et d'un délai supérieur à deux mois.

VI - PÉNALITÉS
En cas de retard, P = V/1000 par jour, où V est la valeur du bon. Par dérogation au CCAG, les pénalités sont dues dès le premier euro.
Une pénalité de 150 € est appliquée pour défaut de signalisation temporaire.

VII - SÉCURITÉ ET SIGNALISATION
La signalisation temporaire incombe au titulaire, conformément à l'instruction interministérielle (8e partie).

VIII - ASSURANCES
Attestation de responsabilité civile à fournir à la notification puis chaque année.

IX - DÉCHETS
Les emballages et résidus de peinture sont éliminés en filière agréée, bordereaux à l'appui.

X - FIN DE L'ACCORD-CADRE
L'accord-cadre peut être résilié aux torts du titulaire après trois bons exécutés en retard.

XI - DÉROGATIONS
VI déroge à l'article 19.2.1 du CCAG Travaux.
"""

PIECES: dict[str, tuple[str, Stated]] = {
    "RC voirie.txt": (_RC_ROADS, {
        "objet": "(?i)voirie|chaussées", "acheteur": "(?i)Port-Levant", "numero_consultation": "25S0042", "forme": ("(?i)accord-cadre", "(?i)bons de commande"),
        "procedure": "(?i)appel d'offres ouvert", "lots": ("Secteur nord", "Secteur sud", "Marquage"), "duree_initiale": "31 décembre", "reconductions": "(?i)trois|3",
        "montant_minimum_ht": ("200 000", "150 000"), "montant_maximum_ht": ("1 000 000", "800 000", "250 000"), "date_limite_remise": "22 septembre 2025|22/09/2025",
        "criteres_attribution": ("60", "40"), "variantes": "(?i)autoris", "clause_sociale": "5 %",
    }),
    "CCAP SaaS.md": (_CCAP_SAAS, {
        "objet": "ressources humaines", "acheteur": "Sainte-Aurore", "numero_consultation": "DSI/2025/009", "forme": ("(?i)accord-cadre", "(?i)bons de commande"),
        "duree_initiale": "36|(?i:trente-six)", "reconductions": "(?i)une fois", "montant_minimum_ht": "(?i)pas|sans", "montant_maximum_ht": "600 000",
        "ccag_applicable": "TIC", "derogations_ccag": ("4.1", "14"), "penalites_retard": "500", "delai_paiement": "30", "forme_prix": ("(?i)forfait", "(?i)unitaire"),
        "revision_prix": "(?i)syntec|révis", "avance": "20 %", "retenue_garantie": "(?i)aucune", "assurance": "(?i)responsabilité civile", "sous_traitance": "(?i)agrément|interdite",
        "propriete_intellectuelle": "(?i)concède", "donnees_personnelles": "(?i)article 28|RGPD", "localisation_hebergement": "Union européenne",
        "reversibilite": "(?i)export", "securite": "(?i)plan d'assurance sécurité|27001", "resiliation": "(?i)résilié",
    }),
    "AE maîtrise d'œuvre.txt": (_AE_DESIGN, {
        "objet": "Langevin", "acheteur": "Courcelles", "procedure": "(?i)adaptée", "duree_initiale": "30 mois", "forme_prix": "(?i)forfait", "delai_paiement": "(?i)trente|30",
    }),
    "CCTP archives.txt": (_CCTP_ARCHIVES, {
        "objet": "(?i)numérisation", "acheteur": "Haute-Oyse", "assurance": "(?i)vol|incendie", "localisation_hebergement": "Union européenne", "lieu_execution": "(?i)Feuillants|locaux",
        "securite": "(?i)intrusion|surveillance|accès", "propriete_intellectuelle": "(?i)aucun droit",
    }),
    "avis eforms repas.txt": (_NOTICE_EFORMS, {
        "objet": "(?i)repas", "acheteur": "Pays d'Aulne", "numero_consultation": "SIRPA-2025-REPAS", "type_marche": "services", "forme": "(?i)accord-cadre", "procedure": "(?i)ouverte",
        "lots": ("Restaurants scolaires", "Portage"), "duree_initiale": "24", "reconductions": "1|(?i:une)", "montant_maximum_ht": "4 000 000", "date_limite_remise": "18 juillet 2025|18/07/2025",
        "criteres_attribution": ("40", "45", "15"), "variantes": "(?i)non|refus", "lieu_execution": "(?i)Châteauneuf|Finistère",
    }),
    "avis accessibilité.txt": (_NOTICE_MAPA, {
        "objet": "accessibilité", "acheteur": "Saint-Priest-des-Monts", "numero_consultation": "2020-ACC", "type_marche": "travaux", "procedure": "(?i)adaptée",
        "lots": ("Maçonnerie", "Menuiseries", "Sanitaires"), "duree_initiale": "(?i)quatre mois|4 mois", "date_limite_remise": "5 juin 2020", "criteres_attribution": ("60", "40"),
        "variantes": "(?i)refus|ne sont pas", "lieu_execution": "(?i)bâtiments communaux",
    }),
    "CCP portage.txt": (_CCP_MEALS, {
        "objet": "(?i)repas", "acheteur": "(?i)Bourg-Chevreuil", "type_marche": "services", "forme": "(?i)bons de commande", "duree_initiale": "(?i)1er janvier 2026|31 décembre 2026|12 mois",
        "reconductions": "(?i)deux fois|2 fois", "montant_minimum_ht": ("90 000", "TTC"), "montant_maximum_ht": ("190 000", "TTC"), "ccag_applicable": "(?i)FCS|fournitures courantes",
        "derogations_ccag": "14", "penalites_retard": "50", "delai_paiement": "30", "forme_prix": "(?i)unitaire", "revision_prix": "(?i)révisable", "avance": "(?i)sans",
        "retenue_garantie": "(?i)sans", "assurance": "(?i)responsabilité civile", "lieu_execution": "(?i)domicile", "donnees_personnelles": "(?i)données personnelles",
        "clause_environnementale": "(?i)biologique|recyclables|électriques", "resiliation": "(?i)résilier", "securite": "(?i)sanitaire|froid",
    }),
    "DQE végétaux.txt": (_DQE_PLANTS, {"objet": "(?i)végétaux|arbustes", "acheteur": "Mont-Rocher", "numero_consultation": "2024EV06", "lots": "Arbustes", "forme_prix": "(?i)unitaire"}),
    "guide exécution.txt": (_GUIDE, {}),
    "CCAP signalisation.txt": (_CCAP_STREET, {
        "objet": "signalisation horizontale", "acheteur": "(?i)Hauts-Plateaux", "numero_consultation": "2025_TRX_117", "forme": ("(?i)accord-cadre", "(?i)mono"),
        "lots": ("Est", "Ouest"), "duree_initiale": "(?i)un an|1 an|12 mois", "reconductions": "3", "montant_minimum_ht": ("100 000", "80 000"), "montant_maximum_ht": ("400 000", "350 000"),
        "ccag_applicable": "(?i)travaux", "derogations_ccag": r"19\.2\.1", "penalites_retard": "1000", "delai_paiement": "30", "forme_prix": "(?i)unitaire", "revision_prix": "TP09",
        "avance": "5 %", "retenue_garantie": "(?i)ne sont pas", "assurance": "(?i)responsabilité civile", "securite": "(?i)signalisation", "clause_environnementale": "(?i)éliminés|filière",
        "resiliation": "(?i)torts",
    }),
}  # fmt: skip

# Fields that a fair reader could give or leave: never counted.
TOLERATED: dict[str, frozenset[str]] = {
    "RC voirie.txt": frozenset(("type_marche", "lieu_execution")),
    "CCAP SaaS.md": frozenset(("type_marche", "lieu_execution")),
    "AE maîtrise d'œuvre.txt": frozenset(("type_marche", "avance", "lieu_execution")),
    "CCTP archives.txt": frozenset(("reversibilite",)),
    "avis eforms repas.txt": frozenset(("clause_environnementale",)),
    "avis accessibilité.txt": frozenset(),
    "CCP portage.txt": frozenset(),
    "DQE végétaux.txt": frozenset(),
    "guide exécution.txt": frozenset(("objet",)),
    "CCAP signalisation.txt": frozenset(("type_marche", "lieu_execution")),
}

# Stated, and not found yet: what is missed must stay empty, never become something else.
MISSED: dict[str, frozenset[str]] = {
    "CCTP archives.txt": frozenset(("lieu_execution",)),
    "CCP portage.txt": frozenset(("penalites_retard", "lieu_execution")),
}
