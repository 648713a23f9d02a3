"""Pieces in the manners of the platforms that buyers write them on, of the State's form and of the BOAMP: tables of which only the words are left, labels, ticked boxes. Fictional."""

from tests.summaries.made_pieces import Stated

_RC_PLATEFORME = """RÈGLEMENT DE LA CONSULTATION

FOURNITURES COURANTES ET SERVICES

Acquisition de consommables d'atelier pour le centre technique

Date et heure limites de réception des offres :
Mardi 12 mai 2026 à 12:00

Communauté de communes du Val Fleuri
12 avenue des Tilleuls
99120 VALFLEURI

SOMMAIRE
1 - Objet et étendue de la consultation ....................................... 3
1.1 - Objet ................................................................... 3
2 - Conditions de la consultation ............................................. 4

1 - Objet et étendue de la consultation
1.1 - Objet
La présente consultation concerne :
Acquisition de consommables d'atelier pour le centre technique
Lieu(x) d'exécution :
Centre technique intercommunal - ZA des Ormes
99120 VALFLEURI
1.2 - Mode de passation
La procédure de passation utilisée est : la procédure adaptée ouverte. Elle est soumise aux dispositions des articles L. 2123-1 et R. 2123-1 1° du Code de la commande publique.
1.3 - Type et forme de contrat
L'accord-cadre avec maximum est passé en application des articles L2125-1 1°, R. 2162-1 à R. 2162-6, R. 2162-13 et R. 2162-14 du Code de la commande publique. Il donnera lieu à l'émission de bons de commande.
1.4 - Décomposition de la consultation
Les prestations sont réparties en 3 lot(s) :
Lot(s)
Désignation
01
Visserie
02
Outillage à main
03
Équipements de protection
Chaque lot fera l'objet d'un accord-cadre attribué à un seul opérateur économique.
1.5 - Nomenclature
La classification principale conforme au vocabulaire commun des marchés européens (CPV) est :
44531000-6 Visserie
2 - Conditions de la consultation
2.1 - Délai de validité des offres
Le délai de validité des offres est fixé à 120 jours à compter de la date limite de réception des offres.
2.2 - Forme juridique du groupement
Le pouvoir adjudicateur ne souhaite imposer aucune forme de groupement à l'attributaire.
2.3 - Variantes
Aucune variante n'est autorisée.
2.4 - Développement durable
Cette consultation comporte des clauses environnementales dont le détail est indiqué dans le CCAP.
3 - Conditions relatives au contrat
3.1 - Durée du contrat ou délai d'exécution
La durée de la période initiale est de 1 an(s). L'accord-cadre est reconduit tacitement jusqu'à son terme. Le nombre de périodes de reconduction est fixé à 3. La durée de chaque période de reconduction est de 1 an(s).
3.2 - Modalités essentielles de financement et de paiement
Les prestations seront financées selon les modalités suivantes : fonds propres. Les sommes dues au(x) titulaire(s) et au(x) sous-traitant(s) de premier rang éventuel(s), seront payées dans un délai global de 30 jours à compter de la date de réception des demandes de paiement.
7 - Examen des candidatures et des offres
7.1 - Sélection des candidatures
Avant de procéder à l'examen des candidatures, l'acheteur peut demander de compléter.
7.2 - Attribution des accords-cadres
Le jugement des offres sera effectué dans les conditions prévues aux articles L. 2152-1 à L. 2152-4. Les critères retenus pour le jugement des offres sont pondérés de la manière suivante :
Critères
Pondération
1-Prix des prestations
60.0 %
2-Valeur technique
30.0 %
3-Délai de livraison
10.0 %
Toutes les offres reçues seront analysées.
8 - Renseignements complémentaires
Pour obtenir tous les renseignements complémentaires, les candidats devront faire parvenir au plus tard 6 jours avant la date limite de réception des offres une demande écrite.
Tribunal administratif de Besançon
"""

_CCAP_PLATEFORME = """CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES

SERVICES

Maintenance des portes automatiques des bâtiments communaux

VILLE DE MONTCLAIR
Place du Marché
99300 MONTCLAIR

1 - Dispositions générales du contrat
1.1 - Objet du contrat
Les stipulations du présent Cahier des clauses administratives particulières (C.C.A.P.) concernent :
Maintenance des portes automatiques des bâtiments communaux
1.2 - Décomposition du contrat
Il n'est pas prévu de décomposition en lots.
2 - Pièces contractuelles
Les pièces contractuelles du marché public sont les suivantes et, en cas de contradiction entre leurs stipulations, prévalent dans cet ordre de priorité :
- L'acte d'engagement (AE) et ses annexes
- Le cahier des clauses administratives particulières (CCAP)
- Le cahier des clauses administratives générales (CCAG) applicable aux marchés publics de fournitures courantes et de services, approuvé par l'arrêté du 30 mars 2021
3 - Confidentialité et mesures de sécurité
Le présent marché public comporte une obligation de confidentialité telle que prévue à l'article 5.1 du CCAG-FCS.
4 - Protection des données personnelles
Chaque partie au contrat est tenue au respect des règles, européennes et françaises, applicables au traitement des données à caractère personnel éventuellement mis en oeuvre aux fins de l'exécution du contrat.
5 - Durée et délais d'exécution
5.1 - Durée du contrat
Le contrat est conclu pour une période initiale de 1 an à compter de la date de notification du contrat.
Le contrat est reconduit tacitement jusqu'à son terme. Le nombre de périodes de reconduction est fixé à 2. La durée de chaque période de reconduction est de 1 an. La durée maximale du contrat, toutes périodes confondues, est de 3 ans.
6 - Prix
6.1 - Caractéristiques des prix pratiqués
Les prestations sont réglées par un prix global forfaitaire selon les stipulations de l'acte d'engagement.
6.2 - Modalités de variation des prix
Les prix du marché public sont réputés établis sur la base des conditions économiques du mois précédant le mois de la date limite de réception des offres ; ce mois est appelé « mois zéro ». Les prix sont révisés annuellement par application aux prix du marché public d'un coefficient Cn donné par la ou les formules suivantes :
Cn = 15.0% + 85.0% (In/Io)
7 - Garanties Financières
Aucune clause de garantie financière ne sera appliquée.
8 - Avance
8.1 - Conditions de versement et de remboursement
Aucune avance ne sera versée.
9 - Modalités de règlement des comptes
9.3 - Délai global de paiement
Les sommes dues au(x) titulaire(s) seront payées dans un délai global de 30 jours à compter de la date de réception des demandes de paiement.
9.5 - Paiement des sous-traitants
Le sous-traitant adresse sa demande de paiement libellée au nom du pouvoir adjudicateur au titulaire.
10 - Conditions d'exécution des prestations
Les prestations devront être conformes aux stipulations du contrat.
12 - Garantie des prestations
Aucune garantie n'est prévue.
13 - Pénalités
13.1 - Pénalités de retard
Lorsque le délai contractuel d'exécution ou de livraison est dépassé, par le fait du titulaire, celui-ci encourt, par jour de retard et sans mise en demeure préalable, des pénalités calculées conformément aux stipulations de l'article 14.1 du CCAG-FCS.
13.2 - Pénalité pour travail dissimulé
Si le titulaire du contrat ne s'acquitte pas des formalités prévues par le Code du travail, le pouvoir adjudicateur applique une pénalité de 10 % du montant TTC.
14 - Assurances
Conformément aux dispositions de l'article 9 du CCAG-FCS, tout titulaire doit justifier, dans un délai de 15 jours à compter de la notification du contrat, qu'il est titulaire des contrats d'assurances, au moyen d'une attestation établissant l'étendue de la responsabilité garantie.
15 - Résiliation du contrat
15.1 - Conditions de résiliation
Les conditions de résiliation du marché public sont définies aux articles 38 à 45 du CCAG-FCS. En cas de résiliation du marché public pour motif d'intérêt général par le pouvoir adjudicateur, le titulaire percevra à titre d'indemnisation une somme forfaitaire égale à 5,00 %.
16 - Règlement des litiges et langues
En cas de litige, seul le Tribunal Administratif de Besançon est compétent.
17 - Dérogations
- L'article 7 du CCAP déroge à l'article 12 du CCAG - Fournitures Courantes et Services
"""

