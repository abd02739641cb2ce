"""The account of revisions: the register, how reliable first releases were, and triangles.

Pure. Knows histories and statistics and says them in the words and numbers of a language. Which
series have triangles is declared: those of the fans on the page of revisions. Knows no HTML.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from report.changes import Tier, measure_size
from report.histories import History, Revision, list_histories, list_revisions, make_triangle
from report.languages import Catalogue
from report.model import FigureDeclaration, SeriesDeclaration, Unit, View
from report.periods import Period, parse_period
from report.reliability import (
    FEWEST,
    HORIZONS,
    Group,
    Reliability,
    group_reliability,
    name_reporter,
    pair_releases,
)
from report.revisals import (
    find_tier,
    is_rate,
    name_reason,
    name_tier,
    show_change,
    show_value,
)

PAGE = "revisions"
"""The page whose fans say which series have triangles."""
SHAPE = "fan"


@dataclass(frozen=True, slots=True)
class RevisionView:
    """A value that took the place of another, ready to be shown."""

    revision: Revision
    period: str
    old: str
    new: str
    change: str
    tier: Tier
    size: str
    reason: str
    source: str
    """The source whose value stands now."""


@dataclass(frozen=True, slots=True)
class Record:
    """The revisions of one series, the largest first."""

    series: SeriesDeclaration
    rows: tuple[RevisionView, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The revisions of all series of one reporter."""

    reporter: str
    """Empty where the series name none."""
    records: tuple[Record, ...]

    @property
    def count(self) -> int:
        """How many revisions there are."""
        return sum(len(record.rows) for record in self.records)


@dataclass(frozen=True, slots=True)
class Statistic:
    """Mean and mean absolute revision of one horizon, written out."""

    mean: str
    mean_absolute: str
    count: int


@dataclass(frozen=True, slots=True)
class GroupView:
    """First releases of one reporter in one unit."""

    reporter: str
    unit: Unit
    horizons: tuple[Statistic | None, ...]
    """In the order of the heads; None where no case is known."""
    newest: Statistic
    share: str
    """The mean revision to the newest value in per cent of the first; a dash for rates."""
    verdict: str
    """What the test says, in words."""
    is_enough: bool
    """Whether there are cases enough to say anything."""


@dataclass(frozen=True, slots=True)
class Lead:
    """What became of all first releases that were published again."""

    count: int
    raised: int
    lowered: int
    low: int
    """Groups in which first releases were too low on average."""
    high: int
    even: int
    """Groups in which the mean differs from zero by no more than chance."""
    few: int
    """Groups with too few cases, or without any spread."""

    @property
    def judged(self) -> int:
        """Groups of which something can be said."""
        return self.low + self.high + self.even


@dataclass(frozen=True, slots=True)
class TriangleView:
    """A revision triangle, ready to be shown."""

    series: SeriesDeclaration
    unit: Unit
    days: tuple[str, ...]
    rows: tuple[tuple[str, tuple[tuple[str, bool], ...]], ...]
    """The period, then for each day the value and whether it had changed; empty before any."""


