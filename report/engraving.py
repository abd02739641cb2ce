"""Pictures of pixels made from SVG in the report's own letters.

One of the few modules that touch the outside, through the drawing engine and the fonts. The same
drawing gives the same bytes. Knows nothing of what pictures show.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache
from pathlib import Path

from report.drawing import draw_png
from report.keeping import keep, recall, stamp_machine
from report.lettering import Case, LetterMissing
from report.pixels import shrink_png

COLOURS = 128
"""With so many, large areas keep their very colour, and no edge of a letter shows a step."""
MODULES = Path(__file__).resolve().parents[1] / "node_modules"


@lru_cache(maxsize=1)
def _open_case() -> Case:
    """The fonts of this process."""
    return Case(MODULES)


def engrave(name: str, svg: str, scale: float = 1.0, colours: int = COLOURS) -> bytes:
    """A compact SVG as PNG with so many pixels for each unit and so many colours.

    Raises LetterMissing for a letter that no font has, in the picture of this name.
    """
    try:
        lettered = _open_case().set_letters(svg)
    except LetterMissing as error:
        raise LetterMissing(f"{name}: {error}") from error
    return shrink_png(draw_png(lettered, scale), colours)


def engrave_all(
    pictures: Mapping[str, str],
    cache: Path | None,
    draw: Callable[[Mapping[str, str]], Iterable[tuple[str, bytes]]],
) -> dict[str, bytes]:
    """Each SVG as PNG by the same path; `draw` makes those that `cache` does not keep."""
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
    for path, png in draw({path: svg for path, svg in pictures.items() if path not in made}):
        made[path] = png
        if cache is not None:
            keep(cache, keys[path], ".png", png)
    return made
