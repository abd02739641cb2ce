"""A finished page's article told to the typesetter: its tree of HTML as calls of the book's form.

Pure. Knows the tags and a few classes of the project's own pages: what is for screens alone, what a
figure is made of, what leads where. How anything looks is the form's matter, which is called with
each element's classes. All text passes `escape_typst`, so nothing of it is ever read as markup.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from report.articles import (
    BLOCKS,
    DRAWING,
    HEADINGS,
    OUTWARD,
    Article,
    find_place,
    list_entries,
    list_places,
    read_text,
    split_title,
    weigh_columns,
)
from report.text import escape_typst

DENSE = 30
"""Entries of registers above which an article is set like a directory."""
_SPACE = re.compile(r"[ \t\n\r\f]+")


@dataclass(frozen=True, slots=True)
class Plate:
    """A figure as the book places it."""

    name: str
    number: str
    """Such as `3.2`, with the word before it."""
    title: str


@dataclass(slots=True)
class Galley:
    """An article set, with what stands elsewhere in the book."""

    title: str
    body: str
    dense: bool = False
    """Whether it is a long list of small entries."""
    plates: list[Plate] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    """The tables of its figures, in their order."""
    drawings: dict[str, str] = field(default_factory=dict)
    """SVG by a name that is the same for the same drawing."""

    def place_drawing(self, svg: str) -> str:
        """Keep a drawing; gives its name."""
        name = f"{hashlib.sha256(svg.encode()).hexdigest()[:16]}.svg"
        self.drawings[name] = svg
        return name


@dataclass(frozen=True)
class Setter:
    """Sets articles, each link by where in the book it leads."""

    places: Collection[str]
    """The places that are in the book and that something leads to."""
    site: str
    """The address of the edition's site, for what is not in the book."""

    def set_article(self, article: Article, depth: int = 1) -> Galley:
        """An article, whose heading stands at `depth` in the book."""
        return _Hand(self, article, depth).set_article()