@dataclass(frozen=True)
class Accounts:
    """All values of the page of revisions, for one view and language."""

    view: View
    catalogue: Catalogue

    @cached_property
    def histories(self) -> list[History]:
        """How each value came to be what it is."""
        return list_histories(self.view)

    @cached_property
    def revisions(self) -> list[Revision]:
        """Each change of a value, the newest first."""
        return list_revisions(self.histories)

    # The register.

    def register(self) -> list[Chapter]:
        """All revisions by reporter and series; most first, and in a series the largest first."""
        by_series: dict[str, list[Revision]] = {}
        for revision in self.revisions:
            by_series.setdefault(revision.series, []).append(revision)
        chapters: dict[str, list[Record]] = {}
        for name, found in by_series.items():
            ordered = sorted(found, key=_weigh, reverse=True)
            declaration = self._declare(name)
            record = Record(declaration, tuple(self._show(one) for one in ordered))
            chapters.setdefault(declaration.reporter, []).append(record)
        shown = [
            Chapter(name, tuple(sorted(some, key=lambda one: (-len(one.rows), one.series.id))))
            for name, some in chapters.items()
        ]
        return sorted(shown, key=lambda chapter: (-chapter.count, chapter.reporter))

    def _declare(self, name: str) -> SeriesDeclaration:
        declaration = self.view.series[name].declaration
        assert isinstance(declaration, SeriesDeclaration)  # noqa: S101 - only these have histories
        return declaration

    def _show(self, revision: Revision) -> RevisionView:
        unit, catalogue = self._unit(revision.series), self.catalogue
        old, new = revision.old.value, revision.new.value
        tier = find_tier(old, new)
        return RevisionView(
            revision=revision,
            period=catalogue.period(revision.period),
            old=show_value(old, unit, catalogue, new),
            new=show_value(new, unit, catalogue, old),
            change=show_change(old, new, unit, catalogue),
            tier=tier,
            size=name_tier(tier, catalogue),
            reason=name_reason(revision.new.reason, catalogue),
            source=revision.new.source,
        )

    def _unit(self, series: str) -> Unit:
        return self.view.report.units[self.view.series[series].declaration.unit]

    # Reliability.

    @cached_property
    def _groups(self) -> list[Group]:
        return group_reliability(self.view, self.histories, name_reporter(self.view))

    @property
    def horizons(self) -> tuple[str, ...]:
        """Heads of the horizons."""
        say = self.catalogue.gettext
        return tuple(
            say("%(months)s months", months=months)
            if months < 12
            else say("%(years)s years", years=months // 12)
            if months > 12
            else say("1 year")
            for months in HORIZONS
        )

    def groups(self) -> list[GroupView]:
        """Reliability by reporter and unit; those with cases enough first, then by number."""
        shown = [self._show_group(group) for group in self._groups]
        return sorted(
            shown, key=lambda one: (not one.is_enough, -one.newest.count, one.reporter, one.unit.id)
        )

    def _show_group(self, group: Group) -> GroupView:
        unit = self.view.report.units[group.unit]
        share = None if is_rate(unit, self.catalogue) else group.newest.mean_percent
        return GroupView(
            group.name,
            unit,
            tuple(self._state(group.horizons.get(months), unit) for months in HORIZONS),
            self._state_known(group.newest, unit),
            "–" if share is None else self.catalogue.number(share, 1, signed=True) + "%",
            self._judge(group.newest),
            group.newest.count >= FEWEST,
        )

    def _state(self, found: Reliability | None, unit: Unit) -> Statistic | None:
        return None if found is None else self._state_known(found, unit)

    def _state_known(self, found: Reliability, unit: Unit) -> Statistic:
        number, digits = self.catalogue.number, _find_digits(found.mean_absolute, unit)
        mean, absolute = (
            number(found.mean, digits, signed=True),
            number(found.mean_absolute, digits),
        )
        return Statistic(mean, absolute, found.count)

    def _judge(self, found: Reliability) -> str:
        """What the t-test says, in plain words."""
        say = self.catalogue.gettext
        if not found.revised:
            return say("never changed")
        if found.count < FEWEST:
            return say("too few to say")
        if found.is_biased is None:
            return say("all changed alike")
        if not found.is_biased:
            return say("neither too low nor too high, by this test")
        return say("too low") if found.mean > 0 else say("too high")

    def lead(self) -> Lead:
        """Whether first releases were too low on average."""
        pairs = pair_releases(self.histories, self.view.edition.cut_off)
        known = [group.newest for group in self._groups]
        biased = [one for one in known if one.is_biased]
        low = sum(1 for one in biased if one.mean > 0)
        even = sum(1 for one in known if one.is_biased is False)
        return Lead(
            count=len(pairs),
            raised=sum(1 for first, later in pairs if later > first),
            lowered=sum(1 for first, later in pairs if later < first),
            low=low,
            high=len(biased) - low,
            even=even,
            few=len(known) - len(biased) - even,
        )

    # Triangles.

    def triangles(self) -> list[TriangleView]:
        """The revision triangle of each series that a fan of this page shows, in its span."""
        return [
            self._show_triangle(figure, name)
            for group in self.view.report.figures
            if group.page == PAGE
            for figure in group.figures
            if figure.form == SHAPE
            for name in figure.series
            if name in self.view.vintages
        ]

    def _show_triangle(self, figure: FigureDeclaration, name: str) -> TriangleView:
        own = [one for one in self.histories if one.series == name and _wants(figure, one.period)]
        triangle, unit = make_triangle(own, name), self._unit(name)
        digits = max((_count_digits(one) for history in own for one in _values(history)), default=0)
        rows = []
        for period, values in triangle.rows:
            cells, last = [], None
            for value in values:
                text = "" if value is None else self.catalogue.number(value, min(digits, 4))
                cells.append((text, value is not None and last is not None and value != last))
                last = value
            rows.append((self.catalogue.period(period), tuple(cells)))
        days = tuple(self.catalogue.day(day) for day in triangle.days)
        return TriangleView(self._declare(name), unit, days, tuple(rows))


def _find_digits(absolute: Decimal, unit: Unit) -> int:
    """Digits by which a mean absolute revision has two that tell something."""
    return min(6, max(unit.digits, 1 - absolute.adjusted())) if absolute else unit.digits


def _weigh(revision: Revision) -> tuple[object, int, Period]:
    size = measure_size(revision.old.value, revision.new.value)
    return size, revision.new.day.toordinal(), revision.period


def _wants(figure: FigureDeclaration, period: Period) -> bool:
    """Whether a period lies in the span that a figure declares."""
    start = parse_period(figure.start).start if figure.start else period.start
    end = parse_period(figure.end).end if figure.end else period.end
    return start <= period.start and period.end <= end


def _values(history: History) -> list[Decimal]:
    return [release.value for release in history.releases]


def _count_digits(value: Decimal) -> int:
    exponent = value.normalize().as_tuple().exponent
    return max(0, -exponent) if isinstance(exponent, int) else 0
