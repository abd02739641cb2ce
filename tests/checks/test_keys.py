"""No two things share a name, and the second is told where the first stands."""

from __future__ import annotations

from report.checks.keys import check_keys
from tests.examples import change_facts, show

HEAD = "series,period,value,status,published,source,locator,note,reason\n"


def test_a_key_given_twice_names_both_rows() -> None:
    """The problem stands at the later row and points to the earlier."""
    rows = "hill.length,2020,11,final,2021-03-01,counters,,,first\n" * 2
    facts = change_facts(("data/observations/z.csv", "", HEAD + rows))

    (problem,) = check_keys(facts)

    assert str(problem.place) == "data/observations/z.csv:3:1"
    assert "data/observations/z.csv:2:1" in problem.what


def test_another_day_or_source_is_another_key() -> None:
    """Vintages and sources of one period stand beside each other."""
    rows = (
        "hill.length,2020,11,final,2021-03-01,counters,,,first\n"
        "hill.length,2020,11,final,2021-03-02,counters,,,routine\n"
        "hill.length,2020,11,final,2021-03-01,survey,,,first\n"
    )

    assert show(check_keys(change_facts(("data/observations/z.csv", "", HEAD + rows)))) == []


def test_observed_and_computed_series_share_one_set_of_names() -> None:
    """A figure that names a series must know which."""
    facts = change_facts(("data/derived.yml", "- id: both.trips", "- id: hill.trips"))

    assert show(check_keys(facts)) == ["derived.yml:2:5 E301"]
