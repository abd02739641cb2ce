"""Labels at the ends of lines, and legends where there is no room for them.

Pure arithmetic over a canvas. Knows how labels are kept apart; knows nothing of series.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report import theme
from report.figures.canvas import LINE_HEIGHT, Canvas, Rule, Spot, Word
from report.figures.letters import clamp_lines, measure_text, wrap_text

LABEL_GAP = 16.0
"""From the plot to the labels at the ends of its lines: room for a leader."""


@dataclass(frozen=True, slots=True)
class Key:
    """What a colour and a shape stand for."""

    text: str
    colour: str
    shape: str = "square"
    fill: str = ""
    """The colour of its mark in a legend, where the text's own is another."""


def colour_of(order: int) -> str:
    """The colour of the series that a figure names at this place."""
    return theme.SERIES[order % len(theme.SERIES)].light


def fill_of(order: int) -> str:
    """The softer colour of the same series where it fills areas."""
    return theme.FILLS[order % len(theme.FILLS)].light


def shape_of(order: int) -> str:
    """The shape of the series that a figure names at this place."""
    return theme.SHAPES[order % len(theme.SHAPES)]


def spread_labels(
    wanted: Sequence[float], heights: Sequence[float], low: float, high: float
) -> list[float]:
    """Centres as near as can be to those wanted, so that no two labels touch and none leaves."""
    order = sorted(range(len(wanted)), key=lambda i: (wanted[i], i))
    blocks: list[list[int]] = []
    starts: list[float] = []

    def settle(block: Sequence[int]) -> float:
        offset, aims = 0.0, []
        for i in block:
            aims.append(wanted[i] - heights[i] / 2 - offset)
            offset += heights[i]
        middle = sum(aims) / len(aims)
        return max(low, min(middle, high - offset))

    for i in order:
        blocks.append([i])
        starts.append(settle([i]))
        while len(blocks) > 1 and starts[-1] < starts[-2] + sum(heights[j] for j in blocks[-2]):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
            starts[-2:] = [settle(blocks[-1])]
    placed = [0.0] * len(wanted)
    for block, start in zip(blocks, starts, strict=True):
        edge = start
        for i in block:
            placed[i] = edge + heights[i] / 2
            edge += heights[i]
    return placed


def fit_end_labels(
    keys: Sequence[Key], font: float, widest: float, most: int
) -> tuple[list[list[str]], float]:
    """Each label's lines, and the width that the widest takes."""
    lines = [clamp_lines(wrap_text(key.text, widest, font), most, widest, font) for key in keys]
    width = max((measure_text(line, font) for block in lines for line in block), default=0.0)
    return lines, width


def write_end_labels(
    canvas: Canvas,
    keys: Sequence[Key],
    lines: Sequence[Sequence[str]],
    ends: Sequence[tuple[float, float]],
) -> None:
    """Labels right of the plot, each in its line's colour and near its line's end.

    A thin leader joins a label to an end from which it had to move, or which lies within the plot.
    """
    step = canvas.size.font * LINE_HEIGHT
    heights = [len(block) * step + 3 for block in lines]
    low = min(-canvas.top + 20.0, 0.0)
    high = max(canvas.plot_height + 6, low + sum(heights))
    placed = spread_labels([y for _, y in ends], heights, low, high)
    for key, block, (x, end), y in zip(keys, lines, ends, placed, strict=True):
        canvas.write_lines(block, canvas.plot_width + LABEL_GAP, y, colour=key.colour)
        if abs(y - end) > step / 2 or canvas.plot_width - x > LABEL_GAP:
            to = canvas.plot_width + LABEL_GAP - 2
            canvas.rules.append(Rule(x + 5, end, to, y, key.colour, 0.8))


def fit_legend(
    keys: Sequence[Key], width: float, font: float
) -> list[list[tuple[Key, str, float]]]:
    """Rows of a legend: each item with its text as it fits and its place from the left."""
    rows: list[list[tuple[Key, str, float]]] = [[]]
    at = 0.0
    for key in keys:
        text = clamp_lines([key.text], 1, width - 16, font)[0]
        needed = 16 + measure_text(text, font)
        if rows[-1] and at + needed > width:
            rows.append([])
            at = 0.0
        rows[-1].append((key, text, at))
        at += needed + 14
    return rows


def write_legend(
    canvas: Canvas, rows: Sequence[Sequence[tuple[Key, str, float]]], offset: float
) -> None:
    """A legend above the plot whose first row is `offset` below the drawing's upper edge."""
    step = canvas.size.font * 1.5
    for number, row in enumerate(rows):
        y = -canvas.top + offset + number * step
        for key, text, at in row:
            x = -canvas.left + at
            colour = key.fill or key.colour
            canvas.spots.append(Spot(x + 5, y, key.shape, colour, colour))
            canvas.words.append(Word(x + 16, y, text, theme.INK.light))
