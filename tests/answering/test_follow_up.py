"""A follow-up: what it counts without a unit, what of it is refused whatever it leans on, which numbers stand for which."""

from dataclasses import replace
from datetime import date

import pytest

from assistant import figures, sheets
from assistant.answering import asked, follow_up
from assistant.answering.choice import Candidate, Reading, Signs, Weighed
from assistant.datatypes import Position
from assistant.french.folding import fold_words
from assistant.reader.nearby import NOWHERE
from assistant.sheets import Form

from . import samples
from .samples import sheet_text

TODAY = date(2026, 11, 29)
SHEET = sheets.parse(sheet_text("a", "possible", "Peut-on ?", "C'est permis."), "a.yaml")


@pytest.mark.parametrize(
    ("before", "question", "read"),
    [
        ("Une IA à 95 000 € HT, gré à gré ?", "et à 9 500 ?", "et à 9 500 € ?"),
        # So large a number is a sum by itself.
        ("Une IA à 95 000 € HT, gré à gré ?", "et à 110 000 ?", None),
        ("Trois écoles pour 14 500 €", "et deux, pour 9 800 ?", "et deux, pour 9 800 € ?"),
        # A number of thousands, as the sum before; a small sum; neither.
        ("gré à gré à 92 000 € HT ?", "et si le devis monte à 108 ?", "et si le devis monte à 108 000 € ?"),
        ("30 000 € sous-traités, je le paie ?", "et s'il en a pour 400 ?", "et s'il en a pour 400 € ?"),
        ("marché de 90 000 €", "et à 12 ?", None),
        ("Avenant de 23 %, possible ?", "et 8 ?", "et 8 % ?"),
        ("payer à 45 jours ?", "et 35 alors ?", "et 35 jours alors ?"),
        # A year, an article, a count of things, a number with its unit, two units before: nothing is added.
        ("marché de 90 000 €", "et en 2027 ?", None),
        ("marché de 90 000 €", "et pour 2027 ?", None),
        ("marché de 90 000 €", "et l'article R2122-8 ?", None),
        ("Avenant de 23 %", "et l'article 12 ?", None),
        ("marché de 90 000 €", "et avec 2 300 postes ?", None),
        ("marché de 90 000 €", "et à 30 jours ?", None),
        ("90 000 € et 12 %", "et 14 ?", None),
        ("un marché", "et à 9 500 ?", None),
    ],
)
def test_a_bare_number_is_counted_as_what_was_counted_before(
    before: str, question: str, read: str | None
) -> None:
    assert follow_up.with_unit(question, asked.understood(before, TODAY)) == (read or question)


@pytest.mark.parametrize(
    ("before", "question", "read"),
    [
        ("CHU : délai de 50 jours ?", "c'est pour la mairie, pas le CHU", "mairie : délai de 50 jours ?"),
        (
            "une PME, la retenue c'est 5 % ?",
            "et un grand groupe ?",
            "une grand groupe, la retenue c'est 5 % ?",
        ),
        (
            "marché de travaux, avenant de 12 % ?",
            "et en fournitures ?",
            "marché de fournitures, avenant de 12 % ?",
        ),
        (
            "MAPA à 84 000 €, pas de BOAMP ?",
            "et en appel d'offres ?",
            "appel d'offres à 84 000 €, pas de BOAMP ?",
        ),
        # Denied, of another group, or a story of its own: nothing is put in its place.
        ("CHU : délai de 50 jours ?", "ce n'est pas une mairie", None),
        ("CHU : délai de 50 jours ?", "et pour une PME ?", None),
        (
            "CHU : délai de 50 jours ?",
            "le groupement a une mairie voisine qui paie de son côté, et le titulaire nous dit que cela change tout pour lui",
            None,
        ),
    ],
)
def test_what_a_follow_up_says_anew_stands_for_what_was_said_before(
    before: str, question: str, read: str | None
) -> None:
    told = follow_up.said_anew(asked.understood(before, TODAY), asked.understood(question, TODAY))
    assert told.text == (read or before)


def reading(refusing: float, *, refuses: bool) -> Reading:
    position = Position.OUT_OF_SCOPE if refuses else Position.POSSIBLE
    case = replace(SHEET.cases[0], position=position)
    return Reading(
        (Candidate(SHEET, 1.0, Signs(0.0, 0, 0.0), (Weighed(case, 1.0),)),), 0.9, refusing=refusing
    )


