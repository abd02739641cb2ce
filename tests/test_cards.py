"""A card has a drawing where its letters are largest, and words that stay within their room."""

from __future__ import annotations

from dataclasses import replace
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.cards import (
    BELOW,
    BESIDE,
    EDGE,
    HEIGHT,
    WIDTH,
    Caption,
    Drawing,
    Layout,
    lay_out,
    make_card,
    read_drawings,
)
from report.figures.letters import measure_text

CAPTION = Caption(
    "Bicycle corridors",
    "Edition 2026",
    "River corridor",
    "More trips than ever by the river",
    "example.org/bicycles",
)
PLATE = (
    '<figure><div><svg class="wide" xmlns="x" viewBox="0 0 680 380" role="img">'
    '<title id="t">old</title><path d="M0 0"/></svg></div>'
    '<div><svg class="wide" xmlns="x" viewBox="0 0 680 381" role="img"><title id="u">Trips</title>'
    '<desc id="d">What</desc><path stroke="var(--fig-1,#1756a7)"/></svg>'
    '<svg class="narrow" viewBox="0 0 350 320"><text>a</text></svg></div></figure>'
)
SVG = "{http://www.w3.org/2000/svg}"
letters = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Cn", "Co"])
texts = st.text(letters, max_size=90)


def place(caption: Caption, drawing: Drawing | None) -> list[tuple[float, float, float]]:
    """Left end, right end and foot of each line of a card's words."""
    root = ET.fromstring(make_card(caption, lay_out([drawing] if drawing else [])))  # noqa: S314
    found = []
    for text in root.findall(f"{SVG}text"):
        left, size = float(text.get("x", "")), float(text.get("font-size", ""))
        bold = text.get("font-weight") is not None
        width = measure_text(text.text or "", size, bold=bold)
        found.append((left, left + width, float(text.get("y", ""))))
    return found


def test_the_newest_drawings_are_taken_in_light_colours_without_names() -> None:
    """Of a figure that shows first values as well, those of the revised ones."""
    wide, narrow = read_drawings(PLATE)

    assert wide == Drawing(680, 381, '<path stroke="#1756a7"/>')
    assert narrow == Drawing(350, 320, "<text>a</text>")
    assert read_drawings("<figure>no drawing</figure>") == []


@pytest.mark.parametrize(
    ("drawings", "room", "scale"),
    [
        # 560 / 350 = 1.6 and 500 / 320 = 1.5625; below 250 / 320.
        ([Drawing(680, 380, ""), Drawing(350, 320, "")], BESIDE, 1.5625),
        # A flat one: 1088 / 680 = 1.6 below the words, 560 / 680 beside them.
        ([Drawing(680, 100, ""), Drawing(350, 900, "")], BELOW, 1.6),
    ],
)
def test_a_drawing_stands_where_its_letters_are_largest(
    drawings: list[Drawing], room: tuple[int, ...], scale: float
) -> None:
    """Worked out by hand from the rooms."""
    layout = lay_out(drawings)

    assert layout is not None
    assert layout.room == room
    assert layout.scale == pytest.approx(scale)
    assert lay_out([]) is None


def test_a_card_says_finding_page_report_edition_and_address() -> None:
    """In any of its three forms, as an SVG of the right size."""
    for layout in (None, *(Layout(Drawing(10, 10, ""), room, 1) for room in (BESIDE, BELOW))):
        root = ET.fromstring(make_card(CAPTION, layout))  # noqa: S314 - our own
        words = " ".join(text.text or "" for text in root.findall(f"{SVG}text"))

        assert (root.get("width"), root.get("height")) == ("1200", "630")
        for said in (CAPTION.report, CAPTION.edition, CAPTION.page, CAPTION.address):
            assert said in words
        assert CAPTION.finding in words


def test_numbers_stand_below_a_finding_without_a_drawing() -> None:
    """Each above what it is."""
    card = make_card(replace(CAPTION, numbers=(("420", "Trips, 2025"), ("7%", "Growth"))), None)

    assert all(said in card for said in (">420<", ">Trips, 2025<", ">7%<", ">Growth<"))


@settings(max_examples=40)
@given(texts, texts, texts)
def test_words_stay_within_their_room(finding: str, page: str, report: str) -> None:
    """However long they are: no line leaves the card or runs under the drawing."""
    caption = replace(CAPTION, finding=finding, page=page, report=report)
    beside, below = Drawing(350, 320, ""), Drawing(680, 100, "")
    for drawing, end, foot in (
        (None, WIDTH - EDGE, HEIGHT),
        (beside, BESIDE[0] - 34, HEIGHT),
        (below, WIDTH - EDGE, HEIGHT),
    ):
        for left, right, edge in place(caption, drawing):
            assert left >= EDGE
            assert right <= end + 1
            assert edge <= foot


@pytest.mark.parametrize("words", [20, 60, 300])
def test_a_long_finding_does_not_reach_the_address(words: int) -> None:
    """Its letters become smaller, then it is cut."""
    caption = replace(CAPTION, finding="longer " * words, page="A long title of a page " * 5)
    for drawing in (None, Drawing(350, 320, "")):
        *_, last, address = place(caption, drawing)

        assert last[2] + 24 < address[2]
    *_, last, _ = place(caption, Drawing(680, 100, ""))
    assert last[2] < BELOW[1] - 24
