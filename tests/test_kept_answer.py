"""An answer as it is kept: what its JSON says, and that it comes back as it was."""

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.datatypes import (
    Answer,
    Ask,
    Basis,
    Claim,
    Evidence,
    Hit,
    Kind,
    Option,
    Passage,
    Position,
    Problem,
    Quote,
    Risk,
    Row,
    Rows,
    Severity,
    SheetName,
    Source,
    Span,
    Status,
    Timings,
    Verdict,
)
from assistant.kept_answer import KeptAnswer, KeptProblem, KeptQuote, KeptSource
from tests.site.samples import EARLIER, WORDS, answer, claim, quote, sheet_quote

RULES = Source(
    "regles", "0" * 64, "Code de la commande publique", Kind.RULE, "ccp.jsonl", "droit", "application/jsonl"
)
SHEET = Source(
    "fiche", "1" * 64, "Imposer la localisation", Kind.SHEET, "localisation.yaml", "droit", "application/yaml"
)
CONTRACT = Source(
    "contrat", "2" * 64, "CCAP de la voirie", Kind.TENDER, "ccap.pdf", "defaut", "application/pdf"
)

# The contract of the command line (`ask`), then what this version writes beside it.
OF_THE_CONTRACT = {
    *("question", "as_of", "basis", "sheet", "case", "also_known_as", "see_also", "position", "status"),
    *("claims", "risk", "fallbacks", "problems", "model", "seconds"),
}
BESIDE = {"rows", "about", "lead", "todo", "ask", "see_also_titles"}
POSITIONS = [
    "possible",
    "possible_sous_conditions",
    "interdit",
    "information",
    "non_en_vigueur",
    "hors_corpus",
]

EVIDENCE_OF_A_SHEET = EARLIER["claims"][0]["evidence"][0] | {
    "marker": "F1.1",
    "source": {
        "id": "fedcba9876543210",
        "title": "Imposer la localisation des moyens",
        "kind": "fiche",
        "collection": "droit",
    },
    "work": None,
    "article": None,
}


def rich() -> Answer:
    """An answer of which no field is empty."""
    article = Passage(
        "regles",
        Span(90, 150),
        "Article 4. L'acheteur peut imposer que les moyens utilisés …",
        work="CCP",
        article="L2112-4",
        valid_from=date(2019, 4, 1),
        valid_to=date(2027, 1, 1),
    )
    law = Quote("F1.1.1", RULES, article, Span(101, 111), "L'acheteur")
    sheet = Quote(
        "F1.1",
        SHEET,
        Passage("fiche", Span(30, 34), "Oui.", ("Imposer la localisation",)),
        Span(30, 34),
        "Oui.",
    )
    own = Quote(
        "S2", CONTRACT, Passage("contrat", Span(0, 9), "Les lieux", pages=(3, 4)), Span(0, 9), "Les lieux"
    )
    return Answer(
        question="Peut-on imposer l'Union ?",
        as_of=date(2026, 11, 25),
        basis=Basis.SHEET,
        position=Position.CONDITIONAL,
        status=Status.UNVERIFIED,
        claims=(
            Claim("Oui, si le marché le demande.", (law, sheet)),
            Claim("Les lieux sont écrits.", (own,), Verdict.UNVERIFIED),
        ),
        risk=Risk("moyen", ("Une exigence sans motif s'attaque.",), ("référé précontractuel",)),
        fallbacks=("« Les moyens sont situés dans l'Union. »",),
        problems=(Problem("date", "Ces mots changent bientôt.", severity=Severity.WARNING),),
        model="petit-modele",
        timings=Timings(0.1, 0.25, 0.5, 1.0),
        evidence=(Evidence("S1", Hit(1, 0.5, (), RULES, article), ()),),
        about="Imposer la localisation",
        lead="Cela dépend.",
        sheet="localisation",
        case="union",
        also_known_as=("localisation-ue", "lieux"),
        todo=("Justifier le lieu par écrit.",),
        ask=Ask("Quel lieu ?", (Option("l'Union", "et l'Union ?"), Option("la commune", "et la commune ?"))),
        see_also=(
            SheetName("telemetrie", "Régler la télémétrie"),
            SheetName("penalites", "Prévoir des pénalités"),
        ),
        rows=Rows(
            "Durée initiale, plus de 3 ans",
            yes=(Row(CONTRACT, "ccap.pdf", "Voirie", "48 mois", own),),
            no=(Row(CONTRACT, "ae.pdf", "Toiture"),),
            untold=(Row(CONTRACT, "scan.pdf", "Nettoyage"),),
            silent=(Row(CONTRACT, "rc.pdf", "Voirie"),),
            markets=(1, 1, 1),
        ),
    )


