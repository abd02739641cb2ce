"""How each value came to be what it is: the days on which it was published, and each revision.

Pure. Follows what a reader of the report would have seen: on every day the value of the source that
the series prefers, whoever published it. Forecasts are no releases: a history begins with the first
value that tells of something that has been.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from report.model import Observation, Reason, SeriesDeclaration, Status, View
from report.periods import Period
from report.vintages import choose_points


@dataclass(frozen=True, slots=True)
class Release:
    """What stood at the end of a day on which some source published on a period."""

    day: date
    value: Decimal
    status: Status
    source: str
    """The source whose value stood; not always the one that published on that day."""
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


def list_histories(view: View) -> list[History]:
    """The history of each period of each observed series, in order of name and period."""
    return [
        history
        for name in sorted(view.vintages)
        if (series := view.series.get(name)) is not None
        and isinstance(series.declaration, SeriesDeclaration)
        for history in _follow(series.declaration, view.vintages[name])
    ]


def _follow(series: SeriesDeclaration, rows: Iterable[Observation]) -> Iterator[History]:
    by_period: dict[Period, list[Observation]] = {}
    for row in rows:
        by_period.setdefault(row.period, []).append(row)
    for period, found in sorted(by_period.items()):
        releases = tuple(_list_releases(series, found))
        if releases:
            yield History(series.id, period, releases)


def _list_releases(series: SeriesDeclaration, rows: Sequence[Observation]) -> Iterator[Release]:
    """What stood at the end of each day of publication; silence and forecasts are passed over."""
    reasons = {(row.source, row.published): row.reason for row in rows}
    for day in sorted({row.published for row in rows}):
        for point in choose_points(series, [row for row in rows if row.published <= day]):
            if point.value is not None and point.status is not Status.FORECAST:
                source = point.sources[0]
                reason = reasons[source, point.published]
                yield Release(day, point.value, point.status, source, reason)


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
