"""A report folder turned into a site: the order in which everything is asked for.

One of the few modules that touch the outside, through the others that do. Knows which rooms there
are and what passes between them; holds no rule of its own about facts, words or markup. Libraries
that take long to import are imported where they are first needed.
"""

from __future__ import annotations

import calendar
import contextlib
import hashlib
import os
import shutil
import sys
import time
import urllib.parse
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report.composition import INPUTS as INPUTS  # noqa: PLC0414 - others take it from here
from report.composition import (
    Settings,
    Volume,
    compose_report,
    find_marks,
    open_memory,
    refuse_overlap,
    save_memory,
)
from report.editions import order_edition
from report.problems import WriteFailed
from report.reading import list_inputs
from report.writing import list_files, read_stamp, stage, write_stamp

if TYPE_CHECKING:
    from report.binding import Press, Setting
    from report.model import Report
    from report.plates import Shelf
    from report.remembering import Memory
    from report.renderer import Renderer
    from report.workshop import Workshop

FORMAT = 1
"""Changed whenever the layout of a site changes, so that no older site counts as up to date."""


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


def build_site(
    settings: Settings,
    workshop: Workshop | None = None,
    memory: Memory | None = None,
    renderer: Renderer | None = None,
) -> str:
    """Build the whole site, or find that it is up to date; says which.

    How much is still marked for review is told beside that, and keeps nothing from being built.
    A workshop, a memory and a renderer that are handed in are kept for the next time.
    """
    refuse_overlap(settings.site_dir, settings, "a site is")
    started = time.time()
    if marks := len(find_marks(settings)):
        said = "1 mark is" if marks == 1 else f"{marks:,} marks are"
        click.echo(f"{said} left to review; `check` lists them", err=True)
    stamp = _make_stamp(settings)
    found = read_stamp(settings.site_dir)
    unchanged = settings.use_cache and found.get("inputs") == stamp["inputs"]
    if unchanged and found.get("files") == list_files(settings.site_dir):
        return f"{settings.site_dir} is up to date"
    if workshop is None and settings.jobs != 1:
        from report.warming import start_server  # noqa: PLC0415

        start_server(settings.cache)
    from report.renderer import Renderer  # noqa: PLC0415

    with contextlib.ExitStack() as stack:
        renderer = renderer or stack.enter_context(Renderer(settings.renderer))
        from report.binding import Press  # noqa: PLC0415
        from report.plates import Shelf  # noqa: PLC0415
        from report.workshop import Workshop  # noqa: PLC0415

        # Both load their libraries while words are composed: that is half of what they cost.
        workshop = workshop or stack.enter_context(Workshop(settings.jobs))
        shelf = Shelf(settings.cache) if settings.cache else None
        workshop.prepare(1 if shelf and shelf.plates.is_dir() else 2)
        memory = memory or open_memory(settings)
        report, volumes = compose_report(settings, allow_marks=True, memory=memory)
        with stage(settings.site_dir) as staging:
            work = staging.with_name(f"{staging.name}-work")
            work.mkdir()
            press = stack.enter_context(Press(settings.project, settings.cache))
            maker = Maker(settings, renderer, workshop, shelf, press, work)
            try:
                pages = sum(maker.make(volume, staging) for volume in volumes)
                for volume in volumes:
                    maker.add_book(volume, staging)
                _finish_site(report, volumes, staging, memory)
            finally:
                shutil.rmtree(work, ignore_errors=True)
            write_stamp(staging, stamp | {"files": list_files(staging)})
    save_memory(settings, memory)
    if settings.cache:
        from report.keeping import trim  # noqa: PLC0415

        trim(settings.cache, since=started)
    return f"built {pages} pages into {settings.site_dir}"


def _make_stamp(settings: Settings) -> dict[str, Any]:
    """A hash of everything that a site is made from."""
    digest = hashlib.sha256(
        f"{FORMAT} {settings.edition} {settings.language} {settings.whole}".encode()
    )
    digest.update(settings.renderer.encode())
    for folder in dict.fromkeys([settings.project, settings.root]):
        for name in (*INPUTS, "report", "requirements.txt", "package-lock.json"):
            for path in list_inputs(folder / name):
                digest.update(os.fsencode(path.relative_to(folder)) + b"\0")
                digest.update(path.read_bytes())
    return {"format": FORMAT, "inputs": digest.hexdigest()}


