"""Time in bar figures is never closed up unseen, and short labels say what they mean."""

from __future__ import annotations

import pytest

from report.figures.bands import lay_bands
from report.figures.times import show_in_row, show_to_date
from report.languages import Catalogue
from report.model import Frequency
from report.periods import parse_period
from tests.figures.examples import build, list_data, make_series, make_view

ENGLISH = Catalogue("en")


def lay(*texts: str) -> tuple[list[str], tuple[int, ...]]:
    """Bands for these periods, as texts, and where they are broken."""
    bands = lay_bands([parse_period(text) for text in texts])
    return [str(period) for period in bands.periods], bands.breaks


def test_a_missing_year_leaves_an_empty_band() -> None:
    """2017 has no value: its place stays."""
    assert lay("2016", "2018", "2019") == (["2016", "2017", "2018", "2019"], ())


def test_missing_months_leave_empty_bands() -> None:
    """Five months for three values."""
    months = ["2023-01", "2023-02", "2023-03", "2023-04", "2023-05"]

    assert lay("2023-01", "2023-03", "2023-05") == (months, ())


def test_one_month_of_each_year_counts_in_years() -> None:
    """October of two years: nothing lies between that could have a band."""
    assert lay("2024-10", "2025-10") == (["2024-10", "2025-10"], ())


def test_a_long_silence_is_a_break() -> None:
    """Fifty months for four values: the axis is broken before January 2026."""
    assert lay("2021-12", "2022-02", "2026-01", "2026-02") == (
        ["2021-12", "2022-01", "2022-02", "2026-01", "2026-02"],
        (3,),
    )


def test_periods_of_several_lengths_are_broken_where_time_passes() -> None:
    """2014 follows 2013, and April follows March; years lie between the rest."""
    texts = ["2013", "2014", "2020", "2023-03", "2023-04", "2023-09"]

    assert lay(*texts) == (texts, (2, 3, 5))


def test_a_row_of_months_names_each_year_once() -> None:
    """The first month of each year bears it."""
    months = [parse_period(text) for text in ("2022-11", "2022-12", "2023-01", "2023-02")]

    assert show_in_row(months, ENGLISH) == ["Nov 2022", "Dec", "Jan 2023", "Feb"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("2024-10", "Jan–Oct 2024"),
        ("2024-Q3", "Jan–Sep 2024"),
        ("2024-01", "January 2024"),
        ("2024", "2024"),
    ],
)
def test_a_year_to_date_names_all_its_months(text: str, shown: str) -> None:
    """October alone would be one month of ten."""
    assert show_to_date(parse_period(text), ENGLISH) == shown


def test_labels_name_only_months_with_bars() -> None:
    """Of five months three have values; an empty band bears no label."""
    values = [("2023-01", "4"), ("2023-03", "5"), ("2023-05", "6")]
    view = make_view([make_series("nuts", values, frequency=Frequency.MONTHLY)])

    rows = list_data(build(view, form="bars", series=("nuts",)).specs["wide"])

    texts = [row["text"] for row in rows if "text" in row]
    assert [text for text in texts if text[:3] in {"Jan", "Feb", "Mar", "Apr", "May"}] == [
        *("Jan 2023", "Mar", "May"),
    ]
