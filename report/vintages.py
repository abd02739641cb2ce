"""The facts as they were known on a day.

Pure. Every value has two times: the period it is about and the day it was published. `as_of` picks,
for each period of a series, what was known at the end of a day by the series' declared preference
of sources. Adding what was published later never changes an earlier view.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from functools import lru_cache

from report.model import Observation, Point, Series, SeriesDeclaration, Status
from report.periods import Period


def as_of(
    declarations: Mapping[str, SeriesDeclaration],
    observations: Iterable[Observation],
    cut_off: date,
) -> dict[str, Series]:
    """Each declared series as known at the end of `cut_off`, which may leave it without points."""
    known: dict[str, list[Observation]] = defaultdict(list)
    for observation in observations:
        if observation.published <= cut_off:
            known[observation.series].append(observation)
    return {
        name: Series(declaration, choose_points(declaration, known.get(name, ())))
        for name, declaration in declarations.items()
    }


def choose_points(
    declaration: SeriesDeclaration, observations: Iterable[Observation]
) -> tuple[Point, ...]:
    """One point for each period that any listed source has a say on.

    Within one source the row published last stands. A retraction takes the source's value back, so
    that the next source has its turn. Of the values that stand, the best rank wins, and within a
    rank the one published last (then the source's name decides, so that the order of rows never
    does). Only where no value stands does "not published" show.
    """
    ranks = _rank_sources(declaration.sources)
    newest: dict[Period, dict[str, Observation]] = {}
    for row in observations:
        if row.source in ranks:
            found = newest.setdefault(row.period, {})
            if row.source not in found or _stands_over(row, found[row.source]):
                found[row.source] = row
    chosen = []
    for found in newest.values():
        rows = [row for row in found.values() if row.status is not Status.RETRACTED]
        if len(rows) > 1:
            rows.sort(
                key=lambda row: (
                    row.value is None,
                    ranks[row.source],
                    -row.published.toordinal(),
                    row.source,
                )
            )
        chosen += rows[:1]
    return tuple(_to_point(row) for row in sorted(chosen, key=lambda row: row.period))


@lru_cache(maxsize=8192)
def _rank_sources(preference: tuple[tuple[str, ...], ...]) -> Mapping[str, int]:
    """The rank of each source, the best being 0; it is asked for at each period of a series."""
    return {source: rank for rank, sources in enumerate(preference) for source in sources}


def _stands_over(row: Observation, other: Observation) -> bool:
    """Whether a row of the same source and period replaces another."""
    return row.published > other.published


def _to_point(row: Observation) -> Point:
    return Point(row.period, row.value, row.status, (row.source,), row.published, row.note)


def first_published(
    observations: Iterable[Observation],
) -> dict[tuple[str, object], Observation]:
    """For each series and period the value that was published first."""
    first: dict[tuple[str, object], Observation] = {}
    for row in observations:
        key = (row.series, row.period)
        if row.value is not None and (
            key not in first
            or (row.published, row.source) < (first[key].published, first[key].source)
        ):
            first[key] = row
    return first
