"""What a batch leaves: a workbook with links and filters, one HTML file that needs nothing else, a sheet a consultation."""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest

from assistant import office, reading
from assistant.datatypes import Failure, Kind, Task
from assistant.errors import UsageError
from assistant.summaries.fields.levers import LEVERS, profile
from assistant.summaries.fields.merge import merged
from assistant.summaries.fields.summarise import summarise
from assistant.summaries.fields.summary import FIELDS, Consultation
from assistant.summaries.outputs import leaflet, phrases, report, writing
from assistant.summaries.outputs.picture import Picture
from assistant.summaries.outputs.workbook import Table
from assistant.summaries.overview import extracts
from assistant.workspace import Workspace
from tests.summaries import made_pieces, made_tenders

ROOT = Path(__file__).resolve().parents[2]


def read(name: str, data: bytes) -> reading.Document:  # type: ignore[name-defined]
    return reading.read_bytes(data, name, kind=Kind.TENDER, collection="essai")


def consultation(
    seed: int = 0, plants: tuple[str, ...] = ("duree_initiale",)
) -> tuple[Consultation, dict[str, str]]:
    files = made_tenders.tender(seed, plants)
    made = merged(
        f"marché {seed}",
        "/dossiers/marché",
        [summarise(read(name, data), name) for name, data in files.items()],
    )
    return made, {name: f"/dossiers/marché {seed}/{name}" for name in files}


def book(*made: tuple[Consultation, dict[str, str]], failures: tuple[Failure, ...] = ()) -> openpyxl.Workbook:
    reviewed = any(one.reviewed_on for one, _ in made)
    table, picture = Table(reviewed), Picture()
    for one, origins in made:
        table.add(one, origins)
        picture.add(one)
    return openpyxl.load_workbook(io.BytesIO(table.bytes(picture, failures)))


def page_of(*made: tuple[Consultation, dict[str, str]], failures: tuple[Failure, ...] = ()) -> str:
    picture = Picture()

    def counted() -> Iterator[tuple[Consultation, dict[str, str]]]:
        for one, origins in made:
            picture.add(one)
            yield one, origins

    return "".join(report.pages(counted(), picture, failures, "Relevé"))


def test_the_workbook_has_one_row_a_consultation_with_links_to_the_pages() -> None:
    made = consultation(3)
    sheets = book(made, consultation(1, ()))
    assert sheets.sheetnames == [
        "Consultations",
        "Champs",
        "Contradictions",
        "Souveraineté",
        "Vue d'ensemble",
        "Échecs",
    ]
    main = sheets["Consultations"]
    titles = [cell.value for cell in main[1]]
    assert titles == [
        "Consultation",
        "Ouvrir",
        "Pièces",
        "Contradictions",
        *(title for label in FIELDS.values() for title in (label, "p.")),
    ]
    assert [main.cell(row, 1).value for row in (2, 3)] == ["marché 3", "marché 1"]
    deadline = main.cell(2, titles.index("Date limite de remise") + 1)
    assert deadline.value == f"{made_tenders.facts(3).deadline} à {made_tenders.facts(3).hour}\u00a0h"
    addresses = [cell.hyperlink.target for cell in main[2] if cell.hyperlink]
    assert all(address.startswith("file:///dossiers/march%C3%A9") for address in addresses)
    said = [cell for cell in main[2][4::2] if cell.value]
    assert all(main.cell(2, cell.column + 1).hyperlink for cell in said)
    fields = sheets["Champs"]
    from_pdf = next(row for row in fields.iter_rows(min_row=2) if row[3].value == "AE.pdf")
    assert from_pdf[4].hyperlink.target.endswith("/AE.pdf#page=1")
    assert from_pdf[4].value == "p. 1"
    assert main.auto_filter.ref
    assert main.freeze_panes == "B2"
    assert main.column_dimensions["E"].width > 30


def test_the_workbook_lists_contradictions_failures_and_shares() -> None:
    sheets = book(
        consultation(0),
        consultation(1, ()),
        failures=(Failure("abîmé.pdf", "Il est tronqué.", "Téléchargez-le."),),
    )
    rows = [[cell.value for cell in row] for row in sheets["Contradictions"].iter_rows(min_row=2)]
    assert {row[1] for row in rows} == {"Durée initiale"}
    assert len(rows) >= 2
    assert "prévaut" in rows[0][2]
    assert all(row[5] for row in rows)
    assert [cell.value for cell in sheets["Échecs"][2]] == ["abîmé.pdf", "Il est tronqué.", "Téléchargez-le."]
    shares = [cell.value for cell in sheets["Souveraineté"][sheets["Souveraineté"].max_row]]
    assert shares[0] == "Part des 2 consultations"
    assert shares[1 + list(LEVERS).index("reversibilite")] == 1
    assert shares[1 + list(LEVERS).index("localisation")] == 0


