"""Ways of saying each field, one clause at a time: families of wordings that buyers use, and near them what is said of another matter (None)."""

import re

import pytest

from assistant import reading
from assistant.datatypes import Kind
from assistant.summaries.document import summarise
from assistant.summaries.values import shown

TITLES = {
    "CCAP": "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES",
    "CCTP": "CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES",
    "CCP": "CAHIER DES CLAUSES PARTICULIÈRES",
    "RC": "RÈGLEMENT DE LA CONSULTATION",
    "AE": "ACTE D'ENGAGEMENT",
    "avis": "AVIS DE MARCHÉ",
}
LAST = (
    "Article 30 - Différends\nLe tribunal administratif compétent est celui de Bordeaux.\nArticle 31 - Langue\nTous les documents sont rédigés en français.\n"
)

# Field, piece, clause, pattern that value or quote must hold.
WORDINGS: tuple[tuple[str, str, str, str | None], ...] = (
    ("duree_initiale", "CCAP", "Article 3 - Durée du marché\nLa durée du marché est fixée à 36 mois à compter de la date de notification.", "36 mois"),
    ("duree_initiale", "CCAP", "Article 3 - Durée\nLe marché prend effet à sa date de notification. Il est conclu pour un an ferme.", "1 an"),
    ("duree_initiale", "CCAP", "Article 3 - Durée\nLe présent accord-cadre entre en vigueur le 1er janvier 2027 pour une durée de deux ans.", "2 ans"),
    ("duree_initiale", "CCAP", "Article 4 - Délais\nLe délai d'exécution des travaux est de 8 mois, période de préparation non comprise.", "8 mois"),
    (
        "duree_initiale",
        "CCAP",
        "Article 4 - Délai d'exécution\n4.1 Délai global\n"
        "Le délai d'exécution de l'ensemble des lots est fixé à dix-huit (18) mois, congés payés et intempéries prévisibles inclus.",
        "18 mois",
    ),
    (
        "duree_initiale",
        "CCAP",
        "Article 3 - Durée du contrat\n"
        "Le contrat est d'une durée maximale de quatre ans, décomposée en une période initiale d'un an et trois périodes de reconduction "
        "d'un an.",
        "1 an|4 ans",
    ),
    (
        "duree_initiale",
        "CCAP",
        "Article 3 - Durée\nPériode n° 1 : de la notification au 31 décembre 2027.\nPériode n° 2 : du 1er janvier 2028 au 31 décembre 2028.",
        "31 décembre 2027",
    ),
    ("duree_initiale", "CCAP", "Article 2.3 - Durée de validité de l'accord-cadre\nL'accord-cadre est valable 24 mois à compter du 15 mars 2027.", "24 mois"),
    (
        "duree_initiale",
        "CCAP",
        "Article 5 - Durée et prise d'effet\n"
        "L'exécution du marché débute à compter de la date fixée par l'ordre de service prescrivant de commencer les prestations, pour 12 "
        "mois.",
        "12 mois",
    ),
    ("duree_initiale", "CCAP", "1.4 Durée\nLes prestations débuteront le 1er septembre 2026 et s'achèveront le 31 août 2029.", "31 août 2029|2029"),
    (
        "duree_initiale",
        "CCAP",
        "Article 3 - Durée du marché - Délais\nLe marché commencera à courir dès notification et s'achèvera à la fin de la garantie de parfait achèvement.",
        "parfait achèvement",
    ),
    (
        "duree_initiale",
        "CCAP",
        "Article 6 - Durée - Reconduction\nLa durée initiale est de douze mois. Elle court à compter de la notification.",
        "12 mois|[Dd]ouze",
    ),
    ("duree_initiale", "CCAP", "Article 3 - Durée\nCe marché est passé pour l'année scolaire 2026-2027, du 1er septembre 2026 au 4 juillet 2027.", "2027"),
    (
        "duree_initiale",
        "CCAP",
        "Article 3 - Engagement dans le temps\nNous nous engageons ensemble pour trois ans, à partir de la notification du contrat.",
        "3 ans|trois ans",
    ),
    ("duree_initiale", "CCAP", "Article 3 - Durée\nDurée : 48 mois fermes.", "48 mois"),
    ("duree_initiale", "CCAP", "Article 3 - Vie du contrat\nL'accord-cadre vit quatre ans.", "4 ans|quatre ans"),
    (
        "duree_initiale",
        "CCAP",
        "Article 3 - Durée\n"
        "Les délais d'exécution partent de l'ordre de service n° 1 et sont de 5 mois pour la tranche ferme et de 3 mois pour la tranche "
        "optionnelle.",
        "5 mois",
    ),
    (
        "duree_initiale",
        "AE",
        "Article 4 - Délai\nL'entreprise s'engage à exécuter les travaux dans un délai de 4 mois à compter de l'ordre de service de démarrage.",
        "4 mois|quatre mois",
    ),
    (
        "duree_initiale",
        "AE",
        "B4 - Durée d'exécution du marché public\nLa durée d'exécution du marché public est de 36 mois à compter de la date de notification du marché public.",
        "36",
    ),
    ("duree_initiale", "avis", "Durée du marché\nDurée en mois : 24\n", "24"),
    ("duree_initiale", "RC", "2.5 Délai d'exécution\nLe délai d'exécution est fixé à 14 mois (y compris période de préparation de 1 mois).", "14 mois|14"),
    (
        "duree_initiale",
        "CCAP",
        "Article 9 - Garantie\nLe délai de garantie est de 12 mois à compter de l'admission.\nArticle 10 - Validité\n"
        "Le délai de validité des offres est de 120 jours.",
        None,
    ),
    (
        "duree_initiale",
        "CCTP",
        "4.2 Délais d'intervention\nLe délai d'intervention est de 4 heures et le délai de livraison de 3 semaines.\n"
        "4.3 Conservation\nLes données sont conservées pendant une durée de cinq ans.",
        None,
    ),
    (
        "reconductions",
        "CCAP",
        "Article 3 - Durée\n"
        "Le marché est conclu pour un an. Il pourra être reconduit par période successive de 1 an pour une durée maximale de reconduction "
        "de 3 ans.",
        "3 ans|trois",
    ),
    (
        "reconductions",
        "CCAP",
        "Article 3 - Reconduction\n"
        "L'accord-cadre est reconduit tacitement jusqu'à son terme. Le nombre de périodes de reconduction est fixé à 3. La durée de chaque "
        "période de reconduction est de 12 mois.",
        "3",
    ),
    (
        "reconductions",
        "CCAP",
        "Article 3 - Durée\n"
        "Le marché est conclu pour douze mois, renouvelable trois fois par tacite reconduction, sans que sa durée totale ne puisse excéder "
        "quatre ans.",
        "[Tt]rois|3",
    ),
    (
        "reconductions",
        "CCAP",
        "Article 3 - Durée\nLe contrat est conclu pour deux ans. Il ne fera l'objet d'aucune reconduction.",
        "[Nn]on reconductible|aucune",
    ),
    ("reconductions", "CCAP", "Article 3 - Durée\nLe marché n'est pas renouvelable.", "[Nn]on"),
    ("reconductions", "CCAP", "Article 3 - Durée\nReconduction : néant.", "[Nn]on|néant"),
    (
        "reconductions",
        "CCAP",
        "Article 3 - Durée\nLe marché dure un an et peut être prolongé deux fois d'une année, par décision expresse de l'acheteur.",
        "deux fois|2",
    ),
    (
        "reconductions",
        "CCAP",
        "Article 3 - Durée\nTrois reconductions expresses d'un an sont possibles ; l'acheteur notifie sa décision deux mois avant l'échéance.",
        "[Tt]rois",
    ),
    ("reconductions", "CCAP", "Article 3 - Durée\nLe marché est d'un an, reconductible de façon expresse 2 fois 1 an.", "2 fois"),
    ("reconductions", "CCAP", "Article 3 - Durée\nPas de reconduction.", "[Nn]on|[Pp]as"),
    ("reconductions", "avis", "Renouvellement : oui\nDescription des renouvellements : trois reconductions tacites de douze mois\n", "[Oo]ui|3|trois"),
    (
        "montant_maximum_ht",
        "CCAP",
        "Article 4 - Montants\n"
        "Les prestations sont susceptibles de varier dans les limites suivantes : minimum annuel 20 000 € HT, maximum annuel 80 000 € HT.",
        "80 000",
    ),
    (
        "montant_maximum_ht",
        "CCAP",
        "Article 4 - Montant\nL'accord-cadre est conclu sans montant minimum et avec un montant maximum de 890 000,00 € HT sur toute sa durée.",
        "890 000",
    ),
    (
        "montant_maximum_ht",
        "CCAP",
        "Article 4 - Montant\nLe montant total des commandes sur la durée du contrat ne pourra excéder 215 000 euros hors taxes.",
        "215 000",
    ),
    (
        "montant_maximum_ht",
        "CCAP",
        "Article 4 - Montant\nLe plafond de l'accord-cadre s'élève à 1,2 million d'euros HT pour quatre ans.",
        "1,2 million|1 200 000",
    ),
    (
        "montant_maximum_ht",
        "CCAP",
        "Article 4 - Montant\n| Lot | Montant minimum | Montant maximum |\n|---|---|---|\n| 1 | 10 000 € HT | 100 000 € HT |\n| 2 | sans | 50 000 € HT |\n",
        "100 000.*50 000",
    ),
    (
        "montant_maximum_ht",
        "CCAP",
        "Article 4 - Étendue de l'accord-cadre\nMontant maximal des prestations pour la période initiale : 150 K€ HT.",
        "150 000|150 K",
    ),
    ("montant_maximum_ht", "CCAP", "Article 4 - Limites\nL'accord-cadre s'exécute dans la limite de 500 000 € HT, toutes reconductions comprises.", "500 000"),
    ("montant_maximum_ht", "CCAP", "Article 4 - Montants\nSeuil maximum : 75 000 € HT par an. Seuil minimum : néant.", "75 000"),
    (
        "montant_maximum_ht",
        "CCAP",
        "Article 4 - Valeur\nLa valeur maximale de l'accord-cadre, au sens de l'article R. 2162-4, est de 3 000 000 € HT.",
        "3 000 000",
    ),
    ("montant_maximum_ht", "CCAP", "Article 4 - Montants\nLe maximum des commandes est de deux cent mille euros hors taxe.", "200 000|deux cent mille"),
    ("montant_minimum_ht", "CCAP", "Article 4 - Montants\nL'accord-cadre est passé sans minimum.", "[Ss]ans minimum"),
    ("montant_minimum_ht", "CCAP", "Article 4 - Montants\nL'acheteur s'engage à commander au moins 15 000 € HT de prestations par an.", "15 000"),
    ("montant_minimum_ht", "CCAP", "Article 4 - Montants\nAucun minimum n'est garanti au titulaire.", "[Ss]ans minimum|[Aa]ucun"),
    ("montant_minimum_ht", "CCAP", "Article 4 - Montants\nLe montant minimum garanti est de 30 000 € HT par période.", "30 000"),
    (
        "montant_maximum_ht",
        "CCAP",
        "Article 9 - Pénalités\nLe montant maximum des pénalités est de 10 000 € HT.\nArticle 10 - Assurance\n"
        "Le plafond de garantie est d'un maximum de 2 000 000 € par sinistre.",
        None,
    ),
    ("date_limite_remise", "RC", "Date et heure limites de réception des offres : Vendredi 12 juin 2026 à 12h00", "12 juin 2026"),
    ("date_limite_remise", "RC", "Date limite de remise des plis\nLe 12/06/2026 à 17:00", "12 juin 2026"),
    (
        "date_limite_remise",
        "RC",
        "Article 6 - Remise des plis\n"
        "Les plis électroniques devront être déposés sur le profil d'acheteur avant le 12 juin 2026 à 12 heures, délai de rigueur.",
        "12 juin 2026",
    ),
    ("date_limite_remise", "RC", "Article 6 - Réponse\nVous voudrez bien nous faire parvenir votre devis pour le 12 juin 2026, 12 h 00.", "12 juin 2026"),
    ("date_limite_remise", "RC", "Article 6 - Délai\nLes candidats ont jusqu'au 12 juin 2026 à midi pour remettre leur offre.", "12 juin 2026"),
    ("date_limite_remise", "RC", "REMISE DES OFFRES\n12 JUIN 2026 - 16H30", "12 juin 2026"),
    (
        "date_limite_remise",
        "RC",
        "Article 6 - Calendrier\n| Étape | Date |\n|---|---|\n| Publication | 4 mai 2026 |\n| Visite | 20 mai 2026 |\n"
        "| Remise des offres | 12 juin 2026, 12 h |\n",
        "12 juin 2026",
    ),
    ("date_limite_remise", "RC", "Clôture de la consultation : 12 juin 2026 à 12 h", "12 juin 2026"),
    ("date_limite_remise", "RC", "DLRO : 12/06/2026 12:00", "12 juin 2026"),
    ("date_limite_remise", "RC", "Article 6 - Dépôt\nTout pli reçu après le 12 juin 2026 à 12 heures sera éliminé.", "12 juin 2026"),
    (
        "date_limite_remise",
        "RC",
        "Article 6 - Questions\nLes questions doivent parvenir avant le 3 juin 2026 à 12 h.\nArticle 7 - Visite\nLa visite a lieu le 20 mai 2026.",
        None,
    ),
    (
        "criteres_attribution",
        "RC",
        "Article 7 - Jugement des offres\n"
        "Les critères retenus pour le jugement des offres sont pondérés de la manière suivante :\n"
        "Critères | Pondération\n1-Prix des prestations | 60.0 %\n2-Valeur technique | 40.0 %\n2.1-Méthodologie | 25.0 %\n"
        "2.2-Moyens humains | 15.0 %\n",
        "60.*40",
    ),
    (
        "criteres_attribution",
        "RC",
        "Article 7 - Critères d'attribution\n• Valeur technique : 50 %\n• Prix : 40 %\n• Développement durable : 10 %\n",
        "50.*40.*10",
    ),
    ("criteres_attribution", "RC", "Article 7 - Critères\nLe prix compte pour 40 % et la valeur technique, appréciée au vu du mémoire, pour 60 %.", "40.*60"),
    (
        "criteres_attribution",
        "RC",
        "Article 7 - Attribution\n"
        "L'offre économiquement la plus avantageuse est appréciée en fonction des critères suivants : le prix (pondération 0,4), la valeur "
        "technique (pondération 0,6).",
        "0,4|40",
    ),
    (
        "criteres_attribution",
        "RC",
        "Article 7 - Critères\nCritère 1 - Prix : noté sur 40 points\n"
        "Critère 2 - Qualité technique : noté sur 45 points\nCritère 3 - Délai : noté sur 15 points\n",
        "40.*45.*15",
    ),
    ("criteres_attribution", "RC", "Article 7 - Critères\n1. Prix (coefficient 4)\n2. Qualité (coefficient 6)\n", "4.*6"),
    (
        "criteres_attribution",
        "RC",
        "Article 7 - Jugement\nPrix ....................... 55 %\nValeur technique ........... 30 %\nDélai ...................... 15 %\n",
        "55.*30.*15",
    ),
    ("criteres_attribution", "RC", "Article 7 - Jugement\nLe marché sera attribué sur la base du seul critère du prix.", "[Pp]rix"),
    (
        "criteres_attribution",
        "RC",
        "Article 7 - Jugement\nLes offres sont jugées au regard de deux critères : la valeur technique à 70 % et le coût global à 30 %.",
        "70.*30",
    ),
    ("criteres_attribution", "RC", "Article 7 - Jugement des offres\nPrix : 40/100\nTechnique : 60/100\n", "40.*60"),
    (
        "criteres_attribution",
        "RC",
        "Article 7 - Choix de l'offre\nValeur technique de l'offre appréciée à l'aide du mémoire technique\n60 %\nPrix\n40 %\n",
        "60.*40",
    ),
    (
        "criteres_attribution",
        "RC",
        "Article 7 - Jugement des offres\nA) Le prix : pondération de 45 %, B) La valeur technique : pondération de 55 %.",
        "45.*55",
    ),
    ("criteres_attribution", "RC", "Article 5 - Sélection des candidatures\nLes candidatures sont appréciées : références 60 %, moyens 40 %.\n", None),
    ("variantes", "RC", "Article 4 - Variantes\nLes variantes ne sont pas autorisées.", "Refus"),
    ("variantes", "RC", "Article 4 - Variantes\nAucune variante n'est admise.", "Refus"),
    ("variantes", "RC", "Article 4 - Variantes\nSans objet.", "Refus|[Ss]ans objet"),
    (
        "variantes",
        "RC",
        "Article 4 - Variantes et PSE\n"
        "Les candidats doivent répondre à la solution de base et peuvent présenter une offre comportant une ou plusieurs variantes.",
        "Autoris|Possibl",
    ),
    ("variantes", "RC", "Article 4 - Variantes\nLes concurrents ne sont pas autorisés à présenter des variantes.", "Refus"),
    ("variantes", "RC", "Article 4 - Variantes\nElles sont admises dans la limite de deux.", "Autoris"),
    (
        "variantes",
        "RC",
        "Article 4 - Variantes\nLes variantes à l'initiative des soumissionnaires sont interdites. Il n'est pas prévu de variante imposée.",
        "Refus",
    ),
    ("variantes", "RC", "4.3. Variantes : néant", "Refus|[Nn]éant"),
    ("variantes", "RC", "Article 4 - Offres\nLes soumissionnaires s'en tiennent à l'offre de base : toute variante entraîne le rejet.", "Refus"),
    ("variantes", "avis", "Des variantes seront prises en considération : non\n", "Refus"),
    (
        "ccag_applicable",
        "CCAP",
        "Article 2 - Pièces\n"
        "Le cahier des clauses administratives générales applicables aux marchés de techniques de l'information et de la communication, "
        "approuvé par arrêté du 30 mars 2021.",
        "TIC",
    ),
    ("ccag_applicable", "CCAP", "Article 2 - Pièces générales\n- Le CCAG Travaux 2021", "[Tt]ravaux"),
    ("ccag_applicable", "CCAP", "Article 2 - Pièces\nCCAG-PI en vigueur au mois zéro.", "PI"),
    ("ccag_applicable", "CCAP", "Article 2 - Référence\nIl est fait référence au CCAG de maîtrise d'œuvre (arrêté du 30 mars 2021 modifié).", "MO[Ee]|œuvre"),
    ("ccag_applicable", "CCAP", "Article 2 - Textes\nLe CCAG/FCS issu de l'arrêté du 30 mars 2021 s'applique.", "FCS"),
    ("ccag_applicable", "CCAP", "Article 2 - Textes\nLe C.C.A.G. applicable aux marchés industriels.", "MI|industriel"),
    (
        "derogations_ccag",
        "CCAP",
        "Article 20 - Dérogations au CCAG\nL'article 12 du CCAP déroge à l'article 14.1 du CCAG-FCS.\nL'article 15 du CCAP déroge à l'article 38 du CCAG-FCS.",
        "14.1.*38",
    ),
    ("derogations_ccag", "CCAP", "Article 20 - Dérogations\n| Article du CCAP | Article du CCAG |\n|---|---|\n| 12 | 14.1 |\n| 15 | 38 |\n", "14.1.*38"),
    ("derogations_ccag", "CCAP", "Article 20 - Liste récapitulative des dérogations\n- 12 → 14.1.1 du CCAG\n- 15 → 38 du CCAG", "14.1.1.*38"),
    ("derogations_ccag", "CCAP", "Article 20 - Dérogations\nIl n'est pas dérogé au CCAG.", "[Aa]ucune|[Nn]éant"),
    ("derogations_ccag", "CCAP", "Article 12 - Pénalités\nPar dérogation à l'article 19.2.1 du CCAG Travaux, la pénalité est de 150 € par jour.", "19.2.1"),
    (
        "derogations_ccag",
        "CCAP",
        "Article 20 - Dérogations\nDérogation à l'article 14 du CCAG-TIC par l'article 9 du présent CCP ; dérogation à l'article 50 par l'article 17.",
        "14.*50",
    ),
    (
        "penalites_retard",
        "CCAP",
        "Article 12 - Pénalités de retard\nEn cas de retard imputable au titulaire, il est appliqué une pénalité calculée selon la formule P = V x R / 1000.",
        "1000",
    ),
    (
        "penalites_retard",
        "CCAP",
        "Article 12 - Pénalités\nTout retard dans l'exécution donne lieu, sans mise en demeure préalable, à une retenue de 200 € HT par jour calendaire.",
        "200 €",
    ),
    ("penalites_retard", "CCAP", "Article 12 - Pénalités\nRetard de livraison : 50 € / jour\nRetard d'intervention : 100 € / heure\n", "50 €"),
    (
        "penalites_retard",
        "CCAP",
        "Article 12 - Pénalités\nLe titulaire encourt une pénalité journalière de 1/3000 du montant de l'ensemble du marché.",
        "3000|3 000",
    ),
    ("penalites_retard", "CCAP", "Article 12 - Réfactions\nPar jour de retard, le titulaire subit une réfaction égale à 1 % de la commande.", "1 %"),
    (
        "penalites_retard",
        "CCAP",
        "Article 12 - Pénalités\n| Manquement | Pénalité |\n|---|---|\n| Retard de livraison | 75 € par jour |\n| Absence en réunion | 100 € |\n",
        "75 €",
    ),
    ("penalites_retard", "CCAP", "Article 12 - Pénalités\nIl est fait application des pénalités prévues à l'article 14 du CCAG-FCS.", "14"),
    ("delai_paiement", "CCAP", "Article 10 - Paiement\nLe délai global de paiement est de 30 jours.", "30 jours"),
    (
        "delai_paiement",
        "CCAP",
        "Article 10 - Règlement\nLes sommes dues sont payées dans un délai de trente (30) jours à compter de la réception de la facture.",
        "30 jours",
    ),
    ("delai_paiement", "CCAP", "Article 10 - Paiement\nLe délai de paiement ne peut excéder 50 jours (établissement public de santé).", "50 jours"),
    ("delai_paiement", "CCAP", "Article 10 - Paiement\nLe mandatement intervient sous 30 jours.", "30 jours"),
    ("delai_paiement", "CCAP", "Article 10 - Facturation\nLes factures sont réglées par virement, à trente jours fin de mois.", "30 jours"),
    (
        "delai_paiement",
        "CCAP",
        "Article 10 - Paiement\nLe paiement s'effectue par mandat administratif dans les délais réglementaires en vigueur.",
        "en vigueur|glementaires",
    ),
    (
        "delai_paiement",
        "CCAP",
        "Article 10 - Paiement\nL'administration se libère des sommes dues dans les trente jours qui suivent le dépôt de la demande sur Chorus Pro.",
        "30 jours",
    ),
    (
        "delai_paiement",
        "CCAP",
        "Article 10 - Modalités\n"
        "Conformément à l'article R. 2192-10 du code de la commande publique, le paiement interviendra dans un délai maximum de 30 jours.",
        "30 jours",
    ),
    (
        "forme_prix",
        "CCAP",
        "Article 8 - Prix\nLes prestations sont réglées par application des prix unitaires du bordereau aux quantités réellement exécutées.",
        "unitaires",
    ),
    ("forme_prix", "CCAP", "Article 8 - Prix\nLe marché est traité à prix global et forfaitaire.", "[Ff]orfait"),
    ("forme_prix", "CCAP", "Article 8 - Forme\nLes prix sont mixtes : une partie forfaitaire et une partie à prix unitaires.", "[Mm]ixte"),
    ("forme_prix", "CCAP", "Article 8 - Prix\nLe prix est forfaitaire : il rémunère l'ensemble des sujétions.", "[Ff]orfait"),
    ("forme_prix", "CCAP", "Article 8 - Rémunération\nLa mission est rémunérée par un forfait de rémunération provisoire.", "[Ff]orfait"),
    (
        "forme_prix",
        "CCAP",
        "Article 8 - Prix\nLes commandes sont payées au tarif public du titulaire, remisé du rabais indiqué à l'acte d'engagement.",
        "unitaires|tarif|catalogue",
    ),
    ("forme_prix", "CCAP", "Article 8 - Prix\nLe coût journalier des intervenants figure au BPU ; chaque commande est chiffrée en jours.", "unitaires|BPU"),
    ("forme_prix", "CCAP", "Article 8 - Prix\nLes dépenses sont facturées au quantitatif réellement livré sur la base du BPU.", "unitaires|BPU"),
    (
        "revision_prix",
        "CCAP",
        "Article 9 - Variation des prix\nLes prix sont révisés annuellement à la date anniversaire par application de la formule Cn = 15 % + 85 % (In/Io).",
        "évisable",
    ),
    ("revision_prix", "CCAP", "Article 9 - Variation\nLes prix sont fermes et actualisables.", "actualisable"),
    ("revision_prix", "CCAP", "Article 9 - Prix\nLes prix sont fermes pour la durée du marché.", "ferme"),
    ("revision_prix", "CCAP", "Article 9 - Prix\nLes prix du marché ne varient pas pendant son exécution.", "varient pas|ferme"),
    ("revision_prix", "CCAP", "Article 9 - Prix\nLes prix sont ajustés par référence au barème du titulaire avec une clause butoir de 3 %.", "évisable|ajust"),
    ("revision_prix", "CCAP", "Article 9 - Prix\nLes tarifs suivent chaque année l'indice des prix à la consommation hors tabac.", "indice"),
    (
        "revision_prix",
        "CCAP",
        "Article 9 - Actualisation\nSi un délai supérieur à trois mois s'écoule entre la date de l'offre et le début d'exécution, le prix ferme est actualisé.",
        "actualis",
    ),
    ("avance", "CCAP", "Article 10 - Avance\nUne avance de 5 % est accordée lorsque le montant est supérieur à 50 000 € HT.", "5 %"),
    ("avance", "CCAP", "Article 10 - Avance\nAucune avance ne sera versée.", "[Aa]ucune"),
    ("avance", "CCAP", "Article 10 - Avance\nSans objet.", "[Ss]ans objet"),
    ("avance", "CCAP", "Article 10 - Avances et acomptes\nLe titulaire perçoit, sauf refus, 30 % du montant initial à titre d'avance.", "30 %"),
    ("avance", "CCAP", "Article 10 - Avance\nLe taux de l'avance est porté à 20 % pour les PME.", "20 %"),
    ("retenue_garantie", "CCAP", "Article 11 - Retenue de garantie\nUne retenue de 5 % est prélevée sur chaque acompte.", "5 %"),
    ("retenue_garantie", "CCAP", "Article 11 - Garanties financières\nIl n'est pas exigé de garantie financière.", "pas|[Aa]ucun"),
    ("retenue_garantie", "CCAP", "Article 11 - Sûretés\nLe marché ne comporte pas de retenue de garantie.", "pas|[Aa]ucun"),
    ("retenue_garantie", "CCAP", "Article 11 - Retenue de garantie\nNéant.", "[Nn]éant"),
    (
        "retenue_garantie",
        "CCAP",
        "Article 11 - Garantie\nLa retenue de garantie, de 3 % pour les PME, peut être remplacée par une garantie à première demande.",
        "3 %",
    ),
    (
        "assurance",
        "CCAP",
        "Article 15 - Responsabilité\n"
        "Le titulaire est couvert par une police en responsabilité civile professionnelle, dont il justifie dans les quinze jours.",
        "responsabilité civile",
    ),
    (
        "assurance",
        "CCAP",
        "Article 15 - Assurances\nLe titulaire contracte les assurances permettant de garantir sa responsabilité à l'égard de l'acheteur et des tiers.",
        "assurances",
    ),
    (
        "assurance",
        "CCAP",
        "Article 15 - Dommages\nVous devez être assuré pour les dommages causés aux tiers ; une attestation nous est remise avant tout démarrage.",
        "assuré",
    ),
    (
        "sous_traitance",
        "CCAP",
        "Article 16 - Sous-traitance\nLe titulaire peut sous-traiter l'exécution de certaines parties, sous réserve de l'acceptation du sous-traitant.",
        "sous-trait",
    ),
    (
        "sous_traitance",
        "CCAP",
        "Article 16 - Recours à des tiers\nLe recours à un sous-traitant est subordonné à notre accord écrit ; la chaîne est limitée à un rang.",
        "sous-traitant",
    ),
    (
        "sous_traitance",
        "CCAP",
        "Article 16 - Sous-traitants\nLes tâches essentielles d'administration de la plateforme sont exécutées par le titulaire lui-même.",
        "essentielles",
    ),
    ("propriete_intellectuelle", "CCAP", "Article 17 - Résultats\nLe titulaire cède à titre exclusif les droits d'exploitation des résultats.", "cède"),
    (
        "propriete_intellectuelle",
        "CCAP",
        "Article 17 - Utilisation des résultats\nL'article 35 du CCAG-PI s'applique ; le régime retenu est la cession à titre non exclusif.",
        "cession",
    ),
    (
        "propriete_intellectuelle",
        "CCAP",
        "Article 17 - Sources\nLes développements spécifiques sont livrés sous licence libre EUPL et leur code source est publié.",
        "licence|code source",
    ),
    ("propriete_intellectuelle", "CCAP", "Article 17 - Livrables\nTout ce que vous produisez pour nous nous appartient à mesure de sa remise.", "appartient"),
    ("donnees_personnelles", "CCAP", "Article 18 - RGPD\nLe titulaire agit en qualité de sous-traitant au sens de l'article 28 du RGPD.", "sous-traitant"),
    (
        "donnees_personnelles",
        "CCAP",
        "Article 18 - Vie privée\n"
        "Les informations relatives aux agents sont traitées sur nos seules instructions ; une violation nous est signalée sous 24 heures.",
        "instructions|violation",
    ),
    (
        "localisation_hebergement",
        "CCAP",
        "Article 19 - Hébergement\n"
        "L'ensemble des données, y compris les sauvegardes, est hébergé et traité exclusivement sur le territoire de l'Union européenne.",
        "Union européenne",
    ),
    (
        "localisation_hebergement",
        "CCAP",
        "Article 19 - Hébergement\nL'hébergeur exploite ses centres en France et n'est soumis à aucune législation extraterritoriale.",
        "France",
    ),
    ("localisation_hebergement", "CCAP", "Article 19 - Localisation\nAucun octet ne sort de l'Espace économique européen.", "Espace économique"),
    (
        "localisation_hebergement",
        "CCAP",
        "Article 19 - Nuage\nL'offre est qualifiée SecNumCloud et opérée depuis le territoire national.",
        "territoire national",
    ),
    (
        "reversibilite",
        "CCAP",
        "Article 20 - Réversibilité\nEn fin de marché, le titulaire restitue les données dans un format ouvert sous 30 jours.",
        "restitue",
    ),
    (
        "reversibilite",
        "CCAP",
        "Article 20 - Fin du contrat\n"
        "Le titulaire sortant transmet ses connaissances au nouveau prestataire pendant deux mois et lui remet les données dans un format "
        "standard.",
        "transmet|remet",
    ),
    (
        "reversibilite",
        "CCAP",
        "Article 20 - Sortie\nUn plan de sortie est remis dans les trois mois ; l'extraction complète des données est possible à tout moment.",
        "plan de sortie|extraction",
    ),
    ("securite", "CCAP", "Article 21 - Sécurité\nLe titulaire respecte la PSSI de l'établissement et remet un plan d'assurance sécurité.", "PSSI"),
    (
        "securite",
        "CCAP",
        "Article 21 - Discrétion\nLe titulaire et son personnel sont tenus à une obligation de discrétion sur tout ce qu'ils apprennent.",
        "discrétion",
    ),
    (
        "securite",
        "CCAP",
        "Article 21 - Accès\nL'accès aux locaux est subordonné au port d'un badge et à une enquête administrative préalable des intervenants.",
        "badge",
    ),
    (
        "securite",
        "CCAP",
        "Article 21 - Cybersécurité\n"
        "L'authentification à plusieurs facteurs est exigée, les flux sont chiffrés en TLS 1.3 et tout incident est déclaré sous 4 heures.",
        "chiffr|facteurs",
    ),
    ("clause_sociale", "CCAP", "Article 22 - Insertion\nLe titulaire réserve 350 heures à des personnes éloignées de l'emploi.", "350"),
    (
        "clause_sociale",
        "CCAP",
        "Article 22 - Emploi\nCinq pour cent du temps de travail est confié à des demandeurs d'emploi de longue durée.",
        "demandeurs d'emploi",
    ),
    (
        "clause_sociale",
        "CCAP",
        "Article 22 - Personnel\nConformément à la convention collective, le nouveau titulaire reprend les contrats de travail des agents affectés au site.",
        "reprend",
    ),
    (
        "clause_sociale",
        "CCAP",
        "Article 22 - Égalité\nLe titulaire met en place des actions en faveur de l'égalité entre les femmes et les hommes et de l'accueil d'apprentis.",
        "égalité|apprenti",
    ),
    ("clause_environnementale", "CCAP", "Article 23 - Environnement\nLe titulaire utilise des produits écolabellisés et trie les déchets.", "écolabel"),
    (
        "clause_environnementale",
        "CCAP",
        "Article 23 - Déplacements\nLes livraisons se font en véhicules électriques ou à vélo dans l'hypercentre.",
        "électriques",
    ),
    (
        "clause_environnementale",
        "CCAP",
        "Article 23 - Emballages\nLes emballages sont repris et réutilisés ; le plastique à usage unique est interdit.",
        "emballages",
    ),
    (
        "clause_environnementale",
        "CCAP",
        "Article 23 - Énergie\nL'efficacité énergétique du centre d'hébergement (PUE) est inférieure à 1,4.",
        "PUE|énergétique",
    ),
    (
        "resiliation",
        "CCAP",
        "Article 24 - Résiliation\nL'acheteur peut résilier le marché pour motif d'intérêt général moyennant une indemnité de 5 %.",
        "résilier",
    ),
    (
        "resiliation",
        "CCAP",
        "Article 24 - Fin anticipée\n"
        "En cas de manquement grave non corrigé après une mise en demeure de quinze jours, le contrat peut être rompu aux torts du "
        "titulaire.",
        "rompu",
    ),
    ("lieu_execution", "CCAP", "Article 5 - Lieu d'exécution\nLes prestations sont exécutées dans les locaux de la mairie, 1 place Foch à Sarlat.", "Sarlat"),
    (
        "lieu_execution",
        "CCAP",
        "Article 5 - Livraison\nLes fournitures sont livrées franco de port au magasin central, 12 rue des Lilas, 24200 Sarlat.",
        "Sarlat",
    ),
    ("lieu_execution", "CCAP", "Article 5 - Sites\nLe marché s'exécute sur les sites suivants :\n- école Jules Ferry\n- gymnase Coubertin\n", "Ferry"),
    ("lieu_execution", "CCAP", "Article 5 - Périmètre\nLes interventions ont lieu sur l'ensemble du territoire de la communauté de communes.", "territoire"),
    ("lieu_execution", "CCAP", "Article 5 - Travaux\nLe chantier se situe 14 avenue Jean Jaurès à Albi.", "Albi"),
    ("lieu_execution", "RC", "2.3 Lieu d'exécution\nAlbi (81)\n", "Albi"),
    ("lieu_execution", "RC", "2.3 Lieux de livraison : Sarlat et Domme\n", "Sarlat"),
    (
        "procedure",
        "RC",
        "Article 2 - Procédure\nLa consultation est passée selon la procédure adaptée ouverte, en application des articles L. 2123-1 et R. 2123-1 1°.",
        "adaptée",
    ),
    ("procedure", "RC", "Article 2 - Mode de passation\nAppel d'offres ouvert (articles L. 2124-2, R. 2161-2 à R. 2161-5).", "Appel d'offres ouvert"),
    (
        "procedure",
        "RC",
        "Article 2 - Procédure\nMarché négocié sans publicité ni mise en concurrence préalables en application de l'article R. 2122-8.",
        "sans publicité",
    ),
    ("procedure", "RC", "Article 2 - Procédure\nProcédure formalisée : AOO européen.", "ppel d'offres ouvert"),
    ("procedure", "RC", "Article 2 - Conditions\nLe pouvoir adjudicateur recourt à la procédure avec négociation prévue à l'article R. 2124-3.", "négociation"),
    (
        "procedure",
        "RC",
        "Article 2 - Conditions\nIl s'agit d'un marché de services sociaux passé selon une procédure adaptée quel que soit son montant.",
        "adaptée",
    ),
    ("forme", "RC", "Article 3 - Forme\nLe marché est un accord-cadre mono-attributaire exécuté par émission de bons de commande.", "ccord-cadre"),
    (
        "forme",
        "RC",
        "Article 3 - Forme\nLa consultation donnera lieu à un accord-cadre multi-attributaire avec marchés subséquents conclu avec trois opérateurs.",
        "subséquent",
    ),
    ("forme", "RC", "Article 3 - Forme\nLe marché comporte une tranche ferme et deux tranches optionnelles.", "tranche"),
    ("forme", "RC", "Article 3 - Forme\nIl s'agit d'un marché ordinaire.", "ordinaire"),
    ("forme", "RC", "Article 3 - Forme\nMarché composite comprenant une part forfaitaire et une part à bons de commande.", "bons de commande"),
    (
        "forme",
        "RC",
        "Article 3 - Forme\nLes besoins sont couverts par des commandes passées au fur et à mesure (articles R. 2162-13 et R. 2162-14).",
        "commande",
    ),
    ("lots", "RC", "Article 3 - Allotissement\nLe marché n'est pas alloti car l'objet ne permet pas l'identification de prestations distinctes.", "non alloti"),
    (
        "lots",
        "RC",
        "Article 3 - Allotissement\nLa consultation est décomposée en 3 lots :\nLot n°01 : Gros œuvre\nLot n°02 : Charpente\nLot n°03 : Électricité\n",
        "Gros.*Charpente.*lectricit",
    ),
    ("lots", "RC", "Article 3 - Allotissement\n| N° | Désignation |\n|---|---|\n| 1 | Papeterie |\n| 2 | Consommables |\n", "Papeterie.*Consommables"),
    ("lots", "RC", "Article 3 - Décomposition\nLot(s) | Désignation\n01 | Papeterie\n02 | Consommables informatiques\n", "Papeterie.*Consommables"),
    ("lots", "RC", "Article 3 - Décomposition\nIl n'est pas prévu de décomposition en lots.", "non alloti"),
    ("lots", "RC", "Article 3 - Lots\nLe lot 1 porte sur la papeterie, le lot 2 sur les consommables.", "papeterie.*consommables"),
    ("lots", "RC", "Article 3 - Lots\nLot A : Papeterie\nLot B : Consommables\n", "Papeterie.*Consommables"),
    ("lots", "RC", "Article 3 - Allotissement : marché global non alloti (article L. 2113-11).", "non alloti"),
    (
        "objet",
        "CCAP",
        "Article 1 - Objet du marché\n"
        "Les stipulations du présent CCAP concernent la fourniture et la pose de menuiseries extérieures pour le groupe scolaire Prévert.",
        "menuiseries",
    ),
    ("objet", "CCAP", "Article 1 - Objet\nFourniture de carburants en vrac pour le parc départemental.", "carburants"),
    ("objet", "RC", "Objet de la consultation :\nPRESTATIONS DE NETTOYAGE DES LOCAUX DE LA VILLE DE SARLAT\n", "(?i)nettoyage"),
    ("objet", "AE", "A - Objet de l'acte d'engagement\nObjet du marché public : Maintenance des ascenseurs du patrimoine communal\n", "ascenseurs"),
    ("objet", "CCTP", "1. Contexte et objet\nLa Ville souhaite se doter d'un logiciel de gestion des ressources humaines en mode SaaS.", "logiciel de gestion"),
    ("objet", "CCTP", "1. Généralités\nLe présent document a pour objet de décrire les travaux de réfection de la toiture de la halle.", "toiture"),
    ("objet", "RC", "1. Objet\nLe présent marché vise à confier à un prestataire l'entretien des espaces verts.", "espaces verts"),
    ("objet", "CCP", "Article premier - Ce que nous achetons\nNous achetons des prestations de traduction pour nos services.", "traduction"),
    ("acheteur", "RC", "Pouvoir adjudicateur :\nCommune de Sarlat-la-Canéda\nPlace de la Liberté\n24200 Sarlat\n", "Sarlat"),
    (
        "acheteur",
        "RC",
        "Article 1 - Acheteur\nLe pouvoir adjudicateur est le Syndicat mixte des eaux du Périgord, représenté par son Président.",
        "Syndicat mixte",
    ),
    (
        "acheteur",
        "CCAP",
        "Le présent marché est passé entre :\nLa Région Occitanie, représentée par sa Présidente,\nd'une part, et le titulaire, d'autre part.\n",
        "Occitanie",
    ),
    ("acheteur", "AE", "Identification de l'acheteur\nDésignation : Centre hospitalier de Périgueux\nReprésentant : Le directeur\n", "Périgueux"),
    (
        "acheteur",
        "AE",
        "A - Identification de l'acheteur\n■ Désignation de l'acheteur :\nVILLE DE SARLAT\n■ Objet de la consultation :\nFourniture de repas\n",
        "(?i)sarlat",
    ),
    ("acheteur", "CCAP", "Maître d'ouvrage : SEMITOUR PÉRIGORD\nMaître d'œuvre : Cabinet Durand\n", "(?i)semitour"),
    ("acheteur", "avis", "1.1 Acheteur\nNom officiel : Habitat du Nord\nForme juridique de l'acheteur : Organisme de droit public\n", "Habitat du Nord"),
    ("numero_consultation", "RC", "Consultation n° 2026-DSI-014\n", "2026-DSI-014"),
    ("numero_consultation", "RC", "N° de marché : 26MA0045\n", "26MA0045"),
    ("numero_consultation", "RC", "Marché n°2026/12/S\n", "2026/12/S"),
    ("numero_consultation", "RC", "Référence de la consultation : CHP_2026_07\n", "CHP_2026_07"),
    ("numero_consultation", "RC", "Numéro de la consultation : 26S0012\n", "26S0012"),
    ("numero_consultation", "RC", "Réf. : AOO 2026-03\n", "2026-03"),
    ("numero_consultation", "RC", "AO n° 2026-07\n", "2026-07"),
    ("numero_consultation", "RC", "Dossier n° M26-118\n", "M26-118"),
    ("numero_consultation", "RC", "MAPA 2026-09\n", "2026-09"),
    ("numero_consultation", "RC", "N° de référence du marché (code interne) : 2026FCS11\n", "2026FCS11"),
    ("type_marche", "CCAP", "Article 1 - Objet\nLe marché de services a pour objet le nettoyage.", "services"),
    ("type_marche", "CCAP", "Type de marché : Travaux\n", "travaux"),
    ("type_marche", "CCAP", "MARCHÉ PUBLIC DE PRESTATIONS INTELLECTUELLES\n", "services|intellectuelles"),
    ("type_marche", "CCAP", "Nature du marché : Fournitures\n", "fournitures"),
    ("type_marche", "CCAP", "MARCHÉ DE MAÎTRISE D'ŒUVRE\n", "services"),
    ("type_marche", "CCAP", "MARCHE DE TRAVAUX\n", "travaux"),
)


@pytest.mark.parametrize(("field", "piece", "clause", "pattern"), WORDINGS)
def test_a_wording_is_read_or_left_alone(field: str, piece: str, clause: str, pattern: str | None) -> None:
    text = f"{TITLES[piece]}\n\n{clause}\n{LAST}"
    summary = summarise(reading.read_bytes(text.encode(), f"{piece}.txt", kind=Kind.TENDER, collection="essai"), f"{piece}.txt")
    found = summary.field(field)
    if pattern is None:
        assert found.value is None, shown(found.value)
        return
    assert found.value is not None
    assert re.search(pattern, f"{shown(found.value)} {found.quote}", re.DOTALL)
