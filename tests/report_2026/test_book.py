"""The book of the 2026 edition is whole: every page and figure, nothing cut, all fonts with it."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any, cast

import pytest
from lxml import html
from pypdf import PdfReader

from report.articles import read_article
from tests.books import find_root, list_bookmarks, list_fonts, open_book, read_words
from tests.pages import read_page

A4 = (595, 842)
"""Points."""
MARGIN = 60
"""Points that are free on every side: 22 millimetres and more."""


def collapse(text: str) -> str:
    """Letters alone: where a line ends says nothing, and a hyphen may be one of its end."""
    return re.sub(r"[\s\u00ad\u200b\N{HYPHEN}-]+", "", text)


@pytest.fixture(scope="module", name="edition")
def find_edition(built_site: Path) -> Path:
    """The edition's site."""
    return built_site / "en" / "2026"


@pytest.fixture(scope="module", name="content")
def find_book(edition: Path) -> bytes:
    """Its book's file."""
    (place,) = edition.glob("*.pdf")
    return place.read_bytes()


@pytest.fixture(scope="module", name="book")
def _open_book(content: bytes) -> PdfReader:
    return open_book(content)


@pytest.fixture(scope="module", name="words")
def find_words(content: bytes) -> str:
    """All words of the book."""
    return read_words(content)


@pytest.fixture(scope="module", name="articles")
def list_articles(edition: Path) -> list[html.HtmlElement]:
    """The articles of all pages that are in the menu."""
    home = read_page(edition / "index.html")
    links = [a for a in home.iter("a") if "md-nav__link" in a.classes]
    pages = {a.get("href", "") for a in links if not a.get("href", "").startswith(("#", "http"))}
    return [
        read_article("x.md", (edition / page / "index.html").read_text()).root
        for page in sorted(pages)
    ]


def test_every_page_and_figure_is_in_the_book(articles: list[html.HtmlElement], words: str) -> None:
    """Each title can be found by searching, and each figure's number at its title."""
    letters = collapse(words)
    titles = [collapse(str(h.text_content())) for a in articles for h in a.iter("h1")]
    headings = [h for a in articles for h in a.iter("h3") if "figure-title" in h.classes]
    figures = [collapse(str(h.text_content()).replace(":", " ", 1)) for h in headings]
    named = {collapse(found) for found in re.findall(r"Figure \d+\.\d+", words)}

    assert len(titles) > 20
    assert [title for title in titles[1:] if title not in letters] == []
    assert len(figures) > 90
    assert [figure for figure in figures if figure not in letters] == []
    assert len(named) == len(figures)


def test_parts_and_chapters_are_bookmarks(book: PdfReader) -> None:
    """Every part of the navigation, and under it its chapters."""
    marks = list_bookmarks(book)
    parts = [mark for mark in marks if isinstance(mark, str)]

    assert parts == [
        *("Contents", "List of figures", "Overview", "Pathways", "Safeguards"),
        *("State of trade", "Evidence and method", "Numbers of the figures"),
    ]
    below = marks[marks.index("Pathways") + 1]
    assert next(mark for mark in below if isinstance(mark, str)) == "1 Policy coordination"


def test_the_book_says_what_it_is(book: PdfReader) -> None:
    """Title, language, tags and the edition's day."""
    root = find_root(book)
    assert book.metadata is not None

    assert str(book.metadata.title).endswith("2026 edition")
    assert root["/Lang"] == "en"
    assert "/StructTreeRoot" in root
    assert f"{book.metadata.creation_date:%Y-%m-%d}" == "2026-11-25"


def test_every_font_comes_along(book: PdfReader) -> None:
    """No machine's own font is asked for."""
    fonts = list_fonts(book)

    assert fonts
    assert all(fonts.values())


def list_drawings(book: PdfReader) -> list[dict[str, Any]]:
    """What is tagged as a figure."""
    found = []
    waiting: list[Any] = [find_root(book)["/StructTreeRoot"]]
    while waiting:
        part = waiting.pop().get_object()
        if isinstance(part, list):
            waiting += reversed(part)
        elif isinstance(part, dict):
            waiting += [part["/K"]] if "/K" in part else []
            found += [part] if part.get("/S") == "/Figure" else []
    return found


def test_no_drawing_is_cut(articles: list[html.HtmlElement], book: PdfReader) -> None:
    """Each lies within its page, has words in its place, and is drawn with lines, not dots."""
    drawings = list_drawings(book)
    takeaways = {
        collapse(str(found.text_content()))
        for article in articles
        for found in article.iter("p")
        if "takeaway" in found.classes
    }
    images = [i for article in articles for i in article.iter("img")]

    assert len(drawings) == len([i for i in images if i.get("data-kind") == "drawing"])
    assert {collapse(str(one["/Alt"])) for one in drawings} == takeaways
    for one in drawings:
        left, low, right, high = (float(at) for at in one["/A"][0]["/BBox"])
        assert right - left > 400
        assert high - low > 20
        assert MARGIN < left < right < A4[0] - MARGIN
        assert MARGIN < low < high < A4[1] - MARGIN
    for page in cast("list[Any]", book.pages):
        forms = page["/Resources"].get("/XObject", {}).values()
        assert "/Image" not in {form.get_object()["/Subtype"] for form in forms}


def test_pages_lead_to_the_book(edition: Path, book: PdfReader) -> None:
    """Home, data and citation tell its size and pages, and `latest` holds no second copy."""
    (place,) = edition.glob("*.pdf")
    said = f"PDF, {place.stat().st_size / 1e6:.1f} MB, {len(book.pages)} pages"

    for page in ("", "data/", "cite/"):
        text = (edition / page / "index.html").read_text()
        assert f'{"../" * page.count("/")}../2026/{place.name}"' in text
        assert said in text
    assert list((edition.parent / "latest").glob("*.pdf")) == []


def test_events_and_sources_are_listed_whole(edition: Path, words: str) -> None:
    """What pages fold for screens is open in the book, also what goes on overleaf."""
    between = r"\d+China–Russiatradecooperation,2026edition(Events|Sources)"
    letters = re.sub(between, "", collapse(words))
    for page, tag, name in (("events", "strong", "timeline__title"), ("sources", "a", "")):
        article = read_article("x.md", (edition / page / "index.html").read_text()).root
        told = [e for e in article.iter(tag) if name in e.classes or not name]
        shown = [e for e in told if e.get("href", "http").startswith("http") and not has_korean(e)]

        assert len(shown) > 100
        assert [e for e in shown if collapse(str(e.text_content())) not in letters] == []


def has_korean(element: html.HtmlElement) -> bool:
    """Whether it holds letters for which no font is installed."""
    return re.search("[\uac00-\ud7a3]", str(element.text_content())) is not None
