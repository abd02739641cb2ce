"""A report folder read, checked and composed: every edition in every language, and all problems.

Knows in which order facts, forms and words are asked for, and that whatever is wrong with any of
them is told together. Reads through `reading` alone and writes nothing. Libraries that take long to
import are imported where they are first needed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from report.problems import DataProblems, Place, Problem, UsageError
from report.reading import list_inputs, read_manifests, read_texts, read_theme

if TYPE_CHECKING:
    from report.asides import Asides
    from report.facts import Entry
    from report.lookouts import Lookout
    from report.manifests import Manifest
    from report.model import Edition, FigureDeclaration, Report
    from report.pages import Composer
    from report.remembering import Memory
    from report.sheets import Documents


INPUTS = ("data", "site_src", "templates", "mkdocs.yml")
"""What a site is made from, beside the machine's code."""


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
    whole: bool = True
    """Whether all that readers can take away is made, or the pages alone."""

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


def refuse_overlap(target: Path, settings: Settings, what: str) -> None:
    """Refuse to write something, e.g. `a site is`, among what it is made from."""
    for folder in (settings.root, settings.project):
        for name in INPUTS:
            if (folder / name) in (target, *target.parents):
                message = f"{target} lies in {name}, which {what} made from"
                raise UsageError(f"{message}; name another folder")


def check_report(settings: Settings) -> str:
    """Read and check everything; raises DataProblems with all that is wrong."""
    # What is taken away is made from the same facts, and nothing of it can be wrong alone.
    report, volumes = compose_report(replace(settings, whole=False))
    figures = sum(len(volume.documents.figures) for volume in volumes)
    _refuse_problems(find_figure_faults(volumes))
    return (
        f"no problems: {len(report.observations):,} observations, {len(report.series):,} series, "
        f"{len(report.derived):,} computed series, {figures:,} figures"
    )


def _load(
    settings: Settings, templates: Mapping[str, str], memory: Memory
) -> tuple[Report, list[Entry[FigureDeclaration]]]:
    """The facts; where they or forms have problems, those that words have alone as well.

    Of all places in the data only those of figures are needed from here on.
    """
    from report.checking import check_facts  # noqa: PLC0415
    from report.facts import Parsers, parse_facts  # noqa: PLC0415
    from report.proofreading import (  # noqa: PLC0415
        check_captions_alone,
        check_forms,
        check_theme,
        check_words_alone,
    )
    from report.recollections import remember_documents, remember_observations  # noqa: PLC0415

    texts = read_texts(settings.root, "data")
    unread = [problem.place.file for problem in texts.problems]
    facts = parse_facts(
        texts.by_path,
        unread,
        Parsers(remember_documents(memory), remember_observations(memory)),
    )
    facts.problems.extend(texts.problems)
    theme = read_theme(settings.project)
    forms = [*check_forms(templates, memory), *theme.problems, *check_theme(theme.by_path)]
    try:
        report = check_facts(facts, settings.today)
        _refuse_problems(forms)
    except DataProblems as found:
        said = [*check_words_alone(templates), *check_captions_alone(facts)]
        raise DataProblems([*found.problems, *forms, *said]) from None
    facts.release()
    return report, [entry for _, entry in facts.figures]


def compose_report(
    settings: Settings, *, allow_marks: bool = False, memory: Memory | None = None
) -> tuple[Report, list[Volume]]:
    """Every wanted edition in every wanted language, with all problems of all of them.

    What is still marked for review is a problem, unless marks are allowed. What `memory` knows of
    the same texts is not found out again.
    """
    prepared = prepare_report(settings, memory)
    return prepared.report, list(
        compose_in_turn(prepared, prepared.chosen, allow_marks=allow_marks)
    )


@dataclass(frozen=True, slots=True)
class Prepared:
    """A report that was read and checked, before any of its words are composed."""

    settings: Settings
    report: Report
    figures: Sequence[Entry[FigureDeclaration]]
    """Those that are declared, each with its place."""
    templates: Mapping[str, str]
    """Forms by name, and words by their whole path."""
    manifests: Mapping[str, Manifest]
    """Those of frozen editions, by edition."""
    frozen: Mapping[str, str]
    """Their texts by path."""
    chosen: Sequence[tuple[Edition, str]]
    """The wanted editions, each in each wanted language."""
    problems: Sequence[Problem]
    """What is wrong with files that facts do not come from."""
    memory: Memory


def prepare_report(settings: Settings, memory: Memory | None = None) -> Prepared:
    """Facts and words, read and checked as far as they can be before words are composed.

    Raises DataProblems where facts or forms have problems.
    """
    from report.freezing import hold_report  # noqa: PLC0415
    from report.manifests import parse_manifests  # noqa: PLC0415
    from report.memories import open_memory  # noqa: PLC0415
    from report.siblings import list_languages  # noqa: PLC0415

    memory = memory or open_memory(settings.cache, settings.root, lasts=False)
    templates, problems = _read_templates(settings)
    try:
        report, figures = _load(settings, templates, memory)
    except DataProblems as found:
        raise DataProblems([*found.problems, *problems]) from None
    editions = _choose("edition", {e.id: e for e in report.editions}, settings.edition)
    frozen = read_manifests(settings.root).by_path
    manifests, faults = parse_manifests(frozen, {e.id: len(e.revisions) for e in report.editions})
    report = hold_report(report, manifests)
    languages = _choose(
        "language", {name: name for name in report.declaration.languages}, settings.language
    )
    chosen = [
        (edition, language)
        for edition in editions
        for language in languages
        if language in list_languages(report, edition)
    ]
    problems.extend(faults)
    return Prepared(
        *(settings, report, figures, templates, manifests, frozen, chosen, problems, memory)
    )


