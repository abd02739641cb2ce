"""Operations that bring many periods of one series together: moving and longer-period values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, localcontext
from itertools import accumulate
from typing import Literal

from pydantic import Field

from report.derive.operations import (
    WIDE,
    Inputs,
    Options,
    Result,
    Spans,
    Takes,
    Units,
    operation,
    refuse_cumulative,
)
from report.derive.points import (
    ZERO,
    amount,
    group_kinds,
    group_spans,
    length,
    rest_on_span,
    rest_on_windows,
    split_runs,
    total,
)
from report.model import Frequency, Point
from report.periods import Kind, Period

DAYS_A_MONTH = 12
"""Fewest daily values for a month where the declaration says nothing: well over half its trading
days, and reached in months with long holidays."""

LENGTHS = {
    Frequency.DAILY: 0,
    Frequency.MONTHLY: 1,
    Frequency.YEAR_TO_DATE: 1,
    Frequency.TWELVE_MONTHS: 1,
    Frequency.QUARTERLY: 3,
    Frequency.ANNUAL: 12,
}
"""Months in a period of each frequency; irregular series have none that can be told."""

_GIVES = {
    "year": Frequency.ANNUAL,
    "quarter": Frequency.QUARTERLY,
    "month": Frequency.MONTHLY,
}


class WindowOptions(Options):
    """How many periods are averaged."""

    window: int = Field(ge=2, le=1000)


class PeriodOptions(Options):
    """The longer period, and what it takes for one to count."""

    to: Literal["year", "quarter", "month"]
    complete: bool = True
    """Whether all months (quarters, halves) must be known. Says nothing about days."""
    min_points: int | None = Field(default=None, ge=1, le=366)
    """Fewest daily values, or fewest of any kind where `complete` is false."""

    @property
    def kind(self) -> Kind:
        """The longer period's length."""
        return Kind(self.to)


def _refuse_longer(frequency: Frequency, options: PeriodOptions) -> str:
    if LENGTHS.get(frequency, 0) >= length(options.kind):
        return f"{frequency.value} values have nothing to bring together in a {options.to}"
    return ""


def _refuse_longer_or_cumulative(frequency: Frequency, options: PeriodOptions) -> str:
    return refuse_cumulative(frequency, options) or _refuse_longer(frequency, options)


def _refuse_for_last(frequency: Frequency, options: PeriodOptions) -> str:
    """The last year-to-date value of a year is the year's, but that of a quarter is not."""
    if frequency is Frequency.YEAR_TO_DATE and options.to != "year":
        return refuse_cumulative(frequency, options)
    return _refuse_longer(frequency, options)


def _gives(options: PeriodOptions) -> Frequency | None:
    return _GIVES[options.to]


def sum_windows(values: Sequence[Decimal], width: int) -> list[Decimal]:
    """The sum of each window of so many values; computed from running sums, without loss."""
    with localcontext(WIDE):
        sums = list(accumulate(values, initial=ZERO))
        return [sums[at + width] - sums[at] for at in range(len(values) - width + 1)]


@operation(Takes(("series",)), WindowOptions, Units(Result.SAME), Spans(refuses=refuse_cumulative))
def rolling_mean(inputs: Inputs, options: WindowOptions) -> Iterable[Point]:
    """Trailing moving average: (x_t + x_{t−1} + … + x_{t−w+1}) / w, dated at its last period.

    Source: NIST/SEMATECH e-Handbook of Statistical Methods, section 6.4.2. A gap begins anew: no
    point until w periods in a row are known. Daily values count as neighbours across weekends and
    holidays of up to 14 days. Zeros and negatives are averaged as they are.
    """
    width = options.window
    for run in split_runs(inputs[0]):
        sums = sum_windows([amount(point) for point in run], width)
        bases = rest_on_windows(run, width)
        for at, (value, basis) in enumerate(zip(sums, bases, strict=True)):
            yield basis.point(run[at + width - 1].period, value / width)


@operation(
    Takes(("series",)),
    PeriodOptions,
    Units(Result.SAME),
    Spans(_gives, _refuse_longer_or_cumulative),
)
def period_mean(inputs: Inputs, options: PeriodOptions) -> Iterable[Point]:
    """Unweighted mean of the values in a longer period: Σx / n.

    Source: IMF (2017), Quarterly National Accounts Manual, on stocks and prices over time. With
    `complete` all months or quarters must be known. Of daily values at least `min_points` (12 for
    each month unless declared). A period whose last 14 days are not reached is provisional.
    """
    for span, points in _gather(inputs[0], options):
        mean = total(map(amount, points)) / len(points)
        yield rest_on_span(points, span).point(span, mean)


@operation(
    Takes(("series",)),
    PeriodOptions,
    Units(Result.SAME),
    Spans(_gives, _refuse_longer_or_cumulative),
)
def period_sum(inputs: Inputs, options: PeriodOptions) -> Iterable[Point]:
    """Sum of the values in a longer period: Σx, for flows.

    Source: IMF (2017), Quarterly National Accounts Manual, on annual flows as sums of quarters.
    Gaps are treated as by `period_mean`; a day without a value adds nothing.
    """
    for span, points in _gather(inputs[0], options):
        yield rest_on_span(points, span).point(span, total(map(amount, points)))


@operation(Takes(("series",)), PeriodOptions, Units(Result.SAME), Spans(_gives, _refuse_for_last))
def period_last(inputs: Inputs, options: PeriodOptions) -> Iterable[Point]:
    """Last value in a longer period, for stocks and rates at the end.

    Source: IMF (2017), Quarterly National Accounts Manual, on stocks at the end of a period. With
    `complete` the last month or quarter itself must be known. Of daily values the last one stands,
    provisional if it lies more than 14 days before the end.
    """
    for group in group_kinds(inputs[0]):
        for span, points in _longer(group, options.kind):
            last = points[-1]
            daily = last.period.kind is Kind.DAY
            ends = daily or not options.complete or last.period.end == span.end
            if ends and len(points) >= (options.min_points or 1):
                yield rest_on_span((last,), span).point(span, amount(last))


def mean_within(points: Sequence[Point], span: Period) -> tuple[Decimal, list[Point]] | None:
    """The mean of points of one length over a span that they must fill, and those points."""
    within = [p for p in points if span.start <= p.period.start and p.period.end <= span.end]
    if not within or not _is_enough(within, span.kind, complete=True, least=None):
        return None
    return total(map(amount, within)) / len(within), within


def _gather(
    points: Iterable[Point], options: PeriodOptions
) -> Iterator[tuple[Period, list[Point]]]:
    """Each longer period with its points, of one length, where there are enough of them."""
    for group in group_kinds(points):
        for span, within in _longer(group, options.kind):
            if _is_enough(
                within, options.kind, complete=options.complete, least=options.min_points
            ):
                yield span, within


def _longer(group: Sequence[Point], kind: Kind) -> Iterable[tuple[Period, list[Point]]]:
    """Longer periods of points of one length; none where these are not shorter."""
    if length(group[0].period.kind) >= length(kind):
        return ()
    return group_spans(group, kind).items()


def _is_enough(points: Sequence[Point], kind: Kind, *, complete: bool, least: int | None) -> bool:
    """Whether points of one length stand for a longer period."""
    each = length(points[0].period.kind)
    if each == 0:
        return len(points) >= (least or DAYS_A_MONTH * length(kind))
    if complete:
        return len(points) * each == length(kind)
    return len(points) >= (least or 1)
