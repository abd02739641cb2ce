"""What of the report's declarations lies within an edition's horizon.

Pure. `report.vintages` picks values; this module picks what is declared around them: measures and
other words of an article count from the day of the article, a source from its first use or its own
day, and figures belong to the edition whose words place them. Nothing is changed but left out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import TypeVar

from report.freezing import keep_frozen
from report.hindsight import hide_hindsight
from report.items import Item
from report.model import Edition, PageFigures, Report, Source
from report.periods import parse_period

Some = TypeVar("Some", bound=Item)


def date_source(source: Source) -> dt.date:
    """The day from which a source counts as known.

    The last day of the span that it states, or the day on which it was read, if that came first.
    """
    if not source.published:
        return source.accessed
    return min(parse_period(source.published).end, source.accessed)


def choose_figures(report: Report, edition: Edition) -> tuple[PageFigures, ...]:
    """The tiles and figures of an edition: its own, else those of all without their own."""
    own = tuple(group for group in report.figures if group.edition == edition.id)
    return own or tuple(group for group in report.figures if not group.edition)


def narrow_report(report: Report, edition: Edition) -> Report:
    """The report with only what could be declared at the end of the edition's cut-off day."""
    day = edition.cut_off
    if edition.id in report.frozen:
        report = keep_frozen(report, report.frozen[edition.id])
    if edition.retrospective:
        report = hide_hindsight(report, day.year)
    out = {source.id for source in report.sources.values() if date_source(source) <= day}
    measures = tuple(measure for measure in report.measures if measure.source in out)
    known = {measure.id for measure in measures}
    events = {event.id for event in report.events if event.published <= day}
    kept = out | set(_list_uses(report, day)) | set(report.declaration.methods)
    figures = choose_figures(report, edition)
    placed = {figure.id for group in figures for figure in group.figures}
    return replace(
        report,
        measures=measures,
        constraints=_narrow_items(report.constraints, out, known),
        opportunities=_narrow_items(report.opportunities, out, known),
        assessments=tuple(item for item in report.assessments if item.measure in known),
        targets=tuple(target for target in report.targets if target.event in events),
        sources={name: source for name, source in report.sources.items() if name in kept},
        figures=figures,
        claims=tuple(
            claim if claim.figure in placed else claim.model_copy(update={"figure": ""})
            for claim in report.claims
        ),
    )


def _narrow_items(
    items: tuple[Some, ...], sources: set[str], measures: set[str]
) -> tuple[Some, ...]:
    """The items of articles that were known, each with the measures that were."""
    return tuple(
        item.model_copy(
            update={"addressed_by": tuple(name for name in item.addressed_by if name in measures)}
        )
        for item in items
        if item.source in sources
    )


def _list_uses(report: Report, day: dt.date) -> Iterator[str]:
    """Sources of everything that was known; daily values count from a day of their own."""
    yield from (row.source for row in report.observations if row.published <= day)
    yield from (event.source for event in report.events if event.published <= day)
    yield from (body.source for body in report.institutions if body.published <= day)
