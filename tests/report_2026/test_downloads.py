"""The data of both editions, as they lie on the built site, against the CSV files of the facts.

The facts are read here anew, with the standard library and the written rules alone.
"""

from __future__ import annotations

import csv
import json
import re
import sqlite3
import zipfile
from collections import Counter
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path

import feedparser  # type: ignore[import-untyped]
import pytest
from csvw import CSVW  # type: ignore[import-untyped]
from frictionless import validate

from tests.examples import PROJECT
from tests.report_2026.oracle import read_table

CUT_OFFS = {"2017": "2017-12-31", "2026": "2026-11-24"}
EDITIONS = sorted(CUT_OFFS)
NAME = "china-russia-trade-cooperation"
WITHOUT = {"not_published", "retracted", "withheld"}
LINK = re.compile(r"(?<!\\)\]\(([^()\s]+(?:\([^()\s]*\)[^()\s]*)*)\)")


@pytest.fixture(scope="module", autouse=True)
def _long_cells() -> Iterator[None]:
    """Cells may be long here; elsewhere the reader's own limit is a promise."""
    before = csv.field_size_limit(10**7)
    yield
    csv.field_size_limit(before)


@lru_cache
def list_facts(cut_off: str) -> list[dict[str, str]]:
    """All observations that were published by a day."""
    paths = sorted((PROJECT / "data/observations").glob("*.csv"))
    return [row for path in paths for row in read_table(path) if row["published"] <= cut_off]


@lru_cache
def list_open() -> frozenset[str]:
    """Sources that let their values be passed on."""
    rows = read_table(PROJECT / "data/sources.csv")
    return frozenset(row["id"] for row in rows if row["redistributable"] == "yes")


def guard(words: str) -> str:
    """What the data page promises of words that a spreadsheet would take for a formula."""
    return f"'{words}" if words[:1] in {"=", "+", "-", "@"} and words else words


def find_data(site: Path, edition: str) -> Path:
    """The folder of an edition's data."""
    return site / "en" / edition / "data"


@pytest.mark.parametrize("edition", EDITIONS)
def test_observations_are_the_facts_as_known_at_the_cut_off(built_site: Path, edition: str) -> None:
    """Every row of an open source whole, every other one without value, place and note.

    Notes that tell of later years are cut in the edition of 2017; its own tests judge that.
    """
    found = read_table(find_data(built_site, edition) / "observations.csv")
    wanted: Counter[tuple[str, ...]] = Counter()
    for row in list_facts(CUT_OFFS[edition]):
        key = (row["series"], row["period"], row["published"], row["source"])
        if row["source"] in list_open() or not row["value"]:
            more = (row["locator"], row["note"])
            said = (row["value"], row["status"], *map(guard, more), row["reason"])
        else:
            said = ("", "withheld", "", "", "")
        wanted[*key, *said] += 1

    names = ("series", "period", "published", "source")
    rest = ("value", "status", "locator", "note", "reason")
    listed = Counter(tuple(row[name] for name in (*names, *rest)) for row in found)
    if edition == "2017":
        listed, wanted = (Counter((*row[:7], row[8]) for row in all_) for all_ in (listed, wanted))
    assert listed == wanted
    assert max(row["published"] for row in found) <= CUT_OFFS[edition]


@pytest.mark.parametrize("edition", EDITIONS)
def test_no_value_of_a_closed_source_is_offered(built_site: Path, edition: str) -> None:
    """Neither in the tables, nor in the archive, nor in a file of a single series."""
    folder = find_data(built_site, edition)
    with zipfile.ZipFile(folder / f"{NAME}-{edition}.zip") as archive:
        members = {name.partition("/")[2]: archive.read(name) for name in archive.namelist()}
    assert {"README.md", "LICENCE.txt", "datapackage.json", "observations.csv"} <= set(members)
    for name, content in members.items():
        assert content == (folder / name).read_bytes(), name
    for path in [folder / "computed.csv", *sorted((folder / "series").glob("*.csv"))]:
        for row in read_table(path):
            names = (row.get("source") or row.get("sources") or "").split()
            if row["value"]:
                assert set(names) <= list_open(), path.name
                assert row["status"] not in WITHOUT
            else:
                assert row["status"] in WITHOUT
                assert not row.get("shown")
    claims = read_table(folder / "claims.csv")
    assert not [row["id"] for row in claims if row["value"] and row["source"] not in list_open()]
    changes = json.loads((folder.parent / "changes.json").read_bytes())["values"]
    states = [one[side] for one in changes for side in ("old", "new") if one[side]]
    assert not [one for one in states if one["value"] and not set(one["sources"]) <= list_open()]


