"""Operations that say how far a series moves and where it stands in its own history."""

from __future__ import annotations

from bisect import bisect_left, bisect_right, insort
from collections.abc import Iterable, Iterator, Sequence
from decimal import Decimal, localcontext
from functools import lru_cache
from itertools import pairwise
from typing import Literal

from pydantic import Field, model_validator

from report.derive.averages import sum_windows
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
    rest_on,
    rest_on_span,
    rest_on_windows,
    split_runs,
    total,
)
from report.model import Frequency, Point
from report.periods import Kind

PERIODS_A_YEAR = {Kind.DAY: 252, Kind.MONTH: 12, Kind.QUARTER: 4, Kind.HALF: 2, Kind.YEAR: 1}
"""How many changes a year has; 252 trading days is the markets' convention."""


class VolatilityOptions(Options):
    """Each calendar year, or a trailing window of so many changes."""

    by: Literal["year"] | None = None
    window: int | None = Field(default=None, ge=2, le=1000)
    periods_per_year: int | None = Field(default=None, ge=1, le=366)
    """Without it 252 for days, 12 for months, 4 for quarters, 2 for halves, 1 for years."""
    min_changes: int | None = Field(default=None, ge=2, le=366)
    """Fewest changes for a calendar year; without it a quarter of `periods_per_year`."""

    @model_validator(mode="after")
    def _has_one(self) -> VolatilityOptions:
        if (self.by is None) == (self.window is None):
            raise ValueError("give either by: year, or window")
        if self.window and self.min_changes:
            raise ValueError("min_changes goes with by: year; a window is always full")
        return self


class DrawdownOptions(Options):
    """The deepest of each calendar year, or how deep the series stands at each period."""

    by: Literal["year", "running"] = "year"
    direction: Literal["fall", "rise"] = "fall"
    """Which way is a loss. `rise` where the series is the price of something else, such as a rate
    in units of the currency whose loss is meant: the inverse of each value is used."""


class PercentileOptions(Options):
    """How much history it takes."""

    min_points: int = Field(default=10, ge=1, le=10000)


def _gives_years(options: VolatilityOptions | DrawdownOptions) -> Frequency | None:
    return Frequency.ANNUAL if options.by == "year" else None


def _refuse_years(frequency: Frequency, options: VolatilityOptions | DrawdownOptions) -> str:
    if options.by == "year" and frequency is Frequency.ANNUAL:
        return "annual values do not move within a year"
    return ""


def _refuse_volatility(frequency: Frequency, options: VolatilityOptions) -> str:
    return refuse_cumulative(frequency, options) or _refuse_years(frequency, options)


@operation(
    Takes(("series",)),
    VolatilityOptions,
    Units(Result.RATE),
    Spans(_gives_years, _refuse_volatility),
)
def volatility(inputs: Inputs, options: VolatilityOptions) -> Iterable[Point]:
    """Annualised volatility in percent: 100 × s × √p.

    s is the standard deviation (with n − 1) of the changes ln(x_t / x_{t−1}), p their number in
    a year.

    Source: Hull, Options, Futures, and Other Derivatives, on estimating volatility from
    historical data. A change belongs to the period it leads to. There is none across a gap (for
    days: more than 14), nor from or to a value of zero or below. A year needs `min_changes`;
    one whose last 14 days are not reached is provisional. A window needs all its changes in a
    row.
    """
    runs = [run for whole in split_runs(inputs[0]) for run in _split_positive(whole)]
    if options.window:
        for run in runs:
            yield from _roll_volatility(run, options.window, options)
    else:
        for group in group_kinds(inputs[0]):
            kind = group[0].period.kind
            yield from _yearly_volatility([r for r in runs if r[0].period.kind is kind], options)


def _split_positive(points: Iterable[Point]) -> Iterator[list[Point]]:
    """Points in a row that have a logarithm."""
    run: list[Point] = []
    for point in points:
        if amount(point) > 0:
            run.append(point)
        elif run:
            yield run
            run = []
    if run:
        yield run


def _log_changes(points: Sequence[Point]) -> list[Decimal]:
    return [_log_change(amount(earlier), amount(later)) for earlier, later in pairwise(points)]


@lru_cache(maxsize=65536)
def _log_change(earlier: Decimal, later: Decimal) -> Decimal:
    """Kept, for a logarithm takes long and each edition asks for those of the one before."""
    return (later / earlier).ln()


def _per_year(kind: Kind, options: VolatilityOptions) -> int:
    return options.periods_per_year or PERIODS_A_YEAR[kind]


