"""The built site judged: every link leads somewhere, every id is there once, no section is empty.

Reads the finished pages of a site and nothing else. Works on HTML as text, since all of it is made
by this project's forms and the renderer.
"""

from __future__ import annotations

import posixpath
import re
import urllib.parse
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from pathlib import Path

_TAG = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)((?:\s+[^\s=>/]+(?:=\"[^\"]*\")?)*)\s*/?>")
_ATTRIBUTE = re.compile(r"\s(href|src|srcset|id|action|poster|data)=\"([^\"]*)\"")
_SCRIPT = re.compile(r"<(script|style)\b[^>]*>.*?</\1>", re.DOTALL)
_EMPTY = re.compile(
    r"<h([1-6])\b[^>]*>(?:(?!</h\1>).)*</h\1>\s*(?:<h([1-6])\b|</article>)", re.DOTALL
)


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong with a built page."""

    page: str
    what: str

    def __str__(self) -> str:
        return f"{self.page}: {self.what}"


@dataclass(frozen=True, slots=True)
class _Page:
    links: tuple[tuple[str, str], ...]
    """Element and address of each link."""
    ids: frozenset[str]


@dataclass(frozen=True, slots=True)
class _Map:
    """What a site holds, and the path that it is published below."""

    files: frozenset[str]
    pages: Mapping[str, _Page]
    base: str


def find_faults(site: Path, base: str) -> list[Fault]:
    """Everything wrong with the pages of a site; `base` is the path it is published below."""
    paths = sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html"))
    files = {p.relative_to(site).as_posix() for p in site.rglob("*") if p.is_file()}
    faults: list[Fault] = []
    pages: dict[str, _Page] = {}
    for path in paths:
        html = (site / path).read_text(encoding="utf-8")
        pages[path], found = _read_page(path, html)
        faults += found
    site_map = _Map(frozenset(files), pages, base)
    for path, page in pages.items():
        for element, link in page.links:
            if what := _judge(site_map, path, element, link):
                faults.append(Fault(path, what))
    return sorted(set(faults))


def _read_page(path: str, html: str) -> tuple[_Page, list[Fault]]:
    faults = []
    links: list[tuple[str, str]] = []
    ids: set[str] = set()
    for tag in _TAG.finditer(_SCRIPT.sub(_keep_head, html)):
        for attribute, value in _ATTRIBUTE.findall(tag[2]):
            if attribute == "id":
                if value in ids:
                    faults.append(Fault(path, f"the id {value!r} is there twice"))
                ids.add(value)
            elif attribute != "data":
                links.append((tag[1], unescape(value)))
    for found in _EMPTY.finditer(html):
        if found[2] is None or int(found[2]) <= int(found[1]):
            title = re.sub(r"<[^>]*>", "", found[0]).strip()
            faults.append(Fault(path, f"the section {title!r} is empty"))
    return _Page(tuple(links), frozenset(ids)), faults


def _keep_head(found: re.Match[str]) -> str:
    """A script or style without its content, which is no markup."""
    return found[0][: found[0].index(">") + 1]


def _judge(site_map: _Map, path: str, element: str, link: str) -> str:
    """What is wrong with a link, or nothing."""
    parts = urllib.parse.urlsplit(link)
    if parts.scheme or link.startswith("//"):
        return _judge_outward(element, link, parts.scheme)
    target = _resolve(site_map, path, parts.path)
    if target not in site_map.files:
        return f"{link!r} leads nowhere"
    anchor = urllib.parse.unquote(parts.fragment)
    if anchor and target in site_map.pages and anchor not in site_map.pages[target].ids:
        return f"{link!r} names a place that is not on the page"
    return ""


def _judge_outward(element: str, link: str, scheme: str) -> str:
    """Only a link that a reader clicks may lead to another host."""
    if element == "a" and (scheme in {"http", "https"} or link == "javascript:void(0)"):
        return ""
    return "" if scheme == "data" else f"<{element}> asks another host: {link!r}"


def _resolve(site_map: _Map, path: str, link: str) -> str:
    """The file below the site to which the path of a link leads."""
    link = urllib.parse.unquote(link)
    if not link:
        return path
    if link.startswith("/"):
        target = link.removeprefix(site_map.base) if link.startswith(site_map.base) else ".."
    else:
        target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link))
    target = target.strip("/")
    if target in {"", "."}:
        return "index.html"
    return target if target in site_map.files else f"{target}/index.html"
