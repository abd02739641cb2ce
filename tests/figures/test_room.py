"""Words stand where they hide least, and labels that had to move are joined to their lines."""

from __future__ import annotations

from typing import Any

from report.figures.room import find_room, list_spots
from tests.figures.examples import build, list_data, make_series, make_view, number_years


def test_words_avoid_a_line() -> None:
    """A line fills the left half of a span of 200: words of 80 stand right of it."""
    line = list(list_spots([(0, 91), (100, 91)]))

    left, middle = find_room(80, [91], (0, 200), line)

    # Three pixels of air: the words begin at 103 or later, and end at 200 at the latest.
    assert 103 <= left <= 120
    assert middle == 91


def test_words_go_below_where_the_line_runs_above() -> None:
    """A line along the whole upper place leaves the lower one."""
    line = list(list_spots([(0, 91), (200, 91)]))

    assert find_room(80, [91, 109], (0, 200), line) == (0, 109)


def test_words_without_neighbours_stand_first() -> None:
    """Left and above, where readers look first."""
    assert find_room(80, [91, 109], (10, 200), []) == (10, 91)


def list_rules(names: tuple[str, ...], **values: list[str | None]) -> list[dict[str, Any]]:
    """Thin coloured rules in a line figure over these values."""
    view = make_view([make_series(name, number_years(2018, values[name])) for name in names])
    figure = build(view, form="line", series=names)
    return [row for row in list_data(figure.specs["wide"]) if row.get("width") == 0.8]


def test_a_label_that_moved_is_joined_to_its_line() -> None:
    """Two lines end in one place: both labels move. Two that end far apart need no leader."""
    assert len(list_rules(("a", "b"), a=["9", "5"], b=["2", "5"])) == 2
    assert list_rules(("a", "b"), a=["1", "7"], b=["9", "3"]) == []


def test_a_line_that_ends_early_is_joined_to_its_label() -> None:
    """The last value of b stands one year left of the edge, whose label stands at the right."""
    years: list[str | None] = ["1", "2", "3", "4", "5", "6", "7", "8"]
    early: list[str | None] = [*(["4"] * 7), None]

    rules = list_rules(("a", "b"), a=years, b=early)

    assert len(rules) == 1
    assert rules[0]["y"] == rules[0]["y2"]
