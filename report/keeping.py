"""Texts kept from earlier runs under keys that name all they are made from.

One of the few modules that touch the outside. A kept text is whole or absent; one that was harmed
counts as absent; a folder that cannot be read or written is no failure. Knows nothing of the texts.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

LIMIT = 200_000_000
"""Bytes that may be kept; the texts that were not used for longest go first."""


def recall(folder: Path, key: str, suffix: str) -> str | None:
    """A kept text; nothing where there is none or it is not whole."""
    place = _place(folder, key, suffix)
    try:
        kept = place.read_bytes().decode()
        os.utime(place)
    except (OSError, UnicodeDecodeError):
        return None
    digest, _, text = kept.partition("\n")
    return text if digest == _sum(text) else None


def keep(folder: Path, key: str, suffix: str, text: str) -> None:
    """Keep a text, whole or not at all."""
    place = _place(folder, key, suffix)
    half = place.with_suffix(f".{os.getpid()}.part")
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        half.write_bytes(f"{_sum(text)}\n{text}".encode())
        half.replace(place)
    except OSError:
        with suppress(OSError):
            half.unlink()


def trim(folder: Path, limit: int = LIMIT) -> None:
    """Remove what was not used for longest, until the rest is within the limit."""
    found = []
    for place in folder.rglob("*"):
        with suppress(OSError):
            if place.is_file():
                state = place.stat()
                found.append((state.st_mtime_ns, state.st_size, place))
    left = sum(size for _, size, _ in found)
    for _, size, place in sorted(found):
        if left <= limit:
            return
        with suppress(OSError):
            place.unlink()
            left -= size


def _place(folder: Path, key: str, suffix: str) -> Path:
    return folder / key[:2] / f"{key}{suffix}"


def _sum(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
