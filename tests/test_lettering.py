"""Pictures show every letter that they hold, from fonts of their own, or are not made."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image, ImageChops

from report.drawing import draw_png, register_fonts
from report.lettering import Case, LetterMissing
from report.problems import WriteFailed
from tests.examples import PROJECT

MODULES = PROJECT / "node_modules"


def write(text: str) -> str:
    """A drawing of one text."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 200 30" width="200" height="30" '
        f'font-family="Noto Sans, sans-serif"><text x="2" y="20" fill="#000">{text}</text></svg>'
    )


def draw(svg: str) -> Image.Image:
    """A drawing as its pixels' darkness."""
    return Image.open(io.BytesIO(draw_png(svg, 1))).getchannel("A")


@pytest.fixture(name="case", scope="module")
def _case(tmp_path_factory: pytest.TempPathFactory) -> Case:
    return Case(MODULES, tmp_path_factory.mktemp("fonts"))


@pytest.mark.parametrize("text", ["Trade 12", "\u0422\u043e\u0440\u0433", "\u8d38\u6613"])
def test_letters_of_three_scripts_are_drawn(case: Case, text: str) -> None:
    """Latin, Cyrillic and Chinese leave ink, and two texts of one length do not look the same."""
    drawings = []
    for shown in (text, text[::-1]):
        named, folders = case.set_letters(write(shown))
        for folder in folders:
            register_fonts(folder)
        drawings.append(draw(named))

    assert drawings[0].getbbox() is not None
    assert ImageChops.difference(*drawings).getbbox() is not None


def test_a_text_of_two_scripts_names_a_font_for_each_run(case: Case) -> None:
    """`A` is of one file, the Chinese letter of another, and the text stays whole."""
    named, _ = case.set_letters(write("A&amp;\u8d38"))

    assert named.count("<tspan") == 2
    assert '<tspan font-family="noto-sans-latin">A&amp;</tspan>' in named
    assert 'font-family="Noto Sans' not in named


def test_fonts_are_new_but_once(tmp_path: Path) -> None:
    """What was converted for one drawing is there for the next."""
    case = Case(MODULES, tmp_path)

    assert [f.name for f in case.set_letters(write("Trade"))[1]] == ["noto-sans-latin"]
    assert case.set_letters(write("edarT"))[1] == []

    assert sorted(f.name for f in (tmp_path / "noto-sans-latin").iterdir()) == [
        "400.ttf",
        "600.ttf",
        "700.ttf",
    ]


def test_a_font_of_a_drawing_that_is_refused_is_told_to_the_next(tmp_path: Path) -> None:
    """Else whoever draws would not have heard of it, and leave its letters out."""
    case = Case(MODULES, tmp_path)
    with pytest.raises(LetterMissing):
        case.set_letters(write("\u03a9 \u13a0"))  # Greek, then a letter that no font has

    told = [folder.name for folder in case.set_letters(write("\u03a9"))[1]]
    assert "noto-sans-greek" in told


@pytest.mark.parametrize("letter", ["\u13a0", "\U00012000"])
def test_a_letter_that_no_font_has_is_refused(case: Case, letter: str) -> None:
    """A Cherokee and a cuneiform letter would come out as boxes: they are named instead."""
    with pytest.raises(LetterMissing, match=rf"no font has the letter .*U\+{ord(letter):04X}"):
        case.set_letters(write(f"Trade {letter}"))


def test_missing_fonts_say_how_to_get_them(tmp_path: Path) -> None:
    """The message names the file and the command."""
    with pytest.raises(WriteFailed, match=r"noto-sans-latin-400.*make node_modules"):
        Case(tmp_path, tmp_path / "fonts").set_letters(write("Trade"))
