"""The repository's workflows as their files have them: jobs, steps, and the shell of each."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

from tests.examples import PROJECT

FOLDER = PROJECT / ".github" / "workflows"
WORKFLOWS = sorted(FOLDER.glob("*.yml"))


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


def find_shell(workflow: str, job: str, name: str) -> list[str]:
    """The command with which a runner runs a step: that of `bash`, where the file names it."""
    steps = find_job(workflow, job)["steps"]
    step = next(step for step in steps if step.get("name") == name)
    shell = step.get("shell")
    for level in (find_job(workflow, job), read(FOLDER / f"{workflow}.yml")):
        shell = shell or level.get("defaults", {}).get("run", {}).get("shell")
    assert shell in {None, "bash"}
    return ["bash", "--noprofile", "--norc", "-eo", "pipefail"] if shell else ["bash", "-e"]
