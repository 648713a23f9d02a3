"""The documents of one tender together: each field as the piece that prevails states it, and where pieces contradict each other."""

from collections.abc import Iterator, Sequence

from assistant.summaries.contradictions import contradictions
from assistant.summaries.precedence import USUAL, rank
from assistant.summaries.tenders import tenders_of
from assistant.summaries.values import FIELDS, Consultation, Statement, Summary

# How much of an object names a tender.
_LONGEST_NAME = 60


def merged(name: str, origin: str, summaries: Sequence[Summary]) -> Consultation:
    """One tender. The order of precedence is the one that its own contract lists, else the usual one."""
    ordered = tuple(sorted(summaries, key=lambda one: (USUAL.index(one.doc_type) if one.doc_type in USUAL else len(USUAL), one.file)))
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
    found = [Statement(one.file, one.doc_type, one.field(name)) for one in summaries if one.field(name).value is not None]
    yield from sorted(found, key=lambda one: (_refers(one), rank(one.piece, name, stated)))


def _refers(statement: Statement) -> bool:
    """Whether a piece only says where the field is settled ("voir le CCAP"): a piece that settles it speaks first."""
    field = statement.field
    return field.name == "criteres_attribution" and isinstance(field.value, str)


def grouped(name: str, summaries: Sequence[Summary]) -> Iterator[tuple[str, list[Summary]]]:
    """The documents of a folder or an archive as tenders: one, or several where its pieces plainly say so; one each in a folder of notices."""
    notices = [one for one in summaries if one.doc_type == "avis"]
    numbers = {one.field("numero_consultation").normal for one in notices if one.field("numero_consultation").normal}
    if len(numbers) >= 2 and len(notices) >= 2:
        yield from ((f"{name} - {_stem(one.file)}", [one]) for one in summaries)
    elif summaries:
        tenders = tenders_of(summaries)
        yield from ((name if len(tenders) == 1 else f"{name} - {_name_of(tender)}", tender) for tender in tenders)


def _name_of(tender: Sequence[Summary]) -> str:
    """What tells a tender from the others of its folder: its number, else its object, else its first file."""
    for field in ("numero_consultation", "objet"):
        for one in tender:
            if isinstance(value := one.field(field).value, str):
                return value.replace("/", "-")[:_LONGEST_NAME].strip()  # no folder of results within another
    return _stem(tender[0].file)


def _stem(file: str) -> str:
    bare = file.rpartition("› ")[2].replace("\\", "/").rpartition("/")[2]
    return bare.rpartition(".")[0] or bare
