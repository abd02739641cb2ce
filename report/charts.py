"""A figure's drawings as Vega that a reader's browser draws, with what is told of each mark.

Pure. Takes compiled Vega and readings; gives one JSON text for a figure, with both sizes and both
vintages. A mark's row names its reading by number, so that no text of the data ever stands in an
expression: those are written here and are the same for all. Colours are the page's variables. Knows
nothing of how Vega is loaded, or of what a reader does with it.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from report import theme
from report.figures import Figure
from report.languages import Catalogue

PALE = {"test": "indexof(pale, datum.s) >= 0", "signal": "faint"}
"""How marks of colours look that a reader did not choose."""
LEAST_ZOOMED = 60
"""A line over fewer periods is seen whole at once."""
SHIFTED = {"signal": "datum.t * nearer + shift + datum.o"}
"""Where a mark of the scaffolding stands that belongs to a time, when a reader looks nearer."""
OUTSIDE = {
    "test": "isValid(datum.t) && abs(datum.t * nearer + shift - width / 2) > width / 2 + 1",
    "value": 0,
}
REPLACED = {"test": "nearer > 1 && datum.tick", "value": 0}
"""Ticks of the whole time; nearer ones are written by the script."""
LABEL_OF_SPOT = 11.0
"""From a spot of a legend to its words."""
FLAG_BELOW = 8.0
"""From the middle of a flag's words to the upper end of its rule."""
_COLOURS = {role.light: role.variable for role in theme.ROLES}
_ORDERS = {
    role.variable: order
    for roles in (theme.SERIES, theme.FILLS)
    for order, role in enumerate(roles)
}
_HEX = re.compile(r'"(#[0-9a-f]{6})"')
ZOOMED = {"line", "area"}
"""Forms with one axis of time from edge to edge."""
TAGGED = {"line", "area", "bars", "multiples", "dot"}
"""Forms whose colours stand for the series of that order."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One drawing as it was made."""

    svg: str
    vega: str
    sizes: Mapping[str, float]
    """The size of letters by the mark they belong to, where they were drawn without."""


def write_chart(
    figure: Figure,
    sheets: Mapping[str, Sheet],
    first: tuple[Figure, Mapping[str, Sheet]] | None,
    catalogue: Catalogue,
) -> bytes:
    """The file of a figure: its words and names, and for each vintage readings and both sizes."""
    told: dict[str, int] = {}
    vintages = {"revised": _make_vintage(figure, sheets, told)}
    if first is not None:
        vintages["first"] = _make_vintage(*first, told)
    content = {
        "language": catalogue.language,
        "words": say_words(catalogue),
        "names": _list_names(figure),
        **vintages,
        "told": list(told),
    }
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.encode()


def say_words(catalogue: Catalogue) -> dict[str, str]:
    """Interface words of the live chart, by the name that its script knows."""
    say = catalogue.gettext
    return {
        "series": say("Series"),
        "all": say("Show all"),
        "table": say("Table"),
        "nearer": say("Zoom in"),
        "farther": say("Zoom out"),
        "whole": say("Whole time"),
        "chart": say("interactive chart"),
        "keys": say("Arrow keys step from value to value."),
        "source": say("Source:"),
    }


def _list_names(figure: Figure) -> list[list[str]]:
    """What each colour stands for, with the colour, where a reader can choose among several."""
    if not _has_choice(figure):
        return []
    roles = theme.FILLS if figure.form in {"area", "bars"} else theme.SERIES
    return [[name, roles[order].variable] for order, name in enumerate(figure.names)]


def _has_choice(figure: Figure) -> bool:
    return figure.form in TAGGED and 1 < len(figure.names) <= len(theme.SERIES)


def _make_vintage(
    figure: Figure, sheets: Mapping[str, Sheet], told: dict[str, int]
) -> dict[str, Any]:
    """Readings as numbers of told words, and the drawing at each size."""

    def number(text: str) -> int:
        return told.setdefault(text, len(told))

    points = [
        [
            reading.order,
            reading.row,
            number(reading.period),
            [number(text) for value in reading.values for text in value],
            number(reading.status),
            number(reading.source),
        ]
        for reading in figure.readings
    ]
    drawn = {size: make_vega(figure, sheet) for size, sheet in sheets.items()}
    return {"name": figure.takeaway, "points": points, **drawn}


def make_vega(figure: Figure, sheet: Sheet) -> dict[str, Any]:
    """One drawing that tells its marks apart, can pale some of them, and has its letters' sizes."""
    vega: dict[str, Any] = json.loads(_HEX.sub(_name_colour, sheet.vega))
    for name in ("$schema", "description"):
        vega.pop(name, None)
    find = _find_readings(figure)
    choice = _has_choice(figure)
    for table in vega["data"]:
        _number_rows(table.get("values", ()), find, figure, choice=choice)
    if choice:
        _number_legend([table.get("values", ()) for table in vega["data"]])
    _drop_sums(vega)
    vega["signals"] = [{"name": "pale", "value": []}, {"name": "faint", "value": 0.3}]
    for mark in _list_marks(vega["marks"]):
        update = mark["encode"]["update"]
        if (size := sheet.sizes.get(mark["name"])) is not None:
            update["fontSize"] = {"value": size}
        if choice:
            _look(update, PALE)
    if figure.form in ZOOMED and len({one.x for one in figure.readings}) >= LEAST_ZOOMED:
        _let_zoom(vega)
    return vega


def _look(update: dict[str, Any], *cases: Mapping[str, Any]) -> None:
    """Give marks an opacity of their own in these cases."""
    usual = update.get("opacity", {"value": 1})
    update["opacity"] = [*cases, *(usual if isinstance(usual, list) else [usual])]


