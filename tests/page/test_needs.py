"""Besoins, in a real browser: the central body joins, puts right and proposes; a member sees his own lines and no other's."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from assistant import settings
from assistant.site.rights import Role
from assistant.site.users import Users
from tests.conftest import write_rules
from tests.page.conftest import PATIENCE, Served, index, open_screen, serve
from tests.page.test_everyone import whole
from tests.page.test_several_people import PASSWORD, enter

pytestmark = [pytest.mark.browser, pytest.mark.models]

Findings = Callable[[Page], list[str]]
COLD = 3 * PATIENCE
HEAD = "Collectivité;Application;Fonction;Nombre d'utilisateurs;Coût annuel HT;Fin du contrat;Sensibilité des données\n"


def survey(folder: Path, name: str, towns: range) -> Path:
    lines = "".join(
        f"Commune {town};Mistral {town};{'Paie' if town % 2 else 'Bulletins de salaire'};{town + 3};1200;31/03/2027;sensible\n"
        f"Commune {town};Alizé {len(name)};Suivi des ruches;2;10;;publique\n"
        for town in towns
    )
    path = folder / name
    path.write_text(HEAD + lines, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    home = tmp_path_factory.mktemp("needs")
    (home / "models").symlink_to(settings.load().models)
    index(home, write_rules(home / "regles.jsonl"))
    users = Users(home)
    users.add("claire", Role.ADMINISTRATOR, PASSWORD)
    users.add("paul", Role.DRAFTER, PASSWORD)
    yield from serve(home, "--host", "0.0.0.0")


def at_needs(browser: Browser, site: Served, name: str) -> Page:
    page = enter(browser, site, name)
    page.get_by_label("Votre question").wait_for()
    open_screen(page, "Besoins")
    return page


def give(page: Page, path: Path) -> None:
    page.locator("#besoins-fichiers").set_input_files(path)


def test_many_registers_become_needs_then_a_framework_agreement(
    browser: Browser, site: Served, tmp_path: Path, serious_findings: Findings
) -> None:
    claire = at_needs(browser, site, "claire")
    expect(claire.locator("#besoins")).to_contain_text("Aucun registre n'est encore versé.")
    give(claire, survey(tmp_path, "enquete.csv", range(6)))
    needs = claire.locator("#besoins")
    # The first joining of a server starts its reader and loads the model, beside whatever else the machine does: waited for apart from what is looked at.
    expect(needs).to_contain_text("12 lignes de 6 membres : 2 besoins.", timeout=COLD)
    pay = needs.locator(".marche", has=claire.get_by_role("checkbox", name="Cocher Paie des agents"))
    expect(pay).to_contain_text("Paie des agents 6 membres, 6 lignes · 33 utilisateurs dits par 6 lignes")
    assert serious_findings(claire) == []

    give(claire, survey(tmp_path, "encore.csv", range(5, 7)))
    expect(claire.locator("#besoins-sources").get_by_role("alert")).to_contain_text(
        "« Commune 5 » (« enquete.csv ») a déjà des lignes"
    )

    pay.locator("summary").click()
    pay.get_by_role("button", name="Séparer paie — mistral 1").click()
    expect(needs).to_contain_text("Ce libellé est maintenant un besoin à part.")
    expect(needs).to_contain_text("3 besoins.")
    needs.get_by_role("checkbox", name="Cocher Paie", exact=True).check()
    needs.get_by_role("checkbox", name="Cocher Paie des agents").check()
    needs.get_by_role("button", name="Réunir les besoins cochés").click()
    expect(needs).to_contain_text("2 besoins n'en font plus qu'un.")
    expect(needs).to_contain_text("2 besoins.")

    claire.get_by_role("button", name="Proposer").click()
    proposed = claire.locator("#accord-propose")
    expect(proposed).to_contain_text("Contrôlée : rien de bloquant")
    expect(proposed).to_contain_text("1 lot, sans minimum, maximum")
    assert serious_findings(claire) == []
    whole(claire, "Besoins")
    with claire.expect_download() as download:
        proposed.get_by_role("button", name="Enregistrer en ODT").click()
    assert download.value.suggested_filename == "accord-cadre-de-solutions-numériques.odt"
    claire.close()


def test_a_member_sees_his_own_lines_and_no_sum_that_tells_another(
    browser: Browser, site: Served, tmp_path: Path
) -> None:
    paul = at_needs(browser, site, "paul")
    give(paul, survey(tmp_path, "la-mienne.csv", range(8, 9)))
    needs = paul.locator("#besoins")
    expect(needs.get_by_role("row", name="Paie des agents")).to_contain_text("1")
    expect(needs).not_to_contain_text("enquete")
    expect(needs).not_to_contain_text("mistral")
    expect(paul.locator("#besoins-sources")).not_to_contain_text("enquete.csv")
    expect(paul.locator("#accord-demande")).to_be_empty()
    assert "Commune 1" not in (needs.text_content() or "")
    paul.close()
