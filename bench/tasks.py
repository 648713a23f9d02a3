"""Thirty tasks done by someone who has only the guide (``docs/guide-utilisateur.md``), in Chromium, on a real server: ``python -m bench.tasks HOME [NUMBER…]``.

Each task is put as a user would put it. What is pressed is found by the words that the guide uses and the page shows, and by nothing else; a task is done when
the page shows, or saves, what the user wanted. The index of ``HOME`` (``corpus/`` indexed) is copied; two made markets and a few dated articles are added to
the copy, as the tests write them. Run on demand: it is no part of the test suite.
"""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Browser, Download, Error, Page, expect, sync_playwright

from assistant import office
from bench.page import Server, served
from bench.pictures import FRAMEWORK
from tests.conftest import write_rules
from tests.documents.made import CLEANING, ROADS, written
from training.browser import CHROMIUM

PATIENCE_MS = 45_000
CLOUD_ACT = "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?"
SECRET, ANOTHER = "quatre mots tirés au sort", "encore cinq mots au hasard"
UNLAWFUL = (
    "# CCAP\n\n## Article 1. Candidats\n\nLes candidats de nationalité autre que française sont exclus.\n\n"
    "## Article 4. Paiement\n\nLe délai de paiement est de 90 jours.\n"
)
NOTICE = "# CCAP\n\nObjet : entretien des ascenseurs\n\nAcheteur : Ville de Valmont\n\n## Durée\n\nLe marché est conclu pour 36 mois à compter de sa notification.\n"  # noqa: E501


@dataclass
class Desk:
    """Somebody at the page, and what the tasks share."""

    browser: Browser
    server: Server
    folder: Path
    page: Page = field(init=False)

    def __post_init__(self) -> None:
        self.page = self.visitor()

    def visitor(self) -> Page:
        """A browser of its own, opened on the page; asked to confirm, it says yes."""
        page = self.browser.new_context(
            locale="fr-FR", permissions=["clipboard-read", "clipboard-write"]
        ).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(self.server.url)
        return page

    def screen(self, name: str) -> None:
        """Opens a screen by its tab."""
        self.page.get_by_role("tab", name=name, exact=True).click()

    def press(self, name: str) -> None:
        """Presses the button of that name that is seen."""
        self.page.get_by_role("button", name=name).locator("visible=true").first.click()

    def ask(self, question: str) -> str:
        """Asks, and gives the words of the answer once it is whole."""
        self.screen("Questions")
        turns = self.page.locator("#fil .tour")
        before = turns.count()
        self.page.get_by_label("Votre question").fill(question)
        self.page.get_by_label("Votre question").press("Enter")
        expect(turns).to_have_count(before + 1)
        turns.last.locator(".position").last.wait_for()
        expect(self.page.locator("#fil .travail")).to_have_count(0)
        return turns.last.inner_text()

    def begin_anew(self) -> None:
        """Begins another conversation; a question sent before it has come would join the one that was open."""
        self.press("Nouvelle conversation")
        expect(self.page.locator("#fil .tour")).to_have_count(0)

    def sees(self, words: str) -> None:
        """Waits until those words are seen."""
        self.page.get_by_text(words).locator("visible=true").first.wait_for()

    def saves(self, press: Callable[[], None]) -> bytes:
        """What the browser saves at a press."""
        with self.page.expect_download() as download:
            press()
        return content(download.value)

    def saves_link(self, name: str) -> bytes:
        """What a link of that name saves."""
        return self.saves(
            lambda: self.page.get_by_role("link", name=name).locator("visible=true").first.click()
        )

    def drops(self, name: str, data: bytes, label: str = "Choisir des fichiers ou un ZIP") -> None:
        """Gives a file to the screen that is open."""
        self.page.get_by_label(label).locator("visible=true").first.set_input_files(
            {"name": name, "mimeType": "application/octet-stream", "buffer": data}
        )


def content(download: Download) -> bytes:
    return Path(download.path()).read_bytes()


