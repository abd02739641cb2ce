"""Verdicts on claims, by rule, from what the data said on two days.

Pure. Takes claims and views of the data: of the day on which the article appeared, and of the
edition's cut-off. Knows nothing of how verdicts are shown.

How one day's data stand to a claim (`Agreement`):

- yes: the value differs from the claimed one by no more than the claim's rounding; or it lies above
  or below as claimed; or the trend test finds the way that is claimed.
- near: it differs by more, but by no more than half of the last digit of the data as well.
- at first: at the beginning of a span the claim holds, at its end no longer. A way that something
  is said to keep also ends when the newest change runs against it.
- undecided: too few values for a trend test, or no trend in either direction.
- no: anything else.
"""

from __future__ import annotations

import datetime as dt
import itertools
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import Decimal

from report.model import Point, Report, SeriesDeclaration, Status, View
from report.periods import parse_period
from report.statements import (
    WAYS,
    Agreement,
    Claim,
    ClaimKind,
    Finding,
    Judged,
    Operator,
    Verdict,
)
from report.trends import measure_trend

OPERATIONS: Mapping[str, Callable[[Decimal, Decimal], Decimal]] = {
    "share": lambda part, whole: 100 * part / whole,
    "sum": lambda first, second: first + second,
    "difference": lambda first, second: first - second,
}
"""What a formula may do with two claims of the same text."""
UNITS_OF_LAST_DIGIT = Decimal("0.5")


def judge_claims(
    claims: Iterable[Claim], now: View, look: Callable[[dt.date], View]
) -> tuple[Judged, ...]:
    """A verdict on each claim; `look` gives a view of an earlier day."""
    claims = tuple(claims)
    typed = {claim.id: claim for claim in claims}
    views = {day: look(day) for day in sorted({claim.made_on for claim in claims})}
    return tuple(judge(claim, typed, views[claim.made_on], now) for claim in claims)


def judge(claim: Claim, typed: Mapping[str, Claim], then: View, now: View) -> Judged:
    """The verdict on one claim.

    Contradicts itself: the formula over other claims of the text, with all roundings taken at their
    widest, cannot give what is claimed. Stock told as flow: no flow of that size is in the data,
    and a stock is. Else the data of the two days decide.
    """
    if claim.kind is ClaimKind.UNTESTABLE:
        return Judged(claim, Verdict.UNTESTABLE, None, None)
    if claim.formula and claim.value is not None:
        low, implied, high = work_out(claim, typed)
        if claim.value + claim.tolerance < low or claim.value - claim.tolerance > high:
            gap = implied - claim.value
            return Judged(claim, Verdict.CONTRADICTS_ITSELF, None, None, gap, implied=implied)
    if claim.kind is ClaimKind.FLOW:
        return _judge_flow(claim, then, now)
    tested = claim.series[0] if claim.series else ""
    earlier = assess(claim, then, claim.first or tested)
    later = assess(claim, now, tested)
    first = _find_first(claim, now, claim.first or tested)
    verdict = decide(claim, earlier, later, agreed=first is not None)
    shown = first if verdict is Verdict.REVISED else None
    return Judged(claim, verdict, earlier, later, _tell_difference(claim, later or earlier), shown)


def work_out(claim: Claim, typed: Mapping[str, Claim]) -> tuple[Decimal, Decimal, Decimal]:
    """The lowest, the plain and the highest value that a claim's formula gives."""
    name, *inputs = claim.formula
    sides = []
    for source in inputs:
        value, spread = typed[source].value or Decimal(0), typed[source].tolerance
        sides.append((value - spread, value, value + spread))
    first, second = sides
    corners = [OPERATIONS[name](a, b) for a in first for b in second]
    return min(corners), OPERATIONS[name](first[1], second[1]), max(corners)


