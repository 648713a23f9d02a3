"""What a button opens: articles whole with their wordings and what rests on them, sheets whole, for who may read them."""

import re
from collections.abc import Iterator
from dataclasses import replace
from html import escape
from pathlib import Path
from typing import Any

import pytest

from assistant.datatypes import Kind
from assistant.index import ingest
from assistant.page import server
from assistant.page.context import Site
from assistant.page.events import Event, Visit
from assistant.page.sources import opened
from assistant.site.rights import Role
from assistant.site.users import ALONE, Users
from assistant.workspace import Workspace
from tests.conftest import ROOT, RULES, write_rules
from tests.fakes import FakeEmbedding

SHEET = "localisation-des-moyens-ue"
LOTS = "Les marchés sont passés en lots séparés. L'acheteur détermine le nombre des lots."
DEROGATION = (
    "CCP",
    "Code de la commande publique",
    "L2113-11",
    [],
    "L'acheteur peut décider de ne pas allotir, par dérogation à l'article L. 2113-10 du code de la commande publique.",
    "2019-04-01",
    None,
)
LONG = "\n".join(
    f"Alinéa {number} de cet article, dont les mots se suivent sans fin." for number in range(400)
)
CHANGED = [
    ("CCP", "Code de la commande publique", "L1", [], text, start, end)
    for text, start, end in (
        ("Un délai de dix jours.", "2019-04-01", "2020-01-01"),
        ("Un délai de vingt jours.", "2020-01-01", "2021-01-01"),
        ("Un délai de trente jours.", "2021-01-01", None),
    )
]
LENGTHY = ("CCP", "Code de la commande publique", "L9", [], LONG, "2019-04-01", None)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("lecture")
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("ASSISTANT_MODELS", str(folder / "models"))
        workspace = Workspace(folder / "home")
        workspace.embedding = FakeEmbedding()
        rules = write_rules(folder / "regles.jsonl", [*RULES, DEROGATION, LENGTHY, *CHANGED])
        sheet = ROOT / "corpus" / "droit" / f"{SHEET}.yaml"
        contract = folder / "contrat.md"
        contract.write_text(
            "# Contrat\n\n## Article 1 : Objet\n\nLe pont-levis est maintenu.\n", encoding="utf-8"
        )
        ingest.index_paths(workspace.library.store, FakeEmbedding(), [rules, sheet], collection="droit")
        ingest.index_paths(workspace.library.store, FakeEmbedding(), [contract], collection="contrats")
        yield server.site_of(workspace)
        workspace.close()


def press(site: Site, name: str = ALONE, **data: Any) -> str:
    return str(opened(site, Event({key: str(value) for key, value in data.items()}), Visit(name, "page")))


def words(html: str) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", html.replace("&#x27;", "'")).split())


def source(site: Site, ending: str) -> str:
    return next(one.source.id for one in site.workspace.sources() if one.source.origin.endswith(ending))


def where(site: Site, text: str, ending: str = "regles.jsonl") -> dict[str, object]:
    document = site.workspace.show(source(site, ending))
    start = document.text.index(text)
    return {"source": document.source.id, "start": start, "end": start + len(text)}


def wording(site: Site, text: str) -> str:
    """What stands for the wording that begins with a text."""
    return "{source}@{start}".format(**where(site, text))


def buttons(html: str, event: str) -> list[dict[str, str]]:
    """What each button of an event sends, and its words."""
    return [
        dict(re.findall(r'data-([\w-]+)="([^"]*)"', given)) | {"": words(shown)}
        for given, shown in re.findall(r"<button([^>]*)>(.*?)</button>", html, re.DOTALL)
        if f'data-event="{event}"' in given
    ]


# ---- articles ---------------------------------------------------------------------------------------------------------------------


def test_a_quote_is_marked_within_its_whole_article(site: Site) -> None:
    html = press(site, **where(site, "L'acheteur détermine le nombre des lots."))
    assert (
        f'{LOTS[:41]}<mark class="surligne-texte">L&#x27;acheteur détermine le nombre des lots.</mark>'
        in html
    )
    assert "<h3>CCP, art. L2113-10</h3>" in html
    assert "En vigueur depuis le 1er avril 2019." in html
    assert "Livre Ier › Section 2 : Allotissement" in html


