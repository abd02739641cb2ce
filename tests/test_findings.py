"""What a verdict rests on, in full: which value of which period of which day, and how far off."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from report.claims import assess, compare, decide
from report.model import Observation, Series, Status
from report.periods import Period, parse_period
from report.statements import Agreement, Claim, Finding, Judged, Verdict
from report.trends import measure_trend
from tests.derive.examples import declare
from tests.examples import make_second_view, observe
from tests.test_claims import THEN, claim, judge_second, see, year_by_year

YES, NEAR, NO = Agreement.YES, Agreement.NEAR, Agreement.NO
AT_FIRST, UNDECIDED = Agreement.AT_FIRST, Agreement.UNDECIDED
FLOW = claim(kind="flow", series=("s", "stock"), value=Decimal("14.02"))
RETRACTED = {"status": Status.RETRACTED}


def say(agreement: Agreement, value: str, period: str = "2016", name: str = "s") -> Finding:
    """A finding of one value."""
    return Finding(agreement, Decimal(value), parse_period(period), name=name)


def judge(made: Claim, *rows: Observation) -> Judged:
    """The judgement on a claim by these rows."""
    return see(rows, made).claims[0]


def when(text: str) -> tuple[Period, ...]:
    """Periods written with spaces."""
    return tuple(map(parse_period, text.split()))


def test_a_revised_value_is_shown_by_both_days_and_as_it_was_first() -> None:
    """69.755 is 0.255 more than the article's 69.5, and no rounding of its thousandths."""
    rows = [observe("s", "2016", "69.525", THEN), observe("s", "2016", "69.755")]
    first = (Decimal("69.525"), date(2017, 6, 1))

    assert judge(claim(), *rows) == Judged(
        claim(), Verdict.REVISED, say(YES, "69.525"), say(NO, "69.755"), Decimal("0.255"), first
    )


def test_a_value_that_stands_is_shown_by_both_days() -> None:
    """When it was first published is told only of one that was replaced."""
    rows = [observe("s", "2016", "69.525", THEN)]
    shown = say(YES, "69.525")

    assert judge(claim(), *rows) == Judged(
        claim(), Verdict.CONFIRMED, shown, shown, Decimal("0.025")
    )


def test_a_value_that_was_taken_back_is_held_against_the_claim_as_it_was() -> None:
    """69.6 is 0.1 off, which is the claim's 0.05 and half of a tenth."""
    rows = [observe("s", "2016", "69.6", THEN), observe("s", "2016", None, **RETRACTED)]

    assert judge(claim(), *rows) == Judged(
        claim(), Verdict.ROUNDING, say(NEAR, "69.6"), None, Decimal("0.1")
    )


def test_what_cannot_be_tested_carries_nothing() -> None:
    """Neither a finding nor a difference."""
    untestable = claim(kind="untestable", note={"en": "Needed: a count"})

    for made in (claim(), untestable):
        assert judge(made) == Judged(made, Verdict.UNTESTABLE, None, None)


def test_the_first_of_several_values_that_agreed_is_shown() -> None:
    """By day, then by source; one published on the claim's day counts, one of the day after not."""
    replaced = [observe("s", "2016", "75"), observe("s", "2016", "75", source="b")]
    good = observe("s", "2016", "69.52", "2017-12-31")
    other = observe("s", "2016", "69.48", "2017-12-31", source="b")
    late = observe("s", "2016", "69.5", "2018-01-01")
    elsewhen = observe("s", "2015", "69.5", "2017-01-01")
    first = judge(claim(), *replaced, other, good, late, elsewhen)

    assert (first.verdict, first.first) == (
        Verdict.REVISED,
        (Decimal("69.52"), date(2017, 12, 31)),
    )
    assert judge(claim(), *replaced, late, elsewhen).verdict is Verdict.CONTRADICTED


