"""Room for words among lines: the place where a label hides least.

Pure arithmetic in pixels. Knows no series.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

Spot = tuple[float, float]
STEPS = 16
"""Places tried from the left to the right end of a span."""
APART = 4.0
"""Pixels between the spots by which a line is known."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where words stand, with a little air around them."""

    left: float
    right: float
    top: float
    bottom: float

    def holds(self, spot: Spot) -> bool:
        """Whether a spot lies within."""
        return self.left <= spot[0] <= self.right and self.top <= spot[1] <= self.bottom


def list_spots(path: Sequence[Spot]) -> Iterator[Spot]:
    """Spots along a path, near enough to each other that no word slips between."""
    yield from path[:1]
    for (x, y), (x2, y2) in itertools.pairwise(path):
        count = max(1, math.ceil(math.hypot(x2 - x, y2 - y) / APART))
        for number in range(1, count + 1):
            share = number / count
            yield x + (x2 - x) * share, y + (y2 - y) * share


def find_room(
    width: float, heights: Sequence[float], span: tuple[float, float], spots: Sequence[Spot]
) -> Spot:
    """Left edge and middle of words where they cover fewest spots; the first of equals is taken.

    `heights` are the middles that are allowed, the best first; `span` bounds the words' edges.
    """
    room = max(span[1] - span[0] - width, 0.0)
    places = [
        (span[0] + room * number / STEPS, height)
        for height in heights
        for number in range(STEPS + 1)
    ]
    return min(places, key=lambda place: _count_hidden(place, width, spots))


def _count_hidden(place: Spot, width: float, spots: Sequence[Spot]) -> int:
    left, middle = place
    box = Box(left - 3, left + width + 3, middle - 8, middle + 8)
    return sum(box.holds(spot) for spot in spots)
