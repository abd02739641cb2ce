"""Every figure of the built site says what `data/` says: drawing, table, title and takeaway.

Of both editions: what 2017 shows is worked out from what had been published by then.
"""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment
from lxml.html import HtmlElement

from report.drawing import clean_svg, draw_all
from report.figures import Figure, build_figure
from report.model import DerivedDeclaration
from tests.first_report import EDITIONS, compose, list_figures
from tests.pages import read_page
from tests.report_2026.oracle import Oracle, read_table, write_number

PROJECT = Path(__file__).resolve().parents[2]


@cache
def build(edition: str, name: str) -> Figure:
    """A figure as the machine makes it."""
    return build_figure(compose(edition).composer.order_figure(name))


@lru_cache
def consult(edition: str = "2026") -> Oracle:
    """The data read a second time, as known at an edition's cut-off."""
    view = compose(edition).composer.view
    computed = {
        name: {str(p.period): p.value for p in series.known if p.value is not None}
        for name, series in view.series.items()
        if isinstance(series.declaration, DerivedDeclaration)
    }
    oracle = Oracle(PROJECT, view.edition.cut_off.isoformat(), computed)
    oracle.titles = {
        name: compose(edition).composer.catalogue.text(series.declaration.title)
        for name, series in view.series.items()
    }
    return oracle


@cache
def find_figure(site: Path, edition: str, name: str) -> tuple[str, str, HtmlElement]:
    """A figure's heading, the paragraph after it, and its element in the built page."""
    document = compose(edition).documents.figures[name].document
    folder = document.removesuffix(".md").removesuffix("index")
    page = read_page(site / "en" / edition / folder / "index.html")
    head = page.get_element_by_id(f"figure-{name}")
    heading = "".join(head.itertext()).strip().removesuffix("\N{PILCROW SIGN}")
    number = compose(edition).documents.figures[name].number
    assert heading.startswith(f"Figure {number}: ")
    heading = heading.removeprefix(f"Figure {number}: ")
    takeaway = next(e for e in head.itersiblings() if "takeaway" in e.classes)
    figure = page.get_element_by_id(f"plate-{name}")
    return heading, "".join(takeaway.itertext()), figure


def read_now(cell: Any) -> str:
    """What a cell says of the value as revised, without what was published first."""
    said = "".join(cell.itertext())
    for part in cell.iter("span"):
        if part.get("class") == "first-value":
            said = said.replace(f" {''.join(part.itertext())}", "")
    return said


PAIRS = [(edition, name) for edition in EDITIONS for name in list_figures(edition)]


def test_every_figure_is_looked_at() -> None:
    """Those that pages show are those that the tests below are told of."""
    shown = [(edition, name) for edition in EDITIONS for name in compose(edition).documents.figures]

    assert sorted(shown) == sorted(PAIRS)


@pytest.mark.parametrize(("edition", "name"), PAIRS)
def test_the_table_on_the_page_holds_the_figure_s_exact_numbers(
    built_site: Path, edition: str, name: str
) -> None:
    """Cell by cell: what is printed is the exact value, rounded half to even."""
    table = build(edition, name).table
    _, _, figure = find_figure(built_site, edition, name)
    rows = [list(row) for row in figure.iter("tr")][1:]
    shown = [[(cell.get("data-value"), read_now(cell)) for cell in row] for row in rows]
    expected = [
        [(None if c.value is None else str(c.value), c.text + c.mark) for c in row]
        for row in table.rows
    ]

    assert shown == expected


def find_names(edition: str, options: object) -> set[str]:
    """Series that a form's options name, however deep: bands, intervals, rows."""
    if isinstance(options, str):
        return {options} & set(compose(edition).composer.view.series)
    if isinstance(options, dict):
        return {name for part in options.values() for name in find_names(edition, part)}
    if isinstance(options, list | tuple):
        return {name for part in options for name in find_names(edition, part)}
    return set()


def work_out(edition: str, name: str) -> set[Decimal]:
    """All numbers that a figure may show, worked out from the data by its declaration."""
    oracle, declaration = consult(edition), compose(edition).documents.figures[name].declaration
    values = {series: oracle.values(series) for series in declaration.series}
    options = declaration.options
    if declaration.form == "fan":
        rows = [row for series in declaration.series for row in oracle.rows[series]]
        return {Decimal(row["value"]) for row in rows if row["value"]}
    if options.get("share"):
        periods = {period for known in values.values() for period in known}
        whole = {p: sum(known.get(p, Decimal(0)) for known in values.values()) for p in periods}
        return {100 * v / whole[p] for known in values.values() for p, v in known.items()}
    if base := options.get("base"):
        return {
            100 * value / known[str(base)]
            for known in values.values()
            if str(base) in known
            for value in known.values()
        }
    for series in find_names(edition, options):
        values[series] = oracle.values(series)
    return {value for known in values.values() for value in known.values()}


