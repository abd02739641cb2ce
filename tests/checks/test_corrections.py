"""A correction is needed, or it is told why not; what could not be read is not held against it."""

from __future__ import annotations

import pytest

from report.checks.corrections import check_corrections
from tests.examples import TODAY, change_facts

EXTRA = "data/observations/extra.csv"
HEAD = "series,period,value,status,published,source,locator,note,reason\n"
MISSING = "'counters' has no value of 'river.length' for 2021"


def judge(
    key: str, day: str = "2026-05-01", rows: str = "", expect: str = "17", more: str = ""
) -> list[str]:
    """What is told of a correction of a series, a period and a source, beside further rows."""
    series, period, source = key.split()
    text = (
        f"corrections:\n  - series: {series}\n    period: {period}\n    source: {source}\n"
        f"    action: drop\n    expect: {expect}\n    reason: Wrong\n    date: {day}\n{more}"
    )
    changes = [("data/corrections.yml", "", text)]
    changes += [(EXTRA, "", HEAD + rows)] if rows else []
    return [problem.what for problem in check_corrections(change_facts(*changes), TODAY)]


def test_a_correction_of_today_may_have_ended_today() -> None:
    """Neither day lies in the future."""
    today = "2026-11-24"
    row = f"river.length,2021,18,final,{today},counters,,,first\n"

    assert judge("river.length 2021 counters", today, row, more=f"    ended: {today}\n") == []


def test_a_value_that_was_taken_back_is_told_as_none() -> None:
    """The source has put its error right by having no value."""
    assert judge("river.trips 2020 counters", expect="350") == [
        "expected 350, but 'counters' now has no value"
    ]


@pytest.mark.parametrize(
    ("key", "row", "expected"),
    [
        ("river.length 2021 counters", "hill.length,2021,x,final,2022-03-01,counters,,,first", 1),
        ("river.length 2021 counters", "river.length,2021,x,final,2022-03-01,counters,,,first", 0),
        ("river.length 2021 counters", 'river.length,2021,"x"y,final,2022-03-01,counters,,,', 0),
        ("river.length 2021 counter", "", 0),
        ("river.lengths 2021 counters", "", 0),
    ],
)
def test_a_value_is_missed_only_where_all_was_read(key: str, row: str, expected: int) -> None:
    """An unknown series or source, a faulty row and a torn table are told already."""
    assert judge(key, rows=row and f"{row}\n") == [MISSING] * expected


def test_a_value_is_shown_where_an_edition_knows_no_better_one() -> None:
    """On its cut-off of 30 June the survey's value is the only one; the counts come later."""
    rows = (
        "river.trips,2018,380,estimate,2026-06-30,survey,,,first\n"
        "river.trips,2018,300,final,2026-09-01,counters,,,coverage\n"
    )
    hidden = ["no edition would show this value: another stands in its place"]

    assert judge("river.trips 2018 survey", "2026-06-30", rows, "380") == []
    assert judge("river.trips 2018 survey", "2026-07-01", rows, "380") == hidden


def test_only_values_of_its_own_series_stand_in_its_place() -> None:
    """Those of another are about something else."""
    rows = (
        "crashes.river,2018,17,final,2019-03-01,counters,,,first\n"
        "crashes.hill,2018,16,final,2019-03-01,counters,,,first\n"
    )

    assert judge("crashes.river 2018 counters", rows=rows) == []
