"""The trained reader of covers on a hand it never learned from, the file that it is, and the runs of tokens that it takes for values."""

import itertools
import json
from collections.abc import Mapping
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import reading
from assistant.datatypes import Document, Kind, Span
from assistant.reader import covers
from assistant.reader.covers import (
    CHARACTERS,
    PART_CHARACTERS,
    VALUES,
    Cover,
    FoundValue,
    as_read,
    parts,
    values_of,
)
from assistant.reading.piece import guessed
from assistant.summaries.batch import work
from assistant.summaries.fields.summarise import summarise
from assistant.workspace import Workspace
from tests.conftest import ROOT

WITNESS = ROOT / "corpus" / "synthese" / "gardes" / "z"
# Floors, under what was measured (docs/mesures.md): a reader that was spoiled is noticed.
FLOORS = {"acheteur": 0.75, "numero": 0.75, "objet": 0.85}
TEXT = "VILLE DE CASTELMAURE\nRÈGLEMENT DE LA CONSULTATION\nRéfection de la halle aux grains\nConsultation n° 2026-TX-14\n"


@given(st.text(alphabet="ab\n |", max_size=4000))
def test_parts_follow_one_another_and_are_short_enough(text: str) -> None:
    found = parts(text)
    assert all(0 < len(one) <= PART_CHARACTERS for one in found)
    assert all(before.end <= after.start for before, after in itertools.pairwise(found))
    assert not "".join(
        text[:CHARACTERS][at]
        for at in range(min(len(text), CHARACTERS))
        if not any(one.start <= at < one.end for one in found)
    ).strip()


def test_a_part_is_read_behind_its_piece_with_every_place_kept() -> None:
    words, shift = as_read("RC", TEXT, Span(21, len(TEXT)))
    assert words[:shift] == "RC : "
    assert words[shift:] == TEXT[21:].replace("\n", "|")


def test_a_value_is_the_run_that_speaks_for_it_most_in_whole_words() -> None:
    at = TEXT.index("Réfection")
    places = [
        Span(0, 5),
        Span(at, at + 4),
        Span(at + 4, at + 9),
        Span(at + 9, at + 12),
        Span(at + 12, at + 20),
        None,
    ]
    shares = np.full((len(places), 1 + 2 * len(VALUES)), 0.01, np.float32)
    object_ = 2 * VALUES.index("objet")
    shares[1, object_ + 1] = 0.9
    shares[2:5, object_ + 2] = (0.8, 0.2, 0.9)  # a weak token between strong ones
    shares[5, object_ + 2] = 0.99  # stands nowhere
    (found,) = values_of(shares, places, TEXT)
    assert (found[0], found[2].span.of(TEXT)) == ("objet", "Réfection de la halle")


def test_nothing_is_read_where_no_token_is_sure_nor_in_an_empty_text() -> None:
    shares = np.full((2, 1 + 2 * len(VALUES)), 0.2, np.float32)
    assert values_of(shares, [Span(0, 5), Span(6, 8)], TEXT) == []
    assert parts("") == parts(" \n ") == []


def test_a_label_is_found_across_lines_and_never_within_a_word() -> None:
    from training.covers import alike, places_of

    text = "Objet : réfection de la\nHALLE aux grains, halles"
    assert [place.of(text) for place in places_of(text, "Réfection de la halle aux grains")] == [
        "réfection de la\nHALLE aux grains"
    ]
    assert [place.of(text) for place in places_of(text, "halle")] == ["HALLE"]
    assert list(places_of(text, "")) == []
    assert alike("2026-TX-14", "2026 TX 14", exact=True)
    assert not alike("2026-TX-14", "2026-TX-15", exact=True)


def read_cover(text: str, piece: str, **values: str) -> Cover:
    return Cover(
        {
            name: FoundValue(Span(text.index(words), text.index(words) + len(words)), 0.9)
            for name, words in values.items()
        },
        {"travaux": 0.8},
    )