def test_a_claim_on_a_year_is_held_against_the_year() -> None:
    """Not against its last quarter, which lies within it."""
    rows = [observe("s", "2016", "69.5", THEN), observe("s", "2016-Q4", "20", THEN)]

    assert judge(claim(), *rows).now == say(YES, "69.5")


def test_nothing_is_a_value() -> None:
    """Nought was claimed and nought is known."""
    assert judge(claim(value=Decimal(0)), observe("s", "2016", "0")).now == say(YES, "0")


def test_a_state_is_not_borne_out_by_a_value_of_its_end_alone() -> None:
    """Which was 69.5 at first; of 2014 no value ever agreed."""
    rows = [
        observe("s", "2014", "60", "2015-01-01"),
        observe("s", "2016", "69.5", "2017-01-01"),
        observe("s", "2016", "75", "2017-07-01"),
    ]

    assert judge(claim(period="2014/2016"), *rows).verdict is Verdict.CONTRADICTED


def test_a_stock_told_as_flow_shows_the_stock() -> None:
    """Of both days; 14.1 less 14.02 is 0.08, within 0.05 and half of a tenth."""
    flow = observe("s", "2016", "0.6", THEN)
    stock = [observe("stock", "2016", "14.03", THEN), observe("stock", "2016", "14.1")]

    assert judge(FLOW, flow, *stock) == Judged(
        FLOW,
        Verdict.STOCK_AS_FLOW,
        say(YES, "14.03", name="stock"),
        say(NEAR, "14.1", name="stock"),
        Decimal("0.08"),
    )


def test_a_stock_that_was_taken_back_is_shown_as_it_was() -> None:
    """14.0 less 14.02 is −0.02."""
    stock = [observe("stock", "2016", "14.0", THEN), observe("stock", "2016", None, **RETRACTED)]

    assert judge(FLOW, *stock) == Judged(
        FLOW, Verdict.STOCK_AS_FLOW, say(YES, "14.0", name="stock"), None, Decimal("-0.02")
    )


def test_a_flow_that_nothing_bears_out_shows_the_flow() -> None:
    """0.6 less 14.02 is −13.42; the stock of 20 is no reason either."""
    rows = [observe("s", "2016", "0.6", THEN), observe("stock", "2016", "20.0", THEN)]
    flow = say(NO, "0.6")

    assert judge(FLOW, *rows) == Judged(FLOW, Verdict.CONTRADICTED, flow, flow, Decimal("-13.42"))


def test_a_flow_that_was_replaced_is_revised() -> None:
    """14.02 was known then, 20 is now; that a stock agrees as well is no matter."""
    rows = [observe("s", "2016", "14.02", THEN), observe("s", "2016", "20")]
    rows += [observe("stock", "2016", "14.02")]

    assert judge(FLOW, *rows) == Judged(
        FLOW, Verdict.REVISED, say(YES, "14.02"), say(NO, "20"), Decimal("5.98")
    )


def add_up(formula: str, told: str, first: str = "10") -> Judged:
    """10 ± 1 and 20 ± 2 and what an article makes of them, ± 1."""
    parts = {"kind": "untestable", "note": {"en": "Needed: a count"}}
    claims = (
        claim(id="a", value=Decimal(first), tolerance=Decimal(1), **parts),
        claim(id="b", value=Decimal(20), tolerance=Decimal(2), **parts),
        claim(value=Decimal(told), tolerance=Decimal(1), series=(), formula=(formula, "a", "b")),
    )
    return see([], *claims).claims[2]


