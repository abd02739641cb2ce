"""Pictures get smaller and look the same: areas keep their colours, edges move by little."""

from __future__ import annotations

import io

from PIL import Image, ImageChops, ImageDraw

from report import theme
from report.pixels import shrink_png

ROLES = [role.light for role in (*theme.SERIES, *theme.FILLS, theme.INK, theme.PAPER)]


def draw() -> Image.Image:
    """Eighteen areas of the drawings' colours with letters over them, drawn large and made small.

    What lies between letters and areas has thousands of shades.
    """
    large = Image.new("RGB", (1800, 1200), "white")
    pen = ImageDraw.Draw(large)
    for number, colour in enumerate(ROLES):
        left, top = 300 * (number % 6), 400 * (number // 6)
        pen.rectangle((left, top, left + 299, top + 399), fill=colour)
        pen.ellipse((left + 40, top + 40, left + 160, top + 160), outline="#1c2430", width=9)
        pen.ellipse((left + 90, top + 190, left + 260, top + 360), outline="#ffffff", width=7)
    return large.resize((600, 400), Image.Resampling.LANCZOS)


def pack(picture: Image.Image) -> bytes:
    """A picture as PNG."""
    stream = io.BytesIO()
    picture.save(stream, "PNG")
    return stream.getvalue()


def test_areas_keep_their_very_colour() -> None:
    """The corner of each area is the role's own colour, white among them."""
    small = Image.open(io.BytesIO(shrink_png(pack(draw())))).convert("RGB")
    places = [(100 * (n % 6) + 5, 134 * (n // 6) + 5) for n in range(len(ROLES))]
    found = [f"#{small.crop((x, y, x + 1, y + 1)).tobytes().hex()}" for x, y in places]

    assert found == ROLES


def test_a_picture_gets_small_and_stays_alike() -> None:
    """A palette, a third less of bytes, and no more than one pixel of fifty off by a sixteenth."""
    picture = draw()
    before = pack(picture)
    after = shrink_png(before)
    shown = Image.open(io.BytesIO(after))
    gap = ImageChops.difference(picture, shown.convert("RGB")).convert("L").histogram()

    assert shown.mode == "P"
    assert len(after) < 2 / 3 * len(before)
    assert sum(gap[16:]) < 0.02 * picture.width * picture.height


def test_what_else_a_file_tells_is_gone() -> None:
    """No name, no time, no place: only what is seen."""
    assert Image.open(io.BytesIO(shrink_png(pack(draw())))).info == {}
    assert shrink_png(pack(draw())) == shrink_png(pack(draw()))
