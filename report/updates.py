"""What changed on a page since the edition before: values, periods, statuses and verdicts.

Pure. Knows the diff of two editions and which series, measures and claims a page shows; the longest
lists are cut, and what is left out is counted. Knows nothing of HTML, nor of how the diff was made.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property

from report.changes import (
    ChangeKind,
    ClaimChange,
    Coverage,
    Diff,
    MeasureChange,
    Tier,
    ValueChange,
)
from report.languages import Catalogue
from report.ledger import name_verdict
from report.model import (
    DerivedDeclaration,
    Edition,
    Measure,
    MeasureStatus,
    SeriesDeclaration,
    View,
)
from report.revisals import name_reason, name_tier, show_change, show_value
from report.statements import Claim

MOST = 10
"""So many changes of each kind are shown; the rest is counted."""


@dataclass(frozen=True)
class Before:
    """The edition before, and all that differs from it."""

    edition: Edition
    compare: Callable[[], Diff]

    @cached_property
    def diff(self) -> Diff:
        """What differs, which is found out when it is first asked for."""
        return self.compare()


@dataclass(frozen=True, slots=True)
class ValueUpdate:
    """A value that is another one now, ready to be shown."""

    series: SeriesDeclaration | DerivedDeclaration
    period: str
    old: str
    new: str
    change: str
    tier: Tier
    size: str
    """The tier in a word."""
    reason: str


@dataclass(frozen=True, slots=True)
class SeriesUpdate:
    """A series with periods that were not known before."""

    series: SeriesDeclaration | DerivedDeclaration
    count: int
    newest: str
    """The newest period that is known now, in words."""
    is_new: bool
    """Whether nothing of it was known before."""


@dataclass(frozen=True, slots=True)
class MeasureUpdate:
    """A measure with another status; None before any."""

    measure: Measure
    old: MeasureStatus | None
    new: MeasureStatus | None


@dataclass(frozen=True, slots=True)
class ClaimUpdate:
    """A claim with another verdict, each in words; empty before any."""

    claim: Claim
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class PageUpdate:
    """What changed on one page; each list cut to the first ten, beside how many there are."""

    revised: tuple[ValueUpdate, ...]
    revised_count: int
    gone: int
    """Values that were known before and are not known now."""
    firmness: int
    """Values that are the same, and more or less firm than before."""
    series: tuple[SeriesUpdate, ...]
    """All series with new periods, those with most of them first."""
    measures: tuple[MeasureUpdate, ...]
    """Those that had a status before come first."""
    measures_count: int
    measures_new: int
    """How many of them had none before."""
    claims: tuple[ClaimUpdate, ...]
    """Those that had a verdict before come first."""
    claims_count: int
    claims_new: int
    """How many of them had none before."""

    @property
    def appeared(self) -> int:
        """How many values are new."""
        return sum(one.count for one in self.series)

    @property
    def has_counts(self) -> bool:
        """Whether anything but revised values changed."""
        values = (self.gone, self.firmness, self.appeared)
        return any((*values, self.measures_count, self.claims_count))

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed that the page shows."""
        return not (self.revised_count or self.has_counts)


def _is_first(change: MeasureChange | ClaimChange) -> bool:
    """Whether something was judged that had not been judged before."""
    return change.old is None


@dataclass(frozen=True)
class Updates:
    """What changed since the edition before, for one view and language."""

    view: View
    catalogue: Catalogue
    before: Before | None
    """None for the first edition."""

    @cached_property
    def _all(self) -> set[str]:
        return set(self.view.series)

    def total(self) -> PageUpdate | None:
        """What changed in the whole edition."""
        measures = {measure.id for measure in self.view.report.measures}
        return self._gather(self._all, measures, lambda _: True)

    def on_page(self, page: str) -> PageUpdate | None:
        """What changed in what a page (or `home`) shows; None in the first edition."""
        groups = [group for group in self.view.report.figures if group.page == page]
        figures = {figure.id for group in groups for figure in group.figures}
        series = {name for group in groups for figure in group.figures for name in figure.series}
        series |= {tile.series for group in groups for tile in group.tiles}
        everything = page == "home"
        measures = {m.id for m in self.view.report.measures if everything or m.page == page}

        def is_shown(claim: Claim) -> bool:
            return everything or claim.figure in figures

        return self._gather(series, measures, is_shown)

    def _gather(
        self, series: set[str], measures: set[str], is_shown: Callable[[Claim], bool]
    ) -> PageUpdate | None:
        if self.before is None:
            return None
        diff = self.before.diff
        values = [change for change in diff.values if change.series in series]
        kinds = [change.kind for change in values]
        revised = [one for one in values if one.kind in {ChangeKind.REVISED, ChangeKind.RESTATED}]
        coverage = [change for change in diff.coverage if change.series in series]
        own = sorted(
            (change for change in diff.measures if change.measure in measures), key=_is_first
        )
        known = {measure.id: measure for measure in self.view.report.measures}
        claims = {judged.claim.id: judged.claim for judged in self.view.claims}
        shown = (one for one in diff.claims if one.claim in claims)
        judged = sorted((one for one in shown if is_shown(claims[one.claim])), key=_is_first)
        return PageUpdate(
            revised=tuple(self._show_value(change) for change in revised[:MOST]),
            revised_count=len(revised),
            gone=kinds.count(ChangeKind.DISAPPEARED),
            firmness=kinds.count(ChangeKind.STATUS),
            series=tuple(self._show_coverage(coverage)),
            measures=tuple(
                MeasureUpdate(
                    known[one.measure],
                    one.old[0] if one.old else None,
                    one.new[0] if one.new else None,
                )
                for one in own[:MOST]
            ),
            measures_count=len(own),
            measures_new=sum(map(_is_first, own)),
            claims=tuple(
                ClaimUpdate(
                    claims[one.claim],
                    name_verdict(one.old, self.catalogue) if one.old else "",
                    name_verdict(one.new, self.catalogue) if one.new else "",
                )
                for one in judged[:MOST]
            ),
            claims_count=len(judged),
            claims_new=sum(map(_is_first, judged)),
        )

    def _show_value(self, change: ValueChange) -> ValueUpdate:
        old, new, tier = change.old, change.new, change.tier
        assert old is not None and new is not None and tier is not None  # noqa: S101, PT018 - both hold a value
        assert old.value is not None and new.value is not None  # noqa: S101, PT018 - as above
        units, catalogue = self.view.report.units, self.catalogue
        same = old.unit == new.unit
        return ValueUpdate(
            series=self.view.series[change.series].declaration,
            period=catalogue.period(change.period),
            old=show_value(old.value, units[old.unit], catalogue, new.value if same else old.value),
            new=show_value(new.value, units[new.unit], catalogue, old.value if same else new.value),
            change=show_change(old.value, new.value, units[new.unit], catalogue) if same else "–",
            tier=tier,
            size=name_tier(tier, catalogue),
            reason=name_reason(new.reason, catalogue),
        )

    def _show_coverage(self, coverage: Iterable[Coverage]) -> list[SeriesUpdate]:
        shown = [
            SeriesUpdate(
                self.view.series[one.series].declaration,
                one.appeared,
                self.catalogue.period(one.new.last) if one.new.last else "",
                one.old.count == 0,
            )
            for one in coverage
            if one.appeared and one.series in self.view.series
        ]
        return sorted(shown, key=lambda one: (-one.count, one.series.id))
