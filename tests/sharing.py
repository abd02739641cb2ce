"""What is costly is made once, for all tests and all workers that run side by side.

Whoever asks first makes it, the others wait. It is there whole or not at all, and nobody may change
it: a test that wants to takes a copy.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parent.parent


def make_once(factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A folder of this name that `make` has filled; it is told where, and that is not there yet."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    place, half = shared / name, shared / f"{name}.half"
    with (shared / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not place.exists():
            shutil.rmtree(half, ignore_errors=True)
            make(half)
            half.rename(place)
    return place


def build_site(site: Path, *options: str) -> None:
    """A site, built by the project's own command."""
    command = [sys.executable, str(PROJECT / "build.py"), "site", "--site-dir", str(site), *options]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def build_second_pages(factory: pytest.TempPathFactory) -> Path:
    """The pages of the second report."""
    options = ("--pages-only", "--root", str(PROJECT / "tests" / "second_report"))
    return make_once(factory, "second-report-pages", lambda site: build_site(site, *options))
