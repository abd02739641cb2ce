"""Files that readers take away hold the armed report's texts as texts, in the shape of its twin's.

Each kind of file is read by a reader of that kind; `read` gives what must be alike in both (how
many rows, which keys, elements and fields) and the texts, which must have come through whole.
"""

from __future__ import annotations

import csv
import html.parser
import io
import json
import re
import sqlite3
import unicodedata
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import markdown  # type: ignore[import-untyped]
import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from ruamel.yaml import YAML

from report.text import plain_number
from tests.books import list_addresses, open_book
from tests.hostile.arsenal import HARM
from tests.hostile.building import list_pairs
from tests.hostile.conftest import Pair

Told = tuple[Any, list[str]]
"""The shape of a file, and its texts."""
SLOW, MOST = {"bib"}, 3
"""Kinds whose reader is slow, and how many of their files are read; archives hold the others."""
KINDS = ("bib", "cff", "csv", "json", "md", "ris", "sqlite", "svg", "txt", "xml", "zip")


def shape(value: Any) -> Any:
    """Keys in order, and kinds of values."""
    if isinstance(value, dict):
        return [[key, shape(part)] for key, part in value.items()]
    return [shape(part) for part in value] if isinstance(value, list) else type(value).__name__


def list_texts(value: Any) -> Iterator[str]:
    """All texts of data."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from list_texts(part)


def read_csv(content: bytes) -> Told:
    """Rows by their length; no cell that a spreadsheet would compute."""
    rows = list(csv.reader(io.StringIO(content.decode(), newline=""), strict=True))
    texts = []
    for cell in (cell for row in rows for cell in row if cell):
        first = unicodedata.normalize("NFKC", cell[0])[0]
        is_sign = cell in {"=", "-"}  # a claim's operator, which computes nothing
        assert first not in "=+-@\t\r\n\0" or is_sign or plain_number(cell), cell[:40]
        texts.append(cell.removeprefix("'"))
    return [len(row) for row in rows], texts


def read_json(content: bytes) -> Told:
    """Keys and kinds of values."""
    value = json.loads(content)
    return shape(value), list(list_texts(value))


def read_drawing(content: bytes) -> Told:
    """Names of keys alone: how many lines a text has hangs on the width of letters."""
    return sorted({key for key, _ in list_keys(json.loads(content))}), []


def list_keys(value: Any) -> Iterator[tuple[str, Any]]:
    """All keys of data with what stands under them."""
    for key, part in value.items() if isinstance(value, dict) else ():
        yield key, part
    if isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from list_keys(part)


def read_search(content: bytes) -> Told:
    """Entries; their texts are HTML, which the tests of pages see in a browser."""
    return shape(json.loads(content)), []


def read_ris(content: bytes) -> Told:
    """References with their fields."""
    references = rispy.loads(content.decode())
    tags = re.findall(r"^([A-Z][A-Z0-9])  - ", content.decode(), re.MULTILINE)
    return [shape(references), tags], list(list_texts(references))


def read_bib(content: bytes) -> Told:
    """Entries with their fields, as LaTeX shows them."""
    library = parse_string(content.decode(), append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    entries = [[entry.entry_type, *(f.key for f in entry.fields)] for entry in library.entries]
    assert len(library.blocks) == len(entries)
    texts = (field.value for entry in library.entries for field in entry.fields)
    return entries, [text.replace("\u02c6", "^").replace("\u02dc", "~") for text in texts]


def read_cff(content: bytes) -> Told:
    """Keys of the YAML."""
    value = YAML(typ="safe", pure=True).load(content.decode())
    return shape(value), list(list_texts(value))


def read_xml(content: bytes) -> Told:
    """Elements with their attributes."""
    root = ET.fromstring(content)  # noqa: S314 - our own
    elements = [[node.tag, *sorted(node.attrib)] for node in root.iter()]
    return elements, [
        "".join(root.itertext()),
        *(v for n in root.iter() for v in n.attrib.values()),
    ]


def read_svg(content: bytes) -> Told:
    """Kinds of elements alone: lines break by the width of letters."""
    elements, _ = read_xml(content)
    return sorted({tuple(element) for element in elements}), []


def read_sqlite(content: bytes) -> Told:
    """Tables with their columns and numbers of rows; the whole database is sound."""
    base = sqlite3.connect(":memory:")
    base.deserialize(content)
    assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert base.execute("PRAGMA foreign_key_check").fetchall() == []
    declared = base.execute("SELECT name, sql FROM sqlite_master ORDER BY name").fetchall()
    names = [name for (name,) in base.execute("SELECT name FROM sqlite_master WHERE type='table'")]
    rows = {name: base.execute(f"SELECT * FROM {name}").fetchall() for name in names}  # noqa: S608
    base.close()
    counts = {name: len(found) for name, found in rows.items()}
    return [declared, counts], [
        cell for found in rows.values() for row in found for cell in row if isinstance(cell, str)
    ]


class Elements(html.parser.HTMLParser):
    """The elements and the text of HTML."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.found: list[tuple[str, ...]] = []
        self.text = ""
        self.is_code = False
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element with the names of its attributes."""
        self.found.append((tag, *(name for name, _ in attrs)))
        self.is_code |= tag == "code"

    def handle_endtag(self, tag: str) -> None:
        """Note where code ends."""
        self.is_code &= tag != "code"

    def handle_data(self, data: str) -> None:
        """Note text, but for code, which is written for a program."""
        self.text += "" if self.is_code else data


def read_markdown(content: bytes) -> Told:
    """Elements that a reader of plain Markdown with tables makes; entries are sorted by letters."""
    page = Elements(markdown.markdown(content.decode(), extensions=["tables"]))
    return sorted(page.found), [page.text]


def read_text(content: bytes) -> Told:
    """Lines, of which there are as many."""
    return len(content.decode().splitlines()), [content.decode()]


def read_zip(content: bytes) -> Told:
    """Every file of an archive, by its kind."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        told = {
            name: read(name, archive.read(name))
            for name in archive.namelist()
            if Path(name).suffix[1:] in KINDS
        }
    return [found for found, _ in told.values()], [t for _, texts in told.values() for t in texts]


