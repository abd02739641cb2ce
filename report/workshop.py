"""Processes that draw figures and pictures, whose libraries load while words are still composed.

One of the few modules that touch the outside. A figure is made from its order alone, so orders go
out and finished figures come back, in any number of processes. These start from one that has loaded
pandas and Altair once; each starts a drawing engine of its own. Knows nothing of pages, of markup
around a figure, or of where a site is written.
"""

from __future__ import annotations

import contextlib
import gc
import json
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing import connection
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from queue import SimpleQueue
from typing import Any, TypeVar

from report.charts import Sheet, write_chart
from report.drawing import clean_svg, draw_sheets, load_engine
from report.engraving import engrave, lay_fonts
from report.figures import Figure, Order, build_figure
from report.figures.layers import SHAPES
from report.handouts import make_handouts
from report.keeping import keep, recall, stamp_machine
from report.originals import Original, build_original
from report.problems import WriteFailed
from report.scratch import open_scratch
from report.warming import SHAPES as SHELF
from report.warming import start_server

CHUNK = 6
"""Figures that go to a process at once: few enough to share out evenly, and facts go along once."""
Made = TypeVar("Made")


@dataclass(frozen=True)
class Drawn:
    """A figure with its finished drawings by size."""

    figure: Figure
    drawings: Mapping[str, str]
    original: Original | None = None
    """The figure as first published, where it shows other numbers."""
    firsts: Mapping[str, str] = field(default_factory=dict)
    """The drawings of the original by size."""
    files: Mapping[str, bytes] = field(default_factory=dict)
    """What goes with the figure, by path below the edition's site."""


def draw_figure(order: Order, kept: Path | None) -> Drawn:
    """One figure with its drawings for wide and narrow screens; `kept` is a folder of drawings."""
    figure = build_figure(order)
    sheets = draw_sheets(figure.specs, kept)
    original = build_original(order, figure)
    firsts = None if original is None else draw_sheets(original.figure.specs, kept)
    first = None if original is None or firsts is None else (original.figure, firsts)
    files = {f"figures/{figure.id}.vega.json": write_chart(figure, sheets, first, order.catalogue)}
    drawings = _clean_sheets(figure, sheets)
    if first is not None:
        sources = tuple(sorted({*figure.sources, *first[0].sources}))
        figure = replace(figure, sources=sources)
    if order.whole:
        files |= make_handouts(order, figure, sheets["wide"].svg)
    firsts_clean = _clean_sheets(*first) if first is not None else {}
    return Drawn(figure, drawings, original, firsts_clean, files)


def _clean_sheets(figure: Figure, sheets: Mapping[str, Sheet]) -> dict[str, str]:
    return {
        size: clean_svg(sheet.svg, f"{figure.id}-{size}", figure.title, figure.takeaway).replace(
            "<svg ", f'<svg class="{size}" ', 1
        )
        for size, sheet in sheets.items()
    }


@dataclass(frozen=True, eq=False)
class Hand:
    """A process that draws, and the line to it."""

    process: BaseProcess
    line: Connection


