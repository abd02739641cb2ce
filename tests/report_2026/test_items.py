"""Constraints and opportunities show what the CSV files say, read a second time.

Which series and measures belong to an item is read from `data/framework/` here anew, and values are
chosen by `oracle`. Only values and sources of computed series are taken from the machine.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml.html import HtmlElement

from tests.first_report import compose
from tests.pages import read_page
from tests.report_2026.oracle import read_table, write_number
from tests.report_2026.test_figures import PROJECT, consult
from tests.report_2026.test_progress import find_all, find_goal, judge, read

TABLES = ("constraints", "opportunities")
ITEMS = {name: read_table(PROJECT / f"data/framework/{name}.csv") for name in TABLES}
STATUS = {
    row["measure"]: row["status"]
    for row in sorted(read_table(PROJECT / "data/assessments.csv"), key=lambda row: row["date"])
}
"""The newest status of each measure."""
MONTHLY = re.compile(r"^\d{4}-\d{2}$")


def find_items(site: Path, edition: str, table: str) -> Iterator[tuple[str, list[HtmlElement]]]:
    """Each item's id with the elements between its heading and the next."""
    elements = list(read_page(site / "en" / edition / table / "index.html").iter())
    heads = [i for i, e in enumerate(elements) if e.tag == "h2" and e.get("id")]
    for start, end in zip(heads, [*heads[1:], len(elements)], strict=False):
        yield elements[start].get("id", ""), elements[start:end]


def end_period(period: str) -> str:
    """The last day of a period."""
    year, *rest = period.split("-")
    if not rest:
        return f"{year}-12-31"
    if rest[0][0] in "QH":
        months = int(rest[0][1]) * (3 if rest[0][0] == "Q" else 6)
        return f"{year}-{months:02}-{calendar.monthrange(int(year), months)[1]}"
    last = calendar.monthrange(int(year), int(rest[0]))[1]
    return period if len(rest) > 1 else f"{period}-{last}"


def list_sources(edition: str, series: str, period: str) -> set[str]:
    """The sources of the value that stands for a period."""
    points = compose(edition).composer.view.series[series].known
    return {name for p in points if str(p.period) == period for name in p.sources}


def find_newest(edition: str, series: str) -> str:
    """The newest period that had ended by the cut-off and is no forecast; else nothing."""
    oracle = consult(edition)
    rows = oracle.rows.get(series, [])
    firm = {row["period"] for row in rows if row["status"] != "forecast"}
    known = [p for p in oracle.values(series) if p in firm or series in oracle.computed]
    return next((p for p in reversed(known) if end_period(p) <= oracle.cut_off), "")


def find_earlier(edition: str, series: str, newest: str) -> str:
    """The period that the newest is compared with; empty where there is none."""
    known = list(consult(edition).values(series))
    year, *rest = newest.split("-")
    wanted = "-".join([str(int(year) - 1), *rest])
    if wanted in known:
        return wanted
    before = known[: known.index(newest)][-1:]
    if rest or not before:
        return ""
    shared = list_sources(edition, series, newest) & list_sources(edition, series, before[0])
    return before[0] if shared else ""


def write_change(edition: str, series: str, newest: str) -> str:
    """The change as a page should state it."""
    earlier, oracle = find_earlier(edition, series, newest), consult(edition)
    if not earlier:
        return ""
    unit = oracle.units[compose(edition).composer.view.series[series].declaration.unit]
    before, after = oracle.number(series, earlier), oracle.number(series, newest)
    if unit["pattern"] == "{}" or unit["pattern"].startswith("{}%"):
        points = " percentage points" if unit["pattern"] != "{}" else ""
        shown = write_number(after - before, int(unit["digits"]), signed=True) + points
    else:
        shown = write_number((after / before - 1) * 100, 1, signed=True) + "%"
    return f"{shown} on {oracle.when(earlier)}"


def write_value(edition: str, series: str, period: str) -> str:
    """A value with its unit as a page should state it."""
    oracle = consult(edition)
    unit = oracle.units[compose(edition).composer.view.series[series].declaration.unit]
    number = write_number(oracle.number(series, period), int(unit["digits"]))
    return unit["pattern"].replace("{}", number)


def read_part(element: HtmlElement, name: str) -> str:
    """The words of a part of an indicator; empty where it has none."""
    return "".join(read(part) for part in find_all(element, "span", f"bearing__{name}"))


@pytest.mark.parametrize(("edition", "least"), [("2026", 60), ("2017", 4)])
def test_every_indicator_of_an_item_shows_what_the_data_say(
    built_site: Path, edition: str, least: int
) -> None:
    """Those that the table names, in its order, with value, period and change."""
    count = 0
    for table in TABLES:
        declared = {row["id"]: row["indicators"].split() for row in ITEMS[table]}
        for name, elements in find_items(built_site, edition, table):
            shown = [e for e in elements if e.get("data-series")]
            newest = {s: p for s in declared[name] if (p := find_newest(edition, s))}
            assert [e.get("data-series") for e in shown] == list(newest), name
            for element, (series, period) in zip(shown, newest.items(), strict=True):
                assert read_part(element, "value") == write_value(edition, series, period)
                assert read_part(element, "period").startswith(consult(edition).when(period))
                assert read_part(element, "change") == write_change(edition, series, period), series
                count += 1

    assert count >= least


def test_every_indicator_with_a_goal_is_judged(built_site: Path) -> None:
    """By the words that the method gives; one without a goal is not."""
    judged = 0
    for table in TABLES:
        for _, elements in find_items(built_site, "2026", table):
            for element in elements:
                if not (series := element.get("data-series")):
                    continue
                marks = [read(mark) for mark in find_all(element, "span", "progress")]
                has_goal = find_goal(series) in {"up", "down"}
                assert marks == ([judge(series, 5)[0]] if has_goal else []), series
                judged += has_goal

    assert judged > 20


def test_every_item_shows_the_status_of_each_of_its_measures(built_site: Path) -> None:
    """The measures that the table names, in its order, and what is missing."""
    for table in TABLES:
        shown = dict(find_items(built_site, "2026", table))
        assert list(shown) == [row["id"] for row in ITEMS[table]]
        for row in ITEMS[table]:
            [found] = [e for e in shown[row["id"]] if e.get("class") == "item__measures"]
            lines = [read(line) for line in find_all(found, "li")]
            names = row["addressed_by"].split()
            words = [(n, STATUS[n].replace("_", " ").capitalize()) for n in names]
            assert len(lines) == len(names)
            for line, (measure, word) in zip(lines, words, strict=True):
                assert line.endswith(f" {measure} {word}")
            text = " ".join(read(e) for e in shown[row["id"]] if e.tag == "p")
            assert row["gap"] in text


def test_measures_lead_back_to_the_items_that_name_them(built_site: Path) -> None:
    """On the page of all measures each has the links that the tables ask for, and no others."""
    page = read_page(built_site / "en" / "2026" / "measures" / "index.html")
    found: dict[str, set[str]] = {}
    for line in find_all(page, "li"):
        ids = [read(e) for e in find_all(line, "span", "board__id")]
        links = [
            a.get("href", "")
            for part in find_all(line, "span", "measure-items")
            for a in find_all(part, "a")
        ]
        if ids:
            found[ids[0]] = {link.split("#")[1] for link in links}
    wanted: dict[str, set[str]] = {name: set() for name in STATUS}
    for table in TABLES:
        for row in ITEMS[table]:
            for name in row["addressed_by"].split():
                wanted[name].add(row["id"])

    assert found == wanted
