"""Tender pieces written for the tests, each in another house's manner, with what each of them states. Fictional buyers; nothing of a real tender is copied.

``PIECES`` maps a file name to its text and to {field: patterns that value and quote must hold together}. A field that is not named is one that the piece does not state.
"""

Stated = dict[str, str | tuple[str, ...]]

_RC_SOFTWARE = """RÈGLEMENT DE LA CONSULTATION

ACCORD-CADRE DE FOURNITURES COURANTES ET DE SERVICES

FOURNITURE ET LIVRAISON DE PRODUITS D'ENTRETIEN POUR LES ÉCOLES

Date et heure limites de réception des offres :
Vendredi 14 mars 2025 à 12:00

Ville de Montréal-les-Sources
Service de la commande publique
2 place du Marché
48210 MONTRÉAL-LES-SOURCES

# 1 - Objet et étendue de la consultation

## 1.1 - Objet

La présente consultation concerne la fourniture et la livraison de produits d'entretien pour les écoles et les crèches municipales.
Lieu(x) d'exécution : Écoles et crèches de la commune, 48210 Montréal-les-Sources

## 1.2 - Mode de passation

La procédure de passation utilisée est : l'appel d'offres ouvert. Elle est soumise aux dispositions des articles L. 2124-2, R. 2124-2 1° et R. 2161-2 à R. 2161-5 du Code de la commande publique.

## 1.3 - Type et forme de contrat

L'accord-cadre avec maximum est passé en application des articles L. 2125-1 1°, R. 2162-1 à R. 2162-6, R. 2162-13 et R. 2162-14 du Code de la commande publique. Il donnera lieu à l'émission de bons de commande.
Chaque lot sera attribué à un seul opérateur économique.

## 1.4 - Décomposition de la consultation

Les prestations sont réparties en 3 lots :

| Lot(s) | Désignation |
|---|---|
| 1 | Produits lessiviels |
| 2 | Essuie-mains et papier hygiénique |
| 3 | Petit matériel de nettoyage |

## 1.5 - Nomenclature

La classification conforme au vocabulaire commun des marchés européens (CPV) est : 39830000-9 Produits de nettoyage.

# 2 - Conditions de la consultation

## 2.1 - Délai de validité des offres

Le délai de validité des offres est fixé à 120 jours à compter de la date limite de réception des offres.

## 2.2 - Forme juridique du groupement

Le pouvoir adjudicateur ne souhaite imposer aucune forme de groupement à l'attributaire de l'accord-cadre.

## 2.3 - Variantes

Aucune variante n'est autorisée.

# 3 - Conditions relatives au contrat

## 3.1 - Durée du contrat

L'accord-cadre est conclu pour une période initiale de 1 an à compter de sa notification.
L'accord-cadre est reconduit tacitement jusqu'à son terme. Le nombre de périodes de reconduction est fixé à 3. La durée de chaque période de reconduction est de 1 an.

## 3.2 - Modalités essentielles de financement et de paiement

Les prestations seront financées sur le budget communal. Les sommes dues au(x) titulaire(s) seront payées dans un délai global de 30 jours à compter de la date de réception des factures.

# 4 - Contenu du dossier de consultation

Le dossier de consultation contient les pièces suivantes : le règlement de la consultation, l'acte d'engagement, le bordereau des prix unitaires, le CCAP et le CCTP.

# 5 - Présentation des candidatures et des offres

Les offres des candidats seront entièrement rédigées en langue française. Pièces de la candidature : déclaration sur l'honneur, chiffre d'affaires des trois derniers exercices, déclaration appropriée de banques ou preuve d'une assurance pour les risques professionnels.

# 6 - Conditions d'envoi ou de remise des plis

Les plis devront parvenir à destination avant la date et l'heure limites de réception des offres indiquées sur la page de garde. Le pli peut être doublé d'une copie de sauvegarde.

# 7 - Examen des candidatures et des offres

## 7.1 - Sélection des candidatures

Les candidats sont retenus au vu de leurs capacités professionnelles, techniques et financières.

## 7.2 - Attribution des accords-cadres

Les critères retenus pour le jugement des offres sont pondérés de la manière suivante :

| Critères | Pondération |
|---|---|
| 1-Prix des prestations | 50.0 % |
| 2-Valeur technique | 40.0 % |
| 2.1-Qualité des échantillons | 25.0 % |
| 2.2-Délais de livraison | 15.0 % |
| 3-Performances en matière de protection de l'environnement | 10.0 % |

# 8 - Renseignements complémentaires

Les candidats devront faire parvenir leurs questions au plus tard le 4 mars 2025.
Tribunal administratif de Nîmes, 16 avenue Feuchères, 30000 Nîmes.
"""

