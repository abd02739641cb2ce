"""The shapes of a font's letters, as parts of an SVG path.

Pure: the bytes of a font file in, outlines out. Knows nothing of which fonts there are, or of what
is written with them. What says how letters go together (ligatures, kerning) is left aside: a text
is as wide as its letters, which is how widths are measured everywhere else.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

from fontTools.pens.basePen import BasePen
from fontTools.ttLib import TTFont

GRAIN = 100
"""Parts of a drawing's unit to which coordinates are rounded."""
Spot = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Outline:
    """A letter at one size, in a drawing's units; y grows downwards."""

    advance: float
    """How far from its place the next letter stands."""
    contours: tuple[tuple[float, float, str], ...]
    """Where each begins, from the letter's place; and the rest of it, from there."""

    def draw_at(self, x: float, y: float) -> str:
        """The letter at a place, as commands of a path."""
        return "".join(f"M{x + a:.2f} {y + b:.2f}{rest}z" for a, b, rest in self.contours)


class Face:
    """One font file."""

    def __init__(self, content: bytes) -> None:
        """Open it; outlines are read when they are asked for."""
        font = TTFont(io.BytesIO(content), recalcTimestamp=False, lazy=True)
        self._units: int = font["head"].unitsPerEm
        self._names: dict[int, str] = font.getBestCmap()
        self._glyphs: Any = font.getGlyphSet()
        self._made: dict[tuple[str, float], Outline] = {}

    def __contains__(self, letter: str) -> bool:
        """Whether the font has a letter."""
        return ord(letter) in self._names

    def make_outline(self, letter: str, size: float) -> Outline:
        """A letter that the font has, at so many units of height."""
        key = letter, size
        if key not in self._made:
            glyph = self._glyphs[self._names[ord(letter)]]
            pen = _Pen(self._glyphs, size / self._units)
            glyph.draw(pen)
            advance = glyph.width * size / self._units
            self._made[key] = Outline(advance, tuple(pen.list_contours()))
        return self._made[key]


class _Pen(BasePen):  # type: ignore[misc] # fontTools has no types
    """Draws contours as relative commands; each point is rounded, and no distance is."""

    def __init__(self, glyphs: Any, scale: float) -> None:
        super().__init__(glyphs)
        self._scale = scale * GRAIN
        self._begun: list[tuple[Spot, list[str]]] = []
        self._at = (0, 0)

    def list_contours(self) -> list[tuple[float, float, str]]:
        """What was drawn."""
        return [(x / GRAIN, y / GRAIN, "".join(parts)) for (x, y), parts in self._begun]

    def _round(self, spot: Spot) -> tuple[int, int]:
        return round(spot[0] * self._scale), -round(spot[1] * self._scale)

    def _add(self, command: str, *spots: Spot) -> None:
        (x, y), rounded = self._at, [self._round(spot) for spot in spots]
        ways = " ".join(f"{(a - x) / GRAIN:g} {(b - y) / GRAIN:g}" for a, b in rounded)
        self._begun[-1][1].append(f"{command}{ways}")
        self._at = rounded[-1]

    def _moveTo(self, pt: Spot) -> None:  # noqa: N802 - the base's name
        self._at = self._round(pt)
        self._begun.append((self._at, []))

    def _lineTo(self, pt: Spot) -> None:  # noqa: N802 - as above
        self._add("l", pt)

    def _qCurveToOne(self, pt1: Spot, pt2: Spot) -> None:  # noqa: N802 - as above
        self._add("q", pt1, pt2)
