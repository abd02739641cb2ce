"""A correction is needed: the source still has the wrong value, and some edition would show it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from report.amendments import Key, find_newest, locate_correction
from report.corrections import Action, Correction
from report.facts import Entry, Facts
from report.model import Observation, SeriesDeclaration
from report.problems import Place, Problem
from report.vintages import choose_points

NEEDS = {Action.OVERRIDE: {"value"}, Action.SCALE: {"factor"}}
"""What an action takes beside the value that it expects."""


def check_corrections(facts: Facts, today: date) -> Iterator[Problem]:
    """A problem for each correction that is not whole, or not needed any more."""
    entries = facts.corrections
    rows = [entry.value for entry in facts.observations]
    newest = find_newest(rows, (locate_correction(entry.value) for entry in entries))
    computed = {entry.value.id for entry in facts.derived}
    seen: dict[Key, Place] = {}
    for entry in entries:
        key = locate_correction(entry.value)
        yield from _check_parts(entry, today)
        if key in seen:
            what = f"this value is already corrected at {seen[key]}"
            yield Problem(entry.at(""), "E381", what, "keep one of the two")
            continue
        seen[key] = entry.at("")
        if entry.value.series in computed:
            what = f"series {entry.value.series!r} is computed and holds no observations"
            yield Problem(entry.at("series"), "E311", what, "correct its inputs instead")
        elif _is_judged(facts, entry.value):
            yield from _check_need(facts, entry, newest.get(key))


def _check_parts(entry: Entry[Correction], today: date) -> Iterator[Problem]:
    correction = entry.value
    needs = NEEDS.get(correction.action, set())
    for name in ("value", "factor"):
        given = getattr(correction, name) is not None
        if given and name not in needs:
            what = f"{name} is given, which {correction.action} does not take"
            yield Problem(entry.at(name), "E380", what, "take it away, or correct the action")
        elif not given and name in needs:
            what = f"{name} is missing, which {correction.action} needs"
            yield Problem(entry.at("action"), "E380", what, "add it, or correct the action")
    for name in ("date", "ended"):
        day = getattr(correction, name)
        if day is not None and day > today:
            what = f"{name} is {day}, which is in the future"
            yield Problem(entry.at(name), "E220", what, "write the day on which it was found")


def _is_judged(facts: Facts, correction: Correction) -> bool:
    """Whether all that its need rests on was read and declared; else that is said already."""
    series = {entry.value.id for entry in facts.series}
    sources = {entry.value.id for entry in facts.sources}
    lost = {fields.get("series") for name, fields in facts.lost if name == "observations"}
    named = correction.series in series - lost and correction.source in sources
    return named and "observations" not in facts.torn


def _check_need(
    facts: Facts, entry: Entry[Correction], row: Observation | None
) -> Iterator[Problem]:
    """The guard: what it expects is still there, unless it is said to have ended."""
    correction = entry.value
    if row is None:
        what = f"{correction.source!r} has no value of {correction.series!r} for "
        remedy = "correct series, period or source, or take the correction away"
        yield Problem(entry.at("source"), "E382", f"{what}{correction.period}", remedy)
        return
    found = "no value" if row.value is None else str(row.value)
    has_error = row.value == correction.expect
    if not has_error and correction.ended is None:
        what = f"expected {correction.expect}, but {correction.source!r} now has {found}"
        remedy = "it has put this right: write `ended`, or take the correction away"
        yield Problem(entry.at("expect"), "E383", what, remedy)
    elif has_error and correction.ended is not None:
        what = f"{correction.source!r} still has {found}, so this has not ended"
        remedy = "take `ended` away, or add the row by which it was put right"
        yield Problem(entry.at("ended"), "E383", what, remedy)
    elif has_error and not _is_shown(facts, correction):
        what = "no edition would show this value: another stands in its place"
        yield Problem(entry.at("source"), "E384", what, "take the correction away")


def _is_shown(facts: Facts, correction: Correction) -> bool:
    """Whether the wrong value stands in an edition, or in the one to come."""
    key = locate_correction(correction)
    series = next(e.value for e in facts.series if e.value.id == correction.series)
    rows = [e.value for e in facts.observations if e.value.series == correction.series]
    days = [e.value.cut_off for e in facts.editions if e.value.cut_off >= correction.date]
    return any(_stands(series, key, rows, day) for day in days or [date.max])


def _stands(series: SeriesDeclaration, key: Key, rows: list[Observation], day: date) -> bool:
    known = [row for row in rows if row.period == key[1] and row.published <= day]
    return any(point.sources == (key[2],) for point in choose_points(series, known))
