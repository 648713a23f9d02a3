"""« Ce n'est pas juste »: what a reader says of an answer, kept as a candidate question of the evaluation set in ``<home>/feedback.jsonl``.

A line has the shape of ``corpus/questions/reponses.jsonl``: once a lawyer has settled its position and its articles, it can be moved there as it is.
"""

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path

from assistant import references
from assistant.datatypes import Position
from assistant.errors import UsageError
from assistant.kept_answer import KeptAnswer
from assistant.site import private_files
from assistant.site.journal import program_version

FILE = "feedback.jsonl"
LONGEST_TEXT = 4_000
_LOCK_SECONDS = 10


@dataclass(frozen=True, slots=True)
class Judgement:
    """What a reader says of an answer. ``expected`` is the position he holds for right, None where he does not say; ``gold`` the articles he names."""

    id: str
    when: datetime
    who: str
    question: str
    as_of: date
    answered: Position
    expected: Position | None
    gold: tuple[tuple[str | None, str], ...]
    note: str


class Judgements:
    """The file of judgements. Any number of processes may add to it."""

    def __init__(self, home: Path, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._path, self._clock = home / FILE, clock

    def add(
        self,
        owner: str,
        question: str,
        answer: KeptAnswer,
        expected: str = "",
        article: str = "",
        why: str = "",
    ) -> Judgement:
        """Keeps a judgement.

        Args:
            owner: who judges.
            question: what was asked.
            answer: what was answered.
            expected: the position that would be right, as in ``Position``; empty: the reader does not say.
            article: the articles that the answer should rest on, as one writes them; empty: none.
            why: the reader's words.

        Raises:
            UsageError: ``expected`` is no position.
            ExportError: the file cannot be written.
        """
        try:
            position = Position(expected) if expected else None
        except ValueError as error:
            raise UsageError(
                f"« {expected[:40]} » n'est pas une position.", f"Positions : {', '.join(Position)}."
            ) from error
        made = Judgement(
            id=f"avis-{secrets.token_hex(4)}",
            when=self._clock().astimezone(UTC),
            who=owner,
            question=_storable(question),
            as_of=answer.as_of,
            answered=answer.position,
            expected=position,
            gold=tuple((one.work, str(one.article)) for one in references.articles(article[:LONGEST_TEXT])),
            note=_storable(f"{why} [article : {article}]" if article else why),
        )
        with private_files.held(self._path, _LOCK_SECONDS):
            private_files.append_line(self._path, _line(made).encode())
        return made

    def all(self) -> tuple[Judgement, ...]:
        """Every judgement, oldest first; a line that a stopped machine cut is passed over."""
        return tuple(judgement for judgement, _ in self._read())

    def purge(self, *, before: date | None = None, owner: str | None = None) -> int:
        """Erases the judgements older than ``before`` (UTC), and those of ``owner``; returns how many."""
        if not self._path.exists():
            return 0
        with private_files.held(self._path, _LOCK_SECONDS):
            read = self._read()
            kept = [
                line
                for judgement, line in read
                if not ((before and judgement.when.date() < before) or judgement.who == owner)
            ]
            if len(kept) < len(read):
                private_files.replace(self._path, "".join(line + "\n" for line in kept).encode())
            return len(read) - len(kept)

    def _read(self) -> list[tuple[Judgement, str]]:
        lines = self._path.read_text(encoding="utf-8").split("\n") if self._path.exists() else []
        return [(judgement, line) for line in lines if line and (judgement := _judgement(line))]


def _line(one: Judgement) -> str:
    values = {
        "id": one.id,
        "question": one.question,
        "as_of": one.as_of.isoformat(),
        "kind": "avis",
        "position": one.expected.value if one.expected else None,
        "gold": [{"text": work, "article": article} for work, article in one.gold],
        "gold_mode": "any",
        "must_say": [],
        "must_not_say": [],
        "note": one.note,
        "split": None,
        "answered": one.answered.value,
        "who": one.who,
        "when": one.when.isoformat(timespec="seconds"),
        "version": program_version(),
    }
    return json.dumps(values, ensure_ascii=False)


def _judgement(line: str) -> Judgement | None:
    try:
        values = json.loads(line)
        return Judgement(
            id=values["id"],
            when=datetime.fromisoformat(values["when"]),
            who=values["who"],
            question=values["question"],
            as_of=date.fromisoformat(values["as_of"]),
            answered=Position(values["answered"]),
            expected=Position(values["position"]) if values["position"] else None,
            gold=tuple((one["text"], one["article"]) for one in values["gold"]),
            note=values["note"],
        )
    except (ValueError, KeyError, TypeError):
        return None


def _storable(text: str) -> str:
    return " ".join(text.encode("utf-8", errors="replace").decode().split())[:LONGEST_TEXT]
