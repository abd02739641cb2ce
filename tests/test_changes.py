"""How large a change is, which tier it belongs to, and what comes first."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.changes import (
    ChangeKind,
    Coverage,
    Diff,
    Extent,
    ListChange,
    SeriesChange,
    State,
    Tier,
    ValueChange,
    choose_tier,
    measure_size,
    sort_coverage,
    sort_lists,
    sort_series,
    sort_values,
)
from report.model import Reason, Status
from report.periods import parse_period
from tests.examples import TODAY

NUMBERS = st.decimals(min_value=-(10**9), max_value=10**9, places=4)


def stand(
    value: str | None,
    unit: str = "t",
    source: str = "a",
    reason: Reason | None = Reason.ROUTINE,
) -> State:
    """A state known from one source, as of today."""
    status = Status.NOT_PUBLISHED if value is None else Status.FINAL
    return State(None if value is None else Decimal(value), status, (source,), TODAY, unit, reason)


def revise(old: str, new: str, series: str = "x", period: str = "2020") -> ValueChange:
    """A revised value."""
    kind = ChangeKind.REVISED
    return ValueChange(kind, series, parse_period(period), stand(old), stand(new))


@pytest.mark.parametrize(
    ("old", "new", "size"),
    [
        ("3", "1", Fraction(1, 2)),  # 2 / 4
        ("1", "3", Fraction(1, 2)),
        ("-0.2", "0.3", Fraction(1)),  # 0.5 / 0.5: the sign flips
        ("0", "0", Fraction(0)),
        ("0", "0.001", Fraction(1)),
        ("-4", "-6", Fraction(1, 5)),  # 2 / 10
        ("0.1", "0.3", Fraction(1, 2)),  # not 0.49999…, as floats would have it
    ],
)
def test_a_size_is_the_distance_over_the_sum(old: str, new: str, size: Fraction) -> None:
    """|old - new| / (|old| + |new|)."""
    assert measure_size(Decimal(old), Decimal(new)) == size


@given(NUMBERS, NUMBERS, st.decimals(min_value="0.001", max_value=10**6, places=3))
def test_a_size_knows_no_order_and_no_unit(old: Decimal, new: Decimal, factor: Decimal) -> None:
    """From 0 to 1, 0 for equals alone, the same both ways and in any unit."""
    size = measure_size(old, new)

    assert 0 <= size <= 1
    assert (size == 0) is (old == new)
    assert measure_size(new, old) == size
    assert measure_size(old * factor, new * factor) == size
    assert measure_size(-old, -new) == size


@pytest.mark.parametrize(
    ("old", "new", "tier"),
    [
        ("23", "17", Tier.RED),  # 6 / 40 = 15 %
        ("22.99", "17.01", Tier.YELLOW),  # 5.98 / 40 = 14.95 %
        ("101", "99", Tier.YELLOW),  # 2 / 200 = 1 %
        ("100.99", "99.01", Tier.GREEN),  # 1.98 / 200 = 0.99 %
        ("-0.2", "0.3", Tier.RED),
        ("100", "100.1", Tier.GREEN),
    ],
)
def test_tiers_begin_at_their_limits(old: str, new: str, tier: Tier) -> None:
    """Red from 15 per cent, yellow from 1."""
    assert choose_tier(measure_size(Decimal(old), Decimal(new))) is tier
    assert revise(old, new).tier is tier


def test_other_units_have_no_size_and_are_red() -> None:
    """Nobody can say how far tonnes are from per cent."""
    change = ValueChange(
        ChangeKind.RESTATED, "x", parse_period("2020"), stand("1"), stand("1.001", unit="percent")
    )

    assert (change.size, change.tier) == (None, Tier.RED)


def test_only_values_that_differ_have_a_tier() -> None:
    """Coverage and firmness are axes of their own."""
    period = parse_period("2020")
    others = [
        ValueChange(ChangeKind.APPEARED, "x", period, None, stand("1")),
        ValueChange(ChangeKind.DISAPPEARED, "x", period, stand("1"), stand(None)),
        ValueChange(ChangeKind.STATUS, "x", period, stand("1"), stand("1")),
        ValueChange(ChangeKind.SOURCE, "x", period, stand("1"), stand("1", source="b")),
    ]

    assert [change.tier for change in others] == [None] * 4
    assert [change.is_rewritten for change in others] == [False] * 4


def test_an_overwritten_value_is_told_from_a_later_one() -> None:
    """The same source and day with another value: history was changed, not continued."""
    period = parse_period("2020")
    later = ValueChange(ChangeKind.REVISED, "x", period, stand("1"), stand("2", source="b"))
    computed = ValueChange(
        ChangeKind.REVISED, "x", period, stand("1", reason=None), stand("2", reason=None)
    )

    assert revise("1", "2").is_rewritten
    assert not later.is_rewritten
    assert not computed.is_rewritten


def test_the_worst_comes_first() -> None:
    """Lost data, then by size, then what kept its value, then what is new."""
    period = parse_period("2020")
    order = [
        ValueChange(ChangeKind.DISAPPEARED, "z", period, stand("1"), None),
        ValueChange(ChangeKind.RESTATED, "a", period, stand("1"), stand("1.1", unit="u")),
        revise("1", "2", "y"),
        revise("30", "20", "b"),
        revise("20", "30", "c"),
        revise("20", "30", "c", "2021"),
        revise("100", "103"),
        revise("100", "100.5"),
        ValueChange(ChangeKind.STATUS, "a", period, stand("1"), stand("1")),
        ValueChange(ChangeKind.SOURCE, "a", period, stand("1"), stand("1", source="b")),
        ValueChange(ChangeKind.APPEARED, "a", period, None, stand("1")),
    ]

    assert list(sort_values(reversed(order))) == order


def test_other_lists_have_one_order_as_well() -> None:
    """Whatever order they are found in."""
    series = [
        SeriesChange(ChangeKind.DISAPPEARED, "z", "Z", ""),
        SeriesChange(ChangeKind.UNIT, "y", "t", "kg"),
        SeriesChange(ChangeKind.TEXT, "a", "A", "B"),
        SeriesChange(ChangeKind.APPEARED, "a", "", "A"),
    ]
    lists = [
        ListChange("source", ChangeKind.DISAPPEARED, "b"),
        ListChange("event", ChangeKind.APPEARED, "a"),
        ListChange("event", ChangeKind.APPEARED, "b"),
    ]
    coverage = [
        Coverage("z", Extent(3), Extent(1), 0, 2),
        Coverage("b", Extent(1), Extent(3), 2, 0),
        Coverage("a", Extent(1), Extent(2), 1, 0),
    ]

    assert all(list(sort_series(one)) == series for one in permutations(series))
    assert all(list(sort_lists(one)) == lists for one in permutations(lists))
    assert all(list(sort_coverage(one)) == coverage for one in permutations(coverage))


def test_an_empty_diff_says_so() -> None:
    """And one with anything in it does not."""
    assert Diff().is_empty
    assert not Diff(values=(revise("1", "2"),)).is_empty
    assert not Diff(lists=(ListChange("event", ChangeKind.APPEARED, "a"),)).is_empty
