"""Placed figures made into the HTML that stands on pages, and the files that go with them.

Knows that both are made from a figure's order, its form's template and nothing else, so that
what was made before from the same is taken from a cache, and then nothing is drawn. Knows nothing
of how others draw, or of where a site is written.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from report.embeds import write_embed
from report.keeping import keep, recall, stamp_machine
from report.pages import Composer
from report.spools import Later, Spool
from report.workshop import Drawn, Workshop


@dataclass(frozen=True)
class Plate:
    """A figure as it stands on its page, with the files that go with it."""

    html: str
    files: Mapping[str, bytes] = field(default_factory=dict)
    """Content by path below the edition's site."""

    def pack(self) -> bytes:
        """The plate as one piece: the length of each part, then the parts."""
        parts = {"": self.html.encode(), **self.files}
        lengths = json.dumps({path: len(content) for path, content in parts.items()})
        return b"\n".join([lengths.encode(), b"".join(parts.values())])


def unpack_plate(packed: bytes) -> Plate:
    """The plate that was packed."""
    lengths, _, rest = packed.partition(b"\n")
    files, at = {}, 0
    for path, length in json.loads(lengths).items():
        files[path] = rest[at : at + length]
        at += length
    return Plate(files.pop("").decode(), files)


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

    @property
    def pages(self) -> Path:
        """The folder of rendered pages."""
        return self.folder / "pages"


@dataclass(frozen=True)
class Batch:
    """Figures of one edition that are on their way to be plates."""

    composer: Composer
    shelf: Shelf | None
    keys: Mapping[str, str]
    """What each is made from, by name; empty where nothing is kept."""
    made: Spool
    """Packed plates by name: those that were kept, and then those that are drawn."""
    kept: Collection[str]
    drawn: Iterator[list[Drawn]]
    """Those that are not kept, in groups as they are drawn."""


def begin_plates(
    composer: Composer,
    names: Sequence[str],
    shelf: Shelf | None,
    workshop: Workshop,
    spool: Spool,
) -> Batch:
    """Look for kept plates, and have processes begin to draw the others."""
    kept: list[str] = []
    keys: dict[str, str] = {}
    if shelf is not None:
        stamp = stamp_machine()
        keys = {name: composer.key_figure(name, stamp) for name in names}
        for name, key in keys.items():
            packed = recall(shelf.plates, key, ".plate")
            if packed is not None:
                spool.put(name, packed)
                kept.append(name)
    orders = [composer.order_figure(name) for name in names if name not in kept]
    drawn = workshop.draw(orders, shelf.drawings if shelf is not None else None)
    return Batch(composer, shelf, keys, spool, kept, drawn)


def finish_plates(batch: Batch, tell: Callable[[int], None]) -> Mapping[str, Plate]:
    """All figures of a batch by name, each read when it is asked for, while its spool is open.

    `tell` hears how many have been finished since.
    """
    composer, shelf, names = batch.composer, batch.shelf, [*batch.kept]
    tell(len(names))
    for group in batch.drawn:
        for drawn in group:
            name = drawn.figure.id
            html = composer.render_figure(
                drawn.figure, drawn.drawings, drawn.original, drawn.firsts, drawn.files
            )
            files = dict(drawn.files)
            if composer.whole:
                order = composer.order_figure(name)
                files |= write_embed(composer.environment, order, drawn.figure, drawn.drawings)
            packed = Plate(html, files).pack()
            batch.made.put(name, packed)
            names.append(name)
            if shelf is not None:
                keep(shelf.plates, batch.keys[name], ".plate", packed)
        tell(len(group))
    return Later(names, lambda name: unpack_plate(batch.made.read(name)))
