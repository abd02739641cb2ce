"""Books set by the typesetter Typst, each in a process beside the other work, or recalled.

One of the few modules that touch the outside. The process sees one folder with the book's source,
its form and its drawings, the fonts that its letters need, and no package. Knows how a book is kept
from run to run and what its file tells of itself; knows nothing of what stands in it. Libraries of
books are imported where one is set: a build of pages alone has none.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from report.keeping import keep, recall, stamp_machine
from report.languages import Catalogue
from report.problems import WriteFailed
from report.text import escape_html
from report.writing import write_files

if TYPE_CHECKING:
    from report.book import Manuscript
    from report.typefaces import Letters

FORM = "book/form.typ"
"""The form of a book below the folder of templates."""
TIMEOUT = 300
"""Seconds that a book may take."""
STANDARD = "ua-1"
"""PDF/UA-1: tagged and titled, words in the place of each drawing, a glyph for each letter."""
MARK = "<span data-book></span>"
"""Where a page tells how large the book is, once it is known."""
_SERVER = """
import ctypes, sys, typst
library = ctypes.CDLL(None)
hasattr(library, "prctl") and library.prctl(1, 9)
source, target, standard, families, clock, *folders = sys.argv[1:]
try:
    typst.compile(
        source, output=target, root=".", font_paths=folders, ignore_system_fonts=True,
        format="pdf", sys_inputs={"fonts": families}, pdf_standards=standard,
        package_path="packages", package_cache_path="packages", timestamp=int(clock),
    )
except typst.TypstError as error:
    sys.exit(error.message + chr(10) + str(error.diagnostic))
"""
"""Sets one book in its working folder; ends with us even if we are killed (see `renderer`)."""
_PAGE = re.compile(rb"/Type\s*/Page\b")


@dataclass(frozen=True, slots=True)
class Book:
    """A book that is ready."""

    name: str
    content: bytes
    pages: int


@dataclass
class Press(contextlib.AbstractContextManager["Press", None]):
    """Where books are set."""

    project: Path
    cache: Path | None
    _running: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def __exit__(self, *_: object) -> None:
        for process in self._running:
            if process.poll() is None:
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def begin(self, manuscript: Manuscript, folder: Path) -> Setting:
        """Begin to set a book in a folder of its own, or find that it was set before."""
        from report.typefaces import INSTEAD, leave_unshown  # noqa: PLC0415

        source = leave_unshown(manuscript.source)
        form = self.project / "templates" / FORM
        letters = self._convert({*manuscript.letters, INSTEAD[1]}, folder.parent)
        files = {
            "main.typ": source.encode(),
            "form.typ": form.read_bytes(),
            **{name: svg.encode() for name, svg in manuscript.drawings.items()},
        }
        key = _name(files, letters)
        kept = recall(self.cache / "books", key, ".pdf") if self.cache else None
        if kept is not None:
            return Setting(manuscript.name, None, folder, None, kept)
        write_files(folder, files)
        process = self._start(folder, letters)
        return Setting(manuscript.name, process, folder, (self.cache, key) if self.cache else None)

    def _convert(self, letters: set[str], aside: Path) -> Letters:
        """Fonts for some letters, kept for later runs where that can be."""
        from report.typefaces import convert_letters  # noqa: PLC0415

        modules = self.project / "node_modules"
        if self.cache is not None:
            with contextlib.suppress(OSError):  # what cannot be kept is made aside
                return convert_letters(modules, self.cache, letters)
        return convert_letters(modules, aside, letters)

    def _start(self, folder: Path, letters: Letters) -> subprocess.Popen[bytes]:
        options = ["main.typ", "book.pdf", STANDARD, ",".join(letters.families), "0"]
        fonts = [str(path.resolve()) for path in letters.folders]
        with (folder / "said.txt").open("wb") as said:
            process = subprocess.Popen(  # noqa: S603 - a fixed program with words of our own
                [sys.executable, "-P", "-c", _SERVER, *options, *fonts],
                cwd=folder,
                env={"PATH": os.environ.get("PATH", ""), "LC_ALL": "C.UTF-8", "TZ": "UTC"},
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                start_new_session=True,  # an interrupt is for us, who then stop it
            )
        self._running.append(process)
        return process


@dataclass(frozen=True)
class Setting:
    """A book that is being set."""

    name: str
    process: subprocess.Popen[bytes] | None
    folder: Path
    place: tuple[Path, str] | None
    """The folder and the key under which it is kept."""
    kept: bytes = b""
    """The number of its pages and the book, where it was set before."""

    def wait(self) -> Book:
        """The book; raises WriteFailed with what the typesetter complained of."""
        if self.process is None:
            count, _, kept = self.kept.partition(b"\n")
            return Book(self.name, kept, int(count))
        try:
            status = self.process.wait(TIMEOUT)
        except subprocess.TimeoutExpired as error:
            message = f"{self.name} was not set within {TIMEOUT} seconds; the site is as it was"
            raise WriteFailed(message) from error
        if status:
            said = (self.folder / "said.txt").read_text(errors="replace").strip()
            lines = "\n".join(f"  {line[:300]}" for line in said.split("\n")[:12])
            raise WriteFailed(f"{self.name} cannot be set (status {status}):\n{lines}")
        from report.packing import pack_pdf  # noqa: PLC0415

        loose = (self.folder / "book.pdf").read_bytes()
        content, pages = pack_pdf(loose), len(_PAGE.findall(loose))
        if self.place is not None:
            cache, key = self.place
            keep(cache / "books", key, ".pdf", b"%d\n%b" % (pages, content))
        return Book(self.name, content, pages)


def place_book(book: Book, target: Path, catalogue: Catalogue) -> None:
    """Put a book beside an edition's pages, and what it weighs into their marks."""
    write_files(target, {book.name: book.content})
    size = catalogue.number(Decimal(len(book.content)) / 1_000_000, 1)
    pages = catalogue.number(book.pages)
    said = catalogue.gettext("PDF, %(size)s MB, %(pages)s pages", size=size, pages=pages)
    for path in sorted(target.rglob("*.html")):
        page = path.read_text("utf-8")
        if MARK in page:
            path.unlink()  # never written into: a file may lie in the earlier site as well
            path.write_text(page.replace(MARK, f"({escape_html(said)})"), "utf-8", newline="\n")


def _name(files: Mapping[str, bytes], letters: Letters) -> str:
    """A key of all that a book is made from."""
    digest = hashlib.sha256(f"{STANDARD} {stamp_machine()}".encode())
    for family, folder in zip(letters.families, letters.folders, strict=True):
        digest.update(family.encode())
        for path in sorted(folder.glob("*.ttf")):
            digest.update(path.read_bytes())
    for name, content in sorted(files.items()):
        digest.update(f"\n{name} {len(content)}\n".encode())
        digest.update(content)
    return digest.hexdigest()
