"""Builds on the side, made once for the same inputs, for tests of what becomes of them.

That the same inputs give the same bytes is tested elsewhere, by real builds in other places.
"""

from __future__ import annotations

import contextlib
import hashlib
import shutil
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from report import build, publishing, releases
from report.composition import Settings
from tests.sharing import make_once
from tests.trees import read_tree


class Asides:
    """Sites of single editions, by a hash of all that they are made from."""

    def __init__(self, factory: pytest.TempPathFactory) -> None:
        self.factory = factory
        self.real = releases.build_aside

    @contextlib.contextmanager
    def build_aside(self, settings: Settings, name: str) -> Iterator[Path]:
        """A site of one edition, of which nothing may be changed."""
        asked = replace(settings, edition=name, language=None)
        stamp = build._make_stamp(asked, build._read_inputs(asked))
        key = hashlib.sha256(f"{stamp['inputs']} {asked.today}".encode()).hexdigest()

        def make(place: Path) -> None:
            with self.real(settings, name) as site:
                shutil.copytree(site, place)

        kept = make_once(self.factory, f"aside-{key}", make)
        before = read_tree(kept)
        yield kept
        assert read_tree(kept) == before


@contextlib.contextmanager
def build_once(factory: pytest.TempPathFactory) -> Iterator[None]:
    """Builds on the side are made once, as long as the block lasts."""
    asides = Asides(factory)
    with pytest.MonkeyPatch.context() as patch:
        for module in (releases, publishing):
            patch.setattr(module, "build_aside", asides.build_aside)
        yield
