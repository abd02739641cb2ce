"""Bars by period or by series: grouped, stacked or diverging.

Knows how bars share a band. A value that is not final is drawn as an outline.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from report import theme
from report.declaring import Model
from report.figures.bands import Bands, draw_breaks, draw_unknown, label_bands, lay_bands
from report.figures.canvas import Canvas, Size, Word
from report.figures.checking import (
    Fault,
    find_shape_fault,
    find_unit_fault,
    list_series,
    suggest,
)
from report.figures.frames import UNIT_ROW, draw_nothing
from report.figures.gathering import (
    choose_digits,
    digits_of,
    gather_series,
    keep_known,
    tabulate_periods,
    units_of,
)
from report.figures.labels import Key, fill_of, fit_legend, write_legend
from report.figures.lanes import lay_lanes
from report.figures.layers import Spec, as_is, far_end, make_marks, pixels
from report.figures.libraries import list_records, list_rows, pd
from report.figures.places import Axis, make_value_axis
from report.figures.request import Request
from report.figures.strokes import HOLLOW, on_axis
from report.model import FigureDeclaration, Report
from report.tables import Table

MOST_RANKED = 16
"""Up to so many series can stand in rows where there is a single period."""


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
    exact: Decimal
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
    """Series that are drawn downwards although their values are not negative; breaks in time."""
    for name in request.options.negative:
        yield request.catalogue.gettext(
            "%(series)s is drawn downwards.", series=request.label(name)
        )
    known = {point.period for name in request.declaration.series for point in request.known(name)}
    if lay_bands(sorted(known)).breaks:
        yield request.catalogue.gettext(
            "Where the axis is broken, times without a value are left out."
        )


def check(declaration: FigureDeclaration, options: Options, report: Report) -> Iterator[Fault]:
    """One unit; what goes downwards must be drawn at all."""
    yield from find_shape_fault(declaration, most=MOST_RANKED)
    yield from find_unit_fault(list_series(declaration), report)
    for number, name in enumerate(options.negative):
        if name not in declaration.series:
            key = f"options.negative[{number}]"
            yield (
                key,
                f"names {name!r}, which the figure does not draw",
                suggest(name, declaration.series),
            )


def make_bars(known: pd.DataFrame, options: Options, layout: Bands) -> list[Bar]:
    """Bars in order of period and series."""
    periods = layout.periods
    bands = {period: number for number, period in enumerate(periods)}
    above = dict.fromkeys(periods, 0.0)
    below = dict.fromkeys(periods, 0.0)
    taken = dict.fromkeys(periods, 0)
    bars = []
    for row in sorted(list_rows(known), key=lambda row: (row.order, row.x)):
        value = -row.value if row.series in options.negative else row.value
        if options.kind == "grouped":
            low, high, slot = 0.0, value, taken[row.period]
            taken[row.period] += 1
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
                row.exact,
                fill_of(row.order),
                row.status in HOLLOW,
                row.series,
                row.key,
            )
        )
    return bars


def draw(frame: pd.DataFrame, request: Request, size: Size) -> Spec:
    """The chart at one size; a single period of several series stands in rows, ranked."""
    options: Options = request.options
    known = keep_known(frame)
    if known.empty:
        return draw_nothing(request, size)
    if options.kind == "grouped" and known["period"].nunique() == 1 and len(known) > 1:
        return draw_ranked(known, request, size)
    bands = lay_bands(sorted(set(known["period"])))
    bars = make_bars(known, options, bands)
    ends = [bar.high for bar in bars] + [bar.low for bar in bars]
    axis = make_value_axis(ends, 4 if size.narrow else 5, request.catalogue, zero=True)
    rows = list_rows(known.drop_duplicates("series").sort_values("order"))
    keys = [Key(row.label, fill_of(row.order)) for row in rows] if len(rows) > 1 else []
    if bands.unknown:
        keys.append(Key(request.catalogue.gettext("no value"), theme.BAND.light))
    canvas = Canvas(size, top=UNIT_ROW, bottom=26, right=8)
    canvas.left = max(canvas.measure(tick.text) for tick in axis.ticks) + 10
    legend = fit_legend(keys, size.width, size.font) if keys else []
    canvas.top += len(legend) * size.font * 1.5 + (8 if legend else 0)
    canvas.write_unit(request.unit_words(request.declaration.series))
    write_legend(canvas, legend, UNIT_ROW + 4)
    canvas.add_value_axis(axis)
    to_date = all(request.is_to_date(name) for name in set(known["series"]))
    label_bands(canvas, bands, request.catalogue, to_date=to_date)
    places = _place_bars(canvas, bars, len(bands.periods))
    if options.values is not False:
        _print_values(canvas, bars, places, axis, request)
    behind = len(canvas.rules)
    draw_breaks(canvas, bands)
    under = draw_unknown(canvas, bands, canvas.y_of(axis, 0))
    return canvas.compose(_draw_bars(bars, places, axis), under=under, behind=behind)


def _place_bars(canvas: Canvas, bars: Sequence[Bar], bands: int) -> list[tuple[float, float]]:
    """Left and right edge of each bar; those of a period stand together in its middle."""
    band = canvas.plot_width / bands
    counts = Counter(bar.band for bar in bars)
    slots = max(bar.slot for bar in bars) + 1
    width = min(band * 0.78 / slots, 64.0)
    places = []
    for bar in bars:
        beside = counts[bar.band] if slots > 1 else 1
        left = (bar.band + 0.5) * band + (bar.slot - beside / 2) * width
        places.append((left, left + width - (1 if slots > 1 else 0)))
    return places


def _print_values(
    canvas: Canvas,
    bars: Sequence[Bar],
    places: Sequence[tuple[float, float]],
    axis: Axis,
    request: Request,
) -> None:
    """Numbers at the bars' ends, or the sum of each stack, where every one has room."""
    digits = choose_digits(request, [(bar.series, bar.exact) for bar in bars])
    texts = [request.catalogue.number(bar.exact, digits[bar.series]) for bar in bars]
    tops = list(zip(bars, places, texts, strict=True))
    if request.options.kind != "grouped" and len(request.declaration.series) > 1:
        tops = _sum_stacks(bars, places, request)
    small = 11.0
    room = min(right - left for left, right in places) + 4
    if not tops or max(canvas.measure(text, size=small) for _, _, text in tops) > room:
        return
    for bar, (left, right), text in tops:
        y = canvas.y_of(axis, bar.high) + (-9 if bar.high >= 0 else 9)
        middle = (left + right) / 2
        ink = theme.INK.light
        canvas.words.append(Word(middle, y, text, ink, align="center", size=small, halo=True))


