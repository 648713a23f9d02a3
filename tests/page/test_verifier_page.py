"""verifier.html in a real browser: the same verdicts as verifier.py, on files that are chosen; nothing is fetched."""

import base64
import hashlib
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from assistant.proof import verifier
from assistant.proof.packing import Packed
from assistant.proof.verifier import examine
from tests.proof.conftest import answerer, dossiers, fifty, library_of_rules, texts  # noqa: F401  # the page has one browser a process; these are the files
from tests.proof.tampering import WAYS, Files
from tests.proof.test_verifier import files_of

pytestmark = pytest.mark.browser

VERIFIER = Path(verifier.__file__).with_suffix(".html")
# What the page finds of files given by their names, as base64.
EXAMINE = "files => examine(new Map(Object.entries(files).map(([name, data]) => [name, Uint8Array.from(atob(data), byte => byte.charCodeAt(0))]))).faults"


@pytest.fixture(scope="module")
def page(browser: Browser) -> Iterator[Page]:
    """The page as it is opened from a folder; it may ask for nothing but itself."""
    asked: list[str] = []
    opened = browser.new_page(viewport={"width": 1100, "height": 800})
    opened.on("request", lambda request: asked.append(request.url))
    opened.goto(VERIFIER.as_uri())
    yield opened
    opened.close()
    assert {url for url in asked if not url.startswith("blob:")} == {VERIFIER.as_uri()}


def found(page: Page, files: Files) -> list[str]:
    told: list[str] = page.evaluate(
        EXAMINE, {name: base64.b64encode(data).decode() for name, data in files.items()}
    )
    return told


def test_its_hashes_are_those_of_everybody(page: Page) -> None:
    sizes = [*range(130), 1_000, 65_537]
    hashes = page.evaluate(
        "sizes => sizes.map(size => sha256(Uint8Array.from({ length: size }, (_, at) => at * 7 % 251)))",
        sizes,
    )
    assert hashes == [hashlib.sha256(bytes(at * 7 % 251 for at in range(size))).hexdigest() for size in sizes]


def test_fifty_files_of_evidence_are_conform(page: Page, fifty: tuple[Packed, ...]) -> None:
    assert [found(page, files_of(packed)) for packed in fifty] == [[]] * 50


def test_what_is_tampered_with_is_told_in_the_words_of_the_other_verifier(
    page: Page, fifty: tuple[Packed, ...]
) -> None:
    unpacked = [files_of(packed) for packed in fifty]
    for number, (name, way) in enumerate(WAYS.items()):
        tampered = next(
            changed for at in range(50) if (changed := way(unpacked[(number + at) % 50])) is not None
        )
        assert found(page, tampered) == examine(tampered).faults != [], name


def test_a_zip_that_is_chosen_is_checked_quote_by_quote(
    page: Page, fifty: tuple[Packed, ...], tmp_path: Path
) -> None:
    path = tmp_path / "preuve.zip"
    path.write_bytes(fifty[0].data)
    page.locator("#archive").set_input_files(path)
    expect(page.locator("#verdict")).to_contain_text("✓ Le dossier est conforme")
    expect(page.locator("#fingerprint code")).to_have_text(fifty[0].fingerprint)
    assert page.locator("#quotes td.good").count() == page.locator("#quotes tr").count() - 1 >= 4
    page.get_by_label("Empreinte notée ailleurs").fill("0" * 64)
    expect(page.locator("#faults")).to_have_text(
        "l'empreinte du dossier n'est pas celle que vous avez notée ailleurs"
    )
    page.get_by_label("Empreinte notée ailleurs").fill("")
    expect(page.locator("#verdict")).to_contain_text("✓")


def test_a_zip_with_a_letter_changed_is_not(page: Page, fifty: tuple[Packed, ...], tmp_path: Path) -> None:
    files = WAYS["a letter of a quote, sealed"](files_of(fifty[0]))
    assert files is not None
    path = tmp_path / "change.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    page.locator("#archive").set_input_files(path)
    expect(page.locator("#verdict")).to_contain_text("✗ Le dossier n'est pas conforme : 2 défaut(s).")
    expect(page.locator("#quotes td.bad")).to_contain_text("son empreinte n'est pas celle de ses mots")
    violations = Axe().run(page).response["violations"]
    assert [one["id"] for one in violations if one["impact"] in ("serious", "critical")] == []


def test_a_folder_that_is_chosen_is_checked(page: Page, fifty: tuple[Packed, ...], tmp_path: Path) -> None:
    folder = tmp_path / "Preuve du marché"
    with zipfile.ZipFile(io.BytesIO(fifty[20].data)) as archive:
        archive.extractall(folder)
    page.locator("#folder").set_input_files(folder)
    expect(page.locator("#verdict")).to_contain_text("✓ Le dossier est conforme")
    expect(page.locator("#fingerprint code")).to_have_text(fifty[20].fingerprint)
    (folder / "ajout.txt").write_text("x", encoding="utf-8")
    page.locator("#folder").set_input_files(folder)
    expect(page.locator("#faults")).to_have_text("le fichier « ajout.txt » est en trop")


def test_what_is_no_file_of_evidence_is_said_in_words(
    page: Page, fifty: tuple[Packed, ...], tmp_path: Path
) -> None:
    path = tmp_path / "autre.zip"
    packed_again = io.BytesIO()
    with zipfile.ZipFile(packed_again, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("preuve.json", "{}" * 100)
    for data, said in (
        (b"rien", "ce n'est pas un ZIP"),
        (packed_again.getvalue(), "recompressé"),
        (fifty[0].data[:5_000], "ce n'est pas un ZIP"),
    ):
        path.write_bytes(data)
        page.locator("#archive").set_input_files(path)
        expect(page.locator("#faults")).to_contain_text(said)
