"""What was made and waits for its turn, held on disk so that large reports need little memory.

One of the few modules that touch the outside: a file that has no name once it is open, and is gone
as soon as nobody holds it. Knows nothing of what it holds.
"""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping
from pathlib import Path
from typing import TypeVar

from report.problems import WriteFailed
from report.writing import explain

Made = TypeVar("Made")


class Spool(contextlib.AbstractContextManager["Spool", None]):
    """Contents by name, on the disk of a folder; raises WriteFailed where that fails."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._places: dict[str, tuple[int, int]] = {}
        """Where each content begins, and its length."""
        self._end = 0
        try:
            self._file = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - `close` closes it
        except OSError as error:
            raise explain(error, folder) from error

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of all that is held."""
        self._file.close()

    def put(self, name: str, content: bytes) -> None:
        """Hold a content by a name that holds none yet."""
        try:
            self._file.seek(self._end)
            left = memoryview(content)
            while left:
                left = left[self._file.write(left) :]
        except OSError as error:
            raise explain(error, self._folder) from error
        self._places[name] = self._end, len(content)
        self._end += len(content)

    def read(self, name: str) -> bytes:
        """The content of that name; raises KeyError where there is none."""
        at, left = self._places[name]
        parts: list[bytes] = []
        try:
            self._file.seek(at)
            while left and (part := self._file.read(left)):
                parts.append(part)
                left -= len(part)
        except OSError as error:
            raise explain(error, self._folder) from error
        if left:
            raise WriteFailed(f"{self._folder}: what was put aside there is not whole any more")
        return b"".join(parts)


class Later(Mapping[str, Made]):
    """A mapping whose values are made each time they are asked for."""

    def __init__(self, names: Collection[str], make: Callable[[str], Made]) -> None:
        self._names, self._make = dict.fromkeys(names), make

    def __getitem__(self, name: str) -> Made:
        if name not in self._names:
            raise KeyError(name)
        try:
            return self._make(name)
        except KeyError as error:  # which would be taken for a name that is not held
            message = f"{name!r} cannot be made: {error}"
            raise RuntimeError(message) from error

    def __contains__(self, name: object) -> bool:
        return name in self._names

    def __iter__(self) -> Iterator[str]:
        return iter(self._names)

    def __len__(self) -> int:
        return len(self._names)
