"""The whole of the facts as one edition sees them.

Pure. Joins what was known at the cut-off with what is computed from it; nothing published later
gets through, be it a value, an event or an institution.
"""

from __future__ import annotations

from report.derive import derive_series
from report.model import Edition, Observation, Report, View
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
        vintages={name: tuple(rows) for name, rows in vintages.items()},
    )
