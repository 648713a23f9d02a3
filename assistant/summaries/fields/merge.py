"""The documents of one tender together: each field as the piece that prevails states it, and where pieces contradict each other."""

from collections.abc import Iterator, Sequence

from assistant.summaries.fields.disagreements import contradictions
from assistant.summaries.fields.summary import FIELDS, Consultation, Statement, Summary
from assistant.tender.pieces import AWARD_ORDER, USUAL

# What the rules of consultation settle.
_AWARD_FIELDS = frozenset(
    ("numero_consultation", "procedure", "date_limite_remise", "criteres_attribution", "variantes", "lots")
)


def merged(name: str, origin: str, summaries: Sequence[Summary]) -> Consultation:
    """One tender. The order of precedence is the one that its own contract lists, else the usual one."""
    ordered = tuple(
        sorted(
            summaries,
            key=lambda one: (USUAL.index(one.doc_type) if one.doc_type in USUAL else len(USUAL), one.file),
        )
    )
    stated = next((one.precedence for one in ordered if one.precedence), ())
    statements = {field: tuple(_statements(field, ordered, stated)) for field in FIELDS}
    return Consultation(
        name=name,
        origin=origin,
        summaries=ordered,
        fields=tuple(found[0] for found in statements.values() if found),
        contradictions=contradictions(statements),
        precedence=stated,
    )


def _statements(name: str, summaries: Sequence[Summary], stated: tuple[str, ...]) -> Iterator[Statement]:
    """What the pieces state of a field, the one that prevails first."""
    found = [
        Statement(one.file, one.doc_type, one.field(name))
        for one in summaries
        if one.field(name).value is not None
    ]
    yield from sorted(found, key=lambda one: (_refers(one), rank(one.piece, name, stated)))


def _refers(statement: Statement) -> bool:
    """Whether a piece only says where the field is settled ("voir le CCAP"): a piece that settles it speaks first."""
    field = statement.field
    return field.name == "criteres_attribution" and isinstance(field.value, str)


def rank(piece: str, field: str, stated: tuple[str, ...]) -> tuple[int, int]:
    """Sort key of a piece for a field: the smaller prevails."""
    usual = AWARD_ORDER if field in _AWARD_FIELDS else USUAL
    fallback = usual.index(piece) if piece in usual else len(usual)
    if field in _AWARD_FIELDS or not stated:
        return fallback, fallback
    return (stated.index(piece) if piece in stated else len(stated) + fallback), fallback
