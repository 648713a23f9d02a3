"""Catalogues and their search, the plan, what is kept and whose it is, and the files that are written."""

import io
import stat
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from assistant import office
from assistant.drafting import library
from assistant.errors import UsageError
from assistant.reach import EVERYWHERE
from assistant.reading.tables import read_tables
from assistant.shipped import CORPUS
from assistant.sourcing import outputs, picture
from assistant.sourcing.catalogues import Filters, Searcher, read_catalogue
from assistant.sourcing.contracts import IndexedContract, Stated
from assistant.sourcing.desk import RANGES_FILE, Dependencies
from assistant.sourcing.exposure import exposures
from assistant.sourcing.plan import Ranges, plan
from assistant.sourcing.register import Sensitivity
from tests.conftest import SHARED
from tests.fakes import FakeEmbedding
from tests.sourcing.made import TODAY, application, csv

LIST = csv(
    "Services qualifiés au 1er mars 2026",
    "Service;Prestataire;Périmètre;Qualification;Hébergement;Licence;Qualifié le;Fin de validité;Maison mère",
    "Nuage A;Soc. A;hébergement de serveurs virtuels;SecNumCloud;France;;01/02/2026;01/02/2029;Holding Z (Canada)",
    "Visio B;Soc. B;visioconférence chiffrée;;France;AGPL-3.0;01/02/2020;;",
    "Visio C;Soc. C;réunions en ligne;;Irlande;propriétaire;;31/12/2025;",
)
QUESTIONS = "1. L'acheteur prépare : {{objet_sourcage}}. Réponses à {{contact_sourcage}} jusqu'au {{date_reponse}}, par {{mode_information}}."


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Dependencies]:
    quoted = Stated("visioconférence", "L'accord-cadre a pour objet la visioconférence.", "CCAP.pdf", (1,))
    framework = IndexedContract(
        "f",
        "AC visio",
        ("AC-9",),
        "visioconference",
        date(2028, 1, 1),
        is_framework=True,
        buyer="Centrale Q",
        object_said=quoted,
    )
    made = Dependencies(
        tmp_path,
        lambda source, name: read_tables(source if isinstance(source, bytes) else source.read_bytes(), name),
        FakeEmbedding,
        lambda _, __: (framework,),
        lambda: QUESTIONS,
    )
    yield made
    made.kept.close()


def test_a_catalogue_says_its_source_its_age_and_what_it_does_not_know() -> None:
    found = read_catalogue(
        read_tables(LIST, "liste.csv"), "liste.csv", "Qualifiés", source="Agence", licence="LO"
    )
    cloud, old, ended = found.entries
    assert (cloud.publisher, cloud.qualification, cloud.until, cloud.owner) == (
        "Soc. A",
        "SecNumCloud",
        date(2029, 2, 1),
        "Holding Z (Canada)",
    )
    assert cloud.age(TODAY) == "fiche du 1er février 2026, il y a 9 mois"
    assert old.age(TODAY).endswith("il y a 6 ans et 9 mois : ancienne, à vérifier avant de s'y fier")
    assert ended.age(TODAY) == "sans date : son âge ne peut pas être dit"
    assert ended.over(TODAY) == "a pris fin le 31 décembre 2025"
    assert (old.is_free, ended.is_free, cloud.is_free) == (True, False, None)
    assert [problem.code for problem in found.problems] == ["undated"]
    with pytest.raises(UsageError, match="ne nomme pas de solutions"):
        read_catalogue(read_tables(csv("a;b", "1;2"), "x.csv"), "x.csv", "X")


def test_a_list_of_lots_is_read_by_what_its_headers_begin_with_and_its_sentences() -> None:
    lots = csv(
        "N° AC;Famille d'achat;Lot;Prestations et fournitures couvertes;Titulaire du lot;Terme",
        "AC-1;Postes;1;Ordinateurs portables neufs et sacoches;Hortense;2028-03-31",
        "AC-1;Postes;2;Écrans et unités centrales fixes;Hortense;2028-03-31",
    )
    (first, _) = read_catalogue(read_tables(lots, "lots.csv"), "lots.csv", "Lots").entries
    assert first.name == "Ordinateurs portables neufs et sacoches"
    assert (first.publisher, first.framework) == ("Hortense", "AC-1")
    assert "Ordinateurs portables" in first.function
    solutions = csv(
        "Solution;À quoi ça sert;Proposée par",
        "Capucine;Actes de naissance, de mariage et de décès;Orméa",
        "Urnalys;Suivi des inscriptions sur la liste électorale;Orméa",
    )
    (first, _) = read_catalogue(read_tables(solutions, "s.csv"), "s.csv", "Solutions").entries
    assert (first.name, first.publisher) == ("Capucine", "Orméa")
    assert first.function == "Actes de naissance, de mariage et de décès"


