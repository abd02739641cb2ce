"""Parts show what the edition knows: newest values, changes, counts and where they come from."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest

from report.model import Point, Status, Tile
from report.parts import Parts, draw_spark, show_tile
from report.periods import parse_period
from tests.examples import ENGLISH, make_second_view, make_small_view

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


def test_the_parts_of_a_page_hold_its_own() -> None:
    """Each page has its tiles, figures, questions, measures, constraints and events."""
    parts = Parts(make_second_view(), ENGLISH)

    assert [view.value for view in parts.tiles("river-corridor")] == [
        *("540.0 thousand trips", "58 minutes"),
    ]
    assert [figure.id for figure in parts.figures("river-corridor")] == [
        "river-use",
        "river-season",
        "river-vintages",
    ]
    assert [
        (q.question.id, [f.id for f in q.figures]) for q in parts.questions("hill-corridor")
    ] == [
        ("hill-use", ["hill-use", "hill-events"]),
        ("hill-goods", []),
    ]
    assert [measure.id for measure in parts.measures("hill-corridor")] == ["m-lift", "m-shelter"]
    assert [constraint.id for constraint in parts.constraints("hill-corridor")] == ["c-slope"]
    assert [event.id for event in parts.events("river-corridor")] == ["e-bridge", "e-flood"]


def test_events_come_newest_first_by_year_and_only_when_known() -> None:
    """What became known after the cut-off is not there."""
    parts = Parts(make_second_view(), ENGLISH)

    assert [(year, [event.id for event in events]) for year, events in parts.event_years()] == [
        ("2023", ["e-bridge"]),
        ("2021", ["e-post"]),
        ("2020", ["e-flood"]),
        ("2018", ["e-plan"]),
    ]


def test_freshness_tells_the_newest_period() -> None:
    """The river page draws on values up to December 2025; a page without values has no day."""
    parts = Parts(make_second_view(), ENGLISH)

    assert str(parts.newest_period("river-corridor")) == "2025-12"
    assert parts.newest_period("nothing") is None


def test_the_register_of_data_counts_values_and_vintages() -> None:
    """A series is listed with its span, its values, and how many have several vintages."""
    parts = Parts(make_second_view(), ENGLISH)
    listed = {item.series.id: item for _, members in parts.series() for item in members}
    trips = listed["river.trips"]

    # Values of 2019 to 2025; 2021 comes from two sources, 2020, 2023 and 2024 were published
    # twice; the final value of 2025 came after the cut-off.
    assert (trips.span, trips.count, trips.vintages) == ("2019 – 2025", 7, 4)
    assert trips.sources == ("counters", "survey")
    assert [group for group, _ in parts.series()] == sorted({name.split(".")[0] for name in listed})


def test_the_register_of_sources_tells_their_uses() -> None:
    """Sources come by producer, each with the series and lists that rest on it."""
    parts = Parts(make_second_view(), ENGLISH)
    uses = dict(parts.sources())

    assert list(uses) == ["counters", "survey", "plan"]
    assert "river.trips" in uses["counters"]
    assert "events" in uses["counters"]
    assert uses["plan"] == ["events", "institutions", "measures", "claims"]
