"""Dots and dumbbells: entities in rows, one or two periods or several series as dots.

Knows intervals and how rows are ordered.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Literal

from pydantic import Field

from report import theme
from report.declaring import Id
from report.figures.canvas import Size, Word
from report.figures.checking import (
    Fault,
    find_series_fault,
    find_shape_fault,
    find_unit_fault,
    list_series,
)
from report.figures.frames import draw_nothing
from report.figures.gathering import choose_digits, describe_point, keep_known, make_frame
from report.figures.grid import (
    MORE,
    GridOptions,
    check_grid,
    gather_grid,
    list_grid_series,
    pick_point,
    tabulate_grid,
)
from report.figures.labels import Key, colour_of, shape_of
from report.figures.lanes import Lanes, lay_lanes
from report.figures.layers import Spec, as_is, far_end, make_marks, pixels
from report.figures.libraries import list_records, list_rows, pd
from report.figures.places import make_value_axis
from report.figures.request import PeriodText, Request
from report.figures.strokes import HOLLOW, on_axis
from report.model import FigureDeclaration, Report
from report.periods import parse_period
from report.tables import Column, Table

MOST_ROWS = 30


class Options(GridOptions):
    """Settings of a dot figure."""

    periods: tuple[PeriodText, ...] = Field(default=(), max_length=3)
    """Dots of each series; where none are given, its newest value."""
    intervals: Mapping[Id, tuple[Id, Id]] = Field(default_factory=dict)
    """For a series, those that hold the lower and upper end of its range."""
    sort: Literal["value", "declared"] = "value"
    zero: bool | None = None


def check(declaration: FigureDeclaration, options: Options, report: Report) -> Iterator[Fault]:
    """One unit on the axis; rows or series, not both."""
    named = list_series(declaration) + list_grid_series(options)
    if options.rows:
        yield from check_grid(options, report)
        if declaration.series:
            yield "series", "is given beside options.rows", "keep one of them"
    else:
        yield from find_shape_fault(declaration, most=MOST_ROWS)
    for name, ends in options.intervals.items():
        for place, end in enumerate(ends):
            key = f"options.intervals.{name}[{place}]"
            yield from find_series_fault(key, end, report)
            named.append((key, end))
    yield from find_unit_fault(named, report)


def gather(request: Request) -> pd.DataFrame:
    """A row for each dot (`row`, `column`) and for each end of an interval."""
    frame = gather_grid(request) if request.options.rows else _gather_plain(request)
    return _sort_rows(frame) if request.options.sort == "value" else frame


def _gather_plain(request: Request) -> pd.DataFrame:
    options: Options = request.options
    periods: tuple[str | None, ...] = options.periods or (options.period,)
    rows: list[dict[str, Any]] = []
    for number, name in enumerate(request.declaration.series):
        for place, period in enumerate(periods):
            wanted = [("value", name, place)]
            for end, bound in enumerate(options.intervals.get(name, ())):
                role = "high" if end else "low"
                wanted.append((role, bound, len(periods) + 2 * place + end))
            for role, series, column in wanted:
                point = pick_point(request, series, period)
                if point is not None:
                    rows.append(_make_row(request, (name, number), (role, series, column), point))
    return make_frame(rows, MORE)


def _make_row(
    request: Request, row: tuple[str, int], cell: tuple[str, str, int], point: Any
) -> dict[str, Any]:
    role, series, column = cell
    label = request.label(row[0])
    return {
        "series": series,
        "label": label,
        "order": column,
        "role": role,
        "x": float(column),
        "run": 0,
        "row": row[1],
        "column": column,
        "row_label": label,
        "column_label": request.name_period(point.period, [series]),
        **describe_point(point),
    }


def _sort_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """Rows by the value of their last dot, largest first; those without one stay last."""
    last: dict[Any, float] = {}
    for row in list_rows(keep_known(frame).sort_values("column")):
        if row.role == "value":
            last[row.row] = row.value
    order = sorted(set(frame["row"]), key=lambda n: (-last.get(n, float("-inf")), n))
    frame["row"] = [order.index(number) for number in frame["row"]]
    return frame.sort_values(["row", "column"], kind="stable", ignore_index=True)


def tabulate(frame: pd.DataFrame, request: Request) -> Table:
    """A row for each entity, a column for each dot and end."""
    catalogue, options = request.catalogue, request.options
    labels = dict(zip(frame["row"], frame["row_label"], strict=True))
    unit = request.unit_words(dict.fromkeys(frame["series"]))
    if options.rows:
        heads = [catalogue.text(texts) for texts in options.columns]
    else:
        names = _name_dots(frame, request)
        ends = (catalogue.gettext("lower end"), catalogue.gettext("upper end"))
        heads = names + (
            [f"{n}, {end}" for n in names for end in ends] if options.intervals else []
        )
    columns = [Column(head, unit) for head in heads]
    names = [labels[number] for number in sorted(labels)]
    return tabulate_grid(frame, request, columns, names, catalogue.gettext("Name"))


def _name_dots(frame: pd.DataFrame, request: Request) -> list[str]:
    """What the dots of each row are: the periods asked for, or the newest."""
    options: Options = request.options
    asked = options.periods or ((options.period,) if options.period else ())
    if asked:
        return [request.name_period(parse_period(period), frame["series"]) for period in asked]
    periods = set(frame[frame["role"] == "value"]["period"])
    if len(periods) == 1:
        return [request.name_period(next(iter(periods)), frame["series"])]
    return [request.catalogue.gettext("newest value")]


def describe(request: Request) -> Iterator[str]:
    """What lines between or through dots mean."""
    if request.options.intervals:
        yield request.catalogue.gettext("Thin lines show the range that the source gives.")


def draw(frame: pd.DataFrame, request: Request, size: Size) -> Spec:
    """The chart at one size; its height grows with the rows."""
    known = keep_known(frame)
    if known.empty:
        return draw_nothing(request, size)
    options: Options = request.options
    values = [float(value) for value in known["value"]]
    zero = options.zero if options.zero is not None else 0 <= min(values) <= 0.6 * max(values)
    axis = make_value_axis(values, 4 if size.narrow else 6, request.catalogue, zero=zero)
    labels = dict(zip(frame["row"], frame["row_label"], strict=True))
    dots = known[known["role"] == "value"]
    heads = [request.catalogue.text(c) for c in options.columns] or _name_dots(frame, request)
    keys = [Key(head, colour_of(n), shape_of(n)) for n, head in enumerate(heads)]
    unit = request.unit_words(dict.fromkeys(known["series"]))
    if len(heads) == 1 and not options.columns:
        unit = f"{unit}, {heads[0]}"
    lanes = lay_lanes(size, [labels[n] for n in sorted(labels)], axis, keys, unit)
    reach = known.groupby("row")["value"].max().to_dict()
    _print_values(lanes, dots, reach, request)
    layers = _draw_spans(lanes, known, ("low", "high"), 1.6)
    layers += _draw_spans(lanes, dots, ("value",), 3.0)
    return lanes.canvas.compose([*layers, *_draw_dots(lanes, dots)])


def _draw_spans(
    lanes: Lanes, part: pd.DataFrame, roles: tuple[str, ...], width: float
) -> list[Spec]:
    """A line from least to greatest dot of each row, or through each range of a row."""
    chosen = part[part["role"].isin(list(roles))]
    rows = []
    for (number, *_), group in chosen.groupby(["row", "key"] if len(roles) > 1 else ["row"]):
        low, high = float(group["value"].min()), float(group["value"].max())
        if low < high:
            rows.append({"low": low, "high": high, "py": round(lanes.y_of(int(str(number))), 1)})
    if not rows:
        return []
    return [
        make_marks("rule", rows, strokeWidth=width, color=theme.AXIS.light).encode(
            x=on_axis("low", lanes.axis),
            x2=far_end("high"),
            y=pixels("py"),
        )
    ]


def _draw_dots(lanes: Lanes, dots: pd.DataFrame) -> list[Spec]:
    rows = [
        {
            "series": row.series,
            "period": row.key,
            "value": row.value,
            "py": round(lanes.y_of(row.row), 1),
            "fill": theme.PAPER.light if row.status in HOLLOW else colour_of(row.column),
            "stroke": colour_of(row.column),
            "shape": shape_of(row.column),
        }
        for row in list_rows(dots)
    ]
    return [
        make_marks("point", rows, opacity=1, strokeWidth=1.8, size=85).encode(
            x=on_axis("value", lanes.axis),
            y=pixels("py"),
            fill=as_is("fill", "fill"),
            stroke=as_is("stroke", "stroke"),
            shape=as_is("shape", "shape"),
        )
    ]


def _print_values(
    lanes: Lanes, dots: pd.DataFrame, reach: Mapping[Any, float], request: Request
) -> None:
    """Numbers left of the least and right of the greatest dot (or range) of each row."""
    canvas = lanes.canvas
    values = [(row.series, row.exact) for row in list_rows(dots)]
    digits = choose_digits(request, values)
    for number, group in dots.groupby("row", sort=True):
        y = lanes.y_of(int(str(number)))
        order = list_records(group.sort_values("value"))
        for row, side in ((order[-1], 1), (order[0], -1)):
            if side < 0 and len(order) == 1:
                continue
            text = request.catalogue.number(row["exact"], digits[row["series"]])
            edge = reach[number] if side > 0 else row["value"]
            x = canvas.x_of(lanes.axis, float(edge)) + 9 * side
            if x - canvas.measure(text, size=11) < 0 and side < 0:
                continue
            align = "left" if side > 0 else "right"
            canvas.words.append(
                Word(x, y, text, colour_of(row["column"]), align=align, size=11, halo=True)
            )
