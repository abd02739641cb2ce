"""A page's picture for networks and messages: its finding beside the drawing of its first figure.

Pure: SVG out of drawings and words. Knows how large such pictures are, and sets words so that they
can be read when the picture is shown at half its size. Letters are measured by a table. Knows no
data, no page and no file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from report import theme
from report.figures.letters import clamp_lines, measure_text, shorten_text, wrap_text
from report.text import escape_html

WIDTH, HEIGHT = 1200, 630
"""In pixels, as networks show them."""
EDGE = 56
"""Space at the sides."""
BAR = 12
LEADING = 1.25
"""Height of a line in sizes of its letters."""
LEGIBLE = 1.0
"""A drawing whose letters are at least as large as on a page can be read in a small picture."""
ACCENT, PANEL = theme.SERIES[0].light, theme.BAND.light
BESIDE = (590, 64, 560, 500)
"""The room for a drawing beside the words: left, top, width and height."""
BELOW = (EDGE, 316, WIDTH - 2 * EDGE, 250)
"""The room for a drawing below the words."""
_DRAWING = re.compile(r'<svg class="(wide|narrow)"[^>]*?viewBox="0 0 ([0-9.]+) ([0-9.]+)"[^>]*>')
_NAMED = re.compile(r"<(title|desc)\b[^>]*>[^<]*</\1>")
_VARIABLE = re.compile(r"var\(--[\w-]+,\s*(#[0-9a-f]{6})\)")


@dataclass(frozen=True, slots=True)
class Caption:
    """The words of a card; all are plain text."""

    report: str
    edition: str
    page: str
    """The page's title; empty where the finding is that of the whole report."""
    finding: str
    address: str
    """Without `https://`, as people read it aloud."""
    numbers: tuple[tuple[str, str], ...] = ()
    """Headline numbers for a card without a drawing, each with what it is."""


@dataclass(frozen=True, slots=True)
class Drawing:
    """A drawing as it stands on a page, without its names."""

    width: float
    height: float
    body: str


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing in a room of the card, and how much larger it is there than on a page."""

    drawing: Drawing
    room: tuple[int, int, int, int]
    scale: float


def read_drawings(plate: str) -> list[Drawing]:
    """The wide and the narrow drawing of a figure's HTML, the ones of the newest values."""
    found = {}
    for start in _DRAWING.finditer(plate):
        body = plate[start.end() : plate.index("</svg>", start.end())]
        plain = _VARIABLE.sub(r"\1", _NAMED.sub("", body))
        found[start[1]] = Drawing(float(start[2]), float(start[3]), plain)
    return list(found.values())


def lay_out(drawings: Iterable[Drawing]) -> Layout | None:
    """The place where a figure's letters are largest; None for a figure without a drawing."""
    layouts = [
        Layout(drawing, room, min(room[2] / drawing.width, room[3] / drawing.height))
        for drawing in drawings
        for room in (BESIDE, BELOW)
    ]
    return max(layouts, key=lambda layout: layout.scale, default=None)


def make_card(caption: Caption, layout: Layout | None) -> str:
    """The picture as SVG."""
    if layout is None:
        panel, words = (0, 0, WIDTH, HEIGHT), [*_set_plainly(caption)]
    elif layout.room is BESIDE:
        panel, words = (0, 0, BESIDE[0] - 34, HEIGHT), [*_set_beside(caption)]
    else:
        panel, words = (0, 0, WIDTH, BELOW[1] - 24), [*_set_above(caption)]
    left, top, width, height = panel
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" '
        f'width="{WIDTH}" height="{HEIGHT}">'
        f'<rect width="{WIDTH}" height="{HEIGHT}" fill="{theme.PAPER.light}"/>'
        f'<rect x="{left}" y="{top}" width="{width}" height="{height}" fill="{PANEL}"/>'
        f'<rect width="{WIDTH}" height="{BAR}" fill="{ACCENT}"/>'
        f"{''.join(words)}{_place(layout) if layout else ''}</svg>\n"
    )


def _place(layout: Layout) -> str:
    """The drawing, in the middle of its room."""
    left, top, width, height = layout.room
    across = left + (width - layout.drawing.width * layout.scale) / 2
    down = top + (height - layout.drawing.height * layout.scale) / 2
    return (
        f'<g transform="translate({across:.1f},{down:.1f}) scale({layout.scale:.4f})">'
        f"{layout.drawing.body}</g>"
    )