def test_a_document_cannot_put_a_formula_into_the_workbook() -> None:
    text = 'RÈGLEMENT DE LA CONSULTATION\nPouvoir adjudicateur : Ville de Castelmaure\nObjet de la consultation : =HYPERLINK("http://mal.example";"x") travaux de voirie\n'
    made = merged("=1+1", "/x", [summarise(read("RC.txt", text.encode()), "RC.txt")])
    cells = [
        cell for sheet_ in book((made, {"RC.txt": "/x/RC.txt"})) for row in sheet_.iter_rows() for cell in row
    ]
    formulas = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert formulas
    assert all(cell.quotePrefix for cell in formulas)  # typed over, it stays text
    assert [cell.coordinate for cell in cells if cell.data_type == "f"] == []


def test_the_report_is_one_file_that_asks_for_nothing_and_shows_words_in_their_place() -> None:
    made, origins = consultation(0)
    page = page_of((made, origins), failures=(Failure("abîmé.pdf", "Il est tronqué."),))
    assert not re.search(r'(?:src|href)="https?:|@import|url\(', page)
    quote = made.statement("penalites_retard").field.quote  # type: ignore[union-attr]
    assert f"<mark>{quote}" in page.replace("&#x27;", "'")
    assert "Ce que demande 1 consultation<" in page
    assert page.count('class="warn"') == len(made.contradictions)
    assert "abîmé.pdf" in page
    assert page.index('id="folder"') > page.index("marché 0")  # it comes last and is shown first


def test_words_of_a_document_are_never_tags_of_the_report() -> None:
    text = "RÈGLEMENT DE LA CONSULTATION\nPouvoir adjudicateur : Ville de <script>alert(1)</script>\nObjet de la consultation : <img src=x onerror=alert(1)> travaux\n"
    made = merged("a<b>", "/x", [summarise(read("RC.txt", text.encode()), "RC.txt")])
    page = page_of((made, {"RC.txt": "/x/RC.txt"}))
    assert "<img" not in page
    assert "<script>alert" not in page
    assert "a&lt;b&gt;" in page


def test_the_sheet_says_what_no_piece_says() -> None:
    made, _ = consultation(0)
    text = leaflet.markdown(made)
    assert text.startswith("# marché 0\n")
    assert "## Contradictions entre les pièces" in text
    assert "Aucune pièce ne dit : " in text
    assert "localisation des données" in text.split("Aucune pièce ne dit")[1]
    assert "ccag" not in text
    assert "Ordre de préséance, tel que le contrat l'énonce : AE, CCAP, CCTP." in text


LONG_OBJECT = (
    "CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES\n\nArticle 1 - Objet\nLe présent marché a pour objet l'entretien des espaces verts de la ville, de ses écoles, "
    "de ses cimetières, de ses stades, de ses ronds-points, de ses berges, de ses chemins creux, de ses aires de jeux, de ses jardins familiaux, de ses squares, de "
    "ses parkings et de ses allées plantées, ainsi que la taille des haies.\n\nArticle 9 - Assurance\nLe titulaire souscrit une assurance de responsabilité civile "
    "avant tout commencement.\n"
)


def alone(text: str) -> tuple[Consultation, dict[str, str]]:
    return merged("marché", "/dossiers/marché", [summarise(read("CCAP.txt", text.encode()), "CCAP.txt")]), {
        "CCAP.txt": "/dossiers/marché/CCAP.txt"
    }


def test_a_sheet_says_a_clause_once_and_has_no_column_for_pages_that_are_not() -> None:
    text = leaflet.markdown(alone(LONG_OBJECT)[0])
    assert "| Champ | Valeur | Extrait |\n|---|---|---|" in text
    row = next(line for line in text.splitlines() if line.startswith("| Assurance "))
    assert (
        row
        == "| Assurance | Le titulaire souscrit une assurance de responsabilité civile avant tout commencement. |  |"
    )


def test_the_report_cuts_a_long_object_between_two_words_and_says_so() -> None:
    lead = re.search(r"<p>([^<]*espaces verts[^<]*)</p>", page_of(alone(LONG_OBJECT)).replace("&#x27;", "'"))
    assert lead is not None
    assert lead.group(1).endswith("…")
    assert f"{lead.group(1).removesuffix('…')} " in " ".join(LONG_OBJECT.split())


def test_a_number_and_its_unit_stay_on_one_line() -> None:
    assert (
        phrases.kept_together("1er mars 2027 à 12 h 30 ; 90 000 € (40 %)")
        == "1er mars 2027 à 12\u00a0h 30 ; 90 000\u00a0€ (40\u00a0%)"
    )