_CCAP_SERVICES = """MARCHÉ PUBLIC DE FOURNITURES COURANTES ET DE SERVICES

CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES

Maintenance des ascenseurs du patrimoine départemental

Département de la Haute-Vézère
12 rue de la Préfecture
CS 11200
87900 LIMERAC

Marché n° 2025-DPB-0417

# 1 - Dispositions générales du contrat

## 1.1 - Objet du contrat

Les stipulations du présent Cahier des Clauses Administratives Particulières (CCAP) concernent :
La maintenance préventive et corrective des ascenseurs et monte-charges du patrimoine départemental
Lieu(x) d'exécution : Collèges et bâtiments administratifs du Département de la Haute-Vézère

## 1.2 - Décomposition du contrat

Il n'est pas prévu de décomposition en lots. Il n'est pas prévu de décomposition en tranches.

# 2 - Pièces contractuelles

Les pièces contractuelles du marché sont les suivantes et, en cas de contradiction entre leurs stipulations, prévalent dans cet ordre de priorité :
- L'acte d'engagement (AE) et ses annexes
- Le cahier des clauses administratives particulières (CCAP)
- Le cahier des clauses techniques particulières (CCTP)
- Le cahier des clauses administratives générales (CCAG) applicable aux marchés de fournitures courantes et de services, approuvé par l'arrêté du 30 mars 2021
- Le mémoire technique du titulaire

# 3 - Confidentialité et mesures de sécurité

Le présent marché comporte une obligation de confidentialité telle que prévue à l'article 5.1 du CCAG-FCS. Le titulaire doit informer ses sous-traitants des obligations de confidentialité et des mesures de sécurité.

# 4 - Durée et délais d'exécution

## 4.1 - Délai global d'exécution des prestations

La durée du contrat est de 24 mois à compter du 1er janvier 2026.

## 4.2 - Reconduction

Le contrat est reconduit de façon expresse jusqu'à son terme. Le nombre de périodes de reconduction est fixé à 2. La durée de chaque période de reconduction est de 12 mois. La durée maximale du contrat, toutes périodes confondues, est de 48 mois.

# 5 - Prix

## 5.1 - Caractéristiques des prix pratiqués

Les prestations sont réglées par un prix global forfaitaire selon les stipulations de l'acte d'engagement.

## 5.2 - Modalités de variation des prix

Les prix sont révisés annuellement par application aux prix du marché d'un coefficient Cn donné par la formule : Cn = 15.00% + 85.00% (ICHT-IME (n)/ICHT-IME (o)).

# 6 - Garanties financières

Aucune clause de garantie financière ne sera appliquée.

# 7 - Avance

Une avance est accordée au titulaire, sauf indication contraire dans l'acte d'engagement, lorsque le montant initial du marché est supérieur à 50 000,00 € HT. Le montant de l'avance est fixé à 5,00 % du montant initial toutes taxes comprises.

# 8 - Modalités de règlement des comptes

## 8.1 - Acomptes et paiements partiels définitifs

Les acomptes seront versés au titulaire dans les conditions de l'article 11 du CCAG-FCS.

## 8.2 - Délai global de paiement

Les sommes dues au titulaire seront payées dans un délai global de 30 jours à compter de la date de réception des demandes de paiement. En cas de retard de paiement, le titulaire a droit au versement d'intérêts moratoires, ainsi qu'à une indemnité forfaitaire pour frais de recouvrement d'un montant de 40 €.

# 9 - Pénalités

## 9.1 - Pénalités de retard

Lorsque le délai contractuel d'exécution est dépassé, par le fait du titulaire, celui-ci encourt, par jour de retard et sans mise en demeure préalable, une pénalité fixée à 150,00 €. Par dérogation à l'article 14.1.3 du CCAG-FCS, le titulaire n'est pas exonéré des pénalités dont le montant total ne dépasse pas 1 000 €.

## 9.2 - Pénalité pour travail dissimulé

Si le titulaire ne s'acquitte pas des formalités prévues par le Code du travail en matière de travail dissimulé, le pouvoir adjudicateur applique une pénalité correspondant à 10,00 % du montant TTC du marché.

# 10 - Assurances

Le titulaire doit contracter les assurances permettant de garantir sa responsabilité à l'égard du pouvoir adjudicateur et des tiers, victimes d'accidents ou de dommages causés par l'exécution des prestations. Il doit justifier, dans un délai de 15 jours à compter de la notification du contrat et avant tout début d'exécution de celui-ci, qu'il est titulaire de ces contrats d'assurances.

# 11 - Résiliation du contrat

Les conditions de résiliation du contrat sont définies aux articles 38 à 45 du CCAG-FCS. En cas de résiliation du marché pour motif d'intérêt général par le pouvoir adjudicateur, le titulaire percevra à titre d'indemnisation une somme forfaitaire calculée en appliquant au montant initial hors TVA, diminué du montant hors TVA non révisé des prestations admises, un pourcentage égal à 5,00 %.

# 12 - Dérogations

- L'article 9.1 du CCAP déroge à l'article 14.1.3 du CCAG - Fournitures Courantes et Services
- L'article 2 du CCAP déroge à l'article 4.1 du CCAG - Fournitures Courantes et Services
"""

