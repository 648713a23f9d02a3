"""More made pieces (see ``made_pieces``), written before the extractors met them: hospitals, the State, housing, works, notices of the JOUE."""

from tests.summaries.made_pieces import Stated

_CCAP_HOSPITAL = """GROUPEMENT HOSPITALIER DE TERRITOIRE BOCAGE-LOIRE
Établissement support : Centre hospitalier de Vernay

CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIERES (C.C.A.P)

Fourniture de dispositifs médicaux stériles pour les blocs opératoires
Consultation n° 24AC058

ARTICLE 1 - OBJET ET FORME DE L'ACCORD-CADRE

1.1 Objet
Le présent accord-cadre a pour objet la fourniture de dispositifs médicaux stériles destinés aux blocs opératoires des établissements du groupement.

1.2 Allotissement
L'accord-cadre comporte 3 lots définis comme suit :
Lot 1 - Champs opératoires
Lot 2 - Sutures mécaniques
Lot 3 - Trocarts

1.3 Forme
Accord-cadre à bons de commande, mono-attributaire par lot, conclu en application des articles R. 2162-2 et R. 2162-13 du code de la commande publique.

Les montants de commandes, sur la durée totale de l'accord-cadre, sont les suivants :
| Lot | Montant minimum HT | Montant maximum HT |
| 1 | 80 000 € | 400 000 € |
| 2 | 50 000 € | 250 000 € |
| 3 | Sans | 90 000 € |

ARTICLE 2 - DUREE

L'accord-cadre est conclu pour une durée de douze (12) mois à compter du 1er février 2025. Il pourra être reconduit par tacite reconduction trois fois, par période d'un an, sans que sa durée totale puisse excéder quatre ans.

ARTICLE 3 - LIVRAISON

Les commandes sont livrées dans un délai de 5 jours ouvrés à compter de la réception du bon de commande. En cas d'urgence, ce délai est ramené à 24 heures.
Lieu de livraison : magasin central du Centre hospitalier de Vernay, 1 rue de l'Hôpital, 49300 Vernay.

ARTICLE 4 - PRIX

4.1 Forme des prix
Le marché est conclu à prix unitaires, par application du bordereau des prix aux quantités réellement livrées.

4.2 Révision
Les prix sont fermes la première année, puis révisables à chaque reconduction sur justification du fournisseur, dans la limite de 3 % (clause butoir).

ARTICLE 5 - REGLEMENT

Le délai global de paiement est fixé à 50 jours à compter de la réception de la facture, conformément à l'article R. 2192-11 du code de la commande publique.
Il n'est pas prévu d'avance.
Il n'est pas prévu de retenue de garantie.

ARTICLE 6 - PENALITES

En cas de dépassement du délai de livraison, le fournisseur encourt, sans mise en demeure préalable, une pénalité calculée par la formule P = V x R / 100, où V est la valeur des fournitures en retard et R le nombre de jours de retard. Le montant total des pénalités est plafonné à 10 % du montant du bon de commande.

ARTICLE 7 - RESILIATION

L'établissement peut résilier l'accord-cadre aux torts du titulaire dans les cas prévus à l'article 41 du CCAG-FCS.

ARTICLE 8 - DOCUMENTS DE REFERENCE

Le CCAG applicable est celui des fournitures courantes et services dans sa version issue de l'arrêté du 30 mars 2021.
"""

