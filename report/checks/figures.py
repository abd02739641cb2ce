"""Declared figures and derived series must fit their forms, operations and inputs."""

from __future__ import annotations

from collections.abc import Iterator

from report.derive import check_derived
from report.facts import Facts
from report.figures import check_figure
from report.model import Report
from report.problems import Problem


def check_figures(facts: Facts, report: Report) -> Iterator[Problem]:
    """A problem for each derived series and each figure that cannot be made as declared."""
    declared = {entry.value.id: entry for entry in facts.derived}
    for name, what, remedy in check_derived(report.derived, report.series, report.units):
        yield Problem(declared[name].at(""), "E401", f"derived series {name!r}: {what}", remedy)
    for _, entry in facts.figures:
        for key, what, remedy in check_figure(entry.value, report):
            place = entry.at(key)
            yield Problem(place, "E402", f"figure {entry.value.id!r}: {key} {what}", remedy)
