import html
import io
import json
import os
import sqlite3
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from assistant.datatypes import Ask, Basis, Option, Position, Risk, SheetName
from assistant.errors import UsageError
from assistant.evaluation import question_sets
from assistant.site import conversation_export
from assistant.site.conversations import FILE, Conversation, Conversations, Turn
from assistant.site.feedback import Judgements
from tests.conftest import ROOT
from tests.site.samples import EARLIER, WORDS, answer, claim, quote, sheet_quote


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 3, 1, 12, tzinfo=UTC)

    def __call__(self) -> datetime:
        self.now += timedelta(days=1)
        return self.now


@pytest.fixture
def kept(tmp_path: Path) -> Iterator[Conversations]:
    opened = Conversations(tmp_path, Clock())
    yield opened
    opened.close()


def asked(kept: Conversations, owner: str, *questions: str) -> Conversation:
    conversation = Conversation.empty()
    for question in questions:
        conversation = kept.add(owner, conversation, Turn(question, answer()))
    return conversation


def test_a_conversation_is_kept_as_it_was_shown(kept: Conversations, tmp_path: Path) -> None:
    made = asked(kept, "claire", "Peut-on imposer des serveurs dans l'Union ?", "Et pour la visio ?")
    other = Conversations(tmp_path)
    again = other.open("claire", made.id)
    other.close()
    assert again == made
    assert again is not None
    assert again.title == "Peut-on imposer des serveurs dans l'Union ?"
    assert [turn.question for turn in again.turns] == [
        "Peut-on imposer des serveurs dans l'Union ?",
        "Et pour la visio ?",
    ]
    assert again.turns[1].answer == answer()
    assert again.turns[0].answer.as_of == date(2026, 4, 1)
    assert kept.listed("claire")[0].when == "3 mars 2026"
    assert (tmp_path / FILE).stat().st_mode & 0o777 == 0o600


def test_what_is_asked_what_is_to_do_and_what_to_see_are_kept_too(kept: Conversations) -> None:
    shown = answer(
        about="Imposer la localisation des moyens",
        lead="Cela dépend.",
        also_known_as=("lieux",),
        todo=("Justifier le lieu par écrit.",),
        ask=Ask("Quel lieu ?", (Option("l'Union", "et si c'est l'Union ?"),)),
        see_also=(SheetName("penalites", "Prévoir des pénalités"),),
    )
    made = kept.add("claire", Conversation.empty(), Turn("Peut-on ?", shown))
    assert [turn.answer for turn in made.turns] == [shown]


def test_a_conversation_of_an_earlier_version_is_opened_searched_and_gone_on_with(
    kept: Conversations, tmp_path: Path
) -> None:
    made = asked(kept, "claire", "Peut-on imposer des serveurs ?")
    with sqlite3.connect(tmp_path / FILE) as file:
        assert (
            file.execute("UPDATE turn SET answer = ?", (json.dumps(EARLIER, ensure_ascii=False),)).rowcount
            == 1
        )
    file.close()
    (turn,) = opened.turns if (opened := kept.open("claire", made.id)) else ()
    assert (turn.answer.basis, turn.answer.position, turn.answer.claims[0].text) == (
        Basis.TEXTS,
        Position.CONDITIONAL,
        WORDS,
    )
    grown = kept.add("claire", made, Turn("Et la visio ?", answer()))
    assert [turn.answer.as_of for turn in grown.turns] == [date(2026, 4, 1)] * 2
    assert [one.id for one in kept.listed("claire", "localisés visio")] == [made.id]
    assert conversation_export.markdown(grown).replace("\\", "").count(f"1. {WORDS}") == 2


def test_two_people_do_not_see_each_other(kept: Conversations) -> None:
    hers, his = (
        asked(kept, "claire", "Une question sur l'allotissement ?"),
        asked(kept, "paul", "Une autre sur les avances ?"),
    )
    assert [one.id for one in kept.listed("claire")] == [hers.id]
    assert [one.id for one in kept.listed("paul")] == [his.id]
    assert kept.open("paul", hers.id) is None
    assert kept.listed("paul", "allotissement") == ()
    kept.rename("paul", hers.id, "À moi")
    assert not kept.delete("paul", hers.id)
    assert kept.open("claire", hers.id) == hers
    grafted = kept.add("paul", hers, Turn("Et moi ?", answer()))  # another's conversation given as one's own
    assert grafted.id != hers.id
    assert [turn.question for turn in grafted.turns] == ["Et moi ?"]
    assert kept.open("claire", hers.id) == hers


