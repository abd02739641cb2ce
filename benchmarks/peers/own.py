"""This project, with its own renderer or another, of one edition or many, alone or whole."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

from benchmarks.browsing import CHARTS
from benchmarks.peers.peer import PROJECT, Peer
from benchmarks.workload import FIRST, MORE_YEARS, find_changed, make_sheets, write_report


class Own(Peer):
    """The builder of this project; without `whole` the pages alone, no downloads."""

    fills = True
    charts = CHARTS
    digits = 1
    keeps = "drawings, pages, compiled forms"

    def __init__(self, renderer: str = "mkdocs", *, whole: bool = False) -> None:
        self.renderer, self.whole = renderer, whole
        self.name = "this project" + ("" if renderer == "mkdocs" else f", --renderer {renderer}")
        self.name += ", with all downloads" if whole else ""

    def find_lack(self) -> str:
        """Its renderer, where that is not the usual one."""
        there = importlib.util.find_spec(self.renderer)
        return "" if there else f"{self.renderer} is not installed"

    def find_root(self, folder: Path) -> Path:
        """The report that is built."""
        return folder / "report"

    def write(self, folder: Path, pages: int, shift: int = 0) -> None:
        """A report folder."""
        write_report(self.find_root(folder), pages, shift=shift)

    def build(self, folder: Path) -> list[str]:
        """Build; what was drawn and rendered before is kept."""
        root, site = str(self.find_root(folder)), str(self.find_site(folder))
        command = [sys.executable, str(PROJECT / "build.py"), "site", "--root", root]
        command += ["--site-dir", site, "--renderer", self.renderer]
        return command if self.whole else [*command, "--pages-only"]

    def build_cold(self, folder: Path) -> list[str]:
        """The same without anything kept."""
        return [*self.build(folder), "--no-cache"]

    def find_page(self) -> str:
        """Below the newest edition."""
        return f"en/latest/orchards/{FIRST}/index.html"


class Editions(Own):
    """A report of several editions in three languages; only the newest one's value changes."""

    def __init__(self, editions: int) -> None:
        super().__init__()
        self.editions = editions
        self.name += f", {editions} editions in 3 languages"

    def write(self, folder: Path, pages: int, shift: int = 0) -> None:
        """So many pages in each edition and language."""
        root, languages = self.find_root(folder), ("en", "zh", "ru")
        write_report(root, pages, shift=shift, editions=self.editions, languages=languages)

    def tell_changed(self, pages: int, shift: int) -> str:
        """The value that only the newest edition sees."""
        sheets = make_sheets(pages, shift, MORE_YEARS)
        return f"{find_changed(sheets, MORE_YEARS[-1]):.{self.digits}f}"
