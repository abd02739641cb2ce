"""Colours, shapes and type of every drawing, for light and for dark pages.

Knows each role's two values and the CSS variable that carries it. Drawings use the light values;
a cleaned SVG names the variable beside it, so one drawing follows the page. Knows no figure.
"""

from __future__ import annotations

from dataclasses import dataclass

FONT = "Noto Sans"
FONT_STACK = "Noto Sans, Noto Sans SC, sans-serif"


@dataclass(frozen=True, slots=True)
class Role:
    """One use of colour: its CSS variable and its values."""

    name: str
    """Without the prefix, e.g. `ink`; the variable is `--fig-ink`."""
    light: str
    dark: str

    @property
    def variable(self) -> str:
        """How a cleaned SVG names the colour; the light value stands in where CSS is missing."""
        return f"var(--fig-{self.name},{self.light})"


PAPER = Role("paper", "#ffffff", "#14181f")
INK = Role("ink", "#1c2430", "#e6e9ee")
MUTED = Role("muted", "#5b6573", "#a3adba")
AXIS = Role("axis", "#7c8694", "#7b8593")
GRID = Role("grid", "#dfe3e8", "#2d343f")
BAND = Role("band", "#eceff3", "#222934")

SERIES = (
    Role("1", "#1f5fa8", "#6aa9f2"),
    Role("2", "#b5470f", "#f08a4b"),
    Role("3", "#0c7a6b", "#3fc2ad"),
    Role("4", "#7a3e9d", "#c58be6"),
    Role("5", "#8a6a00", "#d9b53a"),
    Role("6", "#a81e52", "#f277a0"),
    Role("7", "#3d4a5c", "#b9c4d3"),
    Role("8", "#4d7a1e", "#98c95f"),
)
"""Categories in the order in which a figure names its series."""

SHAPES = (
    "circle",
    "square",
    "triangle-up",
    "diamond",
    "triangle-down",
    "cross",
    "circle",
    "square",
)
DASHES = ((1, 0), (6, 2), (2, 2), (8, 2, 2, 2), (4, 4), (10, 3), (1, 3), (12, 2, 3, 2))

ROLES = (PAPER, INK, MUTED, AXIS, GRID, BAND, *SERIES)


def css_variables() -> str:
    """The CSS that gives every role its value, for light and for dark pages."""
    light = "".join(f"--fig-{role.name}:{role.light};" for role in ROLES)
    dark = "".join(f"--fig-{role.name}:{role.dark};" for role in ROLES)
    return f':root{{{light}}}\n[data-md-color-scheme="slate"]{{{dark}}}\n'


CONFIG = {
    "aria": False,
    "background": None,
    "font": FONT_STACK,
    "view": {"stroke": None},
    "text": {"fill": MUTED.light},
}
"""Settings of every spec. Accessible names are given once to the whole SVG, not to each mark."""
