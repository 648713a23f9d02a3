"""What holds of a contract on a day: amendments joined to their market, their changes, their dates, and the questions about them."""

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from assistant import reading
from assistant.datatypes import Document, Kind
from assistant.documents import amendments, changes, effects, holding, targets
from assistant.documents.amendments import Amendment, Step
from assistant.documents.conditions import measure_of
from assistant.documents.own import OwnDocuments
from assistant.documents.shelf import Shelf
from assistant.evaluation.amendments import Measured, measure
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.reach import EVERYWHERE
from assistant.summaries.batch.work import summarised
from assistant.workspace import Workspace
from tests.documents.made_contracts import FOLDER, GOLD, contract, document_of, documents, known, made
from tests.fakes import FakeEmbedding

LATER = date(2030, 1, 1)


def text_of(*lines: str) -> Document:
    return reading.read_bytes(
        "\n\n".join(lines).encode(), "avenant.txt", kind=Kind.TENDER, collection="essai"
    )


def changed(*lines: str, number: int | None = 1) -> list[tuple[str, str, str]]:
    found, _ = changes.changes(text_of(*lines), number, None)
    return [(one.field, one.how, one.value) for one in found]


def values(steps: tuple[Step, ...]) -> list[str]:
    return [step.value for step in steps]


# ---- the made markets ---------------------------------------------------------------------------------------------------------------------


def require_right(measured: Measured) -> None:
    assert measured.missed == []
    assert all(measured.joined)
    assert measured.wrongly_joined == 0
    assert all(measured.uncertain)


def test_what_holds_on_each_labelled_day_is_read_with_its_words() -> None:
    require_right(measure(FOLDER, GOLD, None, None))


@pytest.mark.models
def test_what_holds_on_each_labelled_day_is_read_with_the_trained_reader() -> None:
    workspace = Workspace()
    require_right(measure(FOLDER, GOLD, workspace.fields, workspace.covers))


def test_every_quote_is_the_words_of_its_document() -> None:
    for one in made()[0]:
        for amendment in one.amendments:
            text = document_of(amendment.known.source.id).text
            assert all(
                text[change.extract.start : change.extract.end] == change.extract.text
                for change in amendment.changes
            )


def test_an_amendment_whose_market_is_unclear_changes_nothing_and_says_why() -> None:
    told = {one.known.file: one.why for one in made()[1]}
    assert "plusieurs marchés" in told["avenant_sans_lot.html"]
    assert "numéro" in told["AV1_mauvais_numero.html"]
    for name in ("05/CCAP_lot1.html", "05/CCAP_lot2.html"):
        assert contract(name).steps("delai_paiement", LATER) == ()
        assert [one.known.file for one in contract(name).uncertain] == ["avenant_sans_lot.html"]


def test_a_person_may_join_an_amendment_to_its_market() -> None:
    name = next(piece.source.id for piece in contract("06/contrat_assurance.html").market.pieces)
    wrong = next(one for one in known() if one.file == "AV1_mauvais_numero.html")
    chosen = [
        replace(one, chosen=name) if one.source.id in (name, wrong.source.id) else one for one in known()
    ]
    found = targets.Targets([replace(one.market, pieces=tuple(piece for piece in chosen if piece.source.id in {p.source.id for p in one.market.pieces}))
                             for one in made()[0]], lambda id_: document_of(id_).text)  # fmt: skip
    joined = found.joined(replace(wrong, chosen=name), document_of(wrong.source.id))
    assert not isinstance(joined, targets.Uncertain)
    assert joined.pieces[0].file == "contrat_assurance.html"


def test_each_step_says_from_when_and_why() -> None:
    steps = contract("02/Accord-cadre_F23-118.html").steps("montant_maximum_ht", LATER)
    assert values(steps)[1:] == ["360 000 € HT", "410 000 € HT", "360 000 € HT"]
    assert [step.dated for step in steps[1:]] == [
        "avenant n° 1, depuis le 10 avril 2024 (notification)",
        "avenant n° 2, depuis le 1er janvier 2025 (date d'effet)",
        "avenant n° 3, depuis le 14 mai 2025 (signature)",
    ]
    (undated,) = [
        step for step in contract("06/contrat_assurance.html").steps("montant_maximum_ht", LATER) if step.by
    ]
    assert undated.dated == "avenant n° 2, date d'effet non écrite"


def test_what_is_asked_after_an_amendment_counts_no_later_one() -> None:
    maximum = contract("02/Accord-cadre_F23-118.html")
    assert [values(maximum.steps("montant_maximum_ht", LATER, last))[-1] for last in (1, 2)] == [
        "360 000 € HT",
        "410 000 € HT",
    ]
    assert len(maximum.steps("montant_maximum_ht", LATER, 0)) == 1