@dataclass(frozen=True, slots=True)
class Maker:
    """Makes one edition in one language after another."""

    settings: Settings
    renderer: Renderer
    workshop: Workshop
    shelf: Shelf | None
    press: Press
    work: Path
    books: dict[str, Setting] = field(default_factory=dict)
    """Books that are being set, by the folder of their edition."""

    def make(self, volume: Volume, staging: Path) -> int:
        """Render into the staging folder; gives the number of pages."""
        from report.addresses import to_address  # noqa: PLC0415
        from report.impressions import Impressions  # noqa: PLC0415
        from report.plates import make_plates  # noqa: PLC0415
        from report.site import end_render, finish_pages, start_render  # noqa: PLC0415
        from report.writing import write_files  # noqa: PLC0415

        name = f"{volume.language}/{volume.edition.id}"
        source = _make_source(self.settings, volume)
        theme = self.settings.project / "templates" / "theme"
        workspace = self.work / name.replace("/", "-")
        settings = self.settings.project / "mkdocs.yml"
        impressions = (
            Impressions(self.shelf.pages, self.settings.renderer, source.clock)
            if self.shelf
            else None
        )
        rendered = start_render(self.renderer, source, settings, theme, workspace, impressions)
        placed: dict[str, dict[str, str]] = {}
        files: dict[str, bytes] = {}
        figures = volume.documents.figures
        with show_progress(f"figures {name}", len(figures)) as tell:
            plates = make_plates(volume.composer, list(figures), self.shelf, self.workshop, tell)
        for key in figures:
            placed.setdefault(to_address(figures[key].document), {})[key] = plates[key].html
            files.update(plates[key].files)
        if self.settings.whole:
            html = {key: plate.html for key, plate in plates.items()}
            files.update(self._announce(volume, html))
        end_render(self.renderer, rendered, impressions)
        finish_pages(rendered, source, placed)
        write_files(rendered, files)
        target = staging / volume.language / volume.edition.id
        target.parent.mkdir(parents=True, exist_ok=True)
        rendered.rename(target)
        if self.settings.whole:
            self._begin_book(volume, target)
        return len(source.documents)

    def _announce(self, volume: Volume, plates: dict[str, str]) -> dict[str, bytes]:
        """A picture of each page, made while the pages themselves are rendered."""
        from report.announcements import announce_pages  # noqa: PLC0415
        from report.engraving import engrave_all  # noqa: PLC0415

        pictures = announce_pages(volume.composer, volume.documents, plates)
        cache = self.settings.cache / "pictures" if self.settings.cache else None
        return engrave_all(pictures, self.settings.project / "node_modules", cache)

    def _begin_book(self, volume: Volume, target: Path) -> None:
        """Have the finished pages set as a book while the next edition is made."""
        from report.addresses import to_address  # noqa: PLC0415
        from report.book import make_book  # noqa: PLC0415

        composer, documents = volume.composer, volume.documents
        pages = {
            document: (target / to_address(document) / "index.html").read_text("utf-8")
            for document in documents.markdown
        }
        book = make_book(composer.view, composer.catalogue, documents.navigation, pages)
        name = f"{volume.language}-{volume.edition.id}"
        self.books[name] = self.press.begin(book, self.work / f"{name}-book")

    def add_book(self, volume: Volume, staging: Path) -> None:
        """Put a book beside its pages, which then tell its size."""
        from report.binding import place_book  # noqa: PLC0415

        setting = self.books.get(f"{volume.language}-{volume.edition.id}")
        if setting is not None:
            target = staging / volume.language / volume.edition.id
            place_book(setting.wait(), target, volume.composer.catalogue)


