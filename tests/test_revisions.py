"""Two views compared: each kind of change, and what holds of any two."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from report.changes import (
    ChangeKind,
    ClaimChange,
    Coverage,
    Diff,
    Extent,
    ListChange,
    MeasureChange,
    SeriesChange,
    ValueChange,
    sort_coverage,
    sort_lists,
    sort_series,
    sort_values,
)
from report.model import (
    MeasureStatus,
    Observation,
    Reason,
    Status,
    Unit,
    View,
)
from report.periods import parse_period
from report.revisions import compare_views
from report.statements import Verdict
from report.vintages import as_of
from tests.examples import (
    TODAY,
    declare_series,
    make_second_view,
    make_small_view,
    observe,
)

Told = tuple[str, str, str]


def see(*rows: Observation, unit: str = "t", definition: str = "") -> View:
    """A view of one series `x`, whose sources are `a` before `b`."""
    base = make_small_view({})
    declaration = declare_series("x", (("a",), ("b",)))
    words = {"definition": {"en": definition}} if definition else {}
    declaration = declaration.model_copy(update={"unit": unit, **words})
    units = {
        name: Unit(id=name, title={"en": name}, pattern={"en": "{}"}, digits=1)
        for name in ("t", "kg")
    }
    report = replace(base.report, series={"x": declaration}, units=units)
    series = as_of({"x": declaration}, rows, TODAY)
    return replace(base, report=report, series=series, vintages={"x": tuple(rows)})


def tell(diff: Diff) -> list[Told]:
    """Values that changed, as kind, period, and the old and new value."""
    return [
        (change.kind.value, str(change.period), f"{show(change, 0)} {show(change, 1)}")
        for change in diff.values
    ]


def show(change: ValueChange, side: int) -> str:
    """A value as text."""
    state = (change.old, change.new)[side]
    return "-" if state is None else str(state.value)


def mirror(diff: Diff) -> Diff:
    """A diff with old and new exchanged."""
    kinds = {
        ChangeKind.APPEARED: ChangeKind.DISAPPEARED,
        ChangeKind.DISAPPEARED: ChangeKind.APPEARED,
    }

    def turn(kind: ChangeKind) -> ChangeKind:
        return kinds.get(kind, kind)

    return Diff(
        sort_values(
            ValueChange(turn(c.kind), c.series, c.period, c.new, c.old) for c in diff.values
        ),
        sort_series(SeriesChange(turn(c.kind), c.series, c.new, c.old) for c in diff.series),
        tuple(MeasureChange(c.measure, c.new, c.old) for c in diff.measures),
        tuple(ClaimChange(c.claim, c.new, c.old) for c in diff.claims),
        sort_lists(ListChange(c.noun, turn(c.kind), c.id) for c in diff.lists),
        sort_coverage(
            Coverage(c.series, c.new, c.old, c.disappeared, c.appeared) for c in diff.coverage
        ),
    )


CELLS = st.one_of(
    st.none(), st.decimals(min_value=-100, max_value=100, places=1).map(lambda number: f"{number}")
)
TABLES = st.dictionaries(
    st.sampled_from(["x", "y", "z"]),
    st.dictionaries(st.sampled_from(["2019", "2020", "2021", "2022"]), CELLS, max_size=4),
    max_size=3,
)


@given(TABLES)
def test_a_view_does_not_differ_from_itself(table: Mapping[str, Mapping[str, str | None]]) -> None:
    """Whatever is in it."""
    assert compare_views(make_small_view(table), make_small_view(table)).is_empty


@given(TABLES, TABLES)
def test_the_way_back_is_the_mirror_of_the_way_there(
    old: Mapping[str, Mapping[str, str | None]], new: Mapping[str, Mapping[str, str | None]]
) -> None:
    """What appeared disappears, and all else stays of its kind."""
    first, second = make_small_view(old), make_small_view(new)

    assert compare_views(second, first) == mirror(compare_views(first, second))


@given(TABLES, TABLES)
def test_each_period_that_differs_is_told_once(
    old: Mapping[str, Mapping[str, str | None]], new: Mapping[str, Mapping[str, str | None]]
) -> None:
    """Of the others nothing is told; coverage adds up."""
    diff = compare_views(make_small_view(old), make_small_view(new))
    told = [(change.series, str(change.period)) for change in diff.values]
    cells = {(s, p) for table in (old, new) for s, row in table.items() for p in row}
    missing = object()
    differ = {
        (s, p)
        for s, p in cells
        if number(old.get(s, {}).get(p, missing)) != number(new.get(s, {}).get(p, missing))
    }

    assert sorted(told) == sorted(differ)
    for entry in diff.coverage:
        assert entry.new.count - entry.old.count == entry.appeared - entry.disappeared


def number(cell: object) -> object:
    """A cell as the number it holds: 0.0 is -0.0."""
    return Decimal(cell) if isinstance(cell, str) else cell


def test_a_second_report_does_not_differ_from_itself() -> None:
    """Nor does a whole one."""
    assert compare_views(make_second_view(), make_second_view()).is_empty


def test_values_come_go_and_are_revised() -> None:
    """Each with its old and new value, what went first."""
    old = make_small_view({"x": {"2019": "1", "2020": "2", "2021": "3"}})
    new = make_small_view({"x": {"2020": "2", "2021": "4", "2022": "5"}})

    diff = compare_views(old, new)

    assert tell(diff) == [
        ("disappeared", "2019", "1 -"),
        ("revised", "2021", "3 4"),
        ("appeared", "2022", "- 5"),
    ]
    first, last = parse_period("2019"), parse_period("2022")
    assert diff.coverage == (
        Coverage(
            "x",
            Extent(3, first, parse_period("2021")),
            Extent(3, parse_period("2020"), last),
            1,
            1,
        ),
    )


def test_what_a_source_ceases_to_publish_has_disappeared() -> None:
    """And what was never known only changes its status."""
    old = see(observe("x", "2020", "1"))
    silent = see(observe("x", "2020", None))
    nothing = see()

    assert tell(compare_views(old, silent)) == [("disappeared", "2020", "1 None")]
    assert tell(compare_views(nothing, silent)) == [("status", "2020", "- None")]


def test_the_same_value_may_be_firmer_or_from_elsewhere() -> None:
    """`status` where the value is held for firmer, else `source`."""
    early = see(observe("x", "2020", "1", source="b", status=Status.PROVISIONAL))
    firm = see(observe("x", "2020", "1", source="b"))
    other = see(observe("x", "2020", "1.0", source="a"))
    later = see(observe("x", "2020", "1", published="2026-02-01", source="b"))

    assert tell(compare_views(early, firm)) == [("status", "2020", "1 1")]
    assert tell(compare_views(firm, other)) == [("source", "2020", "1 1.0")]
    assert tell(compare_views(firm, later)) == [("source", "2020", "1 1")]


def test_a_revision_has_the_reason_of_its_row() -> None:
    """The reason stands with each state; what was overwritten is known."""
    first = observe("x", "2020", "1")
    major = replace(observe("x", "2020", "2", published="2026-02-01"), reason=Reason.MAJOR)

    (change,) = compare_views(see(first), see(first, major)).values
    (rewritten,) = compare_views(see(first), see(observe("x", "2020", "2"))).values

    assert change.old is not None
    assert change.new is not None
    assert (change.old.reason, change.new.reason) == (Reason.FIRST, Reason.MAJOR)
    assert not change.is_rewritten
    assert rewritten.is_rewritten


def test_another_unit_or_definition_restates_values() -> None:
    """A value in another unit has no size; one by another definition keeps it."""
    old = see(observe("x", "2020", "3"), observe("x", "2021", "4"))
    kilos = see(observe("x", "2020", "3000"), observe("x", "2021", "4"), unit="kg")
    other = see(observe("x", "2020", "1"), observe("x", "2021", "4"), definition="Dry weight")

    by_unit, by_definition = compare_views(old, kilos), compare_views(old, other)

    assert tell(by_unit) == [("restated", "2020", "3 3000")]
    assert by_unit.values[0].size is None
    assert by_unit.series == (SeriesChange(ChangeKind.UNIT, "x", "t (t)", "kg (kg)"),)
    assert tell(by_definition) == [("restated", "2020", "3 1")]
    assert by_definition.values[0].size == Decimal("0.5")
    assert [change.kind for change in by_definition.series] == [ChangeKind.DEFINITION]


def test_titles_and_preferences_are_told_apart() -> None:
    """Neither makes values differ."""
    old = see(observe("x", "2020", "3"))
    declaration = declare_series("x", (("b",), ("a",))).model_copy(
        update={"title": {"en": "Series X"}}
    )
    series = replace(old.series["x"], declaration=declaration)

    diff = compare_views(old, replace(old, series={"x": series}))

    assert diff == Diff(
        series=(
            SeriesChange(ChangeKind.SOURCE, "x", "a > b", "b > a"),
            SeriesChange(ChangeKind.TEXT, "x", "Series x", "Series X"),
        )
    )


def test_computed_values_follow_their_inputs() -> None:
    """A revision goes on into what is computed; another formula restates it."""
    view = make_second_view()
    name, derived = next(
        (name, derived) for name, derived in view.report.derived.items() if view.series[name].known
    )
    series = view.series[name]
    point = series.known[0]
    points = tuple(
        replace(one, value=Decimal(999)) if one is point else one for one in series.points
    )
    changed = replace(series, points=points)
    reworded = derived.model_copy(update={"options": {**derived.options, "note": "new"}})

    revised = compare_views(view, replace(view, series={**view.series, name: changed}))
    restated = compare_views(
        view,
        replace(view, series={**view.series, name: replace(changed, declaration=reworded)}),
    )

    assert [(c.kind, c.series) for c in revised.values] == [(ChangeKind.REVISED, name)]
    assert [(c.kind, c.series) for c in restated.values] == [(ChangeKind.RESTATED, name)]
    assert revised.values[0].new is not None
    assert revised.values[0].new.reason is None


def test_measures_claims_and_lists() -> None:
    """What they were and what they are."""
    view = make_second_view()
    measure = next(iter(view.assessments))
    newest = view.assessments[measure][-1]
    other = newest.model_copy(update={"status": MeasureStatus.REVERSED, "date": "2026-10"})
    judged = view.claims[0]
    verdict = Verdict.UNDECIDED if judged.verdict is not Verdict.UNDECIDED else Verdict.CONTRADICTED
    event = view.events[0]
    new = replace(
        view,
        assessments={**view.assessments, measure: (*view.assessments[measure], other)},
        claims=(replace(judged, verdict=verdict), *view.claims[1:]),
        events=view.events[1:],
    )
    assert newest.status is not MeasureStatus.REVERSED

    diff = compare_views(view, new)

    assert diff == Diff(
        measures=(
            MeasureChange(
                measure,
                (newest.status, newest.date),
                (MeasureStatus.REVERSED, "2026-10"),
            ),
        ),
        claims=(ClaimChange(judged.claim.id, judged.verdict, verdict),),
        lists=(ListChange("event", ChangeKind.DISAPPEARED, event.id),),
    )
