"""Events over time: a lane for each kind or page, the shape of each mark by the event's effect.

Knows events as the view has them. Events of one time stand above each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Any, Literal

from pydantic import Field

from report import theme
from report.declaring import Id, Model
from report.figures.canvas import LINE_HEIGHT, Canvas, Rule, Size, Word
from report.figures.checking import Fault, suggest
from report.figures.flags import Flag, count_rows, fit_flags, write_flags
from report.figures.frames import draw_nothing
from report.figures.gathering import make_frame
from report.figures.labels import Key, fit_legend, write_legend
from report.figures.layers import Spec, as_is, make_marks, pixels
from report.figures.letters import clamp_lines, wrap_text
from report.figures.libraries import list_records, list_rows, pd
from report.figures.places import Axis, make_period_axis, place_moment
from report.figures.request import PeriodText, Request
from report.figures.strokes import on_axis
from report.model import Event, FigureDeclaration, Report
from report.periods import Kind, parse_period
from report.tables import Cell, Column, Table, make_table

LOOKS = {
    "advances": (theme.SERIES[2].light, "triangle-up"),
    "restricts": (theme.SERIES[1].light, "triangle-down"),
    "neutral": (theme.MUTED.light, "circle"),
}
DOT = 11.0
MOST_LISTED = 14
"""Up to so many events are listed with their titles; more stand in lanes."""
MORE = ("effect", "kind_label", "lane", "lane_label", "place")


class Options(Model):
    """Settings of a timeline; without any, the events that the figure names."""

    pages: tuple[Id, ...] = ()
    kinds: tuple[Id, ...] = ()
    start: PeriodText = Field(default="", alias="from")
    end: PeriodText = Field(default="", alias="to")
    lanes: Literal["kind", "page"] = "kind"
    """What the events of a lane share, where there are too many to be listed."""
    limit: int = Field(default=120, ge=1, le=400)
    """At most so many, the newest."""


def check(declaration: FigureDeclaration, options: Options, report: Report) -> Iterator[Fault]:
    """Pages and kinds must exist, and something must choose events."""
    pages = {page.id for page in report.pages}
    kinds = {event.kind for event in report.events}
    for number, page in enumerate(options.pages):
        if page not in pages:
            yield (
                f"options.pages[{number}]",
                f"names {page!r}, which is no page",
                suggest(page, pages),
            )
    for number, kind in enumerate(options.kinds):
        if kind not in kinds:
            yield (
                f"options.kinds[{number}]",
                f"names {kind!r}, of which no event is",
                suggest(kind, kinds),
            )
    if not (declaration.events or options.pages or options.kinds or options.start):
        yield "events", "names no events", "name events, or options.pages or options.kinds"
    if declaration.series:
        yield "series", "names series, of which a timeline has none", "leave it out"


def choose_events(request: Request) -> list[Event]:
    """The events that are shown, in order of date."""
    options: Options = request.options
    named = set(request.declaration.events)
    wide = bool(options.pages or options.kinds or options.start or options.end)
    first = options.start or request.declaration.start
    last = options.end or request.declaration.end
    chosen = [
        event
        for event in request.view.events
        if (event.id in named or (wide and _matches(event, options)))
        and _lies_within(event, first, last)
    ]
    chosen.sort(key=lambda event: (parse_period(event.date), event.id))
    return chosen[-options.limit :]


def _matches(event: Event, options: Options) -> bool:
    return (not options.pages or event.page in options.pages) and (
        not options.kinds or event.kind in options.kinds
    )


def _lies_within(event: Event, first: str, last: str) -> bool:
    period = parse_period(event.date)
    return not (
        (first and period.start < parse_period(first).start)
        or (last and period.end > parse_period(last).end)
    )


def gather(request: Request) -> pd.DataFrame:
    """A row for each event; it has no value."""
    rows: list[dict[str, Any]] = []
    events = choose_events(request)
    labels = _name_lanes(request)
    counts = Counter(labels[event.id] for event in events)
    lanes = sorted(counts, key=lambda label: (-counts[label], label))
    for order, event in enumerate(events):
        rows.append(
            {
                "series": event.id,
                "label": request.catalogue.text(event.title),
                "order": order,
                "role": "event",
                "period": parse_period(event.date),
                "key": event.date,
                "x": place_moment(event.date, annual=False),
                "value": float("nan"),
                "run": 0,
                "sources": (event.source,) if event.source else (),
                "effect": event.effect,
                "kind_label": request.catalogue.label(event.kind),
                "lane": lanes.index(labels[event.id]),
                "lane_label": labels[event.id],
                "place": event.place,
            }
        )
    return make_frame(rows, MORE)


def _name_lanes(request: Request) -> dict[str, str]:
    """For each event what its lane is called."""
    if request.options.lanes == "kind":
        say = request.catalogue.label
        return {event.id: say(event.kind) for event in request.view.events}
    titles = {page.id: request.catalogue.text(page.title) for page in request.view.report.pages}
    return {event.id: titles.get(event.page, event.page) for event in request.view.events}


def name_effect(effect: str, request: Request) -> str:
    """An effect in words."""
    say = request.catalogue.gettext
    words = {"advances": say("advances"), "restricts": say("restricts"), "neutral": say("neutral")}
    return words[effect]


def tabulate(frame: pd.DataFrame, request: Request) -> Table:
    """A row for each event."""
    say = request.catalogue.gettext
    heads = [say("Date"), say("Event"), say("Kind"), say("Effect"), say("Place")]
    rows = [
        [
            Cell(request.catalogue.period(row["period"])),
            Cell(row["label"]),
            Cell(row["kind_label"]),
            Cell(name_effect(row["effect"], request)),
            Cell(row["place"]),
        ]
        for row in list_records(frame)
    ]
    columns = [Column(head, numeric=False) for head in heads]
    return make_table(request.caption, columns, rows, request.catalogue)


def describe(request: Request) -> Iterator[str]:
    """Events that are left out for want of room, and what the lanes' numbers are."""
    limit = request.options.limit
    count = len(choose_events(request))
    if count > MOST_LISTED:
        yield request.catalogue.gettext("Numbers at the right count the events of each row.")
    if count == limit:
        yield request.catalogue.gettext(
            "At most the newest %(count)s events are shown.", count=limit
        )


