"""Waiting one's turn, stopping, leaving, in a real browser; the page is served by the test's own process, so that the test may hold the queue."""

import re
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from assistant.answering.answerer import Answerer
from assistant.datatypes import Progress
from assistant.page import library, stream
from assistant.page.context import Site
from assistant.protocols import OnProgress
from tests.page.conftest import PATIENCE, Served, home_beside, open_screen, watched, within
from tests.page.test_questions import LOTS, ask, send
from tests.page.test_review_and_summaries import tender

pytestmark = [pytest.mark.browser, pytest.mark.models]

UNION = "L'acheteur peut-il imposer que les moyens soient localisés sur le territoire de l'Union ?"
Opened = tuple[str, Site]


@pytest.fixture(scope="module")
def own(served: Served, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Opened]:
    with within(home_beside(served.home, tmp_path_factory.mktemp("waiting"))) as opened:
        yield opened


def until(what: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not what():
        assert time.monotonic() < end
        time.sleep(0.05)


def test_an_answer_that_is_stopped_at_work_is_not_kept_and_the_next_question_is_answered(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, site = own
    stream, stopped = Answerer.stream, Event()

    def at_work(self: Answerer, *given: Any, **named: Any) -> Any:
        assert stopped.wait(PATIENCE / 1_000)
        return stream(self, *given, **named)

    monkeypatch.setattr(Answerer, "stream", at_work)
    with watched(browser, url) as page:
        send(page, UNION)
        expect(page.locator("#fil .travail")).to_have_text("Recherche dans les textes indexés…")
        page.get_by_role("button", name="Arrêter").click()
        expect(page.locator("#fil [role=status]")).to_have_text(
            "Réponse arrêtée à votre demande. Rien n'en est gardé."
        )
        expect(page.get_by_role("button", name="Arrêter")).to_have_count(0)
        stopped.set()
        expect(page.get_by_text("Vos conversations seront gardées ici")).to_be_visible()
        assert "séparés" in ask(page, LOTS)
        expect(page.locator("#fil .tour")).to_have_count(1)
        expect(page.locator("#conversations .conversation")).to_have_text(LOTS)
        page.wait_for_timeout(1_000)  # nothing of the stopped answer comes afterwards
        expect(page.locator("#fil .tour")).to_have_count(1)
    until(lambda: len(site.turns) == 0)


def test_who_waits_is_told_how_many_go_first_and_who_stops_or_leaves_gives_the_place_back(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, site = own
    monkeypatch.setattr(stream, "_ALONE_SECONDS", 4.0)
    with watched(browser, url) as one, watched(browser, url) as two:
        leaving = browser.new_page()
        leaving.goto(url)
        leaving.locator("html[data-ready]").wait_for(state="attached")
        with site.turns.taken("une autre personne"):
            send(one, UNION)
            expect(one.locator("#fil [role=status]")).to_have_text(
                "Une personne passe avant vous ; votre question est gardée dans la file."
            )
            send(leaving, "Que dit le code de la sous-traitance ?")
            expect(leaving.locator("#fil [role=status]")).to_contain_text("2 personnes passent avant vous")
            send(two, LOTS)
            expect(two.locator("#fil [role=status]")).to_contain_text("3 personnes passent avant vous")
            with watched(browser, url) as looking:
                open_screen(looking, "Bibliothèque")
                expect(looking.locator("#etat")).to_contain_text("4 questions en cours ou en attente.")
            one.get_by_role("button", name="Arrêter").click()
            expect(one.locator("#fil [role=status]")).to_contain_text("Réponse arrêtée à votre demande.")
            expect(two.locator("#fil [role=status]")).to_contain_text("2 personnes passent avant vous")
            leaving.close()
            expect(two.locator("#fil [role=status]")).to_contain_text("Une personne passe avant vous")
            assert two.locator("#fil .position").count() == 0
            send(two, "Et les accords-cadres ?")
            expect(two.get_by_text("Attendez la fin de la réponse, ou arrêtez-la.")).to_be_visible()
            assert two.get_by_label("Votre question").input_value() == "Et les accords-cadres ?"
        expect(two.locator("#fil .position")).to_have_count(1)
        two.get_by_label("Votre question").press("Enter")
        expect(two.locator("#fil .position")).to_have_count(2)
        expect(two.get_by_text("Attendez la fin de la réponse, ou arrêtez-la.")).to_be_hidden()
        expect(one.locator("#fil .position")).to_have_count(0)
        assert "territoire de l'Union" in ask(one, UNION)
    until(lambda: len(site.turns) == 0)


def test_a_button_that_is_shown_anew_between_press_and_release_is_pressed(
    browser: Browser, own: Opened
) -> None:
    url, site = own
    with watched(browser, url) as page, site.turns.taken("une autre personne"):
        send(page, UNION)
        stop = page.get_by_role("button", name="Arrêter")
        stop.hover()
        page.mouse.down()
        stop.evaluate("button => button.replaceWith(button.cloneNode(true))")
        page.mouse.up()
        expect(page.locator("#fil [role=status]")).to_contain_text("Réponse arrêtée à votre demande.")
    until(lambda: len(site.turns) == 0)


def test_a_follow_up_is_answered_with_the_questions_before_it_in_mind(
    browser: Browser, own: Opened, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, site = own
    answerer, in_mind = site.workspace.answerer(), []

    class Listening:
        def stream(self, question: str, *, previous: tuple[str, ...], **named: Any) -> Iterator[Any]:
            in_mind.append((question, previous))
            return answerer.stream(question, previous=previous, **named)

    monkeypatch.setattr(site.workspace, "answerer", Listening)
    with watched(browser, url) as page:
        ask(page, UNION)
        ask(page, "Et pour les sous-traitants ?")
        page.get_by_role("button", name="Nouvelle conversation").click()
        expect(page.locator("#fil .tour")).to_have_count(0)
        ask(page, LOTS)
    assert in_mind == [(UNION, ()), ("Et pour les sous-traitants ?", (UNION,)), (LOTS, ())]


def test_a_search_for_clauses_waits_its_turn_and_the_last_one_counts(browser: Browser, own: Opened) -> None:
    url, site = own
    with watched(browser, url) as page:
        open_screen(page, "Clauses")
        found = page.locator("#clauses-trouvees")
        with site.turns.taken("une autre personne"):
            page.get_by_label("Ce que vous voulez obtenir").fill("détention des clés de chiffrement")
            page.get_by_role("button", name="Chercher", exact=True).click()
            expect(found.locator(".travail")).to_have_text("Recherche…")
            page.get_by_label("Ce que vous voulez obtenir").fill("")
            page.get_by_label("Pièce").select_option("RC")
            expect(found).to_contain_text("Clause modèle · RC")
        until(lambda: len(site.turns) == 0)
        page.wait_for_timeout(1_000)
        assert "Clause modèle · CCTP" not in found.inner_text()


def test_a_folder_is_followed_stopped_and_taken_up_again(
    browser: Browser, served: Served, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stopped = Event()
    with (
        within(home_beside(served.home, tmp_path / "home")) as (url, site),
        watched(browser, url) as page,
    ):
        summarise = site.workspace.summarise

        def at_work(*given: Any, on_progress: OnProgress, **named: Any) -> Any:
            def follow(progress: Progress) -> None:
                on_progress(progress)
                if progress.done >= 2:
                    assert stopped.wait(PATIENCE / 1_000)

            return summarise(*given, on_progress=follow, **named)

        monkeypatch.setattr(site.workspace, "summarise", at_work)
        open_screen(page, "Synthèses")
        page.locator("#synthese-dossier").set_input_files(tender(tmp_path / "Voirie 2026", 4))
        following, kept = (
            page.locator("#synthese-suivi"),
            page.locator("#syntheses li", has_text="Voirie 2026 (4 fichiers)"),
        )
        expect(following.get_by_role("progressbar")).to_be_visible()
        expect(following).to_contain_text(
            re.compile(r"Fiches : \d+ sur 4\. .*\(encore (moins d'une minute|environ \d+ minutes?)\)")
        )
        expect(following.get_by_text(re.compile("fichiers? terminés?"))).to_be_visible()
        following.get_by_role("button", name="Arrêter").click()
        stopped.set()
        expect(following.get_by_role("status")).to_have_text(
            "Arrêté à votre demande. Ce qui était fait est gardé : « Reprendre » fait le reste."
        )
        expect(kept).to_contain_text("interrompue")
        monkeypatch.undo()
        page.reload()
        open_screen(page, "Synthèses")
        kept.get_by_role("button", name="Reprendre").click()
        expect(following.locator(".succes")).to_contain_text(
            "4 documents, 56 pages, 1 consultation, 0 en échec.", timeout=3 * PATIENCE
        )
        expect(kept).to_contain_text("terminée")
        expect(page.locator("#synthese h3")).to_have_text("Voirie 2026")


def test_adding_documents_is_stopped_and_leaves_no_file_that_nobody_could_take_out(
    browser: Browser, own: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url, site = own
    indexed = library._indexed

    def slow(*given: Any) -> Any:
        *others, listen = given
        return indexed(*others, lambda progress: (time.sleep(1), listen(progress))[1])

    monkeypatch.setattr(library, "_indexed", slow)
    folder = tmp_path / "marchés"
    folder.mkdir()
    for number in range(6):
        (folder / f"marché {number}.txt").write_text(
            f"Article 1 : Objet\nFourniture de {number + 2} trombones dorés.\n", encoding="utf-8"
        )
    with watched(browser, url) as page:
        open_screen(page, "Bibliothèque")
        page.locator("#ajout-dossier").set_input_files(folder)
        following = page.locator("#ajout-suivi")
        expect(following).to_contain_text("sur 6.")
        following.get_by_role("button", name="Arrêter").click()
        expect(following.get_by_role("status")).to_contain_text(
            "Arrêté à votre demande. Les documents déjà lus sont dans la bibliothèque"
        )
        listed = page.locator("#sources tbody tr", has_text="marché ").count()
        assert listed < 6
        assert len(list((site.workspace.settings.home / "uploads").rglob("*.txt"))) == listed
        monkeypatch.undo()
        page.locator("#ajout-dossier").set_input_files(folder)
        expect(page.locator("#sources tbody tr", has_text="marché ")).to_have_count(6)


def test_the_journal_says_what_it_lacks_what_is_mistyped_and_where_it_is_broken(
    browser: Browser, own: Opened
) -> None:
    url, site = own
    with watched(browser, url) as page:
        ask(page, LOTS)
        page.reload()
        open_screen(page, "Administration")
        journal = page.locator("#journal")
        expect(journal.locator("tbody tr").first).to_contain_text(LOTS)
        journal.get_by_label("Personne").fill("personne")
        journal.get_by_role("button", name="Filtrer").click()
        expect(journal).to_contain_text("Aucune ligne.")
        expect(page.locator("#comptes")).to_contain_text(
            "La page est ouverte à une seule personne, sur cet ordinateur."
        )
        journal.get_by_label("Personne").fill("")
        journal.get_by_label("Depuis le").fill("31/02/2026")
        journal.get_by_role("button", name="Filtrer").click()
        assert "n'est pas une date" in journal.get_by_label("Depuis le").evaluate(
            "field => field.validationMessage"
        )
        journal.get_by_label("Depuis le").fill("")
        journal.get_by_role("button", name="Vérifier le journal").click()
        expect(journal.locator(".succes")).to_contain_text(
            "rien n'a été retiré ni changé depuis leur écriture"
        )
        files = list((site.workspace.settings.home / "journal").rglob("*.jsonl"))
        for path in files:
            path.write_bytes(path.read_bytes().replace("lots séparés".encode(), "lots réunis ".encode(), 1))
        journal.get_by_role("button", name="Vérifier le journal").click()
        expect(journal.get_by_role("alert")).to_contain_text("La chaîne du journal est rompue")
        expect(journal.get_by_label("Personne")).to_be_visible()
