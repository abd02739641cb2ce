"""A target can be judged: its series has a goal, and its years come in order."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from report.facts import Entry, Facts
from report.problems import Place, Problem


def check_targets(facts: Facts) -> Iterator[Problem]:
    """A problem for each target towards which no progress can be measured."""
    declared: list[Entry[Any]] = [*facts.series, *facts.derived]
    desired = {entry.value.id: entry.value.desired for entry in declared}
    seen: dict[tuple[str, str, str], Place] = {}
    for entry in facts.targets:
        target = entry.value
        if desired.get(target.series) == "none":
            what = f"a target for {target.series!r}, of which no direction is desired"
            remedy = "write desired up or down for the series"
            yield Problem(entry.at("series"), "E370", what, remedy)
        if int(target.base) >= int(target.by):
            what = f"base is {target.base}, the target is for {target.by}"
            yield Problem(entry.at("base"), "E371", what, "write an earlier year as base")
        if target.value <= 0:
            what = f"a target of {target.value}, towards which there is no growth rate"
            yield Problem(entry.at("value"), "E373", what, "write a value above zero")
        key = (target.series, target.by, target.event)
        if key in seen:
            what = f"the target of {target.series!r} for {target.by} is already given at "
            remedy = "keep one of them"
            yield Problem(entry.at("series"), "E372", what + str(seen[key]), remedy)
        seen.setdefault(key, entry.at(""))
