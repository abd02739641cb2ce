"""Volatility, drawdown and percentile say what their sources say, at any length of series."""

from datetime import date
from decimal import Decimal
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.model import Point, Status
from tests.derive.examples import (
    AMOUNTS,
    POSITIVE,
    Points,
    compute,
    daily,
    make_points,
    series,
    show,
    years,
)

# ln 2 = 0.693147…; the changes +ln 2, −ln 2, +ln 2, −ln 2 have mean 0 and a variance of
# 4 × (ln 2)² / (4 − 1); the standard deviation is ln 2 × √(4/3) = 0.693147 × 1.154701 = 0.800377
# and, with four changes in a year, × √4 = 1.600755: 160.0755 %.
SWING = {"2001-Q4": "1", "2002-Q1": "2", "2002-Q2": "1", "2002-Q3": "2", "2002-Q4": "1"}


def test_volatility_of_a_year_is_the_annualised_deviation_of_log_changes() -> None:
    """The change from the last quarter before belongs to the year, as worked out above."""
    assert show(compute("volatility", make_points(SWING), by="year")) == {"2002": "160.0755"}


def test_volatility_is_about_the_mean_of_the_changes() -> None:
    """1, 2, 16: changes of ln 2 and 3 ln 2, each ln 2 off their mean; 100 × √2 × ln 2 = 98.0258."""
    points = make_points({"2001-Q4": "1", "2002-Q1": "2", "2002-Q2": "16"})
    options = {"periods_per_year": 1}

    assert show(compute("volatility", points, window=2, **options)) == {"2002-Q2": "98.0258"}
    assert show(compute("volatility", points, by="year", min_changes=2, **options)) == {
        "2002": "98.0258"
    }


def test_volatility_of_a_window_agrees_with_that_of_the_same_year() -> None:
    """A window of the year's four changes gives the year's number, at its last quarter."""
    assert show(compute("volatility", make_points(SWING), window=4)) == {"2002-Q4": "160.0755"}


def test_periods_per_year_scale_the_volatility() -> None:
    """With one period a year the factor is 1: 80.0377 %."""
    points = make_points(SWING)

    assert show(compute("volatility", points, window=4, periods_per_year=1)) == {
        "2002-Q4": "80.0377"
    }


def test_volatility_of_steady_growth_is_zero() -> None:
    """Doubling each quarter is change without deviation."""
    points = make_points({"2001-Q4": "1", "2002-Q1": "2", "2002-Q2": "4", "2002-Q3": "8"})

    assert show(compute("volatility", points, by="year")) == {"2002": "0"}
    assert set(show(compute("volatility", points, window=2)).values()) == {"0"}


def test_window_of_steady_growth_has_exactly_no_volatility() -> None:
    """Fourfold each quarter; nothing is lost of the squares of logarithms of 28 digits."""
    points = make_points({"2001-Q4": "1", "2002-Q1": "4", "2002-Q2": "16", "2002-Q3": "64"})

    assert [point.value for point in compute("volatility", points, window=3)] == [0]


@pytest.mark.parametrize("hole", ["0", "-1"])
def test_volatility_leaves_out_changes_from_and_to_zero_or_less(hole: str) -> None:
    """2002-Q2 has no logarithm, so two changes of the year remain: from 1 to 2 and from 2 to 1."""
    # changes ln 2 and −ln 2: variance 2 × (ln 2)² / 1; ln 2 × √2 × √4 = 1.960516: 196.0516 %
    points = make_points(SWING | {"2002-Q2": hole})

    assert show(compute("volatility", points, by="year")) == {"2002": "196.0516"}
    assert compute("volatility", points, window=2) == ()


def test_series_that_ends_in_zero_keeps_its_earlier_volatility() -> None:
    """A last value without a logarithm takes nothing away from the windows before it."""
    # changes ln 2 and −ln 2 as above
    points = make_points({"2001-Q4": "1", "2002-Q1": "2", "2002-Q2": "1", "2002-Q3": "0"})

    assert show(compute("volatility", points, window=2)) == {"2002-Q2": "196.0516"}


def test_volatility_has_no_change_across_a_gap() -> None:
    """Without 2002-Q2 only one window of one change each is left on either side."""
    points = make_points({name: SWING[name] for name in SWING if name != "2002-Q2"})

    assert compute("volatility", points, window=2) == ()


