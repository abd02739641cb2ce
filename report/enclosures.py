"""The files that stand beside the pages of one edition, and are not a figure's own.

Gathers them from the modules that make them and reads those of the themes; knows the path of each
and nothing of what is in it. What goes with a figure is made where the figure is drawn.
"""

from __future__ import annotations

import json

from report.addresses import CHANGES, FEED
from report.bundles import bundle_scripts
from report.composition import Settings, Volume
from report.deferring import INDEX
from report.feeds import write_feed
from report.fonts import read_fonts
from report.guides import write_guides
from report.licences import BILL, LICENCES, list_parts, write_bill, write_licences
from report.reading import list_inputs
from report.remembering import Memory
from report.searching import write_index
from report.theme import css_variables, system_variables
from report.transcripts import transcribe_edition

SEARCHED = frozenset({"mkdocs", "properdocs"})
"""Renderers whose search reads the index that is written here; another has its own."""


def enclose_files(settings: Settings, volume: Volume, memory: Memory) -> dict[str, bytes]:
    """Content by path below the edition's site; raises WriteFailed where npm has not been run."""
    files = _make_texts(volume, memory) | _read_assets(settings, volume)
    if settings.renderer in SEARCHED:
        files[INDEX] = write_index(volume.composer, memory).encode()
    return files


def _make_texts(volume: Volume, memory: Memory) -> dict[str, bytes]:
    """What is made from the facts."""
    composer = volume.composer
    citations = composer.parts.citing.write_files(composer.known) if composer.whole else {}
    sources = composer.view.report.sources
    closed = {name for name, source in sources.items() if not source.redistributable}
    changes = transcribe_edition(volume.edition, composer.parts.before, closed)
    return {
        CHANGES: json.dumps(changes, ensure_ascii=False, indent=1).encode() + b"\n",
        FEED: write_feed(composer.view, composer.catalogue, composer.known).encode(),
        **citations,
        **(_make_downloads(volume, memory) if composer.whole else {}),
    }


def _make_downloads(volume: Volume, memory: Memory) -> dict[str, bytes]:
    """The data and the pages' Markdown, for other programs."""
    composer, documents = volume.composer, volume.documents
    downloads = composer.parts.downloads
    names = {name: composer.parts.citing.name(name) for name in documents.markdown}
    guides = write_guides(composer.view, documents, downloads, names, memory)
    return {**downloads.files, **guides}


def _read_assets(settings: Settings, volume: Volume) -> dict[str, bytes]:
    """Styles, fonts, and what lies in the assets of the project and of the report."""
    files = {
        "assets/figures.css": css_variables().encode(),
        "assets/figures-system.css": system_variables().encode(),
        **read_fonts(settings.project / "node_modules"),
        **_bundle_scripts(settings, volume),
    }
    for folder in dict.fromkeys([settings.project, settings.root]):
        assets = folder / "site_src" / "assets"
        for path in list_inputs(assets):
            files[f"assets/{path.relative_to(assets).as_posix()}"] = path.read_bytes()
    return files


def _bundle_scripts(settings: Settings, volume: Volume) -> dict[str, bytes]:
    """What brings charts to life, and what of all that readers get was made by others."""
    cache = settings.cache / "scripts" if settings.cache else None
    modules = settings.project / "node_modules"
    name = LICENCES.rpartition("/")[2]
    bundle = bundle_scripts(settings.project / "site_src" / "scripts", modules, name, cache)
    parts = list_parts(modules, bundle.packages)
    title = volume.composer.catalogue.text(volume.composer.view.report.declaration.title)
    return {
        **bundle.files,
        LICENCES: write_licences(parts).encode(),
        BILL: write_bill(parts, title, volume.edition.id).encode(),
    }
