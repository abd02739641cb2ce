"""Colours can be told apart and read, on light and dark pages, by eyes of all kinds.

Simulations: Machado, Oliveira and Fernandes (2009), severity 1. Distance: CIE76 in CIELAB.
Contrast: WCAG 2.2.
"""

from __future__ import annotations

import itertools
import math
import re

import pytest

from report import theme

Triple = tuple[float, float, float]
SIGHTS: dict[str, tuple[Triple, Triple, Triple]] = {
    "all cones": ((1, 0, 0), (0, 1, 0), (0, 0, 1)),
    "protanopia": (
        (0.152286, 1.052583, -0.204868),
        (0.114503, 0.786281, 0.099216),
        (-0.003882, -0.048116, 1.051998),
    ),
    "deuteranopia": (
        (0.367322, 0.860646, -0.227968),
        (0.280085, 0.672501, 0.047413),
        (-0.011820, 0.042940, 0.968881),
    ),
    "tritanopia": (
        (1.255528, -0.076749, -0.178779),
        (-0.078411, 0.930809, 0.147602),
        (0.004733, 0.691367, 0.303900),
    ),
}
TO_XYZ: tuple[Triple, Triple, Triple] = (
    (0.4124564, 0.3575761, 0.1804375),
    (0.2126729, 0.7151522, 0.0721750),
    (0.0193339, 0.1191920, 0.9503041),
)
WHITE = (0.95047, 1.0, 1.08883)


def to_light(colour: str) -> Triple:
    """Linear light of a hex colour."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return red, green, blue


def multiply(matrix: tuple[Triple, Triple, Triple], light: Triple) -> Triple:
    """A matrix times a column."""
    red, green, blue = (sum(a * b for a, b in zip(row, light, strict=True)) for row in matrix)
    return red, green, blue


def to_lab(light: Triple) -> Triple:
    """CIELAB under D65."""
    shares = [c / w for c, w in zip(multiply(TO_XYZ, light), WHITE, strict=True)]
    x, y, z = (s ** (1 / 3) if s > 216 / 24389 else (24389 / 27 * s + 16) / 116 for s in shares)
    return 116 * y - 16, 500 * (x - y), 200 * (y - z)


def measure_distance(one: str, other: str, sight: str) -> float:
    """How far apart two colours look."""
    seen = []
    for colour in (one, other):
        light = multiply(SIGHTS[sight], to_light(colour))
        clipped = tuple(min(max(part, 0.0), 1.0) for part in light)
        seen.append(to_lab((clipped[0], clipped[1], clipped[2])))
    return math.dist(*seen)


def measure_contrast(one: str, other: str) -> float:
    """Contrast ratio of two colours."""
    lights = sorted(multiply(TO_XYZ, to_light(colour))[1] for colour in (one, other))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def test_the_measures_are_right() -> None:
    """Black on white is 21:1, and their distance is 100; grey #767676 on white is 4.54:1."""
    assert measure_contrast("#000000", "#ffffff") == pytest.approx(21)
    assert measure_distance("#000000", "#ffffff", "all cones") == pytest.approx(100, abs=0.01)
    assert measure_contrast("#767676", "#ffffff") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("sight", sorted(SIGHTS))
def test_series_can_be_told_apart(mode: str, sight: str) -> None:
    """Any two of the eight differ by 15 or more, whoever looks."""
    colours = [getattr(role, mode) for role in theme.SERIES]

    for one, other in itertools.combinations(colours, 2):
        assert measure_distance(one, other, sight) >= 15


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("sight", sorted(SIGHTS))
def test_neighbouring_fills_can_be_told_apart(mode: str, sight: str) -> None:
    """Fills are softer; those that touch in a stack still differ."""
    colours = [getattr(role, mode) for role in theme.FILLS]

    for one, other in itertools.pairwise(colours):
        assert measure_distance(one, other, sight) >= 15


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_marks_and_letters_stand_out(mode: str) -> None:
    """Lines and their labels have 4.5:1 against the page, fills and axes 3:1."""
    paper = getattr(theme.PAPER, mode)

    for role in (*theme.SERIES, theme.INK, theme.MUTED):
        assert measure_contrast(getattr(role, mode), paper) >= 4.5
    for role in (*theme.FILLS, theme.AXIS):
        assert measure_contrast(getattr(role, mode), paper) >= 3


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_numbers_on_cells_can_be_read(mode: str) -> None:
    """Letters have 4.5:1 on every step of both ramps."""
    for step in (*theme.SEQUENTIAL, *theme.DIVERGING):
        assert measure_contrast(getattr(step.fill, mode), getattr(step.text, mode)) >= 4.5


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_a_ramp_goes_one_way(mode: str) -> None:
    """Each step differs in lightness from the one before, always in the same direction."""
    lights = [to_lab(to_light(getattr(step.fill, mode)))[0] for step in theme.SEQUENTIAL]

    assert lights == sorted(lights, reverse=mode == "light")


def test_each_light_value_names_one_role() -> None:
    """A drawing holds light values; each must lead back to its variable."""
    values = [role.light for role in theme.ROLES]

    assert len(values) == len(set(values))


def test_colour_is_never_alone() -> None:
    """Of the first six series each ends in a shape of its own; all are named at their ends."""
    assert len(set(theme.SHAPES[:6])) == 6


def test_css_gives_every_role_both_values() -> None:
    """Light values for the page and for print, dark ones for the dark scheme on screens."""
    light, dark = theme.css_variables().strip().split("\n")

    assert light.startswith(":root{")
    assert dark.startswith('@media screen{[data-md-color-scheme="slate"]{')
    names = [f"--fig-{role.name}" for role in theme.ROLES]
    assert re.findall(r"(--fig-\w+):", light) == re.findall(r"(--fig-\w+):", dark) == names
