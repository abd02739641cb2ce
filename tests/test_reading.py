"""Files are read as UTF-8 text or named as a problem; no link is followed, no device opened."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import NoReturn

import pytest

from report.reading import Texts, list_inputs, read_manifests, read_texts, read_theme


def read(root: Path, **files: bytes) -> Texts:
    """Read a `data` folder with these files, `__` standing for a point."""
    (root / "data").mkdir(exist_ok=True)
    for name, content in files.items():
        (root / "data" / name.replace("__", ".")).write_bytes(content)
    return read_texts(root, "data")


def show(texts: Texts) -> list[str]:
    """Problems as a person reads them."""
    return [str(problem) for problem in texts.problems]


NO_UTF8 = "is not UTF-8; save the file as UTF-8"
BOM = "E105 the file begins with a byte order mark; save it as UTF-8 without BOM"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("a\nРоссия".encode("cp1251"), f"2:1: E106 line 2 {NO_UTF8}"),
        ("中国".encode("gb18030"), f"1:1: E106 line 1 {NO_UTF8}"),
        ("x,é".encode("latin-1"), f"1:3: E106 line 1 {NO_UTF8}"),
        (b"\xd0\xaf\xff", f"1:2: E106 line 1 {NO_UTF8}"),
        (b"\xed\xa0\x80", f"1:1: E106 line 1 {NO_UTF8}"),
        (b"\n\nab\xff\n\xff\n", f"3:3: E106 line 3 {NO_UTF8}"),
        (b"\xef\xbb\xbfid", f"1:1: {BOM}"),
        ("\ufeffid".encode("utf-16-le"), f"1:1: {BOM}"),
        ("\ufeffid".encode("utf-16-be"), f"1:1: {BOM}"),
        (b"id\n\0", "2:1: E107 the line holds a NUL character; end lines with LF"),
        (b"\n\nab\0c\0\n", "3:3: E107 the line holds a NUL character; end lines with LF"),
        (
            b"id\r\nab\rc\r",
            "2:3: E107 the line holds a line end of the old kind (CR); end lines with LF",
        ),
    ],
)
def test_a_file_that_is_no_plain_utf8_text_is_named(
    tmp_path: Path, content: bytes, expected: str
) -> None:
    """The place is the first bad character, counted in characters."""
    assert show(read(tmp_path, a__csv=content)) == [f"data/a.csv:{expected}"]


@pytest.mark.parametrize(
    ("content", "text"),
    [
        (b"\xef\xbb\xbfid,\xd0\xaf\n", "id,Я\n"),
        ("\ufeffid,Я\n".encode("utf-16-le"), "id,Я\n"),
        ("\ufeffid,Я\n".encode("utf-16-be"), "id,Я\n"),
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
    (tmp_path / "data" / "b" / "x.yml").write_bytes(b"\xff")
    (tmp_path / "data" / ".b").mkdir()
    (tmp_path / "data" / ".b" / "x.yml").write_bytes(b"\xff")
    hidden = {"__hidden": b"\xff", "__hidden__csv": b"\xff"}
    texts = read(tmp_path, c__csv=b"", a__csv=b"", d__png=b"\xff", **hidden)

    assert list(texts.by_path) == ["data/a.csv", "data/b/x.yml", "data/c.csv"]
    assert show(texts) == [f"data/b/x.yml:1:1: E106 line 1 {NO_UTF8}"]


def test_links_and_devices_are_named_and_never_opened(tmp_path: Path) -> None:
    """A link out of the folder gives nothing of what it points at; a pipe does not block."""
    outside = tmp_path / "outside.csv"
    outside.write_text("secret")
    data = tmp_path / "data"
    data.mkdir()
    (data / "a.csv").symlink_to(outside)
    (data / "b").symlink_to(tmp_path)
    os.mkfifo(data / "c.csv")
    (data / "d.csv").write_text("d")

    texts = read_texts(tmp_path, "data")

    assert texts.by_path == {"data/d.csv": "d"}
    link = "E103 a link, which is never followed; put the file itself here"
    assert show(texts) == [
        f"data/a.csv:1:1: {link}",
        f"data/b:1:1: {link}",
        "data/c.csv:1:1: E103 no regular file; take it away",
    ]


def test_manifests_are_read_from_their_folder_alone(tmp_path: Path) -> None:
    """JSON beside the files of editions, which are read with all other data."""
    folder = tmp_path / "data" / "editions"
    (folder / "old").mkdir(parents=True)
    (folder / "2026.manifest.json").write_bytes(b"{}\r\n")
    (folder / "old" / "2017.manifest.json").write_text("[]")
    (folder / "old" / "2017.csv").write_text("id")
    (folder / "2026.yml").write_text("id: 2026")
    (folder / "link.json").symlink_to(folder / "2026.yml")
    (tmp_path / "data" / "other.json").write_text("{}")

    texts = read_manifests(tmp_path)

    assert texts == Texts(
        {
            "data/editions/2026.manifest.json": "{}\n",
            "data/editions/old/2017.manifest.json": "[]",
        }
    )
    assert set(read_texts(tmp_path, "data").by_path) == {
        "data/editions/2026.yml",
        "data/editions/old/2017.csv",
    }


def test_a_manifest_that_is_no_text_is_named(tmp_path: Path) -> None:
    """As any other file; what is no file is told when all data are read."""
    folder = tmp_path / "data" / "editions"
    folder.mkdir(parents=True)
    (folder / "2026.manifest.json").write_bytes(b"{\xff}")

    texts = read_manifests(tmp_path)

    assert show(texts) == [f"data/editions/2026.manifest.json:1:2: E106 line 1 {NO_UTF8}"]


def test_forms_of_the_theme_are_read_with_what_is_wrong_with_them(tmp_path: Path) -> None:
    """HTML of their folder alone; of a faulty file what can be read, of a link nothing."""
    folder = tmp_path / "templates" / "theme"
    (folder / "parts").mkdir(parents=True)
    (folder / "main.html").write_bytes(b"{% block x %}\r\n")
    (folder / "parts" / "nav.html").write_bytes(b"a\n<\xff")
    (folder / "link.html").symlink_to(folder / "main.html")
    (folder / "note.md").write_bytes(b"\xff")
    (tmp_path / "templates" / "other.html").write_bytes(b"\xff")

    texts = read_theme(tmp_path)

    assert texts.by_path == {
        "templates/theme/main.html": "{% block x %}\n",
        "templates/theme/parts/nav.html": "a\n<\ufffd",
    }
    link = "E103 a link, which is never followed; put the file itself here"
    assert show(texts) == [
        f"templates/theme/link.html:1:1: {link}",
        f"templates/theme/parts/nav.html:2:2: E106 line 2 {NO_UTF8}",
    ]


def test_a_project_without_a_theme_of_its_own_has_no_forms_of_it(tmp_path: Path) -> None:
    """The theme's own stand."""
    assert read_theme(tmp_path) == Texts()


