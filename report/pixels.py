"""Pictures of pixels made small: few colours, of which those of whole areas stay as they are.

Pure: bytes in, bytes out, the same for the same library. Knows PNG and no figure. Drawings have few
colours; most of what a picture holds are the shades between them at the edges of letters.
"""

from __future__ import annotations

import io

COLOURS = 64
"""With so many, only shades at edges are moved, and no more than an eye can see."""
EFFORT = 6
"""Of nine; one more takes a third more time for half a per cent, the last two far more."""
AREAS = 12
"""Colours of areas that are set aside before the others are chosen."""
STEP = 5
"""Areas are looked for in one of so many rows and columns: one that hides there is small."""


def shrink_png(png: bytes, colours: int = COLOURS) -> bytes:
    """The same picture with a palette of so many, without what else a file may tell.

    Nine pixels of ten lie in an area of one colour. Colours of the largest areas are set aside, and
    shades are chosen for the rest alone, which takes far less time.
    """
    import numpy as np  # noqa: PLC0415 - an unchanged build needs neither
    from PIL import Image  # noqa: PLC0415

    with Image.open(io.BytesIO(png)) as opened:
        pixels = np.asarray(opened.convert("RGBA"))
    size, pixels = pixels.shape[:2], pixels.reshape(-1, 4)
    # Red, green and blue as one number, red last: a pixel need not be taken apart for that.
    packed = pixels.view("<u4")[:, 0] & 0xFFFFFF
    sample = packed.reshape(size)[::STEP, ::STEP]
    found, counts = np.unique(sample, return_counts=True)
    areas = found[np.argsort(-counts, kind="stable")[:AREAS]]
    places = np.zeros(packed.shape, dtype=np.uint8)
    left = np.flatnonzero(packed != areas[0])
    for number, area in enumerate(areas[1:], 1):
        inside = packed[left] == area
        places[left[inside]] = number
        left = left[~inside]
    palette = bytes(byte for area in areas.tolist() for byte in area.to_bytes(3, "little"))
    if left.size:
        # Median cut, and then each shade moved to the middle of those that it stands for.
        shades = Image.fromarray(pixels[left, :3][np.newaxis]).quantize(
            *(colours - len(areas), Image.Quantize.MEDIANCUT, 1), dither=Image.Dither.NONE
        )
        places[left] = np.asarray(shades)[0] + len(areas)
        palette += bytes(shades.getpalette() or ())
    few = Image.fromarray(places.reshape(size), "P")
    few.putpalette(palette)
    stream = io.BytesIO()
    few.save(stream, "PNG", compress_level=EFFORT)
    return stream.getvalue()
