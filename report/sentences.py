"""The sentences of a document, and those that read otherwise in another state of it.

Pure. Knows composed Markdown as this project's forms make it, with HTML in between, and what ends a
sentence. Knows nothing of values or of where documents come from.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

_BLOCKS = "p|li|ul|ol|dl|dt|dd|div|table|caption|thead|tbody|tr|td|th|h[1-6]|figure|section|summary"
_HIDDEN = re.compile(r"<(svg|script|style)\b.*?</\1>", re.DOTALL)
_BREAKS = re.compile(rf"</?(?:{_BLOCKS}|br|hr)\b[^>]*>")
_BESIDE = re.compile(
    r' ?\(<span class="figure-number">[^<]*</span>\)'
    r'|<span class="figure-number">[^<]*<span>[^<]*</span></span> ?'
)
"""The number of a figure behind or before its title: that it moved says nothing of the data."""
_FIGURE = re.compile(r'(<span class="figure-number">[^<\d]*)[^<]*')
"""The number within a sentence, which keeps the word."""
_NEIGHBOURS = re.compile(r"</span><")
_TAGS = re.compile(r"<[^<>]*>")
_LINKS = re.compile(r"!?\[([^\[\]]*)\]\([^()\s]*\)")
_MARKS = re.compile(r"\{:[^{}]*\}|^[ \t]*(?:#{1,6}|[-*+]|\d+\.|>)\s+|\*\*|`", re.MULTILINE)
_ROWS = re.compile(r"^[ \t]*\|.*$", re.MULTILINE)
_ENDS = re.compile(r"(?<=[.!?])\s+|(?<=[\u3002\uff01\uff1f])")
_NUMBER = re.compile(r"[−-]?\d(?:[\d,.\u00a0\u202f]*\d)?")
FEWEST_WORDS = 3
"""So many words or numbers make something that can be read alone; two with a stop do as well."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A sentence as it reads on each side; empty where it is not there."""

    document: str
    old: str
    new: str

    @property
    def is_renumbered(self) -> bool:
        """Whether its words are the same, and only numbers in it differ."""
        return bool(self.old and self.new) and mask_numbers(self.old) == mask_numbers(self.new)


def list_sentences(markdown: str) -> list[str]:
    """The sentences of a document as plain text, with the words of its tiles.

    Rows of tables in Markdown are none.
    """
    text = _BREAKS.sub(
        "\n", _ROWS.sub("", _HIDDEN.sub("", _FIGURE.sub(r"\1", _BESIDE.sub("", markdown))))
    )
    text = _TAGS.sub("", _NEIGHBOURS.sub("</span> <", text))
    text = html.unescape(_LINKS.sub(r"\1", _MARKS.sub("", text)))
    paragraphs = re.split(r"\n\s*\n|\n(?=\s)|(?<=\s)\n", text)
    pieces = (piece for paragraph in paragraphs for piece in _ENDS.split(paragraph))
    sentences = (" ".join(piece.split()) for piece in pieces)
    return [sentence for sentence in sentences if _is_readable(sentence)]


def _is_readable(sentence: str) -> bool:
    return (
        len(re.findall(r"\w+", sentence)) >= FEWEST_WORDS
        or (len(sentence.split()) > 1 and sentence[-1] in ".!?")
        or any("\u4e00" <= letter <= "\u9fff" for letter in sentence)
    )


def mask_numbers(sentence: str) -> str:
    """A sentence with all its numbers alike."""
    return _NUMBER.sub("#", sentence)


def compare_documents(document: str, old: str, new: str) -> Iterator[Reading]:
    """Sentences that read otherwise, in the order of the document.

    They are matched by their words alone, so that those of which only numbers differ find each
    other wherever they have moved to.
    """
    before, after = list_sentences(old), list_sentences(new)
    if before == after:
        return
    matcher = SequenceMatcher(
        None, [mask_numbers(one) for one in before], [mask_numbers(one) for one in after], False
    )
    for how, i1, i2, j1, j2 in matcher.get_opcodes():
        if how == "equal":
            pairs = zip(before[i1:i2], after[j1:j2], strict=True)
            yield from (Reading(document, a, b) for a, b in pairs if a != b)
        else:
            yield from _pair(document, before[i1:i2], after[j1:j2])


def _pair(document: str, old: Sequence[str], new: Sequence[str]) -> Iterator[Reading]:
    """Sentences in the same place: each with the likest one, as long as they are alike at all."""
    left = list(new)
    for sentence in old:
        likeness = {one: SequenceMatcher(None, sentence, one).ratio() for one in left}
        best = max(left, key=lambda one: likeness[one], default=None)
        if best is not None and likeness[best] > 0.5:
            left.remove(best)
            yield Reading(document, sentence, best)
        else:
            yield Reading(document, sentence, "")
    yield from (Reading(document, "", sentence) for sentence in left)
