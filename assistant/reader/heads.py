"""What else the network reads in a question beside its case: a few kinds each, in the rows of its last layer that come after the cases.

``WISH``: the prohibition that one asks to break, by the id of its rule, or ``NOTHING``. ``FORM``: what a « Oui » would mean. ``FACT``: whether an amount, a
delay, a rate, a name or a definition is asked for. ``BOUGHT``: works, services, supplies, or ``NOTHING`` that tells. Learned with the cases
(``training.heads``).
"""

from collections.abc import Iterator, Mapping, Sequence

from assistant.reader.network import Array, softmax

WISH, FORM, FACT, BOUGHT = "wish", "form", "fact", "bought"
# The kind of a wish that breaks nothing, and of a purchase that is not told; the kinds of what is asked for.
NOTHING, A_FACT, NO_FACT = "rien", "fait", "autre"

Heads = Mapping[str, Sequence[str]]


def slices(heads: Heads, first: int) -> Iterator[tuple[str, Sequence[str], slice]]:
    """Name, kinds and rows of each, the first of which begins at the row ``first``."""
    for name, kinds in heads.items():
        yield name, kinds, slice(first, first + len(kinds))
        first += len(kinds)


def read(heads: Heads, scores: Array, first: int) -> dict[str, dict[str, float]]:
    """The probability of each kind of each, from all scores of one text, ``(rows,)``."""
    return {
        name: dict(zip(kinds, (float(share) for share in softmax(scores[rows])), strict=True))
        for name, kinds, rows in slices(heads, first)
    }
