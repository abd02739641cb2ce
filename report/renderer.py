"""The renderer as a process of its own, which loads its libraries while words are still composed.

One of the few modules that touch the outside. Knows how a program is started, waited for and
stopped; knows neither pages nor settings. One process renders one site after another, each in a
copy of itself, so that its libraries are loaded once.
"""

from __future__ import annotations

import contextlib
import importlib.util
import json
import os
import re
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import IO, cast

from report.problems import WriteFailed

TIMEOUT = 120
"""Seconds that a site may take, but for large ones."""
LARGE = 600
"""Pages from which on a site may take longer, in proportion."""
EARLY = {
    "mkdocs": (
        *("mkdocs.commands.build", "mkdocs.config.defaults", "material.plugins.search.plugin"),
        *("markdown.extensions.tables", "markdown.extensions.toc", "markdown.extensions.attr_list"),
        *("markdown.extensions.md_in_html", "markdown.extensions.footnotes", "babel.dates"),
        *("markdown.extensions.def_list", "markdown.extensions.admonition", "pygments.lexers"),
        *("markdown.extensions.fenced_code", "pygments.formatters", "babel.support", "yaml"),
    ),
}
"""Modules that a renderer will need; one that does not exist is passed over."""
_SERVER = """
import ctypes, gc, importlib, json, os, runpy, sys, traceback

def follow():
    library = ctypes.CDLL(None)
    hasattr(library, "prctl") and library.prctl(1, 9)

def render(job):
    follow()
    gc.set_threshold(10_000, 20, 20)
    log = os.open(job["log"], os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o666)
    for stream, file in ((0, os.open(os.devnull, os.O_RDONLY)), (1, log), (2, log)):
        os.dup2(file, stream)
    os.environ.update(job["environment"])
    os.chdir(job["folder"])
    sys.argv = [renderer, *job["arguments"]]
    status = 1
    try:
        runpy.run_module(renderer, run_name="__main__", alter_sys=True)
        status = 0
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else int(end.code is not None)
    except BaseException:
        traceback.print_exc()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(status)

follow()
renderer, *early = sys.argv[1:]
for name in early:
    try:
        importlib.import_module(name)
    except ImportError:
        pass
gc.freeze()
for line in sys.stdin:
    child = os.fork()
    if not child:
        render(json.loads(line))
    print(os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), flush=True)
"""
"""Renders what it is told of; ends with us even if we are killed (1: PR_SET_PDEATHSIG, 9: KILL)."""
_WARNINGS = ("WARNING -", "ERROR -")
_SPARED = "A 'dirty' build is being performed"
_TRACE = re.compile(r"^Traceback \(most recent call last\):\n(?:[ \t].*\n|\n)*", re.MULTILINE)
"""The steps of a traceback; the line after them says what happened."""


class Renderer(contextlib.AbstractContextManager["Renderer", None]):
    """A renderer that stands ready; raises WriteFailed where there is none of that name."""

    def __init__(self, name: str) -> None:
        if importlib.util.find_spec(name) is None:
            raise WriteFailed(f"the renderer {name} is not installed; choose another by --renderer")
        self.name = name
        self._log: Path | None = None
        self._patience: float = TIMEOUT
        self._runs = False
        command = [sys.executable, "-P", "-c", _SERVER, name, *EARLY.get(name, ())]
        environment = {
            "PATH": os.environ.get("PATH", ""),
            "LC_ALL": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONHASHSEED": "0",
            "PYTHONNOUSERSITE": "1",
            "NO_MKDOCS_2_WARNING": "1",
        }
        try:
            self.process = subprocess.Popen(  # noqa: S603 - a fixed program with words of our own
                command,
                env=environment,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                text=True,
                start_new_session=True,  # an interrupt is for us, who then stop it
            )
        except OSError as error:
            raise WriteFailed(f"{name} cannot be started: {error.strerror}") from error
        self._orders = cast("IO[str]", self.process.stdin)
        self._answers = cast("IO[str]", self.process.stdout)

    def __exit__(self, *_: object) -> None:
        self.stop()

    @property
    def stands_ready(self) -> bool:
        """Whether it has neither broken down nor a run that nobody has waited for."""
        return self.process.poll() is None and not self._runs

    def start(
        self, folder: Path, arguments: Sequence[str], log: Path, clock: int, pages: int = 0
    ) -> None:
        """Begin a run in a folder; what it says goes to `log`, its time of building is `clock`.

        How long it may take hangs on how many `pages` there are.
        """
        self._log = log
        self._patience = TIMEOUT * max(1, pages / LARGE)
        self._runs = True
        environment = {"HOME": str(folder), "SOURCE_DATE_EPOCH": str(clock)}
        job = {
            "folder": str(folder),
            "arguments": list(arguments),
            "log": str(log),
            "environment": environment,
        }
        with contextlib.suppress(OSError):  # one that has broken down is told of in `wait`
            self._orders.write(json.dumps(job) + "\n")
            self._orders.flush()

    def wait(self) -> None:
        """Wait until the run has ended; raises WriteFailed with the renderer's last lines."""
        waiting = select.poll()  # for the one line that is written at once
        waiting.register(self._answers, select.POLLIN)
        is_late = not waiting.poll(self._patience * 1000)
        if is_late:
            self._kill()
        status = self._answers.readline().strip()
        self._runs = False  # not where an interrupt came before the answer
        if is_late:
            message = (
                f"{self.name} did not end within {self._patience:g} seconds; the site is as it was"
            )
            raise WriteFailed(message)
        if status != "0" or self._complains():
            message = f"{self.name} could not render the site (status {status or 'unknown'}):\n"
            raise WriteFailed(message + self._read_log())

    def _complains(self) -> bool:
        """Whether it warned of anything but that it was told to spare pages; all else is a fault.

        Where it spares none it is strict itself.
        """
        if self._log is None or not self._log.is_file():
            return False
        lines = self._log.read_text(errors="replace").splitlines()
        return any(line.startswith(_WARNINGS) and _SPARED not in line for line in lines)

    def _read_log(self) -> str:
        """What the renderer complained of: its last lines, without the workspace's own path."""
        if self._log is None or not self._log.is_file():
            return "  it said nothing"
        log = self._log.read_text(errors="replace").replace(f"{self._log.parent}/", "")
        log = _TRACE.sub("", log)
        lines = [line for line in log.split("\n") if line.strip() and not line.startswith("INFO")]
        return "\n".join(f"  {line}" for line in lines[-12:])

    def give_up(self) -> None:
        """End a run that nobody waits for any more, and the renderer with it."""
        if self._runs:
            self.stop()

    def stop(self) -> None:
        """End the renderer and whatever it is at."""
        self._kill()
        self.process.wait()
        for stream in (self._orders, self._answers):
            with contextlib.suppress(OSError):
                stream.close()

    def _kill(self) -> None:
        if self.process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.killpg(self.process.pid, signal.SIGKILL)
