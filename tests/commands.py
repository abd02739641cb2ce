"""The project's commands run in this process, which spares a start of Python for each of them.

They run from the same entry as `build.py`, which other tests start as a person does.
"""

from __future__ import annotations

import contextlib
import io
import os
import signal
from collections.abc import Mapping
from pathlib import Path

import pytest

from report.cli import run_command
from report.endings import ExitStatus, tell_ending
from tests.sharing import PROJECT


def main(arguments: list[str]) -> int:
    """The status of a command; what is said of its ending is said as `build.py` does."""
    return tell_ending(lambda: run_command(arguments))


def run_here(
    *arguments: str, environment: Mapping[str, str], folder: Path = PROJECT
) -> tuple[int, str, str]:
    """Status, output and complaints of a command to which just these variables are known.

    It is typed in a folder.
    """
    said, complaint = io.StringIO(), io.StringIO()
    with (
        pytest.MonkeyPatch.context() as patch,
        contextlib.redirect_stdout(said),
        contextlib.redirect_stderr(complaint),
    ):
        for name in {*os.environ} - {*environment}:
            patch.delenv(name)
        for name, value in environment.items():
            patch.setenv(name, value)
        patch.chdir(folder)
        patch.setattr(signal, "signal", lambda *_: None)  # what ends the tests is not its own
        status = main(list(arguments))
    if status == ExitStatus.INTERRUPTED:  # it was the tests that somebody wanted to end
        raise KeyboardInterrupt
    return int(status), said.getvalue(), complaint.getvalue()
