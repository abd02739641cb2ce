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
import signal
import sys
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import NoReturn, TypeVar

from report.remembering import Memory

Made = TypeVar("Made")
_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_PR_SET_PDEATHSIG = 1


@dataclass
class Asides(contextlib.AbstractContextManager["Asides", None]):
    """The copies that a command has at work; none where it shall have one process."""

    jobs: int | None
    _running: dict[int, int] = field(default_factory=dict)
    """The line to each copy by its number."""

    def __exit__(self, *_: object) -> None:
        for child, line in self._running.items():
            os.kill(child, signal.SIGKILL)  # it has its number until it is waited for
            os.waitpid(child, 0)
            os.close(line)
        self._running.clear()

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
        try:
            child, line = _copy_process(make, memory)
        except OSError:  # there may be too many processes
            return lambda: None
        self._running[child] = line

        def take() -> Made | None:
            with os.fdopen(line, "rb", closefd=False) as file:
                sent = file.read()
            _, status = os.waitpid(child, 0)
            os.close(self._running.pop(child))
            if status:
                return None
            made, answers = pickle.loads(sent)  # noqa: S301 - from a copy of this process
            memory.add(answers)
            found: Made = made
            return found

        return take


def _copy_process(make: Callable[[], Made], memory: Memory) -> tuple[int, int]:
    """The copy's number, and the end of a line on which it sends what it made."""
    ours, theirs = os.pipe()
    parent = os.getpid()
    gc.freeze()  # what is there already need not be copied because somebody counts it
    held = signal.pthread_sigmask(signal.SIG_BLOCK, _SIGNALS)
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
        signal.pthread_sigmask(signal.SIG_SETMASK, held)
        os.close(theirs)
        gc.unfreeze()
    return child, ours


def _work(make: Callable[[], object], memory: Memory, line: int, parent: int) -> NoReturn:
    """Be the copy: make it, send it, and end, whatever happens; nothing else is to be undone."""
    status = 1
    try:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the process that asks
        signal.signal(signal.SIGTERM, signal.SIG_DFL)
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _SIGNALS)
        if os.getppid() == parent:
            gc.disable()
            known = {*memory.used}
            made = make()
            answers = {key: one for key, one in memory.used.items() if key not in known}
            sent = pickle.dumps((made, answers), pickle.HIGHEST_PROTOCOL)
            with os.fdopen(line, "wb") as file:
                file.write(sent)
            status = 0
    finally:
        os._exit(status)
