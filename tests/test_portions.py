"""A figure sees its portion of the facts, and its key changes with these and no others."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import fields, replace
from decimal import Decimal
from typing import Any

import pytest

from report.model import FigureDeclaration, Observation, Point, Reason, Status, View
from report.periods import parse_period
from report.portions import Keys, take_portion
from tests.examples import make_second_view

LINE = FigureDeclaration(
    id="use", form="line", title={"en": "T"}, takeaway={"en": "T"}, series=("hill.trips",)
)
TIMELINE = LINE.model_copy(update={"form": "timeline", "series": (), "options": {"pages": ["x"]}})
SHARE = LINE.model_copy(update={"series": ("hill.trips.share",)})
ROWS = LINE.model_copy(update={"series": (), "options": {"rows": [{"series": ["river.trips"]}]}})


def key_of(view: View, declaration: FigureDeclaration = LINE) -> str:
    """The key of a figure's portion."""
    return Keys().make(take_portion(view, declaration), ())


def change_point(view: View, name: str) -> View:
    """The view after the newest value of a series was changed a little."""
    series = view.series[name]
    last = replace(series.points[-1], value=(series.points[-1].value or Decimal(0)) + 1)
    changed = replace(series, points=(*series.points[:-1], last))
    return replace(view, series={**view.series, name: changed})


def rename_sources(view: View) -> View:
    """The view after all sources got another title."""
    sources = {
        name: source.model_copy(update={"producer": "New"})
        for name, source in view.report.sources.items()
    }
    return replace(view, report=replace(view.report, sources=sources))


def rename_units(view: View) -> View:
    """The view after all units got other words."""
    units = {
        name: unit.model_copy(update={"title": {"en": "New"}})
        for name, unit in view.report.units.items()
    }
    return replace(view, report=replace(view.report, units=units))


def revise(view: View) -> View:
    """The view after an older value of the series had been another."""
    rows = view.vintages["hill.trips"]
    changed = (replace(rows[0], note="misprint"), *rows[1:])
    return replace(view, vintages={**view.vintages, "hill.trips": changed})


@pytest.mark.parametrize(
    "change",
    [lambda view: change_point(view, "hill.trips"), rename_sources, rename_units, revise],
)
def test_a_key_changes_with_what_the_figure_shows(change: Callable[[View], View]) -> None:
    """Values, their history, sources and units of its own series."""
    view = make_second_view()

    assert key_of(change(view)) != key_of(view)


POINT: dict[str, Any] = {
    "period": parse_period("1999"),
    "value": Decimal("0.125"),
    "status": Status.ESTIMATE,
    "sources": ("another",),
    "published": dt.date(1999, 1, 1),
    "note": "another",
}
ROW: dict[str, Any] = {
    **{name: one for name, one in POINT.items() if name != "sources"},
    "series": "hill",
    "source": "another",
    "locator": "another",
    "reason": Reason.CORRECTION,
}


@pytest.mark.parametrize("name", POINT)
def test_a_key_changes_with_each_part_of_a_value(name: str) -> None:
    """Whether or not it is drawn: notes and tables tell all of it."""
    view = make_second_view()
    series = view.series["hill.trips"]
    first = replace(series.points[0], **{name: POINT[name]})
    other = replace(series, points=(first, *series.points[1:]))

    assert set(POINT) == {field.name for field in fields(Point)}
    assert key_of(replace(view, series={**view.series, "hill.trips": other})) != key_of(view)


@pytest.mark.parametrize("name", ROW)
def test_a_key_changes_with_each_part_of_a_row(name: str) -> None:
    """Of rows that do not stand as well."""
    view = make_second_view()
    rows = view.vintages["hill.trips"]
    first = replace(rows[0], **{name: ROW[name]})
    other = {**view.vintages, "hill.trips": (first, *rows[1:])}

    assert set(ROW) == {field.name for field in fields(Observation)}
    assert key_of(replace(view, vintages=other)) != key_of(view)


def test_a_key_stays_when_other_facts_change() -> None:
    """Values of other series, events, measures and words of the report."""
    view = make_second_view()
    other = replace(change_point(view, "river.trips"), events=(), institutions=(), claims=())
    other = replace(other, report=replace(other.report, measures=(), observations=(), figures=()))

    assert key_of(other) == key_of(view)
    assert key_of(other, TIMELINE) != key_of(view, TIMELINE)


def test_a_portion_holds_what_a_declaration_names_anywhere() -> None:
    """Series in options, and those that a computed one is made from."""
    view = make_second_view()

    assert list(take_portion(view, LINE).series) == ["hill.trips"]
    assert list(take_portion(view, ROWS).series) == ["river.trips"]
    assert set(take_portion(view, SHARE).series) > {"hill.trips.share", "hill.trips"}
    assert take_portion(view, TIMELINE).events == view.events
    assert take_portion(view, LINE).events == ()
    assert take_portion(view, TIMELINE).report.pages == view.report.pages
    assert take_portion(view, LINE).report.pages == ()


def test_a_key_tells_what_else_went_in() -> None:
    """Neighbours cannot run into each other."""
    portion = take_portion(make_second_view(), LINE)
    keys = {
        Keys().make(portion, others) for others in [(), ("a",), ("a", "b"), ("ab",), (("a", "b"),)]
    }

    assert len(keys) == 5


def test_keys_made_together_are_those_made_apart() -> None:
    """What one figure's key has written out does not enter another's."""
    view, keys = make_second_view(), Keys()
    declarations = (LINE, ROWS, SHARE, TIMELINE, LINE)
    together = [keys.make(take_portion(view, one), ()) for one in declarations]

    assert together == [key_of(view, one) for one in declarations]
    assert len(set(together)) == 4
