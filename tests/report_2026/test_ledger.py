"""Numbers typed by hand from the sources stand on the pages, each with its unit and its period.

`tests/ledger/2026.csv` was typed from the source material, not from `data/` and not from pages.
A number counts as found only where a reader would take it for that number: in one sentence or tile
with its unit, bound to its period, or in a cell whose heads name unit and period; and near words
that say what it is about. The same digits elsewhere on the page do not count.
"""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import pytest
from lxml.html import Element, HtmlElement

from tests.pages import parse_page

PROJECT = Path(__file__).resolve().parents[2]
LEDGER = PROJECT / "tests/ledger/2026.csv"

_UNSEEN = {"script", "style", "template", "svg"}
_HEADINGS = {f"h{level}" for level in range(1, 5)}
_BLOCKS = {*_HEADINGS, "p", "li", "dt", "dd"}
_MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
_TO_DATE = r"\bJan–[A-Z][a-z]{2} "
_PERIOD = re.compile(rf"(?:(?:\d{{1,2}} )?(?:{_MONTHS}) |{_TO_DATE})?\b(?:19|20)\d\d\b(?:/\d\d\b)?")
_BETWEEN = re.compile(r"\s*(?:(?:in|for|of|on|by|at) )?")
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
# A table's head writes a unit out; prose and tiles write it short.
_WRITTEN_OUT = {
    "%": "percent|per cent",
    "bn USD": "billion US dollars",
    "mn USD": "million US dollars",
    "USD per barrel": "US dollars per barrel",
    "USD": "US dollars",
    "bn CNY": "billion yuan",
    "trn CNY": "trillion yuan",
    "bn RUB": "billion roubles",
    "Mt": "million tonnes",
    "bcm": "billion cubic metres",
    "TWh": "terawatt-hours",
    "kg per USD": "kilograms of carbon dioxide per US dollar",
    "µg/m3": "micrograms per cubic metre",
    "points": "percentage points",
}


@dataclass(frozen=True)
class Entry:
    """A line of the ledger."""

    page: str
    about: str
    number: str
    unit: str
    period: str
    source: str
    where: str


@dataclass(frozen=True)
class Sentence:
    """A sentence or a tile, with the words around it that say what it is about."""

    text: str
    around: str


@dataclass(frozen=True)
class Cell:
    """A cell of a table, with what its heads say."""

    text: str
    row: str
    column: str
    unit: str
    caption: str


Passage = Sentence | Cell


def read_ledger() -> list[Entry]:
    """All lines, as typed."""
    with LEDGER.open(encoding="utf-8", newline="") as file:
        return [Entry(**row) for row in csv.DictReader(file)]


def collect_text(element: HtmlElement, without: frozenset[str] = frozenset()) -> str:
    """What a reader sees of an element, parts set apart by spaces."""

    def gather(part: HtmlElement) -> Iterator[str]:
        seen = part.tag not in _UNSEEN
        if seen and part.get("class") not in without and part.get("hidden") is None:
            yield part.text or ""
            for child in part:
                yield from gather(child)
                yield child.tail or ""

    return " ".join(" ".join(gather(element)).replace("\N{PILCROW SIGN}", "").split())


def list_cells(table: HtmlElement) -> Iterator[Cell]:
    """The cells of a table that stand under a head and beside one."""
    caption = " ".join(collect_text(part) for part in table.iter("caption"))
    rows = list(table.iter("tr"))
    heads = [collect_text(cell, frozenset({"unit"})) for cell in rows[0]]
    units = [" ".join(collect_text(part) for part in cell.iter("span")) for cell in rows[0]]
    for row in rows[1:]:
        first = collect_text(row[0])
        for head, unit, cell in zip(heads[1:], units[1:], list(row)[1:], strict=False):
            mark = collect_text(next(cell.iter("sup"), Element("none")))
            text = collect_text(cell).removesuffix(mark).strip()
            yield Cell(text, first, head, unit, caption)


def list_passages(page: HtmlElement) -> Iterator[Passage]:
    """Sentences, tiles and cells of a page, each once."""
    heading = ""
    inside = {part for table in page.iter("table") for part in table.iter()}
    for element in page.iter():
        if element.tag == "table":
            yield from list_cells(element)
        if element.tag not in _BLOCKS or element in inside:
            continue
        text = collect_text(element)
        if element.tag in _HEADINGS:
            heading = text
        for sentence in _SENTENCE.split(text):
            yield Sentence(sentence, f"{heading} {text}")


@lru_cache
def read_page(path: Path) -> tuple[Passage, ...]:
    """What the article of a built page says; of values that were revised, what they are now."""
    document = parse_page(path.read_bytes())
    for parent in list(document.iter()):
        for part in [part for part in parent if part.get("class") == "first-value"]:
            parent.remove(part)
    return tuple(list_passages(next(document.iter("article"))))


def list_bound_periods(sentence: str, start: int, end: int) -> list[str]:
    """The periods that a reader may bind to what stands at a place of a sentence.

    A period that follows at once binds alone; else the last one before and the next one after may.
    """
    periods = list(_PERIOD.finditer(sentence))
    following = [period for period in periods if period.start() >= end]
    preceding = [period for period in periods if period.end() <= start]
    if following and _BETWEEN.fullmatch(sentence, end, following[0].start()):
        return [following[0][0]]
    return [period[0] for period in (*preceding[-1:], *following[:1])]