@pytest.mark.parametrize(
    ("before", "question", "told"),
    [
        (
            "un accord-cadre de 4 ans ?",
            "et si on va à six, pour amortir ?",
            "et si on va à six ans, pour amortir ?",
        ),
        ("un accord-cadre de 48 mois ?", "et à 60 ?", "et à 60 mois ?"),
        ("un accord-cadre de 4 ans ?", "et les deux ?", "et les deux ?"),
        ("un marché de 120 000 € ?", "et à deux ?", "et à deux ?"),
        (
            "un accord-cadre de 4 ans, ça va ?",
            "on pourrait pas aller à 7 tant qu'on y est ?",
            "on pourrait pas aller à 7 ans tant qu'on y est ?",
        ),
    ],
)
def test_a_bare_number_is_told_in_the_unit_of_the_question_before(
    before: str, question: str, told: str
) -> None:
    assert follow_up.with_unit(question, asked.understood(before, TODAY)) == told


def test_what_must_be_refused_by_itself_is_refused_after_any_question() -> None:
    lawful, refused = reading(0.01, refuses=False), reading(0.9, refuses=True)
    assert follow_up.refused("un vœu que la loi refuse ?", lawful, refused) is refused.candidates[0]
    assert follow_up.refused("un vœu que la loi refuse ?", reading(0.2, refuses=True), lawful) is not None
    assert follow_up.refused("un vœu que la loi refuse ?", lawful, lawful) is None
    # A doubt alone refuses nothing, nor does a share of cases of which none is among the likeliest.
    assert follow_up.refused("un vœu que la loi refuse ?", lawful, reading(0.3, refuses=True)) is None
    assert follow_up.refused("un vœu que la loi refuse ?", lawful, reading(0.9, refuses=False)) is None
    # « j'ai jusqu'à quand ? » by itself is a question of anything: not where nothing is left of that after the question before.
    assert follow_up.refused("un vœu que la loi refuse ?", reading(0.0, refuses=False), refused) is None


def test_what_says_one_word_of_its_own_is_not_refused_by_itself() -> None:
    # « ah. et en mapa ? » is, by itself, a question of anything.
    lawful, refused = reading(0.01, refuses=False), reading(0.9, refuses=True)
    assert follow_up.refused("ah. et en mapa ?", lawful, refused) is None
    assert follow_up.refused("ah. et en mapa ?", reading(0.2, refuses=True), lawful) is not None


@pytest.mark.parametrize(
    ("question", "form"),
    [
        ("même en procédure adaptée ?", Form.REJECT),
        ("même en procédure adaptée, je peux l'accepter ?", Form.LEAVE),
    ],
)
def test_the_same_is_not_asked_again_where_another_leave_is_asked(question: str, form: Form) -> None:
    before = replace(asked.understood("L'offre arrive en retard, je l'élimine ?", TODAY), form=Form.REJECT)
    after = replace(asked.understood(question, TODAY), form=Form.LEAVE)
    assert follow_up.joined(before, after).form is form


def test_what_a_follow_up_counts_stands_for_what_was_counted_before() -> None:
    case = ("modifier-le-marche", "faible-montant", TODAY)
    before, own = fold_words("Avenant de 23 % pour des licences ?"), fold_words("et s'il ne fait que 8 % ?")
    told = figures.judged(f"{before} {own}", *case, own)
    assert told is not None
    assert told.what.many == (8,)
    assert told.is_inside
    # One of several concludes nothing, nor do both together.
    each = fold_words("et 8 % chacun ?")
    assert figures.judged(f"{before} {each}", *case, each) is None
    # One that counts nothing leaves what was counted.
    left = figures.judged(f"{before} et en travaux ?", *case, "et en travaux ?")
    assert left is not None
    assert left.what.many == (23,)


@pytest.mark.parametrize(
    ("question", "bare"),
    [
        ("et pour des travaux ?", True),
        ("et en urgence justifiée ?", True),
        ("et si on est en travaux ?", False),
        ("et si c'est leur filiale, on l'écarte aussi ?", False),
        ("et pour des travaux, combien ?", False),
        ("on n'a rien dit, ça fait un mois", False),
    ],
)
def test_what_only_changes_a_fact_asks_what_was_asked_before(question: str, bare: bool) -> None:
    assert follow_up.changes_a_fact(fold_words(question)) is bare
    before = replace(asked.understood("Quel est le seuil en études ?", TODAY), fact=True)
    told = follow_up.joined(before, asked.understood(question, TODAY))
    assert told.fact is bare


