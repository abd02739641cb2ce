"""Placed figures made into the HTML that stands on pages, by as many processes as help.

Knows that one figure is independent of the next: specs, drawings and markup of each are made in one
go. What was made before from the same is taken from a cache, and then no drawing library is even
loaded. Where the system can fork, workers inherit the facts and send back only HTML. Knows nothing
of pages or of where a site is written.
"""

from __future__ import annotations

import hashlib
import multiprocessing
import os
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from report.drawing import clean_svg, draw_all, stamp_drawings
from report.figures import load_libraries
from report.keeping import keep, recall
from report.pages import Composer
from report.problems import WriteFailed

FEWEST = 24
"""Figures below which one process is quicker than two: each starts a drawing library of its own."""
CHUNK = 6
LIBRARIES = ("altair", "pandas", "babel", "jinja2", "markupsafe", "pydantic")
_inherited: dict[str, Composer] = {}
"""The composer that forked workers find in their copy of this process."""


@dataclass(frozen=True)
class Shelf:
    """Where plates and drawings are kept from run to run."""

    folder: Path

    @property
    def drawings(self) -> Path:
        """The folder of drawings."""
        return self.folder / "drawings"

    @property
    def plates(self) -> Path:
        """The folder of plates."""
        return self.folder / "plates"

    @cached_property
    def stamp(self) -> str:
        """The code and libraries by which a plate is made: all of the machine's, to be safe."""
        digest = hashlib.sha256("\n".join([stamp_drawings(), *map(version, LIBRARIES)]).encode())
        for path in sorted(Path(__file__).parent.rglob("*.py")):
            digest.update(path.read_bytes())
        return digest.hexdigest()


def make_plate(composer: Composer, name: str, drawings: Path | None) -> str:
    """One figure's HTML, with its drawings for wide and narrow screens."""
    figure = composer.build_figure(name)
    drawn = {
        size: clean_svg(svg, f"{name}-{size}", figure.title, figure.takeaway).replace(
            "<svg ", f'<svg class="{size}" ', 1
        )
        for size, svg in draw_all(figure.specs, drawings).items()
    }
    return composer.render_figure(figure, drawn)


def make_plates(
    composer: Composer,
    names: list[str],
    shelf: Shelf | None,
    jobs: int | None,
    tell: Callable[[int], None],
) -> dict[str, str]:
    """The HTML of all figures by name; `tell` hears how many have been finished since."""
    made: dict[str, str] = {}
    keys: dict[str, str] = {}
    if shelf is not None:
        keys = {name: composer.key_figure(name, shelf.stamp) for name in names}
        for name, key in keys.items():
            kept = recall(shelf.plates, key, ".html")
            if kept is not None:
                made[name] = kept
        tell(len(made))
    missing = [name for name in names if name not in made]
    for name, plate in _make_missing(composer, missing, shelf, jobs, tell):
        made[name] = plate
        if shelf is not None:
            keep(shelf.plates, keys[name], ".html", plate)
    return made


def _make_missing(
    composer: Composer,
    names: list[str],
    shelf: Shelf | None,
    jobs: int | None,
    tell: Callable[[int], None],
) -> Iterator[tuple[str, str]]:
    jobs = jobs or min(2, os.cpu_count() or 1)
    drawings = shelf.drawings if shelf is not None else None
    if jobs > 1 and len(names) >= FEWEST and _can_fork():
        yield from _share_out(composer, names, drawings, jobs, tell)
        return
    for name in names:
        yield name, make_plate(composer, name, drawings)
        tell(1)


def _can_fork() -> bool:
    """Whether workers can inherit; once this process has drawn, its engine would hang in them."""
    return "fork" in multiprocessing.get_all_start_methods() and "vl_convert" not in sys.modules


def _share_out(
    composer: Composer,
    names: list[str],
    drawings: Path | None,
    jobs: int,
    tell: Callable[[int], None],
) -> Iterator[tuple[str, str]]:
    load_libraries()  # once, not in each worker
    _inherited["composer"] = composer
    context = multiprocessing.get_context("fork")
    chunks = [names[at : at + CHUNK] for at in range(0, len(names), CHUNK)]
    try:
        with ProcessPoolExecutor(jobs, mp_context=context) as pool:
            for done in as_completed(pool.submit(_make_chunk, chunk, drawings) for chunk in chunks):
                made = done.result()
                tell(len(made))
                yield from made
    except OSError as error:
        raise WriteFailed(f"figures cannot be drawn: {error.strerror}") from error
    finally:
        _inherited.clear()


def _make_chunk(names: list[str], drawings: Path | None) -> list[tuple[str, str]]:
    """What a worker does: some figures, from the composer that it inherited."""
    composer = _inherited["composer"]
    return [(name, make_plate(composer, name, drawings)) for name in names]
