"""The needs of many: the same need under other names, sums that are exact, and what a member sees of them."""

import random
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path

import numpy as np
import pytest

from assistant import settings
from assistant.errors import UsageError
from assistant.index import known_vectors
from assistant.models.manifest import require
from assistant.models.openvino_embedding import OpenVinoEmbedding
from assistant.sourcing.anchors import FILE, Anchors, key_of, said
from assistant.sourcing.functions import functions
from assistant.sourcing.joining import NONE, UNSAID, Because, Corrections, Placed, Wording, join, wordings
from assistant.sourcing.kept_needs import KeptNeeds
from assistant.sourcing.needs import Line, Needs, Origin, Quarter, gathered, summed
from assistant.sourcing.register import Sensitivity
from assistant.sourcing.seen import seen_by_member
from tests.fakes import FakeEmbedding


@pytest.fixture(scope="module")
def anchors() -> Anchors:
    return Anchors(functions(), FakeEmbedding())


@pytest.mark.parametrize(
    ("text", "function"),
    [
        ("Etat-civil", "etat-civil"),
        ("ETAT CIVL", "etat-civil"),
        ("Compta. M57", "finances"),
        ("Gestion des délib.", "deliberations"),
        ("Urbansime", "urbanisme"),
        ("Serveur de messagerie", "messagerie"),
        ("Gestion électronique du courrier", "courrier"),
        ("courrier électronique des agents", "messagerie"),
        ("messagerie instantanée", "messagerie-instantanee"),
        ("Fichier des électeurs", "elections"),
        ("Marchés forains", "droits-place"),
        ("Gestion de la flotte mobile", "mdm"),
        ("Logiciel métier", None),
        ("Suivi des ruches", None),
    ],
)
def test_a_function_is_met_under_accents_short_forms_plurals_and_slips(
    text: str, function: str | None
) -> None:
    match = functions().match(text)
    assert (None if match is None else match.function) == function


def test_each_word_of_the_table_says_its_own_function_and_its_vectors_are_there() -> None:
    table = functions()
    strays = {
        words: match
        for one in table.by_id.values()
        for words in one.words
        if (match := table.match(words)) is None or match.function != one.id
    }
    assert strays == {}
    assert {one.family for one in table.by_id.values()} <= table.families.keys()
    with np.load(FILE) as held:
        known = {bytes(key) for key in held["keys"]}
    missing = [words for _, words in said(table) if key_of(words)[: known_vectors.KEY_BYTES] not in known]
    assert missing == []  # else: python -m training.function_vectors


def placed(
    pairs: list[tuple[str, str]], anchors: Anchors, corrections: Corrections = NONE
) -> dict[Wording, Placed]:
    return join(wordings(pairs), functions(), anchors, corrections)


def test_what_an_application_does_is_learned_from_the_lines_that_say_it(anchors: Anchors) -> None:
    pairs = [
        ("Paie", "Tramontane RH v5"),
        ("Bulletins de salaire", "Tramontane RH"),
        ("Salaires des agents", "Tramontane RH v6"),
        ("Progiciel", "TRAMONTANE RH 2.1"),
        ("Comptabilité", "Grand Large"),
    ]
    pairs += [("Cimetières", "Grand Large"), ("Élections", "Grand Large"), ("Logiciel métier", "Grand Large")]
    found = placed(pairs, anchors)
    learned = found[Wording.of("Progiciel", "TRAMONTANE RH 2.1")]
    assert (learned.need, learned.because) == ("paie", Because.APPLICATION)
    assert "d'autres lignes" in learned.why
    # A suite does several things: it tells nothing of a line that says nothing.
    assert found[Wording.of("Logiciel métier", "Grand Large")].need not in (
        "finances",
        "cimetiere",
        "elections",
    )


def test_one_other_line_of_an_application_does_not_decide(anchors: Anchors) -> None:
    found = placed([("Paie", "Tramontane"), ("Progiciel", "Tramontane 2")], anchors)
    assert found[Wording.of("Progiciel", "Tramontane 2")].need != "paie"


@pytest.mark.models
def test_a_wording_whose_words_stand_nowhere_is_told_by_its_meaning() -> None:
    chosen = settings.load()
    meant = Anchors(functions(), OpenVinoEmbedding(require(chosen, chosen.embedding)))
    assert meant.taught  # else: python -m training.function_vectors, then python -m training.joining
    found = placed(
        [("Repas des écoliers", ""), ("Suivi des ruches", ""), ("Logiciel métier", "Grand Large")], meant
    )
    meals = found[Wording.of("Repas des écoliers", "")]
    assert (meals.need, meals.because) == ("enfance", Because.MEANING)
    assert "« repas scolaires »" in meals.why
    assert {found[wording].because for wording in found if wording.function != "repas des ecoliers"} == {
        Because.ALONE
    }


def test_what_says_nothing_is_not_guessed(anchors: Anchors) -> None:
    found = placed([("Logiciel", ""), ("", "Application v2"), ("Paie", "")], anchors)
    assert {one.shown: place.need for one, place in found.items()} == {
        "logiciel": UNSAID,
        "application v2": UNSAID,
        "paie": "paie",
    }


def test_unknown_functions_join_by_themselves_in_any_order_of_lines(anchors: Anchors) -> None:
    pairs = [
        ("Suivi des ruches", "A"),
        ("Gestion du suivi des ruches", ""),
        ("Abattoir", "B"),
        ("Exploitation de l'abattoir", "B"),
        ("Paie", "C"),
        ("Divers", "C"),
        ("GED", ""),
    ]
    pairs *= 2
    first = placed(pairs, anchors)
    hives = {place.need for one, place in first.items() if "ruche" in one.function}
    assert len(hives) == 1
    assert hives != {first[Wording.of("Abattoir", "B")].need}
    for seed in range(3):
        again = random.Random(seed).sample(pairs, len(pairs))
        assert placed(again, anchors) == first


