"""Files put on disk so that a reader sees the old whole or the new whole, never a part.

One of the few modules that touch the outside. Everything is written into a staging folder beside
the target and swapped in when it is whole, under a lock that the system lets go of when a process
dies. Knows nothing of what it writes.
"""

from __future__ import annotations

import contextlib
import ctypes
import errno
import fcntl
import glob
import json
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

from report.interrupts import hold_signals
from report.problems import WriteFailed

MARKER = ".report-site.json"
"""The file by which a folder is known to be a site that may be replaced."""
_AT_FDCWD, _RENAME_EXCHANGE = -100, 2


@contextlib.contextmanager
def stage(target: Path) -> Iterator[Path]:
    """A staging folder that replaces `target` when the block ends well, and is gone otherwise.

    Raises WriteFailed where the disk refuses, another run holds the lock, or `target` is a folder
    that no earlier run has made.
    """
    sweep_beside(target)
    with contextlib.ExitStack() as held, _make_parents(target), _lock(target):
        _recover(target)
        _refuse_foreign(target)
        with _open_staging(target) as staging:
            yield staging
            held.enter_context(hold_signals())
            _swap(staging, target)


@contextlib.contextmanager
def _make_parents(target: Path) -> Iterator[None]:
    """Have folders above a target; those that lacked go again if nothing has come to lie there."""
    made: list[Path] = []
    try:
        try:
            _refuse_foreign(target)
            made += [folder for folder in target.parents if not folder.exists()]
            target.parent.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explain(error, target.parent) from error
        yield
    finally:
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()


@contextlib.contextmanager
def open_beside(target: Path) -> Iterator[Path]:
    """A folder beside `target` for work on the side, for one run at a time.

    It is gone afterwards, and after a killed run gone with the next one. Raises WriteFailed as
    `stage` does.
    """
    with _lock(target):
        _sweep(target)
        with _open_staging(target) as staging:
            yield staging


@contextlib.contextmanager
def _open_staging(target: Path) -> Iterator[Path]:
    staging = target.parent / f".{target.name}.staging-{os.getpid()}"
    try:
        staging.mkdir()
        yield staging
    except OSError as error:
        raise explain(error, staging) from error
    finally:
        _sweep(target)


def explain(error: OSError, path: Path) -> WriteFailed:
    """One sentence on why the outside world refused, and where."""
    where, why = error.filename or path, error.strerror
    if isinstance(error, shutil.Error) and isinstance(error.args[0], list):
        _, where, why = error.args[0][0]  # a copied tree gives all its errors: the first says it
    return WriteFailed(f"{where}: {why or error}; the earlier site is as it was")


# One at a time.


@contextlib.contextmanager
def _lock(target: Path) -> Iterator[None]:
    """Hold the lock beside the target; it is let go of by the system if this process dies."""
    path = _name_lock(target)
    handle = _open_lock(path, target)
    try:
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    except OSError as error:
        raise explain(error, path) from error
    finally:
        with contextlib.suppress(OSError):
            path.unlink()  # while it is held: see _open_lock
        os.close(handle)


def _name_lock(target: Path) -> Path:
    return target.parent / f".{target.name}.lock"


def _open_lock(path: Path, target: Path) -> int:
    """The held lock file; a file that its last holder has just removed is opened anew."""
    while True:
        try:
            handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC | os.O_NOFOLLOW, 0o644)
        except OSError as error:
            raise explain(error, path) from error
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
            if os.path.samestat(os.fstat(handle), path.stat()):
                return handle
        except FileNotFoundError:
            pass
        except OSError as error:
            said = os.pread(handle, 32, 0).decode(errors="replace").strip()
            holder = said if said.isdecimal() else "unknown"
            os.close(handle)
            if error.errno not in {errno.EAGAIN, errno.EACCES}:
                raise explain(error, path) from error
            message = f"{target}: another build is running (process {holder}); try again later"
            raise WriteFailed(message) from None
        os.close(handle)


def _refuse_foreign(target: Path) -> None:
    if not target.name:
        raise WriteFailed(f"{target} cannot be replaced; name a folder for the site")
    if target.is_symlink():
        raise WriteFailed(f"{target} is a link; name the folder itself")
    if target.exists() and not target.is_dir():
        raise WriteFailed(f"{target} is a file; name a folder for the site")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file():
        message = f"{target} holds files that no build has made, or lacks {MARKER}"
        message += "; name an empty folder, or remove it where nothing in it is your own"
        raise WriteFailed(message)


# Old for new.


