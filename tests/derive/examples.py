"""Small series for tests of operations, and the shortest way to compute with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal, localcontext
from typing import Any

from hypothesis import strategies as st

from report.derive.order import compute_points
from report.model import (
    DerivedDeclaration,
    Frequency,
    Point,
    SeriesDeclaration,
    Status,
    Unit,
)
from report.periods import Kind, Period, parse_period

Values = Mapping[str, str]
"""Values by period as a data file writes them, e.g. `{"2015": "7", "2016": "8.5"}`."""
Points = tuple[Point, ...]

DAY_ONE = date(2026, 1, 1)


def make_points(
    values: Values,
    status: Status = Status.FINAL,
    sources: tuple[str, ...] = ("a",),
    published: date = DAY_ONE,
    note: str = "",
) -> Points:
    """Final points from one source, published on one day, unless told otherwise."""
    return tuple(
        Point(parse_period(period), Decimal(value), status, sources, published, note)
        for period, value in sorted(values.items(), key=lambda item: parse_period(item[0]))
    )


def years(*values: str, first: int = 2001) -> Points:
    """Annual values in a row."""
    return make_points({str(first + at): value for at, value in enumerate(values)})


def declare(operation: str, *of: str, name: str = "x", unit: str = "t", **options: Any) -> Any:
    """A derived declaration that says only what matters."""
    return DerivedDeclaration.model_validate(
        {
            "id": name,
            "title": "X",
            "unit": unit,
            "operation": operation,
            "of": of,
            "options": options,
            "definition": "X.",
        }
    )


def compute(operation: str, *inputs: Points, **options: Any) -> Points:
    """Points of an operation, with options as a declaration writes them."""
    return compute_points(declare(operation, **options), inputs)


def show(points: Points, digits: int = 4) -> dict[str, str]:
    """Values by period, rounded for comparison with a calculation by hand."""
    with localcontext(prec=60):
        return {
            str(point.period): f"{round(point.value, digits).normalize():f}"
            for point in points
            if point.value is not None
        }


def answer(operation: str, *values: str, **options: Any) -> str:
    """The one value that an operation gives from one value of each input; empty for none."""
    points = compute(operation, *(years(value) for value in values), **options)
    return show(points).get("2001", "")


def declare_series(
    name: str, unit: str = "t", frequency: Frequency = Frequency.ANNUAL
) -> SeriesDeclaration:
    """An observed series that says only what matters."""
    return SeriesDeclaration(
        id=name,
        title={"en": name},
        unit=unit,
        frequency=frequency,
        definition={"en": name},
        sources=(("a",),),
    )


def make_unit(name: str, pattern: str = "{} t", maximum: str | None = None) -> Unit:
    """A unit that says only what matters."""
    top = None if maximum is None else Decimal(maximum)
    return Unit(id=name, title={"en": name}, pattern={"en": pattern}, digits=1, maximum=top)


AMOUNTS = st.decimals(min_value="-1e12", max_value="1e12", places=4)
POSITIVE = st.decimals(min_value="0.0001", max_value="1e12", places=4)
NOT_NEGATIVE = st.decimals(min_value=0, max_value="1e12", places=4)


@st.composite
def series(draw: st.DrawFn, values: st.SearchStrategy[Decimal] = AMOUNTS) -> Points:
    """Months with gaps, of any status, from up to three sources."""
    first = parse_period("2001-01")
    months = sorted(draw(st.sets(st.integers(0, 40), max_size=30)))
    return tuple(_draw_point(draw, first.shift(month), values) for month in months)


def _draw_point(draw: st.DrawFn, period: Period, values: st.SearchStrategy[Decimal]) -> Point:
    return Point(
        period,
        draw(values),
        draw(st.sampled_from(list(Status)[:4])),
        (draw(st.sampled_from("abc")),),
        draw(st.dates(DAY_ONE, date(2026, 12, 31))),
        draw(st.sampled_from(["", "break", "new method"])),
    )


def daily(count: int, first: str = "2005-01-03") -> list[Period]:
    """So many working days in a row."""
    day = parse_period(first)
    found: list[Period] = []
    while len(found) < count:
        if day.start.weekday() < 5:
            found.append(day)
        day = day.shift(1)
    assert all(period.kind is Kind.DAY for period in found)
    return found