_CCAP_WORKS = """COMMUNE DE SAINT-AUBIN-DES-GRÈVES
Département de la Manche

RÉHABILITATION DE L'ÉCOLE JEAN-MOULIN

C.C.A.P.
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES
MARCHÉ PUBLIC DE TRAVAUX

Maître de l'ouvrage : Commune de Saint-Aubin-des-Grèves
Maître d'œuvre : Atelier Corbin & Associés, 3 quai Vendeuvre, 14000 Caen

# ARTICLE 1 - OBJET DU MARCHÉ - DISPOSITIONS GÉNÉRALES

## 1.1 Objet du marché - Emplacement des travaux

Le présent marché a pour objet les travaux de réhabilitation thermique et d'extension de l'école Jean-Moulin.
Les travaux se situent 14 rue des Tamaris, 50380 Saint-Aubin-des-Grèves.

## 1.2 Décomposition en lots

Les travaux sont répartis en 4 lots désignés ci-après :
Lot n° 01 : Gros œuvre - Démolitions
Lot n° 02 : Charpente bois - Bardage
Lot n° 03 : Menuiseries extérieures
Lot n° 04 : Électricité - Ventilation

## 1.3 Maîtrise d'œuvre, contrôle technique, coordination SPS

L'opération est soumise à une coordination en matière de sécurité et de protection de la santé de catégorie 2 ; le coordonnateur SPS est le bureau Préventis. Chaque entreprise remet un PPSPS avant toute intervention sur le chantier.

# ARTICLE 2 - PIÈCES CONSTITUTIVES DU MARCHÉ

Par ordre de priorité décroissante :
a) Pièces particulières
- l'acte d'engagement (A.E.) ;
- le présent cahier des clauses administratives particulières (C.C.A.P.) ;
- le cahier des clauses techniques particulières (C.C.T.P.) de chaque lot ;
b) Pièces générales
- le cahier des clauses administratives générales applicables aux marchés publics de travaux (C.C.A.G. Travaux), arrêté du 30 mars 2021.

# ARTICLE 3 - PRIX ET RÈGLEMENT DES COMPTES

## 3.1 Contenu des prix

Les ouvrages ou prestations faisant l'objet du marché seront réglés par un prix global et forfaitaire réparti dans l'état de prix forfaitaire.

## 3.2 Variation dans les prix

Les prix sont fermes et actualisables dans les conditions ci-dessous. Le mois d'établissement des prix est appelé « mois zéro » (m0). L'index de référence est le BT01.

## 3.3 Paiement

Le délai maximum de paiement est de 30 jours. Les travaux sont réglés par acomptes mensuels.

# ARTICLE 4 - DÉLAI D'EXÉCUTION - PÉNALITÉS

## 4.1 Délai d'exécution des travaux

Le délai d'exécution de l'ensemble des lots est de 11 mois, période de préparation d'un mois comprise, à compter de l'ordre de service de démarrage.

## 4.2 Pénalités pour retard

Par dérogation à l'article 19.2.3 du C.C.A.G. Travaux, il est appliqué une pénalité journalière de 1/1000 du montant du marché avec un minimum de 200 € par jour calendaire de retard.

# ARTICLE 5 - CLAUSES DE FINANCEMENT ET DE SÛRETÉ

## 5.1 Retenue de garantie

Une retenue de garantie de 5 % est exercée sur chaque acompte. Elle peut être remplacée par une garantie à première demande.

## 5.2 Avance

Aucune avance ne sera versée au titulaire.

# ARTICLE 6 - CLAUSE D'INSERTION SOCIALE

Le titulaire du lot 1 réserve au moins 280 heures de travail à des personnes éloignées de l'emploi, dans les conditions fixées avec le facilitateur de la Maison de l'emploi.

# ARTICLE 7 - GESTION DES DÉCHETS ET ENVIRONNEMENT

Chaque entreprise trie ses déchets de chantier et fournit les bordereaux de suivi ; au moins 70 % des déchets non dangereux sont valorisés.

# ARTICLE 8 - SOUS-TRAITANCE

Les entreprises peuvent sous-traiter l'exécution de certaines parties de leur marché, sous réserve de l'acceptation du sous-traitant et de l'agrément de ses conditions de paiement par le maître de l'ouvrage (formulaire DC4).

# ARTICLE 9 - ASSURANCES

Avant tout commencement d'exécution, les titulaires justifient d'une assurance de responsabilité civile et d'une assurance décennale en cours de validité.

# ARTICLE 10 - RÉSILIATION

Il est fait application des articles 49 à 54 du C.C.A.G. Travaux. En cas d'inexactitude des renseignements prévus à l'article R. 2143-3 du code de la commande publique, le marché est résilié aux torts du titulaire.

# ARTICLE 11 - DÉROGATIONS AUX DOCUMENTS GÉNÉRAUX

Article 4.2 du C.C.A.P. : dérogation à l'article 19.2.3 du C.C.A.G. Travaux.
"""