def test_search_gives_several_candidates_and_filters_never_look_at_nationality() -> None:
    found = read_catalogue(read_tables(LIST, "liste.csv"), "liste.csv", "Qualifiés")
    searcher = Searcher(found.entries)
    names = [one.entry.name for one in searcher.search("se réunir à distance en visio", TODAY)]
    assert names[0] == "Visio B"
    assert set(names) == {"Nuage A", "Visio B", "Visio C"}
    assert [one.entry.name for one in searcher.search("visio", TODAY, Filters(free=True))] == ["Visio B"]
    assert [
        one.entry.name for one in searcher.search("hébergement", TODAY, Filters(qualification="secnumcloud"))
    ] == ["Nuage A"]
    assert searcher.search("visio", TODAY, Filters(sourced=True)) == ()
    assert not {"nationality", "country", "owner", "publisher"} & set(Filters.__dataclass_fields__)
    with pytest.raises(UsageError, match="vide"):
        searcher.search("  ", TODAY)


def test_the_sill_is_read_with_its_functions_licences_and_years() -> None:
    path = SHARED / "data" / "catalogues" / "sill-2020.csv"
    if not path.is_file():
        pytest.skip("les catalogues de ../shared sont absents")
    found = read_catalogue(read_tables(path.read_bytes(), path.name), path.name, "SILL", source="DINUM")
    assert len(found.entries) == 225
    zip_ = next(one for one in found.entries if one.name == "7zip")
    assert (zip_.licence, zip_.is_free, zip_.status, zip_.dated, zip_.owner) == (
        "LGPL-2.0-only",
        True,
        "recommandé",
        date(2021, 12, 31),
        "",
    )
    best = Searcher(found.entries).search("faire des réunions en visio", TODAY, limit=5)
    assert {"Jitsi", "BigBlueButton"} <= {one.entry.name for one in best}


def test_each_account_sees_its_own_registers_and_the_shared_catalogues(
    desk: Dependencies, tmp_path: Path
) -> None:
    data = csv("Application;Éditeur;Fonction", "Visio;Soc. C;visioconférence")
    desk.import_register("claire", data, "r.csv", member="Bourg")
    desk.import_catalogue("claire", LIST, "liste.csv", title="À moi")
    desk.import_catalogue("admin", LIST, "liste.csv", title="À tous", shared=True)
    assert [one.member for one in desk.listed("claire")] == ["Bourg"]
    assert desk.listed("paul") == ()
    assert [one.title for one in desk.kept.catalogues("paul")] == ["À tous"]
    assert [one.title for one in desk.kept.catalogues("claire")] == ["À moi", "À tous"]
    for asked in (
        lambda: desk.kept.register("paul", "Bourg"),
        lambda: desk.exposures("paul", "Bourg", TODAY),
        lambda: desk.plan("paul", "", TODAY),
        lambda: desk.kept.forget("paul", "Bourg"),
    ):
        with pytest.raises(UsageError, match="Aucun registre"):
            asked()
    assert stat.S_IMODE((tmp_path / "dependances.sqlite").stat().st_mode) == 0o600
    assert desk.kept.purge(owner="claire") == 1
    assert [one.title for one in desk.kept.catalogues("claire")] == ["À tous"]


def test_two_members_of_one_name_are_asked_about_and_what_is_kept_comes_back_whole(
    desk: Dependencies,
) -> None:
    data = csv(
        "Membre;Application;Coût annuel HT;Fin;Couleur",
        "Saint-Martin;Visio;0 €;31/12/2027;bleu",
        "Bourg;Paie;1 200 €;;",
    )
    imported = desk.import_register("c", data, "r.csv")
    assert [one.member for one in imported.registers] == ["Saint-Martin", "Bourg"]
    assert desk.kept.register("c", "saint-martin") == imported.registers[0]
    assert imported.registers[0].applications[0].yearly_cost == Decimal(0)
    with pytest.raises(UsageError, match="peuvent porter le même nom"):
        desk.import_register("c", data, "r.csv")
    desk.import_register("c", data, "r.csv", replace_known=True)
    desk.kept.add("c", application(member="Bourg"))
    assert [one.name for one in desk.kept.applications("c", "Bourg")] == ["Paie", "Cimetix"]


