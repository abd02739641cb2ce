"""Statistics of revisions, worked out by hand; Student's points by their own formulas."""

from __future__ import annotations

import math
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.histories import list_histories
from report.model import Source, View
from report.reliability import (
    add_months,
    find_point,
    group_reliability,
    measure_reliability,
    name_producer,
    name_reporter,
    pair_releases,
)
from report.vintages import as_of
from tests.examples import declare_series, make_small_view, observe

CUT_OFF = date(2026, 1, 1)


def pair(first: str, later: str) -> tuple[Decimal, Decimal]:
    """A first value and a later one."""
    return Decimal(first), Decimal(later)


def test_mean_and_mean_absolute_revision_by_hand() -> None:
    """Revisions 1, -2, 3, 0: mean 0.5, mean absolute 1.5; 10, -10, 15 and 0 per cent.

    Squares about the mean: 0.25 + 6.25 + 6.25 + 0.25 = 13; 13 / 3 / 4 = 1.08333, root 1.04083.
    """
    found = measure_reliability(
        [pair("10", "11"), pair("20", "18"), pair("20", "23"), pair("5", "5")]
    )

    assert found is not None
    assert (found.count, found.revised) == (4, 3)
    assert (found.mean, found.mean_absolute) == (Decimal("0.5"), Decimal("1.5"))
    assert found.mean_percent == Decimal("3.75")  # (10 - 10 + 15 + 0) / 4
    assert found.mean_absolute_percent == Decimal("8.75")
    assert found.error is not None
    assert found.t is not None
    assert abs(found.error - Decimal("1.0408330")) < Decimal("0.0000001")
    assert abs(found.t - Decimal("0.4803845")) < Decimal("0.0000001")
    assert found.is_biased is None  # four are too few to tell


def test_per_cent_are_of_the_amount_and_leave_out_zero() -> None:
    """From -4 to -5 is a fall of 25 per cent; from 0 nothing can be said."""
    found = measure_reliability([pair("-4", "-5"), pair("0", "1")])

    assert found is not None
    assert (found.mean, found.mean_percent, found.mean_absolute_percent) == (
        Decimal(0),
        Decimal(-25),
        Decimal(25),
    )
    assert measure_reliability([]) is None
    only_zero = measure_reliability([pair("0", "1")])
    assert only_zero is not None
    assert (only_zero.mean_percent, only_zero.error, only_zero.is_biased) == (None, None, None)


def test_a_bias_is_what_chance_would_seldom_give() -> None:
    """Five revisions: t must exceed 2.776.

    1, 1, 2, 1, 1: mean 1.2, s² = 0.8 / 4, error √(0.2 / 5) = 0.2, t = 6.
    2, -1, 2, -1, 2: mean 0.8, s² = 10.8 / 4, error √(2.7 / 5) = 0.7348, t = 1.089.
    """
    biased = measure_reliability([pair("10", str(10 + one)) for one in (1, 1, 2, 1, 1)])
    chance = measure_reliability([pair("10", str(10 + one)) for one in (2, -1, 2, -1, 2)])
    equal = measure_reliability([pair("10", "11")] * 5)

    assert biased is not None
    assert chance is not None
    assert equal is not None
    assert (biased.error, biased.t, biased.is_biased) == (Decimal("0.2"), Decimal(6), True)
    assert chance.is_biased is False
    assert (equal.t, equal.is_biased) == (None, None)


def test_students_points_agree_with_formulas() -> None:
    """One degree: the tangent of 0.475 π; two: q √(2 / (1 - q²)) with q = 0.95; many: 1.96."""
    assert find_point(1) == pytest.approx(math.tan(0.475 * math.pi), abs=0.0005)
    assert find_point(2) == pytest.approx(0.95 * math.sqrt(2 / (1 - 0.95**2)), abs=0.0005)
    assert [find_point(n) for n in (30, 31, 39, 40, 60, 119, 120)] == [
        *(2.042, 2.042, 2.042, 2.021, 2.000, 2.000, 1.980)
    ]
    points = [find_point(n) for n in range(1, 200)]
    assert points == sorted(points, reverse=True)


@pytest.mark.parametrize("freedom", [3, 5, 10, 20, 30, 40, 60, 120])
def test_students_points_leave_five_per_cent(freedom: int) -> None:
    """The density between the points, added up in small steps, is 95 per cent."""
    gamma = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)
    scale = math.exp(gamma) / math.sqrt(freedom * math.pi)
    point, steps = find_point(freedom), 20_000
    width = 2 * point / steps
    middles = (-point + width * (step + 0.5) for step in range(steps))
    inside = width * sum(
        scale * (1 + middle**2 / freedom) ** (-(freedom + 1) / 2) for middle in middles
    )

    assert inside == pytest.approx(0.95, abs=0.0001)


