"""The reason of a row fits its place among the values of its period."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from report.facts import Facts
from report.model import Reason
from report.problems import Problem

LATER = {Reason.ROUTINE, Reason.MAJOR, Reason.CORRECTION}
"""Reasons for a value that follows another."""


def check_reasons(facts: Facts) -> Iterator[Problem]:
    """A problem for each revision of a period of which no value had been published by its day.

    Two publications of one day may each follow the other: which came first is not known.
    """
    if "observations" in facts.torn:
        return
    lost = {(cells.get("series"), cells.get("period")) for _, cells in facts.lost}
    days: dict[tuple[str, str], list[date]] = {}
    for entry in facts.observations:
        row = entry.value
        days.setdefault((row.series, str(row.period)), []).append(row.published)
    for entry in facts.observations:
        row = entry.value
        key = (row.series, str(row.period))
        known = sum(day <= row.published for day in days[key])  # with the row itself
        if row.reason in LATER and known == 1 and key not in lost:
            what = f"the reason is {row.reason}, but no earlier value of {row.period} is here"
            remedy = "write first or coverage, or add the value that it follows"
            yield Problem(entry.at("reason"), "E214", what, remedy)
