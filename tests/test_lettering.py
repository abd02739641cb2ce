"""Pictures show every letter that they hold, from fonts of their own, or are not made."""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from report.drawing import draw_png
from report.figures.letters import MARGIN, measure_text
from report.lettering import Case, LetterMissing
from report.problems import WriteFailed
from tests.examples import PROJECT

MODULES = PROJECT / "node_modules"
CASE = Case(MODULES)
NUMBER = r"-?[\d.]+"


def write(text: str, **look: str) -> str:
    """A drawing of one text."""
    said = "".join(f' {name.replace("_", "-")}="{value}"' for name, value in look.items())
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 40" width="300" height="40" '
        f'font-family="Noto Sans, sans-serif"><text x="20" y="25"{said}>{text}</text></svg>'
    )


def draw(svg: str, scale: float = 1) -> Image.Image:
    """A drawing as its pixels' darkness."""
    return Image.open(io.BytesIO(draw_png(svg, scale))).getchannel("A")


def find_paths(svg: str) -> list[ET.Element]:
    """The paths of a drawing that has nothing else, and no text."""
    drawn = list(ET.fromstring(svg).iter())[1:]  # noqa: S314 - our own
    assert {element.tag for element in drawn} <= {"{http://www.w3.org/2000/svg}path"}
    return drawn


def find_starts(svg: str) -> list[tuple[float, float]]:
    """Where the contours of all letters begin."""
    (path,) = find_paths(svg)
    found = re.findall(rf"M({NUMBER}) ({NUMBER})", path.attrib["d"])
    return [(float(x), float(y)) for x, y in found]


@pytest.mark.parametrize("text", ["Trade 12", "\u0422\u043e\u0440\u0433", "\u8d38\u6613"])
def test_letters_of_three_scripts_are_drawn(text: str) -> None:
    """Latin, Cyrillic and Chinese leave ink, and two texts of one length do not look the same."""
    drawings = [draw(CASE.set_letters(write(shown))) for shown in (text, text[::-1])]

    assert drawings[0].getbbox() is not None
    assert ImageChops.difference(*drawings).getbbox() is not None


DRAW = """
import sys, vl_convert
vl_convert.register_font_directory(font_dir=sys.argv[2])
sys.stdout.buffer.write(vl_convert.svg_to_png(svg=sys.argv[1], scale=8.0))
"""


def open_font(weight: int) -> TTFont:
    """The file of Latin letters that pages use, as pictures take it."""
    files = MODULES / "@fontsource" / "noto-sans" / "files"
    font = TTFont(files / f"noto-sans-latin-{weight}-normal.woff", recalcTimestamp=False)
    font.flavor = None
    for table in {"GSUB", "GPOS", "GDEF"} & set(font.keys()):
        del font[table]
    font["name"].names = []
    for number, name in ((1, "Noto Sans"), (2, "Regular"), (6, f"cut-{weight}")):
        font["name"].setName(name, number, 3, 1, 0x409)
    return font


@pytest.mark.parametrize("anchor", ["start", "middle", "end"])
@pytest.mark.parametrize("weight", [400, 600, 700])
def test_outlines_look_as_a_program_that_knows_the_font_sets_them(
    weight: int, anchor: str, tmp_path: Path
) -> None:
    """At eight times the size; an eighth of a unit aside they would differ by more than 1."""
    open_font(weight).save(tmp_path / f"{weight}.ttf")
    svg = write(
        "Würth & “fly” 0,5 %", font_size="13.5", font_weight=str(weight), text_anchor=anchor
    )
    svg = svg.replace("& ", "&amp; ").replace('x="20"', 'x="150"')
    command = [sys.executable, "-c", DRAW, svg, str(tmp_path)]
    environment = {**os.environ, "FONTCONFIG_FILE": "/dev/null"}
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    wanted = Image.open(io.BytesIO(done.stdout)).getchannel("A")
    difference = ImageChops.difference(draw(CASE.set_letters(svg), 8), wanted)

    assert ImageStat.Stat(wanted).mean[0] > 5
    assert ImageStat.Stat(difference).mean[0] < 0.1


