"""What every form keeps, whatever it draws."""

from __future__ import annotations

import itertools
import json
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from typing import Any
from urllib.parse import quote

import altair as alt
import jsonschema_rs
import pytest

from report.drawing import clean_svg, draw_svg
from report.figures import FORMS as KNOWN
from report.figures import Figure, check_figure
from report.figures.canvas import SIZES
from report.figures.letters import measure_text
from report.model import Source
from tests.figures.examples import (
    FORMS,
    ORCHARD,
    TAKEAWAY,
    VIEW,
    build,
    declare,
    list_data,
    make_series,
    make_view,
    number_years,
)

HOSTILE = '<script>alert("x")</script>\'"{{ 7*7 }} & datum.value'
LINES = ("line", "area", "bars", "dot", "multiples", "heatmap")


@pytest.fixture(name="figure", params=sorted(FORMS))
def _figure(request: pytest.FixtureRequest) -> Figure:
    return build(**FORMS[request.param])


def test_every_form_is_tried() -> None:
    """No form is without an example here."""
    assert {one["form"] for one in FORMS.values()} == set(KNOWN)


@pytest.mark.parametrize("name", sorted(FORMS))
def test_examples_have_no_fault(name: str) -> None:
    """What is declared rightly is not complained of."""
    assert list(check_figure(declare(**FORMS[name]), VIEW.report)) == []


@pytest.fixture(scope="module", name="schema")
def _read_schema() -> jsonschema_rs.Draft7Validator:
    """What Vega-Lite says of its own specifications, as Altair brings it along.

    Names of its parts have signs that no address may have as they are.
    """

    def quote_names(part: Any) -> Any:
        if isinstance(part, list):
            return [quote_names(one) for one in part]
        if not isinstance(part, dict):
            return part
        return {
            key: quote(value, safe="#/") if key == "$ref" else quote_names(value)
            for key, value in part.items()
        }

    return jsonschema_rs.Draft7Validator(quote_names(alt.load_schema()))


def test_both_sizes_are_vega_lite(figure: Figure, schema: jsonschema_rs.Draft7Validator) -> None:
    """Specs hold nothing that Vega-Lite's own schema refuses."""
    found = {
        size: [error.message for error in schema.iter_errors(spec)]
        for size, spec in figure.specs.items()
    }

    assert found == {"wide": [], "narrow": []}
    assert not schema.is_valid({**figure.specs["wide"], "layer": [{"mark": "blot"}]})


def test_specs_run_no_code_and_fetch_nothing(figure: Figure) -> None:
    """No expression, link or address stands in a spec, and no date object."""
    for spec in figure.specs.values():
        keys = set(_list_keys(spec))

        assert not keys & {"expr", "labelExpr", "calculate", "url", "href", "timeUnit", "signals"}
        assert '"temporal"' not in json.dumps(spec)


def test_table_holds_just_the_numbers_drawn(figure: Figure) -> None:
    """Each value in the drawing stands in the table and the other way round."""
    if figure.form == "timeline":
        assert list(figure.table.cells) == []
        return
    told = {float(cell.value) for cell in figure.table.cells if cell.value is not None}
    for spec in figure.specs.values():
        assert _list_values(figure, spec) == told


def test_each_value_is_drawn_as_often_as_told() -> None:
    """Equal values of different periods are all there."""
    figure = build(form="bars", series=("plums",))

    drawn = Counter(row["value"] for row in list_data(figure.specs["wide"]) if "value" in row)
    assert drawn == Counter(float(cell.value or 0) for cell in figure.table.cells)


def test_takeaway_is_the_accessible_name(figure: Figure) -> None:
    """Who cannot see the drawing hears the takeaway."""
    svg = clean_svg(draw_svg(figure.specs["wide"]), "fig", "Title", TAKEAWAY)

    assert 'role="img" aria-labelledby="fig-desc"' in svg
    assert "&quot;more&quot; than &lt;pears&gt; &amp; plums</desc>" in svg


@pytest.mark.parametrize("name", sorted(FORMS))
def test_same_facts_give_the_same_bytes(name: str) -> None:
    """A figure built twice is drawn alike."""
    figure, again = build(**FORMS[name]), build(**FORMS[name])

    assert json.dumps(figure.specs) == json.dumps(again.specs)
    assert draw_svg(figure.specs["narrow"]) == draw_svg(again.specs["narrow"])


def test_sources_come_by_the_values_their_producer_stands_behind() -> None:
    """However many of its sources are behind a value; of as many, by id."""
    series = make_series("nuts", number_years(2018, ["1", "2", "3", "4", "5", None]))
    sources = [("a1", "a2"), ("a1", "a2"), ("b",), ("b",), ("b",), ("c",)]
    points = tuple(
        replace(point, sources=names) for point, names in zip(series.points, sources, strict=True)
    )
    view = make_view([replace(series, points=points)])
    known = {
        name: Source.model_validate(
            {
                "id": name,
                "producer": name[0].upper(),
                "title": "T",
                "title_lang": "en",
                "url": "",
                "published": "",
                "accessed": "2026-01-01",
                "licence": "CC0",
                "redistributable": True,
                "note": "",
            }
        )
        for name in ("a1", "a2", "b", "c")
    }
    view = replace(view, report=replace(view.report, sources=known))

    assert build(view, form="line", series=("nuts",)).sources == ("b", "a1", "a2", "c")


