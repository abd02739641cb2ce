"""Spans of time that a value is about: a year, half, quarter, month or day.

Pure. Knows how periods are written, ordered and shifted; knows nothing of values or languages.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """How long a period is."""

    YEAR = "year"
    HALF = "half"
    QUARTER = "quarter"
    MONTH = "month"
    DAY = "day"


MONTHS = {Kind.YEAR: 12, Kind.HALF: 6, Kind.QUARTER: 3, Kind.MONTH: 1}
_FORM = re.compile(
    r"(?P<year>(?:1[89]|20)[0-9]{2})"
    r"(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<month>0[1-9]|1[0-2])(?:-(?P<day>[0-3][0-9]))?))?",
    re.ASCII,
)


@dataclass(frozen=True, slots=True, order=True)
class Period:
    """A closed span of days. Ordered by its first day, then by its last."""

    start: date
    end: date
    kind: Kind = field(compare=False)
    _text: str = field(default="", init=False, repr=False, compare=False)

    def __str__(self) -> str:
        if not self._text:  # which is asked for many times
            object.__setattr__(self, "_text", self._write())
        return self._text

    def _write(self) -> str:
        year = self.start.year
        match self.kind:
            case Kind.YEAR:
                return f"{year}"
            case Kind.HALF:
                return f"{year}-H{(self.start.month + 5) // 6}"
            case Kind.QUARTER:
                return f"{year}-Q{(self.start.month + 2) // 3}"
            case Kind.MONTH:
                return f"{year}-{self.start.month:02}"
            case Kind.DAY:
                return self.start.isoformat()

    def shift(self, count: int) -> Period:
        """The period `count` lengths later (earlier if negative), e.g. 2016-Q4 by 1 is 2017-Q1."""
        if self.kind is Kind.DAY:
            day = self.start + timedelta(days=count)
            return Period(day, day, Kind.DAY)
        first = self.start.year * 12 + self.start.month - 1 + count * MONTHS[self.kind]
        return _from_months(first, self.kind)

    def years_earlier(self, years: int) -> Period:
        """The same period of an earlier year; 29 February becomes 28 February."""
        if self.kind is not Kind.DAY:
            return self.shift(-years * 12 // MONTHS[self.kind])
        try:
            day = self.start.replace(year=self.start.year - years)
        except ValueError:
            day = self.start.replace(year=self.start.year - years, day=28)
        return Period(day, day, Kind.DAY)

    def enclosing(self, kind: Kind) -> Period:
        """The period of the given (longer or equal) kind in which this one begins."""
        if kind is Kind.DAY:
            return Period(self.start, self.start, kind)
        month = (self.start.month - 1) // MONTHS[kind] * MONTHS[kind]
        return _from_months(self.start.year * 12 + month, kind)


def _from_months(first: int, kind: Kind) -> Period:
    last = first + MONTHS[kind]
    start = date(first // 12, first % 12 + 1, 1)
    return Period(start, date(last // 12, last % 12 + 1, 1) - timedelta(days=1), kind)


@lru_cache(maxsize=65536)
def parse_period(text: str) -> Period:
    """Read `2016`, `2016-H1`, `2016-Q1`, `2016-03` or `2016-03-14`. Raises ValueError otherwise."""
    found = _FORM.fullmatch(text)
    if found is None:
        msg = f"{text!r} is no period"
        raise ValueError(msg)
    year = int(found["year"]) * 12
    if found["day"]:
        day = date.fromisoformat(text)
        return Period(day, day, Kind.DAY)
    if found["month"]:
        return _from_months(year + int(found["month"]) - 1, Kind.MONTH)
    if found["quarter"]:
        return _from_months(year + 3 * (int(found["quarter"]) - 1), Kind.QUARTER)
    if found["half"]:
        return _from_months(year + 6 * (int(found["half"]) - 1), Kind.HALF)
    return _from_months(year, Kind.YEAR)
