"""Layers have Altair's shape, made once, with each figure's own rows and ends."""

from __future__ import annotations

from typing import Any

import altair as alt
import pytest

from report.figures import layers
from report.figures.layers import Channel, Spec, as_is, far_end, make_marks, pixels

ROWS = [{"x": 1, "high": 2.5, "series": "pears", "colour": "#123456"}]


def make_layer(rows: list[dict[str, Any]], low: float, high: float) -> Spec:
    """Bars along an axis from `low` to `high`."""
    axis = (("axis", None),), (("type", "linear"), ("zero", False)), (low, high), (90.0, 10.0)
    return make_marks("rect", rows, strokeDash=[3, 3]).encode(
        x=pixels("x"),
        y=Channel("high", "quantitative", *axis),
        y2=far_end("low"),
        fill=as_is("fill", "colour"),
    )


def test_a_layer_is_what_altair_makes_of_it() -> None:
    """The short way and Altair's own give one spec, which Vega-Lite's schema accepts."""
    scale = alt.Scale(type="linear", zero=False, domain=[0.5, 7.25], range=[90.0, 10.0])
    data: Any = alt.Data
    chart = (
        alt.Chart(data(values=ROWS))
        .mark_rect(strokeDash=[3, 3])
        .encode(
            x=alt.X(field="x", type="quantitative", scale=None, axis=None),
            y=alt.Y(field="high", type="quantitative", axis=None, scale=scale),
            y2=alt.Y2(field="low"),
            fill=alt.Fill(field="colour", type="nominal", scale=None),
        )
    )

    assert make_layer(ROWS, 0.5, 7.25) == chart.to_dict(context={"top_level": False})


def test_a_shape_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Other rows and other ends need no Altair."""
    first = make_layer(ROWS, 0.0, 1.0)
    monkeypatch.setattr(layers, "alt", None)
    second = make_layer([], -5.0, 3.0)

    assert first["data"] == {"values": ROWS}
    assert first["encoding"]["y"]["scale"]["domain"] == [0.0, 1.0]
    assert second["data"] == {"values": []}
    assert second["encoding"]["y"]["scale"]["domain"] == [-5.0, 3.0]


def test_no_layer_changes_another() -> None:
    """What one figure does to its spec reaches no other figure."""
    first = make_layer(ROWS, 0.0, 1.0)
    first["encoding"]["y"]["scale"]["domain"][0] = 99.0
    first["encoding"]["x"] = {}
    first["data"]["values"].append({})

    assert make_layer(ROWS, 0.0, 1.0) != first
    assert make_layer(ROWS, 0.0, 1.0)["encoding"]["y"]["scale"]["domain"] == [0.0, 1.0]
    assert len(ROWS) == 1
