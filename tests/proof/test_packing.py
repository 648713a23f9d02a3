"""What a file of evidence holds: the wordings whole, their days, what was asked and said; the same bytes for the same evidence."""

import io
import json
import zipfile
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant import reading
from assistant.answering.answerer import Answerer
from assistant.datatypes import Kind, Precedent, Span
from assistant.drafting.drafter import Request
from assistant.errors import NotIndexedError
from assistant.index import ingest
from assistant.index.library import Library
from assistant.index.search import Searcher
from assistant.kept_answer import KeptAnswer
from assistant.proof import made_from
from assistant.proof.dossier import Dossier
from assistant.proof.packing import packed
from assistant.proof.texts import Texts
from assistant.review import review
from tests.conftest import ROOT, write_rules
from tests.fakes import FakeEmbedding
from tests.proof import made


def opened(dossier: Dossier) -> tuple[dict[str, Any], dict[str, str]]:
    """The manifest and the files, as text."""
    with zipfile.ZipFile(io.BytesIO(packed(dossier).data)) as archive:
        files = {name: archive.read(name).decode() for name in archive.namelist()}
    return json.loads(files["preuve.json"]), files


def answer(answerer: Answerer, question: str) -> KeptAnswer:
    return KeptAnswer.of(answerer.answer(question, as_of=made.DAY))


def test_an_article_is_joined_whole_with_its_days(answerer: Answerer, texts: Texts) -> None:
    manifest, files = opened(
        made_from.an_answer(answer(answerer, "Que dit l'article R2122-8 ?"), texts, made.DAY)
    )
    assert manifest["nature"] == "réponse"
    assert manifest["demande"] == [
        ["Question", "Que dit l'article R2122-8 ?"],
        ["Droit en vigueur le", "25 novembre 2026"],
    ]
    current, former = manifest["textes"]
    assert (
        current["texte"],
        current["article"],
        current["en_vigueur_du"],
        current["en_vigueur_jusqu_au"],
    ) == ("CCP", "R2122-8", "2020-01-01", None)
    assert (former["en_vigueur_du"], former["en_vigueur_jusqu_au"]) == ("2019-04-01", "2020-01-01")
    assert files[current["fichier"]] == "Le marché inférieur à 40 000 euros est passé sans publicité."
    assert [quote["mots"] for quote in manifest["citations"]] == [
        files[current["fichier"]],
        files[former["fichier"]],
    ]
    assert "Que dit l&#x27;article R2122-8 ?" in files["reponse.html"]
    assert "en vigueur du 1er avril 2019 au 1er janvier 2020 (exclu)" in files["reponse.html"]


def test_a_sheet_is_joined_whole_and_its_sentence_found_in_it(answerer: Answerer, texts: Texts) -> None:
    manifest, files = opened(made_from.an_answer(answer(answerer, made.QUESTIONS[0]), texts, made.DAY))
    sheet = next(text for text in manifest["textes"] if text["nature"] == "fiche")
    assert files[sheet["fichier"]].startswith("# Exclure un candidat")
    quote = next(one for one in manifest["citations"] if one["fichier"] == sheet["fichier"])
    assert files[sheet["fichier"]][quote["debut"] : quote["fin"]] == quote["mots"]
    assert quote["pour"].startswith("Non : être soumis au Cloud Act")


def test_a_wording_that_is_quoted_twice_is_joined_once(answerer: Answerer, texts: Texts) -> None:
    manifest, _ = opened(made_from.an_answer(answer(answerer, made.QUESTIONS[1]), texts, made.DAY))
    assert (
        len(manifest["citations"])
        > len(manifest["textes"])
        == len({text["sha256"] for text in manifest["textes"]})
    )


def test_an_answer_without_a_quote_is_evidence_too(answerer: Answerer, texts: Texts) -> None:
    manifest, files = opened(
        made_from.an_answer(answer(answerer, "Que dit l'article L9999-1 ?"), texts, made.DAY)
    )
    assert (manifest["citations"], manifest["textes"]) == ([], [])
    assert "L9999-1" in files["reponse.html"]


