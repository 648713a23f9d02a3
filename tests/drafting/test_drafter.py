from pathlib import Path

import pytest

from assistant.datatypes import Draft, FieldOrigin, Place, Severity
from assistant.drafting import library, rendering
from assistant.drafting.drafter import Request, Wording, draft, faults, form_groups, form_of_request
from assistant.errors import UsageError
from tests.conftest import ROOT
from tests.drafting.made_clauses import field, piece, write_clause, write_kit

WORDINGS = (
    "1. Délai de {{delai_jours}} jours, selon {{article:sanction}}.",
    "1. Délai de {{delai_jours}} jours.",
    "1. Sous {{delai_jours}} jours.",
)


@pytest.fixture
def shelf(tmp_path: Path) -> library.ClauseLibrary:
    write_clause(tmp_path, "liste", *WORDINGS, companions=["sanction"])
    write_clause(
        tmp_path,
        "sanction",
        "1. Pénalité de {{montant}} euros si {{article:liste}} n'est pas respecté.",
        fields=[field("montant", "montant")],
        piece="CCAP",
        ccag="CCAG-TIC art. 14.1",
    )
    write_clause(
        tmp_path,
        "note",
        "1. Le critère compte pour {{poids}} %.",
        fields=[field("poids", "pourcentage", unit="%")],
        piece="critères",
        incompatible=["liste"],
    )
    write_clause(
        tmp_path,
        "bilan",
        "Voir {{article:liste}} :\n\n{{points}}",
        fields=[field("points", "liste")],
        piece="annexe",
        ccag="CCAG-TIC art. 4 et 5 (à contrôler)",
    )
    write_kit(
        tmp_path,
        "kit-complet",
        [
            piece("CCTP", ("liste", 3), ("note", 1)),
            piece("CCAP", ("sanction", 2)),
            piece("annexe", ("bilan", 2)),
        ],
        fields=[field("delai_jours", default=4)],
        justification="## Besoin\nRemise sous {{delai_jours}} jours, {{article:liste}}.",
    )
    held = library.load([tmp_path])
    assert [failure for failure in held.failures if "se contredisent" not in failure.message] == []
    return held


def asked(
    shelf: library.ClauseLibrary,
    *ids: str,
    values: dict[str, str] | None = None,
    level: int | None = None,
    levels: dict[str, int] | None = None,
) -> Draft:
    return draft(shelf, Request(ids, values or {}, level, levels))


def texts(drafted: Draft) -> list[str]:
    return [article.body.text for article in drafted.articles]


def test_a_default_is_used_a_given_value_speaks_first_and_nothing_is_invented(
    shelf: library.ClauseLibrary,
) -> None:
    assert texts(asked(shelf, "liste")) == ["1. Délai de 10 jours."]
    assert texts(asked(shelf, "liste", values={"delai_jours": "3"})) == ["1. Délai de 3 jours."]
    assert texts(asked(shelf, "liste", values={"delai_jours": ""})) == [
        "1. Délai de [À COMPLÉTER : Libellé de delai_jours] jours."
    ]
    assert (
        texts(asked(shelf, "sanction"))[0]
        == "1. Pénalité de [À COMPLÉTER : Libellé de montant] euros si la clause « Titre de liste » n'est pas respecté."
    )


def test_fields_say_where_they_stand_and_where_they_come_from(shelf: library.ClauseLibrary) -> None:
    (article,) = asked(shelf, "liste", values={"delai_jours": "30"}).articles
    (filled,) = article.body.fields
    assert (filled.span.of(article.body.text), filled.origin, filled.unit) == (
        "30",
        FieldOrigin.GIVEN,
        "jours",
    )
    assert [one.origin for one in asked(shelf, "liste").fields] == [FieldOrigin.DEFAULT]
    assert [one.origin for one in asked(shelf, "note").fields] == [FieldOrigin.MISSING]


def test_a_level_is_for_the_whole_or_for_one_clause(shelf: library.ClauseLibrary) -> None:
    assert texts(asked(shelf, "liste", level=1)) == ["1. Sous 10 jours."]
    assert texts(asked(shelf, "liste", level=1, levels={"liste": 2})) == ["1. Délai de 10 jours."]
    assert [article.level for article in asked(shelf, "kit-complet").articles] == [3, 1, 2, None, 2]
    with pytest.raises(UsageError, match="pas dans ce projet"):
        asked(shelf, "liste", levels={"note": 2})
    with pytest.raises(UsageError, match="pas de niveau 4"):
        asked(shelf, "liste", level=4)


