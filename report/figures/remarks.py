"""Sentences about the values of a figure that a reader must know: firmness, silence, gaps.

Knows frames and a language. Knows nothing of drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from report.figures.libraries import pd
from report.languages import Catalogue
from report.model import Status
from report.periods import Kind, Period

MOST_NAMED = 8


def remark_values(frame: pd.DataFrame, catalogue: Catalogue) -> Iterator[str]:
    """Each kind of remark at most once."""
    say = catalogue.gettext
    statuses = set(frame["status"])
    if Status.PROVISIONAL in statuses:
        yield say("Provisional values are marked p and drawn hollow or light.")
    if Status.ESTIMATE in statuses:
        yield say("Estimates are marked e and drawn hollow, light or dashed.")
    if Status.FORECAST in statuses:
        yield say("Forecasts are marked f and drawn hollow, light or dashed.")
    silent: dict[str, list[Period]] = {}
    for label, status, period in zip(frame["label"], frame["status"], frame["period"], strict=True):
        if status is Status.NOT_PUBLISHED:
            silent.setdefault(label, []).append(period)
    for label, periods in silent.items():
        yield say(
            "%(series)s: the source does not publish %(periods)s.",
            series=label,
            periods=name_spans(sorted(periods), catalogue),
        )


def remark_gaps(frame: pd.DataFrame, catalogue: Catalogue, *, together: bool) -> Iterator[str]:
    """How many gaps the drawing leaves open; `together` where all series break at once."""
    counts = [len(set(part["run"] % 1000)) - 1 for _, part in frame.groupby("series")]
    gaps = max(counts, default=0) if together else sum(counts)
    if gaps > 0:
        one = "%(count)s gap in the data is left open."
        yield catalogue.ngettext(one, "%(count)s gaps in the data are left open.", gaps)


def name_spans(periods: Sequence[Period], catalogue: Catalogue) -> str:
    """Periods in words, those that follow each other as a span, e.g. `2015 to 2017, 2020`."""
    spans: list[list[Period]] = []
    for period in periods:
        if spans and spans[-1][-1].kind is period.kind and _follows(spans[-1][-1], period):
            spans[-1].append(period)
        else:
            spans.append([period])
    shown = [
        catalogue.period(span[0])
        if len(span) == 1
        else catalogue.gettext(
            "%(start)s to %(end)s",
            start=catalogue.period(span[0]),
            end=catalogue.period(span[-1]),
        )
        for span in spans
    ]
    if len(shown) > MOST_NAMED:
        left = len(shown) - MOST_NAMED
        shown = [*shown[:MOST_NAMED], catalogue.gettext("and %(count)s more spans", count=left)]
    return ", ".join(shown)


def _follows(last: Period, period: Period) -> bool:
    days = (period.start - last.start).days
    return days <= 10 if period.kind is Kind.DAY else last.shift(1) == period
