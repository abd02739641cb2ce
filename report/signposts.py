"""What stands above the editions for programs: where pages are listed, and where words are.

Pure. `sitemap.xml` after the protocol of https://www.sitemaps.org, an index of the editions' own;
`robots.txt` after RFC 9309; `llms.txt` after https://llmstxt.org. The latter two name no edition,
so that they stay true whatever is published. A host reads `robots.txt` only at its root: below a
path it stands for whoever moves the site there.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from xml.etree import ElementTree as ET

from report.editions import LATEST
from report.languages import Catalogue
from report.model import ReportDeclaration

SITEMAP, ROBOTS, WORDS = "sitemap.xml", "robots.txt", "llms.txt"
_SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"


def write_sitemap(url: str, editions: Mapping[str, Sequence[str]]) -> bytes:
    """The index of sitemaps; `editions` are ids by language, of which each has one of its own."""
    root = ET.Element("sitemapindex", {"xmlns": _SITEMAPS})
    for language, names in sorted(editions.items()):
        for name in sorted(names):
            place = ET.SubElement(ET.SubElement(root, "sitemap"), "loc")
            place.text = f"{url}{language}/{name}/{SITEMAP}"
    ET.indent(root, " ")
    return b'<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root) + b"\n"


def write_robots(url: str) -> bytes:
    """Everything may be read by everybody."""
    return f"User-agent: *\nAllow: /\n\nSitemap: {url}{SITEMAP}\n".encode()


def write_words(declaration: ReportDeclaration, languages: Sequence[str]) -> bytes:
    """Where the newest edition in each language lists its pages as Markdown."""
    first = Catalogue(languages[0])
    lines = [
        f"- [{Catalogue(name).text(declaration.title)}]({declaration.url}{name}/{LATEST}/{WORDS})"
        for name in languages
    ]
    head = f"# {first.text(declaration.title)}\n\n> {first.text(declaration.description)}"
    return f"{head}\n\n## Editions\n\n{chr(10).join(lines)}\n".encode()
