"""The shape of a table that is taken away: its columns, how their cells are written, and its keys.

Pure declarations. Knows no table and no report.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

PERIOD = r"[12][0-9]{3}(-(Q[1-4]|H[12]|(0[1-9]|1[0-2])(-[0-3][0-9])?))?"
"""A year, half, quarter, month or day, as a regular expression."""
SPAN = rf"({PERIOD}|latest)(/({PERIOD}|latest))?"
"""A period or a span of periods, as a regular expression."""


class Kind(StrEnum):
    """How the cells of a column are written."""

    NAME = "name"
    """An id, or one of a few words."""
    TEXT = "text"
    """Any words; guarded so that no spreadsheet takes them for a formula."""
    NAMES = "names"
    """Ids with a space between each two."""
    NUMBER = "number"
    """A plain decimal, exact."""
    INTEGER = "integer"
    DAY = "day"
    YES = "yes"
    """`yes` or `no`."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column; an empty cell of one that is not needed means that there is nothing to say."""

    name: str
    kind: Kind
    description: str
    needed: bool = True
    choices: tuple[str, ...] = ()
    pattern: str = ""
    table: str = ""
    """The table whose `id` its cells name."""


@dataclass(frozen=True, slots=True)
class Schema:
    """One table: `<name>.csv`, and a table of the same name in the database."""

    name: str
    title: str
    description: str
    columns: tuple[Column, ...]
    key: tuple[str, ...] = ("id",)

    @property
    def header(self) -> tuple[str, ...]:
        """Names of the columns."""
        return tuple(column.name for column in self.columns)


def name_column(name: str, description: str, table: str = "", *, needed: bool = True) -> Column:
    """An id or word; `table` is the one whose ids its cells name."""
    return Column(name, Kind.NAME, description, needed, table=table)


def choice_column(
    name: str, description: str, choices: Iterable[str], *, needed: bool = True
) -> Column:
    """One of a few words."""
    return Column(name, Kind.NAME, description, needed, tuple(map(str, choices)))


def text_column(name: str, description: str, *, needed: bool = False) -> Column:
    """Any words."""
    return Column(name, Kind.TEXT, description, needed)


def names_column(name: str, description: str) -> Column:
    """Ids with a space between each two; may be empty."""
    return Column(name, Kind.NAMES, description, needed=False)


def number_column(name: str, description: str, *, needed: bool = False) -> Column:
    """A plain decimal."""
    return Column(name, Kind.NUMBER, description, needed)


def integer_column(name: str, description: str) -> Column:
    """A whole number."""
    return Column(name, Kind.INTEGER, description)


def day_column(name: str, description: str, *, needed: bool = True) -> Column:
    """A day."""
    return Column(name, Kind.DAY, description, needed)


def period_column(name: str, description: str, *, needed: bool = True) -> Column:
    """A year, half, quarter, month or day."""
    return Column(name, Kind.NAME, description, needed, pattern=PERIOD)
