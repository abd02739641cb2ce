"""What a folder holds: a hash of each file, and in which state of the file it was taken.

One of the few modules that touch the outside. Reads, and writes nothing. A file in the same state
is the same: what is known of it need not be read again. Knows nothing of what is in files.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from report.writing import MARKER

State = tuple[int, int, int, int]
"""Of a file on disk: which it is, its size, and when it and what is told of it last changed."""


@dataclass(frozen=True, slots=True)
class Inventory:
    """All files of a folder but the marker of a site, by path in order."""

    sums: Mapping[str, str]
    """A hash of each: the same for the same site, another for a touched one."""
    states: Mapping[str, State]
    """In which state each was hashed."""


def take_inventory(folder: Path, known: Mapping[str, tuple[State, str]] | None = None) -> Inventory:
    """Hash each file; what is `known` of one that is in the same state is not read again.

    Reading hashes some 700 MB in a second, so it costs less than what it guards.
    """
    sums: dict[str, str] = {}
    states: dict[str, State] = {}
    for path, entry in sorted(_walk(str(folder), "")):
        states[path] = state = tell_state(entry.stat())
        seen, digest = (known or {}).get(path, (None, ""))
        if seen != state:
            with open(entry.path, "rb") as file:  # noqa: PTH123 - there may be thousands
                digest = hashlib.file_digest(file, "sha256").hexdigest()
        sums[path] = digest
    return Inventory(sums, states)


def _walk(folder: str, below: str) -> Iterator[tuple[str, os.DirEntry[str]]]:
    """Each file but the marker by its path."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _walk(entry.path, f"{below}{entry.name}/")
            elif entry.name != MARKER and entry.is_file():
                yield f"{below}{entry.name}", entry


def tell_state(found: os.stat_result) -> State:
    """The state of a file."""
    return found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns
