"""Forty small tenders for contradictions, in free wording, labelled before the rules met them: twenty in which two pieces disagree, twenty that only seem to.

``PLANTED`` and ``CLEAN`` map a name to its pieces; of a planted one, ``FIELDS`` says which field is contradicted. Every buyer is fictional.
"""

_RC = "RÈGLEMENT DE LA CONSULTATION\n\nPouvoir adjudicateur : Commune de Brézolles-sur-Aure\n\n"
_AE = "ACTE D'ENGAGEMENT\n\nAcheteur : Commune de Brézolles-sur-Aure\n\n"
_CCAP = "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n\nCommune de Brézolles-sur-Aure\n\n"
_CCTP = "CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n\nCommune de Brézolles-sur-Aure\n\n"
_NOTICE = "AVIS D'APPEL PUBLIC À LA CONCURRENCE\n\nNom et adresse officiels de l'organisme acheteur : commune de Brézolles-sur-Aure.\n\n"

Tender = dict[str, str]

PLANTED: dict[str, Tender] = {
    "durée en années et en mois": {
        "AE.txt": _AE + "Article 3 - Durée\nLe marché est conclu pour trois ans fermes à compter de sa notification.\n",
        "CCAP.txt": _CCAP + "Article 4 - Durée du marché\nLa durée du marché est de 24 mois à partir de la notification.\n",
    },
    "durée du règlement et du cahier": {
        "RC.txt": _RC + "Article 2 - Durée\nDurée du marché : 18 mois.\n",
        "CCAP.txt": _CCAP + "Article 2 - Durée\nL'exécution s'étend sur une durée de douze (12) mois à compter de l'ordre de service.\n",
    },
    "fin à deux dates": {
        "AE.txt": _AE + "Article 2 - Durée\nLe marché court de sa notification jusqu'au 31 décembre 2027.\n",
        "CCAP.txt": _CCAP + "Article 3 - Durée\nLe marché prend effet à sa notification et s'exécute jusqu'au 30 juin 2027.\n",
    },
    "nombre de reconductions": {
        "RC.txt": _RC + "Article 3 - Durée\nLe marché dure un an. Il est reconductible trois fois par tacite reconduction.\n",
        "CCAP.txt": _CCAP + "Article 3 - Durée\nLe marché est conclu pour un an. Il pourra être reconduit deux fois, par période d'un an.\n",
    },
    "reconduction ou non": {
        "AE.txt": _AE + "Article 4 - Durée\nLe marché est conclu pour deux ans. Il n'est pas reconductible.\n",
        "CCAP.txt": _CCAP + "Article 4 - Durée\nLe marché est conclu pour deux ans, renouvelable une fois pour la même durée.\n",
    },
    "jour de la remise": {
        "RC.txt": _RC + "Les offres sont remises au plus tard le 12 mai 2026 à 12 h 00.\n",
        "avis.txt": _NOTICE + "Date limite de réception des offres : 15 mai 2026, à 12 heures.\n",
    },
    "heure de la remise": {
        "RC.txt": _RC + "Date et heure limites de réception des plis : 3 juin 2026 à 16h00\n",
        "avis.txt": _NOTICE + "Date limite de réception des offres : 3 juin 2026, à 11 heures.\n",
    },
    "maximum": {
        "AE.txt": _AE + "Article 2 - Montants\nAccord-cadre à bons de commande avec un maximum de 200 000 € HT sur sa durée totale.\n",
        "CCAP.txt": _CCAP + "Article 5 - Montants\nLe montant maximum des commandes est de 220 000,00 euros hors taxes sur la durée totale.\n",
    },
    "maximum en lettres": {
        "RC.txt": _RC + "Article 2 - Forme\nAccord-cadre à bons de commande, sans minimum, dont le maximum annuel est de quatre-vingt-dix mille euros HT (90 000 € HT).\n",
        "CCAP.txt": _CCAP + "Article 2 - Forme\nAccord-cadre à bons de commande. Montant maximum annuel : 100 000 € HT.\n",
    },
    "minimum": {
        "RC.txt": _RC + "Article 2 - Forme\nAccord-cadre à bons de commande sans minimum et avec un maximum de 80 000 € HT par an.\n",
        "CCAP.txt": _CCAP + "Article 2 - Forme\nAccord-cadre à bons de commande : minimum annuel 10 000 € HT, maximum annuel 80 000 € HT.\n",
    },
    "pénalité d'un jour": {
        "CCAP.txt": _CCAP + "Article 8 - Pénalités\nPar jour de retard, le titulaire encourt une pénalité de 200 €.\n",
        "CCTP.txt": _CCTP + "Article 6 - Retards\nLes retards de livraison entraînent une pénalité de 150 euros par jour de retard.\n",
    },
    "pénalité en formule": {
        "CCAP.txt": _CCAP + "Article 8 - Pénalités\nEn cas de retard, la pénalité est P = V x R / 1000.\n",
        "CCTP.txt": _CCTP + "Article 6 - Pénalités\nLe retard est sanctionné par une pénalité P = V x R / 3000.\n",
    },
    "délai de paiement": {
        "AE.txt": _AE + "Article 5 - Paiement\nLes sommes dues sont payées dans un délai global de 30 jours.\n",
        "CCAP.txt": _CCAP + "Article 6 - Paiement\nLe délai global de paiement est fixé à quarante-cinq jours.\n",
    },
    "version du CCAG": {
        "AE.txt": _AE + "Article 1 - Pièces\nLe CCAG-FCS approuvé par l'arrêté du 19 janvier 2009 est applicable.\n",
        "CCAP.txt": _CCAP + "Article 2 - Pièces\nLe CCAG applicable aux marchés de fournitures courantes et de services (arrêté du 30 mars 2021) s'applique.\n",
    },
    "famille du CCAG": {
        "RC.txt": _RC + "Article 4 - Textes\nLe marché se réfère au CCAG-PI.\n",
        "CCAP.txt": _CCAP + "Article 2 - Pièces\nLe CCAG-TIC s'applique au présent marché.\n",
    },
    "variantes": {
        "RC.txt": _RC + "Article 3 - Variantes\nLes candidats peuvent présenter une variante.\n",
        "avis.txt": _NOTICE + "Refus des variantes.\n",
    },
    "critères": {
        "RC.txt": _RC + "Article 6 - Jugement des offres\nLes offres sont classées selon les critères suivants :\n- prix : 60 %\n- valeur technique : 40 %\n",
        "avis.txt": _NOTICE + "Critères d'attribution : offre la plus avantageuse appréciée en fonction des critères énoncés ci-dessous.\n- prix : 50 % ;\n- valeur technique : 50 %.\n",
    },
    "forme des prix": {
        "AE.txt": _AE + "Article 2 - Prix\nLes prestations sont rémunérées par un prix global et forfaitaire.\n",
        "CCAP.txt": _CCAP + "Article 5 - Prix\nLe marché est traité à prix unitaires, appliqués aux quantités livrées.\n",
    },
    "procédure": {
        "RC.txt": _RC + "Article 2 - Procédure\nLa consultation est passée par appel d'offres ouvert.\n",
        "avis.txt": _NOTICE + "Type de procédure : procédure adaptée.\n",
    },
    "lots": {
        "RC.txt": _RC + "Article 2 - Lots\nLe marché comprend les lots suivants :\nLot 1 : Mobilier\nLot 2 : Rideaux\nLot 3 : Luminaires\n",
        "CCAP.txt": _CCAP + "Article 2 - Lots\nLe marché comprend les lots suivants :\nLot 1 : Mobilier\nLot 2 : Rideaux et luminaires\n",
    },
}  # fmt: skip

