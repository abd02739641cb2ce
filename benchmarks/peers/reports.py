"""A real report: built by this project, alone or with all downloads, and its words by bare MkDocs.

Its folder is copied, so that a value of it can be changed.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
import shutil
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from ruamel.yaml import YAML

from benchmarks.peers.material import Floor, write_words
from benchmarks.peers.own import Own
from benchmarks.peers.peer import PROJECT, Peer
from benchmarks.workload import write
from report.composition import INPUTS, Settings, Volume, compose_report
from report.editions import order_edition

RENDER = """
import sys
from mkdocs.commands.build import build
from mkdocs.config import load_config
for settings in sys.argv[1:]:
    build(load_config(settings, quiet=True))
"""


class Report(Own):
    """The report as this project builds it: all its editions in all its languages."""

    def __init__(self, root: Path, *, whole: bool) -> None:
        super().__init__(whole=whole)
        self.root = root.resolve()

    def write(self, folder: Path, pages: int, shift: int = 0) -> None:  # noqa: ARG002 - as it is
        """The report with one value changed by so many thousandths of its last place.

        A thousand of them are seen wherever the value is.
        """
        target = self.find_root(folder)
        if not target.is_dir():
            copy_report(self.root, target)
        path, line, row = find_value(self.root)
        changed = io.StringIO()
        csv.writer(changed, lineterminator="").writerow(
            [*row[:2], self._change(row[2], shift), *row[3:]]
        )
        lines = (self.root / path).read_text("utf-8").split("\n")
        lines[line] = changed.getvalue()
        write(target / path, "\n".join(lines))

    @staticmethod
    def _change(value: str, shift: int) -> str:
        read = Decimal(value)
        return f"{read + Decimal(shift).scaleb(min(int(read.as_tuple().exponent), 0) - 3):f}"

    def find_page(self) -> str:
        """The newest edition's table of all values, or the front door where there is none."""
        language, newest = find_newest(self.root)
        return f"{language}/{newest}/data/observations.csv" if self.whole else "index.html"

    def tell_changed(self, pages: int, shift: int) -> str:  # noqa: ARG002 - of one value
        """The value as it was read, which the table repeats."""
        return self._change(find_value(self.root)[2][2], shift) if self.whole else ""


class Words(Floor):
    """Bare MkDocs on the Markdown that is composed for the report, its editions in one process."""

    name = "floor: bare MkDocs Material on the report's Markdown, no figures"
    visited = False

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()

    def write(self, folder: Path, pages: int, shift: int = 0) -> None:  # noqa: ARG002 - as they are
        """The documents of each edition, with the project's settings and without its theme."""
        for volume in compose_words(self.root):
            place = folder / f"{volume.language}-{volume.edition.id}"
            write_words(place, volume, site_dir=str(self.find_site(folder) / place.name))

    def build(self, folder: Path) -> list[str]:
        """Build all editions, one after the other."""
        return [sys.executable, "-c", RENDER, *map(str, sorted(folder.glob("*/mkdocs.yml")))]

    def find_page(self) -> str:
        """The newest edition's first page."""
        return f"{'-'.join(find_newest(self.root))}/index.html"

    def tell_changed(self, pages: int, shift: int) -> str:  # noqa: ARG002 - the peer's arguments
        """Nothing: which words name the value hangs on the report."""
        return ""


def copy_report(root: Path, target: Path) -> None:
    """What a report is made from."""
    for name in INPUTS:
        if (root / name).is_dir():
            shutil.copytree(root / name, target / name)
        elif (root / name).is_file():
            target.mkdir(parents=True, exist_ok=True)
            shutil.copy(root / name, target / name)


def find_newest(root: Path) -> tuple[str, str]:
    """The report's first language and its newest edition."""
    editions = [path.stem for path in (root / "data/editions").glob("*.yml")]
    declared = YAML(typ="safe", pure=True).load((root / "data/report.yml").read_text())
    return str(declared["languages"][0]), max(editions, key=order_edition)


def find_value(root: Path) -> tuple[str, int, list[str]]:
    """A value that may be passed on and that a figure draws: its file, line from 0 on, and row.

    Of each series the newest is looked at, which no figure leaves out.
    """
    with (root / "data/sources.csv").open(encoding="utf-8", newline="") as file:
        free = {row["id"] for row in csv.DictReader(file) if row["redistributable"] == "yes"}
    drawn = set(list_drawn(root))
    for path in sorted((root / "data/observations").glob("*.csv")):
        newest: dict[str, tuple[str, int, list[str]]] = {}
        for number, text in enumerate(path.read_text("utf-8").split("\n")[1:], start=1):
            row = next(csv.reader([text]), [])
            is_value = len(row) > 5 and row[2].replace(".", "").isdigit()
            if is_value and row[0] in drawn and row[1] > newest.get(row[0], ("",))[0]:
                newest[row[0]] = row[1], number, row
        for _, number, row in newest.values():
            if row[5] in free:
                return f"data/observations/{path.name}", number, row
    message = "no observation that a figure draws may be passed on"
    raise ValueError(message)


def list_drawn(root: Path) -> Iterator[str]:
    """All series that figures draw by their own names."""
    for path in sorted((root / "data/figures").rglob("*.yml")):
        declared = YAML(typ="safe", pure=True).load(path.read_text("utf-8")) or {}
        for figure in declared.get("figures", ()):
            yield from figure.get("series", ())


def list_report_peers(root: Path) -> list[Peer]:
    """The floor, and this project without and with all downloads."""
    return [Words(root), Report(root, whole=False), Report(root, whole=True)]


def compose_words(root: Path) -> list[Volume]:
    """All editions of the report in all its languages."""
    asked = Settings(root, PROJECT, root / "site", dt.datetime.now(dt.UTC).date(), whole=False)
    return compose_report(asked, allow_marks=True)[1]


def count_pages(root: Path) -> int:
    """Pages of all of them."""
    return sum(len(volume.documents.markdown) for volume in compose_words(root))
