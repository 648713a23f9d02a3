"""Tender pieces in still other layouts: measured once unread (0.85 found, none invented), then mended for. Fictional buyers; nothing of a real tender is copied.

``PIECES`` maps a file name to its text and to {field: patterns that value and quote must hold together}. A field that is not named is one that the piece does not state.
"""

from tests.summaries.made_pieces import Stated

_RC_NETWORK = """# RÈGLEMENT DE CONSULTATION

**Accord-cadre n° 25A0187**

**Fourniture d'équipements réseau, installation et maintenance associée**

Procédure : appel d'offres ouvert (articles L. 2124-2 et R. 2161-2 à R. 2161-5 du code de la commande publique)

Date limite de remise des plis : **jeudi 19 juin 2025, 16 heures (heure de Paris)**

Groupement de coordination sanitaire « Achats du Morvan », établissement coordonnateur : Centre hospitalier d'Aubrelles

## Article 1. Présentation de la consultation

### 1.1. Contexte et objet

Le groupement de coordination sanitaire « Achats du Morvan » agit comme centrale d'achat au bénéfice de onze établissements. La consultation a pour objet la fourniture d'équipements actifs de réseau, leur installation et leur maintenance.

### 1.2. Allotissement

La consultation comporte deux lots, qui donneront lieu chacun à un accord-cadre distinct :

- lot 1 : commutateurs et routeurs ;
- lot 2 : bornes et contrôleurs Wi-Fi.

Un candidat peut soumissionner aux deux lots. Aucune limitation du nombre de lots attribués n'est prévue.

### 1.3. Forme et étendue

Chaque lot fait l'objet d'un accord-cadre mono-attributaire exécuté par l'émission de bons de commande, sans minimum et avec un maximum fixé, pour toute la durée de l'accord-cadre, à :

| Lot | Maximum (€ HT) |
|---|---|
| Lot 1 | 2 400 000 |
| Lot 2 | 900 000 |

Les quantités du détail quantitatif estimatif servent à comparer les offres et n'engagent pas le pouvoir adjudicateur.

### 1.4. Durée

Les accords-cadres sont conclus pour deux ans fermes à compter de leur notification. Ils peuvent être reconduits deux fois, par décision expresse notifiée trois mois avant l'échéance, pour une année supplémentaire à chaque fois. Le délai de livraison des équipements est proposé par le candidat, sans pouvoir dépasser six semaines.

## Article 2. Déroulement

### 2.1. Questions

Les demandes de renseignements sont déposées sur la plateforme au plus tard le 6 juin 2025 à 12 heures ; la réponse est publiée six jours au plus tard avant la date limite.

### 2.2. Variantes et options

Les variantes à l'initiative des candidats ne sont pas admises. Il n'est pas prévu de prestation supplémentaire éventuelle.

### 2.3. Durée de validité des offres

Six mois à compter de la date limite de remise des plis.

## Article 3. Contenu des plis

Le candidat produit le DC1 et le DC2, le chiffre d'affaires des trois derniers exercices (au moins 1 500 000 € HT pour le lot 1), une attestation d'assurance de responsabilité civile professionnelle et la description de ses effectifs.

L'offre comprend l'acte d'engagement, le bordereau des prix unitaires, le détail quantitatif estimatif, et le cadre de réponse technique.

## Article 4. Jugement des offres

L'offre économiquement la plus avantageuse est appréciée, pour chaque lot, d'après les critères suivants : le prix, sur 45 points, jugé sur le montant du détail quantitatif estimatif ; la qualité technique des équipements, sur 30 points ; l'organisation de la maintenance, sur 15 points ; la performance environnementale (consommation électrique, réparabilité), sur 10 points.

En cas d'égalité, l'offre la moins chère l'emporte.

## Article 5. Recours

Tribunal administratif de Dijon, 22 rue d'Assas, 21000 Dijon.
"""

