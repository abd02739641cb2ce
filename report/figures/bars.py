"""Bars by period or by series: grouped, stacked or diverging.

Knows how bars share a band. A value that is not final is drawn as an outline.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from report import theme
from report.figures.canvas import Canvas, Size, Word, pixels
from report.figures.frames import draw_nothing
from report.figures.gathering import (
    digits_of,
    gather_series,
    keep_known,
    tabulate_periods,
    units_of,
)
from report.figures.labels import Key, colour_of, fit_legend, write_legend
from report.figures.libraries import alt, pd
from report.figures.places import Axis, make_value_axis, show_short
from report.figures.request import Request
from report.figures.strokes import HOLLOW, on_axis
from report.model import Model
from report.tables import Table

MOST_PRINTED = {"wide": 16, "narrow": 8}
"""Up to so many bars bear their number."""


class Options(Model):
    """Settings of a bar figure."""

    kind: Literal["grouped", "stacked", "diverging"] = "grouped"
    """Diverging: stacked away from zero to both sides."""
    values: bool | None = None
    """Whether bars bear their numbers; where not said, when they are few."""
    negative: tuple[str, ...] = ()
    """Series drawn downwards in a diverging figure."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its place in its period's band, and the values between which it reaches."""

    band: int
    slot: int
    low: float
    high: float
    value: float
    colour: str
    hollow: bool
    series: str
    key: str


def gather(request: Request) -> pd.DataFrame:
    """Rows of all series."""
    return gather_series(request, request.declaration.series)


def tabulate(frame: pd.DataFrame, request: Request) -> Table:
    """A row for each period, a column for each series."""
    names = request.declaration.series
    return tabulate_periods(frame, request, digits_of(request, names), units_of(request, names))


def describe(request: Request) -> Iterator[str]:
    """Bars need no notes of their own."""
    yield from ()


def make_bars(known: pd.DataFrame, options: Options) -> tuple[list[Bar], list[Any]]:
    """Bars in order of period and series, and the periods that have bands."""
    periods = sorted(set(known["period"]))
    bands = {period: number for number, period in enumerate(periods)}
    orders = sorted(set(known["order"]))
    above = dict.fromkeys(periods, 0.0)
    below = dict.fromkeys(periods, 0.0)
    bars = []
    for row in known.sort_values(["order", "x"], kind="stable").itertuples(index=False):
        value = -row.value if row.series in options.negative else row.value
        if options.kind == "grouped":
            low, high, slot = 0.0, value, orders.index(row.order)
        else:
            pile = above if value >= 0 else below
            low, high, slot = pile[row.period], pile[row.period] + value, 0
            pile[row.period] = high
        bars.append(
            Bar(
                bands[row.period],
                slot,
                low,
                high,
                row.value,
                colour_of(row.order),
                row.status in HOLLOW,
                row.series,
                row.key,
            )
        )
    return bars, periods


def draw(frame: pd.DataFrame, request: Request, size: Size) -> alt.LayerChart:
    """The chart at one size."""
    options: Options = request.options
    known = keep_known(frame)
    if known.empty:
        return draw_nothing(request, size)
    bars, periods = make_bars(known, options)
    ends = [bar.high for bar in bars] + [bar.low for bar in bars]
    axis = make_value_axis(ends, 4 if size.narrow else 5, request.catalogue, zero=True)
    rows = known.drop_duplicates("series").itertuples(index=False)
    keys = [Key(row.label, colour_of(row.order)) for row in rows]
    canvas = Canvas(size, top=26, bottom=26, right=8)
    canvas.left = max(canvas.measure(tick.text) for tick in axis.ticks) + 10
    legend = fit_legend(keys, size.width, size.font) if len(keys) > 1 else []
    canvas.top += len(legend) * size.font * 1.5 + (4 if legend else 0)
    canvas.write_unit(request.unit_words(request.declaration.series))
    write_legend(canvas, legend, 30)
    canvas.add_value_axis(axis)
    _label_bands(canvas, periods, request)
    return canvas.compose(_draw_bars(canvas, bars, periods, axis))


def _label_bands(canvas: Canvas, periods: Sequence[Any], request: Request) -> None:
    """Labels for as many bands as have room, always at the same distance."""
    texts = [show_short(period, request.catalogue) for period in periods]
    widest = max(canvas.measure(text) for text in texts) + 12
    band = canvas.plot_width / len(periods)
    step = max(1, -(-widest // band))
    for number in range(len(periods) - 1, -1, -int(step)):
        x = (number + 0.5) * band
        canvas.words.append(Word(x, canvas.plot_height + 16, texts[number], align="center"))


def _draw_bars(
    canvas: Canvas, bars: Sequence[Bar], periods: Sequence[Any], axis: Axis
) -> list[alt.Chart]:
    band = canvas.plot_width / len(periods)
    slots = max(bar.slot for bar in bars) + 1
    wide = min(band * 0.76, 64.0 * slots)
    width = wide / slots
    rows = []
    for bar in bars:
        left = (bar.band + 0.5) * band - wide / 2 + bar.slot * width
        rows.append(
            {
                "left": round(left, 1),
                "right": round(left + width - (1 if slots > 1 else 0), 1),
                "low": bar.low,
                "high": bar.high,
                "value": bar.value,
                "series": bar.series,
                "period": bar.key,
                "stroke": bar.colour,
                "fill": theme.PAPER.light if bar.hollow else bar.colour,
            }
        )
    return [
        alt.Chart(alt.Data(values=rows))
        .mark_rect(strokeWidth=1)
        .encode(
            x=pixels("x", "left"),
            x2=pixels("x2", "right"),
            y=on_axis("y", "low", axis),
            y2=alt.Y2(field="high"),
            fill=alt.Fill(field="fill", type="nominal", scale=None),
            stroke=alt.Stroke(field="stroke", type="nominal", scale=None),
        )
    ]
