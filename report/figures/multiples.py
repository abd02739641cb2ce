"""Small multiples: one little line or bar chart for each panel, on one or each on its own scale.

Knows how panels share a drawing. Each panel's newest value stands beside its title.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from pydantic import Field

from report import theme
from report.declaring import Id, Model, Texts
from report.figures.bands import UNKNOWN
from report.figures.bars import look_of
from report.figures.canvas import Canvas, Rule, Size, Word
from report.figures.checking import (
    Fault,
    find_series_fault,
    find_shape_fault,
    find_unit_fault,
    list_series,
)
from report.figures.frames import UNIT_ROW, draw_nothing
from report.figures.gathering import (
    choose_digits,
    digits_of,
    draw_alike_plainly,
    gather_series,
    keep_known,
    make_frame,
    tabulate_periods,
    units_of,
)
from report.figures.indexing import index_frame, name_index
from report.figures.labels import Key, colour_of, fill_of, fit_legend, shape_of, write_legend
from report.figures.layers import Spec, far_end, make_marks, pixels
from report.figures.letters import shorten_text
from report.figures.libraries import list_records, list_rows, pd
from report.figures.places import Axis, make_period_axis, make_value_axis
from report.figures.request import PeriodText, Request
from report.figures.strokes import HOLLOW, Pen, Scales, draw_lines, draw_points
from report.model import FigureDeclaration, Report
from report.periods import Kind
from report.tables import Table

MOST_PANELS = 16
BESIDE = 0.6
"""Years of room beside the first and the last bar."""
WIDEST_BAR = 30.0
MOST_HOLLOW = 10
"""In so small a plot, runs of more values that are not final are dashed and bear no points."""
PANEL_HEAD = 22.0
PANEL_FOOT = 20.0
GAP = 18.0
HEIGHTS_WIDE = {1: 210.0, 2: 180.0, 3: 130.0}
"""Heights of a panel's plot by the number of panels beside each other."""


class Panel(Model):
    """One panel with its title and the series in it."""

    title: Texts
    series: tuple[Id, ...] = Field(min_length=1, max_length=4)


class Options(Model):
    """Settings of small multiples."""

    panels: tuple[Panel, ...] = ()
    """Where none are given, each series of the figure has its own."""
    names: tuple[Texts, ...] = ()
    """What the first, second, … series of every panel are called."""
    independent: bool = False
    """Whether each panel has its own scale."""
    bars: bool = False
    """Whether values stand as bars, as sums of years do that are few and far apart."""
    base: PeriodText | None = None
    zero: bool | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """A panel's plot in pixels, and its axes."""

    left: float
    top: float
    width: float
    height: float
    margin: float
    """Room left of the plot for numbers; titles begin where it begins."""
    x_axis: Axis
    y_axis: Axis

    @property
    def scales(self) -> Scales:
        """Both axes over the panel's pixels; values grow upwards."""
        across = (round(self.left, 1), round(self.left + self.width, 1))
        return Scales(self.x_axis, self.y_axis, across, (self.top + self.height, self.top))


def check(declaration: FigureDeclaration, options: Options, report: Report) -> Iterator[Fault]:
    """Panels must name series that exist and share a unit with those on their scale."""
    if not options.panels:
        yield from find_shape_fault(declaration, least=2, most=MOST_PANELS)
    elif len(options.panels) > MOST_PANELS:
        yield "options.panels", f"has {len(options.panels)} panels", f"keep to {MOST_PANELS}"
    named = list_series(declaration)
    for number, panel in enumerate(options.panels):
        own = [(f"options.panels[{number}].series[{n}]", s) for n, s in enumerate(panel.series)]
        for key, name in own:
            yield from find_series_fault(key, name, report)
        if options.independent:
            yield from find_unit_fault(own, report)
        if options.bars and len(own) > 1:
            yield own[1][0], "is the second in a panel of bars", "give each series a panel"
        named += own
    if not options.independent and options.base is None:
        yield from find_unit_fault(named, report)


def list_panels(request: Request) -> list[tuple[str, tuple[str, ...]]]:
    """Each panel's title and series."""
    options: Options = request.options
    if options.panels:
        return [(request.catalogue.text(panel.title), panel.series) for panel in options.panels]
    return [(request.label(name), (name,)) for name in request.declaration.series]


def gather(request: Request) -> pd.DataFrame:
    """Rows of all panels; `row` is the panel's number, `column` the place within it."""
    rows = []
    options: Options = request.options
    for number, (title, names) in enumerate(list_panels(request)):
        frame = gather_series(request, names)
        for row in list_records(frame):
            place = names.index(str(row["series"]))
            row.update(row=number, column=place, order=place)
            if len(names) == 1:
                row["label"] = title
            elif place < len(options.names):
                row["label"] = f"{title}: {request.catalogue.text(options.names[place])}"
            rows.append(row)
    frame = make_frame(rows, ("row", "column"))
    return index_frame(frame, options.base, ("row", "column")) if options.base else frame


