"""Nothing typed is lost, in a real browser: F5 in mid-answer, a restart, a session that ended, too many demands; with accounts and without."""

import io
import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant.answering.answerer import Answerer
from assistant.datatypes import Progress
from assistant.errors import NotIndexedError
from assistant.page import stream
from assistant.page.context import Site
from assistant.protocols import OnProgress
from assistant.reading import recognised
from assistant.site.rights import Role
from assistant.site.uploads import Uploads
from assistant.site.users import Users
from assistant.workspace import Workspace
from tests.page.conftest import (
    PATIENCE,
    Served,
    free_port,
    home_beside,
    open_screen,
    ready,
    serve,
    watched,
    within,
)
from tests.page.test_dependencies import REGISTER, file
from tests.page.test_questions import CLOUD_ACT, LOTS, ask, send
from tests.page.test_review_and_summaries import UNLAWFUL
from tests.page.test_several_people import PASSWORD

pytestmark = [pytest.mark.browser, pytest.mark.models]

Opened = tuple[str, Site]


@pytest.fixture(scope="module")
def own(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with within(home_beside(served.home, tmp_path_factory.mktemp("lost"))) as opened:
        yield opened


@pytest.fixture(scope="module")
def with_accounts(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    home = home_beside(served.home, tmp_path_factory.mktemp("accounts"))
    users = Users(home)
    for name in ("claire", "paul"):
        users.add(name, Role.DRAFTER, PASSWORD)
    with within(home) as opened:
        yield opened


def sign_in(page: Page, name: str = "claire") -> None:
    page.get_by_label("Nom de compte").fill(name)
    page.get_by_label("Mot de passe").fill(PASSWORD)
    page.get_by_role("button", name="Se connecter").click()
    ready(page)


@contextmanager
def signed_in(browser: Browser, url: str) -> Iterator[Page]:
    page = browser.new_page(locale="fr-FR")
    page.set_default_timeout(PATIENCE)
    page.goto(url)
    sign_in(page)
    yield page
    page.close()


def again(page: Page) -> None:
    """F5."""
    page.reload()
    ready(page)


def held_answers(monkeypatch: pytest.MonkeyPatch) -> Event:
    """Holds every answer before its first extract, until the event is set."""
    answers, go = Answerer.stream, Event()

    def held(self: Answerer, *given: Any, **named: Any) -> Any:
        assert go.wait(PATIENCE / 1_000)
        return answers(self, *given, **named)

    monkeypatch.setattr(Answerer, "stream", held)
    return go


def at_work(page: Page, question: str) -> None:
    """A question that was sent and whose answer is being made."""
    send(page, question)
    expect(page.locator("#fil .travail")).to_be_visible()


def answered_once(page: Page, question: str) -> None:
    """Whether a question has its answer, one, and has left the field."""
    expect(page.locator("#fil .tour .position")).to_have_count(1)
    expect(page.locator("#fil .tour h3").first).to_contain_text(question)
    expect(page.get_by_label("Votre question")).to_have_value("")
    assert question not in json.dumps(page.evaluate("({ ...sessionStorage, lus: '' })"))


# ---- a question --------------------------------------------------------------------------------------------------------------------


def test_a_question_stays_where_it_was_typed_until_its_answer_is_shown(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = held_answers(monkeypatch)
    with watched(browser, own[0]) as page:
        field = page.get_by_label("Votre question")
        at_work(page, LOTS)
        expect(field).to_have_value(LOTS)
        page.get_by_role("button", name="Arrêter").click()
        expect(page.locator("#fil [role=status]")).to_contain_text("Réponse arrêtée à votre demande.")
        expect(field).to_have_value(LOTS)
        go.set()
        field.press("Enter")
        answered_once(page, LOTS)


def test_what_is_typed_while_an_answer_is_made_is_not_taken_for_its_question(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = held_answers(monkeypatch)
    with watched(browser, own[0]) as page:
        at_work(page, LOTS)
        page.get_by_label("Votre question").fill("Et en procédure")
        go.set()
        expect(page.locator("#fil .tour .position")).to_have_count(1)
        expect(page.get_by_label("Votre question")).to_have_value("Et en procédure")


@pytest.mark.parametrize("where", ["at work", "in the queue"])
def test_an_answer_goes_on_after_f5_where_it_was(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    url, site = own
    go = held_answers(monkeypatch)
    with watched(browser, url) as page:
        if where == "in the queue":
            go.set()
            with site.turns.taken("une autre personne"):
                send(page, LOTS)
                expect(page.locator("#fil [role=status]")).to_contain_text("Une personne passe avant vous")
                again(page)
                expect(page.locator("#fil [role=status]")).to_contain_text("Une personne passe avant vous")
                expect(page.get_by_label("Votre question")).to_have_value(LOTS)
        else:
            at_work(page, LOTS)
            again(page)
            expect(page.locator("#fil .travail")).to_be_visible()
            expect(page.get_by_label("Votre question")).to_have_value(LOTS)
            go.set()
        answered_once(page, LOTS)
        again(page)
        answered_once(page, LOTS)


def test_an_answer_is_stopped_after_f5_by_the_button_that_came_back(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = held_answers(monkeypatch)
    with watched(browser, own[0]) as page:
        at_work(page, LOTS)
        again(page)
        page.get_by_role("button", name="Arrêter").click()
        expect(page.locator("#fil [role=status]")).to_contain_text("Réponse arrêtée à votre demande.")
        go.set()
        page.wait_for_timeout(1_000)
        expect(page.locator("#fil .position")).to_have_count(0)
        expect(page.get_by_label("Votre question")).to_have_value(LOTS)


def test_a_question_that_was_given_up_while_its_page_was_away_is_back_in_its_field(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stream, "_ALONE_SECONDS", 0.0)
    go = held_answers(monkeypatch)
    with watched(browser, own[0]) as page:
        at_work(page, LOTS)
        again(page)
        page.wait_for_timeout(1_000)
        expect(page.locator("#fil .travail")).to_have_count(0)
        expect(page.get_by_label("Votre question")).to_have_value(LOTS)
        go.set()
        page.get_by_label("Votre question").press("Enter")
        answered_once(page, LOTS)


def test_a_question_is_kept_where_too_much_is_asked_at_once(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    with watched(browser, own[0]) as page:
        with monkeypatch.context() as patch:
            patch.setattr(stream, "MOST_AT_ONCE", 0)
            send(page, LOTS)
            expect(page.locator("#annonce")).to_contain_text("Trop de demandes sont en cours")
            expect(page.get_by_label("Votre question")).to_have_value(LOTS)
        again(page)
        expect(page.get_by_label("Votre question")).to_have_value(LOTS)
        page.get_by_label("Votre question").press("Enter")
        answered_once(page, LOTS)


def test_a_question_that_the_server_refuses_in_the_thread_stays_in_its_field(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*given: Any, **named: Any) -> Any:
        raise NotIndexedError("Rien n'est indexé.", "Ajoutez des documents.")

    monkeypatch.setattr(Answerer, "stream", refused)
    with watched(browser, own[0]) as page:
        send(page, LOTS)
        expect(page.locator("#fil [role=alert]")).to_contain_text("Rien n'est indexé.")
        expect(page.get_by_label("Votre question")).to_have_value(LOTS)


def test_the_open_conversation_comes_back_after_f5_and_goes_on(browser: Browser, own: Opened) -> None:
    with watched(browser, own[0]) as page:
        kept = page.locator("#conversations .conversation")
        before = kept.count()
        ask(page, CLOUD_ACT)
        again(page)
        expect(page.locator("#fil .tour h3")).to_contain_text(CLOUD_ACT)
        expect(page.locator("#conversations [aria-current=true]")).to_have_count(1)
        ask(page, "Et pour un marché de travaux ?")
        expect(page.locator("#fil .tour")).to_have_count(2)
        expect(kept).to_have_count(before + 1)
        page.get_by_role("button", name="Nouvelle conversation").click()
        expect(page.locator("#fil .tour")).to_have_count(0)
        again(page)
        expect(page.get_by_text("Posez une question de commande publique.")).to_be_visible()


def test_a_tab_opened_from_another_has_a_page_of_its_own_and_f5_keeps_it(
    browser: Browser, own: Opened
) -> None:
    def named(page: Page, do: str) -> str:
        """The name under which the page asks when that is done to it."""
        with page.expect_request(
            lambda sent: sent.url.endswith("/demandes") and sent.method == "POST"
        ) as sent:
            if do == "F5":
                page.reload()
            else:
                page.get_by_role("button", name="Nouvelle conversation").click()
        ready(page)
        return str(json.loads(sent.value.post_data or "")["page"])

    with watched(browser, own[0]) as page:
        with page.context.expect_page() as opened:
            page.evaluate("void window.open(location.href)")
        other = opened.value
        ready(other)
        first, second = named(page, "press"), named(other, "press")
        assert first != second
        assert (named(page, "F5"), named(other, "F5")) == (first, second)
        other.close()


# ---- with accounts -----------------------------------------------------------------------------------------------------------------


def test_a_session_that_ended_gives_the_question_back_to_who_signs_in_again_and_to_nobody_else(
    browser: Browser, with_accounts: Opened
) -> None:
    url, site = with_accounts
    with signed_in(browser, url) as page:
        site.sessions.close_all()
        send(page, LOTS)
        expect(page.locator("#annonce")).to_contain_text("Connectez-vous")
        expect(page.get_by_label("Votre question")).to_have_value(LOTS)
        page.reload()
        sign_in(page)
        expect(page.get_by_label("Votre question")).to_have_value(LOTS)
        page.get_by_label("Votre question").press("Enter")
        answered_once(page, LOTS)
        page.get_by_label("Votre question").fill("secret de claire")
        site.sessions.close_all()
        page.reload()
        sign_in(page, "paul")
        expect(page.locator("#titre")).to_contain_text("paul")
        expect(page.get_by_label("Votre question")).to_have_value("")
        expect(page.locator("#fil .tour")).to_have_count(0)
        assert "secret" not in json.dumps(page.evaluate("({ ...sessionStorage })"))


def test_f5_in_mid_answer_with_accounts(
    browser: Browser, with_accounts: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = held_answers(monkeypatch)
    with signed_in(browser, with_accounts[0]) as page:
        page.get_by_role("button", name="Nouvelle conversation").click()
        at_work(page, CLOUD_ACT)
        again(page)
        expect(page.locator("#fil .travail")).to_be_visible()
        go.set()
        answered_once(page, CLOUD_ACT)


def test_a_session_that_ends_in_mid_answer_leaves_the_question_in_its_field(
    browser: Browser, with_accounts: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, site = with_accounts
    monkeypatch.setattr(stream, "_ALONE_SECONDS", 0.0)
    go = held_answers(monkeypatch)
    with signed_in(browser, url) as page:
        at_work(page, LOTS)
        site.sessions.close_all()
        page.reload()
        sign_in(page)
        expect(page.get_by_label("Votre question")).to_have_value(LOTS)
        go.set()
        page.get_by_label("Votre question").press("Enter")
        answered_once(page, LOTS)


def test_a_restart_with_accounts_loses_no_question(browser: Browser, served: Served, tmp_path: Path) -> None:
    home = home_beside(served.home, tmp_path / "home")
    Users(home).add("claire", Role.DRAFTER, PASSWORD)
    first = serve(home)
    url = next(first).url
    with signed_in(browser, url) as page:
        ask(page, LOTS)
        page.get_by_label("Votre question").fill(CLOUD_ACT)
        first.close()
        page.get_by_label("Votre question").press("Enter")
        expect(page.locator("#annonce")).to_contain_text("ne répond plus")
        second = serve(home, port=int(url.rpartition(":")[2]))
        next(second)
        expect(page.locator("#annonce")).to_contain_text("Connectez-vous")
        expect(page.get_by_label("Votre question")).to_have_value(CLOUD_ACT)
        page.reload()
        sign_in(page)
        expect(page.locator("#fil .tour h3")).to_contain_text(LOTS)
        expect(page.get_by_label("Votre question")).to_have_value(CLOUD_ACT)
        ask(page, CLOUD_ACT)
        expect(page.locator("#fil .tour")).to_have_count(2)
        second.close()


# ---- the open screen ---------------------------------------------------------------------------------------------------------------


def test_f5_leads_back_to_the_screen_that_was_open_and_a_tab_newly_opened_to_questions(
    browser: Browser, own: Opened
) -> None:
    def open_now(page: Page) -> str:
        return page.locator("[role=tab][aria-selected=true]").inner_text()

    with watched(browser, own[0]) as page:
        open_screen(page, "Contrôle")
        page.locator("#controle-jour").fill("01/04/2026")
        page.reload()
        ready(page, "Contrôle")
        expect(page.get_by_role("heading", name="Contrôler un projet ou un dossier")).to_be_visible()
        assert open_now(page) == "Contrôle"
        expect(page.locator("#controle-jour")).to_have_value("01/04/2026")
        page.get_by_role("tab", name="Bibliothèque").focus()
        page.keyboard.press("Enter")
        ready(page, "Bibliothèque")
        page.reload()
        ready(page, "Bibliothèque")
        expect(page.locator("#sources tbody tr").first).to_be_visible()
        with page.context.new_page() as other:
            other.goto(own[0])
            ready(other)
            assert open_now(other) == "Questions"
            expect(other.get_by_label("Votre question")).to_be_visible()


# ---- a review ----------------------------------------------------------------------------------------------------------------------


def dropped(page: Page) -> None:
    open_screen(page, "Contrôle")
    page.locator("#controle-fichiers").set_input_files(
        {"name": "CCTP.txt", "mimeType": "text/plain", "buffer": UNLAWFUL.encode()}
    )


def test_a_finished_review_comes_back_after_f5_with_its_pages_and_its_report(
    browser: Browser, own: Opened
) -> None:
    with watched(browser, own[0]) as page:
        dropped(page)
        card = page.locator("#constats .constat.blocking").first
        card.wait_for()
        again(page)
        open_screen(page, "Contrôle")
        card.get_by_role("button", name="Voir dans le texte").click()
        expect(page.locator(".source-ouverte mark")).to_contain_text("nationalité")
        page.get_by_role("button", name="Préparer le rapport").click()
        expect(page.get_by_role("link", name="Enregistrer en Markdown")).to_be_visible()


def test_a_finished_review_is_there_after_a_restart_and_a_new_page_is_offered_it(
    browser: Browser, served: Served, tmp_path: Path
) -> None:
    home, port = home_beside(served.home, tmp_path / "home"), free_port()
    first = serve(home, port=port)
    url = next(first).url
    with watched(browser, url) as page:
        dropped(page)
        card = page.locator("#constats .constat.blocking").first
        card.wait_for()
        said = page.locator("#constats").inner_text()
        first.close()
        second = serve(home, port=port)
        next(second)
        # The page left open goes on: what its server showed is found again, without F5.
        card.get_by_role("button", name="Voir dans le texte").click()
        expect(page.locator(".source-ouverte mark")).to_contain_text("nationalité")
        again(page)
        ready(page, "Contrôle")
        expect(card).to_be_visible()
        assert page.locator("#constats").inner_text() == said
        page.get_by_role("button", name="Préparer le rapport").click()
        expect(page.get_by_role("link", name="Enregistrer en Markdown")).to_be_visible()
    with watched(browser, url) as page:
        open_screen(page, "Contrôle")
        expect(page.locator("#constats")).to_contain_text("Votre dernier contrôle")
        expect(page.locator("#constats")).to_contain_text("CCTP.txt")
        page.get_by_role("button", name="Rouvrir le dernier contrôle").click()
        expect(page.locator("#constats .constat.blocking").first).to_be_visible()
        assert page.locator("#constats").inner_text() == said
        page.get_by_role("button", name="Effacer").click()
        expect(page.locator("#constats .constat")).to_have_count(0)
        again(page)
        ready(page, "Contrôle")
        expect(page.locator("#constats")).to_contain_text("Déposez un projet")
        expect(page.locator("#constats")).not_to_contain_text("dernier contrôle")
    second.close()


def test_a_review_goes_on_after_f5_and_one_that_was_left_lets_the_next_begin(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, site = own
    review, go = site.workspace.review, Event()

    def at_work(*given: Any, on_progress: OnProgress, **named: Any) -> Any:
        on_progress(Progress("lecture", 0, 1, "CCTP.txt"))
        assert go.wait(PATIENCE / 1_000)
        return review(*given, on_progress=on_progress, **named)

    monkeypatch.setattr(site.workspace, "review", at_work)
    with watched(browser, url) as page:
        following = page.locator("#controle-suivi").get_by_role("progressbar")
        dropped(page)
        expect(following).to_be_visible()
        again(page)
        open_screen(page, "Contrôle")
        expect(following).to_be_visible()
        monkeypatch.setattr(stream, "_ALONE_SECONDS", 0.0)
        again(page)
        page.wait_for_timeout(2_000)
        open_screen(page, "Contrôle")
        expect(following).to_have_count(0)
        dropped(page)
        expect(following).to_be_visible()
        go.set()
        expect(page.locator("#constats .constat.blocking").first).to_be_visible()


# ---- other forms -------------------------------------------------------------------------------------------------------------------


def test_a_judgement_half_typed_stays_with_its_answer_until_it_is_kept(browser: Browser, own: Opened) -> None:
    with watched(browser, own[0]) as page:
        why = page.get_by_label("Qu'est-ce qui n'est pas juste ?")
        ask(page, LOTS)
        page.get_by_text("Ce n'est pas juste").click()
        why.fill("Le seuil a changé.")
        page.get_by_label("La bonne réponse serait").select_option("Information")
        again(page)
        page.get_by_text("Ce n'est pas juste").click()
        expect(why).to_have_value("Le seuil a changé.")
        expect(page.get_by_label("La bonne réponse serait")).to_have_value("information")
        page.get_by_role("button", name="Nouvelle conversation").click()
        expect(page.locator("#fil .tour")).to_have_count(0)
        ask(page, CLOUD_ACT)
        expect(why).to_have_value("")
        page.locator("#conversations .conversation", has_text=LOTS).first.click()
        expect(page.locator("#fil .tour h3").first).to_contain_text(LOTS)
        page.get_by_text("Ce n'est pas juste").click()
        expect(why).to_have_value("Le seuil a changé.")
        page.get_by_role("button", name="Envoyer cet avis").click()
        expect(page.get_by_text("Merci : votre avis est gardé")).to_be_visible()
        expect(why).to_have_value("")
        assert "Le seuil a changé" not in json.dumps(page.evaluate("({ ...sessionStorage })"))


def test_a_search_for_clauses_is_made_again_after_f5(browser: Browser, own: Opened) -> None:
    with watched(browser, own[0]) as page:
        found = page.locator("#clauses-trouvees li")
        open_screen(page, "Clauses")
        every = found.count()
        page.get_by_label("Pièce").select_option("RC")
        expect(page.locator("#clauses-trouvees")).not_to_contain_text("Clause modèle · CCTP")
        page.get_by_label("Ce que vous voulez obtenir").fill("chiffrement")
        again(page)
        open_screen(page, "Clauses")
        expect(page.get_by_label("Ce que vous voulez obtenir")).to_have_value("chiffrement")
        expect(page.get_by_label("Pièce")).to_have_value("RC")
        expect(page.locator("#clauses-trouvees")).not_to_contain_text("Clause modèle · CCTP")
        assert found.count() < every


def test_the_corrections_of_a_register_stay_after_f5_and_after_a_refusal_and_not_on_another_file(
    browser: Browser, own: Opened
) -> None:
    url, site = own
    site.workspace.dependencies.import_register(
        "local", REGISTER, "ancien.xlsx", member="Bourg", replace_known=True
    )
    with watched(browser, url) as page:
        open_screen(page, "Dépendances")
        understood = page.locator("#registre-compris")
        column = understood.get_by_label("Champ de Machin")
        member = understood.get_by_label("Membre, si aucune colonne ne le dit")
        page.set_input_files("#registre-fichiers", file("registre.xlsx", REGISTER))
        column.select_option("publisher")
        member.fill("Bourg")
        understood.get_by_role("button", name="Garder ce registre").click()
        expect(understood.get_by_role("alert")).to_contain_text("Bourg")
        expect(column).to_have_value("publisher")
        expect(member).to_have_value("Bourg")
        again(page)
        open_screen(page, "Dépendances")
        expect(column).to_have_value("publisher")
        expect(member).to_have_value("Bourg")
        page.set_input_files("#registre-fichiers", file("autre.xlsx", REGISTER))
        expect(member).to_have_value("autre")
        expect(column).to_have_value("autre")


def test_what_was_dropped_and_not_yet_indexed_when_the_server_was_killed_is_taken_up_at_the_next_start(
    served: Served, tmp_path: Path
) -> None:
    home = home_beside(served.home, tmp_path / "home")
    kept = Uploads(home, 2_000_000, 5, recognised)
    note = kept.receive("claire", "Note.md", io.BytesIO(b"# Note\n\nLa fontaine est repeinte en vert.\n"))
    broken = kept.receive("claire", "Scan.pdf", io.BytesIO(b"%PDF-1.7\nnothing more"))
    opened = serve(home)
    next(opened)
    opened.close()
    workspace = Workspace(home)
    (held,) = (one for one in workspace.sources() if str(note.path) in one.origins)
    workspace.close()
    assert held.source.collection == "prive:claire"
    assert note.path.is_file()
    assert not broken.path.exists()
