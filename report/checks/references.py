"""Every name that points at something must point at something that is declared."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from report.declaring import ID_FORM
from report.facts import Entry, Facts
from report.problems import Problem, suggest

ANY = "*"
"""Stands among known names where any name may be declared."""
_ONE: Mapping[str, tuple[str, ...]] = {
    "pages": ("kind",),
    "questions": ("page",),
    "measures": ("page", "source"),
    "assessments": ("measure",),
    "claims": ("source",),
    "constraints": ("source",),
    "opportunities": ("source",),
    "events": ("page", "source"),
    "institutions": ("page", "source"),
    "series": ("unit",),
    "derived": ("unit",),
    "targets": ("series", "event"),
    "corrections": ("series", "source"),
}
"""Columns that hold the name of one thing, by table: the column is called what it names."""
_MANY = (
    ("pages", "source", "source"),
    ("assessments", "evidence", "evidence"),
    ("constraints", "addressed_by", "measure"),
    ("constraints", "indicators", "series"),
    ("opportunities", "addressed_by", "measure"),
    ("opportunities", "indicators", "series"),
    ("derived", "of", "series"),
)
"""Columns that hold several names: the table, the column, and what is named."""


def check_references(facts: Facts) -> Iterator[Problem]:
    """A problem for each name that is declared nowhere."""
    known = {
        "page": _ids(facts, "pages"),
        "source": _ids(facts, "sources"),
        "unit": _ids(facts, "units"),
        "measure": _ids(facts, "measures"),
        "series": _ids(facts, "series") | _ids(facts, "derived"),
        "question": _ids(facts, "questions"),
        "event": _ids(facts, "events"),
    }
    happenings = _ids(facts, "events") | _ids(facts, "institutions")
    known["happening"] = happenings
    known["evidence"] = happenings | known["series"]
    kinds = [kind.id for kind in facts.declaration.value.kinds] if facts.declaration else [ANY]
    known["kind"] = dict.fromkeys(kinds)
    declared = facts.declaration.value.event_kinds if facts.declaration else ()
    yield from _check_columns(facts, known)
    yield from _check_kinds(facts, declared)
    if facts.declaration is not None:
        for at, name in enumerate(facts.declaration.value.methods):
            yield from _check(facts.declaration, f"methods.{at}", name, "source", known["source"])
    for term in facts.glossary:
        if term.value.source:
            yield from _check(term, "source", term.value.source, "source", known["source"])
    yield from _check_claims(facts, known)
    yield from _check_preferences(facts, known["source"])
    yield from _check_observations(facts, known)
    yield from _check_figures(facts, known)


def _check_columns(facts: Facts, known: Mapping[str, Mapping[str, None]]) -> Iterator[Problem]:
    """Names in tables."""
    for table, fields in _ONE.items():
        for entry in getattr(facts, table):
            for name in fields:
                yield from _check(entry, name, getattr(entry.value, name), name, known[name])
    for table, name, noun in _MANY:
        for entry in getattr(facts, table):
            for value in getattr(entry.value, name):
                yield from _check(entry, name, value, noun, known[noun])


def _ids(facts: Facts, table: str) -> dict[str, None]:
    """Declared ids, those in faulty entries as well: their faults are said once, not at each use.

    Of a list that could not be read any name may be declared, and so it may where the fault is in
    an id itself.
    """
    ids = [entry.value.id for entry in getattr(facts, table)]
    ids += _name_lost(facts, table)
    return dict.fromkeys([*ids, ANY] if table in facts.torn else ids)


def _name_lost(facts: Facts, table: str) -> list[str]:
    """Ids of faulty entries of a list; any, where the fault is in an id itself."""
    ids = [fields.get("id", "") for name, fields in facts.lost if name == table]
    return [name if re.fullmatch(ID_FORM, name) else ANY for name in ids]


def _check(
    entry: Entry[Any], column: str, value: str, noun: str, known: Mapping[str, None]
) -> Iterator[Problem]:
    if value not in known and ANY not in known:
        yield Problem(entry.at(column), "E310", f"unknown {noun} {value!r}", suggest(value, known))


def _check_kinds(facts: Facts, declared: Sequence[str]) -> Iterator[Problem]:
    """Kinds of events, of which a report that declares none has any."""
    others = f"write one of {', '.join(declared)}, or declare it in data/report.yml"
    for entry in facts.events if declared else ():
        if (kind := entry.value.kind) not in declared:
            remedy = suggest(kind, declared, others)
            yield Problem(entry.at("kind"), "E310", f"unknown event kind {kind!r}", remedy)


def _check_claims(facts: Facts, known: Mapping[str, Mapping[str, None]]) -> Iterator[Problem]:
    """What a claim is tested with; fields that may be empty name nothing then."""
    figures = [figure.value.id for _, figure in facts.figures]
    figures += _name_lost(facts, "figures")
    figures += [ANY] if "figures" in facts.torn else []
    kinds = {**known, "figure": dict.fromkeys(figures)}
    for entry in facts.claims:
        claim = entry.value
        for name in claim.series:
            yield from _check(entry, "series", name, "series", kinds["series"])
        for name in claim.evidence:
            yield from _check(entry, "evidence", name, "evidence", kinds["happening"])
        single = {"first": "series", "unit": "unit", "figure": "figure"}
        for column, noun in single.items():
            if value := getattr(claim, column):
                yield from _check(entry, column, value, noun, kinds[noun])


def _check_preferences(facts: Facts, sources: Mapping[str, None]) -> Iterator[Problem]:
    for entry in facts.series:
        for source in (name for rank in entry.value.sources for name in rank):
            yield from _check(entry, "sources", source, "source", sources)


def _check_observations(facts: Facts, known: Mapping[str, Mapping[str, None]]) -> Iterator[Problem]:
    """Series and sources of observations; a source must also be among the series' preferred."""
    declared = {entry.value.id: entry.value for entry in facts.series}
    computed = {entry.value.id for entry in facts.derived}
    listed = {
        name: {source for rank in series.sources for source in rank}
        for name, series in declared.items()
    }
    for entry in facts.observations:
        row = entry.value
        if row.series in computed:
            what = f"series {row.series!r} is computed and holds no observations"
            yield Problem(entry.at("series"), "E311", what, "write the inputs instead")
        elif row.series not in declared:
            yield from _check(entry, "series", row.series, "series", known["series"])
        elif row.source in known["source"] and row.source not in listed[row.series]:
            what = f"source {row.source!r} has no rank in series {row.series!r}"
            remedy = "add it to the series' sources in data/series.csv"
            yield Problem(entry.at("source"), "E312", what, remedy)
        yield from _check(entry, "source", row.source, "source", known["source"])


def _check_figures(facts: Facts, known: Mapping[str, Mapping[str, None]]) -> Iterator[Problem]:
    pages = {**known["page"], "home": None, "revisions": None}
    editions = {"": None, **_ids(facts, "editions")}
    shown: list[tuple[str, Entry[Any]]] = [*facts.tiles, *facts.figures]
    for _, entry in shown:
        yield from _check(entry, "", entry.edition, "edition", editions)
    for page, tile in facts.tiles:
        yield from _check(tile, "", page, "page", pages)
        yield from _check(tile, "series", tile.value.series, "series", known["series"])
    for page, figure in facts.figures:
        yield from _check(figure, "", page, "page", pages)
        for question in figure.value.answers:
            yield from _check(figure, "answers", question, "question", known["question"])
