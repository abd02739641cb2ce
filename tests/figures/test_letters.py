"""How wide letters are taken to be is how wide browsers draw them."""

from __future__ import annotations

from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from hypothesis import given
from hypothesis import strategies as st

from report.figures.letters import measure_text, shorten_text
from report.figures.widths import REGULAR, SEMIBOLD
from report.lettering import PACKAGE, SUBSETS

FILES = Path(__file__).resolve().parents[2] / "node_modules" / "@fontsource" / PACKAGE / "files"
WEIGHTS = {400: REGULAR, 600: SEMIBOLD}


@pytest.mark.parametrize("weight", sorted(WEIGHTS))
def test_every_width_is_the_font_s(weight: int) -> None:
    """Each letter of the table is as wide as in the file that pages use."""
    found: dict[str, int] = {}
    for subset in SUBSETS:
        font = TTFont(FILES / f"noto-sans-{subset}-{weight}-normal.woff2")
        for code, glyph in font.getBestCmap().items():
            found.setdefault(chr(code), font["hmtx"][glyph][0])

    assert {each: found[each] for each in WEIGHTS[weight]} == WEIGHTS[weight]


def test_all_letters_of_three_languages_are_measured() -> None:
    """No letter of English, Russian or their punctuation is guessed."""
    letters = "abcdefghijklmnopqrstuvwxyz" + "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
    wanted = letters + letters.upper() + "0123456789 .,;:!?()[]%&/+-–—−×’“”«»…€₽№"

    assert set(wanted) <= set(REGULAR) == set(SEMIBOLD)


def test_a_text_is_the_sum_of_its_letters() -> None:
    """A zero is 572 thousandths wide: ten of them at 10 pixels are 57.2, and a fiftieth more."""
    assert measure_text("0" * 10, 10) == pytest.approx(57.2 * 1.02)
    assert measure_text("中文", 10) == pytest.approx(20 * 1.02)


@given(st.text("iW Яж中́ \u2003", max_size=60), st.floats(0, 300), st.booleans())
def test_a_text_is_cut_letter_by_letter(text: str, width: float, bold: bool) -> None:  # noqa: FBT001
    """What is left is the longest beginning that fits with its ellipsis, and no space before it."""
    cut = text
    if measure_text(text, 12, bold=bold) > width:
        while cut and measure_text(cut + "…", 12, bold=bold) > width:
            cut = cut[:-1].rstrip()
        cut += "…"

    assert shorten_text(text, width, 12, bold=bold) == cut