def summarised(text: str, **values: str) -> Mapping[str, object]:
    document = reading.read_bytes(text.encode(), "RC.txt", kind=Kind.TENDER, collection="essai")
    summary = summarise(document, "RC.txt", read_cover(document.text, "RC", **values))
    return {name: summary.field(name).value for name in ("acheteur", "objet", "numero_consultation")}


def test_a_part_of_a_name_gives_way_to_the_rules_or_to_the_whole_of_that_name() -> None:
    text = "Communauté d'agglomération du Bassin de l'Ornaise\nRèglement de la consultation\nMaintenance du logiciel « Aides et redevances » (SIAR)\n"
    found = summarised(
        text, acheteur="d'agglomération du Bassin de l'Ornaise", objet="Maintenance du logiciel « Aides"
    )
    assert found["acheteur"] == "Communauté d'agglomération du Bassin de l'Ornaise"
    assert found["objet"] == "Maintenance du logiciel « Aides et redevances » (SIAR)"
    titled = "Clauses Administratives Particulières\nRèglement de la consultation\nVille de Castelmaure\n"
    assert summarised(titled, acheteur="Administratives")["acheteur"] == "Administratives"
    assert summarised(titled, acheteur="dministratives Particulières")["acheteur"] == "Ville de Castelmaure"


def test_of_two_buyers_the_one_that_is_named_first_but_for_a_ministry() -> None:
    text = "Département du Val-de-Bresle\nRèglement de la consultation\n1 Secteur Nord – vallée de la Bresle\nCollège de Bresle\n"
    assert summarised(text, acheteur="Collège de Bresle")["acheteur"] == "Département du Val-de-Bresle"
    service = "Ministère des armées\nRèglement de la consultation\nService d'infrastructure de Rennes\n"
    assert (
        summarised(service, acheteur="Service d'infrastructure de Rennes")["acheteur"]
        == "Service d'infrastructure de Rennes"
    )
    town = "Département d'Indre-et-Loire\nCommune de Saint-Aubry\nRèglement de la consultation\n"
    assert summarised(town, acheteur="Commune de Saint-Aubry")["acheteur"] == "Commune de Saint-Aubry"
    held = "Règlement de la consultation\nRégie des eaux de Garlande\nArticle 2 - Acheteur\nLa Régie relève du livre II.\n"
    assert summarised(held, acheteur="Régie des eaux de Garlande")["acheteur"] == "Régie des eaux de Garlande"


def test_a_year_or_a_day_is_no_number() -> None:
    for words in ("2026", "2025-06-22", "12/03/2026"):
        assert (
            summarised(f"Ville de Castelmaure\nDélibération {words}\n", numero=words)["numero_consultation"]
            is None
        )


def test_a_summary_takes_what_the_cover_says_with_its_words_and_keeps_the_rules_of_a_notice() -> None:
    document = reading.read_bytes(TEXT.encode(), "RC.txt", kind=Kind.TENDER, collection="essai")
    cover = read_cover(
        TEXT,
        "RC",
        acheteur="VILLE DE CASTELMAURE",
        objet="Réfection de la halle aux grains",
        numero="2026-TX-14",
    )
    summary = summarise(document, "RC.txt", cover)
    found = {
        name: (summary.field(name).value, summary.field(name).quote)
        for name in ("acheteur", "objet", "numero_consultation")
    }
    assert found == {
        "acheteur": ("VILLE DE CASTELMAURE", "VILLE DE CASTELMAURE"),
        "objet": ("Réfection de la halle aux grains", "Réfection de la halle aux grains"),
        "numero_consultation": ("2026-TX-14", "2026-TX-14"),
    }
    assert summary.field("numero_consultation").normal == ("2026TX14",)
    assert summary.field("type_marche").value == "travaux"
    notice = "Avis d'appel public à la concurrence\nNom et adresse officiels de l'organisme acheteur : Ville de Castelmaure.\n"
    made = reading.read_bytes(notice.encode(), "avis.txt", kind=Kind.TENDER, collection="essai")
    made = replace(
        made,
        metadata=(*((key, value) for key, value in made.metadata if key != "piece"), ("piece", "avis 1.0")),
    )
    assert (
        summarise(made, "avis.txt", read_cover(notice, "avis", acheteur="Avis d'appel"))
        .field("acheteur")
        .value
        == "Ville de Castelmaure"
    )