def test_search_finds_words_of_questions_answers_and_titles_without_accents(kept: Conversations) -> None:
    first = asked(kept, "claire", "Quelle pénalité de retard prévoir ?")
    second = asked(kept, "claire", "Faut-il allotir ?", "Et la pénalité ?")
    kept.rename("claire", first.id, "Dossier cantine")
    assert [one.id for one in kept.listed("claire")] == [second.id, first.id]
    assert [one.id for one in kept.listed("claire", "PENALITE")] == [second.id, first.id]
    assert [one.id for one in kept.listed("claire", "cantine penal")] == [first.id]
    assert [one.id for one in kept.listed("claire", "d'allotir")] == [second.id]
    assert [one.id for one in kept.listed("claire", "localisés territoire")] == [second.id, first.id]
    assert [one.id for one in kept.listed("claire", "allot")] == [second.id]
    third = kept.add("claire", second, Turn("Et ?", answer(todo=("Motiver le choix des kangourous.",))))
    assert [one.id for one in kept.listed("claire", "kangourous")] == [third.id]
    assert [one.id for one in kept.listed("claire", "Écrivez besoin")] == [second.id, first.id]


@pytest.mark.parametrize(
    "words", ['"', "* OR *", "text:x NEAR(", "') --", "___", "«»", "\x00", "a" * 5000, "x " * 500]
)
def test_hostile_searches_find_nothing_and_break_nothing(kept: Conversations, words: str) -> None:
    asked(kept, "claire", "Faut-il allotir ?")
    assert kept.listed("claire", words) == ()
    assert len(kept.listed("claire", "  ")) == 1


def test_what_is_deleted_is_gone_from_the_file(kept: Conversations, tmp_path: Path) -> None:
    made = asked(kept, "claire", "Un secret zzyzx ?")
    asked(kept, "paul", "Une question ?")
    assert kept.delete("claire", made.id)
    assert kept.open("claire", made.id) is None
    assert kept.listed("claire", "zzyzx") == ()
    assert kept.purge(owner="paul") == 1
    assert not any(b"zzyzx" in path.read_bytes() for path in tmp_path.iterdir())


def test_an_answer_that_comes_after_the_deletion_begins_another_conversation(kept: Conversations) -> None:
    made = asked(kept, "claire", "Première ?")
    kept.delete("claire", made.id)
    again = kept.add("claire", made, Turn("Seconde ?", answer()))
    assert again.id != made.id
    assert [turn.question for turn in again.turns] == ["Seconde ?"]


def test_old_ones_are_purged(kept: Conversations) -> None:
    asked(kept, "claire", "Du 2 mars ?")
    recent = asked(kept, "paul", "Du 3 mars ?")
    assert kept.purge(before=date(2026, 3, 3)) == 1
    assert kept.listed("claire") == ()
    assert [one.id for one in kept.listed("paul")] == [recent.id]


def test_an_empty_name_is_refused_and_a_long_one_cut(kept: Conversations) -> None:
    made = asked(kept, "claire", "Question " * 40)
    assert made.title.endswith(" …")
    assert len(made.title) <= 82
    with pytest.raises(UsageError, match="vide"):
        kept.rename("claire", made.id, " \n ")
    kept.rename("claire", made.id, "<script>alert(1)</script> " + "x" * 500)
    assert len(kept.listed("claire")[0].title) == 120


def test_two_processes_add_to_one_conversation_at_once(kept: Conversations, tmp_path: Path) -> None:
    made = asked(kept, "claire", "Au départ ?")
    program = (
        "import sys; from pathlib import Path; from assistant.site.conversations import *; from tests.site.samples import answer\n"
        "kept = Conversations(Path(sys.argv[1]))\nfor i in range(25): kept.add('claire', kept.open('claire', sys.argv[2]), Turn(f'{sys.argv[3]} {i}', answer()))"
    )
    running = [
        subprocess.Popen(
            [sys.executable, "-c", program, str(tmp_path), made.id, who], cwd=ROOT, env=os.environ
        )
        for who in ("a", "b")
    ]
    assert [one.wait(120) for one in running] == [0, 0]
    whole = kept.open("claire", made.id)
    assert whole is not None
    assert len(whole.turns) == 51
    assert [turn.question for turn in whole.turns if turn.question.startswith("b ")] == [
        f"b {number}" for number in range(25)
    ]


# ---- export -----------------------------------------------------------------------------------------------------------------------------


def test_markdown_holds_the_question_the_answer_and_the_exact_quotes(kept: Conversations) -> None:
    text = conversation_export.markdown(asked(kept, "claire", "Peut-on imposer des serveurs ?"))
    plain = text.replace("\\", "")
    assert plain.startswith("# Peut-on imposer des serveurs ?\n")
    assert "**Possible sous conditions** — droit au 1er avril 2026" in plain
    assert (
        "1. L'acheteur peut imposer que les moyens utilisés soient localisés sur le territoire de l'Union."
        in plain
    )
    assert "   > CCP, art. L2112-4, en vigueur depuis le 1er avril 2019 [1]\n" in plain
    assert "**Risque contentieux : moyen**" in plain
    assert "- Ces mots changent bientôt." in plain


def test_extracts_that_nobody_said_answer_are_named_so_before_them(kept: Conversations) -> None:
    lead = "Aucune fiche ne répond à cette question. Les textes les plus proches, sans position :"
    texts = answer(
        f"CCP, article L2112-4 : « {WORDS} »",
        basis=Basis.TEXTS,
        position=Position.INFORMATION,
        risk=Risk(),
        lead=lead,
    )
    conversation = kept.add("claire", Conversation.empty(), Turn("Où placer les serveurs ?", texts))
    lines = conversation_export.markdown(conversation).replace("\\", "").splitlines()
    start = lines.index("## 1. Où placer les serveurs ?")
    assert lines[start + 2 : start + 8] == [
        "**Information** — droit au 1er avril 2026",
        "",
        lead,
        "",
        f"1. CCP, article L2112-4 : « {WORDS} »",
        "   > CCP, art. L2112-4, en vigueur depuis le 1er avril 2019 [1]",
    ]


