"""Growth, change, index and average growth compare with the right period or not at all."""

from decimal import Decimal

import pytest
from hypothesis import given

from report.model import Status
from tests.derive.examples import POSITIVE, Points, compute, make_points, series, show, years


def test_growth_is_on_the_same_period_a_year_earlier() -> None:
    """Without options months are compared with the same month of the year before."""
    # 100 × (55 − 50) / 50 = 10
    points = make_points({"2001-03": "50", "2002-02": "40", "2002-03": "55"})

    assert show(compute("growth", points)) == {"2002-03": "10"}


def test_growth_over_several_years() -> None:
    """With two years 2003 is compared with 2001: 100 × (15 − 12) / 12 = 25."""
    assert show(compute("growth", years("12", "99", "15"), years=2)) == {"2003": "25"}


def test_growth_on_the_period_before() -> None:
    """With a lag of one January is compared with December: 100 × (6 − 8) / 8 = −25."""
    points = make_points({"2001-12": "8", "2002-01": "6"})

    assert show(compute("growth", points, lag=1)) == {"2002-01": "-25"}


@pytest.mark.parametrize("base", ["0", "-4"])
def test_growth_from_zero_or_less_has_no_value(base: str) -> None:
    """Growth from nothing, or from a loss, has no meaning."""
    assert show(compute("growth", years(base, "5"))) == {}


def test_growth_to_a_loss_is_more_than_a_hundred_percent_down() -> None:
    """100 × (−2 − 4) / 4 = −150."""
    assert show(compute("growth", years("4", "-2"))) == {"2002": "-150"}


def test_growth_across_a_gap_has_no_value() -> None:
    """2003 has no year before it in the series, so only 2004 has growth: from 5 to 6 is 20 %."""
    points = make_points({"2001": "4", "2003": "5", "2004": "6"})

    assert show(compute("growth", points)) == {"2004": "20"}


def test_growth_of_a_day_without_a_counterpart_has_no_value() -> None:
    """A Sunday a year ago is not replaced by its Friday; 29 February looks at the 28th."""
    # 100 × (3 − 2) / 2 = 50
    points = make_points({"2003-02-28": "2", "2004-02-29": "3", "2004-03-01": "9"})

    assert show(compute("growth", points)) == {"2004-02-29": "50"}


@given(series(POSITIVE))
def test_growth_of_a_constant_is_zero(points: Points) -> None:
    """What does not move does not grow."""
    still = tuple(type(p)(p.period, Decimal(7), p.status, p.sources, p.published) for p in points)

    assert set(show(compute("growth", still, lag=1), 28).values()) <= {"0"}


def test_change_is_a_difference() -> None:
    """From −3 to 2 are 5; zeros and negatives are no obstacle."""
    assert show(compute("change", years("-3", "2", "0"))) == {"2002": "5", "2003": "-2"}


def test_index_is_a_hundred_at_its_base() -> None:
    """With 2002 = 100: 2001 is 100 × 2 / 4 = 50, 2003 is 100 × 5 / 4 = 125."""
    indexed = compute("index", years("2", "4", "5"), base=2002)

    assert show(indexed) == {"2001": "50", "2002": "100", "2003": "125"}


def test_index_of_quarters_has_a_mean_of_a_hundred_in_its_base_year() -> None:
    """The base year 2001 is the mean of its four quarters: (2 + 4 + 6 + 8) / 4 = 5."""
    # 100 × 2/5 = 40, 4/5 = 80, 6/5 = 120, 8/5 = 160; 2002-Q1: 100 × 9/5 = 180
    quarters = {"2001-Q1": "2", "2001-Q2": "4", "2001-Q3": "6", "2001-Q4": "8", "2002-Q1": "9"}

    indexed = compute("index", make_points(quarters), base="2001")

    assert list(show(indexed).values()) == ["40", "80", "120", "160", "180"]


def test_index_with_a_broken_base_year_has_no_value() -> None:
    """Three quarters of a base year are not the year."""
    quarters = {"2001-Q1": "2", "2001-Q2": "4", "2001-Q3": "6", "2002-Q1": "9"}

    assert show(compute("index", make_points(quarters), base="2001")) == {}


@pytest.mark.parametrize("base", ["0", "-2"])
def test_index_on_zero_or_less_has_no_value(base: str) -> None:
    """Nothing can be measured in a base of nothing."""
    assert show(compute("index", years(base, "4"), base="2001")) == {}


def test_index_rests_on_its_base_too() -> None:
    """An estimated base makes every value of the index an estimate."""
    points = (*make_points({"2001": "2"}, status=Status.ESTIMATE), *years("4", first=2002))

    assert compute("index", points, base="2001")[1].status is Status.ESTIMATE


@given(series(POSITIVE))
def test_index_at_base_is_a_hundred_for_any_series(points: Points) -> None:
    """Whatever the numbers, the base is 100."""
    if points:
        base = str(points[0].period)

        assert show(compute("index", points, base=base), 20)[base] == "100"


def test_cagr_between_two_years() -> None:
    """From 100 to 121 in two years are 10 % a year, whatever lies between."""
    # (121/100)^(1/2) = 1.1
    points = years("100", "900", "121")

    assert show(compute("cagr", points, start=2001, end=2003)) == {"2003": "10"}


def test_cagr_between_quarters_is_per_year() -> None:
    """Six quarters are one and a half years: (8/1)^(1/1.5) = 8^(2/3) = 4, so 300 % a year."""
    points = make_points({"2001-Q1": "1", "2002-Q3": "8"})

    assert show(compute("cagr", points, start="2001-Q1", end="2002-Q3")) == {"2002-Q3": "300"}


def test_trailing_cagr_stands_at_every_period_with_a_start() -> None:
    """Over two years: 2003 (9/4)^½ = 1.5, 50 %; 2004 (25/4)^½ = 2.5, 150 %."""
    assert show(compute("cagr", years("4", "4", "9", "25"), years=2)) == {
        "2003": "50",
        "2004": "150",
    }


def test_cagr_needs_both_ends_and_a_positive_start() -> None:
    """No point without an end, from zero, or to a loss; down to zero are −100 %."""
    between = {"start": "2001", "end": "2002"}

    assert show(compute("cagr", years("4"), **between)) == {}
    assert show(compute("cagr", years("4", first=2002), **between)) == {}
    assert show(compute("cagr", years("0", "4"), **between)) == {}
    assert show(compute("cagr", years("4", "-1"), **between)) == {}
    assert show(compute("cagr", years("4", "0"), **between)) == {"2002": "-100"}


def test_growth_of_small_values_is_like_any_other() -> None:
    """From a half to one is 100 %, from there to one and a half 50 %."""
    assert show(compute("growth", years("0.5", "1", "1.5"))) == {"2002": "100", "2003": "50"}
