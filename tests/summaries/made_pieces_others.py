"""Made pieces again (see ``made_pieces``): supplies of old wording, intellectual services, concessions of detail, traps side by side."""

from tests.summaries.made_pieces import Stated

_CCAP_OLD = """PRÉFECTURE DE LA RÉGION VAL-DE-SEUGNE
SECRÉTARIAT GÉNÉRAL POUR LES AFFAIRES RÉGIONALES
Plate-forme régionale des achats

C.C.A.P.

OBJET DU MARCHÉ
Vérification périodique des installations électriques des bâtiments de l'État

Marché à bons de commande
Référence : PFRA-2024-VERIF-02

SOMMAIRE
ARTICLE 1 - OBJET DU MARCHE ................ 3
ARTICLE 2 - DUREE ................ 3
ARTICLE 3 - PRIX ................ 4

ARTICLE 1 - OBJET DU MARCHE

Le marché a pour objet la vérification périodique réglementaire des installations électriques des bâtiments de l'État dans la région.
Le marché est divisé en quatre lots géographiques :
- lot 1 : département de la Seugne ;
- lot 2 : département du Trèfle ;
- lot 3 : département de l'Arnoult ;
- lot 4 : département de la Boutonne.

ARTICLE 2 - DUREE

Le marché débute le 1er juillet 2024 et s'achève le 30 juin 2025. Il est renouvelable trois fois par périodes d'un an, par reconduction expresse notifiée deux mois avant l'échéance. La durée totale ne peut excéder quatre ans.

ARTICLE 3 - PRIX

3-1 Les prix du marché sont unitaires et figurent au bordereau des prix unitaires.
3-2 Les prix sont révisables à la date anniversaire de la notification, par application de la formule P = P0 (0,15 + 0,85 S/S0), où S est l'indice du coût horaire du travail ICHTrev-TS.

ARTICLE 4 - MODALITES DE REGLEMENT

L'administration se libère des sommes dues par virement. Le paiement s'effectue suivant les règles de la comptabilité publique, dans le délai maximum de 30 jours à compter de la date de réception de la facture.
Le dépassement du délai de paiement ouvre de plein droit le bénéfice d'intérêts moratoires au taux de la BCE majoré de huit points.

ARTICLE 5 - AVANCE

Le titulaire bénéficie d'une avance de 20 % s'il est une petite ou moyenne entreprise, sauf refus exprimé dans l'acte d'engagement.

ARTICLE 6 - PENALITES

6-1 Retard dans la remise des rapports : il est appliqué une pénalité de 20 € par rapport et par jour de retard.
6-2 Absence à un rendez-vous : 100 € par absence.
Le plafond des pénalités est fixé à 10 % du montant annuel des commandes.

ARTICLE 7 - RESPONSABILITE - ASSURANCE

Le titulaire est couvert par un contrat d'assurance garantissant sa responsabilité civile professionnelle ; il en justifie à la première demande. Le montant minimum garanti par sinistre est de 1 500 000 €.

ARTICLE 8 - DISCRETION

Le titulaire est tenu à la confidentialité sur les plans et accès des bâtiments.

ARTICLE 9 - RESILIATION

L'administration peut mettre fin au marché avant son terme dans les conditions du chapitre VI du CCAG-FCS (arrêté du 30 mars 2021).

ARTICLE 10 - DEROGATIONS AU CCAG

L'article 6 déroge aux articles 14.1 et 14.2 du CCAG-FCS.
"""

_RC_FIRM = """Établissement public foncier des Trois-Provinces

Règlement de consultation

Assistance à maîtrise d'ouvrage pour la mise en place d'un système d'information géographique

N° de consultation : EPF3P-2025-011

Date et heure limites de réception des propositions
17/10/2025 à 11:30

PREAMBULE
Le présent règlement fixe les règles de la consultation.

1. OBJET
L'établissement public foncier souhaite se faire assister pour choisir et déployer un système d'information géographique.
Cette prestation relève de la catégorie des services.

2. PROCEDURE DE PASSATION
Marché passé en procédure adaptée, avec possibilité de négociation.

3. DECOUPAGE
Le marché fait l'objet d'un lot unique. Il est composé d'une tranche ferme et de deux tranches optionnelles.

4. DUREE
Le marché prend effet à compter de sa notification et s'achève à l'admission des prestations de la dernière tranche affermie.
La durée prévisionnelle de la tranche ferme est de 8 mois.

5. DOSSIER DE CONSULTATION
Il est remis gratuitement sur le profil d'acheteur. Les modifications de détail sont possibles jusqu'à 6 jours avant la date limite de réception des offres.

6. CONTENU DES OFFRES
Une note méthodologique de 20 pages au maximum ; le cadre de réponse ; l'acte d'engagement ; la décomposition du prix global et forfaitaire.

7. EXAMEN DES OFFRES
Les critères, pondérés, sont les suivants :
1° Qualité de la méthodologie proposée (45/100)
2° Expérience de l'équipe dédiée (25/100)
3° Prix (30/100)

8. VARIANTES
Les soumissionnaires sont autorisés à présenter une variante au plus, portant sur le calendrier.

9. DEMANDES DE PRECISIONS
Au plus tard 8 jours avant la date limite, par la messagerie de la plateforme.

10. DUREE DE VALIDITE DES OFFRES
6 mois.
"""

