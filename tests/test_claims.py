"""Every verdict follows from its rule, worked by hand; what does not matter changes none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from functools import lru_cache

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.claims import compare, count_verdicts, needed_series
from report.model import Observation, Report, Status, View
from report.statements import Agreement, Claim, Judged, Verdict, parse_span
from report.views import make_view
from tests.examples import (
    TODAY,
    declare_series,
    make_second_report,
    make_second_view,
    make_small_view,
    observe,
)

THEN = "2017-06-01"
"""A day before the claims of these tests were made; rows without a day are of 2026."""


def claim(**changes: object) -> Claim:
    """A claim that the series `s` is 69.5 in 2016, with some of its parts changed."""
    parts: dict[str, object] = {
        "id": "c",
        "source": "a",
        "section": "1",
        "claim": "Something is so",
        "kind": "value",
        "series": ("s",),
        "period": "2016",
        "operator": "=",
        "value": Decimal("69.5"),
        "unit": "t",
        "tolerance": Decimal("0.05"),
        "made_on": date(2017, 12, 31),
    }
    return Claim.model_validate(parts | changes)


@lru_cache
def small_report() -> Report:
    """A report with series `s` and `stock`, and nothing known of them."""
    return make_small_view({"s": {}, "stock": {}}).report


def see(rows: Sequence[Observation], *claims: Claim) -> View:
    """A view of these rows and claims, with two sources of one rank."""
    ranks = (("a", "b"),)
    series = {name: declare_series(name, ranks) for name in ("s", "stock", "first")}
    report = replace(small_report(), series=series, observations=tuple(rows), claims=claims)
    edition = make_small_view({}).edition
    return make_view(report, edition)


def judge(rows: Sequence[Observation], **changes: object) -> Judged:
    """The claim with these changes, judged by these rows."""
    return see(rows, claim(**changes)).claims[0]


def year_by_year(
    values: str, first: int = 2000, published: str = "2026-01-01"
) -> list[Observation]:
    """Yearly values of `s`, written with spaces."""
    return [
        observe("s", str(first + at), value, published) for at, value in enumerate(values.split())
    ]


def test_a_value_within_the_claims_rounding_confirms_it() -> None:
    """69.525 is told as 69.5, then and now."""
    judged = judge([observe("s", "2016", "69.525", THEN)])

    assert judged.verdict is Verdict.CONFIRMED
    assert judged.difference == Decimal("0.025")


def test_a_value_that_was_replaced_confirms_as_first_published() -> None:
    """69.525 was known in 2017; 69.755 has taken its place and differs by 0.255."""
    judged = judge([observe("s", "2016", "69.525", THEN), observe("s", "2016", "69.755")])

    assert judged.verdict is Verdict.REVISED
    assert judged.difference == Decimal("0.255")
    assert judged.first == (Decimal("69.525"), date(2017, 6, 1))


def test_a_value_that_was_replaced_before_the_article_counts_as_well() -> None:
    """The first print agreed, the one of the article's day did not, nor does the newest."""
    rows = [
        observe("s", "2016", "69.5", "2017-01-01"),
        observe("s", "2016", "70.4", "2017-07-01"),
        observe("s", "2016", "71.2"),
    ]

    judged = judge(rows)

    assert judged.then is not None
    assert (judged.verdict, judged.then.value) == (Verdict.REVISED, Decimal("70.4"))


def test_a_forecast_does_not_confirm_as_first_published() -> None:
    """What was only expected was never published as a figure."""
    rows = [
        observe("s", "2016", "69.5", "2015-01-01", status=Status.FORECAST),
        observe("s", "2016", "70.4", "2017-07-01"),
    ]

    assert judge(rows).verdict is Verdict.CONTRADICTED


def test_a_coarse_value_is_within_rounding() -> None:
    """A source prints 70, which stands for 69.5 to 70.5: 0.5 is more than 0.05, not than 0.55."""
    assert judge([observe("s", "2016", "70", THEN)]).verdict is Verdict.ROUNDING


def test_a_value_off_by_more_contradicts() -> None:
    """Nor then nor now: 70.1 is written to a tenth, and 0.6 off."""
    judged = judge([observe("s", "2016", "70.1", THEN)])

    assert (judged.verdict, judged.difference) == (Verdict.CONTRADICTED, Decimal("0.6"))


def test_what_is_known_only_now_decides_alone() -> None:
    """The data of the article's day say nothing; those of today confirm or contradict."""
    confirmed = judge([observe("s", "2016", "69.5")])

    assert confirmed.then is None
    assert confirmed.verdict is Verdict.CONFIRMED
    assert judge([observe("s", "2016", "64.2")]).verdict is Verdict.CONTRADICTED


