"""Mutants of the modules that carry numbers and safety, made and tried by mutmut in a copy.

Knows which tests lie near a module, and runs only those. Nothing is written into the working tree.
"""

from __future__ import annotations

import ast
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.audit.judgement import Survivor, Tally, read_change
from tests.examples import PROJECT

LEFT = ("benchmarks", "docs", "node_modules")
"""Folders that no test near these modules reads."""
NOTICED = {"killed", "timeout", "caught by type check"}
"""What mutmut says of a mutant that does not pass; one that hangs is noticed as well."""
SETTINGS = """
[tool.mutmut]
source_paths = ["report"]
only_mutate = {modules}
also_copy = ["build.py", "data", "mkdocs.yml", "site_src", "templates"]
pytest_add_cli_args_test_selection = {tests}
pytest_add_cli_args = [
  "-p", "no:cacheprovider", "-p", "no:xdist", "-p", "tests.audit.quickest"{timed}
]
process_isolation = "forkserver" # fork would hand on what tests have cached
use_git_change_detection = false
track_dependencies = false
"""

SHOW = """
import sys
from mutmut.__main__ import cli
for name in sys.argv[1:]:
    cli.main(["show", name], standalone_mode=False)
"""
"""`mutmut show` for each of the arguments, imported once."""


@dataclass(frozen=True)
class Subject:
    """Modules that are tried together, as patterns of paths, and the tests near them."""

    modules: tuple[str, ...]
    tests: tuple[str, ...]
    timed: str = ""
    """A test of time, which mutants cannot pass since each call of theirs takes a way round."""


CASES_OF_WORDS = tuple(
    f"tests/test_cases.py::test_a_case_gives_exactly_its_problems[{name}]"
    for name in ("bindings", "captions", "folders", "links", "placement", "prose", "words")
)
"""Those that a check of facts alone cannot give; each reads and judges a whole report."""
SUBJECTS = {
    "editions": Subject(("report/editions.py",), ("tests/test_editions.py",)),
    "vintages": Subject(("report/vintages.py",), ("tests/test_vintages.py",)),
    "text": Subject(("report/text.py",), ("tests/test_text.py",)),
    "reading": Subject(("report/reading.py",), ("tests/test_reading.py",)),
    "progress": Subject(("report/progress.py",), ("tests/test_progress.py",)),
    "recollections": Subject(("report/recollections.py",), ("tests/test_recollections.py",)),
    "claims": Subject(("report/claims.py",), ("tests/test_claims.py", "tests/test_findings.py")),
    "revisions": Subject(
        ("report/revisions.py",), ("tests/test_revisions.py", "tests/test_differences.py")
    ),
    "derive": Subject(
        ("report/derive/*",),
        ("tests/derive",),
        timed="tests/derive/test_risk.py::test_four_times_the_days_take_four_times_as_long",
    ),
    "checking": Subject(
        ("report/checking.py", "report/checks/*"),
        ("tests/test_checking.py", "tests/checks", *CASES_OF_WORDS),
    ),
}


class Untried(Exception):
    """The tests near a module fail without any mutant, or mutmut could not run them."""


def copy_project(place: Path) -> Path:
    """What git knows or would know of the working tree, as it lies there."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    copy = place / "project"
    for name in listed.split("\0"):
        source = PROJECT / name
        if name and name.partition("/")[0] not in LEFT and source.is_file():
            target = copy / name
            target.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(source, target)
    return copy


def try_mutants(name: str, copy: Path) -> Tally:
    """Make all mutants of a subject in a copy of the project and run the tests near it on each."""
    subject = SUBJECTS[name]
    shutil.rmtree(copy / "mutants", ignore_errors=True)
    for module in (path for pattern in subject.modules for path in copy.glob(pattern)):
        module.write_text(set_decorators_apart((PROJECT / module.relative_to(copy)).read_text()))
    settings = SETTINGS.format(
        modules=json.dumps(subject.modules),
        tests=json.dumps(subject.tests),
        timed=f', "--deselect", "{subject.timed}"' if subject.timed else "",
    )
    (copy / "pyproject.toml").write_text((PROJECT / "pyproject.toml").read_text() + settings)
    processes = str(os.cpu_count() or 1)
    done = _run_mutmut(copy, "run", "--max-children", processes)
    if done.returncode != 0:
        raise Untried(f"{name}: {(done.stdout + done.stderr)[-3000:]}")
    statuses = dict(_read_statuses(_run_mutmut(copy, "results", "--all", "true").stdout))
    left = [mutant for mutant, status in statuses.items() if status not in NOTICED]
    survivors = tuple(read_survivors(_run(copy, "-c", SHOW, *left).stdout))
    if len(survivors) != len(left):
        raise Untried(f"{name}: of {len(left)} mutants only {len(survivors)} could be shown")
    return Tally(name, len(statuses), survivors)


def set_decorators_apart(code: str) -> str:
    """The same module with `f = decorate(f)` below each function that had `@decorate` above.

    mutmut leaves decorated functions alone, and each operation on series is one.
    """
    lines = code.splitlines(keepends=True)
    decorated = [
        node
        for node in ast.parse(code).body
        if isinstance(node, ast.FunctionDef) and node.decorator_list
    ]
    for node in reversed(decorated):
        first, last = node.decorator_list[0].lineno - 1, node.end_lineno or node.lineno
        calls = [ast.get_source_segment(code, found) for found in node.decorator_list]
        below = [f"{node.name} = {call}({node.name})\n" for call in reversed(calls)]
        lines[first:last] = [*lines[node.lineno - 1 : last], *below]
    return "".join(lines)


def _run_mutmut(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Mutmut on the copy."""
    return _run(copy, "-m", "mutmut", *arguments)


def _run(copy: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Python in the copy, whose tests ask only whether something fails."""
    scratch = copy.parent / "scratch"
    scratch.mkdir(exist_ok=True)
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=copy,
        env=os.environ | {"HYPOTHESIS_PROFILE": "mutants", "TMPDIR": str(scratch)},
        capture_output=True,
        text=True,
        check=False,
    )


def _read_statuses(said: str) -> Iterator[tuple[str, str]]:
    """The mutants and what became of them, as `mutmut results` lists them."""
    for line in said.splitlines():
        name, _, status = line.strip().rpartition(": ")
        if "__mutmut_" in name:
            yield name, status


def read_survivors(said: str) -> Iterator[Survivor]:
    """What mutants change, and where, as `mutmut show` tells of each."""
    for part in re.split(r"^# (?=\S+__mutmut_\d+: )", said, flags=re.MULTILINE)[1:]:
        path = re.search(r"^--- (.+)$", part, re.MULTILINE)
        function = re.match(r"\S+\.x[_ǁ]([^.\s]+)__mutmut_\d+: ", part)
        if path is None or function is None:
            raise Untried(f"what a mutant changes cannot be read: {part}")
        yield Survivor(path[1], function[1].replace("ǁ", "."), *read_change(part))


def choose_subjects(names: Sequence[str]) -> list[str]:
    """The subjects that were named, or all of them."""
    unknown = sorted(set(names) - set(SUBJECTS))
    if unknown:
        raise ValueError(f"{', '.join(unknown)}: none of {', '.join(SUBJECTS)}")
    return list(names) or list(SUBJECTS)
