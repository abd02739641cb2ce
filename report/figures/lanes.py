"""Horizontal rows: a label for each, marks along a shared axis of values.

Knows how rows share a drawing: labels stand left of the marks, or above them where it is narrow.
Knows no data.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from report import theme
from report.figures.canvas import Canvas, Rule, Size, Word
from report.figures.frames import UNIT_ROW
from report.figures.labels import Key, fit_legend, write_legend
from report.figures.letters import clamp_lines, shorten_text, wrap_text
from report.figures.places import Axis

ROW_WIDE, ROW_NARROW = 27.0, 42.0
WIDEST = 230.0
BELOW = 15.0
"""How far the marks lie below a row's middle where the label stands above them."""


@dataclass(frozen=True, slots=True)
class Lanes:
    """Rows as they were placed."""

    canvas: Canvas
    axis: Axis
    pitch: float

    def y_of(self, row: int) -> float:
        """Where a row's marks lie."""
        return (
            (row + 0.5) * self.pitch
            + (BELOW if self.canvas.size.narrow else 0)
            - (4 if self.canvas.size.narrow else 0)
        )


def lay_lanes(
    size: Size, labels: Sequence[str], axis: Axis, keys: Sequence[Key], unit: str
) -> Lanes:
    """A canvas as high as its rows need, with labels, level lines and a legend."""
    pitch = ROW_NARROW if size.narrow else ROW_WIDE
    legend = fit_legend(keys, size.width, size.font) if len(keys) > 1 else []
    canvas = Canvas(size, top=UNIT_ROW + 6 + len(legend) * size.font * 1.5, bottom=26, right=34)
    blocks = [
        clamp_lines(wrap_text(label, WIDEST, size.font), 2, WIDEST, size.font) for label in labels
    ]
    if size.narrow:
        canvas.left = 6
    else:
        canvas.left = max(canvas.measure(line) for block in blocks for line in block) + 14
        pitch = 34.0 if any(len(block) > 1 for block in blocks) else pitch
    canvas.height = canvas.top + canvas.bottom + pitch * len(labels)
    canvas.write_unit(unit)
    write_legend(canvas, legend, UNIT_ROW + 4)
    lanes = Lanes(canvas, axis, pitch)
    _write_axis(lanes, len(labels))
    for number, label in enumerate(labels):
        _write_label(lanes, number, label, blocks[number])
    return lanes


def _write_label(lanes: Lanes, number: int, label: str, block: Sequence[str]) -> None:
    canvas, ink = lanes.canvas, theme.INK.light
    y = lanes.y_of(number)
    canvas.rules.append(Rule(0, y, canvas.plot_width, y, theme.GRID.light))
    if canvas.size.narrow:
        text = shorten_text(label, canvas.size.width - 4, canvas.size.font)
        canvas.words.append(Word(-canvas.left, y - 18, text, ink))
    else:
        canvas.write_lines(block, -14, y, colour=ink, align="right")


def _write_axis(lanes: Lanes, rows: int) -> None:
    """Upright lines, broken where labels stand between the rows."""
    canvas = lanes.canvas
    bottom = canvas.plot_height
    spans = [(lanes.y_of(row) - 10, lanes.y_of(row) + 10) for row in range(rows)]
    for tick in lanes.axis.ticks:
        x = canvas.x_of(lanes.axis, tick.at)
        colour = theme.AXIS.light if tick.at == 0 else theme.GRID.light
        for top, end in spans if canvas.size.narrow else [(0.0, bottom)]:
            canvas.rules.append(Rule(x, top, x, end, colour))
        canvas.words.append(Word(x, bottom + 14, tick.text, align="center"))
