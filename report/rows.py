"""Strict reading of comma-separated text into rows that know where each cell stands.

Pure: text in, rows and problems out. Knows the rules of the table's shape; nothing of what the
cells mean. `csv` with `strict` is used, since without it an unclosed quote swallows the rest.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from report.problems import Place, Problem

MOST_ROWS = 10_000
MOST_COLUMNS = 40
LONGEST_CELL = 4_000
_QUOTED = re.compile(r'"(?:[^"]|"")*+"')
"""A quoted cell to its last quote; one inside it is written twice."""


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its cells by column name, and where each of them stands."""

    cells: dict[str, str]
    table: Table
    line: int

    def place(self, column: str = "") -> Place:
        """Where the cell of a column begins; the row's start for the empty name."""
        return self.table.place(self.line, column)

    def place_within(self, column: str, at: int) -> Place:
        """Where character number `at` (from 0) of the cell of a column stands."""
        start = self.table.place(self.line, column)
        line = self.table.lines[self.line - 1]
        return Place(start.file, start.line, find_character(line, start.column - 1, at) + 1)

    def problem(self, column: str, code: str, what: str, remedy: str) -> Problem:
        """A problem at the cell of a column."""
        return Problem(self.place(column), code, what, remedy)


@dataclass(slots=True)
class Table:
    """A parsed table: its rows, and the problems of its shape."""

    file: str
    text: str
    header: list[str] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)
    lost: list[dict[str, str]] = field(default_factory=list)
    """Cells by column of rows that are too short or too long, as far as they go."""
    is_torn: bool = False
    """Whether more than single rows could not be read."""
    problems: list[Problem] = field(default_factory=list)
    _lines: list[str] = field(default_factory=list, init=False, repr=False, compare=False)

    @property
    def lines(self) -> list[str]:
        """The lines of its text, which only problems need."""
        self._lines = self._lines or self.text.split("\n")
        return self._lines

    def place(self, line: int, column: str = "") -> Place:
        """Where a cell begins, found by reading its line again."""
        if column not in self.header or line > len(self.lines):
            return Place(self.file, line)
        return Place(
            self.file, line, find_cell(self.lines[line - 1], self.header.index(column)) + 1
        )


def find_cell(line: str, index: int) -> int:
    """Position in a line at which its cell number `index` (from 0) begins."""
    quoted, cell = False, 0
    if index == 0:
        return 0
    for at, char in enumerate(line):
        if char == '"':
            quoted = not quoted
        elif char == "," and not quoted:
            cell += 1
            if cell == index:
                return at + 1
    return len(line)


def find_quote(line: str) -> int:
    """Position of the first quote that closes too early or is never closed; 0 where none is."""
    at = 0
    while True:
        if line.startswith('"', at):
            closed = _QUOTED.match(line, at)
            if closed is None:
                return at
            if line[closed.end() : closed.end() + 1] not in {"", ","}:
                return closed.end() - 1
            at = closed.end()
        if (comma := line.find(",", at)) < 0:
            return 0
        at = comma + 1


def find_character(line: str, start: int, at: int) -> int:
    """Position in a line of character number `at` of the cell that begins at `start`."""
    if not line.startswith('"', start):
        return start + at
    position = start + 1
    for _ in range(at):
        position += 2 if line.startswith('""', position) else 1
    return min(position, len(line))


def parse_table(text: str, file: str, required: Sequence[str], optional: Sequence[str]) -> Table:
    """Read a table whose header must hold `required` and may hold `optional` columns."""
    table = Table(file, text)
    if not text.strip():
        table.is_torn = True
        _add(table, 1, "E110", "the file is empty", f"begin with the header {','.join(required)}")
        return table
    records = _read_records(table, text)
    first = next(records, None)
    if first is None or table.problems or not _check_header(table, first[1], required, optional):
        table.is_torn = True
        return table
    _read_rows(table, records)
    if not table.rows and not table.problems:
        what, remedy = "the file holds a header and no row", "add rows, or take the file away"
        _add(table, 1, "E116", what, remedy)
    return table


def _read_rows(table: Table, records: Iterator[tuple[int, list[str]]]) -> None:
    width = len(table.header)
    for line, cells in records:
        if len(table.rows) >= MOST_ROWS:
            what = f"the file has more than {MOST_ROWS} rows"
            _add(table, line, "E117", what, "split it into several files")
            table.is_torn = True
            break
        if not cells:
            _add(table, line, "E113", "an empty line", "take it away")
        elif len(cells) != width:
            what = f"the row has {len(cells)} cells, the header {width}"
            remedy = "give every row as many cells as the header"
            if len(cells) > width:
                remedy += ", and put a text that holds a comma between double quotes"
            at = find_cell(table.lines[line - 1], min(len(cells), width)) + 1
            place = Place(table.file, line, at)
            table.problems.append(Problem(place, "E112", what, remedy))
            table.lost.append(dict(zip(table.header, cells, strict=False)))
        else:
            table.rows.append(Row(dict(zip(table.header, cells, strict=True)), table, line))
    for row in table.rows:
        for column, cell in row.cells.items():
            if len(cell) > LONGEST_CELL:
                what = f"{column} has {len(cell)} characters"
                table.problems.append(
                    row.problem(column, "E118", what, f"write at most {LONGEST_CELL}")
                )


def _add(table: Table, line: int, code: str, what: str, remedy: str) -> None:
    table.problems.append(Problem(Place(table.file, line), code, what, remedy))


def _read_records(table: Table, text: str) -> Iterator[tuple[int, list[str]]]:
    """Each record with the line on which it begins; a malformed one becomes a problem."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            unclosed = "end of data" in str(error)
            what = "a quote is opened and never closed" if unclosed else _explain(error)
            remedy = "close it where its cell ends, and write a quote inside a quoted cell twice"
            table.is_torn = True
            place = Place(table.file, line, find_quote(table.lines[line - 1]) + 1)
            table.problems.append(Problem(place, "E111", what, remedy))
            if unclosed:
                return


def _explain(error: csv.Error) -> str:
    """What the library says of a record that it cannot read, in words."""
    said = str(error)
    return "a quote is closed before its cell ends" if "expected after" in said else said


def _check_header(
    table: Table, header: list[str], required: Sequence[str], optional: Sequence[str]
) -> bool:
    """Whether rows can be read by this header; everything wrong with it becomes a problem."""
    known = [*required, *optional]
    before = len(table.problems)
    if len(header) > MOST_COLUMNS:
        what = f"the header has {len(header)} columns"
        _add(table, 1, "E117", what, f"write at most {MOST_COLUMNS}")
        return False
    table.header = header
    if len(header) == 1 and (found := re.search(r"[;\t]", header[0])) is not None:
        name = "semicolons" if found[0] == ";" else "tabs"
        _add(table, 1, "E114", f"the cells are separated by {name}", "separate them by commas")
        return False
    for index, name in enumerate(header):
        if name in header[:index]:
            what, remedy = f"column {name!r} is there twice", "keep one of them"
        elif not name.strip():
            what, remedy = "a column has no name", "name it or take it away"
        elif name not in known:
            what, remedy = f"unknown column {name!r}", f"use one of {', '.join(known)}"
        else:
            continue
        at = Place(table.file, 1, find_cell(table.lines[0], index) + 1)
        table.problems.append(Problem(at, "E114", what, remedy))
    missing = [name for name in required if name not in header]
    if missing:
        what = f"the header lacks {', '.join(missing)}"
        _add(table, 1, "E115", what, f"begin with the header {','.join(required)}")
    return len(table.problems) == before
