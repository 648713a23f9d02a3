"""What a document is about in a language model's words, where one has earned the task and its words pass the checks of an answer."""

from collections.abc import Callable
from dataclasses import dataclass, field

from assistant.datatypes import (
    Channel,
    Claim,
    Document,
    Evidence,
    Hit,
    Passage,
    Problem,
    Sentence,
    Span,
    Task,
    Verdict,
)
from assistant.errors import GenerationError
from assistant.generation import prompts
from assistant.generation.grounding import generated
from assistant.protocols import LanguageModel
from assistant.summaries.fields.summary import Summary
from assistant.summaries.overview import LONGEST_SENTENCE, TELLING

_MODEL_SENTENCES = 12
# Three short sentences; under a schema a longer output is cut.
MOST_TOKENS = 420


@dataclass
class ModelOverview:
    """An overview by a language model: two or three claims, each resting on sentences that the rules found; a claim that fails a check is dropped."""

    model: LanguageModel
    name: str = field(init=False)

    def __post_init__(self) -> None:
        self.name = self.model.name

    def write(self, summary: Summary, document: Document) -> tuple[str | None, tuple[Problem, ...]]:
        """One call of the model, under schema."""
        try:
            written = claims(self.model, document.source.title, evidence(summary, document))
        except GenerationError as error:
            return None, (Problem("overview-failed", f"Le modèle n'a pas donné d'aperçu : {error.message}"),)
        verified = [claim.text for claim in written if claim.verdict is Verdict.VERIFIED]
        return " ".join(verified) or None, ()


def claims(
    model: LanguageModel,
    title: str,
    sentences: tuple[Evidence, ...],
    on_problem: Callable[[Problem], None] = lambda _: None,
) -> tuple[Claim, ...]:
    """What a model says of a document from its numbered sentences, once checked: claims that fail are dropped or marked, and told to ``on_problem``.

    Raises:
        GenerationError: the model failed before its first claim.
    """
    fitting = prompts.fit(
        sentences, title, model.count_tokens, model.context_tokens - MOST_TOKENS, task=Task.OVERVIEW
    )
    if not fitting:
        return ()
    prompt = prompts.overview(title, fitting)
    pieces = model.stream(prompt.messages, schema=prompt.schema, max_tokens=MOST_TOKENS)
    return tuple(generated.claims(pieces, generated.Judge(fitting), on_problem))


def evidence(summary: Summary, document: Document) -> tuple[Evidence, ...]:
    """The sentences that the rules found, as one numbered extract."""
    spans: list[Span] = []
    names = (*TELLING, *(one.name for one in summary.fields))
    for name in names:
        for extract in summary.field(name).extracts[:1]:
            span = Span(extract.start, extract.end)
            if len(span) <= LONGEST_SENTENCE and not any(span.overlaps(one) for one in spans):
                spans.append(span)
        if len(spans) >= _MODEL_SENTENCES:
            break
    if not spans:
        return ()
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    passage = Passage(document.source.id, whole, whole.of(document.text), pages=document.pages_of(whole))
    sentences = tuple(
        Sentence(f"S1.{number}", span, span.of(document.text)) for number, span in enumerate(spans, 1)
    )
    return (Evidence("S1", Hit(1, 1.0, (Channel.WORDS,), document.source, passage), sentences),)