_AE_FORM = """ACTE D'ENGAGEMENT

A - Objet de l'acte d'engagement

■ Objet du marché public : Hébergement et maintenance du système d'information des ressources humaines

■ Cet acte d'engagement correspond :
☒ à l'ensemble du marché public (en cas de non allotissement).
☐ au lot n° ....... ou aux lots n° ...................... de la procédure de passation

☒ à l'offre de base.
☐ à la variante suivante : ........................

B - Engagement du titulaire

Après avoir pris connaissance des pièces constitutives du marché public suivantes, le signataire s'engage :
☒ CCAP n° 2026-SIRH-CCAP
☒ CCAG : TIC
☒ CCTP n° 2026-SIRH-CCTP

■ Le signataire
☐ s'engage, sur la base de son offre et pour son propre compte ;
☐ engage la société ......................... sur la base de son offre ;

à exécuter les prestations demandées :
☐ aux prix indiqués ci-dessous ;
☒ aux prix unitaires indiqués dans le bordereau des prix joint au présent document.

B3 - Compte à créditer : IBAN ...............................

B4 - Avance :
Je renonce au bénéfice de l'avance : ☐ Non ☐ Oui

B5 - Durée d'exécution du marché public
La durée d'exécution du marché public est de 36 mois à compter de :
☒ la date de notification du marché public ;
☐ la date de notification de l'ordre de service ;

Le marché public est reconductible : ☐ Non ☒ Oui
Si oui, préciser : Nombre des reconductions : 1. Durée des reconductions : 12 mois.

C - Signature du marché public par le titulaire

D - Identification et signature de l'acheteur
■ Désignation de l'acheteur : Centre hospitalier intercommunal du Val de Braye, 9 avenue Paul-Doumer, 72310 Bessé
■ Désignation du comptable assignataire : Trésorerie hospitalière du Mans
"""

_CCTP_CLOUD = """CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES

Infogérance et hébergement du portail des usagers

Métropole de Brévenne

# 1 Contexte et objet

Le présent marché porte sur l'infogérance, l'hébergement et la tierce maintenance du portail numérique des usagers de la Métropole de Brévenne.
Le portail est ouvert depuis 2019 et compte 120 000 comptes actifs.

# 2 Exigences d'hébergement

## 2.1 Localisation

Les données du portail, y compris les sauvegardes et les journaux, sont hébergées et traitées exclusivement sur le territoire de l'Union européenne.

## 2.2 Qualification

L'offre d'hébergement est qualifiée SecNumCloud par l'ANSSI pendant toute la durée du marché, ou présente des garanties équivalentes dont le titulaire apporte la preuve.

# 3 Sécurité

Le titulaire remet un plan d'assurance sécurité (PAS) dans les trente jours qui suivent la notification et signale tout incident de sécurité sous 24 heures.

# 4 Réversibilité

Au terme du marché, le titulaire restitue l'ensemble des données dans un format ouvert et documenté et assiste le repreneur pendant trois mois, sans surcoût. Un plan de réversibilité est remis dans les six mois qui suivent la notification.

# 5 Données à caractère personnel

Le titulaire agit en qualité de sous-traitant au sens de l'article 28 du règlement (UE) 2016/679. Il notifie toute violation de données à la Métropole dans un délai de 24 heures.

# 6 Niveaux de service

Le portail est disponible 99,8 % du temps, mesuré chaque mois. Le délai de rétablissement d'une anomalie bloquante est de quatre heures ouvrées.

# 7 Sobriété numérique

Le titulaire mesure chaque année l'empreinte environnementale du service et propose un plan de réduction ; les équipements remplacés sont orientés vers le réemploi.
"""

