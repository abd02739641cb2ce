"""Facts become a report, or everything that is wrong with them is said at once."""

from __future__ import annotations

import pytest

from report.checking import check_facts, make_report
from report.facts import Facts, parse_facts
from report.problems import DataProblems
from report.reading import read_texts
from tests.examples import TODAY, change_facts, read_data, show
from tests.test_cases import CASES, NAMES

NOT_OF_FACTS = {"E103", "E105", "E106", "E107", "E117", "E403"}
"""Codes below E500 of files, and of figures as they are drawn; those from E500 are of words."""
BAD_FORM = ("data/figures/home.yml", "form: bars", "form: barz")


def tell(facts: Facts) -> list[str]:
    """Problems of facts, as a person reads them."""
    try:
        check_facts(facts, TODAY)
    except DataProblems as found:
        return [str(problem) for problem in found.problems]
    return []


def find(*changes: tuple[str, str, str]) -> list[str]:
    """Problems of the second report after changes, as `place code`."""
    try:
        check_facts(change_facts(*changes), TODAY)
    except DataProblems as found:
        return show(found.problems)
    return []


def test_good_facts_make_a_report() -> None:
    """Everything is in it, found by name or in order."""
    report = check_facts(change_facts(), TODAY)

    assert [edition.id for edition in report.editions] == ["2026"]
    assert len(report.observations) == 64
    assert report.units["km"].digits == 1
    assert [group.page for group in report.figures] == [
        *("hill-corridor", "home", "path-quality", "revisions", "river-corridor"),
    ]


CORRECTION = """corrections:
  - series: river.trips
    period: 2022
    source: counters
    action: flag
    expect: 430
    reason: Counted at one end alone
    date: 2026-05-01
"""
LISTED = (
    *("pages", "questions", "measures", "assessments", "constraints", "opportunities"),
    *("observations", "events", "institutions", "claims", "targets", "corrections", "glossary"),
)


def test_all_facts_are_in_the_report() -> None:
    """In the order in which they were read, or by their names."""
    own = read_data()["data/figures/home.yml"].replace("home-trips", "own-trips")
    facts = change_facts(
        ("data/corrections.yml", "", CORRECTION), ("data/figures/2026/home.yml", "", own)
    )
    report = make_report(facts)

    for table in LISTED:
        assert getattr(report, table) == tuple(entry.value for entry in getattr(facts, table))
    for table in ("sources", "units", "series", "derived"):
        entries = getattr(facts, table)
        assert getattr(report, table) == {entry.value.id: entry.value for entry in entries}
    assert facts.declaration is not None
    assert report.declaration == facts.declaration.value
    by_page = {(group.edition, group.page): group for group in report.figures}
    for name in ("tiles", "figures"):
        for (edition, page), group in by_page.items():
            declared = [
                entry.value
                for owner, entry in getattr(facts, name)
                if (entry.edition, owner) == (edition, page)
            ]
            assert list(getattr(group, name)) == declared


def test_figures_are_judged_in_the_same_run_as_values() -> None:
    """A faulty value does not keep a faulty figure from being said."""
    value = ("data/observations/trips.csv", "river.trips,2019,410,", "river.trips,2019,-410,")

    assert find(value, BAD_FORM) == [
        "figures/home.yml:9:5 E402",
        "observations/trips.csv:2:18 E213",
    ]


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (
            ("data/series.csv", "share,annual,both towns,both", "share,never,both towns,both"),
            "E131",
        ),
        (("data/units.csv", "id,title", "id;title"), "E11"),
        (
            ("data/series.csv", "Trips on the hill corridor,trips,annual", "Trips,trips,never"),
            "E131",
        ),
        (("data/derived.yml", "operation: sum", "operation: sum\n    start: [1]"), "E13"),
        (("data/events.csv", "notice 4,2023-09-30", "notice 4,in autumn"), "E203"),
        (("data/units.csv", "", "percent,trips,{} trips,1,,\n"), "E301"),
        (("data/derived.yml", "unit: percent", "unit: per_cent"), "E3"),
        (("data/events.csv", "e-flood,2020-04-12,", "E-flood,2020-04-12,"), "E131"),
    ],
)
def test_figures_wait_where_names_could_not_be_read(
    change: tuple[str, str, str], expected: str
) -> None:
    """What a figure names may be just what is faulty, so nothing is said of figures yet."""
    found = find(change)

    assert found
    assert all(line.split()[-1].startswith(expected) for line in found)


@pytest.mark.parametrize("name", NAMES)
def test_the_problems_of_a_case_are_told_word_for_word(name: str) -> None:
    """Facts alone, without words and drawings: nothing else is said, and nothing is missed."""
    texts = dict(read_data()) | read_texts(CASES / name, "data").by_path
    deleted = CASES / name / "delete.txt"
    for path in deleted.read_text().split() if deleted.exists() else ():
        texts.pop(path, None)
    expected = (CASES / name / "problems.txt").read_text().splitlines()
    told = {
        line
        for line in expected
        if (code := line.split()[1]) not in NOT_OF_FACTS and not code.startswith("E5")
    }

    found = set(tell(parse_facts(texts)))

    assert told <= found <= set(expected)


def test_without_a_declaration_there_is_no_report() -> None:
    """The problems are raised, however the report is asked for."""
    facts = change_facts(("data/report.yml", "url: https", "url: ftp"))

    with pytest.raises(DataProblems) as found:
        make_report(facts)
    assert show(found.value.problems) == ["report.yml:5:1 E131"]
