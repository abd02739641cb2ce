"""Editions hang together as their names say, as far as their files could be read."""

from __future__ import annotations

import pytest

from report.checks.editions import check_editions
from tests.examples import change_facts, show

REVISION = (
    "data/editions/2025-r1.yml",
    "",
    (
        "id: 2025-r1\ncut_off: 2025-06-30\nreleased: 2025-07-01\ntitle: Edition\n"
        "revisions: [{day: 2025-08-01, reason: major, what: All, conclusion_changed: true}]\n"
    ),
)


def test_a_revision_needs_the_edition_that_it_revises() -> None:
    """Unless that may be what could not be read."""
    torn = ("data/editions/2025.yml", "", "id: [\n")

    assert show(check_editions(change_facts(REVISION))) == ["editions/2025-r1.yml:1:1 E226"]
    assert show(check_editions(change_facts(REVISION, torn))) == []


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2026-07-02", []), ("2026-07-01", ["editions/2026.yml:6:1 E227"]), ("2026-07", [])],
)
def test_the_next_release_lies_after_the_day_of_this_one(day: str, expected: list[str]) -> None:
    """A month does while any of it is to come."""
    facts = change_facts(
        ("data/editions/2026.yml", "next_release: 2027-07", f"next_release: {day}")
    )

    assert show(check_editions(facts)) == expected
