"""What a question asks for beyond its subject."""

from datetime import date

import pytest

from assistant.answering.asked import form_of, human_line, is_firm, is_of_a_concession, is_of_now, understood
from assistant.french.folding import fold_words
from assistant.sheets import Actor, Form

TODAY = date(2026, 11, 27)


@pytest.mark.parametrize(
    ("question", "actor"),
    [
        ("Le titulaire peut-il suspendre le service ?", Actor.CONTRACTOR),
        ("notre éditeur refuse de rendre les données, légal ?", Actor.CONTRACTOR),
        ("Un candidat évincé peut-il demander le prix du gagnant ?", Actor.BIDDER),
        ("Peut-on exclure un candidat ?", Actor.BUYER),
        ("Puis-je résilier le contrat du titulaire ?", Actor.BUYER),
    ],
)
def test_who_would_act_is_told_from_whom_it_is_done_to(question: str, actor: Actor) -> None:
    assert understood(question, TODAY).actor is actor


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("en 2023 le seuil c'était combien ?", date(2023, 7, 2)),
        ("avant le 21 août 2026 pouvait-on noter sur le prix seul ?", date(2026, 8, 20)),
        ("on est la veille du 1er avril 2026, je commande en direct ?", date(2026, 3, 31)),
        ("marché lancé en mars 2024 : critère obligatoire ?", date(2024, 3, 1)),
        ("et le 1er avril 2025 ?", date(2025, 4, 1)),
        (
            "En septembre 2025 notre commune a passé un MAPA à 218 000 €. La préfecture a raison ?",
            date(2025, 9, 1),
        ),
        ("En mai 2022 il a été condamné pour entente. Il se présente : on l'écarte ?", None),
        ("quels seuils en 2028 ?", date(2028, 7, 2)),
        ("quels seuils en 2026 ?", None),
        ("la loi du 26 juillet 1968 s'applique-t-elle ?", None),
        ("la circulaire du 5 février 2026 nous oblige-t-elle ?", None),
        ("la décision d'adéquation, validée par le Tribunal de l'Union en 2025, suffit-elle ?", None),
        ("les seuils 2026-2027", None),
        ("depuis le 1er avril 2026, quel seuil ?", None),
        ("le 35 mars 2024 ?", None),
    ],
)
def test_the_day_of_the_law_is_read_and_the_date_of_a_text_is_not(question: str, day: date | None) -> None:
    assert understood(question, TODAY).day == day


def test_what_a_question_says_that_it_is_not_about_is_not_searched() -> None:
    assert (
        understood("Peut-on imposer l'Union, sans parler de nationalité ?", TODAY).text
        == "Peut-on imposer l'Union ?"
    )
    assert understood("A part le prix ?", TODAY).text == "A part le prix ?"


@pytest.mark.parametrize(
    "text",
    [
        "bonjour",
        "Bonsoir !",
        "Bonjour, ça va ?",
        "merci beaucoup",
        "Ok, merci pour votre aide !",
        "au revoir",
        "ok merci, c'est clair, bonne fin de journée",
        "Ah parfait, merci, à demain",
    ],
)
def test_greetings_and_thanks_get_a_line(text: str) -> None:
    assert human_line(text)


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour, peut-on exclure un candidat ?",
        "merci de me dire le seuil",
        "salut les seuils",
        "ok merci et pour l'hôpital ?",
    ],
)
def test_a_question_that_greets_is_a_question(text: str) -> None:
    assert human_line(text) is None


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("On le refait sans maximum comme en 2018, ça nous laisse libres ?", None),
        ("Marché résilié à ses torts le 14 février 2022. Il repostule, on peut l'exclure ?", None),
        (
            "Avis envoyé le 12 juin 2026, prix seul. Un perdant dit qu'il faut tout annuler. Exact ?",
            date(2026, 6, 12),
        ),
        ("Marché signé le 5 mars 2021. Fallait-il un maximum ?", date(2021, 3, 5)),
        ("C'était le 3 mars 2020. À l'époque, quel était le seuil ?", date(2020, 3, 3)),
        ("L'avis du Conseil d'État du 3 mai 2019 vaut-il encore ?", None),
        (
            "Résilié à ses torts en janvier 2025. Et il a déposé un pli, comme si de rien n'était. On peut ?",
            None,
        ),
        ("En 2021 on a signé sans publicité. Était-ce légal ?", date(2021, 7, 2)),
    ],
)
def test_the_day_of_a_fact_is_not_the_day_whose_law_is_asked_for(question: str, day: date | None) -> None:
    assert understood(question, date(2026, 11, 29)).day == day


