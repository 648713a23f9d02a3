"""What the command line refuses, and what it asks, in French: whatever click, the system or a port says of it in English."""

import errno
import socket
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import click
import httpx
import pytest
from click.testing import CliRunner

from assistant.__main__ import cli, main, open_page, page
from assistant.commands.terminal import Day, OneOf, Whole
from assistant.errors import UsageError, reason_of
from assistant.page import server
from assistant.workspace import Workspace


@pytest.fixture(autouse=True)
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("ASSISTANT_HOME", str(tmp_path / "maison"))
    return tmp_path / "maison"


def said(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    *arguments: str,
    entrance: str = "assistant",
) -> tuple[int, str]:
    """The exit code of a command, and what it says on stderr."""
    monkeypatch.setattr(sys, "argv", [entrance, *arguments])
    with pytest.raises(SystemExit) as stopped:
        (open_page if entrance == "app.py" else main)()
    assert isinstance(stopped.value.code, int)
    return stopped.value.code, capsys.readouterr().err.strip()


def leaves(command: click.Command) -> Iterator[click.Command]:
    yield command
    if isinstance(command, click.Group):
        for one in command.commands.values():
            yield from leaves(one)


def test_no_value_of_any_command_is_refused_by_a_type_of_clicks_that_speaks_english() -> None:
    params = [(command.name, one) for top in (cli, page) for command in leaves(top) for one in command.params]
    assert len(params) > 150
    silent = (
        click.types.StringParamType,
        click.types.BoolParamType,
        click.types.UnprocessedParamType,
        click.Tuple,
    )
    english = {
        (command, one.name)
        for command, one in params
        if not isinstance(one.type, (Day, OneOf, Whole, *silent))
        and not (isinstance(one.type, click.Path) and not one.type.exists)
    }
    assert english == set()


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        ("serve --port abc", "Valeur refusée pour --port : « abc » n'est pas un nombre entier d'au moins 1 et d'au plus 65535. L'aide : assistant serve --help."),
        ("serve --port 70000", "Valeur refusée pour --port : « 70000 » n'est pas un nombre entier d'au moins 1 et d'au plus 65535. L'aide : assistant serve --help."),
        ("search --limit abc", "Valeur refusée pour --limit : « abc » n'est pas un nombre entier d'au moins 1 et d'au plus 1000. L'aide : assistant search --help."),
        ("needs remove deux", "Valeur refusée pour number : « deux » n'est pas un nombre entier. L'aide : assistant needs remove --help."),
        ("needs propose --least 0", "Valeur refusée pour --least : « 0 » n'est pas un nombre entier d'au moins 1. L'aide : assistant needs propose --help."),
        ("setup --source disque", "Valeur refusée pour --source : « disque » n'en est pas une. Choisissez parmi : auto, pypi, hub. L'aide : assistant setup --help."),
        ("ask x --as-of demain", "Valeur refusée pour --as-of : « demain » n'est pas une date. Une date s'écrit AAAA-MM-JJ, par exemple 2026-04-01. L'aide : assistant ask --help."),
        ("search --limit", "L'option --limit n'a pas toute sa valeur. L'aide : assistant --help."),
        ("clauses --compare avance", "L'option --compare n'a pas toute sa valeur. L'aide : assistant --help."),
        ("sources --json=oui", "L'option --json ne prend pas de valeur. L'aide : assistant --help."),
        ("sources --jsn", "Option inconnue : --jsn. Vouliez-vous dire --json ? L'aide : assistant sources --help."),
        ("show", "Il manque « ID_ ». L'aide : assistant show --help."),
        ("diff CCP", "Il manque « ARTICLE ». L'aide : assistant diff --help."),
        ("sources un deux", "Il y a un mot de trop : un deux. L'aide : assistant sources --help."),
        ("cherche", "Commande inconnue : cherche. L'aide : assistant --help."),
        ("journal montre", "Commande inconnue : montre. L'aide : assistant journal --help."),
    ],
)  # fmt: skip
def test_a_command_that_is_badly_written_is_refused_in_french(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: str, refused: str
) -> None:
    assert said(capsys, monkeypatch, *arguments.split()) == (2, refused)


@pytest.mark.parametrize(
    ("arguments", "refused"),
    [
        ("--port abc", "Valeur refusée pour --port : « abc » n'est pas un nombre entier d'au moins 1 et d'au plus 65535. L'aide : app.py --help."),
        ("--prt 1", "Option inconnue : --prt. Vouliez-vous dire --port ? L'aide : app.py --help."),
    ],
)  # fmt: skip
def test_the_pages_own_entrance_refuses_in_french_too(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, arguments: str, refused: str
) -> None:
    assert said(capsys, monkeypatch, *arguments.split(), entrance="app.py") == (2, refused)


