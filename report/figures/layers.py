"""Layers of a drawing: marks over rows, each in a shape that Altair has made once.

Knows how marks and channels become Vega-Lite through Altair. Knows no data, no axis, no place.
Figures of one form differ in their rows, in the ends of their axes and in what their colours stand
for; all else is one of a few shapes. Altair makes each shape once in a process, which takes a
millisecond or two; rows and ends are then put into copies, which takes next to nothing. That is
sound because Vega-Lite's schema takes any rows, and any numbers or names in the ends' places; tests
check whole specs of every form against the schema.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from report.figures.libraries import alt, skip_checks

Spec = dict[str, Any]
"""A Vega-Lite chart, or a layer of one."""
Settings = tuple[tuple[str, Any], ...]


@dataclass(frozen=True, slots=True)
class Channel:
    """A field of the rows that decides one property of the marks."""

    field: str
    type: str = ""
    """Empty for the far end of a mark, which is of the first end's type."""
    settings: Settings = ()
    scale: Settings = ()
    """Empty where there is none: values are pixels, colours, shapes or sizes already."""
    domain: tuple[Any, ...] = ()
    range: tuple[Any, ...] = ()
    """What the ends of the domain become; empty for the whole plot."""

    def drop_ends(self) -> Channel:
        """The same for every axis: only whether there are ends is left."""
        return replace(self, domain=self.domain and (0,), range=self.range and (0,))


@lru_cache(maxsize=256)
def pixels(field: str) -> Channel:
    """An encoding whose numbers are pixels already."""
    return Channel(field, "quantitative", (("scale", None), ("axis", None)))


@lru_cache(maxsize=256)
def far_end(field: str) -> Channel:
    """The second end of a mark, told as its first end is: in pixels or along the same axis."""
    return Channel(field)


@lru_cache(maxsize=256)
def as_is(channel: str, field: str) -> Channel:
    """An encoding whose values are colours, shapes or sizes already."""
    type_ = "quantitative" if channel in {"size", "strokeWidth"} else "nominal"
    return Channel(field, type_, (("scale", None),))


@dataclass(frozen=True, slots=True)
class Marks:
    """Marks of one kind and look, whose channels are not yet said."""

    kind: str
    rows: Sequence[Mapping[str, Any]]
    look: Mapping[str, Any]

    def encode(self, **channels: Channel) -> Spec:
        """The layer of these marks."""
        shapes = tuple((name, channel.drop_ends()) for name, channel in channels.items())
        look = tuple((name, _freeze(value)) for name, value in self.look.items())
        layer = {**_make_shape(self.kind, look, shapes), "data": {"values": list(self.rows)}}
        encoding = dict(layer["encoding"])
        for name, channel in channels.items():
            if channel.domain:
                ends = {"domain": list(channel.domain)}
                if channel.range:
                    ends["range"] = list(channel.range)
                encoding[name] = {**encoding[name], "scale": {**encoding[name]["scale"], **ends}}
        return {**layer, "encoding": encoding}


def make_marks(kind: str, rows: Sequence[Mapping[str, Any]], **look: Any) -> Marks:
    """Marks over rows that stand in the spec itself; `kind` is one of Vega-Lite's."""
    return Marks(kind, rows, look)


def _freeze(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value


SHAPES: dict[str, Spec] = {}
"""All shapes so far by what they are made of; those of earlier runs spare the loading of Altair."""


def name_schema() -> str:
    """The address of Vega-Lite's schema, as Altair names it."""
    if "$schema" not in SHAPES:
        SHAPES["$schema"] = {"url": alt.SCHEMA_URL}
    return str(SHAPES["$schema"]["url"])


def _make_shape(kind: str, look: Settings, channels: tuple[tuple[str, Channel], ...]) -> Spec:
    """A layer over no rows, made at most once."""
    # Not by the values themselves: 11 and 11.0 are equal, but their shapes are not the same text.
    key = repr((kind, look, channels))
    if key not in SHAPES:
        SHAPES[key] = _ask_altair(kind, look, channels)
    return SHAPES[key]


def _ask_altair(kind: str, look: Settings, channels: tuple[tuple[str, Channel], ...]) -> Spec:
    """A layer as Altair makes it, over no rows."""
    data: Any = alt.Data
    with skip_checks():
        chart: Any = alt.Chart(data(values=[]))
        marked = getattr(chart, f"mark_{kind}")(**dict(look))
        encoded = marked.encode(**{name: _make_channel(name, one) for name, one in channels})
        spec: Spec = encoded.to_dict(validate=False, context={"top_level": False})
    return spec


def _make_channel(name: str, channel: Channel) -> Any:
    kind = getattr(alt, name[0].upper() + name[1:])
    settings = dict(channel.settings)
    if channel.domain:
        settings["scale"] = alt.Scale(domain=list(channel.domain), **dict(channel.scale))
    if channel.type:
        settings["type"] = channel.type
    return kind(field=channel.field, **settings)
