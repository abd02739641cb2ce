"""The numbers of figures: each page with figures is a chapter, and counts its own, as in `3.2`.

Pure. Knows in which order a reader finds documents, and which document places which figure; knows
nothing of pages or of what a figure shows. Chapters are the documents that place a figure, in the
order of the navigation. So a new figure moves the numbers of its own page alone: the drawings of
all other pages stay as they are kept, and most numbers outlive the edition.

While documents are composed nobody knows yet what stands on those to come. So a number is a mark
until all are there. Marks begin and end with NUL, which no text that is read may hold.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

_MARK = re.compile(r"\0([^\0]+)\0")


def list_in_order(navigation: Sequence[Any]) -> list[str]:
    """The documents of a navigation as the renderer takes it, in the order of reading."""
    return list(_walk(navigation))


def _walk(entry: Any) -> Iterator[str]:
    if isinstance(entry, str):
        yield entry
        return
    for part in entry.values() if isinstance(entry, Mapping) else entry:
        yield from _walk(part)


def number_figures(documents: Iterable[str], placed: Iterable[tuple[str, str]]) -> dict[str, str]:
    """The number of each figure by its id, e.g. `3.2`, in the order of reading.

    `documents` are all of them in that order; `placed` holds each figure's id and its document, the
    figures of one document in the order in which they stand there.
    """
    figures: dict[str, list[str]] = {}
    for name, document in placed:
        figures.setdefault(document, []).append(name)
    chapters = (figures[document] for document in dict.fromkeys(documents) if document in figures)
    return {
        name: f"{chapter}.{place}"
        for chapter, names in enumerate(chapters, 1)
        for place, name in enumerate(names, 1)
    }


def mark_number(name: str) -> str:
    """What stands for the number of a figure until it is known."""
    return f"\0{name}\0"


def fill_numbers(text: str, labels: Mapping[str, str]) -> str:
    """A text with each mark replaced by what its figure is called, `?` for one that is nowhere."""
    return _MARK.sub(lambda found: labels.get(found[1], "?"), text)
