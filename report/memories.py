"""Where the memory of a report lies between runs: what they found out of its texts.

One of the few modules that touch the outside, through what is kept. Knows a report by what it says
of itself, wherever it lies: revisions are compared in copies. Knows nothing of what is remembered.
"""

from __future__ import annotations

import contextlib
import hashlib
from pathlib import Path

from report.keeping import keep, recall, stamp_machine
from report.reading import list_inputs
from report.remembering import Memory

FOLDER, _SUFFIX = "memory", ".memory"


def open_memory(cache: Path | None, root: Path, *, lasts: bool = True) -> Memory:
    """What earlier runs on a report, or on a copy of it, found out of its texts.

    `lasts` says whether what this run finds out will be saved; without a cache nothing is.
    """
    if cache is None:
        return Memory(lasts=False)
    return Memory(recall(cache / FOLDER, _name_report(root), _SUFFIX), lasts=lasts)


def save_memory(cache: Path | None, root: Path, memory: Memory, *, part: bool = False) -> None:
    """Keep what a run found out for later ones; `part` if it looked at a part of the report."""
    packed = memory.settle(part=part)
    if cache is not None and packed is not None:
        keep(cache / FOLDER, _name_report(root), _SUFFIX, packed)


def _name_report(root: Path) -> str:
    digest = hashlib.sha256(stamp_machine().encode())
    for path in list_inputs(root / "data" / "report.yml"):
        with contextlib.suppress(OSError):  # whoever reads the report tells why it cannot be read
            digest.update(path.read_bytes())
    return digest.hexdigest()
