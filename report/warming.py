"""The process from which others that draw are started, loading its libraries while facts are read.

One of the few modules that touch the outside. Imports next to nothing itself, so that it can be
asked first of all; knows the names of libraries, and where processes find each other; neither
figures nor pages.
"""

from __future__ import annotations

import atexit
import contextlib
import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator
from multiprocessing import forkserver, resource_tracker
from pathlib import Path

from report.problems import WriteFailed
from report.scratch import open_scratch

SHAPES = "shapes"
"""The folder of what Altair has made before, below that of all that is kept."""
_EARLY = ["numpy", "pandas", "report.workshop"]


def start_server(cache: Path | None) -> None:
    """Begin to load what processes that draw will need, and do not wait for it; but once.

    Altair is not needed by a run that finds its shapes in the `cache`. Where no process can be
    started nothing happens: whoever wants to draw will find out.
    """
    known = cache is not None and (cache / SHAPES).is_dir()
    with contextlib.suppress(OSError, WriteFailed), _share_places():
        _choose_folder()
        multiprocessing.set_forkserver_preload([*_EARLY, *([] if known else ["altair"])])
        resource_tracker.ensure_running()  # which the other would start, and lets interrupts in
        with _hold_interrupts():
            forkserver.ensure_running()


@contextlib.contextmanager
def _hold_interrupts() -> Iterator[None]:
    """Have a process that is started now hear of no interrupt, which is for this one.

    It ignores them once it has loaded its libraries, and would end with a traceback until then.
    """
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _choose_folder() -> None:
    """Have processes find each other in a folder that is swept even if this process is killed.

    The library would make one of its own, which nobody would ever remove then.
    """
    settings = multiprocessing.current_process()._config  # type: ignore[attr-defined] # noqa: SLF001 - the library asks there first
    if "tempdir" not in settings:
        rooms = contextlib.ExitStack()
        settings["tempdir"] = str(rooms.enter_context(open_scratch()))
        atexit.register(rooms.close)


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
