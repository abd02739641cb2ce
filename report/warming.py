"""The process from which others that draw are started, loading its libraries while facts are read.

One of the few modules that touch the outside. Imports next to nothing itself, so that it can be
asked first of all; knows the names of libraries, and neither figures nor pages.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import os
import sys
from collections.abc import Iterator
from multiprocessing import forkserver
from pathlib import Path

SHAPES = "shapes"
"""The folder of what Altair has made before, below that of all that is kept."""
_EARLY = ["numpy", "pandas", "report.workshop"]


def start_server(cache: Path | None) -> None:
    """Begin to load what processes that draw will need, and do not wait for it; but once.

    Altair is not needed by a run that finds its shapes in the `cache`. Where no process can be
    started nothing happens: whoever wants to draw will find out.
    """
    known = cache is not None and (cache / SHAPES).is_dir()
    with contextlib.suppress(OSError), _share_places():
        multiprocessing.set_forkserver_preload([*_EARLY, *([] if known else ["altair"])])
        forkserver.ensure_running()


@contextlib.contextmanager
def _share_places() -> Iterator[None]:
    """Have a process that is started now look for modules where this one does.

    Else it looks in the folder that the command runs in first, and never where this program lies: a
    folder `report/` there would be taken for the program, and nothing could be drawn.
    """
    places = os.pathsep.join(place or os.getcwd() for place in sys.path)  # noqa: PTH109 - text
    own = {"PYTHONSAFEPATH": "1", "PYTHONPATH": places}
    before = {name: os.environ.get(name) for name in own}
    os.environ.update(own)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value
