"""The values of an edition as they may be passed on: every vintage, and none that is withheld.

Pure. A source that does not let its values be passed on has its rows kept without value, place and
note, so that whoever takes the data sees what is missing and where to get it. A computed value is
withheld where any source behind it is. Knows rows as texts; knows nothing of files.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from report.model import DerivedDeclaration, Observation, Point, Series, Source, View
from report.periods import Period
from report.schemas import WITHHELD


class Row(NamedTuple):
    """One value of one series, as texts in the order of columns; empty for nothing to say."""

    period: str
    value: str
    shown: str
    """What the edition shows for the period, where it rests on this row."""
    status: str
    published: str
    source: str
    """Of a computed value all that are behind it, with a space between each two."""
    locator: str
    reason: str
    note: str


@dataclass(frozen=True, slots=True)
class Gap:
    """What is withheld of a series because of one source."""

    source: str
    count: int
    first: str
    last: str


@dataclass(frozen=True, slots=True)
class Holding:
    """A series of which the edition knows something, with its rows in order of period and day."""

    series: Series
    rows: tuple[Row, ...]
    gaps: tuple[Gap, ...]

    @property
    def is_computed(self) -> bool:
        """Whether it is computed from other series."""
        return isinstance(self.series.declaration, DerivedDeclaration)

    @property
    def withheld(self) -> int:
        """How many rows are without their value because of a source's terms."""
        return sum(row.status == WITHHELD for row in self.rows) if self.gaps else 0

    @property
    def is_shown_whole(self) -> bool:
        """Whether all that the edition shows of it may be passed on."""
        return sum(row.shown != "" for row in self.rows) == len(self.series.known) > 0


def list_holdings(view: View) -> list[Holding]:
    """All series of which something was known by the cut-off, in order of their ids."""
    sources = view.report.sources
    found = []
    for name, series in sorted(view.series.items()):
        vintages = view.vintages.get(name, ())
        if isinstance(series.declaration, DerivedDeclaration):
            rows = tuple(_list_points(series.points, sources))
        else:
            rows = tuple(_list_vintages(vintages, series.points, sources))
        if rows:
            gaps = tuple(_list_gaps(rows, sources)) if _any_withheld(rows) else ()
            found.append(Holding(series, rows, gaps))
    return found


def _any_withheld(rows: Iterable[Row]) -> bool:
    return any(row.status == WITHHELD for row in rows)


def _list_vintages(
    vintages: Iterable[Observation], points: Iterable[Point], sources: Mapping[str, Source]
) -> Iterator[Row]:
    """Observed rows, each point's value on the row that it rests on."""
    ordered = sorted(vintages, key=lambda row: (row.period, row.published, row.source))
    standing = _find_standing(ordered, points)
    for at, row in enumerate(ordered):
        period, day = write_period(row.period), write_day(row.published)
        if row.value is not None and not sources[row.source].redistributable:
            yield Row(period, "", "", WITHHELD, day, row.source, "", "", "")
        else:
            shown = write_number(standing[at].value) if at in standing else ""
            head = (period, write_number(row.value), shown, row.status.value, day)
            yield Row(*head, row.source, row.locator, row.reason.value, row.note)


def _find_standing(ordered: Sequence[Observation], points: Iterable[Point]) -> dict[int, Point]:
    """The place of the row that each point rests on.

    A corrected value counts from the day of its correction, and is of its source's newest row.
    """
    by_place = {(point.period, point.sources[0]): point for point in points}
    standing: dict[tuple[Period, str], int] = {}
    for at, row in enumerate(ordered):
        place = row.period, row.source
        if place in by_place and (
            place not in standing or ordered[standing[place]].published != by_place[place].published
        ):
            standing[place] = at
    return {at: by_place[place] for place, at in standing.items()}


def _list_points(points: Iterable[Point], sources: Mapping[str, Source]) -> Iterator[Row]:
    """Computed rows."""
    for point in points:
        period, day = write_period(point.period), write_day(point.published)
        names = " ".join(point.sources)
        if not all(sources[name].redistributable for name in point.sources):
            yield Row(period, "", "", WITHHELD, day, names, "", "", "")
            continue
        value = write_number(point.value)
        yield Row(period, value, value, point.status.value, day, names, "", "", point.note)


def _list_gaps(rows: Iterable[Row], sources: Mapping[str, Source]) -> Iterator[Gap]:
    """What is withheld, by source in order of name."""
    periods: dict[str, list[str]] = {}
    for row in rows:
        if row.status == WITHHELD:
            for name in row.source.split(" "):
                if not sources[name].redistributable:
                    periods.setdefault(name, []).append(row.period)
    for name, found in sorted(periods.items()):
        yield Gap(name, len(found), found[0], found[-1])


# How values are written.


def write_number(value: Decimal | None) -> str:
    """A plain decimal with every digit, e.g. `0.0000001`; nothing for no value."""
    if value is None:
        return ""
    text = str(value)
    return format(value, "f") if "E" in text else text


write_period = lru_cache(maxsize=16_384)(str)
"""A period as the data write it; most are asked for many times."""
write_day = lru_cache(maxsize=16_384)(str)
"""A day as `2016-03-14`."""
