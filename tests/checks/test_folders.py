"""No two parts of a site have one address."""

from __future__ import annotations

import pytest

from report.checks.folders import check_folders
from tests.examples import change_facts, read_data, show


@pytest.mark.parametrize(
    ("folder", "codes"),
    [("ways", 0), ("assets", 1), ("measures", 1), ("data", 1), ("standards", 1)],
)
def test_a_kind_has_a_folder_of_its_own(folder: str, codes: int) -> None:
    """Not that of files, of a register or of another kind."""
    facts = change_facts(("data/report.yml", "folder: corridors", f"folder: {folder}"))

    assert [problem.code for problem in check_folders(facts)] == ["E304"] * codes


def test_the_place_is_that_of_the_folder() -> None:
    """Where an editor must write another name."""
    line = read_data()["data/report.yml"].split("folder: corridors")[0].count("\n") + 1
    facts = change_facts(("data/report.yml", "folder: corridors", "folder: claims"))

    (place,) = show(check_folders(facts))

    assert place.startswith(f"report.yml:{line}:")


def test_a_page_called_index_would_be_the_overview() -> None:
    """The overview of a kind has that address."""
    facts = change_facts(("data/framework/pages.csv", "hill-corridor,", "index,"))

    (problem,) = check_folders(facts)

    assert (problem.code, problem.what) == (
        "E304",
        "the page 'index' has the address of the overview of its kind",
    )


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (
            ("data/report.yml", "folder: corridors", "folder: claims"),
            (
                "report.yml:10:5: E304 the folder 'claims' belongs to another part of the site; "
                "choose another name"
            ),
        ),
        (
            ("data/report.yml", "folder: standards", "folder: corridors"),
            (
                "report.yml:16:5: E304 the folder 'corridors' is that of another kind already; "
                "choose another name"
            ),
        ),
        (
            ("data/framework/pages.csv", "hill-corridor,", "index,"),
            (
                "framework/pages.csv:3:1: E304 the page 'index' has the address of the overview of "
                "its kind; choose another id"
            ),
        ),
    ],
)
def test_it_is_told_what_has_the_address(change: tuple[str, str, str], told: str) -> None:
    """And what to do about it."""
    (problem,) = check_folders(change_facts(change))

    assert str(problem) == f"data/{told}"
