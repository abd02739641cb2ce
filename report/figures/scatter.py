"""One series against another: a point for each period, or for each pair of series.

Knows labels on points and the path through time.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pydantic import Field

from report import theme
from report.declaring import Id, Model, Texts
from report.figures.canvas import Canvas, Rule, Size, Word
from report.figures.checking import (
    Fault,
    find_series_fault,
    find_shape_fault,
    find_unit_fault,
)
from report.figures.frames import UNIT_ROW, draw_nothing
from report.figures.gathering import describe_point, make_frame, make_value, name_periods
from report.figures.layers import Channel, Spec, as_is, make_marks
from report.figures.libraries import list_records, list_rows, pd
from report.figures.places import Axis, make_value_axis
from report.figures.request import Request
from report.figures.strokes import HOLLOW, on_axis
from report.figures.times import show_short
from report.model import FigureDeclaration, Point, Report
from report.tables import Cell, Column, Table, make_table

MOST_LABELS = {"wide": 24, "narrow": 9}
BOTH = ("across", "across_exact", "across_status", "across_series")


class Pair(Model):
    """One labelled point: its newest period that both series know."""

    label: Texts
    x: Id
    y: Id


class Options(Model):
    """Settings of a scatter figure."""

    pairs: tuple[Pair, ...] = Field(default=(), max_length=40)
    """Where none are given, the figure's two series, x then y, joined by period."""
    path: bool = False
    """Whether a line follows time."""
    x_title: Texts = Field(default_factory=dict)
    y_title: Texts = Field(default_factory=dict)


def check(declaration: FigureDeclaration, options: Options, report: Report) -> Iterator[Fault]:
    """Two series, or pairs that share a unit along each side."""
    if not options.pairs:
        yield from find_shape_fault(declaration, least=2, most=2)
    elif declaration.series:
        yield "series", "is given beside options.pairs", "keep one of them"
    for side in ("x", "y"):
        named = [
            (f"options.pairs[{number}].{side}", str(getattr(pair, side)))
            for number, pair in enumerate(options.pairs)
        ]
        for key, name in named:
            yield from find_series_fault(key, name, report)
        yield from find_unit_fault(named, report)


def gather(request: Request) -> pd.DataFrame:
    """A row for each point: `value` is its height, `across` its place from the left."""
    options: Options = request.options
    rows: list[dict[str, Any]] = []
    if options.pairs:
        for order, pair in enumerate(options.pairs):
            joined = _join(request, pair.x, pair.y)
            if joined:
                label = request.catalogue.text(pair.label)
                rows.append(_make_row((pair.x, pair.y), joined[-1], label, order))
    else:
        names = request.declaration.series
        for order, points in enumerate(_join(request, names[0], names[1])):
            label = show_short(points[0].period, request.catalogue)
            rows.append(_make_row((names[0], names[1]), points, label, order))
    return make_frame(rows, BOTH)


def _join(request: Request, x: str, y: str) -> list[tuple[Point, Point]]:
    """Points of both series for the periods in which both have a value."""
    across = {point.period: point for point in request.points(x) if point.value is not None}
    return [
        (across[point.period], point)
        for point in request.points(y)
        if point.value is not None and point.period in across
    ]


def _make_row(
    names: tuple[str, str], points: tuple[Point, Point], label: str, order: int
) -> dict[str, Any]:
    row = describe_point(points[1])
    row["sources"] = tuple(sorted({*points[0].sources, *points[1].sources}))
    across = points[0].value
    return {
        **row,
        "series": names[1],
        "label": label,
        "order": order,
        "role": "value",
        "x": float(order),
        "run": 0,
        "across": None if across is None else float(across),
        "across_exact": across,
        "across_status": points[0].status,
        "across_series": names[0],
    }


def tabulate(frame: pd.DataFrame, request: Request) -> Table:
    """A row for each point with both its values."""
    catalogue, options = request.catalogue, request.options
    names = _name_sides(request)
    x, y = _list_sides(request)
    first = name_periods(list(frame["period"]), catalogue)
    heads = [Column(catalogue.gettext("Name"), numeric=False)] if options.pairs else []
    heads += [
        Column(first, numeric=False),
        Column(names[0], request.unit_words([x[0]]), series="" if options.pairs else x[0]),
        Column(names[1], request.unit_words([y[0]]), series="" if options.pairs else y[0]),
    ]
    rows = []
    for row in list_records(frame):
        cells = [Cell(row["label"])] if options.pairs else []
        digits = request.unit(row["across_series"]).digits, request.unit(row["series"]).digits
        across = (row["across_exact"], row["across_status"])
        rows.append(
            [
                *cells,
                Cell(catalogue.period(row["period"])),
                make_value(across, digits[0], catalogue),
                make_value((row["exact"], row["status"]), digits[1], catalogue),
            ]
        )
    return make_table(request.caption, heads, rows, catalogue)


