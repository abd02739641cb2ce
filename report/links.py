"""The built site judged: every link leads somewhere, every id is there once, no section is empty.

Reads the finished files of a site and nothing else. Works on HTML as text, since all of it is made
by this project's forms and the renderer; strict, so that what it cannot read counts as a fault.
"""

from __future__ import annotations

import marshal
import posixpath
import re
import urllib.parse
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from html import unescape
from pathlib import Path

from report.inventories import take_inventory
from report.remembering import PASSING, Memory

_NOT_MARKUP = re.compile(r"<!--.*?-->|(<(script|style)\b[^>]*>).*?</\2>", re.DOTALL)
_TAG = re.compile(r"""<([a-zA-Z][^\s/>]*)([^>"']*(?:(?:"[^"]*"|'[^']*')[^>"']*)*)>""")
_ATTRIBUTE = re.compile(
    r"""\s(?:(href|src|srcset|xlink:href|poster|action|formaction|data|id|for|style|on[a-z]+"""
    r"""|aria-labelledby|aria-describedby|aria-controls"""
    r"""|fill|stroke|clip-path|mask|filter|marker(?:-[a-z]+)?)|[^\s"'=<>]+)"""
    r"""\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+)"""
)
"""Each attribute with a value, its name only where it is judged: words in values are no names."""
_PAINT = re.compile(r"""url\(["']?#([^"')]+)["']?\)""")
_CSS_ADDRESS = re.compile(r"""(?:url\(\s*|@import\s+)["']?([^"')\s]+)""")
_CSS_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_HEADING = re.compile(r"<h([1-6])\b[^>]*>(.*?)</h\1>|</article>|</main>", re.DOTALL)
_SHOWN = re.compile(r"<(?:img|svg|input|video|object)\b|[^\s<>]")
_PAINTED = ("fill", "stroke", "clip-path", "mask", "filter")
_REFERENCES = ("for", "aria-labelledby", "aria-describedby", "aria-controls")


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """Something wrong with a built file."""

    page: str
    what: str

    def __str__(self) -> str:
        return f"{self.page}: {self.what}"


@dataclass(slots=True)
class _Page:
    links: dict[tuple[str, str], None]
    """Element and address of each link, once."""
    ids: set[str]
    faults: list[str]


@dataclass(frozen=True, slots=True)
class _Map:
    """What a site holds, and the path that it is published below."""

    files: frozenset[str]
    pages: Mapping[str, _Page]
    base: str
    absent: tuple[str, ...]
    """Folders that lie beside what was built."""


def find_faults(
    site: Path,
    base: str,
    others: Collection[str] = (),
    memory: Memory | None = None,
    sums: Mapping[str, str] | None = None,
) -> list[Fault]:
    """Everything wrong with the files of a site; `base` is the path it is published below.

    `others` are folders of editions: links into those that were not built are not judged. What
    `memory` knows of a page is not read out of it again; each link is judged in every run. `sums`
    are hashes of all files, where they are known.
    """
    sums = take_inventory(site).sums if sums is None else sums
    reader = _Reader(site, memory or Memory())
    pages = {
        path: reader.read(path, digest)
        for path, digest in sums.items()
        if posixpath.splitext(path)[1] in READERS
    }
    absent = tuple(name for name in others if not any(path.startswith(name) for path in sums))
    site_map = _Map(frozenset(sums), pages, base, absent)
    faults = {Fault(path, what) for path, page in pages.items() for what in page.faults}
    for path, page in pages.items():
        for element, link in page.links:
            if what := _judge(site_map, path, element, link):
                faults.add(Fault(path, what))
    return sorted(faults)


# Reading.


@dataclass(frozen=True)
class _Reader:
    """Reads each content of a file once, whatever its name, and none that is remembered."""

    site: Path
    memory: Memory
    _known: dict[str, _Page] = field(default_factory=dict)

    def read(self, path: str, digest: str) -> _Page:
        """What is on a page, or in a sheet of styles."""
        suffix = posixpath.splitext(path)[1]
        if (name := f"{digest}{suffix}") not in self._known:

            def find() -> bytes:
                text = (self.site / path).read_text(encoding="utf-8", errors="replace")
                page = READERS[suffix](text)
                return marshal.dumps((list(page.links), sorted(page.ids), page.faults))

            packed = self.memory.find(find, f"{PASSING}page", name)
            links, ids, faults = marshal.loads(packed)  # noqa: S302 - our own
            self._known[name] = _Page(dict.fromkeys(links), set(ids), faults)
        return self._known[name]


