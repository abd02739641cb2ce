"""Rows that name several series side by side, one for each column, at one period.

Knows how dot plots and heatmaps state such rows, and how they become frames and tables.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from report.declaring import Id, Model, Texts
from report.figures.checking import Fault, find_series_fault
from report.figures.gathering import describe_point, make_frame, make_value
from report.figures.libraries import list_records, pd
from report.figures.request import PeriodText, Request
from report.model import Point, Report
from report.periods import parse_period
from report.tables import Cell, Column, Table, make_table

MORE = ("row", "column", "row_label", "column_label")


class Row(Model):
    """One row: its label, and a series for each column."""

    label: Texts
    series: tuple[Id, ...]


class GridOptions(Model):
    """What forms with rows and columns share."""

    rows: tuple[Row, ...] = ()
    columns: tuple[Texts, ...] = ()
    """What the first, second, … series of each row are called."""
    period: PeriodText | None = None
    """Where not said, each series' newest period."""


def check_grid(options: GridOptions, report: Report) -> Iterator[Fault]:
    """Rows that name unknown series, or more or fewer than there are columns."""
    for number, row in enumerate(options.rows):
        key = f"options.rows[{number}].series"
        if len(row.series) != len(options.columns):
            what = f"names {len(row.series)} series for {len(options.columns)} columns"
            yield key, what, "name one series for each of options.columns"
        for place, name in enumerate(row.series):
            yield from find_series_fault(f"{key}[{place}]", name, report)


def list_grid_series(options: GridOptions) -> list[tuple[str, str]]:
    """All series of the rows, each with its key."""
    return [
        (f"options.rows[{number}].series[{place}]", name)
        for number, row in enumerate(options.rows)
        for place, name in enumerate(row.series)
    ]


def pick_point(request: Request, name: str, period: str | None) -> Point | None:
    """The point of a period, or the newest that is known."""
    points = request.points(name)
    if period is None:
        return next((point for point in reversed(points) if point.value is not None), None)
    wanted = parse_period(period)
    return next((point for point in points if point.period == wanted), None)


def gather_grid(request: Request) -> pd.DataFrame:
    """A row of the frame for each cell of the grid that has a point."""
    options: GridOptions = request.options
    rows: list[dict[str, Any]] = []
    for number, row in enumerate(options.rows):
        for place, name in enumerate(row.series):
            point = pick_point(request, name, options.period)
            if point is not None:
                rows.append(
                    {
                        "series": name,
                        "label": request.catalogue.text(row.label),
                        "order": place,
                        "role": "value",
                        "x": float(place),
                        "run": 0,
                        "row": number,
                        "column": place,
                        "row_label": request.catalogue.text(row.label),
                        "column_label": request.catalogue.text(options.columns[place]),
                        **describe_point(point),
                    }
                )
    return make_frame(rows, MORE)


def tabulate_grid(
    frame: pd.DataFrame, request: Request, heads: Sequence[Column], names: Sequence[str], first: str
) -> Table:
    """A row for each label and a column for each head, from a frame with `row` and `column`."""
    catalogue = request.catalogue
    found: Mapping[Any, Any] = {(row["row"], row["column"]): row for row in list_records(frame)}
    body = []
    for number, name in enumerate(names):
        cells = [Cell(name)]
        for place in range(len(heads)):
            row = found.get((number, place))
            digits = request.unit(row["series"]).digits if row else 0
            cells.append(
                make_value((row["exact"], row["status"]) if row else None, digits, catalogue)
            )
        body.append(cells)
    return make_table(request.caption, [Column(first, numeric=False), *heads], body, catalogue)
