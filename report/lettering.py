"""Texts of a drawing as the outlines of their letters, from the report's own fonts.

Knows where the installed font packages keep their files and which of them holds which letters.
Reads only below the folder into which npm installs. A picture that is made of outlines has the same
letters on every machine, and whoever draws it need not look into a font for each of them. A sign
that combines with a letter stands where the font puts it, as nothing places it anew. Knows no
figure.

Packages hold each file twice, for old browsers and for new ones. The older format has the same
letters and opens five to thirty times as fast: its outlines are not packed in a way of their own.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

from report.problems import WriteFailed

if TYPE_CHECKING:
    from report.outlines import Face, Outline

SUBSETS = ("latin", "latin-ext", "cyrillic")
MORE = ("cyrillic-ext", "greek", "vietnamese")
"""Files that few drawings need."""
PACKAGE, HAN = "noto-sans", "noto-sans-sc"
SVG = "http://www.w3.org/2000/svg"
_PLAIN = {"font-size": "16", "font-weight": "400", "text-anchor": "start"}
"""What counts for a text where neither it nor anything around it says otherwise."""
_PLACED = {"x", "y", "font-family", *_PLAIN}
"""What tells where a text's letters stand and how they look; outlines need none of it."""
_KEPT = {
    *("fill", "fill-opacity", "stroke", "stroke-opacity", "stroke-width", "stroke-linejoin"),
    *("stroke-linecap", "stroke-dasharray", "opacity", "transform", "clip-path", "id"),
}
"""What paths have as well as texts."""
_SPACES = re.compile("[ \t\r\n]+")
_BACK = {"start": 0.0, "middle": 0.5, "end": 1.0}
"""How much of a text's width stands before its place."""


class LetterMissing(WriteFailed):
    """A letter that no font has, so that a picture would show an empty box in its place."""


@dataclass(frozen=True, slots=True)
class Cut:
    """The part of a font that lies in one file for each weight."""

    package: str
    subset: str

    def name_file(self, weight: int) -> str:
        """The file of a weight below its package."""
        return f"{self.package}-{self.subset}-{weight}-normal.woff"


@dataclass
class Case:
    """The fonts that have been opened, and in which of them each letter was found."""

    modules: Path
    """The folder into which npm installs."""
    _faces: dict[tuple[Cut, int], Face] = field(default_factory=dict)
    _places: dict[tuple[str, int], Face] = field(default_factory=dict)

    def set_letters(self, svg: str) -> str:
        """A compact SVG with the outlines of all letters in the place of its texts.

        Raises LetterMissing for a letter that no font has, and ValueError for a text that is placed
        in a way that no drawing uses.
        """
        root = ET.fromstring(svg)  # noqa: S314 - our own
        self._set_below(root, _PLAIN)
        ET.register_namespace("", SVG)
        return ET.tostring(root, encoding="unicode")

    def _set_below(self, element: ET.Element, around: dict[str, str]) -> None:
        said = around | {name: element.get(name, known) for name, known in around.items()}
        for child in element:
            if child.tag == f"{{{SVG}}}text":
                self._set_text(child, said)
            else:
                self._set_below(child, said)

    def _set_text(self, text: ET.Element, around: dict[str, str]) -> None:
        """Turn a text into a path."""
        unknown = set(text.attrib) - _PLACED - _KEPT
        if len(text) or unknown:
            what = f"a text with {', '.join(sorted(unknown)) or 'parts'} cannot be set"
            raise ValueError(what)
        look = {name: text.get(name, known) for name, known in around.items()}
        outlines = self._find_outlines(
            _SPACES.sub(" ", text.text or "").strip(" "),
            float(look["font-size"]),
            int(look["font-weight"]),
        )
        x, y = (float(text.get(name, "0")) for name in "xy")
        x -= _BACK[look["text-anchor"]] * sum(outline.advance for outline in outlines)
        drawn = []
        for outline in outlines:
            drawn.append(outline.draw_at(x, y))
            x += outline.advance
        kept = {name: value for name, value in text.attrib.items() if name in _KEPT}
        tail = text.tail
        text.clear()
        text.tag, text.attrib, text.tail = f"{{{SVG}}}path", {"d": "".join(drawn), **kept}, tail

    def _find_outlines(self, text: str, size: float, weight: int) -> list[Outline]:
        faces = [(letter, self._find_face(letter, weight)) for letter in text]
        return [
            face.make_outline(letter, size)
            for letter, face in faces
            if unicodedata.category(letter) != "Cf"  # it says something of others, and has no look
        ]

    def _find_face(self, letter: str, weight: int) -> Face:
        place = letter, weight
        if place not in self._places:
            self._places[place] = self._choose_face(letter, weight)
        return self._places[place]

    def _choose_face(self, letter: str, weight: int) -> Face:
        for cut in self._list_cuts(ord(letter)):
            if (cut, weight) not in self._faces:
                self._faces[cut, weight] = self._open(cut, weight)
            if letter in self._faces[cut, weight]:
                return self._faces[cut, weight]
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
        said = json.loads(self._read(self.modules / "@fontsource" / HAN / "unicode.json"))
        return [
            (subset.strip("[]"), _read_range(part))
            for subset, parts in said.items()
            for part in parts.split(",")
        ]

    def _open(self, cut: Cut, weight: int) -> Face:
        from report.outlines import Face  # noqa: PLC0415 - an unchanged build needs no font

        name = cut.name_file(weight)
        return Face(self._read(self.modules / "@fontsource" / cut.package / "files" / name))

    @staticmethod
    def _read(path: Path) -> bytes:
        try:
            return path.read_bytes()
        except OSError as error:
            message = f"{path}: the font is missing; run `make node_modules/.ready`"
            raise WriteFailed(message) from error


def _read_range(part: str) -> tuple[int, int]:
    """`U+4e00-4e2d` or `U+4e00` as its first and last letter."""
    first, _, last = part.strip().removeprefix("U+").partition("-")
    return int(first, 16), int(last or first, 16)