def through_json(kept: KeptAnswer) -> KeptAnswer:
    return KeptAnswer.from_json(json.loads(json.dumps(kept.to_json(), ensure_ascii=False)))


OF_EACH_BASIS = {
    Basis.SHEET: answer(
        "Oui, l'Union.",
        claims=(claim("Oui, l'Union.", quote(marker="F1.1.1"), sheet_quote("Oui, l'Union.")),),
    ),
    Basis.DOCUMENT: answer(
        basis=Basis.DOCUMENT,
        position=Position.INFORMATION,
        claims=(
            claim(
                "CCAP, p. 3 : « Les lieux »",
                quote(
                    source=KeptSource("c", "CCAP", "consultation", "prive:claire"),
                    work=None,
                    article=None,
                    pages=(3, 3),
                ),
            ),
        ),
        sheet=None,
        case=None,
        lead="Les passages les plus proches dans vos documents :",
    ),
    Basis.TEXTS: answer(
        basis=Basis.TEXTS,
        position=Position.INFORMATION,
        sheet=None,
        case=None,
        risk=Risk(),
        fallbacks=(),
        lead="Les textes les plus proches :",
    ),
    Basis.NONE: answer(
        basis=Basis.NONE,
        position=Position.OUT_OF_SCOPE,
        status=Status.INSUFFICIENT,
        claims=(),
        risk=Risk(),
        sheet=None,
        case=None,
        timings=Timings(0.1, None, None, 0.2),
    ),
}


# ---- there and back ---------------------------------------------------------------------------------------------------------------------


def test_an_answer_is_kept_with_everything_that_was_shown() -> None:
    kept = KeptAnswer.of(rich())
    assert (kept.question, kept.as_of, kept.basis, kept.position, kept.status) == (
        "Peut-on imposer l'Union ?",
        date(2026, 11, 25),
        Basis.SHEET,
        Position.CONDITIONAL,
        Status.UNVERIFIED,
    )
    assert (kept.about, kept.lead, kept.sheet, kept.case, kept.also_known_as) == (
        "Imposer la localisation",
        "Cela dépend.",
        "localisation",
        "union",
        ("localisation-ue", "lieux"),
    )
    assert [(one.text, one.verdict) for one in kept.claims] == [
        ("Oui, si le marché le demande.", Verdict.VERIFIED),
        ("Les lieux sont écrits.", Verdict.UNVERIFIED),
    ]
    assert kept.claims[0].evidence == (
        KeptQuote(
            "F1.1.1",
            KeptSource("regles", "Code de la commande publique", "droit", "droit"),
            "CCP",
            "L2112-4",
            None,
            date(2019, 4, 1),
            date(2027, 1, 1),
            "L'acheteur",
            101,
            111,
        ),
        KeptQuote(
            "F1.1",
            KeptSource("fiche", "Imposer la localisation", "fiche", "droit"),
            None,
            None,
            None,
            None,
            None,
            "Oui.",
            30,
            34,
        ),
    )
    assert (kept.claims[1].evidence[0].pages, kept.claims[1].evidence[0].source.kind) == (
        (3, 4),
        "consultation",
    )
    assert kept.risk == Risk("moyen", ("Une exigence sans motif s'attaque.",), ("référé précontractuel",))
    assert (kept.fallbacks, kept.todo) == (
        ("« Les moyens sont situés dans l'Union. »",),
        ("Justifier le lieu par écrit.",),
    )
    assert kept.ask == Ask(
        "Quel lieu ?", (Option("l'Union", "et l'Union ?"), Option("la commune", "et la commune ?"))
    )
    assert kept.see_also == (
        SheetName("telemetrie", "Régler la télémétrie"),
        SheetName("penalites", "Prévoir des pénalités"),
    )
    assert kept.problems == (KeptProblem("date", "Ces mots changent bientôt."),)
    assert (kept.model, kept.timings) == ("petit-modele", Timings(0.1, 0.25, 0.5, 1.0))


def test_the_rich_answer_of_these_tests_leaves_no_field_empty() -> None:
    made = rich()
    assert [name for name in Answer.__dataclass_fields__ if not getattr(made, name)] == []
    assert [key for key, value in KeptAnswer.of(made).to_json().items() if not value] == []


def test_a_rich_answer_comes_back_equal_from_its_json() -> None:
    kept = KeptAnswer.of(rich())
    assert through_json(kept) == kept


@pytest.mark.parametrize("basis", Basis)
def test_an_answer_of_each_basis_comes_back_equal_from_its_json(basis: Basis) -> None:
    kept = OF_EACH_BASIS[basis]
    assert kept.basis is basis
    assert kept.to_json()["basis"] == basis.value
    assert through_json(kept) == kept


