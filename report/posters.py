"""A figure's drawing as a picture that stands alone: with its title, sources and address printed.

Pure. Knows how words are set above and below a drawing, in colours that are the same wherever the
picture goes. Letters are measured by a table, so that a line which fits here fits in common fonts.
Knows no data and no file.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from report import theme
from report.figures.letters import clamp_lines, measure_text, wrap_text
from report.text import escape_html

MARGIN = 20.0
LEADING = 1.36
"""Height of a line in sizes of its letters."""
FAMILIES = (
    "Noto Sans, Noto Sans SC, Segoe UI, Helvetica Neue, Arial, PingFang SC, Microsoft YaHei, "
    "sans-serif"
)
"""The drawings' own font first, then what machines have that lack it."""
_ROOT = re.compile(r'<svg [^>]*?viewBox="0 0 ([0-9.]+) ([0-9.]+)"[^>]*>')


@dataclass(frozen=True, slots=True)
class Legend:
    """The words of a picture; all are plain text."""

    number: str
    """E.g. `Figure 3.2`; may be empty."""
    title: str
    takeaway: str
    notes: str
    """In one paragraph; only its beginning is printed where it has more than 24 lines."""
    sources: str
    edition: str
    """Report, edition, cut-off and licence."""
    address: str
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Style:
    """How a paragraph looks, how many lines it may have, and what stands above it."""

    size: float
    colour: str
    weight: int = 400
    most: int = 99
    above: float = 0.0


TITLE = Style(19, theme.INK.light, 700)
TAKEAWAY = Style(13.5, theme.MUTED.light, above=5)
NOTES = Style(11, theme.MUTED.light, most=24, above=8)
SOURCES = Style(11, theme.MUTED.light, most=12, above=6)
EDITION = Style(11, theme.MUTED.light, most=2, above=6)
ADDRESS = Style(11, theme.MUTED.light)


def make_poster(drawing: str, legend: Legend) -> str:
    """The picture as SVG: `drawing` is a compact SVG in the light page's colours.

    Raises ValueError where that is no such drawing.
    """
    found = _ROOT.match(drawing)
    if found is None:
        msg = "this is no drawing of draw_svg"
        raise ValueError(msg)
    width, height = float(found[1]), float(found[2])
    title = f"{legend.number}. {legend.title}" if legend.number else legend.title
    above, edge = _set_texts([(title, TITLE), (legend.takeaway, TAKEAWAY)], width, MARGIN)
    top = edge + 12
    below, end = _set_texts(
        [
            (legend.notes, NOTES),
            (legend.sources, SOURCES),
            (legend.edition, EDITION),
        ],
        width,
        top + height + 6,
    )
    address, end = _set_lines(_break_address(legend.address, width), ADDRESS, end)
    outer_width, outer_height = width + 2 * MARGIN, round(end + MARGIN - 4)
    body = drawing[found.end() : drawing.rindex("</svg>")]
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {outer_width:g} {outer_height}" '
        f'width="{outer_width:g}" height="{outer_height}" font-family="{FAMILIES}" role="img" '
        f'aria-labelledby="title desc" xml:lang="{escape_html(legend.language)}">'
        f'<title id="title">{escape_html(title)}</title>'
        f'<desc id="desc">{escape_html(legend.takeaway)}</desc>'
        f'<rect width="{outer_width:g}" height="{outer_height}" fill="{theme.PAPER.light}"/>'
        f'{above}<g transform="translate({MARGIN:g},{top:.1f})">{body}</g>{below}{address}</svg>\n'
    )


@dataclass(frozen=True, slots=True)
class Heading:
    """A title and the sentence below it, as Vega-Lite sets them above a chart."""

    title: dict[str, Any]
    height: float


def set_heading(title: str, takeaway: str, width: float) -> Heading:
    """Both in lines no wider than asked."""
    first, second = _wrap(title, TITLE, width), _wrap(takeaway, TAKEAWAY, width)
    steps = (round(style.size * LEADING, 1) for style in (TITLE, TAKEAWAY))
    high, low = steps
    return Heading(
        {
            "text": first,
            "subtitle": second,
            "anchor": "start",
            "frame": "group",
            "offset": 14,
            "fontSize": TITLE.size,
            "fontWeight": TITLE.weight,
            "lineHeight": high,
            "color": TITLE.colour,
            "subtitleFontSize": TAKEAWAY.size,
            "subtitleLineHeight": low,
            "subtitlePadding": TAKEAWAY.above,
            "subtitleColor": TAKEAWAY.colour,
        },
        len(first) * high + len(second) * low + TAKEAWAY.above,
    )


def _set_texts(texts: Sequence[tuple[str, Style]], width: float, edge: float) -> tuple[str, float]:
    """Paragraphs below each other from an upper edge on, and where they end; none without words."""
    parts = []
    for text, style in texts:
        if text:
            lines = _wrap(text, style, width)
            part, edge = _set_lines(lines, style, edge + style.above)
            parts.append(part)
    return "".join(parts), edge


def _wrap(text: str, style: Style, width: float) -> list[str]:
    bold = style.weight > 400
    # Bold letters are wider than the table of semibold ones says.
    room = width / 1.04 if bold else width
    lines = wrap_text(text, room, style.size, bold=bold)
    return clamp_lines(lines, style.most, room, style.size) if len(lines) > style.most else lines


def _set_lines(lines: Sequence[str], style: Style, edge: float) -> tuple[str, float]:
    step = style.size * LEADING
    weight = f' font-weight="{style.weight}"' if style.weight != 400 else ""
    parts = [
        f'<text x="{MARGIN:g}" y="{edge + step * number + style.size:.1f}" '
        f'font-size="{style.size:g}"{weight} fill="{style.colour}">{escape_html(line)}</text>'
        for number, line in enumerate(lines)
    ]
    return "".join(parts), edge + step * len(lines)


def _break_address(address: str, width: float) -> list[str]:
    """An address in lines that can be copied one after the other."""
    lines, line = [], ""
    for part in re.findall(r"[^/#]*[/#]?", address):
        if line and measure_text(line + part, ADDRESS.size) > width:
            lines.append(line)
            line = ""
        line += part
    return [*lines, line]
