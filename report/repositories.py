"""Git: the branch of pages found, copied into a repository of its own, and moved in one step.

One of the few modules that touch the outside. All changes are made in a repository in a temporary
folder; the branch moves at the end, only from where it stood, so that a killed run leaves it as it
was. Knows nothing of editions, or of what the branch holds.
"""

from __future__ import annotations

import contextlib
import os
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from report.problems import UsageError, WriteFailed
from report.scratch import open_scratch

_QUIET = ("-c", "core.hooksPath=", "-c", "core.autocrlf=false", "-c", "gc.auto=0")
ORIGIN = "origin"
"""The remote that is asked where there is one; without it a branch can be written here alone."""
PAGES = "pages"
"""The branch of the temporary repository that is worked on."""


class BranchMoved(WriteFailed):
    """Somebody else has moved the branch since its base was found; nothing is done."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where an edition is published."""

    remote: str = ORIGIN
    branch: str = "gh-pages"
    push: bool = False
    """Whether the branch moves at the remote as well, or in this repository alone."""


@dataclass(frozen=True, slots=True)
class Git:
    """Git on one repository."""

    folder: Path
    is_bare: bool = False

    def run(self, *arguments: str, check: bool = True, strip: bool = True) -> str:
        """What a command says; raises WriteFailed with what it complains of."""
        command = ["git", *_QUIET, *arguments]
        own = {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"}
        environment = {name: value for name, value in os.environ.items() if name not in own}
        environment |= {
            "GIT_OPTIONAL_LOCKS": "0",  # to ask for a state writes nothing
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C.UTF-8",
        }
        if self.is_bare:
            environment["GIT_DIR"] = str(self.folder)
        try:
            done = subprocess.run(  # noqa: S603 - a fixed program with words of our own
                command,
                cwd=self.folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                capture_output=True,
                encoding="utf-8",
                errors="surrogateescape",
                check=False,
            )
        except OSError as error:
            raise WriteFailed(f"git cannot be run: {error.strerror}") from error
        if done.returncode and check:
            said = " ".join(done.stderr.split()) or f"status {done.returncode}"
            raise WriteFailed(f"git {arguments[0]}: {said}")
        if done.returncode:
            return ""
        return done.stdout.strip() if strip else done.stdout

    def list_names(self, *arguments: str, check: bool = True) -> list[str]:
        """What a command lists that was told `-z`: names as they are, none of them quoted."""
        listed = self.run(*arguments, check=check, strip=False).split("\0")
        return [name for name in listed if name]


def find_identity(git: Git) -> dict[str, str]:
    """Name and address of who commits, as variables for git; raises WriteFailed without them."""
    found: dict[str, str] = {}
    for key, setting in (("NAME", "user.name"), ("EMAIL", "user.email")):
        value = os.environ.get(f"GIT_COMMITTER_{key}") or git.run("config", setting, check=False)
        if not value:
            message = f"git does not know who commits; tell it by: git config {setting} …"
            raise WriteFailed(message)
        found |= {f"GIT_COMMITTER_{key}": value, f"GIT_AUTHOR_{key}": value}
    return found


def refuse_stranger(git: Git) -> None:
    """Raises WriteFailed for a folder that is in no repository."""
    if not git.run("rev-parse", "--git-dir", check=False):
        raise WriteFailed(
            f"{git.folder} is in no git repository; publish from a clone of the report"
        )


def list_uncommitted(git: Git, wanted: Sequence[str], needed: Sequence[str]) -> list[str]:
    """Files that are in no commit as they are, by path below the folder.

    `wanted` are pathspecs below it; `needed` are files that must be in the commit, whatever is
    ignored.
    """
    prefix = git.run("rev-parse", "--show-prefix")
    status = ("status", "--porcelain=v1", "-z", "--no-renames", "--untracked-files=all")
    listed = git.list_names(*status, "--", *wanted)
    found = {entry[3:].removeprefix(prefix) for entry in listed}
    kept = git.list_names("ls-tree", "-z", "--name-only", "HEAD", "--", *needed, check=False)
    return sorted(found | {*needed} - {*kept})


def refuse_checkout(git: Git, target: Target) -> None:
    """Raises WriteFailed where the branch is checked out, here or in a folder beside."""
    listed = git.run("worktree", "list", "--porcelain").splitlines()
    if f"branch refs/heads/{target.branch}" in listed:
        message = f"{target.branch} is checked out here; go to another branch and publish again"
        raise WriteFailed(message)


def find_base_commit(git: Git, target: Target) -> str:
    """The newest commit of the branch, here or at the remote; empty where there is none yet.

    Raises WriteFailed where both have gone ways of their own, UsageError for no such remote.
    """
    here = git.run("rev-parse", "--verify", "--quiet", f"refs/heads/{target.branch}", check=False)
    there = _fetch(git, target)
    if not there or here == there:
        return here
    if not here or _is_ancestor(git, here, there):
        return there
    if _is_ancestor(git, there, here):
        return here
    message = (
        f"{target.branch} here and at {target.remote} have diverged; see which is right, then "
        f"git branch --force {target.branch} {target.remote}/{target.branch}"
    )
    raise WriteFailed(message)


def _fetch(git: Git, target: Target) -> str:
    """The remote's commit of the branch, fetched; empty where it has none."""
    if target.remote not in git.run("remote").split():
        if target.push or target.remote != ORIGIN:
            message = (
                f"there is no remote {target.remote!r}; git remote add {target.remote} ADDRESS"
            )
            raise UsageError(message)
        return ""
    ref = f"refs/heads/{target.branch}"
    if not git.run("ls-remote", "--heads", target.remote, ref):
        return ""
    git.run("fetch", "--quiet", "--no-tags", target.remote, ref)
    return git.run("rev-parse", "FETCH_HEAD")


def is_behind(git: Git, target: Target, tip: str) -> bool:
    """Whether a push was asked for and the remote does not stand at a commit yet."""
    return target.push and _fetch(git, target) != tip


def _is_ancestor(git: Git, older: str, newer: str) -> bool:
    return git.run("merge-base", older, newer, check=False) == older


@contextlib.contextmanager
def copy_branch(git: Git, base: str, identity: Mapping[str, str]) -> Iterator[Git]:
    """A repository of its own that has the branch as it stands; gone afterwards.

    It borrows the objects of the first one, and mike finds it, and who commits, by variables.
    """
    with open_scratch() as folder:
        pages = Git(folder, is_bare=True)
        pages.run("init", "--quiet", "--bare", ".")
        pages.run("config", "core.quotePath", "false")  # mike reads names as git lists them
        objects = git.run("rev-parse", "--path-format=absolute", "--git-path", "objects")
        (pages.folder / "objects" / "info" / "alternates").write_text(objects + "\n")
        if base:
            pages.run("update-ref", f"refs/heads/{PAGES}", base)
        before = {name: os.environ.get(name) for name in ("GIT_DIR", *identity)}
        os.environ.update({"GIT_DIR": str(folder), **identity})
        try:
            yield pages
        finally:
            for name, value in before.items():
                if value is None:
                    os.environ.pop(name, None)
                else:
                    os.environ[name] = value


def move_branch(git: Git, pages: Git, tip: str, target: Target) -> None:
    """Let the branch stand at a new commit: at the remote by one push, then here.

    Nothing is forced: raises BranchMoved where somebody else has published in between.
    """
    ref = f"refs/heads/{target.branch}"
    refuse_checkout(git, target)
    git.run("fetch", "--quiet", "--no-tags", str(pages.folder), tip)  # moves no branch
    was = git.run("rev-parse", "--verify", "--quiet", ref, check=False)
    if was and not _is_ancestor(git, was, tip):
        raise BranchMoved(f"{target.branch} has moved here since")
    if target.push:
        _push(git, tip, target)
    try:
        git.run("update-ref", "-m", "publish", ref, tip, was or "0" * len(tip))
    except WriteFailed as error:
        if not target.push:
            raise
        here = f"{target.branch} of this repository is not moved ({error})"
        way = f"git fetch {target.remote} {target.branch}:{target.branch}"
        online = f"it is online, as {tip[:12]} at {target.remote}/{target.branch}"
        raise WriteFailed(f"{online}; but {here}; {way}") from error


def _push(git: Git, tip: str, target: Target) -> None:
    ref = f"refs/heads/{target.branch}"
    try:
        git.run("push", "--quiet", "--atomic", target.remote, f"{tip}:{ref}")
    except WriteFailed as error:
        there = _fetch(git, target)
        if there and not _is_ancestor(git, there, tip):
            raise BranchMoved(f"{target.branch} has moved at {target.remote} since") from error
        raise
