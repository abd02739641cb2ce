"""Facts become a report, or everything that is wrong with them is said at once."""

from __future__ import annotations

import pytest

from report.checking import check_facts, make_report
from report.problems import DataProblems
from tests.examples import TODAY, change_facts, show

BAD_FORM = ("data/figures/home.yml", "form: bars", "form: barz")


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


def test_without_a_declaration_there_is_no_report() -> None:
    """The problems are raised, however the report is asked for."""
    facts = change_facts(("data/report.yml", "url: https", "url: ftp"))

    with pytest.raises(DataProblems) as found:
        make_report(facts)
    assert show(found.value.problems) == ["report.yml:5:1 E131"]
