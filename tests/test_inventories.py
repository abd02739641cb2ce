"""What is known of files that are as they were is not found out by reading them again."""

from __future__ import annotations

import hashlib
import os
import time
from pathlib import Path

import pytest

from report import inventories
from report.inventories import Inventory, keep_states, recall_states, take_inventory
from report.writing import write_files

FILES = {"a.txt": b"one", "b/c.txt": b"two"}


@pytest.fixture(name="folder")
def _folder(tmp_path: Path) -> Path:
    """A few files that have lain there for a while."""
    write_files(tmp_path / "site", FILES)
    time.sleep(inventories.TICK / 1e9 * 1.5)
    return tmp_path / "site"


def note(folder: Path, cache: Path) -> Inventory:
    """The inventory of a folder, noted for the next run."""
    found = take_inventory(folder)
    keep_states(folder, found, (), cache)
    return found


def test_files_in_their_states_are_not_read(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new name of a file, as a link has, is no other state of what is in it."""
    found = take_inventory(folder)
    os.link(folder / "a.txt", tmp_path / "another")
    time.sleep(inventories.TICK / 1e9 * 1.5)
    keep_states(folder, found, {"a.txt"}, tmp_path / "cache")

    def read(*_: object) -> object:
        raise AssertionError

    monkeypatch.setattr(hashlib, "file_digest", read)
    assert take_inventory(folder, recall_states(folder, tmp_path / "cache")).sums == found.sums


def test_a_rewritten_file_is_read(folder: Path, tmp_path: Path) -> None:
    """Whatever its size and its time say."""
    found, path = note(folder, tmp_path / "cache"), folder / "a.txt"
    times = path.stat()
    path.write_bytes(b"eno")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))

    again = take_inventory(folder, recall_states(folder, tmp_path / "cache"))
    assert again == take_inventory(folder)
    assert again.sums["a.txt"] != found.sums["a.txt"]


def test_nothing_is_noted_of_what_may_change_unseen(folder: Path, tmp_path: Path) -> None:
    """A file written just now, one that was written since, and one that nobody has looked at."""
    found = take_inventory(folder)
    (folder / "a.txt").write_bytes(b"1")
    (folder / "new.txt").write_bytes(b"2")
    keep_states(folder, found, (), tmp_path / "cache")
    assert [*recall_states(folder, tmp_path / "cache")] == ["b/c.txt"]

    time.sleep(inventories.TICK / 1e9 * 1.5)
    keep_states(folder, found, (), tmp_path / "cache")
    assert [*recall_states(folder, tmp_path / "cache")] == ["b/c.txt"]


def test_a_clock_that_knows_only_whole_steps_is_not_believed(folder: Path, tmp_path: Path) -> None:
    """As of a disk that tells seconds: two changes in one of them look alike."""
    os.utime(folder / "a.txt", (1_700_000_000, 1_700_000_000))
    time.sleep(inventories.TICK / 1e9 * 1.5)
    note(folder, tmp_path / "cache")

    assert [*recall_states(folder, tmp_path / "cache")] == ["b/c.txt"]


def test_each_folder_has_its_own_notes(folder: Path, tmp_path: Path) -> None:
    """And one that is gone, or was never seen, has none."""
    note(folder, tmp_path / "cache")
    assert recall_states(tmp_path / "other", tmp_path / "cache") == {}
    keep_states(tmp_path / "other", Inventory({}, {}), (), tmp_path / "cache")
    assert recall_states(tmp_path / "other", tmp_path / "cache") == {}


def test_a_file_that_changes_before_it_is_noted_is_not(folder: Path, tmp_path: Path) -> None:
    """Of the same size and time: only one that is known to have got or lost a name may differ."""
    found, path = take_inventory(folder), folder / "a.txt"
    times = path.stat()
    path.write_bytes(b"eno")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))
    time.sleep(inventories.TICK / 1e9 * 1.5)

    keep_states(folder, found, (), tmp_path / "cache")
    assert [*recall_states(folder, tmp_path / "cache")] == ["b/c.txt"]
