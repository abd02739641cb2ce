"""Pages as plain Markdown, for programs that read words and not layout.

Pure. Takes documents as they were composed: Markdown in which forms have put HTML, one block on a
line. Knows both, and no subject. What only shows (drawings, switches, labels that repeat a head) is
left out; parts that a page sets apart by layout are set apart by dashes.
"""

from __future__ import annotations

import html
import posixpath
import re
from collections.abc import Callable, Iterator
from functools import lru_cache

from report.addresses import relate

_TOKEN = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)([^<>]*)>|([^<]+|<)")
_HREF = re.compile(r'\bhref="([^"]*)"')
_CLASSES = re.compile(r'\bclass="([^"]*)"')
_FIGURE = re.compile(r'<div data-figure="([^"]+)"></div>')
_ATTRIBUTES = re.compile(r"\s*\{:[^{}]*\}\s*$")
_BLOCK = re.compile(
    r"</?(?:article|blockquote|details|div|dl|fieldset|figure|form|h[1-6]|nav|ol|p|pre|section"
    r"|summary|svg|table|ul)\b"
)
_REFERENCE = re.compile(r"&#?\w+;")
_SPECIAL = re.compile(r"[\\`*\[\]<>]|(?<![^\W_])_|_(?![^\W_])|&(?=#?\w+;)")
_STARTS = re.compile(r"^(#{1,6} |[-+*>] |\d{1,9}[.)] |[-=]{3,}$)")
_PART, _ITEM = "\x1f", "\x1e"
"""Stand where a new part of an item begins, and a new item within an item."""
_AND = "\x1d"
"""Stands for an ampersand of the words until it is known what follows it."""
_REFERENCE_LIKE = re.compile(rf"{_AND}(?=#?\w+;)")
_HIDDEN = re.compile(r"\shidden(?:\s|$)")
_DOCUMENT = re.compile(r"\]\(([^()\s:#]+\.md)(?:#([^()\s]*))?\)")
_SILENT = frozenset(
    {"nav", "svg", "script", "style", "fieldset", "button", "select", "form", "template"}
)
_REPEATED = frozenset({"board__label"})
"""Classes of labels that a table's head says already."""
_APART = frozenset({"tag", "measure-items", "measure-progress", "statistic", "unit"})
"""Classes of words that are a part of their own, beside those of parts by their name."""
_JOINED = frozenset({"progress__words", "status-cell__words", "tile__mark", "figure-number"})
"""Classes of words that belong to what stands before them."""
_MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*"}
_CELLS = frozenset({"th", "td"})
_LEAVES = frozenset({"p", "li", "dt", "dd", "caption", "summary", "pre", *_CELLS})
_LEAVES |= {f"h{level}" for level in range(1, 7)}
_AROUND = frozenset({"div", "section", "article", "figure", "figcaption", "details"})
_AROUND |= {"blockquote", "ul", "ol", "dl", "table", "thead", "tbody", "tr"}


def translate_document(document: str, text: str, tell_figure: Callable[[str], str]) -> str:
    """A composed document as plain Markdown; `tell_figure` gives what stands for a drawing.

    `document` is its path below the words, from which its links lead.
    """
    translator = _Translator(document, tell_figure)
    for line in text.split("\n"):
        translator.read_line(line)
    translator.end()
    return re.sub(r"\n{3,}", "\n\n", "\n".join(translator.lines)).strip() + "\n"


@lru_cache(maxsize=4096)
def escape_words(text: str) -> str:
    """Plain text in which nothing is Markdown."""
    return _SPECIAL.sub(_escape_sign, text)


@lru_cache(maxsize=8192)
def _read_words(words: str) -> str:
    """Words of HTML; many stand on a page many times."""
    return escape_words(html.unescape(words) if "&" in words else words)


def _is_hidden(attributes: str) -> bool:
    return "hidden" in attributes and _HIDDEN.search(attributes) is not None


def _escape_sign(found: re.Match[str]) -> str:
    return {"<": "&lt;", ">": "&gt;", "&": "&amp;"}.get(found[0], f"\\{found[0]}")


