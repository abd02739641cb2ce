"""What a diff of two views is made of: kinds of changes, how large they are, and their order.

Pure. Knows what each kind means, how the size of a change is reckoned, and which change is worse.
Knows nothing of how changes are found, or of how they are told.

A value is *known* where its point holds one. Of each series and period one thing is said:

- `appeared`: known now and not before; `disappeared`: known before and not now;
- `restated`: another value, while the unit or the definition of the series changed as well, so that
  the two do not say the same thing;
- `revised`: another value of the same thing, from whatever source;
- `status`: the same value (or none on both sides), held for more or less firm than before;
- `source`: the same value and status, by another source or from another day.

Of a series itself are said: that it `appeared` or `disappeared`, another `unit` (its id or its
words), another `definition` (what is measured, or how it is computed), another order of its
`source`s, and another `text` (its title). Of a measure its `measure` status, of a claim its
`verdict`. Coverage is told apart: how many values a series has and which periods they span. Of a
row as it was published is said that it was `rewritten` or has `disappeared`, whether it stood or
not.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction

from report.model import MeasureStatus, Reason, Status
from report.periods import Period
from report.statements import Verdict


class ChangeKind(StrEnum):
    """What became of something; the module's docstring says what each means."""

    APPEARED = "appeared"
    DISAPPEARED = "disappeared"
    REVISED = "revised"
    RESTATED = "restated"
    STATUS = "status"
    SOURCE = "source"
    UNIT = "unit"
    DEFINITION = "definition"
    TEXT = "text"
    MEASURE = "measure"
    VERDICT = "verdict"
    REWRITTEN = "rewritten"


class Tier(StrEnum):
    """How large a change of a value is; the limits belong to the larger one."""

    RED = "red"
    """At least 15 per cent by `measure_size`, which is a rise by 35 or a fall by 26 per cent."""
    YELLOW = "yellow"
    """At least 1 per cent, which is a rise or fall by some 2 per cent."""
    GREEN = "green"


RED_FROM, YELLOW_FROM = Fraction(15, 100), Fraction(1, 100)


def measure_size(old: Decimal, new: Decimal) -> Fraction:
    """How far apart two values are: |old − new| / (|old| + |new|), exact; 0 for two zeros.

    From 0 (equal) to 1 (one is zero, or the signs differ); the same for both orders and any unit.
    Known as Canberra distance of one dimension (Lance and Williams, "Computer programs for
    hierarchical polythetic classification", The Computer Journal 9, 1966).
    """
    first, second = Fraction(old), Fraction(new)
    whole = abs(first) + abs(second)
    return abs(first - second) / whole if whole else Fraction(0)


def choose_tier(size: Fraction) -> Tier:
    """The tier of a size."""
    if size >= RED_FROM:
        return Tier.RED
    return Tier.YELLOW if size >= YELLOW_FROM else Tier.GREEN


@dataclass(frozen=True, slots=True)
class State:
    """How one period of a series stands in one of the views."""

    value: Decimal | None
    status: Status
    sources: tuple[str, ...]
    published: date
    unit: str
    """Id of the unit that the value is in."""
    reason: Reason | None = None
    """Why the row was added, or that its value is corrected; None for a computed value."""
    correction: str = ""
    """What is wrong with the source's value, where a declared correction is applied to it."""


@dataclass(frozen=True, slots=True)
class ValueChange:
    """One period of a series that stands otherwise now; None where it does not stand at all."""

    kind: ChangeKind
    series: str
    period: Period
    old: State | None
    new: State | None

    @property
    def size(self) -> Fraction | None:
        """How far old and new are apart; None where one is not known, or the units differ."""
        if self.old is None or self.new is None or self.old.unit != self.new.unit:
            return None
        if self.old.value is None or self.new.value is None:
            return None
        return measure_size(self.old.value, self.new.value)

    @property
    def tier(self) -> Tier | None:
        """How much the change of the value matters; None where its value did not change.

        Red as well where the size cannot be reckoned because the units differ.
        """
        if self.kind not in {ChangeKind.REVISED, ChangeKind.RESTATED}:
            return None
        return Tier.RED if self.size is None else choose_tier(self.size)

    @property
    def is_rewritten(self) -> bool:
        """Whether the value of one source and day was overwritten, instead of a later one added."""
        if self.kind not in {ChangeKind.REVISED, ChangeKind.RESTATED}:
            return False
        old, new = self.old, self.new
        if old is None or new is None or old.reason is None or new.reason is None:
            return False
        if old.correction or new.correction:
            return False  # what is declared about a row differs; the row is compared by itself
        return (old.sources, old.published) == (new.sources, new.published)