def test_nothing_known_is_nothing_tested() -> None:
    """A value of another year says nothing of this one."""
    assert judge([observe("s", "2015", "69.5", THEN)]).verdict is Verdict.UNTESTABLE
    assert judge([], kind="untestable", note="Needed: a count").verdict is Verdict.UNTESTABLE


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        (">", "50.1", Verdict.CONFIRMED),
        (">", "50", Verdict.ROUNDING),  # "50" may stand for up to 50.5
        (">", "49", Verdict.CONTRADICTED),
        ("<", "49", Verdict.CONFIRMED),
        ("<", "51", Verdict.CONTRADICTED),
        ("~", "54", Verdict.CONFIRMED),  # about 50, within 5
        ("~", "56", Verdict.CONTRADICTED),
    ],
)
def test_limits_and_abouts(operator: str, value: str, expected: Verdict) -> None:
    """Above, below and about 50."""
    tolerance = Decimal(5) if operator == "~" else Decimal(0)
    rows = [observe("s", "2016", value, THEN)]

    judged = judge(rows, operator=operator, value=Decimal(50), tolerance=tolerance)

    assert judged.verdict is expected


def test_a_limit_over_several_years_holds_in_each() -> None:
    """More than 90 in every year: the weakest is shown; one below contradicts."""
    parts = {"operator": ">", "value": Decimal(90), "period": "2014/2016", "tolerance": 0}
    good, bad = year_by_year("95 92 97", 2014), year_by_year("95 88 97", 2014)

    held = judge(good, **parts)

    assert held.now is not None
    assert (held.verdict, str(held.now.period)) == (Verdict.CONFIRMED, "2015")
    assert judge(bad, **parts).verdict is Verdict.CONTRADICTED


def test_a_state_that_has_ended_was_true_at_first() -> None:
    """Second in 2016 and first in 2024; a state that never was is contradicted."""
    parts = {"value": Decimal(2), "period": "2016/latest", "tolerance": 0, "kind": "rank"}

    judged = judge(year_by_year("2 2 1", 2016), **parts)

    assert (judged.verdict, judged.difference) == (Verdict.AT_FIRST, Decimal(-1))
    assert judge(year_by_year("2 1", 2016), **parts).verdict is Verdict.AT_FIRST
    assert judge(year_by_year("2 1 2", 2016), **parts).verdict is Verdict.CONFIRMED
    assert judge(year_by_year("1 1 1", 2016), **parts).verdict is Verdict.CONTRADICTED


def test_of_a_state_only_the_beginning_and_the_newest_end_count() -> None:
    """Second, twice first, then second again: what lay between is neither claimed nor denied."""
    parts = {"value": Decimal(2), "period": "2016/latest", "tolerance": 0, "kind": "rank"}

    assert judge(year_by_year("2 1 1 2", 2016), **parts).verdict is Verdict.CONFIRMED


def test_a_state_of_which_only_the_beginning_is_known_cannot_be_tested() -> None:
    """One year says nothing of those after it; nor do later ones where the first is not known."""
    parts = {"value": Decimal(2), "period": "2014/latest", "tolerance": 0, "kind": "rank"}

    only_first = judge(year_by_year("2", first=2014), **parts)
    only_later = judge(year_by_year("2", first=2015), **parts)
    both = judge(year_by_year("2 2", first=2014), **parts)

    assert [j.verdict for j in (only_first, only_later, both)] == [
        Verdict.UNTESTABLE,
        Verdict.UNTESTABLE,
        Verdict.CONFIRMED,
    ]


def test_a_sum_that_only_a_stock_bears_out_is_a_stock_told_as_flow() -> None:
    """14.02 in a year: the flow was 0.6, what had been built up over 14."""
    parts = {"kind": "flow", "series": ("s", "stock"), "value": Decimal("14.02")}
    flow, stock = observe("s", "2016", "0.6", THEN), observe("stock", "2016", "14.0", THEN)

    assert judge([flow, stock], **parts).verdict is Verdict.STOCK_AS_FLOW
    assert judge([stock], **parts).verdict is Verdict.STOCK_AS_FLOW
    assert judge([flow], **parts).verdict is Verdict.CONTRADICTED
    assert judge([observe("s", "2016", "14.02", THEN), stock], **parts).verdict is Verdict.CONFIRMED