# ---- what a sentence changes --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("La durée du marché est prolongée de six mois.", [("duree_initiale", "ajout", "6 mois")]),
        ("La durée du marché est portée de 36 à 42 mois.", [("duree_initiale", "nouveau", "42 mois")]),
        ("Le marché est prorogé jusqu'au 30 juin 2026.", [("fin", "nouveau", "30 juin 2026")]),
        ("Le montant maximum, fixé à 300 000 € HT, est augmenté de 60 000 € HT.", [("montant_maximum_ht", "ajout", "60 000 € HT")]),
        ("Le montant du marché passe de 100 000 € HT à 112 000 € HT.", [("montant_ht", "nouveau", "112 000 € HT")]),
        ("Le montant minimum est supprimé.", [("montant_minimum_ht", "supprime", "supprimé")]),
        ("Le délai de paiement est ramené à vingt jours.", [("delai_paiement", "nouveau", "20 jours")]),
        ("La société ALPHA devient BETA CONSEIL, nouveau titulaire du marché.", [("titulaire", "nouveau", "BETA CONSEIL")]),
        ("Le plafond est porté à 50 000 € HT et le minimum à 10 000 € HT.", [("montant_maximum_ht", "nouveau", "50 000 € HT"), ("montant_minimum_ht", "nouveau", "10 000 € HT")]),
        ("Les autres clauses du marché demeurent inchangées.", []),
        ("Le montant maximum de 300 000 € HT n'est pas modifié.", []),
        ("Considérant que la durée doit être portée à 42 mois ;", []),
        ("Par avenant n° 3, la durée avait été portée à 30 mois.", []),
    ],
)  # fmt: skip
def test_a_sentence_gives_a_field_its_new_value_or_none(
    sentence: str, expected: list[tuple[str, str, str]]
) -> None:
    assert changed(sentence) == expected


def test_what_precedes_the_first_article_tells_why_and_changes_nothing() -> None:
    assert changed(
        "Il a été décidé que le délai de paiement serait ramené à dix jours.",
        "Article 1 – Le délai de paiement est ramené à vingt jours.",
    ) == [("delai_paiement", "nouveau", "20 jours")]


def test_a_row_of_before_and_after_gives_the_column_after_and_nothing_where_both_are_equal() -> None:
    page = (
        "<table><tr><td>Clause</td><td>Avant</td><td>Après</td></tr><tr><td>Durée du marché</td><td>24 mois</td><td>30 mois</td></tr>"
        "<tr><td>Montant maximum</td><td>90 000 € HT</td><td>90 000 € HT</td></tr></table>"
    )
    document = reading.read_bytes(
        f"<html><body>{page}</body></html>".encode(), "avenant.html", kind=Kind.TENDER, collection="essai"
    )
    found, _ = changes.changes(document, 1, None)
    assert [(one.field, one.value) for one in found] == [("duree_initiale", "30 mois")]


def test_an_amendment_taken_back_no_longer_counts_whole_or_by_article() -> None:
    assert changes.changes(text_of("L'avenant n° 1 est annulé."), 2, None)[1] == ((1, ""),)
    assert changes.changes(text_of("L'article 2 de l'avenant n° 1 est abrogé."), 3, None)[1] == ((1, "2"),)
    one = contract("02/Accord-cadre_F23-118.html")
    cancelling = replace(one.amendments[-1], changes=(), cancels=((2, ""),))
    steps = amendments.in_force(
        one.market, (*one.terms, *one.amendments[:-1], cancelling), "montant_maximum_ht", LATER
    )
    assert values(steps)[-1] == "360 000 € HT"


# ---- when ---------------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("lines", "day", "why"),
    [
        (["Le présent avenant prend effet le 1er mars 2025.", "Notifié le 3 avril 2025"], date(2025, 3, 1), "date d'effet"),
        (["Le présent avenant prend effet à sa notification.", "Fait le 2 avril 2025", "Notifié le 3 avril 2025"], date(2025, 4, 3), "notification"),
        (["Le marché a été notifié le 1er janvier 2020.", "Fait à Lyon, le 2 avril 2025"], date(2025, 4, 2), "signature"),
        (["Le présent avenant prend effet à sa notification, sauf l'article 2, qui s'applique à compter du 1er septembre 2026.", "Notifié le 3 avril 2025"],
         date(2025, 4, 3), "notification"),
        (["L'article 4 est remplacé par : « Le marché prend effet le 1er janvier 2020. »", "Notifié le 3 avril 2025"], date(2025, 4, 3), "notification"),
    ],
)  # fmt: skip
def test_an_amendment_holds_from_its_own_day_else_its_notification_else_its_signature(
    lines: list[str], day: date, why: str
) -> None:
    effect = effects.effect_of(text_of(*lines))
    assert effect is not None
    assert (effect.day, effect.why) == (day, why)


def test_no_day_is_none_and_an_article_may_have_its_own() -> None:
    assert effects.effect_of(text_of("La durée est portée à 42 mois.")) is None
    document = text_of(
        "Article 1. Le plafond est porté à 50 000 € HT.",
        "Article 2. Le délai de paiement est ramené à vingt jours.",
        "L'article 2 s'applique à compter du 1er mai 2026.",
    )
    first, second = effects.with_own(changes.changes(document, 1, None)[0], document)
    assert first.effect is None
    assert second.effect is not None
    assert second.effect.day == date(2026, 5, 1)


