"""Values of longer periods and windows are whole, or are not given."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.model import Status
from tests.derive.examples import Points, compute, daily, make_points, series, show, years

QUARTERS = {"2001-Q1": "1", "2001-Q2": "-2", "2001-Q3": "0", "2001-Q4": "7"}


def test_rolling_mean_is_dated_at_its_last_period() -> None:
    """(1 + 2 + 6) / 3 = 3 at 2003; (2 + 6 + 1) / 3 = 3 at 2004; none before the third year."""
    assert show(compute("rolling_mean", years("1", "2", "6", "1"), window=3)) == {
        "2003": "3",
        "2004": "3",
    }


def test_rolling_mean_begins_anew_after_a_gap() -> None:
    """No window reaches across 2003: (1 + 3) / 2 = 2 and (8 + 4) / 2 = 6."""
    points = make_points({"2001": "1", "2002": "3", "2004": "8", "2005": "4"})

    assert show(compute("rolling_mean", points, window=2)) == {"2002": "2", "2005": "6"}


def test_rolling_mean_of_too_few_points_is_empty() -> None:
    """Two values make no window of three."""
    assert show(compute("rolling_mean", years("1", "2"), window=3)) == {}


def test_rolling_mean_of_a_constant_is_exactly_the_constant() -> None:
    """Running sums lose nothing, not even of a third with 28 digits."""
    third = compute("ratio", years(*["1"] * 9), years(*["3"] * 9))

    means = compute("rolling_mean", third, window=4)

    assert {point.value for point in means} == {third[0].value}


def test_rolling_mean_is_as_weak_as_its_window() -> None:
    """An estimate weakens the windows that hold it and no other."""
    estimate = make_points({"2001": "1"}, status=Status.ESTIMATE)

    points = compute("rolling_mean", (*estimate, *years("1", "1", first=2002)), window=2)

    assert [point.status for point in points] == [Status.ESTIMATE, Status.FINAL]


def test_year_of_quarters_has_mean_sum_and_last() -> None:
    """1 − 2 + 0 + 7 = 6; 6 / 4 = 1.5; the last is 7."""
    points = make_points(QUARTERS)

    assert show(compute("period_sum", points, to="year")) == {"2001": "6"}
    assert show(compute("period_mean", points, to="year")) == {"2001": "1.5"}
    assert show(compute("period_last", points, to="year")) == {"2001": "7"}


@pytest.mark.parametrize("missing", QUARTERS)
def test_broken_year_has_neither_sum_nor_mean(missing: str) -> None:
    """Without one of its quarters a year is not whole."""
    points = make_points({name: value for name, value in QUARTERS.items() if name != missing})

    assert compute("period_sum", points, to="year") == ()
    assert compute("period_mean", points, to="year") == ()


def test_last_of_a_year_needs_only_its_end() -> None:
    """A missing second quarter does not matter to the end of the year, a missing fourth does."""
    ends = make_points({"2001-Q1": "1", "2001-Q4": "7", "2002-Q3": "5"})

    assert show(compute("period_last", ends, to="year")) == {"2001": "7"}
    assert show(compute("period_last", ends[1:2], to="year")) == {"2001": "7"}


def test_incomplete_year_that_is_asked_for_is_provisional() -> None:
    """With complete: false a year of three quarters is given, and is not called final."""
    # 1 − 2 + 0 = −1
    points = make_points({name: QUARTERS[name] for name in list(QUARTERS)[:3]})

    for operation, value in {"period_sum": "-1", "period_last": "0"}.items():
        result = compute(operation, points, to="year", complete=False)
        assert show(result) == {"2001": value}
        assert result[0].status is Status.PROVISIONAL


def test_incomplete_year_of_an_estimate_stays_an_estimate() -> None:
    """Which is weaker than provisional."""
    points = make_points({"2001-Q1": "1", "2001-Q2": "2"}, status=Status.ESTIMATE)

    assert compute("period_sum", points, to="year", complete=False)[0].status is Status.ESTIMATE


def test_incomplete_year_may_ask_for_a_least_number() -> None:
    """Of two quarters no mean of at least three is made, nor a last value."""
    points = make_points({"2001-Q1": "1", "2001-Q2": "2"})
    options = {"to": "year", "complete": False, "min_points": 3}

    assert compute("period_mean", points, **options) == ()
    assert compute("period_last", points, **options) == ()


def test_as_many_values_as_asked_for_are_enough() -> None:
    """Two where two are asked for, (1 + 2) / 2 = 1.5; one where nothing is said."""
    points = make_points({"2001-Q1": "1", "2001-Q2": "2"})
    options = {"to": "year", "complete": False}

    assert show(compute("period_mean", points, **options, min_points=2)) == {"2001": "1.5"}
    assert show(compute("period_mean", points[1:], **options)) == {"2001": "2"}


def test_months_make_quarters() -> None:
    """1 + 2 + 4 = 7 in the first quarter; April alone makes no second."""
    months = {"2001-01": "1", "2001-02": "2", "2001-03": "4", "2001-04": "9"}

    assert show(compute("period_sum", make_points(months), to="quarter")) == {"2001-Q1": "7"}


def test_month_of_days_needs_twelve() -> None:
    """Eleven daily values are too few for a month unless the declaration says that they do."""
    few = make_points({f"2001-01-{day:02}": "3" for day in range(21, 32)})

    assert compute("period_mean", few, to="month") == ()
    assert show(compute("period_mean", few, to="month", min_points=11)) == {"2001-01": "3"}


def test_quarter_of_days_needs_twelve_for_each_month() -> None:
    """3 × 12 = 36 daily values are a quarter, 35 are not."""
    points = make_points({str(day): "3" for day in daily(36, first="2001-01-01")})

    assert compute("period_mean", points[1:], to="quarter") == ()
    assert show(compute("period_mean", points, to="quarter")) == {"2001-Q1": "3"}


def test_days_that_stop_early_make_a_provisional_month() -> None:
    """Daily values to the 16th leave more than 14 days of January open, those to the 17th not."""
    by_17 = make_points({f"2001-01-{day:02}": "2" for day in range(1, 18)})

    status = [compute("period_mean", p, to="month")[0].status for p in (by_17[:-1], by_17)]

    assert status == [Status.PROVISIONAL, Status.FINAL]


def test_last_day_of_a_month_stands_for_it() -> None:
    """The newest daily value is the month's last, be it only one."""
    points = make_points({"2001-01-30": "4", "2001-02-01": "5"})

    months = compute("period_last", points, to="month")

    assert show(months) == {"2001-01": "4", "2001-02": "5"}
    assert [month.status for month in months] == [Status.FINAL, Status.PROVISIONAL]


