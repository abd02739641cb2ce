"""What an operation is, and which there are.

Knows how an operation states its inputs, options, units and periods, and keeps the register that
`@operation` fills. Knows no formula.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import (
    ROUND_HALF_EVEN,
    Context,
    Decimal,
    DivisionByZero,
    InvalidOperation,
    Overflow,
    localcontext,
)
from enum import Enum, auto
from functools import wraps
from typing import Annotated, Any, TypeVar

from pydantic import BeforeValidator, ConfigDict, InstanceOf

from report.declaring import Model
from report.model import Frequency, Point
from report.periods import Period, parse_period

_TRAPS = [DivisionByZero, InvalidOperation, Overflow]
CONTEXT = Context(prec=28, rounding=ROUND_HALF_EVEN, traps=_TRAPS)
"""Exact for sums of any published figures; nothing outside can change it. It raises, never NaN."""
WIDE = Context(prec=80, rounding=ROUND_HALF_EVEN, traps=_TRAPS)
"""For running sums of squares of numbers of 28 digits, so that nothing is lost on the way."""

Inputs = tuple[tuple[Point, ...], ...]
"""The known points of each input, in the order that the declaration names them."""

_PLAIN = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?", re.ASCII)


class Options(Model):
    """Settings of an operation; nothing is converted silently."""

    model_config = ConfigDict(strict=True)


def _read_number(value: object) -> object:
    """A binary fraction such as YAML's 0.1 is not exactly what was written, so it is refused."""
    text = str(value) if isinstance(value, int) and not isinstance(value, bool) else value
    if isinstance(text, str) and _PLAIN.fullmatch(text):
        return Decimal(text)
    raise ValueError('write a plain number in quotes, e.g. "0.0733"')


def _read_period(value: object) -> object:
    try:
        return parse_period(str(value))
    except ValueError as error:
        raise ValueError("write a period such as 2015, 2015-Q1 or 2015-03") from error


Number = Annotated[Decimal, BeforeValidator(_read_number)]
PeriodOption = Annotated[InstanceOf[Period], BeforeValidator(_read_period)]


@dataclass(frozen=True, slots=True)
class Takes:
    """The inputs of an operation, by the part that each plays."""

    names: tuple[str, ...]
    repeats: bool = False
    """Whether the names come round again, as in pairs for each industry."""
    least: int = 0
    """Fewest inputs, where that is not one for each name."""

    def fits(self, count: int) -> bool:
        """Whether so many inputs can be taken."""
        whole = count % len(self.names) == 0 if self.repeats else count <= len(self.names)
        return whole and count >= (self.least or len(self.names))

    def __str__(self) -> str:
        names = ", ".join(self.names)
        least = self.least or len(self.names)
        if self.repeats:
            return f"at least {least} inputs ({names}, and so on)"
        if least < len(self.names):
            return f"{least} to {len(self.names)} inputs ({names})"
        return f"{least} input{'s' if least > 1 else ''} ({names})"


class Result(Enum):
    """What the unit of a result must be, as far as the operation determines it."""

    SAME = auto()
    """The unit of the inputs."""
    STEP = auto()
    """The unit of the inputs; a step between percentages is not itself a percentage."""
    BALANCE = auto()
    """The unit of the inputs; of percentages either percent or percentage points."""
    PERCENT = auto()
    """A percentage."""
    RATE = auto()
    """A percentage without an upper end: a unit that stops at 100 does not fit."""
    PLAIN = auto()
    """A number without a unit: neither a percentage nor the unit of an input."""
    SCORE = auto()
    """A number from 0 to 100, in whatever unit says so, but not in that of an input."""
    INDEX = auto()
    """Anything but a percentage."""
    FREE = auto()
    """Cannot be told."""


def all_alike(count: int) -> tuple[str, ...]:
    """All inputs have one unit."""
    return ("all",) * count


def pairs_alike(count: int) -> tuple[str, ...]:
    """The first two inputs share a unit, the next two another, and so on."""
    return tuple(f"pair {at // 2}" for at in range(count))


def sides_alike(count: int) -> tuple[str, ...]:
    """The inputs at odd places share a unit, and those at even places another."""
    return tuple(f"side {at % 2}" for at in range(count))


def none_alike(count: int) -> tuple[str, ...]:
    """Any units go together."""
    return tuple(f"input {at}" for at in range(count))


PERCENTAGE = "percentage"
"""Stands among the groups of `Units.alike` for an input that must be a percentage."""


@dataclass(frozen=True, slots=True)
class Units:
    """How the units of inputs and result hang together."""

    result: Result | Callable[[Any], Result]
    """May depend on the options."""
    alike: Callable[[int], tuple[str, ...]] = all_alike
    """For so many inputs the group of each; inputs of one group have one unit."""

    def result_for(self, options: Any) -> Result:
        """What the result must be under these options."""
        return self.result if isinstance(self.result, Result) else self.result(options)


def _as_inputs(_options: Any) -> Frequency | None:
    return None


def _refuse_none(_frequency: Frequency, _options: Any) -> str:
    return ""


_OVERLAPPING = {
    Frequency.YEAR_TO_DATE: "year-to-date values overlap",
    Frequency.TWELVE_MONTHS: "sums of twelve months overlap",
}


def refuse_cumulative(frequency: Frequency, _options: Any) -> str:
    """Values that count the same months several times are neither added nor averaged."""
    return _OVERLAPPING.get(frequency, "")


@dataclass(frozen=True, slots=True)
class Spans:
    """Which lengths of period an operation takes and gives."""

    gives: Callable[[Any], Frequency | None] = _as_inputs
    """The result's frequency under the options; None where it is that of the inputs."""
    refuses: Callable[[Frequency, Any], str] = _refuse_none
    """Why inputs of a frequency cannot be taken; empty where they can."""


@dataclass(frozen=True, slots=True)
class Operation:
    """One way to compute a series from others."""

    name: str
    compute: Callable[[Inputs, Any], tuple[Point, ...]]
    takes: Takes
    options: type[Options]
    units: Units
    spans: Spans


OPERATIONS: dict[str, Operation] = {}
"""By name; filled by `@operation` as the modules of operations are imported."""

_Settings = TypeVar("_Settings", bound=Options)


def operation(
    takes: Takes, options: type[_Settings], units: Units, spans: Spans | None = None
) -> Callable[
    [Callable[[Inputs, _Settings], Iterable[Point]]],
    Callable[[Inputs, _Settings], tuple[Point, ...]],
]:
    """Register a function as the operation of its name.

    The function yields points in any order; the result is in order of period. Where inputs of
    several lengths give the same period twice, what is yielded first stands.
    """

    def register(
        function: Callable[[Inputs, _Settings], Iterable[Point]],
    ) -> Callable[[Inputs, _Settings], tuple[Point, ...]]:
        @wraps(function)
        def compute(inputs: Inputs, settings: _Settings) -> tuple[Point, ...]:
            with localcontext(CONTEXT):
                return _in_order(function(inputs, settings))

        name = function.__name__.rstrip("_")
        OPERATIONS[name] = Operation(name, compute, takes, options, units, spans or Spans())
        return compute

    return register


def _in_order(points: Iterable[Point]) -> tuple[Point, ...]:
    first: dict[Period, Point] = {}
    for point in points:
        first.setdefault(point.period, point)
    return tuple(first[period] for period in sorted(first))


def operation_names() -> tuple[str, ...]:
    """All operations that a declaration may name, in order of the alphabet."""
    return tuple(sorted(OPERATIONS))
