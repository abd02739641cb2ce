"""The head of every page of the built site says what the page is, and what it names is there."""

from __future__ import annotations

import io
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from PIL import Image

from report.policies import find_policy_faults
from tests.test_graphs import expand, judge

EDITIONS = ("2026", "2017")
SITE = "https://china-russia-trade-report.github.io/report/"
NEEDED = (
    *("description", "og:type", "og:site_name", "og:title", "og:description", "og:url"),
    *("og:image", "og:image:type", "og:image:width", "og:image:height", "og:image:alt"),
    *("twitter:card", "twitter:title", "twitter:description", "twitter:image"),
    "twitter:image:alt",
)


class _Head(HTMLParser):
    """The descriptions in a page's head, its own address, and its data blocks."""

    def __init__(self) -> None:
        super().__init__()
        self.said: dict[str, list[str]] = {}
        self.canonical: list[str] = []
        self.blocks: list[str] = []
        self._inside = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what describes."""
        given = {name: value or "" for name, value in attrs}
        name = given.get("name") or given.get("property")
        if tag == "meta" and name:
            self.said.setdefault(name, []).append(given.get("content", ""))
        if tag == "link" and given.get("rel") == "canonical":
            self.canonical.append(given["href"])
        self._inside = tag == "script" and given.get("type") == "application/ld+json"
        if self._inside:
            self.blocks.append("")

    def handle_endtag(self, tag: str) -> None:
        """End a block."""
        self._inside = self._inside and tag != "script"

    def handle_data(self, data: str) -> None:
        """Take a piece of a block."""
        if self._inside:
            self.blocks[-1] += data


def list_pages(site: Path, edition: str) -> Iterator[tuple[str, str, _Head]]:
    """Address below the edition, HTML, and head of each page that the renderer made."""
    folder = site / "en" / edition
    for path in sorted(folder.rglob("index.html")):
        if "embed" not in path.parts:
            address = path.relative_to(folder).as_posix().removesuffix("index.html")
            html = path.read_text(encoding="utf-8")
            yield address, html, read_head(html)


@lru_cache(maxsize=256)
def read_head(html: str) -> _Head:
    """What a page's head says."""
    head = _Head()
    head.feed(html)
    return head


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_page_describes_itself_once(built_site: Path, edition: str) -> None:
    """Each description is there once, is not empty, and gives the edition's own address."""
    count = 0
    for address, html, head in list_pages(built_site, edition):
        count += 1
        whole = f"{SITE}en/{edition}/{address}"
        for name in NEEDED:
            assert len(head.said.get(name, [])) == 1, f"{address}: {name}"
            assert head.said[name][0].strip(), f"{address}: {name}"
        assert head.canonical == [whole]
        assert head.said["og:url"] == [whole]
        assert len(head.said["description"][0]) <= 300
        assert not re.search(r"[<>]|\*\*|&#|\]\(", head.said["description"][0])
        assert "/latest/" not in "".join(map(str, head.said.values()))
        assert [*find_policy_faults(html)] == []
        assert '<meta name="head">' not in html
    assert count > 25


@pytest.mark.parametrize("edition", EDITIONS)
def test_pages_are_announced_by_pictures_that_are_there(built_site: Path, edition: str) -> None:
    """One for each page, of the size that its head states."""
    paths = set()
    for address, _, head in list_pages(built_site, edition):
        (image,) = head.said["og:image"]
        path = built_site / image.removeprefix(SITE)
        with Image.open(io.BytesIO(path.read_bytes())) as picture:
            assert picture.format == "PNG", address
            assert [str(side) for side in picture.size] == [
                *head.said["og:image:width"],
                *head.said["og:image:height"],
            ]
        paths.add(path)
    assert len(paths) == sum(1 for _ in list_pages(built_site, edition))


@pytest.mark.parametrize("edition", EDITIONS)
def test_graphs_of_all_pages_hold_together(built_site: Path, edition: str) -> None:
    """One block on each page, in known terms; what it refers to is described on some page."""
    described: set[str] = set()
    referred: set[str] = set()
    for address, _, head in list_pages(built_site, edition):
        assert len(head.blocks) == 1, address
        graph = json.loads(head.blocks[0])
        judge(expand(graph))
        described |= {node["@id"] for node in graph["@graph"]}
        referred |= {*find_references(graph["@graph"])}
        addresses = [
            node["url"]
            for node in graph["@graph"]
            if node["@type"] != "Organization" and "url" in node
        ]
        assert set(addresses) == {f"{SITE}en/{edition}/{address}"}
    assert referred <= described


def find_references(value: Any) -> Iterator[str]:
    """Ids of nodes that are named and not described."""
    if isinstance(value, list):
        for part in value:
            yield from find_references(part)
    elif isinstance(value, dict):
        if set(value) == {"@id"}:
            yield value["@id"]
        for part in value.values():
            yield from find_references(part)


def test_texts_for_scholars_are_told_to_them(built_site: Path) -> None:
    """The edition as a report, and each page of its subject as a part of it; no register."""
    heads = {address: head.said for address, _, head in list_pages(built_site, "2026")}
    told = {address for address, said in heads.items() if "citation_title" in said}

    assert told == {""} | {
        address
        for address in heads
        if re.fullmatch(r"(?:pathways|safeguards|status)/[^/]+/", address)
    }
    assert heads[""]["citation_technical_report_number"] == ["2026"]
    assert heads[""]["citation_publication_date"] == ["2026/11/25"]
    (book,) = heads[""]["citation_pdf_url"]
    assert (built_site / book.removeprefix(SITE)).read_bytes().startswith(b"%PDF")
    (within,) = heads["status/scale/"]["citation_inbook_title"]
    assert within.endswith("pathways and safeguards, 2026 edition")


def test_every_page_tells_of_the_newest_data_and_the_next_release(built_site: Path) -> None:
    """At its foot: of an edition that looks back, that it was released, and of none to come."""
    for edition, planned in (("2026", True), ("2017", False)):
        for address, html, _ in list_pages(built_site, edition):
            foot = html[html.index('<ul class="colophon">') :]
            assert re.search(r"<li>Newest data: [^<]+</li>", foot), address
            assert "<li>Released: 25 November 2026</li>" in foot
            assert ("<li>Next release: planned for November 2027</li>" in foot) is planned
