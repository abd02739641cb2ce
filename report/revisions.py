"""Two views compared: everything that differs, as one structured diff.

Pure. Knows views. Knows nothing of languages, markup or files, nor of why there are two views: two
editions of one report, or one edition by two states of the data. `report.changes` says what each
kind of change means.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from report.changes import (
    ChangeKind,
    ClaimChange,
    Coverage,
    Diff,
    Extent,
    ListChange,
    MeasureChange,
    RowChange,
    SeriesChange,
    State,
    ValueChange,
    sort_coverage,
    sort_lists,
    sort_series,
    sort_values,
)
from report.corrections import Action
from report.declaring import FIRST_LANGUAGE, Model
from report.model import (
    DerivedDeclaration,
    MeasureStatus,
    Observation,
    Point,
    Reason,
    Series,
    SeriesDeclaration,
    View,
)
from report.periods import Period, parse_period


def compare_views(old: View, new: View) -> Diff:
    """All that differs between two views; data that went come first, then by size and by name."""
    names = sorted({*old.series, *new.series})
    changed = [change for name in names for change in _compare_declarations(name, old, new)]
    redefined = {
        change.series
        for change in changed
        if change.kind in {ChangeKind.UNIT, ChangeKind.DEFINITION}
    }
    values = [
        change for name in names for change in _compare_values(name, old, new, name in redefined)
    ]
    return Diff(
        values=sort_values(values),
        series=sort_series(changed),
        measures=tuple(_compare_measures(old, new)),
        claims=tuple(_compare_claims(old, new)),
        lists=sort_lists(_compare_lists(old, new)),
        coverage=sort_coverage(_compare_coverage(values, old, new)),
        rows=tuple(row for name in names for row in _compare_rows(name, old, new)),
    )


# The values of a series.


def _compare_values(name: str, old: View, new: View, redefined: bool) -> Iterator[ValueChange]:  # noqa: FBT001
    before, after = _list_states(old, name), _list_states(new, name)
    for period in sorted({*before, *after}):
        first, second = before.get(period), after.get(period)
        kind = _compare_states(first, second, redefined)
        if kind is not None:
            yield ValueChange(kind, name, period, first, second)


def _compare_states(old: State | None, new: State | None, redefined: bool) -> ChangeKind | None:  # noqa: FBT001
    first = old.value if old else None
    second = new.value if new else None
    if first is None and second is None:
        same = (old.status if old else None) == (new.status if new else None)
        return None if same else ChangeKind.STATUS
    if first is None:
        return ChangeKind.APPEARED
    if second is None:
        return ChangeKind.DISAPPEARED
    assert old is not None and new is not None  # noqa: S101, PT018 - both hold a value
    if first != second:
        return ChangeKind.RESTATED if redefined else ChangeKind.REVISED
    if old.status is not new.status:
        return ChangeKind.STATUS
    same = (old.sources, old.published) == (new.sources, new.published)
    return None if same else ChangeKind.SOURCE


def _list_states(view: View, name: str) -> dict[Period, State]:
    series = view.series.get(name)
    if series is None:
        return {}
    reasons = {_key(row): row.reason for row in view.vintages.get(name, ())}
    states = {point.period: _make_state(series, point, reasons) for point in series.points}
    for correction in view.corrections:
        period = parse_period(correction.period)
        state = states.get(period) if correction.series == name else None
        if state is not None and state.sources == (correction.source,):
            text = correction.reason.get(FIRST_LANGUAGE, "")
            reason = state.reason if correction.action is Action.FLAG else Reason.CORRECTION
            states[period] = replace(state, reason=reason, correction=text)
    return states


def _key(row: Observation) -> tuple[Period, tuple[str, ...], date]:
    return row.period, (row.source,), row.published


def _make_state(
    series: Series, point: Point, reasons: Mapping[tuple[Period, tuple[str, ...], date], Reason]
) -> State:
    reason = reasons.get((point.period, point.sources, point.published))
    return State(
        point.value, point.status, point.sources, point.published, series.declaration.unit, reason
    )


# Rows as they were published.


def _compare_rows(name: str, old: View, new: View) -> Iterator[RowChange]:
    """Rows that only grow by others; of a series that went, its going is told alone."""
    if name not in new.series:
        return
    after = {_key(row): row for row in new.vintages.get(name, ())}
    for row in sorted(old.vintages.get(name, ()), key=_key):
        now = after.get(_key(row))
        if now is None and row.published > new.edition.cut_off:
            continue
        first, second = _write_row(row), _write_row(now) if now else ""
        if first != second:
            kind = ChangeKind.REWRITTEN if now else ChangeKind.DISAPPEARED
            yield RowChange(kind, name, row.period, row.source, row.published, first, second)


def _write_row(row: Observation) -> str:
    value = "" if row.value is None else f"{row.value.normalize():f}, "
    return f"{value}{row.status.value}, {row.reason.value}"


# What is declared.


def _compare_declarations(name: str, old: View, new: View) -> Iterator[SeriesChange]:
    before, after = old.series.get(name), new.series.get(name)
    if before is None or after is None:
        kind = ChangeKind.APPEARED if before is None else ChangeKind.DISAPPEARED
        titles = [_title(found.declaration) if found else "" for found in (before, after)]
        yield SeriesChange(kind, name, *titles)
        return
    aspects = {
        ChangeKind.UNIT: (_unit(old, before), _unit(new, after)),
        ChangeKind.DEFINITION: (_definition(before.declaration), _definition(after.declaration)),
        ChangeKind.SOURCE: (_preference(before.declaration), _preference(after.declaration)),
        ChangeKind.TEXT: (_title(before.declaration), _title(after.declaration)),
    }
    for kind, (first, second) in aspects.items():
        if first != second:
            yield SeriesChange(kind, name, first, second)


def _unit(view: View, series: Series) -> str:
    name = series.declaration.unit
    unit = view.report.units.get(name)
    return f"{name} ({unit.title.get(FIRST_LANGUAGE, '')})" if unit else name


def _definition(declaration: SeriesDeclaration | DerivedDeclaration) -> str:
    """What is measured, in the first language, and of a computed series from what and how."""
    words = declaration.definition.get(FIRST_LANGUAGE, "")
    if isinstance(declaration, DerivedDeclaration):
        options = ", ".join(f"{key}: {value}" for key, value in sorted(declaration.options.items()))
        return f"{words} [{declaration.operation} of {' '.join(declaration.of)}; {options}]"
    kept = (declaration.frequency, declaration.reporter, declaration.geography)
    return f"{words} [{'; '.join((*kept, declaration.valuation))}]"


def _preference(declaration: SeriesDeclaration | DerivedDeclaration) -> str:
    if isinstance(declaration, DerivedDeclaration):
        return ""
    return " > ".join(" ".join(rank) for rank in declaration.sources)


def _title(declaration: SeriesDeclaration | DerivedDeclaration) -> str:
    return declaration.title.get(FIRST_LANGUAGE, "")


# Measures, claims, and what is listed.


def _compare_measures(old: View, new: View) -> Iterator[MeasureChange]:
    for name in sorted({*old.assessments, *new.assessments}):
        before, after = _newest(old, name), _newest(new, name)
        if (before and before[0]) != (after and after[0]):
            yield MeasureChange(name, before, after)


def _newest(view: View, measure: str) -> tuple[MeasureStatus, str] | None:
    found = view.assessments.get(measure)
    return (found[-1].status, found[-1].date) if found else None


def _compare_claims(old: View, new: View) -> Iterator[ClaimChange]:
    before = {judged.claim.id: judged.verdict for judged in old.claims}
    after = {judged.claim.id: judged.verdict for judged in new.claims}
    for name in sorted({*before, *after}):
        if before.get(name) is not after.get(name):
            yield ClaimChange(name, before.get(name), after.get(name))


def _compare_lists(old: View, new: View) -> Iterator[ListChange]:
    before, after = _list_items(old), _list_items(new)
    for noun, name in sorted({*before, *after}):
        first, second = before.get((noun, name)), after.get((noun, name))
        if first is not None and second is not None:
            if aspects := tuple(key for key in second if first.get(key) != second[key]):
                yield ListChange(noun, ChangeKind.TEXT, name, aspects)
        elif noun != "claim":  # a claim that comes or goes has another verdict
            kind = ChangeKind.APPEARED if first is None else ChangeKind.DISAPPEARED
            yield ListChange(noun, kind, name)


def _list_items(view: View) -> dict[tuple[str, str], dict[str, Any]]:
    """The fields of each listed thing, by noun and name."""
    cut_off = view.edition.cut_off
    found: list[tuple[str, str, Model]] = [
        *(("event", item.id, item) for item in view.events),
        *(("institution", item.id, item) for item in view.institutions),
        *(("source", name, item) for name, item in view.report.sources.items()),
        *(("claim", judged.claim.id, judged.claim) for judged in view.claims),
        *(
            ("assessment", f"{name} {item.date}", item)
            for name, items in view.assessments.items()
            for item in items
        ),
        *(
            ("correction", f"{item.series} {item.period} {item.source} {item.date}", item)
            for item in view.report.corrections
            if item.date <= cut_off
        ),
    ]
    return {(noun, name): dict(item) for noun, name, item in found}


def _compare_coverage(values: Sequence[ValueChange], old: View, new: View) -> Iterator[Coverage]:
    counts: dict[str, list[ChangeKind]] = {}
    for change in values:
        if change.kind in {ChangeKind.APPEARED, ChangeKind.DISAPPEARED}:
            counts.setdefault(change.series, []).append(change.kind)
    for name, kinds in counts.items():
        appeared = kinds.count(ChangeKind.APPEARED)
        yield Coverage(
            name, _extent(old, name), _extent(new, name), appeared, len(kinds) - appeared
        )


def _extent(view: View, name: str) -> Extent:
    known = view.series[name].known if name in view.series else ()
    return Extent(len(known), known[0].period, known[-1].period) if known else Extent()