_CCAP_VILLAGE = """MAIRIE DE VALBERGUE
Place de l'Église
43230 VALBERGUE
Tél. 04 71 00 00 00

MARCHÉ DE TRAVAUX PASSÉ SELON UNE PROCÉDURE ADAPTÉE

CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES

Réfection de la toiture de l'église et des façades du presbytère

Affaire 2024-07

Article premier : Objet du marché et dispositions générales

1-1 Objet
Les stipulations du présent C.C.A.P. concernent les travaux de réfection de la toiture de l'église Saint-Roch et de ravalement des façades du presbytère, à Valbergue (43230).

1-2 Tranches et lots
Les travaux ne sont pas divisés en tranches. Ils sont répartis en trois lots :
Lot 1 Maçonnerie - pierre de taille
Lot 2 Charpente - couverture
Lot 3 Paratonnerre

1-3 Maîtrise d'œuvre
La maîtrise d'œuvre est assurée par Mme Odile Sarrazin, architecte du patrimoine, 8 rue Pannessac, 43000 Le Puy-en-Velay.

1-4 Coordination
Le chantier est de 3e catégorie au sens du code du travail. Le coordonnateur SPS sera désigné avant le début des travaux ; les entreprises lui remettent leur plan particulier de sécurité (PPSPS) dans les 30 jours de la notification.

Article 2 : Pièces constitutives
Le marché est constitué par les documents ci-après, cités par ordre de priorité :
A - Pièces particulières : l'acte d'engagement ; le présent C.C.A.P. ; le C.C.T.P. et ses plans ; la décomposition du prix global et forfaitaire.
B - Pièces générales : le C.C.A.G. applicable aux marchés publics de travaux approuvé par arrêté du 30 mars 2021, dans sa version en vigueur au premier jour du mois d'établissement des prix.

Article 3 : Prix et règlement

3-1 Nature des prix
Les travaux sont rémunérés par application d'un prix global forfaitaire.

3-2 Variation
Les prix sont fermes, actualisables si plus de trois mois s'écoulent entre la date à laquelle le candidat a fixé son prix et la date de début d'exécution. L'index est BT03 pour le lot 1, BT30 pour le lot 2.

3-3 Paiements
Les demandes d'acompte sont mensuelles. Le comptable règle les sommes dues dans les trente jours qui suivent la réception de la demande par le maître d'œuvre. Le taux des intérêts moratoires est celui de la Banque centrale européenne majoré de huit points.

3-4 Sous-traitants
L'entrepreneur peut faire agréer des sous-traitants ; l'exécution de travaux par un sous-traitant non accepté expose l'entrepreneur à la résiliation.

Article 4 : Délais et pénalités

4-1 Délais
Le délai d'exécution de l'ensemble des lots est fixé à 5 mois, préparation comprise (1 mois), à dater de l'ordre de service prescrivant de commencer. Une prolongation peut être accordée pour intempéries au-delà de 10 jours ouvrés.

4-2 Retards
Une retenue de 120 € par jour calendaire de retard est appliquée de plein droit, sans mise en demeure. Il est ainsi dérogé à l'article 19.2.3 du C.C.A.G. Toute absence à une réunion de chantier donne lieu à une pénalité de 80 €.

Article 5 : Garanties et avance

5-1 Retenue de garantie : 5 %, remplaçable par une garantie à première demande.

5-2 Avance
Une avance de 10 % est versée à l'entrepreneur dont le lot dépasse 50 000 € HT, sauf refus dans l'acte d'engagement. Elle est remboursée entre 65 % et 80 % d'avancement.

Article 6 : Réception et assurances

6-1 La réception a lieu en une fois à l'achèvement de tous les lots. Le délai de garantie de parfait achèvement est d'un an.

6-2 Assurances
Chaque entreprise produit, dans les quinze jours de la notification et avant tout début de travaux, une attestation de responsabilité civile et une attestation de garantie décennale.

Article 7 : Résiliation
Le marché peut être résilié dans les cas des articles 50 à 54 du C.C.A.G. ; en cas de faute, la résiliation est prononcée aux frais et risques de l'entrepreneur après mise en demeure restée quinze jours sans effet.

Article 8 : Dérogations
L'article 4-2 du présent cahier déroge à l'article 19.2.3 du C.C.A.G. Travaux.
"""