_RC_STATE = """Direction interrégionale de la mer
Secrétariat général

RÈGLEMENT DE LA CONSULTATION

Prestations de maintenance des installations de chauffage et de climatisation

Procédure adaptée soumise aux dispositions des articles L. 2123-1 et R. 2123-1 du code de la commande publique

Numéro de la consultation : DIRM-2025-07

Date limite de remise des offres : mardi 23 septembre 2025 à 14h00 (heure de Paris)

1. Identification de l'acheteur
Direction interrégionale de la mer Nord-Atlantique, 2 boulevard des Îles, 44200 Nantes

2. Objet du marché
Le marché porte sur la maintenance préventive et curative des installations de chauffage, de ventilation et de climatisation des bâtiments de la direction.

3. Forme du marché
Le marché est un marché ordinaire comportant une part forfaitaire (maintenance préventive) et une part à bons de commande (maintenance curative).

4. Allotissement
Compte tenu de l'homogénéité des prestations, la consultation ne fait pas l'objet d'un allotissement.

5. Variantes
La présentation de variantes n'est pas admise.

6. Durée
La durée du marché est de 48 mois ferme à compter de la date de notification.

7. Questions
Les candidats peuvent poser leurs questions jusqu'au 12 septembre 2025 à 12h00.

8. Présentation des offres
L'offre comprend l'acte d'engagement, le bordereau des prix unitaires et la décomposition du prix global et forfaitaire, datés et signés.

9. Critères de sélection des offres
Le marché est attribué à l'offre économiquement la plus avantageuse, appréciée selon les critères suivants : le prix des prestations pour 40 %, la valeur technique pour 45 % et la performance environnementale pour 15 %.

10. Négociation
L'acheteur se réserve la possibilité de négocier avec les trois candidats les mieux classés.

11. Validité des offres
Le délai de validité des offres est de quatre mois.

12. Données personnelles
Les données à caractère personnel des candidats sont traitées dans le cadre de la procédure de passation.
"""

_AE_WORKS = """ACTE D'ENGAGEMENT (AE)
MARCHÉ PUBLIC DE TRAVAUX

Maître d'ouvrage : Office public de l'habitat Val-de-Creuse
Objet de la consultation : Remplacement des menuiseries de la résidence Les Pinsons, rue du Moulin, 23200 Aubrac

Marché passé selon la procédure adaptée de l'article R. 2123-1 1° du code de la commande publique.

ARTICLE 1 - CONTRACTANT
Je soussigné, Nom et prénom : ..........................................
Agissant pour le compte de la société : ..........................................
Immatriculée à l'INSEE : ..........................................

Après avoir pris connaissance du Cahier des Clauses Administratives Particulières (CCAP) et des documents qui y sont mentionnés,
m'engage sans réserve à exécuter les travaux.
L'offre ainsi présentée ne me lie que si son acceptation m'est notifiée dans un délai de 120 jours.

ARTICLE 2 - PRIX
Les travaux seront rémunérés par application d'un prix global et forfaitaire égal à :
Montant hors TVA : .......................................... €
TVA au taux de 10 % : .......................................... €
Montant TTC : .......................................... €

ARTICLE 3 - DÉLAI D'EXÉCUTION
Les travaux seront exécutés dans un délai de 6 mois à compter de la date fixée par l'ordre de service prescrivant de commencer les travaux.

ARTICLE 4 - PAIEMENT
Le maître de l'ouvrage se libérera des sommes dues en faisant porter le montant au crédit du compte :
Titulaire du compte : ..........................................
IBAN : ..........................................
Le titulaire désigné ci-devant : refuse de percevoir l'avance / accepte de percevoir l'avance (rayer la mention inutile).
"""

