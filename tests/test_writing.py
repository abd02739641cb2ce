"""Staging, swapping, the lock and the stamp of a site, against what a disk and a person can do."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from pathlib import Path

import pytest

from report import writing
from report.inventories import take_inventory
from report.problems import WriteFailed
from report.writing import (
    MARKER,
    read_stamp,
    stage,
    write_files,
    write_stamp,
)
from tests.trees import read_tree

PROJECT = Path(__file__).resolve().parent.parent
OLD, NEW = {"index.html": b"old", "a/b.txt": b"1"}, {"index.html": b"new", "c.txt": b"2"}


def make_site(target: Path, files: Mapping[str, bytes]) -> None:
    """Build a site of these files into target."""
    with stage(target) as staging:
        write_files(staging, files)
        write_stamp(staging, {"inputs": "x"})


def names(folder: Path) -> list[str]:
    """What stands in a folder, hidden things too."""
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture(name="target")
def _target(tmp_path: Path) -> Path:
    """A site that an earlier build has made."""
    make_site(tmp_path / "site", OLD)
    return tmp_path / "site"


# Old for new.


def test_a_site_is_swapped_in_whole_and_nothing_else_stays(target: Path) -> None:
    """The new files are all there, the old are all gone, and neither lock nor staging is left."""
    make_site(target, NEW)

    tree = read_tree(target)
    assert tree.pop(MARKER)
    assert tree == NEW
    assert names(target.parent) == ["site"]


def test_the_old_site_is_whole_until_the_new_one_is(target: Path) -> None:
    """While a build writes, a reader still finds the old site."""
    with stage(target) as staging:
        write_files(staging, NEW)
        assert (target / "index.html").read_bytes() == b"old"


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, SystemExit, OSError])
def test_any_failure_leaves_the_earlier_site_as_it_was(
    target: Path, error: type[BaseException]
) -> None:
    """Whatever ends a build early, the earlier site is the same byte for byte."""
    before = read_tree(target)
    expected = WriteFailed if error is OSError else error

    def fail() -> None:
        with stage(target) as staging:
            write_files(staging, NEW)
            raise error

    with pytest.raises(expected):
        fail()

    assert read_tree(target) == before
    assert names(target.parent) == ["site"]


def test_two_renames_do_where_folders_cannot_be_exchanged(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file system without exchange gets the new site all the same."""
    monkeypatch.setattr(writing, "_exchange", lambda *_: False)

    make_site(target, NEW)

    assert (target / "index.html").read_bytes() == b"new"
    assert names(target.parent) == ["site"]


