"""Files written one by one: inside their folder, once, and whole or not at all."""

from __future__ import annotations

import fcntl
import os
import shutil
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.problems import WriteFailed
from report.writing import (
    sweep_parts,
    write_files,
    write_whole,
)
from tests.test_writing import PROJECT, names
from tests.trees import read_tree


@pytest.mark.parametrize("path", ["../x", "/x", "", "a/../../x", "a\0b"])
def test_no_file_is_written_outside(tmp_path: Path, path: str) -> None:
    """A path that leads out of the site is refused before anything is written."""
    with pytest.raises(WriteFailed, match="leads out of the site"):
        write_files(tmp_path / "site", {path: b""})

    assert names(tmp_path) == []


def test_no_file_is_written_twice(tmp_path: Path) -> None:
    """Two sources of one file are a fault, not a race."""
    write_files(tmp_path, {"a": b"1"})

    with pytest.raises(WriteFailed, match="a: File exists"):
        write_files(tmp_path, {"a": b"2"})


def test_a_file_that_was_written_leaves_the_part_of_the_next_writer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Who comes between the last two steps has a part of the same name, which is not ours."""
    path, aside = tmp_path / "x", tmp_path / ".x.part"
    replace = Path.replace

    def come_between(self: Path, to: Path) -> Path:
        placed = replace(self, to)
        aside.write_bytes(b"another")
        return placed

    monkeypatch.setattr(Path, "replace", come_between)
    write_whole(path, b"ours")

    assert read_tree(tmp_path) == {"x": b"ours", ".x.part": b"another"}


def test_a_file_that_cannot_be_placed_leaves_no_part(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The old file stays, and its part goes."""
    (tmp_path / "x").write_bytes(b"old")

    def refuse(self: Path, _to: Path) -> Path:
        raise OSError(5, "Input/output error", str(self))

    monkeypatch.setattr(Path, "replace", refuse)
    with pytest.raises(WriteFailed, match="Input/output error"):
        write_whole(tmp_path / "x", b"new")

    assert read_tree(tmp_path) == {"x": b"old"}


def test_parts_that_nobody_writes_are_swept_away(tmp_path: Path) -> None:
    """One that is being written stays, and so does what is no part of such a file."""
    for name in (".a.yml.part", ".b.yml.part", ".c.json.part", "d.yml.part"):
        (tmp_path / name).write_bytes(b"half")
    with (tmp_path / ".b.yml.part").open("rb") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        sweep_parts(tmp_path, "*.yml")
        assert names(tmp_path) == [".b.yml.part", ".c.json.part", "d.yml.part"]
    sweep_parts(tmp_path)

    assert names(tmp_path) == ["d.yml.part"]


@given(st.dictionaries(st.text("ab./", min_size=1, max_size=6), st.binary(max_size=4), max_size=4))
def test_files_are_written_as_given_or_refused(files: dict[str, bytes]) -> None:
    """Whatever the names, nothing is written outside, and what is written is what was given."""
    folder = PROJECT / ".cache" / f"write-{os.getpid()}"
    try:
        write_files(folder / "in", files)
    except WriteFailed:
        pass
    else:
        written = read_tree(folder / "in")
        assert sorted(written.values()) == sorted(files.values())
    finally:
        found = names(folder) if folder.exists() else []
        shutil.rmtree(folder, ignore_errors=True)
    assert found in ([], ["in"])
