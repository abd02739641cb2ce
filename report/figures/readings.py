"""What is told of each mark when a reader points at it: period, name, number, unit, status, source.

Pure. Knows frames and tables. The numbers are read from the figure's own table, so that both say
the same. Knows nothing of drawing, and nothing of how a reader points.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from report.figures.libraries import list_records, pd
from report.figures.request import Request
from report.tables import Cell, Table, name_status

LISTED = {"line", "area", "bars", "fan"}
"""Forms whose series go by their order, one colour each."""
TOLD = {"value", "event"}
"""Roles of rows that are marks of their own; others bound a band or a range."""


@dataclass(frozen=True, slots=True)
class Reading:
    """All that is told of one mark."""

    series: str
    """The id of its series or event, as rows of the drawing name it."""
    key: str
    """The period as rows of the drawing name it."""
    x: float
    """Its time, as rows of lines and areas have it."""
    order: int
    """The place of its colour among those of the figure."""
    row: int
    """The row, line or panel in which a reader steps from one mark to the next."""
    period: str
    """In words."""
    values: tuple[tuple[str, str, str], ...]
    """Name, number and unit, each in words; of a point between two axes, both."""
    status: str
    """In words; empty for events."""
    source: str
    """Producers of the sources, in words."""


def read_marks(frame: pd.DataFrame, request: Request, table: Table) -> tuple[Reading, ...]:
    """The readings of all marks, in the order of the frame's rows."""
    tell = _choose_teller(frame, request, table)
    return tuple(
        Reading(
            series=row["series"],
            key=row["key"],
            x=row["x"],
            order=row["order"],
            row=_find_row(row, request),
            period=request.name_period(row["period"], [row["series"]]),
            values=tell(number, row),
            status=_name_statuses(row, request),
            source=", ".join(name_producers(row["sources"] or (), request)),
        )
        for number, row in enumerate(list_records(frame))
        if row["role"] in TOLD and (row["exact"] is not None or row["role"] == "event")
    )


def name_series(frame: pd.DataFrame, request: Request, table: Table) -> tuple[str, ...]:
    """What each colour of a figure stands for, in order; nothing where colours do not tell."""
    form, options = request.declaration.form, request.options
    if form in LISTED:
        names = dict(zip(frame["order"], frame["label"], strict=True))
        known = frame[frame["exact"].notna() & (frame["role"] == "value")]
        return tuple(names[order] for order in sorted(set(known["order"])))
    if form == "multiples":
        return tuple(request.catalogue.text(texts) for texts in options.names)
    if form == "dot":
        count = len(options.columns) or len(options.periods) or 1
        return tuple(column.title for column in table.columns[1 : count + 1])
    return ()


def _find_row(row: Mapping[Any, Any], request: Request) -> int:
    match request.declaration.form:
        case "multiples":
            return int(row["row"]) * 10 + int(row["order"])
        case "heatmap" | "dot":
            return int(row["row"])
        case "scatter" | "timeline":
            return 0
    return int(row["order"])


Teller = Callable[[int, Mapping[Any, Any]], tuple[tuple[str, str, str], ...]]


def _choose_teller(frame: pd.DataFrame, request: Request, table: Table) -> Teller:
    """What finds a row's numbers in the table, for the shape that the form's table has."""
    match request.declaration.form:
        case "timeline":
            return lambda number, row: ((row["label"], *_tell_event(table, number)),)
        case "scatter":
            return lambda number, _: _tell_pair(table, number)
    if "column_label" in frame.columns and table.columns[-1].series == "":
        return lambda _, row: _tell_cell(table, row, plural=len(table.columns) > 2)
    periods = {period: at for at, period in enumerate(sorted(set(frame["period"])))}
    columns = {column.series: at for at, column in enumerate(table.columns)}
    say, dated = request.catalogue.gettext, request.declaration.form == "fan"

    def tell(_: int, row: Mapping[Any, Any]) -> tuple[tuple[str, str, str], ...]:
        at = columns[row["series"]]
        cell = table.rows[periods[row["period"]]][at]
        name = say("as known on %(day)s", day=row["label"]) if dated else row["label"]
        return ((name, cell.text, table.columns[at].unit),)

    return tell


def _tell_event(table: Table, number: int) -> tuple[str, str]:
    """Kind and effect, and the place where one is named."""
    _, _, kind, effect, place = table.rows[number]
    return f"{kind.text}: {effect.text}", place.text


def _tell_pair(table: Table, number: int) -> tuple[tuple[str, str, str], ...]:
    """Both numbers of a point; a point that has a name of its own is told by it first."""
    cells = table.rows[number]
    named = len(cells) > 3
    own: list[tuple[str, str, str]] = [(cells[0].text, "", "")] if named else []
    sides = zip(table.columns[-2:], cells[-2:], strict=True)
    return (*own, *((column.title, cell.text, column.unit) for column, cell in sides))


def _tell_cell(
    table: Table, row: Mapping[Any, Any], *, plural: bool
) -> tuple[tuple[str, str, str], ...]:
    """The number of a cell of a grid, called by its row and, of several, by its column."""
    at, names = int(row["row"]), [line[0].text for line in table.rows]
    if names[at : at + 1] != [row["row_label"]]:  # rows without any value are not in the table
        at = names.index(row["row_label"])
    cell: Cell = table.rows[at][int(row["column"]) + 1]
    column = table.columns[int(row["column"]) + 1]
    name = f"{row['row_label']}, {row['column_label']}" if plural else row["row_label"]
    return ((name, cell.text, column.unit),)


def _name_statuses(row: Mapping[Any, Any], request: Request) -> str:
    """The status in words; of a point between two axes that of each, where they differ."""
    found = [row["status"], row.get("across_status")]
    words = (name_status(status, request.catalogue) for status in found if status is not None)
    return ", ".join(dict.fromkeys(words))


def name_producers(names: Iterable[str], request: Request) -> Iterator[str]:
    """Who is behind some sources, each once."""
    known = request.view.report.sources
    yield from dict.fromkeys(known[name].producer if name in known else name for name in names)