def tabulate(frame: pd.DataFrame, request: Request) -> Table:
    """A row for each period, a column for each line of each panel."""
    frame = frame.copy()
    frame["order"] = frame["row"].astype("int64") * 10 + frame["order"]
    names = list(dict.fromkeys(frame["series"]))
    if request.options.base:
        words = name_index(request)
        return tabulate_periods(
            frame, request, dict.fromkeys(names, 1), dict.fromkeys(names, words)
        )
    return tabulate_periods(frame, request, digits_of(request, names), units_of(request, names))


def describe(request: Request) -> Iterator[str]:
    """Scales that differ must be said."""
    if request.options.independent:
        yield request.catalogue.gettext("Each panel has its own scale.")
    if request.options.bars:
        yield request.catalogue.gettext("? stands for a year without a value.")


def draw(frame: pd.DataFrame, request: Request, size: Size) -> Spec:
    """The chart at one size; its height grows with the panels."""
    known = draw_alike_plainly(keep_known(frame))
    if known.empty:
        return draw_nothing(request, size)
    panels = list_panels(request)
    keys = _name_lines(request)
    legend = fit_legend(keys, size.width, size.font) if len(keys) > 1 else []
    canvas = Canvas(size, top=UNIT_ROW + len(legend) * size.font * 1.5, left=1, right=8)
    units = _name_units(request, known, len(panels))
    if len(set(units)) == 1:
        canvas.write_unit(units[0])
    else:
        canvas.top -= UNIT_ROW - 4
    write_legend(canvas, legend, canvas.top - len(legend) * size.font * 1.5 + 4)
    head = PANEL_HEAD + (15 if len(set(units)) > 1 else 0)
    places = _place_panels(canvas, known, request, head)
    layers: list[Spec] = []
    for number, (title, _) in enumerate(panels):
        part = known[known["row"] == number]
        _write_panel(canvas, places[number], title, units[number] if head > PANEL_HEAD else "")
        if part.empty:
            continue
        if request.options.bars:
            layers += _draw_bars(canvas, places[number], part, request)
            continue
        colours = {
            str(row.series): colour_of(row.order)
            for row in list_rows(part.drop_duplicates("series"))
        }
        scales = places[number].scales
        layers += draw_lines(part, colours, scales, Pen(1.8, MOST_HOLLOW))
        layers += draw_points(part, colours, scales, "" if len(keys) > 1 else None, MOST_HOLLOW)
    return canvas.compose(layers, apart=True)


def _name_lines(request: Request) -> list[Key]:
    return [
        Key(request.catalogue.text(name), colour_of(order), shape_of(order))
        for order, name in enumerate(request.options.names)
    ]


def _name_units(request: Request, known: pd.DataFrame, count: int) -> list[str]:
    """The unit of each panel in words."""
    if request.options.base:
        return [name_index(request)] * count
    own = [dict.fromkeys(known[known["row"] == number]["series"]) for number in range(count)]
    named = [request.unit_words(names) for names in own]
    return [words or next(filter(None, named)) for words in named]


def _count_columns(size: Size, panels: int, *, independent: bool) -> int:
    if size.narrow or (panels == 4 and independent):  # scales of their own need no row
        return 2
    return 4 if panels in {4, 7, 8} or panels > 9 else min(3, panels)