_AE_FORMULAIRE = """MARCHÉS PUBLICS
ACTE D'ENGAGEMENT                                            ATTRI1

A - Objet de l'acte d'engagement
■ Objet du marché public ou de l'accord-cadre :
Location et entretien de vêtements de travail
■ Cet acte d'engagement correspond :
1. ☒ à l'ensemble du marché public ou de l'accord-cadre (en cas de non allotissement) ;
   ☐ au lot n°……. ou aux lots n°…………… du marché public ou de l'accord-cadre (en cas d'allotissement) ;
2. ☒ à l'offre de base.
   ☐ à la variante suivante :
B - Engagement du titulaire ou du groupement titulaire
B1 - Identification et engagement du titulaire
Après avoir pris connaissance des pièces constitutives du marché public suivantes,
☒ CCAP n° 2026-07-HAB
☒ CCAG : Fournitures courantes et services
☐ CCTP n°……
B2 - Nature du groupement
B3 - Compte (s) à créditer
■ Nom de l'établissement bancaire :
B4 - Avance (article R. 2191-3 ou article R. 2391-1 du code de la commande publique)
Je renonce au bénéfice de l'avance :          ☐ Non            ☐ Oui
B5 - Durée d'exécution du marché public ou de l'accord-cadre
La durée d'exécution du marché public ou de l'accord-cadre est de 24 mois ou ……………….. jours à compter de :
☒ la date de notification du marché public ou de l'accord-cadre ;
☐ la date de notification de l'ordre de service ;
Le marché public ou l'accord cadre est reconductible :    ☐ Non         ☒ Oui
Si oui, préciser :
• Nombre des reconductions : 2
• Durée des reconductions : 12 mois
C - Signature
D - Identification et signature de l'acheteur
■ Désignation de l'acheteur
Centre hospitalier de Roche-sur-Yvel
■ Nom, prénom, qualité du signataire du marché public ou de l'accord-cadre
Le directeur
"""

_CCAP_ECOLE = """MARCHE PUBLIC DE TRAVAUX
C.C.A.P.
CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIERES

Maître d'Ouvrage : Commune de Saint-Avril
Maître d'Oeuvre : Atelier Lecomte
Opération : Réhabilitation énergétique de l'école primaire Simone-Veil

ARTICLE PREMIER : OBJET DU MARCHE - DISPOSITIONS GENERALES
1.1 Objet du marché - Emplacement des travaux
Les stipulations du présent CCAP concernent la réhabilitation énergétique de l'école primaire Simone-Veil.
Lieu d'exécution : 4 rue de l'Église à SAINT-AVRIL.
1.2 Tranches et lots
Les travaux sont répartis en 4 lots désignés ci-après :
Lot n°1 : Isolation - Façades
Lot n°2 : Menuiseries extérieures
Lot n°3 : Chauffage - Ventilation
Lot n°4 : Électricité
Il n'est pas prévu de découpage en tranches.
ARTICLE 2 : PIECES CONSTITUTIVES DU MARCHE
b) Pièces générales : Cahier des clauses administratives générales applicables aux marchés publics de travaux (arrêté du 30 mars 2021).
ARTICLE 3 : PRIX ET MODE D'EVALUATION DES OUVRAGES - VARIATION DANS LES PRIX - REGLEMENT DES COMPTES
3.3 Les ouvrages ou prestations faisant l'objet du marché seront réglés par un prix global forfaitaire.
3.4 Variation dans les prix
3.4.1 Les prix sont fermes et actualisables suivant les modalités fixées au 3.4.3.
3.4.2 Mois d'établissement des prix : mars 2026.
3.4.3 Index BT01.
ARTICLE 4 : DELAI D'EXECUTION - PENALITES ET PRIMES
4.1 Délai d'exécution des travaux
Le délai d'exécution de l'ensemble des travaux est de 9 mois, dont 1 mois de préparation.
4.2 Prolongation du délai d'exécution
Le nombre de journées d'intempéries réputées prévisibles est de 12 jours.
4.3 Pénalités pour retard
Une pénalité de 250 Euros H.T. par jour calendaire de retard sera appliquée.
ARTICLE 5 : CLAUSES DE FINANCEMENT ET DE SURETE
5.1 Retenue de garantie : une retenue de 5 % est appliquée sur chaque acompte, remplaçable par une garantie à première demande.
5.2 Avance : il sera versé une avance de 10 % si le montant est supérieur à 50 000 € HT.
5.3 Paiement : le délai global de paiement est fixé à trente jours.
ARTICLE 8 : PREPARATION, COORDINATION ET EXECUTION DES TRAVAUX
8.4 Organisation, sécurité et hygiène des chantiers
Le coordonnateur SPS est la société Prévention Plus. Un PPSPS est remis par chaque entreprise.
8.6 Gestion des déchets de chantier : chaque entreprise trie et évacue ses déchets.
8.7 Clause sociale : 210 heures d'insertion sont réservées au lot n°1.
ARTICLE 9 : CONTROLE ET RECEPTION DES TRAVAUX
9.5 Délai de garantie : un an à compter de la réception.
9.6 Assurances : dans un délai de 15 jours, les titulaires justifient d'une assurance de responsabilité décennale.
ARTICLE 10 : RESILIATION
Il sera fait application des articles 49 à 54 du CCAG.
ARTICLE 11 : DEROGATIONS AUX DOCUMENTS GENERAUX
L'article 4.3 déroge à l'article 19.2.3 du CCAG Travaux.
"""

_CCTP_CONGES = """CCTP
Cahier des clauses techniques particulières
Fourniture, hébergement et maintenance d'une solution de gestion des congés

Département du Haut-Vernay
Direction du numérique

1. PRÉSENTATION
1.1. Contexte
Le Département emploie 2 400 agents répartis sur 35 sites.
1.2. Objet
Le présent CCTP décrit les besoins relatifs à la fourniture, l'hébergement et la maintenance d'une solution de gestion des congés et des absences.
2. EXIGENCES TECHNIQUES
2.1. Hébergement
La solution est hébergée en mode SaaS. Les données restent dans l'Union européenne, sauvegardes comprises. L'hébergeur est certifié ISO 27001.
2.2. Sécurité
Les échanges sont chiffrés. L'accès administrateur passe par une authentification forte. Un test d'intrusion annuel est réalisé.
2.3. Interopérabilité
L'API est documentée.
2.4. RGPD
Le titulaire tient un registre des traitements et notifie toute violation sous 24 heures.
3. SERVICES
3.1. Maintenance
Garantie de temps de rétablissement : 4 heures.
3.2. Réversibilité
À l'échéance, le titulaire remet au Département l'intégralité des données au format CSV, dans les 30 jours.
3.3. Niveaux de service
Un taux de disponibilité inférieur à 99,5 % donne lieu à une pénalité de 2 % de la redevance mensuelle.
4. DÉPLOIEMENT
Le projet se déroule sur 6 mois. Les ateliers ont lieu à Vernay, 8 place de la Préfecture.
5. NUMÉRIQUE RESPONSABLE
Le titulaire fournit chaque année l'empreinte carbone du service et respecte le RGESN.
"""

