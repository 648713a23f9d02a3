"""Summaries as plain values: the JSON of the command line's contract."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.datatypes import FindingSeverity
from assistant.summaries.fields.levers import Used, profile
from assistant.summaries.fields.summary import (
    Consultation,
    Contradiction,
    Fault,
    Field,
    FieldValue,
    Statement,
    Summary,
    counted,
)


def value_json(value: FieldValue) -> Any:
    """A string, a list of objects, or None."""
    return [dict(item) for item in value] if isinstance(value, tuple) else value


def field_json(field: Field) -> dict[str, Any]:
    """One field as programs read it. ``start`` and ``end`` are offsets of the quote in the document's text; ``extracts`` has the other quotes, if any."""
    first = field.extracts[0] if field.extracts else None
    plain: dict[str, Any] = {
        "value": value_json(field.value),
        "pages": list(field.pages),
        "quote": field.quote,
        "found_by": field.found_by,
    }
    if first is not None:
        plain |= {"start": first.start, "end": first.end}
    if len(field.extracts) > 1:
        plain["extracts"] = [
            {"quote": one.text, "pages": list(one.pages), "start": one.start, "end": one.end}
            for one in field.extracts
        ]
    return plain


def summary_json(summary: Summary) -> dict[str, Any]:
    """A summary of ``summarise``: one document."""
    return {
        "file": summary.file,
        "sha256": summary.sha256,
        "doc_type": summary.doc_type,
        "pages": summary.pages,
        "unreadable_pages": list(summary.unreadable_pages),
        "fields": {field.name: field_json(field) for field in summary.fields},
        "overview": summary.overview,
        "overview_by": summary.overview_by,
        "review": _review_json(summary.review.day, [(summary.file, one) for one in summary.review.faults])
        if summary.review
        else None,
        "problems": [{"code": problem.code, "message": problem.message} for problem in summary.problems],
    }


def consultation_json(consultation: Consultation) -> dict[str, Any]:
    """A merged tender: each field with the piece that states it, then what the pieces state otherwise, levers, and findings where it was reviewed."""
    day = consultation.reviewed_on
    return {
        "consultation": consultation.name,
        "origin": consultation.origin,
        "documents": [
            {"file": one.file, "doc_type": one.doc_type, "pages": one.pages, "sha256": one.sha256}
            for one in consultation.summaries
        ],
        "precedence": list(consultation.precedence),
        "fields": {
            one.field.name: field_json(one.field) | {"file": one.file, "doc_type": one.piece}
            for one in consultation.fields
        },
        "contradictions": [_contradiction_json(one) for one in consultation.contradictions],
        "levers": {one.name: _used_json(one) for one in profile(consultation)},
        "review": _review_json(day, consultation.faults(*FindingSeverity)) if day else None,
    }


def _review_json(day: date, faults: Sequence[tuple[str, Fault]]) -> dict[str, Any]:
    """Numbers by severity, and every finding in the shape of ``assistant check``, with the title of its rule."""
    return {
        "as_of": day.isoformat(),
        "counts": {severity.value: number for severity, number in counted(faults).items()},
        "findings": [_fault_json(file, fault) for file, fault in faults],
    }


def _fault_json(file: str, fault: Fault) -> dict[str, Any]:
    pages = fault.extract.pages
    return {
        "file": file,
        "rule": fault.rule,
        "title": fault.title,
        "severity": fault.severity.value,
        "pages": [pages[0], pages[-1]] if pages else None,
        "article": fault.article,
        "quote": fault.extract.text,
        "start": fault.extract.start,
        "end": fault.extract.end,
        "message": fault.message,
        "legal_basis": [{"work": target.work, "article": target.article} for target in fault.legal_basis],
        "suggestion": fault.suggestion,
    }


def _used_json(used: Used) -> dict[str, Any] | None:
    """Where a lever is used, or None."""
    return (
        None
        if used.extract is None
        else {"file": used.file, "quote": used.extract.text, "pages": list(used.extract.pages)}
    )


def _contradiction_json(contradiction: Contradiction) -> dict[str, Any]:
    return {
        "field": contradiction.field,
        "statements": [_statement_json(one) for one in contradiction.statements],
    }


def _statement_json(statement: Statement) -> dict[str, Any]:
    field = statement.field
    return {
        "file": statement.file,
        "doc_type": statement.piece,
        "value": value_json(field.value),
        "quote": field.quote,
        "pages": list(field.extracts[0].pages) if field.extracts else [],
    }
