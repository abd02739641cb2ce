"""What a person must put right, and how it is said.

Knows places in files, stable codes and the printed form. Knows nothing of what is read or checked:
each finder of problems brings its own words. Exceptions here are only for the outside world.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from difflib import SequenceMatcher, get_close_matches

MOST_NEAR = 3
"""So many names may be suggested in place of one."""


@dataclass(frozen=True, slots=True, order=True)
class Place:
    """Where something stands, as editors and annotations want it."""

    file: str
    """Path below the report's folder with forward slashes, e.g. `data/series.csv`."""

    line: int = 1
    """Line, counted from 1."""

    column: int = 1
    """Column, counted from 1 in characters."""

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """Something a person must put right before the report can be built."""

    place: Place
    code: str
    """Stable code, e.g. `E204`; each is listed in docs/problems.md."""

    what: str
    """What was found, e.g. `value is "1,204", not a plain number`."""

    remedy: str
    """What to write instead, e.g. `write 1204`."""

    def __str__(self) -> str:
        return f"{self.place}: {self.code} {self.what}; {self.remedy}"


def suggest(
    name: str, known: Iterable[str], otherwise: str = "declare it, or use a declared one"
) -> str:
    """What to write instead of an unknown name: the nearest known ones, if any are near.

    One that differs by zeros before a number alone is meant; of several that are equally near none
    is preferred, and of more than a few none is named.
    """
    names = list(dict.fromkeys(known))
    plain = [other for other in names if _drop_zeros(other) == _drop_zeros(name)]
    close = plain or get_close_matches(name, names, n=MOST_NEAR + 1)
    nearness = [SequenceMatcher(None, other, name).ratio() for other in close]
    near = [other for other, ratio in zip(close, nearness, strict=True) if ratio == nearness[0]]
    if not near or len(near) > MOST_NEAR:
        return otherwise
    return f"did you mean {' or '.join(map(repr, sorted(near)))}?"


def _drop_zeros(name: str) -> str:
    return re.sub(r"(?<!\d)0+(?=\d)", "", name)


class ReportError(Exception):
    """Anything that stops a command for a reason a person can act on."""


class DataProblems(ReportError):
    """The report's data or words have problems; holds all of them, sorted and without repeats."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        super().__init__(f"{len(self.problems)} problems")

    def __reduce__(self) -> tuple[type[DataProblems], tuple[tuple[Problem, ...]]]:
        """Travel between processes as what they are, not as their message."""
        return type(self), (self.problems,)


class UsageError(ReportError):
    """The command was called with something that does not exist or makes no sense."""


class WriteFailed(ReportError):
    """The outside world refused: disk, lock, renderer. The message says where and why."""
