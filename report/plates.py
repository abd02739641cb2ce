"""Placed figures made into the HTML that stands on pages.

Knows that a figure's markup is made from its order, its form's template and nothing else, so that
what was made before from the same is taken from a cache, and then nothing is drawn. Knows nothing
of processes, or of where a site is written.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from pathlib import Path

from report.drawing import stamp_drawings
from report.keeping import keep, recall
from report.pages import Composer
from report.workshop import Workshop

LIBRARIES = ("altair", "pandas", "babel", "jinja2", "markupsafe", "pydantic")


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


def make_plates(
    composer: Composer,
    names: Sequence[str],
    shelf: Shelf | None,
    workshop: Workshop,
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
    orders = [composer.order_figure(name) for name in names if name not in made]
    for group in workshop.draw(orders, shelf.drawings if shelf is not None else None):
        for drawn in group:
            name = drawn.figure.id
            made[name] = composer.render_figure(
                drawn.figure, drawn.drawings, drawn.original, drawn.firsts
            )
            if shelf is not None:
                keep(shelf.plates, keys[name], ".html", made[name])
        tell(len(group))
    return made
