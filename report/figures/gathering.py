"""Points of series as tidy rows, and the tables made from the same rows.

Knows what a gap is and how rows become a table of periods by series. Knows nothing of drawing.
A frame has one row for each point: `series, label, order, role, period, key, x, value, exact,
status, run, sources, published`; a point without a value has None in `exact` and NaN in `value`.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from report.figures.libraries import list_rows, np, pd
from report.figures.places import place_period
from report.figures.request import Request, is_annual
from report.languages import Catalogue
from report.model import Point, SeriesDeclaration, Status
from report.periods import Kind, Period
from report.tables import Cell, Column, Table, make_cell, make_table

COLUMNS = (
    *("series", "label", "order", "role", "period", "key", "x", "value", "exact", "status"),
    *("run", "sources", "published"),
)
NUMBERS = {"x": "float64", "value": "float64", "order": "int64", "run": "int64"}
"""Columns that are reckoned with; all others hold objects as they are."""
UNEVEN = {"irregular", "ytd"}
LONE = 1_000_000
"""Runs of this many and its multiples hold one value each: there is no line to break."""
FEWEST_ALIKE = 3
"""So many values of one status may be drawn plainly and said once."""
LONGEST_BREAK = 10
"""Days without a daily value that are no gap: weekends and holidays."""


def gather_series(
    request: Request,
    names: Sequence[str],
    role: str = "value",
    first: int = 0,
    *,
    lone: bool = False,
) -> pd.DataFrame:
    """Rows for all points of these series within the figure's span.

    Values of a series with more gaps than joins, or of all where they shall be `lone`, stand alone.
    """
    found = {name: request.points(name) for name in names}
    annual = is_annual(point.period for points in found.values() for point in points)
    rows = []
    for order, name in enumerate(names, first):
        runs = number_runs(found[name], even=is_even(request, name))
        if lone or _is_fragmented(found[name], runs):
            runs = [LONE * (place + 1) for place in range(len(runs))]
        for point, run in zip(found[name], runs, strict=True):
            rows.append(
                {
                    "series": name,
                    "label": request.label(name),
                    "order": order,
                    "role": role,
                    "x": place_period(point.period, annual=annual),
                    "run": run,
                    **describe_point(point),
                }
            )
    return make_frame(rows)


def describe_point(point: Point) -> dict[str, Any]:
    """The columns that come from the point alone."""
    return {
        "period": point.period,
        "key": str(point.period),
        "value": math.nan if point.value is None else float(point.value),
        "exact": point.value,
        "status": point.status,
        "sources": point.sources,
        "published": point.published,
    }


def make_frame(rows: Iterable[Mapping[str, Any]], more: Sequence[str] = ()) -> pd.DataFrame:
    """A frame with all columns, even of no rows; periods and decimals stay objects."""
    body = list(rows)
    names = [*COLUMNS, *more]
    cells = np.empty((len(body), len(names)), dtype=object)
    for place, name in enumerate(names):
        # One by one: an array of pairs would else become two columns.
        cells[:, place] = np.fromiter((row.get(name) for row in body), object, len(body))
    frame = pd.DataFrame(cells, columns=names, dtype=object, copy=False)
    for name, kind in NUMBERS.items():
        frame[name] = np.fromiter((row.get(name) for row in body), kind, len(body))
    return frame


def is_even(request: Request, name: str) -> bool:
    """Whether a series has a value for each period of its kind, so that a lack is a gap."""
    declaration = request.series(name).declaration
    return not (
        isinstance(declaration, SeriesDeclaration) and declaration.frequency.value in UNEVEN
    )


def number_runs(points: Sequence[Point], *, even: bool) -> list[int]:
    """For each point the number of its unbroken run; a gap begins a new one."""
    runs: list[int] = []
    run = 0
    last: Period | None = None
    broken = False
    for point in points:
        if point.value is None:
            broken = broken or even
        else:
            if last is not None and (broken or (even and _is_gap(last, point.period))):
                run += 1
            last, broken = point.period, False
        runs.append(run)
    return runs


def _is_fragmented(points: Sequence[Point], runs: Sequence[int]) -> bool:
    """Whether there are more gaps than joins between values that follow each other."""
    known = [run for point, run in zip(points, runs, strict=True) if point.value is not None]
    lines = len(set(known))
    return lines - 1 > len(known) - lines


def find_alike(frame: pd.DataFrame) -> dict[str, Status]:
    """Series whose values are all provisional, or all estimates, with that status."""
    statuses: dict[str, list[Status]] = {}
    for name, exact, status in zip(frame["series"], frame["exact"], frame["status"], strict=True):
        if exact is not None:
            statuses.setdefault(name, []).append(status)
    return {
        name: found[0]
        for name, found in statuses.items()
        if len(found) >= FEWEST_ALIKE
        and len(set(found)) == 1
        and found[0] in {Status.PROVISIONAL, Status.ESTIMATE}
    }


def draw_alike_plainly(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame as it is drawn: such series look final, for a note says of all what they are."""
    alike = find_alike(frame)
    if not alike:
        return frame
    frame = frame.copy()
    frame.loc[frame["series"].isin(list(alike)), "status"] = Status.FINAL
    return frame


def _is_gap(last: Period, period: Period) -> bool:
    if last.kind is not period.kind:
        return False
    if period.kind is Kind.DAY:
        return (period.start - last.start).days > LONGEST_BREAK
    return last.shift(1) != period


def keep_known(frame: pd.DataFrame) -> pd.DataFrame:
    """Only rows that hold a value."""
    return frame[frame["exact"].notna()]


def tabulate_periods(
    frame: pd.DataFrame, request: Request, digits: Mapping[str, int], units: Mapping[str, str]
) -> Table:
    """A row for each period and a column for each series, in the figure's order."""
    catalogue = request.catalogue
    names = list(dict.fromkeys(frame.sort_values("order", kind="stable")["series"]))
    labels = dict(zip(frame["series"], frame["label"], strict=True))
    by_place = {(row.period, row.series): (row.exact, row.status) for row in list_rows(frame)}
    periods = sorted(set(frame["period"]))
    columns = [
        Column(name_periods(periods, catalogue), numeric=False),
        *(Column(labels[name], units.get(name, ""), series=name) for name in names),
    ]
    rows = [
        [
            Cell(request.name_period(period, [n for n in names if (period, n) in by_place])),
            *(make_value(by_place.get((period, name)), digits[name], catalogue) for name in names),
        ]
        for period in periods
    ]
    return make_table(request.caption, columns, rows, catalogue)


def make_value(
    found: tuple[Decimal | None, Status] | None, digits: int, catalogue: Catalogue
) -> Cell:
    """A cell for what was found at a place, if anything was."""
    value, status = found or (None, None)
    return make_cell(value, status, digits, catalogue)


def name_periods(periods: Sequence[Period], catalogue: Catalogue) -> str:
    """The head of a column of periods."""
    return catalogue.gettext("Year") if is_annual(periods) else catalogue.gettext("Period")


def digits_of(request: Request, names: Iterable[str]) -> dict[str, int]:
    """Decimals shown for each series."""
    return {name: request.unit(name).digits for name in names}


def choose_digits(request: Request, values: Sequence[tuple[str, Decimal]]) -> dict[str, int]:
    """Decimals printed beside marks: none where all values are whole."""
    whole = all(value == value.to_integral_value() for _, value in values)
    return {name: 0 if whole else request.unit(name).digits for name, _ in values}


def units_of(request: Request, names: Iterable[str]) -> dict[str, str]:
    """Words for the unit of each series."""
    return {name: request.unit_words([name]) for name in names}
