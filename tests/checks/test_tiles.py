"""Titles of tiles state nothing: the tile shows the value and its change."""

from __future__ import annotations

import pytest

from report.checks.tiles import check_tiles
from tests.examples import change_facts, show

FILE = "data/figures/hill-corridor.yml"


@pytest.mark.parametrize(
    ("title", "codes"),
    [
        ("12-month sum of trips, HS 8703 (scale 1 to 5)", []),
        ("Trips on five paths", ["E530"]),
        ("1200 trips, a record", ["E530", "E531"]),
    ],
)
def test_numbers_and_directions_in_titles_are_found(title: str, codes: list[str]) -> None:
    """Definitions stay writable."""
    facts = change_facts((FILE, "title: Trips in a year", f'title: "{title}"'))

    # The title of the first tile stands on line 3, after four spaces.
    expected = [f"figures/hill-corridor.yml:3:5 {code}" for code in codes]
    assert show(check_tiles(facts)) == expected
