"""Specs drawn as SVG, and the SVG made fit to stand in a page.

Knows vl-convert and the cache of drawings; folders are handed in. Knows no
figure and no page. The same spec gives the same bytes: layout never depends on installed fonts.
"""

from __future__ import annotations

import hashlib
import html
import json
import os
import re
from collections.abc import Mapping
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from report import theme
from report.charts import Sheet
from report.keeping import keep, recall
from report.scratch import open_scratch
from report.stencils import is_whole, make_form, put_together, take_apart
from report.text import escape_html
from report.vectors import compact_svg

FORMAT = "1"
"""Changed whenever drawing or compacting changes: no older drawing is then taken from a cache."""
VEGA_LITE = "6.4"
_FONTS_NAMED = "FONTCONFIG_FILE"
"""By this variable a process is told where the system names its fonts."""
_forms: dict[str, str] = {}
"""Compiled stencils by their own text: a report has less than a hundred, of some 3 kB each."""
_COLOURS = {role.light: role.variable for role in theme.ROLES}
_COLOUR = re.compile(r'="(#[0-9a-f]{6})"')
_ROOT = re.compile(r'<svg xmlns="http://www\.w3\.org/2000/svg" viewBox="([0-9. -]+)"')


@lru_cache(maxsize=1)
def load_library() -> Any:
    """The drawing library, 50 MB that an unchanged build never needs, without fonts of the machine.

    It reads all fonts that the system names when it is first asked for one, and a text that is no
    outline is then set in any of them: so it is told of a system with none.
    """
    import vl_convert  # noqa: PLC0415 - as said

    before = os.environ.get(_FONTS_NAMED)
    with open_scratch() as folder:
        named = folder / "fonts.conf"
        said = f"<fontconfig><dir>{escape_html(str(folder))}</dir></fontconfig>"
        named.write_text(said, encoding="utf-8")
        os.environ[_FONTS_NAMED] = str(named)
        try:
            vl_convert.register_font_directory(font_dir=str(folder))
        finally:
            del os.environ[_FONTS_NAMED]
            if before is not None:
                os.environ[_FONTS_NAMED] = before
    return vl_convert


def draw_svg(spec: Mapping[str, Any]) -> str:
    """A spec as compact SVG in the light page's colours, without names or ids."""
    unmeasured, sizes = take_sizes(spec)
    return _draw(_compile(unmeasured), sizes)


def _draw(vega: str, sizes: Mapping[str, float]) -> str:
    return compact_svg(load_library().vega_to_svg(vg_spec=vega, allowed_base_urls=[]), sizes)


def load_engine() -> None:
    """Start the drawing engine, which takes a third of a second, before there is a drawing."""
    marks = {"data": {"values": [{}]}, "mark": {"type": "point"}, "encoding": {}}
    draw_svg({"layer": [marks], "width": 1, "height": 1})


def _compile(spec: Mapping[str, Any]) -> str:
    """A spec as Vega; what many specs share is compiled once."""
    if "layer" in spec:
        stencil, parts = take_apart(spec)
        whole = is_whole(parts)
        if whole and stencil not in _forms:
            vega = load_library().vegalite_to_vega(stencil, vl_version=VEGA_LITE)
            _forms[stencil] = make_form(vega, parts)
        if whole and _forms[stencil]:
            return put_together(_forms[stencil], parts)
    text = json.dumps(spec, allow_nan=False, ensure_ascii=False)
    return json.dumps(load_library().vegalite_to_vega(text, vl_version=VEGA_LITE))


def take_sizes(spec: Mapping[str, Any]) -> tuple[Mapping[str, Any], dict[str, float]]:
    """A spec whose letters have no size, and the sizes by the name of the mark they belong to.

    Vega measures every text by the fonts of the machine. Nothing here depends on that measure, and
    it takes longer than all the rest, so letters get their size after they were drawn. What a
    size means for their height on the line is stated instead, as Vega would compute it.
    """
    sizes: dict[str, float] = {}
    layers = []
    for number, layer in enumerate(spec.get("layer", ())):
        mark = layer["mark"]
        if mark.get("baseline") == "middle" and mark.get("fontSize"):
            sizes[f"layer_{number}_marks"] = mark["fontSize"]
            drop = int(0.3 * mark["fontSize"] + 0.5)
            mark = {**mark, "fontSize": 0, "baseline": "alphabetic", "dy": drop}
        layers.append({**layer, "mark": mark})
    return ({**spec, "layer": layers} if layers else spec), sizes


