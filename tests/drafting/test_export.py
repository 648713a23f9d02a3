"""Drafts as files: written by pandoc with our styles, read back by the project's own readers."""

import io
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest

from assistant import office, reading
from assistant.datatypes import Document, Draft, Kind
from assistant.drafting import library, rendering
from assistant.drafting.drafter import Request, draft, form_of_request
from assistant.errors import ExportError, UsageError
from assistant.office import reference_styles
from assistant.workspace import CLAUSES
from tests.drafting.made_clauses import write_clause
from tests.drafting.samples import sample

KITS = sorted(path.stem for path in (CLAUSES / "kits").glob("*.yaml"))


@pytest.fixture(scope="module")
def shelf() -> library.ClauseLibrary:
    return library.load([CLAUSES])


def filled(shelf: library.ClauseLibrary, *ids: str, level: int | None = None) -> Draft:
    values = {field.name: sample(field) for field in form_of_request(shelf, Request(ids, {}, level))}
    return draft(shelf, Request(ids, values, level))


def read_back(drafted: Draft, office_format: str) -> Document:
    data = office.convert(rendering.office_markdown(drafted), office_format)
    return reading.read_bytes(data, f"projet.{office_format}", kind=Kind.FRAMEWORK, collection="essai")


def words(text: str) -> list[str]:
    return re.sub(r"[\s|]+", " ", text).split()


def written(drafted: Draft) -> tuple[list[str], list[str]]:
    """The words that a reader of the Markdown sees, and those of its footnotes: marks off, list numbers kept."""
    text = rendering.markdown(drafted)
    notes = re.findall(r"^\[\^[^\]]+\]: (.*)$", text, re.MULTILINE)
    text = re.sub(r"^\[\^[^\]]+\]: .*$|^\|[-|]+\|$", "", text, flags=re.MULTILINE)
    text = re.sub(r"\[\^[^\]]+\]|^#+ |^ *- |\*", "", text, flags=re.MULTILINE)
    return words(re.sub(r"\\(.)", r"\1", text)), words(" ".join(notes))


def read(document: Document) -> tuple[list[str], list[str]]:
    """The words of a document and those of its footnotes, which the two readers place and name each in its way; bullets off."""
    notes = re.findall(r"\(note : (.*? 20\d\d\.)\)|^Note \d+ : (.*)$", document.text, re.MULTILINE)
    body = re.sub(
        r" ?\(note : .*? 20\d\d\.\)|^Note \d+ : .*$|^[•◦▪–] ", "", document.text, flags=re.MULTILINE
    )
    return words(body), words(" ".join(one or other for one, other in notes))


@pytest.mark.parametrize("office_format", ["odt", "docx"])
@pytest.mark.parametrize("kit", KITS)
def test_a_kit_read_back_has_the_very_words_and_headings(
    shelf: library.ClauseLibrary, kit: str, office_format: str
) -> None:
    drafted = filled(shelf, kit)
    document = read_back(drafted, office_format)
    body, notes = read(document)
    wanted, wanted_notes = written(drafted)
    assert body == wanted
    assert notes == wanted_notes
    # The readers know « Article 7 : » for a number, and keep it apart from the title.
    labels = [" ".join(heading.label.split()) for heading in document.headings]
    for part in drafted.pieces:
        assert rendering.PIECE_TITLES[part.place] in labels
        for article in part.articles:
            assert rendering.article_title(part.place, article).replace(" : ", " ", 1) in labels
    assert document.source.title == drafted.title
    assert document.problems == ()


@pytest.mark.parametrize("level", [3, 2, 1])
def test_the_whole_library_read_back_is_the_same_in_both_formats(
    shelf: library.ClauseLibrary, level: int
) -> None:
    drafted = filled(shelf, *(clause.id for clause in shelf.clauses), level=level)
    odt, docx = read_back(drafted, "odt"), read_back(drafted, "docx")
    assert read(odt) == read(docx) == written(drafted)
    assert [heading.label for heading in odt.headings] == [heading.label for heading in docx.headings]