def make_share(share: str) -> Judged:
    """A text that tells 15.22 of 15.29 and a share of it."""
    part = claim(id="part", value=Decimal("15.22"), tolerance=Decimal("0.005"), kind="untestable")
    whole = claim(id="whole", value=Decimal("15.29"), tolerance=Decimal("0.005"), kind="untestable")
    formula = ("share", "part", "whole")
    told = claim(id="told", value=Decimal(share), series=(), formula=formula)
    return see([], part, whole, told).claims[2]


def test_a_share_that_the_texts_own_numbers_do_not_give_contradicts_itself() -> None:
    """15.22 / 15.29 is 99.54; with roundings 15.215 / 15.295 = 99.48 to 15.225 / 15.285 = 99.61."""
    judged = make_share("98.9")

    assert judged.verdict is Verdict.CONTRADICTS_ITSELF
    assert judged.implied is not None
    assert round(judged.implied, 2) == Decimal("99.54")
    assert judged.difference is not None
    assert round(judged.difference, 2) == Decimal("0.64")


@pytest.mark.parametrize("share", ["99.5", "99.45", "99.6"])
def test_a_share_within_the_roundings_of_both_does_not(share: str) -> None:
    """99.45 may stand for 99.5, which 15.215 of 15.295 gives; alone that proves nothing."""
    assert make_share(share).verdict is Verdict.UNTESTABLE


def test_a_trend_that_the_test_finds_is_confirmed() -> None:
    """Nine rising values have S = 36 and a chance of 0.0003."""
    parts = {"kind": "trend", "operator": "rising", "value": None, "period": "2000/latest"}

    judged = judge(year_by_year("1 2 3 4 5 6 7 8 9"), **parts)

    assert judged.verdict is Verdict.CONFIRMED
    assert judged.difference == Decimal(8)
    assert judge(year_by_year("9 8 7 6 5 4 3 2 1"), **parts).verdict is Verdict.CONTRADICTED


def test_a_trend_of_few_values_or_none_is_undecided() -> None:
    """Seven values are too few; eight that go up and down have S = 0 or near it."""
    parts = {"kind": "trend", "operator": "rising", "value": None, "period": "2000/latest"}

    assert judge(year_by_year("1 2 3 4 5 6 7"), **parts).verdict is Verdict.UNDECIDED
    assert judge(year_by_year("1 2 1 2 1 2 1 2"), **parts).verdict is Verdict.UNDECIDED


def test_what_keeps_rising_must_not_fall_at_the_end() -> None:
    """Ten values rise nine times; an eleventh below the tenth ends it, a dip before does not."""
    parts = {"kind": "trend", "operator": "keeps_rising", "value": None, "period": "2000/latest"}
    dip = judge(year_by_year("1 2 3 4 3 5 6 7 8 9 10"), **parts)
    ended = judge(year_by_year("1 2 3 4 5 6 7 8 9 10 9"), **parts)

    assert dip.now is not None
    assert (dip.verdict, [str(period) for period in dip.now.breaks]) == (
        Verdict.CONFIRMED,
        ["2004"],
    )
    assert ended.verdict is Verdict.AT_FIRST


def test_a_trend_that_held_on_the_data_of_its_day_was_true_at_first() -> None:
    """Eight rising values by 2017, then as many that fall: no trend is left."""
    rows = year_by_year("1 2 3 4 5 6 7 8", 2009, THEN)
    rows += year_by_year("7 6 5 4 3 2 1 0", 2017)
    parts = {"kind": "trend", "operator": "rising", "value": None, "period": "2000/latest"}

    assert judge(rows, **parts).verdict is Verdict.AT_FIRST


def test_a_first_release_may_stand_in_another_series() -> None:
    """Then the growth that was printed, now that of the levels."""
    rows = [observe("first", "2016", "69.5", THEN), observe("s", "2016", "71.04")]

    judged = judge(rows, first="first")

    assert judged.then is not None
    assert (judged.verdict, judged.then.name) == (Verdict.REVISED, "first")


def judge_second(**changes: object) -> Judged:
    """A claim on the second report's happenings, with the view of its edition."""
    parts = {"series": (), "unit": "", "value": None, "kind": "date", "made_on": date(2021, 6, 30)}
    made = claim(**(parts | changes))
    report = replace(make_second_report(), claims=(made,))
    return make_view(report, report.editions[0]).claims[0]


