"""What has a name has one name, and no two things share it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from report.facts import Entry, Facts
from report.problems import Place, Problem

TABLES = (
    *("editions", "pages", "questions", "measures", "claims", "constraints", "opportunities"),
    *("sources", "units", "events", "institutions", "glossary"),
)


def check_keys(facts: Facts) -> Iterator[Problem]:
    """A problem for each id or key that is given twice, at the second place."""
    for name in TABLES:
        yield from _check_ids(getattr(facts, name))
    yield from _check_ids([*facts.series, *facts.derived])
    for edition in sorted({entry.edition for _, entry in facts.figures}):
        yield from _check_ids([entry for _, entry in facts.figures if entry.edition == edition])
    yield from _check_observations(facts)
    for entry in facts.editions:
        place = entry.at("")
        if place.file != f"data/editions/{entry.value.id}.yml":
            what = f"the edition's id is {entry.value.id!r}, the file's name another"
            yield Problem(entry.at("id"), "E302", what, f"rename it {entry.value.id}.yml")


def _check_ids(entries: list[Entry[Any]]) -> Iterator[Problem]:
    seen: dict[str, Place] = {}
    for entry in entries:
        name = entry.value.id
        if name in seen:
            what = f"id {name!r} is already given at {seen[name]}"
            yield Problem(entry.at("id"), "E301", what, "keep one of them")
        else:
            seen[name] = entry.at("")


def _check_observations(facts: Facts) -> Iterator[Problem]:
    seen: dict[tuple[object, ...], Entry[Any]] = {}
    for entry in facts.observations:
        row = entry.value
        key = (row.series, row.period, row.source, row.published)
        if key in seen:
            what = (
                f"{row.series}, {row.period}, {row.source}, {row.published} "
                f"is already given at {seen[key].at('')}"
            )
            yield Problem(entry.at("series"), "E303", what, "keep one row, or correct its key")
        else:
            seen[key] = entry
