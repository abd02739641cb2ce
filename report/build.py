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
import urllib.parse
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report.problems import DataProblems, Place, Problem, UsageError, WriteFailed
from report.reading import list_inputs, read_texts
from report.writing import list_files, read_stamp, stage, write_stamp

if TYPE_CHECKING:
    from report.facts import Facts
    from report.model import Edition, Report
    from report.pages import Composer, Documents

FORMAT = 1
"""Changed whenever the layout of a site changes, so that no older site counts as up to date."""
INPUTS = ("data", "site_src", "templates", "mkdocs.yml")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a command was asked to build."""

    root: Path
    """The report folder."""
    project: Path
    """The folder of the machine: its templates, settings and fonts."""
    site_dir: Path
    today: date
    edition: str | None = None
    language: str | None = None
    renderer: str = "mkdocs"
    jobs: int | None = None
    use_cache: bool = True

    @property
    def cache(self) -> Path | None:
        """The folder of what is kept from earlier runs; None where nothing is to be kept."""
        return self.project / ".cache" if self.use_cache else None


@dataclass(frozen=True, slots=True)
class Volume:
    """One edition in one language, composed."""

    edition: Edition
    language: str
    composer: Composer
    documents: Documents


# Checking.


def check_report(settings: Settings) -> str:
    """Read and check everything; raises DataProblems with all that is wrong."""
    report, volumes = compose_report(settings)
    figures = sum(len(volume.documents.figures) for volume in volumes)
    _refuse_problems(_try_figures(volumes))
    return (
        f"no problems: {len(report.observations):,} observations, {len(report.series):,} series, "
        f"{len(report.derived):,} computed series, {figures:,} figures"
    )


def _load(settings: Settings, templates: Mapping[str, str]) -> tuple[Report, Facts]:
    """The facts; where they or forms have problems, those that words have alone as well."""
    from report.checking import check_facts  # noqa: PLC0415
    from report.facts import parse_facts  # noqa: PLC0415
    from report.proofreading import check_forms, check_words_alone  # noqa: PLC0415

    texts = read_texts(settings.root, "data")
    facts = parse_facts(texts.by_path, [problem.place.file for problem in texts.problems])
    facts.problems.extend(texts.problems)
    forms = list(check_forms(templates))
    try:
        report = check_facts(facts, settings.today)
        _refuse_problems(forms)
    except DataProblems as found:
        raise DataProblems([*found.problems, *forms, *check_words_alone(templates)]) from None
    return report, facts


def compose_report(settings: Settings) -> tuple[Report, list[Volume]]:
    """Every wanted edition in every wanted language, with all problems of all of them."""
    from report.proofreading import check_words  # noqa: PLC0415

    templates, problems = _read_templates(settings)
    try:
        report, facts = _load(settings, templates)
    except DataProblems as found:
        raise DataProblems([*found.problems, *problems]) from None
    editions = _choose("edition", {e.id: e for e in report.editions}, settings.edition)
    languages = _choose(
        "language", {name: name for name in report.declaration.languages}, settings.language
    )
    volumes = [
        _compose(report, facts, templates, edition, language)
        for edition in editions
        for language in languages
    ]
    for volume in volumes:
        problems.extend(volume.documents.problems)
        composer = volume.composer
        problems.extend(check_words(composer.environment, templates, composer.folder))
    _refuse_problems(problems)
    return report, volumes


def _choose(noun: str, known: Mapping[str, Any], wanted: str | None) -> list[Any]:
    if wanted is None:
        return list(known.values())
    if wanted not in known:
        raise UsageError(f"there is no {noun} {wanted!r}; there is {', '.join(known)}")
    return [known[wanted]]


def _refuse_problems(problems: list[Problem]) -> None:
    if problems:
        raise DataProblems(problems)


def _read_templates(settings: Settings) -> tuple[dict[str, str], list[Problem]]:
    """Forms by their name below templates/, and words by their whole path."""
    templates: dict[str, str] = {}
    problems: list[Problem] = []
    for folder in dict.fromkeys([settings.project, settings.root]):
        texts = read_texts(folder, "templates")
        problems.extend(texts.problems)
        for path, text in texts.by_path.items():
            templates[path.removeprefix("templates/")] = text
    words = read_texts(settings.root, "site_src")
    problems.extend(words.problems)
    return templates | words.by_path, problems


def _compose(
    report: Report, facts: Facts, templates: Mapping[str, str], edition: Edition, language: str
) -> Volume:
    from report.languages import parse_catalogue  # noqa: PLC0415
    from report.pages import Composer  # noqa: PLC0415
    from report.views import make_view  # noqa: PLC0415

    places = {entry.value.id: entry.at for _, entry in facts.figures}

    def locate(figure: str, key: str) -> Place:
        return places[figure](key)

    catalogue = parse_catalogue(language, templates.get(f"locale/{language}.po", ""))
    composer = Composer(make_view(report, edition), catalogue, templates, locate)
    return Volume(edition, language, composer, composer.compose())


def _try_figures(volumes: list[Volume]) -> list[Problem]:
    """What keeps figures from being made, each at its place in the data."""
    from report.figures import FigureRefused  # noqa: PLC0415

    problems = []
    for volume in volumes:
        for name in volume.documents.figures:
            try:
                volume.composer.try_figure(name)
            except FigureRefused as error:
                place = volume.composer.locate_figure(name, "id")
                remedy = "correct its declaration"
                problems.append(Problem(place, "E403", f"figure {name!r}: {error}", remedy))
    return problems


# Building.


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


def build_site(settings: Settings) -> str:
    """Build the whole site, or find that it is up to date; says which."""
    _refuse_overlap(settings)
    stamp = _make_stamp(settings)
    found = read_stamp(settings.site_dir)
    unchanged = settings.use_cache and found.get("inputs") == stamp["inputs"]
    if unchanged and found.get("files") == list_files(settings.site_dir):
        return f"{settings.site_dir} is up to date"
    from report.keeping import trim  # noqa: PLC0415

    report, volumes = compose_report(settings)
    with stage(settings.site_dir) as staging:
        work = staging.with_name(f"{staging.name}-work")
        work.mkdir()
        try:
            pages = sum(_make_volume(settings, volume, staging, work) for volume in volumes)
            _finish_site(report, volumes, staging)
        finally:
            shutil.rmtree(work, ignore_errors=True)
        write_stamp(staging, stamp | {"files": list_files(staging)})
    if settings.cache:
        trim(settings.cache)
    return f"built {pages} pages into {settings.site_dir}"


def _make_stamp(settings: Settings) -> dict[str, Any]:
    """A hash of everything that a site is made from."""
    digest = hashlib.sha256(f"{FORMAT} {settings.edition} {settings.language}".encode())
    digest.update(settings.renderer.encode())
    for folder in dict.fromkeys([settings.project, settings.root]):
        for name in (*INPUTS, "report", "requirements.txt", "package-lock.json"):
            for path in list_inputs(folder / name):
                digest.update(os.fsencode(path.relative_to(folder)) + b"\0")
                digest.update(path.read_bytes())
    return {"format": FORMAT, "inputs": digest.hexdigest()}


def _refuse_overlap(settings: Settings) -> None:
    """Refuse to write a site among what it is made from."""
    for folder in (settings.root, settings.project):
        for name in INPUTS:
            if (folder / name) in (settings.site_dir, *settings.site_dir.parents):
                message = f"{settings.site_dir} lies in {name}, which a site is made from"
                raise UsageError(f"{message}; name another folder")


def _make_volume(settings: Settings, volume: Volume, staging: Path, work: Path) -> int:
    """Render one edition in one language into the staging folder; gives the number of pages."""
    from report.addresses import to_address  # noqa: PLC0415
    from report.plates import Shelf, make_plates  # noqa: PLC0415
    from report.site import finish_pages, start_render  # noqa: PLC0415

    name = f"{volume.language}/{volume.edition.id}"
    source = _make_source(settings, volume)
    rendering = start_render(
        source,
        settings.project / "mkdocs.yml",
        settings.project / "templates" / "theme",
        work / name.replace("/", "-"),
        settings.renderer,
    )
    placed: dict[str, dict[str, str]] = {}
    try:
        figures = volume.documents.figures
        shelf = Shelf(settings.cache) if settings.cache else None
        with show_progress(f"figures {name}", len(figures)) as tell:
            plates = make_plates(volume.composer, list(figures), shelf, settings.jobs, tell)
        for key, html in plates.items():
            placed.setdefault(to_address(figures[key].document), {})[key] = html
        rendered = rendering.wait()
    finally:
        rendering.stop()
    finish_pages(rendered, source, placed)
    target = staging / volume.language / volume.edition.id
    target.parent.mkdir(parents=True, exist_ok=True)
    rendered.rename(target)
    return len(source.documents)


def _make_source(settings: Settings, volume: Volume) -> Any:
    from report.fonts import read_fonts  # noqa: PLC0415
    from report.site import SiteSource  # noqa: PLC0415
    from report.theme import css_variables  # noqa: PLC0415

    composer, edition = volume.composer, volume.edition
    declaration = composer.view.report.declaration
    files = {
        "assets/figures.css": css_variables().encode(),
        **read_fonts(settings.project / "node_modules"),
    }
    for folder in dict.fromkeys([settings.project, settings.root]):
        for path in list_inputs(folder / "site_src" / "assets"):
            files[f"assets/{path.relative_to(folder / 'site_src' / 'assets')}"] = path.read_bytes()
    return SiteSource(
        language=volume.language,
        edition=edition.id,
        title=composer.catalogue.text(declaration.short_title),
        clock=calendar.timegm(edition.released.timetuple()),
        documents=volume.documents.markdown,
        files=files,
        navigation=volume.documents.navigation,
        url=declaration.url,
        extra={
            "edition": composer.catalogue.text(edition.title),
            "words": composer.theme_words(),
            "newest": composer.newest_period(),
            "licence": declaration.licence,
            "version": {"provider": "mike", "default": "latest"},
        },
    )


def _finish_site(report: Report, volumes: list[Volume], staging: Path) -> None:
    """What stands above the editions: the newest one's second address, and the front doors."""
    from report.front import make_front  # noqa: PLC0415
    from report.links import find_faults  # noqa: PLC0415
    from report.site import write_versions  # noqa: PLC0415
    from report.writing import write_files  # noqa: PLC0415

    by_language: dict[str, list[Volume]] = {}
    for volume in volumes:
        by_language.setdefault(volume.language, []).append(volume)
    for language, group in by_language.items():
        newest = max(group, key=lambda volume: volume.edition.id).edition.id
        editions = [(v.edition.id, v.composer.catalogue.text(v.edition.title)) for v in group]
        write_versions(staging / language, editions, newest)
        shutil.copytree(staging / language / newest, staging / language / "latest")
    built = {name: [v.edition for v in group] for name, group in by_language.items()}
    write_files(staging, make_front(report.declaration, built, volumes[0].composer.templates))
    base = urllib.parse.urlsplit(report.declaration.url).path
    if faults := find_faults(staging, base):
        shown = "\n".join(f"  {fault}" for fault in faults[:40])
        raise WriteFailed(f"the built site has {len(faults)} faults:\n{shown}")


def serve_site(settings: Settings, port: int) -> None:
    """Build, serve, and rebuild whatever changes, until interrupted."""
    from report.serving import serve  # noqa: PLC0415

    folders = dict.fromkeys([settings.project, settings.root])
    watched = [folder / name for folder in folders for name in INPUTS]
    serve(
        lambda: build_site(settings),
        [path for path in watched if path.exists()],
        settings.site_dir,
        port=port,
    )
