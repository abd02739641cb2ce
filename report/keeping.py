"""Content kept from earlier runs under keys that name all it is made from.

One of the few modules that touch the outside. What is kept is whole or absent; what was harmed
counts as absent; a folder that cannot be read or written is no failure. Knows nothing of content.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path

LIMIT = 200_000_000
"""Bytes that may be kept; what was not used for longest goes first."""


def recall(folder: Path, key: str, suffix: str) -> bytes | None:
    """What was kept; nothing where there is none or it is not whole."""
    place = _place(folder, key, suffix)
    try:
        kept = place.read_bytes()
        os.utime(place)
    except OSError:
        return None
    digest, _, content = kept.partition(b"\n")
    return content if digest == _sum(content) else None


def keep(folder: Path, key: str, suffix: str, content: bytes) -> None:
    """Keep content, whole or not at all."""
    place = _place(folder, key, suffix)
    half = place.with_suffix(f".{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(_sum(content) + b"\n" + content)
        half.replace(place)
    except OSError:
        with suppress(OSError):
            half.unlink()


def trim(folder: Path, limit: int = LIMIT, since: float | None = None) -> None:
    """Remove what was not used for longest, until the rest is within the limit.

    What was used `since` a time, in seconds since 1970, stays: else a run that needs more than the
    limit would never find what the one before it has made.
    """
    found = []
    for entry in _list_kept(folder):
        with suppress(OSError):
            state = entry.stat()
            found.append((state.st_mtime_ns, state.st_size, entry.path))
    left = sum(size for _, size, _ in found)
    for used, size, place in sorted(found) if left > limit else ():
        if left <= limit or (since is not None and used >= since * 1e9):
            return
        with suppress(OSError):
            os.unlink(place)  # noqa: PTH108 - a path would take longer to make than to remove
            left -= size


def _list_kept(folder: str | Path) -> Iterator[os.DirEntry[str]]:
    """All files below a folder, of which there may be tens of thousands."""
    with suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                yield from _list_kept(entry.path)
            elif entry.is_file():
                yield entry


@lru_cache(maxsize=1)
def stamp_machine() -> str:
    """The code of the machine, all libraries beside it, and what npm has installed.

    Whatever is made by code is kept under a key with this: to name all of it is safe and quick.
    """
    digest = hashlib.sha256(sys.version.encode())
    for path in sorted(Path(__file__).parent.rglob("*.py")):
        digest.update(path.read_bytes())
    with suppress(OSError):  # before npm has run there is nothing of it to be kept
        modules = Path(__file__).parents[1] / "node_modules"
        digest.update((modules / ".package-lock.json").read_bytes())
    for place in sys.path:
        if place.endswith("site-packages"):
            with suppress(OSError):
                names = [name for name in os.listdir(place) if name.endswith("-info")]  # noqa: PTH208 - quick
                digest.update("\n".join(sorted(names)).encode())
    return digest.hexdigest()


def _place(folder: Path, key: str, suffix: str) -> Path:
    return folder / key[:2] / f"{key}{suffix}"


def _sum(content: bytes) -> bytes:
    return hashlib.sha256(content).hexdigest().encode()