_NOTICE_TED = """Services - 214587-2022
France-Auxerre: Services de nettoyage de bâtiments
2022/S 078-214587
Avis de marché
Services

Section I: Pouvoir adjudicateur
I.1) Nom et adresses
Nom officiel: Conseil départemental de l'Auxois
Adresse postale: 1 rue de l'Étang
Ville: Auxerre
Code NUTS: FRC14 Yonne
Code postal: 89000
Pays: France

Section II: Objet
II.1) Étendue du marché
II.1.1) Intitulé:
Nettoyage des collèges et des centres d'exploitation
Numéro de référence: 22-NET-09
II.1.2) Code CPV principal
90911200 Services de nettoyage de bâtiments
II.1.3) Type de marché
Services
II.1.4) Description succincte:
Nettoyage courant, vitrerie et remise en état des collèges et des centres d'exploitation routière.
II.1.5) Valeur totale estimée
Valeur hors TVA: 2 400 000.00 EUR
II.1.6) Information sur les lots
Ce marché est divisé en lots: oui
Il est possible de soumettre des offres pour tous les lots
II.2) Description
II.2.1) Intitulé:
Collèges
Lot nº: 1
II.2.3) Lieu d'exécution
Code NUTS: FRC14 Yonne
Lieu principal d'exécution:
Collèges de l'arrondissement d'Auxerre
II.2.5) Critères d'attribution
Critères énoncés ci-dessous
Critère de qualité - Nom: Valeur technique / Pondération: 50
Critère de qualité - Nom: Insertion sociale / Pondération: 10
Prix - Pondération: 40
II.2.7) Durée du marché, de l'accord-cadre ou du système d'acquisition dynamique
Durée en mois: 24
Ce marché peut faire l'objet d'une reconduction: oui
Description des modalités ou du calendrier des reconductions:
Le marché est reconductible deux fois pour une période de 12 mois.
II.2.10) Variantes
Des variantes seront prises en considération: non
II.2.1) Intitulé:
Centres d'exploitation
Lot nº: 2
II.2.5) Critères d'attribution
Critères énoncés ci-dessous
Critère de qualité - Nom: Valeur technique / Pondération: 50
Critère de qualité - Nom: Insertion sociale / Pondération: 10
Prix - Pondération: 40
II.2.7) Durée du marché, de l'accord-cadre ou du système d'acquisition dynamique
Durée en mois: 24
Section III: Renseignements d'ordre juridique, économique, financier et technique
III.1.2) Capacité économique et financière
Niveau(x) spécifique(s) minimal/minimaux exigé(s):
Chiffre d'affaires annuel minimum de 500 000 EUR.
III.2.2) Conditions particulières d'exécution:
Le titulaire réserve 5 % des heures travaillées à des personnes éloignées de l'emploi (clause d'insertion sociale).
Section IV: Procédure
IV.1.1) Type de procédure
Procédure ouverte
IV.1.3) Information sur l'accord-cadre ou le système d'acquisition dynamique
IV.2.2) Date limite de réception des offres ou des demandes de participation
Date: 30/05/2022
Heure locale: 16:00
IV.2.6) Délai minimal pendant lequel le soumissionnaire est tenu de maintenir son offre
Durée en mois: 6 (à compter de la date limite de réception des offres)
IV.2.7) Modalités d'ouverture des offres
Date: 31/05/2022
Heure locale: 10:00
Section VI: Renseignements complémentaires
VI.4.1) Instance chargée des procédures de recours
Nom officiel: Tribunal administratif de Dijon
"""

_CCAP_SOFTWARE = """Cahier des clauses administratives particulières

Acquisition, déploiement et maintenance d'un logiciel de gestion des bibliothèques

Acheteur : Communauté d'agglomération des Trois-Vallées

Article 1 : Dispositions générales

1.1 Objet
Le marché a pour objet l'acquisition de droits d'usage, le déploiement et la maintenance d'un système intégré de gestion des bibliothèques pour les onze médiathèques du réseau.

1.2 Procédure
Le marché est passé selon une procédure avec négociation, en application des articles R. 2124-3 et R. 2161-12 et suivants du code de la commande publique.

1.3 Durée
Le marché court de sa notification au 31 décembre 2029. Les prestations de maintenance débutent après la vérification de service régulier, prononcée dans un délai de trois mois.

Article 2 : Pièces
Prévalent, dans l'ordre : l'acte d'engagement ; le présent CCAP ; le CCTP et ses annexes ; le CCAG des techniques de l'information et de la communication (arrêté du 30 mars 2021) ; l'offre du titulaire.

Article 3 : Prix
Le marché est traité à prix mixtes : la mise en œuvre est réglée par des prix forfaitaires, les prestations complémentaires par des prix unitaires.
Les prix de maintenance sont révisés chaque année au 1er janvier selon l'évolution de l'indice Syntec.

Article 4 : Avance
L'avance est fixée à 10 % du montant initial TTC ; elle est remboursée dès que les prestations atteignent 65 % du montant du marché.

Article 5 : Paiement
Le paiement intervient dans les trente jours suivant la réception de la demande.

Article 6 : Hébergement
Le logiciel est hébergé par le titulaire. Les serveurs et les sauvegardes sont localisés en France ; aucune donnée n'est transférée hors de l'Espace économique européen.

Article 7 : Sécurité
Le titulaire dispose d'une certification ISO 27001 couvrant l'hébergement. Il informe l'acheteur de tout incident dans les 48 heures.

Article 8 : RGPD
Le titulaire ne traite les données personnelles des lecteurs que sur instruction documentée de l'acheteur, responsable de traitement.

Article 9 : Propriété intellectuelle
Le titulaire concède à l'acheteur, pour la durée légale de protection, un droit d'utilisation des développements spécifiques et des paramétrages.

Article 10 : Réversibilité
À l'expiration du marché, le titulaire remet une copie complète des notices et des comptes lecteurs dans les formats UNIMARC et CSV, sous quinze jours et sans facturation.

Article 11 : Pénalités
Retard de mise en service : 300 € par jour calendaire. Indisponibilité au-delà du taux garanti : 100 € par heure.

Article 12 : Fin anticipée
Le marché peut être résilié dans les conditions du chapitre 8 du CCAG-TIC.

Article 13 : Récapitulatif des dérogations
L'article 4 du présent CCAP déroge à l'article 11.1 du CCAG-TIC ; l'article 11 déroge à l'article 14.
"""

