"""The verifier on fifty files of evidence made from the corpus, and on the same tampered with in more than fifty ways."""

import ast
import io
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from assistant.proof import verifier
from assistant.proof.dossier import Dossier, Nature
from assistant.proof.packing import Packed
from assistant.proof.verifier import MANIFEST, examine
from tests.proof.tampering import WAYS, Files, manifest_of, sealed


def files_of(packed: Packed) -> Files:
    with zipfile.ZipFile(io.BytesIO(packed.data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


@pytest.fixture(scope="module")
def unpacked(fifty: tuple[Packed, ...]) -> list[Files]:
    return [files_of(packed) for packed in fifty]


def test_fifty_files_of_evidence_are_conform(fifty: tuple[Packed, ...], unpacked: list[Files]) -> None:
    reports = [examine(files) for files in unpacked]
    assert [report.faults for report in reports] == [[]] * 50
    assert [report.fingerprint for report in reports] == [packed.fingerprint for packed in fifty]
    assert all(line.startswith("conforme : citation ") for report in reports for line in report.quotes)


def test_they_are_of_every_kind_and_quote_a_lot(dossiers: tuple[Dossier, ...]) -> None:
    quoting = {
        nature: [len(one.citations) for one in dossiers if one.nature is nature and one.citations]
        for nature in Nature
    }
    assert min(len(counts) for counts in quoting.values()) >= 12
    assert sum(sum(counts) for counts in quoting.values()) >= 100


@pytest.mark.parametrize("name", WAYS)
def test_whatever_is_tampered_with_is_caught(name: str, unpacked: list[Files]) -> None:
    tampered = [changed for files in unpacked if (changed := WAYS[name](files)) is not None]
    assert len(tampered) >= 10
    assert [number for number, changed in enumerate(tampered) if not examine(changed).faults] == []


def test_who_remakes_everything_is_told_by_the_fingerprint_noted_elsewhere(
    fifty: tuple[Packed, ...], unpacked: list[Files]
) -> None:
    for packed, files in zip(fifty, unpacked, strict=True):
        remade = sealed(files, manifest_of(files) | {"fait_le": "2020-01-01"})
        assert examine(remade).faults == []
        assert examine(files, packed.fingerprint.upper()).faults == []
        assert examine(remade, packed.fingerprint).faults == [
            "l'empreinte du dossier n'est pas celle que vous avez notée ailleurs"
        ]


def test_a_fault_names_its_quote(unpacked: list[Files]) -> None:
    files = next(files for files in unpacked if len(manifest_of(files)["citations"]) > 1)
    manifest = manifest_of(files)
    manifest["citations"][1]["debut"] += 1
    report = examine(sealed(files, manifest))
    assert report.faults == ["citation 2 : ses mots ne sont pas à cette place dans son texte"]
    assert report.quotes[1].startswith("FAUX : citation 2 ")
    assert report.quotes[0].startswith("conforme : citation 1 ")


@pytest.mark.parametrize(
    "manifest",
    [b"[]", b"3", b"{}", b"\xff", b"[" * 100_000, b'{"textes": 3, "citations": {}, "fichiers": []}'],
    ids=str,
)
def test_a_manifest_that_is_anything_else_is_refused_in_words(manifest: bytes, unpacked: list[Files]) -> None:
    assert examine(unpacked[0] | {MANIFEST: manifest}).faults


# ---- as it is run -----------------------------------------------------------------------------------------------------------------------


def run(script: Path, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The verifier alone: nothing but the standard library, nothing of this project beside it."""
    return subprocess.run(
        [sys.executable, "-I", "-S", str(script), *map(str, arguments)],
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.fixture
def quoting(fifty: tuple[Packed, ...], tmp_path: Path) -> Path:
    """A ZIP with quotes, and its folder beside it."""
    path = tmp_path / "preuve.zip"
    path.write_bytes(fifty[4].data)
    with zipfile.ZipFile(path) as archive:
        archive.extractall(tmp_path / "preuve")
    return path


def test_it_runs_alone_on_the_zip_and_on_its_own_folder(quoting: Path, fifty: tuple[Packed, ...]) -> None:
    script = quoting.with_suffix("") / "verifier.py"
    for done in (
        run(script),
        run(script, quoting),
        run(script, quoting, "--empreinte", fifty[4].fingerprint),
    ):
        assert (done.returncode, done.stderr) == (0, "")
        assert "LE DOSSIER EST CONFORME" in done.stdout
        assert f"Empreinte du dossier : {fifty[4].fingerprint}" in done.stdout
    assert run(script, quoting, "--empreinte", "0" * 64).returncode == 1
    assert run(script, quoting, "--empreinte").returncode == 1


def test_it_runs_on_a_zip_that_was_packed_again_under_a_folder(quoting: Path) -> None:
    again = quoting.with_name("encore.zip")
    with zipfile.ZipFile(again, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.mkdir("Preuve du marché")
        for file in sorted(path for path in quoting.with_suffix("").rglob("*") if path.is_file()):
            archive.write(file, Path("Preuve du marché") / file.relative_to(quoting.with_suffix("")))
    assert run(Path(verifier.__file__), again).returncode == 0


def test_a_file_that_is_changed_beside_it_gives_the_status_one(quoting: Path) -> None:
    folder = quoting.with_suffix("")
    (folder / "LISEZ-MOI.txt").write_text("Tout est conforme.", encoding="utf-8")
    done = run(folder / "verifier.py")
    assert done.returncode == 1
    assert "LE DOSSIER N'EST PAS CONFORME" in done.stdout
    assert "le fichier « LISEZ-MOI.txt » a été changé" in done.stdout


def test_a_zip_that_is_cut_bent_or_holds_a_name_twice_is_refused(quoting: Path) -> None:
    data, script = quoting.read_bytes(), Path(verifier.__file__)
    text = data.index(b"textes/")
    for broken in (
        data[:-40],
        data[: len(data) // 2],
        b"",
        data[: text + 90] + bytes([data[text + 90] ^ 1]) + data[text + 91 :],
    ):
        quoting.write_bytes(broken)
        assert run(script, quoting).returncode == 1
    quoting.write_bytes(data)
    with zipfile.ZipFile(quoting, "a") as archive, pytest.warns(UserWarning, match="Duplicate name"):
        archive.writestr(MANIFEST, b"{}")
    assert "figure deux fois" in run(script, quoting).stdout
    assert run(script, quoting.with_name("absent.zip")).returncode == 1


def test_it_asks_for_nothing_newer_than_python_3_9() -> None:
    source = Path(verifier.__file__).read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 9))
    imported = {
        alias.name.partition(".")[0]
        for node in ast.walk(tree)
        if isinstance(node, ast.Import)
        for alias in node.names
    }
    imported |= {
        str(node.module).partition(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)
    }
    assert imported <= sys.stdlib_module_names
