"""Corrections applied to what was known: values struck, replaced, scaled, or marked.

Pure. A correction holds from its own day on, and for the value that it expects alone: what a source
publishes later is not touched. Rows stay as they were published; only what is shown differs.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from report.corrections import Action, Correction
from report.declaring import FIRST_LANGUAGE
from report.model import Observation, Point, Series
from report.periods import Period, parse_period

Key = tuple[str, Period, str]
"""A series, a period and a source."""


def locate_correction(correction: Correction) -> Key:
    """The values that a correction is about."""
    return correction.series, parse_period(correction.period), correction.source


def find_newest(rows: Iterable[Observation], keys: Iterable[Key]) -> dict[Key, Observation]:
    """The row published last for each of these keys that has any."""
    wanted = set(keys)
    newest: dict[Key, Observation] = {}
    for row in rows:
        key = (row.series, row.period, row.source)
        if key in wanted and (key not in newest or row.published > newest[key].published):
            newest[key] = row
    return newest


def choose_corrections(
    corrections: Sequence[Correction], rows: Iterable[Observation], cut_off: date
) -> tuple[Correction, ...]:
    """Those that hold at the end of a day: made by then, with the source's newest value wrong.

    `rows` are all that was published by then.
    """
    made = [correction for correction in corrections if correction.date <= cut_off]
    newest = find_newest(rows, map(locate_correction, made)) if made else {}
    return tuple(
        correction
        for correction in made
        if (row := newest.get(locate_correction(correction))) and row.value == correction.expect
    )


def strike_rows(
    rows: Sequence[Observation], corrections: Iterable[Correction]
) -> Sequence[Observation]:
    """The rows without the values that are dropped."""
    dropped = {locate_correction(c): c.expect for c in corrections if c.action is Action.DROP}
    if not dropped:
        return rows
    return [row for row in rows if not _is_struck(row, dropped)]


def _is_struck(row: Observation, dropped: Mapping[Key, Decimal]) -> bool:
    expected = dropped.get((row.series, row.period, row.source))
    return expected is not None and row.value == expected


def amend_series(
    series: Mapping[str, Series], corrections: Iterable[Correction]
) -> dict[str, Series]:
    """Observed series with the values that stand in them corrected."""
    amended = dict(series)
    for correction in corrections:
        if (found := amended.get(correction.series)) is not None:
            points = tuple(_amend_point(point, correction) for point in found.points)
            amended[correction.series] = replace(found, points=points)
    return amended


def _amend_point(point: Point, correction: Correction) -> Point:
    """A point, corrected if it holds the wrong value of that source."""
    is_meant = (
        point.period == parse_period(correction.period)
        and point.sources == (correction.source,)
        and point.value == correction.expect
    )
    if not is_meant or correction.action is Action.DROP:
        return point
    note = correction.reason.get(FIRST_LANGUAGE, "")
    if correction.action is Action.FLAG:
        return replace(point, note=note)
    known = max(point.published, correction.date)
    return replace(point, value=correct_value(correction), published=known, note=note)


def correct_value(correction: Correction) -> Decimal | None:
    """What is shown in place of the wrong value; None for nothing of this source."""
    match correction.action:
        case Action.OVERRIDE:
            return correction.value
        case Action.SCALE:
            return correction.expect * (correction.factor or 1)
        case Action.FLAG:
            return correction.expect
        case Action.DROP:
            return None
