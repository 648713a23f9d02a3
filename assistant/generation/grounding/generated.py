"""From the words of a language model, still arriving, to claims that were checked and whose quotes the program inserted.

Answers and overviews come this way; their JSON is that of ``prompts.word``.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant.datatypes import Claim, Evidence, Problem, Quote, Sentence, Severity
from assistant.errors import GenerationError
from assistant.french.folding import fold_line
from assistant.generation import grounding
from assistant.generation.grounding import wording
from assistant.generation.grounding.scanner import ObjectScanner

OnProblem = Callable[[Problem], None]

# What a model may write before it is stopped: claims kept (the prompts ask for six at most), objects read, characters outside the claims and within one.
# No honest answer comes near; a server that ignores its schema, or a model that turns in circles, does.
MOST_KEPT, MOST_READ, LONGEST_CLAIM, LONGEST_OUTPUT = 6, 40, 600, 40_000
# Different problems told of one output, then that there are others: six claims with two faults each.
MOST_TOLD = 12
# Enough of what a model wrote for a reader to recognise it in a message.
_SHOWN_CHARACTERS = 20

_INSUFFICIENT = re.compile(r'"insuffisant"\s*:\s*true')
# A sentence that opens so speaks of what the one before it names.
_PRONOUN = re.compile(r"(?:Il|Elle|Ils|Elles|Celui-ci|Celle-ci|Ceux-ci|Celles-ci|Ce|Cet|Cette|Ces)\b")


@dataclass(frozen=True, slots=True)
class Judge:
    """The evidence a claim may point to, and how close in meaning it must be."""

    evidence: tuple[Evidence, ...]
    similarity: grounding.Similarity | None = None
    least_similarity: float = 0.0

    def claim(self, text: str, ids: Sequence[str]) -> tuple[Claim | None, tuple[Problem, ...]]:
        """The claim with its exact quotes, or None when it has to be dropped; and every problem found."""
        places = {
            sentence.id: (one, index) for one in self.evidence for index, sentence in enumerate(one.sentences)
        }
        known = tuple(dict.fromkeys(one for one in ids if one in places))
        invented = tuple(_invented(one) for one in dict.fromkeys(ids) if one not in places)
        supports = tuple(places[one][0].sentences[places[one][1]] for one in known)
        problems = invented + grounding.check(
            text,
            supports,
            labels={one: _label(*places[one]) for one in known},
            following={one: after for one in known if (after := _after(*places[one]))},
            similarity=self.similarity,
            least_similarity=self.least_similarity,
        )
        verdict = grounding.verdict(problems)
        if verdict is None:
            return None, problems
        return Claim(
            text, tuple(quote(places[one.id][0], one) for one in supports), verdict, problems
        ), problems


def quote(evidence: Evidence, sentence: Sentence) -> Quote:
    """The exact words of a sentence of ``evidence``."""
    return Quote(sentence.id, evidence.hit.source, evidence.hit.passage, sentence.span, sentence.text)


def claims(pieces: Iterable[str], judge: Judge, on_problem: OnProblem) -> Iterator[Claim]:
    """Claims in the order written, each as soon as its object closes.

    A claim that fails a check is dropped or marked, and its problems are told to ``on_problem``, the same one once. When the model fails midway, or writes
    without end and is stopped, the claims already given stand and the failure is a problem.

    Raises:
        GenerationError: the model failed before its first complete claim.
    """
    scanner, said, told, read, kept, length = ObjectScanner(), set[str](), set[Problem](), 0, 0, 0

    def tell(problem: Problem) -> None:
        if problem not in told and len(told) <= MOST_TOLD:
            told.add(problem)
            on_problem(problem if len(told) <= MOST_TOLD else OTHERS)

    try:
        for piece in pieces:
            length += len(piece)
            for written in scanner.feed(piece):
                read += 1
                if kept >= MOST_KEPT or read > MOST_READ:
                    tell(TOO_MANY)
                    return
                for claim in _judged(written, judge, tell, said):
                    kept += 1
                    yield claim
            if not read and _declines(scanner.head):
                tell(INSUFFICIENT)
                return
            if length > LONGEST_OUTPUT:
                tell(ENDLESS)
                return
    except GenerationError as error:
        if not read:
            raise
        tell(
            Problem(
                "generation-stopped",
                f"Le modèle s'est arrêté avant la fin : {error.message} Les phrases déjà vérifiées restent valables.",
            )
        )
        return
    finally:
        close(pieces)
    if scanner.unfinished:
        tell(
            Problem(
                "answer-cut",
                "Le modèle n'a pas terminé sa réponse : seules les phrases complètes ont été gardées.",
            )
        )
    elif not read:
        tell(SILENT)
    elif _INSUFFICIENT.search(scanner.head):
        tell(
            Problem(
                "model-wavers",
                "Le modèle a écrit des phrases et dit que les extraits ne permettent pas de répondre : à lire avec réserve.",
            )
        )


def _declines(head: str) -> bool:
    """Whether the model says that it cannot answer; it says so at once or not at all, and ``head`` may be long."""
    return _INSUFFICIENT.search(head[:LONGEST_CLAIM]) is not None


SILENT = Problem("model-silent", "Le modèle n'a écrit aucune phrase.", severity=Severity.INFO)
OTHERS = Problem(
    "other-problems",
    "D'autres phrases du modèle ont été retirées ou marquées, pour des raisons du même genre.",
)
TOO_MANY = Problem(
    "too-many-claims",
    "Le modèle a écrit plus de phrases qu'il n'en était demandé : les suivantes n'ont pas été lues.",
)
ENDLESS = Problem(
    "endless-output",
    "Le modèle écrivait sans fin : il a été arrêté, et seules les phrases complètes ont été gardées.",
)
INSUFFICIENT = Problem(
    "model-declined", "Le modèle dit que les extraits ne permettent pas de répondre.", severity=Severity.INFO
)


def close(pieces: Iterable[str]) -> None:
    """Closes a model's stream, which stops its generation."""
    closing = getattr(pieces, "close", None)
    if closing is not None:
        closing()


