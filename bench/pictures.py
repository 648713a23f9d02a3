"""The pictures of the guide, taken from a running page: ``python -m bench.pictures URL [FOLDER [SCREEN…]]``.

The page must have ``corpus/`` indexed. With the Code beside it, answers show its articles; take ``source`` and ``bibliotheque`` over ``corpus/`` alone, then:
no picture holds a sentence that the project did not write. Where the page asks who comes in, ``NAME`` and ``SECRET`` are read from the environment, and the
pictures are those of signing in and of the administration. ``WIDTH``, of the environment too, is another width than that of the guide's.
"""

import io
import itertools
import os
import sys
from collections.abc import Callable
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, Page, sync_playwright

from training.browser import CHROMIUM

ROOT = Path(__file__).resolve().parents[1]
FRAMEWORK = ROOT / "corpus" / "accords-cadres" / "accord-cadre-fictif-visioconference.pdf"
WIDTH, HEIGHT = int(os.environ.get("WIDTH", "1280")), 900
# Text on plain grounds: as many colours are enough, and the file is a third.
COLOURS = 96
LONG = 90_000
# A draft with faults, written for the picture.
DRAFT = """CCAP – Hébergement des applications de la commune

Article 1 : Candidats admis
Les candidats de nationalité autre que française sont exclus de la procédure.

Article 2 : Qualification
Le titulaire dispose de la qualification SecNumCloud, à l'exclusion de toute autre certification.

Article 3 : Délai de paiement
Les factures sont payées dans un délai de 60 jours à compter de leur réception.

Article 4 : Matériel
Les serveurs sont de marque Dell.
"""
# A contract of which much falls due, written for the picture.
CONTRACT_NAME = "CCAP entretien des ascenseurs.md"
CONTRACT = """# CCAP

Objet : entretien des ascenseurs des bâtiments communaux

Acheteur : Ville de Valmont

Marché notifié le 1er mars 2026.

## Article 3 – Durée

Le marché est conclu pour une durée de 12 mois à compter de sa notification. Il est reconduit tacitement 3 fois, par périodes de 12 mois.
L'acheteur peut refuser la reconduction, par écrit, trois mois au moins avant la fin de la période en cours.

## Article 7 – Prix

Les prix sont révisés chaque 1er mars.
"""

# Registers of a member and of several, written for the pictures: nobody's real software.
REGISTER = """Application;Fonction;Éditeur;Hébergeur;Lieu des données;Fin du contrat;Sensibilité des données
Nimbus Visio;visioconférence;Nimbus Corp.;Nimbus Corp.;États-Unis;30/06/2027;sensible
Mistrane;paie;Logiciels du Lac;Centre de gestion;France;31/03/2027;sensible
Cimetix;gestion du cimetière;Cimetix SARL;en interne;France;;publique
Papyrus;gestion électronique de documents;Papyrus SAS;;Irlande;31/12/2026;interne
"""
MEMBER = "Ville de Valmont"
SURVEY_NAME = "enquete des membres.csv"
SURVEY = (
    "Collectivité;Application;Fonction;Nombre d'utilisateurs;Coût annuel HT;Fin du contrat;Sensibilité des données\n"
    + "".join(
        f"{town};{application};{function};{users};{cost};31/03/{year};{data}\n"
        for town, users, year in (
            ("Valmont", 42, 2027),
            ("Bourg-sur-Lac", 18, 2027),
            ("Saint-Aubin", 9, 2028),
            ("Les Prés", 5, 2027),
        )
        for application, function, cost, data in (
            ("Mistrane", "Paie", 4_200, "sensible"),
            ("Papyrus", "Gestion électronique de documents", 2_600, "interne"),
            ("Nimbus Visio", "Visioconférence", 1_900, "sensible"),
        )
    )
)


def open_tab(page: Page, name: str, part: str) -> None:
    """Opens a screen and waits until it listens."""
    page.get_by_role("tab", name=name).click()
    page.locator("html[data-ready]").wait_for(state="attached")


def ask(page: Page, question: str) -> None:
    page.get_by_label("Votre question").fill(question)
    page.get_by_label("Votre question").press("Enter")
    page.locator("#fil .tour", has_text=question).locator(".position").last.wait_for(timeout=LONG)


def questions(page: Page) -> None:
    ask(page, "Peut-on exclure un fournisseur américain parce qu'il est soumis au Cloud Act ?")


def source(page: Page) -> None:
    ask(
        page, "Sous combien de jours vérifie-t-on chaque salle posée dans l'accord-cadre de visioconférence ?"
    )
    page.locator(".marque", has_text="p. ").first.click()
    page.locator(".source-ouverte .surligne").first.wait_for(timeout=LONG)


