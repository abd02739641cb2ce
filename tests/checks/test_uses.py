"""Nothing is declared in vain; what cannot be known because of another fault is not guessed."""

from __future__ import annotations

import pytest

from report.checks.uses import check_uses
from tests.examples import change_facts, show

UNUSED = ("data/units.csv", "", "hours,hours,{} hours,1,0,\n")


def test_what_nothing_uses_is_found() -> None:
    """A unit without series is one too many."""
    assert show(check_uses(change_facts(UNUSED))) == ["units.csv:9:1 E330"]


@pytest.mark.parametrize(
    "change",
    [
        ("data/series.csv", "id,title", "id,name"),
        ("data/observations/x.csv", "", "series;period\n"),
        ("data/derived.yml", "derived:", "derived: ["),
    ],
)
def test_with_a_file_unread_nothing_can_be_called_unused(change: tuple[str, str, str]) -> None:
    """The unread file may hold the use."""
    assert show(check_uses(change_facts(UNUSED, change))) == []


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/observations/paths.csv", "quality.lit,2023,35", "quality.lit,2023,35%"),
        ("data/framework/opportunities.csv", ",plan,6", ",plan"),
        ("data/figures/home.yml", "    form: bars\n", ""),
        ("data/derived.yml", "    operation: growth\n", ""),
    ],
)
def test_a_faulty_use_is_a_use(path: str, old: str, new: str) -> None:
    """One fault does not make what it names unused."""
    assert show(check_uses(change_facts((path, old, new)))) == []


def test_a_question_needs_an_answer_or_a_stated_gap() -> None:
    """With a gap stated no figure is needed; with neither, one is."""
    change = (
        "data/framework/questions.csv",
        "Nobody counts loads; a yearly survey of carriers would answer it.",
        "",
    )

    assert show(check_uses(change_facts(change))) == ["framework/questions.csv:5:1 E340"]


def test_an_edition_is_needed() -> None:
    """Without a cut-off there is nothing to show."""
    facts = change_facts()
    facts.editions.clear()

    assert show(check_uses(facts)) == ["editions:1:1 E101"]
