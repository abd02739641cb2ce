"""A spec taken apart into its stencil, which many drawings share, and what is put into it.

Pure. Knows where Vega-Lite holds rows, ends of scales and measures, and that compiling a spec to
Vega depends on none of these numbers and names but on their signs and order. So a stencil is
compiled once, and what one drawing has of its own is put into the text of the compiled Vega.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

_SOUND = re.compile(r'!isValid\(datum\["(\w+)"\]\) \|\| !isFinite\(\+datum\["\1"\]\)')
"""What Vega-Lite asks of each value that a mark is placed by."""
_WORDS = 'isValid(datum["text"]) ? datum["text"] : ""+datum["text"]'
OWN = ("width", "height", "padding", "description")
"""Parts of a spec that Vega has under the same name."""
_FIRST = 8_100_000
"""Marks stand for numbers of either sign, in their order: `8100003.5` for the fourth positive."""
_HOLE = re.compile(r'-?8[01]\d{5}\.5(?!\d)|"@\d+"|"name": "@rows-(\d+)"')


@dataclass(slots=True)
class Parts:
    """What one drawing has of its own."""

    own: dict[str, Any]
    rows: list[Any] = field(default_factory=list)
    """Different data, in order of their first layer."""
    marks: dict[str, Any] = field(default_factory=dict)
    """The number or name that each mark stands for."""


def take_apart(spec: Mapping[str, Any]) -> tuple[str, Parts]:
    """The stencil of a layered spec as text, and the parts that make it this spec again."""
    parts = Parts({name: spec[name] for name in OWN if name in spec})
    ends = sorted({end for end in _list_ends(spec) if isinstance(end, (int, float))})
    names: dict[Any, Any] = {}
    for rank, number in enumerate(ends):
        # Zero stays: scales that begin at it are of a shape of their own.
        names[number] = number if number == 0 else _FIRST + rank + 0.5
        if number < 0:
            names[number] = -(_FIRST - rank - 0.5)
    for end in _list_ends(spec):
        if isinstance(end, str):
            names.setdefault(end, f"@{len(names)}")
    parts.marks = {json.dumps(mark): end for end, mark in names.items() if end != 0}
    layers = [_take_layer(layer, names, parts) for layer in spec["layer"]]
    rest = {name: value for name, value in spec.items() if name not in OWN}
    stencil = {**rest, **_stand_in(parts.own), "layer": layers}
    return json.dumps(stencil, allow_nan=False), parts


def _stand_in(own: Mapping[str, Any]) -> dict[str, Any]:
    """Measures that any drawing could have."""
    measures = {"width": 100, "height": 100, "padding": 0, "description": ""}
    return {name: measures[name] for name in own}


def _list_ends(spec: Mapping[str, Any]) -> Iterator[Any]:
    for layer in spec["layer"]:
        for channel in layer["encoding"].values():
            scale = channel.get("scale") or {}
            yield from scale.get("domain", ())
            yield from scale.get("range", ())


def _take_layer(layer: Mapping[str, Any], names: Mapping[Any, Any], parts: Parts) -> dict[str, Any]:
    rows = layer["data"]["values"]
    if rows not in parts.rows:
        parts.rows.append(rows)
    encoding = {}
    for name, channel in layer["encoding"].items():
        scale = channel.get("scale")
        if scale:
            marked = {
                k: [names[end] for end in scale[k]] for k in ("domain", "range") if k in scale
            }
            encoding[name] = {**channel, "scale": {**scale, **marked}}
        else:
            encoding[name] = channel
    data = {"name": f"@rows-{parts.rows.index(rows)}"}
    return {**layer, "data": data, "encoding": encoding}


def make_form(vega: Mapping[str, Any], parts: Parts) -> str:
    """A compiled stencil as text that takes parts; empty where it has no place for each of them.

    Its parts must be whole (see `is_whole`): questions whose answer is then known are left out, for
    Vega spends more time on preparing them than on asking them.
    """
    form = json.dumps(_drop_questions({k: v for k, v in vega.items() if k not in OWN}))
    found = {hole[0] for hole in _HOLE.finditer(form)}
    wanted = {*parts.marks, *(f'"name": "@rows-{number}"' for number in range(len(parts.rows)))}
    return form if found == wanted else ""


def is_whole(parts: Parts) -> bool:
    """Whether all rows of a drawing's data have the same fields, and a value in each of them."""
    return all(
        row.keys() == rows[0].keys() and None not in row.values()
        for rows in parts.rows
        for row in rows
    )


def _drop_questions(value: Any) -> Any:
    """Compiled Vega without asking whether a value is there and is finite."""
    if isinstance(value, dict):
        if value.get("signal") == _WORDS:
            return {"field": "text"}
        return {name: _drop_questions(part) for name, part in value.items()}
    if isinstance(value, list):
        match value:
            case [{"test": str(question)}, sound] if _SOUND.fullmatch(question):
                return sound
        return [_drop_questions(part) for part in value]
    return value


def put_together(form: str, parts: Parts) -> str:
    """Vega for one drawing, as text."""

    def put(hole: re.Match[str]) -> str:
        if hole[1] is None:
            return json.dumps(parts.marks[hole[0]])
        rows = json.dumps(parts.rows[int(hole[1])], allow_nan=False)
        return f'{hole[0]}, "values": {rows}'

    own = "".join(f"{json.dumps(name)}: {json.dumps(part)}, " for name, part in parts.own.items())
    return "{" + own + _HOLE.sub(put, form).removeprefix("{")
