"""A report's data and words as they are in a folder or in a revision of its repository.

One of the few modules that touch the outside: it asks git for files, and puts them into a folder
that is gone afterwards. Nothing is checked out, no setting or hook of a repository is run, and what
a revision holds is only read. Knows nothing of what the files mean.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from report.problems import UsageError
from report.reading import list_inputs
from report.scratch import open_scratch
from report.writing import write_files

PARTS = ("data", "site_src")
"""What a report is made of beside the machine."""
FORMS = "templates"
"""Forms that a report has beside those of the machine."""
MACHINE = ("report", FORMS, "mkdocs.yml")
"""What composes and renders a report."""
LARGEST = 200 * 1024 * 1024
"""Bytes of all files of a revision together."""
_OWN = {"GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE"}
"""Variables that would lead to another repository, as within a hook."""
_PLAIN = {"100644", "100755"}


@dataclass(frozen=True, slots=True)
class Checkout:
    """One side of a comparison."""

    root: Path
    """The report folder."""
    name: str
    """As it was asked for; of the working tree empty."""
    words: str
    """What it is, in words."""
    commit: str = ""
    """The whole hash of a revision; of a folder and the working tree empty."""
    is_twin: bool = False
    """Whether a folder has the name of a revision as well."""
    is_tree: bool = False
    """Whether it is the working tree."""


@contextmanager
def open_checkout(name: str | None, root: Path, project: Path) -> Iterator[Checkout]:
    """A folder, a revision, or (without a name) the working tree of a report folder.

    Raises UsageError where there is nothing of that name, or it cannot be read.
    """
    if name is None:
        yield Checkout(root, "", _describe_tree(root), is_tree=True)
        return
    if not name.strip():
        raise UsageError("the name of a side is empty; write a revision or a folder")
    folder = Path(name)
    if (folder / "data").is_dir():
        twin = _has_revision(name, root)
        if not (folder / "report").is_dir():
            yield Checkout(folder.resolve(), name, f"the folder {name}", is_twin=twin)
            return
        # A whole project: its data by today's machine, so without its own forms.
        with _lay_out(_read_folder(name, folder)) as place:
            yield Checkout(place, name, f"the folder {name}", is_twin=twin)
        return
    if ".." in name:
        raise UsageError(f"{name!r} names a span; write two arguments, e.g. `diff {_split(name)}`")
    commit = _find_commit(name, root)
    parts = PARTS if root == project else (*PARTS, FORMS)
    with _lay_out(_read_files(name, commit, root, parts)) as place:
        yield Checkout(place, name, f"{name} ({commit[:12]})", commit)


def count_machine(old: Checkout, new: Checkout, project: Path) -> int:
    """How many files of the machine differ between two revisions of its own repository.

    Of a folder nothing is known; the working tree is compared as it is, without new files that
    no commit has.
    """
    if not old.commit or not (new.commit or new.is_tree):
        return 0
    commits = [commit for commit in (old.commit, new.commit) if commit]
    found = _ask(
        project,
        *("diff", "--no-ext-diff", "--no-textconv", "--name-only", "--no-renames", "-z"),
        *("--end-of-options", *commits, "--", *MACHINE),
    )
    return 0 if found.returncode else found.stdout.count(b"\0")


def _split(span: str) -> str:
    """Two arguments for a span of revisions as git writes them."""
    old, _, new = span.replace("...", "..").partition("..")
    return f"{old or 'HEAD'} {new or 'HEAD'}"


def _read_folder(name: str, folder: Path) -> dict[str, bytes]:
    """The files of a report within a project, as `reading` would see them, and as many."""
    paths = [path for part in PARTS for path in list_inputs(folder / part)]
    _refuse_size(name, sum(path.stat().st_size for path in paths))
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


def _refuse_size(name: str, size: int) -> None:
    if size > LARGEST:
        raise UsageError(f"{name!r} holds {size:,} bytes; at most {LARGEST:,} are read")


@contextmanager
def _lay_out(files: dict[str, bytes]) -> Iterator[Path]:
    with open_scratch() as folder:
        place = folder / "report"
        place.mkdir()
        write_files(place, files)
        yield place


# Git.


def _ask(root: Path, *words: str, given: bytes = b"") -> subprocess.CompletedProcess[bytes]:
    """What git says; raises UsageError where there is no git."""
    environment = {name: value for name, value in os.environ.items() if name not in _OWN}
    environment |= {
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "LC_ALL": "C.UTF-8",
    }
    try:
        return subprocess.run(  # noqa: S603 - a fixed program; a revision's name is no option
            ["git", "-c", "core.hooksPath=", "-c", "core.fsmonitor=", *words],  # noqa: S607
            cwd=root,
            env=environment,
            input=given,
            capture_output=True,
            check=False,
        )
    except OSError as error:
        what = f"git cannot be run ({error.strerror}), so no revision can be read"
        raise UsageError(f"{what}; name a folder instead") from None


def _has_revision(name: str, root: Path) -> bool:
    try:
        words = ("--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
        return not _ask(root, "rev-parse", *words).returncode
    except UsageError:  # there is no git, so no revision either
        return False


def _find_commit(name: str, root: Path) -> str:
    """The whole hash of a revision's commit."""
    inside = _ask(root, "rev-parse", "--is-shallow-repository")
    if inside.returncode:
        what = f"there is no folder {name!r} with data/, and {root} lies in no git repository"
        if b"dubious ownership" in inside.stderr:
            what = f"git does not trust the owner of {root}, so {name!r} cannot be read"
        raise UsageError(f"{what}; name a folder that holds data/")
    found = _ask(root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}")
    if found.returncode:
        what = f"there is no revision {name!r} here, nor a folder of this name with data/"
        if inside.stdout.strip() == b"true":
            way = "this checkout is shallow: run `git fetch --unshallow`, or fetch that revision"
        else:
            way = "run `git fetch`, or name a revision that `git log` shows"
        raise UsageError(f"{what}; {way}")
    return found.stdout.decode().strip()


