"""Two servers over one database behind a balancer that leads nobody back: what a person has under way is found wherever it is asked for, until its server dies."""

import itertools
import re
import subprocess
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from assistant import settings
from assistant.errors import UsageError
from assistant.index.opened import database
from assistant.page.relay import PASSED_ON, Holders
from assistant.proof import versions
from assistant.site import dropped
from assistant.site.conversations import Conversations
from assistant.site.rights import Role
from assistant.site.users import Users
from assistant.workspace import Workspace
from bench.attack import commands
from bench.attack.person import SECRET, Person
from tests.conftest import ROOT, write_rules
from tests.page.conftest import free_port
from tests.postgres import Server, server

__all__ = ["server"]  # a fixture
QUESTION = "Puis-je exclure une société américaine à cause du Cloud Act ?"


@dataclass
class Replica:
    url: str
    process: "subprocess.Popen[bytes]"


class Balancer(httpx.BaseTransport):
    """Each request goes to the next server; one that does not answer is passed over."""

    def __init__(self, ports: tuple[int, ...]) -> None:
        self._inner, self._ports, self._next = (
            httpx.HTTPTransport(),
            ports,
            itertools.cycle(range(len(ports))),
        )

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        for _ in self._ports:
            request.url = request.url.copy_with(port=self._ports[next(self._next)])
            try:
                return self._inner.handle_request(request)
            except httpx.ConnectError as error:
                refused = error
        raise refused


def balanced(replicas: list[Replica], name: str) -> Person:
    person = Person(replicas[0].url, "")
    person.name = name
    ports = tuple(httpx.URL(replica.url).port or 0 for replica in replicas)
    person._client = httpx.Client(
        base_url=replicas[0].url, timeout=120, follow_redirects=True, transport=Balancer(ports)
    )
    person.sign_in()
    person.open()
    return person


@contextmanager
def opened(home: Path, port: int) -> Iterator[Replica]:
    process, url = commands.start(home, ["serve", "--port", port]), f"http://127.0.0.1:{port}"

    def answers() -> bool:
        try:
            return process.poll() is not None or httpx.get(f"{url}/connexion", timeout=10).status_code == 200
        except httpx.HTTPError:
            return False

    try:
        assert commands.until(answers, 120)
        assert process.poll() is None
        yield Replica(url, process)
    finally:
        process.kill()
        process.wait()


@pytest.fixture(scope="module")
def address(server: Server) -> str:
    return server.base()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("relais")


@pytest.fixture(scope="module")
def replicas(address: str, folder: Path) -> Iterator[list[Replica]]:
    """Two servers; the last test that asks for them kills one."""
    homes, ports = [], [free_port(), free_port()]
    for number, port in enumerate(ports):
        home = folder / f"home-{number}"
        home.mkdir(mode=0o700)
        (home / "models").symlink_to(settings.load().models)
        (home / "settings.toml").write_text(
            f'store = "{address}"\nfiles = "{folder / "partage"}"\ntrusted_proxies = "127.0.0.1"\n'
            f'own_address = "http://127.0.0.1:{port}"\n',
            encoding="utf-8",
        )
        (home / "settings.toml").chmod(0o600)
        homes.append(home)
    with closing(Workspace(homes[0])) as workspace:
        rules = write_rules(folder / "regles.jsonl")
        workspace.index([rules, ROOT / "corpus" / "droit" / "exclusion-cloud-act.yaml"], collection="droit")
    with closing(database(address)) as shared:
        users = Users(folder, shared)
        for name in ("anne", "claire", "paul"):
            users.add(name, Role.DRAFTER, SECRET)
    with opened(homes[0], ports[0]) as one, opened(homes[1], ports[1]) as other:
        yield [one, other]