def test_articles_are_numbered_piece_by_piece_and_refer_to_each_other(shelf: library.ClauseLibrary) -> None:
    drafted = asked(shelf, "bilan", "sanction", "liste", level=3, values={"montant": "500", "points": "un"})
    assert [(part.place, [article.number for article in part.articles]) for part in drafted.pieces] == [
        (Place.CCTP, [1]),
        (Place.CCAP, [1, 2]),
        (Place.ANNEX, [1]),
    ]
    assert texts(drafted)[0] == "1. Délai de 10 jours, selon l'article 1 du CCAP."
    assert texts(drafted)[1] == "1. Pénalité de 500 euros si l'article 1 du CCTP n'est pas respecté."
    assert texts(drafted)[3] == "Voir l'article 1 du CCTP :\n\nun"


def test_criteria_go_into_the_reglement(shelf: library.ClauseLibrary) -> None:
    assert [part.place for part in asked(shelf, "note").pieces] == [Place.RC]


def test_derogations_are_listed_in_the_last_article_of_the_ccap(shelf: library.ClauseLibrary) -> None:
    drafted = asked(shelf, "sanction", "bilan", "liste")
    last = next(part for part in drafted.pieces if part.place is Place.CCAP).articles[-1]
    assert (last.number, last.title, last.clause) == (2, "Dérogations au CCAG", None)
    assert (
        "- L'article 1 déroge à l'article 14.1 du CCAG-TIC.\n- L'annexe 1 déroge aux articles 4 et 5 du CCAG-TIC."
        in last.body.text
    )
    assert drafted.derogations == (
        ("Titre de sanction", "CCAG-TIC art. 14.1"),
        ("Titre de bilan", "CCAG-TIC art. 4 et 5 (à contrôler)"),
    )


def test_the_clause_that_lists_derogations_comes_last_and_holds_them(
    shelf: library.ClauseLibrary, tmp_path: Path
) -> None:
    write_clause(
        tmp_path,
        "derogations-au-ccag",
        "1. Le marché déroge au CCAG sous {{delai_jours}} jours.",
        piece="CCAP",
    )
    drafted = asked(library.load([tmp_path]), "derogations-au-ccag", "sanction")
    assert [article.clause.id for article in drafted.articles if article.clause] == [
        "sanction",
        "derogations-au-ccag",
    ]
    assert texts(drafted)[1].endswith("- L'article 1 déroge à l'article 14.1 du CCAG-TIC.")


def test_a_derogation_that_the_clause_lists_itself_is_not_listed_twice(
    shelf: library.ClauseLibrary, tmp_path: Path
) -> None:
    write_clause(
        tmp_path,
        "derogations-au-ccag",
        "1. Pénalités : {{article:sanction}}, sous {{delai_jours}} jours.",
        piece="CCAP",
    )
    assert (
        texts(asked(library.load([tmp_path]), "derogations-au-ccag", "sanction"))[1]
        == "1. Pénalités : l'article 1, sous 10 jours."
    )


def test_without_a_ccap_the_derogation_is_said(shelf: library.ClauseLibrary) -> None:
    problem = next(one for one in asked(shelf, "bilan").problems if one.code == "derogation-to-list")
    assert "CCAG-TIC art. 4 et 5" in problem.message


def test_a_kit_gives_its_values_to_every_clause_and_its_note(shelf: library.ClauseLibrary) -> None:
    drafted = asked(shelf, "kit-complet")
    assert texts(drafted)[0] == "1. Délai de 4 jours, selon l'article 1 du CCAP."
    assert drafted.justification is not None
    assert drafted.justification.text == "## Besoin\nRemise sous 4 jours, l'article 1 du CCTP."
    assert drafted.title == "Titre de kit-complet"
    assert asked(shelf, "complet") == drafted


def test_incompatible_clauses_and_absent_companions_are_said(shelf: library.ClauseLibrary) -> None:
    problems = {one.code: one for one in asked(shelf, "liste", "note").problems}
    assert problems["incompatible-clauses"].severity is Severity.ERROR
    assert (
        "sanction" in next(one for one in asked(shelf, "liste").problems if one.code == "companions").message
    )


