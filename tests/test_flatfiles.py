"""Tables are read again as they were written, and no cell starts a formula."""

from __future__ import annotations

import csv
import io
import sqlite3
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.columns import Column, Kind, Schema
from report.databases import declare_table
from report.flatfiles import write_lines, write_table
from report.holdings import write_number
from report.text import guard_formula

TABLE = Schema(
    "things",
    "Things",
    "Things for tests.",
    (
        Column("id", Kind.NAME, "Its name"),
        Column("words", Kind.TEXT, "What is said", needed=False),
        Column("value", Kind.NUMBER, "How much", needed=False),
        Column("more", Kind.TEXT, "What else is said", needed=False),
    ),
)
WORDS = st.text(st.characters(exclude_categories=("Cs", "Cc"))) | st.sampled_from(
    [
        "=1+1",
        "+28%",
        "-64,2",
        "@now",
        "\uff1dSUM(A1)",
        "'=1",
        '"',
        'a "b", c',
        "a;b",
        "\t=1",
        "\n=1",
    ]
)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**15), max_value=10**15)
ROWS = st.lists(st.tuples(st.just("a"), WORDS, NUMBERS.map(write_number), WORDS), max_size=8)
STARTS = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"
"""Signs with which spreadsheets begin a formula, or which they read as such."""


@given(ROWS)
def test_what_is_written_is_read_again(rows: list[tuple[str, str, str, str]]) -> None:
    """By a strict reader: names and numbers as they were, words with their guard."""
    text = write_table(TABLE, rows)
    found = list(csv.reader(io.StringIO(text, newline=""), strict=True))

    assert found[0] == ["id", "words", "value", "more"]
    assert found[1:] == [
        [name, guard_formula(words), number, guard_formula(more)]
        for name, words, number, more in rows
    ]


@given(ROWS)
def test_no_text_starts_a_formula_and_numbers_stay_numbers(
    rows: list[tuple[str, str, str, str]],
) -> None:
    """A guarded text begins with an apostrophe; a negative number is no text."""
    for line, row in zip(write_lines(TABLE, rows), rows, strict=True):
        cells = next(csv.reader(io.StringIO(line, newline=""), strict=True))
        assert all(cell[:1] not in STARTS for cell in (cells[1], cells[3]) if cell)
        assert Decimal(cells[2]) == Decimal(row[2])


@given(NUMBERS)
def test_numbers_are_written_plainly_and_whole(number: Decimal) -> None:
    """Every digit, and no power of ten."""
    text = write_number(number)

    assert Decimal(text) == number
    assert set(text) <= set("-.0123456789")


@pytest.mark.parametrize(
    ("number", "text"),
    [("1E+3", "1000"), ("1E-9", "0.000000001"), ("-0.50", "-0.50"), ("12", "12")],
)
def test_powers_of_ten_are_written_out(number: str, text: str) -> None:
    """Programs that know no exponents read them as well."""
    assert write_number(Decimal(number)) == text


def test_nothing_is_an_empty_cell() -> None:
    """No value is no word for it."""
    assert write_number(None) == ""
    assert write_lines(TABLE, [("a", "", "", "")]) == ["a,,,\n"]


def test_a_table_of_the_database_refuses_what_its_schema_does() -> None:
    """A missing name, a key that is there twice, a row of a table that is not there."""
    schema = Schema(
        "things",
        "Things",
        "Things for tests.",
        (
            Column("id", Kind.NAME, "Its name"),
            Column("place", Kind.NAME, "Where it is", table="places"),
        ),
    )
    with sqlite3.connect(":memory:") as base:
        base.execute("PRAGMA foreign_keys = ON")
        base.execute("CREATE TABLE places (id TEXT PRIMARY KEY)")
        base.execute("INSERT INTO places VALUES ('here')")
        base.execute(declare_table(schema))
        base.execute("INSERT INTO things VALUES ('a', 'here')")
        for wrong in ("(NULL, 'here')", "('b', 'nowhere')", "('a', 'here')", "('c', NULL)"):
            with pytest.raises(sqlite3.IntegrityError):
                base.execute(f"INSERT INTO things VALUES {wrong}")  # noqa: S608 - for the test
    base.close()
