"""What an edition is called, which of two is newer, and how a change of it is declared.

Pure. Knows names and revisions. Knows nothing of what an edition holds or where it lies.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from report.declaring import Model, Texts

_NAME = re.compile(r"20[0-9]{2}(?:-r[1-9][0-9]?)?", re.ASCII)
LATEST = "latest"
"""The address that always leads to the newest edition."""


class EditionRevision(Model):
    """A change of an edition after it was published, declared in the edition's own file."""

    day: dt.date
    """The day on which the changed edition is published."""
    reason: Literal["routine", "major", "correction", "coverage"]
    """As the reasons of values: for `correction` something was wrong."""
    what: Texts = Field(min_length=1)
    """What was changed, in a sentence for readers."""
    conclusion_changed: bool
    """Whether a finding no longer stands."""


def is_name(text: str) -> bool:
    """Whether a text names an edition: a year of this century, or its N-th revision."""
    return _NAME.fullmatch(text) is not None


def explain_name(text: str) -> str:
    """What is wrong with a text that is no name of an edition, and what to write."""
    return f"{text!r} names no edition; write a year such as 2026, or a revision such as 2026-r1"


def order_edition(name: str) -> tuple[int, int]:
    """A key by which newer editions are greater: the year, then the number of the revision."""
    year, _, revision = name.partition("-r")
    return int(year), int(revision or 0)


def find_base(name: str) -> str:
    """The edition of which a name is a revision; empty for one that is none."""
    year, _, revision = name.partition("-r")
    return year if revision else ""


def find_release(name: str, revisions: Mapping[str, int]) -> str:
    """The edition that a name releases; empty where there is none.

    `revisions` tells how many revisions each edition declares. A name such as `2026-r1` means the
    edition of that name, or else the edition 2026 with the first of its revisions as its newest.
    """
    if name in revisions:
        return name
    base, number = find_base(name), order_edition(name)[1]
    return base if number and revisions.get(base) == number else ""