def compose_in_turn(
    prepared: Prepared,
    wanted: Sequence[tuple[Edition, str]],
    *,
    allow_marks: bool = False,
    asides: Asides | None = None,
) -> Iterator[Volume]:
    """These editions in these languages, each as soon as it is composed, whatever is wrong with it.

    What takes long is composed by `asides`, where there are any.

    After the last one raises DataProblems with all that is wrong with any.
    """
    from report.lookouts import Lookout  # noqa: PLC0415
    from report.siblings import check_addresses  # noqa: PLC0415

    settings, report, templates = prepared.settings, prepared.report, prepared.templates
    problems = list(prepared.problems)
    files = _list_assets(settings)
    lookout = Lookout(report, settings.whole, prepared.memory)
    volumes = []
    for edition, language in wanted:
        volume = _compose(lookout, prepared.figures, templates, edition, language, files, asides)
        problems.extend(volume.documents.problems)
        problems.extend(check_addresses(report, edition, language, templates))
        volumes.append(volume)
        yield volume
    texts = {**templates, **read_texts(settings.root, "data").by_path}
    if not allow_marks:
        names = dict.fromkeys(edition.id for edition, _ in prepared.chosen)
        problems.extend(_find_marks(names, texts))
    problems.extend(_check_frozen(prepared, volumes, texts))
    _refuse_problems(problems)


def _check_frozen(
    prepared: Prepared, volumes: Iterable[Volume], texts: Mapping[str, str]
) -> Iterator[Problem]:
    """What of frozen editions is no longer as their manifests say."""
    from report.freezing import list_facts  # noqa: PLC0415
    from report.manifests import check_inputs, hash_words, name_manifest  # noqa: PLC0415

    for volume in {volume.edition.id: volume for volume in volumes}.values():
        if manifest := prepared.manifests.get(volume.edition.id):
            text = prepared.frozen[name_manifest(manifest.edition)]
            words = hash_words(manifest.edition, texts)
            yield from check_inputs(manifest, text, list_facts(volume.composer.view), words)


def find_marks(settings: Settings) -> list[Problem]:
    """What of the wanted editions is still marked for review."""
    texts = {
        path: text
        for folder in ("data", "site_src")
        for path, text in read_texts(settings.root, folder).by_path.items()
    }
    files = [path for path in texts if path.startswith("data/editions/")]
    return _find_marks([settings.edition] if settings.edition else map(_name_edition, files), texts)


def _name_edition(path: str) -> str:
    return path.removeprefix("data/editions/").removesuffix(".yml")


def _find_marks(editions: Iterable[str], texts: Mapping[str, str]) -> list[Problem]:
    from report.reviews import find_edition_marks  # noqa: PLC0415

    return [mark for edition in editions for mark in find_edition_marks(edition, texts)]


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


def _list_assets(settings: Settings) -> frozenset[str]:
    """Files beside the pages to which words may link, by their path below the site."""
    folders = [folder / "site_src" / "assets" for folder in (settings.project, settings.root)]
    paths = (path.relative_to(folder) for folder in folders for path in list_inputs(folder))
    return frozenset(f"assets/{path.as_posix()}" for path in paths)


def _compose(  # noqa: PLR0913, PLR0917 - one volume, and what it is made from
    lookout: Lookout,
    figures: Sequence[Entry[FigureDeclaration]],
    templates: Mapping[str, str],
    edition: Edition,
    language: str,
    files: frozenset[str],
    asides: Asides | None,
) -> Volume:
    from report.languages import parse_catalogue  # noqa: PLC0415
    from report.pages import Composer  # noqa: PLC0415

    view = lookout.see(edition)
    owners = {group.edition for group in view.report.figures}
    places = {entry.value.id: entry.at for entry in figures if entry.edition in owners}

    def locate(figure: str, key: str) -> Place:
        return places[figure](key)

    catalogue = parse_catalogue(language, templates.get(f"locale/{language}.po", ""))
    before = lookout.find_before(edition, language)
    composer = Composer(
        *(view, catalogue, templates, locate, files, before),
        whole=lookout.whole,
        memory=lookout.memory,
    )
    from report.shares import compose_shared, has_share, make_share  # noqa: PLC0415

    if asides is None or not asides.can_copy or not has_share(composer):
        return Volume(edition, language, composer, composer.compose())
    take = asides.begin(lambda: make_share(composer), lookout.memory)
    return Volume(edition, language, composer, compose_shared(composer, take))


def find_figure_faults(volumes: Iterable[Volume]) -> list[Problem]:
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
