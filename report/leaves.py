"""Finished pages as leaves of a book: what each holds and leads to, and each set for its place.

Pure. Knows what a book leaves out of a page, and on what all that is found out of one hangs: a page
that is as it was is neither read nor set again. Knows nothing of the order of pages, or of how
anything looks.
"""

from __future__ import annotations

import marshal
from collections.abc import Set
from dataclasses import dataclass, field
from functools import cached_property

from lxml.html import HtmlElement, builder

from report.addresses import to_address
from report.articles import Article, list_places, list_targets, read_article, read_text
from report.galleys import Galley, Plate, Setter
from report.languages import Catalogue
from report.remembering import PASSING, Memory

SHORTENED = "data.md"
"""The register of which only what the rest of the book names is printed."""


@dataclass(frozen=True)
class Imprint:
    """What all leaves of one book share."""

    catalogue: Catalogue
    site: str
    """The address of the edition's site, for what is not in the book."""
    memory: Memory = field(default_factory=Memory)

    @cached_property
    def words(self) -> tuple[str, ...]:
        """The words in which a book says that something was left out, before they are filled in."""
        say = self.catalogue.gettext
        left, more = say("%(what)s: on the page", what="{}"), say("%(count)s more", count="{}")
        return self.catalogue.language, left, more


@dataclass(frozen=True, slots=True)
class Survey:
    """What is to be known of a leaf before any is set."""

    targets: frozenset[str]
    """The places to which its links lead."""
    places: frozenset[str]
    """The places of its own to which something may lead."""


@dataclass(frozen=True)
class Leaf:
    """One finished page for a book."""

    imprint: Imprint
    document: str
    page: str
    """Its HTML."""
    named: frozenset[str] = frozenset()
    """Of a shortened register, the places that the rest of the book names."""

    @property
    def address(self) -> str:
        """Where the page lies below the site."""
        return to_address(self.document)

    @cached_property
    def _article(self) -> Article:
        article = read_article(self.document, self.page)
        if self.document == SHORTENED:
            _shorten(article, self.named, self.imprint)
        else:
            _leave_folds(article, self.imprint)
        return article

    @property
    def _all(self) -> tuple[str, ...]:
        """All that a leaf is made from."""
        made_from = (self.imprint.site, *self.imprint.words, self.document, self.page)
        return (*made_from, *sorted(self.named))

    @cached_property
    def survey(self) -> Survey:
        """Its places, and those to which it leads."""
        packed = self.imprint.memory.find(self._survey, f"{PASSING}survey", *self._all)
        targets, places = marshal.loads(packed)  # noqa: S302 - our own
        return Survey(frozenset(targets), frozenset(places))

    def _survey(self) -> bytes:
        article = self._article
        return marshal.dumps((sorted({*list_targets(article)}), sorted({*list_places(article)})))

    def set(self, places: Set[str], depth: int) -> Galley:
        """The leaf set at a depth; `places` are in the book, and something leads to them."""
        near = (self.survey.targets | self.survey.places) & places

        def make() -> bytes:
            setter = Setter(near, self.imprint.site)
            return _pack_galley(setter.set_article(self._article, depth))

        question = (f"{PASSING}galley", str(depth), "\n".join(sorted(near)), *self._all)
        return _unpack_galley(self.imprint.memory.find(make, *question))


def _pack_galley(galley: Galley) -> bytes:
    plates = [(plate.name, plate.number, plate.title) for plate in galley.plates]
    parts = (galley.title, galley.body, galley.dense, plates, galley.tables, galley.drawings)
    return marshal.dumps(parts)


def _unpack_galley(packed: bytes) -> Galley:
    title, body, dense, plates, tables, drawings = marshal.loads(packed)  # noqa: S302 - our own
    return Galley(title, body, dense, [Plate(*plate) for plate in plates], tables, drawings)


# What is left out.


def _leave_folds(article: Article, imprint: Imprint) -> None:
    """Leave out what the page folds away, and say so in its place."""
    for fold in _find_folds(article.root):
        summary = next(fold.iterchildren("summary"), None)
        if any(entry.get("id") for entry in fold.iter("li")):
            # What other pages lead to is folded for screens, and belongs to the book.
            if summary is not None:
                summary.drop_tree()
            continue
        said = read_text(summary) if summary is not None else ""
        _say_left(fold, said, article, imprint)


def _shorten(article: Article, named: Set[str], imprint: Imprint) -> None:
    """Keep the entries that the rest of the book names."""
    for fold in _find_folds(article.root):
        entries = [item for item in fold.iter("li") if item.get("id")]
        unnamed = [e for e in entries if f"{article.address}#{e.get('id')}" not in named]
        for entry in unnamed:
            entry.drop_tree()
        summary = next(fold.iterchildren("summary"), None)
        if summary is not None and unnamed:
            count = imprint.catalogue.number(len(unnamed))
            what = imprint.catalogue.gettext("%(count)s more", count=count)
            _say_left(summary, what, article, imprint)


def _find_folds(root: HtmlElement) -> list[HtmlElement]:
    """What is folded away, but for what lies in another fold."""
    folds = [d for d in root.iter("details") if "fold" in d.classes]
    inner = {id(d) for fold in folds for d in fold.iter("details") if d is not fold}
    return [fold for fold in folds if id(fold) not in inner]


def _say_left(element: HtmlElement, what: str, article: Article, imprint: Imprint) -> None:
    """Put what was left out, and the page's address, in an element's place."""
    words = imprint.catalogue.gettext("%(what)s: on the page", what=what)
    address = imprint.site + article.address
    link = builder.A(address, href=address)
    note = builder.P(f"{words} ", link)
    note.set("class", "left-out")
    note.tail = element.tail
    parent = element.getparent()
    if parent is not None:
        parent.replace(element, note)
