"""Titles of headline numbers say what is counted, and no number and no direction themselves."""

from __future__ import annotations

from collections.abc import Iterator

from report.facts import Facts
from report.problems import Problem
from report.wording import find_statements


def check_tiles(facts: Facts) -> Iterator[Problem]:
    """A problem for each number and each word of direction in the title of a tile."""
    for _, entry in facts.tiles:
        for language, title in entry.value.title.items():
            for _, code, what, _ in find_statements(title, language):
                remedy = "say what is counted; the tile shows the value and its change"
                yield Problem(entry.at("title"), code, f"title: {what}", remedy)
