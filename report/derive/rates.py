"""Operations that compare a series with its own past: growth, change, index, average growth."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from decimal import Decimal

from pydantic import Field, model_validator

from report.derive.averages import mean_within
from report.derive.operations import (
    Inputs,
    Options,
    PeriodOption,
    Result,
    Spans,
    Takes,
    Units,
    operation,
    refuse_cumulative,
)
from report.derive.points import amount, group_kinds, rest_on
from report.model import Frequency, Point
from report.periods import Kind, Period


class LagOptions(Options):
    """Which earlier period is compared with: `years` or `lag`; without either, one year."""

    years: int | None = Field(default=None, ge=1, le=100)
    """The same period so many years earlier."""
    lag: int | None = Field(default=None, ge=1, le=1000)
    """So many periods earlier, e.g. 1 for month on month; days are calendar days."""

    @model_validator(mode="after")
    def _has_one(self) -> LagOptions:
        if self.years and self.lag:
            raise ValueError("give either years or lag")
        return self

    def earlier(self, period: Period) -> Period:
        """The period to compare with."""
        return period.shift(-self.lag) if self.lag else period.years_earlier(self.years or 1)


class IndexOptions(Options):
    """The period that is set to 100."""

    base: PeriodOption
    """E.g. 2015; of a monthly series the mean of the twelve months."""


class AverageOptions(Options):
    """Between which periods: `start` and `end` once, or trailing `years` at every period."""

    start: PeriodOption | None = None
    end: PeriodOption | None = None
    years: int | None = Field(default=None, ge=1, le=100)

    @model_validator(mode="after")
    def _has_span(self) -> AverageOptions:
        start, end = self.start, self.end
        if (start is None) != (end is None) or (start is None) == (self.years is None):
            raise ValueError("give either start and end, or years")
        if start and end and (start.kind is not end.kind or start.kind is Kind.DAY or start >= end):
            raise ValueError("start and end are years, halves, quarters or months, in this order")
        return self


def _refuse_lag(frequency: Frequency, options: LagOptions) -> str:
    return refuse_cumulative(frequency, options) if options.lag else ""


@operation(Takes(("series",)), LagOptions, Units(Result.RATE), Spans(refuses=_refuse_lag))
def growth(inputs: Inputs, options: LagOptions) -> Iterable[Point]:
    """Growth in percent on an earlier period: 100 × (x_t − x_s) / x_s.

    Source: OECD (2007), Data and Metadata Reporting and Presentation Handbook, on growth rates. No
    point where the earlier period is unknown, zero or negative: growth from there has no meaning.
    A value that falls below zero has fallen by more than 100 percent.
    """
    return _compare(
        inputs[0],
        options,
        lambda now, then: 100 * (now - then) / then if then > 0 else None,
    )


@operation(Takes(("series",)), LagOptions, Units(Result.STEP), Spans(refuses=_refuse_lag))
def change(inputs: Inputs, options: LagOptions) -> Iterable[Point]:
    """Difference to an earlier period: x_t − x_s; between percentages, in percentage points.

    Source: OECD (2007), Data and Metadata Reporting and Presentation Handbook, on changes in
    levels. No point where the earlier period is unknown. Zeros and negatives are taken as they are.
    """
    return _compare(inputs[0], options, lambda now, then: now - then)


def _compare(
    points: Iterable[Point],
    options: LagOptions,
    formula: Callable[[Decimal, Decimal], Decimal | None],
) -> Iterator[Point]:
    by_period = {point.period: point for point in points}
    for period, point in by_period.items():
        then = by_period.get(options.earlier(period))
        if then is not None:
            value = formula(amount(point), amount(then))
            if value is not None:
                yield rest_on((then, point)).point(period, value)


@operation(Takes(("series",)), IndexOptions, Units(Result.INDEX))
def index(inputs: Inputs, options: IndexOptions) -> Iterable[Point]:
    """Index with a base of 100: 100 × x_t / x_base.

    Source: OECD (2007), Data and Metadata Reporting and Presentation Handbook, on index reference
    periods. A base longer than the series' periods is their mean, and must be whole (of days, 12
    for each month). No point at all where the base is unknown, zero or negative. Zeros and
    negatives elsewhere are divided as they are.
    """
    for group in group_kinds(inputs[0]):
        found = mean_within(group, options.base)
        if found and found[0] > 0:
            base, points = found
            basis = rest_on(points)
            for point in group:
                value = 100 * amount(point) / base
                yield basis.merge(rest_on((point,))).point(point.period, value)


@operation(Takes(("series",)), AverageOptions, Units(Result.RATE))
def cagr(inputs: Inputs, options: AverageOptions) -> Iterable[Point]:
    """Compound annual growth in percent: 100 × ((x_end / x_start)^(1/years) − 1).

    Source: OECD (2007), Data and Metadata Reporting and Presentation Handbook, on average annual
    growth. With `start` and `end` one point, at the end; with `years` one at each period that has
    one so many years earlier. Only the two ends count. No point where one of them is unknown, the
    start is zero or negative, or the end is negative; an end of zero gives −100.
    """
    by_period = {point.period: point for point in inputs[0]}
    if options.start and options.end:
        pairs = [(options.start, options.end)]
    else:
        pairs = [(period.years_earlier(options.years or 1), period) for period in by_period]
    for start, end in pairs:
        if start in by_period and end in by_period:
            first, last = amount(by_period[start]), amount(by_period[end])
            if first > 0 and last >= 0:
                months = 12 * (options.years or 0) or _months_between(start, end)
                value = 100 * ((last / first) ** (Decimal(12) / months) - 1)
                yield rest_on((by_period[start], by_period[end])).point(end, value)


def _months_between(start: Period, end: Period) -> int:
    return 12 * (end.start.year - start.start.year) + end.start.month - start.start.month
