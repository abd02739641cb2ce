"""A drawing surface in pixels: words, rules and marks around the data, and their chart.

Knows how scaffolding becomes Altair layers, so that every form looks alike. Knows no data. Layout
is settled here in numbers and never left to Vega, whose result would depend on installed fonts.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from report import theme
from report.figures.layers import Channel, Spec, as_is, far_end, make_marks, name_schema, pixels
from report.figures.letters import measure_text
from report.figures.places import Axis


@dataclass(frozen=True, slots=True)
class Size:
    """A drawing's outer measures in pixels."""

    name: str
    width: int
    height: int
    font: float
    """Size of the labels."""
    narrow: bool = False


WIDE = Size("wide", 680, 380, 13)
NARROW = Size("narrow", 350, 320, 12, narrow=True)
SIZES = (WIDE, NARROW)
LINE_HEIGHT = 1.25


@dataclass(frozen=True, slots=True)
class Word:
    """A text at a place of the plot."""

    x: float
    y: float
    text: str
    colour: str = theme.MUTED.light
    align: str = "left"
    bold: bool = False
    size: float = 0.0
    """0 for the drawing's own."""
    upright: bool = False
    """Whether it reads from the bottom up; `align` then counts along that way."""
    halo: bool = False
    """Whether the paper's colour surrounds it, so that lines beneath stay off the letters."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A straight line."""

    x: float
    y: float
    x2: float
    y2: float
    colour: str = theme.GRID.light
    width: float = 1.0
    dashed: bool = False


@dataclass(frozen=True, slots=True)
class Spot:
    """A point mark of the scaffolding, as in a legend."""

    x: float
    y: float
    shape: str
    fill: str
    stroke: str
    area: float = 60.0


@dataclass
class Canvas:
    """The plot's place in the drawing, and what is written around and in it."""

    size: Size
    left: float = 0.0
    top: float = 0.0
    right: float = 0.0
    bottom: float = 0.0
    height: float = 0.0
    """Outer height where it differs from the size's own."""
    words: list[Word] = field(default_factory=list)
    rules: list[Rule] = field(default_factory=list)
    spots: list[Spot] = field(default_factory=list)

    @property
    def outer_height(self) -> float:
        """Height of the whole drawing."""
        return self.height or self.size.height

    @property
    def plot_width(self) -> float:
        """Width inside the margins."""
        return self.size.width - self.left - self.right

    @property
    def plot_height(self) -> float:
        """Height inside the margins."""
        return self.outer_height - self.top - self.bottom

    def measure(self, text: str, *, bold: bool = False, size: float = 0.0) -> float:
        """Width of a text in this drawing's letters."""
        return measure_text(text, size or self.size.font, bold=bold)

    def x_of(self, axis: Axis, value: float) -> float:
        """Pixels from the plot's left edge."""
        return axis.share(value) * self.plot_width

    def y_of(self, axis: Axis, value: float) -> float:
        """Pixels from the plot's upper edge."""
        return (1 - axis.share(value)) * self.plot_height

    def write_unit(self, text: str, offset: float = 0.0) -> None:
        """The unit as a small line in the upper left corner of the drawing."""
        self.words.append(Word(-self.left, -self.top + 9 + offset, text))

    def write_lines(self, lines: Sequence[str], x: float, y: float, **look: Any) -> None:
        """Lines of text, centred as a block on `y`."""
        step = (look.get("size") or self.size.font) * LINE_HEIGHT
        first = y - step * (len(lines) - 1) / 2
        for number, line in enumerate(lines):
            self.words.append(Word(x, first + number * step, line, **look))

    def add_value_axis(self, axis: Axis) -> None:
        """Light level lines with their numbers to the left; the zero line is darker."""
        for tick in axis.ticks:
            y = self.y_of(axis, tick.at)
            zero = tick.at == 0 and not axis.log
            colour = theme.AXIS.light if zero else theme.GRID.light
            self.rules.append(Rule(0, y, self.plot_width, y, colour))
            self.words.append(Word(-8, y, tick.text, align="right"))

    def keep_within(self, x: float, width: float) -> float:
        """Where the middle of a text stands that would at `x`, so that the drawing holds it."""
        half = width / 2
        return min(max(x, half - self.left), self.plot_width + self.right - half)

    def add_period_axis(self, axis: Axis) -> None:
        """A short stroke and a label for each tick of time below the plot."""
        bottom = self.plot_height
        for tick in axis.ticks:
            x = self.x_of(axis, tick.at)
            self.rules.append(Rule(x, bottom, x, bottom + 5, theme.AXIS.light))
            middle = self.keep_within(x, self.measure(tick.text))
            self.words.append(Word(middle, bottom + 16, tick.text, align="center"))

    def compose(
        self,
        layers: Iterable[Spec],
        *,
        under: Iterable[Spec] = (),
        behind: int | None = None,
        apart: bool = False,
    ) -> Spec:
        """The whole chart: what lies under all, rules, then the data, then words.

        Only the first `behind` rules lie under the data where that is given. `apart` gives every
        layer scales of its own. Layers are joined here as plain parts: Altair's own joining copies
        every chart several times and takes longer than all the rest.
        """
        cut = len(self.rules) if behind is None else behind
        layer = [
            *under,
            *_draw_rules(self.rules[:cut]),
            *layers,
            *_draw_rules(self.rules[cut:]),
            *_draw_spots(self.spots),
            *_draw_words(self.words, self.size.font),
        ]
        sides = {"left": self.left, "right": self.right, "top": self.top, "bottom": self.bottom}
        resolve = dict.fromkeys(("x", "y", "color", "stroke"), "independent") if apart else {}
        return {
            "$schema": name_schema(),
            "width": _tidy(self.plot_width),
            "height": _tidy(self.plot_height),
            "padding": {side: _tidy(width) for side, width in sides.items()},
            "autosize": "none",
            "layer": layer,
            **({"resolve": {"scale": resolve}} if apart else {}),
        }


