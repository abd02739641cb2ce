"""What bears on constraints and opportunities: indicators, measures and pages, ready to be shown.

Pure. Knows the view and how the language writes; knows nothing of HTML. Looks both ways: from an
item to its measures, and from a measure or a page back to the items.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Literal, TypeVar

from report.indicators import Indicators, IndicatorView
from report.items import Constraint, Item, Opportunity
from report.languages import Catalogue
from report.model import Measure, Point, Series, Status, Tile, View
from report.periods import Kind
from report.tiles import TileView, show_tile

Some = TypeVar("Some", bound=Item)
Change = Literal["percent", "difference"]


@dataclass(frozen=True, slots=True)
class BearingView:
    """A series that bears on an item: its newest value, its course and where it is drawn."""

    tile: TileView
    progress: IndicatorView | None
    """None where no direction is desired."""
    figure: str
    """The figure that draws it; empty where none does."""
    sources: tuple[str, ...]
    """Where its newest value was read, each producer once."""


@dataclass(frozen=True, slots=True)
class ItemView:
    """A constraint or an opportunity with all that bears on it."""

    item: Item
    bearings: tuple[BearingView, ...]
    unknown: int
    """How many of its indicators had no value by the cut-off."""
    measures: tuple[Measure, ...]
    pages: tuple[str, ...]
    """Pages that follow its measures or draw its indicators."""


@dataclass(frozen=True)
class Bearings:
    """All constraints and opportunities, for one view and language."""

    view: View
    catalogue: Catalogue
    indicators: Indicators

    def constraints(self) -> list[ItemView]:
        """All constraints of the edition, in the order of the articles."""
        return [self._show(item) for item in self.view.report.constraints]

    def opportunities(self) -> list[ItemView]:
        """All opportunities of the edition, in the order of the articles."""
        return [self._show(item) for item in self.view.report.opportunities]

    def constraints_of(self, measure: str) -> list[Constraint]:
        """The constraints that a measure answers."""
        return [item for item in self.view.report.constraints if measure in item.addressed_by]

    def opportunities_of(self, measure: str) -> list[Opportunity]:
        """The opportunities that a measure serves."""
        return [item for item in self.view.report.opportunities if measure in item.addressed_by]

    def constraints_on(self, page: str) -> list[tuple[Constraint, list[Measure]]]:
        """The constraints that measures of a page answer, each with these."""
        return list(self._list_answered(self.view.report.constraints, page))

    def opportunities_on(self, page: str) -> list[tuple[Opportunity, list[Measure]]]:
        """The opportunities that measures of a page serve, each with these."""
        return list(self._list_answered(self.view.report.opportunities, page))

    def _list_answered(
        self, items: Iterable[Some], page: str
    ) -> Iterator[tuple[Some, list[Measure]]]:
        for item in items:
            own = [m for m in self._find_measures(item) if m.page == page]
            if own:
                yield item, own

    @cached_property
    def _measures(self) -> dict[str, Measure]:
        return {measure.id: measure for measure in self.view.report.measures}

    @cached_property
    def _drawn(self) -> dict[str, list[tuple[str, str]]]:
        """Of each series the figures that draw it, each with its page; the front page's last."""
        groups = sorted(self.view.report.figures, key=lambda group: group.page == "home")
        drawn: dict[str, list[tuple[str, str]]] = {}
        for group in groups:
            for figure in group.figures:
                for name in figure.series:
                    drawn.setdefault(name, []).append((group.page, figure.id))
        return drawn

    def _find_measures(self, item: Item) -> list[Measure]:
        return [self._measures[name] for name in item.addressed_by if name in self._measures]

    def _show(self, item: Item) -> ItemView:
        measures = self._find_measures(item)
        followed = list(dict.fromkeys(measure.page for measure in measures))
        places = {name: self._place(name, followed) for name in item.indicators}
        shown = [self._show_bearing(name, places[name][1]) for name in item.indicators]
        known = tuple(bearing for bearing in shown if bearing is not None)
        named = {page.id for page in self.view.report.pages}
        pages = [*followed, *(places[bearing.tile.series][0] for bearing in known)]
        return ItemView(
            item,
            known,
            len(shown) - len(known),
            tuple(measures),
            tuple(page for page in dict.fromkeys(pages) if page in named),
        )

    def _place(self, series: str, followed: Sequence[str]) -> tuple[str, str]:
        """The page and the figure that draw a series; empty where none does.

        Rather on a page of the item's measures, else on one that has it as a headline.
        """
        headlines = {
            group.page
            for group in self.view.report.figures
            if any(tile.series == series for tile in group.tiles)
        }
        return min(
            self._drawn.get(series, [("", "")]),
            key=lambda place: (place[0] not in followed, place[0] not in headlines - {"home"}),
        )

    def _name_sources(self, sources: Iterable[str]) -> tuple[str, ...]:
        """Sources without those whose producer has been named already."""
        named: dict[str, str] = {}
        for name in sources:
            named.setdefault(self.view.report.sources[name].producer, name)
        return tuple(named.values())

    def _show_bearing(self, name: str, figure: str) -> BearingView | None:
        series = self.view.series[name]
        ended = [point for point in series.known if self._has_ended(point)]
        if not ended:
            return None
        tile = show_tile(self._make_tile(series, ended), self.view, self.catalogue)
        if tile is None:
            return None
        sources = self._name_sources(tile.sources)
        return BearingView(tile, self.indicators.of(name), figure, sources)

    def _has_ended(self, point: Point) -> bool:
        """Whether a value is of a whole period, and no forecast."""
        is_over = point.period.end <= self.view.edition.cut_off
        return is_over and point.status is not Status.FORECAST

    def _make_tile(self, series: Series, ended: Sequence[Point]) -> Tile:
        """The newest value of a whole period, with its change as the unit allows it.

        Shares, scores and ranks differ by so many points; only an amount grows by so many per cent.
        """
        pattern = self.catalogue.text(self.view.report.units[series.declaration.unit].pattern)
        is_amount = pattern != "{}" and not pattern.startswith("{}%")
        change: Change = "percent" if is_amount else "difference"
        return Tile(
            series=series.id,
            title=series.declaration.title,
            period=str(ended[-1].period),
            change=change if are_comparable(ended[-2:]) else "none",
        )


def are_comparable(points: Sequence[Point]) -> bool:
    """Whether the last two values of a series may be set against each other.

    Years that follow each other may. Over a gap only values of one source: another source often
    counts something else.
    """
    if len(points) < 2 or points[-1].period.kind is not Kind.YEAR:
        return True
    earlier, later = points[-2:]
    is_next = earlier.period == later.period.years_earlier(1)
    return is_next or not set(earlier.sources).isdisjoint(later.sources)
