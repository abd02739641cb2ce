"""Margins around a plot, and the keys beside or above it.

Knows when labels stand at the ends of lines and when a legend stands above. Knows no data.
"""

from __future__ import annotations

from collections.abc import Sequence

from report import theme
from report.figures.canvas import Canvas, Size, Word
from report.figures.labels import (
    LABEL_GAP,
    Key,
    fit_end_labels,
    fit_legend,
    write_end_labels,
    write_legend,
)
from report.figures.layers import Spec
from report.figures.places import Axis
from report.figures.request import Request

UNIT_ROW = 26.0
"""Height of the line that names the unit."""


def frame_plot(canvas: Canvas, axis: Axis, keys: Sequence[Key], most: int) -> None:
    """Settle the left and right margin and, where keys need a legend, the upper one."""
    size = canvas.size
    canvas.left = max((canvas.measure(tick.text) for tick in axis.ticks), default=0) + 10
    canvas.right = 18.0
    if len(keys) <= 1:
        return
    if fits_ends(canvas, keys, most):
        _, width = fit_end_labels(keys, size.font, _widest(size), 3)
        canvas.right = width + LABEL_GAP + 6
    else:
        canvas.top += len(fit_legend(keys, size.width, size.font)) * size.font * 1.5 + 4


def _widest(size: Size) -> float:
    return 88.0 if size.narrow else 150.0


def fits_ends(canvas: Canvas, keys: Sequence[Key], most: int) -> bool:
    """Whether the keys can stand whole at the ends of their lines."""
    lines, _ = fit_end_labels(keys, canvas.size.font, _widest(canvas.size), 3)
    cut = any(line.endswith("…") for block in lines for line in block)
    return len(keys) <= most and not cut


def write_keys(
    canvas: Canvas, keys: Sequence[Key], ends: Sequence[tuple[float, float]], most: int
) -> None:
    """Labels at `ends`, or else a legend; nothing for a single series, which the title names."""
    size = canvas.size
    if len(keys) <= 1:
        return
    if fits_ends(canvas, keys, most):
        lines, _ = fit_end_labels(keys, size.font, _widest(size), 3)
        write_end_labels(canvas, keys, lines, ends)
    else:
        write_legend(canvas, fit_legend(keys, size.width, size.font), UNIT_ROW + 4)


def draw_nothing(request: Request, size: Size, words: str = "") -> Spec:
    """A quiet drawing that says why there is nothing: where not said, that no value is known."""
    canvas = Canvas(size, left=1, right=1, top=1, bottom=1)
    words = words or request.catalogue.gettext("No value is known for this figure.")
    middle = (canvas.plot_width / 2, canvas.plot_height / 2)
    canvas.words.append(Word(*middle, words, theme.MUTED.light, align="center"))
    return canvas.compose([])
