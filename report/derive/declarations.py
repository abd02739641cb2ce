"""Whether declared series can be computed as declared, before anything is.

Pure. Knows names, counts, options, units and frequencies. Knows no formula and no value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError

from report.declaring import choose_text
from report.derive.operations import (
    OPERATIONS,
    PERCENTAGE,
    Operation,
    Options,
    Result,
    operation_names,
)
from report.model import DerivedDeclaration, Frequency, SeriesDeclaration, Unit
from report.problems import suggest

Finding = tuple[str, str]
"""What was found, and what to write instead."""

_PERCENT = re.compile(r"%|\bper ?cent\b")


def check_derived(
    declarations: Mapping[str, DerivedDeclaration],
    series: Mapping[str, SeriesDeclaration],
    units: Mapping[str, Unit],
) -> Iterator[tuple[str, str, str]]:
    """For each fault the derived series' id, what was found, and what to write instead."""
    catalogue = _Catalogue(declarations, series, units)
    for name, declaration in declarations.items():
        findings = [*_check_names(declaration, catalogue)]
        if not findings:
            findings += _check_circle(name, declarations)
        if not findings:
            findings += _check_fit(declaration, catalogue)
        for what, remedy in findings:
            yield name, what, remedy


@dataclass(frozen=True, slots=True)
class _Catalogue:
    """All declared series and units, and what can be told of a series from its declaration."""

    declarations: Mapping[str, DerivedDeclaration]
    series: Mapping[str, SeriesDeclaration]
    units: Mapping[str, Unit]

    def names(self) -> list[str]:
        return [*self.series, *self.declarations]

    def unit_of(self, name: str) -> str:
        return (self.declarations.get(name) or self.series[name]).unit

    def is_percentage(self, unit: str) -> bool:
        """Whether values of a unit are written with a percent sign or word."""
        return bool(_PERCENT.search(choose_text(self.units[unit].pattern, "en")[0]))

    def frequency_of(self, name: str, above: frozenset[str] = frozenset()) -> Frequency | None:
        """How often a series has values; None where it cannot be told (or is not sound)."""
        declaration = self.declarations.get(name)
        if declaration is None:
            found = self.series.get(name)
            frequency = found.frequency if found else None
            return None if frequency is Frequency.IRREGULAR else frequency
        operation = OPERATIONS.get(declaration.operation)
        options = _read_options(operation, declaration)[0] if operation else None
        if operation is None or options is None or name in above:
            return None
        given = operation.spans.gives(options)
        inputs = (self.frequency_of(source, above | {name}) for source in declaration.of)
        return given or next((frequency for frequency in inputs if frequency), None)


def _check_names(declaration: DerivedDeclaration, catalogue: _Catalogue) -> Iterator[Finding]:
    """Everything that names something must name what there is, and as many as are wanted."""
    operation = OPERATIONS.get(declaration.operation)
    if operation is None:
        known = operation_names()
        remedy = suggest(declaration.operation, known, f"use one of {', '.join(known)}")
        yield f"unknown operation {declaration.operation!r}", remedy
    known_series = catalogue.names()
    for source in declaration.of:
        if source not in known_series:
            remedy = suggest(source, known_series, "declare it, or use a declared series")
            yield f"unknown input {source!r}", remedy
    if declaration.unit not in catalogue.units:
        remedy = suggest(declaration.unit, [*catalogue.units], "declare it in data/units.csv")
        yield f"unknown unit {declaration.unit!r}", remedy
    if operation is not None:
        if not operation.takes.fits(len(declaration.of)):
            what = f"{operation.name} does not take {len(declaration.of)} inputs"
            yield what, f"give it {operation.takes}"
        yield from _read_options(operation, declaration)[1]


def _read_options(
    operation: Operation, declaration: DerivedDeclaration
) -> tuple[Options | None, list[Finding]]:
    """The options as the operation reads them, or what is wrong with them."""
    try:
        return operation.options.model_validate(dict(declaration.options)), []
    except ValidationError as error:
        return None, [_explain(operation, dict(detail)) for detail in error.errors()]


def _explain(operation: Operation, detail: Mapping[str, Any]) -> Finding:
    """One complaint about options in the words of the other checks."""
    known = list(operation.options.model_fields)
    takes = f"takes the options {', '.join(known)}" if known else "takes no options"
    name = ".".join(str(part) for part in detail["loc"][:1])
    reason = str(detail["msg"]).removeprefix("Value error, ")
    if detail["type"] == "extra_forbidden":
        remedy = suggest(name, known, f"{operation.name} {takes}")
        return f"unknown option {name!r}", remedy
    if detail["type"] == "missing":
        return f"option {name!r} is missing", f"add it; {operation.name} {takes}"
    if not name:
        return f"the options of {operation.name} do not go together", reason
    return f"option {name!r} is {detail['input']!r}", reason[0].lower() + reason[1:]