_AE_PLATEFORME = """ACTE D'ENGAGEMENT

MARCHÉ PUBLIC DE FOURNITURES COURANTES ET SERVICES

Collecte et traitement des biodéchets des restaurants scolaires

Le pouvoir adjudicateur : Ville de Brévannes-le-Vieux
Représentée par : Madame la Maire

1 - Identification de l'acheteur
Nom de l'organisme : Ville de Brévannes-le-Vieux
Ordonnateur : Madame la Maire
Comptable assignataire des paiements : Trésorier principal
2 - Identification du co-contractant
Le signataire (Candidat individuel),
M ......................................................
3 - Dispositions générales
3.1 - Objet
Le présent Acte d'Engagement concerne : Collecte et traitement des biodéchets des restaurants scolaires
3.2 - Mode de passation
La procédure de passation est : l'appel d'offres ouvert. Elle est soumise aux dispositions des articles L. 2124-2 et R. 2161-2 à R. 2161-5 du Code de la commande publique.
3.3 - Forme de contrat
Il s'agit d'un accord-cadre à bons de commande conclu avec un seul opérateur.
4 - Prix
Les prestations seront rémunérées par application aux quantités réellement exécutées des prix unitaires fixés dans le bordereau des prix.
Le montant des prestations pour la période initiale de l'accord-cadre est défini(e) comme suit :
Maximum HT
95 000,00 €
Les montants seront identiques pour les périodes de reconduction.
5 - Durée de l'accord-cadre
Les délais d'exécution ou la durée de validité du contrat sont définis au CCAP et ne peuvent en aucun cas être modifiés.
6 - Paiement
Le(s) pouvoir(s) adjudicateur(s) se libérera(ont) des sommes dues en faisant porter le montant au crédit du ou des comptes suivants :
7 - Avance
Je renonce au bénéfice de l'avance :  [ ] NON  [ ] OUI
8 - Nomenclature(s)
90511000-2 Services de collecte des ordures
9 - Signature
"""

_AVIS_GYMNASE_INTERCOMMUNAL = """Avis n°20-110001

                                  Avis d'appel public à la concurrence

Département(s) de publication : 25
Annonce No 20-110001
Travaux

- Nom et adresse officiels de l'organisme acheteur : communauté de communes du Haut-Vallon.
Correspondant : Mme la présidente, 3 rue de la Gare 25999 Montclerc, tél. : 03-81-00-00-00, courriel : marches haut-vallon.example.
Adresse internet du profil d'acheteur : http://www.example.fr.

Objet du marché : construction d'un gymnase intercommunal.
Type de marché de travaux : exécution.
CPV - Objet principal : 45212222.
Lieu d'exécution : rue des Sports, 25999 Montclerc.
Code NUTS : FRC21.

Caractéristiques principales :

les travaux comprennent la construction d'un gymnase de 1 800 mètres carrés et l'aménagement de ses abords
Quantités (fournitures et services), nature et étendue (travaux) : surface de plancher : 1 800 mètres carrés.
Des variantes seront prises en considération.
La procédure d'achat du présent avis est couverte par l'accord sur les marchés publics de l'OMC : non.

Prestations divisées en lots : oui.
Possibilité de présenter une offre pour un ou plusieurs lots.

Durée du marché ou délai d'exécution : 14 mois à compter de la notification du marché.
Date prévisionnelle de début des prestations (fournitures/services) : 1er mars 2021.
Cautionnement et garanties exigés : retenue de garantie de 5 % ou garantie à première demande.
Modalités essentielles de financement et de paiement et/ou références aux textes qui les réglementent :
virement administratif, délai global de paiement de 30 jours. Prix fermes et actualisables. Une avance de 10 % est accordée.
Forme juridique que devra revêtir le groupement d'opérateurs économiques attributaire du marché : groupement solidaire.
L'exécution du marché est soumise à d'autres conditions particulières : oui : clause d'insertion sociale (article L. 2112-2).
Langues pouvant être utilisées dans l'offre ou la candidature : français.

Critères d'attribution :
Offre économiquement la plus avantageuse appréciée en fonction des critères énoncés ci-dessous avec leur pondération.
     - valeur technique : 60 %;
     - prix des prestations : 40 %.

Type de procédure : procédure adaptée.

Date limite de réception des offres : 9 octobre 2020, à 17 heures.
Délai minimum de validité des offres : 120 jours à compter de la date limite de réception des offres.

Autres renseignements :
Numéro de référence attribué au marché par le pouvoir adjudicateur / l'entité adjudicatrice : 2020-HV-07.

Renseignements complémentaires :
une visite du site est obligatoire.

Date d'envoi du présent avis à la publication : 1er septembre 2020.

Renseignements relatifs aux lots :
Lot(s) 1. -
Gros œuvre
C.P.V. - Objet principal : 45223220.
Lot(s) 2. -
Charpente bois et couverture
C.P.V. - Objet principal : 45261000.
Lot(s) 3. -
Sols sportifs
C.P.V. - Objet principal : 45432110.
"""

_AVIS_ASCENSEURS_HOPITAL = """Avis n°20-110002

                                  Avis d'appel public à la concurrence

Département(s) de publication : 33
Annonce No 20-110002
Services

- Nom et adresse officiels de l'organisme acheteur : Centre hospitalier de Brannes.
Correspondant : le directeur, 12 avenue du Parc 33999 Brannes.
Le pouvoir adjudicateur n'agit pas pour le compte d'autres pouvoirs adjudicateurs.
Principale(s) activité(s) du pouvoir adjudicateur : Santé.

Objet du marché : maintenance des ascenseurs et monte-charges du Centre hospitalier de Brannes.
Catégorie de services : 1.
CPV - Objet principal : 50750000.
Lieu d'exécution : Centre hospitalier de Brannes, 33999 Brannes.
Code NUTS : FRI12.

L'avis implique l'établissement d'un accord-cadre.
Accord-cadre avec un seul opérateur.
Durée de l'accord-cadre : 48 mois.
Estimation de la valeur (H.T.) : 180 000 euros.

Caractéristiques principales :
accord-cadre à bons de commande pour les dépannages et partie forfaitaire pour l'entretien
Quantités (fournitures et services), nature et étendue (travaux) : sans montant minimum. Montant maximum annuel : 60 000 euro(s) (H.T.).
Estimation de la valeur (H.T.) : entre 100 000 et 200 000 euros.
Refus des variantes.
Nombre de reconductions éventuelles : 3.
Dans le cas de marchés reconductibles, calendrier prévisionnel des marchés ultérieurs de fournitures ou de services : 12 mois à compter de la notification.

Prestations divisées en lots : non.

Durée du marché ou délai d'exécution : 12 mois à compter de la notification du marché.
Cautionnement et garanties exigés : néant.
Modalités essentielles de financement et de paiement et/ou références aux textes qui les réglementent :
paiement par mandat administratif sous 50 jours. Les prix sont révisables annuellement.

Critères d'attribution :
Offre économiquement la plus avantageuse appréciée en fonction des critères énoncés ci-dessous avec leur pondération.
     - prix : 50;
     - valeur technique : 30;
     - délai d'intervention : 20.

Type de procédure : appel d'offres ouvert.

Date limite de réception des offres : 12 octobre 2020, à 12 h 30.

Numéro de référence attribué au marché par le pouvoir adjudicateur / l'entité adjudicatrice : CHB20-14.
Date d'envoi du présent avis à la publication : 3 septembre 2020.
"""

