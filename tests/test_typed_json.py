"""What is written of a frozen dataclass is read again as the same value; what is another thing is refused."""

import json
from dataclasses import dataclass, field
from datetime import date

import pytest

from assistant.datatypes import Problem, Severity, Span
from assistant.typed_json import plain, typed


@dataclass(frozen=True, slots=True)
class _Kept:
    day: date
    said: str | tuple[tuple[str, str | None], ...] | None
    problems: tuple[Problem, ...] = field(default=())
    pages: tuple[int, int] | None = None


KEPT = [
    _Kept(date(2026, 4, 1), "trois lots"),
    _Kept(date(2026, 4, 1), (("lot", "1"), ("montant", None)), pages=(2, 3)),
    _Kept(date(2026, 4, 1), None, (Problem("code", "dit", Span(1, 4), Severity.ERROR), Problem("autre", ""))),
]


@pytest.mark.parametrize("kept", KEPT)
def test_a_value_comes_back(kept: _Kept) -> None:
    assert typed(_Kept, json.loads(json.dumps(plain(kept)))) == kept


@pytest.mark.parametrize(
    "said",
    [
        None,
        {},
        {"day": "2026-04-01", "said": 3},
        {"day": "hier", "said": None},
        {"day": "2026-04-01", "said": None, "pages": [1]},
        {"day": "2026-04-01", "said": None, "other": 1},
    ],
)
def test_what_is_no_such_value_is_refused(said: object) -> None:
    with pytest.raises((KeyError, TypeError, ValueError)):
        typed(_Kept, said)