_SECONDS = st.integers(0, 10**7).map(lambda count: round(count / 10_000, 4))
_TIMINGS = st.builds(Timings, _SECONDS, st.none() | _SECONDS, st.none() | _SECONDS, _SECONDS)


@settings(max_examples=50)
@given(st.builds(KeptAnswer, timings=_TIMINGS))
def test_any_answer_comes_back_equal_from_its_json(kept: KeptAnswer) -> None:
    assert through_json(kept) == kept


def test_seconds_are_kept_to_four_decimals_and_come_back_as_they_were_written() -> None:
    kept = answer(timings=Timings(0.123456, None, 0.00004, 1.99999))
    assert kept.to_json()["seconds"] == {
        "search": 0.1235,
        "first_extract": None,
        "first_claim": 0.0,
        "total": 2.0,
    }
    assert through_json(kept) == replace(kept, timings=Timings(0.1235, None, 0.0, 2.0))
    assert through_json(through_json(kept)) == through_json(kept)


# ---- the contract of the command line ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kept", [KeptAnswer.of(rich()), *OF_EACH_BASIS.values()], ids=["rich", *Basis])
def test_json_has_the_keys_of_the_contract_and_those_beside_it_whatever_is_answered(kept: KeptAnswer) -> None:
    value = kept.to_json()
    assert set(value) == OF_THE_CONTRACT | BESIDE
    assert set(value["risk"]) == {"level", "reasons", "appeals"}
    assert set(value["seconds"]) == {"search", "first_extract", "first_claim", "total"}
    for one in value["claims"]:
        assert set(one) == {"text", "verdict", "evidence"}
        for quoted in one["evidence"]:
            assert set(quoted) == {
                "marker",
                "source",
                "work",
                "article",
                "pages",
                "valid_from",
                "valid_to",
                "quote",
                "start",
                "end",
            }
            assert set(quoted["source"]) == {"id", "title", "kind", "collection"}
    assert [set(problem) for problem in value["problems"]] == [{"code", "message"}] * len(kept.problems)


def test_json_has_the_values_of_the_contract() -> None:
    value = KeptAnswer.of(rich()).to_json()
    assert (value["as_of"], value["basis"], value["sheet"], value["case"]) == (
        "2026-11-25",
        "fiche",
        "localisation",
        "union",
    )
    assert (value["position"], value["status"], value["model"]) == (
        "possible_sous_conditions",
        "unverified",
        "petit-modele",
    )
    assert value["also_known_as"] == ["localisation-ue", "lieux"]
    assert value["see_also"] == ["telemetrie", "penalites"]
    assert value["see_also_titles"] == ["Régler la télémétrie", "Prévoir des pénalités"]
    assert value["risk"] == {
        "level": "moyen",
        "reasons": ["Une exigence sans motif s'attaque."],
        "appeals": ["référé précontractuel"],
    }
    assert [(one["text"], one["verdict"]) for one in value["claims"]] == [
        ("Oui, si le marché le demande.", "verified"),
        ("Les lieux sont écrits.", "unverified"),
    ]
    assert value["claims"][0]["evidence"][0] == {
        "marker": "F1.1.1",
        "source": {
            "id": "regles",
            "title": "Code de la commande publique",
            "kind": "droit",
            "collection": "droit",
        },
        "work": "CCP",
        "article": "L2112-4",
        "pages": None,
        "valid_from": "2019-04-01",
        "valid_to": "2027-01-01",
        "quote": "L'acheteur",
        "start": 101,
        "end": 111,
    }
    assert value["claims"][1]["evidence"][0]["pages"] == [3, 4]
    assert value["ask"] == {
        "question": "Quel lieu ?",
        "options": [
            {"label": "l'Union", "question": "et l'Union ?"},
            {"label": "la commune", "question": "et la commune ?"},
        ],
    }
    assert value["todo"] == ["Justifier le lieu par écrit."]
    assert value["fallbacks"] == ["« Les moyens sont situés dans l'Union. »"]
    assert value["problems"] == [{"code": "date", "message": "Ces mots changent bientôt."}]
    assert value["seconds"] == {"search": 0.1, "first_extract": 0.25, "first_claim": 0.5, "total": 1.0}


def test_the_words_of_the_contract_are_those_of_the_program() -> None:
    assert [one.value for one in Basis] == ["fiche", "document", "textes", "aucune"]
    assert [one.value for one in Position] == POSITIONS
    assert [one.value for one in Status] == ["grounded", "unverified", "insufficient"]
    assert [one.value for one in Verdict] == ["verified", "unverified"]