_RC_MAPA = """RÈGLEMENT DE CONSULTATION (R.C.)

Marché passé selon une procédure adaptée en application de l'article R. 2123-1 1° du Code de la commande publique

POUVOIR ADJUDICATEUR : SYNDICAT MIXTE DES EAUX DU HAUT-LOING
OBJET : Étude diagnostique du réseau d'eau potable
Référence de la consultation : 25-AEP-03

Remise des offres avant le : 30/06/2025 à 17h00

# Article 1 - Acheteur

Le pouvoir adjudicateur est le Syndicat mixte des eaux du Haut-Loing, 4 chemin du Lavoir, 89220 Bléneau.

# Article 2 - Objet de la consultation

La consultation a pour objet une étude diagnostique et l'élaboration du schéma directeur du réseau d'eau potable du syndicat.
Le marché n'est pas alloti, les prestations formant un tout indissociable.
Il comprend une tranche ferme (diagnostic) et une tranche optionnelle (schéma directeur).

# Article 3 - Délai d'exécution

Le délai d'exécution de la tranche ferme est de 9 mois à compter de la notification du marché.

# Article 4 - Variantes et prestations supplémentaires

Les variantes sont autorisées, dans la limite d'une par candidat. Aucune prestation supplémentaire éventuelle n'est prévue.

# Article 5 - Visite des lieux

Une visite du site est obligatoire ; elle aura lieu le 12/06/2025 à 9h00.

# Article 6 - Jugement des offres

Les offres sont notées sur 100 points :
- Valeur technique de l'offre, appréciée au vu du mémoire : 55 points
  dont méthodologie : 35 points
  dont moyens humains : 20 points
- Prix : 35 points
- Délai d'exécution : 10 points

# Article 7 - Renseignements

Les demandes de renseignements sont reçues sur le profil d'acheteur jusqu'au 20/06/2025.
L'ouverture des plis aura lieu le 1er juillet 2025.
Le délai de validité des offres est de 90 jours.
"""

_CCP_INTELLECTUAL = """CAHIER DES CLAUSES PARTICULIÈRES
valant acte d'engagement, CCAP et CCTP

Accord-cadre d'assistance juridique en droit public

Entre l'Université de Haute-Lande, représentée par son président, ci-après dénommée « l'acheteur », d'une part,
et le titulaire, d'autre part.

Article 1. Objet

L'accord-cadre a pour objet des prestations d'assistance et de conseil juridiques en droit public au bénéfice des services de l'université.

Article 2. Forme et montant

Il s'agit d'un accord-cadre multi-attributaire conclu avec trois titulaires, exécuté par l'émission de bons de commande et donnant lieu, pour les dossiers complexes, à des marchés subséquents.
L'accord-cadre est conclu sans minimum et avec un maximum de deux cent mille euros (200 000 €) HT sur sa durée totale.

Article 3. Durée

L'accord-cadre prend effet à sa notification pour une durée ferme de quatre ans. Il n'est pas reconductible.

Article 4. Prix

Les prestations sont rémunérées par application des prix unitaires du bordereau, exprimés en taux horaire. Ces prix sont fermes pour toute la durée de l'accord-cadre.

Article 5. Paiement

Le délai de paiement ne peut excéder trente jours à compter de la réception de la facture sur Chorus Pro.

Article 6. Confidentialité

Le titulaire et ses collaborateurs sont tenus au secret professionnel pour tout ce qui concerne les faits, informations et documents dont ils ont connaissance.

Article 7. Propriété intellectuelle

Les parties retiennent les stipulations du chapitre 6 du CCAG-PI : le titulaire concède à l'acheteur, à titre non exclusif, le droit d'utiliser les résultats.

Article 8. Pénalités

Les consultations remises au-delà du délai indiqué dans le bon de commande donnent lieu à une pénalité de 80 euros par jour ouvré de retard.

Article 9. Sous-traitance

La sous-traitance totale est interdite ; la sous-traitance partielle est soumise à l'acceptation préalable de l'acheteur.

Article 10. Fin de l'accord-cadre

L'acheteur peut résilier l'accord-cadre pour faute du titulaire dans les conditions de l'article 39 du CCAG-PI, ou pour motif d'intérêt général sans indemnité.

Article 11. Litiges

Le tribunal administratif de Pau est compétent.
"""

