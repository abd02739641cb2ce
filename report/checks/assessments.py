"""A status of a measure rests on evidence of its own time, and every measure has one."""

from __future__ import annotations

from collections.abc import Iterator

from report.facts import Entry, Facts
from report.model import Assessment, MeasureStatus
from report.periods import parse_period
from report.problems import Place, Problem


def check_assessments(facts: Facts) -> Iterator[Problem]:
    """A problem for each status without evidence, and for each measure without a status."""
    dates = {entry.value.id: entry.value.date for entry in facts.events}
    yield from _check_once(facts)
    for entry in facts.assessments:
        yield from _check_date(entry)
        yield from _check_amount(entry)
        for name in entry.value.evidence:
            if name in dates and _is_later(dates[name], entry.value.date):
                what = f"the event {name} of {dates[name]} is later than the status it proves"
                yield Problem(entry.at("evidence"), "E351", what, "date the status by its evidence")
    assessed = {entry.value.measure for entry in facts.assessments}
    assessed |= {row.get("measure", "") for name, row in facts.lost if name == "assessments"}
    for measure in facts.measures:
        if assessed and "assessments" not in facts.torn and measure.value.id not in assessed:
            what = f"the measure {measure.value.id!r} has no status"
            remedy = "add a row to data/assessments.csv; no_evidence where nothing was found"
            yield Problem(measure.at("id"), "E350", what, remedy)


def _check_once(facts: Facts) -> Iterator[Problem]:
    """A measure has one status from a day on."""
    seen: dict[tuple[str, str], Place] = {}
    for entry in facts.assessments:
        key = (entry.value.measure, entry.value.date)
        if key in seen:
            what = f"the status of {key[0]!r} from {key[1]} is already given at {seen[key]}"
            yield Problem(entry.at("date"), "E353", what, "keep one of them")
        seen.setdefault(key, entry.at(""))


def _check_date(entry: Entry[Assessment]) -> Iterator[Problem]:
    try:
        parse_period(entry.value.date)
    except ValueError:
        what = f"date is {entry.value.date!r}"
        yield Problem(entry.at("date"), "E202", what, "write 2016, 2016-03 or 2016-03-14")


def _check_amount(entry: Entry[Assessment]) -> Iterator[Problem]:
    nothing = entry.value.status is MeasureStatus.NO_EVIDENCE
    if nothing and entry.value.evidence:
        what = "status is no_evidence, yet evidence is named"
        yield Problem(entry.at("evidence"), "E352", what, "leave it empty or choose another status")
    if not nothing and not entry.value.evidence:
        what = f"status is {entry.value.status}, yet no evidence is named"
        yield Problem(entry.at("evidence"), "E352", what, "name events, institutions or series")


def _is_later(event: str, status: str) -> bool:
    """Whether an event surely happened after the span from which a status holds."""
    try:
        return parse_period(event).start > parse_period(status).end
    except ValueError:
        return False
