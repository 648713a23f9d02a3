"""The door of the page: which addresses answer, who comes in, what may be dropped. No model takes part."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from assistant.errors import UsageError
from assistant.page import server
from assistant.page.context import Site
from assistant.page.sessions import COOKIE, LASTS_SECONDS, Sessions
from assistant.site.rights import Role
from assistant.workspace import Workspace

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
    return TestClient(server.application(site), follow_redirects=False)


@pytest.fixture(scope="module")
def plain(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, Path]]:
    """A page for one person, which no test changes."""
    home = tmp_path_factory.mktemp("plain")
    opened = Workspace(home)
    yield client(server.site_of(opened)), home
    opened.close()


def test_the_page_answers_and_lets_the_browser_fetch_from_nowhere_else(plain: tuple[TestClient, Path]) -> None:
    answer = plain[0].get("/")
    assert answer.status_code == 200
    policy = answer.headers["content-security-policy"]
    assert "default-src 'self'" in policy
    assert "connect-src 'self'" in policy
    assert "http:" not in policy
    assert "https:" not in policy
    assert answer.headers["x-frame-options"] == "DENY"


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/file/etc/passwd",
        "/file=/etc/passwd",
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


# ---- signing in ---------------------------------------------------------------------------------------------------------------------


def test_where_accounts_exist_nothing_is_shown_before_signing_in(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    opened = client(site)
    sent = opened.get("/")
    assert (sent.status_code, sent.headers["location"]) == (303, "connexion")
    assert opened.get("/config").status_code == 401
    assert opened.post("/gradio_api/queue/join", json={}).status_code == 401
    assert opened.post("/depot?nom=a.txt", content=b"a", headers={"X-Depot": "1"}).status_code == 401
    page = opened.get("/connexion")
    assert page.status_code == 200
    assert '<html lang="fr">' in page.text
    assert 'autocomplete="current-password"' in page.text


def test_a_password_lets_in_and_signing_out_lets_out(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    opened = client(site)
    wrong = opened.post("/connexion", data={"nom": "claire", "secret": "un autre mot de passe"})
    assert wrong.status_code == 403
    assert "Nom ou mot de passe incorrect." in wrong.text
    assert COOKIE not in opened.cookies
    entered = opened.post("/connexion", data={"nom": "claire", "secret": PASSWORD})
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
    opened.post("/connexion", data={"nom": "claire", "secret": PASSWORD})
    assert opened.get("/config").status_code == 200
    site.users.set_enabled("claire", False)
    assert opened.get("/config").status_code == 401


def test_a_page_on_the_network_stays_shut_once_its_last_account_is_gone(workspace: Workspace) -> None:
    site = server.site_of(workspace, on_network=True)
    opened = client(site)
    assert opened.get("/config").status_code == 401
    site.users.add("claire", Role.ADMINISTRATOR, PASSWORD)
    opened.post("/connexion", data={"nom": "claire", "secret": PASSWORD})
    assert opened.get("/config").status_code == 200
    site.users.remove("claire")
    assert opened.get("/config").status_code == 401


def test_a_reader_may_not_drop_files(site: Site) -> None:
    site.users.add("paul", Role.READER, PASSWORD)
    opened = client(site)
    opened.post("/connexion", data={"nom": "paul", "secret": PASSWORD})
    refused = opened.post("/depot?nom=a.txt", content=b"a", headers={"X-Depot": "1"})
    assert refused.status_code == 422
    assert "lecteur" in refused.json()["message"]


def test_a_failure_of_signing_in_is_text(site: Site) -> None:
    site.users.add("claire", Role.DRAFTER, PASSWORD)
    refused = client(site).post("/connexion", data={"nom": "<script>alert(1)</script>", "secret": "x" * 20})
    assert "<script>alert(1)" not in refused.text


def test_the_network_is_refused_while_nobody_has_to_sign_in(workspace: Workspace) -> None:
    with pytest.raises(UsageError, match="visible du réseau"):
        server.serve(workspace, host="0.0.0.0")


def test_a_session_ends_and_its_token_is_not_guessed() -> None:
    now = [0.0]
    sessions = Sessions(clock=lambda: now[0])
    one, other = sessions.open("claire"), sessions.open("claire")
    assert one != other
    assert len(one) >= 43
    assert sessions.name(one) == "claire"
    assert sessions.name("x" + one[1:]) is None
    assert sessions.name(None) is None
    sessions.close(other)
    assert sessions.name(other) is None
    now[0] = LASTS_SECONDS + 1.0
    assert sessions.name(one) is None


def test_a_page_answers_nobody_but_the_one_who_opened_it(site: Site) -> None:
    for name in ("claire", "paul"):
        site.users.add(name, Role.READER, PASSWORD)
    page = client(site)
    claire, paul = ({"Cookie": f"{COOKIE}={signed_in(page, name)}"} for name in ("claire", "paul"))
    listening = next(one["id"] for one in page.get("/config", headers=claire).json()["dependencies"] if one["targets"] and one["targets"][0][1] == "nouvelle")
    demand = {"data": [None], "fn_index": listening, "session_hash": "pagedeclaire"}
    assert page.post("/gradio_api/queue/join", json=demand, headers=claire).status_code == 200
    for refused in (
        page.post("/gradio_api/queue/join", json=demand, headers=paul),
        page.post("/gradio_api/queue/join?session_hash=pagedepaul", json=demand, headers=paul),
        page.get("/gradio_api/queue/data?session_hash=pagedeclaire", headers=paul),
        page.get("/gradio_api/heartbeat/pagedeclaire", headers=paul),
        page.post("/gradio_api/cancel", json={"session_hash": "pagedeclaire", "fn_index": listening, "event_id": "0"}, headers=paul),
    ):
        assert (refused.status_code, refused.json()["message"]) == (403, "Cette page n'est pas la vôtre : rechargez-la.")
    assert page.post("/gradio_api/queue/join", json=demand | {"session_hash": "pagedepaul"}, headers=paul).status_code == 200
    assert page.post("/gradio_api/queue/join", json=demand, headers=claire).status_code == 200
    assert page.post("/gradio_api/queue/join", content=b" " * 1_000_001, headers=paul).status_code == 413


def signed_in(page: TestClient, name: str) -> str:
    page.cookies.clear()
    page.post("/connexion", data={"nom": name, "secret": PASSWORD})
    token = page.cookies[COOKIE]
    page.cookies.clear()
    return token


def test_a_page_that_listens_for_what_was_forgotten_is_told_so_and_no_error_is_left_behind(plain: tuple[TestClient, Path]) -> None:
    answer = plain[0].get("/gradio_api/queue/data?session_hash=forgotten")
    assert answer.status_code == 200
    assert '"session_not_found":true' in answer.text.replace(" ", "")