_AVIS_VETEMENTS_METROPOLE = """Avis No 20-110003
 publié le 15/09/2020
 Dépt. : 13 Métropole du Sud
 Fourniture et livraison de vêtements de travail
 Avis de marché
Annonce No 20-110003 I.II.III.IV.VI.
 AVIS DE MARCHÉ
 Directive 2014/24/UE
 Section I : Pouvoir adjudicateur
 I.1) NOM ET ADRESSES
 Métropole du Sud, 58 boulevard du Port, Point(s) de contact : direction de la commande publique, 13999, Porteville, F, Téléphone : (+33) 4 00 00 00 00, Courriel : achats example.fr , Code NUTS : FRL04
 I.4) TYPE DE POUVOIR ADJUDICATEUR
 Autorité régionale ou locale
 Section II : Objet
 II.1) ÉTENDUE DU MARCHÉ
 II.1.1) Intitulé : Fourniture et livraison de vêtements de travail
 Numéro de référence : 2020_VET_31
 II.1.2) Code CPV principal :
 Descripteur principal : 18110000
 II.1.3) Type de marché
 Fournitures
 II.1.4) Description succincte : Fourniture et livraison de vêtements de travail, de chaussures et d'équipements de protection individuelle pour les agents de la Métropole.
 II.1.5) Valeur totale estimée :
 Valeur hors TVA : 900 000 euros
 II.1.6) Information sur les lots :
 Ce marché est divisé en lots : oui
 Il est possible de soumettre des offres pour tous les lots
 II.2) DESCRIPTION
 II.2.1) Intitulé : Vêtements de travail
 Lot nº : 1
 II.2.2) Code(s) CPV additionnel(s)
 Code CPV principal : 18110000
 II.2.3) Lieu d'exécution
 Code NUTS : FRL04
 Lieu principal d'exécution : Magasin central, 4 rue des Docks, Porteville
 II.2.4) Description des prestations : Accord-cadre à bons de commande sans minimum et avec un maximum de 200 000 euros HT par an.
 II.2.5) Critères d'attribution
 critères énoncés ci-dessous
 Critère de qualité
 1. Qualité des échantillons / Pondération : 45
 2. Délai de livraison / Pondération : 15
 Prix :
 1. Prix / Pondération : 40
 II.2.6) Valeur estimée
 Valeur hors TVA : 600 000 euros
 II.2.7) Durée du marché, de l'accord-cadre ou du système d'acquisition dynamique
 Durée en mois : 12
 Ce marché peut faire l'objet d'une reconduction : oui
 Description des modalités ou du calendrier des reconductions : L'accord-cadre est reconductible tacitement 3 fois par période de 12 mois.
 II.2.10) Variantes
 Des variantes seront prises en considération : non
 II.2.14) Informations complémentaires :
 II.2) DESCRIPTION
 II.2.1) Intitulé : Chaussures de sécurité
 Lot nº : 2
 II.2.3) Lieu d'exécution
 Code NUTS : FRL04
 Lieu principal d'exécution : Magasin central, 4 rue des Docks, Porteville
 II.2.4) Description des prestations : Accord-cadre à bons de commande sans minimum et avec un maximum de 100 000 euros HT par an.
 II.2.7) Durée du marché, de l'accord-cadre ou du système d'acquisition dynamique
 Durée en mois : 12
 Section III : Renseignements d'ordre juridique, économique, financier et technique
 III.2.2) Conditions particulières d'exécution :
 Marché comportant une clause environnementale : reprise et recyclage des vêtements usagés. Délai de paiement : 30 jours. Prix révisables.
 Section IV : Procédure
 IV.1.1) Type de procédure
 Procédure ouverte
 IV.1.3) Informations sur l'accord-cadre ou le système d'acquisition dynamique
 Le marché implique la mise en place d'un accord-cadre
 Accord-cadre avec un seul opérateur
 IV.2.2) Date limite de réception des offres ou des demandes de participation
 16 octobre 2020 - 16:00
 IV.2.6) Délai minimal pendant lequel le soumissionnaire est tenu de maintenir son offre :
 Durée en mois : 6 (A compter de la date limite de réception des offres)
 IV.2.7) Modalité d'ouverture des offres
 Date : 19 octobre 2020 - 09:00
 Section VI : Renseignements complémentaires
 VI.5) DATE D'ENVOI DU PRÉSENT AVIS
 14 septembre 2020
"""

_AVIS_REPAS_SIVOM = """Avis n°20-110004

                                  Avis d'appel public à la concurrence

Département(s) de publication : 59
Annonce No 20-110004
Fournitures

- Nom et adresse officiels de l'organisme acheteur : SIVOM de la Plaine.
Correspondant : M. le président, mairie 59999 Wervain.

Objet du marché : fourniture de repas en liaison froide pour les restaurants scolaires.
Lieu d'exécution et de livraison : écoles des 6 communes du SIVOM.
Caractéristiques principales :

Quantités (fournitures et services), nature et étendue (travaux) : lot no 1 - repas scolaires : minimum 40 000 euros (H.T.), maximum 120 000 euros (H.T.) par an
Lot no 2 - repas des centres de loisirs : minimum 10 000 euros (H.T.), maximum 30 000 euros (H.T.) par an.
Refus des variantes.

Prestations divisées en lots : oui.
Possibilité de présenter une offre pour l'ensemble des lots.

Durée du marché ou délai d'exécution : à compter du 1er janvier 2021 et jusqu'au 31 décembre 2021.
Date prévisionnelle de début des prestations (fournitures/services) : 1er janvier 2021.

Critères d'attribution :
Offre économiquement la plus avantageuse appréciée en fonction des critères énoncés ci-dessous
     - qualité des produits, part de produits biologiques et circuits courts (40 points);
     - prix (40 points);
     - développement durable (20 points).

Type de procédure : procédure adaptée.

Date limite de réception des offres : 30 octobre 2020, à 11 heures.
Délai minimum de validité des offres : 3 mois à compter de la date limite de réception des offres.

Marché renouvelable une fois par tacite reconduction pour un an.
Date d'envoi du présent avis à la publication : 21 septembre 2020.
"""

