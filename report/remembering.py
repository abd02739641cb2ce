"""What an earlier run found out of the same texts, so that it need not be found out once more.

Pure. Holds answers by all that they hang on: that a text has no problem, a form as Jinja has
compiled it, a document as it was read. An answer holds for one state of the machine's code and
libraries alone, so whoever keeps a memory between runs keeps it under a name for these.
"""

from __future__ import annotations

import hashlib
import marshal
from collections.abc import Callable

from report.documents import Document, parse_document
from report.problems import Place

ROOM = 100_000_000
"""Bytes of answers beyond which those that nobody asked for go, even after a part of a run."""


class Memory:
    """Answers by question; those that nobody asks for any more are forgotten."""

    def __init__(self, packed: bytes | None = None) -> None:
        """Begin with what an earlier memory has packed, or empty."""
        self._kept: dict[bytes, bytes] = marshal.loads(packed) if packed else {}  # noqa: S302 - our own
        self._used: dict[bytes, bytes] = {}

    def recall(self, *question: str) -> bytes | None:
        """The answer to a question: its kind, then all that the answer hangs on."""
        key = _name(question)
        answer = self._used.get(key)
        if answer is None and (answer := self._kept.get(key)) is not None:
            self._used[key] = answer
        return answer

    def keep(self, answer: bytes, *question: str) -> None:
        """Hold an answer for the next time."""
        self._used[_name(question)] = answer

    def settle(self, *, part: bool = False) -> bytes | None:
        """After a run: what to keep for the next one, or None if that is as it was.

        A run that looked at a part of a report alone forgets nothing, as long as there is room.
        """
        kept = {**self._kept, **self._used} if part else self._used
        if part and sum(map(len, kept.values())) > ROOM:
            kept = self._used
        is_same = kept.keys() == self._kept.keys()
        self._kept, self._used = kept, {}
        return None if is_same else marshal.dumps(kept)


def _name(question: tuple[str, ...]) -> bytes:
    digest = hashlib.sha256()
    for part in question:
        text = part.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(text))
        digest.update(text)
    return digest.digest()


def remember_documents(memory: Memory) -> Callable[[str, str], Document]:
    """A `parse_document` that reads each sound text once."""

    def read(text: str, file: str) -> Document:
        kept = memory.recall("document", file, text)
        if kept is not None:
            return _unpack(kept, file)
        document = parse_document(text, file)
        if not document.problems:
            memory.keep(_pack(document), "document", file, text)
        return document

    return read


def _pack(document: Document) -> bytes:
    places = [(path, place.line, place.column) for path, place in document.places.items()]
    return marshal.dumps((document.value, places))  # unlike JSON it keeps every text as it is


def _unpack(packed: bytes, file: str) -> Document:
    value, places = marshal.loads(packed)  # noqa: S302 - our own
    return Document(file, value, {path: Place(file, line, column) for path, line, column in places})