def test_values_without_neighbours_have_no_volatility() -> None:
    """A value alone has no change, nor have two with a gap between; one change does not deviate."""
    one = make_points({"2002-01": "4"})
    apart = make_points({"2002-01": "4", "2002-04": "5"})
    two = make_points({"2002-01": "4", "2002-02": "5"})

    for points in (one, apart, two):
        assert compute("volatility", points, by="year") == ()
        assert compute("volatility", points, window=2) == ()


def test_year_with_too_few_changes_has_no_volatility() -> None:
    """Of twelve months a quarter is needed unless declared: three changes, not two."""
    months = {"2001-12": "1", "2002-01": "2", "2002-02": "1", "2002-03": "2"}

    assert len(compute("volatility", make_points(months), by="year")) == 1
    months.pop("2002-03")
    assert compute("volatility", make_points(months), by="year") == ()
    assert len(compute("volatility", make_points(months), by="year", min_changes=2)) == 1


def test_a_quarter_of_the_changes_of_a_year_is_rounded_down() -> None:
    """Of fifteen changes a year a quarter are 3.75: three are enough, two are not."""
    months = {"2001-12": "1", "2002-01": "2", "2002-02": "1", "2002-03": "2"}
    options = {"by": "year", "periods_per_year": 15}

    assert len(compute("volatility", make_points(months), **options)) == 1
    months.pop("2002-03")
    assert compute("volatility", make_points(months), **options) == ()


def test_volatility_of_an_unfinished_year_is_provisional() -> None:
    """A year that ends in September may still change."""
    points = make_points({name: SWING[name] for name in list(SWING)[:4]})

    assert compute("volatility", points, by="year")[0].status is Status.PROVISIONAL
    assert compute("volatility", make_points(SWING), by="year")[0].status is Status.FINAL


def test_volatility_of_days_uses_252() -> None:
    """Two changes ±ln 2: ln 2 × √2 × √252 = 0.693147 × 22.449944 = 15.561116, in percent."""
    points = make_points({"2002-01-04": "1", "2002-01-07": "2", "2002-01-08": "1"})

    assert show(compute("volatility", points, window=2), 2) == {"2002-01-08": "1556.11"}


def test_drawdown_of_a_year_is_its_deepest_loss_from_a_peak() -> None:
    """From 8 down to 6 is −25 %; the later fall from 10 to 8 is −20 %; the year says −25."""
    values = {"2001-Q1": "8", "2001-Q2": "6", "2001-Q3": "10", "2001-Q4": "8"}

    assert show(compute("drawdown", make_points(values))) == {"2001": "-25"}


def test_running_drawdown_stands_against_the_highest_so_far() -> None:
    """Peaks 8, 8, 10, 10: 0, 6/8 − 1 = −25 %, 0, 8/10 − 1 = −20 %."""
    running = compute("drawdown", years("8", "6", "10", "8"), by="running")

    assert list(show(running).values()) == ["0", "-25", "0", "-20"]


def test_drawdown_of_a_rise_is_the_loss_of_the_inverse() -> None:
    """A rate that doubles from 5 to 10 has cost the other currency half: 5/10 − 1 = −50 %."""
    points = years("5", "10", "4")

    assert list(show(compute("drawdown", points, by="running", direction="rise")).values()) == [
        "0",
        "-50",
        "0",
    ]


def test_drawdown_of_a_year_may_be_of_a_rise() -> None:
    """From 5 to 10 is 5/10 − 1 = −50 %; as a fall, 10 to 4 would be −60 %."""
    points = make_points({"2001-Q1": "5", "2001-Q2": "10", "2001-Q3": "4"})

    assert show(compute("drawdown", points, direction="rise")) == {"2001": "-50"}


def test_each_year_begins_with_its_own_first_value() -> None:
    """The peak of December does not weigh on the next year: 4 to 3 is −25 %, not 3/9."""
    points = make_points({"2001-11": "9", "2001-12": "9", "2002-01": "4", "2002-02": "3"})

    assert show(compute("drawdown", points)) == {"2001": "0", "2002": "-25"}


@pytest.mark.parametrize("value", ["0", "-2"])
def test_zero_or_less_is_no_price_to_fall_to(value: str) -> None:
    """No point for its year; running, no point there, and the others stay: 2/4 − 1 = −50 %."""
    points = make_points({"2001-01": "4", "2001-02": value, "2001-03": "2"})

    assert compute("drawdown", points) == ()
    assert show(compute("drawdown", points, by="running")) == {"2001-01": "0", "2001-03": "-50"}


def test_one_value_has_no_drawdown_in_a_year() -> None:
    """A fall takes two values."""
    assert compute("drawdown", make_points({"2001-01": "4"})) == ()
    assert compute("drawdown", years("4", "3")) == ()