def test_every_value_has_its_source_and_newest_period(figure: Figure) -> None:
    """Sources are those of the values; the newest period is one that has a value."""
    assert figure.sources == ("almanac",)
    assert figure.newest is not None


@pytest.mark.parametrize("form", LINES)
@pytest.mark.parametrize(
    "values",
    [["5"], [None, None], ["-3", "-1"], ["0", "0"], ["2", None, "3"]],
    ids=["one", "none", "negative", "zero", "gap"],
)
def test_scant_series_are_drawn(form: str, values: list[str | None]) -> None:
    """A single point, only gaps, negative values or zeros are no fault of a form."""
    if form == "area" and "-3" in values:
        return
    view = make_view([make_series(name, number_years(2020, values)) for name in ("one", "two")])

    figure = build(view, form=form, series=("one", "two"))

    assert "<svg" in draw_svg(figure.specs["narrow"])


@pytest.mark.parametrize("form", LINES)
@pytest.mark.parametrize(
    "title",
    [
        HOSTILE,
        "Урожай яблок и груш во всех садах долины, включая малые хозяйства",
        "苹果和梨的总产量（包括所有小型果园的收成）",
        "A very long name of a series that no margin can hold in one line or even in two",
    ],
    ids=["hostile", "cyrillic", "chinese", "long"],
)
def test_any_label_stays_text(form: str, title: str) -> None:
    """Labels of any script and intent are only ever text, and stay within the drawing."""
    values = number_years(2018, ["1", "2", "4", "3"])
    names = [f"s{n}" for n in range(8)]
    view = make_view(
        [make_series(name, values, title=f"{n} {title}") for n, name in enumerate(names)]
    )

    figure = build(view, form=form, series=names)

    for spec in figure.specs.values():
        svg = draw_svg(spec)
        assert "<script" not in svg
        assert set(re.findall(r"<([a-zA-Z]+)", svg)) <= {"svg", "g", "path", "text", "rect"}
        for text in re.findall(r"<text[^>]*>([^<]*)<", svg):
            assert text.strip()


@pytest.mark.parametrize("years", [30, 106])
def test_many_heads_stay_within_the_drawing_and_apart(years: int) -> None:
    """A year is wider than its column, and the last one is always named."""
    view = make_view([make_series("nuts", number_years(2026 - years, ["1"] * years))])
    spec = build(view, form="heatmap", series=("nuts",)).specs["wide"]

    small = next(size.font for size in SIZES if size.name == "wide") - 1
    heads = [row for row in list_data(spec) if re.fullmatch("(19|20)..", str(row.get("text")))]
    spans = sorted(
        (row["x"] - half, row["x"] + half)
        for row in heads
        for half in [measure_text(row["text"], small) / 2]
    )
    assert "2025" in {row["text"] for row in heads}
    assert spans[-1][1] <= spec["width"] + spec["padding"]["right"] + 0.1  # places are rounded
    assert all(left[1] + 4 < right[0] for left, right in itertools.pairwise(spans))


def test_too_long_a_line_is_refused() -> None:
    """A line of more than a thousand points says how to shorten it."""
    days = [
        (f"{y}-{m:02}-{d:02}", "1")
        for y in range(2018, 2022)
        for m in range(1, 13)
        for d in range(1, 29)
    ]
    view = make_view([make_series("daily", days)])

    with pytest.raises(Exception, match="period_mean"):
        build(view, form="line", series=("daily",))


def test_ids_of_two_figures_differ() -> None:
    """Drawings that share a page share no id."""
    svg = draw_svg(build(**FORMS["line"]).specs["wide"])
    ids = [
        found
        for name in ("a", "b")
        for found in re.findall(r'\sid="([^"]+)"', clean_svg(svg, name, "T", "D"))
    ]

    assert len(ids) == len(set(ids)) == 4


def _list_keys(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for key, value in part.items():
            if key != "values":
                yield key
                yield from _list_keys(value)
    elif isinstance(part, list):
        for value in part:
            yield from _list_keys(value)


def _list_values(figure: Figure, spec: dict[str, Any]) -> set[float]:
    """Numbers of the data that a spec draws; each form names them alike."""
    keys = ("value", "across") if figure.form == "scatter" else ("value",)
    rows = list_data(spec)
    found = {float(row[key]) for row in rows for key in keys if key in row}
    if figure.form in {"line", "dot"}:
        found |= {float(row[key]) for row in rows for key in ("low", "high") if key in row}
    return found


def test_orchard_is_whole() -> None:
    """The examples cover series with and without gaps."""
    assert {one.id for one in ORCHARD} >= {"apples", "pears"}
