"""Programs that keep references read back what was written, whatever stands in titles and names."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
import rispy
from bibtexparser.entrypoint import parse_string
from bibtexparser.middlewares import LatexDecodingMiddleware
from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle
from citeproc import formatter as formatters
from citeproc.source.json import CiteProcJSON
from hypothesis import given
from hypothesis import strategies as st

from report.citations import (
    Work,
    WorkKind,
    cite_plainly,
    name_work,
    write_bibtex,
    write_csl,
    write_ris,
)
from report.languages import Catalogue
from tests.examples import ENGLISH

FIGURE = Work(
    kind="figure",
    title="Trade fell by 6.9% in 2025",
    address="https://example.org/report/en/2026/status/scale/#figure-growth",
    edition="2026 edition",
    publisher="Institute of Trade",
    released=date(2026, 11, 5),
    licence="CC BY 4.0",
    container="A report on trade",
    number="Figure 12",
)
EDITION = Work(
    kind="edition",
    title="A report on trade",
    address="https://example.org/report/en/2026/",
    edition="2026 edition",
    publisher="Institute of Trade",
    released=date(2026, 11, 5),
    licence="CC BY 4.0",
    version="2026-r1",
)
HOSTILE = (
    "50 % of {all} trade_flows ~ A & B \\ C ^ $x$ #1 @misc{x, } -- ``quoted''",
    "two\nlines\r\nTY  - JOUR\u2028and a third",
    '<i>markup</i> & entities &amp; "quotes"',
    "中国与俄罗斯 – Торговля – Ångström",
    "{",
    "}",
    "ends with a backslash \\",
)
texts = st.text(min_size=1, max_size=60).filter(lambda text: bool(flatten(text)))


def flatten(text: str) -> str:
    """What of a text can stand in one line: spaces made one, what cannot be seen left out."""
    words = "".join(c for c in text if c.isspace() or unicodedata.category(c) not in {"Cc", "Cs"})
    return " ".join(words.split())


def read_bibtex(text: str) -> dict[str, str]:
    """The fields of the one entry, as LaTeX shows them."""
    library = parse_string(text, append_middleware=[LatexDecodingMiddleware()])
    assert library.failed_blocks == []
    assert len(library.blocks) == 1
    entry = library.entries[0]
    assert entry.entry_type == "misc"
    return {"key": entry.key, **{field.key: field.value for field in entry.fields}}


def read_ris(text: str) -> dict[str, Any]:
    """The one reference."""
    references = rispy.loads(text)
    assert len(references) == 1
    return dict(references[0])


def write_harvard(text: str) -> str:
    """The reference as a style of CSL prints it, in plain text."""
    style = CitationStylesStyle("harvard-cite-them-right", validate=False)
    items = json.loads(text)
    bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatters.plain)
    bibliography.register(Citation([CitationItem(items[0]["id"])]))
    return "".join(str(part) for part in bibliography.bibliography()[0])


def test_a_sentence_names_all_that_leads_to_a_figure() -> None:
    """Publisher, year, finding, number, report, edition, day, licence; the address stands last."""
    assert cite_plainly(FIGURE, ENGLISH) == (
        "Institute of Trade (2026): Trade fell by 6.9% in 2025. "
        "Figure 12 in: A report on trade, 2026 edition. Released on 5 November 2026. "
        "Licence: CC BY 4.0. https://example.org/report/en/2026/status/scale/#figure-growth"
    )


def test_a_sentence_of_an_edition_has_no_report_around_it() -> None:
    """An edition is the whole; its version is said, and no sign stands twice."""
    asked = replace(EDITION, title="Does trade pay?")

    assert cite_plainly(asked, ENGLISH) == (
        "Institute of Trade (2026): Does trade pay? 2026 edition. Version 2026-r1. "
        "Released on 5 November 2026. Licence: CC BY 4.0. https://example.org/report/en/2026/"
    )


def test_a_sentence_is_translated_whole() -> None:
    """Words and the day are the language's."""
    words = {
        "In: %(report)s, %(edition)s": "В: %(report)s, %(edition)s",
        "Released on %(day)s": "Выпущено %(day)s",
    }
    said = cite_plainly(replace(FIGURE, number=""), Catalogue("ru", words))

    assert "В: A report on trade, 2026 edition. Выпущено 5 ноября 2026" in said


def test_bibtex_is_one_entry_that_every_style_knows() -> None:
    """Names and titles keep their case by a second pair of braces; the month is BibTeX's own."""
    assert write_bibtex(FIGURE) == (
        "@misc{example-report-en-2026-status-scale-figure-growth,\n"
        "  author = {{Institute of Trade}},\n"
        "  title = {{Trade fell by 6.9\\% in 2025}},\n"
        "  howpublished = {{A report on trade, 2026 edition}},\n"
        "  publisher = {{Institute of Trade}},\n"
        "  year = {2026},\n"
        "  number = {Figure 12},\n"
        "  copyright = {CC BY 4.0},\n"
        "  langid = {english},\n"
        "  url = {https://example.org/report/en/2026/status/scale/#figure-growth},\n"
        "  month = nov,\n"
        "}\n"
    )


