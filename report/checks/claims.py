"""A claim can be tested by what it names, or says which data would be needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from decimal import Decimal

from report.claims import OPERATIONS
from report.facts import Entry, Facts
from report.problems import Problem, suggest
from report.statements import WAYS, Claim, ClaimKind, Operator, parse_span

SERIES_OF_FLOW = 2
PARTS_OF_FORMULA = 3


def check_claims(facts: Facts) -> Iterator[Problem]:
    """A problem for each claim of which the verdict cannot be worked out."""
    units = {entry.value.id: entry.value.unit for entry in facts.series}
    units |= {entry.value.id: entry.value.unit for entry in facts.derived}
    known = {entry.value.id for entry in facts.units}
    typed = {entry.value.id: entry.value for entry in facts.claims}
    yield from _check_days(facts)
    for entry in facts.claims:
        yield from _check_period(entry)
        yield from _check_ties(entry)
        yield from _check_inputs(entry)
        yield from _check_unit(entry, units, known)
        yield from _check_formula(entry, typed)


def _check_days(facts: Facts) -> Iterator[Problem]:
    """Claims that no edition can know; where there are several, the cut-off is what is told of."""
    if "editions" in facts.torn or any(name == "editions" for name, _ in facts.lost):
        return  # the newest may be that of an edition which could not be read
    newest = max(facts.editions, key=lambda entry: entry.value.cut_off, default=None)
    if newest is None:
        return
    cut_off = newest.value.cut_off
    late = [entry for entry in facts.claims if entry.value.made_on > cut_off]
    if len(late) == 1:
        what = f"made_on is {late[0].value.made_on}, after the newest cut-off of {cut_off}"
        remedy = "write the day from which the article counts as known, or a later cut-off"
        yield Problem(late[0].at("made_on"), "E364", what, remedy)
    elif late:
        last = max(entry.value.made_on for entry in late)
        what = (
            f"{len(late)} claims are made after {cut_off}, the newest cut-off, the last on {last}"
        )
        remedy = f"write a later cut-off, or other days from {late[0].at('made_on')} on"
        yield Problem(newest.at("cut_off"), "E364", what, remedy)


def _check_period(entry: Entry[Claim]) -> Iterator[Problem]:
    try:
        parse_span(entry.value.period)
    except ValueError:
        what = f"period is {entry.value.period!r}"
        remedy = "write a period, a span such as 2014/2016 or 2000/latest, or latest"
        yield Problem(entry.at("period"), "E202", what, remedy)


def _check_ties(entry: Entry[Claim]) -> Iterator[Problem]:
    """What is tested has something to test it with; what is not says what that would be."""
    claim = entry.value
    if claim.kind is ClaimKind.UNTESTABLE:
        if not claim.note:
            what = "the claim cannot be tested, yet nothing says what would be needed"
            yield Problem(entry.at("note"), "E361", what, "name the data in note")
    elif claim.kind is ClaimKind.FLOW:
        if len(claim.series) != SERIES_OF_FLOW:
            what = f"series names {len(claim.series)} series"
            yield Problem(entry.at("series"), "E360", what, "name the flow, then the stock")
    elif not (claim.series or claim.evidence or claim.formula):
        what = f"nothing is named that the claim {claim.id!r} is tested with"
        remedy = "name a series, evidence or a formula, or make it untestable"
        yield Problem(entry.at("series"), "E360", what, remedy)
    elif len(claim.series) > 1 or (claim.series and claim.evidence):
        what = "more than one thing is named that the claim is tested with"
        yield Problem(entry.at("series"), "E360", what, "keep one series, or the evidence")


def _check_inputs(entry: Entry[Claim]) -> Iterator[Problem]:
    """A number where one is compared with, none where the way of values decides."""
    claim = entry.value
    if claim.kind is ClaimKind.UNTESTABLE:
        return
    is_way = claim.operator in WAYS
    if is_way != (claim.kind is ClaimKind.TREND):
        what = f"a claim of kind {claim.kind} with operator {claim.operator}"
        remedy = "write rising, falling, keeps_rising or keeps_falling for a trend only"
        yield Problem(entry.at("operator"), "E362", what, remedy)
    elif (claim.value is not None) != (not is_way and claim.kind is not ClaimKind.DATE):
        what = "value is missing" if claim.value is None else f"value is {claim.value}"
        remedy = "write it for a number, and leave it empty for a trend or a date"
        yield Problem(entry.at("value"), "E362", what, remedy)
    if claim.kind is ClaimKind.DATE and not claim.evidence:
        what = "no happening is named that the date is tested with"
        yield Problem(entry.at("evidence"), "E362", what, "name events or institutions")
    if claim.operator is Operator.ABOUT and not claim.tolerance:
        what = "about a number, yet no tolerance"
        yield Problem(entry.at("tolerance"), "E362", what, "write how far about goes")
    if claim.tolerance < 0:
        what = f"tolerance is {claim.tolerance}"
        yield Problem(entry.at("tolerance"), "E362", what, "write it without a sign")


def _check_unit(
    entry: Entry[Claim], units: Mapping[str, str], known: Collection[str]
) -> Iterator[Problem]:
    """A claim's number is in the unit of every series that it is held against."""
    claim = entry.value
    if claim.kind is ClaimKind.UNTESTABLE or claim.evidence:
        return
    for column, names in (("series", claim.series), ("first", (claim.first,))):
        for name in names:
            if units.get(name) in known and claim.unit in known and units[name] != claim.unit:
                what = f"unit is {claim.unit!r}, that of the {column} {name} is {units[name]!r}"
                remedy = "state the claim in that unit, or correct the unit of the series"
                yield Problem(entry.at("unit"), "E363", what, remedy)


def _check_formula(entry: Entry[Claim], typed: Mapping[str, Claim]) -> Iterator[Problem]:
    """An operation and two claims of the same text that have a number."""
    claim = entry.value
    if not claim.formula:
        return
    name, *inputs = claim.formula
    if len(claim.formula) != PARTS_OF_FORMULA or name not in OPERATIONS or claim.value is None:
        what = f"formula is {' '.join(claim.formula)!r}"
        remedy = f"write one of {', '.join(OPERATIONS)} and two claims, for a claim with a value"
        yield Problem(entry.at("formula"), "E365", what, remedy)
        return
    for source in inputs:
        known = typed.get(source)
        if known is None or known.value is None or known.source != claim.source:
            what = f"{source!r} is no claim of the same text with a value"
            remedy = suggest(source, dict.fromkeys(typed)) if known is None else "name another"
            yield Problem(entry.at("formula"), "E365", what, remedy)
    whole = typed.get(inputs[1])
    if name == "share" and whole is not None and whole.value == Decimal(0):
        what = f"{inputs[1]!r} is zero"
        yield Problem(entry.at("formula"), "E365", what, "name a whole that is not zero")