@pytest.mark.parametrize("edition", EDITIONS)
def test_each_series_has_its_files_and_they_say_the_same(built_site: Path, edition: str) -> None:
    """CSV, JSON and the row in the register: the same values, digit by digit."""
    folder = find_data(built_site, edition)
    register = {row["id"]: row for row in read_table(folder / "series.csv")}
    known = {row["series"] for row in list_facts(CUT_OFFS[edition])}
    observed = {name for name, row in register.items() if not row["operation"]}

    assert observed == known
    assert {f"{name}.{end}" for name in register for end in ("csv", "json")} == {
        path.name for path in (folder / "series").iterdir() if path.name != "csv-metadata.json"
    }
    for name, row in register.items():
        values = read_table(folder / row["path"])
        told = json.loads(
            (folder / f"series/{name}.json").read_bytes(), parse_float=str, parse_int=str
        )
        assert [(one["period"], one["value"] or "") for one in told["values"]] == [
            (one["period"], one["value"]) for one in values
        ]
        withheld = sum(one["status"] == "withheld" for one in values)
        assert int(row["withheld"]) == withheld
        assert int(row["offered"]) == len(values) - withheld
        assert ("withheld" in told) == bool(withheld)


def test_a_series_shows_the_value_that_stands(built_site: Path) -> None:
    """Of 2016 the press printed a total; later came that of the fund, which then stands."""
    shown = {}
    for edition in EDITIONS:
        path = find_data(built_site, edition) / "series/trade.cn_ru.total.usd.csv"
        rows = [row for row in read_table(path) if row["period"] == "2016"]
        shown[edition] = [(row["source"], row["status"], row["shown"]) for row in rows]

    press = ("kommersant_3189443", "provisional")
    assert shown["2017"] == [(*press, "69.525")]
    assert shown["2026"] == [(*press, ""), ("imf_dots_totals_2020", "final", "69.754901")]


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_data_package_is_valid(built_site: Path, edition: str) -> None:
    """Every cell of every table, every key, size and hash."""
    found = validate(str(find_data(built_site, edition) / "datapackage.json"))

    assert found.flatten(["type", "title", "note"]) == []
    assert found.valid


def test_csvw_describes_each_file_of_a_series(built_site: Path) -> None:
    """As a validator of CSVW reads them; the large tables are judged by the other description."""
    folder = find_data(built_site, "2017")

    assert CSVW(str(folder / "series/csv-metadata.json"), validate=True).is_valid


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_database_answers_as_the_tables_do(built_site: Path, edition: str) -> None:
    """It is sound, and what it calls newest is what the files show."""
    folder = find_data(built_site, edition)
    path = folder / f"{NAME}-{edition}.sqlite"
    base = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        assert base.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert base.execute("PRAGMA foreign_key_check").fetchall() == []
        found = Counter(base.execute("SELECT series, period, value FROM newest").fetchall())
        known = dict(base.execute("SELECT key, value FROM edition").fetchall())
    finally:
        base.close()
    shown = [
        (row["series"], row["period"], float(row["shown"]))
        for row in read_table(folder / "observations.csv")
        if row["shown"]
    ]
    computed = [
        (row["series"], row["period"], float(row["value"]))
        for row in read_table(folder / "computed.csv")
        if row["value"]
    ]
    assert found == Counter([*shown, *computed])
    assert max(found.values()) == 1
    assert known["cut_off"] == CUT_OFFS[edition]


# Words for programs.


def list_twins(site: Path) -> Iterator[Path]:
    """The Markdown of every page of both editions and of the newest one's second address."""
    for edition in (*EDITIONS, "latest"):
        yield from sorted((site / "en" / edition).rglob("index.md"))