_CCTP_HEALTH = """Centre hospitalier universitaire de Morvan-Sud
Direction du système d'information

Cahier des clauses techniques particulières

Logiciel de gestion du bloc opératoire

1. Présentation du besoin
Le CHU de Morvan-Sud remplace son logiciel de programmation opératoire, utilisé dans 24 salles.

2. Périmètre fonctionnel
La solution couvre la programmation, la traçabilité et l'analyse d'activité.

3. Hébergement
3.1 Les données de santé sont hébergées par un hébergeur certifié HDS, dans des centres de données situés en France métropolitaine.
3.2 Aucun accès aux données n'est possible depuis un pays tiers à l'Union européenne.

4. Interopérabilité
La solution échange avec le dossier patient en HL7 FHIR. Les formats d'export sont ouverts et documentés.

5. Sécurité du système d'information
5.1 Le candidat décrit sa politique de sécurité.
5.2 Le titulaire respecte la PSSI du CHU ; les accès d'administration sont journalisés pendant un an.

6. Audit
Le CHU se réserve le droit d'auditer ou de faire auditer la solution, avec un préavis de quinze jours.

7. Reprise des données et fin de marché
7.1 Reprise : les cinq dernières années de programmation sont reprises.
7.2 Transférabilité : le titulaire sortant assiste le CHU pendant deux mois et restitue les données dans un format exploitable.

8. Formation
Une formation initiale de 3 jours est dispensée à 40 utilisateurs ; elle est renouvelée chaque année.

9. Délais
La recette est prononcée dans les 20 jours ouvrés suivant la livraison. La garantie est de 12 mois.
"""

_AE_SUPPLIES = """ACTE D'ENGAGEMENT

Acheteur : Lycée polyvalent Simone-Signoret
Objet : Fourniture de denrées alimentaires - Lot n° 3 : Produits laitiers
Numéro de marché : 2025-03

Le présent acte d'engagement correspond au lot n° 3 de la consultation.

Article 1 - Engagement
Je m'engage à livrer les fournitures aux prix du bordereau joint.

Article 2 - Montants
Montant minimum annuel HT : 8 000 €
Montant maximum annuel HT : 25 000 €

Article 3 - Durée
Du 1er janvier 2026 au 31 décembre 2026, reconductible tacitement 2 fois un an.

Article 4 - Délai de livraison
48 heures à compter de la commande.

Article 5 - Paiement
Compte à créditer : IBAN ..............................
Délai de paiement : 30 jours.
"""

_NOTICE_OLD = """Avis n°17-123456
Avis d'appel public à la concurrence
Département(s) de publication : 29
Annonce No 17-123456
Travaux
- Nom et adresse officiels de l'organisme acheteur : commune de Kerlouan-Bras.
Correspondant : M. Le Maire, 1 place de l'Église 29999 Kerlouan-Bras, tél. : 02-98-00-00-00.
Objet du marché : réfection de la toiture de la salle des fêtes.
Lieu d'exécution : rue de la Mer, 29999 Kerlouan-Bras.
L'avis implique un marché public.
Caractéristiques principales :
désamiantage, dépose et réfection complète de la couverture en ardoise
Des variantes seront prises en considération.
Prestations divisées en lots : non.
Durée du marché ou délai d'exécution : 4 mois à compter de la notification du marché.
Cautionnement et garanties exigés : retenue de garantie de 5 %, remplaçable par une garantie à première demande.
Modalités essentielles de financement et de paiement et/ou références aux textes qui les réglementent : virement à 30 jours, fonds propres.
Critères d'attribution :
Offre économiquement la plus avantageuse appréciée en fonction des critères énoncés ci-dessous avec leur pondération :
- prix des prestations : 60 %;
- valeur technique : 30 %;
- délai d'exécution : 10 %.
Type de procédure : procédure adaptée.
Date limite de réception des offres : 16 juin 2017, à 12 heures.
Délai minimum de validité des offres : 120 jours à compter de la date limite de réception des offres.
Numéro de référence attribué au marché par le pouvoir adjudicateur / l'entité adjudicatrice : 2017-04.
Date d'envoi du présent avis à la publication : 17 mai 2017.
"""

