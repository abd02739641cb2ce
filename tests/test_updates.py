"""What changed on a page since the edition before is told briefly, and what is cut is counted."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from report.changes import Diff, MeasureChange, Tier
from report.languages import Catalogue
from report.model import Edition, MeasureStatus, Observation, PageFigures, Reason, Tile, Unit, View
from report.revisals import name_reason, show_change, show_value
from report.revisions import compare_views
from report.updates import MOST, Before, PageUpdate, Updates
from report.views import make_view
from report.vintages import as_of
from tests.examples import ENGLISH, declare_series, make_second_report, make_small_view, observe

TONNES = Unit(id="t", title={"en": "tonnes"}, pattern={"en": "{} t"}, digits=1)
RATE = Unit(id="p", title={"en": "percent"}, pattern={"en": "{}%"}, digits=1)
OLD = Edition(id="2017", cut_off=date(2017, 12, 31), released=date(2018, 1, 1), title={"en": "Old"})
NEW = Edition(id="2026", cut_off=date(2026, 6, 30), released=date(2026, 7, 1), title={"en": "New"})


def look(edition: Edition, rows: tuple[Observation, ...]) -> View:
    """What an edition sees of series `x` and `y`; a page `p` shows `x` alone."""
    known = tuple(row for row in rows if row.published <= edition.cut_off)
    view = make_small_view({"x": {}, "y": {}})
    declared = {name: declare_series(name) for name in ("x", "y")}
    tiles = (Tile(series="x", title={"en": "X"}),)
    report = replace(view.report, figures=(PageFigures("p", tiles),), editions=(OLD, NEW))
    vintages = {name: tuple(row for row in known if row.series == name) for name in declared}
    return View(report, edition, as_of(declared, known, edition.cut_off), vintages=vintages)


def update(*rows: Observation, page: str = "p") -> PageUpdate:
    """What changed on a page from the old edition to the new one."""
    before = Before(OLD, lambda: compare_views(look(OLD, rows), look(NEW, rows)))
    found = Updates(look(NEW, rows), ENGLISH, before).on_page(page)
    assert found is not None
    return found


def revise(period: str, old: str, new: str, series: str = "x") -> tuple[Observation, Observation]:
    """A value known in 2017, and a routine revision known in 2026."""
    later = observe(series, period, new, "2020-01-01")
    return observe(series, period, old, "2017-01-01"), replace(later, reason=Reason.ROUTINE)


def test_a_revised_value_is_told_with_its_change_size_and_reason() -> None:
    """From 40 to 44 is a rise by 10 %, moderate: 4 / 84 = 0.048."""
    found = update(*revise("2015", "40", "44"))
    (one,) = found.revised

    assert (one.series.id, one.period, one.old, one.new) == ("x", "2015", "40.0 t", "44.0 t")
    assert (one.change, one.tier, one.size, one.reason) == (
        *("+10.0%", Tier.YELLOW, "moderate", "routine revision"),
    )


def test_only_what_the_page_shows_is_told() -> None:
    """Another page's series is not; of a page that shows nothing, nothing is."""
    rows = revise("2015", "40", "44", series="y")

    assert update(*rows).is_empty
    assert update(*revise("2015", "40", "44"), page="other").is_empty


def test_the_largest_are_shown_and_the_rest_is_counted() -> None:
    """Of thirteen revisions ten are shown, the largest first."""
    years = range(2000, 2013)
    rows = [row for at, year in enumerate(years) for row in revise(f"{year}", "100", f"{101 + at}")]
    found = update(*rows)

    assert (len(found.revised), found.revised_count) == (MOST, 13)
    assert [one.period for one in found.revised][:2] == ["2012", "2011"]


def test_new_periods_are_counted_by_series() -> None:
    """Two new years of `x`, which had one; nothing is revised."""
    rows = (
        observe("x", "2015", "1", "2017-01-01"),
        observe("x", "2016", "2", "2018-01-01"),
        observe("x", "2017", "3", "2018-02-01"),
    )
    found = update(*rows)
    (one,) = found.series

    assert (one.series.id, one.count, one.newest, one.is_new) == ("x", 2, "2017", False)
    assert (found.appeared, found.revised_count, found.has_counts) == (2, 0, True)


def test_what_was_judged_for_the_first_time_is_told_apart() -> None:
    """And comes after what has changed: it is news of this report, not of its subject."""
    report = make_second_report()
    announced, in_force = (MeasureStatus.ANNOUNCED, "2018-05"), (MeasureStatus.IN_FORCE, "2023")
    diff = Diff(
        measures=(
            MeasureChange("m-count", None, in_force),
            MeasureChange("m-bridge", announced, in_force),
            MeasureChange("m-lift", announced, None),
            MeasureChange("m-shelter", None, announced),
        )
    )
    view = make_view(report, report.editions[0])
    found = Updates(view, ENGLISH, Before(OLD, lambda: diff)).on_page("home")

    assert found is not None
    assert (found.measures_count, found.measures_new) == (4, 2)
    shown = [one.measure.id for one in found.measures]
    assert shown == ["m-bridge", "m-lift", "m-count", "m-shelter"]


def test_the_first_edition_is_compared_with_nothing() -> None:
    """None, so that the page can say so."""
    assert Updates(look(OLD, ()), ENGLISH, None).on_page("p") is None


@pytest.mark.parametrize(
    ("old", "new", "unit", "shown"),
    [
        ("40", "44", TONNES, "+10.0%"),
        ("-4", "-2", TONNES, "+50.0%"),
        ("0", "2", TONNES, "–"),
        ("1000", "1000.5", TONNES, "+0.05%"),
        ("-3.7", "-2.0", RATE, "+1.7 percentage points"),
        ("2.24", "2.26", RATE, "+0.020 percentage points"),
    ],
)
def test_a_change_is_in_per_cent_but_of_rates_in_points(
    old: str, new: str, unit: Unit, shown: str
) -> None:
    """Towards zero from below is a rise; of zero there is no per cent."""
    assert show_change(Decimal(old), Decimal(new), unit, ENGLISH) == shown


def test_two_values_that_differ_read_differently() -> None:
    """As many digits as it takes, the unit's at least."""
    old, new = Decimal("87.44"), Decimal("87.4416")
    unit = TONNES

    assert show_value(old, unit, ENGLISH, new) == "87.4400 t"
    assert show_value(new, unit, ENGLISH, old) == "87.4416 t"
    assert show_value(Decimal(40), unit, ENGLISH, Decimal(44)) == "40.0 t"
    assert show_value(None, unit, ENGLISH, old) == "–"


def test_every_reason_has_words() -> None:
    """A computed value has none in the data, and words all the same."""
    words = {name_reason(reason, Catalogue("en")) for reason in (*Reason, None)}

    assert len(words) == len(Reason) + 1
