"""The part of an answer that a language model may take, once it was measured fit for it: choosing sentences, wording claims.

The model writes sentence numbers and words; the program inserts the quotes and checks every claim as it completes. Nothing here decides whether the model
may be asked: the workspace does.
"""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.datatypes import Claim, Evidence, Problem, Sentence, Severity, Task
from assistant.errors import GenerationError
from assistant.generation import contradiction, prompts
from assistant.generation.grounding import Similarity, generated
from assistant.generation.grounding.generated import OnProblem
from assistant.orders import gives_orders
from assistant.protocols import EmbeddingModel, LanguageModel
from assistant.sheets import Case

_TASKS = frozenset((Task.SELECT, Task.WORD))
# Three sentence numbers in their JSON take some thirty tokens; a model that needs more is not choosing.
SELECT_TOKENS = 96
# Six claims of a sentence each, with their numbers.
WORD_TOKENS = 640


class AnswerPart:
    """What a language model does in answers: the tasks that it was measured fit for, each of its claims checked, and nothing where it fails.

    Args:
        language: the model.
        permitted: the tasks that it was measured fit for.
        embedding: compares a claim with its supports.
    """

    def __init__(
        self, language: LanguageModel, permitted: frozenset[Task], embedding: EmbeddingModel
    ) -> None:
        self._language, self._permitted, self._embedding = language, permitted & _TASKS, embedding

    @property
    def name(self) -> str | None:
        """The model's name, None where it may do nothing in answers."""
        return self._language.name if self._permitted else None

    def worded(
        self, question: str, evidence: Sequence[Evidence], cases: Sequence[Case], problems: list[Problem]
    ) -> Iterator[Claim]:
        """Claims in the model's words, those that contradict a sheet marked; none where it may not word, or fails."""
        if Task.WORD not in self._permitted or not evidence:
            return
        try:
            written = word(
                self._language, question, evidence, on_problem=problems.append, similarity=self._similarity
            )
            yield from contradiction.heard(written, question, cases, problems.append)
        except GenerationError as error:
            problems.append(
                Problem("modele-indisponible", f"Le modèle de langage n'a pas pu rédiger : {error.message}")
            )

    def first_chosen(
        self, question: str, evidence: Sequence[Evidence], problems: list[Problem]
    ) -> tuple[Evidence, ...]:
        """``evidence``, that of the sentences that the model chose first; unchanged where it may not choose, or fails."""
        if Task.SELECT not in self._permitted or not evidence:
            return tuple(evidence)
        try:
            selection = select(self._language, question, evidence)
        except GenerationError as error:
            problems.append(
                Problem(
                    "modele-indisponible",
                    f"Le modèle de langage n'a pas pu choisir les phrases : {error.message}",
                )
            )
            return tuple(evidence)
        problems += selection.problems
        chosen = {sentence.id.partition(".")[0] for sentence in selection.sentences}
        return tuple(sorted(evidence, key=lambda piece: piece.marker not in chosen))

    def _similarity(self, one: str, other: str) -> float:
        first, second = self._embedding.embed_passages([one, other])
        return float(first @ second)


@dataclass(frozen=True, slots=True)
class Selection:
    """Sentences chosen, the most useful first; empty when the model says that none answers."""

    sentences: tuple[Sentence, ...]
    problems: tuple[Problem, ...] = ()


def _ignore(_: Problem) -> None:
    pass


def select(
    model: LanguageModel,
    question: str,
    evidence: Sequence[Evidence],
    *,
    max_tokens: int = SELECT_TOKENS,
    seed: int = 0,
) -> Selection:
    """The sentences that answer the question, by the model's choice.

    Raises:
        GenerationError: not one sentence fits in the model's context, the model failed, or broke its schema.
    """
    problems: list[Problem] = []
    kept = _fitted(model, question, evidence, max_tokens, Task.SELECT, problems.append)
    if not kept:
        return Selection((), tuple(problems))
    prompt = prompts.select(question, kept)
    written = _written(model.stream(prompt.messages, schema=prompt.schema, max_tokens=max_tokens, seed=seed))
    sentences = {sentence.id: sentence for one in kept for sentence in one.sentences}
    chosen = dict.fromkeys(_ids(written, model.name))
    unknown = [one for one in chosen if one not in sentences]
    ordering = [one for one in chosen if one in sentences and gives_orders(sentences[one].text)]
    problems += [_unknown(one) for one in unknown[: prompts.MOST_SELECTED]]
    problems += [
        Problem(
            "support-gives-orders",
            f"La phrase {one} contient une consigne adressée à un assistant : ce choix est retiré.",
        )
        for one in ordering
    ]
    given = tuple(sentences[one] for one in chosen if one in sentences and one not in ordering)
    return Selection(given[: prompts.MOST_SELECTED], tuple(problems))