@dataclass
class _Hand:
    """Works through one article."""

    setter: Setter
    article: Article
    depth: int
    galley: Galley = field(default_factory=lambda: Galley("", ""))
    _heading: list[str] = field(default_factory=list)
    """What waits for its figure: number, title, place, takeaway, and the same as plain text."""
    _level: int = 0
    _placed: set[str] = field(default_factory=set)

    def set_article(self) -> Galley:
        self._level = self.depth
        heading = next(iter(self.article.root.iter("h1")), None)
        if heading is not None:
            self.galley.title = read_text(heading)
            heading.drop_tree()
        parts = list(self._set_children(self.article.root))
        # A place that is within something set otherwise is at least on the page.
        left = (place for place in list_places(self.article) if not place.endswith("#"))
        lost = [p for p in left if p in self.setter.places and p not in self._placed]
        self.galley.dense = len(list_entries(self.article)) > DENSE
        self.galley.body = block([*(f"at({escape_typst(place)})" for place in lost), *parts])
        return self.galley

    # Elements.

    def _set_children(self, parent: HtmlElement) -> Iterator[str]:
        """What is in an element, in order; spaces between blocks are nothing."""
        yield from self._set_text(parent.text, before=None, after=_first(parent))
        for child in parent:
            if isinstance(child.tag, str):
                if "figure-title" not in child.classes:
                    yield from self._anchor(child)
                yield from self._set_element(child)
            yield from self._set_text(child.tail, before=child, after=child.getnext())

    def _set_text(
        self, text: str | None, before: HtmlElement | None, after: HtmlElement | None
    ) -> Iterator[str]:
        words = _SPACE.sub(" ", text or "")
        if words.startswith(" ") and not _is_block(before):
            yield "sp"
        if inner := words.strip(" "):
            yield escape_typst(inner)
        if len(words) > 1 and words.endswith(" ") and not _is_block(after) and inner:
            yield "sp"

    def _anchor(self, element: HtmlElement) -> Iterator[str]:
        """The place that an element is, where something leads to it."""
        place = f"{self.article.address}#{element.get('id', '')}"
        if element.get("id") and place in self.setter.places and place not in self._placed:
            self._placed.add(place)
            yield f"at({escape_typst(place)})"

    def _set_element(self, element: HtmlElement) -> Iterator[str]:
        tag, classes = str(element.tag), element.classes
        if "figure-title" in classes:
            place = f"{self.article.address}#{element.get('id', '')}"
            self._heading = [*split_title(element), place, "none", ""]
        elif "takeaway" in classes and self._heading:
            self._heading[3:] = [block(self._set_children(element)), read_text(element)]
        elif tag == "figure" and self._heading:
            yield self._set_figure(element)
        elif tag in HEADINGS and not any("__" in name for name in classes):
            yield self._set_heading(element)
        else:
            yield from self._set_by_tag(element)

    def _set_by_tag(self, element: HtmlElement) -> Iterator[str]:
        match str(element.tag):
            case "ul" | "ol" | "dl":
                yield self._set_list(element)
            case "table":
                yield self._set_table(element)
            case "a":
                yield from self._set_link(element)
            case "img":
                yield from self._set_image(element)
            case "br":
                yield "linebreak()"
            case _:
                yield from self._set_other(element)

    def _set_list(self, element: HtmlElement) -> str:
        if element.tag != "dl":
            items = [self._set_item(item) for item in element.iterchildren("li")]
            return call("listed", str(element.tag), _join(element), array(items))
        pairs = [
            f"({escape_typst(str(item.tag))}, {self._set_with_place(item)})"
            for item in element.iterchildren("dt", "dd")
        ]
        return call("defined", _join(element), array(pairs))

    def _set_other(self, element: HtmlElement) -> Iterator[str]:
        tag, body = str(element.tag), block(self._set_children(element))
        if element.get("lang"):
            body = f"spoken({escape_typst(element.get('lang', ''))}, {body})"
        if tag in {"summary", "tbody"} or (tag in {"span", "time"} and not element.classes):
            yield body
        elif body != "{}":
            yield call("styled", tag, _join(element), body)

    def _set_item(self, item: HtmlElement) -> str:
        body = self._set_with_place(item)
        return call("styled", "li", _join(item), body) if item.classes else body

    def _set_heading(self, element: HtmlElement) -> str:
        level = min(self.depth + HEADINGS[str(element.tag)] - 1, self._level + 1)
        self._level = level
        return f"heading(level: {level}, {block(self._set_children(element))})"

    def _set_link(self, element: HtmlElement) -> Iterator[str]:
        href = element.get("href", "")
        body = block(self._set_children(element))
        if element.classes and body != "{}":
            body = call("styled", "a", _join(element), body)
        if href.startswith(OUTWARD):
            yield f"outside({escape_typst(href)}, {body})"
            return
        place = find_place(self.article.address, href)
        if place not in self.setter.places:
            address = self.setter.site + place.removesuffix("#")
            yield f"outside({escape_typst(address)}, {body})"
            return
        kind = "named" if "-cell" in _join(element) or "#source-" in place else "inside"
        yield f"{kind}({escape_typst(place)}, {body})"

    def _set_image(self, element: HtmlElement) -> Iterator[str]:
        if number := element.get("data-drawing"):
            name = self.galley.place_drawing(self.article.drawings[int(number)])
            yield call("sign", _join(element), escape_typst(name), raw=1)

    # Tables.

    def _set_table(self, table: HtmlElement, head: str = "") -> str:
        caption = next(table.iterchildren("caption"), None)
        said = block(self._set_children(caption)) if caption is not None else "none"
        rows = [[cell for cell in row if cell.tag in {"th", "td"}] for row in table.iter("tr")]
        heads = [row for row in rows if _in_head(row)]
        bodies = [row for row in rows if not _in_head(row)]
        return (
            f"tabled({escape_typst(_join(table))}, "
            f"{array(weigh_columns(bodies or heads))}, {head or said},\n"
            f"{array(self._set_row(row) for row in heads)},\n"
            f"{array(self._set_row(row) for row in bodies)})"
        )

    def _set_row(self, row: Sequence[HtmlElement]) -> str:
        return array(self._set_cell(cell, first=place == 0) for place, cell in enumerate(row))

    def _set_cell(self, cell: HtmlElement, *, first: bool) -> str:
        parts = list(self._set_children(cell))
        row = cell.getparent()
        if first and row is not None:
            parts = [*self._anchor(row), *parts]
        body = block(parts)
        span = int(cell.get("colspan", "1"))
        if cell.tag == "td" and not cell.classes and span == 1:
            return body
        shown = [body, escape_typst(str(cell.tag)), escape_typst(_join(cell))]
        return f"({', '.join(shown)}{f', {span}' if span > 1 else ''})"

    # Figures.

    def _set_figure(self, element: HtmlElement) -> str:
        number, title, place, takeaway, alternative = self._heading
        self._heading = []
        name = element.get("id", "").removeprefix("plate-")
        self.galley.plates.append(Plate(name, number, title))
        image = next((i for i in element.iter("img") if i.get("data-kind") == DRAWING), None)
        drawing = '""'
        if image is not None:
            svg = self.article.drawings[int(image.get("data-drawing", "0"))]
            drawing = escape_typst(self.galley.place_drawing(svg))
        notes = [
            block(self._set_children(note))
            for found in element.iter("ul")
            if "figure__notes" in found.classes
            for note in found.iterchildren("li")
        ]
        details = next((d for d in element.iter("details") if "figure__table" in d.classes), None)
        sources = [
            block(self._set_children(found))
            for found in element.iter("p")
            if "figure__sources" in found.classes and not _lies_in(found, details)
        ]
        if details is not None:
            self._set_numbers(details, name, number, title)
        told = "none" if details is None else escape_typst(name)
        self._placed.add(place)
        places = [f"figure:{name}", *([place] if place in self.setter.places else [])]
        return (
            f"plate({array(map(escape_typst, places))}, "
            f"{escape_typst(number)}, {escape_typst(title)}, "
            f"{takeaway}, {escape_typst(alternative or title)}, {drawing},\n"
            f"{array(notes)}, {array(sources)}, {told})"
        )

    def _set_with_place(self, element: HtmlElement) -> str:
        return block([*self._anchor(element), *self._set_children(element)])

    def _set_numbers(self, details: HtmlElement, name: str, number: str, title: str) -> None:
        """The table of a figure, which stands at the end of the book."""
        table = next(details.iter("table"), None)
        if table is None:
            return
        caption = next(table.iterchildren("caption"), None)
        if caption is not None:
            caption.drop_tree()
        head = f"numbered({escape_typst(name)}, {escape_typst(number)}, {escape_typst(title)})"
        parts = [self._set_table(table, head)]
        parts += [
            call("styled", "p", _join(found), self._set_with_place(found))
            for found in details.iter("p")
        ]
        self.galley.tables.append(block(parts))


# Calls of the form.


def block(parts: Iterable[str]) -> str:
    """Parts that follow each other."""
    return "{" + "; ".join(parts) + "}"


def array(items: Iterable[str]) -> str:
    """Items of a list."""
    return "(" + "".join(f"{item}, " for item in items) + ")"


def call(name: str, first: str, *rest: str, raw: int = 0) -> str:
    """A call whose arguments are texts, but for the last; with `raw` that is a literal already."""
    *texts, body = rest
    shown = [escape_typst(first), *(text if raw else escape_typst(text) for text in texts), body]
    return f"{name}({', '.join(shown)})"


def _in_head(row: Sequence[HtmlElement]) -> bool:
    parent = row[0].getparent() if row else None
    around = parent.getparent() if parent is not None else None
    return around is not None and around.tag == "thead"


def _lies_in(element: HtmlElement, around: HtmlElement | None) -> bool:
    return around is not None and any(one is around for one in element.iterancestors())


def _first(parent: HtmlElement) -> HtmlElement | None:
    return parent[0] if len(parent) else None


def _is_block(element: HtmlElement | None) -> bool:
    return element is not None and element.tag in BLOCKS


def _join(element: HtmlElement) -> str:
    return " ".join(element.get("class", "").split())