def is_about(context: str, entry: Entry) -> bool:
    """Whether all words that tell what a number is of stand near it, in any order."""
    return all(word in context.casefold() for word in entry.about.casefold().split())


def says_sentence(sentence: Sentence, entry: Entry) -> bool:
    """Whether a sentence states the number, with unit and period."""
    unit = rf"\s?{re.escape(entry.unit)}(?!\w)" if entry.unit else ""
    number = rf"(?<![\w.,\N{{MINUS SIGN}}]){re.escape(entry.number)}(?![\d]|[.,]\d){unit}"
    return is_about(sentence.around, entry) and any(
        entry.period in list_bound_periods(sentence.text, *found.span())
        for found in re.finditer(number, sentence.text)
    )


def says_cell(cell: Cell, entry: Entry) -> bool:
    """Whether a cell states the number, with unit and period in its heads."""
    written_out = _WRITTEN_OUT.get(entry.unit, re.escape(entry.unit))
    periods = {found[0] for head in (cell.row, cell.column) for found in _PERIOD.finditer(head)}
    return (
        cell.text == entry.number
        and (not entry.unit or re.match(written_out, cell.unit) is not None)
        and entry.period in periods
        and is_about(f"{cell.caption} {cell.row} {cell.column}", entry)
    )


def is_stated(passages: tuple[Passage, ...], entry: Entry) -> bool:
    """Whether any passage states what the ledger says."""
    return any(
        says_cell(passage, entry) if isinstance(passage, Cell) else says_sentence(passage, entry)
        for passage in passages
    )


def shift_last_digit(number: str) -> str:
    """The same number, wrong by one in its last digit (9 becomes 8)."""
    last = int(number[-1])
    return number[:-1] + str(last - 1 if last else 1)


ENTRIES = read_ledger()
NAMES = [f"{entry.page}{entry.about}-{entry.number}-{entry.period}" for entry in ENTRIES]


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_the_page_states_the_number(built_site: Path, entry: Entry) -> None:
    """A reader finds the number of the source, with its unit and its period."""
    passages = read_page(built_site / "en/2026" / entry.page / "index.html")

    assert is_stated(passages, entry), f"{entry.where} ({entry.source}) is not on {entry.page}"


@pytest.mark.parametrize("entry", ENTRIES, ids=NAMES)
def test_the_page_does_not_state_a_wrong_number(built_site: Path, entry: Entry) -> None:
    """One digit off, the same line is not found: the search finds no coincidences."""
    passages = read_page(built_site / "en/2026" / entry.page / "index.html")
    wrong = Entry(**{**vars(entry), "number": shift_last_digit(entry.number)})

    assert not is_stated(passages, wrong)


def test_the_ledger_covers_every_page_of_the_report() -> None:
    """Home and each page with a topic of its own have three numbers or more."""
    with (PROJECT / "data/framework/pages.csv").open(encoding="utf-8", newline="") as file:
        kinds = {"pathway": "pathways", "safeguard": "safeguards", "status": "status"}
        pages = {f"{kinds[row['kind']]}/{row['id']}/" for row in csv.DictReader(file)} | {"./"}
    counts = Counter(entry.page for entry in ENTRIES)

    assert set(counts) == pages
    assert min(counts.values()) >= 3
    assert len(ENTRIES) == len(set(ENTRIES)) >= 45


def test_each_line_names_a_source_of_the_report() -> None:
    """A number can be followed to who published it, in the report's own register."""
    with (PROJECT / "data/sources.csv").open(encoding="utf-8", newline="") as file:
        sources = {row["id"] for row in csv.DictReader(file)}

    assert {entry.source for entry in ENTRIES} <= sources


PAGE = """<article><h3>Trade grew</h3>
<p>Trade was 68.0 bn USD in 2015 and 107.8 bn USD in 2020. It was 4.5 bn USD before that.</p>
<table><caption>Trade</caption><tr><th>Year</th><th>Exports <span class="unit">percent</span></th>
</tr><tr><th>2021</th><td>7.4<sup>e</sup></td></tr></table></article>"""


@pytest.mark.parametrize(
    ("number", "unit", "period", "about", "stated"),
    [
        ("68.0", "bn USD", "2015", "Trade", True),
        ("68.0", "bn USD", "2020", "Trade", False),  # the year that follows at once binds alone
        ("68.0", "%", "2015", "Trade", False),
        ("8.0", "bn USD", "2015", "Trade", False),  # part of a longer number
        ("68.1", "bn USD", "2015", "Trade", False),
        ("68.0", "bn USD", "2015", "Imports", False),
        ("4.5", "bn USD", "2020", "Trade", False),  # its sentence names no year
        ("7.4", "%", "2021", "Exports", True),
        ("7.4", "bn USD", "2021", "Exports", False),
        ("7.4", "%", "2020", "Exports", False),
        ("7.5", "%", "2021", "Exports", False),
    ],
)
def test_only_a_number_with_its_unit_and_period_counts(
    number: str, unit: str, period: str, about: str, *, stated: bool
) -> None:
    """The search itself can fail: on a wrong number, unit, period or matter."""
    passages = tuple(list_passages(parse_page(PAGE.encode())))

    assert is_stated(passages, Entry("", about, number, unit, period, "", "")) == stated
