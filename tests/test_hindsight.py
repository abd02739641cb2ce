"""Words written later let nothing slip that came later."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.hindsight import hide_hindsight, hide_later
from tests.examples import make_second_report


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Counted by hand.", "Counted by hand."),
        ("To 2019 the fund (vintage 2020) is preferred. Then customs.", "Then customs."),
        ("4.6 in 2009; 4.7, an official said", "4.6 in 2009; 4.7, an official said"),
        ("up 20%; far below the 17.59 of 2018: other scope likely", "up 20%."),
        ("Premiers meet; both met in November 2025. No record.", "Premiers meet. No record."),
        ("Read in 2017-Q3, not in 2017-2018; kept.", "kept."),
        ("A price of 2050.75 and paper 20185 stand.", "A price of 2050.75 and paper 20185 stand."),
        ("逐年公布；2021年修订。", "逐年公布。"),
        ("Only of 2018", ""),
        ("", ""),
    ],
)
def test_clauses_that_name_a_later_year_are_left_out(text: str, expected: str) -> None:
    """The others stay as they are, and a sentence that lost its end ends before it."""
    assert hide_later(text, 2017) == expected


@given(st.lists(st.sampled_from(["a in 2016", "b 2018", "c 4.5", "d", "e 2031"]), max_size=8))
def test_nothing_later_stays_and_nothing_earlier_goes(parts: list[str]) -> None:
    """Of clauses without and with later years exactly the former are left."""
    shown = hide_later(". ".join([*parts, ""]).rstrip(" "), 2017)

    assert re.findall(r"[a-e]", shown) == [part[0] for part in parts if part[0] in "acd"]


def test_explanations_lose_hindsight_and_facts_stay() -> None:
    """Definitions, notes and states of bodies; no value, title or event is touched."""
    report = make_second_report()
    series = report.series["river.trips"]
    said = series.model_copy(update={"definition": {"en": "Trips counted. New counters in 2025."}})
    changed = hide_hindsight(replace(report, series={**report.series, series.id: said}), 2024)

    assert changed.series["river.trips"].definition == {"en": "Trips counted."}
    assert changed.series["river.trips"].title == series.title
    assert {body.status for body in changed.institutions} == {""}
    assert changed.events == report.events
    values = [(row.series, row.period, row.value) for row in report.observations]
    assert [(row.series, row.period, row.value) for row in changed.observations] == values


def test_what_is_missing_is_told_as_of_the_year() -> None:
    """The gap of a constraint or an opportunity loses what came later; its gist stays."""
    report = make_second_report()
    gap = {"en": "Nobody counts rain. A post of 2025 does."}
    flood = report.constraints[0].model_copy(update={"gap": gap})
    tourism = report.opportunities[0].model_copy(update={"gap": gap})

    changed = hide_hindsight(replace(report, constraints=(flood,), opportunities=(tourism,)), 2024)

    assert changed.constraints[0].gap == {"en": "Nobody counts rain."}
    assert changed.opportunities[0].gap == {"en": "Nobody counts rain."}
    assert changed.constraints[0].gist == report.constraints[0].gist
