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
    Role("1", "#1756a7", "#4093fa"),
    Role("2", "#8e2c01", "#c1742d"),
    Role("3", "#0e8373", "#68f1ea"),
    Role("4", "#571874", "#a66bb6"),
    Role("5", "#986a0a", "#f0d86a"),
    Role("6", "#612724", "#dd5967"),
    Role("7", "#374451", "#9fa7ad"),
    Role("8", "#607c49", "#a1ec9f"),
)
"""Categories in the order in which a figure names its series."""

FILLS = (
    Role("f1", "#3e73b6", "#3a82db"),
    Role("f2", "#a1502c", "#a9672b"),
    Role("f3", "#37988b", "#5cd3ce"),
    Role("f4", "#743f8c", "#925fa1"),
    Role("f5", "#aa8334", "#d1bd60"),
    Role("f6", "#7c4c49", "#c1505d"),
    Role("f7", "#59646f", "#8c9399"),
    Role("f8", "#7b9268", "#8dce8d"),
)
"""The same categories where they fill areas and bars: softer, for there is more of them."""

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


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a ramp of colour, with the colour that letters on it have."""

    fill: Role
    text: Role


SEQUENTIAL = (
    Step(Role("s1", "#e9eff7", "#1e2a3a"), Role("s1t", "#0b0f14", "#fbfcfd")),
    Step(Role("s2", "#cddcee", "#24384f"), Role("s2t", "#0b0f15", "#fbfcfc")),
    Step(Role("s3", "#a9c3e2", "#2c4b6f"), Role("s3t", "#0b0f16", "#fbfcfb")),
    Step(Role("s4", "#7fa5d3", "#376294"), Role("s4t", "#0b0f17", "#fbfcfa")),
    Step(Role("s5", "#4f81bd", "#4b80bb"), Role("s5t", "#0b0f18", "#0b0f18")),
    Step(Role("s6", "#2a5fa0", "#74a5d8"), Role("s6t", "#fbfcf8", "#0b0f19")),
    Step(Role("s7", "#123f77", "#aacdf0"), Role("s7t", "#fbfcf7", "#0b0f1a")),
)
"""From little to much; on dark pages from dark to bright."""
DIVERGING = (
    Step(Role("d1", "#7a2a0b", "#f4b48c"), Role("d1t", "#fbfcf5", "#0b0f1c")),
    Step(Role("d2", "#b0562f", "#d58656"), Role("d2t", "#fbfcf4", "#0b0f1d")),
    Step(Role("d3", "#d9906b", "#a45d34"), Role("d3t", "#0b0f1e", "#fbfcf3")),
    Step(Role("d4", "#f0c9b3", "#6b3f28"), Role("d4t", "#0b0f1f", "#fbfcf2")),
    Step(Role("d5", "#f1f1ee", "#2a2f36"), Role("d5t", "#0b0f20", "#fbfcf1")),
    Step(Role("d6", "#bcd6ea", "#2c4a67"), Role("d6t", "#0b0f21", "#fbfcf0")),
    Step(Role("d7", "#7fabd4", "#3a6b9c"), Role("d7t", "#0b0f22", "#fbfcef")),
    Step(Role("d8", "#38709f", "#5d97cf"), Role("d8t", "#fbfcee", "#0b0f23")),
    Step(Role("d9", "#15477f", "#a3cdf2"), Role("d9t", "#fbfced", "#0b0f24")),
)
"""From far below the middle, by a neutral step, to far above."""

ROLES = (
    *(PAPER, INK, MUTED, AXIS, GRID, BAND, *SERIES, *FILLS),
    *(role for step in (*SEQUENTIAL, *DIVERGING) for role in (step.fill, step.text)),
)


def css_variables() -> str:
    """The CSS that gives every role its value, for light and for dark pages; paper is light."""
    light = "".join(f"--fig-{role.name}:{role.light};" for role in ROLES)
    dark = "".join(f"--fig-{role.name}:{role.dark};" for role in ROLES)
    slate = f'[data-md-color-scheme="slate"]{{{dark}}}'
    return f":root{{{light}}}\n@media screen{{{slate}}}\n"


def system_variables() -> str:
    """The same where no page has a choice of colours, and the reader's system decides."""
    light = "".join(f"--fig-{role.name}:{role.light};" for role in ROLES)
    dark = "".join(f"--fig-{role.name}:{role.dark};" for role in ROLES)
    return f":root{{{light}}}\n@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}\n"


CONFIG = {
    "aria": False,
    "background": "transparent",
    "font": FONT_STACK,
    "view": {"stroke": None},
    "mark": {"invalid": "show"},
    "text": {"fill": MUTED.light},
}
"""Settings of every spec. Accessible names are given once to the whole SVG, not to each mark. Every
value is finite, so Vega need not look for others."""
