"""What stands behind a computed value is never firmer or earlier than what it is computed from."""

from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.derive.points import (
    amount,
    rest_on,
    rest_on_windows,
    split_runs,
    total,
    weakest,
)
from report.model import Point, Status
from report.periods import parse_period
from tests.derive.examples import AMOUNTS, Points, compute, make_points, series, show, years


def test_result_is_as_weak_as_its_weakest_input() -> None:
    """Forecast is weaker than estimate, estimate than provisional, provisional than final."""
    order = [Status.FINAL, Status.PROVISIONAL, Status.ESTIMATE, Status.FORECAST]

    for stronger, weaker in pairwise(order):
        assert weakest(stronger, weaker) is weaker
        assert weakest(weaker, stronger) is weaker


def test_result_names_all_sources_once_and_the_latest_day() -> None:
    """A value could not be computed before the last of its inputs was published."""
    one = make_points({"2001": "3"}, sources=("b", "c"), published=date(2026, 3, 1), note="late")
    two = make_points({"2001": "4"}, sources=("a", "b"), published=date(2026, 2, 1), note="break")

    point = compute("sum", one, two)[0]

    assert point.sources == ("a", "b", "c")
    assert point.published == date(2026, 3, 1)
    assert point.note == "late; break"


def test_note_of_several_inputs_is_said_once() -> None:
    """The same note at two inputs is not repeated."""
    noted = make_points({"2001": "3"}, note="break")

    assert compute("sum", noted, noted)[0].note == "break"


def test_zero_has_no_sign_and_hundreds_no_exponent() -> None:
    """Values read as people write them: 0 × −2.5 = 0, and 1E+2 is 100."""
    zero = compute("product", years("0"), years("-2.5"))[0]
    hundred = compute("sum", years("1E+2"), years("0E+1"))[0]

    assert (str(zero.value), str(hundred.value)) == ("0.0", "100")


def test_point_without_value_cannot_be_computed_with() -> None:
    """Whoever hands a hole to an operation learns so at once."""
    hole = Point(parse_period("2001"), None, Status.NOT_PUBLISHED, ("a",), date(2026, 1, 1))

    with pytest.raises(ValueError, match="2001 has no value"):
        amount(hole)


@given(st.lists(AMOUNTS))
def test_total_is_the_same_in_any_order(values: list[Decimal]) -> None:
    """Order of inputs decides nothing."""
    assert total(values) == total(reversed(values))


@given(series(), st.integers(1, 12))
def test_windows_rest_on_exactly_their_points(points: Points, width: int) -> None:
    """The quick way to join windows gives what joining each window gives."""
    plain = [rest_on(points[at : at + width]) for at in range(len(points) - width + 1)]

    quick = rest_on_windows(points, width)

    assert [(b.status, b.sources, b.published, set(b.notes)) for b in quick] == [
        (b.status, b.sources, b.published, set(b.notes)) for b in plain
    ]


def test_months_with_a_hole_are_two_runs() -> None:
    """A month without a value parts what lies before from what lies after."""
    points = make_points({"2001-01": "1", "2001-02": "1", "2001-04": "1"})

    assert [len(run) for run in split_runs(points)] == [2, 1]


def test_days_are_neighbours_across_a_fortnight() -> None:
    """Fourteen days are a holiday, fifteen are a gap."""
    points = make_points({"2001-01-01": "1", "2001-01-15": "1", "2001-01-30": "1"})

    assert [len(run) for run in split_runs(points)] == [2, 1]


def test_months_and_years_of_one_series_are_kept_apart() -> None:
    """A series with periods of several lengths is never read as one row of equals."""
    points = make_points({"2001": "12", "2001-01": "1", "2001-02": "1", "2002": "14"})

    assert [len(run) for run in split_runs(points)] == [2, 2]


def test_year_and_month_of_one_name_do_not_match() -> None:
    """Only the same period joins two series."""
    assert show(compute("sum", years("1"), make_points({"2001-01": "2"}))) == {}
