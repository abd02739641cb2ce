"""Indices of the trade literature give the numbers of worked examples and keep their bounds."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.derive.examples import (
    NOT_NEGATIVE,
    Points,
    answer,
    compute,
    make_points,
    series,
    show,
    years,
)


def test_herfindahl_is_the_sum_of_squared_shares() -> None:
    """Parts of 50, 30 and 20: 0.25 + 0.09 + 0.04 = 0.38."""
    assert answer("herfindahl", "50", "30", "20") == "0.38"


def test_normalised_herfindahl_runs_from_zero_to_one() -> None:
    """(0.38 − 1/3) / (1 − 1/3) = 0.07; equal parts give 0, a single part 1."""
    assert answer("herfindahl", "50", "30", "20", normalised=True) == "0.07"
    assert answer("herfindahl", "4", "4", "4", normalised=True) == "0"
    assert answer("herfindahl", "9", "0", normalised=True) == "1"


def test_herfindahl_of_nothing_or_of_losses_has_no_value() -> None:
    """Shares of zero, or negative shares, are none."""
    assert answer("herfindahl", "0", "0") == ""
    assert answer("herfindahl", "5", "-1") == ""


def test_herfindahl_of_equal_parts_is_exactly_the_least() -> None:
    """Two equal parts give 1/2 and no less, even of sixths, which no number of digits holds."""
    sixth = compute("ratio", years("1"), years("6"))

    assert [point.value for point in compute("herfindahl", sixth, sixth)] == [Decimal("0.5")]


@given(parts=st.lists(series(NOT_NEGATIVE), min_size=2, max_size=5), normalised=st.booleans())
def test_herfindahl_keeps_its_bounds(parts: list[Points], *, normalised: bool) -> None:
    """From 1/n to 1, normalised from 0 to 1, exactly."""
    least = Decimal(0) if normalised else Decimal(1) / len(parts)

    for point in compute("herfindahl", *parts, normalised=normalised):
        assert point.value is not None
        assert least <= point.value <= 1


def test_grubel_lloyd_of_two_industries() -> None:
    """Pairs 30 out and 10 back, 20 out and 40 back."""
    # |30 − 10| + |20 − 40| = 40; all trade is 100; 1 − 40/100 = 0.6
    assert answer("grubel_lloyd", "30", "10", "20", "40") == "0.6"


def test_corrected_grubel_lloyd_takes_the_imbalance_out() -> None:
    """Pairs 30 and 10, 20 and 20: (80 − 20) / (80 − |50 − 30|) = 60 / 60 = 1."""
    assert answer("grubel_lloyd", "30", "10", "20", "20", corrected=True) == "1"


def test_grubel_lloyd_of_one_way_trade_is_zero() -> None:
    """Nothing comes back: 0; corrected, nothing is left to measure and there is no value."""
    assert answer("grubel_lloyd", "30", "0") == "0"
    assert answer("grubel_lloyd", "30", "0", corrected=True) == ""


def test_grubel_lloyd_without_trade_has_no_value() -> None:
    """Zero over zero is no index; negative flows are none."""
    assert answer("grubel_lloyd", "0", "0") == ""
    assert answer("grubel_lloyd", "5", "-5") == ""


def test_grubel_lloyd_needs_every_industry() -> None:
    """An industry without a figure is not taken for one without trade."""
    hole = make_points({"2002": "4"})

    assert show(compute("grubel_lloyd", years("1"), years("1"), years("2"), hole)) == {}


@given(
    pairs=st.lists(st.tuples(series(NOT_NEGATIVE), series(NOT_NEGATIVE)), min_size=1, max_size=3),
    corrected=st.booleans(),
)
def test_grubel_lloyd_keeps_its_bounds(
    *, pairs: list[tuple[Points, Points]], corrected: bool
) -> None:
    """From 0 to 1, exactly."""
    inputs = [flow for pair in pairs for flow in pair]

    for point in compute("grubel_lloyd", *inputs, corrected=corrected):
        assert point.value is not None
        assert 0 <= point.value <= 1


def test_revealed_comparative_advantage_is_a_share_over_a_share() -> None:
    """A good with 30 % of a country's exports and 10 % of the world's: 3."""
    # (60/200) / (500/5000) = 0.3 / 0.1 = 3
    assert answer("revealed_comparative_advantage", "60", "200", "500", "5000") == "3"


@pytest.mark.parametrize("hole", [1, 2, 3])
def test_advantage_over_zero_has_no_value(hole: int) -> None:
    """No exports, no world exports of the good or at all: no index."""
    values = ["60", "200", "500", "5000"]
    values[hole] = "0"

    assert answer("revealed_comparative_advantage", *values) == ""


def test_trade_intensity_is_a_share_over_the_worlds_share() -> None:
    """10 % of a's exports go to b, which takes 4 % of world imports: 2.5."""
    # (20/200) / (40/1000) = 0.1 / 0.04 = 2.5
    assert answer("trade_intensity", "20", "200", "40", "1000") == "2.5"


def test_trade_intensity_takes_the_partners_share_in_percent() -> None:
    """The same with the share of 4 % itself."""
    assert answer("trade_intensity", "20", "200", "4") == "2.5"


@pytest.mark.parametrize("hole", [1, 2, 3])
def test_trade_intensity_over_zero_has_no_value(hole: int) -> None:
    """No exports, no imports or no world trade: no index."""
    values = ["20", "200", "40", "1000"]
    values[hole] = "0"

    assert answer("trade_intensity", *values) == ""


def test_complementarity_compares_what_is_sold_with_what_is_bought() -> None:
    """One sells 75 : 25, the other buys 50 : 50."""
    # |0.5 − 0.75| + |0.5 − 0.25| = 0.5; 100 × (1 − 0.5/2) = 75
    assert answer("complementarity", "3", "10", "1", "10") == "75"


def test_complementarity_runs_from_nothing_to_everything() -> None:
    """Equal baskets give 100, baskets without a common good 0."""
    assert answer("complementarity", "3", "30", "1", "10") == "100"
    assert answer("complementarity", "3", "0", "0", "8") == "0"


@pytest.mark.parametrize("flows", [("0", "1", "0", "1"), ("1", "0", "1", "0")])
def test_complementarity_with_an_empty_side_has_no_value(flows: tuple[str, ...]) -> None:
    """Who sells or buys nothing has no basket."""
    assert answer("complementarity", *flows) == ""


def test_mirror_gap_is_relative_to_the_mean_of_both() -> None:
    """Reports of 110 and 90: 20 over a mean of 100."""
    assert answer("mirror_gap", "110", "90") == "20"
    assert answer("mirror_gap", "90", "110") == "20"


def test_mirror_gap_may_be_signed_or_absolute() -> None:
    """The first reports 20 less; in units of the reports that is 20 as well."""
    assert answer("mirror_gap", "90", "110", signed=True) == "-20"
    assert answer("mirror_gap", "9", "11", relative=False) == "2"
    assert answer("mirror_gap", "9", "11", relative=False, signed=True) == "-2"


def test_mirror_gap_of_equal_reports_is_nothing() -> None:
    """A gap of 0, which is not the same as none to tell."""
    assert answer("mirror_gap", "7", "7") == "0"
    assert answer("mirror_gap", "7", "7", relative=False) == "0"


def test_mirror_gap_of_two_zeros() -> None:
    """Two reports of nothing agree, but have no mean to measure by; negative reports are none."""
    assert answer("mirror_gap", "0", "0") == ""
    assert answer("mirror_gap", "0", "0", relative=False) == "0"
    assert answer("mirror_gap", "-1", "4") == ""