def _check_circle(name: str, declarations: Mapping[str, DerivedDeclaration]) -> Iterator[Finding]:
    """A series must not need itself; each one in a circle is told so."""
    paths: list[tuple[str, ...]] = [(name,)]
    seen = {name}
    while paths:
        path = paths.pop()
        for source in declarations[path[-1]].of:
            if source == name:
                what = f"it is computed from itself: {' from '.join((*path, name))}"
                yield what, "let one of them use observed series only"
                return
            if source in declarations and source not in seen:
                seen.add(source)
                paths.append((*path, source))


def _check_fit(declaration: DerivedDeclaration, catalogue: _Catalogue) -> Iterator[Finding]:
    """Units and frequencies of sound declarations."""
    operation = OPERATIONS[declaration.operation]
    options = _read_options(operation, declaration)[0]
    inputs = [catalogue.unit_of(source) for source in declaration.of]
    if all(unit in catalogue.units for unit in inputs):
        mixed = [*_check_inputs(operation, declaration.of, inputs, catalogue)]
        yield from mixed
        if not mixed:
            result = operation.units.result_for(options)
            yield from _check_result(result, declaration.unit, inputs, catalogue)
    yield from _check_frequencies(operation, options, declaration, catalogue)


def _check_inputs(
    operation: Operation, names: Sequence[str], inputs: Sequence[str], catalogue: _Catalogue
) -> Iterator[Finding]:
    first: dict[str, tuple[str, str]] = {}
    for group, name, unit in zip(operation.units.alike(len(names)), names, inputs, strict=True):
        if group == PERCENTAGE:
            if not catalogue.is_percentage(unit):
                what = f"input {name!r} is in {unit!r}, not in percent"
                yield what, "use a share in percent here"
            continue
        other, expected = first.setdefault(group, (name, unit))
        if unit != expected:
            what = f"inputs {other!r} in {expected!r} and {name!r} in {unit!r} do not go together"
            yield what, f"{operation.name} wants one unit; convert one of them with product first"


def _check_result(
    result: Result, unit: str, inputs: Sequence[str], catalogue: _Catalogue
) -> Iterator[Finding]:
    wanted = _explain_unit(result, unit, inputs, catalogue)
    if wanted:
        yield f"unit {unit!r} does not fit the result", wanted


def _explain_unit(result: Result, unit: str, inputs: Sequence[str], catalogue: _Catalogue) -> str:
    """Which unit to write instead; empty where the declared one fits."""
    percent, of_percent = catalogue.is_percentage(unit), catalogue.is_percentage(inputs[0])
    same, write = unit == inputs[0], f"write {inputs[0]!r}, the unit of the inputs"
    open_ended = percent and catalogue.units[unit].maximum is None
    rules = {
        Result.SAME: (same, write),
        Result.STEP: (not percent, "use a unit for percentage points")
        if of_percent
        else (same, write),
        Result.BALANCE: (same or (of_percent and not percent), write),
        Result.PERCENT: (percent, "use a unit that is written in percent"),
        Result.RATE: (open_ended, "use a unit that is written in percent, without an upper end"),
        Result.PLAIN: (not percent and unit not in inputs, "use a unit for plain numbers"),
        Result.SCORE: (unit not in inputs, "use a unit for numbers from 0 to 100"),
        Result.INDEX: (not percent, "use a unit for index numbers"),
        Result.FREE: (True, ""),
    }
    fits, advice = rules[result]
    return "" if fits else advice


def _check_frequencies(
    operation: Operation,
    options: Options | None,
    declaration: DerivedDeclaration,
    catalogue: _Catalogue,
) -> Iterator[Finding]:
    found = {source: catalogue.frequency_of(source) for source in declaration.of}
    told = {frequency for frequency in found.values() if frequency}
    if len(told) > 1:
        names = " and ".join(sorted(frequency.value for frequency in told))
        what = f"inputs are {names}, which do not go together"
        yield what, "bring them to one length first, with period_sum, period_mean or period_last"
    for frequency in sorted(told):
        reason = operation.spans.refuses(frequency, options)
        if reason:
            yield (
                f"{operation.name} cannot take {frequency.value} values: {reason}",
                ("use a series of another frequency"),
            )