_NOTICE_EFORMS = """Avis de marché

Numéro de publication de l'avis au BOAMP : 25-31874
Section 1 - Acheteur
1.1 Acheteur
Nom officiel : Région Rhône-Alpilles
Forme juridique de l'acheteur : Autorité régionale
Activité du pouvoir adjudicateur : Services d'administration générale
Section 2 - Procédure
2.1 Procédure
Titre : Acquisition et maintenance de serveurs pour les lycées
Description : La présente procédure concerne la fourniture, l'installation et la maintenance de serveurs de proximité dans les lycées publics.
Identifiant de la procédure : 7c1f0d3a-1111-4222-8333-944455566677
Identifiant interne : 25S0142
Type de procédure : Ouverte
2.1.1 Objet
Nature du marché : Fournitures
Nomenclature principale (cpv) : 48820000 Serveurs
2.1.2 Lieu d'exécution
Subdivision pays (NUTS) : Drôme (FRK23)
Pays : France
Section 5 - Lot
5.1 Lot : LOT-0001
Titre : Serveurs de proximité
Description : Fourniture et maintenance
Identifiant interne : 25S0142-1
5.1.3 Durée estimée
Durée : 48 Mois
5.1.6 Informations générales
Participation réservée : La participation n'est pas réservée.
5.1.10 Critères d'attribution
Critère :
Type : Prix
Nom : Prix
Pondération (pourcentage, valeur exacte) : 55
Critère :
Type : Qualité
Nom : Valeur technique
Pondération (pourcentage, valeur exacte) : 35
Critère :
Type : Qualité
Nom : Performance environnementale
Pondération (pourcentage, valeur exacte) : 10
5.1.12 Conditions du marché public
Date limite de réception des offres : 22/05/2025 12:00:00 (UTC+2)
Variantes : Non autorisée
Date limite de validité de l'offre : 6 Mois
Informations relatives à l'ouverture publique : 23/05/2025 09:00:00 (UTC+2)
5.1.15 Techniques
Accord-cadre : Accord-cadre, sans remise en concurrence
Nombre maximal de participants : 1
Valeur maximale de l'accord-cadre : 1 800 000 Euro
5.1.16 Informations complémentaires
Organisation chargée des procédures de recours : Tribunal administratif de Lyon
"""

_NOTICE_TABLE = """AVIS D'APPEL PUBLIC À LA CONCURRENCE

1. Identification de l'organisme acheteur
Nom de l'organisme : Communauté de communes du Pays de Trèves
Adresse : 1 rue du Stade, 69420 Trèves

2. Objet du marché : Collecte et tri des textiles usagés

3. Caractéristiques
Marché de services passé en procédure adaptée ouverte.
Durée du marché : 2 ans à compter du 01/09/2025, renouvelable une fois pour la même durée.
Le marché est décomposé en deux lots :
Lot 1 : Collecte en points d'apport volontaire
Lot 2 : Tri et valorisation
Montant minimum annuel du lot 1 : 20 000 € HT
Montant maximum annuel du lot 1 : 60 000 € HT
Montant minimum annuel du lot 2 : 10 000 € HT
Montant maximum annuel du lot 2 : 45 000 € HT

4. Date limite de remise des offres : lundi 7 juillet 2025 à 16 h 30

5. Critères d'attribution : prix (45 %), qualité du service (40 %), démarche environnementale (15 %)

6. Date d'envoi du présent avis : 02/06/2025
"""

_BPU = """BORDEREAU DES PRIX UNITAIRES

Accord-cadre n° 2025-042
Location de bennes et évacuation des gravats

| N° de prix | Désignation | Unité | Prix unitaire HT en euros |
|---|---|---|---|
| 1 | Mise à disposition d'une benne de 8 m3 | jour | |
| 2 | Enlèvement | rotation | |
| 3 | Traitement des gravats | tonne | |

Date et signature du candidat
"""

