"""Items show the newest values that bear on them, and measures and pages lead back to them."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.bearings import Bearings, ItemView, are_comparable
from report.indicators import Indicators
from report.model import Point, Status, View
from report.periods import parse_period
from report.views import make_view
from tests.examples import ENGLISH, make_second_report, make_second_view


def look(view: View | None = None) -> Bearings:
    """The bearings of a view, else of the second report's."""
    view = view or make_second_view()
    return Bearings(view, ENGLISH, Indicators(view, ENGLISH))


def point(period: str, value: str, source: str = "survey", status: Status = Status.FINAL) -> Point:
    """A value from one source."""
    day = date(2026, 1, 1)
    return Point(parse_period(period), Decimal(value), status, (source,), day)


def show_with(series: str, points: tuple[Point, ...]) -> ItemView:
    """The constraint of the slope where a series has other points."""
    view = make_second_view()
    known = {**view.series, series: replace(view.series[series], points=points)}
    return look(replace(view, series=known)).constraints()[1]


def test_an_item_shows_its_indicators_measures_and_pages() -> None:
    """Values by hand: 50 after 53 minutes; 142.5 of 540 + 142.5, after 136 of 498.5 + 136."""
    slope = look().constraints()[1]
    minutes, share = slope.bearings

    assert slope.item.id == "c-slope"
    # 50 / 53 = 0.9434, so -5.7%; the series should fall.
    assert (minutes.tile.value, minutes.tile.period) == ("50 minutes", "2025")
    assert minutes.tile.change == "−5.7% on 2024"
    assert minutes.progress is not None
    assert minutes.sources == ("survey",)
    # 142.5 / 682.5 = 20.88%, after 136 / 634.5 = 21.43%: half a point less.
    assert (share.tile.value, share.tile.change) == ("20.9%", "−0.6 percentage points on 2024")
    assert (share.progress, share.figure, slope.unknown) == (None, "", 0)
    assert [measure.id for measure in slope.measures] == ["m-lift", "m-shelter"]
    assert slope.pages == ("hill-corridor",)


def test_an_indicator_leads_to_the_figure_that_draws_it() -> None:
    """On a page of the item's measures first; what no figure draws leads to none."""
    report = make_second_report()
    flood = report.constraints[0].model_copy(update={"indicators": ("river.trips", "hill.trips")})
    changed = replace(report, constraints=(flood,))
    shown = look(make_view(changed, report.editions[0])).constraints()[0]

    # The river's trips are drawn on three pages; the hill's on that of the hill and at home.
    assert [bearing.figure for bearing in shown.bearings] == ["river-use", "hill-use"]
    assert shown.pages == ("river-corridor", "hill-corridor")


def test_measures_and_pages_lead_back_to_their_items() -> None:
    """What an item names is found from the other side."""
    bearings = look()

    assert [item.id for item in bearings.constraints_of("m-lift")] == ["c-slope"]
    assert [item.id for item in bearings.opportunities_of("m-bridge")] == ["o-tourism"]
    assert [*bearings.constraints_of("m-count"), *bearings.opportunities_of("m-count")] == []
    served = bearings.opportunities_on("hill-corridor")
    assert [(item.id, [m.id for m in own]) for item, own in served] == [
        ("o-tourism", ["m-shelter"])
    ]


def test_unfinished_periods_forecasts_and_the_unknown_are_not_shown() -> None:
    """The cut-off lies in June 2026, so neither 2026 nor a forecast is the newest value."""
    own = (point("2025", "60"), point("2026", "40", status=Status.PROVISIONAL))
    forecast = (point("2024", "70"), point("2025", "60", status=Status.FORECAST))

    assert show_with("hill.time", own).bearings[0].tile.period == "2025"
    assert show_with("hill.time", forecast).bearings[0].tile.period == "2024"
    assert show_with("hill.time", forecast[1:]).unknown == 1


@pytest.mark.parametrize(
    ("earlier", "later", "answer"),
    [
        (
            point("2024", "1", "survey"),
            point("2025", "2", "counters"),
            True,
        ),  # years that follow each other
        (point("2020", "1", "survey"), point("2025", "2", "counters"), False),
        (point("2020", "1", "survey"), point("2025", "2", "survey"), True),
    ],
)
def test_over_a_gap_only_one_source_compares_with_itself(
    earlier: Point, later: Point, *, answer: bool
) -> None:
    """Another source after a gap often counts something else."""
    assert are_comparable([earlier, later]) is answer
    shown = show_with("hill.time", (earlier, later)).bearings[0]
    assert bool(shown.tile.change) is answer


@given(year=st.integers(1990, 2024), gap=st.integers(1, 20), same=st.booleans())
def test_values_compare_by_gap_and_source(year: int, gap: int, *, same: bool) -> None:
    """Whatever the values are."""
    points = [point(str(year), "1"), point(str(year + gap), "2", "survey" if same else "b")]

    assert are_comparable(points) is (gap == 1 or same)
    assert are_comparable(points[:1])


def test_an_earlier_edition_shows_no_measure_of_a_later_article() -> None:
    """Neither do items count from before their article."""
    report = make_second_report()
    early = report.editions[0].model_copy(update={"cut_off": date(2017, 1, 1)})
    bearings = look(make_view(report, early))

    assert [*bearings.constraints(), *bearings.opportunities()] == []
