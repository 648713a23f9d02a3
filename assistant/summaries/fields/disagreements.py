"""Where the pieces of one tender state a field differently: compared by their comparable forms (months, days, euros, dates), never by wording."""

import re
from collections.abc import Callable, Mapping, Sequence

from assistant.summaries.fields.summary import Contradiction, Statement

# Fields whose values compare. A field of prose (insurance, termination …) differs from piece to piece without contradicting.
_SAME: dict[str, Callable[[tuple[str, ...], tuple[str, ...]], bool]] = {}


def contradictions(statements: Mapping[str, Sequence[Statement]]) -> tuple[Contradiction, ...]:
    """Every field that at least two pieces state in forms that cannot both be true, the piece that prevails first in each."""
    found = []
    for name, stated in statements.items():
        comparable = [one for one in stated if one.field.normal]
        if name not in _SAME or len(comparable) < 2:
            continue
        differing = [
            comparable[0],
            *(one for one in comparable[1:] if not _SAME[name](comparable[0].field.normal, one.field.normal)),
        ]
        if len(differing) > 1:
            found.append(Contradiction(name, tuple(_each_value_once(differing))))
    return tuple(found)


def _each_value_once(statements: Sequence[Statement]) -> list[Statement]:
    kept: list[Statement] = []
    for one in statements:
        if (
            not kept
            or one.field.normal not in [other.field.normal for other in kept]
            or one.piece != kept[0].piece
        ):
            kept.append(one)
    return kept


def _equal(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return set(one) == set(other)


def _overlapping(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return bool(set(one) & set(other))


def _same_day(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """A piece that gives the day alone agrees with one that gives the hour too."""
    return all(any(left.startswith(right) or right.startswith(left) for right in other) for left in one)


def _same_duration(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Lengths compare with lengths, dates with dates: "24 mois" and "jusqu'au 31 décembre" may both be true."""
    kinds = [bool(re.match(r"\d{4}-", value)) for value in (one[0], other[0])]
    return kinds[0] != kinds[1] or _equal(one, other)


def _same_sum(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Sums with the same tax, lot and period compare; a piece may well speak of one lot or period only, or leave out what another says."""
    left, right = [_parts(value) for value in one], [_parts(value) for value in other]
    for lot, euros, tax, period in left:
        same = [
            two
            for two in right
            if two[0] == lot
            and (not two[3] or not period or two[3] == period)
            and (not two[2] or not tax or two[2] == tax)
        ]
        if same and all(two[1] != euros for two in same):
            return False
    return True


def _parts(value: str) -> tuple[str, str, str, str]:
    """``(lot, euros, tax, period)`` of ``1:45000 HT par an``."""
    lot, _, rest = value.rpartition(":") if re.match(r"\w{1,3}:", value) else ("", "", value)
    words = rest.split(" ", 2)
    tax = words[1] if len(words) > 1 and words[1] in ("HT", "TTC") else ""
    period = rest.split(tax, 1)[1].strip() if tax else " ".join(words[1:])
    return lot, words[0], tax, period


def _same_ccag(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Another family, or another version where both pieces name one."""
    return one[0] == other[0] and (len(one) < 2 or len(other) < 2 or one[1] == other[1])


def _same_number(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """A platform's number may hold the buyer's."""
    return any(left in right or right in left for left in one for right in other)


_SAME |= {
    "numero_consultation": _same_number,
    "type_marche": _equal,
    "forme": _equal,
    "procedure": _equal,
    "lots": _equal,
    "duree_initiale": _same_duration,
    "reconductions": _equal,
    "montant_minimum_ht": _same_sum,
    "montant_maximum_ht": _same_sum,
    "date_limite_remise": _same_day,
    "criteres_attribution": _equal,
    "variantes": _equal,
    "ccag_applicable": _same_ccag,
    "penalites_retard": _overlapping,
    "delai_paiement": _equal,
    "forme_prix": _equal,
    "revision_prix": _equal,
}