def make_view() -> View:
    """Three series: `x` and `y` of an office, `z` first quoted by a newspaper."""
    rows = (
        observe("x", "2020", "100", published="2021-01-31", source="flash"),
        observe("x", "2020", "104", published="2021-07-31", source="office"),
        observe("x", "2020", "103", published="2024-01-31", source="office"),
        observe("x", "2021", "200", published="2022-01-31", source="flash"),
        observe("x", "2021", "206", published="2023-01-31", source="office"),
        observe(
            "x", "2022", "300", published="2023-01-31", source="flash"
        ),  # never looked at again
        observe("x", "1990", "50", published="2021-07-31", source="office"),  # no first release
        observe("x", "1990", "60", published="2024-01-31", source="office"),
        observe("y", "2020", "10", published="2021-03-31", source="office"),
        observe("y", "2020", "10", published="2022-03-31", source="office"),
        observe("z", "2020", "100", published="2021-01-31", source="paper"),
        observe("z", "2020", "120", published="2022-01-31", source="office"),  # perhaps of more
        observe("z", "2021", "40", published="2022-01-31", source="paper"),
        observe("z", "2021", "44", published="2022-06-30", source="paper"),
    )
    makers = {"flash": "The office", "paper": "The paper", "office": "The office"}
    sources = {
        name: Source.model_validate(
            {
                "id": name,
                "producer": producer,
                "title": "T",
                "url": "",
                "published": "",
                "accessed": CUT_OFF,
                "licence": "CC0",
                "redistributable": True,
            }
        )
        for name, producer in makers.items()
    }
    ranks = (("office",), ("flash",), ("paper",))
    declared = {
        name: declare_series(name, ranks).model_copy(update={"reporter": "Customs"})
        for name in ("x", "y", "z")
    }
    base = make_small_view({})
    edition = base.edition.model_copy(update={"cut_off": CUT_OFF})
    vintages = {name: tuple(row for row in rows if row.series == name) for name in declared}
    report = replace(base.report, sources=sources)
    series = as_of(declared, rows, CUT_OFF)
    return replace(base, report=report, edition=edition, series=series, vintages=vintages)


def test_first_and_later_values_are_paired_by_horizon() -> None:
    """Half a year after 31 January 2021 the office has said 104, three years after 103."""
    histories = list_histories(make_view())
    known = [history for history in histories if history.series == "x"]

    assert pair_releases(known, CUT_OFF) == [pair("100", "103"), pair("200", "206")]
    assert pair_releases(known, CUT_OFF, 6) == [pair("100", "104")]
    assert pair_releases(known, CUT_OFF, 12) == [pair("100", "104"), pair("200", "206")]
    assert pair_releases(known, CUT_OFF, 36) == [pair("100", "103"), pair("200", "206")]
    assert pair_releases(known, CUT_OFF, 60) == []  # 31 January 2026 is not over yet


def test_releases_are_grouped_by_who_published_or_by_whose_they_are() -> None:
    """The office raised its own by 3, 6 and 0, the newspaper one by 4.

    That the office has 120 where the newspaper had 100 is a revision of neither.
    """
    view = make_view()
    histories = list_histories(view)

    paper, office = reversed(group_reliability(view, histories, name_producer(view)))
    (customs,) = group_reliability(view, histories, name_reporter(view))

    assert (paper.name, paper.unit, paper.newest.count) == ("The paper", "t", 1)
    assert (paper.newest.mean, paper.newest.mean_percent) == (Decimal(4), Decimal(10))
    assert sorted(paper.horizons) == [6, 12, 24, 36]
    assert (office.name, office.newest.count, office.newest.revised) == ("The office", 3, 2)
    assert office.newest.mean == Decimal(3)
    assert (customs.name, customs.newest.count) == ("Customs", 4)
    assert customs.newest.mean == Decimal("3.25")


def pair_two(*rows: tuple[str, str, str]) -> list[tuple[Decimal, Decimal]]:
    """Pairs of one period of a series whose sources are `a` before `b`, of two producers."""
    declared = {"x": declare_series("x", (("a",), ("b",)))}
    known = tuple(observe("x", "2016", value, day, source) for source, value, day in rows)
    view = replace(
        make_small_view({}), series=as_of(declared, known, CUT_OFF), vintages={"x": known}
    )
    return pair_releases(list_histories(view), CUT_OFF)


def test_a_later_row_of_a_lower_source_is_no_revision_of_zero() -> None:
    """`a` says 100 in 2017 and never again; what `b` says in 2019 tells nothing of `a`."""
    assert pair_two(("a", "100", "2017-03-01"), ("b", "120", "2019-03-01")) == []
    confirmed = pair_two(("a", "100", "2017-03-01"), ("a", "100", "2019-03-01"))
    assert confirmed == [pair("100", "100")]


def test_a_higher_source_is_no_revision_of_the_first() -> None:
    """`b` says 100 in 2017, `a` something else in 2019; only `b` can revise `b`, in 2018."""
    first, other = ("b", "100", "2017-03-01"), ("a", "120", "2019-03-01")

    assert pair_two(first, other) == []
    assert pair_two(first, ("b", "103", "2018-03-01"), other) == [pair("100", "103")]


@pytest.mark.parametrize(
    ("day", "months", "later"),
    [
        (date(2021, 1, 31), 1, date(2021, 2, 28)),
        (date(2020, 1, 31), 1, date(2020, 2, 29)),
        (date(2021, 11, 30), 3, date(2022, 2, 28)),
        (date(2021, 12, 31), 12, date(2022, 12, 31)),
    ],
)
def test_months_later_is_the_same_day_or_the_last(day: date, months: int, later: date) -> None:
    """February included."""
    assert add_months(day, months) == later


NUMBERS = st.decimals(min_value=-1000, max_value=1000, places=2)


@given(st.lists(st.tuples(NUMBERS, NUMBERS), min_size=1, max_size=20))
def test_what_holds_of_any_revisions(pairs: list[tuple[Decimal, Decimal]]) -> None:
    """The mean lies within the mean absolute; turned round, only the sign turns."""
    found = measure_reliability(pairs)
    back = measure_reliability((later, first) for first, later in pairs)

    assert found is not None
    assert back is not None
    assert abs(found.mean) <= found.mean_absolute
    assert back.mean == -found.mean
    assert back.mean_absolute == found.mean_absolute
    assert back.error == found.error
    assert (found.revised == 0) is (found.mean_absolute == 0)
