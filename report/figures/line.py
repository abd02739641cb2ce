"""Lines over time: gaps stay gaps, what is not final is hollow or dashed, labels stand at the ends.

Knows bands, breaks, event rules, targets, logarithmic and indexed scales.
"""

from __future__ import annotations

from collections.abc import Iterator

from report.declaring import Id, Model, Texts
from report.figures.canvas import Canvas, Size
from report.figures.checking import (
    Fault,
    find_long_series,
    find_series_fault,
    find_shape_fault,
    find_unit_fault,
    list_series,
)
from report.figures.flags import Flag, count_rows, fit_flags, gather_flags, write_flags
from report.figures.frames import draw_nothing, frame_plot, write_keys
from report.figures.gathering import (
    digits_of,
    draw_alike_plainly,
    gather_series,
    keep_known,
    tabulate_periods,
    units_of,
)
from report.figures.indexing import index_frame, name_index
from report.figures.labels import Key, colour_of, shape_of
from report.figures.layers import Spec
from report.figures.libraries import list_rows, pd
from report.figures.places import (
    Axis,
    make_log_axis,
    make_period_axis,
    make_value_axis,
    place_period,
)
from report.figures.request import FigureRefused, PeriodText, Request, is_annual
from report.figures.strokes import Pen, Scales, draw_band, draw_lines, draw_points
from report.figures.targets import Target, write_targets
from report.model import FigureDeclaration, Report
from report.periods import parse_period
from report.tables import Table

MOST_POINTS = 1000
NEAR_END = 0.8
MOST_LABELS = {"wide": 8, "narrow": 4}


class Band(Model):
    """Two series that bound a band."""

    low: Id
    high: Id


class Break(Model):
    """A period from which on a series means something else."""

    at: PeriodText
    label: Texts


class Options(Model):
    """Settings of a line figure."""

    band: Band | None = None
    breaks: tuple[Break, ...] = ()
    targets: tuple[Target, ...] = ()
    log: bool = False
    points: bool = False
    """Whether each value is a point of its own, e.g. where statements cannot be joined."""
    step: bool = False
    """Whether a value holds until the next, as a rating or a rate does."""
    base: PeriodText | None = None
    """Period whose value is 100 for every series."""
    zero: bool | None = None
    """Whether the axis begins at zero; decided by the values where not said."""


def check(declaration: FigureDeclaration, options: Options, report: Report) -> Iterator[Fault]:
    """One unit on one axis, no more than can be told apart, no longer than can be seen."""
    yield from find_shape_fault(declaration)
    named = list_series(declaration)
    if options.band is not None:
        named += [("options.band.low", options.band.low), ("options.band.high", options.band.high)]
        for key, name in named[-2:]:
            yield from find_series_fault(key, name, report)
    if options.base is None:
        yield from find_unit_fault(named, report)
    yield from find_long_series(declaration, report, MOST_POINTS)


def gather(request: Request) -> pd.DataFrame:
    """Rows of all lines, and of the bounds of the band."""
    options: Options = request.options
    names = request.declaration.series
    frames = [gather_series(request, names, lone=options.points)]
    if options.band is not None:
        frames.append(gather_series(request, [options.band.low], "low", len(names)))
        frames.append(gather_series(request, [options.band.high], "high", len(names) + 1))
    frame = pd.concat(frames, ignore_index=True) if len(frames) > 1 else frames[0]
    frame = _place(frame)
    for name, count in frame["series"].value_counts().items():
        if count > MOST_POINTS:
            msg = f"series {name!r} has {count} points, more than a line can show"
            raise FigureRefused(f"{msg}; draw a mean over longer periods (period_mean)")
    frame = index_frame(frame, options.base) if options.base else frame
    return _split_at_breaks(frame, options)


def _place(frame: pd.DataFrame) -> pd.DataFrame:
    """The same rows, placed on one axis although gathered apart."""
    annual = is_annual(frame["period"])
    frame["x"] = [place_period(period, annual=annual) for period in frame["period"]]
    return frame