@pytest.mark.models
def test_the_reader_is_that_of_its_card() -> None:
    card = json.loads(covers.CARD.read_text(encoding="utf-8"))
    assert covers.load(card["model"]).model == card["model"]
    assert covers.FILE.stat().st_size == card["bytes"] < 12_000_000
    assert WITNESS.name not in card["hands"]


@pytest.mark.models
def test_on_a_hand_that_was_never_learned_from() -> None:
    from training.covers import alike

    workspace = Workspace()
    rows = [json.loads(line) for line in (WITNESS / "labels.jsonl").read_text(encoding="utf-8").splitlines()][
        ::3
    ]
    right: dict[str, list[bool]] = {name: [] for name in FLOORS}
    for row in rows:
        document = reading.read(WITNESS / row["file"], kind=Kind.TENDER, collection="gardes")
        cover = workspace.covers(document)
        assert cover is not None
        assert guessed(document)
        for name in FLOORS:
            if row[name]:
                value = cover.values[name].span.of(document.text) if name in cover.values else ""
                right[name].append(alike(row[name], value, exact=name == "numero"))
    workspace.close()
    assert {name: sum(found) / len(found) >= FLOORS[name] for name, found in right.items()} == dict.fromkeys(
        FLOORS, True
    )


def test_a_cover_that_breaks_its_reader_costs_nothing_that_the_rules_find() -> None:
    def broken(document: Document) -> Cover:
        raise IndexError

    text = "RÈGLEMENT DE LA CONSULTATION\nAcheteur : Ville de Castelmaure\nObjet du marché : réfection de la halle aux grains\n"
    task = work.Task(text.encode(), "RC.txt", "RC.txt")
    read, alone = work.do(task, covers=broken).summary, work.do(task).summary
    work.stop()
    assert read is not None
    assert alone is not None
    assert [problem.code for problem in read.problems if problem not in alone.problems] == ["cover-failed"]
    assert read.fields == alone.fields
    assert read.field("acheteur").value == "Ville de Castelmaure"


@pytest.mark.parametrize(
    ("field", "text", "read", "whole"),
    [
        (
            "acheteur",
            "AGENCE NATIONALE DE LA GÉODONNÉE\nET DU BOCAGE\n",
            "AGENCE NATIONALE DE LA GÉODONNÉE",
            "AGENCE NATIONALE DE LA GÉODONNÉE ET DU BOCAGE",
        ),
        ("acheteur", "Ville de Nantes\nEn application de l'article L. 2123-1\n", "Ville de Nantes", None),
        ("acheteur", "Ville de Nantes a décidé de lancer une consultation.\n", "Ville de Nantes", None),
        (
            "objet",
            "Rénovation de la halle et de ses abords\nde la commune de Vire\n",
            "Rénovation de la halle",
            "Rénovation de la halle et de ses abords de la commune de Vire",
        ),
        ("objet", "Fourniture de denrées\nDu 3 mars au 5 juin\n", "Fourniture de denrées", None),
    ],
)
def test_a_name_is_read_whole_and_no_further(field: str, text: str, read: str, whole: str | None) -> None:
    found = summarised(f"Règlement de la consultation\n{text}", **{field: read})[field]
    assert found == (whole or read)


@pytest.mark.parametrize(
    ("words", "number"),
    [("R. 2123-1", None), ("L2124-2", None), ("R. 2123-1, 1°", None), ("R2026-01", "R2026-01")],
)
def test_an_article_is_no_number_and_a_reference_of_the_year_is(words: str, number: str | None) -> None:
    read = summarised(f"Ville de Castelmaure\nProcédure {words}\n", numero=words)
    assert read["numero_consultation"] == number