def _set_beside(caption: Caption) -> Iterator[str]:
    """Words in a column on the left."""
    room = BESIDE[0] - 34 - EDGE - 28
    names, edge = _set_names((caption.report, caption.edition), caption.page, room, 78)
    yield from names
    lines, size = _fit(caption.finding, room, HEIGHT - 110 - edge, (42, 38, 34, 31, 28))
    yield from _set_lines(lines, size, edge + 62, theme.INK.light, 700)
    yield _set_line(shorten_text(caption.address, room, 19), 19, HEIGHT - 40, theme.MUTED.light)


def _set_above(caption: Caption) -> Iterator[str]:
    """Words across the upper half."""
    room = WIDTH - 2 * EDGE
    names, edge = _set_names((_name_whole(caption),), caption.page, room, 72)
    yield from names
    lines, size = _fit(caption.finding, room, 130, (44, 40, 36, 32))
    yield from _set_lines(lines, size, edge + 62, theme.INK.light, 700)
    yield _set_line(shorten_text(caption.address, room, 19), 19, HEIGHT - 24, theme.MUTED.light)


def _set_plainly(caption: Caption) -> Iterator[str]:
    """Words alone, with headline numbers at the foot where there are any."""
    room = WIDTH - 2 * EDGE
    names, _ = _set_names((_name_whole(caption),), caption.page, room, 96)
    yield from names
    height = 200 if caption.numbers else 330
    lines, size = _fit(caption.finding, room, height, (50, 46, 42, 38, 34, 30))
    yield from _set_lines(lines, size, 216, theme.INK.light, 700)
    yield from _set_numbers(caption.numbers, room)
    yield _set_line(shorten_text(caption.address, room, 20), 20, HEIGHT - 40, theme.MUTED.light)


def _name_whole(caption: Caption) -> str:
    return f"{caption.report} · {caption.edition}"


def _set_names(
    names: Sequence[str], page: str, room: float, edge: float
) -> tuple[list[str], float]:
    """The report and its edition in one line or two, and the page below; and the last line's foot.

    A page's title that is too long for one line has two of smaller letters.
    """
    shown = [shorten_text(name, room, 22) for name in names]
    below = edge + (len(names) - 1) * 22 * LEADING + 44
    size = 27 if measure_text(page, 27, bold=True) <= room else 23
    inner = room / 1.08  # shortened lines are measured in letters that are not bold
    lines = clamp_lines(wrap_text(page, inner, size, bold=True), 2, inner, size)
    words = [
        *_set_lines(shown, 22, edge, theme.MUTED.light),
        *_set_lines(lines, size, below, ACCENT, 600),
    ]
    return words, below + (len(lines) - 1) * size * LEADING


def _set_numbers(numbers: Sequence[tuple[str, str]], room: float) -> Iterator[str]:
    """Numbers side by side, each above what it is."""
    step = room / max(len(numbers), 1)
    for at, (value, name) in enumerate(numbers):
        left = EDGE + at * step
        shown = shorten_text(value, step - 24, 40, bold=True)
        yield _set_line(shown, 40, 470, ACCENT, 700, left)
        lines = clamp_lines(wrap_text(name, step - 24, 19), 2, step - 24, 19)
        yield from _set_lines(lines, 19, 502, theme.MUTED.light, 400, left)


def _fit(text: str, room: float, height: float, sizes: Sequence[int]) -> tuple[list[str], int]:
    """Lines in the largest size in which all of them fit; in the smallest some may be cut."""
    inner = room / 1.04  # bold letters are wider than the table of semibold ones says
    for size in sizes:
        lines = wrap_text(text, inner, size, bold=True)
        wide = max(measure_text(line, size, bold=True) for line in lines)
        if len(lines) * size * LEADING <= height and wide <= inner:
            return lines, size
    most = max(1, int(height / (sizes[-1] * LEADING)))
    return clamp_lines(lines, most, inner / 1.08, sizes[-1]), sizes[-1]


def _set_lines(  # noqa: PLR0913, PLR0917 - where, and how it looks
    lines: Iterable[str],
    size: float,
    edge: float,
    colour: str,
    weight: int = 400,
    left: float = EDGE,
) -> Iterator[str]:
    for at, line in enumerate(lines):
        yield _set_line(line, size, edge + at * size * LEADING, colour, weight, left)


def _set_line(  # noqa: PLR0913, PLR0917 - the same
    text: str, size: float, edge: float, colour: str, weight: int = 400, left: float = EDGE
) -> str:
    heavy = f' font-weight="{weight}"' if weight != 400 else ""
    return (
        f'<text x="{left:g}" y="{edge:.1f}" font-size="{size:g}"{heavy} fill="{colour}">'
        f"{escape_html(text)}</text>"
    )