@dataclass(frozen=True, slots=True)
class SeriesChange:
    """Something about a whole series that is declared otherwise now."""

    kind: ChangeKind
    series: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class MeasureChange:
    """A measure with another status, each with the day from which it holds; None before any."""

    measure: str
    old: tuple[MeasureStatus, str] | None
    new: tuple[MeasureStatus, str] | None
    kind: ChangeKind = ChangeKind.MEASURE


@dataclass(frozen=True, slots=True)
class ClaimChange:
    """A claim with another verdict; None where it was not yet, or is no longer, judged."""

    claim: str
    old: Verdict | None
    new: Verdict | None
    kind: ChangeKind = ChangeKind.VERDICT


@dataclass(frozen=True, slots=True)
class ListChange:
    """Something listed that came, went, or is written otherwise (kind `text`)."""

    noun: str
    """Event, institution, source, claim, assessment or correction."""
    kind: ChangeKind
    id: str
    aspects: tuple[str, ...] = ()
    """Of what is written otherwise, the names of the fields that differ."""


@dataclass(frozen=True, slots=True)
class RowChange:
    """A published row that was overwritten (`rewritten`), or is there no more (`disappeared`).

    Rows are only ever added, so that neither should happen, whether or not the row stood.
    """

    kind: ChangeKind
    series: str
    period: Period
    source: str
    published: date
    old: str
    """Value, status and reason; of a row without value the status and reason alone."""
    new: str


@dataclass(frozen=True, slots=True)
class Extent:
    """How much of a series is known."""

    count: int = 0
    first: Period | None = None
    last: Period | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """A series of which other periods are known now."""

    series: str
    old: Extent
    new: Extent
    appeared: int
    disappeared: int


@dataclass(frozen=True, slots=True)
class Diff:
    """Everything that differs, each list with the worst first."""

    values: tuple[ValueChange, ...] = ()
    series: tuple[SeriesChange, ...] = ()
    measures: tuple[MeasureChange, ...] = ()
    claims: tuple[ClaimChange, ...] = ()
    lists: tuple[ListChange, ...] = ()
    coverage: tuple[Coverage, ...] = ()
    rows: tuple[RowChange, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return self == Diff()


# The worst first.

_ORDER = (ChangeKind.DISAPPEARED, Tier.RED, Tier.YELLOW, Tier.GREEN)
_QUIET = (ChangeKind.STATUS, ChangeKind.SOURCE, ChangeKind.APPEARED)
_RANKS = {sort: rank for rank, sort in enumerate((*_ORDER, *_QUIET))}


def sort_values(changes: Iterable[ValueChange]) -> tuple[ValueChange, ...]:
    """Data that went, then by size, then what kept its value, then what came."""

    def weigh(change: ValueChange) -> tuple[int, Fraction | int, str, Period]:
        size = change.size
        rank = _RANKS[change.tier or change.kind]
        return rank, -1 if size is None else -size, change.series, change.period

    return tuple(sorted(changes, key=weigh))


def sort_series(
    changes: Iterable[SeriesChange],
) -> tuple[SeriesChange, ...]:
    """What makes values incomparable before words."""
    order = (
        *(ChangeKind.DISAPPEARED, ChangeKind.UNIT, ChangeKind.DEFINITION),
        *(ChangeKind.SOURCE, ChangeKind.TEXT, ChangeKind.APPEARED),
    )
    return tuple(sorted(changes, key=lambda c: (order.index(c.kind), c.series)))


def sort_lists(changes: Iterable[ListChange]) -> tuple[ListChange, ...]:
    """What went before what came."""
    return tuple(sorted(changes, key=lambda c: (c.kind is ChangeKind.APPEARED, c.noun, c.id)))


def sort_coverage(changes: Iterable[Coverage]) -> tuple[Coverage, ...]:
    """What lost most values first."""
    return tuple(sorted(changes, key=lambda c: (-c.disappeared, -c.appeared, c.series)))
