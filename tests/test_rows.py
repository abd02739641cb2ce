"""Tables are read strictly: nothing shifts, nothing is swallowed, every cell has its place."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.problems import Problem
from report.rows import (
    LONGEST_CELL,
    MOST_COLUMNS,
    MOST_ROWS,
    Table,
    find_cell,
    find_quote,
    parse_table,
)


def parse(text: str) -> Table:
    """A table that must have `id` and `name` and may have `note`."""
    return parse_table(text, "t.csv", ["id", "name"], ["note"])


def show(problems: list[Problem]) -> list[str]:
    """Problems as `line:column code`."""
    return [f"{p.place.line}:{p.place.column} {p.code}" for p in problems]


def test_cells_are_texts_as_they_stand() -> None:
    """Nothing is guessed: NA, 0101, spaces and empty cells stay."""
    table = parse('id,name\nNA,0101\n" a",\n')

    assert [row.cells for row in table.rows] == [
        {"id": "NA", "name": "0101"},
        {"id": " a", "name": ""},
    ]
    assert table.problems == []


def test_columns_may_come_in_any_order_with_optional_ones() -> None:
    """Cells go by the header's names."""
    table = parse("name,note,id\nx,y,z\n")

    assert table.rows[0].cells == {"id": "z", "name": "x", "note": "y"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ["1:1 E110"]),
        ("\n \n", ["1:1 E110"]),
        ("id,name\n", ["1:1 E116"]),
        ("id\na\n", ["1:1 E115"]),
        ("id,name,id\na,b,c\n", ["1:9 E114"]),
        ("id,,name\na,b,c\n", ["1:4 E114"]),
        ("id,name,other\na,b,c\n", ["1:9 E114"]),
        ("id,title\na,b\n", ["1:4 E114", "1:1 E115"]),
        ("id;name\na;b\n", ["1:1 E114"]),
        ("id\tname\na\tb\n", ["1:1 E114"]),
        ("id,name\na,b,c\n", ["2:5 E112"]),
        ("id,name\na\n", ["2:2 E112"]),
        ("id,name\na,b\n\nc,d\n", ["3:1 E113"]),
        ('id,name\na,"b\nc,d\n', ["2:3 E111"]),
        ('id,name\n"a"b,c\nd,e\n', ["2:3 E111"]),
        ('id,"na"me\na,b\n', ["1:7 E111"]),
        ('id,name\n"a""b, c",d\n"e""f,g\n', ["3:1 E111"]),
    ],
)
def test_each_fault_of_shape_has_its_place_and_code(text: str, expected: list[str]) -> None:
    """One fault, one problem; rows are never guessed back into shape."""
    assert show(parse(text).problems) == expected


def test_lines_are_split_where_something_is_wrong_alone() -> None:
    """A sound table holds its text once."""
    assert parse("id,name\na,b\n")._lines == []
    assert parse("id,name\na\n")._lines == ["id,name", "a", ""]


PIECES = st.sampled_from(["a", '""', ",", " ", "é"])


@given(st.lists(st.lists(PIECES).map("".join), max_size=5), st.lists(PIECES).map("".join))
def test_a_faulty_quote_is_found_behind_any_cells(cells: list[str], rest: str) -> None:
    """The one that opens a cell and is not closed; the one with letters behind it; or none."""
    sound = "".join(f'"{cell}",' for cell in cells)

    assert find_quote(f"{sound}x") == 0
    assert find_quote(f'{sound}"{rest}') == len(sound)
    assert find_quote(f'{sound}"a"b{rest}') == len(sound) + 2


def test_a_faulty_row_does_not_hide_the_others() -> None:
    """Good rows around ragged ones are read, with their own lines."""
    table = parse('id,name\na,b\nc\n"d\ne",f\ng,h,i\nj,k\n')

    assert [(row.line, row.cells["id"]) for row in table.rows] == [(2, "a"), (4, "d\ne"), (7, "j")]
    assert show(table.problems) == ["3:2 E112", "6:5 E112"]
    assert not table.is_torn
    assert [cells["id"] for cells in table.lost] == ["c", "g"]


@pytest.mark.parametrize("text", ["", "id;name\na;b\n", 'id,name\na,"b\n', 'id,name\n"a"b,c\n'])
def test_a_table_knows_that_more_than_a_row_is_lost(text: str) -> None:
    """Whoever asks what is declared must know that the answer is not whole."""
    assert parse(text).is_torn


def test_a_table_has_a_greatest_size() -> None:
    """Too many rows, columns or characters are refused, and quickly."""
    rows = parse("id,name\n" + "a,b\n" * (MOST_ROWS + 5))
    columns = parse(",".join(["id"] * (MOST_COLUMNS + 1)) + "\n")
    cell = parse("id,name\na," + "x" * (LONGEST_CELL + 1) + "\n")
    before = csv.field_size_limit(131_072)  # as it is where no other library has changed it
    huge = parse("id,name\na," + "x" * 200_000 + "\n")
    csv.field_size_limit(before)

    assert show(rows.problems) == [f"{MOST_ROWS + 2}:1 E117"]
    assert show(columns.problems) == ["1:1 E117"]
    assert show(cell.problems) == ["2:3 E118"]
    assert show(huge.problems) == ["2:1 E111"]


def test_a_place_is_the_column_at_which_the_cell_begins() -> None:
    """Commas within quotes do not count, and other scripts count by character."""
    table = parse('id,name,note\n"a,b",中国,"x ""y"" z"\n')
    row = table.rows[0]

    # "a,b" takes columns 1 to 5 and its comma 6; two characters and a comma follow.
    assert [str(row.place(name)) for name in ("id", "name", "note", "")] == [
        *("t.csv:2:1", "t.csv:2:7", "t.csv:2:10", "t.csv:2:1"),
    ]


def test_a_place_within_a_quoted_cell_counts_the_quotes() -> None:
    """The opening quote and each doubled one take a column more than they say."""
    row = parse('id,name,note\na,b,"x ""y"" z"\n').rows[0]

    # The cell is x "y" z; its `y` is character 3 and stands after the quote, `x `, and `""`.
    assert row.cells["note"][3] == "y"
    assert str(row.place_within("note", 3)) == "t.csv:2:10"
    assert str(row.place_within("name", 0)) == "t.csv:2:3"


cells = st.lists(st.text(st.characters(exclude_characters="\r\n\0")), min_size=3, max_size=3)


@given(st.lists(cells, min_size=1, max_size=5))
def test_what_csv_writes_is_read_back_with_right_places(rows: list[list[str]]) -> None:
    """Any cells survive; each place points at the cell's first character or its quote."""
    target = io.StringIO()
    writer = csv.writer(target, lineterminator="\n")
    writer.writerow(["id", "name", "note"])
    writer.writerows(rows)
    table = parse(target.getvalue())

    assert [list(row.cells.values()) for row in table.rows] == rows
    for row in table.rows:
        for index, cell in enumerate(row.cells.values()):
            line = table.lines[row.line - 1]
            start = find_cell(line, index)
            rest = line[start:]
            assert rest.startswith((cell, '"' + cell.replace('"', '""') + '"'))
            for at, char in enumerate(cell):
                column = row.place_within(table.header[index], at).column
                assert line[column - 1] == char


@given(st.text())
def test_no_text_makes_reading_raise(text: str) -> None:
    """Whatever stands in a file, the answer is rows or problems."""
    table = parse(text)

    assert table.problems or table.rows
