"""The drawings' fonts, converted once for programs that cannot read the web's format.

Knows where the installed font package keeps its files. Reads and writes only below the folders
that it is given. Knows no drawing.
"""

from __future__ import annotations

import io
import os
from pathlib import Path

from report.problems import WriteFailed

SUBSETS = ("latin", "latin-ext", "cyrillic")
WEIGHTS = (400, 600, 700)
PACKAGE = Path("@fontsource/noto-sans/files")


def name_fonts() -> tuple[str, ...]:
    """The files that are converted, by name."""
    return tuple(
        f"noto-sans-{subset}-{weight}-normal.woff2" for weight in WEIGHTS for subset in SUBSETS
    )


def convert_fonts(modules: Path, cache: Path) -> Path:
    """A folder below `cache` with one TrueType file for each weight.

    `modules` is the folder into which npm installs.
    """
    source, target = modules / PACKAGE, cache / "fonts"
    missing = [name for name in name_fonts() if not (source / name).is_file()]
    if missing:
        msg = f"{source}: the font {missing[0]} is missing; run `make node_modules/.ready`"
        raise WriteFailed(msg)
    target.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        place = target / f"noto-sans-{weight}.ttf"
        if not place.is_file():
            _convert(source, weight, place)
    return target


def _convert(source: Path, weight: int, place: Path) -> None:
    """Merge a weight's subsets into one file, so that no letter falls back to another font."""
    from fontTools.merge import Merger, Options  # noqa: PLC0415 - slow, and rarely needed
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - the same

    parts = []
    for subset in SUBSETS:
        font = TTFont(source / f"noto-sans-{subset}-{weight}-normal.woff2", recalcTimestamp=False)
        font.flavor = None
        stream = io.BytesIO()
        font.save(stream)
        stream.seek(0)
        parts.append(stream)
    merged = Merger(options=Options(drop_tables=["GSUB", "GPOS", "GDEF"])).merge(parts)
    half = place.with_suffix(f".{os.getpid()}.part")
    merged.save(half)
    half.replace(place)
