"""How wide a text is in the drawings' font, and where it is broken into lines.

Pure: widths stand in a table, so a drawing's layout never depends on the fonts of the machine that
draws it.
"""

from __future__ import annotations

import unicodedata
from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate

from report.figures.widths import REGULAR, SEMIBOLD

MARGIN = 1.02
"""A little more than the font says: browsers fit letters to whole pixels."""


def measure_text(text: str, size: float, *, bold: bool = False) -> float:
    """Width in pixels, never less than browsers need."""
    return _scale(sum(_list_widths(text, bold=bold)), size)


def _list_widths(text: str, *, bold: bool) -> Iterator[int]:
    """Width of each letter, in thousandths of the size."""
    widths = SEMIBOLD if bold else REGULAR
    return (widths[each] if each in widths else _guess_width(each) for each in text)


def _scale(total: int, size: float) -> float:
    return total * size / 1000 * MARGIN


def _guess_width(letter: str) -> int:
    if unicodedata.east_asian_width(letter) in "WF":
        return 1000
    return 0 if unicodedata.combining(letter) else 620


def wrap_text(text: str, width: float, size: float, *, bold: bool = False) -> list[str]:
    """Lines no wider than asked where words (or Chinese characters) allow it."""
    lines: list[str] = []
    line = ""
    for part in _split(text):
        longer = line + part
        if line.strip() and measure_text(longer.rstrip(), size, bold=bold) > width:
            lines.append(line.strip())
            line = part.lstrip()
        else:
            line = longer
    if line.strip() or not lines:
        lines.append(line.strip())
    return lines


def shorten_text(text: str, width: float, size: float, *, bold: bool = False) -> str:
    """The text, or as much of its beginning as fits, with an ellipsis."""
    if measure_text(text, size, bold=bold) <= width:
        return text
    (mark,) = _list_widths("…", bold=bold)
    ends = [*accumulate(_list_widths(text, bold=bold))]
    fitting = bisect_right(ends, width, key=lambda end: _scale(end + mark, size))
    return text[:fitting].rstrip() + "…"


def clamp_lines(lines: list[str], most: int, width: float, size: float) -> list[str]:
    """At most so many lines; what is cut shows as an ellipsis."""
    if len(lines) <= most:
        return [shorten_text(line, width, size) for line in lines]
    rest = " ".join(lines[most - 1 :])
    return [
        *(shorten_text(line, width, size) for line in lines[: most - 1]),
        shorten_text(rest, width, size),
    ]


def _split(text: str) -> list[str]:
    """Pieces between which a line may break: after spaces, and between wide characters."""
    pieces: list[str] = []
    word = ""
    for letter in text:
        if unicodedata.east_asian_width(letter) in "WF":
            if word:
                pieces.append(word)
            word = ""
            pieces.append(letter)
            continue
        word += letter
        if letter == " ":
            pieces.append(word)
            word = ""
    return [*pieces, word] if word else pieces