def _list_sides(request: Request) -> tuple[list[str], list[str]]:
    pairs = request.options.pairs
    if pairs:
        return [pair.x for pair in pairs], [pair.y for pair in pairs]
    return [request.declaration.series[0]], [request.declaration.series[1]]


def _name_sides(request: Request) -> tuple[str, str]:
    """What stands on each axis, in words."""
    options: Options = request.options
    x, y = _list_sides(request)
    return (
        request.catalogue.text(options.x_title) or request.label(x[0]),
        request.catalogue.text(options.y_title) or request.label(y[0]),
    )


def describe(request: Request) -> Iterator[str]:
    """What the path means."""
    if request.options.path:
        yield request.catalogue.gettext("The line follows time.")


def draw(frame: pd.DataFrame, request: Request, size: Size) -> Spec:
    """The chart at one size."""
    if frame.empty:
        return draw_nothing(request, size)
    across = [float(value) for value in frame["across"]]
    heights = [float(value) for value in frame["value"]]
    x_axis = _make_axis(across, 4 if size.narrow else 6, request)
    y_axis = _make_axis(heights, 4 if size.narrow else 5, request)
    canvas = Canvas(size, top=UNIT_ROW + 4, bottom=44, right=16)
    canvas.left = max(canvas.measure(tick.text) for tick in y_axis.ticks) + 10
    x, y = _list_sides(request)
    names = _name_sides(request)
    canvas.write_unit(f"↑ {names[1]}, {request.unit_words([y[0]])}")
    right = f"{names[0]}, {request.unit_words([x[0]])} →"
    canvas.words.append(Word(canvas.plot_width, canvas.plot_height + 34, right, align="right"))
    canvas.add_value_axis(y_axis)
    for tick in x_axis.ticks:
        at = canvas.x_of(x_axis, tick.at)
        canvas.rules.append(Rule(at, 0, at, canvas.plot_height, theme.GRID.light))
        canvas.words.append(Word(at, canvas.plot_height + 14, tick.text, align="center"))
    _write_labels(canvas, frame, request, x_axis, y_axis)
    layers = _draw_path(frame, x_axis, y_axis) if request.options.path else []
    layers += _draw_spots(frame, x_axis, y_axis)
    return canvas.compose(layers)


def _make_axis(values: list[float], count: int, request: Request) -> Axis:
    zero = 0 <= min(values) <= 0.35 * max(values)
    return make_value_axis(values, count, request.catalogue, zero=zero)


def _write_labels(
    canvas: Canvas, frame: pd.DataFrame, request: Request, x_axis: Axis, y_axis: Axis
) -> None:
    """Labels beside points, first and last first; one that would touch another is left out."""
    spots = [
        (canvas.x_of(x_axis, row.across), canvas.y_of(y_axis, row.value), row.label)
        for row in list_rows(frame)
    ]
    count = len(spots)
    order = [count - 1, 0, *range(count - 2, 0, -1)] if count > 1 else [0]
    taken = [(x - 5, y - 5, x + 5, y + 5) for x, y, _ in spots]
    size = canvas.size.font - 1
    written = 0
    for number in order:
        x, y, text = spots[number]
        width = canvas.measure(text, size=size)
        for left, top in (
            (x + 8, y),
            (x - 8 - width, y),
            (x - width / 2, y - 14),
            (x - width / 2, y + 14),
        ):
            box = (left, top - 7, left + width, top + 7)
            inside = left >= -canvas.left and left + width <= canvas.plot_width + canvas.right
            if inside and box[1] >= -14 and not any(_touch(box, other) for other in taken):
                taken.append(box)
                ink = theme.INK.light
                canvas.words.append(Word(left, top, text, ink, size=size, halo=True))
                written += 1
                break
        if written >= MOST_LABELS[canvas.size.name] and not request.options.pairs:
            return


Box = tuple[float, float, float, float]


def _touch(one: Box, other: Box) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _draw_path(frame: pd.DataFrame, x_axis: Axis, y_axis: Axis) -> list[Spec]:
    rows = [
        {"order": row.order, "across": row.across, "value": row.value} for row in list_rows(frame)
    ]
    return [
        make_marks("line", rows, strokeWidth=1.2, color=theme.AXIS.light).encode(
            x=on_axis("across", x_axis),
            y=on_axis("value", y_axis),
            order=Channel("order", "quantitative"),
        )
    ]


def _draw_spots(frame: pd.DataFrame, x_axis: Axis, y_axis: Axis) -> list[Spec]:
    colour = theme.SERIES[0].light
    rows = [
        {
            "period": row.key,
            "across": row.across,
            "value": row.value,
            "fill": theme.PAPER.light
            if row.status in HOLLOW or row.across_status in HOLLOW
            else colour,
        }
        for row in list_rows(frame)
    ]
    return [
        make_marks("point", rows, opacity=1, strokeWidth=1.6, size=46, stroke=colour).encode(
            x=on_axis("across", x_axis),
            y=on_axis("value", y_axis),
            fill=as_is("fill", "fill"),
        )
    ]
