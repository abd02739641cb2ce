"""Links that words write by hand: each leads to a page, a place on it, or a web address.

Pure. Knows Markdown's ways to write a link and how documents become addresses. Which documents
there are, what they hold and which files lie beside them is handed in. Links that expressions make
are right by making, but for the places on pages that words name in a call of `link`; those that
templates make are judged in the finished site.
"""

from __future__ import annotations

import html
import posixpath
import re
import urllib.parse
from collections.abc import Callable, Collection, Iterator, Mapping
from difflib import get_close_matches

from report.addresses import to_address
from report.problems import Place, Problem

SCHEMES = frozenset({"http", "https", "mailto"})
EXTENSIONS = ("attr_list", "md_in_html", "tables", "def_list", "footnotes", "admonition", "toc")
"""Those of the renderer, by which headings get their ids."""
_HIDDEN = "\0"
"""Stands where an expression, a comment or code stood, of which nothing is known here."""
_UNJUDGED = re.compile(
    r"\{\{.*?\}\}|\{%.*?%\}|\{#.*?#\}|^(```|~~~).*?^\1|(?<!`)(`+)(?!`).*?(?<!`)\2(?!`)",
    re.DOTALL | re.MULTILINE,
)
_MARKDOWN_LINK = re.compile(
    r"""\]\(\s*(?:<(?P<pointed>[^<>\n]*)>|(?P<plain>[^\s()<>]*(?:\([^\s()]*\)[^\s()]*)*))"""
)
_REFERENCE = re.compile(r"^[ ]{0,3}\[[^\[\]\n]+\]:[ \t]*<?(?P<plain>[^\s>]+)", re.MULTILINE)
_AUTOMATIC = re.compile(r"<(?P<plain>[a-zA-Z][a-zA-Z0-9+.-]*:[^<>\s]*)>")
_ATTRIBUTE = re.compile(
    r"""<[a-zA-Z][^<>]*?\s(?:href|src)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)')"""
)
_CALL = re.compile(
    r"""\blink\(\s*(["'])(?P<document>[^"']+)\1\s*,\s*(?:text\s*=\s*)?(?:"[^"]*"|'[^']*')\s*,"""
    r"""\s*(?:anchor\s*=\s*)?(["'])(?P<anchor>[^"']+)\3\s*\)"""
)
"""A call in words that names a place on a page, as far as it says so in plain texts."""
_REMARK = re.compile(r"\{#.*?#\}", re.DOTALL)
_ID = re.compile(r"""\sid=(?:"([^"]*)"|'([^']*)')""")


class Map:
    """The documents of one edition in one language, and what hand-written links may lead to."""

    def __init__(
        self, documents: Collection[str], shown: Mapping[str, str], files: Collection[str] | None
    ) -> None:
        """`shown` holds the Markdown of those documents that could be composed.

        `files` are paths below the site, or None where they are not known.
        """
        self.documents, self.shown, self.files = documents, shown, files
        self._addresses = {to_address(name): name for name in documents}
        self._anchors: dict[str, frozenset[str]] = {}

    def anchors(self, document: str) -> frozenset[str] | None:
        """The ids of a document, as the renderer gives them; None where it was not composed."""
        if document not in self.shown:
            return None
        if document not in self._anchors:
            import markdown  # type: ignore[import-untyped] # noqa: PLC0415 - seldom needed

            shown = markdown.markdown(self.shown[document], extensions=list(EXTENSIONS))
            found = (html.unescape(a or b) for a, b in _ID.findall(shown))
            self._anchors[document] = frozenset(found)
        return self._anchors[document]

    def find_document(self, document: str, path: str) -> str | None:
        """The document to which a relative `.md` path leads."""
        target = posixpath.normpath(posixpath.join(posixpath.dirname(document), path))
        return target if target in self.documents else None

    def find_page(self, document: str, path: str) -> str | None:
        """The document to which a relative address of the finished site leads."""
        address = posixpath.normpath(posixpath.join(to_address(document), path))
        return self._addresses.get("" if address == "." else address + "/")

    def has_file(self, document: str, path: str) -> bool:
        """Whether a relative address leads to a file; of what is not known it is believed."""
        address = posixpath.normpath(posixpath.join(to_address(document), path))
        return self.files is None or address in self.files

    def suggest(self, document: str, path: str) -> str:
        """What to write instead of a path that leads nowhere."""
        start = posixpath.dirname(document) or "."
        known = {posixpath.relpath(name, start): name for name in self.documents}
        close = get_close_matches(path, sorted(known), n=1)
        return f"did you mean {close[0]!r}?" if close else "link to a page that exists"


def check_all_pointers(site: Map, folder: str, words: Mapping[str, str]) -> Iterator[Problem]:
    """The same of all words files in a folder of one edition in one language."""
    for document in sorted(site.documents):
        if (source := words.get(folder + document)) is not None:
            yield from check_pointers(site, document, folder + document, source)
            yield from _check_calls(site, folder + document, source)


