"""A cell is read exactly or refused with what to write instead."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.cells import (
    LONGEST_NUMBER,
    CellError,
    Reader,
    read_choice,
    read_day,
    read_integer,
    read_number,
    read_optional_number,
    read_period,
    read_ranks,
    read_words,
    read_yes,
)
from report.model import Status


@pytest.mark.parametrize(
    ("reader", "cell", "code", "words"),
    [
        (read_number, "1,204", "E201", "write 1204, or 1.204 if the comma is a decimal one"),
        (read_number, "1,204,000", "E201", "write 1204000"),
        (read_number, "12,5", "E201", "write 12.5"),
        (read_number, "−1,204", "E201", "write -1204, or -1.204 if the comma is a decimal one"),
        (read_number, "−5", "E201", "write -5"),
        (read_number, "NaN", "E201", "write a plain decimal"),
        (read_number, "1e400", "E201", "write a plain decimal"),
        (read_number, "", "E201", "write a plain decimal"),
        (read_number, "9" * (LONGEST_NUMBER + 1), "E201", "at most 25"),
        (read_integer, "2.0", "E201", "whole number"),
        (read_integer, "٣", "E201", "whole number"),
        (read_integer, "9999999999", "E201", "whole number"),
        (read_day, "2026-02-30", "E203", "write a day"),
        (read_day, "2026-11", "E203", "write a day"),
        (read_day, "24.11.2026", "E203", "write a day"),
        (read_day, "２０２６-11-24", "E203", "write a day"),
        (read_period, "2016-Q5", "E202", "2016-Q1"),
        (read_yes, "Yes", "E131", "write yes or no"),
        (read_choice(Status), "finale", "E204", "final, provisional"),
    ],
)
def test_a_bad_cell_says_what_to_write(reader: Reader, cell: str, code: str, words: str) -> None:
    """Each refusal has a code, what was found, and a remedy of use."""
    with pytest.raises(CellError) as found:
        reader(cell)

    assert found.value.code == code
    assert words in found.value.remedy


def test_good_cells_are_read_exactly() -> None:
    """Numbers stay decimal, days and periods become what they are."""
    assert str(read_number("0.10")) == "0.10"
    assert read_optional_number("") is None
    assert read_optional_number("-3") == Decimal(-3)
    assert read_integer("-3") == -3
    assert read_day("2026-11-24") == date(2026, 11, 24)
    assert str(read_period("2016-H1")) == "2016-H1"
    assert [read_yes("yes"), read_yes("no")] == [True, False]
    assert read_choice(Status)("final") is Status.FINAL


def test_lists_are_separated_as_the_contract_says() -> None:
    """Ranks by `>`, equals and words by spaces; nothing gives nothing."""
    assert read_ranks("a b > c") == (("a", "b"), ("c",))
    assert read_ranks("") == ()
    assert read_words("a b; c") == ("a", "b", "c")
    assert read_words("") == ()


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12, places=6
    )
)
def test_any_decimal_in_plain_form_is_read_as_itself(number: Decimal) -> None:
    """No digit is lost."""
    assert read_number(f"{number:f}") == number
