"""The ledger shows a claim in its own digits, with what stood first and what runs against it."""

from __future__ import annotations

from decimal import Decimal

from report.ledger import show_claim
from tests.examples import (
    ENGLISH,
    observe,
)
from tests.test_claims import THEN, claim, see, year_by_year


def test_the_ledger_shows_values_in_the_claims_digits_and_what_was_first() -> None:
    """69.5 has one digit, as the unit; a difference has its sign and unit."""
    rows = [observe("s", "2016", "69.525", THEN), observe("s", "2016", "69.755")]
    view = see(rows, claim())

    shown = show_claim(view.claims[0], view, ENGLISH)

    assert (shown.said, shown.then, shown.now, shown.difference) == (
        *("69.5 t", "69.5 t", "69.8 t", "+0.3 t"),
    )
    assert shown.reasons == ("Published on 1 June 2017 as 69.5 t.",)
    assert (shown.period, shown.ties) == ("2016", ("s",))


def test_what_the_article_said_has_the_digits_of_the_article() -> None:
    """It wrote 7, and of the data one digit more is shown."""
    view = see([observe("s", "2016", "7.46")], claim(value=Decimal(7), tolerance=Decimal("0.5")))

    shown = show_claim(view.claims[0], view, ENGLISH)

    assert (shown.said, shown.now, shown.difference) == ("7 t", "7.5 t", "+0.5 t")


def test_the_ledger_tells_a_trend_with_its_numbers_and_breaks() -> None:
    """How many values, what both tests say, and which periods run against the claim."""
    # Of the 55 pairs of 1 2 3 4 3 5 6 7 8 9 10 one falls (4, 3) and one is equal (3, 3): 53 - 1.
    parts = {"kind": "trend", "operator": "keeps_rising", "value": None, "period": "2000/latest"}
    view = see(year_by_year("1 2 3 4 3 5 6 7 8 9 10"), claim(**parts))

    shown = show_claim(view.claims[0], view, ENGLISH)

    assert (shown.said, shown.now) == ("keeps rising", "1.0 t in 2000; 10.0 t in 2010")
    assert shown.period == "2000 – newest"
    assert shown.reasons[0].startswith("11 values, S = 52, Z = ")
    assert shown.reasons[1] == "Against the claim: 2004."
