"""How each value came to be what it is: the days on which it was published, and each revision.

Pure. Follows what a reader of the report would have seen: on every day the value of the source that
the series prefers, whoever published it. Forecasts are no releases: a history begins with the first
value that tells of something that has been.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from report.model import Observation, Reason, SeriesDeclaration, Status, View
from report.periods import Period
from report.vintages import choose_points


@dataclass(frozen=True, slots=True)
class Release:
    """What stood at the end of a day on which its source published it."""

    day: date
    value: Decimal
    status: Status
    source: str
    """The source whose value stood."""
    producer: str
    """Who published that source; its id where the report does not say."""
    reason: Reason
    """Why the row that stood was added."""


@dataclass(frozen=True, slots=True)
class History:
    """One period of a series with its releases, the oldest first; there is at least one."""

    series: str
    period: Period
    releases: tuple[Release, ...]

    @property
    def first(self) -> Release:
        """As first published."""
        return self.releases[0]

    @property
    def newest(self) -> Release:
        """As it is known now."""
        return self.releases[-1]

    def known_on(self, day: date) -> Release | None:
        """The last release by the end of a day."""
        return next((one for one in reversed(self.releases) if one.day <= day), None)


@dataclass(frozen=True, slots=True)
class Revision:
    """A value that took the place of another."""

    series: str
    period: Period
    old: Release
    new: Release

    @property
    def change(self) -> Decimal:
        """New less old, in the unit of the series."""
        return self.new.value - self.old.value


def list_histories(view: View, fewest: int = 1) -> list[History]:
    """The history of each period of each observed series, in order of name and period.

    Periods with fewer than `fewest` published values are left out: one is revised by none.
    """
    producers = {name: source.producer for name, source in view.report.sources.items()}
    return [
        history
        for name in sorted(view.vintages)
        if (series := view.series.get(name)) is not None
        and isinstance(series.declaration, SeriesDeclaration)
        for history in _follow(series.declaration, view.vintages[name], producers, fewest)
    ]


def _follow(
    series: SeriesDeclaration,
    rows: Iterable[Observation],
    producers: Mapping[str, str],
    fewest: int,
) -> Iterator[History]:
    by_period: dict[Period, list[Observation]] = {}
    for row in rows:
        by_period.setdefault(row.period, []).append(row)
    for period in sorted(name for name, found in by_period.items() if len(found) >= fewest):
        found = by_period[period]
        releases = tuple(_list_releases(series, found, producers))
        if releases:
            yield History(series.id, period, releases)


def _list_releases(
    series: SeriesDeclaration, rows: Sequence[Observation], producers: Mapping[str, str]
) -> Iterator[Release]:
    """What stood at the end of each day on which the source that stands then had published.

    Silence and forecasts are passed over. A day on which only a source of lower rank spoke is none:
    nobody has looked at the standing value again. One on which the standing source took its value
    back, so that another stands, is one.
    """
    if len(rows) == 1:  # as most periods have, so it is worth a way of its own
        (row,) = rows
        is_ranked = any(row.source in rank for rank in series.sources)
        is_silent = row.status in {Status.FORECAST, Status.RETRACTED}
        if is_ranked and row.value is not None and not is_silent:
            producer = producers.get(row.source, row.source)
            yield Release(row.published, row.value, row.status, row.source, producer, row.reason)
        return
    reasons = {(row.source, row.published): row.reason for row in rows}
    standing, days = "", sorted({row.published for row in rows})
    for day in days:
        known = rows if day == days[-1] else [row for row in rows if row.published <= day]
        for point in choose_points(series, known):
            if point.value is None or point.status is Status.FORECAST:
                continue
            source = point.sources[0]
            if point.published == day or source != standing:
                reason = reasons[source, point.published]
                producer = producers.get(source, source)
                yield Release(day, point.value, point.status, source, producer, reason)
            standing = source


def list_revisions(histories: Iterable[History]) -> list[Revision]:
    """Each change of a value, the newest first, then by series and period."""
    revisions = [
        Revision(history.series, history.period, old, new)
        for history in histories
        for old, new in zip(history.releases, history.releases[1:], strict=False)
        if old.value != new.value
    ]
    return sorted(revisions, key=lambda one: (-one.new.day.toordinal(), one.series, one.period))


@dataclass(frozen=True, slots=True)
class Triangle:
    """One series as known on successive days: a row for each period, a column for each day.

    Below the diagonal nothing is known yet, which gives it its name.
    """

    series: str
    days: tuple[date, ...]
    rows: tuple[tuple[Period, tuple[Decimal | None, ...]], ...]
    """The newest period last; None before the first release."""


def make_triangle(histories: Iterable[History], series: str) -> Triangle:
    """The revision triangle of a series, with the last day of publication of each year."""
    own = [history for history in histories if history.series == series]
    by_year: dict[int, date] = {}
    for day in sorted({release.day for history in own for release in history.releases}):
        by_year[day.year] = day
    days = tuple(by_year.values())
    rows = tuple(
        (
            history.period,
            tuple(
                known.value if (known := history.known_on(day)) is not None else None
                for day in days
            ),
        )
        for history in own
    )
    return Triangle(series, days, rows)
