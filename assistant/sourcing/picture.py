"""The one-page picture: value against exposure against time to leave, as SVG. Whoever has no known value is named below, never placed by guess."""

import html
from collections.abc import Iterator, Sequence
from decimal import Decimal

from assistant.sourcing.plan import Plan, Step

_WIDTH, _HEIGHT = 1122, 794  # A4, landscape, at 96 dots an inch
_LEFT, _RIGHT, _TOP, _BOTTOM = 90, 300, 70, 90
# Named on the picture; the others are points, and the table says them.
_NAMED = 24
_UNPLACED = 18
# The dearest stands a little below the edge; a name stands beside its point, or a line above or below.
_ROOM = Decimal("1.08")
_BESIDE = (4, 17, -9, 30, -22)
_LONGEST = 30
# From short to long, readable without colours: the size says it too.
_COLOURS = (
    (6, "#2a6f4e", "jusqu'à 6 mois"),
    (12, "#b07d12", "7 à 12 mois"),
    (24, "#b4531a", "13 à 24 mois"),
    (10_000, "#8c1d2f", "plus de 24 mois"),
)


def picture(plan: Plan, title: str) -> str:
    """The picture as an SVG document; the time to leave is the most of each range."""
    placed = [step for step in plan.steps if step.exposure.application.yearly_cost is not None]
    unplaced = [step for step in plan.steps if step.exposure.application.yearly_cost is None]
    return "".join(_drawn(placed, unplaced, title))


def _drawn(placed: Sequence[Step], unplaced: Sequence[Step], title: str) -> Iterator[str]:
    said = html.escape(title, quote=True)
    yield f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{said}" font-family="sans-serif">'
    yield f'<rect width="{_WIDTH}" height="{_HEIGHT}" fill="#fff"/>'
    yield _text(_LEFT, 34, title, size=20, weight="bold")
    yield _text(
        _LEFT,
        54,
        "Valeur (coût annuel HT) selon l'exposition ; couleur et taille : temps pour partir (haut de la fourchette).",
        size=12,
    )
    most_cost = (max((_cost(step) for step in placed), default=Decimal(1)) or Decimal(1)) * _ROOM
    most_score = -(-(max((step.exposure.score for step in placed), default=1) or 1) // 4) * 4
    yield from _axes(most_cost, most_score)
    taken = list[tuple[float, float, float]]()
    for step in placed:
        x = _LEFT + (_WIDTH - _LEFT - _RIGHT) * step.exposure.score / most_score
        y = _HEIGHT - _BOTTOM - float(_cost(step) / most_cost) * (_HEIGHT - _TOP - _BOTTOM)
        colour, radius = _look(step)
        said = f"{step.exposure.application.name} : {step.exposure.score} points, {_money(_cost(step))} par an, {step.months.said}"
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{radius}" fill="{colour}" fill-opacity="0.75" stroke="#222"><title>{html.escape(said)}</title></circle>'
        name = _short(step.exposure.application.name)
        for (
            down
        ) in _BESIDE:  # a name that would cover another is left to the point's own title, and to the table
            box = (x + radius + 3, y + down, x + radius + 3 + 6.2 * len(name))
            if len(taken) < _NAMED and all(
                box[2] < other[0] or other[2] < box[0] or abs(box[1] - other[1]) > 12 for other in taken
            ):
                taken.append(box)
                yield _text(box[0], box[1], name, size=11)
                break
    yield from _legend()
    yield from _aside(unplaced)
    yield "</svg>"


def _axes(most_cost: Decimal, most_score: int) -> Iterator[str]:
    bottom, right = _HEIGHT - _BOTTOM, _WIDTH - _RIGHT
    yield f'<path d="M{_LEFT} {_TOP}V{bottom}H{right}" fill="none" stroke="#222"/>'
    for part in range(5):
        x, y = _LEFT + (right - _LEFT) * part / 4, bottom - (bottom - _TOP) * part / 4
        yield _text(x, bottom + 18, f"{most_score * part / 4:.0f}", size=11, anchor="middle")
        yield _text(_LEFT - 6, y + 4, _money(most_cost * part / 4), size=11, anchor="end")
        yield f'<path d="M{_LEFT} {y:.1f}H{right}" stroke="#ddd"/>'
    yield _text(
        (_LEFT + right) / 2, bottom + 40, "Exposition (somme des points montrés)", size=13, anchor="middle"
    )


def _legend() -> Iterator[str]:
    x = _LEFT
    for months, colour, label in _COLOURS:
        yield f'<circle cx="{x}" cy="{_HEIGHT - 22}" r="{_radius(months)}" fill="{colour}" fill-opacity="0.75" stroke="#222"/>'
        yield _text(x + 20, _HEIGHT - 18, label, size=12)
        x += 150


def _aside(unplaced: Sequence[Step]) -> Iterator[str]:
    x, y = _WIDTH - _RIGHT + 30, _TOP + 10
    if not unplaced:
        return
    yield _text(x, y, "Coût non dit : pas placées", size=13, weight="bold")
    for step in unplaced[:_UNPLACED]:
        y += 22
        colour, _ = _look(step)
        yield f'<circle cx="{x + 5}" cy="{y - 4}" r="5" fill="{colour}" stroke="#222"/>'
        yield _text(
            x + 16, y, f"{_short(step.exposure.application.name)} ({step.exposure.score} pts)", size=11
        )
    if len(unplaced) > _UNPLACED:
        yield _text(x, y + 22, f"et {len(unplaced) - _UNPLACED} autres", size=11)


def _cost(step: Step) -> Decimal:
    return step.exposure.application.yearly_cost or Decimal(0)


def _look(step: Step) -> tuple[str, int]:
    months, colour, _ = next(one for one in _COLOURS if step.months.most <= one[0])
    return colour, _radius(months)


def _radius(months: int) -> int:
    return {6: 6, 12: 8, 24: 10}.get(months, 13)


def _money(value: Decimal) -> str:
    return f"{value:,.0f}".replace(",", " ") + " €"


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST else name[: _LONGEST - 1] + "…"


def _text(x: float, y: float, words: str, *, size: int, anchor: str = "start", weight: str = "normal") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" text-anchor="{anchor}" font-weight="{weight}" fill="#222">{html.escape(words)}</text>'
