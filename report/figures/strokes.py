"""Data marks that several forms share: lines with their status, points, bands.

Knows frames and axes. A value that is not final is a hollow point; a forecast or an estimate is
also reached by a dashed line.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from report import theme
from report.figures.labels import shape_of
from report.figures.libraries import alt, pd
from report.figures.places import Axis
from report.model import Status

HOLLOW = {
    Status.PROVISIONAL: "circle",
    Status.ESTIMATE: "diamond",
    Status.FORECAST: "triangle-up",
}
DASHED = {Status.ESTIMATE, Status.FORECAST}
MOST_HOLLOW = 40
"""A run of more values that are not final is dashed throughout and bears no points."""


def scale_of(axis: Axis, span: tuple[float, float] | None = None) -> Any:
    """The scale for an axis, over the whole plot or a span of pixels."""
    more: dict[str, Any] = {} if span is None else {"range": list(span)}
    type_ = "log" if axis.log else "linear"
    zero: dict[str, Any] = {} if axis.log else {"zero": False}
    return alt.Scale(type=type_, domain=[axis.low, axis.high], nice=False, **zero, **more)


def on_axis(
    channel: str, field_name: str, axis: Axis, span: tuple[float, float] | None = None
) -> Any:
    """An encoding along an axis that the canvas has drawn."""
    kind = alt.X if channel == "x" else alt.Y
    return kind(field=field_name, type="quantitative", axis=None, scale=scale_of(axis, span))


def colour_by(colours: Mapping[str, str], channel: str = "color") -> Any:
    """An encoding of series by colour, without a legend."""
    kind = {"color": alt.Color, "fill": alt.Fill, "stroke": alt.Stroke}[channel]
    scale = alt.Scale(domain=list(colours), range=list(colours.values()))
    return kind(field="series", type="nominal", scale=scale, legend=None)


def draw_lines(
    known: pd.DataFrame,
    colours: Mapping[str, str],
    x_axis: Axis,
    y_axis: Axis,
    spans: tuple[tuple[float, float], tuple[float, float]] | None = None,
    width: float = 2.2,
) -> list[alt.Chart]:
    """One path for each unbroken run of one look."""
    x_span, y_span = spans or (None, None)
    charts = []
    for dashed in (False, True):
        rows = list(_list_strokes(known, dashed=dashed))
        if rows:
            look: dict[str, Any] = {"strokeDash": [2, 4]} if dashed else {}
            charts.append(
                alt.Chart(alt.Data(values=rows))
                .mark_line(strokeWidth=width, strokeJoin="round", strokeCap="round", **look)
                .encode(
                    x=on_axis("x", "x", x_axis, x_span),
                    y=on_axis("y", "value", y_axis, y_span),
                    color=colour_by(colours),
                    detail=alt.Detail(field="path", type="nominal"),
                )
            )
    return charts


def _list_strokes(known: pd.DataFrame, *, dashed: bool) -> Iterator[dict[str, Any]]:
    """Rows of the paths that are (or are not) dashed; a path ends where its look changes."""
    path = 0
    for (_, _), run in known.groupby(["order", "run"], sort=True):
        rows = run.sort_values("x").to_dict("records")
        dense = _is_dense(run)
        path += 1
        previous = None
        for row in rows:
            if previous is not None:
                is_dashed = row["status"] in DASHED or (dense and row["status"] in HOLLOW)
                if is_dashed is dashed:
                    if previous.get("drawn") != path:
                        path += 1
                        yield _pick(previous, path)
                    row["drawn"] = path
                    yield _pick(row, path)
            previous = row


def _pick(row: Mapping[Any, Any], path: int) -> dict[str, Any]:
    return {"series": row["series"], "x": row["x"], "value": row["value"], "path": path}


def _is_dense(run: pd.DataFrame) -> bool:
    return int(run["status"].isin(list(HOLLOW)).sum()) > MOST_HOLLOW


def draw_points(
    known: pd.DataFrame,
    colours: Mapping[str, str],
    x_axis: Axis,
    y_axis: Axis,
    spans: tuple[tuple[float, float], tuple[float, float]] | None = None,
    *,
    shapes: bool = True,
) -> list[alt.Chart]:
    """Line ends, lone points, and hollow points for what is not final."""
    x_span, y_span = spans or (None, None)
    rows = list(_list_points(known, colours, shapes=shapes))
    if not rows:
        return []
    return [
        alt.Chart(alt.Data(values=rows))
        .mark_point(opacity=1, strokeWidth=1.6)
        .encode(
            x=on_axis("x", "x", x_axis, x_span),
            y=on_axis("y", "value", y_axis, y_span),
            stroke=colour_by(colours, "stroke"),
            fill=alt.Fill(field="fill", type="nominal", scale=None),
            shape=alt.Shape(field="shape", type="nominal", scale=None),
            size=alt.Size(field="area", type="quantitative", scale=None),
        )
    ]


def _list_points(
    known: pd.DataFrame, colours: Mapping[str, str], *, shapes: bool
) -> Iterator[dict[str, Any]]:
    for _, line in known.groupby("order", sort=True):
        last = line["x"].max()
        runs = line["run"].value_counts()
        dense = {run for run, part in line.groupby("run") if _is_dense(part)}
        area = 22.0 if len(line) > 60 else 30.0
        for row in line.itertuples(index=False):
            hollow = row.status in HOLLOW and row.run not in dense
            alone = runs[row.run] == 1
            if not (hollow or alone or row.x == last):
                continue
            shape = (
                shape_of(row.order)
                if shapes and row.x == last
                else HOLLOW.get(row.status, "circle")
            )
            yield {
                "series": row.series,
                "x": row.x,
                "value": row.value,
                "fill": theme.PAPER.light if row.status in HOLLOW else colours[row.series],
                "shape": shape,
                "area": 44.0 if row.x == last and shapes else area,
            }


def draw_band(known: pd.DataFrame, x_axis: Axis, y_axis: Axis) -> list[alt.Chart]:
    """The area between two bounds, where both are known."""
    low = {row.period: row for row in known[known["role"] == "low"].itertuples(index=False)}
    rows = [
        {"x": row.x, "high": row.value, "low": low[row.period].value, "path": row.run}
        for row in known[known["role"] == "high"].sort_values("x").itertuples(index=False)
        if row.period in low
    ]
    if not rows:
        return []
    return [
        alt.Chart(alt.Data(values=rows))
        .mark_area(color=theme.BAND.light)
        .encode(
            x=on_axis("x", "x", x_axis),
            y=on_axis("y", "high", y_axis),
            y2=alt.Y2(field="low"),
            detail=alt.Detail(field="path", type="nominal"),
        )
    ]
