"""Drafts are kept as they are typed: whatever happens to the page, the browser or the server, they are there again; whose they are, the store says."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from html import unescape
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant import settings
from assistant.datatypes import Kind
from assistant.drafting import precedents
from assistant.drafting.drafter import PIECE_TITLES
from assistant.drafting.kept import FILE, Content, KeptDrafts, Writer
from assistant.index import ingest
from assistant.site.rights import Role
from assistant.site.users import ALONE, User, Users
from assistant.workspace import Workspace
from tests.conftest import ROOT, write_rules
from tests.fakes import FakeEmbedding
from tests.page.conftest import free_port, open_screen, ready, wait_for, watched, within

pytestmark = [pytest.mark.browser, pytest.mark.models]

CLAUSE, FIELD = "gestion-des-cles", "Intervalle maximal de renouvellement des clés"
PASSWORD = "cheval agrafe pile correct"
FRAMEWORK = ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-visioconference.pdf"
ONE = User(ALONE, Role.ADMINISTRATOR)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "models").symlink_to(settings.load().models)
    return tmp_path


class Server:
    """A real server on one port, killed and started again."""

    def __init__(self, home: Path) -> None:
        self.home, self.port = home, free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        environment = os.environ | {
            "ASSISTANT_HOME": str(self.home),
            "GUARD_LOG": str(self.home / "network.log"),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-m", "tests.guard", "serve", "--port", str(self.port)],
            cwd=ROOT,
            env=environment,
        )
        wait_for(self.url, self.process)

    def kill(self) -> None:
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def server(home: Path) -> Iterator[Server]:
    made = Server(home)
    made.start()
    yield made
    made.kill()


@contextmanager
def signed_in(browser: Browser, url: str, name: str) -> Iterator[Page]:
    """The page of a person who has an account, in a browser of his own."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    try:
        page.goto(url)
        page.get_by_label("Nom").fill(name)
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        ready(page)
        open_screen(page, "Rédaction")
        yield page
    finally:
        context.close()


def begin(page: Page) -> None:
    """A draft of one clause."""
    open_screen(page, "Rédaction")
    page.get_by_label("Ajouter un kit ou une clause").select_option(CLAUSE)
    page.get_by_label(FIELD).wait_for()


def typed(page: Page, value: str) -> None:
    """Types a value and waits until it is kept."""
    page.get_by_label(FIELD).fill(value)
    expect(page.locator("#apercu .champ-d", has_text=value)).to_be_visible()
    expect(page.locator("#etat-du-projet")).to_contain_text("Gardé à")


def again(page: Page) -> None:
    page.reload()
    ready(page)
    open_screen(page, "Rédaction")


def more(page: Page) -> None:
    page.get_by_text("Nom, partage, versions").click()


def kept_in(home: Path) -> Content:
    """The only draft that is kept."""
    store = KeptDrafts(home)
    (one,) = store.listed(ONE)
    draft = store.open(ONE, one.id)
    store.close()
    assert draft is not None
    return draft.content


def test_what_was_typed_is_there_after_f5_at_once_and_in_another_browser(
    browser: Browser, home: Path
) -> None:
    with within(home) as (url, _):
        with watched(browser, url) as page:
            begin(page)
            typed(page, "7")
            again(page)
            expect(page.get_by_label(FIELD)).to_have_value("7")
            expect(page.locator("#apercu .champ-d", has_text="7")).to_be_visible()
            page.get_by_label(FIELD).fill("11")
            again(page)  # before the page had time to send it
            expect(page.get_by_label(FIELD)).to_have_value("11")
            expect(page.locator("#etat-du-projet")).to_contain_text("Gardé à")
        with watched(
            browser, url
        ) as elsewhere:  # a context of its own: nothing of the other browser is there
            open_screen(elsewhere, "Rédaction")
            expect(elsewhere.get_by_label(FIELD)).to_have_count(0)
            elsewhere.locator("#projets button.conversation").click()
            expect(elsewhere.get_by_label(FIELD)).to_have_value("11")
    assert (home / FILE).stat().st_mode & 0o777 == 0o600


def test_a_server_that_is_killed_and_started_again_loses_nothing_not_even_what_was_typed_meanwhile(
    browser: Browser, server: Server
) -> None:
    page = browser.new_page()
    page.goto(server.url)
    ready(page)
    begin(page)
    typed(page, "7")
    server.kill()
    assert kept_in(server.home).values["rotation_cles_mois"] == "7"
    page.get_by_label(FIELD).fill("13")
    page.wait_for_timeout(1_000)  # it was sent to nobody
    assert kept_in(server.home).values["rotation_cles_mois"] == "7"
    server.start()
    again(page)
    expect(page.get_by_label(FIELD)).to_have_value("13")
    expect(page.locator("#apercu .champ-d", has_text="13")).to_be_visible()
    expect(page.locator("#etat-du-projet")).to_contain_text("Gardé à")
    assert kept_in(server.home).values["rotation_cles_mois"] == "13"
    page.close()