def check_pointers(site: Map, document: str, name: str, source: str) -> Iterator[Problem]:
    """A problem for each hand-written link of a words file `name` that leads nowhere."""
    text = _hide(_UNJUDGED, source)
    ways: dict[int, tuple[str, Callable[..., Iterator[tuple[str, str, str]]]]] = {}
    for pattern in (_MARKDOWN_LINK, _REFERENCE, _AUTOMATIC):
        for found in pattern.finditer(text):
            group = next((g for g, part in found.groupdict().items() if part is not None), None)
            if group is not None:
                ways[found.start(group)] = found[group], _judge_markdown
    for found in _ATTRIBUTE.finditer(text):
        group = "double" if found["double"] is not None else "single"
        ways[found.start(group)] = found[group], _judge_address
    for at, (link, judge) in sorted(ways.items()):
        if _HIDDEN in link:
            continue
        place = _locate(name, text, at)
        outward = _judge_scheme(link)
        for code, what, remedy in judge(site, document, link) if outward is None else outward:
            yield Problem(place, code, what, remedy)


def _check_calls(site: Map, name: str, source: str) -> Iterator[Problem]:
    """A problem for each call in a words file that names a place which is not on its page."""
    for found in _CALL.finditer(_hide(_REMARK, source)):
        if (target := found["document"]) in site.documents:  # else the call itself has told it
            place = _locate(name, source, found.start("anchor"))
            link = f"{target}#{found['anchor']}"
            for code, what, remedy in _judge_anchor(site, target, link, found["anchor"]):
                yield Problem(place, code, what, remedy)


def _hide(pattern: re.Pattern[str], text: str) -> str:
    """A text with nothing to be judged where a pattern fits; lines and columns stay."""
    return pattern.sub(lambda found: re.sub(r"[^\n]", _HIDDEN, found[0]), text)


def _locate(name: str, text: str, at: int) -> Place:
    return Place(name, text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at))


def _judge_scheme(link: str) -> list[tuple[str, str, str]] | None:
    """Nothing for a good web address, a problem for a bad one, None for a link within the site."""
    plain = re.sub(r"[\x00-\x20]", "", html.unescape(link))
    scheme = re.match(r"[a-zA-Z][a-zA-Z0-9+.-]*(?=:)", plain)
    if scheme is not None and scheme[0].lower() in SCHEMES:
        return []
    if scheme is not None or plain.startswith(("//", "\\")):
        what = f"the link {link!r} is no web address"
        return [("E540", what, "begin it with https:// or mailto:, or link to a page")]
    if plain.startswith("/"):
        what = f"the link {link!r} holds only where the site is published"
        return [("E541", what, "write it relative to this page, such as ../events.md")]
    return None


def _judge_markdown(site: Map, document: str, link: str) -> Iterator[tuple[str, str, str]]:
    path, _, anchor = (urllib.parse.unquote(html.unescape(part)) for part in link.partition("#"))
    path = path.partition("?")[0]
    if path and not path.endswith(".md"):
        what = f"the link {link!r} leads to no page of the words"
        near = site.suggest(document, path.rstrip("/") + ".md")
        if "." in posixpath.basename(path):
            near = "write {{ file_link(path, text) }}, or <img src=… alt=…> with its address"
        yield "E541", what, near
        return
    target = site.find_document(document, path) if path else document
    if target is None:
        yield "E541", f"the link {link!r} leads nowhere", site.suggest(document, path)
    elif anchor:
        yield from _judge_anchor(site, target, link, anchor)


def _judge_address(site: Map, document: str, link: str) -> Iterator[tuple[str, str, str]]:
    """A link in HTML, which no one rewrites: it is relative to the page's address."""
    path, _, anchor = (urllib.parse.unquote(html.unescape(part)) for part in link.partition("#"))
    path = path.partition("?")[0]
    if path and posixpath.basename(path) not in {"", ".", ".."}:
        if not site.has_file(document, path):
            what = f"the link {link!r} leads to no file"
            yield "E541", what, "write its address as seen from the page's; a page ends in a slash"
        return
    target = site.find_page(document, path) if path else document
    if target is None:
        yield "E541", f"the link {link!r} leads to no page", "write it as seen from this page's"
    elif anchor:
        yield from _judge_anchor(site, target, link, anchor)


def _judge_anchor(site: Map, target: str, link: str, anchor: str) -> Iterator[tuple[str, str, str]]:
    known = site.anchors(target)
    if known is not None and anchor not in known:
        close = get_close_matches(anchor, sorted(known), n=1)
        remedy = f"did you mean '#{close[0]}'?" if close else "name a heading or an id of the page"
        yield "E542", f"the link {link!r} names a place that is not on {target}", remedy