_GUIDE = """Guide pratique de l'acheteur

Comment rédiger une clause de réversibilité

Ce guide s'adresse aux acheteurs qui préparent un marché d'hébergement. La réversibilité doit être prévue dès le cahier des charges.
Un marché peut être conclu pour une durée de quatre ans. Les pénalités de retard sont fixées par l'acheteur, par exemple 100 € par jour.
"""

PIECES: dict[str, tuple[str, Stated]] = {
    "CCAP vérifications.txt": (
        _CCAP_OLD,
        {
            "objet": "installations électriques",
            "acheteur": "(?i)préfecture de la région val-de-seugne",
            "numero_consultation": "PFRA-2024-VERIF-02",
            "forme": "bons de commande",
            "lots": ("Seugne", "Boutonne"),
            "duree_initiale": "30 juin 2025",
            "reconductions": ("trois|3", "expresse"),
            "forme_prix": "unitaires",
            "revision_prix": ("révis", "ICHT"),
            "delai_paiement": "30",
            "avance": "20 %",
            "penalites_retard": "20 €",
            "assurance": "responsabilité civile",
            "securite": "confidentialité",
            "resiliation": "chapitre VI",
            "ccag_applicable": ("FCS", "2021"),
            "derogations_ccag": ("14.1", "14.2"),
        },
    ),
    "RC SIG.txt": (
        _RC_FIRM,
        {
            "objet": "système d'information géographique",
            "acheteur": "(?i)établissement public foncier",
            "numero_consultation": "EPF3P-2025-011",
            "date_limite_remise": "17 octobre 2025 à 11 h 30",
            "procedure": "adaptée",
            "lots": "non alloti",
            "forme": "tranche",
            "duree_initiale": "admission|8 mois",
            "criteres_attribution": ("45", "25", "30"),
            "variantes": "Autorisées",
        },
    ),
    "CCTP bloc.txt": (
        _CCTP_HEALTH,
        {
            "objet": "bloc opératoire|programmation opératoire",
            "acheteur": "(?i)Morvan-Sud",
            "localisation_hebergement": "France métropolitaine",
            "securite": "PSSI|HDS|journalis",
            "reversibilite": "restitue|deux mois",
        },
    ),
    "AE lait.txt": (
        _AE_SUPPLIES,
        {
            "objet": "denrées alimentaires|Produits laitiers",
            "acheteur": "Simone-Signoret",
            "numero_consultation": "2025-03",
            "lots": "laitiers",
            "montant_minimum_ht": "8 000",
            "montant_maximum_ht": "25 000",
            "duree_initiale": "31 décembre 2026",
            "reconductions": "2 fois",
            "delai_paiement": "30",
            "forme_prix": "bordereau|unitaires",
        },
    ),
    "avis toiture.txt": (
        _NOTICE_OLD,
        {
            "objet": "toiture",
            "acheteur": "(?i)kerlouan",
            "type_marche": "travaux",
            "lieu_execution": "rue de la Mer",
            "variantes": "Autorisées",
            "lots": "non alloti",
            "duree_initiale": "4 mois",
            "retenue_garantie": "5 %",
            "delai_paiement": "30",
            "criteres_attribution": ("60", "30", "10"),
            "procedure": "adaptée",
            "date_limite_remise": "16 juin 2017 à 12 h",
            "numero_consultation": "2017-04",
        },
    ),
    "guide.txt": (_GUIDE, {}),
}
TOLERATED: dict[str, frozenset[str]] = {
    "CCAP vérifications.txt": frozenset(("lieu_execution", "type_marche")),
    "RC SIG.txt": frozenset(("type_marche", "forme_prix")),
    "CCTP bloc.txt": frozenset(("donnees_personnelles", "lieu_execution")),
    "AE lait.txt": frozenset(("type_marche",)),
    "guide.txt": frozenset(("objet", "reversibilite")),
}