def _judged(written: str, judge: Judge, on_problem: OnProblem, said: set[str]) -> Iterator[Claim]:
    read = _read(written)
    if read is None:
        on_problem(
            Problem(
                "broken-claim",
                "Une phrase du modèle n'a pas la forme attendue : elle est retirée.",
                severity=Severity.ERROR,
            )
        )
        return
    text, ids = read
    if _unreadable(text):
        on_problem(UNREADABLE)
        return
    key = " ".join(wording.words(fold_line(text)))
    if key in said:
        return
    said.add(key)
    claim, problems = judge.claim(text, ids)
    for problem in problems:
        on_problem(problem)
    if claim is not None:
        yield claim


def _read(written: str) -> tuple[str, list[str]] | None:
    try:
        value = json.loads(written)
    except (ValueError, RecursionError):  # a ValueError too for a number of thousands of digits
        return None
    if not isinstance(value, dict):
        return None
    text, ids = value.get("texte"), value.get("appuis")
    if (
        not isinstance(text, str)
        or not 0 < len(text.strip()) <= LONGEST_CLAIM
        or not isinstance(ids, list)
        or not all(isinstance(one, str) for one in ids)
    ):
        return None
    return " ".join(text.split()), ids


def _unreadable(text: str) -> bool:
    """Whether a text holds what a reader does not see or takes for something else: a character hidden or halved, another alphabet's letter, a picture."""
    return any(
        _hidden(character)
        or _picture(character)
        or (
            character.isalpha() and character not in _SIGNS and "LATIN" not in unicodedata.name(character, "")
        )
        for character in text
    )


_SIGNS = "ºªµ"  # "nº"


def _picture(character: str) -> bool:
    return unicodedata.category(character) == "So" and character not in "°©®™"


def _hidden(character: str) -> bool:
    return unicodedata.category(character)[0] == "C"


UNREADABLE = Problem(
    "unreadable-claim",
    "Une phrase du modèle contient des caractères invisibles, d'un autre alphabet ou dessinés : elle est retirée.",
    severity=Severity.ERROR,
)


def shown(written: str) -> str:
    """The beginning of what a model wrote, fit for a message."""
    return "".join("?" if _hidden(character) else character for character in written[:_SHOWN_CHARACTERS])


def _invented(sentence_id: str) -> Problem:
    return Problem(
        "unknown-sentence",
        f"Le modèle s'appuie sur « {shown(sentence_id)} », qui n'est le numéro d'aucun extrait : cet appui est retiré et la phrase est à vérifier.",
    )


def _label(evidence: Evidence, index: int) -> str:
    """What the program knows of a sentence beside its words; for one that opens on a pronoun, also the sentence before it."""
    passage, text = evidence.hit.passage, evidence.sentences[index].text
    article = f"article {passage.article}" if passage.article else ""
    before = evidence.sentences[index - 1].text if index and _PRONOUN.match(text) else ""
    dates = " ".join(day.isoformat() for day in (passage.valid_from, passage.valid_to) if day)
    return " ; ".join(
        part
        for part in (article, passage.work or "", evidence.hit.source.title, dates, *passage.headings, before)
        if part
    )


def _after(evidence: Evidence, index: int) -> str:
    return evidence.sentences[index + 1].text if index + 1 < len(evidence.sentences) else ""
