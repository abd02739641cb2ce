"""One edition in one language made into finished pages, with its files and its book.

One of the few modules that touch the outside, through the others that do. Knows what passes between
those who compose, draw, render and set, and in which order. Knows nothing of what editions have to
do with each other, or of what stands above them. Libraries that take long to import are imported
where they are needed.
"""

from __future__ import annotations

import calendar
import contextlib
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from report.composition import Settings, Volume

if TYPE_CHECKING:
    from report.binding import Press, Setting
    from report.impressions import Impressions
    from report.plates import Batch, Shelf
    from report.remembering import Memory
    from report.renderer import Renderer
    from report.sheets import PlacedFigure
    from report.site import SiteSource
    from report.takeovers import Earlier
    from report.workshop import Workshop


@contextlib.contextmanager
def show_progress(what: str, count: int) -> Iterator[Callable[[int], None]]:
    """A bar on a terminal, nothing elsewhere; gives a function that is told of what is done."""
    if not sys.stderr.isatty():
        yield lambda _done: None
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress  # noqa: PLC0415

    with Progress(console=Console(stderr=True), transient=True) as progress:
        task = progress.add_task(what, total=count)
        yield lambda done: progress.advance(task, done)


@dataclass(frozen=True, slots=True)
class Begun:
    """An edition in a language whose pages are rendered and whose figures are drawn meanwhile."""

    source: SiteSource
    """What pages are finished with; its documents are written and gone."""
    rendered: Path
    """Where the pages will be."""
    impressions: Impressions | None
    batch: Batch


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes one edition in one language after another."""

    settings: Settings
    renderer: Renderer
    workshop: Workshop
    shelf: Shelf | None
    press: Press
    work: Path
    earlier: Earlier
    memory: Memory
    """What earlier runs found out of the same texts."""
    begun: dict[str, Begun] = field(default_factory=dict)
    """The one edition that is on its way, by its folder."""
    books: dict[str, Setting] = field(default_factory=dict)
    """Books that are being set, by the folder of their edition."""

    def begin(self, volume: Volume) -> None:
        """Have pages rendered and figures drawn: of one edition at a time, which is made next."""
        from report.impressions import Impressions  # noqa: PLC0415
        from report.plates import begin_plates  # noqa: PLC0415
        from report.site import start_render  # noqa: PLC0415
        from report.spools import Spool  # noqa: PLC0415

        name = f"{volume.language}/{volume.edition.id}"
        if name in self.begun:
            return
        assert not self.begun, f"{name} is begun before the one before it is made"  # noqa: S101
        source = make_source(volume, self.memory)
        theme = self.settings.project / "templates" / "theme"
        workspace = self.work / name.replace("/", "-")
        settings = self.settings.project / "mkdocs.yml"
        impressions = (
            Impressions(self.shelf.pages, self.settings.renderer, source.clock)
            if self.shelf
            else None
        )
        rendered = start_render(self.renderer, source, settings, theme, workspace, impressions)
        figures = list(volume.documents.figures)
        with contextlib.ExitStack() as stack:
            spool = stack.enter_context(Spool(self.work))
            drawing = (figures, self.shelf, self.workshop, spool)
            batch = begin_plates(volume.composer, *drawing)
            source = replace(source, documents={})
            self.begun[name] = Begun(source, rendered, impressions, batch)
            stack.pop_all()  # it is closed by whoever makes the volume, or gives it up

    def make(self, volume: Volume, staging: Path) -> int:
        """Make all of it in the staging folder; gives the number of pages."""
        from report.plates import finish_plates  # noqa: PLC0415
        from report.site import end_render, finish_pages  # noqa: PLC0415
        from report.spools import Later  # noqa: PLC0415
        from report.takeovers import Below  # noqa: PLC0415
        from report.writing import write_files  # noqa: PLC0415

        self.begin(volume)
        name = f"{volume.language}/{volume.edition.id}"
        begun = self.begun[name]
        figures = volume.documents.figures
        with begun.batch.made:
            del self.begun[name]
            source = enclose(self.settings, volume, begun.source, self.memory)
            with show_progress(f"figures {name}", len(figures)) as tell:
                plates = finish_plates(begun.batch, tell)
            html = Later(figures, lambda key: plates[key].html)
            pictures = self._announce(volume, html) if self.settings.whole else {}
            end_render(self.renderer, begun.rendered, begun.impressions)
            lay = Below(self.earlier, name)
            finish_pages(begun.rendered, source, _place(figures, html), lay, self.memory)
            for key in figures:
                write_files(begun.rendered, plates[key].files, lay)
        write_files(begun.rendered, pictures, lay)
        target = staging / volume.language / volume.edition.id
        target.parent.mkdir(parents=True, exist_ok=True)
        begun.rendered.rename(target)
        if self.settings.whole:
            self._begin_book(volume, target)
        return len(volume.documents.markdown)

    def give_up(self) -> None:
        """End what others still do for an edition that will not be made."""
        self.renderer.give_up()
        self.workshop.give_up()
        for begun in self.begun.values():
            begun.batch.made.close()

    def _announce(self, volume: Volume, plates: Mapping[str, str]) -> dict[str, bytes]:
        """A picture of each page, made while the pages themselves are rendered."""
        from report.announcements import announce_pages  # noqa: PLC0415
        from report.engraving import engrave_all  # noqa: PLC0415

        pictures = announce_pages(volume.composer, volume.documents, plates)
        cache = self.settings.cache / "pictures" if self.settings.cache else None
        return engrave_all(pictures, cache, self.workshop.engrave)

    def _begin_book(self, volume: Volume, target: Path) -> None:
        """Have the finished pages set as a book while the next edition is made."""
        from report.addresses import to_address  # noqa: PLC0415
        from report.book import make_book  # noqa: PLC0415

        composer, documents = volume.composer, volume.documents
        pages = {
            document: (target / to_address(document) / "index.html").read_text("utf-8")
            for document in documents.markdown
        }
        made_from = (composer.view, composer.catalogue, documents.navigation, pages)
        book = make_book(*made_from, self.memory)
        name = f"{volume.language}-{volume.edition.id}"
        self.books[name] = self.press.begin(book, self.work / f"{name}-book")

    def add_book(self, volume: Volume, staging: Path) -> None:
        """Put a book beside its pages, which then tell its size."""
        from report.binding import place_book  # noqa: PLC0415

        setting = self.books.get(f"{volume.language}-{volume.edition.id}")
        if setting is not None:
            target = staging / volume.language / volume.edition.id
            place_book(setting.wait(), target, volume.composer.catalogue)


def _place(
    figures: Mapping[str, PlacedFigure], html: Mapping[str, str]
) -> Mapping[str, Mapping[str, str]]:
    """The HTML of figures by the address of their page, then by name."""
    from report.addresses import to_address  # noqa: PLC0415
    from report.spools import Later  # noqa: PLC0415

    names: dict[str, list[str]] = {}
    for name, figure in figures.items():
        names.setdefault(to_address(figure.document), []).append(name)
    return Later(names, lambda address: {name: html[name] for name in names[address]})


def make_source(volume: Volume, memory: Memory) -> SiteSource:
    """All that an edition in a language is rendered from."""
    from report.glossing import Glosser  # noqa: PLC0415
    from report.siblings import offer_editions  # noqa: PLC0415
    from report.signs import theme_words  # noqa: PLC0415
    from report.site import SiteSource  # noqa: PLC0415

    composer, edition = volume.composer, volume.edition
    declaration = composer.view.report.declaration
    newest = composer.parts.newest_period()
    return SiteSource(
        language=volume.language,
        edition=edition.id,
        title=composer.catalogue.text(declaration.short_title),
        clock=calendar.timegm(edition.released.timetuple()),
        documents=Glosser(composer.view.report.glossary, composer.catalogue).mark_documents(
            volume.documents.markdown, memory
        ),
        navigation=volume.documents.navigation,
        titles={name: composer.parts.citing.name(name) for name in volume.documents.markdown},
        url=declaration.url,
        extra={
            **offer_editions(composer.view.report, edition, composer.catalogue, composer.templates),
            "words": theme_words(composer.catalogue),
            "newest": composer.catalogue.period(newest) if newest else "",
            "licence": declaration.licence,
            "version": {"provider": "mike", "default": "latest"},
        },
    )


def enclose(settings: Settings, volume: Volume, source: SiteSource, memory: Memory) -> SiteSource:
    """The same with all that pages are finished with, which can be made while they are rendered."""
    from report.enclosures import enclose_files  # noqa: PLC0415
    from report.heads import write_heads  # noqa: PLC0415

    files = enclose_files(settings, volume, memory)
    return replace(source, files=files, heads=write_heads(volume.composer, volume.documents, files))