_CCTP_CLEANING = """C.C.T.P.
Nettoyage des locaux de la médiathèque

Ville d'Ormesson-la-Forêt

1. OBJET

Le présent cahier décrit les prestations de nettoyage des locaux et de la vitrerie de la médiathèque Simone-Veil, située 8 allée des Érables à Ormesson-la-Forêt.

2. PRESTATIONS

Les prestations sont exécutées du lundi au samedi entre 6 h et 9 h. La vitrerie est lavée quatre fois par an, dans un délai de 10 jours à compter de la demande.
Le titulaire remplace sous deux heures tout agent absent.
L'environnement du bâtiment est bruyant ; les aspirateurs sont de classe silencieuse.

3. PRODUITS

Les produits portent l'Écolabel européen ou un label équivalent. Les déchets sont triés et déposés dans les conteneurs du site.

4. PERSONNEL

Le titulaire reprend le personnel en place dans les conditions de la convention collective. Les agents portent un badge.

5. CONTRÔLE

Un contrôle contradictoire a lieu chaque trimestre. Les pénalités sont celles du CCAP.
"""

_LETTER = """Note de service

Objet : rappel des congés d'été

Mesdames, Messieurs,

Les demandes de congés d'été sont à remettre avant le 15 mai 2025 à 12 h. Le service de la commande publique reste ouvert en juillet.
Les agents peuvent poser au maximum 20 jours. Le budget des formations est de 12 000 euros.
Le secrétariat général
"""

