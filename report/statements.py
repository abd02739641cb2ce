"""What a source article states that can be checked, and what came of the check.

Knows the shape of a claim and the words for its verdict. Knows nothing of values or of how a
verdict is reached: that is for `report.claims`.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from pydantic import Field

from report.declaring import Id, Model, Texts
from report.periods import Period, parse_period
from report.trends import Trend

LATEST = "latest"
"""Stands for the newest period in a span such as `2016/latest`."""


class ClaimKind(StrEnum):
    """What a claim is about."""

    VALUE = "value"
    SHARE = "share"
    GROWTH = "growth"
    RANK = "rank"
    COUNT = "count"
    DATE = "date"
    TREND = "trend"
    FLOW = "flow"
    """A sum told as that of one period; tested against a flow and against a stock."""
    UNTESTABLE = "untestable"
    """No public data were found; the note says which would be needed."""


class Operator(StrEnum):
    """How a claim compares: with a number, or by the way that values go."""

    EQUAL = "="
    ABOVE = ">"
    BELOW = "<"
    ABOUT = "~"
    RISING = "rising"
    FALLING = "falling"
    KEEPS_RISING = "keeps_rising"
    """Said to rise without end: the newest change counts too."""
    KEEPS_FALLING = "keeps_falling"


WAYS = {Operator.RISING, Operator.FALLING, Operator.KEEPS_RISING, Operator.KEEPS_FALLING}
"""Operators that need no number."""


class Verdict(StrEnum):
    """What became of a claim, in the order in which the ledger shows it."""

    CONFIRMED = "confirmed"
    REVISED = "revised"
    """Confirmed as first published, since revised."""
    ROUNDING = "rounding"
    """Within rounding."""
    AT_FIRST = "at_first"
    """True at first, not later."""
    CONTRADICTED = "contradicted"
    STOCK_AS_FLOW = "stock_as_flow"
    CONTRADICTS_ITSELF = "contradicts_itself"
    UNDECIDED = "undecided"
    """Too few points, or no trend in either direction."""
    UNTESTABLE = "untestable"


class Claim(Model):
    """A checkable statement of a source article, in the report's own words."""

    id: Id
    source: str
    section: str
    claim: Texts
    kind: ClaimKind
    series: tuple[str, ...] = ()
    """The series it is tested with; of a flow first the flow, then the stock."""
    first: str = ""
    """A series of first releases, where the tested one has none from the claim's day."""
    evidence: tuple[str, ...] = ()
    """Events and institutions, where dates are claimed or happenings counted."""
    formula: tuple[str, ...] = ()
    """An operation and claims of the same text, e.g. `share z-13 z-15`."""
    period: str
    """A period, a span such as `2014/2016` or `2000/latest`, or `latest`."""
    operator: Operator
    value: Decimal | None = None
    unit: str = ""
    tolerance: Decimal = Decimal(0)
    """Half of the last digit that the article states, or what it calls about."""
    figure: str = ""
    made_on: dt.date
    """The day from which the article counts as known."""
    note: Texts = Field(default_factory=dict)

    @property
    def span(self) -> Span:
        """The periods that it is about."""
        return parse_span(self.period)


@dataclass(frozen=True, slots=True)
class Span:
    """From one period to another; open ends are None."""

    start: Period | None
    end: Period | None

    @property
    def is_single(self) -> bool:
        """Whether it is one period."""
        return self.start is not None and self.start == self.end

    def holds(self, period: Period) -> bool:
        """Whether a period lies within it."""
        begins = self.start is None or period.start >= self.start.start
        return begins and (self.end is None or period.end <= self.end.end)


def parse_span(text: str) -> Span:
    """Read `2016`, `2014/2016`, `2000/latest` or `latest`. Raises ValueError otherwise."""
    first, slash, last = text.partition("/")
    if not slash:
        period = None if first == LATEST else parse_period(first)
        return Span(period, period)
    start, end = parse_period(first), None if last == LATEST else parse_period(last)
    if end is not None and end <= start:
        msg = f"{text!r} ends before it begins"
        raise ValueError(msg)
    return Span(start, end)


class Agreement(StrEnum):
    """How one day's data stand to a claim."""

    YES = "yes"
    NEAR = "near"
    """Off by more than the claim's rounding, but not by more than that of the data."""
    AT_FIRST = "at_first"
    """At the beginning of the span, but not at its end."""
    NO = "no"
    UNDECIDED = "undecided"


@dataclass(frozen=True, slots=True)
class Finding:
    """What the data of one day say of a claim."""

    agreement: Agreement
    value: Decimal | None = None
    """The value that the claim is held against; the last one of a trend."""
    period: Period | None = None
    start: Decimal | None = None
    """The first value of a trend or of a state that is followed to its end."""
    start_period: Period | None = None
    trend: Trend | None = None
    breaks: tuple[Period, ...] = ()
    """Periods whose change runs against the way that is claimed."""
    name: str = ""
    """The series or piece of evidence that says so."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A claim with its verdict and what led to it."""

    claim: Claim
    verdict: Verdict
    then: Finding | None
    """By the data of the day on which the article appeared; None where they say nothing."""
    now: Finding | None
    difference: Decimal | None = None
    """What the data say less what the article said, in the unit of the claim."""
    first: tuple[Decimal, dt.date] | None = None
    """A value that agreed and the day it was published, where it was replaced later."""
    implied: Decimal | None = None
    """What other statements of the same text give by the claim's formula."""
