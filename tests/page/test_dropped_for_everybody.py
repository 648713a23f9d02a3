"""What is dropped into a common collection, with two replicas over one database and one folder of files."""

from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from assistant import settings
from assistant.index.store import Held
from assistant.page import library, server
from assistant.page.context import Site
from assistant.page.events import Event, Visit
from assistant.proof import versions
from assistant.site import dropped as dropped_files
from assistant.site.users import ALONE
from assistant.workspace import Workspace
from tests.coroutines import completed
from tests.postgres import Server
from tests.postgres import server as postgres

__all__ = ["postgres"]  # a fixture
pytestmark = pytest.mark.models
VISIT = Visit(ALONE, "une page")
TEXT = "Article 1 - Objet\n\nLe marché a pour objet la fourniture de girouettes dorées.\n"


@pytest.fixture
def replicas(postgres: Server, tmp_path: Path) -> Iterator[tuple[Site, Site]]:
    """Two homes over one base; each machine mounts the folder of files under a name of its own choice that leads to the same place."""
    address, shared = postgres.base(), tmp_path / "disque"
    shared.mkdir()
    (tmp_path / "partage").symlink_to(shared)
    workspaces = []
    for number in range(2):
        home = tmp_path / f"home-{number}"
        home.mkdir()
        (home / "models").symlink_to(settings.load().models)
        (home / "settings.toml").write_text(
            f'store = "{address}"\nfiles = "{tmp_path / "partage"}"\n', encoding="utf-8"
        )
        (home / "settings.toml").chmod(0o600)
        workspaces.append(Workspace(home))
    one, other = map(server.site_of, workspaces)
    yield one, other
    for workspace in workspaces:
        workspace.close()


def dropped(site: Site, name: str) -> Path:
    """Drops a file for everybody, as the page does; where it lies."""

    async def pieces() -> AsyncIterator[bytes]:
        yield f"{TEXT}{name}".encode()

    deposit = completed(site.deposits.receive(ALONE, name, pieces()))
    event = Event({"jetons": [deposit.token], "collection": "marchés", "nature": ""})
    *_, (said, _, _) = library._Screen(site).add(event, VISIT)
    assert "1 source ajoutée" in said
    return Path(held(site, name).source.origin)


def held(site: Site, name: str) -> Held:
    return next(one for one in site.workspace.sources() if Path(one.source.origin).name == name)


def removed(site: Site, name: str) -> str:
    _, said = library._Screen(site).remove(Event({"source": held(site, name).source.id}), VISIT)
    return str(said)


def test_what_one_replica_is_given_lies_where_the_other_finds_and_erases_it(
    replicas: tuple[Site, Site], tmp_path: Path
) -> None:
    one, other = replicas
    path = dropped(one, "girouettes.txt")
    assert path.is_relative_to(tmp_path / "disque")
    assert path.read_text(encoding="utf-8").startswith(TEXT)
    assert not list((tmp_path / "home-0").rglob("girouettes.txt"))
    assert "le fichier déposé est effacé" in removed(other, "girouettes.txt")
    assert not list(tmp_path.rglob("girouettes.txt"))
    assert not list((tmp_path / "disque" / dropped_files.COMMON).iterdir())
    assert "girouettes.txt" not in {Path(held.source.origin).name for held in one.workspace.sources()}


def test_what_an_earlier_version_kept_under_the_home_is_erased_still_and_nothing_beside(
    replicas: tuple[Site, Site], tmp_path: Path
) -> None:
    one, _ = replicas
    earlier = one.workspace.settings.home / dropped_files.COMMON / "marchés" / "jeton" / "ancien.txt"
    elsewhere = tmp_path / "ailleurs" / "commande.txt"
    for path in (earlier, elsewhere):
        path.parent.mkdir(parents=True)
        path.write_text(f"{TEXT}{path.name}", encoding="utf-8")
    one.workspace.index([earlier, elsewhere], collection="marchés")
    assert "le fichier déposé est effacé" in removed(one, "ancien.txt")
    assert not earlier.parent.exists()
    assert "le fichier reste où il est" in removed(one, "commande.txt")
    assert elsewhere.exists()


def test_doctor_says_whether_the_folder_is_the_same_for_both_and_can_be_written(
    replicas: tuple[Site, Site], tmp_path: Path
) -> None:
    def faults(site: Site) -> list[tuple[str, str]]:
        found = site.workspace._server_checks()
        return [(one.name, one.detail) for one in found if not one.ok]

    for site in replicas:
        site.workspace.serves_people()
    one, other = replicas
    assert faults(one) == faults(other) == []
    assert f"Dossier files : {tmp_path / 'disque'}, où l'on peut écrire." in {
        f"{check.name} : {check.detail}" for check in one.workspace._server_checks()
    }
    assert [path.name for path in (tmp_path / "disque").iterdir()] == [dropped_files.FILE]
    path = other.workspace.settings.home / "settings.toml"
    path.write_text(path.read_text(encoding="utf-8").replace("partage", "à part"), encoding="utf-8")
    with closing(Workspace(other.workspace.settings.home)) as alone:  # it is started again
        alone.serves_people()
    ((name, said),) = faults(one)
    assert name == "Machine"
    assert "home-1" in said
    assert "ce que l'on dépose sur l'une manque à l'autre" in said
    (tmp_path / "partage").unlink()
    (tmp_path / "partage").write_text("un fichier", encoding="utf-8")
    with closing(Workspace(one.workspace.settings.home)) as broken:
        broken.serves_people()
        checks = {check.name: check for check in broken._server_checks() if not check.ok}
    assert "ne peut pas être écrit" in checks["Dossier files"].detail


@pytest.fixture
def program(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A program whose files may be changed, as another build of the same version has others."""
    folder = tmp_path / "programme"
    folder.mkdir()
    monkeypatch.setattr(versions, "_PROGRAM", folder)
    versions._program.cache_clear()
    yield folder / "answer.py"
    versions._program.cache_clear()


def test_doctor_tells_two_builds_of_one_version_apart(replicas: tuple[Site, Site], program: Path) -> None:
    one, other = replicas
    builds = []
    for site, line in ((one, "oui"), (other, "non")):
        program.write_text(line, encoding="utf-8")
        versions._program.cache_clear()
        builds.append(versions.build())
        site.workspace.serves_people()
    assert builds[0].split()[0] == builds[1].split()[0]  # the number is the same
    assert len(set(builds)) == 2
    (fault,) = [check for check in other.workspace._server_checks() if not check.ok]
    assert fault.detail.endswith(f"Programme {builds[0]}. Ici, {builds[1]}.")
    assert "même programme" in fault.cure
    one.workspace.serves_people()  # updated, and started again
    assert [check for check in other.workspace._server_checks() if not check.ok] == []