def test_a_source_that_is_gone_or_closed_or_says_something_else_is_refused_in_words(
    answerer: Answerer, library_of_rules: Library, tmp_path: Path
) -> None:
    kept = answer(answerer, "Que dit l'article L2113-10 ?")
    with pytest.raises(NotIndexedError, match="n'est plus dans la bibliothèque"):
        made_from.an_answer(kept, Texts(library_of_rules.store, (), ("une-autre",)), made.DAY)
    with pytest.raises(NotIndexedError, match="n'est plus dans la bibliothèque"):
        made_from.an_answer(kept, Texts(Library(tmp_path / "vide").store, ()), made.DAY)
    (claim,) = kept.claims
    other = replace(
        kept,
        claims=(
            replace(
                claim,
                evidence=tuple(replace(quote, quote=f"{quote.quote} Enfin.") for quote in claim.evidence),
            ),
        ),
    )
    with pytest.raises(NotIndexedError, match="n'a plus à cette place les mots"):
        made_from.an_answer(other, made.texts_of(library_of_rules), made.DAY)


def test_the_address_of_a_code_is_told_where_its_file_names_it(library: Library, tmp_path: Path) -> None:
    path = write_rules(tmp_path / "regles.jsonl")
    path.write_text(
        path.read_text(encoding="utf-8").replace('"source": "essai"', '"source": "LEGITEXT000037701019"'),
        encoding="utf-8",
    )
    ingest.index_paths(library.store, FakeEmbedding(), [path], collection="essai")
    kept = answer(
        Answerer(Searcher(library, FakeEmbedding()), FakeEmbedding()), "Que dit l'article L2112-4 ?"
    )
    manifest, _ = opened(made_from.an_answer(kept, made.texts_of(library), made.DAY))
    assert (
        manifest["textes"][0]["adresse"]
        == "https://www.legifrance.gouv.fr/codes/texte_lc/LEGITEXT000037701019"
    )


def test_a_review_joins_the_pieces_whole_and_says_which_rules_it_could_not_join(
    texts: Texts, tmp_path: Path
) -> None:
    path = tmp_path / "CCAP.md"
    path.write_text(
        "# CCAP\n\n## Article 4. Paiement\n\nLe délai de paiement est de 90 jours.\n", encoding="utf-8"
    )
    document = reading.read(path, kind=Kind.TENDER, collection="revue")
    manifest, files = opened(
        made_from.a_review(review([document], day=made.DAY), texts, made.DAY, made.DAY, "Faits seuls.")
    )
    (quote,) = manifest["citations"]
    assert (quote["mots"], quote["repere"]) == (
        "Le délai de paiement est de 90 jours.",
        "delai-paiement-excessif",
    )
    assert files[quote["fichier"]] == document.text
    assert {(one["texte"], one["article"]) for one in manifest["sans_texte"]} == {
        ("CCP", "R2192-10"),
        ("CCP", "R2192-11"),
    }
    assert str(tmp_path) not in "".join(files.values())
    assert "Faits seuls." in files["controle.html"]
    assert "<strong>Pourquoi.</strong> Le délai de paiement est de trente jours" in files["controle.html"]


def test_a_draft_joins_the_wording_of_its_level_and_the_rules_of_the_day(texts: Texts) -> None:
    request = Request(("localisation-sauvegardes-secours",), {}, level=3)
    manifest, files = opened(made.draft(request, texts))
    clause, rule = manifest["citations"]
    assert files[clause["fichier"]] == made.clauses().clause("localisation-sauvegardes-secours").at(3).wording
    assert (rule["repere"], rule["en_vigueur_du"]) == ("fondement", "2019-04-01")
    assert (
        rule["mots"]
        == "L'acheteur peut imposer que les moyens utilisés soient localisés sur le territoire de l'Union."
    )
    assert manifest["demande"] == [["Clauses et kits", "localisation-sauvegardes-secours"], ["Niveaux", "3"]]
    assert {("CCP", "L2112-4")}.isdisjoint((one["texte"], one["article"]) for one in manifest["sans_texte"])


