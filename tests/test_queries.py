"""Data that were taken away answer as the report does: the database by SQL, a series in pandas."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from report.columns import Kind
from report.queries import load_in_pandas, query_day, query_newest
from report.schemas import SCHEMAS
from report.vintages import as_of
from tests.examples import make_second_report, make_second_view
from tests.test_downloads import DATABASE, read_rows, take_files


@pytest.fixture
def base(tmp_path: Path) -> Iterator[sqlite3.Connection]:
    """The database, opened as a reader opens it."""
    place = tmp_path / "data.sqlite"
    place.write_bytes(take_files()[DATABASE])
    connection = sqlite3.connect(f"file:{place}?mode=ro", uri=True)
    yield connection
    connection.close()


def test_the_database_is_sound(base: sqlite3.Connection) -> None:
    """Keys hold, types are as declared, and the rows are those of the CSV files."""
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    for schema in SCHEMAS:
        rows = read_rows(f"{schema.name}.csv")
        found = base.execute(f"SELECT * FROM {schema.name}").fetchall()  # noqa: S608 - ours
        numbers = {c.name for c in schema.columns if c.kind in {Kind.NUMBER, Kind.INTEGER}}
        wanted = {
            tuple(
                (float(cell) if name in numbers else cell) if cell else None
                for name, cell in row.items()
            )
            for row in rows
        }
        assert set(found) == wanted, schema.name


def test_the_newest_values_are_those_that_the_edition_shows(base: sqlite3.Connection) -> None:
    """For each series all that is shown and may be passed on, and nothing else."""
    view = make_second_view()
    wanted = {
        (name, str(point.period), float(point.value))
        for name, series in view.series.items()
        for point in series.points
        if point.value is not None and "survey" not in point.sources
    }

    found = base.execute("SELECT series, period, value FROM newest").fetchall()
    assert set(found) == wanted
    assert len(found) == len(wanted)
    assert base.execute(query_newest("crashes.hill")).fetchall() == [
        ("2022", 7.0),
        ("2024", 8.0),
        ("2025", 8.0),
    ]


@pytest.mark.parametrize("day", ["2020-12-31", "2021-03-01", "2021-08-31", "2025-06-30"])
def test_the_query_for_an_earlier_day_gives_what_was_known_then(
    base: sqlite3.Connection, day: str
) -> None:
    """The same as the machine's own choice, of each observed series."""
    report = make_second_report()
    cut_off = date.fromisoformat(day)
    observed = as_of(report.series, report.observations, cut_off)
    for name, series in observed.items():
        found = base.execute(query_day(name, day)).fetchall()
        wanted = [
            (
                str(point.period),
                None if point.value is None or "survey" in point.sources else float(point.value),
                point.published.isoformat(),
                point.sources[0],
            )
            for point in series.points
        ]
        assert [(row[0], row[1], row[3], row[4]) for row in found] == wanted


def test_the_line_of_pandas_gives_the_series(tmp_path: Path) -> None:
    """As it stands on the page, but for the address."""
    place = tmp_path / "river.csv"
    place.write_bytes(take_files()["data/series/river.trips.csv"])
    line = load_in_pandas(str(place))
    names: dict[str, Any] = {}
    exec(line, names)  # noqa: S102 - the line that readers copy
    values = names["data"]

    assert list(values["shown"]) == [410, 395, 430, 471, 498.5, 540]
    assert list(values["period"]) == [2019, 2021, 2022, 2023, 2024, 2025]
