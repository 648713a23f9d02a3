"""What one asks on the page, and his conversations."""

import re
import time
from html import unescape

from assistant.evaluation import question_sets
from assistant.shipped import CORPUS
from bench.attack.person import Said
from bench.attack.seen import Seen

_CURRENT = re.compile(
    r'data-event="choisir" data-id="([\w-]+)"[^>]*aria-current="true"|aria-current="true"[^>]*data-id="([\w-]+)"'
)


class Talk:
    """A person's conversations; ``kept`` holds the questions that the page answered and keeps, by conversation."""

    def __init__(self, seen: Seen, kept: dict[str, list[str]] | None = None) -> None:
        self._seen, self._chance = seen, seen.chance
        self.kept: dict[str, list[str]] = {} if kept is None else kept
        self._current = ""
        self._law = [row["question"] for row in question_sets.read(CORPUS / "questions" / "recherche.jsonl")]

    def ask(self, question: str) -> Said:
        """Asks; once answered, the conversation that the list marks holds the question."""
        said = self._seen.do("composer", "demander", question=question, jour="")
        found = _CURRENT.search(said.parts.get("conversations", ""))
        if "n'est pas gardée" in unescape(said.parts.get("fil", "")):
            self._seen.fault(f"the answer to « {question} » was shown and not kept")
        elif (
            found
            and 'class="erreur"' not in said.parts.get("fil", "")
            and 'class="position' in said.parts.get("fil", "")
        ):
            self._current = found[1] or found[2]
            self.kept.setdefault(self._current, []).append(" ".join(question.split()))
            self._seen.shared.add(self._seen.shared.conversations, self._seen.name, self._current)
        else:
            self._seen.fault(f"no answer to « {question} »: {said.parts.get('fil', '')[-400:]}")
        return said

    def of_the_law(self) -> None:
        self.ask(self._chance.choice(self._law))

    def of_another(self) -> None:
        """What only another's documents, or a closed collection, can answer."""
        shared = self._seen.shared
        town = self._chance.choice(
            ["Fermeville", shared.another(shared.towns, self._seen.name, self._chance) or "Fermeville"]
        )
        asked = (
            f"Quel est le code d'accès du local technique de {town} ?",
            f"Quelle est la pénalité de retard de {town} ?",
            "Quels sont les codes d'accès de mes locaux ?",
        )
        self.ask(self._chance.choice(asked))

    def begin_anew(self) -> None:
        self._seen.do("conversations", "nouvelle")
        self._current = ""

    def choose(self) -> None:
        if self.kept:
            self._current = self._chance.choice(sorted(self.kept))
            self.expect(self._current)

    def expect(self, conversation: str) -> None:
        """Opens a conversation: every question of it is there."""
        thread = unescape(self._seen.do("conversations", "choisir", id=conversation).parts.get("fil", ""))
        if not thread:
            self._seen.fault(f"conversation {conversation} was not shown")  # which is not that it was lost
            return
        lost = [question for question in self.kept[conversation] if question not in thread]
        if lost:
            self._seen.noted.lost.append(f"{self._seen.name}, conversation {conversation}: {lost}")

    def search(self) -> None:
        self._seen.do(
            "conversations",
            "chercher",
            mots=self._chance.choice(("code", "local", "marché", "ZQ")),
            rang=rank(),
        )

    def delete(self) -> None:
        if len(self.kept) > 2 and self._current in self.kept:
            self.kept.pop(self._current)
            self._seen.do("fil", "supprimer")
            self._current = ""

    def export(self) -> None:
        if self._current in self.kept:
            self._seen.do("fil", "exporter")
            self._seen.do("fil", "preuve", tour=0)

    def leave(self) -> None:
        """A page that is opened again begins without a conversation."""
        self._current = ""


def rank() -> int:
    """The number of a demand, each greater than the one before: only the last one of a page is answered."""
    return time.monotonic_ns() // 1_000_000
