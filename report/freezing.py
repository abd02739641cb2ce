"""The facts that a frozen edition holds: names, hashes, and the report cut down to them.

Pure. A frozen edition sees no fact that was entered later, however early it is dated: no series, no
event, no row of a known series, no correction, kind, method or language. A fact that it holds is
told to be the same by its hash, taken of what the edition sees of it: whatever pages show of a
source or of the report itself, such as its publisher, is part of that.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from report.corrections import Correction
from report.manifests import Manifest
from report.model import Assessment, Observation, Point, Report, Series, Target, View
from report.siblings import list_languages

LISTS: Mapping[str, str] = {
    "page": "pages",
    "question": "questions",
    "measure": "measures",
    "constraint": "constraints",
    "opportunity": "opportunities",
    "claim": "claims",
    "term": "glossary",
}
"""Declarations with an id, by the word that stands before it in a name."""

UNSHOWN = {"description", "repository", "languages", "kinds", "event_kinds", "methods"}
"""What no edition shows of the report's own declaration, or what has a name of its own."""


def hold_report(report: Report, manifests: Mapping[str, Manifest]) -> Report:
    """The report that knows what each frozen edition holds, and what else it offered."""
    return replace(
        report,
        frozen={
            name: frozenset([*manifest.facts, *_name_rows(manifest.rows)])
            for name, manifest in manifests.items()
        },
        offers={name: manifest.offers for name, manifest in manifests.items()},
    )


def keep_frozen(report: Report, names: Collection[str]) -> Report:
    """The report without what is not among the names that were written down when it was frozen.

    They are those that `list_facts` gave, and those of its rows.
    """
    known = frozenset(names)
    kept: dict[str, Any] = {
        name: tuple(item for item in getattr(report, name) if f"{noun}/{item.id}" in known)
        for noun, name in {**LISTS, "event": "events", "institution": "institutions"}.items()
    }
    kept |= {
        name: {key: item for key, item in getattr(report, name).items() if f"{noun}/{key}" in known}
        for noun, name in (("series", "series"), ("series", "derived"), ("source", "sources"))
    }
    declared = report.declaration
    own = {
        "kinds": tuple(kind for kind in declared.kinds if f"kind/{kind.id}" in known),
        "methods": tuple(name for name in declared.methods if f"method/{name}" in known),
    }
    return replace(
        report,
        **kept,
        declaration=declared.model_copy(update=own),
        observations=tuple(row for row in report.observations if _name_row(row) in known),
        assessments=tuple(item for item in report.assessments if _name_status(item) in known),
        targets=tuple(item for item in report.targets if _name_target(item) in known),
        corrections=tuple(item for item in report.corrections if _name_correction(item) in known),
    )


def list_facts(view: View) -> dict[str, str]:
    """A hash of each fact that an edition sees, by name, such as `series/x` and `event/y`.

    Every declared series is among them: one of which nothing was known must stay known as such.
    """
    report = view.report
    declared = _plain(report.declaration)
    facts: dict[str, Any] = {
        "report": {key: value for key, value in declared.items() if key not in UNSHOWN},
        "edition": _plain(view.edition.model_copy(update={"revisions": ()})),
    }
    facts |= {f"language/{name}": name for name in list_languages(report, view.edition)}
    facts |= {f"kind/{kind.id}": _plain(kind) for kind in report.declaration.kinds}
    facts |= {f"method/{name}": name for name in report.declaration.methods}
    for noun, name in LISTS.items():
        facts |= {f"{noun}/{item.id}": _plain(item) for item in getattr(report, name)}
    facts |= {f"event/{event.id}": _plain(event) for event in view.events}
    facts |= {f"institution/{body.id}": _plain(body) for body in view.institutions}
    facts |= {f"source/{name}": _plain(source) for name, source in report.sources.items()}
    facts |= {_name_target(item): _plain(item) for item in report.targets}
    facts |= {
        _name_correction(item): _plain(item)
        for item in report.corrections
        if item.date <= view.edition.cut_off
    }
    facts |= {
        f"series/{name}": list(_describe_series(series, view.vintages.get(name, ()), view))
        for name, series in view.series.items()
    }
    for statuses in view.assessments.values():
        facts |= {_name_status(item): _plain(item) for item in statuses}
    for group in report.figures:
        shown = [*group.tiles, *group.figures]
        facts[f"figures/{group.page}"] = [_plain(item) for item in shown]
    return {name: hash_value(fact) for name, fact in sorted(facts.items())}


def list_rows(view: View) -> dict[str, str]:
    """Periods of the rows that an edition sees, by `series source day`.

    Without their values, which are in the hash of their series.
    """
    periods: dict[str, list[str]] = {}
    for rows in view.vintages.values():
        for row in rows:
            periods.setdefault(_name_batch(row), []).append(str(row.period))
    return {name: " ".join(sorted(found)) for name, found in sorted(periods.items())}


def hash_value(value: object) -> str:
    """The hash of a plain value; the same for equal values whatever the order of their keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(item: BaseModel) -> dict[str, Any]:
    # Fields left at their defaults are left out, so that a new field changes no hash.
    return item.model_dump(mode="json", exclude_defaults=True)


def _name_status(item: Assessment) -> str:
    return f"status/{item.measure}/{item.date}"


def _name_target(item: Target) -> str:
    return f"target/{item.series}/{item.by}/{item.event}"


def _name_correction(item: Correction) -> str:
    return f"correction/{item.series}/{item.period}/{item.source}/{item.date}"


def _name_batch(row: Observation) -> str:
    return f"{row.series} {row.source} {row.published}"


def _name_row(row: Observation) -> str:
    return f"row/{_name_batch(row)} {row.period}"


def _name_rows(batches: Mapping[str, str]) -> Iterator[str]:
    """The names of all rows that `list_rows` wrote down."""
    for name, periods in batches.items():
        yield from (f"row/{name} {period}" for period in periods.split())


def _describe_series(
    series: Series, vintages: Collection[Observation], view: View
) -> Iterator[object]:
    """What is seen of a series, without its ranks of sources, which later sources join.

    Of a series of which nothing was known no page shows anything.
    """
    if not series.points and not vintages:
        return
    declared = _plain(series.declaration)
    declared.pop("sources", None)
    yield declared
    yield _plain(view.report.units[series.declaration.unit])
    yield [_write_point(point) for point in series.points]
    yield sorted(_write_row(row) for row in vintages)


def _write_point(point: Point) -> list[str]:
    value = "" if point.value is None else str(point.value)
    fixed = [str(point.period), value, point.status, str(point.published), point.note]
    return [*fixed, *point.sources]


def _write_row(row: Observation) -> list[str]:
    value = "" if row.value is None else str(row.value)
    fixed = [str(row.period), value, row.status, str(row.published), row.source]
    return [*fixed, row.locator, row.note, row.reason]
