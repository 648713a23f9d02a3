from datetime import date
from pathlib import Path
from typing import Any

import pytest

from assistant.datatypes import FieldType, Place, Target
from assistant.drafting import library
from assistant.errors import CorpusError, UsageError
from assistant.settings import load as load_settings
from assistant.workspace import Workspace
from tests.drafting.made_clauses import WORDING, clause_text, field, front, piece, write_clause, write_kit


def only_failure(folder: Path) -> str:
    (failure,) = library.load([folder]).failures
    return f"{failure.message} {failure.hint}"


def test_a_clause_is_read_with_its_fields_levels_and_law(tmp_path: Path) -> None:
    write_clause(
        tmp_path, "liste", WORDING, WORDING, "1. Le titulaire remet la liste.", ccag="CCAG-TIC art. 14.1"
    )
    held = library.load([tmp_path])
    assert held.failures == ()
    clause = held.clause("liste")
    assert (clause.place, clause.verified_on, clause.derogations) == (
        Place.CCTP,
        date(2026, 11, 25),
        ("CCAG-TIC art. 14.1",),
    )
    assert clause.legal_basis == (Target("CCP", "L2112-2"), Target("CCP", "L2112-3"))
    assert [(one.name, one.type, one.unit, one.default) for one in clause.fields] == [
        ("delai_jours", FieldType.INTEGER, "jours", "10")
    ]
    assert [(one.level, one.wording) for one in clause.levels] == [
        (3, WORDING),
        (2, WORDING),
        (1, "1. Le titulaire remet la liste."),
    ]
    assert clause.purpose == "Elle protège l'acheteur."
    assert clause.at(1).risk.reasons == ("Peu contestable.",)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"id": "autre"}, "« id » vaut « autre » alors que le fichier s'appelle « liste »"),
        ({"id": "Liste Á"}, "« id » vaut « Liste Á »"),
        ({"title": "-"}, "« title » manque ou est vide"),
        ({"subject": "souverainete"}, "« subject » vaut « souverainete »"),
        ({"piece": "BPU"}, "« piece » vaut « BPU »"),
        ({"contracts": ["cloud", "avion"]}, "« contracts » contient « avion »"),
        ({"verified_on": "hier"}, "« verified_on » vaut « hier », qui n'est pas une date"),
        ({"legal_basis": []}, "« legal_basis » manque ou est vide"),
        ({"legal_bases": ["CCP L2112-2"]}, "« legal_bases » n'est pas un champ connu"),
        ({"companions": "autre"}, "« companions » n'est pas une liste de phrases"),
        ({"does_not_achieve": [{"a": "b"}]}, "« does_not_achieve » n'est pas une liste de phrases"),
        ({"fields": []}, "ne déclare pas {{delai_jours}}, que le niveau 3 emploie"),
        (
            {"fields": [field("delai_jours"), field("autre")]},
            "« fields » déclare « autre », qu'aucun niveau n'emploie",
        ),
        (
            {"fields": [field("delai_jours"), field("delai_jours")]},
            "« fields, delai_jours » n'a pas un nom qui convient",
        ),
        ({"fields": [field("délai")]}, "« fields, délai » n'a pas un nom qui convient"),
        ({"fields": [field("delai_jours", "nombre")]}, "« fields, delai_jours, type » vaut « nombre »"),
        (
            {"fields": [field("delai_jours", default="dix")]},
            "« fields, delai_jours, default » ne convient pas",
        ),
        (
            {"fields": [field("delai_jours", "choix")]},
            "« fields, delai_jours, choices » ne va pas avec le type",
        ),
        (
            {"fields": [field("delai_jours", choices=["a"])]},
            "« fields, delai_jours, choices » ne va pas avec le type",
        ),
        ({"fields": [field("delai_jours", help="")]}, "« fields, delai_jours, help » manque"),
        ({"fields": [field("delai_jours", aide="x")]}, "« fields, delai_jours » a un champ inconnu « aide »"),
        ({"levels": front("x")["levels"][:2]}, "« levels » n'a pas le niveau 1"),
        ({"levels": [front("x")["levels"][0]] * 3}, "« levels » a un niveau « 3 »"),
        (
            {"levels": [front("x")["levels"][0] | {"risk": "fort"}]},
            "« levels, niveau 3 » a un risque « fort »",
        ),
        (
            {"levels": [front("x")["levels"][0] | {"reasons": []}]},
            "« levels, niveau 3 » ne dit pas d'où vient le risque",
        ),
        (
            {"levels": [front("x")["levels"][0] | {"conditions": "rien"}]},
            "« levels, niveau 3, conditions » n'est pas une liste de phrases",
        ),
    ],
)
def test_a_fault_names_the_file_and_the_field(tmp_path: Path, changes: dict[str, Any], said: str) -> None:
    values = dict(changes)
    (tmp_path / "liste.md").write_text(
        clause_text("liste", **{key: value for key, value in values.items() if key != "id"}).replace(
            "id: liste", f"id: {values.get('id', 'liste')}"
        ),
        encoding="utf-8",
    )
    message = only_failure(tmp_path)
    assert said in message
    assert "liste.md" in message
    assert library.load([tmp_path]).clauses == ()


@pytest.mark.parametrize(
    ("body", "said"),
    [
        ("# T\n\n## Niveau 3 : fort\nx\n", "n'a pas de partie « ## Pourquoi cette clause »"),
        (
            "# T\n\n## Pourquoi cette clause\nx\n\n## Niveau 3 : fort\n{{delai_jours}}\n\n## Niveau 2 : équilibré\n",
            "niveau 2 » n'a pas de rédaction",
        ),
        ("# T\n\n## Pourquoi cette clause\nx\n\n## Annexe\ny\n", "le titre « Annexe » n'a pas sa place"),
    ],
)
def test_a_fault_of_the_body_names_the_part(tmp_path: Path, body: str, said: str) -> None:
    write_clause(tmp_path, "liste", body=body)
    assert said in only_failure(tmp_path)