_BPU_BENNES = """BORDEREAU DES PRIX UNITAIRES (BPU)

Marché n° 2026-18 : Location de bennes et évacuation des déchets
Lot n° 2 : Déchets verts

Ville de Sainte-Orse

N° | Désignation | Unité | Prix unitaire € HT
1 | Location mensuelle d'une benne de 15 m3 | mois |
2 | Rotation | unité |
3 | Traitement à la tonne | tonne |
"""

_DQE_VOIRIE = """DÉTAIL QUANTITATIF ESTIMATIF

Accord-cadre de travaux d'entretien de la voirie communale
Commune de Belvas - 2026

| Poste | Libellé | U | Qté | PU HT | Total HT |
|---|---|---|---|---|---|
| 1.1 | Décapage | m2 | 1 200 | | |
| 1.2 | Enrobé à chaud | t | 300 | | |
Total HT
TVA 20 %
Total TTC
"""

_RC_MOBILIER_ECOLE = """MAIRIE DE LANZAC-LE-NEUF
46999 LANZAC-LE-NEUF

MARCHÉ À PROCÉDURE ADAPTÉE
RÈGLEMENT DE CONSULTATION

Objet : Fourniture de mobilier pour l'école élémentaire

Date limite de remise des offres :
Vendredi 26 juin 2026 à 12 h 00

Article 1 : Objet
La consultation porte sur la fourniture et la pose de mobilier scolaire à l'école élémentaire du Bourg, 2 place de l'Église.
Article 2 : Conditions de la consultation
2.1 Procédure : MAPA ouvert, article R.2123-1 du CCP.
2.2 Décomposition en lots : sans objet.
2.3 Durée : de la notification à la livraison, au plus tard le 21 août 2026.
2.4 Variantes : non autorisées. Prestations supplémentaires éventuelles : sans objet.
2.5 Validité des offres : 90 jours.
Article 3 : Contenu du dossier
Article 4 : Présentation des offres
Article 5 : Sélection des candidatures et jugement des offres
5.1 Candidatures : capacités techniques et financières.
5.2 Offres :
Prix des prestations ........ 50 %
Valeur technique ............ 30 %
  - qualité des matériaux : 20 %
  - garantie : 10 %
Délai de livraison .......... 20 %
Article 6 : Paiement
Virement administratif, 30 jours.
"""

_AE_COORDINATION = """ACTE D'ENGAGEMENT
Marché de prestations intellectuelles

Maître de l'ouvrage : DÉPARTEMENT DU VAL-D'ORCE
Objet du marché : Mission de coordination SPS pour la rénovation du collège Paul-Langevin à Orcières
Marché passé en application de l'article R. 2122-8 du code de la commande publique (sans publicité ni mise en concurrence)

ARTICLE 1 - CONTRACTANT
Je soussigné ..........
ARTICLE 2 - PRIX
Le marché est conclu moyennant un prix global et forfaitaire de : .................. € HT
Le prix est révisable selon l'index ING.
Mois d'établissement des prix : février 2026.
ARTICLE 3 - DÉLAIS
La mission débute à la notification du marché et s'achève à la fin de la période de garantie de parfait achèvement. Durée prévisionnelle : 18 mois.
ARTICLE 4 - PAIEMENTS
Le Département se libérera des sommes dues par virement au compte ci-après. Délai global de paiement : 30 jours.
Avance : ☐ refusée ☐ acceptée
ARTICLE 5 - SOUS-TRAITANCE
Les annexes indiquent la nature et le montant des prestations que nous envisageons de faire exécuter par des sous-traitants.
"""

_CCAP_SENTIERS = """ÉTABLISSEMENT PUBLIC DU PARC DES ROSELIÈRES

CCAP
Accord-cadre n° EPR-2026-04
Entretien courant des sentiers et ouvrages bois

ARTICLE 1. PARTIES CONTRACTANTES
Au sens du présent document :
- le « pouvoir adjudicateur » est l'Établissement public du parc des Roselières ;
- le « titulaire » est l'entreprise retenue.
ARTICLE 2. OBJET - FORME
2.1 L'accord-cadre porte sur l'entretien courant des sentiers, passerelles et observatoires en bois du parc.
2.2 Il est mono-attributaire et s'exécute par bons de commande, avec un maximum de 400 000 euros HT sur quatre ans et sans minimum.
ARTICLE 3. DURÉE
L'accord-cadre prend effet à sa notification pour une période d'un an. Il est tacitement reconductible trois fois pour la même durée. Le titulaire ne peut refuser la reconduction.
ARTICLE 4. DÉLAIS D'EXÉCUTION
Chaque bon de commande fixe son délai, qui ne peut excéder six semaines.
ARTICLE 5. PRIX
Bordereau de prix unitaires. Révision annuelle selon TP01.
ARTICLE 6. PAIEMENT - AVANCE - GARANTIE
Paiement à 30 jours. Avance dans les conditions du code (5 %). Ni retenue de garantie, ni cautionnement.
ARTICLE 7. PÉNALITÉS
75 euros par jour de retard ; 150 euros par manquement aux consignes environnementales. L'article 7 déroge à l'article 19.2 du CCAG Travaux.
ARTICLE 8. ENVIRONNEMENT
Travaux interdits du 15 mars au 15 juillet dans les zones de nidification. Bois local certifié PEFC. Huiles biodégradables.
ARTICLE 9. INSERTION
120 heures par an réservées à des publics éloignés de l'emploi.
ARTICLE 10. ASSURANCES
RC exploitation et décennale pour les passerelles.
ARTICLE 11. RÉSILIATION
Faute grave : sans indemnité, après mise en demeure. Le CCAG Travaux (2021) s'applique pour le reste.
"""

_CCP_VISIOCONFERENCE = """CAHIER DES CLAUSES PARTICULIÈRES
(administratives et techniques)

Service de visioconférence pour les services du rectorat

Pouvoir adjudicateur : Académie de Haute-Brière
Numéro de marché : 26RHB112

1 DISPOSITIONS GÉNÉRALES
1.1 Objet
Mise à disposition, en mode SaaS, d'un service de visioconférence pour 6 000 utilisateurs, avec support et formation.
1.2 Forme et durée
Accord-cadre mono-attributaire à bons de commande, d'une durée de 24 mois à compter de sa notification, reconductible une fois pour 24 mois par décision expresse.
Maximum : 480 000 € HT sur la durée totale. Pas de minimum.
1.3 Documents contractuels
Par ordre de priorité : l'acte d'engagement, le présent CCP, le CCAG-TIC 2021, l'offre technique.
2 PRIX ET PAIEMENT
2.1 Prix : abonnement mensuel par tranche d'utilisateurs (BPU) ; jours de formation au BPU.
2.2 Révision : à chaque date anniversaire, selon l'indice Syntec, plafonnée à 3 %.
2.3 Avance : 10 % du minimum de la première commande.
2.4 Paiement : 30 jours, par Chorus Pro.
3 EXIGENCES
3.1 Localisation
Les flux audio et vidéo, les enregistrements et les métadonnées sont traités et conservés dans l'Union européenne ; aucune équipe d'assistance située hors de l'Union n'accède aux contenus.
3.2 Sécurité
Chiffrement de bout en bout des réunions sensibles, authentification par le fournisseur d'identité de l'académie, qualification SecNumCloud ou équivalente de l'hébergement.
3.3 Données personnelles
Le titulaire est sous-traitant au sens du RGPD (annexe 2).
3.4 Accessibilité
Conformité au RGAA.
3.5 Réversibilité
Export des enregistrements au format MP4 et des comptes au format CSV, sans frais, pendant 60 jours après la fin.
3.6 Niveaux de service
Disponibilité 99,9 % ; en dessous, réfaction de 5 % de l'abonnement mensuel par tranche de 0,1 point.
4 RETARDS ET RÉSILIATION
4.1 Retard de mise en service : 200 € par jour ouvré.
4.2 L'acheteur peut résilier en cas de changement de contrôle du titulaire ou de perte de la qualification.
4.3 Dérogations : l'article 4.1 déroge à l'article 14.1 du CCAG-TIC.
5 DIVERS
5.1 Sous-traitance : déclarée au préalable ; pas plus d'un rang.
5.2 Le titulaire est assuré pour les dommages causés aux tiers et en justifie chaque année.
5.3 Les contenus produits par les agents restent la propriété de l'académie.
"""

