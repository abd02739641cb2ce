"""The prose of a composed document by section, as plain text.

Pure. Knows composed Markdown as this project's forms make it: headings with ids, paragraphs and
lists; parts in HTML, tables and takeaways of figures are no prose. Knows nothing of who reads it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

_HEADING = re.compile(r"^(#{1,3}) (.+?)(?:[ \t]*\{:([^{}]*)\})?[ \t]*$")
_CLASS = re.compile(r"\n\{:[^{}]*\}[ \t]*$")
_NO_PROSE = re.compile(r"[ \t]*(?:<|\||\{:|!!!|```|~~~)")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d+\.)[ \t]+", re.MULTILINE)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_INLINE = re.compile(r"<[^<>]*>|\*\*|(?<!\w)[*`]|[*`](?!\w)")


@dataclass(slots=True)
class Section:
    """A heading that has an address, and the prose below it."""

    anchor: str
    """Empty for the page itself."""
    title: str
    paragraphs: list[str] = field(default_factory=list)


def list_sections(markdown: str) -> list[Section]:
    """The sections of a document, the page itself first.

    What stands below a heading without an id, or below that of a figure, belongs to the section
    around it.
    """
    sections = [Section("", "")]
    for block in re.split(r"\n(?:[ \t]*\n)+", markdown.strip()):
        found = _HEADING.match(block)
        if found is not None:
            _begin_section(sections, *found.groups())
        elif not _NO_PROSE.match(block) and not _CLASS.search(block):
            sections[-1].paragraphs.extend(_read_text(block))
    return sections


def _begin_section(sections: list[Section], level: str, title: str, marks: str | None) -> None:
    words = " ".join(_read_text(title))
    anchor = re.search(r"#([\w.-]+)", marks or "")
    if level == "#":
        sections[0].title = words
    elif anchor is not None and "figure-title" not in (marks or ""):
        sections.append(Section(anchor[1], words))


def _read_text(block: str) -> Iterator[str]:
    """The paragraph, or the items of the list, without marks."""
    for part in _ITEM.split(block):
        text = _LINK.sub(r"\1", html.unescape(_INLINE.sub("", part)))
        if text := " ".join(text.split()):
            yield text