def test_values_of_every_sign_come_back_as_typed(tmp_path: Path) -> None:
    write_clause(
        tmp_path,
        "libre",
        "1. Objet : {{delai_jours}}.",
        fields=[{"name": "delai_jours", "label": "L", "type": "texte", "help": "h"}],
    )
    typed = r"A*B_c_ [d](e) `f` <g> | h ~i~ ^j^ $k$ @l #m {n} \o « p » 50 % 'q' -- ... {{r}} ![s](t)"
    drafted = draft(library.load([tmp_path]), Request(("libre",), {"delai_jours": typed}))
    for office_format in ("odt", "docx"):
        text = read_back(drafted, office_format).text.replace("\u00a0", " ")
        assert f"Objet : {typed}." in text


def test_fields_are_shown_in_styles_of_their_own(shelf: library.ClauseLibrary) -> None:
    data = office.convert(
        rendering.office_markdown(
            draft(
                shelf,
                Request(("reversibilite",), {"duree_transition_mois": "6", "preavis_sortie_mois": ""}, 3),
            )
        ),
        "odt",
    )
    content = zipfile.ZipFile(io.BytesIO(data)).read("content.xml").decode()
    assert f'<text:span text:style-name="{office.FIELD_STYLE}">6</text:span>' in content
    assert re.search(rf'<text:span text:style-name="{office.MISSING_STYLE}">\[À COMPLÉTER', content)
    assert 'table:style-name="WholeRow"' in content
    assert "0.5pt solid" in content


def test_the_styles_shipped_are_those_that_the_script_makes() -> None:
    for name, made in (
        ("reference.odt", reference_styles.reference_odt()),
        ("reference.docx", reference_styles.reference_docx()),
    ):
        shipped = zipfile.ZipFile(reference_styles.FOLDER / name)
        fresh = zipfile.ZipFile(io.BytesIO(made))
        assert shipped.namelist() == fresh.namelist()
        for entry in shipped.namelist():
            if not entry.startswith(("docProps/", "customXml/")):
                assert shipped.read(entry) == fresh.read(entry), (
                    f"{name} : {entry} (python -m assistant.office.reference_styles)"
                )


def test_a_table_shares_its_width_by_what_its_columns_hold() -> None:
    rule = office.widened(
        "| N | Un libellé assez long |\n|---|:-:|\n| 1 | et un texte bien plus long que le numéro |\n"
    ).split("\n")[1]
    narrow, wide = rule.strip("|").split("|")
    assert len(narrow) * 2 < len(wide)
    assert (wide[0], wide[-1]) == (":", ":")


def test_spaces_before_high_punctuation_cannot_be_cut() -> None:
    assert (
        office.unbroken("« Oui » ; non : 5 %\n|:--|--:|\n- a")
        == "«\u00a0Oui\u00a0»\u00a0; non\u00a0: 5\u00a0%\n|:--|--:|\n- a"
    )


def test_an_unknown_ending_and_a_folder_that_is_not_there_are_said(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"\.odt, \.docx, \.md"):
        office.write("# T", tmp_path / "projet.pdf")
    with pytest.raises(ExportError, match="ne peut pas être écrit"):
        office.write("# T", tmp_path / "absent" / "projet.md")


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_both_and_prints_every_article(
    shelf: library.ClauseLibrary, tmp_path: Path
) -> None:
    drafted = filled(shelf, KITS[0])
    for office_format in ("odt", "docx"):
        path = tmp_path / f"projet-{office_format}.{office_format}"
        office.write(rendering.office_markdown(drafted), path)
        command = [
            "soffice",
            f"-env:UserInstallation=file://{tmp_path}/profil",
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            str(tmp_path),
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=300)
        printed = reading.read(path.with_suffix(".pdf"), kind=Kind.FRAMEWORK, collection="essai")
        flat = " ".join(printed.text.replace("\u00a0", " ").split())
        for part in drafted.pieces:
            for article in part.articles:
                assert rendering.article_title(part.place, article) in flat
        assert len(printed.pages) > 10
