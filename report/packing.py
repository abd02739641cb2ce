"""A file in PDF with its many small objects packed together, a third as large.

Pure. Knows the file structure of ISO 32000: a table of places, objects, and streams of objects.
Takes files with a plain table and one object after another, such as Typst writes; what is in the
objects stays as it is, byte for byte.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

TOGETHER = 250
"""Objects in one stream: a reader unpacks all of them to see one."""
_START = re.compile(rb"startxref\s+(\d+)\s+%%EOF\s*$")
_TABLE = re.compile(rb"xref\s+0 (\d+)\s+")
_ENTRY = re.compile(rb"(\d{10}) (\d{5}) ([nf])\s{2}")
_TRAILER = re.compile(rb"trailer\s*<<(.*)>>\s*startxref", re.DOTALL)
_SIZE = re.compile(rb"/Size\s+\d+")
_HEAD = re.compile(rb"\s*\d+ 0 obj\s")


@dataclass(frozen=True, slots=True)
class _Thing:
    """An object: its number and what stands between `obj` and `endobj`."""

    number: int
    content: bytes

    @property
    def streams(self) -> bool:
        """Whether it is a stream, which stands for itself."""
        return self.content.endswith(b"endstream")


def pack_pdf(pdf: bytes) -> bytes:
    """The same book in a smaller file; ValueError where it is not built as expected."""
    things, trailer = _take_apart(pdf)
    out = bytearray(pdf[: pdf.index(b"\n", pdf.index(b"\n") + 1) + 1])
    size = max(thing.number for thing in things) + 1
    places: dict[int, tuple[int, int, int]] = {0: (0, 0, 65535)}
    for thing in things:
        if thing.streams:
            places[thing.number] = (1, len(out), 0)
            out += b"%d 0 obj\n%b\nendobj\n" % (thing.number, thing.content)
    small = [thing for thing in things if not thing.streams]
    for at in range(0, len(small), TOGETHER):
        group = small[at : at + TOGETHER]
        places |= {thing.number: (2, size, index) for index, thing in enumerate(group)}
        places[size] = (1, len(out), 0)
        out += b"%d 0 obj\n%b\nendobj\n" % (size, _write_group(group))
        size += 1
    places[size] = (1, len(out), 0)
    start = len(out)
    table = b"".join(
        kind.to_bytes(1, "big") + place.to_bytes(4, "big") + last.to_bytes(2, "big")
        for kind, place, last in (places.get(number, (0, 0, 65535)) for number in range(size + 1))
    )
    told = _SIZE.sub(b"", trailer) + b"/Type/XRef/W[1 4 2]/Size %d" % (size + 1)
    out += b"%d 0 obj\n%b\nendobj\n" % (size, _write_stream(told, table))
    out += b"startxref\n%d\n%%%%EOF\n" % start
    return bytes(out)


def _take_apart(pdf: bytes) -> tuple[list[_Thing], bytes]:
    """All objects in order of number, and the trailer's entries."""
    start, trailer = _START.search(pdf), _TRAILER.search(pdf, max(pdf.rfind(b"trailer"), 0))
    table = _TABLE.match(pdf, int(start[1])) if start else None
    if table is None or trailer is None:
        raise ValueError("the file has no plain table of places")
    entries = _ENTRY.findall(pdf, table.end())[: int(table[1])]
    used = {n: int(place) for n, (place, _, kind) in enumerate(entries) if kind == b"n"}
    order = sorted(used.items(), key=lambda entry: entry[1])
    ends = [place for _, place in order[1:]] + [table.start()]
    things = []
    for (number, place), end in zip(order, ends, strict=True):
        head = _HEAD.match(pdf, place)
        whole = pdf[place:end].rstrip()
        if head is None or not whole.endswith(b"endobj"):
            raise ValueError(f"object {number} is not where the table says")
        things.append(_Thing(number, whole[head.end() - place : -len(b"endobj")].strip()))
    return sorted(things, key=lambda thing: thing.number), trailer[1]


def _write_group(group: list[_Thing]) -> bytes:
    heads, at = [], 0
    for thing in group:
        heads.append(b"%d %d" % (thing.number, at))
        at += len(thing.content) + 1
    head = b" ".join(heads) + b"\n"
    told = b"/Type/ObjStm/N %d/First %d" % (len(group), len(head))
    return _write_stream(told, head + b"\n".join(thing.content for thing in group))


def _write_stream(told: bytes, content: bytes) -> bytes:
    packed = zlib.compress(content)
    head = b"<<%b/Filter/FlateDecode/Length %d>>" % (told, len(packed))
    return head + b"\nstream\n" + packed + b"\nendstream"
