"""Pages as the renderer made them, kept by all that it reads, so that only others are rendered.

One of the few modules that touch the outside. Knows that a page hangs on its own document, on the
renderer's settings and forms, and on nothing of other documents but their names; and that the
renderer leaves pages alone that are there and newer than their documents. Its search index then
lacks them, which is no matter: another one takes its place. Knows nothing of what stands on a page.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from report.addresses import to_address
from report.keeping import keep, recall, stamp_machine
from report.reading import list_inputs
from report.writing import write_files

SPARING = ("mkdocs", "properdocs")
"""Renderers that can be told to spare pages."""
_SUFFIX = ".page"


@dataclass
class Impressions:
    """The kept pages of one site, for one run of the renderer."""

    folder: Path
    """Where they are kept from run to run."""
    renderer: str
    """Which program renders: another one's pages differ."""
    clock: int
    """The time that pages may say they were made at, in seconds since 1970."""
    _keys: dict[str, str] = field(default_factory=dict)
    """A key of all that a page is made from, by document."""
    _kept: dict[str, bytes] = field(default_factory=dict)
    """HTML by document."""

    def lay(
        self, documents: Mapping[str, str], settings: bytes, theme: Path, rendered: Path
    ) -> bool:
        """Put kept pages where the renderer would; tells whether there are any to be spared.

        `documents` are Markdown by path and lie there already; `settings` names all of them.
        """
        frame = hashlib.sha256(settings)
        frame.update(f"{self.renderer} {self.clock} {stamp_machine()}".encode())
        for form in list_inputs(theme):
            name = form.relative_to(theme).as_posix()
            frame.update(f"\n{name} {hashlib.sha256(form.read_bytes()).hexdigest()}".encode())
        frame.update("\n".join(["", *sorted(documents)]).encode())
        self._keys = {
            path: hashlib.sha256(f"{frame.hexdigest()}\n{path}\n{text}".encode()).hexdigest()
            for path, text in documents.items()
        }
        if not _stands_alone(settings, documents):
            return False
        for path, key in self._keys.items():
            if (html := recall(self.folder, key, _SUFFIX)) is not None:
                self._kept[path] = html
        write_files(rendered, {_place(path): html for path, html in self._kept.items()})
        return bool(self._kept)

    def gather(self, rendered: Path) -> None:
        """After the run: keep what was rendered."""
        for path in self._keys.keys() - self._kept.keys():
            keep(self.folder, self._keys[path], _SUFFIX, (rendered / _place(path)).read_bytes())


def _stands_alone(settings: bytes, documents: Mapping[str, str]) -> bool:
    """Whether no page shows anything of another's document: neither a title nor other metadata."""
    named = _all_named(json.loads(settings)["nav"])
    return named and all(text.startswith("# ") for text in documents.values())


def _all_named(navigation: Sequence[Any]) -> bool:
    """Whether each page has its title from the navigation."""
    return all(
        isinstance(item, dict)
        and all(isinstance(below, str) or _all_named(below) for below in item.values())
        for item in navigation
    )


def _place(path: str) -> str:
    return f"{to_address(path)}index.html"
