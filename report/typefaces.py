"""The fonts of a book, as files that a typesetter can read, as far as its letters need them.

Knows where the installed font packages keep their files and which letters each holds. Reads only
below the folder into which npm installs, and writes only below the folder that it is given. Each
file keeps what sets its letters close and becomes a family of its own. Knows no book. As in
`lettering`, files of the older format are read: they hold the same and open in less time.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path

from report.problems import WriteFailed


@dataclass(frozen=True, slots=True)
class Face:
    """One face of a family of fonts, as its package names it."""

    weight: int
    style: str = "normal"


@dataclass(frozen=True, slots=True)
class Family:
    """A family of fonts, which comes in files that hold some of its letters each."""

    name: str
    package: str
    """Also how its files begin."""
    faces: tuple[Face, ...]
    first: str = ""
    """The subset that carries the family's own name."""


BOOK = (
    Family(
        "Noto Sans",
        "noto-sans",
        (Face(400), Face(600), Face(700), Face(400, "italic"), Face(700, "italic")),
        "latin",
    ),
    Family("Noto Sans SC", "noto-sans-sc", (Face(400), Face(700))),
)
"""The fonts of the book, in the order in which each letter is looked for."""


UNSHOWN = re.compile("[\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3]+")
"""Letters of scripts for which no font is installed: Korean, of which there are only titles."""
INSTEAD = "[\N{HORIZONTAL ELLIPSIS}]"


def leave_unshown(text: str) -> str:
    """A text with `[…]` for words in a script for which no font is installed."""
    return UNSHOWN.sub(INSTEAD, text)


@dataclass(frozen=True, slots=True)
class Letters:
    """The fonts that show some letters."""

    families: tuple[str, ...]
    """Names, in the order in which each letter is to be looked for."""
    folders: tuple[Path, ...]
    """Where their files lie, a folder for each family."""
    missing: str
    """The letters that none of them has."""


def _choose_subsets(
    modules: Path, letters: Collection[str]
) -> tuple[list[tuple[Family, str]], set[int]]:
    """The subsets that hold at least one of the letters, those of the first family first.

    Beside them the letters that none has.
    """
    chosen = []
    wanted = {ord(letter) for letter in letters}
    for family in BOOK:
        ranges = _read_ranges(modules, family)
        first = sorted(ranges, key=lambda name: (name != family.first, name))
        for subset in first:
            held = wanted & ranges[subset]
            if held or subset == family.first:
                chosen.append((family, subset))
                wanted -= held
    return chosen, wanted


def convert_letters(modules: Path, cache: Path, letters: Collection[str]) -> Letters:
    """Fonts for some letters as TrueType files below `cache`, each converted once.

    `modules` is the folder into which npm installs. A subset's file keeps all of its letters, and
    what sets them close, and gets a family name of its own, by which it is asked for.
    """
    families, folders = [], []
    chosen, missing = _choose_subsets(modules, letters)
    for family, subset in chosen:
        name = family.name if subset == family.first else f"{family.name} {subset}"
        families.append(name)
        version = _read_version(modules, family)
        folders.append(cache / "faces" / f"{family.package}-{version}-{subset}")
        for face in family.faces:
            stem = f"{family.package}-{subset}-{face.weight}-{face.style}"
            source = modules / "@fontsource" / family.package / "files" / f"{stem}.woff"
            if source.is_file():
                _convert_subset(source, folders[-1] / f"{face.weight}-{face.style}.ttf", name)
    return Letters(tuple(families), tuple(folders), "".join(map(chr, sorted(missing))))


def _read_ranges(modules: Path, family: Family) -> dict[str, set[int]]:
    """The letters of each subset, as the package declares them."""
    place = modules / "@fontsource" / family.package / "unicode.json"
    try:
        declared = json.loads(place.read_text(encoding="utf-8"))
    except OSError as error:
        message = f"{place}: the fonts are not installed; run `make node_modules/.ready`"
        raise WriteFailed(message) from error
    return {name.strip("[]"): set(_spell_out(ranges)) for name, ranges in declared.items()}


def _read_version(modules: Path, family: Family) -> str:
    """Which version of the package is installed, whose files may differ from another one's."""
    place = modules / "@fontsource" / family.package / "package.json"
    return str(json.loads(place.read_text(encoding="utf-8"))["version"])


def _spell_out(ranges: str) -> list[int]:
    letters: list[int] = []
    for part in ranges.split(","):
        start, _, end = part.strip().removeprefix("U+").partition("-")
        letters.extend(range(int(start, 16), int(end or start, 16) + 1))
    return letters


def _convert_subset(source: Path, place: Path, family: str) -> None:
    """One file, under a family's name."""
    summed = place.with_suffix(".sum")
    if _is_whole(place, summed):
        for used in (place, summed):
            os.utime(used)  # so that what is in use is not removed as old
        return
    from fontTools.ttLib import TTFont  # noqa: PLC0415 - slow, and rarely needed

    font = TTFont(source, recalcTimestamp=False)
    font.flavor = None
    for record in list(font["name"].names):
        if record.nameID in {1, 16}:
            record.string = family
        elif record.nameID in {21, 25}:
            font["name"].names.remove(record)
    place.parent.mkdir(parents=True, exist_ok=True)
    half = place.with_suffix(f".{os.getpid()}.part")
    font.save(half)
    digest = hashlib.sha256(half.read_bytes()).hexdigest()
    half.replace(place)
    half.write_text(digest, "utf-8")
    half.replace(summed)


def _is_whole(place: Path, summed: Path) -> bool:
    """Whether a file is as it was when it was converted."""
    try:
        return hashlib.sha256(place.read_bytes()).hexdigest() == summed.read_text(
            "utf-8", "replace"
        )
    except OSError:
        return False
