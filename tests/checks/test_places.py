"""A problem stands where the wrong name is written, in whichever order columns and keys come."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterator

import pytest

from report.checks.assessments import check_assessments
from report.checks.corrections import check_corrections
from report.checks.editions import check_editions
from report.checks.folders import check_folders
from report.checks.keys import check_keys
from report.checks.references import check_references
from report.checks.targets import check_targets
from report.checks.uses import check_uses
from report.facts import Facts
from report.problems import Place, Problem
from tests.examples import TODAY, change_facts, read_data

Check = Callable[[Facts], Iterator[Problem]]


def turn(table: str) -> str:
    """A table whose first column stands behind the others."""
    turned = io.StringIO()
    rows = csv.reader(io.StringIO(table))
    csv.writer(turned, lineterminator="\n").writerows([*row[1:], row[0]] for row in rows)
    return turned.getvalue()


def look(text: str, place: Place) -> str:
    """What is written from a place to the end of its line."""
    return text.split("\n")[place.line - 1][place.column - 1 :]


def judge_corrections(facts: Facts) -> Iterator[Problem]:
    """The check of corrections, as of the day of tests."""
    return check_corrections(facts, TODAY)


@pytest.mark.parametrize(
    ("path", "row", "check", "code", "name"),
    [
        (
            "framework/measures.csv",
            "m-rest,hill-corridor,Rest,A bench,plan,4",
            check_assessments,
            "E350",
            "m-rest",
        ),
        ("framework/pages.csv", "index,corridor,3,Index,plan,4", check_folders, "E304", "index"),
        ("framework/questions.csv", "new,hill-corridor,Why?,", check_uses, "E340", "new"),
        ("units.csv", "km,miles,{} mi,1,0,", check_keys, "E301", "km"),
        ("units.csv", "hours,hours,{} hours,1,0,", check_uses, "E330", "hours"),
        (
            "sources.csv",
            "diary,Riders,Diaries,,,2026,2026-10-01,CC0 1.0,yes,",
            check_uses,
            "E330",
            "diary",
        ),
        (
            "series.csv",
            "hill.width,Width,km,annual,both towns,hill corridor,,How wide it is,up,counters",
            check_uses,
            "E330",
            "hill.width",
        ),
        (
            "observations/paths.csv",
            "hill.length,2025,13.4,final,2026-03-01,counters,,,first",
            check_keys,
            "E303",
            "hill.length",
        ),
        (
            "observations/paths.csv",
            "both.trips,2025,13.4,final,2026-03-01,counters,,,first",
            check_references,
            "E311",
            "both.trips",
        ),
        (
            "observations/paths.csv",
            "hill.lenght,2020,13.4,final,2026-03-01,counters,,,first",
            check_references,
            "E310",
            "hill.lenght",
        ),
        (
            "targets.csv",
            "river.trips.index,150,2030,2019,e-plan",
            check_targets,
            "E370",
            "river.trips.index",
        ),
        ("targets.csv", "river.trips,610,2026,2018,e-plan", check_targets, "E372", "river.trips"),
    ],
)
def test_in_tables_it_is_the_cell(path: str, row: str, check: Check, code: str, name: str) -> None:
    """The first column may stand last."""
    whole = read_data()[f"data/{path}"]
    turned = turn(f"{whole}{row}\n")
    found = [p for p in check(change_facts((f"data/{path}", whole, turned))) if p.code == code]

    assert [look(turned, problem.place) for problem in found] == [name]


FIGURE = "form: line\n    title: Trips\n    takeaway: They are counted.\n    series: [hill.trips]\n"


@pytest.mark.parametrize(
    ("path", "text", "check", "code", "line"),
    [
        (
            "corrections.yml",
            (
                "corrections:\n  - period: 2022\n    series: both.trips\n    source: counters\n"
                "    action: drop\n    expect: 1\n    reason: Wrong\n    date: 2026-05-01\n"
            ),
            judge_corrections,
            "E311",
            "series: both.trips",
        ),
        (
            "editions/2024-r1.yml",
            (
                "cut_off: 2024-06-30\nreleased: 2024-07-01\ntitle: Edition\nid: 2024-r1\n"
                "revisions:\n  - {day: 2024-08-01, reason: major, what: All, "
                "conclusion_changed: true}\n"
            ),
            check_editions,
            "E226",
            "id: 2024-r1",
        ),
        (
            "editions/2026-r1.yml",
            "cut_off: 2026-06-30\nreleased: 2026-07-01\ntitle: Edition\nid: 2026-r1\n",
            check_editions,
            "E226",
            "id: 2026-r1",
        ),
        (
            "editions/2025.yml",
            "cut_off: 2025-06-30\nreleased: 2025-07-01\ntitle: Edition\nid: 2024-r1\n",
            check_keys,
            "E302",
            "id: 2024-r1",
        ),
        (
            "figures/2026/home.yml",
            "tiles:\n  - title: Trips\n    series: hill.trip\n",
            check_references,
            "E310",
            "series: hill.trip",
        ),
        (
            "figures/2026/hill-corridor.yml",
            f"figures:\n  - {FIGURE}    id: hill-more\n",
            check_uses,
            "E341",
            "id: hill-more",
        ),
        (
            "figures/2026/hills.yml",
            f"figures:\n  - {FIGURE}    id: hill-more\n",
            check_references,
            "E310",
            "form: line",
        ),
    ],
)
def test_in_documents_it_is_the_key(
    path: str, text: str, check: Check, code: str, line: str
) -> None:
    """A name may stand below other keys; an unknown page is told where its figure begins."""
    found = [p for p in check(change_facts((f"data/{path}", "", text))) if p.code == code]

    assert [look(text, problem.place) for problem in found] == [line]
