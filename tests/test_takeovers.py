"""What the earlier site has is linked where it is the same and untouched, and nothing else is."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from report.inventories import take_inventory
from report.problems import WriteFailed
from report.takeovers import Below, Earlier, find_earlier
from report.writing import MARKER, write_files
from tests.trees import read_tree

FILES = {"en/2026/a.csv": b"1,2", "en/2026/b/c.txt": b"words", "index.html": b"front"}


@pytest.fixture(name="earlier")
def _earlier(tmp_path: Path) -> Earlier:
    """A site that is as it was built."""
    write_files(tmp_path / "site", {**FILES, MARKER: b"{}"})
    earlier = find_earlier(tmp_path / "site", take_inventory(tmp_path / "site").sums)
    assert earlier.is_whole
    return earlier


def is_one(first: Path, second: Path) -> bool:
    """Whether two names are of one file."""
    return first.samefile(second)


def test_the_same_file_is_linked_and_another_is_written(earlier: Earlier, tmp_path: Path) -> None:
    """By path and content: a content of the same size, or elsewhere, is another file."""
    files = {"a.csv": b"1,2", "b/c.txt": b"other", "d.csv": b"1,2"}
    staging = tmp_path / "new"
    write_files(staging / "en/2026", files, Below(earlier, "en/2026"))

    assert read_tree(staging / "en/2026") == files
    assert is_one(staging / "en/2026/a.csv", earlier.site / "en/2026/a.csv")
    assert [*earlier.laid] == ["en/2026/a.csv"]
    assert earlier.take_inventory(staging) == take_inventory(staging)


def test_a_folder_is_taken_over_whole(earlier: Earlier, tmp_path: Path) -> None:
    """All of its files and none of others."""
    earlier.lay_folder("en/2026", tmp_path / "new")

    assert read_tree(tmp_path / "new") == {
        path: content for path, content in FILES.items() if path.startswith("en/")
    }


def rewrite(path: Path) -> None:
    """Other content of the same size, at what seems to be the same time."""
    times = path.stat()
    path.write_bytes(b"9,9")
    os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


@pytest.mark.parametrize(
    ("touch", "error"), [(rewrite, "changed while"), (Path.unlink, "No such file")]
)
def test_a_file_touched_before_is_written_or_told(
    earlier: Earlier, tmp_path: Path, touch: Callable[[Path], None], error: str
) -> None:
    """Written where its content is known, told where nobody knows it any more."""
    touch(earlier.site / "en/2026/a.csv")
    write_files(tmp_path / "new/en/2026", {"a.csv": b"1,2"}, Below(earlier, "en/2026"))

    assert (tmp_path / "new/en/2026/a.csv").read_bytes() == b"1,2"
    assert earlier.laid == {}
    with pytest.raises((WriteFailed, OSError), match=error):
        earlier.lay_folder("en/2026", tmp_path / "other")


def test_a_file_touched_afterwards_is_told(earlier: Earlier, tmp_path: Path) -> None:
    """It would be another one in the new site too."""
    earlier.lay_folder("en/2026", tmp_path / "new")
    rewrite(earlier.site / "en/2026/a.csv")

    with pytest.raises(WriteFailed, match="changed while it was copied; build once more"):
        earlier.take_inventory(tmp_path / "new")


def test_the_last_look_sees_what_was_touched_since(earlier: Earlier, tmp_path: Path) -> None:
    """Between the list of files and the moment in which the new site takes its place."""
    earlier.lay_folder("en/2026", tmp_path / "new")
    earlier.take_inventory(tmp_path / "new")
    earlier.refuse_touched(tmp_path / "new")
    rewrite(earlier.site / "en/2026/a.csv")

    with pytest.raises(WriteFailed, match="changed while it was copied; build once more"):
        earlier.refuse_touched(tmp_path / "new")


def test_a_file_that_was_rewritten_here_is_copied(earlier: Earlier, tmp_path: Path) -> None:
    """What the earlier site had in the other place is what the file was before."""
    staging = tmp_path / "new"
    write_files(staging / "en/2026", {"a.csv": b"1,2"}, Below(earlier, "en/2026"))
    (staging / "en/2026/a.csv").unlink()
    (staging / "en/2026/a.csv").write_bytes(b"3,4")

    earlier.copy_within(staging)(str(staging / "en/2026/a.csv"), str(staging / "index.html"))
    assert (staging / "index.html").read_bytes() == b"3,4"


def test_a_link_that_a_reader_made_is_not_passed_on(tmp_path: Path) -> None:
    """The new site holds the file itself, wherever the old one had it from."""
    site, real = tmp_path / "site", tmp_path / "real.csv"
    write_files(site, FILES)
    real.write_bytes(b"1,2")
    (site / "en/2026/a.csv").unlink()
    (site / "en/2026/a.csv").symlink_to(real)
    earlier = find_earlier(site, take_inventory(site).sums)

    earlier.lay_folder("en/2026", tmp_path / "new")
    assert not (tmp_path / "new/en/2026/a.csv").is_symlink()
    assert (tmp_path / "new/en/2026/a.csv").read_bytes() == b"1,2"


def test_a_site_that_is_not_as_it_was_built_gives_nothing(tmp_path: Path) -> None:
    """Nor one of which nothing is known, or that is not there."""
    write_files(tmp_path / "site", FILES)
    built = {**take_inventory(tmp_path / "site").sums, "index.html": "another"}

    for known in (built, None, {}, "x"):
        earlier = find_earlier(tmp_path / "site", known)
        assert not earlier.is_whole
        assert not Below(earlier, "en/2026")("a.csv", b"1,2", str(tmp_path / "a.csv"))
    assert not find_earlier(tmp_path / "none", built).is_whole
    assert not (tmp_path / "a.csv").exists()


def test_a_copy_that_the_earlier_site_had_is_linked(tmp_path: Path) -> None:
    """Only where the file itself was taken over: nobody has told of another that it is the same."""
    site, staging = tmp_path / "site", tmp_path / "new"
    write_files(
        site, {"en/2026/a": b"1", "en/latest/a": b"1", "en/2026/b": b"2", "en/latest/b": b"2"}
    )
    earlier = find_earlier(site, take_inventory(site).sums)
    write_files(staging / "en/2026", {"a": b"1"}, Below(earlier, "en/2026"))
    write_files(staging / "en/2026", {"b": b"2", "c": b"3"})

    copy = earlier.copy_within(staging)
    shutil.copytree(staging / "en/2026", staging / "en/latest", copy_function=copy)
    assert read_tree(staging / "en/latest") == {"a": b"1", "b": b"2", "c": b"3"}
    assert is_one(staging / "en/latest/a", site / "en/latest/a")
    assert not is_one(staging / "en/latest/a", staging / "en/2026/a")
    assert [*earlier.laid] == ["en/2026/a", "en/latest/a"]


def lead_to_itself(folder: Path) -> None:
    """A link that leads nowhere but to itself."""
    (folder / "loop").symlink_to(folder / "loop")


def go_while_listed(folder: Path) -> None:
    """A folder that goes while it is listed."""
    (folder / "gone").mkdir()


@pytest.mark.parametrize("spoil", [lead_to_itself, go_while_listed], ids=lambda one: one.__name__)
def test_a_site_that_cannot_be_read_gives_nothing(
    tmp_path: Path, spoil: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
) -> None:
    """And stands in the way of no build: another takes its place."""
    site = tmp_path / "site"
    write_files(site, FILES)
    built = take_inventory(site).sums
    spoil(site)
    scan = os.scandir

    def refuse(folder: str) -> object:
        if folder.endswith("gone"):
            raise FileNotFoundError(folder)
        return scan(folder)

    monkeypatch.setattr(os, "scandir", refuse)
    assert not find_earlier(site, built).is_whole