_RC_WORKS_LOTS = """Ville de Port-Lannec
REGLEMENT DE LA CONSULTATION
Marché de travaux - Construction d'une halle de marché couverte
Dossier n°: 2025TX011

Les offres doivent être déposées sur le profil d'acheteur au plus tard le jeudi 5 juin 2025 à 12 heures.

I. OBJET ET ALLOTISSEMENT
La présente consultation a pour objet la construction d'une halle de marché couverte, place des Halles à Port-Lannec.
Les travaux sont décomposés en cinq lots :
- lot n°1 - Terrassement, gros œuvre
- lot n°2 - Charpente métallique
- lot n°3 - Couverture zinc
- lot n°4 - Électricité
- lot n°5 - Plomberie
Les candidats peuvent soumissionner pour un ou plusieurs lots.

II. PROCEDURE
Procédure adaptée ouverte (article R. 2123-1 du CCP).

III. DELAI
Le délai global d'exécution des travaux est fixé à 14 mois, dont 1 mois de préparation.

IV. VARIANTES
Seuls les lots n°2 et 3 peuvent faire l'objet de variantes.

V. CRITERES
Critère 1 : Valeur technique notée sur 60
Critère 2 : Prix noté sur 40

VI. VALIDITE DES OFFRES
120 jours.

VII. VISITE
La visite est facultative ; prendre rendez-vous avant le 23 mai 2025.
"""

_DQE = """DÉTAIL QUANTITATIF ESTIMATIF

Marquage au sol des voies communales

Commune de Lacroix-sur-Orb

| Désignation | Quantité estimée | Prix unitaire HT | Total HT |
|---|---|---|---|
| Bande axiale | 4 200 ml | | |
| Passage piéton | 38 u | | |

Total HT : ............ €
TVA 20 % : ............ €
"""

_CCTP_WORKS = """DÉPARTEMENT DE LA SÈVRE
Direction des routes

CCTP - Réfection de la couche de roulement de la RD 14

Chapitre 1 - Consistance des travaux

Article 1.1 - Objet
Le présent CCTP définit les travaux de réfection de la couche de roulement de la RD 14 entre les PR 12+300 et 17+900, sur le territoire des communes de Vix et de Damvix.

Article 1.2 - Description
Les travaux comprennent le fraisage, la fourniture et la mise en œuvre des enrobés, et la reprise de la signalisation horizontale.
Les travaux sont exécutés sous circulation alternée.

Chapitre 2 - Matériaux

Article 2.1 - Enrobés
Les enrobés sont conformes à la norme NF EN 13108-1. Le taux d'agrégats recyclés est d'au moins 20 %.

Article 2.2 - Essais
Les essais sont à la charge de l'entrepreneur. Un délai de 7 jours est laissé au maître d'œuvre pour donner son avis.

Chapitre 3 - Exécution

Article 3.1 - Déchets
Les matériaux fraisés sont évacués vers une installation agréée ; l'entrepreneur remet les bordereaux de suivi des déchets.
"""