def draw_png(svg: str, scale: float = 2.0) -> bytes:
    """A compact SVG without texts as PNG: their outlines must be set, as no font is known."""
    return bytes(load_library().svg_to_png(svg=svg, scale=scale))


def clean_svg(svg: str, identifier: str, title: str, description: str) -> str:
    """A compact SVG for a page: named for readers who cannot see it, coloured by the page.

    The description is its accessible name. `identifier` makes its ids unique on the page.
    """
    name = html.escape(identifier, quote=True)
    coloured = _COLOUR.sub(_name_colour, svg)
    coloured = re.sub(r'(\sid="|="url\(#)', rf"\g<1>{name}-", coloured)
    found = _ROOT.match(coloured)
    if found is None:
        msg = "this is no drawing of draw_svg"
        raise ValueError(msg)
    start = coloured.index(">", found.end()) + 1
    head = (
        f'{found.group(0)} role="img" aria-labelledby="{name}-desc"'
        f'{coloured[found.end() : start]}<title id="{name}-title">{html.escape(title)}</title>'
        f'<desc id="{name}-desc">{html.escape(description)}</desc>'
    )
    return head + coloured[start:]


def _name_colour(found: re.Match[str]) -> str:
    colour = found.group(1)
    return f'="{_COLOURS.get(colour, colour)}"'


def key_of(spec: Mapping[str, Any]) -> str:
    """The name of a drawing: the same for the same spec drawn by the same libraries."""
    text = json.dumps(spec, allow_nan=False, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(f"{stamp_drawings()}\n{text}".encode()).hexdigest()


@lru_cache(maxsize=1)
def stamp_drawings() -> str:
    """All but the spec that a drawing depends on."""
    parts = [FORMAT, VEGA_LITE, version("vl-convert-python"), theme.css_variables()]
    return "\n".join(parts)


def draw_all(jobs: Mapping[str, Mapping[str, Any]], cache_dir: Path | None) -> dict[str, str]:
    """Each spec as compact SVG, drawn at most once for the same spec.

    In this process: a second one needs a second to start, more than it saves, and a forked one
    hangs once Vega's engine has run.
    """
    keys = {name: key_of(spec) for name, spec in jobs.items()}
    drawn: dict[str, str] = {}
    for name, key in keys.items():
        if key in drawn:
            continue
        kept = recall(cache_dir, key, ".svg") if cache_dir is not None else None
        drawn[key] = draw_svg(jobs[name]) if kept is None else kept.decode()
        if cache_dir is not None and kept is None:
            keep(cache_dir, key, ".svg", drawn[key].encode())
    return {name: drawn[key] for name, key in keys.items()}


def draw_sheets(jobs: Mapping[str, Mapping[str, Any]], cache_dir: Path | None) -> dict[str, Sheet]:
    """Each spec as compact SVG and as the Vega from which it was drawn, each kept for the next."""
    return {name: _make_sheet(spec, cache_dir) for name, spec in jobs.items()}


def _make_sheet(spec: Mapping[str, Any], cache_dir: Path | None) -> Sheet:
    unmeasured, sizes = take_sizes(spec)
    if cache_dir is None:
        vega = _compile(unmeasured)
        return Sheet(_draw(vega, sizes), vega, sizes)
    key = key_of(spec)
    kept = [recall(cache_dir, key, end) for end in (".svg", ".vega")]
    vega = _compile(unmeasured) if kept[1] is None else kept[1].decode()
    svg = _draw(vega, sizes) if kept[0] is None else kept[0].decode()
    for text, end, found in ((svg, ".svg", kept[0]), (vega, ".vega", kept[1])):
        if found is None:
            keep(cache_dir, key, end, text.encode())
    return Sheet(svg, vega, sizes)
