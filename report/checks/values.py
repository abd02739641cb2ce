"""Values must be possible: within their unit's range, of their series' kind, known in time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from report.facts import Entry, Facts
from report.model import Frequency, Observation, Reason, SeriesDeclaration, Status, Unit
from report.periods import Kind, parse_period
from report.problems import Problem

KINDS = {
    Frequency.ANNUAL: {Kind.YEAR},
    Frequency.QUARTERLY: {Kind.QUARTER},
    Frequency.MONTHLY: {Kind.MONTH},
    Frequency.DAILY: {Kind.DAY},
    Frequency.YEAR_TO_DATE: {Kind.MONTH, Kind.QUARTER, Kind.HALF},
    Frequency.TWELVE_MONTHS: {Kind.MONTH},
    Frequency.IRREGULAR: set(Kind),
}
WITHOUT_VALUE = {Status.NOT_PUBLISHED, Status.RETRACTED}


def check_values(facts: Facts, today: date) -> Iterator[Problem]:
    """A problem for each observation that cannot be right."""
    units = {entry.value.id: entry.value for entry in facts.units}
    series = {entry.value.id: entry.value for entry in facts.series}
    read = {entry.value.id: entry.value.accessed for entry in facts.sources}
    for entry in facts.observations:
        declaration = series.get(entry.value.series)
        yield from _check_status(entry)
        yield from _check_times(entry, today, read.get(entry.value.source))
        if declaration is not None:
            yield from _check_period(entry, declaration)
            if (unit := units.get(declaration.unit)) is not None:
                yield from _check_range(entry, unit)
    yield from _check_dates(facts, today)
    yield from _check_happenings(facts, today)


def _check_status(entry: Entry[Observation]) -> Iterator[Problem]:
    row = entry.value
    if row.status in WITHOUT_VALUE and row.value is not None:
        what = f"status is {row.status}, yet there is a value"
        yield Problem(entry.at("value"), "E210", what, "leave the value empty")
    if row.status not in WITHOUT_VALUE and row.value is None:
        what = "the value is empty"
        remedy = "write it, or take the row away; not_published where the source says so"
        yield Problem(entry.at("value"), "E211", what, remedy)
    if row.reason is Reason.CORRECTION and not row.note:
        what = "a correction without a note"
        yield Problem(entry.at("note"), "E212", what, "say what was wrong")


def _check_times(entry: Entry[Observation], today: date, read: date | None) -> Iterator[Problem]:
    row = entry.value
    if row.published > today:
        what = f"published on {row.published}, which is in the future"
        yield Problem(entry.at("published"), "E220", what, "write the day it became known")
    elif read is not None and row.published > read:
        what = f"published on {row.published}, after the source was read on {read}"
        remedy = (
            "correct the day; where the source was read again since, "
            "give the day of that reading as `accessed`"
        )
        yield Problem(entry.at("published"), "E221", what, remedy)
    if row.period.start > row.published and row.status is not Status.FORECAST:
        what = f"period {row.period} begins after its publication on {row.published}"
        remedy = "correct one of them, or give it the status forecast"
        yield Problem(entry.at("period"), "E222", what, remedy)


def _check_period(entry: Entry[Observation], series: SeriesDeclaration) -> Iterator[Problem]:
    row = entry.value
    if row.period.kind not in KINDS[series.frequency]:
        what = f"period {row.period} does not fit the {series.frequency} series {series.id!r}"
        kinds = " or ".join(sorted(KINDS[series.frequency]))
        yield Problem(entry.at("period"), "E223", what, f"write a {kinds}")


def _check_range(entry: Entry[Observation], unit: Unit) -> Iterator[Problem]:
    value = entry.value.value
    if value is None:
        return
    too_small = unit.minimum is not None and value < unit.minimum
    too_large = unit.maximum is not None and value > unit.maximum
    if too_small or too_large:
        what = f"{value} is outside the range of the unit {unit.id!r}"
        low = unit.minimum if unit.minimum is not None else "anything"
        high = unit.maximum if unit.maximum is not None else "anything"
        yield Problem(entry.at("value"), "E213", what, f"write a value from {low} to {high}")


def _check_dates(facts: Facts, today: date) -> Iterator[Problem]:
    """Days of sources and editions."""
    for source in facts.sources:
        stated = source.value.published
        if stated and not _is_day_month_or_year(stated):
            what = f"published is {stated!r}"
            yield Problem(source.at("published"), "E202", what, "write 2016, 2016-03 or 2016-03-14")
        elif stated and stated[:10] > today.isoformat():
            what = f"published is {stated}, which is in the future"
            yield Problem(source.at("published"), "E220", what, "correct it")
        if source.value.accessed > today:
            what = f"accessed is {source.value.accessed}, which is in the future"
            yield Problem(source.at("accessed"), "E220", what, "correct it")
    for edition in facts.editions:
        if edition.value.cut_off > edition.value.released:
            what = "the cut-off lies after the release"
            yield Problem(edition.at("cut_off"), "E224", what, "correct one of the two days")
        elif edition.value.cut_off > today:
            what = f"the cut-off {edition.value.cut_off} is in the future"
            remedy = "wait until then, or name a past day"
            yield Problem(edition.at("cut_off"), "E225", what, remedy)


def _is_day_month_or_year(text: str) -> bool:
    try:
        return parse_period(text).kind in {Kind.DAY, Kind.MONTH, Kind.YEAR}
    except ValueError:
        return False


def _check_happenings(facts: Facts, today: date) -> Iterator[Problem]:
    """Days of events and institutions."""
    for event in facts.events:
        if not _is_day_month_or_year(event.value.date):
            what = f"date is {event.value.date!r}"
            yield Problem(event.at("date"), "E202", what, "write 2016, 2016-03 or 2016-03-14")
    entries: list[Entry[Any]] = [*facts.events, *facts.institutions]
    for entry in entries:
        if entry.value.published > today:
            what = f"published on {entry.value.published}, which is in the future"
            yield Problem(entry.at("published"), "E220", what, "write the day it became known")
