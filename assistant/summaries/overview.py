"""What a document is about, in a few sentences of its own; whoever writes others is given from outside."""

from typing import Protocol

from assistant.datatypes import Document, Problem
from assistant.summaries.fields.summary import Summary

# Fields whose sentences say what a document is about, the most telling first.
TELLING = (
    "objet",
    "forme",
    "duree_initiale",
    "montant_maximum_ht",
    "lieu_execution",
    "penalites_retard",
    "reversibilite",
    "localisation_hebergement",
)
_OWN_SENTENCES = 3
LONGEST_SENTENCE = 420
_LONGEST_HEADING = 120


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
    for name in TELLING:
        words = _sentence(summary.field(name).quote or "")
        if (
            words
            and len(words) <= LONGEST_SENTENCE
            and not any(words in one or one in words for one in chosen)
        ):
            chosen.append(words)
        if len(chosen) == _OWN_SENTENCES:
            break
    return " […] ".join(chosen) or None


def _sentence(quote: str) -> str:
    """A quote on one line, without the heading that opens it."""
    head, _, rest = quote.partition("\n")
    own = (
        rest
        if rest.strip() and not head.rstrip().endswith((".", ";", ",", ":")) and len(head) < _LONGEST_HEADING
        else quote
    )
    return " ".join(own.replace("|", " ").split())
