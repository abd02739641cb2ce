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
import json
import os
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path, PurePosixPath
from typing import Any

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
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explain(error, target.parent) from error
    with _lock(target):
        _refuse_foreign(target)
        _sweep(target)
        staging = target.parent / f".{target.name}.staging-{os.getpid()}"
        try:
            staging.mkdir()
            yield staging
            _swap(staging, target)
        except OSError as error:
            raise explain(error, staging) from error
        finally:
            _sweep(target)


def explain(error: OSError, path: Path) -> WriteFailed:
    """One sentence on why the outside world refused, and where."""
    where = error.filename or path
    return WriteFailed(f"{where}: {error.strerror or error}; the earlier site is as it was")


@contextlib.contextmanager
def _lock(target: Path) -> Iterator[None]:
    """Hold the lock beside the target; it is let go of by the system if this process dies."""
    path = target.parent / f".{target.name}.lock"
    try:
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise explain(error, path) from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in {errno.EAGAIN, errno.EACCES}:
                raise explain(error, path) from error
            holder = os.read(handle, 32).decode(errors="replace").strip() or "unknown"
            message = f"{target}: another build is running (process {holder}); try again later"
            raise WriteFailed(message) from None
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"{os.getpid()}\n".encode(), 0)
        yield
    finally:
        os.close(handle)


def _refuse_foreign(target: Path) -> None:
    if target.is_symlink():
        raise WriteFailed(f"{target} is a link; name the folder itself")
    if target.exists() and not target.is_dir():
        raise WriteFailed(f"{target} is a file; name a folder for the site")
    if target.is_dir() and any(target.iterdir()) and not (target / MARKER).is_file():
        message = f"{target} holds files that no build has made; name an empty folder"
        raise WriteFailed(message)


def _sweep(target: Path) -> None:
    """Remove what killed runs have left behind; called only under the lock."""
    for kind in ("staging", "old"):
        for leftover in target.parent.glob(f".{target.name}.{kind}-*"):
            shutil.rmtree(leftover, ignore_errors=True)


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


def write_files(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files by their path below a folder; refuses paths that lead out, and overwriting."""
    for path, content in sorted(files.items()):
        parts = PurePosixPath(path).parts
        if not parts or path.startswith("/") or ".." in parts:
            raise WriteFailed(f"{path!r} leads out of the site")
        target = folder.joinpath(*parts)
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("xb") as file:
                file.write(content)
        except OSError as error:
            raise explain(error, target) from error


def write_stamp(folder: Path, stamp: Mapping[str, Any]) -> None:
    """Mark a folder as a site of ours, with what it was made from."""
    content = json.dumps(stamp, indent=1, sort_keys=True).encode() + b"\n"
    write_files(folder, {MARKER: content})


def read_stamp(folder: Path) -> dict[str, Any]:
    """What a site was made from; empty where that cannot be told."""
    try:
        stamp = json.loads((folder / MARKER).read_bytes())
    except (OSError, ValueError):
        return {}
    return stamp if isinstance(stamp, dict) else {}


def list_files(folder: Path) -> dict[str, list[int]]:
    """Size and time of change of each file but the marker: enough to see a touched site."""
    found = {}
    for path in sorted(folder.rglob("*")):
        if path.is_file() and path.name != MARKER:
            info = path.stat()
            found[path.relative_to(folder).as_posix()] = [info.st_size, info.st_mtime_ns]
    return found
