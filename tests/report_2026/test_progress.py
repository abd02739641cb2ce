"""Every judgement of progress worked out a second time from the CSV files, as pages show it.

Values are chosen by `oracle`; the rules are written here anew from the method page, in plain
floating point, without the machine's own code. Only values of computed series are taken from it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from tests.first_report import compose
from tests.pages import read_page
from tests.report_2026.oracle import read_table, write_number
from tests.report_2026.test_figures import PROJECT, consult

EVENTS = {row["id"]: row for row in read_table(PROJECT / "data/events.csv")}
TARGETS = read_table(PROJECT / "data/targets.csv")
SHOWN = re.compile(r"(\d{4})–(\d{4})(?:: (\S+)% a year)?")


@lru_cache
def find_goal(series: str) -> str:
    """The desired direction as the data declare it."""
    if series in consult().series:
        return consult().series[series]["desired"]
    text = (PROJECT / "data/derived.yml").read_text()
    block = text.split(f"  - id: {series}\n")[1].split("  - id: ")[0]
    found = re.search(r"^    desired: (\w+)$", block, re.MULTILINE)
    return found[1] if found else "none"


def list_years(series: str) -> dict[int, float]:
    """Values of whole years; none of series that do not come by the year."""
    declared = consult().series.get(series)
    if declared is not None and declared["frequency"] != "annual":
        return {}
    values = consult().values(series)
    return {
        int(period): float(value)
        for period, value in values.items()
        if len(period) == 4 and int(period) < compose().composer.view.edition.cut_off.year
    }


def judge(series: str, term: int) -> tuple[str, str]:
    """The words and the line below them."""
    years = list_years(series)
    if not years:
        return "Cannot be judged", "no yearly values"
    end = max(years)
    near = sorted(years, key=lambda year: (abs(year - end + term), year))
    start = near[0]
    if abs(start - end + term) > {5: 1, 15: 3}[term] or start == end:
        return "Cannot be judged", f"no value about {term} years before the newest"
    if years[start] <= 0 or years[end] <= 0 or min(consult().values(series).values()) < 0:
        return "Cannot be judged", "zero or negative values have no growth rate"
    growth = (years[end] / years[start]) ** (1 / (end - start)) - 1
    shown = write_number(Decimal(growth * 100), 2, signed=True)
    return name_growth(growth, find_goal(series)), f"{start}–{end}: {shown}% a year"


def name_growth(growth: float, goal: str) -> str:
    """The words for growth a year."""
    ahead = growth if goal == "up" else -growth
    if abs(ahead) < 1e-15:
        return "No change"
    degree = "Significant" if abs(ahead) >= 0.01 else "Moderate"
    return f"{degree} {'progress' if ahead > 0 else 'movement away'}"


def read(element: HtmlElement) -> str:
    """Words of an element in one line."""
    return " ".join("".join(element.itertext()).split())


def find_all(element: HtmlElement, tag: str, name: str = "") -> list[HtmlElement]:
    """Elements below, of a class."""
    found = element.iter(tag)
    return [e for e in found if name in (e.get("class") or "").split() or not name]


def list_pages(site: Path) -> list[Path]:
    """All pages of the edition, but for those to embed elsewhere."""
    pages = (site / "en" / "2026").rglob("index.html")
    return sorted(path for path in pages if "embed" not in path.parts)


def find_rows(site: Path, attribute: str) -> Iterator[tuple[str, HtmlElement]]:
    """Rows of progress tables, with what they are about."""
    for path in list_pages(site):
        for row in find_all(read_page(path), "tr"):
            if name := row.get(attribute):
                yield name, row


def read_mark(element: HtmlElement) -> str:
    """The words of the one mark within an element, which has a shape besides."""
    [mark] = find_all(element, "span", "progress")
    shapes = [e for e in mark.iter() if e.tag == "path"]
    assert len(shapes) == 1
    assert shapes[0].get("d")
    return read(mark)


def test_every_judgement_in_a_table_is_what_the_data_give(built_site: Path) -> None:
    """Words, years and growth of both terms."""
    count = 0
    for series, row in find_rows(built_site, "data-series"):
        for cell, term in zip(find_all(row, "td"), (5, 15), strict=True):
            [line] = find_all(cell, "span", "board__gist")
            assert (read_mark(cell), read(line)) == judge(series, term), f"{series} {term}"
            count += 1

    assert count > 100


def test_every_page_lists_all_indicators_that_it_shows(built_site: Path) -> None:
    """Those of its tiles and figures that have a goal and a known value, and no others."""
    for page in compose().composer.view.report.pages:
        groups = [g for g in compose().composer.view.report.figures if g.page == page.id]
        names = {tile.series for g in groups for tile in g.tiles}
        names |= {name for g in groups for figure in g.figures for name in figure.series}
        wanted = {n for n in names if find_goal(n) in {"up", "down"} and consult().values(n)}
        [path] = [p for p in list_pages(built_site) if p.parent.name == page.id]
        rows = [row.get("data-series") for row in find_all(read_page(path), "tr")]

        assert {name for name in rows if name} == wanted, page.id


def test_every_tile_with_a_goal_says_how_its_indicator_moved(built_site: Path) -> None:
    """In the order in which pages declare their tiles."""
    view = compose().composer.view
    count = 0
    for path in list_pages(built_site):
        name = "home" if path.parent.name == "2026" else path.parent.name
        tiles = [t for group in view.report.figures if group.page == name for t in group.tiles]
        shown = find_all(read_page(path), "li", "tile")
        for tile, element in zip(tiles, shown, strict=True) if shown else ():
            marks = find_all(element, "span", "tile__progress")
            if find_goal(tile.series) == "none":
                assert marks == [], tile.series
                continue
            words, line = judge(tile.series, 5)
            assert read_mark(marks[0]) == words, tile.series
            assert read(marks[0]) == (f"{words} {line}" if SHOWN.match(line) else words)
            count += 1

    assert count > 10


def list_evidence(measure: str) -> list[str]:
    """What the newest state of a measure rests on."""
    rows = [
        row
        for row in read_table(PROJECT / "data/assessments.csv")
        if row["measure"] == measure and row["date"] <= "2026-11-24"
    ]
    return re.split(r"[\s;]+", max(rows, key=lambda row: row["date"])["evidence"])


@pytest.mark.parametrize("place", ["board", "register"])
def test_every_measure_shows_its_indicators_or_that_it_has_none(
    built_site: Path, place: str
) -> None:
    """On its page and in the register of measures."""
    measures = read_table(PROJECT / "data/framework/measures.csv")
    found: dict[str, HtmlElement] = {}
    for path in list_pages(built_site):
        tree = read_page(path)
        rows = find_all(tree, "tr") if place == "board" else find_all(tree, "li")
        for row in rows:
            ids = {read(e) for e in find_all(row, "span", "board__id")}
            if len(ids) == 1 and find_all(row, "span", "measure-progress"):
                found[ids.pop()] = row

    assert set(found) == {row["id"] for row in measures}
    for name, row in found.items():
        known = [e for e in list_evidence(name) if e in consult().series or e.startswith("calc.")]
        wanted = [e for e in known if find_goal(e) in {"up", "down"}]
        items = find_all(row, "span", "measure-progress__item")
        assert [item.get("data-series") for item in items] == wanted, name
        assert [read_mark(item) for item in items] == [judge(e, 5)[0] for e in wanted], name
        assert (not wanted) == ("no indicator" in read(row)), name


def test_every_target_is_judged_as_the_data_give(built_site: Path) -> None:
    """Required and achieved growth from the base, their ratio, and the words for it."""
    seen = set()
    for name, row in find_rows(built_site, "data-target"):
        series, by, event = name.split()
        [target] = [t for t in TARGETS if (t["series"], t["by"], t["event"]) == (series, by, event)]
        years, base = list_years(series), int(target["base"])
        end = max(year for year in years if base < year <= int(by))
        required = (float(target["value"]) / years[base]) ** (1 / (int(by) - base)) - 1
        achieved = (years[end] / years[base]) ** (1 / (end - base)) - 1
        ratio = achieved / required
        words = "Movement away" if ratio < 0 else "Insufficient progress"
        words = "Moderate progress" if ratio >= 0.6 else words
        words = "Significant progress" if ratio >= 0.95 else words
        growth, judged = find_all(row, "td")

        assert read_mark(judged) == words
        assert f"{write_number(Decimal(ratio * 100), 0)}% of the required" in read(judged)
        assert f"{write_number(Decimal(achieved * 100), 2, signed=True)}% in {base}–{end}" in read(
            growth
        )
        assert f"required: {write_number(Decimal(required * 100), 2, signed=True)}%" in read(growth)
        assert EVENTS[event]["title"] in read(row)
        seen.add(name)

    assert len(seen) == len(TARGETS)


def test_targets_count_from_the_last_year_before_they_were_set() -> None:
    """The base is the year before that of the event."""
    for target in TARGETS:
        assert int(target["base"]) == int(EVENTS[target["event"]]["date"][:4]) - 1