@pytest.mark.parametrize("entrance", ["assistant", "app.py"])
def test_a_home_that_cannot_be_is_said_in_french(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path, entrance: str
) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    within = str(tmp_path / "fichier" / "maison")
    command = ("serve",) if entrance == "assistant" else ()
    code, told = said(capsys, monkeypatch, "--home", within, *command, entrance=entrance)
    assert (code, told) == (
        2,
        f"Le dossier « {within} » ne peut pas exister : un dossier de ce chemin est un fichier. Donnez un autre dossier avec --home.",
    )
    code, told = said(capsys, monkeypatch, "--home", "~personne-de-ce-nom/x", *command, entrance=entrance)
    assert (code, told) == (
        2,
        "Le dossier « ~personne-de-ce-nom/x » n'est pas un chemin de cette machine. Donnez un autre dossier avec --home.",
    )


def test_what_the_system_refuses_has_french_words_whatever_it_says() -> None:
    assert reason_of(OSError(errno.ENOSPC, "No space left on device")) == "le disque est plein"
    assert reason_of(OSError(errno.EXDEV, "Invalid cross-device link")) == f"erreur {errno.EXDEV} du système"
    assert reason_of(TimeoutError("timed out")) == "la réponse se fait trop attendre"
    assert (
        reason_of(UnicodeDecodeError("utf-8", b"\xe9", 0, 1, "invalid continuation byte"))
        == "ce n'est pas un texte en UTF-8"
    )


@pytest.mark.parametrize(
    ("typed", "does"),
    [("oui\n", True), ("O\n", True), ("n\n", False), ("\n", False), ("y\nnon\n", False), ("y\no\n", True)],
)
def test_who_is_asked_answers_o_or_n(typed: str, does: bool) -> None:
    """« [y/N] » was asked, and « o » was no answer."""
    asked = CliRunner().invoke(cli, ["purge", "--user", "claire"], input=typed)
    assert asked.exit_code == 0
    assert "Effacer tout ce que « claire » a laissé, sans retour ? [o/N]" in asked.stderr
    assert ("Répondez « o » pour oui, « n » pour non." in asked.stderr) is typed.startswith("y")
    assert ("Rien n'a été effacé." in asked.stderr) is not does
    assert asked.stdout.startswith("Effacés : ") is does


def test_a_port_that_is_taken_is_said_and_the_page_is_not_said_to_be_open(home: Path) -> None:
    told: list[str] = []
    workspace = Workspace(home)
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(UsageError) as refused:
            server.serve(workspace, port=port, say=told.append)
    workspace.close()
    assert str(refused.value) == (
        f"Le port {port} est déjà pris sur 127.0.0.1 : la page n'est pas ouverte. "
        "Donnez-en un autre avec --port, ou arrêtez le programme qui le tient."
    )
    assert told == []


def test_an_address_that_is_not_this_machines_is_said_in_french() -> None:
    for host, why in (
        ("192.0.2.1", "cette adresse n'est pas de cette machine"),
        ("nom.invalid", "ce nom n'est pas connu"),
    ):
        with pytest.raises(
            UsageError, match=f"La page ne peut pas être ouverte sur {host}, port 7860 : {why}"
        ):
            server.listening(host, 7860)


def test_the_page_is_said_to_be_open_once_it_answers(home: Path) -> None:
    workspace, opened = Workspace(home), threading.Event()
    running = server.server_of(server.site_of(workspace), opened.set)
    with server.listening("127.0.0.1", 0) as taken:
        assert not opened.is_set()
        thread = threading.Thread(target=running.run, kwargs={"sockets": [taken]}, daemon=True)
        thread.start()
        assert opened.wait(60)
        assert running.started
        assert httpx.get(f"http://127.0.0.1:{taken.getsockname()[1]}", timeout=60).status_code == 200
        running.should_exit = True
        thread.join(60)
    workspace.close()


def test_a_file_that_cannot_be_written_is_said_in_french(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "fichier").write_text("", encoding="utf-8")
    out = tmp_path / "fichier" / "journal.csv"
    code, told = said(capsys, monkeypatch, "journal", "export", "--out", str(out))
    assert (code, told) == (
        1,
        f"« {out} » ne peut pas être écrit (un dossier de ce chemin est un fichier). Vérifiez le dossier et le disque, puis recommencez.",
    )