_RC_DIALOGUE = """DÉPARTEMENT DE LA VIOSNE

RÈGLEMENT DE LA CONSULTATION
Phase candidature

Dialogue compétitif pour la conception, la réalisation et l'exploitation d'un réseau d'initiative publique

Date limite de réception des candidatures : 4 mai 2026 à 16 h

A. IDENTIFICATION
Acheteur : Département de la Viosne, hôtel du Département, 95999 Viosne
Référence : DV-2026-THD
B. OBJET
Le marché global de performance a pour objet la conception, la réalisation et l'exploitation d'un réseau de fibre optique dans 84 communes.
C. PROCÉDURE
Dialogue compétitif (articles L. 2124-4 et R. 2161-24 à R. 2161-31 du code de la commande publique). Trois candidats au minimum et cinq au maximum sont admis à dialoguer.
D. LOTS
En raison de son caractère global, le marché n'est pas alloti.
E. DURÉE
Conception-réalisation : 30 mois. Exploitation : 8 ans à compter de la réception.
F. SÉLECTION
Les candidatures sont classées selon les références (60 %) et les moyens (40 %).
G. PRIME
Une prime de 80 000 € HT est versée aux participants non retenus.
H. CRITÈRES D'ATTRIBUTION (phase offre)
1. Performance technique : 45 %
2. Coût global : 35 %
3. Engagements environnementaux et sociaux : 20 %
I. VARIANTES
Sans objet, compte tenu de la procédure.
"""

_CCTP_CANTINES = """Commune de Vaux-sous-Laigne
Service enfance

CCTP - Préparation et livraison de repas pour les cantines et le portage à domicile

1 Objet et volumes
Le titulaire prépare en liaison froide et livre environ 62 000 repas par an.
Lot 1 : restauration scolaire et centres de loisirs
Lot 2 : portage à domicile
2 Livraisons
Les repas sont livrés chaque matin entre 7 h et 9 h aux offices des écoles Pasteur, Curie et Rostand.
3 Qualité
Produits de qualité et durables : 50 % en valeur, dont 25 % issus de l'agriculture biologique (loi EGAlim). Poissons issus de la pêche durable.
4 Hygiène
Le titulaire tient un plan de maîtrise sanitaire. Agrément sanitaire de la cuisine.
5 Emballages
Barquettes réutilisables en inox ; le plastique est exclu à compter de la première livraison.
6 Déchets
Pesée des restes une semaine par trimestre et plan de lutte contre le gaspillage.
7 Suivi
Une commission des menus se réunit tous les deux mois en mairie.
8 Personnel
Le titulaire emploie au moins deux personnes en parcours d'insertion.
"""

_AVIS_NETTOYAGE_EFORMS = """284512-2026 - Mise en concurrence
France – Services de nettoyage – Nettoyage des locaux administratifs
OJ S 88/2026 08/05/2026
Avis de marché ou de concession – régime ordinaire
Services
1. Acheteur
1.1. Acheteur
Nom officiel: Région Val-d'Ardière
Adresse électronique: marches@ardiere.example
Forme juridique de l'acheteur: Autorité régionale
Activité du pouvoir adjudicateur: Services d'administration générale
2. Procédure
2.1. Procédure
Titre: Nettoyage des locaux administratifs de la Région Val-d'Ardière
Description: Prestations de nettoyage des locaux et de la vitrerie des sites administratifs.
Identifiant de la procédure: 3f1e6f1c-1111-4222-8333-944445555666
Identifiant interne: 26R0045
Type de procédure: Ouverte
La procédure est accélérée: non
2.1.1. Objet
Nature du marché: Services
Nomenclature principale (cpv): 90910000 Services de nettoyage
2.1.2. Lieu d'exécution
Ville: Ardières
Code postal: 99100
Subdivision pays (NUTS): Loire (FRK25)
Pays: France
2.1.3. Valeur
Valeur estimée hors TVA: 1 800 000,00 EUR
Valeur maximale de l'accord-cadre: 2 400 000,00 EUR
2.1.4. Informations générales
Base juridique:
Directive 2014/24/UE
5. Lot
5.1. Lot: LOT-0001
Titre: Sites d'Ardières
Description: Nettoyage des sites d'Ardières.
Identifiant interne: 1
5.1.1. Objet
Nature du marché: Services
Nomenclature principale (cpv): 90910000 Services de nettoyage
5.1.3. Durée estimée
Durée: 12 Mois
5.1.4. Renouvellement
Nombre maximal de renouvellements: 3
L'acheteur se réserve le droit d'effectuer des achats supplémentaires auprès du contractant, comme décrit ici: reconduction tacite par périodes d'un an
5.1.7. Marché public stratégique
Objectif du marché public stratégique: Réduction des incidences sur l'environnement
Description: produits écolabellisés exigés
5.1.9. Critères de sélection
5.1.10. Critères d'attribution
Critère:
Type: Prix
Nom: Prix des prestations
Description: Prix des prestations
Pondération (pourcentage, valeur exacte): 40
Critère:
Type: Qualité
Nom: Valeur technique
Description: Valeur technique
Pondération (pourcentage, valeur exacte): 60
5.1.12. Conditions du marché public
Conditions de présentation:
Présentation par voie électronique: Requise
Variantes: Non autorisée
Date limite de réception des offres: 12/06/2026 12:00:00 (UTC+2)
Date limite de validité de l'offre: 6 Mois
Conditions relatives au marché:
Le marché doit être exécuté dans le cadre de programmes d'emplois protégés: Non
5.1.15. Techniques
Accord-cadre:
Accord-cadre, sans remise en concurrence
Nombre maximal de participants: 1
5.1. Lot: LOT-0002
Titre: Sites de Montferrat
Description: Nettoyage des sites de Montferrat.
5.1.3. Durée estimée
Durée: 12 Mois
8. Organisations
8.1. ORG-0001
Nom officiel: Région Val-d'Ardière
Numéro d'enregistrement: 200000000
Adresse postale: 1 place de la Région
Ville: Ardières
"""