@pytest.mark.parametrize(
    ("formula", "told", "implied", "difference"),
    [
        # 27 to 33: 26 and 34 may stand for them.
        ("sum", "25.9", "30", "4.1"),
        ("sum", "34.1", "30", "-4.1"),
        # −13 to −7.
        ("difference", "-14.1", "-10", "4.1"),
        ("difference", "-5.9", "-10", "-4.1"),
        # 900 / 22 = 40.9… to 1100 / 18 = 61.1…
        ("share", "39.9", "50", "10.1"),
        ("share", "62.2", "50", "-12.2"),
    ],
)
def test_what_contradicts_itself_shows_what_the_text_implies(
    formula: str, told: str, implied: str, difference: str
) -> None:
    """All roundings at their widest; the difference is that of the plain numbers."""
    judged = add_up(formula, told)

    assert judged.claim.id == "c"
    assert judged == Judged(
        judged.claim,
        Verdict.CONTRADICTS_ITSELF,
        None,
        None,
        Decimal(difference),
        implied=Decimal(implied),
    )


def test_nothing_and_twenty_are_twenty() -> None:
    """17 to 23, so that 24.1 ± 1 cannot be."""
    judged = add_up("sum", "24.1", first="0")

    assert (judged.implied, judged.difference) == (Decimal(20), Decimal("-4.1"))


@pytest.mark.parametrize(
    ("formula", "told"),
    [
        *(("sum", "26"), ("sum", "34"), ("difference", "-14"), ("difference", "-6")),
        *(("share", "40"), ("share", "62")),
    ],
)
def test_what_roundings_allow_contradicts_nothing(formula: str, told: str) -> None:
    """On the very edge as well."""
    judged = add_up(formula, told)

    assert judged == Judged(judged.claim, Verdict.UNTESTABLE, None, None)


@pytest.mark.parametrize(
    ("operator", "values", "agreement", "breaks"),
    [
        ("rising", "1 2 2 3 4 5 6 7 8 9", YES, ""),
        ("rising", "0 1 2 3 4 5 6 7 8", YES, ""),
        ("rising", "1 2 3 4 5 6 7 8 9 8", YES, "2009"),
        ("falling", "9 8 8 7 6 5 4 3 2 1", YES, ""),
        ("falling", "1 2 3 4 5 6 7 8 9 8", NO, "2001 2002 2003 2004 2005 2006 2007 2008"),
        ("rising", "9 8 7 6 5 4 3 2 1 2", NO, "2001 2002 2003 2004 2005 2006 2007 2008"),
        # Nine of ten steps rise: a chance of 11 / 512 either way.
        ("keeps_rising", "1 2 3 4 3 5 6 7 8 9 10", YES, "2004"),
        ("keeps_rising", "1 2 3 4 5 6 7 8 9 10 9", AT_FIRST, "2010"),
        ("keeps_falling", "9 8 7 8 6 5 4 3 2 1 0", YES, "2003"),
        ("keeps_falling", "10 9 8 7 6 5 4 3 2 1 2", AT_FIRST, "2010"),
        # A trend, but six steps up and five down.
        ("keeps_rising", "1 3 2 4 3 5 4 6 5 7 6 8", UNDECIDED, "2002 2004 2006 2008 2010"),
        ("rising", "1 3 2 4 3 5 4 6 5 7 6 8", YES, "2002 2004 2006 2008 2010"),
    ],
)
def test_a_trend_shows_both_ends_and_what_runs_against_it(
    operator: str, values: str, agreement: Agreement, breaks: str
) -> None:
    """With the numbers of the test; equal values run against nothing."""
    made = claim(kind="trend", operator=operator, value=None, period="2000/latest")
    rows = year_by_year(values)
    numbers = [Decimal(value) for value in values.split()]

    judged = judge(made, *rows)

    assert judged.now == Finding(
        agreement,
        numbers[-1],
        rows[-1].period,
        numbers[0],
        parse_period("2000"),
        measure_trend(numbers),
        when(breaks),
        "s",
    )
    assert judged.difference == numbers[-1] - numbers[0]
    assert judged.first is None


