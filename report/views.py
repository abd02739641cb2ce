"""The whole of the facts as one edition sees them.

Pure. Joins what was known at the cut-off with what is computed from it; nothing published later
gets through, be it a value, an event or an institution.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Set
from dataclasses import replace

from report.amendments import amend_series, choose_corrections, strike_rows
from report.claims import judge_claims, needed_series
from report.derive import derive_series
from report.derive.order import Compute, compute_points
from report.horizons import narrow_report
from report.model import Assessment, Edition, Observation, Report, View
from report.periods import parse_period
from report.vintages import as_of


def make_view(report: Report, edition: Edition, compute: Compute = compute_points) -> View:
    """All facts as known at the end of the edition's cut-off day, and the verdicts they give.

    `compute` may know series already.
    """
    report = narrow_report(report, edition)
    view = view_at(report, edition, compute)
    claims = [claim for claim in report.claims if claim.made_on <= edition.cut_off]
    if not claims:
        return view
    part = _take_part(report, needed_series(report))

    def look(day: dt.date) -> View:
        return view_at(part, edition.model_copy(update={"cut_off": day}), compute)

    return replace(view, claims=judge_claims(claims, view, look))


def view_at(report: Report, edition: Edition, compute: Compute = compute_points) -> View:
    """All series, events and institutions as known at the end of the edition's cut-off day."""
    known = tuple(row for row in report.observations if row.published <= edition.cut_off)
    vintages: dict[str, list[Observation]] = {}
    for row in known:
        vintages.setdefault(row.series, []).append(row)
    corrections = choose_corrections(report.corrections, known, edition.cut_off)
    standing = strike_rows(known, corrections)
    observed = amend_series(as_of(report.series, standing, edition.cut_off), corrections)
    series = observed | derive_series(report.derived, observed, compute)
    events = tuple(event for event in report.events if event.published <= edition.cut_off)
    bodies = tuple(body for body in report.institutions if body.published <= edition.cut_off)
    evidence = {event.id for event in events} | {body.id for body in bodies}
    evidence |= {name for name, found in series.items() if found.known}
    return View(
        report=report,
        edition=edition,
        series=series,
        events=events,
        institutions=bodies,
        assessments=_assess(report, edition, evidence),
        vintages={name: tuple(rows) for name, rows in vintages.items()},
        corrections=corrections,
    )


def _take_part(report: Report, names: set[str]) -> Report:
    """The report with only these series: an earlier day's view need not compute the others."""
    return replace(
        report,
        series={name: series for name, series in report.series.items() if name in names},
        derived={name: series for name, series in report.derived.items() if name in names},
        observations=tuple(row for row in report.observations if row.series in names),
    )


def _assess(report: Report, edition: Edition, known: Set[str]) -> dict[str, tuple[Assessment, ...]]:
    """The statuses of each measure that held by the cut-off, in order of their dates.

    A status is known once all that it rests on is.
    """
    statuses: dict[str, list[Assessment]] = {}
    for assessment in report.assessments:
        is_past = parse_period(assessment.date).start <= edition.cut_off
        if is_past and all(name in known for name in assessment.evidence):
            statuses.setdefault(assessment.measure, []).append(assessment)
    return {
        name: tuple(sorted(found, key=lambda item: parse_period(item.date)))
        for name, found in statuses.items()
    }
