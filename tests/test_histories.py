"""How values came to be what they are: releases, revisions and the triangle, worked out by hand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.histories import History, list_histories, list_revisions, make_triangle
from report.model import Observation, Reason, Status, View
from report.periods import parse_period
from report.vintages import as_of
from tests.examples import TODAY, declare_series, make_second_view, make_small_view, observe

FORECAST = Status.FORECAST


def see(rows: Sequence[Observation]) -> View:
    """A view of one series `x`, whose sources are `a` before `b`."""
    declared = {"x": declare_series("x", (("a",), ("b",)))}
    return replace(
        make_small_view({}), series=as_of(declared, rows, TODAY), vintages={"x": tuple(rows)}
    )


def tell(history: History) -> list[str]:
    """Releases as day, value and source."""
    return [f"{one.day} {one.value} {one.source}" for one in history.releases]


ROWS = (
    observe("x", "2020", "9", published="2019-10-01", source="b", status=FORECAST),
    observe("x", "2020", "10", published="2021-01-15", source="b"),
    observe("x", "2020", "11", published="2021-06-30"),
    observe("x", "2020", "12", published="2021-09-01", source="b"),
    observe("x", "2020", "11", published="2022-06-30"),
    observe("x", "2020", "10.5", published="2023-06-30"),
    observe("x", "2021", None, published="2022-06-30"),
    observe("x", "2021", "20", published="2023-06-30"),
)


@pytest.mark.parametrize(
    ("row", "releases"),
    [
        (observe("x", "2020", "7", published="2021-01-15"), ["2021-01-15 7 a"]),
        (observe("x", "2020", "7", published="2021-01-15", source="b"), ["2021-01-15 7 b"]),
        (observe("x", "2020", "7", published="2019-01-15", status=FORECAST), []),
        (observe("x", "2020", None, published="2021-01-15"), []),
        (observe("x", "2020", None, published="2021-01-15", status=Status.RETRACTED), []),
        (observe("x", "2020", "7", published="2021-01-15", status=Status.RETRACTED), []),
        (observe("x", "2020", "7", published="2021-01-15", source="stranger"), []),
    ],
)
def test_a_period_with_one_row_goes_the_way_of_all(row: Observation, releases: list[str]) -> None:
    """A row that says nothing, from a source without rank, changes nothing of it."""
    beside = observe("x", "2020", "8", published="2018-01-01", source="nobody")

    for rows in ([row], [row, beside], [beside, row]):
        found = list_histories(see(rows))
        assert [one for history in found for one in tell(history)] == releases


def test_a_history_is_what_a_reader_would_have_seen() -> None:
    """Neither a forecast nor a lower source that speaks later is a release."""
    first, second = list_histories(see(ROWS))

    assert tell(first) == [
        "2021-01-15 10 b",
        "2021-06-30 11 a",
        "2022-06-30 11 a",
        "2023-06-30 10.5 a",
    ]
    assert tell(second) == ["2023-06-30 20 a"]
    assert (first.first.value, first.newest.value) == (Decimal(10), Decimal("10.5"))
    assert first.known_on(date(2021, 1, 14)) is None
    assert first.known_on(date(2022, 1, 1)) == first.releases[1]


def test_only_the_standing_source_publishes_anew() -> None:
    """`a` stands before `b`: what `b` says in 2019 is not published by `a` again."""
    (history,) = list_histories(
        see(
            [
                observe("x", "2016", "100", published="2017-03-01"),
                observe("x", "2016", "120", published="2019-03-01", source="b"),
            ]
        )
    )

    assert tell(history) == ["2017-03-01 100 a"]


def test_a_value_that_is_taken_back_gives_way_on_that_day() -> None:
    """What stands then is another source's, from an earlier day."""
    (history,) = list_histories(
        see(
            [
                observe("x", "2016", "100", published="2017-03-01"),
                observe("x", "2016", "120", published="2018-03-01", source="b"),
                observe("x", "2016", None, published="2019-03-01", status=Status.RETRACTED),
            ]
        )
    )

    assert tell(history) == ["2017-03-01 100 a", "2019-03-01 120 b"]


def test_a_register_holds_what_changed_the_newest_first() -> None:
    """Not what was only confirmed; each with its change and its reason."""
    rows = (*ROWS[:5], replace(ROWS[5], reason=Reason.MAJOR), *ROWS[6:])

    revisions = list_revisions(list_histories(see(rows)))

    assert [
        f"{one.series} {one.period} {one.new.day} {one.change} {one.new.reason}"
        for one in revisions
    ] == ["x 2020 2023-06-30 -0.5 major", "x 2020 2021-06-30 1 first"]


def test_a_triangle_shows_each_year_of_publication() -> None:
    """The last day of each; nothing before the first release."""
    triangle = make_triangle(list_histories(see(ROWS)), "x")

    assert triangle.days == (date(2021, 6, 30), date(2022, 6, 30), date(2023, 6, 30))
    assert triangle.rows == (
        (parse_period("2020"), (Decimal(11), Decimal(11), Decimal("10.5"))),
        (parse_period("2021"), (None, None, Decimal(20))),
    )


def test_the_second_report_has_its_revisions() -> None:
    """Two of trips by the same source; crashes and trips of 2020 by the other one."""
    revisions = list_revisions(list_histories(make_second_view()))

    assert [
        f"{one.series} {one.period} {one.old.value} {one.new.value} {one.new.source}"
        for one in revisions
    ] == [
        "river.trips 2024 502 498.5 counters",
        "river.trips 2023 468 471 counters",
        "crashes.hill 2023 9 10 survey",
        "river.trips 2020 350 362 survey",
    ]


PUBLISHED = st.lists(
    st.tuples(
        st.integers(0, 9).map(str),
        st.dates(date(2020, 1, 1), date(2026, 1, 1)),
        st.sampled_from(["a", "b"]),
    ),
    max_size=12,
    unique_by=lambda row: row[1:],
)


@given(PUBLISHED)
def test_a_history_ends_with_what_is_known(published: list[tuple[str, date, str]]) -> None:
    """Its days come in order, its newest value is that of the view, its revisions join up."""
    rows = [observe("x", "2019", value, f"{day}", source) for value, day, source in published]
    view = see(rows)
    histories = list_histories(view)

    assert [history.newest.value for history in histories] == [
        point.value for point in view.series["x"].points
    ]
    for history in histories:
        days = [one.day for one in history.releases]
        assert days == sorted(set(days))
        changes = sum((one.change for one in list_revisions([history])), Decimal(0))
        assert history.first.value + changes == history.newest.value


def test_periods_with_one_value_are_revised_by_none() -> None:
    """To leave them out loses no revision."""
    view = make_second_view()
    twice = list_histories(view, fewest=2)

    assert list_revisions(twice) == list_revisions(list_histories(view))
    assert 0 < len(twice) < len(list_histories(view))
