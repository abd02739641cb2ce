"""What a folder holds: a hash of each file, and in which state of the file it was taken.

One of the few modules that touch the outside. A file in the same state is the same: what is known
of it need not be read again, in this run or in a later one. Knows nothing of what is in files.
"""

from __future__ import annotations

import hashlib
import marshal
import os
import time
from collections.abc import Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from report.keeping import keep, recall, stamp_machine
from report.writing import MARKER

KEPT = "sites"
"""The folder of what is noted of sites, below that of all that is kept."""
TICK, COARSE = 20_000_000, 1_000_000
"""Nanoseconds: what the clock of no usual disk is behind, and a step that only a coarse one has."""

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


def keep_states(folder: Path, found: Inventory, renamed: Collection[str], cache: Path) -> None:
    """Note in which state each file of a folder is now that was found before, for later runs.

    Nothing of it has changed since, but of those that were `renamed` the names. One that was
    written just now may be written again without its state telling, as clocks of disks tick
    slowly: nothing is noted of it.
    """
    now, noted = time.time_ns(), []
    with suppress(OSError):  # it may be gone by now
        for path, entry in _walk(str(folder), ""):
            state, before = tell_state(entry.stat()), found.states.get(path, ())
            parts = 3 if path in renamed else 4
            if _has_settled(state, now) and state[:parts] == before[:parts]:
                noted.append((path, *state, found.sums[path]))
    keep(cache / KEPT, _name(folder), "", marshal.dumps(noted))


def recall_states(folder: Path, cache: Path) -> dict[str, tuple[State, str]]:
    """What an earlier run has noted of a folder: of each file its state, and its hash in that."""
    packed = recall(cache / KEPT, _name(folder), "")
    noted = marshal.loads(packed) if packed else []  # noqa: S302 - our own
    return {path: ((file, size, *times), digest) for path, file, size, *times, digest in noted}


def _has_settled(state: State, now: int) -> bool:
    """Whether any change from now on would show: the disk's clock is fine, and has ticked since."""
    _, _, written, changed = state
    is_fine = written % COARSE != 0 and changed % COARSE != 0
    return is_fine and max(written, changed) < now - TICK


def _name(folder: Path) -> str:
    named = os.fsencode(folder.resolve()) + stamp_machine().encode()
    return hashlib.sha256(named).hexdigest()


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
