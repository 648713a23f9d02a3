"""The part of a language model in an answer: the tasks that it was measured fit for, each of its claims checked, and nothing where it fails."""

from collections.abc import Iterator, Sequence

from assistant.answering import contradiction, generation
from assistant.datatypes import Claim, Evidence, Problem, Task
from assistant.errors import GenerationError
from assistant.protocols import EmbeddingModel, LanguageModel
from assistant.sheets import Case


class ModelPart:
    """What a language model does in answers.

    Args:
        language: the model, or None.
        permitted: the tasks that it was measured fit for.
        embedding: compares a claim with its supports.
    """

    def __init__(self, language: LanguageModel | None, permitted: frozenset[Task], embedding: EmbeddingModel) -> None:
        self._language = language if permitted else None
        self._permitted, self._embedding = permitted, embedding

    @property
    def name(self) -> str | None:
        """The model's name, None where no model takes part."""
        return self._language.name if self._language else None

    def worded(self, question: str, evidence: Sequence[Evidence], cases: Sequence[Case], problems: list[Problem]) -> Iterator[Claim]:
        """Claims in the model's words, those that contradict a sheet marked; none where it may not word, or fails."""
        if self._language is None or Task.WORD not in self._permitted or not evidence:
            return
        try:
            written = generation.word(self._language, question, evidence, on_problem=problems.append, similarity=self._similarity)
            yield from contradiction.heard(written, question, cases, problems.append)
        except GenerationError as error:
            problems.append(Problem("modele-indisponible", f"Le modèle de langage n'a pas pu rédiger : {error.message}"))

    def first_chosen(self, question: str, evidence: Sequence[Evidence], problems: list[Problem]) -> tuple[Evidence, ...]:
        """``evidence``, that of the sentences that the model chose first; unchanged where it may not choose, or fails."""
        if self._language is None or Task.SELECT not in self._permitted or not evidence:
            return tuple(evidence)
        try:
            selection = generation.select(self._language, question, evidence)
        except GenerationError as error:
            problems.append(Problem("modele-indisponible", f"Le modèle de langage n'a pas pu choisir les phrases : {error.message}"))
            return tuple(evidence)
        problems += selection.problems
        chosen = {sentence.id.partition(".")[0] for sentence in selection.sentences}
        return tuple(sorted(evidence, key=lambda piece: piece.marker not in chosen))

    def _similarity(self, one: str, other: str) -> float:
        first, second = self._embedding.embed_passages([one, other])
        return float(first @ second)
