"""Placed figures made into the HTML that stands on pages, by as many processes as help.

Knows that one figure is independent of the next: specs, drawings and markup of each are made in one
go. Where the system can fork, workers inherit the facts and send back only HTML. Knows nothing of
pages or of where a site is written.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from report.drawing import clean_svg, draw_all
from report.pages import Composer
from report.problems import WriteFailed

FEWEST = 16
"""Figures below which one process is quicker than two: each loads the drawing library anew."""
CHUNK = 6
_inherited: dict[str, Composer] = {}
"""The composer that forked workers find in their copy of this process."""


def make_plate(composer: Composer, name: str, cache: Path | None) -> str:
    """One figure's HTML, with its drawings for wide and narrow screens."""
    figure = composer.build_figure(name)
    drawings = {
        size: clean_svg(svg, f"{name}-{size}", figure.title, figure.takeaway).replace(
            "<svg ", f'<svg class="{size}" ', 1
        )
        for size, svg in draw_all(figure.specs, cache).items()
    }
    return composer.render_figure(figure, drawings)


def make_plates(
    composer: Composer,
    names: list[str],
    cache: Path | None,
    jobs: int | None,
    tell: Callable[[int], None],
) -> dict[str, str]:
    """The HTML of all figures by name; `tell` hears how many have been finished since."""
    jobs = jobs or min(2, os.cpu_count() or 1)
    can_fork = "fork" in multiprocessing.get_all_start_methods()
    if jobs == 1 or len(names) < FEWEST or not can_fork:
        made = {}
        for name in names:
            made[name] = make_plate(composer, name, cache)
            tell(1)
        return made
    return dict(_share_out(composer, names, cache, jobs, tell))


def _share_out(
    composer: Composer,
    names: list[str],
    cache: Path | None,
    jobs: int,
    tell: Callable[[int], None],
) -> Iterator[tuple[str, str]]:
    _inherited["composer"] = composer
    context = multiprocessing.get_context("fork")
    chunks = [names[at : at + CHUNK] for at in range(0, len(names), CHUNK)]
    try:
        with ProcessPoolExecutor(jobs, mp_context=context) as pool:
            for done in as_completed(pool.submit(_make_chunk, chunk, cache) for chunk in chunks):
                made = done.result()
                tell(len(made))
                yield from made
    except OSError as error:
        raise WriteFailed(f"figures cannot be drawn: {error.strerror}") from error
    finally:
        _inherited.clear()


def _make_chunk(names: list[str], cache: Path | None) -> list[tuple[str, str]]:
    """What a worker does: some figures, from the composer that it inherited."""
    composer = _inherited["composer"]
    return [(name, make_plate(composer, name, cache)) for name in names]