def _sum_stacks(
    bars: Sequence[Bar], places: Sequence[tuple[float, float]], request: Request
) -> list[tuple[Bar, tuple[float, float], str]]:
    """The uppermost bar of each stack, with the sum of all its parts; none where any hangs down.

    A sum has the decimals of its least exact part.
    """
    if any(bar.low < 0 or bar.high < bar.low for bar in bars):
        return []
    digits = choose_digits(request, [(bar.series, bar.exact) for bar in bars])
    fewest = min(digits.values())
    sums: dict[int, Decimal] = {}
    tops = {}
    for bar, place in zip(bars, places, strict=True):
        sums[bar.band] = sums.get(bar.band, Decimal(0)) + bar.exact
        tops[bar.band] = (bar, place)
    return [
        (bar, place, request.catalogue.number(sums[band], fewest))
        for band, (bar, place) in tops.items()
    ]


def _draw_bars(
    bars: Sequence[Bar], places: Sequence[tuple[float, float]], axis: Axis
) -> list[Spec]:
    """Final values as full bars, others as light ones with an outline."""
    charts = []
    for hollow in (False, True):
        rows = [
            {
                "left": round(left, 1),
                "right": round(right, 1),
                "low": bar.low,
                "high": bar.high,
                "value": bar.value,
                "series": bar.series,
                "period": bar.key,
                "colour": bar.colour,
            }
            for bar, (left, right) in zip(bars, places, strict=True)
            if bar.hollow is hollow
        ]
        if rows:
            charts.append(
                make_marks("rect", rows, **look_of(hollow=hollow)).encode(
                    x=pixels("left"),
                    x2=far_end("right"),
                    y=on_axis("low", axis),
                    y2=far_end("high"),
                    fill=as_is("fill", "colour"),
                    stroke=as_is("stroke", "colour"),
                )
            )
    return charts


def look_of(*, hollow: bool) -> dict[str, Any]:
    """How a bar's inside and outline look."""
    return {"fillOpacity": 0.3 if hollow else 1.0, "strokeWidth": 1}


def draw_ranked(known: pd.DataFrame, request: Request, size: Size) -> Spec:
    """One horizontal bar for each series, the largest first."""
    rows = list_records(known.sort_values("value", ascending=False, kind="stable"))
    values = [row["value"] for row in rows]
    axis = make_value_axis(values, 4 if size.narrow else 6, request.catalogue, zero=True)
    period = request.name_period(rows[0]["period"], known["series"])
    digits = choose_digits(request, [(row["series"], row["exact"]) for row in rows])
    unit = f"{request.unit_words(request.declaration.series)}, {period}"
    lanes = lay_lanes(size, [row["label"] for row in rows], axis, [], unit)
    canvas, half = lanes.canvas, 7.0
    zero = canvas.x_of(axis, 0.0)
    charts = []
    for hollow in (False, True):
        data = [
            {
                "left": round(min(zero, canvas.x_of(axis, row["value"])), 1),
                "right": round(max(zero, canvas.x_of(axis, row["value"])), 1),
                "top": round(lanes.y_of(number) - half, 1),
                "bottom": round(lanes.y_of(number) + half, 1),
                "value": row["value"],
                "series": row["series"],
                "period": row["key"],
            }
            for number, row in enumerate(rows)
            if (row["status"] in HOLLOW) is hollow
        ]
        if data:
            colour = fill_of(0)
            charts.append(
                make_marks(
                    "rect", data, fill=colour, stroke=colour, **look_of(hollow=hollow)
                ).encode(
                    x=pixels("left"),
                    x2=far_end("right"),
                    y=pixels("top"),
                    y2=far_end("bottom"),
                )
            )
    for number, row in enumerate(rows):
        text = request.catalogue.number(row["exact"], digits[row["series"]])
        x = max(zero, canvas.x_of(axis, row["value"])) + 6
        ink = theme.INK.light
        canvas.words.append(Word(x, lanes.y_of(number), text, ink, size=11, halo=True))
    return canvas.compose(charts)
