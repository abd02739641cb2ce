"""How reliable first releases have been: mean and mean absolute revision, by source and horizon.

Pure. A revision at a horizon of h months is R = L − P, where P is the value as first published and
L the value known h months later; up to the newest value without a horizon. Of n revisions

- the mean revision is R̄ = ΣR / n: below zero where first releases were too high;
- the mean absolute revision is Σ|R| / n;
- both are given in per cent of the first value as well, from the R / |P| of those whose P is not 0;
- the standard error of R̄ is s / √n with s² = Σ(R − R̄)² / (n − 1), and t = R̄ / (s / √n). First
  releases are called biased where |t| exceeds the two-sided 5 per cent point of Student's
  distribution with n − 1 degrees of freedom. This takes revisions for independent of each other;
  where they go together, as after a new method, the error is larger than it says.

Only values are counted whose first publication known here came within two years of their period:
an older one was found in a later book, and is no first release. And only those which the same
producer is known to have published again, within the horizon where there is one: where it did not
look again, nothing is known of revisions, and that is not a revision of 0. What another producer
says, perhaps of something else, is no revision, though its value may stand in the report by then.

D. Croushore and T. Stark, "A real-time data set for macroeconomists", Journal of Econometrics 105
(2001); R. McKenzie and M. Gamba, "Interpreting the results of revision analyses: recommended
summary statistics", OECD/Eurostat Task Force on Performing Revisions Analysis for Sub-Annual
Economic Statistics (2008).
"""

from __future__ import annotations

import calendar
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import lru_cache

from report.histories import History
from report.model import SeriesDeclaration, View

HORIZONS = (6, 12, 24, 36, 60)
"""Months since the first release."""
TIMELY = 24
"""Months after the end of a period within which its first release must have come."""
FEWEST = 5
"""So many revisions are needed before first releases are called biased or not."""
_POINTS = (
    *(12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228),
    *(2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101, 2.093, 2.086),
    *(2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042),
)
_FURTHER = ((120, 1.980), (60, 2.000), (40, 2.021))
"""Two-sided 5 per cent points of Student's t, for 1 to 30 and some further degrees of freedom."""


@dataclass(frozen=True, slots=True)
class Reliability:
    """What became of the first releases of one group."""

    count: int
    revised: int
    """How many of them have another value now."""
    mean: Decimal
    """Mean revision in the unit of the series."""
    mean_absolute: Decimal
    mean_percent: Decimal | None
    """In per cent of the first value; None where no first value differs from 0."""
    mean_absolute_percent: Decimal | None
    error: Decimal | None
    """Standard error of the mean; None of fewer than two."""

    @property
    def t(self) -> Decimal | None:
        """The mean over its standard error; None where all revisions are equal."""
        return self.mean / self.error if self.error else None

    @property
    def is_biased(self) -> bool | None:
        """Whether the mean differs from zero by more than chance; None where that is not known."""
        if self.count < FEWEST or self.t is None:
            return None
        return abs(self.t) > Decimal(str(find_point(self.count - 1)))


def find_point(freedom: int) -> float:
    """The two-sided 5 per cent point of Student's t; between those listed the larger one."""
    if freedom <= len(_POINTS):
        return _POINTS[freedom - 1]
    return next((point for least, point in _FURTHER if freedom >= least), _POINTS[-1])


def measure_reliability(pairs: Iterable[tuple[Decimal, Decimal]]) -> Reliability | None:
    """Statistics of pairs of a first value and a later one of one unit; None of no pairs."""
    found = list(pairs)
    if not found:
        return None
    revisions = [later - first for first, later in found]
    shares = [(later - first) / abs(first) * 100 for first, later in found if first]
    mean = _mean(revisions)
    error = None
    if len(revisions) > 1:
        squares = sum(((one - mean) ** 2 for one in revisions), Decimal(0))
        error = (squares / (len(revisions) - 1) / len(revisions)).sqrt()
    return Reliability(
        count=len(found),
        revised=sum(1 for one in revisions if one),
        mean=mean,
        mean_absolute=_mean([abs(one) for one in revisions]),
        mean_percent=_mean(shares) if shares else None,
        mean_absolute_percent=_mean([abs(one) for one in shares]) if shares else None,
        error=error,
    )


def _mean(values: list[Decimal]) -> Decimal:
    return sum(values, Decimal(0)) / len(values)


def pair_releases(
    histories: Iterable[History], cut_off: date, horizon: int | None = None
) -> list[tuple[Decimal, Decimal]]:
    """First and later value of each timely history that its first producer published again.

    Both are of that producer. With a horizon: the value that many months after the first release,
    of histories that old.
    """
    pairs = []
    for history in _leave_single(histories):
        first = history.first
        if first.day > add_months(history.period.end, TIMELY):
            continue
        end = cut_off if horizon is None else add_months(first.day, horizon)
        own = [one for one in history.releases[1:] if one.producer == first.producer]
        later = [one for one in own if one.day <= end]
        if end <= cut_off and later:
            pairs.append((first.value, later[-1].value))
    return pairs


def _leave_single(histories: Iterable[History]) -> Iterator[History]:
    """Those of what was published again: of most there is one release, and nothing to be told."""
    return (history for history in histories if len(history.releases) > 1)


@lru_cache(maxsize=65536)
def add_months(day: date, months: int) -> date:
    """The same day of a later month, or its last one where it is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    last = calendar.monthrange(year, month + 1)[1]
    return date(year, month + 1, min(day.day, last))


@dataclass(frozen=True, slots=True)
class Group:
    """First releases that belong together, with their reliability at each horizon."""

    name: str
    unit: str
    """Id of the unit that the statistics are in."""
    newest: Reliability
    """Up to the newest value."""
    horizons: Mapping[int, Reliability]
    """By months; a horizon that no history reaches is left out."""


def group_reliability(
    view: View, histories: Iterable[History], name_group: Callable[[History], str]
) -> list[Group]:
    """Reliability by group and unit, in order of their names."""
    groups: dict[tuple[str, str], list[History]] = {}
    for history in _leave_single(histories):
        unit = view.series[history.series].declaration.unit
        groups.setdefault((name_group(history), unit), []).append(history)
    cut_off = view.edition.cut_off
    found = []
    for (name, unit), members in sorted(groups.items()):
        newest = measure_reliability(pair_releases(members, cut_off))
        by_horizon = {
            months: measure_reliability(pair_releases(members, cut_off, months))
            for months in HORIZONS
        }
        if newest is not None:
            horizons = {months: one for months, one in by_horizon.items() if one is not None}
            found.append(Group(name, unit, newest, horizons))
    return found


def name_producer(view: View) -> Callable[[History], str]:
    """Groups histories by who published the first release."""

    def name(history: History) -> str:
        source = view.report.sources.get(history.first.source)
        return source.producer if source else history.first.source

    return name


def name_reporter(view: View) -> Callable[[History], str]:
    """Groups histories by whose statistics they are, whoever quoted them first."""

    def name(history: History) -> str:
        declaration = view.series[history.series].declaration
        return declaration.reporter if isinstance(declaration, SeriesDeclaration) else ""

    return name