@pytest.mark.parametrize(
    ("period", "evidence", "expected"),
    [
        ("2018-05", ("e-plan",), Verdict.CONFIRMED),
        ("2018", ("e-plan", "e-flood"), Verdict.CONFIRMED),  # the earliest counts
        ("2018-05-08", ("e-plan",), Verdict.ROUNDING),  # the month is known, not the day
        ("2018-06", ("e-plan",), Verdict.CONTRADICTED),
        ("2018-05", ("i-board",), Verdict.ROUNDING),  # of the board the year is known
        ("2026-08", ("e-lift",), Verdict.UNTESTABLE),  # after the edition's cut-off
    ],
)
def test_a_date_is_held_against_the_earliest_happening(
    period: str, evidence: tuple[str, ...], expected: Verdict
) -> None:
    """As exactly as both are known."""
    assert judge_second(period=period, evidence=evidence).verdict is expected


def test_happenings_are_counted_up_to_the_end_of_the_period() -> None:
    """Plan, flood and broken post by 2021; the bridge came in 2023 and was not known in 2021."""
    evidence = ("e-plan", "e-flood", "e-post", "e-bridge")
    parts = {"kind": "count", "evidence": evidence, "period": "2021", "tolerance": 0}

    judged = judge_second(value=Decimal(3), **parts)

    assert (judged.verdict, judged.then) == (Verdict.CONFIRMED, None)
    assert judge_second(value=Decimal(4), **parts).verdict is Verdict.CONTRADICTED


def test_the_second_reports_claims_have_their_verdicts() -> None:
    """The trips of 2020 were 350 when the plan was read, and 362 since; the plan is of May 2018."""
    view = make_second_view()

    assert [(item.claim.id, item.verdict) for item in view.claims] == [
        ("s-trips", Verdict.REVISED),
        ("s-adopted", Verdict.CONFIRMED),
        ("s-noise", Verdict.UNTESTABLE),
    ]
    assert count_verdicts(view.claims) == [
        (Verdict.CONFIRMED, 1),
        (Verdict.REVISED, 1),
        (Verdict.UNTESTABLE, 1),
    ]


def test_an_edition_before_the_claims_day_does_not_show_it() -> None:
    """What was not yet written cannot be judged."""
    report = make_second_report()
    edition = report.editions[0].model_copy(update={"cut_off": date(2021, 6, 29)})

    assert make_view(report, edition).claims == ()


def test_only_what_verdicts_rest_on_is_worked_out_for_an_earlier_day() -> None:
    """A computed series brings the series that it is computed from."""
    made = claim(series=("hill.trips.share",))
    report = replace(make_second_report(), claims=(made,))

    assert needed_series(report) - {""} == {
        *("hill.trips.share", "hill.trips", "both.trips", "river.trips"),
    }


def test_spans_are_read_as_written() -> None:
    """A period, a closed span, an open one, and the newest."""
    assert parse_span("2016").is_single
    assert parse_span("2014/2016").end == parse_span("2016").end
    assert parse_span("2014/latest").end is None
    assert parse_span("latest").start is None
    for wrong in ("2016/2014", "2016/2016", "latest/2016", "2016-13", ""):
        with pytest.raises(ValueError, match=r"is no period|ends before"):
            parse_span(wrong)


amounts = st.decimals(-(10**6), 10**6, places=3, allow_nan=False, allow_infinity=False)


@given(amounts, amounts, st.decimals(0, 100, places=3))
def test_agreement_is_yes_exactly_within_the_tolerance(
    claimed: Decimal, value: Decimal, tolerance: Decimal
) -> None:
    """No more and no less; a difference on the edge still agrees."""
    made = claim(value=claimed, tolerance=tolerance)

    assert (compare(made, value) is Agreement.YES) == (abs(value - claimed) <= tolerance)


@given(st.lists(st.integers(1, 50), min_size=1, max_size=20), st.integers(2, 1000))
def test_another_unit_changes_no_verdict_on_a_trend(values: list[int], factor: int) -> None:
    """The same values in thousands are judged alike."""
    parts = {"kind": "trend", "operator": "keeps_rising", "value": None, "period": "2000/latest"}
    plain = year_by_year(" ".join(map(str, values)))
    scaled = year_by_year(" ".join(str(value * factor) for value in values))

    assert judge(plain, **parts).verdict is judge(scaled, **parts).verdict


@given(amounts)
def test_confirmed_means_that_the_newest_value_is_within_the_tolerance(value: Decimal) -> None:
    """Whatever it is, and nothing but that."""
    judged = judge([observe("s", "2016", f"{value:f}")])

    confirmed = abs(value - Decimal("69.5")) <= Decimal("0.05")
    assert (judged.verdict is Verdict.CONFIRMED) == confirmed
    assert judged.claim.made_on <= TODAY
