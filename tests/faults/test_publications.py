"""A publication whose git is killed, moved on or refused: all of it is online, or nothing."""

from __future__ import annotations

import json
import os
import shutil
import signal
from pathlib import Path

from tests.publication import Clone, commit_on_branch

WRAPPER = """#!/bin/sh
# Git, which kills whoever asks for one thing, before it is done or after.
case " $* " in
{cases}
esac
exec {git} "$@"
"""
KILL = """*" {what} "*) {before} {git} "$@"; {after} exit 0;;"""


def wrap_git(folder: Path, what: str, *, before: str = "", after: str = "") -> dict[str, str]:
    """Variables under which git does something more when it is asked for one thing."""
    git = shutil.which("git")
    assert git is not None
    case = KILL.format(what=what, before=before, git=git, after=after)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "git").write_text(WRAPPER.format(cases=case, git=git))
    (folder / "git").chmod(0o755)
    return {"PATH": f"{folder}{os.pathsep}{os.environ['PATH']}"}


PHASES = [
    (("--push",), "fast-import", "before", False),
    (("--push",), "push", "before", False),
    ((), "update-ref -m publish", "before", False),
    ((), "update-ref -m publish", "after", True),
    (("--push",), "push", "after", True),
]
"""Where it is killed, from which side, and whether the branch has moved by then."""


def test_a_killed_publication_leaves_the_branch_as_it_was(clone: Clone, tmp_path: Path) -> None:
    """Or as it is to be: never anything between; the next run does it, and sweeps."""
    commit_on_branch(clone, tmp_path / "other", "preview/pr-1/index.html", "x")
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    variables = {"TMPDIR": str(temporary)}
    for push, what, side, is_done in PHASES:
        before = clone.tip(here=not push)
        killing = "kill -9 $PPID; exit 1;" if side == "before" else "kill -9 $PPID;"
        environment = wrap_git(tmp_path / "bin", what, **{side: killing}) | variables
        status, _, _ = clone.build("publish", "2026", *push, environment=environment, apart=True)

        assert status == -signal.SIGKILL, (what, side)
        assert list(temporary.glob("report-site-*")) != [], "the kill came where folders are in use"
        tip = clone.tip(here=not push)
        assert (tip != before) is is_done, (what, side)
        if is_done:
            folder = clone.root if not push else clone.bare
            listed = clone.git("ls-tree", "-r", "--name-only", tip, folder=folder).splitlines()
            manifest = json.loads((clone.root / "data/editions/2026.manifest.json").read_text())
            whole = {path.replace("en/", "en/2026/", 1) for path in manifest["outputs"]}
            assert whole <= set(listed)
            assert clone.git("fsck", "--no-progress", "--no-dangling", folder=folder) == ""

    status, said, complaint = clone.build(
        "publish", "2026", "--push", environment=variables, apart=True
    )
    assert (status, complaint) == (0, "")
    assert said == "2026 is published as it is; gh-pages is unchanged\n"
    # What Python itself leaves of its processes, without a file in it, is not ours to sweep.
    left = [path for path in temporary.rglob("*") if path.is_file()]
    assert [*left, *temporary.glob("report-site-*")] == []


def test_a_branch_that_moves_meanwhile_is_followed(clone: Clone, tmp_path: Path) -> None:
    """A preview that is pushed while the edition is built and committed stays, and so does this."""
    commit_on_branch(clone, tmp_path / "other", "preview/pr-1/index.html", "x")
    work, once = tmp_path / "other", tmp_path / "once"
    who = "-c user.name=Other -c user.email=other@example.org"
    meanwhile = (
        f"unset GIT_DIR; mkdir {once} 2>/dev/null && (cd {work} && "
        f"{shutil.which('git')} {who} commit -q --allow-empty -m Meanwhile && "
        f"{shutil.which('git')} push -q origin gh-pages);"
    )
    environment = wrap_git(tmp_path / "bin", "push", before=meanwhile, after="exit $?;")

    status, said, complaint = clone.build("publish", "2026", "--push", environment=environment)

    assert (status, complaint) == (0, ""), said
    log = clone.git("log", "--format=%s", "gh-pages", folder=clone.bare).splitlines()
    assert log == ["Open the front doors", "Publish 2026 in en", "Meanwhile", "Other"]


def test_what_is_online_is_told_though_the_branch_here_is_not_moved(
    clone: Clone, tmp_path: Path
) -> None:
    """Nobody publishes again in fear; the command that follows is in the sentence."""
    environment = wrap_git(tmp_path / "bin", "update-ref -m publish", before="exit 1;")

    status, said, complaint = clone.build("publish", "2026", "--push", environment=environment)

    assert (status, said) == (3, "")
    assert f"Error: it is online, as {clone.tip()[:12]} at origin/gh-pages; but" in complaint
    assert complaint.endswith("git fetch origin gh-pages:gh-pages\n")
    assert "en/2026/index.html" in clone.files()