def test_two_tabs_on_one_draft_the_later_says_what_it_wrote_over_and_one_goes_back_to_it(
    browser: Browser, home: Path
) -> None:
    with within(home) as (url, _), watched(browser, url) as first, watched(browser, url) as second:
        begin(first)
        open_screen(second, "Rédaction")
        second.reload()
        ready(second)
        open_screen(second, "Rédaction")
        second.locator("#projets button.conversation").click()
        second.get_by_label(FIELD).wait_for()
        typed(first, "7")
        expect(first.locator("#etat-du-projet .avertissement")).to_have_count(0)
        typed(second, "9")
        expect(second.locator("#etat-du-projet .avertissement")).to_contain_text(
            "modifié dans un autre onglet pendant que vous y écriviez"
        )
        expect(second.locator("#etat-du-projet .avertissement")).to_contain_text("la version 1")
        second.get_by_role("button", name="Voir les versions").click()
        expect(second.locator(".versions li").first).to_contain_text("écrite ailleurs au même moment")
        second.get_by_text("1 différence avec").click()
        expect(second.locator(".versions li ul")).to_contain_text("« 7 », aujourd'hui « 9 »")
        second.get_by_role("button", name="Revenir à la version 1").click()
        expect(second.get_by_label(FIELD)).to_have_value("7")
        expect(second.locator("#etat-du-projet")).to_contain_text(
            "ce qu'il disait avant est gardé dans les versions"
        )
        assert second.locator(".versions > li").count() == 2


def test_a_draft_is_named_copied_emptied_and_erased(browser: Browser, home: Path) -> None:
    with within(home) as (url, site), watched(browser, url) as page:
        begin(page)
        typed(page, "7")
        more(page)
        page.get_by_label("Nom du projet").fill("../../Lot 1 : <b>serveurs</b>")
        page.get_by_role("button", name="Renommer").click()
        expect(page.locator("#choix h2")).to_have_text("../../Lot 1 : <b>serveurs</b>")
        page.get_by_role("button", name="Préparer les fichiers ODT et DOCX").click()
        with page.expect_download() as saved:
            page.get_by_role("link", name="Enregistrer en ODT").click()
        assert saved.value.suggested_filename == "lot-1-b-serveurs-b.odt"
        page.get_by_role("button", name="Dupliquer", exact=True).click()
        expect(page.locator("#choix h2")).to_have_text("Copie de ../../Lot 1 : <b>serveurs</b>")
        typed(page, "8")
        page.get_by_label("Ajouter un kit ou une clause").select_option("localisation-sauvegardes-secours")
        expect(page.locator("#apercu .article")).to_have_count(2)
        expect(page.get_by_label(FIELD)).to_have_value("8")
        page.get_by_role("button", name="Tout ôter").click()
        expect(page.locator("#etat-du-projet")).to_contain_text("gardé dans les versions")
        expect(page.locator("#apercu .article")).to_have_count(0)
        more(page)
        page.get_by_role(
            "button", name="Supprimer", exact=True
        ).click()  # it asks first; the browser of these tests says yes
        expect(page.locator("#etat-du-projet")).to_contain_text("est supprimé")
        expect(page.locator("#projets button.conversation")).to_have_count(1)
        again(page)
        expect(page.locator("#formulaire form")).to_have_count(0)
        page.locator("#projets button.conversation").click()
        expect(page.get_by_label(FIELD)).to_have_value("7")
        assert [one.name for one in site.drafts.listed(ONE)] == ["../../Lot 1 : <b>serveurs</b>"]


def test_what_is_typed_into_a_draft_that_was_erased_elsewhere_makes_a_new_one_where_one_wants(
    browser: Browser, home: Path
) -> None:
    with within(home) as (url, site), watched(browser, url) as page:
        begin(page)
        site.drafts.delete(ONE, site.drafts.listed(ONE)[0].id)
        page.get_by_label(FIELD).fill("7")
        expect(page.locator("#etat-du-projet").get_by_role("alert")).to_contain_text(
            "Ce que vous tapez n'est pas gardé. Ce projet n'est plus là"
        )
        expect(page.locator("#apercu .champ-d", has_text="7")).to_be_visible()
        page.get_by_role("button", name="Garder une copie").click()
        expect(page.locator("#etat-du-projet")).to_contain_text("Gardé à")
        expect(page.get_by_label(FIELD)).to_have_value("7")
        assert len(site.drafts.listed(ONE)) == 1


