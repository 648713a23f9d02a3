"""Summaries as plain values: the JSON of the command line's contract, and the fuller one in which results wait on the disk to be merged."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from assistant.datatypes import FindingSeverity, Problem, Severity, Target
from assistant.summaries.fields.levers import Used, profile
from assistant.summaries.fields.summary import (
    Consultation,
    Contradiction,
    Extract,
    Fault,
    Field,
    FieldValue,
    Lever,
    Review,
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


def stored(summary: Summary) -> dict[str, Any]:
    """Everything that a summary holds."""
    return {
        "file": summary.file,
        "sha256": summary.sha256,
        "doc_type": summary.doc_type,
        "pages": summary.pages,
        "unreadable_pages": list(summary.unreadable_pages),
        "fields": [
            {
                "name": field.name,
                "value": value_json(field.value),
                "found_by": field.found_by,
                "normal": list(field.normal),
                "extracts": [_stored_extract(one) for one in field.extracts],
            }
            for field in summary.fields
        ],
        "overview": summary.overview,
        "overview_by": summary.overview_by,
        "precedence": list(summary.precedence),
        "levers": [[lever.name, _stored_extract(lever.extract)] for lever in summary.levers],
        "review": _stored_review(summary.review),
        "problems": [[problem.code, problem.message, problem.severity.value] for problem in summary.problems],
    }


def _stored_review(review: Review | None) -> dict[str, Any] | None:
    if review is None:
        return None
    return {"day": review.day.isoformat(), "faults": [_stored_fault(one) for one in review.faults]}


def _stored_fault(one: Fault) -> list[Any]:
    basis = [[target.work, target.article] for target in one.legal_basis]
    return [
        one.rule,
        one.title,
        one.severity.value,
        one.article,
        _stored_extract(one.extract),
        one.message,
        basis,
        one.suggestion,
    ]


def _restored_review(plain: dict[str, Any] | None) -> Review | None:
    if plain is None:
        return None
    faults = (
        Fault(
            rule,
            title,
            FindingSeverity(severity),
            article,
            _restored_extract(row),
            message,
            tuple(Target(*target) for target in basis),
            suggestion,
        )
        for rule, title, severity, article, row, message, basis, suggestion in plain["faults"]
    )
    return Review(date.fromisoformat(plain["day"]), tuple(faults))


def _stored_extract(one: Extract) -> list[Any]:
    return [one.text, one.start, one.end, list(one.pages), one.before, one.after]


def _restored_extract(row: list[Any]) -> Extract:
    text, start, end, pages, before, after = row
    return Extract(text, start, end, tuple(pages), before, after)


def restored(plain: dict[str, Any]) -> Summary:
    """The summary that ``stored`` wrote.

    Raises:
        KeyError, TypeError, ValueError: it did not.
    """
    return Summary(
        file=plain["file"],
        sha256=plain["sha256"],
        doc_type=plain["doc_type"],
        pages=plain["pages"],
        unreadable_pages=tuple(plain["unreadable_pages"]),
        fields=tuple(_restored_field(field) for field in plain["fields"]),
        overview=plain["overview"],
        overview_by=plain["overview_by"],
        precedence=tuple(plain["precedence"]),
        levers=tuple(Lever(name, _restored_extract(row)) for name, row in plain["levers"]),
        review=_restored_review(plain["review"]),
        problems=tuple(
            Problem(code, message, severity=Severity(severity))
            for code, message, severity in plain["problems"]
        ),
    )


def _restored_field(plain: dict[str, Any]) -> Field:
    value = plain["value"]
    return Field(
        plain["name"],
        tuple(tuple(item.items()) for item in value) if isinstance(value, list) else value,
        tuple(_restored_extract(row) for row in plain["extracts"]),
        plain["found_by"],
        tuple(plain["normal"]),
    )
