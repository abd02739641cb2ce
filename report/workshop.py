"""Processes that draw figures and pictures, whose libraries load while words are still composed.

One of the few modules that touch the outside. A figure is made from its order alone, so orders go
out and finished figures come back, in any number of processes. These start from one that has loaded
pandas and Altair once (see `crews`); each starts a drawing engine of its own. Knows nothing of
pages, of markup around a figure, or of where a site is written.
"""

from __future__ import annotations

import contextlib
import gc
import json
import signal
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from multiprocessing.connection import Connection
from pathlib import Path

from report.charts import Sheet, write_chart
from report.crews import Crew
from report.drawing import clean_svg, draw_sheets, load_engine
from report.engraving import engrave
from report.figures import Figure, Order, build_figure
from report.figures.layers import SHAPES
from report.handouts import make_handouts
from report.keeping import keep, recall, stamp_machine
from report.originals import Original, build_original
from report.warming import SHAPES as SHELF

CHUNK = 6
"""Figures that go to a process at once: few enough to share out evenly, and facts go along once."""


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
        sources = tuple(dict.fromkeys([*figure.sources, *first[0].sources]))
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


class Workshop(contextlib.AbstractContextManager["Workshop", None]):
    """Some processes that draw, for as long as a command runs; with one job, this process does."""

    def __init__(self, jobs: int | None) -> None:
        self._crew = Crew(jobs, serve)

    def __exit__(self, *_: object) -> None:
        self._crew.close()

    def prepare(self, processes: int) -> None:
        """Begin to load what so many processes need, and do not wait for it."""
        self._crew.get_ready(processes)

    def draw(self, orders: Sequence[Order], kept: Path | None) -> Iterator[list[Drawn]]:
        """All figures in groups, as they are finished; `kept` is a folder of kept drawings.

        The processes begin at once, whenever their work is asked for. Raises what the first faulty
        figure raised, or WriteFailed where a process cannot go on.
        """
        pieces = [(orders[at : at + CHUNK], kept) for at in range(0, len(orders), CHUNK)]
        return self._crew.begin("figures cannot be drawn", draw_figures, pieces)

    def engrave(self, pictures: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
        """Each SVG as PNG of its own size, by the same path, as it is finished.

        Raises LetterMissing for a letter that no font has, or WriteFailed as `draw` does.
        """
        pieces = list(pictures.items())
        return self._crew.begin("pictures cannot be drawn", engrave_picture, pieces)

    def give_up(self) -> None:
        """End work whose answers nobody takes any more."""
        self._crew.give_up()


def draw_figures(orders: Sequence[Order], kept: Path | None) -> list[Drawn]:
    """What a process does at a time."""
    with keep_shapes(kept and kept.parent / SHELF):
        return [draw_figure(order, kept) for order in orders]


def engrave_picture(path: str, svg: str) -> tuple[str, bytes]:
    """A picture, beside its path."""
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


def serve(line: Connection) -> None:
    """Draw what is asked for, until nobody is there to ask."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # an interrupt is for the process that asks
    gc.freeze()  # what is loaded stays, and is not copied because somebody counts it
    gc.set_threshold(50_000, 50, 50)
    load_engine()
    gc.freeze()
    with contextlib.suppress(EOFError, BrokenPipeError):
        while True:
            work, piece = line.recv()
            try:
                line.send(work(*piece))
            except (EOFError, BrokenPipeError):
                raise
            except Exception as error:  # noqa: BLE001 - whatever it is, the process that asks tells it
                line.send(error)
            if work is draw_figures:  # tables hold themselves: some 25 MB of them would pile up
                del work, piece
                gc.collect()
