"""Marks on what was carried forward from another edition and must be read again by a person.

Pure. Knows how words and declarations are marked and how marks are found. A mark is a comment, so
it changes nothing that a reader sees; `check` lists each until it is taken away.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from report.problems import Place, Problem

_BLOCK = re.compile(r"^(\{%-?\s*block\s+\w+\s*-?%\})(?!.*endblock)$", re.MULTILINE)
_ITEM = re.compile(r"^(\s*)- (?=(?:id|series):)", re.MULTILINE)
_FIELD = re.compile(r"^(?=(?:cut_off|released|title|next_release|revisions):)", re.MULTILINE)
_MARK = re.compile(r"\{#-?\s*review:\s*(.*?)\s*-?#\}|^\s*# review:\s*(.*?)\s*$", re.MULTILINE)


def mark_words(text: str, said: str) -> str:
    """Words with a mark at the beginning of each block; of the file where there is none."""
    mark = f"{{# review: {said} #}}"
    marked, count = _BLOCK.subn(rf"\1\n{mark}", text)
    return marked if count else f"{mark}\n{text}"


def mark_figures(text: str, said: str) -> str:
    """Declarations of tiles and figures with a mark above each."""
    return _ITEM.sub(rf"\1# review: {said}\n\1- ", text)


def mark_edition(text: str, said: str) -> str:
    """An edition's own file with a mark above each field that no edition shares with another."""
    return _FIELD.sub(f"# review: {said}\n", text)


def find_marks(path: str, text: str) -> Iterator[Problem]:
    """A problem for each mark, at its place."""
    for found in _MARK.finditer(text):
        start = found.start() + len(found[0]) - len(found[0].lstrip())
        line = text.count("\n", 0, start) + 1
        column = start - (text.rfind("\n", 0, start) + 1) + 1
        what = f"marked for review: {found[1] or found[2] or 'no reason is given'}"
        remedy = "read it, correct it, and take the mark away"
        yield Problem(Place(path, line, column), "E550", what, remedy)


def find_edition_marks(edition: str, texts: Mapping[str, str]) -> Iterator[Problem]:
    """All marks in what belongs to an edition alone: its words, figures and own file, by path."""
    folders = (f"site_src/{edition}/", f"data/figures/{edition}/")
    for path, text in sorted(texts.items()):
        if path.startswith(folders) or path == f"data/editions/{edition}.yml":
            yield from find_marks(path, text)
