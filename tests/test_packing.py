"""A packed file is the same file to a reader, only smaller."""

from __future__ import annotations

import io
import re

import pytest
import typst
from pypdf import PdfReader

from report.packing import TOGETHER, pack_pdf
from tests.books import find_root, list_bookmarks


def write(source: str) -> bytes:
    """A file by the typesetter."""
    return bytes(
        typst.compile(source.encode(), format="pdf", ignore_system_fonts=True, timestamp=0)
    )


def show(thing: object) -> str:
    """An object in words, without where it lies in this process."""
    return re.sub(r", \d{6,}\)", ")", str(thing))


def test_a_packed_book_reads_the_same_and_is_smaller() -> None:
    """Pages, words, bookmarks, tags and data stay, also where objects fill several groups."""
    source = '#set document(title: "T")\n' + "".join(
        f"= Part {n}\n#table([a], [b])\n#link(<p{n}>)[to] <p{n}>\n#pagebreak()\n" for n in range(60)
    )
    loose = write(source)
    packed = pack_pdf(loose)
    before, after = (PdfReader(io.BytesIO(f), strict=True) for f in (loose, packed))

    assert loose.count(b" obj\n") > 2 * TOGETHER
    assert len(packed) < len(loose) / 2
    assert len(after.pages) == len(before.pages) == 61
    assert [p.extract_text() for p in after.pages] == [p.extract_text() for p in before.pages]
    assert after.metadata == before.metadata
    assert list_bookmarks(after) == list_bookmarks(before)
    assert set(find_root(after)) == set(find_root(before))
    assert after.trailer["/ID"] == before.trailer["/ID"]


def test_every_object_is_there_unchanged() -> None:
    """Each number gives the object that it gave."""
    loose = write("Words _here_ #link('https://a.example/')[there]".replace("'", '"'))
    before, after = (PdfReader(io.BytesIO(file)) for file in (loose, pack_pdf(loose)))

    for number in range(1, int(str(before.trailer["/Size"]))):
        assert show(after.get_object(number)) == show(before.get_object(number))


def test_the_same_file_packs_the_same() -> None:
    """Nothing but the file decides."""
    loose = write("= Words")

    assert pack_pdf(loose) == pack_pdf(loose)


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7\nno table", b"trailer <<>> startxref\n0\n%%EOF"])
def test_another_kind_of_file_is_refused(file: bytes) -> None:
    """What is not built as expected is not guessed at."""
    with pytest.raises(ValueError, match="no plain table"):
        pack_pdf(file)
