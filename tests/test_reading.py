"""Files are read as UTF-8 text or named as a problem; no link is followed, no device opened."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from report.reading import LARGEST, Texts, list_inputs, read_texts


def read(root: Path, **files: bytes) -> Texts:
    """Read a `data` folder with these files, `__` standing for a point."""
    (root / "data").mkdir(exist_ok=True)
    for name, content in files.items():
        (root / "data" / name.replace("__", ".")).write_bytes(content)
    return read_texts(root, "data")


def show(texts: Texts) -> list[str]:
    """Problems as `place code`."""
    return [f"{p.place} {p.code}" for p in texts.problems]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a\nРоссия".encode("cp1251"), "data/a.csv:2:1 E106"),
        ("中国".encode("gb18030"), "data/a.csv:1:1 E106"),
        ("x,é".encode("latin-1"), "data/a.csv:1:3 E106"),
        (b"\xd0\xaf\xff", "data/a.csv:1:2 E106"),
        (b"\xed\xa0\x80", "data/a.csv:1:1 E106"),
        (b"\xef\xbb\xbfid", "data/a.csv:1:1 E105"),
        ("id".encode("utf-16"), "data/a.csv:1:1 E105"),
        (b"id\n\0", "data/a.csv:2:1 E107"),
        (b"id\r\nab\rc", "data/a.csv:2:3 E107"),
    ],
)
def test_a_file_that_is_no_plain_utf8_text_is_named(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    """The place is the first bad character, counted in characters."""
    assert show(read(tmp_path, a__csv=content)) == [expected]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfid,\xd0\xaf\n", "id,Я\n"),
        ("id,Я\n".encode("utf-16"), "id,Я\n"),
        (b"id,\xff\n", "id,\ufffd\n"),
        (b"i\0d\rx\r\n", "id\nx\n"),
    ],
)
def test_what_can_be_read_of_a_faulty_file_is_read(
    tmp_path: Path, content: bytes, text: str
) -> None:
    """Other problems of the same file come out in the same run."""
    assert read(tmp_path, a__csv=content).by_path == {"data/a.csv": text}


def test_line_ends_of_windows_are_taken(tmp_path: Path) -> None:
    """CRLF is no problem and becomes LF."""
    texts = read(tmp_path, a__csv=b"a\r\nb\r\n")

    assert (texts.by_path, texts.problems) == ({"data/a.csv": "a\nb\n"}, [])


def test_files_come_in_order_of_path_and_only_texts_count(tmp_path: Path) -> None:
    """Order does not hang on the disk; hidden files and other suffixes are left alone."""
    (tmp_path / "data" / "b").mkdir(parents=True)
    (tmp_path / "data" / "b" / "x.yml").write_text("x")
    texts = read(tmp_path, c__csv=b"", a__csv=b"", d__png=b"\xff", __hidden=b"\xff")

    assert list(texts.by_path) == ["data/a.csv", "data/b/x.yml", "data/c.csv"]
    assert texts.problems == []


def test_links_and_devices_are_named_and_never_opened(tmp_path: Path) -> None:
    """A link out of the folder gives nothing of what it points at; a pipe does not block."""
    outside = tmp_path / "outside.csv"
    outside.write_text("secret")
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.csv").symlink_to(outside)
    (data / "b").symlink_to(tmp_path)
    os.mkfifo(data / "c.csv")

    texts = read_texts(tmp_path, "data")

    assert texts.by_path == {}
    assert show(texts) == [f"data/{name}:1:1 E103" for name in ("a.csv", "b", "c.csv")]


def test_inputs_are_plain_files_that_can_be_seen(tmp_path: Path) -> None:
    """A link, even a hidden one, never brings a file of the machine into a site."""
    (tmp_path / "secret").write_text("x")
    folder = tmp_path / "assets"
    (folder / "b").mkdir(parents=True)
    for name in ("b/c.css", "a.css", ".hidden"):
        (folder / name).write_text("x")
    (folder / ".link").symlink_to(tmp_path / "secret")
    (folder / "link.css").symlink_to(tmp_path / "secret")

    assert list_inputs(folder) == [folder / "a.css", folder / "b" / "c.css"]
    assert list_inputs(folder / "a.css") == [folder / "a.css"]
    assert list_inputs(tmp_path / "absent") == []


def test_names_that_differ_by_case_only_are_refused(tmp_path: Path) -> None:
    """Such a folder cannot be checked out everywhere."""
    assert show(read(tmp_path, A__csv=b"", a__csv=b"")) == ["data/a.csv:1:1 E104"]


def test_a_file_has_a_greatest_size(tmp_path: Path) -> None:
    """A file too large is not even read."""
    texts = read(tmp_path, a__csv=b"x" * (LARGEST + 1))

    assert show(texts) == ["data/a.csv:1:1 E117"]
    assert texts.by_path == {}


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    """What must be there is for others to say."""
    assert read_texts(tmp_path, "data") == Texts()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_read_permission_is_named(tmp_path: Path) -> None:
    """What may not be read is a problem with a remedy, not a crash."""
    path = tmp_path / "data" / "a.csv"
    path.parent.mkdir()
    path.write_text("a")
    path.chmod(0)

    assert show(read_texts(tmp_path, "data")) == ["data/a.csv:1:1 E103"]