PIECES: dict[str, tuple[str, Stated]] = {
    "CCAP dispositifs médicaux.txt": (
        _CCAP_HOSPITAL,
        {
            "objet": "dispositifs médicaux",
            "acheteur": "Vernay|BOCAGE-LOIRE",
            "numero_consultation": "24AC058",
            "lots": ("Champs", "Sutures", "Trocarts"),
            "forme": ("ccord-cadre", "mono", "bons de commande"),
            "montant_minimum_ht": ("80 000", "50 000"),
            "montant_maximum_ht": ("400 000", "250 000", "90 000"),
            "duree_initiale": "12 mois",
            "reconductions": ("trois fois|3", "un an|1 an"),
            "lieu_execution": "Vernay",
            "forme_prix": "unitaires",
            "revision_prix": ("fermes|révis", "3 %|butoir"),
            "delai_paiement": "50",
            "avance": "pas prévu",
            "retenue_garantie": "pas prévu",
            "penalites_retard": ("V x R",),
            "resiliation": "41",
            "ccag_applicable": ("FCS", "2021"),
        },
    ),
    "RC chauffage.txt": (
        _RC_STATE,
        {
            "objet": "chauffage",
            "acheteur": "Direction interrégionale de la mer",
            "numero_consultation": "DIRM-2025-07",
            "procedure": "adaptée",
            "forme": "rdinaire",
            "lots": "non alloti",
            "variantes": "Refus",
            "duree_initiale": "48 mois",
            "criteres_attribution": ("40", "45", "15"),
            "date_limite_remise": "23 septembre 2025 à 14 h",
        },
    ),
    "AE menuiseries.txt": (
        _AE_WORKS,
        {
            "objet": "menuiseries",
            "acheteur": "Val-de-Creuse",
            "type_marche": "travaux",
            "procedure": "adaptée",
            "forme_prix": "forfait",
            "duree_initiale": "6 mois",
            "lieu_execution": "Moulin|Pinsons|Aubrac",
        },
    ),
    "avis TED nettoyage.txt": (
        _NOTICE_TED,
        {
            "objet": "collèges",
            "acheteur": "Auxois",
            "numero_consultation": "22-NET-09",
            "type_marche": "services",
            "lots": ("Collèges", "Centres"),
            "lieu_execution": "arrondissement",
            "criteres_attribution": ("50", "10", "40"),
            "duree_initiale": "24 mois",
            "reconductions": ("deux|2", "12 mois"),
            "variantes": "Refus",
            "procedure": "(?i)ouverte",
            "date_limite_remise": "30 mai 2022 à 16 h",
            "clause_sociale": "éloignées",
        },
    ),
    "CCAP logiciel.txt": (
        _CCAP_SOFTWARE,
        {
            "objet": "bibliothèques",
            "acheteur": "Trois-Vallées",
            "procedure": "négociation",
            "duree_initiale": "31 décembre 2029",
            "ccag_applicable": ("TIC", "2021"),
            "forme_prix": ("mixtes",),
            "revision_prix": ("Syntec",),
            "avance": "10 %",
            "delai_paiement": "30|trente",
            "localisation_hebergement": ("France",),
            "securite": "27001",
            "donnees_personnelles": "instruction",
            "propriete_intellectuelle": "concède",
            "reversibilite": "UNIMARC|sous quinze",
            "penalites_retard": "300",
            "resiliation": "chapitre 8",
            "derogations_ccag": ("11.1", "14"),
        },
    ),
    "RC halle.txt": (
        _RC_WORKS_LOTS,
        {
            "objet": "halle",
            "acheteur": "Port-Lannec",
            "type_marche": "travaux",
            "numero_consultation": "2025TX011",
            "date_limite_remise": "5 juin 2025 à 12 h",
            "lots": ("Terrassement", "Couverture", "Plomberie"),
            "procedure": "adaptée",
            "duree_initiale": "14 mois",
            "variantes": "lots n°2 et 3",
            "criteres_attribution": ("60", "40"),
            "lieu_execution": "place des Halles",
        },
    ),
    "DQE marquage.md": (_DQE, {"objet": "arquage", "acheteur": "Lacroix-sur-Orb", "forme_prix": "unitaire"}),
    "CCTP RD14.txt": (
        _CCTP_WORKS,
        {
            "objet": "couche de roulement",
            "acheteur": "(?i)département de la sèvre",
            "clause_environnementale": "déchets|recycl",
            "type_marche": "travaux",
            "lieu_execution": "Vix|RD 14",
        },
    ),
}
TOLERATED: dict[str, frozenset[str]] = {
    "RC chauffage.txt": frozenset(("forme_prix", "type_marche", "donnees_personnelles")),
    "AE menuiseries.txt": frozenset(("avance",)),
    "CCAP dispositifs médicaux.txt": frozenset(("derogations_ccag",)),
    "CCTP RD14.txt": frozenset(("type_marche",)),
    # « sur les voies communales »
    "DQE marquage.md": frozenset(("lieu_execution",)),
}