def _decode(found: re.Match[str]) -> str:
    """The letter of a reference, which is never markup."""
    letter = html.unescape(found[0])
    return _AND if letter == "&" else escape_words(letter)


def _decode_in_table(found: re.Match[str]) -> str:
    return _decode(found).replace("|", "\\|")


class _Translator:
    """Reads a document line by line, and writes lines of Markdown."""

    def __init__(self, document: str, tell_figure: Callable[[str], str]) -> None:
        self.document, self.tell_figure = document, tell_figure
        self.lines: list[str] = []
        self.parts: list[str] = []
        self.leaf = ""
        """The element whose words are being gathered; empty between blocks."""
        self.depth = 0
        """How many leaves are open, the outermost one counted."""
        self.links: list[str] = []
        self.silent: list[str] = []
        self.term = ""
        self.rows: list[list[str]] = []
        self.heads = 0
        self.is_code = False

    def read_line(self, line: str) -> None:
        """One line of the document."""
        if line.startswith("```"):
            self.is_code = not self.is_code
            self.lines.append(line)
        elif self.is_code:
            self.lines.append(line)
        elif figure := _FIGURE.match(line):
            self.lines += ["", self.tell_figure(figure[1]), ""]
        elif self.depth or _BLOCK.match(line):
            self._read_html(line)
        elif (line := _ATTRIBUTES.sub("", line)) or not self.lines or self.lines[-1]:
            self.lines.append(self._read_prose(line))

    def _read_prose(self, line: str) -> str:
        """A line of Markdown with its tags and references resolved."""
        if ".md" in line:
            line = _DOCUMENT.sub(self._lead, line)
        if "<" not in line and "&" not in line:
            return line
        self.parts = []
        decode = _decode_in_table if line.startswith("|") else _decode
        for closing, tag, attributes, words in _TOKEN.findall(line):
            if words:
                self.parts.append(_REFERENCE.sub(decode, words) if "&" in words else words)
            else:
                self._read_inline(closing, tag, attributes)
        text = "".join(self.parts)
        if _AND in text:
            text = _REFERENCE_LIKE.sub("&amp;", text).replace(_AND, "&")
        self.parts = []
        return _join(text) if _PART in text else text

    def _lead(self, found: re.Match[str]) -> str:
        """The end of a link to a document, with the address that it has in the site."""
        target = posixpath.normpath(posixpath.join(posixpath.dirname(self.document), found[1]))
        return f"]({relate(self.document, target, found[2] or '')})"

    def _read_html(self, line: str) -> None:
        for closing, tag, attributes, words in _TOKEN.findall(line):
            if words:
                if not self.silent and (self.leaf or not words.isspace()):
                    self._add_words(words)
            elif self.silent or tag in _SILENT or _is_hidden(attributes):
                self._read_silent(closing, tag, attributes)
            elif tag in _LEAVES:
                self._read_leaf(closing, tag)
            elif tag in _AROUND:
                self._read_around(closing, tag)
            else:
                self._read_inline(closing, tag, attributes)

    def _add_words(self, words: str) -> None:
        if not self.leaf:
            self.leaf = "p"
        self.parts.append(html.unescape(words) if self.leaf == "pre" else _read_words(words))

    def _read_silent(self, closing: str, tag: str, attributes: str) -> None:
        """What is not told: until its end."""
        if closing:
            if self.silent and self.silent[-1] == tag:
                self.silent.pop()
        elif not attributes.endswith("/") and (not self.silent or self.silent[-1] == tag):
            self.silent.append(tag)

    def _read_leaf(self, closing: str, tag: str) -> None:
        if closing:
            self.depth = max(self.depth - 1, 0)
            if not self.depth:
                self._close()
            return
        if not self.depth:
            self._close()
            self.leaf = tag
        else:
            self.parts.append(_ITEM if tag == "li" else _PART)
        self.depth += 1

    def _read_around(self, closing: str, tag: str) -> None:
        if self.depth:
            self.parts.append(_PART)
            return
        self._close()
        if tag == "tr" and not closing:
            self.rows.append([])
        elif tag == "thead" and closing:
            self.heads = len(self.rows)
        elif tag == "table" and closing:
            self.lines += ["", *_write_table(self.rows, self.heads), ""]
            self.rows, self.heads = [], 0
        elif not closing:
            self.lines.append("")

    def _read_inline(self, closing: str, tag: str, attributes: str) -> None:
        if tag == "a":
            self._read_link(closing, attributes)
        elif tag in _MARKS:
            self.parts.append(_MARKS[tag])
        elif tag == "code" and self.leaf != "pre":
            self.parts.append("`")
        elif tag == "br":
            self.parts.append(_PART)
        elif tag == "span" and not closing:
            self._read_span(attributes)

    def _read_link(self, closing: str, attributes: str) -> None:
        if not closing:
            found = _HREF.search(attributes)
            self.links.append(html.unescape(found[1]) if found else "")
            self.parts.append("[" if found else "")
        elif self.links and (target := self.links.pop()):
            self.parts.append(f"]({target})")

    def _read_span(self, attributes: str) -> None:
        kind = _sort_span(attributes)
        if kind == "part":
            self.parts.append(_PART)
        elif kind == "repeated":
            self.silent.append("span")

    def _close(self) -> None:
        """Write what was gathered."""
        leaf, text = self.leaf, "".join(self.parts)
        text = text.strip("\n") if leaf == "pre" else _join(text)
        self.leaf, self.parts = "", []
        if leaf in _CELLS:
            if self.rows:
                self.rows[-1].append(text.replace("|", "\\|"))
        elif leaf == "dt":
            self.term = text
        elif text:
            self.lines += self._write(leaf, text)

    def _write(self, leaf: str, text: str) -> Iterator[str]:
        if leaf == "li":
            yield f"- {text}"
        elif leaf == "dd":
            mark = "" if self.term.endswith(("?", ":")) else ":"
            yield f"- **{self.term}**{mark} {text}" if self.term else f"- {text}"
        elif leaf in {"caption", "summary"}:
            yield from ("", f"**{text}**", "")
        elif leaf == "pre":
            yield from ("", "```", text, "```", "")
        elif leaf.startswith("h"):
            yield from ("", f"{'#' * int(leaf[1])} {text}", "")
        else:
            yield from ("", _STARTS.sub(r"\\\1", text), "")

    def end(self) -> None:
        """Nothing follows."""
        self._close()


