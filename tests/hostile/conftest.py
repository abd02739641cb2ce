"""The armed site and its harmless twin, built once for all tests of this folder."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.browser.conftest import serve_folder
from tests.hostile.building import EDITION
from tests.sharing import PROJECT, make_once


@dataclass(frozen=True, slots=True)
class Pair:
    """The folders of the two sites."""

    armed: Path
    harmless: Path

    def list_files(self) -> list[str]:
        """Files of the edition in the armed site, by path below it."""
        folder = self.armed / "en" / EDITION
        return sorted(
            path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()
        )

    def read_armed(self, name: str) -> bytes:
        """A file of the armed edition."""
        return (self.armed / "en" / EDITION / name).read_bytes()

    def read_harmless(self, name: str) -> bytes:
        """The file of the same place; books and archives are named by the report's title."""
        folder = self.harmless / "en" / EDITION
        if (folder / name).is_file():
            return (folder / name).read_bytes()
        (found,) = (folder / name).parent.glob(f"*{EDITION}*{Path(name).suffix}")
        return found.read_bytes()


def build_pair(folder: Path) -> None:
    """Both sites, built by a process of their own, which changes the machine within it."""
    command = [sys.executable, "-m", "tests.hostile.building", str(folder)]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.fixture(scope="session")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Pair:
    """Both sites; workers that run side by side share them."""
    folder = make_once(tmp_path_factory, "hostile", build_pair)
    return Pair(folder / "armed", folder / "harmless")


@pytest.fixture(scope="session")
def address(pair: Pair) -> Iterator[str]:
    """Where the armed site is served."""
    with serve_folder(pair.armed) as served:
        yield served
