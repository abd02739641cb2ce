"""A target can be judged: its years come in order, and it is above zero."""

from __future__ import annotations

import pytest

from report.checks.targets import check_targets
from tests.examples import change_facts, show


@pytest.mark.parametrize(
    ("row", "expected"),
    [
        ("river.trips,0.5,2030,2029,e-plan", []),
        ("river.trips,1,2030,2029,e-plan", []),
        ("river.trips,0,2030,2029,e-plan", ["3:13 E373"]),
        ("river.trips,600,2030,2030,e-plan", ["3:22 E371"]),
    ],
)
def test_a_target_lies_above_zero_and_after_its_base(row: str, expected: list[str]) -> None:
    """A year is no later than itself."""
    facts = change_facts(("data/targets.csv", "", f"{row}\n"))

    assert show(check_targets(facts)) == [f"targets.csv:{at}" for at in expected]
