"""States of measures follow the rule of silence that the method page states.

Dates of evidence are read from the CSV files here anew: an event's day, the last year that a body's
state names, the newest period of a series.
"""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.pages import read_page
from tests.report_2026.oracle import read_table
from tests.report_2026.test_figures import PROJECT, consult
from tests.report_2026.test_progress import find_all, read

CUT_OFF = "2026-11-24"
DECADE_BEFORE = "2016-11-24"
LASTING = {"treaty", "infrastructure"}
"""Kinds of events that last without news: law in force, and what was built."""
EVENTS = {row["id"]: row for row in read_table(PROJECT / "data/events.csv")}
BODIES = {row["id"]: row for row in read_table(PROJECT / "data/institutions.csv")}
NEWEST = {
    row["measure"]: row
    for row in sorted(read_table(PROJECT / "data/assessments.csv"), key=lambda row: row["date"])
}
"""The newest state of each measure."""
GOING_ON = sorted(
    name for name, row in NEWEST.items() if row["status"] in {"in_force", "partial", "announced"}
)
"""Measures of which something is said to work or to be agreed."""


def end_period(period: str) -> str:
    """The last day of a period, for comparing days as text: `2016` lasts to `2016-12-31`."""
    if re.fullmatch(r"\d{4}", period):
        return f"{period}-12-31"
    return f"{period}-31" if re.fullmatch(r"\d{4}-\d{2}", period) else period


def date_evidence(name: str) -> str:
    """The last day of which a piece of evidence speaks."""
    if name in EVENTS:
        return end_period(EVENTS[name]["date"])
    if name in BODIES:
        told = BODIES[name]["established"] + " " + BODIES[name]["status"]
        return end_period(max(re.findall(r"\b(?:19|20)\d\d\b", told)))
    return end_period(consult().newest(name)[:4])


def find_newest(measure: str) -> str:
    """The last day of which any evidence of a measure's newest state speaks."""
    return max(date_evidence(name) for name in NEWEST[measure]["evidence"].split())


@pytest.mark.parametrize("measure", GOING_ON)
def test_a_decade_of_silence_counts_as_stalled(measure: str) -> None:
    """What is said to work, or to be agreed, was seen within ten years, or lasts by itself."""
    evidence = NEWEST[measure]["evidence"].split()
    kinds = {EVENTS[name]["kind"] for name in evidence if name in EVENTS}

    assert find_newest(measure) > DECADE_BEFORE or kinds & LASTING


def test_what_was_found_to_be_stalled_has_been_silent_for_a_decade() -> None:
    """A state that begins with the cut-off day rests on silence alone."""
    silent = {
        name
        for name, row in NEWEST.items()
        if row["status"] == "stalled" and row["date"] == CUT_OFF
    }

    assert silent == {"mi-07", "pc-07", "rc-01"}
    assert all(find_newest(name) <= DECADE_BEFORE for name in silent)


def test_the_rule_is_not_met_by_everything() -> None:
    """The measures that only treaties or buildings keep going are those that were read as such."""
    kept = {name for name in GOING_ON if find_newest(name) <= DECADE_BEFORE}

    assert kept == {"pc-04", "rc-13", "sd-12"}


def test_the_register_says_what_would_count_where_nothing_was_found(built_site: Path) -> None:
    """The reasons of each measure without evidence stand at it, and name what would change it."""
    tree = read_page(built_site / "en" / "2026" / "measures" / "index.html")
    items = {item.get("id"): item for item in find_all(tree, "li") if item.get("data-state")}
    without = {name: row for name, row in NEWEST.items() if row["status"] == "no_evidence"}

    assert set(items) == set(NEWEST)
    assert len(without) > 40
    for name, row in without.items():
        assert "would count" in row["reasoning"] or "would show" in row["reasoning"], name
        assert row["reasoning"] in read(items[name]), name
    shown = {name for name, item in items.items() if find_all(item, "span", "register__reasons")}
    assert shown == set(without)