WORDS = (
    "1. Objet du marché", "- tiret", "# titre", "2) deux", "(1) liste", "a) liste", "i. romain", "n° 3-4 (a*b_c) [x](http://a.b) <b>&amp; A & B", "a | b", ": défini",
    "=====", "%h", "www.x.fr et contact@ville.fr", "![i](u)", "~~x~~ ^2^", "l'accord-cadre vaut 10.000 € HT (60 % - Valeur)", "> cité", "\\suite", "Marché. Suite",
)  # fmt: skip


@pytest.mark.parametrize("words", WORDS)
def test_words_of_a_document_come_out_of_a_sheet_as_they_are(words: str) -> None:
    text = leaflet._plain(words)
    page = f"# T\n\n| a | b |\n|---|---|\n| {text} | x |\n\n{text}\n\n- {text}\n"
    read_back = " ".join(read("essai.odt", office.convert(page, "odt")).text.split())
    assert read_back.count(" ".join(words.split())) >= 3


def test_a_sheet_in_markdown_can_be_read_by_a_person() -> None:
    text = leaflet.markdown(consultation(0)[0])
    assert "\\-" not in text
    assert "\\." not in text
    assert "L'accord-cadre" in text


def test_the_levers_of_a_tender_are_those_that_its_words_use() -> None:
    name = "CCTP portail.md"
    made = merged("portail", "/x", [summarise(read(name, made_pieces.PIECES[name][0].encode()), name)])
    used = {one.name: one.extract.text for one in profile(made) if one.extract}
    assert set(used) == {
        "localisation",
        "qualification",
        "reversibilite",
        "formats_ouverts",
        "donnees_personnelles",
    }
    assert "SecNumCloud" in used["qualification"]


@pytest.mark.parametrize(
    ("lever", "words"),
    [
        ("formats_ouverts", "Les comptes sont exportés au format CSV."),
        ("droit_etranger", "Aucune équipe d'assistance située hors de l'Union n'accède aux contenus."),
        ("droit_etranger", "Le titulaire refuse toute demande d'une autorité d'un État tiers."),
        ("logiciel_libre", "Les développements sont publiés sous licence libre."),
    ],
)
def test_a_lever_is_known_in_other_words_too(lever: str, words: str) -> None:
    text = f"CAHIER DES CLAUSES TECHNIQUES PARTICULIÈRES\n\n1. Objet\nUn service en ligne.\n\n2. Exigences\n{words}\n"
    assert lever in {one.name for one in summarise(read("CCTP.txt", text.encode()), "CCTP.txt").levers}


def test_the_overview_is_made_of_the_document_s_own_sentences() -> None:
    name = "CCTP portail.md"
    document = read(name, made_pieces.PIECES[name][0].encode())
    overview = extracts(summarise(document, name))
    assert overview is not None
    assert all(part in " ".join(document.text.split()) for part in overview.split(" […] "))


@pytest.mark.parametrize("written", ["pdf", "", "xlsx,doc"])
def test_an_unknown_format_is_refused(written: str) -> None:
    with pytest.raises(UsageError, match="Format inconnu"):
        writing.chosen(written)


def test_the_command_summarises_says_failures_and_exits_so(tmp_path: Path) -> None:
    folder = made_tenders.write(tmp_path / "dce", 2)
    (folder / "abîmé.pdf").write_bytes(b"%PDF-1.7\n")
    environment = os.environ | {"ASSISTANT_HOME": str(tmp_path / "home"), "PYTHONPATH": str(ROOT)}
    command = [
        sys.executable,
        "-m",
        "assistant",
        "summarise",
        str(folder),
        "--out",
        str(tmp_path / "out"),
        "--no-model",
        "--format",
        "json,xlsx,html,odt,md",
        "--json",
    ]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path)
    assert done.returncode == 1, done.stderr
    said = json.loads(done.stdout)
    assert (said["documents"], said["consultations"], len(said["failures"])) == (5, 1, 1)
    assert "abîmé.pdf" in done.stderr
    names = {Path(path).name for path in said["files"]}
    assert names == {"consultations.xlsx", "rapport.html", "dce.odt", "dce.md"}
    assert all(Path(path).stat().st_size > 1000 for path in said["files"])
    again = json.loads(
        subprocess.run(command, env=environment, capture_output=True, text=True, cwd=tmp_path).stdout
    )
    assert (again["unchanged"], again["pages"]) == (5, 0)


def test_the_command_says_what_is_missing() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "summarise"], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 2
    assert "--out" in done.stderr


def test_the_default_model_is_given_only_what_it_has_earned(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    assert (Task.OVERVIEW in workspace.permitted()) is any(
        measure.permitted for measure in _overview_measures(workspace)
    )


def _overview_measures(workspace: Workspace) -> list[object]:
    from assistant.models.catalogue import measures

    return [
        one for one in measures(workspace.settings, workspace.settings.language) if one.task is Task.OVERVIEW
    ]  # type: ignore[misc]
