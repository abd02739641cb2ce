"""The portion of the facts that one figure is made from, and a key that names all of it.

Pure. A figure is made from its portion and from nothing else, so figures with one key are equal,
and a fact outside of a portion cannot make a kept figure old. Knows which facts a declaration can
reach: the series and events that it names anywhere, with what these are computed from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import fields, replace

from report.model import DerivedDeclaration, FigureDeclaration, Report, View

CHOOSING = {"timeline"}
"""Forms that choose among all events; the others show the events that a figure names."""


def take_portion(view: View, declaration: FigureDeclaration) -> View:
    """The view with only what the figure can show."""
    named = set(_list_names(declaration.model_dump()))
    series = {name: view.series[name] for name in sorted(_reach(view, named))}
    vintages = {name: view.vintages[name] for name in series if name in view.vintages}
    events = tuple(
        event for event in view.events if event.id in named or declaration.form in CHOOSING
    )
    sources = {name for one in series.values() for point in one.points for name in point.sources}
    sources |= {row.source for rows in vintages.values() for row in rows}
    sources |= {event.source for event in events}
    report = replace(_empty(view.report), sources={
        name: source for name, source in view.report.sources.items() if name in sources
    })  # fmt: skip
    return View(report, view.edition, series, events, vintages=vintages)


def _reach(view: View, names: Iterable[str]) -> set[str]:
    """The series among these names, and those that they are computed from."""
    found: set[str] = set()
    asked = list(names)
    while asked:
        name = asked.pop()
        if name in view.series and name not in found:
            found.add(name)
            declaration = view.series[name].declaration
            if isinstance(declaration, DerivedDeclaration):
                asked += declaration.of
    return found


def _empty(report: Report) -> Report:
    """A report of the same name and units, without any other fact."""
    kept = {"declaration", "units"}
    emptied = {
        field.name: type(getattr(report, field.name))()
        for field in fields(report)
        if field.name not in kept
    }
    return replace(report, **emptied)


def _list_names(value: object) -> Iterator[str]:
    """All texts within a declaration, keys too."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield str(key)
            yield from _list_names(item)
    elif isinstance(value, (list, tuple)):
        for item in value:
            yield from _list_names(item)


def make_key(portion: View, others: Iterable[object]) -> str:
    """A name for all that a figure is made from: its portion, and whatever else goes into it."""
    digest = hashlib.sha256(repr(portion).encode())
    for other in others:
        digest.update(b"\0")
        digest.update(repr(other).encode())
    return digest.hexdigest()