Task = Callable[[Desk], None]
TASKS: list[tuple[str, Task]] = []


def task(put: str) -> Callable[[Task], Task]:
    """A task, as a user puts it."""

    def added(do: Task) -> Task:
        TASKS.append((put, do))
        return do

    return added


@task("Demandez si l'on peut exclure un fournisseur soumis au Cloud Act : quelle position, quel risque ?")
def _(desk: Desk) -> None:
    said = desk.ask(CLOUD_ACT)
    assert "Interdit" in said
    assert "élevé" in said


@task("Ouvrez la phrase qui le prouve, puis revenez à la réponse sans la souris.")
def _(desk: Desk) -> None:
    mark = desk.page.locator("#fil .marque").first
    mark.press("Enter")
    expect(desk.page.locator(".source-ouverte")).to_be_focused()
    desk.page.get_by_role("button", name="Revenir au texte").press("Enter")
    expect(mark).to_be_focused()


@task("Demandez ensuite ce que l'on risque, sans répéter la question.")
def _(desk: Desk) -> None:
    assert "référé" in desk.ask("qu'est-ce qu'on risque ?")


@task("Lisez l'article R2122-8 en entier, et ses autres rédactions.")
def _(desk: Desk) -> None:
    desk.begin_anew()
    assert "40 000 euros" in desk.ask("que dit l'article R2122-8 ?")
    desk.sees("25 000 euros")


@task("Quel était ce seuil en juin 2019 ? Changez la date du droit.")
def _(desk: Desk) -> None:
    desk.begin_anew()
    desk.page.get_by_label("Droit en vigueur le").fill("01/06/2019")
    assert "25 000 euros" in desk.ask("Sous quel montant un marché est-il passé sans publicité ? R2122-8")
    desk.page.get_by_label("Droit en vigueur le").fill("")


@task("Posez une question à laquelle rien ne répond, et comprenez pourquoi.")
def _(desk: Desk) -> None:
    desk.begin_anew()
    assert "Hors du corpus" in desk.ask("Quelle est la recette de la tarte aux pommes ?")


@task("Nommez cette conversation « Essai », rechargez la page, retrouvez-la par son nom.")
def _(desk: Desk) -> None:
    page = desk.page
    page.get_by_text("Renommer", exact=True).first.click()
    page.get_by_label("Nom de la conversation").fill("Essai")
    desk.press("Renommer")
    page.get_by_role("heading", name="Essai").wait_for()
    page.reload()
    page.get_by_label("Chercher dans mes conversations").fill("Essai")
    page.locator("#conversations .conversation", has_text="Essai").click()
    page.locator("#fil .position").first.wait_for()


@task("Enregistrez-la pour votre traitement de texte, puis supprimez-la.")
def _(desk: Desk) -> None:
    desk.press("Exporter")
    assert zipfile.is_zipfile(io.BytesIO(desk.saves_link("Enregistrer en ODT")))
    desk.press("Supprimer")
    desk.sees("Posez une question de commande publique.")


