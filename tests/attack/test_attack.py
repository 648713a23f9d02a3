"""What the long attack of ``bench/attack`` stands on: files that a seed makes again, and the trend of memory."""

import pytest

from bench.attack import hostile, level
from bench.attack.level import Sample

pytestmark = pytest.mark.models


def test_hostile_files_are_the_same_for_the_same_seed() -> None:
    first, second = list(hostile.made(120, 5)), list(hostile.made(120, 5))
    assert [one.way for one in first] == [one.way for one in second]
    assert [one.name for one in first] == [one.name for one in second]
    known = [one for one in first if "locked" not in one.way and one.number % 8 != 7]
    assert known == [one for one in second if one in known]
    assert len({one.way for one in first}) > 60


def test_the_trend_of_memory_tells_growth_from_a_level() -> None:
    def samples(per_action: float) -> list[Sample]:
        return [
            Sample(10.0 * at, 800 + min(at, 100) + per_action * at / 1024, 100, 0, at, 10, 20)
            for at in range(400)
        ]

    flat, growing = level.trend(samples(0)), level.trend(samples(40))
    assert flat is not None
    assert growing is not None
    assert flat.level
    assert abs(flat.kib_per_action) < 0.001
    assert not growing.level
    assert round(growing.kib_per_action) == 40