_AE_LOTS = """# ACTE D'ENGAGEMENT (AE)

Référence : SDIS-2026-014

## Personne publique

Service départemental d'incendie et de secours des Hautes-Landes
Représenté par le président de son conseil d'administration
45 route de Bayonne, 40990 TERCIEUX

Personne habilitée à donner les renseignements prévus à l'article R. 2191-59 du code de la commande publique : le chef du groupement finances.

Comptable : payeur départemental.

## Objet

Acquisition d'effets d'habillement et d'équipements de protection individuelle pour les sapeurs-pompiers

## Lots

Le présent acte concerne (cocher) :

- [x] Lot n° 1 – Vestes et surpantalons de protection textile
- [ ] Lot n° 2 – Casques d'intervention
- [ ] Lot n° 3 – Gants et bottes

## 1. Contractant

Je soussigné(e) ............................................, agissant pour le compte de la société ............................, SIRET ................................., m'engage sans réserve à exécuter les prestations.

L'offre me lie pour une durée de cent quatre-vingts jours à compter de la date limite de remise.

## 2. Forme de l'accord-cadre et montants

Accord-cadre avec un seul opérateur, à bons de commande. Le montant des commandes du lot n° 1, pour chaque période de douze mois, ne peut dépasser : quatre cent cinquante mille euros hors taxes (450 000,00 € HT). Aucun minimum n'est fixé.

Les fournitures sont payées aux prix unitaires du bordereau annexé.

## 3. Durée

Première période : du 1er avril 2026 au 31 mars 2027. L'accord-cadre se renouvelle ensuite par tacite reconduction, par périodes d'un an, trois fois au plus.

Délai de livraison : ......... jours calendaires à partir du bon de commande (maximum 90 jours).

## 4. Avance

Le titulaire désigné ci-devant :
- [ ] refuse de percevoir l'avance
- [ ] accepte de percevoir l'avance

## 5. Paiement

Virement au compte : IBAN ................. BIC .............. Le délai global de paiement est celui des articles R. 2192-10 et suivants du code : 30 jours.

## 6. Sous-traitance

- [ ] J'envisage de sous-traiter (joindre les DC4)
- [ ] Je n'envisage pas de sous-traiter

Fait à ............, le ............
"""

_CCTP_OUTSOURCING = """CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES

Infogérance du système d'information et support aux utilisateurs

Communauté d'agglomération des Trois-Vallons

Sommaire
1. Généralités ........................................ 3
2. Prestations attendues .............................. 4
3. Niveaux de service ................................. 7
4. Sécurité ........................................... 9
5. Fin de marché ...................................... 11

1. Généralités

1.1 Le présent document
Il décrit les prestations d'infogérance du système d'information de la communauté d'agglomération des Trois-Vallons et le support de ses 640 utilisateurs, répartis sur vingt-trois sites.

1.2 Existant
Deux salles machines, 48 serveurs virtuels, 700 postes de travail. Le contrat actuel, d'une durée de trois ans, prend fin le 30 septembre 2025. Le maximum de 500 tickets par mois a été dépassé deux fois en 2024.

1.3 Vocabulaire
Incident majeur : incident qui interrompt le travail de plus de cinquante agents.

2. Prestations attendues

2.1 Prise en charge
La phase de prise en charge dure deux mois au plus. Le titulaire rédige un plan de prise en charge sous quinze jours.

2.2 Support
Un guichet unique répond du lundi au vendredi de 8 h à 18 h. 80 % des appels sont décrochés en moins de trente secondes.

2.3 Exploitation
Le titulaire supervise les serveurs, applique les correctifs critiques en moins de 72 heures et vérifie chaque mois une restauration.

3. Niveaux de service

| Indicateur | Seuil | Délai |
|---|---|---|
| Incident majeur | 95 % | 4 heures |
| Incident mineur | 90 % | 2 jours ouvrés |
| Disponibilité de la messagerie | 99,5 % | mois |

Les pénalités encourues sont fixées au CCAP.

4. Sécurité

4.1 Règles
Le titulaire applique la politique de sécurité des systèmes d'information de la communauté et le guide d'hygiène de l'ANSSI. Ses intervenants signent un engagement de confidentialité. Un plan d'assurance sécurité est remis dans le mois de la notification.

4.2 Lieux
Les sauvegardes externalisées et les outils de supervision sont hébergés dans l'Espace économique européen ; aucun accès à distance depuis un pays tiers n'est permis.

4.3 Données des agents et des usagers
Les traitements faits par le titulaire pour le compte de la communauté, responsable de traitement, respectent le RGPD ; l'annexe 2 en donne la liste.

5. Fin de marché

5.1 Réversibilité
Trois mois avant le terme, le titulaire met en œuvre le plan de réversibilité : transfert des connaissances, remise de la base documentaire et des mots de passe, assistance au repreneur pendant vingt jours.

5.2 Documentation
La documentation produite pendant le marché appartient à la communauté, qui peut la communiquer au prestataire suivant.

6. Développement durable
Le titulaire privilégie l'intervention à distance et remet le matériel déposé à une filière de réemploi agréée.
"""