def _read_files(name: str, commit: str, root: Path, parts: Sequence[str]) -> dict[str, bytes]:
    """The files of a revision below a report folder, by path below it."""
    prefix = _ask(root, "rev-parse", "--show-prefix").stdout.decode().strip()
    wanted = [f"{prefix}{part}" for part in parts]
    listed = _ask(root, "ls-tree", "-r", "-z", "-l", "--full-tree", commit, "--", *wanted)
    if listed.returncode:
        raise _refuse(name, listed.stderr)
    entries: dict[str, str] = {}
    size = 0
    for line in filter(None, listed.stdout.decode(errors="surrogateescape").split("\0")):
        head, _, path = line.partition("\t")
        mode, _, key, length = head.split()
        short = path.removeprefix(prefix)
        if mode not in _PLAIN:
            what = f"{name!r} holds {short}, which is a link or another repository"
            raise UsageError(f"{what}; name a revision with plain files only")
        entries[short] = key
        size += int(length) if length.isdigit() else 0
    if not any(PurePosixPath(path).parts[0] == "data" for path in entries):
        where = prefix or "its root"
        raise UsageError(f"{name!r} has no data/ in {where}; name a revision that has it")
    _refuse_size(name, size)
    return _read_blobs(name, root, entries)


def _read_blobs(name: str, root: Path, entries: dict[str, str]) -> dict[str, bytes]:
    """The content of each file; what attributes of the repository would do to it is not done."""
    keys = "".join(f"{key}\n" for key in entries.values()).encode()
    answer = _ask(root, "cat-file", "--batch", given=keys)
    if answer.returncode:
        raise _refuse(name, answer.stderr)
    files, rest, at = {}, answer.stdout, 0
    for path in entries:
        end = rest.find(b"\n", at)
        words = rest[at:end].split()
        if len(words) != 3:
            raise _refuse(name, rest[at:end])
        start, length = end + 1, int(words[2])
        files[path] = rest[start : start + length]
        at = start + length + 1
    return files


def _refuse(name: str, said: bytes) -> UsageError:
    words = " ".join(said.decode(errors="replace").split()) or "git gives no reason"
    return UsageError(f"{name!r} cannot be read ({words}); fetch it again, or name a folder")


def _describe_tree(root: Path) -> str:
    """The working tree, with how much of it is in no commit."""
    try:
        found = _ask(root, "status", "--porcelain", "-z", "--", *PARTS, FORMS)
    except UsageError:
        return "the working tree"
    if found.returncode:
        return f"the folder {root.name}"
    count = sum(1 for entry in found.stdout.split(b"\0") if entry[2:3] == b" ")
    if not count:
        return "the working tree"
    return f"the working tree ({count} file{'s' if count != 1 else ''} not committed)"
