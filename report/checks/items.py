"""Every constraint and opportunity has indicators and measures, or says what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from report.declaring import FIRST_LANGUAGE
from report.facts import Entry, Facts
from report.items import Item
from report.problems import Problem


def check_items(facts: Facts) -> Iterator[Problem]:
    """A problem for each item that shows nothing, and for each that nothing answers."""
    entries: list[Entry[Item]] = []
    for table in (facts.constraints, facts.opportunities):
        entries += [Entry(entry.value, entry.at) for entry in table]
    for entry in entries:
        item = entry.value
        if item.gap.get(FIRST_LANGUAGE, "").strip():
            continue
        if not item.indicators:
            what = f"{item.id!r} has no indicator and states no gap"
            remedy = "name series in `indicators`, or say in `gap` what data would bear on it"
            yield Problem(entry.at("indicators"), "E390", what, remedy)
        if not item.addressed_by:
            what = f"no measure answers {item.id!r} and no gap is stated"
            remedy = "name measures in `addressed_by`, or say in `gap` that none does"
            yield Problem(entry.at("addressed_by"), "E391", what, remedy)
