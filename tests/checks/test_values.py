"""A value must be possible: in range, of its kind, known in time; the limits are good."""

from __future__ import annotations

from datetime import date

import pytest

from report.checks.values import check_values
from tests.examples import TODAY, change_facts, show

HEAD = "series,period,value,status,published,source,locator,note,reason\n"
EXTRA = "data/observations/extra.csv"


def check(row: str, today: date = TODAY) -> list[str]:
    """Problems of one further observation as `column code`."""
    facts = change_facts((EXTRA, "", HEAD + row + "\n"))
    assert facts.problems == []
    found = show(check_values(facts, today))
    return [line.removeprefix("observations/extra.csv:2:") for line in found]


@pytest.mark.parametrize(
    "row",
    [
        "quality.lit,2020,0,final,2021-06-01,survey,,,first",
        "quality.lit,2020,100,final,2021-06-01,survey,,,first",
        "river.length,2020,0,final,2020-01-01,counters,,,first",
        "river.length,2020,17,final,2026-10-01,counters,,,first",
        "river.length,2030,17,forecast,2021-01-01,counters,,,first",
        "river.length,2020,,not_published,2021-01-01,counters,,,first",
        "river.length,2020,,retracted,2021-01-01,counters,,,correction",
        "river.length,2020,17,final,2021-01-01,counters,,wrong post,correction",
    ],
)
def test_what_lies_on_the_limit_is_taken(row: str) -> None:
    """Ends of a range, the period's first day and the day of reading are within."""
    problems = [line for line in check(row) if not line.endswith("E212")]

    assert problems == []


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("quality.lit,2020,100.0001,final,2021-06-01,survey,,,first", ["18 E213"]),
        ("quality.lit,2020,-0.0001,final,2021-06-01,survey,,,first", ["18 E213"]),
        ("river.length,2020,17,final,2019-12-31,counters,,,first", ["14 E222"]),
        ("river.length,2020,17,final,2026-10-02,counters,,,first", ["28 E221"]),
        ("river.length,2020,17,final,2026-11-25,counters,,,first", ["28 E220"]),
        ("river.length,2020-Q1,17,final,2021-01-01,counters,,,first", ["14 E223"]),
        ("river.length,2020,17,final,2021-01-01,counters,,,correction", ["49 E212"]),
        ("river.length,2020,17,retracted,2021-01-01,counters,,x,correction", ["19 E210"]),
    ],
)
def test_what_lies_beyond_is_refused(row: str, expected: list[str]) -> None:
    """Each fault at its own cell, and one fault once."""
    assert check(row) == expected


def test_the_day_of_today_is_handed_in() -> None:
    """A value published today is fine; yesterday it would have lain in the future."""
    row = "river.length,2020,17,final,2026-11-24,counters,,,first"
    late = ("data/sources.csv", "2026-09-15,2026-10-01", "2026-09-15,2026-11-24")
    facts = change_facts((EXTRA, "", HEAD + row + "\n"), late)

    assert show(check_values(facts, date(2026, 11, 24))) == []
    assert show(check_values(facts, date(2026, 11, 23))) == [
        *("observations/extra.csv:2:28 E220", "sources.csv:2:95 E220"),
    ]


@pytest.mark.parametrize("stated", ["2016-13", "2016-Q1", "May 2016", "16", "2016-02-30"])
def test_a_stated_day_is_a_day_a_month_or_a_year(stated: str) -> None:
    """Nothing else can be shown in words."""
    facts = change_facts(("data/sources.csv", ",2018-05,", f",{stated},"))

    assert show(check_values(facts, TODAY)) == ["sources.csv:4:38 E202"]


def test_what_happens_today_is_not_in_the_future() -> None:
    """Happenings, sources and editions of the day itself; an edition may be cut off at release."""
    facts = change_facts(
        ("data/events.csv", "notice 5,2026-08-01", "notice 5,2026-11-24"),
        ("data/sources.csv", "2026-09-15,2026-10-01", "2026-11-24,2026-11-24"),
        ("data/editions/2026.yml", "cut_off: 2026-06-30", "cut_off: 2026-11-24"),
        ("data/editions/2026.yml", "released: 2026-07-01", "released: 2026-11-24"),
    )

    assert show(check_values(facts, date(2026, 11, 24))) == []


@pytest.mark.parametrize(
    ("change", "row", "remedy"),
    [
        (
            ("data/series.csv", "trips,monthly", "trips,ytd"),
            "river.trips_month,2026,9,final,2026-03-01,counters,,,first",
            "write a half or month or quarter",
        ),
        (
            ("data/units.csv", "{}%,1,0,100", "{}%,1,,100"),
            "quality.lit,2026,101,final,2026-03-01,survey,,,first",
            "write a value from anything to 100",
        ),
    ],
)
def test_the_remedy_names_what_would_be_taken(
    change: tuple[str, str, str], row: str, remedy: str
) -> None:
    """All kinds of periods, and a range that may be open below."""
    facts = change_facts(change, (EXTRA, "", f"{HEAD}{row}\n"))
    found = [p.remedy for p in check_values(facts, TODAY) if p.place.file == EXTRA]

    assert found == [remedy]
