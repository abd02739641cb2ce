"""Levels that were aimed at: dashed rules over time, their words where there is room.

Knows what a target is and how its rule meets the axes. Knows no form.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from pydantic import Field

from report import theme
from report.declaring import Model, Texts
from report.figures.canvas import Canvas, Rule, Word
from report.figures.libraries import list_rows, pd
from report.figures.places import place_moment
from report.figures.request import PeriodText, Request
from report.figures.room import Spot, find_room, list_spots
from report.figures.strokes import Scales

ABOVE = 9.0
"""How far the middle of the words lies from the rule."""


class Target(Model):
    """A level that was aimed at."""

    value: Decimal = Field(allow_inf_nan=False)
    start: PeriodText = Field(default="", alias="from")
    end: PeriodText = Field(default="", alias="to")
    label: Texts


def write_targets(
    canvas: Canvas, request: Request, scales: Scales, lines: pd.DataFrame, *, annual: bool
) -> None:
    """Dashed levels, each with its words where they hide least of the lines and of each other."""
    targets: Sequence[Target] = request.options.targets
    spots = _list_line_spots(canvas, scales, lines) if targets else []
    upright = [rule for rule in canvas.rules if rule.x == rule.x2]
    spots += [(rule.x, float(y)) for rule in upright for y in range(0, int(rule.y2), 8)]
    size = canvas.size.font - 1
    for target in targets:
        y = canvas.y_of(scales.y, float(target.value))
        ends = _find_ends(canvas, scales, target, annual=annual)
        canvas.rules.append(Rule(ends[0], y, ends[1], y, theme.INK.light, 1.2, dashed=True))
        text = request.catalogue.text(target.label)
        width = canvas.measure(text, size=size)
        span = (min(ends[0], max(0.0, canvas.plot_width - width)), max(ends[1], ends[0] + width))
        heights = [h for h in (y - ABOVE, y + ABOVE) if 0 <= h <= canvas.plot_height - 6]
        left, middle = find_room(width, heights or [y - ABOVE], span, spots)
        canvas.words.append(Word(left, middle, text, theme.INK.light, size=size, halo=True))
        spots += list_spots([(left, middle), (left + width, middle)])


def _find_ends(
    canvas: Canvas, scales: Scales, target: Target, *, annual: bool
) -> tuple[float, float]:
    """Where a level begins and ends in the plot."""
    axis = scales.x

    def place(text: str, edge: float) -> float:
        if not text:
            return edge
        at = min(max(place_moment(text, annual=annual), axis.low), axis.high)
        return canvas.x_of(axis, at)

    return place(target.start, 0.0), place(target.end, canvas.plot_width)


def _list_line_spots(canvas: Canvas, scales: Scales, lines: pd.DataFrame) -> list[Spot]:
    """Spots along all unbroken runs."""
    paths: dict[tuple[int, int], list[Spot]] = {}
    for row in sorted(list_rows(lines), key=lambda row: (row.order, row.run, row.x)):
        spot = (canvas.x_of(scales.x, row.x), canvas.y_of(scales.y, row.value))
        paths.setdefault((row.order, row.run), []).append(spot)
    return [spot for path in paths.values() for spot in list_spots(path)]