_NOTICE_TED_SUPPLY = """Avis de marché

Fournitures

Directive 2014/24/UE

Section I: Pouvoir adjudicateur

I.1)Nom et adresses
Nom officiel: Université de Roche-Chalais
Adresse postale: 3 avenue des Facultés
Ville: Roche-Chalais
Code NUTS: FRI11 Dordogne
Code postal: 24490
Pays: France
Point(s) de contact: Direction des achats
Courriel: achats@univ-rc.example
Adresse(s) internet:
Adresse principale: https://www.univ-rc.example
Adresse du profil d'acheteur: https://www.place.example

I.4)Type de pouvoir adjudicateur
Organisme de droit public

I.5)Activité principale
Éducation

Section II: Objet

II.1)Étendue du marché

II.1.1)Intitulé:
Acquisition de microscopes et de consommables pour les plateformes de recherche
Numéro de référence: URC-F-2021-33

II.1.2)Code CPV principal
38510000 Microscopes

II.1.3)Type de marché
Fournitures

II.1.4)Description succincte:
Acquisition, livraison, mise en service de microscopes optiques et confocaux, fourniture de consommables de microscopie et formation des utilisateurs.

II.1.5)Valeur totale estimée
Valeur hors TVA: 1 250 000.00 EUR

II.1.6)Information sur les lots
Ce marché est divisé en lots: oui
Il est possible de soumettre des offres pour tous les lots

II.2)Description

II.2.1)Intitulé:
Microscopes confocaux
Lot nº: 1

II.2.3)Lieu d'exécution
Code NUTS: FRI11 Dordogne
Lieu principal d'exécution:
Campus des sciences, 24490 Roche-Chalais

II.2.5)Critères d'attribution
Critères énoncés ci-dessous
Critère de qualité - Nom: Performances techniques / Pondération: 50
Critère de qualité - Nom: Service après-vente / Pondération: 10
Prix - Pondération: 40

II.2.7)Durée du marché, de l'accord-cadre ou du système d'acquisition dynamique
Durée en mois: 24
Ce marché peut faire l'objet d'une reconduction: non

II.2.10)Variantes
Des variantes seront prises en considération: non

II.2)Description

II.2.1)Intitulé:
Consommables de microscopie
Lot nº: 2

II.2.5)Critères d'attribution
Critères énoncés ci-dessous
Critère de qualité - Nom: Performances techniques / Pondération: 50
Critère de qualité - Nom: Service après-vente / Pondération: 10
Prix - Pondération: 40

II.2.7)Durée du marché, de l'accord-cadre ou du système d'acquisition dynamique
Durée en mois: 24
Ce marché peut faire l'objet d'une reconduction: non

Section III: Renseignements d'ordre juridique, économique, financier et technique

III.1.2)Capacité économique et financière
Niveau(x) spécifique(s) minimal/minimaux exigé(s): chiffre d'affaires annuel d'au moins 300 000 EUR

Section IV: Procédure

IV.1)Description

IV.1.1)Type de procédure
Procédure ouverte

IV.1.3)Information sur l'accord-cadre ou le système d'acquisition dynamique
Le marché implique la mise en place d'un accord-cadre
Accord-cadre avec un seul opérateur

IV.2.2)Date limite de réception des offres ou des demandes de participation
Date: 08/11/2021
Heure locale: 12:30

IV.2.4)Langue(s) pouvant être utilisée(s) dans l'offre ou la demande de participation:
français

IV.2.6)Délai minimal pendant lequel le soumissionnaire est tenu de maintenir son offre
L'offre doit être valable jusqu'au: 08/05/2022

IV.2.7)Modalités d'ouverture des offres
Date: 08/11/2021
Heure locale: 14:00

Section VI: Renseignements complémentaires

VI.1)Renouvellement
Il ne s'agit pas d'un marché renouvelable

VI.4.1)Instance chargée des procédures de recours
Nom officiel: Tribunal administratif de Bordeaux
Ville: Bordeaux
"""

