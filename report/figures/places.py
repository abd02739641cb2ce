"""Where periods and numbers stand on an axis, and which of them are labelled.

Pure arithmetic. Time is a number of years, never a date object, so no time zone can shift it: a
year stands on its own number, a shorter period in the middle of its days.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from report.figures.times import show_in_row
from report.languages import Catalogue
from report.periods import Kind, Period, parse_period

STEPS = (1.0, 2.0, 2.5, 5.0, 10.0)
YEAR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100)
MONTH_STEPS = (1, 2, 3, 6)


@dataclass(frozen=True, slots=True)
class Tick:
    """A labelled place on an axis."""

    at: float
    text: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The span of an axis and its ticks."""

    low: float
    high: float
    ticks: tuple[Tick, ...]
    log: bool = False

    def share(self, value: float) -> float:
        """How far along the axis a value stands, from 0 to 1."""
        if self.log:
            low, high = math.log10(self.low), math.log10(self.high)
            return (math.log10(value) - low) / (high - low)
        return (value - self.low) / (self.high - self.low)


@lru_cache(maxsize=65536)
def place_day(day: date) -> float:
    """A day as a number of years: 2 July 2015 is about 2015.5."""
    first = date(day.year, 1, 1).toordinal()
    length = date(day.year + 1, 1, 1).toordinal() - first
    return day.year + (day.toordinal() - first) / length


def place_period(period: Period, *, annual: bool) -> float:
    """A year's own number among years; else the middle of the period's days."""
    if annual:
        return float(period.start.year)
    return round((place_day(period.start) + place_day(period.end)) / 2, 4)


def place_moment(text: str, *, annual: bool) -> float:
    """An event's date on the axis: among years, the middle of a year stands on its number."""
    period = parse_period(text)
    middle = (place_day(period.start) + place_day(period.end)) / 2
    return round(middle - 0.5 if annual else middle, 4)


def make_value_axis(
    values: Sequence[float], count: int, catalogue: Catalogue, *, zero: bool = False
) -> Axis:
    """A linear axis around values with about `count` ticks at round numbers."""
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    if zero:
        low, high = min(low, 0.0), max(high, 0.0)
    if low == high:
        margin = abs(low) * 0.5 or 1.0
        low, high = (
            (min(low, 0.0), max(high, 0.0)) if zero and low else (low - margin, low + margin)
        )
    step = _choose_step((high - low) / max(count, 1))
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    digits = -math.floor(math.log10(step) + 1e-9) + (1 if _leading(step) == 2.5 else 0)
    ticks = tuple(
        Tick(round(n * step, 10), _show(n * step, digits, catalogue))
        for n in range(first, last + 1)
    )
    return Axis(ticks[0].at, ticks[-1].at, ticks)


def _leading(step: float) -> float:
    return round(step / 10.0 ** math.floor(math.log10(step) + 1e-9), 6)


def _choose_step(rough: float) -> float:
    power = 10.0 ** math.floor(math.log10(rough))
    return next(step * power for step in STEPS if step * power >= rough * 0.999)


def _show(value: float, digits: int, catalogue: Catalogue) -> str:
    return catalogue.number(Decimal(repr(round(value, 10))), max(digits, 0))


def make_log_axis(values: Sequence[float], count: int, catalogue: Catalogue) -> Axis:
    """A logarithmic axis around positive values with ticks at 1, 2, 5 or at powers of ten."""
    low, high = math.log10(min(values)), math.log10(max(values))
    powers = range(math.floor(low), math.ceil(high) + 1)
    fine = (1, 2, 5) if high - low < count / 2.5 else (1,)
    marks = sorted(Decimal(lead).scaleb(power) for power in powers for lead in fine)
    below = [mark for mark in marks if mark <= Decimal(repr(min(values)))]
    above = [mark for mark in marks if mark >= Decimal(repr(max(values)))]
    first = below[-1] if below else marks[0]
    last = above[0] if above and above[0] > first else marks[-1]
    kept = [
        mark for mark in marks if first <= mark <= max(last, first * 10 if first == last else last)
    ]
    ticks = tuple(
        Tick(float(mark), catalogue.number(mark, max(0, -int(mark.adjusted())))) for mark in kept
    )
    return Axis(ticks[0].at, ticks[-1].at, ticks, log=True)


def make_period_axis(periods: Iterable[Period], room: int, catalogue: Catalogue) -> Axis:
    """A time axis over periods with at most `room` labels."""
    found = sorted(set(periods))
    if not found:
        return Axis(0.0, 1.0, ())
    annual = all(period.kind is Kind.YEAR for period in found)
    if annual:
        first, last = found[0].start.year, found[-1].start.year
        low, high = (first, last) if first < last else (first - 1, last + 1)
        return Axis(float(low), float(high), _year_ticks(first, last, room))
    low_day, high_day = place_day(found[0].start), place_day(found[-1].end)
    months = round((high_day - low_day) * 12)
    first, last = math.ceil(low_day - 1e-9), math.floor(high_day + 0.01)
    if months > 30 and last > first:
        return Axis(low_day, high_day, _year_ticks(first, last, room))
    return Axis(low_day, high_day, _month_ticks(found, max(3, room // 2), catalogue))


def _year_ticks(first: int, last: int, room: int) -> tuple[Tick, ...]:
    step = next((s for s in YEAR_STEPS if (last - first) // s + 1 <= room), YEAR_STEPS[-1])
    years = [year for year in range(first, last + 1) if year % step == 0]
    return tuple(Tick(float(year), f"{year}") for year in years or [first])


def _month_ticks(periods: Sequence[Period], room: int, catalogue: Catalogue) -> tuple[Tick, ...]:
    month = periods[0].enclosing(Kind.MONTH)
    months = [month]
    while months[-1].end < periods[-1].end:
        months.append(months[-1].shift(1))
    step = next((s for s in MONTH_STEPS if len(months) // s + 1 <= room), 12)
    kept = [m for m in months if (m.start.month - 1) % step == 0] or months[:1]
    low = place_day(periods[0].start)
    shown = [m for m in kept if place_period(m, annual=False) >= low]
    texts = show_in_row(shown, catalogue)
    return tuple(
        Tick(place_period(m, annual=False), text) for m, text in zip(shown, texts, strict=True)
    )
