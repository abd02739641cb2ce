"""Periods are read strictly, print as they are written, and keep their place in time."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.periods import Kind, Period, parse_period

KINDS = [Kind.YEAR, Kind.HALF, Kind.QUARTER, Kind.MONTH, Kind.DAY]


@st.composite
def periods(draw: st.DrawFn) -> Period:
    """Any period from 1801 to 2098."""
    day = draw(st.dates(date(1801, 1, 1), date(2098, 12, 31)))
    return Period(day, day, Kind.DAY).enclosing(draw(st.sampled_from(KINDS)))


@pytest.mark.parametrize(
    ("text", "start", "end", "kind"),
    [
        ("2016", "2016-01-01", "2016-12-31", Kind.YEAR),
        ("2016-H1", "2016-01-01", "2016-06-30", Kind.HALF),
        ("2016-H2", "2016-07-01", "2016-12-31", Kind.HALF),
        ("2016-Q1", "2016-01-01", "2016-03-31", Kind.QUARTER),
        ("2016-Q4", "2016-10-01", "2016-12-31", Kind.QUARTER),
        ("2016-02", "2016-02-01", "2016-02-29", Kind.MONTH),
        ("1899-12", "1899-12-01", "1899-12-31", Kind.MONTH),
        ("2016-02-29", "2016-02-29", "2016-02-29", Kind.DAY),
    ],
)
def test_each_form_has_its_first_and_last_day(text: str, start: str, end: str, kind: Kind) -> None:
    """A period spans exactly the days that its form says."""
    period = parse_period(text)

    assert (period.start.isoformat(), period.end.isoformat(), period.kind) == (start, end, kind)


@pytest.mark.parametrize(
    "text",
    [
        *("", "0", "16", "-5", "1799", "2100", "2016.0", "2016 ", " 2016", "2016\n", "２０１６"),
        *("٢٠١٦", "2016-Q0", "2016-Q5", "2016-q1", "2016-H3", "2016-00", "2016-13", "2016-1"),
        *("2016-02-30", "2015-02-29", "2016-3-4", "2016-03-14T00:00", "2016/03", "2016-Q1-01"),
    ],
)
def test_anything_else_is_no_period(text: str) -> None:
    """Near misses are refused, never guessed."""
    with pytest.raises(ValueError, match=r"is no period|day|month|range"):
        parse_period(text)


@given(periods())
def test_what_is_printed_reads_back(period: Period) -> None:
    """A period's text is its one spelling."""
    again = parse_period(str(period))

    assert (again, again.kind) == (period, period.kind)


@given(periods(), st.integers(-40, 40))
def test_shifting_there_and_back_is_the_same(period: Period, count: int) -> None:
    """A shift is undone by its opposite and never changes the kind."""
    moved = period.shift(count)

    assert moved.shift(-count) == period
    assert moved.kind is period.kind


@given(periods())
def test_periods_of_a_kind_leave_no_day_between_them(period: Period) -> None:
    """The next period begins on the day after this one ends."""
    assert (period.shift(1).start - period.end).days == 1


@pytest.mark.parametrize(
    ("text", "years", "expected"),
    [
        ("2016", 1, "2015"),
        ("2016-Q1", 2, "2014-Q1"),
        ("2016-H2", 1, "2015-H2"),
        ("2016-01", 1, "2015-01"),
        ("2016-02-29", 1, "2015-02-28"),
        ("2016-02-29", 4, "2012-02-29"),
    ],
)
def test_years_earlier_keeps_the_place_in_the_year(text: str, years: int, expected: str) -> None:
    """A year earlier is the same quarter, month or day; 29 February becomes the 28th."""
    assert str(parse_period(text).years_earlier(years)) == expected


@pytest.mark.parametrize(
    ("text", "kind", "expected"),
    [
        ("2016-11-30", Kind.MONTH, "2016-11"),
        ("2016-11", Kind.QUARTER, "2016-Q4"),
        ("2016-Q3", Kind.HALF, "2016-H2"),
        ("2016-H2", Kind.YEAR, "2016"),
    ],
)
def test_a_period_lies_in_a_longer_one(text: str, kind: Kind, expected: str) -> None:
    """The enclosing period is the one in which the shorter begins."""
    assert str(parse_period(text).enclosing(kind)) == expected


def test_a_year_stands_before_its_later_parts() -> None:
    """Periods are ordered by first day, the shorter first."""
    texts = ["2017", "2016-Q2", "2016", "2016-01", "2016-Q1"]

    ordered = [str(period) for period in sorted(map(parse_period, texts))]

    assert ordered == ["2016-01", "2016-Q1", "2016", "2016-Q2", "2017"]
