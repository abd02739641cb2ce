"""Previews of changes: packed where a change is built, unpacked and shown where it is not trusted.

One of the few modules that touch the outside: files, and a branch of pages that is written through
git without checking it out. A preview lies in `preview/pr-<number>/` of that branch. Others write
to the branch at the same time, so what was refused for being late is made anew on the newest state;
nothing is ever forced.
"""

from __future__ import annotations

import os
import re
import subprocess
from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from report.archives import MOST_PACKED, ArchiveRefused, pack_files, unpack_files
from report.notices import mark_preview
from report.policies import add_policy, find_policy_end
from report.problems import UsageError, WriteFailed
from report.reading import list_inputs
from report.scratch import open_scratch
from report.writing import stage, write_files, write_whole

FOLDER = "preview"
"""Where previews lie on the branch."""
_PREVIEW = re.compile(r"pr-([1-9][0-9]{0,8})", re.ASCII)
_COMMIT = re.compile(r"[0-9a-f]{12,64}", re.ASCII)
_TRIES = 6
_SETTINGS = (
    *("-c", "core.autocrlf=false", "-c", "core.attributesFile=", "-c", "core.hooksPath="),
    *("-c", "user.name=previews", "-c", "user.email=previews@invalid"),
)
"""The same bytes whatever the machine's settings are; nobody in person has made the commit."""


def pack_site(site: Path, archive: Path, extra: Mapping[str, Path]) -> int:
    """Pack a site, and other folders below it by name, into an archive; gives how many files.

    It is judged here as it will be where it is shown, so that whoever builds it learns of it first:
    raises ArchiveRefused with all that is wrong.
    """
    files = {}
    for below, folder in {"": site, **extra}.items():
        if not folder.is_dir():
            raise UsageError(f"{folder} is no folder; build it first")
        for path in list_inputs(folder):
            name = path.relative_to(folder).as_posix()
            files[f"{below}/{name}" if below else name] = path.read_bytes()
    for name in [name for name in files if name.endswith(".html")]:
        html = files[name].decode("utf-8", errors="replace")
        if not find_policy_end(html):
            files[name] = add_policy(html).encode()
    packed = pack_files(files)
    unpack_files(packed)
    write_whole(archive, packed)
    return len(files)


def unpack_site(archive: Path, folder: Path) -> int:
    """Unpack an archive that nobody vouches for, marked as a preview; gives how many files.

    All of it is judged before anything is written; raises ArchiveRefused with all that is wrong.
    """
    try:
        with archive.open("rb") as file:
            packed = file.read(MOST_PACKED + 1)
    except OSError as error:
        raise UsageError(f"{archive} cannot be read: {error.strerror}") from None
    files = unpack_files(packed)
    pages = mark_preview(files)
    if "index.html" not in files:
        raise ArchiveRefused(["it has no index.html"])
    with stage(folder) as staging:
        write_files(staging, pages)
    return len(pages)


def describe_preview(url: str, number: int, commit: str, *, removed: bool = False) -> str:
    """The words in which a change is told of its preview, in Markdown.

    `url` is where the pages are published. Nothing that the change itself has written goes in.
    """
    if not _COMMIT.fullmatch(commit):
        raise UsageError(f"{commit!r} is no hash of a commit")
    where = f"{url}{FOLDER}/pr-{number}/"
    if removed:
        return f"The preview of this change is removed. It last showed {commit}.\n"
    return (
        f"**[Preview]({where})** and **[what the change does to the figures]({where}diff/)**, "
        f"built from {commit}.\n\n"
        "The preview is not published, is not for search engines, and is removed when this is "
        "closed. It may take a minute to appear.\n"
    )


# The branch of pages.


def place_preview(repository: Path, folder: Path, number: int, remote: str, branch: str) -> str:
    """Put a folder in the place of a change's preview on the branch; says what was done."""
    content = _write_tree(repository, folder)
    name = f"{FOLDER}/pr-{number}"

    def change(git: _Git) -> None:
        git.run("rm", "-r", "--cached", "--quiet", "--ignore-unmatch", "--", f"{name}/")
        git.run("read-tree", f"--prefix={name}/", content)

    return _change(repository, remote, branch, f"Show the preview of #{number}", change)


def remove_previews(
    repository: Path, remote: str, branch: str, *, wanted: Callable[[int], bool]
) -> str:
    """Remove the previews of the changes whose numbers are wanted gone; says what was done."""

    def change(git: _Git) -> None:
        listed = git.run("ls-files", "--", f"{FOLDER}/").splitlines()
        for name in sorted({path.split("/")[1] for path in listed}):
            found = _PREVIEW.fullmatch(name)
            if found is not None and wanted(int(found[1])):
                git.run("rm", "-r", "--cached", "--quiet", "--", f"{FOLDER}/{name}/")

    return _change(repository, remote, branch, "Remove previews of closed changes", change)