def word(
    model: LanguageModel,
    question: str,
    evidence: Sequence[Evidence],
    *,
    on_problem: OnProblem = _ignore,
    similarity: Similarity | None = None,
    least_similarity: float = 0.0,
    max_tokens: int = WORD_TOKENS,
    seed: int = 0,
) -> Iterator[Claim]:
    """The answer in claims, each checked and given as soon as the model has written it; none when the model declines.

    Args:
        model: the language model.
        question: the buyer's question.
        evidence: best first; what does not fit in the context is left out from the end, and said.
        on_problem: told every problem: of the claims dropped, of those kept (which carry theirs too), of the generation.
        similarity: cosine of two texts, for the last check of a claim.
        least_similarity: below it a claim is dropped.
        max_tokens: most tokens written.
        seed: of the generation.

    Raises:
        GenerationError: not one sentence fits, or the model failed before its first complete claim. Once a claim is given, a failure is a problem and the
            claims stand.
    """
    kept = _fitted(model, question, evidence, max_tokens, Task.WORD, on_problem)
    if not kept:
        return
    prompt = prompts.word(question, kept)
    pieces = model.stream(prompt.messages, schema=prompt.schema, max_tokens=max_tokens, seed=seed)
    yield from generated.claims(pieces, generated.Judge(kept, similarity, least_similarity), on_problem)


def _fitted(
    model: LanguageModel,
    question: str,
    evidence: Sequence[Evidence],
    max_tokens: int,
    task: Task,
    on_problem: OnProblem,
) -> tuple[Evidence, ...]:
    asked = len(prompts.sentence_ids(evidence))
    if asked == 0:
        return ()
    kept = prompts.fit(evidence, question, model.count_tokens, model.context_tokens - max_tokens, task=task)
    left_out = asked - len(prompts.sentence_ids(kept))
    if not kept:
        message = f"La question et un seul extrait ne tiennent pas dans le contexte du modèle {model.name} ({model.context_tokens} jetons)."
        raise GenerationError(
            message, "Raccourcissez la question, ou augmentez context_tokens dans settings.toml."
        )
    if left_out:
        message = f"{left_out} des {asked} phrases trouvées ne tenaient pas dans le contexte du modèle {model.name} ; les moins utiles ont été laissées de côté."  # noqa: E501
        on_problem(Problem("evidence-left-out", message, severity=Severity.INFO))
    return kept


def _written(pieces: Iterator[str]) -> str:
    """What a model writes, up to what no choice of sentences needs."""
    text = ""
    try:
        for piece in pieces:
            text += piece
            if len(text) > generated.LONGEST_OUTPUT:
                break
    finally:
        generated.close(pieces)
    return text


def _ids(written: str, name: str) -> list[str]:
    failure = GenerationError(
        f"Le modèle {name} n'a pas donné la liste de phrases demandée.",
        "Répondez sans modèle (--no-model), ou choisissez-en un autre.",
    )
    try:
        ids = json.loads(written)["phrases"]
    except (
        ValueError,
        KeyError,
        TypeError,
        RecursionError,
    ) as error:  # a ValueError too for a number of thousands of digits
        raise failure from error
    if not isinstance(ids, list):
        raise failure
    return [one for one in ids if isinstance(one, str)]


def _unknown(sentence_id: str) -> Problem:
    return Problem(
        "unknown-sentence",
        f"Le modèle a choisi « {generated.shown(sentence_id)} », qui n'est le numéro d'aucun extrait : ce choix est retiré.",
    )
