"""The drawings' fonts for programs that cannot read the web's format, as far as letters need them.

Knows where the installed font packages keep their files, which of them holds which letters, and how
a drawing names them. Reads only below the folder into which npm installs, and writes only into the
folder that it is given. Each file becomes a family of its own, so that no letter is ever taken from
another font that a machine happens to have. Knows no figure.

Packages hold each file twice, for old browsers and for new ones. The older format has the same
letters and opens five to thirty times as fast: its outlines are not packed in a way of their own.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from itertools import groupby
from pathlib import Path

from report.problems import WriteFailed
from report.text import escape_html

SUBSETS = ("latin", "latin-ext", "cyrillic")
WEIGHTS = (400, 600, 700)
MORE = ("cyrillic-ext", "greek", "vietnamese")
"""Files that few drawings need."""
PACKAGE, HAN = "noto-sans", "noto-sans-sc"
_TEXT = re.compile(r"<text([^<>]*)>([^<>]+)</text>")
_FAMILY = re.compile(r' font-family="[^"]*"')


def name_fonts() -> tuple[str, ...]:
    """The files that hold the letters of most drawings, by name."""
    return tuple(Cut(PACKAGE, subset).name_file(weight) for weight in WEIGHTS for subset in SUBSETS)


class LetterMissing(WriteFailed):
    """A letter that no font has, so that a picture would show an empty box in its place."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a font that lies in one file for each weight."""

    package: str
    subset: str

    @property
    def family(self) -> str:
        """How drawings name it."""
        return f"{self.package}-{self.subset}"

    def name_file(self, weight: int) -> str:
        """The file of a weight below its package."""
        return f"{self.package}-{self.subset}-{weight}-normal.woff"


@dataclass
class Case:
    """The fonts that have been converted into a folder, and which letters they hold."""

    modules: Path
    """The folder into which npm installs."""
    folder: Path
    """Where the converted fonts lie, each family in a folder of its own."""
    _letters: dict[Cut, frozenset[int]] = field(default_factory=dict)
    _places: dict[str, Cut] = field(default_factory=dict)
    _told: set[Cut] = field(default_factory=set)
    """Fonts whose folders were given to somebody; one that was converted in vain was not."""

    def set_letters(self, svg: str) -> tuple[str, list[Path]]:
        """A drawing whose texts name the fonts of their letters, and folders of fonts not yet told.

        Raises LetterMissing for a letter that no font has.
        """
        drawn = _TEXT.sub(self._set_text, _FAMILY.sub("", svg))
        new = [cut for cut in self._letters if cut not in self._told]
        self._told.update(new)
        return drawn, [self._place(cut) for cut in new]

    def _set_text(self, found: re.Match[str]) -> str:
        runs = [
            (cut, "".join(letters))
            for cut, letters in groupby(html.unescape(found[2]), self._find_cut)
        ]
        if len(runs) == 1:
            return f'<text font-family="{runs[0][0].family}"{found[1]}>{found[2]}</text>'
        spans = (
            f'<tspan font-family="{cut.family}">{escape_html(letters)}</tspan>'
            for cut, letters in runs
        )
        return f"<text{found[1]}>{''.join(spans)}</text>"

    def _find_cut(self, letter: str) -> Cut:
        if letter not in self._places:
            self._places[letter] = self._choose_cut(letter)
        return self._places[letter]

    def _choose_cut(self, letter: str) -> Cut:
        for cut in self._list_cuts(ord(letter)):
            if cut not in self._letters:
                self._letters[cut] = self._convert(cut)
            if ord(letter) in self._letters[cut]:
                return cut
        message = f"no font has the letter {letter!r} (U+{ord(letter):04X})"
        raise LetterMissing(f"{message}; write it otherwise")

    def _list_cuts(self, letter: int) -> Iterator[Cut]:
        """Files that may hold a letter: those of most drawings first, Chinese characters last."""
        yield from (Cut(PACKAGE, subset) for subset in (*SUBSETS, *MORE))
        for subset, (first, last) in self._ranges:
            if first <= letter <= last:
                yield Cut(HAN, subset)

    @cached_property
    def _ranges(self) -> list[tuple[str, tuple[int, int]]]:
        """The letters of each file of Chinese characters, from first to last."""
        path = self.modules / "@fontsource" / HAN / "unicode.json"
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
        except OSError as error:
            raise self._explain(path) from error
        return [
            (subset.strip("[]"), _read_range(part))
            for subset, parts in said.items()
            for part in parts.split(",")
        ]

    def _place(self, cut: Cut) -> Path:
        return self.folder / cut.family

    def _convert(self, cut: Cut) -> frozenset[int]:
        """Write a file for each weight under the family's own name; gives the letters it holds."""
        from fontTools.ttLib import TTFont  # noqa: PLC0415 - an unchanged build never needs it

        held: set[int] = set()
        target = self._place(cut)
        target.mkdir(parents=True, exist_ok=True)
        for weight in WEIGHTS:
            path = self.modules / "@fontsource" / cut.package / "files" / cut.name_file(weight)
            try:
                opened = TTFont(path, recalcTimestamp=False, lazy=True)
            except OSError as error:
                raise self._explain(path) from error
            with opened as font:
                letters = set(font.getBestCmap())
                held = letters if weight == WEIGHTS[0] else held & letters
                font.flavor = None
                for table in {"GSUB", "GPOS", "GDEF"} & set(font.keys()):
                    del font[table]  # as wide as measured: no ligature, no kerning
                names = font["name"]
                names.names = []
                # Family, style and PostScript name; without the last a font counts as none.
                for number, name in ((1, cut.family), (2, "Regular"), (6, f"cut-{weight}")):
                    names.setName(name, number, 3, 1, 0x409)
                font.save(target / f"{weight}.ttf")
        return frozenset(held)

    @staticmethod
    def _explain(path: Path) -> WriteFailed:
        return WriteFailed(f"{path}: the font is missing; run `make node_modules/.ready`")


def _read_range(part: str) -> tuple[int, int]:
    """`U+4e00-4e2d` or `U+4e00` as its first and last letter."""
    first, _, last = part.strip().removeprefix("U+").partition("-")
    return int(first, 16), int(last or first, 16)
