"""The door of the page: which addresses answer, who comes in, what may be dropped. No model takes part."""

import asyncio
import json
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from dataclasses import replace
from html import unescape
from ipaddress import ip_network
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from httpx import Response

from assistant.errors import UsageError
from assistant.page import layout, server
from assistant.page.context import Site
from assistant.page.events import Events
from assistant.page.sessions import COOKIE, LASTS_SECONDS, Sessions
from assistant.site import patience, private_files
from assistant.site.gate import FREE_FAILURES_OF_AN_ADDRESS
from assistant.site.rights import Role
from assistant.workspace import Workspace

pytestmark = pytest.mark.usefixtures("quick_hashes")

PASSWORD = "quatre mots tirés au sort"


@pytest.fixture
def workspace(tmp_path: Path) -> Iterator[Workspace]:
    opened = Workspace(tmp_path)
    yield opened
    opened.close()


@pytest.fixture
def site(workspace: Workspace) -> Site:
    return server.site_of(workspace)


def client(site: Site) -> TestClient:
    return TestClient(server.application(site), base_url="http://localhost", follow_redirects=False)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Path]]:
    """A page for one person, which no test changes."""
    home = tmp_path_factory.mktemp("plain")
    opened = Workspace(home)
    yield client(server.site_of(opened)), home
    opened.close()


def test_the_page_answers_and_lets_the_browser_fetch_from_nowhere_else(
    plain: tuple[TestClient, Path],
) -> None:
    answer = plain[0].get("/")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert answer.headers["x-frame-options"] == "DENY"


def test_the_title_is_in_the_page_before_any_script_has_drawn_it(plain: tuple[TestClient, Path]) -> None:
    seen = plain[0].get("/").text.partition("<body")[2].partition("<gradio-app")[0]
    assert '<p class="ouverture">Assistant de la commande publique</p>' in seen
    assert "<script" not in seen


def test_only_the_scripts_that_the_server_wrote_run_in_the_page(plain: tuple[TestClient, Path]) -> None:
    first, second = plain[0].get("/"), plain[0].get("/")
    nonce, other = (
        re.search(r"'nonce-([\w-]+)'", answer.headers["content-security-policy"])
        for answer in (first, second)
    )
    assert nonce
    assert other
    assert nonce[1] != other[1]
    assert (
        "'unsafe-inline'" not in first.headers["content-security-policy"].split("script-src")[1].split(";")[0]
    )
    scripts = re.findall(r"<script[^>]*>", first.text)
    assert scripts[0] == f'<script nonce="{nonce[1]}" src="page.js">'
    assert all(f'nonce="{nonce[1]}"' in script for script in scripts)
    assert "nonce-" not in plain[0].get("/page.js").headers["content-security-policy"]


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/file=/etc/passwd",
        "/gradio_api/queue/join",
        "/gradio_api/queue/data",
        "/gradio_api/run/predict",
        "/gradio_api/heartbeat/page",
        "/gradio_api/upload",
        "/gradio_api/upload_progress?upload_id=a",
        "/gradio_api/proxy=http://192.0.2.1/",
        "/gradio_api/info",
        "/gradio_api/openapi.json",
        "/gradio_api/vibe-code",
        "/gradio_api/runs",
        "/monitoring",
        "/login",
        "/docs",
        "/openapi.json",
        "/../../etc/passwd",
        "/gradio_api/stream/a/b/c/playlist-file",
    ],
)
def test_what_the_page_does_not_use_is_not_there(plain: tuple[TestClient, Path], path: str) -> None:
    opened, _ = plain
    assert opened.get(path).status_code == 404
    assert opened.post(path).status_code == 404


def test_no_path_of_the_server_is_in_what_a_browser_is_given(plain: tuple[TestClient, Path]) -> None:
    opened, home = plain
    for path in ("/", "/config", "/theme.css"):
        assert str(home) not in opened.get(path).text


