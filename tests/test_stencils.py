"""Drawings of one shape share a stencil, and none loses or mixes up what is its own."""

from __future__ import annotations

import json
from typing import Any

import pytest
import vl_convert

from report.drawing import VEGA_LITE, draw_svg
from report.stencils import make_form, put_together, take_apart
from report.vectors import compact_svg


def make_spec(low: float, high: float, colours: dict[str, str], **own: Any) -> dict[str, Any]:
    """A layer of points along an axis, in colours by name."""
    rows = [{"name": name, "x": number, "y": high} for number, name in enumerate(colours)]
    scale = {"type": "linear", "domain": [low, high], "zero": False, "nice": False}
    by_name = {"domain": list(colours), "range": list(colours.values())}
    layer = {
        "data": {"values": rows},
        "mark": {"type": "point"},
        "encoding": {
            "x": {"field": "x", "type": "quantitative", "scale": None, "axis": None},
            "y": {"field": "y", "type": "quantitative", "scale": scale, "axis": None},
            "fill": {"field": "name", "type": "nominal", "scale": by_name, "legend": None},
        },
    }
    measures = {"width": 50, "height": 40, "padding": 0, "description": "-"} | own
    return {**measures, "autosize": "none", "layer": [layer]}


PLAIN = make_spec(1.5, 20.25, {"pears": "#111111", "plums": "#222222"})


def test_specs_of_one_shape_share_a_stencil() -> None:
    """Neither rows nor ends nor measures make another stencil; signs and zero do."""
    other = make_spec(3, 4, {"a": "#333333", "b": "#444444"}, width=7.5, description="Other")
    shared, parts = take_apart(PLAIN)

    assert take_apart(other)[0] == shared
    assert take_apart(make_spec(-3, 4, {"a": "#333333", "b": "#444444"}))[0] != shared
    assert take_apart(make_spec(0, 4, {"a": "#333333", "b": "#444444"}))[0] != shared
    assert "pears" not in shared
    assert list(parts.marks.values()) == [1.5, 20.25, "pears", "plums", "#111111", "#222222"]


@pytest.mark.parametrize(
    "spec",
    [
        PLAIN,
        make_spec(-20, -5, {"pears": "#111111"}),
        make_spec(-5, 0, {"pears": "#111111"}),
        make_spec(0, 8_100_001.5, {"pears": "#111111"}),
        make_spec(8_100_001.5, 8_100_000.5, {"@0": "#111111", '"@1"': "#222222"}),
        make_spec(1, 2, {'name": "@rows-0': "#111111", "苹果\\\"'": "#222222"}, description='"@4"'),
    ],
)
def test_a_drawing_by_stencil_is_the_drawing(spec: dict[str, Any]) -> None:
    """Whatever the ends are, and even where names look like the stencil's own marks."""
    drawn = vl_convert.vegalite_to_svg(spec, vl_version=VEGA_LITE)

    assert draw_svg(spec) == compact_svg(drawn)


def test_what_is_put_in_is_whole() -> None:
    """Rows and measures arrive as they were."""
    stencil, parts = take_apart(PLAIN)
    vega = vl_convert.vegalite_to_vega(stencil, vl_version=VEGA_LITE)
    made = json.loads(put_together(make_form(vega, parts), parts))

    assert made["data"][0]["values"] == PLAIN["layer"][0]["data"]["values"]
    assert [made[name] for name in ("width", "height", "padding")] == [50, 40, 0]
    assert made["description"] == "-"


def test_a_stencil_that_lost_a_place_is_refused() -> None:
    """Compiled Vega without a place for each part is not used; the spec is compiled alone."""
    stencil, parts = take_apart(PLAIN)
    vega = vl_convert.vegalite_to_vega(stencil, vl_version=VEGA_LITE)

    assert make_form(vega, parts)
    assert not make_form({**vega, "scales": vega["scales"][1:]}, parts)
    assert not make_form({**vega, "data": []}, parts)
