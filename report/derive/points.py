"""What a computed value rests on: its status, sources, day and notes, taken from its inputs.

Knows points and how they are matched, grouped and merged. Knows no operation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from report.model import Point, Status
from report.periods import MONTHS, Kind, Period

ZERO = Decimal(0)
LONGEST_PAUSE = 14
"""Days between two daily values that still count as neighbours: no holiday closes for longer."""

_WEAKNESS = {
    Status.FINAL: 0,
    Status.PROVISIONAL: 1,
    Status.ESTIMATE: 2,
    Status.FORECAST: 3,
}


@dataclass(frozen=True, slots=True)
class Basis:
    """What stands behind a value, joined from all points that went into it."""

    status: Status
    """The weakest of all."""
    sources: tuple[str, ...]
    published: date
    """The latest of all: the day on which the value could first be computed."""
    notes: tuple[str, ...]
    """Each once, in order of the points."""

    def merge(self, other: Basis) -> Basis:
        """What stands behind a value that rests on both."""
        if (self.status, self.sources, self.notes) == (other.status, other.sources, other.notes):
            return self if self.published >= other.published else other
        return Basis(
            weakest(self.status, other.status),
            tuple(sorted({*self.sources, *other.sources})),
            max(self.published, other.published),
            tuple(dict.fromkeys((*self.notes, *other.notes))),
        )

    def point(self, period: Period, value: Decimal) -> Point:
        """A value that rests on this."""
        notes = "; ".join(self.notes)
        # Adding zero turns -0 into 0 and 1E+2 into 100, as people write them.
        return Point(period, ZERO + value, self.status, self.sources, self.published, notes)


def weakest(*statuses: Status) -> Status:
    """The least firm: forecast before estimate before provisional before final."""
    return max(statuses, key=_WEAKNESS.__getitem__)


def amount(point: Point) -> Decimal:
    """The value of a point that has one; computing with any other is a mistake of the machine."""
    if point.value is None:
        raise ValueError(f"{point.period} has no value")
    return point.value


def total(values: Iterable[Decimal]) -> Decimal:
    """The sum, the same in whatever order the values come."""
    return sum(sorted(values), ZERO)


def clip(value: Decimal, low: Decimal, high: Decimal) -> Decimal:
    """A value that rounding in the last digit must not carry over a proven bound."""
    return min(max(value, low), high)


def rest_on(points: Iterable[Point]) -> Basis:
    """What stands behind a value computed from these points, of which there is at least one."""
    used = tuple(points)
    return Basis(
        weakest(*{point.status for point in used}),
        tuple(sorted({source for point in used for source in point.sources})),
        max(point.published for point in used),
        tuple(dict.fromkeys(point.note for point in used if point.note)),
    )


def rest_on_span(points: Sequence[Point], span: Period) -> Basis:
    """What stands behind a value for a whole span; provisional while its end is not covered."""
    basis = rest_on(points)
    if (span.end - points[-1].period.end).days > LONGEST_PAUSE:
        return replace(basis, status=weakest(basis.status, Status.PROVISIONAL))
    return basis


def rest_on_windows(points: Sequence[Point], width: int) -> list[Basis]:
    """What stands behind each window of so many points, in order.

    Merging twice changes nothing, so two overlapping blocks of a doubled size cover a window.
    """
    blocks = [rest_on((point,)) for point in points]
    size = 1
    while size * 2 <= width:
        blocks = [blocks[at].merge(blocks[at + size]) for at in range(len(blocks) - size)]
        size *= 2
    return [blocks[at].merge(blocks[at + width - size]) for at in range(len(points) - width + 1)]


def align(inputs: Sequence[Sequence[Point]]) -> Iterator[tuple[Point, ...]]:
    """The points of all inputs for each period that all of them know."""
    others = [{point.period: point for point in points} for points in inputs[1:]]
    for point in inputs[0]:
        if all(point.period in other for other in others):
            yield (point, *(other[point.period] for other in others))


def combine(
    inputs: Sequence[Sequence[Point]],
    formula: Callable[[Sequence[Decimal]], Decimal | None],
) -> Iterator[Point]:
    """A point for each period that all inputs know and for which the formula has an answer."""
    for row in align(inputs):
        value = formula([amount(point) for point in row])
        if value is not None:
            yield rest_on(row).point(row[0].period, value)


def length(kind: Kind) -> int:
    """Months in a period of this kind; a day counts as none."""
    return MONTHS.get(kind, 0)


def group_kinds(points: Iterable[Point]) -> list[list[Point]]:
    """Points of one length together, the shortest first."""
    groups: dict[Kind, list[Point]] = {}
    for point in points:
        groups.setdefault(point.period.kind, []).append(point)
    return [groups[kind] for kind in sorted(groups, key=length)]


def split_runs(points: Iterable[Point]) -> Iterator[list[Point]]:
    """Points that follow each other without a gap; a gap begins a new run."""
    for group in group_kinds(points):
        run: list[Point] = []
        for point in group:
            if run and not _is_next(run[-1].period, point.period):
                yield run
                run = []
            run.append(point)
        yield run


def _is_next(period: Period, later: Period) -> bool:
    """Days without a value (weekends, holidays) lie between neighbours, other periods do not."""
    if period.kind is Kind.DAY:
        return (later.start - period.start).days <= LONGEST_PAUSE
    return later == period.shift(1)


def group_spans(points: Iterable[Point], kind: Kind) -> dict[Period, list[Point]]:
    """Points by the longer period in which each begins."""
    spans: dict[Period, list[Point]] = {}
    for point in points:
        spans.setdefault(point.period.enclosing(kind), []).append(point)
    return spans