def test_every_page_has_its_markdown(built_site: Path) -> None:
    """Beside it, named in its head, and with the same title."""
    for edition in EDITIONS:
        folder = built_site / "en" / edition
        guide = (folder / "llms.txt").read_text(encoding="utf-8")
        pages = [path for path in folder.rglob("index.html") if "embed" not in path.parts]
        assert len(pages) >= 27
        for page in pages:
            text = page.with_name("index.md").read_text(encoding="utf-8")
            html = page.read_text(encoding="utf-8")
            address = f"/en/{edition}/{page.relative_to(folder).with_suffix('.md').as_posix()}"
            assert text.startswith("# ")
            assert re.search(r'rel="alternate ?" type="text/markdown" href="index.md"', html)
            assert f"{address})" in guide


def test_markdown_holds_no_markup_and_its_links_lead_somewhere(built_site: Path) -> None:
    """No element, attribute list or reference is left; each relative link has its file."""
    for path in list_twins(built_site):
        text = path.read_text(encoding="utf-8")
        assert re.findall(r"<[a-zA-Z/][^>]*>|\{:|&#\d+;", text) == [], path
        for link in LINK.findall(text):
            if re.match(r"[a-z]+:", link):
                continue
            place = link.partition("#")[0]
            target = (path.parent / place).resolve() if place else path
            if target.is_dir():
                target /= "index.html"
            assert target.is_file(), f"{path}: {link}"


def test_numbers_of_pages_are_in_their_markdown(built_site: Path) -> None:
    """The first sentences of the front page, and each figure's title, takeaway and numbers."""
    folder = built_site / "en" / "2026"
    home = (folder / "index.md").read_text(encoding="utf-8")
    scale = (folder / "status/scale/index.md").read_text(encoding="utf-8")

    assert "228.1 bn USD in 2025" in home
    assert len(re.findall(r"^### ", scale, re.MULTILINE)) >= 5
    assert "[numbers as CSV](../../../2026/figures/scale-levels.csv)" in scale
    assert "Sources: " in scale


# The site as a whole.


def test_the_sitemap_lists_every_page_of_every_edition(built_site: Path) -> None:
    """The index leads to each edition's own, which holds its pages at their lasting addresses."""
    base = "https://china-russia-trade-report.github.io/report/"
    index = (built_site / "sitemap.xml").read_text(encoding="utf-8")
    maps = re.findall(r"<loc>([^<]+)</loc>", index)
    assert maps == [f"{base}en/{edition}/sitemap.xml" for edition in EDITIONS]
    for edition in EDITIONS:
        folder = built_site / "en" / edition
        text = (folder / "sitemap.xml").read_text(encoding="utf-8")
        listed = set(re.findall(r"<loc>([^<]+)</loc>", text))
        pages = {
            f"{base}en/{edition}/{path.parent.relative_to(folder).as_posix()}/".replace("/./", "/")
            for path in folder.rglob("index.html")
            if "embed" not in path.parts
        }
        assert listed == pages
    robots = (built_site / "robots.txt").read_text(encoding="utf-8")
    assert f"Sitemap: {base}sitemap.xml\n" in robots
    assert f"{base}en/latest/llms.txt" in (built_site / "llms.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize("edition", [*EDITIONS, "latest"])
def test_a_feed_reader_understands_the_feed(built_site: Path, edition: str) -> None:
    """Well formed; each entry has an id of its own, a day, a title and a link."""
    feed = feedparser.parse((built_site / "en" / edition / "feed.xml").read_bytes())

    assert not feed.bozo
    assert feed.version == "atom10"
    assert feed.feed.title
    assert len(feed.entries) > 3
    assert len({entry.id for entry in feed.entries}) == len(feed.entries)
    for entry in feed.entries:
        assert entry.title
        assert entry.link.startswith("https://")
        assert entry.updated_parsed
        assert entry.summary
    days = [entry.updated for entry in feed.entries]
    assert days == sorted(days, reverse=True)


def test_few_figures_of_what_is_only_quoted_go_out() -> None:
    """A source that is open because single figures are quoted from it gives at most twenty."""
    sources = read_table(PROJECT / "data" / "sources.csv")
    paths = sorted((PROJECT / "data" / "observations").glob("*.csv"))
    values = Counter(row["source"] for path in paths for row in read_table(path))
    quoted = [one for one in sources if one["licence"].endswith("single figures quoted")]
    cited = [one for one in sources if "facts cited" in one["licence"]]

    assert len(quoted) > 500
    assert {one["redistributable"] for one in quoted} == {"yes"}
    assert max(values[one["id"]] for one in quoted) <= 20
    assert {one["redistributable"] for one in cited} == {"no"}
