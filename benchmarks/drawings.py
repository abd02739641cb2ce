"""Charts of what was measured, as SVG: ratios at one size, and growth with pages.

Pure: rows in, SVG out. Light, with a plain font of the reader's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import altair as alt
import pandas as pd
import vl_convert

from benchmarks.summaries import CHANGED, COLD, SAME, entitle

_COLOURS = {COLD: "#1756a7", SAME: "#986a0a", CHANGED: "#8e2c01"}
_FONT = "system-ui, sans-serif"
_LABEL = 360
"""Room for the name of what was measured."""


def draw_contest(contest: Mapping[str, Any]) -> str:
    """A bar for each peer and case, as a multiple of the floor's cold build."""
    rows = [row for row in contest["rows"] if row["case"] in _COLOURS and row["ratio"]]
    order = list(dict.fromkeys(row["what"] for row in rows))
    base = alt.Chart(_tabulate(rows)).encode(
        y=alt.Y("what:N", sort=order, title=None, axis=alt.Axis(labelLimit=_LABEL)),
        yOffset=alt.YOffset("case:N", sort=list(_COLOURS)),
        x=alt.X("ratio:Q", title="Time, as a multiple of the floor's cold build"),
    )
    colour = alt.Color(
        "case:N",
        scale=alt.Scale(domain=list(_COLOURS), range=list(_COLOURS.values())),
        sort=list(_COLOURS),
        legend=alt.Legend(title=None, orient="top"),
    )
    bars = base.mark_bar().encode(color=colour)
    numbers = base.mark_text(align="left", dx=3, fontSize=10).encode(
        text=alt.Text("ratio:Q", format=".2~f")
    )
    chart = (bars + numbers).properties(width=420, height=alt.Step(13), title=entitle(contest))
    return _convert(chart)


def draw_growth(sizes: Sequence[Mapping[str, Any]]) -> str:
    """Processor seconds by pages, both by powers of ten: parallel to the grey line is linear."""
    rows = [
        {"pages": size["pages"], "name": f"{row['what']}, {row['case']}", **row}
        for size in sizes
        for row in size["rows"]
    ]
    table = _tabulate(rows)
    pages = alt.X("pages:Q", scale=alt.Scale(type="log", nice=False), title="Pages")
    seconds = alt.Y("processor seconds:Q", scale=alt.Scale(type="log"), title="Processor seconds")
    order = list(dict.fromkeys(row["name"] for row in rows))
    legend = alt.Legend(title=None, labelLimit=_LABEL)
    look: Any = {"scale": alt.Scale(domain=order), "legend": legend}
    base = alt.Chart(table).encode(x=pages, y=seconds, color=alt.Color("name:N", **look))
    ends = [size["pages"] for size in sizes]
    least = min(row["processor seconds"] for row in rows)
    linear = pd.DataFrame(
        {
            "pages": [min(ends), max(ends)],
            "processor seconds": [least, least * max(ends) / min(ends)],
        }
    )
    guide = alt.Chart(linear).mark_line(color="#888", strokeDash=[4, 4]).encode(x=pages, y=seconds)
    points = base.mark_point(filled=True, size=50).encode(shape=alt.Shape("name:N", **look))
    lines = base.mark_line() + points
    title = "Growth with pages; dashed: linear"
    return _convert((guide + lines).properties(width=480, height=340, title=title))


def _tabulate(rows: Sequence[Mapping[str, Any]]) -> Any:
    return pd.DataFrame(list(rows))


def _convert(chart: Any) -> str:
    """The SVG of a chart on white."""
    settings = {"font": _FONT, "background": "white", "view": {"stroke": None}}
    spec = chart.configure(**settings).to_dict()
    return str(vl_convert.vegalite_to_svg(spec)) + "\n"