def _read_page(html: str) -> _Page:
    page = _Page({}, set(), [])
    named: list[str] = []
    for tag in _TAG.finditer(_NOT_MARKUP.sub(lambda found: found[1] or "", html)):
        element = tag[1].lower()
        if element == "link" and 'rel="canonical"' in tag[2]:
            continue  # a name, which no browser asks for
        for attribute, quoted in _ATTRIBUTE.findall(tag[2]):
            if attribute:
                value = unescape(quoted.strip("\"'"))
                named += _read_attribute(page, element, attribute, value)
    for name in sorted({*named} - page.ids):
        page.faults.append(f"{name!r} is named, but no element has this id")
    page.faults += _find_empty(html)
    return page


def _read_attribute(page: _Page, element: str, attribute: str, value: str) -> list[str]:
    """Note what an attribute is or leads to; gives the ids on the page that it names."""
    if attribute == "id":
        if value in page.ids:
            page.faults.append(f"the id {value!r} is there twice")
        page.ids.add(value)
    elif attribute in _REFERENCES:
        return value.split()
    elif attribute in _PAINTED or attribute.startswith("marker"):
        return _PAINT.findall(value)
    elif attribute == "style" or attribute.startswith("on"):
        page.faults.append(f"<{element}> has {attribute!r}, which the page's policy forbids")
    elif attribute == "srcset":
        page.links |= {(element, part.split()[0]): None for part in value.split(",")}
    else:
        page.links[element, value] = None
    return []


def _read_style(css: str) -> _Page:
    addresses = _CSS_ADDRESS.findall(_CSS_COMMENT.sub("", css))
    return _Page(
        {("style", address): None for address in addresses if address[0] != "#"}, set(), []
    )


def _find_empty(html: str) -> Iterator[str]:
    """Headings without words, and those that nothing stands under."""
    level, title, end = 0, "", 0
    for found in _HEADING.finditer(html):
        next_level = int(found[1] or 0)
        between = re.sub(r"<(?!img|svg|input|video|object)[^>]*>", "", html[end : found.start()])
        if level and next_level <= level and not _SHOWN.search(between):
            yield f"the section {title!r} is empty"
        words = re.sub(r'<a class="headerlink".*?</a>|<[^>]*>', "", found[2] or "")
        title = " ".join(unescape(words).split())
        if next_level and not title:
            yield "a heading holds no words"
        level, end = next_level, found.end()


READERS: Mapping[str, Callable[[str], _Page]] = {".html": _read_page, ".css": _read_style}
"""What reads files, by how their names end."""


# Judging.


def _judge(site_map: _Map, path: str, element: str, link: str) -> str:
    """What is wrong with a link, or nothing."""
    scheme, below, anchor = _split(link)
    if scheme or link.startswith("//"):
        return _judge_outward(element, link, scheme)
    if link.startswith("/") and path != "404.html":
        return f"{link!r} holds only where the site is published; write it relative to the page"
    target = _resolve(site_map.base, posixpath.dirname(path), below) if below else path
    if target not in site_map.files:
        if f"{target}/index.html" in site_map.files:
            return f"{link!r} leads to a folder; write a slash at its end"
        return "" if target.startswith(site_map.absent) else f"{link!r} leads nowhere"
    if anchor and target in site_map.pages and anchor not in site_map.pages[target].ids:
        return f"{link!r} names a place that is not on the page"
    return ""


@lru_cache(maxsize=65536)
def _split(link: str) -> tuple[str, str, str]:
    """A link's scheme, its path and the place that it names; many links stand on many pages."""
    try:
        parts = urllib.parse.urlsplit(link)
    except ValueError:  # such as http://[x
        return "unreadable", "", ""
    return parts.scheme, urllib.parse.unquote(parts.path), urllib.parse.unquote(parts.fragment)


def _judge_outward(element: str, link: str, scheme: str) -> str:
    """Only a link that a reader clicks may lead to another host."""
    if element == "a":
        return "" if scheme in {"http", "https", "mailto"} else f"{link!r} is no web address"
    if scheme == "data" and element in {"img", "style"}:
        return ""
    return f"<{element}> asks another host: {link!r}"


@lru_cache(maxsize=65536)
def _resolve(base: str, start: str, link: str) -> str:
    """The file below the site to which the path of a link leads from a page's folder."""
    below = link
    if link.startswith("/"):
        start, below = "", link.removeprefix(base)
        if below.startswith("/"):
            return ".."  # another site of the same host
    if below.endswith("/") or posixpath.basename(below) in {"", ".", ".."}:
        below += "/index.html"
    return posixpath.normpath(posixpath.join(start, below.lstrip("/")))
