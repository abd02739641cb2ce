"""Bands of a bar figure: one for each period, with empty ones and breaks where time passes.

Knows when a lack of values is short enough to be left empty. Knows no values and no colours.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from report import theme
from report.figures.canvas import Canvas, Rule, Word
from report.figures.layers import Spec, far_end, make_marks, pixels
from report.figures.times import show_in_row
from report.languages import Catalogue
from report.periods import MONTHS, Kind, Period

MOST_BANDS = 40
SPARSE = 3
"""More bands than so many for each value are too many: breaks stand for most empty ones."""
SHORT = 2
"""So many missing periods are left empty even then."""
STEPS = (1, 2, 5, 10, 20, 50)
UNKNOWN = "?"
"""Stands in each band of which no value is known, so that none is taken for zero."""


@dataclass(frozen=True, slots=True)
class Bands:
    """Periods from left to right, and the numbers of those before which time is left out."""

    periods: tuple[Period, ...]
    known: tuple[int, ...]
    """Numbers of those that have values."""
    breaks: tuple[int, ...] = ()

    @property
    def unknown(self) -> tuple[int, ...]:
        """Numbers of those that have none."""
        known = set(self.known)
        return tuple(n for n in range(len(self.periods)) if n not in known)


def lay_bands(known: Sequence[Period]) -> Bands:
    """Bands for periods with values in order of time, so that no lack of values goes unseen."""
    step = _find_step(known)
    if step:
        span = _count_steps(known[0], known[-1], step) + 1
        if span <= min(SPARSE * len(known), MOST_BANDS):
            return _number([_shift(known[0], n * step) for n in range(span)], known)
    periods: list[Period] = []
    breaks = []
    for period in known:
        missing = _count_missing(periods[-1], period, step) if periods else 0
        if 0 < missing <= SHORT and step:
            periods += [_shift(periods[-1], (n + 1) * step) for n in range(missing)]
        elif missing:
            breaks.append(len(periods))
        periods.append(period)
    return _number(periods, known, breaks)


def _number(
    periods: Sequence[Period], known: Sequence[Period], breaks: Sequence[int] = ()
) -> Bands:
    found = set(known)
    numbers = tuple(n for n, period in enumerate(periods) if period in found)
    return Bands(tuple(periods), numbers, tuple(breaks))


def _find_step(known: Sequence[Period]) -> int:
    """Months from one band to the next; 0 where periods of several lengths or days stand."""
    kinds = {period.kind for period in known}
    if len(kinds) != 1 or Kind.DAY in kinds:
        return 0
    if len({period.start.month for period in known}) == 1:
        return 12
    return MONTHS[known[0].kind]


def _count_steps(first: Period, last: Period, step: int) -> int:
    years = last.start.year - first.start.year
    return (years * 12 + last.start.month - first.start.month) // step


def _shift(period: Period, months: int) -> Period:
    return period.shift(months // MONTHS[period.kind])


def _count_missing(before: Period, period: Period, step: int) -> int:
    """Periods between two that have none; of different lengths only whether time passes."""
    if step:
        return _count_steps(before, period, step) - 1
    return int((period.start - before.end).days > 1)


def label_bands(canvas: Canvas, bands: Bands, catalogue: Catalogue, *, to_date: bool) -> None:
    """Labels for as many bands as have room: round years, or else the newest and back from there.

    Among months and other short periods only those with values are named.
    """
    band = canvas.plot_width / len(bands.periods)
    texts: list[str] = []
    numbers: list[int] = []
    for numbers in _list_choices(bands):
        texts = show_in_row([bands.periods[n] for n in numbers], catalogue, to_date=to_date)
        if _have_room(canvas, numbers, texts, band):
            break
    for number, text in zip(numbers, texts, strict=True):
        half = canvas.measure(text) / 2
        x = min(
            max((number + 0.5) * band, half - canvas.left), canvas.plot_width + canvas.right - half
        )
        canvas.words.append(Word(x, canvas.plot_height + 16, text, align="center"))


def _have_room(canvas: Canvas, numbers: Sequence[int], texts: Sequence[str], band: float) -> bool:
    """Whether labels stand apart."""
    placed = list(zip(numbers, map(canvas.measure, texts), strict=True))
    return all(
        (after - number) * band - (width + wider) / 2 >= canvas.size.font * 0.8
        for (number, width), (after, wider) in itertools.pairwise(placed)
    )


def _list_choices(bands: Bands) -> Iterator[list[int]]:
    """Choices of bands to be labelled, from all to few."""
    if all(period.kind is Kind.YEAR for period in bands.periods):
        yield from (_choose_years(bands.periods, step) for step in STEPS)
        return
    for apart in range(1, len(bands.periods) + 1):
        chosen: list[int] = []
        for number in reversed(bands.known):
            if not chosen or chosen[-1] - number >= apart:
                chosen.append(number)
        yield chosen[::-1]


def _choose_years(periods: Sequence[Period], step: int) -> list[int]:
    """Every so many years, counted from the newest or by round years."""
    if step > 2:
        round_years = [n for n, period in enumerate(periods) if period.start.year % step == 0]
        if round_years:
            return round_years
    return sorted(range(len(periods) - 1, -1, -step))


def draw_breaks(canvas: Canvas, bands: Bands) -> None:
    """Two short strokes on the lower edge wherever time is left out."""
    band = canvas.plot_width / len(bands.periods)
    y = canvas.plot_height
    for number in bands.breaks:
        x = number * band
        canvas.rules.append(Rule(x, 0, x, y - 8, theme.GRID.light, dashed=True))
        for shift in (-2.5, 2.5):
            ends = (x + shift - 2.5, y + 6, x + shift + 2.5, y - 6)
            canvas.rules.append(Rule(*ends, theme.MUTED.light, 1.4))


def draw_unknown(canvas: Canvas, bands: Bands, zero: float) -> list[Spec]:
    """A pale field over each band without a value, with a mark above the zero line at `zero`."""
    band = canvas.plot_width / len(bands.periods)
    rows: list[dict[str, float]] = []
    for number in bands.unknown:
        left, right = round(number * band, 1), round((number + 1) * band, 1)
        if rows and rows[-1]["right"] == left:
            rows[-1]["right"] = right
        else:
            rows.append({"left": left, "right": right, "top": 0, "bottom": canvas.plot_height})
        if band > canvas.measure(UNKNOWN, size=11) + 2:
            middle = (number + 0.5) * band
            canvas.words.append(Word(middle, zero - 10, UNKNOWN, align="center", size=11))
    if not rows:
        return []
    return [
        make_marks("rect", rows, fill=theme.BAND.light).encode(
            x=pixels("left"), x2=far_end("right"), y=pixels("top"), y2=far_end("bottom")
        )
    ]
