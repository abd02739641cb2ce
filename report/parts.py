"""What the parts of pages show: tiles, timelines, questions and registers, as plain values.

Pure. Knows the view and how the language writes; knows nothing of HTML. Forms in `templates/parts/`
turn these values into markup.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from report.accounts import Accounts
from report.addresses import name_letter
from report.bearings import Bearings
from report.citing import Citing
from report.claims import count_verdicts
from report.downloads import Downloads
from report.filters import Filters
from report.glossing import list_entries
from report.indicators import Indicators
from report.languages import Catalogue
from report.ledger import ClaimView, name_verdict, show_claim
from report.model import (
    Assessment,
    DerivedDeclaration,
    Event,
    FigureDeclaration,
    Measure,
    MeasureStatus,
    Point,
    Question,
    Series,
    Unit,
    View,
)
from report.periods import Period
from report.relations import Relations
from report.statements import Verdict
from report.terms import Term
from report.tiles import TileView, show_tile
from report.updates import Before, Updates


@dataclass(frozen=True, slots=True)
class QuestionView:
    """A question of a page with the figures that answer it, or why none can."""

    question: Question
    figures: tuple[FigureDeclaration, ...]


@dataclass(frozen=True, slots=True)
class SeriesView:
    """A series as the register of data lists it."""

    series: Series
    unit: Unit
    span: str
    count: int
    vintages: int
    """How many of its values were published more than once by the cut-off."""
    sources: tuple[str, ...]


@dataclass(frozen=True)
class Parts:
    """The values of all parts, for one view and language."""

    view: View
    catalogue: Catalogue
    before: Before | None = None
    """The edition before with all that differs; None for the first."""

    @cached_property
    def updates(self) -> Updates:
        """What changed since the edition before."""
        return Updates(self.view, self.catalogue, self.before)

    @cached_property
    def accounts(self) -> Accounts:
        """Revisions: the register, reliability, and triangles."""
        return Accounts(self.view, self.catalogue)

    @cached_property
    def citing(self) -> Citing:
        """What of the edition can be cited, and how."""
        return Citing(self.view, self.catalogue)

    @cached_property
    def downloads(self) -> Downloads:
        """The data as files that are taken away."""
        return Downloads(self.view, self.catalogue)

    @cached_property
    def indicators(self) -> Indicators:
        """The progress of indicators."""
        return Indicators(self.view, self.catalogue)

    @cached_property
    def filters(self) -> Filters:
        """The measures in groups, and by what they may be sifted."""
        return Filters(self.view)

    @cached_property
    def relations(self) -> Relations:
        """Pages and measures that rest on the same facts."""
        return Relations(self.view, self.catalogue)

    @cached_property
    def bearings(self) -> Bearings:
        """Constraints and opportunities, and what bears on them."""
        return Bearings(self.view, self.catalogue, self.indicators)

    def tiles(self, page: str) -> list[TileView]:
        """Headline tiles of a page (or of `home`) of which something is known."""
        tiles = [t for group in self.view.report.figures if group.page == page for t in group.tiles]
        shown = (show_tile(tile, self.view, self.catalogue) for tile in tiles)
        return [tile for tile in shown if tile is not None]

    def figures(self, page: str) -> list[FigureDeclaration]:
        """Figures that a page declares."""
        groups = [group for group in self.view.report.figures if group.page == page]
        return [figure for group in groups for figure in group.figures]

    def questions(self, page: str) -> list[QuestionView]:
        """Questions of a page, with their answers."""
        figures = self.figures(page)
        return [
            QuestionView(q, tuple(f for f in figures if q.id in f.answers))
            for q in self.view.report.questions
            if q.page == page
        ]

    def measures(self, page: str) -> list[Measure]:
        """Measures of a page, in the order of the source."""
        return [measure for measure in self.view.report.measures if measure.page == page]

    def status(self, measure: str) -> Assessment | None:
        """The newest status of a measure; None where this edition knows none."""
        statuses = self.view.assessments.get(measure, ())
        return statuses[-1] if statuses else None

    def since(self, measure: str) -> str:
        """The date from which a measure's status has held without a break."""
        beginning = self._find_beginning(measure)
        return beginning.date if beginning else ""

    def shown_first(self, measure: str) -> list[str]:
        """What showed a status when it began to hold, beyond the evidence that is named now."""
        beginning, newest = self._find_beginning(measure), self.status(measure)
        if beginning is None or newest is None:
            return []
        return [name for name in beginning.evidence if name not in newest.evidence]

    def _find_beginning(self, measure: str) -> Assessment | None:
        """The assessment from which on a measure's status has held."""
        statuses, found = self.view.assessments.get(measure, ()), None
        for assessment in reversed(statuses):
            if assessment.status is not statuses[-1].status:
                break
            found = assessment
        return found

    def history(self, measure: str) -> list[Assessment]:
        """The statuses before the one that holds, newest first, each from its first day."""
        statuses = self.view.assessments.get(measure, ())
        changes = [
            item
            for at, item in enumerate(statuses)
            if at == 0 or item.status is not statuses[at - 1].status
        ]
        return changes[-2::-1] if len(changes) > 1 else []

    def tally(self, page: str = "") -> list[tuple[MeasureStatus, int]]:
        """How many measures (of a page) stand at each status, in the order of boards."""
        found = [
            status.status
            for measure in self.view.report.measures
            if page in {"", measure.page} and (status := self.status(measure.id)) is not None
        ]
        return [(status, found.count(status)) for status in MeasureStatus if status in found]

    def kind_of(self, evidence: str) -> str:
        """What a piece of evidence is: an event, an institution or a series."""
        if evidence in self.view.series:
            return "series"
        institutions = {body.id for body in self.view.institutions}
        return "institution" if evidence in institutions else "event"

    def claims(self) -> list[ClaimView]:
        """All claims with their verdicts, in the order of the articles."""
        return [show_claim(judged, self.view, self.catalogue) for judged in self.view.claims]

    def verdicts(self) -> list[tuple[Verdict, int]]:
        """How many claims have each verdict, in the order of the ledger."""
        return count_verdicts(self.view.claims)

    def name_verdict(self, verdict: Verdict) -> str:
        """A verdict in words."""
        return name_verdict(verdict, self.catalogue)

    def events(self, page: str = "") -> list[Event]:
        """Events of a page, or all of them, newest first."""
        found = [event for event in self.view.events if page in {"", event.page}]
        return sorted(found, key=lambda event: (event.date, event.id), reverse=True)

    def event_years(self) -> list[tuple[str, list[Event]]]:
        """All events by year, newest first."""
        years: dict[str, list[Event]] = {}
        for event in self.events():
            years.setdefault(event.date[:4], []).append(event)
        return list(years.items())

    def newest_period(self, page: str = "") -> Period | None:
        """The newest whole period that a value behind a page's figures and tiles is about."""
        cut_off = self.view.edition.cut_off
        ended = (p.period for p in self._points(page) if p.period.end <= cut_off)
        return max(ended, key=lambda period: (period.end, period.start), default=None)

    def _points(self, page: str) -> Iterator[Point]:
        groups = [group for group in self.view.report.figures if page in {"", group.page}]
        names = {name for group in groups for figure in group.figures for name in figure.series}
        names |= {tile.series for group in groups for tile in group.tiles}
        for name in sorted(names & set(self.view.series)):
            yield from self.view.series[name].known

    def series(self, topics: Mapping[str, str] | None = None) -> list[tuple[str, list[SeriesView]]]:
        """All series of which something is known, in groups by the first part of their id.

        Groups are in order of what `topics` calls them: readers see no ids.
        """
        groups: dict[str, list[SeriesView]] = {}
        for name, series in sorted(self.view.series.items()):
            if series.known:
                groups.setdefault(name.split(".")[0], []).append(self._show_series(series))
        named = topics or {}
        return sorted(groups.items(), key=lambda item: named.get(item[0], item[0]).casefold())

    def _show_series(self, series: Series) -> SeriesView:
        known = series.known
        first, last = (self.catalogue.period(known[at].period) for at in (0, -1))
        rows = self.view.vintages.get(series.id, ())
        periods = (row.period for row in rows if row.value is not None)
        return SeriesView(
            series,
            self.view.report.units[series.declaration.unit],
            first if first == last else f"{first} – {last}",
            len(known),
            sum(count > 1 for count in Counter(periods).values()),
            tuple(sorted({name for point in known for name in point.sources})),
        )

    def is_derived(self, series: Series) -> bool:
        """Whether a series is computed from others."""
        return isinstance(series.declaration, DerivedDeclaration)

    def glossary(self) -> list[tuple[Term, list[tuple[str, str]]]]:
        """The words of the glossary in order, each with its other names and their languages."""
        return list(list_entries(self.view.report.glossary, self.catalogue))

    def sources(self) -> list[tuple[str, list[str]]]:
        """Ids of all sources known by the cut-off, each with its uses in words."""
        uses: dict[str, list[str]] = {}
        for name, rows in sorted(self.view.vintages.items()):
            for source in sorted({row.source for row in rows}):
                uses.setdefault(source, []).append(name)
        cited: Mapping[str, Sequence[str]] = {
            "events": [event.source for event in self.view.events],
            "institutions": [body.source for body in self.view.institutions],
            "measures": [measure.source for measure in self.view.report.measures],
            "claims": [judged.claim.source for judged in self.view.claims],
            "method": self.view.report.declaration.methods,
        }
        for noun, sources in cited.items():
            for source in sources:
                if noun not in uses.setdefault(source, []):
                    uses[source].append(noun)
        known = self.view.report.sources
        return sorted(
            ((name, words) for name, words in uses.items() if name in known),
            key=lambda item: (known[item[0]].producer.casefold(), item[0]),
        )

    def sources_by_letter(self) -> list[tuple[str, str, list[tuple[str, list[str]]]]]:
        """The same, in groups by the first letter of the producer; all else under `#`.

        Each letter, what stands for it in an address, and its sources.
        """
        groups: dict[str, list[tuple[str, list[str]]]] = {}
        for name, uses in self.sources():
            first = self.view.report.sources[name].producer[:1].upper()
            groups.setdefault(first if first.isalpha() else "#", []).append((name, uses))
        return [(letter, name_letter(letter), found) for letter, found in sorted(groups.items())]

    def count_sources(self) -> list[str]:
        """How many sources, how many producers, and how many do not let values be passed on."""
        known = [self.view.report.sources[name] for name, _ in self.sources()]
        held = sum(not source.redistributable for source in known)
        counts = (len(known), len({source.producer for source in known}), held)
        return [self.catalogue.number(count) for count in counts]
