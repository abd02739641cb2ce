"""A heatmap: series by period, or rows by columns, with the numbers printed in the cells.

Knows the steps of colour and the letters' colour that each step allows.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from pydantic import Field

from report import theme
from report.figures.canvas import LINE_HEIGHT, Canvas, Size, Word
from report.figures.checking import Fault, find_shape_fault, find_unit_fault, list_series
from report.figures.frames import UNIT_ROW, draw_nothing
from report.figures.gathering import (
    digits_of,
    gather_series,
    keep_known,
    make_frame,
    tabulate_periods,
    units_of,
)
from report.figures.grid import (
    MORE,
    GridOptions,
    check_grid,
    gather_grid,
    list_grid_series,
    tabulate_grid,
)
from report.figures.layers import Spec, as_is, far_end, make_marks, pixels
from report.figures.letters import clamp_lines, measure_text, shorten_text, wrap_text
from report.figures.libraries import list_records, list_rows, pd
from report.figures.request import Request
from report.figures.times import show_short
from report.model import FigureDeclaration, Report, Status
from report.tables import MARKS, Column, Table

MOST_ROWS = 24
TALLEST_HEAD = 130.0


class Options(GridOptions):
    """Settings of a heatmap."""

    middle: Decimal | None = Field(default=None, allow_inf_nan=False)
    """Where colours turn from one hue to the other; without it one hue deepens."""
    digits: int | None = Field(default=None, ge=0, le=4)
    """Decimals printed in cells, where fewer than the unit's."""


@dataclass(frozen=True, slots=True)
class Box:
    """One cell of the grid: where it stands and what it shows."""

    row: int
    column: int
    value: float
    exact: Decimal
    series: str
    status: Status
    key: str


def check(declaration: FigureDeclaration, options: Options, report: Report) -> Iterator[Fault]:
    """One unit for all cells; rows or series, not both."""
    if options.rows:
        yield from check_grid(options, report)
        if declaration.series:
            yield "series", "is given beside options.rows", "keep one of them"
    else:
        yield from find_shape_fault(declaration, most=MOST_ROWS)
    yield from find_unit_fault(list_series(declaration) + list_grid_series(options), report)


def gather(request: Request) -> pd.DataFrame:
    """A row for each cell; `row` and `column` are its place."""
    if request.options.rows:
        return gather_grid(request)
    rows = list_records(gather_series(request, request.declaration.series))
    periods = sorted({row["period"] for row in rows})
    to_date = all(request.is_to_date(name) for name in request.declaration.series)
    for row in rows:
        period = row["period"]
        row.update(row=row["order"], column=periods.index(period), row_label=row["label"])
        row["column_label"] = show_short(period, request.catalogue, to_date=to_date)
    return make_frame(rows, MORE)


def tabulate(frame: pd.DataFrame, request: Request) -> Table:
    """The grid as it is, or periods down and series across."""
    options: Options = request.options
    if not options.rows:
        names = request.declaration.series
        return tabulate_periods(frame, request, digits_of(request, names), units_of(request, names))
    catalogue = request.catalogue
    unit = request.unit_words(dict.fromkeys(frame["series"]))
    heads = [Column(catalogue.text(texts), unit) for texts in options.columns]
    names = tuple(catalogue.text(row.label) for row in options.rows)
    return tabulate_grid(frame, request, heads, names, catalogue.gettext("Name"))


def describe(request: Request) -> Iterator[str]:
    """How the colours are to be read."""
    say = request.catalogue.gettext
    if request.options.middle is None:
        yield say("Darker (on dark pages brighter) cells hold larger values.")
    else:
        middle = request.catalogue.number(
            request.options.middle, max(0, -int(request.options.middle.as_tuple().exponent))
        )
        yield say("The two hues lie below and above %(middle)s.", middle=middle)


def choose_step(value: float, low: float, high: float, middle: float | None) -> int:
    """Which step of the ramp a value takes."""
    if middle is None:
        share = 0.5 if high == low else (value - low) / (high - low)
        return min(int(share * len(theme.SEQUENTIAL)), len(theme.SEQUENTIAL) - 1)
    reach = max(abs(high - middle), abs(low - middle)) or 1.0
    half = len(theme.DIVERGING) // 2
    return half + round((value - middle) / reach * half)


def draw(frame: pd.DataFrame, request: Request, size: Size) -> Spec:
    """The chart at one size; a narrow one stands periods upright where that fits better."""
    known = keep_known(frame)
    if known.empty:
        return draw_nothing(request, size)
    rows, columns = _name_sides(frame, request)
    turned = size.narrow and len(columns) > 6 and len(rows) < len(columns)
    boxes = [
        Box(r.column if turned else r.row, r.row if turned else r.column,
            r.value, r.exact, r.series, r.status, r.key)
        for r in list_rows(known)
    ]  # fmt: skip
    if turned:
        rows, columns = columns, rows
    thin = not turned and not request.options.rows
    canvas = _lay_out(size, rows, columns, thin=thin)
    canvas.write_unit(request.unit_words(dict.fromkeys(known["series"])))
    width = canvas.plot_width / len(columns)
    height = canvas.plot_height / len(rows)
    _write_sides(canvas, rows, columns, thin=thin)
    return canvas.compose(_draw_boxes(canvas, boxes, request, (width, height)))


