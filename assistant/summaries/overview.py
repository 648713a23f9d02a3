"""What a document is about, in a few sentences: its own, or a language model's where one has earned the task and its words pass the checks of an answer."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Protocol

from assistant import prompts
from assistant.datatypes import Channel, Claim, Document, Evidence, Hit, Passage, Problem, Sentence, Span, Task, Verdict
from assistant.errors import GenerationError
from assistant.grounding import generated
from assistant.protocols import LanguageModel
from assistant.summaries.values import Summary

# Fields whose sentences say what a document is about, the most telling first.
_TOLD = ("objet", "forme", "duree_initiale", "montant_maximum_ht", "lieu_execution", "penalites_retard", "reversibilite", "localisation_hebergement")
_OWN_SENTENCES = 3
_MODEL_SENTENCES = 12
_LONGEST_SENTENCE = 420
_LONGEST_HEADING = 120
# Three short sentences; under a schema a longer output is cut.
MOST_TOKENS = 420


class Overview(Protocol):
    """Writes overviews."""

    @property
    def name(self) -> str:
        """What to say that it was written by."""
        ...

    def write(self, summary: Summary, document: Document) -> tuple[str | None, tuple[Problem, ...]]:
        """The overview, or None where none passed the checks; and what went wrong."""
        ...


def extracts(summary: Summary) -> str | None:
    """The document's own sentences on its object, form and duration, as they stand."""
    chosen: list[str] = []
    for name in _TOLD:
        words = _sentence(summary.field(name).quote or "")
        if words and len(words) <= _LONGEST_SENTENCE and not any(words in one or one in words for one in chosen):
            chosen.append(words)
        if len(chosen) == _OWN_SENTENCES:
            break
    return " […] ".join(chosen) or None


def _sentence(quote: str) -> str:
    """A quote on one line, without the heading that opens it."""
    head, _, rest = quote.partition("\n")
    own = rest if rest.strip() and not head.rstrip().endswith((".", ";", ",", ":")) and len(head) < _LONGEST_HEADING else quote
    return " ".join(own.replace("|", " ").split())


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


def claims(model: LanguageModel, title: str, sentences: tuple[Evidence, ...], on_problem: Callable[[Problem], None] = lambda _: None) -> tuple[Claim, ...]:
    """What a model says of a document from its numbered sentences, once checked: claims that fail are dropped or marked, and told to ``on_problem``.

    Raises:
        GenerationError: the model failed before its first claim.
    """
    fitting = prompts.fit(sentences, title, model.count_tokens, model.context_tokens - MOST_TOKENS, task=Task.OVERVIEW)
    if not fitting:
        return ()
    prompt = prompts.overview(title, fitting)
    pieces = model.stream(prompt.messages, schema=prompt.schema, max_tokens=MOST_TOKENS)
    return tuple(generated.claims(pieces, generated.Judge(fitting), on_problem))


def evidence(summary: Summary, document: Document) -> tuple[Evidence, ...]:
    """The sentences that the rules found, as one numbered extract."""
    spans: list[Span] = []
    names = (*_TOLD, *(one.name for one in summary.fields))
    for name in names:
        for extract in summary.field(name).extracts[:1]:
            span = Span(extract.start, extract.end)
            if len(span) <= _LONGEST_SENTENCE and not any(span.overlaps(one) for one in spans):
                spans.append(span)
        if len(spans) >= _MODEL_SENTENCES:
            break
    if not spans:
        return ()
    whole = Span(min(span.start for span in spans), max(span.end for span in spans))
    passage = Passage(document.source.id, whole, whole.of(document.text), pages=document.pages_of(whole))
    sentences = tuple(Sentence(f"S1.{number}", span, span.of(document.text)) for number, span in enumerate(spans, 1))
    return (Evidence("S1", Hit(1, 1.0, (Channel.WORDS,), document.source, passage), sentences),)
