"""A definition is as short as what is read beside a word must be."""

from __future__ import annotations

import pytest

from report.checks.terms import check_terms
from tests.examples import change_facts, show

GIVEN = "A way for bicycles that leads through several districts."


@pytest.mark.parametrize(("length", "expected"), [(300, []), (301, ["glossary.yml:4:5 E396"])])
def test_a_definition_may_have_three_hundred_characters(length: int, expected: list[str]) -> None:
    """And not one more."""
    facts = change_facts(("data/glossary.yml", GIVEN, "x" * length))

    assert show(check_terms(facts)) == expected