_NOTICE_OLD = """AVIS D'APPEL PUBLIC À LA CONCURRENCE

Département de publication : 17
Annonce n° 15-084417
Travaux

Nom et adresse officiels de l'organisme acheteur : OPH Habitat des Deux Rives.
Correspondant : M. le directeur, 12 quai Jean-Bart, 17990 Port-Salines, tél. : 05 46 00 00 00.

Le pouvoir adjudicateur n'agit pas pour le compte d'autres pouvoirs adjudicateurs.

Objet du marché : remplacement des menuiseries extérieures de 84 logements, résidence Les Tamaris.
Type de marché de travaux : exécution.
Lieu d'exécution : résidence Les Tamaris, rue des Sauniers, 17990 Port-Salines.

L'avis implique un marché public.

Caractéristiques principales : fourniture et pose de menuiseries PVC, dépose et évacuation des existantes, reprises d'habillage.
Des variantes seront-elles prises en compte : oui.

Durée du marché ou délai d'exécution : 8 mois à compter de la notification du marché.
Date prévisionnelle de commencement des travaux : 4 janvier 2016.

Cautionnement et garanties exigés : retenue de garantie de 5 %, pouvant être remplacée par une garantie à première demande.

Modalités essentielles de financement et de paiement : fonds propres et emprunt ; paiement à 30 jours par mandat administratif.

Forme juridique que devra revêtir le groupement d'opérateurs économiques attributaire : aucune forme imposée.

Critères d'attribution :
Offre économiquement la plus avantageuse appréciée en fonction des critères énoncés ci-dessous avec leur pondération :
- valeur technique au vu du mémoire : 40 % ;
- prix : 60 %.

Type de procédure : procédure adaptée.

Date limite de réception des offres : 16 octobre 2015 à 17 heures.

Délai minimum pendant lequel le soumissionnaire est tenu de maintenir son offre : 120 jours à compter de la date limite de réception des offres.

Autres renseignements :
Numéro de référence attribué au marché par le pouvoir adjudicateur : T2015-21.

Renseignements complémentaires : une visite du site est conseillée, le 28 septembre 2015 à 10 heures.

Instance chargée des procédures de recours : tribunal administratif de Poitiers.

Date d'envoi du présent avis à la publication : 10 septembre 2015.
"""

_NOTICE_NATIONAL = """Avis n° 24-31772
Publié le 19/03/2024
Avis de marché - Services

Section 1 : Identification de l'acheteur
Nom complet de l'acheteur : Syndicat mixte de la Basse-Ource
Type de Numéro national d'identification : SIRET
N° National d'identification : 25100000000017
Code Postal : 21400
Ville : Ampilly-sur-Ource
Groupement de commandes : Non

Section 2 : Communication
Lien vers le profil d'acheteur : https://marches.example
Identifiant interne de la consultation : SMBO-2024-03
Intégralité des documents sur le profil d'acheteur : Oui
Utilisation de moyens de communication non communément disponibles : Non
Contact : service marchés

Section 3 : Procédure
Type de procédure : Procédure adaptée ouverte
Conditions de participation
Aptitude à exercer l'activité professionnelle : se reporter au règlement de la consultation
Technique d'achat : Accord-cadre
Date et heure limite de réception des plis : 12 avril 2024 à 12 h 00
Présentation des offres par catalogue électronique : Interdite
Réduction du nombre de candidats : Non
Possibilité d'attribution sans négociation : Oui
L'acheteur exige la présentation de variantes : Non

Section 4 : Identification du marché
Intitulé du marché : Entretien de la végétation des berges de l'Ource et de ses affluents
Code CPV principal : 77340000
Type de marché : Services
Description succincte du marché : abattage, élagage, fauchage et enlèvement des embâcles.
Lieu principal d'exécution du marché : bassin de l'Ource (21)
Durée du marché (en mois) : 36
La consultation comporte des tranches : Non
La consultation prévoit une réservation de tout ou partie du marché : Non
Marché alloti : Oui
Mots descripteurs : Élagage, Espaces verts

Section 5 : Lots
Description du lot n° 1 : Secteur amont
Code CPV principal : 77340000
Estimation de la valeur hors taxes du lot : 60000 euros
Lieu d'exécution du lot : secteur amont
Description du lot n° 2 : Secteur aval
Code CPV principal : 77340000
Estimation de la valeur hors taxes du lot : 45000 euros

Section 6 : Informations complémentaires
Visite obligatoire : Non
Autres informations complémentaires : critères : prix (55 %), moyens humains et matériels (30 %), mesures de protection de la faune (15 %).
"""