def test_a_list_takes_its_own_lines_where_it_stands_alone(shelf: library.ClauseLibrary) -> None:
    assert texts(asked(shelf, "bilan", values={"points": "a, b ; c"}))[0].endswith(":\n\n- a, b\n- c")


def test_unknown_fields_values_and_names_are_refused(shelf: library.ClauseLibrary) -> None:
    with pytest.raises(UsageError, match="Vouliez-vous dire delai_jours"):
        asked(shelf, "liste", values={"delai_jour": "3"})
    with pytest.raises(UsageError, match="attend un nombre entier"):
        asked(shelf, "liste", values={"delai_jours": "beaucoup"})
    with pytest.raises(UsageError, match="Vouliez-vous dire « liste »"):
        asked(shelf, "listes")
    with pytest.raises(UsageError, match="Il manque la clause"):
        asked(shelf)


def test_a_value_cannot_bring_a_field_or_a_mark_of_its_own(
    shelf: library.ClauseLibrary, tmp_path: Path
) -> None:
    write_clause(tmp_path, "libre", "1. Objet : {{objet}}.", fields=[field("objet", "texte")])
    (text,) = texts(asked(library.load([tmp_path]), "libre", values={"objet": "{{delai_jours}} # [^1] `x`"}))
    assert text == r"1. Objet : \{\{delai_jours\}\} \# \[\^1\] \`x\`."


def test_a_wording_that_was_adapted_takes_the_place_of_the_clauses_own(shelf: library.ClauseLibrary) -> None:
    drafted = draft(
        shelf,
        Request(
            ("liste",), {}, wordings={"liste": Wording("1. Sous {{delai_jours}} jours francs.", "modèle")}
        ),
    )
    assert (texts(drafted), drafted.articles[0].adapted_by) == (["1. Sous 10 jours francs."], "modèle")


def test_a_form_shows_the_fields_of_the_wordings_asked_for(shelf: library.ClauseLibrary) -> None:
    assert [(one.name, one.default) for one in form_of_request(shelf, Request(("kit-complet",), {}))] == [
        ("delai_jours", "4"),
        ("poids", None),
        ("montant", None),
        ("points", None),
    ]


def test_the_markdown_has_articles_footnotes_and_the_risk_note(shelf: library.ClauseLibrary) -> None:
    lines = rendering.markdown(asked(shelf, "kit-complet", values={"montant": "500"})).splitlines()
    assert lines[0] == "# Titre de kit-complet"
    assert [line for line in lines if line.startswith("## ")] == [
        "## Cahier des clauses techniques particulières (CCTP)",
        "## Cahier des clauses administratives particulières (CCAP)",
        "## Annexes",
        f"## {rendering.JUSTIFICATION_TITLE}",
        f"## {rendering.RISK_NOTE_TITLE}",
    ]
    assert "### Article 1 : Titre de liste" in lines
    assert "1. Délai de 4 jours, selon l'article 1 du CCAP.[^cctp-liste]" in lines
    assert (
        "[^cctp-liste]: Fondement : Code de la commande publique, art. L. 2112-2 et L. 2112-3. Vérifié le 25 novembre 2026."
        in lines
    )
    assert "### Annexe 1 : Titre de bilan" in lines
    assert "### Besoin" in lines
    assert (
        "| Libellé de delai_jours | 4 jours | proposée par la clause modèle, à confirmer |" not in lines
    )  # the kit's own field has no unit
    assert "| Libellé de montant | 500 | donnée par l'acheteur |" in lines
    assert "| Libellé de poids | [À COMPLÉTER : Libellé de poids] | à décider |" in lines
    assert "Niveau 3 (fort). **Risque contentieux : faible.**" in lines
    assert "- Elle n'empêche pas une panne." in lines
    assert (
        "*Projet tiré de clauses modèles, droit vérifié le 25 novembre 2026. À relire avant publication. Champs à compléter : 2.*"
        in lines
    )


def test_articles_alone_when_the_notes_are_not_wanted(shelf: library.ClauseLibrary) -> None:
    text = rendering.markdown(
        asked(shelf, "kit-complet"), parts=rendering.Parts(justification=False, risk_note=False)
    )
    assert "Note de" not in text
    assert "### Article 1 : Titre de liste" in text