def decide(
    claim: Claim, then: Finding | None, now: Finding | None, *, agreed: bool = False
) -> Verdict:
    """The verdict that two days' data give; `agreed` if a value published by then did.

    What the newest data say stands, with two exceptions for claims that they do not bear out: one
    that the data of its day did, or a value published before it, is *confirmed as first published,
    since revised*; of a trend or a span, *true at first, not later*. A claim of which neither day's
    data say anything cannot be tested.
    """
    finding = now or then
    if finding is None:
        return Verdict.UNTESTABLE
    simple = {
        Agreement.YES: Verdict.CONFIRMED,
        Agreement.AT_FIRST: Verdict.AT_FIRST,
        Agreement.NEAR: Verdict.ROUNDING,
    }
    if finding.agreement in simple:
        return simple[finding.agreement]
    if agreed or (then is not None and then.agreement is Agreement.YES):
        return Verdict.REVISED if claim.span.is_single else Verdict.AT_FIRST
    undecided = finding.agreement is Agreement.UNDECIDED
    return Verdict.UNDECIDED if undecided else Verdict.CONTRADICTED


def assess(claim: Claim, view: View, series: str) -> Finding | None:
    """How the data of a view stand to a claim; None where they say nothing."""
    if claim.evidence:
        return _assess_evidence(claim, view)
    if series not in view.series:
        return None
    span = claim.span
    points = [p for p in view.series[series].known if span.holds(p.period)]
    if claim.operator in WAYS:
        return _assess_way(claim, points, series)
    if span.is_single or span.start is None:
        points = points[-1:] if span.start is None else [p for p in points if p.period == span.end]
    elif claim.operator in {Operator.EQUAL, Operator.ABOUT}:
        # Something said of a state: it must stand at the beginning and at a later end.
        first = [p for p in points if p.period == span.start]
        later = [p for p in points if p.period != span.start]
        points = [*first, *later[-1:]] if first and later else []
    is_observed = isinstance(view.series[series].declaration, SeriesDeclaration)
    return _assess_points(claim, points, series, is_observed=is_observed)


def _assess_points(
    claim: Claim, points: Sequence[Point], series: str, *, is_observed: bool
) -> Finding | None:
    """Each value held against the claimed one; the worst is shown, of a state the newest."""
    if not points:
        return None
    found = [(compare(claim, p.value or Decimal(0), is_observed=is_observed), p) for p in points]
    first, last = found[0], found[-1]
    agreements = [agreement for agreement, _ in found]
    if Agreement.NO in agreements:
        is_over = first[0] is not Agreement.NO and last[0] is Agreement.NO
        agreement = Agreement.AT_FIRST if is_over else Agreement.NO
        shown = last[1] if is_over else next(p for a, p in found if a is Agreement.NO)
    else:
        agreement = Agreement.NEAR if Agreement.NEAR in agreements else Agreement.YES
        shown = _find_weakest(claim, points)
    start = points[0] if len(points) > 1 else None
    return Finding(
        agreement,
        shown.value,
        shown.period,
        start.value if start else None,
        start.period if start else None,
        name=series,
    )


def _find_weakest(claim: Claim, points: Sequence[Point]) -> Point:
    """Of values above or below as claimed the closest to the limit; else the newest."""
    if claim.operator is Operator.ABOVE:
        return min(points, key=lambda p: (p.value or Decimal(0), p.period))
    if claim.operator is Operator.BELOW:
        return max(points, key=lambda p: (p.value or Decimal(0), p.period))
    return points[-1]


def compare(claim: Claim, value: Decimal, *, is_observed: bool = True) -> Agreement:
    """How one value stands to the claimed one.

    A computed value has as many digits as come out, so only an observed one has a rounding.
    """
    claimed = claim.value or Decimal(0)
    exponent = value.as_tuple().exponent
    coarse = Decimal(0)
    if is_observed and isinstance(exponent, int):
        coarse = UNITS_OF_LAST_DIGIT.scaleb(exponent)
    if claim.operator in {Operator.ABOVE, Operator.BELOW}:
        gap = value - claimed if claim.operator is Operator.ABOVE else claimed - value
        if gap > 0:
            return Agreement.YES
        return Agreement.NEAR if gap + coarse + claim.tolerance > 0 else Agreement.NO
    gap = abs(value - claimed)
    if gap <= claim.tolerance:
        return Agreement.YES
    return Agreement.NEAR if gap <= claim.tolerance + coarse else Agreement.NO