_CCP_STUDY = """# Cahier des clauses particulières (CCP)

Marché public de prestations intellectuelles

**Schéma directeur des mobilités douces**

Pouvoir adjudicateur : Communauté de communes Cœur de Brenne, 2 place du Château, 36290 Mézières-la-Vieille

Marché n° MOB-2025-02

## 1. Objet et forme

Le marché porte sur l'élaboration du schéma directeur des mobilités douces. Il comprend une tranche ferme (diagnostic et scénarios) et une tranche optionnelle (assistance à la concertation). Il n'est pas alloti, les missions étant indissociables.

## 2. Pièces

Prévalent dans l'ordre : l'acte d'engagement, le présent CCP, la note méthodologique, le CCAG applicable aux marchés publics de prestations intellectuelles (arrêté du 30 mars 2021).

## 3. Durée et délais

La tranche ferme dure sept mois à compter de l'ordre de service de démarrage. La tranche optionnelle, si elle est affermie dans les quatre mois qui suivent la validation du diagnostic, dure trois mois. Le marché ne se reconduit pas.

## 4. Prix

Les prix sont globaux et forfaitaires par tranche. Ils sont fermes et non révisables.

## 5. Règlement

Acomptes : 30 % à la remise du diagnostic, 40 % aux scénarios, solde à la validation. Paiement par mandat administratif sous 30 jours. Pas d'avance, la tranche ferme étant inférieure à 50 000 € HT. Il n'est pas demandé de retenue de garantie.

## 6. Livrables et droits

Les résultats sont régis par le chapitre 6 du CCAG-PI : le titulaire cède à titre non exclusif les droits d'exploitation des livrables, qui pourront être publiés sous licence ouverte.

## 7. Retards

Pour chaque jour ouvré de retard dans la remise d'un livrable, le titulaire subit une pénalité égale à 1/500 du prix de la tranche. L'article 14.1 du CCAG-PI ne s'applique pas sur ce point.

## 8. Confidentialité et données

Le titulaire ne divulgue rien des informations reçues. Les enquêtes auprès des habitants sont anonymes ; si des données personnelles sont recueillies, le titulaire agit comme sous-traitant de la communauté au sens du règlement (UE) 2016/679.

## 9. Sous-traitance

Elle est admise sous réserve d'acceptation et d'agrément des conditions de paiement, par un acte spécial (DC4).

## 10. Assurance

Le titulaire est couvert en responsabilité civile professionnelle et le prouve à la notification.

## 11. Fin anticipée

L'acheteur peut arrêter le marché à l'issue de la tranche ferme sans indemnité. Les autres cas de résiliation sont ceux du CCAG-PI ; pour motif d'intérêt général, l'indemnité est de 3 %.

## 12. Dérogations

Article 7 : déroge à l'article 14.1 du CCAG-PI.
"""

_BPU_TRAINING = """BORDEREAU DES PRIX UNITAIRES

Formations bureautiques et numériques des agents — Région Grand-Val
Consultation n° RGV-25-F-118

| N° | Désignation | Unité | Prix unitaire HT (€) | TVA | Prix TTC (€) |
|---|---|---|---|---|---|
| 1 | Formation présentielle, groupe de 8, une journée | session | | | |
| 2 | Formation à distance, groupe de 10, demi-journée | session | | | |
| 3 | Module en ligne, licence de 12 mois | agent | | | |
| 4 | Annulation à moins de 5 jours | session | | | |

Les prix comprennent les frais de déplacement. Le candidat complète toutes les lignes.

Date, cachet et signature :
"""