def test_a_correction_wins_and_can_be_taken_back(anchors: Anchors, tmp_path: Path) -> None:
    pairs = [("Paie", "X"), ("Congés", "Y"), ("Régie de recettes", "Z")]
    leave, tills = Wording.of("Congés", "Y"), Wording.of("Régie de recettes", "Z")
    kept = KeptNeeds(tmp_path)
    kept.put_apart(leave.id)
    kept.put_together(tills.id, leave.id)
    corrected = placed(pairs, anchors, kept.corrections())
    assert corrected[leave].need == corrected[tills].need == "regies"
    assert corrected[leave].because is Because.HAND
    assert corrected[Wording.of("Paie", "X")].need == "paie"
    kept.put_apart(leave.id)  # what was put together with it is forgotten
    assert placed(pairs, anchors, kept.corrections())[leave].need not in ("regies", "temps-travail")
    assert kept.let_go(leave.id)
    assert not kept.let_go(leave.id)
    assert placed(pairs, anchors, kept.corrections())[leave].need == "temps-travail"
    kept.close()


def made_lines(members: int, seed: int = 7) -> list[Line]:
    pick = random.Random(seed)
    said = ["Paie", "Salaires", "Comptabilité", "Mails", "Visio", "Suivi des ruches", "Logiciel"]
    return [
        Line(
            f"Commune {member}",
            pick.choice(said),
            "",
            users=pick.choice([None, pick.randint(1, 90)]),
            cost=pick.choice([None, Decimal(pick.randint(1, 99_999_99)) / 100]),
            end=pick.choice([None, date(pick.randint(2026, 2029), pick.randint(1, 12), 9)]),
            sensitivity=pick.choice([None, *Sensitivity]),
        )
        for member in range(members)
        for _ in range(pick.randint(1, 12))
    ]


def needs_of(lines: list[Line], anchors: Anchors) -> Needs:
    return gathered(lambda: lines, functions(), anchors)


def test_totals_are_exact(anchors: Anchors) -> None:
    lines = made_lines(40)
    found = needs_of(lines, anchors)
    whole = summed(cell for need in found.needs for cell in need.cells)
    assert (whole.lines, found.lines, len(whole.members)) == (len(lines), len(lines), 40)
    assert whole.users.total == sum(line.users or 0 for line in lines)
    assert whole.cost.total == sum((line.cost for line in lines if line.cost is not None), Decimal(0))
    assert whole.cost.lines == sum(line.cost is not None for line in lines)
    pay = found.need("paie")
    assert pay is not None
    own = [line for line in lines if line.function in ("Paie", "Salaires")]
    assert (pay.sum.lines, len(pay.sum.members)) == (len(own), len({line.member for line in own}))
    ends = Counter(Quarter.of(line.end) if line.end else None for line in own)
    assert {end: sum(cell.lines for cell in pay.cells if cell.end == end) for end in ends} == dict(ends)


def test_published_amounts_are_summed_apart(anchors: Anchors) -> None:
    lines = [
        Line("A", "Paie", "", cost=Decimal(100)),
        Line("A", "Logiciel de paie", "", Origin.PUBLISHED, cost=Decimal(90)),
    ]
    total = needs_of(lines, anchors).needs[0].sum
    assert (total.lines, total.contracts, total.cost.total, total.published.total) == (
        2,
        1,
        Decimal(100),
        Decimal(90),
    )


def test_a_member_sees_his_lines_and_no_sum_that_tells_another(anchors: Anchors) -> None:
    lines = [
        Line(f"Commune {number}", "Paie", "", users=10, cost=Decimal(50) if number < 2 else None)
        for number in range(6)
    ]
    lines += [
        Line("Commune 0", "GED", "", users=3),
        Line("Commune 1", "GED", "", users=4),
        Line("Commune 5", "Rucher secret", "", users=9),
    ]
    view = seen_by_member(needs_of(lines, anchors), [line for line in lines if line.member == "Commune 0"], 5)
    shown = {seen.id: seen for seen in view.needs}
    pay, documents = shown["paie"], shown["ged"]
    assert (pay.own, pay.lines, pay.members, pay.users.total) == (1, 6, 6, "60")
    assert pay.cost.total is None  # two members say it
    assert (documents.own, documents.lines, documents.members, documents.users.total) == (1, None, None, None)
    assert (len(view.needs), view.hidden) == (2, 1)
    assert "rucher" not in repr(view)


def test_two_members_of_one_name_are_said_and_not_joined_by_guess(tmp_path: Path) -> None:
    kept = KeptNeeds(tmp_path)
    kept.add("a.csv", Origin.REGISTER, [Line("Saint-Martin", "Paie", "")], owner="claire")
    with pytest.raises(UsageError, match=r"« SAINT MARTIN »|« Saint-martin »") as other:
        kept.add("b.csv", Origin.REGISTER, [Line("Saint-martin", "GED", "")], owner="paul")
    assert "a.csv" not in other.value.message  # paul does not learn what claire gave
    kept.add("b.csv", Origin.REGISTER, [Line("Saint-martin", "GED", "")], owner="paul", same_members=True)
    assert {line.member for line in kept.lines()} == {"Saint-Martin"}
    assert [line.function for line in kept.lines("paul")] == ["GED"]
    with pytest.raises(UsageError, match="aucune ligne"):
        kept.add("vide.csv", Origin.REGISTER, [])
    with pytest.raises(UsageError, match="numéro 1"):
        kept.remove(1, owner="paul")
    kept.close()
