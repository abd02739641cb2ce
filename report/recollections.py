"""What is remembered of texts that were read and series that were computed, and how it is packed.

Pure. A question holds all that its answer hangs on: a file's path and text, an operation with its
options and the points of its inputs. Only what nothing is wrong with is remembered.
"""

from __future__ import annotations

import datetime as dt
import json
import marshal
from collections.abc import Callable, Iterable
from decimal import Decimal
from sys import intern

from report.derive.order import Compute, compute_points
from report.documents import Document, parse_document
from report.model import DerivedDeclaration, Observation, Point, Reason, Status
from report.observed import PLAIN_COLUMNS, Observed, parse_observations
from report.periods import parse_period
from report.problems import Place
from report.remembering import ONCE, PASSING, Memory
from report.rows import Table
from report.text import find_faults

_PLAIN = 2
"""The form of marshal in which equal values are packed alike."""


# Documents.


def remember_documents(memory: Memory) -> Callable[[str, str], Document]:
    """A `parse_document` that reads each sound text once."""

    def read(text: str, file: str) -> Document:
        kept = memory.recall(f"{ONCE}document", file, text)
        if kept is not None:
            return _unpack_document(kept, file)
        document = parse_document(text, file)
        if not document.problems:
            memory.keep(_pack_document(document), f"{ONCE}document", file, text)
        return document

    return read


def _pack_document(document: Document) -> bytes:
    places = [(path, place.line, place.column) for path, place in document.places.items()]
    return marshal.dumps((document.value, places))  # unlike JSON it keeps every text as it is


def _unpack_document(packed: bytes, file: str) -> Document:
    value, places = marshal.loads(packed)  # noqa: S302 - our own
    return Document(file, value, {path: Place(file, line, column) for path, line, column in places})


# Tables of observations.


def remember_observations(memory: Memory) -> Callable[[str, str], Observed]:
    """A `parse_observations` that reads each sound text once.

    The table of a sound one has no rows, since nobody needs to judge them again: its texts are what
    they seem as well.
    """

    def read(text: str, file: str) -> Observed:
        kept = memory.recall(f"{PASSING}{ONCE}observations", file, text)
        if kept is not None:
            return _unpack_observations(kept, text, file)
        observed = parse_observations(text, file)
        if not (observed.problems or observed.table.problems) and _are_plain(observed.values):
            memory.keep(_pack_observations(observed), f"{PASSING}{ONCE}observations", file, text)
            observed.table.rows.clear()  # some fifty thousand, of which each holds all its cells
        return observed

    return read


def _are_plain(values: Iterable[tuple[Observation, int]]) -> bool:
    """Whether no text of the observations hides or mixes anything."""
    texts = {getattr(value, name) for value, _ in values for name in PLAIN_COLUMNS}
    return not any(any(find_faults(text)) for text in texts if text)


def _pack_observations(observed: Observed) -> bytes:
    rows = [
        (
            *(line, value.series, str(value.period), _write(value.value), value.status.value),
            *(value.published.toordinal(), value.source, value.locator, value.note),
            value.reason.value,
        )
        for value, line in observed.values
    ]
    return marshal.dumps((observed.table.header, rows))


def _unpack_observations(packed: bytes, text: str, file: str) -> Observed:
    header, rows = marshal.loads(packed)  # noqa: S302 - our own
    day = dt.date.fromordinal
    values = []
    for line, series, period, value, status, published, source, locator, note, reason in rows:
        found = (parse_period(period), _read(value), Status(status), day(published))
        said = (intern(source), intern(locator), intern(note), Reason(reason))
        values.append((Observation(intern(series), *found, *said), line))
    return Observed(Table(file, text, header), values)


def _write(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _read(value: str | None) -> Decimal | None:
    return None if value is None else Decimal(value)


# Computed series.


def remember_points(memory: Memory) -> Compute:
    """A `compute_points` that computes the same from the same points once."""

    def compute(
        declaration: DerivedDeclaration, inputs: tuple[tuple[Point, ...], ...]
    ) -> tuple[Point, ...]:
        options = json.dumps(dict(declaration.options), sort_keys=True)
        packed = (_pack_points(points) for points in inputs)
        question: list[str | bytes] = [f"{PASSING}points", declaration.operation, options, *packed]
        kept = memory.recall(*question)
        if kept is not None:
            return _unpack_points(kept)
        points = compute_points(declaration, inputs)
        memory.keep(_pack_points(points), *question)
        return points

    return compute


def _pack_points(points: Iterable[Point]) -> bytes:
    return marshal.dumps(
        [
            (
                *(str(point.period), _write(point.value), point.status.value, point.sources),
                *(point.published.toordinal(), point.note),
            )
            for point in points
        ],
        _PLAIN,
    )


def _unpack_points(packed: bytes) -> tuple[Point, ...]:
    day = dt.date.fromordinal
    return tuple(
        Point(parse_period(period), _read(value), Status(status), sources, day(published), note)
        for period, value, status, sources, published, note in marshal.loads(packed)  # noqa: S302 - our own
    )
