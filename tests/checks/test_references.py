"""Every name points at something declared; a fault elsewhere makes no further ones here."""

from __future__ import annotations

import pytest

from report.checks.references import check_references
from tests.examples import change_facts, read_data, show


@pytest.mark.parametrize(
    ("path", "old", "new", "expected"),
    [
        ("data/framework/pages.csv", "path-quality,standard,", "path-quality,rule,", "4:14"),
        ("data/framework/pages.csv", "Path quality,plan", "Path quality,plans", "4:38"),
        ("data/framework/questions.csv", "hill-goods,hill-corridor", "hill-goods,x", "5:12"),
        ("data/framework/opportunities.csv", ",plan,6", ",plans,6", "2:59"),
        ("data/institutions.csv", "river-corridor,plan", "river,plan", "2:76"),
        ("data/series.csv", "crashes.hill,Crashes on the hill corridor,crashes", "a,b,c", "13:5"),
        ("data/figures/home.yml", "series: both.trips", "series: both.trip", "2:5"),
    ],
)
def test_an_unknown_name_is_found_at_its_cell(path: str, old: str, new: str, expected: str) -> None:
    """The place is that of the name, not of the row."""
    found = show(check_references(change_facts((path, old, new))))

    assert f"{path.removeprefix('data/')}:{expected} E310" in found


@pytest.mark.parametrize(
    ("path", "old", "new"),
    [
        ("data/sources.csv", "CC BY 4.0,yes,", "CC BY 4.0,maybe,"),
        ("data/sources.csv", "CC BY 4.0,yes,", "CC BY 4.0"),
        ("data/sources.csv", "id,producer", "id,maker"),
        ("data/units.csv", "km,kilometres,{} km,1,", "km,kilometres,{} km,1.5,"),
        ("data/units.csv", "id,title", "id;title"),
        ("data/units.csv", "km,kilometres,{} km,1,", "k m,kilometres,{} km,1,"),
        ("data/series.csv", "share,annual,both towns,both", "share,never,both towns,both"),
        ("data/derived.yml", "operation: sum", "operations: sum"),
        ("data/derived.yml", "derived:", "derived: &all"),
        ("data/derived.yml", "  - id: both.trips\n    title", "  - title"),
        ("data/figures/river-corridor.yml", "  - id: river-use\n    form", "  - form"),
        ("data/figures/river-corridor.yml", "start: 2025-01\n", "start: [1]\n"),
        ("data/report.yml", "url: https", "url: http"),
        ("data/framework/pages.csv", "corridor,1,", "corridor,one,"),
        ("data/framework/measures.csv", "m-lift,hill-corridor,Open a lift,", "m-lift,"),
    ],
)
def test_a_faulty_declaration_is_no_unknown_name(path: str, old: str, new: str) -> None:
    """What could not be read was declared all the same: its fault is said once, not at each use."""
    facts = change_facts((path, old, new))

    assert facts.problems
    assert show(check_references(facts)) == []


def test_a_near_name_is_suggested() -> None:
    """Typing errors are met with what was meant."""
    facts = change_facts(("data/institutions.csv", "river-corridor,plan", "river-coridor,plan"))

    (problem,) = check_references(facts)

    assert problem.remedy == "did you mean 'river-corridor'?"


def test_beside_a_faulty_figure_an_unknown_one_is_still_told() -> None:
    """Only what could not be read at all may be what a claim names."""
    faulty = ("data/figures/river-corridor.yml", "start: 2025-01\n", "start: [1]\n")
    unknown = ("data/claims.csv", ",river-use,", ",river-uses,")

    assert [p.what for p in check_references(change_facts(faulty, unknown))] == [
        "unknown figure 'river-uses'"
    ]


def test_tiles_and_figures_lie_with_a_page() -> None:
    """That of their file's name."""
    words = read_data()["data/figures/hill-corridor.yml"]
    found = check_references(change_facts(("data/figures/hills.yml", "", words)))

    assert [problem.what for problem in found] == ["unknown page 'hills'"] * 3