def test_an_amendment_without_a_day_stands_by_its_number() -> None:
    one = contract("02/Accord-cadre_F23-118.html")
    undated = replace(one.amendments[1], effect=None)
    ordered = amendments.ordered((one.amendments[2], undated, one.amendments[0]))
    assert [amendment.number for amendment in ordered] == [1, 2, 3]


# ---- questions ----------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("question", "field", "last"),
    [
        ("Qui est le titulaire du marché de nettoyage au 1er mars 2025 ?", "titulaire", None),
        ("Plafond de l'accord-cadre après l'avenant n° 2 ?", "montant_maximum_ht", 2),
        ("Quel était le plafond avant l'avenant 2 ?", "montant_maximum_ht", 1),
        ("Quand se termine le contrat d'assurance ?", "fin", None),
        ("Le titulaire doit-il être assuré ?", None, None),
        ("Que rend-on à la fin du marché ?", None, None),
    ],
)
def test_what_is_asked_of_a_contract_in_force(question: str, field: str | None, last: int | None) -> None:
    asked = holding.wanted(question, None)
    assert (asked and asked.field, asked and asked.last) == (field, last)


@pytest.fixture
def own(library: Library, embedding: FakeEmbedding) -> OwnDocuments:
    """The made documents, indexed; without the trained reader."""
    ingest.index_paths(library.store, embedding, [FOLDER], collection="mes", kind=Kind.TENDER)
    shelf = Shelf(
        library.store, lambda document, name: summarised(document, name, None), "essai", lambda source: False
    )
    return OwnDocuments(shelf, Searcher(library, embedding), embedding, None)


def test_a_question_is_answered_by_what_holds_then_by_what_held_before(own: OwnDocuments) -> None:
    sources = own.sources(EVERYWHERE, ())
    question = "Quel est le plafond de l'accord-cadre F23-118 de gants d'examen ?"
    found = own.found(question, sources, None, date(2025, 2, 1), ())
    assert found.in_force
    first, before, oldest, coming = found.claims
    assert first.text.startswith(
        "Montant maximum : 410 000 € HT (avenant n° 2, depuis le 1er janvier 2025 (date d'effet))"
    )
    assert first.quotes[0].text == "3. Montant maximum | 360 000 € HT | 410 000 € HT"
    assert before.text.startswith("Avant l'avenant n° 2 : 360 000 € HT")
    assert re.match(r"Avant l'avenant n° 1 : 300.000 € HT", oldest.text)
    assert coming.text.startswith("À partir du 14 mai 2025 : 360 000 € HT")
    assert all(
        quote.text == own._shelf.document(quote.source.id).text[quote.span.start : quote.span.end]
        for claim in found.claims
        for quote in claim.quotes
    )


def test_an_answer_says_which_amendment_could_not_be_counted(own: OwnDocuments) -> None:
    found = own.found(
        "Quel est le plafond du contrat d'assurance de la flotte automobile ?",
        own.sources(EVERYWHERE, ()),
        None,
        LATER,
        (),
    )
    assert found.claims[0].text.startswith(
        "Montant maximum : 95 000 € HT (avenant n° 2, date d'effet non écrite)"
    )
    assert [doubt.partition(" n'est pas compté")[0] for doubt in found.doubts] == [
        "« AV1_mauvais_numero.html »"
    ]


def test_a_list_counts_what_is_in_force_on_the_day() -> None:
    one = contract("02/Accord-cadre_F23-118.html")

    def months(day: date) -> list[float]:
        stated = one.on(day).stated("duree_initiale")
        return [found.number for _, field in stated if (found := measure_of(field, "jours"))]

    assert months(date(2024, 12, 31)) == [pytest.approx(36 * 30.44)]
    assert months(date(2025, 1, 1)) == [pytest.approx(42 * 30.44)]


def test_documents_that_only_speak_of_an_amendment_are_none() -> None:
    def is_one(name: str, text: str) -> bool:
        document = reading.read_bytes(text.encode(), name, kind=Kind.TENDER, collection="essai")
        return targets.is_amendment(replace(known()[0], source=document.source), document)

    assert is_one("AV2_marche.txt", "Article 1 – La durée est portée à 42 mois.")
    assert is_one("scan0012.txt", "Ville de Lyon\n\nAVENANT N° 2 AU MARCHÉ 2024-01")
    assert not is_one(
        "scan0013.txt", "Rapport de présentation de l'avenant n° 2\n\nAvenant n° 2 au marché 2024-01"
    )
    assert not is_one("note.txt", "L'avenant est un acte par lequel les parties modifient le marché.")
    assert all(isinstance(one, Amendment) for market in made()[0] for one in market.amendments)
    assert Path(FOLDER / "01/CCAP_nettoyage.html").name in {
        piece.file for market in made()[0] for piece in market.market.pieces
    }
    assert len(documents()) == len(known())