def test_years_make_no_quarters() -> None:
    """A longer period cannot be cut into shorter ones, nor brought to its own length."""
    assert compute("period_last", years("1", "2"), to="quarter") == ()
    assert compute("period_mean", years("1", "2"), to="year") == ()


@pytest.mark.parametrize("longer", [QUARTERS, {"2001-H1": "3", "2001-H2": "4"}])
def test_shortest_periods_decide_where_two_lengths_give_a_year(longer: dict[str, str]) -> None:
    """A series with whole months and quarters of a year is added by its months: 12 × 1 = 12."""
    months = make_points({f"2001-{month:02}": "1" for month in range(1, 13)})

    mixed = tuple(sorted((*months, *make_points(longer)), key=lambda point: point.period))

    assert show(compute("period_sum", mixed, to="year")) == {"2001": "12"}


@given(series(), st.integers(2, 6))
def test_window_means_lie_between_least_and_greatest(points: Points, window: int) -> None:
    """A mean is never outside of what it is a mean of."""
    values = [point.value for point in points if point.value is not None]

    for point in compute("rolling_mean", points, window=window):
        assert point.value is not None
        assert min(values) <= point.value <= max(values)


def test_helper_gives_working_days() -> None:
    """Monday to Friday, then Monday."""
    assert [str(day) for day in daily(6)][-2:] == ["2005-01-07", "2005-01-10"]
