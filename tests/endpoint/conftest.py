"""One home for what programs ask: a little law, an open and a closed collection, keys; the real page and the real tools over it, served by this process."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from assistant import settings
from assistant.endpoint import mcp_server
from assistant.endpoint.answers import Desk
from assistant.endpoint.callers import Callers
from assistant.endpoint.tools import Room
from assistant.page import server
from assistant.page.context import Site
from assistant.site.keys import Keys
from assistant.workspace import Workspace
from bench.attack import leaks
from tests.conftest import ROOT, write_rules
from tests.postgres import server as postgres

__all__ = ["postgres"]  # a fixture

CLOSED = """MARCHÉ DE GARDIENNAGE DU PHARE DE FERMEVILLE

CAHIER DES CLAUSES ADMINISTRATIVES PARTICULIÈRES

Article 1 - Objet

Le marché a pour objet la garde du phare de Fermeville et l'entretien annuel de sa lanterne tournante.

Article 2 - Durée

Le marché est conclu pour une durée de trente-sept mois à compter de la date de sa notification au titulaire. Il est reconductible une fois pour la même durée.

Article 3 - Pénalités

Le titulaire encourt une pénalité de retard de sept cent dix-sept euros par nuit pendant laquelle la lanterne reste éteinte.

Article 4 - Accès

Le gardien dépose chaque matin la clé de la porte étanche dans le coffre numéro douze de la capitainerie du port.

Article 5 - Prix

Le prix annuel de la garde est de quarante-trois mille deux cents euros, révisé chaque printemps selon l'indice du fioul marin.

Article 6 - Assurance

Le titulaire justifie d'une assurance qui couvre les dommages causés aux navires par une panne de la corne de brume.

Article 7 - Réversibilité

À la fin du marché, le titulaire remet sous neuf jours les registres de veille, les relevés de marée et les plans du mécanisme.
"""


@dataclass(frozen=True)
class Served:
    """What is served: the page's address, that of the tools, their parts, the key of the open collection and that of the closed one."""

    page: str
    tools: str
    site: Site
    home: Path
    key: str
    closed_key: str

    @property
    def keys(self) -> Keys:
        """The keys of the home."""
        return Keys(self.home, self.site.workspace.shared)


@contextmanager
def running(made: uvicorn.Server) -> Iterator[str]:
    """A server in a thread of this process: its address."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=made.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not made.started:
            assert thread.is_alive(), "the server stopped"
            time.sleep(0.02)
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
        made.should_exit = True
        thread.join(60)


def tools_of(site: Site, *folders: Path, **names: Any) -> uvicorn.Server:
    """The tools over the parts of a page."""
    workspace = site.workspace
    callers = Callers(workspace, Keys(workspace.settings.home, workspace.shared), site.users, site.journal)
    made = mcp_server.application(
        Room(Desk(workspace, site.turns, site.journal), folders), callers, frozenset()
    )
    return uvicorn.Server(
        uvicorn.Config(made, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    )


@contextmanager
def opened(home: Path, store: str = "") -> Iterator[Served]:
    """A home that is filled and served; ``store``: the address of its database, empty: files of the home."""
    (home / "models").symlink_to(settings.load().models)
    if store:
        (home / "settings.toml").write_text(f'store = "{store}"\n', encoding="utf-8")
        (home / "settings.toml").chmod(0o600)
    folder = home / "dce"
    folder.mkdir()
    closed = home / "CCAP-phare.txt"
    closed.write_text(CLOSED, encoding="utf-8")
    (folder / "CCAP.txt").write_text(CLOSED.replace("Fermeville", "Plageville"), encoding="utf-8")
    sheets = [
        ROOT / "corpus" / "droit" / f"{name}.yaml"
        for name in ("exclusion-cloud-act", "localisation-des-moyens-ue")
    ]
    key, closed_key = leaks.prepared(home, [closed], [write_rules(home / "regles.jsonl"), *sheets])
    workspace = Workspace(home)
    site = server.site_of(workspace)
    with running(server.server_of(site)) as page, running(tools_of(site, folder.resolve())) as tools:
        yield Served(page, tools, site, home, key, closed_key)
    workspace.close()


@pytest.fixture(scope="session", params=["fichiers", "base"])
def served(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same home over files and over PostgreSQL: what programs are answered is the same."""
    store = request.getfixturevalue("postgres").base() if request.param == "base" else ""
    with opened(tmp_path_factory.mktemp("programmes"), store) as made:
        yield made
