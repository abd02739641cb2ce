"""Tiles show what the edition knows: newest values, changes and a small line of their course."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from report.model import Point, Status, Tile
from report.periods import parse_period
from report.tiles import draw_spark, show_tile
from tests.examples import ENGLISH, make_small_view

VIEW = make_small_view(
    {
        "year": {"2018": "-2", "2019": "80", "2020": "100"},
        "month": {"2019-02": "2", "2020-01": "4", "2020-02": "2.5"},
        "gappy": {"2015": "50", "2020": "100"},
        "empty": {"2020": None},
    }
)


def tile(series: str, change: str = "percent", period: str = "") -> Tile:
    """A tile of a series."""
    return Tile.model_validate(
        {"series": series, "title": "Title", "change": change, "period": period}
    )


@pytest.mark.parametrize(
    ("wanted", "value", "period", "change"),
    [
        (tile("year"), "100.0 t", "2020", "+25.0% on 2019"),  # 100 / 80
        (tile("year", "difference"), "100.0 t", "2020", "+20.0 on 2019"),
        (tile("year", "none"), "100.0 t", "2020", ""),
        (tile("year", period="2019"), "80.0 t", "2019", ""),  # no per cent of -2
        (tile("year", "difference", "2019"), "80.0 t", "2019", "+82.0 on 2018"),
        (tile("month"), "2.5 t", "February 2020", "+25.0% on February 2019"),  # 2.5 / 2
        (tile("gappy"), "100.0 t", "2020", "+100.0% on 2015"),
    ],
)
def test_a_tile_shows_the_newest_value_and_its_change(
    wanted: Tile, value: str, period: str, change: str
) -> None:
    """The change is on the same period a year earlier, or on the year before in the series."""
    shown = show_tile(wanted, VIEW, ENGLISH)

    assert shown is not None
    assert (shown.value, shown.period, shown.change) == (value, period, change)


@pytest.mark.parametrize("wanted", [tile("empty"), tile("year", period="2021")])
def test_a_tile_without_a_value_is_not_shown(wanted: Tile) -> None:
    """Nothing stands in for a value that is not known."""
    assert show_tile(wanted, VIEW, ENGLISH) is None


def test_a_share_changes_by_percentage_points() -> None:
    """From 40% to 45% is five points more."""
    view = make_small_view({"share": {"2019": "40", "2020": "45"}}, unit="{}%")

    shown = show_tile(tile("share", "difference"), view, ENGLISH)

    assert shown is not None
    assert shown.change == "+5.0 percentage points on 2019"


def point(period: str, value: int | None) -> Point:
    """A final value."""
    amount = None if value is None else Decimal(value)
    return Point(parse_period(period), amount, Status.FINAL, ("a",), date(2026, 1, 1))


def test_a_small_line_fills_its_box_and_keeps_gaps_in_time() -> None:
    """The lowest value lies at the bottom, the highest at the top, years stand in proportion."""
    # 2016 to 2020 are 1461 days, of which 366 have gone by in 2017: 120 * 366 / 1461 = 30.06.
    # Heights: 28 - 2 = 26 at the bottom, 2 at the top, 14 between.
    path = draw_spark([point("2016", 0), point("2017", 5), point("2020", 10)])

    assert path == "M0.0 26.0L30.1 14.0L120.0 2.0"


def test_a_line_needs_three_values_that_differ() -> None:
    """Two points or a flat line say nothing."""
    assert draw_spark([point("2016", 0), point("2017", 5)]) == ""
    assert draw_spark([point(str(year), 5) for year in range(2016, 2020)]) == ""