@lru_cache(maxsize=1024)
def _sort_span(attributes: str) -> str:
    """Whether a span begins a part of its own, repeats a head, or is only so many words."""
    found = _CLASSES.search(attributes)
    names = found[1].split() if found else []
    if _REPEATED.intersection(names):
        return "repeated"
    is_part = any(name in _APART or ("__" in name and name not in _JOINED) for name in names)
    return "part" if is_part else ""


def _join(text: str) -> str:
    """Words on one line, their parts set apart."""
    if _PART not in text and _ITEM not in text:
        return " ".join(text.split())
    text = text.replace(f"[{_PART}", f"{_PART}[")
    parts = (_join_items(part) for part in text.split(_PART))
    return " — ".join(part for part in parts if part).replace(": — ", ": ")


def _join_items(text: str) -> str:
    items = (" ".join(item.split()) for item in text.split(_ITEM))
    return "; ".join(item for item in items if item)


def _write_table(rows: list[list[str]], heads: int) -> Iterator[str]:
    """A table with its head; one without is a list, each row an item."""
    if not heads:
        for first, *rest in rows:
            yield f"- **{first}**: {' — '.join(cell for cell in rest if cell)}"
        return
    width = max(len(row) for row in rows)
    head = next(row for row in rows if row)
    for row in (head, ["---"] * width, *rows[heads:]):
        cells = [*row, *[""] * (width - len(row))]
        yield f"| {' | '.join(cells)} |"