def _make_source(settings: Settings, volume: Volume) -> Any:
    from report.enclosures import enclose_files  # noqa: PLC0415
    from report.glossing import Glosser  # noqa: PLC0415
    from report.heads import write_heads  # noqa: PLC0415
    from report.siblings import offer_editions  # noqa: PLC0415
    from report.signs import theme_words  # noqa: PLC0415
    from report.site import SiteSource  # noqa: PLC0415

    composer, edition = volume.composer, volume.edition
    declaration = composer.view.report.declaration
    newest = composer.parts.newest_period()
    files = enclose_files(settings, volume)
    return SiteSource(
        language=volume.language,
        edition=edition.id,
        title=composer.catalogue.text(declaration.short_title),
        clock=calendar.timegm(edition.released.timetuple()),
        documents=Glosser(composer.view.report.glossary, composer.catalogue).mark_documents(
            volume.documents.markdown
        ),
        files=files,
        heads=write_heads(composer, volume.documents, files),
        navigation=volume.documents.navigation,
        url=declaration.url,
        extra={
            **offer_editions(composer.view.report, edition, composer.catalogue, composer.templates),
            "words": theme_words(composer.catalogue),
            "newest": composer.catalogue.period(newest) if newest else "",
            "licence": declaration.licence,
            "version": {"provider": "mike", "default": "latest"},
        },
    )


def _finish_site(report: Report, volumes: list[Volume], staging: Path, memory: Memory) -> None:
    """What stands above the editions: the newest one's second address, and the front doors."""
    from report.front import make_front  # noqa: PLC0415
    from report.links import find_faults  # noqa: PLC0415
    from report.signposts import SITEMAP, write_sitemap  # noqa: PLC0415
    from report.site import write_versions  # noqa: PLC0415
    from report.writing import write_files  # noqa: PLC0415

    by_language: dict[str, list[Volume]] = {}
    for volume in volumes:
        by_language.setdefault(volume.language, []).append(volume)
    for language, group in by_language.items():
        newest = max((v.edition.id for v in group), key=order_edition)
        editions = [(v.edition.id, v.composer.catalogue.text(v.edition.title)) for v in group]
        write_versions(staging / language, editions, newest)
        shutil.copytree(
            staging / language / newest, staging / language / "latest", ignore=_leave_handouts
        )
    built = {name: [v.edition for v in group] for name, group in by_language.items()}
    front = make_front(report.declaration, built, volumes[0].composer.templates)
    names = {name: [edition.id for edition in editions] for name, editions in built.items()}
    write_files(staging, front | {SITEMAP: write_sitemap(report.declaration.url, names)})
    base = urllib.parse.urlsplit(report.declaration.url).path
    others = {f"{name}/{edition.id}/" for name in by_language for edition in report.editions}
    if faults := find_faults(staging, base, others, memory):
        shown = "\n".join(f"  {fault}" for fault in faults[:40])
        raise WriteFailed(f"the built site has {len(faults)} faults:\n{shown}")


def _leave_handouts(folder: str, names: list[str]) -> list[str]:
    """What the newest edition's second address has no copy of: pages lead to the edition's own."""
    from report.addresses import CHANGES, HANDOUTS, is_handout  # noqa: PLC0415

    # The register of changes lies in the folder of an edition and in no other.
    place = Path(folder)
    if (place / CHANGES).is_file():
        return [name for name in names if name.endswith(".pdf")]
    is_own = place.name in HANDOUTS and (place.parent / CHANGES).is_file()
    return [name for name in names if is_own and is_handout(name)]


def serve_site(settings: Settings, port: int) -> None:
    """Build, serve, and rebuild whatever changes, until interrupted."""
    from report.renderer import Renderer  # noqa: PLC0415
    from report.serving import serve  # noqa: PLC0415
    from report.workshop import Workshop  # noqa: PLC0415

    folders = dict.fromkeys([settings.project, settings.root])
    watched = [folder / name for folder in folders for name in INPUTS]
    memory = open_memory(settings)
    with contextlib.ExitStack() as stack:
        workshop = stack.enter_context(Workshop(settings.jobs))
        renderers = [stack.enter_context(Renderer(settings.renderer))]

        def build() -> str:
            if not renderers[-1].stands_ready:  # as after a build that failed while it ran
                renderers.pop().stop()
                renderers.append(stack.enter_context(Renderer(settings.renderer)))
            return build_site(settings, workshop, memory, renderers[-1])

        serve(
            build,
            [path for path in watched if path.exists()],
            settings.site_dir,
            port=port,
        )