@task("Faites le dossier de preuve d'une réponse, et vérifiez-le sans rien installer.")
def _(desk: Desk) -> None:
    desk.ask(CLOUD_ACT)
    desk.press("Dossier de preuve")
    proof = desk.folder / "preuve.zip"
    proof.write_bytes(desk.saves_link("Enregistrer le dossier de preuve"))
    with zipfile.ZipFile(proof) as held:
        name = next(one for one in held.namelist() if one.endswith("verifier.py"))
        (desk.folder / "verifier.py").write_bytes(held.read(name))
    done = subprocess.run(
        [sys.executable, "-I", desk.folder / "verifier.py", proof],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@task("Dites que cette réponse n'est pas juste, et pourquoi.")
def _(desk: Desk) -> None:
    desk.page.get_by_text("Ce n'est pas juste").last.click()
    desk.page.get_by_label("Qu'est-ce qui n'est pas juste ?").last.fill("Il manque une exception.")
    desk.press("Envoyer cet avis")
    desk.sees("votre avis est gardé")


@task("Trouvez une clause pour garder nous-mêmes les clés de chiffrement.")
def _(desk: Desk) -> None:
    desk.screen("Clauses")
    desk.page.get_by_label("Ce que vous voulez obtenir").fill("détenir nous-mêmes les clés de chiffrement")
    desk.press("Chercher")
    desk.page.locator("#clauses-trouvees").get_by_role(
        "button", name="Détention et gestion des clés"
    ).first.click()
    desk.sees("Ce que cette clause n'obtient pas")


@task("Comparez le niveau 1 et le niveau 3 de cette clause.")
def _(desk: Desk) -> None:
    page = desk.page
    page.get_by_label("Texte de gauche").select_option("n:1")
    page.get_by_label("Texte de droite").select_option("n:3")
    page.locator("#clause-ouverte ins").first.wait_for()


@task("Prenez-la dans un projet et remplissez un champ : le texte doit suivre.")
def _(desk: Desk) -> None:
    desk.press("Utiliser dans la rédaction")
    desk.page.get_by_label("Intervalle maximal de renouvellement des clés").fill("7")
    desk.page.locator("#apercu .champ-d", has_text="7").first.wait_for()
    desk.sees("Gardé à")


@task("Exigez le niveau le plus fort, et voyez le risque changer.")
def _(desk: Desk) -> None:
    desk.page.get_by_label("Niveau 3, fort").first.check()
    desk.sees("Niveau 3, risque : moyen")


@task("Rechargez la page, et retrouvez le projet tel quel.")
def _(desk: Desk) -> None:
    desk.page.reload()
    desk.page.locator("html[data-ready]").wait_for(state="attached")
    desk.screen("Rédaction")
    field_ = desk.page.get_by_label("Intervalle maximal de renouvellement des clés")
    if not field_.is_visible():
        desk.page.locator("#projets button").last.click()
    expect(field_).to_have_value("7")


@task("Nommez le projet « Clés de la ville », puis dupliquez-le.")
def _(desk: Desk) -> None:
    page = desk.page
    page.get_by_text("Nom, partage, versions").click()
    page.get_by_label("Nom du projet").fill("Clés de la ville")
    desk.press("Renommer")
    page.locator("#projets", has_text="Clés de la ville").wait_for()
    desk.press("Dupliquer")
    expect(page.locator("#projets button", has_text="Clés de la ville")).to_have_count(2)


@task("Faites relire le projet, puis enregistrez-le en DOCX.")
def _(desk: Desk) -> None:
    desk.press("Relire le projet")
    desk.sees("Relecture :")
    desk.press("Préparer les fichiers ODT et DOCX")
    assert zipfile.is_zipfile(io.BytesIO(desk.saves_link("Enregistrer en DOCX")))


@task("Contrôlez un CCAP : quels constats, à quel endroit ?")
def _(desk: Desk) -> None:
    draft = desk.folder / "CCAP.docx"
    office.write(UNLAWFUL, draft)
    desk.screen("Contrôle")
    desk.drops("CCAP.docx", draft.read_bytes())
    desk.page.locator("#constats .constat", has_text="Bloquant").first.wait_for()
    desk.press("Voir dans le texte")
    desk.page.locator("#page-controlee mark").first.wait_for()


@task("Récupérez votre DOCX avec les constats en commentaires.")
def _(desk: Desk) -> None:
    desk.press("Annoter le document")
    with zipfile.ZipFile(io.BytesIO(desk.saves_link("Enregistrer le document annoté"))) as held:
        assert "paiement" in held.read("word/comments.xml").decode()


@task("Enregistrez le rapport de ce contrôle.")
def _(desk: Desk) -> None:
    desk.press("Préparer le rapport")
    assert b"90 jours" in desk.saves_link("Enregistrer en Markdown")


@task("Résumez un accord-cadre, et ouvrez la page d'un champ.")
def _(desk: Desk) -> None:
    desk.screen("Synthèses")
    desk.drops(FRAMEWORK.name, FRAMEWORK.read_bytes())
    desk.page.locator("#synthese table tr", has_text="Objet").get_by_role("button").first.click(
        timeout=3 * PATIENCE_MS
    )
    desk.page.locator("#page-synthese .surligne").first.wait_for()


@task("Enregistrez cette synthèse dans un classeur.")
def _(desk: Desk) -> None:
    desk.press("Préparer les fichiers XLSX et ODT")
    book = load_workbook(io.BytesIO(desk.saves_link("Enregistrer le tableau en XLSX")))
    assert any(
        "visioconférence" in str(cell.value)
        for sheet in book.worksheets
        for row in sheet.iter_rows()
        for cell in row
    )


@task("Ajoutez un contrat à vos documents, puis demandez-en la durée.")
def _(desk: Desk) -> None:
    desk.screen("Bibliothèque")
    desk.drops("CCAP ascenseurs.md", NOTICE.encode())
    desk.sees("1 source ajoutée")
    desk.screen("Questions")
    desk.begin_anew()
    assert "36 mois" in desk.ask("Quelle est la durée du marché d'entretien des ascenseurs ?")


@task("Lesquels de nos marchés durent plus de trois ans ? Enregistrez la liste.")
def _(desk: Desk) -> None:
    assert "réfection de la voirie" in desk.ask("Lesquels de nos marchés durent plus de trois ans ?")
    saved = desk.saves(lambda: desk.press("Enregistrer le classeur"))
    assert any(
        "voirie" in str(cell.value)
        for row in load_workbook(io.BytesIO(saved)).active.iter_rows()
        for cell in row
    )


@task("Mettez une pièce à part de son marché, puis laissez l'assistant regrouper.")
def _(desk: Desk) -> None:
    desk.screen("Mes marchés")
    market = desk.page.locator("#marches .marche", has_text="nettoyage des écoles")
    market.first.locator("summary").click()
    desk.press("Mettre à part CCTP nettoyage.md")
    desk.sees("est maintenant un marché à part")
    apart = desk.page.locator(
        "#marches .marche",
        has=desk.page.get_by_role("button", name="Laisser l'assistant regrouper", include_hidden=True),
    )
    apart.locator("summary").click()
    apart.get_by_role("button", name="Laisser l'assistant regrouper").click()
    desk.sees("L'assistant regroupe de nouveau")


@task("Comparez la durée de tous vos marchés dans une grille, et ouvrez une valeur.")
def _(desk: Desk) -> None:
    desk.page.get_by_text("Cocher des champs déjà lus").click()
    desk.page.get_by_label("Durée initiale", exact=True).check()
    desk.press("Calculer")
    desk.page.locator("#grille tbody button", has_text="48 mois").first.click(timeout=3 * PATIENCE_MS)
    desk.page.locator("#page-de-marche mark", has_text="48 mois").wait_for()


@task("Le marché de voirie a été notifié le 1er mars 2026 : mettez sa fin dans votre agenda.")
def _(desk: Desk) -> None:
    desk.screen("Échéances")
    due = desk.page.locator("#echeances .echeance", has_text="réfection de la voirie").first
    due.get_by_label("Départ").fill("01/03/2026")
    due.get_by_role("button", name="Confirmer").click()
    desk.sees("confirmé au 28 février 2030")
    assert b"20300228" in desk.saves(lambda: desk.press("Enregistrer l'agenda"))


@task("Retirez votre contrat de la bibliothèque, et vérifiez que tout est en ordre.")
def _(desk: Desk) -> None:
    desk.screen("Bibliothèque")
    desk.page.get_by_label("Chercher un titre").fill("ascenseurs")
    desk.page.locator("#sources tbody tr", has_text="CCAP ascenseurs").get_by_role(
        "button", name="Retirer"
    ).click()
    desk.sees("est retiré de la bibliothèque")
    desk.press("Vérifier maintenant")
    desk.page.locator("#etat").get_by_text("En ordre").first.wait_for()


@task(
    "Ouvrez l'assistant à plusieurs : créez votre compte d'administrateur, connectez-vous, voyez le journal."
)
def _(desk: Desk) -> None:
    create(desk, "claire.martin", "administrateur", SECRET)
    desk.page.reload()
    sign_in(desk.page, "claire.martin", SECRET)
    desk.page.locator("html[data-ready]").wait_for(state="attached")
    desk.screen("Administration")
    desk.press("Vérifier le journal")
    desk.sees("rien n'a été retiré")


@task("Créez un compte de lecteur pour Paul : il entre, et ne voit pas la rédaction. Puis désactivez-le.")
def _(desk: Desk) -> None:
    create(desk, "paul", "lecteur", ANOTHER)
    paul = desk.visitor()
    sign_in(paul, "paul", ANOTHER)
    paul.get_by_label("Votre question").wait_for()
    expect(paul.get_by_role("tab", name="Rédaction")).to_have_count(0)
    desk.page.locator("#comptes summary", has_text="paul").click()
    desk.press("Désactiver")
    desk.sees("paul ne peut plus entrer")
    paul.reload()
    paul.get_by_label("Nom de compte").wait_for()
    paul.context.close()


def create(desk: Desk, name: str, role: str, secret: str) -> None:
    desk.screen("Administration")
    form = desk.page.get_by_role("form", name="Créer un compte")
    form.get_by_label("Nom du compte").fill(name)
    form.get_by_label("Rôle").select_option(role)
    form.get_by_label("Mot de passe").fill(secret)
    form.get_by_label("Encore une fois").fill(secret)
    form.get_by_role("button", name="Créer le compte").click()
    desk.sees(f"Compte créé : {name}, {role}.".replace(" :", "\u00a0:"))


def sign_in(page: Page, name: str, secret: str) -> None:
    page.get_by_label("Nom de compte").fill(name)
    page.get_by_label("Mot de passe").fill(secret)
    page.get_by_role("button", name="Se connecter").click()


@contextmanager
def desk_over(home: Path) -> Iterator[Desk]:
    """A page over a copy of a home, with two markets and dated articles, in a browser."""
    with tempfile.TemporaryDirectory() as given:
        folder = Path(given)
        copy = folder / "maison"
        shutil.copytree(home / "library", copy / "library")
        (copy / "models").symlink_to((home / "models").resolve() if (home / "models").exists() else _models())
        command = [sys.executable, "-m", "assistant", "--home", str(copy), "index"]
        for path, collection in (
            (write_rules(folder / "regles.jsonl"), "droit"),
            (written(folder / "pieces", CLEANING | ROADS), "marches"),
        ):
            subprocess.run(
                [*command, str(path), "--collection", collection],
                check=True,
                capture_output=True,
                env=os.environ,
            )
        with served(copy) as server, sync_playwright() as playwright:
            browser = playwright.chromium.launch(
                executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
            )
            yield Desk(browser, server, folder)
            browser.close()


def _models() -> Path:
    from assistant.settings import load

    return load().models


def main(home: Path, *only: str) -> int:
    """Does every task in turn, as one person would, or those of some numbers. Returns how many were not done."""
    done = tried = 0
    with desk_over(home) as desk:
        desk.page.locator("html[data-ready]").wait_for(state="attached")
        for number, (put, do) in enumerate(TASKS, 1):
            if only and str(number) not in only:
                continue
            tried, began, why = tried + 1, time.monotonic(), ""
            try:
                do(desk)
                done += 1
            except (AssertionError, Error, StopIteration, KeyError) as failure:
                why = " ".join(str(failure).split())[:300] or type(failure).__name__
                desk.page.screenshot(path=desk.folder.parent / f"tache-{number}.png")
            print(
                f"{number:>2} {'fait' if not why else 'PAS FAIT':<9}{time.monotonic() - began:6.1f} s  {put}"
                + (f"\n      {why}" if why else ""),
                flush=True,
            )
    print(f"{done} sur {tried}")
    return tried - done


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1]), *sys.argv[2:]))
