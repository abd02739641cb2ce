"""Known errors of sources: what is shown instead, from which day on, and until when."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.amendments import amend_series, choose_corrections, correct_value, strike_rows
from report.checking import check_facts
from report.checks.corrections import check_corrections
from report.corrections import Correction
from report.figures import build_figure
from report.figures.build import Order
from report.model import Observation, View
from report.portions import take_portion
from report.views import make_view
from report.vintages import as_of
from tests.examples import (
    ENGLISH,
    TODAY,
    change_facts,
    declare_series,
    observe,
    show,
)

FOUND = "2026-03-01"
PATH = "data/corrections.yml"
ROWS = (
    observe("x", "2020", "100", published="2021-01-01", source="b"),
    observe("x", "2020", "1000", published="2022-01-01"),
)
"""Source `a`, which stands before `b`, has shifted the decimal point."""


def correct(**fields: object) -> Correction:
    """A correction of the value of `a`."""
    parts = {"series": "x", "period": 2020, "source": "a", "expect": 1000, "date": FOUND}
    return Correction.model_validate(parts | {"reason": "A decimal point is lost"} | fields)


def look(rows: tuple[Observation, ...], correction: Correction, day: date = TODAY) -> str:
    """What is known of 2020 at the end of a day, with its source."""
    declared = {"x": declare_series("x", (("a",), ("b",)))}
    known = tuple(row for row in rows if row.published <= day)
    chosen = choose_corrections([correction], known, day)
    series = amend_series(as_of(declared, strike_rows(known, chosen), day), chosen)
    return " ".join(f"{point.value} {point.sources[0]}" for point in series["x"].points)


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({"action": "drop"}, "100 b"),
        ({"action": "override", "value": "101"}, "101 a"),
        ({"action": "scale", "factor": 0.1}, "100.0 a"),
        ({"action": "flag"}, "1000 a"),
    ],
)
def test_each_action_does_its_own(fields: dict[str, object], shown: str) -> None:
    """Struck, replaced, scaled exactly, or only marked."""
    assert look(ROWS, correct(**fields)) == shown


def test_a_correction_holds_from_its_day_on() -> None:
    """Who looked before it was found saw the error; nothing is known better in hindsight."""
    drop = correct(action="drop")

    assert look(ROWS, drop, date(2021, 12, 31)) == "100 b"
    assert look(ROWS, drop, date(2026, 2, 28)) == "1000 a"
    assert look(ROWS, drop, date(2026, 3, 1)) == "100 b"


def test_what_the_source_publishes_later_is_not_touched() -> None:
    """Even where the value of before comes back with a third one."""
    later = observe("x", "2020", "99", published="2026-05-01")

    assert look((*ROWS, later), correct(action="scale", factor="0.1")) == "99 a"


def test_only_the_expected_value_is_corrected() -> None:
    """By its number, not by how it is written."""
    assert look(ROWS, correct(action="override", expect="1000.0", value=1)) == "1 a"
    assert look(ROWS, correct(action="override", expect=999, value=1)) == "1000 a"
    assert look(ROWS, correct(action="override", period=2021, value=1)) == "1000 a"
    assert look(ROWS, correct(action="override", source="b", value=1)) == "1000 a"


def test_a_corrected_value_says_since_when_and_why() -> None:
    """Its day is that of the correction; a value that is only marked keeps its own."""
    declared = {"x": declare_series("x", (("a",), ("b",)))}
    series = as_of(declared, ROWS, TODAY)
    scaled = amend_series(series, [correct(action="scale", factor="0.1")])["x"].points[0]
    flagged = amend_series(series, [correct(action="flag")])["x"].points[0]

    assert (scaled.published, scaled.note) == (date(2026, 3, 1), "A decimal point is lost")
    assert (flagged.published, flagged.note) == (date(2022, 1, 1), "A decimal point is lost")


@given(st.decimals(min_value=-(10**6), max_value=10**6, places=3), st.integers(-3, 3))
def test_a_scale_is_exact(value: Decimal, power: int) -> None:
    """A shifted decimal point comes back to where it was."""
    wrong = value.scaleb(power)
    correction = correct(action="scale", expect=wrong, factor=Decimal(1).scaleb(-power))

    assert correct_value(correction) == value


def view_corrected(correction: str) -> View:
    """The second report's edition with one correction."""
    facts = change_facts((PATH, "", f"corrections:\n{correction}"))
    report = check_facts(facts, TODAY)
    return make_view(report, report.editions[0])


