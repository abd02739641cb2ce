"""The facts that a frozen edition holds: names, hashes, and the report cut down to them.

Pure. A frozen edition sees no fact that was entered later, however early it is dated; and a fact
that it holds is told to be the same by its hash, taken of what the edition sees of it. A later
vintage, or a new rank of sources, is outside of that, and so changes nothing.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from pydantic import BaseModel

from report.model import Assessment, Observation, Point, Report, Series, View

LISTS: Mapping[str, str] = {
    "page": "pages",
    "question": "questions",
    "measure": "measures",
    "constraint": "constraints",
    "opportunity": "opportunities",
    "claim": "claims",
}
"""Declarations with an id, by the word that stands before it in a name."""


def keep_frozen(report: Report, names: Collection[str]) -> Report:
    """The report without what is not among the names that `list_facts` gave when it was frozen."""
    known = frozenset(names)
    kept: dict[str, Any] = {
        name: tuple(item for item in getattr(report, name) if f"{noun}/{item.id}" in known)
        for noun, name in {**LISTS, "event": "events", "institution": "institutions"}.items()
    }
    kept |= {
        name: {key: item for key, item in getattr(report, name).items() if f"{noun}/{key}" in known}
        for noun, name in (("series", "series"), ("series", "derived"), ("source", "sources"))
    }
    return replace(
        report,
        **kept,
        observations=tuple(row for row in report.observations if f"series/{row.series}" in known),
        assessments=tuple(item for item in report.assessments if _name_status(item) in known),
        targets=tuple(
            item for item in report.targets if f"target/{item.series}/{item.by}" in known
        ),
    )


def list_facts(view: View) -> dict[str, str]:
    """A hash of each fact that an edition sees, by name, such as `series/x` and `event/y`."""
    report = view.report
    facts: dict[str, Any] = {
        "report": _plain(report.declaration),
        "edition": _plain(view.edition.model_copy(update={"revisions": ()})),
    }
    for noun, name in LISTS.items():
        facts |= {f"{noun}/{item.id}": _plain(item) for item in getattr(report, name)}
    facts |= {f"event/{event.id}": _plain(event) for event in view.events}
    facts |= {f"institution/{body.id}": _plain(body) for body in view.institutions}
    facts |= {f"source/{name}": _plain(source) for name, source in report.sources.items()}
    facts |= {f"target/{item.series}/{item.by}": _plain(item) for item in report.targets}
    facts |= {
        f"series/{name}": list(_describe_series(series, view.vintages.get(name, ()), view))
        for name, series in view.series.items()
        if series.points
    }
    for statuses in view.assessments.values():
        facts |= {_name_status(item): _plain(item) for item in statuses}
    for group in report.figures:
        shown = [*group.tiles, *group.figures]
        facts[f"figures/{group.page}"] = [_plain(item) for item in shown]
    return {name: hash_value(fact) for name, fact in sorted(facts.items())}


def hash_value(value: object) -> str:
    """The hash of a plain value; the same for equal values whatever the order of their keys."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, allow_nan=False)
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(item: BaseModel) -> dict[str, Any]:
    # Fields left at their defaults are left out, so that a new field changes no hash.
    return item.model_dump(mode="json", exclude_defaults=True)


def _name_status(item: Assessment) -> str:
    return f"status/{item.measure}/{item.date}"


def _describe_series(
    series: Series, vintages: Iterable[Observation], view: View
) -> Iterator[object]:
    """What is seen of a series, without its ranks of sources, which later sources join."""
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