_RC_COLLEGE = """REGLEMENT DE LA CONSULTATION

MARCHE DE TRAVAUX

Maître d'ouvrage : Conseil départemental du Haut-Ségala
Mandataire : SEM Ségala Équipement

Opération : Restructuration du collège Marie-Mauron à LAGARDE-VIEILLE

Remise des offres : 3 FEVRIER 2025 A 12H30

ARTICLE 1 - OBJET DE LA CONSULTATION
Restructuration et extension du collège Marie-Mauron : démolitions partielles, construction d'une demi-pension de 400 couverts, rénovation énergétique de l'externat. Les travaux se dérouleront en site occupé, 22 avenue du Viaduc, 12999 Lagarde-Vieille.

ARTICLE 2 - CONDITIONS DE LA CONSULTATION

2.1 Définition de la procédure
La présente consultation est passée en procédure adaptée avec possibilité de négociation, en application de l'article R. 2123-1 du code de la commande publique.

2.2 Décomposition en tranches et en lots
Opération à tranche unique. Lots séparés :
N° 1 VRD - Gros œuvre
N° 2 Ossature bois - Bardage
N° 3 Étanchéité
N° 4 Cuisine

2.3 Compléments à apporter au CCTP
Sans objet.

2.4 Variantes
Variantes libres : non. Variantes imposées : oui, pour le lot 2 (isolant biosourcé en base, variante laine minérale).

2.5 Délai d'exécution
18 mois hors période de préparation (2 mois), à compter de l'ordre de service n° 1.

2.6 Délai de validité des offres
150 jours.

2.7 Clause d'insertion
Le marché comporte une clause obligatoire d'insertion par l'activité économique pour les lots 1 et 2 : respectivement 900 et 350 heures.

2.8 Visite
La visite est obligatoire. Elle a lieu les 8 et 15 janvier 2025 à 14 h sur rendez-vous.

ARTICLE 3 - PRESENTATION DES OFFRES
Un acte d'engagement, la DPGF, un mémoire technique de 20 pages maximum. Attestations d'assurance décennale à joindre par l'attributaire.

ARTICLE 4 - JUGEMENT DES OFFRES

Critère 1 - Prix des travaux : coefficient 0,50
Critère 2 - Valeur technique : coefficient 0,40
  - méthodologie en site occupé : 0,25
  - moyens : 0,15
Critère 3 - Gestion des déchets et des nuisances : coefficient 0,10

ARTICLE 5 - RENSEIGNEMENTS
Questions : par la plateforme, jusqu'au 24 janvier 2025.
"""

