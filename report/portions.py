"""The portion of the facts that one figure is made from, and a key that names all of it.

Pure. A figure is made from its portion and from nothing else, so figures with one key are equal,
and a fact outside of a portion cannot make a kept figure old. Knows which facts a declaration can
reach: the series and events that it names anywhere, with what these are computed from.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace

from report.model import (
    DerivedDeclaration,
    FigureDeclaration,
    Observation,
    Report,
    Series,
    View,
)
from report.spellings import spell_values

CHOOSING = {"timeline"}
"""Forms that choose among all events, also by page; the others show those that a figure names."""


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
    report = replace(
        _empty(view.report),
        pages=view.report.pages if declaration.form in CHOOSING else (),
        sources={n: source for n, source in view.report.sources.items() if n in sources},
    )
    corrections = tuple(one for one in view.corrections if one.series in series)
    return View(report, view.edition, series, events, vintages=vintages, corrections=corrections)


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


class Keys:
    """Makes keys of portions; each fact is written out once, however many figures share it."""

    def __init__(self) -> None:
        self._known: dict[int, tuple[object, bytes]] = {}
        self._sum = ""

    def make(self, portion: View, others: Iterable[object]) -> str:
        """A name for all that a figure is made from: its portion, and whatever else goes in."""
        digest = hashlib.sha256()
        for part in (portion, portion.report):
            for field in fields(part):
                value = getattr(part, field.name)
                if not isinstance(value, Report):
                    digest.update(f"\n{field.name}\n".encode())
                    for fact in self._list(value):
                        digest.update(fact)
        for other in others:
            digest.update(hashlib.sha256(repr(other).encode()).digest())
        return digest.hexdigest()

    def sum_once(self, find: Callable[[], object]) -> str:
        """A hash of what all figures share, which is looked up for the first of them."""
        self._sum = self._sum or hashlib.sha256(repr(find()).encode()).hexdigest()
        return self._sum

    def _list(self, value: object) -> Iterator[bytes]:
        """A hash of each fact of a field."""
        if isinstance(value, Mapping):
            for name, fact in value.items():
                yield hashlib.sha256(str(name).encode()).digest()
                yield self._write(fact)
        elif isinstance(value, tuple):
            yield from map(self._write, value)
        else:
            yield self._write(value)

    def _write(self, fact: object) -> bytes:
        # The fact is held as well, for the number of one that is gone may go to another.
        if id(fact) not in self._known:
            self._known[id(fact)] = fact, hashlib.sha256(_spell_out(fact).encode()).digest()
        return self._known[id(fact)][1]


def _spell_out(fact: object) -> str:
    """All of a fact."""
    match fact:
        case Series(declaration, points):
            return f"{declaration!r}\x1e{spell_values(points)}"
        case (Observation(), *_):
            return spell_values(fact)
    return repr(fact)
