"""A view holds what was known at the cut-off, and nothing that came later."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.model import Edition, View
from report.views import make_view
from tests.examples import make_second_report


def see(cut_off: date) -> View:
    """The second report as known at the end of a day."""
    edition = Edition(id="2026", cut_off=cut_off, released=cut_off, title={"en": "2026"})
    return make_view(make_second_report(), edition)


def value(view: View, series: str, year: str) -> Decimal | None:
    """The value of a year; None where none is known."""
    found = [p.value for p in view.series[series].points if str(p.period) == year]
    return found[0] if found else None


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        ("2021-02-28", None),  # nothing yet
        ("2021-03-01", "350"),  # the counters' first value
        ("2021-08-31", "350"),  # the survey has a say, the counters come first
        ("2021-09-01", "362"),  # the counters took theirs back
    ],
)
def test_a_value_changes_with_what_was_known(day: str, expected: str | None) -> None:
    """The trips of 2020 through their three publications."""
    known = value(see(date.fromisoformat(day)), "river.trips", "2020")

    assert known == (None if expected is None else Decimal(expected))


def test_computed_series_follow_what_was_known() -> None:
    """Both corridors together in 2024: 502 + 136, then 498.5 + 136."""
    assert value(see(date(2025, 12, 31)), "both.trips", "2024") == 638
    assert value(see(date(2026, 3, 1)), "both.trips", "2024") == Decimal("634.5")


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 3000))
def test_nothing_in_a_view_came_after_its_cut_off(days: int) -> None:
    """No value, vintage, event or institution, observed or computed."""
    cut_off = date(2018, 1, 1) + timedelta(days=days)
    view = see(cut_off)

    days_known = [p.published for series in view.series.values() for p in series.points]
    days_known += [row.published for rows in view.vintages.values() for row in rows]
    days_known += [event.published for event in view.events]
    days_known += [body.published for body in view.institutions]
    assert all(day <= cut_off for day in days_known)
    assert set(view.series) == {*view.report.series, *view.report.derived}
