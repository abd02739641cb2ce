"""Pictures of pages made from SVG, few in colours and kept from run to run.

One of the few modules that touch the outside, through the drawing engine and its fonts. The same
picture gives the same bytes. Knows nothing of what pictures show.
"""

from __future__ import annotations

import atexit
import contextlib
import hashlib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from report.drawing import draw_png, register_fonts
from report.keeping import keep, recall, stamp_machine
from report.lettering import Case, LetterMissing
from report.pixels import shrink_png
from report.scratch import open_scratch

COLOURS = 128
"""With so many, large areas keep their very colour, and no edge of a letter shows a step."""


def engrave_all(pictures: Mapping[str, str], modules: Path, cache: Path | None) -> dict[str, bytes]:
    """Each SVG as PNG of its own size, by the same path.

    `modules` is the folder into which npm installs, `cache` one of what is kept from earlier runs.
    Raises LetterMissing for a letter that no font has.
    """
    stamp = stamp_machine()
    keys = {
        path: hashlib.sha256(f"{stamp}\n{svg}".encode()).hexdigest()
        for path, svg in pictures.items()
    }
    made: dict[str, bytes] = {}
    for path, key in keys.items():
        kept = recall(cache, key, ".png") if cache is not None else None
        if kept is not None:
            made[path] = kept
    left = {path: svg for path, svg in pictures.items() if path not in made}
    for path, svg in left.items():
        made[path] = _engrave(path, svg, _lay_fonts(modules))
        if cache is not None:
            keep(cache, keys[path], ".png", made[path])
    return made


@lru_cache(maxsize=1)
def _lay_fonts(modules: Path) -> Case:
    """The fonts of this process, in a folder that its engine reads as long as it lives."""
    rooms = contextlib.ExitStack()
    atexit.register(rooms.close)
    return Case(modules, rooms.enter_context(open_scratch()))


def _engrave(path: str, svg: str, case: Case) -> bytes:
    try:
        lettered, folders = case.set_letters(svg)
    except LetterMissing as error:
        raise LetterMissing(f"{path}: {error}") from error
    for folder in folders:
        register_fonts(folder)
    return shrink_png(draw_png(lettered, 1.0), COLOURS)