@pytest.mark.parametrize(("edition", "name"), PAIRS)
def test_the_table_s_numbers_are_those_of_the_data(edition: str, name: str) -> None:
    """Whatever stands in the table can be worked out from the CSV files by the declaration."""
    figure = build(edition, name)
    allowed = {round(value, 12) for value in work_out(edition, name)}
    strange = [
        f"{row[0].text}: {cell.text}"
        for row in figure.table.rows
        for cell in row
        if cell.value is not None and round(cell.value, 12) not in allowed
    ]

    assert strange == []
    assert figure.form == "timeline" or any(True for _ in figure.table.cells)


@pytest.mark.parametrize(("edition", "name"), PAIRS)
def test_title_and_takeaway_are_what_the_data_give(
    built_site: Path, edition: str, name: str
) -> None:
    """The sentences on the page, worked out a second time from the CSV files, read the same."""
    oracle = consult(edition)
    view = compose(edition).composer.view
    units = {
        key: series.declaration.unit
        for key, series in view.series.items()
        if isinstance(series.declaration, DerivedDeclaration)
    }
    environment = Environment(autoescape=False)  # noqa: S701 - plain text, compared only
    declaration = compose(edition).documents.figures[name].declaration
    heading, takeaway, _ = find_figure(built_site, edition, name)
    for key, shown in (("title", heading), ("takeaway", takeaway)):
        source = getattr(declaration, key)["en"]
        text = environment.from_string(source).render(oracle.functions(units))
        assert " ".join(text.split()) == " ".join(shown.split()), key


@pytest.mark.parametrize(("edition", "name"), PAIRS)
def test_the_drawing_on_the_page_is_that_of_the_figure(
    built_site: Path, edition: str, name: str
) -> None:
    """Both drawings are there, named by the takeaway, drawn from the figure's specs.

    Where values were revised, two drawings of what was published first stand before them.
    """
    figure = build(edition, name)
    drawn = draw_all(dict(figure.specs), PROJECT / ".cache/drawings")
    document = compose(edition).documents.figures[name].document
    folder = document.removesuffix(".md").removesuffix("index")
    page = (built_site / "en" / edition / folder / "index.html").read_text(encoding="utf-8")
    for size, svg in drawn.items():
        expected = clean_svg(svg, f"{name}-{size}", figure.title, figure.takeaway)
        assert expected.replace("<svg ", f'<svg class="{size}" ', 1) in page
    _, takeaway, element = find_figure(built_site, edition, name)
    described = ["".join(part.itertext()) for part in element.iter("desc")]
    *first, wide, narrow = described
    assert [wide, narrow] == [takeaway, takeaway]
    assert not first or (len(first) == 2 and takeaway not in first)  # as first published


HANDOUTS = ("csv", "json", "svg", "png", "bib", "ris", "csl.json", "zip")


@lru_cache
def list_free() -> set[str]:
    """Sources that let their values be passed on, read a second time."""
    rows = read_table(PROJECT / "data/sources.csv")
    return {row["id"] for row in rows if row["redistributable"] == "yes"}


@pytest.mark.parametrize(("edition", "name"), PAIRS)
def test_what_can_be_taken_of_a_figure_agrees_with_the_page(
    built_site: Path, edition: str, name: str
) -> None:
    """All files are there; the table has the page's numbers, but for those that are withheld."""
    folder = built_site / "en" / edition / "figures"
    assert [end for end in HANDOUTS if not (folder / f"{name}.{end}").stat().st_size] == []
    rows = read_table(folder / f"{name}.csv")
    _, _, figure = find_figure(built_site, edition, name)
    shown = Counter(
        Decimal(value) for cell in figure.iter("td") if (value := cell.get("data-value"))
    )
    if compose(edition).documents.figures[name].declaration.form == "timeline":
        assert len(rows) == len(list(figure.iter("tr"))) - 1
        return
    given = Counter(Decimal(row["value"]) for row in rows if row["value"])
    held = [row for row in rows if row["status"] == "withheld"]

    assert given <= shown
    assert given.total() + len(held) == shown.total()
    for row in rows:
        free = set(row["source"].split()) <= list_free()
        assert (row["status"] == "withheld") is (not free and row["status"] != "not_published")


def test_every_takeaway_holds_a_number_and_is_not_the_title() -> None:
    """A takeaway that only repeats the title, or says no number, tells nothing."""
    weak = [
        (edition, name)
        for edition in EDITIONS
        for name, figure in compose(edition).documents.figures.items()
        if not re.search(r"\d", figure.takeaway) or figure.takeaway == figure.title
    ]

    assert weak == []


def test_the_oracle_rounds_half_to_even() -> None:
    """2.5 becomes 2 and 3.5 becomes 4; a true minus stands before what is below zero."""
    assert write_number(Decimal("2.5"), 0) == "2"
    assert write_number(Decimal("3.5"), 0) == "4"
    assert write_number(Decimal("-1234.56"), 1) == "\N{MINUS SIGN}1,234.6"
