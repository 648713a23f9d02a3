"""Fields that no rule reads: the sentence that speaks of one, found by meaning. What is not surely said stays empty."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.french.amounts import amounts
from assistant.french.dates import days_said
from assistant.french.durations import durations
from assistant.tender.fact import Fact
from assistant.tender.view import Sentence, View

if TYPE_CHECKING:
    from assistant.reader.fields import Reading

# Clauses: the sentence is the value. Names, sums, days and lists are read by rules and by the cover, or not at all: a wrong one costs more than none.
CLAUSES = (
    *(
        "variantes",
        "penalites_retard",
        "delai_paiement",
        "forme_prix",
        "revision_prix",
        "avance",
        "retenue_garantie",
        "assurance",
        "sous_traitance",
    ),
    *(
        "propriete_intellectuelle",
        "donnees_personnelles",
        "localisation_hebergement",
        "reversibilite",
        "securite",
    ),
    *("clause_sociale", "clause_environnementale", "resiliation"),
)


def _has_length(folded: str) -> bool:
    return bool(durations(folded)) or len(days_said(folded, 2000)) > 1


def _has_amount(folded: str) -> bool:
    return bool(amounts(folded))


# What a sentence must hold besides to be the value of a field that is no clause.
NEEDED: Mapping[str, Callable[[str], bool]] = {
    "duree_initiale": _has_length,
    "reconductions": _has_length,
    "montant_minimum_ht": _has_amount,
    "montant_maximum_ht": _has_amount,
}
# Sentences read for each field, those that its words make likeliest, from this share on.
_EACH, _LIKELY = 2, 0.02
# A sentence speaks of a field from this share on: on 22 documents by two hands, 12 of 34 fields that the rules leave out, with 3 of 187 that are not said.
SURE = 0.9
_SHORTEST, _LONGEST = 25, 900


def meant(view: View, names: Sequence[str], read: "Reading") -> dict[str, Fact]:
    """The facts of those of ``names`` that a sentence surely says."""
    sentences = [one for one in view.sentences if _SHORTEST <= len(one.text) <= _LONGEST]
    wanted = [name for name in names if name in CLAUSES or name in NEEDED]
    if not sentences or not wanted:
        return {}
    shares = read.likely([_read_as(view, one) for one in sentences])
    chosen = sorted({row for name in wanted for row in _likeliest([share[name] for share in shares])})
    found: dict[str, tuple[float, Fact]] = {}
    for row, subject in zip(chosen, read([_read_as(view, sentences[row]) for row in chosen]), strict=True):
        share = subject.fields[subject.field]
        needed = NEEDED.get(subject.field)
        if (
            subject.field in wanted
            and share >= max(SURE, found.get(subject.field, (0.0,))[0])
            and (needed is None or needed(sentences[row].text))
        ):
            span = sentences[row].span
            found[subject.field] = (share, Fact(view.words(span), (span,)))
    return {name: fact for name, (_, fact) in found.items()}


def _read_as(view: View, sentence: Sentence) -> str:
    from assistant.reader.fields import passage  # what has no reader starts without it

    return passage(view.piece, sentence.section.title, sentence.span.of(view.document.text))


def _likeliest(shares: Sequence[float]) -> list[int]:
    order = sorted(range(len(shares)), key=lambda row: -shares[row])
    return [row for row in order[:_EACH] if shares[row] >= _LIKELY]