def clauses(page: Page) -> None:
    open_tab(page, "Clauses", "clauses-recherche")
    page.get_by_label("Ce que vous voulez obtenir").fill("détenir nous-mêmes les clés de chiffrement")
    page.get_by_role("button", name="Chercher", exact=True).click()
    page.locator("#clauses-trouvees button", has_text="Précédent").first.wait_for(timeout=LONG)
    page.locator("#clauses-trouvees button", has_text="Détention et gestion des clés").first.click(
        timeout=LONG
    )
    page.locator("#clause-ouverte").wait_for(timeout=LONG)
    page.wait_for_timeout(500)
    page.evaluate("scrollTo(0, 0)")


def comparison(page: Page) -> None:
    clauses(page)
    page.locator("#clause-ouverte").get_by_role("heading", name="Comparer").evaluate(
        "one => one.scrollIntoView({block: 'start'})"
    )


def drafting(page: Page) -> None:
    clauses(page)
    page.get_by_role("button", name="Utiliser dans la rédaction").click()
    page.get_by_role("heading", name="À remplir").wait_for(timeout=LONG)
    page.get_by_role("radio", name="Niveau 3").first.check()
    page.get_by_role("button", name="Relire le projet").click()
    page.get_by_text("Relecture :").wait_for(timeout=LONG)


def review(page: Page) -> None:
    open_tab(page, "Contrôle", "controle-depot")
    # Given as bytes: a browser whose locale is not UTF-8 cannot read a file whose name has an accent.
    page.locator("#controle-fichiers").set_input_files(
        {"name": "CCAP hébergement.txt", "mimeType": "text/plain", "buffer": DRAFT.encode()}
    )
    page.locator("#constats .constat").first.wait_for(timeout=LONG)
    page.locator("#constats .constat button").first.click()
    page.locator(".source-ouverte").wait_for(timeout=LONG)
    page.set_viewport_size({"width": WIDTH, "height": HEIGHT + 250})  # a whole finding under the form
    page.evaluate("scrollTo(0, 0)")


def summaries(page: Page) -> None:
    open_tab(page, "Synthèses", "synthese-depot")
    page.locator("#synthese-fichiers").set_input_files(FRAMEWORK)
    page.locator("#synthese-suivi .succes").wait_for(timeout=LONG)
    page.locator("#synthese .marque").first.click()
    page.locator("#page-synthese .surligne").first.wait_for(timeout=LONG)
    page.evaluate("scrollTo(0, 0)")


def due(page: Page) -> None:
    """Over documents of one's own: a contract whose words are written for the picture is put in the library first."""
    open_tab(page, "Bibliothèque", "ajout")
    page.locator("#ajout-fichiers").set_input_files(
        {"name": CONTRACT_NAME, "mimeType": "text/plain", "buffer": CONTRACT.encode()}
    )
    page.get_by_text("source ajoutée").wait_for(timeout=LONG)
    open_tab(page, "Échéances", "echeances")
    entries = page.locator("#echeances .echeance")
    entries.first.wait_for(timeout=LONG)
    entries.get_by_role("button", name="Confirmer :").first.click()
    page.locator("#echeances .etat.confirme").first.wait_for(timeout=LONG)
    entries.locator("button.valeur").first.click()
    page.locator("#page-d-echeance .source-ouverte").wait_for(timeout=LONG)
    page.evaluate("scrollTo(0, 0)")


def dependencies(page: Page) -> None:
    open_tab(page, "Dépendances", "dependances")
    page.locator("#registre-fichiers").set_input_files(
        {"name": "registre.csv", "mimeType": "text/csv", "buffer": REGISTER.encode()}
    )
    page.locator("#registre-compris").get_by_label("Membre, si aucune colonne ne le dit").fill(MEMBER)
    page.get_by_role("button", name="Garder ce registre").click()
    page.locator("#dependances-lignes summary").first.click(timeout=LONG)
    page.wait_for_timeout(500)
    page.evaluate("scrollTo(0, 0)")


def needs(page: Page) -> None:
    open_tab(page, "Besoins", "besoins")
    page.locator("#besoins-fichiers").set_input_files(
        {"name": SURVEY_NAME, "mimeType": "text/csv", "buffer": SURVEY.encode()}
    )
    page.locator("#besoins .marche").first.wait_for(timeout=LONG)
    page.get_by_role("button", name="Proposer").click()
    page.locator("#accord-propose").get_by_text("Contrôlée").first.wait_for(timeout=LONG)
    page.evaluate("scrollTo(0, 0)")


