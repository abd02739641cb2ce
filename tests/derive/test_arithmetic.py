"""Operations that join several series keep to their formula and never fill a hole."""

import pytest
from hypothesis import given

from tests.derive.examples import (
    NOT_NEGATIVE,
    POSITIVE,
    Points,
    answer,
    compute,
    make_points,
    series,
    show,
    years,
)


def test_share_is_part_in_percent_of_whole() -> None:
    """30 of 120 is a quarter."""
    # 100 × 30 / 120 = 25
    assert answer("share", "30", "120") == "25"


def test_share_of_less_than_one_is_a_share() -> None:
    """A whole may be small, as 0.5 million tonnes are: 100 × 0.2 / 0.5 = 40."""
    assert answer("share", "0.2", "0.5") == "40"


@pytest.mark.parametrize("whole", ["0", "-5"])
def test_share_of_nothing_or_less_is_no_share(whole: str) -> None:
    """A whole of zero or below gives no point, not an error or a huge number."""
    assert answer("share", "1", whole) == ""


def test_negative_part_gives_negative_share() -> None:
    """A part may be negative, as a net flow can be: 100 × −3 / 12 = −25."""
    assert answer("share", "-3", "12") == "-25"


@given(series(POSITIVE), series(NOT_NEGATIVE))
def test_shares_of_parts_sum_to_a_hundred(one: Points, other: Points) -> None:
    """The shares of two parts in their sum are all there is."""
    whole = compute("sum", one, other)

    shares = compute("sum", compute("share", one, whole), compute("share", other, whole))

    assert set(show(shares, 20).values()) <= {"100"}


def test_sum_is_exact() -> None:
    """Tenths add up as on paper: 0.1 + 0.2 + 0.3 = 0.6."""
    assert answer("sum", "0.1", "0.2", "0.3") == "0.6"


def test_sum_takes_zeros_and_negatives() -> None:
    """5 + 0 − 7 = −2."""
    assert answer("sum", "5", "0", "-7") == "-2"


def test_sum_has_no_value_where_a_term_has_none() -> None:
    """2002 is missing in the second series, so there is no sum for 2002."""
    # 2001: 1 + 10 = 11; 2003: 3 + 30 = 33
    other = make_points({"2001": "10", "2003": "30"})

    assert show(compute("sum", years("1", "2", "3"), other)) == {"2001": "11", "2003": "33"}


@given(series(), series(), series())
def test_sum_is_the_same_in_any_order(a: Points, b: Points, c: Points) -> None:
    """Order of terms changes no value, source, status or day."""
    one, two = compute("sum", a, b, c), compute("sum", c, a, b)

    assert [(p.period, p.value, p.status, p.sources, p.published) for p in one] == [
        (p.period, p.value, p.status, p.sources, p.published) for p in two
    ]


def test_difference_is_first_less_second() -> None:
    """Exports of 3 and imports of 5 leave a balance of −2."""
    assert answer("difference", "3", "5") == "-2"


def test_ratio_is_scaled_quotient() -> None:
    """600 million dollars for 1,500 thousand tonnes are 400 dollars a tonne."""
    # 1000 × 600 / 1500 = 400
    assert answer("ratio", "600", "1500", scale="1000") == "400"


def test_ratio_over_zero_has_no_value() -> None:
    """Division by zero gives no point."""
    assert answer("ratio", "600", "0") == ""


def test_ratio_keeps_signs() -> None:
    """−6 / 4 = −1.5."""
    assert answer("ratio", "-6", "4") == "-1.5"


def test_product_multiplies_by_its_constant() -> None:
    """2 million tonnes × 3.1 tonnes of carbon dioxide each = 6.2 million tonnes."""
    assert answer("product", "2", factor="3.1", note="guidelines") == "6.2"


def test_product_of_two_series() -> None:
    """Quantity × price: 4 × −2.5 = −10; a zero stays zero."""
    assert answer("product", "4", "-2.5") == "-10"
    assert answer("product", "0", "-2.5") == "0"
