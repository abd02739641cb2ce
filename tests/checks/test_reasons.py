"""A revision revises something: its period has another value published by its day."""

from __future__ import annotations

import pytest

from report.checks.reasons import check_reasons
from tests.examples import change_facts, show

HEAD = "series,period,value,status,published,source,locator,note,reason\n"


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        ("2018,17,final,2019-01-01,counters,,,first", []),
        ("2018,17,final,2019-01-01,counters,,,coverage", []),
        ("2018,17,final,2019-01-01,counters,,,routine", ["2:48"]),
        ("2018,17,final,2019-01-01,counters,,,major", ["2:48"]),
        ("2018,17,final,2019-01-01,counters,,taken twice,correction", ["2:59"]),
        # The earlier value may stand anywhere; two of one day may follow each other.
        (
            "2018,17,final,2019-01-02,counters,,,routine\n2018,16,final,2019-01-01,counters,,,first",
            [],
        ),
        (
            "2018,17,final,2019-01-01,counters,,,routine\n2018,16,final,2019-01-01,survey,,,first",
            [],
        ),
        # A later one is no earlier one, and another period is none at all.
        (
            "2018,17,final,2019-01-01,counters,,,routine\n2018,16,final,2019-01-02,counters,,,first",
            ["2:48"],
        ),
        (
            "2018,17,final,2019-01-01,counters,,,routine\n2017,16,final,2018-01-01,counters,,,first",
            ["2:48"],
        ),
        # What could not be read may be it.
        (
            "2018,17,final,2019-01-01,counters,,,routine\n2018,x,final,2018-12-01,counters,,,first",
            [],
        ),
    ],
)
def test_a_revision_needs_an_earlier_value(rows: str, expected: list[str]) -> None:
    """Routine, major and correction follow a value; first and coverage do not."""
    lines = "".join(f"hill.trips,{row}\n" for row in rows.split("\n"))
    facts = change_facts(("data/observations/extra.csv", "", HEAD + lines))

    # hill.trips, is 11 characters long, and the reason is the ninth cell.
    assert show(check_reasons(facts)) == [f"observations/extra.csv:{at} E214" for at in expected]


def test_reasons_wait_where_a_table_could_not_be_read() -> None:
    """The earlier value may stand there."""
    rows = f"{HEAD}hill.trips,2018,17,final,2019-01-01,counters,,,routine\n"
    facts = change_facts(
        ("data/observations/extra.csv", "", rows),
        ("data/observations/torn.csv", "", HEAD.replace("series,", "series;", 1)),
    )

    assert "observations" in facts.torn
    assert list(check_reasons(facts)) == []
