"""What a question counts, held to a limit: sums, a year over its years, days between dates, places; a number named as a limit is none."""

from datetime import date

import pytest

from assistant import counting
from assistant.french.folding import fold_words

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("question", "unit", "many"),
    [
        ("une hausse de 6 % plus 5 %", "%", [6, 5]),
        ("à plus de 15 %, que faire ?", "%", []),
        ("le DGS dit « sous 15 % c'est bon »", "%", []),
        ("le plafond est passé à 10 %", "%", []),
        ("un avenant de 12 %", "%", [12]),
        ("52 000 € HT par an au plus, sur quatre ans", "€", [208_000]),
        ("60 k€ par an, le contrat dure un an et se renouvelle 3 fois", "€", [240_000]),
        ("50 000 € HT l'année, un an ferme et trois reconductions d'un an", "€", [200_000]),
        ("209 000 € par an compris, toutes années comprises, sur 4 ans", "€", [209_000]),
        ("deux lots, 46 000 € et 49 000 €, total 95 000 €", "€", [95_000]),
        ("un marché de 400 000, j'exige 590 000 de chiffre d'affaires", "€", [400_000, 590_000]),
        ("il confie les trois quarts des prestations à un confrère", "%", [75]),
        ("un tiers évincé nous attaque", "%", []),
        ("un tiers du marché est sous-traité", "%", [100 / 3]),
        ("un lot de 60 k dans une opération de 900 k", "€", [60_000, 900_000]),
        ("un an reconductible quatre fois, soit cinq ans", "ans", [5]),
        ("un an reconductible trois fois, quatre ans", "ans", [4]),
        ("plus de la moitié, soit 60 %", "%", [60]),
        ("une ville de 41 000 habitants, une ville de 41 000", "€", []),
        ("rejets envoyés le 6 novembre, signature calée au 19", "jours", [13]),
        ("rejets le mardi 17 novembre, signature lundi 30", "jours", [13]),
        ("avis envoyé le 28 décembre, plis le 12", "jours", [15]),
        ("facture du 5/10, virement parti le 19/11", "jours", [45]),
        ("DC4 reçu le vendredi 13 novembre, nous sommes le 28", "jours", [15]),
        ("deux ans, reconductible deux fois dix-huit mois", "ans", [5]),
        ("deux ans fermes puis trois reconductions annuelles", "ans", [5]),
        ("les travaux doivent durer sept semaines", "mois", [49 / 30.44]),
        ("un an renouvelable trois fois", "ans", [4]),
        ("un an ferme et deux reconductions d'un an", "mois", [36]),
        ("un CA de 720 000 € pour un lot de 400 000 €", "fois", [1.8]),
        ("marché à un demi-million, ils demandent 900 000 € de CA, on fait 760 000", "fois", [1.8]),
        ("ma PME fait 320 000 € de CA pour un marché de 300 000 €", "fois", []),
        ("j'ai toujours mis un CA mini égal au double du marché", "fois", [2]),
        ("un double de la clé, en double exemplaire", "fois", []),
        ("900 k€ de CA, lot à 300 000 estimé, CA minimum 1 M€ exigé", "fois", []),
        ("rejets partis lundi, signature vendredi", "jours", [4]),
        ("je signe vendredi, les rejets sont partis lundi", "jours", [4]),
        ("envoyé jeudi, on ouvre jeudi prochain", "jours", [14]),
        ("réunion lundi", "jours", []),
        ("78 % en 2023, 82 en 2024, 84 en 2025", "%", [78, 82, 84]),
        ("un avenant de 4 %, 14 500 de plus", "%", [4]),
        # What is done already is nothing that is added.
        ("chantier à 60 %, un avenant de 8 %", "%", [8]),
        ("prestations exécutées à 40 %, avancement de 40 %", "%", []),
    ],
)
def test_a_question_counts(question: str, unit: str, many: list[float]) -> None:
    assert list(counting.counted(fold_words(question), unit, TODAY, days_too=True).many) == many


@pytest.mark.parametrize(
    ("question", "is_whole"),
    [
        ("152 000 € HT de supervision, durée totale comprise, autres frais compris", True),
        ("209 000 € HT, reconductions et options incluses", True),
        ("un premier bon de 20 000 €, puis un autre", False),
        ("15 % chacun", False),
        ("renouvellement de conduites, 160 000 € à ajouter", True),
        ("renouvelable, 160 000 € la première fois", False),
        ("reçu il y a quinze jours, pas encore de réponse", True),
    ],
)
def test_a_number_is_the_whole_unless_others_may_come(question: str, is_whole: bool) -> None:
    unit = "€" if "€" in question else "%" if "%" in question else "jours"
    assert counting.counted(fold_words(question), unit, TODAY).is_whole is is_whole


@pytest.mark.parametrize(
    ("question", "codes"),
    [
        ("la copie de secours serait stockée à Zurich", ["CH"]),
        ("le support répond depuis Casablanca, l'administration reste en France", ["MA", "FR"]),
        ("stocke tout près d'Oslo", ["NO"]),
        ("un datacenter à Oslo, administré depuis la Norvège", ["NO"]),
        ("un fonds de New York à 30 % et une société norvégienne", []),
        ("la maison mère est aux États-Unis, le serveur à Dublin", ["IE"]),
        ("la centrale d'achat de Londres ouvre son catalogue", ["GB"]),
        ("un hébergement dans l'UE ou l'EEE", []),
        ("peut-on obliger à héberger en France et nulle part ailleurs ?", []),
    ],
)
def test_a_place_is_where_something_is_done_not_whence_a_firm_is(question: str, codes: list[str]) -> None:
    assert [state.code for state in counting.places(fold_words(question))] == codes


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("résilié en juin 2022, nous sommes en novembre 2026", 4.4),
        ("marché signé le 12 octobre 2021, on peut les détruire ?", 5.1),
        ("gagné en mars 2024, on relance en décembre 2026 pour fin janvier 2027", 2.8),
        ("on notifie en mars 2027", None),
        ("un contrat de trois ans", None),
    ],
)
def test_the_years_gone_by_are_counted_between_two_months_or_to_the_day(
    question: str, years: float | None
) -> None:
    found = counting.years_elapsed(fold_words(question), TODAY).many
    assert [round(one, 1) for one in found] == ([] if years is None else [years])


def test_what_is_told_in_euros_is_counted_beside_what_is_told_in_hundredths() -> None:
    asked = fold_words("marché de 1,2 M€, déjà 9 % d'avenants, il veut rajouter 80 000 €")
    assert [round(one, 1) for one in counting.more_shares(asked, (9.0,))] == [6.7]
    same = fold_words("marché de 800 k€, avenant de 48 k€ (6 %)")
    assert counting.more_shares(same, (6.0,)) == ()


def test_a_sum_said_to_be_added_may_be_more_than_half() -> None:
    assert counting.shares(fold_words("marché de 640 000 €, surcoût de 346 000 €")).many == (54.0625,)
    assert not counting.shares(fold_words("le marché passe de 346 000 € à 640 000 €"))


def test_a_share_of_each_of_so_many_amendments_counts_as_many_times() -> None:
    assert counting.of_each(fold_words("deux avenants de 5 % chacun"), (5.0,)) == (5.0, 5.0)
    assert counting.of_each(fold_words("deux lots de 5 % chacun"), (5.0,)) == (5.0,)