_AE_PORTAIL = """ACTE D'ENGAGEMENT

1. OBJET ET DISPOSITIONS GÉNÉRALES
Accord-cadre relatif à la tierce maintenance applicative du portail régional de données
Accord-cadre passé par appel d'offres ouvert (articles L. 2124-2, R. 2124-2 1° et R. 2161-2 à R. 2161-5 du code de la commande publique)
Acheteur : Région Val-d'Ardière - Direction du numérique
Référence de la consultation : 26R0107
Personne habilitée à donner les renseignements prévus à l'article R. 2191-59 : la présidente
2. ENGAGEMENT DU CANDIDAT
Je m'engage, sur la base de mon offre, pour la durée de validité des offres de 180 jours.
3. PRIX
3.1 Les unités d'œuvre sont rémunérées aux prix unitaires du bordereau joint.
3.2 La prise de connaissance et la réversibilité sont rémunérées par des forfaits.
Montant maximum pour la durée totale : 1 150 000 € HT.
4. DURÉE
La durée de l'accord-cadre est de deux ans à compter de la date portée dans la notification. Il pourra être reconduit deux fois un an.
5. PAIEMENT
Compte à créditer : ..........
Le délai maximum de paiement est fixé à 30 jours.
Avance : le titulaire ☐ renonce ☐ ne renonce pas au bénéfice de l'avance.
6. SOUS-TRAITANCE
Montant des prestations sous-traitées : ............ (joindre un DC4 par sous-traitant).
Fait en un seul original
"""

PIECES: dict[str, tuple[str, Stated]] = {
    "RC plateforme.txt": (
        _RC_PLATEFORME,
        {
            "objet": "consommables",
            "acheteur": "Val Fleuri",
            "procedure": "adaptée",
            "forme": "(?s)ccord-cadre.*commande",
            "lots": "(?s)Visserie.*Outillage.*quipements",
            "duree_initiale": "1 an",
            "reconductions": "3",
            "date_limite_remise": "12 mai 2026",
            "criteres_attribution": "(?s)60.*30.*10",
            "variantes": "Refus",
            "delai_paiement": "30 jours",
            "lieu_execution": "Ormes|VALFLEURI",
        },
    ),
    "CCAP plateforme.txt": (
        _CCAP_PLATEFORME,
        {
            "objet": "portes",
            "acheteur": "(?i)montclair",
            "lots": "non alloti",
            "ccag_applicable": "FCS",
            "duree_initiale": "1 an",
            "reconductions": "2",
            "forme_prix": "orfait",
            "revision_prix": "visable",
            "retenue_garantie": "[Aa]ucune",
            "avance": "[Aa]ucune",
            "delai_paiement": "30",
            "penalites_retard": "14.1",
            "assurance": "attestation",
            "resiliation": "38",
            "derogations_ccag": "12",
            "securite": "onfidentialit",
            "donnees_personnelles": "ersonnel",
        },
    ),
    "AE formulaire.txt": (
        _AE_FORMULAIRE,
        {
            "objet": "vêtements",
            "acheteur": "Roche-sur-Yvel",
            "lots": "non alloti",
            "duree_initiale": "24 mois",
            "reconductions": "2",
            "ccag_applicable": "FCS",
        },
    ),
    "CCAP ecole.txt": (
        _CCAP_ECOLE,
        {
            "objet": "réhabilitation",
            "acheteur": "Saint-Avril",
            "type_marche": "travaux",
            "lots": "(?s)Isolation.*Menuiseries.*Chauffage.*lectricit",
            "ccag_applicable": "ravaux",
            "forme_prix": "orfait",
            "revision_prix": "actualisable",
            "duree_initiale": "9 mois",
            "penalites_retard": "250",
            "retenue_garantie": "5 %",
            "avance": "10 %",
            "delai_paiement": "30 jours",
            "securite": "SPS",
            "clause_environnementale": "déchets",
            "clause_sociale": "210",
            "assurance": "décennale",
            "resiliation": "49",
            "derogations_ccag": "19.2.3",
            "lieu_execution": "Église|SAINT-AVRIL",
        },
    ),
    "CCTP conges.txt": (
        _CCTP_CONGES,
        {
            "objet": "congés",
            "acheteur": "Haut-Vernay",
            "localisation_hebergement": "Union européenne",
            "securite": "chiffr|authentification",
            "donnees_personnelles": "registre|violation",
            "reversibilite": "CSV|intégralité",
            "clause_environnementale": "carbone",
        },
    ),
    "AE plateforme.txt": (
        _AE_PLATEFORME,
        {
            "objet": "biodéchets",
            "acheteur": "Brévannes",
            "procedure": "ppel d'offres ouvert",
            "forme": "(?s)ccord-cadre.*commande",
            "forme_prix": "unitaires",
            "montant_maximum_ht": "95 000",
        },
    ),
    "avis gymnase intercommunal.txt": (
        _AVIS_GYMNASE_INTERCOMMUNAL,
        {
            "objet": "gymnase",
            "acheteur": "(?i)haut-vallon",
            "numero_consultation": "2020-HV-07",
            "type_marche": "travaux",
            "procedure": "adapt",
            "lots": "(?s)Gros.*Charpente.*Sols",
            "duree_initiale": "14 mois",
            "date_limite_remise": "9 octobre 2020 à 17",
            "criteres_attribution": "(?s)60.*40",
            "variantes": "Autoris",
            "delai_paiement": "30",
            "revision_prix": "actualisable|ferme",
            "avance": "10 %",
            "retenue_garantie": "5 %",
            "lieu_execution": "Sports|Montclerc",
            "clause_sociale": "insertion",
        },
    ),
    "avis ascenseurs hopital.txt": (
        _AVIS_ASCENSEURS_HOPITAL,
        {
            "objet": "ascenseurs",
            "acheteur": "Brannes",
            "numero_consultation": "CHB20-14",
            "type_marche": "services",
            "procedure": "ppel d'offres ouvert",
            "forme": "ccord-cadre",
            "lots": "non alloti",
            "duree_initiale": "12 mois|48 mois",
            "reconductions": "3",
            "montant_minimum_ht": "[Ss]ans",
            "montant_maximum_ht": "60 000",
            "date_limite_remise": "12 octobre 2020 à 12 h 30",
            "criteres_attribution": "(?s)50.*30.*20",
            "variantes": "Refus",
            "delai_paiement": "50",
            "revision_prix": "visable",
            "retenue_garantie": "[Nn]éant|[Aa]ucun",
            "lieu_execution": "Brannes",
        },
    ),
    "avis vetements metropole.txt": (
        _AVIS_VETEMENTS_METROPOLE,
        {
            "objet": "vêtements",
            "acheteur": "Métropole du Sud",
            "numero_consultation": "2020_VET_31",
            "type_marche": "fournitures",
            "procedure": "uvert",
            "forme": "ccord-cadre",
            "lots": "(?s)Vêtements.*Chaussures",
            "duree_initiale": "12",
            "reconductions": "3",
            "montant_minimum_ht": "[Ss]ans",
            "montant_maximum_ht": "(?s)200 000.*100 000",
            "date_limite_remise": "16 octobre 2020 à 16",
            "criteres_attribution": "(?s)45.*15.*40",
            "variantes": "Refus",
            "delai_paiement": "30",
            "revision_prix": "visable",
            "lieu_execution": "Docks",
            "clause_environnementale": "recyclage",
        },
    ),
    "avis repas sivom.txt": (
        _AVIS_REPAS_SIVOM,
        {
            "objet": "repas",
            "acheteur": "SIVOM",
            "type_marche": "fournitures",
            "procedure": "adapt",
            "lots": "(?s)scolaires.*loisirs",
            "duree_initiale": "31 décembre 2021|1er janvier 2021",
            "reconductions": "une fois|1",
            "montant_minimum_ht": "(?s)40 000.*10 000",
            "montant_maximum_ht": "(?s)120 000.*30 000",
            "date_limite_remise": "30 octobre 2020 à 11",
            "criteres_attribution": "(?s)40.*40.*20",
            "variantes": "Refus",
            "lieu_execution": "communes",
        },
    ),
    "BPU bennes.txt": (
        _BPU_BENNES,
        {
            "objet": "bennes",
            "acheteur": "Sainte-Orse",
            "numero_consultation": "2026-18",
            "lots": "verts",
            "forme_prix": "unitaires",
        },
    ),
    "DQE voirie.txt": (
        _DQE_VOIRIE,
        {
            "objet": "voirie",
            "acheteur": "Belvas",
            "forme_prix": "unitaires",
            "type_marche": "travaux",
        },
    ),
    "RC mobilier ecole.txt": (
        _RC_MOBILIER_ECOLE,
        {
            "objet": "mobilier",
            "acheteur": "(?i)lanzac",
            "procedure": "adapt",
            "lots": "non alloti",
            "duree_initiale": "21 août|livraison",
            "date_limite_remise": "26 juin 2026",
            "criteres_attribution": "(?s)50.*30.*20",
            "variantes": "Refus",
            "lieu_execution": "Bourg|Église",
            "delai_paiement": "30",
        },
    ),
    "AE coordination.txt": (
        _AE_COORDINATION,
        {
            "objet": "coordination",
            "acheteur": "(?i)orce",
            "type_marche": "services",
            "procedure": "sans publicité",
            "forme_prix": "orfait",
            "revision_prix": "visable",
            "duree_initiale": "18 mois|garantie",
            "delai_paiement": "30",
        },
    ),
    "CCAP sentiers.txt": (
        _CCAP_SENTIERS,
        {
            "objet": "sentiers",
            "acheteur": "(?i)roseli",
            "numero_consultation": "EPR-2026-04",
            "forme": "(?s)ccord-cadre.*mono.*commande",
            "duree_initiale": "1 an",
            "reconductions": "trois|3",
            "montant_minimum_ht": "[Ss]ans",
            "montant_maximum_ht": "400 000",
            "forme_prix": "unitaires",
            "revision_prix": "visable|évision",
            "delai_paiement": "30",
            "avance": "5 %",
            "retenue_garantie": "[Nn]i|[Aa]ucun",
            "penalites_retard": "75",
            "derogations_ccag": "19.2",
            "ccag_applicable": "ravaux",
            "clause_environnementale": "PEFC|nidification",
            "clause_sociale": "120",
            "assurance": "RC|décennale",
            "resiliation": "Faute|indemnité",
        },
    ),
    "CCP visioconference.txt": (
        _CCP_VISIOCONFERENCE,
        {
            "objet": "visioconférence",
            "acheteur": "Brière",
            "numero_consultation": "26RHB112",
            "forme": "(?s)ccord-cadre.*mono.*commande",
            "duree_initiale": "24 mois",
            "reconductions": "une fois",
            "montant_maximum_ht": "480 000",
            "montant_minimum_ht": "[Ss]ans|[Pp]as",
            "ccag_applicable": "TIC",
            "revision_prix": "Syntec",
            "avance": "10 %",
            "delai_paiement": "30",
            "localisation_hebergement": "Union",
            "securite": "Chiffrement|SecNum",
            "donnees_personnelles": "RGPD",
            "reversibilite": "CSV|Export",
            "penalites_retard": "200",
            "resiliation": "contrôle|qualification",
            "derogations_ccag": "14.1",
            "sous_traitance": "rang|préalable",
            "assurance": "dommages",
            "propriete_intellectuelle": "propriété",
        },
    ),
    "RC dialogue.txt": (
        _RC_DIALOGUE,
        {
            "objet": "réseau",
            "acheteur": "Viosne",
            "numero_consultation": "DV-2026-THD",
            "procedure": "ialogue",
            "lots": "non alloti",
            "duree_initiale": "30 mois|8 ans",
            "date_limite_remise": "4 mai 2026",
            "criteres_attribution": "(?s)45.*35.*20",
            "variantes": "[Ss]ans objet|Refus",
        },
    ),
    "CCTP cantines.txt": (
        _CCTP_CANTINES,
        {
            "objet": "repas",
            "acheteur": "Vaux",
            "lots": "(?s)scolaire.*portage",
            "lieu_execution": "écoles|offices",
            "clause_environnementale": "biologique|réutilisables|gaspillage|EGAlim",
            "clause_sociale": "insertion",
        },
    ),
    "avis nettoyage eforms.txt": (
        _AVIS_NETTOYAGE_EFORMS,
        {
            "objet": "Nettoyage",
            "acheteur": "Ardière",
            "numero_consultation": "26R0045",
            "type_marche": "services",
            "procedure": "uverte",
            "forme": "ccord-cadre",
            "lots": "(?s)Ardières.*Montferrat",
            "duree_initiale": "12",
            "reconductions": "3",
            "montant_maximum_ht": "2 400 000",
            "date_limite_remise": "12 juin 2026 à 12",
            "criteres_attribution": "(?s)40.*60",
            "variantes": "Refus|Non",
            "lieu_execution": "Ardières",
        },
    ),
    "AE portail.txt": (
        _AE_PORTAIL,
        {
            "objet": "maintenance",
            "acheteur": "Ardière",
            "numero_consultation": "26R0107",
            "procedure": "ppel d'offres ouvert",
            "forme": "ccord-cadre",
            "forme_prix": "ixte|unitaires",
            "montant_maximum_ht": "1 150 000",
            "duree_initiale": "2 ans|deux ans",
            "reconductions": "deux fois",
            "delai_paiement": "30",
        },
    ),
}

