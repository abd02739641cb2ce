"""What a document says first, as plain text of some sentences.

Pure. Knows Markdown as this project's words and forms write it: blocks between empty lines, marks
of emphasis, links, and characters written as references. Knows nothing of what documents are about.
"""

from __future__ import annotations

import html
import re

LONGEST = 300
"""Letters that a summary may have; search engines and cards show fewer still."""
_BLOCK = re.compile(r"\n\s*\n")
_NO_PROSE = re.compile(r"(?:[#|>`~{+*-]|\d+\. |<(?!p\b|/?(?:a|span|em|strong|abbr|time)\b)|\s{4})")
"""How a block begins that is a heading, a list, a table, code, or HTML other than prose."""
_ASIDE = re.compile(r'<p class="(?:freshness|takeaway)')
_LINK = re.compile(r"!?\[((?:[^\[\]]|\[[^\[\]]*\])*)\]\([^()\s]*\)")
_MARKS = re.compile(r"\{:[^{}]*\}|<[^<>]*>|\*\*|__|(?<![\w&;])[*_](?=\S)|(?<=\S)[*_](?![\w&])|`")
_END = re.compile(r"(?<=[.!?])\s+(?=\S)|(?<=[\u3002\uff01\uff1f])")


def summarize(markdown: str, longest: int = LONGEST) -> str:
    """The first paragraph below a document's title, as far as whole sentences fit; else empty.

    Where not even the first sentence fits, it ends at a word, with three dots.
    """
    for block in _BLOCK.split(markdown):
        if _ASIDE.match(block) or (_NO_PROSE.match(block) and not block.startswith("**")):
            continue
        if text := strip_marks(block):
            return shorten(text, longest)
    return ""


def strip_marks(markdown: str) -> str:
    """A paragraph as its readers see it, in one line."""
    text = _MARKS.sub("", _LINK.sub(r"\1", markdown))
    return " ".join(html.unescape(text).split())


def shorten(text: str, longest: int) -> str:
    """As many whole sentences as fit; of one that is too long itself, as many words."""
    if len(text) <= longest:
        return text
    kept, end = "", 0
    for found in _END.finditer(text):
        if found.start() > longest:
            break
        kept, end = text[: found.start()], found.start()
    if end:
        return kept
    cut = text[: longest - 1]
    return (cut.rpartition(" ")[0] or cut).rstrip(",;:–- ") + "…"
