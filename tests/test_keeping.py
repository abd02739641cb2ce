"""What is kept comes back whole or not at all, and never grows without end."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from report.keeping import keep, recall, trim

KEY = "ab" * 32
TEXT = "first\nsecond\r\n苹果".encode()


def test_what_was_kept_comes_back(tmp_path: Path) -> None:
    """Every byte of it, under its own key and kind only."""
    keep(tmp_path, KEY, ".html", TEXT)

    assert recall(tmp_path, KEY, ".html") == TEXT
    assert recall(tmp_path, KEY, ".svg") is None
    assert recall(tmp_path, "cd" * 32, ".html") is None


@pytest.mark.parametrize("harm", [b"", b"cut", b"\0\xff", b"0" * 64 + b"\nother"])
def test_what_was_harmed_is_gone(tmp_path: Path, harm: bytes) -> None:
    """A kept text is trusted only as far as its own checksum."""
    keep(tmp_path, KEY, ".html", TEXT)
    (kept,) = tmp_path.rglob("*.html")
    kept.write_bytes(harm)

    assert recall(tmp_path, KEY, ".html") is None


def test_a_folder_that_cannot_be_used_is_no_failure(tmp_path: Path) -> None:
    """Nothing is kept, nothing is found, nothing is raised."""
    blocked = tmp_path / "file"
    blocked.write_text("")
    keep(blocked / "below", KEY, ".html", TEXT)
    trim(blocked / "below")

    assert recall(blocked / "below", KEY, ".html") is None


def test_what_was_not_used_for_longest_goes_first(tmp_path: Path) -> None:
    """Use counts, not age: the older text was asked for last and stays."""
    keys = [letter * 64 for letter in "abc"]
    for number, key in enumerate(keys):
        keep(tmp_path, key, ".html", b"x" * 1000)
        os.utime(next(tmp_path.rglob(f"{key}*")), (number, number))
    recall(tmp_path, keys[0], ".html")
    trim(tmp_path, limit=2500)

    # Each file holds 1000 letters and a line of 65 bytes: two of them fit into 2500.
    assert [recall(tmp_path, key, ".html") is not None for key in keys] == [True, False, True]


def test_what_a_run_has_used_outlasts_it(tmp_path: Path) -> None:
    """A run that needs more than the limit finds all of it the next time."""
    for number, letter in enumerate("abc"):
        keep(tmp_path, letter * 64, ".html", b"x" * 1000)
        os.utime(next(tmp_path.rglob(f"{letter * 64}*")), (number, number))
    trim(tmp_path, limit=500, since=1.0)

    assert [len(list(tmp_path.rglob(f"{letter * 64}*"))) for letter in "abc"] == [0, 1, 1]
