"""What the drafting screen answers to what a browser sends of an article that is edited by hand."""

import json
import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from assistant.drafting import drafter
from assistant.drafting.drafter import Request
from assistant.drafting.kept import Content, KeptDraft, Sharing, Writer
from assistant.page import server
from assistant.page.context import Site
from assistant.page.draft_review import UNDER_WAY
from assistant.page.drafting import _Screen
from assistant.page.events import UNCHANGED, Event, Visit
from assistant.site.rights import Role
from assistant.site.users import ALONE, User
from assistant.workspace import Workspace

KEYS, BACKUPS = "gestion-des-cles", "localisation-sauvegardes-secours"
ONE, VISIT = User(ALONE, Role.ADMINISTRATOR), Visit(ALONE, "une page")


@pytest.fixture
def site(tmp_path: Path) -> Iterator[Site]:
    workspace = Workspace(tmp_path)
    yield server.site_of(workspace)
    workspace.close()


@pytest.fixture
def draft(site: Site) -> KeptDraft:
    return site.drafts.create(ONE, "Clés", Content((KEYS, BACKUPS)), Writer("onglet", 1))


def sent(draft: KeptDraft, rank: int, **data: str) -> Event:
    """What the form of a draft sends with a button, the text of an article open."""
    form = {
        "projet": draft.id,
        "compte": ALONE,
        "onglet": "onglet",
        "vu": 1,
        "choix": json.dumps([KEYS, BACKUPS]),
    }
    return Event({**form, "rang": rank, **data})


def own_text(site: Site) -> str:
    return drafter.editable(site.workspace.clause_library(), Request((KEYS,), {}))[KEYS]


def kept(site: Site, draft: KeptDraft) -> Content:
    again = site.drafts.open(ONE, draft.id)
    assert again is not None
    return again.content


def test_a_text_as_it_was_that_comes_late_takes_nothing_of_what_was_typed_since(
    site: Site, draft: KeptDraft
) -> None:
    screen, own = _Screen(site), own_text(site)
    open_text = {"ouvert": KEYS}
    screen.fill(sent(draft, 6, **open_text, **{f"texte-{KEYS}": "Autre chose."}), VISIT)
    screen.fill(sent(draft, 5, **open_text, **{f"texte-{KEYS}": own}), VISIT)
    assert kept(site, draft).texts == {KEYS: "Autre chose."}
    screen.fill(sent(draft, 7, **open_text, **{f"texte-{KEYS}": own}), VISIT)
    assert kept(site, draft).texts == {}


def test_typing_in_the_text_draws_the_article_anew_only_where_something_else_changed(
    site: Site, draft: KeptDraft
) -> None:
    screen = _Screen(site)
    *_, preview, _ = screen.edit(sent(draft, 2, id=KEYS), VISIT)
    seen = re.findall(r'name="montre" value="(\w+)"', preview)
    assert len(seen) == 1
    text = {"ouvert": KEYS, "montre": seen[0], f"texte-{KEYS}": "Autre chose."}
    _, shown, _ = screen.fill(sent(draft, 3, **text), VISIT)
    assert shown is UNCHANGED
    assert kept(site, draft).texts == {KEYS: "Autre chose."}
    _, shown, _ = screen.fill(sent(draft, 4, **text, **{"champ-rotation_cles_mois": "7"}), VISIT)
    assert "Autre chose." in shown
    assert seen[0] not in shown


def test_the_draft_is_shown_at_once_and_its_review_after(site: Site, draft: KeptDraft) -> None:
    unlawful = "Les factures sont payées dans un délai de paiement de 90 jours."
    text = {"ouvert": KEYS, f"texte-{KEYS}": unlawful}
    first, second = _Screen(site).finish(sent(draft, 2, **text), VISIT)
    assert UNDER_WAY in first[-1]
    assert f"<p>{unlawful}</p>" in first[-2]
    assert "<textarea" not in first[-2]
    assert f'tabindex="-1">{unlawful}</mark>' in second[-2]
    name = re.findall(r'<mark class="surligne-texte" id="([\w-]+)"', second[-2])[0]
    assert f'href="#{name}"' in second[-1]
    assert "Relecture" in second[-1]


def test_a_form_carries_the_order_and_every_text_so_that_a_draft_that_is_gone_is_made_anew(
    site: Site, draft: KeptDraft
) -> None:
    screen = _Screen(site)
    text = 'Un « texte »\n<b> & "autre".'
    screen.fill(sent(draft, 2, ouvert=KEYS, **{f"texte-{KEYS}": text}), VISIT)
    _, _, _, form, _, _ = screen.down(sent(draft, 3, id=KEYS), VISIT)
    hidden = {
        name: unescape(value)
        for name, value in re.findall(r'name="(texte-[^"]+|ordre)" value="([^"]*)"', form)
    }
    assert hidden == {f"texte-{KEYS}": text, "ordre": json.dumps([BACKUPS, KEYS])}
    site.drafts.delete(ONE, draft.id)
    screen.again(sent(draft, 4, **hidden), VISIT)
    (made,) = [site.drafts.open(ONE, one.id) for one in site.drafts.listed(ONE)]
    assert made is not None
    assert (made.content.order, made.content.texts) == ((BACKUPS, KEYS), {KEYS: text})


def test_who_only_reads_a_draft_is_given_nothing_to_move_or_edit(site: Site) -> None:
    for name in ("claire", "paul"):
        site.users.add(name, Role.DRAFTER, "cheval agrafe pile correct")
    claire = User("claire", Role.DRAFTER)
    draft = site.drafts.create(claire, "Clés", Content((KEYS, BACKUPS)), Writer("x"))
    site.drafts.share(claire, draft.id, Sharing(Role.DRAFTER))
    screen = _Screen(site)
    mine = "".join(screen.open(Event({"id": draft.id}), Visit("claire", "a")))
    others = "".join(screen.open(Event({"id": draft.id}), Visit("paul", "b")))
    assert 'data-event="modifier"' in mine
    assert not re.findall(r'data-event="(?:modifier|monter|descendre|origine)"', others)
    event = sent(draft, 2, ouvert=KEYS, compte="paul", **{f"texte-{KEYS}": "Autre chose."})
    assert "<textarea" not in screen.edit(Event({**event.data, "id": KEYS}), Visit("paul", "b"))[-2]
    again = site.drafts.open(claire, draft.id)
    assert again is not None
    assert again.content.texts == {}


def test_an_article_that_goes_no_further_changes_nothing(site: Site, draft: KeptDraft) -> None:
    _Screen(site).up(sent(draft, 2, id=KEYS), VISIT)
    assert kept(site, draft).order == ()
    _Screen(site).down(sent(draft, 3, id="inconnue"), VISIT)
    assert kept(site, draft).order == ()