@pytest.mark.parametrize(
    ("operator", "value", "values", "agreement", "shown"),
    [
        ("=", "2", "2 2 1", AT_FIRST, "2016"),
        ("=", "2", "2 1 2", YES, "2016"),
        ("=", "2", "1 1 1", NO, "2014"),
        ("=", "2", "1 2 2", NO, "2014"),
        (">", "90", "95 92 97", YES, "2015"),
        (">", "90", "92 92 97", YES, "2014"),
        (">", "90", "95 88 97", NO, "2015"),
        (">", "90", "95 88 80", AT_FIRST, "2016"),
        (">", "90", "95 90 97", NEAR, "2015"),
        ("<", "90", "85 88 80", YES, "2015"),
        ("<", "90", "88 88 80", YES, "2015"),
        ("<", "90", "85 92 93", AT_FIRST, "2016"),
        (">", "-1", "0.5 0 3", YES, "2015"),  # zero is a value like any other
        ("<", "5", "-1 0.5 0", YES, "2015"),
        ("~", "90", "90 50 91", NEAR, "2016"),
    ],
)
def test_a_state_shows_the_value_that_decides(
    operator: str, value: str, values: str, agreement: Agreement, shown: str
) -> None:
    """The first that is against it, the newest where it has ended, else the weakest."""
    tolerance = Decimal("0.5") if operator == "~" else Decimal(0)
    parts = {"value": Decimal(value), "tolerance": tolerance, "period": "2014/latest"}
    rows = year_by_year(values, 2014)
    by_year = {str(row.period): row.value for row in rows}

    found = judge(claim(operator=operator, **parts), *rows).now

    assert found == Finding(
        agreement,
        by_year[shown],
        parse_period(shown),
        by_year["2014"],
        parse_period("2014"),
        name="s",
    )


@pytest.mark.parametrize("operator", ["=", "~"])
def test_a_state_whose_beginning_is_not_known_cannot_be_tested(operator: str) -> None:
    """Later values say nothing of it."""
    made = claim(operator=operator, period="2014/latest")

    assert judge(made, *year_by_year("69.5 69.5", 2015)).verdict is Verdict.UNTESTABLE


def test_the_newest_value_alone_is_held_against_what_is_said_of_the_newest() -> None:
    """Whatever came before."""
    judged = judge(claim(period="latest"), *year_by_year("60 61 69.5", 2014))

    assert judged.now == say(YES, "69.5", "2016")


@pytest.mark.parametrize(
    ("operator", "claimed", "tolerance", "observed", "computed"),
    [
        # A whole number may stand for half of one more or less.
        ("=", "69.45", "0.05", NEAR, NO),
        ("=", "69.44", "0.05", NO, NO),
        ("=", "70.55", "0.05", NEAR, NO),
        ("=", "69.95", "0.05", YES, YES),
        ("~", "80", "10", YES, YES),
        (">", "69", "0", YES, YES),
        (">", "70", "0", NEAR, NO),
        (">", "70.4", "0", NEAR, NO),
        (">", "70.5", "0", NO, NO),
        (">", "70.6", "0.2", NEAR, NO),
        (">", "70.1", "0.2", NEAR, NEAR),
        ("<", "71", "0", YES, YES),
        ("<", "70", "0", NEAR, NO),
        ("<", "69.6", "0", NEAR, NO),
        ("<", "69.5", "0", NO, NO),
    ],
)
def test_an_observed_value_has_a_rounding_and_a_computed_one_none(
    operator: str,
    claimed: str,
    tolerance: str,
    observed: Agreement,
    computed: Agreement,
) -> None:
    """Half of the last digit that the source prints."""
    made = claim(operator=operator, value=Decimal(claimed), tolerance=Decimal(tolerance))
    value = "70"
    view = see([observe("s", "2016", value)], made)
    derived = Series(declare("sum", "a", "b", name="s"), view.series["s"].points)

    assert compare(made, Decimal(value)) is observed
    assert compare(made, Decimal(value), is_observed=False) is computed
    assert assess(made, view, "s") == say(observed, value)
    assert assess(made, replace(view, series={"s": derived}), "s") == say(computed, value)
    assert assess(made, view, "unknown") is None


