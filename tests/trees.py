"""What lies below a folder, for tests that compare folders byte for byte."""

from __future__ import annotations

from pathlib import Path


def read_tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder."""
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files}


def list_empty(folder: Path) -> set[str]:
    """Every empty folder below a folder."""
    folders = (path for path in folder.rglob("*") if path.is_dir() and not any(path.iterdir()))
    return {path.relative_to(folder).as_posix() for path in folders}
