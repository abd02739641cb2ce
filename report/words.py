"""What prose may say: every number from the data, every direction bound to a test of the data.

Pure. Knows a view, a language's catalogue and how to complain at the place in the words that
called. Knows nothing of pages, links or files. A failing call records a problem and stands as `?`,
so that all problems of all words come out in one run.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from decimal import Context, Decimal

from report.complaints import WordsError, explain_call, tell_late
from report.languages import Catalogue
from report.model import Observation, Point, Series, Unit, View
from report.periods import Period, parse_period
from report.problems import Place, Problem, suggest
from report.progress import (
    LONG_TERM,
    MODERATE_RATIO,
    SHORT_TERM,
    SIGNIFICANT_GROWTH,
    SIGNIFICANT_RATIO,
    SLACK,
)
from report.text import escape_markdown
from report.trends import FEWEST_POINTS, LEVEL
from report.vintages import first_published

UNKNOWN = Decimal(0)
SHOWN = 4
"""How many of the values that words were tested by are told where they do not hold."""
BRIEFLY = Context(prec=8)
"""Digits of such a value: computed ones have many."""


@dataclass
class Words:
    """The functions that expressions in words may call, for one view and language."""

    view: View
    catalogue: Catalogue
    locate: Callable[[str], Place]
    """The place in the words that is being rendered, given a text that stands there."""
    problems: list[Problem] = field(default_factory=list)
    _first: Mapping[tuple[str, object], Observation] | None = None
    _weighed: list[str] = field(default_factory=list)
    """Values that tests have asked for since words were last bound to one."""
    _unanswered: bool = False
    """Whether any such test could not be answered."""

    def functions(self) -> dict[str, Callable[..., object]]:
        """All of them by the name that words use, each guarded so that it never raises."""
        said: list[Callable[..., object]] = [
            *(self.value, self.change, self.difference, self.times, self.first_value, self.when),
            *(self.trend, self.extremes, self.says, self.period, self.newest_value),
            *(self.count_known, self.factor, self.rule),
        ]
        judged: list[Callable[..., object]] = [
            *(self.number, self.first_number, self.rises, self.falls, self.is_record),
            *(self.peak, self.trough, self.newest, self.earliest, self.known),
        ]
        guarded = {function.__name__: self._guard(function, "?") for function in said}
        return guarded | {function.__name__: self._guard(function, None) for function in judged}

    def _guard(self, function: Callable[..., object], fallback: object) -> Callable[..., object]:
        def call(*args: object, **options: object) -> object:
            try:
                result = function(*args, **options)
            except WordsError as error:
                self.complain(error)
            except TypeError as error:
                self.complain(explain_call(function.__name__, function, error))
            else:
                if fallback:  # what it was given is no test of words that follow
                    self._unanswered = False
                return escape_markdown(result) if isinstance(result, str) and fallback else result
            self._unanswered = fallback is None
            return UNKNOWN if fallback is None else fallback

        return call

    def complain(self, error: WordsError) -> None:
        """Record what a call could not answer, at its place in the words."""
        place = self.locate(error.near)
        self.problems.append(Problem(place, error.code, error.what, error.remedy))

    # What is known.

    def _series(self, name: str) -> Series:
        series = self.view.series.get(name)
        if series is None:
            what = f"there is no series {name!r}"
            raise WordsError("E501", what, suggest(name, self.view.series), name)
        return series

    def _point(self, name: str, period: object = None) -> Point:
        known = self._series(name).known
        if not known:
            what = f"nothing is known of {name!r} in this edition{tell_late(self.view, name)}"
            raise WordsError("E503", what, "say so in words, or ask known() first", name)
        if period is None:
            return known[-1]
        wanted = self._parse(period)
        for point in known:
            if point.period == wanted:
                return point
        what = f"{name!r} has no value for {wanted}{tell_late(self.view, name, wanted)}"
        span = f"it has values from {known[0].period} to {known[-1].period}"
        raise WordsError("E503", what, f"choose another period: {span}", name)

    def _parse(self, period: object) -> Period:
        try:
            return parse_period(str(period))
        except ValueError:
            what = f"{period!r} is no period"
            remedy = "write 2016, '2016-Q1', '2016-03' or '2016-03-14'"
            raise WordsError("E502", what, remedy, str(period)) from None

    def _value(self, name: str, period: object = None) -> Decimal:
        value = self._point(name, period).value
        return UNKNOWN if value is None else value

    def _unit(self, name: str) -> Unit:
        return self.view.report.units[self._series(name).declaration.unit]

    def _first_row(self, name: str, period: object) -> Observation:
        if self._first is None:
            rows = (row for rows in self.view.vintages.values() for row in rows)
            self._first = first_published(rows)
        self._series(name)
        row = self._first.get((name, self._parse(period)))
        if row is None:
            late = tell_late(self.view, name, self._parse(period))
            what = f"{name!r} has no value for {period}{late}"
            raise WordsError("E503", what, "choose another period", name)
        return row

    # What can be said.

    def value(self, series: str, period: object = None, digits: int | None = None) -> str:
        """A value with its unit; the newest where no period is named."""
        return self.catalogue.amount(self._value(series, period), self._unit(series), digits)

    def period(self, series: str) -> str:
        """The newest period of a series, in words."""
        return self.catalogue.period(self._point(series).period)

    def when(self, period: object) -> str:
        """A period in words."""
        return self.catalogue.period(self._parse(period))

    def change(self, series: str, start: object, end: object = None, digits: int = 1) -> str:
        """Change between two periods in per cent, with its sign."""
        before, after = self._value(series, start), self._value(series, end)
        if before <= 0:
            what = f"{series!r} is {before} in {start}: no change in per cent can be told"
            raise WordsError("E504", what, "use difference()", series)
        return self.catalogue.number((after / before - 1) * 100, digits, signed=True) + "%"

    def difference(self, series: str, start: object, end: object = None) -> str:
        """Change between two periods in the series' own unit, with its sign."""
        unit = self._unit(series)
        gap = self._value(series, end) - self._value(series, start)
        shown = self.catalogue.number(gap, unit.digits, signed=True)
        pattern = self.catalogue.text(unit.pattern)
        if pattern == "{}%":
            return self.catalogue.gettext("%(number)s percentage points", number=shown)
        return pattern.replace("{}", shown)

    def times(self, series: str, start: object, end: object = None, digits: int = 1) -> str:
        """How many times as large a value is as an earlier one."""
        before, after = self._value(series, start), self._value(series, end)
        if before <= 0:
            what = f"{series!r} is {before} in {start}: no multiple can be told"
            raise WordsError("E504", what, "use difference()", series)
        return self.catalogue.number(after / before, digits)

    def first_value(self, series: str, period: object, digits: int | None = None) -> str:
        """A value as it was first published."""
        value = self._first_row(series, period).value or UNKNOWN
        return self.catalogue.amount(value, self._unit(series), digits)

    def newest_value(self, series: str) -> str:
        """The newest value and its period, e.g. `228.1 bn USD in 2025`."""
        values = {"value": self.value(series), "period": self.period(series)}
        return self.catalogue.gettext("%(value)s in %(period)s", **values)

    def trend(self, series: str, start: object = None, end: object = None, name: str = "") -> str:
        """A sentence on the way from one value to another: rose, fell or stayed."""
        first = self._point(series, self.earliest(series) if start is None else start)
        last = self._point(series, end)
        before, after = first.value or UNKNOWN, last.value or UNKNOWN
        if after == before:
            message = "%(name)s was %(from)s in %(start)s and the same in %(end)s."
        elif after > before:
            message = "%(name)s rose from %(from)s in %(start)s to %(to)s in %(end)s."
        else:
            message = "%(name)s fell from %(from)s in %(start)s to %(to)s in %(end)s."
        values = {
            "name": name or self.catalogue.text(self._series(series).declaration.title),
            "from": self.value(series, first.period),
            "to": self.value(series, last.period),
            "start": self.catalogue.period(first.period),
            "end": self.catalogue.period(last.period),
        }
        return self.catalogue.gettext(message, **values)

    def extremes(self, series: str, start: object = None, end: object = None) -> str:
        """A sentence on the highest and lowest value."""
        high, low = self.peak(series, start, end), self.trough(series, start, end)
        values = {
            "high": self.value(series, high),
            "peak": self.when(high),
            "low": self.value(series, low),
            "trough": self.when(low),
        }
        message = "The highest value was %(high)s in %(peak)s, the lowest %(low)s in %(trough)s."
        return self.catalogue.gettext(message, **values)

    def count_known(self, series: str, start: object = None, end: object = None) -> str:
        """Of how many periods a value is known."""
        return self.catalogue.number(len(self._span(series, start, end)))

    def factor(self, series: str, digits: int = 2, per: int = 0) -> str:
        """The constant of a computed series as it is declared; with `per`, that over it."""
        options = getattr(self._series(series).declaration, "options", {})
        constant = options.get("factor", options.get("scale"))
        if constant is None:
            what = f"{series!r} is not computed with a factor"
            raise WordsError("E502", what, "name a series whose `options` declare one", series)
        exact = Decimal(str(constant))
        return self.catalogue.number(per / exact if per else exact, digits)

    def rule(self, name: str) -> str:
        """A number by which trends and progress are judged, as the machine reckons with it."""
        shares = {
            "trend.level": Decimal(str(LEVEL)),
            "progress.growth": SIGNIFICANT_GROWTH,
            "progress.significant_ratio": SIGNIFICANT_RATIO,
            "progress.moderate_ratio": MODERATE_RATIO,
        }
        counts = {
            "trend.points": FEWEST_POINTS,
            "progress.short_term": SHORT_TERM,
            "progress.long_term": LONG_TERM,
            "progress.short_slack": int(SHORT_TERM * SLACK),
            "progress.long_slack": int(LONG_TERM * SLACK),
        }
        rules = {key: self.catalogue.number(share * 100) + "%" for key, share in shares.items()}
        rules |= {key: self.catalogue.number(count) for key, count in counts.items()}
        if name not in rules:
            what = f"there is no rule {name!r}"
            raise WordsError("E501", what, suggest(name, rules), name)
        return rules[name]

    def begin(self) -> None:
        """Begin with other words, which no values are meant for that were asked for before."""
        self._weighed.clear()
        self._unanswered = False

    def says(self, words: str, holds: object) -> str:
        """Words of direction or comparison, which stand only while the data bear them out."""
        weighed, unanswered = [*dict.fromkeys(self._weighed)][-SHOWN:], self._unanswered
        self.begin()
        if not holds and not unanswered:  # else what is wrong was told, and nothing was tested
            why = " and ".join(weighed) or "the data say otherwise"
            what = f"the words {words!r} do not hold: {why}"
            raise WordsError("E505", what, "rewrite the sentence, or correct the data", words)
        return words

    # What can be tested.

    def _weigh(self, point: Point, series: str) -> Decimal:
        """The value of a point, which is told where words turn out not to hold."""
        value = point.value or UNKNOWN
        self._weighed.append(f"{series} is {BRIEFLY.create_decimal(value):f} in {point.period}")
        return value

    def number(self, series: str, period: object = None) -> Decimal:
        """A value as a number, for tests."""
        return self._weigh(self._point(series, period), series)

    def first_number(self, series: str, period: object) -> Decimal:
        """A value as first published, as a number, for tests."""
        return self._first_row(series, period).value or UNKNOWN

    def rises(self, series: str, start: object, end: object = None) -> bool:
        """Whether a value is greater than an earlier one."""
        return self.number(series, start) < self.number(series, end)

    def falls(self, series: str, start: object, end: object = None) -> bool:
        """Whether a value is smaller than an earlier one."""
        return self.number(series, start) > self.number(series, end)

    def is_record(self, series: str, period: object = None) -> bool:
        """Whether a value is the highest up to its period."""
        point = self._point(series, period)
        earlier = [
            p.value or UNKNOWN for p in self._series(series).known if p.period < point.period
        ]
        return bool(earlier) and (point.value or UNKNOWN) > max(earlier)

    def known(self, series: str, period: object = None) -> bool:
        """Whether this edition knows any value, or the value of a period."""
        points = self._series(series).known
        return any(period is None or p.period == self._parse(period) for p in points)

    def newest(self, series: str) -> str:
        """The newest period as other functions take it."""
        return str(self._point(series).period)

    def earliest(self, series: str) -> str:
        """The first period as other functions take it."""
        self._point(series)
        return str(self._series(series).known[0].period)

    def peak(self, series: str, start: object = None, end: object = None) -> str:
        """The period of the highest value, as other functions take it."""
        return str(max(self._span(series, start, end), key=lambda p: p.value or UNKNOWN).period)

    def trough(self, series: str, start: object = None, end: object = None) -> str:
        """The period of the lowest value, as other functions take it."""
        return str(min(self._span(series, start, end), key=lambda p: p.value or UNKNOWN).period)

    def _span(self, series: str, start: object, end: object) -> list[Point]:
        self._point(series)
        first = self._parse(start) if start is not None else None
        last = self._parse(end) if end is not None else None
        points = [
            point
            for point in self._series(series).known
            if (first is None or point.period >= first) and (last is None or point.period <= last)
        ]
        if not points:
            what = f"{series!r} has no value from {start} to {end}"
            raise WordsError("E503", what, "choose another span", series)
        return points
