"""Faults that several forms look for in a declaration.

Knows declarations and the report's series. A fault is the key within the figure, what was found,
and what to write instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from difflib import get_close_matches

from report.model import FigureDeclaration, Frequency, Report, SeriesDeclaration
from report.periods import parse_period

Fault = tuple[str, str, str]
MOST_SERIES = 8
MOST_LISTED = 12


def suggest(name: str, known: Iterable[str]) -> str:
    """What to write for an unknown name: all choices where they are few, else the nearest."""
    names = sorted(known)
    close = get_close_matches(name, names, n=1, cutoff=0.5)
    if close:
        return f"did you mean {close[0]!r}?"
    if len(names) <= MOST_LISTED:
        return f"use one of: {', '.join(names)}" if names else "leave it out"
    return "declare it, or use a declared one"


def find_shape_fault(
    declaration: FigureDeclaration, least: int = 1, most: int = MOST_SERIES
) -> Iterator[Fault]:
    """Too few or too many series for the form."""
    count = len(declaration.series)
    if least <= count <= most:
        return
    wanted = f"{least}" if least == most else f"{least} to {most}"
    yield "series", f"names {count} series", f"name {wanted} for this form"


def find_series_fault(key: str, name: str, report: Report) -> Iterator[Fault]:
    """A series that an option names and nobody declares."""
    known = {*report.series, *report.derived}
    if name not in known:
        yield key, f"names {name!r}, which is no series", suggest(name, known)


def find_unit_fault(names: Iterable[tuple[str, str]], report: Report) -> Iterator[Fault]:
    """Series, each with its key, that cannot share an axis for their units differ."""
    first = ""
    for key, name in names:
        declaration = report.series.get(name) or report.derived.get(name)
        if declaration is None:
            continue
        first = first or declaration.unit
        if declaration.unit != first:
            what = f"names {name!r} in {declaration.unit!r} beside series in {first!r}"
            yield key, what, "draw one unit on one axis: index to a base, or use small multiples"


def list_series(declaration: FigureDeclaration) -> list[tuple[str, str]]:
    """The declared series with their keys."""
    return [(f"series[{number}]", name) for number, name in enumerate(declaration.series)]


def find_long_series(declaration: FigureDeclaration, report: Report, most: int) -> Iterator[Fault]:
    """Observed daily series with more periods in the figure's span than can be drawn."""
    for key, name in list_series(declaration):
        series = report.series.get(name)
        if not isinstance(series, SeriesDeclaration) or series.frequency is not Frequency.DAILY:
            continue
        start = parse_period(declaration.start).start if declaration.start else None
        end = parse_period(declaration.end).end if declaration.end else None
        periods = {
            row.period
            for row in report.observations
            if row.series == name
            and (start is None or row.period.start >= start)
            and (end is None or row.period.end <= end)
        }
        if len(periods) > most:
            what = f"names {name!r} with {len(periods)} values, more than {most}"
            yield key, what, "derive a mean over longer periods (period_mean) and draw that"
