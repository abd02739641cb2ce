"""An edition's finished pages put together into the source of one book for the typesetter.

Pure: finished pages and the order of reading in; Typst source and its drawings out. Knows which
parts a book has, and what it leaves out and says so. Knows nothing of how anything looks (that is
the form's matter), of fonts, or of files.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from lxml.html import HtmlElement, builder

from report.addresses import name_book
from report.articles import Article, list_places, list_targets, read_article, read_text
from report.galleys import Galley, Setter, array, block
from report.languages import Catalogue
from report.model import View
from report.text import escape_typst

SHORTENED = "data.md"
"""The register of which only what the rest of the book names is printed."""
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
class Chapter:
    """An article with its place in the book: in a part, or a part of its own."""

    article: Article
    depth: int


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the navigation: its title, the page that opens it, and its chapters."""

    title: str
    opening: Article | None
    chapters: tuple[Article, ...] = ()


def make_book(
    view: View, catalogue: Catalogue, navigation: Sequence[Any], pages: Mapping[str, str]
) -> Manuscript:
    """The book of an edition in one language; `pages` are finished pages by document."""
    site = f"{view.report.declaration.url}{catalogue.language}/{view.edition.id}/"
    parts = list(_gather_parts(navigation, pages, catalogue.gettext("Overview")))
    articles = [article for part in parts for article in _list_articles(part)]
    _abridge(articles, catalogue, site)
    targets = {place for article in articles for place in list_targets(article)}
    places = {place for article in articles for place in list_places(article)}
    drawings = Drawings()
    setter = Setter(targets & places, site, drawings.place)
    galleys: list[Galley] = []
    body: list[str] = []
    for part in parts:
        body.extend(_set_part(part, setter, galleys))
    source = [
        '#import "form.typ": *',
        f"#show: bound.with({_describe(view, catalogue)})",
        "#" + block([*_set_front(view, catalogue, site, galleys), *body, *_set_back(galleys)]),
    ]
    title = next(iter(view.report.declaration.short_title.values()), "")
    name = name_book(title, view.edition.id, catalogue.language)
    return Manuscript(name, "\n".join(source), drawings.by_name, view.edition.released)


@dataclass
class Drawings:
    """The drawings of a book, each kept once."""

    by_name: dict[str, str] = field(default_factory=dict)
    _names: dict[str, str] = field(default_factory=dict)

    def place(self, svg: str) -> str:
        """The name of a drawing."""
        if svg not in self._names:
            name = f"d{len(self._names)}.svg"
            self._names[svg] = name
            self.by_name[name] = svg
        return self._names[svg]


# What is in it.


def _gather_parts(navigation: Sequence[Any], pages: Mapping[str, str], home: str) -> Iterator[Part]:
    """The parts in their order; `home` is what the first page is called here."""
    for entry in navigation:
        for title, held in entry.items():
            if isinstance(held, str):
                shown = home if held == "index.md" else title
                yield Part(shown, read_article(held, pages[held]))
                continue
            named = [next(iter(one.values())) if isinstance(one, Mapping) else one for one in held]
            opens = isinstance(held[0], str)
            articles = [read_article(document, pages[document]) for document in named]
            opening = articles.pop(0) if opens else None
            yield Part(title, opening, tuple(articles))


def _list_articles(part: Part) -> list[Article]:
    return [*([part.opening] if part.opening else []), *part.chapters]


def _abridge(articles: Iterable[Article], catalogue: Catalogue, site: str) -> None:
    """Leave out what pages fold away and what nothing names, and say so in its place."""
    listed = list(articles)
    for article in listed:
        if article.document != SHORTENED:
            for fold in _find_folds(article.root):
                summary = next(fold.iterchildren("summary"), None)
                if any(entry.get("id") for entry in fold.iter("li")):
                    # What other pages lead to is folded for screens, and belongs to the book.
                    if summary is not None:
                        summary.drop_tree()
                    continue
                said = read_text(summary) if summary is not None else ""
                _say(fold, catalogue.gettext("%(what)s: on the page", what=said), article, site)
    named = {place for a in listed if a.document not in NAMING_ALL for place in list_targets(a)}
    for article in listed:
        if article.document == SHORTENED:
            _shorten(article, named, catalogue, site)


def _find_folds(root: HtmlElement) -> list[HtmlElement]:
    """What is folded away, but for what lies in another fold."""
    folds = [d for d in root.iter("details") if "fold" in d.classes]
    inner = {id(d) for fold in folds for d in fold.iter("details") if d is not fold}
    return [fold for fold in folds if id(fold) not in inner]


def _shorten(article: Article, named: set[str], catalogue: Catalogue, site: str) -> None:
    """Keep the entries that the rest of the book names."""
    for fold in _find_folds(article.root):
        entries = [item for item in fold.iter("li") if item.get("id")]
        unnamed = [e for e in entries if f"{article.address}#{e.get('id')}" not in named]
        for entry in unnamed:
            entry.drop_tree()
        summary = next(fold.iterchildren("summary"), None)
        if summary is not None and unnamed:
            what = catalogue.gettext("%(count)s more", count=catalogue.number(len(unnamed)))
            _say(summary, catalogue.gettext("%(what)s: on the page", what=what), article, site)


def _say(element: HtmlElement, words: str, article: Article, site: str) -> None:
    """Put a sentence with the page's address in an element's place."""
    address = site + article.address
    link = builder.A(address, href=address)
    note = builder.P(f"{words} ", link)
    note.set("class", "left-out")
    note.tail = element.tail
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, note)


# Its parts.


def _set_part(part: Part, setter: Setter, galleys: list[Galley]) -> Iterator[str]:
    lonely = part.opening is not None and not part.chapters
    place = f"{part.opening.address}#" if part.opening else ""
    if part.opening is not None:
        galley = setter.set_article(part.opening, depth=1)
        galleys.append(galley)
        kind = "chapter" if lonely else "part"
        yield _open(kind, 1, (part.title, "", place), galley.body)
    else:
        yield _open("part", 1, (part.title, "", place), "{}")
    for article in part.chapters:
        galley = setter.set_article(article, depth=2)
        galleys.append(galley)
        number = galley.plates[0].number if galley.plates else ""
        found = re.search(r"(\d+)\.\d+$", number)
        chapter = found[1] if found else ""
        kind = "register" if galley.dense else "chapter"
        yield _open(kind, 2, (galley.title, chapter, f"{article.address}#"), galley.body)


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
