"""A report folder turned into a site: the order in which everything is asked for.

One of the few modules that touch the outside, through the others that do. Knows which rooms there
are and what passes between them; holds no rule of its own about facts, words or markup. Libraries
that take long to import are imported where they are first needed.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import time
import urllib.parse
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from report.composition import INPUTS as INPUTS  # noqa: PLC0414 - others take it from here
from report.composition import (
    Prepared,
    Settings,
    Volume,
    compose_in_turn,
    find_marks,
    prepare_report,
    refuse_overlap,
)
from report.editions import order_edition
from report.inventories import Inventory, keep_states
from report.keeping import keep, recall, stamp_machine, trim
from report.memories import open_memory, save_memory
from report.problems import WriteFailed
from report.reading import list_inputs
from report.scratch import sweep_scratch
from report.takeovers import Earlier, find_earlier
from report.writing import read_stamp, stage, sweep_beside, write_stamp

if TYPE_CHECKING:
    from report.asides import Asides
    from report.model import Edition
    from report.remembering import Memory
    from report.renderer import Renderer
    from report.volumes import Maker
    from report.workshop import Workshop

FORMAT = 2
"""Changed whenever the layout of a site changes, so that no older site counts as up to date."""

DRAWN = "drawn"
"""The folder that tells of which inputs all drawings are kept, below that of all that is kept."""


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
    with contextlib.suppress(OSError):  # a folder for work on the side may not be there at all
        sweep_scratch()
    started = time.time()
    _tell_marks(settings)
    inputs = _read_inputs(settings)
    stamp = _make_stamp(settings, inputs)
    found = read_stamp(settings.site_dir) if settings.use_cache else {}
    earlier = find_earlier(settings.site_dir, found.get("files"), settings.cache)
    if found.get("inputs") == stamp["inputs"] and earlier.is_whole:
        sweep_beside(settings.site_dir)
        return f"{settings.site_dir} is up to date"
    drawn, is_drawn = _look_for_drawings(settings, inputs)
    if workshop is None and settings.jobs != 1 and not is_drawn:
        from report.warming import start_server  # noqa: PLC0415

        start_server(settings.cache)
    from report.renderer import Renderer  # noqa: PLC0415

    with contextlib.ExitStack() as stack:
        renderer = renderer or stack.enter_context(Renderer(settings.renderer))
        from report.asides import Asides  # noqa: PLC0415
        from report.binding import Press  # noqa: PLC0415
        from report.plates import Shelf  # noqa: PLC0415
        from report.volumes import Maker  # noqa: PLC0415
        from report.workshop import Workshop  # noqa: PLC0415

        # Both load their libraries while words are composed: that is half of what they cost.
        workshop = workshop or stack.enter_context(Workshop(settings.jobs))
        shelf = Shelf(settings.cache) if settings.cache else None
        if not is_drawn:
            workshop.prepare(1 if shelf and shelf.plates.is_dir() else 2)
        memory = memory or open_memory(settings.cache, settings.root)
        prepared = prepare_report(settings, memory)
        plan = _plan(prepared, inputs, stamp["frame"], found if earlier.is_whole else {})
        with stage(settings.site_dir) as staging:
            work = staging.with_name(f"{staging.name}-work")
            work.mkdir()
            press = stack.enter_context(Press(settings.project, settings.cache))
            made_by = (renderer, workshop, shelf, press)
            maker = Maker(settings, *made_by, work, earlier, prepared.memory)
            asides = stack.enter_context(Asides(settings.jobs))
            pages = _fill(staging, maker, plan, prepared, asides)
            new = earlier.take_inventory(staging)
            _refuse_faults(prepared, staging, new.sums)
            stamp |= {"files": new.sums, "volumes": plan.keys}
            is_sure = _read_inputs(settings) == inputs  # else who can tell what was read of them?
            write_stamp(staging, stamp if is_sure else {"files": new.sums})
            earlier.refuse_touched(staging)
        part = bool(plan.standing or settings.edition or settings.language)
        save_memory(settings.cache, settings.root, memory, part=part)
        _note_states(settings, new, earlier)
        _tidy_cache(settings, drawn, started)
    stood = f"; {', '.join(plan.standing)} as before" if plan.standing else ""
    return f"built {pages} pages into {settings.site_dir}{stood}"


def _tell_marks(settings: Settings) -> None:
    if marks := len(find_marks(settings)):
        said = "1 mark is" if marks == 1 else f"{marks:,} marks are"
        click.echo(f"{said} left to review; `check` lists them", err=True)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be made, and what stands as an earlier build has made it."""

    keys: Mapping[str, str]
    """What each edition in each language is made from, by its folder below the site."""
    standing: Sequence[str]
    wanted: Sequence[tuple[Edition, str]]


def _plan(
    prepared: Prepared, inputs: Mapping[str, str], frame: str, found: Mapping[str, Any]
) -> Plan:
    """What must be made; `found` is the stamp of an earlier site whose files are as it says."""
    from report.standing import make_keys, name_volume  # noqa: PLC0415

    keys = make_keys(prepared.report, prepared.chosen, inputs, frame)
    known = found.get("volumes")
    known = known if isinstance(known, dict) else {}
    standing = [name for name, key in keys.items() if known.get(name) == key]
    wanted = [one for one in prepared.chosen if name_volume(one[0].id, one[1]) not in standing]
    return Plan(keys, standing, wanted)


