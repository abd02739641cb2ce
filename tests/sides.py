"""The extract of a report that is compared with itself, with a change laid over it."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from report.composition import Settings
from tests.examples import PROJECT, TODAY

CHANGES = PROJECT / "tests" / "changes"
EXTRACT = CHANGES / "extract"


def ask(root: Path) -> Settings:
    """Settings for a report folder, without a cache."""
    return Settings(
        root=root,
        project=PROJECT,
        site_dir=root / "site",
        today=TODAY,
        language="en",
        use_cache=False,
    )


def lay_out(folder: Path, change: str = "") -> Path:
    """The extract in a folder, with a change laid over it."""
    shutil.copytree(EXTRACT, folder)
    if change:
        shutil.copytree(CHANGES / change / "data", folder / "data", dirs_exist_ok=True)
    return folder


def count(transcript: str) -> int:
    """How many values differ."""
    (edition,) = json.loads(transcript)["editions"]
    return len(edition["values"])


def edit(root: Path, path: str, old: str, new: str) -> None:
    """Replace a text that is in a file once."""
    text = (root / path).read_text()
    assert text.count(old) == 1
    (root / path).write_text(text.replace(old, new))
