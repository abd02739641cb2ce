"""By what readers may sift the measures: page, state, and kinds of evidence.

Pure. Knows the view; knows nothing of HTML or of how a choice hides what does not fit it. That is
done by `filters.css`, which knows the states and kinds of this module and pages by number alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from report.model import Assessment, Measure, MeasureStatus, Page, View

UNKNOWN = "unknown"
"""Stands for the state of a measure that has none in this edition."""
PLACES = 24
"""How many pages the rules of `filters.css` can tell apart."""


class Evidence(StrEnum):
    """What a measure's state rests on."""

    EVENTS = "events"
    INSTITUTIONS = "institutions"
    SERIES = "series"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Sifted:
    """A measure and what it is sifted by."""

    measure: Measure
    assessment: Assessment | None
    """The newest state; None where this edition knows none."""
    evidence: tuple[tuple[Evidence, int], ...]
    """How many pieces of which kind the state rests on; where there are none, one `none`."""

    @property
    def state(self) -> str:
        """The state, or that there is none."""
        return self.assessment.status if self.assessment else UNKNOWN


@dataclass(frozen=True, slots=True)
class Group:
    """The measures of one page."""

    page: Page
    place: int
    """The number of the page among those that have measures, from one."""
    measures: tuple[Sifted, ...]


@dataclass(frozen=True)
class Filters:
    """The measures of a view in groups, and the choices that are worth offering."""

    view: View

    @cached_property
    def groups(self) -> tuple[Group, ...]:
        """The measures by page, pages by the order of their kinds and their own."""
        report = self.view.report
        kinds = [kind.id for kind in report.declaration.kinds if kind.assessed]
        pages = sorted(
            (page for page in report.pages if page.kind in kinds),
            key=lambda page: (kinds.index(page.kind), page.order, page.id),
        )
        found = [(page, [m for m in report.measures if m.page == page.id]) for page in pages]
        return tuple(
            Group(page, place, tuple(self._sift(measure) for measure in measures))
            for place, (page, measures) in enumerate(((p, m) for p, m in found if m), start=1)
        )

    @property
    def pages(self) -> Sequence[Group]:
        """The pages to choose from; none where there is but one, or too many to tell apart."""
        return self.groups if 1 < len(self.groups) <= PLACES else ()

    @property
    def states(self) -> list[tuple[str, int]]:
        """The states to choose from, in the order of boards, each with its number of measures."""
        found = Counter(sifted.state for sifted in self._measures)
        return [(state, found[state]) for state in (*MeasureStatus, UNKNOWN) if state in found]

    @property
    def evidence(self) -> list[tuple[Evidence, int]]:
        """The kinds of evidence to choose from; a measure counts for each kind that it has."""
        found = Counter(kind for sifted in self._measures for kind, _ in sifted.evidence)
        return [(kind, found[kind]) for kind in Evidence if kind in found]

    @property
    def count(self) -> int:
        """The number of measures."""
        return len(self._measures)

    @property
    def _measures(self) -> list[Sifted]:
        return [sifted for group in self.groups for sifted in group.measures]

    @cached_property
    def _bodies(self) -> frozenset[str]:
        return frozenset(body.id for body in self.view.institutions)

    def _sift(self, measure: Measure) -> Sifted:
        statuses = self.view.assessments.get(measure.id, ())
        newest = statuses[-1] if statuses else None
        found = Counter(self._name_kind(name) for name in newest.evidence) if newest else Counter()
        kinds = tuple((kind, found[kind]) for kind in Evidence if kind in found)
        return Sifted(measure, newest, kinds or ((Evidence.NONE, 1),))

    def _name_kind(self, evidence: str) -> Evidence:
        if evidence in self.view.series:
            return Evidence.SERIES
        return Evidence.INSTITUTIONS if evidence in self._bodies else Evidence.EVENTS