PIECES: dict[str, tuple[str, Stated]] = {
    "RC fournitures.md": (
        _RC_SOFTWARE,
        {
            "objet": "produits d'entretien",
            "acheteur": "Montréal-les-Sources",
            "procedure": "ppel d'offres ouvert",
            "forme": ("ccord-cadre", "bons de commande"),
            "lots": ("lessiviels", "Essuie-mains", "Petit matériel"),
            "duree_initiale": "1 an|12 mois",
            "reconductions": ("3", "1 an"),
            "date_limite_remise": "14 mars 2025 à 12 h",
            "criteres_attribution": ("50", "40", "10", "Prix"),
            "variantes": "Refus",
            "delai_paiement": "30",
            "lieu_execution": "Écoles",
        },
    ),
    "CCAP ascenseurs.md": (
        _CCAP_SERVICES,
        {
            "objet": "ascenseurs",
            "acheteur": "Département de la Haute-Vézère",
            "numero_consultation": "2025-DPB-0417",
            "lots": "non alloti",
            "ccag_applicable": ("FCS", "2021"),
            "securite": "confidentialité",
            "duree_initiale": "24 mois",
            "reconductions": ("2", "12 mois"),
            "forme_prix": "forfait",
            "revision_prix": ("révis", "ICHT"),
            "retenue_garantie": "Aucune clause de garantie financière",
            "avance": ("5,00 %",),
            "delai_paiement": "30",
            "penalites_retard": "150",
            "assurance": ("15 jours", "responsabilité"),
            "resiliation": "38 à 45",
            "derogations_ccag": ("14.1.3", "4.1"),
            "lieu_execution": "Collèges",
        },
    ),
    "CCAP travaux.md": (
        _CCAP_WORKS,
        {
            "objet": ("réhabilitation", "Jean-Moulin"),
            "acheteur": "Saint-Aubin-des-Grèves",
            "type_marche": "travaux",
            "lots": ("Gros œuvre", "Charpente", "Électricité"),
            "securite": "SPS",
            "ccag_applicable": ("Travaux", "2021"),
            "forme_prix": "forfait",
            "revision_prix": ("fermes", "actualis"),
            "delai_paiement": "30",
            "duree_initiale": "11 mois",
            "penalites_retard": ("1/1000",),
            "retenue_garantie": "5 %",
            "avance": "Aucune",
            "clause_sociale": "280 heures",
            "clause_environnementale": "déchets",
            "sous_traitance": ("agrément",),
            "assurance": ("décennale",),
            "resiliation": ("49 à 54|torts",),
            "derogations_ccag": "19.2.3",
            "lieu_execution": "Tamaris",
        },
    ),
    "AE SIRH.md": (
        _AE_FORM,
        {
            "objet": "ressources humaines",
            "acheteur": "Val de Braye",
            "ccag_applicable": "TIC",
            "forme_prix": "unitaires",
            "duree_initiale": "36 mois",
            "reconductions": ("1", "12 mois"),
            "lots": "non alloti|ensemble",
        },
    ),
    "CCTP portail.md": (
        _CCTP_CLOUD,
        {
            "objet": ("portail", "infogérance"),
            "acheteur": "Métropole de Brévenne",
            "localisation_hebergement": "Union européenne",
            "securite": ("PAS|SecNumCloud",),
            "reversibilite": ("trois mois", "format ouvert"),
            "donnees_personnelles": ("2016/679", "sous-traitant"),
            "clause_environnementale": "empreinte environnementale",
        },
    ),
    "RC étude.md": (
        _RC_MAPA,
        {
            "objet": "réseau d'eau potable",
            "acheteur": "(?i)syndicat mixte des eaux du haut-loing",
            "numero_consultation": "25-AEP-03",
            "procedure": "adaptée",
            "lots": "non alloti",
            "forme": "tranche",
            "duree_initiale": "9 mois",
            "variantes": "Autorisées",
            "criteres_attribution": ("55", "35", "10"),
            "date_limite_remise": "30 juin 2025 à 17 h",
        },
    ),
    "CCP juridique.md": (
        _CCP_INTELLECTUAL,
        {
            "objet": "juridiques",
            "acheteur": "Université de Haute-Lande",
            "forme": ("multi-attributaire", "bons de commande", "subséquents"),
            "montant_minimum_ht": "Sans minimum",
            "montant_maximum_ht": "200 000",
            "duree_initiale": "quatre ans|4 ans",
            "reconductions": "Non reconductible|pas reconductible",
            "forme_prix": "unitaires",
            "revision_prix": "fermes",
            "delai_paiement": "30|trente",
            "securite": "secret professionnel",
            "propriete_intellectuelle": ("non exclusif",),
            "penalites_retard": "80",
            "sous_traitance": ("interdite", "acceptation"),
            "resiliation": "39",
            "ccag_applicable": "PI",
        },
    ),
    "avis eforms.txt": (
        _NOTICE_EFORMS,
        {
            "objet": "serveurs",
            "acheteur": "Région Rhône-Alpilles",
            "numero_consultation": "25S0142",
            "procedure": "(?i)ouverte",
            "type_marche": "fournitures",
            "lots": "Serveurs de proximité",
            "duree_initiale": "48 mois",
            "criteres_attribution": ("55", "35", "10"),
            "date_limite_remise": "22 mai 2025 à 12 h",
            "variantes": "Refus",
            "forme": "ccord-cadre",
            "montant_maximum_ht": "1 800 000",
        },
    ),
    "avis textiles.txt": (
        _NOTICE_TABLE,
        {
            "objet": "textiles usagés",
            "acheteur": "Communauté de communes du Pays de Trèves",
            "type_marche": "services",
            "procedure": "adaptée",
            "duree_initiale": "2 ans",
            "reconductions": "une fois",
            "lots": ("apport volontaire", "valorisation"),
            "montant_minimum_ht": ("20 000", "10 000"),
            "montant_maximum_ht": ("60 000", "45 000"),
            "date_limite_remise": "7 juillet 2025 à 16 h 30",
            "criteres_attribution": ("45", "40", "15"),
        },
    ),
    "BPU bennes.md": (
        _BPU,
        {"objet": "bennes", "numero_consultation": "2025-042", "forme_prix": "unitaires"},
    ),
    "CCTP nettoyage.txt": (
        _CCTP_CLEANING,
        {
            "objet": "médiathèque",
            "acheteur": "Ormesson-la-Forêt",
            "lieu_execution": "allée des Érables",
            "clause_environnementale": "Écolabel",
            "clause_sociale": "reprend le personnel",
            "penalites_retard": "CCAP",
        },
    ),
    "note.txt": (_LETTER, {}),
}
# What a reader may also accept: said in passing, or a fair reading of the words.
TOLERATED: dict[str, frozenset[str]] = {
    "RC fournitures.md": frozenset(("type_marche", "forme_prix", "montant_maximum_ht")),
    "CCAP ascenseurs.md": frozenset(("type_marche", "forme")),
    "CCAP travaux.md": frozenset(),
    "AE SIRH.md": frozenset(("avance", "numero_consultation")),
    "CCTP portail.md": frozenset(("lieu_execution",)),
    "CCTP nettoyage.txt": frozenset(),
    "BPU bennes.md": frozenset(("forme",)),
    "RC étude.md": frozenset(),
    "CCP juridique.md": frozenset(("type_marche",)),
    "note.txt": frozenset(("objet",)),
    "avis eforms.txt": frozenset(("lieu_execution",)),
}
