"""Sentences about the values of a figure that a reader must know: firmness, silence, gaps.

Knows frames and a language. Knows nothing of drawing.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from enum import Enum

from report.figures.gathering import find_alike
from report.figures.libraries import pd
from report.languages import Catalogue
from report.model import Status
from report.periods import Kind, Period
from report.tables import MARKS, name_status

MOST_NAMED = 8


class Look(Enum):
    """How a drawing shows that a value is not final."""

    LETTER = "a letter beside it"
    LIGHT = "a bar or an area that is light"
    HOLLOW = "a spot that is hollow"
    BROKEN = "a spot on a line that is hollow, or a line that is dashed"


def remark_values(
    frame: pd.DataFrame, catalogue: Catalogue, look: Look = Look.BROKEN, *, plain: bool = False
) -> Iterator[str]:
    """Each kind of remark at most once.

    `look`: how what is not final is drawn. `plain`: whether it is not in series that are alike
    throughout.
    """
    say = catalogue.gettext
    alike = find_alike(frame) if plain else {}
    yield from _remark_alike(frame, alike, catalogue)
    rest = {
        status
        for name, status in zip(frame["series"], frame["status"], strict=True)
        if name not in alike
    }
    firmness = [status for status in MARKS if status in rest]
    names = [name_status(status, catalogue) for status in firmness]
    marks = ", ".join(names)
    if names and look is Look.LETTER:
        lettered = [f"{MARKS[status]} {name}" for status, name in zip(firmness, names, strict=True)]
        yield say("Marked: %(marks)s.", marks=", ".join(lettered))
    elif names and look is Look.LIGHT:
        yield say("Drawn light: %(marks)s.", marks=marks)
    elif names and look is Look.HOLLOW:
        yield say("Drawn hollow: %(marks)s.", marks=marks)
    elif names:
        yield say("Drawn hollow or dashed: %(marks)s.", marks=marks)
    yield from _remark_silence(frame, catalogue)


def _remark_alike(
    frame: pd.DataFrame, alike: Mapping[str, Status], catalogue: Catalogue
) -> Iterator[str]:
    """What all values of some series are, or all of the figure."""
    say = catalogue.gettext
    labels = dict(zip(frame["series"], frame["label"], strict=True))
    for status in dict.fromkeys(alike.values()):
        named = [labels[name] for name, found in alike.items() if found is status]
        names, estimate = "; ".join(named), status is Status.ESTIMATE
        if len(named) == len(labels):
            yield (
                say("All values are estimates.") if estimate else say("All values are provisional.")
            )
        elif estimate:
            yield say("All values of a series are estimates: %(series)s.", series=names)
        else:
            yield say("All values of a series are provisional: %(series)s.", series=names)


def _remark_silence(frame: pd.DataFrame, catalogue: Catalogue) -> Iterator[str]:
    """Which periods a source keeps to itself; series that lack the same are named together."""
    silent: dict[str, list[Period]] = {}
    for label, status, period in zip(frame["label"], frame["status"], frame["period"], strict=True):
        if status is Status.NOT_PUBLISHED:
            silent.setdefault(label, []).append(period)
    labels: dict[str, list[str]] = {}
    for label, periods in silent.items():
        labels.setdefault(name_spans(sorted(periods), catalogue), []).append(label)
    for spans, named in labels.items():
        yield catalogue.gettext(
            "%(series)s: the source does not publish %(periods)s.",
            series="; ".join(named),
            periods=spans,
        )


def remark_gaps(frame: pd.DataFrame, catalogue: Catalogue) -> Iterator[str]:
    """Whether the drawing leaves gaps open."""
    runs: dict[str, set[int]] = {}
    for name, run in zip(frame["series"], frame["run"], strict=True):
        runs.setdefault(name, set()).add(run % 1000)
    if any(len(found) > 1 for found in runs.values()):
        yield catalogue.gettext("Gaps in the data are left open.")


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