def draw(frame: pd.DataFrame, request: Request, size: Size) -> Spec:
    """The chart at one size; its height grows with the lanes."""
    if frame.empty:
        return draw_nothing(request, size)
    if len(frame) <= MOST_LISTED:
        return draw_list(frame, request, size)
    years = [period.enclosing(Kind.YEAR) for period in frame["period"]]
    flat = make_period_axis(years, 6 if size.narrow else 12, request.catalogue)
    low, high = float(years[0].start.year), float(max(years).start.year + 1)
    axis = Axis(low, high, flat.ticks)
    keys = _name_effects(frame, request)
    canvas = Canvas(size, bottom=26, right=28)
    labels = dict(sorted(zip(frame["lane"], frame["lane_label"], strict=True)))
    widest = max(canvas.measure(text) for text in labels.values()) + 14
    canvas.left = 6.0 if size.narrow else min(widest, 250.0)
    flags = fit_flags(canvas, axis, _list_flags(request, frame), annual=False)
    legend = fit_legend(keys, size.width, size.font)
    canvas.top = len(legend) * size.font * 1.5 + count_rows(flags) * size.font * 1.3 + 8
    stacks, tops, bottom = _stack(canvas, frame, axis)
    canvas.height = canvas.top + canvas.bottom + bottom
    write_legend(canvas, legend, 9)
    canvas.add_period_axis(axis)
    write_flags(canvas, flags)
    _write_lanes(canvas, labels, tops, bottom)
    _write_counts(canvas, frame, tops)
    return canvas.compose(_draw_marks(frame, stacks, axis))


def _name_effects(frame: pd.DataFrame, request: Request) -> list[Key]:
    found = set(frame["effect"])
    return [Key(name_effect(name, request), *LOOKS[name]) for name in LOOKS if name in found]


def draw_list(frame: pd.DataFrame, request: Request, size: Size) -> Spec:
    """A few events below each other: date, mark and title."""
    days = [request.catalogue.period(period) for period in frame["period"]]
    canvas = Canvas(size, right=4, bottom=4)
    canvas.left = 10 if size.narrow else max(canvas.measure(day) for day in days) + 22
    legend = fit_legend(_name_effects(frame, request), size.width, size.font)
    canvas.top = len(legend) * size.font * 1.5 + 12
    step, indent = size.font * LINE_HEIGHT, 18.0
    room = canvas.plot_width - indent
    heights, edge, marks = [], 0.0, list_rows(frame)
    for row, day in zip(marks, days, strict=True):
        lines = wrap_text(row.label, room, size.font)
        above = step if size.narrow else 0.0
        middle = edge + above + step * 0.75
        heights.append(round(edge + step * 0.75, 1))
        if size.narrow:
            canvas.words.append(Word(indent, heights[-1], day, size=11))
        else:
            canvas.words.append(Word(-16, middle, day, align="right"))
        for number, line in enumerate(lines):
            canvas.words.append(Word(indent, middle + number * step, line, theme.INK.light))
        edge += above + len(lines) * step + 10
    canvas.height = canvas.top + canvas.bottom + edge
    write_legend(canvas, legend, 9)
    canvas.rules.append(Rule(0, heights[0], 0, heights[-1], theme.GRID.light, 2))
    return canvas.compose(_draw_listed(marks, heights))