@pytest.mark.parametrize(
    ("question", "of_now"),
    [
        ("et si je relance le même aujourd'hui, pareil ?", True),
        ("et maintenant ?", True),
        ("et pour des travaux ?", False),
    ],
)
def test_a_follow_up_may_turn_to_the_law_of_today(question: str, of_now: bool) -> None:
    assert is_of_now(understood(question, date(2026, 12, 1))) is of_now


@pytest.mark.parametrize(
    ("question", "read", "form"),
    [
        ("offre déposée à 12h04, limite 12h00. je la prends ?", Form.REJECT, Form.LEAVE),
        ("une variante est tombée. Recevable ?", Form.REJECT, Form.LEAVE),
        ("je garde la deuxième et j'élimine la première ?", Form.REJECT, Form.REJECT),
        ("on peut l'écarter ?", Form.REJECT, Form.REJECT),
        ("« le serveur est à Gravelines, donc rien à craindre ». Vrai ? faux ?", Form.LEAVE, Form.OTHER),
        ("le commercial dit que c'est sans risque, exact ?", Form.LEAVE, Form.OTHER),
        ("c'est vraiment nouveau, je signe en direct ?", Form.LEAVE, Form.LEAVE),
        ("on y est obligé, vrai ?", Form.COMPULSORY, Form.COMPULSORY),
        (
            "critère unique, le prix. Le contrôle interne tique, a-t-il raison de tiquer ?",
            Form.LEAVE,
            Form.OTHER,
        ),
        ("son avocat dit que c'est interdit, il a tort ?", Form.FORBIDDEN, Form.OTHER),
        ("redressement jusqu'en mars, accord-cadre de quatre ans. Peine perdue ?", Form.LEAVE, Form.OTHER),
        ("l'éditeur hurle à l'illégalité. Il bluffe ?", Form.FORBIDDEN, Form.OTHER),
    ],
)
def test_the_form_that_was_read_yields_to_plain_words(question: str, read: Form, form: Form) -> None:
    assert form_of(read, fold_words(question)) is form


@pytest.mark.parametrize(
    ("question", "firm"),
    [
        ("Je suis sous-traitant déclaré sur un collège, il fait le mort. Je suis bloqué ?", True),
        ("la mairie m'a payé avec 3 mois de retard, j'ai droit à quoi ?", True),
        ("On a perdu, une phrase et c'est tout ?", True),
        ("Titulaire : la tranche devait être confirmée en mai, je peux réclamer ?", True),
        ("Notre boîte est en redressement, on peut encore répondre ?", True),
        ("Je dirige une PME de travaux, le décompte traîne", True),
        ("mon sous-traitant plombier n'a pas d'agrément, il commence lundi ?", True),
        ("Le titulaire peut-il refuser un bon de commande ?", False),
        ("J'ai un candidat qui veut reprendre son offre, je dis oui ?", False),
        ("notre traiteur veut une avance, on lui doit ?", False),
        ("Un candidat évincé me demande pourquoi, je réponds quoi ?", False),
        ("Je suis acheteur dans une commune, l'entreprise me réclame des intérêts", False),
    ],
)
def test_who_asks_as_a_firm_is_known(question: str, firm: bool) -> None:
    assert is_firm(fold_words(question)) is firm


@pytest.mark.parametrize(
    ("question", "concession"),
    [
        ("Concession du parking, 22 ans : prolonger de 18 mois par avenant ?", True),
        ("notre délégataire ne rend pas son rapport", True),
        ("Tondeuse à 52 000 HT chez le concessionnaire, on signe ?", False),
        ("La concession de mes grands-parents au cimetière", False),
        ("Prolonger le marché de nettoyage de six mois ?", False),
    ],
)
def test_what_is_asked_of_a_concession_is_known(question: str, concession: bool) -> None:
    assert is_of_a_concession(fold_words(question)) is concession