def test_a_damaged_file_is_said_one_drafts_all_the_same_and_a_new_file_takes_it(
    browser: Browser, home: Path
) -> None:
    (home / FILE).write_bytes(b"rien" * 2_000)
    (home / FILE).chmod(0o600)
    with within(home) as (url, site), watched(browser, url) as page:
        open_screen(page, "Rédaction")
        expect(page.locator("#projets").get_by_role("alert")).to_contain_text(
            "Le fichier des projets est abîmé"
        )
        begin(page)
        page.get_by_label(FIELD).fill("7")
        expect(page.locator("#apercu .champ-d", has_text="7")).to_be_visible()
        expect(page.locator("#etat-du-projet").get_by_role("alert")).to_contain_text(
            "n'est pas gardé. Le fichier des projets est abîmé"
        )
        expect(page.locator("#etat-du-projet")).to_contain_text(
            "Renommez « projets.sqlite »".replace("« ", "«\u00a0").replace(" »", "\u00a0»")
        )
        (home / FILE).rename(home / "projets.abime")
        typed(page, "8")
        typed(page, "9")
        (one,) = site.drafts.listed(ONE)
        again(page)
        expect(page.get_by_label(FIELD)).to_have_value("9")
        assert [kept.id for kept in site.drafts.listed(ONE)] == [one.id]


def test_a_draft_is_shared_with_a_role_which_reads_it_copies_it_or_writes_in_it(
    browser: Browser, home: Path
) -> None:
    users = Users(home)
    for name in ("claire", "paul"):
        users.add(name, Role.DRAFTER, PASSWORD)
    users.add("anne", Role.ADMINISTRATOR, PASSWORD)
    with within(home) as (url, site), signed_in(browser, url, "claire") as claire:
        begin(claire)
        typed(claire, "7")
        with signed_in(browser, url, "paul") as paul:
            expect(paul.locator("#projets")).to_contain_text("Mes projets (0)")
        more(claire)
        claire.get_by_label("Qui voit ce projet").select_option(label="moi et les rédacteurs, en lecture")
        expect(claire.locator("#choix")).to_contain_text("Partagé avec les rédacteurs, en lecture.")
        with signed_in(browser, url, "anne") as anne:
            expect(anne.locator("#projets")).to_contain_text("Mes projets (0)")
        with signed_in(browser, url, "paul") as paul:
            paul.locator("#projets button.conversation").click()
            expect(paul.get_by_label(FIELD)).to_have_value("7")
            expect(paul.get_by_label(FIELD)).to_be_disabled()
            expect(paul.locator("#choix")).to_contain_text("Ce projet est à claire.")
            more(paul)
            expect(paul.get_by_role("button", name="Supprimer", exact=True)).to_have_count(0)
            claire.get_by_label("Qui voit ce projet").select_option(
                label="moi et les rédacteurs, qui peuvent y écrire"
            )
            expect(claire.locator("#choix")).to_contain_text("qui peuvent y écrire")
            again(paul)
            typed(paul, "9")
            typed(claire, "11")
            expect(claire.locator("#etat-du-projet .avertissement")).to_contain_text(
                "modifié par paul pendant que vous y écriviez"
            )
            claire.get_by_label("Qui voit ce projet").select_option(label="moi seul")
            expect(claire.locator("#choix")).not_to_contain_text("Partagé avec")
            paul.get_by_label(FIELD).fill("12")
            expect(paul.locator("#etat-du-projet").get_by_role("alert")).to_contain_text(
                "n'est plus partagé avec vous"
            )
        assert len(site.drafts.listed(User("claire", Role.DRAFTER))) == 1
        assert [entry.detail for entry in site.journal.entries() if "partagé" in (entry.detail or "")] == [
            "projet partagé : rédacteur, en lecture",
            "projet partagé : rédacteur, en écriture",
            "projet partagé : personne",
        ]
        assert site.drafts.listed(User("paul", Role.DRAFTER)) == ()