def test_a_footnote_stands_after_the_first_paragraph_whatever_it_is(tmp_path: Path) -> None:
    bodies = {
        "items": ("1. Un.\n2. Deux.", "1. Un.[^x]\n2. Deux."),
        "wrapped": ("Un texte\nsur deux lignes.\n\nSuite.", "Un texte\nsur deux lignes.[^x]\n\nSuite."),
        "heading": ("### Partie\n\nTexte.", "### Partie\n\nTexte.[^x]"),
        "table": ("| a | b |\n|---|---|\n| 1 | 2 |", "| a | b |\n|---|---|\n| 1 | 2 |\n\nFondement.[^x]"),
        "before a table": ("1. Voici :\n| a |\n|---|\n", "1. Voici :[^x]\n| a |\n|---|\n"),
    }
    for name, (body, noted) in bodies.items():
        assert rendering._noted(body, "[^x]") == noted, name


def test_the_json_has_the_text_of_each_article_and_where_its_fields_stand(
    shelf: library.ClauseLibrary,
) -> None:
    value = rendering.draft_json(asked(shelf, "liste"))
    article = value["pieces"][0]["articles"][0]
    assert value["pieces"][0]["piece"] == "CCTP"
    assert article["text"][article["fields"][0]["start"] : article["fields"][0]["end"]] == "10"
    assert (article["clause"], article["level"], article["risk"]["level"]) == ("liste", 2, "faible")
    assert article["legal_basis"] == [
        {"work": "CCP", "article": "L2112-2"},
        {"work": "CCP", "article": "L2112-3"},
    ]
    assert value["missing"] == []


def test_what_is_wrong_is_said_field_by_field_and_the_rest_stands(shelf: library.ClauseLibrary) -> None:
    values = {"delai_jours": "bientôt", "montant": "12 000 €", "points": "a ; b", "inconnu": "x"}
    assert faults(shelf, Request(("kit-complet",), values)) == {
        "delai_jours": "« bientôt » ne convient pas : ce champ attend un nombre entier."
    }
    assert faults(shelf, Request(("kit-complet",), {"delai_jours": " ", "montant": "cher"})) == {
        "montant": "« cher » ne convient pas : ce champ attend un montant en euros, par exemple 15 000 ou 1250,50."
    }


def test_what_the_clause_refuses_is_wrong_though_the_kit_takes_it(tmp_path: Path) -> None:
    write_clause(tmp_path, "delai", "1. Sous {{delai}} jours.", fields=[field("delai", "entier")])
    write_kit(
        tmp_path,
        "kit-large",
        [piece("CCTP", ("delai", 2))],
        fields=[field("delai", "texte")],
        justification="Besoin.",
    )
    held = library.load([tmp_path])
    assert faults(held, Request(("kit-large",), {"delai": "dix"})) == {
        "delai": "« dix » ne convient pas : ce champ attend un nombre entier."
    }
    assert faults(held, Request(("kit-large",), {"delai": "10"})) == {}


def test_fields_are_grouped_the_kits_first_then_by_clause_as_the_pieces_have_them(
    shelf: library.ClauseLibrary,
) -> None:
    groups = form_groups(shelf, Request(("kit-complet",), {}))
    assert [
        (
            one.chosen.place if one.chosen else None,
            one.chosen.clause.id if one.chosen else "kit",
            [field.name for field in one.fields],
        )
        for one in groups
    ] == [
        (None, "kit", ["delai_jours"]),
        (Place.CCTP, "liste", []),
        (Place.CCTP, "note", ["poids"]),
        (Place.CCAP, "sanction", ["montant"]),
        (Place.ANNEX, "bilan", ["points"]),
    ]
    assert {one.name for group in groups for one in group.fields} == {
        one.name for one in form_of_request(shelf, Request(("kit-complet",), {}))
    }


def test_every_field_of_every_kit_stands_in_one_group() -> None:
    held = library.load([ROOT / "corpus" / "clauses"])
    for kit in held.kits:
        request = Request((kit.id,), {})
        grouped = [one.name for group in form_groups(held, request) for one in group.fields]
        assert sorted(grouped) == sorted(one.name for one in form_of_request(held, request))