SCALE = """\
  - series: hill.trips
    period: 2024
    source: counters
    action: scale
    expect: 136
    factor: 10
    reason: "The table counts in tens."
    date: 2026-05-01
"""


def test_what_is_computed_follows_and_what_was_published_stays() -> None:
    """Hill 1360 of 1360 + 498.5 trips; the vintages are the source's own."""
    view = view_corrected(SCALE)
    values = {str(point.period): point.value for point in view.series["both.trips"].points}

    assert values["2024"] == Decimal("1858.5")
    assert Decimal(136) in {row.value for row in view.vintages["hill.trips"]}
    assert [one.series for one in view.corrections] == ["hill.trips"]


def test_an_edition_before_the_correction_does_not_know_of_it() -> None:
    """The cut-off is 30 June 2026."""
    view = view_corrected(SCALE.replace("2026-05-01", "2026-07-01"))

    assert view.corrections == ()
    assert Decimal(136) in {point.value for point in view.series["hill.trips"].points}


def note(correction: str, figure: str = "hill-use", **fields: object) -> list[str]:
    """The notes of a figure that speak of 2024."""
    view = view_corrected(correction)
    declaration = next(
        one for group in view.report.figures for one in group.figures if one.id == figure
    ).model_copy(update=fields)
    portion = take_portion(view, declaration)
    order = Order(declaration, "hill-corridor", portion, ENGLISH, "T", "K", "")
    return [words for words in build_figure(order).notes if "2024" in words]


def test_a_figure_says_what_is_corrected() -> None:
    """The value as printed, what is shown, by whom, and why; other figures say nothing."""
    start = "Hill corridor, 2024"
    producer, why = "Counting posts of both towns", "The table counts in tens."
    override = SCALE.replace("scale", "override").replace("factor: 10", "value: 136.25")
    flag = SCALE.replace("scale", "flag").replace("    factor: 10\n", "")
    drop = SCALE.replace("scale", "drop").replace("    factor: 10\n", "")

    assert note(SCALE) == [
        f"{start}: 136.0 thousand trips by {producer}, here 1,360.0 thousand trips. {why}"
    ]
    assert note(override)[0].startswith(
        f"Hill corridor, 2024: 136.0 thousand trips by {producer}, here 136.25 thousand trips. "
    )
    assert note(flag) == [f"Hill corridor, 2024, 136.0 thousand trips by {producer}: {why}"]
    assert note(drop) == [
        f"Hill corridor, 2024: left out is 136.0 thousand trips by {producer}. {why}"
    ]
    assert note(SCALE, start="2025") == []
    assert note(SCALE, series=("river.trips",), labels={}) == []
    assert len(note(SCALE, series=("hill.trips.share",), labels={})) == 1


def test_the_guard_fails_when_the_source_has_put_it_right() -> None:
    """Until the correction is taken away, or said to have ended, which is checked as well."""
    fixed = "hill.trips,2024,1360,final,2026-05-20,counters,table 2,,correction\n"
    fixed = fixed.replace(",,correction", ",The table counts in trips now,correction")
    trips = "data/observations/trips.csv"
    ended = f"{SCALE}    ended: 2026-05-20\n"

    def check(correction: str, rows: str = "") -> list[str]:
        changes = [(PATH, "", f"corrections:\n{correction}")]
        facts = change_facts(*changes, *([(trips, "", rows)] if rows else []))
        return show(check_corrections(facts, TODAY))

    assert check(SCALE) == []
    assert check(SCALE, fixed) == ["corrections.yml:6:5 E383"]
    assert check(ended, fixed) == []
    assert check(ended) == ["corrections.yml:10:5 E383"]


def test_a_correction_for_the_edition_to_come_is_not_idle() -> None:
    """It is later than every cut-off; the value that it expects stands all the same."""
    later = SCALE.replace("2026-05-01", "2026-11-01")
    facts = change_facts((PATH, "", f"corrections:\n{later}"))

    assert show(check_corrections(facts, TODAY)) == []


def test_a_correction_in_a_list_of_rows_strikes_only_its_own() -> None:
    """Rows of other sources, periods and values stay."""
    drop = correct(action="drop")
    others = (
        replace(ROWS[1], value=Decimal(999)),
        replace(ROWS[1], source="b"),
        replace(ROWS[1], series="y"),
    )

    assert list(strike_rows((*ROWS, *others), [drop])) == [ROWS[0], *others]
    assert strike_rows(ROWS, []) is ROWS
