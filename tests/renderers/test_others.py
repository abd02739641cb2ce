"""The same pages come out of every renderer that the builder offers, from the same documents.

Compared is what a reader meets in the main part of a page. The frame around it is the renderer's
own: its icons, its search, and the code for both.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from pathlib import Path
from urllib.parse import urljoin

import pytest
from lxml import html

from report.build import build_site
from report.composition import Settings
from tests.examples import PROJECT, SECOND, TODAY
from tests.pages import parse_page

OTHERS = ("properdocs", "zensical")
HOST = "https://example.org/"
_HASHES = re.compile(r" 'sha256-[^']*'")


@dataclass(frozen=True)
class Page:
    """What a reader meets on one page."""

    title: str
    headings: list[tuple[str, str | None, str]]
    """Level, id and words of each."""
    figures: list[tuple[str | None, int, int]]
    """Id, drawings and tables of each."""
    tables: list[list[str]]
    links: list[str]
    """Where each link of the main part leads."""
    ways: set[str]
    """Where the menus lead."""
    words: str
    policy: list[str]
    """The security policy, without the hashes of the renderer's own scripts."""


def read_words(element: html.HtmlElement | None) -> str:
    """The words in an element, with one space between any two."""
    return "" if element is None else " ".join(element.text_content().split())


def list_targets(element: html.HtmlElement, address: str) -> list[str]:
    """Where the links in an element lead."""
    return [urljoin(address, link.get("href")) for link in element.xpath(".//a[@href]")]


def read_page(path: Path, address: str) -> Page:
    """One page; a page above the editions, which no renderer makes, is all main part."""
    document = parse_page(path.read_bytes())
    (main,) = document.xpath("(//article | //body[not(.//article)])[1]")
    headings = main.xpath(".//*[self::h1 or self::h2 or self::h3 or self::h4 or self::h5]")
    return Page(
        title=read_words(document.find("head/title")),
        headings=[(one.tag, one.get("id"), read_words(one)) for one in headings],
        figures=[
            (one.get("id"), len(one.findall(".//{*}svg")), len(one.findall(".//table")))
            for one in main.iter("figure")
        ],
        tables=[[read_words(row) for row in table.iter("tr")] for table in main.iter("table")],
        links=list_targets(main, address),
        ways={place for menu in document.iter("nav") for place in list_targets(menu, address)},
        words=read_words(main),
        policy=[
            _HASHES.sub("", one.get("content"))
            for one in document.xpath("//meta[@http-equiv='Content-Security-Policy']")
        ],
    )


def read_pages(site: Path) -> dict[str, Page]:
    """All pages of a site by path."""
    paths = [path.relative_to(site).as_posix() for path in sorted(site.rglob("*.html"))]
    return {path: read_page(site / path, HOST + path.removesuffix("index.html")) for path in paths}


@pytest.fixture(scope="module", name="sites")
def _sites(tmp_path_factory: pytest.TempPathFactory) -> dict[str, dict[str, Page]]:
    """The second report by every renderer; drawings are kept from one to the next."""
    folder = tmp_path_factory.mktemp("renderers")
    found = {}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Settings, "cache", property(lambda _self: folder / "cache"))
        for name in ("mkdocs", *OTHERS):
            site = folder / name
            settings = Settings(SECOND, PROJECT, site, TODAY, renderer=name, jobs=1, whole=False)
            build_site(settings)
            found[name] = read_pages(site)
    return found


def list_differences(one: Mapping[str, Page], other: Mapping[str, Page]) -> list[str]:
    """What differs between two sites, as `page: what`."""
    return [f"{path}: not in both" for path in sorted(set(one) ^ set(other))] + [
        f"{path}: {part.name}"
        for path in sorted(set(one) & set(other))
        for part in fields(Page)
        if getattr(one[path], part.name) != getattr(other[path], part.name)
    ]


@pytest.mark.parametrize("renderer", OTHERS)
def test_another_renderer_gives_the_same_pages(
    renderer: str, sites: dict[str, dict[str, Page]]
) -> None:
    """Page list, titles, headings, figures, tables, links, menus, words and policy."""
    assert list_differences(sites["mkdocs"], sites[renderer]) == []


def test_what_is_compared_is_there(sites: dict[str, dict[str, Page]]) -> None:
    """An empty page would be like any other empty page."""
    pages = sites["mkdocs"]
    editions = {path: page for path, page in pages.items() if path.startswith("en/2026/")}
    documents = list((SECOND / "site_src" / "2026").rglob("*.md"))

    assert len(editions) >= len(documents) > 0
    for page in editions.values():
        assert page.title
        assert page.headings[0][0] == "h1"
        assert page.ways
        assert len(page.policy) == 1
    figures = [figure for page in editions.values() for figure in page.figures]
    assert figures
    assert all(drawings > 0 for _, drawings, _ in figures)
    assert sum(len(page.links) for page in editions.values()) > len(editions)
