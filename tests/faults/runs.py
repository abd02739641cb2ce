"""Commands that can be run again and again in one folder, for tests of what faults do to them.

Each is told of a `model`, a folder with a report in two editions and its site, and of the `place`
in which it may do whatever it does.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from report import releases
from report.archives import pack_files
from report.writing import MARKER
from tests.commands import main
from tests.examples import SECOND
from tests.test_policies import PAGE, SOUND


@dataclass(frozen=True)
class Run:
    """A command that can be run again and again in one folder, and what it is to leave alone."""

    folder: Path
    """All that it may read or write."""
    arguments: tuple[str, ...]
    reset: Callable[[], None]
    """Puts the folder back to what it was before the first run."""
    again: Collection[int] = (0, 2)
    """How the next run may end: where all is done already, some say so."""

    def __call__(self) -> int:
        """The status with which the command ends."""
        return main(list(self.arguments))


def copy_over(source: Path, target: Path) -> None:
    """Make a folder what another one is."""
    shutil.rmtree(target, ignore_errors=True)
    shutil.copytree(source, target)


def build_a_site(model: Path, place: Path, _patch: pytest.MonkeyPatch) -> Run:
    """`site` of an edition, over an earlier site that another page would be in: nothing stands."""
    before = place / "before"
    shutil.copytree(model / "report", before)
    (before / "site" / "index.html").write_text("earlier")
    root = place / "report"
    options = ("--root", str(root), "--edition", "2026", "--jobs", "1", "--pages-only")
    return Run(place, ("site", *options), lambda: copy_over(before, root))


def build_beside_what_stands(model: Path, place: Path) -> Run:
    """`site`, over an earlier site one of whose two editions stands."""
    before, root = place / "before", place / "report"
    shutil.copytree(model / "report", before)
    copy_over(model / "earlier", before / "site")
    options = ("--root", str(root), "--jobs", "1", "--pages-only")
    return Run(place, ("site", *options), lambda: copy_over(before, root))


def begin_an_edition(_model: Path, place: Path, _patch: pytest.MonkeyPatch) -> Run:
    """`edition new`, which writes two folders and a file."""
    root = place / "report"
    arguments = ("edition", "new", "2027", "--root", str(root))
    return Run(place, arguments, lambda: copy_over(SECOND, root))


def freeze_an_edition(model: Path, place: Path, patch: pytest.MonkeyPatch) -> Run:
    """`edition freeze`, whose builds on the side are tested as builds."""
    root = place / "report"

    @contextlib.contextmanager
    def build_aside(*_: object) -> Iterator[Path]:
        yield model / "report" / "site"

    patch.setattr(releases, "build_aside", build_aside)
    patch.setattr(releases, "_compare", lambda *_: None)
    arguments = ("edition", "freeze", "2026", "--root", str(root))
    return Run(place, arguments, lambda: copy_over(SECOND, root))


def tell_differences(_model: Path, place: Path, _patch: pytest.MonkeyPatch) -> Run:
    """`diff --out`, over earlier differences."""
    root, earlier = place / "report", place / "earlier"
    shutil.copytree(SECOND, root)
    earlier.mkdir()
    (earlier / MARKER).write_text('{"differences": 1}')
    (earlier / "summary.md").write_text("earlier")
    arguments = ("diff", str(root), "--root", str(root), "--out", str(place / "diff"))
    return Run(place, arguments, lambda: copy_over(earlier, place / "diff"))


def pack_a_preview(_model: Path, place: Path, _patch: pytest.MonkeyPatch) -> Run:
    """`preview pack`, over an earlier archive."""
    (place / "site").mkdir()
    (place / "site" / "index.html").write_text(PAGE)
    archive = place / "preview.tar"

    def reset() -> None:
        archive.write_bytes(b"earlier")

    arguments = ("preview", "pack", str(place / "site"), str(archive))
    return Run(place, arguments, reset)


def unpack_a_preview(_model: Path, place: Path, _patch: pytest.MonkeyPatch) -> Run:
    """`preview unpack`, into an empty folder."""
    packed = pack_files({"index.html": SOUND.encode(), "a/b.css": b"a{}"})
    (place / "preview.tar").write_bytes(packed)
    (place / "earlier").mkdir()
    arguments = ("preview", "unpack", str(place / "preview.tar"), str(place / "preview"))
    return Run(place, arguments, lambda: copy_over(place / "earlier", place / "preview"), {0, 3})


def place_a_preview(_model: Path, place: Path, patch: pytest.MonkeyPatch) -> Run:
    """`preview place`, which writes through git alone."""
    for name in ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM"):
        patch.setenv(name, os.devnull)
    bare, clone, preview = place / "remote.git", place / "clone", place / "preview"
    subprocess.run(["git", "init", "-q", "--bare", str(bare)], check=True)
    subprocess.run(["git", "init", "-q", str(clone)], check=True)
    subprocess.run(["git", "remote", "add", "origin", str(bare)], cwd=clone, check=True)
    preview.mkdir()
    (preview / "index.html").write_text("x")
    patch.chdir(clone)
    return Run(place / "temporary", ("preview", "place", str(preview), "7"), lambda: None)


COMMANDS = [
    build_a_site,
    begin_an_edition,
    freeze_an_edition,
    tell_differences,
    pack_a_preview,
    unpack_a_preview,
    place_a_preview,
]