def test_what_another_of_this_browser_typed_is_not_sent_under_ones_own_name(
    browser: Browser, home: Path
) -> None:
    users = Users(home)
    for name in ("claire", "paul"):
        users.add(name, Role.DRAFTER, PASSWORD)
    with within(home) as (url, site), signed_in(browser, url, "claire") as page:
        begin(page)
        page.get_by_label(FIELD).fill("secret de claire")
        page.get_by_role("button", name="Se déconnecter").click()
        page.get_by_label("Nom").fill("paul")
        page.get_by_label("Mot de passe").fill(PASSWORD)
        page.get_by_role("button", name="Se connecter").click()
        ready(page)
        open_screen(page, "Rédaction")
        expect(page.locator("#projets")).to_contain_text("Mes projets (0)")
        assert page.locator("#formulaire form").count() == 0
        assert site.drafts.listed(User("paul", Role.DRAFTER)) == ()
        assert "secret" not in page.evaluate("sessionStorage.getItem('projet') ?? ''")


def test_a_precedent_whose_collection_was_closed_is_neither_shown_nor_saved_and_its_draft_is_there(
    browser: Browser, home: Path
) -> None:
    workspace = Workspace(home)
    ingest.index_paths(
        workspace.library.store, FakeEmbedding(), [FRAMEWORK], collection="reserve", kind=Kind.FRAMEWORK
    )
    ingest.index_paths(
        workspace.library.store, FakeEmbedding(), [write_rules(home / "regles.jsonl")], collection="ouverte"
    )  # another stays open to her
    source = next(held.source for held in workspace.sources() if held.collections == ("reserve",))
    taken = precedents.extract(workspace.show(source.id))[3]
    workspace.close()
    users = Users(home)
    users.add("claire", Role.DRAFTER, PASSWORD)
    claire = User("claire", Role.DRAFTER)
    with within(home) as (url, site):
        site.drafts.create(claire, "Visio", Content((CLAUSE, taken.id)), Writer("x"))
        with signed_in(browser, url, "claire") as page:
            page.locator("#projets button.conversation").click()
            expect(page.locator("#apercu")).to_contain_text("Repris de")
            users.set_collection("reserve", [Role.ADMINISTRATOR])
            again(page)
            expect(page.locator("#apercu")).to_contain_text("rien n'en est montré ni écrit dans les fichiers")
            shown = unescape(page.locator("#apercu").inner_text() + page.locator("#choix").inner_text())
            assert taken.label not in shown
            assert source.title not in shown
            page.get_by_role("button", name="Préparer les fichiers ODT et DOCX").click()
            with page.expect_download() as saved:
                page.get_by_role("link", name="Enregistrer en Markdown").click()
            written = saved.value.path().read_text(encoding="utf-8")
            assert taken.title.lower() not in written.lower()
            assert "clés de chiffrement" in written
            typed(page, "7")
        users.set_collection("reserve", [])
        again_open = site.drafts.open(claire, site.drafts.listed(claire)[0].id)
        assert again_open is not None
        assert again_open.content.ids == (CLAUSE, taken.id)  # opened again, it comes back


def test_fields_stand_by_kit_then_by_piece_and_clause(browser: Browser, home: Path) -> None:
    with within(home) as (url, _), watched(browser, url) as page:
        open_screen(page, "Rédaction")
        page.get_by_label("Ajouter un kit ou une clause").select_option("kit-visioconference")
        page.locator("#formulaire .piece-a-remplir").first.wait_for()
        assert page.locator("#formulaire .groupe legend").first.inner_text().startswith("Kit : ")
        pieces = [
            one.partition(" – ")[0]
            for one in page.locator("#formulaire .piece-a-remplir > summary").all_inner_texts()
        ]
        assert len(pieces) >= 3
        assert pieces == [
            title for title in PIECE_TITLES.values() if title in pieces
        ]  # each once, in the order of a draft
        assert page.locator("#formulaire .piece-a-remplir[open]").count() == 0  # 96 fields are folded
        page.locator("#formulaire .piece-a-remplir > summary").nth(1).click()
        expect(page.locator("#formulaire .piece-a-remplir").nth(1).locator("legend").first).to_be_visible()


def test_no_more_than_one_may_keep_and_it_is_said(
    browser: Browser, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("assistant.drafting.kept.MOST_DRAFTS", 1)
    with within(home) as (url, site), watched(browser, url) as page:
        site.drafts.create(ONE, "Le premier", Content((CLAUSE,)), Writer("x"))
        begin(page)
        expect(page.locator("#etat-du-projet").get_by_role("alert")).to_contain_text("Vous gardez 1 projets")
        site.drafts.delete(ONE, site.drafts.listed(ONE)[0].id)
        typed(page, "7")
        assert len(site.drafts.listed(ONE)) == 1
