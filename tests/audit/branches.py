"""Which branches of report/ the tests take, in all processes that they start.

The whole suite runs under coverage.py; a builder's workers and its commands are measured by the
same settings. The data lie in a temporary folder.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tests.examples import PROJECT

LEFT_OUT = (
    "tests/derive/test_risk.py::test_four_times_the_days_take_four_times_as_long",
    "tests/test_documents.py::test_an_alias_bomb_is_refused_at_once",
    "tests/test_documents.py::test_deep_nesting_is_refused_quickly",
    "tests/faults/test_builds.py::test_a_disk_that_refuses_is_said_in_one_sentence",
)
"""Tests of time, which what is measured cannot pass; and one in which no measure can be kept."""
GATE = 95
"""Of a hundred branches of report/, how many at least some test must take."""
SETTINGS = """
[run]
branch = true
parallel = true
source = {source}
data_file = {data}
concurrency = multiprocessing, thread
patch = subprocess, _exit
sigterm = true
disable_warnings = no-data-collected, module-not-measured, module-not-imported
[report]
exclude_also =
    if TYPE_CHECKING:
    @overload
"""


def measure_branches(
    place: Path, tests: Sequence[str] = ()
) -> tuple[dict[str, tuple[int, int]], bool]:
    """How many branches each module has and how many were taken; and whether all tests passed."""
    settings = place / "coverage.ini"
    settings.write_text(SETTINGS.format(source=PROJECT / "report", data=place / "coverage"))
    coverage = [sys.executable, "-m", "coverage"]
    options = ["-q", "-p", "no:cacheprovider", "-n", str(os.cpu_count() or 1)]
    options += [option for name in LEFT_OUT for option in ("--deselect", name)]
    rest = [f"--rcfile={settings}"]
    done = subprocess.run(
        [*coverage, "run", *rest, "-m", "pytest", *options, *tests],
        cwd=PROJECT,
        env=os.environ | {"HYPOTHESIS_STORAGE_DIRECTORY": str(place / "examples")},
        check=False,
    )
    found = place / "coverage.json"
    for step in (["combine", "--quiet", *rest], ["json", "--quiet", *rest, "-o", str(found)]):
        subprocess.run([*coverage, *step], cwd=PROJECT, check=True)
    return read_branches(json.loads(found.read_text())), done.returncode == 0


def read_branches(
    measured: dict[str, dict[str, dict[str, dict[str, int]]]],
) -> dict[str, tuple[int, int]]:
    """Branches and taken branches by module, from coverage.py's JSON."""
    return {
        path: (file["summary"]["num_branches"], file["summary"]["covered_branches"])
        for path, file in measured["files"].items()
    }


def share(branches: dict[str, tuple[int, int]]) -> float:
    """Taken branches in per cent of all."""
    whole = sum(count for count, _ in branches.values())
    return 100 * sum(taken for _, taken in branches.values()) / whole if whole else 0.0


def write_low(branches: dict[str, tuple[int, int]]) -> str:
    """The modules below the gate, those that miss most first."""
    low = {
        path: (count, taken)
        for path, (count, taken) in branches.items()
        if taken * 100 < count * GATE
    }
    order = sorted(low, key=lambda path: (low[path][1] - low[path][0], path))
    return "\n".join(f"  {path}: {low[path][1]} of {low[path][0]}" for path in order)
