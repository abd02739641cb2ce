"""The tables of an edition as one SQLite database, the same bytes for the same rows.

Pure: built in memory. Tables, keys and types are those of the schemas; numbers are 8-byte floats,
so that queries can compute, and the CSV files have them exactly. The file's head keeps nothing of
the library that wrote it: the database file format (https://www.sqlite.org/fileformat2.html) keeps
its version at byte 96.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing

from report.columns import Column, Kind, Schema
from report.schemas import SCHEMAS

NEWEST = """\
CREATE VIEW newest AS
SELECT series, period, shown AS value, status, published, source FROM observations
WHERE shown IS NOT NULL
UNION ALL
SELECT series, period, value, status, published, sources FROM computed WHERE value IS NOT NULL"""
"""What the edition shows: one value for each series and period."""
INDEXES = (
    "CREATE INDEX observations_source ON observations (source)",
    "CREATE INDEX events_date ON events (date)",
)
PAGE_SIZE = 4096
_TYPES = {Kind.NUMBER: "REAL", Kind.INTEGER: "INTEGER"}
_FILL = {Kind.NUMBER: "?"}
"""How a cell is put in where it is no text, which is nothing if it is empty."""
_VERSION = slice(96, 100)
ORDER = ("sources", "units", "pages", "series", "measures")
"""Tables that others refer to, and which are filled first."""


def write_database(
    about: Mapping[str, str], tables: Mapping[str, Iterable[Sequence[str]]]
) -> bytes:
    """The database's bytes; `about` tells of the edition, in a table of keys and values."""
    with closing(sqlite3.connect(":memory:", isolation_level=None)) as base:
        base.execute(f"PRAGMA page_size = {PAGE_SIZE}")
        base.execute("PRAGMA foreign_keys = OFF")
        base.execute("BEGIN")
        base.execute("CREATE TABLE edition (key TEXT PRIMARY KEY, value TEXT NOT NULL)")
        base.executemany("INSERT INTO edition VALUES (?, ?)", about.items())
        for schema in sorted(SCHEMAS, key=_place):
            base.execute(declare_table(schema))
            marks = ", ".join(_FILL.get(column.kind, "NULLIF(?, '')") for column in schema.columns)
            base.executemany(
                f"INSERT INTO {schema.name} VALUES ({marks})",  # noqa: S608 - a name of ours
                _list_cells(schema, tables[schema.name]),
            )
        for index in INDEXES:
            base.execute(index)
        base.execute(NEWEST)
        base.execute("COMMIT")
        base.execute("VACUUM")
        content = bytearray(base.serialize())
    content[_VERSION] = bytes(4)
    return bytes(content)


def _place(schema: Schema) -> tuple[int, str]:
    at = ORDER.index(schema.name) if schema.name in ORDER else len(ORDER)
    return at, schema.name


def declare_table(schema: Schema) -> str:
    """The statement that makes a table."""
    parts = [_declare_column(column) for column in schema.columns]
    parts.append(f"PRIMARY KEY ({', '.join(schema.key)})")
    parts += [
        f"FOREIGN KEY ({column.name}) REFERENCES {column.table} (id)"
        for column in schema.columns
        if column.table
    ]
    body = ",\n  ".join(parts)
    return f"CREATE TABLE {schema.name} (\n  {body}\n) WITHOUT ROWID"


def _declare_column(column: Column) -> str:
    # Choices are not checked again row by row, which takes longer than all the rest.
    needed = " NOT NULL" if column.needed else ""
    return f"{column.name} {_TYPES.get(column.kind, 'TEXT')}{needed}"


def _list_cells(
    schema: Schema, rows: Iterable[Sequence[str]]
) -> Iterator[Sequence[str | float | None]]:
    """Rows with decimals as numbers, rounded as IEEE 754 says and not as the library does."""
    columns: list[Sequence[str | float | None]] = list(zip(*rows, strict=True))
    if columns:
        for at, column in enumerate(schema.columns):
            if column.kind is Kind.NUMBER:
                columns[at] = [float(cell) if cell else None for cell in columns[at]]
    return zip(*columns, strict=True)