def test_what_a_sheet_says_comes_in_its_order_with_the_texts_beside_it(kept: Conversations) -> None:
    extract = claim(f"CCP, article L2112-4 : « {WORDS} »", quote())
    said = claim("Une fiche le permet.", sheet_quote("Une fiche le permet."))
    conversation = kept.add(
        "claire", Conversation.empty(), Turn("Où placer les serveurs ?", answer(claims=(said, extract)))
    )
    lines = [
        line
        for line in conversation_export.markdown(conversation).replace("\\", "").splitlines()
        if line[:2] in ("1.", "2.", "**")
    ]
    assert lines[:3] == [
        "**Possible sous conditions** — droit au 1er avril 2026",
        "1. Une fiche le permet.",
        f"2. {extract.text}",
    ]


def test_words_of_documents_are_never_marks_nor_code(kept: Conversations) -> None:
    hostile = "# Titre <script>alert(1)</script> [lien](http://x) `code` {=html} ^[note]"
    shown = answer(
        hostile,
        fallbacks=(hostile,),
        todo=(hostile,),
        lead=hostile,
        about=hostile,
        see_also=(SheetName("x", hostile),),
    )
    conversation = kept.add("claire", Conversation.empty(), Turn(hostile, shown))
    text = conversation_export.markdown(conversation)
    assert "<script>" not in text
    assert "](http" not in text
    odt = (
        zipfile.ZipFile(io.BytesIO(conversation_export.office_file(conversation, "odt")))
        .read("content.xml")
        .decode()
    )
    assert "&lt;script&gt;alert(1)&lt;/script&gt; [lien](http://x)" in odt
    assert odt.count("&lt;script&gt;") == 8  # the title, the question, and each of the six
    assert "xlink:href" not in odt


@pytest.mark.parametrize(
    ("office_format", "part", "note"),
    [("odt", "content.xml", "text:note-citation"), ("docx", "word/footnotes.xml", "w:footnoteRef")],
)
def test_office_files_put_each_quote_in_a_note(
    kept: Conversations, office_format: str, part: str, note: str
) -> None:
    made = asked(kept, "claire", "Peut-on imposer des serveurs ?", "Et la visio ?")
    turn = Turn("Dernière ?", answer("Une affirmation d'une fiche.", position=Position.INFORMATION))
    made = kept.add("claire", made, turn)
    document = zipfile.ZipFile(io.BytesIO(conversation_export.office_file(made, office_format)))
    xml = html.unescape(document.read(part).decode()).replace("\u00a0", " ")
    assert xml.count(note) >= 6  # two quotes for each of three claims
    assert "L2112-4" in xml
    assert (
        xml.count("localisés sur le territoire de l'Union. »") == 1
    )  # a quote that comes again sends to its first note
    assert "Même citation qu'à la note 5." in xml


# ---- judgements -------------------------------------------------------------------------------------------------------------------------


def test_a_judgement_is_a_candidate_of_the_evaluation_set(tmp_path: Path) -> None:
    judgements = Judgements(tmp_path)
    judgements.add(
        "claire", "Peut-on ?\nVraiment ?", answer(), "interdit", "l'article L. 2142-1 du CCP", "Parce que…"
    )
    judgements.add("paul", "Autre ?", answer())
    first, second = judgements.all()
    assert (first.who, first.question, first.answered, first.expected) == (
        "claire",
        "Peut-on ? Vraiment ?",
        Position.CONDITIONAL,
        Position.FORBIDDEN,
    )
    assert first.gold == (("CCP", "L2142-1"),)
    assert (second.expected, second.gold) == (None, ())
    assert first.as_of == date(2026, 4, 1)
    rows = question_sets.read(tmp_path / "feedback.jsonl")
    shape = json.loads(
        (ROOT / "corpus" / "questions" / "reponses.jsonl").read_text(encoding="utf-8").splitlines()[0]
    )
    assert set(shape) <= set(rows[0])
    assert (tmp_path / "feedback.jsonl").stat().st_mode & 0o777 == 0o600
    with pytest.raises(UsageError, match="position"):
        judgements.add("claire", "?", answer(), "peut-être")


def test_judgements_are_purged_by_person_and_by_date(tmp_path: Path) -> None:
    judgements = Judgements(tmp_path, Clock())
    for who in ("claire", "paul", "claire"):
        judgements.add(who, "Peut-on ?", answer())
    assert judgements.purge(before=date(2026, 3, 3)) == 1
    assert judgements.purge(owner="paul") == 1
    assert [one.who for one in judgements.all()] == ["claire"]
    assert "paul" not in (tmp_path / "feedback.jsonl").read_text(encoding="utf-8")