PIECES: dict[str, tuple[str, Stated]] = {
    "RC réseau.md": (_RC_NETWORK, {
        "objet": "équipements", "acheteur": "Achats du Morvan|Aubrelles", "numero_consultation": "25A0187", "forme": ("(?i)accord-cadre", "bons de commande", "(?i)mono"),
        "procedure": "(?i)appel d'offres ouvert", "lots": ("commutateurs et routeurs", "Wi-Fi"), "duree_initiale": "(?i)deux ans|2 ans|24 mois",
        "reconductions": "(?i)deux fois|2 fois", "montant_minimum_ht": "(?i)sans", "montant_maximum_ht": ("2 400 000", "900 000"), "date_limite_remise": "19 juin 2025",
        "criteres_attribution": ("45", "30", "15", "10"), "variantes": "(?i)refus|ne sont pas",
    }),
    "CCAP église.txt": (_CCAP_VILLAGE, {
        "objet": "toiture", "acheteur": "(?i)Valbergue", "numero_consultation": "2024-07", "type_marche": "travaux", "procedure": "(?i)procédure adaptée",
        "lots": ("Maçonnerie", "Charpente", "Paratonnerre"), "duree_initiale": "5 mois", "ccag_applicable": "(?i)travaux", "derogations_ccag": r"19\.2\.3",
        "penalites_retard": "120", "delai_paiement": "(?i)trente|30", "forme_prix": "(?i)forfait", "revision_prix": "(?i)actualisable", "avance": "10 %",
        "retenue_garantie": "5 %", "assurance": "(?i)décennale", "lieu_execution": "(?i)Valbergue", "sous_traitance": "(?i)sous-trait", "securite": "(?i)SPS",
        "resiliation": "(?i)résili",
    }),
    "AE habillement.md": (_AE_LOTS, {
        "objet": "habillement", "acheteur": "(?i)incendie et de secours", "numero_consultation": "SDIS-2026-014", "forme": ("(?i)accord-cadre", "bons de commande"),
        "lots": "Vestes", "duree_initiale": "(?i)1er avril 2026|31 mars 2027|un an|12 mois", "reconductions": "(?i)trois fois|3 fois", "montant_minimum_ht": "(?i)aucun|sans",
        "montant_maximum_ht": "450 000", "forme_prix": "(?i)unitaire", "delai_paiement": "30",
    }),
    "CCTP infogérance.txt": (_CCTP_OUTSOURCING, {
        "objet": "(?i)infogérance", "acheteur": "Trois-Vallons", "securite": "(?i)sécurité|confidentialité", "localisation_hebergement": "(?i)Espace économique",
        "donnees_personnelles": "RGPD", "reversibilite": "(?i)Trois mois|plan de réversibilité", "propriete_intellectuelle": "(?i)appartient",
        "clause_environnementale": "(?i)réemploi|à distance",
    }),
    "avis TED microscopes.txt": (_NOTICE_TED_SUPPLY, {
        "objet": "microscop", "acheteur": "Roche-Chalais", "numero_consultation": "URC-F-2021-33", "type_marche": "fournitures", "forme": "(?i)accord-cadre",
        "procedure": "(?i)ouverte", "lots": ("confocaux", "Consommables"), "duree_initiale": "24", "reconductions": "(?i)non", "date_limite_remise": "(?i)8 novembre 2021|08/11/2021",
        "criteres_attribution": ("50", "10", "40"), "variantes": "(?i)non|refus", "lieu_execution": "(?i)Campus|Roche-Chalais",
    }),
    "avis OPH.txt": (_NOTICE_OLD, {
        "objet": "menuiseries", "acheteur": "Deux Rives", "numero_consultation": "T2015-21", "type_marche": "travaux", "procedure": "(?i)adaptée", "duree_initiale": "8 mois",
        "date_limite_remise": "16 octobre 2015", "criteres_attribution": ("40", "60"), "variantes": "(?i)oui|autoris", "delai_paiement": "30", "retenue_garantie": "5 %",
        "lieu_execution": "Tamaris",
    }),
    "avis berges.txt": (_NOTICE_NATIONAL, {
        "objet": "berges", "acheteur": "Basse-Ource", "numero_consultation": "SMBO-2024-03", "type_marche": "services", "forme": "(?i)accord-cadre", "procedure": "(?i)adaptée",
        "lots": ("amont", "aval"), "duree_initiale": "36", "date_limite_remise": "12 avril 2024", "criteres_attribution": ("55", "30", "15"), "lieu_execution": "Ource",
    }),
    "CCP mobilités.md": (_CCP_STUDY, {
        "objet": "mobilités", "acheteur": "Cœur de Brenne", "numero_consultation": "MOB-2025-02", "type_marche": "(?i)service|intellectuel", "forme": "(?i)tranche",
        "lots": "(?i)non alloti", "duree_initiale": "(?i)sept mois|7 mois", "reconductions": "(?i)non|ne se", "ccag_applicable": "PI|intellectuelles",
        "derogations_ccag": r"14\.1", "penalites_retard": "500", "delai_paiement": "30", "forme_prix": "(?i)forfait", "revision_prix": "(?i)ferme", "avance": "(?i)pas|aucune",
        "retenue_garantie": "(?i)pas|aucune", "assurance": "(?i)responsabilité civile", "sous_traitance": "(?i)admise|DC4", "propriete_intellectuelle": "(?i)cède|droits",
        "donnees_personnelles": "2016/679", "securite": "(?i)divulgue|confidentialité", "resiliation": "(?i)résiliation|arrêter",
    }),
    "BPU formations.md": (_BPU_TRAINING, {"objet": "(?i)formation", "acheteur": "Grand-Val", "numero_consultation": "RGV-25-F-118", "forme_prix": "(?i)unitaire"}),
    "RC collège.txt": (_RC_COLLEGE, {
        "objet": "(?i)collège", "acheteur": "Haut-Ségala", "type_marche": "travaux", "procedure": "(?i)adaptée", "lots": ("Gros œuvre", "Ossature", "Étanchéité", "Cuisine"),
        "duree_initiale": "18 mois", "date_limite_remise": "(?i)3 février 2025", "criteres_attribution": ("50", "40", "10"), "variantes": "(?i)libres|imposées|lot 2",
        "lieu_execution": "(?i)Viaduc|Lagarde", "clause_sociale": "900",
    }),
}  # fmt: skip

# Fields that a fair reader could give or leave: never counted.
TOLERATED: dict[str, frozenset[str]] = {
    "RC réseau.md": frozenset(("type_marche", "forme_prix", "assurance")),
    "CCAP église.txt": frozenset(("clause_environnementale",)),
    "AE habillement.md": frozenset(("type_marche", "avance", "sous_traitance")),
    "CCTP infogérance.txt": frozenset(("lieu_execution", "penalites_retard", "duree_initiale")),
    "avis TED microscopes.txt": frozenset(),
    "avis OPH.txt": frozenset(("forme",)),
    "avis berges.txt": frozenset(("variantes",)),
    "CCP mobilités.md": frozenset(("lieu_execution",)),
    "BPU formations.md": frozenset(("forme",)),
    "RC collège.txt": frozenset(("forme", "securite", "clause_environnementale")),
}
