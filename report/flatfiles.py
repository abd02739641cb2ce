"""Tables written as CSV and as JSON, so that they are read again as they were.

Pure: rows of texts in, text out. CSV after RFC 4180, in UTF-8, with a line feed after each row.
Words cannot start a formula in a spreadsheet: those that could get an apostrophe before them, in
CSV alone. Numbers are written as they are, digit by digit.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Sequence
from json.encoder import encode_basestring as quote

from report.columns import Kind, Schema
from report.text import guard_formula

quote_text = quote
"""A text as JSON, in its own letters."""


def write_table(schema: Schema, rows: Iterable[Sequence[str]]) -> str:
    """A table with its header."""
    return write_line(schema.header) + "".join(write_lines(schema, rows))


def write_line(cells: Sequence[str]) -> str:
    """One line of names, such as a header."""
    lines: list[str] = []
    csv.writer(_Lines(lines), lineterminator="\n").writerow(cells)
    return lines[0]


def write_lines(schema: Schema, rows: Iterable[Sequence[str]]) -> list[str]:
    """One line for each row, with its line feed; words are guarded."""
    lines: list[str] = []
    texts = [at for at, column in enumerate(schema.columns) if column.kind is Kind.TEXT]
    writer = csv.writer(_Lines(lines), lineterminator="\n")
    writer.writerows(_guard(row, texts) for row in rows)
    return lines


def _guard(row: Sequence[str], texts: Sequence[int]) -> Sequence[str]:
    """A row with its words guarded; nearly all begin with a letter and stay as they are."""
    cells = None
    for at in texts:
        if (cell := row[at]) and not cell[0].isalpha():
            cells = cells or list(row)
            cells[at] = guard_formula(cell)
    return cells or row


class _Lines:
    """Takes lines from the CSV writer, which gives each at once."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append
