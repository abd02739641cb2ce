"""A trend is one where the published tests say so, and nothing else changes their answer."""

from __future__ import annotations

import math
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.trends import chance_of_signs, measure_trend

numbers = st.lists(
    st.decimals(-1000, 1000, places=2, allow_nan=False, allow_infinity=False), min_size=2
)


def measure(*values: float) -> tuple[int, float, float]:
    """Score, variance and Z of values in order of time."""
    trend = measure_trend([Decimal(str(value)) for value in values])
    return trend.score, trend.deviation**2, trend.z


def test_values_with_ties_come_out_as_worked_by_hand() -> None:
    """Four values are equal and two others: both groups lessen the variance."""
    # Later values above less those below, for each in turn: 5, 5, 5, 7, 6, -3, -2, -1, 1, -1 = 22.
    # Four are 10 and two are 15: (11*10*27 - 4*3*13 - 2*1*9) / 18 = (2970 - 156 - 18) / 18
    # = 155.33; Z = (22 - 1) / 12.463 = 1.685.
    score, variance, z = measure(10, 10, 10, 5, 10, 20, 18, 17, 15, 24, 15)

    assert score == 22
    assert variance == pytest.approx(155.333, abs=0.001)
    assert z == pytest.approx(1.685, abs=0.001)


def test_the_short_example_of_the_literature_comes_out() -> None:
    """Five samples of the Wisconsin Administrative Code's example of the Mann-Kendall test."""
    # Signs of 100, 50, 85, 75, 50 row by row: -4; +1 +1 0 = 2; -2; -1; together -5. One tie of two:
    # (5*4*15 - 2*1*9) / 18 = 282 / 18 = 15.667; Z = (-5 + 1) / 3.958 = -1.011.
    score, variance, z = measure(100, 50, 85, 75, 50)

    assert (score, round(variance, 3)) == (-5, 15.667)
    assert z == pytest.approx(-1.011, abs=0.001)


def test_chances_are_those_of_the_tables() -> None:
    """Z of 1.96 is five per cent on both sides; eight steps in one direction are 2 / 256."""
    # Nine values in order: S = 36, variance 9*8*23 / 18 = 92, Z = 35 / 9.592 = 3.649;
    # the normal table gives 0.00026 for both sides.
    trend = measure_trend([Decimal(value) for value in range(9)])

    assert trend.chance == pytest.approx(0.00026, abs=0.00001)
    assert trend.steps_chance == pytest.approx(2 / 256)
    assert math.erfc(1.96 / math.sqrt(2)) == pytest.approx(0.05, abs=0.0001)


@pytest.mark.parametrize(
    ("ups", "downs", "expected"),
    [
        (0, 0, 1.0),
        (1, 1, 1.0),
        (4, 0, 0.125),  # 2 / 16
        (7, 1, 0.0703125),  # 2 * (1 + 8) / 256
        (1, 7, 0.0703125),
    ],
)
def test_uneven_signs_are_as_likely_as_counted(ups: int, downs: int, expected: float) -> None:
    """Both tails of the binomial with even chances."""
    assert chance_of_signs(ups, downs) == pytest.approx(expected)


def test_equal_values_are_no_trend() -> None:
    """Without any change there is no score, no step and no way."""
    trend = measure_trend([Decimal(3)] * 10)

    assert (trend.score, trend.z, trend.ups, trend.downs) == (0, 0.0, 0, 0)
    assert not trend.goes(1)
    assert not trend.goes(-1)


def test_seven_values_are_too_few() -> None:
    """Even values that rise at every step stay undecided below eight."""
    assert not measure_trend([Decimal(value) for value in range(7)]).goes(1)
    assert measure_trend([Decimal(value) for value in range(8)]).goes(1)


def test_a_steady_way_needs_steps_as_well() -> None:
    """Ten values of two levels rise on the whole, but not step by step."""
    # One step up, no other: the sign test finds nothing.
    trend = measure_trend([Decimal(value) for value in (0, 0, 0, 0, 0, 1, 1, 1, 1, 1)])

    assert trend.goes(1)
    assert not trend.goes(1, steadily=True)


@given(numbers, st.integers(1, 1000))
def test_another_unit_changes_nothing(values: list[Decimal], factor: int) -> None:
    """Thousands or units: the tests look at order only."""
    assert measure_trend(values) == measure_trend([value * factor for value in values])


@given(numbers)
def test_time_turned_round_turns_the_trend(values: list[Decimal]) -> None:
    """Read backwards, what rose falls by as much."""
    forward, backward = measure_trend(values), measure_trend(values[::-1])

    assert (backward.score, backward.z) == (-forward.score, -forward.z)
    assert (backward.ups, backward.downs) == (forward.downs, forward.ups)
    assert backward.goes(-1) == forward.goes(1)