def test_a_reference_brings_its_own_article(tmp_path: Path) -> None:
    write_clause(tmp_path, "autre")
    write_clause(tmp_path, "liste", "1. Selon l'article {{article:autre}}, dans les {{delai_jours}} jours.")
    assert "écrit « article {{article:autre}} »" in only_failure(tmp_path)


def test_broken_yaml_is_said_and_the_other_clauses_stand(tmp_path: Path) -> None:
    write_clause(tmp_path, "saine")
    (tmp_path / "cassee.md").write_text("---\nid: cassee\nlevels: [\n---\n# T\n", encoding="utf-8")
    held = library.load([tmp_path])
    assert [clause.id for clause in held.clauses] == ["saine"]
    assert "n'est pas du YAML valide" in held.failures[0].message
    with pytest.raises(CorpusError, match="n'est pas du YAML valide"):
        held.clause("cassee")


def test_names_that_lead_nowhere_are_said(tmp_path: Path) -> None:
    write_clause(
        tmp_path,
        "liste",
        "1. Voir {{article:absente}} sous {{delai_jours}} jours.",
        companions=["manquante"],
        incompatible=["disparue"],
    )
    said = [failure.message for failure in library.load([tmp_path]).failures]
    assert ["companions" in said[0], "incompatible" in said[1], "levels" in said[2]] == [True] * 3
    assert ["manquante" in said[0], "disparue" in said[1], "absente" in said[2]] == [True] * 3


def test_a_kit_is_read_and_contradictions_are_said(tmp_path: Path) -> None:
    write_clause(tmp_path, "une", incompatible=["deux"])
    write_clause(tmp_path, "deux")
    write_kit(tmp_path, "bon", [piece("CCTP", ("une", 3))], fields=[field("delai_jours", default=5)])
    write_kit(tmp_path, "contraire", [piece("CCTP", ("une", 3)), piece("CCAP", ("deux", 2))])
    write_kit(tmp_path, "perdu", [piece("CCTP", ("trois", 3))], fields=[field("inutile")])
    held = library.load([tmp_path])
    kit = held.kit("bon")
    assert [(part.place, [(one.id, one.level) for one in part.clauses]) for part in kit.pieces] == [
        (Place.CCTP, [("une", 3)])
    ]
    said = " | ".join(failure.message for failure in held.failures)
    assert "« une » et « deux » se contredisent" in said
    assert "« pieces » contient « trois », qui n'existe pas" in said
    assert "« fields » déclare « inutile », que rien n'emploie" in said


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"pieces": [piece("BPU", ("une", 2))]}, "« pieces » a une pièce « BPU »"),
        ({"pieces": [piece("CCTP", ("une", 4))]}, "« pieces, CCTP » a une clause mal écrite"),
        (
            {"pieces": [piece("CCTP", ("une", 3)), piece("AE", ("une", 2))]},
            "« pieces » contient deux fois « une »",
        ),
        ({"pieces": [{"piece": "CCTP", "clauses": []}]}, "« pieces, CCTP » n'a pas de clauses"),
        ({"justification": ""}, "« justification » manque ou est vide"),
        ({"niveau": 3}, "« niveau » n'est pas un champ connu"),
        ({"justification": "## Besoin\n{{inconnu}}"}, "« justification » emploie {{inconnu}}"),
    ],
)
def test_a_fault_of_a_kit_names_the_file_and_the_field(
    tmp_path: Path, changes: dict[str, Any], said: str
) -> None:
    write_clause(tmp_path, "une")
    write_kit(tmp_path, "essai", **({"pieces": [piece("CCTP", ("une", 3))]} | changes))
    message = only_failure(tmp_path)
    assert said in message
    assert "essai.yaml" in message


def test_an_unknown_name_offers_near_ones(tmp_path: Path) -> None:
    write_clause(tmp_path, "reversibilite")
    with pytest.raises(UsageError) as caught:
        library.load([tmp_path]).clause("reversibilitee")
    assert caught.value.hint == "Vouliez-vous dire « reversibilite » ?"


def test_a_folder_of_ones_own_joins_on_equal_terms(tmp_path: Path) -> None:
    own = tmp_path / "mes-clauses"
    own.mkdir()
    write_clause(own, "clause-maison", title="Clause de la maison")
    write_kit(own, "kit-maison", [piece("CCTP", ("clause-maison", 2), ("chiffrement-donnees", 2))])
    (own / "README.md").write_text("Nos clauses.", encoding="utf-8")
    (tmp_path / "settings.toml").write_text('clauses = "mes-clauses"\n', encoding="utf-8")
    assert load_settings(tmp_path).clauses == "mes-clauses"
    held = Workspace(tmp_path).clause_library()
    assert held.clause("clause-maison").title == "Clause de la maison"
    assert held.clause("chiffrement-donnees").place is Place.CCTP
    assert held.kit("kit-maison").pieces[0].clauses[0].id == "clause-maison"
    assert not [failure for failure in held.failures if "mes-clauses" in failure.origin]


def test_two_clauses_of_one_name_are_said_and_the_first_stands(tmp_path: Path) -> None:
    folders = [tmp_path / "a", tmp_path / "b"]
    for folder in folders:
        folder.mkdir()
        write_clause(folder, "liste", title=f"De {folder.name}")
    held = library.load(folders)
    assert held.clause("liste").title == "De a"
    assert "est à la fois dans" in held.failures[0].message


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(CorpusError, match=r"n'existe pas.*settings\.toml"):
        library.load([tmp_path / "absent"])
