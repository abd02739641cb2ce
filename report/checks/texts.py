"""Text must be what it seems: no markup, nothing hidden, no word in two scripts."""

from __future__ import annotations

import re
import urllib.parse
from collections.abc import Iterator, Mapping
from typing import Any

from report.declaring import FIRST_LANGUAGE
from report.documents import Document, Path
from report.facts import Entry, Facts
from report.problems import Place, Problem
from report.rows import Table
from report.shapes import OBSERVATION_READERS, SHAPES
from report.text import find_faults

TEMPLATED = frozenset({"title", "takeaway", "notes"})
"""Texts of figures may hold expressions; these are taken out before the rest is judged."""
_EXPRESSION = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)


def check_texts(facts: Facts) -> Iterator[Problem]:
    """A problem for each fault of each text of the data; numbers and days are judged as such."""
    for table in facts.tables:
        yield from _check_table(table)
    for document in facts.documents:
        yield from _check_value(document, document.value, ())
    yield from _check_presence(facts)


def _check_presence(facts: Facts) -> Iterator[Problem]:
    """A problem for each text that must be there and is not written in the first language."""
    declaration = [facts.declaration] if facts.declaration else []
    entries: list[Entry[Any]] = [*declaration, *facts.editions, *facts.pages, *facts.questions]
    entries += [*facts.measures, *facts.claims, *facts.constraints, *facts.opportunities]
    entries += [*facts.units, *facts.series, *facts.derived, *facts.events, *facts.institutions]
    entries += [*facts.corrections, *facts.glossary]
    entries += [entry for _, entry in facts.tiles]
    entries += [entry for _, entry in facts.figures]
    for entry in entries:
        for name, field in type(entry.value).model_fields.items():
            texts = getattr(entry.value, name)
            is_text = field.is_required() and isinstance(texts, Mapping)
            if is_text and not texts.get(FIRST_LANGUAGE, "").strip():
                what = f"{name} is empty"
                yield Problem(entry.at(name), "E133", what, "write it in English")


def _check_table(table: Table) -> Iterator[Problem]:
    good: set[str] = set()
    judged = SHAPES[table.file][1].readers if table.file in SHAPES else OBSERVATION_READERS
    for row in table.rows:
        for column, cell in row.cells.items():
            if not cell or cell in good or column in judged:
                continue
            if column == "url":
                yield from _check_url(cell, row.place(column))
                continue
            found = list(find_faults(cell))
            for at, what, remedy in found:
                yield Problem(row.place_within(column, at), "E601", f"{column}: {what}", remedy)
            if not found:
                good.add(cell)


def _check_url(url: str, place: Place) -> Iterator[Problem]:
    """An address must be a plain http or https one, without a user's name or a hidden letter."""
    try:
        parts = urllib.parse.urlsplit(url)
        good = (
            parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc
        )
    except ValueError:
        good = False
    seems_other = not url.isascii() and any(find_faults(url))
    if not good or seems_other or re.search(r"[\s<>\"{}|\\^`\x00-\x1f\x7f]", url):
        remedy = "write an address that begins with https:// or http://, or leave it empty"
        yield Problem(place, "E602", f"url is {url!r}, not a web address", remedy)


def _check_value(document: Document, value: object, path: Path) -> Iterator[Problem]:
    if isinstance(value, dict):
        for key, part in value.items():
            yield from _check_value(document, part, (*path, key))
    elif isinstance(value, list):
        for index, part in enumerate(value):
            yield from _check_value(document, part, (*path, index))
    elif isinstance(value, str):
        in_figure = path[:1] == ("figures",) and path[2:3] and path[2] in TEMPLATED
        text = _EXPRESSION.sub("0", value) if in_figure else value  # a sign of no script
        if "\n" in text:
            text = " ".join(text.split())
        for _, what, remedy in find_faults(text.strip() if in_figure else text):
            yield Problem(document.place(path), "E601", what, remedy)
