"""The whole of the facts as one edition sees them.

Pure. Joins what was known at the cut-off with what is computed from it; nothing published later
gets through, be it a value, an event or an institution.
"""

from __future__ import annotations

from report.derive import derive_series
from report.model import Assessment, Edition, Observation, Report, View
from report.periods import parse_period
from report.vintages import as_of


def make_view(report: Report, edition: Edition) -> View:
    """All series, events and institutions as known at the end of the edition's cut-off day."""
    known = tuple(row for row in report.observations if row.published <= edition.cut_off)
    vintages: dict[str, list[Observation]] = {}
    for row in known:
        vintages.setdefault(row.series, []).append(row)
    observed = as_of(report.series, known, edition.cut_off)
    return View(
        report=report,
        edition=edition,
        series=observed | derive_series(report.derived, observed),
        events=tuple(event for event in report.events if event.published <= edition.cut_off),
        institutions=tuple(
            body for body in report.institutions if body.published <= edition.cut_off
        ),
        assessments=_assess(report, edition),
        vintages={name: tuple(rows) for name, rows in vintages.items()},
    )


def _assess(report: Report, edition: Edition) -> dict[str, tuple[Assessment, ...]]:
    """The statuses of each measure that held by the cut-off, in order of their dates."""
    statuses: dict[str, list[Assessment]] = {}
    for assessment in report.assessments:
        if parse_period(assessment.date).start <= edition.cut_off:
            statuses.setdefault(assessment.measure, []).append(assessment)
    return {
        name: tuple(sorted(found, key=lambda item: parse_period(item.date)))
        for name, found in statuses.items()
    }