class Workshop(contextlib.AbstractContextManager["Workshop", None]):
    """Some processes that draw, for as long as a command runs; with one job, this process does."""

    def __init__(self, jobs: int | None) -> None:
        self.jobs = jobs or min(2, os.cpu_count() or 1)
        self._hands: list[Hand] = []
        self._aside: threading.Thread | None = None
        """Starts the processes, or shares work out to them, while this one is at something else."""
        self._is_asked = False
        """Whether somebody waits for answers, or will."""
        self._ends = False
        self._rooms = contextlib.ExitStack()
        """The folder in which the processes keep their fonts."""
        self._fonts: Path | None = None

    def __exit__(self, *_: object) -> None:
        self.close()

    def prepare(self, processes: int) -> None:
        """Begin to load what so many processes need, and do not wait for it."""
        if self.jobs > 1 and not self._hands and self._aside is None:
            start_server(None)
            self._aside = threading.Thread(target=self._begin, args=(processes,), daemon=True)
            self._aside.start()

    def draw(self, orders: Sequence[Order], kept: Path | None) -> Iterator[list[Drawn]]:
        """All figures in groups, as they are finished; `kept` is a folder of kept drawings.

        The processes begin at once, whenever their work is asked for. Raises what a figure raised,
        or WriteFailed where a process cannot go on.
        """
        pieces = [(orders[at : at + CHUNK], kept) for at in range(0, len(orders), CHUNK)]
        return self._begin_work("figures", draw_figures, pieces)

    def engrave(self, pictures: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """Each SVG as PNG of its own size, by the same path, as it is finished.

        Raises LetterMissing for a letter that no font has, or WriteFailed as `draw` does.
        """
        return self._begin_work("pictures", engrave_picture, list(pictures.items()))

    def _begin_work(
        self, what: str, work: Callable[..., Made], pieces: Sequence[tuple[Any, ...]]
    ) -> Iterator[Made]:
        """What `work` makes of each piece, here or in the processes, as it is finished."""
        answers: SimpleQueue[Made | Exception | None] = SimpleQueue()
        if not pieces:
            return iter(())
        if self.jobs > 1:
            share = (self._aside, work, pieces, answers)
            self._is_asked, self._ends = True, False
            self._aside = threading.Thread(target=self._share_aside, args=share, daemon=True)
            self._aside.start()
        return self._take_work(what, work, pieces, answers)

    def _take_work(
        self,
        what: str,
        work: Callable[..., Made],
        pieces: Sequence[tuple[Any, ...]],
        answers: SimpleQueue[Made | Exception | None],
    ) -> Iterator[Made]:
        """The answers up to None; where no process has begun, this one does the work."""
        whole = False
        try:
            while self.jobs > 1 and (answer := answers.get()) is not None:
                if isinstance(answer, Exception):
                    raise _explain(answer, what)
                yield answer
            self._join()
            if not self._hands:
                yield from (work(*piece) for piece in pieces)
            whole = True
        finally:
            self._is_asked = False
            if not whole:  # what the processes still send is wanted no more
                self.close()

    def _share_aside(
        self,
        before: threading.Thread | None,
        work: Callable[..., Made],
        pieces: Sequence[tuple[Any, ...]],
        answers: SimpleQueue[Made | Exception | None],
    ) -> None:
        """Put all answers of the processes into a queue, then None; an exception ends them."""
        try:
            if before is not None:
                before.join()
            start_server(None)
            self._begin(len(pieces))
            if not self._ends:
                for answer in self._share_out(work, pieces):
                    answers.put(answer)
            answers.put(None)
        except Exception as error:  # noqa: BLE001 - whatever it is, who waits for answers tells it
            answers.put(error)

    def _share_out(
        self, work: Callable[..., Made], pieces: Sequence[tuple[Any, ...]]
    ) -> Iterator[Made]:
        waiting = list(reversed(pieces))
        busy: dict[object, Hand] = {}
        for hand in self._hands[: len(pieces)]:
            hand.line.send((work, waiting.pop()))
            busy[hand.line] = hand
        while busy:
            for line in connection.wait([hand.line for hand in busy.values()]):
                hand = busy.pop(line)
                answer = hand.line.recv()
                if isinstance(answer, BaseException):
                    raise answer
                if waiting:
                    hand.line.send((work, waiting.pop()))
                    busy[hand.line] = hand
                yield answer

    def _begin(self, processes: int) -> None:
        """Have so many processes, or as many as the system allows; this one draws without any.

        They are found by a socket in the temporary folder, whose name may be too long for one.
        """
        with contextlib.suppress(OSError, WriteFailed):
            self._employ(processes)

    def _employ(self, processes: int) -> None:
        """Have so many processes; waits until the one they start from has loaded its libraries."""
        # Each starts from one that has loaded libraries (see `warming`) but no engine, which a copy
        # of it could not use; and nothing of this process's state gets into a drawing.
        context = multiprocessing.get_context("forkserver")
        if self._fonts is None:
            self._fonts = self._rooms.enter_context(open_scratch())
        while len(self._hands) < min(processes, self.jobs):
            ours, theirs = context.Pipe()
            process = context.Process(target=_serve, args=(theirs, self._fonts), daemon=True)
            process.start()
            theirs.close()
            self._hands.append(Hand(process, ours))

    def _join(self) -> None:
        if self._aside is not None:
            self._aside.join()
            self._aside = None

    def give_up(self) -> None:
        """End work whose answers nobody takes any more, and the processes that are at it."""
        if self._is_asked:
            self._is_asked = False
            self.close()

    def close(self) -> None:
        """End the processes, whatever they are at."""
        self._ends = True
        for hand in self._hands:
            hand.process.kill()
        self._join()
        for hand in self._hands:
            hand.process.kill()  # one that has begun since
            hand.process.join()
            hand.line.close()
        self._hands.clear()
        self._rooms.close()
        self._fonts = None


def _explain(error: Exception, what: str) -> Exception:
    """What a process, or the line to it, has answered instead of `what` was asked for."""
    if isinstance(error, (EOFError, ConnectionError)):
        return WriteFailed(f"{what} cannot be drawn: a process that draws has ended")
    if isinstance(error, OSError):
        return WriteFailed(f"{what} cannot be drawn: {error.strerror}")
    return error


def draw_figures(orders: Sequence[Order], kept: Path | None) -> list[Drawn]:
    """What a process does at a time."""
    with keep_shapes(kept and kept.parent / SHELF):
        return [draw_figure(order, kept) for order in orders]


def engrave_picture(path: str, svg: str) -> tuple[str, bytes]:
    """The picture of a page, beside its path."""
    return path, engrave(path, svg)


@contextlib.contextmanager
def keep_shapes(folder: Path | None) -> Iterator[None]:
    """Have what Altair made in earlier runs at hand, and afterwards keep what is new."""
    if folder is None:
        yield
        return
    key = stamp_machine()
    if not SHAPES and (kept := recall(folder, key, ".shapes")) is not None:
        SHAPES.update(json.loads(kept))
    before = len(SHAPES)
    yield
    if len(SHAPES) > before:
        keep(folder, key, ".shapes", json.dumps(SHAPES).encode())


def _serve(line: Connection, fonts: Path) -> None:
    """Draw what is asked for, until nobody is there to ask; `fonts` is a folder for fonts."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the process that asks
    lay_fonts(fonts / str(os.getpid()))
    gc.freeze()  # what is loaded stays
    gc.set_threshold(50_000, 50, 50)
    load_engine()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            work, piece = line.recv()
            try:
                line.send(work(*piece))
            except (EOFError, BrokenPipeError):
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, the process that asks tells it
                line.send(error)