def _split_at_breaks(frame: pd.DataFrame, options: Options) -> pd.DataFrame:
    """No line runs across a declared break."""
    for number, item in enumerate(options.breaks, 1):
        after = frame["period"] >= parse_period(item.at)
        frame.loc[after, "run"] += 1000 * number
    return frame


def tabulate(frame: pd.DataFrame, request: Request) -> Table:
    """A row for each period, a column for each line and bound."""
    names = list(dict.fromkeys(frame["series"]))
    if request.options.base:
        words = name_index(request)
        return tabulate_periods(
            frame, request, dict.fromkeys(names, 1), dict.fromkeys(names, words)
        )
    return tabulate_periods(frame, request, digits_of(request, names), units_of(request, names))


def describe(request: Request) -> Iterator[str]:
    """Notes on what the drawing marks by numbers or rules."""
    for item in request.options.breaks:
        period = request.catalogue.period(parse_period(item.at))
        words = request.catalogue.text(item.label)
        yield request.catalogue.gettext("Break in %(period)s: %(what)s.", period=period, what=words)


def draw(frame: pd.DataFrame, request: Request, size: Size) -> Spec:
    """The chart at one size."""
    options: Options = request.options
    known = draw_alike_plainly(keep_known(frame))
    lines = known[known["role"] == "value"]
    if known.empty:
        return draw_nothing(request, size)
    annual = is_annual(frame["period"])
    x_axis = make_period_axis(frame["period"], 6 if size.narrow else 12, request.catalogue)
    y_axis = _make_axis(known, request, size)
    keys = {
        row.series: Key(row.label, colour_of(row.order), shape_of(row.order))
        for row in list_rows(lines.drop_duplicates("series"))
    }
    flags = gather_flags(request, _list_breaks(request), x_axis, annual=annual)
    canvas = Canvas(size, top=26, bottom=26)
    most = MOST_LABELS[size.name] if _end_together(lines, x_axis) else 0
    frame_plot(canvas, y_axis, list(keys.values()), most)
    places = fit_flags(canvas, x_axis, flags, annual=annual)
    canvas.top += count_rows(places) * size.font * 1.3
    canvas.write_unit(name_index(request) if options.base else request.unit_words(keys))
    canvas.add_value_axis(y_axis)
    canvas.add_period_axis(x_axis)
    write_flags(canvas, places)
    scales = Scales(x_axis, y_axis)
    write_targets(canvas, request, scales, lines, annual=annual)
    last = {row.series: row for row in list_rows(lines.sort_values("x", kind="stable"))}
    ends = [
        (canvas.x_of(x_axis, last[name].x), canvas.y_of(y_axis, last[name].value)) for name in keys
    ]
    write_keys(canvas, list(keys.values()), ends, most)
    colours = {name: key.colour for name, key in keys.items()}
    band = draw_band(known, scales) if options.band else []
    layers = draw_lines(lines, colours, scales, Pen(step=options.step))
    layers += draw_points(lines, colours, scales)
    return canvas.compose(layers, under=band)


def _end_together(lines: pd.DataFrame, axis: Axis) -> bool:
    """Whether every line reaches far enough for a label at the right to belong to it."""
    ends = lines.groupby("series")["x"].max()
    return all(axis.share(float(end)) >= NEAR_END for end in ends)


def _list_breaks(request: Request) -> Iterator[Flag]:
    for item in request.options.breaks:
        yield Flag(item.at, request.catalogue.text(item.label), starts=True)


def _make_axis(known: pd.DataFrame, request: Request, size: Size) -> Axis:
    options: Options = request.options
    values = [float(value) for value in known["value"]]
    values += [float(target.value) for target in options.targets]
    count = 4 if size.narrow else 5
    if options.log and min(values) > 0:
        return make_log_axis(values, count, request.catalogue)
    zero = options.zero
    if zero is None:
        zero = 0 <= min(values) <= 0.6 * max(values)
    return make_value_axis(values, count, request.catalogue, zero=zero)