def test_a_second_rename_that_fails_brings_the_old_site_back(
    target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the new site cannot be put in place, the old one stands there again."""
    before = read_tree(target)
    rename = Path.rename

    def refuse(self: Path, to: Path) -> Path:
        if "staging" in self.name:
            raise OSError(5, "Input/output error", str(self))
        return rename(self, to)

    monkeypatch.setattr(writing, "_exchange", lambda *_: False)
    monkeypatch.setattr(Path, "rename", refuse)
    with pytest.raises(WriteFailed, match="Input/output error"):
        make_site(target, NEW)

    assert read_tree(target) == before


def test_a_site_left_aside_by_a_killed_run_comes_back(target: Path) -> None:
    """A run killed between the two renames loses nothing, even if the next one fails too."""
    before = read_tree(target)
    target.rename(target.with_name(".site.old-1"))

    with pytest.raises(RuntimeError), stage(target):
        raise RuntimeError

    assert read_tree(target) == before
    assert names(target.parent) == ["site"]


def test_folders_above_a_site_that_fails_go_again(tmp_path: Path) -> None:
    """A run that fails leaves no folder that was not there, and none that holds anything goes."""
    (tmp_path / "there").mkdir()
    target = tmp_path / "there" / "new" / "deep" / "site"

    with pytest.raises(RuntimeError), stage(target):
        raise RuntimeError
    assert names(tmp_path / "there") == []

    make_site(target, NEW)
    assert read_tree(target) != {}


def test_what_killed_runs_left_is_swept_away(target: Path) -> None:
    """Staging folders of runs that were killed go with the next run; other names stay."""
    for name in (".site.staging-1", ".site.staging-1-work", ".site.old-2", ".site2.staging-1"):
        shutil.copytree(target, target.with_name(name))

    make_site(target, NEW)

    assert names(target.parent) == [".site2.staging-1", "site"]


def test_a_name_with_brackets_is_only_a_name(tmp_path: Path) -> None:
    """The folder's name is no pattern: leftovers of `[ab]` are not those of `a`."""
    other = tmp_path / ".a.staging-1"
    other.mkdir()

    make_site(tmp_path / "[ab]", NEW)

    assert names(tmp_path) == [".a.staging-1", "[ab]"]


# What is not replaced.


def test_a_folder_of_other_files_is_refused(tmp_path: Path) -> None:
    """A folder that no build has made is never replaced."""
    (tmp_path / "photos").mkdir()
    (tmp_path / "photos" / "one.jpg").write_bytes(b"1")

    with pytest.raises(WriteFailed, match="holds files that no build has made"):
        make_site(tmp_path / "photos", NEW)

    assert read_tree(tmp_path) == {"photos/one.jpg": b"1"}


def test_an_empty_folder_is_taken(tmp_path: Path) -> None:
    """An empty folder is nobody's."""
    (tmp_path / "site").mkdir()

    make_site(tmp_path / "site", NEW)

    assert (tmp_path / "site" / "index.html").read_bytes() == b"new"


def test_a_link_and_a_file_are_refused(tmp_path: Path, target: Path) -> None:
    """A link could lead anywhere, and a file is no site."""
    (tmp_path / "link").symlink_to(target)
    (tmp_path / "file").write_text("mine")

    with pytest.raises(WriteFailed, match="is a link"):
        make_site(tmp_path / "link", NEW)
    with pytest.raises(WriteFailed, match="is a file"):
        make_site(tmp_path / "file", NEW)
    with pytest.raises(WriteFailed, match="cannot be replaced"):
        make_site(Path("/"), NEW)


# The disk.


def test_a_full_disk_is_said_at_every_write(target: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whichever write finds the disk full, the old site stays and one sentence says where."""
    before = read_tree(target)
    opened = Path.open
    for number in range(len(NEW) + 1):
        left = [number]

        def fail(self: Path, mode: str, left: list[int] = left) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise OSError(28, "No space left on device", str(self))
            return opened(self, mode)

        with monkeypatch.context() as patch:
            patch.setattr(Path, "open", fail)
            with pytest.raises(WriteFailed, match=r"^/.*: No space left on device; the earlier"):
                make_site(target, NEW)

        assert read_tree(target) == before
        assert names(target.parent) == ["site"]


def test_a_copy_that_fails_says_only_its_first_error(target: Path, tmp_path: Path) -> None:
    """Copying a tree collects errors; the reader needs one sentence."""
    with pytest.raises(WriteFailed) as found, stage(target):
        raise shutil.Error([("from", "to/a", "No space left"), ("from", "to/b", "No space left")])

    assert str(found.value) == "to/a: No space left; the earlier site is as it was"
    assert tmp_path.exists()


RUN = """
import os, sys, time
from pathlib import Path
from report.writing import stage, write_files, write_stamp
from report.problems import WriteFailed
target, seconds, user = Path(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3])
if user != os.geteuid():
    os.setuid(user)
try:
    with stage(target) as staging:
        for number in range(40):
            write_files(staging, {f"{number}.txt": b"new"})
            time.sleep(seconds / 40)
        write_stamp(staging, {})
except WriteFailed as error:
    print(error)
    sys.exit(3)
"""
NOBODY = 65534


def start(target: Path, seconds: float, user: int | None = None) -> subprocess.Popen[str]:
    """A build of forty files in a process of its own, of another user where that is said."""
    user = os.geteuid() if user is None else user
    command = [sys.executable, "-c", RUN, str(target), str(seconds), str(user)]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    return subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True)


def test_a_folder_without_rights_is_said() -> None:
    """A folder that may not be written to ends the build with its path and status 3."""
    with tempfile.TemporaryDirectory() as name:
        locked = Path(name, "locked")
        Path(name).chmod(0o755)
        locked.mkdir(mode=0o555)

        process = start(locked / "site", 0, NOBODY if os.geteuid() == 0 else None)
        said, _ = process.communicate(timeout=20)

    assert process.returncode == 3
    assert said.startswith(f"{locked}/.site.lock: Permission denied")


# One at a time.


def test_of_several_builds_at_once_one_wins(tmp_path: Path) -> None:
    """The others end at once with status 3 and name the process that builds."""
    processes = [start(tmp_path / "site", 1.5) for _ in range(4)]
    said = [process.communicate(timeout=30)[0] for process in processes]

    status = sorted(process.returncode for process in processes)
    winner = next(process for process in processes if process.returncode == 0)
    assert status == [0, 3, 3, 3]
    wanted = f"another build is running (process {winner.pid})"
    assert sum(wanted in text for text in said) == 3
    assert names(tmp_path) == ["site"]


def test_a_lock_that_nobody_holds_is_taken_over(target: Path) -> None:
    """A lock file left by a killed run, with whatever process id, stops nobody."""
    target.with_name(".site.lock").write_text(f"{os.getpid()}\n")

    make_site(target, NEW)

    assert names(target.parent) == ["site"]


@pytest.mark.parametrize("sent", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_killed_build_leaves_the_old_site_and_the_next_one_repairs(
    target: Path, sent: signal.Signals
) -> None:
    """Killed at several moments, the site is the old one, whole; the next build sweeps up."""
    before = read_tree(target)
    for moment in (0.1, 0.3, 0.6):
        process = start(target, 60)
        deadline = time.monotonic() + 10
        while not list(target.parent.glob(".site.staging-*")) and time.monotonic() < deadline:
            time.sleep(0.01)
        time.sleep(moment / 4)
        process.send_signal(sent)
        process.communicate(timeout=20)
        assert read_tree(target) == before

    make_site(target, NEW)

    assert names(target.parent) == ["site"]


# The stamp.


def test_a_stamp_is_read_back(tmp_path: Path) -> None:
    """What a site was made from can be asked for later."""
    write_stamp(tmp_path, {"inputs": "x", "files": {"a": "1"}})

    assert read_stamp(tmp_path) == {"inputs": "x", "files": {"a": "1"}}


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b"\xff", b"null", b"[" * 200_000])
def test_a_broken_stamp_says_nothing(tmp_path: Path, content: bytes) -> None:
    """A stamp that cannot be read makes the site be built anew, without a word."""
    (tmp_path / MARKER).write_bytes(content)

    assert read_stamp(tmp_path) == {}
    assert read_stamp(tmp_path / "none") == {}


def test_a_touched_site_is_seen(target: Path) -> None:
    """A file changed, added or removed shows, even with its size and time kept."""
    before = take_inventory(target).sums
    page = target / "index.html"
    times = page.stat()

    page.write_bytes(b"0ld")
    os.utime(page, ns=(times.st_atime_ns, times.st_mtime_ns))
    assert take_inventory(target).sums != before
    page.write_bytes(b"old")
    assert take_inventory(target).sums == before
    (target / "more.txt").write_bytes(b"")
    assert take_inventory(target).sums != before