@pytest.mark.parametrize(
    ("code", "name"), [("en", "english"), ("zh", "chinese"), ("ru", "russian")]
)
def test_bibtex_calls_languages_as_its_packages_do(code: str, name: str) -> None:
    """As babel and biblatex know them."""
    assert read_bibtex(write_bibtex(replace(FIGURE, language=code)))["langid"] == name


def test_ris_is_one_reference_of_its_kind() -> None:
    """As rispy reads it, for which `M1` is a note."""
    assert read_ris(write_ris(FIGURE)) == {
        "type_of_reference": "FIGURE",
        "authors": ["Institute of Trade,"],
        "title": "Trade fell by 6.9% in 2025",
        "secondary_title": "A report on trade",
        "edition": "2026 edition",
        "note": "Figure 12",
        "publisher": "Institute of Trade",
        "year": "2026",
        "date": "2026/11/05/",
        "language": "en",
        "custom1": "CC BY 4.0",
        "urls": ["https://example.org/report/en/2026/status/scale/#figure-growth"],
        "id": "example-report-en-2026-status-scale-figure-growth",
    }
    assert all(line.endswith("\r\n") for line in write_ris(FIGURE).splitlines(keepends=True))


@pytest.mark.parametrize(
    ("kind", "ris", "csl"),
    [
        ("figure", "FIGURE", "graphic"),
        ("page", "ELEC", "webpage"),
        ("edition", "RPRT", "report"),
        ("dataset", "DATA", "dataset"),
    ],
)
def test_each_kind_has_its_type(kind: WorkKind, ris: str, csl: str) -> None:
    """Programs sort by it."""
    work = replace(FIGURE, kind=kind)

    assert read_ris(write_ris(work))["type_of_reference"] == ris
    assert json.loads(write_csl(work))[0]["type"] == csl


def test_a_style_prints_what_leads_to_the_work() -> None:
    """CSL-JSON goes through a citation program."""
    shown = write_harvard(write_csl(EDITION))

    assert "Institute of Trade" in shown
    assert "2026" in shown
    assert "A report on trade" in shown
    assert "https://example.org/report/en/2026/" in shown


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_stay_texts(text: str) -> None:
    """Signs of each language are written so that the reader sees them and no program obeys."""
    work = replace(FIGURE, title=text, publisher=text, container=text)
    shown = flatten(text)

    found = read_bibtex(write_bibtex(work))
    # The reader writes a circumflex as a letter of its own.
    assert found["title"].replace("\u02c6", "^") == shown
    assert found["author"].replace("\u02c6", "^") == shown
    reference = read_ris(write_ris(work))
    assert reference["title"] == shown
    assert reference["authors"] == [f"{shown},"]
    assert reference["secondary_title"] == shown
    assert json.loads(write_csl(work))[0]["title"] == shown


@given(texts, texts, texts)
def test_bibtex_reads_back(title: str, publisher: str, container: str) -> None:
    """Any text: one entry, its own fields and no others, braces in pairs."""
    work = replace(FIGURE, title=title, publisher=publisher, container=container)
    text = write_bibtex(work)
    library = parse_string(text)

    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == [name_work(work)]
    assert len(library.blocks) == 1
    assert text.count("{") == text.count("}")
    assert {field.key for field in library.entries[0].fields} == {
        *("author", "title", "howpublished", "publisher", "year", "number"),
        *("copyright", "langid", "url", "month"),
    }


@given(texts, texts)
def test_ris_reads_back(title: str, publisher: str) -> None:
    """Any text stays in its line."""
    reference = read_ris(write_ris(replace(FIGURE, title=title, publisher=publisher)))

    assert reference["title"].strip() == flatten(title)
    assert reference["publisher"].strip() == flatten(publisher)
    assert reference["type_of_reference"] == "FIGURE"


@given(texts, texts)
def test_csl_reads_back(title: str, publisher: str) -> None:
    """Any text is a text of JSON, below a name that the schema of CSL 1.0.2 has."""
    work = replace(FIGURE, title=title, publisher=publisher)
    (item,) = json.loads(write_csl(work))

    assert item["title"] == flatten(title)
    assert item["author"] == [{"literal": flatten(publisher)}]
    assert item["issued"] == {"date-parts": [[2026, 11, 5]]}
    assert set(item) == {
        *("id", "type", "title", "author", "container-title", "edition", "number", "publisher"),
        *("issued", "language", "note", "URL"),
    }


@given(texts)
def test_names_are_plain(address: str) -> None:
    """A key is of letters, digits and hyphens; an address has no sign that ends a field."""
    work = replace(FIGURE, address=f"https://example.org/{address}")

    assert re.fullmatch(r"[a-z0-9]+(?:-[a-z0-9]+)*", name_work(work))
    url = json.loads(write_csl(work))[0]["URL"]
    assert re.fullmatch(r"[!-~]+", url)
    assert not set(url) & set('{}\\<>"')


def test_works_at_different_addresses_have_different_names() -> None:
    """Editions and languages can be cited side by side."""
    other = replace(FIGURE, address=FIGURE.address.replace("2026", "2017"))

    assert name_work(other) != name_work(FIGURE)
    assert name_work(EDITION) == "example-report-en-2026"
