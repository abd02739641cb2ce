"""Folders for work on the side: gone afterwards, and after a killed run gone with the next one.

One of the few modules that touch the outside. Beside each folder lies a lock file that is held as
long as its run lives, so that only what no process uses any more is swept. Knows nothing of what
lies in a folder.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

from report.problems import WriteFailed

_PREFIX, _LOCK = "report-site-", ".lock"


@contextlib.contextmanager
def open_scratch() -> Iterator[Path]:
    """An empty folder below the system's temporary folder; raises WriteFailed where none can be."""
    try:
        sweep_scratch()
        lock, handle = _hold_new()
    except OSError as error:
        where = error.filename or tempfile.gettempdir()
        raise WriteFailed(f"{where}: {error.strerror or error}; nothing is done") from error
    folder = lock.with_suffix("")
    try:
        folder.mkdir(mode=0o700)
        yield folder
    finally:
        _remove(lock)
        os.close(handle)


def sweep_scratch() -> None:
    """Remove what killed runs of this person have left; what is in use stays."""
    for lock in sorted(Path(tempfile.gettempdir()).glob(f"{_PREFIX}*{_LOCK}")):
        with contextlib.suppress(OSError):  # another run may sweep at the same time
            handle = os.open(lock, os.O_RDWR | os.O_CLOEXEC | os.O_NOFOLLOW)
            try:
                if _take(lock, handle):
                    _remove(lock)
            finally:
                os.close(handle)


def _hold_new() -> tuple[Path, int]:
    """A new lock file, held; one that is swept before it is held is made anew."""
    while True:
        handle, name = tempfile.mkstemp(suffix=_LOCK, prefix=_PREFIX)
        with contextlib.suppress(OSError):
            if _take(Path(name), handle):
                return Path(name), handle
        os.close(handle)


def _take(lock: Path, handle: int) -> bool:
    """Hold a lock file of this person's; raises OSError where another process holds it."""
    fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    found = os.fstat(handle)
    is_own = found.st_uid == os.getuid() and stat.S_ISREG(found.st_mode)
    return is_own and os.path.samestat(found, lock.stat(follow_symlinks=False))


def _remove(lock: Path) -> None:
    """Remove a folder, then the lock file, which is held."""
    shutil.rmtree(lock.with_suffix(""), ignore_errors=True)
    lock.unlink(missing_ok=True)
