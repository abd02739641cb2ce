"""An edition's finished pages put together into the source of one book for the typesetter.

Pure: finished pages and the order of reading in; Typst source and its drawings out. Knows which
parts a book has and in which order its pages stand. Knows nothing of how anything looks (that is
the form's matter), of fonts, or of files.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from typing import Any

from report.addresses import name_book, to_address
from report.galleys import Galley, array, block
from report.languages import Catalogue
from report.leaves import SHORTENED, Imprint, Leaf
from report.model import View
from report.remembering import Memory
from report.text import escape_typst

NAMING_ALL = frozenset({"sources.md", "revisions.md", SHORTENED})
"""Registers that name nearly every entry of the shortened one, and so do not count."""


@dataclass(frozen=True, slots=True)
class Manuscript:
    """A book before it is set."""

    name: str
    """The file's name."""
    source: str
    drawings: Mapping[str, str]
    """SVG by name."""
    day: dt.date
    """The book's date, which is the edition's."""

    @property
    def letters(self) -> str:
        """Every character that the book must be able to show."""
        return "".join(sorted({*self.source, *"".join(self.drawings.values())}))


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the navigation: its title, the page that opens it, and its chapters."""

    title: str
    opening: Leaf | None
    chapters: tuple[Leaf, ...] = ()


def make_book(
    view: View,
    catalogue: Catalogue,
    navigation: Sequence[Any],
    pages: Mapping[str, str],
    memory: Memory | None = None,
) -> Manuscript:
    """The book of an edition in one language; `pages` are finished pages by document.

    What `memory` knows of the same page is not found out again.
    """
    site = f"{view.report.declaration.url}{catalogue.language}/{view.edition.id}/"
    leaves = _make_leaves(pages, Imprint(catalogue, site, memory or Memory()))
    parts = list(_gather_parts(navigation, leaves, catalogue.gettext("Overview")))
    surveys = [leaf.survey for leaf in leaves.values()]
    targets = {place for survey in surveys for place in survey.targets}
    places = targets & {place for survey in surveys for place in survey.places}
    galleys: list[Galley] = []
    body: list[str] = []
    for part in parts:
        body.extend(_set_part(part, places, galleys))
    source = [
        '#import "form.typ": *',
        f"#show: bound.with({_describe(view, catalogue)})",
        "#" + block([*_set_front(view, catalogue, site, galleys), *body, *_set_back(galleys)]),
    ]
    title = next(iter(view.report.declaration.short_title.values()), "")
    name = name_book(title, view.edition.id, catalogue.language)
    drawings = {name: svg for galley in galleys for name, svg in galley.drawings.items()}
    return Manuscript(name, "\n".join(source), drawings, view.edition.released)


def _make_leaves(pages: Mapping[str, str], imprint: Imprint) -> dict[str, Leaf]:
    """A leaf for each page; a shortened register is told what the others name."""
    leaves = {
        document: Leaf(imprint, document, page)
        for document, page in pages.items()
        if document != SHORTENED
    }
    if SHORTENED in pages:
        start = f"{to_address(SHORTENED)}#"
        named = {
            place
            for leaf in leaves.values()
            if leaf.document not in NAMING_ALL
            for place in leaf.survey.targets
            if place.startswith(start)
        }
        leaves[SHORTENED] = Leaf(imprint, SHORTENED, pages[SHORTENED], frozenset(named))
    return leaves


def _gather_parts(
    navigation: Sequence[Any], leaves: Mapping[str, Leaf], home: str
) -> Iterator[Part]:
    """The parts in their order; `home` is what the first page is called here."""
    for entry in navigation:
        for title, held in entry.items():
            if isinstance(held, str):
                yield Part(home if held == "index.md" else title, leaves[held])
                continue
            named = [next(iter(one.values())) if isinstance(one, Mapping) else one for one in held]
            chapters = [leaves[document] for document in named]
            opening = chapters.pop(0) if isinstance(held[0], str) else None
            yield Part(title, opening, tuple(chapters))


# Its parts.


def _set_part(part: Part, places: Set[str], galleys: list[Galley]) -> Iterator[str]:
    lonely = part.opening is not None and not part.chapters
    place = f"{part.opening.address}#" if part.opening else ""
    if part.opening is not None:
        galley = part.opening.set(places, depth=1)
        galleys.append(galley)
        kind = "chapter" if lonely else "part"
        yield _open(kind, 1, (part.title, "", place), galley.body)
    else:
        yield _open("part", 1, (part.title, "", place), "{}")
    for leaf in part.chapters:
        galley = leaf.set(places, depth=2)
        galleys.append(galley)
        number = galley.plates[0].number if galley.plates else ""
        found = re.search(r"(\d+)\.\d+$", number)
        chapter = found[1] if found else ""
        kind = "register" if galley.dense else "chapter"
        yield _open(kind, 2, (galley.title, chapter, f"{leaf.address}#"), galley.body)


def _open(kind: str, depth: int, texts: Sequence[str], body: str) -> str:
    """A part or chapter; `texts` are its title, its number and its place."""
    return f"{kind}({depth}, {', '.join(map(escape_typst, texts))}, {body})"


def _describe(view: View, catalogue: Catalogue) -> str:
    """What the form is told of the whole book: its document data and its words."""
    declaration, edition = view.report.declaration, view.edition
    said = catalogue.gettext
    words = {
        "contents": said("Contents"),
        "figures": said("List of figures"),
        "numbers": said("Numbers of the figures"),
        "numbers-of": said("Numbers on page"),
        "page": said("p. {}"),
    }
    day = edition.released
    told = {
        "title": escape_typst(
            f"{catalogue.text(declaration.title)}, {catalogue.text(edition.title)}"
        ),
        "short": escape_typst(catalogue.text(declaration.short_title)),
        "edition": escape_typst(catalogue.text(edition.title)),
        "description": escape_typst(catalogue.text(declaration.description)),
        "author": escape_typst(declaration.publisher),
        "language": escape_typst(catalogue.language),
        "date": f"({day.year}, {day.month}, {day.day})",
        "words": "(" + ", ".join(f'"{k}": {escape_typst(v)}' for k, v in words.items()) + ")",
    }
    return ", ".join(f"{key}: {value}" for key, value in told.items())


def _set_front(
    view: View, catalogue: Catalogue, site: str, galleys: Sequence[Galley]
) -> Iterator[str]:
    """Cover, what the book is, contents and list of figures."""
    declaration, edition = view.report.declaration, view.edition
    said, day = catalogue.gettext, catalogue.day
    facts = [
        (said("Publications seen until"), escape_typst(day(edition.cut_off))),
        (said("Released"), escape_typst(day(edition.released))),
        (said("Publisher"), escape_typst(declaration.publisher)),
        (said("Licence"), escape_typst(declaration.licence)),
        (said("Address"), f"outside({escape_typst(site)}, {escape_typst(site)})"),
    ]
    pairs = array(f"({escape_typst(label)}, {value})" for label, value in facts)
    title, name = catalogue.text(declaration.title), catalogue.text(edition.title)
    lead = catalogue.text(declaration.description)
    note = catalogue.text(edition.note)
    about = [
        said("This book holds all pages of this edition, each figure with its numbers."),
        said(
            "Left out is what pages fold away, such as earlier events that the chapter of all "
            "events tells too, and series that nothing in this book names. Where something is "
            "left out, its place gives the address of the page that has it."
        ),
    ]
    texts = [escape_typst(text) for text in (title, name, lead, note)]
    yield f"cover({', '.join(texts)}, {pairs})"
    yield f"about({array(escape_typst(text) for text in about)}, {pairs})"
    yield "contents()"
    entries = [
        f"({escape_typst(plate.name)}, {escape_typst(plate.number)}, {escape_typst(plate.title)})"
        for galley in galleys
        for plate in galley.plates
    ]
    if entries:
        yield f"figures({array(entries)})"


def _set_back(galleys: Sequence[Galley]) -> Iterator[str]:
    """The tables of all figures."""
    tables = [table for galley in galleys for table in galley.tables]
    if tables:
        yield f"tables({array(tables)})"