def _name_colour(found: re.Match[str]) -> str:
    return f'"{_COLOURS.get(found[1], found[1])}"'


Finder = Callable[[int, Mapping[str, Any]], int | None]


def _find_readings(figure: Figure) -> Finder:
    """What finds the reading of a row: by its period, its time, its event or its place."""
    by_key: dict[tuple[str, object], int] = {}
    for number, reading in reversed(list(enumerate(figure.readings))):
        by_key[reading.series, reading.key] = number
        by_key[reading.series, reading.x] = number
        by_key[reading.series, None] = number

    def find(at: int, row: Mapping[str, Any]) -> int | None:
        if "event" in row:
            return by_key.get((row["event"], None))
        if "series" in row:
            return by_key.get((row["series"], row.get("period", row.get("x"))))
        return at if "across" in row and "period" in row else None

    return find


def _number_rows(
    rows: Sequence[dict[str, Any]], find: Finder, figure: Figure, *, choice: bool
) -> None:
    """Give each row of a mark the number of its reading, and of its colour where that tells."""
    for at, row in enumerate(rows):
        number = find(at, row)
        if number is not None:
            row["i"] = number
        if not choice:
            continue
        order = figure.readings[number].order if number is not None else _find_order(row)
        if order is not None:
            row["s"] = order


def _find_order(row: Mapping[str, Any]) -> int | None:
    """The series that a colour of the scaffolding stands for, as in a label or a legend."""
    return _ORDERS.get(row.get("fill") or row.get("colour") or "")


def _number_legend(tables: Sequence[Sequence[dict[str, Any]]]) -> None:
    """Give the words beside a legend's spots the number of the spot's colour."""
    spots = {
        (round(row["x"] + LABEL_OF_SPOT, 1), row["y"]): row["s"]
        for rows in tables
        for row in rows
        if "area" in row and "i" not in row and "s" in row
    }
    for rows in tables:
        for row in rows:
            if "text" in row and (row["x"], row["y"]) in spots:
                row["s"] = spots[row["x"], row["y"]]


def _drop_sums(vega: dict[str, Any]) -> None:
    """Leave out what Vega-Lite computes of each row, for its times are numbers already."""
    sources = {}
    kept = []
    for table in vega["data"]:
        sums = table.get("transform", [])
        if "source" in table and all(
            one.get("expr") == f'toNumber(datum["{one.get("as")}"])' for one in sums
        ):
            sources[table["name"]] = table["source"]
        else:
            kept.append(table)
    vega["data"] = kept
    for mark in vega["marks"]:
        facet = mark.get("from", {}).get("facet", {})
        if facet.get("data") in sources:
            facet["data"] = sources[facet["data"]]


def _list_marks(marks: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """All marks that are drawn, those within groups too."""
    for mark in marks:
        if "marks" in mark:
            yield from _list_marks(mark["marks"])
        else:
            yield mark


def _let_zoom(vega: dict[str, Any]) -> None:
    """Let a reader look nearer at a part of the time, which everything then follows.

    The script's own signals say how much nearer, and how far the plot's left edge was moved; its
    notes say which marks have to stay within the plot.
    """
    vega["signals"] += [{"name": "nearer", "value": 1}, {"name": "shift", "value": 0}]
    for scale in vega["scales"]:
        if scale["name"] == "x":
            scale["range"] = [{"signal": "shift"}, {"signal": "width * nearer + shift"}]
    timed = _find_timed(vega)
    for mark in _list_marks(vega["marks"]):
        update, name = mark["encode"]["update"], mark["from"]["data"]
        if name in timed:
            for side in ("x", "x2"):
                if side in update:
                    update[side] = [{"test": "isValid(datum.t)", **SHIFTED}, update[side]]
            _look(update, OUTSIDE, REPLACED)
    drawn = [mark["name"] for mark in vega["marks"] if _is_along_time(mark)]
    vega["usermeta"] = {"zoom": drawn}


def _is_along_time(mark: Mapping[str, Any]) -> bool:
    inner = mark["marks"][0] if "marks" in mark else mark
    return bool(inner["encode"]["update"].get("x", {}) == {"scale": "x", "field": "x"})


def _find_timed(vega: Mapping[str, Any]) -> set[str]:
    """Mark the rows of the scaffolding that belong to a time; gives the tables that have such rows.

    Upright rules do, with the words above them, and the ticks below the plot. `t` is where the time
    stands, `o` how far from there the mark begins.
    """
    width, bottom = vega["width"], vega["height"]
    rows = [(table["name"], row) for table in vega["data"] for row in table.get("values", ())]
    upright = [
        row
        for _, row in rows
        if "x2" in row and row["x"] == row["x2"] and -0.5 <= row["x"] <= width + 0.5
    ]
    flags: dict[float, list[float]] = {}
    for row in upright:
        flags.setdefault(round(row["y"] - FLAG_BELOW, 1), []).append(row["x"])
        row.update(t=row["x"], o=0)
        if abs(row["y"] - bottom) < 1:
            row["tick"] = True
    found = set()
    for name, row in rows:
        if "text" in row:
            if row["y"] > bottom + 1:
                row.update(t=min(max(row["x"], 0), width), o=0, tick=True)
            elif near := flags.get(round(row["y"], 1)):
                at = min(near, key=lambda x: abs(x - row["x"]))
                row.update(t=at, o=round(row["x"] - at, 1))
        if "t" in row:
            found.add(name)
    return found