READERS: dict[str, Callable[[bytes], Told]] = {
    "bib": read_bib,
    "cff": read_cff,
    "csv": read_csv,
    "json": read_json,
    "md": read_markdown,
    "ris": read_ris,
    "sqlite": read_sqlite,
    "svg": read_svg,
    "txt": read_text,
    "xml": read_xml,
    "zip": read_zip,
}


SPECIAL = {"llms.txt": read_markdown, "search_index.json": read_search}
DRAWING = re.compile(r"(?:^|/)(?!metadata)[a-z0-9-]+(?:\.vega)?\.json")
"""Names of drawings in folders of figures."""


def read(name: str, content: bytes) -> Told:
    """A file by its name and kind."""
    path = Path(name)
    beside = path.parent.name in {"figures", path.stem}
    if beside and DRAWING.search(path.name) and ".csl" not in path.suffixes:
        return read_drawing(content)
    return SPECIAL.get(path.name, READERS[path.suffix[1:]])(content)


def flatten(texts: list[str]) -> str:
    """Texts with one space where there are some."""
    return "\n".join(" ".join(text.split()) for text in texts)


@pytest.mark.parametrize("kind", KINDS)
def test_files_have_the_shape_of_their_twins_and_the_texts_whole(pair: Pair, kind: str) -> None:
    """As many texts as the twin has, each as it was written."""
    names = [name for name in pair.list_files() if name.endswith(f".{kind}")]
    names = names[:MOST] if kind in SLOW else names
    assert names
    texts: tuple[list[str], list[str]] = ([], [])
    for name in names:
        armed, harmless = read(name, pair.read_armed(name)), read(name, pair.read_harmless(name))
        assert armed[0] == harmless[0], name
        texts[0].extend(armed[1])
        texts[1].extend(harmless[1])
    shown, twin_shown = flatten(texts[0]), flatten(texts[1])
    lost = [armed for armed, twin in list_pairs() if shown.count(armed) < twin_shown.count(twin)]

    assert lost == []


RUN = {"expr", "signal", "test", "filter", "calculate", "update", "init", "href", "url", "loader"}
"""Keys of a drawing's specification under which code or an address stands."""


def test_no_drawing_has_code_or_an_address_of_the_data(pair: Pair) -> None:
    """Vega runs what stands under some keys; there the armed text may not be."""
    names = [n for n in pair.list_files() if n.startswith("figures/") and n.endswith(".json")]
    for name in names:
        told = [
            t
            for key, part in list_keys(json.loads(pair.read_armed(name)))
            if key in RUN
            for t in list_texts(part)
        ]
        assert not any("harm" in text for text in told), name


def test_every_kind_of_file_is_read(pair: Pair) -> None:
    """But for pictures, fonts and the theme's code, which hold no text of the data as text."""
    found = {Path(name).suffix[1:] for name in pair.list_files()}

    assert found - {*KINDS, "html", "pdf", "png", "woff2", "css", "js"} == set()


def test_the_book_runs_nothing_and_leads_nowhere_else(pair: Pair) -> None:
    """It opens the addresses that its twin opens; that texts stay texts is for `test_book`."""
    (name,) = (name for name in pair.list_files() if name.endswith(".pdf"))
    armed, harmless = open_book(pair.read_armed(name)), open_book(pair.read_harmless(name))
    opened, wanted = (
        {address for address in list_addresses(book) if not address.endswith((".zip", ".sqlite"))}
        for book in (armed, harmless)
    )

    assert opened == wanted
    for mark in (b"/JavaScript", b"/Launch", b"/EmbeddedFile", b"/OpenAction", b"/AA"):
        assert mark not in pair.read_armed(name), mark


def test_the_theme_s_code_is_the_same(pair: Pair) -> None:
    """Nothing of the data stands in scripts or styles."""
    for name in pair.list_files():
        if name.endswith((".js", ".css")):
            assert HARM.encode() not in pair.read_armed(name), name
