"""The numbers of a figure one by one, as they are handed on: exact, with unit, status and sources.

Pure. Takes the rows that a form has gathered. A number that was reckoned from others, as an index
or a share is, rests on the sources of all of them. Knows nothing of files or of who may have them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any

from report.figures.indexing import name_index
from report.figures.libraries import list_records, pd
from report.figures.request import Request
from report.model import Event, Point, Status
from report.periods import Period, parse_period


@dataclass(frozen=True, slots=True)
class Number:
    """One value of a figure."""

    series: str
    """The id of its series."""
    title: str
    """The title of its series."""
    period: Period
    value: Decimal | None
    """None only where a source says that it does not publish the value."""
    unit: str
    """In words; of an index or a share what the number is a part of."""
    status: Status
    published: date
    """The day on which it became known; of a computed value the latest of those it rests on."""
    sources: tuple[str, ...]
    known_on: str = ""
    """In a figure of successive vintages, the day whose knowledge it belongs to."""


def list_numbers(frame: pd.DataFrame, request: Request) -> list[Number]:
    """All numbers of a figure in the order in which it gathers them; none for a timeline."""
    if request.declaration.form == "timeline":
        return []
    rows = list_records(frame)
    if request.declaration.form == "fan":
        return [_read_vintage(row, request) for row in rows]
    values = [(*value, row["period"]) for row in rows for value in _list_values(row)]
    points = {
        name: {point.period: point for point in request.series(name).points}
        for name in {name for name, _, _ in values}
    }
    found = {
        (name, period): _read_value(name, exact, points[name][period], request)
        for name, exact, period in values
    }
    return list(_rest_on_all(found, request))


def list_happenings(frame: pd.DataFrame, request: Request) -> list[Event]:
    """The events of a timeline in order of time; none for another form."""
    if request.declaration.form != "timeline":
        return []
    known = {event.id: event for event in request.view.events}
    return [known[row["series"]] for row in list_records(frame)]


def _list_values(row: dict[str, Any]) -> Iterator[tuple[str, Decimal | None]]:
    """The values of a row; a point of a scatter has two."""
    if "across_series" in row:
        yield row["across_series"], row["across_exact"]
    yield row["series"], row["exact"]


def _read_value(name: str, exact: Decimal | None, point: Point, request: Request) -> Number:
    return Number(
        series=name,
        title=request.catalogue.text(request.series(name).declaration.title),
        period=point.period,
        value=exact,
        unit=_name_unit(name, request),
        status=point.status,
        published=point.published,
        sources=tuple(sorted(point.sources)),
    )


def _read_vintage(row: dict[str, Any], request: Request) -> Number:
    name = request.declaration.series[0]
    return Number(
        series=name,
        title=request.catalogue.text(request.series(name).declaration.title),
        period=row["period"],
        value=row["exact"],
        unit=_name_unit(name, request),
        status=row["status"],
        published=row["published"],
        sources=tuple(sorted(row["sources"])),
        known_on=row["series"],
    )


def _name_unit(name: str, request: Request) -> str:
    if getattr(request.options, "base", None):
        return name_index(request)
    if getattr(request.options, "share", False):
        return request.catalogue.gettext("percent of the sum")
    return request.unit_words([name])


def _rest_on_all(found: dict[tuple[str, Period], Number], request: Request) -> Iterator[Number]:
    """Each number, with the sources of all that it is reckoned from."""
    base = getattr(request.options, "base", None)
    shares = getattr(request.options, "share", False)
    together: dict[Period, set[str]] = {}
    for number in found.values():
        together.setdefault(number.period, set()).update(number.sources)
    for number in found.values():
        rests = {*number.sources}
        if base and number.value is not None:
            rests |= {*found[number.series, parse_period(base)].sources}
        if shares and number.value is not None:
            rests |= together[number.period]
        yield replace(number, sources=tuple(sorted(rests)))
