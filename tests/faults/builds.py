"""Builds of a small report, started as a person starts them, to be ended in some way.

Knows how a build is started with little room or few rights, and what must lie beside a site; not
what ends one.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.examples import PROJECT, SECOND
from tests.lengths import MOMENTS
from tests.trees import read_tree

DROP, OVERRIDES = 24, (1, 2)
"""`prctl` takes from a process and its children what lets root write and read everything."""
SMALL = 20_000
"""Bytes that a file may have where the disk is made to refuse: less than a page of the site."""


def start(
    root: Path,
    *options: str,
    afresh: bool = False,
    limit: int | None = None,
    has_rights: bool = True,
) -> subprocess.Popen[str]:
    """A build of a report folder, as a person starts it; `afresh` it uses nothing that is kept.

    `limit` is the greatest size of a file. Without rights, not even root may write where the rights
    of a folder forbid it.
    """

    def confine() -> None:
        if limit is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
        for right in () if has_rights else OVERRIDES:
            ctypes.CDLL(None).prctl(DROP, right)

    command = [sys.executable, str(PROJECT / "build.py"), "site", "--root", str(root)]
    aside = find_aside(root)
    aside.mkdir(exist_ok=True)
    return subprocess.Popen(
        [*command, *options, "--pages-only", *(["--no-cache"] if afresh else [])],
        env={**os.environ, "TMPDIR": str(aside)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        preexec_fn=confine,  # noqa: PLW1509 - the limit is for the build alone
        start_new_session=True,
    )


def find_aside(root: Path) -> Path:
    """The folder for what builds of a report folder do on the side."""
    return root.with_name("aside")


def finish(process: subprocess.Popen[str]) -> tuple[int, str]:
    """The status with which a build ended, and what it said on stderr."""
    _, said = process.communicate(timeout=120)
    return process.returncode, said


def list_beside(site: Path) -> set[str]:
    """What lies beside the site and is no part of the report."""
    return {path.name for path in site.parent.iterdir()} - {"data", "site_src", "README.md"}


Built = tuple[Path, dict[bool, float]]
"""A report folder with its site, and the seconds that its build took, afresh and not."""


@pytest.fixture(scope="session", name="built")
def build_once(tmp_path_factory: pytest.TempPathFactory) -> Built:
    """A report with its site, of which each test makes a copy."""
    root = Path(shutil.copytree(SECOND, tmp_path_factory.mktemp("faults") / "report"))
    seconds = {}
    for afresh in (True, False, False):  # the first that keeps anything has all to make
        shutil.rmtree(root / "site", ignore_errors=True)
        begun = time.monotonic()
        assert finish(start(root, afresh=afresh))[0] == 0
        seconds[afresh] = time.monotonic() - begun
    return root, seconds


def start_for_a_while(root: Path, built: Built, number: int) -> subprocess.Popen[str]:
    """A build some way on its way: each moment further, by turns afresh and with what is kept."""
    afresh = number % 2 == 0
    process = start(root, afresh=afresh)
    time.sleep(built[1][afresh] * (number + 0.5) / MOMENTS)
    return process


@pytest.fixture(name="edited")
def copy_with_edit(built: Built, tmp_path: Path) -> Path:
    """A copy of it with an edit that its site does not show yet."""
    root = Path(shutil.copytree(built[0], tmp_path / "report"))
    words = root / "site_src" / "2026" / "en" / "method.md"
    text = words.read_text()
    assert text.count("{% endblock %}") == 1
    words.write_text(text.replace("{% endblock %}", "\nA sentence that was added.\n{% endblock %}"))
    return root


def build_again(root: Path) -> dict[str, bytes]:
    """The site after one more build, which must be whole and leave nothing beside it."""
    assert finish(start(root)) == (0, "")
    assert list_beside(root / "site") == {"site"}
    assert list(find_aside(root).iterdir()) == []
    return read_tree(root / "site")


def build_afresh(root: Path) -> dict[str, bytes]:
    """The site of a build that uses nothing of what others have left or kept."""
    shutil.rmtree(root / "site")
    assert finish(start(root, afresh=True)) == (0, "")
    return read_tree(root / "site")