@pytest.mark.parametrize(
    ("then", "now", "single", "span"),
    [
        (None, None, Verdict.UNTESTABLE, Verdict.UNTESTABLE),
        (YES, None, Verdict.CONFIRMED, Verdict.CONFIRMED),
        (NO, None, Verdict.CONTRADICTED, Verdict.CONTRADICTED),
        (NO, YES, Verdict.CONFIRMED, Verdict.CONFIRMED),
        (YES, NEAR, Verdict.ROUNDING, Verdict.ROUNDING),
        (YES, AT_FIRST, Verdict.AT_FIRST, Verdict.AT_FIRST),
        (YES, NO, Verdict.REVISED, Verdict.AT_FIRST),
        (NEAR, NO, Verdict.CONTRADICTED, Verdict.CONTRADICTED),
        (None, NO, Verdict.CONTRADICTED, Verdict.CONTRADICTED),
        (YES, UNDECIDED, Verdict.REVISED, Verdict.AT_FIRST),
        (NO, UNDECIDED, Verdict.UNDECIDED, Verdict.UNDECIDED),
    ],
)
def test_the_data_of_two_days_decide(
    then: Agreement | None, now: Agreement | None, single: Verdict, span: Verdict
) -> None:
    """The newest first; only where they are against it what was known then."""
    findings = [None if agreement is None else Finding(agreement) for agreement in (then, now)]

    assert decide(claim(), *findings) is single
    assert decide(claim(period="2014/2016"), *findings) is span


def test_what_was_published_and_agreed_counts_as_known_then() -> None:
    """Unless the newest data bear the claim out anyhow."""
    assert decide(claim(), None, Finding(NO), agreed=True) is Verdict.REVISED
    assert decide(claim(), None, Finding(YES), agreed=True) is Verdict.CONFIRMED


@pytest.mark.parametrize(
    ("period", "agreement"),
    [
        *(("2018-04-30", NO), ("2018-05-01", NEAR), ("2018-05-31", NEAR), ("2018-06-01", NO)),
        *(("2018-05", YES), ("2018", YES), ("2018-Q2", YES), ("2018-Q3", NO), ("2017", NO)),
    ],
)
def test_a_date_shows_the_happening_that_decides(period: str, agreement: Agreement) -> None:
    """The plan is of May 2018: no day of it is certain, and no day beside it possible."""
    judged = judge_second(period=period, evidence=("e-flood", "e-plan"))

    assert judged.now == Finding(agreement, period=parse_period("2018-05"), name="e-plan")
    assert judged.difference is None


def test_a_count_shows_how_many_and_the_last_of_them() -> None:
    """Plan, flood and broken post by 2021; the bridge of 2023 is the last of what is named."""
    evidence = ("e-plan", "e-flood", "e-post", "e-bridge")
    parts = {"kind": "count", "evidence": evidence, "value": Decimal(5), "tolerance": 0}

    judged = judge_second(period="2021", **parts)

    assert judged.now == say(NO, "3", "2021", "e-bridge")
    assert judged.difference == Decimal(-2)
    assert judge_second(period="2018/latest", **parts).verdict is Verdict.UNTESTABLE


def test_a_happening_counts_on_its_own_day() -> None:
    """The flood was on 12 April 2020, and not yet on the 11th."""
    parts = {"kind": "count", "evidence": ("e-flood",), "value": Decimal(1), "tolerance": 0}

    counts = [judge_second(period=day, **parts).now for day in ("2020-04-11", "2020-04-12")]

    assert [found.value for found in counts if found] == [0, 1]


def test_all_that_is_known_may_be_counted() -> None:
    """Each event and institution of the second report."""
    view = make_second_view()
    names = (*(event.id for event in view.events), *(body.id for body in view.institutions))
    parts = {"kind": "count", "evidence": names, "value": Decimal(len(names)), "tolerance": 0}

    judged = judge_second(period="2026-12", **parts)

    assert judged.verdict is Verdict.CONFIRMED