def test_what_is_not_said_is_null_or_empty_never_left_out() -> None:
    value = OF_EACH_BASIS[Basis.NONE].to_json()
    assert (value["sheet"], value["case"], value["about"], value["ask"], value["model"]) == (
        None,
        None,
        None,
        None,
        None,
    )
    assert (
        value["also_known_as"],
        value["see_also"],
        value["see_also_titles"],
        value["claims"],
        value["todo"],
        value["lead"],
    ) == ([], [], [], [], [], "")
    assert value["risk"] == {"level": None, "reasons": [], "appeals": []}
    assert (value["seconds"]["first_extract"], value["seconds"]["first_claim"]) == (None, None)


# ---- earlier versions -------------------------------------------------------------------------------------------------------------------


def test_json_of_an_earlier_version_is_read_and_what_it_did_not_say_is_empty() -> None:
    kept = KeptAnswer.from_json(EARLIER)
    assert kept == answer(basis=Basis.TEXTS, claims=(claim(WORDS, quote()),), sheet=None, case=None)
    assert (kept.about, kept.lead, kept.also_known_as, kept.todo, kept.ask, kept.see_also) == (
        None,
        "",
        (),
        (),
        None,
        (),
    )
    assert through_json(kept) == kept


def test_what_an_earlier_position_was_taken_on_is_kept() -> None:
    assert (
        KeptAnswer.from_json(EARLIER | {"about": "Imposer la localisation"}).about
        == "Imposer la localisation"
    )


@pytest.mark.parametrize(
    ("claims", "basis"),
    [
        ([], Basis.NONE),
        (EARLIER["claims"], Basis.TEXTS),
        (
            [EARLIER["claims"][0] | {"evidence": [EARLIER["claims"][0]["evidence"][0], EVIDENCE_OF_A_SHEET]}],
            Basis.SHEET,
        ),
        ([*EARLIER["claims"], EARLIER["claims"][0] | {"evidence": [EVIDENCE_OF_A_SHEET]}], Basis.SHEET),
    ],
)
def test_what_an_earlier_answer_quotes_tells_its_basis(claims: list[dict[str, Any]], basis: Basis) -> None:
    assert KeptAnswer.from_json(EARLIER | {"claims": claims}).basis is basis


# ---- what is told of it -----------------------------------------------------------------------------------------------------------------


def test_a_claim_of_exact_words_is_an_extract_and_one_that_a_sheet_says_is_none() -> None:
    named = f"CCP, article L2112-4, en vigueur depuis le 1er avril 2019 : « {WORDS} »"
    assert claim(named, quote()).is_extract
    assert claim(named.replace("utilisés soient", "utilisés\n\nsoient"), quote()).is_extract
    assert not claim("L'acheteur peut exiger une localisation.", quote()).is_extract
    assert not claim(named, quote(), quote(quote="D'autres mots.")).is_extract
    assert not claim(WORDS, sheet_quote(WORDS)).is_extract
    assert not claim(named, quote(), sheet_quote(named)).is_extract
    assert not claim(named).is_extract


def test_an_extract_is_named_by_its_place() -> None:
    assert claim(f"CCP, article L2112-4 : « {WORDS} »", quote()).label == "CCP, article L2112-4"
    assert claim("Titre : suite, p. 3 : « Un : « deux » »", quote()).label == "Titre : suite, p. 3"


def test_the_claims_of_a_list_are_those_that_its_rows_do_not_say() -> None:
    kept = KeptAnswer.of(rich())
    assert kept.rows is not None
    again, beside = kept.claims[1], kept.claims[0]  # the words of the row, and an article
    assert again.evidence[0].place == kept.rows.yes[0].quote.place  # type: ignore[union-attr]
    assert kept.claims_beside_rows == (beside,)
    assert replace(kept, rows=None).claims_beside_rows == kept.claims
    assert (
        replace(kept, claims=(replace(again, evidence=()),)).claims_beside_rows == ()
    )  # a count that quotes nothing


def test_documents_do_not_say_where_neither_a_claim_nor_a_list_stands() -> None:
    unsaid = answer(basis=Basis.DOCUMENT, claims=())
    assert unsaid.is_unsaid
    assert not replace(unsaid, rows=KeptAnswer.of(rich()).rows).is_unsaid
    assert not OF_EACH_BASIS[Basis.DOCUMENT].is_unsaid
    assert not OF_EACH_BASIS[Basis.NONE].is_unsaid


def test_a_sheet_is_known_by_its_kind_not_by_its_mark() -> None:
    assert sheet_quote("Oui.", "S1.1").is_of_a_sheet
    assert not quote(marker="F1.1").is_of_a_sheet


def test_what_an_answer_says_in_its_own_words_is_what_is_searched() -> None:
    kept = KeptAnswer.of(rich())
    assert list(kept.said) == [
        "Oui, si le marché le demande.",
        "Les lieux sont écrits.",
        "Justifier le lieu par écrit.",
        "« Les moyens sont situés dans l'Union. »",
    ]