def test_a_long_article_is_whole_though_it_is_stored_in_pieces(site: Site) -> None:
    html = press(site, **where(site, "Alinéa 399 de cet article"))
    assert "Alinéa 0 de cet article" in html
    assert '<mark class="surligne-texte">Alinéa 399 de cet article</mark>' in html


def test_another_wording_stands_beside_it_word_by_word_the_older_one_on_the_left(site: Site) -> None:
    html = press(site, **where(site, "Un délai de trente jours."))
    older = next(
        one for one in buttons(html, "ouvrir") if one.get("autre") == wording(site, "Un délai de dix jours.")
    )
    compared = press(site, **older)
    assert "Un délai de <del>dix</del> jours." in compared
    assert "Un délai de <ins>trente</ins> jours." in compared
    assert compared.index("<del>dix") < compared.index("<ins>trente")
    assert "Entre les deux, 1 autre rédaction a été en vigueur." in compared
    (alone,) = (one for one in buttons(compared, "ouvrir") if one[""] == "Lire cette rédaction seule")
    assert press(site, **alone) == html


def test_the_table_is_in_the_order_of_dates_from_whichever_wording_one_comes(site: Site) -> None:
    html = press(site, **where(site, "Un délai de dix jours."))
    newer = next(
        one
        for one in buttons(html, "ouvrir")
        if one.get("autre") == wording(site, "Un délai de vingt jours.")
    )
    compared = press(site, **newer)
    assert compared.index("<del>dix") < compared.index("<ins>vingt")
    assert "Entre les deux" not in compared


def test_an_article_that_nothing_quotes_is_compared_too(site: Site) -> None:
    html = press(site, work="CCP", article="L1")
    assert "Un délai de trente jours." in html
    (older, _) = (one for one in buttons(html, "ouvrir") if "autre" in one)
    assert "Un délai de <ins>trente</ins> jours." in press(site, **older)


def test_a_wording_that_is_law_no_more_says_so_and_leads_to_the_one_that_is(site: Site) -> None:
    html = press(site, **where(site, "Un délai de dix jours."))
    assert "Cette rédaction n&#x27;est plus en vigueur depuis le 1er janvier 2020." in html
    (current,) = (one for one in buttons(html, "ouvrir") if one[""] == "Lire la rédaction en vigueur")
    read = press(site, **current)
    assert "Un délai de trente jours." in read
    assert "n&#x27;est plus en vigueur" not in read


def test_the_last_wording_that_is_indexed_is_not_said_to_be_the_law_where_another_replaced_it(
    site: Site,
) -> None:
    html = press(site, **where(site, "Le marché inférieur à 25 000 euros"))
    assert "Lire la rédaction en vigueur" not in html
    (last,) = (one for one in buttons(html, "ouvrir") if one[""] == "Lire la dernière rédaction indexée")
    assert "40 000 euros" in press(site, **last)


def test_a_wording_that_one_not_indexed_has_replaced_says_so_before_its_words(site: Site) -> None:
    html = words(press(site, **where(site, "Le marché inférieur à 40 000 euros"))).replace("\u00a0", " ")
    replaced = "Rédaction depuis le 1er janvier 2020, remplacée depuis. Une rédaction du 1er avril 2026 n'est pas dans les textes indexés."
    assert html.index(replaced) < html.index("Le marché inférieur à 40 000 euros")
    assert "Ce qui en est connu : dispense sous 60 000 €" in html
    assert html.count("n'est pas dans les textes indexés") == 1
    assert "En vigueur depuis le 1er janvier 2020" not in html


def test_the_articles_that_an_article_names_are_buttons(site: Site) -> None:
    html = press(site, **where(site, "par dérogation"))
    (named,) = (one for one in buttons(html, "ouvrir") if "article" in one)
    assert named["article"] == "L2113-10"
    assert escape(LOTS) in press(site, **named)


def test_the_sheets_and_clauses_that_rest_on_an_article_are_buttons(site: Site) -> None:
    html = press(site, work="CCP", article="L2112-4")
    (sheet,) = (one for one in buttons(html, "ouvrir") if one.get("work"))
    assert sheet[""] == "Imposer que les moyens d'exécution soient dans l'Union européenne"
    marked = re.search(r'<mark class="surligne-texte">([^<]+)</mark>', press(site, **sheet))
    assert marked
    assert marked[1].startswith(
        "Oui, si la localisation des moyens dans l&#x27;Union répond à un besoin du marché"
    )
    expected = [clause.id for clause in site.workspace.clauses_on("CCP", "L2112-4")]
    assert expected
    assert [one["clause"] for one in buttons(html, "clause")] == expected


