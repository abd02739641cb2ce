"""A picture that is passed on alone says what its page says of it."""

from __future__ import annotations

import re
from dataclasses import replace

from report.posters import Legend, make_poster

DRAWING = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 200"><path d="M0,0h9"/></svg>'
LEGEND = Legend("Figure 1.2", "Trips fell", "From 3 to 2.", "", "", "2026", "https://s.example/")


def read(poster: str) -> str:
    """All words that are printed."""
    return " ".join(re.findall(r"<text[^>]*>([^<]*)</text>", poster))


def find_height(poster: str) -> float:
    """How tall a picture is."""
    found = re.search(r'viewBox="0 0 [\d.]+ (\d+)"', poster)
    assert found is not None
    return float(found[1])


def test_notes_and_sources_are_printed_whole_and_the_picture_grows() -> None:
    """What is left out would be the caveat: ten lines of each stand there to the last word."""
    notes, sources = (" ".join(f"{word} {n}" for n in range(120)) for word in ("note", "source"))
    short = make_poster(DRAWING, LEGEND)
    long = make_poster(DRAWING, replace(LEGEND, notes=notes, sources=sources))

    assert notes in read(long)
    assert sources in read(long)
    assert long.count("<text") - short.count("<text") > 15
    # A line is 11 units high, and a third more.
    assert find_height(long) - find_height(short) > 15 * 11 * 1.3


def test_what_no_page_would_hold_is_cut_with_an_ellipsis() -> None:
    """A picture has an end."""
    poster = make_poster(DRAWING, replace(LEGEND, notes="word " * 5000))

    assert read(poster).count("…") == 1
    assert find_height(poster) < 1000
