"""Processes that do pieces of work side by side, while this one is at something else.

One of the few modules that touch the outside. A thread starts them and shares pieces out, so that
whoever asked need not wait; answers come back as they are there. Where the system allows no
process, this one does the work. Knows nothing of what the work is.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from queue import SimpleQueue
from typing import Any, TypeVar

from report.problems import WriteFailed
from report.warming import start_server

Made = TypeVar("Made")
_NO_PROCESS = (OSError, WriteFailed, EOFError)
"""What is raised where none can be started, or the one that they start from has ended."""


@dataclass(frozen=True, eq=False)
class Hand:
    """A process that works, and the line to it."""

    process: BaseProcess
    line: Connection


@dataclass(eq=False)
class Shift:
    """What a crew is at: getting ready, or sharing out one work."""

    answers: SimpleQueue[Any] = field(default_factory=SimpleQueue)
    """Of the pieces, as they come; then None, or the exception that ended the work."""
    is_shared: bool = False
    """Whether processes do the work."""
    ends: bool = False
    """Whether nobody wants it any more."""
    is_taken: bool = False
    """Whether all answers have been taken, or none is asked for."""
    is_over: threading.Event = field(default_factory=threading.Event)


class Crew:
    """So many processes at `most`; with one job, this process does the work.

    Each runs `serve` with its end of a line.
    """

    def __init__(self, jobs: int | None, serve: Callable[[Connection], None]) -> None:
        self.jobs = jobs or min(2, os.cpu_count() or 1)
        self.serve = serve
        self._hands: list[Hand] = []
        self._shift: Shift | None = None

    def get_ready(self, processes: int) -> None:
        """Begin to start so many processes, and do not wait for them."""
        if self.jobs > 1 and not self._hands and self._shift is None:
            start_server(None)
            shift = self._shift = Shift(is_taken=True)
            self._run(shift, lambda: self._employ(processes, shift))

    def begin(
        self, what: str, work: Callable[..., Made], pieces: Sequence[tuple[Any, ...]]
    ) -> Iterator[Made]:
        """What `work` makes of each piece, as it is finished; processes begin at once.

        Raises what the first faulty piece raised, or WriteFailed where a process cannot go on:
        `what` says what then cannot be done.
        """
        if not pieces:
            return iter(())
        before, shift = self._shift, Shift()
        if self.jobs > 1:
            self._shift = shift
            self._run(shift, lambda: self._share(shift, before, work, pieces))
        return self._take(shift, what, work, pieces)

    @staticmethod
    def _run(shift: Shift, act: Callable[[], None]) -> None:
        def run() -> None:
            try:
                act()
            finally:
                shift.is_over.set()

        threading.Thread(target=run, daemon=True).start()

    def _take(
        self,
        shift: Shift,
        what: str,
        work: Callable[..., Made],
        pieces: Sequence[tuple[Any, ...]],
    ) -> Iterator[Made]:
        """The answers up to None; where no process has begun, this one does the work."""
        try:
            while self.jobs > 1 and (answer := shift.answers.get()) is not None:
                if isinstance(answer, Exception):
                    raise _explain(answer, what)
                yield answer
            if not shift.is_shared:
                yield from (work(*piece) for piece in pieces)
            shift.is_taken = True
        finally:
            if not shift.is_taken and self._shift is shift:  # what is still sent is not wanted
                self.close()

    def _share(
        self,
        shift: Shift,
        before: Shift | None,
        work: Callable[..., Made],
        pieces: Sequence[tuple[Any, ...]],
    ) -> None:
        """Put all answers of the processes into the queue, then None; an exception ends them."""
        try:
            if before is not None:
                before.is_over.wait()
            start_server(None)
            self._employ(len(pieces), shift)
            shift.is_shared = bool(self._hands) and not shift.ends
            if shift.is_shared:
                for answer in self._share_out(work, pieces):
                    shift.answers.put(answer)
            shift.answers.put(None)
        except Exception as error:  # noqa: BLE001 - whatever it is, who takes the answers tells it
            shift.answers.put(error)

    def _share_out(
        self, work: Callable[..., Made], pieces: Sequence[tuple[Any, ...]]
    ) -> Iterator[Made]:
        """Answers as they come; of several faults that of the earliest piece, whoever is first."""
        waiting = list(reversed(list(enumerate(pieces))))
        busy: dict[object, tuple[Hand, int]] = {}
        faults: dict[int, BaseException] = {}

        def hand_out(hand: Hand) -> None:
            number, piece = waiting.pop()
            hand.line.send((work, piece))
            busy[hand.line] = hand, number

        for hand in self._hands[: len(pieces)]:
            hand_out(hand)
        while any(not faults or number < min(faults) for _, number in busy.values()):
            for line in connection.wait([hand.line for hand, _ in busy.values()]):
                hand, number = busy.pop(line)
                answer = hand.line.recv()
                if isinstance(answer, BaseException):
                    faults[number] = answer
                else:
                    yield answer
                if waiting and not faults:
                    hand_out(hand)
        if faults:
            raise faults[min(faults)]

    def _employ(self, processes: int, shift: Shift) -> None:
        """Have so many processes, or as many as the system allows, unless they are not wanted.

        They are found by a socket in the temporary folder, whose name may be too long for one.
        """
        with contextlib.suppress(*_NO_PROCESS):
            while not shift.ends and len(self._hands) < min(processes, self.jobs):
                self._hands.append(self._start())

    def _start(self) -> Hand:
        # Each starts from one that has loaded libraries (see `warming`) but no engine, which a copy
        # of it could not use; and nothing of this process's state gets into its work.
        context = multiprocessing.get_context("forkserver")
        ours, theirs = context.Pipe()
        process = context.Process(target=self.serve, args=(theirs,), daemon=True)
        process.start()
        theirs.close()
        return Hand(process, ours)

    def give_up(self) -> None:
        """End work whose answers nobody takes any more, and the processes that are at it."""
        if self._shift is not None and not self._shift.is_taken:
            self.close()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        if self._shift is not None:
            self._shift.ends = True
            for hand in self._hands:
                hand.process.kill()
            self._shift.is_over.wait()
            self._shift = None
        for hand in self._hands:
            hand.process.kill()
            hand.process.join()
            hand.line.close()
        self._hands.clear()


def _explain(error: Exception, what: str) -> Exception:
    """What is to be raised for what a process, or the line to it, has answered."""
    if isinstance(error, (EOFError, ConnectionError)):
        return WriteFailed(f"{what}: the process that was at it has ended")
    if isinstance(error, OSError):
        return WriteFailed(f"{what}: {error.strerror}")
    return error
