"""Builds on the side, made once for the same inputs, for tests of what becomes of them.

That the same inputs give the same bytes is tested elsewhere, by real builds in other places.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
import tempfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from report import build, publishing, releases
from report.composition import INPUTS, Settings
from report.manifests import Manifest, name_manifest, write_manifest
from tests.sharing import make_once
from tests.trees import read_tree

REAL = releases.build_aside
"""What builds on the side; taken as this is loaded, for blocks may lie in each other."""


class Asides:
    """Sites of single editions, by a hash of all that they are made from."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self.factory = factory

    @contextlib.contextmanager
    def build_aside(self, settings: Settings, name: str) -> Iterator[Path]:
        """A site of one edition, of which nothing may be changed."""
        asked = replace(settings, edition=name, language=None)
        stamp = build._make_stamp(asked, build._read_inputs(asked))
        key = hashlib.sha256(f"{stamp['inputs']} {asked.today}".encode()).hexdigest()

        def make(place: Path) -> None:
            with REAL(settings, name) as site:
                shutil.copytree(site, place)

        kept = make_once(self.factory, f"aside-{key}", make)
        before = read_tree(kept)
        yield kept
        assert read_tree(kept) == before

    @contextlib.contextmanager
    def rebuild(self, settings: Settings, manifest: Manifest) -> Iterator[Path]:
        """The edition as it is frozen by a manifest, built here: elsewhere it takes a process."""
        with tempfile.TemporaryDirectory() as folder:
            root = Path(folder) / "copy"
            for part in INPUTS:
                if (settings.root / part).is_dir():
                    shutil.copytree(settings.root / part, root / part)
            (root / name_manifest(manifest.edition)).write_text(write_manifest(manifest), "utf-8")
            with self.build_aside(replace(settings, root=root), manifest.edition) as site:
                yield site


@contextlib.contextmanager
def build_once(factory: pytest.TempPathFactory) -> Iterator[None]:
    """Builds on the side and rebuilds are made once, as long as the block lasts."""
    asides = Asides(factory)
    with pytest.MonkeyPatch.context() as patch:
        for module in (releases, publishing):
            patch.setattr(module, "build_aside", asides.build_aside)
        patch.setattr(releases, "_rebuild", asides.rebuild)
        yield