def test_a_file_is_received_by_the_page_only(plain: tuple[TestClient, Path]) -> None:
    opened, _ = plain
    text = b"Le titulaire livre sous trois jours.\n"
    assert opened.post("/depot?nom=avis.txt", content=text).status_code == 403
    received = opened.post("/depot?nom=avis.txt", content=text, headers={"X-Depot": "1"})
    assert received.status_code == 200
    assert set(received.json()) == {"jeton", "nom", "octets"}
    refused = opened.post("/depot?nom=vide.pdf", content=b"", headers={"X-Depot": "1"})
    assert refused.status_code == 422
    assert refused.json()["message"].startswith("« vide.pdf » est vide")


def sign_in(page: TestClient, name: str, password: str, **headers: str) -> Response:
    """What the form answers, filled in and sent by its own page."""
    proof = re.search(r'name="preuve"[^>]*value="([^"]+)"', page.get("/connexion").text)
    assert proof is not None
    return page.post(
        "/connexion", data={"nom": name, "secret": password, "preuve": proof[1]}, headers=headers
    )


# ---- signing in ---------------------------------------------------------------------------------------------------------------------


def test_where_accounts_exist_nothing_is_shown_before_signing_in(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    opened = client(site)
    sent = opened.get("/")
    assert (sent.status_code, sent.headers["location"]) == (303, "connexion")
    assert opened.get("/config").status_code == 401
    assert asked(opened, "conversations", "nouvelle").status_code == 401
    assert opened.post("/depot?nom=a.txt", content=b"a", headers={"X-Depot": "1"}).status_code == 401
    page = opened.get("/connexion")
    assert page.status_code == 200
    assert '<html lang="fr">' in page.text
    assert 'autocomplete="current-password"' in page.text


def test_a_password_lets_in_and_signing_out_lets_out(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    opened = client(site)
    wrong = sign_in(opened, "claire", "un autre mot de passe")
    assert wrong.status_code == 403
    assert "Nom ou mot de passe incorrect." in wrong.text
    assert COOKIE not in opened.cookies
    entered = sign_in(opened, "claire", PASSWORD)
    assert entered.status_code == 303
    cookie = entered.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie
    assert opened.get("/").status_code == 200
    opened.post("/deconnexion")
    assert opened.get("/config").status_code == 401
    assert [entry.action for entry in site.journal.entries()] == ["connexion refusée", "connexion"]


def test_an_account_that_is_closed_loses_the_page_at_once(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    opened = client(site)
    sign_in(opened, "claire", PASSWORD)
    assert opened.get("/config").status_code == 200
    site.users.set_enabled("claire", False)
    assert opened.get("/config").status_code == 401


@pytest.mark.parametrize(
    "change",
    [
        lambda site: site.users.set_role("claire", Role.READER),
        lambda site: site.users.set_password("claire", "cinq mots tirés au sort"),
        lambda site: site.users.sign_out("claire"),
        lambda site: site.sessions.close_all(),
        lambda site: (site.users.add("paul", Role.READER, PASSWORD), site.users.remove("claire")),
    ],
    ids=["role", "mot de passe", "sessions fermées", "toutes les sessions", "compte retiré"],
)
def test_a_session_ends_with_what_it_was_opened_for(site: Site, change: Callable[[Site], object]) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    opened = client(site)
    sign_in(opened, "claire", PASSWORD)
    assert opened.get("/config").status_code == 200
    change(site)
    assert opened.get("/config").status_code == 401


def test_without_the_file_of_the_accounts_or_with_a_broken_one_nobody_comes_in(
    site: Site, workspace: Workspace
) -> None:
    """The file was taken away from under a page: whoever came was its administrator."""
    site.users.add("claire", Role.ADMINISTRATOR, PASSWORD)
    path = workspace.settings.home / "users.toml"
    kept = path.read_bytes()
    for broken in (None, b"[users", b"\xff\xfe"):
        path.unlink()
        if broken is not None:
            private_files.replace(path, broken)
        for page in (client(site), client(server.site_of(workspace))):
            for answer in (
                page.get("/"),
                page.get("/config"),
                page.post("/depot?nom=a.txt", content=b"a", headers={"X-Depot": "1"}),
            ):
                assert answer.status_code == 503
                assert str(workspace.settings.home) not in answer.text
        private_files.replace(path, kept)
    assert client(site).get("/config").status_code == 401
    site.users.remove("claire")
    path.unlink()
    assert client(site).get("/config").status_code == 200


def test_accounts_of_an_earlier_version_are_missed_too(site: Site, workspace: Workspace) -> None:
    site.users.add("claire", Role.ADMINISTRATOR, PASSWORD)
    home = workspace.settings.home
    (home / ".comptes").unlink()  # what an earlier version left
    assert client(server.site_of(workspace)).get("/config").status_code == 401
    (home / "users.toml").unlink()
    assert client(server.site_of(workspace)).get("/config").status_code == 503


def test_a_form_that_another_site_sends_signs_nobody_in(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    opened = client(site)
    for fields in ({}, {"preuve": ""}, {"preuve": "x" * 32}):
        answer = opened.post("/connexion", data={"nom": "claire", "secret": PASSWORD} | fields)
        assert (answer.status_code, COOKIE in opened.cookies) == (403, False)
        assert "ne vient pas de cette page" in answer.text


def test_the_cookie_is_for_tls_alone_where_the_browser_came_by_it(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    behind = replace(site, proxies=(ip_network("192.0.2.0/24"),))
    for page, secure in (
        (
            TestClient(
                server.application(behind),
                base_url="http://localhost",
                follow_redirects=False,
                client=("192.0.2.7", 5),
            ),
            True,
        ),
        (
            TestClient(
                server.application(behind),
                base_url="http://localhost",
                follow_redirects=False,
                client=("198.51.100.7", 5),
            ),
            False,
        ),
    ):
        entered = sign_in(page, "claire", PASSWORD, **{"X-Forwarded-Proto": "https"})
        cookie = next(value for value in entered.headers.get_list("set-cookie") if value.startswith(COOKIE))
        assert ("; secure" in cookie.lower()) is secure


def test_bad_tries_of_one_behind_a_reverse_proxy_do_not_delay_another(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    page = TestClient(
        server.application(replace(site, proxies=(ip_network("192.0.2.7"),))),
        base_url="http://localhost",
        follow_redirects=False,
        client=("192.0.2.7", 5),
    )
    for number in range(FREE_FAILURES_OF_AN_ADDRESS + 1):
        sign_in(page, f"inconnu{number}", "un mot de passe", **{"X-Forwarded-For": "203.0.113.5"})
    assert "Trop d'essais" in unescape(
        sign_in(page, "claire", PASSWORD, **{"X-Forwarded-For": "203.0.113.5"}).text
    )
    assert (
        sign_in(page, "claire", PASSWORD, **{"X-Forwarded-For": "203.0.113.5, 203.0.113.9"}).status_code
        == 303
    )


def test_a_page_without_accounts_answers_to_its_own_names_only(workspace: Workspace) -> None:
    """Another site's name, led to this machine, read a kept conversation."""
    page = client(replace(server.site_of(workspace), names=frozenset({"assistant.ville.fr"})))
    for host in ("localhost", "localhost:7860", "127.0.0.1:7860", "[::1]:7860", "assistant.ville.fr"):
        assert page.get("/config", headers={"Host": host}).status_code == 200
    for headers in (
        {"Host": "mechant.example"},
        {"Host": "localhost.mechant.example:7860"},
        {"Host": ""},
        {"Origin": "https://mechant.example"},
        {"Origin": "null"},
    ):
        refused = page.get("/config", headers=headers)
        assert (refused.status_code, "allowed_hosts" in refused.text) == (421, True)
    assert page.get("/config", headers={"Origin": "http://localhost:7860"}).status_code == 200


def test_a_second_server_on_one_home_is_refused_and_the_first_keeps_what_was_dropped(
    workspace: Workspace,
) -> None:
    """It erased the deposits of the first one."""
    with server.alone_on(workspace.settings.home, "http://127.0.0.1:7860"):
        page = client(server.site_of(workspace))
        page.post("/depot?nom=a.txt", content=b"a", headers={"X-Depot": "1"})
        dropped = [
            path for path in (workspace.settings.home / "page" / "depots").rglob("*") if path.is_file()
        ]
        with pytest.raises(UsageError, match=r"déjà ouverte sur ce dossier .* à http://127\.0\.0\.1:7860"):
            server.serve(workspace)
        assert dropped
        assert all(path.is_file() for path in dropped)
    with server.alone_on(workspace.settings.home, "http://127.0.0.1:7861"):
        assert (workspace.settings.home / "page" / "serveur").read_text(
            encoding="utf-8"
        ) == "http://127.0.0.1:7861"


def test_a_page_on_the_network_stays_shut_once_its_last_account_is_gone(workspace: Workspace) -> None:
    site = server.site_of(workspace, on_network=True)
    opened = client(site)
    assert opened.get("/config").status_code == 401
    site.users.add("claire", Role.ADMINISTRATOR, PASSWORD)
    sign_in(opened, "claire", PASSWORD)
    assert opened.get("/config").status_code == 200
    site.users.remove("claire")
    assert opened.get("/config").status_code == 401


def test_a_reader_may_not_drop_files(site: Site) -> None:
    site.users.add("paul", Role.READER, PASSWORD)
    opened = client(site)
    sign_in(opened, "paul", PASSWORD)
    refused = opened.post("/depot?nom=a.txt", content=b"a", headers={"X-Depot": "1"})
    assert refused.status_code == 422
    assert "lecteur" in refused.json()["message"]


def test_a_failure_of_signing_in_is_text(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    refused = sign_in(client(site), "<script>alert(1)</script>", "x" * 20)
    assert "<script>alert(1)" not in refused.text


def test_the_network_is_refused_while_nobody_has_to_sign_in(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="visible du réseau"):
        server.serve(workspace, host="0.0.0.0")


def test_a_session_ends_and_its_token_is_not_guessed() -> None:
    now = [0.0]
    sessions = Sessions(clock=lambda: now[0])
    one, other = sessions.open("claire", "1"), sessions.open("claire", "1")
    assert one != other
    assert len(one) >= 43
    assert (held := sessions.get(one)) is not None
    assert (held.name, held.stamp) == ("claire", "1")
    assert sessions.get(("x" if one[0] != "x" else "y") + one[1:]) is None
    assert sessions.get(None) is None
    sessions.close(other)
    assert sessions.get(other) is None
    assert [session.name for session in sessions.all()] == ["claire"]
    now[0] = LASTS_SECONDS + 1.0
    assert sessions.get(one) is None
    assert sessions.all() == ()


def asked(
    page: TestClient,
    part: str,
    event: str,
    data: dict[str, Any] | None = None,
    *,
    name: str = "page",
    **headers: str,
) -> Response:
    """What the server answers to a demand of an open page."""
    demand = {"page": name, "partie": part, "evenement": event, "donnees": data or {}, "valeurs": {}}
    begun = page.post("/demandes", json=demand, headers={"X-Page": "1", **headers})
    return (
        page.get(f"/demandes/{begun.json()['jeton']}", headers=headers) if begun.status_code == 200 else begun
    )


def test_a_demand_says_which_others_it_stops_since_what_they_show_may_be_on_its_way(site: Site) -> None:
    site.users.add("claire", Role.READER, PASSWORD)
    page = client(site)
    headers = {"Cookie": f"{COOKIE}={signed_in(page, 'claire')}", "X-Page": "1"}
    asked = {"page": "page", "donnees": {}, "valeurs": {}}
    for part, event, stopped in (
        ("fichiers", "preuve", ["formulaire/remplir"]),
        ("formulaire", "remplir", ["apercu/terminer", "fichiers/relire"]),  # its own kind is not among them
    ):
        said = page.post(
            "/demandes", json=asked | {"partie": part, "evenement": event}, headers=headers
        ).json()
        assert said["arretees"] == stopped


def test_a_demand_is_answered_to_nobody_but_who_asked(site: Site) -> None:
    for name in ("claire", "paul"):
        site.users.add(name, Role.READER, PASSWORD)
    page = client(site)
    claire, paul = ({"Cookie": f"{COOKIE}={signed_in(page, name)}"} for name in ("claire", "paul"))
    demand = {
        "page": "page",
        "partie": "conversations",
        "evenement": "nouvelle",
        "donnees": {},
        "valeurs": {},
    }
    token = page.post("/demandes", json=demand, headers={"X-Page": "1", **claire}).json()["jeton"]
    for again in ({}, {"Last-Event-ID": "1"}, {"Last-Event-ID": "hier"}):
        assert page.get(f"/demandes/{token}", headers=claire | again).text.count("event: fin") == 1
    assert page.get(f"/demandes/{token}", headers=paul).status_code == 404
    assert page.get(f"/demandes/{token}").status_code == 401


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"partie": "aucune"}, 400),
        ({"evenement": "rien"}, 400),
        ({"page": 3}, 400),
        ({"page": "p" * 65}, 400),
        ({"donnees": []}, 400),
        ({"valeurs": "x"}, 400),
        ({"donnees": {"question": "x" * 1_000_001}}, 400),
    ],
)
def test_a_demand_of_another_shape_is_refused_in_words(
    plain: tuple[TestClient, Path], change: dict[str, Any], status: int
) -> None:
    demand = {
        "page": "page",
        "partie": "conversations",
        "evenement": "nouvelle",
        "donnees": {},
        "valeurs": {},
    }
    refused = plain[0].post("/demandes", json=demand | change, headers={"X-Page": "1"})
    assert (refused.status_code, refused.json()["message"]) == (
        status,
        "Cette demande n'est pas celle d'une page de l'assistant.",
    )


@pytest.mark.parametrize("body", [b"", b"[1]", b"\xff{", b"{" * 100_000, b'{"page": "x"}'])
def test_a_demand_that_is_no_demand_is_refused_in_words(plain: tuple[TestClient, Path], body: bytes) -> None:
    assert plain[0].post("/demandes", content=body, headers={"X-Page": "1"}).status_code == 400


def test_another_site_cannot_make_a_demand(plain: tuple[TestClient, Path]) -> None:
    demand = {
        "page": "page",
        "partie": "conversations",
        "evenement": "nouvelle",
        "donnees": {},
        "valeurs": {},
    }
    assert plain[0].post("/demandes", json=demand).status_code == 400
    assert plain[0].post("/demandes", json=demand, headers={"X-Page": "1"}).status_code == 200


def test_half_a_character_in_a_demand_is_shown_as_a_question_mark(plain: tuple[TestClient, Path]) -> None:
    """A browser sends it where a character was cut in two; it is no text that could be sent back, and the stream ended in a fault."""
    demand = {
        "page": "page",
        "partie": "composer",
        "evenement": "demander",
        "donnees": {"question": "Quel délai \ud83d", "jour": ""},
        "valeurs": {},
    }
    begun = plain[0].post("/demandes", content=json.dumps(demand), headers={"X-Page": "1"}).json()
    told = plain[0].get(f"/demandes/{begun['jeton']}").text
    assert "délai ?" in told
    assert told.rstrip().endswith("}")
    assert '"ensuite"' in told


def signed_in(page: TestClient, name: str) -> str:
    page.cookies.clear()
    sign_in(page, name, PASSWORD)
    token = page.cookies[COOKIE]
    page.cookies.clear()
    return token


def test_names_of_nobody_do_not_fill_the_journal_nor_do_tries_that_must_wait(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    page = client(site)
    for number in range(12):
        sign_in(page, f"inconnu{number}", "un mot de passe")
    for _ in range(9):
        sign_in(page, "claire", "un autre mot de passe")
    noted = [(entry.who, entry.detail) for entry in site.journal.entries()]
    assert noted == [("?", "1 sous des noms qui ne sont pas des comptes"), *[("claire", None)] * 5]


@pytest.fixture
def hurried(site: Site, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    """The address of a page that gives half a second to a head, and to a body."""
    monkeypatch.setattr(patience, "REQUEST_SECONDS", 0.5)
    running = server.server_of(site)
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=running.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        while not running.started:
            time.sleep(0.02)
        yield listening.getsockname()
        running.should_exit = True
        thread.join(30)


HEAD = b"GET /config HTTP/1.1\r\nHost: localhost\r\n"


def wait_to_be_hung_up_on(connection: socket.socket) -> None:
    """Reads to the end, which the server puts; TimeoutError where it does not within ten seconds."""
    with suppress(ConnectionResetError):
        while connection.recv(65_536):
            pass


def test_a_request_that_is_half_sent_or_never_sent_is_hung_up_on(hurried: tuple[str, int]) -> None:
    with ExitStack() as opened:
        silent, half, second = (opened.enter_context(socket.create_connection(hurried, 10)) for _ in range(3))
        half.sendall(HEAD)
        second.sendall(HEAD + b"\r\n")
        answered = second.recv(12)
        second.sendall(HEAD)  # after a whole request, half of another
        assert answered == b"HTTP/1.1 200"
        for connection in (silent, half, second):
            wait_to_be_hung_up_on(connection)


def posted(path: str, length: int) -> bytes:
    return f"POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Depot: 1\r\nX-Page: 1\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {length}\r\n\r\n".encode()


@pytest.mark.parametrize("path", ["/connexion", "/demandes", "/v1/chat/completions", "/depot?nom=a.txt"])
def test_a_body_that_is_half_sent_is_hung_up_on(hurried: tuple[str, int], path: str) -> None:
    """Its head was whole, so nothing waited for the rest any more: a thousand such connections stayed for ever."""
    with socket.create_connection(hurried, 10) as connection:
        connection.sendall(posted(path, 10_000) + b"nom=")
        wait_to_be_hung_up_on(connection)


@pytest.mark.parametrize("begun", [HEAD, posted("/demandes", 10_000), posted("/depot?nom=a.txt", 10_000)])
def test_a_request_that_comes_a_letter_at_a_time_is_hung_up_on(
    hurried: tuple[str, int], begun: bytes
) -> None:
    with socket.create_connection(hurried, 10) as connection:
        connection.sendall(begun)
        sent, end = 0, time.monotonic() + 20
        with suppress(ConnectionError):
            while time.monotonic() < end:
                connection.sendall(b"x")
                sent += 1
                time.sleep(0.1)
        assert sent < 100


def test_a_file_that_is_long_on_its_way_is_received(hurried: tuple[str, int]) -> None:
    piece, pieces = b"mot " * 16_384, 8
    with socket.create_connection(hurried, 10) as connection:
        connection.sendall(posted("/depot?nom=a.txt", len(piece) * pieces))
        for _ in range(pieces):
            time.sleep(0.2)  # 1.6 s in all, where a head has half a second
            connection.sendall(piece)
        assert connection.recv(12) == b"HTTP/1.1 200"


def test_gradio_writes_nothing_where_it_is_installed() -> None:
    program = """
import sys
hints = []
sys.addaudithook(lambda event, seen: hints.append(seen[0]) if event == "open" and str(seen[0]).endswith(".pyi") else None)
import assistant.page.server
print(hints)
"""
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert told.strip() == "[]"


def test_gradios_queue_does_not_run(site: Site) -> None:
    async def running() -> int:
        layout.page(site, Events()).run_startup_events()
        await asyncio.sleep(0)
        return len(asyncio.all_tasks())

    # In a thread of its own: tests of the browser may hold this one's loop.
    with ThreadPoolExecutor(1) as alone:
        assert alone.submit(asyncio.run, running()).result() == 1
