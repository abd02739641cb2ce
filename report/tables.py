"""The numbers of a figure as a table: what is shown, what is exact, and how firm it is.

Pure. Knows how a value is written and marked. Knows nothing of HTML, charts or files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal

from report.languages import Catalogue
from report.model import Status

MISSING = "–"
MARKS = {Status.PROVISIONAL: "p", Status.ESTIMATE: "e", Status.FORECAST: "f"}
"""The letter that stands beside a value that is not final."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell: the text shown, and for a number what lies behind it."""

    text: str
    value: Decimal | None = None
    """Exactly as in the data, not rounded; None for words and for missing values."""
    status: Status | None = None
    """None for words and for missing values."""

    @property
    def mark(self) -> str:
        """The letter for a value that is not final, else nothing."""
        return MARKS.get(self.status, "") if self.status is not None else ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column's head."""

    title: str
    unit: str = ""
    """Words for the unit of its numbers, e.g. `billion US dollars`."""
    numeric: bool = True
    series: str = ""
    """The series whose values stand in it, where there is just one."""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under heads; the first cell of each row names the row."""

    caption: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    legend: tuple[tuple[str, str], ...] = ()
    """Each letter in the table with its meaning, e.g. `("p", "provisional")`."""

    @property
    def cells(self) -> Iterator[Cell]:
        """All cells that hold a number, row by row."""
        return (cell for row in self.rows for cell in row if cell.value is not None)


def make_cell(
    value: Decimal | None, status: Status | None, digits: int, catalogue: Catalogue
) -> Cell:
    """A cell for a value; says in words that a source does not publish it."""
    if status is Status.NOT_PUBLISHED:
        return Cell(catalogue.gettext("not published"), None, status)
    if value is None:
        return Cell(MISSING)
    return Cell(catalogue.number(value, digits), value, status)


def make_table(
    caption: str,
    columns: Iterable[Column],
    rows: Iterable[Iterable[Cell]],
    catalogue: Catalogue,
) -> Table:
    """A table with a legend for just the letters that occur in it."""
    body = tuple(tuple(row) for row in rows)
    found = {cell.status for row in body for cell in row}
    legend = tuple(
        (letter, name_status(status, catalogue))
        for status, letter in MARKS.items()
        if status in found
    )
    return Table(caption, tuple(columns), body, legend)


def name_status(status: Status, catalogue: Catalogue) -> str:
    """A status in words."""
    match status:
        case Status.FINAL:
            return catalogue.gettext("final")
        case Status.PROVISIONAL:
            return catalogue.gettext("provisional")
        case Status.ESTIMATE:
            return catalogue.gettext("estimate")
        case Status.FORECAST:
            return catalogue.gettext("forecast")
        case Status.NOT_PUBLISHED:
            return catalogue.gettext("not published")
        case Status.RETRACTED:
            return catalogue.gettext("retracted")