def test_a_draft_joins_the_text_edited_by_hand_beside_the_clause_that_it_was(texts: Texts) -> None:
    ids = ("localisation-sauvegardes-secours", "gestion-des-cles")
    request = Request(ids, {}, order=ids[::-1], texts={ids[0]: "Les sauvegardes sont en [pays].\n1. Rien."})
    manifest, files = opened(made.draft(request, texts))
    _, clause, edited, *_ = manifest["citations"]
    assert files[clause["fichier"]] == made.clauses().clause(ids[0]).at(2).wording
    assert files[edited["fichier"]] == "Les sauvegardes sont en [pays].\n\n1. Rien."
    assert (
        edited["repere"]
        == clause["repere"]
        == "CCTP, Article 2 : Localisation des sauvegardes et des moyens de secours"
    )
    assert edited["pour"] == "Texte modifié à la main"
    asked = dict(manifest["demande"])
    assert asked["Articles modifiés à la main"] == ids[0]
    assert asked["Ordre demandé"] == "gestion-des-cles, localisation-sauvegardes-secours"
    assert "Texte modifié à la main d'après la clause modèle" in files["projet.html"].replace(
        "\u00a0", " "
    ).replace("&#x27;", "'")


def test_a_draft_joins_the_precedent_that_it_takes_up(texts: Texts) -> None:
    document = reading.read(
        ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-visioconference.pdf",
        kind=Kind.FRAMEWORK,
        collection="essai",
    )
    span = Span(700, 1_100)
    taken = Precedent(
        "p#1", document.source, "9", "Objet", (), "CCAP", None, None, span, span.of(document.text), None
    )
    manifest, files = opened(made.draft(Request(("p#1",), {}, precedents={"p#1": taken}), texts))
    (quote,) = manifest["citations"]
    assert files[quote["fichier"]] == span.of(document.text)
    assert manifest["textes"][0]["debut_dans_la_source"] == span.start
    assert manifest["textes"][0]["source_sha256"] == document.source.sha256


def test_the_same_evidence_makes_the_same_bytes(dossiers: tuple[Dossier, ...]) -> None:
    for dossier in dossiers:
        assert packed(dossier) == packed(dossier)
    first = packed(dossiers[0])
    assert packed(replace(dossiers[0], made_on=date(2026, 11, 26))).fingerprint != first.fingerprint


def test_the_files_are_stored_as_they_are_under_plain_names(dossiers: tuple[Dossier, ...]) -> None:
    for dossier in dossiers:
        with zipfile.ZipFile(io.BytesIO(packed(dossier).data)) as archive:
            assert all(
                entry.compress_type == zipfile.ZIP_STORED and entry.filename.isascii()
                for entry in archive.infolist()
            )
            assert archive.namelist()[0] == "LISEZ-MOI.txt"
            assert archive.testzip() is None


def test_the_note_says_what_it_proves_and_what_it_does_not(dossiers: tuple[Dossier, ...]) -> None:
    _, files = opened(dossiers[0])
    assert "CE QUE CELA NE PROUVE PAS" in files["LISEZ-MOI.txt"]
    assert "qui a fait ce dossier" in files["LISEZ-MOI.txt"]
    assert max(map(len, files["LISEZ-MOI.txt"].splitlines())) <= 120


def test_a_text_of_a_stranger_is_shown_as_its_very_characters(dossiers: tuple[Dossier, ...]) -> None:
    hostile = replace(
        dossiers[0],
        asked=(("Question", "<script>alert(1)</script>"),),
        said="</section><img src=x onerror=alert(2)> ![image](http://192.0.2.1/x.png)",
    )
    _, files = opened(hostile)
    assert "<script" not in files["reponse.html"]
    assert "<img" not in files["reponse.html"]
