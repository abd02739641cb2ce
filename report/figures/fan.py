"""How one series looked at successive days: a line for each vintage, first and newest in colour.

Knows vintages. Each line is what was known at the end of its day.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date

from pydantic import Field

from report import theme
from report.declaring import Model
from report.figures.canvas import Canvas, Size
from report.figures.checking import Fault, find_shape_fault
from report.figures.frames import draw_nothing, frame_plot, write_keys
from report.figures.gathering import (
    describe_point,
    is_even,
    keep_known,
    make_frame,
    number_runs,
    tabulate_periods,
)
from report.figures.labels import Key
from report.figures.layers import Spec
from report.figures.libraries import pd
from report.figures.places import make_period_axis, make_value_axis, place_period
from report.figures.request import Request, is_annual
from report.figures.strokes import Pen, Scales, draw_lines, draw_points
from report.model import FigureDeclaration, Observation, Report, SeriesDeclaration
from report.tables import Table
from report.vintages import choose_points

FIRST, NEWEST, BETWEEN = theme.SERIES[1].light, theme.SERIES[0].light, theme.AXIS.light


class Options(Model):
    """Settings of a vintage fan."""

    days: tuple[date, ...] = ()
    """Days whose knowledge is drawn; where none is named, the last publication of each year."""
    most: int = Field(default=8, ge=2, le=20)
    """At most so many lines; first and newest always stay."""


def check(declaration: FigureDeclaration, _: Options, report: Report) -> Iterator[Fault]:
    """A fan is of one series that sources publish; a derived one has no vintages."""
    yield from find_shape_fault(declaration, least=1, most=1)
    for name in declaration.series[:1]:
        if name in report.derived:
            yield "series[0]", f"names {name!r}, which is derived", "name an observed series"


def gather(request: Request) -> pd.DataFrame:
    """A row for each period of each vintage; vintages stand in `series` as days."""
    name = request.declaration.series[0]
    declaration = request.series(name).declaration
    rows_known = request.view.vintages.get(name, ())
    if not isinstance(declaration, SeriesDeclaration) or not rows_known:
        return make_frame([])
    vintages = {}
    for day in choose_days(rows_known, request.options):
        points = choose_points(declaration, [row for row in rows_known if row.published <= day])
        vintages[day] = tuple(point for point in points if request.wants(point.period))
    annual = is_annual(point.period for points in vintages.values() for point in points)
    rows = []
    for order, (day, points) in enumerate(item for item in vintages.items() if item[1]):
        runs = number_runs(points, even=is_even(request, name))
        for point, run in zip(points, runs, strict=True):
            rows.append(
                {
                    "series": day.isoformat(),
                    "label": request.catalogue.day(day),
                    "order": order,
                    "role": "value",
                    "x": place_period(point.period, annual=annual),
                    "run": run,
                    **describe_point(point),
                }
            )
    return make_frame(rows)


def choose_days(rows: Sequence[Observation], options: Options) -> list[date]:
    """The days that are drawn, in order."""
    if options.days:
        return sorted(set(options.days))
    by_year: dict[int, date] = {}
    for row in rows:
        year = row.published.year
        by_year[year] = max(by_year.get(year, row.published), row.published)
    days = [by_year[year] for year in sorted(by_year)]
    if len(days) <= options.most:
        return days
    last = len(days) - 1
    return [days[round(n * last / (options.most - 1))] for n in range(options.most)]


def tabulate(frame: pd.DataFrame, request: Request) -> Table:
    """A row for each period, a column for each vintage."""
    name = request.declaration.series[0]
    names = list(dict.fromkeys(frame["series"]))
    digits, words = request.unit(name).digits, request.unit_words([name])
    return tabulate_periods(
        frame, request, dict.fromkeys(names, digits), dict.fromkeys(names, words)
    )


def describe(request: Request) -> Iterator[str]:
    """How to read the lines."""
    yield request.catalogue.gettext("Each line shows the values as known on its day.")


def draw(frame: pd.DataFrame, request: Request, size: Size) -> Spec:
    """The chart at one size."""
    known = keep_known(frame)
    if known.empty:
        return draw_nothing(request, size)
    x_axis = make_period_axis(known["period"], 6 if size.narrow else 12, request.catalogue)
    values = [float(value) for value in known["value"]]
    zero = 0 <= min(values) <= 0.6 * max(values)
    y_axis = make_value_axis(values, 4 if size.narrow else 5, request.catalogue, zero=zero)
    names = list(dict.fromkeys(known["series"]))
    colours = dict.fromkeys(names, BETWEEN) | {names[0]: FIRST} | {names[-1]: NEWEST}
    labels = dict(zip(known["series"], known["label"], strict=True))
    keys = _name_lines(names, labels, request)
    canvas = Canvas(size, top=26, bottom=26)
    frame_plot(canvas, y_axis, keys, 0)
    canvas.write_unit(request.unit_words(request.declaration.series))
    canvas.add_value_axis(y_axis)
    canvas.add_period_axis(x_axis)
    write_keys(canvas, keys, [], 0)
    return canvas.compose(_draw_vintages(known, names, colours, Scales(x_axis, y_axis)))


def _name_lines(names: Sequence[str], labels: dict[str, str], request: Request) -> list[Key]:
    say = request.catalogue.gettext
    keys = [
        Key(say("first: %(day)s", day=labels[names[0]]), FIRST, "circle"),
        Key(say("newest: %(day)s", day=labels[names[-1]]), NEWEST, "square"),
    ]
    if len(names) > 2:
        keys.insert(1, Key(say("in between"), BETWEEN, "stroke"))
    return keys if len(names) > 1 else keys[:1]


def _draw_vintages(
    known: pd.DataFrame, names: Sequence[str], colours: dict[str, str], scales: Scales
) -> list[Spec]:
    """Thin lines between, then first and newest above them."""
    outer = {names[0], names[-1]}
    between = known[~known["series"].isin(list(outer))]
    layers = draw_lines(between, colours, scales, Pen(1))
    for name, shape in ((names[0], "circle"), (names[-1], "square")):
        line = known[known["series"] == name]
        layers += draw_lines(line, colours, scales, Pen(2.4))
        layers += draw_points(line, colours, scales, shape)
    return layers
