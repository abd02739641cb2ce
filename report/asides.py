"""Work that a copy of this process does at the side, which knows all that this one knows.

One of the few modules that touch the outside. A copy need not be sent anything, and sends back what
it made. Where the system makes no copies, or one comes to nothing, there is no result, and whoever
asked does the work: so what is wrong is told in one place. Knows nothing of what the work is.
"""

from __future__ import annotations

import contextlib
import ctypes
import gc
import os
import pickle
import select
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn, TypeVar

from report.interrupts import hold_signals
from report.remembering import Memory

Made = TypeVar("Made")
_PR_SET_PDEATHSIG = 1
_WHOLE = b"\nwhole"
"""Comes last of what a copy sends."""
TIMEOUT = 300
"""Seconds that a copy may take."""


@dataclass
class Asides(contextlib.AbstractContextManager["Asides", None]):
    """The copies that a command has at work; none where it shall have one process."""

    jobs: int | None
    _running: dict[int, int] = field(default_factory=dict)
    """The line to each copy by its number."""

    def __exit__(self, *_: object) -> None:
        while self._running:
            self._end(next(iter(self._running)))

    def _end(self, child: int) -> None:
        """End a copy that may have ended by itself; nothing of it stays."""
        with hold_signals():  # for it has its number no longer, once it was waited for
            line = self._running.pop(child)
            os.kill(child, signal.SIGKILL)  # which one that has ended does not hear
            os.waitpid(child, 0)
            os.close(line)

    @property
    def can_copy(self) -> bool:
        """Whether there is any use in copies here."""
        return sys.platform == "linux" and (self.jobs or os.cpu_count() or 1) > 1

    def begin(self, make: Callable[[], Made], memory: Memory) -> Callable[[], Made | None]:
        """Have a copy make something that can be pickled; gives what waits for it.

        What the copy asks `memory`, and what it finds out, is known to this process's own as well.
        """
        if not self.can_copy:
            return lambda: None
        with hold_signals():  # so that whoever ends this process finds the copy among the others
            try:
                child, line = _copy_process(make, memory)
            except OSError:  # there may be too many processes
                return lambda: None
            self._running[child] = line

        def take() -> Made | None:
            sent = _read_all(line)
            self._end(child)
            if not sent.endswith(_WHOLE):
                return None
            made, answers = pickle.loads(sent)  # noqa: S301 - from a copy of this process
            memory.add(answers)
            found: Made = made
            return found

        return take


def _read_all(line: int) -> bytes:
    """What a copy sends, or nothing where it sends nothing for too long."""
    waiting = select.poll()
    waiting.register(line, select.POLLIN)
    if not waiting.poll(TIMEOUT * 1000):
        return b""
    with os.fdopen(line, "rb", closefd=False) as file:
        return file.read()


def _copy_process(make: Callable[[], Made], memory: Memory) -> tuple[int, int]:
    """The copy's number, and the end of a line on which it sends what it made."""
    ours, theirs = os.pipe()
    parent = os.getpid()
    gc.freeze()  # what is there already need not be copied because somebody counts it
    try:
        with warnings.catch_warnings():  # that threads are not copied, which nobody here waits for
            warnings.simplefilter("ignore", DeprecationWarning)
            child = os.fork()
        if child == 0:
            _work(make, memory, theirs, parent)
    except OSError:
        os.close(ours)
        raise
    finally:
        os.close(theirs)
        gc.unfreeze()
    return child, ours


def _work(make: Callable[[], object], memory: Memory, line: int, parent: int) -> NoReturn:
    """Be the copy: make it, send it, and end, whatever happens; nothing else is to be undone."""
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the process that asks
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        if os.getppid() == parent:
            gc.disable()
            known = {*memory.used}
            made = make()
            answers = {key: one for key, one in memory.used.items() if key not in known}
            sent = pickle.dumps((made, answers), pickle.HIGHEST_PROTOCOL)
            with os.fdopen(line, "wb") as file:
                file.write(sent)
                file.write(_WHOLE)
    finally:
        os._exit(0)
