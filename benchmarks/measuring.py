"""What a command takes: time, the work of all its processes, and their memory together.

Reaps whatever a command leaves behind, so that processes which end on their own are counted too.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import platform
import resource
import signal
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

_PR_SET_CHILD_SUBREAPER = 36
_PAUSE = 0.05
"""Seconds between two looks at memory."""


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took."""

    seconds: float
    processors: float
    """Seconds that all its processes worked."""
    memory: float
    """Peak of all its processes together in MiB; what they share is counted once."""


class CommandFailed(Exception):
    """A command that did not end well: in a few words, and with the last of what it said.

    Only what it said, and how it was called, may hold paths of a machine.
    """

    def __init__(self, brief: str, said: str = "") -> None:
        super().__init__(f"{brief}:\n{said}" if said else brief)
        self.brief = brief


def describe_machine() -> str:
    """What was measured on, in a few words."""
    system = f"{platform.system()} {platform.machine()}"
    return f"{system}, {os.cpu_count()} cores, Python {platform.python_version()}"


def adopt_orphans() -> None:
    """Have processes whose parent has ended come to this one, where the system can."""
    library = ctypes.CDLL(None)
    if hasattr(library, "prctl"):
        library.prctl(_PR_SET_CHILD_SUBREAPER, 1)


def run(
    command: Sequence[str],
    folder: Path,
    timeout: float = 1800,
    environment: Mapping[str, str] | None = None,
) -> Cost:
    """What a command takes that must end well, and soon enough; raises CommandFailed."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    around = os.environ | {"NO_MKDOCS_2_WARNING": "1"} | dict(environment or {})
    around.pop("PYTHONDONTWRITEBYTECODE", None)  # compiled modules are kept, as for any user
    started = time.perf_counter()
    process = subprocess.Popen(
        command, cwd=folder, env=around, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
    )
    watcher = _Watcher()
    watcher.start()
    try:
        _, said = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired as late:
        _end_at_once(process)
        raise CommandFailed(f"took more than {timeout:.0f} seconds") from late
    finally:
        seconds = time.perf_counter() - started
        watcher.stop()
        _reap(started + timeout)
    if process.returncode:
        last = f"{' '.join(command)}\n{said.decode(errors='replace')[-2000:].strip()}"
        raise CommandFailed(f"ended with status {process.returncode}", last)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    worked = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Cost(seconds, worked, watcher.peak / 1024)


def _end_at_once(process: subprocess.Popen[bytes]) -> None:
    """Kill a command with all that it has begun, also what has left it and holds its outputs."""
    while True:
        _kill_below()
        with contextlib.suppress(subprocess.TimeoutExpired):  # it has begun one more meanwhile
            process.communicate(timeout=_PAUSE)
            return


def _kill_below() -> None:
    for left in _list_below(os.getpid()):
        with contextlib.suppress(ProcessLookupError):
            os.kill(left, signal.SIGKILL)


def _reap(until: float) -> None:
    """Wait for all that is left: the work of a process counts once it has been waited for.

    What has not ended by then is killed.
    """
    with contextlib.suppress(ChildProcessError):  # there is none any more
        while True:
            ended, _ = os.waitpid(-1, os.WNOHANG)
            if not ended:
                if time.perf_counter() > until:
                    _kill_below()
                time.sleep(_PAUSE)


class _Watcher(threading.Thread):
    """Looks now and then at how much memory all processes below this one have, in KiB."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.peak = 0
        self._end = threading.Event()

    def run(self) -> None:
        """Look until told to stop."""
        while not self._end.wait(_PAUSE):
            self.peak = max(self.peak, sum(map(_weigh, _list_below(os.getpid()))))

    def stop(self) -> None:
        """Look no more."""
        self._end.set()
        self.join()


def _list_below(root: int) -> list[int]:
    """All processes that descend from one, by the system's own lists of children."""
    found, asked = [], [root]
    while asked:
        for tasks in Path(f"/proc/{asked.pop()}/task").glob("*/children"):
            try:
                below = [int(number) for number in tasks.read_text().split()]
            except OSError:
                continue
            found += below
            asked += below
    return found


def _weigh(process: int) -> int:
    """Memory of a process in KiB, of what it shares only its share."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
