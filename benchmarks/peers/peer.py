"""What a peer is asked: to write the pages in its own way, and which command builds them.

Knows folders and commands. Runs nothing and measures nothing.
"""

from __future__ import annotations

import shutil
from abc import ABC, abstractmethod
from collections.abc import Mapping
from pathlib import Path

from benchmarks.workload import find_changed, make_sheets

PROJECT = Path(__file__).resolve().parents[2]
LIBRARIES = PROJECT / "benchmarks" / "node_modules"


class Peer(ABC):
    """Something that builds a site of the made-up pages, in a folder of its own."""

    name: str
    keeps: str = ""
    """What it keeps from one build to the next, as a reader of the table must know."""
    environment: Mapping[str, str] = {}
    charts: str = ""
    """A selector of what is drawn in its pages; empty where nothing is."""
    visited: bool = True
    """Whether a browser visits its first page."""
    digits: int = 3
    """Decimals with which its pages show values."""

    @abstractmethod
    def find_lack(self) -> str:
        """What is not installed, and how to install it; empty where nothing is missing."""

    @abstractmethod
    def write(self, folder: Path, pages: int, shift: int = 0) -> None:
        """Write what it builds from; files that stay the same keep their times."""

    @abstractmethod
    def build(self, folder: Path) -> list[str]:
        """The command that builds, run in the folder."""

    def build_cold(self, folder: Path) -> list[str]:
        """The command that builds where nothing is to be kept."""
        return self.build(folder)

    def clear(self, folder: Path) -> None:
        """Take away what was built and all that was kept of it, but not installed libraries."""
        shutil.rmtree(self.find_site(folder), ignore_errors=True)

    def find_site(self, folder: Path) -> Path:
        """Where the site lies."""
        return folder / "site"

    @abstractmethod
    def find_page(self) -> str:
        """Where the first page with charts lies within the site."""

    def tell_changed(self, pages: int, shift: int) -> str:
        """How the first page shows the value that changes; empty where none does."""
        return f"{find_changed(make_sheets(pages, shift)):.{self.digits}f}"

    fills: bool = False
    """Whether a cold build leaves nothing, so that another one must fill what is kept."""


def find_library(name: str) -> str:
    """What to do about a library of npm that is not there; empty where it is."""
    there = (LIBRARIES / name / "package.json").is_file()
    return "" if there else f"{name} is not installed: make bench-peers"
