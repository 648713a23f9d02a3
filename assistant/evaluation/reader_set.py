"""The measured quality of the reader: does the right sheet speak, does none where none answers, is the probability that it gives the share that it gets right.

A set is one JSON object a line: ``{"question", "sheet", "case", "also": [sheets or cases], "kind": "hit" or "near", "of": "sheet/case"}`` (sheet null: none).
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from assistant.answering.choice import Reading
from assistant.evaluation.question_sets import Row

BINS = 10
_SIDE, _EDGE = 320, 48


@dataclass(frozen=True, slots=True)
class ReaderMeasure:
    """Shares from 0 to 1, None where no question tells.

    Attributes:
        questions: how many.
        first: the right sheet is the likeliest, spoken or not, of the questions that a sheet answers.
        subject: the right sheet speaks, of the questions that a sheet answers.
        wrong: another sheet speaks, of the same.
        near: the right sheet speaks, of the near-misses that another sheet answers.
        quiet: no sheet speaks, of the near-misses that none answers.
        precise: of all answers in which a sheet speaks, the right one does.
        case: where the right sheet speaks and the set names the case, it is the first.
    """

    questions: int
    first: float | None
    subject: float | None
    wrong: float | None
    near: float | None
    quiet: float | None
    precise: float | None
    case: float | None


@dataclass(frozen=True, slots=True)
class Read:
    """A labelled question, the sheets that answer it, and what the reader made of it."""

    row: Row
    right: frozenset[str]
    reading: Reading

    @property
    def first_is_right(self) -> bool:
        """Whether the likeliest sheet answers."""
        return bool(self.reading.candidates) and bool(self.reading.candidates[0].sheet.names & self.right)

    @property
    def speaks(self) -> bool:
        """Whether a sheet speaks."""
        return self.reading.speaks is not None

    @property
    def written_for(self) -> str:
        """The id of the sheet that it was written for."""
        return str(self.row.get("of") or "").partition("/")[0]


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions whose probability lies in one tenth: how many, its mean, and the share in which the likeliest sheet is right."""

    questions: int
    probability: float
    right: float


def read(rows: Sequence[Row], reader: Callable[[str], Reading]) -> tuple[Read, ...]:
    """What ``reader`` makes of each question."""
    return tuple(
        Read(
            row,
            frozenset(one.partition("/")[0] for one in (row.get("sheet"), *row.get("also", ())) if one),
            reader(row["question"]),
        )
        for row in rows
    )


def measure(found: Sequence[Read]) -> ReaderMeasure:
    """The shares over some questions."""
    asked = [one for one in found if one.right and one.row.get("kind") != "near"]
    led_away, unanswered = (
        [one for one in found if one.right and one.row.get("kind") == "near"],
        [one for one in found if not one.right],
    )
    spoken = [one for one in found if one.speaks]
    rightly = [one for one in spoken if one.first_is_right]
    named = [
        one
        for one in rightly
        if one.row.get("case") and one.reading.candidates[0].sheet.id == one.row["sheet"]
    ]
    return ReaderMeasure(
        questions=len(found),
        first=_share(asked, lambda one: one.first_is_right),
        subject=_share(asked, lambda one: one.speaks and one.first_is_right),
        wrong=_share(asked, lambda one: one.speaks and not one.first_is_right),
        near=_share(led_away, lambda one: one.speaks and one.first_is_right),
        quiet=_share(unanswered, lambda one: not one.speaks),
        precise=_share(spoken, lambda one: one.first_is_right),
        case=_share(named, lambda one: one.reading.candidates[0].cases[0].case.id == one.row["case"]),
    )


def by(found: Sequence[Read], key: Callable[[Read], str]) -> Mapping[str, ReaderMeasure]:
    """The shares for each value of ``key``, those with most questions first."""
    groups: dict[str, list[Read]] = {}
    for one in found:
        groups.setdefault(key(one), []).append(one)
    return {
        name: measure(group)
        for name, group in sorted(groups.items(), key=lambda pair: (-len(pair[1]), pair[0]))
    }


def reliability(found: Sequence[Read]) -> tuple[Bin, ...]:
    """The tenths of probability that hold a question, lowest first."""
    tenths: list[list[Read]] = [[] for _ in range(BINS)]
    for one in found:
        tenths[min(BINS - 1, int(one.reading.probability * BINS))].append(one)
    return tuple(
        Bin(
            len(tenth),
            sum(one.reading.probability for one in tenth) / len(tenth),
            sum(one.first_is_right for one in tenth) / len(tenth),
        )
        for tenth in tenths
        if tenth
    )


def diagram(bins: Sequence[Bin]) -> str:
    """The reliability diagram, as SVG: a dot for each tenth, as large as it holds questions; on the diagonal the probability tells the truth."""
    most, far = max(one.questions for one in bins), _EDGE + _SIDE
    middle, size = _EDGE + _SIDE // 2, far + _EDGE
    parts = [f'<rect width="{size}" height="{size}" fill="#fff"/>']
    for fifth in range(6):
        along = _SIDE * fifth // 5
        parts += [
            f'<path d="M{_EDGE} {far - along}h{_SIDE}M{_EDGE + along} {_EDGE}v{_SIDE}" stroke="#ddd"/>',
            _label(_EDGE + along, far + 18, f"{fifth / 5:.1f}".replace(".", ",")),
            _label(_EDGE - 18, far - along + 4, f"{fifth / 5:.1f}".replace(".", ",")),
        ]
    parts.append(f'<path d="M{_EDGE} {far}L{far} {_EDGE}" stroke="#666" stroke-dasharray="4 4"/>')
    for one in bins:
        across, up, radius = (
            _EDGE + _SIDE * one.probability,
            far - _SIDE * one.right,
            3 + 9 * (one.questions / most) ** 0.5,
        )
        parts.append(
            f'<circle cx="{across:.1f}" cy="{up:.1f}" r="{radius:.1f}" fill="#000091" fill-opacity=".75"/>'
        )
    parts += [
        _label(middle, far + 38, "probabilité annoncée"),
        f'<g transform="rotate(-90 12 {middle})">{_label(12, middle, "part où la fiche est la bonne")}</g>',
        _label(
            middle,
            _EDGE - 16,
            f"{sum(one.questions for one in bins)} questions ; surface d'un point : leur nombre",
        ),
    ]
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {size} {size}" width="{size}" height="{size}" font-family="sans-serif" font-size="12">'
    return "\n".join([head, *parts, "</svg>\n"])


def _label(across: int, down: int, words: str) -> str:
    return f'<text x="{across}" y="{down}" text-anchor="middle">{words}</text>'


def _share(found: Sequence[Read], test: Callable[[Read], bool]) -> float | None:
    return round(sum(map(test, found)) / len(found), 4) if found else None
