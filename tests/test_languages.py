"""Numbers, days and periods are said as each language says them, rounded half to even."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.languages import Catalogue, parse_catalogue
from report.model import Unit
from report.periods import parse_period

ENGLISH, RUSSIAN, CHINESE = Catalogue("en"), Catalogue("ru"), Catalogue("zh")


@pytest.mark.parametrize(
    ("value", "digits", "shown"),
    [
        # A half goes to the even neighbour: 0.5 to 0, 1.5 to 2, 2.5 to 2, -2.5 to -2.
        ("0.5", 0, "0"),
        ("1.5", 0, "2"),
        ("2.5", 0, "2"),
        ("-2.5", 0, "−2"),
        ("0.25", 1, "0.2"),
        ("0.35", 1, "0.4"),
        ("2.675", 2, "2.68"),
        ("2.665", 2, "2.66"),
        # More than a half goes up, however little more.
        ("2.5000001", 0, "3"),
        ("1234567.891", 1, "1,234,567.9"),
        ("999.95", 1, "1,000.0"),
        ("-1234", 0, "−1,234"),
        ("5", 2, "5.00"),
        ("0", 1, "0.0"),
        # What rounds to zero has no sign.
        ("-0.04", 1, "0.0"),
        ("12345678901234567890.5", 0, "12,345,678,901,234,567,890"),
    ],
)
def test_numbers_are_rounded_half_to_even_and_grouped(value: str, digits: int, shown: str) -> None:
    """Exactly so many decimals, a true minus sign, commas between thousands."""
    assert ENGLISH.number(Decimal(value), digits) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [("1.25", "+1.2"), ("-1.25", "−1.2"), ("0", "0.0"), ("0.04", "0.0")]
)
def test_a_change_carries_its_sign(value: str, shown: str) -> None:
    """Plus and minus are written; no change has none."""
    assert ENGLISH.number(Decimal(value), 1, signed=True) == shown


def test_each_language_writes_numbers_its_own_way() -> None:
    """Russian groups by no-break spaces with a decimal comma; Chinese writes as English does."""
    value = Decimal("-1234567.5")

    assert RUSSIAN.number(value, 1) == "−1\u00a0234\u00a0567,5"
    assert CHINESE.number(value, 1) == "−1,234,567.5"


def test_an_amount_follows_its_units_pattern() -> None:
    """The unit says where it stands and how many decimals are shown, unless asked otherwise."""
    unit = Unit(
        id="t",
        title={"en": "tonnes"},
        pattern={"en": "{} t", "zh": "{}吨"},
        digits=1,
    )

    assert ENGLISH.amount(Decimal("1234.56"), unit) == "1,234.6 t"
    assert ENGLISH.amount(Decimal("1234.56"), unit, 0) == "1,235 t"
    assert CHINESE.amount(Decimal("1234.56"), unit) == "1,234.6吨"
    assert RUSSIAN.amount(Decimal("1234.56"), unit) == "1\u00a0234,6 t"


@pytest.mark.parametrize(
    ("text", "english", "russian", "chinese"),
    [
        ("2016", "2016", "2016", "2016"),
        ("2016-H1", "H1 2016", "H1 2016", "H1 2016"),
        ("2016-H2", "H2 2016", "H2 2016", "H2 2016"),
        ("2016-Q3", "Q3 2016", "Q3 2016", "Q3 2016"),
        ("2016-03", "March 2016", "март 2016", "2016年3月"),
        ("2016-03-14", "14 March 2016", "14 марта 2016\u202fг.", "2016年3月14日"),
    ],
)
def test_periods_are_said_in_words(text: str, english: str, russian: str, chinese: str) -> None:
    """Months are named in the case that stands alone, days in the one that counts."""
    period = parse_period(text)

    assert ENGLISH.period(period) == english
    assert RUSSIAN.period(period).replace("\u00a0", "\u202f") == russian
    assert CHINESE.period(period) == chinese


def test_interface_words_are_translated_and_filled() -> None:
    """A missing translation stays English; values stand where the translation wants them."""
    catalogue = Catalogue("ru", {"Home": "Главная", "%(n)s of %(m)s": "из %(m)s %(n)s"})

    assert catalogue.gettext("Home") == "Главная"
    assert catalogue.gettext("Data") == "Data"
    assert catalogue.gettext("%(n)s of %(m)s", n=1, m=2) == "из 2 1"
    assert catalogue.gettext("100% sure") == "100% sure"


def test_words_fall_back_to_the_first_language() -> None:
    """A text not yet translated is shown in English."""
    assert CHINESE.text({"en": "Trade", "zh": "贸易"}) == "贸易"
    assert CHINESE.text({"en": "Trade", "zh": ""}) == "Trade"
    assert CHINESE.text({}) == ""


def test_days_are_said_in_words() -> None:
    """Without an ordinal, the month in full."""
    assert ENGLISH.day(date(2026, 11, 4)) == "4 November 2026"


decimals = st.decimals(
    allow_nan=False, allow_infinity=False, min_value=-(10**9), max_value=10**9, places=4
)


@given(decimals, st.integers(0, 4))
def test_rounding_moves_a_number_by_at_most_half_a_digit(value: Decimal, digits: int) -> None:
    """What is shown is never further off than its last digit allows."""
    shown = ENGLISH.number(value, digits).replace(",", "").replace("−", "-")

    assert abs(Decimal(shown) - value) * 2 <= Decimal(1).scaleb(-digits)


@given(st.lists(st.integers(1, 10**6), min_size=2, max_size=9))
def test_rounded_shares_add_to_about_a_hundred(parts: list[int]) -> None:
    """The sum of shares as shown differs from 100 by at most half a digit for each part."""
    total = sum(parts)
    shares = [Decimal(ENGLISH.number(Decimal(part) * 100 / total, 1)) for part in parts]

    assert abs(sum(shares, Decimal(0)) - 100) <= Decimal("0.05") * len(parts)


def test_a_catalogue_translates_what_it_holds_and_leaves_the_rest_english() -> None:
    """Fuzzy and empty translations are not shown; whatever is missing stays English."""
    text = (
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        'msgid "Home"\nmsgstr "首页"\n\n'
        '#, fuzzy\nmsgid "Events"\nmsgstr "事"\n\n'
        'msgid "Sources"\nmsgstr ""\n\n'
        'msgid "%(count)s events"\nmsgstr "%(count)s 个事件"\n'
    )
    catalogue = parse_catalogue("zh", text)

    assert catalogue.gettext("Home") == "首页"
    assert catalogue.gettext("Events") == "Events"
    assert catalogue.gettext("Sources") == "Sources"
    assert catalogue.gettext("%(count)s events", count=3) == "3 个事件"
    assert parse_catalogue("en", "").gettext("Home") == "Home"


@pytest.mark.parametrize(
    ("count", "words"),
    [
        (999, "999 bytes"),
        (1_000, "1.0\N{NO-BREAK SPACE}kB"),
        (1_449, "1.4\N{NO-BREAK SPACE}kB"),
        (12_500, "12\N{NO-BREAK SPACE}kB"),
        (6_550_000, "6.6\N{NO-BREAK SPACE}MB"),
    ],
)
def test_sizes_are_told_by_thousands(count: int, words: str) -> None:
    """With one decimal where there is one digit before it."""
    assert ENGLISH.size(count) == words