def _draw_listed(marks: Sequence[Any], heights: Sequence[float]) -> list[Spec]:
    rows = [
        {"event": row.series, "px": 0, "py": height, **_look(row.effect)}
        for row, height in zip(marks, heights, strict=True)
    ]
    return [
        make_marks("point", rows, filled=True, opacity=1, size=80).encode(
            x=pixels("px"),
            y=pixels("py"),
            fill=as_is("fill", "colour"),
            shape=as_is("shape", "shape"),
        )
    ]


def _look(effect: str) -> dict[str, str]:
    colour, shape = LOOKS[effect]
    return {"colour": colour, "shape": shape}


def _list_flags(request: Request, frame: pd.DataFrame) -> list[Flag]:
    """Events that the figure gives a short label."""
    labels = request.declaration.labels
    return [
        Flag(row.key, request.catalogue.text(labels[row.series]))
        for row in list_rows(frame)
        if row.series in labels
    ]


def _stack(
    canvas: Canvas, frame: pd.DataFrame, axis: Axis
) -> tuple[list[float], list[tuple[float, float]], float]:
    """Each event's height, each lane's top and base line, and the height of all."""
    head, least = (22.0, 1) if canvas.size.narrow else (6.0, 2)  # two lines of a name
    levels, places = dict[int, list[tuple[float, int]]](), []
    for row in list_rows(frame):
        x = canvas.x_of(axis, row.x)
        lane = levels.setdefault(row.lane, [])
        taken = {level for other, level in lane if abs(other - x) < DOT}
        level = next(n for n in range(len(lane) + 1) if n not in taken)
        lane.append((x, level))
        places.append((row.lane, level))
    tops: list[tuple[float, float]] = []
    edge = 0.0
    for lane_number in sorted(levels):
        most = max(least, *(level + 1 for _, level in levels[lane_number]))
        base = edge + head + most * DOT + 4
        tops.append((edge, base))
        edge = base + 6
    heights = [tops[lane][1] - (level + 0.5) * DOT - 2 for lane, level in places]
    return [round(height, 1) for height in heights], tops, edge


def _write_lanes(
    canvas: Canvas, labels: dict[Any, str], tops: Sequence[tuple[float, float]], bottom: float
) -> None:
    ink = theme.INK.light
    for text, (top, base) in zip(labels.values(), tops, strict=True):
        canvas.rules.append(Rule(0, base, canvas.plot_width, base, theme.GRID.light))
        if canvas.size.narrow:
            canvas.words.append(Word(-canvas.left, top + 11, text, ink))
        else:
            room, font = canvas.left - 12, canvas.size.font
            lines = clamp_lines(wrap_text(text, room, font), 2, room, font)
            for up, line in enumerate(reversed(lines)):
                y = base - 9 - up * font * LINE_HEIGHT
                canvas.words.append(Word(-12, y, line, ink, align="right"))
    canvas.rules.append(Rule(0, bottom, canvas.plot_width, bottom, theme.AXIS.light))


def _write_counts(canvas: Canvas, frame: pd.DataFrame, tops: Sequence[tuple[float, float]]) -> None:
    counts = Counter(frame["lane"])
    for number, (_, base) in enumerate(tops):
        x = canvas.plot_width + canvas.right - 2
        canvas.words.append(Word(x, base - 9, str(counts[number]), theme.INK.light, align="right"))


def _draw_marks(frame: pd.DataFrame, heights: Sequence[float], axis: Axis) -> list[Spec]:
    rows = [
        {
            "event": row.series,
            "x": row.x,
            "py": height,
            "colour": LOOKS[row.effect][0],
            "shape": LOOKS[row.effect][1],
        }
        for row, height in zip(list_rows(frame), heights, strict=True)
    ]
    return [
        make_marks("point", rows, filled=True, opacity=1, size=62).encode(
            x=on_axis("x", axis),
            y=pixels("py"),
            fill=as_is("fill", "colour"),
            shape=as_is("shape", "shape"),
        )
    ]
