"""Every case of bad input gives exactly its problems, in order; one of them also as typed."""

from __future__ import annotations

import difflib
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.examples import PROJECT, SECOND, find_problems

CASES = PROJECT / "tests" / "cases"
NAMES = sorted(folder.name for folder in CASES.iterdir() if folder.is_dir())
OWN = {"problems.txt", "delete.txt"}
"""Files of a case that are not laid over the second report."""


def lay_over(name: str, root: Path) -> Path:
    """The second report with a case's files laid over it."""
    shutil.copytree(SECOND, root)
    case = CASES / name
    deleted = case / "delete.txt"
    for path in deleted.read_text().split() if deleted.exists() else ():
        (root / path).unlink()
    for source in sorted(case.rglob("*")):
        if source.is_file() and source.name not in OWN:
            target = root / source.relative_to(case)
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return root


def compare(name: str, found: list[str], folder: Path) -> None:
    """Fail with a difference, and leave what was found for whoever takes it over by hand."""
    expected = (CASES / name / "problems.txt").read_text().splitlines()
    if found != expected:
        changed = folder / "problems-changed.txt"
        changed.write_text("".join(f"{line}\n" for line in found))
        lines = difflib.unified_diff(expected, found, "expected", "found", lineterm="", n=0)
        pytest.fail(f"{name} differs; found is in {changed}\n" + "\n".join(lines))


def test_the_second_report_has_no_problem() -> None:
    """What the cases are laid over is whole."""
    assert find_problems(SECOND) == []


@pytest.mark.parametrize("name", NAMES)
def test_a_case_gives_exactly_its_problems(name: str, tmp_path: Path) -> None:
    """Nothing is missed, nothing is said twice, nothing follows from another fault."""
    root = lay_over(name, tmp_path / "report")

    found = [str(problem) for problem in find_problems(root)]

    compare(name, found, tmp_path)


def test_links_and_devices_are_problems_like_any_other(tmp_path: Path) -> None:
    """What cannot be kept in a repository is made here: it is named, and not followed."""
    root = lay_over_nothing(tmp_path)
    (root / "data" / "units.csv").rename(tmp_path / "units.csv")
    (root / "data" / "units.csv").symlink_to(tmp_path / "units.csv")
    os.mkfifo(root / "data" / "observations" / "pipe.csv")

    found = [f"{problem.place} {problem.code}" for problem in find_problems(root)]

    assert found == ["data/observations/pipe.csv:1:1 E103", "data/units.csv:1:1 E103"]


def run_check(root: Path) -> subprocess.CompletedProcess[str]:
    """`python build.py check` as typed, on the day of the tests."""
    command = [sys.executable, "build.py", "check", "--root", str(root)]
    # 24 November 2026, 12:00 UTC.
    environment = {**os.environ, "SOURCE_DATE_EPOCH": "1795521600"}
    return subprocess.run(
        command, cwd=PROJECT, env=environment, capture_output=True, text=True, check=False
    )


def test_forty_problems_in_many_files_come_out_in_one_run(tmp_path: Path) -> None:
    """The command prints all forty, sorted, ends with status 1, and writes nothing."""
    root = lay_over("forty", tmp_path / "report")
    before = sorted(path for path in tmp_path.rglob("*"))

    result = run_check(root)

    compare("forty", result.stdout.splitlines(), tmp_path)
    assert len(result.stdout.splitlines()) == 40
    assert (result.returncode, result.stderr) == (1, "40 problems found; nothing written\n")
    assert sorted(path for path in tmp_path.rglob("*")) == before


def test_a_report_without_problems_says_so(tmp_path: Path) -> None:
    """The command counts what it has checked and ends with status 0."""
    root = lay_over_nothing(tmp_path)

    result = run_check(root)

    assert (result.returncode, result.stderr) == (0, "")
    assert result.stdout.startswith("no problems: 64 observations, 12 series, 4 computed series")


def lay_over_nothing(folder: Path) -> Path:
    """The second report as it is."""
    return Path(shutil.copytree(SECOND, folder / "report"))


@pytest.mark.parametrize("name", NAMES)
def test_every_expected_line_has_its_form(name: str) -> None:
    """Place, code, what was found, and what to write instead."""
    for line in (CASES / name / "problems.txt").read_text().splitlines():
        assert re.fullmatch(r"[^:]+:[1-9][0-9]*:[1-9][0-9]*: E[0-9]{3} .+; .+", line)
