"""From the words of a language model, still arriving, to claims that were checked and whose quotes the program inserted.

Answers and overviews come this way; their JSON is that of ``prompts.word``.
"""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from assistant import grounding
from assistant.datatypes import Claim, Evidence, Problem, Quote, Sentence, Severity, Verdict
from assistant.errors import GenerationError
from assistant.grounding import wording
from assistant.grounding.scanner import ObjectScanner

OnProblem = Callable[[Problem], None]

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
        places = {sentence.id: (one, index) for one in self.evidence for index, sentence in enumerate(one.sentences)}
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
        return Claim(text, tuple(quote(places[one.id][0], one) for one in supports), verdict, problems), problems


def quote(evidence: Evidence, sentence: Sentence) -> Quote:
    """The exact words of a sentence of ``evidence``."""
    return Quote(sentence.id, evidence.hit.source, evidence.hit.passage, sentence.span, sentence.text)


def claims(pieces: Iterable[str], judge: Judge, on_problem: OnProblem) -> Iterator[Claim]:
    """Claims in the order written, each as soon as its object closes.

    A claim that fails a check is dropped or marked, and its problems are told to ``on_problem``. When the model fails midway, the claims already given
    stand and the failure
    is a problem.

    Raises:
        GenerationError: the model failed before its first complete claim.
    """
    scanner, said, seen = ObjectScanner(), set[str](), False
    try:
        for piece in pieces:
            for written in scanner.feed(piece):
                seen = True
                yield from _judged(written, judge, on_problem, said)
            if not seen and _INSUFFICIENT.search(scanner.head):
                on_problem(INSUFFICIENT)
                return
    except GenerationError as error:
        if not seen:
            raise
        on_problem(Problem("generation-stopped", f"Le modèle s'est arrêté avant la fin : {error.message} Les phrases déjà vérifiées restent valables."))
        return
    finally:
        _close(pieces)
    if scanner.unfinished:
        on_problem(Problem("answer-cut", "Le modèle n'a pas terminé sa réponse : seules les phrases complètes ont été gardées."))


INSUFFICIENT = Problem("model-declined", "Le modèle dit que les extraits ne permettent pas de répondre.", severity=Severity.INFO)


def _close(pieces: Iterable[str]) -> None:
    """Closing a model's stream stops its generation."""
    close = getattr(pieces, "close", None)
    if close is not None:
        close()


def _judged(written: str, judge: Judge, on_problem: OnProblem, said: set[str]) -> Iterator[Claim]:
    read = _read(written)
    if read is None:
        on_problem(Problem("broken-claim", "Une phrase du modèle n'a pas la forme attendue : elle est retirée.", severity=Severity.ERROR))
        return
    text, ids = read
    key = wording.folded(text)
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
    except json.JSONDecodeError:
        return None
    text, ids = value.get("texte"), value.get("appuis")
    if not isinstance(text, str) or not text.strip() or not isinstance(ids, list) or not all(isinstance(one, str) for one in ids):
        return None
    return " ".join(text.split()), ids


def _invented(sentence_id: str) -> Problem:
    shown = sentence_id[:20]
    return Problem(
        "unknown-sentence", f"Le modèle s'appuie sur « {shown} », qui n'est le numéro d'aucun extrait : cet appui est retiré et la phrase est à vérifier."
    )


def _label(evidence: Evidence, index: int) -> str:
    """What the program knows of a sentence beside its words; for one that opens on a pronoun, also the sentence before it."""
    passage, text = evidence.hit.passage, evidence.sentences[index].text
    article = f"article {passage.article}" if passage.article else ""
    before = evidence.sentences[index - 1].text if index and _PRONOUN.match(text) else ""
    dates = " ".join(day.isoformat() for day in (passage.valid_from, passage.valid_to) if day)
    return " ; ".join(part for part in (article, passage.work or "", evidence.hit.source.title, dates, *passage.headings, before) if part)


def _after(evidence: Evidence, index: int) -> str:
    return evidence.sentences[index + 1].text if index + 1 < len(evidence.sentences) else ""


def verified_share(judged: Sequence[Claim]) -> float:
    """Share of claims without a doubt (0 to 1); 1 for none."""
    return sum(claim.verdict is Verdict.VERIFIED for claim in judged) / len(judged) if judged else 1.0
