"""Progress of indicators as pages show it: years, growth, a judgement in words, and why not.

Pure. Knows the view and how the language writes; knows nothing of HTML. Which indicators belong to
a page or a measure is told by what the data declare: tiles, figures and evidence.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from report.declaring import Texts
from report.languages import Catalogue
from report.model import Assessment, Point, View
from report.progress import (
    LONG_TERM,
    SHORT_TERM,
    Course,
    Judgement,
    Obstacle,
    Pursuit,
    judge_series,
    judge_target,
)


@dataclass(frozen=True, slots=True)
class CourseView:
    """The judgement over one term, ready to be shown."""

    judgement: Judgement
    words: str
    years: str
    """Such as `2020–2025`; empty where there are no two years."""
    growth: str
    """Such as `+9.42%`, a year; empty where there is none."""
    obstacle: str
    """Why there is no judgement; empty where there is one."""


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """An indicator with its goal and how it went."""

    series: str
    title: Texts
    goal: str
    """Whether it is to rise or to fall, in words."""
    short: CourseView
    long: CourseView


@dataclass(frozen=True, slots=True)
class TargetView:
    """A target that was set, and how far its indicator went towards it."""

    series: str
    event: str
    value: str
    by: str
    required: str
    ratio: str
    course: CourseView


@dataclass(frozen=True)
class Indicators:
    """The progress of all indicators, for one view and language."""

    view: View
    catalogue: Catalogue
    _known: dict[str, IndicatorView | None] = field(default_factory=dict)

    @property
    def are_declared(self) -> bool:
        """Whether any series of the report has a desired direction."""
        return any(s.declaration.desired != "none" for s in self.view.series.values())

    def of(self, name: str) -> IndicatorView | None:
        """The progress of a series; None where no direction is desired or nothing is known."""
        if name not in self._known:
            self._known[name] = self._show(name)
        return self._known[name]

    def on_page(self, page: str) -> list[IndicatorView]:
        """The indicators among the series of a page's tiles and figures, in their order."""
        return self._list(self._names(page))

    def tally(self, shown: Iterable[IndicatorView]) -> list[tuple[CourseView, int]]:
        """How many of these got which judgement over the short term, the best first."""
        by_judgement: dict[Judgement, list[CourseView]] = {}
        for item in shown:
            by_judgement.setdefault(item.short.judgement, []).append(item.short)
        return [
            (by_judgement[name][0], len(by_judgement[name]))
            for name in Judgement
            if name in by_judgement
        ]

    def in_evidence(self, assessment: Assessment | None) -> list[IndicatorView]:
        """The indicators among what a measure's status rests on."""
        return self._list(assessment.evidence if assessment else ())

    def targets(self, page: str) -> list[TargetView]:
        """The targets of a page's indicators that had been set by the cut-off."""
        names, events = set(self._names(page)), {event.id for event in self.view.events}
        cut_off = self.view.edition.cut_off
        return [
            self._show_target(judge_target(target, self.view.series[target.series], cut_off))
            for target in self.view.report.targets
            if target.series in names and target.event in events
        ]

    def words(self, judgement: Judgement) -> str:
        """A judgement in words."""
        gettext = self.catalogue.gettext
        words = {
            Judgement.SIGNIFICANT_PROGRESS: gettext("Significant progress"),
            Judgement.MODERATE_PROGRESS: gettext("Moderate progress"),
            Judgement.INSUFFICIENT_PROGRESS: gettext("Insufficient progress"),
            Judgement.NO_CHANGE: gettext("No change"),
            Judgement.AWAY: gettext("Movement away"),
            Judgement.MODERATE_AWAY: gettext("Moderate movement away"),
            Judgement.SIGNIFICANT_AWAY: gettext("Significant movement away"),
            Judgement.NOT_JUDGED: gettext("Cannot be judged"),
        }
        return words[judgement]

    def _names(self, page: str) -> Iterable[str]:
        groups = [group for group in self.view.report.figures if group.page == page]
        tiles = (tile.series for group in groups for tile in group.tiles)
        figures = (name for group in groups for figure in group.figures for name in figure.series)
        return dict.fromkeys([*tiles, *figures])

    def _list(self, names: Iterable[str]) -> list[IndicatorView]:
        shown = (self.of(name) for name in names if name in self.view.series)
        return [indicator for indicator in shown if indicator is not None]

    def _show(self, name: str) -> IndicatorView | None:
        series, gettext = self.view.series[name], self.catalogue.gettext
        declared = series.declaration
        if declared.desired == "none" or not series.known:
            return None
        short, long = (
            self._show_course(judge_series(series, self.view.edition.cut_off, term), term)
            for term in (SHORT_TERM, LONG_TERM)
        )
        goals: Mapping[str, str] = {"up": gettext("should rise"), "down": gettext("should fall")}
        return IndicatorView(name, declared.title, goals[declared.desired], short, long)

    def _show_course(self, course: Course, term: int = 0) -> CourseView:
        """A course over a term of so many years, or between the years of a target."""
        grown = course.growth
        return CourseView(
            course.judgement,
            self.words(course.judgement),
            self._span(course.start, course.end),
            "" if grown is None else self.catalogue.number(grown * 100, 2, signed=True) + "%",
            "" if course.obstacle is None else self._explain(course.obstacle, term),
        )

    def _show_target(self, pursuit: Pursuit) -> TargetView:
        target, number = pursuit.target, self.catalogue.number
        unit = self.view.report.units[self.view.series[target.series].declaration.unit]
        required, ratio = pursuit.required, pursuit.ratio
        return TargetView(
            target.series,
            target.event,
            self.catalogue.amount(target.value, unit),
            target.by,
            "" if required is None else number(required * 100, 2, signed=True) + "%",
            "" if ratio is None else number(ratio * 100) + "%",
            self._show_course(pursuit.course),
        )

    def _span(self, start: Point | None, end: Point | None) -> str:
        if start is None or end is None:
            return ""
        return f"{self.catalogue.period(start.period)}–{self.catalogue.period(end.period)}"

    def _explain(self, obstacle: Obstacle, term: int) -> str:
        gettext, years = self.catalogue.gettext, self.catalogue.number(term)
        early = gettext("no value about %(years)s years before the newest", years=years)
        reasons = {
            Obstacle.NOT_YEARLY: gettext("no yearly values"),
            Obstacle.TOO_SHORT: early if term else gettext("no value in its years"),
            Obstacle.ZERO: gettext("zero or negative values have no growth rate"),
            Obstacle.REACHED: gettext("the target was behind when it was set"),
        }
        return reasons[obstacle]