def test_thanks_before_a_question_are_no_part_of_it() -> None:
    assert asked.without_thanks("Merci ! Et pour l'hôpital voisin ?") == "Et pour l'hôpital voisin ?"
    assert asked.without_thanks("Merci beaucoup") == "Merci beaucoup"
    assert asked.without_thanks("Le merci au titulaire") == "Le merci au titulaire"


@pytest.mark.parametrize(
    ("question", "left"),
    [
        (
            "rien à voir mais le mari d'une adjointe candidate, on fait quoi ?",
            "le mari d'une adjointe candidate, on fait quoi ?",
        ),
        ("ok merci, autre sujet : un pli arrivé en retard ?", "un pli arrivé en retard ?"),
        ("Question différente : et la retenue ?", "et la retenue ?"),
        ("et avec un autre candidat ?", ""),
        ("l'entreprise peut mettre autre chose à la place ?", ""),
        (
            "sinon, autre chose, on garde les offres combien de temps ?",
            "on garde les offres combien de temps ?",
        ),
        ("merci ! et pour l'hôpital ?", ""),
        ("est-ce que ça n'a pas de rapport avec le prix ?", ""),
    ],
)
def test_what_says_that_it_turns_to_another_thing_leans_on_nothing(question: str, left: str) -> None:
    assert follow_up.turned(question) == left


@pytest.mark.parametrize(
    ("question", "is_open"),
    [
        ("je m'y prends comment alors ?", True),
        ("et j'écris où le pourquoi ?", True),
        ("concrètement ça demande quoi sur le capital ?", True),
        ("et comment savoir si j'ai le droit ?", False),
        ("et s'il refuse quand même ?", False),
        ("on relance ou on signe ?", False),
    ],
)
def test_how_where_and_what_ask_no_leave(question: str, is_open: bool) -> None:
    assert follow_up.is_open(question) is is_open


def test_what_is_refused_by_itself_is_not_said_of_the_case_before() -> None:
    assert follow_up.turns_away(reading(0.9, refuses=True))
    assert not follow_up.turns_away(reading(0.0, refuses=False))
    assert follow_up.turns_away(replace(reading(0.0, refuses=False), none=0.7))


@pytest.mark.parametrize(
    ("question", "insists"),
    [
        ("même en procédure adaptée ?", True),
        ("ok mais même si c'est le moins cher ?", True),
        ("même chose pour le lot 2 ?", False),
        ("et en procédure adaptée ?", False),
    ],
)
def test_the_same_is_asked_again_of_a_fact_that_might_change_it(question: str, insists: bool) -> None:
    assert follow_up.insists(fold_words(question)) is insists
    before = replace(asked.understood("Peut-on imposer l'Union ?", TODAY), form=Form.LEAVE)
    told = follow_up.joined(before, replace(asked.understood(question, TODAY), form=Form.OTHER))
    assert told.form is Form.LEAVE
    assert told.text == f"Peut-on imposer l'Union ? // {question}"


def test_what_a_follow_up_takes_away_speaks_for_nothing() -> None:
    sheet = sheets.parse(samples.SHEET, "localisation.yaml")
    cases = tuple(Weighed(case, 1.0) for case in sheet.cases[::-1])
    near = Candidate(sheet, 1.0, Signs(0, 0, 0, NOWHERE, False, 0), cases)
    assert follow_up.reweighed(near, "et dans l'Union ?", None).cases[0].case.id == "union"
    assert follow_up.reweighed(near, "et si j'enlève « l'Union » ?", None).cases[0].case.id == "commune"


@pytest.mark.parametrize(
    ("question", "asks"),
    [
        ("t'as la référence ? mon chef me croit pas", True),
        ("C'est quel article ? je rédige ma note au directeur", True),
        ("La référence du candidat à l'étranger compte ? il en a trois au Maroc", False),
        ("et en procédure adaptée ? on est une petite commune", False),
    ],
)
def test_what_it_asks_of_the_answer_may_come_first(question: str, asks: bool) -> None:
    assert follow_up.asks_aspect_first(question) is asks
