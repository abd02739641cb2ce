"""The ledger of claims as a page shows it: what was said, what the data say, and the verdict.

Pure. Knows judged claims and how the language writes; knows nothing of HTML.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from report.languages import Catalogue
from report.model import Unit, View
from report.periods import Period
from report.statements import WAYS, Claim, Finding, Judged, Operator, Span, Verdict
from report.trends import FEWEST_POINTS, Trend

SMALLEST_CHANCE = 0.001


@dataclass(frozen=True, slots=True)
class ClaimView:
    """A claim, ready to be shown."""

    claim: Claim
    verdict: Verdict
    period: str
    said: str
    then: str
    """Empty where the data of that day say nothing; so is `now`."""
    now: str
    difference: str
    reasons: tuple[str, ...]
    ties: tuple[str, ...]
    """Ids of the series, events and institutions that it was tested with."""


def name_verdict(verdict: Verdict, catalogue: Catalogue) -> str:
    """A verdict in words."""
    words = {
        Verdict.CONFIRMED: catalogue.gettext("Confirmed"),
        Verdict.REVISED: catalogue.gettext("Confirmed as first published, since revised"),
        Verdict.ROUNDING: catalogue.gettext("Within rounding"),
        Verdict.AT_FIRST: catalogue.gettext("True at first, not later"),
        Verdict.CONTRADICTED: catalogue.gettext("Contradicted"),
        Verdict.STOCK_AS_FLOW: catalogue.gettext("Stock told as flow"),
        Verdict.CONTRADICTS_ITSELF: catalogue.gettext("Contradicts itself"),
        Verdict.UNDECIDED: catalogue.gettext("Undecided"),
        Verdict.UNTESTABLE: catalogue.gettext("Not tested: data lacking"),
    }
    return words[verdict]


def show_claim(judged: Judged, view: View, catalogue: Catalogue) -> ClaimView:
    """A judged claim in the words and numbers of a language."""
    claim = judged.claim
    writer = _Writer(claim, view.report.units.get(claim.unit), catalogue)
    named = (*claim.series, *claim.evidence)
    known = {name for name in named if name in view.series and view.series[name].known}
    known |= {event.id for event in view.events}
    known |= {body.id for body in view.institutions}
    return ClaimView(
        claim,
        judged.verdict,
        writer.write_span(claim.span),
        writer.write_said(),
        writer.write_finding(judged.then),
        writer.write_finding(judged.now),
        writer.write_difference(judged.difference),
        tuple(writer.write_reasons(judged)),
        tuple(name for name in named if name in known),
    )


@dataclass(frozen=True, slots=True)
class _Writer:
    """Writes the numbers of one claim: the article's with its own digits, all others alike."""

    claim: Claim
    unit: Unit | None
    catalogue: Catalogue

    @property
    def stated(self) -> int:
        """Those that the article gives."""
        exponent = self.claim.value.as_tuple().exponent if self.claim.value is not None else 0
        return max(0, -exponent) if isinstance(exponent, int) else 0

    @property
    def digits(self) -> int:
        """Those of the unit, or as many more as the article gives."""
        return max(self.unit.digits if self.unit else 0, self.stated)

    def write(self, value: Decimal, digits: int | None = None) -> str:
        """A value with its unit."""
        digits = self.digits if digits is None else digits
        if self.unit is None:
            return self.catalogue.number(value, digits)
        return self.catalogue.amount(value, self.unit, digits)

    def write_span(self, span: Span) -> str:
        """The periods that the claim is about."""
        newest = self.catalogue.gettext("newest")
        start, end = (self.catalogue.period(p) if p else newest for p in (span.start, span.end))
        return start if start == end else f"{start} – {end}"

    def write_said(self) -> str:
        """What the article said."""
        gettext, claim = self.catalogue.gettext, self.claim
        if claim.operator in WAYS:
            ways = {
                Operator.RISING: gettext("rises"),
                Operator.FALLING: gettext("falls"),
                Operator.KEEPS_RISING: gettext("keeps rising"),
                Operator.KEEPS_FALLING: gettext("keeps falling"),
            }
            return ways[claim.operator]
        if claim.value is None:
            return "" if claim.span.end is None else self.catalogue.period(claim.span.end)
        value = self.write(claim.value, self.stated)
        forms = {
            Operator.EQUAL: "%(value)s",
            Operator.ABOVE: gettext("more than %(value)s"),
            Operator.BELOW: gettext("less than %(value)s"),
            Operator.ABOUT: gettext("about %(value)s"),
        }
        return forms[claim.operator] % {"value": value}

    def write_finding(self, finding: Finding | None) -> str:
        """What one day's data say."""
        if finding is None:
            return ""
        if finding.value is None:
            return self._write_period(finding.period)
        last = self._write_dated(finding.value, finding.period)
        if finding.start is None or finding.start_period == finding.period:
            return last
        if self.claim.operator in {Operator.ABOVE, Operator.BELOW}:
            # Every value was held against the limit; the one that is shown is the closest to it.
            return last
        return f"{self._write_dated(finding.start, finding.start_period)}; {last}"

    def _write_dated(self, value: Decimal, period: Period | None) -> str:
        """A value, with its period where that is not the claim's own."""
        if period is None or self.claim.span.is_single:
            return self.write(value)
        words = {"value": self.write(value), "period": self.catalogue.period(period)}
        return self.catalogue.gettext("%(value)s in %(period)s", **words)

    def _write_period(self, period: Period | None) -> str:
        return self.catalogue.period(period) if period else ""

    def write_difference(self, difference: Decimal | None) -> str:
        """A difference in the unit of the claim."""
        if difference is None:
            return ""
        shown = self.catalogue.number(difference, self.digits, signed=True)
        pattern = self.catalogue.text(self.unit.pattern) if self.unit else "{}"
        if pattern == "{}%":
            return self.catalogue.gettext("%(number)s points", number=shown)
        return pattern.replace("{}", shown)

    def write_reasons(self, judged: Judged) -> Iterator[str]:
        """What led to the verdict beyond the values shown."""
        gettext = self.catalogue.gettext
        if judged.first is not None:
            value, day = judged.first
            yield gettext(
                "Published on %(day)s as %(value)s.",
                day=self.catalogue.day(day),
                value=self.write(value),
            )
        if judged.implied is not None:
            yield gettext(
                "The text's own numbers give %(value)s.", value=self.write(judged.implied)
            )
        finding = judged.now or judged.then
        if finding is not None and finding.trend is not None:
            yield from self._write_trend(finding.trend, finding.breaks)

    def _write_trend(self, trend: Trend, breaks: tuple[Period, ...]) -> Iterator[str]:
        gettext, number = self.catalogue.gettext, self.catalogue.number
        if not trend.is_long_enough:
            yield gettext(
                "Too few values for a trend test: %(count)s of at least %(least)s.",
                count=number(trend.count),
                least=number(FEWEST_POINTS),
            )
        else:
            yield gettext(
                "%(count)s values, S = %(score)s, Z = %(z)s, p %(chance)s; "
                "steps: %(ups)s up, %(downs)s down, p %(steps)s.",
                count=number(trend.count),
                score=number(trend.score),
                z=number(_round(trend.z), 2),
                chance=self._write_chance(trend.chance),
                ups=number(trend.ups),
                downs=number(trend.downs),
                steps=self._write_chance(trend.steps_chance),
            )
        if breaks:
            periods = ", ".join(self.catalogue.period(period) for period in breaks)
            yield gettext("Against the claim: %(periods)s.", periods=periods)

    def _write_chance(self, chance: float) -> str:
        if chance < SMALLEST_CHANCE:
            return "< " + self.catalogue.number(_round(SMALLEST_CHANCE), 3)
        return "= " + self.catalogue.number(_round(chance), 3)


def _round(value: float) -> Decimal:
    """A number of a test with the digits that mean something."""
    return Decimal(f"{value:.6f}")
