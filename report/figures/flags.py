"""Upright rules at events and breaks, with short labels above the plot.

Knows where a flag stands and how labels share rows. A flag without a short label gets a number,
which the figure's notes explain.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from report import theme
from report.figures.canvas import Canvas, Rule, Word
from report.figures.letters import shorten_text
from report.figures.places import Axis, place_day, place_moment
from report.figures.request import Request
from report.periods import parse_period

LONGEST = 150.0
MOST_ROWS = 3


@dataclass(frozen=True, slots=True)
class Flag:
    """Something that happened at a time."""

    at: str
    """A period's text."""
    text: str
    starts: bool = False
    """Whether it stands where its period begins, not in its middle."""

    def place(self, *, annual: bool) -> float:
        """Where it stands on an axis of time."""
        if self.starts:
            start = place_day(parse_period(self.at).start)
            return start - 0.5 if annual else start
        return place_moment(self.at, annual=annual)


def gather_flags(request: Request, more: Iterable[Flag], axis: Axis, *, annual: bool) -> list[Flag]:
    """The declared events that the view knows, and more, in order of time and within the axis."""
    flags = [*_name_events(request), *more]
    inside = [flag for flag in flags if axis.low <= flag.place(annual=annual) <= axis.high]
    return sorted(inside, key=lambda flag: (flag.place(annual=annual), flag.text))


def _name_events(request: Request) -> Iterator[Flag]:
    known = {event.id: event for event in request.view.events}
    number = 0
    for name in request.declaration.events:
        event = known.get(name)
        if event is None:
            continue
        texts = request.declaration.labels.get(name)
        number += texts is None
        yield Flag(event.date, request.catalogue.text(texts) if texts else f"{number}")


def explain_events(request: Request) -> Iterator[str]:
    """What each number above the plot stands for, and what each short label means."""
    known = {event.id: event for event in request.view.events}
    number = 0
    for name in request.declaration.events:
        event = known.get(name)
        if event is None:
            continue
        when = request.catalogue.period(parse_period(event.date))
        title = request.catalogue.text(event.title)
        texts = request.declaration.labels.get(name)
        if texts is None:
            number += 1
            yield f"{number}: {title} ({when})."
        else:
            yield f"{request.catalogue.text(texts)}: {title} ({when})."


@dataclass(frozen=True, slots=True)
class FlagPlace:
    """Where a flag's label was put: its row, its left edge and its words."""

    flag: Flag
    x: float
    left: float
    row: int
    text: str


def fit_flags(
    canvas: Canvas, axis: Axis, flags: Iterable[Flag], *, annual: bool
) -> list[FlagPlace]:
    """Places for labels in as few rows as keep them apart; margins must be settled before."""
    ends = [-1e9] * MOST_ROWS
    placed = []
    size = canvas.size.font - 1
    right = canvas.plot_width + canvas.right
    for flag in flags:
        x = canvas.x_of(axis, flag.place(annual=annual))
        text = shorten_text(flag.text, min(LONGEST, right + canvas.left), size)
        width = canvas.measure(text, size=size)
        left = max(-canvas.left, min(x - width / 2, right - width))
        row = next((n for n, end in enumerate(ends) if left >= end + 8), MOST_ROWS - 1)
        ends[row] = left + width
        placed.append(FlagPlace(flag, x, left, row, text))
    return placed


def count_rows(placed: Iterable[FlagPlace]) -> int:
    """How many rows the labels take."""
    return max((place.row + 1 for place in placed), default=0)


def write_flags(canvas: Canvas, placed: Iterable[FlagPlace]) -> None:
    """Rules down to the axis, each with its label above the plot."""
    size = canvas.size.font - 1
    for place in placed:
        y = -9.0 - place.row * size * 1.35
        dashed = place.flag.starts
        canvas.rules.append(
            Rule(place.x, y + 8, place.x, canvas.plot_height, theme.AXIS.light, 1, dashed=dashed)
        )
        canvas.words.append(
            Word(place.left, y, place.text, theme.MUTED.light, size=size, halo=True)
        )
