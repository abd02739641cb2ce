"""What waits on disk is given back as it was, and leaves nothing behind."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from report.problems import WriteFailed
from report.spools import Later, Spool

NAMES = st.text(max_size=3)


@given(st.lists(st.tuples(NAMES, st.binary(max_size=50))), st.lists(NAMES))
def test_contents_come_back_in_any_order(
    tmp_path_factory: pytest.TempPathFactory, put: list[tuple[str, bytes]], asked: list[str]
) -> None:
    """The newest of each name, also where others are put between, and as often as it is asked."""
    known: dict[str, bytes] = {}
    with Spool(tmp_path_factory.getbasetemp()) as spool:
        for name, content in put:
            spool.put(name, content)
            known[name] = content
            assert {one: spool.read(one) for one in known} == known
        for name in asked:
            if name in known:
                assert spool.read(name) == known[name]
            else:
                with pytest.raises(KeyError):
                    spool.read(name)


def test_nothing_is_seen_in_the_folder(tmp_path: Path) -> None:
    """Neither while it is used nor afterwards: a killed run leaves nothing."""
    with Spool(tmp_path) as spool:
        spool.put("a", b"1" * 100_000)
        assert list(tmp_path.iterdir()) == []
    assert list(tmp_path.iterdir()) == []


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    """As whatever cannot be written is."""
    with pytest.raises(WriteFailed, match="nowhere"):
        Spool(tmp_path / "nowhere")


def test_a_full_disk_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And not taken for the end of what is put."""

    class Full:
        """A file that takes three bytes, and then none."""

        room = 3

        def seek(self, _at: int) -> int:
            return 0

        def write(self, content: memoryview) -> int:
            if not self.room:
                raise OSError(28, "No space left on device")
            taken, self.room = min(self.room, len(content)), 0
            return taken

    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: Full())
    spool = Spool(tmp_path)
    with pytest.raises(WriteFailed, match="No space left on device"):
        spool.put("a", b"12345")
    with pytest.raises(KeyError):
        spool.read("a")


class Slow(io.BytesIO):
    """A file that gives and takes three bytes at a time."""

    def read(self, size: int | None = -1, /) -> bytes:
        """At most three."""
        return super().read(min(size or 0, 3))

    def write(self, content: Any, /) -> int:
        """At most three."""
        return super().write(bytes(content)[:3])


def test_what_comes_in_pieces_is_put_together(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """And what is not whole any more is no content."""
    file = Slow()
    monkeypatch.setattr("tempfile.TemporaryFile", lambda **_: file)
    spool = Spool(tmp_path)
    spool.put("a", b"12345")
    spool.put("b", b"67890")

    assert (spool.read("a"), spool.read("b")) == (b"12345", b"67890")

    file.truncate(8)

    assert spool.read("a") == b"12345"
    with pytest.raises(WriteFailed, match="not whole"):
        spool.read("b")


def test_values_are_made_when_they_are_asked_for() -> None:
    """Each time, and none for a name that is not held."""
    asked: list[str] = []

    def make(name: str) -> str:
        asked.append(name)
        return name.upper()

    later = Later(["b", "a"], make)

    assert (list(later), len(later), asked) == (["b", "a"], 2, [])
    assert (later["a"], later.get("c", "?"), "c" in later) == ("A", "?", False)
    assert dict(later) == {"b": "B", "a": "A"}
    assert asked == ["a", "b", "a"]


def test_what_cannot_be_made_is_not_taken_for_what_is_not_there() -> None:
    """Else a page would come out without its figures."""
    empty: dict[str, str] = {}
    later = Later(["a"], lambda name: empty[name])

    assert "a" in later
    with pytest.raises(RuntimeError, match="'a' cannot be made"):
        later.get("a")
