"""A figure as it would look if each value stood as it was first published, and what then differs.

Pure. Takes the portion of the facts that the figure is made from, puts the first published value of
each period in the place of the newest, computes derived series from those, and sends both through
the same forms. Only a figure whose table then reads otherwise has an original. Knows nothing of
markup, or of how a reader changes from one to the other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from report.amendments import amend_series, strike_rows
from report.derive import derive_series
from report.figures import Figure, FigureRefused, Order, build_figure
from report.histories import Release, list_histories
from report.model import DerivedDeclaration, Observation, Point, Series, View
from report.periods import Period
from report.tables import Cell, Table

MARK = "--first"
"""What the id of an original ends in; ids of figures hold no two hyphens in a row."""


@dataclass(frozen=True)
class Original:
    """A figure as first published, beside the figure as revised."""

    figure: Figure
    cells: Mapping[tuple[int, int], Cell]
    """The original cell for each cell of the revised table that differs, by row and column."""

    @property
    def count(self) -> int:
        """How many numbers differ."""
        return len(self.cells)


def build_original(order: Order, revised: Figure) -> Original | None:
    """The original of a figure; None where it shows the same, or its form cannot show it."""
    view = restore_first(order.view)
    if view is None:
        return None
    say = order.catalogue.gettext
    first = replace(
        order,
        declaration=order.declaration.model_copy(update={"id": order.declaration.id + MARK}),
        view=view,
        title=say("As first published: %(title)s", title=order.title),
        takeaway=say(
            "The same figure with each value as it was first published. "
            "The table gives both numbers wherever they differ."
        ),
        notes="",
    )
    try:
        figure = build_figure(first)
    except FigureRefused:
        return None
    cells = pair_cells(revised.table, figure.table)
    return Original(figure, cells) if cells else None


def restore_first(view: View) -> View | None:
    """The view with first published values; None where that changes no value.

    A value that is known to be wrong is corrected here as well. Of a period for which there have
    only been forecasts, what stands is kept.
    """
    standing = strike_rows(
        [row for rows in view.vintages.values() for row in rows], view.corrections
    )
    kept: dict[str, list[Observation]] = {}
    for row in standing:
        kept.setdefault(row.series, []).append(row)
    past = replace(view, vintages={name: tuple(rows) for name, rows in kept.items()})
    first = {(one.series, one.period): one.first for one in list_histories(past)}
    observed = {
        name: Series(
            series.declaration,
            tuple(_stand_back(point, first.get((name, point.period))) for point in series.points),
        )
        for name, series in view.series.items()
        if not isinstance(series.declaration, DerivedDeclaration)
    }
    observed = amend_series(observed, view.corrections)
    if all(_list_values(observed[name]) == _list_values(view.series[name]) for name in observed):
        return None
    derived = {
        name: series.declaration
        for name, series in view.series.items()
        if isinstance(series.declaration, DerivedDeclaration)
    }
    computed = observed | derive_series(derived, observed)
    return replace(view, series={name: computed[name] for name in view.series})


def _stand_back(point: Point, first: Release | None) -> Point:
    """A point as it was first published, which most points are."""
    if point.value is None or first is None:
        return point
    stood = (first.value, first.status, first.source, first.day)
    if stood == (point.value, point.status, *point.sources, point.published):
        return point
    return replace(
        point,
        value=first.value,
        status=first.status,
        sources=(first.source,),
        published=first.day,
    )


def _list_values(series: Series) -> list[tuple[Period, object]]:
    return [(point.period, point.value) for point in series.points]


def pair_cells(revised: Table, first: Table) -> dict[tuple[int, int], Cell]:
    """Each cell with a number of which the first table says something else, with what it says.

    Cells go together by the words of their row and column; a number that reads the same after
    rounding does not differ.
    """
    columns = _number_names([f"{column.title}|{column.series}" for column in first.columns])
    rows = _number_names([row[0].text if row else "" for row in first.rows])
    heads = list(_number_names([f"{c.title}|{c.series}" for c in revised.columns]))
    names = list(_number_names([row[0].text if row else "" for row in revised.rows]))
    found = {}
    for at, row in enumerate(revised.rows):
        there = rows.get(names[at])
        for column, cell in enumerate(row):
            place = columns.get(heads[column])
            if there is None or place is None or cell.value is None:
                continue
            other = first.rows[there][place]
            if other.value is not None and other.text != cell.text:
                found[at, column] = other
    return found


def _number_names(names: list[str]) -> dict[tuple[str, int], int]:
    """The place of each name, with its number among those that are called the same."""
    seen: Counter[str] = Counter()
    places = {}
    for at, name in enumerate(names):
        places[name, seen[name]] = at
        seen[name] += 1
    return places
