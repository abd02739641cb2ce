"""Progress of indicators towards their goals, judged by a published method.

Pure. Takes series as one edition knows them and gives a judgement for two terms, and for targets
that were set. Knows nothing of pages, measures or languages.

The method is that of Eurostat's monitoring reports "Sustainable development in the European Union"
for indicators without and with a quantified target. Growth is compared exactly, without roots:
growth of 1% a year over n years is a ratio of 1.01 to the power of n.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum
from fractions import Fraction

from report.model import Desired, Frequency, Point, Series, SeriesDeclaration, Status, Target
from report.periods import Kind

SIGNIFICANT_GROWTH = Decimal("0.01")
"""Growth a year from which a move towards the goal, or away from it, is significant."""
SIGNIFICANT_RATIO, MODERATE_RATIO = Decimal("0.95"), Decimal("0.60")
"""Achieved growth over required growth, from which progress towards a target has its name."""
SHORT_TERM, LONG_TERM = 5, 15
"""Years back from the newest year."""
SLACK = Fraction(1, 5)
"""Part of a term by which the first year may be off where its own value is not known."""
PRECISION = 50
"""Digits of roots."""
FINEST = Decimal(1).scaleb(-30)
"""To which ratios of roots are rounded, so that one exactly at a threshold is seen to be there."""


class Judgement(StrEnum):
    """What the course of an indicator means for its goal, from best to worst."""

    SIGNIFICANT_PROGRESS = "significant_progress"
    MODERATE_PROGRESS = "moderate_progress"
    INSUFFICIENT_PROGRESS = "insufficient_progress"
    """Only towards a target: the right way, and far too slow."""
    NO_CHANGE = "no_change"
    AWAY = "away"
    """Only from a target, where the method knows one degree."""
    MODERATE_AWAY = "moderate_away"
    SIGNIFICANT_AWAY = "significant_away"
    NOT_JUDGED = "not_judged"


class Obstacle(StrEnum):
    """Why an indicator cannot be judged."""

    NOT_YEARLY = "not_yearly"
    """It is no series of whole years, or none of them has ended and is known."""
    TOO_SHORT = "too_short"
    """No value in the first year of the term, nor in one that may stand for it."""
    ZERO = "zero"
    """Zero in one of the two years, or a series that goes below zero: there is no growth rate."""
    REACHED = "reached"
    """The target lay behind the indicator when it was set."""


@dataclass(frozen=True, slots=True)
class Course:
    """The way of an indicator between two years and what it means."""

    judgement: Judgement
    start: Point | None = None
    end: Point | None = None
    growth: Decimal | None = None
    """A year, compound, as a share: 0.01 is 1%."""
    obstacle: Obstacle | None = None
    """Only where the judgement is that there is none."""


@dataclass(frozen=True, slots=True)
class Pursuit:
    """The way of an indicator towards a target that was set for it."""

    target: Target
    course: Course
    required: Decimal | None = None
    """Growth a year from the base to the target in its year, as a share."""
    ratio: Decimal | None = None
    """Achieved growth over required growth."""


def judge_series(series: Series, cut_off: dt.date, term: int) -> Course:
    """The judgement over the last years of data: growth from the first to the newest year.

    CAGR = (y_t / y_t0)^(1 / (t − t0)) − 1. The first year lies `term` years before the newest; if
    it is not known, the nearest known year that is off by at most `SLACK` of the term stands for
    it, of two the earlier. Nothing is interpolated.
    """
    points = list_years(series, cut_off)
    if not points:
        return Course(Judgement.NOT_JUDGED, obstacle=Obstacle.NOT_YEARLY)
    end = points[-1]
    start = find_start(points, _year(end) - term, int(term * SLACK))
    if start is None:
        return Course(Judgement.NOT_JUDGED, None, end, None, Obstacle.TOO_SHORT)
    return _judge_course(start, end, series)


def judge_target(target: Target, series: Series, cut_off: dt.date) -> Pursuit:
    """The judgement on a target: growth since its base over the growth that it requires.

    Achieved: CAGR from the base to the target's year, or to the newest year before it. Required:
    CAGR from the base to the target's value in the target's year.
    """
    points = {_year(point): point for point in list_years(series, cut_off)}
    base, last = int(target.base), int(target.by)
    reached = [year for year in points if base < year <= last]
    if base not in points or not reached:
        obstacle = Obstacle.TOO_SHORT if points else Obstacle.NOT_YEARLY
        return Pursuit(target, Course(Judgement.NOT_JUDGED, obstacle=obstacle))
    start, end = points[base], points[max(reached)]
    course = _judge_course(start, end, series)
    if course.growth is None:
        return Pursuit(target, course)
    required = grow(_amount(start), target.value, last - base)
    if required * _way(series.declaration.desired) <= 0:
        judged = Course(Judgement.NOT_JUDGED, start, end, course.growth, Obstacle.REACHED)
        return Pursuit(target, judged, required)
    with localcontext(prec=PRECISION):
        ratio = (course.growth / required).quantize(FINEST)
    judged = Course(judge_ratio(ratio), start, end, course.growth)
    return Pursuit(target, judged, required, ratio)


def judge_growth(first: Decimal, last: Decimal, years: int, desired: Desired) -> Judgement:
    """The judgement on growth between two positive values so many years apart.

    Towards the goal at 1% a year or more: significant progress; below: moderate progress. Away
    from it likewise. Values that are equal are no change, the edge between the two.
    """
    ratio, way = Fraction(last) / Fraction(first), _way(desired)
    limit = Fraction(SIGNIFICANT_GROWTH)
    rise, fall = (1 + limit) ** years, (1 - limit) ** years
    if ratio == 1:
        return Judgement.NO_CHANGE
    is_significant = ratio >= rise or ratio <= fall
    if (ratio > 1) == (way > 0):
        return Judgement.SIGNIFICANT_PROGRESS if is_significant else Judgement.MODERATE_PROGRESS
    return Judgement.SIGNIFICANT_AWAY if is_significant else Judgement.MODERATE_AWAY


def judge_ratio(ratio: Decimal) -> Judgement:
    """The judgement on achieved over required growth."""
    if ratio >= SIGNIFICANT_RATIO:
        return Judgement.SIGNIFICANT_PROGRESS
    if ratio >= MODERATE_RATIO:
        return Judgement.MODERATE_PROGRESS
    return Judgement.INSUFFICIENT_PROGRESS if ratio >= 0 else Judgement.AWAY


def grow(first: Decimal, last: Decimal, years: int) -> Decimal:
    """Compound growth a year between two positive values, as a share."""
    with localcontext(prec=PRECISION):
        return (last / first) ** (Decimal(1) / years) - 1


def list_years(series: Series, cut_off: dt.date) -> list[Point]:
    """The known points of whole years that had ended by the cut-off; no forecasts.

    Of observed series only those that are declared yearly: single years among other periods are
    statements of another kind.
    """
    declared = series.declaration
    if isinstance(declared, SeriesDeclaration) and declared.frequency is not Frequency.ANNUAL:
        return []
    return [
        point
        for point in series.known
        if point.period.kind is Kind.YEAR
        and point.period.end <= cut_off
        and point.status is not Status.FORECAST
    ]


def find_start(points: Iterable[Point], year: int, slack: int) -> Point | None:
    """The point of a year, or the nearest that is at most `slack` years off, rather the earlier."""
    near = [point for point in points if abs(_year(point) - year) <= slack]
    return min(near, key=lambda point: (abs(_year(point) - year), _year(point)), default=None)


def _judge_course(start: Point, end: Point, series: Series) -> Course:
    """The judgement between two points, unless the series knows zero there or goes below it."""
    first, last = _amount(start), _amount(end)
    if first <= 0 or last <= 0 or any(_amount(point) < 0 for point in series.known):
        return Course(Judgement.NOT_JUDGED, start, end, None, Obstacle.ZERO)
    years = _year(end) - _year(start)
    judgement = judge_growth(first, last, years, series.declaration.desired)
    return Course(judgement, start, end, grow(first, last, years))


def _amount(point: Point) -> Decimal:
    return point.value or Decimal(0)


def _year(point: Point) -> int:
    return point.period.start.year


def _way(desired: Desired) -> int:
    return -1 if desired == "down" else 1