def test_the_plan_orders_by_risk_and_end_and_says_why(desk: Dependencies, tmp_path: Path) -> None:
    lines = [
        application(
            name="Calme", function="capture d'écran", contract_end=date(2035, 1, 1), host="salle serveur"
        ),
        application(
            name="Risque",
            function="messagerie",
            contract_end=date(2027, 1, 31),
            host="Soc. H (États-Unis)",
            sensitivity=Sensitivity.PERSONAL,
            users=1500,
            yearly_cost=Decimal(9000),
        ),
    ]
    made = plan(exposures(lines, TODAY), TODAY)
    first = made.steps[0]
    assert (first.exposure.application.name, first.kind) == ("Risque", "Messagerie et agenda")
    assert (first.months.least, first.months.most) == (8, 24)
    assert first.latest_start == date(2024, 4, 30)
    assert {"non-suspension-unilaterale", "gestion-des-cles"} <= {id_ for id_, _ in first.clauses}
    assert "il fallait commencer le 30 avril 2024" in first.rank
    own = tmp_path / RANGES_FILE
    own.write_text(
        '[consultation]\nmonths=[1,2]\nreason="vite"\n[sourced]\nmonths=[0,1]\nreason="bon"\n[[kind]]\nid="x"\nlabel="Tout"\nmonths=[3,4]\nreason="nous"\nfunctions=[]\n'
    )
    assert plan(exposures(lines, TODAY), TODAY, desk.ranges()).steps[0].months.said == "3 à 4 mois"
    own.write_text(own.read_text().replace("[3,4]", "[4,3]"))
    with pytest.raises(UsageError, match="le plus petit d'abord"):
        desk.ranges()
    with pytest.raises(UsageError, match="n'est pas du TOML"):
        Ranges.own("[", "x.toml")


def test_every_clause_that_the_plan_names_is_in_the_library() -> None:
    known = {clause.id for clause in library.load((CORPUS / "clauses",)).clauses}
    named = {id_ for ids in Ranges.shipped().table["clauses"].values() for id_ in ids}
    assert len(named) > 20
    assert named <= known


def test_framework_agreements_of_the_index_are_already_sourced_with_their_page(desk: Dependencies) -> None:
    desk.import_frameworks("c", "Déjà passés", "", EVERYWHERE, date(2026, 11, 1))
    desk.import_register("c", csv("Application;Fonction", "Visio;visioconférence"), "r.csv", member="Bourg")
    (one,) = desk.search("c", "visioconférence", TODAY, Filters(sourced=True))
    assert (one.entry.central, one.entry.framework, one.entry.page, one.entry.until) == (
        "Centrale Q",
        "AC-9",
        "CCAP.pdf, p. 1",
        date(2028, 1, 1),
    )
    assert desk.plan("c", "Bourg", TODAY).steps[0].before.said == "1 à 3 mois"
    with pytest.raises(UsageError, match="Aucun catalogue"):
        desk.search("paul", "visio", TODAY)


def test_files_hold_what_is_shown_and_no_formula(desk: Dependencies, tmp_path: Path) -> None:
    desk.import_register(
        "c",
        csv(
            "Application;Fonction;Coût annuel HT;Hébergeur",
            "=1+1;paie | *x*;10 €;Soc. H (Chine)",
            "Sans prix;visio;;",
        ),
        "r.csv",
        member="Bourg",
    )
    made = desk.plan("c", "Bourg", TODAY)
    book = openpyxl.load_workbook(io.BytesIO(outputs.workbook(made)))
    assert {"Registre", "Exposition", "Scores", "Plan"} <= set(book.sheetnames)
    assert {cell.data_type for row in book["Registre"].iter_rows(min_col=2, max_col=2) for cell in row} == {
        "s"
    }
    assert {
        cell.value: cell.quotePrefix
        for row in book["Registre"].iter_rows(min_col=2, max_col=2)
        for cell in row
    } == {"Application": False, "=1+1": True, "Sans prix": False}  # typed over, it stays text
    total = {row[1]: row[-1] for row in book["Scores"].iter_rows(min_row=2, values_only=True)}
    assert total == {step.exposure.application.name: step.exposure.score for step in made.steps}
    drawn = picture.picture(made, "Bourg <b>")
    assert "Bourg &lt;b&gt;" in drawn
    assert "Coût non dit : pas placées" in drawn
    office.write(outputs.report(made, "Dépendances de Bourg"), tmp_path / "p.odt")
    asked = desk.rfi(made, "Bourg", answers_by=date(2027, 1, 15))
    assert "jusqu'au 15/01/2027" in asked
    assert "[adresse à compléter]" in asked
    assert "CCP R2111-1" in asked
    assert "=1+1" not in asked
    with pytest.raises(UsageError, match="n'a cette fonction"):
        desk.rfi(made, "Bourg", ["cuisine"])