def _annualise(squares: Decimal, count: int, per_year: int) -> Decimal:
    """Percent a year from the sum of squared deviations of so many changes."""
    return 100 * (squares / (count - 1) * per_year).sqrt()


def _roll_volatility(
    run: Sequence[Point], width: int, options: VolatilityOptions
) -> Iterator[Point]:
    per_year = _per_year(run[0].period.kind, options)
    changes = _log_changes(run)
    with localcontext(WIDE):
        squares = [change * change for change in changes]
        deviations = [
            max(square - plain * plain / width, ZERO)
            for square, plain in zip(
                sum_windows(squares, width), sum_windows(changes, width), strict=True
            )
        ]
    bases = rest_on_windows(run, width + 1)
    for at, (deviation, basis) in enumerate(zip(deviations, bases, strict=True)):
        value = _annualise(deviation, width, per_year)
        yield basis.point(run[at + width].period, value)


def _yearly_volatility(
    runs: Sequence[Sequence[Point]], options: VolatilityOptions
) -> Iterator[Point]:
    """One point for each calendar year with enough changes; all runs are of one length."""
    changes = {
        later.period: (earlier, later, change)
        for run in runs
        for (earlier, later), change in zip(pairwise(run), _log_changes(run), strict=True)
    }
    for year, points in group_spans((later for _, later, _ in changes.values()), Kind.YEAR).items():
        per_year = _per_year(points[0].period.kind, options)
        if len(points) >= (options.min_changes or max(2, per_year // 4)):
            steps = [changes[point.period] for point in points]
            mean = total(change for _, _, change in steps) / len(steps)
            squares = total((change - mean) ** 2 for _, _, change in steps)
            basis = rest_on_span([point for step in steps for point in step[:2]], year)
            yield basis.point(year, _annualise(squares, len(steps), per_year))


@operation(
    Takes(("series",)), DrawdownOptions, Units(Result.RATE), Spans(_gives_years, _refuse_years)
)
def drawdown(inputs: Inputs, options: DrawdownOptions) -> Iterable[Point]:
    """Loss from the highest value so far, in percent: 100 × (x_t / max x_s − 1), s ≤ t.

    From −100 to 0; of each calendar year the deepest.

    Source: Magdon-Ismail and Atiya (2004), Maximum drawdown, Risk 17(10), 99-102. With
    direction `rise` 1/x stands for x, so the loss is 100 × (min x_s / x_t − 1). Gaps do not
    matter. A value of zero or below is no price: no point there, nor for its year. A year needs
    two values and begins with its own first; one whose last 14 days are not reached is
    provisional.
    """
    for group in group_kinds(inputs[0]):
        if options.by == "running":
            usable = [point for point in group if amount(point) > 0]
            for top, point, loss in _losses(usable, options.direction):
                yield rest_on((top, point)).point(point.period, loss)
        else:
            for year, points in group_spans(group, Kind.YEAR).items():
                if len(points) > 1 and all(amount(point) > 0 for point in points):
                    worst = min(loss for _, _, loss in _losses(points, options.direction))
                    yield rest_on_span(points, year).point(year, worst)


def _losses(points: Sequence[Point], direction: str) -> Iterator[tuple[Point, Point, Decimal]]:
    """The best point so far, each point, and the loss between them in percent."""
    best: Point | None = None
    for point in points:
        value = amount(point)
        if direction == "rise":
            best = point if best is None or value < amount(best) else best
            yield best, point, 100 * (amount(best) - value) / value
        else:
            best = point if best is None or value > amount(best) else best
            yield best, point, 100 * (value - amount(best)) / amount(best)


@operation(Takes(("series",)), PercentileOptions, Units(Result.SCORE))
def percentile(inputs: Inputs, options: PercentileOptions) -> Iterable[Point]:
    """Place of each value in its own history to that period: 100 × (b + e/2) / n.

    Of n values b lie below and e are equal, itself among them. This is the mid-rank definition.

    Source: Crocker and Algina (1986), Introduction to Classical and Modern Test Theory, on
    percentile ranks. Later values never count. Gaps do not matter, zeros and negatives are
    values like others. No point before `min_points` values are known.
    """
    for group in group_kinds(inputs[0]):
        history: list[Decimal] = []
        basis = rest_on(group[:1])
        for point in group:
            value = amount(point)
            insort(history, value)
            basis = basis.merge(rest_on((point,)))
            if len(history) >= options.min_points:
                below = bisect_left(history, value)
                equal = bisect_right(history, value) - below
                rank = 100 * (below + Decimal(equal) / 2) / len(history)
                yield basis.point(point.period, rank)