TOLERATED: dict[str, tuple[str, ...]] = {
    "RC plateforme.txt": ("clause_environnementale",),
    "CCAP plateforme.txt": ("sous_traitance",),
    "AE formulaire.txt": ("numero_consultation",),
    "CCTP conges.txt": (
        "lieu_execution",
        "duree_initiale",
        "penalites_retard",
    ),
    "AE plateforme.txt": (
        "type_marche",
        "clause_environnementale",
    ),
    "avis gymnase intercommunal.txt": ("forme_prix",),
    "avis ascenseurs hopital.txt": ("forme_prix",),
    "avis repas sivom.txt": ("forme",),
    "DQE voirie.txt": ("forme", "lieu_execution"),
    "RC mobilier ecole.txt": ("type_marche",),
    "AE coordination.txt": (
        "lieu_execution",
        "securite",
        "sous_traitance",
    ),
    "CCAP sentiers.txt": (
        "type_marche",
        "lieu_execution",
    ),
    "CCP visioconference.txt": (
        "forme_prix",
        "type_marche",
    ),
    "RC dialogue.txt": (
        "forme",
        "lieu_execution",
        "type_marche",
        "clause_environnementale",
    ),
    "CCTP cantines.txt": (
        "securite",
        "type_marche",
    ),
    "avis nettoyage eforms.txt": ("clause_environnementale",),
    "AE portail.txt": (
        "sous_traitance",
        "reversibilite",
        "type_marche",
    ),
}
