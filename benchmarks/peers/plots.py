"""The three charts of a page as anybody would make them with Altair.

Copied beside the pages of a peer, whose Python need not know this project; so it imports nothing of
it. Reads the values of a page from a file, and gives charts.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import altair as alt
import pandas as pd


def plot(form: str, file: str) -> Any:
    """A chart of the values in a file."""
    points = json.loads(Path(file).read_text(encoding="utf-8"))[form]
    table = pd.DataFrame(points)
    if form == "scatter":
        wide = table.pivot_table(index="year", columns="part", values="value").reset_index()
        pairs = alt.Chart(wide, title="Crop c by crop b").mark_point()
        return pairs.encode(x="b:Q", y="c:Q", tooltip=["year:O", "b:Q", "c:Q"])
    chart = alt.Chart(table, title="Crops, in crates")
    marked = chart.mark_line() if form == "line" else chart.mark_bar()
    kind = "Q" if form == "line" else "O"
    year = alt.X(f"year:{kind}", axis=alt.Axis(format="d")) if form == "line" else "year:O"
    return marked.encode(
        x=year, y="value:Q", color="part:N", tooltip=["year:O", "part:N", "value:Q"]
    )


def on_page_markdown(markdown: str, **_: object) -> str:
    """As a hook of MkDocs: each `chart FORM of FILE` gets its specification and vega-embed."""
    lines = []
    for line in markdown.split("\n"):
        words = line.split()
        if words[:1] == ["chart"] and words[2:3] == ["of"]:
            place = f"{words[1]}-chart"
            spec = json.dumps(plot(words[1], words[3]).to_dict()).replace("<", "\\u003c")
            lines += [
                f'<div id="{place}"></div>',
                f'<script>addEventListener("load",()=>vegaEmbed("#{place}",{spec}))</script>',
            ]
        else:
            lines.append(line)
    return "\n".join(lines)


if __name__ == "__main__":
    print(json.dumps(plot(sys.argv[1], sys.argv[2]).to_dict()))
