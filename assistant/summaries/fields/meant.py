"""Fields found by meaning: the sentence that speaks of one, where no rule reads it, or where what the rule read speaks of something else.

What is not surely said stays empty.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.datatypes import Span
from assistant.french.amounts import amounts
from assistant.french.dates import days_said
from assistant.french.durations import durations
from assistant.tender.fact import Fact
from assistant.tender.view import Sentence, View

if TYPE_CHECKING:
    from assistant.reader.fields import Reading

Needed = Callable[[str], bool]


def _anything(folded: str) -> bool:
    return bool(folded)


def _has_length(folded: str) -> bool:
    return bool(durations(folded)) or len(days_said(folded, _ANY_YEAR)) > 1


def _has_amount(folded: str) -> bool:
    return bool(amounts(folded))


def _names_general_clauses(folded: str) -> bool:
    return "ccag" in folded or "clauses administratives generales" in folded or "cahier general" in folded


_ANY_YEAR = 2000
# The sentence is the value: of a clause as it stands, of any other field where it holds what that needs. Names, numbers and lists are read by rules and by the
# cover, or not at all: a wrong one costs more than none.
FIELDS: Mapping[str, Needed] = {
    **dict.fromkeys(
        (
            *("variantes", "penalites_retard", "delai_paiement", "forme_prix", "revision_prix", "avance"),
            *("retenue_garantie", "assurance", "sous_traitance", "propriete_intellectuelle"),
            *("donnees_personnelles", "localisation_hebergement", "reversibilite", "securite"),
            *("clause_sociale", "clause_environnementale", "resiliation", "forme", "derogations_ccag"),
        ),
        _anything,
    ),
    "duree_initiale": _has_length,
    "reconductions": _has_length,
    "montant_minimum_ht": _has_amount,
    "montant_maximum_ht": _has_amount,
    "ccag_applicable": _names_general_clauses,
}
# Sentences read for each field, those that its words make likeliest, from this share on: more of them find no more.
_EACH, _LIKELY = 2, 0.02
# A sentence speaks of a field from this share on.
SURE = 0.95
# What a rule read is set aside where its own sentences speak of the field less than this, and another surely does.
DOUBTED, SURER = 0.2, 0.97
_SHORTEST, _LONGEST = 25, 900
# The kind of a contract is read in its object from this share on: it tells 0.68 of 325 objects, a hand left out in turn, and 0.99 of these rightly.
SURE_KIND = 0.75


def meant(view: View, told: Mapping[str, Sequence[Span]], read: "Reading") -> dict[str, Fact]:
    """The facts that a sentence surely says.

    Args:
        view: the document.
        told: by field, where a rule read it; nowhere: no rule did.
        read: the trained reader of fields.
    """
    sentences = [one for one in view.sentences if _SHORTEST <= len(one.text) <= _LONGEST]
    wanted = [name for name in told if name in FIELDS]
    if not sentences or not wanted:
        return {}
    texts = [_read_as(view, one) for one in sentences]
    shares = read.likely(texts)
    own = {name: [row for row, one in enumerate(sentences) if _holds(one, told[name])] for name in wanted}
    chosen = sorted(
        {row for name in wanted for row in (*own[name], *_likeliest([share[name] for share in shares]))}
    )
    subjects = dict(zip(chosen, read([texts[row] for row in chosen]), strict=True))
    found = {}
    for name in wanted:
        speaking = [
            (subjects[row].fields[name], row)
            for row in chosen
            if subjects[row].field == name and FIELDS[name](sentences[row].text)
        ]
        share, row = max(speaking, default=(0.0, -1))
        of_rule = max((subjects[each].fields[name] for each in own[name]), default=0.0)
        if share < SURE or (told[name] and (not own[name] or of_rule >= DOUBTED or share < SURER)):
            continue
        span = sentences[row].span
        found[name] = Fact(view.words(span), (span,))
    return found


def kind_of(view: View, bought: Sequence[Span], read: "Reading") -> Fact | None:
    """Works, services or supplies, by the words of the object of the contract; None where they do not tell."""
    shares = read.kinds(" ".join(view.words(span) for span in bought)) if bought else {}
    kind = max(shares, key=lambda name: shares[name], default="")
    return Fact(kind, tuple(bought), (kind,)) if shares and shares[kind] >= SURE_KIND else None


def _holds(sentence: Sentence, spans: Sequence[Span]) -> bool:
    return any(sentence.span.overlaps(span) for span in spans)


def _read_as(view: View, sentence: Sentence) -> str:
    from assistant.reader.fields import passage  # what has no reader starts without it

    return passage(view.piece, sentence.section.title, sentence.span.of(view.document.text))


def _likeliest(shares: Sequence[float]) -> list[int]:
    order = sorted(range(len(shares)), key=lambda row: -shares[row])
    return [row for row in order[:_EACH] if shares[row] >= _LIKELY]
