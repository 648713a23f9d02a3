"""Drafts as they are kept: whose they are, what two tabs do to each other, versions, quotas, a disk that fails, a process that is killed."""

import multiprocessing
import os
import signal
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from assistant.drafting import kept as kept_module
from assistant.drafting.kept import FILE, Content, KeptDraft, KeptDrafts, Sharing, Why, Writer
from assistant.errors import AssistantError, LibraryError, UsageError
from assistant.site.rights import Role
from assistant.site.users import ALONE, User
from tests.failing_disk import KILLED, FailingStatements

CLAIRE, PAUL, ADMINISTRATOR = (
    User("claire", Role.DRAFTER),
    User("paul", Role.DRAFTER),
    User("anne", Role.ADMINISTRATOR),
)
FIRST = Content(("kit-visioconference",), {"objet": "Visioconférence d'État"}, {"localisation": 3})
TAB = Writer("a", 1)
APART = multiprocessing.get_context("forkserver")
APART.set_forkserver_preload([__name__])


class Clock:
    """A minute passes at each look."""

    def __init__(self) -> None:
        self.now = datetime(2026, 11, 28, 8, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(seconds=1)
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def kept(tmp_path: Path, clock: Clock) -> Iterator[KeptDrafts]:
    opened = KeptDrafts(tmp_path, clock)
    yield opened
    opened.close()


def made(kept: KeptDrafts, user: User = CLAIRE, name: str = "Visio") -> KeptDraft:
    return kept.create(user, name, FIRST, TAB)


def typed(
    kept: KeptDrafts, draft: KeptDraft, writer: Writer, user: User = CLAIRE, **values: str
) -> kept_module.Saved:
    return kept.save(user, draft.id, writer, Content((), values))


def values_of(kept: KeptDrafts, draft: KeptDraft) -> dict[str, str]:
    again = kept.open(CLAIRE, draft.id)
    assert again is not None
    return dict(again.content.values)


# ---- keeping ------------------------------------------------------------------------------------------------------------------------


def test_what_is_typed_is_there_for_whoever_opens_the_file_next(kept: KeptDrafts, tmp_path: Path) -> None:
    draft = made(kept)
    typed(kept, draft, Writer("a", 2), duree="quarante-huit", prix="« 12 000 »")
    other = KeptDrafts(tmp_path)
    again = other.open(CLAIRE, draft.id)
    other.close()
    assert again == kept.open(CLAIRE, draft.id)
    assert again is not None
    assert again.content.ids == FIRST.ids
    assert again.content.levels == {"localisation": 3}
    assert again.content.values == {
        "objet": "Visioconférence d'État",
        "duree": "quarante-huit",
        "prix": "« 12 000 »",
    }
    assert (again.name, again.by, again.revision) == ("Visio", "claire", 2)
    assert [path.stat().st_mode & 0o777 for path in tmp_path.glob(f"{FILE}*")] == [0o600] * 3


def test_the_order_and_the_texts_by_hand_are_kept_with_their_versions(kept: KeptDrafts) -> None:
    draft = made(kept)
    text = "1. Gardez [Délai].\n\n2. « Rien » \\ d'autre."
    kept.save(CLAIRE, draft.id, Writer("a", 2), Content(texts={"cles": text}))
    kept.save(
        CLAIRE, draft.id, Writer("a", 3), Content(), lambda one: replace(one, order=("b", "a")), Why.BEFORE
    )
    again = kept.open(CLAIRE, draft.id)
    assert again is not None
    assert again.content == replace(FIRST, order=("b", "a"), texts={"cles": text})
    (version,) = kept.versions(CLAIRE, draft.id)
    assert version.content == replace(FIRST, texts={"cles": text})
    assert kept.restore(CLAIRE, draft.id, 1, Writer("a", 4)).draft.content == version.content
    assert kept.duplicate(CLAIRE, draft.id, Writer("a", 5)).content == version.content


def test_a_draft_kept_before_there_were_an_order_and_texts_opens_and_is_written_in(
    kept: KeptDrafts, tmp_path: Path
) -> None:
    draft = made(kept)
    with sqlite3.connect(tmp_path / FILE) as file:
        file.execute(
            "UPDATE draft SET content = ?",
            (
                '{"ids": ["kit-visioconference"], "values": {"objet": "Visio"}, "levels": {"localisation": 3}}',
            ),
        )
    old = kept.open(CLAIRE, draft.id)
    assert old is not None
    assert old.content == Content(("kit-visioconference",), {"objet": "Visio"}, {"localisation": 3})
    saved = kept.save(CLAIRE, draft.id, Writer("a", 2), Content(texts={"cles": "Rien."}))
    assert saved.draft.content == replace(old.content, texts={"cles": "Rien."})


@pytest.mark.parametrize("damaged", ['"texts": ["a"]', '"order": 3', '"texts": null'])
def test_an_order_or_texts_that_are_none_are_said_to_be_unreadable(damaged: str) -> None:
    with pytest.raises(ValueError, match="no draft"):
        Content.from_json(f'{{"ids": [], "values": {{}}, "levels": {{}}, {damaged}}}')


def test_nothing_is_made_before_the_first_draft(kept: KeptDrafts, tmp_path: Path) -> None:
    assert list(tmp_path.iterdir()) == []
    assert kept.listed(CLAIRE) == ()


def test_the_last_written_in_comes_first_with_its_day_and_hour(kept: KeptDrafts) -> None:
    first, second = made(kept, name="Un"), made(kept, name="Deux")
    typed(kept, first, Writer("a", 2), duree="4 ans")
    assert [one.id for one in kept.listed(CLAIRE)] == [first.id, second.id]
    here = kept.listed(CLAIRE)[0].updated.astimezone()
    assert kept.listed(CLAIRE)[0].when == f"28 novembre 2026 à {here.hour} h {here.minute:02}"


def test_what_a_form_does_not_speak_of_stays(kept: KeptDrafts) -> None:
    draft = made(kept)
    typed(kept, draft, Writer("a", 2), prix="3")
    kept.save(
        CLAIRE,
        draft.id,
        Writer("a", 3),
        Content((), {"duree": "4 ans"}, {"penalites": 1}),
        lambda one: Content((*one.ids, "penalites"), one.values, one.levels),
    )
    again = kept.open(CLAIRE, draft.id)
    assert again is not None
    assert again.content.ids == ("kit-visioconference", "penalites")
    assert again.content.values == {"objet": "Visioconférence d'État", "prix": "3", "duree": "4 ans"}
    assert again.content.levels == {"localisation": 3, "penalites": 1}


def test_what_a_page_sent_earlier_and_comes_later_does_not_take_the_place_of_what_it_sent_later(
    kept: KeptDrafts,
) -> None:
    draft = made(kept)
    typed(kept, draft, Writer("a", 5), duree="48 heures")
    typed(kept, draft, Writer("a", 4), duree="48 h")
    assert values_of(kept, draft)["duree"] == "48 heures"
    typed(kept, draft, Writer("a", 6), duree="4 ans")
    assert values_of(kept, draft)["duree"] == "4 ans"


# ---- another tab, another person ------------------------------------------------------------------------------------------------------


def test_two_tabs_on_one_draft_the_later_is_kept_and_what_it_wrote_over_is_a_version(
    kept: KeptDrafts, clock: Clock
) -> None:
    draft = made(kept)
    assert typed(kept, draft, Writer("a", 2, 1), duree="4 ans").overtaken is None
    saved = typed(kept, draft, Writer("b", 1, 1), duree="2 ans")
    assert saved.overtaken is not None
    assert (saved.overtaken.why, saved.overtaken.content.values["duree"]) == (Why.OVERTAKEN, "4 ans")
    assert saved.draft.content.values["duree"] == "2 ans"
    assert kept.versions(CLAIRE, draft.id) == (saved.overtaken,)
    again = typed(kept, draft, Writer("a", 3, 1), duree="3 ans")
    assert again.overtaken is not None
    assert again.overtaken.content.values["duree"] == "2 ans"
    assert (
        typed(kept, draft, Writer("a", 4, 1), duree="5 ans").overtaken == again.overtaken
    )  # it is said for a while
    clock.now += timedelta(minutes=3)
    assert typed(kept, draft, Writer("a", 5, 1), duree="6 ans").overtaken is None


def test_a_tab_that_has_seen_what_the_other_wrote_overtakes_nothing(kept: KeptDrafts) -> None:
    draft = made(kept)
    seen = typed(kept, draft, Writer("a", 2, 1), duree="4 ans").draft
    assert typed(kept, draft, Writer("b", 1, seen.revision), duree="2 ans").overtaken is None
    assert kept.versions(CLAIRE, draft.id) == ()


def test_two_tabs_that_say_the_same_do_not_trouble_each_other(kept: KeptDrafts) -> None:
    draft = made(kept)
    typed(kept, draft, Writer("a", 2, 1), duree="4 ans")
    assert typed(kept, draft, Writer("b", 1, 1), duree="4 ans").overtaken is None


def test_tabs_that_write_at_once_lose_nothing_of_one_another(kept: KeptDrafts, tmp_path: Path) -> None:
    draft, others = made(kept), [KeptDrafts(tmp_path) for _ in range(4)]

    def write(which: int) -> None:
        for at in range(1, 6):
            others[which].save(
                CLAIRE, draft.id, Writer(f"tab {which}", at, 1), Content((), {f"champ_{which}": str(at)})
            )

    threads = [threading.Thread(target=write, args=(which,)) for which in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {name: value for name, value in values_of(kept, draft).items() if name != "objet"} == {
        f"champ_{which}": "5" for which in range(4)
    }
    for one in others:
        one.close()


@pytest.mark.parametrize("user", [PAUL, ADMINISTRATOR, User("claire2", Role.DRAFTER), User("", Role.READER)])
def test_anothers_draft_is_as_if_it_were_not_there(kept: KeptDrafts, user: User) -> None:
    hers = made(kept)
    version = kept.keep_version(CLAIRE, hers.id, "avant la réunion")
    assert kept.listed(user) == ()
    assert kept.open(user, hers.id) is None
    assert kept.versions(user, hers.id) == ()
    deeds: list[Callable[[], object]] = [
        partial(typed, kept, hers, TAB, user, objet="À moi"),
        partial(kept.rename, user, hers.id, "À moi"),
        partial(
            kept.share,
            user,
            hers.id,
            Sharing(user.role if user.role is not Role.READER else Role.DRAFTER, True),
        ),
        partial(kept.duplicate, user, hers.id, TAB),
        partial(kept.duplicate, user, hers.id, TAB, version.number),
        partial(kept.keep_version, user, hers.id, ""),
        partial(kept.delete, user, hers.id),
    ]
    for deed in deeds:
        with pytest.raises(UsageError, match="n'est plus là"):
            deed()
    with pytest.raises(UsageError, match="n'est plus là"):
        kept.restore(user, hers.id, version.number, TAB)
    assert kept.open(CLAIRE, hers.id) == hers
    assert kept.versions(CLAIRE, hers.id) == (version,)


@pytest.mark.parametrize("id_", ["", "../projets", "' OR 1=1 --", "%", "_", "x" * 5000, "\x00", "\ud800"])
def test_what_is_no_id_opens_nothing(kept: KeptDrafts, id_: str) -> None:
    made(kept)
    assert kept.open(CLAIRE, id_) is None
    assert kept.versions(CLAIRE, id_) == ()
    with pytest.raises(UsageError, match="n'est plus là"):
        kept.delete(CLAIRE, id_)


def test_a_draft_made_under_the_id_of_its_form_is_made_once(kept: KeptDrafts) -> None:
    id_ = kept_module.new_id()
    assert kept.create(CLAIRE, "Visio", FIRST, TAB, id_).id == id_
    for user, wanted in (
        (CLAIRE, id_),
        (PAUL, id_),
        (CLAIRE, "../../../etc/pas"),
        (CLAIRE, "x' OR '1'='1 --x"),
    ):
        with pytest.raises(UsageError, match="n'est plus là"):
            kept.create(user, "Visio", FIRST, TAB, wanted)
    assert [one.id for one in kept.listed(CLAIRE)] == [id_]
    assert kept.listed(PAUL) == ()


def test_a_draft_is_shared_with_a_role_to_read_and_to_copy(kept: KeptDrafts) -> None:
    hers = made(kept)
    version = kept.keep_version(CLAIRE, hers.id, "avant la réunion")
    kept.share(CLAIRE, hers.id, Sharing(Role.DRAFTER))
    (seen,) = kept.listed(PAUL)
    assert (seen.id, seen.owner, seen.sharing) == (hers.id, "claire", Sharing(Role.DRAFTER))
    opened = kept.open(PAUL, hers.id)
    assert opened is not None
    assert opened.content == FIRST
    assert not opened.is_writable_by(PAUL)
    assert kept.listed(ADMINISTRATOR) == ()
    for deed in (
        partial(typed, kept, hers, TAB, PAUL, objet="À moi"),
        partial(kept.delete, PAUL, hers.id),
        partial(kept.rename, PAUL, hers.id, "À moi"),
    ):
        with pytest.raises(UsageError, match="Ce projet est à claire"):
            deed()
    copy = kept.duplicate(PAUL, hers.id, TAB)
    assert (copy.owner, copy.name, copy.content, copy.sharing) == ("paul", "Copie de Visio", FIRST, None)
    assert kept.duplicate(PAUL, hers.id, TAB, version.number).content == FIRST
    kept.share(CLAIRE, hers.id, None)
    assert kept.open(PAUL, hers.id) is None
    assert {one.owner for one in kept.listed(PAUL)} == {"paul"}


def test_who_may_write_writes_and_may_not_give_away_nor_erase(kept: KeptDrafts) -> None:
    hers = made(kept)
    kept.share(CLAIRE, hers.id, Sharing(Role.DRAFTER, True))
    saved = typed(kept, hers, Writer("p", 1, 1), PAUL, duree="4 ans")
    assert (saved.draft.by, saved.draft.owner) == ("paul", "claire")
    saved = typed(kept, hers, Writer("a", 9, 1), CLAIRE, duree="2 ans")
    assert saved.overtaken is None or saved.overtaken.by == "paul"
    assert [one.by for one in kept.versions(CLAIRE, hers.id)] == ["paul"]
    for deed in (
        partial(kept.delete, PAUL, hers.id),
        partial(kept.share, PAUL, hers.id, None),
        partial(kept.rename, PAUL, hers.id, "x"),
    ):
        with pytest.raises(UsageError, match="Ce projet est à claire"):
            deed()


def test_a_role_that_does_not_draft_is_given_nothing(kept: KeptDrafts) -> None:
    with pytest.raises(UsageError, match="ne rédige pas"):
        kept.share(CLAIRE, made(kept).id, Sharing(Role.READER))


def test_without_accounts_one_is_not_shown_what_was_shared_while_there_were(kept: KeptDrafts) -> None:
    hers = made(kept)
    kept.share(CLAIRE, hers.id, Sharing(Role.ADMINISTRATOR))
    alone = User(ALONE, Role.ADMINISTRATOR)
    assert kept.listed(alone) == ()
    assert kept.open(alone, hers.id) is None


# ---- versions ---------------------------------------------------------------------------------------------------------------------------


def test_a_version_is_kept_between_two_pieces_of_work(kept: KeptDrafts, clock: Clock) -> None:
    draft = made(kept)
    typed(kept, draft, Writer("a", 2), duree="4 ans")
    assert kept.versions(CLAIRE, draft.id) == ()
    clock.now += timedelta(minutes=16)
    typed(kept, draft, Writer("a", 3), duree="2 ans")
    typed(kept, draft, Writer("a", 4), duree="3 ans")
    (version,) = kept.versions(CLAIRE, draft.id)
    assert (version.why, version.content.values["duree"], version.number) == (Why.WORK, "4 ans", 1)


def test_one_goes_back_to_a_version_and_forth_again(kept: KeptDrafts) -> None:
    draft = made(kept)
    version = kept.keep_version(CLAIRE, draft.id, "  avant\nla réunion ")
    assert (version.name, version.why) == ("avant la réunion", Why.ASKED)
    typed(kept, draft, Writer("a", 2), objet="Autre chose")
    assert kept.restore(CLAIRE, draft.id, version.number, Writer("a", 3)).draft.content == FIRST
    before = kept.versions(CLAIRE, draft.id)[0]
    assert (before.why, before.content.values["objet"]) == (Why.BEFORE, "Autre chose")
    assert (
        kept.restore(CLAIRE, draft.id, before.number, Writer("a", 4)).draft.content.values["objet"]
        == "Autre chose"
    )
    with pytest.raises(UsageError, match="Cette version n'est plus là"):
        kept.restore(CLAIRE, draft.id, 99, Writer("a", 5))


def test_taking_everything_out_keeps_what_was_there(kept: KeptDrafts) -> None:
    draft = made(kept)
    kept.save(
        CLAIRE,
        draft.id,
        Writer("a", 2),
        Content(),
        lambda one: Content((), one.values, one.levels),
        Why.BEFORE,
    )
    assert [one.content for one in kept.versions(CLAIRE, draft.id)] == [FIRST]


def test_the_oldest_versions_go_and_those_that_were_asked_for_stay(
    kept: KeptDrafts, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(kept_module, "MOST_VERSIONS", 4)
    draft = made(kept)
    kept.keep_version(CLAIRE, draft.id, "la première")
    typed(kept, draft, Writer("b", 1), n="b")
    for at in range(2, 9):
        clock.now += timedelta(minutes=16)
        typed(kept, draft, Writer("b", at), n=str(at))
    versions = kept.versions(CLAIRE, draft.id)
    assert [(one.why, one.content.values.get("n")) for one in versions] == [
        (Why.WORK, "7"),
        (Why.WORK, "6"),
        (Why.WORK, "5"),
        (Why.ASKED, None),
    ]
    for name in "123":
        kept.keep_version(CLAIRE, draft.id, name)
    with pytest.raises(UsageError, match="4 versions gardées à votre demande"):
        kept.keep_version(CLAIRE, draft.id, "une de trop")
    assert len(kept.versions(CLAIRE, draft.id)) == 4


# ---- names, copies, erasing -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../etc/passwd", "../../etc/passwd"),
        ("  Lot 1 :\tserveurs\r\n", "Lot 1 : serveurs"),
        ("<script>alert(1)</script>", "<script>alert(1)</script>"),
        ("a\x00b\u202ec\u2028d", "a b c d"),
        ("é" * 500, "é" * 120),
        ("x\ud800y", "x?y"),
    ],
)
def test_a_name_is_words_on_one_line_and_never_a_path(
    kept: KeptDrafts, tmp_path: Path, name: str, shown: str
) -> None:
    draft = made(kept, name=name)
    assert draft.name == shown
    kept.rename(CLAIRE, draft.id, name)
    assert kept.listed(CLAIRE)[0].name == shown
    assert {path.name for path in tmp_path.rglob("*")} == {FILE, f"{FILE}-wal", f"{FILE}-shm"}


@pytest.mark.parametrize("name", ["", "  \n", "\u202e\x00"])
def test_a_name_of_nothing_is_refused(kept: KeptDrafts, name: str) -> None:
    draft = made(kept)
    with pytest.raises(UsageError, match="Ce nom est vide"):
        kept.rename(CLAIRE, draft.id, name)
    assert kept.listed(CLAIRE)[0].name == "Visio"


def test_a_copy_goes_its_own_way(kept: KeptDrafts) -> None:
    draft = made(kept)
    copy = kept.duplicate(CLAIRE, draft.id, Writer("a", 2))
    typed(kept, copy, Writer("a", 3), objet="Autre chose")
    assert values_of(kept, draft) == {"objet": "Visioconférence d'État"}
    assert kept.versions(CLAIRE, copy.id) == ()


def test_a_draft_that_is_deleted_leaves_no_word_in_the_file(kept: KeptDrafts, tmp_path: Path) -> None:
    draft = made(kept)
    kept.keep_version(CLAIRE, draft.id, "confidentiel")
    kept.delete(CLAIRE, draft.id)
    assert kept.listed(CLAIRE) == ()
    with pytest.raises(UsageError, match="n'est plus là"):
        typed(kept, draft, Writer("a", 2), duree="4 ans")
    kept.purge(owner="personne")
    kept.close()
    left = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert b"Visio" not in left
    assert b"confidentiel" not in left


def test_old_ones_or_somebodys_are_purged(kept: KeptDrafts, clock: Clock) -> None:
    made(kept)
    clock.now += timedelta(days=10)
    his, hers = made(kept, PAUL), made(kept)
    assert kept.purge(before=date(2026, 12, 1)) == 1
    assert kept.purge(owner="paul") == 1
    assert kept.open(PAUL, his.id) is None
    assert [one.id for one in kept.listed(CLAIRE)] == [hers.id]


# ---- quotas -------------------------------------------------------------------------------------------------------------------------------


def test_so_many_drafts_and_no_more(kept: KeptDrafts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_module, "MOST_DRAFTS", 2)
    first = made(kept)
    made(kept)
    for deed in (partial(made, kept), partial(kept.duplicate, CLAIRE, first.id, TAB)):
        with pytest.raises(UsageError, match="Vous gardez 2 projets") as caught:
            deed()
        assert "Supprimez" in caught.value.hint
    assert made(kept, PAUL).owner == "paul"
    assert typed(kept, first, Writer("a", 2), duree="4 ans").draft.content.values["duree"] == "4 ans"


def test_so_much_text_and_no_more_the_versions_of_ones_drafts_included(
    kept: KeptDrafts, monkeypatch: pytest.MonkeyPatch
) -> None:
    draft = made(kept)
    monkeypatch.setattr(kept_module, "MOST_CHARACTERS", 2 * len(FIRST.to_json()))
    kept.keep_version(CLAIRE, draft.id, "")
    with pytest.raises(UsageError, match="toute la place"):
        kept.keep_version(CLAIRE, draft.id, "")
    assert typed(kept, draft, Writer("a", 2), duree="4 ans").draft.revision == 2
    with pytest.raises(UsageError, match="toute la place"):
        typed(
            kept, draft, Writer("b", 1), duree="2 ans"
        )  # the other tab's words would be lost without a version
    assert values_of(kept, draft)["duree"] == "4 ans"


def test_a_draft_beyond_measure_is_refused_and_stays_as_it_was(kept: KeptDrafts) -> None:
    draft = made(kept)
    with pytest.raises(UsageError, match="trop long"):
        typed(kept, draft, Writer("a", 2), objet="x" * 400_001)
    assert values_of(kept, draft) == FIRST.values


# ---- a disk that fails, a file that is damaged, a process that is killed ----------------------------------------------------------------


def test_a_damaged_file_is_said_with_a_cure_and_a_new_one_serves_at_once(
    kept: KeptDrafts, tmp_path: Path
) -> None:
    (tmp_path / FILE).write_bytes(b"rien" * 2000)
    (tmp_path / FILE).chmod(0o600)
    with pytest.raises(LibraryError, match="Le fichier des projets est abîmé") as caught:
        kept.listed(CLAIRE)
    assert "Renommez « projets.sqlite »" in caught.value.hint
    (tmp_path / FILE).rename(tmp_path / "projets.abime")
    assert made(kept).name == "Visio"


def test_a_file_that_is_damaged_at_work_is_said_and_let_go_of(kept: KeptDrafts, tmp_path: Path) -> None:
    made(kept)
    real = kept._connection
    kept._connection = FailingStatements(real, 1, sqlite3.SQLITE_CORRUPT)  # type: ignore[arg-type, assignment]
    with pytest.raises(LibraryError, match="abîmé"):
        made(kept)
    assert kept._connection is None
    assert len(kept.listed(CLAIRE)) == 1


def test_a_draft_that_cannot_be_read_leaves_the_others_and_its_versions(
    kept: KeptDrafts, tmp_path: Path
) -> None:
    bad, good = made(kept, name="Mauvais"), made(kept, name="Bon")
    version = kept.keep_version(CLAIRE, bad.id, "")
    with sqlite3.connect(tmp_path / FILE) as file:
        file.execute("UPDATE draft SET content = '{' WHERE id = ?", (bad.id,))
    file.close()
    with pytest.raises(LibraryError, match="« Mauvais » ne se lit plus"):
        kept.open(CLAIRE, bad.id)
    assert {one.id for one in kept.listed(CLAIRE)} == {bad.id, good.id}
    assert kept.open(CLAIRE, good.id) == good
    assert kept.duplicate(CLAIRE, bad.id, TAB, version.number).content == FIRST


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_a_file_that_others_may_read_is_refused(kept: KeptDrafts, tmp_path: Path) -> None:
    made(kept)
    kept.close()
    (tmp_path / FILE).chmod(0o644)
    with pytest.raises(UsageError, match="n'est plus un secret"):
        kept.listed(CLAIRE)


DEEDS: dict[str, Any] = {
    "create": lambda kept, _: kept.create(CLAIRE, "Deux", FIRST, TAB),
    "save": lambda kept, one: typed(kept, one, Writer("a", 2), duree="4 ans"),
    "overtake": lambda kept, one: typed(kept, one, Writer("b", 1), duree="4 ans"),
    "keep": lambda kept, one: kept.keep_version(CLAIRE, one.id, "v"),
    "rename": lambda kept, one: kept.rename(CLAIRE, one.id, "Nom"),
    "share": lambda kept, one: kept.share(CLAIRE, one.id, Sharing(Role.DRAFTER)),
    "duplicate": lambda kept, one: kept.duplicate(CLAIRE, one.id, TAB),
    "delete": lambda kept, one: kept.delete(CLAIRE, one.id),
    "purge": lambda kept, _: kept.purge(owner="claire"),
}


def everything(kept: KeptDrafts) -> Any:
    """All that is kept, but for ids and times."""
    return [
        (
            one.name,
            one.sharing,
            draft.content if (draft := kept.open(CLAIRE, one.id)) else None,
            [version.content for version in kept.versions(CLAIRE, one.id)],
        )
        for one in kept.listed(CLAIRE)
    ]


def is_said(act: Callable[[], object]) -> bool:
    """Whether what is tried fails; then it is in words, with what to do."""
    try:
        act()
    except AssistantError as error:
        return bool(error.message and error.hint) or pytest.fail(str(error))
    return False


def homes(folder: Path) -> Iterator[tuple[int, Path]]:
    for at in range(1, 50):
        (folder / str(at)).mkdir()
        yield at, folder / str(at)
    pytest.fail("it never goes through")


@pytest.mark.parametrize("code", [sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_READONLY])
@pytest.mark.parametrize("name", DEEDS)
def test_a_statement_that_fails_leaves_everything_as_it_was_is_said_and_the_second_try_works(
    tmp_path: Path, name: str, code: int
) -> None:
    (tmp_path / "whole").mkdir()
    kept = KeptDrafts(tmp_path / "whole")
    DEEDS[name](kept, made(kept))
    whole, said = everything(kept), 0
    kept.close()
    for at, home in homes(tmp_path):
        kept = KeptDrafts(home)
        first = made(kept)
        before, real = everything(kept), kept._connection
        kept._connection = disk = FailingStatements(real, at, code)  # type: ignore[arg-type, assignment]
        said += is_said(partial(DEEDS[name], kept, first))
        kept._connection = real
        if not disk.failed:
            kept.close()
            break
        assert everything(kept) in (before, whole)
        assert kept.check()
        if everything(kept) == before:
            DEEDS[name](kept, first)
        assert everything(kept) == whole
        kept.close()
    assert said > 1


def act_and_die(name: str, home: Path, at: int, id_: str) -> None:
    """What the process does that is killed at its ``at``-th statement."""
    kept = KeptDrafts(home)
    first = kept.open(CLAIRE, id_)
    kept._connection = FailingStatements(kept._connection, at, KILLED)  # type: ignore[arg-type, assignment]
    DEEDS[name](kept, first)


@pytest.mark.parametrize("name", ["create", "save", "overtake", "duplicate", "delete"])
def test_killed_at_any_statement_nothing_is_lost_nor_half_there(tmp_path: Path, name: str) -> None:
    (tmp_path / "whole").mkdir()
    kept = KeptDrafts(tmp_path / "whole")
    DEEDS[name](kept, made(kept))
    whole, kills = everything(kept), 0
    kept.close()
    for at, home in homes(tmp_path):
        kept = KeptDrafts(home)
        first = made(kept)
        before = everything(kept)
        process = APART.Process(target=act_and_die, args=(name, home, at, first.id))
        process.start()
        process.join(60)
        assert everything(kept) in (before, whole)
        assert kept.check()
        if process.exitcode == 0:
            kept.close()
            break
        assert process.exitcode == -signal.SIGKILL
        kills += 1
        if everything(kept) == before:
            DEEDS[name](kept, first)
        assert everything(kept) == whole
        kept.close()
    assert kills > 2
