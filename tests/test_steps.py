"""Steps of workflows run as they stand in the file, on a remote of this machine."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from report.archives import pack_files
from tests.examples import PROJECT
from tests.test_policies import SOUND
from tests.workflows import find_shell, find_step


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
