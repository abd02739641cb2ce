"""A disk that refuses, or a machine that stops, at a chosen write of a run in this process.

Whatever function writes, Python tells its audit hooks first: there a run is made to fail at its
n-th write, or killed before it. What other programs write is not seen here.
"""

from __future__ import annotations

import errno
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import report

MACHINE = str(Path(report.__file__).parent) + os.sep
WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
GROWING = frozenset({"open", "os.mkdir", "os.rename", "os.link"})
"""What a full disk may refuse."""
SHRINKING = frozenset({"os.remove", "os.rmdir", "shutil.rmtree"})
"""What it never refuses, but what may be the last that a killed run does."""


@dataclass
class Disk:
    """What a run does to the files below a folder, each thing with the function that does it."""

    folder: Path
    kinds: frozenset[str] = GROWING
    moment: int = -1
    """At which of them something happens; at none where it is negative."""
    happen: Callable[[str], None] = lambda _path: None
    done: list[str] = field(default_factory=list)

    def note(self, event: str, path: str) -> None:
        """Note one write, before it is done."""
        self.done.append(f"{event} {_find_writer()}")
        if len(self.done) - 1 == self.moment:
            self.happen(path)


_watched: list[Disk] = []


def _find_writer() -> str:
    """The function of the machine that writes."""
    frame = sys._getframe(1)
    while frame.f_back is not None and not frame.f_code.co_filename.startswith(MACHINE):
        frame = frame.f_back
    return f"{Path(frame.f_code.co_filename).stem}.{frame.f_code.co_name}"


def _hear(event: str, arguments: tuple[object, ...]) -> None:
    if not _watched or event not in _watched[-1].kinds:
        return
    path, *rest = arguments
    if event == "os.link":
        path = rest[0]
    if event == "open" and not (isinstance(rest[-1], int) and rest[-1] & WRITING):
        return
    if isinstance(path, (str, bytes, os.PathLike)):
        place = os.path.abspath(os.fsdecode(path))  # noqa: PTH100 - never ask the disk in here
        disk = _watched[-1]
        if place.startswith(str(disk.folder)):
            disk.note(event, place)


sys.addaudithook(_hear)


@contextmanager
def watch(disk: Disk) -> Iterator[Disk]:
    """Have a disk see what is written from here on."""
    _watched.append(disk)
    try:
        yield disk
    finally:
        _watched.remove(disk)


def run_refused(disk: Disk, run: Callable[[], int]) -> int:
    """The status with which a run ends one of whose writes finds the disk full."""

    def refuse(path: str) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), path)

    disk.happen = refuse
    with watch(disk):
        return run()


def run_killed(disk: Disk, run: Callable[[], int]) -> bool:
    """Whether a run was killed at its moment, before it was done."""

    def stop(_path: str) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    disk.happen = stop
    child = os.fork()
    if not child:
        try:
            with watch(disk):
                run()
        finally:
            os._exit(0)
    return os.WIFSIGNALED(os.waitpid(child, 0)[1])


def choose_moments(done: list[str], most: int) -> list[int]:
    """Moments of a run: all of them, or where `most` is less the last one of each function.

    Each function that writes has its own way to fail, and all its files among themselves have one;
    at the last of them the most is there that must go again.
    """
    if most >= len(done):
        return list(range(len(done)))
    return sorted({what: number for number, what in enumerate(done)}.values())
