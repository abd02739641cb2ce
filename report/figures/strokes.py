"""Data marks that several forms share: lines with their status, points, bands.

Knows frames and axes. A value that is not final is a hollow point; a forecast or an estimate is
also reached by a dashed line.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from report import theme
from report.figures.labels import shape_of
from report.figures.layers import Channel, Spec, as_is, far_end, make_marks
from report.figures.libraries import list_records, list_rows, pd
from report.figures.places import Axis
from report.model import Status

HOLLOW = {
    Status.PROVISIONAL: "circle",
    Status.ESTIMATE: "diamond",
    Status.FORECAST: "triangle-up",
}
LINEAR = (("type", "linear"), ("nice", False), ("zero", False))
LOG = (("type", "log"), ("nice", False))
DASHED = {Status.ESTIMATE, Status.FORECAST}
MOST_HOLLOW = 40
"""A run of more values that are not final is dashed throughout and bears no points."""


@dataclass(frozen=True, slots=True)
class Scales:
    """Both axes, and for a panel the pixels that they span."""

    x: Axis
    y: Axis
    x_span: tuple[float, float] | tuple[()] = ()
    y_span: tuple[float, float] | tuple[()] = ()

    def encode(self, x: str, y: str) -> dict[str, Any]:
        """Encodings of two fields along the axes."""
        return {
            "x": on_axis(x, self.x, self.x_span),
            "y": on_axis(y, self.y, self.y_span),
        }


def on_axis(field: str, axis: Axis, span: tuple[float, float] | tuple[()] = ()) -> Channel:
    """An encoding along an axis that the canvas has drawn, over the plot or a span of pixels."""
    scale = LOG if axis.log else LINEAR
    return Channel(field, "quantitative", (("axis", None),), scale, (axis.low, axis.high), span)


def colour_by(colours: Mapping[str, str]) -> Channel:
    """An encoding of series by colour, without a legend."""
    ends = tuple(colours), tuple(colours.values())
    return Channel("series", "nominal", (("legend", None),), (), *ends)


@dataclass(frozen=True, slots=True)
class Pen:
    """How lines are drawn."""

    width: float = 2.2
    most: int = MOST_HOLLOW
    step: bool = False
    """Whether a value holds until the next."""


PEN = Pen()


def draw_lines(
    known: pd.DataFrame,
    colours: Mapping[str, str],
    scales: Scales,
    pen: Pen = PEN,
) -> list[Spec]:
    """One path for each unbroken run of one look."""
    charts = []
    for dashed in (False, True):
        rows = list(_list_strokes(known, dashed=dashed, most=pen.most))
        if rows:
            look: dict[str, Any] = {"strokeDash": [2, 4]} if dashed else {}
            look |= {"interpolate": "step-after"} if pen.step else {}
            charts.append(
                make_marks(
                    "line",
                    rows,
                    strokeWidth=pen.width,
                    strokeJoin="round",
                    strokeCap="round",
                    **look,
                ).encode(
                    **scales.encode("x", "value"),
                    color=colour_by(colours),
                    detail=Channel("path", "nominal"),
                )
            )
    return charts


def _list_strokes(known: pd.DataFrame, *, dashed: bool, most: int) -> Iterator[dict[str, Any]]:
    """Rows of the paths that are (or are not) dashed; a path ends where its look changes."""
    path = 0
    for run in _list_runs(known):
        dense = _is_dense(run, most)
        path += 1
        drawn = False
        for previous, row in itertools.pairwise(run):
            is_dashed = row["status"] in DASHED or (dense and row["status"] in HOLLOW)
            if is_dashed is dashed:
                if not drawn:
                    path += 1
                    yield _pick(previous, path)
                yield _pick(row, path)
            drawn = is_dashed is dashed


def _list_runs(known: pd.DataFrame) -> list[list[dict[str, Any]]]:
    """Rows of each unbroken run, in order of time."""
    rows = sorted(list_records(known), key=lambda row: (row["order"], row["run"], row["x"]))
    groups = itertools.groupby(rows, key=lambda row: (row["order"], row["run"]))
    return [list(run) for _, run in groups]


def _pick(row: Mapping[Any, Any], path: int) -> dict[str, Any]:
    return {"series": row["series"], "x": row["x"], "value": row["value"], "path": path}


def _is_dense(run: Sequence[Mapping[str, Any]], most: int) -> bool:
    return sum(row["status"] in HOLLOW for row in run) > most


def draw_points(
    known: pd.DataFrame,
    colours: Mapping[str, str],
    scales: Scales,
    shape: str | None = "",
    most: int = MOST_HOLLOW,
) -> list[Spec]:
    """Line ends, lone points, and hollow points for what is not final.

    Ends bear their series' shape, or `shape` where one is named, or no mark of their own for None.
    """
    rows = list(_list_points(known, colours, shape, most))
    if not rows:
        return []
    return [
        make_marks("point", rows, opacity=1, strokeWidth=1.6).encode(
            **scales.encode("x", "value"),
            stroke=colour_by(colours),
            fill=as_is("fill", "fill"),
            shape=as_is("shape", "shape"),
            size=as_is("size", "area"),
        )
    ]


def _list_points(
    known: pd.DataFrame, colours: Mapping[str, str], shape: str | None, most: int
) -> Iterator[dict[str, Any]]:
    runs = _list_runs(known)
    last: dict[int, float] = {}
    counts: dict[int, int] = {}
    lone = {run[0]["order"] for run in runs} - {run[0]["order"] for run in runs if len(run) > 1}
    for run in runs:
        order = run[0]["order"]
        last[order] = max(last.get(order, run[-1]["x"]), run[-1]["x"])
        counts[order] = counts.get(order, 0) + len(run)
    for run in runs:
        dense = _is_dense(run, most)
        for row in run:
            is_last = row["x"] == last[row["order"]]
            hollow = row["status"] in HOLLOW
            if not ((hollow and not dense) or len(run) == 1 or is_last):
                continue
            area = (
                44.0
                if is_last and shape is not None
                else 22.0
                if counts[row["order"]] > 60
                else 30.0
            )
            plain = shape_of(row["order"]) if row["order"] in lone else "circle"
            own = HOLLOW.get(row["status"], plain)
            yield {
                "series": row["series"],
                "x": row["x"],
                "value": row["value"],
                "fill": theme.PAPER.light if hollow else colours[row["series"]],
                "shape": (shape or shape_of(row["order"]))
                if is_last and shape is not None
                else own,
                "area": area,
            }


def draw_band(known: pd.DataFrame, scales: Scales) -> list[Spec]:
    """The area between two bounds, where both are known."""
    low = {row.period: row for row in list_rows(known[known["role"] == "low"])}
    rows = [
        {"x": row.x, "high": row.value, "low": low[row.period].value, "path": row.run}
        for row in list_rows(known[known["role"] == "high"].sort_values("x"))
        if row.period in low
    ]
    if not rows:
        return []
    return [
        make_marks("area", rows, color=theme.BAND.light).encode(
            **scales.encode("x", "high"),
            y2=far_end("low"),
            detail=Channel("path", "nominal"),
        )
    ]
