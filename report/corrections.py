"""Errors of sources that are known, declared so that the source's own value stays as it is.

Knows the shape of a correction. Knows nothing of how it is applied or checked.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from report.declaring import Id, Model, Texts
from report.periods import parse_period


class Action(StrEnum):
    """What is done about a value that a source has wrong."""

    DROP = "drop"
    """Struck: what stood before it, or the next source, has its turn."""
    OVERRIDE = "override"
    """Another value is shown in its place."""
    SCALE = "scale"
    """It is shown multiplied by a factor, as where a decimal point was lost."""
    FLAG = "flag"
    """It is shown as it is, with a note that says what is wrong about it."""


def _as_text(value: object) -> object:
    """A bare year is read as a number by YAML."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _check_period(value: str) -> str:
    parse_period(value)
    return value


class Correction(Model):
    """One value of one source that is known to be wrong, and what is done about it."""

    series: Id
    """An observed series."""
    period: Annotated[str, BeforeValidator(_as_text), AfterValidator(_check_period)]
    source: str
    """The source whose value is wrong."""
    action: Action
    expect: Decimal
    """The wrong value, in the series' unit: when the source no longer has it, this must go."""
    value: Decimal | None = None
    """What to show instead; of an override alone."""
    factor: Decimal | None = None
    """What to multiply by; of a scale alone."""
    reason: Texts
    """What is wrong and how that is known; figures show it."""
    date: dt.date
    """The day from which the correction holds; earlier cut-offs do not know of it."""
    ended: dt.date | None = None
    """The day on which the source put it right; the correction is kept for earlier editions."""