def _name_sides(frame: pd.DataFrame, request: Request) -> tuple[list[str], list[str]]:
    options: Options = request.options
    if options.rows:
        return (
            [request.catalogue.text(row.label) for row in options.rows],
            [request.catalogue.text(texts) for texts in options.columns],
        )
    columns = dict(zip(frame["column"], frame["column_label"], strict=True))
    rows = [request.label(name) for name in request.declaration.series]
    return rows, [columns[n] for n in sorted(columns)]


def _lay_out(size: Size, rows: Sequence[str], columns: Sequence[str], *, thin: bool) -> Canvas:
    """Margins for the labels; heads that may not be thinned out stand upright where crowded."""
    canvas = Canvas(size, right=2, bottom=4)
    widest = 110.0 if size.narrow else 190.0
    canvas.left = min(max(measure_text(text, size.font) for text in rows), widest) + 10
    canvas.top = UNIT_ROW + _measure_heads(canvas, columns, thin=thin)
    tall = any(measure_text(text, size.font) > widest for text in rows)
    canvas.height = canvas.top + canvas.bottom + (36.0 if tall else 28.0) * len(rows)
    return canvas


def _wrap_heads(canvas: Canvas, columns: Sequence[str]) -> list[list[str]] | None:
    """Heads in lines as wide as their columns; nothing where they do not fit."""
    width, small = canvas.plot_width / len(columns) - 5, canvas.size.font - 1
    blocks = [wrap_text(text, width, small) for text in columns]
    fits = all(
        len(block) <= 3 and all(measure_text(line, small) <= width + 1 for line in block)
        for block in blocks
    )
    return blocks if fits else None


def _measure_heads(canvas: Canvas, columns: Sequence[str], *, thin: bool) -> float:
    small = canvas.size.font - 1
    blocks = _wrap_heads(canvas, columns)
    if blocks is not None:
        return max(len(block) for block in blocks) * small * LINE_HEIGHT + 2
    if thin:
        return small * LINE_HEIGHT + 2
    return min(max(measure_text(text, small) for text in columns), TALLEST_HEAD) + 8


def _write_sides(
    canvas: Canvas, rows: Sequence[str], columns: Sequence[str], *, thin: bool
) -> None:
    font, ink = canvas.size.font, theme.INK.light
    width, height = canvas.plot_width / len(columns), canvas.plot_height / len(rows)
    room = canvas.left - 9
    for number, text in enumerate(rows):
        lines = clamp_lines(wrap_text(text, room, font), 2, room, font)
        canvas.write_lines(lines, -canvas.left, (number + 0.5) * height, colour=ink)
    small = font - 1
    blocks = _wrap_heads(canvas, columns)
    if blocks is None and not thin:
        for number, text in enumerate(columns):
            x, shown = (number + 0.5) * width, shorten_text(text, TALLEST_HEAD, small)
            canvas.words.append(Word(x, -6, shown, size=small, upright=True))
        return
    step = 1
    if blocks is None:
        widest = max(measure_text(text, small) for text in columns)
        last = canvas.plot_width - width / 2
        pushed = last - canvas.keep_within(last, widest)
        step = math.ceil((widest + pushed + 8) / width)
    for number in range(len(columns) - 1, -1, -step):
        block = blocks[number] if blocks else [columns[number]]
        middle = -4 - len(block) * small * LINE_HEIGHT / 2
        widest = max(measure_text(line, small) for line in block)
        x = canvas.keep_within((number + 0.5) * width, widest)
        canvas.write_lines(block, x, middle, align="center", size=small)


def _draw_boxes(
    canvas: Canvas, boxes: Sequence[Box], request: Request, cell: tuple[float, float]
) -> list[Spec]:
    """Filled cells with their numbers, or where these have no room with their marks alone."""
    width, height = cell
    values = [box.value for box in boxes]
    options: Options = request.options
    middle = None if options.middle is None else float(options.middle)
    ramp = theme.SEQUENTIAL if middle is None else theme.DIVERGING
    texts = [_print(box, request) for box in boxes]
    widest = max(measure_text(text, 1) for text in texts)
    small = next((size for size in (12.0, 11.0, 10.0) if widest * size <= width - 3), 0.0)
    rows: list[dict[str, Any]] = []
    for box, text in zip(boxes, texts, strict=True):
        step = choose_step(box.value, min(values), max(values), middle)
        left, top = box.column * width, box.row * height
        rows.append(
            {"left": round(left, 1), "right": round(left + width - 1.5, 1), "top": round(top, 1),
             "bottom": round(top + height - 1.5, 1), "fill": ramp[step].fill.light,
             "series": box.series, "period": box.key, "value": box.value}
        )  # fmt: skip
        shown = text if small else MARKS.get(box.status, "")
        if shown:
            colour = ramp[step].text.light
            x, y = left + width / 2, top + height / 2
            canvas.words.append(Word(x, y, shown, colour, align="center", size=small or 10))
    return [
        make_marks("rect", rows).encode(
            x=pixels("left"),
            x2=far_end("right"),
            y=pixels("top"),
            y2=far_end("bottom"),
            fill=as_is("fill", "fill"),
        )
    ]


def _print(box: Box, request: Request) -> str:
    digits = request.options.digits
    own = request.unit(box.series).digits
    shown = request.catalogue.number(box.exact, own if digits is None else min(digits, own))
    return shown + MARKS.get(box.status, "")