def test_outlines_stand_where_the_font_says() -> None:
    """Worked out from the file: a bar of an `l`, and one that an `i` before it pushes on."""
    font = open_font(400)
    units, glyphs = font["head"].unitsPerEm, font["glyf"]
    first = glyphs["l"].coordinates[0]
    pushed = font["hmtx"]["i"][0]

    (alone,) = find_starts(CASE.set_letters(write("l", font_size="20")))
    *_, last = find_starts(CASE.set_letters(write("il", font_size="20")))

    assert alone[0] == pytest.approx(20 + first[0] / units * 20, abs=0.01)
    assert alone[1] == pytest.approx(25 - first[1] / units * 20, abs=0.01)
    assert last[0] - alone[0] == pytest.approx(pushed / units * 20, abs=0.015)


def test_a_text_takes_its_look_from_what_is_around_it() -> None:
    """Size, weight and anchor of a group, unless it has its own; colours stay with their group."""
    own = write("Trade", font_size="15", font_weight="700", text_anchor="end", fill="#000")
    around = write("Trade", font_size="15", fill="#000").replace("<text", "<g><text")
    around = around.replace("</text>", "</text></g>").replace(
        "<g>", '<g font-size="9" font-weight="700" text-anchor="end">'
    )

    (path,) = find_paths(CASE.set_letters(own))
    *_, nested = ET.fromstring(CASE.set_letters(around)).iter()  # noqa: S314 - our own

    assert nested.attrib == path.attrib
    assert path.attrib.keys() == {"d", "fill"}


def test_a_path_has_what_its_text_had() -> None:
    """In the same order, whichever process sets it: colours, edges, clarity and turning."""
    look = {"stroke": "#fff", "stroke_width": "4", "fill_opacity": "0.5", "transform": "rotate(9)"}

    (path,) = find_paths(CASE.set_letters(write("Trade", fill="#000", **look)))

    names = ["d", "fill", "stroke", "stroke-width", "fill-opacity", "transform"]
    assert [*path.attrib] == names
    assert [path.attrib[name] for name in names[1:]] == ["#000", *look.values()]


def test_spaces_are_one_and_signs_without_a_look_are_none() -> None:
    """As SVG takes them: none at the ends, one between words, and a soft hyphen is not shown."""
    plain = CASE.set_letters(write("a b"))

    assert CASE.set_letters(write(" a \n\t b ")) == plain
    assert CASE.set_letters(write("a\u00ad b")) == plain
    assert CASE.set_letters(write("ab")) != plain


@given(st.text("aeiTГд12%贸 ", min_size=1, max_size=20), st.sampled_from(["400", "600"]))
def test_a_text_is_as_wide_as_it_is_measured(text: str, weight: str) -> None:
    """Whoever lays out a drawing counts on it."""
    kept = " ".join(text.split()) + "|"
    ends = [
        find_starts(CASE.set_letters(write(kept, font_weight=weight, text_anchor=anchor)))[-1][0]
        for anchor in ("start", "end")
    ]
    measured = measure_text(kept, 16, bold=weight == "600") / MARGIN

    assert ends[0] - ends[1] == pytest.approx(measured, abs=0.03)


def test_a_text_that_is_placed_otherwise_is_refused() -> None:
    """Rather than set in a wrong place."""
    with pytest.raises(ValueError, match="a text with dx, rotate cannot be set"):
        CASE.set_letters(write("Trade", rotate="4", dx="3"))
    with pytest.raises(ValueError, match="a text with parts cannot be set"):
        CASE.set_letters(write("Tr<tspan>ade</tspan>"))


@pytest.mark.parametrize("letter", ["\u13a0", "\U00012000"])
def test_a_letter_that_no_font_has_is_refused(letter: str) -> None:
    """A Cherokee and a cuneiform letter would come out as boxes: they are named instead."""
    with pytest.raises(LetterMissing, match=rf"no font has the letter .*U\+{ord(letter):04X}"):
        CASE.set_letters(write(f"Trade {letter}"))
    assert find_paths(CASE.set_letters(write("\u03a9")))


def test_missing_fonts_say_how_to_get_them(tmp_path: Path) -> None:
    """The message names the file and the command."""
    with pytest.raises(WriteFailed, match=r"noto-sans-latin-400.*make node_modules"):
        Case(tmp_path).set_letters(write("Trade"))