def _compose(prepared: Prepared, plan: Plan, maker: Maker, asides: Asides) -> list[Volume]:
    """What is to be made, the newest edition first and on its way.

    It knows most: it is rendered and drawn while the words of others are composed, and its book is
    set while they are made. Wrong words of any are told before what else stands in its way.
    """
    volumes: list[Volume] = []
    refused: WriteFailed | None = None
    wanted = plan.wanted[::-1]
    for volume in compose_in_turn(prepared, wanted, allow_marks=True, asides=asides):
        if not (volumes or prepared.problems or volume.documents.problems):
            try:
                maker.begin(volume)
            except WriteFailed as error:
                refused = error
        volumes.append(volume)
    if refused is not None:
        raise refused
    return volumes


def _fill(staging: Path, maker: Maker, plan: Plan, prepared: Prepared, asides: Asides) -> int:
    """Put the whole site into the staging folder; gives the number of pages that were made."""
    try:
        volumes = _compose(prepared, plan, maker, asides)
        for name in plan.standing:
            maker.earlier.lay_folder(name, staging)
        pages = sum(maker.make(volume, staging) for volume in volumes)
        for volume in volumes:
            maker.add_book(volume, staging)
        _finish_site(prepared, staging, maker.earlier)
    finally:
        maker.give_up()  # before its folder goes
        shutil.rmtree(maker.work, ignore_errors=True)
    return pages


def _read_inputs(settings: Settings) -> dict[str, str]:
    """A hash of each file that a site is made from, by path; the machine's behind a number."""
    inputs = {}
    for number, folder in enumerate(dict.fromkeys([settings.root, settings.project])):
        for name in (*INPUTS, "report", "requirements.txt", "package-lock.json"):
            for path in list_inputs(folder / name):
                below = path.relative_to(folder).as_posix()
                content = hashlib.sha256(path.read_bytes()).hexdigest()
                inputs[f"{number}/{below}" if number else below] = content
    return inputs


def _make_stamp(settings: Settings, inputs: Mapping[str, str]) -> dict[str, Any]:
    """A hash of everything that a site is made from, and of all but its files."""
    frame = f"{FORMAT} {settings.whole} {settings.renderer}"
    made = _hash_inputs(f"{frame} {settings.edition} {settings.language}", inputs)
    return {"format": FORMAT, "inputs": made, "frame": frame, "whole": settings.whole}


def _hash_inputs(asked: str, inputs: Mapping[str, str]) -> str:
    digest = hashlib.sha256(asked.encode())
    for name, content in inputs.items():
        digest.update(os.fsencode(name) + b"\0" + content.encode())
    return digest.hexdigest()


def _note_states(settings: Settings, new: Inventory, earlier: Earlier) -> None:
    """Have the next build find a whole site as it is now without reading it."""
    if settings.cache is not None and not (settings.edition or settings.language):
        keep_states(settings.site_dir, new, earlier.laid, settings.cache)


def _tidy_cache(settings: Settings, drawn: str, started: float) -> None:
    """After a build: note that all its drawings are kept, and remove what was not used for long."""
    if settings.cache is not None:
        keep(settings.cache / DRAWN, drawn, "", b"")
        trim(settings.cache, since=started)


def _look_for_drawings(settings: Settings, inputs: Mapping[str, str]) -> tuple[str, bool]:
    """A hash of what most drawings hang on, and whether an earlier build has kept what it drew.

    Then nobody need stand ready to draw: the little that words may ask for can wait.
    """
    asked = f"{FORMAT} {settings.edition} {settings.language} {settings.whole} {stamp_machine()}"
    words = ("site_src/", "1/site_src/")
    key = _hash_inputs(asked, {n: c for n, c in inputs.items() if not n.startswith(words)})
    cache = settings.cache
    return key, cache is not None and recall(cache / DRAWN, key, "") is not None


def _finish_site(prepared: Prepared, staging: Path, earlier: Earlier) -> None:
    """What stands above the editions: the newest one's second address, and the front doors."""
    from report.front import make_front  # noqa: PLC0415
    from report.languages import parse_catalogue  # noqa: PLC0415
    from report.signposts import SITEMAP, write_sitemap  # noqa: PLC0415
    from report.site import write_versions  # noqa: PLC0415
    from report.writing import write_files  # noqa: PLC0415

    report, templates = prepared.report, prepared.templates
    built: dict[str, list[Edition]] = {}
    for edition, language in prepared.chosen:
        built.setdefault(language, []).append(edition)
    for language, group in built.items():
        newest = max((edition.id for edition in group), key=order_edition)
        catalogue = parse_catalogue(language, templates.get(f"locale/{language}.po", ""))
        editions = [(edition.id, catalogue.text(edition.title)) for edition in group]
        write_versions(staging / language, editions, newest)
        shutil.copytree(
            *(staging / language / newest, staging / language / "latest"),
            ignore=_leave_handouts,
            copy_function=earlier.copy_within(staging),
        )
    front = make_front(report.declaration, built, templates)
    names = {name: [edition.id for edition in editions] for name, editions in built.items()}
    write_files(staging, front | {SITEMAP: write_sitemap(report.declaration.url, names)})


def _refuse_faults(prepared: Prepared, staging: Path, sums: Mapping[str, str]) -> None:
    """Raise WriteFailed where anything is wrong with the finished site."""
    from report.links import find_faults  # noqa: PLC0415

    report = prepared.report
    base = urllib.parse.urlsplit(report.declaration.url).path
    names = dict.fromkeys(language for _, language in prepared.chosen)
    others = {f"{name}/{edition.id}/" for name in names for edition in report.editions}
    if faults := find_faults(staging, base, others, prepared.memory, sums):
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
    memory = open_memory(settings.cache, settings.root)
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
