"""The process from which others that draw are started, loading its libraries while facts are read.

One of the few modules that touch the outside. Imports next to nothing itself, so that it can be
asked first of all; knows the names of libraries, and neither figures nor pages.
"""

from __future__ import annotations

import contextlib
import multiprocessing
from multiprocessing import forkserver
from pathlib import Path

SHAPES = "shapes"
"""The folder of what Altair has made before, below that of all that is kept."""
_EARLY = ["numpy", "pandas", "report.workshop"]


def start_server(cache: Path | None) -> None:
    """Begin to load what processes that draw will need, and do not wait for it.

    Altair is not needed by a run that finds its shapes in the `cache`. Where no process can be
    started nothing happens: whoever wants to draw will find out.
    """
    known = cache is not None and (cache / SHAPES).is_dir()
    with contextlib.suppress(OSError):
        multiprocessing.set_forkserver_preload([*_EARLY, *([] if known else ["altair"])])
        forkserver.ensure_running()
