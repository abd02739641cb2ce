"""A figure as first published: first values, what is computed from them, and where both differ."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from report.amendments import choose_corrections
from report.corrections import Action, Correction
from report.figures import Figure, build_figure
from report.model import Observation, Status, View
from report.originals import Original, build_original, pair_cells, restore_first
from report.periods import parse_period
from report.portions import take_portion
from report.tables import Cell, Column, Table
from report.vintages import as_of
from tests.examples import make_second_view, make_small_view, observe
from tests.test_plates import compose

DAY = date(2026, 6, 1)


def make_view(*rows: Observation) -> View:
    """A view of one series `x` with these rows, known on a day."""
    view = make_small_view({"x": {}})
    view = replace(view, vintages={"x": rows})
    return replace(view, series=as_of(view.report.series, rows, DAY))


def list_values(view: View | None, name: str) -> dict[str, str]:
    """Values of a series by period."""
    assert view is not None
    return {str(p.period): str(p.value) for p in view.series[name].points}


def build(name: str) -> tuple[Figure, Original | None]:
    """A figure of the second report, and its original."""
    order = compose().order_figure(name)
    figure = build_figure(order)
    return figure, build_original(order, figure)


def test_each_point_holds_what_was_published_first() -> None:
    """The trips of 2020 were first counted as 350, those of 2023 as 468, of 2024 as 502."""
    restored = restore_first(make_second_view())

    assert list_values(restored, "river.trips") == {
        "2019": "410",
        "2020": "350",
        "2021": "395",
        "2022": "430",
        "2023": "468",
        "2024": "502",
        "2025": "540",
    }


def test_derived_series_are_computed_from_the_first_values() -> None:
    """Growth from 468 to 502 is 7.26 %; from 471 to 498.5 it is 5.84 %."""
    view = make_second_view()
    now = {str(p.period): p.value for p in view.series["river.trips.growth"].points}
    restored = restore_first(view)
    assert restored is not None
    first = {str(p.period): p.value for p in restored.series["river.trips.growth"].points}

    assert [round(value or 0, 2) for value in (first["2024"], now["2024"])] == [
        Decimal("7.26"),
        Decimal("5.84"),
    ]


def test_a_forecast_is_no_first_publication() -> None:
    """What was expected before is not what was first reported."""
    view = make_view(
        observe("x", "2015", "-3.5", "2015-04-01", status=Status.FORECAST),
        observe("x", "2015", "-3.7", "2016-02-01", status=Status.PROVISIONAL),
        observe("x", "2015", "-2", "2018-02-01"),
        observe("x", "2027", "1", "2026-01-01", status=Status.FORECAST),
    )

    assert list_values(restore_first(view), "x") == {"2015": "-3.7", "2027": "1"}


def test_a_figure_without_revisions_has_no_original() -> None:
    """Another status or day of the same value is no difference."""
    view = make_view(
        observe("x", "2015", "4", "2016-02-01", status=Status.PROVISIONAL),
        observe("x", "2015", "4", "2017-02-01"),
    )

    assert restore_first(view) is None


def test_a_value_known_to_be_wrong_is_corrected_in_the_original_too() -> None:
    """A lost decimal point is no revision."""
    rows = (observe("x", "2015", "24", "2016-02-01"),)
    correction = Correction(
        series="x",
        period="2015",
        source="a",
        action=Action.OVERRIDE,
        expect=Decimal(24),
        value=Decimal("2.4"),
        reason={"en": "A point was lost"},
        date=date(2016, 3, 1),
    )
    view = make_view(*rows)
    point = replace(view.series["x"].points[0], value=Decimal("2.4"))
    view = replace(
        view,
        series={"x": replace(view.series["x"], points=(point,))},
        corrections=choose_corrections((correction,), rows, DAY),
    )

    assert restore_first(view) is None


def test_a_figure_with_revisions_has_an_original_and_names_each_difference() -> None:
    """Of the trips on the river three years were revised; the others stand as they were."""
    figure, original = build("river-use")
    assert original is not None
    told = {
        figure.table.rows[row][0].text: (figure.table.rows[row][column].text, cell.text)
        for (row, column), cell in original.cells.items()
    }

    assert told == {
        "2020": ("362.0", "350.0"),
        "2023": ("471.0", "468.0"),
        "2024": ("498.5", "502.0"),
    }
    assert original.figure.specs["wide"] != figure.specs["wide"]
    assert original.figure.id == "river-use--first"
    assert original.figure.title.startswith("As first published: Trips grew")


def test_figures_that_show_the_same_have_no_original() -> None:
    """A fan shows its vintages itself; a timeline and a month never revised show none."""
    for name in ("river-vintages", "hill-events", "river-season"):
        assert build(name)[1] is None


def test_the_span_of_a_figure_bounds_what_differs() -> None:
    """A revision outside of the years that are drawn is none."""
    order = compose().order_figure("river-use")
    later = order.declaration.model_copy(update={"start": "2025"})
    order = replace(order, declaration=later, view=take_portion(compose().view, later))

    assert restore_first(order.view) is not None
    assert build_original(order, build_figure(order)) is None


def make_table(rows: dict[str, str]) -> Table:
    """A table of one column of numbers."""
    heads = (Column("Year", numeric=False), Column("Trips"))
    cells = [(Cell(name), Cell(text, Decimal(text))) for name, text in rows.items()]
    return Table("", heads, tuple(cells))


def test_cells_go_together_by_their_names() -> None:
    """Not by their place: the first table may lack a row."""
    revised = make_table({"2019": "1", "2020": "2", "2021": "3"})
    first = make_table({"2020": "2", "2021": "4"})

    assert {at: cell.text for at, cell in pair_cells(revised, first).items()} == {(2, 1): "4"}


@given(st.dictionaries(st.sampled_from(["2019", "2020", "2021"]), st.integers(0, 9).map(str)))
def test_a_table_does_not_differ_from_itself(rows: dict[str, str]) -> None:
    """Whatever it holds."""
    table = make_table(rows)

    assert pair_cells(table, table) == {}


def test_the_first_value_of_a_period_keeps_its_day() -> None:
    """The point tells when and by whom it was published."""
    restored = restore_first(make_second_view())
    assert restored is not None
    points = {point.period: point for point in restored.series["river.trips"].points}
    point = points[parse_period("2024")]

    assert (point.published, point.status) == (date(2025, 3, 1), Status.PROVISIONAL)