def _leftovers(target: Path, kind: str) -> list[Path]:
    return sorted(target.parent.glob(f".{glob.escape(target.name)}.{kind}-*"))


def sweep_beside(target: Path) -> None:
    """Remove what a run that was killed after its work was done has left beside its site."""
    with contextlib.suppress(WriteFailed):  # another run is at work, or nothing may be written here
        left = [*_leftovers(target, "staging"), *_leftovers(target, "old")]
        if left or _name_lock(target).exists():
            with _lock(target):
                _recover(target)


def _sweep(target: Path) -> None:
    """Remove what this run and killed ones have left behind; called only under the lock."""
    for leftover in [*_leftovers(target, "staging"), *_leftovers(target, "old")]:
        shutil.rmtree(leftover, ignore_errors=True)


def _recover(target: Path) -> None:
    """Put back the site that a run killed between two renames has left aside, and sweep."""
    aside = [old for old in _leftovers(target, "old") if (old / MARKER).is_file()]
    if aside and not target.exists():
        aside[-1].rename(target)
    _sweep(target)


def _swap(staging: Path, target: Path) -> None:
    """Put staging in the place of target in one step where the system can, else in two."""
    if not target.exists():
        staging.rename(target)
        return
    if _exchange(staging, target):
        return
    old = target.parent / f".{target.name}.old-{os.getpid()}"
    target.rename(old)
    try:
        staging.rename(target)
    except OSError:
        old.rename(target)
        raise


def _exchange(first: Path, second: Path) -> bool:
    """Exchange two folders atomically; False where the system or file system cannot."""
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    paths = (os.fsencode(first), os.fsencode(second))
    result = rename(_AT_FDCWD, paths[0], _AT_FDCWD, paths[1], _RENAME_EXCHANGE)
    return bool(result == 0)


# Files and the mark of a site.


Lay = Callable[[str, bytes, str], bool]
"""Puts a content by its path in a place, if it can do better than write it; tells whether."""


def write_files(folder: Path, files: Mapping[str, bytes], lay: Lay | None = None) -> None:
    """Write files by their path below a folder; refuses paths that lead out, and overwriting.

    What `lay` has put in its place is not written.
    """
    made: set[str] = set()
    for path, content in sorted(files.items()):
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts or "\0" in path:
            raise WriteFailed(f"{path!r} leads out of the site")
        target = os.path.join(folder, *parts)  # noqa: PTH118 - there may be thousands
        parent = os.path.dirname(target)  # noqa: PTH120
        try:
            if parent not in made:
                os.makedirs(parent, exist_ok=True)  # noqa: PTH103
                made.add(parent)
            if lay is None or not lay(path, content, target):
                with Path(target).open("xb") as file:
                    file.write(content)
        except OSError as error:
            raise explain(error, Path(target)) from error


def write_whole(path: Path, content: bytes) -> None:
    """Write one file so that it is there as a whole, or as it was.

    What a killed run has written of it is overwritten by the next run, or goes by `sweep_parts`.
    """
    aside = path.with_name(f".{path.name}.part")
    handle = _open_lock(aside, path)
    try:
        os.ftruncate(handle, 0)
        with open(handle, "wb", closefd=False) as file:
            file.write(content)
        aside.replace(path)  # while it is held: see _open_lock
    except OSError as error:
        raise explain(error, path) from error
    finally:
        _let_go(aside, handle)


def sweep_parts(folder: Path, name: str = "*") -> None:
    """Remove what killed runs have left of files of this name; what is being written stays."""
    for aside in sorted(folder.glob(f".{name}.part")):
        with contextlib.suppress(WriteFailed):  # another run writes it, or it may not be removed
            _let_go(aside, _open_lock(aside, aside))


def _let_go(aside: Path, handle: int) -> None:
    """Remove a part that is held, but not one of this name that another run has begun since."""
    with contextlib.suppress(OSError):
        if os.path.samestat(os.fstat(handle), aside.stat()):
            aside.unlink()
    os.close(handle)


def write_stamp(folder: Path, stamp: Mapping[str, Any]) -> None:
    """Mark a folder as a site of ours, with what it was made from."""
    content = json.dumps(stamp, indent=1, sort_keys=True).encode() + b"\n"
    write_files(folder, {MARKER: content})


def read_stamp(folder: Path) -> dict[str, Any]:
    """What a site was made from; empty where that cannot be told."""
    try:
        stamp = json.loads((folder / MARKER).read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return stamp if isinstance(stamp, dict) else {}
