"""What tests ask of a book's file, by readers of PDF that had no part in making it."""

from __future__ import annotations

import contextlib
import io
from typing import Any, cast

import pypdfium2  # type: ignore[import-untyped] # it has none
from pypdf import PdfReader


def open_book(content: bytes) -> PdfReader:
    """A book, opened strictly."""
    return PdfReader(io.BytesIO(content), strict=True)


def find_root(reader: PdfReader) -> dict[str, Any]:
    """What the file tells of the whole book."""
    return cast("dict[str, Any]", reader.root_object)


def read_words(content: bytes) -> str:
    """All words of a book, each line end a space."""
    with contextlib.closing(pypdfium2.PdfDocument(content)) as book:
        texts = [page.get_textpage().get_text_range() for page in book]
    parted = "\ufffe"  # what pdfium gives for a hyphen at the end of a line
    return " ".join(" ".join(texts).replace(parted, "-").split())


def list_bookmarks(reader: PdfReader) -> list[Any]:
    """Titles of the bookmarks; what lies below one is a list after it."""

    def show(entries: list[Any]) -> list[Any]:
        return [show(e) if isinstance(e, list) else " ".join(e.title.split()) for e in entries]

    return show(cast("list[Any]", reader.outline))


def list_addresses(reader: PdfReader) -> set[str]:
    """The web addresses to which a book leads."""
    notes = [
        cast("dict[str, Any]", note.get_object())
        for page in cast("list[Any]", reader.pages)
        for note in page.get("/Annots", [])
    ]
    return {str(note["/A"]["/URI"]) for note in notes if "/URI" in note.get("/A", {})}


def list_fonts(reader: PdfReader) -> dict[str, bool]:
    """Whether each font of a book comes along, by its name."""
    found: dict[str, bool] = {}
    for page in cast("list[Any]", reader.pages):
        for font in page["/Resources"].get("/Font", {}).values():
            for part in font.get_object()["/DescendantFonts"]:
                told = part.get_object()["/FontDescriptor"].get_object()
                held = any(f"/FontFile{end}" in told for end in ("", "2", "3"))
                found[str(told["/FontName"])] = held
    return found