def remove_others(repository: Path, remote: str, branch: str, kept: Collection[int]) -> str:
    """Remove all previews but those of the changes that are still open."""
    return remove_previews(repository, remote, branch, wanted=lambda number: number not in kept)


class _Git:
    """Git on a repository, with an index of its own so that no work of anybody's is touched."""

    def __init__(self, repository: Path, index: Path) -> None:
        self.repository = repository
        self.index = index

    def run(self, *arguments: str, folder: Path | None = None) -> str:
        """What a command says; raises WriteFailed with what it complains of."""
        done = self.attempt(*arguments, folder=folder)
        if done.returncode:
            said = " ".join(done.stderr.split()) or f"status {done.returncode}"
            raise WriteFailed(f"git {arguments[0]}: {said}")
        return done.stdout.strip()

    def attempt(
        self, *arguments: str, folder: Path | None = None
    ) -> subprocess.CompletedProcess[str]:
        """A command that may fail."""
        where = [f"--work-tree={folder}"] if folder else []
        inherited = {k: v for k, v in os.environ.items() if k not in {"GIT_DIR", "GIT_WORK_TREE"}}
        environment = inherited | {
            "GIT_INDEX_FILE": str(self.index),
            "GIT_TERMINAL_PROMPT": "0",
            "LC_ALL": "C.UTF-8",
        }
        try:
            return subprocess.run(  # noqa: S603 - a fixed program with words of our own
                ["git", *_SETTINGS, *where, *arguments],  # noqa: S607 - the machine's git
                cwd=folder or self.repository,
                env=environment | ({"GIT_DIR": self._find_folder()} if folder else {}),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=False,
            )
        except OSError as error:
            raise WriteFailed(f"git cannot be run: {error.strerror}") from error

    def _find_folder(self) -> str:
        return self.run("rev-parse", "--absolute-git-dir")


@contextmanager
def _open(repository: Path) -> Iterator[_Git]:
    with open_scratch() as folder:
        yield _Git(repository, folder / "index")


def _write_tree(repository: Path, folder: Path) -> str:
    """A folder's files as a tree of the repository: all of them, whatever is ignored elsewhere."""
    if not folder.is_dir():
        raise UsageError(f"{folder} is no folder; unpack a preview into it first")
    with _open(repository) as git:
        git.run("add", "--all", "--force", ".", folder=folder.resolve())
        return git.run("write-tree")


def _change(
    repository: Path, remote: str, branch: str, subject: str, change: Callable[[_Git], None]
) -> str:
    """Change the branch's files by one commit; made anew when somebody else was faster."""
    said = ""
    for _ in range(_TRIES):
        with _open(repository) as git:
            tip = _fetch(git, remote, branch)
            if tip:
                git.run("read-tree", tip)
            change(git)
            _keep_plain(git)
            tree = git.run("write-tree")
            if tip and tree == git.run("rev-parse", f"{tip}^{{tree}}"):
                return f"{branch} is as it should be"
            parents = ["-p", tip] if tip else []
            commit = git.run("commit-tree", tree, *parents, "-m", subject)
            pushed = git.attempt("push", "--quiet", remote, f"{commit}:refs/heads/{branch}")
            if not pushed.returncode:
                return f"{subject.lower()}: {branch} is at {commit[:12]}"
            said = " ".join(pushed.stderr.split())
    raise WriteFailed(f"{branch} could not be pushed in {_TRIES} tries: {said}")


def _fetch(git: _Git, remote: str, branch: str) -> str:
    """The newest commit of the branch; nothing where there is no such branch yet."""
    if not git.run("ls-remote", "--heads", remote, f"refs/heads/{branch}"):
        return ""
    shallow = git.run("rev-parse", "--is-shallow-repository") == "true"
    depth = ["--depth=1"] if shallow else []  # never makes a whole repository shallow
    git.run("fetch", "--quiet", "--no-tags", *depth, remote, f"refs/heads/{branch}")
    return git.run("rev-parse", "FETCH_HEAD")


def _keep_plain(git: _Git) -> None:
    """Have the files served as they are, whoever writes to the branch first."""
    if git.run("ls-files") and not git.run("ls-files", "--", ".nojekyll"):
        empty = git.run("hash-object", "-w", "--stdin")
        git.run("update-index", "--add", "--cacheinfo", f"100644,{empty},.nojekyll")