def test_inputs_are_plain_files_that_can_be_seen(tmp_path: Path) -> None:
    """A link, even a hidden one, never brings a file of the machine into a site."""
    (tmp_path / "secret").write_text("x")
    folder = tmp_path / "assets"
    (folder / "b").mkdir(parents=True)
    for name in ("b/c.css", "a.css", ".hidden", ".d/e.css", "__pycache__/f.pyc", "d.css"):
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text("x")
    (folder / ".link").symlink_to(tmp_path / "secret")
    (folder / "link.css").symlink_to(tmp_path / "secret")

    assert list_inputs(folder) == [
        *(folder / "a.css", folder / "d.css"),
        folder / "b" / "c.css",
    ]
    assert list_inputs(folder / "a.css") == [folder / "a.css"]
    assert list_inputs(tmp_path / "absent") == []


def test_names_that_differ_by_case_only_are_refused(tmp_path: Path) -> None:
    """Such a folder cannot be checked out everywhere."""
    texts = read(tmp_path, A__csv=b"", a__csv=b"")

    assert show(texts) == [
        "data/a.csv:1:1: E104 its name differs from A.csv by case only; rename one of them"
    ]
    assert list(texts.by_path) == ["data/A.csv"]


def test_a_file_has_a_greatest_size(tmp_path: Path) -> None:
    """Two MiB are read; a file larger by a byte is not even opened."""
    texts = read(tmp_path, a__csv=b"x" * 2097153, b__csv=b"x" * 2097152)

    assert show(texts) == ["data/a.csv:1:1: E117 the file is larger than 2 MiB; split it"]
    assert list(texts.by_path) == ["data/b.csv"]


def test_a_folder_that_is_not_there_holds_nothing(tmp_path: Path) -> None:
    """What must be there is for others to say."""
    assert read_texts(tmp_path, "data") == Texts()


def test_what_may_not_be_read_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file or a folder without permission is a problem with a remedy, not a crash."""

    def refuse(*_: object) -> NoReturn:
        raise PermissionError(errno.EACCES, "Permission denied")

    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "a.csv").write_text("a")
    remedy = "cannot be read: Permission denied; give read permission"
    with monkeypatch.context() as patch:
        patch.setattr(Path, "read_bytes", refuse)
        texts = read_texts(tmp_path, "data")
    assert show(texts) == [f"data/a.csv:1:1: E103 the file {remedy}"]
    assert texts.by_path == {}

    monkeypatch.setattr(os, "scandir", refuse)
    texts = read_texts(tmp_path, "data")
    assert show(texts) == [f"data:1:1: E103 the folder {remedy}"]
