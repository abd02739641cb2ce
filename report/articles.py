"""The articles of finished pages as trees: what is for paper, which places, what leads where.

Pure. Knows the tags and classes of the project's own pages: which are for screens alone, and which
drawings are shown twice. Addresses are read as a browser reads them. Knows nothing of a book.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml import html
from lxml.html import HtmlElement

from report.addresses import to_address

_SVG = re.compile(r"<svg\b([^>]*)>.*?</svg>", re.DOTALL)
_CLASS = re.compile(r'\bclass="([^"]*)"')
_VARIABLE = re.compile(r"var\(--[\w-]+,\s*(#[0-9a-f]{6})\)")
OUTWARD = ("http:", "https:", "mailto:")
SCREEN_ONLY = frozenset(
    {
        *("screen-only", "headerlink", "filters", "jump", "vintages", "figure__plate--first"),
        *("figure__actions", "filter__none", "take", "chart-tools", "terms"),
    }
)
"""Classes of what only a screen can use, or shows a second time."""
SCREEN_TAGS = frozenset(
    {"script", "style", "template", "nav", "fieldset", "form", "input", "button"}
)
DRAWING, SHAPE = "drawing", "shape"
"""What an image of the pages is: a figure's drawing, or a small sign in the text."""
HEADINGS = {f"h{level}": level for level in range(1, 7)}
BLOCKS = frozenset(
    {
        *("p", "div", "section", "ul", "ol", "dl", "table", "details", "figure", "blockquote"),
        *("aside", "article", "figcaption", *HEADINGS),
    }
)


PEN = "#0b5563"
"""The colour of small signs, which on pages is that of the words around them."""
SHORT = 16
"""Letters in the longest cell of a column that is as wide as it needs."""


@dataclass(frozen=True, slots=True)
class Article:
    """A page's article as a tree, with its drawings taken out."""

    document: str
    root: HtmlElement
    drawings: tuple[str, ...]

    @property
    def address(self) -> str:
        """Where it lies below the site."""
        return to_address(self.document)


def read_article(document: str, page: str) -> Article:
    """The article of a finished page, without what only a screen can use."""
    drawings: list[str] = []

    def take_out(found: re.Match[str]) -> str:
        classes = match[1] if (match := _CLASS.search(found[1])) else ""
        if "narrow" in classes.split():
            return ""
        drawings.append(light_drawing(found[0]))
        kind = DRAWING if "wide" in classes.split() else SHAPE
        return f'<img class="{classes}" data-kind="{kind}" data-drawing="{len(drawings) - 1}">'

    tree = html.document_fromstring(_SVG.sub(take_out, page))
    root = next(iter(tree.iter("article")), tree)
    for element in list(root.iter("*")):
        if element.get("popovertarget"):
            element.drop_tag()  # a word that opens its meaning, which the glossary gives as well
        elif is_for_screens(element) and element is not root:
            element.drop_tree()
    return Article(document, root, tuple(drawings))


def is_for_screens(element: HtmlElement) -> bool:
    """Whether only a screen can use an element."""
    return element.tag in SCREEN_TAGS or not SCREEN_ONLY.isdisjoint(element.classes)


def light_drawing(svg: str) -> str:
    """A drawing in the colours of light pages, each written out."""
    return _VARIABLE.sub(r"\1", svg).replace("currentColor", PEN).replace("currentcolor", PEN)


def find_place(address: str, href: str) -> str:
    """The place to which a link of a page leads: an address below the site, `#`, and an anchor."""
    path, _, anchor = href.partition("#")
    if path in {"", "./"}:
        return f"{address}#{anchor}"
    joined = posixpath.normpath(posixpath.join(address or ".", path))
    folder = "" if joined == "." else joined + ("/" if path.endswith(("/", "..", ".")) else "")
    return f"{folder}#{anchor}"


def list_places(article: Article) -> Iterator[str]:
    """Every place of an article to which something may lead; the first is the page itself."""
    yield f"{article.address}#"
    for element in article.root.iter("*"):
        if name := element.get("id"):
            yield f"{article.address}#{name}"


def list_entries(article: Article) -> list[HtmlElement]:
    """The entries of its registers."""
    lists = (found for found in article.root.iter("ul") if "register__list" in found.classes)
    return [entry for found in lists for entry in found.iterchildren("li")]


def list_targets(article: Article) -> Iterator[str]:
    """The places to which an article's links lead."""
    for link in article.root.iter("a"):
        href = link.get("href", "")
        if not href.startswith(OUTWARD):
            yield find_place(article.address, href)


def read_text(element: HtmlElement) -> str:
    """An element's words alone."""
    return " ".join(str(element.text_content()).split())


def weigh_columns(rows: Sequence[Sequence[HtmlElement]]) -> list[str]:
    """How wide columns are: short ones as wide as they need, the others by what they hold."""
    count = max((sum(int(c.get("colspan", "1")) for c in row) for row in rows), default=1)
    lengths: list[list[int]] = [[] for _ in range(count)]
    for row in rows:
        if len(row) == count:
            for at, cell in enumerate(row):
                lengths[at].append(len(read_text(cell)))
    return [
        "auto"
        if max(column, default=0) <= SHORT
        else f"{max(1, round((sum(column) / len(column)) ** 0.5 * 10)) / 10}fr"
        for column in lengths
    ]


def split_title(element: HtmlElement) -> tuple[str, str]:
    """A figure's number, with the word before it, and its title."""
    number = next((s for s in element.iter("span") if "figure-number" in s.classes), None)
    title = read_text(element)
    if number is None:
        return "", title
    shown = read_text(number)
    return shown.rstrip(" :\N{FULLWIDTH COLON}."), title.removeprefix(shown).strip()
