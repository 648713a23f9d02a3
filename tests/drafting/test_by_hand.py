"""The text of an article edited by hand: what stands in brackets is filled, the rest is read as it was typed."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import office
from assistant.datatypes import Draft, FieldOrigin, ModelClause, Severity
from assistant.drafting import by_hand, library, rendering
from assistant.drafting.drafter import (
    DEROGATIONS_CLAUSE,
    Request,
    draft,
    editable,
    form_groups,
    form_of_request,
    moved,
)
from assistant.office import html
from tests.drafting.made_clauses import field, piece, write_clause, write_kit
from tests.drafting.test_drafted_precedents import SHELF, taken

TITLES = {clause.id: clause.title for clause in SHELF.clauses}
WORDINGS = [
    pytest.param(clause, level.wording, id=f"{clause.id} {level.level}")
    for clause in SHELF.clauses
    for level in clause.levels
]


@pytest.fixture
def shelf(tmp_path: Path) -> library.ClauseLibrary:
    write_clause(
        tmp_path,
        "liste",
        "1. Sous {{delai_jours}} jours, selon {{article:sanction}}.",
        "1. Sous {{delai_jours}} jours, selon {{article:sanction}}.",
        "1. Sous {{delai_jours}} jours, à {{lieu}}, selon {{article:sanction}}.",
        fields=[field("delai_jours", unit="jours", default=10), field("lieu", "texte")],
    )
    write_clause(
        tmp_path,
        "sanction",
        "1. Pénalité de {{montant}} euros.",
        fields=[field("montant", "montant")],
        ccag="CCAG-TIC art. 14.1",
        piece="CCAP",
    )
    write_clause(tmp_path, "bilan", "1. Bilan annuel.", fields=[])
    return library.load([tmp_path])


def asked(shelf: library.ClauseLibrary, text: str, **values: str) -> Draft:
    return draft(shelf, Request(("liste", "sanction"), values, texts={"liste": text}))


def body(shelf: library.ClauseLibrary, text: str, **values: str) -> str:
    return asked(shelf, text, **values).articles[0].body.text


def seen(markdown: str) -> list[str]:
    """What one reads of Markdown: its elements and its words, wherever its paragraphs are parted."""
    return re.sub(r"</?p>", " ", html.rendered(markdown)).split()


# ---- the text ---------------------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("clause", "wording"), WORDINGS)
def test_every_wording_of_the_library_is_read_back_as_it_was(clause: ModelClause, wording: str) -> None:
    names = by_hand.names_of({}, clause.fields, TITLES)
    text = by_hand.editable(wording, names)
    assert "{{" not in text
    assert "\\" not in text
    assert seen(by_hand.read(text, names, 1)) == seen(wording)


def test_what_the_program_fills_stands_in_brackets_under_its_label(shelf: library.ClauseLibrary) -> None:
    texts = editable(shelf, Request(("liste", "sanction"), {}))
    assert texts["liste"] == "1. Sous [Libellé de delai_jours] jours, selon [article « Titre de sanction »]."


def test_brackets_are_filled_and_follow_the_form_and_the_order(shelf: library.ClauseLibrary) -> None:
    text = "Voir [article « Titre de sanction »] et [article « Titre de bilan »], sous [Libellé de delai_jours] jours."
    assert body(shelf, text) == "Voir l'article 1 du CCAP et la clause « Titre de bilan », sous 10 jours."
    assert body(shelf, text, delai_jours="7").endswith("sous 7 jours.")


def test_a_label_with_other_spaces_is_the_same_label(shelf: library.ClauseLibrary) -> None:
    assert body(shelf, "Sous [Libellé  de\u00a0delai_jours] jours.") == "Sous 10 jours."


def test_other_words_in_brackets_are_left_to_be_completed(shelf: library.ClauseLibrary) -> None:
    drafted = asked(shelf, "À [lieu à *fixer*], puis [Libellé de lieu].")
    first, second = drafted.articles[0].body.fields
    text = drafted.articles[0].body.text
    assert (first.label, first.origin, first.span.of(text)) == (
        "lieu à *fixer*",
        FieldOrigin.MISSING,
        r"[lieu à \*fixer\*]",
    )
    assert second.span.of(text) == "[À COMPLÉTER : Libellé de lieu]"
    assert "| lieu à \\*fixer\\* | [lieu à \\*fixer\\*] | à décider |" in rendering.markdown(drafted)


def test_a_field_that_only_the_text_by_hand_uses_is_asked_for_and_one_that_it_leaves_out_is_not(
    shelf: library.ClauseLibrary,
) -> None:
    request = Request(("liste",), {}, texts={"liste": "À [Libellé de lieu]."})
    assert [one.name for one in form_of_request(shelf, request)] == ["lieu"]
    assert [one.name for group in form_groups(shelf, request) for one in group.fields] == ["lieu"]


def test_two_fields_of_one_label_the_articles_own_comes_first(tmp_path: Path) -> None:
    same = {"label": "Délai"}
    write_clause(tmp_path, "a", "Sous {{a_jours}} jours.", fields=[field("a_jours", default=1, **same)])
    write_clause(tmp_path, "b", "Sous {{b_jours}} jours.", fields=[field("b_jours", default=2, **same)])
    held = library.load([tmp_path])
    drafted = draft(held, Request(("a", "b"), {}, texts={"b": "En [Délai] jours."}))
    assert [one.body.text for one in drafted.articles] == ["Sous 1 jours.", "En 2 jours."]


def test_the_label_is_the_one_that_the_form_shows(tmp_path: Path) -> None:
    write_clause(tmp_path, "a", "Sous {{a_jours}} jours.", fields=[field("a_jours", default=1)])
    own = field("a_jours", default=4) | {"label": "Délai du marché"}
    write_kit(
        tmp_path, "kit", [piece("CCTP", ("a", 2))], fields=[own], justification="Sous {{a_jours}} jours."
    )
    held = library.load([tmp_path])
    assert editable(held, Request(("kit",), {}))["a"] == "Sous [Délai du marché] jours."
    for label in (
        "Délai du marché",
        "Libellé de a_jours",
    ):  # what the clause alone calls it is understood too
        text = f"En [{label}] jours."
        assert draft(held, Request(("kit",), {}, texts={"a": text})).articles[0].body.text == "En 4 jours."


SIGNS = r"a*b _c_ <b>d</b> `e` ~f~ ^g^ $h$ @i {j} \k & &amp; l|m {{n}} {{delai_jours}} ![o](p) [](q) **"


def test_every_sign_but_those_that_were_promised_shows_as_it_is(shelf: library.ClauseLibrary) -> None:
    text = body(shelf, SIGNS)
    shown = re.sub(r"<[^>]+>", "", html.rendered(text)).strip().replace("\u00a0", " ")
    assert shown == SIGNS.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    assert "<strong>b c</strong>" in html.rendered(body(shelf, "a **b c** d"))


@pytest.mark.parametrize(
    ("typed", "tags"),
    [
        ("un\ndeux", ["<p>un</p>", "<p>deux</p>"]),
        ("- un\n• deux\n* trois", ["<li>un</li>", "<li>deux</li>", "<li>trois</li>"]),
        ("3. un\n4. deux", ['<ol start="3">', "<li>un</li>", "<li>deux</li>"]),
        ("1. un\n3. trois", ["<li>un</li>", "<p>3. trois</p>"]),
        ("1. un\n1. encore", ["<li>un</li>", "<p>1. encore</p>"]),
        ("2026.\n---\n===", ["<p>2026.</p>", "<p>---</p>", "<p>===</p>"]),
        ("+ 5 %\n: voir", ["<p>+ 5", "<p>: voir</p>"]),
        ("| a | b |\n|---|---|\n| 1 | 2 |\nfin", ["<th>a</th>", "<td>2</td>", "<p>fin</p>"]),
    ],
)
def test_lines_are_read_as_they_were_typed(shelf: library.ClauseLibrary, typed: str, tags: list[str]) -> None:
    made = html.rendered(body(shelf, typed))
    at = 0
    for one in tags:
        assert one in made[at:], made
        at = made.index(one, at)


@given(st.text(max_size=200))
def test_whatever_is_typed_is_drafted_and_no_element_of_its_own_comes_of_it(text: str) -> None:
    request = Request(("gestion-des-cles",), {}, texts={"gestion-des-cles": text})
    (article,) = draft(SHELF, request).articles
    made = html.rendered(article.body.text)
    assert (
        re.sub(
            r"</?(?:p|ol|ul|li|strong|em|h[1-6]|hr|br|table|thead|tbody|tr|th|td)\b[^>]*>", "", made
        ).count("<")
        == 0
    )
    for one in article.body.fields:
        assert one.span.of(article.body.text)


def test_nothing_of_an_office_document_is_written_by_hand(shelf: library.ClauseLibrary) -> None:
    typed = '```{=openxml}\n<w:p/>\n```\n`x`{=openxml} [mots]{custom-style="Titre"}\n# Titre {#ancre}'
    drafted = asked(shelf, typed)
    with zipfile.ZipFile(io.BytesIO(office.convert(rendering.office_markdown(drafted), "docx"))) as docx:
        written = docx.read("word/document.xml").decode()
    assert "{=openxml}" in written
    assert "&lt;w:p/&gt;" in written
    assert "ancre" in re.sub(r"<[^>]+>", "", written)
    assert 'w:val="Titre"' not in written


def test_an_empty_text_is_left_to_be_written(shelf: library.ClauseLibrary) -> None:
    assert body(shelf, " \n ") == "[texte de l'article]"


# ---- what is marked ---------------------------------------------------------------------------------------------------------------------


def test_a_text_that_reads_as_the_clauses_own_is_not_by_hand(shelf: library.ClauseLibrary) -> None:
    own = editable(shelf, Request(("liste", "sanction"), {}))["liste"]
    assert asked(shelf, f"\n{own}  \n") == draft(shelf, Request(("liste", "sanction"), {}))
    assert asked(shelf, f"{own} Et puis.").articles[0].by_hand


def test_every_file_says_what_was_edited_by_hand(shelf: library.ClauseLibrary) -> None:
    drafted = asked(shelf, "Rien.")
    said = "Texte modifié à la main d'après la clause modèle « Titre de liste »."
    for parts in (rendering.EVERYTHING, rendering.ARTICLES_ONLY):
        assert said in rendering.markdown(drafted, parts=parts)
    assert "Articles modifiés à la main : 1." in rendering.markdown(drafted)
    alone = rendering.alone(drafted, drafted.pieces[1])
    assert "à la main" not in rendering.markdown(alone, parts=rendering.ARTICLES_ONLY)
    first, second, *_ = (
        rendering.draft_json(drafted)["pieces"][0]["articles"]
        + rendering.draft_json(drafted)["pieces"][1]["articles"]
    )
    assert (first["edited_by_hand"], first["risk"]) == (True, None)
    assert (second["edited_by_hand"], second["risk"]["level"]) == (False, "faible")


def test_the_risk_of_the_clause_is_not_said_to_be_that_of_the_text(shelf: library.ClauseLibrary) -> None:
    note = rendering.markdown(asked(shelf, "Rien."), parts=rendering.NOTES_ONLY)
    edited, _, other = note.partition("### CCTP, Article 1")[2].partition("### CCAP, Article 1")
    assert "Le risque de cette clause (faible) n'est plus le sien : il n'a pas été évalué ici." in edited
    assert "Pourquoi ce risque" not in edited
    assert "**Risque contentieux : faible.**" in other


def test_a_derogation_of_a_clause_that_was_edited_is_to_be_checked(shelf: library.ClauseLibrary) -> None:
    drafted = draft(shelf, Request(("sanction",), {}, texts={"sanction": "Aucune pénalité."}))
    (problem,) = [one for one in drafted.problems if one.code == "derogation-to-check"]
    assert "CCAG-TIC art. 14.1" in problem.message
    assert problem.severity is Severity.WARNING
    assert "derogation-to-check" not in {one.code for one in asked(shelf, "Rien.").problems}


def test_a_precedent_edited_by_hand_keeps_its_origin_and_the_number_of_its_article() -> None:
    one = taken("24")
    request = Request(("gestion-des-cles", one.id), {}, precedents={one.id: one})
    text = editable(SHELF, request)[one.id]
    assert "**[numéro].6 Test annuel**" in text
    assert "\\" not in text
    as_it_was = Request(request.ids, {}, precedents={one.id: one}, texts={one.id: text})
    assert draft(SHELF, as_it_was) == draft(SHELF, request)
    edited = {one.id: text.replace("Test annuel", "Test mensuel")}
    for order, number in (((), 2), ((one.id,), 1)):
        drafted = draft(SHELF, Request(request.ids, {}, precedents={one.id: one}, order=order, texts=edited))
        (article,) = [held for held in drafted.articles if held.precedent]
        assert article.by_hand
        assert f"**{number}.6 Test mensuel**" in article.body.text
        assert "Texte modifié à la main d'après l'article repris. Droit, renvois" in rendering.markdown(
            drafted
        )


# ---- order ------------------------------------------------------------------------------------------------------------------------------


def test_an_article_moves_within_its_piece_and_what_refers_to_it_follows(
    shelf: library.ClauseLibrary,
) -> None:
    request = Request(("liste", "bilan", "sanction"), {})
    assert moved(shelf, request, "bilan", -1) == ("bilan", "liste", "sanction")
    for id_, by in (("liste", -1), ("bilan", 1), ("sanction", 1), ("inconnue", 1)):
        assert moved(shelf, request, id_, by) == ("liste", "bilan", "sanction")
    text = "Voir [article « Titre de liste »]."
    drafted = draft(shelf, Request(request.ids, {}, order=("bilan", "liste"), texts={"sanction": text}))
    assert [one.title for one in drafted.pieces[0].articles] == ["Titre de bilan", "Titre de liste"]
    assert drafted.pieces[1].articles[0].body.text == "Voir l'article 2 du CCTP."
    assert [group.title for group in form_groups(shelf, Request(request.ids, {}, order=("bilan",)))] == [
        "Titre de bilan",
        "Titre de liste",
        "Titre de sanction",
    ]


def test_one_that_was_added_since_comes_after_those_that_were_put_in_order(
    shelf: library.ClauseLibrary,
) -> None:
    drafted = draft(shelf, Request(("bilan", "liste"), {}, order=("liste",)))
    assert [one.id for one in drafted.articles] == ["liste", "bilan"]


def test_the_list_of_derogations_stays_last() -> None:
    request = Request((DEROGATIONS_CLAUSE, "penalites-reversibilite"), {})
    ids = [one.id for one in draft(SHELF, request).articles]
    assert ids[-1] == DEROGATIONS_CLAUSE
    assert moved(SHELF, request, DEROGATIONS_CLAUSE, -1) == tuple(ids)
    assert moved(SHELF, request, "penalites-reversibilite", 1) == tuple(ids)
    first = Request(request.ids, {}, order=(DEROGATIONS_CLAUSE,))
    assert [one.id for one in draft(SHELF, first).articles] == ids