def library(page: Page) -> None:
    open_tab(page, "Bibliothèque", "etat")
    page.get_by_role("button", name="Vérifier maintenant").click()
    page.locator("#etat").get_by_text("En ordre").first.wait_for(timeout=LONG)
    page.evaluate("scrollTo(0, 0)")


def administration(page: Page) -> None:
    questions(page)
    open_tab(page, "Administration", "journal")
    page.get_by_role("button", name="Vérifier le journal").click()
    page.get_by_text("rien n'a été retiré").wait_for(timeout=LONG)


SCREENS: dict[str, Callable[[Page], None]] = {
    "questions": questions,
    "source": source,
    "clauses": clauses,
    "comparaison": comparison,
    "redaction": drafting,
    "controle": review,
    "syntheses": summaries,
    "echeances": due,
    "dependances": dependencies,
    "besoins": needs,
    "bibliotheque": library,
}


def tidy(page: Page, screen: str) -> None:
    """Erases the conversation or the synthesis that a picture made: the next one shows its own only."""
    if screen in ("questions", "source"):
        page.locator("#fil").get_by_role("button", name="Supprimer").click()
        page.get_by_text("Posez une question de commande publique.").wait_for()
    elif screen == "echeances":
        page.locator("#echeances").get_by_role("button", name="Retirer la confirmation").first.click()
        page.locator("#echeances .etat.confirme").wait_for(state="detached")
        open_tab(page, "Bibliothèque", "sources")
        page.get_by_label("Chercher un titre").fill("CCAP")
        page.locator("#sources tbody tr", has_text=CONTRACT_NAME).get_by_role(
            "button", name="Retirer"
        ).click()
        page.get_by_text("est retiré de la bibliothèque").wait_for()
    elif screen == "dependances":
        page.locator("#dependances").get_by_role("button", name=f"Retirer {MEMBER}").click()
        page.locator("#dependances").get_by_text("Aucun registre.").wait_for()
    elif screen == "besoins":
        page.locator("#besoins-sources").get_by_role("button", name=f"Retirer {SURVEY_NAME}").click()
        page.locator("#besoins-sources").get_by_text(SURVEY_NAME).wait_for(state="detached")
    elif screen == "syntheses":
        page.locator("#syntheses").get_by_role("button", name="Supprimer").click()
        page.get_by_text("Vos synthèses seront gardées ici").wait_for()


def keep(page: Page, name: str, folder: Path) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(600)
    taken = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    taken.quantize(COLOURS, method=Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE).save(
        folder / f"{name}.png", optimize=True
    )


def take(browser: Browser, url: str, folder: Path, screen: str, scheme: str) -> None:
    """One picture (and, where one signs in, that of signing in), by somebody who has just opened the page."""
    name, suffix = os.environ.get("NAME"), "" if scheme == "light" else "-sombre"
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT}, color_scheme=scheme, locale="fr-FR"
    )  # type: ignore[arg-type]
    try:
        page = context.new_page()
        page.set_default_timeout(LONG)
        page.on("dialog", lambda dialog: dialog.accept())
        page.goto(url)
        if name:
            keep(page, f"connexion{suffix}", folder)
            page.get_by_label("Nom de compte").fill(name)
            page.get_by_label("Mot de passe").fill(os.environ["SECRET"])
            page.get_by_role("button", name="Se connecter").click()
        page.get_by_label("Votre question").wait_for()
        page.locator("html[data-ready]").wait_for(state="attached")
        (administration if name else SCREENS[screen])(page)
        keep(page, f"{screen}{suffix}", folder)
        tidy(page, screen)
    finally:
        context.close()


def main(url: str, folder: Path, *only: str) -> int:
    """Takes every picture; one that fails is said and costs no other. Returns how many failed."""
    screens = [
        one for one in (["administration"] if "NAME" in os.environ else SCREENS) if not only or one in only
    ]
    failed = 0
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu", "--lang=fr-FR"]
        )
        for screen, scheme in itertools.product(screens, ("light", "dark")):
            try:
                take(browser, url, folder, screen, scheme)
                print(f"{screen}, {scheme}", flush=True)
            except Error as error:
                failed += 1
                print(
                    f"{screen}, {scheme}: {error.message}", file=sys.stderr, flush=True
                )  # with what was waited for
        browser.close()
    return failed


if __name__ == "__main__":
    raise SystemExit(
        main(sys.argv[1], Path(sys.argv[2]) if len(sys.argv) > 2 else ROOT / "docs" / "images", *sys.argv[3:])
    )