def test_an_article_on_which_nothing_rests_says_so(site: Site) -> None:
    assert "Ni fiche, ni clause modèle." in press(site, **where(site, "Un délai de dix jours."))


def test_an_article_that_is_not_indexed_says_so(site: Site) -> None:
    html = press(site, work="CCP", article="L9999-9")
    assert "L&#x27;article L9999-9 (CCP) n&#x27;est pas dans les textes indexés." in html
    assert 'role="alert"' in html


# ---- sheets -----------------------------------------------------------------------------------------------------------------------


def test_a_sheet_is_whole_and_its_cited_sentence_is_marked(site: Site) -> None:
    cited = "Pas de jurisprudence identifiée sur la localisation du support d'un service en ligne."
    html = press(site, **where(site, cited, f"{SHEET}.yaml"))
    assert f'<li><mark class="surligne-texte">{escape(cited)}</mark></li>' in html
    assert (
        "<h3>Fiche : Imposer que les moyens d&#x27;exécution soient dans l&#x27;Union européenne</h3>" in html
    )
    # Every sentence of the text is there, without the signs of Markdown.
    text = site.workspace.show(source(site, f"{SHEET}.yaml")).text
    for line in text.splitlines():
        said = words(line.removeprefix("- ").lstrip("#").partition(" [")[0].replace("*", " "))
        assert said in words(html), line
    assert not re.search(r"^[-#]|\*", words(html))


def test_each_case_of_a_sheet_has_its_position(site: Site) -> None:
    html = press(site, source=source(site, f"{SHEET}.yaml"))
    cases = html.split("<h4>Cas : ")[1:]
    assert len(cases) > 3
    assert 'class="position possible_sous_conditions"' in cases[0]
    assert "<mark" not in html


def test_the_rules_of_a_sheet_are_buttons_where_they_are_indexed(site: Site) -> None:
    html = press(site, fiche=SHEET)
    articles = {one["article"] for one in buttons(html, "ouvrir") if "article" in one}
    assert articles == {"L2112-4"}
    assert "<span>CCP R2152-1</span>" in html


# ---- other documents, and who may read them ----------------------------------------------------------------------------------------


def test_words_of_another_document_are_shown_where_they_stand(site: Site) -> None:
    html = press(site, **where(site, "Le pont-levis", "contrat.md"))
    assert '<mark class="surligne-texte">Le pont-levis</mark> est maintenu.' in html
    assert "<h3>Contrat, Article 1 Objet</h3>" in html


def test_a_file_that_is_only_called_a_sheet_is_shown_as_what_it_is(site: Site, tmp_path: Path) -> None:
    note = tmp_path / "note.md"
    note.write_text("# Note\n\nLe beffroi sonne.\n", encoding="utf-8")
    store = site.workspace.library.store
    ingest.index_paths(store, FakeEmbedding(), [note], collection="notes", kind=Kind.SHEET)
    assert '<mark class="surligne-texte">Le beffroi</mark> sonne.' in press(
        site, **where(site, "Le beffroi", "note.md")
    )


@pytest.mark.parametrize("data", [{"source": "inconnue"}, {"fiche": "inconnue"}, {}])
def test_what_is_not_there_is_said(site: Site, data: dict[str, str]) -> None:
    assert "Cette source n&#x27;est plus dans la bibliothèque." in press(site, **data)


def test_who_may_not_read_a_collection_is_shown_nothing_of_it(site: Site, tmp_path: Path) -> None:
    users = Users(tmp_path)
    users.add("lea", Role.READER, "un secret assez long")
    users.add("chef", Role.ADMINISTRATOR, "un secret assez long")
    users.set_collection("droit", [Role.ADMINISTRATOR])
    closed = replace(site, users=users)
    assert LOTS[:40] in press(closed, "chef", work="CCP", article="L2113-10")
    assert "n&#x27;est pas dans les textes indexés" in press(closed, "lea", work="CCP", article="L2113-10")
    for data in (where(site, "Un délai de dix"), {"fiche": SHEET}):
        assert "Cette source n&#x27;est plus dans la bibliothèque." in press(closed, "lea", **data)