def _place_panels(
    canvas: Canvas, known: pd.DataFrame, request: Request, head: float
) -> list[Place]:
    """Panels in rows; the canvas becomes as high as they need."""
    options: Options = request.options
    count = len(list_panels(request))
    columns = _count_columns(canvas.size, count, independent=options.independent)
    height = HEIGHTS_WIDE.get(columns, 104.0) if not canvas.size.narrow else 92.0
    many = height > 150.0
    x_axis = make_period_axis(known["period"], 6 if many else 3, request.catalogue)
    if options.bars:
        x_axis = replace(x_axis, low=x_axis.low - BESIDE, high=x_axis.high + BESIDE)
    axes = []
    for number in range(count):
        part = known[known["row"] == number] if options.independent else known
        values = [float(value) for value in part["value"]]
        zero = True if options.bars else options.zero
        if zero is None:
            zero = bool(values) and 0 <= min(values) <= 0.6 * max(values)
        axes.append(make_value_axis(values, 4 if many else 3, request.catalogue, zero=zero))
    margin = max(canvas.measure(t.text, size=11) for axis in axes for t in axis.ticks) + 8
    cell = (canvas.plot_width - GAP * (columns - 1)) / columns
    pitch = head + height + PANEL_FOOT + 10
    canvas.height = canvas.top + -(-count // columns) * pitch - 4
    return [
        Place(
            number % columns * (cell + GAP) + margin,
            number // columns * pitch + head,
            cell - margin,
            height,
            margin,
            x_axis,
            axes[number],
        )
        for number in range(count)
    ]


def _draw_bars(canvas: Canvas, place: Place, part: pd.DataFrame, request: Request) -> list[Spec]:
    """A bar for each value, and its number above it where all have room."""
    rows = sorted(list_rows(part), key=lambda row: row.x)
    middles = [place.left + place.x_axis.share(row.x) * place.width for row in rows]
    apart = min((b - a for a, b in itertools.pairwise(middles)), default=WIDEST_BAR)
    year = (place.x_axis.share(1) - place.x_axis.share(0)) * place.width
    half = min(min(apart, year) * 0.8, WIDEST_BAR) / 2  # where years lack, no bar covers another's
    digits = choose_digits(request, [(row.series, row.exact) for row in rows])
    texts = [request.catalogue.number(row.exact, digits[row.series]) for row in rows]
    printed = max(canvas.measure(text, size=10) for text in texts) < apart + 1
    zero = place.top + (1 - place.y_axis.share(0)) * place.height
    for x in _find_unknown(rows, place):
        canvas.words.append(Word(x, zero - 7, UNKNOWN, align="center", size=10))
    drawn: dict[bool, list[dict[str, Any]]] = {False: [], True: []}
    for row, x, text in zip(rows, middles, texts, strict=True):
        end = place.top + (1 - place.y_axis.share(row.value)) * place.height
        drawn[row.status in HOLLOW].append(
            {
                "left": round(x - half, 1),
                "right": round(x + half, 1),
                "top": round(min(zero, end), 1),
                "bottom": round(max(zero, end), 1),
                "value": row.value,
                "series": row.series,
                "period": row.key,
            }
        )
        if printed:
            y = end + (-7 if row.value >= 0 else 7)
            ink = theme.INK.light
            canvas.words.append(Word(x, y, text, ink, align="center", size=10, halo=True))
    fill = fill_of(0)
    return [
        make_marks("rect", marks, fill=fill, stroke=fill, **look_of(hollow=hollow)).encode(
            x=pixels("left"), x2=far_end("right"), y=pixels("top"), y2=far_end("bottom")
        )
        for hollow, marks in drawn.items()
        if marks
    ]


def _find_unknown(rows: Sequence[Any], place: Place) -> list[float]:
    """Where years without a value stand between those that have one; pixels from the left."""
    years = {row.period.start.year for row in rows}
    if any(row.period.kind is not Kind.YEAR for row in rows):
        return []
    missing = [year for year in range(min(years), max(years)) if year not in years]
    return [place.left + place.x_axis.share(float(year)) * place.width for year in missing]


def _write_panel(canvas: Canvas, place: Place, title: str, unit: str) -> None:
    """A panel's title, its unit where units differ, level lines and times."""
    room = place.width + place.margin
    text = shorten_text(title, room, canvas.size.font, bold=True)
    ink = theme.INK.light
    left = place.left - place.margin
    canvas.words.append(Word(left, place.top - (29 if unit else 14), text, ink, bold=True))
    if unit:
        canvas.words.append(Word(left, place.top - 14, shorten_text(unit, room, 11), size=11))
    for tick in place.y_axis.ticks:
        y = place.top + (1 - place.y_axis.share(tick.at)) * place.height
        colour = theme.AXIS.light if tick.at == 0 else theme.GRID.light
        canvas.rules.append(Rule(place.left, y, place.left + place.width, y, colour))
        canvas.words.append(Word(place.left - 6, y, tick.text, align="right", size=11))
    _write_times(canvas, place)


def _write_times(canvas: Canvas, place: Place) -> None:
    ticks: Sequence[tuple[float, str]] = [
        (place.x_axis.share(tick.at) * place.width, tick.text) for tick in place.x_axis.ticks
    ]
    free = -1e9
    bottom = place.top + place.height
    for at, text in ticks:
        half = canvas.measure(text, size=11) / 2
        left = min(max(at - half, -10.0), place.width + 6 - 2 * half)
        if left < free:
            continue
        free = left + 2 * half + 8
        x = place.left + at
        canvas.rules.append(Rule(x, bottom, x, bottom + 4, theme.AXIS.light))
        canvas.words.append(Word(place.left + left, bottom + 13, text, size=11))