FIELDS: dict[str, str] = {
    "durée en années et en mois": "duree_initiale", "durée du règlement et du cahier": "duree_initiale", "fin à deux dates": "duree_initiale",
    "nombre de reconductions": "reconductions", "reconduction ou non": "reconductions", "jour de la remise": "date_limite_remise", "heure de la remise": "date_limite_remise",
    "maximum": "montant_maximum_ht", "maximum en lettres": "montant_maximum_ht", "minimum": "montant_minimum_ht", "pénalité d'un jour": "penalites_retard",
    "pénalité en formule": "penalites_retard", "délai de paiement": "delai_paiement", "version du CCAG": "ccag_applicable", "famille du CCAG": "ccag_applicable",
    "variantes": "variantes", "critères": "criteres_attribution", "forme des prix": "forme_prix", "procédure": "procedure", "lots": "lots",
}  # fmt: skip

CLEAN: dict[str, Tender] = {
    "deux ans sont vingt-quatre mois": {
        "AE.txt": _AE + "Article 3 - Durée\nLe marché est conclu pour deux ans.\n",
        "CCAP.txt": _CCAP + "Article 4 - Durée\nLa durée du marché est de vingt-quatre (24) mois à compter de la notification.\n",
    },
    "durée et délai d'un bon": {
        "AE.txt": _AE + "Article 3 - Durée\nLe marché est conclu pour un an.\n",
        "CCTP.txt": _CCTP + "Article 5 - Délais\nChaque bon de commande est exécuté dans un délai de 15 jours. La garantie est de deux ans.\n",
    },
    "durée initiale et durée totale": {
        "RC.txt": _RC + "Article 3 - Durée\nLe marché est conclu pour un an, reconductible trois fois, soit une durée totale maximale de quatre ans.\n",
        "CCAP.txt": _CCAP + "Article 3 - Durée\nLa durée initiale du marché est de 12 mois. La durée totale, reconductions comprises, ne peut excéder 48 mois. Il est reconductible 3 fois.\n",
    },
    "durée et validité des offres": {
        "RC.txt": _RC + "Article 5 - Validité\nLe délai de validité des offres est de 180 jours. Article 6 - Durée\nDurée du marché : 12 mois.\n",
        "CCAP.txt": _CCAP + "Article 2 - Durée\nLe marché dure douze mois à compter de sa notification.\n",
    },
    "remise et questions": {
        "RC.txt": _RC + "Date limite de remise des offres : 12 mai 2026 à 12 h 00\nLes questions sont posées avant le 4 mai 2026 à 12 h 00.\n",
        "avis.txt": _NOTICE + "Date limite de réception des offres : 12 mai 2026, à 12 heures.\nDate d'envoi du présent avis à la publication : 2 avril 2026.\n",
    },
    "remise sans heure": {
        "RC.txt": _RC + "Les offres parviennent au plus tard le 12/05/2026 à 17h00.\n",
        "avis.txt": _NOTICE + "Date limite de réception des offres : 12 mai 2026.\n",
    },
    "annuel et total": {
        "RC.txt": _RC + "Article 2 - Forme\nAccord-cadre à bons de commande, maximum annuel : 50 000 € HT.\n",
        "CCAP.txt": _CCAP + "Article 2 - Forme\nAccord-cadre à bons de commande dont le maximum, sur la durée totale de quatre ans, est de 200 000 € HT.\n",
    },
    "hors taxes et toutes taxes": {
        "AE.txt": _AE + "Article 2 - Montants\nAccord-cadre à bons de commande. Montant maximum annuel : 120 000 € TTC.\n",
        "CCAP.txt": _CCAP + "Article 5 - Montants\nAccord-cadre à bons de commande. Montant maximum annuel : 100 000 € HT.\n",
    },
    "maximum et plafond des pénalités": {
        "AE.txt": _AE + "Article 2 - Montants\nAccord-cadre à bons de commande avec un maximum de 200 000 € HT.\n",
        "CCAP.txt": _CCAP + "Article 8 - Pénalités\nLe montant maximum des pénalités est de 10 000 €. Article 2 - Forme\nAccord-cadre à bons de commande avec un maximum de 200 000 € HT.\n",
    },
    "écriture des sommes": {
        "AE.txt": _AE + "Article 2 - Montants\nAccord-cadre à bons de commande. Montant maximum : deux cent mille euros HT.\n",
        "CCAP.txt": _CCAP + "Article 5 - Montants\nAccord-cadre à bons de commande. Le montant maximum est de 200.000,00 € H.T.\n",
    },
    "retard et absence": {
        "CCAP.txt": _CCAP + "Article 8 - Pénalités\nPar jour de retard : 100 €. Par absence à une réunion : 50 €.\n",
        "CCTP.txt": _CCTP + "Article 6 - Réunions\nToute absence à une réunion est pénalisée de 50 €.\n",
    },
    "pénalité dite deux fois": {
        "CCAP.txt": _CCAP + "Article 8 - Pénalités\nUne pénalité de 100 euros par jour calendaire de retard est appliquée.\n",
        "CCTP.txt": _CCTP + "Article 6 - Retards\nRappel : les pénalités de retard s'élèvent à 100 € par jour (CCAP, article 8).\n",
    },
    "paiement et intérêts": {
        "AE.txt": _AE + "Article 5 - Paiement\nLe paiement intervient sous trente jours.\n",
        "CCAP.txt": _CCAP + "Article 6 - Paiement\nLe délai global de paiement est de 30 jours. Les intérêts moratoires sont versés dans les 45 jours suivant le paiement.\n",
    },
    "CCAG nommé ou daté": {
        "AE.txt": _AE + "Article 1 - Pièces\nLe CCAG-FCS est applicable.\n",
        "CCAP.txt": _CCAP + "Article 2 - Pièces\nLe CCAG fournitures courantes et services (arrêté du 30 mars 2021) s'applique. L'arrêté du 19 janvier 2009 est abrogé.\n",
    },
    "variantes refusées deux fois": {
        "RC.txt": _RC + "Article 3 - Variantes\nAucune variante n'est acceptée.\n",
        "avis.txt": _NOTICE + "Des variantes seront prises en considération : non.\n",
    },
    "critères renvoyés": {
        "RC.txt": _RC + "Article 6 - Jugement des offres\nLes critères de jugement sont le prix (60 %) et la valeur technique (40 %).\n",
        "avis.txt": _NOTICE + "Critères d'attribution : offre économiquement la plus avantageuse appréciée en fonction des critères énoncés dans le règlement de la consultation.\n",
    },
    "critères en points et en pourcentages": {
        "RC.txt": _RC + "Article 6 - Jugement des offres\nLes offres sont notées selon les critères suivants :\n- prix : 60 points\n- valeur technique : 40 points\n",
        "avis.txt": _NOTICE + "Critères d'attribution : offre la plus avantageuse appréciée en fonction des critères énoncés ci-dessous.\n- valeur technique : 40 % ;\n- prix : 60 %.\n",
    },
    "procédure nommée deux fois": {
        "RC.txt": _RC + "Article 2 - Procédure\nLa consultation est lancée selon la procédure adaptée ouverte de l'article R. 2123-1.\n",
        "avis.txt": _NOTICE + "Type de procédure : procédure adaptée.\n",
    },
    "lots et tranches": {
        "RC.txt": _RC + "Article 2 - Lots\nLe marché n'est pas alloti. Il comprend une tranche ferme et deux tranches optionnelles.\n",
        "CCAP.txt": _CCAP + "Article 2 - Décomposition\nLe marché, non alloti, est divisé en trois tranches.\n",
    },
    "numéro avec et sans préfixe": {
        "RC.txt": _RC + "Consultation n° 2026-DST-014\n",
        "AE.txt": _AE + "Marché n° 2026-DST-014\n",
    },
}  # fmt: skip