def _assess_way(claim: Claim, points: Sequence[Point], series: str) -> Finding | None:
    """The trend test over all values of the span, and the changes that run against the claim."""
    if not points:
        return None
    values = [p.value or Decimal(0) for p in points]
    trend = measure_trend(values)
    way = 1 if claim.operator in {Operator.RISING, Operator.KEEPS_RISING} else -1
    keeps = claim.operator in {Operator.KEEPS_RISING, Operator.KEEPS_FALLING}
    steps = [later - earlier for earlier, later in itertools.pairwise(values)]
    breaks = tuple(p.period for p, step in zip(points[1:], steps, strict=True) if step * way < 0)
    if trend.goes(way, steadily=keeps):
        agreement = Agreement.YES
        if keeps and breaks and breaks[-1] == points[-1].period:
            agreement = Agreement.AT_FIRST
    elif trend.goes(-way):
        agreement = Agreement.NO
    else:
        agreement = Agreement.UNDECIDED
    first, last = points[0], points[-1]
    return Finding(
        *(agreement, last.value, last.period, first.value, first.period, trend, breaks, series)
    )


def _assess_evidence(claim: Claim, view: View) -> Finding | None:
    """A claimed day against that of the earliest happening, or a count of those by then."""
    dates = {event.id: event.date for event in view.events}
    dates |= {body.id: body.established for body in view.institutions}
    end = claim.span.end
    if not set(claim.evidence) <= set(dates) or end is None:
        # Of a count a part is no count; so nothing is said until all that is named was known.
        return None
    days = sorted((parse_period(dates[name]), name) for name in claim.evidence)
    if claim.kind is ClaimKind.COUNT:
        value = Decimal(sum(day.start <= end.end for day, _ in days))
        return Finding(compare(claim, value), value, end, name=days[-1][1])
    day, name = days[0]
    is_within = end.start <= day.start and day.end <= end.end
    overlaps = day.start <= end.end and end.start <= day.end
    inexact = Agreement.NEAR if overlaps else Agreement.NO
    return Finding(Agreement.YES if is_within else inexact, period=day, name=name)


def _judge_flow(claim: Claim, then: View, now: View) -> Judged:
    """A flow that no flow bears out but a stock does is a stock told as a flow."""
    flow, stock = claim.series
    found = [(assess(claim, then, name), assess(claim, now, name)) for name in (flow, stock)]
    good = {Agreement.YES, Agreement.NEAR}
    (flow_then, flow_now), (stock_then, stock_now) = found
    is_flow, is_stock = (any(f and f.agreement in good for f in pair) for pair in found)
    if is_stock and not is_flow:
        gap = _tell_difference(claim, stock_now or stock_then)
        return Judged(claim, Verdict.STOCK_AS_FLOW, stock_then, stock_now, gap)
    verdict = decide(claim, flow_then, flow_now)
    return Judged(claim, verdict, flow_then, flow_now, _tell_difference(claim, flow_now))


def _find_first(claim: Claim, now: View, series: str) -> tuple[Decimal, dt.date] | None:
    """The first value published by the claim's day that agreed with it, forecasts aside."""
    if not claim.span.is_single or claim.operator in WAYS:
        return None
    rows = [
        row
        for row in now.vintages.get(series, ())
        if row.period == claim.span.end
        and row.value is not None
        and row.published <= claim.made_on
        and row.status is not Status.FORECAST
        and compare(claim, row.value) is Agreement.YES
    ]
    row = min(rows, key=lambda row: (row.published, row.source), default=None)
    return None if row is None or row.value is None else (row.value, row.published)


def _tell_difference(claim: Claim, finding: Finding | None) -> Decimal | None:
    """The data less the claim; of a trend the last value less the first."""
    if finding is None or finding.value is None:
        return None
    if claim.operator in WAYS:
        return finding.value - (finding.start or Decimal(0))
    return None if claim.value is None else finding.value - claim.value


def needed_series(report: Report) -> set[str]:
    """The series that verdicts rest on, with all that these are computed from."""
    wanted = {name for claim in report.claims for name in (*claim.series, claim.first)}
    while True:
        inputs = {n for name in wanted & set(report.derived) for n in report.derived[name].of}
        if inputs <= wanted:
            return wanted
        wanted |= inputs


def count_verdicts(judged: Iterable[Judged]) -> list[tuple[Verdict, int]]:
    """How many claims have each verdict, in the order of the ledger."""
    found = [item.verdict for item in judged]
    return [(verdict, found.count(verdict)) for verdict in Verdict if verdict in found]
