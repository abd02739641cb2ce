"""Stacked areas over time, as amounts or as shares of their sum.

Knows how layers stack. A period in which any layer has no value is left open, for its sum is not
known; what is not final is lighter.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from report import theme
from report.declaring import Model
from report.figures.canvas import Canvas, Size
from report.figures.checking import Fault, find_shape_fault, find_unit_fault, list_series
from report.figures.flags import count_rows, fit_flags, gather_flags, write_flags
from report.figures.frames import draw_nothing, frame_plot, write_keys
from report.figures.gathering import (
    digits_of,
    gather_series,
    keep_known,
    make_frame,
    tabulate_periods,
    units_of,
)
from report.figures.labels import Key, colour_of, fill_of
from report.figures.layers import Channel, Spec, far_end, make_marks
from report.figures.libraries import list_records, list_rows, pd
from report.figures.places import Axis, make_period_axis, make_value_axis
from report.figures.request import FigureRefused, Request, is_annual
from report.figures.strokes import HOLLOW, colour_by, on_axis
from report.model import FigureDeclaration, Report
from report.tables import Table

MOST_LABELS = {"wide": 8, "narrow": 4}


class Options(Model):
    """Settings of an area figure."""

    share: bool = False
    """Whether layers are per cent of their sum."""
    absent_is_zero: bool = False
    """Whether a layer without a value counts as nothing, e.g. before a product existed."""


def check(declaration: FigureDeclaration, _: Options, report: Report) -> Iterator[Fault]:
    """Layers add up only in one unit."""
    yield from find_shape_fault(declaration, least=2)
    yield from find_unit_fault(list_series(declaration), report)


def gather(request: Request) -> pd.DataFrame:
    """Rows of all layers; `low` and `high` say between which heights a layer lies."""
    frame = gather_series(request, request.declaration.series)
    rows = list_records(frame)
    if any(row["exact"] is not None and row["exact"] < 0 for row in rows):
        names = sorted({row["series"] for row in rows if row["exact"] and row["exact"] < 0})
        msg = f"series {names[0]!r} has negative values, which areas cannot stack"
        raise FigureRefused(f"{msg}; use bars with kind: diverging")
    whole = _find_whole_periods(rows, request)
    runs = _number_whole(whole, sorted({row["period"] for row in rows}))
    piles: dict[Any, Decimal] = dict.fromkeys(whole, Decimal(0))
    for row in sorted(rows, key=lambda row: row["order"]):
        period = row["period"]
        if period in whole and row["exact"] is not None:
            if request.options.share:
                row["exact"] = row["exact"] / whole[period] * 100
                row["value"] = float(row["exact"])
            row["low"], row["high"] = float(piles[period]), float(piles[period] + row["exact"])
            piles[period] += row["exact"]
            row["run"] = runs[period]
        elif request.options.share:
            row["exact"], row["value"] = None, float("nan")
    return make_frame(rows, ("low", "high"))


def _find_whole_periods(rows: list[dict[Any, Any]], request: Request) -> dict[Any, Decimal]:
    """Periods whose sum is known and not zero, with the sum."""
    sums: dict[Any, Decimal] = {}
    counts: dict[Any, int] = {}
    for row in rows:
        if row["exact"] is not None:
            sums[row["period"]] = sums.get(row["period"], Decimal(0)) + row["exact"]
            counts[row["period"]] = counts.get(row["period"], 0) + 1
    wanted = len(request.declaration.series)
    return {
        period: total
        for period, total in sums.items()
        if (total or not request.options.share)
        and (counts[period] == wanted or request.options.absent_is_zero)
    }


def _number_whole(whole: dict[Any, Decimal], periods: list[Any]) -> dict[Any, int]:
    """The number of the unbroken run in which each whole period lies."""
    runs: dict[Any, int] = {}
    run, last = 0, None
    for period in periods:
        if period in whole:
            if last is not None and (runs.get(last) is None or last.shift(1) != period):
                run += 1
            runs[period] = run
        last = period
    return runs


def tabulate(frame: pd.DataFrame, request: Request) -> Table:
    """A row for each period, a column for each layer."""
    names = request.declaration.series
    if request.options.share:
        words = request.catalogue.gettext("percent of the sum")
        return tabulate_periods(
            frame, request, dict.fromkeys(names, 1), dict.fromkeys(names, words)
        )
    return tabulate_periods(frame, request, digits_of(request, names), units_of(request, names))


def describe(request: Request) -> Iterator[str]:
    """What an absent value means here."""
    if request.options.absent_is_zero:
        yield request.catalogue.gettext("A part without a value is drawn as nothing.")


def draw(frame: pd.DataFrame, request: Request, size: Size) -> Spec:
    """The chart at one size."""
    known = keep_known(frame)
    stacked = known[known["high"].notna()]
    if stacked.empty:
        return draw_nothing(request, size)
    annual = is_annual(frame["period"])
    x_axis = make_period_axis(stacked["period"], 6 if size.narrow else 12, request.catalogue)
    y_axis = _make_axis(stacked, request, size)
    keys = {
        row.series: Key(row.label, colour_of(row.order), fill=fill_of(row.order))
        for row in list_rows(stacked.drop_duplicates("series"))
    }
    flags = gather_flags(request, (), x_axis, annual=annual)
    canvas = Canvas(size, top=26, bottom=26)
    most = MOST_LABELS[size.name]
    frame_plot(canvas, y_axis, list(keys.values()), most)
    places = fit_flags(canvas, x_axis, flags, annual=annual)
    canvas.top += count_rows(places) * size.font * 1.3
    canvas.write_unit(name_unit(request))
    canvas.add_value_axis(y_axis)
    canvas.add_period_axis(x_axis)
    behind = len(canvas.rules)
    write_flags(canvas, places)
    last = stacked[stacked["x"] == stacked["x"].max()].set_index("series")
    heights = [
        canvas.y_of(y_axis, float((last["low"][name] + last["high"][name]) / 2))
        if name in last.index
        else canvas.plot_height
        for name in keys
    ]
    ends = [(canvas.plot_width, height) for height in heights]
    write_keys(canvas, list(keys.values()), ends, most)
    colours = {
        str(row.series): fill_of(row.order) for row in list_rows(stacked.drop_duplicates("series"))
    }
    return canvas.compose(_draw_layers(stacked, colours, x_axis, y_axis), behind=behind)


def name_unit(request: Request) -> str:
    """The unit in words."""
    if request.options.share:
        return request.catalogue.gettext("percent of the sum")
    return request.unit_words(request.declaration.series)


def _make_axis(stacked: pd.DataFrame, request: Request, size: Size) -> Axis:
    values = [100.0] if request.options.share else [float(v) for v in stacked["high"]]
    return make_value_axis(values, 4 if size.narrow else 5, request.catalogue, zero=True)


def _draw_layers(
    stacked: pd.DataFrame, colours: dict[str, str], x_axis: Axis, y_axis: Axis
) -> list[Spec]:
    charts = []
    for soft in (False, True):
        rows = list(_list_rows(stacked, soft=soft))
        if not rows:
            continue
        look: dict[str, Any] = {"fillOpacity": 0.5 if soft else 1.0}
        charts.append(
            make_marks("area", rows, stroke=theme.PAPER.light, strokeWidth=1, **look).encode(
                x=on_axis("x", x_axis),
                y=on_axis("low", y_axis),
                y2=far_end("high"),
                fill=colour_by(colours),
                detail=Channel("path", "nominal"),
            )
        )
    return charts


def _list_rows(stacked: pd.DataFrame, *, soft: bool) -> Iterator[dict[str, Any]]:
    """Rows of the areas that lead to final values, or of those that lead to others."""
    unsure = set(stacked[stacked["status"].isin(list(HOLLOW))]["period"])
    path = 0
    for _, run in stacked.groupby(["order", "run"], sort=True):
        path += 1
        previous: dict[Any, Any] | None = None
        for row in list_records(run.sort_values("x")):
            if (row["period"] in unsure) is soft:
                if previous is not None and previous.get("drawn") != path:
                    path += 1
                    yield _pick(previous, path)
                row["drawn"] = path
                yield _pick(row, path)
            previous = row


def _pick(row: dict[Any, Any], path: int) -> dict[str, Any]:
    kept = {name: row[name] for name in ("series", "x", "low", "high", "value")}
    return {**kept, "path": path}