@pytest.mark.models
def test_who_is_not_signed_in_is_passed_on_to_nobody(replicas: list[Replica]) -> None:
    anne = balanced(replicas, "anne")
    body = {
        "page": "p",
        "partie": "composer",
        "evenement": "demander",
        "donnees": {"question": QUESTION},
        "valeurs": {},
    }
    cookies = dict(anne._client.cookies)
    for replica in replicas:
        for headers in ({"X-Page": "1"}, {"X-Page": "1", PASSED_ON: "1"}):
            assert httpx.post(f"{replica.url}/demandes", json=body, headers=headers).status_code == 401
    # A demand of hers is hers through either server, and nobody else's.
    token = httpx.post(
        f"{replicas[0].url}/demandes", json=body, headers={"X-Page": "1"}, cookies=cookies
    ).json()["jeton"]
    paul = balanced(replicas, "paul")
    for replica in replicas:
        refused = httpx.get(f"{replica.url}/demandes/{token}", cookies=dict(paul._client.cookies), timeout=60)
        assert refused.status_code == 404
    with httpx.stream("GET", f"{replicas[1].url}/demandes/{token}", cookies=cookies, timeout=60) as answer:
        assert answer.status_code == 200
        assert "text/event-stream" in answer.headers["content-type"]
        assert "event: fin" in "".join(answer.iter_text())


@pytest.mark.models
def test_any_server_may_be_asked_and_one_may_die(replicas: list[Replica], address: str, folder: Path) -> None:
    claire, paul = balanced(replicas, "claire"), balanced(replicas, "paul")
    for number in range(3):
        shown = claire.do("composer", "demander", question=f"{QUESTION} ({number})", jour="").parts["fil"]
        assert "Non : être soumis au Cloud Act" in shown
    paul.do("composer", "demander", question=QUESTION, jour="")

    # Dropped through one server, reviewed and opened through whichever comes next: what was found is in the memory of one.
    faulty = (
        "Article 1 - Candidats\n\nSeules les entreprises de nationalité française peuvent soumissionner.\n"
    )
    token, refused = claire.deposit("rc.txt", faulty.encode())
    assert refused == ""
    said = claire.do("controle-depot", "controler", jetons=[token], jour="")
    found = re.search(r'data-source="(\w+)" data-start="(\d+)" data-end="(\d+)"', said.parts["constats"])
    assert found is not None
    opened_ = claire.do("constats", "ouvrir", source=found[1], start=found[2], end=found[3])
    assert "nationalité française" in opened_.words

    with closing(database(address)) as shared:
        holders = {name: Holders(shared, "http://ailleurs").of(name) for name in ("claire", "paul")}
        assert set(holders.values()) <= {replica.url for replica in replicas}
        gone = next(replica for replica in replicas if replica.url == holders["claire"])
        left = next(replica for replica in replicas if replica.url != holders["claire"])
        gone.process.kill()
        gone.process.wait()
        shown = claire.do("composer", "demander", question=f"{QUESTION} (après)", jour="").parts["fil"]
        assert "Non : être soumis au Cloud Act" in shown
        assert Holders(shared, "http://ailleurs").of("claire") == left.url
        kept = Conversations(folder, shared=shared)
        (conversation,) = kept.listed("claire")
        whole = kept.open("claire", conversation.id)
        assert whole is not None
        asked = [f"{QUESTION} ({number})" for number in (0, 1, 2, "après")]
        assert [turn.question for turn in whole.turns] == asked


@pytest.mark.models
def test_each_server_says_what_it_is_and_where_it_puts_what_people_drop(
    replicas: list[Replica], address: str, folder: Path
) -> None:
    name = (folder / "partage" / dropped.FILE).read_text(encoding="ascii")
    with closing(database(address)) as shared:
        said = {(one.program, one.files) for one in shared.state().machines}
    assert said == {(versions.build(), name)}


def test_two_servers_that_are_asked_at_once_agree_on_the_holder(server: Server) -> None:
    with closing(database(server.base())) as shared:
        found: list[str] = []
        threads = [
            threading.Thread(
                target=lambda n=n: found.append(Holders(shared, f"http://10.0.0.{n}:7860/").of("claire"))
            )
            for n in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(set(found)) == 1
        (holder,) = set(found)
        assert Holders(shared, "http://10.0.0.9:7860").take_from("claire", "http://10.0.0.77:7860") == holder
        assert Holders(shared, "http://10.0.0.9:7860").take_from("claire", holder) == "http://10.0.0.9:7860"
        tomorrow = Holders(shared, "http://10.0.0.5:7860", clock=lambda: 1e10)
        assert tomorrow.of("claire") == "http://10.0.0.5:7860"


def test_an_address_that_is_none_is_refused(server: Server) -> None:
    with closing(database(server.base())) as shared, pytest.raises(UsageError, match="own_address"):
        Holders(shared, "10.0.0.1:7860")
