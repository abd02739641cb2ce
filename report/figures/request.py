"""What is asked of a form: a declaration, its checked options, and the facts as known.

Knows how series are called in a figure and which of their points it wants. Knows nothing of
drawing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Annotated, Any

from pydantic import AfterValidator, BeforeValidator

from report.declaring import Texts
from report.figures.times import show_to_date, show_twelve_months
from report.languages import Catalogue
from report.model import (
    DerivedDeclaration,
    FigureDeclaration,
    Frequency,
    Point,
    Series,
    Unit,
    View,
)
from report.periods import Kind, Period, parse_period
from report.problems import ReportError


class FigureRefused(ReportError):
    """A figure cannot be made from what is known; says why and what to change."""


def _as_period(value: object) -> object:
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _check_period(value: str) -> str:
    parse_period(value)
    return value


PeriodText = Annotated[str, BeforeValidator(_as_period), AfterValidator(_check_period)]
"""A period as options write it; a bare year is read as a number by YAML."""


@dataclass(frozen=True)
class Request:
    """One figure to be made."""

    declaration: FigureDeclaration
    options: Any
    """The form's own options, already checked by its model."""
    view: View
    catalogue: Catalogue
    page: str = ""
    caption: str = ""

    @cached_property
    def span(self) -> tuple[Period | None, Period | None]:
        """First and last period wanted."""
        start, end = self.declaration.start, self.declaration.end
        return parse_period(start) if start else None, parse_period(end) if end else None

    def wants(self, period: Period) -> bool:
        """Whether a period lies within the figure's span."""
        start, end = self.span
        return (start is None or period.start >= start.start) and (
            end is None or period.end <= end.end
        )

    def series(self, name: str) -> Series:
        """A series by its id."""
        return self.view.series[name]

    def points(self, name: str) -> tuple[Point, ...]:
        """The points of a series within the figure's span."""
        points = self.series(name).points
        if self.span == (None, None):
            return points
        return tuple(point for point in points if self.wants(point.period))

    def known(self, name: str) -> tuple[Point, ...]:
        """Those of a series' points that have a value."""
        return tuple(point for point in self.points(name) if point.value is not None)

    def name_period(self, period: Period, names: Iterable[str]) -> str:
        """A period of these series in words: of sums over months, all months that they count."""
        known = {name for name in names if name in self.view.series}
        if known and all(self.is_to_date(name) for name in known):
            return show_to_date(period, self.catalogue)
        if known and all(self._comes(name, Frequency.TWELVE_MONTHS) for name in known):
            return show_twelve_months(period, self.catalogue)
        return self.catalogue.period(period)

    def is_to_date(self, name: str) -> bool:
        """Whether each value of a series, or of all it is computed from, counts from January on."""
        return self._comes(name, Frequency.YEAR_TO_DATE)

    def _comes(self, name: str, frequency: Frequency) -> bool:
        declaration = self.series(name).declaration
        if isinstance(declaration, DerivedDeclaration):
            return all(self._comes(source, frequency) for source in declaration.of)
        return declaration.frequency is frequency

    def label(self, name: str) -> str:
        """What the figure calls a series: its short name here, else its title."""
        texts: Texts | None = self.declaration.labels.get(name)
        return self.catalogue.text(texts or self.series(name).declaration.title)

    def unit(self, name: str) -> Unit:
        """The unit of a series."""
        return self.view.report.units[self.series(name).declaration.unit]

    def unit_words(self, names: Iterable[str]) -> str:
        """The unit that all these series share, in words."""
        units = dict.fromkeys(self.series(name).declaration.unit for name in names)
        shown = [self.catalogue.text(self.view.report.units[unit].title) for unit in units]
        return ", ".join(shown)


def is_annual(periods: Iterable[Period]) -> bool:
    """Whether all periods are whole years."""
    return all(period.kind is Kind.YEAR for period in periods)
