"""Try the tests themselves: `python -m tests.audit [mutants [MODULE …] | branches | long]`.

Without arguments all three, as `make audit` does. Each tells what it found; the status says whether
all of them pass. Takes long, needs no network and leaves nothing in the working tree.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import click
from ruamel.yaml import YAML

from tests.audit import branches
from tests.audit.judgement import judge, read_accepted, write_table
from tests.audit.mutants import Untried, choose_subjects, copy_project, try_mutants
from tests.examples import PROJECT

SURVIVORS = Path(__file__).with_name("survivors.yml")
FAULT_MOMENTS = "40"
WIDER = ("tests/browser/test_access.py", "tests/browser/test_keyboard.py", "tests/test_markup.py")
"""Tests that look at more of each page, or at more pages, where they may take long."""


def audit_mutants(names: Sequence[str]) -> bool:
    """Whether the tests near each module notice enough of its mutants."""
    accepted = read_accepted(YAML(typ="safe", pure=True).load(SURVIVORS.read_text()) or [])
    subjects, tallies = choose_subjects(names), []
    with tempfile.TemporaryDirectory(prefix="mutants-") as folder:
        copy = copy_project(Path(folder))
        for name in subjects:
            begun = time.monotonic()
            try:
                tallies.append(try_mutants(name, copy))
            except Untried as error:
                click.echo(str(error), err=True)
            click.echo(f"{name}: {time.monotonic() - begun:.0f} s", err=True)
    verdict = judge(tallies, accepted)
    click.echo(write_table(tallies))
    for survivor in verdict.unlisted:
        click.echo(f"survives and is not listed: {survivor}")
    for survivor in verdict.gone:
        click.echo(f"listed and no survivor: {survivor}")
    return verdict.passes and len(tallies) == len(subjects)


def audit_branches(tests: Sequence[str]) -> bool:
    """Whether the whole suite takes enough of the branches of report/."""
    with tempfile.TemporaryDirectory(prefix="branches-") as folder:
        found, passed = branches.measure_branches(Path(folder), tests)
    if low := branches.write_low(found):
        click.echo(f"branches taken, modules below {branches.GATE} %:\n{low}")
    share = branches.share(found)
    click.echo(f"branches taken: {share:.1f} % of {sum(count for count, _ in found.values())}")
    return passed and share >= branches.GATE


def audit_long(tests: Sequence[str]) -> bool:
    """Whether more examples, all moments of a fault and all widths of a page pass as well."""
    trial = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider"]
    processes = ["-n", str(os.cpu_count() or 1)]
    runs = (
        [*trial, *processes, "-m", "hypothesis", *tests],
        [*trial, "-n", "0", "tests/faults"],
        [*trial, *processes, *WIDER],
    )
    with tempfile.TemporaryDirectory(prefix="examples-") as folder:
        long = {"HYPOTHESIS_PROFILE": "long", "HYPOTHESIS_STORAGE_DIRECTORY": folder}
        environ = os.environ | long | {"FAULT_MOMENTS": FAULT_MOMENTS}
        ended = [subprocess.run(run, cwd=PROJECT, env=environ, check=False) for run in runs]
    return not any(run.returncode for run in ended)


PARTS: dict[str, Callable[[Sequence[str]], bool]] = {
    "mutants": audit_mutants,
    "branches": audit_branches,
    "long": audit_long,
}


def main(arguments: Sequence[str]) -> int:
    """Run what is asked for; 1 if something does not pass, 2 where the question is wrong."""
    chosen, rest = (arguments[:1], arguments[1:]) if arguments else (list(PARTS), [])
    if not set(chosen) <= set(PARTS):
        click.echo(__doc__, err=True)
        return 2
    passed = {}
    for name in chosen:
        try:
            passed[name] = PARTS[name](rest)
        except ValueError as error:
            click.echo(str(error), err=True)
            return 2
        except subprocess.CalledProcessError as error:
            click.echo(f"{name}: {error}", err=True)
            passed[name] = False
    for name, passes in passed.items():
        click.echo(f"{name}: {'passes' if passes else 'does not pass'}")
    return 0 if all(passed.values()) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
