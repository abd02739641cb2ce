"""Headline numbers as pages show them: the newest value of a series, its period and its change.

Pure. Knows the view and how the language writes; knows nothing of HTML, nor of which pages or items
show which series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from report.languages import Catalogue
from report.model import Frequency, Point, Series, Status, Tile, Unit, View
from report.periods import Kind, parse_period

SPARK_WIDTH, SPARK_HEIGHT = 120, 28
SPARK_POINTS = 60


@dataclass(frozen=True, slots=True)
class TileView:
    """A headline number, ready to be shown."""

    series: str
    title: str
    value: str
    period: str
    change: str
    """Such as `+4.1% on 2024`; empty where no earlier value is known."""
    status: Status
    sources: tuple[str, ...]
    spark: str
    """The path of a small line of the series' course; empty with fewer than three values."""


def show_tile(tile: Tile, view: View, catalogue: Catalogue) -> TileView | None:
    """A tile as this edition knows it; None where it knows no value."""
    series = view.series[tile.series]
    wanted = parse_period(tile.period) if tile.period else None
    known = [point for point in series.known if wanted is None or point.period <= wanted]
    if not known or (wanted is not None and known[-1].period != wanted):
        return None
    last = known[-1]
    unit = view.report.units[series.declaration.unit]
    return TileView(
        tile.series,
        catalogue.text(tile.title),
        catalogue.amount(last.value or Decimal(0), unit),
        catalogue.period(last.period),
        _show_change(tile, known, unit, catalogue),
        last.status,
        last.sources,
        "" if is_cumulative(series) else draw_spark(known[-SPARK_POINTS:]),
    )


def is_cumulative(series: Series) -> bool:
    """Whether values add up from January on, so that one month's is no match for the next."""
    return getattr(series.declaration, "frequency", None) is Frequency.YEAR_TO_DATE


def _show_change(tile: Tile, known: Sequence[Point], unit: Unit, catalogue: Catalogue) -> str:
    """Change on the same period a year earlier; of irregular series on the value before."""
    last = known[-1]
    earlier = {point.period: point for point in known}.get(last.period.years_earlier(1))
    if earlier is None and last.period.kind is Kind.YEAR and len(known) > 1:
        earlier = known[-2]
    if earlier is None or tile.change == "none":
        return ""
    before, after = earlier.value or Decimal(0), last.value or Decimal(0)
    if tile.change == "difference":
        shown = catalogue.number(after - before, unit.digits, signed=True)
        if catalogue.text(unit.pattern).startswith("{}%"):
            shown = catalogue.gettext("%(number)s percentage points", number=shown)
    elif before > 0:
        shown = catalogue.number((after / before - 1) * 100, 1, signed=True) + "%"
    else:
        return ""
    period = catalogue.period(earlier.period)
    return catalogue.gettext("%(change)s on %(period)s", change=shown, period=period)


def draw_spark(points: Sequence[Point]) -> str:
    """An SVG path through the values, scaled into a small box; gaps in time are kept."""
    known = [(point.period.start.toordinal(), point.value) for point in points]
    values = [value for _, value in known if value is not None]
    if len(values) < 3 or min(values) == max(values):
        return ""
    first, last = known[0][0], known[-1][0]
    low, high = min(values), max(values)
    places = [
        (
            (day - first) * SPARK_WIDTH / (last - first),
            SPARK_HEIGHT - 2 - float((value - low) / (high - low)) * (SPARK_HEIGHT - 4),
        )
        for day, value in known
        if value is not None
    ]
    return "M" + "L".join(f"{x:.1f} {y:.1f}" for x, y in places)
