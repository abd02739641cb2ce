"""Tables say exactly what the data say, and how firm it is."""

from __future__ import annotations

from decimal import Decimal

import pytest

from report.languages import Catalogue
from report.model import Status
from report.tables import Cell, Column, make_cell, make_table, name_status

ENGLISH = Catalogue("en")


@pytest.mark.parametrize(
    ("value", "status", "text", "mark"),
    [
        ("1234.56", Status.FINAL, "1,234.6", ""),
        ("0.25", Status.PROVISIONAL, "0.2", "p"),  # half to even
        ("-3", Status.ESTIMATE, "−3.0", "e"),
        ("7", Status.FORECAST, "7.0", "f"),
    ],
)
def test_a_number_is_shown_rounded_and_kept_exact(
    value: str, status: Status, text: str, mark: str
) -> None:
    """What is shown is rounded; what is kept is not."""
    cell = make_cell(Decimal(value), status, 1, ENGLISH)

    assert (cell.text, cell.value, cell.mark) == (text, Decimal(value), mark)


def test_silence_and_absence_differ() -> None:
    """Not published is said in words; missing is a dash; neither is a number."""
    silent = make_cell(None, Status.NOT_PUBLISHED, 1, ENGLISH)
    absent = make_cell(None, None, 1, ENGLISH)

    assert (silent.text, absent.text) == ("not published", "–")
    assert silent.value is absent.value is None
    assert silent.mark == absent.mark == ""


def test_the_legend_names_just_the_letters_that_occur() -> None:
    """A reader is told what p means where p stands, and nothing else."""
    cells = [
        make_cell(Decimal(1), status, 0, ENGLISH) for status in (Status.FINAL, Status.FORECAST)
    ]
    table = make_table("Apples", [Column("A"), Column("B")], [cells], ENGLISH)

    assert table.legend == (("f", "forecast"),)
    assert list(table.cells) == cells


def test_every_status_has_words() -> None:
    """No status is left without a name."""
    assert {name_status(status, ENGLISH) for status in Status} == {
        *("final", "provisional", "estimate", "forecast", "not published", "retracted"),
    }


def test_russian_numbers_are_written_as_russians_do() -> None:
    """Digits follow the language of the page."""
    assert make_cell(Decimal("1.5"), Status.FINAL, 1, Catalogue("ru")) == Cell(
        "1,5", Decimal("1.5"), Status.FINAL
    )
