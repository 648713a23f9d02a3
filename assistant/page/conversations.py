"""Kept conversations: each owner's apart, named, searched, exported."""

import hashlib
import json
import re
import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from uuid import uuid4

from assistant import office
from assistant.datatypes import Position, Verdict
from assistant.export import french_date, position_label
from assistant.page import downloads
from assistant.page.answers import place
from assistant.page.markup import Markup, text

_ID = re.compile(r"[0-9a-f]{32}")
# A conversation is named by its first question, this much of it.
_TITLE = 70


@dataclass(frozen=True, slots=True)
class Turn:
    """A question and the JSON of its answer."""

    question: str
    answer: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Conversation:
    """``updated`` is ISO 8601 in UTC; ``id`` is empty until the first answer."""

    id: str
    title: str
    updated: str
    turns: tuple[Turn, ...] = ()

    @staticmethod
    def empty() -> "Conversation":
        """A conversation in which nothing was said."""
        return Conversation("", "", "")

    @property
    def when(self) -> str:
        """The day of its last answer, as a reader says it."""
        return french_date(datetime.fromisoformat(self.updated).astimezone().date())


class Conversations:
    """One file a conversation, in a folder for each owner."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._lock = threading.Lock()

    def listed(self, owner: str, words: str = "") -> tuple[Conversation, ...]:
        """The conversations of an owner that hold every one of ``words``, the latest first."""
        kept = [self._read(path) for path in self._of(owner).glob("*.json")]
        wanted = words.casefold().split()
        found = [one for one in kept if one and all(word in _searched(one) for word in wanted)]
        return tuple(sorted(found, key=lambda one: one.updated, reverse=True))

    def open(self, owner: str, id_: str) -> Conversation | None:
        """A conversation of an owner, or None."""
        return self._read(self._of(owner) / f"{id_}.json") if _ID.fullmatch(id_) else None

    def add(self, owner: str, conversation: Conversation, turn: Turn) -> Conversation:
        """The conversation with one more turn, kept."""
        title = conversation.title or (turn.question if len(turn.question) <= _TITLE else turn.question[: _TITLE - 1].rsplit(" ", 1)[0] + "…")
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        grown = Conversation(conversation.id or uuid4().hex, title, now, (*conversation.turns, turn))
        self._write(owner, grown)
        return grown

    def rename(self, owner: str, id_: str, title: str) -> None:
        """Gives a conversation another name; an empty one changes nothing."""
        conversation = self.open(owner, id_)
        if conversation and title.strip():
            self._write(owner, replace(conversation, title=" ".join(title.split())))

    def delete(self, owner: str, id_: str) -> None:
        """Erases a conversation."""
        if _ID.fullmatch(id_):
            (self._of(owner) / f"{id_}.json").unlink(missing_ok=True)

    def _of(self, owner: str) -> Path:
        return self._folder / hashlib.sha256(owner.encode()).hexdigest()[:24]

    def _read(self, path: Path) -> Conversation | None:
        try:
            value = json.loads(path.read_text(encoding="utf-8"))
            return Conversation(path.stem, value["title"], value["updated"], tuple(Turn(one["question"], one["answer"]) for one in value["turns"]))
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def _write(self, owner: str, conversation: Conversation) -> None:
        folder = self._of(owner)
        value = {
            "title": conversation.title,
            "updated": conversation.updated,
            "turns": [{"question": turn.question, "answer": dict(turn.answer)} for turn in conversation.turns],
        }
        with self._lock:
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            partial = folder / f"{conversation.id}.partial"
            partial.write_text(json.dumps(value, ensure_ascii=False), encoding="utf-8")
            partial.replace(folder / f"{conversation.id}.json")


def _searched(conversation: Conversation) -> str:
    said = (claim["text"] for turn in conversation.turns for claim in turn.answer["claims"])
    return "\n".join((conversation.title, *(turn.question for turn in conversation.turns), *said)).casefold()


def exports(conversation: Conversation) -> Markup:
    """The links that save a conversation, with its sources.

    Raises:
        ExportError: the office file could not be made.
    """
    written = markdown(conversation)
    name = downloads.file_name(conversation.title, "")
    return text(
        (
            downloads.link("Enregistrer en ODT", f"{name}.odt", office.convert(written, "odt"), downloads.ODT),
            downloads.link("Enregistrer en Markdown", f"{name}.md", written.encode(), downloads.MARKDOWN),
        )
    )


def markdown(conversation: Conversation) -> str:
    """A conversation as Markdown: each question, its answer, the words it rests on and where they stand. Text of documents shows its very characters."""
    lines = [f"# {_plain(conversation.title)}", ""]
    for turn in conversation.turns:
        answer = turn.answer
        day = datetime.fromisoformat(answer["as_of"]).date()
        lines += [f"## {_plain(turn.question)}", "", f"**{position_label(Position(answer['position']))}**, droit en vigueur le {french_date(day)}.", ""]
        for number, claim in enumerate(answer["claims"], 1):
            doubt = "" if claim["verdict"] == Verdict.VERIFIED.value else " (non vérifié)"
            lines += [f"{number}. {_plain(claim['text'])}{doubt}", ""]
            lines += [f"    - {_plain(place(quote))} \\[{quote['marker']}\\] : « {_plain(quote['quote'])} »" for quote in claim["evidence"]]
            lines += [""]
        risk = answer["risk"]
        if risk["level"]:
            lines += [f"**Risque contentieux : {risk['level']}**", "", *(f"- {_plain(one)}" for one in (*risk["reasons"], *risk["appeals"])), ""]
        if answer["fallbacks"]:
            lines += ["**Ce que vous pouvez écrire**" if answer["claims"] else "**Que faire**", "", *(f"- {_plain(one)}" for one in answer["fallbacks"]), ""]
        if answer["problems"]:
            lines += ["**À savoir**", "", *(f"- {_plain(one['message'])}" for one in answer["problems"]), ""]
    return "\n".join(lines).rstrip() + "\n"


def _plain(value: str) -> str:
    """One line of Markdown that shows the very characters of ``value``."""
    return re.sub(r"([\\`*\[\]<>|~^$@#{}]|(?<!\w)_|_(?!\w))", r"\\\1", " ".join(value.split()))
