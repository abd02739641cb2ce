"""How readers cite an edition: what its page of citations shows, and the files that it offers.

Pure. Knows the view, how documents are called, and which files reference managers read. Knows
nothing of HTML.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from report.addresses import REGISTERS
from report.cff import write_cff
from report.citations import Work, cite_plainly, write_bibtex, write_csl, write_ris
from report.languages import Catalogue
from report.model import Edition, ReportDeclaration, Source, View
from report.periods import parse_period
from report.text import escape_markdown
from report.tiles import TileView, show_tile
from report.works import (
    DATA,
    make_dataset_work,
    make_edition_work,
    make_page_work,
)

FOLDER = "cite/"
CFF = f"{FOLDER}CITATION.cff"
HOME = "index.md"


@dataclass(frozen=True, slots=True)
class Citable:
    """A work with its citation in words."""

    work: Work
    plain: str

    @property
    def bibtex(self) -> Markup:
        """Its entry in BibTeX, with line ends as HTML keeps them."""
        return escape_markdown(write_bibtex(self.work))


@dataclass(frozen=True)
class Citing:
    """What of one view can be cited, in one language."""

    view: View
    catalogue: Catalogue

    @cached_property
    def edition(self) -> Citable:
        """The edition as a whole."""
        return self._show(make_edition_work(*self._given))

    @cached_property
    def dataset(self) -> Citable:
        """The data of the edition."""
        return self._show(make_dataset_work(*self._given))

    def page(self, document: str) -> Citable:
        """A page by its document; the first page stands for the edition."""
        if document == HOME:
            return self.edition
        if document == DATA:
            return self.dataset
        return self._show(make_page_work(*self._given, document, self.name(document)))

    def pages(self, documents: Collection[str]) -> list[Citable]:
        """Those of these documents that are pages of the report, in the order of reading."""
        return [self.page(name) for name in self._list_documents() if name in documents]

    def find_tile(self) -> TileView | None:
        """The first headline number of the edition that is known, for an example."""
        tiles = (tile for group in self.view.report.figures for tile in group.tiles)
        shown = (show_tile(tile, self.view, self.catalogue) for tile in tiles)
        return next((tile for tile in shown if tile is not None), None)

    def number(self, tile: TileView) -> str:
        """A number with its period, its sources and the edition that shows it."""
        series = self.catalogue.text(self.view.series[tile.series].declaration.title)
        sources = [self.view.report.sources[name] for name in tile.sources]
        return self.catalogue.gettext(
            "%(series)s, %(period)s: %(value)s. Source: %(source)s. As shown in: %(citation)s",
            series=series,
            period=tile.period,
            value=tile.value,
            source="; ".join(self._name_source(source) for source in sources),
            citation=self.edition.plain,
        )

    def name(self, document: str) -> str:
        """What a document is called."""
        return self._names.get(document, document)

    @cached_property
    def _names(self) -> dict[str, str]:
        return dict(self._name_documents())

    def _list_documents(self) -> list[str]:
        return list(self._names)

    def _name_documents(self) -> Iterator[tuple[str, str]]:
        report, text = self.view.report, self.catalogue.text
        yield HOME, text(report.declaration.title)
        for kind in report.declaration.kinds:
            yield f"{kind.folder}/{HOME}", text(kind.title)
            pages = sorted(
                (page for page in report.pages if page.kind == kind.id),
                key=lambda page: (page.order, page.id),
            )
            for page in pages:
                yield f"{kind.folder}/{page.id}.md", text(page.title)
        for name in REGISTERS:
            yield f"{name}.md", self.catalogue.gettext(name.capitalize())

    def _name_source(self, source: Source) -> str:
        """A source in words, with the day that it gives itself, and its address."""
        published = ""
        if source.published:
            published = self.catalogue.period(parse_period(source.published))
        return ", ".join(
            part for part in (source.producer, source.title, published, source.url) if part
        )

    @property
    def _given(self) -> tuple[ReportDeclaration, Edition, Catalogue]:
        return self.view.report.declaration, self.view.edition, self.catalogue

    def _show(self, work: Work) -> Citable:
        return Citable(work, cite_plainly(work, self.catalogue))

    def write_cff(self) -> str:
        """The edition's `CITATION.cff`."""
        declaration = self.view.report.declaration
        say = self.catalogue.gettext
        message = say(
            "If you use this report or its data, please cite the edition that you used. "
            "Observations stay under the terms of their sources."
        )
        abstract = self.catalogue.text(declaration.description)
        return write_cff(self.edition.work, message, abstract, declaration.repository)

    def write_files(self, documents: Collection[str]) -> dict[str, bytes]:
        """Files for reference managers, by path below the edition's site."""
        groups = {
            "edition": [self.edition.work],
            "data": [self.dataset.work],
            "pages": [citable.work for citable in self.pages(documents)],
        }
        files = {CFF: self.write_cff()}
        for name, works in groups.items():
            files[f"{FOLDER}{name}.bib"] = "\n".join(map(write_bibtex, works))
            files[f"{FOLDER}{name}.ris"] = "".join(map(write_ris, works))
            files[f"{FOLDER}{name}.csl.json"] = write_csl(*works)
        return {path: text.encode() for path, text in files.items()}