def test_running_drawdown_rests_on_its_peak() -> None:
    """An estimated peak makes the loss from it an estimate."""
    peak = make_points({"2001": "9"}, status=Status.ESTIMATE, published=date(2026, 5, 1))

    points = compute("drawdown", (*peak, *years("6", first=2002)), by="running")

    assert points[1].status is Status.ESTIMATE
    assert points[1].published == date(2026, 5, 1)


@pytest.mark.parametrize(("direction", "last"), [("fall", "6"), ("rise", "12")])
def test_loss_from_a_peak_reached_twice_is_counted_from_the_first(
    direction: str, last: str
) -> None:
    """Which was an estimate, so that all that is measured by it stays one."""
    peak = make_points({"2001": "9"}, status=Status.ESTIMATE)

    points = compute(
        "drawdown", (*peak, *years("9", last, first=2002)), by="running", direction=direction
    )

    assert [point.status for point in points] == [Status.ESTIMATE] * 3


@given(series(POSITIVE), st.sampled_from(["fall", "rise"]), st.sampled_from(["year", "running"]))
def test_drawdown_lies_between_minus_a_hundred_and_zero(
    points: Points, direction: str, by: str
) -> None:
    """Nobody loses more than everything, and a loss is never positive."""
    for point in compute("drawdown", points, direction=direction, by=by):
        assert point.value is not None
        assert -100 <= point.value <= 0


def test_percentile_is_the_mid_rank_in_the_history_so_far() -> None:
    """Of 5, 3, 5, 9 each in its own past."""
    # 5: itself alone, (0 + ½) / 1 = 50
    # 3: (0 + ½) / 2 = 25
    # 5: 3 below, two fives equal: (1 + 1) / 3 = 66.6667
    # 9: three below: (3 + ½) / 4 = 87.5
    ranks = compute("percentile", years("5", "3", "5", "9"), min_points=1)

    assert list(show(ranks).values()) == ["50", "25", "66.6667", "87.5"]


def test_percentile_waits_for_ten_values() -> None:
    """Nine values are no history; the tenth, the greatest, has nine below: 9.5 / 10."""
    ranks = compute("percentile", years(*map(str, range(10))))

    assert show(ranks) == {"2010": "95"}


def test_percentile_rests_on_the_history_so_far() -> None:
    """An estimate of the second year weakens its own place and later ones, not that before it."""
    estimate = make_points({"2002": "3"}, status=Status.ESTIMATE)

    ranks = compute("percentile", (*years("5"), *estimate, *years("4", first=2003)), min_points=1)

    assert [rank.status for rank in ranks] == [Status.FINAL, Status.ESTIMATE, Status.ESTIMATE]


@given(st.lists(AMOUNTS, max_size=20), AMOUNTS, AMOUNTS)
def test_greater_value_has_no_lower_percentile(
    history: list[Decimal], one: Decimal, other: Decimal
) -> None:
    """In one history ranks keep the order of values."""

    def rank(value: Decimal) -> Decimal:
        points = years(*(f"{past:f}" for past in [*history, value]))
        return compute("percentile", points, min_points=1)[-1].value or Decimal(0)

    assert rank(min(one, other)) <= rank(max(one, other))


@pytest.mark.parametrize(
    ("operation", "options"),
    [
        ("volatility", {"by": "year"}),
        ("volatility", {"window": 250}),
        ("drawdown", {"by": "year"}),
        ("drawdown", {"by": "running"}),
        ("percentile", {}),
    ],
)
def test_four_times_the_days_take_four_times_as_long(
    operation: str, options: dict[str, object]
) -> None:
    """Twenty years of days against five, best of three: in its square it would be sixteen times."""

    def measure(days: int) -> float:
        points = tuple(
            Point(period, Decimal(at * at % 977 + 1), Status.FINAL, ("a",), date(2026, 1, 1))
            for at, period in enumerate(daily(days))
        )
        times = []
        for _ in range(3):
            start = process_time()
            assert compute(operation, points, **options)
            times.append(process_time() - start)
        return min(times)

    assert measure(5400) < 10 * measure(1350)


def test_loss_of_small_values_is_like_any_other() -> None:
    """From one to a half is half."""
    points = make_points({"2001-Q1": "1", "2001-Q2": "0.5"})

    assert show(compute("drawdown", points, by="running")) == {"2001-Q1": "0", "2001-Q2": "-50"}
    assert show(compute("drawdown", points, by="year")) == {"2001": "-50"}
