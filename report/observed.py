"""The values of one file of observations, each with the line on which it stands.

Pure: text in, values and problems out. Knows the columns of such a file and how their cells are
written; judges single cells only.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from sys import intern

from report.cells import read_cells
from report.model import Observation
from report.problems import Problem
from report.rows import Table, parse_table
from report.shapes import OBSERVATION_COLUMNS, OBSERVATION_READERS

PLAIN_COLUMNS = ("series", "source", "locator", "note")
"""Columns whose cells are taken as they are written."""


@dataclass(slots=True)
class Observed:
    """What a file of observations holds."""

    table: Table
    values: list[tuple[Observation, int]] = field(default_factory=list)
    """Each with its line, counted from 1."""
    lost: list[Mapping[str, str]] = field(default_factory=list)
    """Cells by column of rows of which a cell is wrong."""
    problems: list[Problem] = field(default_factory=list)
    """What is wrong with cells; what is wrong with the table's shape, the table has."""


def parse_observations(text: str, file: str) -> Observed:
    """The values of a file, and what is wrong with its cells."""
    observed = Observed(parse_table(text, file, OBSERVATION_COLUMNS, ()))
    for row in observed.table.rows:
        values, errors = read_cells(row.cells, OBSERVATION_READERS)
        if errors:
            observed.lost.append(row.cells)
            for column, error in errors.items():
                problem = row.problem(column, error.code, error.what, error.remedy)
                observed.problems.append(problem)
        else:
            # Most name what others name as well: each name is held once.
            values |= {name: intern(row.cells[name]) for name in PLAIN_COLUMNS}
            observed.values.append((Observation(**values), row.line))
    return observed