def _tidy(value: float) -> float:
    return round(value, 1)


def _draw_rules(rules: Sequence[Rule]) -> list[Spec]:
    charts = []
    for dashed in (False, True):
        rows = [
            {
                "x": _tidy(r.x),
                "y": _tidy(r.y),
                "x2": _tidy(r.x2),
                "y2": _tidy(r.y2),
                "colour": r.colour,
                "width": r.width,
            }
            for r in rules
            if r.dashed is dashed
        ]
        if rows:
            dash = {"strokeDash": [3, 3]} if dashed else {}
            charts.append(
                make_marks("rule", rows, **dash).encode(
                    x=pixels("x"),
                    y=pixels("y"),
                    x2=far_end("x2"),
                    y2=far_end("y2"),
                    color=as_is("color", "colour"),
                    strokeWidth=as_is("strokeWidth", "width"),
                )
            )
    return charts


def _draw_spots(spots: Sequence[Spot]) -> list[Spec]:
    if not spots:
        return []
    rows = [
        {
            "x": _tidy(s.x),
            "y": _tidy(s.y),
            "shape": s.shape,
            "fill": s.fill,
            "stroke": s.stroke,
            "area": s.area,
        }
        for s in spots
    ]
    return [
        make_marks("point", rows, opacity=1, strokeWidth=1.6).encode(
            x=pixels("x"),
            y=pixels("y"),
            shape=as_is("shape", "shape"),
            fill=as_is("fill", "fill"),
            stroke=as_is("stroke", "stroke"),
            size=as_is("size", "area"),
        )
    ]


def _look_of(word: Word, font: float) -> tuple[bool, str, bool, bool, float]:
    return word.halo, word.align, word.bold, word.upright, word.size or font


def _draw_words(words: Sequence[Word], font: float) -> list[Spec]:
    charts = []
    looks = dict.fromkeys(_look_of(w, font) for w in words)
    for halo, align, bold, upright, size in sorted(looks, reverse=True):
        rows = [
            {"x": _tidy(w.x), "y": _tidy(w.y), "text": w.text, "colour": w.colour}
            for w in words
            if _look_of(w, font) == (halo, align, bold, upright, size)
        ]
        place = {
            "x": pixels("x"),
            "y": pixels("y"),
            "text": Channel("text", "nominal"),
        }
        look: dict[str, Any] = {
            "align": align,
            "baseline": "middle",
            "fontSize": size,
            "fontWeight": 600 if bold else 400,
            **({"angle": 270} if upright else {}),
        }
        if halo:
            paper = theme.PAPER.light
            around = {"fill": paper, "stroke": paper, "strokeWidth": 4, "strokeJoin": "round"}
            charts.append(make_marks("text", rows, **look, **around).encode(**place))
        colour = as_is("color", "colour")
        charts.append(make_marks("text", rows, **look).encode(**place, color=colour))
    return charts
